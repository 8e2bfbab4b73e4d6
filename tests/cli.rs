//! The command line, from making a show to rendering a scene of it.

use std::f32::consts::TAU;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use clap::Parser;
use needledrop::cli;
use needledrop::media;
use needledrop::platform::Folders;
use serde_json::Value;
use tempfile::TempDir;

/// A folder to work in, and the command line in it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: TempDir::new().expect("there is room for a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Runs a command; gives what it printed, or what it said went wrong.
    fn run(&self, words: &[&str]) -> Result<String, String> {
        let all = std::iter::once("needledrop").chain(words.iter().copied());
        let arguments = cli::Arguments::try_parse_from(all).map_err(|error| error.to_string())?;
        let command = arguments.command.expect("a command was given");
        let folders = Folders::below(self.path("user"));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = cli::run(command, folders, &mut out, &mut err);
        let said = String::from_utf8(err).expect("what is said is text");
        match outcome {
            Ok(()) => Ok(String::from_utf8(out).expect("what is printed is text")),
            Err(error) => Err(format!("{error}\n{said}")),
        }
    }

    fn json(&self, words: &[&str]) -> Value {
        let printed = self.run(words).expect("it can be done");
        serde_json::from_str(&printed).expect("it prints JSON and nothing else")
    }

    fn new_show(&self) -> String {
        let show = self.text("Show.needledrop");
        self.json(&["new", &show, "--title", "Test", "--rate", "25", "--json"]);
        show
    }

    /// A show with one episode of a minute, one scene from 10 to 30 s, and one track.
    fn show_with_scene(&self) -> String {
        let show = self.new_show();
        self.json(&[
            "episode",
            "new",
            &show,
            "--number",
            "203",
            "--title",
            "Promise",
            "--rate",
            "25",
            "--start",
            "10:00:00:00",
            "--length",
            "00:01:00:00",
            "--json",
        ]);
        let csv = self.path("scenes.csv");
        fs::write(
            &csv,
            "scene,in,out,name\n12,10:00:10:00,10:00:30:00,INT. BEACH HUT\n",
        )
        .expect("it can be written");
        self.json(&[
            "episode",
            "import",
            &show,
            "--episode",
            "203",
            &csv.display().to_string(),
            "--json",
        ]);
        wave(&self.path("tone.wav"), 44_100, 40, 0.1);
        self.json(&["pool", "add", &show, &self.text("tone.wav"), "--json"]);
        show
    }
}

/// A WAV file with a tone of `secs` seconds.
fn wave(path: &Path, rate: u32, secs: u32, level: f32) {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("it can be written");
    for n in 0..rate * secs {
        let sample = (n as f32 * 441.0 / rate as f32 * TAU).sin() * level;
        for _ in 0..2 {
            writer
                .write_sample((sample * 32_767.0) as i16)
                .expect("it can be written");
        }
    }
    writer.finalize().expect("it can be written");
}

#[test]
fn a_file_that_is_there_is_never_replaced_by_a_new_show() {
    let desk = Desk::new();
    let show = desk.new_show();
    let again = desk.run(&["new", &show, "--title", "Other"]);
    assert!(again.is_err_and(|said| said.contains("there is a file already")));
}

#[test]
fn probing_tells_the_exact_length_in_samples() {
    let desk = Desk::new();
    wave(&desk.path("a.wav"), 48_000, 3, 0.5);
    let rows = desk.json(&["probe", &desk.text("a.wav"), "--json"]);
    let row = &rows[0];
    assert_eq!(row["ok"], true);
    assert_eq!(row["frames"], 144_000);
    assert_eq!(row["sample_rate"], 48_000);
    assert_eq!(row["seconds"], 3.0);
    assert_eq!(row["exact"], true);
    assert_eq!(row["channels"], 2);
    assert_eq!(row["trimmed_start"], 0);
    assert_eq!(row["title"], "a");
}

#[test]
fn a_file_that_is_no_sound_is_an_error_of_its_own_and_fails_the_command() {
    let desk = Desk::new();
    wave(&desk.path("a.wav"), 48_000, 1, 0.5);
    fs::write(desk.path("b.wav"), b"no sound at all").expect("it can be written");
    let said = desk.run(&["probe", &desk.text("a.wav"), &desk.text("b.wav"), "--json"]);
    assert!(said.is_err());
}

/// A WAV file with a click at every beat.
fn clicks(path: &Path, bpm: u32, secs: u32) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 44_100,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("it can be written");
    for n in 0..44_100 * secs {
        let since = n % (44_100 * 60 / bpm);
        let secs = since as f32 / 44_100.0;
        let sample = (-secs * 300.0).exp() * (secs * 1_500.0 * TAU).sin() * 0.5;
        writer
            .write_sample((sample * 32_767.0) as i16)
            .expect("it can be written");
    }
    writer.finalize().expect("it can be written");
}

#[test]
fn analyzing_tells_loudness_tempo_key_and_form() {
    let desk = Desk::new();
    clicks(&desk.path("clicks.wav"), 105, 12);
    let rows = desk.json(&["analyze", &desk.text("clicks.wav"), "--json"]);
    let row = &rows[0];
    assert_eq!(row["ok"], true);
    assert_eq!(row["error"], Value::Null);
    assert_eq!(row["frames"], 529_200);
    assert!(row["lufs"].as_f64().is_some_and(|lufs| lufs < -15.0));
    assert!(
        row["true_peak_dbtp"]
            .as_f64()
            .is_some_and(|peak| peak < 0.0)
    );
    for name in ["lra", "first_sound", "last_sound", "bpm_confidence"] {
        assert!(row[name].is_f64(), "{name}: {row}");
    }
    let bpm = row["bpm"].as_f64().expect("clicks have a tempo");
    assert!((bpm - 105.0).abs() < 0.5, "{bpm}");
    assert_eq!(row["bpm_source"], "estimate");
    let beats = row["beats"].as_array().expect("clicks are beats");
    assert!((19..=22).contains(&beats.len()), "{beats:?}");
    assert!(row["downbeats"].is_array() && row["sections"].is_array());
    for name in ["key", "key_confidence", "vocal"] {
        assert!(row.get(name).is_some(), "{name} is told, if only as null");
    }
}

