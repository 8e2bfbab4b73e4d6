//! What a format could not carry.

use std::fmt;

use crate::model::LeftOut;
use crate::model::Programme;

/// What a format could not carry, or carries in another way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteReport {
    remarks: Vec<Remark>,
}

impl WriteReport {
    /// What there is to tell, in the order in which it came up.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Whether there is nothing to tell.
    pub const fn is_clean(&self) -> bool {
        self.remarks.is_empty()
    }

    /// Whether music is missing from what was written that is heard in the cut.
    pub fn lacks_music(&self) -> bool {
        let is_loss = |it: &Remark| matches!(it, Remark::LeftOut { .. } | Remark::TooShort { .. });
        self.remarks.iter().any(is_loss)
    }

    /// Adds a remark, unless it is about nothing.
    pub(super) fn add(&mut self, remark: Remark) {
        if remark.count() > 0 {
            self.remarks.push(remark);
        }
    }

    /// Names what is on no lane.
    pub(super) fn note_left_out(&mut self, programme: &Programme) {
        for (title, why) in &programme.left_out {
            self.remarks.push(Remark::LeftOut {
                title: title.clone(),
                why: *why,
            });
        }
        self.add(Remark::WithoutPick {
            n: programme.n_without_pick,
        });
    }
}

/// One thing the user should know. Each displays as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// A pick that is on no lane.
    LeftOut {
        /// Its title.
        title: String,
        /// Why.
        why: LeftOut,
    },
    /// Slots with nothing picked.
    WithoutPick {
        /// How many.
        n: usize,
    },
    /// Places between two frames, in a format that knows none.
    MovedToFrames {
        /// How many.
        n: usize,
    },
    /// Places between two samples at 48 kHz, where the format counts those.
    MovedToSamples {
        /// How many.
        n: usize,
    },
    /// Places between two frames, which are written as they are and may be moved by who reads them.
    BetweenFrames {
        /// How many.
        n: usize,
    },
    /// Music of less than a frame.
    TooShort {
        /// How many uses.
        n: usize,
    },
    /// Levels that are not carried.
    LevelsLeft {
        /// Of how many uses.
        n: usize,
    },
    /// Fades that are not carried.
    FadesLeft {
        /// Of how many uses.
        n: usize,
    },
    /// Levels are written with what levelling does.
    Levelled {
        /// Of how many uses.
        n: usize,
    },
    /// Alternates that are not carried.
    AlternatesLeft {
        /// How many.
        n: usize,
    },
    /// Alternates that begin after the pick, which the format cannot say.
    LaterAlternates {
        /// How many.
        n: usize,
    },
    /// Channels beyond the second.
    ChannelsLeft {
        /// In how many recordings.
        n: usize,
    },
    /// Texts that were written in plain letters.
    PlainLetters {
        /// How many.
        n: usize,
    },
    /// Texts whose signs or line ends mean something in the format, and were replaced.
    SignsReplaced {
        /// How many.
        n: usize,
    },
    /// Colors that the format has no like of.
    OtherColors {
        /// How many.
        n: usize,
    },
    /// Colors, in a format that has none.
    ColorsLeft {
        /// How many.
        n: usize,
    },
    /// Markers on one frame, in a format that keeps one.
    Merged {
        /// How many were added to another.
        n: usize,
    },
    /// Windows and weights of hit points, which are not carried.
    HitsLeft {
        /// How many.
        n: usize,
    },
    /// Scenes are written as markers.
    ScenesAsMarkers {
        /// How many.
        n: usize,
    },
    /// More than one list holds was written as several.
    Split {
        /// How many events one holds.
        limit: usize,
        /// How many files there are.
        n: usize,
    },
}

impl Remark {
    /// How many things it is about.
    fn count(&self) -> usize {
        match self {
            Self::LeftOut { .. } => 1,
            Self::Split { n, .. } => *n,
            _ => self.words().0,
        }
    }

