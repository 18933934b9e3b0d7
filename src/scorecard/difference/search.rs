//! Which differences are causes: found by undoing them.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::cause::Cause;
use super::histories::{self, Histories, Thing};
use super::time::time_passed;
use super::versions::Versions;
use super::{Assessed, Pair, Standing};
use crate::assess::{Assessment, Question, When};
use crate::facts::AsOf;
use crate::plan::{Plan, Scope};
use chrono::NaiveDate;

/// With more differences than this bearing on one assessment all of them are named, since trying each takes too long.
const MOST_TRIED: usize = 400;

/// Both sides of a comparison.
pub(super) struct Search<'a> {
    before: Assessed<'a>,
    after: Assessed<'a>,
    histories: [Histories<'a>; 2],
    changed: Vec<Thing>,
    versions: HashMap<Vec<String>, Rc<Versions>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(before: Assessed<'a>, after: Assessed<'a>) -> Self {
        let histories = [before, after].map(|side| Histories::new(side.card.plan(), side.facts, side.card.as_of));
        let [then, now] = &histories;
        let changed = histories::changes(then, now);
        Self { before, after, changed, histories, versions: HashMap::new() }
    }

    /// The causes of what became of an assessment; nothing where it is only not shown.
    pub(super) fn causes(&mut self, pair: &Pair<'_>, was: Option<&Standing>, is: Option<&Standing>) -> Option<Vec<Cause>> {
        let mut family: Vec<String> = [pair.after, pair.before].into_iter().flatten().map(|of| of.target.to_string()).collect();
        family.dedup();
        let versions = self.versions_of(&family);
        let of = pair.after.or(pair.before)?;
        let units = self.units(of);
        let [then, now] = &self.histories;
        let things = histories::things(then, now, &versions.indicators, units.as_ref());
        let changed: Vec<&Thing> = self.changed.iter().filter(|thing| things.contains(thing)).collect();
        let trial = Trial { search: self, family: &family, of, versions: &versions, things, changed };
        let all = Undone::all(&trial);
        let none = Undone::none(&trial);
        if trial.answer(&none, false) != Some(is.cloned()) || trial.answer(&all, false) != Some(was.cloned()) {
            return None;
        }
        let whole = trial.needed(all, was, is, |one, other| one == other);
        let status = |standing: Option<&Standing>| standing.map(|standing| standing.status);
        let turned = if status(was) == status(is) {
            none
        } else {
            trial.needed(whole.clone(), was, is, |one, other| status(one) == status(other))
        };
        Some(trial.named(&whole, &turned))
    }

    fn versions_of(&mut self, family: &[String]) -> Rc<Versions> {
        let (before, after) = (self.before.card.plan(), self.after.card.plan());
        let ids: Vec<&str> = family.iter().map(String::as_str).collect();
        self.versions.entry(family.to_vec()).or_insert_with(|| Rc::new(Versions::new(before, after, &ids))).clone()
    }

    /// The units whose facts bear on an assessment; nothing where all may.
    fn units(&self, of: &Assessment) -> Option<BTreeSet<String>> {
        let mut units = BTreeSet::new();
        for plan in [self.before, self.after].map(|side| side.card.plan()) {
            let target = plan.targets().iter().find(|target| target.id() == &*of.target);
            if target.is_some_and(|target| matches!(target.scope(), Scope::AtLeast(_))) {
                return None;
            }
            below(plan, &of.unit, &mut units);
        }
        Some(units)
    }
}

/// Adds a unit and all below it.
fn below(plan: &Plan, id: &str, into: &mut BTreeSet<String>) {
    let mut open: Vec<usize> = plan.unit_by_id.get(id).copied().into_iter().collect();
    while let Some(unit) = open.pop().and_then(|place| plan.units().get(place)) {
        into.insert(unit.id().to_owned());
        open.extend(&unit.children);
    }
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
        Self {
            time: trial.days()[0] != trial.days()[1],
            plan: vec![true; trial.versions.changes.len()],
            facts: vec![true; trial.changed.len()],
        }
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
        let undone_things: BTreeSet<&Thing> =
            self.changed.iter().zip(&undone.facts).filter(|(_, undone)| **undone).map(|(thing, _)| *thing).collect();
        let facts = histories::mixed(then, now, &self.things, &plan, |thing| undone_things.contains(thing))?;
        let [before, after] = self.days();
        let day = if undone.time { before } else { after };
        let standing = if keeps_facts { before.max(after) } else { day };
        // Which records are known was decided thing by thing.
        let as_of = AsOf::from(day).with_known_on(NaiveDate::MAX);
        let unit = plan.unit_by_id.get(&*self.of.unit).copied();
        let ask = |id: &String| {
            let target = plan.targets.iter().position(|target| target.id() == id)?;
            // The same period has the same name, whatever days it has by another calendar.
            let label = self.of.period_label();
            let named = |judged: &Option<crate::time::Period>| match judged {
                Some(period) => period.label() == label,
                None => self.of.period.is_none(),
            };
            let judged = plan.targets.get(target)?.occurrences.iter().map(|one| one.judged).find(named)?;
            Question { target, unit: unit?, judged }.answer(&plan, &facts, When { as_of, standing })
        };
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
        let each = all.each();
        if each.len() > MOST_TRIED {
            return all;
        }
        let mut needed = all;
        let none = Undone::none(self);
        for one in each {
            let alone = self.answer(&none.clone().set(one, true), matches!(one, One::Time));
            if alone.is_some_and(|answer| !same(answer.as_ref(), is)) {
                continue;
            }
            let without = needed.clone().set(one, false);
            if self.answer(&without, false).is_some_and(|answer| same(answer.as_ref(), was)) {
                needed = without;
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