#[test]
fn what_cannot_be_analyzed_is_an_error_of_its_own_and_fails_the_command_in_part() {
    let desk = Desk::new();
    fs::write(desk.path("b.wav"), b"no sound at all").expect("it can be written");
    let (good, bad) = (desk.text("a.wav"), desk.text("b.wav"));
    wave(&desk.path("a.wav"), 48_000, 1, 0.5);
    let words = ["needledrop", "analyze", &bad, &good, "--json"];
    let arguments = cli::Arguments::try_parse_from(words).expect("it is a command");
    let command = arguments.command.expect("a command was given");
    let mut out = Vec::new();
    let folders = Folders::below(desk.path("user"));
    let outcome = cli::run(command, folders, &mut out, &mut Vec::new());
    assert!(matches!(outcome, Err(cli::Failure::InPart)));
    let rows: Value = serde_json::from_slice(&out).expect("it prints JSON");
    assert_eq!(rows[0]["path"], bad.as_str());
    assert_eq!(rows[0]["ok"], false);
    assert!(rows[0]["error"].is_string());
    assert_eq!(rows[1]["ok"], true);
    assert_eq!(rows[1]["frames"], 48_000);
}

#[test]
fn silence_has_no_tempo_and_no_key() {
    let desk = Desk::new();
    wave(&desk.path("a.wav"), 48_000, 5, 0.0);
    let rows = desk.json(&["analyze", &desk.text("a.wav"), "--json"]);
    for name in ["lufs", "first_sound", "bpm", "beats", "key", "sections"] {
        assert_eq!(rows[0][name], Value::Null, "{name}");
    }
}

#[test]
fn a_pool_is_measured_once_and_every_track_is_told_on_a_line() {
    let desk = Desk::new();
    let show = desk.new_show();
    wave(&desk.path("good.wav"), 44_100, 4, 0.5);
    wave(&desk.path("bad.wav"), 44_100, 3, 0.5);
    let (good, bad) = (desk.text("good.wav"), desk.text("bad.wav"));
    desk.json(&["pool", "add", &show, &good, &bad, "--json"]);
    let summary = desk.run(&["analyze", &show]).expect("it can be read");
    assert!(summary.contains("0 measured, 2 were before"), "{summary}");
    let lines = desk
        .run(&["analyze", &show, "--json"])
        .expect("it can be read");
    let rows: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(rows.len(), 2);
    for row in &rows {
        assert_eq!(row["ok"], true);
        assert_eq!(row["is_new"], false);
        assert!(row["lufs"].is_f64(), "{row}");
    }
}

#[test]
fn steady_tones_are_surely_not_sung_and_are_measured_by_as_many_threads_as_one_likes() {
    let desk = Desk::new();
    wave(&desk.path("a.wav"), 44_100, 12, 0.5);
    let file = desk.text("a.wav");
    let rows = desk.json(&["analyze", &file, &file, "--jobs", "1", "--json"]);
    assert_eq!(rows.as_array().map(Vec::len), Some(2));
    let vocal = &rows[0]["vocal"];
    assert_eq!(vocal["share"], 0.0, "{vocal}");
    assert_eq!(vocal["stretches"], Value::Array(Vec::new()));
    assert!(vocal["confidence"].as_f64() >= Some(0.5), "{vocal}");
    let none = desk.run(&["analyze", &file, "--jobs", "0"]);
    none.expect_err("nothing would be done");
}

#[test]
fn shows_and_sound_files_are_not_analyzed_together() {
    let desk = Desk::new();
    let show = desk.new_show();
    wave(&desk.path("a.wav"), 44_100, 1, 0.5);
    let both = desk.run(&["analyze", &show, &desk.text("a.wav")]);
    both.expect_err("they are told apart");
}

#[test]
fn tracks_are_added_with_who_and_why_and_listed() {
    let desk = Desk::new();
    let show = desk.new_show();
    wave(&desk.path("tone.wav"), 44_100, 2, 0.5);
    let file = desk.text("tone.wav");
    desk.json(&[
        "pool", "add", &show, &file, "--by", "Ana", "--why", "the sea", "--json",
    ]);
    let rows = desk.json(&["pool", "list", &show, "--json"]);
    assert_eq!(rows[0]["title"], "tone");
    assert_eq!(rows[0]["added_by"], "Ana");
    assert_eq!(rows[0]["why"], "the sea");
    assert_eq!(rows[0]["state"], "suggested");
    assert_eq!(rows[0]["seconds"], 2.0);
    assert_eq!(rows[0]["path"], file.as_str());
}

#[test]
fn the_same_recording_is_added_once() {
    let desk = Desk::new();
    let show = desk.new_show();
    wave(&desk.path("one.wav"), 44_100, 1, 0.5);
    fs::copy(desk.path("one.wav"), desk.path("two.wav")).expect("it can be copied");
    let (one, two) = (desk.text("one.wav"), desk.text("two.wav"));
    let added = desk.json(&["pool", "add", &show, &one, &two, "--json"]);
    assert_eq!(added["added"].as_array().map(Vec::len), Some(1));
    assert_eq!(added["known"][0]["path"], two.as_str());
    let again = desk.json(&["pool", "add", &show, &one, "--json"]);
    assert_eq!(again["added"].as_array().map(Vec::len), Some(0));
}

