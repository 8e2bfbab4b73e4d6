//! Singing that is made up, so that it is known where it is, and music without any.

use std::f32::consts::TAU;

use super::*;
use crate::analysis::made;
use crate::analysis::onsets::OnsetMeter;

const RATE: f32 = made::RATE;

/// A second of the melody that is sung and played here, as MIDI numbers.
const TUNE: [i32; 8] = [57, 60, 62, 64, 62, 60, 59, 57];

fn hz(note: i32) -> f32 {
    440.0 * ((note as f32 - 69.0) / 12.0).exp2()
}

fn found(samples: &[f32]) -> Option<FoundVoice> {
    let mut onsets = OnsetMeter::new(f64::from(RATE));
    let mut voice = VoiceMeter::new(f64::from(RATE), onsets.size(), onsets.rate());
    for piece in samples.chunks(5_000) {
        onsets.add_seen(piece, &mut |spectrum| voice.add(spectrum));
    }
    voice.finish(0.0, samples.len() as f64 / f64::from(RATE))
}

fn seconds(secs: f32) -> Vec<f32> {
    vec![0.0; (secs * RATE) as usize]
}

/// How a note is made: its harmonics up to 6 kHz, each as loud as `level` says for its order and
/// its pitch, with a vibrato so deep (cents) and so fast (Hz).
struct Tone<'a> {
    vibrato: (f32, f32),
    /// How far it is off, in cents, and where in its vibrato it begins, in turns.
    own: (f32, f32),
    level: &'a dyn Fn(f32, f32) -> f32,
}

/// Adds a tune of notes of one second each, from `from` seconds to `to`.
fn play(samples: &mut [f32], tone: &Tone<'_>, from: f32, to: f32, octave: i32) {
    let ((depth, speed), (off, turn)) = (tone.vibrato, tone.own);
    let mut phase = 0.0;
    let (from, to) = ((from * RATE) as usize, (to * RATE) as usize);
    for (at, sample) in samples.iter_mut().enumerate().take(to).skip(from) {
        let secs = at as f32 / RATE;
        let in_note = secs.fract();
        let note = hz(TUNE[secs as usize % TUNE.len()] + 12 * octave);
        // A vibrato sets in a while after its note.
        let cents = depth * (in_note / 0.3).min(1.0) * (TAU * (speed * secs + turn)).sin() + off;
        let pitch = note * (cents / 1_200.0).exp2();
        phase = (phase + f64::from(pitch) / f64::from(RATE)).fract();
        let edge = (in_note / 0.05).min((1.0 - in_note) / 0.05).min(1.0);
        let mut sum = 0.0;
        for order in 1_u8..=(6_000.0 / note) as u8 {
            let harmonic = f64::from(order) * phase * std::f64::consts::TAU;
            sum += (tone.level)(f32::from(order), pitch * f32::from(order)) * harmonic.sin() as f32;
        }
        *sample += edge * sum;
    }
}

/// Formants of an open vowel (“ah”), and the fall of a voice's source.
fn vowel(order: f32, hz: f32) -> f32 {
    let formants = [
        (700.0, 110.0, 1.0),
        (1_150.0, 120.0, 0.7),
        (2_900.0, 200.0, 0.5),
        (3_400.0, 250.0, 0.3),
    ];
    let gain = |(at, width, level): (f32, f32, f32)| level / (1.0 + ((hz - at) / width).powi(2));
    0.25 * formants.map(gain).iter().sum::<f32>() / order.sqrt()
}

/// A singer from `from` seconds to `to`.
fn sing(samples: &mut [f32], from: f32, to: f32) {
    let tone = Tone {
        vibrato: (50.0, 5.6),
        own: (0.0, 0.0),
        level: &vowel,
    };
    play(samples, &tone, from, to, 0);
}

/// Drums and chords.
fn bed(secs: f64) -> Vec<f32> {
    made::pattern(made::Pattern::Song, &made::steady(100.0, 0.0, secs))
}

