//! The core, driven by actions: what is asked of the player, and what becomes of the show.

mod beats;
mod curating;
mod handing_over;
mod kept_lists;
mod measuring;
#[path = "../support/mod.rs"]
mod support;
mod transport;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use needledrop::app::Action;
use needledrop::app::App;
use needledrop::app::EpisodeAction;
use needledrop::app::FileAction;
use needledrop::app::Mix;
use needledrop::app::NewEpisode;
use needledrop::app::Nudge;
use needledrop::app::Passage;
use needledrop::app::PoolAction;
use needledrop::app::RenderChoice;
use needledrop::app::TableAsk;
use needledrop::app::TimelineAction;
use needledrop::app::TransportAction;
use needledrop::audio::Gain;
use needledrop::audio::Program;
use needledrop::interchange::playlist::ListFormat;
use needledrop::interchange::playlist::Meaning;
use needledrop::model::Cut;
use needledrop::model::sweep;
use needledrop::ops::place::Target;
use needledrop::ops::search::Query;
use needledrop::time::Frames;
use needledrop::time::SampleRate;
use needledrop::time::Ticks;
use needledrop::time::Timebase;
use support::Stand;
use support::player::Call;
use support::show::beach_show;
use support::show::track_id;
use tempfile::TempDir;

/// Asks, lets everything be taken in, and sees that the show is sound.
fn ask(stand: &mut Stand, action: Action) {
    stand.app.dispatch(action);
    stand.settle();
    if let Some(show) = stand.app.show() {
        assert_eq!(sweep(show), []);
    }
}

fn press(track: usize) -> Action {
    Action::Transport(TransportAction::Press(track_id(track)))
}

fn last_played(calls: Vec<Call>) -> (Program, Ticks) {
    let played = calls.into_iter().rev().find_map(|call| match call {
        Call::Play(program, from) => Some((program, from)),
        _ => None,
    });
    played.expect("something was played")
}

/// The one change of what plays, where nothing was played anew.
fn only_update(calls: Vec<Call>) -> Program {
    let mut updates = calls.into_iter().map(|call| match call {
        Call::Update(program) => program,
        other => panic!("{other:?}"),
    });
    let update = updates.next().expect("something was changed");
    assert_eq!(updates.next(), None);
    update
}

fn cut(app: &App) -> &Cut {
    app.open_cut().expect("a cut is open").2
}

/// A second of tone, as a WAV file.
fn wave(path: &Path, hz: f32) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("it can be written");
    for n in 0..48_000 {
        let sample = (n as f32 * hz * std::f32::consts::TAU / 48_000.0).sin();
        writer
            .write_sample((sample * 20_000.0) as i16)
            .expect("it can be written");
    }
    writer.finalize().expect("it can be written");
}

#[test]
fn with_no_scene_armed_a_track_is_played_by_itself() {
    let mut stand = Stand::with_show(&beach_show().0);
    ask(&mut stand, press(0));
    let (program, _) = last_played(stand.player.take());
    assert_eq!(program.parts.len(), 1);
    assert_eq!(program.parts[0].start, Ticks::ZERO);
}

#[test]
fn with_a_scene_armed_a_track_is_played_against_it_from_the_pre_roll() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let arm = TransportAction::Arm(Some(beach.pier));
    ask(&mut stand, Action::Transport(arm));
    ask(&mut stand, press(0));
    let (program, from) = last_played(stand.player.take());
    let scene = cut(&stand.app).scene(beach.pier).expect("it is there").span;
    assert_eq!(from, scene.start() - stand.app.settings().pre_roll());
    let music = program.parts.last().expect("there is music");
    assert_eq!(music.start, scene.start());
    assert_eq!(music.heard.start(), scene.start());
}

#[test]
fn a_track_tried_against_a_scene_stands_in_for_the_pick() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let n_before = {
        ask(
            &mut stand,
            Action::Transport(TransportAction::PlayScene(beach.hut)),
        );
        last_played(stand.player.take()).0.parts.len()
    };
    ask(&mut stand, press(11));
    let (program, _) = last_played(stand.player.take());
    assert_eq!(program.parts.len(), n_before);
}

