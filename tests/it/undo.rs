//! Undoing causes on the documents themselves, apart from the library: does the answer of before come back?
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test stops it where its input is not what the test meant")]

use attain::facts::{FactDraft, State};
use attain::plan::{PlanDraft, TargetDraft};
use attain::scorecard::{Assessed, Cause, CauseKind, Changed, Difference, FactRecord, PlanEntry, Standing, difference};
use attain::{AsOf, Facts, Plan, Scorecard, assess};
use chrono::NaiveDate;
use serde_json::Value;

use crate::support::{day, facts, valid};

/// Everything that a scorecard is made of.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) draft: PlanDraft,
    pub(crate) rows: Vec<FactDraft>,
    pub(crate) as_of: AsOf,
}

impl Side {
    pub(crate) fn plan(&self) -> Plan {
        valid(self.draft.clone())
    }

    pub(crate) fn made(&self) -> (Scorecard, Facts) {
        let plan = self.plan();
        let facts = facts(&plan, self.rows.clone());
        (assess(&plan, &facts, self.as_of), facts)
    }

    /// The rows that count, with their unit.
    fn counting(&self) -> Vec<FactDraft> {
        let plan = self.plan();
        let owner = self.draft.plan.owner.clone();
        let counts = |row: &FactDraft| {
            let period = plan.calendar().period(row.period.as_ref().unwrap()).unwrap();
            let stands_at = row.done_on.or(row.through).map_or(period.last(), |day| day.0);
            let known_from = row.recorded_on.map_or(stands_at, |day| day.0);
            let stands = row.state == Some(State::Expected) || stands_at <= self.as_of.day();
            stands && known_from <= self.as_of.known_on()
        };
        let named = |row: &FactDraft| FactDraft { unit: row.unit.clone().or(owner.clone()), ..row.clone() };
        self.rows.iter().filter(|row| counts(row)).map(named).collect()
    }
}

pub(crate) fn compare(before: &Side, after: &Side) -> Difference {
    let ((then, of_then), (now, of_now)) = (before.made(), after.made());
    difference(Assessed { card: &then, facts: &of_then }, Assessed { card: &now, facts: &of_now })
}

fn is_of(row: &FactDraft, fact: &FactRecord) -> bool {
    (row.indicator.as_deref(), row.unit.as_deref()) == (Some(&*fact.indicator), Some(&*fact.unit))
        && row.period == Some(fact.period.label())
        && (row.state == Some(State::Expected)) == (fact.state == State::Expected)
}

fn set<T: serde::Serialize + serde::de::DeserializeOwned>(into: &mut T, fields: &[&str], from: &T) {
    let (mut now, then) = (serde_json::to_value(&*into).unwrap(), serde_json::to_value(from).unwrap());
    for field in fields {
        let object = now.as_object_mut().unwrap();
        object.remove(*field);
        object.extend(then.get(field).map(|value: &Value| ((*field).to_owned(), value.clone())));
    }
    *into = serde_json::from_value(now).unwrap();
}

fn fields(name: &str) -> Vec<&str> {
    match name {
        "requirement" => {
            let all = "at_least at_most above below exactly between reduce_by increase_by improve deliver";
            all.split(' ').collect()
        }
        "window" => "by over every from until due".split(' ').collect(),
        "path" => vec!["path", "points"],
        "scope" => vec!["scope", "units"],
        one => vec![one],
    }
}

macro_rules! undo_entry {
    ($draft:expr, $before:expr, $list:ident, $id:expr, $field:expr) => {{
        let then = $before.$list.iter().find(|entry| entry.id.as_deref() == Some($id));
        match $field {
            None => {
                $draft.$list.retain(|entry| entry.id.as_deref() != Some($id));
                $draft.$list.extend(then.cloned());
            }
            Some(name) => {
                let now = $draft.$list.iter_mut().find(|entry| entry.id.as_deref() == Some($id)).unwrap();
                set(now, &fields(name), then.unwrap());
            }
        }
    }};
}

