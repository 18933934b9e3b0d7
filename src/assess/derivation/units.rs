//! So many of several units: how each came to its value, and how many hold.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::threshold::thresholds;
use super::{Derivation, Formula, Input, Step, StepSource, input};
use crate::assess::assessment::{Assessment, UnitStatus};
use crate::plan::{Plan, Target};

/// The steps of an assessment of so many units; `each` are the steps of every unit for itself.
pub(in super::super) fn of_units(plan: &Plan, target: &Target, of: &Assessment, each: Vec<Vec<Step>>) -> Vec<Step> {
    let mut steps = Derivation::new(plan);
    for (place, own) in each.into_iter().enumerate() {
        of_unit(&mut steps, &own, &format!("units.{place}.value"));
    }
    if let Ok(holding) = &of.actual.value {
        let stands = |unit: &UnitStatus| input(unit.unit.to_string(), unit.status.code(), StepSource::Unit(unit.unit.clone()));
        steps.publish("actual.value", Formula::UnitsHolding, of.units.iter().map(stands).collect(), holding);
    }
    if let Some(count) = of.threshold.bound.as_ref().ok().and_then(|bound| bound.threshold()) {
        let clause = StepSource::Clause(target.id.clone(), "scope");
        steps.publish("threshold.value", Formula::Stated, vec![input("value", count, clause)], count);
    }
    gap(&mut steps, of);
    steps.list
}

fn gap(steps: &mut Derivation<'_>, of: &Assessment) -> Option<()> {
    let threshold = thresholds(steps).into_iter().next()?;
    let actual = steps.input("actual", "actual.value")?;
    let with = |first: &Input| vec![first.clone(), threshold.clone()];
    let variance = steps.publish("variance", Formula::Variance, with(&actual), of.variance.as_ref().ok()?);
    let inputs = vec![variance.as_input("variance")];
    let shortfall = steps.publish("shortfall", Formula::ShortfallUpward, inputs, of.shortfall.as_ref().ok()?);
    if let Ok(share) = &of.shortfall_share {
        steps.publish("shortfall_share", Formula::ShortfallShare, with(&shortfall.as_input("shortfall")), share);
    }
    if let Ok(ratio) = &of.ratio_to_target {
        steps.publish("ratio_to_target", Formula::RatioUpward, with(&actual), ratio);
    }
    Some(())
}

/// Of a unit's own steps those that its value and its verdict rest on, with new numbers.
fn of_unit(steps: &mut Derivation<'_>, own: &[Step], of: &str) {
    let mut needed = vec![false; own.len()];
    let Some(value) = own.iter().position(|step| step.of.as_deref() == Some("actual.value")) else { return };
    let is_verdict = |step: &Step| step.formula.is_verdict() || step.formula == Formula::DaysLate;
    let mut open: Vec<usize> =
        own.iter().enumerate().filter(|(place, step)| *place == value || is_verdict(step)).map(|(place, _)| place).collect();
    while let Some(place) = open.pop() {
        match needed.get_mut(place) {
            Some(is_needed) if !*is_needed => *is_needed = true,
            _ => continue,
        }
        let inputs = own.get(place).map(|step| step.inputs.as_slice()).unwrap_or_default();
        open.extend(inputs.iter().filter_map(|input| match input.source {
            StepSource::Step(number) => number.checked_sub(1),
            _ => None,
        }));
    }
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, step) in own.iter().enumerate().filter(|(place, _)| needed.get(*place) == Some(&true)) {
        let mut step = step.clone();
        step.of = (place == value).then(|| Cow::Owned(of.to_owned()));
        for input in &mut step.inputs {
            if let StepSource::Step(number) = &mut input.source {
                *number = numbers.get(number).copied().unwrap_or(*number);
            }
        }
        steps.list.push(step);
        numbers.insert(place.saturating_add(1), steps.list.len());
    }
}
