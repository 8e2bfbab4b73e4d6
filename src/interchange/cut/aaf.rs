//! Compositions of the Advanced Authoring Format, as Media Composer, Pro Tools, Premiere Pro and
//! Resolve exchange them (AAF Object Specification 1.1; AAF Low-Level Container Specification
//! 1.0.1; AAF Edit Protocol).
//!
//! A composition has slots, which are tracks; a slot has a segment, which is mostly a sequence of
//! clips and fillers; a clip names another mob and a slot of it, and so on, to the master clip, the
//! file and the tape. Every slot counts in edit units of its own.

mod clip;
mod markers;
mod mobs;
mod names;
mod object;
mod store;
mod track;

use super::CutFormat;
use super::ReadError;
use super::gather::Gather;
use super::options::ReadOptions;
use crate::interchange::Fit;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;
use crate::model::CutList;
use crate::model::Origin;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;
use mobs::{Mob, Mobs};
use names::Kind;
use store::Store;
use track::Reader;

/// How every compound file begins.
const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What the header of a compound file says, eight bytes on, where it is one of these (Low-Level
/// Container Specification, section 4, of sectors of 512 and of 4096 bytes; and an older one).
const KINDS: [&[u8]; 3] = [
    b"AAFB\x0D\x00OM\x06\x0E\x2B\x34",
    b"\x01\x02\x01\x0D\x00\x02\x00\x00\x06\x0E\x2B\x34",
    b"\x01\x02\x01\x0D\x00\x01\x00\x00\x06\x0E\x2B\x34",
];

/// Whether this looks like a composition.
pub(super) fn fit(head: &[u8]) -> Fit {
    let Some(kind) = head.strip_prefix(MAGIC) else {
        return Fit::No;
    };
    if KINDS.iter().any(|known| kind.starts_with(known)) {
        Fit::Sure
    } else {
        // Older writers leave the kind empty, as word processors do.
        Fit::Maybe
    }
}

/// Reads the first composition that is marked as a whole programme.
///
/// # Errors
///
/// Fails when the file is damaged, or holds no composition.
pub(super) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let broken = |reason: String| ReadError::Broken {
        format: CutFormat::Aaf,
        reason,
    };
    let mut store = Store::open(bytes).map_err(broken)?;
    let root = store
        .root()
        .ok_or_else(|| broken("it has no root".to_owned()))?;
    let mut mobs = Mobs::of(&mut store, &root);
    let compositions = mobs.compositions(&mut store);
    let Some((composition, others)) = compositions.split_first() else {
        return Err(broken("it holds no composition".to_owned()));
    };
    let code = composition.timecode(&mut store);
    let timebase = timebase(composition, code.as_ref(), options, report);
    let mut gather = Gather::new(timebase, report);
    let others: Vec<String> = others.iter().map(|other| other.name.clone()).collect();
    gather.note_others(&composition.name, &others);
    gather.list.title = cleaned(&composition.name);
    let zero = match code {
        Some(code) => {
            let start = code.label(timebase.rate());
            gather.list.start = Some(timebase.rate().nearest_frames(start));
            start
        }
        None => {
            gather.list.origin = Origin::FirstFrame;
            Ticks::ZERO
        }
    };
    let mut reader = Reader::new(gather, store, mobs);
    reader.composition(composition, zero, &root);
    Ok(reader.finished())
}

/// Where a clock of labels begins.
#[derive(Clone, Copy, Debug)]
struct Code {
    /// The first frame, counted from label zero.
    start: i64,
    /// How many labels there are to a second.
    per_second: u16,
    /// How labels are counted.
    counting: Counting,
    /// The rate of the slot that it is in.
    rate: Option<FrameRate>,
}

impl Code {
    /// The first label, counted from label zero. Labels go by at the rate of their own slot, else
    /// at the one of the programme that has as many to a second.
    fn label(&self, programme: FrameRate) -> Ticks {
        let is_its_own = |rate: &FrameRate| rate.nominal() == u32::from(self.per_second);
        let per_second = u32::from(self.per_second);
        let rate = self
            .rate
            .filter(is_its_own)
            .or_else(|| Some(programme).filter(is_its_own))
            .or_else(|| match programme.den() {
                1001 => FrameRate::new(per_second * 1000, 1001).ok(),
                _ => FrameRate::new(per_second, 1).ok(),
            })
            .unwrap_or(programme);
        rate.to_ticks(Frames::new(self.start))
    }
}

/// The rate of pictures is that of the first track of picture; of a composition without any, that
/// of its timecode.
fn timebase(
    composition: &Mob,
    code: Option<&Code>,
    options: &ReadOptions,
    report: &mut Report,
) -> Timebase {
    let picture = composition
        .slots
        .iter()
        .find(|slot| slot.kind == Kind::Picture);
    let rate = picture
        .and_then(mobs::Slot::frame_rate)
        .or_else(|| code.and_then(|code| code.rate))
        .or_else(|| code.and_then(|code| FrameRate::new(code.per_second.into(), 1).ok()));
    let Some(rate) = rate else {
        report.warn_of_all(WarningKind::AssumedRate(options.timebase));
        return options.timebase;
    };
    let counting = code.map_or(Counting::NonDrop, |code| code.counting);
    Timebase::new(rate, counting).unwrap_or(Timebase::non_drop(rate))
}

#[cfg(test)]
mod tests;
