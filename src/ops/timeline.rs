//! Moving and trimming what lies on the timeline: scenes with the slots made for them, markers
//! with the music pinned to them, slots with their alternates, tracks inside their slots.
//!
//! Each function says what a gesture amounts to, as one transaction. Positions are brought to
//! whole frames of the cut, except where the music itself is moved: music may lie between frames.

use crate::model::Alternate;
use crate::model::AlternateField;
use crate::model::AlternateId;
use crate::model::Change;
use crate::model::Color;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Edit;
use crate::model::Marker;
use crate::model::MarkerField;
use crate::model::MarkerId;
use crate::model::Opinion;
use crate::model::PersonId;
use crate::model::Scene;
use crate::model::SceneField;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::Slot;
use crate::model::SlotField;
use crate::model::SlotId;
use crate::model::Transaction;
use crate::model::Verdict;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Which end of a span is trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The in point.
    In,
    /// The out point.
    Out,
}

/// Why something on the timeline can't be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Immovable {
    /// It is gone.
    #[error("it no longer exists")]
    Gone,
    /// It would go where it is.
    #[error("it is there already")]
    Unchanged,
}

/// `span` moved by `by` to whole frames, kept inside the cut.
pub fn moved_span(cut: &Cut, span: TickSpan, by: Ticks) -> TickSpan {
    let start = cut.timebase.rate().snapped(span.start() + by);
    let last = (cut.length - span.length()).max(Ticks::ZERO);
    TickSpan::with_length(start.clamp(Ticks::ZERO, last), span.length())
}

/// `span` with one end at the whole frame nearest to `to`, at least a frame long and inside the
/// cut.
pub fn trimmed_span(cut: &Cut, span: TickSpan, end: End, to: Ticks) -> TickSpan {
    let rate = cut.timebase.rate();
    let to = rate.snapped(to);
    let frame = rate.frame_length();
    match end {
        End::In => {
            let start = to.min(span.end() - frame).max(Ticks::ZERO);
            TickSpan::between(start, span.end())
        }
        End::Out => {
            let out = to.min(cut.length.max(span.end())).max(span.start() + frame);
            TickSpan::between(span.start(), out)
        }
    }
}

/// Adds a scene.
pub fn add_scene(at: CutAt, scene: Scene) -> (SceneId, Transaction) {
    let id = SceneId::new();
    let label = format!("add scene {}", scene.title());
    let edit = Edit::Scene(at, id, Change::Insert(Box::new(scene)));
    (id, Transaction::new(label.trim_end(), vec![edit]))
}

/// Moves a scene, and with it the slots made for it.
///
/// # Errors
///
/// Fails when it is gone or stays where it is.
pub fn move_scene(
    show: &Show,
    at: CutAt,
    id: SceneId,
    by: Ticks,
) -> Result<Transaction, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    let scene = cut.scene(id).ok_or(Immovable::Gone)?;
    let to = moved_span(cut, scene.span, by);
    let by = to.start() - scene.span.start();
    if by == Ticks::ZERO {
        return Err(Immovable::Unchanged);
    }
    let mut edits = vec![Edit::Scene(at, id, Change::Set(SceneField::Span(to)))];
    for (slot_id, slot) in cut.slots() {
        if slot.scene == Some(id) {
            edits.extend(shift_slot(at, slot_id, slot, by));
        }
    }
    Ok(Transaction::new(
        format!("move scene {}", scene.title()),
        edits,
    ))
}

/// Trims a scene. Its slots stay as they are: music is not shortened behind anybody's back.
///
/// # Errors
///
/// Fails when it is gone or stays as it is.
pub fn trim_scene(
    show: &Show,
    at: CutAt,
    id: SceneId,
    end: End,
    to: Ticks,
) -> Result<Transaction, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    let scene = cut.scene(id).ok_or(Immovable::Gone)?;
    let span = trimmed_span(cut, scene.span, end, to);
    if span == scene.span {
        return Err(Immovable::Unchanged);
    }
    let edit = Edit::Scene(at, id, Change::Set(SceneField::Span(span)));
    Ok(Transaction::new(
        format!("trim scene {}", scene.title()),
        vec![edit],
    ))
}

