//! How well one colour reads on another.

use egui::Color32;

/// The contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2, "contrast ratio" and
/// "relative luminance").
pub fn contrast_ratio(a: Color32, b: Color32) -> f32 {
    let (a, b) = (relative_luminance(a), relative_luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn relative_luminance(color: Color32) -> f32 {
    let [r, g, b, _] = color.to_array().map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn linear(channel: u8) -> f32 {
    let value = f32::from(channel) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        let ratio = contrast_ratio(Color32::BLACK, Color32::WHITE);
        assert!((ratio - 21.0).abs() < 0.01, "{ratio}");
    }

    #[test]
    fn a_color_does_not_show_on_itself() {
        let ratio = contrast_ratio(Color32::RED, Color32::RED);
        assert!((ratio - 1.0).abs() < f32::EPSILON, "{ratio}");
    }
}
