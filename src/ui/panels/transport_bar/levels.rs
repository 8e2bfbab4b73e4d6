//! How loud it is: meters for the music and the guide, the device, and the volume.

use egui::Align;
use egui::Key;
use egui::Modifiers;
use egui::Rect;
use egui::Sense;
use egui::Slider;
use egui::Ui;
use egui::UiBuilder;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use crate::app::Action;
use crate::app::Device;
use crate::audio::Group;
use crate::model::Decibels;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::Meter;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::paint_elided;

/// How long the highest level stays marked.
const HOLD_SECS: f32 = 1.5;
/// Below this nothing shows.
const SILENCE_DB: f32 = -60.0;
/// Width of a meter.
const METER_WIDTH: f32 = 72.0;
/// Room for a loudness, left of the meter.
const LOUDNESS_WIDTH: f32 = 60.0;
/// The range of the volume, in decibels.
const VOLUME_DB: (f32, f32) = (-60.0, 6.0);

/// The highest levels of late.
#[derive(Debug, Default)]
pub(super) struct Levels {
    music: Held,
    guide: Held,
}

/// The highest level of late, for a while.
#[derive(Clone, Copy, Debug)]
struct Held {
    db: f32,
    secs: f32,
}

impl Default for Held {
    fn default() -> Self {
        Self {
            db: SILENCE_DB,
            secs: 0.0,
        }
    }
}

impl Held {
    fn follow(&mut self, level_db: f32, dt: f32) {
        self.secs += dt;
        if level_db >= self.db || self.secs > HOLD_SECS {
            self.db = level_db.max(SILENCE_DB);
            self.secs = 0.0;
        }
    }
}

/// Shows the meters, the device and the volume. Lays out from right to left.
pub(super) fn levels_ui(ui: &mut Ui, ctx: &Ctx<'_>, levels: &mut Levels) {
    ui.spacing_mut().item_spacing.x = 2.0 * size::UNIT;
    volume_ui(ui, ctx);
    device_ui(ui, ctx);
    let transport = ctx.app.transport();
    for (words, command, is_so) in [
        (
            "Not levelled",
            Command::Level,
            !ctx.app.settings().is_levelled,
        ),
        ("Mono", Command::Mono, transport.is_mono()),
        (
            "Guide alone",
            Command::GuideAlone,
            transport.is_guide_alone(),
        ),
    ] {
        // What makes everything sound otherwise than usual is said, and put back by a click.
        let button = TextButton::new(words).quiet();
        if is_so && ui.add(button).on_hover_text(command.hint(ui)).clicked() {
            ctx.run(command);
        }
    }
    ui.add_space(size::UNIT);
    let dt = ui.input(|input| input.stable_dt).min(0.1);
    let (rect, _) = ui.allocate_exact_size(vec2(METER_WIDTH, size::HEADER), Sense::hover());
    ui.add_space(LOUDNESS_WIDTH);
    for (name, group, held, dy) in [
        ("Music level", Group::Music, &mut levels.music, -7.0),
        ("Guide level", Group::Guide, &mut levels.guide, 7.0),
    ] {
        let level_db = 20.0 * ctx.app.transport().level(group).max(1e-6).log10();
        if ctx.app.is_moving() {
            held.follow(level_db, dt);
        } else {
            *held = Held::default();
        }
        let lane = Rect::from_center_size(rect.center() + vec2(0.0, dy), vec2(METER_WIDTH, 5.0));
        let mut lane_ui = ui.new_child(UiBuilder::new().max_rect(lane));
        let loudness = ctx.app.transport().loudness(group);
        let words = match loudness {
            Some(lufs) => format!("{name}: {level_db:.0} dB, {lufs:.0} LUFS"),
            None => format!("{name}: {level_db:.0} dB"),
        };
        Meter::new(name, &[level_db])
            .held(held.db)
            .size(lane.size())
            .show(&mut lane_ui)
            .on_hover_text(words);
        loudness_ui(ui, lane, loudness.filter(|_| ctx.app.is_moving()));
    }
}

/// The loudness beside a meter, as a number.
fn loudness_ui(ui: &Ui, lane: Rect, lufs: Option<f32>) {
    let Some(lufs) = lufs.filter(|lufs| *lufs > SILENCE_DB) else {
        return;
    };
    let place = Rect::from_min_max(
        pos2(lane.left() - LOUDNESS_WIDTH, lane.center().y - 7.0),
        pos2(lane.left() - size::UNIT, lane.center().y + 7.0),
    );
    let sign = if lufs < 0.0 { "−" } else { "+" };
    let text = format!("{sign}{:.0} LUFS", lufs.abs());
    let font = type_style::small();
    let ink = tokens(ui).weak;
    paint_elided(ui.painter(), place, &text, font, ink, Align::Max);
}

fn device_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let tokens = tokens(ui);
    let (icon, ink, words) = match ctx.app.transport().device() {
        Device::Opening => (
            Icon::Speaker,
            tokens.faint,
            "Opening the sound device".to_owned(),
        ),
        Device::Open { name, rate, .. } if name.is_empty() => {
            (Icon::Speaker, tokens.weak, format!("Playing at {rate} Hz"))
        }
        Device::Open { name, rate, .. } => (
            Icon::Speaker,
            tokens.weak,
            format!("Playing on {name} at {rate} Hz"),
        ),
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
    ui.spacing_mut().interact_size.y = size::ICON;
    let slider = Slider::new(&mut db, VOLUME_DB.0..=VOLUME_DB.1)
        .show_value(false)
        .step_by(0.5);
    let response = ui.add(slider).accessible_name("Volume");
    if response.has_focus() {
        // Arrows that moved the slider are not commands as well.
        ui.input_mut(|input| {
            for key in [
                Key::ArrowLeft,
                Key::ArrowRight,
                Key::ArrowUp,
                Key::ArrowDown,
            ] {
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
    let level = Decibels::from_hundredths(settings.volume);
    response.on_hover_text(format!("Volume {level}; double-click for 0 dB"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_level_stays_marked_for_a_while() {
        let mut held = Held::default();
        held.follow(-3.0, 0.1);
        held.follow(-30.0, 1.0);
        assert!((held.db + 3.0).abs() < f32::EPSILON);
        held.follow(-30.0, 1.0);
        assert!((held.db + 30.0).abs() < f32::EPSILON);
    }
}
