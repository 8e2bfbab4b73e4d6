//! Numbers worked on side by side.

/// How many at once: what fits into the registers of any processor of today.
pub(super) const LANES: usize = 16;

/// The larger of two numbers. Unlike `f32::max`, which looks after what is no number, this is one
/// instruction.
#[expect(clippy::inline_always, reason = "it is translated for each processor")]
#[inline(always)]
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// The highest of samples, whatever their sign.
#[expect(clippy::inline_always, reason = "it is translated for each processor")]
#[inline(always)]
pub(super) fn highest(samples: &[f32]) -> f32 {
    let (whole, rest) = samples.as_chunks::<LANES>();
    let mut highest = [0.0; LANES];
    for samples in whole {
        for lane in 0..LANES {
            highest[lane] = larger(highest[lane], samples[lane].abs());
        }
    }
    let highest = highest.into_iter().fold(0.0, f32::max);
    rest.iter().map(|x| x.abs()).fold(highest, f32::max)
}

/// The sum of numbers, not one after the other.
pub(super) fn sum(numbers: &[f32]) -> f32 {
    const AT_ONCE: usize = 8;
    let (whole, rest) = numbers.as_chunks::<AT_ONCE>();
    let mut sums = [0.0; AT_ONCE];
    for numbers in whole {
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number;
        }
    }
    sums.into_iter().chain(rest.iter().copied()).sum()
}

/// The sum of the squares of numbers, not one after the other.
pub(super) fn power(numbers: &[f32]) -> f32 {
    let (whole, rest) = numbers.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for numbers in whole {
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number * number;
        }
    }
    let rest = rest.iter().map(|number| number * number);
    sums.into_iter().chain(rest).sum()
}

/// The natural logarithm of a positive number that is not so small as to be subnormal, to within
/// 3 of 10⁷. Unlike `f32::ln` it is no call, and many are worked out side by side.
///
/// A number is a power of two times what lies between √½ and √2. Of that it is twice the first
/// terms of the series for the inverse hyperbolic tangent (Abramowitz and Stegun, “Handbook of
/// Mathematical Functions”, 4.1.27).
#[inline(always)]
pub(super) fn ln(number: f32) -> f32 {
    const MANTISSA: u32 = (1 << 23) - 1;
    let bits = number.to_bits();
    // What is above √2 counts as half of the next power.
    let above = u32::from(bits & MANTISSA > std::f32::consts::SQRT_2.to_bits() & MANTISSA);
    let exponent = (bits >> 23).cast_signed() - 127 + above.cast_signed();
    let rest = f32::from_bits((bits & MANTISSA) | ((127 - above) << 23));
    let t = (rest - 1.0) / (rest + 1.0);
    let u = t * t;
    let end = u * (1.0 / 7.0 + u * (1.0 / 9.0));
    let series = 2.0 * t * (1.0 + u * (1.0 / 3.0 + u * (1.0 / 5.0 + end)));
    exponent as f32 * std::f32::consts::LN_2 + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_as_good_as_single_precision_is() {
        for step in -3_000..3_000_i32 {
            let number = (f64::from(step) * 0.0283).exp() as f32;
            let truth = f64::from(number).ln();
            let off = (f64::from(ln(number)) - truth).abs();
            assert!(off <= 3e-7 * truth.abs().max(1.0), "{number}: {off}");
        }
        assert!(ln(1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn sums_miss_none() {
        for n in [0_u8, 1, 7, 8, 15, 16, 17, 40] {
            let numbers: Vec<f32> = (0..n).map(f32::from).collect();
            let one_by_one: f32 = numbers.iter().sum();
            assert!((sum(&numbers) - one_by_one).abs() < 1e-3, "{n}");
            let squares: f32 = numbers.iter().map(|number| number * number).sum();
            assert!((power(&numbers) - squares).abs() < 1e-1, "{n}");
        }
    }
}
