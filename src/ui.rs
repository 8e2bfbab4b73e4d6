//! The window: draws what the core shows and turns input into requests.

pub mod theme;
pub mod widgets;
