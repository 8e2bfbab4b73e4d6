//! One to five stars, given and taken back.

use egui::Color32;
use egui::Mesh;
use egui::Painter;
use egui::Pos2;
use egui::Role;
use egui::Sense;
use egui::Shape;
use egui::Stroke;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::accessible::paint_focus;
use crate::ui::theme::size;
use crate::ui::theme::tokens;

/// How many there are.
const STARS: u8 = 5;
/// From the middle of a star to its points, and to its notches, as parts of that.
const NOTCH: f32 = 0.42;

/// What somebody wants of the stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StarsChange {
    /// So many.
    Give(u8),
    /// None any more.
    TakeBack,
}

/// Shows stars, `given` of them filled; pressing a star gives so many, pressing the last of them
/// again takes them back.
pub fn stars(ui: &mut Ui, name: &str, given: u8) -> Option<StarsChange> {
    let side = vec2(18.0, size::CONTROL);
    let mut change = None;
    ui.spacing_mut().item_spacing.x = 0.0;
    let spots: Vec<_> = (1..=STARS)
        .map(|n| (n, ui.allocate_exact_size(side, Sense::click())))
        .collect();
    let under = spots.iter().find(|(_, (_, response))| response.hovered());
    let under = under.map(|(n, _)| *n);
    for (n, (rect, response)) in spots {
        let is_given = n <= given;
        let color = if under.is_some_and(|under| n <= under) {
            tokens(ui).text
        } else if is_given {
            tokens(ui).hit_point
        } else {
            tokens(ui).faint
        };
        if ui.is_rect_visible(rect) {
            paint_star(ui.painter(), rect.center(), 6.5, color, is_given);
            paint_focus(ui, &response, rect);
        }
        let words = match n {
            1 => format!("{name}: 1 star"),
            n => format!("{name}: {n} stars"),
        };
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), n == given, &words)
        });
        let hint = if n == given {
            "Take the stars back"
        } else {
            words.as_str()
        };
        if response.on_hover_text(hint).clicked() {
            change = Some(if n == given {
                StarsChange::TakeBack
            } else {
                StarsChange::Give(n)
            });
        }
    }
    change
}

/// Paints a star, filled or as an outline.
pub fn paint_star(painter: &Painter, middle: Pos2, radius: f32, color: Color32, is_filled: bool) {
    let corner = |n: u8| {
        let reach = if n.is_multiple_of(2) { 1.0 } else { NOTCH };
        let angle = f32::from(n) * std::f32::consts::PI / f32::from(STARS);
        let (sine, cosine) = angle.sin_cos();
        pos2(
            middle.x + radius * reach * sine,
            middle.y - radius * reach * cosine,
        )
    };
    let corners: Vec<Pos2> = (0..2 * STARS).map(corner).collect();
    if is_filled {
        // A star is hollow at its notches, so it is filled from its middle.
        let mut mesh = Mesh::default();
        mesh.colored_vertex(middle, color);
        for corner in &corners {
            mesh.colored_vertex(*corner, color);
        }
        let n = corners.len() as u32;
        for at in 0..n {
            mesh.add_triangle(0, 1 + at, 1 + (at + 1) % n);
        }
        painter.add(Shape::mesh(mesh));
    }
    painter.add(Shape::closed_line(corners, Stroke::new(1.0, color)));
}
