//! What is to be heard: sounds placed on a line of ticks.

use std::path::Path;
use std::sync::Arc;

use crate::audio::Pace;
use crate::time::TickSpan;
use crate::time::Ticks;

/// A part of a [`Program`], the same through all its versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(pub u64);

/// Which fader a part hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Tracks and alternates.
    Music,
    /// The cut's own sound.
    Guide,
}

impl Group {
    /// Every group, in the order of [`Group::index`].
    pub const ALL: [Self; 2] = [Self::Music, Self::Guide];

    /// Its place in a table of groups.
    pub const fn index(self) -> usize {
        match self {
            Self::Music => 0,
            Self::Guide => 1,
        }
    }
}

/// How much louder (above 1) or softer (below 1) something is made; 0 is silence.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Gain(f32);

impl Gain {
    /// As loud as the recording.
    pub const UNITY: Self = Self(1.0);
    /// Not heard at all.
    pub const SILENT: Self = Self(0.0);
    /// The most that can be asked for: 24 dB.
    const MOST: f32 = 15.848_932;

    /// From a factor. What is negative or not a number counts as silence; what is over 24 dB
    /// counts as 24 dB, because a slip must not hurt anyone's ears.
    pub fn linear(factor: f32) -> Self {
        if factor.is_nan() {
            return Self::SILENT;
        }
        Self(factor.clamp(0.0, Self::MOST))
    }

    /// From decibels: 0 is unity, minus infinity is silence.
    pub fn from_decibels(decibels: f32) -> Self {
        Self::linear(10_f32.powf(decibels / 20.0))
    }

    /// The factor.
    pub const fn get(self) -> f32 {
        self.0
    }
}

/// Names one recording: where it lies, and what is in it.
///
/// Two keys are equal only when both are, so a file that was replaced under the same name is
/// never confused with what was decoded from it before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SoundKey {
    path: Arc<Path>,
    content: Arc<str>,
}

impl SoundKey {
    /// A recording at `path` whose content is known as `content` (a hash; empty if unknown).
    pub fn new(path: impl AsRef<Path>, content: impl AsRef<str>) -> Self {
        Self {
            path: Arc::from(path.as_ref()),
            content: Arc::from(content.as_ref()),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is in it.
    pub fn content(&self) -> &str {
        &self.content
    }
}

/// One sound placed on the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Stays the same while the part is edited.
    pub id: PartId,
    /// What sounds.
    pub sound: SoundKey,
    /// Where on the line the sound's first sample falls; may lie before the line's origin.
    pub start: Ticks,
    /// The stretch of the line it is heard on. Beyond the sound's own length there is silence.
    pub heard: TickSpan,
    /// Its level.
    pub gain: Gain,
    /// How long it takes to come up from the beginning of `heard`.
    pub fade_in: Ticks,
    /// How long it takes to go down to the end of `heard`.
    pub fade_out: Ticks,
    /// Which fader it hangs on.
    pub group: Group,
    /// How its sound is read.
    pub pace: Pace,
}

impl Part {
    /// A whole sound placed at `start`, as loud as it is, with no fades.
    pub fn whole(id: PartId, sound: SoundKey, start: Ticks, group: Group) -> Self {
        Self {
            id,
            sound,
            start,
            heard: TickSpan::between(start, Ticks::MAX),
            gain: Gain::UNITY,
            fade_in: Ticks::ZERO,
            fade_out: Ticks::ZERO,
            group,
            pace: Pace::default(),
        }
    }
}

/// Where playing stops by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Never: the line goes on in silence.
    Never,
    /// There.
    At(Ticks),
    /// When the last part has sounded out.
    #[default]
    AfterParts,
}

/// What is heard: sounds on a line, perhaps a stretch that repeats, and an end.
///
/// A preview is a program of one part at the origin; an audition is the line of the cut with its
/// guide as one part and the music as others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// What sounds, in any order; their ids differ.
    pub parts: Vec<Part>,
    /// What repeats once playing has come into it. Stretches under
    /// [`Program::SHORTEST_LOOP`] are lengthened to it.
    pub looping: Option<TickSpan>,
    /// Where playing stops by itself.
    pub end: End,
    /// Which group is turned down while the other sounds.
    pub ducked: Option<Group>,
    /// How long levels take that differ from the version before: 10 ms unless it says otherwise.
    pub easing: Option<Ticks>,
}

impl Program {
    /// The shortest stretch that repeats.
    pub const SHORTEST_LOOP: Ticks = Ticks::from_millis(100);

    /// A program of one sound from its beginning to its end.
    pub fn preview(sound: SoundKey) -> Self {
        Self {
            parts: vec![Part::whole(PartId(0), sound, Ticks::ZERO, Group::Music)],
            looping: None,
            end: End::AfterParts,
            ducked: None,
            easing: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_decibels_down_is_about_half() {
        let gain = Gain::from_decibels(-6.0206).get();
        assert!((gain - 0.5).abs() < 1e-4, "{gain}");
    }

    #[test]
    fn minus_infinity_is_silence_and_nonsense_is_silence_too() {
        assert_eq!(Gain::from_decibels(f32::NEG_INFINITY), Gain::SILENT);
        assert_eq!(Gain::linear(f32::NAN), Gain::SILENT);
    }

    #[test]
    fn a_slip_is_never_louder_than_24_decibels() {
        assert!(Gain::from_decibels(400.0).get() < 15.9);
    }
}
