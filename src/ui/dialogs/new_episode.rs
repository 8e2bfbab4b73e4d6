//! The dialog for a new episode. What is entered is read as it is typed, and what is wrong with it
//! is said at once.

use egui::Align;
use egui::Key;
use egui::Layout;
use egui::TextEdit;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use super::frame::dialog_frame;
use super::frame::form_note;
use super::frame::form_row;
use crate::app::Action;
use crate::app::App;
use crate::app::EpisodeAction;
use crate::app::NewEpisode;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::Timebase;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::choice;

/// What has been entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEpisodeForm {
    number: String,
    title: String,
    timebase: Timebase,
    start: String,
    length: String,
    /// Whether the cursor has been put into the first field.
    is_begun: bool,
}

impl NewEpisodeForm {
    /// The form for the episode after the last one, cut the same way.
    pub fn following(app: &App) -> Self {
        let episodes = app.show().map(crate::model::Show::episodes);
        let last = episodes.and_then(|episodes| {
            let (_, episode) = episodes.into_iter().next_back()?;
            let number = episode.number.trim().parse::<u64>().ok();
            Some((number, episode.current().map(|(_, cut)| cut.clone())))
        });
        let (number, cut) = last.unwrap_or_default();
        let of_show = app.show().map(|show| show.timebase);
        let timebase = cut.as_ref().map(|cut| cut.timebase).or(of_show);
        let timebase = timebase.unwrap_or(Timebase::non_drop(FrameRate::F25));
        let start = cut.map_or_else(
            || "10:00:00:00".to_owned(),
            |cut| cut.timebase.label(cut.start),
        );
        Self {
            number: number.map_or_else(|| "101".to_owned(), |n| (n + 1).to_string()),
            title: String::new(),
            timebase,
            start,
            length: "00:45:00:00".to_owned(),
            is_begun: false,
        }
    }

    /// What is asked for, or the sentences that say what is wrong.
    fn read(&self) -> Result<NewEpisode, Wrong> {
        let start = self.timebase.parse(&self.start);
        let length = self.timebase.parse(&self.length);
        let mut wrong = Wrong::default();
        if self.number.trim().is_empty() {
            wrong.number = Some("An episode needs a number".to_owned());
        }
        if let Err(error) = &start {
            wrong.start = Some(error.to_string());
        }
        match &length {
            Err(error) => wrong.length = Some(error.to_string()),
            Ok(length) if *length <= Frames::ZERO => {
                wrong.length = Some("An episode is at least a frame long".to_owned());
            }
            Ok(length) if *length > Frames::new(self.timebase.frames_per_day()) => {
                wrong.length = Some("An episode lasts 24 hours at most".to_owned());
            }
            Ok(_) => {}
        }
        match (start, length) {
            (Ok(start), Ok(length)) if wrong == Wrong::default() => Ok(NewEpisode {
                number: self.number.trim().to_owned(),
                title: self.title.trim().to_owned(),
                timebase: self.timebase,
                start,
                length,
            }),
            _ => Err(wrong),
        }
    }
}

/// What is wrong with each field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wrong {
    number: Option<String>,
    start: Option<String>,
    length: Option<String>,
}

/// Every rate with every way of counting it.
fn timebases() -> Vec<(Timebase, String)> {
    let mut found = Vec::new();
    for rate in FrameRate::COMMON {
        if let Ok(drop) = Timebase::new(rate, Counting::Drop) {
            found.push((drop, format!("{drop} fps")));
        }
        let non_drop = Timebase::non_drop(rate);
        found.push((non_drop, format!("{non_drop} fps")));
    }
    found
}

