//! The inspector, used as a person would: what is typed becomes a change that can be undone.

mod support;

use std::time::Instant;

use egui::Key;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use egui_kittest::kittest::Queryable as _;
use needledrop::analysis::VERSION;
use needledrop::app::Action;
use needledrop::app::Focus;
use needledrop::app::PoolAction;
use needledrop::app::TimelineAction;
use needledrop::model::AlternateId;
use needledrop::model::Bpm;
use needledrop::model::Change;
use needledrop::model::ClearanceState;
use needledrop::model::Color;
use needledrop::model::Cut;
use needledrop::model::Edit;
use needledrop::model::Form;
use needledrop::model::Given;
use needledrop::model::Lu;
use needledrop::model::LyricLine;
use needledrop::model::MarkerId;
use needledrop::model::Measured;
use needledrop::model::Mode;
use needledrop::model::Percent;
use needledrop::model::RenditionKind;
use needledrop::model::Show;
use needledrop::model::Singing;
use needledrop::model::SlotId;
use needledrop::model::Track;
use needledrop::model::TrackField;
use needledrop::time::Samples;
use needledrop::time::Ticks;
use needledrop::ui::Ctx;
use needledrop::ui::panels::inspector::InspectorView;
use needledrop::ui::panels::inspector::inspector_ui;
use needledrop::ui::theme;

use support::Stand;
use support::player::Call;
use support::show::beach_show;
use support::show::track_id;

const SLOT: SlotId = SlotId::from_u128(40);
const PICK: AlternateId = AlternateId::from_u128(50);
const TOUCH: MarkerId = MarkerId::from_u128(32);

struct Desk {
    stand: Stand,
    view: InspectorView,
}

type Bench = Harness<'static, Desk>;

fn bench(show: &Show) -> Bench {
    let desk = Desk {
        stand: Stand::with_show(show),
        view: InspectorView::default(),
    };
    let mut bench = Harness::builder()
        .with_size(vec2(280.0, 1800.0))
        .with_context_setup(theme::apply)
        .allow_missing_glyphs()
        .build_ui_state(
            |ui, desk: &mut Desk| {
                desk.stand.app.tick(Instant::now());
                let ctx = Ctx::new(&desk.stand.app);
                inspector_ui(ui, &ctx, &mut desk.view);
                for action in ctx.into_requests() {
                    desk.stand.app.dispatch(action);
                }
            },
            desk,
        );
    bench.run_steps(2);
    bench
}

/// The inspector on the beach with something focused.
fn focused(focus: Focus) -> Bench {
    let mut bench = bench(&beach_show().0);
    ask(&mut bench, Action::Focus(focus));
    bench
}

fn ask(bench: &mut Bench, action: Action) {
    bench.state_mut().stand.app.dispatch(action);
    bench.run_steps(3);
}

fn show(bench: &Bench) -> &Show {
    bench.state().stand.app.show().expect("a show is open")
}

fn cut(bench: &Bench) -> &Cut {
    bench.state().stand.app.open_cut().expect("a cut is open").2
}

/// Replaces what a field says.
fn type_into(bench: &mut Bench, label: &str, text: &str) {
    bench.get_by_label(label).focus();
    bench.run_steps(2);
    bench.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    bench.run_steps(1);
    bench.get_by_label(label).type_text(text);
    bench.run_steps(2);
    bench.key_press(Key::Enter);
    bench.run_steps(3);
}

#[test]
fn a_typed_timecode_moves_a_marker() {
    let mut bench = focused(Focus::Marker(TOUCH));
    type_into(&mut bench, "Timecode", "10:01:30:12");
    let at = cut(&bench).marker(TOUCH).expect("it is there").at;
    assert_eq!(at, Ticks::from_millis(90_480));
}

#[test]
fn a_typed_out_point_trims_a_scene() {
    let (_, beach) = beach_show();
    let mut bench = focused(Focus::Scene(beach.pier));
    type_into(&mut bench, "Out", "10:03:30:00");
    let span = cut(&bench).scene(beach.pier).expect("it is there").span;
    assert_eq!(span.end(), Ticks::from_secs(210));
    assert_eq!(span.start(), Ticks::from_secs(118));
}

