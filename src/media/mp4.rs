//! MPEG-4 and `QuickTime` files of AAC, Apple Lossless or plain samples.
//!
//! The file's own tables say where every packet lies, so they are read here: seeking is a look-up,
//! a cut file plays as far as it goes, and what an encoder put around the music is taken off.
//!
//! Of several tracks of sound the first is read. Where an editing system has written each channel as
//! a track of its own, the first two are left and right: plain samples of one channel each, of one
//! rate, written alike, equally many, and laid alike against the picture.

mod boxes;
mod entry;
mod fragments;
mod samples;
pub(super) mod timecode;
mod trim;

use std::io;

use self::boxes::Atom;
use self::entry::Entry;
use self::samples::Tables;
use self::trim::MusicSpan;
use self::trim::Scales;
use super::aac;
use super::alac;
use super::bytes::Bytes;
use super::bytes::be32;
use super::decode::Decoder;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::Exactness;
use super::facts::TrimBasis;
use super::frames::AAC_LEAST_PRIMING;
use super::generic;
use super::kind::Kind;
use super::packets::Coding;
use super::packets::Packets;
use super::packets::Stream;
use super::pcm::PcmLayout;
use super::pcm::PcmPackets;
use super::pcm::PcmPair;
use super::pcm::Stretch;
use super::table::PacketTable;
use super::table::TablePackets;
use crate::time::SampleRate;

/// Tracks looked at in one file at most.
const MAX_TRACKS: usize = 64;
/// The longest edit list or comment that is read.
const MAX_SMALL: usize = 1024 * 1024;

/// The track of sound in a file, as its boxes tell.
struct Track {
    id: u32,
    entry: Entry,
    tables: Tables,
    edit_list: Option<Vec<u8>>,
    // Whether it goes with a picture.
    is_of_film: bool,
    film_scale: u32,
    media_scale: u32,
}

impl Track {
    fn scales(&self, rate: u32) -> Scales {
        Scales {
            film: self.film_scale,
            media: self.media_scale,
            rate,
        }
    }
}

/// What a track decodes to, and by what.
struct Decoding {
    codec: Codec,
    rate: u32,
    full_rate: u32,
    channels: u16,
    bits: Option<u16>,
    places: Places,
    duration: i64,
    decoder: Decoder,
}

/// Where the sound of a track lies.
enum Places {
    /// In packets, so many of which have to be decoded before one comes out right.
    Packets(PacketTable, usize),
    /// As plain samples.
    Samples(Vec<Stretch>, PcmLayout),
    /// As plain samples of left and right, each with this layout.
    Pair([Vec<Stretch>; 2], PcmLayout),
}

impl Places {
    fn frames(&self) -> i64 {
        match self {
            Self::Packets(table, _) => table.frames(),
            Self::Samples(stretches, _) | Self::Pair([stretches, _], _) => frames_in(stretches),
        }
    }

    /// # Errors
    ///
    /// Fails when the file cannot be opened once more, for the second of two channels.
    fn reader(self, bytes: Bytes) -> Result<Box<dyn Packets>, Fault> {
        Ok(match self {
            Self::Packets(table, warm_up) => Box::new(TablePackets::new(bytes, table, warm_up)),
            Self::Samples(stretches, layout) => {
                Box::new(PcmPackets::scattered(bytes, &stretches, &layout))
            }
            Self::Pair([left, right], layout) => {
                // Each reads on by itself: through one buffer they would push each other out of it.
                let again = bytes.again()?;
                let left = PcmPackets::scattered(bytes, &left, &layout);
                let right = PcmPackets::scattered(again, &right, &layout);
                Box::new(PcmPair::new(left, right))
            }
        })
    }
}

fn frames_in(stretches: &[Stretch]) -> i64 {
    stretches.iter().fold(0_i64, |sum, stretch| {
        sum.saturating_add_unsigned(stretch.frames)
    })
}

