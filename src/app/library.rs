//! Waveforms and artwork of the show's sound files, as far as they are at hand.

/// What is at hand.
#[derive(Default)]
pub struct Library {}

impl Library {
    /// Another show is open.
    pub(super) fn leave(&mut self) {}
}