#[test]
fn a_typed_heading_is_one_step_that_undo_takes_back() {
    let (_, beach) = beach_show();
    let mut bench = focused(Focus::Scene(beach.pier));
    type_into(&mut bench, "Heading", "EXT. PIER - DUSK");
    let name = |bench: &Bench| cut(bench).scene(beach.pier).map(|s| s.name.clone());
    assert_eq!(name(&bench).as_deref(), Some("EXT. PIER - DUSK"));
    ask(&mut bench, Action::Undo);
    assert_eq!(name(&bench).as_deref(), Some("EXT. PIER"));
}

#[test]
fn a_marker_just_set_has_the_keyboard_in_its_name() {
    let mut bench = bench(&beach_show().0);
    ask(
        &mut bench,
        Action::Timeline(TimelineAction::AddMarker(Some(Ticks::from_secs(10)))),
    );
    assert!(bench.get_by_label("Name").is_focused());
}

#[test]
fn a_marker_becomes_a_hit_point_with_a_window() {
    let look = MarkerId::from_u128(31);
    let mut bench = focused(Focus::Marker(look));
    bench.get_by_label("Hit point").click();
    bench.run_steps(3);
    assert!(cut(&bench).marker(look).is_some_and(|m| m.hit.is_some()));
    bench.get_by_label("Heavy");
    bench.get_by_label("Early");
}

#[test]
fn another_alternate_is_picked_with_its_button() {
    let mut bench = focused(Focus::Slot(SLOT, Some(PICK)));
    bench.get_by_label("Pick Fern").click();
    bench.run_steps(3);
    let pick = cut(&bench).slot(SLOT).and_then(|slot| slot.pick);
    assert_eq!(pick, Some(AlternateId::from_u128(51)));
}

#[test]
fn a_typed_place_in_the_track_slips_it() {
    let mut bench = focused(Focus::Slot(SLOT, Some(PICK)));
    type_into(&mut bench, "From track", "00:00:10:00");
    let slot = cut(&bench).slot(SLOT).expect("it is there");
    let pick = slot.alternate(PICK).expect("it is there");
    assert_eq!(pick.source_in(slot.span), Ticks::from_secs(10));
    assert_eq!(pick.at(slot.span), Ticks::from_secs(60));
}

#[test]
fn a_click_on_a_line_of_the_lyrics_plays_from_there() {
    let (mut show, _) = beach_show();
    let lyrics = vec![LyricLine {
        at: Some(Ticks::from_secs(25)),
        text: "and you came back".to_owned(),
    }];
    show.apply(Edit::Track(
        track_id(0),
        Change::Set(TrackField::Lyrics(lyrics)),
    ))
    .expect("the track is there");
    let mut bench = bench(&show);
    ask(
        &mut bench,
        Action::Pool(PoolAction::Select(vec![track_id(0)])),
    );
    bench.get_by_label("and you came back").click();
    bench.run_steps(3);
    let calls = bench.state().stand.player.take();
    let played = calls.iter().find_map(|call| match call {
        Call::Play(_, from) => Some(*from),
        _ => None,
    });
    assert_eq!(played, Some(Ticks::from_secs(25)));
}

#[test]
fn what_was_trimmed_of_a_file_is_said() {
    let (mut show, _) = beach_show();
    let mut media = show
        .track(track_id(0))
        .and_then(|track| track.media.clone())
        .expect("the track has a file");
    media.trimmed_start = Samples::new(1105);
    let field = TrackField::Media(Some(media));
    show.apply(Edit::Track(track_id(0), Change::Set(field)))
        .expect("the track is there");
    let mut bench = bench(&show);
    ask(
        &mut bench,
        Action::Pool(PoolAction::Select(vec![track_id(0)])),
    );
    bench.get_by_label("1105 samples of encoder delay trimmed");
}

#[test]
fn what_is_typed_for_several_tracks_goes_for_all_of_them() {
    let mut bench = bench(&beach_show().0);
    let both = vec![track_id(0), track_id(1)];
    ask(&mut bench, Action::Pool(PoolAction::Select(both)));
    bench.get_by_label("2 tracks");
    type_into(&mut bench, "Genre", "folk");
    for n in [0, 1] {
        let genre = show(&bench).track(track_id(n)).map(|t| t.genre.clone());
        assert_eq!(genre.as_deref(), Some("folk"));
    }
}

