//! `new`, `show` and `merge`.

use std::io::Write;

use serde::Serialize;

use super::Failure;
use super::args::{Merge, New, ShowIt};
use super::desk::Desk;
use super::json::ShowJson;
use super::text::Output;
use crate::app::Action;
use crate::app::FileAction;
use crate::storage;
use crate::time::Timebase;

#[derive(Serialize)]
struct Made<'a> {
    path: String,
    title: &'a str,
    rate: String,
}

/// Makes a show.
pub(super) fn new(desk: &mut Desk<'_>, new: &New, out: &mut dyn Write) -> Result<(), Failure> {
    if new.show.exists() {
        let path = new.show.display();
        return Err(Failure::said(format!("there is a file already: {path}")));
    }
    let timebase = match &new.rate {
        Some(text) => timebase(text)?,
        None => Timebase::default(),
    };
    desk.act(Action::File(FileAction::New {
        path: new.show.clone(),
        title: new.title.clone(),
        timebase,
    }))?;
    desk.close()?;
    let made = Made {
        path: new.show.display().to_string(),
        title: &new.title,
        rate: timebase.to_string(),
    };
    let line = format!("Made “{}”: {}", new.title, made.path);
    Output::new(out, new.json).print(&made, [line])?;
    Ok(())
}

/// A rate with its way of counting: `29.97`, `29.97df`, `30000/1001`.
pub(super) fn timebase(text: &str) -> Result<Timebase, Failure> {
    text.parse()
        .map_err(|error: crate::time::TimebaseParseError| Failure::said(error.to_string()))
}

/// Prints the whole show.
pub(super) fn print(
    desk: &mut Desk<'_>,
    args: &ShowIt,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    desk.open(&args.show)?;
    let json = ShowJson::new(desk.show()?, desk.app.places());
    Output::new(out, true).print(&json, [])?;
    Ok(())
}

#[derive(Serialize)]
struct Merged {
    path: String,
    title: String,
    only_in_a: usize,
    only_in_b: usize,
}

/// Merges two copies of a show.
pub(super) fn merge(args: &Merge, out: &mut dyn Write) -> Result<(), Failure> {
    let report = storage::merge(&args.a, &args.b, &args.output)
        .map_err(|error| Failure::said(error.to_string()))?;
    let merged = Merged {
        path: args.output.display().to_string(),
        title: report.title,
        only_in_a: report.n_only_in_first,
        only_in_b: report.n_only_in_second,
    };
    let line = format!(
        "Merged “{}”: {} changes from the first, {} from the second",
        merged.title, merged.only_in_a, merged.only_in_b
    );
    Output::new(out, args.json).print(&merged, [line])?;
    Ok(())
}
