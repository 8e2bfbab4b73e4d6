//! Where things with a length come to lie in their lane, and which of many points and labels are
//! drawn. Pure geometry: what it is given and returns are points of the screen.

use egui::Rangef;
use egui::Rect;
use egui::pos2;

use super::model::Item;
use super::window::Scale;
use crate::time::TickSpan;

/// Nothing is drawn narrower than this.
const NARROWEST: f32 = 2.0;
/// How far outside of what is seen a block is still drawn, so that its outline stays out of sight.
const BEYOND: f32 = 8.0;

/// Something with a length, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block<Id> {
    pub(super) id: Id,
    pub(super) span: TickSpan,
    /// As far as it is near what is seen.
    pub(super) rect: Rect,
    /// Whether its beginning is within `rect`.
    pub(super) has_start: bool,
    /// Whether its end is within `rect`.
    pub(super) has_end: bool,
}

/// The blocks of `items` that are seen, each in its row of `lane`.
pub(super) fn blocks<Id: Copy>(
    items: &[Item<Id>],
    n_rows: usize,
    lane: Rect,
    scale: Scale,
) -> Vec<Block<Id>> {
    let height = lane.height() / n_rows.max(1) as f32;
    items
        .iter()
        .filter_map(|item| {
            let top = lane.top() + height * item.row as f32;
            let row = Rangef::new(top, top + height);
            block(item.id, item.span, row, lane.x_range(), scale)
        })
        .collect()
}

/// The block of one span, if any of it is seen.
pub(super) fn block<Id>(
    id: Id,
    span: TickSpan,
    row: Rangef,
    seen: Rangef,
    scale: Scale,
) -> Option<Block<Id>> {
    let (start, end) = (scale.x(span.start()), scale.x(span.end()));
    let end = end.max(start + NARROWEST);
    if end < seen.min || seen.max < start {
        return None;
    }
    let left = start.max(seen.min - BEYOND);
    let right = end.min(seen.max + BEYOND).max(left);
    Some(Block {
        id,
        span,
        rect: Rect::from_min_max(pos2(left, row.min), pos2(right, row.max)),
        has_start: seen.min - BEYOND <= start,
        has_end: end <= seen.max + BEYOND,
    })
}

/// A point that wants to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f32,
    /// What matters more is drawn where there is room for one only.
    pub(super) rank: u8,
}

/// Which of `points`, in order of x, are drawn when no two may be closer than `gap`: of those that
/// crowd, the one that matters most. Returns for each of those how many it stands for.
pub(super) fn thinned(points: &[Point], gap: f32) -> Vec<(usize, usize)> {
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut first_x = f32::NEG_INFINITY;
    for (n, point) in points.iter().enumerate() {
        if let Some((best, count)) = kept.last_mut()
            && point.x - first_x < gap
        {
            *count += 1;
            if points.get(*best).is_none_or(|b| b.rank < point.rank) {
                *best = n;
            }
            continue;
        }
        first_x = point.x;
        kept.push((n, 1));
    }
    kept
}

/// A label that wants to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label {
    /// Its left edge.
    pub(super) x: f32,
    pub(super) width: f32,
    /// What matters more is written first.
    pub(super) rank: u8,
}

/// The row each label is written in, of `n_rows`, or none where there is no room: those that matter
/// most are served first, and no two touch.
pub(super) fn label_rows(labels: &[Label], n_rows: usize, gap: f32) -> Vec<Option<usize>> {
    let mut by_rank: Vec<usize> = (0..labels.len()).collect();
    by_rank.sort_by_key(|n| labels.get(*n).map(|label| u8::MAX - label.rank));
    let mut taken: Vec<Vec<Rangef>> = vec![Vec::new(); n_rows];
    let mut rows = vec![None; labels.len()];
    for n in by_rank {
        let Some(label) = labels.get(n) else { continue };
        let wants = Rangef::new(label.x - gap, label.x + label.width + gap);
        let free = taken.iter().position(|row| {
            row.iter()
                .all(|other| other.max <= wants.min || wants.max <= other.min)
        });
        if let Some(row) = free {
            if let Some(row) = taken.get_mut(row) {
                row.push(Rangef::new(label.x, label.x + label.width));
            }
            if let Some(slot) = rows.get_mut(n) {
                *slot = Some(row);
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f32, rank: u8) -> Point {
        Point { x, rank }
    }

    fn label(x: f32, rank: u8) -> Label {
        Label {
            x,
            width: 40.0,
            rank,
        }
    }

    #[test]
    fn of_crowding_points_the_one_that_matters_most_is_drawn() {
        let points = [point(0.0, 1), point(1.0, 5), point(2.0, 1), point(9.0, 1)];
        assert_eq!(thinned(&points, 4.0), [(1, 3), (3, 1)]);
    }

    #[test]
    fn however_many_points_there_are_few_are_drawn() {
        let points: Vec<Point> = (0..2000).map(|n| point(n as f32 * 0.4, 0)).collect();
        assert!(thinned(&points, 4.0).len() <= 200);
    }

    #[test]
    fn labels_that_would_touch_go_to_the_next_row_or_are_left_out() {
        let labels = [label(0.0, 0), label(20.0, 0), label(30.0, 0)];
        assert_eq!(label_rows(&labels, 2, 4.0), [Some(0), Some(1), None]);
    }

    #[test]
    fn the_label_that_matters_most_is_never_left_out() {
        let labels = [label(0.0, 0), label(20.0, 0), label(30.0, 9)];
        assert_eq!(label_rows(&labels, 2, 4.0), [Some(1), None, Some(0)]);
    }
}