#[test]
fn clearance_of_one_side_leaves_the_other_alone() {
    let mut bench = bench(&beach_show().0);
    ask(
        &mut bench,
        Action::Pool(PoolAction::Select(vec![track_id(0)])),
    );
    bench.get_by_label("Publishing").click();
    bench.run_steps(2);
    bench.get_by_label("Quoted").click();
    bench.run_steps(3);
    let track = show(&bench).track(track_id(0)).expect("it is there");
    assert_eq!(track.publishing, ClearanceState::Quoted);
    assert_eq!(track.master, ClearanceState::NotStarted);
}

#[test]
fn with_nothing_selected_the_episode_can_be_renamed() {
    let (_, beach) = beach_show();
    let mut bench = bench(&beach_show().0);
    type_into(&mut bench, "Number", "204");
    let episode = show(&bench).episode(beach.cut.episode);
    let number = episode.map(|episode| episode.number.clone());
    assert_eq!(number.as_deref(), Some("204"));
}

#[test]
fn a_measured_loudness_range_is_shown() {
    let (mut shown, _) = beach_show();
    let measured = Measured {
        range: Some(Lu::from_hundredths(620)),
        ..Measured::default()
    };
    let field = TrackField::Measured(measured);
    shown
        .apply(Edit::Track(track_id(0), Change::Set(field)))
        .expect("it is in the pool");
    let mut bench = bench(&shown);
    ask(
        &mut bench,
        Action::Pool(PoolAction::Select(vec![track_id(0)])),
    );
    assert!(bench.query_by_label("6.2 LU").is_some());
}

#[test]
fn where_somebody_sings_is_shown_and_what_is_not_sure_is_said_to_be() {
    let stretch = |from, to| (Ticks::from_secs(from), Ticks::from_secs(to));
    let sung = |stretches: Vec<(Ticks, Ticks)>| {
        Some(Singing {
            stretches,
            confidence: Percent::new(80),
        })
    };
    for (singing, shown) in [
        (
            sung(vec![stretch(22, 100), stretch(125, 170)]),
            "≈ 0:22–1:40, 2:05–2:50",
        ),
        (sung(vec![]), "≈ none"),
        (None, "not sure"),
    ] {
        let (mut show, _) = beach_show();
        let field = TrackField::Measured(Measured {
            singing,
            version: 4,
            ..Measured::default()
        });
        show.apply(Edit::Track(track_id(0), Change::Set(field)))
            .expect("it is in the pool");
        let mut bench = bench(&show);
        let select = PoolAction::Select(vec![track_id(0)]);
        ask(&mut bench, Action::Pool(select));
        assert!(bench.query_by_label(shown).is_some(), "{shown}");
    }
}

#[test]
fn an_estimated_tempo_is_marked_and_a_tagged_key_is_not() {
    let (mut shown, _) = beach_show();
    let measured = Measured {
        tempo: Some(Given::estimate(
            Bpm::from_hundredths(11_800),
            Percent::new(70),
        )),
        key: Some(Given::tagged(needledrop::model::Key::new(6, Mode::Minor))),
        ..Measured::default()
    };
    let field = TrackField::Measured(measured);
    shown
        .apply(Edit::Track(track_id(0), Change::Set(field)))
        .expect("it is in the pool");
    let mut bench = bench(&shown);
    ask(
        &mut bench,
        Action::Pool(PoolAction::Select(vec![track_id(0)])),
    );
    assert_eq!(value(&bench, "Tempo"), "≈ 118 BPM");
    assert_eq!(value(&bench, "Key"), "F♯ minor");
}

/// The value of the field of this name.
fn value(bench: &Bench, label: &str) -> String {
    let value = bench.get_by_label(label).accesskit_node().value();
    value.unwrap_or_default()
}

