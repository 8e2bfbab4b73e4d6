//! Files that are left to symphonia's own reader: Matroska, fragmented MP4, FLAC in Ogg, and the
//! odder codecs of WAV.

use std::io;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::PathBuf;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AAC;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AC3;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AC4;
use symphonia::core::codecs::audio::well_known::CODEC_ID_DCA;
use symphonia::core::codecs::audio::well_known::CODEC_ID_EAC3;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::well_known::CODEC_ID_TRUEHD;
use symphonia::core::codecs::audio::well_known::CODEC_ID_VORBIS;
use symphonia::core::codecs::audio::well_known::CODEC_ID_WMA;
use symphonia::core::errors::Error;
use symphonia::core::formats::FormatOptions;
use symphonia::core::formats::FormatReader;
use symphonia::core::formats::SeekMode;
use symphonia::core::formats::SeekTo;
use symphonia::core::formats::TrackType;
use symphonia::core::formats::probe::Hint;
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::units::TimeBase;
use symphonia::core::units::Timestamp;

use super::bytes::Bytes;
use super::bytes::be16;
use super::bytes::le16;
use super::decode::Decoder;
use super::decode::codecs;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::Exactness;
use super::facts::SoundFacts;
use super::facts::TrimBasis;
use super::kind::Kind;
use super::matroska;
use super::ogg::opus_frames;
use super::packets::Packet;
use super::packets::Packets;
use super::packets::Stream;
use super::sound::SoundError;
use crate::time::SampleRate;
use crate::time::Samples;

/// Frames before a place from which decoding begins, so that any codec is right there.
const WARM_UP: i64 = 8192;
/// The rate that Opus counts its frames at (RFC 7845 section 4).
const OPUS_RATE: u32 = 48_000;
/// Errors in a row after which the rest of a file is given up.
const MAX_ERRORS: usize = 100;

/// Opens a file through symphonia.
///
/// # Errors
///
/// Fails when the file cannot be read, or holds nothing that can be played.
pub(super) fn open(bytes: &mut Bytes, kind: Kind) -> Result<Stream, Fault> {
    let (container, extension) = match kind {
        Kind::Ogg => (Container::Ogg, "ogg"),
        Kind::Mp4 => (Container::Mp4, "mp4"),
        Kind::Wav => (Container::Wav, "wav"),
        Kind::Aiff => (Container::Aiff, "aiff"),
        Kind::Caf => (Container::Caf, "caf"),
        Kind::Flac(_) => (Container::Flac, "flac"),
        Kind::Mpeg(_) => (Container::Mpeg, "mp3"),
        Kind::Adts(_) => (Container::Adts, "aac"),
        Kind::Matroska => (Container::Matroska, "mkv"),
    };
    let unsupported = |why: &str| Fault::foreign(format!("this {container} file ({why})"));
    let source = Source {
        path: bytes.path().to_owned(),
        extension,
    };
    let reader = source.open().map_err(|why| unsupported(&why))?;
    let Some(track) = reader.default_track(TrackType::Audio) else {
        // Of MP4 it is known already that there is some.
        return Err(match kind {
            Kind::Matroska => Fault::unsupported("a film without sound"),
            _ => unsupported("its sound is of a kind that is not known"),
        });
    };
    let params = track
        .codec_params
        .as_ref()
        .and_then(|params| params.audio())
        .cloned()
        .ok_or_else(|| unsupported("its sound is not described"))?;
    let mut params = params;
    let mut start = 0;
    let mut empty_first = false;
    match params.codec {
        CODEC_ID_OPUS => {
            // The decoder would take off the pre-skip by itself, at every start. RFC 7845 section
            // 5.1 says where it stands. MP4 has the same fields the other way round.
            let head = params.extra_data.take().unwrap_or_default();
            let skip = match kind {
                Kind::Mp4 => be16(&head, 10),
                _ => le16(&head, 10),
            };
            start = skip.map_or(0, i64::from);
            // Whatever rate the music was brought in, Opus is counted and decoded at this one.
            params.sample_rate = Some(OPUS_RATE);
        }
        CODEC_ID_VORBIS => empty_first = true,
        _ => {}
    }
    let decoder = Decoder::coded(params.clone(), 1.0);
    let decoder = decoder.map_err(|error| match name_of(&params) {
        Some(name) => Fault::foreign(format!("{name} sound")),
        None => unsupported(&error.0),
    })?;
    let hz = params.sample_rate.unwrap_or(0);
    let rate = SampleRate::new(hz).map_err(|e| unsupported(&e.to_string()))?;
    let clock = Clock {
        base: track.time_base,
        rate: hz,
    };
    let length = track
        .duration
        .and_then(|duration| i64::try_from(duration.get()).ok())
        .map(|units| clock.frames(units))
        .filter(|frames| *frames > 0);
    let facts = facts(container, &params, rate, (start, length));
    let track = track.id;
    let padding = match (kind, params.codec) {
        (Kind::Matroska, CODEC_ID_OPUS) => {
            matroska::last_padding(bytes, track).map_err(|e| unsupported(&e.to_string()))?
        }
        _ => None,
    };
    let mut packets = LibraryPackets {
        source,
        reader,
        track,
        clock,
        origin: 0,
        from_start: true,
        empty_first,
        fresh: true,
        padding: padding.map_or(0, |nanos| clock_frames(nanos, hz)),
        held: None,
    };
    packets
        .find_origin()
        .map_err(|e| unsupported(&e.to_string()))?;
    Ok(Stream {
        facts,
        start,
        // The end is where the packets end, whatever the header says.
        end: None,
        packets: Box::new(packets),
        decoder,
    })
}

