//! What a piece gives: its sound, and its words with times.

use crate::dsp::syllable::Syllable;
use crate::dsp::vocoder::{Mouth, Singer, SungSyllable};
use crate::error::{Error, Result};
use crate::mix::Stereo;
use crate::score::band::{Band, Feel};
use crate::score::notation::melody;
use crate::speech::{Speaker, Voices};

/// A finished piece.
#[derive(Debug)]
pub(crate) struct Recording {
    /// The master.
    pub(crate) mix: Stereo,
    /// Samples a second.
    pub(crate) rate: u32,
    /// The same take without the voice, where there is one.
    pub(crate) instrumental: Option<Stereo>,
    /// The words, in order; empty when nothing is sung.
    pub(crate) words: Vec<TimedLine>,
}

/// A line of the lyrics.
#[derive(Clone, Debug)]
pub(crate) struct TimedLine {
    /// When it is first heard, in seconds from the start of the file.
    pub(crate) start: f32,
    /// When its last sound ends.
    pub(crate) end: f32,
    /// The words as they are written.
    pub(crate) text: &'static str,
}

/// A line as a singer gets it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SungLine {
    /// The beat its notes are counted from.
    pub(crate) beat: f64,
    /// The words as they are written.
    pub(crate) text: &'static str,
    /// The words as they are sung: one per note, `_` carries the vowel on to the next note, and a
    /// word in double brackets is phonemes.
    pub(crate) sung: &'static str,
    /// The melody, in the notation of [`melody`].
    pub(crate) notes: &'static str,
}

/// A line's syllables, each with the index of its first note and how many notes it has.
struct Parsed<'a> {
    syllables: Vec<(&'a str, usize, usize)>,
}

impl<'a> Parsed<'a> {
    fn read(line: &'a SungLine, notes: usize) -> Result<Self> {
        let mut syllables: Vec<(&str, usize, usize)> = Vec::new();
        let mut count = 0;
        for word in line.sung.split_whitespace() {
            match syllables.last_mut() {
                Some(last) if word == "_" => last.2 += 1,
                _ => syllables.push((word, count, 1)),
            }
            count += 1;
        }
        if count == notes {
            Ok(Self { syllables })
        } else {
            Err(Error::Score(format!(
                "`{}` has {count} words for {notes} notes",
                line.text
            )))
        }
    }
}

/// A sung part, laid out in time.
pub(crate) struct Part {
    heard: Vec<Syllable>,
    layout: Vec<(usize, Vec<crate::dsp::line::Step>)>,
    words: Vec<TimedLine>,
}

impl Part {
    /// Has every syllable of `lines` spoken, and gives it its notes. `transpose` moves the melody,
    /// for harmonies.
    pub(crate) fn prepare(
        lines: &[SungLine],
        band: &mut Band,
        voices: &Voices,
        speaker: &Speaker,
        feel: Feel,
        velocity: f32,
    ) -> Result<Self> {
        let mut part = Self {
            heard: Vec::new(),
            layout: Vec::new(),
            words: Vec::new(),
        };
        for line in lines {
            let notes = melody(line.notes, line.beat, velocity)?;
            let parsed = Parsed::read(line, notes.len())?;
            let steps = band.steps(&notes, feel);
            let first = part.layout.len();
            for (word, from, count) in parsed.syllables {
                let (speech, rate) = voices.say(word, speaker)?;
                part.layout
                    .push((part.heard.len(), steps[from..from + count].to_vec()));
                part.heard.push(Syllable::hear(&speech, rate));
            }
            let sung = part.sung();
            let start = sung.get(first).map_or(0.0, SungSyllable::heard_from);
            let end = steps.last().map_or(start, |step| step.start + step.secs);
            part.words.push(TimedLine {
                start: start.max(0.0),
                end,
                text: line.text,
            });
        }
        Ok(part)
    }

    /// The part as syllables on notes.
    fn sung(&self) -> Vec<SungSyllable<'_>> {
        self.layout
            .iter()
            .map(|(index, steps)| SungSyllable {
                syllable: &self.heard[*index],
                steps: steps.clone(),
            })
            .collect()
    }

    /// The words with their times.
    pub(crate) fn words(&self) -> Vec<TimedLine> {
        self.words.clone()
    }

    /// What the mouth does over the piece.
    pub(crate) fn mouth(&self, singer: &Singer, band: &Band) -> Mouth {
        Mouth::follow(
            &self.sung(),
            singer,
            band.length as f32 / band.rate,
            band.rate,
        )
    }

    /// Sings it, each note moved by what `harmony` gives for its pitch, in semitones.
    pub(crate) fn sing(
        &self,
        singer: &Singer,
        band: &mut Band,
        harmony: impl Fn(f32) -> f32,
    ) -> Vec<f32> {
        let mouth = self.mouth(singer, band);
        let mut sung = self.sung();
        for step in sung.iter_mut().flat_map(|syllable| &mut syllable.steps) {
            step.pitch += harmony(step.pitch);
        }
        let (length, rate) = (band.length, band.rate);
        crate::dsp::vocoder::sing(&sung, &mouth, singer, length, rate, band.rng())
    }
}
