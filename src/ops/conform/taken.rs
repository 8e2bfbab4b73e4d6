//! What of either cut has been given away, so that nothing is given twice.

use std::collections::BTreeMap;

use super::map::Piece;
use super::shots::scaled;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The stretches of both cuts that pieces lie on.
#[derive(Debug, Default)]
pub(super) struct Taken {
    old: Stretches,
    new: Stretches,
}

impl Taken {
    /// Marks a piece as given away.
    pub(super) fn take(&mut self, piece: &Piece) {
        self.old.add(piece.old);
        self.new.add(piece.new);
    }

    /// The parts of a piece that are free in both cuts.
    pub(super) fn free(&self, piece: &Piece) -> Vec<Piece> {
        let mut free = Vec::new();
        for old in self.old.holes(piece.old) {
            let Some(part) = piece.clipped(old) else {
                continue;
            };
            for new in self.new.holes(part.new) {
                let back = |at: Ticks| {
                    let passed = at - part.new.start();
                    part.old.start() + scaled(passed, part.old.length(), part.new.length())
                };
                let old = TickSpan::between(back(new.start()), back(new.end()));
                if !old.is_empty() {
                    free.push(Piece { old, new, ..part });
                }
            }
        }
        free
    }
}

/// Stretches of time that don't overlap: start and end.
#[derive(Debug, Default)]
struct Stretches(BTreeMap<Ticks, Ticks>);

impl Stretches {
    fn add(&mut self, span: TickSpan) {
        if !span.is_empty() {
            self.0.insert(span.start(), span.end());
        }
    }

    /// The parts of `span` that none of them covers.
    fn holes(&self, span: TickSpan) -> Vec<TickSpan> {
        let mut at = span.start();
        if let Some((_, end)) = self.0.range(..=span.start()).next_back() {
            at = at.max(*end);
        }
        let mut holes = Vec::new();
        for (start, end) in self.0.range(span.start()..span.end()) {
            if at < *start {
                holes.push(TickSpan::between(at, *start));
            }
            at = at.max(*end);
        }
        if at < span.end() {
            holes.push(TickSpan::between(at, span.end()));
        }
        holes
    }
}

#[cfg(test)]
mod tests {
    use super::super::map::Sureness;
    use super::*;

    fn span(start: i64, end: i64) -> TickSpan {
        TickSpan::between(Ticks::new(start), Ticks::new(end))
    }

    fn piece(old: TickSpan, new: TickSpan) -> Piece {
        Piece {
            old,
            new,
            sureness: Sureness::Sure,
            is_speed_changed: false,
        }
    }

    #[test]
    fn what_is_taken_in_either_cut_is_not_free() {
        let mut taken = Taken::default();
        taken.take(&piece(span(10, 20), span(110, 120)));
        let free = taken.free(&piece(span(0, 40), span(85, 125)));
        let expected = [
            piece(span(0, 10), span(85, 95)),
            piece(span(20, 25), span(105, 110)),
            piece(span(35, 40), span(120, 125)),
        ];
        assert_eq!(free, expected);
    }
}