/// What a stream is, of which nothing is exact yet but what was put before it, `start`.
fn facts(
    container: Container,
    params: &AudioCodecParameters,
    rate: SampleRate,
    (start, length): (i64, Option<i64>),
) -> SoundFacts {
    SoundFacts {
        container,
        codec: codec_of(params),
        rate,
        channels: params.channels.as_ref().map_or(0, |c| c.count() as u16),
        bits: params.bits_per_sample.map(|bits| bits as u16),
        trimmed_start: Samples::new(start),
        trimmed_end: Samples::ZERO,
        trim_basis: if start > 0 {
            TrimBasis::Stated
        } else {
            TrimBasis::Nothing
        },
        length: length.map(Samples::new),
        exactness: Exactness::Estimated,
    }
}

/// What a codec that films have is called; none for one that is not known, and where the codec is
/// not what is in the way.
fn name_of(params: &AudioCodecParameters) -> Option<&'static str> {
    let is_surround = params.channels.as_ref().is_none_or(|c| c.count() > 2);
    Some(match params.codec {
        CODEC_ID_AC3 => "AC-3",
        CODEC_ID_EAC3 => "E-AC-3",
        CODEC_ID_AC4 => "AC-4",
        CODEC_ID_DCA => "DTS",
        CODEC_ID_TRUEHD => "Dolby TrueHD",
        CODEC_ID_WMA => "Windows Media",
        CODEC_ID_AAC if is_surround => "surround AAC",
        CODEC_ID_AAC => "HE-AAC",
        CODEC_ID_OPUS if is_surround => "surround Opus",
        CODEC_ID_OPUS => "Opus",
        _ => return None,
    })
}

fn codec_of(params: &AudioCodecParameters) -> Codec {
    match codecs().get_audio_decoder(params.codec) {
        Some(registered) => Codec::Other(registered.codec.info.long_name.to_owned()),
        None => Codec::Other(params.codec.to_string()),
    }
}

/// Frames in so many nanoseconds, to the nearest.
fn clock_frames(nanos: u64, rate: u32) -> u32 {
    let scaled = (u128::from(nanos) * u128::from(rate) + 500_000_000) / 1_000_000_000;
    u32::try_from(scaled).unwrap_or(0)
}

/// How a track counts time.
#[derive(Clone, Copy, Debug)]
struct Clock {
    base: Option<TimeBase>,
    rate: u32,
}

impl Clock {
    /// Frames in so many units, to the nearest.
    fn frames(self, units: i64) -> i64 {
        let (numer, denom) = self.ratio();
        let denom = denom.max(1);
        let scaled = (i128::from(units) * numer * 2 + denom).div_euclid(denom * 2);
        i64::try_from(scaled).unwrap_or(i64::MAX)
    }

    /// Units in so many frames, towards the past.
    fn units(self, frames: i64) -> i64 {
        let (numer, denom) = self.ratio();
        let scaled = i128::from(frames) * denom / numer.max(1);
        i64::try_from(scaled).unwrap_or(i64::MAX)
    }

    /// How many frames off a place may be for the coarseness of the clock: two of its units, and
    /// nothing where a unit is a frame.
    fn slack(self) -> u32 {
        let (numer, denom) = self.ratio();
        let unit = numer / denom.max(1);
        if numer == denom {
            0
        } else {
            u32::try_from(unit * 2 + 2).unwrap_or(u32::MAX)
        }
    }

    fn ratio(self) -> (i128, i128) {
        let Some(base) = self.base else {
            return (1, 1);
        };
        let numer = i128::from(base.numer.get()) * i128::from(self.rate);
        (numer, i128::from(base.denom.get()))
    }
}

/// The file, to be opened again when symphonia's reader has got stuck.
struct Source {
    path: PathBuf,
    extension: &'static str,
}

