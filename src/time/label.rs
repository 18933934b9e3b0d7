//! Labels: from the name of a period to its days.

use super::calendar::Calendar;
use super::day::{digits, written};
use super::period::{Cadence, Period};

#[cfg(test)]
#[path = "label_tests.rs"]
mod tests;

/// A label that names no period of a calendar.
///
/// It prints as what is wrong, and what was expected; [`what`](Self::what) and [`expected`](Self::expected) give the two apart.
///
/// ```
/// use attain::time::Calendar;
///
/// let unknown = Calendar::Gregorian.period("2025-Q5");
/// let message = unknown.map_err(|unknown| unknown.to_string());
/// assert_eq!(
///     message,
///     Err("\"2025-Q5\" is no period of the calendar gregorian; expected 2025, 2025-H1, 2025-9M, 2025-Q3, 2025-07 or 2025-07-15".to_owned())
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}; expected {}", self.what(), self.expected())]
#[non_exhaustive]
pub struct UnknownLabel {
    /// The label as given.
    pub label: String,
    calendar: Calendar,
    leaves_years: bool,
}

impl UnknownLabel {
    /// What is wrong with the label.
    #[must_use]
    pub fn what(&self) -> String {
        let Self { label, calendar, leaves_years } = self;
        let label = crate::fault::short(label);
        let calendar = calendar.name();
        if *leaves_years {
            format!("{label:?} of the calendar {calendar} leaves the years 0001 to 9999")
        } else {
            format!("{label:?} is no period of the calendar {calendar}")
        }
    }

    /// What is known instead.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        if self.leaves_years {
            "a period from 0001-01-01 to 9999-12-31 or within"
        } else {
            "2025, 2025-H1, 2025-9M, 2025-Q3, 2025-07 or 2025-07-15"
        }
    }
}

impl Calendar {
    /// The period that a label names.
    ///
    /// The forms are `2025`, `2025-H1` and `H2`, `2025-9M`, `2025-Q1` to `Q4`, `2025-01` to `12`, and `2025-07-15`; the year always has four digits.
    ///
    /// ```
    /// use attain::time::Calendar;
    ///
    /// let nine_months = Calendar::Nd09_2019.period("2025-9M")?;
    /// assert_eq!(nine_months.first().to_string(), "2024-12-15");
    /// assert_eq!(nine_months.last().to_string(), "2025-09-14");
    /// # Ok::<(), attain::time::UnknownLabel>(())
    /// ```
    ///
    /// # Errors
    /// If the label has none of these forms, or names a period that would leave the years 0001 to 9999.
    pub fn period(&self, label: &str) -> Result<Period, UnknownLabel> {
        let unknown = |leaves_years| UnknownLabel { label: label.to_owned(), calendar: *self, leaves_years };
        if let Some(day) = written(label) {
            return self.containing(day, Cadence::Day).ok_or_else(|| unknown(true));
        }
        let (cadence, number) = self.numbered(label).ok_or_else(|| unknown(false))?;
        self.nth(cadence, number).ok_or_else(|| unknown(true))
    }

    /// The cadence and the number of the period that a label of a month or longer names.
    fn numbered(self, label: &str) -> Option<(Cadence, i32)> {
        let (year, part) = label.split_once('-').map_or((label, None), |(year, part)| (year, Some(part)));
        let civil = i32::try_from(digits(year, 4)?).ok()?;
        let year = civil - self.ahead();
        Some(match part {
            None => (Cadence::Year, year),
            Some("9M") => (Cadence::NineMonths, year),
            Some("H1") => (Cadence::Half, year * 2),
            Some("H2") => (Cadence::Half, year * 2 + 1),
            Some("Q1") => (Cadence::Quarter, year * 4),
            Some("Q2") => (Cadence::Quarter, year * 4 + 1),
            Some("Q3") => (Cadence::Quarter, year * 4 + 2),
            Some("Q4") => (Cadence::Quarter, year * 4 + 3),
            Some(month) => {
                let month =
                    digits(month, 2).and_then(|month| i32::try_from(month).ok()).filter(|month| (1..=12).contains(month))?;
                (Cadence::Month, civil * 12 + month - 1)
            }
        })
    }
}
