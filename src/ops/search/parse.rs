//! What somebody types into the search box.
//!
//! ```text
//! coast light           both words, in any order, anywhere; each may go on
//! "leave a light on"    these words one after another, as a line of a lyric
//! -remix                not this
//! artist:fern           in this field: title, artist, album, writer, tag, notes, why, lyrics, by,
//!                       genre, label, publisher, isrc, state, master, publishing, file
//! length:<3:00          a number: length, bpm, lufs, lra, peak, year; also >, 1:30..2:00, 2026
//! key:Am                in this key
//! is:unused             so or not: wish, measured, unmeasured, lyrics, instrumental, vocal,
//!                       rendition, used, unused, cleared, uncleared
//! ```
//!
//! Whatever is not understood is looked for as words, so typing on never makes an error.

use super::terms::{Fact, Number, Span, Term, Text, What};
use super::{fold, words};

/// One piece between blanks.
struct Piece {
    is_negated: bool,
    /// What stands before the first colon.
    field: Option<String>,
    value: String,
    is_quoted: bool,
}

/// What `text` asks.
pub(super) fn parse(text: &str) -> Vec<Term> {
    pieces(text).into_iter().flat_map(terms).collect()
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut letters = text.chars().peekable();
    loop {
        while letters.next_if(|c| c.is_whitespace()).is_some() {}
        if letters.peek().is_none() {
            return pieces;
        }
        let is_negated = letters.next_if_eq(&'-').is_some();
        let mut piece = Piece {
            is_negated,
            field: None,
            value: String::new(),
            is_quoted: false,
        };
        while let Some(letter) = letters.next_if(|c| !c.is_whitespace()) {
            match letter {
                '"' | '“' | '”' => {
                    piece.is_quoted = true;
                    let is_end = |c: &char| matches!(c, '"' | '“' | '”');
                    while let Some(inside) = letters.next_if(|c| !is_end(c)) {
                        piece.value.push(inside);
                    }
                    // One that is not closed yet goes to the end.
                    letters.next();
                }
                ':' if piece.field.is_none() && !piece.is_quoted => {
                    piece.field = Some(std::mem::take(&mut piece.value));
                }
                letter => piece.value.push(letter),
            }
        }
        pieces.push(piece);
    }
}

fn terms(piece: Piece) -> Vec<Term> {
    let Piece {
        is_negated,
        field,
        value,
        is_quoted,
    } = piece;
    let name = field.as_deref().unwrap_or_default().to_lowercase();
    let one = |what| vec![Term { what, is_negated }];
    if let Some(number) = Number::named(&name) {
        // Half a number, while it is being typed, asks for nothing.
        return span(number, &value).map_or_else(Vec::new, |span| one(What::Lies(number, span)));
    }
    if name == "key" {
        // Half a key asks for nothing yet.
        return value
            .parse()
            .map_or_else(|_| Vec::new(), |key| one(What::InKey(key)));
    }
    if name == "is" || name == "has" {
        return match Fact::named(&value.to_lowercase()) {
            Some((fact, is_opposite)) => vec![Term {
                what: What::Is(fact),
                is_negated: is_negated != is_opposite,
            }],
            None => Vec::new(),
        };
    }
    let text = Text::named(&name);
    let said = match (&field, text) {
        (Some(field), None) => format!("{field} {value}"),
        _ => value,
    };
    let said = fold(&said);
    let words: Vec<&str> = words(&said).collect();
    if is_quoted {
        if words.is_empty() {
            return Vec::new();
        }
        return one(What::Says(text, format!(" {} ", words.join(" "))));
    }
    // To lack several words is to lack any of them; nobody types that but one at a time.
    let says = |word: &str| Term {
        what: What::Says(text, beginning(word)),
        is_negated,
    };
    words.into_iter().map(says).collect()
}

