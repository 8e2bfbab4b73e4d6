//! A made-up device that comes, goes and stalls, with no time passing but the test's.

use super::*;
use std::num::NonZeroU16;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;

use crate::audio::Config;
use crate::audio::Heard;
use crate::audio::HeardState;
use crate::audio::OpenFailure;
use crate::audio::OpenSound;
use crate::audio::OutputFacts;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::audio::conductor::Conductor;
use crate::audio::engine::Assembly;
use crate::audio::engine::Engine;
use crate::audio::output::NoOutput;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::Ticks;

/// A constant, at any rate, without end.
struct Drone;

impl Sound for Drone {
    fn rate(&self) -> SampleRate {
        SampleRate::HZ_48000
    }
    fn length(&self) -> Option<Samples> {
        None
    }
    fn seek(&mut self, _position: Samples) -> Result<(), SoundError> {
        Ok(())
    }
    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        out.fill([0.5, 0.25]);
        Ok(out.len())
    }
}

struct Drones;

impl OpenSound for Drones {
    fn open(&self, _key: &SoundKey) -> Result<Box<dyn Sound>, OpenFailure> {
        Ok(Box::new(Drone))
    }
}

/// What the test and its made-up device share.
#[derive(Default)]
struct Socket {
    rate: Option<SampleRate>,
    channels: Option<NonZeroU16>,
    source: Option<BusSource>,
    faults: Option<Faults>,
    /// The buffer that was asked for last.
    buffer: u32,
    /// What the system's default is.
    default: Option<String>,
    n_opened: u32,
}

struct Device(Arc<Mutex<Socket>>);

impl Outputs for Device {
    fn open(&mut self, choice: &OutputChoice, faults: Faults) -> Result<Box<dyn Output>, NoOutput> {
        let mut socket = self.0.lock().expect("no test panics here");
        if socket.rate.is_none() {
            return Err(NoOutput("unplugged".into()));
        }
        socket.faults = Some(faults);
        socket.buffer = choice.buffer;
        socket.n_opened += 1;
        Ok(Box::new(Plug(Arc::clone(&self.0))))
    }

    fn default_output(&mut self) -> Option<String> {
        self.0.lock().expect("no test panics here").default.clone()
    }
}

struct Plug(Arc<Mutex<Socket>>);

impl Output for Plug {
    fn facts(&self) -> OutputFacts {
        let socket = self.0.lock().expect("no test panics here");
        OutputFacts {
            name: "made up".into(),
            rate: socket.rate.unwrap_or(SampleRate::HZ_48000),
            channels: socket.channels.unwrap_or(NonZeroU16::MIN),
            buffer: 512,
            latency: 0,
        }
    }
    fn play(&mut self, source: BusSource) {
        self.0.lock().expect("no test panics here").source = Some(source);
    }
}

impl Drop for Plug {
    fn drop(&mut self) {
        self.0.lock().expect("no test panics here").source = None;
    }
}

/// An engine, its owner and a device that can be pulled out, all stepped by hand.
struct Rig {
    engine: Engine,
    conductor: Conductor,
    owner: Owner,
    socket: Arc<Mutex<Socket>>,
    now: Instant,
}

impl Rig {
    fn new() -> Self {
        let now = Instant::now();
        let nothing: Arc<dyn Fn() + Send + Sync> = Arc::new(|| ());
        let Assembly {
            engine,
            conductor,
            bus,
        } = Engine::assemble(
            &Config::default(),
            SampleRate::HZ_48000,
            Arc::new(Drones),
            Arc::clone(&nothing),
            nothing,
            now,
        );
        let socket = Arc::new(Mutex::new(Socket::default()));
        let owner = Owner::new(
            Box::new(bus),
            Some(Box::new(Device(Arc::clone(&socket)))),
            OutputChoice::default(),
            engine.ties(),
            sync_channel(MESSAGES),
            now,
        );
        Self {
            engine,
            conductor,
            owner,
            socket,
            now,
        }
    }

    fn plug_in(&mut self, hz: u32, channels: u16) {
        let mut socket = self.socket.lock().expect("no test panics here");
        socket.rate = SampleRate::new(hz).ok();
        socket.channels = NonZeroU16::new(channels);
    }

    fn unplug(&mut self) {
        let mut socket = self.socket.lock().expect("no test panics here");
        socket.rate = None;
        if let Some(faults) = socket.faults.take() {
            faults.report("unplugged");
        }
    }

