//! Second-order filters, two at a time.

use biquad::Coefficients;
use biquad::Hertz;
use biquad::Q_BUTTERWORTH_F64;
use biquad::Type;

use super::wide::Arithmetic;
use crate::time::SampleRate;

/// What is so soft is taken for silence, before the processor gets slow with numbers that are too
/// small to be normal.
const NOTHING: f64 = 1e-60;

/// Two values that are worked on alike.
pub(crate) type Pair = [f64; 2];

/// The coefficients of one filter: of what comes in now, before and before that; then of what went
/// out before and before that. Where the first is nothing, so are all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Section {
    pub(crate) b: [f64; 3],
    pub(crate) a: [f64; 2],
}

impl Section {
    /// Lets everything through as it is.
    pub(crate) const OPEN: Self = Self {
        b: [1.0, 0.0, 0.0],
        a: [0.0, 0.0],
    };
    /// Lets nothing through.
    pub(crate) const SHUT: Self = Self {
        b: [0.0, 0.0, 0.0],
        a: [0.0, 0.0],
    };

    /// A Butterworth filter; `None` at a rate so low that its corner lies beyond half of it.
    pub(crate) fn butterworth(kind: Type<f64>, hz: f64, rate: SampleRate) -> Option<Self> {
        let rate = Hertz::from_hz(f64::from(rate.get())).ok()?;
        let corner = Hertz::from_hz(hz).ok()?;
        let made = Coefficients::from_params(kind, rate, corner, Q_BUTTERWORTH_F64).ok()?;
        Some(Self {
            b: [made.b0, made.b1, made.b2],
            a: [made.a1, made.a2],
        })
    }
}

/// Two filters side by side, each over a sound of its own. Both take the time of one: a pair of
/// doubles is what any processor of today works on at once.
///
/// The form is the direct one, in which each sample waits only for one product and one sum of the
/// sample before. What comes out is still to be multiplied by each one's [`gain`](Self::gain):
/// whoever sums up powers does so once for all of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FilterPair {
    gain: Pair,
    /// What counts of what came in before and before that, where what comes in now counts as it is.
    b: [Pair; 2],
    /// What counts of what went out before and before that.
    a: [Pair; 2],
    came: [Pair; 2],
    went: [Pair; 2],
}

impl FilterPair {
    /// Two filters that have heard nothing.
    pub(crate) fn new(first: Section, second: Section) -> Self {
        let of_gain = |section: Section, n: usize| {
            let [gain, ..] = section.b;
            if gain == 0.0 {
                0.0
            } else {
                section.b[n] / gain
            }
        };
        Self {
            gain: [first.b[0], second.b[0]],
            b: [1, 2].map(|n| [of_gain(first, n), of_gain(second, n)]),
            a: [0, 1].map(|n| [-first.a[n], -second.a[n]]),
            came: [[0.0; 2]; 2],
            went: [[0.0; 2]; 2],
        }
    }

    /// What is to be multiplied with what comes out of each.
    pub(crate) fn gain(&self) -> Pair {
        self.gain
    }

    /// Filters the next sample of each.
    #[expect(clippy::inline_always, reason = "it is translated for each processor")]
    #[inline(always)]
    pub(crate) fn next(&mut self, now: Pair, sums: Arithmetic) -> Pair {
        let Self {
            b, a, came, went, ..
        } = self;
        let mut out = [0.0; 2];
        for (n, out) in out.iter_mut().enumerate() {
            let forward = sums.product_and(b[1][n], came[1][n], now[n]);
            let forward = sums.product_and(b[0][n], came[0][n], forward);
            let earlier = sums.product_and(a[1][n], went[1][n], forward);
            *out = sums.product_and(a[0][n], went[0][n], earlier);
        }
        *came = [now, came[0]];
        *went = [out, went[0]];
        out
    }

    /// Ends what rings on too softly to matter. To be called every now and then.
    pub(crate) fn settle(&mut self) {
        let all = self.went.iter_mut().chain(&mut self.came);
        for value in all.flatten() {
            if value.abs() < NOTHING {
                *value = 0.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use biquad::Biquad;
    use biquad::DirectForm2Transposed;

    use super::*;

    #[test]
    fn each_of_a_pair_is_the_filter_it_would_be_alone() {
        let (rate, kind) = (SampleRate::HZ_44100, Type::HighPass);
        let section = |hz| Section::butterworth(kind, hz, rate).expect("below half the rate");
        let mut pair = FilterPair::new(section(300.0), section(5000.0));
        let mut alone = [300.0, 5000.0].map(|hz| {
            let hertz = |hz| Hertz::from_hz(hz).expect("above nothing");
            let made =
                Coefficients::from_params(kind, hertz(44_100.0), hertz(hz), Q_BUTTERWORTH_F64);
            DirectForm2Transposed::<f64>::new(made.expect("below half the rate"))
        });
        for n in 0..5000_u32 {
            let now = [f64::from(n * n % 1009) / 1009.0, f64::from(n % 97) / 97.0];
            let out = pair.next(now, Arithmetic::PLAIN);
            for (which, filter) in alone.iter_mut().enumerate() {
                assert!(
                    (pair.gain()[which] * out[which] - filter.run(now[which])).abs() < 1e-9,
                    "{n}"
                );
            }
        }
    }

    #[test]
    fn what_rings_on_for_ever_is_ended() {
        let low = Section::butterworth(Type::LowPass, 100.0, SampleRate::HZ_48000);
        let mut pair = FilterPair::new(low.expect("below half the rate"), Section::OPEN);
        pair.next([1.0, 1.0], Arithmetic::PLAIN);
        for _ in 0..100 {
            for _ in 0..1000 {
                pair.next([0.0; 2], Arithmetic::PLAIN);
            }
            pair.settle();
        }
        assert_eq!(pair.went, [[0.0; 2]; 2]);
    }
}