/// Removes a scene. Slots made for it stay, belonging to no scene.
///
/// # Errors
///
/// Fails when it is gone.
pub fn remove_scene(show: &Show, at: CutAt, id: SceneId) -> Result<Transaction, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    let scene = cut.scene(id).ok_or(Immovable::Gone)?;
    let mut edits: Vec<Edit> = cut
        .slots()
        .into_iter()
        .filter(|(_, slot)| slot.scene == Some(id))
        .map(|(slot, _)| Edit::Slot(at, slot, Change::Set(SlotField::Scene(None))))
        .collect();
    edits.push(Edit::Scene(at, id, Change::Remove));
    Ok(Transaction::new(
        format!("delete scene {}", scene.title()),
        edits,
    ))
}

/// Sets a marker at a whole frame.
pub fn add_marker(cut: &Cut, at: CutAt, position: Ticks, name: String) -> (MarkerId, Transaction) {
    let id = MarkerId::new();
    let last = (cut.length - cut.timebase.rate().frame_length()).max(Ticks::ZERO);
    let marker = Marker {
        at: snapped_down(cut, position).clamp(Ticks::ZERO, last),
        color: Color::Green,
        name,
        ..Marker::default()
    };
    let label = if marker.name.is_empty() {
        "set marker".to_owned()
    } else {
        format!("set marker {}", marker.name)
    };
    let edit = Edit::Marker(at, id, Change::Insert(Box::new(marker)));
    (id, Transaction::new(label, vec![edit]))
}

/// The beginning of the frame that is shown at `position`.
fn snapped_down(cut: &Cut, position: Ticks) -> Ticks {
    let rate = cut.timebase.rate();
    rate.to_ticks(rate.floor_to_frames(position))
}

/// Moves a marker, and with it the music pinned to it.
///
/// # Errors
///
/// Fails when it is gone or stays where it is.
pub fn move_marker(
    show: &Show,
    at: CutAt,
    id: MarkerId,
    to: Ticks,
) -> Result<Transaction, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    let marker = cut.marker(id).ok_or(Immovable::Gone)?;
    let rate = cut.timebase.rate();
    let last = (cut.length - rate.frame_length()).max(Ticks::ZERO);
    let to = rate.snapped(to).clamp(Ticks::ZERO, last);
    if to == marker.at {
        return Err(Immovable::Unchanged);
    }
    let mut edits = vec![Edit::Marker(at, id, Change::Set(MarkerField::At(to)))];
    for (slot_id, slot) in cut.slots() {
        for (alternate_id, alternate) in slot.alternates() {
            if let Some(pin) = alternate.pin.filter(|pin| pin.marker == id) {
                edits.push(Edit::Alternate(
                    at,
                    slot_id,
                    alternate_id,
                    Change::Set(AlternateField::TrackStart(to - pin.moment)),
                ));
            }
        }
    }
    let label = format!("move marker {}", marker.name);
    Ok(Transaction::new(label.trim_end(), edits))
}

/// Removes a marker. Music pinned to it stays where it is, without the pin.
///
/// # Errors
///
/// Fails when it is gone.
pub fn remove_marker(show: &Show, at: CutAt, id: MarkerId) -> Result<Transaction, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    let marker = cut.marker(id).ok_or(Immovable::Gone)?;
    let mut edits = Vec::new();
    for (slot_id, slot) in cut.slots() {
        for (alternate_id, alternate) in slot.alternates() {
            if alternate.pin.is_some_and(|pin| pin.marker == id) {
                let unpinned = Change::Set(AlternateField::Pin(None));
                edits.push(Edit::Alternate(at, slot_id, alternate_id, unpinned));
            }
        }
    }
    edits.push(Edit::Marker(at, id, Change::Remove));
    let label = format!("delete marker {}", marker.name);
    Ok(Transaction::new(label.trim_end(), edits))
}

