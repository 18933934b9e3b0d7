//! A scorecard as tests: each assessment passes, warns, fails, is an error, is waived or is skipped.

mod outcome;
mod policy;

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use outcome::{Counts, Outcome};
pub use policy::Policy;

use super::Scorecard;
use crate::assess::{Assessment, FindingCode, Status};
use crate::fault::Position;
use crate::plan::{Scope, Severity, Waiver, WaiverScope, Waivers, waiver_scopes};
use outcome::told;

/// Every assessment of a scorecard as a test case, against the waivers of its plan and those beside it.
///
/// A function of its arguments alone. There is one case for each assessment, in the order of the scorecard, and the counts
/// add up to all of them. Good passes, a warning passes as a warning, bad fails, and a want of data that is due is an error,
/// whatever the policy; the rest is skipped. What fails or is an error is waived while a waiver speaks of it and holds on
/// the scorecard's as-of day.
///
/// ```
/// # #[cfg(all(feature = "toml", feature = "csv"))] {
/// # let plan = attain::Plan::from_toml(r#"
/// #     format = "attain-plan/1"
/// #     plan = { id = "demo", owner = "office", start = 2025-01-01 }
/// #     [[indicators]]
/// #     id = "online"
/// #     kind = "share"
/// #     [[targets]]
/// #     id = "online-2025"
/// #     indicator = "online"
/// #     at_least = 80
/// #     by = "2025"
/// # "#)?;
/// use attain::check::{Outcome, Policy, check};
/// use attain::{Facts, assess, plan::Waivers, time::parse_day};
///
/// // At least 80 % of the cases of 2025: 1999 of 2500 are 79.96 %.
/// let facts = Facts::from_csv(&plan, "indicator,period,part,whole\nonline,2025,1999,2500\n")?;
/// let card = assess(&plan, &facts, parse_day("2025-12-31").unwrap());
/// let waivers = Waivers::default();
/// let check = check(&card, &waivers, &Policy::default());
/// assert_eq!(check.cases()[0].name(), "online-2025::office::2025");
/// assert_eq!(check.cases()[0].outcome(), Outcome::Failed);
/// assert_eq!((check.counts().of(Outcome::Failed), check.counts().total()), (1, 1));
/// assert!(!check.is_passed());
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
#[must_use]
pub fn check<'c>(card: &'c Scorecard, waivers: &'c Waivers, policy: &Policy) -> Check<'c> {
    let late = LateReports::new(card);
    let all = || card.plan().waivers().iter().chain(waivers.as_slice());
    let waivers = by_scope(all(), card.as_of());
    let cases: Vec<Case<'c>> = card
        .assessments()
        .iter()
        .map(|assessment| {
            let severity = card.target(assessment).map_or(Severity::Required, |target| policy.of(target));
            let late = late.of(card, assessment);
            let told = told(assessment, !late.is_empty(), severity);
            let waiver = if told.is_failure() { waiver(&waivers, assessment, card.as_of()) } else { None };
            let outcome = if waiver.is_some_and(|waiver| waiver.holds_on(card.as_of())) { Outcome::Waived } else { told };
            Case { assessment, outcome, told, severity, late, waiver }
        })
        .collect();
    let idle = idle(all(), &waivers, &cases, card.as_of());
    let is_known = |id: &String| card.plan().targets().iter().any(|target| target.id() == id);
    let unknown = policy.targets.keys().filter(|id| !is_known(id)).cloned().collect();
    Check { card, cases, idle, unknown }
}

/// The reports that are due and missing beside a figure that is there, by target and period: the unit, and their names.
struct LateReports<'c>(BTreeMap<(&'c str, &'c str), Vec<(&'c str, &'c str)>>);

