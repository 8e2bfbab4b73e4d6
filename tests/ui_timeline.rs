//! The timeline, used as a person would: found by what it says of itself, clicked and dragged.

mod support;

use std::sync::Arc;
use std::time::Instant;

use egui::Event;
use egui::Key;
use egui::Modifiers;
use egui::Pos2;
use egui::Rect;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use needledrop::app::Action;
use needledrop::app::Focus;
use needledrop::app::TransportAction;
use needledrop::model::Alternate;
use needledrop::model::AlternateId;
use needledrop::model::Change;
use needledrop::model::Cut;
use needledrop::model::Edit;
use needledrop::model::Marker;
use needledrop::model::MarkerId;
use needledrop::model::Scene;
use needledrop::model::SceneField;
use needledrop::model::SceneId;
use needledrop::model::Show;
use needledrop::model::Slot;
use needledrop::model::SlotId;
use needledrop::model::TrackId;
use needledrop::ops::place::Target;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;
use needledrop::ui::Ctx;
use needledrop::ui::Dragged;
use needledrop::ui::panels::timeline::TimelineCommand;
use needledrop::ui::panels::timeline::TimelineView;
use needledrop::ui::panels::timeline::timeline_ui;
use needledrop::ui::theme;

use support::Stand;
use support::player::Call;
use support::show::Beach;
use support::show::beach_show;
use support::show::track_id;

/// The slot of “12 INT. BEACH HUT”, and its pick.
const SLOT: SlotId = SlotId::from_u128(40);
const PICK: AlternateId = AlternateId::from_u128(50);
const TOUCH: MarkerId = MarkerId::from_u128(32);

/// A timeline on a core, with a handle beside it that drags a track.
struct Room {
    stand: Stand,
    view: TimelineView,
    dragged: TrackId,
}

type Bench = Harness<'static, Room>;

/// The timeline of `show`, 1000 by 640 points, with everything of its cut in sight.
fn bench(show: &Show) -> Bench {
    let room = Room {
        stand: Stand::with_show(show),
        view: TimelineView::default(),
        dragged: track_id(3),
    };
    let mut bench = Harness::builder()
        .with_size(vec2(1000.0, 640.0))
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(theme::apply)
        .allow_missing_glyphs()
        .build_ui_state(draw, room);
    bench.run_steps(2);
    bench
}

fn beach() -> (Bench, Beach) {
    let (show, beach) = beach_show();
    (bench(&show), beach)
}

fn draw(ui: &mut egui::Ui, room: &mut Room) {
    room.stand.app.tick(Instant::now());
    let ctx = Ctx::new(&room.stand.app);
    egui::Panel::left("pool").exact_size(80.0).show(ui, |ui| {
        let row = ui.add(egui::Button::new("Row").sense(egui::Sense::drag()));
        row.dnd_set_drag_payload(Dragged::Tracks(Arc::from([room.dragged])));
    });
    egui::CentralPanel::default().show(ui, |ui| timeline_ui(ui, &ctx, &mut room.view));
    for action in ctx.into_requests() {
        room.stand.app.dispatch(action);
    }
}

fn cut(bench: &Bench) -> &Cut {
    bench.state().stand.app.open_cut().expect("a cut is open").2
}

fn ask(bench: &mut Bench, action: Action) {
    bench.state_mut().stand.app.dispatch(action);
    bench.run_steps(2);
}

fn place_of(bench: &Bench, label: &str) -> Rect {
    bench.get_by_label_contains(label).rect()
}

/// Presses at one place and moves to another, without letting go.
fn hold(bench: &mut Bench, from: Pos2, to: Pos2, modifiers: Modifiers) {
    bench
        .input_mut()
        .events
        .push(Event::ModifiersChanged(modifiers));
    bench.hover_at(from);
    bench.step();
    bench.event_modifiers(
        Event::PointerButton {
            pos: from,
            button: egui::PointerButton::Primary,
            pressed: true,
            modifiers,
        },
        modifiers,
    );
    bench.step();
    for share in [0.4, 0.8, 1.0] {
        let at = from + (to - from) * share;
        bench.event_modifiers(Event::PointerMoved(at), modifiers);
        bench.step();
    }
    bench.step();
}

fn let_go(bench: &mut Bench, at: Pos2) {
    bench.drop_at(at);
    bench.run_steps(3);
}

fn drag(bench: &mut Bench, from: Pos2, to: Pos2) {
    hold(bench, from, to, Modifiers::NONE);
    let_go(bench, to);
}

fn escape(bench: &mut Bench) {
    bench.key_press(Key::Escape);
    bench.run_steps(2);
}

