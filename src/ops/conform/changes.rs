//! The change list: what has to be done to the old cut to make it the new one, in the trade's
//! words.

use super::map::{Pace, PictureMap, Piece};
use super::order::longest_rising;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What happened to a shot, or to a scene where no edits are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdjustmentKind {
    /// It is where it was, as it was.
    Kept,
    /// It is as it was, earlier or later, behind what it followed.
    Moved,
    /// It has changed places with others.
    Reordered,
    /// It begins later in the source.
    TrimmedHead,
    /// It ends earlier in the source.
    TrimmedTail,
    /// It begins earlier in the source.
    ExtendedHead,
    /// It ends later in the source.
    ExtendedTail,
    /// It is in several parts now.
    Split,
    /// It runs at another speed.
    SpeedChanged,
    /// It is gone.
    Removed,
    /// It was not in the old cut.
    New,
}

impl AdjustmentKind {
    /// All of them, in the order of a summary.
    pub const ALL: [Self; 11] = [
        Self::Kept,
        Self::Moved,
        Self::Reordered,
        Self::TrimmedHead,
        Self::TrimmedTail,
        Self::ExtendedHead,
        Self::ExtendedTail,
        Self::Split,
        Self::SpeedChanged,
        Self::Removed,
        Self::New,
    ];

    /// What a change list calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Reordered => "reordered",
            Self::TrimmedHead => "trimmed head",
            Self::TrimmedTail => "trimmed tail",
            Self::ExtendedHead => "extended head",
            Self::ExtendedTail => "extended tail",
            Self::Split => "split",
            Self::SpeedChanged => "speed changed",
            Self::Removed => "removed",
            Self::New => "new",
        }
    }

    /// Whether shots that follow each other and share it are told in one line.
    const fn is_told_together(self) -> bool {
        matches!(
            self,
            Self::Kept | Self::Moved | Self::Reordered | Self::Removed | Self::New
        )
    }
}

/// One line of the change list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// What happened.
    pub kind: AdjustmentKind,
    /// The first shot it happened to.
    pub first: String,
    /// The last one.
    pub last: String,
    /// How many there are.
    pub n_shots: usize,
    /// Where they were.
    pub old: Option<TickSpan>,
    /// Where they are.
    pub new: Option<TickSpan>,
    /// How far they moved, or by how much they were trimmed or extended; for what is gone or new,
    /// its length.
    pub by: Ticks,
}

/// A shot, or a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) span: TickSpan,
}

/// The change list between two cuts, in the order of the old one; what is new comes behind what it
/// follows.
pub(super) fn adjustments(
    old: &[Unit],
    new: &[Unit],
    map: &PictureMap,
    pace: Pace,
) -> Vec<Adjustment> {
    let frame = pace.new;
    let of_units: Vec<Vec<Piece>> = old
        .iter()
        .map(|unit| {
            let mut parts = map.stretches(unit.span);
            parts.retain(|part| frame.get() / 2 <= part.old.length().get());
            parts
        })
        .collect();
    let main: Vec<Option<Piece>> = of_units
        .iter()
        .map(|parts| parts.iter().max_by_key(|part| part.old.length()).copied())
        .collect();
    let places: Vec<Ticks> = main.iter().flatten().map(|part| part.new.start()).collect();
    let mut in_order = longest_rising(&places).into_iter();
    let mut lines: Vec<(Ticks, Adjustment)> = Vec::new();
    for ((unit, parts), main) in old.iter().zip(&of_units).zip(main) {
        let stays = main.is_some() && in_order.next().unwrap_or_default();
        let found = of_unit(unit, parts, main, stays, (new, map), pace);
        lines.extend(found.into_iter().map(|line| (unit.span.start(), line)));
    }
    for unit in new {
        let pieces = map.pieces_in_new_order();
        let n = pieces.partition_point(|piece| piece.new.end() <= unit.span.start());
        let next = pieces.get(n);
        let is_shown = next.is_some_and(|piece| piece.new.start() < unit.span.end());
        if !is_shown {
            let behind = n.checked_sub(1).and_then(|n| pieces.get(n));
            let place = behind.map_or(Ticks::new(-1), |piece| piece.old.start());
            let line = line(
                AdjustmentKind::New,
                unit,
                None,
                Some(unit.span),
                unit.span.length(),
            );
            lines.push((place, line));
        }
    }
    lines.sort_by_key(|(place, _)| *place);
    together(lines.into_iter().map(|(_, line)| line))
}

fn line(
    kind: AdjustmentKind,
    unit: &Unit,
    old: Option<TickSpan>,
    new: Option<TickSpan>,
    by: Ticks,
) -> Adjustment {
    Adjustment {
        kind,
        first: unit.name.clone(),
        last: unit.name.clone(),
        n_shots: 1,
        old,
        new,
        by,
    }
}

