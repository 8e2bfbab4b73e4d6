//! What is found, and in which order.

use super::*;
use crate::model::Change;
use crate::model::Edit;
use crate::model::Lufs;
use crate::model::LyricLine;
use crate::model::Measured;
use crate::model::Percent;
use crate::model::PoolState;
use crate::model::Rendition;
use crate::model::RenditionKind;
use crate::model::Singing;
use crate::model::TrackField;
use crate::ops::search::Voice;
use crate::time::Ticks;

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
        .find(&query, &Around::of(show))
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
    assert_eq!(renewed.ids, new.ids);
    for text in ["light", "bracken", "fern", "coast", "title:light"] {
        let query = Query {
            text: text.to_owned(),
            ..Query::default()
        };
        let around = Around::default();
        let (renewed, new) = (renewed.find(&query, &around), new.find(&query, &around));
        assert_eq!(renewed, new, "{text}");
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
        let found = Index::new(&show).find(&query, &Around::default());
        found.into_iter().map(TrackId::as_u128).collect::<Vec<_>>()
    };
    assert_eq!(by(Column::Title, Order::Ascending), [0, 2, 1, 3]);
    assert_eq!(by(Column::Title, Order::Descending), [3, 1, 2, 0]);
    // What has no year comes last, either way.
    assert_eq!(by(Column::Year, Order::Ascending)[0], 1);
    assert_eq!(by(Column::Year, Order::Descending)[0], 1);
}

#[test]
fn rows_that_are_the_same_are_ordered_by_what_is_asked_then() {
    let of = |title: &str, artist: &str, year| Track {
        year: Some(year),
        ..track(title, artist)
    };
    let show = show([
        of("A", "Zoé", 2001),
        of("B", "Ada", 2001),
        of("C", "Zoé", 1999),
        of("D", "Ada", 2005),
    ]);
    let query = Query {
        column: Column::Artist,
        then: Some((Column::Year, Order::Descending)),
        ..Query::default()
    };
    let found = Index::new(&show).find(&query, &Around::default());
    let found: Vec<u128> = found.into_iter().map(TrackId::as_u128).collect();
    assert_eq!(found, [3, 1, 0, 2]);
}

/// A show in which anything may be ordered by anything.
fn mixed_show(n: u32) -> Show {
    let mixed = (0..n).map(|n| {
        let mut mixed = track(&format!("title {}", n % 97), &format!("artist {}", n % 13));
        mixed.year = (!n.is_multiple_of(3)).then_some(1990 + (n % 7).cast_signed());
        mixed.genre = ["", "Pop", "élan", "rock"][n as usize % 4].to_owned();
        mixed.notes = format!("{} remarks", n % 5);
        mixed.tags = [format!("tag {}", n % 11)].into();
        mixed.state = PoolState::ALL[n as usize % 4];
        mixed
    });
    show(mixed)
}

#[test]
fn every_column_orders_a_renewed_index_as_a_new_one() {
    let mut show = mixed_show(3000);
    let around = Around::default();
    let by = |column| Query {
        column,
        ..Query::default()
    };
    let before = Index::new(&show);
    for column in Column::ALL {
        before.find(&by(column), &around);
    }
    let set = |id: u128, field| Edit::Track(TrackId::from_u128(id), Change::Set(field));
    for edit in [
        set(5, TrackField::Genre("ambient".to_owned())),
        set(700, TrackField::Year(Some(1950))),
        set(2900, TrackField::State(PoolState::Retired)),
    ] {
        show.apply(edit).expect("it is there");
    }
    let (renewed, new) = (before.renewed(&show), Index::new(&show));
    for column in Column::ALL {
        let (renewed, new) = (
            renewed.find(&by(column), &around),
            new.find(&by(column), &around),
        );
        assert_eq!(renewed, new, "{column:?}");
    }
    for text in ["ambient", "pop -title:5", "tag:7 remarks", "\"title 5\""] {
        let query = Query {
            text: text.to_owned(),
            ..Query::default()
        };
        let (renewed, new) = (renewed.find(&query, &around), new.find(&query, &around));
        assert_eq!(renewed, new, "{text}");
    }
    // What has not changed was taken over.
    let same = |column: Column| {
        let (old, new) = (
            &before.ranks[column as usize],
            &renewed.ranks[column as usize],
        );
        old.get()
            .zip(new.get())
            .is_some_and(|(old, new)| Arc::ptr_eq(old, new))
    };
    assert!(same(Column::Title) && same(Column::Notes));
    assert!(!same(Column::Genre) && !same(Column::Year));
}

#[test]
fn what_is_used_and_missing_is_told_by_what_is_around() {
    let show = small_show();
    let id = TrackId::from_u128(2);
    let mut around = Around::of(&show);
    let find = |text: &str, around: &Around| {
        let query = Query {
            text: text.to_owned(),
            column: Column::Title,
            ..Query::default()
        };
        let found = Index::new(&show).find(&query, around).into_iter();
        found.map(TrackId::as_u128).collect::<Vec<_>>()
    };
    assert_eq!(find("is:used", &around), [0; 0]);
    assert_eq!(find("is:missing", &around), [0; 0]);
    let used = crate::ops::uses::Uses::of_tracks([(id, crate::model::EpisodeId::from_u128(1))]);
    around.uses = Arc::new(used);
    assert_eq!(find("is:used", &around), [2]);
    assert_eq!(find("is:unused", &around), [0, 1, 3]);
    assert_eq!(find("used:episode", &around), [0; 0]);
    around.episode = Some(crate::model::EpisodeId::from_u128(1));
    assert_eq!(find("used:episode", &around), [2]);
}

