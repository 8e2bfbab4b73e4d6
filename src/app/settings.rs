//! Preferences of the person at this machine.

use serde::Deserialize;
use serde::Serialize;

use crate::audio::Group;
use crate::audio::OutputChoice;
use crate::interchange::playlist::Preset;
use crate::model::Decibels;
use crate::model::Lufs;
use crate::model::Track;
use crate::time::Ticks;

/// Which theme the window wears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Dark, as beside an editing system.
    #[default]
    Dark,
    /// Light.
    Light,
    /// Whatever the system wears.
    System,
}

/// Whether the guide or the music makes room for the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ducking {
    /// Neither: both sound as loud as they are.
    #[default]
    Off,
    /// The music is turned down while somebody speaks.
    Music,
    /// The guide is turned down while there is music.
    Guide,
}

/// Where a track begins that is heard by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PreviewFrom {
    /// Its first sound.
    #[default]
    FirstSound,
    /// Its first words, where it is known when they are sung, or else the first singing that was
    /// heard in it.
    FirstWords,
    /// Where it lifts.
    Lift,
    /// Its first sample.
    Start,
}

impl PreviewFrom {
    /// Where `track` begins; its first sound where nothing better is known.
    pub fn place(self, track: &Track) -> Ticks {
        let form = track.measured.form.as_ref();
        let singing = track.measured.singing.as_ref();
        let first_sung = || singing.and_then(|singing| singing.stretches.first());
        let words = track.lyrics.iter().filter(|line| !line.text.is_empty());
        let wanted = match self {
            Self::FirstSound => None,
            Self::FirstWords => words
                .filter_map(|line| line.at)
                .min()
                .or_else(|| first_sung().map(|(from, _)| *from)),
            Self::Lift => form.and_then(|form| form.lift),
            Self::Start => Some(Ticks::ZERO),
        };
        let place = wanted.or(track.measured.first_sound);
        place.unwrap_or(Ticks::ZERO).max(Ticks::ZERO)
    }
}

impl Ducking {
    /// Which group is turned down.
    pub(in crate::app) fn ducked(self) -> Option<Group> {
        match self {
            Self::Off => None,
            Self::Music => Some(Group::Music),
            Self::Guide => Some(Group::Guide),
        }
    }
}

/// Preferences, as they are kept in the settings file. What is missing there has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Settings {
    /// The name under which this person adds and changes things.
    pub name: String,
    /// Where a track begins that is heard by itself. Default: its first sound.
    pub preview_from: PreviewFrom,
    /// How long before a scene auditioning begins, in milliseconds. Default: 3000.
    pub pre_roll_ms: u32,
    /// How long after a scene auditioning goes on, in milliseconds. Default: 2000.
    pub post_roll_ms: u32,
    /// How much of each alternate a round plays, in milliseconds. Default: 20000.
    pub round_ms: u32,
    /// The loudness music is brought to, in hundredths of a LUFS. Default: −2000.
    pub target_loudness: i32,
    /// Whether music is brought to that loudness, or played as it is. Default: true.
    pub is_levelled: bool,
    /// Level of the guide, in hundredths of a decibel. Default: −600.
    pub guide_level: i32,
    /// Whether the guide or the music makes room for the other. Default: neither.
    pub ducking: Ducking,
    /// Level of everything, in hundredths of a decibel. Default: 0.
    pub volume: i32,
    /// The output, by its name; the system's default where there is none. Default: none.
    pub output_device: Option<String>,
    /// Frames the sound card is handed at a time. Default: 512.
    pub buffer_frames: u32,
    /// Memory for the alternates of the armed slot, in megabytes. Default: 512.
    pub alternates_mb: u32,
    /// The theme. Default: dark.
    pub theme: ThemeChoice,
    /// How tables are read that come again and again.
    pub presets: Vec<Preset>,
    /// Shows opened last, newest first.
    pub recent: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            preview_from: PreviewFrom::FirstSound,
            pre_roll_ms: 3000,
            post_roll_ms: 2000,
            round_ms: 20_000,
            target_loudness: -2000,
            is_levelled: true,
            guide_level: -600,
            ducking: Ducking::Off,
            volume: 0,
            output_device: None,
            buffer_frames: 512,
            alternates_mb: 512,
            theme: ThemeChoice::Dark,
            presets: Vec::new(),
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// How many shows are remembered.
    const MAX_RECENT: usize = 10;

    /// Reads settings. What is not understood has its default, so an older or newer program's
    /// file is never in the way.
    pub fn from_json(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// The settings as text for their file.
    pub fn to_json(&self) -> String {
        // A struct of numbers and strings can always be written as JSON.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// How long before a scene auditioning begins.
    pub fn pre_roll(&self) -> Ticks {
        Ticks::from_millis(i64::from(self.pre_roll_ms))
    }

    /// How long after a scene auditioning goes on.
    pub fn post_roll(&self) -> Ticks {
        Ticks::from_millis(i64::from(self.post_roll_ms))
    }

    /// How much of each alternate a round plays.
    pub fn round(&self) -> Ticks {
        Ticks::from_millis(i64::from(self.round_ms))
    }

    /// The loudness music is brought to.
    pub fn target(&self) -> Lufs {
        Lufs::from_hundredths(self.target_loudness)
    }

    /// Level of the guide.
    pub fn guide_gain(&self) -> Decibels {
        Decibels::from_hundredths(self.guide_level)
    }

    /// Memory for the alternates of the armed slot, in bytes.
    pub fn alternates_bytes(&self) -> usize {
        (self.alternates_mb as usize).saturating_mul(1 << 20)
    }

    /// Which output is to be opened, and how.
    pub fn output(&self) -> OutputChoice {
        OutputChoice {
            device: self.output_device.clone(),
            buffer: self.buffer_frames,
        }
    }

    /// Remembers a show as the one opened last.
    pub fn remember(&mut self, path: &str) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(Self::MAX_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Form, LyricLine, Measured, Percent, Singing};

    #[test]
    fn a_preview_begins_where_it_is_wanted_or_else_at_the_first_sound() {
        let secs = Ticks::from_secs;
        let mut track = Track {
            measured: Measured {
                first_sound: Some(secs(1)),
                ..Measured::default()
            },
            ..Track::default()
        };
        let places = |track: &Track| {
            use PreviewFrom as P;
            [P::FirstSound, P::FirstWords, P::Lift, P::Start].map(|from| from.place(track))
        };
        assert_eq!(places(&track), [secs(1), secs(1), secs(1), secs(0)]);
        track.lyrics = vec![
            LyricLine {
                at: Some(secs(2)),
                text: String::new(),
            },
            LyricLine {
                at: Some(secs(9)),
                text: "and you came back".to_owned(),
            },
        ];
        track.measured.form = Some(Form {
            lift: Some(secs(40)),
            ..Form::default()
        });
        assert_eq!(places(&track), [secs(1), secs(9), secs(40), secs(0)]);
    }

    #[test]
    fn where_nobody_knows_when_the_words_are_sung_a_preview_begins_where_singing_was_heard() {
        let secs = Ticks::from_secs;
        let mut track = Track::default();
        track.measured.first_sound = Some(secs(1));
        let mut sung = |stretches: Vec<(Ticks, Ticks)>| {
            track.measured.singing = Some(Singing {
                stretches,
                confidence: Percent::new(80),
            });
            PreviewFrom::FirstWords.place(&track)
        };
        assert_eq!(
            sung(vec![(secs(22), secs(40)), (secs(60), secs(70))]),
            secs(22)
        );
        assert_eq!(sung(vec![]), secs(1));
    }
}
