//! `render`: what auditioning a scene would play, as a WAV file.

use std::io::Write;

use serde::Serialize;

use super::Failure;
use super::args::Level;
use super::args::Render;
use super::desk::{Desk, scene};
use super::text::{Output, length};
use crate::app::Mix;
use crate::app::Passage;
use crate::app::RenderChoice;
use crate::ops::place::slot_of_scene;

#[derive(Serialize)]
struct Written {
    path: String,
    frames: i64,
    sample_rate: u32,
    seconds: f64,
    /// Where the first sample belongs on the timecode's clock, in samples since midnight.
    time_reference: i64,
}

/// Renders a scene.
pub(super) fn run(desk: &mut Desk<'_>, args: &Render, out: &mut dyn Write) -> Result<(), Failure> {
    desk.open(&args.show)?;
    let (at, _, cut) = desk.episode(&args.episode)?;
    let scene = scene(cut, &args.scene)?;
    let alternate = match args.alternate {
        None => None,
        Some(number) => {
            let alternates = slot_of_scene(cut, scene).map(|(_, slot)| slot.alternates());
            let chosen = alternates
                .unwrap_or_default()
                .get(number.wrapping_sub(1))
                .map(|(id, _)| *id);
            let none = || Failure::said(format!("the scene has no alternate {number}"));
            Some(chosen.ok_or_else(none)?)
        }
    };
    let passage = if args.slot {
        let none = || Failure::said("the scene has no slot".to_owned());
        Passage::Slot(slot_of_scene(cut, scene).ok_or_else(none)?.0)
    } else {
        Passage::Scene(scene)
    };
    let choice = RenderChoice {
        alternate,
        mix: match (args.split, args.guide) {
            (true, _) => Mix::Split,
            (false, true) => Mix::Both,
            (false, false) => Mix::Music,
        },
        handles: args.handles,
        is_unlevelled: args.level == Level::Off,
    };
    let rendered = desk
        .app
        .render(at, passage, choice, &args.output)
        .map_err(|error| Failure::said(error.to_string()))?;
    for (title, why) in &rendered.missing {
        desk.remark(&format!("“{title}” is missing from it: {why}"));
    }
    let seconds = rendered.length.get() as f64 / f64::from(rendered.rate.get());
    let written = Written {
        path: args.output.display().to_string(),
        frames: rendered.length.get(),
        sample_rate: rendered.rate.get(),
        seconds,
        time_reference: rendered.time_reference.get(),
    };
    let line = format!("{}: {}", written.path, length(seconds));
    Output::new(out, args.json).print(&written, [line])?;
    if rendered.missing.is_empty() {
        Ok(())
    } else {
        Err(Failure::InPart)
    }
}