    /// Lets `millis` pass in steps of 10; returns the last samples the device pulled.
    fn pass(&mut self, millis: u64) -> Vec<f32> {
        let mut heard = Vec::new();
        for _ in 0..millis / 10 {
            while let Ok(message) = self.owner.received.try_recv() {
                self.owner.take(message, self.now);
            }
            self.owner.step(self.now);
            self.conductor.step(self.now);
            while self.engine.desk().work_once() {
                self.conductor.step(self.now);
            }
            let mut socket = self.socket.lock().expect("no test panics here");
            let n_channels = socket.channels.map_or(0, |n| usize::from(n.get()));
            if let Some(source) = &mut socket.source {
                heard = source.take(480 * n_channels).collect();
            }
            self.now += BEAT;
        }
        heard
    }

    /// Somebody moves the pointer.
    fn attend(&mut self) {
        self.owner.take(Message::Stir, self.now);
    }

    /// Whether the device is open, and pulls.
    fn is_open(&self) -> bool {
        let socket = self.socket.lock().expect("no test panics here");
        socket.source.is_some()
    }

    /// The device runs out of sound once, and is looked at.
    fn run_dry(&mut self) {
        {
            let socket = self.socket.lock().expect("no test panics here");
            if let Some(faults) = &socket.faults {
                faults.count_underrun();
            }
        }
        self.pass(300);
    }

    fn buffer(&self) -> u32 {
        self.socket.lock().expect("no test panics here").buffer
    }

    fn play(&mut self) {
        let drone = SoundKey::new("drone", "");
        self.engine.play(Program::preview(drone), Ticks::ZERO);
    }

    fn heard(&self) -> Heard {
        self.engine.heard(self.now)
    }
}

#[test]
fn without_a_device_the_silent_clock_moves_the_line() {
    let mut rig = Rig::new();
    rig.play();
    rig.pass(1000);
    assert_eq!(rig.heard().state, HeardState::Playing);
    let off = (rig.heard().at - Ticks::from_secs(1)).abs();
    assert!(off < Ticks::from_millis(30), "{off:?}");
    let events = rig.engine.events();
    let told = events
        .iter()
        .filter(|e| matches!(e, Event::NoDevice { .. }));
    assert_eq!(told.count(), 1, "it is told once, though tried again");
}

#[test]
fn a_silent_clock_with_nothing_to_play_sleeps() {
    let mut rig = Rig::new();
    rig.owner.outputs = None;
    rig.owner.retry_at = None;
    assert_eq!(rig.owner.step(rig.now), None);
}

#[test]
fn a_device_that_is_pulled_out_pauses_and_one_that_comes_back_goes_on_where_it_was() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.play();
    assert!(rig.pass(1000).iter().any(|sample| *sample != 0.0));
    rig.unplug();
    rig.pass(500);
    let lost = rig.heard();
    assert_eq!(lost.state, HeardState::Paused);
    assert!(
        (lost.at - Ticks::from_secs(1)).abs() < Ticks::from_millis(50),
        "{lost:?}"
    );
    rig.plug_in(48_000, 2);
    assert!(rig.pass(2000).iter().all(|sample| *sample == 0.0));
    assert_eq!(rig.heard().at, lost.at);
    rig.engine.resume();
    assert!(rig.pass(500).iter().any(|sample| *sample != 0.0));
    let events = rig.engine.events();
    let kinds = events.iter().map(|event| match event {
        Event::DeviceOpened { .. } => "opened",
        Event::DeviceLost { .. } => "lost",
        Event::NoDevice { .. } => "none",
        _ => "else",
    });
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        ["opened", "lost", "none", "opened"]
    );
}

#[test]
fn a_device_at_another_rate_goes_on_at_the_same_place() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.play();
    rig.pass(1000);
    rig.unplug();
    rig.pass(100);
    rig.plug_in(44_100, 2);
    rig.pass(2000);
    let back = rig.heard();
    assert_eq!(rig.engine.rate(), SampleRate::HZ_44100);
    assert_eq!(back.state, HeardState::Paused);
    assert!(
        (back.at - Ticks::from_secs(1)).abs() < Ticks::from_millis(50),
        "{back:?}"
    );
    rig.engine.resume();
    assert!(rig.pass(500).iter().any(|sample| *sample != 0.0));
}

#[test]
fn a_device_that_stops_pulling_without_a_word_is_taken_for_lost() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.play();
    rig.pass(300);
    {
        let mut socket = rig.socket.lock().expect("no test panics here");
        // It keeps the source, and never pulls it again.
        socket.rate = None;
    }
    for _ in 0..STALLED.as_millis() / BEAT.as_millis() + 10 {
        rig.now += BEAT;
        rig.owner.step(rig.now);
    }
    rig.pass(100);
    assert_eq!(rig.engine.diagnostics().stalls, 1);
    assert_eq!(rig.heard().state, HeardState::Paused);
}

