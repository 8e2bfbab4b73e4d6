//! A process that is killed loses at most the last two seconds, and never the file.
//!
//! The test starts its own program again as a child that edits and saves in a loop and reports
//! every edit through a pipe. The child is killed in the middle of it, a hundred times.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use needledrop::model::Change;
use needledrop::model::Edit;
use needledrop::model::Moment;
use needledrop::model::Show;
use needledrop::model::Track;
use needledrop::model::TrackField;
use needledrop::model::TrackId;
use needledrop::model::Transaction;
use needledrop::model::sweep;
use needledrop::storage::Setup;
use needledrop::storage::ShowFile;
use needledrop::storage::Wake;
use needledrop::storage::Watch;
use needledrop::storage::Who;

const AT: Moment = Moment::from_unix_millis(1_795_305_600_000);
const FOLDER: &str = "NEEDLEDROP_KILL_TEST_FOLDER";
const FIRST: &str = "NEEDLEDROP_KILL_TEST_FIRST_EDIT";
/// How many shows are edited, and how often the process that edits each is killed.
const N_SHOWS: u64 = 10;
const N_KILLS: u64 = 10;
/// Enough that writing the file takes a while.
const N_TRACKS: u128 = 400;
/// How many edits the child may be ahead of the disk: far more than fingers can.
const MAX_AHEAD: u64 = 200;
/// What may be lost.
const LOST: Duration = Duration::from_secs(2);

fn setup(folder: &Path, wake: Wake) -> Setup {
    Setup {
        keep: folder.join("data"),
        who: Who {
            name: "Ana".to_owned(),
            machine: "desk".to_owned(),
        },
        watch: Watch::Never,
        wake,
    }
}

fn show_path(folder: &Path) -> PathBuf {
    folder.join("Promise.needledrop")
}

/// Edit number `n` notes its number on one of the tracks.
fn edit(n: u64) -> Transaction {
    let set = TrackField::Notes(n.to_string());
    let edit = Edit::Track(track_of(n), Change::Set(set));
    Transaction::new(format!("Edit {n}"), vec![edit])
}

fn track_of(n: u64) -> TrackId {
    TrackId::from_u128(u128::from(n) % 16)
}

/// Whether `show` holds edit `n`, or a later one of the same track.
fn holds(show: &Show, n: u64) -> bool {
    let notes = show.track(track_of(n)).map(|track| track.notes.as_str());
    notes.and_then(|notes| notes.parse().ok()) >= Some(n)
}

fn new_show() -> Show {
    let mut show = Show::new("Promise");
    let add = |id| {
        let track = Track {
            title: format!("Track {id}"),
            why: "It lives in the show's world".repeat(4),
            ..Track::default()
        };
        Edit::Track(TrackId::from_u128(id), Change::Insert(Box::new(track)))
    };
    let edits: Vec<_> = (0..N_TRACKS).map(add).collect();
    show.apply_all(&edits).expect("the show was empty");
    show
}

#[test]
#[ignore = "this is the child process that the test below kills"]
fn child() {
    let folder = PathBuf::from(env::var_os(FOLDER).expect("started by the test below"));
    let first = env::var(FIRST).expect("started by the test below");
    let mut n: u64 = first.parse().expect("a number");
    let (wake, woken) = mpsc::channel();
    let setup = setup(&folder, Arc::new(move || wake.send(()).unwrap_or_default()));
    let opened = ShowFile::open(&show_path(&folder), &setup).expect("the show opens");
    let mut file = opened.file;
    let mut out = std::io::stdout().lock();
    let start = Instant::now();
    let mut say = |what: &str, n: u64| {
        let millis = start.elapsed().as_millis();
        writeln!(out, "\n{what} {n} {millis}").expect("the pipe is open");
        out.flush().expect("the pipe is open");
    };
    let before = n;
    let mut n_kept = 0;
    // The policy's clock runs a quarter of a second an edit, with a pause now and then, so that the
    // file is saved again and again for either of the policy's reasons.
    let mut policy_now = start;
    loop {
        let pause = if n.is_multiple_of(23) { 2_100 } else { 250 };
        policy_now += Duration::from_millis(pause);
        file.commit(&edit(n), policy_now, AT).expect("it fits");
        say("edit", n);
        n += 1;
        file.tick(policy_now);
        while n_kept < file.n_kept() {
            say("kept", before + n_kept);
            n_kept += 1;
        }
        while MAX_AHEAD < n - before - file.n_kept() {
            woken.recv().expect("the saver lives");
            file.tick(policy_now);
        }
    }
}

