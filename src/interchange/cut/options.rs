//! What a reader must be told, because most formats don't say it.

use crate::interchange::text::TextEncoding;
use crate::model::Cut;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::Timebase;

/// How to read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The frame rate and counting of the programme: most lists don't say it, and the reader
    /// checks it against what they hold.
    pub timebase: Timebase,
    /// The label of the programme's first frame, by which elapsed time is told from time of day.
    pub start: Frames,
    /// What a time without frames, such as `00:12:30`, means in a table.
    pub clock_times: ClockTimes,
    /// What to do with a list that cannot be at the timebase.
    pub contradictions: Contradictions,
    /// The encoding of the text, where somebody knows it; else it is found out.
    pub encoding: Option<TextEncoding>,
}

impl ReadOptions {
    /// Reads with this timebase, for a programme that starts at 00:00:00:00.
    pub const fn at(timebase: Timebase) -> Self {
        Self {
            timebase,
            start: Frames::ZERO,
            clock_times: ClockTimes::Guess,
            contradictions: Contradictions::Refuse,
            encoding: None,
        }
    }

    /// Reads with the timebase and start of a cut.
    pub const fn for_cut(cut: &Cut) -> Self {
        let mut options = Self::at(cut.timebase);
        options.start = cut.start;
        options
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self::at(Timebase::non_drop(FrameRate::F25))
    }
}

/// What a time without frames means in a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClockTimes {
    /// Labels when none lies before the programme's start and the programme doesn't start at
    /// zero; else elapsed time.
    #[default]
    Guess,
    /// Time passed since the programme's first frame.
    Elapsed,
    /// Timecode whose frames were left out.
    Labels,
}

/// What to do with a list that cannot be at the timebase it is read with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contradictions {
    /// Refuse it: its positions would be wrong.
    #[default]
    Refuse,
    /// Read what can be read and warn.
    CarryOn,
}
