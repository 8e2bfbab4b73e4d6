//! Text of one line that is cut with an ellipsis where there is no room.

use std::sync::Arc;

use egui::Align;
use egui::Color32;
use egui::FontId;
use egui::Galley;
use egui::Painter;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::Vec2;
use egui::WidgetInfo;
use egui::epaint::text::LayoutJob;
use egui::pos2;

/// What was painted of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elided {
    /// Where.
    pub rect: Rect,
    /// Whether a part of it is missing, so that a tooltip should show the whole.
    pub cut: bool,
}

/// Paints a text into `rect`, aligned sideways and centred in height.
pub fn paint_elided(
    painter: &Painter,
    rect: Rect,
    text: &str,
    font: FontId,
    color: Color32,
    align: Align,
) -> Elided {
    if rect.width() < 2.0 * font.size {
        // An ellipsis alone tells nothing.
        return Elided {
            rect: Rect::from_min_size(rect.left_center(), Vec2::ZERO),
            cut: !text.is_empty(),
        };
    }
    let galley = layout(painter, text, font, color, rect.width());
    let size = galley.size();
    let x = match align {
        Align::Min => rect.left(),
        Align::Center => rect.center().x - size.x / 2.0,
        Align::Max => rect.right() - size.x,
    };
    // On a whole pixel, so that the hinting of the letters is not undone.
    let pixels = painter.pixels_per_point();
    let snap = |value: f32| (value * pixels).round() / pixels;
    let min = pos2(snap(x), snap(rect.center().y - size.y / 2.0));
    let cut = galley.elided;
    painter.galley(min, galley, color);
    Elided {
        rect: Rect::from_min_size(min, size),
        cut,
    }
}

/// A label of one line that takes the width there is, with the whole text as a tooltip when cut.
pub fn elided_label(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let galley = layout(ui.painter(), text, font, color, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    let cut = galley.elided;
    ui.painter().galley(rect.min, galley, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    if cut {
        response.on_hover_text(text)
    } else {
        response
    }
}

fn layout(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    // A title with line breaks in it is still one line.
    let one_line = if text.contains(['\n', '\r']) {
        text.replace(['\n', '\r'], " ")
    } else {
        text.to_owned()
    };
    let mut job = LayoutJob::simple_singleline(one_line, font, color);
    job.wrap.max_width = width;
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    painter.layout_job(job)
}
