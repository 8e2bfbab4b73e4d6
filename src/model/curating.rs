//! What people say of a track of the pool: how much they like it, and what they tell each other
//! about it.

use std::fmt;

use super::ids::PersonId;
use super::people::Moment;

/// How much somebody likes a track: one to five stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rating(u8);

impl Rating {
    /// The fewest stars there are.
    pub const MIN: Self = Self(1);
    /// The most.
    pub const MAX: Self = Self(5);
    /// All of them, the fewest stars first.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// So many stars; `None` for a number that is no rating.
    pub const fn new(stars: u8) -> Option<Self> {
        if Self::MIN.0 <= stars && stars <= Self::MAX.0 {
            Some(Self(stars))
        } else {
            None
        }
    }

    /// How many stars.
    pub const fn stars(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 star"),
            stars => write!(f, "{stars} stars"),
        }
    }
}

/// One entry of the thread about a track. It is added and never rewritten, so that what people
/// have answered stays what they have answered to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Who said it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// What they said.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_one_to_five_stars() {
        let stars = (0..=7).filter_map(Rating::new).map(Rating::stars);
        assert_eq!(stars.collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }
}
