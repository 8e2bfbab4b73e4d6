//! What people have told each other about a track.

use egui::Label;
use egui::RichText;
use egui::TextFormat;
use egui::Ui;
use egui::text::LayoutJob;

use crate::app::Action;
use crate::app::PoolAction;
use crate::model::Comment;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;
use crate::ui::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::Section;
use crate::ui::widgets::TextField;

/// Shows the thread of a track, and an entry for more.
pub(super) fn thread_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, id: TrackId, track: &Track) {
    Section::new("Comments")
        .count(track.comments.len())
        .show(ui, |ui| {
            for comment in track.thread() {
                comment_ui(ui, show, comment);
            }
            entry_ui(ui, ctx, &[id]);
        });
}

/// An entry that says the same in the thread of each of tracks.
pub(super) fn entry_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId]) {
    let field = TextField::new("Comment", "").hint("Say something; Ctrl+Enter sends");
    if let Some(text) = field.rows(2).show(ui).committed {
        ctx.request(Action::Pool(PoolAction::Comment(ids.to_vec(), text)));
    }
}

fn comment_ui(ui: &mut Ui, show: &Show, comment: &Comment) {
    let who = show.person(comment.by);
    let who = who.map_or("Somebody", |person| person.name.as_str());
    let (date, time) = (comment.at.date(), comment.at.time_of_day());
    let when = format!("{date} {} UTC", time.get(..5).unwrap_or(&time));
    let mut line = LayoutJob::default();
    let format = |font, color| TextFormat::simple(font, color);
    let (text, weak) = (tokens(ui).text, tokens(ui).weak);
    line.append(who, 0.0, format(type_style::small_strong(), text));
    line.append(&when, 2.0 * size::UNIT, format(type_style::small(), weak));
    ui.add_space(size::UNIT);
    ui.scope(|ui| {
        // The words belong to who said them.
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(line);
        let words = RichText::new(&comment.text).color(text);
        ui.add(Label::new(words).wrap());
    });
}