#[test]
fn a_filter_lets_through_what_it_counts() {
    use crate::ops::search::{Filter, Filtered};
    let show = mixed_show(500);
    let around = Around::of(&show);
    let index = Index::new(&show);
    let facets = index.facets(&around);
    let n = |filter: Filter| {
        let query = Query {
            filter,
            ..Query::default()
        };
        index.find(&query, &around).len()
    };
    for state in PoolState::ALL {
        let filter = Filter {
            states: vec![state],
            ..Filter::default()
        };
        assert_eq!(n(filter), facets.in_state(state), "{state}");
    }
    for fact in Filtered::ALL {
        let filter = Filter {
            is: vec![fact],
            ..Filter::default()
        };
        assert_eq!(n(filter), facets.of(fact), "{fact:?}");
    }
    let (tag, n_tagged) = &facets.tags()[0];
    let filter = Filter {
        tags: vec![tag.clone()],
        ..Filter::default()
    };
    // Of “tag 1” and “tag 10” only the one that is meant.
    assert_eq!(n(filter), *n_tagged);
}

#[test]
fn a_list_is_asked_for_by_its_name_and_has_an_order_of_its_own() {
    use crate::model::List;
    use crate::ops::lists::with_tracks_at;
    let mut show = small_show();
    let mut make = |id: u128, list: List| {
        let insert = Change::Insert(Box::new(list));
        show.apply(Edit::List(ListId::from_u128(id), insert))
            .expect("it is new");
    };
    let named = |name: &str, query: Option<&str>| List {
        name: name.to_owned(),
        query: query.map(str::to_owned),
        ..List::default()
    };
    let tracks = [3, 0, 2, 77].map(TrackId::from_u128);
    make(
        1,
        List {
            tracks: with_tracks_at(&List::default(), &tracks, 0),
            ..named("Night Music", None)
        },
    );
    let warm = "list:\"night music\" tag:=warm";
    make(2, named("Warm night", Some(warm)));
    make(3, named("Circle", Some("list:circle")));
    let around = Around::of(&show);
    let index = Index::new(&show);
    let find = |text: &str, list: Option<u128>, order| {
        let query = Query {
            text: text.to_owned(),
            list: list.map(ListId::from_u128),
            column: Column::ListOrder,
            order,
            ..Query::default()
        };
        let found = index.find(&query, &around).into_iter();
        found.map(TrackId::as_u128).collect::<Vec<_>>()
    };
    let night = "list:\"night music\"";
    // Track 77 is no longer in the pool.
    assert_eq!(find(night, None, Order::Ascending), [3, 0, 2]);
    assert_eq!(find(night, None, Order::Descending), [2, 0, 3]);
    assert_eq!(find("", Some(1), Order::Ascending), [3, 0, 2]);
    assert_eq!(find("coast", Some(1), Order::Ascending), [0]);
    assert_eq!(find("", Some(2), Order::Ascending), [0]);
    assert_eq!(find(&format!("-{night}"), None, Order::Ascending), [1]);
    assert_eq!(find("list:circle", None, Order::Ascending), [0; 0]);
    assert_eq!(find("list:nothing", None, Order::Ascending), [0; 0]);
}

#[test]
fn title_orders_before_whatever_is_asked_then() {
    let of = |title: &str, year| Track {
        year: Some(year),
        ..track(title, "")
    };
    let show = show([of("B", 1990), of("A", 2001), of("A", 1999)]);
    let query = Query {
        column: Column::Title,
        then: Some((Column::Year, Order::Ascending)),
        ..Query::default()
    };
    let found = Index::new(&show).find(&query, &Around::default());
    let found: Vec<u128> = found.into_iter().map(TrackId::as_u128).collect();
    assert_eq!(found, [2, 1, 0]);
}

#[test]
fn whether_somebody_sings_is_told_by_words_then_by_what_was_surely_heard() {
    let heard = |title: &str, stretches: Vec<(Ticks, Ticks)>| {
        let mut track = track(title, "Zoé");
        track.measured.singing = Some(Singing {
            stretches,
            confidence: Percent::new(80),
        });
        track
    };
    let sung = || vec![(Ticks::from_secs(3), Ticks::from_secs(30))];
    let mut with_words = heard("Words", vec![]);
    with_words.lyrics = vec![LyricLine {
        at: None,
        text: "Leave a light on".to_owned(),
    }];
    let mut without_voice = heard("Instrumental", sung());
    without_voice.rendition = Some(Rendition {
        of: TrackId::from_u128(9),
        kind: RenditionKind::Instrumental,
    });
    let show = show([
        with_words,
        without_voice,
        heard("Sung", sung()),
        heard("Still", vec![]),
        track("Not sure", "Zoé"),
    ]);
    assert_eq!(find(&show, "is:vocal"), [0, 2]);
    assert_eq!(find(&show, "is:instrumental"), [1, 3]);
    let facets = Index::new(&show).facets(&Around::of(&show));
    let counted = [Voice::Vocal, Voice::Instrumental].map(|voice| facets.with_voice(voice));
    assert_eq!(counted, [2, 2]);
}
