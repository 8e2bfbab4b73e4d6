//! What music is to the programme where it is used: the facts that the codes of cue sheets are
//! derived from. Codes differ by society and house, so none is ever stored (DDEX value sets
//! `UseType`, `ThemeType`, `VisualPerceptionType` and `VocalType`).

/// What music is to the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// It plays under the scene.
    Background,
    /// It carries the scene: a montage, a performance.
    Featured,
    /// It opens the programme.
    OpeningTheme,
    /// It closes the programme.
    ClosingTheme,
    /// It is the programme's tune elsewhere in it.
    Theme,
    /// It is the sound of a company's logo.
    Logo,
}

impl Function {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 6] = [
        Self::Background,
        Self::Featured,
        Self::OpeningTheme,
        Self::ClosingTheme,
        Self::Theme,
        Self::Logo,
    ];

    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Background => "background",
            Self::Featured => "featured",
            Self::OpeningTheme => "opening theme",
            Self::ClosingTheme => "closing theme",
            Self::Theme => "theme",
            Self::Logo => "logo",
        }
    }
}

/// What is seen of the music.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sight {
    /// Nothing: nobody in the scene hears it.
    Unseen,
    /// Somebody sings or plays it.
    Performers,
    /// What it comes from: a radio, a jukebox.
    Source,
}

impl Sight {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 3] = [Self::Unseen, Self::Performers, Self::Source];

    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unseen => "not seen",
            Self::Performers => "performers seen",
            Self::Source => "source seen",
        }
    }
}

/// Whether what is heard of the music is sung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// Nobody sings.
    Instrumental,
    /// Somebody sings.
    Vocal,
}

impl Voice {
    /// Both, in the order of a menu.
    pub const ALL: [Self; 2] = [Self::Instrumental, Self::Vocal];

    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instrumental => "instrumental",
            Self::Vocal => "vocal",
        }
    }
}
