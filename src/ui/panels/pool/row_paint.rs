//! How a row of the pool looks: title and artist over the waveform, the length at the right, and
//! marks for whatever is unusual.

use std::time::Duration;

use egui::Align;
use egui::Color32;
use egui::Painter;
use egui::Pos2;
use egui::Rect;
use egui::Response;
use egui::RichText;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::Vec2;
use egui::lerp;
use egui::pos2;
use egui::remap_clamp;
use egui::vec2;

use super::REASON_HEIGHT;
use super::row_name::is_unusual;
use crate::model::ClearanceState;
use crate::model::PoolState;
use crate::model::Track;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::ui::cover::paint_cover;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::Tokens;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::wave::WaveLook;
use crate::ui::wave::wave_ui;
use crate::ui::widgets::length_text;
use crate::ui::widgets::paint_elided;

/// How long the pointer stays on a row's words before more is told.
const ROW_REST_SECS: f32 = 1.2;

/// From the row's edge to its content.
const PADDING: f32 = 12.0;
/// Room for a length at the right of the waveform.
const LENGTH_WIDTH: f32 = 40.0;
/// Side of the artwork, and from it to the words.
const ARTWORK: f32 = 38.0;
const ARTWORK_GAP: f32 = 2.0 * size::UNIT;
/// Height of the line with the title.
const TITLE_HEIGHT: f32 = 20.0;
/// How far around the waveform a press still means a place in it.
pub(super) const WAVE_REACH: Vec2 = vec2(0.0, 2.0);

/// How a row is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Selected {
    /// It is not.
    No,
    /// It is, alone.
    Alone,
    /// It is, and others are too.
    AmongOthers,
}

/// Everything a row shows.
pub(super) struct Row<'a> {
    /// The track.
    pub(super) track: &'a Track,
    /// How it is selected.
    pub(super) selected: Selected,
    /// The place in it that is heard, if it is.
    pub(super) place: Option<Ticks>,
    /// Whether the playhead moves.
    pub(super) is_running: bool,
    /// Whether its file was looked for and not found.
    pub(super) is_missing: bool,
    /// Where the pointer is, if it is on the row.
    pub(super) hovered: Option<Pos2>,
    /// Whether it has the keyboard.
    pub(super) has_focus: bool,
    /// Why it is listed, where that is said.
    pub(super) reason: Option<&'a str>,
    /// Where things lie in it.
    pub(super) places: Places,
}

/// Where things lie in a row that are pressed or pointed at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    /// The waveform, where one is seen.
    pub(super) wave: Option<Rect>,
    /// The words.
    pub(super) words: Rect,
    /// The artwork, where it is seen.
    pub(super) artwork: Option<Rect>,
}

impl Places {
    /// In a row of its own look.
    pub(super) fn in_row(row: Rect, has_reason: bool, has_artwork: bool) -> Self {
        let below = if has_reason { REASON_HEIGHT } else { 0.0 };
        let edge = row.left() + PADDING;
        // Its room is the same whether there is a picture, or none, or one that is still to come.
        let artwork = has_artwork.then(|| {
            let side = vec2(ARTWORK, ARTWORK);
            Rect::from_min_size(pos2(edge, row.top() + 5.0), side)
        });
        let left = artwork.map_or(edge, |artwork| artwork.right() + ARTWORK_GAP);
        let wave = Rect::from_min_max(
            pos2(left, row.top() + 27.0),
            pos2(
                row.right() - PADDING - LENGTH_WIDTH,
                row.bottom() - 4.0 - below,
            ),
        );
        let words = Rect::from_min_max(
            pos2(left, row.top() + 5.0),
            pos2(row.right() - PADDING, row.top() + 5.0 + TITLE_HEIGHT),
        );
        Self {
            wave: Some(wave),
            words,
            artwork,
        }
    }
}

/// Paints the row.
pub(super) fn paint(ui: &Ui, ctx: &Ctx<'_>, row: &Row<'_>, rect: Rect) {
    let tokens = tokens(ui);
    let painter = ui.painter();
    paint_ground(painter, tokens, row, rect);
    if let Some(artwork) = row.places.artwork {
        paint_cover(ui, ctx, row.track.media.as_ref(), artwork);
    }
    let words = row.places.words;
    let marks_left = paint_marks(painter, tokens, row, words);
    paint_words(painter, tokens, row, words.with_max_x(marks_left));
    if let Some(wave) = row.places.wave {
        paint_length(painter, tokens, row, rect, wave);
        paint_wave(ui, ctx, row, wave);
    }
    if let Some(reason) = row.reason {
        let words = rect
            .with_min_y(rect.bottom() - REASON_HEIGHT - 2.0)
            .shrink2(vec2(PADDING, 1.0))
            .with_min_x(words.left());
        let font = type_style::small();
        paint_elided(painter, words, reason, font, tokens.weak, Align::Min);
    }
    let bottom = rect.bottom() - 0.5 * size::HAIRLINE;
    let line = Stroke::new(size::HAIRLINE, tokens.line);
    painter.hline((rect.left() + PADDING)..=rect.right(), bottom, line);
    paint_focus(painter, tokens, row, rect);
}

