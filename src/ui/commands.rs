//! Every command once: what it is called, what it does, its keys, its place in the menus.
//!
//! The menu bar, the palette, the keyboard, tooltips and the list of shortcuts are all drawn from
//! this one table, so a command that is in it can be reached in every one of these ways.

mod effect;
mod keys;
mod menu;
mod table;

use egui::KeyboardShortcut;

use crate::app::App;
use crate::interchange::timeline::TimelineFormat;
use crate::model::Opinion;
use crate::model::PoolState;

pub use effect::{Effect, UiScale, ViewRequest};
pub use keys::{KeyHolder, Moment, take_pressed};
pub use menu::Menu;

/// Something a person can ask for by menu, key or palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Makes a new show.
    NewShow,
    /// Opens a show.
    OpenShow,
    /// Opens the demo show.
    OpenDemo,
    /// Puts the demo show back to how it came.
    ResetDemo,
    /// Saves at once.
    Save,
    /// Shows the show's file in the file manager.
    RevealShow,
    /// Opens the preferences.
    Settings,
    /// Closes the window.
    Quit,

    /// Takes the last change back.
    Undo,
    /// Makes the change again that was taken back last.
    Redo,
    /// Deletes what is selected.
    Delete,
    /// Selects every track that is listed.
    SelectAll,
    /// Lets go of the armed scene, or of what is selected.
    LetGo,

    /// Puts the cursor into the search box.
    Find,
    /// Lists the whole pool again.
    ShowAll,
    /// Adds files to the pool.
    AddFiles,
    /// Adds a folder to the pool.
    AddFolder,
    /// Opens a table or a library to be looked over.
    ReviewList,
    /// Looks for missing files.
    Relink,
    /// Looks for recordings that the pool has more than once.
    FindDuplicates,
    /// Copies the show's sound files into a folder beside it.
    CollectMedia,
    /// Lists what is like the selected track, or no longer.
    FindSimilar,
    /// Makes a list of the selected tracks.
    NewList,
    /// Keeps what is asked of the pool as a smart list.
    KeepSearch,
    /// Writes what the pool shows as a list.
    ExportList,
    /// Has measuring the pool stand still, or go on.
    PauseMeasuring,
    /// Measures the selected tracks, whatever is known of them.
    MeasureAgain,
    /// Plays the row above.
    RowUp,
    /// Plays the row below.
    RowDown,
    /// Selects one row more, upwards.
    ExtendUp,
    /// Selects one row more, downwards.
    ExtendDown,
    /// Places the selected tracks on the armed scene.
    PlaceOnScene,
    /// Plays the selected track from its beginning.
    PlayTrack,
    /// Hears the selected track in place of the pick.
    TryInPlace,
    /// Puts the selected tracks into a state.
    State(PoolState),
    /// Gives the selected tracks so many stars; with none, takes back what was given.
    Rate(u8),
    /// Shows the selected track's file.
    RevealTrack,

    /// Makes an episode.
    NewEpisode,
    /// Imports scenes and markers.
    Import,
    /// Chooses the guide.
    ChooseGuide,
    /// Takes the guide away.
    RemoveGuide,
    /// Takes the open episode out of the show.
    RemoveEpisode,
    /// Writes a scene as a sound file.
    Export,
    /// Writes the open cut for other programs.
    ExportTimeline(TimelineFormat),
    /// Sets a marker at the playhead.
    AddMarker,
    /// Begins the range of a new scene.
    SetIn,
    /// Ends the range of a new scene.
    SetOut,
    /// Makes a scene of the range.
    NewScene,
    /// Arms the scene before.
    PreviousScene,
    /// Arms the scene after.
    NextScene,

    /// Plays, or stops where it is.
    Toggle,
    /// Plays, or goes on faster.
    ShuttleOn,
    /// Stops where it is.
    Pause,
    /// Plays backwards, or goes back faster.
    ShuttleBack,
    /// Stops and goes back to where playing began.
    Stop,
    /// Plays the armed scene from its pre-roll.
    PlayScene,
    /// Plays from the in to the out point.
    PlayRange,
    /// Plays around the next marker.
    PlayAroundMarker,
    /// Plays a little of each alternate.
    Round,
    /// Plays a little of each alternate, without their names.
    BlindRound,
    /// Says what one thinks of the alternate that is heard.
    Judge(Opinion),
    /// Goes a second back.
    SecondBack,
    /// Goes a second on.
    SecondOn,
    /// Goes a frame back.
    FrameBack,
    /// Goes a frame on.
    FrameOn,
    /// Goes to the beginning.
    GoToStart,
    /// Goes to the end.
    GoToEnd,
    /// Goes to the marker before.
    PreviousMarker,
    /// Goes to the next marker.
    NextMarker,
    /// Repeats the range, or else the armed scene.
    Loop,
    /// Hears the guide, or not.
    Guide,
    /// Hears the guide without the music.
    GuideAlone,
    /// Hears both channels as one.
    Mono,
    /// Brings music to one loudness, or plays it as it is.
    Level,
    /// Makes everything louder.
    Louder,
    /// Makes everything softer.
    Softer,
    /// Moves the music a frame earlier.
    NudgeEarlier,
    /// Moves the music a frame later.
    NudgeLater,
    /// Moves the music a second earlier.
    NudgeEarlierBySecond,
    /// Moves the music a second later.
    NudgeLaterBySecond,
    /// Taps the beat of the track at hand.
    TapTempo,
    /// A bar of the track at hand begins at the playhead.
    DownbeatHere,
    /// Moves the music a beat earlier.
    NudgeEarlierByBeat,
    /// Moves the music a beat later.
    NudgeLaterByBeat,
    /// Makes the nth alternate the pick, from 1.
    Pick(u8),

    /// Opens the palette.
    Palette,
    /// Shows or hides the pool.
    TogglePool,
    /// Shows or hides the inspector.
    ToggleInspector,
    /// Lists the pool in columns, or in rows again.
    PoolTable,
    /// Shows or hides the artwork in the pool.
    PoolArtwork,
    /// Shows less of the timeline, larger.
    ZoomIn,
    /// Shows more of the timeline, smaller.
    ZoomOut,
    /// Shows the whole cut.
    ZoomToFit,
    /// Shows the scene at hand.
    ZoomToScene,
    /// Forgets the range of a new scene.
    ClearRange,
    /// Lets what is dragged stick to what is near, or not.
    Magnet,
    /// Goes on to the next way of following the playhead.
    Follow,
    /// The dark theme.
    ThemeDark,
    /// The light theme.
    ThemeLight,
    /// The system's theme.
    ThemeSystem,
    /// A larger interface.
    LargerInterface,
    /// A smaller interface.
    SmallerInterface,
    /// The interface as large as the system has it.
    NormalInterface,
    /// Closes every notice.
    CloseNotices,
    /// Stops all background work.
    CancelJobs,

    /// Says how sound has fared.
    Diagnostics,
    /// Lists the shortcuts.
    Shortcuts,
    /// Says what this program is.
    About,
}

