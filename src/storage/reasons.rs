//! What the system says when a file cannot be read or written, in a user's words.

use std::io;

/// Why something was not written.
pub(super) fn not_written(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "its folder may not be written to".to_owned()
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "its folder is not there".to_owned()
        }
        io::ErrorKind::AlreadyExists => "there is a file of that name already".to_owned(),
        _ => format!("the system says “{error}”"),
    }
}

/// Why something was not read.
pub(super) fn not_read(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "there is no such file".to_owned()
        }
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => format!("the system says “{error}”"),
    }
}
