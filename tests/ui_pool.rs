//! The pool in the real window: what pressing, typing and dragging do.

mod support;

use egui::DragAndDrop;
use egui::Key;
use egui::Modifiers;
use needledrop::app::Action;
use needledrop::app::ListAction;
use needledrop::app::PlayState;
use needledrop::app::PoolAction;
use needledrop::app::TimelineAction;
use needledrop::app::TransportAction;
use needledrop::model::Change;
use needledrop::model::Edit;
use needledrop::model::Show;
use needledrop::model::TrackField;
use needledrop::ops::place::Target;
use needledrop::ops::search::Query;
use needledrop::time::Ticks;
use needledrop::ui::Dragged;
use support::Stand;
use support::player::Call;
use support::show::beach_show;
use support::show::many_tracks;
use support::show::track_id;
use support::window::Window;

fn window() -> Window {
    let (show, _) = beach_show();
    Window::on(Stand::with_show(&show))
}

fn played(window: &Window) -> Vec<String> {
    window.player.take_played()
}

#[test]
fn pressing_a_row_plays_its_track_before_the_button_is_up() {
    let mut window = window();
    let at = window.rect_of("Fern by The Slow Weather").center();
    window.press_at(at, Modifiers::NONE);
    assert_eq!(played(&window), ["Fern"]);
    window.release_at(at, Modifiers::NONE);
    assert_eq!(played(&window), [""; 0]);
}

#[test]
fn a_tap_that_is_over_before_it_is_drawn_plays_all_the_same() {
    let mut window = window();
    let at = window.rect_of("Fern by The Slow Weather").center();
    window.tap_at(at);
    assert_eq!(played(&window), ["Fern"]);
}

#[test]
fn a_row_that_plays_says_so() {
    let mut window = window();
    assert!(window.shows("Fern by The Slow Weather, 2:58, approved"));
    window.click("Fern by");
    assert!(window.shows("Fern by The Slow Weather, 2:58, approved, playing"));
    window.key(Key::Space);
    window.settle();
    assert!(window.shows("Fern by The Slow Weather, 2:58, approved, paused"));
}

#[test]
fn pressing_a_waveform_plays_from_there() {
    let mut window = window();
    let row = window.rect_of("Fern by");
    let at = egui::pos2(row.center().x, row.bottom() - 8.0);
    window.press_at(at, Modifiers::NONE);
    let calls = window.player.take();
    let from = calls.iter().find_map(|call| match call {
        Call::Play(_, from) => Some(*from),
        _ => None,
    });
    let from = from.expect("it plays").to_secs_f64();
    assert!((80.0..110.0).contains(&from), "{from} of 178 s");
}

#[test]
fn down_and_up_play_the_next_row_and_the_one_before() {
    let mut window = window();
    window.click("Fern by");
    window.player.take();
    window.key(Key::ArrowDown);
    assert_eq!(played(&window), ["Halogen"]);
    window.key(Key::ArrowUp);
    assert_eq!(played(&window), ["Fern"]);
}

#[test]
fn clicking_with_ctrl_selects_without_playing() {
    let mut window = window();
    window.click("Coastline by");
    window.player.take();
    window.click_with(Modifiers::COMMAND, "Halogen by");
    assert_eq!(window.selected(), ["Coastline", "Halogen"]);
    assert_eq!(played(&window), [""; 0]);
    window.click_with(Modifiers::COMMAND, "Coastline by");
    assert_eq!(window.selected(), ["Halogen"]);
}

#[test]
fn clicking_with_shift_selects_everything_in_between() {
    let mut window = window();
    window.click("Coastline by");
    window.click_with(Modifiers::SHIFT, "Paper Boats by");
    let expected = ["Coastline", "Fern", "Halogen", "Paper Boats"];
    assert_eq!(window.selected(), expected);
}

