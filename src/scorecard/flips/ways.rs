//! The ways in which a fact could have been another one, in the columns of the facts format.

use chrono::TimeDelta;

use crate::facts::{Cases, Fact, Measure};
use crate::number::Ratio;
use crate::plan::{Indicator, Kind};

/// Columns that change together, each by as much as the others, up or down.
pub(super) type Way = &'static [(&'static str, bool)];

const SHARE: &[Way] = &[
    &[("part", true)],
    &[("part", false)],
    &[("whole", true)],
    &[("whole", false)],
    &[("part", true), ("whole", true)],
    &[("part", false), ("whole", false)],
];
const SURVEY: &[Way] = &[
    &[("positive", true)],
    &[("positive", false)],
    &[("valid", true)],
    &[("valid", false)],
    &[("positive", true), ("valid", true)],
    &[("positive", false), ("valid", false)],
];
const ON_TIME: &[Way] = &[
    &[("in_time", true)],
    &[("in_time", false)],
    &[("late", true)],
    &[("late", false)],
    &[("overdue", true)],
    &[("overdue", false)],
    &[("in_time", false), ("late", true)],
    &[("in_time", true), ("late", false)],
];
const RATIO: &[Way] = &[&[("numerator", true)], &[("numerator", false)], &[("denominator", true)], &[("denominator", false)]];
const MEAN: &[Way] = &[&[("total", true)], &[("total", false)], &[("weight", true)], &[("weight", false)]];
const VALUE: &[Way] = &[&[("value", true)], &[("value", false)]];
const DONE: &[Way] = &[&[("done_on", true)], &[("done_on", false)]];

/// The ways that a fact's figures could have been others; none for what has no figures, or was not done.
pub(super) fn ways(indicator: &Indicator, fact: &Fact) -> &'static [Way] {
    match (&fact.measure, indicator.kind) {
        (Some(Measure::Bare(_) | Measure::Amount(_)), _) => VALUE,
        (Some(Measure::Done { on: Some(_), .. }), _) => DONE,
        (Some(Measure::OnTime(_)), _) => ON_TIME,
        (Some(Measure::Quotient { .. }), Kind::Survey) => SURVEY,
        (Some(Measure::Quotient { .. }), Kind::Ratio) => RATIO,
        (Some(Measure::Quotient { .. }), Kind::Mean) => MEAN,
        (Some(Measure::Quotient { .. }), _) => SHARE,
        _ => &[],
    }
}

/// Whether a fact's figures go in whole numbers: cases, days, and what the indicator counts so.
pub(super) fn is_counted(indicator: &Indicator, fact: &Fact) -> bool {
    let whole = |figures: &[&Ratio]| figures.iter().all(|figure| figure.is_whole());
    match &fact.measure {
        Some(Measure::Done { .. }) => true,
        Some(Measure::OnTime(cases)) => whole(&[&cases.in_time, &cases.late, &cases.overdue, &cases.not_due]),
        Some(Measure::Quotient { part, whole: all, .. }) => {
            matches!(indicator.kind, Kind::Share | Kind::Survey) && whole(&[part, all])
        }
        Some(Measure::Amount(_)) => indicator.whole,
        _ => false,
    }
}

/// The figures changed by `size` in a way, where the format takes them: 0 ≤ part ≤ whole, within the natural bounds.
pub(super) fn changed(indicator: &Indicator, measure: &Measure, way: Way, size: &Ratio) -> Option<Measure> {
    let by = |column: &str| {
        let (_, up) = way.iter().find(|(name, _)| *name == column)?;
        Some(if *up { size.clone() } else { -size })
    };
    let moved =
        |figure: &Ratio, columns: &[&str]| columns.iter().find_map(|column| by(column)).map_or(figure.clone(), |by| figure + by);
    let changed = match measure {
        Measure::Bare(value) => Measure::Bare(moved(value, &["value"])),
        Measure::Amount(value) => Measure::Amount(moved(value, &["value"])),
        Measure::OnTime(cases) => Measure::OnTime(Cases {
            in_time: moved(&cases.in_time, &["in_time"]),
            late: moved(&cases.late, &["late"]),
            overdue: moved(&cases.overdue, &["overdue"]),
            not_due: cases.not_due.clone(),
        }),
        Measure::Quotient { part, whole, population } => Measure::Quotient {
            part: moved(part, &["part", "positive", "numerator", "total"]),
            whole: moved(whole, &["whole", "valid", "denominator", "weight"]),
            population: population.clone(),
        },
        Measure::Done { on: Some(day), count } => {
            let days = TimeDelta::try_days(moved(&Ratio::ZERO, &["done_on"]).to_i64()?)?;
            let on = day.checked_add_signed(days).filter(|day| (1..=9999).contains(&chrono::Datelike::year(day)))?;
            Measure::Done { on: Some(on), count: count.clone() }
        }
        Measure::Done { on: None, .. } => return None,
    };
    changed.fits(indicator).then_some(changed)
}
