//! Comparing a cut with the next: a feature's two thousand edits and three hundred slots.

use divan::Bencher;
use needledrop::model::Alternate;
use needledrop::model::AlternateId;
use needledrop::model::Change;
use needledrop::model::Channels;
use needledrop::model::Cut;
use needledrop::model::CutAt;
use needledrop::model::CutId;
use needledrop::model::CutList;
use needledrop::model::Edit;
use needledrop::model::Episode;
use needledrop::model::EpisodeId;
use needledrop::model::FoundEvent;
use needledrop::model::Marker;
use needledrop::model::MarkerId;
use needledrop::model::Picture;
use needledrop::model::PictureEdit;
use needledrop::model::Pin;
use needledrop::model::Scene;
use needledrop::model::SceneId;
use needledrop::model::Show;
use needledrop::model::Slot;
use needledrop::model::SlotId;
use needledrop::model::TrackId;
use needledrop::ops::conform::Outcome;
use needledrop::ops::conform::conform;
use needledrop::time::FrameRate;
use needledrop::time::Frames;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

fn main() {
    divan::main();
}

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};
const N_EVENTS: i64 = 2_000;
const N_SLOTS: u128 = 300;
/// How many frames a shot is seen.
const LENGTH: i64 = 48;

fn frames(n: i64) -> Ticks {
    FrameRate::F25.to_ticks(Frames::new(n))
}

/// How the material is named.
#[derive(Clone, Copy, Debug)]
enum Material {
    /// A reel a camera roll, twenty clips on each.
    Rolls,
    /// Everything on one reel.
    OneReel,
    /// A few takes that are used over and over.
    FewTakes,
}

fn event(material: Material, n: i64) -> FoundEvent {
    let (reel, clip, from) = match material {
        Material::Rolls => (
            format!("A{:03}", n / 20),
            format!("{}-{}", n / 15, n),
            n * 500,
        ),
        Material::OneReel => ("ANIMATIC".to_owned(), "animatic.mov".to_owned(), n * 500),
        Material::FewTakes => {
            let take = n * 7 % 20;
            (format!("B{take:03}"), format!("take {take}"), take * 500)
        }
    };
    FoundEvent {
        reel,
        clip,
        channels: Channels {
            picture: Some(1),
            sound: Vec::new(),
        },
        source: Some(TickSpan::with_length(frames(from), frames(LENGTH))),
        ..FoundEvent::default()
    }
}

/// A show with the old cut, and the list of a new one in which one shot in twenty is gone, one in
/// thirty is trimmed, one in fifty is new, and two blocks have changed places.
fn recut(material: Material) -> (Show, CutList) {
    let record = |n: i64| TickSpan::with_length(frames(n * LENGTH), frames(LENGTH));
    let edits = (0..N_EVENTS).filter_map(|n| PictureEdit::of(&event(material, n), record(n)));
    let mut cut = Cut::default();
    cut.length = frames(N_EVENTS * LENGTH);
    cut.picture = Picture::new(edits.collect());
    let show = show_of(with_music(cut));
    let order = (0..500)
        .chain(900..1_100)
        .chain(500..900)
        .chain(1_100..N_EVENTS);
    let mut list = CutList::default();
    let mut seen = 0;
    let mut cut_in = |mut event: FoundEvent, trimmed: i64| {
        let length = LENGTH - trimmed;
        event.record = TickSpan::with_length(frames(seen), frames(length));
        event.source = event
            .source
            .map(|source| TickSpan::with_length(source.start(), frames(length)));
        seen += length;
        list.events.push(event);
    };
    for n in order.filter(|n| n % 20 != 7) {
        cut_in(event(material, n), if n % 30 == 11 { 9 } else { 0 });
        if n % 50 == 13 {
            cut_in(event(Material::Rolls, N_EVENTS + n), 0);
        }
    }
    (show, list)
}

fn with_music(cut: Cut) -> Cut {
    let step = N_EVENTS * LENGTH / N_SLOTS as i64;
    let (mut markers, mut slots) = (Vec::new(), Vec::new());
    for n in 0..N_SLOTS {
        let at = frames(n as i64 * step);
        let marker = MarkerId::from_u128(n);
        let alternates = (0..3).map(|k| {
            let mut alternate = Alternate::new(TrackId::from_u128(k), at);
            alternate.pin = Some(Pin {
                moment: frames(20),
                marker,
            });
            (AlternateId::from_u128(k), alternate)
        });
        let mut slot = Slot::new(None, TickSpan::with_length(at, frames(step - 20)), "");
        slot.pick = Some(AlternateId::from_u128(0));
        slots.push((SlotId::from_u128(n), slot.with_alternates(alternates)));
        let hit = Marker {
            name: format!("hit {n}"),
            at: at + frames(20),
            ..Marker::default()
        };
        markers.push((marker, hit));
    }
    let scenes = (0..60).map(|n| {
        let scene = Scene {
            number: n.to_string(),
            span: TickSpan::with_length(frames(n * 1_600), frames(1_600)),
            ..Scene::default()
        };
        (SceneId::from_u128(n as u128), scene)
    });
    cut.with(scenes, markers, slots)
}

fn show_of(cut: Cut) -> Show {
    let mut show = Show::new("Promise");
    let episode = Episode::default().with_cut(AT.cut, cut);
    let insert = Change::Insert(Box::new(episode));
    show.apply(Edit::Episode(AT.episode, insert))
        .expect("the show is empty");
    show
}

#[divan::bench(args = [Material::Rolls, Material::OneReel, Material::FewTakes], sample_count = 10, sample_size = 1)]
fn two_thousand_events_and_three_hundred_slots(bencher: Bencher<'_, '_>, material: Material) {
    let (show, list) = recut(material);
    bencher.bench_local(|| {
        let conform = conform(&show, AT, &list, None).expect("the two can be compared");
        let n_carried = conform.slots.len() - conform.n_slots(Outcome::LostItsScene);
        assert!(n_carried > 250, "{n_carried} slots are carried");
        conform
    });
}