#[test]
fn space_stops_and_goes_on() {
    let mut window = window();
    window.click("Fern by");
    window.player.take();
    window.key(Key::Space);
    assert_eq!(window.player.take(), [Call::Pause]);
    window.key(Key::Space);
    assert_eq!(window.player.take(), [Call::Resume]);
}

#[test]
fn searching_lists_what_is_found_and_escape_lists_everything() {
    let mut window = window();
    window.key_with(Modifiers::COMMAND, Key::F);
    window.type_text("fern");
    assert!(window.shows("Fern by") && !window.shows("Coastline by"));
    window.key(Key::Escape);
    assert!(window.shows("Coastline by"));
}

#[test]
fn a_blank_in_the_search_box_is_a_blank() {
    let mut window = window();
    window.click("Fern by");
    window.player.take();
    window.key_with(Modifiers::COMMAND, Key::F);
    window.key(Key::Space);
    assert_eq!(window.player.take(), []);
}

#[test]
fn rows_are_stepped_through_while_the_cursor_is_in_the_search_box() {
    let mut window = window();
    window.key_with(Modifiers::COMMAND, Key::F);
    window.type_text("ada");
    window.player.take();
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    assert_eq!(played(&window), ["Coastline", "Paper Boats"]);
}

#[test]
fn a_chip_lets_through_what_is_chosen_in_its_menu_until_it_is_cleared() {
    let mut window = window();
    window.choose("State", "rejected");
    assert!(window.shows("Ärger im Paradies by") && !window.shows("Fern by"));
    window.key(Key::Escape);
    assert!(window.shows("State: rejected"));
    window.click("Clear State");
    assert!(window.shows("Fern by"));
}

#[test]
fn chips_and_words_are_asked_together() {
    let mut window = window();
    window.choose("Mood", "warm");
    window.key(Key::Escape);
    window.key_with(Modifiers::COMMAND, Key::F);
    window.type_text("ada");
    assert!(window.shows("Coastline by") && !window.shows("Fern by"));
    assert!(!window.shows("Paper Boats by"));
    window.click("Clear filter");
    assert!(window.shows("Paper Boats by") && !window.shows("Fern by"));
}

#[test]
fn what_is_placed_while_a_chip_asks_for_it_is_listed_at_once() {
    let (show, beach) = beach_show();
    let mut window = Window::on(Stand::with_show(&show));
    window.choose("More", "used in this episode");
    window.key(Key::Escape);
    assert!(window.shows("Coastline by") && !window.shows("Fern by"));
    let place = TimelineAction::Place(vec![track_id(1)], Target::Scene(beach.pier));
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Timeline(place));
    window.settle();
    assert!(window.shows("Fern by"));
}

/// A window with the pool as a table.
#[test]
fn artwork_is_left_out_of_the_rows_by_a_command_and_the_waveform_takes_its_room() {
    let mut window = window();
    let row = window.rect_of("Fern by");
    let at = egui::pos2(row.left() + 30.0, row.bottom() - 8.0);
    let heard_from = |window: &mut Window| {
        window.press_at(at, Modifiers::NONE);
        window.release_at(at, Modifiers::NONE);
        let calls = window.player.take();
        calls.iter().find_map(|call| match call {
            Call::Play(_, from) => Some(from.to_secs_f64()),
            _ => None,
        })
    };
    // Pressing the artwork is pressing the row: it plays from its first sound.
    let from = heard_from(&mut window).expect("it plays");
    assert!(from < 2.0, "{from}");
    window.choose("View", "Artwork in the pool");
    let from = heard_from(&mut window).expect("it plays");
    assert!((3.0..20.0).contains(&from), "{from} of 178 s");
}

fn table() -> Window {
    let mut window = window();
    window.key_with(Modifiers::COMMAND, Key::T);
    window
}

/// The titles of the rows from top to bottom.
fn listed(window: &Window) -> Vec<String> {
    let app = window.app();
    let show = app.show().expect("a show is open");
    let rows = app.pool().rows().iter();
    rows.filter_map(|id| show.track(*id))
        .map(|track| track.title.clone())
        .collect()
}

