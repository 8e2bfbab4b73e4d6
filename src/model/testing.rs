//! Shows and edits made up for tests: a short list of numbers becomes a list of edits that fit.

use proptest::prelude::*;

use super::*;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Numbers that one edit is made of.
pub(crate) type Numbers = (u8, u8, u8, i16);

/// Up to `n` edits' worth of numbers.
pub(crate) fn numbers(n: usize) -> impl Strategy<Value = Vec<Numbers>> {
    proptest::collection::vec(any::<Numbers>(), 0..n)
}

/// A configuration that tries the same cases every time.
pub(crate) fn seeded(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2_026),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The one cut that made-up edits are about.
pub(crate) const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};

/// A show with two people, two tracks, and an episode with a cut of three scenes, three markers
/// and two slots.
pub(crate) fn small_show() -> Show {
    let mut show = Show::new("Promise");
    let episode = Episode::default().with_cut(AT.cut, Cut::default());
    let insert = Change::Insert(Box::new(episode));
    show.apply(Edit::Episode(AT.episode, insert))
        .expect("the show was empty");
    for (kind, n) in [(0, 2), (1, 2), (4, 3), (5, 3), (6, 2)] {
        for id in 0..n {
            let insert = edit(&show, (kind, id, 0, i16::from(id) * 100));
            show.apply(insert.expect("the cut is there"))
                .expect("it is new");
        }
    }
    show
}

/// The transaction that a few of `numbers` make up: it fits `show` and leaves it in order.
pub(crate) fn transaction(show: &Show, numbers: &[Numbers]) -> Transaction {
    let mut after = show.clone();
    let mut edits = Vec::new();
    for numbers in numbers {
        let Some(edit) = edit(&after, *numbers) else {
            continue;
        };
        let mut tried = after.clone();
        // Removing may leave references behind, which are put right below; nobody sets a field to
        // something that is wrong.
        let is_in_order = |show: &Show| sweep(show).len() <= sweep(&after).len();
        if tried.apply(edit.clone()).is_ok() && (is_removal(&edit) || is_in_order(&tried)) {
            after = tried;
            edits.push(edit);
        }
    }
    for violation in sweep(&after) {
        after
            .apply(violation.repair.clone())
            .expect("what is wrong is there");
        edits.push(violation.repair);
    }
    Transaction::new(format!("{} edits", edits.len()), edits)
}

fn is_removal(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Cut(_, Change::Remove)
            | Edit::Scene(_, _, Change::Remove)
            | Edit::Marker(_, _, Change::Remove)
            | Edit::Alternate(_, _, _, Change::Remove)
    )
}

fn span(start: i16, length: u8) -> TickSpan {
    TickSpan::with_length(Ticks::new(start.into()), Ticks::new(length.into()))
}

/// Inserts what is not there; removes it or sets one of its fields when it is.
fn edit(show: &Show, (kind, id, what, number): Numbers) -> Option<Edit> {
    let cut = show.cut(AT);
    let id = u128::from(id % 4);
    let text = || format!("text {number}");
    let ticks = Ticks::new(number.into());
    Some(match kind % 9 {
        0 => {
            let id = PersonId::from_u128(id);
            let new = Person {
                name: text(),
                ..Person::default()
            };
            let fields = [PersonField::Name(text()), PersonField::Role(text())];
            Edit::Person(id, change(show.person(id).is_some(), what, new, fields))
        }
        1 => {
            let id = TrackId::from_u128(id);
            let new = Track {
                title: text(),
                ..Track::default()
            };
            Edit::Track(
                id,
                change(show.track(id).is_some(), what, new, track_fields(number)),
            )
        }
        2 => {
            let id = EpisodeId::from_u128(id);
            let new = Episode::default().with_cut(AT.cut, Cut::default());
            let current = (number % 2 == 0).then_some(AT.cut);
            let fields = [
                EpisodeField::Title(text()),
                EpisodeField::Number(text()),
                EpisodeField::CurrentCut(current),
            ];
            Edit::Episode(id, change(show.episode(id).is_some(), what, new, fields))
        }
        3 => {
            let fields = [
                CutField::Name(text()),
                CutField::Length(ticks),
                CutField::Start(Frames::new(number.into())),
            ];
            Edit::Cut(AT, change(cut.is_some(), what, Cut::default(), fields))
        }
        4 => {
            let id = SceneId::from_u128(id);
            let new = Scene {
                span: span(number, 100),
                ..Scene::default()
            };
            let fields = [
                SceneField::Name(text()),
                SceneField::Span(span(number, what)),
                SceneField::Intent(text()),
            ];
            let is_there = cut?.scene(id).is_some();
            Edit::Scene(AT, id, change(is_there, what, new, fields))
        }
        5 => {
            let id = MarkerId::from_u128(id);
            let new = Marker {
                at: ticks,
                ..Marker::default()
            };
            let hit = HitPoint {
                weight: Weight::Heavy,
                early: Frames::new(2),
                late: Frames::new(number.into()),
            };
            let fields = [
                MarkerField::Note(text()),
                MarkerField::Length(ticks),
                MarkerField::Hit(Some(hit)),
            ];
            let is_there = cut?.marker(id).is_some();
            Edit::Marker(AT, id, change(is_there, what, new, fields))
        }
        6 => {
            let id = SlotId::from_u128(id);
            let new = Slot {
                span: span(number, 50),
                ..Slot::default()
            };
            let pick = AlternateId::from_u128(u128::from(number.unsigned_abs() % 4));
            let scene = SceneId::from_u128(u128::from(number.unsigned_abs() % 4));
            let fields = [
                SlotField::Pick(Some(pick)),
                SlotField::Scene(Some(scene)),
                SlotField::Span(span(number, what)),
            ];
            let is_there = cut?.slot(id).is_some();
            Edit::Slot(AT, id, change(is_there, what, new, fields))
        }
        7 => {
            let slot = SlotId::from_u128(id % 2);
            let id = AlternateId::from_u128(u128::from(what % 4));
            // A track that no edit adds: an id is never used twice outside of tests.
            let new = Alternate::new(TrackId::from_u128(99), ticks);
            let pin = Pin {
                moment: ticks,
                marker: MarkerId::from_u128(u128::from(number.unsigned_abs() % 4)),
            };
            let fields = [
                AlternateField::Pin(Some(pin)),
                AlternateField::FadeIn(ticks),
                AlternateField::Gain(Decibels::from_hundredths(number.into())),
            ];
            let is_there = cut?.slot(slot)?.alternate(id).is_some();
            Edit::Alternate(AT, slot, id, change(is_there, what, new, fields))
        }
        _ => Edit::Show(ShowField::Title(text())),
    })
}

fn track_fields(number: i16) -> [TrackField; 5] {
    let tag = |n: i16| format!("tag {}", n.rem_euclid(3));
    [
        TrackField::Title(format!("text {number}")),
        TrackField::Tags([tag(number), tag(number / 3)].into()),
        TrackField::Tags([].into()),
        TrackField::Year((number % 2 == 0).then_some(number.into())),
        TrackField::State(PoolState::ALL[number.rem_euclid(4).unsigned_abs() as usize]),
    ]
}

fn change<E: Entity, const N: usize>(
    is_there: bool,
    what: u8,
    new: E,
    fields: [E::Field; N],
) -> Change<E> {
    let n = usize::from(what) % (N + 1);
    match fields.into_iter().nth(n) {
        _ if !is_there => Change::Insert(Box::new(new)),
        Some(field) => Change::Set(field),
        None => Change::Remove,
    }
}
