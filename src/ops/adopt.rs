//! What a list of edits or markers means for a cut: which scenes and markers come to be, which
//! change, and which are there already.
//!
//! Importing the same list again changes nothing, and importing a newer one updates what it names
//! instead of doubling it. Nothing is ever removed: what a list no longer holds may be somebody's
//! own work.

mod place;
mod reconcile;
mod slate;

use std::fmt;

use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutField;
use crate::model::CutList;
use crate::model::Edit;
use crate::model::FoundScene;
use crate::model::Show;
use crate::model::Transaction;
use crate::time::Frames;
use crate::time::Ticks;
use place::Placing;
pub(crate) use reconcile::scene_key;

/// What becomes of the events of an edit decision list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventsAs {
    /// Scenes, when most clips are named after scenes and takes (`12-3`, `12A/4`); else nothing.
    #[default]
    ScenesWhereNamed,
    /// Scenes in any case: clips without such names make a scene of their own name.
    Scenes,
    /// Nothing: only the markers are wanted.
    Nothing,
}

/// What was computed, and what there is to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Adopted {
    /// The edits; none when everything is there already.
    pub transaction: Transaction,
    /// What they amount to.
    pub summary: Summary,
}

/// What an import amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The scenes of the list.
    pub scenes: Tally,
    /// The markers of the list.
    pub markers: Tally,
    /// How many edits of picture the list has: the cut keeps them, to be compared with the next.
    pub n_edits: usize,
    /// What the user should know.
    pub notes: Vec<Note>,
}

/// How many of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Were not there.
    pub n_new: usize,
    /// Were there, and change.
    pub n_changed: usize,
    /// Were there just so.
    pub n_same: usize,
}

impl Tally {
    /// How many in all.
    pub const fn n(self) -> usize {
        self.n_new + self.n_changed + self.n_same
    }
}

/// `6 scenes (4 new, 2 changed), 15 markers (15 new)`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_tally(f, self.scenes, "scene")?;
        f.write_str(", ")?;
        write_tally(f, self.markers, "marker")?;
        match self.n_edits {
            0 => Ok(()),
            1 => f.write_str(", 1 edit"),
            n => write!(f, ", {n} edits"),
        }
    }
}

fn write_tally(f: &mut fmt::Formatter<'_>, tally: Tally, noun: &str) -> fmt::Result {
    let plural = if tally.n() == 1 { "" } else { "s" };
    write!(f, "{} {noun}{plural}", tally.n())?;
    let parts = [
        (tally.n_new, "new"),
        (tally.n_changed, "changed"),
        (tally.n_same, "unchanged"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    if said.is_empty() {
        Ok(())
    } else {
        write!(f, " ({})", said.join(", "))
    }
}

/// One thing the user should know. Each displays as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A marker lies outside the cut and was moved to its nearest frame.
    MarkerMovedIn {
        /// What it is called.
        name: String,
        /// Where the list has it.
        label: String,
        /// Where it went.
        to: String,
    },
    /// A marker goes on beyond the cut and was cut off.
    MarkerCutOff {
        /// What it is called.
        name: String,
        /// Where it begins.
        label: String,
    },
    /// A scene goes beyond the cut and was cut off.
    SceneCutOff {
        /// Its title.
        title: String,
        /// Where it begins.
        label: String,
    },
    /// A scene lies outside the cut and was left out.
    SceneOutside {
        /// Its title.
        title: String,
        /// Where the list has it.
        label: String,
    },
    /// The cut had no length and got one.
    CutExtended {
        /// Its new length.
        length: String,
    },
    /// The list was made at another frame rate; places were matched by time.
    OtherRate {
        /// The list's.
        list: String,
        /// The cut's.
        cut: String,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MarkerMovedIn { name, label, to } => write!(
                f,
                "the marker “{name}” at {label} lies outside the cut and was moved to {to}"
            ),
            Self::MarkerCutOff { name, label } => write!(
                f,
                "the marker “{name}” at {label} goes on beyond the cut and was cut off"
            ),
            Self::SceneCutOff { title, label } => write!(
                f,
                "the scene “{title}” at {label} goes beyond the cut and was cut off"
            ),
            Self::SceneOutside { title, label } => write!(
                f,
                "the scene “{title}” at {label} lies outside the cut and was left out"
            ),
            Self::CutExtended { length } => {
                write!(f, "the cut had no length and is now {length} long")
            }
            Self::OtherRate { list, cut } => write!(
                f,
                "the list is at {list} frames per second, the cut at {cut}; places were matched \
                 by time"
            ),
        }
    }
}

