//! Makes stock egui widgets look like the rest of the program.

use std::collections::BTreeMap;

use egui::Context;
use egui::CornerRadius;
use egui::FontFamily;
use egui::FontId;
use egui::Margin;
use egui::Shadow;
use egui::Stroke;
use egui::Style;
use egui::TextStyle;
use egui::Theme;
use egui::Vec2;
use egui::Visuals;
use egui::style::HandleShape;
use egui::style::ScrollStyle;
use egui::style::Selection;
use egui::style::TextCursorStyle;
use egui::style::WidgetVisuals;
use egui::style::Widgets;
use egui::vec2;

use super::fonts;
use super::size;
use super::tokens::Tokens;
use super::tokens::tokens_of;
use super::type_style;

/// Installs the fonts and both themes. Once for each context, before its first pass.
pub fn apply(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    for theme in [Theme::Dark, Theme::Light] {
        // What egui decides by itself, such as animations switched off for a test, is kept.
        let mut style = (*ctx.style_of(theme)).clone();
        restyle(&mut style, tokens_of(theme));
        ctx.set_style_of(theme, style);
    }
}

fn restyle(style: &mut Style, tokens: &Tokens) {
    style.text_styles = text_styles();
    style.visuals = visuals(tokens);
    if style.animation_time > 0.0 {
        style.animation_time = size::MOTION_SECS;
    }
    style.interaction.tooltip_delay = size::TOOLTIP_DELAY_SECS;
    style.interaction.selectable_labels = false;
    style.interaction.resize_grab_radius_side = size::UNIT;

    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::splat(size::UNIT);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(6);
    spacing.button_padding = vec2(2.0 * size::UNIT, 3.0);
    spacing.interact_size = vec2(size::CONTROL, size::CONTROL);
    spacing.indent = 4.0 * size::UNIT;
    spacing.slider_rail_height = size::UNIT;
    spacing.slider_width = 120.0;
    spacing.combo_width = 96.0;
    spacing.icon_width = 14.0;
    spacing.icon_width_inner = 8.0;
    spacing.icon_spacing = 6.0;
    spacing.tooltip_width = 320.0;
    spacing.menu_width = 320.0;
    spacing.menu_spacing = 0.0;
    spacing.combo_height = 320.0;
    spacing.scroll = scroll_style();
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    [
        (TextStyle::Small, type_style::small()),
        (TextStyle::Body, type_style::body()),
        (TextStyle::Button, type_style::body()),
        (TextStyle::Heading, type_style::title()),
        (
            TextStyle::Monospace,
            FontId::new(size::TEXT, FontFamily::Monospace),
        ),
    ]
    .into()
}

/// Thin bars over the content that widen under the pointer.
fn scroll_style() -> ScrollStyle {
    let mut scroll = ScrollStyle::floating();
    scroll.bar_width = 8.0;
    scroll.floating_width = 4.0;
    scroll.floating_allocated_width = 0.0;
    scroll.bar_inner_margin = 2.0;
    scroll.bar_outer_margin = 2.0;
    scroll.handle_min_length = 24.0;
    scroll.dormant_background_opacity = 0.0;
    scroll.active_background_opacity = 0.0;
    scroll.interact_background_opacity = 0.3;
    scroll.dormant_handle_opacity = 0.0;
    scroll.active_handle_opacity = 0.35;
    scroll.interact_handle_opacity = 0.6;
    scroll.fade.strength = 0.0;
    scroll
}

fn visuals(tokens: &Tokens) -> Visuals {
    let mut visuals = match tokens.theme {
        Theme::Dark => Visuals::dark(),
        Theme::Light => Visuals::light(),
    };
    let radius = CornerRadius::same(size::RADIUS);
    visuals.widgets = widgets(tokens);
    visuals.selection = Selection {
        bg_fill: tokens.selection,
        stroke: Stroke::new(size::FOCUS, tokens.focus),
    };
    visuals.weak_text_color = Some(tokens.weak);
    visuals.hyperlink_color = tokens.accent;
    visuals.faint_bg_color = tokens.row_hover;
    visuals.extreme_bg_color = tokens.field;
    visuals.text_edit_bg_color = Some(tokens.field);
    visuals.code_bg_color = tokens.field;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.error;
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.raised;
    visuals.window_stroke = Stroke::new(size::HAIRLINE, tokens.line_strong);
    visuals.window_corner_radius = radius;
    visuals.menu_corner_radius = radius;
    visuals.window_shadow = Shadow {
        offset: [0, 8],
        blur: 32,
        spread: 0,
        color: tokens.shadow,
    };
    visuals.popup_shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: tokens.shadow,
    };
    visuals.text_cursor = TextCursorStyle {
        stroke: Stroke::new(size::FOCUS, tokens.accent),
        ..TextCursorStyle::default()
    };
    visuals.indent_has_left_vline = false;
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = HandleShape::Rect { aspect_ratio: 0.4 };
    visuals.resize_corner_size = 8.0;
    visuals.disabled_alpha = 0.4;
    visuals
}

fn widgets(tokens: &Tokens) -> Widgets {
    let widget = |fill, outline, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(size::HAIRLINE, outline),
        corner_radius: CornerRadius::same(size::RADIUS),
        fg_stroke: Stroke::new(size::FOCUS, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: widget(tokens.panel, tokens.line, tokens.text),
        inactive: WidgetVisuals {
            // Not a button's ground but a slider's rail and a checkbox's box.
            bg_fill: tokens.control_pressed,
            ..widget(tokens.control, tokens.line_strong, tokens.text)
        },
        hovered: widget(tokens.control_hover, tokens.line_strong, tokens.text),
        active: widget(tokens.control_pressed, tokens.focus, tokens.text),
        open: widget(tokens.control, tokens.line_strong, tokens.text),
    }
}
