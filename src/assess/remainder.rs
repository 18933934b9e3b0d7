//! What the rest has to bring: of a flow in each period to come, of a quotient on average.

use super::bound::Bound;
use super::feasibility::remaining;
use super::phases::PhaseLeft;
use super::reason::{Quantity, Reason};
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::Indicator;

/// What the rest of a judged period has to bring for the threshold to be reached exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remainder {
    /// A sum: what is left to the threshold, over the periods that are not reported yet.
    Sum {
        /// `T − a`; below 0 the threshold is passed.
        amount: Ratio,
        /// The sub-periods that are not fully reported, by name: those to come, and gaps.
        periods: Vec<String>,
        /// `(T − a)/n` for each of these n sub-periods; `no_remaining` where there is none, `uneven_steps` where they do not make
        /// up the judged days.
        each: Quantity,
        /// Where the plan spreads the amount in phases: what each of them that is not fully
        /// reported must bring, in proportion to the share of it that is left.
        by_phase: Vec<(String, Ratio)>,
    },
    /// A quotient: the average that the remaining whole R must have.
    Average {
        /// R, by the outlook.
        remaining: Quantity,
        /// `(t·(D + R) − N)/R`, in the indicator's unit; `no_remaining` where R is 0.
        required: Quantity,
    },
}

/// The average that the rest of a quotient must have.
///
/// ```text
/// (t·(D + R) − N)/R · f
/// ```
/// N, D: what stands above and below the line so far; R: what is still to come below it; t = T/f; f: 100 for percentages.
pub(crate) fn average(indicator: &Indicator, measure: &Measure, bound: &Bound, outlook: Option<&Ratio>) -> Option<Remainder> {
    let (n, d) = measure.quotient()?;
    let threshold = bound.threshold()?;
    let factor = indicator.factor();
    let remaining = remaining(measure, outlook);
    let required = remaining.clone().and_then(|r| {
        let needed = threshold * &(&d + &r) - &n * &factor;
        needed.divided_by(&r).ok_or(Reason::NoRemaining)
    });
    Some(Remainder::Average { remaining, required })
}

/// What each sub-period that is not fully reported must bring to a sum; `phases` are those of them that the plan gives a share,
/// with what is left of it.
///
/// ```text
/// (T − a)/n        by phases: (T − a)·p_k/Σp
/// ```
pub(crate) fn sum(
    measure: &Measure,
    bound: &Bound,
    periods: Vec<String>,
    is_tiled: bool,
    phases: &[PhaseLeft],
) -> Option<Remainder> {
    let Measure::Amount(a) = measure else { return None };
    let amount = bound.threshold()? - a;
    // Days that belong to none of the sub-periods could bring something too.
    let each = match is_tiled {
        true => amount.divided_by(&Ratio::from(periods.len())).ok_or(Reason::NoRemaining),
        false => Err(Reason::UnevenSteps),
    };
    let left = Ratio::sum(phases.iter().map(|left| &left.share));
    let part = |one: &PhaseLeft| Some((one.label.clone(), (&amount * &one.share).divided_by(&left)?));
    let by_phase = phases.iter().filter_map(part).collect();
    Some(Remainder::Sum { amount, periods, each, by_phase })
}
