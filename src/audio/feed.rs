//! Filling one voice's ring: opening, seeking and reading a sound, on a worker thread.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::audio::Pace;
use crate::audio::SoundKey;
use crate::audio::clock::Clock;
use crate::audio::clock::Motion;
use crate::audio::clock::RunId;
use crate::audio::heads::Head;
use crate::audio::voice::Line;
use crate::audio::voice::VoiceId;
use crate::audio::voice::count;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;

/// Frames read at a time: small enough that a worker soon looks for what is more urgent.
pub(crate) const STEP: usize = 4096;

/// The frames a voice needs to begin: 20 ms.
pub(crate) fn priming(rate: SampleRate) -> i64 {
    i64::from(rate.get()) / 50
}

/// The frames a ring holds: 1.5 s.
pub(crate) fn ring_length(rate: SampleRate) -> usize {
    rate.get() as usize * 3 / 2
}

/// Damaged places read over before a sound is given up.
const PATIENCE: u32 = 64;

/// A broken file must not send the device what is not a number.
pub(crate) fn make_finite(frames: &mut [StereoFrame]) {
    for frame in frames {
        *frame = frame.map(|sample| if sample.is_finite() { sample } else { 0.0 });
    }
}

/// What has come of a feed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FeedStatus {
    /// Its voice can begin.
    pub(crate) primed: bool,
    /// The run's frame after the sound's last one, once that is known.
    pub(crate) end: Option<i64>,
    /// Why it went no further.
    pub(crate) failure: Option<String>,
    /// There are frames to be heard.
    pub(crate) has_frames: bool,
}

impl FeedStatus {
    /// Whether nothing of it will ever be heard, for a reason.
    pub(crate) fn is_void(&self) -> bool {
        self.failure.is_some() && !self.has_frames
    }
}

/// One voice's supply.
pub(crate) struct Feed {
    pub(crate) id: VoiceId,
    pub(crate) key: SoundKey,
    pub(crate) pace: Pace,
    pub(crate) rate: SampleRate,
    pub(crate) run: RunId,
    /// The run's frame of the sound's first.
    pub(crate) origin: i64,
    /// The run's frame of the next one to be pushed.
    pub(crate) next: i64,
    pub(crate) line: Arc<Line>,
    pub(crate) ring: rtrb::Producer<StereoFrame>,
    pub(crate) sound: Option<Box<dyn Sound>>,
    pub(crate) status: FeedStatus,
    /// The sound stands at `next`.
    pub(crate) is_placed: bool,
    pub(crate) damages: u32,
}

impl Feed {
    /// Starts off with what was decoded before.
    pub(crate) fn preload(&mut self, head: &Head) {
        let Ok(skip) = usize::try_from(self.next - self.origin - head.from) else {
            return;
        };
        let ready = head.frames.get(skip..).unwrap_or_default();
        let (pushed, left) = self.ring.push_partial_slice(ready);
        self.next += count(pushed.len());
        self.status.has_frames = true;
        if head.is_last && left.is_empty() {
            self.finish();
        }
        self.note_primed();
    }

    /// Whether it has all that was asked for, for now.
    pub(crate) fn is_satisfied(&self) -> bool {
        self.status.end.is_some() || self.next >= self.line.until.load(Ordering::Relaxed)
    }

    /// Frames in the ring.
    pub(crate) fn buffered(&self) -> usize {
        self.ring.buffer().capacity() - self.ring.slots()
    }

    /// Reads on: until the voice can begin, if it could not; else one step. The sound is open.
    pub(crate) fn advance(&mut self, clock: &Clock, scratch: &mut [StereoFrame]) {
        if self.line.cancelled.load(Ordering::Relaxed) {
            return;
        }
        let was_primed = self.status.primed;
        if let Err(error) = self.place(clock) {
            self.fail(&error);
            return;
        }
        let mut left = scratch.len();
        while left > 0 && !self.is_satisfied() && !self.line.cancelled.load(Ordering::Relaxed) {
            let wanted = self.line.until.load(Ordering::Relaxed) - self.next;
            let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
            let n = left.min(wanted).min(self.ring.slots());
            if n == 0 {
                break;
            }
            left -= self.read(&mut scratch[..n]);
            self.note_primed();
            if self.status.primed && !was_primed {
                break;
            }
        }
        self.note_primed();
    }

    /// Seeks to where it must begin. A voice whose run has gone on without it begins where the
    /// run will be in a moment, rather than with what would have to be thrown away.
    fn place(&mut self, clock: &Clock) -> Result<(), SoundError> {
        if self.is_placed {
            return Ok(());
        }
        // Once there are frames in the ring, the place of the next is settled.
        if !self.status.has_frames
            && let Some(reading) = clock.read()
            && reading.newest().run == self.run
        {
            let lead = if reading.newest().motion == Motion::Playing {
                i64::from(self.rate.get()) * 15 / 1000
            } else {
                0
            };
            self.next = self.next.max(reading.position() + lead);
            self.line.first.store(self.next, Ordering::Release);
        }
        if let Some(sound) = &mut self.sound {
            sound.seek(Samples::new(self.next - self.origin))?;
            self.is_placed = true;
        }
        Ok(())
    }

    /// Reads once and pushes what came; returns how many frames of `scratch` that used up.
    fn read(&mut self, scratch: &mut [StereoFrame]) -> usize {
        let Some(sound) = &mut self.sound else {
            return scratch.len();
        };
        match sound.read(scratch) {
            Ok(0) => {
                self.finish();
                0
            }
            Ok(n) => {
                let n = n.min(scratch.len());
                make_finite(&mut scratch[..n]);
                let (pushed, _) = self.ring.push_partial_slice(&scratch[..n]);
                self.next += count(pushed.len());
                self.status.has_frames = true;
                n
            }
            Err(error) => {
                self.damages += 1;
                if matches!(error, SoundError::Io(_)) || self.damages > PATIENCE {
                    self.fail(&error);
                }
                // A damaged place counts for something, so that reading over many takes turns.
                scratch.len().min(256)
            }
        }
    }

    fn note_primed(&mut self) {
        if self.is_satisfied() || count(self.buffered()) >= priming(self.rate) {
            self.status.primed = true;
        }
    }

    fn finish(&mut self) {
        self.status.end = Some(self.next);
        self.line.finished.store(true, Ordering::Release);
    }

    /// Gives up; what was pushed is still played.
    pub(crate) fn fail(&mut self, reason: &dyn std::fmt::Display) {
        self.status.failure = Some(reason.to_string());
        self.finish();
    }
}
