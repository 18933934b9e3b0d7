//! What has changed, and what each unit directly below carries.

use super::figures::{Summed, columns, terms, total, weighted};
use super::{Derivation, Formula, Found, Input, Made, StepSource, input};
use crate::assess::actual::Figure;
use crate::assess::baseline::first_stage;
use crate::assess::contributions::{HeldAgainst, Movement};
use crate::assess::reason::Computed;
use crate::facts::Fact;
use crate::number::Ratio;
use crate::plan::{Indicator, Kind};

pub(super) fn changes(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    let changes = &found.assessment.changes;
    for (name, change, figure) in [
        ("previous", &changes.previous, &found.earlier.previous),
        ("year_before", &changes.year_before, &found.earlier.year_before),
    ] {
        let (Ok(change), Some(figure)) = (change, figure) else { continue };
        let of = |field: &str| format!("changes.{name}.{field}");
        let summed = Summed::new(found.reading.indicator, figure, Some(&change.value));
        let Some(earlier) = summed.derive(steps, Some(&of("value")), None) else { continue };
        let Some(actual) = steps.input("actual", "actual.value") else { continue };
        let inputs = vec![actual, earlier.as_input("earlier")];
        let points = steps.publish(of("points"), Formula::ChangePoints, inputs, &change.points);
        if let Ok(percent) = &change.percent {
            let inputs = vec![points.as_input("points"), earlier.as_input("earlier")];
            steps.publish(of("percent"), Formula::ChangePercent, inputs, percent);
        }
    }
}

/// What each unit directly below adds to a figure, and all of them together.
struct Sums {
    each: Vec<(usize, Made, Option<Made>)>,
    over: Made,
    under: Option<Made>,
    factor: Ratio,
}

impl Sums {
    fn new(steps: &mut Derivation<'_>, found: &Found<'_, '_>, figure: &Figure<'_>) -> Option<Self> {
        let indicator = found.reading.indicator;
        // Weighted values are in percent already.
        let is_weighted = figure.weighted.is_some();
        let factor = if is_weighted { Ratio::ONE } else { indicator.factor() };
        let mut each = Vec::new();
        for part in &figure.parts {
            let units = found.case.context.levels(part.child).concat();
            let facts: Vec<&Fact> = figure.used.iter().copied().filter(|fact| units.contains(&fact.unit)).collect();
            let (over, under) = if is_weighted {
                let inputs = weighted(steps, indicator, &facts);
                let weights: Vec<Input> = inputs.iter().filter(|input| input.name.starts_with("weight")).cloned().collect();
                let over = steps.pass(Formula::WeightedSum, inputs, &part.over * &indicator.factor());
                let weights = weights.into_iter().enumerate();
                let weights = weights.map(|(place, one)| Input { name: format!("term {}", place + 1).into(), ..one });
                (over, part.under.as_ref().map(|under| total(steps, None, weights.collect(), under)))
            } else {
                let (over, under) = counted(indicator);
                let over_made = total(steps, None, terms(indicator, &facts, over), &part.over);
                (over_made, part.under.as_ref().map(|sum| total(steps, None, terms(indicator, &facts, under), sum)))
            };
            each.push((part.child, over, under));
        }
        let over = sum_of(steps, each.iter().map(|(_, over, _)| over))?;
        let under: Option<Vec<&Made>> = each.iter().map(|(_, _, under)| under.as_ref()).collect();
        let under = under.and_then(|under| sum_of(steps, under.into_iter()));
        Some(Self { each, over, under, factor })
    }

    /// What a unit adds, as inputs; one that is silent adds 0.
    fn of(&self, unit: usize, over_name: &'static str, under_name: &'static str) -> [Input; 2] {
        let nothing = |name| input(name, Ratio::ZERO, StepSource::NotReported);
        let found = self.each.iter().find(|(child, ..)| *child == unit);
        let over = found.map_or_else(|| nothing(over_name), |(_, over, _)| over.as_input(over_name));
        let under = found.and_then(|(_, _, under)| under.as_ref());
        [over, under.map_or_else(|| nothing(under_name), |under| under.as_input(under_name))]
    }

    fn factor(&self, name: &'static str) -> Input {
        input(name, &self.factor, StepSource::Setting("unit"))
    }
}

/// The columns above and below the line.
fn counted(indicator: &Indicator) -> (&'static [&'static str], &'static [&'static str]) {
    match (indicator.kind, columns(indicator.kind)) {
        (Kind::OnTime, _) => (&["in_time"], &["in_time", "late", "overdue"]),
        (Kind::Flow | Kind::Stock | Kind::Index, _) => (&["value"], &[]),
        (Kind::Ratio, _) => (&["numerator"], &["denominator"]),
        (Kind::Mean, _) => (&["total"], &["weight"]),
        (Kind::Survey, _) => (&["positive"], &["valid"]),
        _ => (&["part"], &["whole"]),
    }
}

fn sum_of<'m>(steps: &mut Derivation<'_>, made: impl Iterator<Item = &'m Made>) -> Option<Made> {
    let terms: Vec<Input> = made.enumerate().map(|(place, made)| made.as_input(format!("term {}", place + 1))).collect();
    let values: Option<Vec<Ratio>> = terms.iter().map(|term| term.value.number()).collect();
    Some(total(steps, None, terms, &Ratio::sum(&values?)))
}

