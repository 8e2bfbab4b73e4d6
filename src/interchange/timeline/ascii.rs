//! Texts in plain letters, for formats that know no others.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What stands for a letter that has no plain one.
const UNKNOWN: char = '?';

/// What a letter without a plain root is commonly written as.
const SPELLED: [(char, &str); 24] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('Æ', "AE"),
    ('œ', "oe"),
    ('Œ', "OE"),
    ('ø', "o"),
    ('Ø', "O"),
    ('ð', "d"),
    ('Ð', "D"),
    ('þ', "th"),
    ('Þ', "Th"),
    ('ł', "l"),
    ('Ł', "L"),
    ('đ', "d"),
    ('Đ', "D"),
    ('ı', "i"),
    ('‘', "'"),
    ('’', "'"),
    ('“', "\""),
    ('”', "\""),
    ('–', "-"),
    ('—', "-"),
    ('−', "-"),
    ('♯', "#"),
];

/// A text in printable ASCII on one line, accents left off; what has no plain letter is a `?`, one
/// for as many as follow each other.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // What was spelled out must not be taken apart, so it is looked up first.
    for c in text.nfc() {
        if let Some((_, word)) = SPELLED.iter().find(|(known, _)| *known == c) {
            plain.push_str(word);
            continue;
        }
        for part in std::iter::once(c).nfkd() {
            if part.is_whitespace() || part.is_control() {
                plain.push(' ');
            } else if part.is_ascii() {
                plain.push(part);
            } else if !is_combining_mark(part) && !plain.ends_with(UNKNOWN) {
                plain.push(UNKNOWN);
            }
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_left_off_and_letters_spelled_out() {
        assert_eq!(plain("Où est l’été – Straße"), "Ou est l'ete - Strasse");
        assert_eq!(plain("Łódź Ærø"), "Lodz AEro");
    }

    #[test]
    fn what_has_no_plain_letter_leaves_one_sign() {
        assert_eq!(plain("海辺 🌊 beach"), "? ? beach");
    }

    #[test]
    fn it_stays_on_one_line() {
        assert_eq!(plain(" a\tb\r\nc "), "a b c");
    }
}
