//! Timecode labels in files that don't say their frame rate.
//!
//! The caller says the rate. [`settle`] checks it against all labels of the file together and
//! finds out how they are counted, from the strongest evidence to the weakest: what the file says
//! in words (a frame code mode); a `;` anywhere in a label, which means drop-frame; a label that
//! drop-frame counting leaves out, which means non-drop; the caller. A `:` means nothing: lists of
//! drop-frame programmes are often written with colons only.

use super::ReadError;
use super::options::{Contradictions, ReadOptions};
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::time::Counting;
use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;
use crate::time::TimecodeError;

/// A label as written, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// Its line, counted from 1.
    pub(super) line: usize,
    /// The label.
    pub(super) text: &'a str,
}

/// What a file says in words about its counting, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// The line, counted from 1.
    pub(super) line: usize,
    /// What it says.
    pub(super) counting: Counting,
}

/// Whether a text is a full label: four numbers, the last with one to three digits, the others
/// with one or two.
pub(super) fn is_label(text: &str) -> bool {
    let mut n_fields = 0;
    for field in text.split(SEPARATORS) {
        n_fields += 1;
        let longest = if n_fields == 4 { 3 } else { 2 };
        let fits = (1..=longest).contains(&field.len());
        if !fits || !field.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
    }
    n_fields == 4
}

/// What may stand between the fields of a label.
const SEPARATORS: [char; 4] = [':', ';', '.', ','];