#[test]
fn what_cannot_be_read_is_listed_and_the_rest_is_added() {
    let desk = Desk::new();
    let show = desk.new_show();
    let folder = desk.path("music");
    fs::create_dir(&folder).expect("it can be made");
    wave(&folder.join("good.wav"), 44_100, 1, 0.5);
    fs::write(folder.join("empty.mp3"), b"").expect("it can be written");
    fs::write(folder.join("text.flac"), b"words").expect("it can be written");
    let said = desk.run(&["pool", "add", &show, &desk.text("music"), "--json"]);
    assert!(said.is_err(), "some of it could not be done");
    let rows = desk.json(&["pool", "list", &show, "--json"]);
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
}

#[test]
fn an_episode_is_listed_with_fractions_and_timecodes() {
    let desk = Desk::new();
    let show = desk.new_show();
    desk.json(&[
        "episode",
        "new",
        &show,
        "--number",
        "1",
        "--title",
        "Pilot",
        "--rate",
        "29.97df",
        "--start",
        "01:00:00;00",
        "--length",
        "00:10:00;00",
        "--json",
    ]);
    let episodes = desk.json(&["episode", "list", &show, "--json"]);
    let episode = &episodes[0];
    assert_eq!(episode["number"], "1");
    assert_eq!(episode["rate"], "30000/1001");
    assert_eq!(episode["drop"], true);
    assert_eq!(episode["start"], "01:00:00;00");
    assert_eq!(episode["length"], "00:10:00;00");
    for list in ["scenes", "markers", "slots"] {
        assert!(episode[list].is_array(), "{list}");
    }
}

#[test]
fn an_episode_without_a_rate_has_that_of_the_show() {
    let desk = Desk::new();
    let show = desk.text("Show.needledrop");
    desk.json(&["new", &show, "--title", "T", "--rate", "24", "--json"]);
    let made = desk.json(&[
        "episode",
        "new",
        &show,
        "--number",
        "1",
        "--length",
        "00:01:00:00",
        "--json",
    ]);
    assert_eq!(made["rate"], "24/1");
}

#[test]
fn a_timecode_that_cannot_be_is_refused_with_the_reason() {
    let desk = Desk::new();
    let show = desk.new_show();
    let said = desk.run(&[
        "episode",
        "new",
        &show,
        "--number",
        "1",
        "--rate",
        "25",
        "--length",
        "00:00:10:25",
    ]);
    assert!(said.is_err_and(|said| said.contains("00:00:10:25")));
}

#[test]
fn markers_are_imported_from_an_edl() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    let edl = desk.path("markers.edl");
    let text = "TITLE: X\nFCM: NON-DROP FRAME\n\
                001  A001 V C 01:00:00:00 01:00:20:00 10:00:10:00 10:00:30:00\n\
                * LOC: 10:00:15:12 RED     touch\n";
    fs::write(&edl, text).expect("it can be written");
    let file = edl.display().to_string();
    let episode = desk.json(&[
        "episode",
        "import",
        &show,
        "--episode",
        "203",
        &file,
        "--json",
    ]);
    assert_eq!(episode["markers"][0]["name"], "touch");
    assert_eq!(episode["markers"][0]["at"], "10:00:15:12");
    assert_eq!(episode["markers"][0]["color"], "red");
}

#[test]
fn importing_into_an_episode_that_is_not_there_says_so() {
    let desk = Desk::new();
    let show = desk.new_show();
    let said = desk.run(&["episode", "import", &show, "--episode", "9", "x.edl"]);
    assert!(said.is_err_and(|said| said.contains("no episode 9")));
}

#[test]
fn a_placed_track_is_the_pick_of_the_scenes_slot() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    let placed = desk.json(&[
        "place",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "--track",
        "tone",
        "--json",
    ]);
    let slot = &placed["slots"][0];
    assert_eq!(slot["in"], "10:00:10:00");
    assert_eq!(slot["out"], "10:00:30:00");
    assert_eq!(slot["scene"], placed["scenes"][0]["id"]);
    assert_eq!(slot["pick"], slot["alternates"][0]["id"]);
    assert_eq!(slot["alternates"][0]["at"], "10:00:10:00");
    assert_eq!(slot["alternates"][0]["source_in"], 0.0);
    let kept = desk.json(&["episode", "list", &show, "--json"]);
    assert_eq!(kept[0]["slots"], placed["slots"]);
}

#[test]
fn a_track_can_be_placed_at_a_timecode_of_the_scene() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    let placed = desk.json(&[
        "place",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "--track",
        "tone",
        "--at",
        "10:00:15:00",
        "--json",
    ]);
    assert_eq!(placed["slots"][0]["in"], "10:00:15:00");
    let outside = desk.run(&[
        "place",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "--track",
        "tone",
        "--at",
        "10:00:40:00",
    ]);
    assert!(outside.is_err_and(|said| said.contains("outside")));
}

#[test]
fn a_scene_is_rendered_as_long_as_it_is_with_music_from_its_first_sample() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    desk.json(&[
        "place",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "--track",
        "tone",
        "--json",
    ]);
    let file = desk.text("out.wav");
    let written = desk.json(&[
        "render",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "-o",
        &file,
        "--json",
    ]);
    assert_eq!(written["frames"], 20 * 48_000);
    let mut reader = hound::WavReader::open(&file).expect("it is a WAV file");
    assert_eq!(reader.spec().sample_rate, 48_000);
    assert_eq!(reader.spec().bits_per_sample, 24);
    assert_eq!(reader.duration(), 20 * 48_000);
    let samples: Vec<i32> = reader
        .samples::<i32>()
        .map(|sample| sample.expect("it can be read"))
        .collect();
    let loud = |sample: &i32| sample.abs() > 1 << 15;
    let first = samples.iter().position(loud).expect("there is music");
    assert!(first < 2 * 480, "{first}");
}

