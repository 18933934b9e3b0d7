//! Roll-up over units: a parent's figure is made of the data of the leaves below, never of percentages.

use super::actual::{Coverage, Figure, Part, own_figure};
use super::context::{Context, Series};
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Indicator, Kind, OrganisationUnit};
use crate::time::Period;

/// The unit's own figure where it speaks of the period, else that of the units below.
pub(super) fn choose<'f>(
    context: &Context<'f>,
    series: Series,
    period: &Period,
    indicator: &Indicator,
    unit: &OrganisationUnit,
    own: Figure<'f>,
) -> Figure<'f> {
    let below = rolled_up(context, series, period, indicator, unit);
    let for_the_period = own.not_applicable || own.used.iter().any(|fact| fact.period == *period);
    let as_much = own.is_usable() && own.days >= below.days;
    if for_the_period || as_much || (own.is_usable() && !below.is_usable()) {
        let differs = own.complete && below.complete && own.measure.is_some() && own.measure != below.measure;
        let parent_children = if differs { own.measure.clone().zip(below.measure) } else { None };
        return Figure { parent_children, ..own };
    }
    below
}

fn rolled_up<'f>(
    context: &Context<'f>,
    series: Series,
    period: &Period,
    indicator: &Indicator,
    unit: &OrganisationUnit,
) -> Figure<'f> {
    let mut total = Figure { complete: true, not_applicable: true, ..Figure::default() };
    let mut measures: Vec<(usize, Measure)> = Vec::new();
    for leaf in &unit.leaves {
        let figure = own_figure(context, Series { unit: *leaf, ..series }, period);
        total.complete &= figure.complete;
        total.not_applicable &= figure.not_applicable;
        total.has_bare |= figure.has_bare;
        total.days = total.days.max(figure.days);
        total.on = total.on.max(figure.on);
        cover_leaf(&mut total.coverage, figure.coverage, context.unit_id(*leaf), figure.days == 0);
        total.coarse_fine = total.coarse_fine.or(figure.coarse_fine);
        total.used.extend(figure.used);
        total.excused.extend(figure.excused);
        measures.extend(figure.measure.map(|measure| (*leaf, measure)));
    }
    if let [(_, only)] = measures.as_slice()
        && !total.has_bare
    {
        total.measure = Some(only.clone());
    } else if !total.has_bare {
        let mut sum: Option<Measure> = None;
        for (_, measure) in &measures {
            let next = match &sum {
                None => Some(measure.clone()),
                Some(sum) => sum.plus(measure),
            };
            total.has_bare |= next.is_none();
            sum = next.or(sum);
        }
        total.measure = sum.filter(|_| !total.has_bare);
    }
    if total.measure.is_some() {
        weigh(&mut total, indicator, &measures);
    }
    total
}

/// What the parts add above and below the line, and the value where it is weighted.
fn weigh(total: &mut Figure<'_>, indicator: &Indicator, measures: &[(usize, Measure)]) {
    let all_have_population =
        measures.iter().all(|(_, measure)| matches!(measure, Measure::Quotient { population: Some(_), .. }));
    for (leaf, measure) in measures {
        let (over, under) = match measure {
            Measure::Amount(value) if indicator.kind == Kind::Index => {
                let weight = indicator.weights.get(leaf).map_or(Ratio::ZERO, |weight| Ratio::from(*weight));
                (value * &weight, Some(weight))
            }
            Measure::Amount(value) => (value.clone(), None),
            // The unit's share stands for all of its people; a unit where nobody answered says nothing.
            Measure::Quotient { part, whole, population: Some(population) } if all_have_population => {
                match part.divided_by(whole) {
                    Some(share) => (&share * population, Some(population.clone())),
                    None => (Ratio::ZERO, Some(Ratio::ZERO)),
                }
            }
            _ => match measure.quotient() {
                Some((part, whole)) => (part, Some(whole)),
                None => continue,
            },
        };
        total.parts.push(Part { leaf: *leaf, over, under });
    }
    let weighted = indicator.kind == Kind::Index || (indicator.kind == Kind::Survey && all_have_population);
    if weighted {
        let over = Ratio::sum(total.parts.iter().map(|part| &part.over));
        let under = Ratio::sum(total.parts.iter().filter_map(|part| part.under.as_ref()));
        total.weighted = over.divided_by(&under).map(|mean| &mean * &indicator.factor());
        if let (Kind::Index, Some(mean)) = (indicator.kind, &total.weighted) {
            total.measure = Some(Measure::Amount(mean.clone()));
        }
    }
}

/// Adds the coverage of a unit below, naming what it lacks.
fn cover_leaf(total: &mut Coverage, leaf: Coverage, id: &str, nothing: bool) {
    total.reported = total.reported.saturating_add(leaf.reported);
    total.expected = total.expected.saturating_add(leaf.expected);
    if nothing && leaf.expected == 0 {
        // Without a cadence nothing is expected by name, but a unit that says nothing at all is missing.
        total.expected = total.expected.saturating_add(1);
        total.missing.push(id.to_owned());
    }
    total.missing.extend(leaf.missing.iter().map(|label| format!("{id} {label}")));
}

/// What a unit directly below adds to its parent's actual and to its gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The unit, by its place in the plan.
    pub(crate) unit: usize,
    /// Its part of the actual.
    pub to_actual: Ratio,
    /// Its part of the signed gap to the threshold, where there is one threshold.
    pub to_variance: Option<Ratio>,
}

/// What each unit directly below adds; the parts add up exactly to the actual and to the variance.
///
/// ```text
/// quotients:  N_u·f / ΣD                 (N_u·f − T·D_u) / ΣD
/// sums:       a_u                        a_u − T/n
/// ```
/// f is 100 for percentages, n the number of units below: a sum has no share of the threshold by unit, so each is held
/// against an equal part of it.
pub(crate) fn contributions(
    context: &Context<'_>,
    unit: usize,
    indicator: &Indicator,
    parts: &[Part],
    threshold: Option<&Ratio>,
) -> Vec<Contribution> {
    let Some(unit) = context.unit(unit) else { return Vec::new() };
    if parts.is_empty() {
        return Vec::new();
    }
    let under_all: Option<Ratio> = parts.iter().map(|part| part.under.as_ref()).collect::<Option<Vec<_>>>().map(Ratio::sum);
    let factor = indicator.factor();
    let count = Ratio::from(unit.children.len());
    let of_child = |child: usize| {
        let leaves = context.unit(child).map(|child| child.leaves.as_slice()).unwrap_or_default();
        let own = || parts.iter().filter(|part| leaves.contains(&part.leaf));
        let over = &Ratio::sum(own().map(|part| &part.over)) * &factor;
        let under = Ratio::sum(own().filter_map(|part| part.under.as_ref()));
        match &under_all {
            Some(all) => Some(Contribution {
                unit: child,
                to_actual: over.divided_by(all)?,
                to_variance: threshold.and_then(|t| (&over - &(t * &under)).divided_by(all)),
            }),
            None => Some(Contribution {
                unit: child,
                to_variance: threshold.and_then(|t| t.divided_by(&count)).map(|part| &over - &part),
                to_actual: over,
            }),
        }
    };
    unit.children.iter().filter_map(|child| of_child(*child)).collect()
}
