//! The window: draws what the core shows and turns input into requests.

pub mod commands;
mod cover;
mod ctx;
pub mod dialogs;
mod dnd;
mod drawing;
mod event_loop;
mod frame_meter;
mod hint;
mod launch;
mod palette;
pub mod panels;
mod shell;
pub mod theme;
mod view;
mod wave;
pub mod widgets;

pub use ctx::Ctx;
pub use dnd::Dragged;
pub use launch::{Start, open};
pub use shell::{RunError, Shell};
pub use view::View;
pub use wave::{WaveLook, wave_ui};
