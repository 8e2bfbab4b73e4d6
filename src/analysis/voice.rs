//! Where somebody sings.
//!
//! A sung note is never quite still: it trembles four to eight times a second and slides into the
//! next one, and all its partials do so together, by the same interval. Keys, organs, plucked
//! strings and drums do not; a section of strings does, but each player in a time of their own. So
//! the partials of each moment are followed, and a moment is as sung where several of them that
//! are harmonics of one note move together: L. Regnier and G. Peeters, “Singing Voice Detection in
//! Music Tracks Using Direct Voice Vibrato Detection” (ICASSP 2009). That movement by less than a
//! semitone from frame to frame tells as much where there is no vibrato: B. Lehner, R. Sonnleitner
//! and G. Widmer, “Towards Light-Weight, Real-Time-Capable Singing Voice Detection” (ISMIR 2013).
//! A flute or a whistle does move like that, but is softer than a voice where the higher formants
//! of a singer lie: J. Sundberg, “Articulatory Interpretation of the ‘Singing Formant’” (JASA 55,
//! 1974).
//!
//! Nothing was trained, so a fiddle or a bent guitar by itself can be taken for a voice, and a
//! voice under loud guitars for none. What lies between the two is not told at all.

mod judge;

use std::ops::Range;

use super::lanes::highest;
use super::spectra::peaks;

pub(super) use self::judge::FoundVoice;

/// Spectra that are looked at in a second, at least.
const FRAMES_PER_SEC: f64 = 45.0;
/// Partials are followed between these.
const PARTIALS_HZ: Range<f64> = 280.0..5_000.0;
/// Above this are the higher formants of a voice.
const FORMANTS_HZ: f32 = 2_800.0;
/// Partials softer than this against the loudest (−45 dB) are passed over.
const SOFTEST: f32 = 3e-5;
/// What is softer than this is no partial, where a full-scale tone has the power 1.
const SILENT: f32 = 1e-8;
/// How many partials are followed.
const MAX_PARTIALS: usize = 40;
/// What cents are of a ratio near 1.
const CENTS: f32 = 1_200.0 * std::f32::consts::LOG2_E;
/// A partial moves less than this from one frame to the next, in cents.
const MAX_STEP: f32 = 90.0;
/// Nor does it grow or fade more than this, in power.
const MAX_GROWTH: f32 = 16.0;
/// Over how many frames a partial must move, and not turn.
const STEPS: usize = 3;
/// How far it must then have come, in cents.
const MOVED: Range<f32> = 14.0..160.0;
/// Two partials move together when no step differs by more than so many cents …
const STEP_CENTS: f32 = 7.0;
/// … and by more than this, the limit of how well a spectrum tells where its peaks are.
const STEP_HZ: f32 = 2.0;
/// So many partials must move together.
const LEAST_TOGETHER: usize = 4;
/// Sung notes have their fundamental here.
const NOTES_HZ: Range<f32> = 85.0..1_050.0;
/// How far off, in shares of its fundamental, a harmonic may lie.
const OFF: f32 = 0.13;
/// The note that moves must have so much of the power of all partials.
const LEAST_SHARE: f32 = 0.25;
/// And so much of its own (−20 dB) among the higher formants.
const LEAST_FORMANTS: f32 = 0.01;

/// What moves at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Moving {
    /// Nothing, or nothing together.
    #[default]
    Nothing,
    /// A few partials, which may be chance or a voice far away.
    Something,
    /// A note like a sung one, up or down.
    Up,
    Down,
}

/// A partial of one frame.
#[derive(Clone, Copy, Debug, Default)]
struct Partial {
    hz: f32,
    power: f32,
    /// How far it moved to each of the last frames, newest last, in cents.
    steps: [f32; STEPS],
    /// How many frames it has been there.
    age: usize,
}

impl Partial {
    /// How far it moved, if it did and did not turn.
    fn moved(&self) -> Option<f32> {
        if self.age < STEPS {
            return None;
        }
        let moved: f32 = self.steps.iter().sum();
        let way: f32 = self.steps.iter().map(|step| step.abs()).sum();
        let is_straight = way <= 1.2 * moved.abs() + 4.0;
        (is_straight && MOVED.contains(&moved.abs())).then_some(moved)
    }

