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

mod pieces;
mod spans;

use self::pieces::{Piece, Value, pieces};
use self::spans::span;
use super::terms::{Fact, Number, Side, Term, Text, What};
use super::{fold, fold_name, words};
use crate::model::ClearanceState;
use crate::model::PoolState;
use crate::ops::uses::Where;

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

#[cfg(test)]
mod tests;
