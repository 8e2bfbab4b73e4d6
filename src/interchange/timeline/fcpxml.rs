//! Final Cut Pro XML, 1.8 to 1.13 (Apple, FCPXML Reference and its document types): one gap as long
//! as the programme in the primary storyline, the music connected to it in lanes below, each use
//! with alternates as an audition whose first clip is the pick.
//!
//! A connected clip's `offset`, and a marker's `start`, are in the gap's own time, which here is
//! timecode. Times are exact fractions of a second. Scenes are markers with a length, because the
//! keywords of a gap are not shown.

use std::fmt;
use std::str::FromStr;

use super::address::file_url;
use super::otio::n_levelled;
use super::report::{Remark, WriteReport};
use super::xml::XmlWriter;
use crate::model::Decibels;
use crate::model::MusicClip;
use crate::model::Programme;
use crate::model::Recording;
use crate::model::Take;
use crate::time::FrameRate;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Which version of the format: its minor number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FcpxmlVersion(u8);

impl FcpxmlVersion {
    /// All of them, oldest first.
    pub const ALL: [Self; 6] = [Self(8), Self(9), Self(10), Self(11), Self(12), Self(13)];

    /// From this one on, an asset has its files in elements of their own.
    const MEDIA_REP: Self = Self(9);
}

/// 1.10, which Final Cut Pro reads since 10.6 and Resolve since 18.
impl Default for FcpxmlVersion {
    fn default() -> Self {
        Self(10)
    }
}

impl fmt::Display for FcpxmlVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

/// A version that cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("FCPXML {0} cannot be written, only 1.8 to 1.13")]
pub struct UnknownVersion(pub String);

impl FromStr for FcpxmlVersion {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|version| version.to_string() == text.trim());
        found.ok_or_else(|| UnknownVersion(text.to_owned()))
    }
}

/// What the program itself can turn a clip down to.
const SILENCE: f32 = -96.0;

