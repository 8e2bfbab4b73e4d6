//! What is measured of sound, in one pass over it.

mod halver;
#[cfg(test)]
mod made;
mod measure;
mod onsets;
mod range;

pub use measure::{MeasureError, Measurement, measure};
