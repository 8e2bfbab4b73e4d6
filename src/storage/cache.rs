//! The cache of bulky things that can be made again: waveforms, onset curves, decoded copies of
//! films' sound. One a machine, used by every show and every process, and free to be deleted at any
//! time.
//!
//! An entry is a file of its own that says what it is and carries a checksum: one that is damaged,
//! or of another version, is as good as none. What is too large to be held in memory is kept as a
//! plain file instead, known by its name alone. When all together are too large, those that have
//! not been used for longest go.

use std::ffi::OsStr;
use std::fs;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::atomic::{Durability, Existing, WriteFileError, remove_quietly, temporary, write_with};

/// An entry's use is noted at most this often: reading must not become writing.
const NOTED_EVERY: Duration = Duration::from_hours(1);
/// Files that are no entries are half-written ones; those of killed processes go after this long.
const LEFTOVER_AGE: Duration = Duration::from_mins(15);
const MAGIC: &str = "needledrop cache 1";
const EXTENSION: &str = "entry";
/// Of what is kept as a plain file.
const FILE_EXTENSION: &str = "kept";

/// What an entry is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheKey<'k> {
    /// What was made: `waveform`.
    pub kind: &'k str,
    /// The hash of the content it was made from.
    pub content: &'k str,
    /// The version of what made it. Entries of other versions are never returned.
    pub version: u32,
}

impl CacheKey<'_> {
    fn header(&self) -> String {
        let Self {
            kind,
            content,
            version,
        } = self;
        format!("{MAGIC}\n{kind}\n{version}\n{content}\n")
    }
}

/// A folder of entries of a bounded total size.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
    max_bytes: u64,
    /// How much may still be written before the folder is looked through. Other processes write
    /// as well, so it is looked through long before the bound.
    until_trim: AtomicU64,
}

impl Cache {
    /// The cache in the folder `root`, which is made when needed, with at most about `max_bytes`
    /// in it.
    pub fn new(root: PathBuf, max_bytes: u64) -> Self {
        Self {
            root,
            max_bytes,
            until_trim: AtomicU64::new(0),
        }
    }

    /// What was put in for `key`, if it is there and whole.
    pub fn get(&self, key: CacheKey<'_>) -> Option<Vec<u8>> {
        let path = self.path(key, EXTENSION);
        let entry = fs::read(&path).ok()?;
        let Some(content) = unpack(&entry, key) else {
            tracing::info!(path = %path.display(), "a damaged cache entry was removed");
            remove_quietly(&path);
            return None;
        };
        let content = content.to_vec();
        note_use(&path);
        Some(content)
    }

    /// Puts `content` in for `key`.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be written to. Nothing depends on it: it is then made again.
    pub fn put(&self, key: CacheKey<'_>, content: &[u8]) -> Result<(), WriteFileError> {
        let path = self.path(key, EXTENSION);
        self.make_folder(&path)?;
        let entry = pack(content, key);
        write_with(&path, &entry, Existing::Replace, Durability::Eventual)?;
        self.has_grown(entry.len() as u64);
        Ok(())
    }

    /// Takes out what was put in for `key`, if it is there.
    pub fn remove(&self, key: CacheKey<'_>) {
        let path = self.path(key, EXTENSION);
        if path.exists() {
            remove_quietly(&path);
        }
    }

    /// The plain file that was put in for `key`, if it is there. It may go at any time, so it is
    /// opened at once.
    pub fn file(&self, key: CacheKey<'_>) -> Option<PathBuf> {
        let path = self.path(key, FILE_EXTENSION);
        path.is_file().then(|| {
            note_use(&path);
            path
        })
    }

    /// Has `make` write a plain file, and puts it in for `key` when it is whole.
    ///
    /// # Errors
    ///
    /// Fails as `make` does, and when the folder cannot be written to; nothing is put in then.
    pub fn put_file<E: From<WriteFileError>>(
        &self,
        key: CacheKey<'_>,
        make: impl FnOnce(&Path) -> Result<(), E>,
    ) -> Result<PathBuf, E> {
        let path = self.path(key, FILE_EXTENSION);
        self.make_folder(&path)?;
        let failed = |source| WriteFileError {
            path: path.clone(),
            source,
        };
        let part = temporary(&path).map_err(failed)?.into_temp_path();
        make(&part)?;
        let n_bytes = part.metadata().map_err(failed)?.len();
        part.persist(&path).map_err(|error| failed(error.error))?;
        self.has_grown(n_bytes);
        Ok(path)
    }

