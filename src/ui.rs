//! The window: draws what the core shows and turns input into requests.

mod ctx;
mod dnd;
pub mod panels;
pub mod theme;
mod wave;
pub mod widgets;

pub use ctx::Ctx;
pub use dnd::Dragged;
pub use wave::{WaveLook, wave_ui};
