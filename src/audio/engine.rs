//! The engine as the rest of the program sees it: a handle whose methods return at once.

use std::cell::Cell;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Instant;

use crate::audio::Diagnostics;
use crate::audio::Event;
use crate::audio::Gain;
use crate::audio::Group;
use crate::audio::OpenSound;
use crate::audio::Outputs;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::audio::TakeId;
use crate::audio::bus::Bus;
use crate::audio::clock::Clock;
use crate::audio::clock::Motion;
use crate::audio::clock::Reading;
use crate::audio::clock::RunId;
use crate::audio::conductor::Conductor;
use crate::audio::conductor::Shared;
use crate::audio::desk::Desk;
use crate::audio::desk::Limits;
use crate::audio::device::SoundCard;
use crate::audio::inbox::Inbox;
use crate::audio::inbox::Request;
use crate::audio::meters::Counters;
use crate::audio::meters::Meters;
use crate::audio::news::News;
use crate::audio::news::Starting;
use crate::audio::output::Message;
use crate::audio::output::OutputChoice;
use crate::audio::owner::MESSAGES;
use crate::audio::owner::Owner;
use crate::audio::owner::Ties;
use crate::time::SampleRate;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What the engine may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which device is opened, and how. Default: the system's, with 512 frames.
    pub output: OutputChoice,
    /// Threads that decode. Default: 6. A third of them may be busy warming and all but one with
    /// opening, so that slow files leave some for what sounds.
    pub workers: usize,
    /// Memory for warmed beginnings, in bytes. Default: 64 MB, about a hundred of them.
    pub warm_bytes: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            output: OutputChoice::default(),
            workers: 6,
            warm_bytes: 64 << 20,
        }
    }
}

/// What the line is doing, as heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeardState {
    /// Nothing was ever played, or it was stopped.
    #[default]
    Stopped,
    /// Something was asked for and is not heard yet.
    Starting,
    /// It goes on.
    Playing,
    /// It stands where it was paused.
    Paused,
    /// It stands where it ended by itself.
    Ended,
}

/// What is heard at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Which take; while starting, the one that will be heard.
    pub take: TakeId,
    /// Where on its line; while starting, where it will begin.
    pub at: Ticks,
    /// What it does.
    pub state: HeardState,
}

/// Plays programs.
///
/// All methods return at once: they leave a request and do not wait for anything to come of it.
/// What came of it is told by [`Engine::heard`] and [`Engine::events`].
pub struct Engine {
    shared: Shared,
    meters: Arc<Meters>,
    messages: Option<SyncSender<Message>>,
    last_number: Cell<u64>,
    last_take: Cell<u64>,
    last_reading: Cell<Option<Reading>>,
    last_heard: Cell<(RunId, i64)>,
}

/// The pieces of an engine, not running yet.
pub(crate) struct Assembly {
    pub(crate) engine: Engine,
    pub(crate) conductor: Conductor,
    pub(crate) bus: Bus,
}

type Call = Arc<dyn Fn() + Send + Sync>;

impl Engine {
    /// Starts an engine on the system's default output device, or on a silent clock until there
    /// is one. `wake` is called, from any thread, when there is something new to see.
    ///
    /// # Errors
    ///
    /// Fails when the system gives no threads.
    pub fn start(config: &Config, opener: Arc<dyn OpenSound>, wake: Call) -> io::Result<Self> {
        Self::start_on(config, Some(Box::new(SoundCard)), opener, wake)
    }

    /// Starts an engine on a silent clock that stays silent.
    ///
    /// # Errors
    ///
    /// Fails when the system gives no threads.
    pub fn start_silent(
        config: &Config,
        opener: Arc<dyn OpenSound>,
        wake: Call,
    ) -> io::Result<Self> {
        Self::start_on(config, None, opener, wake)
    }

    /// Starts an engine on outputs of any kind.
    ///
    /// # Errors
    ///
    /// Fails when the system gives no threads.
    pub fn start_on(
        config: &Config,
        outputs: Option<Box<dyn Outputs>>,
        opener: Arc<dyn OpenSound>,
        wake: Call,
    ) -> io::Result<Self> {
        let now = Instant::now();
        let (messages, received) = sync_channel(MESSAGES);
        let stir = stir(messages.clone());
        let assembly = Self::assemble(config, SampleRate::HZ_48000, opener, wake, stir, now);
        let Assembly {
            mut engine,
            mut conductor,
            bus,
        } = assembly;
        engine.messages = Some(messages.clone());
        let ties = engine.ties();
        let channel = (messages, received);
        let mut owner = Owner::new(
            Box::new(bus),
            outputs,
            config.output.clone(),
            ties,
            channel,
            now,
        );
        spawn("audio-output", move || owner.work())?;
        spawn("audio-conductor", move || conductor.work())?;
        for n in 1..=config.workers.max(1) {
            let desk = Arc::clone(&engine.shared.desk);
            spawn(&format!("audio-feeder-{n}"), move || desk.work())?;
        }
        Ok(engine)
    }

