//! The locations of an Ardour session as markers. Up to version 6 they are in samples of the
//! session's rate, from version 7 in superclock ticks, of which there are 282,240,000 in a second
//! (Ardour's sources, `libs/temporal`), behind an `a`; both count from the timeline's zero.

use roxmltree::Node;

use super::CutFormat;
use super::ReadError;
use super::options::ReadOptions;
use super::wording::kept;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::xml;
use crate::interchange::xml::{Lines, attribute, children};
use crate::model::CutList;
use crate::model::FoundMarker;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

const SUPERCLOCK: i128 = 282_240_000;
/// Locations that are nobody's marker: the session's ends, loops, and what is hidden.
const NO_MARKERS: [&str; 5] = [
    "IsSessionRange",
    "IsAutoLoop",
    "IsAutoPunch",
    "IsHidden",
    "IsClockOrigin",
];

/// Whether this is a session of Ardour.
pub(super) fn fit(head: &str) -> Fit {
    // Other programs call their first element so too.
    if xml::begins_with(head, "Session") && head.contains("sample-rate=") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the locations.
///
/// # Errors
///
/// Fails when it is no whole XML, or says no sample rate.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let broken = |reason| ReadError::Broken {
        format: CutFormat::Ardour,
        reason,
    };
    let document = xml::parse(text).map_err(broken)?;
    let session = document.root_element();
    let rate = attribute(session, "sample-rate").parse().ok();
    let rate = rate
        .and_then(|hz| SampleRate::new(hz).ok())
        .ok_or_else(|| broken("it says no sample rate".to_owned()))?;
    let mut list = CutList::new(timebase(session).unwrap_or(options.timebase));
    list.title = kept(&attribute(session, "name"), 1, report);
    let lines = Lines::of(text);
    let zero = offset(session, rate);
    for location in children(session, "Locations").flat_map(|node| children(node, "Location")) {
        let flags = attribute(location, "flags");
        if flags
            .split(',')
            .any(|flag| NO_MARKERS.contains(&flag.trim()))
        {
            continue;
        }
        let line = lines.line(location);
        if list.markers.len() == MAX_ENTRIES {
            report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
            break;
        }
        let place = |name: &str| {
            let text = attribute(location, name);
            position(&text, rate).ok_or(text)
        };
        let (from, to) = match (place("start"), place("end")) {
            (Ok(from), Ok(to)) => (from, to),
            (Ok(from), Err(_)) => (from, from),
            (Err(text), _) => {
                report.warn(line, WarningKind::NoTime(quoted(&text)));
                continue;
            }
        };
        // The end of a mark is its start, or nothing that means anything.
        let is_mark = flags.contains("IsMark");
        let length = TickSpan::new(from, to).map_or(Ticks::ZERO, TickSpan::length);
        list.markers.push(FoundMarker {
            name: kept(&attribute(location, "name"), line, report),
            at: zero + from,
            length: if is_mark { Ticks::ZERO } else { length },
            ..FoundMarker::default()
        });
    }
    Ok(list)
}

/// A place on the timeline: samples, or superclock ticks behind an `a`. What is in beats depends
/// on the session's tempo and is nobody's moment of picture.
fn position(text: &str, rate: SampleRate) -> Option<Ticks> {
    let Some(superclock) = text.strip_prefix('a') else {
        return Some(rate.nearest_ticks(Samples::new(text.parse().ok()?)));
    };
    let ticks = superclock.parse::<i64>().ok().map(i128::from)? * i128::from(Ticks::PER_SECOND);
    let nearest = (ticks + SUPERCLOCK / 2).div_euclid(SUPERCLOCK);
    Some(Ticks::new(i64::try_from(nearest).ok()?))
}

/// The session's options, where it keeps any of its own.
fn option<'a>(session: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    children(session, "Config")
        .flat_map(|config| children(config, "Option"))
        .find(|option| option.attribute("name") == Some(name))?
        .attribute("value")
}

/// `timecode_2997drop` and its like.
fn timebase(session: Node<'_, '_>) -> Option<Timebase> {
    let text = match option(session, "timecode-format")?.strip_prefix("timecode_")? {
        "23976" => "23.976",
        "24" => "24",
        "25" => "25",
        "2997" | "2997000" => "29.97",
        "2997drop" | "2997000drop" => "29.97df",
        "30" => "30",
        "5994" => "59.94",
        "60" => "60",
        _ => return None,
    };
    text.parse().ok()
}

/// The timecode of the timeline's zero, in the session's options as samples.
fn offset(session: Node<'_, '_>, rate: SampleRate) -> Ticks {
    let samples = option(session, "timecode-offset").and_then(|text| text.parse().ok());
    let offset = rate.nearest_ticks(Samples::new(samples.unwrap_or(0)));
    match option(session, "timecode-offset-negative") {
        Some("0" | "no" | "false") => offset,
        // It is negative unless the session says otherwise.
        _ => -offset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::FrameRate;

    fn found(config: &str, locations: &str) -> (CutList, Report) {
        let text = format!(
            "<Session version=\"7003\" name=\"Promise\" sample-rate=\"48000\"><Config>{config}</Config><Locations>{locations}</Locations></Session>"
        );
        assert_eq!(fit(&text), Fit::Sure);
        let mut report = Report::default();
        let list = read(&text, &ReadOptions::default(), &mut report);
        (list.expect("it is XML"), report)
    }

    #[test]
    fn a_mark_is_a_point_and_a_range_is_a_span() {
        let (list, report) = found(
            "",
            "<Location name=\"touch\" start=\"a16934400000\" end=\"a16934400000\" flags=\"IsMark\"/>\
             <Location name=\"scene\" start=\"48000\" end=\"96000\" flags=\"IsRangeMarker\"/>\
             <Location name=\"session\" start=\"0\" end=\"9\" flags=\"IsSessionRange\"/>",
        );
        let places: Vec<_> = list.markers.iter().map(|m| (m.at, m.length)).collect();
        let second = Ticks::from_secs;
        assert_eq!(places, [(second(60), second(0)), (second(1), second(1))]);
        assert!(report.is_clean());
    }

    #[test]
    fn what_is_in_beats_has_no_place() {
        let (list, report) = found(
            "",
            "<Location name=\"b\" start=\"b1920\" end=\"b1920\" flags=\"IsMark\"/>",
        );
        assert!(list.is_empty());
        assert_eq!(
            report.warnings()[0].kind,
            WarningKind::NoTime("b1920".to_owned())
        );
    }

    #[test]
    fn the_session_says_its_timecode_and_where_it_begins() {
        let (list, _) = found(
            "<Option name=\"timecode-format\" value=\"timecode_2997drop\"/>\
             <Option name=\"timecode-offset\" value=\"172800000\"/>\
             <Option name=\"timecode-offset-negative\" value=\"0\"/>",
            "<Location name=\"a\" start=\"0\" end=\"0\" flags=\"IsMark\"/>",
        );
        assert_eq!(list.timebase.rate(), FrameRate::F29_97);
        assert!(list.timebase.is_drop());
        assert_eq!(list.markers[0].at, Ticks::from_secs(3600));
    }
}
