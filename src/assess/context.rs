//! What an assessment looks things up in: the plan, and of every series of facts the records that count.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::derivation::Steps;
use crate::facts::{AsOf, Fact, Facts, Records, State, Vintage};
use crate::plan::{Indicator, OrganisationUnit, Plan};
use crate::time::Period;

/// Plan, days and the records that count on them.
pub(crate) struct Context<'a> {
    pub(crate) plan: &'a Plan,
    facts: &'a Facts,
    pub(crate) as_of: AsOf,
    records: HashMap<(usize, usize), Records<'a>>,
    none: Records<'a>,
    /// Whether assessments keep their steps.
    pub(crate) steps: Steps,
}

impl<'a> Context<'a> {
    pub(crate) fn new(plan: &'a Plan, facts: &'a Facts, as_of: AsOf) -> Self {
        Self::standing(plan, facts, as_of, as_of.day())
    }

    /// The same with steps kept or omitted; omitted unless said so.
    pub(crate) fn with(self, steps: Steps) -> Self {
        Self { steps, ..self }
    }

    /// The same with the records that stand on or before another day.
    pub(crate) fn standing(plan: &'a Plan, facts: &'a Facts, as_of: AsOf, standing: NaiveDate) -> Self {
        let records = facts.known(AsOf::from(standing).with_known_on(as_of.known_on())).collect();
        Self { plan, facts, as_of, records, none: Records::default(), steps: Steps::Omitted }
    }

    /// The same on an earlier day, as far as one indicator of some units is concerned: what is known stays known.
    pub(crate) fn on(&self, day: NaiveDate, indicator: usize, units: &[usize]) -> Self {
        let as_of = AsOf::from(day).with_known_on(self.as_of.known_on());
        let series = units.iter().map(|unit| (indicator, *unit));
        let records = series.map(|key| (key, self.facts.known_of(key, as_of))).collect();
        Self { as_of, records, none: Records::default(), ..*self }
    }

    /// The days on which some record of an indicator and units stands, of all periods inside one, in order.
    pub(crate) fn days_inside(&self, indicator: usize, units: &[usize], period: &Period) -> Vec<NaiveDate> {
        let known = |fact: &&Fact| fact.known_from() <= self.as_of.known_on() && fact.state != State::Expected;
        let mut days: Vec<NaiveDate> = units
            .iter()
            .flat_map(|unit| self.facts.of((indicator, *unit)))
            .filter(known)
            .filter(|fact| period.contains(&fact.period))
            .map(Fact::stands_at)
            .filter(|day| *day <= self.day())
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The day that is spoken of.
    pub(crate) fn day(&self) -> NaiveDate {
        self.as_of.day()
    }

    pub(crate) fn records(&self, indicator: usize, unit: usize) -> &Records<'a> {
        self.records.get(&(indicator, unit)).unwrap_or(&self.none)
    }

    pub(crate) fn all_records(&self) -> impl Iterator<Item = (&(usize, usize), &Records<'a>)> {
        self.records.iter()
    }

    pub(crate) fn indicator(&self, place: usize) -> Option<&'a Indicator> {
        self.plan.indicators.get(place)
    }

    pub(crate) fn unit(&self, place: usize) -> Option<&'a OrganisationUnit> {
        self.plan.units.get(place)
    }

    /// The unit and all units below it, level by level.
    pub(crate) fn levels(&self, place: usize) -> Vec<Vec<usize>> {
        let mut levels = vec![vec![place]];
        loop {
            let units = levels.iter().next_back().into_iter().flatten().filter_map(|unit| self.unit(*unit));
            let below: Vec<usize> = units.flat_map(|unit| unit.children.iter().copied()).collect();
            if below.is_empty() {
                return levels;
            }
            levels.push(below);
        }
    }

    pub(crate) fn unit_id(&self, place: usize) -> &'a str {
        self.unit(place).map_or("", |unit| &unit.id)
    }
}

/// Which figure is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Series {
    pub(crate) indicator: usize,
    pub(crate) unit: usize,
    pub(crate) vintage: Vintage,
}
