//! The lane of scenes: click arms, double click plays, drag moves, edges trim.

use egui::CornerRadius;
use egui::CursorIcon;
use egui::Painter;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::edges::edges_ui;
use crate::app::Action;
use crate::app::Focus;
use crate::app::TimelineAction;
use crate::app::TransportAction;
use crate::model::Scene;
use crate::model::SceneId;
use crate::ops::place::Target;
use crate::ui::panels::timeline::gesture::Grip;
use crate::ui::panels::timeline::gesture::Hold;
use crate::ui::panels::timeline::layout::Block;
use crate::ui::panels::timeline::layout::blocks;
use crate::ui::panels::timeline::stage::Found;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::id_of;
use crate::ui::panels::timeline::stage::line;
use crate::ui::panels::timeline::words;
use crate::ui::theme::size;
use crate::ui::theme::type_style;

/// Space between a scene's edge and its words.
const INSET: f32 = 8.0;
/// Below this width nothing is written.
const NO_WORDS: f32 = 18.0;
/// The height from which the intent is written below the heading.
const TWO_LINES: f32 = 32.0;

/// Draws the scenes and answers for them.
pub(in crate::ui::panels::timeline) fn scenes_ui(ui: &Ui, stage: &Stage<'_>, found: &mut Found) {
    let lane = stage.lanes.scenes.shrink2(vec2(0.0, 3.0));
    let model = stage.model;
    let mut seen = blocks(&model.scenes, model.n_scene_rows, lane, stage.scale);
    let background = ui.interact(stage.lanes.scenes, id_of("scenes", ()), Sense::CLICK);
    if background.clicked() {
        stage.ask(Action::Transport(TransportAction::Arm(None)));
        stage.ask(Action::Focus(Focus::Nothing));
    }
    // What is narrow comes last, so that what is wide does not lie over it.
    seen.sort_by(|a, b| b.rect.width().total_cmp(&a.rect.width()));
    for block in &seen {
        if let Some(scene) = stage.cut.scene(block.id) {
            scene_ui(ui, stage, found, block, scene);
        }
    }
}

fn scene_ui(ui: &Ui, stage: &Stage<'_>, found: &mut Found, block: &Block<SceneId>, scene: &Scene) {
    let id = block.id;
    let is_armed = stage.armed == Some(id);
    let armed = if is_armed {
        words::Armed::Yes
    } else {
        words::Armed::No
    };
    let response = stage.thing(
        ui,
        id_of("scene", id),
        block.rect,
        Sense::click_and_drag(),
        || {
            let name = words::scene(stage.cut, scene, armed);
            WidgetInfo::selected(Role::Button, true, is_armed, name)
        },
    );
    let edges = edges_ui(ui, stage, id_of("scene edge", id), block);
    if !stage.is_quiet(ui) {
        answer(ui, stage, found, id, &response, &edges);
    }
    found.targets.push((block.rect, Target::Scene(id)));
    paint(ui, stage, block, scene, &response);
    stage.focus_ring(ui, &response, block.rect);
    if stage.is_quiet(ui) {
        return;
    }
    let response = response.on_hover_cursor(CursorIcon::Default);
    menu(stage, id, &response);
    response.on_hover_ui_at_pointer(|ui| {
        ui.strong(scene.title());
        ui.label(format!(
            "{}  ({})",
            words::span(stage.cut, scene.span),
            words::length(stage.cut, scene.span.length())
        ));
        if !scene.intent.is_empty() {
            ui.label(&scene.intent);
        }
        ui.weak("Click arms, double click plays, drag moves, edges trim");
    });
}

fn answer(
    ui: &Ui,
    stage: &Stage<'_>,
    found: &mut Found,
    id: SceneId,
    response: &Response,
    edges: &[(crate::ops::timeline::End, Response)],
) {
    let all = || edges.iter().map(|(_, edge)| edge).chain([response]);
    if all().any(Response::double_clicked) {
        stage.ask(Action::Transport(TransportAction::PlayScene(id)));
    } else if all().any(Response::clicked) {
        stage.ask(Action::Transport(TransportAction::Arm(Some(id))));
    }
    let Some(pos) = ui.input(|input| input.pointer.press_origin()) else {
        return;
    };
    if response.drag_started() {
        found.grabbed = Some((Grip::Scene(id, Hold::Whole), pos));
    }
    for (end, edge) in edges {
        if edge.drag_started() {
            found.grabbed = Some((Grip::Scene(id, Hold::Edge(*end)), pos));
        }
    }
}

