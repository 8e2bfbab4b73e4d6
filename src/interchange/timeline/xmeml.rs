//! The timelines of Final Cut Pro 7, which Premiere Pro and many others read: xmeml 5 (Apple, Final
//! Cut Pro XML Interchange Format, 2008).
//!
//! Places are whole frames from the first of the sequence, those in recordings from their first
//! sample. A lane is two tracks, left and right, whose clips are linked. A file is described where
//! it is named first, and later only named.

use std::collections::BTreeSet;

use super::address::file_url;
use super::grid::{Grid, OnFrames};
use super::otio::n_levelled;
use super::report::{Remark, WriteReport};
use super::xml::XmlWriter;
use crate::model::Color;
use crate::model::Decibels;
use crate::model::MusicClip;
use crate::model::Programme;
use crate::model::Recording;
use crate::model::Take;
use crate::time::TickSpan;

/// The largest factor of a clip's level: 12 dB.
const MAX_LEVEL: &str = "3.98109";

/// Writes a programme.
pub(super) fn write(programme: &Programme, report: &mut WriteReport) -> String {
    let mut writer = Writer {
        programme,
        grid: Grid::of(programme),
        xml: XmlWriter::new("xmeml"),
        described: BTreeSet::new(),
    };
    writer.document();
    writer.grid.tell(report);
    let music = || programme.lanes.iter().flatten();
    report.add(Remark::FadesLeft {
        n: music().filter(|clip| clip.pick.fades()).count(),
    });
    report.add(Remark::Levelled {
        n: n_levelled(programme),
    });
    report.add(Remark::AlternatesLeft {
        n: music().map(|clip| clip.alternates.len()).sum(),
    });
    report.add(Remark::ChannelsLeft {
        n: programme
            .recordings
            .iter()
            .filter(|it| it.channels > 2)
            .count(),
    });
    let hits = programme.markers.iter().filter(|it| it.hit.is_some());
    report.add(Remark::HitsLeft { n: hits.count() });
    report.add(Remark::ScenesAsMarkers {
        n: programme.scenes.len(),
    });
    writer.xml.finish()
}

struct Writer<'a> {
    programme: &'a Programme,
    grid: Grid,
    xml: XmlWriter,
    /// The recordings whose files were described.
    described: BTreeSet<usize>,
}

/// One of the two channels of a lane.
#[derive(Clone, Copy)]
struct Side {
    /// Which track of the sequence, from 1.
    track: usize,
    /// Which of the two, from 1.
    channel: usize,
}

