//! What is to be said to the bus, until its ring of commands has room for it.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::audio::bus::Command;

/// Steps the conductor takes after it has said something, to see what the bus made of it.
const STEPS_TO_SETTLE: u8 = 3;

/// Batches of commands. Each is pushed whole, as its commands are to be obeyed at one frame.
pub(super) struct Outbox {
    batches: VecDeque<Vec<Command>>,
    commands: rtrb::Producer<Command>,
    /// Called when the bus was told something, for a silent clock that sleeps.
    stir: Arc<dyn Fn() + Send + Sync>,
    /// Steps to be taken before the bus is sure to have obeyed, and told so.
    unsettled: u8,
}

impl Outbox {
    pub(super) fn new(
        commands: rtrb::Producer<Command>,
        stir: Arc<dyn Fn() + Send + Sync>,
    ) -> Self {
        Self {
            batches: VecDeque::new(),
            commands,
            stir,
            unsettled: 0,
        }
    }

    /// Queues commands that are to be obeyed at one frame.
    pub(super) fn send(&mut self, batch: Vec<Command>) {
        if !batch.is_empty() {
            self.batches.push_back(batch);
        }
    }

    /// Pushes the batches there is room for; the rest waits for the next step.
    pub(super) fn flush(&mut self) {
        // The bus takes commands before it renders, and tells after; so one more look is needed
        // once the ring is empty.
        if self.commands.slots() == self.commands.buffer().capacity() {
            self.unsettled = self.unsettled.saturating_sub(1);
        }
        let mut has_sent = false;
        while let Some(batch) = self.batches.front_mut() {
            let n = batch.len();
            let Ok(chunk) = self.commands.write_chunk_uninit(n) else {
                break;
            };
            chunk.fill_from_iter(batch.drain(..));
            self.batches.pop_front();
            has_sent = true;
        }
        if has_sent {
            self.unsettled = STEPS_TO_SETTLE;
            (self.stir)();
        }
    }

    /// Whether something still waits for room.
    pub(super) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Whether the bus may not have obeyed yet.
    pub(super) fn is_unsettled(&self) -> bool {
        self.unsettled > 0
    }
}
