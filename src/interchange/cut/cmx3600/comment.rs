//! The comments under an event, which hold all that the format has no column for.
//!
//! There is no standard for them; the words are those that Avid, Premiere, Resolve, Final Cut Pro 7
//! and `OpenTimelineIO` write, with or without a blank after the asterisk, or without asterisk.

use super::super::color_words;
use super::super::edl_line::after_word;
use super::super::labels::is_label;
use crate::model::Color;

/// What a comment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comment<'a> {
    /// The name of the event's clip, or of the clip that goes out at its transition.
    FromClip(&'a str),
    /// The name of the clip that comes in at the transition.
    ToClip(&'a str),
    /// The file or path of the source.
    File(&'a str),
    /// The reel's full name, where the column cut it off.
    Reel(&'a str),
    /// The reel that the one in the column stands for (Final Cut Pro 7).
    Replaced {
        /// The real one.
        reel: &'a str,
        /// The one in the column.
        by: &'a str,
    },
    /// A marker.
    Locator(Locator<'a>),
    /// A marker without a place.
    BrokenLocator,
    /// A comment with a word that says what it is, and is nothing to us.
    Known,
    /// Anything.
    Free,
}

/// A marker as written: `* LOC: 01:00:25:10 RED     TEXT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Locator<'a> {
    /// Where, in the programme.
    pub(super) label: &'a str,
    /// Its color.
    pub(super) color: Option<Color>,
    /// A word in the color's column that is no color known here.
    pub(super) unknown_color: Option<&'a str>,
    /// What it says.
    pub(super) text: &'a str,
    /// How long it is, in frames (a writer of visual effects lists adds `|D:464`).
    pub(super) n_frames: i64,
}

/// What a comment says, given without its asterisk.
pub(super) fn comment<'a>(text: &'a str) -> Comment<'a> {
    type Make<'a> = fn(&'a str) -> Comment<'a>;
    let names: [(&str, Make<'a>); 9] = [
        ("FROM CLIP NAME:", Comment::FromClip),
        ("CLIP NAME:", Comment::FromClip),
        ("KEY CLIP NAME:", Comment::FromClip),
        ("TO CLIP NAME:", Comment::ToClip),
        ("FROM CLIP:", Comment::File),
        ("FROM FILE:", Comment::File),
        ("SOURCE FILE:", Comment::File),
        ("MEDIA PATH:", Comment::File),
        ("REEL:", Comment::Reel),
    ];
    for (word, make) in names {
        if let Some(rest) = after_word(text, word) {
            return make(rest);
        }
    }
    if let Some(rest) = after_word(text, "FINAL CUT PRO REEL:") {
        return replaced(rest).unwrap_or(Comment::Known);
    }
    if let Some(rest) = after_word(text, "LOC:") {
        return locator(rest).map_or(Comment::BrokenLocator, Comment::Locator);
    }
    if starts_with_keyword(text) {
        Comment::Known
    } else {
        Comment::Free
    }
}

fn replaced(text: &str) -> Option<Comment<'_>> {
    const MIDDLE: &str = "REPLACED BY:";
    let upper = text.to_ascii_uppercase();
    let at = upper.find(MIDDLE)?;
    Some(Comment::Replaced {
        reel: text.get(..at)?.trim(),
        by: text.get(at + MIDDLE.len()..)?.trim(),
    })
}

fn locator(text: &str) -> Option<Locator<'_>> {
    let (label, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if !is_label(label) {
        return None;
    }
    let rest = rest.trim();
    let (rest, n_frames) = without_length(rest);
    let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let text = after.trim();
    let n_blanks = 1 + after.len() - after.trim_start().len();
    if let Some(color) = color_words::color(word)
        && (is_one_case(word) || n_blanks > 1 || text.is_empty())
    {
        return Some(Locator {
            label,
            color: Some(color),
            unknown_color: None,
            text,
            n_frames,
        });
    }
    // Avid pads the color to eight characters. A word padded so and unknown here is a color too.
    let is_padded = n_blanks > 1 && word.len() + n_blanks == 8 && !text.is_empty();
    let unknown_color = (is_padded && is_one_case(word)).then_some(word);
    Some(Locator {
        label,
        color: None,
        unknown_color,
        text: if is_padded && unknown_color.is_some() {
            text
        } else {
            rest
        },
        n_frames,
    })
}

