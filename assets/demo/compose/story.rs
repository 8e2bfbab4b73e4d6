//! The demo show as plain data: its people, its pool, and two cuts of one episode.
//!
//! "Low Season" is an animated drama made up for this project, and so is everyone in it. Nothing
//! here depends on the program or on the composer: the tables can be read by whoever builds a show.
//!
//! Times are whole frames at [`FPS`], counted from the start of a cut, unless a field says that
//! they count from a scene's start. Ends are the frame after the last one.
//!
//! Where what is: [`PEOPLE`] below; [`pool`] has the tracks with their tags, and why each is there;
//! [`scenes`] the scenes as they were drawn, with shots, speech and sounds; [`cuts`] v3 and v4 as
//! lists of shots; [`marks`] markers and slots. [`Cut::scenes`], [`markers`] and [`marks::slots`]
//! work out where things fall in a cut.

pub(crate) mod cuts;
pub(crate) mod marks;
pub(crate) mod pool;
pub(crate) mod scenes;

pub(crate) use cuts::{CUTS, Cut};
pub(crate) use marks::{check, markers};
pub(crate) use pool::{POOL, Track};
pub(crate) use scenes::{Ambience, Foley, SOURCES, Source, Voice};

/// Frames a second.
pub(crate) const FPS: u32 = 25;
/// Start timecode of both cuts, in frames: 10:00:00:00.
pub(crate) const START: u32 = 10 * 3600 * FPS;
/// The show's name.
pub(crate) const SHOW: &str = "Low Season";
/// The episode's number.
pub(crate) const EPISODE: &str = "203";
/// The episode's title.
pub(crate) const TITLE: &str = "Promise";
/// What the episode is about, for whoever opens it first.
pub(crate) const SYNOPSIS: &str = "Out of season, Ida keeps a beach hut swept and a lamp lit for a boy who said he would be back in a year. The year is up. So is the weather.";

/// Someone who works on the show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    /// Short name that other tables use.
    pub(crate) id: &'static str,
    /// Full name.
    pub(crate) name: &'static str,
    /// What they do on the show.
    pub(crate) role: &'static str,
}

/// Who works on the show.
pub(crate) const PEOPLE: [Person; 5] = [
    Person {
        id: "ottoline",
        name: "Ottoline Hask",
        role: "Writer",
    },
    Person {
        id: "dev",
        name: "Dev Castellow",
        role: "Producer",
    },
    Person {
        id: "priya",
        name: "Priya Nordvall",
        role: "Music supervisor",
    },
    Person {
        id: "samir",
        name: "Samir Eskelund",
        role: "Editor",
    },
    Person {
        id: "june",
        name: "June Abarrow",
        role: "Editor",
    },
];
