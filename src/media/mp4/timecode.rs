//! The timecode of a film's first frame (`QuickTime` File Format Specification, "Timecode Media").

use std::io;

use super::boxes::Atom;
use crate::media::bytes::Bytes;
use crate::media::bytes::be32;
use crate::media::bytes::be64;
use crate::time::Ticks;

/// Tracks looked at in one file at most.
const MAX_TRACKS: usize = 64;
/// Of a timecode description: what stands before its fields in every description, then what is
/// reserved and the flags.
const BEFORE_SCALE: usize = 8 + 4 + 4;

/// When the film begins, counted from midnight: the frame number in its first timecode track, at
/// the rate that the track counts in. Labels that are dropped do not matter to it.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(in crate::media) fn begins(bytes: &mut Bytes) -> io::Result<Option<Ticks>> {
    let Some(moov) = Atom::whole(bytes).child(bytes, *b"moov")? else {
        return Ok(None);
    };
    let tracks = moov.children(bytes, 0)?.into_iter();
    for trak in tracks.filter(|atom| atom.name == *b"trak").take(MAX_TRACKS) {
        let Some(stbl) = trak.descend(bytes, &[*b"mdia", *b"minf", *b"stbl"])? else {
            continue;
        };
        if let Some(begins) = of_track(bytes, &stbl)? {
            return Ok(Some(begins));
        }
    }
    Ok(None)
}

/// The same for one track; nothing where it holds no timecode.
fn of_track(bytes: &mut Bytes, stbl: &Atom) -> io::Result<Option<Ticks>> {
    let Some(stsd) = stbl.child(bytes, *b"stsd")? else {
        return Ok(None);
    };
    let description = stsd.children(bytes, 8)?.into_iter().next();
    let Some(description) = description.filter(|atom| atom.name == *b"tmcd") else {
        return Ok(None);
    };
    let fields = bytes.window(description.from, BEFORE_SCALE + 8)?;
    let scale = be32(fields, BEFORE_SCALE).unwrap_or(0);
    let frame = be32(fields, BEFORE_SCALE + 4).unwrap_or(0);
    let Some(at) = first_sample(bytes, stbl)? else {
        return Ok(None);
    };
    let number = bytes.array::<4>(at)?.map(u32::from_be_bytes);
    let (Some(number), true) = (number, scale > 0 && frame > 0) else {
        return Ok(None);
    };
    let ticks = i128::from(number) * i128::from(frame) * i128::from(Ticks::PER_SECOND);
    Ok(i64::try_from(ticks / i128::from(scale))
        .ok()
        .map(Ticks::new))
}

/// Where the first sample of a track lies in the file: where its first chunk does.
fn first_sample(bytes: &mut Bytes, stbl: &Atom) -> io::Result<Option<u64>> {
    // Version and flags, the number of entries, then the first of them.
    if let Some(stco) = stbl.child(bytes, *b"stco")? {
        return Ok(be32(bytes.window(stco.from, 12)?, 8).map(u64::from));
    }
    if let Some(co64) = stbl.child(bytes, *b"co64")? {
        return Ok(be64(bytes.window(co64.from, 16)?, 8));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn atom(name: [u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).expect("small");
        [&size.to_be_bytes()[..], &name, content].concat()
    }

    /// A film whose timecode track counts `frame` units of `scale` a frame, and begins at the
    /// frame `number`.
    fn film(scale: u32, frame: u32, number: u32) -> Vec<u8> {
        let sample = atom(*b"mdat", &number.to_be_bytes());
        let description = [
            &[0; BEFORE_SCALE][..],
            &scale.to_be_bytes(),
            &frame.to_be_bytes(),
            &[25, 0],
        ];
        let one = [0, 0, 0, 0, 0, 0, 0, 1];
        let stsd = [&one[..], &atom(*b"tmcd", &description.concat())].concat();
        let stco = [&one[..], &8_u32.to_be_bytes()].concat();
        let stbl = [atom(*b"stsd", &stsd), atom(*b"stco", &stco)].concat();
        let minf = atom(*b"minf", &atom(*b"stbl", &stbl));
        let trak = atom(*b"trak", &atom(*b"mdia", &minf));
        [sample, atom(*b"moov", &trak)].concat()
    }

    fn read(film: &[u8]) -> Option<Ticks> {
        let mut file = tempfile::NamedTempFile::new().expect("there is room");
        file.write_all(film).expect("there is room");
        let mut bytes = Bytes::open(file.path()).expect("it is there");
        begins(&mut bytes).expect("it can be read")
    }

    #[test]
    fn a_film_begins_at_the_frame_that_its_timecode_track_counts() {
        let ten_hours = Ticks::from_secs(36_000);
        assert_eq!(read(&film(25, 1, 900_000)), Some(ten_hours));
        // 24 frames of 1001/24000 s.
        let frames = Ticks::new(Ticks::PER_SECOND / 1000 * 1001);
        assert_eq!(read(&film(24_000, 1001, 24)), Some(frames));
    }

    #[test]
    fn a_track_that_counts_nothing_is_no_timecode() {
        assert_eq!(read(&film(0, 1, 900_000)), None);
        assert_eq!(read(&film(25, 0, 900_000)), None);
        assert_eq!(read(b"nothing of the kind"), None);
    }

    #[test]
    fn a_film_that_breaks_off_anywhere_is_no_reason_to_panic() {
        let whole = film(25, 1, 900_000);
        for length in 1..whole.len() {
            read(&whole[..length]);
        }
    }
}
