//! Calendars: which days a period of a name has.
//!
//! Everything is counted: the periods of a cadence are numbered without a gap, and the nth is computed from its number. No period is found by going
//! from one to the next.

use chrono::{Datelike, NaiveDate};

use super::day::{clamp, is_year};
use super::period::{Cadence, Name, Period};

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;

/// The calendar year that a fiscal year is named for, where it touches two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedFor {
    /// The year in which it starts.
    #[default]
    Start,
    /// The year in which it ends.
    End,
}

/// A fiscal year: the civil month it starts with, and the year it is named for.
///
/// ```
/// use attain::time::{Calendar, FiscalYear, NamedFor};
///
/// let india = FiscalYear::new(4, NamedFor::Start).ok_or("a month")?;
/// let thailand = FiscalYear::new(10, NamedFor::End).ok_or("a month")?;
/// assert_eq!(Calendar::Fiscal(india).period("2025")?.first().to_string(), "2025-04-01");
/// assert_eq!(Calendar::Fiscal(thailand).period("2025")?.first().to_string(), "2024-10-01");
/// assert_eq!(FiscalYear::new(13, NamedFor::Start), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear {
    first_month: u8,
    named_for: NamedFor,
}

impl FiscalYear {
    /// The fiscal year that starts with the civil month `first_month`; `None` unless that is one of 1 to 12.
    #[must_use]
    pub fn new(first_month: u32, named_for: NamedFor) -> Option<Self> {
        let first_month = u8::try_from(first_month).ok().filter(|month| (1..=12).contains(month))?;
        Some(Self { first_month, named_for })
    }

    /// The civil month it starts with, 1 to 12.
    #[must_use]
    pub fn first_month(self) -> u32 {
        u32::from(self.first_month)
    }

    /// The year it is named for; without effect where it starts with January.
    #[must_use]
    pub fn named_for(self) -> NamedFor {
        self.named_for
    }
}

/// Which days the label of a period means.
///
/// - `gregorian`: civil days, months, quarters, halves and years.
/// - `{ fiscal = 4, named_for = "start" }`: years, halves, quarters and nine months follow the fiscal year, months and days stay civil. The label has the
///   year in which the fiscal year starts, or ends with `named_for = "end"`.
/// - `nd09_2019`: month m runs from the 15th of the month before to its 14th; quarters, halves, nine months and years are made of such months, so the
///   year 2025 runs from 15 December 2024 to 14 December 2025. A day is a civil day.
///
/// Every calendar names periods the same way: `2025`, `2025-H1`, `2025-9M` (the first nine months of that year), `2025-Q3`, `2025-07`, `2025-07-15`. A
/// period exists only if all its days and the year of its label lie in the years 0001 to 9999.
///
/// ```
/// use attain::time::{Cadence, Calendar, parse_day};
///
/// let quarter = Calendar::Nd09_2019.period("2025-Q1")?;
/// assert_eq!(quarter.first().to_string(), "2024-12-15");
/// assert_eq!(quarter.last().to_string(), "2025-03-14");
///
/// let day = parse_day("2025-12-20").ok_or("a day")?;
/// let year = Calendar::Nd09_2019.containing(day, Cadence::Year).ok_or("a year")?;
/// assert_eq!(year.label(), "2026");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source of `nd09_2019`: Decree 09/2019/NĐ-CP, Article 12; nine months: Khánh Hòa Decision 01/2023/QĐ-UBND, Article 4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// Civil periods.
    #[default]
    Gregorian,
    /// Fiscal years and their parts, with civil months.
    Fiscal(FiscalYear),
    /// The reporting periods of Vietnamese state agencies: Decree 09/2019/NĐ-CP, Article 12.
    Nd09_2019,
}

/// The numbers of the periods of a cadence, counted without a gap: days and months from the beginning of the civil calendar, the rest from the beginning
/// of the calendar's years. The number of nine months is that of their year.
impl Calendar {
    /// The months by which this calendar's years lag behind those it counts.
    fn lag(self) -> i32 {
        match self {
            Self::Fiscal(fiscal) => i32::from(fiscal.first_month) - 1,
            Self::Gregorian | Self::Nd09_2019 => 0,
        }
    }

    /// What the year of a label is ahead of the year in which its first month lies.
    pub(super) fn ahead(self) -> i32 {
        match self {
            Self::Fiscal(FiscalYear { first_month: 2.., named_for: NamedFor::End }) => 1,
            Self::Gregorian | Self::Fiscal(_) | Self::Nd09_2019 => 0,
        }
    }

