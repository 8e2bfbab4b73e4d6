//! How a slot is painted.

use egui::Color32;
use egui::CornerRadius;
use egui::Rect;
use egui::Shape;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::pos2;
use egui::vec2;

use crate::model::Alternate;
use crate::model::Decibels;
use crate::model::Slot;
use crate::model::SlotId;
use crate::ui::panels::timeline::lanes::sound::Strength;
use crate::ui::panels::timeline::lanes::sound::alternate_wave;
use crate::ui::panels::timeline::layout::Block;
use crate::ui::panels::timeline::stage::Shown;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::line;
use crate::ui::panels::timeline::words;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::type_style;

/// Height of the strip that carries the title.
const STRIP: f32 = 19.0;
/// Lower slots have their title over the waveform.
const LOW: f32 = 44.0;
/// Narrower slots have no title.
const NO_WORDS: f32 = 26.0;
const NARROW: f32 = 6.0;
const LEVEL_WIDTH: f32 = 54.0;

/// How a slot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Calm,
    Hovered,
    Focused,
    /// Something would be dropped on it.
    Ghost,
    /// Something can't be dropped on it.
    Refused,
}

/// Where the waveform of a slot lies.
pub(super) fn wave_rect(rect: Rect) -> Rect {
    let top = if rect.height() < LOW { 0.0 } else { STRIP };
    Rect::from_min_max(
        pos2(rect.left() + 1.0, rect.top() + top),
        pos2(rect.right() - 1.0, rect.bottom() - 2.0),
    )
}

/// Where the level of a slot's music is written, if there is room.
pub(super) fn gain_rect(
    ui: &Ui,
    stage: &Stage<'_>,
    rect: Rect,
    _alternate: &Alternate,
) -> Option<Rect> {
    let seen = rect
        .intersect(stage.lanes.content)
        .intersect(ui.clip_rect());
    (seen.width() > 130.0).then(|| {
        Rect::from_min_max(
            pos2(seen.right() - LEVEL_WIDTH - 4.0, rect.top()),
            pos2(seen.right() - 4.0, rect.top() + STRIP),
        )
    })
}

/// Paints a slot with its music, or what it wants.
pub(super) fn slot(
    ui: &Ui,
    stage: &Stage<'_>,
    block: &Block<SlotId>,
    slot: &Slot,
    music: Option<(Shown, &Alternate)>,
    mood: Mood,
) {
    let mut rect = block.rect;
    if rect.width() > NARROW {
        rect.max.x -= 1.0;
    }
    match music {
        Some((shown, alternate)) => {
            with_music(ui, stage, block, slot, shown, alternate, rect, mood);
        }
        None => empty(ui, stage, slot, rect, mood),
    }
}

/// Paints a track that is tried where there is no slot yet.
pub(super) fn trial(ui: &Ui, stage: &Stage<'_>, block: &Block<()>, alternate: &Alternate) {
    let tokens = stage.tokens;
    let rect = block.rect;
    let ground = tokens.accent_soft;
    ui.painter().rect_filled(rect, size::RADIUS, ground);
    let wave = wave_rect(rect);
    alternate_wave(
        ui,
        stage,
        alternate,
        block.span,
        wave,
        ground,
        Strength::Full,
    );
    let title = format!("Trying {}", words::title(stage.show, alternate));
    strip(ui, stage, rect, &title, tokens.text, 0.0);
    dashed(ui, rect, Stroke::new(size::FOCUS, tokens.accent));
}