impl Writer<'_> {
    fn document(&mut self) {
        let programme = self.programme;
        self.xml.open("xmeml", &[("version", "5".to_owned())]);
        self.xml
            .open("sequence", &[("id", "sequence-1".to_owned())]);
        self.xml.text("name", &programme.title);
        self.xml
            .number("duration", self.grid.nearest(programme.end()));
        self.rate();
        self.xml.open("timecode", &[]);
        self.rate();
        self.xml.text("string", &self.grid.label(0));
        self.xml.number("frame", programme.start.get());
        let counting = if programme.timebase.is_drop() {
            "DF"
        } else {
            "NDF"
        };
        self.xml.text("displayformat", counting);
        self.xml.close();
        self.xml.open("media", &[]);
        self.xml.open("audio", &[]);
        self.xml.number("numOutputChannels", 2);
        self.xml.open("format", &[]);
        self.xml.open("samplecharacteristics", &[]);
        self.xml.number("depth", 16);
        self.xml.number("samplerate", 48_000);
        self.xml.close();
        self.xml.close();
        for (n, lane) in programme.lanes.iter().enumerate() {
            self.lane(n, lane);
        }
        self.xml.close();
        self.xml.close();
        self.marks();
    }

    fn rate(&mut self) {
        let rate = self.programme.timebase.rate();
        self.xml.open("rate", &[]);
        self.xml.number("timebase", i64::from(rate.nominal()));
        let is_ntsc = rate.den() == 1001;
        self.xml
            .text("ntsc", if is_ntsc { "TRUE" } else { "FALSE" });
        self.xml.close();
    }

    fn lane(&mut self, n: usize, lane: &[MusicClip]) {
        let placed = lane
            .iter()
            .filter_map(|clip| Some((clip, self.grid.music(&clip.pick)?)));
        let placed: Vec<(&MusicClip, OnFrames)> = placed.collect();
        for channel in [1, 2] {
            let side = Side {
                track: 2 * n + channel,
                channel,
            };
            self.xml.open("track", &[]);
            for (index, (clip, at)) in placed.iter().enumerate() {
                self.clip(clip, *at, side, index + 1);
            }
            self.xml.text("enabled", "TRUE");
            self.xml.text("locked", "FALSE");
            self.xml.number("outputchannelindex", channel as i64);
            self.xml.close();
        }
    }

    fn clip(&mut self, clip: &MusicClip, at: OnFrames, side: Side, index: usize) {
        let recording = self.programme.recording(&clip.pick);
        let id = clip_id(side.track, index);
        self.xml.open("clipitem", &[("id", id)]);
        self.xml.text("name", &recording.full_title());
        self.xml.text("enabled", "TRUE");
        let length = self.grid.nearest(recording.duration());
        self.xml.number("duration", length.max(at.source_out()));
        self.rate();
        self.xml.number("start", at.start);
        self.xml.number("end", at.end);
        self.xml.number("in", at.source_in);
        self.xml.number("out", at.source_out());
        self.file(&clip.pick, recording, length);
        self.level(&clip.pick);
        self.xml.open("sourcetrack", &[]);
        self.xml.text("mediatype", "audio");
        let channel = side.channel.min(usize::from(recording.channels.max(1)));
        self.xml.number("trackindex", channel as i64);
        self.xml.close();
        let left = side.track + 1 - side.channel;
        for track in [left, left + 1] {
            self.xml.open("link", &[]);
            self.xml.text("linkclipref", &clip_id(track, index));
            self.xml.text("mediatype", "audio");
            self.xml.number("trackindex", track as i64);
            self.xml.number("clipindex", index as i64);
            self.xml.number("groupindex", 1);
            self.xml.close();
        }
        self.comments(clip);
        self.xml.close();
    }

    fn file(&mut self, take: &Take, recording: &Recording, length: i64) {
        let id = [("id", format!("file-{}", take.recording + 1))];
        if !self.described.insert(take.recording) {
            self.xml.leaf("file", &id);
            return;
        }
        self.xml.open("file", &id);
        self.xml.text("name", recording.file_name());
        self.xml
            .text("pathurl", &file_url("localhost", &recording.path));
        self.rate();
        self.xml.number("duration", length);
        self.xml.open("media", &[]);
        self.xml.open("audio", &[]);
        self.xml.open("samplecharacteristics", &[]);
        self.xml.number("depth", 16);
        self.xml
            .number("samplerate", i64::from(recording.rate.get()));
        self.xml.close();
        self.xml
            .number("channelcount", i64::from(recording.channels));
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    /// The level as a factor.
    fn level(&mut self, take: &Take) {
        if take.gain == Decibels::ZERO {
            return;
        }
        let factor = take.gain.clamped_to_gain().to_factor();
        self.xml.open("filter", &[]);
        self.xml.open("effect", &[]);
        self.xml.text("name", "Audio Levels");
        self.xml.text("effectid", "audiolevels");
        self.xml.text("effectcategory", "audiolevels");
        self.xml.text("effecttype", "audiolevels");
        self.xml.text("mediatype", "audio");
        self.xml.open("parameter", &[]);
        self.xml.text("name", "Level");
        self.xml.text("parameterid", "level");
        self.xml.number("valuemin", 0);
        self.xml.text("valuemax", MAX_LEVEL);
        self.xml.text("value", &format!("{factor:.6}"));
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    fn comments(&mut self, clip: &MusicClip) {
        let comments = [
            ("mastercomment1", &clip.scene),
            ("mastercomment2", &clip.why),
            ("mastercomment3", &clip.pick.note),
        ];
        if comments.iter().all(|(_, text)| text.is_empty()) {
            return;
        }
        self.xml.open("comments", &[]);
        for (name, text) in comments {
            if !text.is_empty() {
                self.xml.text(name, text);
            }
        }
        self.xml.close();
    }

    /// Markers and scenes, in running order.
    fn marks(&mut self) {
        let markers = self.programme.markers.iter();
        let markers = markers.map(|it| (it.span(), it.name.clone(), &it.note, it.color));
        let scenes = self.programme.scenes.iter();
        let scenes = scenes.map(|it| (it.span, it.title(), &it.intent, it.color));
        let mut marks: Vec<(TickSpan, String, &String, Color)> = markers.chain(scenes).collect();
        marks.sort_by_key(|(span, ..)| *span);
        for (span, name, note, color) in marks {
            let (from, length) = self.grid.picture(span);
            self.xml.open("marker", &[]);
            self.xml.text("name", &name);
            self.xml.text("comment", note);
            self.xml.number("in", from);
            // A point has no end.
            let end = if length == 0 { -1 } else { from + length };
            self.xml.number("out", end);
            if let Some([red, green, blue]) = parts(color) {
                self.xml.open("color", &[]);
                self.xml.number("red", red);
                self.xml.number("green", green);
                self.xml.number("blue", blue);
                self.xml.close();
            }
            self.xml.close();
        }
    }
}

fn clip_id(track: usize, index: usize) -> String {
    format!("clipitem-{track}-{index}")
}

/// A color as red, green and blue from 0 to 255; none for gray, which means nothing.
const fn parts(color: Color) -> Option<[i64; 3]> {
    Some(match color {
        Color::Gray => return None,
        Color::Red => [255, 0, 0],
        Color::Orange => [255, 128, 0],
        Color::Yellow => [255, 255, 0],
        Color::Green => [0, 255, 0],
        Color::Cyan => [0, 255, 255],
        Color::Blue => [0, 0, 255],
        Color::Purple => [160, 0, 255],
        Color::Pink => [255, 64, 192],
    })
}
