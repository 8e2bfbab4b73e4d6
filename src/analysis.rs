//! What is measured of sound, in one pass over it.

mod measure;

pub use measure::{MeasureError, Measurement, measure};