#[expect(
    clippy::too_many_arguments,
    reason = "the one place where all of them meet"
)]
fn with_music(
    ui: &Ui,
    stage: &Stage<'_>,
    block: &Block<SlotId>,
    slot: &Slot,
    shown: Shown,
    alternate: &Alternate,
    rect: Rect,
    mood: Mood,
) {
    let tokens = stage.tokens;
    let painter = ui.painter();
    let ground = match shown {
        Shown::Pick(_) => tokens.slot_fill,
        Shown::Trial | Shown::Ghost(_) => tokens.accent_soft,
    };
    painter.rect_filled(rect, size::RADIUS, ground);
    if rect.width() > NARROW {
        let wave = wave_rect(rect);
        alternate_wave(
            ui,
            stage,
            alternate,
            block.span,
            wave,
            ground,
            Strength::Full,
        );
    }
    if rect.height() >= LOW {
        let top = Rect::from_min_size(rect.min, vec2(rect.width(), STRIP));
        let corners = CornerRadius {
            nw: size::RADIUS,
            ne: size::RADIUS,
            ..CornerRadius::ZERO
        };
        painter.rect_filled(top, corners, strip_color(stage, mood));
    }
    let level = level(ui, stage, rect, alternate);
    let n_alternates = slot.alternates().len();
    let title = match shown {
        Shown::Trial => format!("Trying {}", words::title(stage.show, alternate)),
        Shown::Pick(_) | Shown::Ghost(_) => words::title(stage.show, alternate).to_owned(),
    };
    let taken = level + if alternate.pin.is_some() { 16.0 } else { 0.0 };
    let end = strip(ui, stage, rect, &title, tokens.text, taken);
    if let Shown::Pick(id) | Shown::Ghost(id) = shown
        && let Some(end) = end
    {
        let in_order = slot.alternates();
        let number = in_order.iter().position(|(other, _)| *other == id);
        if let Some(number) = number.filter(|_| n_alternates > 1) {
            let room = rect.intersect(stage.lanes.content).right() - taken - end - 14.0;
            if room > 24.0 {
                let text = format!("{} of {n_alternates}", number + 1);
                let galley = line(ui, text, type_style::small(), tokens.weak, room);
                let at = pos2(end + 8.0, strip_middle(rect) - galley.size().y / 2.0);
                painter.galley(at, galley, tokens.weak);
            }
        }
    }
    if alternate.pin.is_some() {
        pin(ui, stage, rect, alternate, level);
    }
    outline(ui, stage, rect, mood, shown);
}

fn strip_color(stage: &Stage<'_>, mood: Mood) -> Color32 {
    let accent = stage.tokens.accent;
    match mood {
        Mood::Calm => accent.gamma_multiply(0.14),
        Mood::Hovered => accent.gamma_multiply(0.22),
        Mood::Focused | Mood::Ghost | Mood::Refused => accent.gamma_multiply(0.30),
    }
}

