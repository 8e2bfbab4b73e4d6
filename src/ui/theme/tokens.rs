//! The roles that everything on the screen is painted in.

use egui::Color32;
use egui::Theme;

use super::dark::DARK;
use super::light::LIGHT;
use crate::model::Color;

/// The colours of one label, as a scene or a marker wears it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelColors {
    /// Behind the name.
    pub fill: Color32,
    /// Around the fill.
    pub outline: Color32,
    /// Text on the fill.
    pub text: Color32,
    /// A flag, dot or line standing alone on any surface.
    pub mark: Color32,
}

/// The colours of a waveform, by what sounds: a column mixes them by its bands' energies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaveColors {
    /// Bass and drums' bodies.
    pub low: Color32,
    /// Voices and most instruments.
    pub mid: Color32,
    /// Cymbals, breath, air.
    pub high: Color32,
}

/// Every colour of one theme, named by role.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Which of egui's two themes this is.
    pub theme: Theme,

    /// Behind everything; the timeline's ground.
    pub base: Color32,
    /// Panels and bars.
    pub panel: Color32,
    /// Menus, cards, popups, dialogs.
    pub raised: Color32,
    /// The well of a text field, a slider or a meter.
    pub field: Color32,
    /// A control at rest.
    pub control: Color32,
    /// A control under the pointer.
    pub control_hover: Color32,
    /// A control being pressed, or switched on without meaning anything in colour.
    pub control_pressed: Color32,
    /// A row under the pointer.
    pub row_hover: Color32,
    /// A selected row.
    pub row_selected: Color32,
    /// The row that plays.
    pub row_playing: Color32,
    /// What lies under a dialog is dimmed with this.
    pub scrim: Color32,
    /// The shadow of what floats.
    pub shadow: Color32,

    /// Dividing lines.
    pub line: Color32,
    /// Outlines of controls and of what floats.
    pub line_strong: Color32,

    /// Text.
    pub text: Color32,
    /// Text that comes second.
    pub weak: Color32,
    /// What is there only to be found: disabled things, hints of structure.
    pub faint: Color32,

    /// Music, and what is on.
    pub accent: Color32,
    /// A ground tinted with the accent.
    pub accent_soft: Color32,
    /// Text and icons on the accent.
    pub on_accent: Color32,
    /// Selected text's ground.
    pub selection: Color32,
    /// The ring around what has the keyboard.
    pub focus: Color32,

    /// The playhead, and what runs in real time.
    pub playhead: Color32,
    /// Hit points.
    pub hit_point: Color32,
    /// Dialogue and the guide.
    pub guide: Color32,
    /// Something to look at.
    pub warning: Color32,
    /// Something failed.
    pub error: Color32,
    /// Something is as it should be.
    pub success: Color32,

    /// A slot that wants music.
    pub slot_fill: Color32,
    /// Around a slot.
    pub slot_outline: Color32,
    /// Around the selected slot.
    pub slot_selected: Color32,
    /// Where a drop would land.
    pub ghost_ok: Color32,
    /// Where a drop is refused.
    pub ghost_refused: Color32,

    /// Waveforms ahead of the playhead.
    pub wave: WaveColors,
    /// Waveforms behind the playhead.
    pub wave_played: WaveColors,
    /// Labels, in the order of [`Color::ALL`].
    pub labels: [LabelColors; 9],
}

impl Tokens {
    /// The colours of a scene's or marker's label.
    pub fn label(&self, color: Color) -> &LabelColors {
        let [gray, red, orange, yellow, green, cyan, blue, purple, pink] = &self.labels;
        match color {
            Color::Gray => gray,
            Color::Red => red,
            Color::Orange => orange,
            Color::Yellow => yellow,
            Color::Green => green,
            Color::Cyan => cyan,
            Color::Blue => blue,
            Color::Purple => purple,
            Color::Pink => pink,
        }
    }

