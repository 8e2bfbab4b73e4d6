//! The table of commands, and the ways in which commands are reached.

mod support;

use std::collections::BTreeSet;

use egui::Key;
use egui::Modifiers;
use needledrop::app::Action;
use needledrop::app::App;
use needledrop::app::Focus;
use needledrop::app::PoolAction;
use needledrop::app::ThemeChoice;
use needledrop::app::TransportAction;
use needledrop::model::MarkerId;
use needledrop::ui::commands::Command;
use needledrop::ui::commands::Effect;
use support::Stand;
use support::player::Call;
use support::show::beach_show;
use support::show::track_id;
use support::window::Window;

/// Cores in every state that commands tell apart.
fn states() -> Vec<(&'static str, Stand)> {
    let with_show = || Stand::with_show(&beach_show().0);
    let mut armed = with_show();
    let hut = beach_show().1.hut;
    armed
        .app
        .dispatch(Action::Transport(TransportAction::Arm(Some(hut))));
    let mut playing = with_show();
    let press = TransportAction::Press(track_id(0));
    playing.app.dispatch(Action::Transport(press));
    let mut trying = with_show();
    trying
        .app
        .dispatch(Action::Transport(TransportAction::Arm(Some(hut))));
    trying.app.dispatch(Action::Transport(press));
    let mut focused = with_show();
    let marker = Focus::Marker(MarkerId::from_u128(31));
    focused.app.dispatch(Action::Focus(marker));
    let mut undone = with_show();
    let tag = PoolAction::Tag(vec![track_id(0)], "sea".to_owned());
    undone.app.dispatch(Action::Pool(tag.clone()));
    undone.app.dispatch(Action::Undo);
    undone.app.dispatch(Action::Pool(tag));
    vec![
        ("empty", Stand::empty()),
        ("open", with_show()),
        ("armed", armed),
        ("playing", playing),
        ("trying", trying),
        ("focused", focused),
        ("undone", undone),
    ]
}

#[test]
fn every_command_has_words() {
    for command in Command::all() {
        assert!(!command.text().is_empty(), "{command:?}");
        assert!(!command.tooltip().is_empty(), "{command:?}");
        assert!(!command.tooltip().ends_with('.'), "{command:?}");
    }
}

#[test]
fn every_command_is_in_the_table_once() {
    let mut seen = Vec::new();
    for command in Command::all() {
        assert!(!seen.contains(&command), "{command:?}");
        seen.push(command);
    }
}

#[test]
fn no_two_commands_that_can_be_done_share_keys() {
    for (state, stand) in states() {
        let mut seen = Vec::new();
        for command in Command::all().filter(|command| command.is_enabled(&stand.app)) {
            for keys in command.shortcuts() {
                let other = seen.iter().find(|(_, known)| *known == keys);
                assert!(other.is_none(), "{state}: {command:?} and {other:?}");
                seen.push((command, keys));
            }
        }
    }
}

/// Which group of actions an action belongs to.
fn group(action: &Action) -> &'static str {
    match action {
        Action::File(_) => "file",
        Action::Undo => "undo",
        Action::Redo => "redo",
        Action::Pool(_) => "pool",
        Action::Episode(_) => "episode",
        Action::Timeline(_) => "timeline",
        Action::Transport(_) => "transport",
        Action::Focus(_) => "focus",
        Action::Settings(_) => "settings",
        Action::ListOutputs => "list outputs",
        Action::CloseNotice(_) => "notice",
        Action::CancelJob(_) => "job",
        Action::Gesture(_) => "gesture",
        Action::Measuring(_) => "measuring",
    }
}

fn groups(app: &App) -> BTreeSet<&'static str> {
    Command::all()
        .filter_map(|command| command.effect(app))
        .flat_map(|effect| match effect {
            Effect::Act(actions) => actions,
            Effect::View(_) => Vec::new(),
        })
        .map(|action| group(&action))
        .collect()
}

#[test]
fn every_group_of_actions_is_reached_by_a_command() {
    let mut undone = Stand::with_show(&beach_show().0);
    let tag = PoolAction::Tag(vec![track_id(0)], "sea".to_owned());
    undone.app.dispatch(Action::Pool(tag));
    let can_undo = groups(&undone.app);
    undone.app.dispatch(Action::Undo);
    let marker = Focus::Marker(MarkerId::from_u128(31));
    undone.app.dispatch(Action::Focus(marker));
    // A track that is placed stays in the pool, and that is said in a notice.
    let remove = PoolAction::Remove(vec![track_id(0)]);
    undone.app.dispatch(Action::Pool(remove));
    let all: BTreeSet<_> = groups(&undone.app).union(&can_undo).copied().collect();
    let expected = [
        "episode",
        "file",
        "focus",
        "notice",
        "pool",
        "redo",
        "settings",
        "timeline",
        "transport",
        "undo",
    ];
    assert_eq!(all, BTreeSet::from(expected));
}