/// Writes a programme.
pub(super) fn write(
    programme: &Programme,
    version: FcpxmlVersion,
    report: &mut WriteReport,
) -> String {
    let rate = programme.timebase.rate();
    let mut writer = Writer {
        programme,
        start: rate.to_ticks(programme.start),
        xml: XmlWriter::new("fcpxml"),
        n_between: 0,
        n_later: 0,
    };
    writer.document(version);
    report.add(Remark::BetweenFrames {
        n: writer.n_between,
    });
    report.add(Remark::LaterAlternates { n: writer.n_later });
    report.add(Remark::Levelled {
        n: n_levelled(programme),
    });
    let colored = programme.markers.iter().map(|it| it.color);
    let colored = colored.chain(programme.scenes.iter().map(|it| it.color));
    report.add(Remark::ColorsLeft {
        n: colored
            .filter(|color| *color != crate::model::Color::Gray)
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
    /// Timecode of the first frame.
    start: Ticks,
    xml: XmlWriter,
    /// How many places lie between two frames.
    n_between: usize,
    /// How many alternates begin after the pick.
    n_later: usize,
}

impl Writer<'_> {
    fn document(&mut self, version: FcpxmlVersion) {
        let programme = self.programme;
        let rate = programme.timebase.rate();
        self.xml.open("fcpxml", &[("version", version.to_string())]);
        self.xml.open("resources", &[]);
        self.xml.leaf(
            "format",
            &[
                ("id", "r1".to_owned()),
                ("name", format_name(rate).to_owned()),
                ("frameDuration", frame_duration(rate)),
                ("width", "1920".to_owned()),
                ("height", "1080".to_owned()),
            ],
        );
        for (n, recording) in programme.recordings.iter().enumerate() {
            self.asset(n, recording, version);
        }
        self.xml.close();
        self.xml.open("library", &[]);
        let title = || ("name", programme.title.clone());
        self.xml.open("event", &[title()]);
        self.xml.open("project", &[title()]);
        let counting = if programme.timebase.is_drop() {
            "DF"
        } else {
            "NDF"
        };
        let length = programme.end();
        self.xml.open(
            "sequence",
            &[
                ("format", "r1".to_owned()),
                ("duration", time(length)),
                ("tcStart", time(self.start)),
                ("tcFormat", counting.to_owned()),
                ("audioLayout", "stereo".to_owned()),
                ("audioRate", "48k".to_owned()),
            ],
        );
        self.xml.open("spine", &[]);
        self.xml.open(
            "gap",
            &[
                ("name", "Gap".to_owned()),
                ("offset", time(self.start)),
                ("start", time(self.start)),
                ("duration", time(length)),
            ],
        );
        for (n, lane) in programme.lanes.iter().enumerate() {
            for clip in lane {
                self.music(clip, n + 1);
            }
        }
        self.marks();
    }

    fn asset(&mut self, n: usize, recording: &Recording, version: FcpxmlVersion) {
        let src = file_url("", &recording.path);
        let mut attributes = vec![
            ("id", asset_id(n)),
            ("name", recording.title.clone()),
            ("start", "0s".to_owned()),
            ("duration", time_of_samples(recording)),
            ("hasAudio", "1".to_owned()),
            ("audioSources", "1".to_owned()),
            ("audioChannels", recording.channels.to_string()),
            ("audioRate", recording.rate.get().to_string()),
        ];
        if version < FcpxmlVersion::MEDIA_REP {
            attributes.push(("src", src));
            self.xml.leaf("asset", &attributes);
            return;
        }
        self.xml.open("asset", &attributes);
        let kind = ("kind", "original-media".to_owned());
        self.xml.leaf("media-rep", &[kind, ("src", src)]);
        self.xml.close();
    }

    /// A clip, or with alternates an audition of clips.
    fn music(&mut self, clip: &MusicClip, lane: usize) {
        let heard = clip.pick.heard;
        self.note_between(heard);
        let place = vec![
            ("lane", format!("-{lane}")),
            ("offset", time(self.start + heard.start())),
        ];
        // Clips of an audition begin together, so one that begins later has no place in it.
        let from = heard.start();
        let (others, later): (Vec<&Take>, Vec<&Take>) = clip
            .alternates
            .iter()
            .partition(|take| take.heard.contains(from));
        self.n_later += later.len();
        if others.is_empty() {
            self.clip(clip, &clip.pick, heard, place);
            return;
        }
        self.xml.open("audition", &place);
        self.clip(clip, &clip.pick, heard, Vec::new());
        for take in others {
            let span = TickSpan::between(from, take.heard.end());
            self.clip(clip, take, span, Vec::new());
        }
        self.xml.close();
    }

    fn clip(
        &mut self,
        clip: &MusicClip,
        take: &Take,
        span: TickSpan,
        place: Vec<(&'static str, String)>,
    ) {
        let recording = self.programme.recording(take);
        let mut attributes = vec![("ref", asset_id(take.recording))];
        attributes.extend(place);
        attributes.extend([
            ("name", recording.title.clone()),
            ("start", time(span.start() - take.track_start)),
            ("duration", time(span.length())),
            ("audioRole", "music".to_owned()),
        ]);
        let note = note(clip, take, recording);
        let is_plain = note.is_empty() && take.gain == Decibels::ZERO && !take.fades();
        if is_plain {
            self.xml.leaf("asset-clip", &attributes);
            return;
        }
        self.xml.open("asset-clip", &attributes);
        if !note.is_empty() {
            self.xml.text("note", &note);
        }
        self.volume(take);
        self.xml.close();
    }

    fn volume(&mut self, take: &Take) {
        let amount = amount(take.gain);
        if !take.fades() {
            if take.gain != Decibels::ZERO {
                self.xml.leaf("adjust-volume", &[("amount", amount)]);
            }
            return;
        }
        self.xml
            .open("adjust-volume", &[("amount", amount.clone())]);
        let name = ("name", "amount".to_owned());
        self.xml.open("param", &[name, ("value", amount)]);
        for (fade, length) in [("fadeIn", take.fade_in), ("fadeOut", take.fade_out)] {
            if length > Ticks::ZERO {
                self.xml.leaf(fade, &[("duration", time(length))]);
            }
        }
        self.xml.close();
        self.xml.close();
    }

    /// Markers and scenes, in running order.
    fn marks(&mut self) {
        let markers = self.programme.markers.iter();
        let markers = markers.map(|it| (it.span(), it.name.clone(), it.note.clone()));
        let scenes = self.programme.scenes.iter();
        let scenes = scenes.map(|it| (it.span, it.title(), it.intent.clone()));
        let mut marks: Vec<(TickSpan, String, String)> = markers.chain(scenes).collect();
        marks.sort_by_key(|(span, ..)| *span);
        for (span, name, note) in marks {
            self.note_between(span);
            let mut attributes = vec![("start", time(self.start + span.start()))];
            if !span.is_empty() {
                attributes.push(("duration", time(span.length())));
            }
            attributes.push(("value", name));
            if !note.is_empty() {
                attributes.push(("note", note));
            }
            self.xml.leaf("marker", &attributes);
        }
    }

    fn note_between(&mut self, span: TickSpan) {
        let rate = self.programme.timebase.rate();
        let is_between = |time: Ticks| rate.snapped(time) != time;
        if is_between(span.start()) || is_between(span.end()) {
            self.n_between += 1;
        }
    }
}

fn asset_id(recording: usize) -> String {
    format!("r{}", recording + 2)
}

/// What there is to say of a use of music.
fn note(clip: &MusicClip, take: &Take, recording: &Recording) -> String {
    let words = [&recording.artist, &clip.scene, &clip.why, &take.note];
    let words = words.into_iter().map(|word| word.trim());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("; ")
}

fn amount(gain: Decibels) -> String {
    let decibels = if gain <= Decibels::MIN_GAIN {
        SILENCE
    } else {
        gain.to_f32()
    };
    format!("{decibels}dB")
}

/// A time as an exact fraction of a second in lowest terms.
fn time(time: Ticks) -> String {
    fraction(time.get(), Ticks::PER_SECOND)
}

fn time_of_samples(recording: &Recording) -> String {
    fraction(recording.length.get(), i64::from(recording.rate.get()))
}

fn fraction(n: i64, per_second: i64) -> String {
    let divisor = gcd(n.unsigned_abs(), per_second.unsigned_abs()).max(1) as i64;
    match per_second / divisor {
        1 => format!("{}s", n / divisor),
        scale => format!("{}/{scale}s", n / divisor),
    }
}

const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A frame's length in the program's own scale: hundredths of frames at whole rates.
fn frame_duration(rate: FrameRate) -> String {
    match rate.den() {
        1 => format!("100/{}00s", rate.num()),
        den => format!("{den}/{}s", rate.num()),
    }
}

/// The program's name for a format of 1080 lines at a rate.
const fn format_name(rate: FrameRate) -> &'static str {
    match (rate.num(), rate.den()) {
        (24_000, 1001) => "FFVideoFormat1080p2398",
        (24, 1) => "FFVideoFormat1080p24",
        (25, 1) => "FFVideoFormat1080p25",
        (30_000, 1001) => "FFVideoFormat1080p2997",
        (30, 1) => "FFVideoFormat1080p30",
        (50, 1) => "FFVideoFormat1080p50",
        (60_000, 1001) => "FFVideoFormat1080p5994",
        (60, 1) => "FFVideoFormat1080p60",
        _ => "FFVideoFormatRateUndefined",
    }
}
