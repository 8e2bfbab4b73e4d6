//! The regions of the window.

pub mod inspector;
pub mod timeline;
