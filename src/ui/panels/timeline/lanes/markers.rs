//! The lane of markers: points and spans with labels that avoid each other, hit points with how
//! early and late the music may be, and a light that goes up when the playhead passes.

use egui::Align2;
use egui::Color32;
use egui::CursorIcon;
use egui::Pos2;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Shape;
use egui::Stroke;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use crate::app::Action;
use crate::app::Focus;
use crate::app::TimelineAction;
use crate::app::TransportAction;
use crate::model::HitPoint;
use crate::model::Marker;
use crate::model::MarkerId;
use crate::model::Weight;
use crate::ops::place::Target;
use crate::time::Ticks;
use crate::ui::panels::timeline::gesture::Grip;
use crate::ui::panels::timeline::layout::Label;
use crate::ui::panels::timeline::layout::Point;
use crate::ui::panels::timeline::layout::label_rows;
use crate::ui::panels::timeline::layout::thinned;
use crate::ui::panels::timeline::stage::Found;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::id_of;
use crate::ui::panels::timeline::stage::line;
use crate::ui::panels::timeline::words;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::type_style;

/// Markers nearer to each other than this are drawn as one.
const GAP: f32 = 4.0;
/// Two lines of labels above the marks.
const N_LABEL_ROWS: usize = 2;
const LABEL_ROW: f32 = 15.0;
const WIDEST_LABEL: f32 = 150.0;
/// How far a label stands from its marker's stem.
const BESIDE: f32 = 4.0;
/// How far around its point a marker can be taken hold of.
const HALF_HIT: f32 = 7.0;
/// How long a marker stays lit once the playhead has passed.
const LIT: Ticks = Ticks::from_millis(400);

/// A marker that is drawn.
struct Drawn<'a> {
    id: MarkerId,
    marker: &'a Marker,
    x: f32,
    /// How many markers it stands for.
    n_merged: usize,
    rank: u8,
    /// How brightly it is lit, from 0 to 1.
    glow: f32,
}

/// Draws the markers and answers for them.
pub(in crate::ui::panels::timeline) fn markers_ui(ui: &Ui, stage: &Stage<'_>, found: &mut Found) {
    let lane = stage.lanes.markers;
    let drawn = drawn(stage);
    let labels: Vec<Label> = drawn
        .iter()
        .map(|one| {
            let width = label(ui, stage, one).size().x;
            let x = one.x + BESIDE;
            // Near the right edge a label is moved back into sight, but not past its marker.
            let latest = (lane.right() - width - BESIDE).max(one.x - width - BESIDE);
            let is_seen = one.x <= lane.right();
            Label {
                x: if is_seen { x.min(latest) } else { x },
                width,
                rank: one.rank,
            }
        })
        .collect();
    let rows = label_rows(&labels, N_LABEL_ROWS, 5.0);
    for ((one, label), row) in drawn.iter().zip(labels).zip(rows) {
        let at = row.map(|row| pos2(label.x, lane.top() + 2.0 + LABEL_ROW * row as f32));
        marker_ui(ui, stage, found, one, at);
    }
}

/// The markers that are seen and not too near to others that matter more.
fn drawn<'a>(stage: &Stage<'a>) -> Vec<Drawn<'a>> {
    let seen = stage.lanes.markers.x_range().expand(WIDEST_LABEL);
    let near: Vec<(MarkerId, &Marker, f32)> = stage
        .model
        .markers
        .iter()
        .filter_map(|(id, at)| {
            let x = stage.scale.x(*at);
            let marker = stage.cut.marker(*id)?;
            let reaches = x + stage.scale.points(marker.length);
            (x <= seen.max && seen.min <= reaches).then_some((*id, marker, x))
        })
        .collect();
    let points: Vec<Point> = near
        .iter()
        .map(|(id, marker, x)| Point {
            x: *x,
            rank: rank(stage, *id, marker),
        })
        .collect();
    thinned(&points, GAP)
        .into_iter()
        .filter_map(|(n, n_merged)| {
            let (id, marker, x) = *near.get(n)?;
            Some(Drawn {
                id,
                marker,
                x,
                n_merged,
                rank: points.get(n)?.rank,
                glow: glow(stage, marker),
            })
        })
        .collect()
}

/// What matters more is drawn and written first.
fn rank(stage: &Stage<'_>, id: MarkerId, marker: &Marker) -> u8 {
    let is_held = stage.held == Some(Grip::Marker(id));
    if is_held || stage.focus == Focus::Marker(id) {
        return 9;
    }
    let by_weight = match marker.hit.map(|hit| hit.weight) {
        Some(Weight::Heavy) => 5,
        Some(Weight::Medium) => 4,
        Some(Weight::Light) => 3,
        None if marker.name.is_empty() => 0,
        None => 1,
    };
    // A name that has just lit up must be readable.
    by_weight + if glow(stage, marker) > 0.0 { 3 } else { 0 }
}

