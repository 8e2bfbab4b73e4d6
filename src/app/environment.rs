//! Everything outside the core that it reaches out to, handed in when it is made.

use std::path::PathBuf;

use super::player::Player;
use crate::audio;
use crate::jobs::Wake;
use crate::jobs::Workers;
use crate::model::Moment;
use crate::platform;
use crate::platform::Dialogs;
use crate::platform::Folders;

/// What surrounds the core: real in the program, pretended in tests.
pub struct Environment {
    /// What makes sound.
    pub player: Box<dyn Player>,
    /// What asks the user for paths.
    pub dialogs: Box<dyn Dialogs>,
    /// Where the program keeps what.
    pub folders: Folders,
    /// Where the demo show comes from, if it was found.
    pub demo: Option<PathBuf>,
    /// Who does the background work.
    pub workers: Workers,
    /// Asks for a [`tick`](super::App::tick) when something has happened in the background.
    pub wake: Wake,
    /// The calendar.
    pub calendar: fn() -> Moment,
    /// The names of the sound devices there are; may take a second.
    pub outputs: fn() -> Vec<String>,
}

/// The system's sound devices.
pub fn system_outputs() -> Vec<String> {
    audio::output_names()
}

/// The system's calendar.
pub fn system_calendar() -> Moment {
    Moment::from_unix_millis(platform::unix_millis())
}