fn undo_label(bench: &Bench) -> Option<String> {
    let session = bench.state().stand.app.session().expect("a show is open");
    session.undo_label().map(ToOwned::to_owned)
}

fn handle(bench: &Bench) -> Pos2 {
    bench.get_by_label("Row").rect().center()
}

fn slots_of(bench: &Bench, scene: SceneId) -> Vec<Slot> {
    let slots = cut(bench).slots().into_iter();
    let of_scene = slots.filter(|(_, slot)| slot.scene == Some(scene));
    of_scene.map(|(_, slot)| slot.clone()).collect()
}

#[test]
fn a_click_on_a_scene_arms_it() {
    let (mut bench, beach) = beach();
    bench.get_by_label_contains("Scene 13 EXT. PIER").click();
    bench.run_steps(2);
    assert_eq!(
        bench.state().stand.app.transport().armed(),
        Some(beach.pier)
    );
}

#[test]
fn an_armed_scene_says_so_with_its_place() {
    let (mut bench, beach) = beach();
    ask(
        &mut bench,
        Action::Transport(TransportAction::Arm(Some(beach.hut))),
    );
    bench.get_by_label("Scene 12 INT. BEACH HUT, 10:01:00:00 to 10:01:58:00, armed");
}

#[test]
fn a_double_click_on_a_scene_plays_it_from_its_pre_roll() {
    let (mut bench, _) = beach();
    let scene = place_of(&bench, "Scene 13 EXT. PIER").center();
    for _ in 0..2 {
        bench.drag_at(scene);
        bench.step();
        bench.event(Event::PointerButton {
            pos: scene,
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::NONE,
        });
        bench.step();
    }
    bench.run_steps(2);
    let calls = bench.state().stand.player.take();
    let from = calls.iter().find_map(|call| match call {
        Call::Play(_, from) => Some(*from),
        _ => None,
    });
    assert_eq!(from, Some(Ticks::from_secs(115)));
}

#[test]
fn a_click_on_an_empty_place_among_the_scenes_disarms() {
    let (mut bench, beach) = beach();
    ask(
        &mut bench,
        Action::Transport(TransportAction::Arm(Some(beach.hut))),
    );
    let pier = place_of(&bench, "Scene 13 EXT. PIER");
    bench.drag_at(pier.right_center() + vec2(60.0, 0.0));
    bench.step();
    bench.drop_at(pier.right_center() + vec2(60.0, 0.0));
    bench.run_steps(2);
    assert_eq!(bench.state().stand.app.transport().armed(), None);
}

#[test]
fn a_track_dropped_on_a_scene_makes_a_slot_with_that_pick_and_undo_takes_it_away() {
    let (mut bench, beach) = beach();
    let scene = place_of(&bench, "Scene 13 EXT. PIER").center();
    let row = handle(&bench);
    drag(&mut bench, row, scene);
    let slots = slots_of(&bench, beach.pier);
    let picked: Vec<_> = slots
        .iter()
        .map(|slot| slot.picked().map(|(_, a)| a.track))
        .collect();
    assert_eq!(picked, [Some(track_id(3))]);
    ask(&mut bench, Action::Undo);
    assert!(slots_of(&bench, beach.pier).is_empty());
}

#[test]
fn what_a_drop_would_do_is_said_before_it_is_made_and_nothing_is_done() {
    let (mut bench, beach) = beach();
    let scene = place_of(&bench, "Scene 13 EXT. PIER").center();
    let row = handle(&bench);
    hold(&mut bench, row, scene, Modifiers::NONE);
    bench.get_by_label("Places Paper Boats on 13");
    assert!(slots_of(&bench, beach.pier).is_empty());
}

#[test]
fn why_a_drop_is_refused_is_said_and_nothing_is_done() {
    let (mut bench, beach) = beach();
    bench.state_mut().dragged = track_id(6);
    bench.step();
    let scene = place_of(&bench, "Scene 13 EXT. PIER").center();
    let row = handle(&bench);
    hold(&mut bench, row, scene, Modifiers::NONE);
    bench.get_by_label("“Ärger im Paradies” was rejected for this show");
    let_go(&mut bench, scene);
    assert!(slots_of(&bench, beach.pier).is_empty());
}

#[test]
fn escape_lets_go_of_a_dragged_track_without_a_drop() {
    let (mut bench, beach) = beach();
    let scene = place_of(&bench, "Scene 13 EXT. PIER").center();
    let row = handle(&bench);
    hold(&mut bench, row, scene, Modifiers::NONE);
    escape(&mut bench);
    let_go(&mut bench, scene);
    assert!(slots_of(&bench, beach.pier).is_empty());
}

