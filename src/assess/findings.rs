//! Contradictions that are not those of one assessment: between targets, and between the figures of two indicators.

use super::context::Context;
use super::finding::{Finding, FindingCode};
use crate::facts::{Fact, Measure};

/// Where a finding is: `target unit period`.
pub(super) fn place(what: &str, unit: &str, period: &str) -> String {
    format!("{what} {unit} {period}")
}

/// Figures as one text: `31/155`, or an amount.
pub(super) fn figures(measure: &Measure) -> String {
    match measure {
        Measure::Bare(value) | Measure::Amount(value) => value.to_string(),
        Measure::Quotient { part, whole, .. } => format!("{part}/{whole}"),
        Measure::OnTime(cases) => {
            format!("{}+{}+{}+{}", cases.in_time, cases.late, cases.overdue, cases.not_due)
        }
        Measure::Done { count, .. } => count.to_string(),
    }
}

/// Targets in force that name each other as contradictory: a finding on both, whichever of them says so.
pub(super) fn of_plan(context: &Context<'_>, in_force: &[bool], findings: &mut Vec<Finding>) {
    let holds = |place: usize| in_force.get(place).copied().unwrap_or(false);
    let targets = &context.plan.targets;
    for (place, target) in targets.iter().enumerate().filter(|(place, _)| holds(*place)) {
        for (other_place, other) in target.conflicts_with.iter().filter_map(|other| Some((*other, targets.get(*other)?))) {
            if !holds(other_place) || other_place == place {
                continue;
            }
            for (one, another) in [(target, other), (other, target)] {
                findings.push(Finding {
                    code: FindingCode::ConflictingTargets,
                    place: one.id.to_string(),
                    left: one.id.clone(),
                    right: another.id.clone(),
                });
            }
        }
    }
}

/// Indicators whose whole is another one's part: both have to be equal for the same unit and period.
pub(super) fn of_facts(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for ((indicator, unit), records) in context.all_records() {
        let Some(about) = context.indicator(*indicator) else { continue };
        let Some(outer) = about.within else { continue };
        let others = &context.records(outer, *unit).latest;
        for fact in &records.latest {
            let same = others.binary_search_by(|other| other.period.cmp(&fact.period));
            let Some(other) = same.ok().and_then(|at| others.get(at)) else { continue };
            let Some((whole, part)) = whole_and_part(fact, other) else { continue };
            if whole != part {
                findings.push(Finding {
                    code: FindingCode::WithinMismatch,
                    place: place(&about.id, context.unit_id(*unit), &fact.period.label()),
                    left: whole.to_string().into(),
                    right: part.to_string().into(),
                });
            }
        }
    }
}

fn whole_and_part(inner: &Fact, outer: &Fact) -> Option<(crate::number::Ratio, crate::number::Ratio)> {
    let (_, whole) = inner.measure.as_ref()?.quotient()?;
    let (part, _) = outer.measure.as_ref()?.quotient()?;
    Some((whole, part))
}
