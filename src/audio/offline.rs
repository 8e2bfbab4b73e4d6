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
    opener: Arc<dyn OpenSound>,
    mut sink: impl FnMut(&[StereoFrame]),
    is_cancelled: impl Fn() -> bool,
) -> Result<Rendered, Cancelled> {
    // Nothing depends on the time of day: all moments are this one.
    let now = Instant::now();
    let mut engine = ByHand::new(&Config::default(), rate, opener, now);
    let program = Program {
        parts: program.parts.clone(),
        looping: None,
        end: End::Never,
    };
    let length = rate.nearest_samples(span.end()) - rate.nearest_samples(span.start());
    engine.engine().play(program, span.start());
    let mut rendered = Rendered::default();
    let mut piece = vec![[0.0; 2]; PIECE];
    while rendered.length < length {
        if is_cancelled() {
            return Err(Cancelled);
        }
        engine.settle(now);
        note_failures(&engine, &mut rendered);
        let left = usize::try_from((length - rendered.length).get()).unwrap_or(PIECE);
        let piece = &mut piece[..left.min(PIECE)];
        engine.pull(piece, now);
        sink(piece);
        let n = i64::try_from(piece.len()).unwrap_or(0);
        rendered.length = rendered.length + Samples::new(n);
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