    /// The number of the month in which a day lies: twelve times the year, and the month from 0.
    fn month_of(self, day: NaiveDate) -> i32 {
        let civil = day.year().saturating_mul(12).saturating_add_unsigned(day.month0());
        match self {
            Self::Nd09_2019 if day.day() >= 15 => civil.saturating_add(1),
            Self::Nd09_2019 | Self::Gregorian | Self::Fiscal(_) => civil,
        }
    }

    /// The first day of the month with this number.
    fn month_start(self, month: i32) -> Option<NaiveDate> {
        let (civil, day) = match self {
            Self::Nd09_2019 => (month.checked_sub(1)?, 15),
            Self::Gregorian | Self::Fiscal(_) => (month, 1),
        };
        NaiveDate::from_ymd_opt(civil.div_euclid(12), u32::try_from(civil.rem_euclid(12)).ok()? + 1, day)
    }

    /// The number of the period in which a day lies; for nine months that of the year, even where the day is in its last quarter.
    fn number(self, cadence: Cadence, day: NaiveDate) -> i32 {
        match (cadence, step(cadence)) {
            (Cadence::Day, _) => day.num_days_from_ce(),
            (Cadence::Month, _) => self.month_of(day),
            (_, step) => self.month_of(day).saturating_sub(self.lag()).div_euclid(step),
        }
    }

    /// The first and the last day of the period with this number, wherever they lie.
    fn span(self, cadence: Cadence, number: i32) -> Option<(NaiveDate, NaiveDate)> {
        let Some(length) = cadence.months() else {
            return NaiveDate::from_num_days_from_ce_opt(number).map(|day| (day, day));
        };
        let start = match cadence {
            Cadence::Day | Cadence::Month => number,
            Cadence::Quarter | Cadence::Half | Cadence::NineMonths | Cadence::Year => {
                number.checked_mul(step(cadence))?.checked_add(self.lag())?
            }
        };
        let end = start.checked_add_unsigned(length)?;
        Some((self.month_start(start)?, self.month_start(end)?.pred_opt()?))
    }

    /// The period with this number; `None` if its days or the year of its label leave the years 0001 to 9999.
    pub(super) fn nth(self, cadence: Cadence, number: i32) -> Option<Period> {
        let (first, last) = self.span(cadence, number)?;
        let a_year = 12 / step(cadence);
        let part = u8::try_from(number.rem_euclid(a_year)).ok()? + 1;
        let (year, name) = match cadence {
            Cadence::Day => (first.year(), Name::Day),
            Cadence::Month => {
                let year = number.div_euclid(12);
                (year, Name::Month(year, part))
            }
            Cadence::Quarter | Cadence::Half | Cadence::NineMonths | Cadence::Year => {
                let year = number.div_euclid(a_year).checked_add(self.ahead())?;
                let name = match cadence {
                    Cadence::Quarter => Name::Quarter(year, part),
                    Cadence::Half => Name::Half(year, part),
                    Cadence::NineMonths => Name::NineMonths(year),
                    Cadence::Day | Cadence::Month | Cadence::Year => Name::Year(year),
                };
                (year, name)
            }
        };
        Period::named(first, last, name).filter(|_| is_year(year))
    }
}

/// The months from one period of a cadence to the next.
fn step(cadence: Cadence) -> i32 {
    match cadence {
        Cadence::Day | Cadence::Month => 1,
        Cadence::Quarter => 3,
        Cadence::Half => 6,
        Cadence::NineMonths | Cadence::Year => 12,
    }
}

impl Calendar {
    /// The period of a cadence in which a day lies.
    ///
    /// `None` for nine months if the day is in the last quarter of its year, and where the period would leave the years 0001 to 9999.
    #[must_use]
    pub fn containing(&self, day: NaiveDate, cadence: Cadence) -> Option<Period> {
        self.nth(cadence, self.number(cadence, day)).filter(|period| period.contains_day(day))
    }

    /// The period of the same cadence that follows; after nine months those of the next year.
    ///
    /// A period of another calendar stands for the one of this calendar in which its first day lies. `None` for a range without a name, and where there
    /// is none in the years 0001 to 9999.
    ///
    /// ```
    /// use attain::time::Calendar;
    ///
    /// let calendar = Calendar::Gregorian;
    /// assert_eq!(calendar.next(&calendar.period("2025-Q4")?), Some(calendar.period("2026-Q1")?));
    /// assert_eq!(calendar.next(&calendar.period("9999-Q4")?), None);
    /// # Ok::<(), attain::time::UnknownLabel>(())
    /// ```
    #[must_use]
    pub fn next(&self, period: &Period) -> Option<Period> {
        let cadence = period.cadence()?;
        self.nth(cadence, self.number(cadence, period.first()).checked_add(1)?)
    }

