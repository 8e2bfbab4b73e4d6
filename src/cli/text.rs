//! What the command line prints for people.

use std::io;
use std::io::Write;

use serde::Serialize;

/// Where results go: standard output, as JSON or as lines.
pub(super) struct Output<'a> {
    out: &'a mut dyn Write,
    is_json: bool,
}

impl<'a> Output<'a> {
    pub(super) fn new(out: &'a mut dyn Write, is_json: bool) -> Self {
        Self { out, is_json }
    }

    /// Prints a result: `value` for programs, `lines` for people.
    pub(super) fn print(
        &mut self,
        value: &impl Serialize,
        lines: impl IntoIterator<Item = String>,
    ) -> io::Result<()> {
        if self.is_json {
            serde_json::to_writer_pretty(&mut *self.out, value)?;
            return writeln!(self.out);
        }
        for line in lines {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }
}

/// Seconds as a length: `3:42`, `1:02:03`.
pub(super) fn length(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}
