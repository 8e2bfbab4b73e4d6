//! Showing a file in the system's file manager.

use std::io;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

/// Opens the file manager at `path`. Returns as soon as it has been asked to.
///
/// # Errors
///
/// Fails when there is no file manager to ask.
pub fn reveal(path: &Path) -> io::Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        command.arg("-R").arg(path);
        command
    } else if cfg!(target_os = "windows") {
        let mut command = Command::new("explorer");
        command.arg("/select,").arg(path);
        command
    } else {
        // Linux file managers agree on opening folders, not on selecting files.
        let folder = if path.is_dir() {
            path
        } else {
            path.parent().unwrap_or(path)
        };
        let mut command = Command::new("xdg-open");
        command.arg(folder);
        command
    };
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
}
