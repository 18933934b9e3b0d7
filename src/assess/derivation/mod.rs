//! How the numbers of an assessment came about, as data: which formula took what, from where, and gave what.
//!
//! Nothing is computed here that is published: a step records the values that the formula's function took and gave. Each
//! file knows the steps of one part of an assessment.

mod cases;
mod contributions;
mod deliverable;
mod figures;
mod formula;
mod outlook;
mod path;
mod range;
mod threshold;
mod units;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

pub use formula::Formula;

pub(super) use deliverable::of_deliverable;
pub(super) use units::of_units;

use super::assessment::{Assessment, FactReference};
use super::change::Earlier;
use super::contributions::BaselinesBelow;
use super::judge::Case;
use super::outlook::Point;
use super::phases::PhaseLeft;
use super::reading::Reading;
use crate::facts::Fact;
use crate::number::Ratio;
use crate::plan::Plan;
use crate::statistics::Estimate;

/// Whether a scorecard keeps the steps by which its numbers were derived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Steps {
    /// Every assessment has its steps.
    #[default]
    Kept,
    /// None has; whoever asks for statuses and numbers only is spared the cost.
    Omitted,
}

/// What a step takes or gives.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StepValue {
    /// An exact number.
    Number(Ratio),
    /// An estimate of 12 significant digits.
    Estimate(Estimate),
    /// A day.
    Day(NaiveDate),
    /// A word of a closed list: `met`, `open`, a method.
    Word(&'static str),
}

impl StepValue {
    /// The value as a number, where it is one.
    #[must_use]
    pub fn number(&self) -> Option<Ratio> {
        match self {
            Self::Number(number) => Some(number.clone()),
            Self::Estimate(estimate) => Some(estimate.to_ratio()),
            Self::Day(_) | Self::Word(_) => None,
        }
    }
}

impl fmt::Display for StepValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Estimate(estimate) => estimate.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl From<Ratio> for StepValue {
    fn from(number: Ratio) -> Self {
        Self::Number(number)
    }
}

impl From<&Ratio> for StepValue {
    fn from(number: &Ratio) -> Self {
        Self::Number(number.clone())
    }
}

impl From<Estimate> for StepValue {
    fn from(estimate: Estimate) -> Self {
        Self::Estimate(estimate)
    }
}

impl From<NaiveDate> for StepValue {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<&'static str> for StepValue {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

/// Where an input of a step came from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StepSource {
    /// A column of a fact, as the facts format names it.
    Fact(FactReference, &'static str),
    /// A field of a target, as the plan format names it.
    Clause(Arc<str>, &'static str),
    /// What the target says, else the indicator, else the plan, else the format: a field by its name.
    Setting(&'static str),
    /// The weight that the indicator gives a unit, by the unit's id.
    Weight(Arc<str>),
    /// The calendar: days and numbers of periods.
    Calendar,
    /// How many units directly below report.
    UnitsReporting,
    /// The day that the scorecard speaks of.
    AsOf,
    /// An earlier step of the same assessment, counted from 1.
    Step(usize),
    /// The status of a unit, by its id.
    Unit(Arc<str>),
    /// Nothing is reported, and what nobody reports adds 0.
    NotReported,
}

/// An input of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name in the expression of the formula; one of a list with its number: `term 2`.
    pub name: Cow<'static, str>,
    /// Its value.
    pub value: StepValue,
    /// Where it came from.
    pub source: StepSource,
}

/// One step of a derivation: a named formula, its inputs, and its exact result.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The formula.
    pub formula: Formula,
    /// The field of the assessment whose value the result is, as the scorecard document names it; none for a step on the way.
    pub of: Option<Cow<'static, str>>,
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The result, not rounded.
    pub result: StepValue,
}

/// Everything that was found out on the way to an assessment.
pub(super) struct Found<'a, 'f> {
    pub(super) case: &'a Case<'a, 'f>,
    pub(super) reading: &'a Reading<'f>,
    pub(super) assessment: &'a Assessment,
    pub(super) earlier: &'a Earlier<'f>,
    pub(super) phases_left: &'a [PhaseLeft],
    pub(super) baselines_below: Option<&'a BaselinesBelow<'f>>,
    pub(super) points: &'a [Point<'f>],
}

/// The steps of an assessment whose requirement is a number.
pub(super) fn of_number(found: &Found<'_, '_>) -> Vec<Step> {
    let mut steps = Derivation::new(found.case.context.plan);
    figures::actual(&mut steps, found);
    threshold::baseline(&mut steps, found);
    threshold::threshold(&mut steps, found);
    threshold::gap(&mut steps, found);
    cases::cases(&mut steps, found);
    cases::remainder(&mut steps, found);
    path::path(&mut steps, found);
    contributions::changes(&mut steps, found);
    contributions::contributions(&mut steps, found);
    outlook::survey(&mut steps, found);
    outlook::forecast(&mut steps, found);
    steps.list
}

/// The steps so far.
struct Derivation<'p> {
    plan: &'p Plan,
    list: Vec<Step>,
}

/// The value of a step with the step.
#[derive(Clone)]
struct Made {
    value: StepValue,
    source: StepSource,
}

impl Made {
    /// The same as an input.
    fn as_input(&self, name: impl Into<Cow<'static, str>>) -> Input {
        Input { name: name.into(), value: self.value.clone(), source: self.source.clone() }
    }
}

impl<'p> Derivation<'p> {
    fn new(plan: &'p Plan) -> Self {
        Self { plan, list: Vec::new() }
    }

    /// The id of a unit.
    fn unit(&self, place: usize) -> Arc<str> {
        self.plan.units.get(place).map_or_else(|| "".into(), |unit| unit.id.clone())
    }

    /// A step whose result is published as `of`.
    fn publish(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        formula: Formula,
        inputs: Vec<Input>,
        result: impl Into<StepValue>,
    ) -> Made {
        self.push(Some(of.into()), formula, inputs, result.into())
    }

    /// A step on the way.
    fn pass(&mut self, formula: Formula, inputs: Vec<Input>, result: impl Into<StepValue>) -> Made {
        self.push(None, formula, inputs, result.into())
    }

    fn push(&mut self, of: Option<Cow<'static, str>>, formula: Formula, inputs: Vec<Input>, result: StepValue) -> Made {
        self.list.push(Step { formula, of, inputs, result: result.clone() });
        Made { value: result, source: StepSource::Step(self.list.len()) }
    }

    /// The step whose result is published as `of`.
    fn made(&self, of: &str) -> Option<Made> {
        let (place, step) = self.list.iter().enumerate().find(|(_, step)| step.of.as_deref() == Some(of))?;
        Some(Made { value: step.result.clone(), source: StepSource::Step(place.saturating_add(1)) })
    }

    /// What is published as `of`, as an input.
    fn input(&self, name: &'static str, of: &str) -> Option<Input> {
        self.made(of).map(|made| made.as_input(name))
    }
}

fn input(name: impl Into<Cow<'static, str>>, value: impl Into<StepValue>, source: StepSource) -> Input {
    Input { name: name.into(), value: value.into(), source }
}

/// An input of a list, counted from 1.
fn nth(name: &str, place: usize, value: impl Into<StepValue>, source: StepSource) -> Input {
    input(format!("{name} {}", place.saturating_add(1)), value, source)
}

fn column(fact: &Fact, column: &'static str) -> StepSource {
    StepSource::Fact(FactReference::from(fact), column)
}
