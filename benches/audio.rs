//! What it costs to hear something: from the request to the first frame that sounds, as far as
//! this program has a say in it. What the device adds is not in here.
//!
//! Sounds are made up, and real where there are some: the demo show's, or those in the folder that
//! the variable `NEEDLEDROP_BENCH_MEDIA` names.

use std::cell::RefCell;
use std::fmt;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use divan::Bencher;
use needledrop::audio::ByHand;
use needledrop::audio::Config;
use needledrop::audio::End;
use needledrop::audio::Group;
use needledrop::audio::OpenFailure;
use needledrop::audio::OpenSound;
use needledrop::audio::Part;
use needledrop::audio::PartId;
use needledrop::audio::Program;
use needledrop::audio::SoundKey;
use needledrop::media;
use needledrop::media::Sound;
use needledrop::media::SoundError;
use needledrop::media::StereoFrame;
use needledrop::time::SampleRate;
use needledrop::time::Samples;
use needledrop::time::Ticks;

fn main() {
    divan::main();
    // Not where it is only seen to that the benchmarks run.
    if std::env::args().any(|arg| arg == "--bench") {
        print_shares();
    }
}

const RATE: SampleRate = SampleRate::HZ_48000;

/// A sound to be played: a file, or one made up at a rate.
#[derive(Clone, Debug)]
struct Subject {
    key: SoundKey,
    /// Where in it playing begins: in its middle, where something sounds.
    place: Ticks,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.key.path().file_name().unwrap_or_default();
        write!(f, "{}", name.to_string_lossy())
    }
}

fn made_up(hz: u32) -> Subject {
    Subject {
        key: SoundKey::new(format!("made up at {hz}"), ""),
        place: Ticks::from_secs(20),
    }
}

/// What there is to play.
fn subjects() -> Vec<Subject> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/media");
    let folder = std::env::var_os("NEEDLEDROP_BENCH_MEDIA").map_or(demo, PathBuf::from);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let files = paths.iter().filter_map(|path| {
        let sound = media::open(path).ok()?;
        let length = sound.length().unwrap_or_default();
        Some(Subject {
            key: SoundKey::new(path, ""),
            place: sound.rate().nearest_ticks(Samples::new(length.get() / 2)),
        })
    });
    [made_up(48_000), made_up(44_100)]
        .into_iter()
        .chain(files)
        .collect()
}

/// Noise without end: it costs next to nothing to make, and always sounds.
struct Noise {
    rate: SampleRate,
    seed: u32,
}

impl Sound for Noise {
    fn rate(&self) -> SampleRate {
        self.rate
    }

    fn length(&self) -> Option<Samples> {
        None
    }

    fn seek(&mut self, _position: Samples) -> Result<(), SoundError> {
        Ok(())
    }

    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        for frame in out.iter_mut() {
            self.seed = self
                .seed
                .wrapping_mul(1_664_525)
                .wrapping_add(1_013_904_223);
            let sample = (self.seed >> 8) as f32 / 33_554_432.0 - 0.25;
            *frame = [sample, sample];
        }
        Ok(out.len())
    }
}

struct Opener;

impl OpenSound for Opener {
    fn open(&self, key: &SoundKey) -> Result<Box<dyn Sound>, OpenFailure> {
        let name = key.path().to_string_lossy();
        if let Some(hz) = name.strip_prefix("made up at ") {
            let hz = hz.parse().map_err(OpenFailure::new)?;
            let rate = SampleRate::new(hz).map_err(OpenFailure::new)?;
            return Ok(Box::new(Noise { rate, seed: 1 }));
        }
        Ok(Box::new(media::open(key.path()).map_err(OpenFailure::new)?))
    }
}

/// An engine that plays nothing yet.
struct Stage {
    hand: ByHand,
    now: Instant,
}

