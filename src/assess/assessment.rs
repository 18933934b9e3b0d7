//! The answer for one target, unit and time.

use std::sync::Arc;

use chrono::NaiveDate;

use super::actual::Coverage;
use super::bound::Bound;
use super::change::Changes;
use super::contributions::Contribution;
use super::derivation::Step;
use super::feasibility::CasesNeeded;
use super::outlook::Forecast;
use super::pace::Pace;
use super::reason::{Computed, Quantity, Reason};
use super::remainder::Remainder;
use super::rows::RowsAbove;
use super::status::{Group, Status};
use super::survey::SurveyReading;
use crate::facts::{Fact, Measure, State};
use crate::number::Ratio;
use crate::time::Period;

/// What was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Actual {
    /// The value in the indicator's unit, or why there is none.
    pub value: Quantity,
    /// The figures behind it.
    pub measure: Option<Measure>,
    /// The last day that it covers; of a deliverable, the day it was done.
    pub on: Option<NaiveDate>,
    /// The period that was read.
    pub period: Option<Period>,
    /// How much of that period is reported.
    pub coverage: Coverage,
    /// What was reported as not applicable, by period.
    pub not_applicable: Vec<String>,
}

/// What is required.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// The requirement with its exact threshold, or why there is none.
    pub bound: Computed<Bound>,
    /// For whole things: the last whole number that meets it.
    pub attainable: Option<Ratio>,
    /// The day on which the target is due; none without a date.
    pub due: Option<NaiveDate>,
}

/// What is measured from.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineValue {
    /// The value, or why there is none.
    pub value: Quantity,
    /// Its day.
    pub on: Option<NaiveDate>,
}

/// The fact that a number came from.
#[derive(Clone, Debug, PartialEq)]
pub struct FactReference {
    /// The indicator, by its place in the plan.
    pub(crate) indicator: usize,
    /// The unit, by its place in the plan.
    pub(crate) unit: usize,
    /// The period.
    pub period: Period,
    /// The day the record was made, where it says so.
    pub recorded_on: Option<NaiveDate>,
    /// Who says so.
    pub source: Option<Box<str>>,
    /// The last day that its figures cover, where that is not the period's.
    pub(crate) through: Option<NaiveDate>,
    /// How settled its figures are.
    pub(crate) state: State,
}

impl From<&Fact> for FactReference {
    fn from(fact: &Fact) -> Self {
        Self {
            indicator: fact.indicator,
            unit: fact.unit,
            period: fact.period,
            recorded_on: fact.recorded_on,
            source: fact.source.clone(),
            through: fact.through,
            state: fact.state,
        }
    }
}

/// How one of several units stands, where so many of them are promised.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitStatus {
    /// The unit's id.
    pub unit: Arc<str>,
    /// Its status.
    pub status: Status,
    /// Its value, or why there is none.
    pub value: Quantity,
}

/// The answer for one target, unit and time: the verdict, every number behind it, and why.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assessment {
    /// The target's id.
    pub target: Arc<str>,
    /// The indicator's id.
    pub indicator: Arc<str>,
    /// The unit's id.
    pub unit: Arc<str>,
    /// The judged days; none for an undated target.
    pub period: Option<Period>,
    /// What can be said.
    pub status: Status,
    /// The row of the status table that said it.
    pub row: u8,
    /// Why no row above it applies.
    pub rows_above: RowsAbove,
    /// Why, or what decided; in the order of the closed list.
    pub reasons: Vec<Reason>,
    /// Whether a fact behind the actual may still be revised.
    pub provisional: bool,
    /// What was reached.
    pub actual: Actual,
    /// What is required.
    pub threshold: Threshold,
    /// What is measured from.
    pub baseline: BaselineValue,
    /// The signed difference to the threshold.
    pub variance: Quantity,
    /// What is lacking, 0 or more.
    pub shortfall: Quantity,
    /// The shortfall as a share of the threshold.
    pub shortfall_share: Quantity,
    /// The actual in terms of the target.
    pub ratio_to_target: Quantity,
    /// How much of the way from the baseline is done.
    pub progress: Quantity,
    /// The path to the target, and how the actual stands against it.
    pub path: Computed<Pace>,
    /// What has changed since earlier periods.
    pub changes: Changes,
    /// Where the series so far leads to.
    pub forecast: Computed<Forecast>,
    /// How sure a survey is of its verdict; nothing for other kinds.
    pub survey: Option<Computed<SurveyReading>>,
    /// What is missing, in cases.
    pub cases: Computed<CasesNeeded>,
    /// What the rest has to bring.
    pub remainder: Option<Remainder>,
    /// The end of the first period at which the target was lost, where it is.
    pub lost_since: Option<NaiveDate>,
    /// What each unit directly below adds, where the figure is rolled up.
    pub contributions: Vec<Contribution>,
    /// How each unit stands, where so many of them are promised.
    pub units: Vec<UnitStatus>,
    /// How the numbers were derived; none where they were omitted.
    pub steps: Vec<Step>,
    /// The places of target and unit in the plan.
    pub(crate) places: Places,
}

/// Where an assessment's parts stand in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) target: usize,
    pub(crate) indicator: usize,
    pub(crate) unit: usize,
}

impl Assessment {
    /// Whether the status is good news.
    #[must_use]
    pub fn group(&self) -> Group {
        self.status.group()
    }

    /// The judged days as documents write them: the calendar's label, else `first/last`, or `undated`.
    #[must_use]
    pub fn period_label(&self) -> String {
        self.period.map_or_else(|| Reason::Undated.code().to_owned(), |period| period.label())
    }
}