#[test]
fn a_device_that_nobody_needs_is_closed_until_somebody_is_there() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.pass(1000);
    assert!(rig.is_open());
    rig.pass(20_500);
    assert!(!rig.is_open(), "it rests");
    assert_eq!(rig.owner.step(rig.now), None, "and wakes nobody");
    rig.attend();
    rig.pass(10);
    assert!(rig.is_open());
    assert_eq!(rig.heard().state, HeardState::Stopped);
}

#[test]
fn a_device_that_plays_is_never_closed() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.play();
    let heard = rig.pass(60_000);
    assert!(heard.iter().any(|sample| *sample != 0.0));
}

#[test]
fn what_was_paused_goes_on_where_it_was_after_a_rest() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.play();
    rig.pass(1000);
    rig.engine.pause();
    rig.pass(30_000);
    assert!(!rig.is_open());
    let paused = rig.heard();
    rig.engine.resume();
    rig.conductor.step(rig.now);
    rig.attend();
    assert!(rig.pass(500).iter().any(|sample| *sample != 0.0));
    let gone = rig.heard().at - paused.at;
    assert!(gone < Ticks::from_millis(700), "{gone:?}");
}

#[test]
fn a_device_that_runs_out_of_sound_gets_more_at_a_time_once_nothing_plays() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.play();
    rig.pass(300);
    for _ in 0..4 {
        rig.run_dry();
    }
    assert_eq!(rig.buffer(), 512, "not while it plays");
    rig.engine.pause();
    rig.pass(600);
    assert_eq!(rig.buffer(), 1024);
    assert!(rig.is_open());
}

#[test]
fn another_output_is_taken_while_it_plays_and_the_music_goes_on() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.play();
    rig.pass(1000);
    let choice = OutputChoice {
        buffer: 2048,
        ..OutputChoice::default()
    };
    rig.owner.take(Message::Choose(choice), rig.now);
    assert!(rig.pass(1000).iter().any(|sample| *sample != 0.0));
    assert_eq!(rig.buffer(), 2048);
    assert_eq!(rig.heard().state, HeardState::Playing);
    // What is heard is guessed ahead by a tenth of a second at most, on a clock of its own here.
    let off = (rig.heard().at - Ticks::from_secs(2)).abs();
    assert!(off < Ticks::from_millis(150), "{off:?}");
}

#[test]
fn stereo_goes_to_the_first_two_channels_and_is_folded_for_one() {
    for (channels, expected) in [
        (1, vec![0.375; 6]),
        (2, vec![0.5, 0.25, 0.5, 0.25, 0.5, 0.25]),
        (3, vec![0.5, 0.25, 0.0, 0.5, 0.25, 0.0]),
    ] {
        let mut rig = Rig::new();
        rig.plug_in(48_000, channels);
        rig.play();
        let heard = rig.pass(1000);
        assert_eq!(heard[..6], expected, "{channels} channels");
    }
}

#[test]
fn the_system_s_default_is_followed_while_it_plays() {
    let mut rig = Rig::new();
    rig.socket.lock().expect("no test panics here").default = Some("loudspeakers".into());
    rig.plug_in(48_000, 2);
    rig.play();
    rig.pass(3000);
    assert_eq!(rig.socket.lock().expect("no test panics here").n_opened, 1);
    rig.socket.lock().expect("no test panics here").default = Some("headphones".into());
    rig.pass(3000);
    assert_eq!(rig.socket.lock().expect("no test panics here").n_opened, 2);
    assert_eq!(rig.heard().state, HeardState::Playing);
    // What is heard is guessed ahead by a tenth of a second at most, on a clock of its own here.
    let off = (rig.heard().at - Ticks::from_secs(6)).abs();
    assert!(off < Ticks::from_millis(150), "{off:?}");
}

#[test]
fn whoever_chose_a_device_stays_with_it_whatever_the_default_is() {
    let mut rig = Rig::new();
    rig.plug_in(48_000, 2);
    rig.owner.take(
        Message::Choose(OutputChoice {
            device: Some("made up".into()),
            ..OutputChoice::default()
        }),
        rig.now,
    );
    rig.pass(3000);
    rig.socket.lock().expect("no test panics here").default = Some("headphones".into());
    rig.pass(5000);
    assert_eq!(rig.socket.lock().expect("no test panics here").n_opened, 1);
}
