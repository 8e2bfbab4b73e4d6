//! What tests of the window and the core stand on: a player that plays nothing but remembers what
//! it was asked for, dialogs that nobody answers, and a show with everything in it.

#![expect(dead_code, reason = "each test file uses its own part of this")]

pub(crate) mod player;
pub(crate) mod show;
pub(crate) mod window;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use needledrop::app::App;
use needledrop::app::Environment;
use needledrop::app::Settings;
use needledrop::jobs::Workers;
use needledrop::model::Moment;
use needledrop::model::Show;
use needledrop::platform::Answer;
use needledrop::platform::Ask;
use needledrop::platform::Dialogs;
use needledrop::platform::Folders;
use needledrop::storage::Opened;
use needledrop::storage::Recovery;
use needledrop::storage::Setup;
use needledrop::storage::ShowFile;
use needledrop::storage::Watch;
use needledrop::storage::Who;
use tempfile::TempDir;

use self::player::FakePlayer;
use self::player::PlayerLog;

/// A core with a fake player, in a folder of its own.
pub(crate) struct Stand {
    /// The core.
    pub(crate) app: App,
    /// What the player was asked for, and what it says it does.
    pub(crate) player: PlayerLog,
    folder: TempDir,
}

/// Nobody answers.
struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&mut self, _ask: Ask) {}

    fn poll(&mut self) -> Option<Answer> {
        None
    }
}

/// The calendar of tests stands still.
fn calendar() -> Moment {
    Moment::from_unix_millis(1_795_305_600_000)
}

impl Stand {
    /// A core with no show open.
    pub(crate) fn empty() -> Self {
        Self::with_settings(Settings::default())
    }

    /// A core with no show open, for somebody with these preferences.
    pub(crate) fn with_settings(settings: Settings) -> Self {
        let folder = TempDir::new().expect("there is room for a folder");
        let player = PlayerLog::default();
        let environment = Environment {
            player: Box::new(FakePlayer::new(player.clone())),
            dialogs: Box::new(NoDialogs),
            folders: Folders::below(folder.path().join("user")),
            demo: None,
            workers: Workers::Caller,
            wake: Arc::new(|| {}),
            calendar,
            outputs: || vec!["Headphones".to_owned(), "Room".to_owned()],
        };
        Self {
            app: App::new(environment, settings, Instant::now()),
            player,
            folder,
        }
    }

    /// A core with `show` open. The sound files of its tracks lie beside it, as long as they say
    /// and with nothing in them.
    pub(crate) fn with_show(show: &Show) -> Self {
        let mut stand = Self::empty();
        let path = stand.folder.path().join("Show.needledrop");
        for (_, track) in show.tracks() {
            let media = track.media.as_ref();
            for name in media.iter().filter_map(|media| media.paths.first()) {
                let n_bytes = media.map_or(0, |media| media.bytes);
                let file = fs::File::create(stand.folder.path().join(name));
                let file = file.expect("the folder can be written to");
                file.set_len(n_bytes).expect("there is room for a file");
            }
        }
        stand.enter(&path, show, show.clone());
        stand
    }

    /// A core with a show too large to be written for one test: its file holds nothing.
    pub(crate) fn with_large_show(show: Show) -> Self {
        let mut stand = Self::empty();
        let path = stand.folder.path().join("Large.needledrop");
        stand.enter(&path, &Show::new(show.title.clone()), show);
        stand
    }

    /// The core, what its player was asked for, and the folder that is to be kept meanwhile.
    pub(crate) fn into_parts(self) -> (App, PlayerLog, TempDir) {
        (self.app, self.player, self.folder)
    }

    fn enter(&mut self, path: &Path, written: &Show, show: Show) {
        let file = ShowFile::create(path, written, &self.setup(), calendar());
        self.app.enter(Opened {
            file: file.expect("the show can be written"),
            show,
            recovery: Recovery::default(),
        });
        self.settle();
    }

    /// Lets everything that was started be taken in.
    pub(crate) fn settle(&mut self) {
        for _ in 0..4 {
            self.app.tick(Instant::now());
        }
    }

    fn setup(&self) -> Setup {
        Setup {
            keep: self.folder.path().join("user/data"),
            who: Who {
                name: "Tester".to_owned(),
                machine: String::new(),
            },
            watch: Watch::Never,
            wake: Arc::new(|| {}),
        }
    }
}
