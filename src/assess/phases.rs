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

/// How many days of a period facts cover.
fn covered_days(facts: &[&Fact], period: &Period) -> i64 {
    let days = facts.iter().map(|fact| {
        let (first, last) = (fact.period.first().max(period.first()), fact.covers_to().min(period.last()));
        last.signed_duration_since(first).num_days().saturating_add(1).max(0)
    });
    days.fold(0, i64::saturating_add)
}

/// Which share of a period's amount should be there by now, and by what.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ShareOfPeriod {
    pub(super) share: Ratio,
    /// The covered days of the period, with the length of all of it; for each of the plan's phases, where there are some.
    pub(super) parts: Vec<CoveredPart>,
    /// Whether the parts are the plan's phases.
    pub(super) is_by_phases: bool,
}

/// How much of a part of a period is covered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CoveredPart {
    /// Its share of the period's amount.
    pub(super) phase: Ratio,
    pub(super) covered: i64,
    pub(super) days: i64,
}

impl ShareOfPeriod {
    /// ```text
    /// Σ phase_k · covered days of k / days of k
    /// ```
    fn of_parts(parts: Vec<CoveredPart>, is_by_phases: bool) -> Self {
        let share = |part: &CoveredPart| {
            (&part.phase * Ratio::from(part.covered)).divided_by(&Ratio::from(part.days)).unwrap_or(Ratio::ZERO)
        };
        let share = parts.iter().map(share).fold(Ratio::ZERO, |sum, share| sum + share);
        Self { share, parts, is_by_phases }
    }

    /// By days alone.
    pub(super) fn by_days(covered: i64, days: i64) -> Self {
        Self::of_parts(vec![CoveredPart { phase: Ratio::ONE, covered, days }], false)
    }
}

/// The share of a period's amount that the covered days should have brought, by the plan's phases.
///
/// Of units below, the one that is covered least counts. Nothing where there are no phases, or the period has not as many
/// calendar parts.
pub(super) fn covered_share(context: &Context<'_>, series: Series, period: &Period, phases: &[Number]) -> Option<ShareOfPeriod> {
    let parts = phases_of(context.plan.calendar(), period, phases.len())?;
    let of_unit = |facts: &Vec<&Fact>| {
        let covered = |(part, phase): (&Period, &Number)| CoveredPart {
            phase: Ratio::from(*phase),
            covered: covered_days(facts, part),
            days: part.days(),
        };
        ShareOfPeriod::of_parts(parts.iter().zip(phases).map(covered).collect(), true)
    };
    covering(context, series, period).iter().map(of_unit).min_by(|a, b| a.share.cmp(&b.share))
}

/// A phase of which a unit still has days to report.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PhaseLeft {
    pub(super) label: String,
    pub(super) phase: Ratio,
    pub(super) days_left: i64,
    pub(super) days: i64,
    /// What is left of its share by these days.
    pub(super) share: Ratio,
}

/// The phases of which a unit still has days to report, with what is left of their share.
///
/// ```text
/// phase_k · days left of k / days of k
/// ```
/// Of units below, the one that has most days left counts.
pub(super) fn phases_left(calendar: Calendar, period: &Period, phases: &[Number], covering: &[Vec<&Fact>]) -> Vec<PhaseLeft> {
    let parts = phases_of(calendar, period, phases.len()).unwrap_or_default();
    let left = parts.iter().zip(phases).filter_map(|(part, phase)| {
        let least = covering.iter().map(|facts| covered_days(facts, part)).min().unwrap_or(0);
        let (phase, days_left) = (Ratio::from(*phase), part.days().saturating_sub(least));
        let share = (&phase * Ratio::from(days_left)).divided_by(&Ratio::from(part.days()))?;
        let is_left = days_left > 0 && !share.is_zero();
        is_left.then(|| PhaseLeft { label: part.label(), phase, days_left, days: part.days(), share })
    });
    left.collect()
}
