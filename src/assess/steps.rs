//! How the numbers were derived: the actual, the threshold, the gap.

use super::assessment::{FactReference, Step};
use super::bound::Bound;
use super::reading::Reading;
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Kind, Requirement, Target};

pub(super) fn steps(reading: &Reading<'_>, target: &Target) -> Vec<Step> {
    let mut steps = Vec::new();
    let references = |facts: &[&crate::facts::Fact]| facts.iter().map(|fact| FactReference::from(*fact)).collect();
    if let (Ok(value), Some(measure)) = (&reading.value, &reading.figure.measure) {
        steps.push(Step {
            formula: reading.indicator.kind.code(),
            inputs: inputs(reading.indicator.kind, measure),
            result: value.clone(),
            from: references(&reading.figure.used),
        });
    }
    let Some(threshold) = reading.bound().and_then(Bound::threshold) else { return steps };
    if let (Ok(start), Requirement::ReduceBy(change) | Requirement::IncreaseBy(change)) = (&reading.start, target.requirement) {
        steps.push(Step {
            formula: target.requirement.code(),
            inputs: vec![("baseline", start.value.clone()), ("change", change.size(&start.value))],
            result: threshold.clone(),
            from: references(&start.used),
        });
    }
    if let (Ok(value), Some(bound)) = (&reading.value, reading.bound()) {
        let inputs = vec![("actual", value.clone()), ("threshold", threshold.clone())];
        steps.push(Step { formula: "variance", inputs, result: bound.variance(value), from: Vec::new() });
    }
    steps
}

fn inputs(kind: Kind, measure: &Measure) -> Vec<(&'static str, Ratio)> {
    match measure {
        Measure::Bare(value) | Measure::Amount(value) => vec![("value", value.clone())],
        Measure::Quotient { part, whole, population } => {
            let (over, under) = match kind {
                Kind::Ratio => ("numerator", "denominator"),
                Kind::Mean => ("total", "weight"),
                Kind::Survey => ("positive", "valid"),
                _ => ("part", "whole"),
            };
            let mut inputs = vec![(over, part.clone()), (under, whole.clone())];
            inputs.extend(population.clone().map(|population| ("population", population)));
            inputs
        }
        Measure::OnTime(cases) => {
            vec![("in_time", cases.in_time.clone()), ("late", cases.late.clone()), ("overdue", cases.overdue.clone())]
        }
        Measure::Done { count, .. } => vec![("value", count.clone())],
    }
}
