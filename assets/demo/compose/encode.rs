//! From a master to a file: writes a WAV and hands it to the encoder of each format, with its tags.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::id3;
use crate::mix::Stereo;
use crate::story::Track;

/// A file format, with how much room it may take.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Format {
    /// MP3 by LAME, in kilobits a second on average.
    Mp3(u16),
    /// AAC in an MP4 file, in kilobits a second.
    Aac(u16),
    /// Apple Lossless in an MP4 file.
    Alac,
    /// FLAC.
    Flac,
    /// Ogg Vorbis: quality in tenths, -10 to 100.
    Vorbis(i8),
    /// Opus, in kilobits a second.
    Opus(u16),
    /// WAV, 16 bits.
    Wav,
    /// AIFF, 16 bits.
    Aiff,
    /// Core Audio Format, 16 bits.
    Caf,
}

/// How a master becomes a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Delivery {
    /// File name in the media folder.
    pub(crate) file: &'static str,
    /// What it is encoded as.
    pub(crate) format: Format,
    /// Sampling rate of the file; the master is converted if it has another.
    pub(crate) rate: u32,
    /// Whether both sides are summed to one.
    pub(crate) mono: bool,
}

/// What travels inside the file besides its sound.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extras<'a> {
    /// A JPEG picture.
    pub(crate) picture: Option<&'a Path>,
    /// Words with their times in seconds.
    pub(crate) words: &'a [(f32, String)],
}

/// Encodes masters into a folder.
#[derive(Debug)]
pub(crate) struct Encoder {
    /// Where finished files go.
    pub(crate) media: PathBuf,
    /// Where temporary files go.
    pub(crate) scratch: PathBuf,
}

impl Encoder {
    /// Writes one file and returns its path.
    pub(crate) fn deliver(
        &self,
        mix: &Stereo,
        rate: u32,
        delivery: &Delivery,
        track: Option<&Track>,
        extras: Extras<'_>,
    ) -> Result<PathBuf> {
        let master = self.scratch.join("master.wav");
        write_wav(&master, mix, rate)?;
        let ready = self.scratch.join("ready.wav");
        let channels = if delivery.mono { "1" } else { "2" };
        let (from, to, hz) = (text(&master), text(&ready), delivery.rate.to_string());
        run(
            "ffmpeg",
            &[
                "-loglevel",
                "error",
                "-y",
                "-i",
                &from,
                "-ac",
                channels,
                "-ar",
                &hz,
                "-af",
                "aresample=resampler=soxr:precision=24",
                "-c:a",
                "pcm_s16le",
                &to,
            ],
        )?;
        let out = self.media.join(delivery.file);
        match delivery.format {
            Format::Mp3(kbps) => {
                run(
                    "lame",
                    &[
                        "--quiet",
                        "--abr",
                        &kbps.to_string(),
                        "-q",
                        "2",
                        "--resample",
                        &delivery.rate.to_string(),
                        &to,
                        &text(&out),
                    ],
                )?;
                if let Some(track) = track {
                    id3::put_before(&out, track, extras)?;
                }
            }
            Format::Flac => run("flac", &flac_arguments(&to, &text(&out), track, extras))?,
            Format::Vorbis(tenths) => {
                run("oggenc", &vorbis_arguments(&to, &text(&out), tenths, track))?;
            }
            Format::Opus(kbps) => run(
                "opusenc",
                &opus_arguments(&to, &text(&out), kbps, track, extras),
            )?,
            Format::Aac(kbps) => run(
                "ffmpeg",
                &mpeg4_arguments(
                    &to,
                    &text(&out),
                    &[
                        "-c:a",
                        "aac",
                        "-aac_coder",
                        "twoloop",
                        "-b:a",
                        &format!("{kbps}k"),
                    ],
                    track,
                    extras,
                ),
            )?,
            Format::Alac => run(
                "ffmpeg",
                &mpeg4_arguments(&to, &text(&out), &["-c:a", "alac"], track, extras),
            )?,
            Format::Wav => {
                run(
                    "ffmpeg",
                    &pcm_arguments(&to, &text(&out), &["-c:a", "pcm_s16le"], None),
                )?;
                if let Some(track) = track {
                    id3::put_in_wav(&out, track, extras)?;
                }
            }
            Format::Aiff => run(
                "ffmpeg",
                &pcm_arguments(
                    &to,
                    &text(&out),
                    &["-c:a", "pcm_s16be", "-write_id3v2", "1"],
                    track,
                ),
            )?,
            Format::Caf => run(
                "ffmpeg",
                &pcm_arguments(&to, &text(&out), &["-c:a", "pcm_s16be"], track),
            )?,
        }
        Ok(out)
    }
}

/// The tags that every format has, under the names Vorbis comments use.
fn fields(track: &Track) -> Vec<(&'static str, String)> {
    let writers: Vec<&str> = track.writers.iter().map(|writer| writer.name).collect();
    vec![
        ("TITLE", track.title.to_owned()),
        ("ARTIST", track.artist.to_owned()),
        ("ALBUM", track.album.to_owned()),
        ("COMPOSER", writers.join(", ")),
        ("ISRC", track.isrc.replace('-', "")),
        ("DATE", "2026".to_owned()),
        ("GENRE", track.genre.to_owned()),
        ("COMMENT", track.full_comment()),
    ]
}

