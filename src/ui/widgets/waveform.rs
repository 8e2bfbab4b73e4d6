//! A waveform, as a picture: three bands in color, what has been played brighter.

use std::sync::Arc;

use egui::Mesh;
use egui::Painter;
use egui::Rect;
use egui::Shape;
use egui::Stroke;
use egui::Theme;
use egui::epaint::WHITE_UV;
use egui::pos2;
use egui::vec2;

use super::waveform_mesh::Fades;
use super::waveform_mesh::Look;
use super::waveform_mesh::WaveColumn;
use super::waveform_mesh::wave_mesh;
use crate::ui::theme::Tokens;
use crate::ui::theme::tokens;

/// Between two dots of the line that stands for a waveform nobody has yet.
const DOT_SPACING: f32 = 4.0;

/// What a waveform was last drawn as. Keep one for each waveform on the screen; it is drawn anew
/// only when something about it changes, and a moving playhead changes nothing.
#[derive(Clone, Debug, Default)]
pub struct WaveformCache {
    drawn: Option<Drawn>,
}

#[derive(Clone, Debug)]
struct Drawn {
    key: Key,
    ahead: Arc<Mesh>,
    /// The same in the brighter colors, once it was needed.
    behind: Option<Arc<Mesh>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    version: u64,
    count: usize,
    rect: Rect,
    fades: Fades,
    gain: f32,
    pixels_per_point: f32,
    theme: Theme,
}

/// Columns to be painted.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `paint`"]
pub struct Waveform<'a> {
    columns: &'a [WaveColumn],
    version: u64,
    played_to: Option<f32>,
    fades: Fades,
    gain: f32,
}

impl<'a> Waveform<'a> {
    /// Columns that are spread over the whole rectangle. `version` tells columns apart from what
    /// the cache holds: another content, zoom or range needs another number.
    pub fn new(columns: &'a [WaveColumn], version: u64) -> Self {
        Self {
            columns,
            version,
            played_to: None,
            fades: Fades::default(),
            gain: 1.0,
        }
    }

    /// What lies left of this `x` on the screen has been played.
    pub fn played_to(mut self, x: f32) -> Self {
        self.played_to = Some(x);
        self
    }

    /// Fades at the ends, which shape the waveform and are drawn as a line.
    pub fn fades(mut self, fades: Fades) -> Self {
        self.fades = fades;
        self
    }

    /// A factor that amplitudes are multiplied by.
    pub fn gain(mut self, factor: f32) -> Self {
        self.gain = factor;
        self
    }

    /// Paints the waveform into `rect`.
    pub fn paint(&self, painter: &Painter, rect: Rect, cache: &mut WaveformCache) {
        let visible = painter.clip_rect().intersect(rect);
        if !visible.is_positive() {
            return;
        }
        let tokens = tokens(painter.ctx());
        let pixels_per_point = painter.pixels_per_point();
        let key = Key {
            version: self.version,
            count: self.columns.len(),
            rect,
            fades: self.fades,
            gain: self.gain,
            pixels_per_point,
            theme: tokens.theme,
        };
        let fresh = cache.drawn.take().filter(|drawn| drawn.key == key);
        let mut drawn = fresh.unwrap_or_else(|| Drawn {
            key,
            ahead: Arc::new(self.mesh(rect, tokens, pixels_per_point, Part::Ahead)),
            behind: None,
        });
        match self.played_to {
            Some(x) if x > rect.left() => {
                let behind = drawn.behind.get_or_insert_with(|| {
                    Arc::new(self.mesh(rect, tokens, pixels_per_point, Part::Behind))
                });
                let split = (x * pixels_per_point).round() / pixels_per_point;
                let left = rect.with_max_x(split.min(rect.right()));
                painter
                    .with_clip_rect(visible.intersect(left))
                    .add(Shape::Mesh(Arc::clone(behind)));
                if split < rect.right() {
                    painter
                        .with_clip_rect(visible.intersect(rect.with_min_x(split)))
                        .add(Shape::Mesh(Arc::clone(&drawn.ahead)));
                }
            }
            _ => {
                painter
                    .with_clip_rect(visible)
                    .add(Shape::Mesh(Arc::clone(&drawn.ahead)));
            }
        }
        self.paint_fades(painter, rect, tokens);
        cache.drawn = Some(drawn);
    }

    /// Paints a dotted line where the waveform is not known yet.
    pub fn paint_unknown(painter: &Painter, rect: Rect) {
        let visible = painter.clip_rect().intersect(rect);
        if !visible.is_positive() {
            return;
        }
        let color = tokens(painter.ctx()).faint;
        let pixel = 1.0 / painter.pixels_per_point();
        let y = (rect.center().y / pixel).floor() * pixel;
        let first = ((visible.left() - rect.left()) / DOT_SPACING)
            .floor()
            .max(0.0);
        let mut mesh = Mesh::default();
        let mut x = rect.left() + first * DOT_SPACING;
        while x < visible.right() {
            let dot = Rect::from_min_size(pos2(x, y), vec2(1.0, pixel.max(1.0)));
            mesh.add_rect_with_uv(dot, Rect::from_min_max(WHITE_UV, WHITE_UV), color);
            x += DOT_SPACING;
        }
        painter.with_clip_rect(visible).add(Shape::mesh(mesh));
    }

    fn mesh(&self, rect: Rect, tokens: &Tokens, pixels_per_point: f32, part: Part) -> Mesh {
        let look = Look {
            colors: match part {
                Part::Ahead => tokens.wave,
                Part::Behind => tokens.wave_played,
            },
            fades: self.fades,
            gain: self.gain,
            pixels_per_point,
        };
        wave_mesh(rect, self.columns, &look)
    }

    fn paint_fades(&self, painter: &Painter, rect: Rect, tokens: &Tokens) {
        let Fades { fade_in, fade_out } = self.fades;
        let stroke = Stroke::new(1.0, tokens.weak);
        let curve = |from: f32, to: f32| -> Vec<egui::Pos2> {
            (0..=16)
                .map(|step| {
                    let x = from + (to - from) * step as f32 / 16.0;
                    let gain = self.fades.gain_at(x - rect.left(), rect.width());
                    pos2(x, rect.bottom() - gain * (rect.height() - 1.0) - 0.5)
                })
                .collect()
        };
        let clipped = painter.with_clip_rect(painter.clip_rect().intersect(rect));
        if fade_in > 1.0 {
            clipped.line(curve(rect.left(), rect.left() + fade_in), stroke);
        }
        if fade_out > 1.0 {
            clipped.line(curve(rect.right() - fade_out, rect.right()), stroke);
        }
    }
}

#[derive(Clone, Copy)]
enum Part {
    Ahead,
    Behind,
}
