//! `pool …`: adding, listing, relinking and exporting tracks.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use super::Failure;
use super::args::List;
use super::args::Pool;
use super::desk::Desk;
use super::json::TrackRow;
use super::pool_lists;
use super::text::{Output, length};
use crate::app::Action;
use crate::app::Fate;
use crate::app::ImportSummary;
use crate::app::Missing;
use crate::app::PoolAction;
use crate::app::ReadLists;
use crate::interchange::playlist::ListFormat;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::ops::search::Query;
use crate::time::Ticks;

pub(super) fn run(desk: &mut Desk<'_>, pool: Pool, out: &mut dyn Write) -> Result<(), Failure> {
    match pool {
        Pool::Add {
            show,
            paths,
            by,
            why,
            lists,
            no_measure,
            json,
        } => {
            let output = &mut Output::new(out, json);
            if lists.lists {
                return pool_lists::print(&paths, output);
            }
            let how = pool_lists::reading(lists, &desk.settings())?;
            desk.open(&show)?;
            if !no_measure {
                desk.measure();
            }
            add(desk, paths, how, (by, why), output)
        }
        Pool::Relink {
            show,
            folder,
            apply,
            json,
        } => {
            desk.open(&show)?;
            relink(desk, &folder, apply, &mut Output::new(out, json))
        }
        Pool::Duplicates { show, json } => {
            desk.open(&show)?;
            super::duplicates::print(desk, &mut Output::new(out, json))
        }
        Pool::Collect { show, apply, json } => {
            desk.open(&show)?;
            let output = &mut Output::new(out, json);
            if apply {
                super::collect::collect(desk, output)
            } else {
                super::collect::plan(desk, output)
            }
        }
        Pool::Export {
            show,
            format,
            query,
            output,
            json,
        } => {
            desk.open(&show)?;
            export(desk, format, query, &output, &mut Output::new(out, json))
        }
        Pool::List { show, json } => {
            desk.open(&show)?;
            list(desk, &mut Output::new(out, json))
        }
    }
}

fn add(
    desk: &mut Desk<'_>,
    paths: Vec<PathBuf>,
    how: ReadLists,
    (by, why): (Option<String>, Option<String>),
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let here = std::env::current_dir()?;
    let paths = paths.into_iter().map(|path| here.join(path)).collect();
    if let Some(name) = by {
        let mut settings = desk.app.settings().clone();
        settings.name = name;
        desk.app.use_settings(settings);
    }
    desk.act(Action::Pool(PoolAction::AddAs(paths, how)))?;
    let summary = desk.app.last_import().cloned().unwrap_or_default();
    if let Some(why) = why
        && !(summary.added.is_empty() && summary.wishes.is_empty())
    {
        let added = summary.added.iter().map(|(id, _)| id);
        let tracks = added.chain(&summary.wishes).copied().collect();
        desk.act(Action::Pool(PoolAction::Set(tracks, TrackField::Why(why))))?;
    }
    let wishes = titles(desk.show()?, &summary.wishes);
    desk.close()?;
    report(&summary, &wishes, output)?;
    if summary.failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::InPart)
    }
}

/// Tracks with their titles.
fn titles(show: &Show, tracks: &[TrackId]) -> Vec<(TrackId, String)> {
    let titled = |id: &TrackId| Some((*id, show.track(*id)?.title.clone()));
    tracks.iter().filter_map(titled).collect()
}

fn report(
    summary: &ImportSummary,
    wishes: &[(TrackId, String)],
    output: &mut Output<'_>,
) -> std::io::Result<()> {
    let json = serde_json::json!({
        "added": summary.added.iter().map(|(id, path)| serde_json::json!({
            "id": id.to_string(),
            "path": path.display().to_string(),
        })).collect::<Vec<_>>(),
        "known": summary.known.iter().map(|(path, id)| serde_json::json!({
            "path": path.display().to_string(),
            "track": id.to_string(),
        })).collect::<Vec<_>>(),
        "wishes": wishes.iter().map(|(id, title)| serde_json::json!({
            "id": id.to_string(),
            "title": title,
        })).collect::<Vec<_>>(),
        "fulfilled": summary.fulfilled.iter().map(|(id, path)| serde_json::json!({
            "id": id.to_string(),
            "path": path.display().to_string(),
        })).collect::<Vec<_>>(),
        "named": summary.named.iter().map(|(title, id)| serde_json::json!({
            "title": title,
            "track": id.to_string(),
        })).collect::<Vec<_>>(),
        "lists": summary.lists.iter().map(|list| serde_json::json!({
            "path": list.path.display().to_string(),
            "entries": list.n_entries,
            "not_understood": list.not_understood,
            "further": list.n_further,
            "remarks": list.remarks,
        })).collect::<Vec<_>>(),
        "kept": summary.kept.iter().map(|(id, name)| serde_json::json!({
            "id": id.to_string(),
            "name": name,
        })).collect::<Vec<_>>(),
        "failed": summary.failed.iter().map(|(path, why)| serde_json::json!({
            "path": path.display().to_string(),
            "error": why,
        })).collect::<Vec<_>>(),
    });
    let known = summary
        .known
        .iter()
        .map(|(path, _)| format!("in the pool already: {}", path.display()));
    let failed = summary
        .failed
        .iter()
        .map(|(path, why)| format!("not added: {}: {why}", path.display()));
    let wished = wishes.iter().map(|(_, title)| format!("wish: {title}"));
    let named = summary.named.iter();
    let named = named.map(|(title, _)| format!("in the pool already: {title}"));
    let lists = summary.lists.iter().flat_map(|list| {
        let path = list.path.display();
        let said = list.not_understood.iter().chain(&list.remarks);
        said.map(move |said| format!("{path}: {said}"))
    });
    let lines = std::iter::once(summary.sentence())
        .chain(wished)
        .chain(known)
        .chain(named)
        .chain(lists)
        .chain(failed);
    output.print(&json, lines)
}

