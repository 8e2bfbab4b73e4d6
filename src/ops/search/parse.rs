//! What somebody types into the search box.
//!
//! ```text
//! coast light           both words, in any order, anywhere; each may go on
//! "leave a light on"    these words one after another, as a line of a lyric
//! -remix                not this
//! artist:fern           in this field: title, artist, album, writer, tag, notes, why, lyrics, by,
//!                       genre, label, publisher, isrc, file
//! year:1999,2001        one or the other
//! tag:="very slow"      just this tag; by:="Ana Holm" likewise
//! length:<3:00          a number: length, bpm, lufs, lra, peak, year, rating; also >, 1:30..2:00, 2026
//! key:Am                in this key
//! state:approved        in this state of the pool
//! clearance:denied      cleared so far, the worse of both sides; also master, publishing
//! list:"Night music"    in this list
//! used:episode          picked in the open episode; also season, or an episode's number
//! is:unused             so or not: wish, missing, measured, unmeasured, lyrics, instrumental,
//!                       vocal, rendition, used, unused, cleared, uncleared
//! ```
//!
//! Whatever is not understood is looked for as words, so typing on never makes an error.

use super::terms::{Fact, Number, Side, Span, Term, Text, What};
use super::{fold, fold_name, words};
use crate::model::ClearanceState;
use crate::model::PoolState;
use crate::ops::uses::Where;

/// One piece between blanks.
struct Piece {
    is_negated: bool,
    /// What stands before the first colon.
    field: Option<String>,
    /// What stands after it, or everything; a field may have several, with commas between.
    values: Vec<Value>,
}

#[derive(Default)]
struct Value {
    text: String,
    is_quoted: bool,
}

/// What `text` asks.
pub(super) fn parse(text: &str) -> Vec<Term> {
    pieces(text).into_iter().flat_map(terms).collect()
}

/// The list whose order the answer to `text` can have: the first that tracks must be in.
pub(super) fn named_list(text: &str) -> Option<String> {
    parse(text).into_iter().find_map(|term| match term.what {
        What::InList(name) if !term.is_negated => Some(name),
        _ => None,
    })
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
        let mut field = None;
        let mut values = Vec::new();
        let mut value = Value::default();
        while let Some(letter) = letters.next_if(|c| !c.is_whitespace()) {
            match letter {
                '"' | '“' | '”' => {
                    value.is_quoted = true;
                    let is_end = |c: &char| matches!(c, '"' | '“' | '”');
                    while let Some(inside) = letters.next_if(|c| !is_end(c)) {
                        value.text.push(inside);
                    }
                    // One that is not closed yet goes to the end.
                    letters.next();
                }
                ':' if field.is_none() && !value.is_quoted => {
                    field = Some(std::mem::take(&mut value.text));
                }
                ',' if field.is_some() => values.push(std::mem::take(&mut value)),
                letter => value.text.push(letter),
            }
        }
        values.push(value);
        pieces.push(Piece {
            is_negated,
            field,
            values,
        });
    }
}

fn terms(piece: Piece) -> Vec<Term> {
    let Piece {
        is_negated,
        field,
        values,
    } = piece;
    let name = field.as_deref().unwrap_or_default().to_lowercase();
    let negated = |term: Term| Term {
        is_negated: term.is_negated != is_negated,
        ..term
    };
    let is_field = Asked::named(&name);
    let Some(asked) = is_field else {
        // No field is called so: all of it is words.
        let is_quoted = values.iter().any(|value| value.is_quoted);
        let text = field
            .into_iter()
            .chain(values.into_iter().map(|it| it.text));
        let text: Vec<String> = text.collect();
        let value = Value {
            text: text.join(" "),
            is_quoted,
        };
        return says(None, &value).into_iter().map(negated).collect();
    };
    let mut choices: Vec<Vec<Term>> = values.iter().map(|value| asked.of(value)).collect();
    // What is only half typed asks for nothing yet.
    choices.retain(|terms| !terms.is_empty());
    if choices.len() < 2 {
        // To lack several words is to lack any of them; nobody types that but one at a time.
        return choices.into_iter().flatten().map(negated).collect();
    }
    let choices = choices.into_iter().map(What::AllOf).collect();
    vec![negated(Term::so(What::AnyOf(choices)))]
}

