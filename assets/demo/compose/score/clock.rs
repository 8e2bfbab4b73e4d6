//! From beats to seconds.

/// Tempo over the length of a piece, with swing.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// From which beat which tempo holds, in beats a minute; the first is at beat 0.
    tempi: Vec<(f64, f64)>,
    /// Seconds before beat 0.
    lead_in: f64,
    /// Where the second half of a swung beat falls, 0.5 (straight) to 0.67 (triplets).
    swing: f64,
    /// What is swung: 1 for eighths in quarters, 0.5 for sixteenths in eighths.
    swung_unit: f64,
}

impl Clock {
    /// A steady tempo.
    pub(crate) fn steady(bpm: f64) -> Self {
        Self {
            tempi: vec![(0.0, bpm)],
            lead_in: 0.0,
            swing: 0.5,
            swung_unit: 1.0,
        }
    }

    /// Waits before the first beat.
    pub(crate) fn after(self, secs: f64) -> Self {
        Self {
            lead_in: secs,
            ..self
        }
    }

    /// Swings every `unit` beats.
    pub(crate) fn swung(self, swing: f64, unit: f64) -> Self {
        Self {
            swing,
            swung_unit: unit,
            ..self
        }
    }

    /// Changes the tempo from a beat on. Changes must come in order.
    pub(crate) fn then(mut self, beat: f64, bpm: f64) -> Self {
        self.tempi.push((beat, bpm));
        self
    }

    /// Slows from the tempo in force at `from` down to `bpm` at `to`, and stays there.
    pub(crate) fn slowing(mut self, from: f64, to: f64, bpm: f64) -> Self {
        let start = self.tempi.last().map_or(bpm, |last| last.1);
        for step in 0..8 {
            let share = (f64::from(step) + 1.0) / 8.0;
            self.tempi.push((
                from + (to - from) * f64::from(step) / 8.0,
                start + (bpm - start) * share,
            ));
        }
        self
    }

    /// When a beat falls, in seconds.
    pub(crate) fn at(&self, beat: f64) -> f64 {
        let beat = self.swing_beat(beat);
        let mut secs = self.lead_in;
        for (index, &(from, bpm)) in self.tempi.iter().enumerate() {
            let until = self
                .tempi
                .get(index + 1)
                .map_or(f64::INFINITY, |next| next.0);
            if beat <= until || until.is_infinite() {
                return secs + (beat - from) * 60.0 / bpm;
            }
            secs += (until - from) * 60.0 / bpm;
        }
        secs
    }

    fn swing_beat(&self, beat: f64) -> f64 {
        let whole = (beat / self.swung_unit).floor();
        let part = beat / self.swung_unit - whole;
        let moved = if part < 0.5 {
            part * 2.0 * self.swing
        } else {
            self.swing + (part - 0.5) * 2.0 * (1.0 - self.swing)
        };
        (whole + moved) * self.swung_unit
    }
}
