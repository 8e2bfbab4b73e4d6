//! A list that is searched by typing a few letters: the command palette.

use egui::Align;
use egui::Context;
use egui::CornerRadius;
use egui::Frame;
use egui::Id;
use egui::Key;
use egui::Margin;
use egui::Modal;
use egui::Modifiers;
use egui::Role;
use egui::ScrollArea;
use egui::Sense;
use egui::Stroke;
use egui::TextEdit;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use super::accessible::set_name;
use super::elided::paint_elided;
use super::fuzzy::fuzzy_score;
use super::key_cap::key_caps;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// Width of the palette.
const WIDTH: f32 = 520.0;
/// Height of a row.
const ROW: f32 = 28.0;
/// How many rows show at once.
const ROWS_SHOWN: f32 = 11.0;

/// One thing to pick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaletteItem<'a> {
    /// What it is; this is what is searched.
    pub text: &'a str,
    /// Where it belongs, or why it cannot be had now.
    pub detail: &'a str,
    /// The key that does the same.
    pub shortcut: &'a str,
    /// Shown, but not to be had now.
    pub unavailable: bool,
}

/// What became of a palette in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaletteOutcome {
    /// It stays open.
    Open,
    /// It was closed without a choice.
    Closed,
    /// The item with this index was picked.
    Picked(usize),
}

/// A palette that is open, with what has been typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    query: String,
    /// Which of the rows shown is chosen.
    chosen: usize,
}

