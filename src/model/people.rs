//! People of the show, and when they did what.

use super::entity::fields;

/// An instant of the calendar, in milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// So many milliseconds after the beginning of 1970, in UTC.
    pub const fn from_unix_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the beginning of 1970, in UTC.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// The time of day as `10:20:30`, in UTC.
    pub fn time_of_day(self) -> String {
        let seconds = self.0.div_euclid(1000).rem_euclid(86_400);
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        format!("{hours:02}:{minutes:02}:{:02}", seconds % 60)
    }

    /// The day as `2026-11-22`, in UTC (the proleptic Gregorian calendar of ISO 8601; days to
    /// civil date after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    pub fn date(self) -> String {
        let days = self.0.div_euclid(86_400_000) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// Someone who works on the show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Their name, as they write it.
    pub name: String,
    /// What they do on the show: writer, producer, editor…
    pub role: String,
}

fields! {
    /// What can be set of a [`Person`].
    PersonField of Person as Person {
        /// Their name.
        Name(String) => name,
        /// What they do.
        Role(String) => role,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_by_the_calendar() {
        for (millis, date) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400_000, "2000-02-29"),
            (1_795_305_600_000, "2026-11-22"),
        ] {
            assert_eq!(Moment::from_unix_millis(millis).date(), date);
        }
    }
}
