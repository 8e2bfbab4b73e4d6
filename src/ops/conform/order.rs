//! What has kept its order, and what has not.

use crate::time::Ticks;

/// Which of `places` belong to the longest sequence that rises, found by patience sorting
/// (Fredman, "On computing the length of longest increasing subsequences", 1975).
pub(super) fn longest_rising(places: &[Ticks]) -> Vec<bool> {
    // The place in `places` of the lowest end of a sequence of each length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (n, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places.get(*end).is_some_and(|it| it < place));
        before.push(
            length
                .checked_sub(1)
                .and_then(|last| ends.get(last).copied()),
        );
        match ends.get_mut(length) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut belongs = vec![false; places.len()];
    let mut at = ends.last().copied();
    while let Some(n) = at {
        if let Some(it) = belongs.get_mut(n) {
            *it = true;
        }
        at = before.get(n).copied().flatten();
    }
    belongs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rising(places: &[i64]) -> Vec<bool> {
        let places: Vec<Ticks> = places.iter().map(|n| Ticks::new(*n)).collect();
        longest_rising(&places)
    }

    #[test]
    fn the_one_that_moved_is_told_from_those_that_stayed() {
        assert_eq!(rising(&[1, 9, 2, 3, 4]), [true, false, true, true, true]);
        assert_eq!(rising(&[5, 6, 1, 7]), [true, true, false, true]);
    }

    #[test]
    fn nothing_has_no_order() {
        assert_eq!(rising(&[]), [false; 0]);
    }
}
