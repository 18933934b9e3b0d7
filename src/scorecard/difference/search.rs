//! Which differences are causes: found by undoing them.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::rc::Rc;

use super::cause::{Cause, PlanEntry};
use super::histories::{self, Histories, Thing};
use super::time::time_passed;
use super::versions::{PlanChange, Versions};
use super::{Assessed, Pair, Standing};
use crate::assess::{Assessment, Question, Reason, When};
use crate::facts::AsOf;
use crate::plan::{OrganisationUnit, Plan, Scope, Target};
use crate::time::Period;
use chrono::NaiveDate;

/// With more differences than this bearing on one assessment they are tried in blocks, so many times in all.
const MOST_TRIED: usize = 400;

/// Both sides of a comparison.
pub(super) struct Search<'a> {
    before: Assessed<'a>,
    after: Assessed<'a>,
    histories: [Histories<'a>; 2],
    /// The things of which other records count, each with its place in their order.
    changed: BTreeMap<Thing, usize>,
    versions: HashMap<Vec<String>, Rc<Versions>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(before: Assessed<'a>, after: Assessed<'a>) -> Self {
        let histories = [before, after].map(|side| Histories::new(side.card.plan(), side.facts, side.card.as_of));
        let [then, now] = &histories;
        let changed = histories::changes(then, now);
        Self { before, after, changed, histories, versions: HashMap::new() }
    }

    /// Whether an assessment that one of the scorecards does not show is only left out there.
    pub(super) fn is_left_out(&self, pair: &Pair<'_>) -> bool {
        let is_asked = |side: Assessed<'_>, of: &Assessment| {
            let plan = side.card.plan();
            let unit = plan.unit_by_id.get(&*of.unit).copied();
            let question = question(plan, &of.target, unit, &of.period_label());
            question.is_some_and(|question| question.is_asked(plan, side.card.as_of()))
        };
        match (pair.before, pair.after) {
            (None, Some(of)) => is_asked(self.before, of),
            (Some(of), None) => is_asked(self.after, of),
            _ => false,
        }
    }

    /// The causes of what became of an assessment.
    pub(super) fn causes(&mut self, pair: &Pair<'_>, was: Option<&Standing>, is: Option<&Standing>) -> Vec<Cause> {
        let mut family: Vec<String> = [pair.after, pair.before].into_iter().flatten().map(|of| of.target.to_string()).collect();
        family.dedup();
        let versions = self.versions_of(&family);
        let Some(of) = pair.after.or(pair.before) else { return Vec::new() };
        let units = self.units(of, &family);
        let [then, now] = &self.histories;
        let things = histories::things(then, now, &versions.indicators, units.as_ref().map(|units| &units.below));
        let mut changed: Vec<(&Thing, usize)> =
            things.iter().filter_map(|thing| Some((*thing, *self.changed.get(*thing)?))).collect();
        changed.sort_unstable_by_key(|(_, place)| *place);
        let changed = changed.into_iter().map(|(thing, _)| thing).collect();
        let bears = |change: &PlanChange| match (&change.entry, &units) {
            (PlanEntry::Unit(id), Some(units)) => units.below.contains(id) || units.above.contains(id),
            _ => true,
        };
        let bearing = versions.changes.iter().map(bears).collect();
        let trial = Trial { search: self, family: &family, of, versions: &versions, things, changed, bearing };
        let (all, none) = (Undone::all(&trial), Undone::none(&trial));
        let status = |standing: Option<&Standing>| standing.map(|standing| standing.status);
        let is_turned = status(was) != status(is);
        let is_explained = trial.answer(&none, false) == Some(is.cloned()) && trial.answer(&all, false) == Some(was.cloned());
        let whole = if is_explained { trial.needed(all, was, is, |one, other| one == other) } else { all };
        let turned = match (is_turned, is_explained) {
            (false, _) => none,
            // Where the two answers can not be told apart cause by cause, every difference is named.
            (true, false) => whole.clone(),
            (true, true) => trial.needed(whole.clone(), was, is, |one, other| status(one) == status(other)),
        };
        trial.named(&whole, &turned)
    }

    fn versions_of(&mut self, family: &[String]) -> Rc<Versions> {
        let (before, after) = (self.before.card.plan(), self.after.card.plan());
        let ids: Vec<&str> = family.iter().map(String::as_str).collect();
        self.versions.entry(family.to_vec()).or_insert_with(|| Rc::new(Versions::new(before, after, &ids))).clone()
    }

    /// The units that bear on an assessment; nothing where all may.
    fn units(&self, of: &Assessment, family: &[String]) -> Option<BearingUnits> {
        let plans = [self.before, self.after].map(|side| side.card.plan());
        let mut units = BearingUnits::default();
        for plan in plans {
            let is_together = |target: &Target| matches!(target.scope(), Scope::AtLeast(_));
            if family.iter().filter_map(|id| target(plan, id)).filter_map(|place| plan.targets.get(place)).any(is_together) {
                return None;
            }
        }
        units.below = below(&plans, &of.unit);
        units.above = above(&plans, &units.below);
        Some(units)
    }
}

