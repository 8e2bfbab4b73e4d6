//! What merging can break is put right on reading: two changes that are each in order may not be
//! in order together. The document keeps both; the model shows a state that
//! [`sweep`](crate::model::sweep) finds nothing wrong with.

use std::sync::Arc;

use crate::model::Cut;
use crate::model::Episode;
use crate::model::Show;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Puts a show right.
pub(super) fn show(show: &mut Show) {
    let ids: Vec<_> = show.episodes.keys().copied().collect();
    for id in ids {
        if let Some(it) = show.episodes.get_mut(&id) {
            episode(Arc::make_mut(it));
        }
    }
}

/// Puts an episode and its cuts right.
pub(super) fn episode(episode: &mut Episode) {
    if episode
        .current_cut
        .is_some_and(|id| episode.cut(id).is_none())
    {
        episode.current_cut = None;
    }
    let ids: Vec<_> = episode.cuts.keys().copied().collect();
    for id in ids {
        if let Some(it) = episode.cuts.get_mut(&id) {
            cut(Arc::make_mut(it));
        }
    }
}

/// Puts a cut right.
pub(super) fn cut(cut: &mut Cut) {
    cut.length = cut.length.max(Ticks::ZERO);
    let frame = cut.timebase.rate().frame_length();
    for id in cut.scenes.keys().copied().collect::<Vec<_>>() {
        if let Some(scene) = cut.scenes.get_mut(&id)
            && scene.span.is_empty()
        {
            Arc::make_mut(scene).span = with_some_length(scene.span, frame);
        }
    }
    for id in cut.markers.keys().copied().collect::<Vec<_>>() {
        if let Some(marker) = cut.markers.get_mut(&id)
            && marker.length.is_negative()
        {
            Arc::make_mut(marker).length = Ticks::ZERO;
        }
    }
    for id in cut.slots.keys().copied().collect::<Vec<_>>() {
        slot(cut, id, frame);
    }
}

fn slot(cut: &mut Cut, id: crate::model::SlotId, frame: Ticks) {
    let (scenes, markers) = (&cut.scenes, &cut.markers);
    let Some(slot) = cut.slots.get_mut(&id) else {
        return;
    };
    let slot = Arc::make_mut(slot);
    slot.span = with_some_length(slot.span, frame);
    slot.pick = slot.pick.filter(|pick| slot.alternates.contains_key(pick));
    slot.scene = slot.scene.filter(|scene| scenes.contains_key(scene));
    for id in slot.alternates.keys().copied().collect::<Vec<_>>() {
        let Some(alternate) = slot.alternates.get_mut(&id) else {
            continue;
        };
        let is_pin_lost = alternate
            .pin
            .is_some_and(|pin| !markers.contains_key(&pin.marker));
        let is_fade_broken = alternate.fade_in.is_negative() || alternate.fade_out.is_negative();
        if is_pin_lost || is_fade_broken {
            let alternate = Arc::make_mut(alternate);
            alternate.fade_in = alternate.fade_in.max(Ticks::ZERO);
            alternate.fade_out = alternate.fade_out.max(Ticks::ZERO);
            alternate.pin = alternate.pin.filter(|_| !is_pin_lost);
        }
    }
}

/// `span`, or the one frame that begins where it does when it holds nothing.
fn with_some_length(span: TickSpan, frame: Ticks) -> TickSpan {
    if !span.is_empty() {
        return span;
    }
    let start = span.start().min(Ticks::MAX - frame);
    TickSpan::with_length(start, frame)
}
