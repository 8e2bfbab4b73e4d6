//! What the writers of addresses share.

use std::fmt::Write as _;

/// A path with what is not a letter, a digit or one of `-._~/` written as `%41` (RFC 3986, section
/// 2.1).
pub(super) fn escaped(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // A string takes all that is written.
            let _infallible = write!(address, "%{byte:02X}");
        }
    }
    address
}