impl<'c> LateReports<'c> {
    fn new(card: &'c Scorecard) -> Self {
        let mut late: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for finding in card.findings().iter().filter(|finding| finding.code == FindingCode::LateReport) {
            // The place of such a finding is `target unit period`, none of which has a blank.
            let mut parts = finding.place.split(' ');
            if let (Some(target), Some(unit), Some(period)) = (parts.next(), parts.next(), parts.next()) {
                late.entry((target, period)).or_default().push((unit, &*finding.right));
            }
        }
        Self(late)
    }

    /// Those of an assessment. Where so many units are promised, those of its units, and the units that report nothing.
    fn of(&self, card: &Scorecard, assessment: &Assessment) -> Vec<String> {
        let period = assessment.period_label();
        let found = self.0.get(&(&*assessment.target, &*period)).map(Vec::as_slice).unwrap_or_default();
        let is_together = card.target(assessment).is_some_and(|target| matches!(target.scope(), Scope::AtLeast(_)));
        if !is_together {
            let own = found.iter().filter(|(unit, _)| *unit == &*assessment.unit);
            return own.flat_map(|(_, names)| names.split(", ").map(str::to_owned)).collect();
        }
        let of_unit = |unit: &crate::assess::UnitStatus| -> Vec<String> {
            if unit.status == Status::NoData {
                return vec![unit.unit.to_string()];
            }
            let own = found.iter().filter(|(of, _)| *of == &*unit.unit);
            own.flat_map(|(of, names)| names.split(", ").map(move |name| format!("{of} {name}"))).collect()
        };
        assessment.units.iter().flat_map(of_unit).collect()
    }
}

/// The waiver that counts of those with one scope: one that holds before one that does not, then the one that lasts longest,
/// of equals the first.
fn by_scope<'c>(all: impl Iterator<Item = &'c Waiver>, day: NaiveDate) -> BTreeMap<WaiverScope<'c>, &'c Waiver> {
    let mut by_scope: BTreeMap<WaiverScope<'c>, &'c Waiver> = BTreeMap::new();
    for waiver in all {
        let counts = by_scope.entry(waiver.scope()).or_insert(waiver);
        if rank(waiver, day) > rank(counts, day) {
            *counts = waiver;
        }
    }
    by_scope
}

fn rank(waiver: &Waiver, day: NaiveDate) -> (bool, NaiveDate) {
    (waiver.holds_on(day), waiver.until())
}

/// The waiver that counts of all that speak of an assessment, by the same order; of equals the narrowest.
fn waiver<'c>(
    by_scope: &BTreeMap<WaiverScope<'c>, &'c Waiver>,
    assessment: &'c Assessment,
    day: NaiveDate,
) -> Option<&'c Waiver> {
    let scopes = waiver_scopes(&assessment.target, &assessment.unit, assessment.period);
    let speaking = scopes.iter().rev().filter_map(|scope| by_scope.get(scope).copied());
    speaking.max_by_key(|waiver| rank(waiver, day))
}

/// The waivers that waive nothing: what they speak of is not assessed or does not fail, or they are over and others count.
fn idle<'c>(
    all: impl Iterator<Item = &'c Waiver>,
    by_scope: &BTreeMap<WaiverScope<'c>, &'c Waiver>,
    cases: &[Case<'c>],
    day: NaiveDate,
) -> Vec<IdleWaiver<'c>> {
    let (mut assessed, mut failing) = (BTreeSet::new(), BTreeSet::new());
    for case in cases {
        let scopes = waiver_scopes(&case.assessment.target, &case.assessment.unit, case.assessment.period);
        for scope in scopes.into_iter().filter(|scope| by_scope.contains_key(scope)) {
            assessed.insert(scope);
            if case.told.is_failure() {
                failing.insert(scope);
            }
        }
    }
    let counts = |waiver: &Waiver| cases.iter().any(|case| case.waiver.is_some_and(|one| std::ptr::eq(one, waiver)));
    all.filter_map(|waiver| {
        let why = match (assessed.contains(&waiver.scope()), failing.contains(&waiver.scope())) {
            (false, _) => WaivesNothing::NotAssessed,
            (true, false) => WaivesNothing::NothingFails,
            (true, true) if !waiver.holds_on(day) && !counts(waiver) => WaivesNothing::AnotherCounts,
            (true, true) => return None,
        };
        Some(IdleWaiver { waiver, why })
    })
    .collect()
}

