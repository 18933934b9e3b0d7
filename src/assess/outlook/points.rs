//! The series that an outlook starts from: the figures so far, one a period.

use chrono::NaiveDate;

use super::super::actual::{Figure, figure, says_something};
use super::super::baseline::whole_months;
use super::super::judge::Case;
use super::super::reading::Reading;
use super::super::reason::Reason;
use crate::facts::{Fact, Vintage};
use crate::number::Ratio;
use crate::plan::{Indicator, Kind};
use crate::time::{Period, months_before};

/// A figure of the series.
#[derive(Clone, Debug)]
pub(crate) struct Point<'f> {
    /// The day it stands at.
    pub(crate) on: NaiveDate,
    pub(crate) value: Ratio,
    /// Whether its period still runs: the figure is that of the days so far.
    pub(super) running: bool,
    /// What the value is that of.
    pub(crate) figure: Figure<'f>,
}

/// How the periods of the series lie.
enum Grid {
    /// So many months each, ending with the judged period.
    Months(u32),
    /// Wherever a figure stands.
    AsReported,
}

impl<'f> Case<'_, 'f> {
    /// The figures of the periods so far, in the order of their days.
    ///
    /// Periods are as long as the judged one, or as `every` says, and end with it; each counts where every day of it is
    /// reported. Of a rate the last one may still run. Of a stock or index every figure counts, wherever it stands.
    pub(super) fn points(&self, reading: &Reading<'_>) -> Vec<Point<'f>> {
        let Some(judged) = self.occurrence.judged else { return Vec::new() };
        let every = self.target.forecasting.every.and_then(|every| every.cadence().months());
        let grid = match every {
            Some(months) => Some(Grid::Months(months)),
            None if reading.indicator.kind.is_state() => Some(Grid::AsReported),
            None => self.target.months.or_else(|| whole_months(&judged)).map(Grid::Months),
        };
        match grid {
            Some(Grid::Months(months)) => self.points_every(reading, &judged, months),
            Some(Grid::AsReported) => self.points_reported(reading.indicator),
            None => Vec::new(),
        }
    }

    /// The last part of the judged period by name, where `every` makes the series one of parts; a level is one at any time.
    pub(super) fn last_part(&self, indicator: &Indicator) -> Option<String> {
        let months = self.target.forecasting.every.and_then(|every| every.cadence().months())?;
        let judged = self.occurrence.judged.filter(|_| !indicator.kind.is_state())?;
        let part = stepped_back(&judged, months, 0).filter(|part| part.first() > judged.first())?;
        Some(self.context.plan.calendar.label_of(part.first(), part.last()).label())
    }

    /// The figures of periods of so many months, the last of which ends with the judged one.
    fn points_every(&self, reading: &Reading<'_>, judged: &Period, months: u32) -> Vec<Point<'f>> {
        let Some(earliest) = self.facts_of(reading.indicator).map(|fact| fact.period.first()).min() else { return Vec::new() };
        let mut points = Vec::new();
        for back in 0_u32.. {
            let Some(period) = stepped_back(judged, months, back).filter(|period| period.last() >= earliest) else { break };
            if period.first() > self.context.day() {
                continue;
            }
            points.extend(self.point(reading, &self.context.plan.calendar.label_of(period.first(), period.last())));
        }
        points.reverse();
        points
    }

    fn point(&self, reading: &Reading<'_>, period: &Period) -> Option<Point<'f>> {
        let figure = figure(self.context, self.series(), period);
        let on = figure.on?;
        let value = figure.value(reading.indicator, Reason::NoCasesYet).ok()?;
        // A sum of the days so far is no sum of the period; a rate of them is one all the same.
        let runs = !figure.complete && period.last() > self.context.day() && reading.indicator.kind != Kind::Flow;
        // Where some units, or some days, say nothing yet, it is a rate of others than the completed ones are.
        let to_date = on.signed_duration_since(period.first()).num_days().saturating_add(1);
        let has_gaps = !reading.indicator.kind.is_state() && figure.days != to_date;
        let running = runs && !figure.is_uneven && !has_gaps;
        (figure.complete || running).then_some(Point { on, value, running, figure })
    }

    /// The figures of a state, wherever one stands; of those of one day that of the longest period.
    fn points_reported(&self, indicator: &Indicator) -> Vec<Point<'f>> {
        let mut periods: Vec<Period> =
            self.facts_of(indicator).filter(|fact| fact.covers_to() == fact.period.last()).map(|fact| fact.period).collect();
        periods.sort_unstable_by_key(|period| (period.last(), std::cmp::Reverse(period.days())));
        periods.dedup_by_key(|period| period.last());
        let point = |period: &Period| {
            let figure = figure(self.context, self.series(), period);
            let value = figure.value(indicator, Reason::NoCasesYet).ok()?;
            figure.complete.then_some(Point { on: period.last(), value, running: false, figure })
        };
        periods.iter().filter_map(point).collect()
    }

    /// The figures of the unit and of all below it.
    fn facts_of<'s>(&'s self, indicator: &'s Indicator) -> impl Iterator<Item = &'s Fact> {
        let units = self.context.levels(self.unit).concat();
        let records = units.into_iter().flat_map(|unit| self.context.records(self.target.indicator, unit).of(Vintage::Latest));
        records.copied().filter(|fact| fact.measure.is_some() && says_something(self.context, indicator, fact))
    }
}

/// The period of so many months that ends `back` times that long before the end of another.
fn stepped_back(last: &Period, months: u32, back: u32) -> Option<Period> {
    let end = months_before(last.end(), months.checked_mul(back)?)?;
    Period::new(months_before(end, months)?, end.pred_opt()?)
}