/// What a field asks about.
enum Asked {
    Text(Text),
    Number(Number),
    Key,
    Fact,
    State,
    Clearance(Side),
    Used,
    List,
}

impl Asked {
    fn named(name: &str) -> Option<Self> {
        match name {
            "key" => Some(Self::Key),
            "is" | "has" => Some(Self::Fact),
            "state" => Some(Self::State),
            "used" => Some(Self::Used),
            "list" => Some(Self::List),
            _ => None,
        }
        .or_else(|| Text::named(name).map(Self::Text))
        .or_else(|| Number::named(name).map(Self::Number))
        .or_else(|| Side::named(name).map(Self::Clearance))
    }

    /// What a value of the field asks; nothing while it is not understood.
    fn of(&self, value: &Value) -> Vec<Term> {
        let text = value.text.trim();
        let one = |what: Option<What>| what.map(Term::so).into_iter().collect();
        match self {
            Self::Text(field @ (Text::Tag | Text::Contributor)) if text.starts_with('=') => {
                let name = fold_name(&text[1..]);
                let what = match field {
                    Text::Tag => What::Tagged(name),
                    _ => What::AddedBy(name),
                };
                one((text.len() > 1).then_some(what))
            }
            Self::Text(field) => says(Some(*field), value),
            Self::Number(number) => one(span(*number, text).map(|it| What::Lies(*number, it))),
            Self::Key => one(text.parse().ok().map(What::InKey)),
            Self::Fact => fact(&text.to_lowercase()).into_iter().collect(),
            Self::State => {
                let states = begun(PoolState::ALL.map(PoolState::as_str), text);
                one(states.map(What::InState))
            }
            Self::Clearance(side) => {
                let states = begun(ClearanceState::ALL.map(ClearanceState::as_str), text);
                one(states.map(|states| What::Cleared(*side, states)))
            }
            Self::Used => one(place(text).map(What::Used)),
            Self::List => {
                let name = fold_name(text);
                one((!name.is_empty()).then_some(What::InList(name)))
            }
        }
    }
}

/// The words of a value, or all of them one after another.
fn says(text: Option<Text>, value: &Value) -> Vec<Term> {
    let said = fold(&value.text);
    let words: Vec<&str> = words(&said).collect();
    let says = |pattern| Term::so(What::Says(text, pattern));
    if value.is_quoted {
        if words.is_empty() {
            return Vec::new();
        }
        return vec![says(format!(" {} ", words.join(" ")))];
    }
    words
        .into_iter()
        .map(|word| says(beginning(word)))
        .collect()
}

fn fact(name: &str) -> Option<Term> {
    if let "used" | "unused" = name {
        return Some(Term {
            what: What::Used(Where::Show),
            is_negated: name == "unused",
        });
    }
    let (fact, is_opposite) = Fact::named(name)?;
    Some(Term {
        what: What::Is(fact),
        is_negated: is_opposite,
    })
}

/// Which of some words begin with `text`, blanks and hyphens aside: one bit each.
fn begun<const N: usize>(words: [&str; N], text: &str) -> Option<u8> {
    let plain = |text: &str| -> String { self::words(&fold(text)).collect() };
    let text = plain(text);
    let begins = words.iter().map(|word| plain(word).starts_with(&text));
    let bits = begins
        .enumerate()
        .fold(0, |bits, (n, begins)| bits | (u8::from(begins) << n));
    (!text.is_empty()).then_some(bits)
}