#[test]
fn a_row_of_the_table_plays_as_any_row_does() {
    let mut window = table();
    window.click("Fern by");
    assert_eq!(played(&window), ["Fern"]);
    window.key(Key::ArrowDown);
    assert_eq!(played(&window), ["Halogen"]);
    assert!(window.shows("Halogen by Mira Okafor, 3:21, suggested, playing"));
}

#[test]
fn pressing_a_columns_name_orders_rows_and_again_the_other_way() {
    let mut window = table();
    window.click_column(Modifiers::NONE, "Title");
    assert_eq!(listed(&window)[..2], ["Afterglow", "Ärger im Paradies"]);
    window.click_column(Modifiers::NONE, "Title, ascending");
    assert_eq!(listed(&window)[..2], ["Undertow", "Sunday Service"]);
    window.column("Title, descending");
}

#[test]
fn a_column_pressed_with_shift_orders_what_is_the_same_in_the_first() {
    let mut window = table();
    window.click_column(Modifiers::NONE, "Artist");
    window.click_column(Modifiers::SHIFT, "Title");
    assert_eq!(listed(&window)[..2], ["Coastline", "Paper Boats"]);
    window.click_column(Modifiers::SHIFT, "Title, then ascending");
    assert_eq!(listed(&window)[..2], ["Paper Boats", "Coastline"]);
}

#[test]
fn a_column_is_moved_by_its_name() {
    let mut window = table();
    let (title, artist) = (window.column("Title"), window.column("Artist"));
    assert!(title.left() < artist.left());
    window.press_at(artist.center(), Modifiers::NONE);
    window.harness.hover_at(title.center());
    window.harness.run_steps(2);
    window
        .harness
        .hover_at(title.left_center() + egui::vec2(4.0, 0.0));
    window.harness.run_steps(2);
    let there = title.left_center() + egui::vec2(4.0, 0.0);
    window.release_at(there, Modifiers::NONE);
    window.settle();
    assert!(window.column("Artist").left() < window.column("Title").left());
}

#[test]
fn a_column_is_made_wider_by_its_edge() {
    let mut window = table();
    let title = window.column("Title");
    let edge = egui::pos2(title.right() + 4.0, title.center().y);
    window.press_at(edge, Modifiers::NONE);
    window.harness.hover_at(edge + egui::vec2(30.0, 0.0));
    window.harness.run_steps(2);
    window.release_at(edge + egui::vec2(30.0, 0.0), Modifiers::NONE);
    window.settle();
    let wider = window.column("Title").width() - title.width();
    assert!((25.0..40.0).contains(&wider), "{wider}");
}

#[test]
fn a_search_that_finds_nothing_offers_the_whole_pool() {
    let mut window = window();
    window.key_with(Modifiers::COMMAND, Key::F);
    window.type_text("zzz");
    assert!(window.shows("Show whole pool"));
    window.click("Show whole pool");
    assert!(window.shows("Coastline by"));
}

#[test]
fn an_empty_pool_says_how_to_fill_it() {
    let window = Window::on(Stand::with_show(&Show::new("Nothing yet")));
    assert!(window.shows("Add files…") && window.shows("Add folder…"));
}

#[test]
fn dragging_a_row_carries_its_track_and_starts_it_once() {
    let mut window = window();
    let from = window.rect_of("Fern by").center();
    window.press_at(from, Modifiers::NONE);
    window.harness.hover_at(from + egui::vec2(300.0, 60.0));
    window.harness.run_steps(3);
    let dragged = DragAndDrop::payload::<Dragged>(&window.harness.ctx);
    let expected = Dragged::Tracks([track_id(1)].into());
    assert_eq!(dragged.as_deref(), Some(&expected));
    assert_eq!(played(&window), ["Fern"]);
}

