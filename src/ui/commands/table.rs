//! The table of commands.

use egui::Key;
use egui::KeyboardShortcut;
use egui::Modifiers;

use super::Command;
use super::Menu;
use crate::interchange::timeline::TimelineFormat as T;
use crate::model::Opinion;
use crate::model::PoolState;

/// What holding the key down does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing more.
    Once,
    /// The same again and again.
    Repeats,
}

/// Everything about one command that does not depend on what is open.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) command: Command,
    pub(super) text: &'static str,
    pub(super) tooltip: &'static str,
    pub(super) keys: &'static [KeyboardShortcut],
    pub(super) menu: Menu,
    /// Commands of one section of a menu stand together, with a line after them.
    pub(super) section: u8,
    /// The submenu it is inside, if it is.
    pub(super) submenu: Option<&'static str>,
    pub(super) held: Held,
}

impl Entry {
    const fn new(
        menu: Menu,
        section: u8,
        command: Command,
        text: &'static str,
        tooltip: &'static str,
        keys: &'static [KeyboardShortcut],
    ) -> Self {
        Self {
            command,
            text,
            tooltip,
            keys,
            menu,
            section,
            submenu: None,
            held: Held::Once,
        }
    }

    const fn inside(mut self, submenu: &'static str) -> Self {
        self.submenu = Some(submenu);
        self
    }

    const fn repeats(mut self) -> Self {
        self.held = Held::Repeats;
        self
    }
}

/// The entry of a command.
pub(super) fn of(command: Command) -> &'static Entry {
    TABLE
        .iter()
        .find(|entry| entry.command == command)
        .unwrap_or(&MISSING)
}

