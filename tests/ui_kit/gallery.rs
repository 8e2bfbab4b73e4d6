//! A window as the panels will build it, to be looked at.

use std::collections::BTreeMap;

use egui::Align;
use egui::CornerRadius;
use egui::Frame;
use egui::Margin;
use egui::Panel;
use egui::Rect;
use egui::ScrollArea;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::pos2;
use egui::vec2;
use needledrop::model::Color;
use needledrop::time::FrameRate;
use needledrop::time::Frames;
use needledrop::time::Ticks;
use needledrop::time::Timebase;
use needledrop::ui::theme::Icon;
use needledrop::ui::theme::paint_icon;
use needledrop::ui::theme::size;
use needledrop::ui::theme::tokens;
use needledrop::ui::theme::type_style;
use needledrop::ui::widgets::Chip;
use needledrop::ui::widgets::DragNumber;
use needledrop::ui::widgets::Fades;
use needledrop::ui::widgets::IconButton;
use needledrop::ui::widgets::ListRow;
use needledrop::ui::widgets::Meter;
use needledrop::ui::widgets::RowState;
use needledrop::ui::widgets::Section;
use needledrop::ui::widgets::Switch;
use needledrop::ui::widgets::TagEditor;
use needledrop::ui::widgets::TextButton;
use needledrop::ui::widgets::TextField;
use needledrop::ui::widgets::TimecodeField;
use needledrop::ui::widgets::WaveColumn;
use needledrop::ui::widgets::Waveform;
use needledrop::ui::widgets::WaveformCache;
use needledrop::ui::widgets::choice;
use needledrop::ui::widgets::elided_label;
use needledrop::ui::widgets::length_text;
use needledrop::ui::widgets::paint_elided;
use needledrop::ui::widgets::search_field;
use needledrop::ui::widgets::show_panel;

const TRACKS: [(&str, &str, i64); 9] = [
    ("Coastline", "Halcyon Motel", 222),
    ("Fern", "Ida & the Wires", 178),
    ("Halogen", "Petra Vale", 245),
    ("Ночной поезд", "Стрелка", 203),
    (
        "A title that is far too long for the column it has been given",
        "The Understatements",
        301,
    ),
    ("Kissing Bridge", "Ninth Parallel", 187),
    ("Άνεμος", "Μαρίνα", 260),
    ("Soft Machines", "Oolong", 219),
    ("Two Suitcases", "Blue Ledger", 194),
];

/// What the window remembers.
#[derive(Default)]
pub(crate) struct Gallery {
    query: String,
    caches: BTreeMap<u64, WaveformCache>,
}

