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
        fonts.families.insert(family, vec![name.to_owned()]);
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
