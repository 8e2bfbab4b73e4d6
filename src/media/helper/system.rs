//! Finding ffmpeg on this machine, and running it.

use std::env;
use std::ffi::OsString;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use super::Ended;
use super::Heard;
use super::HelperError;
use super::Tool;
use super::Tools;

/// The environment variable that names ffmpeg where it is not on the path.
pub(super) const NAMED_BY: &str = "NEEDLEDROP_FFMPEG";
/// How often whoever waits is asked whether to go on.
const ASKED_EVERY: Duration = Duration::from_millis(50);
/// The longest line that is taken in, in bytes; what is longer comes in pieces.
const MAX_LINE: u64 = 16 * 1024;
/// Lines that may wait to be heard.
const MAX_WAITING: usize = 64;

/// What installs ffmpeg, by the program that does it.
const INSTALLERS: [(&str, &str); 6] = [
    ("apt", "install it with “sudo apt install ffmpeg”"),
    ("dnf", "install it with “sudo dnf install ffmpeg-free”"),
    ("pacman", "install it with “sudo pacman -S ffmpeg”"),
    ("zypper", "install it with “sudo zypper install ffmpeg”"),
    ("brew", "install it with “brew install ffmpeg”"),
    ("winget", "install it with “winget install ffmpeg”"),
];

/// The programs that are installed.
pub(super) struct SystemTools;

impl Tools for SystemTools {
    fn run(
        &self,
        tool: Tool,
        arguments: &[OsString],
        hear: &mut dyn FnMut(Heard<'_>) -> ControlFlow<()>,
    ) -> Result<Ended, HelperError> {
        let program = find(tool)?;
        let failed = |error: io::Error| HelperError::System(error.to_string());
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        without_window(&mut command);
        let child = command.spawn().map_err(failed)?;
        Running(child).listen(hear).map_err(failed)
    }
}

/// Where a program is.
fn find(tool: Tool) -> Result<PathBuf, HelperError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let named = env::var_os(NAMED_BY).filter(|named| !named.is_empty());
    find_among(tool, named.map(PathBuf::from), &path)
}

fn find_among(tool: Tool, named: Option<PathBuf>, path: &OsString) -> Result<PathBuf, HelperError> {
    let ffprobe = executable("ffprobe");
    if let Some(ffmpeg) = named {
        if !ffmpeg.is_file() {
            return Err(HelperError::NotThere(ffmpeg));
        }
        return match tool {
            Tool::Ffmpeg => Ok(ffmpeg),
            // Both come together.
            Tool::Ffprobe => Some(ffmpeg.with_file_name(&ffprobe))
                .filter(|beside| beside.is_file())
                .or_else(|| on_path(&ffprobe, path))
                .ok_or_else(|| HelperError::NotThere(ffmpeg.with_file_name(&ffprobe))),
        };
    }
    let name = match tool {
        Tool::Ffmpeg => executable("ffmpeg"),
        Tool::Ffprobe => ffprobe,
    };
    on_path(&name, path).ok_or_else(|| HelperError::NotInstalled(installing(path)))
}

/// What to do to have ffmpeg.
fn installing(path: &OsString) -> String {
    let is_there = |installer: &str| on_path(&executable(installer), path).is_some();
    let found = INSTALLERS.iter().find(|(program, _)| is_there(program));
    found.map_or_else(
        || "install it from ffmpeg.org".to_owned(),
        |(_, how)| (*how).to_owned(),
    )
}

fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// The program of this name in the folders of a path; folders that depend on where one stands do
/// not count.
fn on_path(name: &str, path: &OsString) -> Option<PathBuf> {
    env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|program| may_run(program))
}

