//! The window: draws from the core and asks it for things.

mod ctx;
mod dnd;
mod wave;

pub use ctx::Ctx;
pub use dnd::Dragged;
pub use wave::{WaveLook, wave_ui};
