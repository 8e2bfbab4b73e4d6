//! The program's icons, painted as shapes: crisp at every scale, and no font can lack them.

mod shapes;

use egui::Color32;
use egui::Painter;
use egui::Pos2;
use egui::Rect;
use egui::Shape;
use egui::Stroke;
use egui::pos2;
use egui::vec2;

use shapes::Part;

/// The grid that icons are drawn on: 16 by 16.
const GRID: f32 = 16.0;
/// The width of a line on that grid.
const LINE: f32 = 1.4;

/// The radius of a line's round end, in widths of the line: a little under a half, because a small
/// disc is smoothed outwards on all sides and would stand out as a knob.
const CAP: f32 = 0.4;

/// A small picture with one meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Icon {
    /// Begin or resume playing.
    Play,
    /// Hold playing.
    Pause,
    /// End playing.
    Stop,
    /// Play over and over.
    Loop,
    /// To the previous one, or to the beginning.
    SkipBack,
    /// To the next one, or to the end.
    SkipForward,
    /// Sound is on.
    Speaker,
    /// Sound is off.
    Mute,
    /// Add.
    Plus,
    /// A folder of files.
    Folder,
    /// Search.
    Search,
    /// Close, remove, clear.
    Close,
    /// Closed section, next level.
    ChevronRight,
    /// Open section, drop-down.
    ChevronDown,
    /// Previous level.
    ChevronLeft,
    /// Fold away.
    ChevronUp,
    /// A marker.
    Flag,
    /// A hit point.
    HitPoint,
    /// A moment of the music tied to a moment of the picture.
    Pin,
    /// A scene.
    Scene,
    /// Music.
    Note,
    /// Sound as a picture.
    Waveform,
    /// Look at this.
    Warning,
    /// This failed.
    Error,
    /// Worth knowing.
    Info,
    /// Done, approved, chosen.
    Check,
    /// Cannot be changed.
    Lock,
    /// Tied together.
    Link,
    /// Settings.
    Settings,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// The people of the show.
    People,
    /// The guide: the cut's own sound.
    Headphones,
    /// Can be dragged by this.
    Handle,
    /// Shown.
    Eye,
    /// Hidden.
    EyeOff,
    /// A favourite.
    Star,
    /// More commands.
    More,
    /// Delete.
    Trash,
    /// Rows in columns.
    Table,
}

impl Icon {
    /// All of them.
    pub const ALL: [Self; 40] = [
        Self::Play,
        Self::Pause,
        Self::Stop,
        Self::Loop,
        Self::SkipBack,
        Self::SkipForward,
        Self::Speaker,
        Self::Mute,
        Self::Plus,
        Self::Folder,
        Self::Search,
        Self::Close,
        Self::ChevronRight,
        Self::ChevronDown,
        Self::ChevronLeft,
        Self::ChevronUp,
        Self::Flag,
        Self::HitPoint,
        Self::Pin,
        Self::Scene,
        Self::Note,
        Self::Waveform,
        Self::Warning,
        Self::Error,
        Self::Info,
        Self::Check,
        Self::Lock,
        Self::Link,
        Self::Settings,
        Self::Undo,
        Self::Redo,
        Self::People,
        Self::Headphones,
        Self::Handle,
        Self::Eye,
        Self::EyeOff,
        Self::Star,
        Self::More,
        Self::Trash,
        Self::Table,
    ];
}

/// Paints `icon` into the largest square in the middle of `rect`.
pub fn paint_icon(painter: &Painter, icon: Icon, rect: Rect, color: Color32) {
    let pixels_per_point = painter.pixels_per_point();
    let side = rect.width().min(rect.height());
    let scale = side / GRID;
    let corner = rect.center() - vec2(side, side) / 2.0;
    // The grid begins on a pixel, so that upright and level edges stay sharp.
    let snap = |value: f32| (value * pixels_per_point).round() / pixels_per_point;
    let origin = pos2(snap(corner.x), snap(corner.y));
    let at = |&(x, y): &(f32, f32)| origin + vec2(x, y) * scale;
    let stroke = Stroke::new((LINE * scale).max(1.0), color);
    for part in shapes::parts(icon) {
        match part {
            Part::Line(points) => {
                let points: Vec<Pos2> = points.iter().map(at).collect();
                let ends = [points.first().copied(), points.last().copied()];
                painter.add(Shape::line(points, stroke));
                for end in ends.into_iter().flatten() {
                    painter.circle_filled(end, stroke.width * CAP, color);
                }
            }
            Part::Outline(points) => {
                let points = points.iter().map(at).collect();
                painter.add(Shape::closed_line(points, stroke));
            }
            Part::Fill(points) => {
                let points = points.iter().map(at).collect();
                painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
            }
            Part::Bar(min, max) => {
                let bar = Rect::from_min_max(at(min), at(max));
                let snapped = Rect::from_min_max(
                    pos2(snap(bar.min.x), snap(bar.min.y)),
                    pos2(snap(bar.max.x), snap(bar.max.y)),
                );
                painter.rect_filled(snapped, 0.0, color);
            }
            Part::Ring(center, radius) => {
                painter.circle_stroke(at(center), radius * scale, stroke);
            }
            Part::Dot(center, radius) => {
                painter.circle_filled(at(center), radius * scale, color);
            }
            Part::Arc(center, radius, from, to) => {
                let arc = arc_points(at(center), radius * scale, *from, *to);
                painter.add(Shape::line(arc, stroke));
            }
        }
    }
}

/// Points along an arc, clockwise from `from` to `to` in degrees, zero being three o'clock.
fn arc_points(center: Pos2, radius: f32, from: f32, to: f32) -> Vec<Pos2> {
    let steps = (((to - from).abs() / 12.0).ceil() as usize).max(2);
    (0..=steps)
        .map(|step| {
            let angle = (from + (to - from) * step as f32 / steps as f32).to_radians();
            center + radius * vec2(angle.cos(), angle.sin())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_shapes_and_none_shares_them() {
        for (index, icon) in Icon::ALL.iter().enumerate() {
            let parts = shapes::parts(*icon);
            assert!(!parts.is_empty(), "{icon:?}");
            for other in &Icon::ALL[..index] {
                assert!(shapes::parts(*other) != parts, "{icon:?} is {other:?}");
            }
        }
    }

    #[test]
    fn every_shape_stays_on_the_grid() {
        let inside = |&(x, y): &(f32, f32)| (0.0..=GRID).contains(&x) && (0.0..=GRID).contains(&y);
        for icon in Icon::ALL {
            for part in shapes::parts(icon) {
                let all_inside = match part {
                    Part::Line(points) | Part::Outline(points) | Part::Fill(points) => {
                        points.iter().all(inside)
                    }
                    Part::Bar(min, max) => inside(min) && inside(max),
                    Part::Ring((x, y), r) | Part::Dot((x, y), r) => {
                        inside(&(x - r, y - r)) && inside(&(x + r, y + r))
                    }
                    Part::Arc(center, radius, ..) => inside(center) && *radius < GRID,
                };
                assert!(all_inside, "{icon:?} {part:?}");
            }
        }
    }
}
