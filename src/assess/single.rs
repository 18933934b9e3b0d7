//! One answer alone, and the facts behind it: what a comparison or a search asks for again and again.

use chrono::NaiveDate;

use super::assessment::Assessment;
use super::baseline::baseline;
use super::context::Context;
use super::deliverable::delivery;
use super::judge::{Case, judge};
use super::units;
use crate::facts::{AsOf, Fact, Facts};
use crate::number::Ratio;
use crate::plan::{Occurrence, Plan, Requirement, Scope, Target};
use crate::time::Period;

/// Which of all the answers of a plan, by its places: a target, a unit, and the judged days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    pub(crate) target: usize,
    pub(crate) unit: usize,
    pub(crate) judged: Option<Period>,
}

/// When an answer is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    /// The day that is spoken of, and what was known.
    pub(crate) as_of: AsOf,
    /// The day up to which facts may stand in order to count; as a rule the day that is spoken of.
    pub(crate) standing: NaiveDate,
}

impl From<AsOf> for When {
    fn from(as_of: AsOf) -> Self {
        Self { as_of, standing: as_of.day() }
    }
}

impl Question {
    /// Whether a scorecard of a day holds the answer.
    pub(crate) fn is_asked(&self, plan: &Plan, day: NaiveDate) -> bool {
        let is_bound = |target: &Target| match target.scope {
            Scope::AtLeast(_) => self.unit == plan.owner,
            _ => target.units.contains(&self.unit),
        };
        let is_law = || super::in_force(plan, day).get(self.target).copied().unwrap_or(false);
        self.asked(plan).is_some_and(|(target, _)| is_bound(target)) && is_law()
    }

    /// The answer, the same as among all answers; none where there is no such target, unit or time, or it is not law.
    pub(crate) fn answer(&self, plan: &Plan, facts: &Facts, when: When) -> Option<Assessment> {
        let (target, occurrence) = self.asked(plan)?;
        if !self.is_asked(plan, when.as_of.day()) {
            return None;
        }
        let context = Context::standing(plan, facts, when.as_of, when.standing);
        let findings = &mut Vec::new();
        Some(match target.scope {
            Scope::AtLeast(count) => units::at_least(&context, self.target, target, count, occurrence, findings),
            _ => judge(&context, self.target, target, self.unit, occurrence, findings),
        })
    }

    /// The facts behind the actual and the baseline, by the row of the document that they stand in.
    pub(crate) fn facts_behind<'f>(&self, plan: &'f Plan, facts: &'f Facts, as_of: AsOf) -> Vec<&'f Fact> {
        let Some((target, occurrence)) = self.asked(plan) else { return Vec::new() };
        let context = Context::new(plan, facts, as_of);
        let units = if matches!(target.scope, Scope::AtLeast(_)) { target.units.as_slice() } else { &[self.unit] };
        let mut used: Vec<&Fact> =
            units.iter().flat_map(|unit| behind(&context, self.target, target, *unit, occurrence)).collect();
        used.sort_by_key(|fact| fact.row);
        used.dedup_by_key(|fact| fact.row);
        used
    }

    fn asked<'p>(&self, plan: &'p Plan) -> Option<(&'p Target, &'p Occurrence)> {
        let target = plan.targets.get(self.target)?;
        target.occurrences.iter().find(|occurrence| occurrence.judged == self.judged).map(|occurrence| (target, occurrence))
    }
}

fn behind<'f>(context: &Context<'f>, at: usize, target: &Target, unit: usize, occurrence: &Occurrence) -> Vec<&'f Fact> {
    let case = Case { context, at, target, unit, occurrence, window: occurrence.state(context.day()) };
    let Some(indicator) = context.indicator(target.indicator) else { return Vec::new() };
    if let Requirement::Deliver(needed) = target.requirement {
        return delivery(context, target, unit, occurrence, &needed.map_or(Ratio::ONE, Ratio::from)).used;
    }
    let reading = case.reading(indicator);
    let start = baseline(context, target, unit, occurrence, reading.period.as_ref());
    reading.figure.used.into_iter().chain(start.map(|start| start.used).unwrap_or_default()).collect()
}
