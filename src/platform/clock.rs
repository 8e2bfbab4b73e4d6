//! The calendar.

use std::time::SystemTime;
use std::time::UNIX_EPOCH;

/// Milliseconds since the beginning of 1970, in UTC; before that, none.
pub fn unix_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |passed| {
        i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
    })
}

/// The name of whoever is logged in, as far as the system tells it without being asked twice.
pub fn user_name() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .unwrap_or_default()
}