    fn moves_with(&self, other: &Self) -> bool {
        let off = STEP_CENTS + CENTS * STEP_HZ / self.hz.min(other.hz);
        let mut steps = self.steps.iter().zip(&other.steps);
        steps.all(|(own, other)| (own - other).abs() <= off)
    }

    fn is_harmonic_of(&self, note: f32) -> bool {
        let order = self.hz / note;
        order > 0.7 && (order - order.round()).abs() < OFF
    }
}

/// Follows partials through the spectra of a recording: 50 bytes a second.
pub(super) struct VoiceMeter {
    line_hz: f32,
    /// What makes power of a line: a full-scale tone has 1.
    scale: f32,
    lines: Range<usize>,
    /// One spectrum of so many is looked at.
    every: usize,
    n_seen: usize,
    /// Frames a second.
    rate: f64,
    /// The lines that are higher than their neighbours.
    peaks: Vec<usize>,
    before: Vec<Partial>,
    now: Vec<Partial>,
    moving: Vec<(Partial, f32)>,
    group: Vec<Partial>,
    frames: Vec<Moving>,
    /// The sum, over the frames that sound, of how much of their power is in partials that were
    /// followed.
    followed: f64,
    n_sounding: usize,
}

impl VoiceMeter {
    /// A meter for spectra of `size` samples at `rate` a second, `per_sec` of them a second, with a
    /// Hann window.
    pub(super) fn new(rate: f64, size: usize, per_sec: f64) -> Self {
        let line_hz = rate / size as f64;
        let every = ((per_sec / FRAMES_PER_SEC) as usize).max(1);
        let last = (size / 2).saturating_sub(3);
        let line = |hz: f64| ((hz / line_hz) as usize).clamp(3, last.max(3));
        Self {
            line_hz: line_hz as f32,
            scale: (4.0 / size as f32).powi(2),
            lines: line(PARTIALS_HZ.start)..line(PARTIALS_HZ.end),
            every,
            n_seen: 0,
            rate: per_sec / every as f64,
            peaks: Vec::new(),
            before: Vec::new(),
            now: Vec::new(),
            moving: Vec::new(),
            group: Vec::new(),
            frames: Vec::new(),
            followed: 0.0,
            n_sounding: 0,
        }
    }

    /// Takes the powers of the next spectrum.
    pub(super) fn add(&mut self, powers: &[f32]) {
        self.n_seen += 1;
        if !(self.n_seen - 1).is_multiple_of(self.every) {
            return;
        }
        self.find_partials(powers);
        self.follow();
        let moving = self.moving();
        self.frames.push(moving);
        std::mem::swap(&mut self.before, &mut self.now);
    }

    /// What was found between two places, in seconds; `None` where that is not sure.
    pub(super) fn finish(&self, from: f64, to: f64) -> Option<FoundVoice> {
        let followed = self.followed / self.n_sounding.max(1) as f64;
        judge::judge(&self.frames, self.rate, followed, from, to)
    }

    fn find_partials(&mut self, powers: &[f32]) {
        self.now.clear();
        let Range { start, end } = self.lines;
        if end <= start || powers.len() < end + 3 {
            return;
        }
        let loudest = highest(&powers[start..end]);
        let softest = (SOFTEST * loudest).max(SILENT / self.scale);
        peaks(powers, start..end, softest, &mut self.peaks);
        for n in self.peaks.iter().copied() {
            let [far, beside, before, here, after, next, last] = powers[n - 3..n + 4] else {
                continue;
            };
            // The main lobe of Hann's window is two lines to either side.
            let stands_out = here > 4.0 * far.min(last);
            if here > beside && here > next && stands_out {
                // Where between the lines it lies, by the higher of its neighbours: T. Grandke,
                // “Interpolation Algorithms for Discrete Fourier Transforms of Weighted Signals”
                // (IEEE Trans. Instrum. Meas. 32, 1983).
                let ratio = (before.max(after) / here).sqrt();
                let off = (2.0 * ratio - 1.0) / (ratio + 1.0);
                let between = if after > before { off } else { -off };
                let hz = (n as f32 + between) * self.line_hz;
                self.now.push(Partial {
                    hz,
                    power: self.scale * here,
                    ..Partial::default()
                });
                if self.now.len() == MAX_PARTIALS {
                    break;
                }
            }
        }
    }