    /// The period of the same cadence that comes before; before nine months those of the year before. The inverse of [`Calendar::next`].
    #[must_use]
    pub fn previous(&self, period: &Period) -> Option<Period> {
        let cadence = period.cadence()?;
        self.nth(cadence, self.number(cadence, period.first()).checked_sub(1)?)
    }

    /// The periods of a cadence that lie wholly inside `outer`, in order.
    ///
    /// They are made one by one as they are asked for, each from its number.
    ///
    /// ```
    /// use attain::time::{Cadence, Calendar};
    ///
    /// let year = Calendar::Gregorian.period("2025")?;
    /// let quarters: Vec<_> = Calendar::Gregorian.inside(Cadence::Quarter, &year).map(|period| period.label()).collect();
    /// assert_eq!(quarters, ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]);
    ///
    /// // The reporting year has eleven whole civil months.
    /// let reporting = Calendar::Nd09_2019.period("2025")?;
    /// assert_eq!(Calendar::Gregorian.inside(Cadence::Month, &reporting).count(), 11);
    /// # Ok::<(), attain::time::UnknownLabel>(())
    /// ```
    pub fn inside(&self, cadence: Cadence, outer: &Period) -> impl DoubleEndedIterator<Item = Period> + Clone + use<> {
        let calendar = *self;
        let outer = *outer;
        let numbers = calendar.number(cadence, outer.first())..=calendar.number(cadence, outer.last());
        // Of these only the outermost can stick out.
        numbers.filter_map(move |number| calendar.nth(cadence, number).filter(|period| outer.contains(period)))
    }

    /// The periods of a month and longer that end on a day, from the shortest to the longest.
    ///
    /// ```
    /// use attain::time::{Calendar, parse_day};
    ///
    /// let day = parse_day("2025-09-14").ok_or("a day")?;
    /// let labels: Vec<_> = Calendar::Nd09_2019.ending_on(day).iter().map(|period| period.label()).collect();
    /// assert_eq!(labels, ["2025-09", "2025-Q3", "2025-9M"]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn ending_on(&self, last: NaiveDate) -> Vec<Period> {
        let longer = Cadence::ALL.into_iter().filter(|cadence| *cadence > Cadence::Day);
        longer.filter_map(|cadence| self.containing(last, cadence)).filter(|period| period.last() == last).collect()
    }

    /// The period of exactly these days: the one this calendar has a name for, else a range labelled `first/last`.
    ///
    /// It always answers: days given in the wrong order are taken in the right one, and days outside the years 0001 to 9999 are moved to their edge.
    /// Check days that come from outside with [`Period::new`] first.
    ///
    /// ```
    /// use attain::time::{Calendar, Period, parse_day};
    ///
    /// let first = parse_day("2024-12-15").ok_or("a day")?;
    /// let last = parse_day("2025-03-14").ok_or("a day")?;
    /// assert_eq!(Calendar::Nd09_2019.label_of(first, last).label(), "2025-Q1");
    /// assert_eq!(Calendar::Gregorian.label_of(first, last).label(), "2024-12-15/2025-03-14");
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn label_of(&self, first: NaiveDate, last: NaiveDate) -> Period {
        let range = Period::between(first, last);
        let mut known = Cadence::ALL.into_iter().filter_map(|cadence| self.containing(range.first(), cadence));
        known.find(|period| *period == range).unwrap_or(range)
    }

    /// The last period of a cadence that ends before a day, and the first that ends after it.
    ///
    /// A period that ends on the very day is neither. `None` where the years 0001 to 9999 have no such period.
    ///
    /// ```
    /// use attain::time::{Cadence, Calendar, parse_day};
    ///
    /// let day = parse_day("2025-12-31").ok_or("a day")?;
    /// let (before, after) = Calendar::Nd09_2019.nearest_ends(day, Cadence::Year);
    /// assert_eq!(before.map(|period| period.label()).as_deref(), Some("2025"));
    /// assert_eq!(after.map(|period| period.label()).as_deref(), Some("2026"));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn nearest_ends(&self, day: NaiveDate, cadence: Cadence) -> (Option<Period>, Option<Period>) {
        let number = self.number(cadence, clamp(day));
        // At either edge of the years up to a year's worth of fiscal quarters has no label, hence the reach.
        let near = |number| self.nth(cadence, number);
        let before = (number - 5..=number).rev().filter_map(near).find(|period| period.last() < day);
        let after = (number..=number + 5).filter_map(near).find(|period| period.last() > day);
        (before, after)
    }
}
