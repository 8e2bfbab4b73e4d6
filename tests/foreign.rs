//! Sound that only ffmpeg reads: what it is asked for, what becomes of its answer, and what is said
//! where it is no help. A stand-in takes its place; where ffmpeg itself is installed, one test lets
//! it read a film.

mod support;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Instant;

use needledrop::app::Action;
use needledrop::app::App;
use needledrop::app::EpisodeAction;
use needledrop::app::Mix;
use needledrop::app::Passage;
use needledrop::app::PoolAction;
use needledrop::app::RenderChoice;
use needledrop::app::Rendered;
use needledrop::media::Ended;
use needledrop::media::ForeignSound;
use needledrop::media::Heard;
use needledrop::media::Helper;
use needledrop::media::HelperError;
use needledrop::media::Sound;
use needledrop::media::SoundFile;
use needledrop::media::StereoFrame;
use needledrop::media::Tool;
use needledrop::media::Tools;
use needledrop::media::open;
use needledrop::media::open_copy;
use needledrop::model::Media;
use needledrop::model::SceneId;
use needledrop::time::Samples;
use needledrop::time::Ticks;
use support::Stand;
use support::show::beach_show;
use tempfile::TempDir;

/// What the stand-in does.
#[derive(Clone, Copy, Debug)]
enum Does {
    /// Tells that it is AC-3 in so many channels, and makes a copy.
    Reads(u16),
    /// Writes half of the copy and breaks off, with these words.
    BreaksOff(&'static str),
    /// Runs until it is stopped.
    NeverEnds,
    /// Is not there.
    IsMissing,
}

struct StandIn {
    does: Mutex<Does>,
    asked: Mutex<Vec<(Tool, Vec<OsString>)>>,
}

impl StandIn {
    fn new(does: Does) -> Arc<Self> {
        Arc::new(Self {
            does: Mutex::new(does),
            asked: Mutex::default(),
        })
    }

    fn does(&self, does: Does) {
        *self.does.lock().expect("no test panics here") = does;
    }

    /// What each run of a program was told.
    fn asked(&self, tool: Tool) -> Vec<Vec<OsString>> {
        let asked = self.asked.lock().expect("no test panics here");
        let of_tool = asked.iter().filter(|(asked, _)| *asked == tool);
        of_tool.map(|(_, arguments)| arguments.clone()).collect()
    }

    fn helper(self: &Arc<Self>) -> Helper {
        let tools: Arc<dyn Tools> = Arc::clone(self) as Arc<dyn Tools>;
        Helper::of(tools)
    }
}

/// What ffprobe says of a film whose first picture comes after 1.44 seconds of its clock.
fn answer(channels: u16) -> String {
    format!(
        r#"{{ "streams": [
        {{ "codec_type": "video", "codec_name": "mpeg2video", "start_time": "1.440000" }},
        {{ "codec_type": "audio", "codec_name": "ac3", "sample_rate": "48000",
           "channels": {channels}, "start_time": "1.434667" }} ],
        "format": {{ "format_name": "mpegts", "duration": "8.0" }} }}"#
    )
}

/// The sound of every copy: 20 001 frames of mono at 44.1 kHz.
fn copied() -> Vec<u8> {
    fs::read(fixture()).expect("the fixture is there")
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media/flac.flac")
}

