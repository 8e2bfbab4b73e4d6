//! Getting about: wheel and pinch, the edges while something is dragged, and the playhead, which
//! is followed unless somebody looks elsewhere.

use egui::Ui;

use super::lanes::ALTERNATE_ROW;
use super::lanes::Lanes;
use super::view::Follow;
use super::view::Following;
use super::view::TimelineView;
use super::window::Window;
use crate::model::Cut;
use crate::time::Ticks;

/// How near an edge the timeline begins to scroll while something is dragged, in points.
const EDGE: f32 = 28.0;
/// How fast it scrolls at the very edge, in points a second.
const EDGE_SPEED: f32 = 900.0;
/// Where a new page has the playhead, as a part of its width.
const PAGE_LEFT: f32 = 0.08;

/// The playhead, as far as following it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moving {
    pub(super) playhead: Ticks,
    pub(super) is_running: bool,
}

/// Lets the pointer and the playhead move the window.
pub(super) fn navigate(
    ui: &Ui,
    view: &mut TimelineView,
    cut: &Cut,
    lanes: &Lanes,
    n_alternates: usize,
    moving: Moving,
) {
    let Some(before) = view.window() else { return };
    let mut window = before;
    let width = lanes.width();
    wheel(ui, view, &mut window, cut, lanes, n_alternates);
    let is_dragging = view.live.gesture.is_some() || egui::DragAndDrop::has_any_payload(ui);
    if is_dragging {
        edges(ui, &mut window, cut, lanes);
    }
    if window != before {
        view.live.following.is_suspended = true;
    }
    if !is_dragging {
        let following = &mut view.live.following;
        follow(following, view.follow, &mut window, cut, width, moving);
    }
    view.look(window);
}

fn wheel(
    ui: &Ui,
    view: &mut TimelineView,
    window: &mut Window,
    cut: &Cut,
    lanes: &Lanes,
    n_alternates: usize,
) {
    let area = lanes.content.union(lanes.overview);
    if !ui.rect_contains_pointer(area) {
        return;
    }
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let (zoom, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
    if (zoom - 1.0).abs() > f32::EPSILON {
        let from_left = pointer.x - lanes.content.left();
        window.zoom(f64::from(zoom), from_left, cut, lanes.width());
        return;
    }
    let hidden = ALTERNATE_ROW * n_alternates as f32 - lanes.alternates.height();
    if lanes.alternates.contains(pointer) && hidden > 0.0 {
        let scrolled = view.live.alternates_scroll - scroll.y;
        view.live.alternates_scroll = scrolled.clamp(0.0, hidden);
        window.scroll(-scroll.x, cut, lanes.width());
        return;
    }
    let by = scroll.x + scroll.y;
    if by.abs() > f32::EPSILON {
        window.scroll(-by, cut, lanes.width());
    }
}

/// Scrolls while something is dragged near an edge.
fn edges(ui: &Ui, window: &mut Window, cut: &Cut, lanes: &Lanes) {
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let content = lanes.content;
    if !content.y_range().contains(pointer.y) {
        return;
    }
    let past_left = (content.left() + EDGE - pointer.x).clamp(0.0, EDGE);
    let past_right = (pointer.x - (content.right() - EDGE)).clamp(0.0, EDGE);
    // Further away than the edge is another panel, where the drag has come from or goes to.
    if pointer.x < content.left() - EDGE || content.right() + EDGE < pointer.x {
        return;
    }
    let push = (past_right - past_left) / EDGE;
    if push.abs() > f32::EPSILON {
        let passed = ui.input(|input| input.stable_dt.min(0.05));
        window.scroll(push * EDGE_SPEED * passed, cut, lanes.width());
        ui.request_repaint();
    }
}

/// Keeps the playhead in sight: when playing begins or it is put elsewhere, and while it runs,
/// unless somebody has looked elsewhere since.
fn follow(
    following: &mut Following,
    how: Follow,
    window: &mut Window,
    cut: &Cut,
    width: f32,
    moving: Moving,
) {
    let Moving {
        playhead,
        is_running,
    } = moving;
    let x = window.scale(0.0).x(playhead);
    let is_seen = (0.0..=width).contains(&x);
    let begins = is_running && !following.was_running;
    let is_put = !is_running && following.last_playhead.is_some_and(|last| last != playhead);
    if begins || is_put {
        following.is_suspended = false;
    }
    // Back in sight, there is nothing to be torn away from.
    let is_back = match how {
        Follow::Smooth => is_seen && (x - width / 2.0).abs() < 4.0,
        Follow::Page | Follow::Off => is_seen,
    };
    if is_back {
        following.is_suspended = false;
    }
    following.was_running = is_running;
    following.last_playhead = Some(playhead);
    if following.is_suspended || how == Follow::Off {
        return;
    }
    match how {
        Follow::Smooth if is_running && (x > width / 2.0 || !is_seen) => {
            window.bring(playhead, width / 2.0, cut, width);
        }
        Follow::Page | Follow::Smooth if !is_seen && (is_running || is_put) => {
            window.bring(playhead, width * PAGE_LEFT, cut, width);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: f32 = 800.0;

    fn cut() -> Cut {
        Cut {
            length: Ticks::from_secs(600),
            ..Cut::default()
        }
    }

    /// A window that shows the first minute, and a playhead that has been running at its start.
    fn first_minute(cut: &Cut) -> (Window, Following) {
        let minute = crate::time::TickSpan::with_length(Ticks::ZERO, Ticks::from_secs(60));
        let following = Following {
            was_running: true,
            ..Following::default()
        };
        (Window::on(minute, cut, WIDTH), following)
    }

    fn running(secs: i64) -> Moving {
        Moving {
            playhead: Ticks::from_secs(secs),
            is_running: true,
        }
    }

    #[test]
    fn the_page_turns_when_the_playhead_leaves_it() {
        let cut = cut();
        let (mut window, mut following) = first_minute(&cut);
        follow(
            &mut following,
            Follow::Page,
            &mut window,
            &cut,
            WIDTH,
            running(70),
        );
        let x = window.scale(0.0).x(Ticks::from_secs(70));
        assert!((x - WIDTH * PAGE_LEFT).abs() < 1.0, "{x}");
    }

    #[test]
    fn whoever_has_looked_elsewhere_is_not_torn_away() {
        let cut = cut();
        let (mut window, mut following) = first_minute(&cut);
        following.is_suspended = true;
        let before = window;
        follow(
            &mut following,
            Follow::Page,
            &mut window,
            &cut,
            WIDTH,
            running(70),
        );
        assert_eq!(window, before);
    }

    #[test]
    fn playing_somewhere_else_shows_that_place() {
        let cut = cut();
        let (mut window, mut following) = first_minute(&cut);
        following.was_running = false;
        following.is_suspended = true;
        follow(
            &mut following,
            Follow::Page,
            &mut window,
            &cut,
            WIDTH,
            running(300),
        );
        assert!(window.span(WIDTH).contains(Ticks::from_secs(300)));
    }

    #[test]
    fn a_playhead_at_rest_moves_nothing() {
        let cut = cut();
        let (mut window, mut following) = first_minute(&cut);
        let before = window;
        let still = Moving {
            playhead: Ticks::from_secs(300),
            is_running: false,
        };
        following.last_playhead = Some(still.playhead);
        follow(
            &mut following,
            Follow::Page,
            &mut window,
            &cut,
            WIDTH,
            still,
        );
        assert_eq!(window, before);
    }
}
