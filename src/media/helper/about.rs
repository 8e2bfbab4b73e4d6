//! What ffprobe tells of a film's sound.

use std::ffi::OsString;

use serde::Deserialize;

use crate::media::facts::Container;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Ticks;
use crate::time::Timebase;

/// The longest answer that is read, in bytes.
pub(super) const MAX_ANSWER: usize = 1024 * 1024;

/// What is asked for, before the file is named.
pub(super) fn questions() -> Vec<OsString> {
    let entries = "format=format_name,duration\
        :format_tags=timecode\
        :stream=codec_type,codec_name,profile,sample_rate,channels,bits_per_raw_sample,start_time,\
        avg_frame_rate\
        :stream_tags=timecode\
        :stream_disposition=attached_pic";
    let words = ["-hide_banner", "-v", "error", "-protocol_whitelist", "file"];
    let form = ["-of", "json", "-show_entries", entries];
    words.into_iter().chain(form).map(OsString::from).collect()
}

/// Sound that is not read here, as ffmpeg describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignSound {
    /// The kind of file.
    pub container: Container,
    /// What its coding is called: "AC-3".
    pub codec: String,
    /// Frames a second.
    pub rate: u32,
    /// How many channels it has, before they are folded down.
    pub channels: u16,
    /// Bits of one sample, where the format counts them.
    pub bits: Option<u16>,
    /// How long it is, in seconds, where the file says so.
    seconds: Option<f64>,
    /// When the film begins, counted from midnight, where it has a timecode.
    pub begins: Option<Ticks>,
    /// The film's first moment, in seconds as the file counts them.
    zero: f64,
}

impl ForeignSound {
    /// The film's first moment, in samples as the file counts time.
    pub(super) fn first_sample(&self) -> i64 {
        (self.zero * f64::from(self.rate)).round() as i64
    }

    /// Which share is done, from a line of ffmpeg's progress; `None` where it says nothing of it.
    pub(super) fn share(&self, line: &str) -> Option<f32> {
        // Both names mean millionths of a second.
        let (name, value) = line.trim().split_once('=')?;
        if !matches!(name, "out_time_us" | "out_time_ms") {
            return None;
        }
        let done = value.parse::<f64>().ok()? / 1e6;
        let all = self.seconds.filter(|seconds| *seconds > 0.0)?;
        Some((done / all).clamp(0.0, 1.0) as f32)
    }

    /// Whether its decoder squeezes loud and soft together unless told not to.
    pub(super) fn has_dynamics(&self) -> bool {
        matches!(self.codec.as_str(), "AC-3" | "E-AC-3")
    }
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Track>,
    #[serde(default)]
    format: Form,
}

#[derive(Debug, Default, Deserialize)]
struct Form {
    format_name: Option<String>,
    duration: Option<String>,
    #[serde(default)]
    tags: Tags,
}

#[derive(Debug, Default, Deserialize)]
struct Tags {
    timecode: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Track {
    codec_type: Option<String>,
    codec_name: Option<String>,
    profile: Option<String>,
    sample_rate: Option<String>,
    channels: Option<u16>,
    bits_per_raw_sample: Option<String>,
    start_time: Option<String>,
    avg_frame_rate: Option<String>,
    #[serde(default)]
    tags: Tags,
    #[serde(default)]
    disposition: Disposition,
}

#[derive(Debug, Default, Deserialize)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
}

impl Track {
    fn is_of(&self, what: &str) -> bool {
        self.codec_type.as_deref() == Some(what)
    }
}

fn number<T: std::str::FromStr>(text: Option<&String>) -> Option<T> {
    text?.parse().ok()
}