/// The cases of a scorecard, and what is to be said beside them: waivers that waive nothing, severities of no target.
#[derive(Clone, Debug, PartialEq)]
pub struct Check<'c> {
    card: &'c Scorecard,
    cases: Vec<Case<'c>>,
    idle: Vec<IdleWaiver<'c>>,
    unknown: Vec<String>,
}

impl<'c> Check<'c> {
    /// The scorecard that is checked.
    #[must_use]
    pub fn scorecard(&self) -> &'c Scorecard {
        self.card
    }

    /// One case for each assessment, in the order of the scorecard.
    #[must_use]
    pub fn cases(&self) -> &[Case<'c>] {
        &self.cases
    }

    /// The waivers that waive nothing, in the order of the plan, then of the document beside it.
    #[must_use]
    pub fn idle_waivers(&self) -> &[IdleWaiver<'c>] {
        &self.idle
    }

    /// The ids of which the policy names a severity and the plan has no target, in their order.
    #[must_use]
    pub fn unknown_targets(&self) -> &[String] {
        &self.unknown
    }

    /// How many cases have each outcome.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.cases.iter().map(Case::outcome).collect()
    }

    /// Whether there is a case and none failed or is an error: where nothing is checked, nothing is passed.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        !self.cases.is_empty() && !self.cases.iter().any(|case| case.outcome.is_failure())
    }

    /// The same check with some of its cases only; what is said of waivers stays as it is of all cases.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Case<'c>) -> bool) -> Self {
        self.cases.retain(keep);
        self
    }
}

/// One assessment as a test case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case<'c> {
    assessment: &'c Assessment,
    outcome: Outcome,
    /// The outcome before any waiver.
    told: Outcome,
    severity: Severity,
    late: Vec<String>,
    waiver: Option<&'c Waiver>,
}

impl<'c> Case<'c> {
    /// Its name, one of a kind in a scorecard: `target::unit::period`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}::{}::{}", self.assessment.target, self.assessment.unit, self.assessment.period_label())
    }

    /// What it comes to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The assessment behind it.
    #[must_use]
    pub fn assessment(&self) -> &'c Assessment {
        self.assessment
    }

    /// The severity that it was held to.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The reports that are due and missing although a figure is there, by which it is judged: those that finding
    /// `late_report` names. Where so many units are promised, those of its units, and the units that reported nothing.
    #[must_use]
    pub fn late_reports(&self) -> &[String] {
        &self.late
    }

    /// Whether someone should look at it: it does not pass, or is skipped while reports are late.
    #[must_use]
    pub fn is_to_be_told(&self) -> bool {
        !matches!(self.outcome, Outcome::Passed | Outcome::Skipped) || !self.late.is_empty()
    }

    /// The waiver that speaks of what fails here; the case is waived only while that holds.
    #[must_use]
    pub fn waiver(&self) -> Option<&'c Waiver> {
        self.waiver
    }

    /// Where its target stands in the text that the plan was read from.
    #[must_use]
    pub fn position(&self, check: &Check<'_>) -> Option<Position> {
        check.card.plan().position("targets", self.assessment.places.target)
    }
}

/// A waiver that waives nothing: a finding of the check.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdleWaiver<'c> {
    /// The waiver.
    pub waiver: &'c Waiver,
    /// Why it waives nothing.
    pub why: WaivesNothing,
}

/// Why a waiver waives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaivesNothing {
    /// Its target is not assessed: not at that unit, not in that period, or not in force.
    NotAssessed,
    /// Nothing of what it speaks of fails.
    NothingFails,
    /// It is over, and another waiver counts for all that it speaks of and fails.
    AnotherCounts,
}
