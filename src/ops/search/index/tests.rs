//! What is found, and in which order.

use super::*;
use crate::model::Change;
use crate::model::Edit;
use crate::model::Lufs;
use crate::model::LyricLine;
use crate::model::Measured;
use crate::model::PoolState;
use crate::model::TrackField;

fn track(title: &str, artist: &str) -> Track {
    Track {
        title: title.to_owned(),
        artist: artist.to_owned(),
        ..Track::default()
    }
}

/// A show of these tracks, whose ids count from 0.
fn show(tracks: impl IntoIterator<Item = Track>) -> Show {
    let mut show = Show::new("Test");
    for (n, track) in tracks.into_iter().enumerate() {
        let insert = Change::Insert(Box::new(track));
        show.apply(Edit::Track(TrackId::from_u128(n as u128), insert))
            .expect("it is new");
    }
    show
}

fn small_show() -> Show {
    let mut coastline = track("Coastline", "The Pale Harbour Club");
    coastline.lyrics = vec![LyricLine {
        at: None,
        text: "Leave a light on, leave it low".to_owned(),
    }];
    coastline.measured = Measured {
        loudness: Some(Lufs::from_hundredths(-900)),
        ..Measured::default()
    };
    coastline.tags = ["warm".to_owned()].into();
    let mut fern = track("Fern", "Ilse Wintergreen-Moor");
    fern.state = PoolState::Approved;
    fern.year = Some(2019);
    fern.why = "A light touch".to_owned();
    show([
        coastline,
        fern,
        track("Été sans fin", "Zoé"),
        track("潮待ち", "灯台組"),
    ])
}

fn find(show: &Show, text: &str) -> Vec<u128> {
    let query = Query {
        text: text.to_owned(),
        column: Column::Title,
        ..Query::default()
    };
    let mut found: Vec<u128> = Index::new(show)
        .find(&query)
        .into_iter()
        .map(TrackId::as_u128)
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn every_word_must_begin_a_word_somewhere() {
    let show = small_show();
    for (text, expected) in [
        ("", vec![0, 1, 2, 3]),
        ("coast", vec![0]),
        ("oast", vec![]),
        ("light", vec![0, 1]),
        ("light leave", vec![0]),
        ("winter moor", vec![1]),
        ("ete ZOE", vec![2]),
        ("待ち", vec![3]),
    ] {
        assert_eq!(find(&show, text), expected, "{text}");
    }
}

#[test]
fn a_line_of_a_lyric_is_found_by_its_words_in_order() {
    let show = small_show();
    assert_eq!(find(&show, "\"leave a light\""), [0]);
    assert_eq!(find(&show, "\"light a leave\""), Vec::<u128>::new());
}

#[test]
fn a_field_is_looked_through_alone() {
    let show = small_show();
    assert_eq!(find(&show, "lyrics:light"), [0]);
    assert_eq!(find(&show, "why:light"), [1]);
    assert_eq!(find(&show, "title:harbour"), Vec::<u128>::new());
    assert_eq!(find(&show, "artist:harbour"), [0]);
    assert_eq!(find(&show, "state:approved"), [1]);
}

#[test]
fn what_only_a_named_field_looks_through_is_not_found_by_a_word() {
    assert_eq!(find(&small_show(), "approved"), Vec::<u128>::new());
}

#[test]
fn what_must_not_be_so_is_left_out() {
    let show = small_show();
    assert_eq!(find(&show, "light -coast"), [1]);
    assert_eq!(find(&show, "-is:measured"), [1, 2, 3]);
    assert_eq!(find(&show, "is:lyrics"), [0]);
    assert_eq!(find(&show, "is:wish"), [0, 1, 2, 3]);
}

#[test]
fn numbers_lie_within_their_bounds_and_what_is_unknown_never_does() {
    let show = small_show();
    assert_eq!(find(&show, "lufs:>-12"), [0]);
    assert_eq!(find(&show, "lufs:<-12"), Vec::<u128>::new());
    assert_eq!(find(&show, "year:2015..2020"), [1]);
    assert_eq!(find(&show, "-year:2019"), [0, 2, 3]);
}

#[test]
fn an_index_made_from_the_one_before_answers_as_a_new_one() {
    let mut show = small_show();
    let before = Index::new(&show);
    let id = TrackId::from_u128(1);
    let rename = Change::Set(TrackField::Title("Bracken and light".to_owned()));
    show.apply(Edit::Track(id, rename)).expect("it is there");
    show.apply(Edit::Track(TrackId::from_u128(0), Change::Remove))
        .expect("it too");
    let renewed = before.renewed(&show);
    let new = Index::new(&show);
    assert_eq!(renewed.n_rows, new.n_rows);
    for text in ["light", "bracken", "fern", "coast", "title:light"] {
        let query = Query {
            text: text.to_owned(),
            ..Query::default()
        };
        assert_eq!(renewed.find(&query), new.find(&query), "{text}");
    }
}

#[test]
fn many_rows_are_found_as_each_would_be() {
    let many = (0..5000_u32).map(|n| {
        let word = if n % 7 == 0 { "seven" } else { "other" };
        track(&format!("{word} {n}"), "seventh heaven")
    });
    let show = show(many);
    assert_eq!(find(&show, "title:seven").len(), 715);
    assert_eq!(find(&show, "seven").len(), 5000);
    assert_eq!(find(&show, "title:seven 49").len(), {
        let is_found = |n: &u32| n.is_multiple_of(7) && n.to_string().starts_with("49");
        (0..5000).filter(is_found).count()
    });
}

#[test]
fn rows_are_ordered_by_what_is_asked_and_then_by_title() {
    let show = small_show();
    let by = |column, order| {
        let query = Query {
            column,
            order,
            ..Query::default()
        };
        let found = Index::new(&show).find(&query);
        found.into_iter().map(TrackId::as_u128).collect::<Vec<_>>()
    };
    assert_eq!(by(Column::Title, Order::Ascending), [0, 2, 1, 3]);
    assert_eq!(by(Column::Title, Order::Descending), [3, 1, 2, 0]);
    // What has no year comes last.
    assert_eq!(by(Column::Year, Order::Ascending)[0], 1);
}
