//! The chunks that WAVE and AIFF files are made of.
//!
//! Sources: Multimedia Programming Interface and Data Specifications 1.0 (RIFF); EBU Tech 3306 and
//! ITU-R BS.2088 (RF64 and BW64, the forms for files over 4 GiB); EA IFF 85.

use std::io;

use super::bytes::Bytes;
use super::bytes::be32;
use super::bytes::le32;
use super::bytes::le64;

/// Chunks looked at in one file at most.
const MAX_CHUNKS: usize = 10_000;
/// The length that stands for "longer than can be told here".
const UNKNOWN: u32 = u32::MAX;

/// One chunk: its name, and where its content lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The four letters.
    pub(super) id: [u8; 4],
    /// Where the content begins.
    pub(super) at: u64,
    /// How long the content is: never past the end of the file.
    pub(super) len: u64,
}

impl Chunk {
    /// The content, if it is not longer than `limit`; nothing where it is.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn content(&self, bytes: &mut Bytes, limit: usize) -> io::Result<Vec<u8>> {
        Ok(bytes.copy(self.at, self.len, limit)?.unwrap_or_default())
    }
}

/// Which way numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// RIFF: the least significant byte first.
    Riff,
    /// IFF: the most significant byte first.
    Iff,
}

/// All chunks of a RIFF, RF64, BW64 or IFF file, in order. What the outermost chunk says of its own
/// length is not needed, and often wrong.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn chunks(bytes: &mut Bytes) -> io::Result<Vec<Chunk>> {
    let form = match bytes.window(0, 4)? {
        b"FORM" => Form::Iff,
        _ => Form::Riff,
    };
    let end = bytes.len();
    let mut chunks = Vec::new();
    let mut data_len = None;
    let mut at = 12;
    while chunks.len() < MAX_CHUNKS {
        let Some((id, stated)) = header(bytes, at, form)? else {
            // Some writers leave out the byte that makes lengths even.
            match header(bytes, at.saturating_sub(1), form)? {
                Some(_) if !chunks.is_empty() => at -= 1,
                _ => break,
            }
            continue;
        };
        let room = end.saturating_sub(at + 8);
        let len = match (&id, stated) {
            (b"data", UNKNOWN) => data_len.unwrap_or(room),
            // Written by a program that never came back to fill it in.
            (b"data", 0) if header(bytes, at + 8, form)?.is_none() => room,
            (_, stated) => u64::from(stated),
        };
        let chunk = Chunk {
            id,
            at: at + 8,
            len: len.min(room),
        };
        if id == *b"ds64" {
            let content = chunk.content(bytes, 64 * 1024)?;
            data_len = le64(&content, 8);
        }
        chunks.push(chunk);
        at = (at + 8).saturating_add(len).saturating_add(len & 1);
        if at >= end {
            break;
        }
    }
    Ok(chunks)
}

/// Name and length of the chunk at `at`; none where there is no name.
fn header(bytes: &mut Bytes, at: u64, form: Form) -> io::Result<Option<([u8; 4], u32)>> {
    let Some(head) = bytes.array::<8>(at)? else {
        return Ok(None);
    };
    let [a, b, c, d, ..] = head;
    let id = [a, b, c, d];
    let len = match form {
        Form::Riff => le32(&head, 4),
        Form::Iff => be32(&head, 4),
    };
    let named = id.iter().all(|byte| (b' '..=b'~').contains(byte));
    Ok(len.filter(|_| named).map(|len| (id, len)))
}
