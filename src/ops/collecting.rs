//! Names for the files of a show that are brought together in one folder: by artist and title,
//! and such that every system can hold them and any drive can be carried between them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::search::fold;

/// How long a name is, at most, in bytes of UTF-8: most systems allow 255, and some add to it.
const MAX_NAME: usize = 120;
/// Names that Windows keeps for itself, whatever ending they have.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Gives out names in a folder, each once.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Those given out, folded: some systems do not tell capitals apart, nor accents written in
    /// one way from those written in another.
    given: BTreeSet<String>,
}

impl Names {
    /// `folder/name.ending`, with a number where that is taken. Whatever the parts hold, the
    /// result has one `/`, between two names that stand for nothing else.
    pub fn give(&mut self, folder: &str, name: &str, ending: &str) -> String {
        let folder = safe(folder);
        let name = safe(name);
        let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
        let dotted = if ending.is_empty() {
            String::new()
        } else {
            format!(".{}", ending.to_ascii_lowercase())
        };
        let mut number = 1;
        loop {
            let path = match number {
                1 => format!("{folder}/{name}{dotted}"),
                n => format!("{folder}/{name} {n}{dotted}"),
            };
            if self.given.insert(fold(&path)) {
                return path;
            }
            number += 1;
        }
    }
}

/// A text as a name of a file or folder.
fn safe(text: &str) -> String {
    let plain = text.nfc().map(|c| {
        let is_kept_for_systems = matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        if is_kept_for_systems || c.is_control() {
            '-'
        } else {
            c
        }
    });
    let plain: String = plain.collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut name = words.join(" ");
    while name.len() > MAX_NAME {
        name.pop();
    }
    // A dot in front hides a file, one at the end is lost on Windows.
    let name = name.trim_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default();
    let is_reserved = RESERVED.contains(&stem.trim().to_ascii_lowercase().as_str());
    match name {
        "" => "Untitled".to_owned(),
        name if is_reserved => format!("{name}-"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn given(folder: &str, name: &str, ending: &str) -> String {
        Names::default().give(folder, name, ending)
    }

    #[test]
    fn artist_and_title_make_the_name() {
        assert_eq!(
            given("Ada Holm", "Coastline", "WAV"),
            "Ada Holm/Coastline.wav"
        );
        assert_eq!(given("Übermut", "Ärger", "flac"), "Übermut/Ärger.flac");
    }

    #[test]
    fn what_systems_keep_for_themselves_is_written_otherwise() {
        assert_eq!(
            given("AC/DC", "What? \"Now\"", "mp3"),
            "AC-DC/What- -Now-.mp3"
        );
        assert_eq!(
            given("..", "../../etc/passwd", ""),
            "Untitled/-..-etc-passwd"
        );
        assert_eq!(given("CON", "nul.x", "wav"), "CON-/nul.x-.wav");
        assert_eq!(given("", "...", "w/v"), "Untitled/Untitled.wv");
    }

    #[test]
    fn no_name_is_given_twice_whatever_its_capitals_and_accents() {
        let mut names = Names::default();
        let given = ["Fern", "FERN", "Férn"].map(|title| names.give("Ada", title, "wav"));
        assert_eq!(given, ["Ada/Fern.wav", "Ada/FERN 2.wav", "Ada/Férn 3.wav"]);
    }

    proptest! {
        #[test]
        fn any_text_makes_a_name_that_leads_nowhere_else(folder in ".{0,300}", name in ".{0,300}") {
            let given = given(&folder, &name, "wav");
            let parts: Vec<&str> = given.split('/').collect();
            prop_assert_eq!(parts.len(), 2);
            for part in parts {
                prop_assert!(!part.is_empty() && part.len() < 200);
                prop_assert!(!part.starts_with('.') && !part.ends_with(['.', ' ']));
                prop_assert!(!part.contains('\\'));
            }
        }
    }
}
