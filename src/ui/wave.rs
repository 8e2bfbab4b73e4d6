//! The waveform of a sound file, painted into a rectangle from what the library has at hand.

use egui::Id;
use egui::IdMap;
use egui::Rect;
use egui::Ui;
use egui::pos2;

use super::ctx::Ctx;
use super::widgets::WaveColumn;
use super::widgets::Waveform;
use super::widgets::WaveformCache;
use crate::app::Wave;
use crate::media::Peaks;
use crate::model::Media;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How strong a waveform is painted that stands back.
const DIMMED: f32 = 0.45;
/// A lane much longer than the screen is drawn only where it is seen, and this much around it, so
/// that what was drawn is still good after a little scrolling.
const REACH: f32 = 200.0;

/// How a waveform is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WaveLook {
    /// Everything left of this x is painted brighter: it has been played.
    pub played_to: Option<f32>,
    /// It stands back: an alternate that is not heard, or the guide.
    pub is_dimmed: bool,
}

/// Paints what of `media` lies on `span` (positions in the recording; outside it there is
/// nothing) across the whole width of `rect`. Where the waveform is still being made, a dotted
/// line stands in for it.
pub fn wave_ui(ui: &Ui, ctx: &Ctx<'_>, media: &Media, span: TickSpan, rect: Rect, look: WaveLook) {
    let clip = ui.clip_rect();
    if !clip.intersects(rect) || rect.width() < 1.0 {
        return;
    }
    let mut painter = ui.painter().clone();
    if look.is_dimmed {
        painter.multiply_opacity(DIMMED);
    }
    let Some(Wave::Ready(peaks)) = ctx.app.library().wave(media) else {
        Waveform::paint_unknown(&painter, rect);
        return;
    };
    let (part, span) = seen_part(rect, span, clip);
    let n = (part.width() * ui.pixels_per_point()).round().max(1.0) as usize;
    let key = Key {
        size: peaks.length().get(),
        start: span.start().get(),
        length: span.length().get(),
        n,
    };
    let place = Id::unique(("wave", &media.hash, part.top().to_bits(), n));
    let pass = ui.ctx().cumulative_pass_nr();
    let mut drawn = ui
        .data_mut(|data| {
            data.get_temp_mut_or_default::<Drawings>(Drawings::id())
                .take(place, pass)
        })
        .filter(|drawn| drawn.key == key)
        .unwrap_or_else(|| Drawing {
            key,
            columns: columns(peaks, span, n).into(),
            cache: WaveformCache::default(),
            pass,
        });
    drawn.pass = pass;
    let mut waveform = Waveform::new(&drawn.columns, key.version());
    if let Some(x) = look.played_to {
        waveform = waveform.played_to(x);
    }
    waveform.paint(&painter, part, &mut drawn.cache);
    ui.data_mut(|data| {
        let drawings = data.get_temp_mut_or_default::<Drawings>(Drawings::id());
        drawings.of.insert(place, drawn);
    });
}

/// What of a rectangle and its span is near enough to be seen, cut at steps so that scrolling by a
/// few points asks for the same part again.
fn seen_part(rect: Rect, span: TickSpan, clip: Rect) -> (Rect, TickSpan) {
    if rect.width() <= clip.width() + 2.0 * REACH {
        return (rect, span);
    }
    let step = |x: f32| ((x - rect.left()) / REACH).floor() * REACH;
    let from = step(clip.left() - REACH).max(0.0);
    let to = (step(clip.right() + 2.0 * REACH)).min(rect.width());
    let place = |x: f32| {
        let share = f64::from(x) / f64::from(rect.width());
        span.start() + Ticks::new((span.length().get() as f64 * share) as i64)
    };
    let part = Rect::from_min_max(
        pos2(rect.left() + from, rect.top()),
        pos2(rect.left() + to, rect.bottom()),
    );
    (part, TickSpan::between(place(from), place(to)))
}

fn columns(peaks: &Peaks, span: TickSpan, n: usize) -> Vec<WaveColumn> {
    let rate = f64::from(peaks.rate().get());
    let samples = span.start().to_secs_f64() * rate..span.end().to_secs_f64() * rate;
    let columns = peaks.columns(samples, n).into_iter();
    columns
        .map(|column| WaveColumn {
            min: column.min,
            max: column.max,
            rms: column.rms,
            low: column.low,
            mid: column.mid,
            high: column.high,
        })
        .collect()
}

/// What a drawing was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    size: i64,
    start: i64,
    length: i64,
    n: usize,
}

impl Key {
    fn version(self) -> u64 {
        let mixed = self.start.wrapping_mul(31).wrapping_add(self.length);
        mixed
            .wrapping_mul(31)
            .wrapping_add(self.size)
            .cast_unsigned()
    }
}

#[derive(Clone)]
struct Drawing {
    key: Key,
    columns: std::sync::Arc<[WaveColumn]>,
    cache: WaveformCache,
    pass: u64,
}

/// The waveforms that were on the screen lately, so that those that stay are not drawn anew.
#[derive(Clone, Default)]
struct Drawings {
    of: IdMap<Drawing>,
}

impl Drawings {
    /// How many are kept before those that are no longer seen are let go.
    const MAX: usize = 300;

    fn id() -> Id {
        Id::unique("waveforms")
    }

    fn take(&mut self, place: Id, pass: u64) -> Option<Drawing> {
        if self.of.len() > Self::MAX {
            self.of.retain(|_, drawing| drawing.pass + 2 > pass);
        }
        self.of.remove(&place)
    }
}
