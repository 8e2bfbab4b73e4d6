//! Tempo, key and form: what a track is like as music, and who says so.

use std::fmt;
use std::str::FromStr;

use crate::time::Ticks;

/// A tempo in beats a minute, to the hundredth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bpm(u32);

impl Bpm {
    /// A tempo of so many hundredths of a beat a minute.
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// Hundredths of a beat a minute.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// The nearest hundredth to a tempo; `None` for what no music has.
    pub fn nearest_to(bpm: f64) -> Option<Self> {
        (1.0..1000.0)
            .contains(&bpm)
            .then(|| Self((bpm * 100.0).round() as u32))
    }

    /// Beats a minute as a number.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Display for Bpm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 + 5) / 10;
        if tenths.is_multiple_of(10) {
            write!(f, "{} BPM", tenths / 10)
        } else {
            write!(f, "{}.{} BPM", tenths / 10, tenths % 10)
        }
    }
}

/// How sure something is, in whole hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u8);

impl Percent {
    /// So many hundredths, at most all of them.
    pub fn new(hundredths: u8) -> Self {
        Self(hundredths.min(100))
    }

    /// The nearest hundredth to a share from 0 to 1.
    pub fn nearest_to(share: f64) -> Self {
        Self((share.clamp(0.0, 1.0) * 100.0).round() as u8)
    }

    /// Hundredths.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// Who says what tempo or key a track has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The file's own tags.
    Tag,
    /// It was estimated from the sound, and is so sure.
    Estimate(Percent),
    /// Somebody set it.
    ByHand,
}

/// A value, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Who says so.
    pub source: Source,
}

impl<T> Given<T> {
    /// What an estimate found.
    pub fn estimate(value: T, confidence: Percent) -> Self {
        Self {
            value,
            source: Source::Estimate(confidence),
        }
    }

    /// What a file's tags say.
    pub fn tagged(value: T) -> Self {
        Self {
            value,
            source: Source::Tag,
        }
    }

    /// What somebody has set.
    pub fn by_hand(value: T) -> Self {
        Self {
            value,
            source: Source::ByHand,
        }
    }

    /// Whether it is only an estimate.
    pub fn is_estimate(&self) -> bool {
        matches!(self.source, Source::Estimate(_))
    }
}

impl<T: fmt::Display> fmt::Display for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_estimate() {
            f.write_str("≈ ")?;
        }
        self.value.fmt(f)
    }
}

/// Major or minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Major.
    Major,
    /// Minor.
    Minor,
}

/// A musical key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Semitones of its tonic above C, below 12.
    tonic: u8,
    mode: Mode,
}

/// The tonics of major keys, as they are usually spelt.
const MAJOR: [&str; 12] = [
    "C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B",
];
/// The tonics of minor keys.
const MINOR: [&str; 12] = [
    "C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B",
];

impl Key {
    /// The key on the tonic that lies so many semitones above C.
    pub const fn new(semitones: u8, mode: Mode) -> Self {
        Self {
            tonic: semitones % 12,
            mode,
        }
    }

    /// Semitones of the tonic above C.
    pub const fn tonic(self) -> u8 {
        self.tonic
    }

    /// Major or minor.
    pub const fn mode(self) -> Mode {
        self.mode
    }

    /// As tags write it (ID3v2.4.0, TKEY): “Am”, “F#”, “Eb”.
    pub fn code(self) -> String {
        let (names, ending) = match self.mode {
            Mode::Major => (MAJOR, ""),
            Mode::Minor => (MINOR, "m"),
        };
        let name = names[usize::from(self.tonic)];
        format!("{}{ending}", name.replace('♯', "#").replace('♭', "b"))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mode {
            Mode::Major => write!(f, "{} major", MAJOR[usize::from(self.tonic)]),
            Mode::Minor => write!(f, "{} minor", MINOR[usize::from(self.tonic)]),
        }
    }
}

/// That a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no key; write it as Am, F# or E♭ major")]
pub struct NoKey;

impl FromStr for Key {
    type Err = NoKey;

    /// Reads what tags say: “Am”, “F# minor”, “Ebmaj”, and the wheels that disc jockeys count by:
    /// “8A”, “1m”.
    fn from_str(text: &str) -> Result<Self, NoKey> {
        let text = text.trim();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return on_a_wheel(text);
        }
        let mut letters = text.chars();
        let natural = match letters.next().ok_or(NoKey)?.to_ascii_uppercase() {
            'C' => 0,
            'D' => 2,
            'E' => 4,
            'F' => 5,
            'G' => 7,
            'A' => 9,
            'B' | 'H' => 11,
            _ => return Err(NoKey),
        };
        let rest = letters.as_str();
        let (shift, rest) = match rest.chars().next() {
            Some(sign @ ('#' | '♯')) => (1, &rest[sign.len_utf8()..]),
            Some(sign @ ('b' | '♭')) => (11, &rest[sign.len_utf8()..]),
            _ => (0, rest),
        };
        let mode = match rest.trim_start_matches([' ', '-']) {
            "M" => Mode::Major,
            other => match other.to_lowercase().as_str() {
                "" | "maj" | "major" | "dur" => Mode::Major,
                "m" | "min" | "minor" | "moll" => Mode::Minor,
                _ => return Err(NoKey),
            },
        };
        Ok(Self::new(natural + shift, mode))
    }
}

