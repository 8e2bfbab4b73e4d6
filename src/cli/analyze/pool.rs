//! Measuring the pools of shows. Every so many tracks what was measured is kept in the show, so that
//! whoever calls it off loses little and goes on from there.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

use serde::Serialize;

use super::Failure;
use crate::analysis::VERSION;
use crate::app::MeasuringStatus;
use crate::cli::desk::Desk;
use crate::cli::json::MeasuredJson;
use crate::model::Measured;
use crate::model::Show;
use crate::model::TrackId;

/// How often it is said how far it has come.
const SAID_EVERY: Duration = Duration::from_secs(2);

/// A track of the pool, as it is printed, one a line.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    title: String,
    artist: String,
    path: Option<String>,
    /// Whether it is measured.
    ok: bool,
    /// Whether that was done just now.
    is_new: bool,
    error: Option<String>,
    #[serde(flatten)]
    measured: MeasuredJson,
}

/// Measures whatever of the pools of `shows` is not. Fails in part when some of it cannot be.
pub(super) fn run(
    desk: &mut Desk<'_>,
    shows: &[PathBuf],
    is_json: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut has_failed = false;
    for path in shows {
        desk.open(path)?;
        let before = measured(desk.show()?);
        desk.measure();
        let mut said_at = Instant::now();
        while desk.app.work_on() {
            if said_at.elapsed() >= SAID_EVERY
                && let Some(status) = desk.app.measuring()
            {
                said_at = Instant::now();
                desk.remark(&progress(&status));
            }
        }
        let rows = rows(desk, &before)?;
        if is_json {
            for row in &rows {
                serde_json::to_writer(&mut *out, row).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
        } else {
            let failed = rows
                .iter()
                .filter_map(|row| Some((row, row.error.as_ref()?)));
            for (row, error) in failed {
                desk.remark(&format!(
                    "{}: {error}",
                    row.path.as_deref().unwrap_or(&row.title)
                ));
            }
            writeln!(out, "{}", summary(&rows))?;
        }
        has_failed |= rows.iter().any(|row| row.error.is_some());
        desk.close()?;
    }
    if has_failed {
        Err(Failure::InPart)
    } else {
        Ok(())
    }
}

/// The tracks that are measured.
fn measured(show: &Show) -> BTreeSet<TrackId> {
    let tracks = show.tracks();
    let is_measured = |measured: &Measured| measured.is_known() && measured.version >= VERSION;
    let measured = tracks.filter(|(_, track)| is_measured(&track.measured));
    measured.map(|(id, _)| id).collect()
}

fn rows(desk: &Desk<'_>, before: &BTreeSet<TrackId>) -> Result<Vec<Row>, Failure> {
    let tracks = desk.show()?.tracks();
    Ok(tracks
        .map(|(id, track)| {
            let is_known = track.measured.is_known();
            let media = track.media.as_ref();
            let path = media.map(|media| desk.app.places().path(media));
            Row {
                id: id.to_string(),
                title: track.title.clone(),
                artist: track.artist.clone(),
                path: path.map(|path| path.display().to_string()),
                ok: is_known,
                is_new: is_known && !before.contains(&id),
                error: match (desk.app.why_unmeasured(id), media) {
                    (Some(why), _) => Some(why.to_owned()),
                    (None, Some(media)) if desk.app.places().is_missing(media) && !is_known => {
                        Some("the file was not found".to_owned())
                    }
                    _ => None,
                },
                measured: MeasuredJson::new(track),
            }
        })
        .collect())
}

fn progress(status: &MeasuringStatus) -> String {
    let left = status.left.map_or_else(String::new, |left| {
        let secs = left.as_secs();
        format!(", {}:{:02} left", secs / 60, secs % 60)
    });
    format!("measured {} of {}{left}", status.n_done, status.n_all)
}

fn summary(rows: &[Row]) -> String {
    let count = |wanted: &dyn Fn(&&Row) -> bool| rows.iter().filter(wanted).count();
    let n_new = count(&|row| row.is_new);
    let n_before = count(&|row| row.ok && !row.is_new);
    let n_failed = count(&|row| row.error.is_some());
    let n_wishes = count(&|row| row.path.is_none());
    format!(
        "{n_new} measured, {n_before} were before, {n_failed} could not be read, {n_wishes} have no file"
    )
}
