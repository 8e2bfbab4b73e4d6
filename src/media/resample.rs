//! A sound at another sampling rate than its own.
//!
//! The resampler (rubato's `Fft`) works in blocks: a block of input becomes a block of output,
//! overlapped with the one before, half a block late. Blocks lie on a fixed grid from the sound's
//! first sample on, so what comes out at a place does not depend on where reading began.

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::Fft;
use rubato::FixedSync;
use rubato::Resampler;
use rubato::WindowFunction;

use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;

/// The sound cannot be brought to the rate: the two are so unlike that it would take more memory
/// than any real recording needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sampling rate of {} Hz cannot be played", .from.get())]
pub struct UnplayableRate {
    /// The sound's rate.
    pub from: SampleRate,
    /// The rate asked for.
    pub to: SampleRate,
}

/// Brings a sound to a rate, if it does not have it already.
///
/// Sample `n` of the result falls at the same instant as sample `n · from / to` of the sound, and
/// the result's length is the sound's, to the nearest sample.
///
/// # Errors
///
/// Fails for rates no recording has, such as a header's 4 294 967 291 Hz.
pub fn at_rate(sound: Box<dyn Sound>, to: SampleRate) -> Result<Box<dyn Sound>, UnplayableRate> {
    if sound.rate() == to {
        return Ok(sound);
    }
    Ok(Box::new(Resampled::new(sound, to)?))
}

/// Frames of the shorter side of a block that are aimed at: long enough for a steep filter, short
/// enough that beginning somewhere takes little decoding.
const BLOCK: u32 = 1024;

/// The longest side of a block there may be: rates of some hundred kilohertz with nothing in
/// common come to this.
const LONGEST_BLOCK: u64 = 1 << 18;

struct Resampled {
    sound: Box<dyn Sound>,
    from: SampleRate,
    to: SampleRate,
    resampler: Fft<f32>,
    block_in: i64,
    block_out: i64,
    /// The block being filled, and how far it is.
    input: Vec<StereoFrame>,
    filled: usize,
    /// The index of that block on the grid.
    block: i64,
    /// A block of the result, and what of it has been read.
    output: Vec<StereoFrame>,
    taken: usize,
    /// Output still to be passed over before `position` is reached.
    skip: i64,
    position: i64,
    /// The result's length, once the sound's end has been met.
    end: Option<i64>,
    /// Where the sound would be read next.
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The resampler holds what belongs before the next block.
    Following,
    /// A seek was asked for and has not been done.
    Sought,
}

impl Resampled {
    fn new(sound: Box<dyn Sound>, to: SampleRate) -> Result<Self, UnplayableRate> {
        let from = sound.rate();
        let unplayable = UnplayableRate { from, to };
        let common = gcd(from.get(), to.get());
        let (unit_in, unit_out) = (from.get() / common, to.get() / common);
        // Even, so that half a block, by which the result is late, is whole on both sides.
        let units = BLOCK.div_ceil(unit_in.min(unit_out)).next_multiple_of(2);
        let block_in = u64::from(unit_in) * u64::from(units);
        let block_out = u64::from(unit_out) * u64::from(units);
        if block_in.max(block_out) > LONGEST_BLOCK {
            return Err(unplayable);
        }
        let resampler = Fft::new_custom(
            from.get() as usize,
            to.get() as usize,
            block_in as usize,
            1,
            2,
            WindowFunction::BlackmanHarris2,
            FixedSync::Both,
        )
        .map_err(|_refused| unplayable)?;
        let mut made = Self {
            sound,
            from,
            to,
            resampler,
            block_in: i64::from(unit_in) * i64::from(units),
            block_out: i64::from(unit_out) * i64::from(units),
            input: vec![[0.0; 2]; block_in as usize],
            filled: 0,
            block: 0,
            output: vec![[0.0; 2]; block_out as usize],
            taken: block_out as usize,
            skip: 0,
            position: 0,
            end: None,
            place: Place::Following,
        };
        made.aim(0);
        Ok(made)
    }

    /// Sets everything so that the next frame made is `position`.
    fn aim(&mut self, position: i64) {
        let late = position + self.block_out / 2;
        let block = late / self.block_out;
        // The block before is needed too: its end overlaps this one.
        self.block = (block - 1).max(0);
        self.skip = late - self.block * self.block_out;
        self.position = position;
        self.filled = 0;
        self.taken = self.output.len();
        self.resampler.reset();
        self.place = Place::Sought;
    }

    /// The length of the result for a sound of `samples`.
    fn scaled(&self, samples: i64) -> i64 {
        let (from, to) = (i128::from(self.from.get()), i128::from(self.to.get()));
        let length = (i128::from(samples) * to * 2 + from).div_euclid(from * 2);
        i64::try_from(length).unwrap_or(i64::MAX)
    }

    /// Reads until the input block is full or the sound has ended, and what is missing is silence.
    fn fill(&mut self) -> Result<(), SoundError> {
        if self.place == Place::Sought {
            let sample = self.block.saturating_mul(self.block_in);
            self.sound.seek(Samples::new(sample))?;
            self.place = Place::Following;
        }
        while self.filled < self.input.len() && self.end.is_none() {
            let n = self.sound.read(&mut self.input[self.filled..])?;
            if n == 0 {
                let read = self.block * self.block_in + count(self.filled);
                self.end = Some(self.scaled(read));
            }
            self.filled += n;
        }
        self.input[self.filled..].fill([0.0; 2]);
        Ok(())
    }

    /// Makes the next block of output.
    fn make(&mut self) -> Result<(), SoundError> {
        self.fill()?;
        let (frames_in, frames_out) = (self.input.len(), self.output.len());
        let input = InterleavedSlice::new(self.input.as_flattened(), 2, frames_in);
        let output = InterleavedSlice::new_mut(self.output.as_flattened_mut(), 2, frames_out);
        let done = match (input, output) {
            (Ok(input), Ok(mut output)) => self
                .resampler
                .process_into_buffer(&input, &mut output, None)
                .is_ok(),
            _ => false,
        };
        if !done {
            return Err(SoundError::Damaged("it cannot be resampled".into()));
        }
        self.filled = 0;
        self.block += 1;
        let skipped = self.skip.min(self.block_out);
        self.skip -= skipped;
        self.taken = skipped as usize;
        Ok(())
    }
}

impl Sound for Resampled {
    fn rate(&self) -> SampleRate {
        self.to
    }

    fn length(&self) -> Option<Samples> {
        let length = self.sound.length()?;
        Some(Samples::new(self.scaled(length.get())))
    }

    fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
        let position = position.get().max(0);
        if position != self.position {
            self.end = None;
            self.aim(position);
        }
        Ok(())
    }

    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        if out.is_empty() {
            return Ok(0);
        }
        while self.taken == self.output.len() {
            if self.end.is_some_and(|end| end <= self.position) {
                return Ok(0);
            }
            self.make()?;
        }
        let ready = &self.output[self.taken..];
        let mut n = ready.len().min(out.len());
        if let Some(end) = self.end {
            n = n.min(usize::try_from(end - self.position).unwrap_or(0));
        }
        out[..n].copy_from_slice(&ready[..n]);
        self.taken += n;
        self.position += count(n);
        Ok(n)
    }
}

/// A number of frames that are in memory, so it fits.
fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests;
