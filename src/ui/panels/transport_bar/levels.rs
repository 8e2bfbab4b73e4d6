//! How loud it is: meters for the music and the guide, the device, and the volume.

use egui::Id;
use egui::Key;
use egui::Modifiers;
use egui::Rect;
use egui::Sense;
use egui::Slider;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use crate::app::Action;
use crate::app::Device;
use crate::audio::Group;
use crate::model::Decibels;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::widgets::Meter;

/// How fast a meter falls, in decibels a second (the fall of a type I peak meter, IEC 60268-10:
/// 20 dB in 1.7 s).
const FALL_DB_PER_SEC: f32 = 11.8;
/// How long the highest level stays marked.
const HOLD_SECS: f32 = 1.5;
/// Below this nothing shows.
const SILENCE_DB: f32 = -60.0;
/// The range of the volume, in decibels.
const VOLUME_DB: (f32, f32) = (-60.0, 6.0);

/// The meters as they fall.
#[derive(Debug)]
pub(super) struct Levels {
    music: Falling,
    guide: Falling,
}

impl Default for Levels {
    fn default() -> Self {
        Self {
            music: Falling::SILENT,
            guide: Falling::SILENT,
        }
    }
}

/// A level that rises at once and falls slowly.
#[derive(Clone, Copy, Debug)]
struct Falling {
    shown_db: f32,
    held_db: f32,
    held_for: f32,
}

impl Falling {
    const SILENT: Self = Self {
        shown_db: SILENCE_DB,
        held_db: SILENCE_DB,
        held_for: 0.0,
    };

    fn follow(&mut self, level: f32, dt: f32) {
        let now_db = 20.0 * level.max(1e-6).log10();
        self.shown_db = now_db.max(self.shown_db - FALL_DB_PER_SEC * dt);
        self.held_for += dt;
        if self.shown_db >= self.held_db || self.held_for > HOLD_SECS {
            self.held_db = self.shown_db;
            self.held_for = 0.0;
        }
    }

    fn is_silent(self) -> bool {
        self.shown_db <= SILENCE_DB && self.held_db <= SILENCE_DB
    }
}

/// Shows the meters, the device and the volume. Lays out from right to left.
pub(super) fn levels_ui(ui: &mut Ui, ctx: &Ctx<'_>, levels: &mut Levels) {
    ui.spacing_mut().item_spacing.x = 2.0 * size::UNIT;
    volume_ui(ui, ctx);
    device_ui(ui, ctx);
    ui.add_space(size::UNIT);
    let dt = ui.input(|input| input.stable_dt).min(0.1);
    let transport = ctx.app.transport();
    levels.music.follow(transport.level(Group::Music), dt);
    levels.guide.follow(transport.level(Group::Guide), dt);
    if !levels.music.is_silent() || !levels.guide.is_silent() {
        ui.request_repaint();
    }
    let (rect, _) = ui.allocate_exact_size(vec2(72.0, size::HEADER), Sense::hover());
    let middle = rect.center().y;
    for (name, level, y) in [
        ("Music level", levels.music, middle - 4.0),
        ("Guide level", levels.guide, middle + 4.0),
    ] {
        let lane = Rect::from_center_size(egui::pos2(rect.center().x, y), vec2(72.0, 5.0));
        let mut lane_ui = ui.new_child(egui::UiBuilder::new().max_rect(lane));
        Meter::new(name, &[level.shown_db])
            .held(level.held_db)
            .size(lane.size())
            .show(&mut lane_ui)
            .on_hover_text(format!("{name}: {:.0} dB", level.shown_db));
    }
}

fn device_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let tokens = tokens(ui);
    let (icon, ink, words) = match ctx.app.transport().device() {
        Device::Opening => (Icon::Speaker, tokens.faint, "Opening the sound device".to_owned()),
        Device::Open { name, rate } if name.is_empty() => {
            (Icon::Speaker, tokens.weak, format!("Playing at {rate} Hz"))
        }
        Device::Open { name, rate } => {
            (Icon::Speaker, tokens.weak, format!("Playing on {name} at {rate} Hz"))
        }
        Device::None => (
            Icon::Mute,
            tokens.warning,
            "No sound device: silent, everything else works".to_owned(),
        ),
    };
    let side = vec2(size::ICON, size::ICON);
    let (rect, response) = ui.allocate_exact_size(side, Sense::hover());
    paint_icon(ui.painter(), icon, rect, ink);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.on_hover_text(words);
}

fn volume_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let settings = ctx.app.settings();
    let mut db = settings.volume as f32 / 100.0;
    ui.spacing_mut().slider_width = 80.0;
    let slider = Slider::new(&mut db, VOLUME_DB.0..=VOLUME_DB.1)
        .show_value(false)
        .step_by(0.5);
    let response = ui.add(slider).accessible_name("Volume");
    if response.has_focus() {
        // Arrows that moved the slider are not commands as well.
        ui.input_mut(|input| {
            for key in [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown] {
                input.consume_key(Modifiers::NONE, key);
            }
        });
    }
    let is_reset = response.double_clicked();
    if is_reset {
        db = 0.0;
    }
    if response.changed() || is_reset {
        let mut changed = settings.clone();
        changed.volume = (db * 100.0).round() as i32;
        ctx.request(Action::Settings(Box::new(changed)));
    }
    let _: Id = response.id;
    let level = Decibels::from_hundredths(settings.volume);
    response.on_hover_text(format!("Volume {level}; double-click for 0 dB"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_rises_at_once_and_falls_slowly() {
        let mut level = Falling::SILENT;
        level.follow(1.0, 0.01);
        assert!(level.shown_db.abs() < 0.1);
        level.follow(0.0, 0.1);
        assert!((level.shown_db + FALL_DB_PER_SEC * 0.1).abs() < 0.1);
    }

    #[test]
    fn silence_is_reached_so_that_the_window_can_rest() {
        let mut level = Falling::SILENT;
        level.follow(1.0, 0.01);
        for _ in 0..200 {
            level.follow(0.0, 0.1);
        }
        assert!(level.is_silent());
    }
}
