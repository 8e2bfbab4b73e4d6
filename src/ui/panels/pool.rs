//! The pool: every track of the show, found, heard and dragged from here.
//!
//! The whole row is the button. Pressing it plays, so that sound is there before the finger is up;
//! what is selected with Ctrl or Shift is not played. Only rows that can be seen cost anything.

mod cells;
mod chips;
mod columns;
mod context_menu;
mod drag;
mod empty;
mod filter;
mod gathered;
mod header;
mod list;
mod reorder;
mod row;
mod row_name;
mod row_paint;
mod row_table;
mod select;
mod table_header;

use std::ops::Range;
use std::sync::Arc;

use egui::Id;
use egui::Ui;
use serde::Deserialize;
use serde::Serialize;

use self::columns::{Columns, TableColumn};
use self::gathered::Gathered;
use crate::app::Action;
use crate::app::TransportAction;
use crate::model::ListId;
use crate::model::TrackId;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;

/// Height of the line that says why a row is there.
const REASON_HEIGHT: f32 = 4.0 * size::UNIT;

/// The pool's list as it is looked at.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PoolPanel {
    /// How the tracks are listed.
    look: Look,
    /// The columns of the table.
    columns: Columns,
    /// Whether rows show artwork; of the table, its column tells.
    artwork: Artwork,
    /// The list whose name is being changed, where it is.
    #[serde(skip)]
    renaming: Option<ListId>,
    /// Whether its name is to have the keyboard.
    #[serde(skip)]
    is_rename_wanted: bool,
    /// The list that was last to be named because it was just made.
    #[serde(skip)]
    named: Option<ListId>,
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
    /// What was answered when the list was drawn last.
    #[serde(skip)]
    answered: Option<Answered>,
    /// Where the list was scrolled to in the last pass because something else was answered.
    #[serde(skip)]
    scroll_to: Option<f32>,
    /// What the menu of a row says of the tracks it is about.
    #[serde(skip)]
    gathered: Gathered,
    /// What was reported as visible.
    #[serde(skip)]
    reported: Option<Reported>,
    /// How many rows the last pass drew.
    #[serde(skip)]
    n_drawn: usize,
}

/// A question whose answer the rows are.
#[derive(Clone, Copy, Debug)]
struct Answered {
    /// Which question.
    question: (u64, u64),
    /// Whether it was about less than everything.
    is_narrow: bool,
}

/// What was reported as visible.
#[derive(Debug)]
struct Reported {
    /// All rows.
    rows: Arc<[TrackId]>,
    /// Those that can be seen.
    visible: Range<usize>,
    /// Whether their pictures can be seen too.
    is_artwork_shown: bool,
}

/// How the tracks are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Look {
    /// Title and artist over the waveform.
    #[default]
    Rows,
    /// One line each, in columns.
    Table,
}

/// Whether artwork is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Artwork {
    /// It is.
    #[default]
    Shown,
    /// Its room is the words'.
    LeftOut,
}

impl Look {
    /// From one row to the next, in points.
    fn pitch(self) -> f32 {
        match self {
            Self::Rows => size::ROW_TALL,
            Self::Table => size::ROW + size::UNIT,
        }
    }
}

impl PoolPanel {
    /// From one row to the next, in points: where rows say why they are there, they are higher.
    fn pitch(&self, ctx: &Ctx<'_>) -> f32 {
        let is_reasoned = self.look == Look::Rows && ctx.app.pool().query().similar.is_some();
        let line = if is_reasoned { REASON_HEIGHT } else { 0.0 };
        self.look.pitch() + line
    }

    /// Whether tracks are listed in columns.
    pub fn is_table(&self) -> bool {
        self.look == Look::Table
    }

    /// Lists tracks in columns, or in rows again.
    pub fn toggle_table(&mut self) {
        self.look = match self.look {
            Look::Rows => Look::Table,
            Look::Table => Look::Rows,
        };
        // Rows are of another height: what was led to is led to again.
        self.lead = None;
    }

    /// Whether artwork is seen in the look that tracks are listed in.
    pub fn is_artwork_shown(&self) -> bool {
        match self.look {
            Look::Rows => self.artwork == Artwork::Shown,
            Look::Table => self.columns.is_shown(TableColumn::Artwork),
        }
    }

    /// Shows the artwork in the look that tracks are listed in, or leaves it out.
    pub fn toggle_artwork(&mut self) {
        match self.look {
            Look::Rows => {
                self.artwork = match self.artwork {
                    Artwork::Shown => Artwork::LeftOut,
                    Artwork::LeftOut => Artwork::Shown,
                };
            }
            Look::Table => {
                let is_shown = self.is_artwork_shown();
                self.columns.show(TableColumn::Artwork, !is_shown);
            }
        }
    }

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
    header::header_ui(ui, ctx, panel, show);
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