/// A bench with the first track selected; it has a tempo, as estimated, and parts.
fn estimated() -> Bench {
    let (mut shown, _) = beach_show();
    let measured = Measured {
        tempo: Some(Given::estimate(
            Bpm::from_hundredths(9_200),
            Percent::new(70),
        )),
        first_downbeat: Some(Ticks::from_secs(1)),
        form: Some(Form {
            sections: vec![Ticks::from_secs(1), Ticks::from_secs(60)],
            ..Form::default()
        }),
        version: VERSION,
        ..Measured::default()
    };
    let field = TrackField::Measured(measured);
    shown
        .apply(Edit::Track(track_id(0), Change::Set(field)))
        .expect("it is in the pool");
    let mut bench = bench(&shown);
    ask(
        &mut bench,
        Action::Pool(PoolAction::Select(vec![track_id(0)])),
    );
    bench
}

fn track(bench: &Bench) -> &Track {
    show(bench).track(track_id(0)).expect("it is in the pool")
}

#[test]
fn a_tempo_is_doubled_by_hand_and_taken_back_to_the_estimate() {
    let mut bench = estimated();
    let before = track(&bench).tempo();
    bench.get_by_label("Double").click();
    bench.run_steps(3);
    assert_eq!(
        track(&bench).tempo_by_hand,
        Some(Bpm::from_hundredths(18_400))
    );
    bench.get_by_label("Tempo back to the estimate").click();
    bench.run_steps(3);
    assert_eq!(track(&bench).tempo(), before);
}

#[test]
fn a_typed_tempo_is_one_step_that_undo_takes_back() {
    let mut bench = estimated();
    type_into(&mut bench, "Tempo", "138");
    assert_eq!(
        track(&bench).tempo_by_hand,
        Some(Bpm::from_hundredths(13_800))
    );
    ask(&mut bench, Action::Undo);
    assert_eq!(track(&bench).tempo_by_hand, None);
}

#[test]
fn bars_can_begin_a_beat_later() {
    let mut bench = estimated();
    bench.get_by_label("Bars begin a beat later").click();
    bench.run_steps(3);
    let beat = Ticks::nearest_to_secs(1.0 + 60.0 / 92.0);
    let set = track(&bench).downbeat_by_hand.expect("it was set");
    assert!((set - beat).abs() < Ticks::from_millis(1), "{set:?}");
}

#[test]
fn a_part_is_removed_with_the_keyboard() {
    let mut bench = estimated();
    bench.get_by_label("Section 2 at 1:00").focus();
    bench.run_steps(3);
    bench.key_press(egui::Key::Delete);
    bench.run_steps(3);
    assert_eq!(
        track(&bench).sections_by_hand,
        Some(vec![Ticks::from_secs(1)])
    );
    bench.get_by_label("Sections back to the estimate").click();
    bench.run_steps(3);
    assert_eq!(track(&bench).sections_by_hand, None);
}

/// The inspector on the beach with tracks selected, by their places in it.
fn selected(tracks: &[usize]) -> Bench {
    let mut bench = bench(&beach_show().0);
    let ids = tracks.iter().map(|n| track_id(*n)).collect();
    ask(&mut bench, Action::Pool(PoolAction::Select(ids)));
    bench.run_steps(2);
    bench
}

fn press(bench: &mut Bench, label: &str) {
    bench.get_by_label(label).click();
    bench.run_steps(3);
}

fn tags(bench: &Bench, n: usize) -> Vec<String> {
    let track = show(bench).track(track_id(n)).expect("it is there");
    track.tags.iter().cloned().collect()
}

fn undo_label(bench: &Bench) -> Option<String> {
    let session = bench.state().stand.app.session()?;
    session.undo_label().map(str::to_owned)
}

#[test]
fn a_tag_that_some_have_is_given_to_all_with_one_press() {
    // "warm slow", "warm" and "tense night".
    let mut bench = selected(&[0, 1, 2]);
    press(&mut bench, "Add warm to all");
    assert_eq!(tags(&bench, 2), ["night", "tense", "warm"]);
    assert_eq!(undo_label(&bench).as_deref(), Some("tag Halogen “warm”"));
    bench.get_by_label("Remove warm");
}

