//! Pro Tools' “Session Info as Text”: memory locations as markers, and the clips of its tracks as
//! events, so that music that is laid already can become cues. The format is described in “Pro
//! Tools Reference Guide”, chapter “File Export”, and by what sessions of 2018 to 2024 hold.
//!
//! A marker's place is its time reference, in samples from the session's start, where the session
//! counts so: its timecode is no more than the frame that this falls into.

mod sections;

use super::CutFormat;
use super::ReadError;
use super::labels::{self, Label, is_label};
use super::options::ReadOptions;
use super::wording::kept;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::{cleaned, lines};
use crate::model::Channels;
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::FoundMarker;
use crate::time::Frames;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;
use sections::{ClipRow, MarkerRow, Session, Track};

/// Whether this is a session as text.
pub(super) fn fit(head: &str) -> Fit {
    let has = |key: &str| lines(head).take(20).any(|line| line.text.starts_with(key));
    if has("SESSION NAME:") && has("TIMECODE FORMAT:") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads markers and clips.
///
/// # Errors
///
/// Fails when the session does not say its timecode, or says one that there is not.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let session = Session::collect(text);
    let broken = |reason: String| ReadError::Broken {
        format: CutFormat::ProTools,
        reason,
    };
    let timebase = timebase(session.timecode_format).ok_or_else(|| {
        broken(format!(
            "“{}” is no timecode known here",
            session.timecode_format
        ))
    })?;
    if timebase.counting() != options.timebase.counting() {
        report.warn_of_all(WarningKind::OtherCounting {
            list: timebase.counting(),
        });
    }
    let start = timebase
        .parse(whole_frames(session.start).0)
        .map_err(|error| broken(error.to_string()))?;
    let mut list = CutList::new(timebase);
    list.title = cleaned(session.name);
    list.start = Some(start);
    let reader = Reader {
        timebase,
        start: timebase.rate().to_ticks(start),
        rate: session.sample_rate(),
    };
    for row in session.markers.iter().take(MAX_ENTRIES) {
        list.markers.extend(reader.marker(row, report));
    }
    reader.events(&session.tracks, &mut list, report);
    if let Some(line) = session.next_line {
        report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
    }
    Ok(list)
}

/// The timebase of `23.976 Frame`, `29.97 Drop Frame`, `59.94 Drop Frame`.
fn timebase(format: &str) -> Option<Timebase> {
    let words: Vec<&str> = format.split_whitespace().collect();
    let (rate, rest) = words.split_first()?;
    let is_drop = rest.iter().any(|word| word.eq_ignore_ascii_case("drop"));
    let counting = if is_drop { "df" } else { "" };
    format!("{rate}{counting}").parse().ok()
}

/// A timecode, and the hundredths of a frame behind it: `01:00:00:12.50`.
fn whole_frames(label: &str) -> (&str, i64) {
    match label.rsplit_once('.') {
        Some((whole, hundredths)) if is_label(whole) && hundredths.len() == 2 => {
            (whole, hundredths.parse().unwrap_or(0))
        }
        _ => (label, 0),
    }
}

/// Turns rows into what they are.
struct Reader {
    timebase: Timebase,
    /// Where the session starts, counted from label zero.
    start: Ticks,
    rate: Option<SampleRate>,
}

impl Reader {
    fn marker(&self, row: &MarkerRow, report: &mut Report) -> Option<FoundMarker> {
        let reference = row.reference.trim().parse().ok().map(Samples::new);
        let counts_samples = row.units.trim().eq_ignore_ascii_case("samples");
        let at = match (reference, self.rate) {
            (Some(samples), Some(rate)) if counts_samples => {
                self.start + rate.nearest_ticks(samples)
            }
            _ => self.position(row.line, &row.location, report)?,
        };
        Some(FoundMarker {
            name: kept(&row.name, row.line, report),
            at,
            length: Ticks::ZERO,
            color: None,
            note: kept(&row.comments, row.line, report),
            track: row.track.trim().to_owned(),
        })
    }

