//! How people write lengths, tempos, years, codes, tags and writers.

use crate::model::Role;
use crate::model::Writer;
use crate::time::Ticks;

/// An ISRC without hyphens and in capitals; empty when it is none.
pub(super) fn plain_isrc(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
        .take(13)
        .collect::<String>()
        .to_ascii_uppercase();
    let is_one = plain.len() == 12 && plain.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_one { plain } else { String::new() }
}

/// A length of so many seconds; none for what is no length, or one that nobody knows (zero and
/// below).
pub(super) fn seconds(secs: f64) -> Option<Ticks> {
    // A week: what is longer is a mistaken unit.
    (secs.is_finite() && 0.0 < secs && secs < 604_800.0).then(|| Ticks::nearest_to_secs(secs))
}

/// The length that a text says: seconds, or `m:ss`, or `h:mm:ss`, with decimals or without.
pub(super) fn length(text: &str) -> Option<Ticks> {
    let text = text.trim().replace(',', ".");
    let mut secs = 0.0;
    for (n, part) in text.split(':').enumerate() {
        let is_number = part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if 3 <= n || !is_number {
            return None;
        }
        secs = secs * 60.0 + part.parse::<f64>().ok()?;
    }
    seconds(secs)
}

/// A tempo in beats a minute; none where it is not known (zero).
pub(super) fn tempo(text: &str) -> Option<f64> {
    let bpm: f64 = text.trim().replace(',', ".").parse().ok()?;
    (1.0..1000.0).contains(&bpm).then_some(bpm)
}

/// The year that a date begins with.
pub(super) fn year(text: &str) -> Option<i32> {
    let digits = text.trim().get(..4)?;
    let year: i32 = digits.parse().ok()?;
    (1800..=2200).contains(&year).then_some(year)
}

/// Tags that stand in one cell.
pub(super) fn tags(text: &str) -> Vec<String> {
    let tags = text.split([',', ';', '|', '\n']).map(str::trim);
    tags.filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Writers that stand in one cell, with what each wrote where a code says so: `Jo Park (C)`.
///
/// Commas stand between names too, and inside those that begin with the family's. They are taken
/// for the former only where nothing else stands between names, and each piece is a whole one.
pub(super) fn writers(text: &str) -> Vec<Writer> {
    let stronger = [';', '/', '|', '\n'];
    let pieces: Vec<&str> = if text.contains(stronger) {
        text.split(stronger).collect()
    } else if text.split(',').all(|piece| piece.trim().contains(' ')) {
        text.split(',').collect()
    } else {
        vec![text]
    };
    let writers = pieces.into_iter().map(writer);
    writers.filter(|writer| !writer.name.is_empty()).collect()
}

fn writer(piece: &str) -> Writer {
    let piece = piece.trim();
    let coded = piece
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    if let Some((name, code)) = coded {
        let mut roles = Role::ALL.into_iter();
        if let Some(role) = roles.find(|role| role.code() == code.trim()) {
            return Writer::new(name.trim(), role);
        }
    }
    Writer::new(piece, Role::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, millis) in [
            ("225", 225_000),
            ("3:45", 225_000),
            ("0:03:45.5", 225_500),
            ("3:45,5", 225_500),
            ("1:00:00", 3_600_000),
        ] {
            assert_eq!(length(text), Some(Ticks::from_millis(millis)), "{text}");
        }
        for none in ["", "0", "-1", "a", "1:2:3:4", "NaN", "inf", "1e9", "3:"] {
            assert_eq!(length(none), None, "{none}");
        }
    }

    #[test]
    fn an_isrc_is_the_same_with_hyphens_and_without() {
        assert_eq!(plain_isrc("gb-aye-69-00531"), "GBAYE6900531");
        assert_eq!(plain_isrc("GBAYE6900531"), "GBAYE6900531");
        assert_eq!(plain_isrc("unknown"), "");
        assert_eq!(plain_isrc("GBAYE69005311"), "");
    }

    #[test]
    fn writers_are_told_apart_as_cue_sheets_and_tags_write_them() {
        let names =
            |text: &str| -> Vec<String> { writers(text).into_iter().map(|it| it.name).collect() };
        assert_eq!(names("Jo Park, Al Dee"), ["Jo Park", "Al Dee"]);
        assert_eq!(names("Park, Jo"), ["Park, Jo"]);
        assert_eq!(names("Park, Jo / Dee, Al"), ["Park, Jo", "Dee, Al"]);
        assert_eq!(names("Jo Park (Sony)"), ["Jo Park (Sony)"]);
        assert_eq!(names(" ; "), Vec::<String>::new());
    }
}