/// A word as it begins in a text. Scripts without blanks between words have none before it.
fn beginning(word: &str) -> String {
    let is_run_on = |c: char| {
        matches!(c,
            '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    };
    if word.chars().next().is_some_and(is_run_on) {
        word.to_owned()
    } else {
        format!(" {word}")
    }
}

fn span(number: Number, value: &str) -> Option<Span> {
    let read = |text: &str| amount(number, text.trim_start_matches('='));
    if let Some((from, to)) = value.split_once("..") {
        let from = if from.is_empty() {
            f64::NEG_INFINITY
        } else {
            read(from)?
        };
        let to = if to.is_empty() {
            f64::INFINITY
        } else {
            read(to)?
        };
        return Some(Span { from, to });
    }
    if let Some(to) = value.strip_prefix('<') {
        let to = read(to)?;
        return Some(Span {
            from: f64::NEG_INFINITY,
            to,
        });
    }
    if let Some(from) = value.strip_prefix('>') {
        let from = read(from)?;
        return Some(Span {
            from,
            to: f64::INFINITY,
        });
    }
    let at = read(value)?;
    let slack = number.slack();
    Some(Span {
        from: at - slack,
        to: at + slack,
    })
}

/// A number as it is written: lengths as `3:00`, `1:02:03` or in seconds, minus signs of any kind.
fn amount(number: Number, text: &str) -> Option<f64> {
    let text = text.replace('−', "-");
    if number != Number::Length {
        return text.parse().ok().filter(|number: &f64| number.is_finite());
    }
    let mut seconds = 0.0;
    for part in text.trim_end_matches('s').split(':') {
        let part: f64 = part.parse().ok()?;
        seconds = seconds * 60.0 + part;
    }
    Some(seconds).filter(|seconds: &f64| seconds.is_finite())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn says(text: Option<Text>, pattern: &str) -> Term {
        Term {
            what: What::Says(text, pattern.to_owned()),
            is_negated: false,
        }
    }

    fn not(term: Term) -> Term {
        Term {
            is_negated: true,
            ..term
        }
    }

    #[test]
    fn words_are_asked_for_one_by_one() {
        assert_eq!(
            parse("Été  sans-fin"),
            [says(None, " ete"), says(None, " sans"), says(None, " fin")]
        );
    }

    #[test]
    fn quoted_words_are_asked_for_one_after_another() {
        assert_eq!(parse("\"Leave a light\""), [says(None, " leave a light ")]);
        assert_eq!(
            parse("lyrics:\"a light"),
            [says(Some(Text::Lyrics), " a light ")]
        );
    }

    #[test]
    fn a_minus_asks_for_what_lacks_it() {
        assert_eq!(
            parse("-remix -artist:fern"),
            [
                not(says(None, " remix")),
                not(says(Some(Text::Artist), " fern"))
            ]
        );
    }

    #[test]
    fn a_field_that_does_not_exist_is_a_word() {
        assert_eq!(parse("re:birth"), [says(None, " re"), says(None, " birth")]);
    }

    #[test]
    fn numbers_are_asked_for_by_span() {
        let lies = |number, from, to| Term {
            what: What::Lies(number, Span { from, to }),
            is_negated: false,
        };
        for (text, expected) in [
            (
                "length:<3:00",
                lies(Number::Length, f64::NEG_INFINITY, 180.0),
            ),
            ("length:1:30..2:00", lies(Number::Length, 90.0, 120.0)),
            ("lufs:>-12", lies(Number::Loudness, -12.0, f64::INFINITY)),
            ("lufs:−20..−14", lies(Number::Loudness, -20.0, -14.0)),
            ("bpm:90..110", lies(Number::Tempo, 90.0, 110.0)),
            ("year:2026", lies(Number::Year, 2026.0, 2026.0)),
        ] {
            assert_eq!(parse(text), [expected], "{text}");
        }
    }

    #[test]
    fn half_a_number_asks_for_nothing_yet() {
        for text in ["length:", "length:<", "length:3:", "lufs:>-", "year:20..x"] {
            assert_eq!(parse(text), [], "{text}");
        }
    }

    #[test]
    fn a_key_is_asked_for_by_its_name() {
        let key = "Am".parse().expect("it is a key");
        let in_key = Term {
            what: What::InKey(key),
            is_negated: false,
        };
        assert_eq!(parse("key:Am"), [in_key]);
        assert_eq!(parse("key:"), []);
    }

    #[test]
    fn the_opposite_of_a_fact_has_a_name_of_its_own() {
        let is = |fact, is_negated| Term {
            what: What::Is(fact),
            is_negated,
        };
        assert_eq!(parse("is:unused"), [is(Fact::Used, true)]);
        assert_eq!(
            parse("-is:unused has:lyrics"),
            [is(Fact::Used, false), is(Fact::Lyrics, false)]
        );
    }

    #[test]
    fn scripts_without_blanks_are_found_in_the_middle() {
        assert_eq!(parse("待ち"), [says(None, "待ち")]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_asks_for_something_that_can_be_answered(text in ".{0,60}") {
            for term in parse(&text) {
                if let What::Says(_, pattern) = term.what {
                    prop_assert!(!pattern.trim().is_empty());
                }
            }
        }
    }
}
