//! What is missing in cases, and what the rest has to bring.

use super::figures::{columns, terms, total};
use super::{Derivation, Formula, Found, Input, Made, StepSource, input};
use crate::assess::feasibility::Counts;
use crate::assess::reason::Quantity;
use crate::assess::remainder::Remainder;
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::Kind;

/// What is counted and what it is counted of, from the steps of the actual.
fn counted(steps: &mut Derivation<'_>, found: &Found<'_, '_>) -> Option<(Input, Input)> {
    let measure = found.reading.figure.measure.as_ref()?;
    let (_, d) = measure.quotient()?;
    if let Measure::OnTime(_) = measure {
        let names = ["actual.in_time", "actual.late", "actual.overdue"];
        let terms = names.into_iter().enumerate();
        let terms: Vec<Input> = terms
            .filter_map(|(place, of)| steps.made(of).map(|made| made.as_input(format!("term {}", place.saturating_add(1)))))
            .collect();
        let whole = steps.pass(Formula::Sum, terms, d).as_input("whole");
        return Some((steps.input("counted", "actual.in_time")?, whole));
    }
    let (over, under) = columns(found.reading.indicator.kind);
    Some((steps.input("counted", &format!("actual.{over}"))?, steps.input("whole", &format!("actual.{under}"))?))
}

