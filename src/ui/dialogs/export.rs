//! Writing a scene as a sound file: what sounds in it, and how much around it.

use egui::Align;
use egui::Layout;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use super::frame::dialog_frame;
use super::frame::form_note;
use super::frame::form_row;
use crate::app::Action;
use crate::app::App;
use crate::app::EpisodeAction;
use crate::app::Focus;
use crate::app::Mix;
use crate::app::Passage;
use crate::app::RenderChoice;
use crate::time::Ticks;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::widgets::DragNumber;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::segmented;

/// What sounds.
const MIXES: [(Mix, &str); 4] = [
    (Mix::Music, "Music"),
    (Mix::Guide, "Guide"),
    (Mix::Both, "Both"),
    (Mix::Split, "Split"),
];
/// Whether music is levelled.
const LEVELS: [(bool, &str); 2] = [(false, "As auditioned"), (true, "As it is")];
/// The longest handle that is asked for here, in seconds.
const LONGEST_HANDLE: f32 = 60.0;

/// What has been entered.
#[derive(Debug)]
pub struct ExportForm {
    scene: Option<(Passage, String)>,
    slot: Option<(Passage, String)>,
    passage: Passage,
    choice: RenderChoice,
}

impl ExportForm {
    /// The form for what is at hand: the slot that is chosen, else the scene that is armed or
    /// under the playhead.
    pub fn for_what_is_at_hand(app: &App) -> Option<Self> {
        let (_, _, cut) = app.open_cut()?;
        let show = app.show()?;
        let named = |passage: Passage| (passage, passage.title(show, cut));
        let slot = app.slot_at_hand().map(Passage::Slot);
        let scene = app.scene_at_hand().map(Passage::Scene);
        let is_slot_chosen = matches!(app.selection().focus(), Focus::Slot(..));
        let passage = slot.filter(|_| is_slot_chosen).or(scene).or(slot)?;
        Some(Self {
            scene: scene.map(named),
            slot: slot.map(named),
            passage,
            choice: RenderChoice::default(),
        })
    }

    fn title(&self) -> &str {
        let mut named = self.scene.iter().chain(&self.slot);
        let found = named.find(|(passage, _)| *passage == self.passage);
        found.map_or("", |(_, title)| title)
    }
}

/// Shows the dialog.
pub(super) fn export_ui(ui: &Ui, ctx: &Ctx<'_>, form: &mut ExportForm) -> DialogOutcome {
    let (outcome, is_done) = dialog_frame(ui, "Export audio", 420.0, |ui| {
        passage_ui(ui, form);
        fields_ui(ui, &mut form.choice);
        ui.add_space(3.0 * size::UNIT);
        let line = vec2(ui.available_width(), size::CONTROL);
        let layout = Layout::right_to_left(Align::Center);
        let export = TextButton::new("Export…").primary();
        let pressed = ui.allocate_ui_with_layout(line, layout, |ui| ui.add(export).clicked());
        pressed.inner
    });
    if is_done {
        let ask = EpisodeAction::ExportDialog(form.passage, form.choice);
        ctx.request(Action::Episode(ask));
        return DialogOutcome::Closed;
    }
    outcome
}

/// What is written: the scene, or only the slot.
fn passage_ui(ui: &mut Ui, form: &mut ExportForm) {
    if let (Some((scene, _)), Some((slot, _))) = (&form.scene, &form.slot) {
        let options = [(*scene, "Scene"), (*slot, "Slot")];
        form_row(ui, "Passage", |ui| {
            if let Some(passage) = segmented(ui, "Passage", &options, form.passage) {
                form.passage = passage;
            }
        });
    }
    let weak = tokens(ui).weak;
    form_note(ui, form.title(), weak);
}

fn fields_ui(ui: &mut Ui, choice: &mut RenderChoice) {
    let weak = tokens(ui).weak;
    form_row(ui, "Sound", |ui| {
        if let Some(mix) = segmented(ui, "Sound", &MIXES, choice.mix) {
            choice.mix = mix;
        }
    });
    let note = match choice.mix {
        Mix::Music => "The music alone, in stereo",
        Mix::Guide => "The cut's own sound alone",
        Mix::Both => "The guide under the music, as auditioned",
        Mix::Split => "The guide on the left, the music on the right",
    };
    form_note(ui, note, weak);
    form_row(ui, "Handles", |ui| {
        let secs = choice.handles.to_secs_f64() as f32;
        let number = DragNumber::new("Handles", secs, 0.0..=LONGEST_HANDLE)
            .unit("s")
            .usual(0.0)
            .show(ui);
        if let Some(secs) = number.committed {
            choice.handles = Ticks::nearest_to_secs(f64::from(secs));
        }
    });
    form_note(ui, "Music that runs to the edge goes on into them", weak);
    form_row(ui, "Level", |ui| {
        if let Some(is_unlevelled) = segmented(ui, "Level", &LEVELS, choice.is_unlevelled) {
            choice.is_unlevelled = is_unlevelled;
        }
    });
    form_note(ui, "WAV, 48 kHz, 24 bit; it knows its timecode", weak);
}