#[test]
fn dragging_one_of_several_selected_rows_carries_all_of_them() {
    let mut window = window();
    window.click("Coastline by");
    window.click_with(Modifiers::COMMAND, "Halogen by");
    window.player.take();
    let from = window.rect_of("Coastline by").center();
    window.press_at(from, Modifiers::NONE);
    window.harness.hover_at(from + egui::vec2(300.0, 60.0));
    window.harness.run_steps(3);
    let dragged = DragAndDrop::payload::<Dragged>(&window.harness.ctx);
    let expected = Dragged::Tracks([track_id(0), track_id(2)].into());
    assert_eq!(dragged.as_deref(), Some(&expected));
    assert_eq!(played(&window), [""; 0]);
}

#[test]
fn escape_ends_a_drag_and_nothing_else() {
    let mut window = window();
    let from = window.rect_of("Fern by").center();
    window.press_at(from, Modifiers::NONE);
    window.harness.hover_at(from + egui::vec2(300.0, 60.0));
    window.harness.run_steps(3);
    window.key(Key::Escape);
    assert!(!DragAndDrop::has_any_payload(&window.harness.ctx));
    assert_eq!(window.selected(), ["Fern"]);
}

#[test]
fn titles_in_any_script_and_of_any_length_are_shown() {
    let (mut show, _) = beach_show();
    let titles = [
        "愛のうた",
        "أغنية البحر",
        "שיר הים",
        "🎵🎶",
        "a\nb",
        &"long ".repeat(2000),
    ];
    for (index, title) in titles.iter().enumerate() {
        let title = TrackField::Title((*title).to_owned());
        let edit = Edit::Track(track_id(index), Change::Set(title));
        show.apply(edit).expect("the track is there");
    }
    let window = Window::on(Stand::with_large_show(show));
    assert!(window.shows("愛のうた by Ada Holm"));
}

#[test]
fn only_rows_that_can_be_seen_are_drawn() {
    let mut window = Window::on(Stand::with_large_show(many_tracks(100_000)));
    let n_drawn = |window: &Window| window.harness.state().n_rows_drawn();
    assert!((5..60).contains(&n_drawn(&window)), "{}", n_drawn(&window));
    window.key_with(Modifiers::COMMAND, Key::A);
    assert!((5..60).contains(&n_drawn(&window)), "{}", n_drawn(&window));
}

#[test]
fn the_row_that_is_stepped_to_is_scrolled_to() {
    let mut window = Window::on(Stand::with_large_show(many_tracks(200)));
    assert!(!window.shows("Track 000040 by"));
    for _ in 0..=40 {
        window.key(Key::ArrowDown);
    }
    let row = window.rect_of("Track 000040 by");
    assert!(window.rect_of("Tracks").intersects(row));
}

/// Has the pool find what somebody types.
fn find(window: &mut Window, text: &str) {
    let query = Query {
        text: text.to_owned(),
        ..window.app().pool().query().clone()
    };
    let find = Action::Pool(PoolAction::Find(query));
    window.harness.state_mut().app_mut().dispatch(find);
    window.settle();
    window.settle();
}

#[test]
fn what_is_found_begins_at_the_top() {
    let mut window = Window::on(Stand::with_large_show(many_tracks(200)));
    for _ in 0..=40 {
        window.key(Key::ArrowDown);
    }
    assert!(!window.shows("Track 000000 by"));
    find(&mut window, "track");
    assert!(window.shows("Track 000000 by"));
}

#[test]
fn whoever_goes_back_to_everything_sees_the_track_that_they_found() {
    let mut window = Window::on(Stand::with_large_show(many_tracks(200)));
    find(&mut window, "000150");
    window.click("Track 000150 by");
    find(&mut window, "");
    let row = window.rect_of("Track 000150 by");
    assert!(window.rect_of("Tracks").intersects(row));
}

#[test]
fn whoever_selects_everything_stays_where_they_are() {
    let mut window = Window::on(Stand::with_large_show(many_tracks(200)));
    window.key_with(Modifiers::COMMAND, Key::A);
    assert!(window.shows("Track 000000 by"));
}

