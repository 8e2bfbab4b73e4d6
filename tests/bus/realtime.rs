//! What runs in the device's callback keeps its contract.

use std::fs;
use std::path::Path;

use assert_no_alloc::assert_no_alloc;
use needledrop::audio::Gain;
use needledrop::audio::Group;
use needledrop::audio::Program;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

#[test]
fn rendering_neither_allocates_nor_frees() {
    let mut stage = Stage::new();
    let mut out = vec![[0.0; 2]; 512];
    let looped = |name: &str| Program {
        looping: Some(TickSpan::with_length(frames(5000), frames(9000))),
        ..program([
            part(0, name, Ticks::ZERO),
            part(1, "tone:44100:9", frames(7)),
        ])
    };
    let mut is_heard = false;
    for round in 0..400_u32 {
        match round % 40 {
            1 => drop(stage.engine().play(looped("tone:48000:5"), frames(400))),
            8 => stage.engine().update(looped("tone2:48000:5")),
            12 => stage.engine().pause(),
            15 => stage.engine().resume(),
            18 => stage.engine().seek(frames(100)),
            22 => stage.engine().set_looping(None),
            25 => stage
                .engine()
                .set_group_gain(Group::Music, Gain::linear(0.5)),
            30 => drop(stage.engine().play(looped("broken:48000:5"), Ticks::ZERO)),
            36 => stage.engine().stop(),
            _ => {}
        }
        if round % 3 == 0 {
            stage.hand.settle(stage.now);
        }
        assert_no_alloc(|| stage.hand.pull(&mut out, stage.now));
        is_heard |= out.iter().any(|frame| frame[0] != 0.0);
    }
    assert!(is_heard);
}

#[test]
fn nothing_that_locks_allocates_or_logs_is_named_where_the_callback_runs() {
    let forbidden = [
        "Mutex",
        "RwLock",
        "Condvar",
        "mpsc",
        "std::fs",
        "format!",
        ".clone()",
        "tracing::",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/audio");
    let mut found = Vec::new();
    for file in ["bus.rs", "voice.rs", "fade.rs"] {
        let text = fs::read_to_string(folder.join(file)).expect("it is part of the tree");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for (n, line) in (1..).zip(lines) {
            for word in forbidden {
                if line.contains(word) {
                    found.push(format!("{file}:{n}: {line}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
