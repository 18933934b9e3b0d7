//! Single days: reading them, and going whole months back and forth.

use chrono::{Datelike, Months, NaiveDate};

#[cfg(test)]
#[path = "day_tests.rs"]
mod tests;

/// Whether the day lies in the years 0001 to 9999.
pub(super) fn in_limits(day: NaiveDate) -> bool {
    is_year(day.year())
}

/// Whether the year is one of 0001 to 9999.
pub(super) fn is_year(year: i32) -> bool {
    (1..=9999).contains(&year)
}

/// The day, or the nearest one in the years 0001 to 9999.
pub(super) fn clamp(day: NaiveDate) -> NaiveDate {
    let bound = if day.year() < 1 {
        NaiveDate::from_ymd_opt(1, 1, 1)
    } else if day.year() > 9999 {
        NaiveDate::from_ymd_opt(9999, 12, 31)
    } else {
        None
    };
    bound.unwrap_or(day)
}

/// A number written with exactly `width` ASCII digits.
pub(super) fn digits(text: &str, width: usize) -> Option<u32> {
    let plain = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// A real day of the years 0000 to 9999, written `YYYY-MM-DD`.
pub(super) fn written(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    NaiveDate::from_ymd_opt(i32::try_from(digits(year, 4)?).ok()?, digits(month, 2)?, digits(day, 2)?)
}

/// Reads a day written `YYYY-MM-DD`.
///
/// The form is strict: four, two and two ASCII digits, no sign, no blanks, a day that exists, in the years 0001 to 9999. Anything else is `None`.
///
/// ```
/// use attain::time::parse_day;
///
/// assert_eq!(parse_day("2024-02-29").map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
/// assert_eq!(parse_day("2025-02-29"), None);
/// assert_eq!(parse_day("2025-2-9"), None);
/// ```
#[must_use]
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    written(text).filter(|day| in_limits(*day))
}

/// The same day of the month, whole months earlier.
///
/// Where the earlier month is too short, its last day stands in. `None` if the result leaves the years 0001 to 9999.
///
/// ```
/// use attain::time::{months_before, parse_day};
///
/// let day = parse_day("2024-03-31").ok_or("a day")?;
/// assert_eq!(months_before(day, 1), parse_day("2024-02-29"));
/// assert_eq!(months_before(day, 13), parse_day("2023-02-28"));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn months_before(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    day.checked_sub_months(Months::new(months)).filter(|day| in_limits(*day))
}

/// The same day of the month, whole months later.
///
/// Where the later month is too short, its last day stands in, so going forth and back need not return to the same day. `None` if the result
/// leaves the years 0001 to 9999.
///
/// ```
/// use attain::time::{months_after, parse_day};
///
/// let day = parse_day("2024-01-31").ok_or("a day")?;
/// assert_eq!(months_after(day, 1), parse_day("2024-02-29"));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn months_after(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    day.checked_add_months(Months::new(months)).filter(|day| in_limits(*day))
}