/// Stands in for a command that was left out of the table, which a test forbids.
static MISSING: Entry = Entry::new(Menu::Help, 0, Command::About, "", "", &[]);

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn cmd(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn cmd_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// Every command, in the order of the menus.
#[rustfmt::skip]
pub(super) static TABLE: &[Entry] = {
    use Command as C;
    use Menu as M;
    &[
        Entry::new(M::File, 0, C::NewShow, "New show…", "Makes an empty show in a file of its own", &[cmd(Key::N)]),
        Entry::new(M::File, 0, C::OpenShow, "Open show…", "Opens a show from its file", &[cmd(Key::O)]),
        Entry::new(M::File, 1, C::OpenDemo, "Open demo show", "Opens your own copy of the demo show", &[]),
        Entry::new(M::File, 1, C::ResetDemo, "Reset demo show", "Puts your copy of the demo show back to how it came", &[]),
        Entry::new(M::File, 2, C::Save, "Save now", "Saves at once; otherwise everything is saved two seconds after it is done", &[cmd(Key::S)]),
        Entry::new(M::File, 2, C::RevealShow, "Show file in folder", "Shows the show's file in the file manager", &[]),
        Entry::new(M::File, 3, C::Settings, "Settings…", "Your name, levels, pre-roll and looks", &[cmd(Key::Comma)]),
        Entry::new(M::File, 3, C::Quit, "Quit", "Closes the window; everything is saved", &[cmd(Key::Q)]),

        Entry::new(M::Edit, 0, C::Undo, "Undo", "Takes the last change back", &[cmd(Key::Z)]).repeats(),
        Entry::new(M::Edit, 0, C::Redo, "Redo", "Makes the change again that was taken back last", &[cmd_shift(Key::Z), cmd(Key::Y)]).repeats(),
        Entry::new(M::Edit, 1, C::Delete, "Delete", "Deletes what is selected; files stay where they are", &[plain(Key::Delete), plain(Key::Backspace)]),
        Entry::new(M::Edit, 1, C::SelectAll, "Select all tracks", "Selects every track that is listed", &[cmd(Key::A)]),
        Entry::new(M::Edit, 1, C::LetGo, "Let go", "Disarms the scene; again, lets go of what is selected", &[plain(Key::Escape)]),

        Entry::new(M::Pool, 0, C::Find, "Find in pool", "Searches titles, artists, writers, tags, notes and lyrics", &[cmd(Key::F)]),
        Entry::new(M::Pool, 0, C::ShowAll, "Show whole pool", "Clears the search and every filter", &[]),
        Entry::new(M::Pool, 0, C::FindSimilar, "Find similar", "Lists what is like the selected track in tempo, key, loudness and mood, the likest first", &[shift(Key::S)]),
        Entry::new(M::Pool, 1, C::AddFiles, "Add files…", "Adds sound files to the pool, and what playlists name", &[cmd_shift(Key::A)]),
        Entry::new(M::Pool, 1, C::AddFolder, "Add folder…", "Adds every sound file of a folder and the folders in it", &[]),
        Entry::new(M::Pool, 1, C::ReviewList, "Import table or library…", "Shows what the columns of a table mean, or which lists a library holds, before anything is added", &[]),
        Entry::new(M::Pool, 1, C::Relink, "Find missing files…", "Looks in a folder for sound files that are no longer where they were", &[]),
        Entry::new(M::Pool, 1, C::FindDuplicates, "Find duplicates…", "Listens to the pool for recordings that it has more than once", &[]),
        Entry::new(M::Pool, 1, C::CollectMedia, "Collect media", "Copies the show's sound files into a folder beside it; the originals stay", &[]),
        Entry::new(M::Pool, 1, C::ExportList, "Export list…", "Writes the rows that the pool shows as a playlist or a table", &[]),
        Entry::new(M::Pool, 1, C::PauseMeasuring, "Pause measuring", "Has measuring the pool in the background stand still, or go on; what is looked at is measured all the same", &[]),
        Entry::new(M::Pool, 1, C::MeasureAgain, "Measure again", "Measures the selected tracks anew; tags and what was set by hand stay", &[]),
        Entry::new(M::Pool, 2, C::NewList, "New list from selection", "Makes a list of the selected tracks, in the order in which they were selected", &[cmd_shift(Key::L)]),
        Entry::new(M::Pool, 2, C::KeepSearch, "Save search as smart list", "Keeps what is asked of the pool under a name; what it finds follows the pool", &[]),
        Entry::new(M::Pool, 3, C::RowUp, "Play row above", "Selects and plays the row above", &[plain(Key::ArrowUp)]).repeats(),
        Entry::new(M::Pool, 3, C::RowDown, "Play row below", "Selects and plays the row below", &[plain(Key::ArrowDown)]).repeats(),
        Entry::new(M::Pool, 3, C::ExtendUp, "Extend selection up", "Selects the row above too, without playing it", &[shift(Key::ArrowUp)]).repeats(),
        Entry::new(M::Pool, 3, C::ExtendDown, "Extend selection down", "Selects the row below too, without playing it", &[shift(Key::ArrowDown)]).repeats(),
        Entry::new(M::Pool, 4, C::PlaceOnScene, "Place on armed scene", "Puts the selected tracks into the armed scene", &[plain(Key::Enter)]),
        Entry::new(M::Pool, 4, C::PlayTrack, "Play from start", "Plays the selected track from its first sound", &[plain(Key::Enter)]),
        Entry::new(M::Pool, 4, C::TryInPlace, "Try in place", "Hears the selected track in place of the pick, without a break; again, lets it go", &[plain(Key::T)]),
        Entry::new(M::Pool, 4, C::TapTempo, "Tap tempo", "Tapped on the beat four times and more, sets the tempo of the track at hand", &[plain(Key::B)]),
        Entry::new(M::Pool, 4, C::DownbeatHere, "Bar begins here", "Has a bar of the track at hand begin at the playhead", &[shift(Key::B)]),
        Entry::new(M::Pool, 5, C::State(PoolState::Suggested), "Suggested", "Marks the selected tracks as put forward", &[]).inside("State"),
        Entry::new(M::Pool, 5, C::State(PoolState::Approved), "Approved", "Marks the selected tracks as living in the show's world", &[]).inside("State"),
        Entry::new(M::Pool, 5, C::State(PoolState::Rejected), "Rejected", "Marks the selected tracks as turned down", &[]).inside("State"),
        Entry::new(M::Pool, 5, C::State(PoolState::Retired), "Retired", "Marks the selected tracks as no longer in use", &[]).inside("State"),
        Entry::new(M::Pool, 5, C::Rate(1), "One star", "Gives the selected tracks one star", &[alt(Key::Num1)]).inside("Rate"),
        Entry::new(M::Pool, 5, C::Rate(2), "Two stars", "Gives the selected tracks two stars", &[alt(Key::Num2)]).inside("Rate"),
        Entry::new(M::Pool, 5, C::Rate(3), "Three stars", "Gives the selected tracks three stars", &[alt(Key::Num3)]).inside("Rate"),
        Entry::new(M::Pool, 5, C::Rate(4), "Four stars", "Gives the selected tracks four stars", &[alt(Key::Num4)]).inside("Rate"),
        Entry::new(M::Pool, 5, C::Rate(5), "Five stars", "Gives the selected tracks five stars", &[alt(Key::Num5)]).inside("Rate"),
        Entry::new(M::Pool, 5, C::Rate(0), "No rating", "Takes back the stars you gave the selected tracks", &[alt(Key::Num0)]).inside("Rate"),
        Entry::new(M::Pool, 5, C::RevealTrack, "Show file in folder", "Shows the selected track's file in the file manager", &[]),

        Entry::new(M::Episode, 0, C::NewEpisode, "New episode…", "Makes an episode with its first cut", &[cmd(Key::E)]),
        Entry::new(M::Episode, 0, C::RemoveEpisode, "Delete episode", "Takes the open episode out of the show", &[]),
        Entry::new(M::Episode, 1, C::Import, "Import scenes and markers…", "Reads an EDL or a table into the open cut", &[cmd(Key::I)]),
        Entry::new(M::Episode, 1, C::ChooseGuide, "Choose guide…", "Plays a sound file along as the cut's own sound", &[]),
        Entry::new(M::Episode, 1, C::RemoveGuide, "Remove guide", "Takes the guide off the open cut", &[]),
        Entry::new(M::Episode, 1, C::Export, "Export audio…", "Writes the scene or the slot at hand as a sound file", &[cmd_shift(Key::E)]),
        Entry::new(M::Episode, 1, C::ExportTimeline(T::Otio), "OpenTimelineIO…", "Writes the open cut's music in place, alternates included, with markers and scenes", &[]).inside("Export timeline"),
        Entry::new(M::Episode, 1, C::ExportTimeline(T::Fcpxml), "Final Cut Pro XML…", "Writes the open cut's music in place for Final Cut Pro and Resolve, alternates as auditions", &[]).inside("Export timeline"),
        Entry::new(M::Episode, 1, C::ExportTimeline(T::Xmeml), "Final Cut Pro 7 XML…", "Writes the open cut's music in place for Premiere Pro and others, with markers and scenes", &[]).inside("Export timeline"),
        Entry::new(M::Episode, 1, C::ExportTimeline(T::Cmx3600), "CMX 3600 EDL…", "Writes the open cut's music as edit decision lists, one for each pair of channels", &[]).inside("Export timeline"),
        Entry::new(M::Episode, 1, C::ExportTimeline(T::ResolveMarkers), "Resolve marker EDL…", "Writes the open cut's markers for a Resolve timeline", &[]).inside("Export markers"),
        Entry::new(M::Episode, 1, C::ExportTimeline(T::AvidMarkers), "Avid marker text…", "Writes the open cut's markers for Avid Media Composer", &[]).inside("Export markers"),
        Entry::new(M::Episode, 1, C::ExportTimeline(T::MarkerCsv), "Marker table…", "Writes the open cut's markers, scenes and music as a table", &[]).inside("Export markers"),
        Entry::new(M::Episode, 2, C::AddMarker, "Set marker", "Sets a marker at the playhead", &[plain(Key::M)]),
        Entry::new(M::Episode, 2, C::SetIn, "Set in point", "Marks the in point at the playhead, for playing, looping or a new scene", &[plain(Key::I)]),
        Entry::new(M::Episode, 2, C::SetOut, "Set out point", "Marks the out point at the playhead", &[plain(Key::O)]),
        Entry::new(M::Episode, 2, C::ClearRange, "Clear in and out", "Forgets the in and the out point", &[plain(Key::X)]),
        Entry::new(M::Episode, 2, C::NewScene, "New scene", "Makes a scene of the range between in and out point", &[plain(Key::N)]),
        Entry::new(M::Episode, 3, C::PreviousScene, "Arm scene before", "Arms the scene before, to audition against it", &[plain(Key::PageUp)]).repeats(),
        Entry::new(M::Episode, 3, C::NextScene, "Arm next scene", "Arms the next scene, to audition against it", &[plain(Key::PageDown)]).repeats(),

        Entry::new(M::Playback, 0, C::Toggle, "Play or stop", "Plays, or stops where it is", &[plain(Key::Space)]),
        Entry::new(M::Playback, 0, C::ShuttleBack, "Shuttle back", "Plays backwards; again, twice and four times as fast", &[plain(Key::J)]),
        Entry::new(M::Playback, 0, C::Pause, "Pause", "Stops where it is", &[plain(Key::K)]),
        Entry::new(M::Playback, 0, C::ShuttleOn, "Shuttle on", "Plays; again, twice and four times as fast", &[plain(Key::L)]),
        Entry::new(M::Playback, 0, C::Stop, "Stop and go back", "Stops, and goes back to where playing began", &[shift(Key::K)]),
        Entry::new(M::Playback, 0, C::PlayScene, "Play armed scene", "Plays the armed scene from its pre-roll", &[shift(Key::Space)]),
        Entry::new(M::Playback, 0, C::PlayRange, "Play in to out", "Plays from the in point to the out point", &[shift(Key::P)]),
        Entry::new(M::Playback, 0, C::PlayAroundMarker, "Play around next marker", "Plays from the pre-roll before the next marker to the post-roll after it", &[plain(Key::P)]),
        Entry::new(M::Playback, 1, C::FrameBack, "Back a frame", "Moves the playhead a frame back", &[plain(Key::Comma), cmd(Key::ArrowLeft)]).repeats(),
        Entry::new(M::Playback, 1, C::FrameOn, "On a frame", "Moves the playhead a frame on", &[plain(Key::Period), cmd(Key::ArrowRight)]).repeats(),
        Entry::new(M::Playback, 1, C::SecondBack, "Back a second", "Moves the playhead a second back", &[cmd_shift(Key::ArrowLeft)]).repeats(),
        Entry::new(M::Playback, 1, C::SecondOn, "On a second", "Moves the playhead a second on", &[cmd_shift(Key::ArrowRight)]).repeats(),
        Entry::new(M::Playback, 1, C::GoToStart, "Go to start", "Moves the playhead to the beginning", &[plain(Key::Home)]),
        Entry::new(M::Playback, 1, C::GoToEnd, "Go to end", "Moves the playhead to the last frame", &[plain(Key::End)]),
        Entry::new(M::Playback, 1, C::PreviousMarker, "Previous marker", "Moves the playhead to the marker before", &[plain(Key::OpenBracket)]).repeats(),
        Entry::new(M::Playback, 1, C::NextMarker, "Next marker", "Moves the playhead to the next marker", &[plain(Key::CloseBracket)]).repeats(),
        Entry::new(M::Playback, 2, C::Loop, "Loop", "Repeats what lies between in and out point, or else the armed scene; or not", &[plain(Key::Backslash)]),
        Entry::new(M::Playback, 2, C::Guide, "Hear guide", "Plays the cut's own sound along, or not", &[plain(Key::G)]),
        Entry::new(M::Playback, 2, C::GuideAlone, "Hear guide alone", "Plays the cut's own sound without the music, or both", &[shift(Key::G)]),
        Entry::new(M::Playback, 2, C::Mono, "Mono check", "Plays both channels as one, or as two", &[shift(Key::M)]),
        Entry::new(M::Playback, 2, C::Level, "Level music", "Brings music to one loudness, or plays it as it is", &[shift(Key::L)]),
        Entry::new(M::Playback, 2, C::Louder, "Louder", "Makes everything a decibel louder", &[cmd(Key::ArrowUp)]).repeats(),
        Entry::new(M::Playback, 2, C::Softer, "Softer", "Makes everything a decibel softer", &[cmd(Key::ArrowDown)]).repeats(),
        Entry::new(M::Playback, 3, C::Round, "Round of alternates", "Plays the next seconds of each alternate, back to back, at the same place; again, ends it", &[plain(Key::R)]),
        Entry::new(M::Playback, 3, C::BlindRound, "Blind round", "A round in shuffled order that tells no names", &[shift(Key::R)]),
        Entry::new(M::Playback, 3, C::Judge(Opinion::Keep), "Keep", "Says that the alternate that is heard stays; in a round the next one follows", &[plain(Key::Q)]).inside("Verdict"),
        Entry::new(M::Playback, 3, C::Judge(Opinion::Maybe), "Maybe", "Says that the alternate that is heard may do; in a round the next one follows", &[plain(Key::W)]).inside("Verdict"),
        Entry::new(M::Playback, 3, C::Judge(Opinion::Drop), "Drop", "Says that the alternate that is heard goes; in a round the next one follows", &[plain(Key::E)]).inside("Verdict"),
        Entry::new(M::Playback, 4, C::NudgeEarlier, "Nudge music a frame earlier", "Moves the music a frame earlier against the picture", &[plain(Key::ArrowLeft)]).repeats().inside("Nudge"),
        Entry::new(M::Playback, 4, C::NudgeLater, "Nudge music a frame later", "Moves the music a frame later against the picture", &[plain(Key::ArrowRight)]).repeats().inside("Nudge"),
        Entry::new(M::Playback, 4, C::NudgeEarlierBySecond, "Nudge music a second earlier", "Moves the music a second earlier against the picture", &[shift(Key::ArrowLeft)]).repeats().inside("Nudge"),
        Entry::new(M::Playback, 4, C::NudgeLaterBySecond, "Nudge music a second later", "Moves the music a second later against the picture", &[shift(Key::ArrowRight)]).repeats().inside("Nudge"),
        Entry::new(M::Playback, 4, C::NudgeEarlierByBeat, "Nudge music a beat earlier", "Moves the music a beat of its own earlier against the picture", &[alt(Key::ArrowLeft)]).repeats().inside("Nudge"),
        Entry::new(M::Playback, 4, C::NudgeLaterByBeat, "Nudge music a beat later", "Moves the music a beat of its own later against the picture", &[alt(Key::ArrowRight)]).repeats().inside("Nudge"),
        Entry::new(M::Playback, 4, C::Pick(1), "Pick alternate 1", "Hears the first alternate in the same place", &[plain(Key::Num1)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(2), "Pick alternate 2", "Hears the second alternate in the same place", &[plain(Key::Num2)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(3), "Pick alternate 3", "Hears the third alternate in the same place", &[plain(Key::Num3)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(4), "Pick alternate 4", "Hears the fourth alternate in the same place", &[plain(Key::Num4)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(5), "Pick alternate 5", "Hears the fifth alternate in the same place", &[plain(Key::Num5)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(6), "Pick alternate 6", "Hears the sixth alternate in the same place", &[plain(Key::Num6)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(7), "Pick alternate 7", "Hears the seventh alternate in the same place", &[plain(Key::Num7)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(8), "Pick alternate 8", "Hears the eighth alternate in the same place", &[plain(Key::Num8)]).inside("Pick alternate"),
        Entry::new(M::Playback, 4, C::Pick(9), "Pick alternate 9", "Hears the ninth alternate in the same place", &[plain(Key::Num9)]).inside("Pick alternate"),

        Entry::new(M::View, 0, C::Palette, "Command palette…", "Finds any command by its name", &[cmd(Key::K), cmd_shift(Key::P)]),
        Entry::new(M::View, 1, C::TogglePool, "Pool", "Shows or hides the pool", &[cmd(Key::Num1)]),
        Entry::new(M::View, 1, C::ToggleInspector, "Inspector", "Shows or hides the inspector", &[cmd(Key::Num2)]),
        Entry::new(M::View, 1, C::PoolTable, "Pool as table", "Lists the pool's tracks in columns, or in rows again", &[cmd(Key::T)]),
        Entry::new(M::View, 1, C::PoolArtwork, "Artwork in the pool", "Shows the pictures of tracks in the pool, or leaves them out", &[]),
        Entry::new(M::View, 2, C::ZoomIn, "Zoom in", "Shows less of the timeline, larger", &[plain(Key::Plus), plain(Key::Equals)]).repeats(),
        Entry::new(M::View, 2, C::ZoomOut, "Zoom out", "Shows more of the timeline, smaller", &[plain(Key::Minus)]).repeats(),
        Entry::new(M::View, 2, C::ZoomToFit, "Zoom to fit", "Shows the whole cut", &[shift(Key::Z)]),
        Entry::new(M::View, 2, C::ZoomToScene, "Zoom to scene", "Shows the range, or the scene, slot or marker at hand", &[plain(Key::Z)]),
        Entry::new(M::View, 2, C::Follow, "Change following", "Turns pages with the playhead, keeps it in the middle, or stays", &[plain(Key::F)]),
        Entry::new(M::View, 2, C::Magnet, "Magnet", "Lets what is dragged stick to markers, edges and the playhead", &[plain(Key::S)]),
        Entry::new(M::View, 3, C::ThemeDark, "Dark", "Wears the dark theme", &[]).inside("Theme"),
        Entry::new(M::View, 3, C::ThemeLight, "Light", "Wears the light theme", &[]).inside("Theme"),
        Entry::new(M::View, 3, C::ThemeSystem, "As the system", "Wears whatever theme the system wears", &[]).inside("Theme"),
        Entry::new(M::View, 3, C::LargerInterface, "Larger", "Makes everything in the window larger", &[cmd(Key::Plus), cmd(Key::Equals)]).repeats().inside("Interface size"),
        Entry::new(M::View, 3, C::SmallerInterface, "Smaller", "Makes everything in the window smaller", &[cmd(Key::Minus)]).repeats().inside("Interface size"),
        Entry::new(M::View, 3, C::NormalInterface, "Normal", "Makes everything as large as the system has it", &[cmd(Key::Num0)]).inside("Interface size"),
        Entry::new(M::View, 4, C::CloseNotices, "Close notices", "Closes every notice", &[]),
        Entry::new(M::View, 4, C::CancelJobs, "Cancel background work", "Stops everything that is done in the background", &[]),

        Entry::new(M::Help, 0, C::Shortcuts, "Keyboard shortcuts", "Lists every key there is", &[plain(Key::Questionmark), plain(Key::F1)]),
        Entry::new(M::Help, 0, C::Diagnostics, "Sound diagnostics…", "Says how playing has fared since the program was started", &[]),
        Entry::new(M::Help, 0, C::About, "About Needledrop", "What this is, and whose work it stands on", &[]),
    ]
};
