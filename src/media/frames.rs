//! Bare streams of MPEG audio or AAC frames: counting them, and finding any of them again.
//!
//! Such a stream has no table of contents worth the name, so the frames are walked from header to
//! header. That gives exact lengths and exact places where a header only estimates, and is quick:
//! the bytes between the headers are not looked at.

mod adts;
mod info_tag;
mod mpeg;
mod walker;

use std::io;

use symphonia::core::audio::layouts::CHANNEL_LAYOUT_MONO;
use symphonia::core::audio::layouts::CHANNEL_LAYOUT_STEREO;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AAC;
use symphonia::core::codecs::audio::well_known::CODEC_ID_MP1;
use symphonia::core::codecs::audio::well_known::CODEC_ID_MP2;
use symphonia::core::codecs::audio::well_known::CODEC_ID_MP3;

use self::info_tag::InfoTag;
use self::walker::FrameHeader;
use self::walker::Syntax;
use self::walker::Walker;
use super::bytes::Bytes;
use super::decode::Decoder;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::TrimBasis;
use super::kind::Kind;
use super::packets::Coding;
use super::packets::Stream;
use crate::time::SampleRate;

/// What the MP3 decoder itself puts before the music: the delay of its two filter banks, by the
/// convention of the LAME tag.
const MP3_DECODER_DELAY: i64 = 529;
/// What every AAC encoder puts before the music at least: the transform overlaps by one frame, so
/// the first one decoded holds nothing.
pub(super) const AAC_LEAST_PRIMING: i64 = 1024;
/// Frames in a row that make a stream of what could be chance.
const FRAMES_TO_BELIEVE: usize = 3;
const SYNTAXES: [Syntax; 2] = [Syntax::Mpeg, Syntax::Adts];

/// Finds the first frame within `reach` bytes from `from` on.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn find_first(bytes: &mut Bytes, from: u64, reach: usize) -> io::Result<Option<Kind>> {
    // Nearly always it is the first thing there is: the rest is read only where it is not.
    if let Some(kind) = stream_at(bytes, from, true)? {
        return Ok(Some(kind));
    }
    let head = bytes.window(from, reach)?.to_vec();
    for i in memchr::memchr_iter(0xff, &head).filter(|i| *i > 0) {
        let is_header = |syntax: &Syntax| syntax.header(&head[i..]).is_some();
        if !SYNTAXES.iter().any(is_header) {
            continue;
        }
        if let Some(kind) = stream_at(bytes, from + i as u64, false)? {
            return Ok(Some(kind));
        }
    }
    Ok(None)
}

/// The stream that begins at `at`, if one does.
fn stream_at(bytes: &mut Bytes, at: u64, foremost: bool) -> io::Result<Option<Kind>> {
    for syntax in SYNTAXES {
        let Some(first) = syntax.header(bytes.window(at, walker::HEADER_BYTES)?) else {
            continue;
        };
        if is_stream(bytes, at, syntax, &first, foremost)? {
            return Ok(Some(match syntax {
                Syntax::Mpeg => Kind::Mpeg(at),
                Syntax::Adts => Kind::Adts(at),
            }));
        }
    }
    Ok(None)
}

/// Whether enough frames follow each other from `at` on: three, or all there are to the end of a
/// very short file.
fn is_stream(
    bytes: &mut Bytes,
    at: u64,
    syntax: Syntax,
    first: &FrameHeader,
    foremost: bool,
) -> io::Result<bool> {
    let len = bytes.len();
    let mut at = at;
    for n in 0..FRAMES_TO_BELIEVE {
        match syntax.header(bytes.window(at, walker::HEADER_BYTES)?) {
            Some(header) if header.continues(first) => at += u64::from(header.size),
            _ => return Ok(at >= len && (n > 1 || foremost && n > 0)),
        }
        if at > len {
            // The last one is cut off: it does not count.
            return Ok(n > 1 || foremost && n > 0);
        }
    }
    Ok(true)
}

/// Opens a bare stream whose first frame is known.
///
/// # Errors
///
/// Fails when the file cannot be read or the stream cannot be decoded.
pub(super) fn open(bytes: Bytes, kind: Kind) -> Result<Stream, Fault> {
    let len = bytes.len();
    match kind {
        Kind::Adts(at) => open_within(bytes, Syntax::Adts, Container::Adts, at, len),
        Kind::Mpeg(at) => open_within(bytes, Syntax::Mpeg, Container::Mpeg, at, len),
        _ => Err(Fault::NotSound),
    }
}

