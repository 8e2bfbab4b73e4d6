//! What the headings of tables mean, in the spellings and languages that are met.
//!
//! The English ones include those of Premiere Pro, Audition, Resolve's edit index and frame.io.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::moment::Unit;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Where something is, or begins.
    Start,
    /// Where it ends.
    End,
    /// How long it is.
    Length,
    /// What it is called.
    Name,
    /// Its color.
    Color,
    /// Remarks.
    Note,
    /// The scene's number in the script.
    Scene,
    /// A number that may be the scene's.
    Number,
    /// The timeline track.
    Track,
}

/// A heading that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// What the column holds.
    pub(super) role: Role,
    /// What its numbers count, where the heading says so.
    pub(super) unit: Option<Unit>,
    /// Its place in the list of spellings: of two columns with one role, the lower one is meant.
    pub(super) rank: usize,
}

/// Spellings in small letters, without accents and punctuation, the most particular first; several
/// to a line.
const SPELLINGS: [(Role, &[&str]); 9] = [
    (
        Role::Start,
        &[
            "record in, record start, rec in, timecode in, tc in, tc start, start timecode",
            "start tc, timecode start, in point, marker in, timecode, time code, tc, in",
            "start, start time, begin, position, time, location",
            // German
            "einstieg, anfang, beginn, startzeit, von, zeit",
            // French
            "point dentree, entree, debut, temps, heure",
            // Spanish, Italian, Portuguese
            "codigo de tiempo, entrada, inicio, tiempo, entrata, inizio, tempo",
            // Dutch, Scandinavian
            "tijdcode, begintijd, tijd, tidskod, tidskode, starttid, tid",
            // Russian
            "таимкод, таим код, точка входа, вход, начало, время",
            // Japanese, Chinese
            "タイムコード, イン, 開始, 时间码, 入点, 开始, 时间",
        ],
    ),
    (
        Role::End,
        &[
            "record out, record end, rec out, timecode out, tc out, tc end, end timecode",
            "end tc, timecode end, out point, marker out, out, end, end time, stop, ausstieg",
            "ende, endzeit, bis, point de sortie, sortie, fin, salida, final, uscita, fine",
            "saida, fim, eindtijd, einde, slut, sluttid, slutt, точка выхода, выход, конец",
            "アウト, 終了, 出点, 结束",
        ],
    ),
    (
        Role::Length,
        &[
            "duration, length, dur, running time, trt, dauer, lange, laenge, duree, longueur",
            "duracion, durata, duracao, duur, lengte, langd, varaktighet, varighed, varighet",
            "laengde, длительность, продолжительность, デュレーション, 長さ, 时长, 持续时间",
        ],
    ),
    (
        Role::Name,
        &[
            "marker name, name, title, label, heading, slugline, scene name, scene heading",
            "scene title, marker, clip name, event, markername, bezeichnung, titel",
            "szenenname, nom du marqueur, nom, titre, marqueur, nombre del marcador, nombre",
            "titulo, marcador, nome, titolo, naam, namn, navn, markor, имя маркера, имя",
            "название, маркер, マーカー名, 名前, マーカー, 标记名称, 名称, 标记",
        ],
    ),
    (
        Role::Color,
        &[
            "marker color, marker colour, color, colour, markerfarbe, farbe, couleur, colore",
            "cor, kleur, farg, farve, farge, цвет маркера, цвет, カラー, 色, 颜色",
        ],
    ),
    (
        Role::Note,
        &[
            "note, notes, comment, comments, comments notes, comment text, description",
            "remark, remarks, text, notiz, notizen, bemerkung, bemerkungen, kommentar",
            "kommentare, anmerkung, beschreibung, commentaire, commentaires, remarque",
            "remarques, nota, notas, comentario, comentarios, descripcion, commento, commenti",
            "descrizione, descricao, opmerking, opmerkingen, beschrijving, beskrivning",
            "beskrivelse, комментарии, описание, заметка, примечание, コメント, 説明, メモ",
            "备注, 注释, 描述",
        ],
    ),
    (
        Role::Scene,
        &[
            "scene number, scene no, scene nr, scene, sc, sc no, szenennummer, szene, bild nr",
            "numero de scene, sequence, numero de escena, escena, numero scena, scena, cena",
            "scen, scenenummer, номер сцены, сцена, シーン番号, シーン, 场次, 场景",
        ],
    ),
    (
        Role::Number,
        &["number, no, nr, num, nummer, numero, номер, 番号, 编号"],
    ),
    (
        Role::Track,
        &["track, spur, piste, pista, traccia, spoor, spar, дорожка, トラック, 轨道"],
    ),
];

/// Words of a heading that say what its numbers count.
const UNITS: [(Unit, &[&str]); 3] = [
    (
        Unit::Frames,
        &[
            "frame, frames, frame number, frame no, bilder, images, fotogrammi, кадр, кадры",
            "フレーム, 帧",
        ],
    ),
    (
        Unit::Seconds,
        &[
            "s, sec, secs, second, seconds, sek, sekunden, secondes, segundos, secondi",
            "sekunder, секунды, сек, 秒",
        ],
    ),
    (
        Unit::Millis,
        &[
            "ms, msec, millis, milliseconds, millisekunden, millisecondes, milisegundos",
            "millisecondi",
        ],
    ),
];

