//! The pool: every track of the show, found, heard and dragged from here.
//!
//! The whole row is the button. Pressing it plays, so that sound is there before the finger is up;
//! what is selected with Ctrl or Shift is not played. Only rows that can be seen cost anything.

mod context_menu;
mod drag;
mod empty;
mod facets;
mod filter;
mod header;
mod list;
mod row;
mod row_name;
mod row_paint;
mod select;

use std::ops::Range;
use std::sync::Arc;

use egui::Id;
use egui::Ui;
use serde::Deserialize;
use serde::Serialize;

use self::facets::Facets;
use crate::app::Action;
use crate::app::TransportAction;
use crate::model::TrackId;
use crate::ui::ctx::Ctx;

/// The pool's list as it is looked at.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PoolPanel {
    /// Whether the tags to filter by are seen.
    are_tags_shown: bool,
    /// How many tracks there are of each state and tag.
    #[serde(skip)]
    facets: Facets,
    /// The search box.
    #[serde(skip)]
    search: Option<Id>,
    /// Whether the cursor is to go into the search box.
    #[serde(skip)]
    is_search_wanted: bool,
    /// Where a range that is selected with Shift begins.
    #[serde(skip)]
    anchor: Option<TrackId>,
    /// Whether a row is held down to hear its track in place of the pick.
    #[serde(skip)]
    is_trying: bool,
    /// The track selected last when the list was drawn last.
    #[serde(skip)]
    lead: Option<TrackId>,
    /// What was reported as visible.
    #[serde(skip)]
    reported: Option<(Arc<[TrackId]>, Range<usize>)>,
    /// How many rows the last pass drew.
    #[serde(skip)]
    n_drawn: usize,
}

impl PoolPanel {
    /// The search box, which leaves up and down to the rows.
    pub fn search_id(&self) -> Option<Id> {
        self.search
    }

    /// Puts the cursor into the search box.
    pub fn focus_search(&mut self) {
        self.is_search_wanted = true;
    }

    /// How many rows the last pass drew; for tests.
    pub fn n_drawn(&self) -> usize {
        self.n_drawn
    }
}

/// Shows the pool of the open show.
pub fn pool_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel) {
    let Some(show) = ctx.app.show() else { return };
    header::header_ui(ui, ctx, show);
    if show.n_tracks() == 0 {
        panel.n_drawn = 0;
        empty::nothing_added_ui(ui, ctx);
        return;
    }
    filter::filter_ui(ui, ctx, panel);
    if ctx.app.pool().rows().is_empty() && !ctx.app.pool().is_searching() {
        panel.n_drawn = 0;
        empty::nothing_found_ui(ui, ctx);
        return;
    }
    let is_held = ui.input(|input| input.pointer.any_down());
    if panel.is_trying && !is_held {
        panel.is_trying = false;
        ctx.request(Action::Transport(TransportAction::EndTrial));
    }
    list::list_ui(ui, ctx, panel);
    drag::ghost_ui(ui, show);
}
