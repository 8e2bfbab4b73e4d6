//! Opening the window on a core of its own, with the system's sound card and dialogs.

use std::path::PathBuf;
use std::time::Instant;

use super::shell;
use super::shell::RunError;
use crate::app::Action;
use crate::app::App;
use crate::app::Environment;
use crate::app::FileAction;
use crate::app::Player;
use crate::app::SilentPlayer;
use crate::app::SoundFiles;
use crate::app::load_settings;
use crate::app::start_engine;
use crate::app::system_calendar;
use crate::app::system_outputs;
use crate::jobs::Wake;
use crate::jobs::Workers;
use crate::platform;
use crate::platform::Folders;
use crate::platform::SystemDialogs;

/// What the window opens with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// Nothing: it says what can be done.
    Welcome,
    /// This person's copy of the demo show.
    Demo,
    /// A show.
    Show(PathBuf),
}

/// Opens the window; returns when it has been closed and everything is saved.
///
/// # Errors
///
/// Fails when there is no screen, or nothing to draw on it with.
pub fn open(folders: Folders, start: Start) -> Result<(), RunError> {
    shell::run(move |wake| app(folders, start, wake))
}

fn app(folders: Folders, start: Start, wake: Wake) -> App {
    let mut settings = load_settings(&folders.config);
    if settings.name.is_empty() {
        settings.name = platform::user_name();
    }
    let sounds = SoundFiles::standard(&folders);
    let player: Box<dyn Player> = match start_engine(&settings, sounds, wake.clone()) {
        Ok(player) => player,
        Err(error) => {
            tracing::error!("nothing can be played: {error}");
            Box::new(SilentPlayer)
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let environment = Environment {
        player,
        dialogs: Box::new(SystemDialogs::new(wake.clone())),
        demo: platform::demo_folder(),
        folders,
        // One core is left to the window and one to what sounds, where there are so many.
        workers: Workers::Threads(cores.saturating_sub(2).max(2)),
        wake,
        calendar: system_calendar,
        outputs: system_outputs,
    };
    let mut app = App::new(environment, settings, Instant::now());
    match start {
        Start::Welcome => {}
        Start::Demo => app.dispatch(Action::File(FileAction::OpenDemo)),
        Start::Show(path) => app.dispatch(Action::File(FileAction::Open(path))),
    }
    app
}
