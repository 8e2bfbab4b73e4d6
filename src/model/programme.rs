//! The neutral form of what other programs are given of an episode: its cut flattened into music on
//! lanes, markers and scenes.
//!
//! Every writer of timelines takes a [`Programme`], and none of them knows how a show is built.

use super::ids::{SlotId, TrackId};
use super::level::Decibels;
use super::marker::Marker;
use super::scene::Scene;
use crate::time::Frames;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// A cut, flattened. Positions in it count from its first frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    /// What it is called: `203 Promise v4`.
    pub title: String,
    /// Its frame rate and the way its frames are labelled.
    pub timebase: Timebase,
    /// The frame number that the label of its first frame stands for.
    pub start: Frames,
    /// How long it is.
    pub length: Ticks,
    /// The recordings that are named in it, each once.
    pub recordings: Vec<Recording>,
    /// The music, in lanes of two channels each; on one lane no music overlaps another, and it is
    /// in running order.
    pub lanes: Vec<Vec<MusicClip>>,
    /// The markers, in running order.
    pub markers: Vec<Marker>,
    /// The scenes, in running order.
    pub scenes: Vec<Scene>,
    /// Picks that cannot be on a lane, by title, and why.
    pub left_out: Vec<(String, LeftOut)>,
    /// How many slots have nothing picked.
    pub n_without_pick: usize,
}

impl Programme {
    /// All the music in running order, whatever lane it is on.
    pub fn music(&self) -> Vec<&MusicClip> {
        let mut music: Vec<&MusicClip> = self.lanes.iter().flatten().collect();
        music.sort_by_key(|clip| clip.number);
        music
    }

    /// The recording of a take. One that is not there is an empty one, so that nobody has to be
    /// asked.
    pub fn recording(&self, take: &Take) -> &Recording {
        static NONE: Recording = Recording::NONE;
        self.recordings.get(take.recording).unwrap_or(&NONE)
    }

    /// Where the last of it ends: the cut, or music that goes on behind it.
    pub fn end(&self) -> Ticks {
        let music = self.lanes.iter().flatten();
        let ends = music.map(|clip| clip.pick.heard.end());
        ends.fold(self.length, Ticks::max)
    }
}

/// Why a pick cannot be on a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// There is no sound file.
    NoFile,
    /// Nothing of it lies in its slot.
    NotHeard,
}

/// One use of music in the programme.
#[derive(Clone, Debug, PartialEq)]
pub struct MusicClip {
    /// Which use it is, in running order, from 1.
    pub number: usize,
    /// The slot it was made from.
    pub slot: SlotId,
    /// The scene it is for, with its number.
    pub scene: String,
    /// Why there is music here.
    pub why: String,
    /// What is heard.
    pub pick: Take,
    /// What is tried beside it, in the order of the keys.
    pub alternates: Vec<Take>,
}

/// A recording where it is heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// Which of [`Programme::recordings`].
    pub recording: usize,
    /// The stretch of the programme on which it sounds; it is never empty.
    pub heard: TickSpan,
    /// Where the recording's first sample falls.
    pub track_start: Ticks,
    /// Its level, with what levelling does.
    pub gain: Decibels,
    /// The part of that which levelling does.
    pub levelling: Decibels,
    /// How long it fades in, from where it begins to sound.
    pub fade_in: Ticks,
    /// How long it fades out, up to where it ends.
    pub fade_out: Ticks,
    /// Remarks.
    pub note: String,
}

impl Take {
    /// The moment of the recording that sounds first.
    pub fn source_in(&self) -> Ticks {
        self.heard.start() - self.track_start
    }

    /// Whether it has a fade.
    pub fn fades(&self) -> bool {
        self.fade_in > Ticks::ZERO || self.fade_out > Ticks::ZERO
    }
}

/// A recording and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The track; `None` for none at all.
    pub track: Option<TrackId>,
    /// Its title.
    pub title: String,
    /// Who performs it.
    pub artist: String,
    /// The album it appeared on.
    pub album: String,
    /// Its International Standard Recording Code, where it is known.
    pub isrc: String,
    /// Where its file lies, in the way of this machine.
    pub path: String,
    /// Samples per second of the file.
    pub rate: SampleRate,
    /// Channels in the file.
    pub channels: u16,
    /// Length of the recording.
    pub length: Samples,
}

impl Recording {
    const NONE: Self = Self {
        track: None,
        title: String::new(),
        artist: String::new(),
        album: String::new(),
        isrc: String::new(),
        path: String::new(),
        rate: SampleRate::HZ_48000,
        channels: 2,
        length: Samples::ZERO,
    };

    /// Title and artist together, whichever there are.
    pub fn full_title(&self) -> String {
        match (self.title.is_empty(), self.artist.is_empty()) {
            (false, false) => format!("{} – {}", self.title, self.artist),
            (false, true) => self.title.clone(),
            (true, _) => self.artist.clone(),
        }
    }

    /// The name of its file.
    pub fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// Length of the recording.
    pub fn duration(&self) -> Ticks {
        self.rate.nearest_ticks(self.length)
    }
}