impl Desk {
    /// Renders the scene of `show_with_scene`, and reads what was written.
    fn rendered(&self, show: &str, options: &[&str]) -> (Value, Vec<[i32; 2]>) {
        let file = self.text("out.wav");
        let scene = ["render", show, "--episode", "203", "--scene", "12"];
        let output = ["-o", &file, "--json"];
        let said = self.json(&[&scene[..], options, &output[..]].concat());
        let mut reader = hound::WavReader::open(&file).expect("it is a WAV file");
        let samples: Vec<i32> = reader
            .samples()
            .map(|sample| sample.expect("it can be read"))
            .collect();
        let frames = samples.chunks_exact(2).map(|frame| [frame[0], frame[1]]);
        (said, frames.collect())
    }

    fn placed(&self, show: &str) {
        let scene = ["place", show, "--episode", "203", "--scene", "12"];
        self.json(&[&scene[..], &["--track", "tone", "--json"]].concat());
    }
}

fn loudest(frames: &[[i32; 2]]) -> i32 {
    let levels = frames.as_flattened().iter().map(|sample| sample.abs());
    levels.max().unwrap_or(0)
}

#[test]
fn music_that_runs_to_the_scenes_edge_goes_on_into_the_handle() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    desk.placed(&show);
    let (said, frames) = desk.rendered(&show, &["--handles", "2s"]);
    assert_eq!(frames.len(), 24 * 48_000);
    // 10:00:10:00 less two seconds, at 48 kHz.
    assert_eq!(said["time_reference"], (10 * 3600 + 8) * 48_000);
    assert_eq!(loudest(&frames[..2 * 47_000]), 0, "the track begins there");
    assert!(loudest(&frames[22 * 48_000 + 4_800..]) > 1 << 16);
}

#[test]
fn a_slot_is_rendered_by_itself_with_the_music_around_it_as_handles() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    desk.placed(&show);
    let (said, frames) = desk.rendered(&show, &["--slot", "--handles", "1s"]);
    // The slot is as long as its scene.
    assert_eq!(frames.len(), 22 * 48_000);
    assert_eq!(said["time_reference"], (10 * 3600 + 9) * 48_000);
    assert!(loudest(&frames[21 * 48_000 + 4_800..]) > 1 << 16);
}

#[test]
fn what_is_rendered_says_at_which_timecode_it_begins() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    desk.placed(&show);
    desk.rendered(&show, &[]);
    let probed = media::probe(&desk.path("out.wav")).expect("it can be read");
    let origin = probed.broadcast.expect("it says where it comes from");
    assert_eq!(origin.time_reference.get(), (10 * 3600 + 10) * 48_000);
    assert_eq!(origin.description, "203 Promise, 12 INT. BEACH HUT");
}

#[test]
fn split_puts_the_music_on_the_right_alone() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    desk.placed(&show);
    let (_, frames) = desk.rendered(&show, &["--split"]);
    assert!(frames.iter().all(|[left, _]| *left == 0), "no guide");
    assert!(frames.iter().any(|[_, right]| *right != 0));
}

#[test]
fn with_levelling_off_a_loud_track_stays_loud() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    wave(&desk.path("loud.wav"), 48_000, 30, 0.5);
    desk.json(&["pool", "add", &show, &desk.text("loud.wav"), "--json"]);
    let scene = ["place", &show, "--episode", "203", "--scene", "12"];
    desk.json(&[&scene[..], &["--track", "loud", "--json"]].concat());
    let levelled = loudest(&desk.rendered(&show, &[]).1);
    let left_alone = loudest(&desk.rendered(&show, &["--level", "off"]).1);
    assert!(levelled < 1 << 21, "{levelled}");
    assert!((left_alone - (1 << 22)).abs() < 1 << 10, "{left_alone}");
}

#[test]
fn an_alternate_that_is_not_there_cannot_be_rendered() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    let file = desk.text("out.wav");
    let said = desk.run(&[
        "render",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "--alternate",
        "3",
        "-o",
        &file,
    ]);
    assert!(said.is_err_and(|said| said.contains("no alternate 3")));
    assert!(!desk.path("out.wav").exists());
}

#[test]
fn two_copies_changed_apart_merge_into_one_that_has_both_changes() {
    let desk = Desk::new();
    let show = desk.new_show();
    let copy = desk.text("Copy.needledrop");
    fs::copy(&show, &copy).expect("it can be copied");
    wave(&desk.path("a.wav"), 44_100, 1, 0.5);
    wave(&desk.path("b.wav"), 48_000, 1, 0.5);
    desk.json(&["pool", "add", &show, &desk.text("a.wav"), "--json"]);
    desk.json(&["pool", "add", &copy, &desk.text("b.wav"), "--json"]);
    let merged = desk.text("Merged.needledrop");
    desk.json(&["merge", &show, &copy, "-o", &merged, "--json"]);
    let rows = desk.json(&["pool", "list", &merged, "--json"]);
    let mut titles: Vec<&str> = rows
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|row| row["title"].as_str())
        .collect();
    titles.sort_unstable();
    assert_eq!(titles, ["a", "b"]);
}

#[test]
fn the_whole_show_is_printed_as_json() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    let json = desk.json(&["show", &show]);
    assert_eq!(json["title"], "Test");
    assert_eq!(json["tracks"][0]["media"]["sample_rate"], 44_100);
    assert!(json["tracks"][0]["lufs"].is_number());
    assert_eq!(json["episodes"][0]["cuts"][0]["scenes"][0]["number"], "12");
}

#[test]
fn tracks_can_be_added_without_waiting_until_they_are_measured() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    wave(&desk.path("later.wav"), 48_000, 1, 0.5);
    let later = desk.text("later.wav");
    desk.json(&["pool", "add", &show, &later, "--no-measure", "--json"]);
    let json = desk.json(&["show", &show]);
    let tracks = json["tracks"].as_array().expect("they are listed");
    let later = tracks.iter().find(|track| track["title"] == "later");
    assert!(later.expect("it was added")["lufs"].is_null());
}

