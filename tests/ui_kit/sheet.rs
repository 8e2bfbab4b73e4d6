//! Every widget and icon on one sheet, and the command palette, to be looked at.

use egui::Align;
use egui::Color32;
use egui::CornerRadius;
use egui::Frame;
use egui::Margin;
use egui::Rect;
use egui::Ui;
use egui::vec2;
use needledrop::ui::theme::Icon;
use needledrop::ui::theme::paint_icon;
use needledrop::ui::theme::size;
use needledrop::ui::theme::tokens;
use needledrop::ui::theme::type_style;
use needledrop::ui::widgets::DragNumber;
use needledrop::ui::widgets::EmptyState;
use needledrop::ui::widgets::IconButton;
use needledrop::ui::widgets::Meter;
use needledrop::ui::widgets::NoticeCard;
use needledrop::ui::widgets::Palette;
use needledrop::ui::widgets::PaletteItem;
use needledrop::ui::widgets::PaletteOutcome;
use needledrop::ui::widgets::Severity;
use needledrop::ui::widgets::TextButton;
use needledrop::ui::widgets::choice;
use needledrop::ui::widgets::key_caps;
use needledrop::ui::widgets::progress_bar;
use needledrop::ui::widgets::segmented;
use needledrop::ui::widgets::time_ago_text;
use std::time::Duration;

/// Every widget and icon.
pub(crate) fn sheet(ui: &mut Ui) {
    let t = tokens(ui);
    egui::CentralPanel::default()
        .frame(Frame::new().fill(t.panel).inner_margin(Margin::same(16)))
        .show(ui, |ui| {
            let room = ui.max_rect();
            let width = (room.width() - 48.0) / 3.0;
            let parts: [fn(&mut Ui); 3] = [controls, notices, stock];
            for (index, part) in parts.into_iter().enumerate() {
                let left = room.left() + index as f32 * (width + 24.0);
                let column = Rect::from_x_y_ranges(left..=left + width, room.y_range());
                part(&mut ui.new_child(egui::UiBuilder::new().max_rect(column)));
            }
        });
}

fn controls(ui: &mut Ui) {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.y = 8.0;
    ui.label(egui::RichText::new("Icons").font(type_style::title()));
    ui.horizontal_wrapped(|ui| {
        for icon in Icon::ALL {
            ui.add(IconButton::new(icon, &format!("{icon:?}")));
        }
    });
    ui.horizontal_wrapped(|ui| {
        for icon in Icon::ALL {
            let (rect, _) = ui.allocate_exact_size(
                vec2(size::ICON_LARGE, size::ICON_LARGE),
                egui::Sense::hover(),
            );
            paint_icon(ui.painter(), icon, rect, t.text);
        }
    });
    ui.label(egui::RichText::new("Controls").font(type_style::title()));
    ui.horizontal(|ui| {
        ui.add(TextButton::new("Add files…").primary().icon(Icon::Plus));
        ui.add(TextButton::new("Cancel"));
        ui.add(TextButton::new("Not now").quiet());
        ui.add_enabled(false, TextButton::new("Disabled"));
    });
    ui.horizontal(|ui| {
        segmented(
            ui,
            "Start",
            &[(0, "First sound"), (1, "Vocal"), (2, "Loudest")],
            1,
        );
    });
    ui.horizontal(|ui| {
        choice(ui, "Rate", &[(0, "23.976"), (1, "25")], 1);
        DragNumber::gain("Music", 0.0).show(ui);
        DragNumber::gain("Dialogue", -11.5).show(ui);
    });
    ui.horizontal(|ui| {
        for shortcut in ["Ctrl+Shift+Z", "Space", "?", "1"] {
            key_caps(ui, shortcut);
            ui.add_space(8.0);
        }
    });
    progress_bar(ui, "Reading headers", Some(0.4));
    Meter::new("Big level", &[-3.0, -20.0])
        .held(-0.5)
        .size(vec2(220.0, 12.0))
        .show(ui);
    ui.weak(time_ago_text(Duration::from_secs(7300)));
    ui.label("Tabular 0123456789 1:11 8:08 · 111.1 dB");
    ui.label(egui::RichText::new("10:02:13:07 01:11:11;10").font(type_style::timecode()));
    ui.horizontal(|ui| {
        for color in [
            t.accent,
            t.playhead,
            t.hit_point,
            t.guide,
            t.warning,
            t.error,
            t.success,
        ] {
            swatch(ui, color);
        }
    });
    ui.horizontal(|ui| {
        for color in [
            t.base,
            t.panel,
            t.raised,
            t.field,
            t.control,
            t.control_hover,
            t.control_pressed,
            t.row_hover,
            t.row_selected,
            t.row_playing,
        ] {
            swatch(ui, color);
        }
    });
}

