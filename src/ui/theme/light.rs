//! The light theme's colours. The labels share lightness and chroma (OKLCH) and differ in hue.

use egui::Color32;
use egui::Theme;

use super::tokens::LabelColors;
use super::tokens::Tokens;
use super::tokens::WaveColors;

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const fn label(fill: u32, outline: u32, text: u32, mark: u32) -> LabelColors {
    LabelColors {
        fill: rgb(fill),
        outline: rgb(outline),
        text: rgb(text),
        mark: rgb(mark),
    }
}

pub(super) static LIGHT: Tokens = Tokens {
    theme: Theme::Light,
    base: rgb(0xEB_EBE8),
    panel: rgb(0xF6_F6F4),
    raised: rgb(0xFF_FFFF),
    field: rgb(0xFF_FFFF),
    control: rgb(0xFF_FFFF),
    control_hover: rgb(0xE8_E8E4),
    control_pressed: rgb(0xDA_DAD6),
    row_hover: rgb(0xEC_ECE9),
    row_selected: rgb(0xDE_E1E3),
    row_playing: rgb(0xD9_ECE6),
    scrim: Color32::from_black_alpha(60),
    shadow: Color32::from_black_alpha(34),
    line: rgb(0xDC_DCD8),
    line_strong: rgb(0xC4_C4BF),
    text: rgb(0x1C_1E20),
    weak: rgb(0x53_575C),
    faint: rgb(0x8C_9095),
    accent: rgb(0x14_7361),
    accent_soft: rgb(0xD6_EBE5),
    on_accent: rgb(0xFF_FFFF),
    selection: rgb(0xC2_E2D9),
    focus: rgb(0x14_7361),
    playhead: rgb(0xD6_2F2B),
    hit_point: rgb(0xA5_6A00),
    guide: rgb(0x46_5FC4),
    warning: rgb(0x96_5800),
    error: rgb(0xBC_3128),
    success: rgb(0x2A_7339),
    slot_fill: rgb(0xE0_EFEA),
    slot_outline: rgb(0x86_B5A9),
    slot_selected: rgb(0x14_7361),
    ghost_ok: rgb(0x14_7361),
    ghost_refused: rgb(0xBC_3128),
    wave: WaveColors {
        low: rgb(0x86_A6BC),
        mid: rgb(0x7F_B5A8),
        high: rgb(0xC2_B582),
    },
    wave_played: WaveColors {
        low: rgb(0x23_648C),
        mid: rgb(0x1B_7F6B),
        high: rgb(0x8F_7A22),
    },
    labels: [
        label(0xE2_E3E4, 0x9C_9EA2, 0x41_4245, 0x72_7579),
        label(0xF9_DBD8, 0xCE_8A84, 0x64_312E, 0xB2_534E),
        label(0xF6_DECE, 0xC8_906B, 0x60_3616, 0xAB_5D1D),
        label(0xEB_E3CA, 0xB1_9D5F, 0x51_4105, 0x8A_6C00),
        label(0xD5_EAD7, 0x7A_AD81, 0x23_4D2B, 0x33_8044),
        label(0xCE_E9EC, 0x65_ACB4, 0x03_4C52, 0x00_7F8A),
        label(0xD4_E5FA, 0x7A_A1D3, 0x25_4369, 0x3D_76BC),
        label(0xE6_DEF7, 0xA6_93CC, 0x49_3864, 0x80_61B2),
        label(0xF6_DAE6, 0xC7_89A6, 0x60_3048, 0xA9_527F),
    ],
};
