//! Which rows of a segment have which words.

use std::collections::HashMap;
use std::ops::Range;

/// Words, sorted, each with the numbers of the rows that have it.
#[derive(Debug, Default)]
pub(super) struct Words {
    sorted: Vec<Word>,
    /// The letters of all words.
    letters: String,
    /// The rows of all words.
    rows: Vec<u16>,
}

/// Where a word's letters and its rows lie.
#[derive(Debug)]
struct Word {
    letters: Range<u32>,
    rows: Range<u32>,
}

impl Words {
    /// The same for rows some of which have changed. `now` tells for each row that was which one it
    /// is now, if it is still the same; `fresh` are the other rows, each with its words.
    pub(super) fn renewed<'t>(
        &self,
        now: &[Option<u16>],
        fresh: impl Iterator<Item = (u16, &'t str)>,
    ) -> Self {
        let mut rows_of: HashMap<&str, Vec<u16>> = HashMap::new();
        for (number, text) in fresh {
            for word in text.split_ascii_whitespace() {
                let rows = rows_of.entry(word).or_default();
                if rows.last() != Some(&number) {
                    rows.push(number);
                }
            }
        }
        let mut fresh: Vec<_> = rows_of.into_iter().collect();
        fresh.sort_unstable_by_key(|(word, _)| *word);
        let mut fresh = fresh.into_iter().peekable();
        let mut renewed = Self::default();
        for known in &self.sorted {
            let word = self.letters_of(known);
            while let Some((new, rows)) = fresh.next_if(|(new, _)| *new < word) {
                renewed.add(new, rows);
            }
            let same = fresh.next_if(|(new, _)| *new == word);
            let kept = self.rows_of(known).iter();
            let kept = kept.filter_map(|row| now[usize::from(*row)]);
            renewed.add(
                word,
                kept.chain(same.into_iter().flat_map(|(_, rows)| rows)),
            );
        }
        for (word, rows) in fresh {
            renewed.add(word, rows);
        }
        renewed.letters.shrink_to_fit();
        renewed.rows.shrink_to_fit();
        renewed.sorted.shrink_to_fit();
        renewed
    }

    /// Of `n_rows` rows, those that have a word which begins so; of words that are one after
    /// another, the first one as a whole.
    pub(super) fn rows_with(&self, word: &str, n_rows: usize) -> Vec<bool> {
        let mut with = vec![false; n_rows];
        let (begins, is_whole) = match word.split_once(' ') {
            Some((first, _)) => (first, true),
            None => (word, false),
        };
        let from = self
            .sorted
            .partition_point(|known| self.letters_of(known) < begins);
        for known in &self.sorted[from..] {
            let word = self.letters_of(known);
            if !word.starts_with(begins) || (is_whole && word != begins) {
                break;
            }
            for row in self.rows_of(known) {
                with[usize::from(*row)] = true;
            }
        }
        with
    }

    /// Adds a word that comes after all others, unless no row has it.
    fn add(&mut self, word: &str, rows: impl IntoIterator<Item = u16>) {
        let (letters, start) = (self.letters.len() as u32, self.rows.len() as u32);
        self.rows.extend(rows);
        let end = self.rows.len() as u32;
        if start < end {
            self.letters.push_str(word);
            self.sorted.push(Word {
                letters: letters..self.letters.len() as u32,
                rows: start..end,
            });
        }
    }

    fn letters_of(&self, word: &Word) -> &str {
        &self.letters[word.letters.start as usize..word.letters.end as usize]
    }

    fn rows_of(&self, word: &Word) -> &[u16] {
        &self.rows[word.rows.start as usize..word.rows.end as usize]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(texts: &[String]) -> Words {
        let fresh = (0..).zip(texts.iter().map(String::as_str));
        Words::default().renewed(&[], fresh)
    }

    proptest! {
        #[test]
        fn words_that_follow_a_change_are_those_of_the_rows_as_they_are_now(
            before in proptest::collection::vec("[a-c ]{0,9}", 0..12),
            changes in proptest::collection::vec((0_u8..4, "[a-d ]{0,9}"), 12),
        ) {
            let (mut now, mut texts, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
            for (text, (kind, other)) in before.iter().zip(&changes) {
                // A row stays, comes, changes or goes.
                if [1, 2].contains(kind) {
                    fresh.push(texts.len());
                    texts.push(other.clone());
                }
                let stays = *kind < 2;
                now.push(stays.then_some(texts.len() as u16));
                texts.extend(stays.then(|| text.clone()));
            }
            let fresh = fresh.iter().map(|row| (*row as u16, texts[*row].as_str()));
            let renewed = words(&before).renewed(&now, fresh);
            let anew = words(&texts);
            for word in ["a", "b", "ca", "d", "ab c", "c c"] {
                let of = |words: &Words| words.rows_with(word, texts.len());
                prop_assert_eq!(of(&renewed), of(&anew), "{}", word);
            }
            prop_assert_eq!(renewed.sorted.len(), anew.sorted.len());
        }
    }
}
