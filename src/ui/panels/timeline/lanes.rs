//! The lanes of the timeline, one below the other, and how they share the height there is.

mod alternates;
mod edges;
mod guide;
mod lyrics;
mod markers;
mod marks;
mod music;
mod ruler;
mod scenes;
mod sound;

use egui::Pos2;
use egui::Rect;
use egui::pos2;

pub(super) use alternates::alternates_ui;
pub(super) use guide::guide_ui;
pub(super) use lyrics::lyrics_ui;
pub(super) use markers::markers_ui;
pub(super) use music::music_ui;
pub(super) use ruler::ruler_ui;
pub(super) use scenes::scenes_ui;

/// Height of the ruler.
const RULER: f32 = 28.0;
/// Height of the only row of scenes, and of each where there are several.
const SCENES: f32 = 40.0;
const SCENES_EACH: f32 = 28.0;
/// Height of the markers with two lines of labels.
const MARKERS: f32 = 48.0;
/// Height of the words that are sung, in two lines.
const LYRICS: f32 = 36.0;
/// Height of the strip that shows the whole cut.
const OVERVIEW: f32 = 26.0;
/// Width of the names of the lanes.
const NAMES: f32 = 72.0;
/// Height of a row of an alternate.
pub(super) const ALTERNATE_ROW: f32 = 28.0;
/// The most rows of alternates that are shown at once.
const MOST_ALTERNATES: usize = 9;

/// Where the lanes are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lanes {
    /// The names of the lanes, left of them.
    pub(super) names: Rect,
    /// All lanes from the ruler to the guide, without their names.
    pub(super) content: Rect,
    pub(super) ruler: Rect,
    pub(super) scenes: Rect,
    pub(super) markers: Rect,
    pub(super) music: Rect,
    pub(super) alternates: Rect,
    pub(super) lyrics: Rect,
    pub(super) guide: Rect,
    /// The strip that shows the whole cut.
    pub(super) overview: Rect,
}

/// How high the lanes of music, alternates and guide are, of `height` for the three: each has a
/// least height, and grows in turn.
fn heights(height: f32, slot_rows: f32, n_alternates: f32) -> [f32; 3] {
    const MUSIC: usize = 0;
    const ALTERNATES: usize = 1;
    const GUIDE: usize = 2;
    let mut heights = [64.0 * slot_rows, 2.0 * 24.0, 28.0];
    let mut free = (height - heights.iter().sum::<f32>()).max(0.0);
    for (lane, most) in [
        (MUSIC, 88.0 * slot_rows),
        (ALTERNATES, n_alternates * ALTERNATE_ROW),
        (GUIDE, 48.0),
        (MUSIC, 132.0 * slot_rows),
        (GUIDE, 80.0),
        (MUSIC, 220.0 * slot_rows),
        (GUIDE, 140.0),
        (MUSIC, 420.0 * slot_rows),
    ] {
        if let Some(lane) = heights.get_mut(lane) {
            let more = (most - *lane).clamp(0.0, free);
            *lane += more;
            free -= more;
        }
    }
    heights
}

/// What wants room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_field_names,
    reason = "they are all numbers of something"
)]
pub(super) struct Wants {
    pub(super) n_scene_rows: usize,
    pub(super) n_slot_rows: usize,
    pub(super) n_alternates: usize,
}

impl Lanes {
    /// Shares `area` out: music first, then alternates, then the guide.
    pub(super) fn arrange(area: Rect, wants: Wants) -> Self {
        let scenes = match wants.n_scene_rows {
            0 | 1 => SCENES,
            rows => SCENES_EACH * rows as f32,
        };
        let slot_rows = wants.n_slot_rows.max(1) as f32;
        let rows = wants.n_alternates.clamp(2, MOST_ALTERNATES) as f32;
        let [music, alternates, guide] = heights(
            area.height() - RULER - scenes - MARKERS - LYRICS - OVERVIEW,
            slot_rows,
            rows,
        );
        let left = area.left() + NAMES;
        let mut y = area.top();
        let mut next = |height: f32| {
            let rect = Rect::from_min_max(pos2(left, y), pos2(area.right(), y + height));
            y += height;
            rect
        };
        let ruler = next(RULER);
        let scenes = next(scenes);
        let markers = next(MARKERS);
        let music = next(music);
        let alternates = next(alternates);
        let lyrics = next(LYRICS);
        let guide = next(guide);
        let overview_top = area.bottom() - OVERVIEW;
        // The empty rest belongs to the content, so that the playhead runs through it.
        let bottom = overview_top.max(ruler.bottom());
        Self {
            names: Rect::from_min_max(area.left_top(), pos2(left, bottom)),
            content: Rect::from_min_max(ruler.left_top(), pos2(area.right(), bottom)),
            ruler,
            scenes,
            markers,
            music,
            alternates,
            lyrics,
            guide,
            overview: Rect::from_min_max(pos2(left, overview_top), area.right_bottom()),
        }
    }

    /// How wide the lanes are.
    pub(super) fn width(&self) -> f32 {
        self.content.width().max(1.0)
    }

    /// Everything below the ruler.
    pub(super) fn below_ruler(&self) -> Rect {
        let mut rect = self.content;
        rect.min.y = self.ruler.bottom();
        rect
    }

    /// Whether `pos` is on a lane.
    pub(super) fn contains(&self, pos: Pos2) -> bool {
        self.content.contains(pos)
    }

    /// The lanes that have names, with them, from the top.
    pub(super) fn named(&self) -> [(Rect, &'static str); 6] {
        [
            (self.scenes, "Scenes"),
            (self.markers, "Markers"),
            (self.music, "Music"),
            (self.alternates, "Alternates"),
            (self.lyrics, "Lyrics"),
            (self.guide, "Guide"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTS: Wants = Wants {
        n_scene_rows: 1,
        n_slot_rows: 1,
        n_alternates: 3,
    };

    #[test]
    fn lanes_follow_each_other_without_gaps_at_every_height() {
        for height in [300.0, 420.0, 560.0, 900.0, 1400.0] {
            let area = Rect::from_min_max(pos2(0.0, 0.0), pos2(800.0, height));
            let lanes = Lanes::arrange(area, WANTS);
            let named = lanes.named();
            for pair in named.windows(2) {
                assert!((pair[0].0.bottom() - pair[1].0.top()).abs() < 0.01);
            }
        }
    }

    #[test]
    fn the_smallest_window_shows_every_lane() {
        // 640 points less menus, transport and header.
        let area = Rect::from_min_max(pos2(0.0, 0.0), pos2(520.0, 500.0));
        let lanes = Lanes::arrange(area, WANTS);
        assert!(lanes.guide.bottom() <= lanes.overview.top());
        assert!(lanes.music.height() >= 80.0);
    }
}
