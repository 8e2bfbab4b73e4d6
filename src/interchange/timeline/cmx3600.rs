//! CMX 3600 edit decision lists of the sound (SMPTE 258M-2004): one for each lane, as many readers
//! take no more than two channels from one. The first is on channels 1 and 2, `AA`; for those from
//! the third on there is no such word that everybody knows, so each has events of its own, `A3` and
//! `A4`, as music editors' lists have them.
//!
//! A reel has eight letters, so each recording has one of its own, and its names are in comments.
//! Sources are counted from 00:00:00:00. Markers and scenes are locators in the first list, under
//! the events they follow.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::OutFile;
use super::ascii::plain;
use super::grid::{Grid, OnFrames};
use super::report::{Remark, WriteReport};
use crate::model::Color;
use crate::model::Decibels;
use crate::model::MusicClip;
use crate::model::Programme;
use crate::model::Recording;
use crate::model::TrackId;

/// How many events one list holds.
const MAX_EVENTS: usize = 999;

/// How long a reel's name is.
const REEL: usize = 8;

/// How many of its letters are kept where the rest tells it from others.
const KEPT: usize = 5;

/// Names that mean something to an edit controller.
const RESERVED: [&str; 3] = ["AX", "BL", "BLACK"];

/// How long a title may be.
const MAX_TITLE: usize = 70;

/// Writes a programme.
pub(super) fn write(programme: &Programme, report: &mut WriteReport) -> Vec<OutFile> {
    let grid = Grid::of(programme);
    let mut lists = Lists {
        programme,
        grid,
        reels: reels(&programme.recordings),
        plain: BTreeSet::new(),
        locators: Vec::new(),
    };
    lists.locators = lists.locators();
    let files = lists.files();
    lists.grid.tell(report);
    let music = || programme.lanes.iter().flatten();
    let leveled = music().filter(|clip| clip.pick.gain != Decibels::ZERO);
    report.add(Remark::LevelsLeft { n: leveled.count() });
    report.add(Remark::FadesLeft {
        n: music().filter(|clip| clip.pick.fades()).count(),
    });
    report.add(Remark::AlternatesLeft {
        n: music().map(|clip| clip.alternates.len()).sum(),
    });
    report.add(Remark::PlainLetters {
        n: lists.plain.len(),
    });
    let hits = programme.markers.iter().filter(|it| it.hit.is_some());
    report.add(Remark::HitsLeft { n: hits.count() });
    report.add(Remark::ScenesAsMarkers {
        n: programme.scenes.len(),
    });
    if files.len() > programme.lanes.len().max(1) {
        report.add(Remark::Split {
            limit: MAX_EVENTS,
            n: files.len(),
        });
    }
    files
}

struct Lists<'a> {
    programme: &'a Programme,
    grid: Grid,
    /// The reel of each recording.
    reels: Vec<String>,
    /// The texts that were written in plain letters.
    plain: BTreeSet<String>,
    /// The locators that are still to be written, last first.
    locators: Vec<(i64, String)>,
}