#[test]
fn a_track_dropped_on_a_marker_is_pinned_to_it() {
    let (mut bench, _) = beach();
    let marker = place_of(&bench, "Heavy hit point touch");
    let row = handle(&bench);
    let point = egui::pos2(marker.left() + 7.0, marker.bottom() - 8.0);
    drag(&mut bench, row, point);
    let slot = cut(&bench).slot(SLOT).expect("the hut has a slot");
    let pins: Vec<_> = slot
        .alternates()
        .iter()
        .filter_map(|(_, a)| a.pin)
        .collect();
    assert_eq!(
        pins.iter().map(|pin| pin.marker).collect::<Vec<_>>(),
        [TOUCH]
    );
}

#[test]
fn a_track_dropped_on_a_slot_becomes_one_more_alternate() {
    let (mut bench, _) = beach();
    let slot = place_of(&bench, "Slot Coastline").center();
    let row = handle(&bench);
    drag(&mut bench, row, slot);
    let slot = cut(&bench).slot(SLOT).expect("the hut has a slot");
    assert_eq!(slot.alternates().len(), 4);
    assert_eq!(slot.pick, Some(PICK));
}

#[test]
fn the_edge_of_a_scene_trims_it_to_a_whole_frame() {
    let (mut bench, beach) = beach();
    let scene = place_of(&bench, "Scene 13 EXT. PIER");
    let edge = scene.right_center() - vec2(2.0, 0.0);
    drag(&mut bench, edge, edge + vec2(37.3, 0.0));
    let rate = cut(&bench).timebase.rate();
    let span = cut(&bench).scene(beach.pier).expect("it is there").span;
    assert_eq!(span.start(), Ticks::from_secs(118));
    assert!(span.end() > Ticks::from_secs(210), "{:?}", span.end());
    assert_eq!(rate.snapped(span.end()), span.end());
}

#[test]
fn an_edge_sticks_to_a_marker_that_is_near() {
    let (mut bench, beach) = beach();
    let scene = place_of(&bench, "Scene 13 EXT. PIER");
    let title = place_of(&bench, "Marker title").left() + 7.0;
    let edge = scene.right_center() - vec2(1.0, 0.0);
    // Three points from the marker's own.
    drag(&mut bench, edge, egui::pos2(title + 2.0, edge.y));
    let span = cut(&bench).scene(beach.pier).expect("it is there").span;
    assert_eq!(span.end(), Ticks::from_secs(130));
}

#[test]
fn moving_a_scene_is_one_step_that_takes_its_music_along() {
    let (mut bench, beach) = beach();
    let scene = place_of(&bench, "Scene 12 INT. BEACH HUT").center();
    drag(&mut bench, scene, scene - vec2(40.0, 0.0));
    let span = cut(&bench).scene(beach.hut).expect("it is there").span;
    let slot = cut(&bench).slot(SLOT).expect("it is there").span;
    assert!(span.start() < Ticks::from_secs(60));
    assert_eq!(slot.start(), span.start());
    ask(&mut bench, Action::Undo);
    let span = cut(&bench).scene(beach.hut).expect("it is there").span;
    assert_eq!(span.start(), Ticks::from_secs(60));
}

#[test]
fn nothing_is_changed_while_something_is_dragged() {
    let (mut bench, _) = beach();
    let before = cut(&bench).clone();
    let scene = place_of(&bench, "Scene 12 INT. BEACH HUT").center();
    hold(&mut bench, scene, scene - vec2(40.0, 0.0), Modifiers::NONE);
    assert!(bench.state().view.is_dragging());
    assert_eq!(*cut(&bench), before);
    // Yet it is seen where it would go.
    let seen = place_of(&bench, "Scene 12 INT. BEACH HUT").center();
    assert!((scene.x - 40.0 - seen.x).abs() < 9.0, "{scene} {seen}");
}

#[test]
fn escape_cancels_a_drag_and_leaves_nothing_behind() {
    let (mut bench, _) = beach();
    let before = cut(&bench).clone();
    let scene = place_of(&bench, "Scene 12 INT. BEACH HUT").center();
    let to = scene - vec2(40.0, 0.0);
    hold(&mut bench, scene, to, Modifiers::NONE);
    escape(&mut bench);
    let_go(&mut bench, to);
    assert_eq!(*cut(&bench), before);
    assert_eq!(undo_label(&bench), None);
}

