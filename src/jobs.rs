//! Background work in general: named worker threads, priorities, progress, cancelling. What the
//! work is about is not known here.

mod board;
mod gate;
mod progress;

pub use board::{Jobs, Priority, Wake, Work, Workers};
pub use gate::{Flow, Gate, Pass};
pub use progress::{Counts, JobId, JobStatus};