impl Stage {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            hand: ByHand::new(&Config::default(), RATE, Arc::new(Opener), now),
            now,
        }
    }

    fn playing(subject: &Subject) -> Self {
        let mut stage = Self::new();
        stage.hand.engine().play(preview(subject), Ticks::ZERO);
        stage.until_heard();
        while stage.hand.work_once() {}
        stage
    }

    /// Does what the threads would do, job by job, until a block sounds.
    fn until_heard(&mut self) -> [StereoFrame; 128] {
        let mut block = [[0.0; 2]; 128];
        for _ in 0..100_000 {
            self.hand.conduct(self.now);
            self.hand.pull(&mut block, self.now);
            if block.iter().any(|frame| frame[0] != 0.0) {
                break;
            }
            self.hand.work_once();
        }
        block
    }
}

fn preview(subject: &Subject) -> Program {
    Program {
        end: End::Never,
        ..Program::preview(subject.key.clone())
    }
}

#[divan::bench(args = subjects())]
fn click_to_first_frame_cold(bencher: Bencher<'_, '_>, subject: &Subject) {
    bencher
        .with_inputs(Stage::new)
        .bench_local_values(|mut stage| {
            stage.hand.engine().play(preview(subject), subject.place);
            (stage.until_heard(), stage)
        });
}

#[divan::bench(args = subjects())]
fn click_to_first_frame_warm(bencher: Bencher<'_, '_>, subject: &Subject) {
    let warmed = || {
        let mut stage = Stage::new();
        stage
            .hand
            .engine()
            .warm(vec![(subject.key.clone(), subject.place)]);
        stage.hand.settle(stage.now);
        stage
    };
    bencher.with_inputs(warmed).bench_local_values(|mut stage| {
        stage.hand.engine().play(preview(subject), subject.place);
        (stage.until_heard(), stage)
    });
}

#[divan::bench(args = subjects())]
fn seek_to_first_frame(bencher: Bencher<'_, '_>, subject: &Subject) {
    let playing = || Stage::playing(subject);
    bencher
        .with_inputs(playing)
        .bench_local_values(|mut stage| {
            // Stopped first, so that the first frame heard is of the place sought.
            stage.hand.engine().pause();
            stage.hand.conduct(stage.now);
            stage.hand.pull(&mut [[0.0; 2]; 480], stage.now);
            stage.hand.engine().seek(subject.place);
            stage.hand.engine().resume();
            (stage.until_heard(), stage)
        });
}

#[divan::bench(args = [0, 1, 2, 8])]
fn a_buffer_of_512_frames(bencher: Bencher<'_, '_>, n_parts: u64) {
    let mut stage = Stage::new();
    let part = |id| Part::whole(PartId(id), made_up(48_000).key, Ticks::ZERO, Group::Music);
    let program = Program {
        parts: (0..n_parts).map(part).collect(),
        end: End::Never,
        ..Program::default()
    };
    if n_parts > 0 {
        stage.hand.engine().play(program, Ticks::ZERO);
        stage.until_heard();
    }
    let mut out = [[0.0; 2]; 512];
    bencher.with_inputs(|| ()).bench_local_values(|()| {
        stage.hand.pull(&mut out, stage.now);
        // Keeps the rings full; it is part of what is measured here.
        stage.hand.attend(stage.now);
    });
}

/// What of a slot sounds.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// As in an audition: the guide, and one of nine alternates, the others kept warm.
    Auditioned,
    /// The guide, and all nine at once.
    AllAtOnce,
}

impl Slot {
    const ALL: [Self; 2] = [Self::Auditioned, Self::AllAtOnce];

