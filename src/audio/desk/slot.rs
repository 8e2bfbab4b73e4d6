//! A feed on the desk, and how urgent its next step is.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Urgency;
use crate::audio::feed::Feed;
use crate::audio::feed::FeedStatus;
use crate::audio::voice::Line;
use crate::audio::voice::VoiceId;

/// What is done first. The order of the variants is the rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It sounds, and its ring is nearly empty.
    Starving,
    /// Someone waits for it to begin.
    WaitedFor,
    /// It begins soon.
    Upcoming,
    /// It is not wanted any more. It costs next to nothing to put away; behind what is never
    /// done for long it would be kept with its ring for ever.
    Leftover,
    /// It sounds, and its ring has room.
    ToppingUp,
}

/// A feed on the desk, and how it stands.
pub(super) struct Slot {
    pub(super) id: VoiceId,
    pub(super) line: Arc<Line>,
    urgency: Urgency,
    pub(super) status: FeedStatus,
    /// Being filled up to the brim.
    is_topping: bool,
    /// Away while a worker has it.
    pub(super) feed: Option<Feed>,
}

impl Slot {
    pub(super) fn new(feed: Feed, urgency: Urgency) -> Self {
        Self {
            id: feed.id,
            line: Arc::clone(&feed.line),
            urgency,
            status: feed.status.clone(),
            is_topping: false,
            feed: Some(feed),
        }
    }

    /// How urgent its next step is; none while a worker has it, and when there is nothing to do.
    pub(super) fn rank(&mut self) -> Option<Rank> {
        let feed = self.feed.as_ref()?;
        if self.line.cancelled.load(Ordering::Relaxed) {
            return Some(Rank::Leftover);
        }
        if feed.is_satisfied() {
            return None;
        }
        if !feed.status.primed {
            return Some(match self.urgency {
                Urgency::Now => Rank::WaitedFor,
                Urgency::Soon => Rank::Upcoming,
            });
        }
        let (buffered, room) = (feed.buffered(), feed.ring.buffer().capacity());
        if buffered * 15 < room {
            return Some(Rank::Starving);
        }
        self.is_topping = buffered < room && (self.is_topping || buffered * 5 < room * 3);
        self.is_topping.then_some(Rank::ToppingUp)
    }
}
