//! What the bus has rendered, and when: written by the bus, read by everyone.
//!
//! The numbers belong together, so they are guarded by a sequence number (a seqlock built of
//! atomics): the writer never waits, and a reader that was overtaken reads again. See Boehm, "Can
//! seqlocks get along with programming language memory models?", 2012, for the fences.

use std::sync::atomic::AtomicI64;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::sync::atomic::fence;
use std::time::Duration;
use std::time::Instant;

use crate::time::SampleRate;

/// One going of the line: a play or a seek. Frames of a run are counted on without a break
/// through loops, and stand still while paused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RunId(pub(crate) u64);

/// What the line is doing from a mark on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Motion {
    /// Nothing was ever played, or playing was stopped.
    #[default]
    Stopped,
    /// Going on.
    Playing,
    /// Standing where it was paused.
    Paused,
    /// Standing at its end.
    Ended,
}

impl Motion {
    fn from_code(code: i64) -> Self {
        match code {
            1 => Self::Playing,
            2 => Self::Paused,
            3 => Self::Ended,
            _ => Self::Stopped,
        }
    }

    const fn code(self) -> i64 {
        match self {
            Self::Stopped => 0,
            Self::Playing => 1,
            Self::Paused => 2,
            Self::Ended => 3,
        }
    }
}

/// A change of what the line does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The bus frame from which it holds.
    pub(crate) frame: i64,
    /// Which run.
    pub(crate) run: RunId,
    /// The run's frame at that bus frame.
    pub(crate) position: i64,
    /// What it does from there on.
    pub(crate) motion: Motion,
}

impl Mark {
    /// The run's frame at bus frame `frame`, not before this mark.
    pub(crate) fn position_at(&self, frame: i64) -> i64 {
        if self.motion == Motion::Playing {
            self.position + (frame - self.frame).max(0)
        } else {
            self.position
        }
    }
}

/// How many marks are remembered: more than can pass within any device's latency.
const N_MARKS: usize = 8;

/// All that the clock tells, read at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// Bus frames rendered.
    pub(crate) frames: i64,
    /// A bus frame, smoothed, that went with `anchor_at`.
    pub(crate) anchor: i64,
    /// When, in nanoseconds since the clock's birth.
    pub(crate) anchor_at: i64,
    /// The newest mark first.
    pub(crate) marks: [Mark; N_MARKS],
}

impl Reading {
    /// What the line does at the newest frame rendered.
    pub(crate) fn newest(&self) -> Mark {
        self.marks[0]
    }

    /// The run's frame that will be rendered next.
    pub(crate) fn position(&self) -> i64 {
        self.newest().position_at(self.frames)
    }

    /// The mark that holds at bus frame `frame`.
    pub(crate) fn mark_at(&self, frame: i64) -> Mark {
        let found = self.marks.iter().find(|mark| mark.frame <= frame);
        *found.unwrap_or(&self.marks[N_MARKS - 1])
    }
}

#[derive(Default)]
struct MarkCell {
    frame: AtomicI64,
    run: AtomicU64,
    position: AtomicI64,
    motion: AtomicI64,
}

impl MarkCell {
    fn store(&self, mark: Mark) {
        self.frame.store(mark.frame, Ordering::Relaxed);
        self.run.store(mark.run.0, Ordering::Relaxed);
        self.position.store(mark.position, Ordering::Relaxed);
        self.motion.store(mark.motion.code(), Ordering::Relaxed);
    }

    fn load(&self) -> Mark {
        Mark {
            frame: self.frame.load(Ordering::Relaxed),
            run: RunId(self.run.load(Ordering::Relaxed)),
            position: self.position.load(Ordering::Relaxed),
            motion: Motion::from_code(self.motion.load(Ordering::Relaxed)),
        }
    }
}

/// The clock itself, shared by the bus (the only writer) and its readers.
pub(crate) struct Clock {
    birth: Instant,
    sequence: AtomicU64,
    frames: AtomicI64,
    anchor: AtomicI64,
    anchor_at: AtomicI64,
    marks: [MarkCell; N_MARKS],
    // Written by whoever opens the device; each is meaningful by itself.
    rate: AtomicU32,
    latency: AtomicI64,
}

