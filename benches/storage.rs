//! What the show's file costs: opening a show, one edit on its way to the disk, saving, and taking
//! over what a colleague did, with pools of a thousand to a hundred thousand tracks.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use divan::Bencher;
use needledrop::model::Alternate;
use needledrop::model::AlternateField;
use needledrop::model::AlternateId;
use needledrop::model::Change;
use needledrop::model::Cut;
use needledrop::model::CutAt;
use needledrop::model::CutId;
use needledrop::model::Edit;
use needledrop::model::Episode;
use needledrop::model::EpisodeId;
use needledrop::model::Lufs;
use needledrop::model::Measured;
use needledrop::model::Media;
use needledrop::model::Moment;
use needledrop::model::PoolState;
use needledrop::model::Role;
use needledrop::model::Scene;
use needledrop::model::SceneId;
use needledrop::model::Show;
use needledrop::model::Slot;
use needledrop::model::SlotId;
use needledrop::model::Track;
use needledrop::model::TrackField;
use needledrop::model::TrackId;
use needledrop::model::Transaction;
use needledrop::model::Writer;
use needledrop::storage::Document;
use needledrop::storage::Setup;
use needledrop::storage::ShowFile;
use needledrop::storage::Watch;
use needledrop::storage::Who;
use needledrop::time::SampleRate;
use needledrop::time::Samples;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

const SIZES: [u128; 3] = [1_000, 10_000, 100_000];
const AT: Moment = Moment::from_unix_millis(1_795_305_600_000);
const CUT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};

fn main() {
    divan::main();
}

/// Ids spread as random ones are.
fn spread(n: u128) -> u128 {
    (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
}

fn track(n: u128) -> Track {
    let length = 48_000 * 150 + n as i64 % 48_000 * 60;
    Track {
        title: format!("The song number {n}"),
        artist: format!("Artist {}", n % 700),
        album: format!("Album {}", n % 2_000),
        writers: vec![Writer::new(format!("Writer {}", n % 900), Role::Composer)],
        publisher: format!("Publisher {}", n % 50),
        label: format!("Label {}", n % 80),
        isrc: format!("GBAYE{n:07}"),
        year: Some(1970 + (n % 50) as i32),
        genre: "Indie".to_owned(),
        tags: ["warm".to_owned(), format!("mood {}", n % 12)].into(),
        why: format!("It lives in the world of person {}", n % 40),
        added_at: Moment::from_unix_millis(AT.unix_millis() + n as i64 * 1_000),
        state: PoolState::Approved,
        media: Some(Media {
            paths: vec![format!("Music/Folder {}/The song number {n}.wav", n % 100)],
            bytes: n as u64 * 1_000 + 44,
            hash: format!("{:032x}{:032x}", spread(n), spread(n + 7)),
            container: "WAV".to_owned(),
            codec: "PCM 24".to_owned(),
            rate: SampleRate::HZ_48000,
            channels: 2,
            length: Samples::new(length),
            is_exact: true,
            trimmed_start: Samples::ZERO,
            trimmed_end: Samples::ZERO,
        }),
        measured: Measured {
            loudness: Some(Lufs::from_hundredths(-1_400 + (n % 700) as i32)),
            first_sound: Some(Ticks::new(n as i64 * 7_777)),
            ..Measured::default()
        },
        ..Track::default()
    }
}

/// A cut of an hour with 60 scenes and 300 slots of three alternates each.
fn cut(n_tracks: u128) -> Cut {
    let second = |n: u128| Ticks::from_secs(n as i64);
    let scenes = (0..60).map(|n| {
        let scene = Scene {
            number: n.to_string(),
            name: format!("INT. HUT {n} - NIGHT"),
            span: TickSpan::with_length(second(n * 60), second(60)),
            ..Scene::default()
        };
        (SceneId::from_u128(spread(n)), scene)
    });
    let slots = (0..300).map(|n| {
        let alternates = (0..3).map(|k| {
            let track = TrackId::from_u128(spread((n * 3 + k) % n_tracks));
            let id = AlternateId::from_u128(spread(n * 3 + k));
            (id, Alternate::new(track, second(n * 12)))
        });
        let mut slot = Slot::default();
        slot.scene = Some(SceneId::from_u128(spread(n / 5)));
        slot.span = TickSpan::with_length(second(n * 12), second(10));
        slot.pick = Some(AlternateId::from_u128(spread(n * 3)));
        (
            SlotId::from_u128(spread(n)),
            slot.with_alternates(alternates),
        )
    });
    Cut::default().with(scenes, [], slots)
}

fn show(n_tracks: u128) -> Show {
    let mut show = Show::new("Promise");
    let tracks = (0..n_tracks).map(|n| {
        let insert = Change::Insert(Box::new(track(n)));
        Edit::Track(TrackId::from_u128(spread(n)), insert)
    });
    let episode = Episode::default().with_cut(CUT.cut, cut(n_tracks));
    let insert = Change::Insert(Box::new(episode));
    let edits: Vec<_> = tracks.chain([Edit::Episode(CUT.episode, insert)]).collect();
    show.apply_all(&edits).expect("the show was empty");
    show
}

fn who(name: &str) -> Who {
    Who {
        name: name.to_owned(),
        machine: "desk".to_owned(),
    }
}

fn document(n_tracks: u128) -> Document {
    let mut document = Document::new(&show(n_tracks), &who("Ana"), AT);
    // Some history, as every show has.
    for n in 0..200 {
        let edit = retitle(n * 31 % n_tracks, &format!("Renamed {n}"));
        document.commit(&edit, AT).expect("it fits");
    }
    document
}

fn retitle(track: u128, title: &str) -> Transaction {
    let set = Change::Set(TrackField::Title(title.to_owned()));
    let edit = Edit::Track(TrackId::from_u128(spread(track)), set);
    Transaction::new("Rename", vec![edit])
}

fn nudge(by: i64) -> Transaction {
    let slot = SlotId::from_u128(spread(150));
    let alternate = AlternateId::from_u128(spread(450));
    let start = AlternateField::TrackStart(Ticks::new(by));
    let edit = Edit::Alternate(CUT, slot, alternate, Change::Set(start));
    Transaction::new("Nudge", vec![edit])
}

struct Desk {
    setup: Setup,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

/// A folder with a show of `n_tracks` in it.
fn desk(n_tracks: u128) -> Desk {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let path = folder.path().join("Promise.needledrop");
    std::fs::write(&path, document(n_tracks).save()).expect("the folder can be written to");
    let setup = Setup {
        keep: folder.path().join("data"),
        who: who("Ana"),
        watch: Watch::Never,
        wake: Arc::new(|| {}),
    };
    Desk {
        setup,
        path,
        _folder: folder,
    }
}

/// From the file on disk to values that can be shown.
#[divan::bench(args = SIZES, sample_count = 10)]
fn open_the_file(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let desk = desk(n_tracks);
    bencher.bench_local(|| ShowFile::open(&desk.path, &desk.setup).expect("it opens"));
}

/// The part of it that is Automerge's.
#[divan::bench(args = SIZES, sample_count = 10)]
fn load_the_document(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let bytes = document(n_tracks).save();
    bencher.bench_local(|| Document::load(&bytes).expect("it was saved"));
}

/// The part of it that is the mapping's.
#[divan::bench(args = SIZES, sample_count = 10)]
fn read_the_show(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let document = document(n_tracks);
    bencher.bench_local(|| document.show());
}

/// What the window waits for when a track is renamed.
#[divan::bench(args = SIZES, sample_count = 50, sample_size = 1)]
fn commit_one_edit_of_a_track(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let desk = desk(n_tracks);
    let opened = ShowFile::open(&desk.path, &desk.setup).expect("it opens");
    let mut file = opened.file;
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n += 1;
            retitle(n * 37 % n_tracks, &format!("Title {n}"))
        })
        .bench_local_values(|edit| file.commit(&edit, Instant::now(), AT));
}

