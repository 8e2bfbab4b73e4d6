//! The bytes of one regular file, read at any place through one bounded buffer.

use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::path::Path;
use std::path::PathBuf;

use super::error::NotAFile;
use super::error::OpenError;

/// How much is read at once: small enough that a seek costs little, large enough that reading on
/// costs few calls.
const BLOCK: usize = 64 * 1024;
/// How much is read at a place that does not follow on from the last one; and how much of the
/// file's beginning is kept, as every reader comes back to it.
const GLANCE: usize = 16 * 1024;
/// The most that one caller may ask to see at once. A frame of any format is far smaller.
pub(super) const MAX_WINDOW: usize = 20 * 1024 * 1024;

/// A regular file, its beginning, and the stretch of it read last.
#[derive(Debug)]
pub(super) struct Bytes {
    path: PathBuf,
    file: File,
    len: u64,
    // Empty until it is first asked for.
    head: Vec<u8>,
    block: Vec<u8>,
    block_at: u64,
}

impl Bytes {
    /// Opens a file that is a file, and not empty.
    ///
    /// The type is looked at before opening, because opening a pipe waits for its other end.
    ///
    /// # Errors
    ///
    /// Fails when the path leads to no file, or to something else, or to nothing at all.
    pub(super) fn open(path: &Path) -> Result<Self, OpenError> {
        let io = |error: io::Error| OpenError::io(path, &error);
        regular(path, &fs::metadata(path).map_err(io)?)?;
        let file = File::open(path).map_err(io)?;
        // What the path leads to may have changed in between: the opened file decides.
        let metadata = file.metadata().map_err(io)?;
        regular(path, &metadata)?;
        if metadata.len() == 0 {
            return Err(OpenError::Empty {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            len: metadata.len(),
            head: Vec::new(),
            block: Vec::new(),
            block_at: 0,
        })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its length in bytes when it was opened.
    pub(super) const fn len(&self) -> u64 {
        self.len
    }

    /// The file opened once more, with a buffer of its own.
    ///
    /// # Errors
    ///
    /// Fails when the system does not open it again.
    pub(super) fn again(&self) -> io::Result<Self> {
        Ok(Self {
            path: self.path.clone(),
            file: File::open(&self.path)?,
            len: self.len,
            head: Vec::new(),
            block: Vec::new(),
            block_at: 0,
        })
    }

    /// The file itself, to be read from its beginning.
    pub(super) fn into_file(self) -> File {
        self.file
    }

    /// Up to `want` bytes from `at` on: fewer only at the end of the file.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read there.
    pub(super) fn window(&mut self, at: u64, want: usize) -> io::Result<&[u8]> {
        let want = want.min(MAX_WINDOW);
        if self.is_in_head(at, want) {
            if self.head.is_empty() {
                self.load_head()?;
            }
            return Ok(part(&self.head, at, want));
        }
        if !self.holds(at, want) {
            self.load(at, want)?;
        }
        Ok(part(&self.block, at.saturating_sub(self.block_at), want))
    }

    /// Exactly `N` bytes from `at` on, or `None` where the file has fewer.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read there.
    pub(super) fn array<const N: usize>(&mut self, at: u64) -> io::Result<Option<[u8; N]>> {
        Ok(self.window(at, N)?.first_chunk::<N>().copied())
    }

    /// Exactly `len` bytes from `at` on, copied, or `None` where the file has fewer or `len` is
    /// over `limit`.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read there.
    pub(super) fn copy(&mut self, at: u64, len: u64, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let end = at.checked_add(len);
        let Some(len) = usize::try_from(len).ok().filter(|len| *len <= limit) else {
            return Ok(None);
        };
        if end.is_none_or(|end| end > self.len) {
            return Ok(None);
        }
        if len <= GLANCE {
            // What follows on is likely wanted next.
            let copied = self.window(at, len)?.to_vec();
            return Ok((copied.len() == len).then_some(copied));
        }
        let mut copied = vec![0; len];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut copied)?;
        Ok(Some(copied))
    }

    /// The file as a stream of bytes, for the libraries that want one.
    pub(super) fn reader(&mut self) -> BytesReader<'_> {
        BytesReader { bytes: self, at: 0 }
    }

