//! Values that only make sense together, as JSON text: serialisable twins of model types.
//!
//! Every key is always written, as null where there is nothing, so that a new value laid over an
//! old one leaves none of the old one's known keys behind (see [`overlay`]).

mod picture;

use automerge::ScalarValue;
use automerge::ScalarValueRef;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::schema::Entry;
use super::values::{Stored, Word};
use crate::model;
use crate::time::Frames;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::Ticks;

/// A model type whose twin is written as JSON.
trait Twinned: Sized {
    type Twin: Serialize + DeserializeOwned;

    fn to_twin(&self) -> Self::Twin;
    fn from_twin(twin: Self::Twin) -> Option<Self>;
}

fn to_text<T: Twinned>(value: &T) -> ScalarValue {
    // Twins are structs and lists of numbers and texts, which JSON can always hold.
    let text = serde_json::to_string(&value.to_twin()).unwrap_or_default();
    ScalarValue::Str(text.into())
}

fn from_text<T: Twinned>(value: &ScalarValueRef<'_>) -> Option<T> {
    match value {
        ScalarValueRef::Str(text) => T::from_twin(serde_json::from_str(text).ok()?),
        _ => None,
    }
}

/// `new` with the keys of `old` that `new` does not have: what a newer version noted there.
pub(super) fn overlay(old: &str, new: &str) -> Option<String> {
    let Ok(Value::Object(mut merged)) = serde_json::from_str(old) else {
        return None;
    };
    let Ok(Value::Object(new)) = serde_json::from_str(new) else {
        return None;
    };
    merged.extend(new);
    serde_json::to_string(&Value::Object(merged)).ok()
}

macro_rules! stored_as_json {
    ($($type:ty,)*) => {$(
        impl Stored for $type {
            fn write(&self) -> ScalarValue {
                to_text(self)
            }

            fn read(value: &ScalarValueRef<'_>) -> Option<Self> {
                from_text(value)
            }

            fn entry(&self, key: &'static str) -> Entry {
                Entry::Json(key, self.write())
            }
        }
    )*};
}

