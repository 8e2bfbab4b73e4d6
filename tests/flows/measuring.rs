//! Measuring the pool in the background.

use std::fs;
use std::path::Path;

use needledrop::analysis::VERSION;
use needledrop::app::Action;
use needledrop::app::MeasuringAction;
use needledrop::app::PoolAction;
use needledrop::model::Bpm;
use needledrop::model::Measured;
use needledrop::model::Show;
use needledrop::model::Track;
use needledrop::model::TrackField;
use needledrop::model::TrackId;
use tempfile::TempDir;

use super::ask;
use super::support::Stand;
use super::support::show::beach_show;
use super::wave;

/// A core with two tones in its pool, which have just been added; measuring was paused before.
fn paused() -> (Stand, TempDir) {
    let folder = TempDir::new().expect("there is room for a folder");
    wave(&folder.path().join("a.wav"), 440.0);
    wave(&folder.path().join("b.wav"), 550.0);
    let mut stand = Stand::with_show(&beach_show().0);
    ask(&mut stand, Action::Measuring(MeasuringAction::Pause));
    add(&mut stand, folder.path());
    (stand, folder)
}

fn add(stand: &mut Stand, folder: &Path) {
    let add = PoolAction::Add(vec![folder.to_owned()]);
    ask(stand, Action::Pool(add));
}

fn show(stand: &Stand) -> &Show {
    stand.app.show().expect("it is open")
}

/// The tracks of the import, in order.
fn added(stand: &Stand) -> Vec<(TrackId, Track)> {
    let summary = stand.app.last_import().expect("it has ended");
    let track = |id: TrackId| show(stand).track(id).expect("it was added").clone();
    summary
        .added
        .iter()
        .map(|(id, _)| (*id, track(*id)))
        .collect()
}

fn versions(stand: &Stand) -> Vec<u32> {
    let tracks = added(stand);
    tracks
        .iter()
        .map(|(_, track)| track.measured.version)
        .collect()
}

#[test]
fn paused_nothing_is_measured_until_it_is_resumed() {
    let (mut stand, _folder) = paused();
    assert_eq!(versions(&stand), [0, 0]);
    let status = stand.app.measuring().expect("there is something to do");
    assert_eq!((status.n_done, status.n_all), (0, 2));
    assert!(status.is_paused);
    ask(&mut stand, Action::Measuring(MeasuringAction::Resume));
    assert_eq!(versions(&stand), [VERSION, VERSION]);
    assert_eq!(stand.app.measuring(), None);
}

#[test]
fn paused_what_is_looked_at_is_measured_all_the_same() {
    let (mut stand, _folder) = paused();
    let (seen, _) = added(&stand)[0];
    ask(&mut stand, Action::Pool(PoolAction::Visible(vec![seen])));
    assert_eq!(versions(&stand), [VERSION, 0]);
}

#[test]
fn called_off_nothing_more_is_measured() {
    let (mut stand, _folder) = paused();
    ask(&mut stand, Action::Measuring(MeasuringAction::Cancel));
    assert_eq!(stand.app.measuring(), None);
    assert_eq!(versions(&stand), [0, 0]);
}

#[test]
fn what_an_older_version_measured_is_measured_again_and_what_is_set_by_hand_stays() {
    let (mut stand, _folder) = paused();
    let by_hand = Some(Bpm::from_hundredths(9_000));
    for (id, _) in added(&stand) {
        let old = Measured {
            loudness: Some(needledrop::model::Lufs::from_hundredths(-1)),
            ..Measured::default()
        };
        for field in [TrackField::Measured(old), TrackField::TempoByHand(by_hand)] {
            ask(&mut stand, Action::Pool(PoolAction::Set(vec![id], field)));
        }
    }
    ask(&mut stand, Action::Measuring(MeasuringAction::Resume));
    for (_, track) in added(&stand) {
        assert_eq!(track.measured.version, VERSION);
        assert_ne!(
            track
                .measured
                .loudness
                .map(needledrop::model::Lufs::hundredths),
            Some(-1)
        );
        assert_eq!(track.tempo_by_hand, by_hand);
    }
}

#[test]
fn what_a_newer_version_measured_is_left_to_it() {
    let (mut stand, _folder) = paused();
    let newer = Measured {
        loudness: Some(needledrop::model::Lufs::from_hundredths(-1)),
        version: VERSION + 1,
        ..Measured::default()
    };
    let (id, _) = added(&stand)[0];
    let set = PoolAction::Set(vec![id], TrackField::Measured(newer.clone()));
    ask(&mut stand, Action::Pool(set));
    ask(&mut stand, Action::Measuring(MeasuringAction::Resume));
    assert_eq!(added(&stand)[0].1.measured, newer);
}

#[test]
fn a_track_is_measured_again_when_somebody_asks() {
    let (mut stand, _folder) = paused();
    ask(&mut stand, Action::Measuring(MeasuringAction::Resume));
    let (id, before) = added(&stand)[0].clone();
    let wrong = Measured {
        true_peak: None,
        ..before.measured.clone()
    };
    let set = PoolAction::Set(vec![id], TrackField::Measured(wrong));
    ask(&mut stand, Action::Pool(set));
    ask(
        &mut stand,
        Action::Measuring(MeasuringAction::Again(vec![id])),
    );
    assert_eq!(added(&stand)[0].1.measured, before.measured);
}

#[test]
fn a_damaged_file_costs_only_itself_and_says_why() {
    let (mut stand, folder) = paused();
    let damaged = added(&stand)[0].clone();
    fs::write(folder.path().join("a.wav"), b"no sound").expect("it can be written");
    ask(&mut stand, Action::Measuring(MeasuringAction::Resume));
    let mut known: Vec<bool> = Vec::new();
    for (_, track) in added(&stand) {
        known.push(track.measured.is_known());
    }
    known.sort_unstable();
    assert_eq!(known, [false, true]);
    let why = added(&stand)
        .iter()
        .find_map(|(id, _)| stand.app.why_unmeasured(*id).map(str::to_owned));
    assert!(why.is_some(), "{damaged:?}");
    assert_eq!(stand.app.measuring(), None);
}

#[test]
fn a_track_taken_out_of_the_pool_meanwhile_is_not_measured() {
    let (mut stand, _folder) = paused();
    let (id, track) = added(&stand)[0].clone();
    ask(&mut stand, Action::Pool(PoolAction::Remove(vec![id])));
    ask(&mut stand, Action::Measuring(MeasuringAction::Resume));
    assert!(show(&stand).track(id).is_none());
    ask(&mut stand, Action::Undo);
    let back = show(&stand).track(id).expect("it is there again");
    assert_eq!(back.title, track.title);
}

#[test]
fn measuring_many_tracks_is_no_step_to_undo() {
    let (mut stand, _folder) = paused();
    let before = stand
        .app
        .session()
        .and_then(|it| it.undo_label().map(str::to_owned));
    ask(&mut stand, Action::Measuring(MeasuringAction::Resume));
    let after = stand
        .app
        .session()
        .and_then(|it| it.undo_label().map(str::to_owned));
    assert_eq!(before, after);
}