/// Shows the dialog.
pub(super) fn new_episode_ui(ui: &Ui, ctx: &Ctx<'_>, form: &mut NewEpisodeForm) -> DialogOutcome {
    let (outcome, is_done) = dialog_frame(ui, "New episode", 380.0, |ui| {
        let is_entered = fields_ui(ui, form);
        let read = form.read();
        ui.add_space(3.0 * size::UNIT);
        let mut is_done = false;
        let line = vec2(ui.available_width(), size::CONTROL);
        let layout = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(line, layout, |ui| {
            let make = TextButton::new("Make episode").primary();
            let is_pressed = ui.add_enabled(read.is_ok(), make).clicked();
            if let Ok(new) = read
                && (is_pressed || is_entered)
            {
                ctx.request(Action::Episode(EpisodeAction::New(new)));
                is_done = true;
            }
        });
        is_done
    });
    if is_done {
        DialogOutcome::Closed
    } else {
        outcome
    }
}

/// Shows the fields; says whether Enter was pressed in one of them.
fn fields_ui(ui: &mut Ui, form: &mut NewEpisodeForm) -> bool {
    let wrong = form.read().err().unwrap_or_default();
    let error = tokens(ui).error;
    let mut is_entered = false;
    let mut field = |ui: &mut Ui, name: &str, text: &mut String, hint: &str, is_timecode| {
        form_row(ui, name, |ui| {
            let mut edit = TextEdit::singleline(text)
                .hint_text(hint)
                .desired_width(ui.available_width());
            if is_timecode {
                edit = edit.font(type_style::timecode());
            }
            let response = ui.add(edit).accessible_name(name);
            is_entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            response
        })
    };
    let number = field(ui, "Number", &mut form.number, "101", false);
    if !std::mem::replace(&mut form.is_begun, true) {
        number.request_focus();
    }
    if let Some(words) = &wrong.number {
        form_note(ui, words, error);
    }
    field(ui, "Title", &mut form.title, "as it will be known", false);
    form_row(ui, "Frame rate", |ui| {
        let options = timebases();
        let names: Vec<(Timebase, &str)> = options
            .iter()
            .map(|(timebase, name)| (*timebase, name.as_str()))
            .collect();
        if let Some(picked) = choice(ui, "Frame rate", &names, form.timebase) {
            form.timebase = picked;
        }
    });
    field(ui, "First frame", &mut form.start, "10:00:00:00", true);
    if let Some(words) = &wrong.start {
        form_note(ui, words, error);
    }
    field(ui, "Length", &mut form.length, "00:45:00:00", true);
    if let Some(words) = &wrong.length {
        form_note(ui, words, error);
    }
    is_entered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> NewEpisodeForm {
        NewEpisodeForm {
            number: "203".to_owned(),
            title: "Promise".to_owned(),
            timebase: Timebase::non_drop(FrameRate::F25),
            start: "10:00:00:00".to_owned(),
            length: "45:00:00".to_owned(),
            is_begun: true,
        }
    }

    #[test]
    fn what_is_entered_is_read_at_the_chosen_rate() {
        let new = form().read().expect("everything is right");
        assert_eq!(new.start, Frames::new(10 * 3600 * 25));
        assert_eq!(new.length, Frames::new(45 * 60 * 25));
    }

    #[test]
    fn what_is_wrong_is_said_about_its_field_only() {
        let wrong = NewEpisodeForm {
            length: "soon".to_owned(),
            ..form()
        };
        let wrong = wrong.read().expect_err("that is no length");
        assert!(wrong.length.is_some());
        assert_eq!((wrong.number, wrong.start), (None, None));
    }

    #[test]
    fn an_episode_without_a_number_or_a_length_is_refused() {
        let nothing = NewEpisodeForm {
            number: " ".to_owned(),
            length: "0".to_owned(),
            ..form()
        };
        let wrong = nothing.read().expect_err("neither is right");
        assert!(wrong.number.is_some() && wrong.length.is_some());
    }

    #[test]
    fn every_rate_is_offered_and_drop_frame_where_there_is_one() {
        let names: Vec<String> = timebases().into_iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), 12, "{names:?}");
        assert!(names.contains(&"29.97 DF fps".to_owned()), "{names:?}");
    }
}
