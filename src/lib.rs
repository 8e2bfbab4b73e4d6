//! Needledrop.

pub mod media;
pub mod model;
pub mod storage;
pub mod time;
