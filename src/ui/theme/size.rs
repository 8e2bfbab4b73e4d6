//! Sizes in points and durations in seconds: one spacing unit, one corner radius.

/// The spacing unit; gaps and paddings are whole multiples of it, or half of it.
pub const UNIT: f32 = 4.0;
/// The corner radius of everything that has corners.
pub const RADIUS: u8 = 4;
/// Body text.
pub const TEXT: f32 = 13.0;
/// Secondary text: details, captions, badges.
pub const TEXT_SMALL: f32 = 11.0;
/// The title of a panel's subject or of a dialog.
pub const TEXT_TITLE: f32 = 16.0;
/// Height of buttons, fields and other controls.
pub const CONTROL: f32 = 24.0;
/// Height of a chip, a badge or a tag.
pub const CHIP: f32 = 20.0;
/// Height of a list row of one line.
pub const ROW: f32 = 24.0;
/// Height of a list row of two lines, or of one line over a small waveform.
pub const ROW_TALL: f32 = 48.0;
/// Height of a panel's header and of the transport's controls.
pub const HEADER: f32 = 32.0;
/// Side of an icon beside text.
pub const ICON: f32 = 16.0;
/// Side of an icon in an empty state.
pub const ICON_LARGE: f32 = 32.0;
/// Width of a hairline.
pub const HAIRLINE: f32 = 1.0;
/// Width of the focus ring.
pub const FOCUS: f32 = 1.5;
/// How long a change of state takes to show.
pub const MOTION_SECS: f32 = 0.12;
/// How long the pointer rests before a tooltip shows.
pub const TOOLTIP_DELAY_SECS: f32 = 0.4;