fn window() -> Window {
    Window::on(Stand::with_show(&beach_show().0))
}

#[test]
fn enter_places_the_track_that_is_tried_on_the_armed_scene() {
    let (_, beach) = beach_show();
    let mut window = window();
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Transport(TransportAction::Arm(Some(beach.pier))));
    window.click("Sparrow by");
    window.key(Key::Enter);
    let cut = window.app().show().and_then(|show| show.cut(beach.cut));
    let cut = cut.expect("the cut is there");
    let slots = cut.slots();
    let placed = slots
        .iter()
        .find(|(_, slot)| slot.scene == Some(beach.pier));
    let (_, slot) = placed.expect("the pier has a slot now");
    let pick = slot.picked().map(|(_, alternate)| alternate.track);
    assert_eq!(pick, Some(track_id(8)));
}

#[test]
fn a_digit_swaps_the_alternate_while_it_plays() {
    let (_, beach) = beach_show();
    let mut window = window();
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Transport(TransportAction::PlayScene(beach.hut)));
    window.player.take();
    window.key(Key::Num2);
    let calls = window.player.take();
    assert!(matches!(calls.as_slice(), [Call::Update(_)]), "{calls:?}");
}

#[test]
fn the_palette_runs_what_is_typed() {
    let mut window = window();
    window.key_with(Modifiers::COMMAND, Key::K);
    window.type_text("light");
    window.key(Key::Enter);
    assert_eq!(window.app().settings().theme, ThemeChoice::Light);
}

#[test]
fn a_menu_runs_its_commands() {
    let mut window = window();
    window.click("View");
    window.click("Theme");
    window.click("Light");
    assert_eq!(window.app().settings().theme, ThemeChoice::Light);
}

#[test]
fn a_new_episode_is_made_without_a_mouse() {
    let mut window = window();
    window.key_with(Modifiers::COMMAND, Key::E);
    window.key(Key::Tab);
    window.type_text("Harbour");
    window.key(Key::Enter);
    let (_, episode, _) = window.app().open_cut().expect("it is open");
    assert_eq!(
        (episode.number.as_str(), episode.title.as_str()),
        ("204", "Harbour")
    );
}

#[test]
fn space_plays_while_the_shortcuts_are_listed() {
    let mut window = window();
    window.click("Fern by");
    window.player.take();
    window.key(Key::Questionmark);
    assert!(window.shows("Keyboard shortcuts"));
    window.key(Key::Space);
    assert_eq!(window.player.take(), [Call::Pause]);
    window.key(Key::Escape);
    assert!(!window.shows("Keyboard shortcuts"));
}

#[test]
fn the_transport_says_what_is_tried_where_and_what_comes_next() {
    let (_, beach) = beach_show();
    let mut window = window();
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Transport(TransportAction::Arm(Some(beach.hut))));
    window.click("Sparrow by");
    assert!(window.shows("Sparrow → 12 INT. BEACH HUT"));
    // From the pre-roll of three seconds before the scene at 60 s to the marker at 70 s.
    assert!(window.shows("next: look in 00:00:13:00"));
}

#[test]
fn everything_fits_the_smallest_window() {
    let (_, beach) = beach_show();
    let stand = Stand::with_show(&beach_show().0);
    let mut window = Window::sized(stand, [1024.0, 640.0]);
    let app = window.harness.state_mut().app_mut();
    app.dispatch(Action::Transport(TransportAction::Arm(Some(beach.hut))));
    window.click("Halogen by");
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1024.0, 640.0));
    let names = [
        "Halogen → 12",
        "next: look",
        "Volume",
        "Hear guide",
        "Music level",
    ];
    let rects: Vec<_> = names.iter().map(|name| window.rect_of(name)).collect();
    for (index, rect) in rects.iter().enumerate() {
        assert!(screen.contains_rect(*rect), "{}", names[index]);
        for (other, below) in rects.iter().enumerate().skip(index + 1) {
            let overlap = rect.shrink(1.0).intersects(below.shrink(1.0));
            assert!(!overlap, "{} and {}", names[index], names[other]);
        }
    }
}

#[test]
fn a_sound_device_is_chosen_by_its_name() {
    let mut window = Window::on(Stand::with_show(&beach_show().0));
    window.key_with(Modifiers::COMMAND, Key::Comma);
    window.settle();
    window.click("Sound device");
    window.click("Headphones");
    let device = window.app().settings().output_device.clone();
    assert_eq!(device.as_deref(), Some("Headphones"));
}

#[test]
fn the_dialog_for_exporting_asks_for_a_file_with_what_was_chosen() {
    let mut window = Window::on(Stand::with_show(&beach_show().0));
    window.click("Scene 12");
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.settle();
    window.click("Split");
    assert!(window.shows("The guide on the left, the music on the right"));
}