    /// Finds each partial in the frame before.
    fn follow(&mut self) {
        let mut from = 0;
        let (mut all, mut followed) = (0.0, 0.0);
        for partial in &mut self.now {
            let farthest = partial.hz * MAX_STEP / CENTS;
            let away = |it: &Partial| (it.hz - partial.hz).abs();
            let is_below = |it: &Partial| it.hz < partial.hz - farthest;
            while self.before.get(from).is_some_and(is_below) {
                from += 1;
            }
            let near = self.before[from..].iter();
            let near = near.take_while(|it| it.hz <= partial.hz + farthest);
            let last = near.min_by(|a, b| away(a).total_cmp(&away(b)));
            all += partial.power;
            if let Some(last) = last
                && partial.power < MAX_GROWTH * last.power
                && last.power < MAX_GROWTH * partial.power
            {
                partial.steps.copy_from_slice(&last.steps);
                partial.steps.rotate_left(1);
                partial.steps[STEPS - 1] = cents(partial.hz / last.hz);
                partial.age = last.age + 1;
                if partial.age >= STEPS {
                    followed += partial.power;
                }
            }
        }
        if all > 0.0 {
            self.n_sounding += 1;
            self.followed += f64::from(followed / all);
        }
    }

    /// Looks for a note whose partials move together.
    fn moving(&mut self) -> Moving {
        self.moving.clear();
        let moving = self.now.iter().filter_map(|it| Some((*it, it.moved()?)));
        self.moving.extend(moving);
        if self.moving.len() < LEAST_TOGETHER {
            return Moving::Nothing;
        }
        let all: f32 = self.now.iter().map(|it| it.power).sum();
        let mut found = Moving::Nothing;
        let mut most = LEAST_TOGETHER - 1;
        for (one, moved) in &self.moving {
            let with = self.moving.iter().map(|(it, _)| it);
            self.group.clear();
            self.group.extend(with.filter(|it| it.moves_with(one)));
            if self.group.len() <= most {
                continue;
            }
            let (n, note) = note(&self.group);
            if n <= most {
                continue;
            }
            most = n;
            let of_note = self.group.iter().filter(|it| it.is_harmonic_of(note));
            let power: f32 = of_note.clone().map(|it| it.power).sum();
            let high = of_note.filter(|it| it.hz >= FORMANTS_HZ);
            let high: f32 = high.map(|it| it.power).sum();
            found = if power < LEAST_SHARE * all || high < LEAST_FORMANTS * power {
                Moving::Something
            } else if *moved > 0.0 {
                Moving::Up
            } else {
                Moving::Down
            };
        }
        found
    }
}

/// A ratio near 1, in cents.
fn cents(ratio: f32) -> f32 {
    let more = ratio - 1.0;
    CENTS * more * (1.0 - 0.5 * more)
}

/// The note that most of these partials, low to high, are harmonics of, and of how many.
fn note(group: &[Partial]) -> (usize, f32) {
    let mut best = (0, 0.0);
    for (n, one) in group.iter().enumerate() {
        for other in &group[n + 1..] {
            // Two harmonics side by side tell the note.
            let apart = other.hz - one.hz;
            if apart > NOTES_HZ.end {
                break;
            }
            let order = (one.hz / apart).round();
            let note = (one.hz + other.hz) / (2.0 * order + 1.0);
            if order >= 1.0 && NOTES_HZ.contains(&note) && one.is_harmonic_of(note) {
                let of = group.iter().filter(|it| it.is_harmonic_of(note)).count();
                if of > best.0 {
                    best = (of, note);
                }
            }
        }
    }
    best
}

#[cfg(test)]
mod tests;
