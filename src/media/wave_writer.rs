//! Writing WAVE files: 24-bit PCM in stereo, with a `bext` chunk that tells an editing system where
//! the sound belongs (EBU Tech 3285).

use std::io;
use std::io::BufWriter;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;

use super::StereoFrame;
use super::bext;
use super::bext::BroadcastInfo;
use crate::time::SampleRate;

const CHANNELS: u16 = 2;
const BITS: u16 = 24;
const FRAME_BYTES: u16 = CHANNELS * BITS / 8;
/// `fmt ` for PCM, and the header of a chunk.
const FORMAT_BYTES: u32 = 16;
const HEADER_BYTES: u32 = 8;

/// A WAVE file that is being written. Until it is finished, its sizes say that it is empty.
pub struct WaveWriter<W: Write + Seek> {
    out: BufWriter<W>,
    data_bytes: u32,
    /// Where the number of the data's bytes stands.
    size_at: u32,
}

impl<W: Write + Seek> WaveWriter<W> {
    /// Begins a file at the given rate, with what is to be said of its origin.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot write.
    pub fn new(out: W, rate: SampleRate, origin: &BroadcastInfo) -> io::Result<Self> {
        let mut out = BufWriter::new(out);
        let history = format!(
            "A=PCM,F={},W={BITS},M=stereo,T=Needledrop {}\r\n",
            rate.get(),
            env!("CARGO_PKG_VERSION")
        );
        let bext = bext::chunk(origin, &history);
        let bext_bytes = u32::try_from(bext.len()).map_err(io::Error::other)?;
        out.write_all(b"RIFF\0\0\0\0WAVEbext")?;
        out.write_all(&bext_bytes.to_le_bytes())?;
        out.write_all(&bext)?;
        out.write_all(b"fmt ")?;
        out.write_all(&FORMAT_BYTES.to_le_bytes())?;
        out.write_all(&1_u16.to_le_bytes())?;
        out.write_all(&CHANNELS.to_le_bytes())?;
        out.write_all(&rate.get().to_le_bytes())?;
        out.write_all(&(rate.get() * u32::from(FRAME_BYTES)).to_le_bytes())?;
        out.write_all(&FRAME_BYTES.to_le_bytes())?;
        out.write_all(&BITS.to_le_bytes())?;
        out.write_all(b"data\0\0\0\0")?;
        let before_data = 12 + HEADER_BYTES + bext_bytes + HEADER_BYTES + FORMAT_BYTES;
        Ok(Self {
            out,
            data_bytes: 0,
            size_at: before_data + 4,
        })
    }

    /// Adds frames; what is over full scale is cut.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot write, and when the file would be longer than 4 GiB, which is
    /// as long as this kind of file can be.
    pub fn write(&mut self, frames: &[StereoFrame]) -> io::Result<()> {
        const FULL: f32 = (1 << (BITS - 1)) as f32 - 1.0;
        let n_bytes = u32::try_from(frames.len() * usize::from(FRAME_BYTES));
        let after = n_bytes.ok().and_then(|n| self.data_bytes.checked_add(n));
        // The whole file counts, not only its sound.
        let fits = after.is_some_and(|after| after.checked_add(self.size_at).is_some());
        let Some(after) = after.filter(|_| fits) else {
            return Err(io::Error::other("it is longer than a WAV file can be"));
        };
        for sample in frames.as_flattened() {
            let whole = (sample.clamp(-1.0, 1.0) * FULL).round() as i32;
            self.out.write_all(&whole.to_le_bytes()[..3])?;
        }
        self.data_bytes = after;
        Ok(())
    }

    /// Writes the sizes; the file is whole then.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot write.
    pub fn finish(mut self) -> io::Result<()> {
        // Six bytes a frame: the data never needs a byte to make it even.
        let riff_bytes = self.size_at + 4 + self.data_bytes - HEADER_BYTES;
        self.out.seek(SeekFrom::Start(4))?;
        self.out.write_all(&riff_bytes.to_le_bytes())?;
        self.out.seek(SeekFrom::Start(u64::from(self.size_at)))?;
        self.out.write_all(&self.data_bytes.to_le_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::time::Samples;

    fn written(frames: &[StereoFrame]) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let origin = BroadcastInfo {
            description: "Promise".to_owned(),
            time_reference: Samples::new(1_728_000_000),
            ..BroadcastInfo::default()
        };
        let mut wave =
            WaveWriter::new(&mut file, SampleRate::HZ_48000, &origin).expect("there is memory");
        wave.write(frames).expect("there is memory");
        wave.finish().expect("there is memory");
        file.into_inner()
    }

    #[test]
    fn another_reader_reads_the_samples_that_were_written() {
        let bytes = written(&[[0.5, -0.5], [1.0, -1.0], [2.0, -2.0]]);
        let mut reader = hound::WavReader::new(Cursor::new(bytes)).expect("it is a WAVE file");
        let samples: Vec<i32> = reader.samples().map(|s| s.expect("it is whole")).collect();
        let full = (1 << 23) - 1;
        assert_eq!(
            samples,
            [4_194_304, -4_194_304, full, -full, full, -full],
            "what is over full scale is cut"
        );
    }

    #[test]
    fn the_sizes_are_those_of_the_file() {
        let bytes = written(&[[0.0; 2]; 7]);
        let riff = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        assert_eq!(riff as usize + 8, bytes.len());
        let data = bytes.len() - 7 * 6;
        assert_eq!(bytes[data - 4..data], 42_u32.to_le_bytes());
    }
}