impl Gallery {
    /// A window as the panels will build it.
    pub(crate) fn window(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let bar = |fill| {
            Frame::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(12, 8))
        };
        show_panel(ui, Panel::bottom("transport").frame(bar(t.panel)), |ui| {
            transport(ui);
        });
        show_panel(
            ui,
            Panel::left("pool")
                .frame(Frame::new().fill(t.panel))
                .default_size(320.0),
            |ui| self.pool(ui),
        );
        show_panel(
            ui,
            Panel::right("inspector")
                .frame(bar(t.panel))
                .default_size(264.0),
            inspector,
        );
        egui::CentralPanel::default()
            .frame(Frame::new().fill(t.base))
            .show(ui, |ui| self.timeline(ui));
    }

    fn pool(&mut self, ui: &mut Ui) {
        let head = Frame::new().inner_margin(Margin {
            left: 12,
            right: 12,
            top: 8,
            bottom: 8,
        });
        head.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(egui::RichText::new("Pool").font(type_style::strong()));
                ui.weak("248");
                ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
                    ui.add(IconButton::new(Icon::More, "More"));
                    ui.add(IconButton::new(Icon::Plus, "Add files…").shortcut("Ctrl+I"));
                });
            });
            search_field(
                ui,
                "Search the pool",
                &mut self.query,
                "Search title, artist, mood…",
            );
            ui.add_space(2.0);
            ui.horizontal(|ui| {
                ui.add(Chip::new("Approved", Switch::On).count(182));
                ui.add(Chip::new("Suggested", Switch::Off).count(54));
                ui.add(Chip::new("Warm", Switch::Off));
            });
        });
        ScrollArea::vertical().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, (title, artist, secs)) in TRACKS.iter().enumerate() {
                let state = RowState {
                    selected: index == 2,
                    playing: index == 0,
                };
                let caches = &mut self.caches;
                ListRow::new(title)
                    .height(size::ROW_TALL)
                    .state(state)
                    .show(ui, |ui, rect| {
                        track_row(ui, rect, index, title, artist, *secs, caches);
                    });
            }
        });
    }

    fn timeline(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let rect = ui.max_rect();
        let painter = ui.painter().clone();
        let ruler = rect.with_max_y(rect.top() + 24.0);
        painter.rect_filled(ruler, 0.0, t.panel);
        for step in 0..8 {
            let x = (rect.left() + 12.0 + step as f32 * 92.0).round() + 0.5;
            painter.vline(
                x,
                ruler.bottom() - 6.0..=ruler.bottom(),
                Stroke::new(1.0, t.line_strong),
            );
            painter.text(
                pos2(x + 4.0, ruler.center().y - 2.0),
                egui::Align2::LEFT_CENTER,
                format!("10:02:{:02}:00", 10 + step),
                type_style::timecode_small(),
                t.weak,
            );
        }
        let mut x = rect.left() + 12.0;
        let y = ruler.bottom() + 8.0;
        for (index, color) in Color::ALL.into_iter().enumerate() {
            let label = t.label(color);
            let width = 44.0 + (index % 3) as f32 * 30.0;
            let scene = Rect::from_min_size(pos2(x, y), vec2(width, 24.0));
            painter.rect(
                scene,
                CornerRadius::same(size::RADIUS),
                label.fill,
                Stroke::new(1.0, label.outline),
                StrokeKind::Inside,
            );
            let name = format!("{} INT. BEACH HUT", 11 + index);
            paint_elided(
                &painter,
                scene.shrink2(vec2(6.0, 0.0)),
                &name,
                type_style::small(),
                label.text,
                Align::Min,
            );
            let flag = Rect::from_center_size(pos2(scene.left() + 8.0, y + 40.0), vec2(14.0, 14.0));
            paint_icon(&painter, Icon::Flag, flag, label.mark);
            x += width + 2.0;
        }
        let hit = Rect::from_center_size(pos2(rect.left() + 240.0, y + 40.0), vec2(14.0, 14.0));
        paint_icon(&painter, Icon::HitPoint, hit, t.hit_point);
        self.slots(ui, rect, y + 60.0);
        let x = (rect.left() + 260.0).round();
        painter.vline(x, ruler.top()..=rect.bottom(), Stroke::new(1.0, t.playhead));
    }

    fn slots(&mut self, ui: &mut Ui, rect: Rect, y: f32) {
        let t = tokens(ui);
        let painter = ui.painter().clone();
        let playhead = rect.left() + 260.0;
        for (index, (from, to, height)) in [
            (20.0, 460.0, 88.0),
            (20.0, 300.0, 44.0),
            (310.0, 560.0, 44.0),
        ]
        .into_iter()
        .enumerate()
        {
            let top = if index == 0 { y } else { y + 96.0 };
            let slot = Rect::from_min_max(
                pos2(rect.left() + from, top),
                pos2(rect.left() + to, top + height),
            );
            painter.rect_filled(slot, CornerRadius::same(size::RADIUS), t.slot_fill);
            let wave = slot.shrink2(vec2(1.0, 0.0)).with_min_y(slot.top() + 18.0);
            let columns = song(index as u64 + 3, 1600);
            let cache = self.caches.entry(100 + index as u64).or_default();
            let mut picture = Waveform::new(&columns, index as u64).fades(Fades {
                fade_in: 30.0,
                fade_out: 70.0,
            });
            if index == 0 {
                picture = picture.played_to(playhead);
            }
            picture.paint(&painter, wave, cache);
            let outline = if index == 0 {
                t.slot_selected
            } else {
                t.slot_outline
            };
            painter.rect_stroke(
                slot,
                CornerRadius::same(size::RADIUS),
                Stroke::new(1.0, outline),
                StrokeKind::Inside,
            );
            let name = slot.with_max_y(slot.top() + 18.0).shrink2(vec2(8.0, 0.0));
            paint_elided(
                &painter,
                name,
                TRACKS[index].0,
                type_style::small(),
                t.text,
                Align::Min,
            );
        }
        let guide = Rect::from_min_max(pos2(rect.left(), y + 160.0), pos2(rect.right(), y + 200.0));
        Waveform::paint_unknown(&painter, guide);
        for (index, (ghost, words)) in [
            (t.ghost_ok, "Coastline at 10:02:14:00"),
            (t.ghost_refused, "Scene 14 is locked"),
        ]
        .into_iter()
        .enumerate()
        {
            let slot = Rect::from_min_size(
                pos2(rect.left() + 20.0 + index as f32 * 220.0, y + 210.0),
                vec2(200.0, 44.0),
            );
            painter.rect(
                slot,
                CornerRadius::same(size::RADIUS),
                t.soft(ghost),
                Stroke::new(1.0, ghost),
                StrokeKind::Inside,
            );
            paint_elided(
                &painter,
                slot.shrink(8.0),
                words,
                type_style::small(),
                t.text,
                Align::Min,
            );
        }
    }
}

