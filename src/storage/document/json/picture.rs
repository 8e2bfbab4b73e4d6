//! The edits of a cut's picture as JSON: names once, then a row of numbers an edit.
//!
//! A feature has some two thousand edits, and every cut of it as many again: what is said once a
//! source is not said again with each edit. Rows are read from their front, so that a newer
//! version may say more at their end.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use super::Twinned;
use crate::model;
use crate::time::TickSpan;
use crate::time::Ticks;

/// `sources` are reel, clip and file. Rows of `edits` are: the source's place among them; the
/// picture track; how far behind the end of the row before it is cut in; how long it is seen; how
/// many millionths it is faster than normal; and, where they are known, where its source begins,
/// and how much longer it is. All times are ticks.
#[derive(Deserialize, Serialize)]
pub(super) struct Picture {
    sources: Vec<Vec<String>>,
    edits: Vec<Vec<i64>>,
}

impl Twinned for model::Picture {
    type Twin = Picture;

    fn to_twin(&self) -> Picture {
        let mut sources = Vec::new();
        let mut known: BTreeMap<[&str; 3], i64> = BTreeMap::new();
        let mut edits = Vec::with_capacity(self.edits().len());
        let mut end = Ticks::ZERO;
        for edit in self.edits() {
            let names = [&*edit.reel, &*edit.clip, &*edit.file];
            let source = *known.entry(names).or_insert_with(|| {
                sources.push(names.map(str::to_owned).to_vec());
                sources.len() as i64 - 1
            });
            let (behind, length) = (edit.record.start() - end, edit.record.length());
            let faster = edit.speed.millionths().saturating_sub(NORMAL);
            let mut row = vec![
                source,
                edit.track.into(),
                behind.get(),
                length.get(),
                faster,
            ];
            if let Some(span) = edit.source {
                row.extend([span.start().get(), (span.length() - length).get()]);
            }
            end = edit.record.end();
            edits.push(row);
        }
        Picture { sources, edits }
    }

    fn from_twin(twin: Picture) -> Option<Self> {
        let mut end = Ticks::ZERO;
        let mut edits = Vec::with_capacity(twin.edits.len());
        for row in &twin.edits {
            let [source, track, behind, length, faster, rest @ ..] = row.as_slice() else {
                return None;
            };
            let names = twin.sources.get(usize::try_from(*source).ok()?)?;
            let name = |n: usize| names.get(n).cloned().unwrap_or_default();
            let length = Ticks::new(*length);
            let record = TickSpan::with_length(end + Ticks::new(*behind), length);
            end = record.end();
            edits.push(model::PictureEdit {
                reel: name(0),
                clip: name(1),
                file: name(2),
                track: u16::try_from(*track).ok()?,
                speed: model::Speed::from_millionths(faster.saturating_add(NORMAL)),
                source: match rest {
                    [start, longer, ..] => Some(TickSpan::with_length(
                        Ticks::new(*start),
                        length + Ticks::new(*longer),
                    )),
                    _ => None,
                },
                record,
            });
        }
        Some(Self::new(edits))
    }
}

/// The speed of most edits.
const NORMAL: i64 = model::Speed::NORMAL.millionths();

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::document::values::Stored;

    #[test]
    fn two_thousand_edits_take_less_than_two_hundred_thousand_bytes() {
        let at = |n: i64| Ticks::from_millis(n * 1_840);
        let edit = |n: i64| model::PictureEdit {
            reel: format!("A{:03}C{:03}_190318_R1AB", n / 20 % 40, n % 20),
            clip: format!("{}A-{}", n / 15, n % 7),
            track: 1,
            source: Some(TickSpan::with_length(at(n * 3 + 90_000), at(1))),
            record: TickSpan::with_length(at(n), at(1)),
            ..model::PictureEdit::default()
        };
        let picture = model::Picture::new((0..2_000).map(edit).collect());
        let text = picture.write().to_string();
        assert!(text.len() < 200_000, "{}", text.len());
    }
}
