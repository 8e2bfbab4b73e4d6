//! What each part of the kit does when it is clicked, typed into, dragged or reached by keyboard.

use egui::Key;
use egui::Modifiers;
use egui::Ui;
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT;
use egui_kittest::kittest::Queryable;
use needledrop::time::FrameRate;
use needledrop::time::Frames;
use needledrop::time::Ticks;
use needledrop::time::Timebase;
use needledrop::ui::theme;
use needledrop::ui::theme::Icon;
use needledrop::ui::widgets::Chip;
use needledrop::ui::widgets::DragNumber;
use needledrop::ui::widgets::IconButton;
use needledrop::ui::widgets::ListRow;
use needledrop::ui::widgets::NoticeCard;
use needledrop::ui::widgets::NoticeEvent;
use needledrop::ui::widgets::Palette;
use needledrop::ui::widgets::PaletteOutcome;
use needledrop::ui::widgets::RowState;
use needledrop::ui::widgets::Section;
use needledrop::ui::widgets::Severity;
use needledrop::ui::widgets::Switch;
use needledrop::ui::widgets::TagEditor;
use needledrop::ui::widgets::TextField;
use needledrop::ui::widgets::TimecodeField;
use needledrop::ui::widgets::choice;
use needledrop::ui::widgets::pressed_here;
use needledrop::ui::widgets::search_field;
use needledrop::ui::widgets::segmented;

use crate::sheet;

/// A window that shows one part and keeps what it returned, in order.
fn showing<'a, T: 'a>(mut part: impl FnMut(&mut Ui) -> Option<T> + 'a) -> Harness<'a, Vec<T>> {
    Harness::builder()
        .with_size([600.0, 400.0])
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(theme::apply)
        .build_ui_state(
            move |ui, returned: &mut Vec<T>| returned.extend(part(ui)),
            Vec::new(),
        )
}

/// Types into the field with this name as a person does: click, select all, type.
fn retype<T>(harness: &mut Harness<'_, T>, name: &str, text: &str) {
    harness.get_by_label(name).click();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_label(name).type_text(text);
    harness.run();
}

fn at_25() -> Timebase {
    Timebase::non_drop(FrameRate::F25)
}

fn in_field(ui: &mut Ui) -> Option<Ticks> {
    let start = Frames::new(10 * 3600 * 25);
    TimecodeField::position("In", at_25(), start, Ticks::from_secs(130))
        .show(ui)
        .committed
}

#[test]
fn a_row_is_pressed_when_the_button_goes_down() {
    let mut harness = showing(|ui| {
        let row = ListRow::new("Coastline").show(ui, |_, _| ());
        pressed_here(&row).then_some(())
    });
    let row = harness.get_by_label("Coastline").rect().center();
    harness.hover_at(row);
    harness.run();
    harness.drag_at(row);
    harness.run();
    assert_eq!(harness.state().len(), 1, "on the press");
    harness.drop_at(row);
    harness.run();
    assert_eq!(harness.state().len(), 1, "not again on the release");
}

#[test]
fn a_press_and_its_release_in_one_pass_are_a_press() {
    let mut harness = showing(|ui| {
        let row = ListRow::new("Coastline").show(ui, |_, _| ());
        pressed_here(&row).then_some(())
    });
    let row = harness.get_by_label("Coastline").rect().center();
    harness.hover_at(row);
    harness.run();
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton {
            pos: row,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
    }
    harness.run();
    assert_eq!(harness.state().len(), 1);
}

#[test]
fn a_selected_row_says_so() {
    let state = RowState {
        selected: true,
        playing: false,
    };
    let harness = showing::<()>(move |ui| {
        ListRow::new("Fern").state(state).show(ui, |_, _| ());
        None
    });
    let node = harness.get_by_label("Fern");
    assert_eq!(node.accesskit_node().is_selected(), Some(true));
}

#[test]
fn text_is_committed_once_on_enter() {
    let mut harness = showing(|ui| TextField::new("Title", "Fern").show(ui).committed);
    retype(&mut harness, "Title", "Fern (live)");
    assert!(harness.state().is_empty(), "not while typing");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), ["Fern (live)"]);
}

#[test]
fn text_is_committed_when_the_keyboard_goes_elsewhere() {
    let mut harness = showing(|ui| {
        let committed = TextField::new("Title", "Fern").show(ui).committed;
        TextField::new("Artist", "Ida").show(ui);
        committed
    });
    retype(&mut harness, "Title", "Halogen");
    harness.get_by_label("Artist").click();
    harness.run();
    assert_eq!(*harness.state(), ["Halogen"]);
}

