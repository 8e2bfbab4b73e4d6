//! A device that pulls late and then catches up, and workers that have to share the machine: ten
//! minutes of what an editor does, and nobody hears or sees anything of it.
//!
//! A program of its own, because it looks at the memory of the whole process.

#[expect(dead_code, reason = "the tests of the bus use the rest of it")]
#[path = "bus/stage.rs"]
mod stage;

use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;
use std::time::Instant;

use needledrop::audio::Config;
use needledrop::audio::Diagnostics;
use needledrop::audio::Gain;
use needledrop::audio::Group;
use needledrop::audio::HeardState;
use needledrop::audio::Part;
use needledrop::audio::Program;
use needledrop::media::StereoFrame;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use stage::*;

/// Three turns a second for ten minutes.
const TURNS: usize = 1800;
const TURNS_A_MINUTE: usize = 180;
/// What the device pulls at once.
const BLOCK: usize = 480;
/// Blocks in a turn.
const BLOCKS: usize = 33;
/// The latest a block is pulled.
const LATEST_MILLIS: i64 = 40;
/// A frame of picture at 25 frames a second.
const PICTURE: usize = 1920;

/// How ten minutes went.
struct Fared {
    counted: Diagnostics,
    /// How far off the line was told to be at most, in frames, and how often that was looked at.
    farthest: i64,
    n_looks: usize,
    /// Sounds that were open at once.
    most_alive: usize,
    /// Memory in use after the first minute and after the last, where the system says so.
    kilobytes: Option<(i64, i64)>,
}

fn session() -> &'static Fared {
    static SESSION: OnceLock<Fared> = OnceLock::new();
    SESSION.get_or_init(play)
}

/// A song of five minutes whose every frame tells its place, as an alternate of its own, with a
/// guide under it.
fn alternate(id: u64, looping: Option<TickSpan>) -> Program {
    let guide = Part {
        group: Group::Guide,
        gain: Gain::SILENT,
        ..part(0, "tone:48000:300", Ticks::ZERO)
    };
    Program {
        looping,
        ..program([guide, part(id, "index:48000:300", Ticks::ZERO)])
    }
}

fn play() -> Fared {
    let config = Config {
        // Little enough to be full within the first minute.
        warm_bytes: 8 << 20,
        ..Config::default()
    };
    let mut player = Player::new(Stage::with(&config));
    let mut dice = Dice(20_261_122);
    let mut most_alive = 0;
    let mut after_first_minute = None;
    let mut looping: Option<TickSpan> = None;
    player.stage.play(alternate(1, None), Ticks::ZERO);
    for id in 2..TURNS as u64 + 2 {
        let engine = player.stage.engine();
        let here = engine.heard(player.stage.now).at;
        let there = frames(dice.below(280 * 48_000));
        // A loop that is let go of may be gone round once more.
        let gone_round = looping;
        match dice.below(5) {
            0 => engine.update(alternate(id, looping)),
            1 => engine.seek(there),
            2 => {
                let from = (here - Ticks::from_millis(500)).max(Ticks::ZERO);
                looping = Some(TickSpan::with_length(from, Ticks::from_millis(1500)));
                engine.update(alternate(id, looping));
            }
            3 => {
                looping = None;
                engine.update(alternate(id, None));
            }
            _ => {
                looping = None;
                engine.play(alternate(id, None), there);
            }
        }
        let likely = format!("tone2:48000:{}", 60 + dice.below(100));
        engine.warm(vec![(sound(&likely), Ticks::from_secs(1))]);
        let round = looping.or(gone_round).map(TickSpan::length);
        player.turn(
            &mut dice,
            round.map(|length| RATE.nearest_samples(length).get()),
        );
        most_alive = most_alive.max(Arc::strong_count(&player.stage.sounds.alive) - 1);
        if id as usize == TURNS_A_MINUTE {
            after_first_minute = kilobytes_in_use();
        }
    }
    Fared {
        counted: player.stage.engine().diagnostics(),
        farthest: player.farthest,
        n_looks: player.n_looks,
        most_alive,
        kilobytes: after_first_minute.zip(kilobytes_in_use()),
    }
}

/// Memory of this process, as Linux tells it (`proc(5)`, status).
fn kilobytes_in_use() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The line as it was told at a moment.
struct Look {
    /// The frame that leaves the device at that moment, and the last one rendered by then; both
    /// counted from the first that is remembered.
    frame: usize,
    rendered: usize,
    told: i64,
}

/// The device and the workers, both with not enough time.
struct Player {
    stage: Stage,
    /// The last frames of the turn before.
    before: Vec<StereoFrame>,
    farthest: i64,
    n_looks: usize,
}

