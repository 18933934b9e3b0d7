//! The figure that stands for a period: which facts it is made of, and how they combine by kind.

use chrono::NaiveDate;

use super::context::{Context, Series};
use super::cover::{cover, covers, last_day};
use super::reason::{Quantity, Reason};
use super::roll_up;
use crate::facts::{Fact, Measure, State, Vintage};
use crate::number::Ratio;
use crate::plan::{Indicator, Kind};
use crate::time::{Cadence, Period};

/// How much of a period is reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The sub-periods that are reported; without a cadence, the figures that are there.
    pub reported: usize,
    /// The sub-periods whose report is due; without a cadence, the figures that are there.
    pub expected: usize,
    /// The expected ones that are not reported, by name.
    pub missing: Vec<String>,
}

/// What each unit directly below adds to a rolled-up figure.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) child: usize,
    /// What it adds above the line.
    pub(crate) over: Ratio,
    /// What it adds below the line; none where figures are sums.
    pub(crate) under: Option<Ratio>,
    /// The same weighted, where there are weights.
    pub(crate) weighted: Option<(Ratio, Ratio)>,
}

/// The figure of a period, with all that an assessment asks about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figure<'f> {
    /// The combined figures, where there are any and they combine.
    pub(crate) measure: Option<Measure>,
    /// The value where it is not that of the combined figures: weighted by population or by the plan.
    pub(crate) weighted: Option<Ratio>,
    /// Whether a bare percentage stands among several figures.
    pub(crate) has_bare: bool,
    /// The facts behind the figure.
    pub(crate) used: Vec<&'f Fact>,
    /// The facts that say not applicable for some of the days.
    pub(crate) excused: Vec<&'f Fact>,
    /// Whether every day is reported.
    pub(crate) complete: bool,
    /// Whether all that is reported says not applicable, for every day.
    pub(crate) not_applicable: bool,
    /// The days that are covered.
    pub(crate) days: i64,
    /// Whether the figure is made of those of the units below.
    pub(crate) is_rolled_up: bool,
    /// Whether units below cover different numbers of days.
    pub(crate) is_uneven: bool,
    /// Whether a unit below says nothing, so that a sum is that of the others.
    pub(crate) is_silent: bool,
    pub(crate) on: Option<NaiveDate>,
    pub(crate) coverage: Coverage,
    /// Facts of the whole period and their parts, where they disagree.
    pub(crate) coarse_fine: Vec<Disagreement>,
    /// Units' own figures and those of the units below, where they disagree.
    pub(crate) parent_children: Vec<Disagreement>,
    pub(crate) parts: Vec<Part>,
}

/// Two figures of the same thing that differ.
#[derive(Clone, Debug)]
pub(crate) struct Disagreement {
    pub(crate) unit: usize,
    pub(crate) left: Measure,
    pub(crate) right: Measure,
}

impl Figure<'_> {
    /// The value, or why there is none; `no_cases` is the reason for a whole of 0.
    pub(crate) fn value(&self, indicator: &Indicator, no_cases: Reason) -> Quantity {
        if self.has_bare {
            return Err(Reason::BareShare);
        }
        if let Some(weighted) = &self.weighted {
            return Ok(weighted.clone());
        }
        let measure = self.measure.as_ref().ok_or(no_cases)?;
        measure.value(&indicator.factor()).ok_or(no_cases)
    }

    /// Whether anything usable is there.
    pub(crate) fn is_usable(&self) -> bool {
        !self.used.is_empty()
    }

    /// Whether the figure has a whole and it is 0.
    pub(crate) fn has_no_cases(&self) -> bool {
        self.weighted.is_none() && self.measure.as_ref().is_some_and(Measure::has_no_cases)
    }

    pub(crate) fn is_provisional(&self) -> bool {
        self.used.iter().any(|fact| fact.is_provisional())
    }
}

/// The facts of a series that lie inside a period and say something of it.
pub(super) fn inside<'f>(context: &Context<'f>, series: Series, period: &Period) -> Vec<&'f Fact> {
    let Some(indicator) = context.indicator(series.indicator) else { return Vec::new() };
    let records = context.records(series.indicator, series.unit).of(series.vintage);
    let from = records.partition_point(|fact| fact.period.first() < period.first());
    let end = records.partition_point(|fact| fact.period.first() <= period.last());
    let candidates = records.get(from..end).unwrap_or_default();
    let mut facts = Vec::with_capacity(candidates.len());
    let counts = |fact: &&Fact| period.contains(&fact.period) && says_something(context, indicator, fact);
    facts.extend(candidates.iter().copied().filter(counts));
    facts
}

