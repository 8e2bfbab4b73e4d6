//! How each type of the model is written as one value of the document, and read back.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use automerge::ScalarValue;
use automerge::ScalarValueRef;

use super::schema::Entry;
use super::schema::Keyed;
use crate::model::AlternateId;
use crate::model::Bpm;
use crate::model::ClearanceState;
use crate::model::Color;
use crate::model::Comment;
use crate::model::CommentId;
use crate::model::CutId;
use crate::model::Decibels;
use crate::model::Function;
use crate::model::Key;
use crate::model::Moment;
use crate::model::MusicOrigin;
use crate::model::Opinion;
use crate::model::PersonId;
use crate::model::Place;
use crate::model::PoolState;
use crate::model::PublisherRole;
use crate::model::Rating;
use crate::model::RenditionKind;
use crate::model::Role;
use crate::model::SceneId;
use crate::model::Sight;
use crate::model::TrackId;
use crate::model::Verdict;
use crate::model::Voice;
use crate::model::Weight;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;

/// A type that is one value of the document.
pub(super) trait Stored: Sized {
    /// The value.
    fn write(&self) -> ScalarValue;
    /// The type again, or `None` where the value is not understood.
    fn read(value: &ScalarValueRef<'_>) -> Option<Self>;
    /// The value under its key.
    fn entry(&self, key: &'static str) -> Entry {
        Entry::Value(key, self.write())
    }
}

/// A type that is one word of a closed list. Newer versions may know more words.
pub(super) trait Word: Copy + Sized + 'static {
    /// Every value with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// Its word.
    fn word(self) -> &'static str;

    /// The value of a word.
    fn from_word(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(_, known)| *known == word);
        found.map(|(value, _)| *value)
    }
}

pub(super) fn text(value: &ScalarValueRef<'_>) -> Option<String> {
    match value {
        ScalarValueRef::Str(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}

fn number(value: &ScalarValueRef<'_>) -> Option<i64> {
    match value {
        ScalarValueRef::Int(number) | ScalarValueRef::Timestamp(number) => Some(*number),
        ScalarValueRef::Uint(number) => i64::try_from(*number).ok(),
        _ => None,
    }
}

/// Nothing is null, so that setting a field to nothing is a change like any other.
impl<T: Stored> Stored for Option<T> {
    fn write(&self) -> ScalarValue {
        self.as_ref().map_or(ScalarValue::Null, Stored::write)
    }

    fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
        match value {
            ScalarValueRef::Null => Some(None),
            _ => T::read(value).map(Some),
        }
    }

    fn entry(&self, key: &'static str) -> Entry {
        match self {
            Some(value) => value.entry(key),
            None => Entry::Value(key, ScalarValue::Null),
        }
    }
}

impl Stored for String {
    fn write(&self) -> ScalarValue {
        ScalarValue::Str(self.as_str().into())
    }

    fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
        text(value)
    }
}

impl Stored for Moment {
    fn write(&self) -> ScalarValue {
        ScalarValue::Timestamp(self.unix_millis())
    }

    fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
        number(value).map(Self::from_unix_millis)
    }
}

/// `25/1`, or `30000/1001 drop` where labels are left out: one value, because the way of counting
/// makes no sense without its rate.
impl Stored for Timebase {
    fn write(&self) -> ScalarValue {
        let rate = self.rate();
        let drop = if self.is_drop() { " drop" } else { "" };
        ScalarValue::Str(format!("{}/{}{drop}", rate.num(), rate.den()).into())
    }

    fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
        let text = text(value)?;
        let (rate, counting) = match text.split_once(' ') {
            Some((rate, "drop")) => (rate, Counting::Drop),
            Some((rate, _)) => (rate, Counting::NonDrop),
            None => (text.as_str(), Counting::NonDrop),
        };
        let rate: FrameRate = rate.parse().ok()?;
        Some(Self::new(rate, counting).unwrap_or(Self::non_drop(rate)))
    }
}

/// As tags write it: `F#m`.
impl Stored for Key {
    fn write(&self) -> ScalarValue {
        ScalarValue::Str(self.code().into())
    }

    fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
        text(value)?.parse().ok()
    }
}

/// Tags: what is there is there.
impl Keyed for BTreeSet<String> {
    fn members(&self) -> BTreeMap<String, ScalarValue> {
        let members = self.iter().cloned();
        members.map(|member| (member, true.into())).collect()
    }

    fn take(&mut self, member: &str, _value: &ScalarValueRef<'_>) -> bool {
        self.insert(member.to_owned());
        true
    }
}

/// Texts by name: each is a text of its own.
impl Keyed for BTreeMap<String, String> {
    fn members(&self) -> BTreeMap<String, ScalarValue> {
        let members = self.iter();
        members
            .map(|(name, text)| (name.clone(), text.write()))
            .collect()
    }

    fn take(&mut self, member: &str, value: &ScalarValueRef<'_>) -> bool {
        let Some(text) = text(value) else {
            return false;
        };
        self.insert(member.to_owned(), text);
        true
    }
}

/// Tracks: what is there is there, as far as it is the id of one.
impl Keyed for BTreeSet<TrackId> {
    fn members(&self) -> BTreeMap<String, ScalarValue> {
        let members = self.iter();
        members.map(|id| (id.to_string(), true.into())).collect()
    }

