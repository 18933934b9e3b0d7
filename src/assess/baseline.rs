//! What relative requirements and progress start from.

use chrono::{Datelike, NaiveDate};

use super::actual::{figure, says_something};
use super::context::{Context, Series};
use super::reason::{Computed, Reason};
use crate::facts::{Fact, Measure, Vintage};
use crate::number::Ratio;
use crate::plan::{Baseline, BaselineRevisions, Kind, Occurrence, Plan, Target};
use crate::time::{Period, months_before};

/// A baseline: its value, its day, and the facts behind it.
#[derive(Clone, Debug)]
pub(crate) struct BaselineFigure<'f> {
    pub(crate) value: Ratio,
    pub(crate) on: NaiveDate,
    pub(crate) used: Vec<&'f Fact>,
    /// The figures behind the value, where it is plainly theirs.
    pub(crate) measure: Option<Measure>,
}

/// The stage whose baseline a target starts from: its own, else that of the stage it follows.
pub(super) fn first_stage<'p>(plan: &'p Plan, target: &'p Target) -> &'p Target {
    // A valid plan has no cycle here.
    let earlier = |stage: &&'p Target| stage.after.and_then(|place| plan.targets.get(place));
    std::iter::successors(Some(target), earlier).find(|stage| stage.baseline.is_some()).unwrap_or(target)
}

/// The baseline of a target for one unit and time; `read` is the period that the actual is read from.
pub(crate) fn baseline<'f>(
    context: &Context<'f>,
    target: &Target,
    unit: usize,
    occurrence: &Occurrence,
    read: Option<&Period>,
) -> Computed<BaselineFigure<'f>> {
    let stage = first_stage(context.plan, target);
    if stage.id != target.id {
        let occurrence = stage.occurrences.first().ok_or(Reason::NoBaseline)?;
        return baseline(context, stage, unit, occurrence, read);
    }
    let vintage = match target.baseline_revisions {
        BaselineRevisions::Freeze => Vintage::Frozen,
        BaselineRevisions::Follow => Vintage::Latest,
    };
    let series = Series { indicator: target.indicator, unit, vintage };
    match target.baseline.ok_or(Reason::NoBaseline)? {
        Baseline::Value(value, on) => Ok(BaselineFigure { value: Ratio::from(value), on, used: Vec::new(), measure: None }),
        Baseline::Period(period) => of_period(context, series, &period),
        Baseline::Previous => {
            let period = occurrence.judged.and_then(|judged| previous(context, target, &judged)).ok_or(Reason::NoBaseline)?;
            of_period(context, series, &period)
        }
        Baseline::First => first(context, series, occurrence),
        Baseline::Companion(indicator) => {
            let read = read.ok_or(Reason::NoBaseline)?;
            let companion = of_period(context, Series { indicator, ..series }, read)?;
            Ok(BaselineFigure { on: occurrence.first, ..companion })
        }
    }
}

/// The figure of a period, with the day it stands at; of a flow only where every day is reported, of a stock where every
/// unit below says something: else a sum would be taken for less than it is.
fn of_period<'f>(context: &Context<'f>, series: Series, period: &Period) -> Computed<BaselineFigure<'f>> {
    let indicator = context.indicator(series.indicator).ok_or(Reason::NoBaseline)?;
    let figure = figure(context, series, period);
    let lacks_some = match indicator.kind {
        Kind::Flow => !figure.complete,
        Kind::Stock => figure.is_silent,
        _ => false,
    };
    if lacks_some {
        return Err(Reason::NoBaseline);
    }
    let value = figure.value(indicator, Reason::ZeroWhole).or(Err(Reason::NoBaseline))?;
    let measure = figure.measure.filter(|_| figure.weighted.is_none());
    Ok(BaselineFigure { value, on: figure.on.unwrap_or(period.last()), used: figure.used, measure })
}

/// The period of equal length just before the judged one.
fn previous(context: &Context<'_>, target: &Target, judged: &Period) -> Option<Period> {
    let last = judged.first().pred_opt()?;
    let first = match target.months.or_else(|| whole_months(judged)) {
        Some(months) => months_before(judged.first(), months)?,
        None => judged.first().checked_sub_signed(chrono::TimeDelta::try_days(judged.days())?)?,
    };
    let period = Period::new(first, last)?;
    Some(context.plan.calendar().label_of(period.first(), period.last()))
}

/// How many calendar months a period is long, if it is some.
pub(super) fn whole_months(period: &Period) -> Option<u32> {
    let (first, end) = (period.first(), period.end());
    let months = |day: NaiveDate| day.year().saturating_mul(12).saturating_add_unsigned(day.month0());
    let between = u32::try_from(months(end).saturating_sub(months(first))).ok()?;
    (between > 0 && first.day() == end.day()).then_some(between)
}

/// Whether two periods are equally long: by calendar months where they are whole months, else by days.
fn equally_long(a: &Period, b: &Period) -> bool {
    match (whole_months(a), whole_months(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a.days() == b.days(),
    }
}

/// The latest fact ending on or before the window's first day, else the first after it; of those ending on one day the one
/// with the longer period.
fn first<'f>(context: &Context<'f>, series: Series, occurrence: &Occurrence) -> Computed<BaselineFigure<'f>> {
    let indicator = context.indicator(series.indicator).ok_or(Reason::NoBaseline)?;
    let usable = |fact: &&Fact| fact.measure.is_some() && says_something(context, indicator, fact);
    let of_unit = |unit: &usize| context.records(series.indicator, *unit).of(series.vintage).iter().copied();
    // A unit without facts of its own starts where the nearest units below it start.
    let levels = context.levels(series.unit);
    let mut candidates = levels.iter().map(|units| units.iter().flat_map(of_unit).filter(usable).collect::<Vec<&Fact>>());
    let candidates = candidates.find(|facts| !facts.is_empty()).unwrap_or_default();
    let before = candidates
        .iter()
        .filter(|fact| fact.covers_to() <= occurrence.first)
        .max_by_key(|fact| (fact.covers_to(), fact.period.days()));
    let after = || {
        candidates
            .iter()
            .filter(|fact| fact.covers_to() > occurrence.first)
            .min_by_key(|fact| (fact.covers_to(), std::cmp::Reverse(fact.period.days())))
    };
    let fact = before.or_else(after).ok_or(Reason::NoBaseline)?;
    let too_short = || {
        let as_long = occurrence.judged.is_none_or(|judged| equally_long(&fact.period, &judged));
        !as_long || fact.covers_to() != fact.period.last()
    };
    if indicator.kind == Kind::Flow && too_short() {
        return Err(Reason::NoBaseline);
    }
    if fact.unit == series.unit {
        let measure = fact.measure.as_ref().ok_or(Reason::NoBaseline)?;
        let value = measure.value(&indicator.factor()).ok_or(Reason::NoBaseline)?;
        return Ok(BaselineFigure { value, on: fact.covers_to(), used: vec![fact], measure: fact.measure.clone() });
    }
    // The day is that of the fact which was chosen.
    Ok(BaselineFigure { on: fact.covers_to(), ..of_period(context, series, &fact.period)? })
}