#[test]
fn escape_gives_text_up() {
    let mut harness = showing(|ui| TextField::new("Title", "Fern").show(ui).committed);
    retype(&mut harness, "Title", "Halogen");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().is_empty());
    assert_eq!(
        harness.get_by_label("Title").value().as_deref(),
        Some("Fern")
    );
}

#[test]
fn text_left_as_it_was_is_not_committed() {
    let mut harness = showing(|ui| TextField::new("Title", "Fern").show(ui).committed);
    retype(&mut harness, "Title", "Fern");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().is_empty());
}

#[test]
fn several_lines_take_enter_and_are_committed_with_control() {
    let mut harness = showing(|ui| TextField::new("Intent", "Warm").rows(3).show(ui).committed);
    retype(&mut harness, "Intent", "Warm");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Intent").type_text("and unsure");
    harness.run();
    assert!(harness.state().is_empty());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), ["Warm\nand unsure"]);
}

#[test]
fn a_search_is_cleared_by_escape() {
    let mut query = String::new();
    let mut harness = showing(move |ui| {
        let response = search_field(ui, "Search", &mut query, "Search…");
        response.changed().then(|| query.clone())
    });
    retype(&mut harness, "Search", "fern");
    assert_eq!(harness.state().last().map(String::as_str), Some("fern"));
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().last().map(String::as_str), Some(""));
}

#[test]
fn a_timecode_is_committed_on_enter() {
    let mut harness = showing(in_field);
    retype(&mut harness, "In", "13:07");
    harness.key_press(Key::Enter);
    harness.run();
    let expected = Ticks::from_secs(133) + FrameRate::F25.to_ticks(Frames::new(7));
    assert_eq!(*harness.state(), [expected]);
}

#[test]
fn a_wrong_timecode_says_why_and_stays_open() {
    let mut harness = showing(in_field);
    retype(&mut harness, "In", "10:02:13:99");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().is_empty());
    assert!(harness.get_by_label("In").is_focused());
    assert!(harness.query_by_label_contains("out of range").is_some());
    harness.key_press(Key::Escape);
    harness.run();
    let value = harness.get_by_label("In").value();
    assert_eq!(value.as_deref(), Some("10:02:10:00"));
}

#[test]
fn an_arrow_steps_a_timecode_by_a_frame() {
    let mut harness = showing(in_field);
    harness.get_by_label("In").click();
    harness.run();
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    harness.run();
    let frame = FrameRate::F25.frame_length();
    let value = Ticks::from_secs(130);
    assert_eq!(
        *harness.state(),
        [value + frame, value - Ticks::from_secs(1)]
    );
}

#[test]
fn dragging_a_number_is_heard_at_once_and_committed_once() {
    let mut harness = showing(|ui| {
        let output = DragNumber::gain("Gain", 0.0).show(ui);
        (output.dragged.is_some() || output.committed.is_some())
            .then_some((output.dragged, output.committed))
    });
    let from = harness.get_by_label("Gain").rect().center();
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + egui::vec2(20.0, 0.0));
    harness.run_steps(2);
    harness.drop_at(from + egui::vec2(20.0, 0.0));
    harness.run();
    let dragged = harness
        .state()
        .iter()
        .any(|(dragged, _)| *dragged == Some(2.0));
    let committed: Vec<f32> = harness
        .state()
        .iter()
        .filter_map(|(_, at_end)| *at_end)
        .collect();
    assert!(dragged, "{:?}", harness.state());
    assert_eq!(committed, [2.0]);
}

#[test]
fn a_number_is_typed_after_enter() {
    let mut harness = showing(|ui| DragNumber::gain("Gain", -3.0).show(ui).committed);
    harness.get_by_label("Gain").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_label("Gain").type_text("-4.5 dB");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), [-4.5]);
}

#[test]
fn a_double_click_brings_back_the_usual_value() {
    let mut harness = showing(|ui| DragNumber::gain("Gain", -3.0).show(ui).committed);
    let gain = harness.get_by_label("Gain");
    gain.click();
    gain.click();
    harness.run();
    assert_eq!(*harness.state(), [0.0]);
}

#[test]
fn a_switch_says_whether_it_is_on() {
    let mut harness = showing(|ui| {
        let looping = IconButton::new(Icon::Loop, "Loop scene").switch(Switch::On);
        let clicked = ui.add(looping).clicked();
        ui.add(Chip::new("Approved", Switch::Off).count(3));
        clicked.then_some(())
    });
    let toggled = |name| harness.get_by_label(name).accesskit_node().toggled();
    assert_eq!(toggled("Loop scene"), Some(egui::accesskit::Toggled::True));
    assert_eq!(toggled("Approved"), Some(egui::accesskit::Toggled::False));
    harness.get_by_label("Loop scene").click();
    harness.run();
    assert_eq!(harness.state().len(), 1);
}

