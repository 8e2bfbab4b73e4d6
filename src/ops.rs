//! Pure functions that compute what a request amounts to: a transaction, a view, or the reason
//! why not. They never apply anything.

pub mod adopt;
pub mod beats;
pub mod collecting;
pub mod conform;
pub mod cue_sheet;
pub mod curating;
pub mod duplicates;
pub mod lists;
pub mod lore;
pub mod place;
pub mod programme;
pub mod renditions;
pub mod search;
pub mod similar;
pub mod tagging;
pub mod timeline;
pub mod uses;
pub mod whereabouts;
pub mod wishes;
