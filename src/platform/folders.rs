//! Where the program keeps what: the standard folders of each system.

use std::path::PathBuf;

/// The folders the program may write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Preferences.
    pub config: PathBuf,
    /// What belongs to the user: the demo show, recovery copies.
    pub data: PathBuf,
    /// What can be deleted at any time: waveforms, decoded copies of films' sound.
    pub cache: PathBuf,
}

impl Folders {
    /// The system's standard folders for this user; below the temporary folder on a system that
    /// has none.
    pub fn standard() -> Self {
        match directories::ProjectDirs::from("", "", "needledrop") {
            Some(dirs) => Self {
                config: dirs.config_dir().to_owned(),
                data: dirs.data_dir().to_owned(),
                cache: dirs.cache_dir().to_owned(),
            },
            None => Self::below(std::env::temp_dir().join("needledrop")),
        }
    }

    /// Folders below one place: for tests, and for running without touching anything else.
    pub fn below(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self {
            config: root.join("config"),
            data: root.join("data"),
            cache: root.join("cache"),
        }
    }
}

/// The folder with the demo show: named by `NEEDLEDROP_DEMO`, beside the program, where systems
/// install such things, or in the source tree the program was built from.
pub fn demo_folder() -> Option<PathBuf> {
    let named = std::env::var_os("NEEDLEDROP_DEMO").map(PathBuf::from);
    let beside = std::env::current_exe().ok().and_then(|exe| {
        let folder = exe.parent()?.to_owned();
        Some([
            folder.join("demo"),
            folder.join("../share/needledrop/demo"),
            folder.join("../Resources/demo"),
        ])
    });
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    named
        .into_iter()
        .chain(beside.into_iter().flatten())
        .chain([source])
        .find(|folder| folder.is_dir())
}
