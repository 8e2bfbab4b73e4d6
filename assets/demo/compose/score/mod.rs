//! The music itself: a small notation, the players, and one file per piece.

pub(crate) mod band;
pub(crate) mod chord;
pub(crate) mod clock;
pub(crate) mod notation;
pub(crate) mod song;

mod bells;
mod coastline;
mod ete;
mod fern;
mod gyrises;
mod halogen;
mod jingle;
mod kerosene;
mod lantern;
mod long_way;
mod main_title;
mod paper_boats;
mod ringtone;
mod shiomachi;
mod undertow;

use crate::error::Result;
use crate::speech::Voices;
use song::Recording;

/// Plays the piece a file name stands for; `None` if there is no such piece.
pub(crate) fn play(piece: &str, voices: &Voices) -> Option<Result<Recording>> {
    Some(match piece {
        "coastline" => coastline::play(voices),
        "gyrises" => gyrises::play(voices),
        "fern" => fern::play(),
        "halogen" => halogen::play(),
        "shiomachi" => shiomachi::play(),
        "long-way" => long_way::play(),
        "ete" => ete::play(),
        "undertow" => undertow::play(),
        "paper-boats" => paper_boats::play(),
        "main-title" => main_title::play(),
        "kerosene" => kerosene::play(),
        "lantern" => lantern::play(),
        "jingle" => jingle::play(),
        "ringtone" => ringtone::play(),
        "bells" => Ok(bells::play()),
        _ => return None,
    })
}