    /// A see-through tint of a role, as the ground of what that role speaks about.
    pub fn soft(&self, role: Color32) -> Color32 {
        role.gamma_multiply(match self.theme {
            Theme::Dark => 0.16,
            Theme::Light => 0.12,
        })
    }

    /// Text or icon on `ground`: black or white, whichever reads better.
    pub fn on(&self, ground: Color32) -> Color32 {
        if super::contrast_ratio(self.text, ground) >= super::contrast_ratio(self.base, ground) {
            self.text
        } else {
            self.base
        }
    }
}

/// The tokens of the theme in use. Takes a `Ui` as well as a `Context`.
pub fn tokens(ctx: &egui::Context) -> &'static Tokens {
    tokens_of(ctx.theme())
}

/// The tokens of a theme.
pub(super) fn tokens_of(theme: Theme) -> &'static Tokens {
    match theme {
        Theme::Dark => &DARK,
        Theme::Light => &LIGHT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::contrast_ratio;

    const THEMES: [&Tokens; 2] = [&DARK, &LIGHT];

    fn surfaces(tokens: &Tokens) -> [(&'static str, Color32); 10] {
        [
            ("base", tokens.base),
            ("panel", tokens.panel),
            ("raised", tokens.raised),
            ("field", tokens.field),
            ("control", tokens.control),
            ("control_hover", tokens.control_hover),
            ("row_hover", tokens.row_hover),
            ("row_selected", tokens.row_selected),
            ("row_playing", tokens.row_playing),
            ("selection", tokens.selection),
        ]
    }

    fn assert_reads(what: &str, tokens: &Tokens, color: Color32, at_least: f32) {
        for (name, surface) in surfaces(tokens) {
            let ratio = contrast_ratio(color, surface);
            assert!(
                ratio >= at_least,
                "{what} on {name} ({:?}): {ratio:.2}",
                tokens.theme
            );
        }
    }

    #[test]
    fn text_reads_on_every_surface() {
        for tokens in THEMES {
            assert_reads("text", tokens, tokens.text, 4.5);
            assert_reads("weak", tokens, tokens.weak, 4.5);
        }
    }

    #[test]
    fn what_has_meaning_shows_on_every_surface() {
        for tokens in THEMES {
            for (name, color) in [
                ("accent", tokens.accent),
                ("playhead", tokens.playhead),
                ("hit_point", tokens.hit_point),
                ("guide", tokens.guide),
                ("warning", tokens.warning),
                ("error", tokens.error),
                ("success", tokens.success),
                ("focus", tokens.focus),
            ] {
                assert_reads(name, tokens, color, 3.0);
            }
        }
    }

    #[test]
    fn text_on_the_accent_reads() {
        for tokens in THEMES {
            assert!(contrast_ratio(tokens.on_accent, tokens.accent) >= 4.5);
        }
    }

    #[test]
    fn a_label_reads_on_its_fill_and_shows_on_the_ground() {
        for tokens in THEMES {
            for color in Color::ALL {
                let label = tokens.label(color);
                assert!(contrast_ratio(label.text, label.fill) >= 4.5, "{color:?}");
                assert!(contrast_ratio(label.mark, tokens.base) >= 3.0, "{color:?}");
            }
        }
    }

    #[test]
    fn every_label_looks_different() {
        for tokens in THEMES {
            for (index, a) in tokens.labels.iter().enumerate() {
                assert!(!tokens.labels[..index].contains(a), "label {index}");
            }
        }
    }

    #[test]
    fn the_played_part_of_a_waveform_stands_out_more() {
        for tokens in THEMES {
            for (ahead, behind) in [
                (tokens.wave.low, tokens.wave_played.low),
                (tokens.wave.mid, tokens.wave_played.mid),
                (tokens.wave.high, tokens.wave_played.high),
            ] {
                let ahead = contrast_ratio(ahead, tokens.base);
                let behind = contrast_ratio(behind, tokens.base);
                assert!(behind > ahead + 0.5, "{behind} {ahead}");
            }
        }
    }
}
