//! What can be typed into the search box, and what it is taken for.

use proptest::prelude::*;

use super::*;
use crate::ops::search::terms::Span;

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
