//! A level meter.

use egui::Color32;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::Vec2;
use egui::WidgetInfo;
use egui::lerp;
use egui::pos2;
use egui::remap_clamp;
use egui::vec2;

use crate::ui::theme::Tokens;
use crate::ui::theme::tokens;

/// The lowest level that shows, in dBFS.
const FLOOR_DB: f32 = -60.0;
/// Where the meter turns to warn, in dBFS.
const WARN_DB: f32 = -9.0;
/// Where it says too much, in dBFS: true peaks are kept under this.
const TOO_MUCH_DB: f32 = -1.0;

/// A bar for each channel, with a line at the highest recent level.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct Meter<'a> {
    name: &'a str,
    levels_db: &'a [f32],
    held_db: f32,
    size: Vec2,
}

impl<'a> Meter<'a> {
    /// Lying bars, one for each channel's level in dBFS.
    pub fn new(name: &'a str, levels_db: &'a [f32]) -> Self {
        Self {
            name,
            levels_db,
            held_db: f32::NEG_INFINITY,
            size: vec2(72.0, 10.0),
        }
    }

    /// The highest recent level in dBFS, shown as a line.
    pub fn held(mut self, held_db: f32) -> Self {
        self.held_db = held_db;
        self
    }

    /// Another size in points; taller than wide stands upright.
    pub fn size(mut self, size: Vec2) -> Self {
        self.size = size;
        self
    }

    /// Shows the meter.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(self.size, Sense::hover());
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect);
        }
        let loudest = self.levels_db.iter().copied().fold(FLOOR_DB, f32::max);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Meter, ui.is_enabled(), self.name);
            info.value = Some(f64::from(loudest));
            info
        });
        response
    }

    fn paint(&self, ui: &Ui, rect: Rect) {
        let tokens = tokens(ui);
        let upright = rect.height() > rect.width();
        let channels = self.levels_db.len().max(1) as f32;
        let across = if upright {
            rect.x_range()
        } else {
            rect.y_range()
        };
        let gap = 1.0;
        let bar = (across.span() - gap * (channels - 1.0)) / channels;
        for (index, level) in self.levels_db.iter().enumerate() {
            let from = across.min + index as f32 * (bar + gap);
            let lane = if upright {
                Rect::from_x_y_ranges(from..=from + bar, rect.y_range())
            } else {
                Rect::from_x_y_ranges(rect.x_range(), from..=from + bar)
            };
            ui.painter().rect_filled(lane, 1.0, tokens.control_pressed);
            for (low, high, color) in zones(tokens) {
                let top = level.min(high);
                if top > low {
                    let part = part_of(lane, low, top, upright);
                    ui.painter().rect_filled(part, 1.0, color);
                }
            }
        }
        if self.held_db > FLOOR_DB {
            let color = zones(tokens)
                .into_iter()
                .rfind(|(low, ..)| self.held_db > *low)
                .map_or(tokens.weak, |(_, _, color)| color);
            let fraction = fraction_of(self.held_db);
            let line = if upright {
                let y = lerp(rect.bottom()..=rect.top(), fraction);
                Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right(), y + 1.0))
            } else {
                let x = lerp(rect.left()..=rect.right(), fraction);
                Rect::from_min_max(pos2(x - 1.0, rect.top()), pos2(x, rect.bottom()))
            };
            ui.painter().rect_filled(line, 0.0, color);
        }
    }
}

fn zones(tokens: &Tokens) -> [(f32, f32, Color32); 3] {
    [
        (FLOOR_DB, WARN_DB, tokens.accent),
        (WARN_DB, TOO_MUCH_DB, tokens.hit_point),
        (TOO_MUCH_DB, f32::INFINITY, tokens.error),
    ]
}

fn fraction_of(level_db: f32) -> f32 {
    remap_clamp(level_db, FLOOR_DB..=0.0, 0.0..=1.0)
}

fn part_of(lane: Rect, low_db: f32, high_db: f32, upright: bool) -> Rect {
    let (low, high) = (fraction_of(low_db), fraction_of(high_db));
    if upright {
        let y = |fraction| lerp(lane.bottom()..=lane.top(), fraction);
        Rect::from_min_max(pos2(lane.left(), y(high)), pos2(lane.right(), y(low)))
    } else {
        let x = |fraction| lerp(lane.left()..=lane.right(), fraction);
        Rect::from_min_max(pos2(x(low), lane.top()), pos2(x(high), lane.bottom()))
    }
}