fn undo_in_plan(draft: &mut PlanDraft, before: &PlanDraft, entry: &PlanEntry, field: Option<&'static str>) {
    match entry {
        PlanEntry::Plan => set(&mut draft.plan, &[field.unwrap()], &before.plan),
        PlanEntry::Unit(id) => undo_entry!(draft, before, units, id.as_str(), field),
        PlanEntry::Indicator(id) => undo_entry!(draft, before, indicators, id.as_str(), field),
        PlanEntry::Target(id) => undo_entry!(draft, before, targets, id.as_str(), field),
    }
}

/// How an assessment stands in the later documents with some causes undone.
fn undone(before: &Side, after: &Side, of: &Changed, causes: &[&Cause]) -> Option<Standing> {
    let mut draft = after.draft.clone();
    let mut rows = after.counting();
    let mut as_of = after.as_of.day();
    for cause in causes {
        match &cause.what {
            CauseKind::FactAdded(fact) | CauseKind::FactGone(fact) | CauseKind::FactRevised { after: fact, .. } => {
                rows.retain(|row| !is_of(row, fact));
                rows.extend(before.counting().into_iter().filter(|row| is_of(row, fact)));
            }
            CauseKind::PlanChanged { entry, field, .. } => undo_in_plan(&mut draft, &before.draft, entry, *field),
            CauseKind::TimePassed { .. } => as_of = before.as_of.day(),
            other => panic!("{other:?}"),
        }
    }
    // What an undone entry leaves hanging is not what is asked about.
    let ids: Vec<Option<String>> = draft.targets.iter().map(|target| target.id.clone()).collect();
    let hanging = |id: &Option<String>| id.is_some() && !ids.contains(id);
    for target in &mut draft.targets {
        target.conflicts_with.retain(|other| ids.contains(&Some(other.clone())));
        if hanging(&target.supersedes) {
            *target = TargetDraft { supersedes: None, ..target.clone() };
        }
    }
    let plan = valid(draft);
    let known: Vec<FactDraft> = rows
        .into_iter()
        .filter(|row| plan.indicators().iter().any(|about| Some(about.id()) == row.indicator.as_deref()))
        .filter(|row| plan.units().iter().any(|unit| Some(unit.id()) == row.unit.as_deref()))
        .collect();
    let facts = facts(&plan, known);
    let card = assess(&plan, &facts, AsOf::from(as_of).with_known_on(far_away()));
    let targets: Vec<&str> = [&of.before, &of.after].into_iter().flatten().map(|standing| &*standing.target).collect();
    let is_it =
        |one: &&attain::Assessment| targets.contains(&&*one.target) && one.unit == of.unit && one.period_label() == of.period;
    card.assessments().iter().find(is_it).map(Standing::from)
}

fn far_away() -> NaiveDate {
    day("9999-12-31")
}

/// Every change has a cause, and undoing the causes gives back what was.
#[track_caller]
pub(crate) fn gives_back(before: &Side, after: &Side) -> Difference {
    let found = compare(before, after);
    for of in &found.changed {
        let all: Vec<&Cause> = of.causes.iter().collect();
        assert!(!all.is_empty(), "{of:?} has no cause");
        assert_eq!(undone(before, after, of, &all), of.before, "{of:#?}");
        let turned: Vec<&Cause> = of.causes.iter().filter(|cause| cause.turned).collect();
        assert_eq!(turned.is_empty(), !of.is_turned(), "{of:#?}");
        let status = |standing: Option<Standing>| standing.map(|standing| standing.status);
        let back = if of.is_turned() { undone(before, after, of, &turned) } else { of.before.clone() };
        assert_eq!(status(back), status(of.before.clone()), "{of:#?}");
        // The undoing itself: with nothing undone it is what it is.
        assert_eq!(undone(before, after, of, &[]), of.after, "{of:#?}");
    }
    found
}
