//! The color words of editing systems and of people, brought to the colors that every system can
//! show under some name.
//!
//! The words are those of `DaVinci` Resolve (sixteen marker colors), Avid Media Composer (eight, and
//! the later eight), Premiere Pro (markers and labels), Kdenlive's categories, and the usual words
//! of spreadsheets in five languages; each goes to the nearest hue there is.

use crate::model::Color;

/// Colors with their words, several to a line.
const WORDS: [(Color, &[&str]); 9] = [
    (
        Color::Red,
        &["red, dark red, crimson, maroon, scarlet, rot, rouge, rojo, rosso, vermelho"],
    ),
    (
        Color::Orange,
        &[
            "orange, sand, cocoa, tan, brown, mango, amber, peach, salmon, coral, braun",
            "marron, naranja, arancione, laranja",
        ],
    ),
    (
        Color::Yellow,
        &["yellow, lemon, cream, gold, beige, gelb, jaune, amarillo, giallo, amarelo"],
    ),
    (
        Color::Green,
        &["green, dark green, mint, forest, lime, olive, grün, gruen, vert, verde"],
    ),
    (
        Color::Cyan,
        &[
            "cyan, sky, teal, turquoise, aqua, caribbean, light blue, türkis, hellblau",
            "celeste",
        ],
    ),
    (
        Color::Blue,
        &["blue, dark blue, denim, cerulean, navy, blau, bleu, azul, blu"],
    ),
    (
        Color::Purple,
        &[
            "purple, lavender, violet, iris, indigo, lilac, lila, violett, mauve, morado",
            "viola, roxo",
        ],
    ),
    (Color::Pink, &["pink, rose, fuchsia, magenta, rosa, rosado"]),
    (
        Color::Gray,
        &[
            "gray, grey, black, white, silver, grau, schwarz, weiß, weiss, gris, noir, blanc",
            "negro, blanco, grigio, nero, bianco",
        ],
    ),
];

/// The color a word means, in any case, with or without Resolve's prefix; also `#RRGGBB`.
pub(super) fn color(word: &str) -> Option<Color> {
    let word = word.trim().to_lowercase();
    if let Some(digits) = word.strip_prefix('#') {
        return nearest_hue(digits);
    }
    let name = word.strip_prefix("resolvecolor").unwrap_or(&word);
    WORDS
        .into_iter()
        .find(|(_, lines)| each(lines).any(|known| known == name))
        .map(|(color, _)| color)
}

fn each(lines: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    lines.iter().flat_map(|line| line.split(", "))
}

/// The color nearest in hue to six hexadecimal digits of red, green and blue.
fn nearest_hue(digits: &str) -> Option<Color> {
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let value = i32::from_str_radix(digits, 16).ok()?;
    let (red, green, blue) = (value >> 16, value >> 8 & 0xFF, value & 0xFF);
    let most = red.max(green).max(blue);
    let spread = most - red.min(green).min(blue);
    // Less than a sixth of saturation reads as gray.
    if spread * 6 < most.max(1) {
        return Some(Color::Gray);
    }
    // Hue in degrees, from the two greater parts (the usual hexagon of HSV).
    let hue = if most == red {
        (60 * (green - blue) / spread).rem_euclid(360)
    } else if most == green {
        120 + 60 * (blue - red) / spread
    } else {
        240 + 60 * (red - green) / spread
    };
    Some(match hue {
        0..16 | 346..360 => Color::Red,
        16..46 => Color::Orange,
        46..71 => Color::Yellow,
        71..166 => Color::Green,
        166..206 => Color::Cyan,
        206..251 => Color::Blue,
        251..296 => Color::Purple,
        _ => Color::Pink,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_color_of_resolve_is_known() {
        for name in [
            "Blue", "Cyan", "Green", "Yellow", "Red", "Pink", "Purple", "Fuchsia", "Rose",
            "Lavender", "Sky", "Mint", "Lemon", "Sand", "Cocoa", "Cream",
        ] {
            assert!(color(&format!("ResolveColor{name}")).is_some(), "{name}");
        }
    }

    #[test]
    fn every_color_of_avid_is_known_in_any_case() {
        for name in [
            "red", "green", "blue", "cyan", "magenta", "yellow", "black", "white", "pink",
            "forest", "denim", "violet", "purple", "orange", "grey", "gold",
        ] {
            assert!(color(name).is_some(), "{name}");
            assert_eq!(color(name), color(&name.to_uppercase()));
        }
    }

    #[test]
    fn our_own_colors_mean_themselves() {
        for known in Color::ALL {
            assert_eq!(color(known.name()), Some(known));
        }
    }

    #[test]
    fn no_word_means_two_colors() {
        let mut words: Vec<_> = WORDS.iter().flat_map(|(_, lines)| each(lines)).collect();
        let n_words = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), n_words);
    }

    #[test]
    fn what_is_no_color_stays_unknown() {
        for word in ["", "ecru", "#12345", "#zzzzzz", "12"] {
            assert_eq!(color(word), None, "{word}");
        }
    }

    #[test]
    fn a_mixed_color_goes_to_the_nearest_hue() {
        for (text, expected) in [
            ("#FF0000", Color::Red),
            ("#ff8000", Color::Orange),
            ("#808080", Color::Gray),
            ("#00C0FF", Color::Cyan),
            ("#3030F0", Color::Blue),
            ("#F040C0", Color::Pink),
        ] {
            assert_eq!(color(text), Some(expected), "{text}");
        }
    }
}
