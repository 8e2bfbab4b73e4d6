//! What is measured of sound, in one pass over it.

mod beats;
mod halver;
mod key;
#[cfg(test)]
mod made;
mod measure;
mod music;
mod onsets;
mod pulse;
mod range;
mod sections;
mod tempo;

pub use measure::{MeasureError, Measurement, VERSION, measure};
pub use music::{KeyEstimate, Music, Rhythm};
pub use pulse::{OnsetCurve, Pulse, PulseError};
