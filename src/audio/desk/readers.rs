//! Readers: taken from those that are open, opened anew, put away for next time; and what is decoded
//! before anybody asks for it.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use super::Desk;
use super::discard;
use crate::audio::OpenFailure;
use crate::audio::Pace;
use crate::audio::SoundKey;
use crate::audio::feed::make_finite;
use crate::audio::feed::ring_length;
use crate::audio::heads::Head;
use crate::audio::holds::Held;
use crate::audio::holds::Holding;
use crate::audio::meters::Counters;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;

/// Sounds that are opened once more at most.
const MOST_SPARES: usize = 4;

impl Desk {
    /// Takes an open sound, or opens it.
    fn open(
        &self,
        key: &SoundKey,
        rate: SampleRate,
        pace: Pace,
    ) -> Result<Box<dyn Sound>, OpenFailure> {
        match self.take_kept(key, rate, pace) {
            Some(sound) => Ok(sound),
            None => self.open_anew(key, rate, pace),
        }
    }

    pub(super) fn open_anew(
        &self,
        key: &SoundKey,
        rate: SampleRate,
        pace: Pace,
    ) -> Result<Box<dyn Sound>, OpenFailure> {
        Counters::add(&self.counters.opened, 1);
        let opened = catch_unwind(AssertUnwindSafe(|| {
            pace.applied(self.opener.open(key)?, rate)
        }));
        opened.unwrap_or_else(|_panic| Err(OpenFailure::new("it made the reader fail")))
    }

    pub(super) fn wish_for_spare(&self, key: &SoundKey) {
        let mut state = self.lock();
        if !state.to_spare.contains(key) {
            state.to_spare.push_back(key.clone());
        }
        // Whoever goes through the pool quickly has left the first ones behind.
        while state.to_spare.len() > MOST_SPARES {
            state.to_spare.pop_front();
        }
    }

    pub(super) fn open_spare(&self, key: SoundKey) {
        let rate = self.clock.rate();
        // One that cannot be opened again has been told of when it was first.
        if let Ok(sound) = self.open(&key, rate, Pace::default()) {
            self.put_away(key, Some(sound), rate, Pace::default());
        }
    }

    /// A sound that is kept as a whole, or one that is open and nobody reads.
    pub(super) fn take_kept(
        &self,
        key: &SoundKey,
        rate: SampleRate,
        pace: Pace,
    ) -> Option<Box<dyn Sound>> {
        if !pace.is_plain() {
            return None;
        }
        let mut state = self.lock();
        if let Some(held) = state.holds.find(key, rate) {
            return Some(Box::new(held));
        }
        state.sounds.take(key).filter(|sound| sound.rate() == rate)
    }

    /// Decodes a piece more of a sound that is to be kept as a whole.
    pub(super) fn hold_on(&self, mut holding: Holding) {
        if holding.sound.is_none() {
            let opened = self.open(&holding.key, holding.rate, Pace::default());
            holding.sound = opened.ok();
        }
        let held = catch_unwind(AssertUnwindSafe(|| holding.decode()));
        let held = held.unwrap_or(Held::Unreadable);
        let (key, rate) = (holding.key.clone(), holding.rate);
        let gone = self.lock().holds.put_back(holding, held, self.clock.rate());
        if let (_, Some(mut done)) = gone {
            self.put_away(key, done.sound.take(), rate, Pace::default());
        }
    }

    /// Keeps a sound open for next time.
    pub(super) fn put_away(
        &self,
        key: SoundKey,
        sound: Option<Box<dyn Sound>>,
        rate: SampleRate,
        pace: Pace,
    ) {
        let Some(sound) = sound else { return };
        if rate != self.clock.rate() || !pace.is_plain() {
            discard(Some(sound));
            return;
        }
        let mut state = self.lock();
        // One that is held as a whole is as good as open.
        let gone = if state.holds.find(&key, rate).is_some() {
            Some(sound)
        } else {
            state.sounds.keep(key, sound)
        };
        drop(state);
        discard(gone);
    }

    pub(super) fn warm_up(&self, key: SoundKey, from: i64) {
        let rate = self.clock.rate();
        let Ok(mut sound) = self.open(&key, rate, Pace::default()) else {
            // Whoever plays it will be told.
            return;
        };
        let read = catch_unwind(AssertUnwindSafe(|| read_head(sound.as_mut(), from, rate)));
        let Ok(Ok((frames, is_last))) = read else {
            discard(Some(sound));
            return;
        };
        let head = Head {
            key: key.clone(),
            from,
            frames,
            is_last,
        };
        let gone = self.lock().heads.keep(head);
        drop(gone);
        self.put_away(key, Some(sound), rate, Pace::default());
    }
}

/// Decodes a head, and tells whether the sound ends with it.
fn read_head(
    sound: &mut dyn Sound,
    from: i64,
    rate: SampleRate,
) -> Result<(Vec<StereoFrame>, bool), SoundError> {
    let mut frames = vec![[0.0; 2]; ring_length(rate)];
    let mut filled = 0;
    sound.seek(Samples::new(from))?;
    while filled < frames.len() {
        let n = sound.read(&mut frames[filled..])?;
        if n == 0 {
            break;
        }
        filled += n;
    }
    let is_last = filled < frames.len();
    frames.truncate(filled);
    make_finite(&mut frames);
    Ok((frames, is_last))
}