/// The units that bear on an assessment of one of them, however the parents of both plans are mixed.
#[derive(Debug, Default)]
struct BearingUnits {
    /// The unit itself and all below it.
    below: BTreeSet<String>,
    /// All above any of these.
    above: BTreeSet<String>,
}

/// A unit and all below it, by what any of the plans puts below what.
pub(in crate::scorecard) fn below(plans: &[&Plan], id: &str) -> BTreeSet<String> {
    let children = |unit: &OrganisationUnit| unit.children.clone();
    let mut found = reached(plans, vec![id.to_owned()], children);
    found.insert(id.to_owned());
    found
}

/// All units above some.
fn above(plans: &[&Plan], units: &BTreeSet<String>) -> BTreeSet<String> {
    reached(plans, units.iter().cloned().collect(), |unit| unit.parent.into_iter().collect())
}

/// The units to which steps lead in any of the plans.
fn reached(plans: &[&Plan], mut open: Vec<String>, steps: impl Fn(&OrganisationUnit) -> Vec<usize>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        for plan in plans {
            let unit = |place: usize| plan.units().get(place);
            let next = plan.unit_by_id.get(&id).and_then(|place| unit(*place)).map(&steps).unwrap_or_default();
            for id in next.into_iter().filter_map(unit).map(|unit| unit.id().to_owned()) {
                if found.insert(id.clone()) {
                    open.push(id);
                }
            }
        }
    }
    found
}

/// The place of a target in a plan.
fn target(plan: &Plan, id: &str) -> Option<usize> {
    plan.targets.iter().position(|target| target.id() == id)
}

/// The question that an assessment answers, in a version of the plan.
fn question(plan: &Plan, target_id: &str, unit: Option<usize>, label: &str) -> Option<Question> {
    let target = target(plan, target_id)?;
    // The same period has the same name, whatever days it has by another calendar.
    let named = |judged: &Option<Period>| match judged {
        Some(period) => period.label() == label,
        None => label == Reason::Undated.code(),
    };
    let judged = plan.targets.get(target)?.occurrences.iter().map(|one| one.judged).find(named)?;
    Some(Question { target, unit: unit?, judged })
}

/// Which differences are undone.
#[derive(Clone, Debug, PartialEq)]
struct Undone {
    time: bool,
    plan: Vec<bool>,
    facts: Vec<bool>,
}

/// One difference.
#[derive(Clone, Copy, Debug)]
enum One {
    Time,
    Plan(usize),
    Fact(usize),
}

impl Undone {
    fn all(trial: &Trial<'_, '_>) -> Self {
        Self { time: trial.days()[0] != trial.days()[1], plan: trial.bearing.clone(), facts: vec![true; trial.changed.len()] }
    }

    fn none(trial: &Trial<'_, '_>) -> Self {
        Self { time: false, plan: vec![false; trial.versions.changes.len()], facts: vec![false; trial.changed.len()] }
    }

    /// Every difference that is undone: the day first, since facts and clauses say more.
    fn each(&self) -> Vec<One> {
        let of = |list: &[bool], one: fn(usize) -> One| -> Vec<One> {
            list.iter().enumerate().filter(|(_, undone)| **undone).map(|(place, _)| one(place)).collect()
        };
        let time = self.time.then_some(One::Time).into_iter();
        time.chain(of(&self.plan, One::Plan)).chain(of(&self.facts, One::Fact)).collect()
    }

    fn set(mut self, one: One, undone: bool) -> Self {
        let slot = match one {
            One::Time => Some(&mut self.time),
            One::Plan(place) => self.plan.get_mut(place),
            One::Fact(place) => self.facts.get_mut(place),
        };
        if let Some(slot) = slot {
            *slot = undone;
        }
        self
    }

    fn has(&self, one: One) -> bool {
        match one {
            One::Time => self.time,
            One::Plan(place) => self.plan.get(place).copied().unwrap_or(false),
            One::Fact(place) => self.facts.get(place).copied().unwrap_or(false),
        }
    }
}

