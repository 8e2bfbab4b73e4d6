//! Telling a press from a click: what sounds, sounds on the press.

use egui::Response;

/// Whether the primary button went down on this in this pass.
///
/// A tap on a touchpad, or a slow picture, puts the press and the release into one pass: then the
/// button is not down any more when the widget is asked, but it was clicked.
pub fn pressed_here(response: &Response) -> bool {
    let is_pressed = response.ctx.input(|input| input.pointer.primary_pressed());
    is_pressed && (response.is_pointer_button_down_on() || response.clicked())
}
