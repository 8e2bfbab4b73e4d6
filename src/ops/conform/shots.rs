//! The shots that are seen: a picture's tracks laid over each other, with the gaps between.

use std::collections::BTreeMap;

use super::names::Identity;
use crate::model::Picture;
use crate::model::PictureEdit;
use crate::model::Speed;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// A stretch of one source, or of nothing, as it is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shot {
    /// Where it is seen.
    pub(super) record: TickSpan,
    /// The stretch of the source that is seen there, where it is known.
    pub(super) source: Option<TickSpan>,
    /// How fast it runs.
    pub(super) speed: Speed,
    /// What it was taken from.
    pub(super) identity: Identity,
    /// What people call it; empty for a gap.
    pub(super) name: String,
    /// Whether nothing is seen: black, or nothing in the list.
    pub(super) is_gap: bool,
}

impl Shot {
    fn is_backwards(&self) -> bool {
        self.speed < Speed::STILL
    }

    /// Where a stretch of its source is seen.
    pub(super) fn seen(&self, stretch: TickSpan) -> Option<TickSpan> {
        let source = self.source?;
        let place = |at: Ticks| {
            let passed = if self.is_backwards() {
                source.end() - at
            } else {
                at - source.start()
            };
            self.record.start() + scaled(passed, self.record.length(), source.length())
        };
        Some(TickSpan::between(
            place(stretch.start()),
            place(stretch.end()),
        ))
    }

    /// The same shot as far as it lies in `part`.
    fn clipped(&self, part: TickSpan) -> Self {
        let source = self.source.map(|source| {
            let place = |at: Ticks| {
                let passed = at - self.record.start();
                let passed = scaled(passed, source.length(), self.record.length());
                if self.is_backwards() {
                    source.end() - passed
                } else {
                    source.start() + passed
                }
            };
            TickSpan::between(place(part.start()), place(part.end()))
        });
        Self {
            record: part,
            source,
            ..self.clone()
        }
    }
}

/// `value` · `to` / `from`, to the nearest tick.
pub(super) fn scaled(value: Ticks, to: Ticks, from: Ticks) -> Ticks {
    if to == from || from == Ticks::ZERO {
        return value;
    }
    let (value, to, from) = (
        i128::from(value.get()),
        i128::from(to.get()),
        i128::from(from.get()),
    );
    let nearest = (2 * value * to + from).div_euclid(2 * from);
    let clamped = nearest.clamp(i64::MIN.into(), i64::MAX.into());
    Ticks::new(i64::try_from(clamped).unwrap_or_default())
}

/// A source's position in `from`, as `to` tells it. A label means the same frame where the two
/// count alike, as 23.976 and 24 do; else it means the same time.
pub(super) fn source_at(at: Ticks, from: Timebase, to: Timebase) -> Ticks {
    if from.rate().nominal() == to.rate().nominal() {
        scaled(at, to.rate().frame_length(), from.rate().frame_length())
    } else {
        at
    }
}

/// The shots of a picture of `length`, in running order, without a hole: where nothing is seen, a
/// gap is. `source_at` brings positions of sources to where they are compared.
///
/// The lowest track shows, as titles and the like lie above it; a higher one shows where it has
/// nothing. On one track, the later edit shows.
pub(super) fn shots(
    picture: &Picture,
    length: Ticks,
    frame: Ticks,
    source_at: impl Fn(Ticks) -> Ticks,
) -> Vec<Shot> {
    let mut tracks: BTreeMap<u16, Vec<Shot>> = BTreeMap::new();
    for edit in picture.edits() {
        if !is_black(edit) && !edit.record.is_empty() {
            let shot = shot(edit, frame, &source_at);
            tracks.entry(edit.track).or_default().push(shot);
        }
    }
    let whole = TickSpan::with_length(Ticks::ZERO, length);
    let mut seen: Vec<Shot> = Vec::new();
    for track in tracks.into_values() {
        let mut fits = Vec::new();
        for (n, shot) in track.iter().enumerate() {
            let next = track.get(n + 1).map(|next| next.record.start());
            let end = next.map_or(shot.record.end(), |next| next.min(shot.record.end()));
            let shown = TickSpan::between(shot.record.start(), end.max(shot.record.start()));
            let Some(shown) = shown.intersection(whole).filter(|part| !part.is_empty()) else {
                continue;
            };
            let parts = free_parts(&seen, shown);
            fits.extend(parts.into_iter().map(|part| shot.clipped(part)));
        }
        seen.extend(fits);
        seen.sort_by_key(|shot| shot.record);
    }
    let gaps = free_parts(&seen, whole).into_iter().map(|record| Shot {
        record,
        is_gap: true,
        ..Shot::default()
    });
    let gaps: Vec<Shot> = gaps.collect();
    seen.extend(gaps);
    seen.sort_by_key(|shot| shot.record);
    seen
}

/// The parts of `span` that no shot lies on. The shots are in running order and apart.
fn free_parts(seen: &[Shot], span: TickSpan) -> Vec<TickSpan> {
    let mut free = Vec::new();
    let mut at = span.start();
    let first = seen.partition_point(|shot| shot.record.end() <= span.start());
    for shot in seen.iter().skip(first) {
        if span.end() <= shot.record.start() {
            break;
        }
        if at < shot.record.start() {
            free.push(TickSpan::between(at, shot.record.start()));
        }
        at = shot.record.end();
    }
    if at < span.end() {
        free.push(TickSpan::between(at, span.end()));
    }
    free
}

