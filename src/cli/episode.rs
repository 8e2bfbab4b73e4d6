//! `episode new`, `episode import`, `episode list` and `place`.

use std::io::Write;

use super::Failure;
use super::args::{Episode, Place};
use super::desk::{Desk, scene, track};
use super::json::EpisodeJson;
use super::show::timebase;
use super::text::Output;
use crate::app::Action;
use crate::app::EpisodeAction;
use crate::app::NewEpisode;
use crate::app::TimelineAction;
use crate::ops::place::Target;
use crate::ops::place::place as would_place;
use crate::time::Frames;

pub(super) fn run(
    desk: &mut Desk<'_>,
    episode: Episode,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match episode {
        Episode::New {
            show,
            number,
            title,
            rate,
            start,
            length,
            json,
        } => {
            desk.open(&show)?;
            if desk.episode(&number).is_ok() {
                return Err(Failure::said(format!(
                    "there is an episode {number} already"
                )));
            }
            let base = match rate {
                Some(text) => timebase(&text)?,
                None => desk.show()?.timebase,
            };
            let read = |text: &str| {
                base.parse(text)
                    .map_err(|error| Failure::said(error.to_string()))
            };
            let (start, length) = (read(&start)?, read(&length)?);
            if length <= Frames::ZERO {
                return Err(Failure::said("an episode is longer than nothing"));
            }
            desk.act(Action::Episode(EpisodeAction::New(NewEpisode {
                number: number.clone(),
                title,
                timebase: base,
                start,
                length,
            })))?;
            print_one(desk, &number, &mut Output::new(out, json))?;
            desk.close()
        }
        Episode::Import {
            show,
            episode,
            file,
            rate,
            json,
        } => {
            desk.open(&show)?;
            let (at, ..) = desk.episode(&episode)?;
            let base = rate.as_deref().map(timebase).transpose()?;
            desk.act(Action::Episode(EpisodeAction::Open(at.episode)))?;
            desk.act(Action::Episode(EpisodeAction::Import(file, base)))?;
            print_one(desk, &episode, &mut Output::new(out, json))?;
            desk.close()
        }
        Episode::Guide {
            show,
            episode,
            file,
            json,
        } => {
            desk.open(&show)?;
            let (at, ..) = desk.episode(&episode)?;
            desk.act(Action::Episode(EpisodeAction::Open(at.episode)))?;
            desk.act(Action::Episode(EpisodeAction::SetGuide(file)))?;
            print_one(desk, &episode, &mut Output::new(out, json))?;
            desk.close()
        }
        Episode::List { show, json } => {
            desk.open(&show)?;
            let episodes = desk.show()?.episodes();
            let rows: Vec<EpisodeJson> = episodes
                .iter()
                .map(|(_, episode)| EpisodeJson::new(episode))
                .collect();
            let lines = episodes.iter().map(|(_, episode)| line(episode));
            Output::new(out, json).print(&rows, lines)?;
            Ok(())
        }
    }
}

fn print_one(desk: &Desk<'_>, number: &str, output: &mut Output<'_>) -> Result<(), Failure> {
    let (_, episode, _) = desk.episode(number)?;
    output.print(&EpisodeJson::new(episode), [line(episode)])?;
    Ok(())
}

fn line(episode: &crate::model::Episode) -> String {
    let title = format!("{} “{}”", episode.number, episode.title);
    let Some((_, cut)) = episode.current() else {
        return title;
    };
    format!(
        "{title}: cut v{}, {} fps, {} scenes, {} markers, {} slots",
        cut.number,
        cut.timebase,
        cut.scenes().len(),
        cut.markers().len(),
        cut.slots().len()
    )
}

/// Places a track on a scene.
pub(super) fn place(desk: &mut Desk<'_>, args: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    desk.open(&args.show)?;
    let (at, _, cut) = desk.episode(&args.episode)?;
    let scene = scene(cut, &args.scene)?;
    let target = match &args.at {
        Some(text) => {
            let position = cut
                .timebase
                .parse_position(cut.start, text)
                .map_err(|error| Failure::said(error.to_string()))?;
            let span = cut.scene(scene).map(|scene| scene.span);
            if !span.is_some_and(|span| span.contains(position)) {
                return Err(Failure::said(format!("{text} lies outside the scene")));
            }
            let slot = cut
                .slots()
                .into_iter()
                .find(|(_, slot)| slot.span.contains(position));
            slot.map_or(Target::At(position), |(id, _)| Target::Slot(id))
        }
        None => Target::Scene(scene),
    };
    let show = desk.show()?;
    let track = track(show, &args.track)?;
    // The core would only tell why not; here that is a failure.
    let placement = would_place(show, at, &[track], target)
        .map_err(|refusal| Failure::said(refusal.to_string()))?;
    desk.act(Action::Episode(EpisodeAction::Open(at.episode)))?;
    desk.act(Action::Timeline(TimelineAction::Place(vec![track], target)))?;
    let (_, episode, _) = desk.episode(&args.episode)?;
    Output::new(out, args.json).print(&EpisodeJson::new(episode), [placement.sentence])?;
    desk.close()
}
