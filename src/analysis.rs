//! What is measured of sound, in one pass over it.

mod beats;
mod halver;
mod key;
mod loudness;
#[cfg(test)]
mod made;
mod measure;
mod music;
mod onsets;
mod pulse;
mod range;
mod sections;
mod tempo;
mod true_peak;

pub use measure::{MeasureError, Measurement, VERSION, measure};
pub use music::{KeyEstimate, Music, Rhythm};
pub use pulse::{OnsetCurve, Pulse, PulseError};
