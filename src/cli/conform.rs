//! `conform`: compares an episode's cut with a newer one, and carries everything over to it.

use std::io::Write;

use serde::Serialize;
use serde::Serializer;

use super::Failure;
use super::args::ConformIt;
use super::desk::Desk;
use super::show::timebase;
use super::text::Output;
use crate::app::Action;
use crate::app::CompareAs;
use crate::app::ConformReview;
use crate::app::EpisodeAction;
use crate::model::Cut;
use crate::model::Show;
use crate::model::Slot;
use crate::ops::conform::Adjustment;
use crate::ops::conform::AdjustmentKind;
use crate::ops::conform::Basis;
use crate::ops::conform::CarriedSlot;
use crate::ops::conform::Conform;
use crate::ops::conform::Decisions;
use crate::ops::conform::Outcome;
use crate::time::TickSpan;

/// What came of comparing, as it is printed.
#[derive(Debug, Serialize)]
struct ConformJson {
    /// Whether the new cut is in the show now.
    applied: bool,
    /// The numbers of the old cut and of the new one.
    old: u32,
    new: u32,
    /// The timecode of the new cut's first frame, and its length.
    start: String,
    length: String,
    /// What the two were compared by: edits, or names.
    by: &'static str,
    counts: CountsJson,
    changes: Vec<ChangeJson>,
    slots: Vec<SlotJson>,
    /// What was guessed, moved or left out.
    report: Vec<String>,
}