/// How brightly a marker is lit: fully as the playhead passes, then less and less.
fn glow(stage: &Stage<'_>, marker: &Marker) -> f32 {
    if !stage.is_running || stage.playhead < marker.at {
        return 0.0;
    }
    let since = stage.playhead - marker.span().end();
    if since <= Ticks::ZERO {
        return 1.0;
    }
    (1.0 - since.get() as f32 / LIT.get() as f32).max(0.0)
}

fn color(stage: &Stage<'_>, marker: &Marker) -> Color32 {
    match marker.hit {
        Some(_) => stage.tokens.hit_point,
        None => stage.tokens.label(marker.color).mark,
    }
}

fn label(ui: &Ui, stage: &Stage<'_>, one: &Drawn<'_>) -> std::sync::Arc<egui::Galley> {
    let text = match (one.marker.name.as_str(), one.n_merged) {
        ("", 1) => String::new(),
        ("", n) => format!("{n} markers"),
        (name, 1) => name.to_owned(),
        (name, n) => format!("{name} +{}", n - 1),
    };
    let (font, color) = if one.rank >= 4 {
        (type_style::small_strong(), stage.tokens.text)
    } else {
        (type_style::small(), stage.tokens.weak)
    };
    let color = color.lerp_to_gamma(stage.tokens.text, one.glow);
    line(ui, text, font, color, WIDEST_LABEL)
}

fn marker_ui(
    ui: &Ui,
    stage: &Stage<'_>,
    found: &mut Found,
    one: &Drawn<'_>,
    label_at: Option<Pos2>,
) {
    let lane = stage.lanes.markers;
    let galley = label(ui, stage, one);
    let point = pos2(one.x, lane.bottom() - 9.0);
    let mut hit = Rect::from_center_size(point, vec2(2.0 * HALF_HIT, 16.0));
    if let Some(at) = label_at {
        hit = hit.union(Rect::from_min_size(at, galley.size()));
    }
    let response = stage.thing(
        ui,
        id_of("marker", one.id),
        hit,
        Sense::click_and_drag(),
        || {
            let is_focused = stage.focus == Focus::Marker(one.id);
            let name = match one.n_merged {
                1 => words::marker(stage.cut, one.marker),
                n => format!(
                    "{} and {} more",
                    words::marker(stage.cut, one.marker),
                    n - 1
                ),
            };
            WidgetInfo::selected(Role::Button, true, is_focused, name)
        },
    );
    let target = Rect::from_center_size(point, vec2(2.0 * HALF_HIT, lane.height()));
    found.targets.push((
        Rect::from_x_y_ranges(target.x_range(), lane.y_range()),
        Target::Marker(one.id),
    ));
    paint(ui, stage, one, point, &response);
    if let Some(at) = label_at {
        ui.painter().galley(at, galley, stage.tokens.text);
    }
    stage.focus_ring(ui, &response, hit);
    if !stage.is_quiet(ui) {
        answer(ui, stage, found, one, response);
    }
}

fn answer(ui: &Ui, stage: &Stage<'_>, found: &mut Found, one: &Drawn<'_>, response: Response) {
    let id = one.id;
    if response.double_clicked() {
        stage.ask(Action::Transport(TransportAction::Seek(one.marker.at)));
    } else if response.clicked() {
        stage.ask(Action::Focus(Focus::Marker(id)));
    }
    if response.drag_started()
        && let Some(pos) = ui.input(|input| input.pointer.press_origin())
    {
        found.grabbed = Some((Grip::Marker(id), pos));
    }
    response.context_menu(|ui| {
        if ui.button("Go to marker").clicked() {
            stage.ask(Action::Transport(TransportAction::Seek(one.marker.at)));
        }
        if ui.button("Edit in the inspector").clicked() {
            stage.ask(Action::Focus(Focus::Marker(id)));
        }
        ui.separator();
        if ui.button("Delete marker").clicked() {
            stage.ask(Action::Timeline(TimelineAction::RemoveMarker(id)));
        }
    });
    response
        .on_hover_cursor(CursorIcon::Default)
        .on_hover_ui_at_pointer(|ui| {
            ui.strong(words::marker(stage.cut, one.marker));
            if let Some(hit) = one.marker.hit {
                ui.label(format!(
                    "Music may be {} frames early, {} frames late",
                    hit.early.get(),
                    hit.late.get()
                ));
            }
            if !one.marker.note.is_empty() {
                ui.label(&one.marker.note);
            }
            if one.n_merged > 1 {
                ui.label(format!("{} more here: zoom in", one.n_merged - 1));
            }
            ui.weak("Click selects, double click goes there, drag moves");
        });
}