/// Reads an answer; `None` where it tells of no sound.
pub(super) fn read(answer: &str) -> Option<ForeignSound> {
    let Answer { streams, format } = serde_json::from_str(answer).ok()?;
    let sound = streams.iter().find(|track| track.is_of("audio"))?;
    let picture = streams
        .iter()
        .find(|track| track.is_of("video") && track.disposition.attached_pic == 0);
    let names = format.format_name.clone().unwrap_or_default();
    let container = container(&names);
    // Some formats lay their tracks along a time line that begins at nothing. In the others the
    // first picture is the beginning, whatever the clock says then.
    let zero = match container {
        Container::Mp4 | Container::Mxf => 0.0,
        _ => number(picture.unwrap_or(sound).start_time.as_ref()).unwrap_or(0.0),
    };
    Some(ForeignSound {
        container,
        codec: codec(
            sound.codec_name.as_deref().unwrap_or_default(),
            sound.profile.as_deref().unwrap_or_default(),
        ),
        rate: number(sound.sample_rate.as_ref()).filter(|rate| *rate > 0)?,
        channels: sound.channels.filter(|channels| *channels > 0)?,
        bits: number(sound.bits_per_raw_sample.as_ref()).filter(|bits| *bits > 0),
        seconds: number(format.duration.as_ref()),
        begins: picture.and_then(|picture| begins(picture, &format.tags)),
        zero,
    })
}

/// When a film begins: its own timecode or its picture's, at the picture's rate.
fn begins(picture: &Track, film: &Tags) -> Option<Ticks> {
    let tags = [film, &picture.tags];
    let label = tags.into_iter().find_map(|tags| tags.timecode.as_deref())?;
    let rate: FrameRate = picture.avg_frame_rate.as_deref()?.parse().ok()?;
    let counting = if label.contains(';') {
        Counting::Drop
    } else {
        Counting::NonDrop
    };
    let frames = Timebase::new(rate, counting).ok()?.parse(label).ok()?;
    Some(rate.to_ticks(frames))
}

fn container(names: &str) -> Container {
    let known = |name: &str| {
        Some(match name {
            "mov" | "mp4" => Container::Mp4,
            "matroska" => Container::Matroska,
            "mxf" | "mxf_opatom" => Container::Mxf,
            "avi" => Container::Avi,
            "mpegts" | "mpeg" => Container::MpegSystem,
            "asf" => Container::Asf,
            "wav" | "w64" => Container::Wav,
            "aac" => Container::Adts,
            "ogg" => Container::Ogg,
            "caf" => Container::Caf,
            _ => return None,
        })
    };
    names.split(',').find_map(known).unwrap_or(Container::Other)
}

