//! A list of words that are added and taken away.

use egui::Align2;
use egui::CornerRadius;
use egui::Key;
use egui::Margin;
use egui::Popup;
use egui::PopupCloseBehavior;
use egui::RichText;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::TextEdit;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::accessible::paint_focus;
use super::accessible::set_name;
use super::fuzzy::fuzzy_score;
use super::text_field::draft;
use super::text_field::forget_draft;
use super::text_field::set_draft;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// How many completions are offered at once.
const OFFERED: usize = 8;

/// What somebody wants of tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagChange {
    /// Another tag.
    Add(String),
    /// One tag less.
    Remove(String),
}

/// Finds words that fit what is typed, best first.
pub type Completer<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Chips with a cross, and an entry that completes from words already in use.
#[derive(Clone, Copy)]
#[must_use = "call `show`"]
pub struct TagEditor<'a> {
    name: &'a str,
    tags: &'a [String],
    partly: &'a [(String, usize)],
    suggested: &'a [String],
    known: &'a [String],
    completer: Option<Completer<'a>>,
}

impl<'a> TagEditor<'a> {
    /// An editor of `tags`.
    pub fn new(name: &'a str, tags: &'a [String]) -> Self {
        Self {
            name,
            tags,
            partly: &[],
            suggested: &[],
            known: &[],
            completer: None,
        }
    }

    /// Words to complete from.
    pub fn known(mut self, known: &'a [String]) -> Self {
        self.known = known;
        self
    }

    /// Completes by asking, instead of from a list.
    pub fn completer(mut self, completer: Completer<'a>) -> Self {
        self.completer = Some(completer);
        self
    }

    /// Tags that only some of what is edited have, with how many those are.
    pub fn partly(mut self, partly: &'a [(String, usize)]) -> Self {
        self.partly = partly;
        self
    }

    /// Tags that are likely, to be added with one press.
    pub fn suggested(mut self, suggested: &'a [String]) -> Self {
        self.suggested = suggested;
        self
    }

    /// Shows the tags; returns the new list when one was added or taken away. Enter or a comma
    /// adds, Backspace in an empty entry takes the last one away.
    pub fn show(self, ui: &mut Ui) -> Option<Vec<String>> {
        let mut tags = self.tags.to_vec();
        match self.change(ui)? {
            TagChange::Add(tag) => tags.push(tag),
            TagChange::Remove(tag) => tags.retain(|other| *other != tag),
        }
        Some(tags)
    }

