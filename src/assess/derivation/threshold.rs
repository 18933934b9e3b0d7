//! The baseline, the threshold, the verdict and the gap.

use super::figures::Summed;
use super::range::round;
use super::{Derivation, Formula, Found, Input, StepSource, input};
use crate::assess::baseline::first_stage;
use crate::assess::bound::{Bound, Side};
use crate::number::Ratio;
use crate::plan::{Baseline, Better, Change, Requirement, Target};

pub(super) fn baseline(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    // A stage without a baseline of its own has that of the stage it follows.
    let stage = first_stage(found.case.context.plan, found.case.target);
    let Ok(start) = &found.reading.start else { return };
    if let Some(Baseline::Value(..)) = stage.baseline {
        let stated = vec![input("value", &start.value, StepSource::Clause(stage.id.clone(), "baseline"))];
        steps.publish("baseline.value", Formula::Stated, stated, &start.value);
        return;
    }
    let Some(indicator) = start.used.first().and_then(|fact| found.case.context.indicator(fact.indicator)) else { return };
    let summed = Summed {
        indicator,
        used: &start.used,
        measure: start.measure.as_ref(),
        value: Some(&start.value),
        is_weighted: start.measure.is_none(),
    };
    summed.derive(steps, Some("baseline.value"), None);
}

/// The threshold of a target; `baseline` is what a relative one starts from.
pub(super) fn of_target(
    steps: &mut Derivation<'_>,
    of: Option<&'static str>,
    target: &Target,
    baseline: Option<Input>,
    bound: &Bound,
) -> Option<super::Made> {
    let field = target.requirement.code();
    let clause = || StepSource::Clause(target.id.clone(), field);
    let t = bound.threshold()?;
    let (formula, inputs) = match target.requirement {
        Requirement::ReduceBy(change) | Requirement::IncreaseBy(change) => {
            let baseline = baseline?;
            let start = baseline.value.number()?;
            let size = change.size(&start);
            let change = match change {
                Change::Percent(percent) => {
                    let inputs = vec![baseline.clone(), input("percent", Ratio::from(percent), clause())];
                    steps.pass(Formula::RelativeChange, inputs, size).as_input("change")
                }
                Change::Amount(_) => input("change", size, clause()),
            };
            let falls = matches!(target.requirement, Requirement::ReduceBy(_));
            (if falls { Formula::ReduceBy } else { Formula::IncreaseBy }, vec![baseline, change])
        }
        Requirement::Improve(_) => (Formula::Improve, vec![baseline?]),
        _ => (Formula::Stated, vec![input("value", t, clause())]),
    };
    Some(match of {
        Some(of) => steps.publish(of, formula, inputs, t),
        None => steps.pass(formula, inputs, t),
    })
}

pub(super) fn threshold(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    let (target, reading) = (found.case.target, found.reading);
    let Some(bound) = reading.bound() else { return };
    if let Bound::Between(low, high) = bound {
        for (of, value) in [("threshold.low", low), ("threshold.high", high)] {
            let clause = StepSource::Clause(target.id.clone(), target.requirement.code());
            steps.publish(of, Formula::Stated, vec![input("value", value, clause)], value);
        }
        return;
    }
    let start = steps.input("baseline", "baseline.value");
    let made = of_target(steps, Some("threshold.value"), target, start, bound);
    let (Some(made), true, Some(attainable)) = (made, reading.indicator.whole, bound.attainable()) else { return };
    let formula = match bound {
        Bound::OneSided(Side::AtLeast, _) => Formula::AttainableAtLeast,
        Bound::OneSided(Side::AtMost, _) => Formula::AttainableAtMost,
        Bound::OneSided(Side::Below, _) | Bound::Improve(Better::Lower, _) => Formula::AttainableBelow,
        _ => Formula::AttainableAbove,
    };
    steps.publish("threshold.attainable", formula, vec![made.as_input("threshold")], attainable);
}

/// The threshold, or both ends of a range, as inputs.
pub(super) fn thresholds(steps: &Derivation<'_>) -> Vec<Input> {
    [("threshold", "threshold.value"), ("low", "threshold.low"), ("high", "threshold.high")]
        .into_iter()
        .filter_map(|(name, of)| steps.input(name, of))
        .collect()
}

pub(super) fn gap(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    verdict(steps, found);
    let (Some(bound), Some(actual)) = (found.reading.bound(), steps.input("actual", "actual.value")) else { return };
    let (thresholds, of) = (thresholds(steps), found.assessment);
    if let Ok(variance) = &of.variance {
        let formula = if matches!(bound, Bound::Between(..)) { Formula::VarianceBetween } else { Formula::Variance };
        let inputs = std::iter::once(actual.clone()).chain(thresholds.clone()).collect();
        let made = steps.publish("variance", formula, inputs, variance);
        if let Ok(shortfall) = &of.shortfall {
            let formula = match bound {
                Bound::OneSided(side, _) if side.is_upward() => Formula::ShortfallUpward,
                Bound::OneSided(..) | Bound::Improve(Better::Lower, _) => Formula::ShortfallDownward,
                Bound::Improve(Better::Higher, _) => Formula::ShortfallUpward,
                Bound::Exactly(_) | Bound::Between(..) => Formula::ShortfallBothWays,
            };
            steps.publish("shortfall", formula, vec![made.as_input("variance")], shortfall);
        }
    }
    let threshold = thresholds.first().cloned();
    let with = |first: Option<Input>| first.into_iter().chain(threshold.clone()).collect::<Vec<_>>();
    if let Ok(share) = &of.shortfall_share {
        let inputs = with(steps.input("shortfall", "shortfall"));
        steps.publish("shortfall_share", Formula::ShortfallShare, inputs, share);
    }
    if let (Ok(ratio), Some((side, _))) = (&of.ratio_to_target, bound.side()) {
        let formula = if side.is_upward() { Formula::RatioUpward } else { Formula::RatioDownward };
        steps.publish("ratio_to_target", formula, with(Some(actual.clone())), ratio);
    }
    if let (Ok(progress), Some(start)) = (&of.progress, steps.input("baseline", "baseline.value")) {
        let mut inputs = with(Some(actual));
        inputs.push(start);
        steps.publish("progress", Formula::Progress, inputs, progress);
    }
}

/// The test itself: rounding first where the plan asks for it, then the comparison.
fn verdict(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    let (Some(test), Some(verdict), Some(actual)) =
        (&found.reading.test, found.reading.verdict(), steps.input("actual", "actual.value"))
    else {
        return;
    };
    let mut inputs = vec![actual];
    inputs.extend(thresholds(steps));
    if let Some(rounding) = test.compare_rounded {
        round(steps, &mut inputs, rounding);
    }
    let formula = match &test.bound {
        Bound::OneSided(Side::AtLeast, _) => Formula::MeetsAtLeast,
        Bound::OneSided(Side::AtMost, _) => Formula::MeetsAtMost,
        Bound::OneSided(Side::Above, _) | Bound::Improve(Better::Higher, _) => Formula::MeetsAbove,
        Bound::OneSided(Side::Below, _) | Bound::Improve(Better::Lower, _) => Formula::MeetsBelow,
        Bound::Exactly(_) => Formula::MeetsExactly,
        Bound::Between(..) => Formula::MeetsBetween,
    };
    // An improvement knows no tolerance.
    let is_improvement = matches!(test.bound, Bound::Improve(..));
    let tolerance = if is_improvement { Ratio::ZERO } else { test.tolerance.clone() };
    inputs.push(input("tolerance", tolerance, StepSource::Setting("tolerance")));
    steps.pass(formula, inputs, if verdict.met { "met" } else { "not_met" });
}
