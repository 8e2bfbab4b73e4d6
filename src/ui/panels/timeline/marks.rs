//! Where the ruler has its ticks and labels: steps that suit the rate, labels that exist in
//! drop-frame counting, and never so many that they touch.

use super::window::Scale;
use crate::model::Cut;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// How far apart marks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many frames, counted from each full second.
    Frames(i64),
    /// So many seconds, counted from midnight.
    Seconds(i64),
}

/// One mark of the ruler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where.
    pub(super) at: Ticks,
    /// What is written there.
    pub(super) label: String,
}

/// The steps of labels and of the ticks between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    /// From label to label.
    pub(super) label: Step,
    /// From tick to tick.
    pub(super) tick: Step,
}

const SECONDS: [(i64, i64); 12] = [
    (1, 1),
    (2, 1),
    (5, 1),
    (10, 1),
    (20, 5),
    (30, 5),
    (60, 10),
    (120, 30),
    (300, 60),
    (600, 60),
    (1800, 300),
    (3600, 600),
];
/// Ticks closer than this, in points, are left out.
const CLOSEST_TICKS: f32 = 5.0;

impl Step {
    fn length(self, timebase: Timebase) -> Ticks {
        let frame = timebase.rate().frame_length().get();
        match self {
            Self::Frames(frames) => Ticks::new(frame * frames),
            Self::Seconds(secs) => Ticks::new(frame * i64::from(timebase.rate().nominal()) * secs),
        }
    }
}

/// The steps at which labels `label_width` points wide do not touch.
pub(super) fn steps(timebase: Timebase, scale: Scale, label_width: f32) -> Steps {
    let nominal = i64::from(timebase.rate().nominal());
    // Steps that divide the second, so that every second is labelled alike.
    let of_frames = (1..nominal).filter(|n| nominal % n == 0);
    let labels = of_frames
        .map(Step::Frames)
        .chain(SECONDS.map(|(secs, _)| Step::Seconds(secs)));
    let is_wide = |step: &Step, room: f32| scale.points(step.length(timebase)) >= room;
    let label = labels
        .clone()
        .find(|step| is_wide(step, label_width))
        .unwrap_or(Step::Seconds(3600));
    let tick = match label {
        Step::Frames(_) => labels.clone().find(|step| is_wide(step, CLOSEST_TICKS)),
        Step::Seconds(1) => labels
            .clone()
            .find(|step| is_wide(step, CLOSEST_TICKS))
            .or(Some(label)),
        Step::Seconds(secs) => SECONDS
            .iter()
            .find(|(label, _)| *label == secs)
            .map(|(_, tick)| Step::Seconds(*tick))
            .filter(|step| is_wide(step, CLOSEST_TICKS)),
    };
    Steps {
        label,
        tick: tick.unwrap_or(label),
    }
}

/// The marks of `step` within `window`, where the cut has frames.
///
/// In drop-frame counting the full minutes that have no label (SMPTE ST 12-1:2014, section 5.2.2)
/// are marked at the frame that is labelled instead: `00:01:00;02`.
pub(super) fn marks(cut: &Cut, window: TickSpan, step: Step) -> Vec<Mark> {
    let Some(seen) = window.intersection(cut.span()) else {
        return Vec::new();
    };
    let nominal = i64::from(cut.timebase.rate().nominal());
    let mut found = Vec::new();
    let (every, frames): (i64, Vec<i64>) = match step {
        Step::Seconds(secs) => (secs, vec![0]),
        Step::Frames(frames) => (1, (0..nominal).step_by(frames.max(1) as usize).collect()),
    };
    let first = second_of(&cut.label(seen.start()));
    let mut second = first - first.rem_euclid(every);
    let second_length = Step::Seconds(1).length(cut.timebase).get().max(1);
    // A step more at both ends: labels and time drift apart by a few frames at NTSC rates.
    let n_seconds = seen.length().get() / second_length + 2 * every + 2;
    while second <= first + n_seconds {
        for frame in &frames {
            if let Some(mark) = mark(cut, second, *frame)
                && seen.contains(mark.at)
            {
                found.push(mark);
            }
        }
        second += every;
    }
    found
}

