//! Turns the columns of a waveform into one mesh.
//!
//! The mesh has one strip of vertices for each column of physical pixels, so it is crisp at every
//! zoom and scale. A strip goes from a faint peak through the fuller body of the RMS and out again,
//! and fades over half a pixel at both ends, because egui smooths no edges of meshes.

use egui::Color32;
use egui::Mesh;
use egui::Pos2;
use egui::Rect;
use egui::epaint::Vertex;
use egui::epaint::WHITE_UV;
use egui::pos2;

use crate::ui::theme::WaveColors;

/// What sounds during one column of a waveform.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WaveColumn {
    /// The lowest sample, from −1 to 1.
    pub min: f32,
    /// The highest sample, from −1 to 1.
    pub max: f32,
    /// The root mean square, from 0 to 1.
    pub rms: f32,
    /// The energy of the low band, from 0 to 1.
    pub low: f32,
    /// The energy of the middle band, from 0 to 1.
    pub mid: f32,
    /// The energy of the high band, from 0 to 1.
    pub high: f32,
}

/// How long the fades at both ends of a waveform are, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fades {
    /// From silence, at the left.
    pub fade_in: f32,
    /// To silence, at the right.
    pub fade_out: f32,
}

impl Fades {
    /// How loud it is at `x` points from the left of `width`: equal power, as it is heard.
    pub(super) fn gain_at(self, x: f32, width: f32) -> f32 {
        let ramp = |passed: f32, length: f32| {
            if length > 0.0 {
                (passed / length).clamp(0.0, 1.0)
            } else {
                1.0
            }
        };
        let linear = ramp(x, self.fade_in).min(ramp(width - x, self.fade_out));
        (linear * std::f32::consts::FRAC_PI_2).sin()
    }
}

/// How columns are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) colors: WaveColors,
    pub(super) fades: Fades,
    /// What amplitudes are multiplied by.
    pub(super) gain: f32,
    pub(super) pixels_per_point: f32,
}

/// How opaque the peaks are, beside the body.
const PEAK_OPACITY: f32 = 0.5;
/// Vertices from the top of a strip to its bottom.
const STRIP: u32 = 6;

/// Draws `columns` over the whole of `rect`.
pub(super) fn wave_mesh(rect: Rect, columns: &[WaveColumn], look: &Look) -> Mesh {
    let mut mesh = Mesh::default();
    let strips = (rect.width() * look.pixels_per_point).round() as usize;
    if columns.is_empty() || strips == 0 {
        return mesh;
    }
    mesh.reserve_vertices((strips + 2) * STRIP as usize);
    mesh.reserve_triangles((strips + 1) * 2 * (STRIP as usize - 1));
    let pixel = 1.0 / look.pixels_per_point;
    let middle = ((rect.center().y * look.pixels_per_point).floor() + 0.5) * pixel;
    let canvas = Canvas {
        middle,
        half: (rect.height() / 2.0 - pixel).max(pixel),
        pixel,
    };
    for strip in 0..strips {
        let column = column_at(columns, strip, strips);
        let x = rect.left() + (strip as f32 + 0.5) * pixel;
        let gain = look.gain * look.fades.gain_at(x - rect.left(), rect.width());
        let color = mixed(&look.colors, &column);
        if strip == 0 {
            canvas.push_strip(&mut mesh, rect.left(), &column, gain, color);
        }
        canvas.push_strip(&mut mesh, x, &column, gain, color);
        if strip + 1 == strips {
            canvas.push_strip(&mut mesh, rect.right(), &column, gain, color);
        }
    }
    let strips_drawn = mesh.vertices.len() as u32 / STRIP;
    for strip in 1..strips_drawn {
        let (left, right) = ((strip - 1) * STRIP, strip * STRIP);
        for row in 0..STRIP - 1 {
            mesh.add_triangle(left + row, right + row, left + row + 1);
            mesh.add_triangle(left + row + 1, right + row, right + row + 1);
        }
    }
    mesh
}

/// Where amplitudes are on the screen.
struct Canvas {
    middle: f32,
    half: f32,
    pixel: f32,
}

impl Canvas {
    fn push_strip(&self, mesh: &mut Mesh, x: f32, column: &WaveColumn, gain: f32, color: Color32) {
        let y = |amplitude: f32| self.middle - (amplitude * gain).clamp(-1.0, 1.0) * self.half;
        // Silence is still a line of one pixel.
        let top = y(column.max).min(self.middle - self.pixel / 2.0);
        let bottom = y(column.min).max(self.middle + self.pixel / 2.0);
        // A sine's RMS is 0.7 of its peak; music's is far lower, so the body is drawn a little up.
        let body_top = y(column.rms * 1.2).clamp(top, self.middle);
        let body_bottom = y(-column.rms * 1.2).clamp(self.middle, bottom);
        let peak = color.gamma_multiply(PEAK_OPACITY);
        for (y, color) in [
            (top - self.pixel / 2.0, Color32::TRANSPARENT),
            (top + self.pixel / 2.0, peak),
            (body_top, color),
            (body_bottom, color),
            (bottom - self.pixel / 2.0, peak),
            (bottom + self.pixel / 2.0, Color32::TRANSPARENT),
        ] {
            mesh.vertices.push(vertex(pos2(x, y), color));
        }
    }
}

fn vertex(pos: Pos2, color: Color32) -> Vertex {
    Vertex {
        pos,
        uv: WHITE_UV,
        color,
    }
}

