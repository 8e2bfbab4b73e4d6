//! `search`: the tracks that answer a query, as the pool's list would show them.

use std::io::Write;

use super::Failure;
use super::args::Search;
use super::desk::Desk;
use super::pool::print_tracks;
use super::text::Output;
use crate::ops::search::Column;
use crate::ops::search::Query;

/// Searches the pool.
pub(super) fn run(desk: &mut Desk<'_>, args: &Search, out: &mut dyn Write) -> Result<(), Failure> {
    desk.open(&args.show)?;
    desk.find(Query {
        text: args.query.clone(),
        column: Column::Title,
        ..Query::default()
    })?;
    let show = desk.show()?;
    let found = desk.app.pool().rows().iter();
    let tracks: Vec<_> = found
        .filter_map(|id| Some((*id, show.track(*id)?)))
        .collect();
    print_tracks(desk, &tracks, &mut Output::new(out, args.json))
}