/// Opens MPEG frames that lie in one stretch of another kind of file.
///
/// # Errors
///
/// Fails when the file cannot be read or holds no frames there.
pub(super) fn open_inside(
    mut bytes: Bytes,
    container: Container,
    from: u64,
    to: u64,
) -> Result<Stream, Fault> {
    match find_first(&mut bytes, from, 64 * 1024)? {
        Some(Kind::Mpeg(at)) if at < to => open_within(bytes, Syntax::Mpeg, container, at, to),
        _ => Err(Fault::damaged(
            from,
            "no MPEG frames are where they should be",
        )),
    }
}

fn open_within(
    mut bytes: Bytes,
    syntax: Syntax,
    container: Container,
    at: u64,
    to: u64,
) -> Result<Stream, Fault> {
    let head = bytes.window(at, walker::HEADER_BYTES)?;
    let first = syntax
        .header(head)
        .ok_or_else(|| Fault::damaged(at, "there is no frame here"))?;
    let rate = SampleRate::new(first.rate).map_err(|e| Fault::damaged(at, e))?;
    if !matches!(first.channels, 1 | 2) {
        return Err(Fault::foreign("AAC of more than two channels"));
    }
    let size = first.size as usize;
    let tag = match syntax {
        Syntax::Mpeg => InfoTag::read(bytes.window(at, size)?, first.tag_at),
        Syntax::Adts => None,
    };
    let audio_at = match tag {
        Some(_) => at + u64::from(first.size),
        None => at,
    };
    let mut walker = Walker::new(bytes, syntax, first, audio_at, to);
    let promised = match &tag {
        Some(tag) => tag.frames_if_whole(walker.bytes_mut(), syntax, &first, at)?,
        None => None,
    };
    let counted = match promised {
        Some(frames) => frames,
        None => walker.count()?,
    };
    if counted == 0 {
        return Err(Fault::damaged(at, "no whole frame of sound is here"));
    }
    let total = i64::try_from(counted)
        .unwrap_or(i64::MAX)
        .saturating_mul(i64::from(first.frames));
    let trim = Trim::of(syntax, tag.as_ref(), counted);
    let start = trim.start.min(total);
    let end = (total - trim.end).max(start);
    let coding = Coding {
        container,
        codec: first.codec(),
        rate,
        channels: u16::from(first.channels),
        bits: None,
    };
    let decoder = Decoder::of_file(&coding.codec, params(&first, &coding.codec), 1.0)?;
    let packets = Box::new(walker);
    Ok(Stream::trimmed(
        coding,
        0..total,
        start..end,
        trim.basis,
        packets,
        decoder,
    ))
}

/// What to take off both ends of what is decoded.
struct Trim {
    start: i64,
    end: i64,
    basis: TrimBasis,
}

impl Trim {
    fn of(syntax: Syntax, tag: Option<&InfoTag>, counted: u64) -> Self {
        match (syntax, tag) {
            (Syntax::Adts, _) => Self {
                start: AAC_LEAST_PRIMING,
                end: 0,
                basis: TrimBasis::Assumed,
            },
            (
                Syntax::Mpeg,
                Some(&InfoTag {
                    gap: Some(gap),
                    frames,
                    ..
                }),
            ) => {
                // The padding belongs to the last frame that was written. If that one is not the
                // last one here, the file was cut or added to.
                let whole = frames.is_none_or(|frames| u64::from(frames) == counted);
                Self {
                    start: i64::from(gap.delay) + MP3_DECODER_DELAY,
                    end: if whole {
                        (i64::from(gap.padding) - MP3_DECODER_DELAY).max(0)
                    } else {
                        0
                    },
                    basis: TrimBasis::Stated,
                }
            }
            (Syntax::Mpeg, _) => Self {
                start: 0,
                end: 0,
                basis: TrimBasis::Nothing,
            },
        }
    }
}

fn params(first: &FrameHeader, codec: &Codec) -> AudioCodecParameters {
    let mut params = AudioCodecParameters::new();
    params
        .for_codec(match codec {
            Codec::Mp1 => CODEC_ID_MP1,
            Codec::Mp2 => CODEC_ID_MP2,
            Codec::Mp3 => CODEC_ID_MP3,
            _ => CODEC_ID_AAC,
        })
        .with_sample_rate(first.rate)
        .with_channels(if first.channels == 1 {
            CHANNEL_LAYOUT_MONO
        } else {
            CHANNEL_LAYOUT_STEREO
        });
    params
}