/// What a heading means.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let words = plain_words(text);
    if let Some((role, rank)) = role_of(&words) {
        return Some(Heading {
            role,
            unit: None,
            rank,
        });
    }
    // “Frame” or “Seconds” alone says both what and how.
    if let Some(unit) = unit_of(&words) {
        return Some(Heading {
            role: Role::Start,
            unit: Some(unit),
            rank: usize::MAX,
        });
    }
    // “Start (frames)”, “In [s]”, “Duration seconds”, “frames in”
    let (first, last) = (words.split_once(' '), words.rsplit_once(' '));
    let sides = [last, first.map(|(unit, role)| (role, unit))];
    sides.into_iter().flatten().find_map(|(role, unit)| {
        let unit = unit_of(unit)?;
        let (role, rank) = role_of(role)?;
        matches!(role, Role::Start | Role::End | Role::Length).then_some(Heading {
            role,
            unit: Some(unit),
            rank,
        })
    })
}

fn role_of(words: &str) -> Option<(Role, usize)> {
    SPELLINGS.iter().find_map(|(role, spellings)| {
        let rank = each(spellings).position(|spelling| spelling == words)?;
        Some((*role, rank))
    })
}

fn unit_of(words: &str) -> Option<Unit> {
    UNITS
        .iter()
        .find(|(_, spellings)| each(spellings).any(|spelling| spelling == words))
        .map(|(unit, _)| *unit)
}

/// The spellings of a table, one by one.
pub(in crate::interchange) fn each(
    lines: &'static [&'static str],
) -> impl Iterator<Item = &'static str> {
    lines.iter().flat_map(|line| line.split(", "))
}

/// Small letters without accents, one blank between words, no punctuation.
pub(in crate::interchange) fn plain_words(text: &str) -> String {
    // Longer than any heading: a whole text in the first row must not be looked up.
    let letters = text.chars().take(60).collect::<String>();
    let letters = letters.to_lowercase();
    // Without accents, but with the marks that tell one kana from another, and put together again,
    // as that is how the table is written.
    let letters = letters
        .nfd()
        .filter(|c| !is_combining_mark(*c) || matches!(c, '\u{3099}' | '\u{309A}'))
        .filter(|c| !matches!(c, '\'' | '’'))
        .nfc();
    let spaced: String = letters
        .map(|c| {
            if c.is_alphanumeric() || c == 'ー' {
                c
            } else {
                ' '
            }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str) -> Option<Role> {
        heading(text).map(|found| found.role)
    }

    #[test]
    fn headings_are_known_in_any_spelling() {
        for (text, expected) in [
            ("Timecode", Role::Start),
            ("TIMECODE_IN", Role::Start),
            ("Record In", Role::Start),
            (" Start-TC ", Role::Start),
            ("Point d’entrée", Role::Start),
            ("Начало", Role::Start),
            ("Ende", Role::End),
            ("Durée", Role::Length),
            ("Länge", Role::Length),
            ("Marker Name", Role::Name),
            ("Colour", Role::Color),
            ("Comments/Notes", Role::Note),
            ("Описание", Role::Note),
            ("コメント", Role::Note),
            ("Scene #", Role::Scene),
            ("Szene", Role::Scene),
            ("No.", Role::Number),
        ] {
            assert_eq!(role(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_heading_may_say_what_its_numbers_count() {
        for (text, role, unit) in [
            ("Start (frames)", Role::Start, Unit::Frames),
            ("In [s]", Role::Start, Unit::Seconds),
            ("Duration ms", Role::Length, Unit::Millis),
            ("End Frame", Role::End, Unit::Frames),
            ("Frame", Role::Start, Unit::Frames),
            ("Sekunden", Role::Start, Unit::Seconds),
            ("Time (sec)", Role::Start, Unit::Seconds),
        ] {
            let found = heading(text).expect(text);
            assert_eq!((found.role, found.unit), (role, Some(unit)), "{text}");
        }
    }

    #[test]
    fn other_headings_are_nothing_to_us() {
        for text in [
            "",
            "Commenter",
            "Source In",
            "Marker Type",
            "Reel",
            "#",
            "Notes (s)",
        ] {
            assert_eq!(role(text), None, "{text}");
        }
    }

    #[test]
    fn the_programme_comes_before_any_other_time() {
        let record = heading("Record In").expect("is known");
        let plain = heading("Start").expect("is known");
        let frame = heading("Frame").expect("is known");
        assert!(record.rank < plain.rank && plain.rank < frame.rank);
    }

    #[test]
    fn every_spelling_in_the_tables_can_be_met() {
        let spellings = SPELLINGS.iter().flat_map(|(_, lines)| each(lines));
        let units = UNITS.iter().flat_map(|(_, lines)| each(lines));
        for spelling in spellings.chain(units) {
            assert_eq!(plain_words(spelling), spelling);
        }
    }
}
