//! Periods: ranges of whole days with a label, and how long they are.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::day::{clamp, in_limits};

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;

/// How long a period is.
///
/// Cadences are ordered by length; nine months always means the first nine of a year.
///
/// ```
/// use attain::time::Cadence;
///
/// assert!(Cadence::Half < Cadence::NineMonths);
/// assert_eq!(Cadence::Quarter.months(), Some(3));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// One day.
    Day,
    /// One month.
    Month,
    /// Three months, four times a year.
    Quarter,
    /// Six months, twice a year.
    Half,
    /// The first nine months of a year, once a year.
    NineMonths,
    /// Twelve months.
    Year,
}

impl Cadence {
    /// Every cadence, from the shortest to the longest.
    pub const ALL: [Self; 6] = [Self::Day, Self::Month, Self::Quarter, Self::Half, Self::NineMonths, Self::Year];

    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::NineMonths => "nine_months",
            Self::Year => "year",
        }
    }

    /// The length in months; `None` for a day.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Day => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Half => Some(6),
            Self::NineMonths => Some(9),
            Self::Year => Some(12),
        }
    }
}

/// What a period is called. Years are those of the label, parts are counted from 1.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name {
    Year(i32),
    Half(i32, u8),
    NineMonths(i32),
    Quarter(i32, u8),
    Month(i32, u8),
    Day,
    Range,
}

/// A range of whole days with a label.
///
/// The first and the last day belong to it. It never leaves the years 0001 to 9999 and always has at least one day. A [`Calendar`](super::Calendar)
/// makes the periods with a name of their own (`2025-Q1`); [`Period::new`] makes any range (`2022-03-01/2025-02-28`).
///
/// Periods are compared by their days alone, first day before last day: two periods of the same days are equal, whatever they are called.
///
/// ```
/// use attain::time::{Calendar, Period, parse_day};
///
/// let year = Calendar::Gregorian.period("2024")?;
/// assert_eq!(year.to_string(), "2024");
/// assert_eq!(year.days(), 366);
///
/// let range = Period::new(year.first(), year.last()).ok_or("a range")?;
/// assert_eq!(range.to_string(), "2024-01-01/2024-12-31");
/// assert_eq!(range, year);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
    name: Name,
}

impl Period {
    /// The range of days from `first` to `last`, both inside, labelled `first/last`.
    ///
    /// `None` if it would end before it starts or leave the years 0001 to 9999.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        Self::named(first, last, Name::Range)
    }

    /// The range between two days in either order, moved to the edge of the years 0001 to 9999 where it leaves them.
    pub(super) fn between(one: NaiveDate, other: NaiveDate) -> Self {
        let (one, other) = (clamp(one), clamp(other));
        Self { first: one.min(other), last: one.max(other), name: Name::Range }
    }

    /// The range of days with a name, which is not checked against the days.
    pub(super) fn named(first: NaiveDate, last: NaiveDate, name: Name) -> Option<Self> {
        (first <= last && in_limits(first) && in_limits(last)).then_some(Self { first, last, name })
    }

    /// The first day.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// The last day; it belongs to the period.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.last
    }

    /// The day after the last one: the period is the half-open range `first..end`.
    #[must_use]
    pub fn end(&self) -> NaiveDate {
        // The calendar of chrono goes far beyond the year 9999, so there always is a next day.
        self.last.succ_opt().unwrap_or(self.last)
    }

    /// The number of days, at least one.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.end() - self.first).num_days()
    }

    /// The label, as [`Calendar::period`](super::Calendar::period) reads it; `first/last` for a range without a name.
    #[must_use]
    pub fn label(&self) -> String {
        match self.name {
            Name::Year(year) => format!("{year:04}"),
            Name::Half(year, half) => format!("{year:04}-H{half}"),
            Name::NineMonths(year) => format!("{year:04}-9M"),
            Name::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Name::Month(year, month) => format!("{year:04}-{month:02}"),
            Name::Day => self.first.to_string(),
            Name::Range => format!("{}/{}", self.first, self.last),
        }
    }

    /// How long it is; `None` for a range without a name, whatever its days.
    #[must_use]
    pub fn cadence(&self) -> Option<Cadence> {
        match self.name {
            Name::Year(_) => Some(Cadence::Year),
            Name::Half(..) => Some(Cadence::Half),
            Name::NineMonths(_) => Some(Cadence::NineMonths),
            Name::Quarter(..) => Some(Cadence::Quarter),
            Name::Month(..) => Some(Cadence::Month),
            Name::Day => Some(Cadence::Day),
            Name::Range => None,
        }
    }

    /// Whether every day of `other` is a day of this period.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether `day` is a day of this period.
    #[must_use]
    pub fn contains_day(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether the two periods have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether it is over at the end of the day `as_of`: its last day is that day or an earlier one.
    #[must_use]
    pub fn has_ended(&self, as_of: NaiveDate) -> bool {
        self.last <= as_of
    }
}

impl PartialEq for Period {
    fn eq(&self, other: &Self) -> bool {
        (self.first, self.last) == (other.first, other.last)
    }
}

impl Eq for Period {}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.first, self.last).cmp(&(other.first, other.last))
    }
}

impl Hash for Period {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.first, self.last).hash(state);
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.label())
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Period({}: {} to {})", self.label(), self.first, self.last)
    }
}