/// A place on the Camelot wheel (8A is A minor, 8B is C major), or by Open Key (1m, 1d).
fn on_a_wheel(text: &str) -> Result<Key, NoKey> {
    let last = text.chars().next_back().ok_or(NoKey)?;
    let number = text
        .strip_suffix(last)
        .and_then(|number| number.parse().ok());
    let number: u8 = number.filter(|n| (1..=12).contains(n)).ok_or(NoKey)?;
    // Each step is a fifth up; Open Key counts from A minor and C major, Camelot is 7 steps on.
    let (fifths, mode) = match last {
        'A' | 'a' => (number + 12 - 8, Mode::Minor),
        'B' | 'b' => (number + 12 - 8, Mode::Major),
        'm' => (number - 1, Mode::Minor),
        'd' => (number - 1, Mode::Major),
        _ => return Err(NoKey),
    };
    let first = match mode {
        Mode::Major => 0,
        Mode::Minor => 9,
    };
    Ok(Key::new((first + fifths * 7) % 12, mode))
}

/// How a recording ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// All at once.
    Hard,
    /// It rings out or is faded.
    RingingOut,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hard => "hard",
            Self::RingingOut => "ringing out",
        })
    }
}

/// The parts a recording falls into, as estimated from its sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where parts begin, the first at the first sound, in order.
    pub sections: Vec<Ticks>,
    /// Where the music rises most.
    pub lift: Option<Ticks>,
    /// Where its quietest stretch begins and ends.
    pub quietest: Option<(Ticks, Ticks)>,
    /// How it ends.
    pub ending: Option<Ending>,
}

/// Where somebody sings, or that nobody does, as estimated from the sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Singing {
    /// Where stretches of singing begin and end, in order; empty where nobody sings.
    pub stretches: Vec<(Ticks, Ticks)>,
    /// How sure that is.
    pub confidence: Percent,
}

impl Singing {
    /// Whether anybody sings.
    pub fn is_sung(&self) -> bool {
        !self.stretches.is_empty()
    }

    /// How much of what sounds for `length` is sung, from 0 to 1.
    pub fn share(&self, length: Ticks) -> f64 {
        let sung = self.stretches.iter().map(|(from, to)| (*to - *from).get());
        (sung.sum::<i64>() as f64 / length.get().max(1) as f64).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measured;

    fn key(text: &str) -> String {
        text.parse::<Key>()
            .map_or_else(|_none| "none".to_owned(), |key| key.to_string())
    }

    #[test]
    fn keys_are_read_in_every_way_they_are_written() {
        for text in ["Am", "a minor", "A min", "8A", "1m", "Amoll"] {
            assert_eq!(key(text), "A minor", "{text}");
        }
        for text in ["Eb", "E♭ major", "D#", "Ebmaj", "5B", "10d"] {
            assert_eq!(key(text), "E♭ major", "{text}");
        }
        assert_eq!(key("F#m"), "F♯ minor");
        for text in ["", "x", "13A", "0B", "o", "Amazing", "8"] {
            assert_eq!(key(text), "none", "{text}");
        }
    }

    #[test]
    fn every_key_is_read_back_from_its_code() {
        for mode in [Mode::Major, Mode::Minor] {
            for tonic in 0..12 {
                let key = Key::new(tonic, mode);
                assert_eq!(key.code().parse(), Ok(key));
                assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
    }

    #[test]
    fn an_estimate_is_marked() {
        let bpm = Bpm::nearest_to(117.96).expect("music has this tempo");
        assert_eq!(Given::tagged(bpm).to_string(), "118 BPM");
        let estimate = Given::estimate(Bpm::from_hundredths(9_250), Percent::new(80));
        assert_eq!(estimate.to_string(), "≈ 92.5 BPM");
    }

    #[test]
    fn tags_and_hands_are_trusted_more_than_an_estimate() {
        let bpm = Bpm::from_hundredths;
        let tempo = |tempo| Measured {
            tempo: Some(tempo),
            ..Measured::default()
        };
        let estimate = tempo(Given::estimate(bpm(9_600), Percent::new(99)));
        let by_hand = Given {
            value: bpm(19_200),
            source: Source::ByHand,
        };
        for trusted in [Given::tagged(bpm(19_200)), by_hand] {
            let kept = estimate.clone().trusting(&tempo(trusted));
            assert_eq!(kept.tempo, Some(trusted));
        }
        let older = tempo(Given::estimate(bpm(12_000), Percent::new(50)));
        assert_eq!(estimate.clone().trusting(&older), estimate);
    }

    #[test]
    fn what_no_music_has_is_no_tempo() {
        for bpm in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Bpm::nearest_to(bpm), None);
        }
    }
}