/// A record that says missing says nothing; nor does 0 of 0 in a running period of figures that overlap, which is how a
/// portal shows months to come.
pub(super) fn says_something(context: &Context<'_>, indicator: &Indicator, fact: &Fact) -> bool {
    let to_come =
        indicator.periods_overlap && fact.period.last() > context.day() && fact.measure.as_ref().is_some_and(Measure::is_empty);
    fact.state != State::Missing && !to_come
}

/// The figure of a unit for a period: its own, or rolled up from the units below.
pub(crate) fn figure<'f>(context: &Context<'f>, series: Series, period: &Period) -> Figure<'f> {
    let own = own_figure(context, series, period);
    let (Some(indicator), Some(unit)) = (context.indicator(series.indicator), context.unit(series.unit)) else { return own };
    if unit.children.is_empty() || (indicator.kind == Kind::Index && !indicator.rolls_up) {
        return own;
    }
    roll_up::choose(context, series, period, indicator, unit, own)
}

/// The figure from the unit's own facts.
///
/// A fact for exactly the period is preferred; else the disjoint facts inside it that cover most days. A stock or index is
/// the latest figure, of several that end on one day the one of the longest period.
pub(crate) fn own_figure<'f>(context: &Context<'f>, series: Series, period: &Period) -> Figure<'f> {
    let Some(indicator) = context.indicator(series.indicator) else { return Figure::default() };
    let facts = inside(context, series, period);
    let exact = facts.iter().copied().find(|fact| fact.period == *period);
    let selection = match exact {
        Some(exact) => vec![exact],
        // Figures of overlapping periods are never combined, so only one for the whole period speaks of it.
        None if indicator.periods_overlap && !indicator.kind.is_state() => Vec::new(),
        None => cover(&facts),
    };
    let mut figure = if indicator.kind.is_state() { latest(&facts, period) } else { combined(indicator, &selection, period) };
    figure.not_applicable = match exact {
        Some(exact) => exact.state == State::NotApplicable,
        None => {
            let excused = selection.iter().all(|fact| fact.state == State::NotApplicable);
            !selection.is_empty() && excused && covers(&selection, period)
        }
    };
    if figure.not_applicable {
        figure.measure = None;
        figure.used.clear();
        figure.on = None;
        figure.complete = exact.is_none_or(|exact| exact.covers_to() == period.last());
    }
    // Of a state all that is there was looked at, not one choice of it.
    let looked_at = if indicator.kind.is_state() && figure.not_applicable { &facts } else { &selection };
    figure.excused = looked_at.iter().copied().filter(|fact| fact.state == State::NotApplicable).collect();
    figure.days = selection.iter().map(|fact| fact.days()).fold(0, i64::saturating_add);
    // What the whole and its parts say is compared where they speak of the same days.
    let disagreement = exact.and_then(|exact| {
        let parts: Vec<&Fact> = facts.iter().copied().filter(|fact| fact.period != *period).collect();
        disagreement(indicator, exact, &parts, period)
    });
    figure.coarse_fine.extend(disagreement.map(|(coarse, fine)| Disagreement { unit: series.unit, left: coarse, right: fine }));
    let reported = if indicator.kind.is_state() { facts.as_slice() } else { selection.as_slice() };
    figure.coverage = coverage(context, indicator, reported, period);
    if indicator.reported.is_none() && indicator.kind.is_state() {
        let count = if figure.not_applicable { figure.excused.len() } else { figure.used.len() };
        figure.coverage = Coverage { reported: count, expected: count, missing: Vec::new() };
    }
    figure
}

/// Facts added up over time by the rule of their kind.
fn combined<'f>(indicator: &Indicator, selection: &[&'f Fact], period: &Period) -> Figure<'f> {
    let mut used = Vec::with_capacity(selection.len());
    used.extend(selection.iter().copied().filter(|fact| fact.measure.is_some()));
    let mut figure = Figure { complete: covers(selection, period), on: last_day(&used), ..Figure::default() };
    match added(indicator, &used) {
        Some(measure) => figure.measure = measure,
        None => figure.has_bare = true,
    }
    figure.used = used;
    figure
}