impl Source {
    fn open(&self) -> Result<Box<dyn FormatReader>, String> {
        let file = std::fs::File::open(&self.path).map_err(|e| e.to_string())?;
        let stream = MediaSourceStream::new(
            Box::new(file),
            symphonia::core::io::MediaSourceStreamOptions::default(),
        );
        let mut hint = Hint::new();
        hint.with_extension(self.extension);
        // A reader is other people's arithmetic on bytes from anywhere: a panic is a refusal.
        catch_unwind(AssertUnwindSafe(|| {
            symphonia::default::get_probe().probe(
                &hint,
                stream,
                FormatOptions::default(),
                MetadataOptions::default(),
            )
        }))
        .map_err(|_panic| "its reader gave up".to_owned())?
        .map_err(|error| error.to_string())
    }
}

/// Packets as symphonia's reader gives them.
struct LibraryPackets {
    source: Source,
    reader: Box<dyn FormatReader>,
    track: u32,
    clock: Clock,
    // The place that the first sound claims to have.
    origin: i64,
    from_start: bool,
    // Whether the first packet after a start gives nothing, and whether that is the next one.
    empty_first: bool,
    fresh: bool,
    // Frames at the end of the last packet that are no music, and the packet that was read ahead
    // to see which one is the last.
    padding: u32,
    held: Option<symphonia::core::packet::Packet>,
}

impl LibraryPackets {
    /// The next packet of the track, and whether it is the last one, where that matters.
    fn next_of_track(&mut self) -> Result<Option<(symphonia::core::packet::Packet, bool)>, Error> {
        let found = match self.held.take() {
            Some(held) => Some(held),
            None => self.read_of_track()?,
        };
        let Some(found) = found else {
            return Ok(None);
        };
        if self.padding > 0 {
            // An error behind it is an end too.
            self.held = self.read_of_track().unwrap_or_default();
        }
        let is_last = self.padding > 0 && self.held.is_none();
        Ok(Some((found, is_last)))
    }

    fn read_of_track(&mut self) -> Result<Option<symphonia::core::packet::Packet>, Error> {
        loop {
            match self.next_packet()? {
                Some(found) if found.track_id != self.track => {}
                other => return Ok(other),
            }
        }
    }

    fn next_packet(&mut self) -> Result<Option<symphonia::core::packet::Packet>, Error> {
        catch_unwind(AssertUnwindSafe(|| self.reader.next_packet()))
            .unwrap_or(Err(Error::Unsupported("the reader gave up")))
    }

    fn try_seek(&mut self, units: i64) -> bool {
        let to = SeekTo::Timestamp {
            ts: Timestamp::new(units),
            track_id: self.track,
        };
        let sought = catch_unwind(AssertUnwindSafe(|| {
            self.reader.seek(SeekMode::Accurate, to)
        }));
        matches!(sought, Ok(Ok(_)))
    }

    /// Finds out where the first sound claims to be, and goes back to the beginning.
    fn find_origin(&mut self) -> Result<(), SoundError> {
        let mut packet = Packet::default();
        while self.next(&mut packet)? {
            if packet.skip == 0 {
                self.origin = packet.at;
                break;
            }
        }
        self.reopen()
    }

    fn reopen(&mut self) -> Result<(), SoundError> {
        self.reader = self.source.open().map_err(SoundError::Io)?;
        self.from_start = true;
        self.fresh = true;
        self.held = None;
        Ok(())
    }
}

impl Packets for LibraryPackets {
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError> {
        let mut errors = 0;
        loop {
            match self.next_of_track() {
                Ok(Some((found, is_last))) => {
                    self.from_start = false;
                    let place = self.clock.frames(found.pts.get()) - self.origin;
                    packet.refill(place, u32::MAX, &found.data);
                    packet.told_frames = found.block_dur().get();
                    packet.slack = self.clock.slack();
                    if is_last && let Some(frames) = opus_frames(&found.data) {
                        packet.frames = frames.saturating_sub(self.padding);
                    }
                    if std::mem::take(&mut self.fresh) && self.empty_first {
                        packet.skip = u32::MAX;
                    }
                    return Ok(true);
                }
                Err(Error::DecodeError(_)) if errors < MAX_ERRORS => errors += 1,
                Err(Error::IoError(error)) if error.kind() != io::ErrorKind::UnexpectedEof => {
                    return Err(SoundError::Io(error.to_string()));
                }
                Ok(None) | Err(_) => return Ok(false),
            }
        }
    }

    fn seek(&mut self, at: i64) -> Result<(), SoundError> {
        let target = at.saturating_sub(WARM_UP);
        self.fresh = true;
        self.held = None;
        if target <= 0 {
            if !self.from_start {
                self.reopen()?;
            }
            return Ok(());
        }
        // Some readers cannot seek once they have reached the end: a fresh one can.
        let units = self.clock.units(target.saturating_add(self.origin));
        if !self.try_seek(units) {
            self.reopen()?;
            if !self.try_seek(units) {
                // Then everything before is decoded and dropped.
                self.reopen()?;
            }
        }
        Ok(())
    }
}
