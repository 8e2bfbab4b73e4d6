//! What each frame takes of the processor, for who asks: `RUST_LOG=needledrop::frames=debug`.

use std::time::Duration;

use egui::Context;
use egui::FullOutput;
use egui::Plugin;
use egui::RawInput;

use crate::platform::thread_time;

/// Under which name the times are logged.
const TARGET: &str = "needledrop::frames";

/// Tells what a frame takes of the window's thread: to be laid out with all that the core does in
/// it, and to be made triangles of. What draws these is not counted: that is the graphics
/// processor's, or that of a program in its place.
#[derive(Default)]
struct FrameMeter {
    began: Option<Duration>,
}

/// Has every frame measured, if somebody asks for it.
pub(super) fn measure_frames(ctx: &Context) {
    if tracing::enabled!(target: TARGET, tracing::Level::DEBUG) {
        ctx.add_plugin(FrameMeter::default());
    }
}

impl Plugin for FrameMeter {
    fn debug_name(&self) -> &'static str {
        "frame meter"
    }

    fn input_hook(&mut self, _ctx: &Context, _input: &mut RawInput) {
        self.began = thread_time();
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let (Some(began), Some(laid_out)) = (self.began.take(), thread_time()) else {
            return;
        };
        // The window makes triangles of the shapes after this: here it is done once more, to be
        // timed.
        let shapes = output.shapes.clone();
        let begun = thread_time().unwrap_or_default();
        let triangles = ctx.tessellate(shapes, output.pixels_per_point);
        let made = thread_time().unwrap_or_default().saturating_sub(begun);
        let laid_out = laid_out.saturating_sub(began);
        tracing::debug!(
            target: TARGET,
            laid_out_us = u64::try_from(laid_out.as_micros()).unwrap_or(u64::MAX),
            triangles_us = u64::try_from(made.as_micros()).unwrap_or(u64::MAX),
            n_meshes = triangles.len(),
        );
    }
}