#[test]
fn a_drag_that_ends_where_it_began_is_no_step() {
    let (mut bench, _) = beach();
    let scene = place_of(&bench, "Scene 12 INT. BEACH HUT").center();
    let from = scene;
    hold(&mut bench, from, from + vec2(40.0, 0.0), Modifiers::NONE);
    bench.hover_at(from);
    bench.run_steps(2);
    let_go(&mut bench, from);
    assert_eq!(undo_label(&bench), None);
}

#[test]
fn a_dragged_marker_comes_to_lie_on_a_whole_frame() {
    let (mut bench, _) = beach();
    let marker = place_of(&bench, "Heavy hit point touch");
    let point = egui::pos2(marker.left() + 7.0, marker.bottom() - 8.0);
    drag(&mut bench, point, point + vec2(101.7, 0.0));
    let rate = cut(&bench).timebase.rate();
    let at = cut(&bench).marker(TOUCH).expect("it is there").at;
    assert!(at > Ticks::from_secs(120), "{at:?}");
    assert_eq!(rate.snapped(at), at);
}

#[test]
fn dragging_a_slot_with_alt_slips_the_track_inside_it() {
    let (mut bench, _) = beach();
    let slot = place_of(&bench, "Slot Coastline").center();
    let alt = Modifiers::ALT;
    hold(&mut bench, slot, slot - vec2(20.0, 0.0), alt);
    let_go(&mut bench, slot - vec2(20.0, 0.0));
    let found = cut(&bench).slot(SLOT).expect("it is there");
    let pick = found.alternate(PICK).expect("it is there");
    assert_eq!(found.span.start(), Ticks::from_secs(60));
    assert!(pick.track_start < Ticks::from_secs(60), "{pick:?}");
}

#[test]
fn the_alternates_of_the_slot_at_hand_are_numbered_and_a_click_picks_one() {
    let (mut bench, _) = beach();
    ask(&mut bench, Action::Focus(Focus::Slot(SLOT, Some(PICK))));
    bench.get_by_label("Alternate 1 Coastline, picked");
    bench.get_by_label("Alternate 2 Fern").click();
    bench.run_steps(2);
    let pick = cut(&bench).slot(SLOT).and_then(|slot| slot.pick);
    assert_eq!(pick, Some(AlternateId::from_u128(51)));
}

#[test]
fn the_handle_of_a_fade_sets_its_length() {
    let (mut bench, _) = beach();
    ask(&mut bench, Action::Focus(Focus::Slot(SLOT, Some(PICK))));
    bench.state_mut().view.command(TimelineCommand::FitScene);
    bench.run_steps(2);
    let knob = place_of(&bench, "Fade in").center();
    drag(&mut bench, knob, knob + vec2(60.0, 0.0));
    let slot = cut(&bench).slot(SLOT).expect("it is there");
    let fade = slot.alternate(PICK).expect("it is there").fade_in;
    assert!(fade > Ticks::from_secs(1), "{fade:?}");
}

#[test]
fn a_press_in_the_ruler_puts_the_playhead_on_the_nearest_frame() {
    let (mut bench, _) = beach();
    let scene = place_of(&bench, "Scene 13 EXT. PIER");
    let ruler = place_of(&bench, "Ruler");
    let at = egui::pos2(scene.left(), ruler.bottom() - 3.0);
    bench.drag_at(at);
    bench.step();
    bench.drop_at(at);
    bench.run_steps(2);
    let playhead = bench.state().stand.app.playhead();
    let rate = cut(&bench).timebase.rate();
    assert_eq!(rate.snapped(playhead), playhead);
    assert!((playhead - Ticks::from_secs(118)).abs() < Ticks::from_secs(1));
}

#[test]
fn a_range_dragged_in_the_ruler_becomes_a_scene() {
    let (mut bench, _) = beach();
    let ruler = place_of(&bench, "Ruler");
    let from = egui::pos2(ruler.right() - 300.0, ruler.bottom() - 3.0);
    let to = from + vec2(100.0, 0.0);
    hold(&mut bench, from, to, Modifiers::SHIFT);
    let_go(&mut bench, to);
    let range = bench.state().stand.app.transport().range();
    let range = range.expect("a range was chosen");
    bench.state_mut().view.command(TimelineCommand::AddScene);
    bench.run_steps(3);
    let scenes = cut(&bench).scenes();
    assert!(scenes.iter().any(|(_, scene)| scene.span == range));
}

