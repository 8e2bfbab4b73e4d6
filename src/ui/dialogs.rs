//! Dialogs: small windows over the others. None of them is in the way of listening: tracks can be
//! played and Space stops while one is open.

mod about;
mod diagnostics;
mod duplicates;
mod export;
mod frame;
mod list_review;
mod new_episode;
mod relink;
mod settings;
mod shortcuts;

use egui::Id;
use egui::Ui;

use self::export::ExportForm;
use self::list_review::ListForm;
use self::new_episode::NewEpisodeForm;
use super::ctx::Ctx;
use crate::app::App;

/// A dialog that is open, with what has been entered in it.
#[derive(Debug)]
pub enum Dialog {
    /// For a new episode.
    NewEpisode(NewEpisodeForm),
    /// For writing a scene as a sound file.
    Export(ExportForm),
    /// A list that is looked over before anything is taken from it.
    List(ListForm),
    /// What came of looking for missing files.
    Relink,
    /// What came of looking for duplicates.
    Duplicates,
    /// The preferences.
    Settings,
    /// How sound has fared.
    Diagnostics,
    /// Every key there is.
    Shortcuts,
    /// What this program is.
    About,
}

impl Dialog {
    /// A dialog for an episode that follows those `app` has.
    pub fn new_episode(app: &App) -> Self {
        Self::NewEpisode(NewEpisodeForm::following(app))
    }

    /// A dialog for the list that is to be looked over.
    pub fn list() -> Self {
        Self::List(ListForm::default())
    }

    /// A dialog for writing the scene at hand as a sound file, if there is one.
    pub fn export(app: &App) -> Option<Self> {
        ExportForm::for_what_is_at_hand(app).map(Self::Export)
    }
}

/// Whether a dialog stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialogOutcome {
    /// It does.
    Open,
    /// It was closed, or is done.
    Closed,
}

impl DialogOutcome {
    /// Whether it is gone.
    pub fn is_closed(self) -> bool {
        self == Self::Closed
    }
}

/// Stands for whichever dialog is open.
pub(super) fn dialog_id() -> Id {
    Id::unique("the open dialog")
}

/// Shows the open dialog.
pub fn dialog_ui(ui: &Ui, ctx: &Ctx<'_>, dialog: &mut Dialog) -> DialogOutcome {
    match dialog {
        Dialog::NewEpisode(form) => new_episode::new_episode_ui(ui, ctx, form),
        Dialog::Export(form) => export::export_ui(ui, ctx, form),
        Dialog::List(form) => list_review::list_review_ui(ui, ctx, form),
        Dialog::Relink => relink::relink_ui(ui, ctx),
        Dialog::Duplicates => duplicates::duplicates_ui(ui, ctx),
        Dialog::Settings => settings::settings_ui(ui, ctx),
        Dialog::Diagnostics => diagnostics::diagnostics_ui(ui, ctx),
        Dialog::Shortcuts => shortcuts::shortcuts_ui(ui),
        Dialog::About => about::about_ui(ui),
    }
}