/// What happened to one shot.
fn of_unit(
    unit: &Unit,
    parts: &[Piece],
    main: Option<Piece>,
    stays: bool,
    (new, map): (&[Unit], &PictureMap),
    pace: Pace,
) -> Vec<Adjustment> {
    let Some(main) = main else {
        let length = unit.span.length();
        return vec![line(
            AdjustmentKind::Removed,
            unit,
            Some(unit.span),
            None,
            length,
        )];
    };
    let least = Ticks::new(pace.new.get() / 2);
    let mut in_new = parts.to_vec();
    in_new.sort_by_key(|part| part.new);
    let is = match (in_new.first(), in_new.last()) {
        (Some(first), Some(last)) => TickSpan::between(first.new.start(), last.new.end()),
        _ => main.new,
    };
    let mut found = Vec::new();
    let mut note = |kind, by| found.push(line(kind, unit, Some(unit.span), Some(is), by));
    if !stays {
        note(AdjustmentKind::Reordered, pace.moved(&main));
    }
    if parts.len() > 1 {
        note(AdjustmentKind::Split, Ticks::ZERO);
    }
    if parts.iter().any(|part| part.is_speed_changed) {
        let by = parts
            .iter()
            .map(|part| part.new.length() - pace.shown(part.old.length()));
        note(AdjustmentKind::SpeedChanged, by.sum());
    }
    if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
        let head = first.old.start() - unit.span.start();
        let tail = unit.span.end() - last.old.end();
        let (before, behind) = (more_before(first, new, map), more_behind(last, new, map));
        if head >= least {
            note(AdjustmentKind::TrimmedHead, head);
        } else if before >= least {
            note(AdjustmentKind::ExtendedHead, before);
        }
        if tail >= least {
            note(AdjustmentKind::TrimmedTail, tail);
        } else if behind >= least {
            note(AdjustmentKind::ExtendedTail, behind);
        }
    }
    if found.is_empty() {
        let by = pace.moved(&main);
        let kind = if by == Ticks::ZERO {
            AdjustmentKind::Kept
        } else {
            AdjustmentKind::Moved
        };
        found.push(line(kind, unit, Some(unit.span), Some(is), by));
    }
    found
}

/// How much of the new shot lies before a piece of it and was not in the old cut.
fn more_before(piece: &Piece, new: &[Unit], map: &PictureMap) -> Ticks {
    let at = piece.new.start();
    let Some(shot) = shot_at(new, at) else {
        return Ticks::ZERO;
    };
    let pieces = map.pieces_in_new_order();
    let n = pieces.partition_point(|other| other.new.start() < at);
    let before = n.checked_sub(1).and_then(|n| pieces.get(n));
    let from = before.map_or(shot.span.start(), |other| {
        shot.span.start().max(other.new.end())
    });
    at - from.min(at)
}

/// How much of the new shot lies behind a piece of it and was not in the old cut.
fn more_behind(piece: &Piece, new: &[Unit], map: &PictureMap) -> Ticks {
    let at = piece.new.end();
    let Some(shot) = shot_at(new, at - Ticks::new(1)) else {
        return Ticks::ZERO;
    };
    let pieces = map.pieces_in_new_order();
    let n = pieces.partition_point(|other| other.new.start() < at);
    let to = pieces.get(n).map_or(shot.span.end(), |other| {
        shot.span.end().min(other.new.start())
    });
    to.max(at) - at
}

fn shot_at(shots: &[Unit], at: Ticks) -> Option<&Unit> {
    let n = shots.partition_point(|shot| shot.span.end() <= at);
    shots.get(n).filter(|shot| shot.span.contains(at))
}

/// Lines that say the same of shots that follow each other become one.
fn together(lines: impl Iterator<Item = Adjustment>) -> Vec<Adjustment> {
    let mut told: Vec<Adjustment> = Vec::new();
    for line in lines {
        match told.last_mut() {
            Some(last) if goes_on(last, &line) => {
                // What is gone, or new, is as long as all of it.
                if line.old.is_none() || line.new.is_none() {
                    last.by += line.by;
                }
                last.old = joined(last.old, line.old);
                last.new = joined(last.new, line.new);
                last.last = line.last;
                last.n_shots += 1;
            }
            _ => told.push(line),
        }
    }
    told
}

/// Whether `next` says the same as `last` of a shot that follows it in both cuts.
fn goes_on(last: &Adjustment, next: &Adjustment) -> bool {
    let follows = |first: Option<TickSpan>, second: Option<TickSpan>| match (first, second) {
        (None, None) => true,
        (Some(first), Some(second)) => first.end() == second.start(),
        _ => false,
    };
    let is_in_both = next.old.is_some() && next.new.is_some();
    last.kind == next.kind
        && next.kind.is_told_together()
        && (last.by == next.by || !is_in_both)
        && follows(last.old, next.old)
        && follows(last.new, next.new)
}

fn joined(first: Option<TickSpan>, second: Option<TickSpan>) -> Option<TickSpan> {
    Some(TickSpan::between(first?.start(), second?.end()))
}
