//! Names for things that outlive their place: distinct 128-bit ids, one type a kind.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id that nothing else has (a random UUID, RFC 9562 section 5.4).
            #[expect(clippy::new_without_default, reason = "no two new ids are the same")]
            pub fn new() -> Self {
                Self(Uuid::new_v4())
            }

            /// The id made of these 128 bits; for tests and for whatever numbers things itself.
            pub const fn from_u128(bits: u128) -> Self {
                Self(Uuid::from_u128(bits))
            }

            /// The 128 bits.
            pub const fn as_u128(self) -> u128 {
                self.0.as_u128()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.simple())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person of the show.
    PersonId;
    /// A track of the pool.
    TrackId;
    /// An episode.
    EpisodeId;
    /// One numbered state of an episode's edit.
    CutId;
    /// A scene. The same scene keeps its id from cut to cut.
    SceneId;
    /// A marker. The same marker keeps its id from cut to cut.
    MarkerId;
    /// A slot. The same slot keeps its id from cut to cut.
    SlotId;
    /// An alternate of a slot.
    AlternateId;
    /// A comment on a track.
    CommentId;
    /// A list of tracks.
    ListId;
}

/// Where a cut is found: scenes, markers and slots belong to a cut of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CutAt {
    /// The episode.
    pub episode: EpisodeId,
    /// Its cut.
    pub cut: CutId,
}
