//! Where a file lies, as an address.

use crate::interchange::address::escaped;

/// The address of a file (RFC 8089), on a host where one is to be named: `file://localhost/a%20b`.
/// Nothing for no path.
pub(super) fn file_url(host: &str, path: &str) -> String {
    if path.is_empty() {
        return String::new();
    }
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    if is_drive {
        let (drive, rest) = path.split_at(2);
        return format!("file://{host}/{drive}{}", escaped(&rest.replace('\\', "/")));
    }
    if let Some(share) = path.strip_prefix("\\\\") {
        // A share is a host of its own.
        return format!("file://{}", escaped(&share.replace('\\', "/")));
    }
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{host}{slash}{}", escaped(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_plain_letter_is_escaped() {
        let path = "/Music/été & 100%.wav";
        assert_eq!(
            file_url("localhost", path),
            "file://localhost/Music/%C3%A9t%C3%A9%20%26%20100%25.wav"
        );
    }

    #[test]
    fn a_drive_and_a_share_keep_their_place() {
        assert_eq!(file_url("", "D:\\a b\\c.wav"), "file:///D:/a%20b/c.wav");
        assert_eq!(file_url("", "\\\\nas\\mx\\c.wav"), "file://nas/mx/c.wav");
    }
}
