//! The resampler against what the sampling theorem says it must give.

use super::*;

/// A made-up sound of `length` samples, given in odd pieces; it may be damaged at places.
struct MadeUp<F> {
    rate: SampleRate,
    length: i64,
    position: i64,
    at: F,
    damaged_at: Vec<i64>,
}

impl<F: Fn(i64) -> f32 + Send> Sound for MadeUp<F> {
    fn rate(&self) -> SampleRate {
        self.rate
    }

    fn length(&self) -> Option<Samples> {
        Some(Samples::new(self.length))
    }

    fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
        self.position = position.get();
        Ok(())
    }

    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        let position = self.position;
        if let Some(place) = self.damaged_at.iter().position(|at| *at <= position) {
            self.damaged_at.remove(place);
            return Err(SoundError::Damaged("here".into()));
        }
        let left = usize::try_from(self.length - position).unwrap_or(0);
        let n = out.len().min(left).min(577);
        for (at, frame) in (position..).zip(&mut out[..n]) {
            let sample = (self.at)(at);
            *frame = [sample, -sample];
        }
        self.position += count(n);
        Ok(n)
    }
}

fn made_up(
    hz: u32,
    length: i64,
    at: impl Fn(i64) -> f32 + Send + 'static,
) -> MadeUp<impl Fn(i64) -> f32 + Send> {
    MadeUp {
        rate: SampleRate::new(hz).expect("not zero"),
        length,
        position: 0,
        at,
        damaged_at: Vec::new(),
    }
}

fn resampled(sound: impl Sound + 'static, to: u32) -> Box<dyn Sound> {
    at_rate(Box::new(sound), SampleRate::new(to).expect("not zero")).expect("a usual rate")
}

