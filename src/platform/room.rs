//! How much room a drive has.

use std::io;
use std::path::Path;

/// How many bytes can still be written by this user to the drive that `folder` is on.
///
/// # Errors
///
/// Fails when there is no such folder, or the system does not tell.
pub fn free_space(folder: &Path) -> io::Result<u64> {
    fs4::available_space(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_there_has_so_much_room_and_one_that_is_not_has_none_to_tell() {
        let folder = std::env::temp_dir();
        assert!(free_space(&folder).is_ok());
        assert!(free_space(&folder.join("no/such/folder")).is_err());
    }
}
