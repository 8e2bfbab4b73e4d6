//! The bus, sample by sample: what is heard is right to the frame, free of clicks, and made
//! without allocating.
//!
//! Everything is stepped by hand: no device, no threads, no sleeping.

mod clicks;
mod editing;
mod feeding;
mod files;
mod heard;
mod levels;
mod loops;
mod offline;
mod places;
mod realtime;
mod session;
mod shuttling;
mod stage;

#[global_allocator]
static ALLOCATOR: assert_no_alloc::AllocDisabler = assert_no_alloc::AllocDisabler;