    fn take(&mut self, member: &str, _value: &ScalarValueRef<'_>) -> bool {
        let id: Option<TrackId> = member.parse().ok();
        self.extend(id);
        id.is_some()
    }
}

macro_rules! keyed_by_id {
    ($($id:ident => $type:ident;)*) => {$(
        impl Keyed for BTreeMap<$id, $type> {
            fn members(&self) -> BTreeMap<String, ScalarValue> {
                let members = self.iter();
                members.map(|(id, value)| (id.to_string(), value.write())).collect()
            }

            fn take(&mut self, member: &str, value: &ScalarValueRef<'_>) -> bool {
                let Some((id, value)) = member.parse().ok().zip($type::read(value)) else {
                    return false;
                };
                self.insert(id, value);
                true
            }
        }
    )*};
}

keyed_by_id! {
    PersonId => Verdict;
    PersonId => Rating;
    CommentId => Comment;
    TrackId => Place;
}

/// `keep 1795305600000`: one value, because an opinion belongs to the moment it was given.
impl Stored for Verdict {
    fn write(&self) -> ScalarValue {
        let (word, millis) = (self.opinion.word(), self.at.unix_millis());
        ScalarValue::Str(format!("{word} {millis}").into())
    }

    fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
        let text = text(value)?;
        let (word, millis) = text.split_once(' ')?;
        Some(Self {
            opinion: Opinion::from_word(word)?,
            at: Moment::from_unix_millis(millis.parse().ok()?),
        })
    }
}

macro_rules! numbers {
    ($($type:ty: $to:expr, $from:expr;)*) => {$(
        impl Stored for $type {
            fn write(&self) -> ScalarValue {
                let to: fn($type) -> i64 = $to;
                ScalarValue::Int(to(*self))
            }

            fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
                let from: fn(i64) -> Option<$type> = $from;
                from(number(value)?)
            }
        }
    )*};
}

numbers! {
    i32: i64::from, |n| Self::try_from(n).ok();
    u32: i64::from, |n| Self::try_from(n).ok();
    Rating: |rating| rating.stars().into(), |n| u8::try_from(n).ok().and_then(Self::new);
    i64: |n| n, Some;
    Bpm: |bpm| i64::from(bpm.hundredths()), |n| u32::try_from(n).ok().map(Self::from_hundredths);
    Place: Place::get, |n| Some(Self::new(n));
    Ticks: Ticks::get, |n| Some(Self::new(n));
    Frames: Frames::get, |n| Some(Self::new(n));
    Decibels: |db| i64::from(db.hundredths()), |n| i32::try_from(n).ok().map(Self::from_hundredths);
}

macro_rules! ids {
    ($($id:ident)*) => {$(
        impl Stored for $id {
            fn write(&self) -> ScalarValue {
                ScalarValue::Str(self.to_string().into())
            }

            fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
                match value {
                    ScalarValueRef::Str(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }
    )*};
}

ids! { AlternateId CutId PersonId SceneId TrackId }

macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal,)* })*) => {$(
        impl Word for $type {
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$variant, $word)),*];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl Stored for $type {
            fn write(&self) -> ScalarValue {
                ScalarValue::Str(self.word().into())
            }

            fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
                match value {
                    ScalarValueRef::Str(word) => Self::from_word(word),
                    _ => None,
                }
            }
        }
    )*};
}

words! {
    PoolState {
        Suggested = "suggested",
        Approved = "approved",
        Rejected = "rejected",
        Retired = "retired",
    }
    ClearanceState {
        NotStarted = "not-started",
        Requested = "requested",
        Quoted = "quoted",
        Approved = "approved",
        Confirmed = "confirmed",
        Licensed = "licensed",
        Denied = "denied",
    }
    Color {
        Gray = "gray",
        Red = "red",
        Orange = "orange",
        Yellow = "yellow",
        Green = "green",
        Cyan = "cyan",
        Blue = "blue",
        Purple = "purple",
        Pink = "pink",
    }
    Opinion {
        Keep = "keep",
        Maybe = "maybe",
        Drop = "drop",
    }
    Weight {
        Light = "light",
        Medium = "medium",
        Heavy = "heavy",
    }
    Role {
        ComposerAuthor = "CA",
        Composer = "C",
        Author = "A",
        Arranger = "AR",
        Adapter = "AD",
        Translator = "TR",
    }
    PublisherRole {
        Original = "E",
        Sub = "SE",
        Administrator = "AM",
    }
    MusicOrigin {
        Commercial = "commercial",
        Library = "library",
        Commissioned = "commissioned",
        Live = "live",
    }
    Function {
        Background = "background",
        Featured = "featured",
        OpeningTheme = "opening",
        ClosingTheme = "closing",
        Theme = "theme",
        Logo = "logo",
    }
    Sight {
        Unseen = "unseen",
        Performers = "performers",
        Source = "source",
    }
    Voice {
        Instrumental = "instrumental",
        Vocal = "vocal",
    }
    RenditionKind {
        Instrumental = "instrumental",
        Clean = "clean",
        Cutdown = "cutdown",
        Stem = "stem",
        Other = "other",
    }
}