/// How many shots, and how many slots, of each kind.
#[derive(Debug, Serialize)]
struct CountsJson {
    #[serde(serialize_with = "by_word")]
    shots: Vec<(&'static str, usize)>,
    #[serde(serialize_with = "by_word")]
    slots: Vec<(&'static str, usize)>,
}

fn by_word<S: Serializer>(counts: &[(&str, usize)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().copied())
}

/// Where something begins, and the first frame behind it.
#[derive(Debug, Serialize)]
struct SpanJson {
    r#in: String,
    out: String,
}

#[derive(Debug, Serialize)]
struct ChangeJson {
    kind: &'static str,
    scene: Option<String>,
    clip: String,
    /// The last of several shots.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_clip: Option<String>,
    shots: usize,
    old: Option<SpanJson>,
    new: Option<SpanJson>,
    frames: i64,
}

#[derive(Debug, Serialize)]
struct SlotJson {
    id: String,
    scene: Option<String>,
    track: Option<String>,
    outcome: &'static str,
    sure: &'static str,
    reasons: Vec<ReasonJson>,
    old: SpanJson,
    new: Option<SpanJson>,
    /// Where the track's first sample falls in either cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_track_start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_track_start: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReasonJson {
    kind: &'static str,
    text: String,
}

/// Compares, prints what came of it, and carries everything over where that is asked for.
pub(super) fn run(
    desk: &mut Desk<'_>,
    args: &ConformIt,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    desk.open(&args.show)?;
    let (at, ..) = desk.episode(&args.episode)?;
    let told = CompareAs {
        timebase: args.rate.as_deref().map(timebase).transpose()?,
        start: args.start.clone(),
    };
    desk.act(Action::Episode(EpisodeAction::Open(at.episode)))?;
    desk.act(Action::Episode(EpisodeAction::Compare(
        args.file.clone(),
        told,
    )))?;
    let review = desk
        .app
        .conform_review()
        .ok_or_else(|| Failure::said("the cut was not compared"))?;
    let printed = printed(desk.show()?, review, args.apply);
    let lines = lines(&printed);
    if args.apply {
        let accept = EpisodeAction::AcceptConform(Decisions::default());
        desk.act(Action::Episode(accept))?;
    }
    Output::new(out, args.json).print(&printed, lines)?;
    desk.close()
}

fn printed(show: &Show, review: &ConformReview, applied: bool) -> ConformJson {
    let conform = &review.conform;
    let new = &conform.new;
    let length = new.timebase.rate().floor_to_frames(new.length);
    let outcomes = [Outcome::Follows, Outcome::NeedsALook, Outcome::LostItsScene];
    ConformJson {
        applied,
        old: conform.old.number,
        new: new.number,
        start: new.timebase.label(new.start),
        length: new.timebase.length_label(length),
        by: match conform.basis {
            Basis::Edits => "edits",
            Basis::Names => "names",
        },
        counts: CountsJson {
            shots: AdjustmentKind::ALL
                .into_iter()
                .map(|kind| (kind.words(), conform.n_shots(kind)))
                .filter(|(_, n)| *n > 0)
                .collect(),
            slots: outcomes
                .into_iter()
                .map(|outcome| (outcome.words(), conform.n_slots(outcome)))
                .collect(),
        },
        changes: conform
            .changes
            .iter()
            .map(|line| change(conform, line))
            .collect(),
        slots: conform
            .slots
            .iter()
            .filter_map(|carried| slot(show, conform, carried))
            .collect(),
        report: review.remarks.clone(),
    }
}

fn span(cut: &Cut, span: TickSpan) -> SpanJson {
    SpanJson {
        r#in: cut.label(span.start()),
        out: cut.label(span.end()),
    }
}

fn change(conform: &Conform, line: &Adjustment) -> ChangeJson {
    let scene = line
        .old
        .and_then(|old| conform.scene_at(old.start()))
        .map(crate::model::Scene::title);
    ChangeJson {
        kind: line.kind.words(),
        scene,
        clip: line.first.clone(),
        to_clip: (line.n_shots > 1).then(|| line.last.clone()),
        shots: line.n_shots,
        old: line.old.map(|old| span(&conform.old, old)),
        new: line.new.map(|new| span(&conform.new, new)),
        frames: conform.new.timebase.rate().nearest_frames(line.by).get(),
    }
}

fn slot(show: &Show, conform: &Conform, carried: &CarriedSlot) -> Option<SlotJson> {
    let (old, new) = (&conform.old, &conform.new);
    let slot: &Slot = old.slot(carried.id)?;
    let scene = slot.scene.and_then(|scene| old.scene(scene));
    let picked = slot.picked();
    let track = picked.and_then(|(_, pick)| show.track(pick.track));
    let proposal = carried.proposal.as_ref();
    let lie = picked.and_then(|(id, _)| proposal?.alternates.get(&id));
    let reasons = carried.reasons.iter();
    Some(SlotJson {
        id: carried.id.to_string(),
        scene: scene.map(crate::model::Scene::title),
        track: track.map(|track| track.title.clone()),
        outcome: carried.outcome.words(),
        sure: carried.sureness.word(),
        reasons: reasons
            .map(|reason| ReasonJson {
                kind: reason.word(),
                text: reason.to_string(),
            })
            .collect(),
        old: span(old, carried.old),
        new: proposal.map(|proposal| span(new, proposal.span)),
        old_track_start: picked.map(|(_, pick)| old.label(pick.track_start)),
        new_track_start: lie.map(|lie| new.label(lie.track_start)),
    })
}

/// For people: the change list, then what becomes of each slot.
fn lines(printed: &ConformJson) -> Vec<String> {
    let counted = |counts: &[(&str, usize)]| {
        let said: Vec<String> = counts
            .iter()
            .map(|(word, n)| format!("{n} {word}"))
            .collect();
        said.join(", ")
    };
    let mut lines = vec![
        format!(
            "cut v{} → v{}, from {}, {} long, compared by {}",
            printed.old, printed.new, printed.start, printed.length, printed.by
        ),
        format!("shots: {}", counted(&printed.counts.shots)),
    ];
    lines.extend(printed.changes.iter().map(change_line));
    lines.push(format!("slots: {}", counted(&printed.counts.slots)));
    lines.extend(printed.slots.iter().map(slot_line));
    lines.extend(printed.report.iter().map(|remark| format!("! {remark}")));
    if !printed.applied {
        lines.push("nothing was changed; --apply carries everything over".to_owned());
    }
    lines
}

fn place(span: Option<&SpanJson>) -> String {
    span.map_or_else(
        || "–".to_owned(),
        |span| format!("{}–{}", span.r#in, span.out),
    )
}

fn change_line(change: &ChangeJson) -> String {
    let clips = match &change.to_clip {
        Some(last) => format!("{} … {last} ({} shots)", change.clip, change.shots),
        None => change.clip.clone(),
    };
    format!(
        "{:<13} {:>+6}  {} → {}  {clips}",
        change.kind,
        change.frames,
        place(change.old.as_ref()),
        place(change.new.as_ref()),
    )
}

fn slot_line(slot: &SlotJson) -> String {
    let reasons: Vec<&str> = slot.reasons.iter().map(|it| it.text.as_str()).collect();
    let why = if reasons.is_empty() {
        String::new()
    } else {
        format!(": {}", reasons.join("; "))
    };
    format!(
        "{} → {}  {} ({}) {}{why}",
        place(Some(&slot.old)),
        place(slot.new.as_ref()),
        slot.track.as_deref().unwrap_or("no pick"),
        slot.scene.as_deref().unwrap_or("no scene"),
        slot.outcome,
    )
}
