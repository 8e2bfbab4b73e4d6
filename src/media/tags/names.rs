//! Which name of a tag means what, and how its text is understood.
//!
//! Sources: ID3v2.4.0 native frames; the Vorbis comment field recommendations; the metadata atoms
//! of iTunes; the INFO list of RIFF; the tag mapping of the tagger Picard for what is written in
//! practice.

use lofty::id3::v1::GENRES;

use super::WriterRole;

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Title.
    Title,
    /// Performer.
    Artist,
    /// Album.
    Album,
    /// Performer of the album.
    AlbumArtist,
    /// Somebody who wrote it.
    Writer(WriterRole),
    /// Publisher.
    Publisher,
    /// Label.
    Label,
    /// Recording code, in its plain form.
    Isrc(String),
    /// Year, or a date that begins with it.
    Year,
    /// Genre.
    Genre,
    /// Remark.
    Comment,
    /// Tempo.
    Bpm,
    /// Key.
    Key,
    /// Language.
    Language,
    /// Words.
    Lyrics,
}

/// The name as it is shown: without what only says that it is somebody's own.
pub(super) fn shown(name: &str) -> String {
    let plain = name.strip_prefix("TXXX:").or_else(|| {
        name.strip_prefix("----:")?
            .split_once(':')
            .map(|(_, plain)| plain)
    });
    plain
        .filter(|plain| !plain.is_empty())
        .unwrap_or(name)
        .to_owned()
}

/// What a text is, by its name in the file; none for what has no field.
pub(super) fn field(name: &str, text: &str) -> Option<Field> {
    Some(match shown(name).to_uppercase().as_str() {
        "TIT2" | "TITLE" | "\u{a9}NAM" | "INAM" | "NAME" => Field::Title,
        "TPE1" | "ARTIST" | "\u{a9}ART" | "IART" | "AUTH" => Field::Artist,
        "TALB" | "ALBUM" | "\u{a9}ALB" | "IPRD" => Field::Album,
        "TPE2" | "ALBUMARTIST" | "ALBUM ARTIST" | "AART" => Field::AlbumArtist,
        "TCOM" | "COMPOSER" | "\u{a9}WRT" | "IMUS" => Field::Writer(WriterRole::Composer),
        "TEXT" | "LYRICIST" => Field::Writer(WriterRole::Lyricist),
        "WRITER" | "SONGWRITER" | "IWRI" => Field::Writer(WriterRole::Writer),
        "ARRANGER" | "\u{a9}ARG" | "TIPL:ARRANGER" => Field::Writer(WriterRole::Arranger),
        "TPUB" | "PUBLISHER" | "\u{a9}PUB" => Field::Publisher,
        "LABEL" | "RECORD LABEL" | "ORGANIZATION" | "\u{a9}LAB" => Field::Label,
        "TSRC" | "ISRC" => Field::Isrc(isrc(text)?),
        "TDRC" | "TYER" | "DATE" | "YEAR" | "\u{a9}DAY" | "ICRD" => Field::Year,
        "TCON" | "GENRE" | "\u{a9}GEN" | "IGNR" => Field::Genre,
        "COMM" | "COMMENT" | "DESCRIPTION" | "\u{a9}CMT" | "ICMT" | "ANNO" => Field::Comment,
        "TBPM" | "BPM" | "TMPO" | "IBPM" => Field::Bpm,
        "TKEY" | "INITIALKEY" | "KEY" => Field::Key,
        "TLAN" | "LANGUAGE" | "ILNG" => Field::Language,
        "USLT" | "LYRICS" | "UNSYNCEDLYRICS" | "\u{a9}LYR" | "ILYC" => Field::Lyrics,
        _ => return None,
    })
}

/// A recording code without its hyphens, if it is one (ISO 3901: country, registrant, year,
/// number).
fn isrc(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let bytes = code.as_bytes();
    let is = |from: usize, to: usize, allowed: fn(&u8) -> bool| {
        bytes
            .get(from..to)
            .is_some_and(|part| part.iter().all(allowed))
    };
    let valid = bytes.len() == 12
        && is(0, 2, u8::is_ascii_alphabetic)
        && is(2, 5, u8::is_ascii_alphanumeric)
        && is(5, 12, u8::is_ascii_digit);
    valid.then_some(code)
}

/// The year that a date begins with or contains.
pub(super) fn year(text: &str) -> Option<i32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4 || digits.len() == 8)
        .find_map(|digits| digits.get(..4)?.parse().ok())
        .filter(|year| (1000..3000).contains(year))
}

/// Beats a minute, if it can be music.
pub(super) fn bpm(text: &str) -> Option<f32> {
    let value: f32 = text.trim().replace(',', ".").parse().ok()?;
    (1.0..1000.0).contains(&value).then_some(value)
}

/// A genre by its name, where old tags have its number: "17", "(17)", "(17)Rock".
pub(super) fn genre(text: &str) -> String {
    let by_number = |number: &str| {
        let idx: usize = number.parse().ok()?;
        GENRES.get(idx).map(|name| (*name).to_owned())
    };
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    match bracketed {
        Some((number, "")) => by_number(number).unwrap_or_else(|| text.to_owned()),
        Some((number, name)) if by_number(number).is_some() => name.to_owned(),
        _ => by_number(text).unwrap_or_else(|| text.to_owned()),
    }
}

/// The values of a text that may have several.
pub(super) fn split_values(text: &str) -> impl Iterator<Item = &str> {
    text.split('\0')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The people in a text: a stroke or a semicolon stands between them.
pub(super) fn split_people(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\0', ';', '/'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_found_in_any_date() {
        for text in [
            "1998",
            "1998-03-01",
            "01/03/1998",
            "19980301",
            "1998-03-01T00:00:00Z",
        ] {
            assert_eq!(year(text), Some(1998), "{text}");
        }
        assert_eq!(year("98"), None);
        assert_eq!(year("0000"), None);
    }

    #[test]
    fn old_genre_numbers_become_names() {
        assert_eq!(genre("(17)"), "Rock");
        assert_eq!(genre("17"), "Rock");
        assert_eq!(genre("(17)Indie Rock"), "Indie Rock");
        assert_eq!(genre("Art Pop"), "Art Pop");
        assert_eq!(genre("(999)"), "(999)");
    }

    #[test]
    fn only_a_code_is_a_code() {
        assert_eq!(isrc("us-s1z-99-00001").as_deref(), Some("USS1Z9900001"));
        assert_eq!(isrc("USS1Z990000"), None);
        assert_eq!(isrc("12S1Z9900001"), None);
    }

    #[test]
    fn a_tempo_that_cannot_be_is_none() {
        assert_eq!(bpm("120"), Some(120.0));
        assert_eq!(bpm("99,5"), Some(99.5));
        assert_eq!(bpm("0"), None);
        assert_eq!(bpm("NaN"), None);
    }
}