stored_as_json! {
    model::Media,
    model::Guide,
    model::Picture,
    model::Measured,
    model::Rendition,
    model::Comment,
    model::HitPoint,
    model::Pin,
    Vec<model::Writer>,
    Vec<model::Publisher>,
    Vec<model::LyricLine>,
    Vec<Ticks>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Media {
    paths: Vec<String>,
    bytes: u64,
    hash: String,
    container: String,
    codec: String,
    rate: u32,
    channels: u16,
    length: i64,
    exact: bool,
    trimmed_start: i64,
    trimmed_end: i64,
}

impl Twinned for model::Media {
    type Twin = Media;

    fn to_twin(&self) -> Media {
        Media {
            paths: self.paths.clone(),
            bytes: self.bytes,
            hash: self.hash.clone(),
            container: self.container.clone(),
            codec: self.codec.clone(),
            rate: self.rate.get(),
            channels: self.channels,
            length: self.length.get(),
            exact: self.is_exact,
            trimmed_start: self.trimmed_start.get(),
            trimmed_end: self.trimmed_end.get(),
        }
    }

    fn from_twin(twin: Media) -> Option<Self> {
        Some(Self {
            paths: twin.paths,
            bytes: twin.bytes,
            hash: twin.hash,
            container: twin.container,
            codec: twin.codec,
            rate: SampleRate::new(twin.rate).ok()?,
            channels: twin.channels,
            length: Samples::new(twin.length),
            is_exact: twin.exact,
            trimmed_start: Samples::new(twin.trimmed_start),
            trimmed_end: Samples::new(twin.trimmed_end),
        })
    }
}

#[derive(Deserialize, Serialize)]
struct Guide {
    media: Media,
    #[serde(default)]
    offset: i64,
    #[serde(default)]
    gain: i32,
}

impl Twinned for model::Guide {
    type Twin = Guide;

    fn to_twin(&self) -> Guide {
        Guide {
            media: self.media.to_twin(),
            offset: self.offset.get(),
            gain: self.gain.hundredths(),
        }
    }

    fn from_twin(twin: Guide) -> Option<Self> {
        Some(Self {
            media: model::Media::from_twin(twin.media)?,
            offset: Ticks::new(twin.offset),
            gain: model::Decibels::from_hundredths(twin.gain),
        })
    }
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Measured {
    loudness: Option<i32>,
    range: Option<i32>,
    momentary_max: Option<i32>,
    true_peak: Option<i32>,
    first_sound: Option<i64>,
    last_sound: Option<i64>,
    bpm: Option<u32>,
    bpm_source: Option<String>,
    bpm_confidence: Option<u8>,
    first_downbeat: Option<i64>,
    key: Option<String>,
    key_source: Option<String>,
    key_confidence: Option<u8>,
    sections: Option<Vec<i64>>,
    lift: Option<i64>,
    quietest: Option<(i64, i64)>,
    ending: Option<String>,
    singing: Option<Vec<(i64, i64)>>,
    singing_confidence: Option<u8>,
    version: u32,
}

/// The word of a source.
fn source_word(source: model::Source) -> String {
    let word = match source {
        model::Source::Tag => "tag",
        model::Source::Estimate(_) => "estimate",
        model::Source::ByHand => "hand",
    };
    word.to_owned()
}

/// How sure an estimate is.
fn confidence(source: model::Source) -> Option<u8> {
    match source {
        model::Source::Estimate(confidence) => Some(confidence.get()),
        model::Source::Tag | model::Source::ByHand => None,
    }
}

/// The source of a word; one that is not known counts as an estimate.
fn source(word: Option<&str>, confidence: Option<u8>) -> model::Source {
    match word {
        Some("tag") => model::Source::Tag,
        Some("hand") => model::Source::ByHand,
        _ => model::Source::Estimate(model::Percent::new(confidence.unwrap_or_default())),
    }
}

impl Measured {
    fn form(&self) -> Option<model::Form> {
        let ending = match self.ending.as_deref() {
            Some("hard") => Some(model::Ending::Hard),
            Some("ringing_out") => Some(model::Ending::RingingOut),
            _ => None,
        };
        Some(model::Form {
            sections: self
                .sections
                .as_ref()?
                .iter()
                .copied()
                .map(Ticks::new)
                .collect(),
            lift: self.lift.map(Ticks::new),
            quietest: self
                .quietest
                .map(|(from, to)| (Ticks::new(from), Ticks::new(to))),
            ending,
        })
    }
}

impl Twinned for model::Measured {
    type Twin = Measured;

    fn to_twin(&self) -> Measured {
        let form = self.form.as_ref();
        let ending = |ending| match ending {
            model::Ending::Hard => "hard",
            model::Ending::RingingOut => "ringing_out",
        };
        Measured {
            loudness: self.loudness.map(model::Lufs::hundredths),
            range: self.range.map(model::Lu::hundredths),
            momentary_max: self.momentary_max.map(model::Lufs::hundredths),
            true_peak: self.true_peak.map(model::Decibels::hundredths),
            first_sound: self.first_sound.map(Ticks::get),
            last_sound: self.last_sound.map(Ticks::get),
            bpm: self.tempo.map(|tempo| tempo.value.hundredths()),
            bpm_source: self.tempo.map(|tempo| source_word(tempo.source)),
            bpm_confidence: self.tempo.and_then(|tempo| confidence(tempo.source)),
            first_downbeat: self.first_downbeat.map(Ticks::get),
            key: self.key.map(|key| key.value.code()),
            key_source: self.key.map(|key| source_word(key.source)),
            key_confidence: self.key.and_then(|key| confidence(key.source)),
            sections: form.map(|form| form.sections.iter().map(|at| at.get()).collect()),
            lift: form.and_then(|form| form.lift).map(Ticks::get),
            quietest: form
                .and_then(|form| form.quietest)
                .map(|(from, to)| (from.get(), to.get())),
            ending: form
                .and_then(|form| form.ending)
                .map(|how| ending(how).to_owned()),
            singing: self.singing.as_ref().map(|singing| {
                let stretches = singing.stretches.iter();
                stretches.map(|(from, to)| (from.get(), to.get())).collect()
            }),
            singing_confidence: self.singing.as_ref().map(|it| it.confidence.get()),
            version: self.version,
        }
    }

    fn from_twin(twin: Measured) -> Option<Self> {
        Some(Self {
            loudness: twin.loudness.map(model::Lufs::from_hundredths),
            range: twin.range.map(model::Lu::from_hundredths),
            momentary_max: twin.momentary_max.map(model::Lufs::from_hundredths),
            true_peak: twin.true_peak.map(model::Decibels::from_hundredths),
            first_sound: twin.first_sound.map(Ticks::new),
            last_sound: twin.last_sound.map(Ticks::new),
            tempo: twin.bpm.map(|bpm| model::Given {
                value: model::Bpm::from_hundredths(bpm),
                source: source(twin.bpm_source.as_deref(), twin.bpm_confidence),
            }),
            first_downbeat: twin.first_downbeat.map(Ticks::new),
            key: twin
                .key
                .as_ref()
                .and_then(|key| key.parse().ok())
                .map(|value| model::Given {
                    value,
                    source: source(twin.key_source.as_deref(), twin.key_confidence),
                }),
            form: twin.form(),
            singing: twin.singing.map(|stretches| model::Singing {
                stretches: stretches
                    .into_iter()
                    .map(|(from, to)| (Ticks::new(from), Ticks::new(to)))
                    .collect(),
                confidence: model::Percent::new(twin.singing_confidence.unwrap_or_default()),
            }),
            version: twin.version,
        })
    }
}

#[derive(Deserialize, Serialize)]
struct Rendition {
    of: String,
    kind: String,
}

impl Twinned for model::Rendition {
    type Twin = Rendition;

    fn to_twin(&self) -> Rendition {
        Rendition {
            of: self.of.to_string(),
            kind: self.kind.word().to_owned(),
        }
    }

    fn from_twin(twin: Rendition) -> Option<Self> {
        Some(Self {
            of: twin.of.parse().ok()?,
            kind: model::RenditionKind::from_word(&twin.kind)
                .unwrap_or(model::RenditionKind::Other),
        })
    }
}

#[derive(Deserialize, Serialize)]
struct Comment {
    by: String,
    at: i64,
    text: String,
}

impl Twinned for model::Comment {
    type Twin = Comment;

    fn to_twin(&self) -> Comment {
        Comment {
            by: self.by.to_string(),
            at: self.at.unix_millis(),
            text: self.text.clone(),
        }
    }

    fn from_twin(twin: Comment) -> Option<Self> {
        Some(Self {
            by: twin.by.parse().ok()?,
            at: model::Moment::from_unix_millis(twin.at),
            text: twin.text,
        })
    }
}

#[derive(Deserialize, Serialize)]
struct HitPoint {
    weight: String,
    #[serde(default)]
    early: i64,
    #[serde(default)]
    late: i64,
}

impl Twinned for model::HitPoint {
    type Twin = HitPoint;

    fn to_twin(&self) -> HitPoint {
        HitPoint {
            weight: self.weight.word().to_owned(),
            early: self.early.get(),
            late: self.late.get(),
        }
    }

    fn from_twin(twin: HitPoint) -> Option<Self> {
        Some(Self {
            weight: model::Weight::from_word(&twin.weight).unwrap_or_default(),
            early: Frames::new(twin.early),
            late: Frames::new(twin.late),
        })
    }
}

#[derive(Deserialize, Serialize)]
struct Pin {
    moment: i64,
    marker: String,
}

impl Twinned for model::Pin {
    type Twin = Pin;

    fn to_twin(&self) -> Pin {
        Pin {
            moment: self.moment.get(),
            marker: self.marker.to_string(),
        }
    }

    fn from_twin(twin: Pin) -> Option<Self> {
        Some(Self {
            moment: Ticks::new(twin.moment),
            marker: twin.marker.parse().ok()?,
        })
    }
}

/// A writer or a publisher; what nobody has said is left out.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Party {
    name: String,
    role: String,
    /// In hundredths of a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    society: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    ipi: String,
}

impl<R: Word + Default> Twinned for Vec<model::Party<R>> {
    type Twin = Vec<Party>;

    fn to_twin(&self) -> Vec<Party> {
        let twin = |party: &model::Party<R>| Party {
            name: party.name.clone(),
            role: party.role.word().to_owned(),
            share: party.share.map(model::Share::hundredths),
            society: party.society.clone(),
            ipi: party.ipi.clone(),
        };
        self.iter().map(twin).collect()
    }

    fn from_twin(twin: Vec<Party>) -> Option<Self> {
        let party = |twin: Party| model::Party {
            role: R::from_word(&twin.role).unwrap_or_default(),
            name: twin.name,
            share: twin.share.map(model::Share::from_hundredths),
            society: twin.society,
            ipi: twin.ipi,
        };
        Some(twin.into_iter().map(party).collect())
    }
}

#[derive(Deserialize, Serialize)]
struct LyricLine {
    at: Option<i64>,
    #[serde(default)]
    text: String,
}

impl Twinned for Vec<model::LyricLine> {
    type Twin = Vec<LyricLine>;

    fn to_twin(&self) -> Vec<LyricLine> {
        let twin = |line: &model::LyricLine| LyricLine {
            at: line.at.map(Ticks::get),
            text: line.text.clone(),
        };
        self.iter().map(twin).collect()
    }

    fn from_twin(twin: Vec<LyricLine>) -> Option<Self> {
        let line = |twin: LyricLine| model::LyricLine {
            at: twin.at.map(Ticks::new),
            text: twin.text,
        };
        Some(twin.into_iter().map(line).collect())
    }
}

impl Twinned for Vec<Ticks> {
    type Twin = Vec<i64>;

    fn to_twin(&self) -> Vec<i64> {
        self.iter().map(|at| at.get()).collect()
    }

    fn from_twin(twin: Vec<i64>) -> Option<Self> {
        Some(twin.into_iter().map(Ticks::new).collect())
    }
}