/// Paints the ring of what has the keyboard.
pub(super) fn paint_focus(painter: &Painter, tokens: &Tokens, row: &Row<'_>, rect: Rect) {
    if row.has_focus {
        let ring = Stroke::new(size::FOCUS, tokens.focus);
        painter.rect_stroke(rect.shrink(1.0), 2.0, ring, StrokeKind::Inside);
    }
}

/// Paints what a row stands on.
pub(super) fn paint_ground(painter: &Painter, tokens: &Tokens, row: &Row<'_>, rect: Rect) {
    let (fill, bar) = if row.place.is_some() {
        (Some(tokens.row_playing), Some(tokens.accent))
    } else if row.selected != Selected::No {
        (Some(tokens.row_selected), Some(tokens.weak))
    } else if row.hovered.is_some() {
        (Some(tokens.row_hover), None)
    } else {
        (None, None)
    };
    if let Some(fill) = fill {
        painter.rect_filled(rect, 0.0, fill);
    }
    if let Some(color) = bar {
        let bar = rect.with_max_x(rect.left() + 3.0);
        painter.rect_filled(bar, 0.0, color);
    }
}

fn paint_words(painter: &Painter, tokens: &Tokens, row: &Row<'_>, rect: Rect) {
    let track = row.track;
    let is_out = matches!(track.state, PoolState::Rejected | PoolState::Retired);
    let (title_ink, artist_ink) = if is_out {
        (tokens.weak, tokens.faint)
    } else if row.place.is_some() {
        (tokens.accent, tokens.weak)
    } else {
        (tokens.text, tokens.weak)
    };
    let title = if track.title.is_empty() {
        "Untitled"
    } else {
        track.title.as_str()
    };
    // A long title leaves some room for who performs it.
    let share = if track.artist.is_empty() { 1.0 } else { 0.7 };
    let most = rect.with_max_x(rect.left() + rect.width() * share);
    let strong = type_style::strong();
    let title = paint_elided(painter, most, title, strong, title_ink, Align::Min);
    if track.state == PoolState::Rejected {
        let stroke = Stroke::new(size::HAIRLINE, title_ink);
        painter.hline(title.rect.x_range(), title.rect.center().y, stroke);
    }
    let artist = rect.with_min_x(title.rect.right() + 2.0 * size::UNIT);
    if artist.width() > 3.0 * size::UNIT {
        let font = type_style::body();
        paint_elided(painter, artist, &track.artist, font, artist_ink, Align::Min);
    }
}

/// Paints marks from the right and returns where they begin.
fn paint_marks(painter: &Painter, tokens: &Tokens, row: &Row<'_>, rect: Rect) -> f32 {
    let track = row.track;
    let mut right = rect.right();
    let mut icon = |icon: Icon, color: Color32| {
        let side = vec2(14.0, 14.0);
        let center = pos2(right - side.x / 2.0, rect.center().y);
        paint_icon(painter, icon, Rect::from_center_size(center, side), color);
        right -= side.x + size::UNIT;
    };
    if row.is_missing {
        icon(Icon::Warning, tokens.warning);
    }
    if track.clearance() == ClearanceState::Denied {
        icon(Icon::Lock, tokens.error);
    }
    match track.state {
        PoolState::Rejected => icon(Icon::Close, tokens.error),
        PoolState::Retired => icon(Icon::EyeOff, tokens.faint),
        PoolState::Approved | PoolState::Suggested => {}
    }
    let mut words = |text: &str| {
        let ink = tokens.faint;
        let galley = painter.layout_no_wrap(text.to_owned(), type_style::small(), ink);
        let at = pos2(
            right - galley.size().x,
            rect.center().y - galley.size().y / 2.0,
        );
        right = at.x - 1.5 * size::UNIT;
        painter.galley(at, galley, ink);
    };
    if track.state == PoolState::Suggested {
        words("suggested");
    }
    if let Some(rendition) = track.rendition {
        words(&rendition.kind.to_string());
    }
    if !track.lyrics.is_empty() {
        words("lyrics");
    }
    right
}

fn paint_length(painter: &Painter, tokens: &Tokens, row: &Row<'_>, rect: Rect, wave: Rect) {
    let place = Rect::from_min_max(
        pos2(wave.right(), wave.top()),
        pos2(rect.right() - PADDING, wave.bottom()),
    );
    let Some(duration) = row.track.duration() else {
        return;
    };
    // Under the pointer the length gives way to the place a press would play from.
    let (text, ink) = match pointed(row, duration) {
        Some(at) => (length_text(at), tokens.text),
        None => (length_text(duration), tokens.weak),
    };
    paint_elided(painter, place, &text, type_style::small(), ink, Align::Max);
}

/// The place in a recording of `duration` that the pointer is at, if it is on the waveform.
pub(super) fn pointed(row: &Row<'_>, duration: Ticks) -> Option<Ticks> {
    let wave = row.places.wave?;
    let at = row
        .hovered
        .filter(|at| wave.expand2(WAVE_REACH).contains(*at))?;
    Some(place_at(wave, duration, at))
}

