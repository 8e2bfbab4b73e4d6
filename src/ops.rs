//! Pure functions that compute what a request amounts to: a transaction, a view, or the reason
//! why not. They never apply anything.

pub mod adopt;
pub mod beats;
pub mod curating;
pub mod place;
pub mod search;
pub mod timeline;
pub mod whereabouts;
pub mod wishes;
