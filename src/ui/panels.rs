//! The regions of the window.

pub mod timeline;