    /// The place of a timecode. What bars and beats, feet or minutes mean is the session's secret.
    fn position(&self, line: usize, location: &str, report: &mut Report) -> Option<Ticks> {
        let (text, hundredths) = whole_frames(location.trim());
        if !is_label(text) {
            report.warn(line, WarningKind::NoTime(quoted(location)));
            return None;
        }
        let frames = labels::read(self.timebase, Label { line, text }, report)?;
        let rate = self.timebase.rate();
        let rest = Ticks::new(rate.frame_length().get() * hundredths / 100);
        let at = rate.to_ticks(frames) + rest;
        // A session that starts before midnight goes on past it.
        let day = rate.to_ticks(Frames::new(self.timebase.frames_per_day()));
        let is_past_midnight = self.start - at > Ticks::new(day.get() / 2);
        Some(if is_past_midnight { at + day } else { at })
    }

    /// The clips of all tracks. A stereo clip is told once for each channel; the first tells all,
    /// and the channel's number is that of the track.
    fn events(&self, tracks: &[Track<'_>], list: &mut CutList, report: &mut Report) {
        let mut n_muted = 0;
        for (track, number) in tracks.iter().zip(1_u16..) {
            let first_channel = track.clips.first().map(|clip| clip.channel);
            let mut clips: Vec<FoundEvent> = Vec::new();
            let mut fades: Vec<(Fade, TickSpan)> = Vec::new();
            for row in &track.clips {
                if Some(row.channel) != first_channel {
                    continue;
                }
                if row.is_muted {
                    n_muted += 1;
                    continue;
                }
                let Some(span) = self.span(row, report) else {
                    continue;
                };
                match Fade::of(row.name) {
                    Some(fade) => fades.push((fade, span)),
                    None => clips.push(event(row, track, number, span)),
                }
            }
            for (fade, span) in fades {
                fade.join(span, &mut clips);
            }
            list.events.append(&mut clips);
        }
        if n_muted > 0 {
            report.warn_of_all(WarningKind::Muted { n: n_muted });
        }
    }

    fn span(&self, row: &ClipRow<'_>, report: &mut Report) -> Option<TickSpan> {
        let from = self.position(row.line, row.start, report)?;
        let to = self.position(row.line, row.end, report)?;
        let span = TickSpan::new(from, to);
        if span.is_err() {
            report.warn(row.line, WarningKind::EndBeforeStart);
        }
        span.ok()
    }
}

fn event(row: &ClipRow<'_>, track: &Track<'_>, number: u16, span: TickSpan) -> FoundEvent {
    FoundEvent {
        number: row.event.to_owned(),
        channels: Channels {
            picture: None,
            sound: vec![number],
        },
        clip: cleaned(row.name),
        track: cleaned(track.name),
        record: span,
        ..FoundEvent::default()
    }
}

/// A fade, which Pro Tools lists as a clip beside those it fades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fade {
    In,
    Out,
    Cross,
}

impl Fade {
    fn of(clip: &str) -> Option<Self> {
        match clip.trim() {
            "(fade in)" => Some(Self::In),
            "(fade out)" => Some(Self::Out),
            "(cross fade)" => Some(Self::Cross),
            _ => None,
        }
    }

    /// Gives the stretch of the fade to the clips that it belongs to: both of a cross-fade.
    fn join(self, span: TickSpan, clips: &mut [FoundEvent]) {
        let mut before = clips
            .iter_mut()
            .filter(|clip| clip.record.end() == span.start());
        if self != Self::In
            && let Some(clip) = before.next()
        {
            clip.record = TickSpan::between(clip.record.start(), span.end());
        }
        let mut after = clips
            .iter_mut()
            .filter(|clip| clip.record.start() == span.end());
        if self != Self::Out
            && let Some(clip) = after.next()
        {
            clip.record = TickSpan::between(span.start(), clip.record.end());
        }
    }
}

#[cfg(test)]
mod tests;
