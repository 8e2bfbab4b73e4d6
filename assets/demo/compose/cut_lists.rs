//! The cuts as files an editing system would hand over: an EDL each, and a table of markers.
//!
//! CMX 3600 after SMPTE 258M: one event per shot with source and record times, the clip's name in a
//! comment, and markers as the `LOC` comments Avid writes.

use std::fmt::Write;

use crate::story::{Cut, EPISODE, FPS, SHOW, START, TITLE, markers};

/// A cut as an EDL, with its markers if wanted.
pub(crate) fn edl(cut: &Cut, with_markers: bool) -> String {
    let mut out = format!(
        "TITLE: {} {EPISODE} {} {}\nFCM: NON-DROP FRAME\n",
        SHOW.to_uppercase(),
        TITLE.to_uppercase(),
        cut.name.to_uppercase()
    );
    let placed = if with_markers {
        markers(cut)
    } else {
        Vec::new()
    };
    let shots = cut.scenes().into_iter().flat_map(|scene| scene.shots);
    for (n, shot) in shots.enumerate() {
        let source_in = shot.source.source_in(shot.shot);
        let record = shot.start..shot.start + shot.length;
        put(
            &mut out,
            format_args!(
                "\n{:03}  {:<8} V     C        {} {} {} {}\n* FROM CLIP NAME: {}\n",
                n + 1,
                shot.source.reel,
                timecode(source_in),
                timecode(source_in + shot.length),
                timecode(START + record.start),
                timecode(START + record.end),
                shot.source.clip(shot.shot),
            ),
        );
        for marker in placed.iter().filter(|marker| record.contains(&marker.at)) {
            let colour = marker.marker.colour.to_uppercase();
            put(
                &mut out,
                format_args!(
                    "* LOC: {} {colour:<7} {}\n",
                    timecode(START + marker.at),
                    marker.marker.name.to_uppercase()
                ),
            );
        }
    }
    out
}

/// The markers of a cut as a table.
pub(crate) fn marker_table(cut: &Cut) -> String {
    let mut out = String::from("timecode,name,colour,note\n");
    for placed in markers(cut) {
        let marker = placed.marker;
        put(
            &mut out,
            format_args!(
                "{},{},{},{}\n",
                timecode(START + placed.at),
                field(marker.name),
                marker.colour,
                field(marker.note)
            ),
        );
    }
    out
}

/// A value of the table, in quotes if it needs them.
fn field(value: &str) -> String {
    if value.contains([',', '"', '\n']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// Frames as hours, minutes, seconds and frames.
fn timecode(frames: u32) -> String {
    let secs = frames / FPS;
    format!(
        "{:02}:{:02}:{:02}:{:02}",
        secs / 3600,
        secs / 60 % 60,
        secs % 60,
        frames % FPS
    )
}

/// Adds to a text; a `String` takes anything.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).unwrap_or_default();
}
