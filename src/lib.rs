//! Needledrop.

pub mod interchange;
pub mod jobs;
pub mod media;
pub mod model;
pub mod ops;
pub mod time;