/// Moves a slot with everything in it.
///
/// # Errors
///
/// Fails when it is gone or stays where it is.
pub fn move_slot(show: &Show, at: CutAt, id: SlotId, by: Ticks) -> Result<Transaction, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    let slot = cut.slot(id).ok_or(Immovable::Gone)?;
    let by = moved_span(cut, slot.span, by).start() - slot.span.start();
    if by == Ticks::ZERO {
        return Err(Immovable::Unchanged);
    }
    let label = format!("move {}", music_name(show, slot));
    Ok(Transaction::new(label, shift_slot(at, id, slot, by)))
}

fn shift_slot(at: CutAt, id: SlotId, slot: &Slot, by: Ticks) -> Vec<Edit> {
    let span = Change::Set(SlotField::Span(slot.span.shifted(by)));
    let mut edits = vec![Edit::Slot(at, id, span)];
    for (alternate_id, alternate) in slot.alternates() {
        edits.push(Edit::Alternate(
            at,
            id,
            alternate_id,
            Change::Set(AlternateField::TrackStart(alternate.track_start + by)),
        ));
        // Moved by hand, it no longer follows its marker.
        if alternate.pin.is_some() {
            let unpinned = Change::Set(AlternateField::Pin(None));
            edits.push(Edit::Alternate(at, id, alternate_id, unpinned));
        }
    }
    edits
}

/// Trims a slot. The music stays where it is against the picture; more or less of it is heard.
///
/// # Errors
///
/// Fails when it is gone or stays as it is.
pub fn trim_slot(
    show: &Show,
    at: CutAt,
    id: SlotId,
    end: End,
    to: Ticks,
) -> Result<Transaction, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    let slot = cut.slot(id).ok_or(Immovable::Gone)?;
    let span = trimmed_span(cut, slot.span, end, to);
    if span == slot.span {
        return Err(Immovable::Unchanged);
    }
    let edit = Edit::Slot(at, id, Change::Set(SlotField::Span(span)));
    let label = format!("trim {}", music_name(show, slot));
    Ok(Transaction::new(label, vec![edit]))
}

/// Removes a slot with everything in it.
///
/// # Errors
///
/// Fails when it is gone.
pub fn remove_slot(show: &Show, at: CutAt, id: SlotId) -> Result<Transaction, Immovable> {
    let slot = find_slot(show, at, id)?;
    let label = format!("delete {}", music_name(show, slot));
    Ok(Transaction::new(
        label,
        vec![Edit::Slot(at, id, Change::Remove)],
    ))
}

/// Moves a track inside its slot: later by `by`, to the tick.
///
/// # Errors
///
/// Fails when it is gone or stays where it is.
pub fn slip(
    show: &Show,
    at: CutAt,
    slot: SlotId,
    id: AlternateId,
    by: Ticks,
) -> Result<Transaction, Immovable> {
    let alternate = find_alternate(show, at, slot, id)?;
    if by == Ticks::ZERO {
        return Err(Immovable::Unchanged);
    }
    let start = Change::Set(AlternateField::TrackStart(alternate.track_start + by));
    let mut edits = vec![Edit::Alternate(at, slot, id, start)];
    if alternate.pin.is_some() {
        // Slipped by hand, it no longer follows its marker.
        let unpinned = Change::Set(AlternateField::Pin(None));
        edits.push(Edit::Alternate(at, slot, id, unpinned));
    }
    let label = format!("slip {}", track_title(show, alternate));
    Ok(Transaction::new(label, edits))
}

/// Makes an alternate the pick, or no alternate at all.
///
/// # Errors
///
/// Fails when it is gone or is the pick already.
pub fn pick(
    show: &Show,
    at: CutAt,
    slot: SlotId,
    id: Option<AlternateId>,
) -> Result<Transaction, Immovable> {
    let found = find_slot(show, at, slot)?;
    if found.pick == id {
        return Err(Immovable::Unchanged);
    }
    let label = match id {
        Some(id) => {
            let alternate = found.alternate(id).ok_or(Immovable::Gone)?;
            format!("pick {}", track_title(show, alternate))
        }
        None => "pick nothing".to_owned(),
    };
    let edit = Edit::Slot(at, slot, Change::Set(SlotField::Pick(id)));
    Ok(Transaction::new(label, vec![edit]))
}