#[test]
fn a_tag_that_some_have_is_taken_off_whichever_has_it() {
    let mut bench = selected(&[0, 1, 2]);
    press(&mut bench, "Remove warm");
    assert_eq!(tags(&bench, 0), ["slow"]);
    assert_eq!(tags(&bench, 1), Vec::<String>::new());
    assert_eq!(tags(&bench, 2), ["night", "tense"]);
    ask(&mut bench, Action::Undo);
    assert_eq!(tags(&bench, 1), ["warm"]);
}

#[test]
fn a_likely_tag_is_added_with_one_press() {
    // Fern is "warm", as Coastline is, which is "slow" too.
    let mut bench = selected(&[1]);
    press(&mut bench, "Add slow");
    assert_eq!(tags(&bench, 1), ["slow", "warm"]);
}

#[test]
fn stars_are_given_and_taken_back() {
    let mut bench = selected(&[0]);
    press(&mut bench, "Rating: 4 stars");
    let mean = |bench: &Bench| {
        show(bench)
            .track(track_id(0))
            .and_then(needledrop::model::Track::mean_rating)
    };
    assert_eq!(mean(&bench), Some(4.0));
    press(&mut bench, "Rating: 4 stars");
    assert_eq!(mean(&bench), None);
}

#[test]
fn several_tracks_are_rated_and_labelled_in_one_step_each() {
    let mut bench = selected(&[0, 1, 2]);
    press(&mut bench, "Rating: 5 stars");
    assert_eq!(undo_label(&bench).as_deref(), Some("give 3 tracks 5 stars"));
    press(&mut bench, "Color green");
    assert_eq!(undo_label(&bench).as_deref(), Some("label 3 tracks green"));
    let track = show(&bench).track(track_id(2)).expect("it is there");
    assert_eq!(track.color, Some(Color::Green));
    ask(&mut bench, Action::Undo);
    ask(&mut bench, Action::Undo);
    let track = show(&bench).track(track_id(2)).expect("it is there");
    assert_eq!((track.color, track.ratings.len()), (None, 0));
}

#[test]
fn what_is_said_of_a_track_is_read_under_it() {
    let mut bench = selected(&[0]);
    let comment = PoolAction::Comment(vec![track_id(0)], "Too sweet?".to_owned());
    ask(&mut bench, Action::Pool(comment));
    bench.get_by_label("Too sweet?");
}

#[test]
fn several_tracks_are_linked_as_renditions_of_one() {
    let mut bench = selected(&[1, 2]);
    press(&mut bench, "Link as renditions");
    let rendition = show(&bench).track(track_id(2)).and_then(|it| it.rendition);
    let rendition = rendition.expect("it was linked");
    assert_eq!(rendition.of, track_id(1));
    assert_eq!(rendition.kind, RenditionKind::Other);
}

#[test]
fn a_rendition_is_heard_with_one_press_and_unlinked_with_another() {
    // Sparrow is the instrumental of Coastline.
    let mut bench = selected(&[0]);
    bench.state().stand.player.take();
    press(&mut bench, "Hear Sparrow");
    let calls = bench.state().stand.player.take();
    assert!(calls.iter().any(|call| matches!(call, Call::Play(..))));
    let mut bench = selected(&[8]);
    press(&mut bench, "Unlink");
    let rendition = show(&bench).track(track_id(8)).and_then(|it| it.rendition);
    assert_eq!(rendition, None);
}

#[test]
fn a_rendition_is_suggested_by_its_title_and_linked_with_one_press() {
    let (mut shown, _) = beach_show();
    for (n, title) in [(1, "Fern"), (2, "Fern (Instrumental)")] {
        for field in [
            TrackField::Title(title.to_owned()),
            TrackField::Artist("The Slow Weather".to_owned()),
        ] {
            shown
                .apply(Edit::Track(track_id(n), Change::Set(field)))
                .expect("it is in the pool");
        }
    }
    let mut bench = bench(&shown);
    ask(
        &mut bench,
        Action::Pool(PoolAction::Select(vec![track_id(2)])),
    );
    press(&mut bench, "Link as instrumental");
    let rendition = show(&bench).track(track_id(2)).and_then(|it| it.rendition);
    assert_eq!(rendition.map(|it| it.of), Some(track_id(1)));
}