pub(super) fn contributions(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    if found.assessment.contributions.is_empty() {
        return;
    }
    let Some(now) = Sums::new(steps, found, &found.reading.figure) else { return };
    let then = |steps: &mut Derivation<'_>, figure: &Option<Figure<'_>>| {
        figure.as_ref().filter(|figure| !figure.parts.is_empty()).and_then(|figure| Sums::new(steps, found, figure))
    };
    let previous = then(steps, &found.earlier.previous);
    let year_before = then(steps, &found.earlier.year_before);
    let threshold = steps.input("threshold", "threshold.value");
    for (place, part) in found.assessment.contributions.iter().enumerate() {
        let of = |field: &str| format!("contributions.{place}.{field}");
        let [over, under] = now.of(part.unit, "over", "under");
        if let Some(all) = &now.under {
            let inputs = vec![over.clone(), now.factor("factor"), all.as_input("all")];
            steps.publish(of("actual"), Formula::ContributionToActual, inputs, &part.to_actual);
            let beyond = |threshold: &Input| vec![over.clone(), now.factor("factor"), threshold.clone(), under.clone()];
            if let (Some(variance), Some(threshold)) = (&part.to_variance, &threshold) {
                let mut inputs = beyond(threshold);
                inputs.push(all.as_input("all"));
                steps.publish(of("variance"), Formula::ContributionToVariance, inputs, variance);
            }
            if let (Some(cases), Some(threshold)) = (&part.cases, &threshold) {
                steps.publish(of("cases"), Formula::ContributionInCases, beyond(threshold), cases);
            }
        } else {
            let stated = Input { name: "value".into(), ..over };
            let own = steps.publish(of("actual"), Formula::Stated, vec![stated], &part.to_actual);
            if let (Some(variance), Some(threshold)) = (&part.to_variance, &threshold) {
                let set = part_of_threshold(steps, found, part.unit, part.held_against, threshold, &part.to_actual - variance);
                if let Some(set) = set {
                    let inputs = vec![own.as_input("actual"), set];
                    steps.publish(of("variance"), Formula::Variance, inputs, variance);
                }
            }
        }
        for (name, movement, then) in
            [("since_previous", &part.since_previous, &previous), ("since_year_before", &part.since_year_before, &year_before)]
        {
            if let Some(then) = then {
                moved(steps, &of(name), movement, part.unit, &now, then);
            }
        }
    }
}

/// The part of a sum's threshold that a unit is held against; of one that says nothing now, nothing.
fn part_of_threshold(
    steps: &mut Derivation<'_>,
    found: &Found<'_, '_>,
    unit: usize,
    held_against: HeldAgainst,
    threshold: &Input,
    part: Ratio,
) -> Option<Input> {
    let parts = &found.reading.figure.parts;
    if !parts.iter().any(|part| part.child == unit) {
        return Some(input("threshold", Ratio::ZERO, StepSource::NotReported));
    }
    let made = match (held_against, found.baselines_below) {
        (HeldAgainst::OwnBaseline, Some(baselines)) => {
            let (_, start) = baselines.iter().find(|(child, _)| *child == unit)?;
            let own = match start.used.first() {
                None => {
                    let given = first_stage(found.case.context.plan, found.case.target);
                    input("own_baseline", &start.value, StepSource::Clause(given.id.clone(), "baseline"))
                }
                Some(first) => {
                    let summed = Summed {
                        indicator: found.case.context.indicator(first.indicator)?,
                        used: &start.used,
                        measure: start.measure.as_ref(),
                        value: Some(&start.value),
                        is_weighted: start.measure.is_none(),
                    };
                    summed.derive(steps, None, None)?.as_input("own_baseline")
                }
            };
            let inputs = vec![threshold.clone(), own, steps.input("baseline", "baseline.value")?];
            steps.pass(Formula::ThresholdByBaseline, inputs, part)
        }
        _ => {
            let units = input("units", Ratio::from(parts.len()), StepSource::UnitsReporting);
            steps.pass(Formula::ThresholdEqualPart, vec![threshold.clone(), units], part)
        }
    };
    Some(made.as_input("threshold"))
}

/// What a unit carries of the change since an earlier period.
fn moved(steps: &mut Derivation<'_>, of: &str, movement: &Computed<Movement>, unit: usize, now: &Sums, then: &Sums) {
    match movement {
        Ok(Movement::Own(change)) => {
            let ([now, _], [then, _]) = (now.of(unit, "now", ""), then.of(unit, "then", ""));
            steps.publish(format!("{of}.own"), Formula::OwnChange, vec![now, then], change);
        }
        Ok(Movement::Rate { rate, mix }) => {
            let (Some(all_now), Some(all_then)) = (&now.under, &then.under) else { return };
            let mut inputs: Vec<Input> = now.of(unit, "over_now", "under_now").into();
            inputs.extend(then.of(unit, "over_then", "under_then"));
            inputs.extend([
                all_now.as_input("all_under_now"),
                all_then.as_input("all_under_then"),
                now.factor("factor_now"),
                then.factor("factor_then"),
            ]);
            let mut of_mix = inputs.clone();
            of_mix.extend([now.over.as_input("all_over_now"), then.over.as_input("all_over_then")]);
            steps.publish(format!("{of}.rate"), Formula::RateEffect, inputs, rate);
            steps.publish(format!("{of}.mix"), Formula::MixEffect, of_mix, mix);
        }
        Err(_) => {}
    }
}
