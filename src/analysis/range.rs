//! Loudness range: how far the soft and the loud parts of a recording lie apart (EBU Tech 3342,
//! version 4, section 3.1).

use super::loudness::power;

/// Tenths of a second in the window over which loudness is taken: 3 s, every tenth of a second
/// anew.
const WINDOW: usize = 30;
/// What is softer counts as silence, in LUFS.
const SILENCE: f64 = -70.0;
/// −20 LU, as a ratio of powers: what is so much softer than the mean counts as background.
const BACKGROUND: f64 = 0.01;
/// The percentiles that the range lies between.
const SOFT: f64 = 0.1;
const LOUD: f64 = 0.95;

/// The range in LU of the powers of tenths of a second; `None` for silence, and for what is shorter
/// than one window.
pub(super) fn range(tenths: &[f64]) -> Option<f64> {
    let silence = power(SILENCE);
    let mut heard: Vec<f64> = tenths.windows(WINDOW).map(mean).collect();
    heard.retain(|power| *power >= silence);
    let background = BACKGROUND * mean(&heard);
    heard.retain(|power| *power >= background);
    heard.sort_by(f64::total_cmp);
    let last = heard.len().checked_sub(1)?;
    let percentile = |share: f64| heard[(last as f64 * share).round() as usize];
    Some(10.0 * (percentile(LOUD) / percentile(SOFT)).log10())
}

fn mean(powers: &[f64]) -> f64 {
    powers.iter().sum::<f64>() / powers.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The range of stretches: seconds, and LUFS.
    fn range_of(stretches: &[(usize, f64)]) -> Option<f64> {
        let tenths = |(secs, lufs): &(usize, f64)| vec![power(*lufs); secs * 10];
        range(&stretches.iter().flat_map(tenths).collect::<Vec<f64>>())
    }

    fn assert_range(stretches: &[(usize, f64)], expected: f64) {
        let range = range_of(stretches).expect("it is long enough");
        assert!((range - expected).abs() < 1e-9, "{range}");
    }

    #[test]
    fn soft_and_loud_parts_are_as_far_apart_as_they_are() {
        assert_range(&[(20, -30.0), (20, -20.0)], 10.0);
    }

    #[test]
    fn a_short_shot_does_not_widen_the_range() {
        assert_range(&[(100, -23.0), (1, -3.0), (100, -23.0)], 0.0);
    }

    #[test]
    fn what_is_twenty_units_under_the_mean_is_background() {
        assert_range(&[(30, -50.0), (60, -20.0), (30, -50.0)], 0.0);
    }

    #[test]
    fn silence_and_what_is_shorter_than_a_window_have_no_range() {
        assert_eq!(range_of(&[(60, f64::NEG_INFINITY)]), None);
        assert_eq!(range_of(&[(2, -23.0)]), None);
    }
}