#[test]
fn singing_over_drums_and_chords_is_found_where_it_is() {
    let mut samples = bed(40.0);
    sing(&mut samples, 10.0, 30.0);
    let found = found(&samples).expect("it is sure");
    let [(from, to)] = found.stretches[..] else {
        panic!("it is sung once: {found:?}");
    };
    assert!(
        (from - 10.0).abs() < 1.5 && (to - 30.0).abs() < 1.5,
        "{from}–{to}"
    );
    assert!((0.5..=1.0).contains(&found.confidence), "{found:?}");
}

#[test]
fn the_same_drums_and_chords_without_a_voice_are_surely_not_sung() {
    let found = found(&bed(40.0)).expect("it is sure");
    assert_eq!(found.stretches, []);
}

#[test]
fn a_line_or_two_is_a_stretch_of_its_own() {
    let mut samples = bed(60.0);
    sing(&mut samples, 5.0, 15.0);
    sing(&mut samples, 35.0, 50.0);
    let found = found(&samples).expect("it is sure");
    assert_eq!(found.stretches.len(), 2, "{found:?}");
}

#[test]
fn an_organ_is_not_sung() {
    let mut samples = seconds(30.0);
    let organ = Tone {
        vibrato: (0.0, 0.0),
        own: (0.0, 0.0),
        level: &|order, _| 0.2 / order,
    };
    play(&mut samples, &organ, 0.0, 30.0, 0);
    assert!(found(&samples).is_none_or(|it| it.stretches.is_empty()));
}

#[test]
fn strings_that_each_tremble_in_their_own_time_are_not_sung() {
    let mut samples = seconds(30.0);
    for player in 0_u8..8 {
        let player = f32::from(player);
        let string = Tone {
            vibrato: (18.0 + player, 4.6 + 0.23 * player),
            own: ((player * 2.4).sin() * 9.0, player * 0.62),
            level: &|order, _| 0.04 / order,
        };
        play(&mut samples, &string, 0.0, 30.0, 0);
    }
    assert!(found(&samples).is_none_or(|it| it.stretches.is_empty()));
}

#[test]
fn a_flute_that_trembles_is_not_surely_sung() {
    let mut samples = bed(30.0);
    let flute = Tone {
        vibrato: (40.0, 5.0),
        own: (0.0, 0.0),
        level: &|order, _| 0.3 * (-1.4 * order).exp(),
    };
    play(&mut samples, &flute, 0.0, 29.0, 1);
    assert!(found(&samples).is_none_or(|it| it.stretches.is_empty()));
}

#[test]
fn one_sine_that_trembles_is_not_sung() {
    let mut samples = seconds(30.0);
    let whistle = Tone {
        vibrato: (60.0, 5.5),
        own: (0.0, 0.0),
        level: &|order, _| if order < 1.5 { 0.4 } else { 0.0 },
    };
    play(&mut samples, &whistle, 0.0, 30.0, 2);
    assert!(found(&samples).is_none_or(|it| it.stretches.is_empty()));
}

#[test]
fn noise_is_not_sung() {
    let mut noise = made::Noise::new(3);
    let noise: Vec<f32> = (0..400_000).map(|_| 0.3 * noise.next()).collect();
    assert!(found(&noise).is_none_or(|it| it.stretches.is_empty()));
}

#[test]
fn of_silence_and_what_is_too_short_nothing_is_sure() {
    assert_eq!(found(&seconds(30.0)), None);
    assert_eq!(found(&bed(3.0)), None);
    assert_eq!(found(&[]), None);
}

#[test]
fn very_low_rates_are_no_harm() {
    for rate in [50.0, 1_000.0, 8_000.0] {
        let mut onsets = OnsetMeter::new(rate);
        let mut voice = VoiceMeter::new(rate, onsets.size(), onsets.rate());
        onsets.add_seen(&[0.3; 3_000], &mut |spectrum| voice.add(spectrum));
        assert_eq!(
            voice
                .finish(0.0, 3_000.0 / rate)
                .map_or(0, |it| it.stretches.len()),
            0
        );
    }
}