/// The mark at a label, or at the next one that exists where it is left out at a full minute.
fn mark(cut: &Cut, second: i64, frame: i64) -> Option<Mark> {
    let second = second.rem_euclid(86_400);
    let text = |frame: i64| {
        format!(
            "{:02}:{:02}:{:02}:{frame:02}",
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    };
    let last = if frame == 0 { 8 } else { frame };
    (frame..=last).find_map(|frame| {
        let at = cut.timebase.parse_position(cut.start, &text(frame)).ok()?;
        Some(Mark {
            at,
            label: cut.label(at),
        })
    })
}

/// The second that a label belongs to, counted from midnight.
fn second_of(label: &str) -> i64 {
    label
        .split([':', ';'])
        .take(3)
        .filter_map(|part| part.parse::<i64>().ok())
        .fold(0, |sum, part| sum * 60 + part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Counting;
    use crate::time::FrameRate;
    use crate::time::Frames;
    use crate::ui::panels::timeline::window::Window;

    fn cut(timebase: Timebase, start: &str, minutes: i64) -> Cut {
        Cut {
            timebase,
            start: timebase.parse(start).expect("a timecode"),
            length: timebase.rate().to_ticks(Frames::new(
                minutes * 60 * i64::from(timebase.rate().nominal()),
            )),
            ..Cut::default()
        }
    }

    fn drop_frame() -> Timebase {
        Timebase::new(FrameRate::F29_97, Counting::Drop).expect("29.97 has drop-frame")
    }

    fn all_timebases() -> Vec<Timebase> {
        let mut all = FrameRate::COMMON.map(Timebase::non_drop).to_vec();
        all.push(drop_frame());
        all
    }

    #[test]
    fn labels_never_touch_at_any_rate_and_zoom() {
        for timebase in all_timebases() {
            let cut = cut(timebase, "10:00:00:00", 60);
            let mut window = Window::on(cut.span(), &cut, 900.0);
            for _ in 0..60 {
                let scale = window.scale(0.0);
                let steps = steps(timebase, scale, 90.0);
                let marks = marks(&cut, window.span(900.0), steps.label);
                for pair in marks.windows(2) {
                    let gap = scale.x(pair[1].at) - scale.x(pair[0].at);
                    assert!(gap > 80.0, "{timebase} {:?}: {gap}", pair[0]);
                }
                window.zoom(1.25, 400.0, &cut, 900.0);
            }
        }
    }

    #[test]
    fn minutes_are_marked_in_drop_frame_where_their_label_is_left_out() {
        let cut = cut(drop_frame(), "00:00:00;00", 12);
        let marks = marks(&cut, cut.span(), Step::Seconds(60));
        let labels: Vec<&str> = marks.iter().map(|mark| mark.label.as_str()).collect();
        assert_eq!(labels[..3], ["00:00:00;00", "00:01:00;02", "00:02:00;02"]);
        assert_eq!(labels[10], "00:10:00;00");
    }

    #[test]
    fn marks_go_on_over_midnight() {
        let cut = cut(Timebase::non_drop(FrameRate::F25), "23:59:50:00", 1);
        let marks = marks(&cut, cut.span(), Step::Seconds(10));
        let labels: Vec<&str> = marks.iter().map(|mark| mark.label.as_str()).collect();
        assert_eq!(labels[..3], ["23:59:50:00", "00:00:00:00", "00:00:10:00"]);
    }

    #[test]
    fn close_up_every_frame_has_a_tick() {
        let cut = cut(Timebase::non_drop(FrameRate::F24), "01:00:00:00", 1);
        let mut window = Window::on(cut.span(), &cut, 900.0);
        window.zoom(1e9, 0.0, &cut, 900.0);
        let steps = steps(cut.timebase, window.scale(0.0), 90.0);
        assert_eq!(steps.tick, Step::Frames(1));
    }
}