/// One assessment, asked about again with some of the differences undone.
struct Trial<'t, 'a> {
    search: &'t Search<'a>,
    family: &'t [String],
    of: &'t Assessment,
    versions: &'t Versions,
    things: BTreeSet<&'t Thing>,
    changed: Vec<&'t Thing>,
    /// Which changes of the plan may bear on the assessment.
    bearing: Vec<bool>,
}

impl Trial<'_, '_> {
    fn days(&self) -> [NaiveDate; 2] {
        [self.search.before, self.search.after].map(|side| side.card.as_of())
    }

    /// How the assessment stands then: nothing where there is no such plan; within it, nothing where it is not assessed.
    ///
    /// `keeps_facts` lets facts count that stand after an earlier day, which asks what time alone has done.
    fn answer(&self, undone: &Undone, keeps_facts: bool) -> Option<Option<Standing>> {
        let plan = self.versions.plan(&undone.plan)?;
        let [then, now] = &self.search.histories;
        let as_before: BTreeMap<&Thing, bool> = self.changed.iter().copied().zip(undone.facts.iter().copied()).collect();
        let facts = histories::mixed(then, now, &self.things, &plan, |thing| as_before.get(thing).copied())?;
        let [before, after] = self.days();
        let day = if undone.time { before } else { after };
        let standing = if keeps_facts { before.max(after) } else { day };
        // Which records are known was decided thing by thing.
        let as_of = AsOf::from(day).with_known_on(NaiveDate::MAX);
        let unit = plan.unit_by_id.get(&*self.of.unit).copied();
        let label = self.of.period_label();
        let ask = |id: &String| question(&plan, id, unit, &label)?.answer(&plan, &facts, When { as_of, standing });
        Some(self.family.iter().find_map(ask).as_ref().map(Standing::from))
    }

    /// Of what is undone, what has to be.
    ///
    /// A difference stays where undoing it alone already gives another answer than that of now, or where without undoing it
    /// the others do not give back that of before.
    fn needed(
        &self,
        all: Undone,
        was: Option<&Standing>,
        is: Option<&Standing>,
        same: impl Fn(Option<&Standing>, Option<&Standing>) -> bool,
    ) -> Undone {
        let none = Undone::none(self);
        let gives_now =
            |undone: &Undone, is_time: bool| self.answer(undone, is_time).is_none_or(|answer| same(answer.as_ref(), is));
        let gives_then = |undone: &Undone| self.answer(undone, false).is_some_and(|answer| same(answer.as_ref(), was));
        let mut needed = all;
        let each = needed.each();
        // The day comes first and is tried by itself in any case.
        let alone = if each.len() > MOST_TRIED { usize::from(needed.time) } else { each.len() };
        let (singly, blocks) = each.split_at(alone);
        for one in singly {
            if !gives_now(&none.clone().set(*one, true), matches!(one, One::Time)) {
                continue;
            }
            let without = needed.clone().set(*one, false);
            if gives_then(&without) {
                needed = without;
            }
        }
        // Blocks that play no part go at once; of the others each half is tried, as long as there are tries left.
        let mut open = VecDeque::from([blocks]);
        let mut tries = MOST_TRIED;
        while let Some(block) = open.pop_front().filter(|block| !block.is_empty() && tries > 0) {
            tries = tries.saturating_sub(1);
            let set = |undone: &Undone, to: bool| block.iter().fold(undone.clone(), |undone, one| undone.set(*one, to));
            let without = set(&needed, false);
            if gives_now(&set(&none, true), false) && gives_then(&without) {
                needed = without;
            } else if block.len() > 1 {
                let (one, other) = block.split_at(block.len() / 2);
                open.extend([one, other]);
            }
        }
        needed
    }

    fn named(&self, whole: &Undone, turned: &Undone) -> Vec<Cause> {
        let [then, now] = &self.search.histories;
        let named = |one: One| {
            let what = match one {
                One::Time => Some(time_passed(self.search.before.card, self.search.after.card, self.family, self.of)),
                One::Plan(place) => self.versions.changes.get(place).map(|change| self.versions.cause(change)),
                One::Fact(place) => self.changed.get(place).and_then(|thing| histories::cause(then, now, thing)),
            }?;
            Some(Cause { what, turned: turned.has(one) })
        };
        let mut causes: Vec<Cause> = whole.each().into_iter().filter_map(named).collect();
        // What turned it comes first, and of that facts and clauses before the day.
        causes.sort_by_key(|cause| (!cause.turned, matches!(cause.what, super::CauseKind::TimePassed { .. })));
        causes
    }
}
