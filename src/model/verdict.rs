//! What people think of an alternate once they have heard it in its place.

use super::people::Moment;

/// What somebody thinks of an alternate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opinion {
    /// It stays.
    Keep,
    /// Perhaps.
    Maybe,
    /// It goes.
    Drop,
}

impl Opinion {
    /// Every opinion, the best first.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Maybe, Self::Drop];
}

/// An opinion, and when it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What somebody thinks.
    pub opinion: Opinion,
    /// When they said so.
    pub at: Moment,
}
