//! Subtitles and captions as dialogue: `SubRip` (SRT), and `WebVTT` (W3C Candidate Recommendation
//! of 4 April 2019, section 4).
//!
//! Both give elapsed time in thousandths of a second. A cue begins with the line that holds its
//! times and goes on to the next such line, whatever blank lines are missing or too many.

use super::options::ReadOptions;
use super::wording::kept;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::{Line, lines};
use crate::model::CutList;
use crate::model::FoundLine;
use crate::model::Origin;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What stands between the two times of a cue.
const ARROW: &str = "-->";
/// The longest name of a speaker, in characters, where it stands before a colon.
const LONGEST_NAME: usize = 30;

/// Whether this is `WebVTT`.
pub(super) fn fit_vtt(head: &str) -> Fit {
    let is_vtt = head
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
    if is_vtt { Fit::Sure } else { Fit::No }
}

/// Whether this is `SubRip`.
pub(super) fn fit_srt(head: &str) -> Fit {
    // A cue near the beginning: prose may hold an arrow, but no times around it.
    let mut first = lines(head).filter(|line| !line.text.trim().is_empty());
    if first
        .by_ref()
        .take(8)
        .any(|line| times(line.text).is_some())
    {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads what is spoken, and by whom where that is said.
pub(super) fn read(text: &str, options: &ReadOptions, report: &mut Report) -> CutList {
    let mut list = CutList::new(options.timebase);
    list.origin = Origin::FirstFrame;
    let is_vtt = fit_vtt(text) == Fit::Sure;
    let mut n_cues = 0;
    let mut cue: Option<Cue> = None;
    let mut is_aside = is_vtt;
    for line in lines(text) {
        if let Some(span) = times(line.text) {
            list.dialogue
                .extend(cue.take().map(Cue::spoken).into_iter().flatten());
            is_aside = false;
            if n_cues == MAX_ENTRIES || list.dialogue.len() >= MAX_ENTRIES {
                report.warn(line.number, WarningKind::TooMany { n: MAX_ENTRIES });
                break;
            }
            n_cues += 1;
            cue = begin(span, line, report);
        } else if line.text.contains(ARROW) {
            report.warn(
                line.number,
                WarningKind::Unreadable(line.text.trim().to_owned()),
            );
            list.dialogue
                .extend(cue.take().map(Cue::spoken).into_iter().flatten());
            is_aside = true;
        } else if is_vtt && line.text.trim().is_empty() {
            // A note or style block ends here as a cue does.
            is_aside = false;
            if let Some(cue) = &mut cue {
                cue.has_ended = true;
            }
        } else if is_vtt && is_block(line.text) {
            is_aside = true;
        } else if let Some(cue) = &mut cue
            && !is_aside
        {
            cue.add(line, report);
        }
    }
    list.dialogue
        .extend(cue.map(Cue::spoken).into_iter().flatten());
    list.dialogue.truncate(MAX_ENTRIES);
    list
}

/// Whether a line begins a block of `WebVTT` that is no cue.
fn is_block(text: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

fn begin((from, to): (Ticks, Ticks), line: Line<'_>, report: &mut Report) -> Option<Cue> {
    let Ok(span) = TickSpan::new(from, to) else {
        report.warn(line.number, WarningKind::EndBeforeStart);
        return None;
    };
    Some(Cue {
        line: line.number,
        span,
        lines: Vec::new(),
        has_ended: false,
    })
}

/// A cue in the making.
struct Cue {
    line: usize,
    span: TickSpan,
    lines: Vec<String>,
    /// Whether a blank line came after it in `WebVTT`, where nothing more belongs to it.
    has_ended: bool,
}

impl Cue {
    fn add(&mut self, line: Line<'_>, report: &mut Report) {
        if !self.has_ended {
            self.lines.push(kept(line.text, self.line, report));
        }
    }

    /// The lines of dialogue in it: one for each voice.
    fn spoken(mut self) -> Vec<FoundLine> {
        // The number of the next cue stands before its times, behind a blank line or not.
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        let is_number = |text: &String| text.bytes().all(|b| b.is_ascii_digit());
        if self.lines.len() > 1 && self.lines.last().is_some_and(is_number) {
            self.lines.pop();
        }
        let mut spoken = Vec::new();
        let mut speaker = String::new();
        let mut text = String::new();
        for piece in pieces(&self.lines.join("\n")) {
            match piece {
                Piece::Voice(name) => {
                    spoken.extend(self.line_of(&speaker, &text));
                    text.clear();
                    speaker = name;
                }
                Piece::Text(more) => text.push_str(&more),
            }
        }
        spoken.extend(self.line_of(&speaker, &text));
        spoken
    }

    fn line_of(&self, voice: &str, text: &str) -> Option<FoundLine> {
        let text = text.trim();
        let (speaker, text) = match named(text) {
            Some((name, said)) if voice.is_empty() => (name, said),
            _ => (voice, text),
        };
        (!text.is_empty()).then(|| FoundLine {
            span: self.span,
            speaker: speaker.to_owned(),
            text: text.to_owned(),
        })
    }
}

/// Captions write who speaks in capitals before a colon: `ANA: And you came back.`
fn named(text: &str) -> Option<(&str, &str)> {
    let (name, said) = text.split_once(':')?;
    let is_name = name.chars().count() <= LONGEST_NAME
        && name.chars().any(char::is_alphabetic)
        && !name.chars().any(|c| c.is_lowercase() || c == '\n')
        && said.starts_with([' ', '\n']);
    is_name.then(|| (name.trim(), said.trim()))
}

/// A stretch of a cue's text.
enum Piece {
    /// From here on this one speaks.
    Voice(String),
    /// What is said, without markup.
    Text(String),
}

/// The text without what makes it slanted, colored or placed.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tag) = rest.split_at(at);
        pieces.push(Piece::Text(entities(before)));
        let end = if tag.starts_with('<') { '>' } else { '}' };
        // `{` begins markup only as `{\an8}`; a bracket that is never closed is text.
        let is_markup = !tag.starts_with('{') || tag.starts_with("{\\");
        let Some((inside, after)) = tag.split_once(end).filter(|_| is_markup) else {
            let (bracket, after) = tag.split_at(1);
            pieces.push(Piece::Text(bracket.to_owned()));
            rest = after;
            continue;
        };
        if let Some(voice) = inside.strip_prefix("<v")
            && let Some((_, name)) = voice.split_once([' ', '\t'])
        {
            pieces.push(Piece::Voice(entities(name.trim())));
        }
        rest = after;
    }
    pieces.push(Piece::Text(entities(rest)));
    pieces
}

/// The characters that `WebVTT` may not write as they are.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ];
    named
        .into_iter()
        .fold(text.to_owned(), |text, (name, c)| text.replace(name, c))
}

