//! Seeded randomness: the same seed gives the same music on every run.

/// `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub(crate) struct Rng {
    state: u64,
}

impl Rng {
    /// A generator whose whole future is decided by `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
        }
    }

    /// The next 64 random bits.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// Evenly spread over 0 to 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u32 << 24) as f32
    }

    /// Evenly spread over -1 to 1: one sample of white noise.
    pub(crate) fn noise(&mut self) -> f32 {
        self.unit() * 2.0 - 1.0
    }

    /// Evenly spread between two values.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Near zero, bell-shaped, with a standard deviation of about one.
    pub(crate) fn bell(&mut self) -> f32 {
        (0..6).map(|_| self.noise()).sum::<f32>() * std::f32::consts::FRAC_1_SQRT_2
    }
}

/// A slow, smooth wander between -1 and 1, for pitch drift and breathing.
#[derive(Clone, Debug)]
pub(crate) struct Wander {
    from: f32,
    to: f32,
    place: f32,
    step: f32,
}

impl Wander {
    /// A wander that picks a new aim about `hz` times a second.
    pub(crate) fn new(hz: f32, rate: f32, rng: &mut Rng) -> Self {
        Self {
            from: rng.noise(),
            to: rng.noise(),
            place: rng.unit(),
            step: hz / rate,
        }
    }

    /// The value at the next sample.
    pub(crate) fn next(&mut self, rng: &mut Rng) -> f32 {
        self.place += self.step;
        if self.place >= 1.0 {
            self.place -= 1.0;
            self.from = self.to;
            self.to = rng.noise();
        }
        let ease = self.place * self.place * (3.0 - 2.0 * self.place);
        self.from + (self.to - self.from) * ease
    }
}