/// What the child has reported before it was killed.
#[derive(Debug, Default)]
struct Reported {
    /// Every edit with the time at which it was made.
    edits: Vec<(u64, Duration)>,
    /// The last edit known to be on disk.
    kept: Option<u64>,
}

impl Reported {
    fn take(&mut self, line: &str) {
        let words: Vec<_> = line.split(' ').collect();
        let [what, number, millis] = words.as_slice() else {
            return;
        };
        let (Ok(number), Ok(millis)) = (number.parse(), millis.parse()) else {
            return;
        };
        match *what {
            "edit" => self.edits.push((number, Duration::from_millis(millis))),
            "kept" => self.kept = Some(number),
            _ => {}
        }
    }

    /// When the last edit was made.
    fn end(&self) -> Duration {
        self.edits.last().map_or(Duration::ZERO, |(_, time)| *time)
    }
}

/// Runs the child until `is_enough` and kills it.
fn run_and_kill(folder: &Path, first: u64, is_enough: impl Fn(&Reported) -> bool) -> Reported {
    let program = env::current_exe().expect("this program has a path");
    let mut child = Command::new(program)
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program starts");
    let out = child.stdout.take().expect("it is piped");
    let mut reported = Reported::default();
    for line in BufReader::new(out).lines() {
        reported.take(&line.expect("it is text"));
        if is_enough(&reported) {
            break;
        }
    }
    child.kill().expect("it is ours");
    let status = child.wait().expect("it is ours");
    assert!(!status.success(), "it ran until it was killed");
    reported
}

/// Opens the show as after a crash, and says what it lacks of what it must hold.
fn check(folder: &Path, reported: &Reported) {
    let opened = ShowFile::open(&show_path(folder), &setup(folder, Arc::new(|| {})))
        .expect("the show opens");
    assert_eq!(opened.recovery.damaged, None);
    assert_eq!(sweep(&opened.show), []);
    assert_eq!(opened.show.n_tracks() as u128, N_TRACKS);
    for (n, time) in &reported.edits {
        let is_kept = Some(*n) <= reported.kept;
        let is_old = *time + LOST < reported.end();
        if is_kept || is_old {
            assert!(holds(&opened.show, *n), "edit {n} is lost");
        }
    }
    opened.file.close().expect("the folder can be written to");
}

fn edit_and_kill(number_of_show: u64) {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let folder = folder.path();
    let setup = setup(folder, Arc::new(|| {}));
    let file = ShowFile::create(&show_path(folder), &new_show(), &setup, AT).expect("it is new");
    file.close().expect("the folder can be written to");
    let mut random = number_of_show;
    let mut first = 0;
    for kill in 0..N_KILLS {
        // Knuth, The Art of Computer Programming 2, section 3.3.4: the multiplier of MMIX.
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let n_edits = (random >> 33) % 250;
        let reported = run_and_kill(folder, first, |reported| match kill {
            0 => LOST * 5 / 4 < reported.end(),
            _ => n_edits < reported.edits.len() as u64,
        });
        check(folder, &reported);
        first = reported
            .edits
            .last()
            .map_or(first, |(n, _)| n + 1 + MAX_AHEAD);
    }
}

#[test]
fn a_process_killed_a_hundred_times_loses_at_most_two_seconds_and_never_the_file() {
    std::thread::scope(|scope| {
        for show in 0..N_SHOWS {
            scope.spawn(move || edit_and_kill(show));
        }
    });
}
