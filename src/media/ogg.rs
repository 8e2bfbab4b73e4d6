//! Ogg files of Vorbis or Opus.
//!
//! Every page says where the last packet that ends on it ends. Packets are placed by that, never by
//! counting what was decoded, so that a lost page leaves a gap instead of shifting what follows.

mod chain;
mod head;
mod link;
mod page;
mod reader;
mod timing;

pub(super) use timing::opus_frames;

use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;

use self::chain::Chain;
use self::head::Head;
use self::head::NoHead;
use self::link::Link;
use super::bytes::Bytes;
use super::decode::Decoder;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::TrimBasis;
use super::generic;
use super::kind::Kind;
use super::packets::Coding;
use super::packets::Stream;
use crate::time::SampleRate;

/// Opens an Ogg file.
///
/// # Errors
///
/// Fails when the file cannot be read, or holds nothing that can be played.
pub(super) fn open(mut bytes: Bytes) -> Result<Stream, Fault> {
    let head = match Head::read(&mut bytes, 0)? {
        Ok(head) => head,
        Err(NoHead::Flac) => return generic::open(&mut bytes, Kind::Ogg),
        Err(NoHead::Other(what)) => return Err(Fault::foreign(what)),
        Err(NoHead::Damaged(why)) => return Err(Fault::damaged(0, why)),
    };
    let coding = Coding {
        container: Container::Ogg,
        codec: match head.params.codec {
            CODEC_ID_OPUS => Codec::Opus,
            _ => Codec::Vorbis,
        },
        rate: SampleRate::new(head.rate).map_err(|e| Fault::damaged(0, e))?,
        channels: head.channels,
        bits: None,
    };
    let decoder = Decoder::of_file(&coding.codec, head.params.clone(), head.gain)?;
    let links = Link::all(&mut bytes, head)?;
    let (Some(first), Some(last)) = (links.first(), links.last()) else {
        return Err(Fault::damaged(0, "there is no sound after the headers"));
    };
    let music = first.start..chain::end_of(&links);
    let padding = last.decoded_to - last.end;
    let whole = first.decoded_from..music.end.saturating_add(padding);
    let packets = Box::new(Chain::new(bytes, links));
    Ok(Stream::trimmed(
        coding,
        whole,
        music,
        TrimBasis::Stated,
        packets,
        decoder,
    ))
}