#[test]
fn files_from_the_file_manager_find_what_lies_under_the_pointer() {
    let (bench, beach) = beach();
    let view = &bench.state().view;
    let scene = place_of(&bench, "Scene 13 EXT. PIER").center();
    let slot = place_of(&bench, "Slot Coastline").center();
    assert_eq!(view.drop_target_at(scene), Some(Target::Scene(beach.pier)));
    assert_eq!(view.drop_target_at(slot), Some(Target::Slot(SLOT)));
    let empty = egui::pos2(scene.x + 200.0, slot.y);
    assert!(matches!(view.drop_target_at(empty), Some(Target::At(_))));
    assert_eq!(view.drop_target_at(Pos2::new(5.0, 5.0)), None);
}

#[test]
fn the_playhead_tells_its_timecode() {
    let (mut bench, _) = beach();
    let seek = TransportAction::Seek(Ticks::from_millis(83_120));
    ask(&mut bench, Action::Transport(seek));
    bench.get_by_label("Playhead, 10:01:23:03");
}

#[test]
fn a_timeline_on_which_nothing_moves_asks_for_no_more_frames() {
    let (mut bench, _) = beach();
    bench.remove_cursor();
    bench.run_steps(4);
    let frames = bench.try_run().expect("it comes to rest");
    assert!(frames <= 2, "{frames}");
}

#[test]
fn with_no_episode_it_says_what_to_do() {
    let bench = bench(&Show::new("Empty"));
    bench.get_by_label("No episode yet");
    bench.get_by_label("New episode…");
}

#[test]
fn titles_in_any_script_are_drawn_at_any_width() {
    let (mut show, beach) = beach_show();
    for (n, name) in [
        "海の家・夜",
        "كوخ الشاطئ",
        "צריף",
        "हट्ट",
        "🌿🌊",
        "e\u{301}\u{301}\u{301}",
        "a\nb",
    ]
    .into_iter()
    .enumerate()
    {
        let start = Ticks::from_secs(200 + 40 * n as i64);
        let scene = Scene {
            number: name.to_owned(),
            name: name.to_owned(),
            intent: name.to_owned(),
            span: TickSpan::with_length(start, Ticks::from_secs(40)),
            ..Scene::default()
        };
        let id = SceneId::from_u128(500 + n as u128);
        show.apply(Edit::Scene(beach.cut, id, Change::Insert(Box::new(scene))))
            .expect("the id is new");
    }
    let rename = SceneField::Name("海".repeat(2000));
    show.apply(Edit::Scene(beach.cut, beach.hut, Change::Set(rename)))
        .expect("the hut is there");
    let mut bench = bench(&show);
    for _ in 0..16 {
        bench.state_mut().view.command(TimelineCommand::ZoomIn);
        bench.run_steps(2);
    }
    bench.get_by_label_contains("Playhead");
}

/// A cut of an hour with many scenes, slots and markers.
fn busy_show() -> Show {
    let (mut show, beach) = beach_show();
    let at = beach.cut;
    let mut insert = |edit: Edit| {
        show.apply(edit).expect("every id is new");
    };
    insert(Edit::Cut(
        at,
        Change::Set(needledrop::model::CutField::Length(Ticks::from_secs(3600))),
    ));
    for n in 0..300_i64 {
        let span = TickSpan::with_length(Ticks::from_secs(12 * n), Ticks::from_secs(11));
        let id = AlternateId::from_u128(10_000 + n as u128);
        let alternate = Alternate::new(track_id(n as usize % 12), span.start());
        let mut slot = Slot::default().with_alternates([(id, alternate)]);
        slot.span = span;
        slot.pick = Some(id);
        let slot_id = SlotId::from_u128(20_000 + n as u128);
        insert(Edit::Slot(at, slot_id, Change::Insert(Box::new(slot))));
    }
    for n in 0..2000_i64 {
        let marker = Marker {
            name: format!("marker {n}"),
            at: Ticks::from_millis(1800 * n),
            ..Marker::default()
        };
        let id = MarkerId::from_u128(30_000 + n as u128);
        insert(Edit::Marker(at, id, Change::Insert(Box::new(marker))));
    }
    show
}

#[test]
fn an_hour_with_300_slots_and_2000_markers_is_drawn_with_few_shapes() {
    let mut bench = bench(&busy_show());
    bench.run_steps(2);
    let n_shapes = bench.output().shapes.len();
    assert!(n_shapes < 6000, "{n_shapes}");
}

#[test]
fn close_up_only_what_is_seen_is_drawn() {
    let mut bench = bench(&busy_show());
    for _ in 0..12 {
        bench.state_mut().view.command(TimelineCommand::ZoomIn);
        bench.run_steps(2);
    }
    let n_shapes = bench.output().shapes.len();
    assert!(n_shapes < 700, "{n_shapes}");
}