/// Why a list was not adopted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdoptError {
    /// The cut it was meant for is gone.
    #[error("the cut no longer exists")]
    Gone,
    /// All of it lies outside the cut: the start timecode of one of them is wrong.
    #[error(
        "nothing in the list lies within the cut, which runs from {start} to {end}; the list begins at {first}. Is the start timecode right?"
    )]
    Elsewhere {
        /// Where the list begins.
        first: String,
        /// The label of the cut's first frame.
        start: String,
        /// The label of the first frame behind the cut.
        end: String,
    },
}

/// All scenes of `list`: those it names, and those its events are.
pub fn scenes(list: &CutList, events_as: EventsAs) -> Vec<FoundScene> {
    let mut scenes = slate::scenes(&list.events, events_as);
    scenes.extend_from_slice(&list.scenes);
    scenes
}

/// A cut as long as `list`, whose first frame is labelled `start`, with the edits of its picture
/// and nothing else.
///
/// # Errors
///
/// Fails when all of the list lies before `start`.
pub fn blank_cut(list: &CutList, start: Frames) -> Result<Cut, AdoptError> {
    let cut = Cut::new(list.timebase, start, Ticks::ZERO);
    let placing = Placing::new(&cut, list, &list.scenes)?;
    let length = placing.new_length().unwrap_or_default();
    let picture = cut.picture.with(placing.picture(list));
    Ok(Cut {
        length,
        picture,
        ..cut
    })
}

/// Computes what importing `list` into a cut amounts to. `source` names the list in the label of
/// the transaction, as `promise-203-v3.edl`.
///
/// Positions are brought from the list's labels to the cut's: both begin with the label of the
/// cut's first frame, even when one counts drop-frame and the other does not.
///
/// # Errors
///
/// Fails when the cut is gone, and when all of the list lies outside it.
pub fn adopt(
    show: &Show,
    at: CutAt,
    list: &CutList,
    source: &str,
    events_as: EventsAs,
) -> Result<Adopted, AdoptError> {
    let cut = show.cut(at).ok_or(AdoptError::Gone)?;
    let wanted = scenes(list, events_as);
    let placing = Placing::new(cut, list, &wanted)?;
    let mut summary = Summary::default();
    let mut edits = Vec::new();
    if list.timebase.rate() != cut.timebase.rate() {
        summary.notes.push(Note::OtherRate {
            list: list.timebase.rate().to_string(),
            cut: cut.timebase.rate().to_string(),
        });
    }
    if let Some(length) = placing.new_length() {
        let frames = cut.timebase.rate().floor_to_frames(length);
        summary.notes.push(Note::CutExtended {
            length: cut.timebase.length_label(frames),
        });
        edits.push(Edit::Cut(at, Change::Set(CutField::Length(length))));
    }
    let found = placing.picture(list);
    summary.n_edits = found.len();
    let picture = cut.picture.with(found);
    if picture != cut.picture {
        edits.push(Edit::Cut(at, Change::Set(CutField::Picture(picture))));
    }
    let placed: Vec<_> = wanted
        .iter()
        .filter_map(|scene| placing.scene(scene, &mut summary.notes))
        .collect();
    summary.scenes = reconcile::scenes(cut, at, &placed, &mut edits);
    let markers: Vec<_> = list
        .markers
        .iter()
        .map(|marker| placing.marker(marker, &mut summary.notes))
        .collect();
    summary.markers = reconcile::markers(cut, at, &markers, &mut edits);
    Ok(Adopted {
        transaction: Transaction::new(format!("import {source}"), edits),
        summary,
    })
}

#[cfg(test)]
mod tests;
