//! How loud a voice is at each frame: fades by position, free of clicks. Real-time code.

use crate::time::SampleRate;

/// The lengths of the short fades that keep joints free of clicks, in frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Joints {
    /// At a hard edge in the middle of sounding material: 3 ms.
    pub(crate) edge: i64,
    /// From one voice to the one that takes its place: 8 ms.
    pub(crate) swap: i64,
    /// From one gain to another: 10 ms.
    pub(crate) gain: i64,
    /// When everything pauses and goes on: 6 ms.
    pub(crate) gate: i64,
}

impl Joints {
    /// The lengths at a rate; never zero.
    pub(crate) fn at(rate: SampleRate) -> Self {
        let millis = |n: i64| (i64::from(rate.get()) * n / 1000).max(1);
        Self {
            edge: millis(3),
            swap: millis(8),
            gain: millis(10),
            gate: millis(6),
        }
    }
}

/// A smooth way from 0 to 1: `ease(x) + ease(1 - x)` is 1, so that two voices of one sound that
/// pass each other on it add up to that sound.
pub(crate) fn ease(x: f32) -> f32 {
    let x = x.clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}

/// How far `position` has come on the way of `length` frames.
fn part_of(position: i64, length: i64) -> f32 {
    position as f32 / length as f32
}

/// A half-open stretch of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FrameSpan {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl FrameSpan {
    /// All there is. Far enough inside the range that adding a line's length does not overflow.
    pub(crate) const ALL: Self = Self {
        from: i64::MIN / 4,
        to: i64::MAX / 4,
    };
}

/// One way from silence or to it, beginning at a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) at: i64,
    pub(crate) length: i64,
}

impl Edge {
    /// The factor at `frame` when this is the way in.
    pub(crate) fn rising(self, frame: i64) -> f32 {
        ease(part_of(frame - self.at, self.length))
    }

    /// The factor at `frame` when this is the way out: what [`Edge::rising`] lacks to 1.
    pub(crate) fn falling(self, frame: i64) -> f32 {
        1.0 - self.rising(frame)
    }

    /// The first frame after it.
    pub(crate) fn end(self) -> i64 {
        self.at + self.length
    }
}

/// The level of a voice along its run.
///
/// `heard` and its fades are the part's; `window` is the pass of a loop it belongs to. A hard
/// beginning of either is led up to before it, so that the first frame inside is at full level; a
/// hard end is led down to inside, so that nothing beyond it is heard. At a loop point the two
/// cover the same frames and add up to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contour {
    pub(crate) gain: f32,
    pub(crate) heard: FrameSpan,
    pub(crate) fade_in: i64,
    pub(crate) fade_out: i64,
    pub(crate) window: FrameSpan,
    /// The length of what leads up to and down from hard edges.
    pub(crate) edge: i64,
}

impl Contour {
    /// The first frame at which anything may be heard.
    pub(crate) fn begin(&self) -> i64 {
        let lead = if self.fade_in > 0 { 0 } else { self.edge };
        (self.heard.from - lead).max(self.window.from - self.edge)
    }

    /// The first frame from which nothing is heard any more.
    pub(crate) fn end(&self) -> i64 {
        self.heard.to.min(self.window.to)
    }

    /// The factor at `frame`.
    pub(crate) fn at(&self, frame: i64) -> f32 {
        if frame < self.begin() || frame >= self.end() {
            return 0.0;
        }
        let rise = if self.fade_in > 0 {
            part_of(frame - self.heard.from, self.fade_in)
        } else {
            part_of(frame - (self.heard.from - self.edge), self.edge)
        };
        let fall = part_of(self.heard.to - frame, self.fade_out.max(self.edge));
        let enter = part_of(frame - (self.window.from - self.edge), self.edge);
        let leave = part_of(self.window.to - frame, self.edge);
        self.gain * ease(rise) * ease(fall) * ease(enter) * ease(leave)
    }

