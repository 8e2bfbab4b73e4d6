//! Sounds that are kept decoded as a whole, so that whoever asks for one has it at once, at any
//! place: the alternates of the armed slot.

use std::sync::Arc;

use crate::audio::SoundKey;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;

/// Frames decoded at a time: little enough that a worker soon looks for what is more urgent.
pub(crate) const PIECE: usize = 1 << 15;

/// Damaged places in one sound that are read over.
const PATIENCE: u32 = 64;

/// A sound, decoded as a whole at the bus's rate.
pub(crate) struct Whole {
    key: SoundKey,
    rate: SampleRate,
    /// Each of [`PIECE`] frames but the last.
    pieces: Vec<Box<[StereoFrame]>>,
}

impl Whole {
    fn bytes(&self) -> usize {
        let frames: usize = self.pieces.iter().map(|piece| piece.len()).sum();
        frames * size_of::<StereoFrame>()
    }
}

/// A sound that is being decoded.
pub(crate) struct Holding {
    pub(crate) key: SoundKey,
    pub(crate) rate: SampleRate,
    /// Opened when its turn has come.
    pub(crate) sound: Option<Box<dyn Sound>>,
    pieces: Vec<Box<[StereoFrame]>>,
    n_damaged: u32,
}

/// What has come of a piece of work on a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// There is more of it.
    More,
    /// It is decoded to its end.
    Whole,
    /// It cannot be read.
    Unreadable,
}

impl Holding {
    fn new(key: SoundKey, rate: SampleRate) -> Self {
        Self {
            key,
            rate,
            sound: None,
            pieces: Vec::new(),
            n_damaged: 0,
        }
    }

    fn bytes(&self) -> usize {
        self.pieces.len() * PIECE * size_of::<StereoFrame>()
    }

    /// Decodes the next piece. The sound is open, and nobody else has moved it.
    pub(crate) fn decode(&mut self) -> Held {
        let Some(sound) = &mut self.sound else {
            return Held::Unreadable;
        };
        if self.pieces.is_empty() && sound.seek(Samples::ZERO).is_err() {
            return Held::Unreadable;
        }
        let mut piece = vec![[0.0; 2]; PIECE].into_boxed_slice();
        let mut filled = 0;
        while filled < PIECE {
            match sound.read(&mut piece[filled..]) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(SoundError::Damaged(_)) if self.n_damaged < PATIENCE => self.n_damaged += 1,
                Err(_) => return Held::Unreadable,
            }
        }
        crate::audio::feed::make_finite(&mut piece);
        if filled < PIECE {
            piece = piece[..filled].into();
        }
        self.pieces.push(piece);
        if filled < PIECE {
            Held::Whole
        } else {
            Held::More
        }
    }
}

/// Everything that has to be freed, where nobody waits.
pub(crate) type Gone = (Vec<Arc<Whole>>, Option<Holding>);

/// Which sounds are kept as a whole, and which are to be.
#[derive(Default)]
pub(crate) struct Holds {
    /// What is to be kept, the most urgent first.
    wanted: Vec<SoundKey>,
    limit: usize,
    kept: Vec<Arc<Whole>>,
    /// What could not be kept: it is too long, or cannot be read.
    given_up: Vec<SoundKey>,
    under_way: Option<Holding>,
    /// A worker has what is under way.
    is_away: bool,
}

impl Holds {
    /// Keeps these sounds, and no others, within so many bytes.
    pub(crate) fn want(&mut self, wanted: Vec<SoundKey>, limit: usize) -> Gone {
        if limit != self.limit {
            self.given_up.clear();
        }
        self.given_up.retain(|key| wanted.contains(key));
        self.wanted = wanted;
        self.limit = limit;
        let (kept, mut gone): (Vec<_>, Vec<_>) = std::mem::take(&mut self.kept)
            .into_iter()
            .partition(|whole| self.wanted.contains(&whole.key));
        self.kept = kept;
        while self.bytes() > limit
            && let Some(last) = self.kept.pop()
        {
            gone.push(last);
        }
        let dropped = self.under_way.take_if(|it| !self.wanted.contains(&it.key));
        (gone, dropped)
    }

    fn bytes(&self) -> usize {
        self.kept.iter().map(|whole| whole.bytes()).sum()
    }

    /// Whether `key` is kept at `rate`, or will be soon.
    pub(crate) fn find(&self, key: &SoundKey, rate: SampleRate) -> Option<HeldSound> {
        let found = self.kept.iter();
        let whole = found
            .filter(|whole| whole.rate == rate)
            .find(|whole| whole.key == *key)?;
        Some(HeldSound {
            whole: Arc::clone(whole),
            position: 0,
        })
    }

    /// What is decoded next, for one worker at a time.
    pub(crate) fn next(&mut self, rate: SampleRate) -> Option<Holding> {
        if self.is_away {
            return None;
        }
        if self.under_way.is_none() {
            let is_open = |key: &&SoundKey| {
                !self.given_up.contains(key) && !self.kept.iter().any(|whole| whole.key == **key)
            };
            let key = self.wanted.iter().find(is_open)?.clone();
            self.under_way = Some(Holding::new(key, rate));
        }
        self.is_away = true;
        self.under_way.take()
    }

