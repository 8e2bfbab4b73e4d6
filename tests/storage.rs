//! The show's file, from outside: opening, saving, sharing, losing and finding again.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

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
use needledrop::storage::AT_LATEST;
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

#[test]
fn a_file_cut_short_anywhere_opens_from_the_good_copy() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    do_it(&mut file, &mut show, &add(1, "Coastline"));
    file.close().expect("the folder can be written to");
    let whole = fs::read(&path).expect("it was saved");
    for n_bytes in (0..whole.len()).step_by(29) {
        fs::write(&path, &whole[..n_bytes]).expect("the folder can be written to");
        let opened = ShowFile::open(&path, &ana.setup).expect("there is a good copy");
        assert!(opened.recovery.damaged.is_some(), "{n_bytes} bytes");
        assert_eq!(opened.show, show, "{n_bytes} bytes");
    }
}

#[test]
fn damaged_files_are_all_kept() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    let file = ShowFile::create(&path, &Show::new("Promise"), &ana.setup, AT).expect("it is new");
    file.close().expect("the folder can be written to");
    let mut kept = Vec::new();
    for bytes in ["first", "second", "third"] {
        fs::write(&path, bytes).expect("the folder can be written to");
        let opened = ShowFile::open(&path, &ana.setup).expect("there is a good copy");
        let damaged = opened.recovery.damaged.expect("it says so");
        kept.push(damaged.kept_aside.expect("the folder can be written to"));
    }
    let kept = kept.iter().map(|path| fs::read(path).expect("it is there"));
    assert_eq!(
        kept.collect::<Vec<_>>(),
        [&b"first"[..], b"second", b"third"]
    );
}

#[test]
fn a_folder_that_vanishes_is_told_and_nothing_is_lost_when_it_comes_back() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let (drive, unplugged) = (folder.path("drive"), folder.path("unplugged"));
    fs::create_dir(&drive).expect("the folder can be written to");
    let path = drive.join("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    fs::rename(&drive, &unplugged).expect("it is ours");
    do_it(&mut file, &mut show, &add(1, "Coastline"));
    let state = ana.save(&mut file);
    let SaveState::Failed(why) = state else {
        panic!("there is nowhere to save to, but it says {state:?}");
    };
    assert!(why.contains("its folder is not there"), "{why}");
    assert!(file.due_at().is_some(), "it is tried again");
    fs::rename(&unplugged, &drive).expect("it is ours");
    assert_eq!(ana.save(&mut file), SaveState::Saved);
    drop(file);
    assert_eq!(
        ShowFile::open(&path, &ana.setup).expect("it is back").show,
        show
    );
}

#[test]
fn what_could_not_be_saved_on_closing_is_there_when_the_show_is_next_opened() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let (drive, unplugged) = (folder.path("drive"), folder.path("unplugged"));
    fs::create_dir(&drive).expect("the folder can be written to");
    let path = drive.join("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    fs::rename(&drive, &unplugged).expect("it is ours");
    do_it(&mut file, &mut show, &add(1, "Coastline"));
    file.close().expect_err("there is nowhere to save to");
    fs::rename(&unplugged, &drive).expect("it is ours");
    let opened = ShowFile::open(&path, &ana.setup).expect("it is back");
    assert_eq!((opened.recovery.n_changes, &opened.show), (1, &show));
    opened.file.close().expect("the folder can be written to");
    let again = ShowFile::open(&path, &ana.setup).expect("it is there");
    assert_eq!((again.recovery.n_changes, again.show), (0, show));
}

#[test]
fn a_file_that_becomes_another_show_is_kept_aside_and_not_mixed_in() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    let other = folder.path("Other.needledrop");
    let other_show = Show::new("Other");
    let made = ShowFile::create(&other, &other_show, &ana.setup, AT).expect("it is new");
    made.close().expect("the folder can be written to");
    fs::copy(&other, &path).expect("the folder can be written to");
    do_it(&mut file, &mut show, &add(1, "Coastline"));
    let first = ana.save(&mut file);
    assert!(
        matches!(first, SaveState::Failed(_)),
        "it may be half copied"
    );
    assert_eq!(ana.save(&mut file), SaveState::Saved);
    let aside = file.take_kept_aside().expect("it says where");
    file.close().expect("the folder can be written to");
    let at = |path| ShowFile::open(path, &ana.setup).expect("it is a show").show;
    assert_eq!((at(&path), at(&aside)), (show, other_show));
}

#[test]
fn a_file_that_was_deleted_is_written_again() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    do_it(&mut file, &mut show, &add(1, "Coastline"));
    fs::remove_file(&path).expect("it is there");
    assert_eq!(ana.save(&mut file), SaveState::Saved);
    drop(file);
    assert_eq!(
        ShowFile::open(&path, &ana.setup).expect("it is there").show,
        show
    );
}

