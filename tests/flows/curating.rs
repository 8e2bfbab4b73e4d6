//! Duplicates and collected media, through the core, with real files.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use needledrop::app::Action;
use needledrop::app::PoolAction;
use needledrop::model::Show;
use needledrop::model::TrackId;
use needledrop::ops::duplicates::Fate;
use needledrop::ops::duplicates::Likeness;
use needledrop::time::Ticks;
use tempfile::TempDir;

use super::ask;
use super::support::Stand;

/// Half a minute of chords that change every half second, from `from` half seconds into the piece,
/// `gain` as loud as it goes. `seed` makes it another piece.
fn music(path: &Path, seed: usize, from: usize, n_halves: usize, gain: f32) {
    let rate = 44_100_usize;
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 44_100,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("it can be written");
    for half in from..from + n_halves {
        // Chords that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
        let mut dice = 0x9E37_79B9_u32.wrapping_mul((half * 31 + seed * 10_007 + 1) as u32);
        dice ^= dice << 13;
        dice ^= dice >> 17;
        dice ^= dice << 5;
        let root = (dice >> 8) as usize % 12;
        for n in 0..rate / 2 {
            let seconds = n as f32 / rate as f32;
            let partial = |step: usize, level: f32| {
                let hz = 220.0 * ((root + step) as f32 / 12.0).exp2();
                level * (std::f32::consts::TAU * hz * seconds).sin()
            };
            let sample = gain * (partial(0, 0.3) + partial(7, 0.2) + partial(4 + seed % 3, 0.15));
            writer
                .write_sample((sample * 20_000.0) as i16)
                .expect("it can be written");
        }
    }
    writer.finalize().expect("it can be written");
}

/// What writes a file at a place.
type Writes<'a> = &'a dyn Fn(&Path);

/// A show of its own with these files in its pool; the folder holds both.
fn pool_of(files: &[(&str, Writes<'_>)]) -> (Stand, TempDir) {
    let folder = TempDir::new().expect("there is room");
    let mut stand = Stand::with_show(&Show::new("Promise"));
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, make) in files {
        let path = folder.path().join(name);
        make(&path);
        paths.push(path);
    }
    ask(&mut stand, Action::Pool(PoolAction::Add(paths)));
    (stand, folder)
}

fn titled(stand: &Stand, title: &str) -> TrackId {
    let show = stand.app.show().expect("a show is open");
    let mut found = show.tracks().filter(|(_, track)| track.title == title);
    found.next().expect("it is in the pool").0
}

fn pool(action: PoolAction) -> Action {
    Action::Pool(action)
}

#[test]
fn the_same_recording_is_found_however_loud_and_versions_and_strangers_are_told_apart() {
    let (mut stand, _folder) = pool_of(&[
        ("Fern.wav", &|path| music(path, 1, 0, 80, 1.0)),
        ("Fern soft.wav", &|path| music(path, 1, 0, 80, 0.4)),
        ("Fern (30s).wav", &|path| music(path, 1, 20, 50, 1.0)),
        ("Halogen.wav", &|path| music(path, 4, 0, 80, 1.0)),
    ]);
    ask(&mut stand, pool(PoolAction::FindDuplicates));
    let review = stand
        .app
        .duplicate_review()
        .expect("there are some")
        .clone();
    assert_eq!(review.n_looked_at, 4);
    assert_eq!(review.groups.len(), 1, "{review:?}");
    let group = &review.groups[0];
    assert_eq!(group.main, titled(&stand, "Fern"));
    let likeness: Vec<_> = group.others.iter().map(|it| it.likeness).collect();
    assert_eq!(likeness, [Likeness::Encoding, Likeness::Version]);
    let later = group.others[1].later;
    assert!(
        (later + Ticks::from_secs(10)).abs() < Ticks::from_millis(300),
        "{later:?}"
    );
}

#[test]
fn nothing_changes_until_duplicates_are_settled_and_then_in_one_step() {
    let (mut stand, _folder) = pool_of(&[
        ("Fern.wav", &|path| music(path, 1, 0, 80, 1.0)),
        ("Fern soft.wav", &|path| music(path, 1, 0, 80, 0.4)),
    ]);
    let before = stand.app.show().cloned();
    ask(&mut stand, pool(PoolAction::FindDuplicates));
    let (main, other) = (titled(&stand, "Fern"), titled(&stand, "Fern soft"));
    ask(
        &mut stand,
        pool(PoolAction::DecideDuplicate(main, other, Fate::Merge)),
    );
    assert_eq!(stand.app.show().cloned(), before);
    ask(&mut stand, pool(PoolAction::SettleDuplicates(9)));
    assert!(stand.app.duplicate_review().is_none());
    let show = stand.app.show().expect("a show is open");
    assert_eq!(show.n_tracks(), 1);
    ask(&mut stand, Action::Undo);
    assert_eq!(stand.app.show().map(Show::n_tracks), Some(2));
}

#[test]
fn media_is_copied_beside_the_show_and_the_originals_stay() {
    let (mut stand, folder) = pool_of(&[
        ("Fern.wav", &|path| music(path, 1, 0, 4, 1.0)),
        ("Halogen.wav", &|path| music(path, 2, 0, 4, 1.0)),
    ]);
    let plan = stand.app.plan_collecting();
    assert_eq!((plan.files.len(), plan.n_there), (2, 0));
    let original = fs::read(folder.path().join("Fern.wav")).expect("it is there");
    ask(&mut stand, pool(PoolAction::CollectMedia));
    let fern = titled(&stand, "Fern");
    let show = stand.app.show().expect("a show is open");
    let media = show.track(fern).and_then(|track| track.media.clone());
    let media = media.expect("it has a file");
    assert_eq!(media.paths[0], "Media/Unknown artist/Fern.wav");
    let copy = stand.app.places().path(&media);
    assert!(copy.starts_with(&plan.folder), "{}", copy.display());
    assert_eq!(fs::read(copy).expect("it was copied"), original);
    assert!(folder.path().join("Fern.wav").is_file());
    let undo = stand.app.session().and_then(|it| it.undo_label());
    assert_eq!(undo, Some("collect 2 files"));
    // All of it lies there now.
    assert_eq!(stand.app.plan_collecting().n_there, 2);
}

#[test]
fn what_cannot_be_copied_is_told_of_and_the_rest_is_copied() {
    let (mut stand, folder) = pool_of(&[
        ("Fern.wav", &|path| music(path, 1, 0, 4, 1.0)),
        ("Halogen.wav", &|path| music(path, 2, 0, 4, 1.0)),
    ]);
    // It has the same length as before, and is another file all the same.
    let path = folder.path().join("Halogen.wav");
    music(&path, 3, 0, 4, 1.0);
    ask(&mut stand, pool(PoolAction::CollectMedia));
    let collected = stand.app.take_collected().expect("it was tried");
    assert_eq!(collected.copied.len(), 1);
    let failed: Vec<_> = collected
        .failed
        .iter()
        .map(|(title, _)| title.as_str())
        .collect();
    assert_eq!(failed, ["Halogen"]);
    let halogen = titled(&stand, "Halogen");
    let show = stand.app.show().expect("a show is open");
    let media = show.track(halogen).and_then(|track| track.media.as_ref());
    let kept = Path::new(&media.expect("it has a file").paths[0]).to_owned();
    assert_eq!(kept, path);
}
