//! The show as plain values: people, pool, tracks, episodes with their cuts, scenes, markers,
//! slots and alternates; the edits that change it, and the history that takes them back.
//!
//! No file, thread, clock, window or sound is known here. Cloning a [`Show`] costs a few reference
//! counts, so a clone is a snapshot that a job may keep.

mod cue_sheet;
mod curating;
mod cut_list;
mod edit;
mod entity;
mod episode;
mod history;
mod ids;
mod invariants;
mod level;
mod list;
mod marker;
mod media_ref;
mod music;
mod people;
mod picture;
mod programme;
mod references;
mod scene;
mod show;
mod slot;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod track;
mod usage;
mod verdict;
mod work;

pub use cue_sheet::{
    CodeRule, CueColumn, CueField, CueTemplate, HeaderLine, Rounding, Shares, Sheet,
};
pub use curating::{Comment, Rating};
pub use cut_list::{
    Channels, CutList, FoundEvent, FoundHeading, FoundLine, FoundMarker, FoundScene, Origin, Speed,
    Transition,
};
pub use edit::{Edit, EditError, Transaction};
pub(crate) use entity::Entities;
pub use entity::{Change, Entity, Kind};
pub use episode::{Cut, CutField, Episode, EpisodeField, Guide};
pub use history::{History, Step, Undone};
pub use ids::{
    AlternateId, CommentId, CutAt, CutId, EpisodeId, ListId, MarkerId, PersonId, SceneId, SlotId,
    TrackId,
};
pub use invariants::{Violation, sweep};
pub use level::{Decibels, Lu, Lufs};
pub use list::{List, ListField, Place};
pub use marker::{Color, HitPoint, Marker, MarkerField, Weight};
pub use media_ref::Media;
pub use music::{Bpm, Ending, Form, Given, Key, Mode, NoKey, Percent, Singing, Source};
pub use people::{Moment, Person, PersonField};
pub use picture::{Picture, PictureEdit};
pub use programme::{LeftOut, MusicClip, Programme, Recording, Take};
pub use scene::{Scene, SceneField};
pub use show::{Show, ShowField};
pub use slot::{Alternate, AlternateField, Pin, Slot, SlotField};
pub use track::{
    ClearanceState, LyricLine, Measured, PoolState, Rendition, RenditionKind, Track, TrackField,
};
pub use usage::{Function, Sight, Voice};
pub use verdict::{Opinion, Verdict};
pub use work::{
    MusicOrigin, NoShare, Party, PartyRole, Publisher, PublisherRole, Role, Share, Writer,
};
