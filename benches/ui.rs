//! What a frame of the window costs where there is much to be seen.

#[path = "../tests/support/mod.rs"]
mod support;

use divan::Bencher;
use needledrop::model::Alternate;
use needledrop::model::AlternateId;
use needledrop::model::Change;
use needledrop::model::CutAt;
use needledrop::model::CutField;
use needledrop::model::Edit;
use needledrop::model::Marker;
use needledrop::model::MarkerId;
use needledrop::model::Show;
use needledrop::model::Slot;
use needledrop::model::SlotId;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;
use needledrop::ui::Ctx;
use needledrop::ui::panels::timeline::TimelineCommand;
use needledrop::ui::panels::timeline::TimelineView;
use needledrop::ui::panels::timeline::timeline_ui;
use needledrop::ui::theme;

use support::Stand;
use support::show::beach_show;
use support::show::many_tracks;
use support::show::track_id;
use support::window::Window;

fn main() {
    divan::main();
}

/// An hour with 300 slots and 2000 markers.
fn busy_hour() -> Show {
    let (mut show, beach) = beach_show();
    let mut make = |edit: Edit| {
        show.apply(edit).expect("every id is new");
    };
    let length = CutField::Length(Ticks::from_secs(3600));
    make(Edit::Cut(beach.cut, Change::Set(length)));
    for n in 0..300 {
        make(slot(beach.cut, n));
    }
    for n in 0..2000 {
        make(marker(beach.cut, n));
    }
    show
}

fn slot(at: CutAt, n: u32) -> Edit {
    let start = Ticks::from_secs(12 * i64::from(n));
    let id = AlternateId::from_u128(10_000 + u128::from(n));
    let alternate = Alternate::new(track_id(n as usize % 12), start);
    let mut slot = Slot::default().with_alternates([(id, alternate)]);
    slot.span = TickSpan::with_length(start, Ticks::from_secs(11));
    slot.pick = Some(id);
    let slot_id = SlotId::from_u128(20_000 + u128::from(n));
    Edit::Slot(at, slot_id, Change::Insert(Box::new(slot)))
}

fn marker(at: CutAt, n: u32) -> Edit {
    let marker = Marker {
        name: format!("marker {n}"),
        at: Ticks::from_millis(1800 * i64::from(n)),
        ..Marker::default()
    };
    let id = MarkerId::from_u128(30_000 + u128::from(n));
    Edit::Marker(at, id, Change::Insert(Box::new(marker)))
}

/// A timeline of 1400 by 800 points on the busy hour.
struct Desk {
    stand: Stand,
    context: egui::Context,
    view: TimelineView,
}

impl Desk {
    fn new() -> Self {
        let context = egui::Context::default();
        theme::apply(&context);
        Self {
            stand: Stand::with_show(&busy_hour()),
            context,
            view: TimelineView::default(),
        }
    }

    /// Lays a frame out and turns it into triangles.
    fn frame(&mut self) -> Vec<egui::ClippedPrimitive> {
        let size = egui::vec2(1400.0, 800.0);
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            ..egui::RawInput::default()
        };
        let ctx = Ctx::new(&self.stand.app);
        let view = &mut self.view;
        let output = self.context.run_ui(input, |ui| timeline_ui(ui, &ctx, view));
        let shapes = output.shapes.clone();
        let pixels_per_point = output.pixels_per_point;
        output.drop_without_applying_deltas();
        self.context.tessellate(shapes, pixels_per_point)
    }
}

/// From the whole hour, zoomed in so many steps.
#[divan::bench(args = [0, 4, 10])]
fn a_frame_of_the_timeline_with_300_slots_and_2000_markers(bencher: Bencher<'_, '_>, steps: u32) {
    let mut desk = Desk::new();
    desk.frame();
    for _ in 0..steps {
        desk.view.command(TimelineCommand::ZoomIn);
    }
    bencher.bench_local(|| desk.frame());
}

/// The whole window, laid out with a pool as large as that.
#[divan::bench(args = [1_000, 100_000])]
fn a_frame_of_the_window_with_a_pool_of(bencher: Bencher<'_, '_>, n_tracks: usize) {
    let mut window = Window::on(Stand::with_large_show(many_tracks(n_tracks)));
    bencher.bench_local(|| window.harness.run_steps(1));
}

/// The same, a page further down each time.
#[divan::bench(args = [1_000, 100_000])]
fn a_frame_of_scrolling_a_pool_of(bencher: Bencher<'_, '_>, n_tracks: usize) {
    let mut window = Window::on(Stand::with_large_show(many_tracks(n_tracks)));
    let over = egui::pos2(200.0, 500.0);
    window.harness.hover_at(over);
    window.harness.run_steps(2);
    bencher.bench_local(|| {
        window.harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -400.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Trackpad,
            modifiers: egui::Modifiers::NONE,
        });
        window.harness.run_steps(1);
    });
}