#[test]
fn a_track_tried_in_place_changes_the_music_without_a_break_and_adds_nothing() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let play = TransportAction::PlayScene(beach.hut);
    ask(&mut stand, Action::Transport(play));
    let (picked, _) = last_played(stand.player.take());
    let before = stand.app.show().cloned();

    let try_it = Action::Transport(TransportAction::Try(track_id(11)));
    ask(&mut stand, try_it.clone());
    let tried = only_update(stand.player.take());
    assert_eq!(tried.parts.len(), picked.parts.len());
    assert_ne!(tried, picked);
    ask(&mut stand, try_it);
    assert_eq!(only_update(stand.player.take()), picked, "and back");
    assert_eq!(stand.app.show().cloned(), before);
}

#[test]
fn with_no_scene_armed_a_track_is_tried_against_the_one_under_the_playhead() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let scene = cut(&stand.app).scene(beach.hut).expect("it is there").span;
    let seek = TransportAction::Seek(scene.start());
    ask(&mut stand, Action::Transport(seek));
    ask(
        &mut stand,
        Action::Transport(TransportAction::Try(track_id(11))),
    );
    assert_eq!(stand.app.transport().armed(), Some(beach.hut));
    assert_eq!(stand.app.transport().trial(), Some(track_id(11)));
}

#[test]
fn going_through_the_alternates_of_a_slot_is_one_step_to_undo() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let arm = TransportAction::Arm(Some(beach.hut));
    ask(&mut stand, Action::Transport(arm));
    let before = stand.app.show().cloned();
    for number in [2, 1, 2] {
        let pick = TimelineAction::PickNumber(number);
        ask(&mut stand, Action::Timeline(pick));
    }
    assert_ne!(stand.app.show().cloned(), before);
    ask(&mut stand, Action::Undo);
    assert_eq!(stand.app.show().cloned(), before);
}

#[test]
fn with_levelling_off_music_plays_as_it_is() {
    let mut stand = Stand::with_show(&beach_show().0);
    ask(&mut stand, press(0));
    assert_ne!(
        last_played(stand.player.take()).0.parts[0].gain,
        Gain::UNITY
    );
    let mut settings = stand.app.settings().clone();
    settings.is_levelled = false;
    ask(&mut stand, Action::Settings(Box::new(settings)));
    let program = only_update(stand.player.take());
    assert_eq!(program.parts[0].gain, Gain::UNITY);
}

#[test]
fn what_is_changed_while_it_plays_is_heard_at_once() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    ask(
        &mut stand,
        Action::Transport(TransportAction::PlayScene(beach.hut)),
    );
    stand.player.take();
    ask(&mut stand, Action::Timeline(TimelineAction::PickNumber(2)));
    let calls = stand.player.take();
    assert!(calls.iter().any(|call| matches!(call, Call::Update(_))));
    assert!(!calls.iter().any(|call| matches!(call, Call::Play(..))));
}

#[test]
fn a_dropped_track_is_the_pick_of_a_new_slot_and_undo_takes_it_back() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let before = stand.app.show().cloned();
    let place = TimelineAction::Place(vec![track_id(0)], Target::Scene(beach.pier));
    ask(&mut stand, Action::Timeline(place));
    let slots = cut(&stand.app).slots();
    let slot = slots
        .iter()
        .find(|(_, slot)| slot.scene == Some(beach.pier));
    let picked = slot
        .and_then(|(_, slot)| slot.picked())
        .map(|(_, a)| a.track);
    assert_eq!(picked, Some(track_id(0)));
    ask(&mut stand, Action::Undo);
    assert_eq!(stand.app.show().cloned(), before);
}

#[test]
fn nudging_many_times_is_one_step_to_undo() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    ask(
        &mut stand,
        Action::Transport(TransportAction::Arm(Some(beach.hut))),
    );
    let before = stand.app.show().cloned();
    for _ in 0..10 {
        ask(
            &mut stand,
            Action::Timeline(TimelineAction::Nudge(Nudge::Frames(1))),
        );
    }
    assert_ne!(stand.app.show().cloned(), before);
    ask(&mut stand, Action::Undo);
    assert_eq!(stand.app.show().cloned(), before);
}

#[test]
fn a_track_that_is_placed_cannot_be_taken_out_of_the_pool() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let place = TimelineAction::Place(vec![track_id(3)], Target::Scene(beach.pier));
    ask(&mut stand, Action::Timeline(place));
    ask(
        &mut stand,
        Action::Pool(PoolAction::Remove(vec![track_id(3)])),
    );
    assert!(
        stand
            .app
            .show()
            .is_some_and(|show| show.track(track_id(3)).is_some())
    );
}