/// What the window waits for when an alternate is nudged.
#[divan::bench(args = SIZES, sample_count = 50, sample_size = 1)]
fn commit_one_nudge(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let desk = desk(n_tracks);
    let opened = ShowFile::open(&desk.path, &desk.setup).expect("it opens");
    let mut file = opened.file;
    let mut n = 0;
    bencher
        .with_inputs(|| {
            n += 1;
            nudge(n)
        })
        .bench_local_values(|edit| file.commit(&edit, Instant::now(), AT));
}

/// What the window waits for when two hundred tracks are added at once.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn commit_two_hundred_new_tracks(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let mut document = document(n_tracks);
    let mut n = n_tracks;
    bencher
        .with_inputs(|| {
            let add = |n| {
                let insert = Change::Insert(Box::new(track(n)));
                Edit::Track(TrackId::from_u128(spread(n)), insert)
            };
            n += 200;
            Transaction::new("Add", (n - 200..n).map(add).collect())
        })
        .bench_local_values(|edit| document.commit(&edit, AT));
}

/// What the save thread does before it writes.
#[divan::bench(args = SIZES, sample_count = 10)]
fn save_the_document(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let document = document(n_tracks);
    let n_bytes = document.save().len();
    bencher
        .counter(divan::counter::BytesCount::new(n_bytes))
        .bench_local(|| document.save());
}

/// What the window waits for when a colleague's change arrives.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn take_over_one_change(bencher: Bencher<'_, '_>, n_tracks: u128) {
    let mut ana = document(n_tracks);
    let mut ben = ana.clone();
    ben.set_who(&who("Ben"));
    let mut show = ana.show();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let edit = retitle(n * 37 % n_tracks, &format!("Title {n}"));
        ben.commit(&edit, AT).expect("it fits");
        ana.merge(&ben).expect("copies of one show");
        let arrived = ana.take_arrived(&show).expect("something arrived");
        show.apply_all(&arrived.edits).expect("they fit");
    });
}
