//! Rules of conforming.

mod carrying;
mod generated;
mod telling;

use super::*;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Change;
use crate::model::Channels;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::FoundEvent;
use crate::model::FoundMarker;
use crate::model::FoundScene;
use crate::model::Marker;
use crate::model::MarkerId;
use crate::model::Picture;
use crate::model::PictureEdit;
use crate::model::SceneId;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Speed;
use crate::model::TrackId;
use crate::time::FrameRate;
use crate::time::TickSpan;
use crate::time::Timebase;

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};
const TEN_HOURS: i64 = 36_000 * 25;
const SLOT: SlotId = SlotId::from_u128(1);
const PICK: AlternateId = AlternateId::from_u128(1);
const TRACK: TrackId = TrackId::from_u128(1);

/// A shot as a test writes it: reel, clip, first frame of its source, and how many frames it is
/// seen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Take {
    reel: String,
    clip: String,
    from: i64,
    length: i64,
    speed: Speed,
    has_timecode: bool,
}

fn take(clip: &str, from: i64, length: i64) -> Take {
    Take {
        reel: format!("reel of {clip}"),
        clip: clip.to_owned(),
        from,
        length,
        speed: Speed::NORMAL,
        has_timecode: true,
    }
}

fn at(rate: FrameRate, frame: i64) -> Ticks {
    rate.to_ticks(Frames::new(frame))
}

fn frames(n: i64) -> Ticks {
    at(FrameRate::F25, n)
}

fn span(from: i64, to: i64) -> TickSpan {
    TickSpan::between(frames(from), frames(to))
}

fn events(takes: &[Take], rate: FrameRate) -> Vec<FoundEvent> {
    let mut seen = 0;
    let event = |take: &Take| {
        let start = i64::from(rate.nominal()) * 36_000 + seen;
        seen += take.length;
        let used = take.length * take.speed.millionths() / 1_000_000;
        let source = TickSpan::between(at(rate, take.from), at(rate, take.from + used));
        FoundEvent {
            reel: take.reel.clone(),
            clip: take.clip.clone(),
            speed: take.speed,
            channels: Channels {
                picture: Some(1),
                sound: Vec::new(),
            },
            source: take.has_timecode.then_some(source),
            record: TickSpan::between(at(rate, start), at(rate, start + take.length)),
            ..FoundEvent::default()
        }
    };
    takes.iter().map(event).collect()
}

fn list_at(takes: &[Take], rate: FrameRate) -> CutList {
    CutList {
        timebase: Timebase::non_drop(rate),
        events: events(takes, rate),
        ..CutList::default()
    }
}

fn list(takes: &[Take]) -> CutList {
    list_at(takes, FrameRate::F25)
}

/// A cut of these shots, from 10:00:00:00.
fn cut_at(takes: &[Take], rate: FrameRate) -> Cut {
    let start = i64::from(rate.nominal()) * 36_000;
    let edits = events(takes, rate);
    let edits = edits
        .iter()
        .filter_map(|event| PictureEdit::of(event, event.record.shifted(-at(rate, start))));
    let length = takes.iter().map(|take| take.length).sum();
    Cut {
        timebase: Timebase::non_drop(rate),
        start: Frames::new(start),
        length: at(rate, length),
        picture: Picture::new(edits.collect()),
        ..Cut::default()
    }
}

fn cut(takes: &[Take]) -> Cut {
    cut_at(takes, FrameRate::F25)
}

fn show_with(cut: Cut) -> Show {
    let mut show = Show::new("Promise");
    let episode = Episode::default().with_cut(AT.cut, cut);
    let insert = Edit::Episode(AT.episode, Change::Insert(Box::new(episode)));
    show.apply(insert).expect("the show is empty");
    show
}

/// A slot of one alternate, its track beginning with it.
fn slot(from: i64, to: i64) -> Slot {
    let slot = Slot {
        pick: Some(PICK),
        ..Slot::new(None, span(from, to), "")
    };
    slot.with_alternates([(PICK, Alternate::new(TRACK, frames(from)))])
}

fn compared(old: Cut, list: &CutList) -> Conform {
    conform(&show_with(old), AT, list, None).expect("the two can be compared")
}

fn the_slot(conform: &Conform) -> &CarriedSlot {
    conform.slots.first().expect("the old cut has a slot")
}

/// Where the one slot is proposed to go, in frames.
fn proposed(conform: &Conform) -> Option<(i64, i64)> {
    let proposal = the_slot(conform).proposal.as_ref()?;
    let frame = |at| FrameRate::F25.floor_to_frames(at).get();
    Some((frame(proposal.span.start()), frame(proposal.span.end())))
}
