//! Every request that can be made of the program, as plain data.

use std::path::PathBuf;

use super::render::{Passage, RenderChoice};
use super::selection::Focus;
use super::settings::Settings;
use super::tasks::compare_cut::CompareAs;
use super::tasks::list_review::TableAsk;
use super::tasks::lists::ReadLists;
use crate::audio::Direction;
use crate::interchange::playlist::ListFormat;
use crate::interchange::timeline::TimelineFormat;
use crate::interchange::timeline::WriteOptions;
use crate::jobs::JobId;
use crate::model::AlternateField;
use crate::model::AlternateId;
use crate::model::CutId;
use crate::model::Decibels;
use crate::model::EpisodeId;
use crate::model::ListId;
use crate::model::MarkerField;
use crate::model::MarkerId;
use crate::model::Opinion;
use crate::model::Rating;
use crate::model::RenditionKind;
use crate::model::Scene;
use crate::model::SceneField;
use crate::model::SceneId;
use crate::model::SlotField;
use crate::model::SlotId;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::ops::conform::Decisions;
use crate::ops::duplicates::Fate;
use crate::ops::place::Target;
use crate::ops::search::Query;
use crate::ops::timeline::End;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// A request. The window makes them, [`App::dispatch`](super::App::dispatch) answers them.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// About the show's file.
    File(FileAction),
    /// About what was done last.
    Undo,
    /// Does what was undone again.
    Redo,
    /// About the pool.
    Pool(PoolAction),
    /// About episodes and cuts.
    Episode(EpisodeAction),
    /// About what lies on the timeline of the open cut.
    Timeline(TimelineAction),
    /// About what is heard.
    Transport(TransportAction),
    /// Shows something in the inspector.
    Focus(Focus),
    /// Changes preferences.
    Settings(Box<Settings>),
    /// Looks which sound devices there are.
    ListOutputs,
    /// A gesture has begun, or ended: nothing is saved in the middle of one.
    Gesture(Gesture),
    /// Closes a notice.
    CloseNotice(u64),
    /// Stops background work.
    CancelJob(JobId),
    /// About measuring the pool in the background.
    Measuring(MeasuringAction),
}

/// About measuring the pool in the background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasuringAction {
    /// It stands still; only what is looked at is measured.
    Pause,
    /// It goes on, with all that has not been measured.
    Resume,
    /// What has not been measured is not to be, until the show is opened again, tracks are added,
    /// or it is resumed.
    Cancel,
    /// These tracks are measured, whatever is known of them.
    Again(Vec<TrackId>),
}

/// Where a gesture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// A button went down.
    Begun,
    /// It came up again.
    Ended,
}

/// About the show's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileAction {
    /// Asks where, then makes a new show there.
    NewDialog,
    /// Makes a new show.
    New {
        /// Where.
        path: PathBuf,
        /// Its title.
        title: String,
        /// The rate and labels of its episodes, unless they say otherwise.
        timebase: Timebase,
    },
    /// Renames the show.
    Rename(String),
    /// Asks which, then opens it.
    OpenDialog,
    /// Opens a show.
    Open(PathBuf),
    /// Opens this person's copy of the demo show, making it first where there is none.
    OpenDemo,
    /// Puts the demo show back to how it came, and opens it.
    ResetDemo,
    /// Saves at once instead of in a moment.
    Save,
    /// Shows the show's file in the file manager.
    Reveal,
}

