//! The dark theme's colours. The labels share lightness and chroma (OKLCH) and differ in hue.

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

pub(super) static DARK: Tokens = Tokens {
    theme: Theme::Dark,
    base: rgb(0x14_1517),
    panel: rgb(0x1B_1D1F),
    raised: rgb(0x24_2629),
    field: rgb(0x12_1314),
    control: rgb(0x2A_2D30),
    control_hover: rgb(0x34_373B),
    control_pressed: rgb(0x3E_4246),
    row_hover: rgb(0x22_2427),
    row_selected: rgb(0x2E_3236),
    row_playing: rgb(0x1D_302C),
    scrim: Color32::from_black_alpha(96),
    shadow: Color32::from_black_alpha(110),
    line: rgb(0x2B_2E31),
    line_strong: rgb(0x3D_4145),
    text: rgb(0xE6_E4DF),
    weak: rgb(0xA5_A8AD),
    faint: rgb(0x6B_6F75),
    accent: rgb(0x62_B8A6),
    accent_soft: rgb(0x21_3633),
    on_accent: rgb(0x0C_1614),
    selection: rgb(0x22_3F3A),
    focus: rgb(0x8F_D0C2),
    playhead: rgb(0xFF_5C57),
    hit_point: rgb(0xF0_B94E),
    guide: rgb(0x8E_A6F2),
    warning: rgb(0xE8_A648),
    error: rgb(0xF0_6E63),
    success: rgb(0x74_BF7F),
    slot_fill: rgb(0x1C_2B29),
    slot_outline: rgb(0x3B_6159),
    slot_selected: rgb(0x8F_D0C2),
    ghost_ok: rgb(0x62_B8A6),
    ghost_refused: rgb(0xF0_6E63),
    wave: WaveColors {
        low: rgb(0x38_6590),
        mid: rgb(0x46_8577),
        high: rgb(0x9A_9272),
    },
    wave_played: WaveColors {
        low: rgb(0x55_A2E0),
        mid: rgb(0x6F_CDB8),
        high: rgb(0xF3_E7B4),
    },
    labels: [
        label(0x36_3738, 0x67_696C, 0xDA_DBDC, 0xA8_ABAF),
        label(0x4A_2E2C, 0x8F_5753, 0xF7_D0CC, 0xEB_8D86),
        label(0x48_3121, 0x8A_5D3E, 0xF3_D4BF, 0xE3_9761),
        label(0x3E_361C, 0x78_6833, 0xE5_DABA, 0xC5_A84D),
        label(0x27_3D2A, 0x4A_7550, 0xC8_E3CA, 0x76_BF81),
        label(0x1F_3C3F, 0x37_747A, 0xBE_E3E7, 0x53_BDC8),
        label(0x28_384C, 0x4B_6B94, 0xC7_DDF9, 0x78_AEF2),
        label(0x3A_3249, 0x6F_5F8E, 0xDF_D5F5, 0xB6_9AE9),
        label(0x47_2E3A, 0x8A_576F, 0xF3_CFDF, 0xE1_8CB5),
    ],
};
