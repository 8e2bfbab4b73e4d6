//! Music is moved by its own beats.

use needledrop::app::Action;
use needledrop::app::Nudge;
use needledrop::app::TimelineAction;
use needledrop::app::TransportAction;
use needledrop::model::Bpm;
use needledrop::model::Change;
use needledrop::model::Edit;
use needledrop::model::Show;
use needledrop::model::TrackField;
use needledrop::time::Ticks;

use super::ask;
use super::cut;
use super::support::Stand;
use super::support::show::{beach_show, track_id};

/// The beach show with the hut armed; the pick of its slot has a downbeat at one second of the
/// recording and this tempo, both set by hand.
fn stand(bpm: Option<u32>) -> Stand {
    let (mut show, beach) = beach_show();
    set(
        &mut show,
        TrackField::TempoByHand(bpm.map(Bpm::from_hundredths)),
    );
    set(
        &mut show,
        TrackField::DownbeatByHand(Some(Ticks::from_secs(1))),
    );
    let mut stand = Stand::with_show(&show);
    let arm = TransportAction::Arm(Some(beach.hut));
    ask(&mut stand, Action::Transport(arm));
    stand
}

fn set(show: &mut Show, field: TrackField) {
    let edit = Edit::Track(track_id(0), Change::Set(field));
    show.apply(edit).expect("the track is there");
}

fn nudge(stand: &mut Stand, beats: i64) {
    let nudge = TimelineAction::Nudge(Nudge::Beats(beats));
    ask(stand, Action::Timeline(nudge));
}

/// Where the pick of the only slot lies.
fn track_start(stand: &Stand) -> Ticks {
    let slots = cut(&stand.app).slots();
    let (_, slot) = slots.first().expect("there is a slot");
    slot.picked().expect("it has a pick").1.track_start
}

#[test]
fn a_beat_later_and_a_beat_earlier_is_where_it_was() {
    let mut stand = stand(Some(12_000));
    let before = track_start(&stand);
    nudge(&mut stand, 1);
    assert_eq!(track_start(&stand) - before, Ticks::from_millis(500));
    nudge(&mut stand, -1);
    assert_eq!(track_start(&stand), before);
}

#[test]
fn beats_that_are_not_known_are_said_to_be_and_move_nothing() {
    let mut stand = stand(None);
    let before = track_start(&stand);
    nudge(&mut stand, 1);
    assert_eq!(track_start(&stand), before);
    let notices = stand.app.notices().iter();
    let mut sentences = notices.map(|notice| notice.sentence.as_str());
    assert!(sentences.any(|sentence| sentence == "The beats of “Coastline” are not known"));
}
