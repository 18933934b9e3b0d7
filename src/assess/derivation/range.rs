//! The values that meet the requirement by the method of the plan: from where to where, and whether the ends belong to them.

use std::ops::Bound as End;

use super::threshold::thresholds;
use super::{Derivation, Formula, Found, Input, StepSource, input};
use crate::assess::bound::Bound;
use crate::number::{Ratio, Rounding, RoundingMode};

/// An end of the values.
#[derive(Clone, Copy)]
enum Edge {
    Low,
    High,
}

impl Edge {
    fn of(self, range: (End<Ratio>, End<Ratio>)) -> Option<(Ratio, bool)> {
        match if matches!(self, Self::Low) { range.0 } else { range.1 } {
            End::Included(at) => Some((at, false)),
            End::Excluded(at) => Some((at, true)),
            End::Unbounded => None,
        }
    }
}

/// The ends as inputs `low` and `high`; `low_open` and `high_open` are 1 where the end itself does not meet the requirement.
///
/// ```text
/// threshold ∓ tolerance; under rounding that of the rounded threshold, widened by what is rounded into it
/// ```
pub(super) fn range(steps: &mut Derivation<'_>, found: &Found<'_, '_>) -> Option<Vec<Input>> {
    let test = found.reading.test.as_ref()?;
    let mut thresholds = thresholds(steps);
    if let Some(rounding) = test.compare_rounded {
        round(steps, &mut thresholds, rounding);
    }
    let mut inputs = Vec::new();
    for (edge, name, open_name) in [(Edge::Low, "low", "low_open"), (Edge::High, "high", "high_open")] {
        let Some((at, is_open)) = edge.of(test.range()) else { continue };
        let threshold = match (thresholds.as_slice(), edge) {
            ([_, high], Edge::High) => high,
            (all, _) => all.first()?,
        };
        let plain = plain_end(steps, found, edge, threshold)?;
        let requirement = &found.case.target.requirement;
        let is_strict = matches!(test.bound, Bound::Improve(..)) || test.bound.side().is_some_and(|(side, _)| side.is_strict());
        let clause = StepSource::Clause(found.case.target.id.clone(), requirement.code());
        let strict = input(open_name, Ratio::from(u32::from(is_strict)), clause);
        let Some(rounding) = test.compare_rounded else {
            inputs.extend([Input { name: name.into(), ..plain }, strict]);
            continue;
        };
        let setting = || StepSource::Setting("compare_rounded");
        let of_rounding = vec![
            Input { name: "end".into(), ..plain },
            Input { name: "open".into(), ..strict },
            input("places", Ratio::from(rounding.scale), setting()),
        ];
        let (end, end_open) = match edge {
            Edge::Low => (Formula::RoundedLow, Formula::RoundedLowOpen),
            Edge::High => (Formula::RoundedHigh, Formula::RoundedHighOpen),
        };
        inputs.push(steps.pass(end, of_rounding.clone(), at).as_input(name));
        let mut of_rounding = of_rounding;
        let mode = if rounding.mode == RoundingMode::HalfEven { "half_even" } else { "half_up" };
        of_rounding.push(input("mode", mode, setting()));
        inputs.push(steps.pass(end_open, of_rounding, Ratio::from(u32::from(is_open))).as_input(open_name));
    }
    Some(inputs)
}

/// The threshold less the tolerance, or more by it; where there is none the threshold itself.
fn plain_end(steps: &mut Derivation<'_>, found: &Found<'_, '_>, edge: Edge, threshold: &Input) -> Option<Input> {
    let test = found.reading.test.as_ref()?;
    // An improvement knows no tolerance.
    if test.tolerance.is_zero() || matches!(test.bound, Bound::Improve(..)) {
        return Some(threshold.clone());
    }
    let t = threshold.value.number()?;
    let (formula, end) = match edge {
        Edge::Low => (Formula::RangeLow, t - &test.tolerance),
        Edge::High => (Formula::RangeHigh, t + &test.tolerance),
    };
    let tolerance = input("tolerance", &test.tolerance, StepSource::Setting("tolerance"));
    let inputs = vec![Input { name: "threshold".into(), ..threshold.clone() }, tolerance];
    Some(steps.pass(formula, inputs, end).as_input("end"))
}

/// Each number rounded as the plan asks before it is compared.
pub(super) fn round(steps: &mut Derivation<'_>, compared: &mut [Input], rounding: Rounding) {
    let formula = match rounding.mode {
        RoundingMode::HalfEven => Formula::RoundHalfEven,
        _ => Formula::RoundHalfUp,
    };
    for compared in compared {
        let Some(value) = compared.value.number() else { continue };
        let places = input("places", Ratio::from(rounding.scale), StepSource::Setting("compare_rounded"));
        let exact = Input { name: "value".into(), ..compared.clone() };
        let rounded = steps.pass(formula, vec![exact, places], rounding.apply(&value));
        *compared = rounded.as_input(compared.name.clone());
    }
}
