//! The menus of the menu bar.

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Menu {
    /// The show's file and the program.
    File,
    /// What was done last, and what is selected.
    Edit,
    /// Tracks.
    Pool,
    /// Episodes, scenes and markers.
    Episode,
    /// What is heard.
    Playback,
    /// What is seen.
    View,
    /// What can be asked.
    Help,
}

impl Menu {
    /// All of them, from left to right.
    pub const ALL: [Self; 7] = [
        Self::File,
        Self::Edit,
        Self::Pool,
        Self::Episode,
        Self::Playback,
        Self::View,
        Self::Help,
    ];

    /// What it is called.
    pub const fn text(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Pool => "Pool",
            Self::Episode => "Episode",
            Self::Playback => "Playback",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}