#[test]
fn what_a_colleague_saves_arrives_without_saving() {
    let (folder, mut ana, ben) = (Folder::new(), Machine::of("Ana"), Machine::of("Ben"));
    ana.setup.watch = Watch::Every(Duration::from_millis(5));
    let path = folder.path("Promise.needledrop");
    let anas = Show::new("Promise");
    let mut at_ana = ShowFile::create(&path, &anas, &ana.setup, AT).expect("it is new");
    let mut opened = ShowFile::open(&path, &ben.setup).expect("it is there");
    do_it(&mut opened.file, &mut opened.show, &add(1, "Coastline"));
    opened.file.close().expect("the folder can be written to");
    let arrived = loop {
        ana.woken.recv().expect("the saver lives");
        at_ana.tick(Instant::now());
        if let Some(arrived) = at_ana.take_remote(&anas) {
            break arrived;
        }
    };
    assert_eq!(arrived.label, "Ben: Add Coastline");
}

#[test]
fn the_file_is_written_when_the_policy_says_so_and_not_inside_a_gesture() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let path = folder.path("Promise.needledrop");
    let mut show = Show::new("Promise");
    let mut file = ShowFile::create(&path, &show, &ana.setup, AT).expect("it is new");
    let start = Instant::now();
    file.begin_gesture();
    let transaction = add(1, "Coastline");
    show.apply_all(&transaction.edits).expect("the edits fit");
    file.commit(&transaction, start, AT).expect("the edits fit");
    file.tick(start + AT_LATEST * 2);
    assert_eq!(file.state(), SaveState::Unsaved);
    file.end_gesture();
    file.tick(start + AT_LATEST * 2);
    assert_eq!(file.state(), SaveState::Saving);
}

#[test]
fn history_says_who_did_what() {
    let (folder, ana, ben) = (Folder::new(), Machine::of("Ana"), Machine::of("Ben"));
    let path = folder.path("Promise.needledrop");
    let file = ShowFile::create(&path, &Show::new("Promise"), &ana.setup, AT).expect("it is new");
    file.close().expect("the folder can be written to");
    for (machine, id, title) in [(&ana, 1, "Coastline"), (&ben, 2, "Halogen")] {
        let mut opened = ShowFile::open(&path, &machine.setup).expect("it is there");
        do_it(&mut opened.file, &mut opened.show, &add(id, title));
        opened.file.close().expect("the folder can be written to");
    }
    let opened = ShowFile::open(&path, &ana.setup).expect("it is there");
    let log = opened.file.log();
    let said: Vec<_> = log
        .iter()
        .map(|entry| {
            let who = entry.who.as_ref().map(|who| who.name.as_str());
            (who, entry.label.as_str(), entry.when)
        })
        .collect();
    let (ana, ben) = (Some("Ana"), Some("Ben"));
    assert_eq!(
        said,
        [
            (ana, "New show", AT),
            (ana, "Add Coastline", AT),
            (ben, "Add Halogen", AT)
        ]
    );
}

#[test]
fn a_copy_at_the_place_of_the_result_is_merged_and_not_lost() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let (a, b, out) = (folder.path("a"), folder.path("b"), folder.path("c"));
    let file = ShowFile::create(&a, &Show::new("Promise"), &ana.setup, AT).expect("it is new");
    file.close().expect("the folder can be written to");
    fs::copy(&a, &b).expect("the folder can be written to");
    fs::copy(&a, &out).expect("the folder can be written to");
    let mut opened = ShowFile::open(&out, &ana.setup).expect("it is there");
    do_it(&mut opened.file, &mut opened.show, &add(1, "Coastline"));
    opened.file.close().expect("the folder can be written to");
    merge(&a, &b, &out).expect("they are copies of one show");
    let merged = ShowFile::open(&out, &ana.setup).expect("it was written");
    assert_eq!(titles(&merged.show), ["Coastline"]);
}

#[test]
fn something_else_at_the_place_of_the_result_is_left_alone() {
    let (folder, ana) = (Folder::new(), Machine::of("Ana"));
    let (a, out) = (folder.path("a"), folder.path("c"));
    let file = ShowFile::create(&a, &Show::new("Promise"), &ana.setup, AT).expect("it is new");
    file.close().expect("the folder can be written to");
    fs::write(&out, b"a letter").expect("the folder can be written to");
    let error = merge(&a, &a, &out).expect_err("there is a letter");
    assert!(matches!(error, MergeError::Occupied { .. }), "{error}");
    assert_eq!(fs::read(&out).expect("it is there"), b"a letter");
}
