//! An ID3v2.3 tag written by hand, for what the encoder's own options cannot say: titles in any
//! script, a picture, and lyrics with and without times.
//!
//! The frames are those of "ID3 tag version 2.3.0" (id3.org, 1999), section 4.

use std::fs;
use std::path::Path;

use crate::encode::Extras;
use crate::error::{Error, Result};
use crate::story::Track;

/// Text follows as UTF-16 with a byte order mark.
const UTF_16: u8 = 1;

/// Puts a tag before the sound of an MP3 file.
pub(crate) fn put_before(path: &Path, track: &Track, extras: Extras<'_>) -> Result<()> {
    let mut file = tag(track, extras)?;
    file.extend(fs::read(path).map_err(Error::file(path))?);
    fs::write(path, file).map_err(Error::file(path))
}

/// Puts a tag into a WAV file, as a chunk after its sound.
pub(crate) fn put_in_wav(path: &Path, track: &Track, extras: Extras<'_>) -> Result<()> {
    let mut file = fs::read(path).map_err(Error::file(path))?;
    let mut body = tag(track, extras)?;
    body.resize(body.len().next_multiple_of(2), 0);
    file.extend(b"id3 ");
    file.extend((body.len() as u32).to_le_bytes());
    file.extend(body);
    let size = (file.len() as u32 - 8).to_le_bytes();
    file[4..8].copy_from_slice(&size);
    fs::write(path, file).map_err(Error::file(path))
}

/// A whole tag.
fn tag(track: &Track, extras: Extras<'_>) -> Result<Vec<u8>> {
    let mut frames = Vec::new();
    let writers: Vec<&str> = track.writers.iter().map(|writer| writer.name).collect();
    for (id, value) in [
        (b"TIT2", track.title),
        (b"TPE1", track.artist),
        (b"TALB", track.album),
        (b"TCOM", &writers.join("/")),
        (b"TSRC", &track.isrc.replace('-', "")),
        (b"TYER", "2026"),
        (b"TCON", track.genre),
    ] {
        let mut body = vec![UTF_16];
        body.extend(utf_16(value));
        push_frame(&mut frames, *id, &body);
    }
    push_frame(
        &mut frames,
        *b"COMM",
        &described(track.language, &track.full_comment()),
    );
    if !extras.words.is_empty() {
        let lines: Vec<&str> = extras.words.iter().map(|(_, line)| line.as_str()).collect();
        push_frame(
            &mut frames,
            *b"USLT",
            &described(track.language, &lines.join("\n")),
        );
        push_frame(&mut frames, *b"SYLT", &timed(track.language, extras.words));
    }
    if let Some(picture) = extras.picture {
        let mut body = b"\0image/jpeg\0\x03\0".to_vec();
        body.extend(fs::read(picture).map_err(Error::file(picture))?);
        push_frame(&mut frames, *b"APIC", &body);
    }
    let mut file = b"ID3\x03\0\0".to_vec();
    file.extend(seven_bit_size(frames.len()));
    file.extend(frames);
    Ok(file)
}

fn push_frame(frames: &mut Vec<u8>, id: [u8; 4], body: &[u8]) {
    frames.extend(id);
    frames.extend((body.len() as u32).to_be_bytes());
    frames.extend([0, 0]);
    frames.extend(body);
}

/// A language, an empty description, and a text: the body of comments and of plain lyrics.
fn described(language: &str, value: &str) -> Vec<u8> {
    let mut body = vec![UTF_16];
    body.extend(language.bytes());
    body.extend(utf_16(""));
    body.extend([0, 0]);
    body.extend(utf_16(value));
    body
}

/// Lyrics with times: milliseconds, content type 1.
fn timed(language: &str, words: &[(f32, String)]) -> Vec<u8> {
    let mut body = vec![UTF_16];
    body.extend(language.bytes());
    body.extend([2, 1]);
    body.extend(utf_16(""));
    body.extend([0, 0]);
    for (secs, line) in words {
        body.extend(utf_16(line));
        body.extend([0, 0]);
        body.extend(((secs * 1000.0).round() as u32).to_be_bytes());
    }
    body
}

fn utf_16(value: &str) -> Vec<u8> {
    std::iter::once(0xFEFF)
        .chain(value.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

/// A size as four bytes of seven bits.
fn seven_bit_size(size: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| (size >> shift & 0x7F) as u8)
}
