//! How much of a flow should be there by now where the plan spreads it over its period in phases.

use chrono::NaiveDate;

use super::actual::{figure, own_figure};
use super::context::{Context, Series};
use crate::number::{Number, Ratio};
use crate::plan::phases_of;
use crate::time::{Calendar, Period};

/// The share of a period's amount that the covered days should have brought, by the plan's phases.
///
/// ```text
/// Σ phase_k · covered days of k / days of k
/// ```
/// k: the sub-periods of the period, as many as there are phases. Of units below, the one that is covered least counts.
/// Nothing where there are no phases, or the period has not as many parts.
pub(super) fn covered_share(context: &Context<'_>, series: Series, period: &Period, phases: &[Number]) -> Option<Ratio> {
    let parts = phases_of(context.plan.calendar(), period, phases.len())?;
    let children = context.unit(series.unit).map(|unit| unit.children.as_slice()).unwrap_or_default();
    if !children.is_empty() && figure(context, series, period).is_rolled_up {
        let below = children.iter().map(|child| covered_share(context, Series { unit: *child, ..series }, period, phases));
        return below.collect::<Option<Vec<Ratio>>>()?.into_iter().min();
    }
    let figure = own_figure(context, series, period);
    let facts = || figure.used.iter().chain(&figure.excused);
    let shares = parts.iter().zip(phases).map(|(part, phase)| {
        let covered = facts().map(|fact| {
            let (first, last) = (fact.period.first().max(part.first()), fact.covers_to().min(part.last()));
            last.signed_duration_since(first).num_days().saturating_add(1).max(0)
        });
        let days = Ratio::from(covered.fold(0, i64::saturating_add));
        (Ratio::from(*phase) * days).divided_by(&Ratio::from(part.days())).unwrap_or(Ratio::ZERO)
    });
    Some(shares.fold(Ratio::ZERO, |sum, share| sum + share))
}

/// The phases that are not over, with what is left of their share after the last day that is reported, by days.
pub(super) fn phases_left(calendar: Calendar, period: &Period, phases: &[Number], on: Option<NaiveDate>) -> Vec<(String, Ratio)> {
    let parts = phases_of(calendar, period, phases.len()).unwrap_or_default();
    let left = parts.iter().zip(phases).filter_map(|(part, phase)| {
        let days = on.map_or(part.days(), |on| part.last().signed_duration_since(on).num_days()).min(part.days());
        let share = (Ratio::from(*phase) * Ratio::from(days)).divided_by(&Ratio::from(part.days()))?;
        (days > 0 && !share.is_zero()).then(|| (part.label(), share))
    });
    left.collect()
}