fn place(text: &str) -> Option<Where> {
    match text.to_lowercase().as_str() {
        "" => None,
        "show" => Some(Where::Show),
        "season" => Some(Where::Season),
        "episode" | "here" => Some(Where::Episode),
        number => Some(Where::Numbered(number.to_owned())),
    }
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
        assert_eq!(parse("is:unmeasured"), [is(Fact::Measured, true)]);
        assert_eq!(
            parse("-is:unmeasured has:lyrics"),
            [is(Fact::Measured, false), is(Fact::Lyrics, false)]
        );
    }

    #[test]
    fn where_a_track_is_used_can_be_told() {
        let used = |place| Term::so(What::Used(place));
        assert_eq!(parse("is:used"), [used(Where::Show)]);
        assert_eq!(parse("-is:unused"), [used(Where::Show)]);
        assert_eq!(parse("-used:Episode"), [not(used(Where::Episode))]);
        let numbered = Where::Numbered("203".to_owned());
        assert_eq!(parse("used:203"), [used(numbered)]);
        assert_eq!(parse("used:"), []);
    }

    #[test]
    fn what_has_commas_between_is_one_or_the_other() {
        let lies = |year: f64| {
            let span = Span {
                from: year,
                to: year,
            };
            What::AllOf(vec![Term::so(What::Lies(Number::Year, span))])
        };
        let either = Term::so(What::AnyOf(vec![lies(1999.0), lies(2001.0)]));
        assert_eq!(parse("-year:1999,2001"), [not(either.clone())]);
        assert_eq!(parse("year:1999,2001"), vec![either]);
        // The second is still being typed.
        assert_eq!(parse("tag:warm,"), parse("tag:warm"));
        // Without a field a comma is no more than a blank.
        assert_eq!(parse("warm,slow"), parse("warm slow"));
    }

    #[test]
    fn a_state_is_known_by_how_it_begins() {
        assert_eq!(parse("state:sug"), [Term::so(What::InState(0b0001))]);
        assert_eq!(parse("state:re"), [Term::so(What::InState(0b1100))]);
        assert_eq!(parse("state:"), []);
        let cleared = |side, bits| Term::so(What::Cleared(side, bits));
        assert_eq!(
            parse("clearance:not-started master:denied"),
            [cleared(Side::Worse, 1), cleared(Side::Master, 1 << 6)]
        );
    }

    #[test]
    fn a_whole_tag_or_name_is_asked_for_with_an_equals_sign() {
        assert_eq!(
            parse("tag:=\"Very slow\" by:=\"Ana Holm\""),
            [
                Term::so(What::Tagged("very slow".to_owned())),
                Term::so(What::AddedBy("ana holm".to_owned()))
            ]
        );
        assert_eq!(parse("tag:="), []);
    }

    #[test]
    fn a_filter_is_read_back_from_its_text() {
        use crate::ops::search::{Filter, Filtered, Voice};
        let filter = Filter {
            states: vec![PoolState::Approved, PoolState::Suggested],
            tags: vec!["12\" mix".to_owned(), "🔥".to_owned()],
            people: vec!["Ana Holm".to_owned(), "Ben".to_owned()],
            clearance: vec![ClearanceState::NotStarted, ClearanceState::Denied],
            voice: Some(Voice::Vocal),
            is: Filtered::ALL.to_vec(),
        };
        let all = |what: Vec<What>| {
            let choices = what.into_iter().map(|it| What::AllOf(vec![Term::so(it)]));
            Term::so(What::AnyOf(choices.collect()))
        };
        let by = |name: &str| What::AddedBy(name.to_owned());
        let worse = |bits| What::Cleared(Side::Worse, bits);
        let is = |fact| Term::so(What::Is(fact));
        let used = |place| Term::so(What::Used(place));
        assert_eq!(
            parse(&filter.as_text()),
            [
                all(vec![What::InState(0b0010), What::InState(0b0001)]),
                Term::so(What::Tagged("12 mix".to_owned())),
                Term::so(What::Tagged("🔥".to_owned())),
                all(vec![by("ana holm"), by("ben")]),
                all(vec![worse(1), worse(1 << 6)]),
                is(Fact::Vocal),
                used(Where::Episode),
                not(used(Where::Episode)),
                used(Where::Season),
                not(used(Where::Season)),
                is(Fact::Missing),
                not(is(Fact::Measured)),
                is(Fact::Wish),
            ]
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
