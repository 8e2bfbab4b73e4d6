//! What things on the timeline are called: in the accessibility tree and in tooltips.

use crate::model::Alternate;
use crate::model::Cut;
use crate::model::Marker;
use crate::model::Scene;
use crate::model::Show;
use crate::model::Slot;
use crate::model::Weight;
use crate::time::TickSpan;
use crate::time::Ticks;

/// “10:02:10:00 to 10:02:31:05”.
pub(super) fn span(cut: &Cut, span: TickSpan) -> String {
    format!("{} to {}", cut.label(span.start()), cut.label(span.end()))
}

/// A length: “00:00:21:05”.
pub(super) fn length(cut: &Cut, length: Ticks) -> String {
    cut.timebase
        .length_label(cut.timebase.rate().nearest_frames(length))
}

/// A short length for where there is little room: hours and minutes only where there are some.
pub(super) fn short_length(cut: &Cut, ticks: Ticks) -> String {
    let full = length(cut, ticks);
    let short = full
        .strip_prefix("00:00:")
        .or_else(|| full.strip_prefix("00:"));
    short.map_or(full.clone(), ToOwned::to_owned)
}

/// Whether a scene is armed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Armed {
    Yes,
    No,
}

pub(super) fn scene(cut: &Cut, scene: &Scene, armed: Armed) -> String {
    let armed = match armed {
        Armed::Yes => ", armed",
        Armed::No => "",
    };
    format!("Scene {}, {}{armed}", scene.title(), span(cut, scene.span))
}

pub(super) fn marker(cut: &Cut, marker: &Marker) -> String {
    let what = match &marker.hit {
        Some(hit) => format!("{} hit point", weight(hit.weight)),
        None => "Marker".to_owned(),
    };
    let name = match marker.name.as_str() {
        "" => "without a name",
        name => name,
    };
    let place = if marker.length > Ticks::ZERO {
        span(cut, marker.span())
    } else {
        cut.label(marker.at)
    };
    format!("{what} {name}, {place}")
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Light => "Light",
        Weight::Medium => "Medium",
        Weight::Heavy => "Heavy",
    }
}

pub(super) fn slot(show: &Show, cut: &Cut, slot: &Slot) -> String {
    let place = span(cut, slot.span);
    let alternates = slot.alternates();
    match slot.picked() {
        Some((id, alternate)) => {
            let number = alternates.iter().position(|(other, _)| *other == id);
            let number = number.map_or(0, |n| n + 1);
            format!(
                "Slot {}, {place}, alternate {number} of {}",
                title(show, alternate),
                alternates.len()
            )
        }
        None => format!("Empty slot, {place}, wants music"),
    }
}

/// Whether an alternate is the pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    Yes,
    No,
}

pub(super) fn alternate(
    show: &Show,
    number: usize,
    alternate: &Alternate,
    picked: Picked,
) -> String {
    let picked = match picked {
        Picked::Yes => ", picked",
        Picked::No => "",
    };
    format!("Alternate {number} {}{picked}", title(show, alternate))
}

/// The title of an alternate's track.
pub(super) fn title<'a>(show: &'a Show, alternate: &Alternate) -> &'a str {
    match show.track(alternate.track) {
        Some(track) if !track.title.is_empty() => &track.title,
        Some(_) => "Untitled",
        None => "Missing track",
    }
}

/// Title and artist of an alternate's track.
pub(super) fn credit(show: &Show, alternate: &Alternate) -> String {
    let title = title(show, alternate);
    match show.track(alternate.track) {
        Some(track) if !track.artist.is_empty() => format!("{title} · {}", track.artist),
        _ => title.to_owned(),
    }
}

/// What is known of an alternate as music: “≈ 92.5 BPM, A minor, lifts at 10:02:13:07”.
pub(super) fn as_music(show: &Show, cut: &Cut, alternate: &Alternate) -> Option<String> {
    let track = show.track(alternate.track)?;
    let form = track.measured.form.as_ref();
    let lift = form.and_then(|form| form.lift);
    let facts: Vec<String> = [
        track.tempo().map(|tempo| tempo.to_string()),
        track.key().map(|key| key.to_string()),
        lift.map(|lift| format!("lifts at {}", cut.label(lift + alternate.track_start))),
        form.and_then(|form| form.ending)
            .map(|ending| format!("ends {ending}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!facts.is_empty()).then(|| facts.join(", "))
}
