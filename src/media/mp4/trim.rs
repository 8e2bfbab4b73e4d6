//! What an MP4 file says of where its music begins and ends.
//!
//! Two ways are in use: the edit list (ISO/IEC 14496-12 section 8.6.6), and the comment that iTunes
//! calls iTunSMPB: three numbers in hexadecimal for delay, padding and length ("Audio Priming",
//! `QuickTime` File Format Specification, appendix G).

use crate::media::bytes::be32;
use crate::media::bytes::be64;

/// The most frames of silence that are believed.
const MAX_SILENCE: i64 = 192_000 * 600;

/// The part of the decoded sound that is music, in frames: from the first to after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MusicSpan {
    /// The first frame.
    pub(super) start: i64,
    /// The frame after the last, where it is stated.
    pub(super) end: Option<i64>,
}

impl From<i64> for MusicSpan {
    /// Everything from `start` on.
    fn from(start: i64) -> Self {
        Self { start, end: None }
    }
}

/// One entry of an edit list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    /// How long it lasts, counted as the whole film counts.
    duration: u64,
    /// Where in the medium it begins, counted as the medium counts; negative for silence.
    media_time: i64,
}

/// How a file counts time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scales {
    /// Units a second in edit durations.
    pub(super) film: u32,
    /// Units a second in media times.
    pub(super) media: u32,
    /// Frames a second of what is decoded.
    pub(super) rate: u32,
}

impl Scales {
    /// Frames in so many units of the medium, to the nearest.
    pub(super) fn frames(self, media_time: i64) -> i64 {
        scale(media_time, self.rate, self.media)
    }
}

fn scale(value: i64, to: u32, from: u32) -> i64 {
    let from = i128::from(from.max(1));
    let scaled = (i128::from(value) * i128::from(to) * 2 + from).div_euclid(from * 2);
    i64::try_from(scaled).unwrap_or(i64::MAX)
}

/// The music by an edit list, given how long the medium lasts in frames.
///
/// Where several edits follow each other the first one that is not silence counts: a recording is
/// not cut up by its own file.
pub(super) fn by_edit_list(elst: &[u8], scales: Scales, media_frames: i64) -> Option<MusicSpan> {
    let edit = edits(elst)?.into_iter().find(|edit| edit.media_time >= 0)?;
    let start = scales.frames(edit.media_time);
    let duration = i64::try_from(edit.duration).ok()?;
    if duration == 0 {
        return Some(MusicSpan { start, end: None });
    }
    let end = start.saturating_add(scale(duration, scales.rate, scales.film));
    // The film often counts in milliseconds, the medium in samples: as far as the coarser clock
    // agrees the finer one is right.
    let coarse = i64::from(scales.rate / scales.film.max(1)) + 1;
    let end = if (end - media_frames).abs() <= coarse {
        media_frames
    } else {
        end
    };
    Some(MusicSpan {
        start,
        end: Some(end),
    })
}

/// How many frames of silence an edit list puts before the medium.
pub(super) fn silence_before(elst: &[u8], scales: Scales) -> i64 {
    let edits = edits(elst).unwrap_or_default().into_iter();
    let silent = edits.take_while(|edit| edit.media_time < 0);
    let units = silent.fold(0_u64, |sum, edit| sum.saturating_add(edit.duration));
    let units = i64::try_from(units).unwrap_or(i64::MAX);
    scale(units, scales.rate, scales.film).min(MAX_SILENCE)
}

fn edits(elst: &[u8]) -> Option<Vec<Edit>> {
    const MAX_EDITS: u32 = 10_000;
    let wide = *elst.first()? == 1;
    let count = be32(elst, 4)?.min(MAX_EDITS);
    let size = if wide { 20 } else { 12 };
    let mut edits = Vec::new();
    for i in 0..count as usize {
        let entry = elst.get(8 + i * size..)?;
        edits.push(if wide {
            Edit {
                duration: be64(entry, 0)?,
                media_time: be64(entry, 8)?.cast_signed(),
            }
        } else {
            Edit {
                duration: u64::from(be32(entry, 0)?),
                media_time: i64::from(be32(entry, 4)?.cast_signed()),
            }
        });
    }
    Some(edits)
}