    /// A worker is done with a piece. Returns what has to be freed.
    pub(crate) fn put_back(&mut self, mut holding: Holding, held: Held, rate: SampleRate) -> Gone {
        self.is_away = false;
        let is_wanted = self.wanted.contains(&holding.key) && holding.rate == rate;
        if !is_wanted {
            return (Vec::new(), Some(holding));
        }
        if held == Held::Unreadable || self.bytes() + holding.bytes() > self.limit {
            self.given_up.push(holding.key.clone());
            return (Vec::new(), Some(holding));
        }
        if held == Held::More {
            self.under_way = Some(holding);
            return (Vec::new(), None);
        }
        self.kept.push(Arc::new(Whole {
            key: holding.key.clone(),
            rate: holding.rate,
            pieces: std::mem::take(&mut holding.pieces),
        }));
        (Vec::new(), Some(holding))
    }

    /// The rate has changed: everything is decoded anew.
    pub(crate) fn clear(&mut self) -> Gone {
        self.given_up.clear();
        (std::mem::take(&mut self.kept), self.under_way.take())
    }
}

/// A sound that is read from memory.
pub(crate) struct HeldSound {
    whole: Arc<Whole>,
    position: usize,
}

impl Sound for HeldSound {
    fn rate(&self) -> SampleRate {
        self.whole.rate
    }

    fn length(&self) -> Option<Samples> {
        let frames = self.whole.bytes() / size_of::<StereoFrame>();
        i64::try_from(frames).ok().map(Samples::new)
    }

    fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
        self.position = usize::try_from(position.get()).unwrap_or(0);
        Ok(())
    }

    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        let piece = self.whole.pieces.get(self.position / PIECE);
        let left = piece.and_then(|piece| piece.get(self.position % PIECE..));
        let left = left.unwrap_or_default();
        let n = left.len().min(out.len());
        out[..n].copy_from_slice(&left[..n]);
        self.position += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Steady(usize);

    impl Sound for Steady {
        fn rate(&self) -> SampleRate {
            SampleRate::HZ_48000
        }

        fn length(&self) -> Option<Samples> {
            None
        }

        fn seek(&mut self, _position: Samples) -> Result<(), SoundError> {
            Ok(())
        }

        fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
            let n = out.len().min(self.0);
            self.0 -= n;
            Ok(n)
        }
    }

    const RATE: SampleRate = SampleRate::HZ_48000;

    fn key(name: &str) -> SoundKey {
        SoundKey::new(name, "")
    }

    /// Does all the work there is; each sound is so many frames long.
    fn work(holds: &mut Holds, length: usize) {
        while let Some(mut holding) = holds.next(RATE) {
            if holding.sound.is_none() {
                holding.sound = Some(Box::new(Steady(length)));
            }
            let held = holding.decode();
            drop(holds.put_back(holding, held, RATE));
        }
    }

    #[test]
    fn what_is_wanted_is_held_to_its_last_frame() {
        let mut holds = Holds::default();
        drop(holds.want(vec![key("a"), key("b")], usize::MAX));
        work(&mut holds, PIECE + 100);
        for name in ["a", "b"] {
            let sound = holds.find(&key(name), RATE).expect("it is held");
            let length = i64::try_from(PIECE + 100).expect("small");
            assert_eq!(sound.length(), Some(Samples::new(length)));
        }
    }

    #[test]
    fn no_more_is_held_than_there_is_room_for() {
        let mut holds = Holds::default();
        let one = (PIECE + 100) * size_of::<StereoFrame>();
        drop(holds.want(vec![key("a"), key("b"), key("c")], one * 5 / 2));
        work(&mut holds, PIECE + 100);
        assert!(holds.bytes() <= one * 5 / 2);
        assert!(holds.find(&key("a"), RATE).is_some());
        assert!(holds.find(&key("c"), RATE).is_none());
    }

    #[test]
    fn what_is_no_longer_wanted_is_let_go() {
        let mut holds = Holds::default();
        drop(holds.want(vec![key("a"), key("b")], usize::MAX));
        work(&mut holds, 100);
        let (gone, _) = holds.want(vec![key("b")], usize::MAX);
        assert_eq!(gone.len(), 1);
        assert!(holds.find(&key("a"), RATE).is_none());
        assert!(holds.find(&key("b"), RATE).is_some());
    }

    #[test]
    fn a_held_sound_can_be_read_from_any_place() {
        let mut holds = Holds::default();
        drop(holds.want(vec![key("a")], usize::MAX));
        work(&mut holds, PIECE * 2 + 100);
        let mut sound = holds.find(&key("a"), RATE).expect("it is held");
        let from = i64::try_from(PIECE * 2 - 10).expect("small");
        sound.seek(Samples::new(from)).expect("memory");
        let mut out = [[0.0; 2]; 200];
        assert_eq!(sound.read(&mut out), Ok(10));
        assert_eq!(sound.read(&mut out), Ok(100));
        assert_eq!(sound.read(&mut out), Ok(0));
    }
}
