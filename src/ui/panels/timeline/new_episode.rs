//! The form for a new episode: number, title, rate, first timecode, length.

use egui::Grid;
use egui::TextEdit;
use egui::Ui;

use super::view::Live;
use crate::app::Action;
use crate::app::App;
use crate::app::EpisodeAction;
use crate::app::NewEpisode;
use crate::model::Episode;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::Timebase;
use crate::ui::Ctx;
use crate::ui::theme::tokens;

/// What is typed into the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewEpisodeForm {
    number: String,
    title: String,
    timebase: Timebase,
    start: String,
    length: String,
    /// Whether the first field has been given the keyboard.
    has_begun: bool,
}

/// What became of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    NotYet,
    Cancelled,
    Done(NewEpisode),
}

impl Default for NewEpisodeForm {
    fn default() -> Self {
        Self {
            number: "101".to_owned(),
            title: String::new(),
            timebase: Timebase::non_drop(FrameRate::F25),
            start: "10:00:00:00".to_owned(),
            length: "00:45:00:00".to_owned(),
            has_begun: false,
        }
    }
}

impl NewEpisodeForm {
    /// A form that goes on from the show's last episode: the next number, the same rate and start.
    pub(super) fn after(app: &App) -> Self {
        let episodes = app.show().map(crate::model::Show::episodes);
        let last = episodes.and_then(|mut all| all.pop());
        match last {
            Some((_, episode)) => Self::next_of(episode),
            None => Self {
                timebase: app
                    .show()
                    .map_or_else(Timebase::default, |show| show.timebase),
                ..Self::default()
            },
        }
    }

    fn next_of(episode: &Episode) -> Self {
        let usual = Self::default();
        let number: Option<u64> = episode.number.trim().parse().ok();
        let Some((_, cut)) = episode.current() else {
            return usual;
        };
        Self {
            number: number.map_or(String::new(), |number| (number + 1).to_string()),
            timebase: cut.timebase,
            start: cut.timebase.label(cut.start),
            ..usual
        }
    }

    /// What the form asks for, or what is wrong with it.
    fn read(&self) -> Result<NewEpisode, String> {
        if self.number.trim().is_empty() && self.title.trim().is_empty() {
            return Err("Give it a number or a title".to_owned());
        }
        let start = self
            .timebase
            .parse(&self.start)
            .map_err(|error| format!("Start: {error}"))?;
        let length = self
            .timebase
            .parse(&self.length)
            .map_err(|error| format!("Length: {error}"))?;
        if length <= Frames::ZERO {
            return Err("It has to be longer than nothing".to_owned());
        }
        Ok(NewEpisode {
            number: self.number.trim().to_owned(),
            title: self.title.trim().to_owned(),
            timebase: self.timebase,
            start,
            length,
        })
    }
}

/// Every timebase a form offers, slowest first.
fn timebases() -> impl Iterator<Item = Timebase> {
    FrameRate::COMMON.into_iter().flat_map(|rate| {
        let drop = Timebase::new(rate, Counting::Drop).ok();
        [Some(Timebase::non_drop(rate)), drop].into_iter().flatten()
    })
}

/// Shows the form, in a window of its own, while it is open.
pub(super) fn new_episode_window(ui: &Ui, ctx: &Ctx<'_>, live: &mut Live) {
    let Some(form) = &mut live.form else { return };
    let mut is_open = true;
    let shown = egui::Window::new("New episode")
        .collapsible(false)
        .resizable(false)
        .open(&mut is_open)
        .default_pos(ui.max_rect().left_top() + egui::vec2(16.0, 48.0))
        .show(ui.ctx(), |ui| form_ui(ui, form));
    let filled = shown
        .and_then(|shown| shown.inner)
        .unwrap_or(Filled::NotYet);
    let is_escaped = ui.input(|input| input.key_pressed(egui::Key::Escape));
    match filled {
        Filled::Done(new) => {
            ctx.request(Action::Episode(EpisodeAction::New(new)));
            live.form = None;
        }
        Filled::Cancelled => live.form = None,
        Filled::NotYet if !is_open || is_escaped => live.form = None,
        Filled::NotYet => {}
    }
}

/// The form itself.
fn form_ui(ui: &mut Ui, form: &mut NewEpisodeForm) -> Filled {
    let mut is_entered = false;
    Grid::new("new episode").num_columns(2).show(ui, |ui| {
        let mut field = |ui: &mut Ui, name: &str, text: &mut String, width: f32| {
            let label = ui.label(name);
            let field = ui
                .add(TextEdit::singleline(text).desired_width(width))
                .labelled_by(label.id);
            is_entered |= field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
            ui.end_row();
            field
        };
        let number = field(ui, "Number", &mut form.number, 72.0);
        if !form.has_begun {
            number.request_focus();
            form.has_begun = true;
        }
        field(ui, "Title", &mut form.title, 220.0);
        field(ui, "First timecode", &mut form.start, 110.0);
        field(ui, "Length", &mut form.length, 110.0);
        let label = ui.label("Rate");
        let rate = egui::ComboBox::from_id_salt("new episode rate")
            .selected_text(format!("{} fps", form.timebase))
            .show_ui(ui, |ui| {
                for timebase in timebases() {
                    let text = format!("{timebase} fps");
                    ui.selectable_value(&mut form.timebase, timebase, text);
                }
            });
        rate.response.labelled_by(label.id);
        ui.end_row();
    });
    let read = form.read();
    if let Err(wrong) = &read {
        ui.colored_label(tokens(ui).warning, wrong);
    }
    let mut filled = Filled::NotYet;
    ui.horizontal(|ui| {
        let create = ui.add_enabled(read.is_ok(), egui::Button::new("Create episode"));
        if create.clicked() || is_entered {
            if let Ok(new) = read {
                filled = Filled::Done(new);
            }
        }
        if ui.button("Cancel").clicked() {
            filled = Filled::Cancelled;
        }
    });
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timecode_that_does_not_exist_at_the_rate_is_refused_with_the_reason() {
        let form = NewEpisodeForm {
            start: "10:00:00:25".to_owned(),
            ..NewEpisodeForm::default()
        };
        let wrong = form.read().expect_err("25 frames at 25 fps");
        assert!(wrong.starts_with("Start: "), "{wrong}");
    }

    #[test]
    fn the_form_goes_on_from_the_last_episode() {
        let base = Timebase::new(FrameRate::F29_97, Counting::Drop).expect("has drop-frame");
        let cut = crate::model::Cut {
            timebase: base,
            start: base.parse("01:00:00;00").expect("a timecode"),
            ..crate::model::Cut::default()
        };
        let episode = Episode {
            number: "203".to_owned(),
            ..Episode::default()
        }
        .with_cut(crate::model::CutId::from_u128(1), cut);
        let form = NewEpisodeForm::next_of(&episode);
        assert_eq!(form.number, "204");
        assert_eq!(form.start, "01:00:00;00");
        assert_eq!(form.timebase, base);
    }

    #[test]
    fn drop_frame_is_offered_where_there_is_one() {
        let names: Vec<String> = timebases().map(|base| base.to_string()).collect();
        assert!(names.contains(&"29.97 DF".to_owned()));
        assert!(!names.contains(&"23.976 DF".to_owned()));
    }
}
