//! What is measured of sound, in one pass over it.

mod measure;
mod range;

pub use measure::{MeasureError, Measurement, measure};
