//! Which records count, thing by thing: what facts are added, revised or gone, and facts of which some are as they were.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cause::{CauseKind, FactRecord};
use super::versions::Versions;
use crate::facts::{AsOf, Fact, Facts, Measure, State};
use crate::plan::Plan;

/// What records speak of: indicator, unit and period, and whether of what is expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thing {
    pub(super) indicator: Arc<str>,
    pub(super) unit: Arc<str>,
    period: String,
    is_expected: bool,
}

impl Thing {
    /// What stands before everything of an indicator and a unit; of all its units where the unit is empty.
    fn start_of(indicator: &str, unit: &str) -> Self {
        Self { indicator: indicator.into(), unit: unit.into(), period: String::new(), is_expected: false }
    }
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
                let thing =
                    Thing { indicator: about.id.clone(), unit: unit.id.clone(), period: fact.period.label(), is_expected };
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
        let places = plan.indicator_by_id.get(&*thing.indicator).zip(plan.unit_by_id.get(&*thing.unit));
        // Without its indicator or unit a record is of nothing that is assessed.
        let Some((indicator, unit)) = places else { return true };
        let start = into.len();
        for fact in records {
            let period =
                if self.plan.calendar == plan.calendar { Some(fact.period) } else { plan.calendar.period(&thing.period).ok() };
            let Some(period) = period.filter(|_| self.is_taken(fact, plan, *indicator)) else {
                into.truncate(start);
                return false;
            };
            into.push(Fact { indicator: *indicator, unit: *unit, period, ..(*fact).clone() });
        }
        true
    }

    /// Whether another version of the plan takes the figures of a record: of the same kind, and what its rules let a record say.
    fn is_taken(&self, fact: &Fact, plan: &Plan, indicator: usize) -> bool {
        let about = [self.plan.indicators.get(fact.indicator), plan.indicators.get(indicator)];
        let [Some(own), Some(other)] = about else { return false };
        let fits = |measure: &Measure| fact.state == State::Expected || measure.fits(other);
        own.kind == other.kind && fact.measure.as_ref().is_none_or(fits)
    }

    /// The things of an indicator, of some units where these are given.
    fn things<'h>(&'h self, indicator: &'h str, units: Option<&'h BTreeSet<String>>) -> Box<dyn Iterator<Item = &'h Thing> + 'h> {
        let from = |unit: &str| self.of.range(Thing::start_of(indicator, unit)..).map(|(thing, _)| thing);
        let is_of = move |thing: &&Thing| *thing.indicator == *indicator;
        match units {
            None => Box::new(from("").take_while(is_of)),
            Some(units) => Box::new(
                units.iter().flat_map(move |unit| from(unit).take_while(move |thing| is_of(thing) && *thing.unit == **unit)),
            ),
        }
    }
}

/// The things of which other records count, each with its place in the order of ids, then of periods.
pub(super) fn changes(before: &Histories<'_>, after: &Histories<'_>) -> BTreeMap<Thing, usize> {
    let things: BTreeSet<&Thing> = before.of.keys().chain(after.of.keys()).collect();
    let mut changed: Vec<&Thing> =
        things.into_iter().filter(|thing| !are_the_same(before.records(thing), after.records(thing))).collect();
    let first = |thing: &Thing| after.records(thing).first().or(before.records(thing).first()).map(|fact| fact.period);
    changed.sort_by_cached_key(|thing| (thing.indicator.clone(), thing.unit.clone(), first(thing), thing.is_expected));
    changed.into_iter().cloned().enumerate().map(|(place, thing)| (thing, place)).collect()
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

/// The facts of some things; nothing where the plan does not take them. `as_before` says of a thing that changed whether it is
/// as it was or as it is; of one that did not it says nothing, and the records of either side do.
pub(super) fn mixed(
    before: &Histories<'_>,
    after: &Histories<'_>,
    things: &BTreeSet<&Thing>,
    plan: &Plan,
    as_before: impl Fn(&Thing) -> Option<bool>,
) -> Option<Facts> {
    let mut facts = Vec::new();
    for thing in things {
        let is_added = match as_before(thing) {
            Some(true) => before.add(thing, plan, &mut facts),
            Some(false) => after.add(thing, plan, &mut facts),
            // Figures of one kind are not read as those of another, so a version takes those that were given under it.
            None => after.add(thing, plan, &mut facts) || before.add(thing, plan, &mut facts),
        };
        if !is_added {
            return None;
        }
    }
    Some(Facts::of_records(facts))
}

/// All things of some indicators, and of some units where these are given.
pub(super) fn things<'h>(
    before: &'h Histories<'_>,
    after: &'h Histories<'_>,
    indicators: &'h BTreeSet<String>,
    units: Option<&'h BTreeSet<String>>,
) -> BTreeSet<&'h Thing> {
    let of = |histories: &'h Histories<'_>| indicators.iter().flat_map(move |indicator| histories.things(indicator, units));
    of(before).chain(of(after)).collect()
}

/// The facts that bear on the targets of one version, of some units where these are given, as they are.
pub(in crate::scorecard) fn all_of(
    histories: &Histories<'_>,
    versions: &Versions,
    plan: &Plan,
    units: Option<&BTreeSet<String>>,
) -> Option<Facts> {
    mixed(histories, histories, &things(histories, histories, &versions.indicators, units), plan, |_| Some(false))
}
