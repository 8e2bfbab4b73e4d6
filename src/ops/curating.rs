//! Curating the pool: what a gesture does to one track or to many, as one transaction with a name
//! in the user's words. Tracks that are so already are left alone.

use crate::model::Change;
use crate::model::Comment;
use crate::model::CommentId;
use crate::model::Edit;
use crate::model::Entity;
use crate::model::PersonId;
use crate::model::PoolState;
use crate::model::Rating;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Transaction;

/// Sets a field of tracks.
pub fn set(show: &Show, tracks: &[TrackId], field: &TrackField) -> Transaction {
    change(
        show,
        tracks,
        |whose| said(field, whose),
        |track| (!track.holds(field)).then(|| field.clone()),
    )
}

/// Gives tracks a tag.
pub fn tag(show: &Show, tracks: &[TrackId], tag: &str) -> Transaction {
    change(
        show,
        tracks,
        |whose| format!("tag {whose} “{tag}”"),
        |track| {
            let mut tags = track.tags.clone();
            tags.insert(tag.to_owned())
                .then_some(TrackField::Tags(tags))
        },
    )
}

/// Takes a tag off tracks.
pub fn untag(show: &Show, tracks: &[TrackId], tag: &str) -> Transaction {
    change(
        show,
        tracks,
        |whose| format!("take “{tag}” off {whose}"),
        |track| {
            let mut tags = track.tags.clone();
            tags.remove(tag).then_some(TrackField::Tags(tags))
        },
    )
}

/// Notes how much `person` likes tracks; `None` takes back what they said.
pub fn rate(
    show: &Show,
    tracks: &[TrackId],
    person: PersonId,
    rating: Option<Rating>,
) -> Transaction {
    change(
        show,
        tracks,
        |whose| match rating {
            Some(rating) => format!("give {whose} {rating}"),
            None => format!("take the rating off {whose}"),
        },
        |track| {
            let mut ratings = track.ratings.clone();
            let before = match rating {
                Some(rating) => ratings.insert(person, rating),
                None => ratings.remove(&person),
            };
            (before != rating).then_some(TrackField::Ratings(ratings))
        },
    )
}

/// Adds a comment to the thread of each of tracks.
pub fn comment(show: &Show, tracks: &[TrackId], comment: &Comment) -> Transaction {
    change(
        show,
        tracks,
        |whose| format!("comment on {whose}"),
        |track| {
            let mut comments = track.comments.clone();
            comments.insert(CommentId::new(), comment.clone());
            Some(TrackField::Comments(comments))
        },
    )
}

/// Sets of each track the field that `to` gives for it. `label` says what is done to `whose`:
/// a title, or so many tracks.
pub(super) fn change(
    show: &Show,
    tracks: &[TrackId],
    label: impl Fn(&str) -> String,
    to: impl Fn(&Track) -> Option<TrackField>,
) -> Transaction {
    let found = tracks.iter().filter_map(|id| Some((*id, show.track(*id)?)));
    let mut first = None;
    let mut edits = Vec::new();
    for (id, track) in found {
        if let Some(field) = to(track) {
            first.get_or_insert(track);
            edits.push(Edit::Track(id, Change::Set(field)));
        }
    }
    let whose = match (first, edits.len()) {
        (Some(track), 1) => title(track).to_owned(),
        (_, n) => format!("{n} tracks"),
    };
    Transaction::new(label(&whose), edits)
}

/// What a track is called in a sentence.
pub fn title(track: &Track) -> &str {
    match track.title.trim() {
        "" => "an untitled track",
        title => title,
    }
}

/// The same of a track by its id.
pub(super) fn title_of(show: &Show, id: TrackId) -> &str {
    show.track(id).map_or("a missing track", title)
}