#[test]
fn a_window_in_which_nothing_moves_is_not_drawn_again() {
    let mut window = window();
    assert_eq!(window.app().transport().state(), PlayState::Stopped);
    assert!(window.harness.run_ok().is_some());
    window.click("Fern by");
    assert!(window.harness.run_ok().is_none(), "the playhead moves");
    window.key(Key::Space);
    window.player.advance_to(Ticks::from_secs(1));
    assert!(window.harness.run_ok().is_some());
}

#[test]
fn a_row_held_down_with_alt_is_tried_in_place_until_it_is_let_go() {
    let (show, beach) = beach_show();
    let mut window = Window::on(Stand::with_show(&show));
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Transport(TransportAction::PlayScene(beach.hut)));
    window.settle();
    window.player.take();
    let at = window.rect_of("Sparrow by").center();
    window.press_at(at, Modifiers::ALT);
    assert!(window.app().transport().trial().is_some());
    window.release_at(at, Modifiers::ALT);
    window.settle();
    assert_eq!(window.app().transport().trial(), None);
    let is_update = |call: &Call| matches!(call, Call::Update(_));
    let calls = window.player.take();
    assert!(calls.len() == 2 && calls.iter().all(is_update), "{calls:?}");
}

#[test]
fn what_is_missing_is_shown_before_anything_changes() {
    let mut stand = Stand::with_show(&beach_show().0);
    let elsewhere = tempfile::TempDir::new().expect("there is room for a folder");
    let show = stand.app.show().expect("a show is open");
    let first = show.track(track_id(0)).expect("it is there").clone();
    let media = first.media.expect("it has a file");
    let name = media.paths.first().expect("it was somewhere").clone();
    let show_file = stand.app.places().show_file().to_owned();
    let file = show_file.with_file_name(&name);
    std::fs::remove_file(file).expect("it was there");
    std::fs::write(elsewhere.path().join(&name), b"another").expect("there is room");
    let before = stand.app.show().cloned();
    let look = PoolAction::Relink(elsewhere.path().to_owned());
    stand.app.dispatch(Action::Pool(look));
    let mut window = Window::on(stand);
    window.settle();
    assert!(window.shows("Another file of the same name  1"));
    assert!(!window.shows("Relink one file"));
    window.key(Key::Escape);
    assert!(!window.shows("Missing files"));
    assert_eq!(window.app().show().cloned(), before);
}

#[test]
fn a_table_that_is_dropped_is_looked_over_while_everything_else_goes_on() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let table = folder.path().join("list.csv");
    std::fs::write(&table, "Quoi;Qui;Combien\nTide;Kite Parade;3:45\n").expect("it can be written");
    let mut window = window();
    let add = Action::Pool(PoolAction::Add(vec![table]));
    window.harness.state_mut().app_mut().dispatch(add);
    window.settle();
    assert!(window.shows("Import a table"));
    assert!(window.shows("1 wish, as it has no file here"));
    // The pool is heard all the same.
    window.click("Fern by");
    assert_eq!(played(&window), ["Fern"]);
    window.click("Import one track");
    assert!(!window.shows("Import a table"));
    assert!(window.shows("Tide by Kite Parade"));
}

#[test]
fn leaving_a_table_adds_nothing_and_does_not_bring_it_back() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let table = folder.path().join("list.csv");
    std::fs::write(&table, "Quoi;Qui\nTide;Kite Parade\n").expect("it can be written");
    let mut window = window();
    let n_before = window.app().pool().rows().len();
    let add = Action::Pool(PoolAction::Add(vec![table]));
    window.harness.state_mut().app_mut().dispatch(add);
    window.settle();
    window.key(Key::Escape);
    window.settle();
    assert!(!window.shows("Import a table"));
    assert_eq!(window.app().pool().rows().len(), n_before);
}