/// Splits `|D:464` off the end.
fn without_length(text: &str) -> (&str, i64) {
    let split = text.rsplit_once("|D:").and_then(|(rest, digits)| {
        let n: u32 = digits.trim().parse().ok()?;
        Some((rest.trim_end(), i64::from(n)))
    });
    split.unwrap_or((text, 0))
}

/// Whether a word is all capitals or all small letters, as colors are written; `Rose enters` is no
/// color but the beginning of a sentence.
fn is_one_case(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().all(char::is_uppercase) || letters().all(char::is_lowercase)
}

/// Whether a comment begins with capitals and a colon (`ASC_SAT:`), as all that programs write do.
fn starts_with_keyword(text: &str) -> bool {
    const PHRASES: [&str; 6] = [
        "ASC_SOP",
        "ASC_SAT",
        "FREEZE FRAME",
        "AUDIO LEVEL",
        "EFFECT",
        "FROM CLIP IS",
    ];
    let has_phrase = PHRASES
        .iter()
        .any(|phrase| after_word(text, phrase).is_some());
    let before_colon = text.split_once(':').map_or("", |(word, _)| word);
    let is_keyword = (2..=30).contains(&before_colon.len())
        && before_colon
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b" _-".contains(&b));
    has_phrase || is_keyword
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (Option<Color>, Option<&str>, &str, i64) {
        match comment(text) {
            Comment::Locator(found) => {
                (found.color, found.unknown_color, found.text, found.n_frames)
            }
            other => (None, None, "", if other == Comment::Free { -1 } else { -2 }),
        }
    }

    #[test]
    fn a_locator_has_a_color_and_a_text() {
        for (text, color, says) in [
            ("LOC: 01:00:25:10 RED     TOUCH", Some(Color::Red), "TOUCH"),
            (
                "LOC: 01:00:25:10 cyan the look",
                Some(Color::Cyan),
                "the look",
            ),
            (
                "LOC: 1:01:06:16  CYAN    208_050 // SPLIT",
                Some(Color::Cyan),
                "208_050 // SPLIT",
            ),
            ("LOC: 01:00:25:10 BLUE", Some(Color::Blue), ""),
            ("LOC: 01:00:25:10 the look", None, "the look"),
            ("LOC: 01:00:25:10 Rose enters", None, "Rose enters"),
            ("LOC: 01:00:25:10", None, ""),
            ("loc:01:00:25:10 RED a|b", Some(Color::Red), "a|b"),
        ] {
            assert_eq!(located(text), (color, None, says, 0), "{text}");
        }
    }

    #[test]
    fn an_unknown_color_is_known_by_its_padding() {
        assert_eq!(
            located("LOC: 01:00:25:10 ECRU    TOUCH"),
            (None, Some("ECRU"), "TOUCH", 0)
        );
    }

    #[test]
    fn a_locator_may_have_a_length() {
        assert_eq!(
            located("LOC: 01:00:25:10 RED     TOUCH |D:464"),
            (Some(Color::Red), None, "TOUCH", 464)
        );
    }

    #[test]
    fn a_locator_without_a_place_is_broken() {
        assert_eq!(comment("LOC: soon RED TOUCH"), Comment::BrokenLocator);
    }

    #[test]
    fn clip_names_are_known_with_and_without_blanks() {
        assert_eq!(comment("FROM CLIP NAME:12-3"), Comment::FromClip("12-3"));
        assert_eq!(comment("To Clip Name:  a: b"), Comment::ToClip("a: b"));
        assert_eq!(comment("SOURCE FILE: A.MOV"), Comment::File("A.MOV"));
    }

    #[test]
    fn a_replaced_reel_gets_its_own_name_back() {
        assert_eq!(
            comment("FINAL CUT PRO REEL: A012_C003 REPLACED BY: A012C3"),
            Comment::Replaced {
                reel: "A012_C003",
                by: "A012C3"
            }
        );
    }

    #[test]
    fn what_programs_write_is_told_from_what_people_write() {
        assert_eq!(comment("ASC_SOP (1 1 1)(0 0 0)(1 1 1)"), Comment::Known);
        assert_eq!(comment("COMMENT: x"), Comment::Known);
        assert_eq!(comment("SON. ROW OF CELLS"), Comment::Free);
        assert_eq!(comment("Note: later"), Comment::Free);
    }
}