/// The sum of facts in their order: none where one of them does not add up, nothing where there are none.
pub(super) fn added(indicator: &Indicator, facts: &[&Fact]) -> Option<Option<Measure>> {
    let mut sum: Option<Measure> = None;
    for measure in facts.iter().filter_map(|fact| fact.measure.as_ref()) {
        sum = Some(match sum {
            None => measure.clone(),
            Some(sum) => sum.then(measure, indicator.cohort)?,
        });
    }
    Some(sum)
}

/// The latest figure of a state.
fn latest<'f>(facts: &[&'f Fact], period: &Period) -> Figure<'f> {
    let last = facts.iter().filter(|fact| fact.measure.is_some()).max_by_key(|fact| (fact.covers_to(), fact.period.days()));
    let Some(last) = last else { return Figure::default() };
    Figure {
        measure: last.measure.clone(),
        used: vec![last],
        complete: last.covers_to() == period.last(),
        on: Some(last.covers_to()),
        ..Figure::default()
    }
}

/// The fact of a whole period and what its parts say of the same days, where they differ.
fn disagreement(indicator: &Indicator, exact: &Fact, parts: &[&Fact], period: &Period) -> Option<(Measure, Measure)> {
    let coarse = exact.measure.as_ref()?;
    if indicator.periods_overlap {
        return None;
    }
    let fine = if indicator.kind.is_state() {
        let figure = latest(parts, period);
        figure.measure.filter(|_| figure.on == Some(exact.covers_to()))
    } else {
        let so_far: Vec<&Fact> = parts.iter().copied().filter(|part| part.covers_to() <= exact.covers_to()).collect();
        let parts = cover(&so_far);
        let days = parts.iter().map(|fact| fact.days()).fold(0, i64::saturating_add);
        let same_days = days == exact.days() && last_day(&parts) == Some(exact.covers_to());
        if same_days { added(indicator, &parts).flatten() } else { None }
    }?;
    coarse.contradicts(&fine).then(|| (coarse.clone(), fine))
}

/// Whether the report on a period that ends on `last` is due by the day that is spoken of.
pub(super) fn is_due(context: &Context<'_>, indicator: &Indicator, last: NaiveDate) -> bool {
    let days = chrono::Days::new(indicator.report_due_days.into());
    last.checked_add_days(days).is_some_and(|due| due <= context.day())
}

fn coverage(context: &Context<'_>, indicator: &Indicator, facts: &[&Fact], period: &Period) -> Coverage {
    let Some(cadence) = indicator.reported else {
        return Coverage { reported: facts.len(), expected: facts.len(), missing: Vec::new() };
    };
    let mut coverage = Coverage::default();
    let is_state = indicator.kind.is_state();
    let mut ends: Vec<NaiveDate> = if is_state { facts.iter().map(|fact| fact.covers_to()).collect() } else { Vec::new() };
    ends.sort_unstable();
    for sub_period in context.plan.calendar.inside(cadence, period) {
        let reported = if is_state { ends.binary_search(&sub_period.last()).is_ok() } else { covers(facts, &sub_period) };
        coverage.reported = coverage.reported.saturating_add(usize::from(reported));
        if is_due(context, indicator, sub_period.last()) {
            coverage.expected = coverage.expected.saturating_add(1);
            if !reported {
                coverage.missing.push(sub_period.label());
            }
        }
    }
    coverage
}

/// Of the years with something usable that stands late enough, the latest: what is read before the judged period begins.
pub(crate) fn latest_year(
    context: &Context<'_>,
    indicator: usize,
    unit: usize,
    late_enough: impl Fn(NaiveDate) -> bool,
) -> Option<Period> {
    let about = context.indicator(indicator)?;
    let units = context.levels(unit);
    let calendar = context.plan.calendar;
    let facts = units.iter().flatten().flat_map(|unit| context.records(indicator, *unit).of(Vintage::Latest));
    // Of figures that overlap, none but that of the whole year speaks of the year.
    let whole_years = about.periods_overlap && !about.kind.is_state();
    facts
        .filter(|fact| fact.measure.is_some() && says_something(context, about, fact) && late_enough(fact.stands_at()))
        .filter_map(|fact| {
            calendar
                .containing(fact.period.first(), Cadence::Year)
                .filter(|year| if whole_years { *year == fact.period } else { year.contains(&fact.period) })
        })
        .max()
}
