//! Series that come in: many of them in the same columns.

use crate::columns::input::{Codes, Figures};

/// Which points are those of which series, and on which days they stand.
///
/// Days are counted from 1970-01-01, lie in the years 1 to 9999 and do not fall within a series; those of missing points too.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Days<'a> {
    /// All series stand on the same days: as many points each as there are days.
    Shared(&'a [i32]),
    /// Series i has the points from `offsets[i]` to before `offsets[i + 1]`; a day for each point.
    Each {
        /// One more than there are series.
        offsets: &'a [usize],
        /// As many as there are points.
        days: &'a [i32],
    },
}

/// The points of many series, those of a series together and in the order of their days.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// The place of each series' course in the table of courses.
    pub courses: Codes<'a>,
    /// The days of the points.
    pub days: Days<'a>,
    /// What is counted, or the amount; one a point, null where the point is missing.
    pub numerators: Figures<'a>,
    /// What it is counted of; one a point, null where the point is missing. Not needed where every rule is about amounts.
    pub denominators: Option<Figures<'a>>,
}

impl<'a> Series<'a> {
    /// Series of quotients: `numerators` of `denominators`.
    #[must_use]
    pub fn quotients(courses: Codes<'a>, days: Days<'a>, numerators: Figures<'a>, denominators: Figures<'a>) -> Self {
        Self { courses, days, numerators, denominators: Some(denominators) }
    }

    /// Series of amounts.
    #[must_use]
    pub fn amounts(courses: Codes<'a>, days: Days<'a>, amounts: Figures<'a>) -> Self {
        Self { courses, days, numerators: amounts, denominators: None }
    }

    /// How many series there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.days {
            Days::Shared(days) => self.numerators.len().checked_div(days.len()).unwrap_or(0),
            Days::Each { offsets, .. } => offsets.len().saturating_sub(1),
        }
    }

    /// Whether there is no series.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The points of a series.
    #[inline(always)]
    pub(super) fn points(&self, series: usize) -> std::ops::Range<usize> {
        match self.days {
            Days::Shared(days) => {
                let start = series.saturating_mul(days.len());
                start..start.saturating_add(days.len())
            }
            Days::Each { offsets, .. } => match offsets.get(series..) {
                Some([start, end, ..]) => *start..*end,
                _ => 0..0,
            },
        }
    }
}