/// The music by an iTunSMPB comment, if that fits a medium which decodes to `decoded` frames: the
/// comment survives edits that it should not.
///
/// `full_rate` is the rate it counts at.
pub(super) fn by_comment(text: &str, full_rate: u32, rate: u32, decoded: i64) -> Option<MusicSpan> {
    const FRAME: i64 = 1024;
    let mut fields = text.split_whitespace().skip(1);
    let mut field = || i64::from_str_radix(fields.next()?, 16).ok();
    let (delay, padding, length) = (field()?, field()?, field()?);
    let frames = |value: i64| scale(value, rate, full_rate);
    let all = delay.checked_add(padding)?.checked_add(length)?;
    let fits = length > 0 && delay >= 0 && (frames(all) - decoded).abs() <= FRAME;
    fits.then(|| MusicSpan {
        start: frames(delay),
        end: Some(frames(delay + length)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALES: Scales = Scales {
        film: 1000,
        media: 44_100,
        rate: 44_100,
    };

    fn elst(edits: &[(u32, i32)]) -> Vec<u8> {
        let mut bytes = vec![0; 4];
        bytes.extend((edits.len() as u32).to_be_bytes());
        for (duration, media_time) in edits {
            bytes.extend(duration.to_be_bytes());
            bytes.extend(media_time.to_be_bytes());
            bytes.extend([0, 1, 0, 0]);
        }
        bytes
    }

    #[test]
    fn an_edit_in_milliseconds_is_sharpened_by_the_medium() {
        // 100 000 frames after 1024 of priming: 2267.57 ms.
        let span = by_edit_list(&elst(&[(2268, 1024)]), SCALES, 101_024).expect("an edit");
        let expected = MusicSpan {
            start: 1024,
            end: Some(101_024),
        };
        assert_eq!(span, expected);
    }

    #[test]
    fn an_edit_that_ends_before_the_medium_is_kept_to() {
        let span = by_edit_list(&elst(&[(1000, 1024)]), SCALES, 101_024).expect("an edit");
        assert_eq!(span.end, Some(1024 + 44_100));
    }

    #[test]
    fn silence_in_front_is_no_music() {
        let edits = elst(&[(500, -1), (1000, 2112)]);
        let span = by_edit_list(&edits, SCALES, 101_024).expect("an edit");
        assert_eq!(span.start, 2112);
    }

    #[test]
    fn silence_in_front_is_as_long_as_the_film_counts_it() {
        let edits = elst(&[(250, -1), (250, -1), (1000, 2112), (100, -1)]);
        assert_eq!(silence_before(&edits, SCALES), 22_050);
        assert_eq!(silence_before(&elst(&[(1000, 2112)]), SCALES), 0);
    }

    #[test]
    fn an_edit_list_cut_short_says_nothing() {
        let mut edits = elst(&[(1000, 1024), (1000, 0)]);
        edits.truncate(24);
        assert_eq!(by_edit_list(&edits, SCALES, 101_024), None);
    }

    #[test]
    fn the_itunes_comment_gives_delay_and_length() {
        let text = " 00000000 00000840 000001C0 0000000000015600 00000000 00000000";
        let span = by_comment(text, 44_100, 44_100, 90_112).expect("fits");
        let expected = MusicSpan {
            start: 2112,
            end: Some(2112 + 0x15600),
        };
        assert_eq!(span, expected);
    }

    #[test]
    fn a_comment_left_over_from_another_file_is_not_believed() {
        let text = " 00000000 00000840 000001C0 0000000000015600";
        assert_eq!(by_comment(text, 44_100, 44_100, 900_000), None);
    }
}
