//! Going along a line faster than it is, or backwards, and hearing it.
//!
//! The bus only ever goes on, at its own rate. So a shuttled program is a program on a line of its
//! own, which begins where shuttling does: its parts lie closer together, or the other way round,
//! and each says at which [`Pace`] its sound is read.

use crate::audio::End;
use crate::audio::OpenFailure;
use crate::audio::Part;
use crate::audio::Program;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::media::at_rate;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How many times as fast as recorded. What is faster sounds higher by as much, as on tape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speed {
    /// As recorded.
    #[default]
    Once,
    /// Twice, an octave higher.
    Twice,
    /// Four times, two octaves higher.
    FourTimes,
}

impl Speed {
    /// The factor.
    pub const fn factor(self) -> u32 {
        match self {
            Self::Once => 1,
            Self::Twice => 2,
            Self::FourTimes => 4,
        }
    }

    /// The next faster one, as far as there is one.
    #[must_use]
    pub const fn faster(self) -> Self {
        match self {
            Self::Once => Self::Twice,
            Self::Twice | Self::FourTimes => Self::FourTimes,
        }
    }

    /// How long what lasts `length` takes.
    fn shorten(self, length: Ticks) -> Ticks {
        Ticks::new(length.get().div_euclid(i64::from(self.factor())))
    }

    /// How far it leads in `time`.
    fn stretch(self, time: Ticks) -> Ticks {
        Ticks::new(time.get().saturating_mul(i64::from(self.factor())))
    }
}

/// Which way along a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// As it was recorded.
    #[default]
    Forwards,
    /// From its end to its beginning.
    Backwards,
}

/// How a part's sound is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// How fast.
    pub speed: Speed,
    /// The moment of the sound that comes first where it is read backwards.
    pub back_from: Option<Ticks>,
}

impl Pace {
    /// Whether the sound is read as it is.
    pub fn is_plain(self) -> bool {
        self == Self::default()
    }

    /// Makes `sound` one that is read at this pace, for a bus of this rate.
    ///
    /// # Errors
    ///
    /// Fails for rates no recording has.
    pub(crate) fn applied(
        self,
        sound: Box<dyn Sound>,
        rate: SampleRate,
    ) -> Result<Box<dyn Sound>, OpenFailure> {
        // So many frames fewer, taken for frames of the bus, are so many times as fast; the
        // resampler keeps out what would be too high to be heard.
        let slower = SampleRate::new(rate.get() / self.speed.factor()).map_err(OpenFailure::new)?;
        let sound = at_rate(sound, slower).map_err(OpenFailure::new)?;
        Ok(match self.back_from {
            Some(from) => Box::new(Backwards::new(sound, from)),
            None => sound,
        })
    }
}

/// A going along a line from one of its places, at a speed of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shuttle {
    /// Where it begins.
    pub from: Ticks,
    /// Which way it goes.
    pub direction: Direction,
    /// How fast.
    pub speed: Speed,
}

impl Shuttle {
    /// The place of the line that is reached when `played` of the shuttled program was.
    pub fn place(&self, played: Ticks) -> Ticks {
        match self.direction {
            Direction::Forwards => self.from + self.speed.stretch(played),
            Direction::Backwards => self.from - self.speed.stretch(played),
        }
    }

    /// `program` as it is heard on the way: from zero on, up to the program's end, or back to
    /// zero. Nothing repeats.
    pub fn of(&self, program: &Program) -> Program {
        let end = match (self.direction, program.end) {
            (Direction::Backwards, _) => End::At(self.speed.shorten(self.from)),
            (Direction::Forwards, End::At(end)) => End::At(self.reached_at(end)),
            (Direction::Forwards, end) => end,
        };
        Program {
            parts: program
                .parts
                .iter()
                .filter_map(|part| self.of_part(part))
                .collect(),
            looping: None,
            end,
            ducked: program.ducked,
            easing: program.easing,
        }
    }

    /// When the shuttled program comes to `place`.
    fn reached_at(&self, place: Ticks) -> Ticks {
        self.speed.shorten(match self.direction {
            Direction::Forwards => place - self.from,
            Direction::Backwards => self.from - place,
        })
    }