    /// Shows the tags; returns what is to change of them.
    pub fn change(self, ui: &mut Ui) -> Option<TagChange> {
        let mut removed = None;
        let mut change = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = size::CHIP;
            for (index, tag) in self.tags.iter().enumerate() {
                if tag_chip(ui, tag) {
                    removed = Some(index);
                }
            }
            for (tag, n) in self.partly {
                change = partly_chip(ui, tag, *n).or(change.take());
            }
            let added = self.entry(ui, &mut removed);
            change = added.map(TagChange::Add).or(change.take());
        });
        if let Some(tag) = removed.and_then(|index| self.tags.get(index)) {
            return Some(TagChange::Remove(tag.clone()));
        }
        if !self.suggested.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().interact_size.y = size::CHIP;
                for tag in self.suggested {
                    if ghost_chip(ui, tag) {
                        change = Some(TagChange::Add(tag.clone()));
                    }
                }
            });
        }
        change
    }

    fn entry(&self, ui: &mut Ui, removed: &mut Option<usize>) -> Option<String> {
        let id = ui.make_persistent_id(("tag entry", self.name));
        let mut text = draft(ui, id).unwrap_or_default();
        let focused = ui.memory(|memory| memory.has_focus(id));
        if focused && text.is_empty() && ui.input(|input| input.key_pressed(Key::Backspace)) {
            *removed = self.tags.len().checked_sub(1);
        }
        let offered = self.offered(&text);
        let mut chosen = chosen_offer(ui, id, focused && !offered.is_empty(), offered.len());
        let hint = RichText::new("Add…").font(type_style::small());
        let response = ui.add(
            TextEdit::singleline(&mut text)
                .id(id)
                .hint_text(hint)
                .font(type_style::small())
                .align(Align2::LEFT_CENTER)
                .margin(Margin::symmetric(6, 2))
                .desired_width(72.0),
        );
        set_name(ui, id, self.name);
        let mut clicked = None;
        Popup::from_response(&response)
            .open(response.has_focus() && !offered.is_empty())
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .gap(2.0)
            .show(|ui| {
                for (index, word) in offered.iter().enumerate() {
                    let selected = chosen == Some(index);
                    if ui.selectable_label(selected, word).clicked() {
                        clicked = Some(word.clone());
                    }
                }
            });
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let comma = text.contains(',');
        let left = response.lost_focus() && !entered;
        if clicked.is_none() && (entered || comma) {
            clicked = chosen
                .take()
                .filter(|_| entered)
                .and_then(|index| offered.get(index).cloned())
                .or_else(|| Some(text.clone()));
        }
        if let Some(word) = clicked {
            forget_draft(ui, id);
            ui.data_mut(|data| data.remove_temp::<usize>(id));
            response.request_focus();
            return self.accepted(&word);
        }
        if left {
            forget_draft(ui, id);
        } else if response.has_focus() {
            set_draft(ui, id, &text);
        }
        None
    }

    /// The known words that fit what is typed and are not there yet, best first.
    fn offered(&self, text: &str) -> Vec<String> {
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        if let Some(completer) = self.completer {
            let mut offered = completer(text);
            offered.truncate(OFFERED);
            return offered;
        }
        let mut fitting: Vec<(i32, &String)> = self
            .known
            .iter()
            .filter(|word| !self.tags.contains(word))
            .filter_map(|word| Some((fuzzy_score(text, word)?, word)))
            .collect();
        fitting.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        fitting.truncate(OFFERED);
        fitting.into_iter().map(|(_, word)| word.clone()).collect()
    }

    fn accepted(&self, word: &str) -> Option<String> {
        let word = word.trim_matches(|c: char| c == ',' || c.is_whitespace());
        let known = self
            .tags
            .iter()
            .any(|tag| tag.to_lowercase() == word.to_lowercase());
        (!word.is_empty() && !known).then(|| word.to_owned())
    }
}

/// Which completion the arrow keys stand on; remembered until the entry is done.
fn chosen_offer(ui: &Ui, id: egui::Id, open: bool, count: usize) -> Option<usize> {
    if !open {
        ui.data_mut(|data| data.remove_temp::<usize>(id));
        return None;
    }
    let mut chosen = ui.data(|data| data.get_temp::<usize>(id));
    let (down, up) = ui.input_mut(|input| {
        (
            input.consume_key(egui::Modifiers::NONE, Key::ArrowDown),
            input.consume_key(egui::Modifiers::NONE, Key::ArrowUp),
        )
    });
    if down {
        chosen = Some(chosen.map_or(0, |index| (index + 1).min(count - 1)));
    }
    if up {
        chosen = chosen.and_then(|index| index.checked_sub(1));
    }
    let chosen = chosen.filter(|index| *index < count);
    ui.data_mut(|data| match chosen {
        Some(index) => {
            data.insert_temp(id, index);
        }
        None => {
            data.remove_temp::<usize>(id);
        }
    });
    chosen
}

