//! Which lists of a library are wanted: its folders and lists, each with how many entries it has.

use egui::Align;
use egui::Layout;
use egui::RichText;
use egui::Ui;
use egui::vec2;

use crate::app::Action;
use crate::app::ListReview;
use crate::app::PoolAction;
use crate::interchange::playlist::Playlist;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::elided_label;

/// How far what is in a folder stands in.
const STEP: f32 = 4.0 * size::UNIT;

/// Shows the lists.
pub(super) fn library_ui(ui: &mut Ui, ctx: &Ctx<'_>, review: &ListReview, lists: &[Playlist]) {
    let choose = |lists: Vec<usize>, is_wanted: bool| {
        ctx.request(Action::Pool(PoolAction::ChooseLists(lists, is_wanted)));
    };
    let n_chosen = review.chosen.iter().filter(|it| **it).count();
    ui.horizontal(|ui| {
        let words = format!("{n_chosen} of {} lists", lists.len());
        ui.label(RichText::new(words).font(type_style::body()));
        ui.add_space(2.0 * size::UNIT);
        for (words, is_wanted) in [("All", true), ("None", false)] {
            if ui.add(TextButton::new(words).quiet()).clicked() {
                choose((0..lists.len()).collect(), is_wanted);
            }
        }
    });
    ui.add_space(size::UNIT);
    let mut around: &[String] = &[];
    for (at, list) in lists.iter().enumerate() {
        let n_shared = around.iter().zip(&list.folders).take_while(|(a, b)| a == b);
        let n_shared = n_shared.count();
        for (depth, folder) in list.folders.iter().enumerate().skip(n_shared) {
            folder_ui(ui, depth, folder);
        }
        around = &list.folders;
        if list_ui(ui, list, review.chosen.get(at) == Some(&true)) {
            let is_wanted = review.chosen.get(at) != Some(&true);
            choose(vec![at], is_wanted);
        }
    }
}

fn folder_ui(ui: &mut Ui, depth: usize, name: &str) {
    let weak = tokens(ui).weak;
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.add_space(STEP * depth as f32);
        elided_label(ui, name, type_style::small_strong(), weak);
    });
}

/// A list, and whether it was pressed.
fn list_ui(ui: &mut Ui, list: &Playlist, is_chosen: bool) -> bool {
    let weak = tokens(ui).weak;
    let line = vec2(ui.available_width(), size::ROW);
    let layout = Layout::right_to_left(Align::Center);
    let pressed = ui.allocate_ui_with_layout(line, layout, |ui| {
        ui.add_space(2.0 * size::UNIT);
        let n = list.entries.len().to_string();
        ui.label(RichText::new(n).font(type_style::small()).color(weak));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(STEP * list.folders.len() as f32);
            let name = match list.title.as_str() {
                "" => "Without a name",
                name => name,
            };
            let mut is_on = is_chosen;
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            ui.checkbox(&mut is_on, name).changed()
        })
        .inner
    });
    pressed.inner
}