#[test]
fn a_show_that_is_not_there_is_named_in_the_error() {
    let desk = Desk::new();
    let missing = desk.text("Missing.needledrop");
    let said = desk.run(&["pool", "list", &missing]);
    assert!(said.is_err_and(|said| said.contains("Missing.needledrop")));
}

#[test]
fn tracks_are_searched_for_as_in_the_window() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    desk.placed(&show);
    let found = |query: &str| {
        let said = desk.json(&["search", &show, query, "--json"]);
        said.as_array().map(Vec::len)
    };
    assert_eq!(found("tone is:used"), Some(1));
    assert_eq!(found("-tone"), Some(0));
    assert_eq!(found("length:<0:01"), Some(0));
}

#[test]
fn a_file_that_moved_and_was_renamed_is_found_again_by_its_content() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    fs::create_dir_all(desk.path("elsewhere/deep")).expect("there is room");
    fs::rename(
        desk.path("tone.wav"),
        desk.path("elsewhere/deep/Renamed.wav"),
    )
    .expect("the show has it");
    let folder = desk.text("elsewhere");
    let looked = desk.json(&["pool", "relink", &show, &folder, "--json"]);
    assert_eq!(
        (&looked["missing"], &looked["found"]),
        (&1.into(), &1.into())
    );
    // Looking changes nothing.
    let again = desk.json(&["pool", "relink", &show, &folder, "--apply", "--json"]);
    assert_eq!(again["found"], 1);
    let after = desk.json(&["pool", "relink", &show, &folder, "--json"]);
    assert_eq!(after["missing"], 0);
}

#[test]
fn another_file_of_the_same_name_is_told_of_and_not_taken() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    fs::remove_file(desk.path("tone.wav")).expect("the show has it");
    fs::create_dir_all(desk.path("elsewhere")).expect("there is room");
    wave(&desk.path("elsewhere/TONE.wav"), 48_000, 3, 0.2);
    let folder = desk.text("elsewhere");
    let looked = desk.json(&["pool", "relink", &show, &folder, "--apply", "--json"]);
    assert_eq!(looked["found"], 0);
    assert_eq!(looked["files"][0]["fate"], "another file of that name");
}

/// A show beside a folder with three sounds, and a playlist of them and of two that are missing.
fn show_with_playlist(desk: &Desk) -> (String, String) {
    let show = desk.new_show();
    let music = desk.path("Music");
    fs::create_dir(&music).expect("it can be made");
    for (name, secs, level) in [("Fern.wav", 1, 0.1), ("Caf\u{e9}.wav", 2, 0.2)] {
        wave(&music.join(name), 44_100, secs, level);
    }
    let list = desk.path("beach.m3u8");
    let text = "#EXTM3U\n#EXTINF:2,Kite Parade - Coffee\n# under the titles\n\
                D:\\Sound\\MUSIC\\Cafe\u{301}.wav\n#EXTINF:178,Ada Holm - Halogen\n\
                # the long one\nMusic/Halogen.mp3\n#EXTINF:1,Fern\nMusic/Fern.wav\n\
                #EXTVLCOPT:volume=3\n#EXTINF:-1,\nhttp://example.com/stream\n";
    fs::write(&list, text).expect("it can be written");
    (show, list.display().to_string())
}

fn texts<'v>(rows: &'v Value, key: &str) -> Vec<&'v str> {
    let rows = rows.as_array().expect("they are rows").iter();
    rows.map(|row| row[key].as_str().unwrap_or_default())
        .collect()
}

#[test]
fn a_playlist_is_added_in_its_order_and_what_has_no_file_is_a_wish() {
    let desk = Desk::new();
    let (show, list) = show_with_playlist(&desk);
    let added = desk.json(&["pool", "add", &show, &list, "--why", "beach", "--json"]);
    assert_eq!(added["added"].as_array().map(Vec::len), Some(2));
    assert_eq!(texts(&added["wishes"], "title"), ["Halogen", "stream"]);
    let said = added["lists"][0]["not_understood"][0].as_str();
    assert!(
        said.is_some_and(|said| said.starts_with("line 10:")),
        "{said:?}"
    );
    let rows = desk.json(&["pool", "list", &show, "--json"]);
    assert_eq!(
        texts(&rows, "title"),
        ["Coffee", "Halogen", "Fern", "stream"]
    );
    assert_eq!(texts(&rows, "why"), ["beach"; 4]);
    assert_eq!(rows[1]["seconds"], 178.0);
    assert_eq!(rows[1]["path"], Value::Null);
    let whole = desk.json(&["show", &show, "--json"]);
    let tracks = whole["tracks"].as_array().expect("it has tracks");
    let notes = |title: &str| {
        let track = tracks.iter().find(|track| track["title"] == title);
        track.map(|track| track["notes"].clone())
    };
    assert_eq!(notes("Halogen"), Some("the long one".into()));
    assert_eq!(notes("Coffee"), Some("under the titles".into()));
    // Once more adds nothing.
    let again = desk.json(&["pool", "add", &show, &list, "--json"]);
    for nothing in ["added", "wishes", "fulfilled", "failed"] {
        assert_eq!(
            again[nothing].as_array().map(Vec::len),
            Some(0),
            "{nothing}"
        );
    }
    assert_eq!(texts(&again["named"], "title"), ["Halogen", "stream"]);
    assert_eq!(again["known"].as_array().map(Vec::len), Some(2));
}