/// About the pool.
#[derive(Clone, Debug, PartialEq)]
pub enum PoolAction {
    /// Asks which files, then adds them.
    AddFilesDialog,
    /// Asks which folder, then adds what is in it.
    AddFolderDialog,
    /// Adds files, what is in folders, and what playlists name. Tables whose columns are not known,
    /// and libraries of several lists, wait to be looked over.
    Add(Vec<PathBuf>),
    /// Adds the same, with lists read as it is said; nobody is asked unless that says so.
    AddAs(Vec<PathBuf>, ReadLists),
    /// Asks which list, then opens it to be looked over.
    ReviewListDialog,
    /// Opens a list to be looked over before anything is taken from it.
    ReviewList(PathBuf),
    /// Reads the table that is looked over in another way.
    ReadTable(TableAsk),
    /// Wants lists of the library that is looked over, or does not.
    ChooseLists(Vec<usize>, bool),
    /// Keeps what is taken from the list that is looked over as a list of the show too, in its
    /// order, or does not.
    KeepList(bool),
    /// Keeps how the table is read that is looked over, under a name.
    SavePreset(String),
    /// Takes the list that was looked over.
    TakeList,
    /// Takes nothing from it.
    LeaveList,
    /// Asks where, then writes the rows that the pool shows as a list.
    ExportListDialog,
    /// Writes tracks as a list, in their order.
    ExportList(Vec<TrackId>, ListFormat, PathBuf),
    /// Changes what the pool shows.
    Find(Query),
    /// Selects every track that is listed.
    SelectAll,
    /// Selects tracks, the leading one last.
    Select(Vec<TrackId>),
    /// Sets a field of tracks.
    Set(Vec<TrackId>, TrackField),
    /// Adds a tag to tracks.
    Tag(Vec<TrackId>, String),
    /// Takes a tag off tracks.
    Untag(Vec<TrackId>, String),
    /// Notes how much whoever works here likes tracks, or that they say nothing of it any more.
    Rate(Vec<TrackId>, Option<Rating>),
    /// Says something in the threads of tracks.
    Comment(Vec<TrackId>, String),
    /// Taps the beat of a track: from the fourth tap on, they tell its tempo.
    Tap(TrackId),
    /// Takes tracks out of the pool; their files stay.
    Remove(Vec<TrackId>),
    /// About lists.
    List(ListAction),
    /// Says which rows can be seen, so that they are served first.
    Visible(Vec<TrackId>),
    /// Says whose pictures can be seen among the rows, so that no others are read.
    Pictured(Vec<TrackId>),
    /// Shows a track's file in the file manager.
    Reveal(TrackId),
    /// Asks for a folder, then looks in it for missing files.
    RelinkDialog,
    /// Looks in a folder for missing files.
    Relink(PathBuf),
    /// Takes the files that were found again for the missing ones.
    ApplyRelink,
    /// Leaves missing what is missing.
    ForgetRelink,
    /// Makes tracks renditions of another, as a kind.
    Link(Vec<TrackId>, TrackId, RenditionKind),
    /// Makes tracks recordings of their own again.
    Unlink(Vec<TrackId>),
    /// Looks for recordings that the pool has more than once.
    FindDuplicates,
    /// Of the duplicates of the first track, says what is to become of the second.
    DecideDuplicate(TrackId, TrackId, Fate),
    /// Instead of the first track, the second, a duplicate of it, is to stay.
    KeepDuplicate(TrackId, TrackId),
    /// Does to the duplicates of so many recordings, the first ones, what is to become of them.
    SettleDuplicates(usize),
    /// Leaves duplicates as they are.
    ForgetDuplicates,
    /// Copies the show's sound files into a folder beside it.
    CollectMedia,
}

/// About lists of tracks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListAction {
    /// Shows a list in the pool, or the whole pool again.
    Open(Option<ListId>),
    /// Makes a list of tracks, in their order, and shows it.
    New(Vec<TrackId>),
    /// Keeps what is asked of the pool as a smart list, and shows it.
    Keep,
    /// Renames a list.
    Rename(ListId, String),
    /// Makes another list with the same in it.
    Duplicate(ListId),
    /// Takes a list out of the show; its tracks stay in the pool.
    Remove(ListId),
    /// Puts tracks into a list, before the one that is at this place now, or at its end.
    Put(ListId, Vec<TrackId>, Option<usize>),
    /// Takes tracks off a list.
    TakeOff(ListId, Vec<TrackId>),
}

/// About episodes and cuts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EpisodeAction {
    /// Makes an episode with its first cut, and opens it.
    New(NewEpisode),
    /// Opens an episode.
    Open(EpisodeId),
    /// Opens another cut of the open episode.
    OpenCut(CutId),
    /// Renames the open episode.
    Rename {
        /// Its number.
        number: String,
        /// Its title.
        title: String,
    },
    /// Takes an episode out of the show.
    Remove(EpisodeId),
    /// Asks which file, then imports it into the open cut.
    ImportDialog,
    /// Imports scenes and markers from a file into the open cut, read at a rate of its own or at
    /// the cut's.
    Import(PathBuf, Option<Timebase>),
    /// Compares the open cut with the list of a newer one.
    Compare(PathBuf, CompareAs),
    /// Adds the cut that was compared, with these decisions on its slots.
    AcceptConform(Decisions),
    /// Forgets the cut that was compared.
    ForgetConform,
    /// Asks which file, then makes it the guide of the open cut.
    GuideDialog,
    /// Makes a sound file the guide of the open cut.
    SetGuide(PathBuf),
    /// Takes the guide off the open cut.
    RemoveGuide,
    /// Lays the guide's first sample on a place of the open cut.
    MoveGuide(Ticks),
    /// Sets the guide's level.
    SetGuideLevel(Decibels),
    /// Asks where, then writes a scene or a slot of the open cut as a sound file.
    ExportDialog(Passage, RenderChoice),
    /// Writes a scene or a slot of the open cut as a sound file.
    Export(Passage, RenderChoice, PathBuf),
    /// Asks where, then writes the open cut for other programs.
    ExportTimelineDialog(TimelineFormat),
    /// Writes the open cut for other programs.
    ExportTimeline(TimelineFormat, WriteOptions, PathBuf),
}

