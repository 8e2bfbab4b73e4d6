//! What stands in the window while no show is open.

use std::path::Path;

use egui::Align;
use egui::Layout;
use egui::RichText;
use egui::ScrollArea;
use egui::Ui;
use egui::UiBuilder;
use egui::vec2;

use crate::app::Action;
use crate::app::FileAction;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::hint::Rank;
use crate::ui::hint::text_command;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::ListRow;
use crate::ui::widgets::paint_elided;

const WIDTH: f32 = 420.0;

/// Shows ways into a show.
pub fn welcome_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let room = ui.max_rect();
    let top = room.top() + (room.height() * 0.22).max(24.0);
    let column = egui::Rect::from_min_max(
        egui::pos2(room.center().x - WIDTH / 2.0, top),
        egui::pos2(room.center().x + WIDTH / 2.0, room.bottom()),
    );
    let layout = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().max_rect(column).layout(layout), |ui| {
        ui.label(RichText::new("Needledrop").font(type_style::title()));
        ui.label(
            RichText::new("Songs for a show: hear them against the scene, drop the right one")
                .color(tokens(ui).weak),
        );
        ui.add_space(4.0 * size::UNIT);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * size::UNIT;
            text_command(ui, ctx, Command::OpenDemo, Rank::First, None);
            text_command(ui, ctx, Command::OpenShow, Rank::Other, Some(Icon::Folder));
            text_command(ui, ctx, Command::NewShow, Rank::Other, Some(Icon::Plus));
        });
        let recent = &ctx.app.settings().recent;
        if !recent.is_empty() {
            ui.add_space(6.0 * size::UNIT);
            ui.label(
                RichText::new("Opened last")
                    .font(type_style::small_strong())
                    .color(tokens(ui).weak),
            );
            ScrollArea::vertical().show(ui, |ui| {
                for path in recent {
                    recent_ui(ui, ctx, path);
                }
            });
        }
    });
}

fn recent_ui(ui: &mut Ui, ctx: &Ctx<'_>, path: &str) {
    let file = Path::new(path);
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let folder = file.parent().unwrap_or(file).display().to_string();
    let name = format!("Open {stem}");
    let row = ListRow::new(&name)
        .height(size::ROW_TALL)
        .show(ui, |ui, rect| {
            let tokens = tokens(ui);
            let icon = egui::Rect::from_center_size(
                egui::pos2(rect.left() + 5.0 * size::UNIT, rect.center().y),
                vec2(size::ICON, size::ICON),
            );
            paint_icon(ui.painter(), Icon::Note, icon, tokens.accent);
            let words = rect
                .with_min_x(icon.right() + 3.0 * size::UNIT)
                .shrink2(vec2(0.0, 6.0));
            let (upper, lower) = words.split_top_bottom_at_fraction(0.52);
            let painter = ui.painter();
            let strong = type_style::strong();
            paint_elided(painter, upper, &stem, strong, tokens.text, Align::Min);
            let small = type_style::small();
            paint_elided(painter, lower, &folder, small, tokens.weak, Align::Min);
        });
    if row.on_hover_text(path).clicked() {
        ctx.request(Action::File(FileAction::Open(path.into())));
    }
}
