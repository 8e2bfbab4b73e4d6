//! The system around the program: file dialogs, standard folders, the file manager.

mod clock;
mod cores;
mod dialogs;
mod folders;
mod reveal;

pub use clock::{unix_millis, user_name};
pub use cores::leave_a_core_to_others;
pub use dialogs::{Answer, Ask, AskKind, Dialogs, SystemDialogs};
pub use folders::{Folders, demo_folder};
pub use reveal::reveal;