impl Palette {
    /// An open palette with nothing typed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows the palette over everything.
    pub fn show(&mut self, ctx: &Context, hint: &str, items: &[PaletteItem<'_>]) -> PaletteOutcome {
        let tokens = tokens(ctx);
        let top = ctx.content_rect().height() * 0.14;
        let area = Modal::default_area(Id::unique("palette"))
            .anchor(egui::Align2::CENTER_TOP, vec2(0.0, top));
        let frame = Frame::new()
            .fill(tokens.raised)
            .stroke(Stroke::new(size::HAIRLINE, tokens.line_strong))
            .corner_radius(CornerRadius::same(size::RADIUS))
            .inner_margin(Margin::same(6))
            .shadow(ctx.global_style().visuals.window_shadow);
        let modal = Modal::new(Id::unique("palette"))
            .area(area)
            .frame(frame)
            .backdrop_color(tokens.scrim)
            .show(ctx, |ui| {
                ui.set_width(WIDTH.min(ctx.content_rect().width() - 48.0));
                self.contents(ui, hint, items)
            });
        match modal.inner {
            PaletteOutcome::Open if modal.should_close() => PaletteOutcome::Closed,
            outcome => outcome,
        }
    }

    fn contents(&mut self, ui: &mut Ui, hint: &str, items: &[PaletteItem<'_>]) -> PaletteOutcome {
        let keys = PaletteKeys::taken_from(ui);
        let id = ui.make_persistent_id("query");
        let edit = ui.add(
            TextEdit::singleline(&mut self.query)
                .id(id)
                .hint_text(hint)
                .desired_width(ui.available_width())
                .margin(Margin::symmetric(8, 6))
                .frame(Frame::new().inner_margin(Margin::symmetric(8, 6))),
        );
        set_name(ui, id, hint);
        if edit.changed() {
            self.chosen = 0;
        }
        if !edit.has_focus() {
            edit.request_focus();
        }
        let line = ui.available_rect_before_wrap();
        ui.painter().hline(
            line.x_range(),
            line.top(),
            Stroke::new(size::HAIRLINE, tokens(ui).line_strong),
        );
        ui.add_space(size::UNIT);
        let found = matches(&self.query, items);
        if found.is_empty() {
            ui.add_space(2.0 * size::UNIT);
            ui.vertical_centered(|ui| ui.weak("Nothing fits"));
            ui.add_space(2.0 * size::UNIT);
            return if keys.escape {
                PaletteOutcome::Closed
            } else {
                PaletteOutcome::Open
            };
        }
        let last = found.len() - 1;
        self.chosen = keys.moved(self.chosen, last);
        let clicked = self.rows(ui, items, &found, keys.moves());
        let entered = keys.enter.then_some(self.chosen);
        let picked = clicked
            .or(entered)
            .and_then(|row| found.get(row).copied())
            .filter(|index| !items[*index].unavailable);
        match picked {
            Some(index) => PaletteOutcome::Picked(index),
            None if keys.escape => PaletteOutcome::Closed,
            None => PaletteOutcome::Open,
        }
    }

    fn rows(
        &mut self,
        ui: &mut Ui,
        items: &[PaletteItem<'_>],
        found: &[usize],
        moved: bool,
    ) -> Option<usize> {
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let pointer_moves = ui.input(|input| input.pointer.is_moving());
        let area = ScrollArea::vertical().max_height(ROWS_SHOWN * ROW);
        area.show(ui, |ui| {
            for (row, index) in found.iter().enumerate() {
                let item = &items[*index];
                let (rect, response) =
                    ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
                let chosen = row == self.chosen;
                if ui.is_rect_visible(rect) {
                    paint_row(ui, rect, item, chosen);
                }
                response.widget_info(|| {
                    WidgetInfo::selected(Role::ListBoxOption, !item.unavailable, chosen, item.text)
                });
                if chosen && moved {
                    response.scroll_to_me(None);
                }
                if response.hovered() && pointer_moves {
                    self.chosen = row;
                }
                if response.clicked() {
                    clicked = Some(row);
                }
            }
        });
        clicked
    }
}

fn paint_row(ui: &mut Ui, rect: egui::Rect, item: &PaletteItem<'_>, chosen: bool) {
    let tokens = tokens(ui);
    if chosen {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(size::RADIUS), tokens.control_hover);
    }
    let inner = rect.shrink2(vec2(2.0 * size::UNIT, 0.0));
    let ink = if item.unavailable {
        tokens.faint
    } else {
        tokens.text
    };
    let words = paint_elided(
        ui.painter(),
        inner.with_max_x(inner.right() - 96.0),
        item.text,
        type_style::body(),
        ink,
        Align::Min,
    );
    let mut detail = inner.with_min_x(words.rect.right() + 2.0 * size::UNIT);
    if !item.shortcut.is_empty() {
        let mut caps = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(inner)
                .layout(egui::Layout::right_to_left(Align::Center)),
        );
        let caps = key_caps(&mut caps, item.shortcut);
        detail.max.x = caps.rect.left() - 2.0 * size::UNIT;
    }
    paint_elided(
        ui.painter(),
        detail,
        item.detail,
        type_style::small(),
        tokens.weak,
        Align::Min,
    );
}

/// The items that fit, best first; all of them, in their order, when nothing is typed.
fn matches(query: &str, items: &[PaletteItem<'_>]) -> Vec<usize> {
    let mut found: Vec<(i32, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| Some((fuzzy_score(query, item.text)?, index)))
        .collect();
    if !query.trim().is_empty() {
        found.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
    }
    found.into_iter().map(|(_, index)| index).collect()
}

/// The keys a palette answers to, taken before its text field sees them.
struct PaletteKeys {
    down: usize,
    up: usize,
    enter: bool,
    escape: bool,
}

impl PaletteKeys {
    fn taken_from(ui: &Ui) -> Self {
        ui.input_mut(|input| Self {
            down: input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
            up: input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            enter: input.consume_key(Modifiers::NONE, Key::Enter),
            escape: input.consume_key(Modifiers::NONE, Key::Escape),
        })
    }

    fn moves(&self) -> bool {
        self.down != self.up
    }

    fn moved(&self, from: usize, last: usize) -> usize {
        (from + self.down).saturating_sub(self.up).min(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str) -> PaletteItem<'_> {
        PaletteItem {
            text,
            ..PaletteItem::default()
        }
    }

    #[test]
    fn with_nothing_typed_everything_shows_in_its_order() {
        let items = [item("Undo"), item("Add files"), item("Loop scene")];
        assert_eq!(matches("", &items), [0, 1, 2]);
    }

    #[test]
    fn the_best_match_comes_first() {
        let items = [item("Unfold lists on screen"), item("Loop scene")];
        assert_eq!(matches("lsc", &items).first(), Some(&1));
    }
}
