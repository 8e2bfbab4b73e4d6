//! One sounding part: decoded frames out of a ring, in their place, at their level. Real-time
//! code.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering;

use crate::audio::clock::RunId;
use crate::audio::fade::Contour;
use crate::audio::fade::Edge;
use crate::audio::fade::FrameSpan;
use crate::audio::fade::Joints;
use crate::audio::meters::Counters;
use crate::media::StereoFrame;
use crate::time::SampleRate;

/// Names a voice for as long as the engine lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct VoiceId(pub(crate) u64);

/// What the two ends of a voice's ring tell each other besides the frames.
#[derive(Debug)]
pub(crate) struct Line {
    /// The run's frame of the first frame in the ring; told before the first is pushed.
    pub(crate) first: AtomicI64,
    /// The run's frame up to which frames are wanted.
    pub(crate) until: AtomicI64,
    /// Nothing will be pushed any more.
    pub(crate) finished: AtomicBool,
    /// Nothing is wanted any more.
    pub(crate) cancelled: AtomicBool,
}

impl Line {
    pub(crate) fn new(first: i64, until: i64) -> Self {
        Self {
            first: AtomicI64::new(first),
            until: AtomicI64::new(until),
            finished: AtomicBool::new(false),
            cancelled: AtomicBool::new(false),
        }
    }
}

/// How a voice comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// As its contour says, in its place.
    InPlace,
    /// The run begins in the middle of its material: led up from there.
    Cut(i64),
    /// It should be sounding already: it joins, led up, as soon as it can keep on.
    Late,
    /// It takes another's place at this frame, or at once if that has passed.
    Swap(i64),
}

/// Why a voice is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// Its sound has come to its end.
    Material,
    /// Its place has come to its end.
    Place,
    /// It was taken out.
    Released,
}

/// The straight way from the level a voice had to the level its new contour gives.
#[derive(Clone, Copy, Debug)]
struct Led {
    before: f32,
    at: i64,
    length: i64,
}

impl Led {
    fn end(&self) -> i64 {
        self.at + self.length
    }

    fn level(&self, frame: i64, goal: f32) -> f32 {
        let way = ((frame - self.at) as f32 / self.length as f32).clamp(0.0, 1.0);
        self.before * (1.0 - way) + goal * way
    }
}

/// A part in the bus.
///
/// All positions are frames of the voice's run.
pub(crate) struct Voice {
    pub(crate) id: VoiceId,
    pub(crate) run: RunId,
    /// The rate its frames are meant for.
    pub(crate) rate: SampleRate,
    /// Where it stands when voices are added up: the same in every rendering of a program, so
    /// that rounding is the same too.
    pub(crate) order: (u64, u64),
    pub(crate) group: usize,
    pub(crate) contour: Contour,
    pub(crate) entry: Entry,
    /// Set by the bus when it gives the voice back.
    pub(crate) over: Option<Over>,
    ring: rtrb::Consumer<StereoFrame>,
    line: Arc<Line>,
    /// Where the next frame of the ring belongs.
    next: i64,
    rise: Option<Edge>,
    fall: Option<Edge>,
    /// After a change of contour, the level is led over from the one it had.
    led: Option<Led>,
    /// Its ring ran dry; it stays silent until it can keep on.
    starved: bool,
    /// Its own place in the run, once the run is no longer the bus's.
    pub(crate) leaving_at: Option<i64>,
    /// The level everything had when its run was left.
    pub(crate) leaving_level: f32,
}

/// What a voice needs to be made.
pub(crate) struct VoiceParts {
    pub(crate) id: VoiceId,
    pub(crate) run: RunId,
    pub(crate) rate: SampleRate,
    pub(crate) order: (u64, u64),
    pub(crate) group: usize,
    pub(crate) contour: Contour,
    pub(crate) entry: Entry,
    pub(crate) ring: rtrb::Consumer<StereoFrame>,
    pub(crate) line: Arc<Line>,
}

impl Voice {
    /// Made by the conductor, off the device's thread.
    pub(crate) fn new(parts: VoiceParts) -> Self {
        let joints = Joints::at(parts.rate);
        let rise = match parts.entry {
            Entry::Cut(at) => Some(Edge {
                at,
                length: joints.edge,
            }),
            _ => None,
        };
        Self {
            id: parts.id,
            run: parts.run,
            rate: parts.rate,
            order: parts.order,
            group: parts.group,
            contour: parts.contour,
            entry: parts.entry,
            over: None,
            next: parts.line.first.load(Ordering::Acquire),
            ring: parts.ring,
            line: parts.line,
            rise,
            fall: None,
            led: None,
            starved: matches!(parts.entry, Entry::Late),
            leaving_at: None,
            leaving_level: 1.0,
        }
    }

    /// Comes in by crossfade, if that is its entry: the bus calls this when it takes it up.
    pub(crate) fn enter(&mut self, now: i64, joints: &Joints) {
        if let Entry::Swap(at) = self.entry {
            self.rise = Some(Edge {
                at: at.max(now),
                length: joints.swap,
            });
        }
    }

    /// Goes out by crossfade from frame `at` on.
    pub(crate) fn release(&mut self, at: i64, joints: &Joints) {
        if self.fall.is_none() {
            self.fall = Some(Edge {
                at,
                length: joints.swap,
            });
        }
    }

    /// Its run is left at its frame `now`: it goes on by itself while it goes out.
    pub(crate) fn leave(&mut self, now: i64, level: f32, joints: &Joints) {
        self.leaving_at = Some(now);
        self.leaving_level = level;
        if level > 0.0 {
            self.release(now, joints);
        } else {
            self.over = Some(Over::Released);
        }
    }

