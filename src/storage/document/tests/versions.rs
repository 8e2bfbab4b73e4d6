//! What newer and older versions of the program have written.

use automerge::ObjId;

use super::*;
use crate::model::Lufs;

/// What another version writes into the root of a document, and into its track.
fn by_another_version(
    document: &mut Document,
    write: impl Fn(&mut automerge::transaction::Transaction<'_>, ObjId),
) {
    let track = track_in(document);
    let mut tx = document.doc.transaction();
    write(&mut tx, track);
    tx.commit();
}

fn track_in(document: &Document) -> ObjId {
    let found = Reader(&document.doc).find(&[key::TRACKS, &TRACK.to_string()]);
    found.expect("it is in the pool")
}

fn value_at(document: &Document, obj: &ObjId, key: &str) -> String {
    let found = document.doc.get(obj, key).expect("it is a map");
    found.expect("it was set").0.to_string()
}

#[test]
fn a_newer_show_opens_as_far_as_it_is_understood_and_keeps_the_rest() {
    let mut document = small_document();
    by_another_version(&mut document, |tx, track| {
        tx.put(ROOT, key::SCHEMA, SCHEMA + 1).expect("it is a map");
        tx.put(ROOT, "budget", 5_000).expect("it is a map");
        tx.put(&track, "sampled_from", "Fern").expect("it is a map");
        tx.put(&track, "state", "embargoed").expect("it is a map");
    });
    let mut copy = copy_of(&document, "Ben");
    assert!(copy.is_newer());
    assert_eq!(copy.show(), small_show());
    commit(
        &mut copy,
        "b",
        vec![set_track(TrackField::Title("Shore".into()))],
    );
    let track = track_in(&copy);
    assert_eq!(value_at(&copy, &ROOT, "budget"), "5000");
    assert_eq!(value_at(&copy, &track, "sampled_from"), "\"Fern\"");
    assert_eq!(value_at(&copy, &track, "state"), "\"embargoed\"");
}

#[test]
fn what_a_newer_version_has_measured_stays_when_this_one_measures() {
    let mut document = small_document();
    by_another_version(&mut document, |tx, track| {
        let measured = r#"{"swing":57,"loudness":-1400}"#;
        tx.put(&track, "measured", measured).expect("it is a map");
    });
    let measured = Measured {
        true_peak: Some(Decibels::from_hundredths(-50)),
        ..Measured::default()
    };
    let edit = set_track(TrackField::Measured(measured.clone()));
    commit(&mut document, "measure", vec![edit]);
    let show = document.show();
    assert_eq!(
        show.track(TRACK).map(|track| &track.measured),
        Some(&measured)
    );
    let value = value_at(&document, &track_in(&document), "measured");
    assert!(value.contains("swing"), "{value}");
}

#[test]
fn a_track_measured_by_an_older_version_has_no_loudness_range() {
    let mut document = small_document();
    by_another_version(&mut document, |tx, track| {
        let measured = r#"{"loudness":-1400,"true_peak":-50}"#;
        tx.put(&track, "measured", measured).expect("it is a map");
    });
    let expected = Measured {
        loudness: Some(Lufs::from_hundredths(-1_400)),
        true_peak: Some(Decibels::from_hundredths(-50)),
        ..Measured::default()
    };
    let show = document.show();
    let measured = show.track(TRACK).map(|track| &track.measured);
    assert_eq!(measured, Some(&expected));
}

#[test]
fn a_rating_that_this_version_does_not_know_is_no_rating() {
    let mut document = small_document();
    let person = PersonId::from_u128(1);
    commit(
        &mut document,
        "rate",
        vec![set_track(TrackField::Ratings(
            [(person, Rating::MAX)].into(),
        ))],
    );
    for stars in [0, 6, -1] {
        let mut newer = copy_of(&document, "Ben");
        by_another_version(&mut newer, |tx, track| {
            tx.put(&track, format!("rating/{person}"), stars)
                .expect("it is a map");
        });
        let show = newer.show();
        let track = show.track(TRACK).expect("it is in the pool");
        assert!(track.ratings.is_empty(), "{stars}");
    }
}
