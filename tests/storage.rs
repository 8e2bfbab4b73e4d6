//! The show's file, from outside: opening, saving, sharing, losing and finding again.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Instant;

use needledrop::model::Change;
use needledrop::model::Edit;
use needledrop::model::History;
use needledrop::model::Moment;
use needledrop::model::Show;
use needledrop::model::Track;
use needledrop::model::TrackField;
use needledrop::model::TrackId;
use needledrop::model::Transaction;
use needledrop::model::sweep;
use needledrop::storage::MergeError;
use needledrop::storage::OpenError;
use needledrop::storage::SaveState;
use needledrop::storage::Setup;
use needledrop::storage::ShowFile;
use needledrop::storage::Watch;
use needledrop::storage::Who;
use needledrop::storage::merge;

const AT: Moment = Moment::from_unix_millis(1_795_305_600_000);

/// A machine with a shared folder and a data folder of its own.
struct Machine {
    setup: Setup,
    woken: mpsc::Receiver<()>,
    _keep: tempfile::TempDir,
}

impl Machine {
    fn of(name: &str) -> Self {
        let keep = tempfile::tempdir().expect("there is a temporary folder");
        let (wake, woken) = mpsc::channel();
        let setup = Setup {
            keep: keep.path().to_owned(),
            who: Who {
                name: name.to_owned(),
                machine: "desk".to_owned(),
            },
            watch: Watch::Never,
            wake: Arc::new(move || wake.send(()).unwrap_or_default()),
        };
        Self {
            setup,
            woken,
            _keep: keep,
        }
    }

    /// Saves and waits until saving has worked or failed.
    fn save(&self, file: &mut ShowFile) -> SaveState {
        file.save_now();
        loop {
            file.tick(Instant::now());
            match file.state() {
                SaveState::Saving => self.woken.recv().expect("the saver lives"),
                state => return state,
            }
        }
    }
}

/// A shared folder.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("there is a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn track(title: &str) -> Track {
    Track {
        title: title.to_owned(),
        ..Track::default()
    }
}

fn add(id: u128, title: &str) -> Transaction {
    let insert = Change::Insert(Box::new(track(title)));
    let edit = Edit::Track(TrackId::from_u128(id), insert);
    Transaction::new(format!("Add {title}"), vec![edit])
}

fn retitle(id: u128, title: &str) -> Transaction {
    let set = Change::Set(TrackField::Title(title.to_owned()));
    let edit = Edit::Track(TrackId::from_u128(id), set);
    Transaction::new(format!("Rename to {title}"), vec![edit])
}

fn do_it(file: &mut ShowFile, show: &mut Show, transaction: &Transaction) {
    show.apply_all(&transaction.edits).expect("the edits fit");
    file.commit(transaction, Instant::now(), AT)
        .expect("the edits fit");
}

fn titles(show: &Show) -> Vec<String> {
    show.tracks()
        .map(|(_, track)| track.title.clone())
        .collect()
}

#[test]
fn what_was_saved_is_there_when_the_show_is_opened_again() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    do_it(&mut file, &mut show, &add(1, "Coastline"));
    file.close().expect("the folder can be written to");
    let opened = ShowFile::open(&path, &ana.setup).expect("it was saved");
    assert_eq!(opened.show, show);
    assert_eq!(sweep(&opened.show), []);
}

#[test]
fn two_people_with_the_same_file_open_get_each_others_changes() {
    let (folder, ana, ben) = (Folder::new(), Machine::of("Ana"), Machine::of("Ben"));
    let path = folder.path("Promise.needledrop");
    let mut anas = Show::new("Promise");
    let mut at_ana = ShowFile::create(&path, &anas, &ana.setup, AT).expect("it is new");
    let opened = ShowFile::open(&path, &ben.setup).expect("it is there");
    let (mut at_ben, mut bens) = (opened.file, opened.show);
    do_it(&mut at_ana, &mut anas, &add(1, "Coastline"));
    do_it(&mut at_ben, &mut bens, &add(2, "Halogen"));
    assert_eq!(ana.save(&mut at_ana), SaveState::Saved);
    assert_eq!(ben.save(&mut at_ben), SaveState::Saved);
    assert_eq!(ana.save(&mut at_ana), SaveState::Saved);
    let from_ana = at_ben.take_remote(&bens).expect("Ana has added a track");
    let from_ben = at_ana.take_remote(&anas).expect("Ben has added a track");
    assert_eq!(from_ana.label, "Ana: Add Coastline");
    assert_eq!(from_ben.label, "Ben: Add Halogen");
    bens.apply_all(&from_ana.edits).expect("they fit");
    anas.apply_all(&from_ben.edits).expect("they fit");
    assert_eq!(anas, bens);
    assert_eq!(titles(&anas), ["Coastline", "Halogen"]);
}