    /// Takes another contour from frame `now` on, led over to it for so many frames.
    pub(crate) fn reshape(&mut self, contour: Contour, now: i64, over: i64) {
        self.led = Some(Led {
            before: self.level(now),
            at: now,
            length: over,
        });
        self.contour = contour;
    }

    /// The first frame at which it may be heard.
    fn begin(&self) -> i64 {
        let begin = self.contour.begin();
        self.led.map_or(begin, |led| begin.min(led.at))
    }

    /// The first frame from which it is silent for good.
    fn end(&self) -> i64 {
        let end = self.contour.end();
        let end = self.led.map_or(end, |led| end.max(led.end()));
        self.fall.map_or(end, |fall| end.min(fall.end()))
    }

    /// The level of its contour at `frame`.
    fn level(&self, frame: i64) -> f32 {
        let level = self.contour.at(frame);
        self.led.map_or(level, |led| led.level(frame, level))
    }

    /// Adds its frames from `now` on to `out`. Returns why it is over, when it is.
    pub(crate) fn render(
        &mut self,
        now: i64,
        out: &mut [StereoFrame],
        joints: &Joints,
        counters: &Counters,
    ) -> Option<Over> {
        if self.led.is_some_and(|led| led.end() <= now) {
            self.led = None;
        }
        if self.rise.is_some_and(|rise| rise.end() <= now) {
            self.rise = None;
        }
        if self.end() <= now {
            return Some(self.reason());
        }
        // Read before the ring: if it says so, all that was pushed is in sight.
        let finished = self.line.finished.load(Ordering::Acquire);
        if finished && self.ring.is_empty() {
            return Some(Over::Material);
        }
        let end_of_block = now + count(out.len());
        let place = FrameSpan {
            from: now.max(self.next).max(self.begin()),
            to: end_of_block.min(self.end()),
        };
        if place.to <= place.from {
            return None;
        }
        let offset = usize::try_from(place.from - now).unwrap_or(0);
        let out = out.get_mut(offset..).unwrap_or_default();
        self.fill(place, finished, out, joints, counters);
        (finished && self.ring.is_empty()).then_some(Over::Material)
    }

    /// Fills `place`, as far as the ring lasts; `out` begins where `place` does.
    fn fill(
        &mut self,
        place: FrameSpan,
        finished: bool,
        out: &mut [StereoFrame],
        joints: &Joints,
        counters: &Counters,
    ) {
        self.drop_until(place.from);
        let length = place.to - place.from;
        let in_ring = count(self.ring.slots());
        // One edge more than is needed now, so that there is something left to lead down.
        let reserve = (length + joints.edge).min(self.end() - place.from);
        let lasts = self.next == place.from && (finished || in_ring >= reserve);
        if self.starved {
            if !lasts {
                count_late(length, counters);
                return;
            }
            self.starved = false;
            self.rise = Some(Edge {
                at: place.from,
                length: joints.edge,
            });
        }
        let ready = if self.next == place.from {
            length.min(in_ring)
        } else {
            0
        };
        if !lasts {
            self.starved = true;
            Counters::add(&counters.starved, 1);
            count_late(length - ready, counters);
        }
        if let Some(out) = out.get_mut(..usize::try_from(ready).unwrap_or(0)) {
            self.sum(place.from, !lasts, out);
        }
    }

    fn reason(&self) -> Over {
        if self.fall.is_some() {
            Over::Released
        } else {
            Over::Place
        }
    }

    /// Passes over what the ring holds from before `frame`.
    fn drop_until(&mut self, frame: i64) {
        let Ok(behind) = usize::try_from(frame - self.next) else {
            return;
        };
        let n = behind.min(self.ring.slots());
        if n > 0
            && let Ok(chunk) = self.ring.read_chunk(n)
        {
            chunk.commit_all();
            self.next += count(n);
        }
    }

    /// Adds frames of the ring to all of `out`, at their level; `dry_up` leads them down to
    /// silence, because nothing is there to follow.
    fn sum(&mut self, from: i64, dry_up: bool, out: &mut [StereoFrame]) {
        let length = count(out.len());
        let place = FrameSpan {
            from,
            to: from + length,
        };
        let plain = self.rise.is_none() && self.fall.is_none() && self.led.is_none() && !dry_up;
        let steady = self.contour.steady(place).filter(|_| plain);
        let levels = Levels {
            contour: self.contour,
            led: self.led,
            rise: self.rise,
            fall: self.fall,
        };
        let Ok(chunk) = self.ring.read_chunk(out.len()) else {
            return;
        };
        let (head, tail) = chunk.as_slices();
        let frames = head.iter().chain(tail);
        for ((at, out), frame) in (from..).zip(out).zip(frames) {
            let level = steady.unwrap_or_else(|| {
                let drying = if dry_up {
                    (place.to - at) as f32 / length as f32
                } else {
                    1.0
                };
                levels.at(at) * drying
            });
            out[0] += frame[0] * level;
            out[1] += frame[1] * level;
        }
        chunk.commit_all();
        self.next = place.to;
    }
}

/// All that decides a voice's level by position.
struct Levels {
    contour: Contour,
    led: Option<Led>,
    rise: Option<Edge>,
    fall: Option<Edge>,
}

impl Levels {
    fn at(&self, frame: i64) -> f32 {
        let level = self.contour.at(frame);
        let level = self.led.map_or(level, |led| led.level(frame, level));
        let rise = self.rise.map_or(1.0, |rise| rise.rising(frame));
        let fall = self.fall.map_or(1.0, |fall| fall.falling(frame));
        level * rise * fall
    }
}

fn count_late(frames: i64, counters: &Counters) {
    Counters::add(&counters.late_frames, u64::try_from(frames).unwrap_or(0));
}

/// A number of frames that are in memory, so it fits.
pub(crate) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