/// What to draw in one strip: the extremes of the columns under it, or, zoomed in, what lies
/// between two columns.
fn column_at(columns: &[WaveColumn], strip: usize, strips: usize) -> WaveColumn {
    let from = strip * columns.len() / strips;
    let to = ((strip + 1) * columns.len() / strips).max(from + 1);
    if columns.len() >= strips {
        let under = &columns[from..to.min(columns.len())];
        let sum = under
            .iter()
            .skip(1)
            .fold(under[0], |sum, column| WaveColumn {
                min: sum.min.min(column.min),
                max: sum.max.max(column.max),
                rms: sum.rms + column.rms,
                low: sum.low + column.low,
                mid: sum.mid + column.mid,
                high: sum.high + column.high,
            });
        let share = 1.0 / under.len() as f32;
        return WaveColumn {
            rms: sum.rms * share,
            low: sum.low * share,
            mid: sum.mid * share,
            high: sum.high * share,
            ..sum
        };
    }
    let at = (strip as f32 + 0.5) * columns.len() as f32 / strips as f32 - 0.5;
    let before = at.max(0.0) as usize;
    let after = (before + 1).min(columns.len() - 1);
    let (a, b) = (&columns[before], &columns[after]);
    let t = (at - before as f32).clamp(0.0, 1.0);
    let between = |a: f32, b: f32| a + (b - a) * t;
    WaveColumn {
        min: between(a.min, b.min),
        max: between(a.max, b.max),
        rms: between(a.rms, b.rms),
        low: between(a.low, b.low),
        mid: between(a.mid, b.mid),
        high: between(a.high, b.high),
    }
}

/// The color of what sounds: each band's by its share of the energy, the leading band favoured so
/// that colors stay clear.
fn mixed(colors: &WaveColors, column: &WaveColumn) -> Color32 {
    let weights = [column.low, column.mid, column.high].map(|energy| energy.max(0.0).powi(2));
    let sum: f32 = weights.iter().sum();
    if sum <= f32::EPSILON {
        return colors.mid;
    }
    let bands = [colors.low, colors.mid, colors.high];
    let channel = |index: usize| {
        let value: f32 = bands
            .iter()
            .zip(weights)
            .map(|(band, weight)| f32::from(band.to_array()[index]) * weight)
            .sum();
        (value / sum).round() as u8
    };
    Color32::from_rgb(channel(0), channel(1), channel(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED_GREEN_BLUE: WaveColors = WaveColors {
        low: Color32::RED,
        mid: Color32::GREEN,
        high: Color32::BLUE,
    };

    fn look() -> Look {
        Look {
            colors: RED_GREEN_BLUE,
            fades: Fades::default(),
            gain: 1.0,
            pixels_per_point: 1.0,
        }
    }

    fn rect() -> Rect {
        Rect::from_min_max(pos2(10.0, 20.0), pos2(110.0, 60.0))
    }

    fn loud() -> WaveColumn {
        WaveColumn {
            min: -1.0,
            max: 1.0,
            rms: 0.3,
            low: 1.0,
            ..WaveColumn::default()
        }
    }

    /// How far from the middle line the mesh reaches at `x`.
    fn reach(mesh: &Mesh, x: f32) -> f32 {
        mesh.vertices
            .iter()
            .filter(|vertex| (vertex.pos.x - x).abs() < 0.1)
            .map(|vertex| (vertex.pos.y - rect().center().y).abs())
            .fold(0.0, f32::max)
    }

    #[test]
    fn a_waveform_fills_its_rectangle_and_never_leaves_it() {
        let mesh = wave_mesh(rect(), &[loud(); 7], &look());
        let bounds = mesh.calc_bounds();
        assert!(rect().expand(0.01).contains_rect(bounds), "{bounds:?}");
        assert!(
            bounds.width() > 99.9 && bounds.height() > 37.0,
            "{bounds:?}"
        );
    }

    #[test]
    fn a_click_between_two_pixels_is_not_lost() {
        let mut columns = vec![WaveColumn::default(); 1000];
        columns[555] = loud();
        let mesh = wave_mesh(rect(), &columns, &look());
        assert!(reach(&mesh, 10.0 + 55.5) > 15.0);
        assert!(reach(&mesh, 10.0 + 50.5) < 2.0);
    }

    #[test]
    fn twice_the_pixels_have_twice_the_strips() {
        let count = |pixels_per_point| {
            let look = Look {
                pixels_per_point,
                ..look()
            };
            wave_mesh(rect(), &[loud(); 100], &look).vertices.len() / STRIP as usize
        };
        assert_eq!(count(1.0), 102);
        assert_eq!(count(2.0), 202);
    }

    #[test]
    fn a_fade_begins_in_silence() {
        let fades = Fades {
            fade_in: 50.0,
            fade_out: 0.0,
        };
        let look = Look { fades, ..look() };
        let mesh = wave_mesh(rect(), &[loud(); 100], &look);
        assert!(reach(&mesh, 10.5) < 2.0);
        assert!(reach(&mesh, 80.5) > 15.0);
    }

    #[test]
    fn bass_has_the_color_of_the_low_band() {
        assert_eq!(mixed(&RED_GREEN_BLUE, &loud()), Color32::RED);
    }

    #[test]
    fn no_columns_make_no_mesh() {
        assert!(wave_mesh(rect(), &[], &look()).is_empty());
    }
}
