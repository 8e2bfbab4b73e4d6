//! Files dropped on the window from the system's file manager.
//!
//! Where on the window they were dropped is not told by every system; the last place of the
//! pointer stands in for it.

use std::path::PathBuf;

use egui::Align2;
use egui::CornerRadius;
use egui::Id;
use egui::LayerId;
use egui::Order;
use egui::Rect;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::vec2;

use super::regions::Regions;
use crate::app::Action;
use crate::app::FileAction;
use crate::app::PoolAction;
use crate::app::TimelineAction;
use crate::model::Cut;
use crate::model::Scene;
use crate::ops::place::Target;
use crate::ui::ctx::Ctx;
use crate::ui::panels::timeline::TimelineView;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// What files would do where the pointer is.
struct Landing {
    /// In words.
    sentence: String,
    /// Where.
    rect: Rect,
    action: Action,
}

/// Takes dropped files, and says beforehand what would become of them.
pub(super) fn drops_ui(ui: &Ui, ctx: &Ctx<'_>, regions: &Regions, timeline: &TimelineView) {
    let (dropped, hovered) = ui.input(|input| {
        let dropped: Vec<PathBuf> = input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_owned())
            .filter(|path| !path.as_os_str().is_empty())
            .collect();
        let hovered: Vec<PathBuf> = input
            .raw
            .hovered_files
            .iter()
            .filter_map(|file| file.path.clone())
            .collect();
        (dropped, hovered)
    });
    if !dropped.is_empty() {
        if let Some(landing) = landing(ui, ctx, regions, timeline, dropped) {
            ctx.request(landing.action);
        }
    } else if !hovered.is_empty()
        && let Some(landing) = landing(ui, ctx, regions, timeline, hovered)
    {
        paint(ui, &landing);
    }
}

fn landing(
    ui: &Ui,
    ctx: &Ctx<'_>,
    regions: &Regions,
    timeline: &TimelineView,
    paths: Vec<PathBuf>,
) -> Option<Landing> {
    let show_file = paths
        .iter()
        .find(|path| path.extension().is_some_and(|ext| ext == "needledrop"));
    if let Some(path) = show_file {
        return Some(Landing {
            sentence: "Open this show".to_owned(),
            rect: ui.content_rect(),
            action: Action::File(FileAction::Open(path.clone())),
        });
    }
    ctx.app.show()?;
    let what = match paths.len() {
        1 => "Add it".to_owned(),
        n => format!("Add {n} files"),
    };
    let pointer = ui.pointer_latest_pos();
    let target = pointer.and_then(|pos| timeline.drop_target_at(pos));
    if let (Some(target), Some((_, _, cut))) = (target, ctx.app.open_cut()) {
        return Some(Landing {
            sentence: format!("{what} to the pool and place on {}", name_of(cut, target)),
            rect: regions.center,
            action: Action::Timeline(TimelineAction::PlaceFiles(paths, target)),
        });
    }
    Some(Landing {
        sentence: format!("{what} to the pool"),
        rect: regions.pool.unwrap_or(regions.center),
        action: Action::Pool(PoolAction::Add(paths)),
    })
}

/// What files would be placed on.
fn name_of(cut: &Cut, target: Target) -> String {
    match target {
        Target::Slot(_) => "this slot".to_owned(),
        Target::Scene(id) => cut
            .scene(id)
            .map_or_else(|| "this scene".to_owned(), Scene::title),
        Target::Marker(id) => match cut.marker(id) {
            Some(marker) if !marker.name.is_empty() => marker.name.clone(),
            _ => "this marker".to_owned(),
        },
        Target::At(at) => cut.label(at),
    }
}

fn paint(ui: &Ui, landing: &Landing) {
    let tokens = tokens(ui);
    let layer = LayerId::new(Order::Tooltip, Id::unique("files over the window"));
    let painter = ui.layer_painter(layer);
    let rect = landing.rect.shrink(size::UNIT);
    let radius = CornerRadius::same(size::RADIUS);
    painter.rect(
        rect,
        radius,
        tokens.soft(tokens.ghost_ok),
        Stroke::new(2.0, tokens.ghost_ok),
        StrokeKind::Inside,
    );
    let galley =
        painter.layout_no_wrap(landing.sentence.clone(), type_style::strong(), tokens.text);
    let pill = Align2::CENTER_CENTER
        .anchor_size(rect.center(), galley.size() + vec2(24.0, 16.0))
        .intersect(ui.content_rect());
    painter.rect_filled(pill, radius, tokens.raised);
    let at = pill.center() - galley.size() / 2.0;
    painter.galley(at, galley, tokens.text);
}
