//! What a recording sounds like, in some thirty bytes a second, whatever it is encoded as: its
//! chroma fingerprint.
//!
//! The method is that of Chromaprint (Lalinský, "How does Chromaprint work?", 2011), after Ke,
//! Hoiem and Sukthankar, "Computer Vision for Music Identification" (2005), and Jang, Yoo, Lee,
//! Kim and Kalker, "Pairwise Boosted Audio Fingerprint" (2009): eight times a second, sixteen
//! filters over the last seconds' chroma give two bits each.

use rusty_chromaprint::Configuration;
use rusty_chromaprint::Fingerprinter;

use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Ticks;

/// How many items a fingerprint has at most: some eight and a half minutes, which is enough to
/// tell any two recordings apart.
pub const MAX_ITEMS: usize = 4096;

/// How much sound one item stands for: 1365 samples at 11 025 Hz, as Chromaprint has it.
const ITEM_SAMPLES: i64 = 1365;
const ITEM_RATE: i64 = 11_025;

/// What a recording sounds like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint(Vec<u32>);

impl Fingerprint {
    /// Its items, in order.
    pub fn items(&self) -> &[u32] {
        &self.0
    }

    /// How long a stretch of so many items is.
    pub fn length_of(n_items: usize) -> Ticks {
        let samples = i64::try_from(n_items)
            .unwrap_or(i64::MAX)
            .saturating_mul(ITEM_SAMPLES);
        Ticks::from_millis(samples.saturating_mul(1000) / ITEM_RATE)
    }

    /// All of it, for the cache.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|item| item.to_le_bytes()).collect()
    }

    /// What [`to_bytes`](Self::to_bytes) gave; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (items, rest) = bytes.as_chunks::<4>();
        let is_whole = rest.is_empty() && items.len() <= MAX_ITEMS;
        is_whole.then(|| Self(items.iter().map(|item| u32::from_le_bytes(*item)).collect()))
    }
}

impl From<Vec<u32>> for Fingerprint {
    fn from(mut items: Vec<u32>) -> Self {
        items.truncate(MAX_ITEMS);
        Self(items)
    }
}

/// Takes a fingerprint of sound as it goes by.
pub struct Printer {
    chroma: Fingerprinter,
    samples: Vec<i16>,
    /// Frames that are still looked at.
    left: usize,
}

impl Printer {
    /// For sound at a rate; `None` for one too low to be music.
    pub fn new(rate: SampleRate) -> Option<Self> {
        let configuration = Configuration::preset_test2();
        let mut printer = Fingerprinter::new(&configuration);
        printer.start(rate.get(), 2).ok()?;
        let seconds = MAX_ITEMS as f32 * configuration.item_duration_in_seconds();
        Some(Self {
            chroma: printer,
            samples: Vec::new(),
            left: (seconds * rate.get() as f32) as usize,
        })
    }

    /// Whether it has heard enough: what comes after makes no difference.
    pub fn is_full(&self) -> bool {
        self.left == 0
    }

    /// Takes in the next frames.
    pub fn add(&mut self, frames: &[StereoFrame]) {
        let frames = &frames[..frames.len().min(self.left)];
        self.left -= frames.len();
        let to_sample = |value: &f32| (value.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16;
        self.samples.clear();
        self.samples
            .extend(frames.as_flattened().iter().map(to_sample));
        self.chroma.consume(&self.samples);
    }

    /// The fingerprint of what has gone by; an empty one of what is shorter than three seconds.
    pub fn finish(mut self) -> Fingerprint {
        self.chroma.finish();
        Fingerprint::from(self.chroma.fingerprint().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chord that changes every half second, as loud as `gain`, after some silence.
    fn music(rate: SampleRate, seconds: usize, gain: f32, silent: usize) -> Vec<StereoFrame> {
        let hz = rate.get() as usize;
        let tone = |n: usize| {
            let beat = n * 2 / hz;
            let root = [0, 5, 9, 7, 2, 4, 11, 6, 1, 8, 3, 10][(beat * beat + beat / 3) % 12];
            let seconds = n as f32 / hz as f32;
            let partial = |step: i32, level: f32| {
                let frequency = 220.0 * ((root + step) as f32 / 12.0).exp2();
                level * (std::f32::consts::TAU * frequency * seconds).sin()
            };
            gain * (partial(0, 0.3) + partial(7, 0.2) + partial(16, 0.1))
        };
        let silence = std::iter::repeat_n([0.0; 2], silent);
        let sound = (0..hz * seconds).map(|n| [tone(n); 2]);
        silence.chain(sound).collect()
    }

    fn print(rate: SampleRate, frames: &[StereoFrame]) -> Fingerprint {
        let mut printer = Printer::new(rate).expect("a usual rate");
        for piece in frames.chunks(10_007) {
            printer.add(piece);
        }
        printer.finish()
    }

    fn error(a: &Fingerprint, b: &Fingerprint) -> f32 {
        let pairs = a.items().iter().zip(b.items());
        let errors: u32 = pairs.clone().map(|(a, b)| (a ^ b).count_ones()).sum();
        errors as f32 / (pairs.count() as f32 * 32.0)
    }

    #[test]
    fn the_same_music_at_another_rate_and_level_has_nearly_the_same_fingerprint() {
        let (a, b) = (SampleRate::HZ_44100, SampleRate::HZ_48000);
        let loud = print(a, &music(a, 20, 1.0, 0));
        let soft = print(b, &music(b, 20, 0.3, 0));
        assert!(loud.items().len() > 120, "{}", loud.items().len());
        assert!(error(&loud, &soft) < 0.05, "{}", error(&loud, &soft));
    }

    #[test]
    fn other_music_has_another_fingerprint() {
        let rate = SampleRate::HZ_44100;
        let whole = music(rate, 40, 1.0, 0);
        let (first, second) = whole.split_at(whole.len() / 2);
        let error = error(&print(rate, first), &print(rate, second));
        assert!(error > 0.25, "{error}");
    }

    #[test]
    fn what_is_short_or_silent_is_no_trouble_however_it_is_cut_up() {
        let rate = SampleRate::HZ_48000;
        for n_frames in [0, 1, 2, 4095, 32_767, 32_768, 32_769, 65_536, 100_003] {
            let print = print(rate, &vec![[0.0; 2]; n_frames]);
            assert!(print.items().len() < 20, "{n_frames}");
        }
    }

    #[test]
    fn only_so_much_of_a_long_recording_is_looked_at() {
        let rate = SampleRate::new(8_000).expect("a rate");
        let mut printer = Printer::new(rate).expect("music has this rate");
        let silence = vec![[0.0; 2]; 80_000];
        let n_pieces = (0..100)
            .take_while(|_| {
                printer.add(&silence);
                !printer.is_full()
            })
            .count();
        assert_eq!(n_pieces, 50, "ten seconds each");
        assert!(printer.finish().items().len() <= MAX_ITEMS);
    }

    #[test]
    fn a_fingerprint_is_kept_as_bytes() {
        let print = Fingerprint::from(vec![1, 2, u32::MAX]);
        assert_eq!(Fingerprint::from_bytes(&print.to_bytes()), Some(print));
        assert_eq!(Fingerprint::from_bytes(&[1, 2, 3]), None);
        assert_eq!(Fingerprint::from_bytes(&vec![0; 4 * MAX_ITEMS + 4]), None);
    }
}