    pub(crate) fn assemble(
        config: &Config,
        rate: SampleRate,
        opener: Arc<dyn OpenSound>,
        wake: Call,
        stir: Call,
        now: Instant,
    ) -> Assembly {
        let clock = Arc::new(Clock::new(now, rate));
        let counters = Arc::new(Counters::default());
        let meters = Arc::new(Meters::default());
        let inbox = Arc::new(Inbox::default());
        let limits = Limits {
            workers: config.workers,
            head_bytes: config.warm_bytes,
        };
        let ring = {
            let inbox = Arc::clone(&inbox);
            Box::new(move || inbox.ring())
        };
        let desk = Desk::new(
            opener,
            Arc::clone(&clock),
            Arc::clone(&counters),
            ring,
            limits,
        );
        let (bus, ends) = Bus::new(
            Arc::clone(&clock),
            Arc::clone(&counters),
            Arc::clone(&meters),
        );
        let shared = Shared {
            inbox,
            desk: Arc::new(desk),
            clock,
            news: Arc::new(News::default()),
            counters,
            wake,
            stir,
        };
        Assembly {
            conductor: Conductor::new(shared.clone(), ends),
            engine: Self {
                shared,
                meters,
                messages: None,
                last_number: Cell::new(0),
                last_take: Cell::new(0),
                last_reading: Cell::new(None),
                last_heard: Cell::default(),
            },
            bus,
        }
    }

    pub(crate) fn ties(&self) -> Ties {
        Ties {
            inbox: Arc::clone(&self.shared.inbox),
            clock: Arc::clone(&self.shared.clock),
            news: Arc::clone(&self.shared.news),
            counters: Arc::clone(&self.shared.counters),
            wake: Arc::clone(&self.shared.wake),
        }
    }

    /// Whether there is something for the conductor to look at.
    pub(crate) fn has_rung(&self) -> bool {
        self.shared.inbox.has_something()
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.shared.desk
    }

    /// Plays a program from a place, in place of whatever sounds: that goes on until the new one
    /// can begin, and fades as it does. Of several plays in quick succession only the newest
    /// counts.
    pub fn play(&self, program: Program, from: Ticks) -> TakeId {
        let take = TakeId(self.last_take.get() + 1);
        self.last_take.set(take.0);
        let number = self.announce(take, from);
        self.shared.inbox.put(Request::Play {
            number,
            take,
            program,
            from,
        });
        take
    }

    /// Goes on with another version of the program on the same line. Parts are told apart by
    /// their ids. Levels and fades change smoothly; a part with another sound, or in another
    /// place, is crossfaded to as soon as it is ready.
    pub fn update(&self, program: Program) {
        self.shared.inbox.put(Request::Update(program));
    }

    /// Stands still; what is prepared stays prepared.
    pub fn pause(&self) {
        self.shared.inbox.put(Request::Pause);
    }

    /// Goes on from where it was paused.
    pub fn resume(&self) {
        self.shared.inbox.put(Request::Resume);
    }

    /// Goes on from another place of the line; if it was paused or had ended, it stands there.
    pub fn seek(&self, to: Ticks) {
        let number = self.announce(TakeId(self.last_take.get()), to);
        self.shared.inbox.put(Request::Seek { number, to });
    }

    /// Stops, and forgets what was played.
    pub fn stop(&self) {
        self.shared.inbox.put(Request::Stop);
    }

    /// Repeats this stretch of the line once it has come into it, or lets go of the one that
    /// repeats.
    pub fn set_looping(&self, looping: Option<TickSpan>) {
        self.shared.inbox.put(Request::SetLooping(looping));
    }

    /// Moves the fader of a group; stays through all programs.
    pub fn set_group_gain(&self, group: Group, gain: Gain) {
        self.shared.inbox.put(Request::GroupGain(group, gain));
    }