/// Opens an MPEG-4 or `QuickTime` file.
///
/// # Errors
///
/// Fails when the file cannot be read, or holds nothing that can be played.
pub(super) fn open(mut bytes: Bytes) -> Result<Stream, Fault> {
    let top = Atom::whole(&bytes).children(&mut bytes, 0)?;
    let Some(moov) = top.iter().find(|atom| atom.name == *b"moov") else {
        let end = bytes.len();
        return Err(Fault::damaged(
            end,
            "the table of contents is missing, as in a copy that broke off",
        ));
    };
    if moov.cut {
        return Err(Fault::damaged(
            moov.from,
            "the table of contents is cut off",
        ));
    }
    let mut tracks = find_tracks(&mut bytes, moov)?.into_iter();
    let Some(track) = tracks.next() else {
        return Err(Fault::unsupported("a film without sound"));
    };
    let second = tracks.next();
    let comment = itunes_comment(&mut bytes, moov)?;
    let Some(mut found) = decoding(&mut bytes, &track, &top, moov)? else {
        // What the tables do not tell of is left to the library.
        let stream = generic::open(&mut bytes, Kind::Mp4)?;
        return Ok(match track.entry {
            Entry::Other(name) if name == *b"Opus" => kept_to_tables(stream, &track),
            _ => stream,
        });
    };
    if let Some(second) = second {
        found = with_right(found, &track, &second, bytes.len());
    }
    let rate = SampleRate::new(found.rate).map_err(|e| Fault::damaged(moov.from, e))?;
    let total = found.places.frames();
    if total == 0 {
        return Err(Fault::damaged(bytes.len(), "the sound itself is missing"));
    }
    let media = track.scales(found.rate).frames(found.duration);
    // The durations know of padding that the number of packets does not.
    let media = if (0..i64::from(aac::FRAMES)).contains(&(total - media)) {
        media
    } else {
        total
    };
    let stated = comment
        .as_deref()
        .and_then(|text| trim::by_comment(text, found.full_rate, found.rate, total))
        .or_else(|| {
            let elst = track.edit_list.as_deref()?;
            trim::by_edit_list(elst, track.scales(found.rate), media)
        });
    let (span, basis) = match (stated, &found.codec) {
        (Some(span), _) => (span, TrimBasis::Stated),
        (None, Codec::Aac | Codec::HeAac) => {
            (MusicSpan::from(AAC_LEAST_PRIMING), TrimBasis::Assumed)
        }
        (None, _) => (MusicSpan::from(0), TrimBasis::Nothing),
    };
    let start = span.start.clamp(0, total);
    let end = span.end.unwrap_or(media).clamp(start, total);
    // Before a recording silence means nothing; in a film it keeps sound and picture together.
    let late = match &track.edit_list {
        Some(elst) if track.is_of_film => trim::silence_before(elst, track.scales(found.rate)),
        _ => 0,
    };
    let start = if late > 0 { start - late } else { start };
    let coding = Coding {
        container: Container::Mp4,
        codec: found.codec,
        rate,
        channels: found.channels,
        bits: found.bits,
    };
    let packets = found.places.reader(bytes)?;
    Ok(Stream::trimmed(
        coding,
        0..total,
        start..end,
        basis,
        packets,
        found.decoder,
    ))
}

/// A stream that another reader decodes, ended where the tables say that its music does. The last
/// packet is decoded whole, but lasts only as long as its music (Opus in ISOBMFF, section 4.4).
fn kept_to_tables(mut stream: Stream, track: &Track) -> Stream {
    let scales = track.scales(stream.facts.rate.get());
    let media = scales.frames(track.tables.duration);
    let edit_list = track.edit_list.as_deref();
    let span = edit_list.and_then(|elst| trim::by_edit_list(elst, scales, media));
    let end = span.and_then(|span| span.end).unwrap_or(media).min(media);
    if stream.start < end {
        stream.end = Some(end);
        stream.facts.exactness = Exactness::Exact;
        stream.facts.trim_basis = TrimBasis::Stated;
    }
    stream
}

