//! Which format a file is, by its first bytes, and the reader for it.

use super::aiff;
use super::bytes::Bytes;
use super::bytes::be32;
use super::caf;
use super::error::Fault;
use super::flac;
use super::frames;
use super::generic;
use super::id3;
use super::mp4;
use super::ogg;
use super::packets::Stream;
use super::wav;

/// How far into a file without any other sign of its format MPEG frames are looked for.
const SEARCH: usize = 64 * 1024;

/// A format this program reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Bare MPEG audio frames, the first of them at this byte.
    Mpeg(u64),
    /// Bare AAC frames, the first of them at this byte.
    Adts(u64),
    /// Native FLAC; its marker is at this byte.
    Flac(u64),
    /// Ogg.
    Ogg,
    /// MPEG-4 or `QuickTime`.
    Mp4,
    /// RIFF WAVE, RF64 or BW64.
    Wav,
    /// AIFF or AIFF-C.
    Aiff,
    /// Core Audio Format.
    Caf,
    /// Matroska or `WebM`.
    Matroska,
}

/// Formats that hold sound and are not read here, by what they begin with.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media sound"),
    (b"MAC ", "Monkey's Audio"),
    (b"wvpk", "WavPack"),
    (b"TTA1", "True Audio"),
    (b"MPCK", "Musepack"),
    (b"MP+", "Musepack"),
    (b"DSD ", "DSD sound"),
    (b"FRM8", "DSD sound"),
    (b"#!AMR", "AMR speech"),
    (b".snd", "Sun sound"),
    (b".RMF", "RealMedia"),
    (b"riff\x2e\x91\xcf\x11", "Wave64"),
    (b"RIFX", "big-endian WAV"),
    (b"\x0b\x77", "AC-3 sound"),
    (b"\x7f\xfe\x80\x01", "DTS sound"),
    (b"FLV", "Flash video"),
    // SMPTE ST 377-1: the key of a partition pack.
    (
        b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02",
        "an MXF film",
    ),
    // ISO/IEC 13818-1: a pack of a program stream.
    (b"\x00\x00\x01\xba", "an MPEG film"),
];
/// Bytes of a packet of an MPEG transport stream, and what each begins with (ISO/IEC 13818-1); on
/// discs four bytes of time stand in front.
const TRANSPORT_PACKETS: [(u64, usize); 2] = [(0, 188), (4, 192)];
const TRANSPORT_SYNC: u8 = 0x47;
/// Packets in a row that are no coincidence.
const TRANSPORT_ENOUGH: usize = 5;

/// The boxes that an MPEG-4 or `QuickTime` file may begin with (ISO/IEC 14496-12 section 4.2;
/// `QuickTime` File Format, "Movie resource formats").
const FIRST_BOXES: &[&[u8; 4]] = &[
    b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp",
];

/// Finds out what a file is.
///
/// # Errors
///
/// Fails when the file cannot be read, or is nothing that can be played.
pub(super) fn sniff(bytes: &mut Bytes) -> Result<Kind, Fault> {
    let head = bytes.window(0, 16)?.to_vec();
    if let Some(kind) = by_magic(&head) {
        return Ok(kind);
    }
    if head.starts_with(b"MThd") {
        let what = "a MIDI file, which holds notes and no sound,";
        return Err(Fault::unsupported(what));
    }
    if let Some((_, name)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Fault::foreign(*name));
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"AVI ") {
        return Err(Fault::foreign("an AVI film"));
    }
    if is_transport_stream(bytes)? {
        return Err(Fault::foreign("an MPEG film"));
    }
    let body = id3::end_of_tags(bytes)?;
    if bytes.window(body, 4)?.starts_with(b"fLaC") {
        return Ok(Kind::Flac(body));
    }
    // A tag in front is a promise of frames behind it, however much of other things lies between.
    let reach = if body > 0 { SEARCH * 16 } else { SEARCH };
    frames::find_first(bytes, body, reach)?.ok_or(Fault::NotSound)
}

fn is_transport_stream(bytes: &mut Bytes) -> std::io::Result<bool> {
    for (at, size) in TRANSPORT_PACKETS {
        let packets = bytes.window(at, size * TRANSPORT_ENOUGH)?;
        let mut firsts = packets.chunks(size).map(|packet| packet.first());
        if packets.len() == size * TRANSPORT_ENOUGH
            && firsts.all(|first| first == Some(&TRANSPORT_SYNC))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn by_magic(head: &[u8]) -> Option<Kind> {
    let form = head.get(8..12).unwrap_or_default();
    match head.get(..4)? {
        b"RIFF" | b"RF64" | b"BW64" if form == b"WAVE" => Some(Kind::Wav),
        b"FORM" if form == b"AIFF" || form == b"AIFC" => Some(Kind::Aiff),
        b"fLaC" => Some(Kind::Flac(0)),
        b"OggS" => Some(Kind::Ogg),
        b"caff" => Some(Kind::Caf),
        b"\x1a\x45\xdf\xa3" => Some(Kind::Matroska),
        _ => {
            let name = head.get(4..8)?;
            // A first box is as long as its own header at least, or runs to the end of the file.
            let size = be32(head, 0)?;
            let known = FIRST_BOXES.iter().any(|first| *first == name);
            (known && (size >= 8 || size <= 1)).then_some(Kind::Mp4)
        }
    }
}

/// Opens the reader for whatever the file is.
///
/// # Errors
///
/// Fails when the file cannot be read, or is nothing that can be played.
pub(super) fn open_stream(mut bytes: Bytes) -> Result<Stream, Fault> {
    let kind = sniff(&mut bytes)?;
    open_as(bytes, kind)
}

/// Opens the reader for a file of a known kind.
///
/// # Errors
///
/// Fails when the file cannot be read, or is nothing that can be played.
pub(super) fn open_as(mut bytes: Bytes, kind: Kind) -> Result<Stream, Fault> {
    match kind {
        kind @ (Kind::Mpeg(_) | Kind::Adts(_)) => frames::open(bytes, kind),
        Kind::Flac(at) => flac::open(bytes, at, 1.0),
        Kind::Ogg => ogg::open(bytes),
        Kind::Mp4 => mp4::open(bytes),
        Kind::Wav => wav::open(bytes),
        Kind::Aiff => aiff::open(bytes),
        Kind::Caf => caf::open(bytes),
        Kind::Matroska => generic::open(&mut bytes, Kind::Matroska),
    }
}
