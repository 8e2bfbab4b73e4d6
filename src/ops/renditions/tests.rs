//! What titles tell of versions, and what linking leaves behind.

use super::*;
use crate::model::Change;
use crate::model::Edit;

const MAIN: TrackId = TrackId::from_u128(1);
const CLEAN: TrackId = TrackId::from_u128(2);
const SHORT: TrackId = TrackId::from_u128(3);

fn show_of(titles: &[&str]) -> (Show, Kin) {
    let mut show = Show::new("Promise");
    for (n, title) in (1..).zip(titles) {
        let track = Track {
            title: (*title).to_owned(),
            artist: "Ada Holm".to_owned(),
            ..Track::default()
        };
        let insert = Change::Insert(Box::new(track));
        show.apply(Edit::Track(TrackId::from_u128(n), insert))
            .expect("it is new");
    }
    let kin = kin_of(&show);
    (show, kin)
}

fn kin_of(show: &Show) -> Kin {
    let mut kin = Kin::default();
    for (id, track) in show.tracks() {
        kin.insert(id, track);
    }
    kin
}

fn do_link(show: &mut Show, tracks: &[TrackId], main: TrackId, kind: RenditionKind) {
    let linked = link(show, tracks, main, kind);
    show.apply_all(&linked.edits).expect("made to fit");
}

fn rendition(show: &Show, id: TrackId) -> Option<(TrackId, RenditionKind)> {
    let rendition = show.track(id)?.rendition?;
    Some((rendition.of, rendition.kind))
}

#[test]
fn titles_tell_of_versions_at_their_end() {
    use RenditionKind::{Clean, Cutdown, Instrumental, Other, Stem};
    for (title, base, kind) in [
        ("Coastline (Instrumental)", "Coastline", Instrumental),
        ("Coastline [inst.]", "Coastline", Instrumental),
        ("Coastline - Clean", "Coastline", Clean),
        ("Coastline – Clean Version", "Coastline", Clean),
        ("Coastline (60s cut)", "Coastline", Cutdown),
        ("Coastline - 30 sec", "Coastline", Cutdown),
        ("Coastline (Radio Edit)", "Coastline", Cutdown),
        ("Coastline_30s", "Coastline", Cutdown),
        ("Coastline (Drums Only)", "Coastline", Stem),
        ("Coastline (Night Remix)", "Coastline", Other),
        ("Coastline (Clean) [60s]", "Coastline", Cutdown),
        ("Coast - Line (No Vocals)", "Coast - Line", Instrumental),
    ] {
        assert_eq!(version_in(title), Some((base, kind)), "{title}");
    }
}

#[test]
fn words_of_the_title_itself_tell_of_no_version() {
    for title in [
        "Coastline",
        "Clean",
        "(Instrumental)",
        "Sunday (Never Again)",
        "Route 66s",
        "Coastline (Album Version)",
        "Instrumental Music",
        "Edit the Sad Parts",
        "99 Luftballons",
        "",
        ")",
        "_",
        " - ",
    ] {
        assert_eq!(version_in(title), None, "{title}");
    }
}

#[test]
fn a_version_is_suggested_for_the_main_recording_of_its_name_and_artist() {
    let (show, kin) = show_of(&["Coastline", "COASTLINE - Clean", "Fern (Instrumental)"]);
    let clean = Rendition {
        of: MAIN,
        kind: RenditionKind::Clean,
    };
    assert_eq!(kin.suggestions(&show, CLEAN), [(CLEAN, clean)]);
    assert_eq!(kin.suggestions(&show, MAIN), [(CLEAN, clean)]);
    assert_eq!(kin.suggestions(&show, SHORT), []);
}

#[test]
fn nothing_is_suggested_where_two_recordings_have_the_name() {
    let (show, kin) = show_of(&["Coastline", "Coastline (Clean)", "Coastline"]);
    assert_eq!(kin.suggestions(&show, CLEAN), []);
}

#[test]
fn what_is_linked_is_no_longer_suggested_and_is_listed_after_the_main_one() {
    let (mut show, _) = show_of(&["Coastline", "Coastline (Clean)", "Coastline (60s)"]);
    do_link(&mut show, &[SHORT], MAIN, RenditionKind::Cutdown);
    do_link(&mut show, &[CLEAN], MAIN, RenditionKind::Clean);
    let kin = kin_of(&show);
    assert_eq!(kin.suggestions(&show, MAIN), []);
    for id in [MAIN, CLEAN, SHORT] {
        assert_eq!(kin.family(&show, id), [MAIN, CLEAN, SHORT]);
    }
}

#[test]
fn linking_to_a_rendition_links_to_its_main_recording() {
    let (mut show, _) = show_of(&["Coastline", "Coastline (Clean)", "Coastline (60s)"]);
    do_link(&mut show, &[CLEAN], MAIN, RenditionKind::Clean);
    do_link(&mut show, &[SHORT], CLEAN, RenditionKind::Cutdown);
    assert_eq!(
        rendition(&show, SHORT),
        Some((MAIN, RenditionKind::Cutdown))
    );
}

#[test]
fn renditions_follow_their_main_recording_when_that_becomes_one() {
    let (mut show, _) = show_of(&["Coastline 24 bit", "Clean", "Coastline"]);
    do_link(&mut show, &[CLEAN], MAIN, RenditionKind::Clean);
    do_link(&mut show, &[MAIN], SHORT, RenditionKind::Other);
    assert_eq!(rendition(&show, CLEAN), Some((SHORT, RenditionKind::Clean)));
    assert_eq!(rendition(&show, MAIN), Some((SHORT, RenditionKind::Other)));
}

#[test]
fn a_rendition_can_change_places_with_its_main_recording() {
    let (mut show, _) = show_of(&["Coastline", "Coastline (Clean)", "Coastline (60s)"]);
    do_link(&mut show, &[CLEAN, SHORT], MAIN, RenditionKind::Clean);
    do_link(&mut show, &[MAIN], CLEAN, RenditionKind::Other);
    assert_eq!(rendition(&show, CLEAN), None);
    assert_eq!(rendition(&show, MAIN), Some((CLEAN, RenditionKind::Other)));
    assert_eq!(rendition(&show, SHORT), Some((CLEAN, RenditionKind::Clean)));
}

#[test]
fn unlinking_says_whom_it_is_about_and_leaves_others_alone() {
    let (mut show, _) = show_of(&["Coastline", "Coastline (Clean)", "Coastline (60s)"]);
    do_link(&mut show, &[CLEAN, SHORT], MAIN, RenditionKind::Clean);
    let unlinked = unlink(&show, &[CLEAN, MAIN]);
    assert_eq!(unlinked.label, "unlink Coastline (Clean)");
    show.apply_all(&unlinked.edits).expect("made to fit");
    assert_eq!(rendition(&show, CLEAN), None);
    assert!(rendition(&show, SHORT).is_some());
}

#[test]
fn what_is_taken_out_leaves_no_trace() {
    let (show, kin) = show_of(&["Coastline", "Coastline (Clean)"]);
    let mut emptied = kin;
    for (id, track) in show.tracks() {
        emptied.remove(id, track);
    }
    assert_eq!(emptied, Kin::default());
}
