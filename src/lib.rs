//! Needledrop.

pub mod media;
pub mod time;
