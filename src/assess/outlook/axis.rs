//! The axis of time that a series is carried on along: even steps of whole months, else days.

use chrono::{Datelike, NaiveDate};

use super::points::Point;
use crate::time::months_after;

/// Days as whole numbers in which a series is carried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Even steps of so many months, the last point being 0.
    Steps {
        /// How many months a step is long.
        months: u32,
        /// The day after the last point.
        from: NaiveDate,
    },
    /// Days, the last point being 0.
    Days {
        /// The day of the last point.
        from: NaiveDate,
    },
}

impl Axis {
    /// Steps where all points and the deadline are the same number of months apart, else days; none without points.
    pub(super) fn of(points: &[Point<'_>], deadline: NaiveDate) -> Option<Self> {
        let last = points.last()?.on;
        let days = Some(Self::Days { from: last });
        let ends: Option<Vec<NaiveDate>> = points.iter().map(|point| point.on.succ_opt()).collect();
        let (Some(ends), Some(end)) = (ends, deadline.succ_opt()) else { return days };
        let gaps: Option<Vec<u32>> = ends.iter().zip(ends.iter().skip(1)).map(|(a, b)| months_between(*a, *b)).collect();
        let Some(months) = gaps.as_ref().and_then(|gaps| gaps.first()).copied() else { return days };
        let even = gaps.is_some_and(|gaps| gaps.iter().all(|gap| *gap == months));
        let from = ends.last().copied().unwrap_or(last);
        let whole = months_between(from, end).is_some_and(|ahead| ahead.is_multiple_of(months));
        if even && whole { Some(Self::Steps { months, from }) } else { days }
    }

    /// The number of a day of the series or of the deadline.
    pub(crate) fn number(self, day: NaiveDate) -> Option<i64> {
        match self {
            Self::Days { from } => Some(day.signed_duration_since(from).num_days()),
            Self::Steps { months, from } => {
                let end = day.succ_opt()?;
                let between = |a, b| months_between(a, b)?.checked_div(months).map(i64::from);
                if end < from {
                    between(end, from).map(|steps| -steps)
                } else if end == from {
                    Some(0)
                } else {
                    between(from, end)
                }
            }
        }
    }

    /// The day of a number after the last point.
    pub(super) fn day(self, number: i64) -> Option<NaiveDate> {
        match self {
            Self::Days { from } => from.checked_add_signed(chrono::TimeDelta::try_days(number)?),
            Self::Steps { months, from } => months_after(from, months.checked_mul(u32::try_from(number).ok()?)?)?.pred_opt(),
        }
        // Documents know no year after 9999.
        .filter(|day| day.year() <= 9999)
    }

    /// The number that lies a hundred years after the last point.
    pub(crate) fn end_of_sight(self) -> i64 {
        match self {
            Self::Days { .. } => 36_525,
            Self::Steps { months, .. } => i64::from(1200_u32.checked_div(months).unwrap_or(1)),
        }
    }
}

/// The whole months from one day to a later one; none where they are not whole.
fn months_between(from: NaiveDate, to: NaiveDate) -> Option<u32> {
    let months = |day: NaiveDate| day.year().saturating_mul(12).saturating_add_unsigned(day.month0());
    let between = u32::try_from(months(to).saturating_sub(months(from))).ok()?;
    (between > 0 && from.day() == to.day()).then_some(between)
}
