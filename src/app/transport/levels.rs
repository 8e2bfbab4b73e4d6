//! How loud everything is: faders, what is heard alone or in one channel, the output, and needles.

use std::time::Instant;

use super::Transport;
use crate::app::settings::Settings;
use crate::audio::Diagnostics;
use crate::audio::Gain;
use crate::audio::Group;

/// A meter's needle: it rises at once and falls by a fixed rate, as a peak programme meter does
/// (IEC 60268-10, type I: 20 dB in 1.7 s).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meter {
    pub(super) level: f32,
    at: Option<Instant>,
}

impl Meter {
    /// Looks at a peak; falls by as much as time has passed.
    pub(super) fn show(&mut self, peak: f32, now: Instant) {
        const FALL_DB_PER_SECOND: f32 = 20.0 / 1.7;
        let passed = self
            .at
            .map_or(0.0, |at| now.saturating_duration_since(at).as_secs_f32());
        let fallen = self.level * 10.0_f32.powf(-FALL_DB_PER_SECOND * passed / 20.0);
        self.level = peak.max(fallen);
        self.at = Some(now);
    }
}

/// What is heard of both groups, and in how many channels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Faders {
    pub(super) is_guide_on: bool,
    pub(super) is_guide_alone: bool,
    pub(super) is_mono: bool,
}

impl Default for Faders {
    fn default() -> Self {
        Self {
            is_guide_on: true,
            is_guide_alone: false,
            is_mono: false,
        }
    }
}

impl Transport {
    /// Hears the guide, or not.
    pub(in crate::app) fn toggle_guide(&mut self, settings: &Settings) {
        self.faders.is_guide_on = !self.faders.is_guide_on;
        self.set_faders(settings);
    }

    /// Hears the guide alone, or the music as well.
    pub(in crate::app) fn toggle_guide_alone(&mut self, settings: &Settings) {
        self.faders.is_guide_alone = !self.faders.is_guide_alone;
        self.set_faders(settings);
    }

    /// Somebody wants to hear a track: the guide is alone no longer.
    pub(super) fn let_music_in(&mut self, settings: &Settings) {
        if std::mem::take(&mut self.faders.is_guide_alone) {
            self.set_faders(settings);
        }
    }

    /// Hears whether it stands up in one channel, or goes back to two.
    pub(in crate::app) fn toggle_mono(&mut self) {
        self.faders.is_mono = !self.faders.is_mono;
        self.player.set_mono(self.faders.is_mono);
    }

    /// Plays on the output that the settings name.
    pub(in crate::app) fn set_output(&mut self, settings: &Settings) {
        self.player.choose_output(settings.output());
    }

    /// How playing has fared since the program was started.
    pub fn diagnostics(&self) -> Diagnostics {
        self.player.diagnostics()
    }

    /// Brings the faders to where the settings have them.
    pub(in crate::app) fn set_faders(&mut self, settings: &Settings) {
        let volume = settings.volume as f32 / 100.0;
        let guide = if self.faders.is_guide_on || self.faders.is_guide_alone {
            Gain::from_decibels(volume + settings.guide_gain().to_f32())
        } else {
            Gain::SILENT
        };
        let music = if self.faders.is_guide_alone {
            Gain::SILENT
        } else {
            Gain::from_decibels(volume)
        };
        self.player.set_group_gain(Group::Music, music);
        self.player.set_group_gain(Group::Guide, guide);
    }
}