#[test]
fn an_import_is_one_step_to_undo_even_after_it_was_measured() {
    let folder = TempDir::new().expect("there is room for a folder");
    wave(&folder.path().join("a.wav"), 440.0);
    wave(&folder.path().join("b.wav"), 550.0);
    fs::copy(folder.path().join("a.wav"), folder.path().join("c.wav")).expect("it can be copied");
    fs::write(folder.path().join("d.wav"), b"").expect("it can be written");
    let mut stand = Stand::with_show(&beach_show().0);
    let n_before = stand
        .app
        .show()
        .map_or(0, needledrop::model::Show::n_tracks);
    ask(
        &mut stand,
        Action::Pool(PoolAction::Add(vec![folder.path().to_owned()])),
    );
    let summary = stand.app.last_import().cloned().expect("it has ended");
    assert_eq!(summary.added.len(), 2);
    assert_eq!(summary.known.len(), 1);
    assert_eq!(summary.failed.len(), 1);
    let show = stand.app.show().expect("it is open");
    let measured = show
        .track(summary.added[0].0)
        .map(|track| track.measured.clone());
    assert!(measured.is_some_and(|measured| measured.loudness.is_some()));
    ask(&mut stand, Action::Undo);
    let n_after = stand
        .app
        .show()
        .map_or(0, needledrop::model::Show::n_tracks);
    assert_eq!(n_after, n_before);
}

#[test]
fn files_dropped_on_a_scene_are_added_and_placed() {
    let (show, beach) = beach_show();
    let folder = TempDir::new().expect("there is room for a folder");
    let file = folder.path().join("new.wav");
    wave(&file, 440.0);
    let mut stand = Stand::with_show(&show);
    let drop = TimelineAction::PlaceFiles(vec![file], Target::Scene(beach.pier));
    ask(&mut stand, Action::Timeline(drop));
    let slots = cut(&stand.app).slots();
    assert!(
        slots
            .iter()
            .any(|(_, slot)| slot.scene == Some(beach.pier) && slot.pick.is_some())
    );
}

#[test]
fn a_list_imported_twice_changes_nothing_the_second_time() {
    let folder = TempDir::new().expect("there is room for a folder");
    let list = folder.path().join("markers.csv");
    fs::write(&list, "timecode,name\n10:00:05:00,knock\n").expect("it can be written");
    let mut stand = Stand::with_show(&beach_show().0);
    let new = NewEpisode {
        number: "204".to_owned(),
        title: "Next".to_owned(),
        timebase: Timebase::default(),
        start: Frames::new(10 * 3600 * 25),
        length: Frames::new(60 * 25),
    };
    ask(&mut stand, Action::Episode(EpisodeAction::New(new)));
    let import = Action::Episode(EpisodeAction::Import(list, None));
    ask(&mut stand, import.clone());
    assert_eq!(cut(&stand.app).markers().len(), 1);
    let before = stand.app.show().cloned();
    ask(&mut stand, import);
    assert_eq!(stand.app.show().cloned(), before);
}

#[test]
fn a_marker_is_set_at_the_playhead_and_waits_for_its_name() {
    let mut stand = Stand::with_show(&beach_show().0);
    let at = Ticks::from_secs(7);
    ask(&mut stand, Action::Transport(TransportAction::Seek(at)));
    ask(
        &mut stand,
        Action::Timeline(TimelineAction::AddMarker(None)),
    );
    let id = stand.app.marker_to_name().expect("it waits for its name");
    assert_eq!(cut(&stand.app).marker(id).map(|marker| marker.at), Some(at));
}

#[test]
fn the_pool_lists_what_the_words_begin() {
    let mut stand = Stand::with_show(&beach_show().0);
    let query = Query {
        text: "arger parad".to_owned(),
        ..Query::default()
    };
    ask(&mut stand, Action::Pool(PoolAction::Find(query)));
    assert_eq!(stand.app.pool().rows().as_ref(), [track_id(6)]);
}

