//! What the main thread asks of the conductor. Only the newest of each kind is kept, so asking
//! faster than can be done never queues up.

use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use crate::audio::Gain;
use crate::audio::Group;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::audio::TakeId;
use crate::time::SampleRate;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The running number of a request to be somewhere else: a play or a seek.
pub(crate) type RequestNumber = u64;

/// Something asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Request {
    Play {
        number: RequestNumber,
        take: TakeId,
        program: Program,
        from: Ticks,
    },
    Update(Program),
    Seek {
        number: RequestNumber,
        to: Ticks,
    },
    Pause,
    Resume,
    Stop,
    SetLooping(Option<TickSpan>),
    GroupGain(Group, Gain),
    Mono(bool),
    Warm(Vec<(SoundKey, Ticks)>),
    /// Keeps these decoded as a whole, within so many bytes.
    Hold(Vec<SoundKey>, usize),
    /// A device was opened, or the silent clock took over, at this rate.
    Opened(SampleRate),
    /// The device is gone.
    Lost,
}

impl Request {
    /// Whether `self`, coming later, makes `earlier` pointless.
    fn replaces(&self, earlier: &Self) -> bool {
        match self {
            Self::Play { .. } | Self::Stop => earlier.is_about_the_line(),
            Self::Update(_) => matches!(earlier, Self::Update(_) | Self::SetLooping(_)),
            Self::Seek { .. } => matches!(earlier, Self::Seek { .. }),
            Self::Pause | Self::Resume => matches!(earlier, Self::Pause | Self::Resume),
            Self::SetLooping(_) => matches!(earlier, Self::SetLooping(_)),
            Self::GroupGain(group, _) => matches!(earlier, Self::GroupGain(g, _) if g == group),
            Self::Mono(_) => matches!(earlier, Self::Mono(_)),
            Self::Warm(_) => matches!(earlier, Self::Warm(_)),
            Self::Hold(..) => matches!(earlier, Self::Hold(..)),
            Self::Opened(_) => matches!(earlier, Self::Opened(_)),
            Self::Lost => matches!(earlier, Self::Lost),
        }
    }

    fn is_about_the_line(&self) -> bool {
        matches!(
            self,
            Self::Play { .. }
                | Self::Update(_)
                | Self::Seek { .. }
                | Self::Pause
                | Self::Resume
                | Self::Stop
                | Self::SetLooping(_)
        )
    }
}

#[derive(Default)]
struct Contents {
    requests: Vec<Request>,
    is_rung: bool,
    is_closed: bool,
}

/// Where requests are left, with a bell. Holds at most one request of each kind.
#[derive(Default)]
pub(crate) struct Inbox {
    contents: Mutex<Contents>,
    bell: Condvar,
}

impl Inbox {
    /// The contents. Nothing that can panic runs while they are held, so poison means nothing.
    fn lock(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves a request.
    pub(crate) fn put(&self, request: Request) {
        let mut contents = self.lock();
        contents
            .requests
            .retain(|earlier| !request.replaces(earlier));
        contents.requests.push(request);
        self.bell.notify_one();
    }

    /// Says that there is something to look at.
    pub(crate) fn ring(&self) {
        self.lock().is_rung = true;
        self.bell.notify_one();
    }

    /// No more will be asked.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
        self.bell.notify_one();
    }

    /// Takes what is there.
    pub(crate) fn take(&self) -> Vec<Request> {
        let mut contents = self.lock();
        contents.is_rung = false;
        std::mem::take(&mut contents.requests)
    }

    /// Whether there is something to look at.
    pub(crate) fn has_something(&self) -> bool {
        let contents = self.lock();
        contents.is_rung || !contents.requests.is_empty()
    }

    /// Waits until there is something, or for `most`. Returns false once closed.
    pub(crate) fn wait(&self, most: Option<Duration>) -> bool {
        let nothing = |c: &mut Contents| c.requests.is_empty() && !c.is_rung && !c.is_closed;
        let contents = self.lock();
        let contents = if let Some(most) = most {
            let waited = self.bell.wait_timeout_while(contents, most, nothing);
            waited.unwrap_or_else(PoisonError::into_inner).0
        } else {
            let waited = self.bell.wait_while(contents, nothing);
            waited.unwrap_or_else(PoisonError::into_inner)
        };
        !contents.is_closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play(number: RequestNumber) -> Request {
        Request::Play {
            number,
            take: TakeId(number),
            program: Program::default(),
            from: Ticks::ZERO,
        }
    }

    #[test]
    fn of_many_plays_only_the_newest_is_left() {
        let inbox = Inbox::default();
        for number in 0..100 {
            inbox.put(play(number));
            inbox.put(Request::Pause);
            inbox.put(Request::Update(Program::default()));
        }
        inbox.put(play(100));
        assert_eq!(inbox.take(), [play(100)]);
    }

    #[test]
    fn what_comes_after_a_play_is_kept_after_it() {
        let inbox = Inbox::default();
        inbox.put(play(1));
        inbox.put(Request::Pause);
        inbox.put(Request::Resume);
        assert_eq!(inbox.take(), [play(1), Request::Resume]);
    }

    #[test]
    fn the_faders_outlive_a_play() {
        let inbox = Inbox::default();
        inbox.put(Request::GroupGain(Group::Guide, Gain::SILENT));
        inbox.put(play(1));
        assert_eq!(inbox.take().len(), 2);
    }
}