impl Command {
    /// Every command, in the order of the menus.
    pub fn all() -> impl Iterator<Item = Self> {
        table::TABLE.iter().map(|entry| entry.command)
    }

    /// What it is called, whatever is open.
    pub fn text(self) -> &'static str {
        self.entry().text
    }

    /// What it does, in one sentence.
    pub fn tooltip(self) -> &'static str {
        self.entry().tooltip
    }

    /// Its keys, the usual ones first.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        self.entry().keys
    }

    /// The menu it is found in.
    pub fn menu(self) -> Menu {
        self.entry().menu
    }

    /// Commands of one section of a menu stand together.
    pub fn section(self) -> u8 {
        self.entry().section
    }

    /// The submenu it is inside, if it is.
    pub fn submenu(self) -> Option<&'static str> {
        self.entry().submenu
    }

    /// What it is called now: undo says what it would take back.
    pub fn label(self, app: &App) -> String {
        if self == Self::PauseMeasuring && app.is_measuring_paused() {
            return "Resume measuring".to_owned();
        }
        let session = app.session();
        let undone = match self {
            Self::Undo => session.and_then(|session| session.undo_label()),
            Self::Redo => session.and_then(|session| session.redo_label()),
            _ => None,
        };
        match undone {
            Some(label) => format!("{} {label}", self.text()),
            None => self.text().to_owned(),
        }
    }

    /// Whether it can be done now.
    pub fn is_enabled(self, app: &App) -> bool {
        self.effect(app).is_some()
    }

    /// What it does and its keys, for a tooltip.
    pub fn hint(self, ctx: &egui::Context) -> String {
        match self.shortcuts().first() {
            Some(keys) => format!("{} ({})", self.tooltip(), keys::name_of(ctx, *keys)),
            None => self.tooltip().to_owned(),
        }
    }

    /// Its first keys as text, where it has any.
    pub fn keys_text(self, ctx: &egui::Context) -> Option<String> {
        let keys = self.shortcuts().first()?;
        Some(keys::name_of(ctx, *keys))
    }

    /// All its keys as text.
    pub fn all_keys_text(self, ctx: &egui::Context) -> Vec<String> {
        let keys = self.shortcuts().iter();
        keys.map(|keys| keys::name_of(ctx, *keys)).collect()
    }

    fn entry(self) -> &'static table::Entry {
        table::of(self)
    }
}
