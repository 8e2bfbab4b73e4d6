//! What the window looks like at the moment: nothing that a show would keep.

use serde::Deserialize;
use serde::Serialize;

use super::dialogs::Dialog;
use super::panels::inspector::InspectorView;
use super::panels::notices::Notices;
use super::panels::pool::PoolPanel;
use super::panels::timeline::TimelineView;
use super::panels::transport_bar::TransportBar;
use super::widgets::Palette;

/// Everything the window remembers. What is not skipped outlives the program.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// Whether the pool is seen.
    pub(super) is_pool_shown: bool,
    /// Whether the inspector is seen.
    pub(super) is_inspector_shown: bool,
    /// How large everything is, in steps of a tenth; 10 is as the system has it.
    pub(super) scale: u8,
    /// The pool's list.
    pub(super) pool: PoolPanel,
    /// What is seen of the timeline.
    pub(super) timeline: TimelineView,
    /// What of the inspector is unfolded.
    #[serde(skip)]
    pub(super) inspector: InspectorView,
    /// The transport's meters.
    #[serde(skip)]
    pub(super) transport: TransportBar,
    /// Which notices are unfolded.
    #[serde(skip)]
    pub(super) notices: Notices,
    /// The dialog that is open.
    #[serde(skip)]
    pub(super) dialog: Option<Dialog>,
    /// The palette, while it is open.
    #[serde(skip)]
    pub(super) palette: Option<Palette>,
    /// What had the keyboard at the end of the last pass.
    #[serde(skip)]
    pub(super) focused: Option<egui::Id>,
    /// The window's title as it was last set.
    #[serde(skip)]
    pub(super) title: String,
}

impl View {
    /// The key under which the view is kept between two runs.
    pub(super) const STORAGE_KEY: &str = "view";
    /// How large everything is where nobody has changed it.
    pub(super) const NORMAL_SCALE: u8 = 10;
}

impl Default for View {
    fn default() -> Self {
        Self {
            is_pool_shown: true,
            is_inspector_shown: true,
            scale: Self::NORMAL_SCALE,
            pool: PoolPanel::default(),
            timeline: TimelineView::default(),
            inspector: InspectorView::default(),
            transport: TransportBar::default(),
            notices: Notices::default(),
            dialog: None,
            palette: None,
            focused: None,
            title: String::new(),
        }
    }
}