    fn make_folder(&self, path: &Path) -> Result<(), WriteFileError> {
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).map_err(|source| WriteFileError {
            path: folder.to_owned(),
            source,
        })
    }

    /// So much was put in.
    fn has_grown(&self, n_bytes: u64) {
        let left = self
            .until_trim
            .try_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(n_bytes)
            });
        if left.is_err() {
            self.trim(SystemTime::now());
        }
    }

    /// Deletes all of it.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be deleted.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.root) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes what has not been used for longest until what is left is well within the bound.
    fn trim(&self, now: SystemTime) {
        let mut entries = Vec::new();
        for path in files(&self.root) {
            let Ok(metadata) = path.metadata() else {
                continue;
            };
            let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let age = now.duration_since(used).unwrap_or_default();
            let is_entry =
                |extension: &OsStr| extension == EXTENSION || extension == FILE_EXTENSION;
            if path.extension().is_some_and(is_entry) {
                entries.push((used, metadata.len(), path));
            } else if LEFTOVER_AGE < age {
                remove_quietly(&path);
            }
        }
        entries.sort();
        let mut total: u64 = entries.iter().map(|(_, bytes, _)| bytes).sum();
        if self.max_bytes < total {
            for (_, bytes, path) in entries {
                if total <= self.max_bytes / 10 * 9 {
                    break;
                }
                remove_quietly(&path);
                total -= bytes;
            }
        }
        let room = self.max_bytes.saturating_sub(total);
        self.until_trim.store(room / 4, Ordering::Relaxed);
    }

    fn path(&self, key: CacheKey<'_>, extension: &str) -> PathBuf {
        let name = blake3::hash(key.header().as_bytes()).to_hex();
        let folder: String = name.chars().take(2).collect();
        self.root.join(folder).join(format!("{name}.{extension}"))
    }
}

/// Header, checksum, content.
fn pack(content: &[u8], key: CacheKey<'_>) -> Vec<u8> {
    let mut entry = key.header().into_bytes();
    entry.extend_from_slice(blake3::hash(content).as_bytes());
    entry.extend_from_slice(content);
    entry
}

fn unpack<'e>(entry: &'e [u8], key: CacheKey<'_>) -> Option<&'e [u8]> {
    let rest = entry.strip_prefix(key.header().as_bytes())?;
    let (checksum, content) = rest.split_at_checked(blake3::OUT_LEN)?;
    (blake3::hash(content).as_bytes() == checksum).then_some(content)
}

fn note_use(path: &Path) {
    let now = SystemTime::now();
    let is_recent = path
        .metadata()
        .and_then(|metadata| metadata.modified())
        .is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age < NOTED_EVERY));
    if is_recent {
        return;
    }
    let noted = File::options()
        .append(true)
        .open(path)
        .and_then(|file| file.set_modified(now));
    if let Err(error) = noted {
        tracing::debug!(%error, path = %path.display(), "the use of a cache entry was not noted");
    }
}

