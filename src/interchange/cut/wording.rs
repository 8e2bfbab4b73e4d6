//! Names and notes as files give them, brought to what a name or note may hold.

use crate::interchange::limits::MAX_TEXT;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;

/// A text without control characters, cut to what a name or note may hold.
pub(super) fn kept(text: &str, line: usize, report: &mut Report) -> String {
    let text = cleaned(text);
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => {
            report.warn(line, WarningKind::ShortenedText);
            text.get(..end).unwrap_or(&text).to_owned()
        }
        None => text,
    }
}

/// A comment where there is no name: its first line is the name, the others are the note.
pub(super) fn headline(comment: &str) -> (String, String) {
    let (first, rest) = comment.split_once('\n').unwrap_or((comment, ""));
    (first.trim().to_owned(), rest.trim().to_owned())
}