fn flac_arguments(from: &str, to: &str, track: Option<&Track>, extras: Extras<'_>) -> Vec<String> {
    let mut arguments = owned(&[
        "--silent",
        "--best",
        "-e",
        "-p",
        "-f",
        "--no-padding",
        "-o",
        to,
    ]);
    arguments.extend(
        track
            .iter()
            .flat_map(|track| fields(track))
            .map(|(key, value)| format!("--tag={key}={value}")),
    );
    arguments.extend(
        extras
            .picture
            .map(|picture| format!("--picture={}", text(picture))),
    );
    arguments.push(from.to_owned());
    arguments
}

fn vorbis_arguments(from: &str, to: &str, tenths: i8, track: Option<&Track>) -> Vec<String> {
    let quality = f32::from(tenths) / 10.0;
    let mut arguments = owned(&[
        "-Q",
        "-q",
        &quality.to_string(),
        "--utf8",
        "-s",
        "2603",
        "-o",
        to,
    ]);
    for (key, value) in track.iter().flat_map(|track| fields(track)) {
        arguments.extend(["-c".to_owned(), format!("{key}={value}")]);
    }
    arguments.push(from.to_owned());
    arguments
}

fn opus_arguments(
    from: &str,
    to: &str,
    kbps: u16,
    track: Option<&Track>,
    extras: Extras<'_>,
) -> Vec<String> {
    let mut arguments = owned(&[
        "--quiet",
        "--bitrate",
        &kbps.to_string(),
        "--serial",
        "2603",
    ]);
    for (key, value) in track.iter().flat_map(|track| fields(track)) {
        arguments.extend(["--comment".to_owned(), format!("{key}={value}")]);
    }
    if let Some(picture) = extras.picture {
        arguments.extend(["--picture".to_owned(), text(picture)]);
    }
    arguments.extend([from.to_owned(), to.to_owned()]);
    arguments
}

fn mpeg4_arguments(
    from: &str,
    to: &str,
    codec: &[&str],
    track: Option<&Track>,
    extras: Extras<'_>,
) -> Vec<String> {
    let mut arguments = owned(&["-loglevel", "error", "-y", "-i", from]);
    if let Some(picture) = extras.picture {
        arguments.extend(owned(&[
            "-i",
            &text(picture),
            "-map",
            "0:a",
            "-map",
            "1:v",
            "-c:v",
            "copy",
            "-disposition:v:0",
            "attached_pic",
        ]));
    }
    arguments.extend(owned(codec));
    arguments.extend(owned(&[
        "-map_metadata",
        "-1",
        "-fflags",
        "+bitexact",
        "-flags:a",
        "+bitexact",
        "-movflags",
        "+faststart",
    ]));
    arguments.extend(metadata(track));
    if !extras.words.is_empty() {
        let lines: Vec<&str> = extras.words.iter().map(|(_, line)| line.as_str()).collect();
        arguments.extend([
            "-metadata".to_owned(),
            format!("lyrics={}", lines.join("\n")),
        ]);
    }
    arguments.push(to.to_owned());
    arguments
}

fn pcm_arguments(from: &str, to: &str, codec: &[&str], track: Option<&Track>) -> Vec<String> {
    let mut arguments = owned(&[
        "-loglevel",
        "error",
        "-y",
        "-i",
        from,
        "-map_metadata",
        "-1",
        "-fflags",
        "+bitexact",
    ]);
    arguments.extend(owned(codec));
    arguments.extend(metadata(track));
    arguments.push(to.to_owned());
    arguments
}

/// The tags as `ffmpeg` takes them.
fn metadata(track: Option<&Track>) -> Vec<String> {
    track
        .iter()
        .flat_map(|track| fields(track))
        .flat_map(|(key, value)| {
            let key = if key == "ISRC" {
                "TSRC".to_owned()
            } else {
                key.to_lowercase()
            };
            ["-metadata".to_owned(), format!("{key}={value}")]
        })
        .collect()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A path as an argument.
fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Runs an external program to its end.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(tool: &str, arguments: &[S]) -> Result<()> {
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::MissingTool {
                tool: tool.to_owned(),
            },
            _ => Error::ToolFailed {
                tool: tool.to_owned(),
                detail: error.to_string(),
            },
        })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = said.trim().lines().rev().take(3).collect();
    Err(Error::ToolFailed {
        tool: tool.to_owned(),
        detail: last.into_iter().rev().collect::<Vec<_>>().join("; "),
    })
}

/// Writes a mix as 24-bit WAV.
pub(crate) fn write_wav(path: &Path, mix: &Stereo, rate: u32) -> Result<()> {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: rate,
        bits_per_sample: 24,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).map_err(Error::wav(path))?;
    for (left, right) in mix.left.iter().zip(&mix.right) {
        for sample in [left, right] {
            writer
                .write_sample((sample.clamp(-1.0, 1.0) * 8_388_607.0) as i32)
                .map_err(Error::wav(path))?;
        }
    }
    writer.finalize().map_err(Error::wav(path))
}
