//! What is measured of sound, in one pass over it.

mod alike;
mod beats;
mod fingerprint;
mod halver;
mod key;
mod lanes;
mod loudness;
#[cfg(test)]
mod made;
mod measure;
mod music;
mod onsets;
mod pulse;
mod range;
mod sections;
mod spectra;
mod tempo;
mod true_peak;
mod voice;

pub use alike::{Alikes, Candidates, Likeness, MAX_RECORDINGS, compare};
pub use fingerprint::{Fingerprint, MAX_ITEMS, Printer};
pub use measure::{MeasureError, Measurement, VERSION, measure};
pub use music::{KeyEstimate, Music, Rhythm, Singing};
pub use pulse::{OnsetCurve, Pulse, PulseError};
