//! The edits of a cut's picture: which stretch of which source is seen when. They are what one cut
//! is compared with another by.

use std::sync::Arc;

use super::cut_list::{FoundEvent, Speed};
use crate::time::TickSpan;

/// One edit of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureEdit {
    /// The reel or tape.
    pub reel: String,
    /// The clip's name.
    pub clip: String,
    /// The source's file name or path.
    pub file: String,
    /// The picture track, counted from 1.
    pub track: u16,
    /// How fast the source runs.
    pub speed: Speed,
    /// The stretch of the source, counted from the source's label zero; `None` where it is not
    /// known.
    pub source: Option<TickSpan>,
    /// Where it is seen; zero is the first frame of the cut.
    pub record: TickSpan,
}

impl PictureEdit {
    /// An event of a list as an edit of the picture, seen at `record`; `None` for one that has no
    /// picture.
    pub fn of(event: &FoundEvent, record: TickSpan) -> Option<Self> {
        let channels = &event.channels;
        // A list that tells no channels at all is one of picture.
        let unsaid = channels.sound.is_empty().then_some(1);
        Some(Self {
            reel: event.reel.clone(),
            clip: event.clip.clone(),
            file: event.file.clone(),
            track: channels.picture.or(unsaid)?,
            speed: event.speed,
            source: event.source,
            record,
        })
    }
}

/// The edits of a cut's picture, in the order of their places. They are replaced as a whole:
/// half of one list and half of another is no cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture(Arc<[PictureEdit]>);

impl Picture {
    /// These edits, in whatever order.
    pub fn new(mut edits: Vec<PictureEdit>) -> Self {
        edits.sort_by_key(|edit| (edit.record, edit.track));
        Self(edits.into())
    }

    /// The edits.
    pub fn edits(&self) -> &[PictureEdit] {
        &self.0
    }

    /// Whether nothing is known of the picture.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same picture with the edits of a list: on its tracks, what is between its first and its
    /// last edit is replaced. What lies outside stays, as it may come from the list of another
    /// reel of the episode.
    #[must_use]
    pub fn with(&self, edits: Vec<PictureEdit>) -> Self {
        let start = edits.iter().map(|edit| edit.record.start()).min();
        let end = edits.iter().map(|edit| edit.record.end()).max();
        let (Some(start), Some(end)) = (start, end) else {
            return self.clone();
        };
        let extent = TickSpan::between(start, end);
        let is_replaced = |old: &PictureEdit| {
            old.record.overlaps(extent) && edits.iter().any(|new| new.track == old.track)
        };
        let stays = self.0.iter().filter(|old| !is_replaced(old)).cloned();
        let mut all: Vec<PictureEdit> = stays.collect();
        all.extend(edits);
        Self::new(all)
    }
}

impl Default for Picture {
    fn default() -> Self {
        Self(Arc::new([]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Channels;
    use crate::time::Ticks;

    fn edit(clip: &str, track: u16, from: i64, to: i64) -> PictureEdit {
        PictureEdit {
            clip: clip.to_owned(),
            track,
            record: TickSpan::between(Ticks::new(from), Ticks::new(to)),
            ..PictureEdit::default()
        }
    }

    fn clips(picture: &Picture) -> Vec<&str> {
        picture.edits().iter().map(|e| e.clip.as_str()).collect()
    }

    #[test]
    fn a_newer_list_replaces_what_it_covers() {
        let old = Picture::new(vec![edit("a", 1, 0, 10), edit("b", 1, 10, 20)]);
        let new = old.with(vec![edit("c", 1, 0, 15), edit("d", 1, 15, 20)]);
        assert_eq!(clips(&new), ["c", "d"]);
    }

    #[test]
    fn lists_of_several_reels_and_tracks_make_one_picture() {
        let first = Picture::default().with(vec![edit("a", 1, 0, 10)]);
        let both = first.with(vec![edit("b", 1, 10, 20)]);
        let all = both.with(vec![edit("title", 2, 0, 20)]);
        assert_eq!(clips(&all), ["a", "title", "b"]);
    }

    #[test]
    fn an_event_of_sound_is_no_edit_of_the_picture() {
        let sound = FoundEvent {
            channels: Channels {
                picture: None,
                sound: vec![1, 2],
            },
            ..FoundEvent::default()
        };
        assert_eq!(PictureEdit::of(&sound, TickSpan::default()), None);
        let unsaid = PictureEdit::of(&FoundEvent::default(), TickSpan::default());
        assert_eq!(unsaid.map(|edit| edit.track), Some(1));
    }
}
