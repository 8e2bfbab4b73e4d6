//! Rendering a program into memory or a file, as it would be heard.

use std::sync::Arc;
use std::time::Instant;

use crate::audio::End;
use crate::audio::Event;
use crate::audio::OpenSound;
use crate::audio::PartId;
use crate::audio::Program;
use crate::audio::by_hand::ByHand;
use crate::audio::engine::Config;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;

/// What was rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Its length, at the rate asked for.
    pub length: Samples,
    /// The parts that are missing from it, wholly or from some place on, and why.
    pub failed: Vec<(PartId, String)>,
}

/// Rendering was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rendering was cancelled")]
pub struct Cancelled;

/// Frames handed to the sink at a time, at most.
const PIECE: usize = 4096;

/// Renders the `span` of a program at `rate`, as playing it from the span's start would sound,
/// sample for sample, and hands it to `sink` in pieces. Loops and the program's end do not count:
/// the span does. `is_cancelled` is asked between pieces.
///
/// # Errors
///
/// Fails only when it was cancelled. Parts that cannot be read are silent, and listed.
pub fn render(
    program: &Program,
    span: TickSpan,
    rate: SampleRate,
    opener: &Arc<dyn OpenSound>,
    mut sink: impl FnMut(&[StereoFrame]),
    is_cancelled: impl Fn() -> bool,
) -> Result<Rendered, Cancelled> {
    let sink = |[piece]: [&[StereoFrame]; 1]| sink(piece);
    render_together([program], span, rate, opener, sink, is_cancelled)
}

/// The same for several programs at once: `sink` is handed the same piece of each.
///
/// # Errors
///
/// Fails only when it was cancelled. Parts that cannot be read are silent, and listed.
pub fn render_together<const N: usize>(
    programs: [&Program; N],
    span: TickSpan,
    rate: SampleRate,
    opener: &Arc<dyn OpenSound>,
    mut sink: impl FnMut([&[StereoFrame]; N]),
    is_cancelled: impl Fn() -> bool,
) -> Result<Rendered, Cancelled> {
    // Nothing depends on the time of day: all moments are this one.
    let now = Instant::now();
    let mut engines = programs.map(|program| {
        let engine = ByHand::new(&Config::default(), rate, Arc::clone(opener), now);
        let program = Program {
            parts: program.parts.clone(),
            looping: None,
            end: End::Never,
            ducked: program.ducked,
            easing: None,
        };
        engine.engine().play(program, span.start());
        engine
    });
    let length = rate.nearest_samples(span.end()) - rate.nearest_samples(span.start());
    let mut rendered = Rendered::default();
    let mut pieces = [const { Vec::new() }; N];
    while rendered.length < length {
        if is_cancelled() {
            return Err(Cancelled);
        }
        let left = usize::try_from((length - rendered.length).get()).unwrap_or(PIECE);
        let n = left.min(PIECE);
        for (engine, piece) in engines.iter_mut().zip(&mut pieces) {
            engine.settle(now);
            note_failures(engine, &mut rendered);
            piece.resize(n, [0.0; 2]);
            engine.pull(piece, now);
        }
        sink(pieces.each_ref().map(Vec::as_slice));
        rendered.length = rendered.length + Samples::new(i64::try_from(n).unwrap_or(0));
    }
    Ok(rendered)
}

fn note_failures(engine: &ByHand, rendered: &mut Rendered) {
    for event in engine.engine().events() {
        if let Event::PartFailed { part, why, .. } = event {
            rendered.failed.push((part, why));
        }
    }
}
