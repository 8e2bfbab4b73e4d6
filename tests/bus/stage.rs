//! What the tests share: made-up sounds, and a stage to play them on.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use std::time::Instant;

use needledrop::audio::ByHand;
use needledrop::audio::Config;
use needledrop::audio::Engine;
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

pub(crate) const RATE: SampleRate = SampleRate::HZ_48000;
pub(crate) const SECOND: usize = 48_000;

/// Made-up sounds, named by what they are: `kind:rate:seconds`.
///
/// - `index` counts its own samples on the left, in steps of 2⁻²⁴, so that every frame tells
///   where it comes from; the right is silent.
/// - `impulse` is silent but for one sample of 0.9 at each whole second.
/// - `tone` is a sine of 220 Hz at 0.5; `tone2` one of 330 Hz.
/// - A whole path is the file there, read as the program reads it.
/// - `broken` fails to be read after half a second; `missing` cannot be opened; `bomb` panics.
#[derive(Default)]
pub(crate) struct Sounds {
    pub(crate) opened: Mutex<Vec<String>>,
    /// Held once more by each made-up sound that is open.
    pub(crate) alive: Arc<()>,
}

impl OpenSound for Sounds {
    fn open(&self, key: &SoundKey) -> Result<Box<dyn Sound>, OpenFailure> {
        let name = key.path().to_string_lossy().into_owned();
        self.opened
            .lock()
            .expect("no test panics here")
            .push(name.clone());
        let mut words = name.split(':');
        let kind = words.next().unwrap_or_default().to_owned();
        if key.path().is_absolute() {
            let sound = media::open(key.path()).map_err(OpenFailure::new)?;
            return Ok(Box::new(sound));
        }
        if kind == "missing" {
            return Err(OpenFailure::new("the file is gone"));
        }
        let mut number = || words.next().and_then(|word| word.parse().ok());
        let rate = number().unwrap_or(48_000_u32);
        let seconds = i64::from(number().unwrap_or(60));
        Ok(Box::new(MadeUp {
            kind,
            rate: SampleRate::new(rate).map_err(OpenFailure::new)?,
            length: seconds * i64::from(rate),
            position: 0,
            _alive: Arc::clone(&self.alive),
        }))
    }
}

struct MadeUp {
    kind: String,
    rate: SampleRate,
    length: i64,
    position: i64,
    _alive: Arc<()>,
}

impl MadeUp {
    fn frame(&self, n: i64) -> StereoFrame {
        let rate = i64::from(self.rate.get());
        let sine = |hz: i64| {
            let phase = (n * hz % rate) as f32 / rate as f32;
            0.5 * (phase * std::f32::consts::TAU).sin()
        };
        match self.kind.as_str() {
            "index" => [n as f32 / 16_777_216.0, 0.0],
            "impulse" if n % rate == 0 => [0.9, 0.9],
            "tone2" => [sine(330), sine(330)],
            "impulse" => [0.0, 0.0],
            "loud" => [0.9, -0.9],
            "nonsense" => [f32::NAN, f32::INFINITY],
            _ => [sine(220), sine(220)],
        }
    }
}

impl Sound for MadeUp {
    fn rate(&self) -> SampleRate {
        self.rate
    }

    fn length(&self) -> Option<Samples> {
        Some(Samples::new(self.length))
    }

    fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
        self.position = position.get();
        Ok(())
    }

    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        assert!(self.kind != "bomb", "as planned");
        if self.kind == "broken" && self.position * 2 > i64::from(self.rate.get()) {
            return Err(SoundError::Io("the drive is gone".into()));
        }
        // Odd pieces, as packets are.
        let left = usize::try_from(self.length - self.position).unwrap_or(0);
        let n = out.len().min(left).min(1153);
        for (at, frame) in (self.position..).zip(&mut out[..n]) {
            *frame = self.frame(at);
        }
        self.position += i64::try_from(n).expect("small");
        Ok(n)
    }
}

