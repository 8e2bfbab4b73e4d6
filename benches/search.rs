//! Finding and ordering tracks in a pool of a hundred thousand, with lyrics. The target is 15 ms
//! to new rows, and 60 ms to sort by another column.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use needledrop::model::Bpm;
use needledrop::model::Change;
use needledrop::model::Edit;
use needledrop::model::Given;
use needledrop::model::Lufs;
use needledrop::model::LyricLine;
use needledrop::model::Measured;
use needledrop::model::Moment;
use needledrop::model::Percent;
use needledrop::model::Show;
use needledrop::model::Track;
use needledrop::model::TrackField;
use needledrop::model::TrackId;
use needledrop::ops::search::Around;
use needledrop::ops::search::Column;
use needledrop::ops::search::Index;
use needledrop::ops::search::Query;
use needledrop::time::Ticks;

const N_TRACKS: u64 = 100_000;
const LINES: u64 = 30;
const WORDS_A_LINE: u64 = 7;

fn main() {
    divan::main();
}

/// Random numbers that are the same every time (Marsaglia, "Xorshift RNGs", 2003).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A made-up word: common ones far more often than rare ones.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "la", "ter", "mo", "sin", "gra", "ve", "lo", "nim", "bar", "du", "wes", "ki", "pon",
            "fa", "rel", "tho",
        ];
        let n = self.throw() % 20_000;
        let n = n * n / 20_000;
        let syllable = |n: u64| SYLLABLES[(n % 16) as usize];
        format!("{}{}{}", syllable(n), syllable(n / 16), syllable(n / 256))
    }

    fn words(&mut self, n: u64) -> String {
        let words: Vec<String> = (0..n).map(|_| self.word()).collect();
        words.join(" ")
    }
}

/// Ids are spread as random ones are.
fn id(n: u64) -> TrackId {
    TrackId::from_u128(u128::from(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)) << 64)
}

static SHOW: LazyLock<Show> = LazyLock::new(|| {
    let mut dice = Dice(20_261_122);
    let mut show = Show::new("Large");
    for n in 0..N_TRACKS {
        let line = |dice: &mut Dice| LyricLine {
            at: None,
            text: dice.words(WORDS_A_LINE),
        };
        let track = Track {
            title: dice.words(3),
            artist: dice.words(2),
            album: dice.words(2),
            why: dice.words(8),
            year: Some(1960 + (dice.throw() % 66) as i32),
            genre: dice.words(1),
            notes: dice.words(6),
            tags: (0..3).map(|_| dice.words(1)).collect(),
            added_at: Moment::from_unix_millis((dice.throw() >> 24).cast_signed()),
            measured: Measured {
                loudness: Some(Lufs::from_hundredths(-((dice.throw() % 3000) as i32))),
                tempo: Bpm::nearest_to(60.0 + (dice.throw() % 12_000) as f64 / 100.0)
                    .map(|bpm| Given::estimate(bpm, Percent::new(80))),
                ..Measured::default()
            },
            stated_length: Some(Ticks::from_millis((dice.throw() % 400_000).cast_signed())),
            lyrics: (0..LINES).map(|_| line(&mut dice)).collect(),
            ..Track::default()
        };
        let insert = Change::Insert(Box::new(track));
        show.apply(Edit::Track(id(n), insert)).expect("it is new");
    }
    show
});

static ONE_MORE: LazyLock<Show> = LazyLock::new(|| {
    let mut show = SHOW.clone();
    let insert = Change::Insert(Box::default());
    show.apply(Edit::Track(id(N_TRACKS), insert))
        .expect("it is new");
    show
});

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(&SHOW));

fn query(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        column: Column::Title,
        ..Query::default()
    }
}

#[divan::bench(args = ["l", "la", "later", "later mo", "laterla lamo", "zzz", "\"later mosin\"", "title:ter", "-later", "year:1990..2000 gra"])]
fn find(bencher: Bencher<'_, '_>, text: &str) {
    // The order of a column is made once.
    let around = Around::default();
    black_box(INDEX.find(&query(""), &around));
    bencher.bench_local(|| INDEX.find(&query(text), &around).len());
}

/// By a column that was never asked for: another track has come, so that no order is known.
#[divan::bench(args = Column::ALL, sample_count = 20)]
fn sort(bencher: Bencher<'_, '_>, column: Column) {
    let around = Around::default();
    bencher
        .with_inputs(|| INDEX.renewed(&ONE_MORE))
        .bench_local_values(|index| {
            let query = Query {
                column,
                ..Query::default()
            };
            (index.find(&query, &around).len(), index)
        });
}

/// By a column that rows were ordered by before, after another edit.
#[divan::bench(args = [Column::Title, Column::Year], sample_count = 20)]
fn sort_again(bencher: Bencher<'_, '_>, column: Column) {
    let around = Around::default();
    let query = Query {
        column,
        ..Query::default()
    };
    black_box(INDEX.find(&query, &around));
    bencher.bench_local(|| INDEX.find(&query, &around).len());
}

#[divan::bench(sample_count = 3)]
fn index_anew(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Index::new(&SHOW));
}

#[divan::bench(sample_count = 20)]
fn index_after_one_edit(bencher: Bencher<'_, '_>) {
    let mut show = SHOW.clone();
    let set = Change::Set(TrackField::Title("Other".to_owned()));
    show.apply(Edit::Track(id(500), set)).expect("it is there");
    bencher.bench_local(|| INDEX.renewed(&show));
}
