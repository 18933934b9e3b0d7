//! One promise: what is to hold, when, for whom, and where it stands.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::estimation::{Forecasting, SurveyInterval};
use super::requirement::Requirement;
use super::schedule::Occurrence;
use crate::number::{Number, Rounding};
use crate::time::{Cadence, Calendar, Period};

/// Whether a clause binds or aspires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// It must be kept.
    #[default]
    Binding,
    /// It is striven for ("phấn đấu").
    Aspiration,
}

/// What a warning and a bad status come to where a target is checked as a test; a want of data is an error under each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Bad is no more than a warning.
    Advisory,
    /// Bad fails, a warning passes as a warning.
    #[default]
    Required,
    /// Bad fails, and so does a warning.
    Strict,
}

/// Whether a revised baseline moves the threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BaselineRevisions {
    /// The first final record stands; until there is one, the first record.
    #[default]
    Freeze,
    /// The latest record counts.
    Follow,
}

/// Where a baseline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Baseline {
    /// A value with its day.
    Value(Number, NaiveDate),
    /// The figure of a period.
    Period(Period),
    /// The figure of the period of equal length just before the judged one.
    Previous,
    /// The latest fact on or before the window's first day, else the first after it.
    First,
    /// The figure of another indicator, by its place in the plan.
    Companion(usize),
}

/// Whom a target binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The owner, or each named unit, with all that lies below it.
    Total,
    /// Every unit for itself.
    Each,
    /// So many of the units.
    AtLeast(usize),
}

/// The shape of the path from the baseline to the target.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum PathShape {
    /// Evenly by days.
    #[default]
    Linear,
    /// Holds until the date.
    Step,
    /// Constant growth.
    Compound,
    /// Through given points, in order.
    Points(Vec<(NaiveDate, Number)>),
}

/// The `count` equal calendar parts of a period: its years, halves, quarters or months, whichever are so many.
pub(crate) fn phases_of(calendar: Calendar, period: &Period, count: usize) -> Option<Vec<Period>> {
    [Cadence::Year, Cadence::Half, Cadence::Quarter, Cadence::Month].into_iter().find_map(|cadence| {
        let parts: Vec<Period> = calendar.inside(cadence, period).take(count.saturating_add(1)).collect();
        let (first, last) = (parts.first()?.first(), parts.last()?.last());
        (parts.len() == count && (first, last) == (period.first(), period.last())).then_some(parts)
    })
}

/// One promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub(crate) id: Arc<str>,
    pub(crate) row: Option<String>,
    pub(crate) indicator: usize,
    pub(crate) requirement: Requirement,
    pub(crate) occurrences: Vec<Occurrence>,
    pub(crate) recurring: bool,
    /// The length of the judged days, where they are counted back from a date.
    pub(crate) months: Option<u32>,
    pub(crate) baseline: Option<Baseline>,
    pub(crate) baseline_revisions: BaselineRevisions,
    pub(crate) after: Option<usize>,
    pub(crate) path: PathShape,
    /// The shares of the judged period's parts, for a flow that the plan spreads unevenly.
    pub(crate) phases: Vec<Number>,
    pub(crate) forecasting: Forecasting,
    pub(crate) survey: SurveyInterval,
    pub(crate) scope: Scope,
    /// The units that are judged: one assessment each, or counted together under [`Scope::AtLeast`].
    pub(crate) units: Vec<usize>,
    pub(crate) tolerance: Number,
    pub(crate) outlook: Option<Number>,
    pub(crate) compare_rounded: Option<Rounding>,
    pub(crate) strength: Strength,
    pub(crate) severity: Option<Severity>,
    pub(crate) assumed: Option<String>,
    pub(crate) conflicts_with: Vec<usize>,
    pub(crate) depends_on: Option<String>,
    pub(crate) decided_on: Option<NaiveDate>,
    pub(crate) in_force: (Option<NaiveDate>, Option<NaiveDate>),
    pub(crate) supersedes: Option<usize>,
    pub(crate) citation: Option<Citation>,
}

impl Target {
    /// The target's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The caller's own key.
    #[must_use]
    pub fn row(&self) -> Option<&str> {
        self.row.as_deref()
    }

    /// What has to hold.
    #[must_use]
    pub fn requirement(&self) -> Requirement {
        self.requirement
    }

    /// The times that the target is judged, in order.
    #[must_use]
    pub fn occurrences(&self) -> &[Occurrence] {
        &self.occurrences
    }

    /// Whether the target recurs.
    #[must_use]
    pub fn is_recurring(&self) -> bool {
        self.recurring
    }

    /// Whom the target binds.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// How far off the requirement still counts as met.
    #[must_use]
    pub fn tolerance(&self) -> Number {
        self.tolerance
    }

    /// Where the baseline comes from.
    #[must_use]
    pub fn baseline(&self) -> Option<Baseline> {
        self.baseline
    }

    /// The shape of the path from the baseline to the target.
    #[must_use]
    pub fn path(&self) -> &PathShape {
        &self.path
    }

    /// The shares of the judged period's parts, for a flow that the plan spreads unevenly.
    #[must_use]
    pub fn phases(&self) -> &[Number] {
        &self.phases
    }

    /// How the outlook is estimated.
    #[must_use]
    pub fn forecasting(&self) -> Forecasting {
        self.forecasting
    }

    /// How the uncertainty of a survey is estimated.
    #[must_use]
    pub fn survey(&self) -> SurveyInterval {
        self.survey
    }

    /// Whether the clause binds or aspires.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.strength
    }

    /// What a warning and a bad status come to in a check, where the plan says so.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.severity
    }

    /// How a vague clause was read.
    #[must_use]
    pub fn assumed(&self) -> Option<&str> {
        self.assumed.as_deref()
    }

    /// Where the promise stands.
    #[must_use]
    pub fn citation(&self) -> Option<&Citation> {
        self.citation.as_ref()
    }

    /// The first and the last day on which this version is law; open where it does not say.
    #[must_use]
    pub fn in_force(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        self.in_force
    }

    /// The day of the decision.
    #[must_use]
    pub fn decided_on(&self) -> Option<NaiveDate> {
        self.decided_on
    }
}
