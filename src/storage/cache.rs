//! The machine's cache of bulky things that can be made again: waveforms and the like.
//!
//! Each entry is a file of its own, named by what it belongs to, so several programs can use one
//! cache at once. All of it can be deleted at any time. An entry carries a checksum; one that is
//! damaged is removed and counts as missing. Nothing here fails: a cache that cannot be written
//! to keeps nothing.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

use super::atomic::{Durability, Existing, write_with};

/// Bytes of checksum before the content: half of a BLAKE3 hash.
const CHECK: usize = 16;
/// How large a cache grows unless it is told otherwise.
const MAX_BYTES: u64 = 2 << 30;

/// A cache in a folder. Clones share it.
#[derive(Clone, Debug)]
pub struct Cache {
    root: PathBuf,
    max_bytes: u64,
    /// Bytes put since the cache was last swept; starts full, so that the first put sweeps.
    since_sweep: Arc<AtomicU64>,
}

impl Cache {
    /// The cache in the folder `root`, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self::with_limit(root, MAX_BYTES)
    }

    /// The same, growing to about `max_bytes`: what was used longest ago gives way.
    pub fn with_limit(root: impl Into<PathBuf>, max_bytes: u64) -> Self {
        Self {
            root: root.into(),
            max_bytes,
            since_sweep: Arc::new(AtomicU64::new(max_bytes)),
        }
    }

    /// What was kept as `kind` for `key`, if it is there and whole.
    pub fn get(&self, kind: &str, key: &str) -> Option<Vec<u8>> {
        let path = self.path(kind, key)?;
        let mut bytes = fs::read(&path).ok()?;
        let is_whole = bytes
            .split_at_checked(CHECK)
            .is_some_and(|(check, content)| check == checksum(content));
        if !is_whole {
            // Gone already, or not to be removed: it counts as missing either way.
            drop(fs::remove_file(&path));
            return None;
        }
        note_use(&path);
        bytes.drain(..CHECK);
        Some(bytes)
    }

    /// Keeps `content` as `kind` for `key`.
    pub fn put(&self, kind: &str, key: &str, content: &[u8]) {
        if let Err(error) = self.try_put(kind, key, content) {
            tracing::debug!("{kind} was not cached: {error}");
        }
    }

    fn try_put(&self, kind: &str, key: &str, content: &[u8]) -> io::Result<()> {
        let path = self
            .path(kind, key)
            .ok_or_else(|| io::Error::other("this key cannot name a file"))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut bytes = Vec::with_capacity(CHECK + content.len());
        bytes.extend_from_slice(&checksum(content));
        bytes.extend_from_slice(content);
        write_with(&path, &bytes, Existing::Replace, Durability::Eventual)
            .map_err(io::Error::other)?;
        let n = bytes.len() as u64;
        let grown = self.since_sweep.fetch_add(n, Ordering::Relaxed) + n;
        if grown > self.max_bytes / 16 {
            self.since_sweep.store(0, Ordering::Relaxed);
            self.sweep();
        }
        Ok(())
    }

    /// Where an entry lies; `None` for a name that is none.
    fn path(&self, kind: &str, key: &str) -> Option<PathBuf> {
        let is_name = |text: &str| {
            text.len() > 2
                && text
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        (is_name(kind) && is_name(key)).then(|| self.root.join(kind).join(&key[..2]).join(key))
    }

    /// Removes what was used longest ago until the cache is well below its limit.
    fn sweep(&self) {
        let mut entries = Vec::new();
        list(&self.root, 0, &mut entries);
        let mut total: u64 = entries.iter().map(|entry| entry.bytes).sum();
        if total <= self.max_bytes {
            return;
        }
        entries.sort_by_key(|entry| entry.used);
        for entry in entries {
            if total <= self.max_bytes / 8 * 7 {
                break;
            }
            if fs::remove_file(&entry.path).is_ok() {
                total = total.saturating_sub(entry.bytes);
            }
        }
    }
}

struct Entry {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

/// Lists the entries below a folder: kinds, then the first letters of keys, then the entries.
fn list(folder: &Path, depth: u32, entries: &mut Vec<Entry>) {
    let found = fs::read_dir(folder).into_iter().flatten();
    for entry in found.filter_map(Result::ok) {
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        if metadata.is_dir() && depth < 2 {
            list(&entry.path(), depth + 1, entries);
        } else if metadata.is_file() && depth == 2 {
            entries.push(Entry {
                path: entry.path(),
                bytes: metadata.len(),
                used: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            });
        }
    }
}

/// Notes that an entry was used, as the time at which it was changed: access times are switched
/// off on many systems.
fn note_use(path: &Path) {
    let noted = fs::File::options()
        .append(true)
        .open(path)
        .and_then(|file| file.set_modified(SystemTime::now()));
    if let Err(error) = noted {
        tracing::trace!("the use of a cache entry was not noted: {error}");
    }
}

fn checksum(content: &[u8]) -> [u8; CHECK] {
    let hash = blake3::hash(content);
    let mut check = [0; CHECK];
    check.copy_from_slice(&hash.as_bytes()[..CHECK]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(max_bytes: u64) -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let cache = Cache::with_limit(folder.path().join("cache"), max_bytes);
        (folder, cache)
    }

    #[test]
    fn what_was_put_is_there() {
        let (_folder, cache) = cache(1000);
        cache.put("waves", "abcdef", b"content");
        assert_eq!(cache.get("waves", "abcdef"), Some(b"content".to_vec()));
        assert_eq!(cache.get("other", "abcdef"), None);
    }

    #[test]
    fn a_damaged_entry_is_missing_and_removed() {
        let (_folder, cache) = cache(1000);
        cache.put("waves", "abcdef", b"content");
        let path = cache.path("waves", "abcdef").expect("it is a name");
        let mut bytes = fs::read(&path).expect("it is there");
        bytes[CHECK] ^= 1;
        fs::write(&path, bytes).expect("it can be written");
        assert_eq!(cache.get("waves", "abcdef"), None);
        assert!(!path.exists());
    }

    #[test]
    fn what_was_used_longest_ago_gives_way() {
        let (_folder, cache) = cache(10_000);
        for n in 0..4_u64 {
            let key = format!("key{n}");
            cache.put("waves", &key, &[0; 2000]);
            let path = cache.path("waves", &key).expect("it is a name");
            let file = fs::File::options().append(true).open(path);
            let day = std::time::Duration::from_secs(86_400 * (n + 1));
            file.and_then(|file| file.set_modified(SystemTime::UNIX_EPOCH + day))
                .expect("its time can be set");
        }
        assert!(cache.get("waves", "key0").is_some());
        cache.put("waves", "key4", &[0; 2000]);
        assert_eq!(cache.get("waves", "key1"), None);
        assert!(cache.get("waves", "key0").is_some());
        assert!(cache.get("waves", "key4").is_some());
    }

    #[test]
    fn a_key_never_leads_out_of_the_cache() {
        let (_folder, cache) = cache(1000);
        cache.put("waves", "../../outside", b"content");
        assert_eq!(cache.path("waves", "../../outside"), None);
        assert_eq!(cache.get("waves", ""), None);
    }

    #[test]
    fn a_cache_that_cannot_be_written_keeps_nothing_and_says_nothing() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let file = folder.path().join("file");
        fs::write(&file, b"").expect("it can be written");
        let cache = Cache::new(&file);
        cache.put("waves", "abcdef", b"content");
        assert_eq!(cache.get("waves", "abcdef"), None);
    }
}
