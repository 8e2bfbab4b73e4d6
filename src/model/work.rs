//! The work that a recording is of: who wrote it and who publishes it, and in which shares.

use std::fmt;
use std::str::FromStr;

/// Someone who has a part in a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party<R> {
    /// Their name, as credited.
    pub name: String,
    /// What they are to the work.
    pub role: R,
    /// Their part of what writers, or publishers, get; none where nobody has said.
    pub share: Option<Share>,
    /// The society that collects for them: `PRS`, `ASCAP`. Blank where nobody has said: it is never
    /// guessed.
    pub society: String,
    /// Their number as an interested party (CISAC IPI).
    pub ipi: String,
}

/// Someone who wrote a work.
pub type Writer = Party<Role>;
/// Someone who publishes a work.
pub type Publisher = Party<PublisherRole>;

impl<R> Party<R> {
    /// One of whom no more is known.
    pub fn new(name: impl Into<String>, role: R) -> Self {
        Self {
            name: name.into(),
            role,
            share: None,
            society: String::new(),
            ipi: String::new(),
        }
    }
}

/// What somebody may be to a work.
pub trait PartyRole: Copy {
    /// The code on a cue sheet.
    fn code(self) -> &'static str;
}

impl PartyRole for Role {
    fn code(self) -> &'static str {
        self.code()
    }
}

impl PartyRole for PublisherRole {
    fn code(self) -> &'static str {
        self.code()
    }
}

/// What a writer did for a work. The letters are those of cue sheets (CISAC role codes).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Words and music, or not told apart (CA).
    #[default]
    ComposerAuthor,
    /// Music (C).
    Composer,
    /// Words (A).
    Author,
    /// An arrangement (AR).
    Arranger,
    /// New words to a work (AD).
    Adapter,
    /// Words in another language (TR).
    Translator,
}

impl Role {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 6] = [
        Self::ComposerAuthor,
        Self::Composer,
        Self::Author,
        Self::Arranger,
        Self::Adapter,
        Self::Translator,
    ];

    /// The code on a cue sheet.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ComposerAuthor => "CA",
            Self::Composer => "C",
            Self::Author => "A",
            Self::Arranger => "AR",
            Self::Adapter => "AD",
            Self::Translator => "TR",
        }
    }
}

/// What a publisher is to a work (CISAC role codes).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublisherRole {
    /// The original publisher (E).
    #[default]
    Original,
    /// One that publishes it in another country (SE).
    Sub,
    /// One that looks after it for the publisher (AM).
    Administrator,
}

impl PublisherRole {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 3] = [Self::Original, Self::Sub, Self::Administrator];

    /// The code on a cue sheet.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Original => "E",
            Self::Sub => "SE",
            Self::Administrator => "AM",
        }
    }
}

/// A part of a whole, in hundredths of a percent: `33.33` is 3333.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u32);

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self(10_000);

    /// So many hundredths of a percent, at most all of it.
    pub fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths.min(Self::WHOLE.0))
    }

    /// In hundredths of a percent.
    pub const fn hundredths(self) -> u32 {
        self.0
    }
}

/// `50`, `33.33`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", rest / 10),
            _ => write!(f, "{whole}.{rest:02}"),
        }
    }
}

/// A text that is no share.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no share: write a percentage from 0 to 100, such as 33.33")]
pub struct NoShare(pub String);

/// Reads `50`, `50 %`, `33.33`, `33,33`.
impl FromStr for Share {
    type Err = NoShare;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NoShare(text.to_owned());
        let number = text.trim().trim_end_matches('%').trim_end();
        let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || fraction.len() > 2 {
            return Err(refuse());
        }
        if !is_number(whole) || !is_number(fraction) {
            return Err(refuse());
        }
        let hundredths: Option<u32> = format!("{whole}{fraction:0<2}").parse().ok();
        let share = hundredths.filter(|n| *n <= Self::WHOLE.0).map(Self);
        share.ok_or_else(refuse)
    }
}

/// Where music comes from: it decides what a cue sheet must say of it (DDEX value sets; the BBC's
/// and S4C's “music origin”).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MusicOrigin {
    /// A recording that was published.
    Commercial,
    /// A production library.
    Library,
    /// It was written for the programme.
    Commissioned,
    /// It is played while the programme is made.
    Live,
}

impl MusicOrigin {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 4] = [
        Self::Commercial,
        Self::Library,
        Self::Commissioned,
        Self::Live,
    ];

    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commercial => "commercial recording",
            Self::Library => "library music",
            Self::Commissioned => "specially commissioned",
            Self::Live => "live performance",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_written_as_it_is_read() {
        for (text, hundredths, written) in [
            ("50", 5_000, "50"),
            ("33.33 %", 3_333, "33.33"),
            ("12,5", 1_250, "12.5"),
            ("0.05", 5, "0.05"),
            ("100%", 10_000, "100"),
        ] {
            let share: Share = text.parse().expect("it is a share");
            assert_eq!(share.hundredths(), hundredths);
            assert_eq!(share.to_string(), written);
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in ["", "100.01", "-5", "a", "33.333", "1e2", "."] {
            assert!(text.parse::<Share>().is_err(), "{text}");
        }
    }
}