#[test]
fn one_of_several_is_picked_by_mouse_or_from_a_list() {
    let options = [(1, "One"), (2, "Two")];
    let mut harness = showing(move |ui| segmented(ui, "Start", &options, 1));
    harness.get_by_label("One").click();
    harness.run();
    harness.get_by_label("Two").click();
    harness.run();
    assert_eq!(*harness.state(), [2], "the current one is not picked again");

    let mut harness = showing(move |ui| choice(ui, "Rate", &options, 1));
    harness.get_by_label("Rate").click();
    harness.run();
    harness.get_by_label("Two").click();
    harness.run();
    assert_eq!(*harness.state(), [2]);
}

fn tags_editor(ui: &mut Ui) -> Option<Vec<String>> {
    let tags = ["warm".to_owned(), "night".to_owned()];
    let known = ["unsure".to_owned(), "sunny".to_owned()];
    TagEditor::new("Tags", &tags).known(&known).show(ui)
}

#[test]
fn a_tag_is_added_on_enter_and_taken_away_by_its_cross() {
    let mut harness = showing(tags_editor);
    retype(&mut harness, "Tags", "tender");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Remove warm").click();
    harness.run();
    let [added, removed] = harness.state().as_slice() else {
        panic!("two changes, not {:?}", harness.state());
    };
    assert_eq!(added, &["warm", "night", "tender"]);
    assert_eq!(removed, &["night"]);
}

#[test]
fn a_tag_is_completed_from_known_ones() {
    let mut harness = showing(tags_editor);
    retype(&mut harness, "Tags", "uns");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), [vec!["warm", "night", "unsure"]]);
}

#[test]
fn a_section_hides_what_is_in_it() {
    let mut harness = showing::<()>(|ui| {
        Section::new("Clearance").show(ui, |ui| ui.label("asked in May"));
        None
    });
    assert!(harness.query_by_label("asked in May").is_some());
    harness.get_by_label("Clearance").click();
    harness.run();
    assert!(harness.query_by_label("asked in May").is_none());
}

#[test]
fn a_notice_unfolds_its_details_and_closes() {
    let details = ["broken.mp3: ends after 12 bytes".to_owned()];
    let mut harness = showing(move |ui| {
        NoticeCard::new(Severity::Warning, "1 of 3 files could not be read")
            .details(&details)
            .show(ui)
    });
    assert!(harness.query_by_label_contains("broken.mp3").is_none());
    harness.get_by_label("Details (1)").click();
    harness.run();
    assert!(harness.query_by_label_contains("broken.mp3").is_some());
    harness.get_by_label("Dismiss").click();
    harness.run();
    assert_eq!(*harness.state(), [NoticeEvent::Closed]);
}

#[test]
fn the_palette_finds_by_a_few_letters_and_picks_with_enter() {
    let mut palette = Palette::new();
    let mut harness = showing(move |ui| Some(sheet::palette(ui, &mut palette)));
    harness.run();
    harness.get_by_label("Search commands").type_text("undo");
    harness.run();
    harness.key_press(Key::Enter);
    harness.step();
    assert!(harness.state().contains(&PaletteOutcome::Picked(3)));
}

#[test]
fn the_palette_is_walked_with_arrows_and_left_with_escape() {
    let mut palette = Palette::new();
    let mut harness = showing(move |ui| Some(sheet::palette(ui, &mut palette)));
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.step();
    assert!(harness.state().contains(&PaletteOutcome::Picked(1)));
    harness.key_press(Key::Escape);
    harness.step();
    assert!(harness.state().contains(&PaletteOutcome::Closed));
}

#[test]
fn what_cannot_be_had_is_shown_but_not_picked() {
    let mut palette = Palette::new();
    let mut harness = showing(move |ui| Some(sheet::palette(ui, &mut palette)));
    harness.run();
    harness.get_by_label("Search commands").type_text("export");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(
        harness
            .state()
            .iter()
            .all(|outcome| *outcome == PaletteOutcome::Open)
    );
}

#[test]
fn everything_is_reached_with_the_tab_key() {
    let mut harness = showing::<()>(|ui| {
        ui.add(IconButton::new(Icon::Play, "Play"));
        ui.add(Chip::new("Approved", Switch::Off));
        ListRow::new("Coastline").show(ui, |_, _| ());
        DragNumber::gain("Gain", 0.0).show(ui);
        in_field(ui);
        None
    });
    for name in ["Play", "Approved", "Coastline", "Gain", "In"] {
        harness.key_press(Key::Tab);
        harness.run();
        assert!(harness.get_by_label(name).is_focused(), "{name}");
    }
}