    /// The factor of all frames of `span`, if it is the same for all of them.
    pub(crate) fn steady(&self, span: FrameSpan) -> Option<f32> {
        let up = (self.heard.from + self.fade_in).max(self.window.from);
        let heard_down = self.heard.to - self.fade_out.max(self.edge);
        let down = heard_down.min(self.window.to - self.edge);
        (up <= span.from && span.to <= down).then_some(self.gain)
    }
}

/// A level on its way from one value to another, linearly, frame by frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ramp {
    from: f32,
    to: f32,
    done: i64,
    length: i64,
}

impl Ramp {
    /// Standing at `level`.
    pub(crate) const fn still(level: f32) -> Self {
        Self {
            from: level,
            to: level,
            done: 1,
            length: 1,
        }
    }

    /// Sets off from where it is now to `level`.
    pub(crate) fn go(&mut self, level: f32, length: i64) {
        *self = Self {
            from: self.now(),
            to: level,
            done: 0,
            length: length.max(1),
        };
    }

    /// The level at this frame.
    pub(crate) fn now(&self) -> f32 {
        self.ahead(0)
    }

    /// The level `frames` from now.
    pub(crate) fn ahead(&self, frames: i64) -> f32 {
        let done = self.done + frames;
        if done >= self.length {
            return self.to;
        }
        self.from + (self.to - self.from) * part_of(done, self.length)
    }

    /// Moves on.
    pub(crate) fn advance(&mut self, frames: i64) {
        self.done = (self.done + frames).min(self.length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contour() -> Contour {
        Contour {
            gain: 1.0,
            heard: FrameSpan {
                from: 1000,
                to: 9000,
            },
            fade_in: 0,
            fade_out: 0,
            window: FrameSpan::ALL,
            edge: 144,
        }
    }

    #[test]
    fn the_first_frame_of_a_hard_beginning_is_at_full_level() {
        let contour = contour();
        assert!(contour.at(999) < 1.0);
        assert!((contour.at(1000) - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn nothing_is_heard_from_the_end_on() {
        let contour = contour();
        assert!(contour.at(8999) > 0.0);
        assert!(contour.at(9000).abs() < f32::EPSILON);
    }

    #[test]
    fn two_passes_of_a_loop_add_up_to_one_where_they_meet() {
        let old = Contour {
            window: FrameSpan { from: 0, to: 5000 },
            ..contour()
        };
        let new = Contour {
            heard: FrameSpan {
                from: 0,
                to: 90_000,
            },
            window: FrameSpan {
                from: 5000,
                to: 9000,
            },
            ..contour()
        };
        for frame in 4800..5100 {
            let sum = old.at(frame) + new.at(frame);
            assert!((sum - 1.0).abs() < 1e-6, "{frame}: {sum}");
        }
    }

    #[test]
    fn a_stretch_called_steady_has_one_level() {
        let contour = Contour {
            fade_in: 500,
            fade_out: 700,
            gain: 0.5,
            ..contour()
        };
        for from in (0..10_000).step_by(64) {
            let span = FrameSpan {
                from,
                to: from + 64,
            };
            if let Some(level) = contour.steady(span) {
                for frame in from..from + 64 {
                    assert!((contour.at(frame) - level).abs() < f32::EPSILON, "{frame}");
                }
            }
        }
        assert!(
            contour
                .steady(FrameSpan {
                    from: 5000,
                    to: 5064
                })
                .is_some()
        );
    }

    #[test]
    fn a_ramp_that_is_turned_round_goes_on_from_where_it_was() {
        let mut ramp = Ramp::still(0.0);
        ramp.go(1.0, 100);
        ramp.advance(50);
        ramp.go(0.0, 100);
        assert!((ramp.now() - 0.5).abs() < 1e-6);
        ramp.advance(100);
        assert!(ramp.now().abs() < f32::EPSILON);
    }
}
