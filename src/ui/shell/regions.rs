//! The regions of the window: the menu bar, the pool, the timeline, the inspector, the transport.

use egui::CentralPanel;
use egui::Frame;
use egui::Margin;
use egui::Panel;
use egui::Rect;
use egui::Ui;

use crate::ui::ctx::Ctx;
use crate::ui::panels::inspector::inspector_ui;
use crate::ui::panels::menu_bar::menu_bar_ui;
use crate::ui::panels::pool::pool_ui;
use crate::ui::panels::timeline::timeline_ui;
use crate::ui::panels::transport_bar::transport_bar_ui;
use crate::ui::panels::welcome::welcome_ui;
use crate::ui::theme::tokens;
use crate::ui::view::View;

/// Height of the menu bar.
const MENU_HEIGHT: f32 = 32.0;
/// Height of the transport.
const TRANSPORT_HEIGHT: f32 = 56.0;

/// Where the regions lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Regions {
    /// The pool, where it is seen.
    pub(super) pool: Option<Rect>,
    /// The timeline, or what stands in its place.
    pub(super) center: Rect,
    /// Everything above the transport.
    pub(super) above_transport: Rect,
}

/// Draws every region.
pub(super) fn regions_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut View) -> Regions {
    let tokens = tokens(ui);
    let bar = Frame::new().fill(tokens.panel);
    Panel::top("menu")
        .exact_size(MENU_HEIGHT)
        .frame(bar.inner_margin(Margin::symmetric(8, 4)))
        .show(ui, |ui| menu_bar_ui(ui, ctx, view));
    if ctx.app.show().is_none() {
        let center = CentralPanel::default()
            .frame(Frame::new().fill(tokens.base))
            .show(ui, |ui| {
                let rect = ui.max_rect();
                welcome_ui(ui, ctx);
                rect
            })
            .inner;
        return Regions {
            pool: None,
            center,
            above_transport: center,
        };
    }
    Panel::bottom("transport")
        .exact_size(TRANSPORT_HEIGHT)
        .frame(bar.inner_margin(Margin::symmetric(12, 0)))
        .show(ui, |ui| transport_bar_ui(ui, ctx, &mut view.transport));
    let above_transport = ui.available_rect_before_wrap();
    let room = above_transport.width();
    let pool = Panel::left("pool")
        .default_size((room * 0.26).clamp(300.0, 380.0))
        .size_range(240.0..=(room * 0.5).max(240.0))
        .frame(bar)
        .show_collapsible(ui, &mut view.is_pool_shown, |ui| {
            pool_ui(ui, ctx, &mut view.pool);
            ui.take_available_space();
        })
        .map(|shown| shown.response.rect);
    Panel::right("inspector")
        .default_size((room * 0.19).clamp(230.0, 300.0))
        .size_range(220.0..=(room * 0.4).max(220.0))
        .frame(bar)
        .show_collapsible(ui, &mut view.is_inspector_shown, |ui| {
            inspector_ui(ui, ctx, &mut view.inspector);
            ui.take_available_space();
        });
    let center = CentralPanel::default()
        .frame(Frame::NONE)
        .show(ui, |ui| {
            let rect = ui.max_rect();
            timeline_ui(ui, ctx, &mut view.timeline);
            rect
        })
        .inner;
    Regions {
        pool,
        center,
        above_transport,
    }
}
