//! Roll-up over units: a parent's figure is made of the data of the units below, never of percentages.

use chrono::NaiveDate;

use super::actual::{Coverage, Disagreement, Figure, Part, figure};
use super::context::{Context, Series};
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Indicator, Kind, OrganisationUnit};
use crate::time::Period;

/// The unit's own figure where a fact of its own speaks of exactly the period, else that of the units below, else what
/// its own facts give.
pub(super) fn choose<'f>(
    context: &Context<'f>,
    series: Series,
    period: &Period,
    indicator: &Indicator,
    unit: &OrganisationUnit,
    own: Figure<'f>,
) -> Figure<'f> {
    let mut below = rolled_up(context, series, period, indicator, unit);
    let for_the_period = own.not_applicable || own.used.iter().any(|fact| fact.period == *period);
    if !for_the_period && (below.is_usable() || !own.is_usable()) {
        below.coarse_fine.extend(own.coarse_fine);
        return below;
    }
    let mut chosen = own;
    let same = if indicator.kind.is_state() { chosen.on == below.on } else { chosen.days == below.days };
    let same_days = same && !below.is_uneven;
    if let (Some(left), Some(right), true) = (&chosen.measure, &below.measure, same_days)
        && left.contradicts(right)
    {
        chosen.parent_children.push(Disagreement { unit: series.unit, left: left.clone(), right: right.clone() });
    }
    chosen.coarse_fine.extend(below.coarse_fine);
    chosen.parent_children.extend(below.parent_children);
    chosen
}

fn rolled_up<'f>(
    context: &Context<'f>,
    series: Series,
    period: &Period,
    indicator: &Indicator,
    unit: &OrganisationUnit,
) -> Figure<'f> {
    let mut total = Figure { complete: true, not_applicable: true, days: i64::MAX, is_rolled_up: true, ..Figure::default() };
    let mut sum: Option<Measure> = None;
    let mut measured: usize = 0;
    let mut reached: Option<Reach> = None;
    for child in &unit.children {
        let figure = figure(context, Series { unit: *child, ..series }, period);
        total.complete &= figure.complete;
        total.not_applicable &= figure.not_applicable;
        total.has_bare |= figure.has_bare;
        // Days that every unit covers.
        // A level that does not apply to a unit stands on no day of it.
        let reach = if indicator.kind.is_state() { Reach::To(figure.on) } else { Reach::Days(figure.days) };
        let counts = !(indicator.kind.is_state() && figure.not_applicable);
        let differs = counts && *reached.get_or_insert(reach) != reach;
        total.is_uneven |= figure.is_uneven || differs;
        total.days = total.days.min(figure.days);
        total.on = total.on.max(figure.on);
        let is_leaf = context.unit(*child).is_some_and(|child| child.children.is_empty());
        let says_nothing =
            if indicator.kind.is_state() { !figure.is_usable() && !figure.not_applicable } else { figure.days == 0 };
        total.is_silent |= figure.is_silent || (!figure.is_usable() && figure.excused.is_empty());
        let is_silent = indicator.reported.is_none() && says_nothing;
        cover(&mut total.coverage, &figure.coverage, is_leaf.then(|| (context.unit_id(*child), is_silent)));
        if let Some(measure) = &figure.measure {
            measured = measured.saturating_add(1);
            let next = match &sum {
                None => Some(measure.clone()),
                Some(sum) => sum.plus(measure),
            };
            total.has_bare |= next.is_none();
            sum = next.or(sum);
            total.parts.extend(part(indicator, *child, &figure, measure));
        }
        total.coarse_fine.extend(figure.coarse_fine);
        total.parent_children.extend(figure.parent_children);
        total.used.extend(figure.used);
        total.excused.extend(figure.excused);
    }
    total.measure = sum.filter(|_| !total.has_bare);
    if total.has_bare || measured == 0 {
        total.parts.clear();
    }
    weigh(&mut total, indicator);
    total
}

/// How far a unit's figure reaches: a level stands on a day, a sum covers days.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    To(Option<NaiveDate>),
    Days(i64),
}

/// What one unit adds above and below the line, plain and weighted.
fn part(indicator: &Indicator, child: usize, figure: &Figure<'_>, measure: &Measure) -> Option<Part> {
    let (over, under) = match measure {
        Measure::Amount(value) => (value.clone(), None),
        _ => {
            let (part, whole) = measure.quotient()?;
            (part, Some(whole))
        }
    };
    let weighted = match measure {
        // What is weighted below stays weighted above.
        _ if figure.weighted.is_some() => {
            let below = &figure.parts;
            let under = Ratio::sum(below.iter().filter_map(|part| part.under.as_ref()));
            Some((Ratio::sum(below.iter().map(|part| &part.over)), under))
        }
        Measure::Amount(value) if indicator.kind == Kind::Index => {
            let weight = indicator.weights.get(&child).map_or(Ratio::ZERO, |weight| Ratio::from(*weight));
            Some((value * &weight, weight))
        }
        // The unit's share stands for all of its people; a unit where nobody answered says nothing.
        Measure::Quotient { part, whole, population: Some(population) } => Some(match part.divided_by(whole) {
            Some(share) => (&share * population, population.clone()),
            None => (Ratio::ZERO, Ratio::ZERO),
        }),
        _ => None,
    };
    Some(Part { child, over, under, weighted })
}

/// The value where it is weighted: of an index by the plan's weights, of a survey by population where all have one.
fn weigh(total: &mut Figure<'_>, indicator: &Indicator) {
    let by_population = matches!(total.measure, Some(Measure::Quotient { population: Some(_), .. }));
    let is_weighted = match indicator.kind {
        Kind::Index => total.measure.is_some(),
        Kind::Survey => by_population,
        _ => false,
    };
    if !is_weighted {
        return;
    }
    for part in &mut total.parts {
        if let Some((over, under)) = part.weighted.take() {
            (part.over, part.under) = (over, Some(under));
        }
    }
    let over = Ratio::sum(total.parts.iter().map(|part| &part.over));
    let under = Ratio::sum(total.parts.iter().filter_map(|part| part.under.as_ref()));
    total.weighted = over.divided_by(&under).map(|mean| &mean * &indicator.factor());
    if indicator.kind == Kind::Index {
        total.measure = total.weighted.clone().map(Measure::Amount);
    }
}

/// Adds the coverage of a unit below; a leaf is named with what it lacks, and as missing where it says nothing at all.
fn cover(total: &mut Coverage, below: &Coverage, leaf: Option<(&str, bool)>) {
    total.reported = total.reported.saturating_add(below.reported);
    total.expected = total.expected.saturating_add(below.expected);
    match leaf {
        Some((id, true)) => {
            // Without a cadence nothing is expected by name.
            total.expected = total.expected.saturating_add(1);
            total.missing.push(id.to_owned());
        }
        Some((id, _)) => total.missing.extend(below.missing.iter().map(|label| format!("{id} {label}"))),
        None => total.missing.extend(below.missing.iter().cloned()),
    }
}