fn relink(
    desk: &mut Desk<'_>,
    folder: &Path,
    is_applied: bool,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let folder = std::env::current_dir()?.join(folder);
    desk.act(Action::Pool(PoolAction::Relink(folder)))?;
    let review = desk.app.relink_review().cloned().unwrap_or_default();
    if is_applied {
        desk.act(Action::Pool(PoolAction::ApplyRelink))?;
    }
    desk.close()?;
    let json = serde_json::json!({
        "missing": review.missing.len(),
        "found": review.n_found(),
        "applied": is_applied,
        "files": review.missing.iter().map(|missing| {
            let (fate, path) = said(missing);
            serde_json::json!({
                "title": missing.title,
                "was": missing.was.display().to_string(),
                "fate": fate,
                "path": path.map(|path| path.display().to_string()),
            })
        }).collect::<Vec<_>>(),
    });
    let done = if is_applied { "relinked" } else { "found" };
    let summary = format!(
        "{} of {} missing files {done}",
        review.n_found(),
        review.missing.len()
    );
    let lines = review.missing.iter().map(|missing| {
        let (fate, path) = said(missing);
        let path = path.map_or_else(String::new, |path| format!(": {}", path.display()));
        format!("{}: {fate}{path}", missing.title)
    });
    output.print(&json, std::iter::once(summary).chain(lines))?;
    Ok(())
}

/// What came up for a missing file, and where.
fn said(missing: &Missing) -> (&'static str, Option<&PathBuf>) {
    match &missing.fate {
        Fate::Found(path) => ("found", Some(path)),
        Fate::Namesake(path) => ("another file of that name", Some(path)),
        Fate::Lost => ("not found", None),
    }
}

fn export(
    desk: &mut Desk<'_>,
    format: List,
    query: Option<String>,
    path: &Path,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    desk.find(Query {
        text: query.unwrap_or_default(),
        ..Query::default()
    })?;
    let tracks = desk.app.pool().rows();
    let (format, name) = match format {
        List::M3u8 => (ListFormat::M3u8, "m3u8"),
        List::Xspf => (ListFormat::Xspf, "xspf"),
        List::Csv => (ListFormat::Csv, "csv"),
    };
    let written = desk.app.write_list(tracks, format, path);
    let written = written.map_err(Failure::said)?;
    let json = serde_json::json!({
        "path": path.display().to_string(),
        "format": name,
        "tracks": written.n_written,
        "left_out": written.n_left_out,
    });
    let left_out = match written.n_left_out {
        0 => String::new(),
        n => format!(", {n} without a file left out"),
    };
    let path = path.display();
    let line = format!("{path}: {} tracks{left_out}", written.n_written);
    output.print(&json, [line])?;
    Ok(())
}

fn list(desk: &Desk<'_>, output: &mut Output<'_>) -> Result<(), Failure> {
    let show = desk.show()?;
    let mut tracks: Vec<_> = show.tracks().collect();
    tracks.sort_by(|(a_id, a), (b_id, b)| {
        (a.added_at, &a.title, a_id).cmp(&(b.added_at, &b.title, b_id))
    });
    print_tracks(desk, &tracks, output)
}

/// Prints tracks, one a line.
pub(super) fn print_tracks(
    desk: &Desk<'_>,
    tracks: &[(TrackId, &Track)],
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    let show = desk.show()?;
    let rows: Vec<TrackRow> = tracks
        .iter()
        .map(|(id, track)| TrackRow::new(show, desk.app.places(), *id, track))
        .collect();
    let lines = tracks.iter().map(|(_, track)| {
        let long = track
            .duration()
            .map_or_else(|| "–".to_owned(), |ticks| length(Ticks::to_secs_f64(ticks)));
        format!(
            "{long:>7}  {} – {} ({})",
            track.artist, track.title, track.state
        )
    });
    output.print(&rows, lines)?;
    Ok(())
}
