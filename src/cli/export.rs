//! `export`: an episode for other programs.

use std::io::Write;

use serde::Serialize;

use super::Failure;
use super::args::{Export, ExportFormat};
use super::desk::Desk;
use super::text::Output;
use crate::interchange::cue_sheet::SheetFormat;
use crate::interchange::playlist::ListFormat;
use crate::interchange::timeline::TimelineFormat;
use crate::interchange::timeline::WriteOptions;
use crate::model::CutAt;

/// What was written, as it is printed.
#[derive(Serialize)]
struct Exported {
    format: &'static str,
    files: Vec<String>,
    /// How many uses of music are in it, or how many songs.
    music: usize,
    /// What the format could not carry.
    report: Vec<String>,
}

/// Writes an episode.
pub(super) fn run(desk: &mut Desk<'_>, args: &Export, out: &mut dyn Write) -> Result<(), Failure> {
    desk.open(&args.show)?;
    let (at, ..) = desk.episode(&args.episode)?;
    let exported = match args.format.kind() {
        Kind::Timeline(format) => timeline(desk, at, format, args)?,
        Kind::Songs(format) => songs(desk, at, format, args)?,
        Kind::CueSheet(format) => cue_sheet(desk, at, format, args)?,
    };
    let files = exported.files.iter().cloned();
    let remarks = exported.report.iter().map(|remark| format!("! {remark}"));
    Output::new(out, args.json).print(&exported, files.chain(remarks))?;
    Ok(())
}

/// What writes a format.
enum Kind {
    Timeline(TimelineFormat),
    Songs(ListFormat),
    CueSheet(SheetFormat),
}

impl ExportFormat {
    const fn kind(self) -> Kind {
        match self {
            Self::Otio => Kind::Timeline(TimelineFormat::Otio),
            Self::Fcpxml => Kind::Timeline(TimelineFormat::Fcpxml),
            Self::Xmeml => Kind::Timeline(TimelineFormat::Xmeml),
            Self::Edl => Kind::Timeline(TimelineFormat::Cmx3600),
            Self::ResolveMarkers => Kind::Timeline(TimelineFormat::ResolveMarkers),
            Self::AvidMarkers => Kind::Timeline(TimelineFormat::AvidMarkers),
            Self::Csv => Kind::Timeline(TimelineFormat::MarkerCsv),
            Self::M3u8 => Kind::Songs(ListFormat::M3u8),
            Self::Xspf => Kind::Songs(ListFormat::Xspf),
            Self::CueSheetXlsx => Kind::CueSheet(SheetFormat::Xlsx),
            Self::CueSheetCsv => Kind::CueSheet(SheetFormat::Csv),
            Self::CueSheetJson => Kind::CueSheet(SheetFormat::Json),
        }
    }

    /// The word that asks for it.
    const fn word(self) -> &'static str {
        match self {
            Self::Otio => "otio",
            Self::Fcpxml => "fcpxml",
            Self::Xmeml => "xmeml",
            Self::Edl => "edl",
            Self::ResolveMarkers => "resolve-markers",
            Self::AvidMarkers => "avid-markers",
            Self::Csv => "csv",
            Self::M3u8 => "m3u8",
            Self::Xspf => "xspf",
            Self::CueSheetXlsx => "cue-sheet.xlsx",
            Self::CueSheetCsv => "cue-sheet.csv",
            Self::CueSheetJson => "cue-sheet.json",
        }
    }
}

fn timeline(
    desk: &Desk<'_>,
    at: CutAt,
    format: TimelineFormat,
    args: &Export,
) -> Result<Exported, Failure> {
    let options = WriteOptions {
        what: args.what,
        fcpxml: args.fcpxml_version,
    };
    let written = desk
        .app
        .write_timeline(at, format, &options, &args.output)
        .map_err(Failure::said)?;
    let files = written.files.iter().map(|path| path.display().to_string());
    let report = written.report.remarks().iter().map(ToString::to_string);
    Ok(Exported {
        format: args.format.word(),
        files: files.collect(),
        music: written.n_music,
        report: report.collect(),
    })
}

/// The songs of the episode, in running order, each once.
fn songs(
    desk: &Desk<'_>,
    at: CutAt,
    format: ListFormat,
    args: &Export,
) -> Result<Exported, Failure> {
    let tracks = desk.app.used_tracks(at);
    let written = desk
        .app
        .write_list(&tracks, format, &args.output)
        .map_err(Failure::said)?;
    let report = match written.n_left_out {
        0 => Vec::new(),
        n => vec![format!("{n} without a file left out")],
    };
    Ok(Exported {
        format: args.format.word(),
        files: vec![args.output.display().to_string()],
        music: written.n_written,
        report,
    })
}

/// The cue sheet, with what is missing on it as the report.
fn cue_sheet(
    desk: &Desk<'_>,
    at: CutAt,
    format: SheetFormat,
    args: &Export,
) -> Result<Exported, Failure> {
    let sheet = desk
        .app
        .write_cue_sheet(at, &args.template, format, &args.output)
        .map_err(|error| Failure::said(error.to_string()))?;
    Ok(Exported {
        format: args.format.word(),
        files: vec![args.output.display().to_string()],
        music: sheet.rows.len(),
        report: sheet.remarks,
    })
}