/// `BL` is the reel of black.
fn is_black(edit: &PictureEdit) -> bool {
    edit.reel.eq_ignore_ascii_case("BL") || edit.reel.eq_ignore_ascii_case("BLACK")
}

fn shot(edit: &PictureEdit, frame: Ticks, source_at: &impl Fn(Ticks) -> Ticks) -> Shot {
    let mut identity = Identity::new(&edit.reel, &edit.clip, &edit.file);
    let mut source = edit.source.map(|source| used(edit, source, frame));
    if let (Speed::STILL, Some(at)) = (edit.speed, edit.source) {
        identity = identity.standing_at(source_at(at.start()).get());
        source = None;
    }
    let name = [&edit.clip, &edit.file, &edit.reel]
        .into_iter()
        .find(|name| !name.is_empty());
    Shot {
        record: edit.record,
        source: source
            .map(|source| TickSpan::between(source_at(source.start()), source_at(source.end())))
            .filter(|source| !source.is_empty()),
        speed: edit.speed,
        identity,
        name: name.cloned().unwrap_or_default(),
        is_gap: false,
    }
}

/// The stretch of the source that an edit shows. Some systems write it as long as the stretch of
/// the programme whatever the speed: the speed then tells.
fn used(edit: &PictureEdit, source: TickSpan, frame: Ticks) -> TickSpan {
    if edit.speed == Speed::NORMAL {
        return source;
    }
    let millionths = Ticks::new(edit.speed.millionths().saturating_abs());
    let needed = scaled(edit.record.length(), millionths, Ticks::new(1_000_000));
    let is_told = (source.length() - needed).abs() <= frame + frame;
    if is_told || source.length() != edit.record.length() {
        source
    } else if edit.speed < Speed::STILL {
        TickSpan::between((source.end() - needed).max(Ticks::ZERO), source.end())
    } else {
        TickSpan::with_length(source.start(), needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, end: i64) -> TickSpan {
        TickSpan::between(Ticks::new(start), Ticks::new(end))
    }

    fn edit(clip: &str, track: u16, record: TickSpan) -> PictureEdit {
        PictureEdit {
            clip: clip.to_owned(),
            track,
            source: Some(record.shifted(Ticks::new(1_000))),
            record,
            ..PictureEdit::default()
        }
    }

    fn seen(edits: Vec<PictureEdit>, length: i64) -> Vec<(String, TickSpan)> {
        let picture = Picture::new(edits);
        let shots = shots(&picture, Ticks::new(length), Ticks::new(1), |at| at);
        shots.into_iter().map(|s| (s.name, s.record)).collect()
    }

    #[test]
    fn a_higher_track_shows_where_the_lowest_has_nothing() {
        let edits = vec![
            edit("base", 1, span(0, 10)),
            edit("base", 1, span(20, 30)),
            edit("over", 2, span(5, 25)),
        ];
        assert_eq!(
            seen(edits, 30),
            [
                ("base".to_owned(), span(0, 10)),
                ("over".to_owned(), span(10, 20)),
                ("base".to_owned(), span(20, 30)),
            ]
        );
    }

    #[test]
    fn where_nothing_is_seen_is_a_gap() {
        let mut black = edit("", 1, span(10, 20));
        black.reel = "BL".to_owned();
        assert_eq!(
            seen(vec![edit("a", 1, span(0, 10)), black], 25),
            [("a".to_owned(), span(0, 10)), (String::new(), span(10, 25))]
        );
    }

    #[test]
    fn a_clipped_shot_shows_the_same_frames_at_the_same_places() {
        let shot = Shot {
            record: span(100, 200),
            source: Some(span(1_000, 1_200)),
            ..Shot::default()
        };
        let clipped = shot.clipped(span(150, 160));
        assert_eq!(clipped.source, Some(span(1_100, 1_120)));
        assert_eq!(clipped.seen(span(1_100, 1_120)), Some(span(150, 160)));
        assert_eq!(shot.seen(span(1_100, 1_120)), Some(span(150, 160)));
    }

    #[test]
    fn a_source_that_runs_backwards_is_seen_from_its_end() {
        let shot = Shot {
            record: span(0, 100),
            source: Some(span(500, 600)),
            speed: Speed::from_millionths(-1_000_000),
            ..Shot::default()
        };
        assert_eq!(shot.seen(span(590, 600)), Some(span(0, 10)));
        assert_eq!(shot.clipped(span(0, 10)).source, Some(span(590, 600)));
    }

    #[test]
    fn a_speed_tells_how_much_of_the_source_is_used_where_the_list_does_not() {
        let mut fast = edit("a", 1, span(0, 100));
        fast.speed = Speed::from_millionths(2_000_000);
        let source = used(&fast, span(1_000, 1_100), Ticks::new(1));
        assert_eq!(source, span(1_000, 1_200));
        let told = used(&fast, span(1_000, 1_199), Ticks::new(1));
        assert_eq!(told, span(1_000, 1_199));
    }
}
