//! What is known of a use, and the code that a house has for it.

use super::cues::Cue;
use crate::model::CodeRule;
use crate::model::Cut;
use crate::model::Function;
use crate::model::RenditionKind;
use crate::model::Show;
use crate::model::Sight;
use crate::model::Track;
use crate::model::Voice;
use crate::time::Ticks;

/// What is known of a use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// What the music is to the programme.
    pub(super) function: Option<Function>,
    /// What is seen of it.
    pub(super) sight: Option<Sight>,
    /// Whether it is sung.
    pub(super) voice: Option<Voice>,
    /// Whether that was found out by listening, and nobody has said it.
    pub(super) is_voice_estimated: bool,
}

impl Facts {
    /// The code of a use; blank where none fits, or too little is known.
    pub(super) fn code(self, rules: &[CodeRule]) -> &str {
        let fits = |rule: &&CodeRule| {
            rule.function.is_none_or(|it| self.function == Some(it))
                && rule.sight.is_none_or(|it| self.sight == Some(it))
                && rule.voice.is_none_or(|it| self.voice == Some(it))
        };
        // Without a function nothing is known that a code could say.
        self.function
            .and_then(|_| rules.iter().find(fits))
            .map_or("", |rule| rule.code.as_str())
    }
}

/// What is known of `cue`.
pub(super) fn facts(show: &Show, cut: &Cut, cue: &Cue) -> Facts {
    let Some(slot) = cut.slot(cue.slot) else {
        return Facts::default();
    };
    let found = show.track(cue.track).and_then(|track| voice(track, cue));
    Facts {
        function: slot.function,
        sight: slot.sight,
        voice: slot.voice.or(found.map(|(voice, _)| voice)),
        is_voice_estimated: slot.voice.is_none() && found.is_some_and(|(_, is_sure)| !is_sure),
    }
}

/// Whether what is heard of a track is sung, and whether that is sure.
fn voice(track: &Track, cue: &Cue) -> Option<(Voice, bool)> {
    if track
        .rendition
        .is_some_and(|it| it.kind == RenditionKind::Instrumental)
    {
        return Some((Voice::Instrumental, true));
    }
    let singing = track.measured.singing.as_ref()?;
    let (from, to) = (cue.source_in, cue.source_in + cue.span.length());
    let is_sung = |(begin, end): &(Ticks, Ticks)| *begin < to && from < *end;
    Some(if singing.stretches.iter().any(is_sung) {
        (Voice::Vocal, false)
    } else {
        (Voice::Instrumental, false)
    })
}