fn menu(stage: &Stage<'_>, id: SceneId, response: &Response) {
    response.context_menu(|ui| {
        if ui.button("Play scene").clicked() {
            stage.ask(Action::Transport(TransportAction::PlayScene(id)));
        }
        if stage.armed == Some(id) {
            if ui.button("Disarm").clicked() {
                stage.ask(Action::Transport(TransportAction::Arm(None)));
            }
        } else if ui.button("Arm").clicked() {
            stage.ask(Action::Transport(TransportAction::Arm(Some(id))));
        }
        if ui.button("Edit in the inspector").clicked() {
            stage.ask(Action::Focus(Focus::Scene(id)));
        }
        ui.separator();
        if ui.button("Delete scene").clicked() {
            stage.ask(Action::Timeline(TimelineAction::RemoveScene(id)));
        }
    });
}

fn paint(ui: &Ui, stage: &Stage<'_>, block: &Block<SceneId>, scene: &Scene, response: &Response) {
    let tokens = stage.tokens;
    let colors = tokens.label(scene.color);
    let is_armed = stage.armed == Some(block.id);
    let is_focused = stage.focus == Focus::Scene(block.id);
    let painter = ui.painter();
    // A hairline of ground between neighbours.
    let mut rect = block.rect;
    if rect.width() > 6.0 {
        rect.max.x -= 1.0;
    }
    painter.rect_filled(rect, size::RADIUS, colors.fill);
    if response.hovered() && !stage.is_quiet(ui) {
        painter.rect_filled(rect, size::RADIUS, tokens.soft(tokens.text));
    }
    let bar = Rect::from_min_max(
        rect.min,
        pos2((rect.left() + 3.0).min(rect.right()), rect.max.y),
    );
    let left_only = CornerRadius {
        nw: size::RADIUS,
        sw: size::RADIUS,
        ..CornerRadius::ZERO
    };
    if block.has_start {
        painter.rect_filled(bar, left_only, colors.mark);
    }
    let stroke = if let Some(tone) = stage.drop_tone(Target::Scene(block.id)) {
        Stroke::new(2.0, tone)
    } else if is_armed {
        Stroke::new(2.0, tokens.accent)
    } else if is_focused {
        Stroke::new(size::FOCUS, tokens.focus)
    } else {
        Stroke::new(size::HAIRLINE, colors.outline)
    };
    painter.rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    words_ui(ui, stage, rect, scene, is_armed);
}

/// Says that a scene is armed: in a word, or with a dot. Returns how much room that takes.
fn armed_badge(painter: &Painter, stage: &Stage<'_>, seen: Rect, middle: f32, room: f32) -> f32 {
    let tokens = stage.tokens;
    if room > 150.0 {
        let font = type_style::small_strong();
        let word = painter.layout_no_wrap("Armed".to_owned(), font, tokens.on_accent);
        let size_of = word.size() + vec2(10.0, 2.0);
        let corner = pos2(seen.right() - 6.0 - size_of.x, middle - size_of.y / 2.0);
        let badge = Rect::from_min_size(corner, size_of);
        painter.rect_filled(badge, size::RADIUS, tokens.accent);
        painter.galley(badge.min + vec2(5.0, 1.0), word, tokens.on_accent);
        size_of.x + 10.0
    } else if room > 60.0 {
        painter.circle_filled(pos2(seen.right() - 10.0, middle), 3.5, tokens.accent);
        14.0
    } else {
        0.0
    }
}

/// Number and heading, and below them what the scene should feel like.
fn words_ui(ui: &Ui, stage: &Stage<'_>, rect: Rect, scene: &Scene, is_armed: bool) {
    let seen = rect.intersect(stage.lanes.content);
    if seen.width() < NO_WORDS {
        return;
    }
    let tokens = stage.tokens;
    let colors = tokens.label(scene.color);
    let inset = if seen.width() < 40.0 { 5.0 } else { INSET };
    let left = seen.left() + inset;
    let mut room = seen.right() - 4.0 - left;
    let has_two = rect.height() >= TWO_LINES && !scene.intent.is_empty() && room > 48.0;
    let middle = if has_two {
        rect.top() + 11.0
    } else {
        rect.center().y
    };
    let painter = ui.painter().with_clip_rect(seen.intersect(ui.clip_rect()));
    let mut x = left;
    if is_armed {
        room -= armed_badge(&painter, stage, seen, middle, room);
    }
    if !scene.number.is_empty() {
        let number = line(ui, &scene.number, type_style::strong(), colors.text, room);
        let at = pos2(x, middle - number.size().y / 2.0);
        let taken = number.size().x + 6.0;
        painter.galley(at, number, colors.text);
        x += taken;
        room -= taken;
    }
    if room > 20.0 {
        let name = line(ui, &scene.name, type_style::small(), colors.text, room);
        let at = pos2(x, middle - name.size().y / 2.0 + 0.5);
        painter.galley(at, name, colors.text);
    }
    if has_two {
        let room = seen.right() - 4.0 - left;
        let color = colors.text.gamma_multiply(0.72);
        let intent = line(ui, &scene.intent, type_style::small(), color, room);
        painter.galley(pos2(left, rect.top() + 19.0), intent, color);
    }
}
