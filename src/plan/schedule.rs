//! When a target is judged: which days, from when, until when.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::time::{Cadence, Period};

/// Where a target names a date: which days up to it are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// The twelve months that end on the date.
    #[default]
    Year,
    /// Six months.
    Half,
    /// Three months.
    Quarter,
    /// One month.
    Month,
    /// Everything since the window's first day.
    Window,
}

impl Over {
    /// How many months, where it is a number of months.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Year => Some(12),
            Self::Half => Some(6),
            Self::Quarter => Some(3),
            Self::Month => Some(1),
            Self::Window => None,
        }
    }

    /// The cadence of the same length; months for a window, which may end with any.
    #[must_use]
    pub fn cadence(self) -> Cadence {
        match self {
            Self::Year => Cadence::Year,
            Self::Half => Cadence::Half,
            Self::Quarter => Cadence::Quarter,
            Self::Month | Self::Window => Cadence::Month,
        }
    }
}

/// How often a recurring target is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every month.
    Month,
    /// Every quarter.
    Quarter,
    /// Every half year.
    Half,
    /// Every year.
    Year,
}

impl Every {
    /// The word that documents use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
        }
    }

    /// The length of the periods.
    #[must_use]
    pub fn cadence(self) -> Cadence {
        match self {
            Self::Month => Cadence::Month,
            Self::Quarter => Cadence::Quarter,
            Self::Half => Cadence::Half,
            Self::Year => Cadence::Year,
        }
    }
}

/// Which month the due day of a recurring deliverable is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueMonth {
    /// The civil month that the period's first day lies in.
    First,
    /// The civil month that the period's last day lies in.
    #[default]
    Last,
    /// The civil month after that.
    Next,
}

/// When the deliverable of a recurring target is due: `{ day = 25, month = "last" }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DueDay {
    /// The day of the month, 1 to 31; a month that is shorter ends on its last day.
    pub day: u32,
    /// Which month.
    #[serde(default)]
    pub month: DueMonth,
}

impl DueDay {
    /// The day on which the deliverable of `period` is due.
    #[must_use]
    pub fn of(self, period: &Period) -> Option<NaiveDate> {
        let month = match self.month {
            DueMonth::First => period.first(),
            DueMonth::Last | DueMonth::Next => period.last(),
        };
        let first = month.with_day(1)?;
        let first = if self.month == DueMonth::Next { first.checked_add_months(Months::new(1))? } else { first };
        let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
        first.with_day(self.day.clamp(1, last.day()))
    }
}

/// One time that a target is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The judged days; none for an undated target.
    pub judged: Option<Period>,
    /// The window's first day.
    pub first: NaiveDate,
    /// The window's last day, on which the target is due; none for an undated target.
    pub due: Option<NaiveDate>,
}

/// Where a day lies against a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowState {
    /// Before its first day.
    Before,
    /// From its first day on, before its last.
    Open,
    /// From its last day on: `as_of` means the end of that day.
    Closed,
}

impl Occurrence {
    /// Where the end of day `as_of` lies against this window.
    #[must_use]
    pub fn state(&self, as_of: NaiveDate) -> WindowState {
        if as_of < self.first {
            WindowState::Before
        } else if self.due.is_none_or(|due| as_of < due) {
            WindowState::Open
        } else {
            WindowState::Closed
        }
    }
}