/// The timebase that positions in the programme are to be read with.
pub(super) fn settle(
    labels: &[Label<'_>],
    stated: Option<Stated>,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<Timebase, ReadError> {
    let rate = options.timebase.rate();
    let plain = Timebase::non_drop(rate);
    if options.contradictions == Contradictions::Refuse
        && let Some(impossible) = labels
            .iter()
            .find(|label| is_of_other_rate(plain, label.text))
    {
        return Err(ReadError::OtherRate {
            line: impossible.line,
            label: quoted(impossible.text),
            rate,
        });
    }
    let marked = labels.iter().find(|label| label.text.contains(';'));
    let Ok(drop) = Timebase::new(rate, Counting::Drop) else {
        return without_drop_frame(plain, marked, stated, options, report);
    };
    let counting = match (stated, marked) {
        (Some(stated), _) => {
            if stated.counting == Counting::NonDrop && marked.is_some() {
                report.warn(stated.line, WarningKind::MarksIgnored);
            }
            stated.counting
        }
        (None, Some(_)) => Counting::Drop,
        (None, None) if labels.iter().any(|label| is_left_out(drop, label.text)) => {
            Counting::NonDrop
        }
        (None, None) => options.timebase.counting(),
    };
    if counting != options.timebase.counting() {
        report.warn_of_all(WarningKind::OtherCounting { list: counting });
    }
    Ok(match counting {
        Counting::Drop => drop,
        Counting::NonDrop => plain,
    })
}

/// The same at a rate that has no drop-frame.
fn without_drop_frame(
    plain: Timebase,
    marked: Option<&Label<'_>>,
    stated: Option<Stated>,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<Timebase, ReadError> {
    let says_drop = stated.filter(|stated| stated.counting == Counting::Drop);
    if let Some(stated) = says_drop
        && options.contradictions == Contradictions::Refuse
    {
        return Err(ReadError::NoDropFrame {
            line: stated.line,
            rate: plain.rate(),
        });
    }
    if let Some(line) = says_drop.map(|s| s.line).or(marked.map(|label| label.line)) {
        report.warn(line, WarningKind::MarksMeaningless(plain));
    }
    Ok(plain)
}

/// Reads a label. One that drop-frame leaves out is taken as the first of its minute that exists;
/// one that cannot be at this rate is left out. Both are reported.
pub(super) fn read(timebase: Timebase, label: Label<'_>, report: &mut Report) -> Option<Frames> {
    match timebase.parse(label.text) {
        Ok(frames) => Some(frames),
        Err(TimecodeError::Dropped(_)) => {
            let frames = next_existing(timebase, label.text)?;
            report.warn(
                label.line,
                WarningKind::MovedLabel {
                    label: quoted(label.text),
                    to: timebase.label(frames),
                },
            );
            Some(frames)
        }
        Err(TimecodeError::Shape(_) | TimecodeError::Range { .. }) => {
            report.warn(
                label.line,
                WarningKind::ImpossibleLabel {
                    label: quoted(label.text),
                    timebase,
                },
            );
            None
        }
    }
}

/// Reads a label without a word about it, for comparing lengths.
pub(super) fn read_quietly(timebase: Timebase, text: &str) -> Option<Frames> {
    match timebase.parse(text) {
        Ok(frames) => Some(frames),
        Err(TimecodeError::Dropped(_)) => next_existing(timebase, text),
        Err(TimecodeError::Shape(_) | TimecodeError::Range { .. }) => None,
    }
}

/// A length in frames. No marker is longer than a day, whatever the file says (lengths of 125 512
/// frames have been seen where one was meant).
pub(super) fn length(timebase: Timebase, n_frames: i64, line: usize, report: &mut Report) -> Ticks {
    let day = timebase.frames_per_day();
    if n_frames > day {
        report.warn(line, WarningKind::ShortenedLength);
    }
    let frames = Frames::new(n_frames.clamp(0, day));
    timebase.rate().to_ticks(frames)
}

/// For a label that drop-frame leaves out, the first one after it that exists: the left-out labels
/// are the first `nominal / 15` of a minute (SMPTE ST 12-1, section 5.2).
fn next_existing(timebase: Timebase, text: &str) -> Option<Frames> {
    let (minute, _left_out) = text.rsplit_once(SEPARATORS)?;
    let first = timebase.rate().nominal() / 15;
    timebase.parse(&format!("{minute};{first:02}")).ok()
}

fn is_left_out(drop: Timebase, text: &str) -> bool {
    matches!(drop.parse(text), Err(TimecodeError::Dropped(_)))
}

/// Whether the frame number is one that this rate does not count to.
fn is_of_other_rate(plain: Timebase, text: &str) -> bool {
    matches!(
        plain.parse(text),
        Err(TimecodeError::Range {
            field: "frames",
            ..
        })
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::FrameRate;

    fn labels<'a>(texts: &[&'a str]) -> Vec<Label<'a>> {
        texts
            .iter()
            .enumerate()
            .map(|(n, text)| Label { line: n + 1, text })
            .collect()
    }

    fn drop_at(rate: FrameRate) -> Timebase {
        Timebase::new(rate, Counting::Drop).expect("has drop-frame")
    }

    fn settled(
        texts: &[&str],
        stated: Option<Counting>,
        timebase: Timebase,
    ) -> (Result<Timebase, ReadError>, Report) {
        let mut report = Report::default();
        let stated = stated.map(|counting| Stated { line: 1, counting });
        let result = settle(
            &labels(texts),
            stated,
            &ReadOptions::at(timebase),
            &mut report,
        );
        (result, report)
    }

    #[test]
    fn a_label_has_four_numbers() {
        for text in [
            "01:00:00:00",
            "1:01:06:16",
            "00;15;11;24",
            "01:00:00.100",
            "0:0:0,1",
        ] {
            assert!(is_label(text), "{text}");
        }
        for text in [
            "",
            "01:00:00",
            "01:00:00:00:00",
            "001:00:00:00",
            "a:b:c:d",
            "1::2:3",
        ] {
            assert!(!is_label(text), "{text}");
        }
    }

    #[test]
    fn the_mode_beats_the_separators() {
        let timebase = drop_at(FrameRate::F29_97);
        let (result, report) = settled(&["01:00:00:00"], Some(Counting::Drop), timebase);
        assert_eq!(result, Ok(timebase));
        assert!(report.is_clean());
        let (result, report) = settled(&["01:00:00;00"], Some(Counting::NonDrop), timebase);
        assert_eq!(result, Ok(Timebase::non_drop(FrameRate::F29_97)));
        assert_eq!(report.warnings()[0].kind, WarningKind::MarksIgnored);
    }

    #[test]
    fn a_semicolon_means_drop_where_no_mode_is_given() {
        let plain = Timebase::non_drop(FrameRate::F29_97);
        let (result, report) = settled(&["00;15;11;24", "00:20:00:00"], None, plain);
        assert_eq!(result, Ok(drop_at(FrameRate::F29_97)));
        assert_eq!(
            report.warnings()[0].kind,
            WarningKind::OtherCounting {
                list: Counting::Drop
            }
        );
    }

    #[test]
    fn a_label_that_drop_frame_skips_means_non_drop_where_no_mode_is_given() {
        let timebase = drop_at(FrameRate::F29_97);
        let (result, _) = settled(&["00:01:00:00"], None, timebase);
        assert_eq!(result, Ok(Timebase::non_drop(FrameRate::F29_97)));
        let (result, _) = settled(&["00:10:00:00"], None, timebase);
        assert_eq!(result, Ok(timebase));
    }

    #[test]
    fn a_frame_number_beyond_the_rate_refuses_the_list() {
        let (result, _) = settled(
            &["01:00:00:23", "01:00:00:24"],
            None,
            Timebase::non_drop(FrameRate::F24),
        );
        assert_eq!(
            result,
            Err(ReadError::OtherRate {
                line: 2,
                label: "01:00:00:24".to_owned(),
                rate: FrameRate::F24,
            })
        );
    }

    #[test]
    fn drop_frame_is_refused_where_there_is_none() {
        let plain = Timebase::non_drop(FrameRate::F25);
        let (result, _) = settled(&["01:00:00:00"], Some(Counting::Drop), plain);
        assert_eq!(
            result,
            Err(ReadError::NoDropFrame {
                line: 1,
                rate: FrameRate::F25
            })
        );
        let (result, report) = settled(&["01:00:00;00"], None, plain);
        assert_eq!(result, Ok(plain));
        assert_eq!(
            report.warnings()[0].kind,
            WarningKind::MarksMeaningless(plain)
        );
    }

    #[test]
    fn a_label_that_does_not_exist_is_taken_as_the_next() {
        for (rate, label, frame) in [
            (FrameRate::F29_97, "00:01:00;00", 1800),
            (FrameRate::F29_97, "00:01:00:01", 1800),
            (FrameRate::F59_94, "00:01:00;03", 3600),
        ] {
            let mut report = Report::default();
            let label = Label {
                line: 3,
                text: label,
            };
            let found = read(drop_at(rate), label, &mut report);
            assert_eq!(found, Some(Frames::new(frame)));
            assert_eq!(report.warnings().len(), 1);
        }
    }
}
