//! Needledrop.

pub mod app;
pub mod audio;
pub mod jobs;
pub mod media;
pub mod model;
pub mod ops;
pub mod platform;
pub mod storage;
pub mod time;
pub mod ui;
