//! Rendering without a device is the same as playing.

use std::sync::Arc;

use needledrop::audio::Gain;
use needledrop::audio::OpenSound;
use needledrop::audio::Part;
use needledrop::audio::render;
use needledrop::time::Samples;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

#[test]
fn what_is_rendered_is_what_is_played_bit_by_bit() {
    let parts = [
        part(0, "tone:44100:60", frames(100)),
        Part {
            fade_in: frames(10_000),
            gain: Gain::from_decibels(-4.5),
            heard: TickSpan::with_length(frames(30_000), frames(60_000)),
            ..part(1, "tone2:96000:60", -frames(12_345))
        },
        part(2, "tone2:48000:60", frames(50_000)),
    ];
    let program = program(parts);
    let from = frames(20_000);
    let mut stage = Stage::new();
    stage.play(program.clone(), from);
    let played = stage.hear(3 * SECOND);
    let mut rendered = Vec::new();
    let sounds: Arc<dyn OpenSound> = Arc::new(Sounds::default());
    let span = TickSpan::with_length(from, Ticks::from_secs(3));
    let sink = |piece: &[[f32; 2]]| rendered.extend_from_slice(piece);
    let outcome = render(&program, span, RATE, &sounds, sink, || false);
    assert_eq!(
        outcome.expect("not cancelled").length,
        Samples::new(144_000)
    );
    assert!(played == rendered);
}

#[test]
fn a_part_that_cannot_be_read_is_listed_and_silent() {
    let program = program([part(3, "missing", Ticks::ZERO)]);
    let span = TickSpan::with_length(Ticks::ZERO, Ticks::from_secs(1));
    let sounds: Arc<dyn OpenSound> = Arc::new(Sounds::default());
    let rendered = render(&program, span, RATE, &sounds, |_| (), || false).expect("not cancelled");
    assert_eq!(rendered.length, Samples::new(48_000));
    assert_eq!(rendered.failed.len(), 1);
}

#[test]
fn rendering_stops_when_it_is_cancelled() {
    let program = program([part(3, "tone", Ticks::ZERO)]);
    let span = TickSpan::with_length(Ticks::ZERO, Ticks::from_secs(1));
    let sounds: Arc<dyn OpenSound> = Arc::new(Sounds::default());
    assert!(render(&program, span, RATE, &sounds, |_| (), || true).is_err());
}
