//! What a source is known by, however lists write it: reels, and names without their versions.

/// What a stretch of picture was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    /// The reel, where it tells one source from another.
    reel: Option<String>,
    /// The clip's and the file's names, without what changes from version to version.
    names: Vec<String>,
    /// The clip's name as it is written.
    written: String,
}

/// How much two identities agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Agreement {
    /// From 0, nothing, to 5: reel, name, and the name to the letter.
    pub(super) degree: u8,
    /// Whether something contradicts it: the reel agrees and the names don't, or the other way
    /// round. Reels are renamed when material is brought in again, clips when they are logged.
    pub(super) is_contradicted: bool,
}

impl Agreement {
    /// Whether they may be the same source at all.
    pub(super) const fn is_enough(self) -> bool {
        self.degree >= 2
    }
}

impl Identity {
    /// Of a reel, a clip name and a file name or path.
    pub(super) fn new(reel: &str, clip: &str, file: &str) -> Self {
        let mut names: Vec<String> = [clip, file].map(plain_name).into();
        names.retain(|name| !name.is_empty());
        names.dedup();
        Self {
            reel: telling_reel(reel),
            names,
            written: clip.trim().to_lowercase(),
        }
    }

    /// The same source standing still at one moment, which is another thing to look for.
    pub(super) fn standing_at(mut self, ticks: i64) -> Self {
        for name in &mut self.names {
            *name = format!("{name}@{ticks}");
        }
        self.written = format!("{}@{ticks}", self.written);
        self
    }

    /// What to look it up by: two identities that agree enough share a key.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        let reel = self.reel.iter().map(|reel| format!("reel {reel}"));
        reel.chain(self.names.iter().map(|name| format!("name {name}")))
    }

    /// How much two agree.
    pub(super) fn agreement(&self, other: &Self) -> Agreement {
        let has_reels = self.reel.is_some() && other.reel.is_some();
        let has_names = !self.names.is_empty() && !other.names.is_empty();
        let is_same_reel = has_reels && self.reel == other.reel;
        let is_same_name = self.shares_name(other);
        let is_to_the_letter = !self.written.is_empty() && self.written == other.written;
        Agreement {
            degree: 2 * u8::from(is_same_reel)
                + 2 * u8::from(is_same_name)
                + u8::from(is_to_the_letter),
            is_contradicted: (has_reels && !is_same_reel) || (has_names && !is_same_name),
        }
    }

    /// Whether a name of the one is a name of the other.
    pub(super) fn shares_name(&self, other: &Self) -> bool {
        self.names.iter().any(|name| other.names.contains(name))
    }
}

/// The reel, unless it is one of the words that lists write where they have none: `AX` is any
/// auxiliary source of CMX 3600, `BL` is black.
fn telling_reel(reel: &str) -> Option<String> {
    const SAY_NOTHING: [&str; 8] = [
        "", "ax", "bl", "black", "none", "unknown", "untitled", "aux",
    ];
    let reel = reel.trim().to_lowercase();
    (!SAY_NOTHING.contains(&reel.as_str())).then(|| plain_name(&reel))
}

/// A name without folder, ending, version, copy number, case, and kind of separator:
/// `/vfx/EP1_010_0020_v03.mov` is `ep1 010 0020`, and `Clip.new.01` is `clip`.
pub(super) fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut name = name.trim().to_lowercase();
    if let Some((stem, ending)) = name.rsplit_once('.') {
        let is_ending = (2..=5).contains(&ending.len())
            && ending.chars().all(|c| c.is_ascii_alphanumeric())
            && ending.starts_with(|c: char| c.is_ascii_alphabetic())
            && version_number(ending).is_none()
            && !COPIES.contains(&ending);
        if is_ending && !stem.is_empty() {
            name = stem.to_owned();
        }
    }
    let spaced = name.replace(['_', '-', '.', '(', ')', '[', ']'], " ");
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    while words.len() > 1 {
        let last = words.last().copied().unwrap_or_default();
        let before = words.len().checked_sub(2).and_then(|n| words.get(n));
        let is_numbered_copy = is_number(last) && before.is_some_and(|word| COPIES.contains(word));
        let is_bracketed = is_number(last) && name.trim_end().ends_with(')');
        if is_numbered_copy {
            words.truncate(words.len() - 2);
        } else if COPIES.contains(&last) || version_number(last).is_some() || is_bracketed {
            words.pop();
        } else {
            break;
        }
        if is_bracketed {
            name.truncate(name.trim_end_matches([')', '(', ' ']).len());
            name = name
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .to_owned();
        }
    }
    words.join(" ")
}

/// What editing systems put behind the name of a copy; a number may follow.
const COPIES: [&str; 5] = ["new", "copy", "sub", "dup", "subclip"];

fn is_number(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// The number of `v03`, `ver2` or `version4`.
fn version_number(word: &str) -> Option<&str> {
    let rest = ["version", "ver", "v"]
        .into_iter()
        .find_map(|prefix| word.strip_prefix(prefix))?;
    let is_one = (1..=4).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit());
    is_one.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_a_copy_and_an_ending_do_not_make_another_name() {
        for (name, plain) in [
            ("EP1_010_0020_v03.mov", "ep1 010 0020"),
            ("ep1_010_0020_V12", "ep1 010 0020"),
            ("EP1_010_0020", "ep1 010 0020"),
            ("/vfx/out/EP1_010_0020_v4.exr", "ep1 010 0020"),
            ("C:\\media\\Beach.mxf", "beach"),
            ("Beach.new.01", "beach"),
            ("Beach.Copy.02", "beach"),
            ("beach copy", "beach"),
            ("Beach (2)", "beach"),
            ("Beach.sub.01", "beach"),
            ("12A-3", "12a 3"),
            ("A012C003_190318_R1AB.mxf", "a012c003 190318 r1ab"),
            ("v3", "v3"),
            ("", ""),
        ] {
            assert_eq!(plain_name(name), plain, "{name}");
        }
    }

    #[test]
    fn the_number_of_a_take_is_no_number_of_a_copy() {
        assert_ne!(plain_name("12-3"), plain_name("12-4"));
        assert_ne!(plain_name("203_001_010"), plain_name("203_001_020"));
    }

    #[test]
    fn words_for_no_reel_tell_nothing() {
        let a = Identity::new("AX", "beach", "");
        let b = Identity::new("AX", "hut", "");
        assert!(!a.agreement(&b).is_enough());
    }

    #[test]
    fn a_renamed_reel_or_clip_agrees_and_is_contradicted() {
        let was = Identity::new("A012", "12-3", "");
        let reel = was.agreement(&Identity::new("R77", "12-3", ""));
        let clip = was.agreement(&Identity::new("A012", "pickup", ""));
        assert!(reel.is_enough() && reel.is_contradicted);
        assert!(clip.is_enough() && clip.is_contradicted);
        assert!(!was.agreement(&was).is_contradicted);
        assert!(was.agreement(&was) > reel && reel > clip);
    }
}
