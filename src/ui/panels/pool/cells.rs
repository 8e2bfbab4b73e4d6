//! What stands in the cells of the pool's table.

use std::borrow::Cow;

use egui::Align;
use egui::Color32;

use crate::app::App;
use crate::model::ClearanceState;
use crate::model::PoolState;
use crate::model::Track;
use crate::model::TrackId;
use crate::ops::search::Column;
use crate::ui::theme::Tokens;
use crate::ui::widgets::length_text;

/// What a cell says.
pub(super) struct Cell<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) ink: Color32,
}

/// What stands in the column of a track.
pub(super) fn cell<'t>(
    app: &'t App,
    tokens: &Tokens,
    (id, track): (TrackId, &'t Track),
    column: Column,
) -> Cell<'t> {
    let plain = |text: &'t str| Cow::Borrowed(text);
    let (text, ink) = match column {
        Column::Title if track.title.is_empty() => (plain("Untitled"), tokens.text),
        Column::Title => (plain(&track.title), tokens.text),
        Column::Artist => (plain(&track.artist), tokens.text),
        Column::Album => (plain(&track.album), tokens.weak),
        Column::Genre => (plain(&track.genre), tokens.weak),
        Column::Notes => (plain(&track.notes), tokens.weak),
        Column::Length => (or_nothing(track.duration().map(length_text)), tokens.text),
        Column::Tempo => (or_nothing(tempo(track)), tokens.text),
        Column::Key => (or_nothing(key(track)), tokens.text),
        Column::Loudness => (or_nothing(loudness(track)), tokens.text),
        Column::Year => (or_nothing(track.year.map(|it| it.to_string())), tokens.text),
        Column::State => {
            let ink = match track.state {
                PoolState::Approved => tokens.text,
                PoolState::Suggested => tokens.weak,
                PoolState::Rejected => tokens.error,
                PoolState::Retired => tokens.faint,
            };
            (plain(track.state.as_str()), ink)
        }
        Column::Clearance => {
            let state = track.clearance();
            let ink = match state {
                ClearanceState::Denied => tokens.error,
                ClearanceState::Confirmed | ClearanceState::Licensed => tokens.success,
                ClearanceState::NotStarted => tokens.faint,
                _ => tokens.weak,
            };
            (plain(state.as_str()), ink)
        }
        Column::Added => (Cow::Owned(track.added_at.date()), tokens.weak),
        Column::AddedBy => {
            let person = track.added_by.and_then(|by| app.show()?.person(by));
            (plain(person.map_or("", |it| &it.name)), tokens.weak)
        }
        Column::Tags => {
            let tags: Vec<&str> = track.tags.iter().map(String::as_str).collect();
            (Cow::Owned(tags.join(", ")), tokens.weak)
        }
        Column::Writers => {
            let names = track.writers.iter();
            let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
            (Cow::Owned(names.join(", ")), tokens.weak)
        }
        // The row paints these.
        Column::Rating | Column::Color | Column::ListOrder => (plain(""), tokens.text),
        Column::Used => {
            let n = app.pool().uses().count(id);
            (or_nothing((n > 0).then(|| n.to_string())), tokens.text)
        }
    };
    Cell { text, ink }
}

/// On which side the text of a column stands: numbers stand under each other.
pub(super) fn align(column: Column) -> Align {
    match column {
        Column::Length | Column::Tempo | Column::Loudness | Column::Year | Column::Used => {
            Align::Max
        }
        _ => Align::Min,
    }
}

fn or_nothing(text: Option<String>) -> Cow<'static, str> {
    text.map_or(Cow::Borrowed(""), Cow::Owned)
}

/// The tempo without its unit, which the column's name tells.
fn tempo(track: &Track) -> Option<String> {
    let tempo = track.tempo()?.to_string();
    Some(tempo.trim_end_matches(" BPM").to_owned())
}

/// The key in few letters.
fn key(track: &Track) -> Option<String> {
    let key = track.key()?;
    let code = key.value.code().replace('#', "♯").replace('b', "♭");
    Some(if key.is_estimate() {
        format!("≈ {code}")
    } else {
        code
    })
}

fn loudness(track: &Track) -> Option<String> {
    let hundredths = track.measured.loudness?.hundredths();
    let sign = if hundredths < 0 { "−" } else { "" };
    Some(format!("{sign}{:.1}", f64::from(hundredths.abs()) / 100.0))
}
