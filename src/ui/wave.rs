//! The waveform of a sound file, painted into a rectangle from what the library has at hand.

use egui::Rect;
use egui::Ui;

use super::ctx::Ctx;
use crate::model::Media;
use crate::time::TickSpan;

/// How a waveform is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WaveLook {
    /// Everything left of this x is painted brighter: it has been played.
    pub played_to: Option<f32>,
    /// Half as strong: an alternate that is not heard, or the guide.
    pub is_dimmed: bool,
}

/// Paints what of `media` lies on `span` (positions in the recording; outside it there is
/// nothing) across the whole width of `rect`.
pub fn wave_ui(ui: &Ui, ctx: &Ctx<'_>, media: &Media, span: TickSpan, rect: Rect, look: WaveLook) {
    let _ = (ui, ctx, media, span, rect, look);
}