#[test]
fn undo_leaves_what_arrived_in_the_meantime() {
    let (folder, ana, ben) = (Folder::new(), Machine::of("Ana"), Machine::of("Ben"));
    let path = folder.path("Promise.needledrop");
    let mut anas = Show::new("Promise");
    let mut at_ana = ShowFile::create(&path, &anas, &ana.setup, AT).expect("it is new");
    let mut history = History::default();
    let added = add(1, "Coastline");
    history.commit(&mut anas, &added, None).expect("it fits");
    at_ana.commit(&added, Instant::now(), AT).expect("it fits");
    let renamed = retitle(1, "Shoreline");
    history.commit(&mut anas, &renamed, None).expect("it fits");
    at_ana
        .commit(&renamed, Instant::now(), AT)
        .expect("it fits");
    assert_eq!(ana.save(&mut at_ana), SaveState::Saved);
    let opened = ShowFile::open(&path, &ben.setup).expect("it is there");
    let (mut at_ben, mut bens) = (opened.file, opened.show);
    do_it(&mut at_ben, &mut bens, &retitle(1, "Tideline"));
    at_ben.close().expect("the folder can be written to");
    assert_eq!(ana.save(&mut at_ana), SaveState::Saved);
    let arrived = at_ana.take_remote(&anas).expect("Ben has renamed it");
    anas.apply_all(&arrived.edits).expect("they fit");
    let undone = history.undo(&mut anas).expect("there is something to undo");
    assert_eq!(undone.n_kept, 1);
    assert_eq!(titles(&anas), ["Tideline"]);
}

#[test]
fn a_damaged_file_is_opened_from_the_newest_good_copy_and_kept_aside() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    do_it(&mut file, &mut show, &add(1, "Coastline"));
    file.close().expect("the folder can be written to");
    fs::write(&path, b"no show at all").expect("the folder can be written to");
    let opened = ShowFile::open(&path, &ana.setup).expect("there is a good copy");
    assert_eq!(opened.show, show);
    let damaged = opened.recovery.damaged.expect("it says so");
    let aside = damaged.kept_aside.expect("the folder can be written to");
    assert_eq!(fs::read(aside).expect("it is there"), b"no show at all");
    opened.file.close().expect("the folder can be written to");
    let again = ShowFile::open(&path, &ana.setup).expect("it is whole again");
    assert_eq!((again.show, again.recovery.damaged), (show, None));
}

#[test]
fn a_damaged_file_that_nobody_has_a_copy_of_is_left_alone() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    fs::write(&path, b"no show at all").expect("the folder can be written to");
    let error = ShowFile::open(&path, &ana.setup).expect_err("it is no show");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    assert_eq!(fs::read(&path).expect("it is there"), b"no show at all");
}

#[test]
fn a_new_show_never_takes_the_place_of_a_file() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    fs::write(&path, b"something").expect("the folder can be written to");
    let show = Show::new("Promise");
    ShowFile::create(&path, &show, &ana.setup, AT).expect_err("the file is there");
    assert_eq!(fs::read(&path).expect("it is there"), b"something");
}

#[test]
fn copies_changed_apart_merge_into_one() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let (a, b, out) = (folder.path("a"), folder.path("b"), folder.path("c"));
    let show = Show::new("Promise");
    let file = ShowFile::create(&a, &show, &ana.setup, AT).expect("it is new");
    file.close().expect("the folder can be written to");
    fs::copy(&a, &b).expect("the folder can be written to");
    for (path, id, title) in [(&a, 1, "Coastline"), (&b, 2, "Halogen")] {
        let mut opened = ShowFile::open(path, &ana.setup).expect("it is there");
        do_it(&mut opened.file, &mut opened.show, &add(id, title));
        opened.file.close().expect("the folder can be written to");
    }
    let report = merge(&a, &b, &out).expect("they are copies of one show");
    assert_eq!((report.n_only_in_first, report.n_only_in_second), (1, 1));
    let merged = ShowFile::open(&out, &ana.setup).expect("it was written");
    assert_eq!(titles(&merged.show), ["Coastline", "Halogen"]);
}

#[test]
fn shows_made_apart_are_not_mixed() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let (a, b, out) = (folder.path("a"), folder.path("b"), folder.path("c"));
    for path in [&a, &b] {
        let show = Show::new("Promise");
        let file = ShowFile::create(path, &show, &ana.setup, AT).expect("it is new");
        file.close().expect("the folder can be written to");
    }
    let error = merge(&a, &b, &out).expect_err("they were made apart");
    assert!(
        matches!(error, MergeError::NotTheSameShow { .. }),
        "{error}"
    );
    assert!(!out.exists());
}