/// The left channel with the right one, where the second track is that.
fn with_right(left: Decoding, first: &Track, second: &Track, file_len: u64) -> Decoding {
    let (Entry::Pcm(a), Entry::Pcm(b)) = (&first.entry, &second.entry) else {
        return left;
    };
    let is_alike = a.layout == b.layout
        && a.rate == b.rate
        && first.media_scale == second.media_scale
        && first.edit_list == second.edit_list;
    let right = second.tables.plain(a.layout.frame_bytes() as u32, file_len);
    match (left.places, a.layout.paired()) {
        (Places::Samples(stretches, layout), Some(paired))
            if is_alike && frames_in(&stretches) == frames_in(&right) =>
        {
            Decoding {
                channels: 2,
                places: Places::Pair([stretches, right], layout),
                decoder: Decoder::Pcm(paired),
                ..left
            }
        }
        (places, _) => Decoding { places, ..left },
    }
}

/// The first two tracks of sound.
fn find_tracks(bytes: &mut Bytes, moov: &Atom) -> io::Result<Vec<Track>> {
    let mut tracks = Vec::new();
    let film_head = moov.child(bytes, *b"mvhd")?;
    let film_scale = time_scale(bytes, film_head)?;
    let mut inside = moov.children(bytes, 0)?;
    inside.retain(|atom| atom.name == *b"trak");
    inside.truncate(MAX_TRACKS);
    let mut is_of_film = false;
    for trak in &inside {
        is_of_film |= handler(bytes, trak)? == Some(*b"vide");
    }
    for trak in inside {
        let Some(mdia) = trak.child(bytes, *b"mdia")? else {
            continue;
        };
        if handler(bytes, &trak)? != Some(*b"soun") {
            continue;
        }
        let media_head = mdia.child(bytes, *b"mdhd")?;
        let media_scale = time_scale(bytes, media_head)?;
        let Some(stbl) = mdia.descend(bytes, &[*b"minf", *b"stbl"])? else {
            continue;
        };
        let entry = match stbl.child(bytes, *b"stsd")? {
            Some(stsd) => entry::read(bytes, &stsd)?,
            None => None,
        };
        let Some(entry) = entry else {
            continue;
        };
        let edit_list = match trak.descend(bytes, &[*b"edts", *b"elst"])? {
            Some(elst) => Some(elst.content(bytes, MAX_SMALL)?),
            None => None,
        };
        let id = match trak.child(bytes, *b"tkhd")? {
            Some(tkhd) => {
                let head = bytes.window(tkhd.from, 32)?;
                let at = if head.first() == Some(&1) { 20 } else { 12 };
                be32(head, at).unwrap_or(0)
            }
            None => 0,
        };
        tracks.push(Track {
            id,
            entry,
            tables: Tables::read(bytes, &stbl)?,
            edit_list,
            is_of_film,
            film_scale,
            media_scale,
        });
        if tracks.len() == 2 {
            break;
        }
    }
    Ok(tracks)
}

/// What a track is of: `soun`, `vide` and others.
fn handler(bytes: &mut Bytes, trak: &Atom) -> io::Result<Option<[u8; 4]>> {
    match trak.descend(bytes, &[*b"mdia", *b"hdlr"])? {
        Some(hdlr) => bytes.array::<4>(hdlr.from + 8),
        None => Ok(None),
    }
}

/// The units a second of an `mvhd` or `mdhd` box; 0 when there is none.
fn time_scale(bytes: &mut Bytes, atom: Option<Atom>) -> io::Result<u32> {
    let Some(atom) = atom else {
        return Ok(0);
    };
    let head = bytes.window(atom.from, 32)?;
    let at = if head.first() == Some(&1) { 20 } else { 12 };
    Ok(be32(head, at).unwrap_or(0))
}

