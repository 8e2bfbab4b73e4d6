//! Requests about lists that somebody looks over before anything is taken from them.

use std::path::PathBuf;

use super::App;
use crate::app::Severity;
use crate::app::tasks::import::ImportId;
use crate::app::tasks::kept_lists::Keep;
use crate::app::tasks::list_review;
use crate::app::tasks::list_review::{About, Answer, ListReview, Question, TableAsk};
use crate::app::tasks::lists::{Columns, ListContent, ReadLists};
use crate::interchange::playlist::{Mapping, Preset};
use crate::jobs::Priority;

impl App {
    /// The list that is being looked over, if there is one.
    pub fn list_review(&self) -> Option<&ListReview> {
        self.list_reviews.front()
    }

    /// How many more are waiting for that.
    pub fn n_lists_waiting(&self) -> usize {
        self.list_reviews.len().saturating_sub(1)
    }

    /// Opens a list, to be looked over whether it is clear or not.
    pub(super) fn review_list(&mut self, path: PathBuf) {
        let Some(session) = &self.session else { return };
        let number = session.number();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let label = format!("Opening {name}");
        self.jobs.start(Priority::Visible, label, move |work| {
            list_review::open(work, number, path);
        });
    }

    /// A list was opened, or is none.
    pub(in crate::app) fn list_opened(
        &mut self,
        session: u64,
        path: PathBuf,
        content: Result<ListContent, String>,
    ) {
        if self
            .session
            .as_ref()
            .is_none_or(|it| it.number() != session)
        {
            return;
        }
        match content {
            Ok(content) => self.begin_review(path, content),
            Err(why) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let sentence = format!("{name} cannot be imported");
                self.notices
                    .tell(self.now, Severity::Error, sentence, vec![why]);
            }
        }
    }

    /// An import met a list that is not clear.
    pub(in crate::app) fn list_unclear(
        &mut self,
        id: ImportId,
        path: PathBuf,
        content: ListContent,
    ) {
        // Another show may be open by now.
        if self.note_unclear(id) {
            self.begin_review(path, content);
        }
    }

    fn begin_review(&mut self, path: PathBuf, content: ListContent) {
        let (n_lists, keeps) = match &content {
            ListContent::Table(_) => (0, false),
            ListContent::Library(lists) => (lists.len(), true),
        };
        let review = ListReview {
            path,
            content,
            mapping: Mapping::default(),
            rows: Vec::new(),
            chosen: vec![true; n_lists],
            keeps,
            tally: None,
            stamp: 0,
        };
        self.list_reviews.push_back(review);
        if self.list_reviews.len() == 1 {
            self.ask_of_list(TableAsk::Guess);
        }
    }

    /// Has it found out what the list that is looked over would bring.
    pub(super) fn ask_of_list(&mut self, ask: TableAsk) {
        let (Some(session), Some(review)) = (&self.session, self.list_reviews.front_mut()) else {
            return;
        };
        self.pending.list_stamp += 1;
        review.stamp = self.pending.list_stamp;
        review.tally = None;
        if let TableAsk::Mapping(mapping) = &ask {
            review.mapping.clone_from(mapping);
        }
        let about = match &review.content {
            ListContent::Table(file) => About::Table(file.clone(), review.mapping.layout, ask),
            ListContent::Library(lists) => About::Library(lists.clone(), review.chosen.clone()),
        };
        let question = Question {
            stamp: review.stamp,
            path: review.path.clone(),
            about,
        };
        let show = session.show().clone();
        let show_file = self.places.show_file().to_owned();
        let job = self.jobs.start(Priority::Visible, "", move |work| {
            list_review::answer(work, question, &show, &show_file);
        });
        // The newest question wins.
        if let Some(before) = self.pending.list_job.replace(job) {
            self.jobs.cancel(before);
        }
    }

    /// It was found out what a list would bring.
    pub(in crate::app) fn list_answered(&mut self, answer: Answer) {
        let Some(review) = self.list_reviews.front_mut() else {
            return;
        };
        if review.stamp != answer.stamp {
            return;
        }
        if let Some((mapping, rows)) = answer.table {
            review.mapping = mapping;
            review.rows = rows;
        }
        review.tally = Some(answer.tally);
    }

    /// Wants lists of the library that is looked over, or does not.
    pub(super) fn choose_lists(&mut self, lists: &[usize], is_wanted: bool) {
        if let Some(review) = self.list_reviews.front_mut() {
            for list in lists {
                if let Some(chosen) = review.chosen.get_mut(*list) {
                    *chosen = is_wanted;
                }
            }
            self.ask_of_list(TableAsk::Guess);
        }
    }

    /// Keeps what is taken from the list that is looked over as a list of the show, or does not.
    pub(super) fn keep_list(&mut self, is_wanted: bool) {
        if let Some(review) = self.list_reviews.front_mut() {
            review.keeps = is_wanted;
        }
    }

    /// Takes the list that was looked over.
    pub(super) fn take_list(&mut self) {
        let Some(review) = self.list_reviews.pop_front() else {
            return;
        };
        let keep = if review.keeps { Keep::All } else { Keep::None };
        let how = match &review.content {
            ListContent::Table(_) => ReadLists {
                keep,
                columns: Some(Columns::Mapping(review.mapping)),
                ..ReadLists::default()
            },
            ListContent::Library(lists) => {
                let chosen = lists.iter().zip(&review.chosen);
                let chosen = chosen.filter(|(_, is_chosen)| **is_chosen);
                ReadLists {
                    keep,
                    lists: chosen.map(|(list, _)| list.full_name()).collect(),
                    ..ReadLists::default()
                }
            }
        };
        self.add_to_pool(vec![review.path], how);
        self.ask_of_list(TableAsk::Guess);
    }

    /// Takes nothing from the list that was looked over.
    pub(super) fn leave_list(&mut self) {
        self.list_reviews.pop_front();
        self.ask_of_list(TableAsk::Guess);
    }

    /// Keeps how the table is read that is looked over, under a name; one of that name is replaced.
    pub(super) fn save_preset(&mut self, name: &str) {
        let Some(review) = self.list_reviews.front() else {
            return;
        };
        let (ListContent::Table(file), false) = (&review.content, name.trim().is_empty()) else {
            return;
        };
        let preset = Preset::of(name, &review.mapping, file);
        let mut settings = self.settings.clone();
        settings.presets.retain(|known| known.name != preset.name);
        settings.presets.push(preset);
        self.set_settings(settings);
    }
}
