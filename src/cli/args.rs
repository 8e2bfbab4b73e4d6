//! What can be said on the command line.

use std::path::PathBuf;

use clap::Args;
use clap::Parser;
use clap::Subcommand;

/// Draw songs from a show's pool, hear them against a scene, drop the right one, and carry it
/// through every cut.
#[derive(Debug, Parser)]
#[command(
    name = "needledrop",
    version,
    about,
    args_conflicts_with_subcommands = true
)]
pub struct Arguments {
    /// What to do; without it the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The show to open in the window.
    pub show: Option<PathBuf>,
    /// Opens a copy of the demo show in the window.
    #[arg(long, conflicts_with = "show")]
    pub demo: bool,
    /// Keeps settings, caches and the demo below this folder instead of the user's own.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub home: Option<PathBuf>,
}

/// What can be done without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes a new show.
    New(New),
    /// The show's tracks.
    #[command(subcommand)]
    Pool(Pool),
    /// Tells what sound files are: exact length, codec, what encoders added, tags.
    Probe(Probe),
    /// Episodes, their scenes and markers.
    #[command(subcommand)]
    Episode(Episode),
    /// Places a track on a scene.
    Place(Place),
    /// Prints the whole show as JSON.
    Show(ShowIt),
    /// Merges two copies of a show that were changed apart.
    Merge(Merge),
    /// Writes what auditioning a scene would play.
    Render(Render),
}

/// `new`.
#[derive(Debug, Args)]
pub struct New {
    /// The file to make.
    pub show: PathBuf,
    /// The show's title.
    #[arg(long)]
    pub title: String,
    /// Frames per second of its episodes, unless an episode says otherwise.
    #[arg(long)]
    pub rate: Option<String>,
    /// Prints the result as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `pool …`.
#[derive(Debug, Subcommand)]
pub enum Pool {
    /// Adds files, and what is in folders.
    Add {
        /// The show.
        show: PathBuf,
        /// Files and folders.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Who adds them.
        #[arg(long)]
        by: Option<String>,
        /// Why they belong to the show.
        #[arg(long)]
        why: Option<String>,
        /// Prints the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lists the tracks.
    List {
        /// The show.
        show: PathBuf,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `probe`.
#[derive(Debug, Args)]
pub struct Probe {
    /// The files.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// `episode …`.
#[derive(Debug, Subcommand)]
pub enum Episode {
    /// Makes an episode.
    New {
        /// The show.
        show: PathBuf,
        /// Its number.
        #[arg(long)]
        number: String,
        /// Its title.
        #[arg(long, default_value = "")]
        title: String,
        /// Frames per second: 25, 23.976, 24000/1001; `29.97df` counts drop-frame.
        #[arg(long)]
        rate: Option<String>,
        /// Timecode of its first frame.
        #[arg(long, default_value = "01:00:00:00")]
        start: String,
        /// How long it is, as timecode.
        #[arg(long)]
        length: String,
        /// Prints the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Imports scenes and markers from an EDL or CSV file.
    Import {
        /// The show.
        show: PathBuf,
        /// The episode's number.
        #[arg(long)]
        episode: String,
        /// The file.
        file: PathBuf,
        /// The rate to read it at, when it is not the episode's.
        #[arg(long)]
        rate: Option<String>,
        /// Prints the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lists the episodes with their scenes, markers and slots.
    List {
        /// The show.
        show: PathBuf,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `place`.
#[derive(Debug, Args)]
pub struct Place {
    /// The show.
    pub show: PathBuf,
    /// The episode's number.
    #[arg(long)]
    pub episode: String,
    /// The scene: its number, name or id.
    #[arg(long)]
    pub scene: String,
    /// The track: its title or id.
    #[arg(long)]
    pub track: String,
    /// The timecode at which the music begins, instead of the scene's first frame.
    #[arg(long)]
    pub at: Option<String>,
    /// Prints the result as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `show`.
#[derive(Debug, Args)]
pub struct ShowIt {
    /// The show.
    pub show: PathBuf,
    /// Prints JSON, as it does anyway.
    #[arg(long)]
    pub json: bool,
}

/// `merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// One copy.
    pub a: PathBuf,
    /// The other.
    pub b: PathBuf,
    /// Where the merged show goes.
    #[arg(short, long)]
    pub output: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `render`.
#[derive(Debug, Args)]
pub struct Render {
    /// The show.
    pub show: PathBuf,
    /// The episode's number.
    #[arg(long)]
    pub episode: String,
    /// The scene: its number, name or id.
    #[arg(long)]
    pub scene: String,
    /// Which alternate, from 1, instead of the pick.
    #[arg(long)]
    pub alternate: Option<usize>,
    /// The WAV file to write.
    #[arg(short, long)]
    pub output: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub json: bool,
}
