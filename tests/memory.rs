//! What a show takes of memory. The system counts it for the whole program, so this is one of its
//! own, with one test.

#![cfg(target_os = "linux")]

use needledrop::model::Change;
use needledrop::model::Edit;
use needledrop::model::Moment;
use needledrop::model::Show;
use needledrop::model::Track;
use needledrop::model::TrackField;
use needledrop::model::TrackId;
use needledrop::model::Transaction;
use needledrop::storage::Document;
use needledrop::storage::Who;

const N_TRACKS: u128 = 10_000;
/// What the document may take to change every track, in bytes: several times what it is long.
const ENOUGH: u64 = 200 * 1024 * 1024;

fn id(n: u128) -> TrackId {
    TrackId::from_u128((n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835))
}

fn show() -> Show {
    let mut show = Show::new("Promise");
    let tracks = (0..N_TRACKS).map(|n| {
        let track = Track {
            title: format!("Song {n}"),
            why: format!("It lives in the world of person {n}. ").repeat(10),
            ..Track::default()
        };
        Edit::Track(id(n), Change::Insert(Box::new(track)))
    });
    let edits: Vec<Edit> = tracks.collect();
    show.apply_all(&edits).expect("the show was empty");
    show
}

/// The most memory that this program has ever had, in bytes.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    let kib: u64 = kib.and_then(|kib| kib.parse().ok()).expect("in kibibytes");
    kib * 1024
}

#[test]
fn changing_every_track_of_a_large_pool_takes_no_more_memory_than_a_few_copies_of_it() {
    let at = Moment::from_unix_millis(1_795_305_600_000);
    let saved = Document::new(&show(), &Who::default(), at).save();
    let mut window = Document::load(&saved).expect("it was saved");
    window.set_who(&Who::default());
    let mut saver = window.clone();
    let before = most_memory();

    let notes = |n| Change::Set(TrackField::Notes(format!("Heard {n} times")));
    let edits = (0..N_TRACKS).map(|n| Edit::Track(id(n), notes(n)));
    let all = Transaction::new("Take notes", edits.collect());
    assert_eq!(window.commit(&all, at).ok(), Some(true), "it fits");
    saver.merge(&window).expect("it is a copy");

    let taken = most_memory() - before;
    assert!(taken < ENOUGH, "it took {} MiB", taken >> 20);
}