    /// The guide is at the bus's rate, alternates are at another.
    fn playing(self) -> Stage {
        let alternate = |id: u64| {
            let key = SoundKey::new("made up at 44100", id.to_string());
            Part::whole(PartId(id), key, Ticks::ZERO, Group::Music)
        };
        let guide = Part::whole(PartId(0), made_up(48_000).key, Ticks::ZERO, Group::Guide);
        let (sounding, warm) = match self {
            Self::Auditioned => (1..2, 2..10),
            Self::AllAtOnce => (1..10, 10..10),
        };
        let mut stage = Stage::new();
        let warm = warm.map(|id| (alternate(id).sound, Ticks::ZERO));
        stage.hand.engine().warm(warm.collect());
        let program = Program {
            parts: [guide].into_iter().chain(sounding.map(alternate)).collect(),
            end: End::Never,
            ..Program::default()
        };
        stage.hand.engine().play(program, Ticks::ZERO);
        stage.hand.settle(stage.now);
        stage
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auditioned => "guide and 1 of 9",
            Self::AllAtOnce => "guide and all 9",
        })
    }
}

impl Stage {
    /// Does what the conductor and the workers would, until all rings are full.
    fn fill(&mut self) {
        self.now += Duration::from_secs(1);
        self.hand.settle(self.now);
    }

    /// Renders one second of sound, as the device's callback does; the rings hold more.
    fn render_a_second(&mut self) -> f32 {
        let mut block = [[0.0; 2]; 480];
        let mut last = 0.0;
        for _ in 0..100 {
            self.hand.pull(&mut block, self.now);
            last = block[479][0];
        }
        last
    }
}

/// In the callback only. 20 ms would be 2 % of a core.
#[divan::bench(args = Slot::ALL, sample_size = 1)]
fn a_second_of_a_slot_rendered(bencher: Bencher<'_, '_>, slot: Slot) {
    let stage = RefCell::new(slot.playing());
    bencher
        .with_inputs(|| stage.borrow_mut().fill())
        .bench_local_values(|()| stage.borrow_mut().render_a_second());
}

/// With all that the workers do for it: the alternates are resampled.
#[divan::bench(args = Slot::ALL, sample_size = 1)]
fn a_second_of_a_slot_fed_and_rendered(bencher: Bencher<'_, '_>, slot: Slot) {
    let mut stage = slot.playing();
    bencher.bench_local(|| {
        stage.fill();
        stage.render_a_second()
    });
}

/// Says how much of a core hearing a slot takes.
#[expect(clippy::print_stdout, reason = "a benchmark is there to be read")]
fn print_shares() {
    const SECONDS: u32 = 30;
    println!("Share of one core while a slot sounds:");
    for slot in Slot::ALL {
        let mut stage = slot.playing();
        let mut rendering = Duration::ZERO;
        let begin = Instant::now();
        for _ in 0..SECONDS {
            stage.fill();
            let begin = Instant::now();
            divan::black_box(stage.render_a_second());
            rendering += begin.elapsed();
        }
        let share = |spent: Duration| spent.as_secs_f64() * 100.0 / f64::from(SECONDS);
        println!(
            "  {slot}: {:.2} % in the callback (at most 2 are wanted), {:.2} % with feeding it",
            share(rendering),
            share(begin.elapsed()),
        );
    }
}

#[divan::bench(args = [44_100, 96_000])]
fn a_second_resampled(bencher: Bencher<'_, '_>, hz: u32) {
    let rate = SampleRate::new(hz).unwrap_or(RATE);
    let noise = Box::new(Noise { rate, seed: 1 });
    let Ok(mut sound) = media::at_rate(noise, RATE) else {
        return;
    };
    let mut out = vec![[0.0; 2]; RATE.get() as usize];
    bencher.bench_local(|| {
        let mut filled = 0;
        while filled < out.len() {
            match sound.read(&mut out[filled..]) {
                Ok(n) if n > 0 => filled += n,
                _ => break,
            }
        }
        filled
    });
}

#[divan::bench]
fn a_resampler_made(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let noise = Noise {
            rate: SampleRate::HZ_44100,
            seed: 1,
        };
        media::at_rate(Box::new(noise), RATE).is_ok()
    });
}
