//! The system around the program: file dialogs, standard folders, the file manager.

mod clock;
mod dialogs;
mod folders;
mod reveal;
mod room;
mod threads;

pub use clock::{thread_time, unix_millis, user_name};
pub use dialogs::{Answer, Ask, AskKind, Dialogs, SystemDialogs};
pub use folders::{Folders, demo_folder};
pub use reveal::reveal;
pub use room::free_space;
pub use threads::{go_last, leave_a_core_to_others, put_first, step_back};
