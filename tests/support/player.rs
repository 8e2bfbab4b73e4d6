//! A player that plays nothing and remembers everything.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use needledrop::app::HeardNow;
use needledrop::app::PlayState;
use needledrop::app::Player;
use needledrop::app::PlayerEvent;
use needledrop::audio::Gain;
use needledrop::audio::Group;
use needledrop::audio::Program;
use needledrop::audio::SoundKey;
use needledrop::time::Ticks;

/// One thing the player was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Call {
    /// To play a program from a place.
    Play(Program, Ticks),
    /// To go on with a changed program.
    Update(Program),
    /// To stand still.
    Pause,
    /// To go on.
    Resume,
    /// To go on elsewhere.
    Seek(Ticks),
    /// To fall silent.
    Stop,
}

/// What the player was asked for, shared between the player and the test.
#[derive(Clone, Default)]
pub(crate) struct PlayerLog(Rc<RefCell<Log>>);

#[derive(Default)]
struct Log {
    calls: Vec<Call>,
    heard: HeardNow,
    peak: f32,
    held: Vec<String>,
    events: Vec<PlayerEvent>,
}

impl PlayerLog {
    /// Everything asked for since the last time this was asked.
    pub(crate) fn take(&self) -> Vec<Call> {
        std::mem::take(&mut self.0.borrow_mut().calls)
    }

    /// The file names of what was asked to be played since the last time this was asked.
    pub(crate) fn take_played(&self) -> Vec<String> {
        self.take()
            .into_iter()
            .filter_map(|call| match call {
                Call::Play(program, _) => program.parts.last().map(name_of),
                _ => None,
            })
            .collect()
    }

    /// Lets it be heard at a place.
    pub(crate) fn advance_to(&self, at: Ticks) {
        self.0.borrow_mut().heard.at = at;
    }

    /// Makes the meters move.
    pub(crate) fn set_peak(&self, peak: f32) {
        self.0.borrow_mut().peak = peak;
    }

    /// Has something happen.
    pub(crate) fn happen(&self, event: PlayerEvent) {
        self.0.borrow_mut().events.push(event);
    }

    /// The file names of what it was asked to keep decoded.
    pub(crate) fn held(&self) -> Vec<String> {
        self.0.borrow().held.clone()
    }

    /// What it does now.
    pub(crate) fn state(&self) -> PlayState {
        self.0.borrow().heard.state
    }
}

fn name_of(part: &needledrop::audio::Part) -> String {
    let name = part.sound.path().file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The player itself.
pub(crate) struct FakePlayer(PlayerLog);

impl FakePlayer {
    /// A player that writes to `log`.
    pub(crate) fn new(log: PlayerLog) -> Self {
        Self(log)
    }

    fn note(&mut self, call: Call, state: PlayState) {
        let mut log = self.0.0.borrow_mut();
        log.calls.push(call);
        log.heard.state = state;
    }
}

impl Player for FakePlayer {
    fn play(&mut self, program: Program, from: Ticks) {
        self.0.advance_to(from);
        self.note(Call::Play(program, from), PlayState::Playing);
    }

    fn update(&mut self, program: Program) {
        let state = self.0.state();
        self.note(Call::Update(program), state);
    }

    fn pause(&mut self) {
        self.note(Call::Pause, PlayState::Paused);
    }

    fn resume(&mut self) {
        self.note(Call::Resume, PlayState::Playing);
    }

    fn seek(&mut self, to: Ticks) {
        let state = self.0.state();
        self.0.advance_to(to);
        self.note(Call::Seek(to), state);
    }

    fn stop(&mut self) {
        self.note(Call::Stop, PlayState::Stopped);
    }

    fn set_group_gain(&mut self, _group: Group, _gain: Gain) {}

    fn warm(&mut self, _sounds: Vec<(SoundKey, Ticks)>) {}

    fn hold(&mut self, sounds: Vec<SoundKey>, _bytes: usize) {
        let name = |key: SoundKey| {
            let name = key.path().file_stem().unwrap_or_default();
            name.to_string_lossy().into_owned()
        };
        self.0.0.borrow_mut().held = sounds.into_iter().map(name).collect();
    }

    fn heard(&mut self, _now: Instant) -> HeardNow {
        self.0.0.borrow().heard
    }

    fn events(&mut self) -> Vec<PlayerEvent> {
        std::mem::take(&mut self.0.0.borrow_mut().events)
    }

    fn take_peak(&mut self, _group: Group) -> f32 {
        self.0.0.borrow().peak
    }
}