/// How the track is decoded; none when another reader has to do it.
fn decoding(
    bytes: &mut Bytes,
    track: &Track,
    top: &[Atom],
    moov: &Atom,
) -> Result<Option<Decoding>, Fault> {
    let file_len = bytes.len();
    let tables = &track.tables;
    let mut duration = tables.duration;
    let mut coded = |bytes: &mut Bytes, frames: u32| {
        let mut table = tables.coded(frames, file_len);
        let more = fragments::read(bytes, top, moov, track.id, &mut table)?;
        duration = duration.saturating_add(more);
        Ok::<_, io::Error>(table)
    };
    Ok(Some(match &track.entry {
        Entry::Aac(config) => {
            if let Some(what) = config.not_decoded() {
                return Err(Fault::foreign(what));
            }
            Decoding {
                codec: config.codec(),
                rate: config.rate,
                full_rate: config.full_rate,
                channels: config.channels,
                bits: None,
                places: Places::Packets(coded(bytes, aac::FRAMES)?, aac::WARM_UP),
                duration,
                decoder: Decoder::of_file(&config.codec(), config.params(), 1.0)?,
            }
        }
        Entry::Alac(alac) => {
            let table = coded(bytes, alac.frames)?;
            Decoding {
                codec: Codec::Alac,
                rate: alac.rate,
                full_rate: alac.rate,
                channels: alac.channels,
                bits: Some(alac.bits),
                places: Places::Packets(alac::with_last_shortened(bytes, table)?, 0),
                duration,
                decoder: Decoder::of_file(&Codec::Alac, alac.params.clone(), 1.0)?,
            }
        }
        Entry::Pcm(pcm) => {
            let frame_bytes = u32::try_from(pcm.layout.frame_bytes()).unwrap_or(u32::MAX);
            let stretches = tables.plain(frame_bytes, file_len);
            if stretches.is_empty() {
                return Ok(None);
            }
            Decoding {
                codec: pcm.encoding.codec(),
                rate: pcm.rate,
                full_rate: pcm.rate,
                channels: pcm.channels,
                bits: Some(pcm.bits),
                places: Places::Samples(stretches, pcm.layout.clone()),
                duration,
                decoder: Decoder::Pcm(pcm.layout.clone()),
            }
        }
        Entry::Other(name) => match name {
            b"drms" | b"enca" => return Err(Fault::unsupported("protected (DRM) sound")),
            b"ac-3" => return Err(Fault::foreign("AC-3 sound")),
            b"ec-3" => return Err(Fault::foreign("E-AC-3 sound")),
            b"ac-4" => return Err(Fault::foreign("AC-4 sound")),
            b"mlpa" => return Err(Fault::foreign("Dolby TrueHD sound")),
            b"DTS " | b"dtsc" | b"dtsh" | b"dtsl" | b"dtse" | b"dtsx" => {
                return Err(Fault::foreign("DTS sound"));
            }
            _ => return Ok(None),
        },
    }))
}

/// The text of the iTunSMPB comment, if there is one.
fn itunes_comment(bytes: &mut Bytes, moov: &Atom) -> io::Result<Option<String>> {
    let Some(meta) = moov.descend(bytes, &[*b"udta", *b"meta"])? else {
        return Ok(None);
    };
    // In MPEG-4 version and flags come before the boxes, in QuickTime they do not.
    let mut inside = meta.children(bytes, 4)?;
    if !inside.iter().any(|child| child.name == *b"ilst") {
        inside = meta.children(bytes, 0)?;
    }
    let Some(ilst) = inside.iter().find(|child| child.name == *b"ilst") else {
        return Ok(None);
    };
    for item in ilst.children(bytes, 0)? {
        if item.name != *b"----" {
            continue;
        }
        let Some(name) = item.child(bytes, *b"name")? else {
            continue;
        };
        if name.content(bytes, 64)?.get(4..) != Some(b"iTunSMPB") {
            continue;
        }
        if let Some(data) = item.child(bytes, *b"data")? {
            let content = data.content(bytes, 4096)?;
            let text = content.get(8..).unwrap_or_default();
            return Ok(Some(String::from_utf8_lossy(text).into_owned()));
        }
    }
    Ok(None)
}
