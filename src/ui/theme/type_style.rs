//! The few ways text is set.

use std::sync::Arc;

use egui::FontFamily;
use egui::FontId;

use super::size;

/// The family of the medium weight of the interface font.
pub const MEDIUM: &str = "medium";
/// The family of the semibold weight of the interface font.
pub const SEMIBOLD: &str = "semibold";

/// Body text.
pub fn body() -> FontId {
    FontId::proportional(size::TEXT)
}

/// Body text that names the thing in a row, or the chosen option.
pub fn strong() -> FontId {
    FontId::new(size::TEXT, FontFamily::Name(Arc::from(MEDIUM)))
}

/// Secondary text.
pub fn small() -> FontId {
    FontId::proportional(size::TEXT_SMALL)
}

/// Secondary text that is a heading or a count.
pub fn small_strong() -> FontId {
    FontId::new(size::TEXT_SMALL, FontFamily::Name(Arc::from(SEMIBOLD)))
}

/// The one title.
pub fn title() -> FontId {
    FontId::new(size::TEXT_TITLE, FontFamily::Name(Arc::from(SEMIBOLD)))
}

/// Timecode among body text.
pub fn timecode() -> FontId {
    FontId::monospace(size::TEXT)
}

/// Timecode among secondary text: rulers, labels.
pub fn timecode_small() -> FontId {
    FontId::monospace(size::TEXT_SMALL)
}

/// The timecode of the transport.
pub fn timecode_large() -> FontId {
    FontId::monospace(20.0)
}