/// Reads at most `most` frames in odd pieces, going on after damaged places.
fn read(sound: &mut dyn Sound, most: usize) -> Vec<StereoFrame> {
    let mut all = vec![[0.0; 2]; most];
    let mut filled = 0;
    while filled < most {
        let to = most.min(filled + 701);
        match sound.read(&mut all[filled..to]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(SoundError::Damaged(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    all.truncate(filled);
    all
}

fn sine(hz: f64, rate: u32, n: i64) -> f32 {
    let phase = (n as f64 * hz / f64::from(rate)).fract();
    (0.5 * (phase * std::f64::consts::TAU).sin()) as f32
}

const RATES: [(u32, u32); 8] = [
    (44_100, 48_000),
    (48_000, 44_100),
    (96_000, 48_000),
    (22_050, 48_000),
    (32_000, 44_100),
    (48_000, 192_000),
    (11_025, 48_000),
    (44_056, 48_000),
];

#[test]
fn the_length_is_the_sounds_to_the_nearest_sample() {
    for (from, to) in RATES {
        for length in [0, 1, 2, 999, 1024, 20_003] {
            let mut sound = resampled(made_up(from, length, |_| 0.1), to);
            let ratio = f64::from(to) / f64::from(from);
            let expected = (length as f64 * ratio + 0.5).floor() as usize;
            assert_eq!(sound.length(), Some(Samples::new(count(expected))));
            let read = read(sound.as_mut(), expected + 100);
            assert_eq!(read.len(), expected, "{length} from {from} to {to}");
        }
    }
}

#[test]
fn a_tone_is_the_same_tone_at_the_new_rate() {
    for (from, to) in RATES {
        let hz = 0.33 * f64::from(from.min(to));
        let sound = made_up(from, i64::from(from), move |n| sine(hz, from, n));
        let mut sound = resampled(sound, to);
        let heard = read(sound.as_mut(), to as usize / 3);
        for (n, frame) in (0_i64..).zip(&heard).skip(4000) {
            let expected = sine(hz, to, n);
            let error = (frame[0] - expected).abs();
            // 100 dB below the tone.
            assert!(error < 5e-6, "{from} to {to}, {n}: {error}");
            assert!(
                (frame[0] + frame[1]).abs() < 1e-6,
                "the channels stay apart"
            );
        }
    }
}

#[test]
fn an_impulse_stays_where_it_was() {
    for (from, to) in RATES {
        let second = i64::from(from);
        let pulse = move |n: i64| if n % second == 0 { 0.9 } else { 0.0 };
        let mut sound = resampled(made_up(from, second * 3, pulse), to);
        let heard = read(sound.as_mut(), to as usize * 3);
        for at in [0, to as usize, to as usize * 2] {
            let around = at.saturating_sub(100)..at + 100;
            let loudest = around.max_by(|&a, &b| heard[a][0].total_cmp(&heard[b][0]));
            assert_eq!(loudest, Some(at), "{from} to {to}");
        }
    }
}

#[test]
fn reading_from_a_place_gives_what_reading_through_gives_there() {
    for (from, to) in RATES {
        let noise = |n: i64| {
            let mixed = n.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(n << 7);
            ((mixed >> 40) & 0xFFFF) as f32 / 65_536.0 - 0.5
        };
        let length = i64::from(from) / 2;
        let mut sound = resampled(made_up(from, length, noise), to);
        let through = read(sound.as_mut(), to as usize);
        let mut place = 1;
        for _ in 0..20 {
            place = (place * 7919 + 104_729) % through.len();
            sound.seek(Samples::new(count(place))).expect("made up");
            let there = read(sound.as_mut(), 300.min(through.len() - place));
            assert!(
                there == through[place..place + there.len()],
                "{from} to {to} at {place}"
            );
        }
        for place in [0, 1, through.len() - 1, through.len(), through.len() + 5000] {
            sound.seek(Samples::new(count(place))).expect("made up");
            let there = read(sound.as_mut(), 300);
            let expected = &through[place.min(through.len())..];
            assert!(there == expected[..300.min(expected.len())], "{place}");
        }
    }
}

#[test]
fn damaged_places_do_not_move_what_follows() {
    let sound = |damaged_at| MadeUp {
        damaged_at,
        ..made_up(44_100, 44_100, |n| sine(440.0, 44_100, n))
    };
    let whole = read(resampled(sound(vec![]), 48_000).as_mut(), 48_000);
    let damaged = sound(vec![0, 1500, 20_000]);
    let damaged = read(resampled(damaged, 48_000).as_mut(), 48_000);
    assert!(whole == damaged);
}

#[test]
fn a_sound_that_has_the_rate_is_handed_through() {
    let mut sound = resampled(made_up(48_000, 1000, |n| n as f32), 48_000);
    let heard = read(sound.as_mut(), 1000);
    assert!((heard[999][0] - 999.0).abs() < f32::EPSILON);
}

#[test]
fn rates_that_no_recording_has_are_refused() {
    let sound = made_up(4_294_967_291, 1000, |_| 0.0);
    assert!(at_rate(Box::new(sound), SampleRate::HZ_48000).is_err());
}

/// Rates of recordings, and of what they are played at.
const USUAL: [(u32, u32); 5] = [
    (44_100, 48_000),
    (22_050, 48_000),
    (96_000, 48_000),
    (192_000, 48_000),
    (48_000, 44_100),
];

/// The samples of three quarters of an hour, and a few more.
fn long(rate: u32) -> i64 {
    i64::from(rate) * 45 * 60 + 37
}

/// The sample at `to` that is nearest to sample `n` at `from`.
fn nearest(n: i64, from: u32, to: u32) -> i64 {
    let (from, to) = (i64::from(from), i64::from(to));
    (n * to * 2 + from).div_euclid(from * 2)
}

#[test]
fn three_quarters_of_an_hour_end_on_their_frame() {
    for (from, to) in USUAL {
        let mut sound = resampled(made_up(from, long(from), |_| 0.1), to);
        let length = nearest(long(from), from, to);
        assert_eq!(sound.length(), Some(Samples::new(length)), "{from} to {to}");
        sound
            .seek(Samples::new(length - 20_000))
            .expect("it is made up");
        let read = read(sound.as_mut(), 30_000);
        assert_eq!(read.len(), 20_000, "{from} to {to}");
    }
}

#[test]
fn a_click_three_quarters_of_an_hour_in_stays_where_it_was() {
    for (from, to) in USUAL {
        // In the last second, and off the grid of blocks.
        let click = i64::from(from) * (45 * 60 - 1) + 12_352;
        let at = move |n: i64| if n == click { 0.9 } else { 0.0 };
        let mut sound = resampled(made_up(from, long(from), at), to);
        let expected = nearest(click, from, to);
        let start = expected - 3001;
        sound.seek(Samples::new(start)).expect("it is made up");
        let heard = read(sound.as_mut(), 6000);
        let loudest =
            (0..heard.len()).max_by(|&a, &b| heard[a][0].abs().total_cmp(&heard[b][0].abs()));
        assert_eq!(
            loudest.map(|n| start + count(n)),
            Some(expected),
            "{from} to {to}"
        );
    }
}
