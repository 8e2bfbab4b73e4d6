//! Ordering rows: each row's place among the values of a column, found once for a column, from
//! which any order of rows follows by counting.

use rayon::prelude::*;

/// That a row has no value: it comes last, whichever way rows are ordered.
const NONE: u32 = u32::MAX;

/// Texts that are the same for so many bytes count as the same.
const MAX_DEPTH: usize = 512;

/// For each row, the place of its value among all values of a column. Rows with one value share a
/// place.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    of: Vec<u32>,
    /// How many values there are.
    n: u32,
}

impl Ranks {
    /// By numbers.
    pub(super) fn of_numbers(numbers: &[Option<i64>]) -> Self {
        let mut known: Vec<(i64, u32)> = (0_u32..)
            .zip(numbers)
            .filter_map(|(row, number)| Some(((*number)?, row)))
            .collect();
        known.par_sort_unstable();
        let mut ranks = Self::unknown(numbers.len());
        for same in known.chunk_by(|(a, _), (b, _)| a == b) {
            ranks.give(same);
        }
        ranks
    }

    /// By folded texts, of which the empty ones are no value.
    ///
    /// Rows are compared by eight letters at a time, which lie beside the row's number, and only
    /// rows with the same eight are looked at again: the caching of Ng and Kakehi, “Cache Efficient
    /// Radix Sort for String Sorting” (2007), over a sort by comparing.
    pub(super) fn of_texts<T: AsRef<str> + Sync>(texts: &[T]) -> Self {
        let mut known: Vec<(u64, u32)> = (0_u32..)
            .zip(texts)
            .filter(|(_, text)| !text.as_ref().is_empty())
            .map(|(row, text)| (letters(text.as_ref(), 0), row))
            .collect();
        let mut ranks = Self::unknown(texts.len());
        known.par_sort_unstable();
        ranks.give_by_text(&mut known, 0, texts);
        ranks
    }

    fn unknown(n_rows: usize) -> Self {
        Self {
            of: vec![NONE; n_rows],
            n: 0,
        }
    }

    /// Gives the next place to rows that have one value.
    fn give<K>(&mut self, rows: &[(K, u32)]) {
        for (_, row) in rows {
            self.of[*row as usize] = self.n;
        }
        self.n += 1;
    }

    /// Gives the next places to rows that are ordered by the eight letters after `depth`.
    fn give_by_text<T: AsRef<str> + Sync>(
        &mut self,
        rows: &mut [(u64, u32)],
        depth: usize,
        texts: &[T],
    ) {
        for same in rows.chunk_by_mut(|(a, _), (b, _)| a == b) {
            let next = depth + size_of::<u64>();
            // Texts hold no zeros but those that stand for their end.
            let is_over = same
                .first()
                .is_none_or(|(letters, _)| letters.trailing_zeros() >= u8::BITS);
            if is_over || same.len() == 1 || next >= MAX_DEPTH {
                self.give(same);
                continue;
            }
            for (known, row) in same.iter_mut() {
                *known = letters(texts[*row as usize].as_ref(), next);
            }
            // Many rows with one name need not be ordered.
            if same.windows(2).any(|rows| rows[0].0 != rows[1].0) {
                same.par_sort_unstable();
            }
            self.give_by_text(same, next, texts);
        }
    }

    /// `rows`, ordered by these places; rows that share one stay in the order they have. This is
    /// one pass of a distribution sort (Knuth, “The Art of Computer Programming”, volume 3,
    /// section 5.2.5).
    pub(super) fn order(&self, rows: &[u32], is_descending: bool) -> Vec<u32> {
        let last = self.n as usize;
        let place = |row: u32| match self.of[row as usize] {
            NONE => last,
            rank if is_descending => last - 1 - rank as usize,
            rank => rank as usize,
        };
        let mut starts = vec![0_u32; last + 2];
        for row in rows {
            starts[place(*row) + 1] += 1;
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        let mut ordered = vec![0; rows.len()];
        for row in rows {
            let start = &mut starts[place(*row)];
            ordered[*start as usize] = *row;
            *start += 1;
        }
        ordered
    }
}

/// Eight bytes of a text from `depth` on, as a number that is ordered as they are; zeros where it
/// is over.
fn letters(text: &str, depth: usize) -> u64 {
    let rest = text.as_bytes().get(depth..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk() {
        return u64::from_be_bytes(*eight);
    }
    let mut eight = [0; 8];
    eight[..rest.len()].copy_from_slice(rest);
    u64::from_be_bytes(eight)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ordered(ranks: &Ranks, is_descending: bool) -> Vec<u32> {
        let rows: Vec<u32> = (0..).take(ranks.of.len()).collect();
        ranks.order(&rows, is_descending)
    }

    #[test]
    fn what_has_no_value_comes_last_either_way() {
        let ranks = Ranks::of_numbers(&[Some(2), None, Some(1), Some(2)]);
        assert_eq!(ordered(&ranks, false), [2, 0, 3, 1]);
        assert_eq!(ordered(&ranks, true), [0, 3, 2, 1]);
        let ranks = Ranks::of_texts(&["b", "", "a"]);
        assert_eq!(ordered(&ranks, false), [2, 0, 1]);
        assert_eq!(ordered(&ranks, true), [0, 2, 1]);
    }

    #[test]
    fn rows_that_share_a_place_stay_in_the_order_they_have() {
        let ranks = Ranks::of_numbers(&[Some(1), Some(0), Some(1), Some(0)]);
        assert_eq!(ranks.order(&[3, 2, 1, 0], false), [3, 1, 2, 0]);
        assert_eq!(ranks.order(&[3, 2, 1, 0], true), [2, 0, 3, 1]);
    }

    proptest! {
        #[test]
        fn texts_are_ordered_as_by_comparing_them(
            texts in proptest::collection::vec("[a-c]{0,20}|track 0000[0-9]{1,9}|.{1,12}", 0..60)
        ) {
            let texts: Vec<String> = texts.iter().map(|text| text.replace('\0', "")).collect();
            let mut expected: Vec<u32> = (0..).take(texts.len()).collect();
            expected.sort_by_key(|row| {
                let text = &texts[*row as usize];
                (text.is_empty(), text.clone())
            });
            prop_assert_eq!(ordered(&Ranks::of_texts(&texts), false), expected);
        }
    }
}
