//! The headers of one stream in an Ogg file: Vorbis I specification section 4.2, RFC 7845 section 5.

use std::io;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::well_known::CODEC_ID_VORBIS;

use super::page::Page;
use super::timing::Timing;
use super::timing::VorbisTiming;
use crate::media::bytes::Bytes;
use crate::media::bytes::le16;
use crate::media::bytes::le32;
use crate::media::fold::Fold;

/// The longest header packet that is kept; one with pictures in it is stepped over.
const MAX_HEADER: usize = 4 * 1024 * 1024;

/// What the headers of one stream say.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// Which stream.
    pub(super) serial: u32,
    /// For the decoder.
    pub(super) params: AudioCodecParameters,
    /// How long packets last.
    pub(super) timing: Timing,
    /// Frames a second.
    pub(super) rate: u32,
    /// Channels.
    pub(super) channels: u16,
    /// Frames at the beginning that are not to be heard.
    pub(super) pre_skip: i64,
    /// The gain the file asks for.
    pub(super) gain: f32,
    /// Where the first page of sound begins.
    pub(super) audio_at: u64,
}

/// Why there are no usable headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoHead {
    /// The stream is FLAC, which another reader takes.
    Flac,
    /// The stream is something else.
    Other(String),
    /// The headers are damaged.
    Damaged(String),
}

impl Head {
    /// Reads the headers of the first stream of sound from `at` on.
    ///
    /// # Errors
    ///
    /// The outer error is the system's, the inner one says why there is nothing to play.
    pub(super) fn read(bytes: &mut Bytes, at: u64) -> io::Result<Result<Self, NoHead>> {
        let damaged = |why: &str| Ok(Err(NoHead::Damaged(why.to_owned())));
        let mut at = at;
        let mut other = None;
        // All streams begin before the second page of any.
        let first = loop {
            let Some(page) = Page::find(bytes, at, bytes.len())? else {
                break None;
            };
            if !page.begins_stream {
                break None;
            }
            at = page.end();
            let packet = page.pieces().first().map_or(&[][..], |piece| piece.data);
            match packet {
                [1, b'v', b'o', b'r', b'b', b'i', b's', ..]
                | [b'O', b'p', b'u', b's', b'H', b'e', b'a', b'd', ..] => {
                    break Some((page.serial, packet.to_vec()));
                }
                [0x7f, b'F', b'L', b'A', b'C', ..] => return Ok(Err(NoHead::Flac)),
                [b'S', b'p', b'e', b'e', b'x', ..] => other = Some("Speex speech"),
                _ => other = other.or(Some("Ogg without Vorbis, Opus or FLAC")),
            }
        };
        let Some((serial, identification)) = first else {
            return match other {
                Some(what) => Ok(Err(NoHead::Other(what.to_owned()))),
                None => damaged("no Ogg stream begins here"),
            };
        };
        let vorbis = identification.first() == Some(&1);
        let further = if vorbis { 2 } else { 1 };
        let Some((headers, audio_at)) = further_headers(bytes, serial, at, further)? else {
            return damaged("the headers are not whole");
        };
        let head = if vorbis {
            Self::vorbis(serial, &identification, headers.last(), audio_at)
        } else {
            Self::opus(serial, &identification, audio_at)
        };
        Ok(head.ok_or_else(|| NoHead::Damaged("the headers make no sense".to_owned())))
    }

    fn vorbis(
        serial: u32,
        identification: &[u8],
        setup: Option<&Vec<u8>>,
        audio_at: u64,
    ) -> Option<Self> {
        let setup = setup?;
        let channels = u16::from(*identification.get(11)?);
        let rate = le32(identification, 12)?;
        let mut params = AudioCodecParameters::new();
        params
            .for_codec(CODEC_ID_VORBIS)
            .with_sample_rate(rate)
            .with_extra_data([identification, setup].concat().into_boxed_slice());
        Some(Self {
            serial,
            params,
            timing: Timing::Vorbis(VorbisTiming::read(identification, setup)?),
            rate,
            channels,
            pre_skip: 0,
            gain: 1.0,
            audio_at,
        })
    }

    /// RFC 7845 section 5.1.
    fn opus(serial: u32, identification: &[u8], audio_at: u64) -> Option<Self> {
        // The upper half of the version tells incompatible ones apart.
        if identification.get(8)? & 0xf0 != 0 {
            return None;
        }
        let channels = u16::from(*identification.get(9)?);
        let pre_skip = i64::from(le16(identification, 10)?);
        let gain_db = f32::from(le16(identification, 16)?.cast_signed()) / 256.0;
        let mut params = AudioCodecParameters::new();
        // The header is not handed on: the decoder would take off the pre-skip a second time.
        params.for_codec(CODEC_ID_OPUS).with_sample_rate(48_000);
        params.channels = Fold::layout(usize::from(channels));
        Some(Self {
            serial,
            params,
            timing: Timing::Opus,
            rate: 48_000,
            channels,
            pre_skip,
            gain: 10_f32.powf(gain_db / 20.0),
            audio_at,
        })
    }
}

/// Reads `n` further header packets, and where the page after them begins.
fn further_headers(
    bytes: &mut Bytes,
    serial: u32,
    at: u64,
    n: usize,
) -> io::Result<Option<(Vec<Vec<u8>>, u64)>> {
    let mut at = at;
    let mut headers = Vec::new();
    let mut partial = Vec::new();
    while let Some(page) = Page::find(bytes, at, bytes.len())? {
        at = page.end();
        if page.serial != serial {
            continue;
        }
        for piece in page.pieces() {
            if partial.len() + piece.data.len() <= MAX_HEADER {
                partial.extend_from_slice(piece.data);
            }
            if piece.ends {
                headers.push(std::mem::take(&mut partial));
                if headers.len() == n {
                    return Ok(Some((headers, at)));
                }
            }
        }
    }
    Ok(None)
}