#[test]
fn what_was_done_is_in_the_file_when_it_is_opened_again() {
    let folder = TempDir::new().expect("there is room for a folder");
    let path = folder.path().join("Mine.needledrop");
    let mut stand = Stand::empty();
    let new = FileAction::New {
        path: path.clone(),
        title: "Mine".to_owned(),
        timebase: Timebase::default(),
    };
    ask(&mut stand, Action::File(new));
    ask(
        &mut stand,
        Action::File(FileAction::Rename("Ours".to_owned())),
    );
    stand.app.close().expect("it can be saved");
    let mut other = Stand::empty();
    ask(&mut other, Action::File(FileAction::Open(path)));
    assert_eq!(
        other.app.show().map(|show| show.title.as_str()),
        Some("Ours")
    );
}

#[test]
fn a_scene_is_exported_in_the_background_and_that_is_said() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let folder = TempDir::new().expect("there is room for a folder");
    let file = folder.path().join("hut");
    let choice = RenderChoice {
        mix: Mix::Split,
        ..RenderChoice::default()
    };
    let export = EpisodeAction::Export(Passage::Scene(beach.hut), choice, file.clone());
    ask(&mut stand, Action::Episode(export));
    let written = hound::WavReader::open(file.with_extension("wav")).expect("it was written");
    let scene = cut(&stand.app).scene(beach.hut).expect("it is there").span;
    let length = SampleRate::HZ_48000.nearest_samples(scene.length());
    assert_eq!(i64::from(written.duration()), length.get());
    let notices = stand.app.notices();
    assert!(
        notices
            .iter()
            .any(|notice| notice.sentence.contains("hut.wav"))
    );
}

#[test]
fn a_guide_lies_where_its_timecode_says_and_can_be_moved() {
    let (show, beach) = beach_show();
    let mut stand = Stand::with_show(&show);
    let folder = TempDir::new().expect("there is room for a folder");
    let file = folder.path().join("hut.wav");
    let choice = RenderChoice::default();
    let export = EpisodeAction::Export(Passage::Scene(beach.hut), choice, file.clone());
    ask(&mut stand, Action::Episode(export));
    let set = EpisodeAction::SetGuide(file);
    ask(&mut stand, Action::Episode(set));
    let offset = |stand: &Stand| cut(&stand.app).guide.as_ref().map(|guide| guide.offset);
    let scene = cut(&stand.app).scene(beach.hut).expect("it is there").span;
    assert_eq!(offset(&stand), Some(scene.start()));

    let later = scene.start() + Ticks::from_secs(1);
    let shift = EpisodeAction::MoveGuide(later);
    ask(&mut stand, Action::Episode(shift));
    assert_eq!(offset(&stand), Some(later));
    ask(&mut stand, Action::Undo);
    assert_eq!(offset(&stand), Some(scene.start()));
}

#[test]
fn pressing_a_track_lets_the_music_in_again_after_the_guide_was_alone() {
    let (show, _) = beach_show();
    let mut stand = Stand::with_show(&show);
    let alone = Action::Transport(TransportAction::ToggleGuideAlone);
    ask(&mut stand, alone);
    assert!(stand.app.transport().is_guide_alone());
    ask(&mut stand, press(0));
    assert!(!stand.app.transport().is_guide_alone());
}

#[test]
fn a_playlist_is_one_step_and_keeps_its_order() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    wave(&folder.path().join("b.wav"), 440.0);
    wave(&folder.path().join("a.wav"), 880.0);
    let list = folder.path().join("beach.txt");
    // More than one batch of entries.
    let wishes: Vec<String> = (0..80)
        .map(|n| format!("#EXTINF:60,Nobody - Wish {n:02}\n{n}.mp3\n"))
        .collect();
    let wishes = wishes.concat();
    let text =
        format!("#EXTM3U\nb.wav\na.wav\n{wishes}#EXTINF:222,Ada Holm - Coastline\ngone.mp3\n");
    fs::write(&list, text).expect("it can be written");
    let n_before = stand.app.show().expect("it is open").tracks().count();
    ask(&mut stand, Action::Pool(PoolAction::Add(vec![list])));
    let summary = stand.app.last_import().expect("it has ended").clone();
    assert_eq!((summary.added.len(), summary.wishes.len()), (2, 80));
    // The pool has it already, by its name and length.
    assert_eq!(summary.named, [("Coastline".to_owned(), track_id(0))]);
    let show = stand.app.show().expect("it is open");
    let mut new: Vec<_> = show
        .tracks()
        .filter(|(id, _)| summary.wishes.contains(id) || summary.added.iter().any(|(a, _)| a == id))
        .map(|(_, track)| (track.added_at, track.title.clone()))
        .collect();
    new.sort();
    let titles: Vec<&str> = new.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(titles[..3], ["b", "a", "Wish 00"]);
    assert_eq!(titles[81], "Wish 79");
    ask(&mut stand, Action::Undo);
    let show = stand.app.show().expect("it is open");
    assert_eq!(show.tracks().count(), n_before);
}