/// A made-up sound's name.
pub(crate) fn sound(name: &str) -> SoundKey {
    SoundKey::new(name, "")
}

/// A whole sound as part `id`, its first sample at `start` seconds.
pub(crate) fn part(id: u64, name: &str, start: Ticks) -> Part {
    Part::whole(PartId(id), sound(name), start, Group::Music)
}

/// A program of these parts.
pub(crate) fn program(parts: impl IntoIterator<Item = Part>) -> Program {
    Program {
        parts: parts.into_iter().collect(),
        ..Program::default()
    }
}

/// `n` frames at the stage's rate, as ticks.
pub(crate) fn frames(n: i64) -> Ticks {
    RATE.nearest_ticks(Samples::new(n))
}

/// An engine stepped by hand, its sounds, and a time that goes on with what is heard.
pub(crate) struct Stage {
    pub(crate) hand: ByHand,
    pub(crate) sounds: Arc<Sounds>,
    pub(crate) now: Instant,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::with(&Config::default())
    }

    pub(crate) fn with(config: &Config) -> Self {
        let sounds = Arc::new(Sounds::default());
        let opener = Arc::clone(&sounds) as Arc<dyn OpenSound>;
        let now = Instant::now();
        Self {
            hand: ByHand::new(config, RATE, opener, now),
            sounds,
            now,
        }
    }

    pub(crate) fn engine(&self) -> &Engine {
        self.hand.engine()
    }

    /// Plays, with everything ready before the next frame.
    pub(crate) fn play(&mut self, program: Program, from: Ticks) {
        self.engine().play(program, from);
        self.hand.settle(self.now);
    }

    /// Hears `n` frames, with the workers always in time.
    pub(crate) fn hear(&mut self, n: usize) -> Vec<StereoFrame> {
        let mut out = vec![[0.0; 2]; n];
        for piece in out.chunks_mut(480) {
            self.hand.attend(self.now);
            self.hand.pull(piece, self.now);
            self.now += time_of(piece.len());
        }
        out
    }

    /// Hears `n` frames while the workers do nothing.
    pub(crate) fn hear_without_workers(&mut self, n: usize) -> Vec<StereoFrame> {
        let mut out = vec![[0.0; 2]; n];
        for piece in out.chunks_mut(480) {
            self.hand.conduct_if_due(self.now);
            self.hand.pull(piece, self.now);
            self.now += time_of(piece.len());
        }
        out
    }
}

/// How long so many frames last.
pub(crate) fn time_of(frames: usize) -> Duration {
    Duration::from_nanos(frames as u64 * 1_000_000_000 / SECOND as u64)
}

/// The same throws every time (xorshift64, G. Marsaglia, "Xorshift RNGs", 2003).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 >> 1).unwrap_or(0) % n
    }
}

/// Where the impulses are: samples that stand out from both their neighbours.
pub(crate) fn impulses(heard: &[StereoFrame]) -> Vec<usize> {
    let level = |n: usize| heard.get(n).map_or(0.0, |frame| frame[0].abs());
    let stands_out = |n: &usize| {
        let here = level(*n);
        here > 0.4 && here > level(n + 1) && (*n == 0 || here >= level(n - 1))
    };
    (0..heard.len()).filter(stands_out).collect()
}

/// The sample of an `index` sound that is heard at full level in a frame.
pub(crate) fn index(frame: StereoFrame) -> i64 {
    (frame[0] * 16_777_216.0).round() as i64
}

/// The largest step from one sample to the next.
pub(crate) fn largest_step(heard: &[StereoFrame]) -> f32 {
    let steps = heard.windows(2).map(|pair| (pair[1][0] - pair[0][0]).abs());
    steps.fold(0.0, f32::max)
}

/// The longest stretch of silence.
pub(crate) fn longest_silence(heard: &[StereoFrame]) -> usize {
    let mut longest = 0;
    let mut here = 0;
    for frame in heard {
        here = if frame[0].abs() < 1e-4 { here + 1 } else { 0 };
        longest = longest.max(here);
    }
    longest
}
