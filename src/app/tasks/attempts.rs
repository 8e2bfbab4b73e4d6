//! Files that cannot be measured are not tried again at every start: this machine's cache notes
//! them. An attempt is noted before it begins, so that a file that ends the whole program is found
//! out too.

use crate::analysis;
use crate::storage::Cache;
use crate::storage::CacheKey;

/// A file is given up after so many attempts that never came to an end.
const MOST: usize = 2;

/// The attempts at measuring the content of one file. Their note in the cache is the reason why it
/// cannot be read, or a dot for each attempt that was begun and has not ended.
pub(super) struct Attempts<'c> {
    cache: &'c Cache,
    hash: &'c str,
}

impl<'c> Attempts<'c> {
    /// Attempts at the content `hash`.
    pub(super) fn new(cache: &'c Cache, hash: &'c str) -> Self {
        Self { cache, hash }
    }

    fn key(&self) -> CacheKey<'c> {
        CacheKey {
            kind: "attempts",
            content: self.hash,
            version: analysis::VERSION,
        }
    }

    /// Notes that one begins.
    ///
    /// # Errors
    ///
    /// Says why none should.
    pub(super) fn begin(&self) -> Result<(), String> {
        let noted = self.cache.get(self.key()).unwrap_or_default();
        let noted = String::from_utf8_lossy(&noted).into_owned();
        let n_begun = noted.bytes().take_while(|byte| *byte == b'.').count();
        if n_begun < noted.len() {
            return Err(noted);
        }
        if n_begun >= MOST {
            return Err("the program ended twice while measuring it".to_owned());
        }
        self.note(&".".repeat(n_begun + 1));
        Ok(())
    }

    /// Notes that it failed for good, and why.
    pub(super) fn give_up(&self, why: &str) {
        self.note(why);
    }

    /// Nothing is noted any more: it succeeded, was called off, or is to be tried anew.
    pub(super) fn forget(&self) {
        self.cache.remove(self.key());
    }

    fn note(&self, text: &str) {
        if let Err(error) = self.cache.put(self.key(), text.as_bytes()) {
            tracing::debug!("an attempt at measuring was not noted: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_failed_is_not_tried_again_and_says_why() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let cache = Cache::new(folder.path().to_owned(), 1_000_000);
        let attempts = Attempts::new(&cache, "00ff");
        assert_eq!(attempts.begin(), Ok(()));
        attempts.give_up("it is damaged");
        assert_eq!(attempts.begin(), Err("it is damaged".to_owned()));
        attempts.forget();
        assert_eq!(attempts.begin(), Ok(()));
    }

    #[test]
    fn a_file_that_ends_the_program_is_given_up_after_two_attempts() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let cache = Cache::new(folder.path().to_owned(), 1_000_000);
        for _ in 0..2 {
            assert_eq!(Attempts::new(&cache, "00ff").begin(), Ok(()));
        }
        assert!(Attempts::new(&cache, "00ff").begin().is_err());
    }
}
