//! Where a voice moves for long enough to be singing, where nothing does, and what is neither.

use super::Moving;

/// How much of the recording is judged at once, and how often.
const WINDOW_SECS: f64 = 3.0;
const JUDGED_SECS: f64 = 0.5;
/// A window is sung in which so much of the time a voice is moving, …
const SUNG: f64 = 0.10;
/// … and so much of that up, and so much down.
const BOTH_WAYS: f64 = 0.15;
/// A pause between two lines is part of the singing.
const PAUSE_SECS: f64 = 4.0;
/// Less is no singing.
const SHORTEST_SECS: f64 = 3.0;
/// So much singing there must be in all.
const LEAST_SECS: f64 = 6.0;
/// Nobody sings where in nearly all windows less than this moves together, however softly.
const STILL: f64 = 0.025;
/// How many windows may differ from that.
const STRAY: f64 = 0.03;
/// Too little of a recording to tell that nobody sings.
const SHORTEST_STILL_SECS: f64 = 8.0;
/// What cannot be followed cannot be said to be still.
const LEAST_FOLLOWED: f64 = 0.6;

/// What was found of a voice. Times are in seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::analysis) struct FoundVoice {
    /// Where it sings, in order; empty where nobody does.
    pub(in crate::analysis) stretches: Vec<(f64, f64)>,
    /// How sure that is, from 0 to 1.
    pub(in crate::analysis) confidence: f64,
}

/// What was found between two places, in seconds, in `frames`, of which there are `rate` a second;
/// `None` where that is not sure. `followed` is how much of the sound could be followed.
pub(super) fn judge(
    frames: &[Moving],
    rate: f64,
    followed: f64,
    from: f64,
    to: f64,
) -> Option<FoundVoice> {
    let frame = |secs: f64| ((secs * rate).max(0.0) as usize).min(frames.len());
    let frames = &frames[frame(from)..frame(to).max(frame(from))];
    let half = (WINDOW_SECS / 2.0 * rate) as usize;
    let windows: Vec<Window> = (0..frames.len())
        .step_by(((JUDGED_SECS * rate) as usize).max(1))
        .map(|at| {
            let window = &frames[at.saturating_sub(half)..(at + half).min(frames.len())];
            Window::of(window, from + at as f64 / rate)
        })
        .collect();
    sung(&windows, from, to).or_else(|| still(&windows, followed, to - from))
}

/// How much moves around a place. Shares of the time.
#[derive(Clone, Copy, Debug)]
struct Window {
    /// In seconds.
    at: f64,
    up: f64,
    down: f64,
    any: f64,
}

impl Window {
    fn of(frames: &[Moving], at: f64) -> Self {
        let share = |wanted: &dyn Fn(Moving) -> bool| {
            let n = frames.iter().filter(|moving| wanted(**moving)).count();
            n as f64 / frames.len().max(1) as f64
        };
        Self {
            at,
            up: share(&|moving| moving == Moving::Up),
            down: share(&|moving| moving == Moving::Down),
            any: share(&|moving| moving != Moving::Nothing),
        }
    }

    fn sung(&self) -> f64 {
        self.up + self.down
    }

    fn is_sung(&self) -> bool {
        self.sung() >= SUNG && self.up.min(self.down) >= BOTH_WAYS * self.sung()
    }
}

/// Where it is surely sung; `None` if nowhere.
fn sung(windows: &[Window], from: f64, to: f64) -> Option<FoundVoice> {
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    let mut sum = 0.0;
    let mut n = 0;
    for window in windows.iter().filter(|window| window.is_sung()) {
        sum += window.sung();
        n += 1;
        // Windows are three seconds long, so where singing begins is known by some half a second.
        let (begin, end) = (window.at - JUDGED_SECS, window.at + JUDGED_SECS);
        match stretches.last_mut() {
            Some(last) if begin - last.1 <= PAUSE_SECS => last.1 = end,
            _ => stretches.push((begin, end)),
        }
    }
    stretches.retain(|(begin, end)| end - begin >= SHORTEST_SECS);
    for (begin, end) in &mut stretches {
        (*begin, *end) = (begin.max(from), end.min(to));
    }
    let secs: f64 = stretches.iter().map(|(begin, end)| end - begin).sum();
    if secs < LEAST_SECS || f64::from(n) * JUDGED_SECS < LEAST_SECS {
        return None;
    }
    // Two and a half times what is asked for is as sure as can be.
    let mean = sum / f64::from(n);
    Some(FoundVoice {
        stretches,
        confidence: (mean / (2.5 * SUNG)).clamp(0.5, 0.95),
    })
}

/// That nobody sings, where that is sure.
fn still(windows: &[Window], followed: f64, secs: f64) -> Option<FoundVoice> {
    if secs < SHORTEST_STILL_SECS || followed < LEAST_FOLLOWED {
        return None;
    }
    let n_stray = windows.iter().filter(|it| it.any > STILL).count();
    let stray = n_stray as f64 / windows.len().max(1) as f64;
    (stray <= STRAY).then(|| FoundVoice {
        stretches: Vec::new(),
        confidence: (1.0 - stray / STRAY) * 0.3 + 0.5,
    })
}