    fn of_part(&self, part: &Part) -> Option<Part> {
        let shortened = |fade| self.speed.shorten(fade);
        // What sounds to no stated end is not turned round past where shuttling began.
        let heard = match self.direction {
            Direction::Forwards => part.heard,
            Direction::Backwards => part
                .heard
                .intersection(TickSpan::between(part.start, self.from))?,
        };
        let (from, to) = (heard.start(), heard.end());
        let (heard, fade_in, fade_out) = match self.direction {
            Direction::Forwards => {
                let to = if to == Ticks::MAX {
                    to
                } else {
                    self.reached_at(to)
                };
                let heard = TickSpan::between(self.reached_at(from), to);
                (heard, part.fade_in, part.fade_out)
            }
            Direction::Backwards => {
                let heard = TickSpan::between(self.reached_at(to), self.reached_at(from));
                // A fade that was cut off by where shuttling began is none.
                let fade_in = if to < part.heard.end() {
                    Ticks::ZERO
                } else {
                    part.fade_out
                };
                (heard, fade_in, part.fade_in)
            }
        };
        let (start, back_from) = match self.direction {
            Direction::Forwards => (self.reached_at(part.start), None),
            Direction::Backwards => (Ticks::ZERO, Some(self.from - part.start)),
        };
        Some(Part {
            start,
            heard,
            fade_in: shortened(fade_in),
            fade_out: shortened(fade_out),
            pace: Pace {
                speed: self.speed,
                back_from,
            },
            ..part.clone()
        })
    }
}

/// A sound read from one of its moments back to its beginning.
struct Backwards {
    sound: Box<dyn Sound>,
    /// The sound's frame that comes first.
    from: i64,
    /// The frame that is read next, counted from there.
    position: i64,
    /// Frames that have been read and turned round, and the number of the first of them.
    turned: Vec<StereoFrame>,
    turned_from: i64,
}

/// Frames read at once where reading begins: few, so that it is soon heard.
const FIRST_STRETCH: i64 = 2048;

/// Frames read at once after that: each stretch costs a seek.
const STRETCH: i64 = 24_000;

/// Damaged places in one stretch that are read over.
const PATIENCE: u32 = 16;

impl Backwards {
    fn new(sound: Box<dyn Sound>, from: Ticks) -> Self {
        Self {
            from: sound.rate().nearest_samples(from).get() - 1,
            sound,
            position: 0,
            turned: Vec::new(),
            turned_from: 0,
        }
    }

    fn turned_to(&self) -> i64 {
        self.turned_from + i64::try_from(self.turned.len()).unwrap_or(0)
    }

    /// Reads the stretch that ends, in the sound, where it goes on here.
    fn turn(&mut self) -> Result<(), SoundError> {
        let follows = !self.turned.is_empty() && self.position == self.turned_to();
        let wanted = if follows { STRETCH } else { FIRST_STRETCH };
        let end = self.from - self.position + 1;
        let start = (end - wanted).max(0);
        let length = usize::try_from(end - start).unwrap_or(0);
        self.turned.clear();
        // After the sound's end there is silence.
        self.turned.resize(length, [0.0; 2]);
        self.turned_from = self.position;
        self.sound.seek(Samples::new(start))?;
        let (mut filled, mut n_damaged) = (0, 0);
        while filled < length {
            match self.sound.read(&mut self.turned[filled..]) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(SoundError::Damaged(_)) if n_damaged < PATIENCE => n_damaged += 1,
                Err(error) => {
                    self.turned.clear();
                    return Err(error);
                }
            }
        }
        self.turned.reverse();
        Ok(())
    }
}

impl Sound for Backwards {
    fn rate(&self) -> SampleRate {
        self.sound.rate()
    }

    fn length(&self) -> Option<Samples> {
        Some(Samples::new((self.from + 1).max(0)))
    }

    fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
        self.position = position.get().max(0);
        Ok(())
    }

    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        if self.position > self.from {
            return Ok(0);
        }
        if !(self.turned_from..self.turned_to()).contains(&self.position) {
            self.turn()?;
        }
        let first = usize::try_from(self.position - self.turned_from).unwrap_or(0);
        let ready = self.turned.get(first..).unwrap_or_default();
        let n = ready.len().min(out.len());
        out[..n].copy_from_slice(&ready[..n]);
        self.position += i64::try_from(n).unwrap_or(0);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::Group;
    use crate::audio::PartId;
    use crate::audio::SoundKey;

    /// A sound of 100,000 frames, each of which tells its number.
    struct Numbers(i64);

    impl Sound for Numbers {
        fn rate(&self) -> SampleRate {
            SampleRate::HZ_48000
        }

        fn length(&self) -> Option<Samples> {
            None
        }

        fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
            self.0 = position.get();
            Ok(())
        }

        fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
            let n = out
                .len()
                .min(700)
                .min(usize::try_from(100_000 - self.0).unwrap_or(0));
            for frame in &mut out[..n] {
                *frame = [self.0 as f32; 2];
                self.0 += 1;
            }
            Ok(n)
        }
    }

    fn backwards(from: i64) -> Backwards {
        let from = SampleRate::HZ_48000.nearest_ticks(Samples::new(from));
        Backwards::new(Box::new(Numbers(0)), from)
    }

    fn read_all(sound: &mut Backwards) -> Vec<i64> {
        let mut all = Vec::new();
        let mut piece = [[0.0; 2]; 997];
        loop {
            let n = sound.read(&mut piece).expect("numbers can be read");
            if n == 0 {
                return all;
            }
            all.extend(piece[..n].iter().map(|frame| frame[0] as i64));
        }
    }

    #[test]
    fn backwards_every_frame_comes_once_down_to_the_first() {
        let heard = read_all(&mut backwards(60_000));
        assert_eq!(heard, (0..60_000).rev().collect::<Vec<_>>());
    }

    #[test]
    fn backwards_from_after_the_end_there_is_silence_first() {
        let heard = read_all(&mut backwards(100_003));
        assert_eq!(heard[..4], [0, 0, 0, 99_999]);
        assert_eq!(heard.len(), 100_003);
    }

    #[test]
    fn backwards_can_be_begun_anywhere() {
        let mut sound = backwards(60_000);
        sound.seek(Samples::new(50_000)).expect("any place");
        assert_eq!(read_all(&mut sound), (0..10_000).rev().collect::<Vec<_>>());
    }

    fn part() -> Part {
        Part {
            heard: TickSpan::between(Ticks::from_secs(10), Ticks::from_secs(30)),
            fade_in: Ticks::from_secs(4),
            fade_out: Ticks::from_secs(2),
            ..Part::whole(
                PartId(1),
                SoundKey::new("a", ""),
                Ticks::from_secs(6),
                Group::Music,
            )
        }
    }

    fn shuttled(direction: Direction, from: i64) -> Program {
        let shuttle = Shuttle {
            from: Ticks::from_secs(from),
            direction,
            speed: Speed::Twice,
        };
        shuttle.of(&Program {
            parts: vec![part()],
            end: End::At(Ticks::from_secs(40)),
            ..Program::default()
        })
    }

    #[test]
    fn twice_as_fast_everything_comes_in_half_the_time() {
        let program = shuttled(Direction::Forwards, 4);
        let part = &program.parts[0];
        assert_eq!(part.start, Ticks::from_secs(1));
        assert_eq!(part.heard.start(), Ticks::from_secs(3));
        assert_eq!(part.heard.end(), Ticks::from_secs(13));
        assert_eq!(part.fade_in, Ticks::from_secs(2));
        assert_eq!(program.end, End::At(Ticks::from_secs(18)));
    }

    #[test]
    fn backwards_a_part_comes_in_at_its_end_by_its_fade_out() {
        let program = shuttled(Direction::Backwards, 36);
        let part = &program.parts[0];
        assert_eq!(part.heard.start(), Ticks::from_secs(3));
        assert_eq!(part.heard.end(), Ticks::from_secs(13));
        assert_eq!(part.fade_in, Ticks::from_secs(1));
        assert_eq!(part.fade_out, Ticks::from_secs(2));
        assert_eq!(part.pace.back_from, Some(Ticks::from_secs(30)));
        assert_eq!(program.end, End::At(Ticks::from_secs(18)));
    }

    #[test]
    fn what_lies_ahead_is_not_met_on_the_way_back() {
        assert_eq!(shuttled(Direction::Backwards, 9).parts, []);
    }

    #[test]
    fn the_place_on_the_line_follows_what_was_played() {
        let back = Shuttle {
            from: Ticks::from_secs(36),
            direction: Direction::Backwards,
            speed: Speed::FourTimes,
        };
        assert_eq!(back.place(Ticks::from_secs(3)), Ticks::from_secs(24));
    }
}
