//! What an assessment looks things up in: the plan, and of every series of facts the records that count.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::facts::{AsOf, Facts, Records, Vintage};
use crate::plan::{Indicator, OrganisationUnit, Plan};

/// Plan, days and the records that count on them.
pub(crate) struct Context<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) as_of: AsOf,
    records: HashMap<(usize, usize), Records<'a>>,
    none: Records<'a>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(plan: &'a Plan, facts: &'a Facts, as_of: AsOf) -> Self {
        Self { plan, as_of, records: facts.known(as_of).collect(), none: Records::default() }
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
    /// Only what covers no day after this one.
    pub(crate) until: Option<NaiveDate>,
}
