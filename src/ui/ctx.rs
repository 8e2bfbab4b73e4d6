//! What a panel may do: read the core, and ask for things. Requests are answered after the whole
//! window has been laid out, so nothing changes under a panel while it draws.

use std::cell::RefCell;

use super::commands::Command;
use crate::app::Action;
use crate::app::App;

/// Handed to every panel.
pub struct Ctx<'a> {
    /// The core, to read from.
    pub app: &'a App,
    requests: RefCell<Vec<Action>>,
    commands: RefCell<Vec<Command>>,
}

impl<'a> Ctx<'a> {
    /// A context for one pass over the window.
    pub fn new(app: &'a App) -> Self {
        Self {
            app,
            requests: RefCell::default(),
            commands: RefCell::default(),
        }
    }

    /// Asks for something.
    pub fn request(&self, action: Action) {
        self.requests.borrow_mut().push(action);
    }

    /// Asks for whatever a command does, as if it had been chosen from its menu.
    pub fn run(&self, command: Command) {
        self.commands.borrow_mut().push(command);
    }

    /// What was asked for by name, in order; asked for once.
    pub fn take_commands(&self) -> Vec<Command> {
        self.commands.take()
    }

    /// What was asked for, in order.
    pub fn into_requests(self) -> Vec<Action> {
        self.requests.into_inner()
    }
}