#[test]
fn columns_of_a_table_are_said_by_number_by_heading_or_by_preset() {
    let desk = Desk::new();
    let show = desk.new_show();
    let table = desk.path("list.csv");
    fs::write(&table, "x;Fern;Ada Holm;slow\n").expect("it can be written");
    let table = table.display().to_string();
    let refused = desk.run(&["pool", "add", &show, &table, "--json"]);
    assert!(refused.is_err(), "{refused:?}");
    let said = "title=2,artist=3,why=4";
    let added = desk.json(&["pool", "add", &show, &table, "--columns", said, "--json"]);
    assert_eq!(texts(&added["wishes"], "title"), ["Fern"]);
    let rows = desk.json(&["pool", "list", &show, "--json"]);
    assert_eq!(texts(&rows, "why"), ["slow"]);
    let preset = ["--preset", "artist, title", "--json"];
    let added = desk.json(&[&["pool", "add", &show, &table], &preset[..]].concat());
    assert_eq!(texts(&added["wishes"], "title"), ["Fern"]);
}

#[test]
fn a_playlist_is_kept_as_a_list_where_that_is_asked_for() {
    let desk = Desk::new();
    let (show, list) = show_with_playlist(&desk);
    let added = desk.json(&["pool", "add", &show, &list, "--json"]);
    assert_eq!(added["kept"], serde_json::json!([]));
    // Everything it names is in the pool by now.
    let again = desk.json(&["pool", "add", &show, &list, "--keep-list", "--json"]);
    assert_eq!(again["kept"][0]["name"], "beach");
    let said = desk.run(&["pool", "add", &show, &list, "--keep-list"]);
    let said = said.expect("nothing went wrong");
    assert!(!said.contains("kept as"), "{said}");
}

#[test]
fn one_list_of_a_library_is_added_by_its_name() {
    let desk = Desk::new();
    let show = desk.new_show();
    let library = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/playlists/rekordbox.xml"
    );
    let lists = desk.json(&["pool", "add", &show, library, "--lists", "--json"]);
    assert_eq!(lists[0]["list"], "Show / Chase");
    assert_eq!(lists[0]["entries"], 2);
    let added = desk.json(&["pool", "add", &show, library, "--list", "Chase", "--json"]);
    assert_eq!(texts(&added["wishes"], "title"), ["HORN", "Halogen"]);
    let none = desk.run(&["pool", "add", &show, library, "--list", "Dusk", "--json"]);
    assert!(none.is_err(), "{none:?}");
}

#[test]
fn a_file_that_comes_later_fulfils_its_wish() {
    let desk = Desk::new();
    let show = desk.new_show();
    let list = desk.path("wishes.csv");
    let table = "Track Name,Artist Name(s),Track Duration (ms),ISRC,Comment\n\
                 Fern,,1200,GBAYE6900531,first\nFern,,300000,,second\n";
    fs::write(&list, table).expect("it can be written");
    let list = list.display().to_string();
    let wished = desk.json(&["pool", "add", &show, &list, "--json"]);
    assert_eq!(wished["wishes"].as_array().map(Vec::len), Some(2));
    wave(&desk.path("Fern.wav"), 44_100, 1, 0.1);
    let came = desk.json(&["pool", "add", &show, &desk.text("Fern.wav"), "--json"]);
    assert_eq!(came["added"].as_array().map(Vec::len), Some(0));
    assert_eq!(came["fulfilled"][0]["id"], wished["wishes"][0]["id"]);
    let whole = desk.json(&["show", &show, "--json"]);
    let tracks = whole["tracks"].as_array().expect("it has tracks");
    assert_eq!(tracks.len(), 2);
    let found = tracks.iter().find(|track| track["isrc"] == "GBAYE6900531");
    let found = found.expect("it kept its code");
    assert_eq!(found["notes"], "first");
    assert_eq!(found["seconds"], 1.0);
}

#[test]
fn what_is_exported_is_added_to_another_show_as_it_was() {
    let desk = Desk::new();
    let (show, list) = show_with_playlist(&desk);
    desk.json(&["pool", "add", &show, &list, "--json"]);
    for (format, n_tracks) in [("m3u8", 2), ("xspf", 4), ("csv", 4)] {
        let path = desk.text(&format!("out.{format}"));
        let written = desk.json(&[
            "pool", "export", &show, "--format", format, "-o", &path, "--json",
        ]);
        assert_eq!(written["tracks"], n_tracks, "{format}");
        assert_eq!(written["left_out"], 4 - n_tracks, "{format}");
        let other = desk.text(&format!("{format}.needledrop"));
        desk.json(&["new", &other, "--title", "Other", "--json"]);
        let added = desk.json(&["pool", "add", &other, &path, "--json"]);
        assert_eq!(added["added"].as_array().map(Vec::len), Some(2), "{format}");
        let rows = desk.json(&["pool", "list", &other, "--json"]);
        assert_eq!(rows.as_array().map(Vec::len), Some(n_tracks), "{format}");
        assert_eq!(rows[0]["title"], "Coffee", "{format}");
    }
    let path = desk.text("found.csv");
    let found = desk.json(&[
        "pool", "export", &show, "--format", "csv", "--query", "halo", "-o", &path, "--json",
    ]);
    assert_eq!(found["tracks"], 1);
    let text = fs::read_to_string(desk.path("found.csv")).expect("it was written");
    assert!(text.contains("Halogen,Ada Holm"), "{text}");
}

/// A show in a folder of its own, with files elsewhere: twice the same to the byte.
fn show_with_copies(desk: &Desk) -> String {
    let folder = desk.path("show");
    fs::create_dir(&folder).expect("it can be made");
    let show = desk.text("show/Show.needledrop");
    desk.json(&["new", &show, "--title", "Test", "--json"]);
    wave(&desk.path("Fern.wav"), 44_100, 2, 0.1);
    desk.json(&["pool", "add", &show, &desk.text("Fern.wav"), "--json"]);
    show
}

#[test]
fn a_pool_without_duplicates_says_that_it_was_looked_at() {
    let desk = Desk::new();
    let show = show_with_copies(&desk);
    let found = desk.json(&["pool", "duplicates", &show, "--json"]);
    assert_eq!(found["looked_at"], 1);
    assert_eq!(found["groups"], serde_json::json!([]));
    assert_eq!(found["unread"], serde_json::json!([]));
}

