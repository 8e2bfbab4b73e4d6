//! Needledrop.

pub mod audio;
pub mod media;
pub mod time;