/// A window with Coastline, Halogen and Sparrow on a list that is seen.
fn with_list() -> Window {
    let mut window = window();
    window.click("Coastline by");
    window.click_with(Modifiers::COMMAND, "Halogen by");
    window.click_with(Modifiers::COMMAND, "Sparrow by");
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.type_text("Night");
    window.key(Key::Enter);
    window
}

fn list_of(window: &Window) -> Vec<String> {
    let show = window.app().show().expect("a show is open");
    let lists = show.lists();
    let (_, list) = lists.first().expect("there is a list");
    let tracks = list.in_order().into_iter();
    let tracks = tracks.filter_map(|id| show.track(id));
    tracks.map(|track| track.title.clone()).collect()
}

#[test]
fn a_list_is_made_of_what_is_selected_and_named_at_once() {
    let mut window = with_list();
    assert!(window.shows("List: Night"));
    assert_eq!(listed(&window), ["Coastline", "Halogen", "Sparrow"]);
    window.choose("List: ", "Whole pool");
    assert_eq!(listed(&window).len(), 12);
}

#[test]
fn rows_of_a_list_are_put_in_order_by_dragging() {
    let mut window = with_list();
    let from = window.rect_of("Sparrow by").center();
    let first = window.rect_of("Coastline by");
    window.press_at(from, Modifiers::NONE);
    let to = first.center_top() + egui::vec2(0.0, 6.0);
    window.harness.hover_at(to + egui::vec2(0.0, 20.0));
    window.harness.run_steps(2);
    window.harness.hover_at(to);
    window.harness.run_steps(2);
    window.release_at(to, Modifiers::NONE);
    window.settle();
    assert_eq!(listed(&window), ["Sparrow", "Coastline", "Halogen"]);
    assert_eq!(list_of(&window), ["Sparrow", "Coastline", "Halogen"]);
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(listed(&window), ["Coastline", "Halogen", "Sparrow"]);
}

#[test]
fn delete_takes_a_track_off_the_list_that_is_seen_and_leaves_it_in_the_pool() {
    let mut window = with_list();
    window.click("Halogen by");
    window.key(Key::Delete);
    assert_eq!(listed(&window), ["Coastline", "Sparrow"]);
    assert_eq!(window.app().show().expect("one is open").n_tracks(), 12);
}

#[test]
fn a_list_that_is_deleted_comes_back_with_undo() {
    let mut window = with_list();
    let app = window.app();
    let (id, _) = app.show().expect("one is open").lists()[0];
    let remove = PoolAction::List(ListAction::Remove(id));
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Pool(remove));
    window.settle();
    assert_eq!(listed(&window).len(), 12);
    window.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(list_of(&window), ["Coastline", "Halogen", "Sparrow"]);
}

#[test]
fn a_search_is_kept_as_a_list_that_follows_the_pool() {
    let mut window = window();
    window.choose("Mood", "warm");
    window.key(Key::Escape);
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Pool(PoolAction::List(ListAction::Keep)));
    window.settle();
    let before = listed(&window);
    assert!(before.contains(&"Fern".to_owned()) && before.len() < 12);
    let app = window.harness.state_mut().app_mut();
    let tag = PoolAction::Tag(vec![track_id(2)], "warm".to_owned());
    app.dispatch(Action::Pool(tag));
    window.settle();
    assert_eq!(listed(&window).len(), before.len() + 1);
}

#[test]
fn what_is_like_a_track_is_listed_with_the_reason_until_it_is_cleared() {
    let mut window = window();
    window.click("Coastline by");
    window.key_with(Modifiers::SHIFT, Key::S);
    assert!(window.shows("Similar to Coastline"));
    // Fern is warm too and as loud; what shares no mood is further down.
    assert!(window.shows("Fern by The Slow Weather, 2:58, approved: as loud, warm"));
    assert!(!window.shows("Coastline by"));
    window.click("Clear Similar to Coastline");
    assert!(window.shows("Coastline by"));
}