fn transport(ui: &mut Ui) {
    let t = tokens(ui);
    ui.horizontal(|ui| {
        ui.add(IconButton::new(Icon::SkipBack, "To scene start").side(size::HEADER));
        ui.add(
            IconButton::new(Icon::Play, "Play")
                .side(size::HEADER)
                .shortcut("Space"),
        );
        ui.add(
            IconButton::new(Icon::Loop, "Loop scene")
                .side(size::HEADER)
                .switch(Switch::On),
        );
        ui.add_space(8.0);
        ui.label(egui::RichText::new("10:02:13:07").font(type_style::timecode_large()));
        ui.add_space(12.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.label(egui::RichText::new("Coastline → 12").font(type_style::strong()));
            let next = "alternate 1 of 3 · next touch in 00:03:11";
            ui.label(
                egui::RichText::new(next)
                    .font(type_style::small())
                    .color(t.weak),
            );
        });
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            ui.add(IconButton::new(Icon::Speaker, "Sound").switch(Switch::Off));
            Meter::new("Level", &[-14.0, -11.0]).held(-4.0).show(ui);
            ui.add(IconButton::new(Icon::Headphones, "Guide").switch(Switch::On));
            DragNumber::gain("Guide level", -12.0).show(ui);
        });
    });
}

fn track_row(
    ui: &mut Ui,
    rect: Rect,
    index: usize,
    title: &str,
    artist: &str,
    secs: i64,
    caches: &mut BTreeMap<u64, WaveformCache>,
) {
    let t = tokens(ui);
    let painter = ui.painter().clone();
    let inner = rect.shrink2(vec2(12.0, 4.0));
    let line = inner.with_max_y(inner.top() + 18.0);
    let words = line.with_max_x(line.right() - 40.0);
    let name = paint_elided(
        &painter,
        words,
        title,
        type_style::strong(),
        t.text,
        Align::Min,
    );
    paint_elided(
        &painter,
        words.with_min_x(name.rect.right() + 8.0),
        artist,
        type_style::body(),
        t.weak,
        Align::Min,
    );
    let length = length_text(Ticks::from_secs(secs));
    paint_elided(
        &painter,
        line,
        &length,
        type_style::body(),
        t.weak,
        Align::Max,
    );
    let wave = inner.with_min_y(line.bottom());
    if index == 5 {
        Waveform::paint_unknown(&painter, wave);
    } else {
        let columns = song(index as u64, 300);
        let cache = caches.entry(index as u64).or_default();
        let mut picture = Waveform::new(&columns, index as u64);
        if index == 0 {
            picture = picture.played_to(wave.left() + 120.0);
        }
        picture.paint(&painter, wave, cache);
    }
}

fn inspector(ui: &mut Ui) {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.label(egui::RichText::new("Slot on 12").font(type_style::title()));
    elided_label(
        ui,
        "INT. BEACH HUT, and she stays although everyone has left",
        type_style::body(),
        t.weak,
    );
    let base = Timebase::non_drop(FrameRate::F25);
    Section::new("Timing").show(ui, |ui| {
        egui::Grid::new("timing")
            .num_columns(2)
            .spacing(vec2(12.0, 6.0))
            .show(ui, |ui| {
                ui.weak("In");
                let start = Frames::new(10 * 3600 * 25);
                TimecodeField::position("In", base, start, Ticks::from_secs(130)).show(ui);
                ui.end_row();
                ui.weak("Length");
                TimecodeField::length("Length", base, Ticks::from_secs(32)).show(ui);
                ui.end_row();
                ui.weak("Gain");
                DragNumber::gain("Gain", -3.5).show(ui);
                ui.end_row();
                ui.weak("Fade in");
                DragNumber::new("Fade in", 0.0, 0.0..=10.0)
                    .unit("s")
                    .show(ui);
                ui.end_row();
            });
    });
    Section::new("Intent").show(ui, |ui| {
        TextField::new("What it should feel like", "Warm, a little unsure")
            .rows(2)
            .show(ui);
        let tags = [
            "warm".to_owned(),
            "first touch".to_owned(),
            "night".to_owned(),
        ];
        TagEditor::new("Tags", &tags).show(ui);
    });
    Section::new("Alternates")
        .count(3)
        .folded()
        .show(ui, |ui| ui.label("hidden"));
    Section::new("Clearance").show(ui, |ui| {
        choice(ui, "State", &[(0, "Approved"), (1, "Asked")], 0);
        ui.horizontal(|ui| {
            ui.add(TextButton::new("Send request…").icon(Icon::Link));
            ui.add(TextButton::new("Clear").quiet());
        });
    });
}

/// Columns that look like a song: verses, choruses, a kick on every beat.
pub(crate) fn song(seed: u64, count: usize) -> Vec<WaveColumn> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1_u64 << 24) as f32
    };
    (0..count)
        .map(|index| {
            let at = index as f32 / count as f32;
            let part = ((at * 8.0 + seed as f32) as usize) % 4;
            let loud = [0.35, 0.6, 0.9, 0.5][part] * (1.0 - (at * 2.0 - 1.0).powi(8));
            let beat = 1.0 - (index as f32 * 0.17).fract();
            let peak = loud * (0.55 + 0.45 * beat * random());
            WaveColumn {
                min: -peak * (0.85 + 0.15 * random()),
                max: peak,
                rms: peak * (0.35 + 0.2 * random()),
                low: beat * loud,
                mid: [0.8, 0.5, 0.6, 0.9][part] * (0.4 + 0.6 * random()),
                high: [0.1, 0.3, 0.7, 0.2][part] * random(),
            }
        })
        .collect()
}
