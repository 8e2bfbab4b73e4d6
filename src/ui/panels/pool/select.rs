//! What a press on a row selects.

use crate::model::TrackId;

/// How a row was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// With Ctrl or Cmd: the row comes to the selection, or goes.
    Toggle,
    /// With Shift: everything from the anchor to the row.
    Range,
}

/// The selection after a press, the leading track last.
pub(super) fn after_press(
    rows: &[TrackId],
    selected: &[TrackId],
    anchor: Option<TrackId>,
    pressed: TrackId,
    press: Press,
) -> Vec<TrackId> {
    match press {
        Press::Toggle => {
            let mut after = selected.to_vec();
            match after.iter().position(|id| *id == pressed) {
                Some(index) => drop(after.remove(index)),
                None => after.push(pressed),
            }
            after
        }
        Press::Range => range(rows, anchor, pressed),
    }
}

fn range(rows: &[TrackId], anchor: Option<TrackId>, pressed: TrackId) -> Vec<TrackId> {
    let place = |track| rows.iter().position(|id| *id == track);
    let from = anchor.and_then(place);
    match (from, place(pressed)) {
        (Some(from), Some(to)) if from <= to => rows.get(from..=to).unwrap_or_default().to_vec(),
        (Some(from), Some(to)) => {
            let upwards = rows.get(to..=from).unwrap_or_default();
            upwards.iter().rev().copied().collect()
        }
        _ => vec![pressed],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(n: u128) -> TrackId {
        TrackId::from_u128(n)
    }

    fn tracks(numbers: &[u128]) -> Vec<TrackId> {
        numbers.iter().map(|n| track(*n)).collect()
    }

    #[test]
    fn a_range_goes_from_the_anchor_to_the_row_whichever_is_higher() {
        let rows = tracks(&[1, 2, 3, 4, 5]);
        let down = after_press(&rows, &[], Some(track(2)), track(4), Press::Range);
        assert_eq!(down, tracks(&[2, 3, 4]));
        let up = after_press(&rows, &[], Some(track(4)), track(2), Press::Range);
        assert_eq!(up, tracks(&[4, 3, 2]));
    }

    #[test]
    fn a_range_without_an_anchor_that_is_listed_is_one_row() {
        let rows = tracks(&[1, 2, 3]);
        let alone = after_press(&rows, &[], Some(track(9)), track(2), Press::Range);
        assert_eq!(alone, tracks(&[2]));
    }

    #[test]
    fn toggling_twice_changes_nothing() {
        let rows = tracks(&[1, 2, 3]);
        let selected = tracks(&[1]);
        let once = after_press(&rows, &selected, None, track(3), Press::Toggle);
        assert_eq!(once, tracks(&[1, 3]));
        let twice = after_press(&rows, &once, None, track(3), Press::Toggle);
        assert_eq!(twice, selected);
    }
}