/// The times of a cue; what `WebVTT` says behind them of its place on the screen is left out.
fn times(line: &str) -> Option<(Ticks, Ticks)> {
    let (from, rest) = line.split_once(ARROW)?;
    let to = rest.split_whitespace().next()?;
    Some((time(from.trim())?, time(to)?))
}

/// `01:02:03,250`, `02:03.250`: hours may be missing, and have any number of digits.
fn time(text: &str) -> Option<Ticks> {
    let (clock, thousandths) = text.split_once([',', '.'])?;
    let number = |digits: &str| {
        let is_number =
            (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse::<i64>().ok()).flatten()
    };
    if thousandths.len() != 3 {
        return None;
    }
    let mut fields = clock.rsplit(':');
    let seconds = number(fields.next()?)?;
    let minutes = number(fields.next()?)?;
    let hours = fields.next().map_or(Some(0), number)?;
    if fields.next().is_some() || seconds >= 60 || minutes >= 60 {
        return None;
    }
    let secs = Ticks::from_secs((hours * 60 + minutes) * 60 + seconds);
    Some(secs + Ticks::from_millis(number(thousandths)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(text: &str) -> (Vec<(i64, i64, String, String)>, Report) {
        let mut report = Report::default();
        let list = read(text, &ReadOptions::default(), &mut report);
        let millis = |ticks: Ticks| ticks.get() / (Ticks::PER_SECOND / 1000);
        let lines = list.dialogue.into_iter();
        let lines = lines.map(|l| {
            let span = l.span;
            (millis(span.start()), millis(span.end()), l.speaker, l.text)
        });
        (lines.collect(), report)
    }

    fn texts(text: &str) -> Vec<String> {
        spoken(text).0.into_iter().map(|line| line.3).collect()
    }

    #[test]
    fn a_subrip_cue_has_times_and_lines() {
        let (lines, report) = spoken(
            "1\n00:00:01,500 --> 00:00:02,000\nAnd you\ncame back.\n\n2\n00:01:00.000 --> 00:01:01,000\nYes.\n",
        );
        let said = |from, to, text: &str| (from, to, String::new(), text.to_owned());
        assert_eq!(
            lines,
            [
                said(1_500, 2_000, "And you\ncame back."),
                said(60_000, 61_000, "Yes.")
            ]
        );
        assert!(report.is_clean());
    }

    #[test]
    fn a_missing_blank_line_takes_nothing_from_the_next_cue() {
        let text = "1\n00:00:01,000 --> 00:00:02,000\nA\n2\n00:00:03,000 --> 00:00:04,000\nB";
        assert_eq!(texts(text), ["A", "B"]);
    }

    #[test]
    fn a_number_that_is_said_is_kept() {
        assert_eq!(texts("00:00:01,000 --> 00:00:02,000\n1917\n"), ["1917"]);
    }

    #[test]
    fn markup_is_left_out_and_comparisons_are_not() {
        let text = "00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Two</i> &amp; 3 < 4 {so}";
        assert_eq!(texts(text), ["Two & 3 < 4 {so}"]);
    }

    #[test]
    fn each_voice_of_a_cue_is_a_line() {
        let (lines, _) =
            spoken("WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n<v.loud Ana>Go.</v>\n<v Ben>No.");
        let who: Vec<_> = lines.iter().map(|l| (l.2.as_str(), l.3.as_str())).collect();
        assert_eq!(who, [("Ana", "Go."), ("Ben", "No.")]);
    }

    #[test]
    fn capitals_before_a_colon_are_the_speaker() {
        let (lines, _) = spoken("00:00:01,000 --> 00:00:02,000\nDR. HOLM: It is 12:30.");
        assert_eq!(lines[0].2, "DR. HOLM");
        assert_eq!(lines[0].3, "It is 12:30.");
        let (lines, _) = spoken("00:00:01,000 --> 00:00:02,000\nIt is 12:30.");
        assert_eq!(lines[0].2, "");
    }

    #[test]
    fn notes_and_styles_of_webvtt_are_not_spoken() {
        let text = "WEBVTT - Title\nKind: captions\n\nNOTE\nby Kim\n\nSTYLE\n::cue { color: red }\n\nid\n00:01.000 --> 00:02.000\nHello\n\nNOTE the end";
        assert_eq!(texts(text), ["Hello"]);
    }

    #[test]
    fn times_that_cannot_be_read_are_told_and_take_no_words_along() {
        let (lines, report) = spoken(
            "00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:xx --> 00:00:04,000\nB\n\n3\n00:00:09,000 --> 00:00:08,000\nC\n",
        );
        assert_eq!(lines.len(), 1);
        let found: Vec<_> = report.warnings().iter().map(|w| w.line).collect();
        assert_eq!(found, [Some(5), Some(9)]);
    }

    #[test]
    fn prose_with_an_arrow_is_no_list_of_subtitles() {
        assert_eq!(fit_srt("Dear all,\nA --> B\n"), Fit::No);
        assert_eq!(fit_srt("1\n00:00:01,000 --> 00:00:02,000\nA"), Fit::Sure);
        assert_eq!(fit_vtt("WEBVTTX"), Fit::No);
    }
}
