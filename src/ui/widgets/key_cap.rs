//! Keys drawn as keys.

use egui::CornerRadius;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// Shows a shortcut such as `Ctrl+Shift+Z` as one cap for each key.
pub fn key_caps(ui: &mut Ui, shortcut: &str) -> Response {
    let tokens = tokens(ui);
    let height = 18.0;
    let galleys: Vec<_> = keys(shortcut)
        .map(|key| {
            ui.painter()
                .layout_no_wrap(key.to_owned(), type_style::small(), tokens.weak)
        })
        .collect();
    let cap_width = |text_width: f32| (text_width + 2.0 * size::UNIT).max(height);
    let gap = size::UNIT / 2.0;
    let total: f32 = galleys.iter().map(|g| cap_width(g.size().x) + gap).sum();
    let (rect, response) = ui.allocate_exact_size(vec2(total - gap, height), Sense::hover());
    let mut x = rect.left();
    for galley in galleys {
        let cap = egui::Rect::from_min_size(
            egui::pos2(x, rect.top()),
            vec2(cap_width(galley.size().x), height),
        );
        ui.painter().rect(
            cap,
            CornerRadius::same(size::RADIUS - 1),
            tokens.control,
            Stroke::new(size::HAIRLINE, tokens.line_strong),
            StrokeKind::Inside,
        );
        x = cap.right() + gap;
        let at = cap.center() - galley.size() / 2.0;
        ui.painter().galley(at, galley, tokens.weak);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), shortcut));
    response
}

/// The keys of a shortcut; a `+` at the end is a key itself.
fn keys(shortcut: &str) -> impl Iterator<Item = &str> {
    let (before, plus) = match shortcut.strip_suffix('+') {
        Some(before) => (before.strip_suffix('+').unwrap_or(before), Some("+")),
        None => (shortcut, None),
    };
    before.split('+').filter(|key| !key.is_empty()).chain(plus)
}

/// A tooltip with what a button does and the key that does the same.
pub(super) fn shortcut_tooltip(response: Response, name: &str, shortcut: &str) -> Response {
    let show = |ui: &mut Ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * size::UNIT;
            ui.label(name);
            if !shortcut.is_empty() {
                key_caps(ui, shortcut);
            }
        });
    };
    response.on_hover_ui(show).on_disabled_hover_ui(show)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcut_is_one_cap_for_each_key() {
        for (shortcut, caps) in [
            ("Ctrl+Shift+Z", vec!["Ctrl", "Shift", "Z"]),
            ("Space", vec!["Space"]),
            ("Ctrl++", vec!["Ctrl", "+"]),
            ("+", vec!["+"]),
            ("?", vec!["?"]),
        ] {
            assert_eq!(keys(shortcut).collect::<Vec<_>>(), caps);
        }
    }
}
