//! What there is to be drawn of a cut, in running order: made once for each state of the show, and
//! once more for what a gesture or a drop would make of it.

use std::fmt::Debug;

use crate::app::App;
use crate::app::Revision;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::MarkerId;
use crate::model::SceneId;
use crate::model::SlotId;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The most rows that things lying over each other are spread on.
pub(super) const MAX_ROWS: usize = 3;

/// Something with a length, and the row it is drawn in where things lie over each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item<Id> {
    pub(super) id: Id,
    pub(super) span: TickSpan,
    pub(super) row: usize,
}

/// A moment of a picked track that is tied to a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) marker: MarkerId,
    pub(super) slot: SlotId,
    pub(super) alternate: AlternateId,
    /// Where the marker is.
    pub(super) at: Ticks,
}

/// A cut as it is to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Model {
    pub(super) scenes: Vec<Item<SceneId>>,
    pub(super) n_scene_rows: usize,
    pub(super) markers: Vec<(MarkerId, Ticks)>,
    pub(super) slots: Vec<Item<SlotId>>,
    pub(super) n_slot_rows: usize,
    pub(super) links: Vec<Link>,
}

impl Model {
    /// What there is to be drawn of `cut`.
    pub(super) fn of(cut: &Cut) -> Self {
        let (scenes, n_scene_rows) =
            in_rows(cut.scenes().into_iter().map(|(id, scene)| (id, scene.span)));
        let in_order = cut.slots();
        let (slots, n_slot_rows) = in_rows(in_order.iter().map(|(id, slot)| (*id, slot.span)));
        let links = in_order
            .iter()
            .filter_map(|(slot_id, slot)| {
                let (alternate_id, alternate) = slot.picked()?;
                let pin = alternate.pin?;
                Some(Link {
                    marker: pin.marker,
                    slot: *slot_id,
                    alternate: alternate_id,
                    at: cut.marker(pin.marker)?.at,
                })
            })
            .collect();
        Self {
            scenes,
            n_scene_rows,
            markers: cut
                .markers()
                .into_iter()
                .map(|(id, marker)| (id, marker.at))
                .collect(),
            slots,
            n_slot_rows,
            links,
        }
    }
}

/// Gives each thing the first row in which it lies over nothing; with all rows taken, the last.
fn in_rows<Id: Copy + Debug>(
    things: impl Iterator<Item = (Id, TickSpan)>,
) -> (Vec<Item<Id>>, usize) {
    let mut ends: Vec<Ticks> = Vec::new();
    let mut items = Vec::new();
    for (id, span) in things {
        let free = ends.iter().position(|end| *end <= span.start());
        let row = match free {
            Some(row) => row,
            None if ends.len() < MAX_ROWS => {
                ends.push(span.end());
                ends.len() - 1
            }
            None => MAX_ROWS - 1,
        };
        if let Some(end) = ends.get_mut(row) {
            *end = (*end).max(span.end());
        }
        items.push(Item { id, span, row });
    }
    (items, ends.len().max(1))
}

/// The model of the open cut, made anew only when the show has changed.
#[derive(Default)]
pub(super) struct Models {
    made_for: Option<(u64, Revision, CutAt)>,
    model: std::sync::Arc<Model>,
}

impl Models {
    /// The model of `cut` as the show is now.
    pub(super) fn current(&mut self, app: &App, at: CutAt, cut: &Cut) -> std::sync::Arc<Model> {
        let key = app
            .session()
            .map(|session| (session.number(), session.revision(), at));
        if self.made_for != key || key.is_none() {
            self.model = std::sync::Arc::new(Model::of(cut));
            self.made_for = key;
        }
        std::sync::Arc::clone(&self.model)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(spans: &[(i64, i64)]) -> Vec<usize> {
        let things = spans
            .iter()
            .enumerate()
            .map(|(n, (start, end))| (n, TickSpan::between(Ticks::new(*start), Ticks::new(*end))));
        in_rows(things).0.iter().map(|item| item.row).collect()
    }

    #[test]
    fn what_follows_each_other_shares_a_row() {
        assert_eq!(rows(&[(0, 10), (10, 20), (25, 30)]), [0, 0, 0]);
    }

    #[test]
    fn what_lies_over_each_other_gets_rows_of_its_own() {
        assert_eq!(rows(&[(0, 30), (10, 20), (25, 40), (35, 50)]), [0, 1, 1, 0]);
    }

    #[test]
    fn there_are_never_more_rows_than_can_be_drawn() {
        let many: Vec<(i64, i64)> = (0..9).map(|n| (n, 100)).collect();
        assert!(rows(&many).into_iter().all(|row| row < MAX_ROWS));
    }
}
