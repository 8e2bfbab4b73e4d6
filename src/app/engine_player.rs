//! The engine as the core's player.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::player::{Device, HeardNow, PlayState, Player, PlayerEvent};
use super::settings::Settings;
use super::sounds::SoundFiles;
use crate::audio::Config;
use crate::audio::Diagnostics;
use crate::audio::Engine;
use crate::audio::Event;
use crate::audio::Gain;
use crate::audio::Group;
use crate::audio::HeardState;
use crate::audio::OutputChoice;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::jobs::Wake;
use crate::time::Ticks;

/// Starts the engine on the system's sound card, or on a silent clock until there is one. It plays
/// what `sounds` opens.
///
/// # Errors
///
/// Fails when the system gives no threads.
pub fn start_engine(
    settings: &Settings,
    sounds: SoundFiles,
    wake: Wake,
) -> io::Result<Box<dyn Player>> {
    let config = Config {
        output: settings.output(),
        ..Config::default()
    };
    let engine = Engine::start(&config, Arc::new(sounds), wake)?;
    Ok(Box::new(engine))
}

impl Player for Engine {
    fn play(&mut self, program: Program, from: Ticks) {
        Self::play(self, program, from);
    }

    fn update(&mut self, program: Program) {
        Self::update(self, program);
    }

    fn pause(&mut self) {
        Self::pause(self);
    }

    fn resume(&mut self) {
        Self::resume(self);
    }

    fn seek(&mut self, to: Ticks) {
        Self::seek(self, to);
    }

    fn stop(&mut self) {
        Self::stop(self);
    }

    fn set_group_gain(&mut self, group: Group, gain: Gain) {
        Self::set_group_gain(self, group, gain);
    }

    fn set_mono(&mut self, is_mono: bool) {
        Self::set_mono(self, is_mono);
    }

    fn warm(&mut self, sounds: Vec<(SoundKey, Ticks)>) {
        Self::warm(self, sounds);
    }

    fn hold(&mut self, sounds: Vec<SoundKey>, bytes: usize) {
        Self::hold(self, sounds, bytes);
    }

    fn choose_output(&mut self, choice: OutputChoice) {
        Self::choose_output(self, choice);
    }

    fn diagnostics(&self) -> Diagnostics {
        Self::diagnostics(self)
    }

    fn loudness(&self, group: Group) -> Option<f32> {
        Self::loudness(self, group)
    }

    fn attend(&mut self) {
        Self::attend(self);
    }

    fn heard(&mut self, now: Instant) -> HeardNow {
        let heard = Self::heard(self, now);
        let state = match heard.state {
            HeardState::Stopped | HeardState::Ended => PlayState::Stopped,
            HeardState::Starting => PlayState::Starting,
            HeardState::Playing => PlayState::Playing,
            HeardState::Paused => PlayState::Paused,
        };
        HeardNow {
            at: heard.at,
            state,
        }
    }

    fn events(&mut self) -> Vec<PlayerEvent> {
        let told = Self::events(self).into_iter();
        told.filter_map(|event| match event {
            Event::DeviceOpened { name, rate, buffer } => {
                let rate = rate.get();
                Some(PlayerEvent::Device(Device::Open { name, rate, buffer }))
            }
            Event::DeviceLost { .. } => Some(PlayerEvent::DeviceLost),
            Event::NoDevice { .. } => Some(PlayerEvent::Device(Device::None)),
            Event::PartFailed { sound, why, .. } => Some(PlayerEvent::Failed { sound, why }),
            Event::Ended { .. } => None,
        })
        .collect()
    }

    fn take_peak(&mut self, group: Group) -> f32 {
        Self::take_peak(self, group)
    }
}