impl Lists<'_> {
    fn files(&mut self) -> Vec<OutFile> {
        let programme = self.programme;
        let mut files = Vec::new();
        let none: &[MusicClip] = &[];
        let lanes = programme.lanes.iter().map(Vec::as_slice);
        let lanes: Vec<&[MusicClip]> = lanes.collect();
        let lanes = if lanes.is_empty() { vec![none] } else { lanes };
        let is_one = lanes.len() == 1;
        for (n, lane) in lanes.into_iter().enumerate() {
            let placed = lane
                .iter()
                .filter_map(|clip| Some((clip, self.grid.music(&clip.pick)?)));
            let placed: Vec<(&MusicClip, OnFrames)> = placed.collect();
            let words = channels(n);
            let parts: Vec<&[(&MusicClip, OnFrames)]> = if placed.is_empty() {
                vec![&[]]
            } else {
                placed.chunks(MAX_EVENTS / words.len()).collect()
            };
            let n_parts = parts.len();
            for (part, events) in parts.into_iter().enumerate() {
                let pair = format!(" A{}-A{}", 2 * n + 1, 2 * n + 2);
                let part_name = format!(" part {}", part + 1);
                let mut suffix = String::new();
                if !is_one {
                    suffix.push_str(&pair);
                }
                if n_parts > 1 {
                    suffix.push_str(&part_name);
                }
                // Locators are in the lists of the first lane, and the last of these has the rest.
                let locators = match (n, part + 1 == n_parts) {
                    (0, true) => Some(i64::MAX),
                    (0, false) => events.last().map(|(_, at)| at.end),
                    _ => None,
                };
                let text = self.list(&words, &suffix, events, locators);
                files.push(OutFile {
                    suffix,
                    bytes: text.into_bytes(),
                });
            }
        }
        files
    }

    /// One list, with the locators before a frame, where it has any.
    fn list(
        &mut self,
        channels: &[String],
        suffix: &str,
        events: &[(&MusicClip, OnFrames)],
        locators: Option<i64>,
    ) -> String {
        let mut list = Lines::default();
        let title = self.plain(&self.programme.title.clone());
        let room = MAX_TITLE.saturating_sub(suffix.len());
        let title: String = title.chars().take(room).collect();
        list.line(&format!("TITLE: {title}{suffix}"));
        list.line(if self.programme.timebase.is_drop() {
            "FCM: DROP FRAME"
        } else {
            "FCM: NON-DROP FRAME"
        });
        list.line("");
        let mut numbers = 1..;
        for (index, (clip, at)) in events.iter().enumerate() {
            for (channel, number) in channels.iter().zip(&mut numbers) {
                self.event(&mut list, number, channel, clip, *at);
            }
            let next = events.get(index + 1).map(|(_, next)| next.start);
            let until = locators.map(|last| next.unwrap_or(last));
            self.write_locators(&mut list, until);
        }
        if events.is_empty() {
            self.write_locators(&mut list, locators);
        }
        list.text
    }

    fn event(
        &mut self,
        list: &mut Lines,
        number: usize,
        channel: &str,
        clip: &MusicClip,
        at: OnFrames,
    ) {
        let programme = self.programme;
        let reel = self.reels.get(clip.pick.recording);
        let reel = reel.map_or("AX", String::as_str);
        list.line(&format!(
            "{number:03}  {reel:<8} {channel:<5} C        {} {} {} {} ",
            self.grid.source_label(at.source_in),
            self.grid.source_label(at.source_out()),
            self.grid.label(at.start),
            self.grid.label(at.end),
        ));
        let recording = programme.recording(&clip.pick);
        let cue = [&clip.scene, &clip.why].map(|word| word.trim());
        let cue: Vec<&str> = cue.into_iter().filter(|word| !word.is_empty()).collect();
        let comments = [
            ("FROM CLIP NAME", recording.full_title()),
            ("SOURCE FILE", recording.file_name().to_owned()),
            ("COMMENT", format!("M{} {}", clip.number, cue.join("; "))),
        ];
        for (word, text) in comments {
            let text = self.plain(&text);
            if !text.is_empty() {
                list.line(&format!("* {word}: {text}"));
            }
        }
    }

    fn write_locators(&mut self, list: &mut Lines, until: Option<i64>) {
        let Some(until) = until else { return };
        while self.locators.last().is_some_and(|(at, _)| *at < until) {
            if let Some((_, text)) = self.locators.pop() {
                list.line(&text);
            }
        }
    }

    /// Markers and scenes as locators, last first.
    fn locators(&mut self) -> Vec<(i64, String)> {
        let programme = self.programme;
        let markers = programme.markers.iter();
        let markers = markers.map(|it| (it.span(), it.name.clone(), it.color));
        let scenes = programme.scenes.iter();
        let scenes = scenes.map(|it| (it.span, it.title(), it.color));
        let all: Vec<_> = markers.chain(scenes).collect();
        let mut locators: Vec<(i64, String)> = all
            .into_iter()
            .map(|(span, name, color)| {
                let (at, length) = self.grid.picture(span);
                let (label, name) = (self.grid.label(at), self.plain(&name));
                // The length is how lists for visual effects have it.
                let length = match length {
                    0 => String::new(),
                    n => format!(" |D:{n}"),
                };
                let color = color_word(color);
                (at, format!("* LOC: {label} {color:<7} {name}{length}"))
            })
            .collect();
        locators.sort_by_key(|(at, _)| *at);
        locators.reverse();
        locators
    }

    fn plain(&mut self, text: &str) -> String {
        let plain = plain(text);
        if !text.is_ascii() {
            self.plain.insert(text.to_owned());
        }
        plain
    }
}

