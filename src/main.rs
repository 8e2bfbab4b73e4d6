//! Process entry: reads the command line, then opens the window or does what was asked.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use needledrop::cli;
use needledrop::platform::Folders;
use needledrop::ui;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let quiet = tracing_subscriber::EnvFilter::new("warn,wgpu_hal=error,wgpu_core=error");
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or(quiet))
        .with_writer(io::stderr)
        .init();
    let folders = match &arguments.home {
        Some(home) => Folders::below(home),
        None => Folders::standard(),
    };
    let outcome: Result<(), Box<dyn std::error::Error>> = match arguments.command {
        Some(command) => cli::run(
            command,
            folders,
            &mut io::stdout().lock(),
            &mut io::stderr(),
        )
        .map_err(Into::into),
        None => ui::run(folders, arguments.show, arguments.demo).map_err(Into::into),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::debug!("{error:?}");
            drop(io::Write::write_fmt(
                &mut io::stderr(),
                format_args!("needledrop: {error}\n"),
            ));
            ExitCode::FAILURE
        }
    }
}
