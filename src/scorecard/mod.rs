//! The answer: every assessment of a plan on a day, a summary above it, the findings below it.

pub(crate) mod check;
mod difference;
mod flips;
mod summary;

use chrono::NaiveDate;

pub use difference::{
    Assessed, Cause, CauseKind, ChangeTally, Changed, Difference, FactRecord, PlanEntry, Standing, TimeEvent, TimeEventKind,
    Turn, difference,
};
pub use flips::{ColumnChange, Flip, Margin, Margins, flips};
pub use summary::{Summary, Tally};

use crate::assess::{Assessment, Contribution, Finding, Steps, answers};
use crate::facts::{AsOf, Facts};
use crate::plan::{Citation, Indicator, OrganisationUnit, Plan, Remark, Target};

/// Assesses every target of a plan that is in force, against the facts that were known.
///
/// The order is that of targets and units in the plan, then of periods. The same inputs give the same scorecard, whatever
/// the order of the facts.
///
/// ```
/// # #[cfg(all(feature = "toml", feature = "csv"))] {
/// use attain::{Facts, Plan, Status, assess, time::parse_day};
///
/// let plan = Plan::from_toml(r#"
///     format = "attain-plan/1"
///     plan = { id = "demo", owner = "office", start = 2025-01-01 }
///     [[indicators]]
///     id = "online"
///     kind = "share"
///     [[targets]]
///     id = "online-2025"
///     indicator = "online"
///     at_least = 57
///     by = "2025"
/// "#)?;
/// let facts = Facts::from_csv(&plan, "indicator,period,part,whole\nonline,2025,57,100\n")?;
/// let card = assess(&plan, &facts, parse_day("2025-12-31").unwrap());
/// assert_eq!(card.assessments()[0].status, Status::Met); // 57 of 100 is 57 %, not 56.99999999999999 %
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
#[must_use]
pub fn assess(plan: &Plan, facts: &Facts, as_of: impl Into<AsOf>) -> Scorecard {
    assess_with(plan, facts, as_of, Steps::Kept)
}

/// The same, with the steps of every derivation kept or omitted; all else is the same.
///
/// ```
/// # #[cfg(all(feature = "toml", feature = "csv"))] {
/// use attain::assess::Steps;
/// use attain::{Facts, Plan, assess, assess_with, time::parse_day};
///
/// let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml"))?;
/// let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv"))?;
/// let day = parse_day("2025-09-30").unwrap();
/// let quick = assess_with(&plan, &facts, day, Steps::Omitted);
/// assert!(quick.assessments().iter().all(|one| one.steps.is_empty()));
/// assert_eq!(quick.summary(), assess(&plan, &facts, day).summary());
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
#[must_use]
pub fn assess_with(plan: &Plan, facts: &Facts, as_of: impl Into<AsOf>, steps: Steps) -> Scorecard {
    let as_of = as_of.into();
    let answers = answers(plan, facts, as_of, steps);
    Scorecard {
        plan: plan.clone(),
        as_of,
        assessments: answers.assessments,
        findings: answers.findings,
        not_in_force: answers.not_in_force,
    }
}

/// Everything that can be said of a plan on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    plan: Plan,
    as_of: AsOf,
    assessments: Vec<Assessment>,
    findings: Vec<Finding>,
    not_in_force: Vec<usize>,
}

impl Scorecard {
    /// The plan that was assessed.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The day that the scorecard speaks of; the end of that day.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of.day()
    }

    /// The day up to which records count as known.
    #[must_use]
    pub fn known_on(&self) -> NaiveDate {
        self.as_of.known_on()
    }

    /// The assessments, in the order of targets and units in the plan, then of periods.
    #[must_use]
    pub fn assessments(&self) -> &[Assessment] {
        &self.assessments
    }

    /// What an auditor should see besides the verdicts.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What the plan says and nothing can compute.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        self.plan.remarks()
    }

    /// The targets that are not law on the day: not yet, no longer, or replaced.
    pub fn not_in_force(&self) -> impl Iterator<Item = &Target> {
        self.not_in_force.iter().filter_map(|place| self.plan.targets.get(*place))
    }

    /// How many of each status and group, in all, by section of the plan and by unit.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of(self)
    }

    /// The same scorecard with some of its assessments only.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Assessment) -> bool) -> Self {
        self.assessments.retain(keep);
        self
    }

    /// The target that an assessment is of.
    #[must_use]
    pub fn target(&self, assessment: &Assessment) -> Option<&Target> {
        self.plan.targets.get(assessment.places.target)
    }

    /// The indicator that an assessment is of.
    #[must_use]
    pub fn indicator(&self, assessment: &Assessment) -> Option<&Indicator> {
        self.plan.indicators.get(assessment.places.indicator)
    }

    /// The unit that an assessment is of.
    #[must_use]
    pub fn unit(&self, assessment: &Assessment) -> Option<&OrganisationUnit> {
        self.plan.units.get(assessment.places.unit)
    }

    /// The assessments of a target whose figure is rolled up, with what each unit directly below carries of the actual, the
    /// gap and the change; over all units each adds up exactly.
    pub fn contributions(&self, target: &str) -> impl Iterator<Item = (&Assessment, &[Contribution])> {
        let of = move |assessment: &&Assessment| &*assessment.target == target && !assessment.contributions.is_empty();
        self.assessments.iter().filter(of).map(|assessment| (assessment, assessment.contributions.as_slice()))
    }

    /// The unit that carries a contribution.
    #[must_use]
    pub fn contributor(&self, contribution: &Contribution) -> Option<&OrganisationUnit> {
        self.plan.units.get(contribution.unit)
    }

    /// The clause behind an assessment.
    #[must_use]
    pub fn citation(&self, assessment: &Assessment) -> Option<&Citation> {
        self.target(assessment).and_then(Target::citation)
    }
}
