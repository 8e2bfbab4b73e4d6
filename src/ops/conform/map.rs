//! The map of picture: where each moment of the old cut is in the new one.

use super::shots::scaled;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How sure it is that a piece of picture is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// By name, number and order alone.
    Guess,
    /// By the source's timecode, though its reel or its name has changed.
    Likely,
    /// By source and timecode.
    Sure,
}

impl Sureness {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}

/// How long a frame is in either cut, where a frame of one is a frame of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    pub(super) old: Ticks,
    pub(super) new: Ticks,
}

impl Pace {
    /// How long something of the old cut is when it is shown in the new one.
    pub(super) fn shown(self, length: Ticks) -> Ticks {
        scaled(length, self.new, self.old)
    }

    /// How long something of the new cut was in the old one.
    pub(super) fn was_shown(self, length: Ticks) -> Ticks {
        scaled(length, self.old, self.new)
    }

    /// How far a piece has moved.
    pub(super) fn moved(self, piece: &Piece) -> Ticks {
        piece.new.start() - self.shown(piece.old.start())
    }
}

/// A stretch of the old cut, and where it is in the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it was.
    pub old: TickSpan,
    /// Where it is.
    pub new: TickSpan,
    /// How sure that is.
    pub sureness: Sureness,
    /// Whether it runs at another speed than it did; moments are then mapped in proportion.
    pub is_speed_changed: bool,
}

impl Piece {
    /// Where a moment of it is now.
    pub fn place(&self, at: Ticks) -> Ticks {
        let passed = scaled(at - self.old.start(), self.new.length(), self.old.length());
        self.new.start() + passed
    }

    /// How far it has moved.
    pub fn by(&self) -> Ticks {
        self.new.start() - self.old.start()
    }

    /// The part of it that lies in `span` of the old cut.
    pub fn clipped(&self, span: TickSpan) -> Option<Self> {
        let old = self.old.intersection(span)?;
        Some(Self {
            old,
            new: TickSpan::between(self.place(old.start()), self.place(old.end())),
            ..*self
        })
    }

    /// Whether `next` goes on where this ends, before and after.
    fn goes_on_in(&self, next: &Self) -> bool {
        self.old.end() == next.old.start()
            && self.new.end() == next.new.start()
            && !self.is_speed_changed
            && !next.is_speed_changed
    }
}

/// Where the picture of an old cut is in a new one. No two pieces share a moment of either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureMap {
    /// In the order of the old cut.
    pieces: Vec<Piece>,
    /// The same, in the order of the new one.
    in_new_order: Vec<Piece>,
}

impl PictureMap {
    /// A map of pieces that are apart.
    pub(super) fn new(mut pieces: Vec<Piece>) -> Self {
        pieces.retain(|piece| !piece.old.is_empty() && !piece.new.is_empty());
        pieces.sort_by_key(|piece| piece.old);
        let mut in_new_order = pieces.clone();
        in_new_order.sort_by_key(|piece| piece.new);
        Self {
            pieces,
            in_new_order,
        }
    }

    /// Its pieces, in the order of the old cut.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Its pieces, in the order of the new cut.
    pub fn pieces_in_new_order(&self) -> &[Piece] {
        &self.in_new_order
    }

    /// Whether nothing of the old cut is in the new one.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The piece that a moment of the old cut is in.
    pub fn piece_at(&self, at: Ticks) -> Option<&Piece> {
        let n = self.pieces.partition_point(|piece| piece.old.end() <= at);
        self.pieces.get(n).filter(|piece| piece.old.contains(at))
    }

    /// Where a moment of the old cut is in the new one, if it is.
    pub fn place(&self, at: Ticks) -> Option<Ticks> {
        self.piece_at(at).map(|piece| piece.place(at))
    }

    /// What a span of the old cut has become, in the old order: stretches that each run on
    /// without a break in both cuts.
    pub fn stretches(&self, span: TickSpan) -> Vec<Piece> {
        let first = self
            .pieces
            .partition_point(|piece| piece.old.end() <= span.start());
        let mut found: Vec<Piece> = Vec::new();
        for piece in self.pieces.iter().skip(first) {
            if span.end() <= piece.old.start() {
                break;
            }
            let Some(part) = piece.clipped(span).filter(|part| !part.old.is_empty()) else {
                continue;
            };
            match found.last_mut() {
                Some(last) if last.goes_on_in(&part) => {
                    last.old = TickSpan::between(last.old.start(), part.old.end());
                    last.new = TickSpan::between(last.new.start(), part.new.end());
                    last.sureness = last.sureness.min(part.sureness);
                }
                _ => found.push(part),
            }
        }
        found
    }

    /// Whether `stretch` of the new cut shows something that was in the old one outside `span`.
    pub fn shows_others(&self, stretch: TickSpan, span: TickSpan) -> bool {
        let first = self
            .in_new_order
            .partition_point(|piece| piece.new.end() <= stretch.start());
        self.in_new_order
            .iter()
            .skip(first)
            .take_while(|piece| piece.new.start() < stretch.end())
            .any(|piece| piece.old.start() < span.start() || span.end() < piece.old.end())
    }