/// The whole that is expected: the target's, else what facts expect.
fn expected(steps: &mut Derivation<'_>, found: &Found<'_, '_>) -> Option<Input> {
    let whole = found.reading.outlook.as_ref()?;
    let target = found.case.target;
    if target.outlook.is_some() {
        return Some(input("expected", whole, StepSource::Clause(target.id.clone(), "outlook")));
    }
    let kind = found.reading.indicator.kind;
    let (_, under) = columns(kind);
    let names: &[&'static str] = if kind == Kind::OnTime { &["in_time", "late", "overdue"] } else { &[under] };
    // Each of these facts speaks for itself, so that none of its states gives way to a later one.
    let mut all = Vec::new();
    for fact in &found.reading.expected {
        let of_fact = terms(found.reading.indicator, &[fact], names);
        all.extend(of_fact.into_iter().map(|term| Input { name: "".into(), ..term }));
    }
    for (place, term) in all.iter_mut().enumerate() {
        term.name = format!("term {}", place.saturating_add(1)).into();
    }
    Some(total(steps, None, all, whole).as_input("expected"))
}

fn remaining(
    steps: &mut Derivation<'_>,
    found: &Found<'_, '_>,
    of: &'static str,
    whole: &Input,
    remaining: &Quantity,
) -> Option<Made> {
    let remaining = remaining.as_ref().ok()?;
    let mut inputs = vec![expected(steps, found)?, whole.clone()];
    let formula = match steps.input("not_due", "actual.not_due") {
        Some(not_due) => {
            inputs.push(not_due);
            Formula::RemainingOnTime
        }
        None => Formula::Remaining,
    };
    Some(steps.publish(of, formula, inputs, remaining))
}

pub(super) fn cases(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    let Ok(cases) = &found.assessment.cases else { return };
    let Some((counted, whole)) = counted(steps, found) else { return };
    let Some(threshold) = steps.input("threshold", "threshold.value") else { return };
    let tally = &cases.tally;
    let is_part = cases.counts == Counts::Part;
    let factor = input("factor", found.reading.indicator.factor(), StepSource::Setting("unit"));
    let t = if is_part { tally.t.clone() } else { Ratio::ONE - &tally.t };
    let mut share = steps.pass(Formula::ThresholdShare, vec![threshold, factor], t).as_input("share");
    let counted = if is_part {
        counted
    } else {
        share = steps.pass(Formula::ComplementShare, vec![share], &tally.t).as_input("share");
        steps.pass(Formula::ComplementCount, vec![whole.clone(), counted], &tally.n).as_input("counted")
    };
    let strict = input(
        "strict",
        Ratio::from(u32::from(tally.strict)),
        StepSource::Clause(found.case.target.id.clone(), found.case.target.requirement.code()),
    );
    let all = || vec![counted.clone(), whole.clone(), share.clone(), strict.clone()];
    steps.publish("cases.short_by", Formula::ShortBy, all(), &cases.short_by);
    steps.publish("cases.allowance", Formula::Allowance, all(), &cases.allowance);
    if let Ok(in_a_row) = &cases.successes_needed_in_a_row {
        steps.publish("cases.successes_needed_in_a_row", Formula::InARow, all(), in_a_row);
    }
    let to_come = remaining(steps, found, "cases.remaining", &whole, &cases.remaining);
    let mut needed_made = None;
    if let (Some(to_come), Ok(needed)) = (&to_come, &cases.needed_of_remaining) {
        let mut inputs = all();
        inputs.push(to_come.as_input("remaining"));
        needed_made = Some(steps.publish("cases.needed_of_remaining", Formula::NeededOfRemaining, inputs, needed));
    }
    let both = || {
        let (needed, to_come) = (needed_made.as_ref()?, to_come.as_ref()?);
        Some(vec![needed.as_input("needed"), to_come.as_input("remaining")])
    };
    if let (Some(inputs), Ok(share)) = (both(), &cases.required_share) {
        steps.publish("cases.required_share", Formula::RequiredShare, inputs, share);
    }
    if let Ok(feasibility) = cases.feasibility {
        match both() {
            Some(inputs) => steps.publish("cases.feasibility", Formula::Feasibility, inputs, feasibility.code()),
            None => steps.publish("cases.feasibility", Formula::LostWithoutOutlook, all(), feasibility.code()),
        };
    }
}

pub(super) fn remainder(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    let Some(threshold) = steps.input("threshold", "threshold.value") else { return };
    match &found.assessment.remainder {
        Some(Remainder::Sum { amount, periods, each, by_phase }) => {
            let Some(actual) = steps.input("actual", "actual.value") else { return };
            let amount = steps.publish("remainder.amount", Formula::LeftToThreshold, vec![threshold, actual], amount);
            if let Ok(each) = each {
                let count = input("periods", Ratio::from(periods.len()), StepSource::Calendar);
                steps.publish("remainder.each", Formula::LeftEach, vec![amount.as_input("amount"), count], each);
            }
            by_phases(steps, found, &amount, by_phase);
        }
        Some(Remainder::Average { remaining: to_come, required }) => {
            let Some((counted, whole)) = counted(steps, found) else { return };
            let to_come = remaining(steps, found, "remainder.remaining", &whole, to_come);
            if let (Some(to_come), Ok(required)) = (to_come, required) {
                let factor = input("factor", found.reading.indicator.factor(), StepSource::Setting("unit"));
                let inputs = vec![threshold, counted, whole, to_come.as_input("remaining"), factor];
                steps.publish("remainder.required_average", Formula::RequiredAverage, inputs, required);
            }
        }
        None => {}
    }
}

/// What each phase must bring, by what is left of its share.
fn by_phases(steps: &mut Derivation<'_>, found: &Found<'_, '_>, amount: &Made, by_phase: &[(String, Ratio)]) {
    let setting = || StepSource::Setting("phases");
    let mut shares = Vec::new();
    for left in found.phases_left {
        let inputs = vec![
            input("phase", &left.phase, setting()),
            input("days_left", Ratio::from(left.days_left), StepSource::Calendar),
            input("days", Ratio::from(left.days), StepSource::Calendar),
        ];
        shares.push(steps.pass(Formula::LeftOfPhase, inputs, &left.share));
    }
    if by_phase.is_empty() {
        return;
    }
    let terms: Vec<Input> =
        shares.iter().enumerate().map(|(place, share)| share.as_input(format!("term {}", place.saturating_add(1)))).collect();
    let all = Ratio::sum(found.phases_left.iter().map(|left| &left.share));
    let all = total(steps, None, terms, &all);
    for ((name, part), share) in by_phase.iter().zip(&shares) {
        let inputs = vec![amount.as_input("amount"), share.as_input("share"), all.as_input("all")];
        steps.publish(format!("remainder.by_phase.{name}"), Formula::LeftByPhase, inputs, part);
    }
}