impl Player {
    fn new(stage: Stage) -> Self {
        Self {
            stage,
            before: vec![[0.0; 2]; PICTURE],
            farthest: 0,
            n_looks: 0,
        }
    }

    /// Plays for a turn. A block is due when the one before it has been heard; some are pulled
    /// late, and those that are due by then follow at once.
    fn turn(&mut self, dice: &mut Dice, round: Option<i64>) {
        let begin = self.stage.now;
        let end = begin + time_of(BLOCKS * BLOCK);
        let mut heard = std::mem::take(&mut self.before);
        let mut looks = Vec::new();
        let mut out = [[0.0; 2]; BLOCK];
        let mut pulled_at = begin;
        for block in 0..BLOCKS {
            let due = begin + time_of(block * BLOCK);
            if pulled_at <= due {
                let late = match dice.below(4) {
                    0 => dice.below(LATEST_MILLIS * 1000 + 1),
                    _ => dice.below(1000),
                };
                let late = Duration::from_micros(late.unsigned_abs());
                // The next turn begins with everything pulled.
                pulled_at = (due + late).min(end);
            }
            // The window is drawn while the block is waited for, and once more when it has come.
            for now in [due.max(self.stage.now), pulled_at] {
                self.stage.now = now;
                looks.extend(self.look(begin, heard.len() - 1));
            }
            self.share_out(dice);
            self.stage.hand.pull(&mut out, pulled_at);
            heard.extend(out);
        }
        self.stage.now = end;
        for look in looks {
            self.judge(&look, &heard, round);
        }
        self.before = heard.split_off(heard.len() - PICTURE);
    }

    /// An import leaves the workers time for a job between two blocks, seldom for two.
    fn share_out(&mut self, dice: &mut Dice) {
        self.stage.hand.conduct_if_due(self.stage.now);
        let is_lucky = dice.below(8) == 0;
        for _ in 0..=i64::from(is_lucky) {
            self.stage.hand.work_once();
            self.stage.hand.conduct_if_due(self.stage.now);
        }
    }

    /// What is told now; nothing while something else is about to be heard.
    fn look(&self, begin: Instant, rendered: usize) -> Option<Look> {
        let now = self.stage.now;
        let heard = self.stage.engine().heard(now);
        let passed = now.saturating_duration_since(begin).as_nanos();
        let frame = passed * SECOND as u128 / 1_000_000_000;
        (heard.state == HeardState::Playing).then_some(Look {
            frame: PICTURE + usize::try_from(frame).ok()?,
            rendered,
            told: RATE.nearest_samples(heard.at).get(),
        })
    }

    /// Compares what was told with the frame that was heard; `round` is the length of the loop.
    fn judge(&mut self, look: &Look, heard: &[StereoFrame], round: Option<i64>) {
        let Some(frame) = heard.get(look.frame) else {
            return;
        };
        let truth = index(*frame);
        // Either side of the loop's point is right.
        let wrapped = |off: i64| round.map_or(off.abs(), |n| off.abs().min((n - off.abs()).abs()));
        // While the line jumps because it was asked to, it is told to be where it was or where it
        // will be.
        let goes_straight = |n: usize| {
            let passed = look.frame as i64 - n as i64;
            wrapped(truth - index(heard[n]) - passed) <= 2
        };
        if !goes_straight(look.rendered) || !goes_straight(look.frame - PICTURE) {
            return;
        }
        self.n_looks += 1;
        self.farthest = self.farthest.max(wrapped(look.told - truth));
    }
}

#[test]
fn no_voice_is_starved_or_late_while_an_import_competes_with_the_workers() {
    let counted = session().counted;
    assert_eq!(
        (counted.starved, counted.late_frames, counted.late_starts),
        (0, 0, 0)
    );
}

#[test]
fn the_line_is_told_to_within_a_frame_of_picture_while_the_device_is_late() {
    let Fared {
        farthest, n_looks, ..
    } = *session();
    assert!(farthest <= PICTURE as i64, "{farthest} frames off");
    assert!(n_looks > TURNS * BLOCKS, "looked {n_looks} times only");
}

#[test]
fn sounds_that_were_opened_are_closed_again() {
    // 32 are kept for the next time; the rest sound, or are being put away.
    let most = session().most_alive;
    assert!(most <= 48, "{most} were open at once");
}

#[cfg(target_os = "linux")]
#[test]
fn nine_minutes_more_take_no_more_memory() {
    let (first, last) = session().kilobytes.expect("the system tells");
    assert!(last - first < 8 * 1024, "{first} kB grew to {last} kB");
}
