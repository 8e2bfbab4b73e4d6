//! One track prepared for searching.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::model::ClearanceState;
use crate::model::Lufs;
use crate::model::PersonId;
use crate::model::PoolState;
use crate::model::RenditionKind;
use crate::model::Singing;
use crate::model::Track;
use crate::model::TrackId;
use crate::ops::search::terms::{Fact, Number, Side, Text};
use crate::ops::search::{fold, fold_name, words};

const N_TEXTS: usize = Text::ALL.len();
const N_NUMBERS: usize = Number::ALL.len();

/// One track.
#[derive(Clone, Debug)]
pub(in crate::ops::search) struct Row {
    pub(in crate::ops::search) id: TrackId,
    pub(in crate::ops::search) track: Arc<Track>,
    /// Where its words begin in the text, and then where each of its texts ends.
    start: usize,
    ends: [usize; N_TEXTS],
    pub(in crate::ops::search) numbers: [f64; N_NUMBERS],
    facts: u8,
    pub(super) state: PoolState,
    master: ClearanceState,
    publishing: ClearanceState,
    pub(in crate::ops::search) contributor: Option<PersonId>,
    pub(in crate::ops::search) title: Box<str>,
    pub(in crate::ops::search) artist: Box<str>,
    pub(in crate::ops::search) album: Box<str>,
    /// As names are folded.
    pub(super) tags: Vec<String>,
}

impl Row {
    /// Prepares one track, and adds its words to `text`.
    pub(super) fn new(
        id: TrackId,
        track: &Arc<Track>,
        names: &BTreeMap<PersonId, String>,
        text: &mut String,
    ) -> Self {
        let start = text.len();
        let mut ends = [0; N_TEXTS];
        for (part, end) in Text::ALL.into_iter().zip(&mut ends) {
            // A blank before and after every word, so that its beginning can be looked for, and none
            // goes on from one text into the next.
            for piece in texts(track, part, names) {
                for word in words(&fold(piece)) {
                    text.push(' ');
                    text.push_str(word);
                }
            }
            text.push_str(" \n");
            *end = text.len();
        }
        let number = |number: Number| match number {
            Number::Length => track.duration().map(crate::time::Ticks::to_secs_f64),
            Number::Loudness => track.measured.loudness.map(hundredths),
            Number::Range => track
                .measured
                .range
                .map(|it| f64::from(it.hundredths()) / 100.0),
            Number::Peak => track
                .measured
                .true_peak
                .map(|it| f64::from(it.hundredths()) / 100.0),
            Number::Year => track.year.map(f64::from),
            Number::Rating => track.mean_rating().map(f64::from),
            Number::Tempo => track.tempo().map(|tempo| tempo.value.to_f64()),
        };
        Self {
            id,
            track: Arc::clone(track),
            start,
            ends,
            numbers: Number::ALL.map(|it| number(it).unwrap_or(f64::NAN)),
            facts: facts(track),
            state: track.state,
            master: track.master,
            publishing: track.publishing,
            contributor: track.added_by,
            title: fold(&track.title).into(),
            artist: fold(&track.artist).into(),
            album: fold(&track.album).into(),
            tags: track.tags.iter().map(|tag| fold_name(tag)).collect(),
        }
    }

    /// The same row where its words lie at the end of `text`: those of `from` are added to it.
    pub(super) fn moved(&self, from: &str, text: &mut String) -> Self {
        let (start, end) = (self.start, self.ends[N_TEXTS - 1]);
        let at = text.len();
        text.push_str(&from[start..end]);
        Self {
            start: at,
            ends: self.ends.map(|end| end - start + at),
            ..self.clone()
        }
    }

    /// Where the words of a text are, or of all that a word without a field looks through.
    pub(super) fn part(&self, text: Option<Text>) -> Range<usize> {
        match text {
            None => self.start..self.ends[Text::N_GENERAL - 1],
            Some(Text::Title) => self.start..self.ends[0],
            Some(text) => self.ends[text as usize - 1]..self.ends[text as usize],
        }
    }