#[test]
fn a_file_dropped_with_the_list_that_wishes_for_it_fulfils_the_wish() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let (list, elsewhere) = (folder.path().join("list.csv"), folder.path().join("x"));
    fs::create_dir(&elsewhere).expect("it can be made");
    fs::write(&list, "Title,Artist,Length\nTone,,0:01\n").expect("it can be written");
    let file = elsewhere.join("Tone.wav");
    wave(&file, 440.0);
    ask(
        &mut stand,
        Action::Pool(PoolAction::Add(vec![list, file.clone()])),
    );
    let summary = stand.app.last_import().expect("it has ended").clone();
    assert_eq!(summary.fulfilled, [(summary.wishes[0], file)]);
    assert_eq!(summary.added, []);
    let show = stand.app.show().expect("it is open");
    let track = show.track(summary.wishes[0]).expect("it is there");
    assert!(track.media.is_some());
    ask(&mut stand, Action::Undo);
    let show = stand.app.show().expect("it is open");
    assert_eq!(show.track(summary.wishes[0]), None);
}

#[test]
fn a_folder_that_is_added_again_reads_only_what_has_another_size() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let (kept, changed) = (folder.path().join("a.wav"), folder.path().join("b.wav"));
    wave(&kept, 440.0);
    wave(&changed, 880.0);
    let add = || Action::Pool(PoolAction::Add(vec![folder.path().to_owned()]));
    ask(&mut stand, add());
    assert_eq!(stand.app.last_import().map(|it| it.added.len()), Some(2));
    // Whoever read it now would find no sound.
    let size = fs::metadata(&kept).expect("it is there").len();
    let size = usize::try_from(size).expect("it is small");
    fs::write(&kept, vec![0; size]).expect("it can be written");
    fs::write(&changed, b"cut off").expect("it can be written");
    ask(&mut stand, add());
    let summary = stand.app.last_import().expect("it has ended");
    let known: Vec<_> = summary.known.iter().map(|(path, _)| path).collect();
    assert_eq!(known, [&kept]);
    assert_eq!(summary.failed.len(), 1);
}

/// A stand, and a table in a folder whose headings nobody knows.
fn stand_with_table() -> (Stand, TempDir, PathBuf) {
    let stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let table = folder.path().join("list.csv");
    let text = "Quoi;Qui;Combien\nTide;Kite Parade;3:45\nCoastline;Ada Holm;3:42\n;;9:99x\n";
    fs::write(&table, text).expect("it can be written");
    (stand, folder, table)
}

#[test]
fn a_table_that_nobody_knows_waits_to_be_looked_over() {
    let (mut stand, _folder, table) = stand_with_table();
    let n_before = stand.app.show().expect("it is open").tracks().count();
    ask(&mut stand, Action::Pool(PoolAction::Add(vec![table])));
    let review = stand.app.list_review().expect("it waits");
    let columns = &review.mapping.columns;
    assert_eq!(
        columns[..],
        [Meaning::Title, Meaning::Artist, Meaning::Length]
    );
    let tally = review.tally.as_ref().expect("it was counted");
    // Coastline is in the pool.
    assert_eq!((tally.n_new, tally.n_known, tally.n_wishes), (0, 1, 1));
    assert_eq!(tally.n_not_understood(), 2);
    let show = stand.app.show().expect("it is open");
    assert_eq!(show.tracks().count(), n_before);
    ask(&mut stand, Action::Pool(PoolAction::TakeList));
    let show = stand.app.show().expect("it is open");
    assert_eq!(show.tracks().count(), n_before + 1);
    assert!(stand.app.list_review().is_none());
}