#[cfg(unix)]
fn may_run(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    program
        .metadata()
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn may_run(program: &Path) -> bool {
    program.is_file()
}

/// Keeps a black window from flashing up.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_command: &mut Command) {}

/// A line, and whether it belongs to the result.
type Line = (bool, Vec<u8>);

/// A program that runs, and ends at the latest when nobody listens any more.
struct Running(Child);

impl Running {
    fn listen(mut self, hear: &mut dyn FnMut(Heard<'_>) -> ControlFlow<()>) -> io::Result<Ended> {
        let (sender, lines) = sync_channel::<Line>(MAX_WAITING);
        if let Some(out) = self.0.stdout.take() {
            read_lines(out, true, sender.clone())?;
        }
        if let Some(err) = self.0.stderr.take() {
            read_lines(err, false, sender)?;
        }
        loop {
            let flow = match lines.recv_timeout(ASKED_EVERY) {
                Ok((is_result, line)) => {
                    let line = String::from_utf8_lossy(&line);
                    let line = line.trim_end();
                    hear(if is_result {
                        Heard::Result(line)
                    } else {
                        Heard::Remark(line)
                    })
                }
                Err(RecvTimeoutError::Timeout) => hear(Heard::Nothing),
                // Both ends are closed: it has ended, or is about to.
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if flow.is_break() {
                return Ok(Ended::Stopped);
            }
        }
        Ok(if self.0.wait()?.success() {
            Ended::Well
        } else {
            Ended::Badly
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // What has ended cannot be killed, and what was killed has to be waited for.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Hands over what comes out of a program, line by line, in a thread of its own: who reads only
/// one of two pipes waits for ever when the other is full.
fn read_lines(
    from: impl Read + Send + 'static,
    is_result: bool,
    to: SyncSender<Line>,
) -> io::Result<()> {
    let read = move || {
        let mut from = BufReader::new(from);
        loop {
            let mut line = Vec::new();
            let read = (&mut from).take(MAX_LINE).read_until(b'\n', &mut line);
            match read {
                Ok(n) if n > 0 && to.send((is_result, line)).is_ok() => {}
                // Its end, or nobody listens.
                _ => return,
            }
        }
    };
    let name = "ffmpeg-reader".to_owned();
    thread::Builder::new().name(name).spawn(read).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(executable(name));
        std::fs::write(&path, b"").expect("there is room");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(&path, mode).expect("the file is ours");
        }
        path
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("there is a temporary folder")
    }

    #[test]
    fn the_first_on_the_path_is_taken() {
        let (empty, one, two) = (folder(), folder(), folder());
        let first = program(one.path(), "ffmpeg");
        program(two.path(), "ffmpeg");
        let path = env::join_paths([empty.path(), one.path(), two.path()]).expect("plain names");
        assert_eq!(find_among(Tool::Ffmpeg, None, &path), Ok(first));
    }

    #[test]
    fn the_one_that_is_named_is_taken_with_what_lies_beside_it() {
        let (named, path) = (folder(), folder());
        let ffmpeg = program(named.path(), "my-ffmpeg");
        let ffprobe = program(named.path(), "ffprobe");
        program(path.path(), "ffmpeg");
        program(path.path(), "ffprobe");
        let path = path.path().as_os_str().to_owned();
        let found = |tool| find_among(tool, Some(ffmpeg.clone()), &path);
        assert_eq!(found(Tool::Ffmpeg), Ok(ffmpeg.clone()));
        assert_eq!(found(Tool::Ffprobe), Ok(ffprobe));
    }

    #[test]
    fn a_name_that_leads_nowhere_is_told() {
        let named = PathBuf::from("no such ffmpeg");
        let error = find_among(Tool::Ffmpeg, Some(named), &OsString::new());
        let error = error.expect_err("it is not there").to_string();
        assert!(error.contains("NEEDLEDROP_FFMPEG"), "{error}");
    }

    #[test]
    fn what_is_missing_is_told_with_what_installs_it_here() {
        let folder = folder();
        program(folder.path(), "pacman");
        let path = folder.path().as_os_str().to_owned();
        let error = find_among(Tool::Ffmpeg, None, &path);
        let error = error.expect_err("it is not there").to_string();
        assert!(error.contains("sudo pacman -S ffmpeg"), "{error}");
    }

    /// Says to the test below that it is its own child.
    const IS_CHILD: &str = "NEEDLEDROP_TEST_IS_CHILD";

    /// Runs the tests of this very program, for want of another that is always there.
    fn tests(words: &[&str]) -> Running {
        let program = env::current_exe().expect("a program runs");
        let mut command = Command::new(program);
        command
            .args(words)
            .env(IS_CHILD, "yes")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Running(command.spawn().expect("it can be started"))
    }

    #[test]
    fn every_line_of_a_program_is_heard() {
        let mut n_lines = 0;
        let ended = tests(&["--list", "every_line_of_a_program"]).listen(&mut |heard| {
            if let Heard::Result(line) = heard {
                n_lines += usize::from(line.ends_with("every_line_of_a_program_is_heard: test"));
            }
            ControlFlow::Continue(())
        });
        assert_eq!((ended.ok(), n_lines), (Some(Ended::Well), 1));
    }

    #[test]
    fn a_program_that_failed_is_told_from_one_that_did_not() {
        let running = tests(&["--no-such-option"]);
        let ended = running.listen(&mut |_| ControlFlow::Continue(()));
        assert_eq!(ended.ok(), Some(Ended::Badly));
    }

    /// As a test of its own this does nothing; as the child of the next one it never ends by
    /// itself.
    #[test]
    fn waits_for_its_input() {
        if env::var_os(IS_CHILD).is_some() {
            let mut all = Vec::new();
            io::stdin().read_to_end(&mut all).expect("it can be read");
        }
    }

    #[test]
    fn a_program_that_is_called_off_is_killed() {
        let running = tests(&[
            "--exact",
            "media::helper::system::tests::waits_for_its_input",
        ]);
        let ended = running.listen(&mut |heard| match heard {
            Heard::Nothing => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        });
        assert_eq!(ended.ok(), Some(Ended::Stopped));
    }

    #[test]
    fn a_folder_that_depends_on_where_one_stands_is_not_looked_into() {
        assert_eq!(on_path("Cargo.toml", &OsString::from(".")), None);
    }
}