    pub(super) fn is(&self, fact: Fact, missing: &BTreeSet<String>) -> bool {
        match fact {
            Fact::Missing => self.is_missing(missing),
            fact => self.facts & (1 << fact as u8) != 0,
        }
    }

    /// Whether its file is one of those that are missing.
    pub(in crate::ops::search) fn is_missing(&self, missing: &BTreeSet<String>) -> bool {
        let media = self.track.media.as_ref();
        !missing.is_empty() && media.is_some_and(|media| missing.contains(&media.hash))
    }

    pub(super) fn is_cleared(&self, side: Side, states: u8) -> bool {
        let state = match side {
            Side::Master => self.master,
            Side::Publishing => self.publishing,
            Side::Worse => self.track.clearance(),
        };
        states & (1 << state as u8) != 0
    }
}

/// Whether there are words to it.
pub(in crate::ops::search) fn has_words(track: &Track) -> bool {
    track.lyrics.iter().any(|line| !line.text.is_empty())
}

/// Whether nobody sings: it is another's instrumental version; or has no words, and surely nobody
/// was heard to.
pub(in crate::ops::search) fn is_instrumental(track: &Track) -> bool {
    let kind = track.rendition.map(|rendition| rendition.kind);
    kind == Some(RenditionKind::Instrumental)
        || (!has_words(track) && is_sung(track) == Some(false))
}

/// Whether somebody sings: it has words, or somebody surely was heard to; and is nobody's
/// instrumental version.
pub(in crate::ops::search) fn is_vocal(track: &Track) -> bool {
    !is_instrumental(track) && (has_words(track) || is_sung(track) == Some(true))
}

/// What the sound tells, where that is sure.
fn is_sung(track: &Track) -> Option<bool> {
    track.measured.singing.as_ref().map(Singing::is_sung)
}

fn facts(track: &Track) -> u8 {
    let sides = [track.master, track.publishing];
    let agreed = |side: &ClearanceState| {
        matches!(side, ClearanceState::Confirmed | ClearanceState::Licensed)
    };
    let is_so = |fact: Fact| match fact {
        Fact::Wish => track.media.is_none(),
        Fact::Measured => track.measured.is_known(),
        Fact::Lyrics => has_words(track),
        Fact::Instrumental => is_instrumental(track),
        Fact::Vocal => is_vocal(track),
        Fact::Rendition => track.rendition.is_some(),
        Fact::Cleared => sides.iter().all(agreed),
        // Known only by whoever knows the disk.
        Fact::Missing => false,
    };
    let facts = Fact::OWN.into_iter().filter(|fact| is_so(*fact));
    facts.fold(0, |bits, fact| bits | 1 << fact as u8)
}

fn hundredths(loudness: Lufs) -> f64 {
    f64::from(loudness.hundredths()) / 100.0
}

/// What a track says in one of its texts.
fn texts<'t>(track: &'t Track, text: Text, names: &'t BTreeMap<PersonId, String>) -> Vec<&'t str> {
    let one = |text: &'t str| vec![text];
    match text {
        Text::Title => one(&track.title),
        Text::Artist => one(&track.artist),
        Text::Album => one(&track.album),
        Text::Writer => track.writers.iter().map(|it| it.name.as_str()).collect(),
        Text::Tag => track.tags.iter().map(String::as_str).collect(),
        Text::Notes => one(&track.notes),
        Text::Why => one(&track.why),
        Text::Lyrics => track.lyrics.iter().map(|it| it.text.as_str()).collect(),
        Text::Contributor => {
            let name = track.added_by.and_then(|id| names.get(&id));
            name.into_iter().map(String::as_str).collect()
        }
        Text::Genre => one(&track.genre),
        Text::Label => one(&track.label),
        Text::Publisher => one(&track.publisher),
        Text::Isrc => one(&track.isrc),
        Text::File => {
            let media = track.media.iter();
            media
                .flat_map(|media| media.paths.iter().map(String::as_str))
                .collect()
        }
    }
}
