//! The schema: under which key of the document each field of the model lies, and as what.
//!
//! ```text
//! root          needledrop: int (schema number)   show: id   title: text   timebase: text
//!               people: {id: person}   tracks: {id: track}   episodes: {id: episode}
//!               "list/<id>": list   "header/network": text, one key a field of the paperwork
//! person        name, role: text
//! track         title … notes, catalogue, iswc: text   year: int   added_by: id   added_at: timestamp
//!               state, color, master, publishing, origin: word   "tag/warm": true, one key a tag
//!               "rating/<person>": stars, one key a person
//!               "comment/<id>": JSON text, one key a comment
//!               "told_from/<track>": true, one key a track
//!               writers, publishers, media, measured, lyrics, rendition, sections_by_hand: JSON text
//!               tempo_by_hand, downbeat_by_hand: int   key_by_hand: "F#m"
//! list          name, query: text   made_by: id   made_at: timestamp
//!               "track/<id>": place, one key a track
//! episode       number, title: text   current_cut: id   cuts: {id: cut}
//!               "header/air_date": text, one key a field of the paperwork
//! cut           number, start, length: int   name: text   timebase: "30000/1001 drop"
//!               guide, picture: JSON text   scenes, markers, slots: {id: …}
//! scene         number, name, intent: text   in, out: int   color: word
//! marker        name, note: text   at, length: int   color: word   hit: JSON text
//! slot          scene, pick: id   in, out: int   why, cue_number: text
//!               function, sight, voice: word   alternates: {id: alternate}
//! alternate     track: id   track_start, gain, fade_in, fade_out, order: int   pin: JSON text
//!               note: text   "verdict/<person>": "keep 1795305600000", one key a person
//! everything    removed: true while it is removed
//! ```
//!
//! What follows from it:
//! - Two people who change different fields of one thing both keep their change. Two who change
//!   the same field at the same time: the later one stands, the same one on every machine. Long
//!   texts are such fields too; they are remarks, not manuscripts that two people type into.
//! - A tag is a key of its own, so tags added at the same time are all kept; so are what each
//!   person thinks of a track or an alternate, what people tell each other, what a track was told
//!   from, and a track's place in a list. In and out of a span are two, so one person may trim the
//!   head while another trims the tail.
//! - What only makes sense together is one JSON text and is replaced together: the length of one
//!   file must never meet the hash of another. Keys of it that this version does not know stay.
//! - A list is a key of the root and not of a collection: shows from before there were lists have
//!   none, and two people who each made one at the same time would keep only the one's lists.
//! - Nothing is ever deleted: what is removed is marked so, with all that is inside it. Taking the
//!   removal back finds what colleagues have done to it in the meantime.
//! - A field that was never set has no key and reads as the model's default; so does a word that
//!   this version does not know, and it stays in the document until somebody sets the field.
//! - Ticks, samples and frames are whole numbers; levels are hundredths.

use std::collections::BTreeMap;

use automerge::ScalarValue;
use automerge::ScalarValueRef;

use super::values::Stored;
use crate::model::Alternate;
use crate::model::AlternateField;
use crate::model::Cut;
use crate::model::CutField;
use crate::model::Entity;
use crate::model::Episode;
use crate::model::EpisodeField;
use crate::model::List;
use crate::model::ListField;
use crate::model::Marker;
use crate::model::MarkerField;
use crate::model::Person;
use crate::model::PersonField;
use crate::model::Scene;
use crate::model::SceneField;
use crate::model::Show;
use crate::model::ShowField;
use crate::model::Slot;
use crate::model::SlotField;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The schema this version writes.
pub(super) const SCHEMA: i64 = 1;

/// Keys that are not fields of the model.
pub(super) mod key {
    pub(in super::super) const SCHEMA: &str = "needledrop";
    pub(in super::super) const SHOW: &str = "show";
    pub(in super::super) const REMOVED: &str = "removed";
    pub(in super::super) const PEOPLE: &str = "people";
    pub(in super::super) const TRACKS: &str = "tracks";
    pub(in super::super) const EPISODES: &str = "episodes";
    /// What the keys of lists begin with.
    pub(in super::super) const LIST: &str = "list/";
    pub(in super::super) const CUTS: &str = "cuts";
    pub(in super::super) const SCENES: &str = "scenes";
    pub(in super::super) const MARKERS: &str = "markers";
    pub(in super::super) const SLOTS: &str = "slots";
    pub(in super::super) const ALTERNATES: &str = "alternates";
    pub(in super::super) const IN: &str = "in";
    pub(in super::super) const OUT: &str = "out";
}

