//! Contradictions that are not those of one assessment: between targets, and between the figures of two indicators.

use super::actual::{Disagreement, figure};
use super::context::Context;
use super::feasibility::remaining;
use super::finding::{Finding, FindingCode};
use super::judge::Case;
use super::reading::Reading;
use super::reason::Reason;
use crate::facts::{Fact, Measure};
use crate::number::Number;
use crate::plan::{Kind, WindowState};
use crate::time::Period;

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

/// What one reading shows besides its verdict.
pub(super) fn of_reading(case: &Case<'_, '_>, reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    let bounds = reading.indicator.bounds;
    if let Some(bound) = reading.bound().filter(|_| reading.unattainable) {
        let side = |number: Option<Number>| number.map_or_else(|| "…".to_owned(), |number| number.to_string());
        let natural = format!("{} – {}", side(bounds.low), side(bounds.high));
        let thresholds: Vec<String> = bound.thresholds().into_iter().map(ToString::to_string).collect();
        let what = format!("{} {}", case.target.requirement.code(), thresholds.join(" – "));
        findings.push(case.finding(FindingCode::Unattainable, what, natural));
    }
    let late = late_reports(case, reading);
    if let Some(on) = reading.figure.on.filter(|_| !late.is_empty()) {
        findings.push(case.finding(FindingCode::LateReport, on.to_string(), late.join(", ")));
    }
    let read = reading.period.map(|period| period.label()).unwrap_or_default();
    for (code, disagreements) in [
        (FindingCode::CoarseFineMismatch, &reading.figure.coarse_fine),
        (FindingCode::ParentChildrenMismatch, &reading.figure.parent_children),
    ] {
        for Disagreement { unit, left, right } in disagreements {
            findings.push(Finding {
                code,
                place: place(&reading.indicator.id, case.context.unit_id(*unit), &read),
                left: figures(left).into(),
                right: figures(right).into(),
            });
        }
    }
    if let (Some(measure), Some(whole), false) = (&reading.figure.measure, &reading.outlook, reading.earlier)
        && case.window == WindowState::Open
        && matches!(reading.indicator.kind, Kind::Share | Kind::OnTime)
        && remaining(measure, Some(whole)) == Err(Reason::OutlookExceeded)
    {
        let reported = measure.quotient().map(|(_, d)| d.to_string()).unwrap_or_default();
        findings.push(case.finding(FindingCode::OutlookExceeded, reported, whole.to_string()));
    }
}

/// The reports that are due and missing, although a figure is there by which an open target is judged: those of the period
/// read and, where that is a year before the judged period, those of the time since.
fn late_reports(case: &Case<'_, '_>, reading: &Reading<'_>) -> Vec<String> {
    let Some(period) = reading.period.filter(|_| case.window == WindowState::Open && reading.indicator.reported.is_some()) else {
        return Vec::new();
    };
    let since = Period::new(period.end(), case.context.day()).filter(|_| reading.earlier);
    let since = since.map(|since| figure(case.context, case.series(), &since).coverage.missing);
    reading.figure.coverage.missing.iter().cloned().chain(since.into_iter().flatten()).collect()
}

/// Targets in force that name each other as contradictory: a finding on both, whichever of them says so.
pub(super) fn of_plan(context: &Context<'_>, in_force: &[bool], findings: &mut Vec<Finding>) {
    let holds = |place: usize| in_force.get(place).copied().unwrap_or(false);
    let targets = &context.plan.targets;
    for (place, target) in targets.iter().enumerate().filter(|(place, _)| holds(*place)) {
        let others: Vec<&str> = targets
            .iter()
            .enumerate()
            .filter(|(other, _)| holds(*other) && *other != place)
            .filter(|(other, about)| target.conflicts_with.contains(other) || about.conflicts_with.contains(&place))
            .map(|(_, about)| &*about.id)
            .collect();
        if !others.is_empty() {
            findings.push(Finding {
                code: FindingCode::ConflictingTargets,
                place: target.id.to_string(),
                left: target.id.clone(),
                right: others.join(", ").into(),
            });
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
