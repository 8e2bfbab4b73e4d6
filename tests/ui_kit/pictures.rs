//! How the kit looks. Where there is no software renderer (Mesa's lavapipe), these tests say so and
//! pass: another renderer smooths edges in another way.
//!
//! `NEEDLEDROP_GALLERY=folder` keeps every picture for a person to look at.

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;

use eframe::wgpu;
use egui::Theme;
use egui::Ui;
use egui_kittest::Harness;
use egui_kittest::SnapshotOptions;
use egui_kittest::SnapshotResults;
use egui_kittest::wgpu::default_wgpu_setup;
use needledrop::ui::theme;
use needledrop::ui::widgets::Palette;

use crate::gallery::Gallery;
use crate::sheet;

type Sheet = fn(&mut Gallery, &mut Ui);

const SHEETS: [(&str, Sheet); 3] = [
    ("window", Gallery::window),
    ("sheet", |_, ui| sheet::sheet(ui)),
    ("palette", window_with_palette),
];

const THEMES: [(&str, Theme); 2] = [("dark", Theme::Dark), ("light", Theme::Light)];

fn window_with_palette(gallery: &mut Gallery, ui: &mut Ui) {
    gallery.window(ui);
    sheet::palette(ui, &mut Palette::new());
}

/// Whether the software renderer is there.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn can_draw() -> bool {
    let instance = pollster::block_on(default_wgpu_setup().new_instance());
    let adapters = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::all()));
    let software = adapters
        .iter()
        .any(|adapter| adapter.get_info().device_type == wgpu::DeviceType::Cpu);
    if !software {
        eprintln!("skipped: no software renderer (package mesa-vulkan-drivers)");
    }
    software
}

fn harness<'a>(theme: Theme, scale: f32, sheet: Sheet) -> Harness<'a> {
    let mut gallery = Gallery::default();
    let mut harness = Harness::builder()
        .with_size([1280.0, 760.0])
        .with_pixels_per_point(scale)
        .with_theme(theme)
        .with_render_cursor(false)
        .with_context_setup(theme::apply)
        .wgpu()
        .build_ui(move |ui| sheet(&mut gallery, ui));
    harness.run_steps(4);
    harness
}

#[test]
fn every_sheet_draws_in_both_themes_at_every_scale() {
    if !can_draw() {
        return;
    }
    let kept_in = env::var_os("NEEDLEDROP_GALLERY").map(PathBuf::from);
    for (theme_name, theme) in THEMES {
        for (sheet_name, sheet) in SHEETS {
            for scale in [1.0, 1.5, 2.0] {
                let image = harness(theme, scale, sheet)
                    .render()
                    .expect("the software renderer draws");
                let colors: BTreeSet<[u8; 4]> =
                    image.pixels().step_by(7).map(|pixel| pixel.0).collect();
                let name = format!("{sheet_name}-{theme_name}-{scale}x");
                assert!(colors.len() > 200, "{name} has {} colors", colors.len());
                if let Some(folder) = &kept_in {
                    image
                        .save(folder.join(format!("{name}.png")))
                        .expect("the folder can be written");
                }
            }
        }
    }
}

#[test]
fn the_kit_looks_as_it_was_approved() {
    if !can_draw() {
        return;
    }
    let mut results = SnapshotResults::new();
    for (theme_name, theme) in THEMES {
        let options = SnapshotOptions::new()
            .threshold(1.5)
            .max_failed_pixels(400_usize);
        let mut harness = harness(theme, 1.0, Gallery::window);
        harness.snapshot_options(format!("ui_kit_{theme_name}"), &options);
        results.extend_harness(&mut harness);
    }
}