/// The files in the folders of `root`.
fn files(root: &Path) -> impl Iterator<Item = PathBuf> {
    let in_folder = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = in_folder(root).map(|entry| entry.path());
    let files = folders.flat_map(move |folder| in_folder(&folder).map(|entry| entry.path()));
    files.filter(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixture {
        folder: tempfile::TempDir,
        cache: Cache,
    }

    impl Fixture {
        fn new(max_bytes: u64) -> Self {
            let folder = tempfile::tempdir().expect("there is a temporary folder");
            let cache = Cache::new(folder.path().join("cache"), max_bytes);
            Self { folder, cache }
        }

        fn put(&self, content: &str, bytes: &[u8]) {
            self.cache
                .put(key(content), bytes)
                .expect("the folder can be written to");
        }

        /// Makes an entry look as if it was last used so many hours ago.
        fn age(&self, content: &str, hours: u64) {
            let at = SystemTime::now() - Duration::from_hours(hours);
            File::options()
                .append(true)
                .open(self.cache.path(key(content), EXTENSION))
                .and_then(|file| file.set_modified(at))
                .expect("the entry is there");
        }

        fn has(&self, content: &str) -> bool {
            self.cache.path(key(content), EXTENSION).exists()
        }

        /// Keeps a plain file of so many bytes.
        fn put_file(&self, content: &str, n_bytes: usize) -> PathBuf {
            let make = |to: &Path| fs::write(to, vec![0; n_bytes]).map_err(Failed::from);
            let kept = self.cache.put_file(key(content), make);
            kept.expect("the folder can be written to")
        }

        fn total(&self) -> u64 {
            let sizes = files(&self.cache.root).map(|path| path.metadata().map(|m| m.len()));
            sizes.map(|size| size.expect("it is there")).sum()
        }
    }

    /// Any reason not to have made a file.
    #[derive(Debug)]
    struct Failed;

    impl From<WriteFileError> for Failed {
        fn from(_: WriteFileError) -> Self {
            Self
        }
    }

    impl From<io::Error> for Failed {
        fn from(_: io::Error) -> Self {
            Self
        }
    }

    fn key(content: &str) -> CacheKey<'_> {
        CacheKey {
            kind: "waveform",
            content,
            version: 1,
        }
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let it = Fixture::new(1_000_000);
        assert_eq!(it.cache.get(key("a")), None);
        it.put("a", b"curve");
        assert_eq!(it.cache.get(key("a")), Some(b"curve".to_vec()));
        it.put("a", b"better");
        assert_eq!(it.cache.get(key("a")), Some(b"better".to_vec()));
    }

    #[test]
    fn an_entry_of_another_version_is_none() {
        let it = Fixture::new(1_000_000);
        it.put("a", b"curve");
        let newer = CacheKey {
            version: 2,
            ..key("a")
        };
        assert_eq!(it.cache.get(newer), None);
    }

    #[test]
    fn a_damaged_entry_is_none_and_goes() {
        let it = Fixture::new(1_000_000);
        it.put("a", b"curve");
        let path = it.cache.path(key("a"), EXTENSION);
        let mut bytes = fs::read(&path).expect("it is there");
        *bytes.last_mut().expect("it is not empty") ^= 1;
        fs::write(&path, &bytes).expect("it can be written to");
        assert_eq!(it.cache.get(key("a")), None);
        assert!(!path.exists());
    }

    #[test]
    fn an_entry_cut_short_anywhere_is_none() {
        let it = Fixture::new(1_000_000);
        it.put("a", b"curve");
        let path = it.cache.path(key("a"), EXTENSION);
        let bytes = fs::read(&path).expect("it is there");
        for n in 0..bytes.len() {
            fs::write(&path, &bytes[..n]).expect("it can be written to");
            assert_eq!(it.cache.get(key("a")), None, "{n} bytes");
        }
    }

    #[test]
    fn what_has_not_been_used_for_longest_goes_first() {
        let it = Fixture::new(3_500);
        for (content, hours) in [("a", 5), ("b", 9), ("c", 7)] {
            it.put(content, &[0; 900]);
            it.age(content, hours);
        }
        assert!(it.cache.get(key("b")).is_some(), "using it is noted");
        it.put("d", &[0; 900]);
        assert_eq!(
            ["a", "b", "c", "d"].map(|it_is| it.has(it_is)),
            [true, true, false, true]
        );
    }

    #[test]
    fn the_cache_stays_within_its_bound() {
        let it = Fixture::new(20_000);
        for n in 0..200 {
            it.put(&n.to_string(), &[0; 500]);
            assert!(it.total() <= 20_000);
        }
    }

    #[test]
    fn the_cache_stays_near_its_bound_when_another_process_fills_it_too() {
        let it = Fixture::new(20_000);
        let other = Cache::new(it.cache.root.clone(), 20_000);
        for n in 0..200 {
            it.put(&n.to_string(), &[0; 500]);
            let theirs = format!("their {n}");
            other
                .put(key(&theirs), &[0; 500])
                .expect("it can be written to");
            assert!(it.total() <= 25_000, "{}", it.total());
        }
    }

    #[test]
    fn a_cache_that_was_deleted_is_empty_and_goes_on() {
        let it = Fixture::new(1_000_000);
        it.put("a", b"curve");
        fs::remove_dir_all(it.folder.path().join("cache")).expect("it is there");
        assert_eq!(it.cache.get(key("a")), None);
        it.put("a", b"curve");
        it.cache.clear().expect("it can be deleted");
        it.cache.clear().expect("there is nothing to delete");
        assert_eq!(it.cache.get(key("a")), None);
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_told() {
        let it = Fixture::new(1_000_000);
        fs::write(it.folder.path().join("cache"), b"a file").expect("it can be written to");
        it.cache
            .put(key("a"), b"curve")
            .expect_err("there is a file in its place");
    }

    #[test]
    fn a_file_that_was_put_in_is_there() {
        let it = Fixture::new(1_000_000);
        assert_eq!(it.cache.file(key("a")), None);
        let path = it.put_file("a", 100);
        assert_eq!(it.cache.file(key("a")), Some(path));
    }

    #[test]
    fn a_file_that_was_not_finished_is_never_taken_for_whole() {
        let it = Fixture::new(1_000_000);
        let broken_off = it.cache.put_file(key("a"), |to| {
            fs::write(to, b"half of it").map_err(Failed::from)?;
            Err(Failed)
        });
        broken_off.expect_err("it was not finished");
        assert_eq!(it.cache.file(key("a")), None);
        assert_eq!(files(&it.cache.root).count(), 0);
    }

    #[test]
    fn files_count_in_what_the_cache_may_hold() {
        let it = Fixture::new(20_000);
        for n in 0..50 {
            it.put(&n.to_string(), &[0; 500]);
            it.put_file(&n.to_string(), 2_000);
            assert!(it.total() <= 20_000, "{}", it.total());
        }
    }

    #[test]
    fn the_file_that_was_used_last_stays() {
        let it = Fixture::new(10_000);
        let (old, used) = (it.put_file("old", 4_000), it.put_file("used", 4_000));
        let long_ago = SystemTime::now() - Duration::from_hours(9);
        for path in [&old, &used] {
            let file = File::options().append(true).open(path).expect("there");
            file.set_modified(long_ago).expect("the file is ours");
        }
        it.cache.file(key("used")).expect("it is there");
        it.put_file("new", 4_000);
        assert_eq!((old.exists(), used.exists()), (false, true));
    }
}
