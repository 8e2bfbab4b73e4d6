//! How somebody looks at the timeline: what is kept from one run of the program to the next, and
//! what lasts only while it is on the screen.

use egui::Pos2;
use egui::Rect;
use serde::Deserialize;
use serde::Serialize;

use super::gesture::Gesture;
use super::ghost::Hover;
use super::lanes::Lanes;
use super::model::Models;
use super::window::Scale;
use super::window::Window;
use crate::model::CutAt;
use crate::ops::place::Target;
use crate::time::Ticks;

/// How many cuts are remembered with the place last looked at.
const MAX_REMEMBERED: usize = 24;

/// How the timeline keeps up with the playhead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Follow {
    /// Turns the page when the playhead leaves it.
    #[default]
    Page,
    /// Keeps the playhead in the middle.
    Smooth,
    /// Not at all.
    Off,
}

/// Whether positions stick to what is near.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Magnet {
    /// To markers, edges and the playhead.
    #[default]
    On,
    /// To whole frames only.
    Off,
}

/// What a key or a menu asks of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineCommand {
    /// Draws everything wider.
    ZoomIn,
    /// Draws everything narrower.
    ZoomOut,
    /// Shows the whole cut.
    FitEpisode,
    /// Shows the armed or focused scene, slot or marker.
    FitScene,
    /// Begins the range at the playhead.
    RangeIn,
    /// Ends the range at the playhead.
    RangeOut,
    /// Forgets the range.
    ClearRange,
    /// Adds a scene on the range, or at the playhead.
    AddScene,
    /// Lets positions stick, or not.
    ToggleMagnet,
    /// Goes on to the next way of following the playhead.
    CycleFollow,
}

/// How somebody looks at the timeline. The shell keeps it with the rest of the window.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelineView {
    pub(super) follow: Follow,
    pub(super) magnet: Magnet,
    /// What was seen of each cut, looked at last first.
    windows: Vec<(String, Window)>,
    #[serde(skip)]
    pub(super) live: Live,
}

/// What lasts only while the timeline is on the screen.
#[derive(Default)]
pub(super) struct Live {
    /// The cut that is shown, and what is seen of it.
    pub(super) open: Option<(CutAt, Window)>,
    /// What was asked since the last frame.
    pub(super) commands: Vec<TimelineCommand>,
    /// What is being dragged about.
    pub(super) gesture: Option<Gesture>,
    /// The drop that is being considered.
    pub(super) hover: Option<Hover>,
    /// Where a range was begun that has no end yet.
    pub(super) range_anchor: Option<Ticks>,
    /// The place last asked of the transport while scrubbing.
    pub(super) scrubbed: Option<Ticks>,
    pub(super) following: Following,
    /// How far the rows of alternates are scrolled, in points.
    pub(super) alternates_scroll: f32,
    pub(super) models: Models,
    /// Where everything was painted last.
    pub(super) painted: Option<Painted>,
}

/// How following the playhead stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Following {
    pub(super) was_running: bool,
    pub(super) last_playhead: Option<Ticks>,
    /// Somebody has looked elsewhere meanwhile.
    pub(super) is_suspended: bool,
}

/// Where everything was painted last, to tell what lies under a point.
pub(super) struct Painted {
    pub(super) at: CutAt,
    pub(super) lanes: Lanes,
    pub(super) scale: Scale,
    pub(super) snap: super::snap::Magnets,
    /// What music can be dropped on; what is painted above comes later.
    pub(super) targets: Vec<(Rect, Target)>,
}

impl TimelineView {
    /// Does as a key or a menu asks, when the timeline is drawn next.
    pub fn command(&mut self, command: TimelineCommand) {
        self.live.commands.push(command);
    }

    /// Whether positions stick to what is near.
    pub fn magnet(&self) -> Magnet {
        self.magnet
    }

    /// How the playhead is followed.
    pub fn follow(&self) -> Follow {
        self.follow
    }

    /// Whether something is being dragged on the timeline, so that Escape belongs to it.
    pub fn is_dragging(&self) -> bool {
        self.live.gesture.is_some()
    }

    /// What music that is let go at `pos` would be dropped on: for files from the system's file
    /// manager. Nothing outside the lanes.
    pub fn drop_target_at(&self, pos: Pos2) -> Option<Target> {
        self.live.painted.as_ref()?.target_at(pos, self.magnet)
    }

    /// What is seen of the open cut.
    pub(super) fn window(&self) -> Option<Window> {
        self.live.open.map(|(_, window)| window)
    }

    /// Shows a cut: what was seen of it last, or the whole of it.
    pub(super) fn open(&mut self, at: CutAt, whole: impl FnOnce() -> Window) {
        if self.live.open.is_some_and(|(open, _)| open == at) {
            return;
        }
        self.remember();
        let name = name_of(at);
        let known = self.windows.iter().find(|(cut, _)| *cut == name);
        let window = known.map_or_else(whole, |(_, window)| *window);
        self.live.open = Some((at, window));
        self.live.gesture = None;
        self.live.hover = None;
        self.live.range_anchor = None;
        self.live.following = Following::default();
    }

    /// Looks at another part of the open cut.
    pub(super) fn look(&mut self, window: Window) {
        if let Some((_, open)) = &mut self.live.open
            && *open != window
        {
            *open = window;
            self.remember();
        }
    }

    /// Notes what is seen of the open cut.
    fn remember(&mut self) {
        if let Some((at, window)) = self.live.open {
            let name = name_of(at);
            self.windows.retain(|(cut, _)| *cut != name);
            self.windows.insert(0, (name, window));
            self.windows.truncate(MAX_REMEMBERED);
        }
    }
}

fn name_of(at: CutAt) -> String {
    at.cut.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cut;
    use crate::model::CutId;
    use crate::model::EpisodeId;

    #[test]
    fn what_was_seen_of_a_cut_is_seen_again_in_the_next_run() {
        let at = CutAt {
            episode: EpisodeId::from_u128(1),
            cut: CutId::from_u128(2),
        };
        let cut = Cut {
            length: Ticks::from_secs(600),
            ..Cut::default()
        };
        let mut view = TimelineView::default();
        view.open(at, || Window::on(cut.span(), &cut, 800.0));
        let mut window = view.window().expect("a cut is open");
        window.zoom(4.0, 200.0, &cut, 800.0);
        view.look(window);

        let kept = serde_json::to_string(&view).expect("views can be written");
        let mut next: TimelineView = serde_json::from_str(&kept).expect("and read");
        next.open(at, || Window::on(cut.span(), &cut, 800.0));
        assert_eq!(next.window(), Some(window));
    }
}
