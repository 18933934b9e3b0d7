//! How the days of a flow's period are covered, and what the plan's phases make of them.

use super::actual::{figure, own_figure};
use super::context::{Context, Series};
use crate::facts::Fact;
use crate::number::{Number, Ratio};
use crate::plan::phases_of;
use crate::time::{Calendar, Period};

/// The facts that cover days of a period, in order, of each unit that its figure is made of.
pub(super) fn covering<'f>(context: &Context<'f>, series: Series, period: &Period) -> Vec<Vec<&'f Fact>> {
    let children = context.unit(series.unit).map(|unit| unit.children.as_slice()).unwrap_or_default();
    if !children.is_empty() && figure(context, series, period).is_rolled_up {
        return children.iter().flat_map(|child| covering(context, Series { unit: *child, ..series }, period)).collect();
    }
    let figure = own_figure(context, series, period);
    let mut facts: Vec<&Fact> = figure.used.into_iter().chain(figure.excused).collect();
    facts.sort_by_key(|fact| fact.period);
    vec![facts]
}

/// The share of a period's days that facts cover.
fn covered(facts: &[&Fact], period: &Period) -> Ratio {
    let days = facts.iter().map(|fact| {
        let (first, last) = (fact.period.first().max(period.first()), fact.covers_to().min(period.last()));
        last.signed_duration_since(first).num_days().saturating_add(1).max(0)
    });
    Ratio::from(days.fold(0, i64::saturating_add)).divided_by(&Ratio::from(period.days())).unwrap_or(Ratio::ZERO)
}

/// The share of a period's amount that the covered days should have brought, by the plan's phases.
///
/// ```text
/// Σ phase_k · covered days of k / days of k
/// ```
/// k: the sub-periods of the period, as many as there are phases. Of units below, the one that is covered least counts.
/// Nothing where there are no phases, or the period has not as many parts.
pub(super) fn covered_share(context: &Context<'_>, series: Series, period: &Period, phases: &[Number]) -> Option<Ratio> {
    let parts = phases_of(context.plan.calendar(), period, phases.len())?;
    let share = |facts: &Vec<&Fact>| {
        let of_parts = parts.iter().zip(phases).map(|(part, phase)| Ratio::from(*phase) * covered(facts, part));
        of_parts.fold(Ratio::ZERO, |sum, share| sum + share)
    };
    covering(context, series, period).iter().map(share).min()
}

/// The phases of which a unit still has days to report, with what is left of their share by these days.
pub(super) fn phases_left(
    calendar: Calendar,
    period: &Period,
    phases: &[Number],
    covering: &[Vec<&Fact>],
) -> Vec<(String, Ratio)> {
    let parts = phases_of(calendar, period, phases.len()).unwrap_or_default();
    let left = parts.iter().zip(phases).filter_map(|(part, phase)| {
        let least = covering.iter().map(|facts| covered(facts, part)).min().unwrap_or(Ratio::ZERO);
        let share = Ratio::from(*phase) * (Ratio::ONE - least);
        (!share.is_zero()).then(|| (part.label(), share))
    });
    left.collect()
}