    /// The stretch of the new cut that shows a span of the old one: from the first to the last of
    /// the stretches that lie together, with what was put in between, but never with picture from
    /// elsewhere. Of several, the one with `anchor` in it, or else the one that shows the most.
    pub(super) fn gathered(&self, span: TickSpan, anchor: Option<Ticks>) -> Option<Gathered> {
        let mut stretches = self.stretches(span);
        let n_all = stretches.len();
        let is_in_order = stretches.is_sorted_by_key(|stretch| stretch.new);
        stretches.sort_by_key(|stretch| stretch.new);
        let mut groups: Vec<Vec<Piece>> = Vec::new();
        for stretch in stretches {
            let joins = groups
                .last()
                .and_then(|group| group.last())
                .is_some_and(|last| {
                    let between = TickSpan::between(last.new.end(), stretch.new.start());
                    between.is_empty() || !self.shows_others(between, span)
                });
            match groups.last_mut() {
                Some(group) if joins => group.push(stretch),
                _ => groups.push(vec![stretch]),
            }
        }
        let shown = |group: &[Piece]| group.iter().map(|part| part.old.length()).sum::<Ticks>();
        let has_anchor = |group: &[Piece]| {
            anchor.is_some_and(|at| group.iter().any(|part| part.old.contains(at)))
        };
        let group = groups
            .into_iter()
            .max_by_key(|group| (has_anchor(group), shown(group)))?;
        let (start, end) = (group.first()?.new.start(), group.last()?.new.end());
        let new = TickSpan::between(start, end);
        let shown_new: Ticks = group.iter().map(|part| part.new.length()).sum();
        Some(Gathered {
            new,
            removed: span.length() - shown(&group),
            inserted: new.length() - shown_new,
            is_split: group.len() < n_all,
            is_reordered: !is_in_order,
            is_speed_changed: group.iter().any(|part| part.is_speed_changed),
            sureness: group
                .iter()
                .map(|part| part.sureness)
                .min()
                .unwrap_or(Sureness::Guess),
            stretches: group,
        })
    }
}

/// What a span of the old cut has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gathered {
    /// Where it is now.
    pub(super) new: TickSpan,
    /// What is seen there of it, in the new order.
    pub(super) stretches: Vec<Piece>,
    /// How much of it is no longer seen there.
    pub(super) removed: Ticks,
    /// How much is seen there that was not in it.
    pub(super) inserted: Ticks,
    /// Whether more of it is seen elsewhere.
    pub(super) is_split: bool,
    /// Whether its parts have changed places.
    pub(super) is_reordered: bool,
    /// Whether part of it runs at another speed.
    pub(super) is_speed_changed: bool,
    /// How sure the least sure part is.
    pub(super) sureness: Sureness,
}

impl Gathered {
    /// The longest of its stretches.
    pub(super) fn longest(&self) -> Option<&Piece> {
        self.stretches.iter().max_by_key(|part| part.old.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, end: i64) -> TickSpan {
        TickSpan::between(Ticks::new(start), Ticks::new(end))
    }

    fn piece(old: (i64, i64), new: i64) -> Piece {
        Piece {
            old: span(old.0, old.1),
            new: TickSpan::with_length(Ticks::new(new), Ticks::new(old.1 - old.0)),
            sureness: Sureness::Sure,
            is_speed_changed: false,
        }
    }

    #[test]
    fn pieces_that_run_on_in_both_cuts_are_one_stretch() {
        let map = PictureMap::new(vec![piece((0, 10), 5), piece((10, 20), 15)]);
        assert_eq!(map.stretches(span(2, 18)), [piece((2, 18), 7)]);
    }

    #[test]
    fn a_moment_that_was_cut_out_has_no_place() {
        let map = PictureMap::new(vec![piece((0, 10), 0), piece((15, 20), 10)]);
        assert_eq!(map.place(Ticks::new(9)), Some(Ticks::new(9)));
        assert_eq!(map.place(Ticks::new(10)), None);
        assert_eq!(map.place(Ticks::new(15)), Some(Ticks::new(10)));
    }

    #[test]
    fn what_is_put_in_belongs_to_the_span_around_it() {
        let map = PictureMap::new(vec![piece((0, 10), 0), piece((10, 20), 15)]);
        let gathered = map.gathered(span(0, 20), None).expect("it is there");
        assert_eq!(gathered.new, span(0, 25));
        assert_eq!(gathered.inserted, Ticks::new(5));
        assert!(!gathered.is_split);
    }

    #[test]
    fn picture_from_elsewhere_splits_a_span() {
        let map = PictureMap::new(vec![
            piece((0, 10), 0),
            piece((10, 30), 15),
            piece((50, 55), 10),
        ]);
        let gathered = map.gathered(span(0, 30), None).expect("it is there");
        assert_eq!(gathered.new, span(15, 35));
        assert!(gathered.is_split);
        let anchored = map.gathered(span(0, 30), Some(Ticks::new(3)));
        assert_eq!(anchored.map(|it| it.new), Some(span(0, 10)));
    }
}
