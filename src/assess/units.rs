//! So many of several units: each is judged for itself, and the target by how many of them hold.

use super::actual::Coverage;
use super::assessment::{Assessment, UnitStatus};
use super::bound::{Bound, Side};
use super::change::Changes;
use super::context::Context;
use super::finding::Finding;
use super::judge::judge;
use super::reason::Reason;
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
    let ruling = ruling(&each, count, occurrence.state(context.day()));
    let judged = each.iter().filter(|one| one.status != Status::NotApplicable).count();
    let holding = each.iter().filter(|one| holds(one.status)).count();
    let reported = each.iter().filter(|one| one.actual.value.is_ok()).count();
    let (a, t) = (Ratio::from(holding), Ratio::from(count));
    let bound = Bound::OneSided(Side::AtLeast, t);

    let mut assessment = judge(context, place, target, context.plan.owner, occurrence, &mut Vec::new());
    assessment.status = ruling.status;
    assessment.row = ruling.row;
    assessment.reasons = ruling.reasons;
    assessment.provisional = each.iter().any(|one| one.provisional);
    assessment.actual.on = each.iter().filter_map(|one| one.actual.on).max();
    assessment.actual.measure = None;
    assessment.actual.coverage = Coverage {
        reported,
        expected: judged,
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
    assessment.steps = each.iter().flat_map(|one| one.steps.clone()).collect();
    assessment.units =
        each.into_iter().map(|one| UnitStatus { unit: one.unit, status: one.status, value: one.actual.value }).collect();
    assessment
}

fn holds(status: Status) -> bool {
    matches!(status, Status::Met | Status::Secured | Status::MetSoFar)
}

fn ruling(each: &[Assessment], count: usize, window: WindowState) -> Ruling {
    let number = |of: &dyn Fn(Status) -> bool| each.iter().filter(|one| of(one.status)).count();
    let applicable = number(&|status| status != Status::NotApplicable);
    if window == WindowState::Before {
        return Ruling::new(Status::NotStarted, 2, None);
    }
    if applicable == 0 {
        return Ruling::new(Status::NotApplicable, 1, None);
    }
    let certain = number(&|status| matches!(status, Status::Met | Status::Secured));
    let out = number(&|status| matches!(status, Status::Missed | Status::Lost));
    let can_still = applicable.saturating_sub(out);
    let reasons = || each.iter().filter(|one| !holds(one.status)).flat_map(|one| one.reasons.iter().copied());
    match window {
        WindowState::Closed if certain >= count => Ruling::new(Status::Met, 3, None),
        WindowState::Closed if can_still < count => Ruling::new(Status::Missed, 3, None),
        WindowState::Closed => Ruling::new(Status::AwaitingData, 4, reasons()),
        _ if number(&|status| status == Status::NoData) == applicable => Ruling::new(Status::NoData, 5, None),
        _ if can_still < count => Ruling::new(Status::Lost, 6, None),
        _ if certain >= count => Ruling::new(Status::Secured, 7, None),
        _ if number(&holds) >= count => Ruling::new(Status::MetSoFar, 8, None),
        _ => Ruling::new(Status::InProgress, 10, reasons()),
    }
}