fn place_at(wave: Rect, duration: Ticks, at: Pos2) -> Ticks {
    let share = f64::from(remap_clamp(at.x, wave.x_range(), 0.0..=1.0));
    Ticks::nearest_to_secs(duration.to_secs_f64() * share)
}

/// Paints the waveform, with what of it was played and where the pointer is.
pub(super) fn paint_wave(ui: &Ui, ctx: &Ctx<'_>, row: &Row<'_>, wave: Rect) {
    let tokens = tokens(ui);
    let (Some(media), Some(duration)) = (&row.track.media, row.track.duration()) else {
        let ink = tokens.faint;
        let font = type_style::small();
        let painter = ui.painter();
        paint_elided(painter, wave, "no sound file yet", font, ink, Align::Min);
        return;
    };
    let played_to = row.place.map(|place| {
        let share = place.to_secs_f64() / duration.to_secs_f64().max(f64::MIN_POSITIVE);
        lerp(wave.x_range(), share.clamp(0.0, 1.0) as f32)
    });
    let is_out = matches!(row.track.state, PoolState::Rejected | PoolState::Retired);
    let look = WaveLook {
        played_to,
        is_dimmed: is_out || row.is_missing,
    };
    let whole = TickSpan::with_length(Ticks::ZERO, duration);
    wave_ui(ui, ctx, media, whole, wave, look);
    let painter = ui.painter();
    if let Some(at) = row
        .hovered
        .filter(|at| wave.expand2(WAVE_REACH).contains(*at))
    {
        let x = at.x.clamp(wave.left(), wave.right());
        painter.vline(x, wave.y_range(), Stroke::new(size::HAIRLINE, tokens.weak));
    }
    if let Some(x) = played_to {
        let stroke = Stroke::new(size::FOCUS, tokens.playhead);
        painter.vline(x, wave.expand2(WAVE_REACH).y_range(), stroke);
    }
}

/// Says what the row has no room for, when the pointer rests on its words.
pub(super) fn tooltip(response: &Response, ctx: &Ctx<'_>, row: &Row<'_>) {
    let words = row.places.words;
    let is_on_words = row.hovered.is_some_and(|at| words.contains(at));
    if !is_on_words || egui::DragAndDrop::has_any_payload(&response.ctx) {
        return;
    }
    // Rows are passed over and pressed all day; only a pointer that stays wants to know more.
    let rested = response
        .ctx
        .input(|input| input.pointer.time_since_last_movement());
    if rested < ROW_REST_SECS && !response.is_tooltip_open() {
        let left = Duration::from_secs_f32(ROW_REST_SECS - rested);
        response.ctx.request_repaint_after(left);
        return;
    }
    let lines = tooltip_lines(ctx, row);
    response.clone().on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        let track = row.track;
        ui.label(RichText::new(&track.title).font(type_style::strong()));
        for line in &lines {
            ui.label(RichText::new(line).color(tokens(ui).weak));
        }
    });
}

fn tooltip_lines(ctx: &Ctx<'_>, row: &Row<'_>) -> Vec<String> {
    let track = row.track;
    let mut lines = Vec::new();
    let mut add = |line: String| {
        if !line.trim().is_empty() {
            lines.push(line);
        }
    };
    add(match (track.artist.is_empty(), track.album.is_empty()) {
        (false, false) => format!("{} · {}", track.artist, track.album),
        _ => format!("{}{}", track.artist, track.album),
    });
    if !track.why.is_empty() {
        add(format!("“{}”", track.why));
    }
    let person = track.added_by.and_then(|id| ctx.app.show()?.person(id));
    if let Some(person) = person {
        add(format!(
            "Added by {}, {}",
            person.name,
            track.added_at.date()
        ));
    }
    if is_unusual(track.state) {
        add(format!(
            "{} for this show",
            capitalized(&track.state.to_string())
        ));
    }
    if track.clearance() == ClearanceState::Denied {
        add("Permission was denied".to_owned());
    }
    if row.is_missing {
        add("Its file was not found; it cannot be heard".to_owned());
    }
    let tags: Vec<&str> = track.tags.iter().map(String::as_str).collect();
    add(tags.join(", "));
    lines
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_narrowest_row_lies_over_another_thing() {
        let row = Rect::from_min_size(pos2(0.0, 100.0), vec2(240.0, size::ROW_TALL));
        for has_artwork in [false, true] {
            let places = Places::in_row(row, false, has_artwork);
            let wave = places.wave.expect("rows have one");
            assert!(wave.width() > 100.0 && !wave.intersects(places.words));
            let artwork = places.artwork.unwrap_or(Rect::NOTHING);
            assert!(!artwork.intersects(wave) && !artwork.intersects(places.words));
            let all = wave.union(places.words).union(artwork);
            assert!(row.contains_rect(all), "{all:?}");
            assert_eq!(artwork.is_positive(), has_artwork);
        }
    }
}
