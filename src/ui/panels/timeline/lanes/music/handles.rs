//! What a slot is shaped by with the mouse: its fades, at the top corners, and its level.

use egui::CursorIcon;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::paint;
use crate::app::Action;
use crate::app::TimelineAction;
use crate::model::Alternate;
use crate::model::AlternateField;
use crate::model::AlternateId;
use crate::model::Decibels;
use crate::model::SlotId;
use crate::ops::timeline::End;
use crate::ui::panels::timeline::gesture::Grip;
use crate::ui::panels::timeline::gesture::heard;
use crate::ui::panels::timeline::layout::Block;
use crate::ui::panels::timeline::stage::Found;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::id_of;
use crate::ui::panels::timeline::words;
use crate::ui::theme::size;

/// Narrower slots are shaped in the inspector.
const NARROWEST: f32 = 72.0;
const RADIUS: f32 = 4.0;
/// Where the handle of a fade that is not there yet waits, from its edge.
const AT_REST: f32 = 12.0;

/// Shows the handles and answers for them.
pub(super) fn handles_ui(
    ui: &Ui,
    stage: &Stage<'_>,
    found: &mut Found,
    block: &Block<SlotId>,
    (id, alternate): (AlternateId, &Alternate),
) {
    if block.rect.width() < NARROWEST {
        return;
    }
    let pressed = ui.input(|input| input.pointer.press_origin());
    let mut grab = |response: &Response, grip: Grip| {
        if response.drag_started()
            && let Some(pos) = pressed
        {
            found.grabbed = Some((grip, pos));
        }
    };
    let slot = block.id;
    if let Some(heard) = heard(stage.show, block.span, alternate) {
        let top = paint::wave_rect(block.rect).top();
        for end in [End::In, End::Out] {
            let (x, fade) = match end {
                End::In => {
                    let faded = stage.scale.points(alternate.fade_in).max(AT_REST);
                    (stage.scale.x(heard.start()) + faded, alternate.fade_in)
                }
                End::Out => {
                    let faded = stage.scale.points(alternate.fade_out).max(AT_REST);
                    (stage.scale.x(heard.end()) - faded, alternate.fade_out)
                }
            };
            if !block.rect.x_range().contains(x) {
                continue;
            }
            let name = match end {
                End::In => "Fade in",
                End::Out => "Fade out",
            };
            let center = pos2(x, top);
            let hit = Rect::from_center_size(center, vec2(14.0, 14.0));
            let response = stage.thing(ui, id_of(name, id), hit, Sense::drag(), || {
                let length = words::length(stage.cut, fade);
                WidgetInfo::labeled(Role::Button, true, format!("{name}, {length}"))
            });
            let fill = if response.hovered() {
                stage.tokens.accent
            } else {
                stage.tokens.text
            };
            let stroke = Stroke::new(size::FOCUS, stage.tokens.slot_fill);
            ui.painter().circle(center, RADIUS, fill, stroke);
            grab(&response, Grip::Fade(slot, id, end));
            response
                .on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal)
                .on_hover_text(format!("{name}: {}", words::length(stage.cut, fade)));
        }
    }
    let Some(label) = paint::gain_rect(ui, stage, block.rect, alternate) else {
        return;
    };
    let response = stage.thing(
        ui,
        id_of("level", id),
        label,
        Sense::click_and_drag(),
        || WidgetInfo::labeled(Role::Button, true, format!("Level, {}", alternate.gain)),
    );
    if response.double_clicked() {
        let usual = AlternateField::Gain(Decibels::ZERO);
        stage.ask(Action::Timeline(TimelineAction::Shape(slot, id, usual)));
    }
    grab(&response, Grip::Gain(slot, id));
    response
        .on_hover_and_drag_cursor(CursorIcon::ResizeVertical)
        .on_hover_text("Level: drag up or down, double click for 0 dB");
}
