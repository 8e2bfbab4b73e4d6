//! Background work in general: named worker threads, priorities, progress, cancelling. What the
//! work is about is not known here.

mod board;
mod progress;

pub use board::{Jobs, Priority, Wake, Work, Workers};
pub use progress::{Counts, JobId, JobStatus};