fn paint(ui: &Ui, stage: &Stage<'_>, one: &Drawn<'_>, point: Pos2, response: &Response) {
    let tokens = stage.tokens;
    let painter = ui.painter();
    let is_focused = stage.focus == Focus::Marker(one.id);
    let is_target = stage.drop_tone(Target::Marker(one.id));
    let color = color(stage, one.marker);
    let is_loud = is_focused || response.hovered() || one.marker.hit.is_some();
    // A thin line down through the lanes ties the moment to the music below.
    let stem = if is_loud { 0.32 } else { 0.14 };
    painter.vline(
        one.x,
        egui::Rangef::new(point.y + 4.0, stage.lanes.guide.bottom()),
        Stroke::new(size::HAIRLINE, color.gamma_multiply(stem + 0.5 * one.glow)),
    );
    painter.vline(
        one.x,
        egui::Rangef::new(stage.lanes.markers.top() + 3.0, point.y - 4.0),
        Stroke::new(size::HAIRLINE, color.gamma_multiply(0.45 + 0.5 * one.glow)),
    );
    if one.glow > 0.0 {
        for (radius, strength) in [(13.0, 0.14), (9.0, 0.22)] {
            painter.circle_filled(point, radius, color.gamma_multiply(strength * one.glow));
        }
    }
    if one.marker.length > Ticks::ZERO {
        let end = stage.scale.x(one.marker.span().end());
        let bar = Rect::from_min_max(pos2(one.x, point.y - 1.5), pos2(end, point.y + 1.5));
        painter.rect_filled(bar, 1.0, color.gamma_multiply(0.7));
        painter.vline(end, bar.y_range().expand(3.0), Stroke::new(1.5, color));
    }
    if let Some(hit) = one.marker.hit {
        hit_window(ui, stage, one, hit, point);
    }
    let lit = color.lerp_to_gamma(tokens.text, 0.5 * one.glow);
    match one.marker.hit {
        Some(hit) => diamond(ui, point, hit.weight, lit, tokens.base),
        None => triangle(ui, point, lit),
    }
    if let Some(ring) = is_target.or(is_focused.then_some(tokens.focus)) {
        painter.circle_stroke(point, 9.5, Stroke::new(size::FOCUS, ring));
    }
    if one.n_merged > 1 && one.marker.name.is_empty() {
        let corner = point + vec2(6.0, 0.0);
        let text = one.n_merged.to_string();
        painter.text(
            corner,
            Align2::LEFT_CENTER,
            text,
            type_style::small(),
            tokens.weak,
        );
    }
    if stage.model.links.iter().any(|link| link.marker == one.id) {
        let icon = Rect::from_center_size(point + vec2(13.0, 0.0), vec2(11.0, 11.0));
        paint_icon(painter, Icon::Link, icon, tokens.accent);
    }
}

/// How early and how late the music may be.
fn hit_window(ui: &Ui, stage: &Stage<'_>, one: &Drawn<'_>, hit: HitPoint, point: Pos2) {
    let rate = stage.cut.timebase.rate();
    let from = stage.scale.x(one.marker.at - rate.to_ticks(hit.early));
    let to = stage.scale.x(one.marker.at + rate.to_ticks(hit.late));
    if to - from < 3.0 {
        return;
    }
    let color = stage.tokens.hit_point;
    let band = Rect::from_min_max(pos2(from, point.y - 5.0), pos2(to, point.y + 5.0));
    ui.painter()
        .rect_filled(band, 2.0, color.gamma_multiply(0.22));
    for x in [from, to] {
        let stroke = Stroke::new(size::HAIRLINE, color.gamma_multiply(0.8));
        ui.painter().vline(x, band.y_range(), stroke);
    }
}

fn diamond(ui: &Ui, at: Pos2, weight: Weight, color: Color32, ground: Color32) {
    let radius = match weight {
        Weight::Light => 4.5,
        Weight::Medium => 5.5,
        Weight::Heavy => 7.0,
    };
    let corners = vec![
        at - vec2(0.0, radius),
        at + vec2(radius, 0.0),
        at + vec2(0.0, radius),
        at - vec2(radius, 0.0),
    ];
    let (fill, stroke) = match weight {
        Weight::Light => (ground, Stroke::new(1.5, color)),
        Weight::Medium | Weight::Heavy => (color, Stroke::new(1.0, ground)),
    };
    ui.painter()
        .add(Shape::convex_polygon(corners, fill, stroke));
}

fn triangle(ui: &Ui, at: Pos2, color: Color32) {
    let corners = vec![
        at + vec2(-4.5, -4.0),
        at + vec2(4.5, -4.0),
        at + vec2(0.0, 4.0),
    ];
    ui.painter()
        .add(Shape::convex_polygon(corners, color, Stroke::NONE));
}