/// What a new episode starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEpisode {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The rate and labels of its first cut.
    pub timebase: Timebase,
    /// The label of its first frame.
    pub start: Frames,
    /// How long it is.
    pub length: Frames,
}

/// About what lies on the timeline of the open cut.
#[derive(Clone, Debug, PartialEq)]
pub enum TimelineAction {
    /// Drops tracks somewhere.
    Place(Vec<TrackId>, Target),
    /// Adds sound files to the pool and drops them somewhere.
    PlaceFiles(Vec<PathBuf>, Target),
    /// Adds a scene.
    AddScene(Scene),
    /// Sets a field of a scene.
    SetScene(SceneId, SceneField),
    /// Moves a scene.
    MoveScene(SceneId, Ticks),
    /// Trims a scene.
    TrimScene(SceneId, End, Ticks),
    /// Removes a scene.
    RemoveScene(SceneId),
    /// Sets a marker, at the playhead where no place is given.
    AddMarker(Option<Ticks>),
    /// Sets a field of a marker.
    SetMarker(MarkerId, MarkerField),
    /// Moves a marker to a place.
    MoveMarker(MarkerId, Ticks),
    /// Removes a marker.
    RemoveMarker(MarkerId),
    /// Sets a field of a slot.
    SetSlot(SlotId, SlotField),
    /// Moves a slot with its music.
    MoveSlot(SlotId, Ticks),
    /// Trims a slot.
    TrimSlot(SlotId, End, Ticks),
    /// Removes a slot.
    RemoveSlot(SlotId),
    /// Makes an alternate the pick.
    Pick(SlotId, AlternateId),
    /// Makes the nth alternate (from 1) of the slot at hand the pick.
    PickNumber(usize),
    /// Moves a track inside its slot.
    Slip(SlotId, AlternateId, Ticks),
    /// Moves the music of the slot at hand: earlier or later by so much, many times in a row as
    /// one step.
    Nudge(Nudge),
    /// Sets the level, a fade or another field of an alternate.
    Shape(SlotId, AlternateId, AlternateField),
    /// Says what one thinks of the alternate that is heard.
    Judge(Opinion),
    /// Removes an alternate.
    RemoveAlternate(SlotId, AlternateId),
    /// Removes whatever is focused.
    RemoveFocused,
}

/// How far music is nudged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// So many frames, earlier where negative.
    Frames(i64),
    /// So many seconds.
    Seconds(i64),
    /// So many beats of the music.
    Beats(i64),
}

/// About what is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportAction {
    /// A track's row was pressed: plays it by the one rule about where it starts.
    Press(TrackId),
    /// A track's waveform was pressed: plays it from there.
    PlayFrom(TrackId, Ticks),
    /// Hears a track in place of the pick, where the playhead is, without adding it; again, lets
    /// it go.
    Try(TrackId),
    /// Lets go of the track that is tried: the pick is heard again.
    EndTrial,
    /// Selects the row above or below and plays it.
    Step(RowStep),
    /// Stops or goes on.
    Toggle,
    /// Plays, or where it goes that way already, goes faster: once, twice, four times.
    Shuttle(Direction),
    /// Stops, and puts the playhead where playing began.
    Stop,
    /// Moves the playhead of the open cut.
    Seek(Ticks),
    /// Moves the playhead of whatever plays. A step of frames is heard for a moment, and stands;
    /// so is one of seconds, where nothing plays.
    Jog(Nudge),
    /// Marks the stretch between in and out point, or forgets it.
    Mark(Option<TickSpan>),
    /// Plays the open cut from the in to the out point.
    PlayRange,
    /// Plays the open cut around the next marker.
    PlayAroundMarker,
    /// Plays the next seconds of each alternate of the slot at hand, back to back; or ends that.
    ToggleRound(Names),
    /// Arms a scene for auditioning, or none.
    Arm(Option<SceneId>),
    /// Plays the open cut from a scene's pre-roll.
    PlayScene(SceneId),
    /// Repeats the range, or else the armed scene; or not.
    ToggleLoop,
    /// Hears the guide, or not.
    ToggleGuide,
    /// Hears the guide without the music, or both.
    ToggleGuideAlone,
    /// Hears both channels as one, or as two.
    ToggleMono,
    /// Goes to the next marker.
    NextMarker,
    /// Goes to the marker before.
    PreviousMarker,
}

/// Whether a round says which alternate is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// It does.
    Shown,
    /// It does not, and shuffles them.
    Hidden,
}

/// Which row comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowStep {
    /// The row above.
    Up,
    /// The row below.
    Down,
}