impl Clock {
    pub(crate) fn new(birth: Instant, rate: SampleRate) -> Self {
        Self {
            birth,
            sequence: AtomicU64::new(0),
            frames: AtomicI64::new(0),
            anchor: AtomicI64::new(0),
            anchor_at: AtomicI64::new(0),
            marks: Default::default(),
            rate: AtomicU32::new(rate.get()),
            latency: AtomicI64::new(0),
        }
    }

    /// Frames per second of everything the clock tells.
    pub(crate) fn rate(&self) -> SampleRate {
        SampleRate::new(self.rate.load(Ordering::Relaxed)).unwrap_or(SampleRate::HZ_48000)
    }

    /// Says what the device is like: its rate, and the frames between rendering and hearing.
    pub(crate) fn set_device(&self, rate: SampleRate, latency: i64) {
        self.rate.store(rate.get(), Ordering::Relaxed);
        self.latency.store(latency, Ordering::Relaxed);
    }

    /// Nanoseconds from the clock's birth to `now`.
    fn nanos(&self, now: Instant) -> i64 {
        let passed = now.saturating_duration_since(self.birth).as_nanos();
        i64::try_from(passed).unwrap_or(i64::MAX)
    }

    /// What the clock tells. Reads again when the bus wrote meanwhile, which it does for less
    /// than a microsecond at a time; gives up for this time after many tries, so that a reader
    /// never hangs on a bus that was suspended while writing.
    pub(crate) fn read(&self) -> Option<Reading> {
        for _ in 0..10_000 {
            let before = self.sequence.load(Ordering::Acquire);
            if before.is_multiple_of(2) {
                let reading = Reading {
                    frames: self.frames.load(Ordering::Relaxed),
                    anchor: self.anchor.load(Ordering::Relaxed),
                    anchor_at: self.anchor_at.load(Ordering::Relaxed),
                    marks: std::array::from_fn(|at| self.marks[at].load()),
                };
                fence(Ordering::Acquire);
                if self.sequence.load(Ordering::Relaxed) == before {
                    return Some(reading);
                }
            }
            std::hint::spin_loop();
        }
        None
    }

    /// The bus frame that is heard at `now`: what was rendered, less the device's latency, moved
    /// on by the time since.
    pub(crate) fn heard_frame(&self, reading: &Reading, now: Instant) -> i64 {
        let since = (self.nanos(now) - reading.anchor_at).max(0);
        // A device that has stopped pulling is not followed further than this.
        let since = since.min(LONGEST_GUESS.as_nanos() as i64);
        let moved = nanos_to_frames(since, self.rate());
        (reading.anchor + moved - self.latency.load(Ordering::Relaxed)).max(0)
    }
}

/// How far ahead of the last block heard positions are guessed.
const LONGEST_GUESS: Duration = Duration::from_millis(100);

fn nanos_to_frames(nanos: i64, rate: SampleRate) -> i64 {
    let frames = i128::from(nanos) * i128::from(rate.get()) / 1_000_000_000;
    i64::try_from(frames).unwrap_or(i64::MAX)
}

/// The bus's side of the clock. Real-time code.
pub(crate) struct ClockWriter {
    clock: std::sync::Arc<Clock>,
    rate: SampleRate,
    frames: i64,
    anchor: i64,
    anchor_at: i64,
    marks: [Mark; N_MARKS],
    marks_changed: bool,
}

impl ClockWriter {
    pub(crate) fn new(clock: std::sync::Arc<Clock>) -> Self {
        Self {
            rate: clock.rate(),
            clock,
            frames: 0,
            anchor: 0,
            anchor_at: 0,
            marks: [Mark::default(); N_MARKS],
            marks_changed: false,
        }
    }

    /// Goes on at another rate.
    pub(crate) fn set_rate(&mut self, rate: SampleRate) {
        self.rate = rate;
    }

    /// Notes a change `ahead` frames into the block that is being rendered; told at its end.
    pub(crate) fn mark(&mut self, ahead: i64, run: RunId, position: i64, motion: Motion) {
        let frame = self.frames + ahead;
        // Of two changes at one frame only the last can be heard.
        if self.marks[0].frame < frame {
            self.marks.rotate_right(1);
        }
        self.marks[0] = Mark {
            frame,
            run,
            position,
            motion,
        };
        self.marks_changed = true;
    }

