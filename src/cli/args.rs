//! What can be said on the command line.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

use crate::interchange::timeline::FcpxmlVersion;
use crate::interchange::timeline::What;
use crate::time::Ticks;

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
    /// Measures sound files, or the pool of a show: loudness, tempo and beats, key, form.
    Analyze(Analyze),
    /// Episodes, their scenes and markers.
    #[command(subcommand)]
    Episode(Episode),
    /// Tells what a list of cuts or markers holds, without a show.
    Markers(Markers),
    /// Compares an episode's cut with a newer one, and carries its music over to it.
    Conform(ConformIt),
    /// Places a track on a scene.
    Place(Place),
    /// Prints the whole show as JSON.
    Show(ShowIt),
    /// Merges two copies of a show that were changed apart.
    Merge(Merge),
    /// Finds tracks of the pool, as the search box does.
    Search(Search),
    /// Writes what auditioning a scene would play.
    Render(Render),
    /// Writes an episode for other programs: its music in place, its markers, its songs.
    Export(Export),
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
    /// Adds files, what is in folders, and what playlists name.
    Add {
        /// The show.
        show: PathBuf,
        /// Files, folders and playlists: M3U, PLS, XSPF, iTunes, rekordbox, Traktor, CSV, XLSX.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Who adds them.
        #[arg(long)]
        by: Option<String>,
        /// Why they belong to the show.
        #[arg(long)]
        why: Option<String>,
        #[command(flatten)]
        lists: ListArguments,
        /// Does not wait until what was added is measured: `analyze` does that, or the window.
        #[arg(long)]
        no_measure: bool,
        /// Prints the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Finds missing files again in a folder: by their content, whatever they are called now.
    Relink {
        /// The show.
        show: PathBuf,
        /// Where to look, with the folders in it.
        folder: PathBuf,
        /// Takes what was found, instead of only saying so.
        #[arg(long)]
        apply: bool,
        /// Prints the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Finds recordings that the pool has more than once: the same file, the same sound in another
    /// encoding, and versions of one recording. Changes nothing.
    Duplicates {
        /// The show.
        show: PathBuf,
        /// Prints the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Copies the show's sound files into the folder “Media” beside it, each checked by its hash.
    Collect {
        /// The show.
        show: PathBuf,
        /// Copies, instead of only saying what would be copied.
        #[arg(long)]
        apply: bool,
        /// Prints the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Writes tracks as a playlist or a table.
    Export {
        /// The show.
        show: PathBuf,
        /// What to write.
        #[arg(long, value_enum)]
        format: List,
        /// Only the tracks that this finds, as the search box does.
        #[arg(long)]
        query: Option<String>,
        /// The file to write.
        #[arg(short, long)]
        output: PathBuf,
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

/// How the lists among what is added are read.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// What the columns of a table mean, by number or by heading: title=1,artist=2,notes=Remarks.
    /// Meanings: title, artist, artists, artist-title, album, writers, length, ms, isrc, path, bpm, key,
    /// notes, why, tags, state, label, publisher, year, genre.
    #[arg(long, conflicts_with = "preset")]
    pub columns: Option<String>,
    /// How a table is read, by the name of a preset: one of your own, or Exportify.
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// Which sheet of a workbook, where --columns or --preset are given; else the first.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Only this list of a library, by its name, or by its name with folders: “Show / Chase”. Can
    /// be given several times.
    #[arg(long, value_name = "NAME")]
    pub list: Vec<String>,
    /// Also keeps each list as a list of the show, in its order.
    #[arg(long)]
    pub keep_list: bool,
    /// Prints the lists that a library holds, and adds nothing.
    #[arg(long, conflicts_with_all = ["columns", "preset", "list", "keep_list"])]
    pub lists: bool,
}

/// The formats that a list of tracks is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum List {
    /// A list of paths with their names.
    M3u8,
    /// XML Shareable Playlist Format.
    Xspf,
    /// A table.
    Csv,
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

/// `analyze`.
#[derive(Debug, Args)]
pub struct Analyze {
    /// Sound files; or shows, whose pools are measured, so that it is known from then on. What was
    /// measured is kept as it goes on: when it is called off, the next time goes on from there.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Prints JSON; for a show, one line a track.
    #[arg(long)]
    pub json: bool,
    /// How many files are measured at a time: as many as there are cores, if it is not said. The
    /// pool of a show leaves one core free where there are more than two.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
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
    /// Imports scenes and markers from an edit list, a timeline or a table.
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
    /// Makes a sound file, or the sound of a film, the guide of the episode's current cut.
    Guide {
        /// The show.
        show: PathBuf,
        /// The episode's number.
        #[arg(long)]
        episode: String,
        /// The file.
        file: PathBuf,
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

/// `markers`.
#[derive(Debug, Args)]
pub struct Markers {
    /// A file of an editing system, a sound editor, a spreadsheet or a screenwriter.
    pub file: PathBuf,
    /// Frames per second, where the file does not say it: 25, 23.976, 24000/1001; `29.97df` counts
    /// drop-frame.
    #[arg(long)]
    pub rate: Option<String>,
    /// Timecode of the programme's first frame, where the file does not say it and tells elapsed
    /// time.
    #[arg(long)]
    pub start: Option<String>,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// `conform`.
#[derive(Debug, Args)]
pub struct ConformIt {
    /// The show.
    pub show: PathBuf,
    /// The episode's number; its current cut is the one that is compared.
    #[arg(long)]
    pub episode: String,
    /// The list of the new cut, in any format that `markers` reads.
    pub file: PathBuf,
    /// Adds the new cut with all that is carried over, instead of only saying so. The old one
    /// stays.
    #[arg(long)]
    pub apply: bool,
    /// The rate to read the list at, when it does not say it and it is not the old cut's.
    #[arg(long)]
    pub rate: Option<String>,
    /// Timecode of the new cut's first frame, when the list does not say it and it is not the old
    /// cut's.
    #[arg(long)]
    pub start: Option<String>,
    /// Prints the result as JSON.
    #[arg(long)]
    pub json: bool,
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

/// `search`.
#[derive(Debug, Args)]
pub struct Search {
    /// The show.
    pub show: PathBuf,
    /// What is to be found: words, "a phrase", -without, field:value, length:<3:00, is:unused.
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

/// `render`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Render {
    /// The show.
    pub show: PathBuf,
    /// The episode's number.
    #[arg(long)]
    pub episode: String,
    /// The scene: its number, name or id.
    #[arg(long)]
    pub scene: String,
    /// Only the scene's slot with its music, instead of the whole scene.
    #[arg(long)]
    pub slot: bool,
    /// Which alternate, from 1, instead of the pick.
    #[arg(long)]
    pub alternate: Option<usize>,
    /// With the guide under the music, as auditioned.
    #[arg(long, conflicts_with = "split")]
    pub guide: bool,
    /// The guide on the left channel, the music on the right.
    #[arg(long)]
    pub split: bool,
    /// More before the scene and after it: seconds, as `4s` or `0.5`. Music that runs to an edge
    /// goes on into it, without its fade.
    #[arg(long, value_parser = handles, default_value = "0s")]
    pub handles: Ticks,
    /// Whether music is brought to one loudness, as auditioned, or left as it is.
    #[arg(long, value_enum, default_value_t)]
    pub level: Level,
    /// The WAV file to write.
    #[arg(short, long)]
    pub output: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The show.
    pub show: PathBuf,
    /// The episode's number; its current cut is written.
    #[arg(long)]
    pub episode: String,
    /// What to write.
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// What a list of places holds: markers, scenes or cues. Where nothing is said, a table holds
    /// all of them, other lists the markers.
    #[arg(long)]
    pub what: Option<What>,
    /// What a cue sheet has in it: us, uk, list, or the path of a template of your own.
    #[arg(long, default_value = "us", value_name = "TEMPLATE")]
    pub template: String,
    /// Which version of Final Cut Pro's format: 1.8 to 1.13.
    #[arg(long, default_value_t, value_name = "VERSION")]
    pub fcpxml_version: FcpxmlVersion,
    /// The file to write. Lists of edits that take several files stand beside it, with their
    /// channels behind the name.
    #[arg(short, long)]
    pub output: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub json: bool,
}

/// The formats that an episode is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// `OpenTimelineIO`, with the alternates.
    Otio,
    /// Final Cut Pro XML, with the alternates as auditions.
    Fcpxml,
    /// Final Cut Pro 7 XML, which Premiere Pro reads.
    Xmeml,
    /// CMX 3600 edit decision lists of the sound, one for each pair of channels.
    Edl,
    /// Markers for a Resolve timeline.
    ResolveMarkers,
    /// Markers for Avid Media Composer.
    AvidMarkers,
    /// A table of markers, scenes and cues.
    Csv,
    /// The songs in running order, as a list of paths with their names.
    M3u8,
    /// The songs in running order, as XML Shareable Playlist Format.
    Xspf,
    /// The cue sheet as a workbook.
    #[value(name = "cue-sheet.xlsx")]
    CueSheetXlsx,
    /// The cue sheet as a table.
    #[value(name = "cue-sheet.csv")]
    CueSheetCsv,
    /// The cue sheet as data for programs.
    #[value(name = "cue-sheet.json")]
    CueSheetJson,
}

/// Whether music is brought to one loudness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// As it is auditioned.
    #[default]
    On,
    /// As loud as its recording.
    Off,
}

/// The longest handle: an hour.
const LONGEST_HANDLE: f64 = 3600.0;

fn handles(text: &str) -> Result<Ticks, String> {
    let number = text.trim().trim_end_matches('s').trim_end();
    match number.parse::<f64>() {
        Ok(secs) if (0.0..=LONGEST_HANDLE).contains(&secs) => Ok(Ticks::nearest_to_secs(secs)),
        _ => Err("write it as seconds, such as 4s; at most an hour".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_seconds_with_or_without_the_letter() {
        assert_eq!(handles("4s"), Ok(Ticks::from_secs(4)));
        assert_eq!(handles("0.5"), Ok(Ticks::from_millis(500)));
        for wrong in ["", "s", "-1s", "NaN", "inf", "4m", "3601"] {
            assert!(handles(wrong).is_err(), "{wrong}");
        }
    }
}