/// What people call a codec.
fn codec(name: &str, profile: &str) -> String {
    let known = match name {
        "aac" if profile.starts_with("HE-AAC") => profile,
        "aac" => "AAC",
        "ac3" => "AC-3",
        "eac3" => "E-AC-3",
        "ac4" => "AC-4",
        "dts" if profile.starts_with("DTS") => profile,
        "dts" => "DTS",
        "truehd" => "Dolby TrueHD",
        "opus" => "Opus",
        "vorbis" => "Vorbis",
        "flac" => "FLAC",
        "alac" => "ALAC",
        "wavpack" => "WavPack",
        "ape" => "Monkey's Audio",
        "wmav1" | "wmav2" | "wmapro" | "wmalossless" => "Windows Media",
        float if float.starts_with("pcm_f") => "PCM float",
        pcm if pcm.starts_with("pcm_") => "PCM",
        other => return other.to_uppercase(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer about a film of this form, with a picture and AC-3 in six channels.
    fn answer(form: &str, picture: &str, sound: &str) -> String {
        format!(
            r#"{{ "programs": [], "streams": [
            {{ "codec_name": "mpeg4", "codec_type": "video", "profile": "Simple Profile",
               "start_time": "{picture}", "disposition": {{ "attached_pic": 0 }} }},
            {{ "codec_name": "ac3", "codec_type": "audio", "sample_rate": "48000",
               "channels": 6, "start_time": "{sound}", "disposition": {{ "attached_pic": 0 }} }}
            ], "format": {{ "format_name": "{form}", "duration": "8.000000" }} }}"#
        )
    }

    const MOV: &str = "mov,mp4,m4a,3gp,3g2,mj2";

    #[test]
    fn the_first_track_of_sound_is_described() {
        let sound = read(&answer(MOV, "0.000000", "0.500000")).expect("there is sound");
        let found = (sound.container, sound.codec.as_str(), sound.bits);
        assert_eq!(found, (Container::Mp4, "AC-3", None));
        assert_eq!((sound.rate, sound.channels), (48_000, 6));
    }

    #[test]
    fn a_film_with_a_time_line_begins_where_that_does() {
        let sound = read(&answer(MOV, "1.000000", "0.500000")).expect("there is sound");
        assert_eq!(sound.first_sample(), 0);
    }

    #[test]
    fn a_film_without_a_time_line_begins_with_its_first_picture() {
        let sound = read(&answer("mpegts", "1.440000", "1.434667")).expect("there is sound");
        assert_eq!(sound.first_sample(), 69_120);
    }

    #[test]
    fn a_picture_of_the_cover_is_no_film() {
        let film = answer("matroska,webm", "9.000000", "0.500000");
        let album = film.replacen(r#""attached_pic": 0"#, r#""attached_pic": 1"#, 1);
        let sound = read(&album).expect("there is sound");
        assert_eq!(sound.first_sample(), 24_000);
    }

    #[test]
    fn a_timecode_is_read_at_the_rate_of_the_picture() {
        let film = answer("mxf", "0", "0");
        let film = |rate: &str, label: &str| {
            let tags = format!(r#""tags": {{ "timecode": "{label}" }}, "duration""#);
            let rate = format!(r#""profile": "Main", "avg_frame_rate": "{rate}""#);
            film.replace(r#""duration""#, &tags)
                .replace(r#""profile": "Simple Profile""#, &rate)
        };
        let begins = |film: String| read(&film).and_then(|sound| sound.begins);
        let ten = Ticks::from_secs(36_000);
        assert_eq!(begins(film("25/1", "10:00:00:00")), Some(ten));
        // Ten hours of drop-frame are 1 078 920 frames of 1001/30000 s.
        let dropped = Ticks::new(Ticks::PER_SECOND * 1001 / 30_000 * 1_078_920);
        assert_eq!(begins(film("30000/1001", "10:00:00;00")), Some(dropped));
        for (rate, label) in [
            ("25/1", "10:00:00:25"),
            ("0/0", "10:00:00:00"),
            ("25/1", ""),
        ] {
            assert_eq!(begins(film(rate, label)), None, "{label} at {rate}");
        }
    }

    #[test]
    fn an_answer_without_sound_is_none() {
        let mute = answer(MOV, "0", "0").replace(r#""audio""#, r#""data""#);
        for answer in [mute.as_str(), "{}", "", "no JSON", "{\"streams\": 3}"] {
            assert_eq!(read(answer), None, "{answer}");
        }
    }

    #[test]
    fn progress_is_a_share_of_the_length() {
        let sound = read(&answer(MOV, "0", "0")).expect("there is sound");
        assert_eq!(sound.share("out_time_us=2000000"), Some(0.25));
        assert_eq!(sound.share("out_time_us=90000000"), Some(1.0));
        for other in ["out_time_us=N/A", "speed=2x", "out_time=00:00:02", ""] {
            assert_eq!(sound.share(other), None, "{other}");
        }
    }

    #[test]
    fn codecs_are_called_what_people_call_them() {
        for (name, profile, called) in [
            ("aac", "HE-AACv2", "HE-AACv2"),
            ("aac", "LC", "AAC"),
            ("dts", "DTS-HD MA", "DTS-HD MA"),
            ("dts", "", "DTS"),
            ("pcm_s24be", "", "PCM"),
            ("pcm_f32le", "", "PCM float"),
            ("cook", "", "COOK"),
        ] {
            assert_eq!(codec(name, profile), called);
        }
    }
}
