//! The bundled fonts: Inter with tabular figures for the interface, `JetBrains` Mono for timecode.
//!
//! egui cannot switch OpenType features on, so the bundled Inter has its tabular figures mapped in
//! place of the proportional ones (`assets/fonts/README.md` says how). What they lack, such as
//! Chinese titles, eframe finds among the system's fonts while the program runs.

use std::sync::Arc;

use egui::FontData;
use egui::FontDefinitions;
use egui::FontFamily;
use egui::FontTweak;
use egui::epaint::text::VariationCoords;

use super::type_style;

static INTER: &[u8] = include_bytes!("../../../assets/fonts/Inter-tabular.ttf");
static MONO: &[u8] = include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf");

/// The program's fonts, by family.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, family, weight) in [
        ("inter-regular", FontFamily::Proportional, 400.0),
        (
            "inter-medium",
            FontFamily::Name(Arc::from(type_style::MEDIUM)),
            500.0,
        ),
        (
            "inter-semibold",
            FontFamily::Name(Arc::from(type_style::SEMIBOLD)),
            600.0,
        ),
    ] {
        let data = FontData::from_static(INTER).tweak(FontTweak {
            coords: VariationCoords::new([(b"wght", weight)]),
            ..FontTweak::default()
        });
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        // Inter has no flats and sharps, and what the system has for them may be as wide as an
        // ideograph.
        let fallback = vec![name.to_owned(), "mono".to_owned()];
        fonts.families.insert(family, fallback);
    }
    fonts
        .font_data
        .insert("mono".to_owned(), Arc::new(FontData::from_static(MONO)));
    fonts.families.insert(
        FontFamily::Monospace,
        vec!["mono".to_owned(), "inter-regular".to_owned()],
    );
    fonts
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use egui::Context;
    use egui::FontId;
    use egui::epaint::text::FallbackRequest;
    use egui::epaint::text::FontInsert;

    use super::*;

    /// Runs one pass in which the program's fonts are in use.
    fn with_fonts<R>(ctx: &Context, mut use_them: impl FnMut(&Context) -> R) -> R {
        ctx.set_fonts(definitions());
        let mut result = None;
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            result = Some(use_them(ui.ctx()));
        });
        output.drop_without_applying_deltas();
        result.expect("one pass was run")
    }

    fn width(ctx: &Context, font: FontId, text: &str) -> f32 {
        let color = egui::Color32::WHITE;
        ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, color).size().x)
    }

    #[test]
    fn numbers_of_as_many_digits_are_as_wide() {
        with_fonts(&Context::default(), |ctx| {
            for font in [
                type_style::body(),
                type_style::strong(),
                type_style::small(),
            ] {
                let ones = width(ctx, font.clone(), "1111");
                let eights = width(ctx, font, "8088");
                assert!((ones - eights).abs() < 0.01, "{ones} {eights}");
            }
        });
    }

    #[test]
    fn semibold_is_heavier_than_regular() {
        with_fonts(&Context::default(), |ctx| {
            let regular = width(ctx, type_style::small(), "Coastline");
            let semibold = width(ctx, type_style::small_strong(), "Coastline");
            assert!(semibold > regular, "{semibold} {regular}");
        });
    }

    #[test]
    fn latin_greek_and_cyrillic_are_bundled() {
        with_fonts(&Context::default(), |ctx| {
            for text in [
                "Žižkov naïve Łódź",
                "Άνεμος",
                "Ночной поезд їжак",
                "Đêm nghỉ",
                "→ −∞ … ⌘",
                "E♭ F♯m",
            ] {
                let there = ctx.fonts_mut(|fonts| fonts.has_glyphs(&type_style::strong(), text));
                assert!(there, "{text}");
            }
        });
    }

    #[test]
    fn other_scripts_are_asked_of_the_system_in_every_family() {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let ctx = Context::default();
        let record = Arc::clone(&asked);
        ctx.add_font_provider(Arc::new(move |request: &FallbackRequest<'_>| {
            let mut asked = record.lock().expect("no other test holds it");
            asked.push((request.cluster.to_owned(), request.family.clone()));
            None::<FontInsert>
        }));
        let fonts = [
            type_style::body(),
            type_style::strong(),
            type_style::title(),
        ];
        with_fonts(&ctx, |ctx| {
            for font in &fonts {
                width(ctx, font.clone(), "愛");
            }
        });
        let asked = asked.lock().expect("no other test holds it");
        for font in fonts {
            let request = ("愛".to_owned(), font.family);
            assert!(asked.contains(&request), "{request:?}");
        }
    }
}