#[test]
fn media_is_collected_only_when_that_is_asked_for() {
    let desk = Desk::new();
    let show = show_with_copies(&desk);
    let planned = desk.json(&["pool", "collect", &show, "--json"]);
    let to = PathBuf::from(planned["files"][0]["to"].as_str().expect("it has a place"));
    assert!(
        to.ends_with("show/Media/Unknown artist/Fern.wav"),
        "{planned}"
    );
    assert!(!to.exists());
    let collected = desk.json(&["pool", "collect", &show, "--apply", "--json"]);
    assert_eq!(collected["files"].as_array().map(Vec::len), Some(1));
    assert!(to.is_file());
    let again = desk.json(&["pool", "collect", &show, "--json"]);
    assert_eq!((&again["there"], &again["bytes"]), (&1.into(), &0.into()));
    let shown = desk.json(&["show", &show, "--json"]);
    assert_eq!(
        shown["tracks"][0]["media"]["paths"][0],
        "Media/Unknown artist/Fern.wav"
    );
}

/// A locator of an edit decision list, two frames after ten hours.
const LOCATOR: &str =
    "TITLE: Promise\nFCM: NON-DROP FRAME\n\n* LOC: 10:00:00:02 RED     THE TOUCH\n";

#[test]
fn markers_are_told_with_their_frames_from_label_zero() {
    let desk = Desk::new();
    fs::write(desk.path("a.edl"), LOCATOR).expect("it can be written");
    let list = desk.json(&["markers", &desk.text("a.edl"), "--rate", "23.976", "--json"]);
    assert_eq!(list["rate"], "24000/1001");
    assert_eq!(list["drop"], false);
    let marker = &list["markers"][0];
    assert_eq!(marker["name"], "THE TOUCH");
    assert_eq!(marker["at"], "10:00:00:02");
    assert_eq!(marker["frame"], 10 * 3600 * 24 + 2);
    assert_eq!(marker["length_frames"], 0);
    assert_eq!(marker["color"], "red");
}

#[test]
fn markers_of_a_list_without_a_rate_are_not_guessed_at() {
    let desk = Desk::new();
    fs::write(desk.path("a.edl"), LOCATOR).expect("it can be written");
    let said = desk.run(&["markers", &desk.text("a.edl")]);
    assert!(said.is_err_and(|said| said.contains("a.edl") && said.contains("rate")));
}

/// A show whose scene has a track in place.
fn show_with_music(desk: &Desk) -> String {
    let show = desk.show_with_scene();
    desk.json(&[
        "place",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "--track",
        "tone",
        "--json",
    ]);
    show
}

#[test]
fn export_writes_every_format_of_an_episode() {
    let desk = Desk::new();
    let show = show_with_music(&desk);
    for (format, name, sign) in [
        ("otio", "a.otio", "Timeline.1"),
        ("fcpxml", "a.fcpxml", "<fcpxml version=\"1.10\">"),
        ("xmeml", "a.xml", "<xmeml version=\"5\">"),
        ("edl", "a.edl", "* FROM CLIP NAME: tone"),
        ("resolve-markers", "r.edl", "TITLE:"),
        ("csv", "a.csv", "INT. BEACH HUT"),
        ("m3u8", "a.m3u8", "tone.wav"),
        ("xspf", "a.xspf", "tone.wav"),
    ] {
        let path = desk.text(name);
        let words = ["export", &show, "--episode", "203", "--format", format];
        let written = desk.json(&[&words[..], &["-o", &path, "--json"]].concat());
        assert_eq!(written["files"], serde_json::json!([path]), "{format}");
        let text = fs::read_to_string(&path).expect("it was written");
        assert!(text.contains(sign), "{format}: {text}");
    }
}

#[test]
fn an_exported_timeline_tells_music_scene_and_timecode_when_it_is_read() {
    let desk = Desk::new();
    let show = show_with_music(&desk);
    let path = desk.text("a.fcpxml");
    let words = ["export", &show, "--episode", "203", "--format", "fcpxml"];
    let version = ["--fcpxml-version", "1.13", "-o", &path, "--json"];
    let written = desk.json(&[&words[..], &version].concat());
    assert_eq!(written["music"], 1);
    let read = desk.json(&["markers", &path, "--json"]);
    assert_eq!(read["start"], "10:00:00:00");
    assert_eq!(read["events"][0]["at"], "10:00:10:00");
    assert_eq!(read["events"][0]["length_frames"], 20 * 25);
    assert_eq!(read["markers"][0]["name"], "12 INT. BEACH HUT");
}

#[test]
fn export_writes_scenes_where_markers_are_not_what_is_wanted() {
    let desk = Desk::new();
    let show = show_with_music(&desk);
    let path = desk.text("scenes.edl");
    let words = ["export", &show, "--episode", "203", "-o", &path, "--json"];
    let asked = ["--format", "resolve-markers", "--what", "scenes"];
    desk.json(&[&words[..], &asked].concat());
    let read = desk.json(&["markers", &path, "--rate", "25", "--json"]);
    assert_eq!(read["markers"][0]["at"], "10:00:10:00");
    assert_eq!(read["markers"][0]["length_frames"], 20 * 25);
}

#[test]
fn an_export_of_what_cannot_be_written_says_so() {
    let desk = Desk::new();
    let show = show_with_music(&desk);
    let nowhere = desk.text("no/such/folder/a.otio");
    for words in [
        ["--format", "otio", "-o", &nowhere, "--episode", "203"],
        ["--format", "otio", "-o", "a.otio", "--episode", "999"],
        ["--format", "fcpxml", "--fcpxml-version", "1.7", "-o", "a"],
    ] {
        let all = [&["export", &show][..], &words].concat();
        assert!(desk.run(&all).is_err(), "{words:?}");
    }
}

