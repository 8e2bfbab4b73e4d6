//! How far a job has come.

use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use crate::ui::theme::size;
use crate::ui::theme::tokens;

/// A slim bar over the width there is. `None` means that nobody knows how much there is to do.
pub fn progress_bar(ui: &mut Ui, name: &str, fraction: Option<f32>) -> Response {
    let tokens = tokens(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::UNIT), Sense::hover());
    let radius = size::UNIT / 2.0;
    ui.painter()
        .rect_filled(rect, radius, tokens.control_pressed);
    let (from, to) = if let Some(fraction) = fraction {
        (0.0, fraction.clamp(0.0, 1.0))
    } else {
        // A third of the bar wanders from left to right every second and a half.
        ui.request_repaint();
        let phase = (ui.input(|input| input.time) / 1.5).fract() as f32;
        ((phase * 1.3 - 0.3).max(0.0), (phase * 1.3).min(1.0))
    };
    let filled = rect
        .with_max_x(egui::lerp(rect.x_range(), to))
        .with_min_x(egui::lerp(rect.x_range(), from));
    if filled.width() > 0.0 {
        ui.painter().rect_filled(filled, radius, tokens.accent);
    }
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, ui.is_enabled(), name);
        info.value = fraction.map(f64::from);
        info
    });
    response
}
