//! So many of several units: each is judged for itself, and the target by how many of them hold.

use super::actual::Coverage;
use super::assessment::{Assessment, UnitStatus};
use super::bound::{Bound, Side};
use super::change::Changes;
use super::context::Context;
use super::derivation::{Steps, of_units};
use super::finding::Finding;
use super::judge::judge;
use super::reason::Reason;
use super::rows::{Fired, WhyNot, fired, first_row};
use super::status::{Ruling, Status};
use crate::number::Ratio;
use crate::plan::{Occurrence, Target, WindowState};

/// The answer for a target that binds at least `count` of its units.
///
/// Units to which it does not apply are left out. Met once so many are met, missed once too few can still be: whatever
/// is left open is awaited or in progress, never taken for good.
pub(super) fn at_least(
    context: &Context<'_>,
    place: usize,
    target: &Target,
    count: usize,
    occurrence: &Occurrence,
    findings: &mut Vec<Finding>,
) -> Assessment {
    let each: Vec<Assessment> =
        target.units.iter().map(|unit| judge(context, place, target, *unit, occurrence, findings)).collect();
    let together = Together::new(&each, count, occurrence.state(context.day()));
    let ruling = together.ruling();
    let reported = each.iter().filter(|one| one.actual.value.is_ok()).count();
    let (a, t) = (Ratio::from(together.holding), Ratio::from(count));
    let bound = Bound::OneSided(Side::AtLeast, t);

    let mut assessment = judge(context, place, target, context.plan.owner, occurrence, &mut Vec::new());
    assessment.status = ruling.status;
    assessment.row = ruling.row;
    assessment.reasons = ruling.reasons;
    assessment.rows_above = ruling.above;
    assessment.provisional = each.iter().any(|one| one.provisional);
    assessment.actual.on = each.iter().filter_map(|one| one.actual.on).max();
    assessment.actual.measure = None;
    assessment.actual.coverage = Coverage {
        reported,
        expected: together.applicable,
        missing: each.iter().filter(|one| one.actual.value.is_err()).map(|one| one.unit.to_string()).collect(),
    };
    assessment.variance = Ok(bound.variance(&a));
    assessment.shortfall = Ok(bound.shortfall(&a));
    assessment.shortfall_share = bound.shortfall_share(&a);
    assessment.ratio_to_target = bound.ratio_to_target(&a);
    assessment.progress = Err(Reason::NoSingleDirection);
    assessment.path = Err(Reason::NoSingleDirection);
    assessment.forecast = Err(Reason::NoSingleDirection);
    assessment.survey = None;
    assessment.changes = Changes::none(Reason::NoBaseline);
    assessment.cases = Err(Reason::NotCountable);
    assessment.remainder = None;
    assessment.lost_since = None;
    assessment.baseline.value = Err(Reason::NoBaseline);
    assessment.baseline.on = None;
    assessment.threshold.bound = Ok(bound);
    assessment.threshold.attainable = None;
    assessment.contributions.clear();
    assessment.actual.value = Ok(a);
    let (units, steps) = each
        .into_iter()
        .map(|one| (UnitStatus { unit: one.unit, status: one.status, value: one.actual.value }, one.steps))
        .unzip();
    assessment.units = units;
    if context.steps == Steps::Kept {
        assessment.steps = of_units(context.plan, target, &assessment, steps);
    }
    assessment
}

fn holds(status: Status) -> bool {
    matches!(status, Status::Met | Status::Secured | Status::MetSoFar)
}

/// What the table is asked with of several units together.
struct Together {
    window: WindowState,
    /// How many have to hold.
    count: usize,
    applicable: usize,
    silent: usize,
    holding: usize,
    certain: usize,
    /// How many can hold in the end.
    possible: usize,
    /// What stands in the way of those that do not hold.
    reasons: Vec<Reason>,
}

impl Together {
    fn new(each: &[Assessment], count: usize, window: WindowState) -> Self {
        let number = |of: &dyn Fn(Status) -> bool| each.iter().filter(|one| of(one.status)).count();
        let applicable = number(&|status| status != Status::NotApplicable);
        let out = number(&|status| matches!(status, Status::Missed | Status::Lost));
        Self {
            window,
            count,
            applicable,
            silent: number(&|status| status == Status::NoData),
            holding: number(&holds),
            certain: number(&|status| matches!(status, Status::Met | Status::Secured)),
            possible: applicable.saturating_sub(out),
            reasons: each.iter().filter(|one| !holds(one.status)).flat_map(|one| one.reasons.iter().copied()).collect(),
        }
    }

    fn ruling(&self) -> Ruling {
        first_row(
            self,
            [
                Self::not_applicable,
                Self::not_started,
                Self::met_or_missed,
                Self::awaiting_data,
                Self::no_data,
                Self::lost,
                Self::secured,
                Self::met_so_far,
                |_| Err(WhyNot::NoPace),
                |this| fired(Status::InProgress, this.reasons.iter().copied()),
            ],
        )
    }

    fn not_applicable(&self) -> Result<Fired, WhyNot> {
        match (self.window, self.applicable) {
            (WindowState::Before, _) => Err(WhyNot::NotBegun),
            (_, 0) => fired(Status::NotApplicable, None),
            _ => Err(WhyNot::Applies),
        }
    }

    fn not_started(&self) -> Result<Fired, WhyNot> {
        if self.window == WindowState::Before { fired(Status::NotStarted, None) } else { Err(WhyNot::Begun) }
    }

    fn met_or_missed(&self) -> Result<Fired, WhyNot> {
        match self.window {
            WindowState::Closed if self.certain >= self.count => fired(Status::Met, None),
            WindowState::Closed if self.possible < self.count => fired(Status::Missed, None),
            WindowState::Closed => Err(WhyNot::UnitsUndecided),
            _ => Err(WhyNot::StillOpen),
        }
    }

    fn awaiting_data(&self) -> Result<Fired, WhyNot> {
        match self.window {
            WindowState::Closed => fired(Status::AwaitingData, self.reasons.iter().copied()),
            _ => Err(WhyNot::StillOpen),
        }
    }

    fn no_data(&self) -> Result<Fired, WhyNot> {
        if self.silent == self.applicable { fired(Status::NoData, None) } else { Err(WhyNot::Reported) }
    }

    fn lost(&self) -> Result<Fired, WhyNot> {
        if self.possible < self.count { fired(Status::Lost, None) } else { Err(WhyNot::StillPossible) }
    }

    fn secured(&self) -> Result<Fired, WhyNot> {
        if self.certain >= self.count { fired(Status::Secured, None) } else { Err(WhyNot::StillInDoubt) }
    }

    fn met_so_far(&self) -> Result<Fired, WhyNot> {
        if self.holding >= self.count { fired(Status::MetSoFar, None) } else { Err(WhyNot::DoesNotHold) }
    }
}