/// Notes what somebody thinks of an alternate. `is_blind` keeps its name out of the label.
///
/// # Errors
///
/// Fails when it is gone.
pub fn judge(
    show: &Show,
    at: CutAt,
    (slot, id): (SlotId, AlternateId),
    (person, verdict): (PersonId, Verdict),
    is_blind: bool,
) -> Result<Transaction, Immovable> {
    let alternate = find_alternate(show, at, slot, id)?;
    let mut verdicts = alternate.verdicts.clone();
    verdicts.insert(person, verdict);
    let name = if is_blind {
        "an alternate".to_owned()
    } else {
        track_title(show, alternate)
    };
    let label = match verdict.opinion {
        Opinion::Keep => format!("keep {name}"),
        Opinion::Maybe => format!("maybe {name}"),
        Opinion::Drop => format!("drop {name}"),
    };
    let set = Change::Set(AlternateField::Verdicts(verdicts));
    let edit = Edit::Alternate(at, slot, id, set);
    Ok(Transaction::new(label, vec![edit]))
}

/// Removes an alternate. When it was the pick, the next in order becomes it; a slot that has no
/// alternate left stays: it still wants music.
///
/// # Errors
///
/// Fails when it is gone.
pub fn remove_alternate(
    show: &Show,
    at: CutAt,
    slot: SlotId,
    id: AlternateId,
) -> Result<Transaction, Immovable> {
    let found = find_slot(show, at, slot)?;
    let alternate = found.alternate(id).ok_or(Immovable::Gone)?;
    let label = format!("remove {}", track_title(show, alternate));
    let mut edits = Vec::new();
    if found.pick == Some(id) {
        let next = found
            .alternates()
            .into_iter()
            .find(|(other, _)| *other != id);
        let field = SlotField::Pick(next.map(|(other, _)| other));
        edits.push(Edit::Slot(at, slot, Change::Set(field)));
    }
    edits.push(Edit::Alternate(at, slot, id, Change::Remove));
    Ok(Transaction::new(label, edits))
}

/// Sets the gain or a fade of an alternate. Fades never outgrow the slot.
///
/// # Errors
///
/// Fails when it is gone or has that value already.
pub fn shape(
    show: &Show,
    at: CutAt,
    slot: SlotId,
    id: AlternateId,
    field: AlternateField,
) -> Result<Transaction, Immovable> {
    use crate::model::Entity as _;

    let length = find_slot(show, at, slot)?.span.length();
    let alternate = find_alternate(show, at, slot, id)?;
    let title = track_title(show, alternate);
    let (field, what) = match field {
        AlternateField::Gain(gain) => (
            AlternateField::Gain(gain.clamped_to_gain()),
            format!("set level of {title}"),
        ),
        AlternateField::FadeIn(fade) => (
            AlternateField::FadeIn(fade.clamp(Ticks::ZERO, length)),
            format!("fade {title} in"),
        ),
        AlternateField::FadeOut(fade) => (
            AlternateField::FadeOut(fade.clamp(Ticks::ZERO, length)),
            format!("fade {title} out"),
        ),
        other => (other, format!("change {title}")),
    };
    if alternate.holds(&field) {
        return Err(Immovable::Unchanged);
    }
    let edit = Edit::Alternate(at, slot, id, Change::Set(field));
    Ok(Transaction::new(what, vec![edit]))
}

fn find_slot(show: &Show, at: CutAt, id: SlotId) -> Result<&Slot, Immovable> {
    let cut = show.cut(at).ok_or(Immovable::Gone)?;
    cut.slot(id).ok_or(Immovable::Gone)
}

fn find_alternate(
    show: &Show,
    at: CutAt,
    slot: SlotId,
    id: AlternateId,
) -> Result<&Alternate, Immovable> {
    let slot = find_slot(show, at, slot)?;
    slot.alternate(id).ok_or(Immovable::Gone)
}

fn track_title(show: &Show, alternate: &Alternate) -> String {
    let track = show.track(alternate.track);
    track.map_or_else(|| "a missing track".to_owned(), |t| t.title.clone())
}

/// What a slot is called: its pick's title, or what it is.
fn music_name(show: &Show, slot: &Slot) -> String {
    match slot.picked() {
        Some((_, alternate)) => track_title(show, alternate),
        None => "empty slot".to_owned(),
    }
}