/// What setting a field does, in words: “approve 12 tracks”.
fn said(field: &TrackField, whose: &str) -> String {
    let name = match field {
        TrackField::State(state) => {
            let verb = match state {
                PoolState::Suggested => "suggest",
                PoolState::Approved => "approve",
                PoolState::Rejected => "reject",
                PoolState::Retired => "retire",
            };
            return format!("{verb} {whose}");
        }
        TrackField::Color(Some(color)) => return format!("label {whose} {color}"),
        TrackField::Color(None) => return format!("take the label off {whose}"),
        TrackField::Title(_) => "title",
        TrackField::Artist(_) => "artist",
        TrackField::Album(_) => "album",
        TrackField::Writers(_) => "writers",
        TrackField::Publisher(_) | TrackField::Publishers(_) => "publisher",
        TrackField::Label(_) => "label",
        TrackField::Catalogue(_) => "catalogue number",
        TrackField::Origin(_) => "origin",
        TrackField::Iswc(_) => "ISWC",
        TrackField::Isrc(_) => "ISRC",
        TrackField::Year(_) => "year",
        TrackField::Genre(_) => "genre",
        TrackField::Tags(_) => "tags",
        TrackField::Why(_) => "why",
        TrackField::Notes(_) => "notes",
        TrackField::AddedBy(_) | TrackField::AddedAt(_) => "contributor",
        TrackField::Ratings(_) => "rating",
        TrackField::ToldFrom(_) => "likeness",
        TrackField::Comments(_) => "comments",
        TrackField::Media(_) => "file",
        TrackField::StatedLength(_) => "length",
        TrackField::Measured(_) => "measurements",
        TrackField::TempoByHand(_) => "tempo",
        TrackField::DownbeatByHand(_) => "first downbeat",
        TrackField::KeyByHand(_) => "key",
        TrackField::SectionsByHand(_) => "sections",
        TrackField::Lyrics(_) => "lyrics",
        TrackField::Rendition(_) => "rendition",
        TrackField::Master(_) => "master clearance",
        TrackField::Publishing(_) => "publishing clearance",
    };
    format!("set {name} of {whose}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Color;
    use crate::model::Moment;

    const ANA: PersonId = PersonId::from_u128(1);
    const BEN: PersonId = PersonId::from_u128(2);

    /// A show with tracks of these titles, numbered from 1.
    fn show_of(titles: &[&str]) -> (Show, Vec<TrackId>) {
        let mut show = Show::new("Promise");
        let mut ids = Vec::new();
        for (n, title) in (1..).zip(titles) {
            let id = TrackId::from_u128(n);
            let track = Track {
                title: (*title).to_owned(),
                ..Track::default()
            };
            let insert = Change::Insert(Box::new(track));
            show.apply(Edit::Track(id, insert)).expect("it is new");
            ids.push(id);
        }
        (show, ids)
    }

    fn apply(show: &mut Show, transaction: &Transaction) {
        show.apply_all(&transaction.edits).expect("made to fit");
    }

    #[test]
    fn a_gesture_on_many_tracks_is_one_transaction_that_says_so() {
        let (show, ids) = show_of(&["Shore", "Fern", "Tide"]);
        let approved = TrackField::State(PoolState::Approved);
        let transaction = set(&show, &ids, &approved);
        assert_eq!(transaction.label, "approve 3 tracks");
        assert_eq!(transaction.edits.len(), 3);
        assert_eq!(set(&show, &ids[..1], &approved).label, "approve Shore");
        let label = TrackField::Color(Some(Color::Green));
        assert_eq!(set(&show, &ids, &label).label, "label 3 tracks green");
    }

    #[test]
    fn tracks_that_are_so_already_are_left_alone() {
        let (mut show, ids) = show_of(&["Shore", "Fern"]);
        let tagged = tag(&show, &ids[..1], "warm");
        apply(&mut show, &tagged);
        let tagged = tag(&show, &ids, "warm");
        assert_eq!(tagged.label, "tag Fern “warm”");
        assert_eq!(tagged.edits.len(), 1);
        assert!(untag(&show, &ids, "cold").is_empty());
    }

    #[test]
    fn everybody_rates_for_themselves() {
        let (mut show, ids) = show_of(&["Shore"]);
        for (person, stars) in [(ANA, 5), (BEN, 2), (ANA, 4)] {
            let rated = rate(&show, &ids, person, Rating::new(stars));
            apply(&mut show, &rated);
        }
        let mean = |show: &Show| show.track(ids[0]).and_then(Track::mean_rating);
        assert_eq!(mean(&show), Some(3.0));
        let taken_back = rate(&show, &ids, BEN, None);
        apply(&mut show, &taken_back);
        assert_eq!(mean(&show), Some(4.0));
    }

    #[test]
    fn a_thread_reads_in_the_order_in_which_people_spoke() {
        let (mut show, ids) = show_of(&["Shore"]);
        for (by, at, text) in [(BEN, 20, "No."), (ANA, 10, "Too sweet?")] {
            let said = Comment {
                by,
                at: Moment::from_unix_millis(at),
                text: text.to_owned(),
            };
            let added = comment(&show, &ids, &said);
            apply(&mut show, &added);
        }
        let track = show.track(ids[0]).expect("it is in the pool");
        let texts: Vec<_> = track.thread().iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Too sweet?", "No."]);
    }
}
