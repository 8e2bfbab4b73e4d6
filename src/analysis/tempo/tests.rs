//! Tempo, beats and bars of music made up at known ones.

use super::*;
use crate::analysis::beats;
use crate::analysis::beats::Beats;
use crate::analysis::key::PitchMeter;
use crate::analysis::made;
use crate::analysis::made::Pattern;
use crate::analysis::onsets::OnsetMeter;

const PATTERNS: [Pattern; 5] = [
    Pattern::Clicks,
    Pattern::Rock,
    Pattern::Dance,
    Pattern::Pushed,
    Pattern::Song,
];

fn curves(samples: &[f32]) -> Curves {
    let mut meter = OnsetMeter::new(f64::from(made::RATE));
    meter.add(samples);
    meter.finish()
}

fn found(samples: &[f32]) -> (Curves, Pace, Beats) {
    let curves = curves(samples);
    let pace = pace(&curves).expect("it has a tempo");
    let beats = beats::beats(&curves, pace);
    (curves, pace, beats)
}

#[test]
fn the_tempo_is_found_to_half_a_beat_a_minute_on_the_right_octave() {
    let mut wrong = Vec::new();
    for pattern in PATTERNS {
        for bpm in [56.0, 72.5, 87.3, 103.0, 120.0, 145.0, 174.0, 190.0] {
            if pattern == Pattern::Pushed && bpm < 60.0 {
                // So slow, with drums between beats, half as long is a beat to anyone.
                continue;
            }
            let samples = made::pattern(pattern, &made::steady(bpm, 0.37, 16.0));
            let (_, pace, beats) = found(&samples);
            if (beats.bpm - bpm).abs() > 0.5 || !beats.is_steady {
                wrong.push(format!("{pattern:?} at {bpm}: {pace:?}, {}", beats.bpm));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn beats_lie_where_they_were_put() {
    let truth = made::steady(113.0, 0.6, 24.0);
    for pattern in PATTERNS {
        let (curves, _, beats) = found(&made::pattern(pattern, &truth));
        let secs = |beat: &usize| *beat as f64 / f64::from(made::RATE);
        let missed = truth.iter().map(secs).filter(|at| {
            !beats
                .at
                .iter()
                .any(|beat| (beat / curves.rate - at).abs() < 0.02)
        });
        assert_eq!(missed.count(), 0, "{pattern:?} {:?}", &beats.at[..5]);
        assert!(beats.at.len() < truth.len() + 3, "{pattern:?}");
    }
}

#[test]
fn beats_follow_a_tempo_that_drifts() {
    let mut truth = Vec::new();
    let mut secs = 0.5;
    while secs < 60.0 {
        truth.push((secs * f64::from(made::RATE)) as usize);
        // From 100 to 118 beats a minute.
        secs += 60.0 / (100.0 + 18.0 * secs / 60.0);
    }
    let (curves, _, beats) = found(&made::pattern(Pattern::Rock, &truth));
    let near = truth.iter().filter(|at| {
        let at = **at as f64 / f64::from(made::RATE);
        beats
            .at
            .iter()
            .any(|beat| (beat / curves.rate - at).abs() < 0.05)
    });
    let n_near = near.count();
    assert!(
        n_near * 100 >= truth.len() * 95,
        "{n_near} of {}",
        truth.len()
    );
    assert!(!beats.is_steady);
}

/// Which of the true beats begins a bar, as found in `samples`, and how many beats it has.
fn bar_of(samples: &[f32], truth: &[usize]) -> (usize, usize) {
    let (curves, _, beats) = found(samples);
    let mut meter = PitchMeter::new(f64::from(made::RATE));
    meter.add(samples);
    let harmony = meter.finish();
    let pitches = |from: f64, to: f64| harmony.between(from / curves.rate, to / curves.rate);
    let bars = beats::bars(&curves, &beats.at, &pitches).expect("there are beats");
    let first = beats.at[bars.first] / curves.rate * f64::from(made::RATE);
    let away = |at: &usize| (*at as f64 - first).abs();
    let nearest = truth.iter().enumerate();
    let nearest = nearest.min_by(|a, b| away(a.1).total_cmp(&away(b.1)));
    (nearest.expect("there are beats").0, bars.beats)
}

#[test]
fn a_bar_of_four_begins_with_its_chord_wherever_the_music_begins() {
    for bpm in [92.0, 128.0] {
        let truth = made::steady(bpm, 0.5, 24.0);
        let samples = made::pattern(Pattern::Song, &truth);
        // From the first beat of a bar on, or from a later one.
        for skipped in 0..4 {
            let from = truth[skipped] - 4_000;
            let heard: Vec<usize> = truth[skipped..].iter().map(|at| at - from).collect();
            let (first, beats) = bar_of(&samples[from..], &heard);
            assert_eq!(beats, 4, "{bpm}, without {skipped}");
            assert_eq!((first + skipped) % 4, 0, "{bpm}, without {skipped}");
        }
    }
}

#[test]
fn a_bar_of_three_begins_with_its_bass_drum() {
    let truth = made::steady(120.0, 0.5, 24.0);
    let (first, beats) = bar_of(&made::pattern(Pattern::Waltz, &truth), &truth);
    assert_eq!((first % 3, beats), (0, 3));
}

#[test]
fn drums_alike_in_every_half_bar_are_taken_to_begin_with_a_bar() {
    let truth = made::steady(104.0, 0.5, 24.0);
    let (first, beats) = bar_of(&made::pattern(Pattern::Rock, &truth), &truth);
    assert_eq!((first % 4, beats), (0, 4));
}

#[test]
fn noise_is_less_sure_than_drums() {
    let mut noise = made::Noise::new(1);
    let samples: Vec<f32> = (0..22_050 * 30).map(|_| 0.3 * noise.next()).collect();
    let confidence = pace(&curves(&samples)).map_or(0.0, |pace| pace.confidence);
    let drums = made::pattern(Pattern::Rock, &made::steady(100.0, 0.0, 30.0));
    let (_, pace, _) = found(&drums);
    assert!(
        pace.confidence > 2.0 * confidence,
        "{} {confidence}",
        pace.confidence
    );
    assert!(confidence < 0.3, "{confidence}");
}

#[test]
fn silence_and_a_single_note_have_no_tempo() {
    assert_eq!(pace(&curves(&vec![0.0; 22_050 * 20])), None);
    assert_eq!(pace(&curves(&vec![0.1; 22_050 * 2])), None);
}