/// The command palette, over a window.
pub(crate) fn palette(ui: &mut Ui, palette: &mut Palette) -> PaletteOutcome {
    let item = |text, detail, shortcut| PaletteItem {
        text,
        detail,
        shortcut,
        unavailable: false,
    };
    let unavailable = PaletteItem {
        unavailable: true,
        ..item("Export cue sheet…", "no episode is open", "")
    };
    let items = [
        item("Loop scene", "Playback", "L"),
        item("Add files…", "Pool", "Ctrl+I"),
        unavailable,
        item("Undo place Coastline on 12", "Edit", "Ctrl+Z"),
        item("Approve track", "Pool", "A"),
    ];
    palette.show(ui, "Search commands", &items)
}

fn swatch(ui: &mut Ui, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(24.0, 24.0), egui::Sense::hover());
    ui.painter()
        .rect_filled(rect, CornerRadius::same(size::RADIUS), color);
}

fn notices(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 8.0;
    ui.label(egui::RichText::new("Notices").font(type_style::title()));
    let details = vec!["broken.mp3: the file ends after 12 bytes".to_owned(); 3];
    NoticeCard::new(Severity::Info, "12 colleagues’ changes were merged").show(ui);
    NoticeCard::new(Severity::Success, "Exported 103 cues to reel3.edl").show(ui);
    NoticeCard::new(Severity::Warning, "3 of 129 files could not be read")
        .details(&details)
        .show(ui);
    NoticeCard::new(
        Severity::Error,
        "The sound device is gone. Playing goes on where it was when one is connected.",
    )
    .action("Choose device…")
    .show(ui);
    EmptyState::new(Icon::Note, "No tracks yet")
        .advice("Add the songs that live in the world of the show, or drop a folder here")
        .show(ui, |ui| {
            ui.add(TextButton::new("Add files…").primary().icon(Icon::Plus));
        });
}

fn stock(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 8.0;
    ui.label(egui::RichText::new("Stock widgets").font(type_style::title()));
    let mut text = "Text edit".to_owned();
    let label = ui.label("Name");
    ui.text_edit_singleline(&mut text).labelled_by(label.id);
    ui.horizontal(|ui| {
        drop(ui.button("Button"));
        drop(ui.selectable_label(true, "Chosen"));
        drop(ui.selectable_label(false, "Other"));
    });
    ui.checkbox(&mut true, "Checkbox, on");
    ui.checkbox(&mut false, "Checkbox, off");
    ui.radio_value(&mut 1, 1, "Radio, on");
    ui.radio_value(&mut 1, 2, "Radio, off");
    ui.add(egui::Slider::new(&mut 40.0, 0.0..=100.0).text("Slider"));
    ui.separator();
    ui.hyperlink_to("Link", "https://example.org");
    Frame::menu(ui.style()).show(ui, |ui| {
        ui.set_max_width(180.0);
        let wide = egui::Layout::top_down_justified(Align::Min);
        ui.with_layout(wide, |ui| {
            egui::containers::menu::menu_style(ui.style_mut());
            drop(ui.add(egui::Button::new("Add files…").shortcut_text("Ctrl+I")));
            drop(ui.add(egui::Button::new("Undo place").shortcut_text("Ctrl+Z")));
            ui.separator();
            drop(ui.button("Delete"));
        });
    });
}