    /// Plays the mean of both channels on each, or stereo again; stays through all programs.
    pub fn set_mono(&self, is_mono: bool) {
        self.shared.inbox.put(Request::Mono(is_mono));
    }

    /// Says what will probably be played next, the likeliest first: each sound with the place in
    /// it where playing would begin. They are opened, sought and decoded a little way. Asking
    /// again is cheap; a newer list replaces what has not been done of an older one.
    pub fn warm(&self, likely: Vec<(SoundKey, Ticks)>) {
        self.shared.inbox.put(Request::Warm(likely));
    }

    /// Keeps these sounds decoded as a whole, and no others: each has its sound at once, at any
    /// place. The first are decoded first, as long as they fit into so many bytes.
    pub fn hold(&self, sounds: Vec<SoundKey>, bytes: usize) {
        self.shared.inbox.put(Request::Hold(sounds, bytes));
    }

    /// What is heard at `now`.
    ///
    /// The place is that of the frame that leaves the device, as far as its latency is known, and
    /// within a going of the line it never moves back but where the line itself jumps.
    pub fn heard(&self, now: Instant) -> Heard {
        let clock = &self.shared.clock;
        let reading = clock.read().or(self.last_reading.get());
        self.last_reading.set(reading);
        let Some(reading) = reading else {
            return Heard::default();
        };
        let frame = clock.heard_frame(&reading, now);
        let mark = reading.mark_at(frame);
        let mut position = mark.position_at(frame);
        let (last_run, last_position) = self.last_heard.get();
        if last_run == mark.run {
            position = position.max(last_position);
        }
        self.last_heard.set((mark.run, position));
        let place = self.shared.news.locate(mark.run, position);
        let number = place.map_or(0, |place| place.number);
        if let Some(starting) = self.shared.news.starting_after(number) {
            return Heard {
                take: starting.take,
                at: starting.at,
                state: HeardState::Starting,
            };
        }
        let Some(place) = place else {
            return Heard::default();
        };
        Heard {
            take: place.take,
            at: place.at,
            state: match mark.motion {
                Motion::Stopped => HeardState::Stopped,
                Motion::Playing => HeardState::Playing,
                Motion::Paused => HeardState::Paused,
                Motion::Ended => HeardState::Ended,
            },
        }
    }

    /// What happened since the last call. At most 256 events are kept; older ones go first.
    pub fn events(&self) -> Vec<Event> {
        self.shared.news.take_events()
    }

    /// The highest sample of a group since the last call, as a factor of full scale. How it
    /// falls back is up to whoever draws it.
    pub fn take_peak(&self, group: Group) -> f32 {
        self.meters.take(group)
    }

    /// How loud a group is: its loudness over the last 400 ms, in LUFS; nothing where it is silent.
    pub fn loudness(&self, group: Group) -> Option<f32> {
        self.meters.loudness(group)
    }

    /// The rate of the device, or of the silent clock.
    pub fn rate(&self) -> SampleRate {
        self.shared.clock.rate()
    }

    /// How it has fared so far.
    pub fn diagnostics(&self) -> Diagnostics {
        self.shared.counters.read()
    }

    /// Somebody is there who may ask for something any moment: an output that rests is opened.
    pub fn attend(&self) {
        (self.shared.stir)();
    }

    /// Plays on another output, or with another buffer, from now on; what plays goes on there.
    pub fn choose_output(&self, choice: OutputChoice) {
        if let Some(messages) = &self.messages
            && messages.try_send(Message::Choose(choice)).is_err()
        {
            tracing::warn!("the output's owner was too busy to change the output");
        }
    }

    /// Numbers a request to be somewhere else, and shows it as starting.
    fn announce(&self, take: TakeId, at: Ticks) -> u64 {
        let number = self.last_number.get() + 1;
        self.last_number.set(number);
        self.shared.news.starting(Starting { number, take, at });
        number
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // The threads end by themselves; one that is stuck in a slow file must not hold us up.
        self.shared.inbox.close();
        self.shared.desk.close();
        if let Some(messages) = &self.messages
            && messages.try_send(Message::Close).is_err()
        {
            tracing::debug!("the output's owner was busy when the engine went");
        }
    }
}

/// What tells a silent clock that the bus was told something.
pub(crate) fn stir(messages: SyncSender<Message>) -> Call {
    Arc::new(move || {
        // When it is full, the owner has enough to look at.
        let _ignored: Result<(), _> = messages.try_send(Message::Stir);
    })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
}