    /// Whether a stretch lies in the beginning that is kept.
    fn is_in_head(&self, at: u64, want: usize) -> bool {
        let end = at.saturating_add(want as u64).min(self.len);
        at < end && end <= GLANCE as u64
    }

    fn load_head(&mut self) -> io::Result<()> {
        let mut head = std::mem::take(&mut self.head);
        self.fill(&mut head, 0, GLANCE)?;
        self.head = head;
        Ok(())
    }

    fn holds(&self, at: u64, want: usize) -> bool {
        let held_end = self.block_at + self.block.len() as u64;
        let end = at.saturating_add(want as u64);
        at >= self.block_at && at <= held_end && (end <= held_end || held_end >= self.len)
    }

    fn load(&mut self, at: u64, want: usize) -> io::Result<()> {
        // Whoever looks here and there wants little of each place; whoever reads on wants all.
        let held = self.block_at..=self.block_at + self.block.len() as u64;
        let goes_on = !self.block.is_empty() && held.contains(&at);
        let size = if goes_on { BLOCK } else { GLANCE };
        let mut block = std::mem::take(&mut self.block);
        self.block_at = at;
        self.fill(&mut block, at, want.max(size))?;
        self.block = block;
        Ok(())
    }

    /// Reads up to `want` bytes from `at` on into `block`, instead of what is in it.
    fn fill(&mut self, block: &mut Vec<u8>, at: u64, want: usize) -> io::Result<()> {
        block.clear();
        // The length seen on opening counts, so a file that grows cannot move the end.
        let room = self.len.saturating_sub(at).min(want as u64);
        if room == 0 {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(at))?;
        // In one call: reading to an unknown end begins with little and asks a dozen times.
        block.resize(usize::try_from(room).unwrap_or(0), 0);
        let mut filled = 0;
        while filled < block.len() {
            match self.file.read(&mut block[filled..]) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        block.truncate(filled);
        Ok(())
    }
}

/// Up to `want` bytes of `block` from `from` on.
fn part(block: &[u8], from: u64, want: usize) -> &[u8] {
    let from = usize::try_from(from).map_or(block.len(), |from| from.min(block.len()));
    let to = from.saturating_add(want).min(block.len());
    &block[from..to]
}

/// A file as a stream of bytes.
#[derive(Debug)]
pub(super) struct BytesReader<'a> {
    bytes: &'a mut Bytes,
    at: u64,
}

impl Read for BytesReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        // As much as is at hand, so that little reads are no calls and large ones are few.
        let found = self.bytes.window(self.at, into.len().min(BLOCK))?;
        let n = found.len().min(into.len());
        into[..n].copy_from_slice(&found[..n]);
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for BytesReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.len().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "before the beginning");
        self.at = at.ok_or_else(before)?;
        Ok(self.at)
    }
}

fn regular(path: &Path, metadata: &fs::Metadata) -> Result<(), OpenError> {
    if metadata.is_file() {
        return Ok(());
    }
    let what = if metadata.is_dir() {
        NotAFile::Folder
    } else {
        NotAFile::Special
    };
    Err(OpenError::NotAFile {
        path: path.to_owned(),
        what,
    })
}

/// Two bytes, big-endian, at `at`; `None` past the end.
pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Four bytes, big-endian, at `at`; `None` past the end.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Eight bytes, big-endian, at `at`; `None` past the end.
pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Two bytes, little-endian, at `at`; `None` past the end.
pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Four bytes, little-endian, at `at`; `None` past the end.
pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Eight bytes, little-endian, at `at`; `None` past the end.
pub(super) fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