fn outline(ui: &Ui, stage: &Stage<'_>, rect: Rect, mood: Mood, shown: Shown) {
    let tokens = stage.tokens;
    let stroke = match mood {
        Mood::Refused => Stroke::new(2.0, tokens.ghost_refused),
        Mood::Ghost => Stroke::new(size::FOCUS, tokens.ghost_ok),
        Mood::Focused => Stroke::new(size::FOCUS, tokens.slot_selected),
        Mood::Hovered => Stroke::new(size::HAIRLINE, tokens.slot_selected),
        Mood::Calm => Stroke::new(size::HAIRLINE, tokens.slot_outline),
    };
    if mood == Mood::Ghost || shown == Shown::Trial {
        dashed(ui, rect, Stroke::new(size::FOCUS, tokens.ghost_ok));
    } else {
        ui.painter()
            .rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
}

/// A slot that wants music: dashed, with why.
fn empty(ui: &Ui, stage: &Stage<'_>, slot: &Slot, rect: Rect, mood: Mood) {
    let tokens = stage.tokens;
    if mood != Mood::Calm {
        ui.painter()
            .rect_filled(rect, size::RADIUS, tokens.soft(tokens.accent));
    }
    let stroke = match mood {
        Mood::Calm => Stroke::new(size::HAIRLINE, tokens.slot_outline),
        Mood::Refused => Stroke::new(2.0, tokens.ghost_refused),
        Mood::Hovered | Mood::Focused | Mood::Ghost => {
            Stroke::new(size::FOCUS, tokens.slot_selected)
        }
    };
    dashed(ui, rect, stroke);
    let seen = rect.intersect(stage.lanes.content);
    if seen.width() < 40.0 {
        return;
    }
    let room = seen.width() - 16.0;
    let wants = line(
        ui,
        "Wants music",
        type_style::small_strong(),
        tokens.accent,
        room,
    );
    let why = line(ui, &slot.why, type_style::small(), tokens.weak, room);
    let has_why = !slot.why.is_empty() && rect.height() > 38.0;
    let height = wants.size().y + if has_why { why.size().y + 2.0 } else { 0.0 };
    let top = rect.center().y - height / 2.0;
    let left = seen.left() + 8.0;
    let below = top + wants.size().y + 2.0;
    ui.painter().galley(pos2(left, top), wants, tokens.accent);
    if has_why {
        ui.painter().galley(pos2(left, below), why, tokens.weak);
    }
}

/// The title of a slot, staying in sight while any of the slot is. Returns where it ends.
fn strip(
    ui: &Ui,
    stage: &Stage<'_>,
    rect: Rect,
    title: &str,
    color: Color32,
    taken: f32,
) -> Option<f32> {
    let seen = rect.intersect(stage.lanes.content);
    let room = seen.width() - 14.0 - taken;
    if room < NO_WORDS {
        return None;
    }
    let galley = line(ui, title, type_style::strong(), color, room);
    let at = pos2(
        seen.left() + 7.0,
        strip_middle(rect) - galley.size().y / 2.0,
    );
    let end = at.x + galley.size().x;
    ui.painter().galley(at, galley, color);
    Some(end)
}

fn strip_middle(rect: Rect) -> f32 {
    rect.top() + STRIP / 2.0
}

/// The level, where there is room. Returns how wide it is.
fn level(ui: &Ui, stage: &Stage<'_>, rect: Rect, alternate: &Alternate) -> f32 {
    let Some(label) = gain_rect(ui, stage, rect, alternate) else {
        return 0.0;
    };
    let color = if alternate.gain == Decibels::ZERO {
        stage.tokens.faint
    } else {
        stage.tokens.text
    };
    let text = alternate.gain.to_string();
    let galley = line(ui, text, type_style::small(), color, LEVEL_WIDTH);
    let at = pos2(
        label.right() - galley.size().x,
        label.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, color);
    LEVEL_WIDTH + 4.0
}

/// What ties the music to its marker: an icon in the strip, and a line down from the marker.
fn pin(ui: &Ui, stage: &Stage<'_>, rect: Rect, alternate: &Alternate, level: f32) {
    let accent = stage.tokens.accent;
    let seen = rect.intersect(stage.lanes.content);
    if seen.width() > 60.0 {
        let center = pos2(seen.right() - level - 12.0, strip_middle(rect));
        let icon = Rect::from_center_size(center, vec2(12.0, 12.0));
        paint_icon(ui.painter(), Icon::Link, icon, accent);
    }
    let marker = alternate.pin.and_then(|pin| stage.cut.marker(pin.marker));
    if let Some(marker) = marker {
        let x = stage.scale.x(marker.at);
        let wave = wave_rect(rect);
        let from = stage.lanes.markers.bottom() - 4.0;
        ui.painter()
            .vline(x, from..=wave.center().y, Stroke::new(size::FOCUS, accent));
        ui.painter()
            .circle_filled(pos2(x, wave.center().y), 3.5, accent);
    }
}

/// A dashed outline.
pub(super) fn dashed(ui: &Ui, rect: Rect, stroke: Stroke) {
    let rect = rect.shrink(stroke.width / 2.0);
    let path = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ];
    ui.painter()
        .extend(Shape::dashed_line(&path, stroke, 5.0, 4.0));
}
