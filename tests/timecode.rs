//! Drop-frame timecode against the rule itself.
//!
//! SMPTE ST 12-1:2014, section 5.2, says which labels are left out: the first two of each minute,
//! except in minutes divisible by ten (at 59.94, four: SMPTE ST 12-3). Here labels are counted up
//! one by one and those are skipped, with none of the arithmetic of the program, and the program
//! must agree. `fixtures/timecode/drop_frame.csv` holds the frames around which mistakes are made;
//! `UPDATE_GOLDEN=1` writes it anew from the rule.

use std::fs;
use std::path::PathBuf;

use needledrop::time::Counting;
use needledrop::time::FrameRate;
use needledrop::time::Frames;
use needledrop::time::Timebase;

/// A clock of labels that is moved on frame by frame.
struct Labels {
    hours: u32,
    minutes: u32,
    seconds: u32,
    frames: u32,
    per_second: u32,
}

impl Labels {
    fn at_midnight(per_second: u32) -> Self {
        Self {
            hours: 0,
            minutes: 0,
            seconds: 0,
            frames: 0,
            per_second,
        }
    }

    /// The next label that is not left out.
    fn step(&mut self) {
        self.next_label();
        while self.is_left_out() {
            self.next_label();
        }
    }

    fn next_label(&mut self) {
        self.frames += 1;
        if self.frames == self.per_second {
            (self.frames, self.seconds) = (0, self.seconds + 1);
        }
        if self.seconds == 60 {
            (self.seconds, self.minutes) = (0, self.minutes + 1);
        }
        if self.minutes == 60 {
            (self.minutes, self.hours) = (0, self.hours + 1);
        }
        if self.hours == 24 {
            self.hours = 0;
        }
    }

    fn is_left_out(&self) -> bool {
        let first_kept = if self.per_second == 60 { 4 } else { 2 };
        self.seconds == 0 && self.frames < first_kept && !self.minutes.is_multiple_of(10)
    }

    fn is_midnight(&self) -> bool {
        (self.hours, self.minutes, self.seconds, self.frames) == (0, 0, 0, 0)
    }

    fn text(&self) -> String {
        let Self {
            hours,
            minutes,
            seconds,
            frames,
            ..
        } = self;
        format!("{hours:02}:{minutes:02}:{seconds:02};{frames:02}")
    }
}

/// The rates that have a standard drop-frame count, as the fixture names them.
fn drop_timebases() -> [(&'static str, Timebase); 2] {
    let drop = |rate| Timebase::new(rate, Counting::Drop).expect("the rate has drop-frame");
    [
        ("29.97DF", drop(FrameRate::F29_97)),
        ("59.94DF", drop(FrameRate::F59_94)),
    ]
}

/// Whether a label stands within two frames of the beginning of a minute: where counting goes
/// wrong when it does. Of the day, the first twenty minutes, and those around the full hours and
/// the tens of minutes that follow them, at which all multiples meet.
fn is_worth_keeping(label: &Labels, frame: i64) -> bool {
    let is_edge = label.seconds == 0 && label.frames < 8
        || label.seconds == 59 && label.per_second - 3 < label.frames;
    let is_near = label.hours == 0 && label.minutes < 20
        || [0, 1, 2, 9, 10, 11, 12, 19, 49, 50, 51, 52, 59].contains(&label.minutes)
            && [0, 1, 9, 10, 11, 23].contains(&label.hours);
    frame < 2 || is_edge && is_near
}

fn fixture_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/timecode/drop_frame.csv")
}

/// The fixture, from the rule.
fn counted() -> String {
    let mut text = "rate,frame,label\n".to_owned();
    for (name, timebase) in drop_timebases() {
        let mut label = Labels::at_midnight(timebase.rate().nominal());
        let mut frame = 0;
        loop {
            if is_worth_keeping(&label, frame) {
                text += &[name, &frame.to_string(), &label.text()].join(",");
                text.push('\n');
            }
            label.step();
            frame += 1;
            if label.is_midnight() {
                break;
            }
        }
    }
    text
}

/// The rows of the fixture: timebase, frame, label.
fn rows() -> Vec<(Timebase, Frames, String)> {
    let text = fs::read_to_string(fixture_path()).expect("the fixture is part of the project");
    let row = |line: &str| {
        let mut cells = line.split(',');
        let name = cells.next().expect("a row has a rate");
        let frame = cells.next().expect("a row has a frame");
        let label = cells.next().expect("a row has a label");
        let named = drop_timebases()
            .into_iter()
            .find(|(known, _)| *known == name);
        let (_, timebase) = named.expect("the rate is one of the two");
        let frame = frame.parse().expect("frames are whole numbers");
        (timebase, Frames::new(frame), label.to_owned())
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn the_fixture_is_what_counting_by_the_rule_gives() {
    let counted = counted();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(fixture_path(), &counted).expect("the fixture can be written");
    }
    let kept = fs::read_to_string(fixture_path()).expect("the fixture is part of the project");
    assert!(kept == counted, "the fixture is not what the rule gives");
    assert!(kept.lines().count() > 1000, "the fixture covers the edges");
}

#[test]
fn every_frame_has_the_label_of_the_rule() {
    for (timebase, frame, label) in rows() {
        assert_eq!(timebase.label(frame), label, "{timebase} {}", frame.get());
    }
}

#[test]
fn every_label_is_read_as_the_frame_of_the_rule() {
    for (timebase, frame, label) in rows() {
        assert_eq!(timebase.parse(&label), Ok(frame), "{timebase}");
    }
}

#[test]
fn a_day_has_as_many_frames_as_labels_can_be_counted() {
    for (name, timebase) in drop_timebases() {
        let mut label = Labels::at_midnight(timebase.rate().nominal());
        let mut n_labels = 0_i64;
        loop {
            label.step();
            n_labels += 1;
            if label.is_midnight() {
                break;
            }
        }
        assert_eq!(timebase.frames_per_day(), n_labels, "{name}");
    }
}
