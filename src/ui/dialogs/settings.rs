//! The preferences. Each takes effect as it is changed, so that a level can be set by ear.

use egui::Ui;

use super::DialogOutcome;
use super::frame::dialog_frame;
use super::frame::form_note;
use super::frame::form_row;
use crate::app::Action;
use crate::app::Ducking;
use crate::app::PreviewFrom;
use crate::app::Settings;
use crate::app::ThemeChoice;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::widgets::DragNumber;
use crate::ui::widgets::TextField;
use crate::ui::widgets::choice;
use crate::ui::widgets::segmented;

/// How many frames the sound card can be handed at a time.
const BUFFERS: [(u32, &str); 5] = [
    (128, "128 frames"),
    (256, "256 frames"),
    (512, "512 frames"),
    (1024, "1024 frames"),
    (2048, "2048 frames"),
];

/// How music plays.
const LEVELLED: [(bool, &str); 2] = [(true, "At one loudness"), (false, "As it is")];

/// What makes room for what.
const DUCKING: [(Ducking, &str); 3] = [
    (Ducking::Off, "Off"),
    (Ducking::Music, "Music"),
    (Ducking::Guide, "Guide"),
];

/// The themes.
const THEMES: [(ThemeChoice, &str); 3] = [
    (ThemeChoice::Dark, "Dark"),
    (ThemeChoice::Light, "Light"),
    (ThemeChoice::System, "System"),
];

/// Shows the dialog.
pub(super) fn settings_ui(ui: &Ui, ctx: &Ctx<'_>) -> DialogOutcome {
    let now = ctx.app.settings();
    let mut settings = now.clone();
    let (outcome, ()) = dialog_frame(ui, "Settings", 440.0, |ui| {
        person_ui(ui, &mut settings);
        ui.add_space(2.0 * size::UNIT);
        audition_ui(ui, &mut settings);
        ui.add_space(2.0 * size::UNIT);
        machine_ui(ui, ctx.app.outputs(), &mut settings);
    });
    if settings != *now {
        ctx.request(Action::Settings(Box::new(settings)));
    }
    outcome
}

/// Where a preview begins.
const PREVIEWS: [(PreviewFrom, &str); 4] = [
    (PreviewFrom::FirstSound, "First sound"),
    (PreviewFrom::FirstWords, "First words"),
    (PreviewFrom::Lift, "Where it lifts"),
    (PreviewFrom::Start, "Start of the file"),
];

fn person_ui(ui: &mut Ui, settings: &mut Settings) {
    form_row(ui, "Your name", |ui| {
        let field = TextField::new("Your name", &settings.name).hint("as colleagues know you");
        if let Some(name) = field.show(ui).committed {
            settings.name = name;
        }
    });
    let weak = tokens(ui).weak;
    form_note(ui, "Goes with every track you add", weak);
}

fn audition_ui(ui: &mut Ui, settings: &mut Settings) {
    form_row(ui, "Preview from", |ui| {
        if let Some(from) = choice(ui, "Preview from", &PREVIEWS, settings.preview_from) {
            settings.preview_from = from;
        }
    });
    let seconds = |ui: &mut Ui, name: &str, millis: &mut u32, usual: f32| {
        form_row(ui, name, |ui| {
            let number = DragNumber::new(name, *millis as f32 / 1000.0, 0.0..=120.0)
                .unit("s")
                .usual(usual)
                .show(ui);
            if let Some(secs) = number.committed {
                *millis = (secs * 1000.0).round() as u32;
            }
        });
    };
    seconds(ui, "Pre-roll", &mut settings.pre_roll_ms, 3.0);
    seconds(ui, "Post-roll", &mut settings.post_roll_ms, 2.0);
    let weak = tokens(ui).weak;
    form_note(ui, "Heard before and after the armed scene", weak);
    seconds(ui, "Round", &mut settings.round_ms, 20.0);
    form_note(ui, "Heard of each alternate, back to back", weak);
    let music = &mut settings.target_loudness;
    level_ui(ui, "Music loudness", music, |level| {
        DragNumber::new("Music loudness", level, -40.0..=-10.0)
            .unit("LUFS")
            .width(108.0)
            .usual(-20.0)
    });
    form_note(ui, "Louder tracks are turned down to this", weak);
    form_row(ui, "Music plays", |ui| {
        if let Some(is_levelled) = segmented(ui, "Music plays", &LEVELLED, settings.is_levelled) {
            settings.is_levelled = is_levelled;
        }
    });
    form_row(ui, "Ducking", |ui| {
        if let Some(ducking) = segmented(ui, "Ducking", &DUCKING, settings.ducking) {
            settings.ducking = ducking;
        }
    });
    form_note(ui, "Turns one down by 10 dB while the other sounds", weak);
    let guide = &mut settings.guide_level;
    level_ui(ui, "Guide level", guide, |level| {
        DragNumber::new("Guide level", level, -60.0..=6.0)
            .unit("dB")
            .usual(-6.0)
    });
}

/// A level that is kept in hundredths and heard while it is dragged.
fn level_ui(
    ui: &mut Ui,
    name: &str,
    hundredths: &mut i32,
    number: impl FnOnce(f32) -> DragNumber<'static>,
) {
    form_row(ui, name, |ui| {
        let shown = number(*hundredths as f32 / 100.0).show(ui);
        if let Some(value) = shown.committed.or(shown.dragged) {
            *hundredths = (value * 100.0).round() as i32;
        }
    });
}

fn machine_ui(ui: &mut Ui, outputs: &[String], settings: &mut Settings) {
    form_row(ui, "Sound device", |ui| device_ui(ui, outputs, settings));
    form_row(ui, "Sound buffer", |ui| {
        if let Some(frames) = choice(ui, "Sound buffer", &BUFFERS, settings.buffer_frames) {
            settings.buffer_frames = frames;
        }
    });
    let weak = tokens(ui).weak;
    form_note(ui, "Less is sooner; grows by itself when it must", weak);
    form_row(ui, "Memory", |ui| {
        let memory = &mut settings.alternates_mb;
        let number = DragNumber::new("Memory", *memory as f32, 0.0..=8192.0)
            .unit("MB")
            .decimals(0)
            .usual(512.0)
            .show(ui);
        if let Some(megabytes) = number.committed {
            *memory = megabytes.round() as u32;
        }
    });
    form_note(ui, "Keeps the armed slot's alternates decoded", weak);
    form_row(ui, "Theme", |ui| {
        if let Some(theme) = segmented(ui, "Theme", &THEMES, settings.theme) {
            settings.theme = theme;
        }
    });
}

/// The system's default, and every device by its name; one that is chosen and not there stays.
fn device_ui(ui: &mut Ui, outputs: &[String], settings: &mut Settings) {
    let chosen = settings.output_device.as_deref();
    let gone = chosen.filter(|name| !outputs.iter().any(|output| output == name));
    let names: Vec<Option<&str>> = std::iter::once(None)
        .chain(outputs.iter().map(|name| Some(name.as_str())))
        .chain(gone.map(Some))
        .collect();
    let options: Vec<(usize, &str)> = names
        .iter()
        .map(|name| name.unwrap_or("The system's default"))
        .enumerate()
        .collect();
    let now = names.iter().position(|name| *name == chosen).unwrap_or(0);
    if let Some(picked) = choice(ui, "Sound device", &options, now) {
        let name = names.get(picked).copied().flatten().map(str::to_owned);
        settings.output_device = name;
    }
}
