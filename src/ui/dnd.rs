//! What is dragged about inside the window.
//!
//! A panel that something is dragged from sets the payload when the drag begins
//! (`Response::dnd_set_drag_payload`); a panel it may be dropped on looks at it while it is over
//! it, draws a ghost of what would happen or the reason why it can't, and asks for it when it is
//! let go. Escape lets go of it without a drop.

use std::sync::Arc;

use crate::model::TrackId;

/// What is dragged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dragged {
    /// Tracks of the pool, the leading one first.
    Tracks(Arc<[TrackId]>),
}
