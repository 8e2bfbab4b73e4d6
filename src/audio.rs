//! The player.

mod program;

pub use program::{End, Gain, Group, Part, PartId, Program, SoundKey};
