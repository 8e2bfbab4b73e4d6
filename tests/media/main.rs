//! Sound files, from the outside: where their music begins and ends, that every place in them can
//! be gone to, what they say of themselves, and that no file can do harm.

#![expect(
    clippy::float_cmp,
    reason = "a sample in its place is the same to the last bit"
)]

mod beginnings;
mod damage;
mod films;
mod folders;
mod hostile;
mod places;
mod plain;
mod says;
mod support;