/// A show whose episode has the cut v3 of the demo, with a track on places of it.
fn show_with_demo_cut(desk: &Desk) -> String {
    let show = desk.new_show();
    let v3 = demo_cut("promise-203-v3.edl");
    let length = "00:04:42:00";
    let options = ["--rate", "25", "--start", "10:00:00:00", "--length", length];
    let new = [&["episode", "new", &show, "--number", "203"], &options[..]].concat();
    desk.run(&new).expect("it is new");
    let scenes = desk.path("scenes.csv");
    let table = "scene,in,out,name\n1,10:00:00:00,10:00:26:00,A\n7,10:01:02:00,10:01:28:00,B\n\
                 12,10:02:40:00,10:03:42:00,C\n13,10:03:42:00,10:04:14:00,D\n";
    fs::write(&scenes, table).expect("it can be written");
    for list in [v3, desk.text("scenes.csv")] {
        desk.run(&["episode", "import", &show, "--episode", "203", &list])
            .expect("it is read");
    }
    wave(&desk.path("tone.wav"), 44_100, 5, 0.1);
    desk.run(&["pool", "add", &show, &desk.text("tone.wav"), "--no-measure"])
        .expect("it is a sound file");
    for scene in ["1", "7", "12", "13"] {
        let place = ["place", &show, "--episode", "203", "--scene", scene];
        desk.run(&[&place[..], &["--track", "tone"]].concat())
            .expect("it can be placed");
    }
    show
}

fn demo_cut(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("assets/demo/cuts")
        .join(name)
        .display()
        .to_string()
}

#[test]
fn the_demos_new_cut_is_told_and_changes_nothing() {
    let desk = Desk::new();
    let show = show_with_demo_cut(&desk);
    let before = desk.json(&["show", &show, "--json"]);
    let v4 = demo_cut("promise-203-v4.edl");
    let told = desk.json(&["conform", &show, "--episode", "203", &v4, "--json"]);
    assert_eq!(told["applied"], false);
    assert_eq!(told["by"], "edits");
    let kinds = texts(&told["changes"], "kind");
    let frames = told["changes"].as_array().into_iter().flatten();
    let frames: Vec<i64> = frames.filter_map(|it| it["frames"].as_i64()).collect();
    // 10 moved before 9, which lost a shot and 55 frames; 12 split around the new 14; 7 gone.
    let expected = [
        ("kept", 0),
        ("removed", 650),
        ("moved", 50),
        ("removed", 225),
        ("moved", -175),
        ("trimmed tail", 55),
        ("reordered", -1_750),
        ("moved", -930),
        ("new", 450),
        ("moved", -480),
    ];
    let told_of: Vec<(&str, i64)> = kinds.into_iter().zip(frames).collect();
    assert_eq!(told_of, expected);
    let slots = &told["slots"];
    assert_eq!(
        texts(slots, "outcome"),
        ["follows", "lost its scene", "needs a look", "follows"]
    );
    assert_eq!(slots[3]["new"]["in"], "10:03:22:20");
    assert_eq!(slots[3]["new"]["out"], "10:03:54:20");
    assert_eq!(desk.json(&["show", &show, "--json"]), before);
}

#[test]
fn the_demos_new_cut_is_added_with_its_music_where_that_is_asked_for() {
    let desk = Desk::new();
    let show = show_with_demo_cut(&desk);
    let v4 = demo_cut("promise-203-v4.edl");
    let conform = [
        "conform",
        &show,
        "--episode",
        "203",
        &v4,
        "--apply",
        "--json",
    ];
    assert_eq!(desk.json(&conform)["applied"], true);
    let episodes = desk.json(&["episode", "list", &show, "--json"]);
    let episode = &episodes[0];
    assert_eq!(episode["slots"].as_array().map(Vec::len), Some(3));
    assert_eq!(texts(&episode["scenes"], "number"), ["1", "12", "13"]);
    // It has its edits: compared with itself, nothing has changed.
    let again = desk.json(&["conform", &show, "--episode", "203", &v4, "--json"]);
    assert_eq!(texts(&again["changes"], "kind"), ["kept"]);
    assert_eq!(texts(&again["slots"], "outcome"), ["follows"; 3]);
}

#[test]
fn the_cue_sheet_of_an_episode_holds_its_music_and_what_is_missing_is_told() {
    let desk = Desk::new();
    let show = desk.show_with_scene();
    desk.json(&[
        "place",
        &show,
        "--episode",
        "203",
        "--scene",
        "12",
        "--track",
        "tone",
        "--json",
    ]);
    let file = desk.text("cues.json");
    let done = desk.json(&[
        "export",
        &show,
        "--episode",
        "203",
        "--format",
        "cue-sheet.json",
        "-o",
        &file,
        "--json",
    ]);
    assert_eq!(done["music"], 1);
    let remarks = done["report"].as_array().expect("there is a report");
    assert!(
        remarks
            .iter()
            .any(|it| it.as_str().is_some_and(|it| it.contains("no writer")))
    );
    let sheet = fs::read_to_string(&file).expect("it was written");
    let sheet: Value = serde_json::from_str(&sheet).expect("it is JSON");
    assert_eq!(sheet["cues"][0]["title"], "tone");
    assert_eq!(sheet["cues"][0]["length"], "0:20");
    assert_eq!(
        sheet["cues"][0]["usage"], "",
        "nobody has said what it is used as"
    );
    let refused = desk.run(&[
        "export",
        &show,
        "--episode",
        "203",
        "--format",
        "cue-sheet.csv",
        "--template",
        "fr",
        "-o",
        &file,
    ]);
    assert!(refused.is_err_and(|said| said.contains("“fr”") && said.contains("uk")));
}
