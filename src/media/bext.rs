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

/// The content of a chunk of version 1, with a line for each step of its making. Only ASCII may
/// stand in it: accents are dropped, and other scripts become question marks.
pub(super) fn chunk(info: &BroadcastInfo, history: &str) -> Vec<u8> {
    const VERSION: u16 = 1;
    /// The rest of the fixed part: the UMID, and what is reserved.
    const REST: usize = 64 + 190;
    let mut bext = Vec::with_capacity(FIXED + 2 + REST + history.len() + 1);
    for (text, len) in [
        (&info.description, 256),
        (&info.originator, 32),
        (&info.originator_reference, 32),
        (&info.date, 10),
        (&info.time, 8),
    ] {
        let mut field = ascii(text);
        field.resize(len, 0);
        bext.extend(field);
    }
    let reference = u64::try_from(info.time_reference.get()).unwrap_or(0);
    bext.extend(reference.to_le_bytes());
    bext.extend(VERSION.to_le_bytes());
    bext.resize(bext.len() + REST, 0);
    bext.extend(ascii(history));
    if !bext.len().is_multiple_of(2) {
        bext.push(0);
    }
    bext
}

fn ascii(text: &str) -> Vec<u8> {
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_normalization::char::is_combining_mark;
    text.nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| u8::try_from(letter).ok().filter(u8::is_ascii))
        .map(|byte| byte.unwrap_or(b'?'))
        .collect()
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

    #[test]
    fn what_is_written_is_read_again() {
        let info = BroadcastInfo {
            description: "203 Promise, scene 12A".to_owned(),
            originator: "Needledrop".to_owned(),
            originator_reference: "12A".to_owned(),
            date: "2026-11-22".to_owned(),
            time: "10:20:30".to_owned(),
            time_reference: Samples::new(172_800_000),
        };
        let chunk = chunk(&info, "A=PCM");
        assert_eq!(parse(&chunk), Some(info));
        assert!(chunk.len().is_multiple_of(2));
    }

    #[test]
    fn only_ascii_stands_in_a_chunk_and_fields_keep_their_lengths() {
        let info = BroadcastInfo {
            description: format!("Été {}", "愛".repeat(300)),
            ..BroadcastInfo::default()
        };
        let chunk = chunk(&info, "");
        assert_eq!(chunk.len(), 602);
        assert!(chunk[..256].starts_with(b"Ete ????"));
    }
}