impl Tools for StandIn {
    fn run(
        &self,
        tool: Tool,
        arguments: &[OsString],
        hear: &mut dyn FnMut(Heard<'_>) -> ControlFlow<()>,
    ) -> Result<Ended, HelperError> {
        let mut asked = self.asked.lock().expect("no test panics here");
        asked.push((tool, arguments.to_vec()));
        drop(asked);
        let does = *self.does.lock().expect("no test panics here");
        let channels = match does {
            Does::IsMissing => {
                let how = "install it with “sudo apt install ffmpeg”".to_owned();
                return Err(HelperError::NotInstalled(how));
            }
            Does::NeverEnds => {
                while hear(Heard::Nothing).is_continue() {}
                return Ok(Ended::Stopped);
            }
            Does::Reads(channels) => channels,
            Does::BreaksOff(_) => 6,
        };
        if tool == Tool::Ffprobe {
            for line in answer(channels).lines() {
                assert!(hear(Heard::Result(line)).is_continue(), "nobody stops it");
            }
            return Ok(Ended::Well);
        }
        let copy = copied();
        let to = arguments.last().and_then(|to| to.to_str());
        let to = to.and_then(|to| to.strip_prefix("file:"));
        let to = to.expect("the last word is the file to write");
        if let Does::BreaksOff(words) = does {
            fs::write(to, &copy[..copy.len() / 2]).expect("there is room");
            assert!(hear(Heard::Remark(words)).is_continue(), "nobody stops it");
            return Ok(Ended::Badly);
        }
        fs::write(to, copy).expect("there is room");
        Ok(Ended::Well)
    }
}

fn on(_share: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// What the stand-in tells of a film with so many channels.
fn asked_about(stand_in: &Arc<StandIn>, film: &Path) -> ForeignSound {
    let sound = stand_in.helper().ask(film, &mut on);
    sound.expect("it says what it is")
}

/// What ffmpeg is told when it decodes `film`.
fn told(does: Does, film: &Path) -> Vec<OsString> {
    let stand_in = StandIn::new(does);
    let folder = TempDir::new().expect("there is room for a folder");
    let sound = asked_about(&stand_in, film);
    let to = folder.path().join("copy");
    let made = stand_in.helper().decode(film, &sound, &to, &mut on);
    made.expect("it can be read");
    let mut runs = stand_in.asked(Tool::Ffmpeg);
    runs.pop().expect("it was run")
}

fn after(words: &[OsString], word: &str) -> OsString {
    let at = words.iter().position(|it| it == word);
    let next = at.and_then(|at| words.get(at + 1)).cloned();
    next.unwrap_or_else(|| panic!("{word} is among {words:?}"))
}

#[test]
fn every_letter_of_a_name_stands_for_itself() {
    let name = "-concat:a|b%03d.mov";
    let words = told(Does::Reads(6), Path::new(name));
    assert_eq!(after(&words, "-i"), OsString::from(format!("file:{name}")));
}

#[test]
fn nothing_but_files_is_opened_for_a_film() {
    let words = told(Does::Reads(6), Path::new("a.mov"));
    let at = |word: &str| words.iter().position(|it| it == word);
    assert_eq!(after(&words, "-protocol_whitelist"), "file");
    assert!(at("-protocol_whitelist") < at("-i"), "{words:?}");
}

fn filters(does: Does) -> String {
    let words = told(does, Path::new("a.ts"));
    after(&words, "-af").into_string().expect("it is text")
}

#[test]
fn the_first_sample_of_a_copy_belongs_to_the_first_picture() {
    // 1.44 seconds at 48 kHz.
    let filters = filters(Does::Reads(6));
    assert!(filters.contains("first_pts=69120"), "{filters}");
}

#[test]
fn one_channel_stays_one_so_that_it_keeps_its_level() {
    let filters = filters(Does::Reads(1));
    assert!(filters.contains("channel_layouts=mono"), "{filters}");
}

fn all_of(mut sound: SoundFile) -> Vec<StereoFrame> {
    let mut all = Vec::new();
    let mut piece = [[0.0; 2]; 777];
    loop {
        let n = sound.read(&mut piece).expect("it is whole");
        if n == 0 {
            return all;
        }
        all.extend_from_slice(&piece[..n]);
    }
}

#[test]
fn a_copy_is_played_as_much_louder_as_it_was_made_softer() {
    let softer = all_of(open(&fixture()).expect("it opens"));
    let copy = all_of(open_copy(&fixture()).expect("it opens"));
    assert!(filters(Does::Reads(6)).contains("volume=0.25:"));
    let louder = softer.iter().map(|frame| frame.map(|sample| sample * 4.0));
    assert!(louder.eq(copy));
}

#[test]
fn a_refusal_is_told_in_the_words_of_ffmpeg() {
    let film = Path::new("films/a.mov");
    let stand_in = StandIn::new(Does::Reads(6));
    let sound = asked_about(&stand_in, film);
    let folder = TempDir::new().expect("there is room for a folder");
    let to = folder.path().join("copy");
    for words in [
        "[mov,mp4,m4a @ 0x55d0] moov atom not found",
        "file:films/a.mov: moov atom not found",
    ] {
        stand_in.does(Does::BreaksOff(words));
        let made = stand_in.helper().decode(film, &sound, &to, &mut on);
        let said = "moov atom not found".to_owned();
        assert_eq!(made, Err(HelperError::Refused(said)), "{words}");
    }
}

#[test]
fn whoever_calls_it_off_does_not_wait_for_the_end() {
    let stand_in = StandIn::new(Does::NeverEnds);
    let mut n_asked = 0;
    let asked = stand_in.helper().ask(Path::new("a.mov"), &mut |_| {
        n_asked += 1;
        if n_asked < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    assert_eq!(asked, Err(HelperError::Stopped));
}

/// A core with the beach show open, ffmpeg's stand-in, and a folder with films.
struct Room {
    app: App,
    stand_in: Arc<StandIn>,
    hut: SceneId,
    user: TempDir,
    films: TempDir,
}

impl Room {
    fn new(does: Does) -> Self {
        let (show, beach) = beach_show();
        let (mut app, _, user) = Stand::with_show(&show).into_parts();
        let stand_in = StandIn::new(does);
        app.set_helper(stand_in.helper());
        Self {
            app,
            stand_in,
            hut: beach.hut,
            user,
            films: TempDir::new().expect("there is room for a folder"),
        }
    }

    fn film(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.films.path().join(name);
        fs::write(&path, bytes).expect("there is room for a file");
        path
    }

    fn ask(&mut self, action: Action) {
        self.app.dispatch(action);
        for _ in 0..4 {
            self.app.tick(Instant::now());
        }
    }

    fn set_guide(&mut self, film: PathBuf) {
        self.ask(Action::Episode(EpisodeAction::SetGuide(film)));
    }

    /// A room in which a film is the guide of the hut's scene.
    fn with_guide() -> Self {
        let mut room = Self::new(Does::Reads(6));
        let film = room.film("a.ac3", AC_3);
        room.set_guide(film);
        let (_, _, cut) = room.app.open_cut().expect("a cut is open");
        let start = cut.scene(room.hut).expect("it is there").span.start();
        room.ask(Action::Episode(EpisodeAction::MoveGuide(start)));
        room
    }

    fn delete_cache(&self) {
        let cache = self.user.path().join("user/cache");
        fs::remove_dir_all(cache).expect("the cache is there");
    }

    fn guide(&self) -> Option<(&Media, Ticks)> {
        let (_, _, cut) = self.app.open_cut()?;
        let guide = cut.guide.as_ref()?;
        Some((&guide.media, guide.offset))
    }

    fn render_guide(&self) -> Rendered {
        let (at, _, _) = self.app.open_cut().expect("a cut is open");
        let choice = RenderChoice {
            mix: Mix::Guide,
            ..RenderChoice::default()
        };
        let to = self.user.path().join("hut.wav");
        let rendered = self.app.render(at, Passage::Scene(self.hut), choice, &to);
        rendered.expect("it can be written")
    }

    fn is_told(&self, words: &str) -> bool {
        let notices = self.app.notices().iter();
        let sentences =
            notices.flat_map(|notice| [&notice.sentence].into_iter().chain(&notice.details));
        sentences
            .into_iter()
            .any(|sentence| sentence.contains(words))
    }
}

/// What a bare stream of AC-3 begins with.
const AC_3: &[u8] = b"\x0b\x77 and so on";

#[test]
fn what_a_guide_is_said_to_be_is_what_the_film_holds() {
    let mut room = Room::new(Does::Reads(6));
    let film = room.film("a.ac3", AC_3);
    room.set_guide(film);
    let (media, _) = room.guide().expect("it is the guide");
    let found = (media.codec.as_str(), media.channels, media.length);
    assert_eq!(found, ("AC-3, read by ffmpeg", 6, Samples::new(20_001)));
}

fn atom(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("small");
    [&size.to_be_bytes()[..], name, content].concat()
}

/// A track of `kind` whose samples are described by `entry`.
fn track(kind: &[u8; 4], entry: &[u8]) -> Vec<u8> {
    let one = [0, 0, 0, 0, 0, 0, 0, 1];
    // Its first sample is the first in the file, behind the head of `mdat`.
    let places = [&one[..], &8_u32.to_be_bytes()].concat();
    let stbl = [
        atom(b"stsd", &[&one[..], entry].concat()),
        atom(b"stco", &places),
    ];
    let media = [
        atom(b"hdlr", &[&[0; 8][..], kind, &[0; 12]].concat()),
        atom(b"minf", &atom(b"stbl", &stbl.concat())),
    ];
    atom(b"trak", &atom(b"mdia", &media.concat()))
}

/// A film of AC-3 whose timecode begins with this frame of 25 a second.
fn film_with_timecode(frame: u32) -> Vec<u8> {
    let counts = [
        &[0; 16][..],
        &25_u32.to_be_bytes(),
        &1_u32.to_be_bytes(),
        &[25, 0],
    ];
    let moov = [
        track(b"soun", &atom(b"ac-3", &[0; 28])),
        track(b"tmcd", &atom(b"tmcd", &counts.concat())),
    ];
    [
        atom(b"mdat", &frame.to_be_bytes()),
        atom(b"moov", &moov.concat()),
    ]
    .concat()
}

#[test]
fn a_film_lies_by_its_timecode_though_its_sound_is_foreign() {
    let mut room = Room::new(Does::Reads(6));
    let (_, _, cut) = room.app.open_cut().expect("a cut is open");
    let frames = u32::try_from(cut.start.get() + 250).expect("within a day");
    let film = room.film("a.mov", &film_with_timecode(frames));
    room.set_guide(film);
    let offset = room.guide().map(|(_, offset)| offset);
    assert_eq!(offset, Some(Ticks::from_secs(10)));
}

#[test]
fn nothing_is_written_beside_a_film() {
    let mut room = Room::new(Does::Reads(6));
    let film = room.film("a.ac3", AC_3);
    room.set_guide(film.clone());
    let beside = fs::read_dir(room.films.path()).expect("it can be listed");
    let there: BTreeMap<PathBuf, Vec<u8>> = beside
        .map(|entry| entry.expect("it can be listed").path())
        .map(|path| (path.clone(), fs::read(&path).expect("it can be read")))
        .collect();
    assert_eq!(there, BTreeMap::from([(film, AC_3.to_vec())]));
}

#[test]
fn a_film_is_decoded_once_for_all_who_want_to_hear_it() {
    let room = Room::with_guide();
    assert_eq!(room.render_guide().missing, []);
    assert_eq!(room.stand_in.asked(Tool::Ffmpeg).len(), 1);
}

#[test]
fn a_copy_that_was_deleted_is_made_anew() {
    let room = Room::with_guide();
    room.delete_cache();
    assert_eq!(room.render_guide().missing, []);
    assert_eq!(room.stand_in.asked(Tool::Ffmpeg).len(), 2);
}

#[test]
fn a_copy_that_broke_off_is_not_taken_for_whole() {
    let mut room = Room::new(Does::BreaksOff("No space left on device"));
    let film = room.film("a.ac3", AC_3);
    room.set_guide(film.clone());
    assert!(room.is_told("No space left on device"));
    room.stand_in.does(Does::Reads(6));
    room.set_guide(film);
    let length = room.guide().map(|(media, _)| media.length);
    assert_eq!(length, Some(Samples::new(20_001)));
}

#[test]
fn who_chooses_a_film_without_ffmpeg_is_told_what_to_install() {
    let mut room = Room::new(Does::IsMissing);
    let film = room.film("a.ac3", AC_3);
    room.set_guide(film);
    let sentence = "a.ac3 cannot be the guide: AC-3 sound needs ffmpeg, which is not installed: \
        install it with “sudo apt install ffmpeg”";
    assert!(room.is_told(sentence), "{:?}", room.app.notices());
}

#[test]
fn a_guide_that_can_no_longer_be_read_is_missing_from_what_is_written() {
    let room = Room::with_guide();
    room.stand_in.does(Does::IsMissing);
    room.delete_cache();
    let missing = room.render_guide().missing;
    let why = missing.first().map(|(_, why)| why.as_str());
    assert!(
        why.is_some_and(|why| why.contains("needs ffmpeg")),
        "{why:?}"
    );
}

/// The bytes of a file whose AAC says that half of it is coded in another way.
fn he_aac() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media/edit-list.m4a");
    let mut bytes = fs::read(path).expect("the fixture is there");
    // ISO/IEC 14496-3, 1.6.2.1: the extension, without and with spectral bands.
    let at = bytes.windows(3).position(|it| it == [0x56, 0xe5, 0x00]);
    let at = at.expect("it says that there are none");
    bytes[at + 2] = 0x98;
    bytes
}

#[test]
fn he_aac_is_read_whole_where_ffmpeg_is_installed() {
    let mut room = Room::new(Does::Reads(2));
    let film = room.film("a.m4a", &he_aac());
    room.set_guide(film);
    let (media, _) = room.guide().expect("it is the guide");
    assert_eq!(media.codec, "AC-3, read by ffmpeg");
}

#[test]
fn he_aac_is_read_by_half_where_ffmpeg_is_not() {
    let mut room = Room::new(Does::IsMissing);
    let film = room.film("a.m4a", &he_aac());
    room.set_guide(film);
    let (media, _) = room.guide().expect("it is the guide");
    assert_eq!(media.codec, "HE-AAC");
}

#[test]
fn a_track_that_only_ffmpeg_reads_comes_into_the_pool() {
    let mut room = Room::new(Does::Reads(6));
    let film = room.film("a.ac3", AC_3);
    room.ask(Action::Pool(PoolAction::Add(vec![film])));
    let show = room.app.show().expect("it is open");
    let mut media = show.tracks().filter_map(|(_, track)| track.media.as_ref());
    assert!(media.any(|media| media.codec == "AC-3, read by ffmpeg"));
}

/// Runs the real ffmpeg; false where there is none.
fn ffmpeg(words: &[&str], to: &Path) -> bool {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]).args(words);
    command.arg(to).stdin(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#[test]
fn a_film_in_ac_3_is_in_time_with_the_same_film_in_pcm() {
    let folder = TempDir::new().expect("there is room for a folder");
    let (plain, film, copy) = (
        folder.path().join("plain.wav"),
        folder.path().join("-film.mov"),
        folder.path().join("copy"),
    );
    // Half a second of silence, then noise in all six channels.
    let noise = "anoisesrc=d=1:c=pink:r=48000:a=0.2:seed=7,adelay=500,aformat=sample_fmts=s16,\
        pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0";
    let source = ["-f", "lavfi", "-i", noise];
    if !ffmpeg(&source, &plain) {
        eprintln!("skipped: ffmpeg is not installed");
        return;
    }
    let picture = ["-f", "lavfi", "-i", "color=s=64x64:r=25:d=1.5"];
    let words = [&picture[..], &source, &["-c:a", "ac3", "-b:a", "640k"]].concat();
    assert!(ffmpeg(&words, &film), "ffmpeg writes AC-3");
    let helper = Helper::installed();
    let sound = helper.ask(&film, &mut on).expect("it is there");
    let made = helper.decode(&film, &sound, &copy, &mut on);
    made.expect("it reads what it wrote");
    let plain = all_of(open(&plain).expect("it opens"));
    let copy = all_of(open_copy(&copy).expect("it opens"));
    assert_eq!(best_shift(&plain, &copy), 0);
    let power = |frames: &[StereoFrame]| -> f32 {
        let heard = &frames[30_000..60_000];
        heard.iter().map(|[left, _]| left * left).sum()
    };
    let decibels = 10.0 * (power(&copy) / power(&plain)).log10();
    assert!(decibels.abs() < 0.2, "{decibels} dB");
}

/// By how many frames `b` is late, as far as can be told from some of the left side.
fn best_shift(a: &[StereoFrame], b: &[StereoFrame]) -> i64 {
    const FROM: usize = 30_000;
    const WINDOW: usize = 2_000;
    const MOST: usize = 700;
    let likeness = |at: &usize| -> f32 {
        let pairs = a[FROM..FROM + WINDOW].iter().zip(&b[*at..*at + WINDOW]);
        pairs.map(|([a, _], [b, _])| a * b).sum()
    };
    let best = (FROM - MOST..=FROM + MOST).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    best.map_or(i64::MAX, |at| at as i64 - FROM as i64)
}
