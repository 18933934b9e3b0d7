//! One record of what was reported.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::measure::Measure;
use crate::time::Period;

/// How settled a figure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Settled.
    #[default]
    Final,
    /// May still be revised.
    Provisional,
    /// Estimated.
    Estimated,
    /// Known to be missing: not zero.
    Missing,
    /// The indicator does not apply in the period.
    NotApplicable,
    /// Expected, not yet reported: a series apart that never replaces an actual.
    Expected,
}

impl State {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::Provisional => "provisional",
            Self::Estimated => "estimated",
            Self::Missing => "missing",
            Self::NotApplicable => "not_applicable",
            Self::Expected => "expected",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One record of what was reported: indicator, unit, period, figures, and when it was known.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub(crate) indicator: usize,
    pub(crate) unit: usize,
    pub(crate) period: Period,
    /// None for a record that says missing or not applicable.
    pub(crate) measure: Option<Measure>,
    pub(crate) through: Option<NaiveDate>,
    pub(crate) state: State,
    pub(crate) recorded_on: Option<NaiveDate>,
    pub(crate) source: Option<Box<str>>,
    pub(crate) note: Option<Box<str>>,
    /// The place in the document, counted from 0.
    pub(crate) row: usize,
}

impl Fact {
    /// The period that the figures are of.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The figures, where the record has any.
    #[must_use]
    pub fn measure(&self) -> Option<&Measure> {
        self.measure.as_ref()
    }

    /// How settled the figures are.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// Whether this says that documents are done.
    pub(crate) fn is_done(&self) -> bool {
        match &self.measure {
            Some(Measure::Done { on, count }) => on.is_some() || !count.is_zero(),
            _ => false,
        }
    }

    /// Whether the figures may still be revised.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.state == State::Provisional
    }

    /// The day the record was made, where it says so.
    #[must_use]
    pub fn recorded_on(&self) -> Option<NaiveDate> {
        self.recorded_on
    }

    /// Who says so.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Anything else that was noted.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The day the figures stand at: `done_on` of a deliverable that is done, else `through`, else the period's last day.
    #[must_use]
    pub fn stands_at(&self) -> NaiveDate {
        match &self.measure {
            Some(Measure::Done { on: Some(day), .. }) => *day,
            _ => self.covers_to(),
        }
    }

    /// The last day that the figures cover.
    pub(crate) fn covers_to(&self) -> NaiveDate {
        self.through.unwrap_or(self.period.last())
    }

    /// How many days the figures cover.
    pub(crate) fn days(&self) -> i64 {
        self.covers_to().signed_duration_since(self.period.first()).num_days().saturating_add(1)
    }

    /// The day from which the record is known: `recorded_on`, else the day it stands at.
    #[must_use]
    pub fn known_from(&self) -> NaiveDate {
        self.recorded_on.unwrap_or(self.stands_at())
    }
}
