//! Which records count, thing by thing: what facts are added, revised or gone, and facts of which some are as they were.

use std::collections::{BTreeMap, BTreeSet};

use super::cause::{CauseKind, FactRecord};
use super::versions::Versions;
use crate::facts::{AsOf, Fact, Facts, State};
use crate::plan::Plan;

/// What records speak of: indicator, unit and period, and whether of what is expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thing {
    pub(super) indicator: String,
    pub(super) unit: String,
    period: String,
    is_expected: bool,
}

/// The records of each thing that count, in the order in which they are known.
#[derive(Clone, Debug)]
pub(in crate::scorecard) struct Histories<'f> {
    plan: &'f Plan,
    of: BTreeMap<Thing, Vec<&'f Fact>>,
}

impl<'f> Histories<'f> {
    pub(in crate::scorecard) fn new(plan: &'f Plan, facts: &'f Facts, as_of: AsOf) -> Self {
        let mut of: BTreeMap<Thing, Vec<&Fact>> = BTreeMap::new();
        for fact in facts.iter() {
            let is_expected = fact.state == State::Expected;
            let counts = fact.known_from() <= as_of.known_on() && (is_expected || fact.stands_at() <= as_of.day());
            let (Some(about), Some(unit)) = (plan.indicators.get(fact.indicator), plan.units.get(fact.unit)) else { continue };
            if counts {
                let thing = Thing {
                    indicator: about.id.to_string(),
                    unit: unit.id.to_string(),
                    period: fact.period.label(),
                    is_expected,
                };
                of.entry(thing).or_default().push(fact);
            }
        }
        Self { plan, of }
    }

    fn records(&self, thing: &Thing) -> &[&'f Fact] {
        self.of.get(thing).map(Vec::as_slice).unwrap_or_default()
    }

    /// Adds the records of a thing as facts of another version of the plan; says whether that can be.
    fn add(&self, thing: &Thing, plan: &Plan, into: &mut Vec<Fact>) -> bool {
        let records = self.records(thing);
        if records.is_empty() {
            return true;
        }
        let places = plan.indicator_by_id.get(&thing.indicator).zip(plan.unit_by_id.get(&thing.unit));
        // Without its indicator or unit a record is of nothing that is assessed.
        let Some((indicator, unit)) = places else { return true };
        let kind = |plan: &Plan, place: usize| plan.indicators.get(place).map(|about| (about.kind, about.whole, about.bounds));
        for fact in records {
            let period = if self.plan.calendar == plan.calendar {
                fact.period
            } else {
                let Ok(period) = plan.calendar.period(&thing.period) else { return false };
                period
            };
            // Figures of one kind are not checked by the rules of another.
            if kind(self.plan, fact.indicator) != kind(plan, *indicator) {
                return false;
            }
            into.push(Fact { indicator: *indicator, unit: *unit, period, ..(*fact).clone() });
        }
        true
    }
}

/// The things of which other records count, in the order of the plan's ids, then of periods.
pub(super) fn changes(before: &Histories<'_>, after: &Histories<'_>) -> Vec<Thing> {
    let things: BTreeSet<&Thing> = before.of.keys().chain(after.of.keys()).collect();
    let mut changed: Vec<&Thing> =
        things.into_iter().filter(|thing| !are_the_same(before.records(thing), after.records(thing))).collect();
    let first = |thing: &Thing| after.records(thing).first().or(before.records(thing).first()).map(|fact| fact.period);
    changed.sort_by_key(|thing| (thing.indicator.clone(), thing.unit.clone(), first(thing), thing.is_expected));
    changed.into_iter().cloned().collect()
}

fn are_the_same(some: &[&Fact], others: &[&Fact]) -> bool {
    let same = |(one, other): (&&Fact, &&Fact)| one.says_the_same(other) && one.recorded_on == other.recorded_on;
    some.len() == others.len() && some.iter().zip(others).all(same)
}

/// What became of the records of a thing.
pub(super) fn cause(before: &Histories<'_>, after: &Histories<'_>, thing: &Thing) -> Option<CauseKind> {
    let record = |of: &Histories<'_>, fact: &Fact| FactRecord::new(of.plan, fact);
    let (then, now) = (before.records(thing), after.records(thing));
    Some(match (then.last(), now.last()) {
        (None, Some(fact)) => CauseKind::FactAdded(record(after, fact)),
        (Some(fact), None) => CauseKind::FactGone(record(before, fact)),
        (Some(_), Some(_)) => {
            // Where the record that counts is the same, an earlier one that a frozen baseline rests on is not.
            let differ = |(one, other): &(&&Fact, &&Fact)| !one.says_the_same(other);
            let latest = then.last().zip(now.last()).filter(differ);
            let (one, other) = latest.or_else(|| then.iter().zip(now).find(differ)).or(then.last().zip(now.last()))?;
            CauseKind::FactRevised { before: record(before, one), after: record(after, other) }
        }
        (None, None) => return None,
    })
}

/// The facts of some things, each as it was or as it is; nothing where the plan does not take them.
pub(super) fn mixed(
    before: &Histories<'_>,
    after: &Histories<'_>,
    things: &BTreeSet<&Thing>,
    plan: &Plan,
    as_before: impl Fn(&Thing) -> bool,
) -> Option<Facts> {
    let mut facts = Vec::new();
    for thing in things {
        let from = if as_before(thing) { before } else { after };
        if !from.add(thing, plan, &mut facts) {
            return None;
        }
    }
    Some(Facts::of_records(facts))
}

/// All things of some indicators, and of some units where these are given.
pub(super) fn things<'h>(
    before: &'h Histories<'_>,
    after: &'h Histories<'_>,
    indicators: &BTreeSet<String>,
    units: Option<&BTreeSet<String>>,
) -> BTreeSet<&'h Thing> {
    let wanted = |thing: &&Thing| indicators.contains(&thing.indicator) && units.is_none_or(|units| units.contains(&thing.unit));
    before.of.keys().chain(after.of.keys()).filter(wanted).collect()
}

/// The facts that bear on the targets of one version, as they are.
pub(in crate::scorecard) fn all_of(histories: &Histories<'_>, versions: &Versions, plan: &Plan) -> Option<Facts> {
    mixed(histories, histories, &things(histories, histories, &versions.indicators, None), plan, |_| false)
}
