//! Shows and edits made up for tests: a short list of numbers becomes a list of edits that fit.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

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

/// Inserts what is not there; removes it or sets one of its fields when it is.
fn edit(show: &Show, (kind, id, what, number): Numbers) -> Option<Edit> {
    let making = Making {
        id: u128::from(id % 4),
        what,
        number,
    };
    let cut = show.cut(AT);
    match kind % 10 {
        0 => Some(making.person(show)),
        1 => Some(making.track(show)),
        2 => Some(making.episode(show)),
        3 => Some(making.cut(cut)),
        4 => Some(making.scene(cut?)),
        5 => Some(making.marker(cut?)),
        6 => Some(making.slot(cut?)),
        7 => making.alternate(cut?),
        8 => Some(making.list(show)),
        _ => Some(Edit::Show(ShowField::Title(making.text()))),
    }
}

/// What one edit is made of.
#[derive(Clone, Copy)]
struct Making {
    id: u128,
    what: u8,
    number: i16,
}

impl Making {
    fn text(self) -> String {
        format!("text {}", self.number)
    }

    fn ticks(self) -> Ticks {
        Ticks::new(self.number.into())
    }

    fn frames(self) -> Frames {
        Frames::new(self.number.into())
    }

    /// The id of something else that an edit refers to.
    fn other(self) -> u128 {
        u128::from(self.number.unsigned_abs() % 4)
    }

    fn span(self, length: u8) -> TickSpan {
        TickSpan::with_length(self.ticks(), Ticks::new(length.into()))
    }

    fn change<E: Entity, const N: usize>(
        self,
        is_there: bool,
        new: E,
        fields: [E::Field; N],
    ) -> Change<E> {
        let n = usize::from(self.what) % (N + 1);
        match fields.into_iter().nth(n) {
            _ if !is_there => Change::Insert(Box::new(new)),
            Some(field) => Change::Set(field),
            None => Change::Remove,
        }
    }

    fn person(self, show: &Show) -> Edit {
        let id = PersonId::from_u128(self.id);
        let new = Person {
            name: self.text(),
            ..Person::default()
        };
        let fields = [
            PersonField::Name(self.text()),
            PersonField::Role(self.text()),
        ];
        Edit::Person(id, self.change(show.person(id).is_some(), new, fields))
    }

    fn track(self, show: &Show) -> Edit {
        let id = TrackId::from_u128(self.id);
        let new = Track {
            title: self.text(),
            ..Track::default()
        };
        let fields = track_fields(self.number);
        Edit::Track(id, self.change(show.track(id).is_some(), new, fields))
    }

    fn list(self, show: &Show) -> Edit {
        let id = ListId::from_u128(self.id);
        let new = List {
            name: self.text(),
            ..List::default()
        };
        let place = |n: u128| (TrackId::from_u128(n), Place::new(self.number.into()));
        let fields = [
            ListField::Name(self.text()),
            ListField::Query(Some(self.text())),
            // Tracks that no edit adds: an id is never used twice outside of tests.
            ListField::Tracks((90..90 + self.other()).map(place).collect()),
        ];
        Edit::List(id, self.change(show.list(id).is_some(), new, fields))
    }

    fn episode(self, show: &Show) -> Edit {
        let id = EpisodeId::from_u128(self.id);
        let new = Episode::default().with_cut(AT.cut, Cut::default());
        let current = (self.number % 2 == 0).then_some(AT.cut);
        let fields = [
            EpisodeField::Title(self.text()),
            EpisodeField::Number(self.text()),
            EpisodeField::CurrentCut(current),
        ];
        Edit::Episode(id, self.change(show.episode(id).is_some(), new, fields))
    }

    fn cut(self, cut: Option<&Cut>) -> Edit {
        let fields = [
            CutField::Name(self.text()),
            CutField::Length(self.ticks()),
            CutField::Start(self.frames()),
            CutField::Picture(self.picture()),
        ];
        Edit::Cut(AT, self.change(cut.is_some(), Cut::default(), fields))
    }

    fn picture(self) -> Picture {
        let edit = |n: u128| PictureEdit {
            clip: format!("clip {n}"),
            record: self.span(50),
            source: n.is_multiple_of(2).then(|| self.span(50)),
            ..PictureEdit::default()
        };
        Picture::new((0..self.other()).map(edit).collect())
    }

