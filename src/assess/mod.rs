//! The questions, asked in order: what is the figure, where does it start from, what is required, does it hold, how far
//! off is it, can it still be met, and what is there to say.

mod actual;
mod assessment;
mod baseline;
mod bound;
mod change;
mod context;
mod contributions;
mod cover;
mod deliverable;
mod derivation;
mod feasibility;
mod finding;
mod findings;
mod gap;
mod judge;
mod outlook;
mod pace;
mod path;
mod phases;
mod reading;
mod reason;
mod remainder;
mod roll_up;
mod rows;
mod single;
mod status;
mod survey;
mod units;

pub use actual::Coverage;

pub use assessment::{Actual, Assessment, BaselineValue, FactReference, Threshold, UnitStatus};
pub use bound::{Bound, Side, Verdict};
pub use change::{Change, Changes};
pub use contributions::{Contribution, HeldAgainst, Movement};
pub use derivation::{Formula, Input, Step, StepSource, StepValue, Steps};
pub use feasibility::{CasesNeeded, Counts, Feasibility};
pub(crate) use feasibility::{Test, cases as cases_needed};
pub use finding::{Finding, FindingCode};
pub use outlook::{Axis, Forecast, MeanErrors, MethodErrors, TrendTest};
pub use pace::{Pace, Rates};
pub use path::{Anchor, AnchorSource, Leg, Path};
pub use reason::{Computed, Quantity, Reason};
pub use remainder::Remainder;
pub use rows::{RowsAbove, WhyNot};
pub(crate) use single::{Question, When};
pub(crate) use status::Situation;
pub use status::{Group, Status};
pub use survey::{Certainty, SurveyDifference, SurveyReading};

use chrono::NaiveDate;

use crate::facts::{AsOf, Facts};
use crate::plan::{Occurrence, Plan, Scope, Target};
use context::Context;

/// Everything that can be said of a plan on a day.
pub(crate) struct Answers {
    /// In the order of targets and units in the plan, then of periods.
    pub(crate) assessments: Vec<Assessment>,
    pub(crate) findings: Vec<Finding>,
    /// The targets that are not law on the day, by their place.
    pub(crate) not_in_force: Vec<usize>,
}

/// Assesses every target that is in force.
pub(crate) fn answers(plan: &Plan, facts: &Facts, as_of: AsOf, steps: Steps) -> Answers {
    let context = Context::new(plan, facts, as_of).with(steps);
    let in_force = in_force(plan, as_of.day());
    let (law, not_in_force): (Vec<usize>, Vec<usize>) =
        (0..plan.targets.len()).partition(|place| in_force.get(*place).copied().unwrap_or(false));
    let targets = law.into_iter().filter_map(|place| Some((place, plan.targets.get(place)?)));
    let mut findings = Vec::new();
    let assessments = each(targets.flat_map(|(place, target)| cases(place, target)), &mut findings, |case, findings| {
        let (place, target, asked, occurrence) = case;
        match asked {
            Asked::One(unit) => judge::judge(&context, place, target, unit, occurrence, findings),
            Asked::AtLeast(count) => units::at_least(&context, place, target, count, occurrence, findings),
        }
    });
    findings::of_plan(&context, &in_force, &mut findings);
    findings::of_facts(&context, &mut findings);
    findings.sort();
    findings.dedup();
    Answers { assessments, findings, not_in_force }
}

/// Of whom an assessment speaks: of one unit, or of so many of the target's together.
#[derive(Clone, Copy)]
enum Asked {
    One(usize),
    AtLeast(usize),
}

/// Everything that is asked about a target, in order.
fn cases(place: usize, target: &Target) -> impl Iterator<Item = (usize, &Target, Asked, &Occurrence)> {
    let (units, together) = match target.scope {
        Scope::AtLeast(count) => ([].as_slice(), Some(Asked::AtLeast(count))),
        _ => (target.units.as_slice(), None),
    };
    let asked = units.iter().map(|unit| Asked::One(*unit)).chain(together);
    asked.flat_map(move |asked| target.occurrences.iter().map(move |occurrence| (place, target, asked, occurrence)))
}

/// Answers every case; answers and findings come in the order of the cases.
fn each<C: Send, A: Send>(
    cases: impl Iterator<Item = C>,
    findings: &mut Vec<Finding>,
    answer: impl Fn(C, &mut Vec<Finding>) -> A + Sync,
) -> Vec<A> {
    #[cfg(feature = "parallel")]
    let cases = {
        let cases: Vec<C> = cases.collect();
        if cases.len() >= FEW {
            return on_all_threads(cases, findings, answer);
        }
        cases.into_iter()
    };
    cases.map(|case| answer(case, findings)).collect()
}

/// Fewer cases than these are answered sooner than other threads are woken.
#[cfg(feature = "parallel")]
const FEW: usize = 32;

/// Answers the cases on all threads of the current pool.
#[cfg(feature = "parallel")]
fn on_all_threads<C: Send, A: Send>(
    cases: Vec<C>,
    findings: &mut Vec<Finding>,
    answer: impl Fn(C, &mut Vec<Finding>) -> A + Sync,
) -> Vec<A> {
    use rayon::prelude::*;

    let answer_one = |case: C| {
        let mut own = Vec::new();
        (answer(case, &mut own), own)
    };
    let (mut answers, mut own) = (Vec::new(), Vec::new());
    cases.into_par_iter().map(answer_one).unzip_into_vecs(&mut answers, &mut own);
    findings.extend(own.into_iter().flatten());
    answers
}

/// Which targets are law on a day: from their first day to their last, unless one that is law replaces them, directly or
/// through others that it replaces.
fn in_force(plan: &Plan, day: NaiveDate) -> Vec<bool> {
    let is_law = |target: &Target| {
        let (from, to) = target.in_force;
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    };
    let mut in_force: Vec<bool> = plan.targets.iter().map(is_law).collect();
    for successor in plan.targets.iter().filter(|target| is_law(target)) {
        let mut replaced = successor.supersedes;
        // A valid plan has no cycle here.
        while let Some(place) = replaced {
            if let Some(slot) = in_force.get_mut(place) {
                *slot = false;
            }
            replaced = plan.targets.get(place).and_then(|target| target.supersedes);
        }
    }
    in_force
}
