//! Needledrop.

pub mod media;
pub mod model;
pub mod time;