/// Shows one tag; says whether it is to go.
fn tag_chip(ui: &mut Ui, tag: &str) -> bool {
    let tokens = tokens(ui);
    let galley = ui
        .painter()
        .layout_no_wrap(tag.to_owned(), type_style::small(), tokens.text);
    let cross = 12.0;
    let wanted = vec2(galley.size().x + cross + 4.5 * size::UNIT, size::CHIP);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    if ui.is_rect_visible(rect) {
        let fill = if response.hovered() {
            tokens.control_hover
        } else {
            tokens.control
        };
        ui.painter().rect(
            rect,
            CornerRadius::same(size::RADIUS),
            fill,
            Stroke::new(size::HAIRLINE, tokens.line_strong),
            StrokeKind::Inside,
        );
        let at = pos2(
            rect.left() + 2.0 * size::UNIT,
            rect.center().y - galley.size().y / 2.0,
        );
        ui.painter().galley(at, galley, tokens.text);
        let ink = if response.hovered() {
            tokens.text
        } else {
            tokens.weak
        };
        let icon = egui::Rect::from_center_size(
            pos2(rect.right() - 2.5 * size::UNIT, rect.center().y),
            vec2(cross, cross),
        );
        paint_icon(ui.painter(), Icon::Close, icon, ink);
        paint_focus(ui, &response, rect);
    }
    let name = format!("Remove {tag}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    let deleted = response.has_focus() && ui.input(|input| input.key_pressed(Key::Delete));
    response.on_hover_text(&name).clicked() || deleted
}

/// A tag that only some have: pressing it gives it to all, its cross takes it off those that have
/// it.
fn partly_chip(ui: &mut Ui, tag: &str, n: usize) -> Option<TagChange> {
    let tokens = tokens(ui);
    let layout = |text: String, ink| ui.painter().layout_no_wrap(text, type_style::small(), ink);
    let words = layout(tag.to_owned(), tokens.weak);
    let count = layout(n.to_string(), tokens.faint);
    let (cross, gap, padding) = (12.0, 1.5 * size::UNIT, 2.0 * size::UNIT);
    let text_width = words.size().x + gap + count.size().x;
    let wanted = vec2(text_width + cross + padding + 2.5 * size::UNIT, size::CHIP);
    let (rect, body) = ui.allocate_exact_size(wanted, Sense::click());
    let icon = egui::Rect::from_center_size(
        pos2(rect.right() - 2.5 * size::UNIT, rect.center().y),
        vec2(cross, cross),
    );
    let end = rect.with_min_x(icon.left() - 0.5 * size::UNIT);
    let remove = ui.interact(end, body.id.with("remove"), Sense::click());
    if ui.is_rect_visible(rect) {
        let fill = if body.hovered() || remove.hovered() {
            tokens.control_hover
        } else {
            egui::Color32::TRANSPARENT
        };
        ui.painter().rect(
            rect,
            CornerRadius::same(size::RADIUS),
            fill,
            Stroke::new(size::HAIRLINE, tokens.line_strong),
            StrokeKind::Inside,
        );
        let at = |x: f32, height: f32| pos2(x, rect.center().y - height / 2.0);
        let left = rect.left() + padding;
        let count_left = left + words.size().x + gap;
        ui.painter()
            .galley(at(left, words.size().y), words, tokens.weak);
        ui.painter()
            .galley(at(count_left, count.size().y), count, tokens.faint);
        let ink = if remove.hovered() {
            tokens.text
        } else {
            tokens.weak
        };
        paint_icon(ui.painter(), Icon::Close, icon, ink);
        paint_focus(ui, &body, rect);
        paint_focus(ui, &remove, end);
    }
    let (to_all, off) = (format!("Add {tag} to all"), format!("Remove {tag}"));
    body.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &to_all));
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &off));
    if remove.on_hover_text(&off).clicked() {
        return Some(TagChange::Remove(tag.to_owned()));
    }
    let is_added = body.on_hover_text(&to_all).clicked();
    is_added.then(|| TagChange::Add(tag.to_owned()))
}

/// A tag that nobody has given yet; says whether it is to be.
fn ghost_chip(ui: &mut Ui, tag: &str) -> bool {
    let tokens = tokens(ui);
    let words = ui
        .painter()
        .layout_no_wrap(tag.to_owned(), type_style::small(), tokens.weak);
    let plus = 10.0;
    let wanted = vec2(words.size().x + plus + 3.5 * size::UNIT, size::CHIP);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    if ui.is_rect_visible(rect) {
        let ink = if response.hovered() {
            tokens.text
        } else {
            tokens.weak
        };
        if response.hovered() {
            let radius = CornerRadius::same(size::RADIUS);
            ui.painter().rect_filled(rect, radius, tokens.control_hover);
        }
        let icon = egui::Rect::from_center_size(
            pos2(rect.left() + 2.5 * size::UNIT, rect.center().y),
            vec2(plus, plus),
        );
        paint_icon(ui.painter(), Icon::Plus, icon, ink);
        let at = pos2(
            icon.right() + 0.5 * size::UNIT,
            rect.center().y - words.size().y / 2.0,
        );
        ui.painter().galley_with_override_text_color(at, words, ink);
        paint_focus(ui, &response, rect);
    }
    let name = format!("Add {tag}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    response.on_hover_text(&name).clicked()
}
