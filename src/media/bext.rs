//! What a broadcast WAVE file says of its origin (EBU Tech 3285, the `bext` chunk).

use std::io;

use super::bytes::Bytes;
use super::bytes::le64;
use super::riff;
use super::text;
use crate::time::Samples;

/// The fixed part of the chunk as far as it is read here.
const FIXED: usize = 346;
/// The longest chunk that is read: the history at its end can be of any length.
const MAX_CHUNK: usize = 16 * 1024 * 1024;

/// What a broadcast WAVE file says of its origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroadcastInfo {
    /// What the sound is.
    pub description: String,
    /// Who made it.
    pub originator: String,
    /// Their reference for it.
    pub originator_reference: String,
    /// When it was made: the date, as year-month-day.
    pub date: String,
    /// When it was made: the time of day, as hours:minutes:seconds.
    pub time: String,
    /// Where on the day's clock the first sample belongs, in samples since midnight.
    pub time_reference: Samples,
}

/// Reads the chunk of a WAVE file, if it has one.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn read(bytes: &mut Bytes) -> io::Result<Option<BroadcastInfo>> {
    let chunks = riff::chunks(bytes)?;
    let Some(chunk) = chunks.iter().find(|chunk| chunk.id == *b"bext") else {
        return Ok(None);
    };
    Ok(parse(&chunk.content(bytes, MAX_CHUNK)?))
}

fn parse(bext: &[u8]) -> Option<BroadcastInfo> {
    let fixed = bext.get(..FIXED)?;
    let field = |from: usize, len: usize| {
        let field = fixed.get(from..from + len).unwrap_or_default();
        let field = field.split(|byte| *byte == 0).next().unwrap_or_default();
        text::decode(field).trim().to_owned()
    };
    Some(BroadcastInfo {
        description: field(0, 256),
        originator: field(256, 32),
        originator_reference: field(288, 32),
        date: field(320, 10),
        time: field(330, 8),
        time_reference: Samples::new(i64::try_from(le64(fixed, 338)?).unwrap_or(i64::MAX)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_lie_where_tech_3285_puts_them() {
        let mut bext = vec![0; FIXED];
        bext[..7].copy_from_slice(b"Scene 4");
        bext[256..260].copy_from_slice(b"Fern");
        bext[320..330].copy_from_slice(b"2026-11-22");
        bext[330..338].copy_from_slice(b"10:20:30");
        bext[338..346].copy_from_slice(&172_800_000_u64.to_le_bytes());
        let info = parse(&bext).expect("whole");
        assert_eq!(info.description, "Scene 4");
        assert_eq!(info.originator, "Fern");
        assert_eq!(
            (info.date.as_str(), info.time.as_str()),
            ("2026-11-22", "10:20:30")
        );
        assert_eq!(info.time_reference, Samples::new(172_800_000));
    }

    #[test]
    fn a_chunk_cut_short_says_nothing() {
        assert_eq!(parse(&[0; FIXED - 1]), None);
    }
}
