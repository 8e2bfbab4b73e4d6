//! Telling that two files are the same recording, wherever they lie and whatever they are called.

use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use super::bytes::Bytes;
use super::error::OpenError;

/// How much is read between two questions whether to go on.
const BLOCK: usize = 1024 * 1024;
/// How much is read at once of a small file: it may have grown since it was asked for its size.
const LEAST_BLOCK: usize = 16 * 1024;

/// The BLAKE3 hash of all bytes of a file: two files with the same one are copies of each other.
///
/// It is of the whole file, not of its sound: reading it takes little longer than reading the file,
/// and a copy whose tags were changed is a different file that the show should know of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash as it was stored.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash, to be stored.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads what `Display` wrote: 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text)
            .ok()
            .map(|hash| Self(*hash.as_bytes()))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// Hashes a file. `go_on` is asked after every megabyte at the latest and told how many bytes have been read;
/// nothing comes back when it says stop. Blocking; for worker threads only.
///
/// # Errors
///
/// Fails when the path leads to no file, or to an empty one, or the system cannot read it.
pub fn content_hash(
    path: &Path,
    go_on: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Option<ContentHash>, OpenError> {
    let io = |error: std::io::Error| OpenError::io(path, &error);
    let bytes = Bytes::open(path)?;
    // Making a megabyte ready takes longer than hashing a small file does.
    let block = usize::try_from(bytes.len()).map_or(BLOCK, |len| len.clamp(LEAST_BLOCK, BLOCK));
    let mut file = bytes.into_file();
    let mut hasher = blake3::Hasher::new();
    let mut block = vec![0; block];
    let mut done = 0;
    loop {
        let n = file.read(&mut block).map_err(io)?;
        if n == 0 {
            return Ok(Some(ContentHash(*hasher.finalize().as_bytes())));
        }
        hasher.update(&block[..n]);
        done += n as u64;
        if go_on(done).is_break() {
            return Ok(None);
        }
    }
}