/// The words for the channels of a lane, each of which takes an event.
fn channels(lane: usize) -> Vec<String> {
    match lane {
        0 => vec!["AA".to_owned()],
        _ => [1, 2].map(|side| format!("A{}", 2 * lane + side)).to_vec(),
    }
}

/// Lines with the line ends of the machines that the format was made for.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str("\r\n");
    }
}

/// A reel for each recording: its title in capitals and digits, shortened, with what tells it from
/// the others where that is needed. The same recordings always have the same reels.
fn reels(recordings: &[Recording]) -> Vec<String> {
    let mut taken: BTreeSet<String> = RESERVED.map(str::to_owned).into();
    let mut reels = Vec::new();
    for recording in recordings {
        let letters: String = plain(&recording.title)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let letters = if letters.is_empty() { "MX" } else { &letters };
        let mut reel: String = letters.chars().take(REEL).collect();
        let mut salt = 0_u32;
        while taken.contains(&reel) {
            reel = letters.chars().take(KEPT).collect();
            let own = recording.track.map_or(0, TrackId::as_u128);
            // A string takes all that is written.
            let _infallible = write!(reel, "{}", digits(own, salt));
            salt += 1;
        }
        taken.insert(reel.clone());
        reels.push(reel);
    }
    reels
}

/// Three letters and digits that depend on a number and a salt: FNV-1a over both.
fn digits(number: u128, salt: u32) -> String {
    const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let bytes = number.to_be_bytes().into_iter().chain(salt.to_be_bytes());
    let mut hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    let mut text = String::new();
    for _ in KEPT..REEL {
        let digit = ALPHABET.get((hash % 36) as usize).copied();
        text.push(char::from(digit.unwrap_or(b'0')));
        hash /= 36;
    }
    text
}

/// Avid's word for a color.
const fn color_word(color: Color) -> &'static str {
    match color {
        Color::Gray => "WHITE",
        Color::Red => "RED",
        Color::Orange => "ORANGE",
        Color::Yellow => "YELLOW",
        Color::Green => "GREEN",
        Color::Cyan => "CYAN",
        Color::Blue => "BLUE",
        Color::Purple => "PURPLE",
        Color::Pink => "PINK",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SampleRate;
    use crate::time::Samples;

    fn titled(n: u128, title: &str) -> Recording {
        Recording {
            track: Some(TrackId::from_u128(n)),
            title: title.to_owned(),
            artist: String::new(),
            album: String::new(),
            isrc: String::new(),
            path: String::new(),
            rate: SampleRate::HZ_48000,
            channels: 2,
            length: Samples::ZERO,
        }
    }

    #[test]
    fn every_recording_has_a_reel_of_its_own() {
        let titles = [
            "Coastline",
            "Coastlines",
            "Coastline (Instrumental)",
            "海",
            "波",
            "Black",
        ];
        let ids = 1_u128..;
        let recordings: Vec<Recording> = ids.zip(titles).map(|(n, it)| titled(n, it)).collect();
        let reels = reels(&recordings);
        let different: BTreeSet<&String> = reels.iter().collect();
        assert_eq!(different.len(), titles.len(), "{reels:?}");
        for reel in &reels {
            assert!(reel.len() <= REEL, "{reel}");
            assert!(reel.chars().all(|c| c.is_ascii_alphanumeric()), "{reel}");
        }
        assert_eq!(reels.first().map(String::as_str), Some("COASTLIN"));
    }
}
