//! A track's tempo, bars, key and parts: as estimated, tagged or set by hand, and to be set by hand.

mod sections;

use egui::Ui;

use super::form;
use crate::app::Action;
use crate::app::PoolAction;
use crate::model::Bpm;
use crate::model::Given;
use crate::model::Key;
use crate::model::Mode;
use crate::model::Source;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::ops::beats::BeatGrid;
use crate::time::Ticks;
use crate::ui::Ctx;
use crate::ui::commands::Command;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::TextField;
use crate::ui::widgets::choice;
use crate::ui::widgets::length_text;

/// Room for the button that takes back what was set by hand.
const BACK: f32 = 28.0;
/// Width of a moment of the recording.
const MOMENT: f32 = 66.0;

/// Shows what a track is like as music.
pub(super) fn music_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    tempo_ui(ui, ctx, id, track);
    downbeat_ui(ui, ctx, id, track);
    key_ui(ui, ctx, id, track);
    sections::sections_ui(ui, ctx, id, track);
}

fn set(ctx: &Ctx<'_>, id: TrackId, field: TrackField) {
    ctx.request(Action::Pool(PoolAction::Set(vec![id], field)));
}

/// Where a value is from, as a tooltip says it.
fn whence(source: Source) -> String {
    match source {
        Source::Tag => "As the file's tags say".to_owned(),
        Source::Estimate(sure) => format!("Estimated from the sound, {} % sure", sure.get()),
        Source::ByHand => "Set by hand".to_owned(),
    }
}

/// Takes back what was set by hand, where something was.
fn back_ui(ui: &mut Ui, is_by_hand: bool, name: &str) -> bool {
    is_by_hand && ui.add(small(Icon::Undo, name)).clicked()
}

fn small(icon: Icon, name: &str) -> IconButton<'_> {
    IconButton::new(icon, name).side(size::CHIP)
}

fn tempo_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let tempo = track.tempo();
    let shown = tempo.map(|tempo| tempo.to_string()).unwrap_or_default();
    let is_by_hand = track.tempo_by_hand.is_some();
    form::row(ui, "Tempo", |ui| {
        ui.spacing_mut().item_spacing.x = size::UNIT;
        let room = if is_by_hand { BACK } else { 0.0 };
        let field = TextField::new("Tempo", &shown)
            .hint("BPM")
            .width(ui.available_width() - room);
        let output = field.show(ui);
        if let Some(tempo) = tempo {
            output.response.on_hover_text(whence(tempo.source));
        }
        if let Some(typed) = output.committed {
            // What is no tempo leaves it as it is.
            if typed.trim().is_empty() {
                set(ctx, id, TrackField::TempoByHand(None));
            } else if let Some(bpm) = read_tempo(&typed) {
                set(ctx, id, TrackField::TempoByHand(Some(bpm)));
            }
        }
        if back_ui(ui, is_by_hand, "Tempo back to the estimate") {
            set(ctx, id, TrackField::TempoByHand(None));
        }
    });
    form::row(ui, "", |ui| {
        ui.spacing_mut().item_spacing.x = size::UNIT;
        for (text, factor) in [("Half", 0.5), ("Double", 2.0)] {
            let scaled = tempo.and_then(|tempo| Bpm::nearest_to(tempo.value.to_f64() * factor));
            let button = ui.add_enabled(scaled.is_some(), TextButton::new(text));
            if button.clicked()
                && let Some(bpm) = scaled
            {
                set(ctx, id, TrackField::TempoByHand(Some(bpm)));
            }
        }
        let hint = Command::TapTempo.hint(ui.ctx());
        let tap = ui.add(TextButton::new("Tap")).on_hover_text(hint);
        if tap.clicked() {
            ctx.request(Action::Pool(PoolAction::Tap(id)));
        }
    });
}

/// A tempo as people type it: “92”, “92.5 BPM”, “≈ 92,5”.
fn read_tempo(text: &str) -> Option<Bpm> {
    let number: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    Bpm::nearest_to(number.parse().ok()?)
}

fn downbeat_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let beats = ctx.app.beats(id);
    let first = beats.and_then(BeatGrid::first_downbeat);
    let first = first.or(track.first_downbeat());
    let is_by_hand = track.downbeat_by_hand.is_some();
    let here = ctx.app.moment_at_hand(id);
    if first.is_none() && here.is_none() {
        return;
    }
    form::row(ui, "First bar", |ui| {
        ui.spacing_mut().item_spacing.x = size::UNIT;
        let shown = first.map_or_else(String::new, |first| {
            let sign = if is_by_hand { "" } else { "≈ " };
            let hundredths = first.get().rem_euclid(Ticks::PER_SECOND) * 100 / Ticks::PER_SECOND;
            format!("{sign}{}.{hundredths:02}", length_text(first))
        });
        ui.add_sized([MOMENT, size::CONTROL], egui::Label::new(shown))
            .on_hover_text("Where the first bar begins in the recording");
        for (icon, name, by) in [
            (Icon::ChevronLeft, "Bars begin a beat earlier", -1),
            (Icon::ChevronRight, "Bars begin a beat later", 1),
        ] {
            let moved = beats.and_then(|beats| beats.downbeat_moved(by));
            let clicked = ui.add_enabled(moved.is_some(), small(icon, name)).clicked();
            if clicked && let Some(at) = moved {
                set(ctx, id, TrackField::DownbeatByHand(Some(at)));
            }
        }
        let button = TextButton::new("Here");
        let clicked = ui
            .add_enabled(here.is_some(), button)
            .on_hover_text(Command::DownbeatHere.hint(ui.ctx()))
            .clicked();
        if clicked && let Some(here) = here {
            set(ctx, id, TrackField::DownbeatByHand(Some(here)));
        }
        if back_ui(ui, is_by_hand, "First bar back to the estimate") {
            set(ctx, id, TrackField::DownbeatByHand(None));
        }
    });
}

fn key_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let key = track.key();
    let names: Vec<(Option<Key>, String)> = keys()
        .map(|one| {
            let is_shown = key.is_some_and(|key| key.value == one);
            let name = match key.filter(|_| is_shown) {
                Some(key) => key.to_string(),
                None => one.to_string(),
            };
            (Some(one), name)
        })
        .collect();
    let options: Vec<(Option<Key>, &str)> = names
        .iter()
        .map(|(key, name)| (*key, name.as_str()))
        .collect();
    form::row(ui, "Key", |ui| {
        ui.spacing_mut().item_spacing.x = size::UNIT;
        let value = key.map(|key: Given<Key>| key.value);
        let shown = ui.scope(|ui| choice(ui, "Key", &options, value));
        if let Some(key) = key {
            shown.response.on_hover_text(whence(key.source));
        }
        if let Some(chosen) = shown.inner {
            set(ctx, id, TrackField::KeyByHand(chosen));
        }
        if back_ui(ui, track.key_by_hand.is_some(), "Key back to the estimate") {
            set(ctx, id, TrackField::KeyByHand(None));
        }
    });
}

/// All keys, upwards from C, major before minor.
fn keys() -> impl Iterator<Item = Key> {
    let tonics = 0..12;
    tonics.flat_map(|tonic| [Mode::Major, Mode::Minor].map(|mode| Key::new(tonic, mode)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tempo_is_read_as_people_type_it() {
        for (text, hundredths) in [
            ("92", Some(9_200)),
            ("≈ 92.5 BPM", Some(9_250)),
            ("92,5", Some(9_250)),
            ("fast", None),
            ("0", None),
            ("1.2.3", None),
        ] {
            assert_eq!(read_tempo(text).map(Bpm::hundredths), hundredths, "{text}");
        }
    }
}
