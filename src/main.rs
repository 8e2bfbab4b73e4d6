//! Process entry: reads the command line, then opens the window or does what was asked.

use std::error::Error;
use std::io;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use needledrop::cli;
use needledrop::platform::Folders;
use needledrop::ui;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let quiet = || {
        tracing_subscriber::EnvFilter::new("warn,symphonia=error,wgpu_hal=error,wgpu_core=error")
    };
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_unset| quiet()),
        )
        .with_writer(io::stderr)
        .init();
    let folders = match &arguments.home {
        Some(home) => Folders::below(home),
        None => Folders::standard(),
    };
    let outcome: Result<(), Box<dyn Error>> = match arguments.command {
        Some(command) => {
            let (mut out, mut err) = (io::stdout().lock(), io::stderr());
            cli::run(command, folders, &mut out, &mut err).map_err(Into::into)
        }
        None => {
            let start = match arguments.show {
                Some(show) => ui::Start::Show(show),
                None if arguments.demo => ui::Start::Demo,
                None => ui::Start::Welcome,
            };
            ui::open(folders, start).map_err(Into::into)
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error that is closed is no reason to do anything else.
            drop(writeln!(io::stderr(), "needledrop: {error}"));
            ExitCode::FAILURE
        }
    }
}