#[test]
fn columns_that_are_said_to_mean_something_else_are_counted_anew() {
    let (mut stand, _folder, table) = stand_with_table();
    ask(&mut stand, Action::Pool(PoolAction::ReviewList(table)));
    let mapping = stand.app.list_review().expect("it waits").mapping.clone();
    let mapping = mapping.with(0, Meaning::Notes).with(1, Meaning::Title);
    let read = PoolAction::ReadTable(TableAsk::Mapping(mapping));
    ask(&mut stand, Action::Pool(read));
    let review = stand.app.list_review().expect("it waits");
    let tally = review.tally.as_ref().expect("it was counted");
    assert_eq!((tally.n_known, tally.n_wishes), (0, 2));
    ask(&mut stand, Action::Pool(PoolAction::LeaveList));
    assert!(stand.app.list_review().is_none());
}

#[test]
fn a_preset_is_kept_and_reads_the_next_table_of_its_kind() {
    let (mut stand, folder, table) = stand_with_table();
    ask(&mut stand, Action::Pool(PoolAction::ReviewList(table)));
    let mapping = stand.app.list_review().expect("it waits").mapping.clone();
    let read = PoolAction::ReadTable(TableAsk::Mapping(mapping.with(2, Meaning::Notes)));
    ask(&mut stand, Action::Pool(read));
    let keep = PoolAction::SavePreset("French".to_owned());
    ask(&mut stand, Action::Pool(keep));
    ask(&mut stand, Action::Pool(PoolAction::LeaveList));
    let other = folder.path().join("other.csv");
    fs::write(&other, "Combien,Quoi\nlong,Tide\n").expect("it can be written");
    ask(&mut stand, Action::Pool(PoolAction::ReviewList(other)));
    let preset = stand.app.settings().presets[0].clone();
    assert_eq!(preset.name, "French");
    let read = PoolAction::ReadTable(TableAsk::Preset(preset));
    ask(&mut stand, Action::Pool(read));
    let review = stand.app.list_review().expect("it waits");
    assert_eq!(review.mapping.columns, [Meaning::Notes, Meaning::Title]);
}

#[test]
fn of_a_library_only_the_lists_that_are_wanted_are_taken() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let library = folder.path().join("library.xml");
    let text = "<DJ_PLAYLISTS><COLLECTION><TRACK TrackID='1' Name='Tide'/>\
                <TRACK TrackID='2' Name='Neon'/></COLLECTION><PLAYLISTS>\
                <NODE Type='0' Name='ROOT'><NODE Type='1' Name='Beach'><TRACK Key='1'/></NODE>\
                <NODE Type='0' Name='Show'><NODE Type='1' Name='Night'><TRACK Key='2'/></NODE>\
                </NODE></NODE></PLAYLISTS></DJ_PLAYLISTS>";
    fs::write(&library, text).expect("it can be written");
    ask(&mut stand, Action::Pool(PoolAction::Add(vec![library])));
    let review = stand.app.list_review().expect("it waits");
    let tally = review.tally.as_ref().expect("it was counted");
    assert_eq!(tally.n_wishes, 2);
    let choose = PoolAction::ChooseLists(vec![0], false);
    ask(&mut stand, Action::Pool(choose));
    ask(&mut stand, Action::Pool(PoolAction::TakeList));
    let summary = stand.app.last_import().expect("it has ended");
    assert_eq!(summary.wishes.len(), 1);
    let show = stand.app.show().expect("it is open");
    let track = show.track(summary.wishes[0]).expect("it is there");
    assert_eq!(track.title, "Neon");
    // It is kept as a list too, and the other one is not.
    let names: Vec<&str> = show
        .lists()
        .iter()
        .map(|(_, it)| it.name.as_str())
        .collect();
    assert!(names.contains(&"Night") && !names.contains(&"Beach"));
}

#[test]
fn the_rows_that_the_pool_shows_are_written_as_a_list() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let path = folder.path().join("out.csv");
    let rows = stand.app.pool().rows().to_vec();
    let export = PoolAction::ExportList(rows.clone(), ListFormat::Csv, path.clone());
    ask(&mut stand, Action::Pool(export));
    let text = fs::read_to_string(&path).expect("it was written");
    assert_eq!(text.lines().count(), rows.len() + 1);
    let nowhere = folder.path().join("none/out.csv");
    let export = PoolAction::ExportList(rows, ListFormat::Csv, nowhere);
    ask(&mut stand, Action::Pool(export));
    let told = stand.app.notices().last().expect("it was told");
    assert_eq!(told.sentence, "out.csv was not written");
}