/// What a field's value is written as.
pub(super) enum Entry {
    /// One key.
    Value(&'static str, ScalarValue),
    /// One key whose value is a JSON object; keys of the old one that the new one lacks stay.
    Json(&'static str, ScalarValue),
    /// One key a member, after the prefix.
    Members(Members),
}

/// Members with their values, each under a key of its own.
pub(super) struct Members {
    /// What their keys begin with.
    pub(super) prefix: &'static str,
    /// Those there are to be; others go.
    pub(super) wanted: BTreeMap<String, ScalarValue>,
    /// Whether this version understands a member; one that it does not stays.
    pub(super) understands: fn(&str, &ScalarValueRef<'_>) -> bool,
}

/// A collection whose members are keys of their own.
pub(super) trait Keyed: Sized {
    /// Its members, as they are written.
    fn members(&self) -> BTreeMap<String, ScalarValue>;
    /// Takes a member in; says whether it was understood.
    fn take(&mut self, member: &str, value: &ScalarValueRef<'_>) -> bool;
}

/// An entity as a map of the document.
pub(super) trait Record: Entity {
    /// One of which nothing is known yet.
    fn blank() -> Self;
    /// What `field` is written as.
    fn entries(field: &Self::Field) -> Vec<Entry>;
    /// Takes what the document has under `key`; whatever is not understood is passed over.
    fn take(&mut self, key: &str, value: &ScalarValueRef<'_>);
    /// Takes the span that the keys `in` and `out` make.
    fn take_span(&mut self, span: TickSpan);

    /// Everything about it that is not as in a blank one.
    fn all_entries(&self) -> Vec<Entry> {
        let fields = Self::blank().differences(self);
        fields.iter().flat_map(Self::entries).collect()
    }
}

fn span_entries(span: TickSpan) -> Vec<Entry> {
    vec![
        Entry::Value(key::IN, ScalarValue::Int(span.start().get())),
        Entry::Value(key::OUT, ScalarValue::Int(span.end().get())),
    ]
}

/// The span between two positions, whichever comes first: merging may have crossed them.
pub(super) fn span_between(start: i64, end: i64) -> TickSpan {
    TickSpan::between(Ticks::new(start), Ticks::new(end))
}

macro_rules! record {
    (
        $entity:ident, $fields:ident, blank $blank:expr;
        $(span $span_variant:ident;)?
        $(members $prefix:literal in $member_field:ident of $member_variant:ident;)*
        { $($key:literal => $variant:ident,)* }
    ) => {
        impl Record for $entity {
            fn blank() -> Self {
                $blank
            }

            fn entries(field: &$fields) -> Vec<Entry> {
                match field {
                    $($fields::$variant(value) => vec![value.entry($key)],)*
                    $($fields::$span_variant(span) => span_entries(*span),)?
                    $($fields::$member_variant(members) => {
                        vec![Entry::Members(Members {
                            prefix: $prefix,
                            wanted: members.members(),
                            understands: |member, value| {
                                let mut blank = Self::blank();
                                Keyed::take(&mut blank.$member_field, member, value)
                            },
                        })]
                    })*
                }
            }

            fn take(&mut self, key: &str, value: &ScalarValueRef<'_>) {
                $(if let Some(member) = key.strip_prefix($prefix) {
                    Keyed::take(&mut self.$member_field, member, value);
                    return;
                })*
                let field = match key {
                    $($key => Stored::read(value).map($fields::$variant),)*
                    _ => None,
                };
                if let Some(field) = field {
                    self.set(field);
                }
            }

            fn take_span(&mut self, _span: TickSpan) {
                $(self.set($fields::$span_variant(_span));)?
            }
        }
    };
}

record! {
    Show, ShowField, blank Self::default(); members "header/" in header of Header; {
        "title" => Title,
        "timebase" => Timebase,
    }
}

record! {
    Person, PersonField, blank Self::default(); {
        "name" => Name,
        "role" => Role,
    }
}

record! {
    Track, TrackField, blank Self::default();
    members "tag/" in tags of Tags;
    members "rating/" in ratings of Ratings;
    members "comment/" in comments of Comments;
    members "told_from/" in told_from of ToldFrom; {
        "title" => Title,
        "artist" => Artist,
        "album" => Album,
        "writers" => Writers,
        "publisher" => Publisher,
        "publishers" => Publishers,
        "label" => Label,
        "catalogue" => Catalogue,
        "origin" => Origin,
        "iswc" => Iswc,
        "isrc" => Isrc,
        "year" => Year,
        "genre" => Genre,
        "why" => Why,
        "notes" => Notes,
        "added_by" => AddedBy,
        "added_at" => AddedAt,
        "state" => State,
        "color" => Color,
        "media" => Media,
        "stated_length" => StatedLength,
        "measured" => Measured,
        "tempo_by_hand" => TempoByHand,
        "downbeat_by_hand" => DownbeatByHand,
        "key_by_hand" => KeyByHand,
        "sections_by_hand" => SectionsByHand,
        "lyrics" => Lyrics,
        "rendition" => Rendition,
        "master" => Master,
        "publishing" => Publishing,
    }
}

record! {
    List, ListField, blank Self::default(); members "track/" in tracks of Tracks; {
        "name" => Name,
        "made_by" => MadeBy,
        "made_at" => MadeAt,
        "query" => Query,
    }
}

record! {
    Episode, EpisodeField, blank Self::default(); members "header/" in header of Header; {
        "number" => Number,
        "title" => Title,
        "current_cut" => CurrentCut,
    }
}

record! {
    Cut, CutField, blank Self::default(); {
        "number" => Number,
        "name" => Name,
        "timebase" => Timebase,
        "start" => Start,
        "length" => Length,
        "guide" => Guide,
        "picture" => Picture,
    }
}

record! {
    Scene, SceneField, blank Self::default(); span Span; {
        "number" => Number,
        "name" => Name,
        "intent" => Intent,
        "color" => Color,
    }
}

record! {
    Marker, MarkerField, blank Self::default(); {
        "name" => Name,
        "at" => At,
        "length" => Length,
        "color" => Color,
        "note" => Note,
        "hit" => Hit,
    }
}

record! {
    Slot, SlotField, blank Self::default(); span Span; {
        "scene" => Scene,
        "why" => Why,
        "pick" => Pick,
        "function" => Function,
        "sight" => Sight,
        "voice" => Voice,
        "cue_number" => CueNumber,
    }
}

record! {
    Alternate, AlternateField, blank Self::new(TrackId::from_u128(0), Ticks::ZERO);
    members "verdict/" in verdicts of Verdicts; {
        "track" => Track,
        "track_start" => TrackStart,
        "gain" => Gain,
        "fade_in" => FadeIn,
        "fade_out" => FadeOut,
        "order" => Order,
        "pin" => Pin,
        "note" => Note,
    }
}