    fn scene(self, cut: &Cut) -> Edit {
        let id = SceneId::from_u128(self.id);
        let new = Scene {
            span: self.span(100),
            ..Scene::default()
        };
        let fields = [
            SceneField::Name(self.text()),
            SceneField::Span(self.span(self.what)),
            SceneField::Intent(self.text()),
        ];
        Edit::Scene(AT, id, self.change(cut.scene(id).is_some(), new, fields))
    }

    fn marker(self, cut: &Cut) -> Edit {
        let id = MarkerId::from_u128(self.id);
        let new = Marker {
            at: self.ticks(),
            ..Marker::default()
        };
        let hit = HitPoint {
            weight: Weight::Heavy,
            early: Frames::new(2),
            late: self.frames(),
        };
        let fields = [
            MarkerField::Note(self.text()),
            MarkerField::Length(self.ticks()),
            MarkerField::Hit(Some(hit)),
        ];
        Edit::Marker(AT, id, self.change(cut.marker(id).is_some(), new, fields))
    }

    fn slot(self, cut: &Cut) -> Edit {
        let id = SlotId::from_u128(self.id);
        let new = Slot {
            span: self.span(50),
            ..Slot::default()
        };
        let fields = [
            SlotField::Pick(Some(AlternateId::from_u128(self.other()))),
            SlotField::Scene(Some(SceneId::from_u128(self.other()))),
            SlotField::Span(self.span(self.what)),
        ];
        Edit::Slot(AT, id, self.change(cut.slot(id).is_some(), new, fields))
    }

    fn verdicts(self) -> BTreeMap<PersonId, Verdict> {
        let verdict = |person: u128| Verdict {
            opinion: Opinion::ALL[person as usize % 3],
            at: Moment::from_unix_millis(self.number.into()),
        };
        // People whom no edit adds: an id is never used twice outside of tests.
        (0..self.other())
            .map(|person| (PersonId::from_u128(90 + person), verdict(person)))
            .collect()
    }

    fn alternate(self, cut: &Cut) -> Option<Edit> {
        let slot = SlotId::from_u128(self.id % 2);
        let id = AlternateId::from_u128(u128::from(self.what % 4));
        // A track that no edit adds: an id is never used twice outside of tests.
        let new = Alternate::new(TrackId::from_u128(99), self.ticks());
        let pin = Pin {
            moment: self.ticks(),
            marker: MarkerId::from_u128(self.other()),
        };
        let fields = [
            AlternateField::Pin(Some(pin)),
            AlternateField::FadeIn(self.ticks()),
            AlternateField::Verdicts(self.verdicts()),
            AlternateField::Gain(Decibels::from_hundredths(self.number.into())),
        ];
        let is_there = cut.slot(slot)?.alternate(id).is_some();
        Some(Edit::Alternate(
            AT,
            slot,
            id,
            self.change(is_there, new, fields),
        ))
    }
}

fn track_fields(number: i16) -> [TrackField; 9] {
    let tag = |n: i16| format!("tag {}", n.rem_euclid(3));
    [
        TrackField::Title(format!("text {number}")),
        TrackField::Tags([tag(number), tag(number / 3)].into()),
        TrackField::Tags([].into()),
        TrackField::Year((number % 2 == 0).then_some(number.into())),
        TrackField::State(PoolState::ALL[number.rem_euclid(4).unsigned_abs() as usize]),
        TrackField::Ratings(ratings(number)),
        TrackField::Color((number % 3 != 0).then_some(Color::Cyan)),
        TrackField::Comments(comments(number)),
        TrackField::ToldFrom(told_from(number)),
    ]
}

fn ratings(number: i16) -> BTreeMap<PersonId, Rating> {
    let rating = |person| Rating::ALL[(number.unsigned_abs() as usize + person) % 5];
    let people = 0..usize::from(number.unsigned_abs() % 3);
    people
        // People whom no edit adds: an id is never used twice outside of tests.
        .map(|person| (PersonId::from_u128(90 + person as u128), rating(person)))
        .collect()
}

fn told_from(number: i16) -> BTreeSet<TrackId> {
    let tracks = 0..u128::from(number.unsigned_abs() % 3);
    // Tracks that no edit adds, for the same reason.
    tracks.map(|n| TrackId::from_u128(90 + n)).collect()
}

fn comments(number: i16) -> BTreeMap<CommentId, Comment> {
    let comment = |id: u16| Comment {
        by: PersonId::from_u128(90 + u128::from(id % 2)),
        at: Moment::from_unix_millis(number.into()),
        text: format!("comment {id}"),
    };
    (0..number.unsigned_abs() % 3)
        .map(|id| (CommentId::from_u128(id.into()), comment(id)))
        .collect()
}