    /// Tells that `rendered` more frames were rendered at `now`.
    pub(crate) fn publish(&mut self, rendered: i64, now: Instant) {
        self.frames += rendered;
        let at = self.clock.nanos(now);
        self.settle(at);
        let clock = &self.clock;
        let sequence = clock.sequence.load(Ordering::Relaxed);
        clock.sequence.store(sequence + 1, Ordering::Relaxed);
        fence(Ordering::Release);
        clock.frames.store(self.frames, Ordering::Relaxed);
        clock.anchor.store(self.anchor, Ordering::Relaxed);
        clock.anchor_at.store(self.anchor_at, Ordering::Relaxed);
        if self.marks_changed {
            for (cell, mark) in clock.marks.iter().zip(self.marks) {
                cell.store(mark);
            }
            self.marks_changed = false;
        }
        clock.sequence.store(sequence + 2, Ordering::Release);
    }

    /// Moves the anchor. A device pulls several blocks at once and then none for a while, so the
    /// anchor follows the line along the tops of these steps: it jumps up to a block that came
    /// early and is let down slowly, and it starts again where pulling has paused.
    fn settle(&mut self, at: i64) {
        let guess = self.anchor + nanos_to_frames(at - self.anchor_at, self.rate);
        let behind = guess - self.frames;
        let pause = i64::from(self.rate.get()) / 10;
        if (0..pause).contains(&behind) {
            self.anchor = guess - behind / 256;
        } else {
            self.anchor = self.frames;
        }
        self.anchor_at = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn writer() -> (Arc<Clock>, ClockWriter, Instant) {
        let birth = Instant::now();
        let clock = Arc::new(Clock::new(birth, SampleRate::HZ_48000));
        (Arc::clone(&clock), ClockWriter::new(clock), birth)
    }

    #[test]
    fn the_mark_that_holds_is_the_last_one_not_after_the_frame() {
        let (clock, mut writer, now) = writer();
        writer.publish(100, now);
        writer.mark(10, RunId(1), 0, Motion::Playing);
        writer.publish(100, now);
        writer.mark(0, RunId(1), 90, Motion::Paused);
        writer.publish(100, now);
        let reading = clock.read().expect("nobody writes");
        assert_eq!(reading.mark_at(109).motion, Motion::Stopped);
        assert_eq!(reading.mark_at(110).motion, Motion::Playing);
        assert_eq!(reading.mark_at(150).position_at(150), 40);
        assert_eq!(reading.position(), 90);
    }

    #[test]
    fn pulls_in_bursts_are_heard_as_an_even_line() {
        let (clock, mut writer, birth) = writer();
        let period = Duration::from_nanos(512 * 1_000_000_000 / 48_000);
        let mut last = None;
        for burst in 0..200_u32 {
            let now = birth + period * burst;
            for block in 0..4_u32 {
                writer.publish(128, now + Duration::from_micros(u64::from(block)));
                let reading = clock.read().expect("nobody writes");
                let heard = clock.heard_frame(&reading, now + Duration::from_micros(5));
                if burst > 2 {
                    let before = last.expect("set by the burst before");
                    let step: i64 = heard - before;
                    assert!((-2..=520).contains(&step), "burst {burst}: {step}");
                }
                last = Some(heard);
            }
        }
    }

    #[test]
    fn readers_and_a_writer_at_once_see_numbers_that_belong_together() {
        let (clock, mut writer, now) = writer();
        let reader = std::thread::spawn({
            let clock = Arc::clone(&clock);
            move || {
                let mut last = 0;
                while last < 20_000 {
                    let Some(reading) = clock.read() else {
                        continue;
                    };
                    let mark = reading.newest();
                    assert_eq!(mark.position, mark.frame * 3);
                    assert!(reading.frames >= last);
                    last = reading.frames;
                }
            }
        });
        for _ in 0..20_000 {
            let frame = writer.frames;
            writer.mark(0, RunId(1), frame * 3, Motion::Playing);
            writer.publish(1, now);
        }
        reader.join().expect("the reader saw a torn reading");
    }
}
