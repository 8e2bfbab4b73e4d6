//! What is known of a track's sound file.

use egui::Ui;

use super::form;
use super::music;
use super::words;
use crate::app::Action;
use crate::app::PoolAction;
use crate::model::Track;
use crate::model::TrackId;
use crate::ui::Ctx;
use crate::ui::theme::tokens;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::byte_text;
use crate::ui::widgets::length_text;

/// Shows the facts of a track's file.
pub(super) fn sound_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let Some(media) = &track.media else {
        form::remark(ui, "No sound file yet: this track is a wish");
        return;
    };
    let places = ctx.app.places();
    if places.is_missing(media) {
        let warning = tokens(ui).warning;
        ui.colored_label(warning, "The file was not found");
    }
    let length = length_text(media.duration());
    let length = if media.is_exact {
        length
    } else {
        format!("about {length}, not decoded yet")
    };
    form::fact(ui, "Length", &length);
    form::fact(ui, "Format", &words::format(media));
    form::fact(ui, "Sampling", &words::sampling(media));
    form::fact(ui, "Loudness", &words::loudness(&track.measured));
    if let Some(range) = track.measured.range {
        form::fact(ui, "Range", &range.to_string());
    }
    if let Some(loudest) = track.measured.momentary_max {
        form::fact(ui, "Loudest", &format!("{loudest}, momentary"));
    }
    music::music_ui(ui, ctx, id, track);
    if let Some(singing) = words::singing(&track.measured) {
        form::fact(ui, "Singing", &singing);
    }
    form::fact(ui, "Size", &byte_text(media.bytes));
    if let Some(trims) = words::trims(media) {
        form::remark(ui, trims);
    }
    let path = places.path(media);
    form::remark(ui, path.display().to_string());
    if ui
        .add(TextButton::new("Show in file manager").quiet())
        .clicked()
    {
        ctx.request(Action::Pool(PoolAction::Reveal(id)));
    }
}
