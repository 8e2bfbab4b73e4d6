//! Flattening an episode's cut into what other programs are given of it.

use std::collections::BTreeMap;

use crate::model::Alternate;
use crate::model::CutAt;
use crate::model::Decibels;
use crate::model::LeftOut;
use crate::model::Media;
use crate::model::MusicClip;
use crate::model::Programme;
use crate::model::Recording;
use crate::model::Scene;
use crate::model::Show;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Take;
use crate::model::Track;
use crate::model::TrackId;
use crate::time::Ticks;

/// The cut at `at`, flattened; `None` where it is gone. `file` says where a sound file lies, and
/// `level` what levelling does to a track.
pub fn programme(
    show: &Show,
    at: CutAt,
    file: impl Fn(&Media) -> String,
    level: impl Fn(&Track) -> Decibels,
) -> Option<Programme> {
    let (episode, cut) = (show.episode(at.episode)?, show.cut(at)?);
    let mut flattening = Flattening {
        show,
        file,
        level,
        recordings: Vec::new(),
        known: BTreeMap::new(),
    };
    let mut made = Programme {
        title: title(&[
            &episode.number,
            &episode.title,
            &format!("v{}", cut.number),
            &cut.name,
        ]),
        timebase: cut.timebase,
        start: cut.start,
        length: cut.length,
        markers: cut
            .markers()
            .into_iter()
            .map(|(_, it)| it.clone())
            .collect(),
        scenes: cut.scenes().into_iter().map(|(_, it)| it.clone()).collect(),
        ..Programme::default()
    };
    let mut clips = Vec::new();
    for (id, slot) in cut.slots() {
        let Some((_, pick)) = slot.picked() else {
            made.n_without_pick += 1;
            continue;
        };
        let scene = slot.scene.and_then(|id| cut.scene(id));
        match flattening.clip(id, slot, pick, scene) {
            Ok(clip) => clips.push(clip),
            Err(why) => {
                let track = show.track(pick.track);
                let title = track.map(|track| track.title.clone());
                made.left_out.push((title.unwrap_or_default(), why));
            }
        }
    }
    clips.sort_by_key(|clip| (clip.pick.heard, clip.slot));
    for (n, clip) in clips.iter_mut().enumerate() {
        clip.number = n + 1;
    }
    made.lanes = lanes(clips);
    made.recordings = flattening.recordings;
    Some(made)
}

fn title(words: &[&str]) -> String {
    let words = words.iter().map(|word| word.trim());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is known on the way.
struct Flattening<'a, F, L> {
    show: &'a Show,
    file: F,
    level: L,
    recordings: Vec<Recording>,
    /// Where each track is among the recordings.
    known: BTreeMap<TrackId, usize>,
}

impl<F, L> Flattening<'_, F, L>
where
    F: Fn(&Media) -> String,
    L: Fn(&Track) -> Decibels,
{
    fn clip(
        &mut self,
        id: SlotId,
        slot: &Slot,
        pick: &Alternate,
        scene: Option<&Scene>,
    ) -> Result<MusicClip, LeftOut> {
        let picked = self.take(slot, pick)?;
        let alternates = slot.alternates().into_iter();
        let others = alternates.filter(|(id, _)| slot.pick != Some(*id));
        Ok(MusicClip {
            number: 0,
            slot: id,
            scene: scene.map(Scene::title).unwrap_or_default(),
            why: slot.why.clone(),
            pick: picked,
            alternates: others
                .filter_map(|(_, other)| self.take(slot, other).ok())
                .collect(),
        })
    }

    fn take(&mut self, slot: &Slot, alternate: &Alternate) -> Result<Take, LeftOut> {
        let track = self.show.track(alternate.track).ok_or(LeftOut::NoFile)?;
        let media = track.media.as_ref().ok_or(LeftOut::NoFile)?;
        let heard = alternate.heard(slot.span, media.duration());
        let heard = heard
            .filter(|span| !span.is_empty())
            .ok_or(LeftOut::NotHeard)?;
        let levelling = (self.level)(track);
        let gain = if alternate.gain <= Decibels::MIN_GAIN {
            Decibels::MIN_GAIN
        } else {
            alternate.gain + levelling
        };
        let fade_in = alternate.fade_in.clamp(Ticks::ZERO, heard.length());
        let left = heard.length() - fade_in;
        Ok(Take {
            recording: self.recording(alternate.track, track, media),
            heard,
            track_start: alternate.track_start,
            gain,
            levelling,
            fade_in,
            fade_out: alternate.fade_out.clamp(Ticks::ZERO, left),
            note: alternate.note.clone(),
        })
    }

    fn recording(&mut self, id: TrackId, track: &Track, media: &Media) -> usize {
        *self.known.entry(id).or_insert_with(|| {
            self.recordings.push(Recording {
                track: Some(id),
                title: track.title.clone(),
                artist: track.artist.clone(),
                album: track.album.clone(),
                isrc: track.isrc.clone(),
                path: (self.file)(media),
                rate: media.rate,
                channels: media.channels,
                length: media.length,
            });
            self.recordings.len() - 1
        })
    }
}

/// Puts music, given in running order, on as few lanes as it takes, each the first on which it
/// overlaps nothing: what is heard alone is on the first.
fn lanes(clips: Vec<MusicClip>) -> Vec<Vec<MusicClip>> {
    let mut lanes: Vec<Vec<MusicClip>> = Vec::new();
    for clip in clips {
        let from = clip.pick.heard.start();
        let is_free = |lane: &[MusicClip]| {
            let last = lane.last();
            last.is_none_or(|last| last.pick.heard.end() <= from)
        };
        match lanes.iter_mut().find(|lane| is_free(lane)) {
            Some(lane) => lane.push(clip),
            None => lanes.push(vec![clip]),
        }
    }
    lanes
}

#[cfg(test)]
mod tests;
