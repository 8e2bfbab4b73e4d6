//! What is kept at hand for the next click: beginnings already decoded, sounds already open.

use std::sync::Arc;

use crate::audio::SoundKey;
use crate::media::Sound;
use crate::media::StereoFrame;

/// A decoded stretch of a sound, at the bus's rate.
pub(crate) struct Head {
    pub(crate) key: SoundKey,
    /// The first frame of the stretch, counted at the bus's rate.
    pub(crate) from: i64,
    pub(crate) frames: Vec<StereoFrame>,
    /// The sound ends with this stretch.
    pub(crate) is_last: bool,
}

impl Head {
    fn bytes(&self) -> usize {
        self.frames.len() * size_of::<StereoFrame>()
    }

    /// Whether it holds what sounds from `at` on, for `least` frames or to the sound's end.
    fn covers(&self, key: &SoundKey, at: i64, least: i64) -> bool {
        let to = self.from + i64::try_from(self.frames.len()).unwrap_or(0);
        self.key == *key && self.from <= at && (at + least <= to || (self.is_last && at < to))
    }
}

/// The decoded beginnings, those asked for least recently forgotten first.
pub(crate) struct Heads {
    // The most recently used last. A hundred at most, so looking through them is fine.
    kept: Vec<Arc<Head>>,
    bytes: usize,
    limit: usize,
}

impl Heads {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            kept: Vec::new(),
            bytes: 0,
            limit,
        }
    }

    /// The head that holds `least` frames from `at` on; it counts as used.
    pub(crate) fn find(&mut self, key: &SoundKey, at: i64, least: i64) -> Option<Arc<Head>> {
        let found = self.kept.iter().rposition(|h| h.covers(key, at, least))?;
        let head = self.kept.remove(found);
        self.kept.push(Arc::clone(&head));
        Some(head)
    }

    /// Keeps a head, and returns those that had to go, to be freed where nobody waits.
    pub(crate) fn keep(&mut self, head: Head) -> Vec<Arc<Head>> {
        self.bytes += head.bytes();
        self.kept.push(Arc::new(head));
        let mut gone = Vec::new();
        while self.bytes > self.limit && self.kept.len() > 1 {
            let head = self.kept.remove(0);
            self.bytes -= head.bytes();
            gone.push(head);
        }
        gone
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) -> Vec<Arc<Head>> {
        self.bytes = 0;
        std::mem::take(&mut self.kept)
    }
}

/// Sounds that are open and that nobody reads at the moment, each where it was left.
pub(crate) struct OpenSounds {
    // The most recently used last.
    kept: Vec<(SoundKey, Box<dyn Sound>)>,
}

impl OpenSounds {
    /// Few enough for every system's limit on open files.
    const MOST: usize = 32;

    pub(crate) fn new() -> Self {
        Self { kept: Vec::new() }
    }

    /// Takes an open sound, the one left last.
    pub(crate) fn take(&mut self, key: &SoundKey) -> Option<Box<dyn Sound>> {
        let found = self.kept.iter().rposition(|(k, _)| k == key)?;
        Some(self.kept.remove(found).1)
    }

    /// Whether a sound is open.
    pub(crate) fn has(&self, key: &SoundKey) -> bool {
        self.kept.iter().any(|(kept, _)| kept == key)
    }

    /// Keeps a sound, and returns the one that had to go.
    pub(crate) fn keep(&mut self, key: SoundKey, sound: Box<dyn Sound>) -> Option<Box<dyn Sound>> {
        self.kept.push((key, sound));
        (self.kept.len() > Self::MOST).then(|| self.kept.remove(0).1)
    }

    /// Gives all of them up.
    pub(crate) fn clear(&mut self) -> Vec<(SoundKey, Box<dyn Sound>)> {
        std::mem::take(&mut self.kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(name: &str, from: i64, length: usize) -> Head {
        Head {
            key: SoundKey::new(name, ""),
            from,
            frames: vec![[0.0; 2]; length],
            is_last: false,
        }
    }

    #[test]
    fn the_least_recently_used_head_goes_first() {
        let mut heads = Heads::new(3 * 100 * size_of::<StereoFrame>());
        for name in ["a", "b", "c"] {
            heads.keep(head(name, 0, 100));
        }
        let a = SoundKey::new("a", "");
        assert!(heads.find(&a, 0, 10).is_some());
        heads.keep(head("d", 0, 100));
        assert!(heads.find(&SoundKey::new("b", ""), 0, 10).is_none());
        assert!(heads.find(&a, 0, 10).is_some());
    }

    #[test]
    fn a_head_serves_only_where_enough_of_it_is_left() {
        let mut heads = Heads::new(usize::MAX);
        heads.keep(head("a", 500, 100));
        let a = SoundKey::new("a", "");
        assert!(heads.find(&a, 580, 20).is_some());
        assert!(heads.find(&a, 581, 20).is_none());
        assert!(heads.find(&a, 499, 20).is_none());
    }
}