    /// How many things it is about, what is said of one, and what behind the number of several.
    const fn words(&self) -> (usize, &'static str, &'static str) {
        match self {
            Self::LeftOut { .. } | Self::Split { .. } => (0, "", ""),
            Self::WithoutPick { n } => (
                *n,
                "one slot has nothing picked and was left out",
                "slots have nothing picked and were left out",
            ),
            Self::MovedToFrames { n } => (
                *n,
                "one place lay between two frames and was brought to a whole one",
                "places lay between two frames and were brought to whole ones",
            ),
            Self::MovedToSamples { n } => (
                *n,
                "one place was brought to the nearest sample at 48 kHz",
                "places were brought to the nearest sample at 48 kHz",
            ),
            Self::BetweenFrames { n } => (
                *n,
                "one place lies between two frames; Final Cut Pro may bring it to a whole one",
                "places lie between two frames; Final Cut Pro may bring them to whole ones",
            ),
            Self::TooShort { n } => (
                *n,
                "one piece of music lasts less than a frame and was left out",
                "pieces of music last less than a frame and were left out",
            ),
            Self::LevelsLeft { n } => (
                *n,
                "one piece of music lost its level, as the format has none",
                "pieces of music lost their levels, as the format has none",
            ),
            Self::FadesLeft { n } => (
                *n,
                "one piece of music lost its fades",
                "pieces of music lost their fades",
            ),
            Self::Levelled { n } => (
                *n,
                "one piece of music is as loud as it is heard here, levelling included",
                "pieces of music are as loud as they are heard here, levelling included",
            ),
            Self::AlternatesLeft { n } => (
                *n,
                "one alternate was left out, as the format holds only picks",
                "alternates were left out, as the format holds only picks",
            ),
            Self::LaterAlternates { n } => (
                *n,
                "one alternate begins later than the pick and was left out",
                "alternates begin later than their picks and were left out",
            ),
            Self::ChannelsLeft { n } => (
                *n,
                "of one recording only the first two channels are named",
                "recordings are named with their first two channels only",
            ),
            Self::PlainLetters { n } => (
                *n,
                "one text was written in plain letters, as the format has no others",
                "texts were written in plain letters, as the format has no others",
            ),
            Self::SignsReplaced { n } => (
                *n,
                "in one text signs or line ends were replaced that mean something in the format",
                "texts had signs or line ends replaced that mean something in the format",
            ),
            _ => self.words_of_marks(),
        }
    }

    /// The same for what is about markers and scenes.
    const fn words_of_marks(&self) -> (usize, &'static str, &'static str) {
        match self {
            Self::OtherColors { n } => (
                *n,
                "one marker has the nearest color that the format has",
                "markers have the nearest colors that the format has",
            ),
            Self::ColorsLeft { n } => (
                *n,
                "one marker lost its color, as the format has none",
                "markers lost their colors, as the format has none",
            ),
            Self::Merged { n } => (
                *n,
                "one marker lies on the frame of another and was written together with it",
                "markers lie on the frames of others and were written together with them",
            ),
            Self::HitsLeft { n } => (
                *n,
                "one hit point lost its weight and window",
                "hit points lost their weights and windows",
            ),
            Self::ScenesAsMarkers { n } => (
                *n,
                "one scene was written as a marker with its length",
                "scenes were written as markers with their lengths",
            ),
            _ => (0, "", ""),
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOut { title, why } => {
                let why = match why {
                    LeftOut::NoFile => "has no sound file",
                    LeftOut::NotHeard => "is not heard in its slot",
                };
                write!(f, "“{title}” {why} and was left out")
            }
            Self::Split { limit, n } => write!(
                f,
                "{n} files were written, as one holds {limit} events and no more"
            ),
            _ => match self.words() {
                (1, one, _) => f.write_str(one),
                (n, _, many) => write!(f, "{n} {many}"),
            },
        }
    }
}
