//! What has changed: against the period before, and against the same period a year before.

use super::actual::{Figure, figure};
use super::baseline::whole_months;
use super::judge::Case;
use super::reading::Reading;
use super::reason::{Computed, Quantity, Reason};
use crate::number::Ratio;
use crate::time::{Period, months_before};

/// How the actual differs from that of an earlier period (a = actual, p = the earlier one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The earlier period; while the period read still runs, the same days to date of it.
    pub period: Period,
    /// p, in the indicator's unit.
    pub value: Ratio,
    /// `a − p`, in the indicator's unit (percentage points for percentages).
    pub points: Ratio,
    /// `(a − p)/|p|·100`; `zero_whole` where p is 0.
    pub percent: Quantity,
}

/// What has changed since earlier periods.
///
/// Each is undefined as `no_baseline` where nothing is reported of the earlier period, and as `period_incomplete` where it,
/// or what is reported so far, leaves days out, and `no_population` where only one of them is weighted by populations, so
/// that unlike would be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Against the period of equal length just before.
    pub previous: Computed<Change>,
    /// Against the same days a year before.
    pub year_before: Computed<Change>,
}

impl Changes {
    pub(super) fn none(reason: Reason) -> Self {
        Self { previous: Err(reason), year_before: Err(reason) }
    }
}

/// The figures of the earlier periods, where they could be compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier<'f> {
    pub(super) previous: Option<Figure<'f>>,
    pub(super) year_before: Option<Figure<'f>>,
}

impl<'f> Case<'_, 'f> {
    /// What has changed since the period before and since a year before, with the figures that were compared.
    pub(super) fn changes(&self, reading: &Reading<'_>) -> (Changes, Earlier<'f>) {
        match self.compared_days(reading) {
            Err(reason) => (Changes::none(reason), Earlier::default()),
            Ok((a, to_date, period, length)) => {
                let (previous, before) = split(self.change(reading, a, &to_date, &period, length));
                let (year_before, then) = split(self.change(reading, a, &to_date, &period, Some(12)));
                (Changes { previous, year_before }, Earlier { previous: before, year_before: then })
            }
        }
    }

    /// The actual, its days so far, its period and that period's length in months; or why it can not be compared.
    fn compared_days<'r>(&self, reading: &'r Reading<'_>) -> Computed<(&'r Ratio, Period, Period, Option<u32>)> {
        let a = reading.value.as_ref().map_err(|reason| *reason)?;
        let (Some(period), Some(on)) = (reading.period, reading.figure.on) else { return Err(Reason::NothingDueYet) };
        let to_date = Period::new(period.first(), on).ok_or(Reason::PeriodIncomplete)?;
        let gaps = !reading.indicator.kind.is_state() && reading.figure.days != to_date.days();
        if reading.figure.is_uneven || gaps {
            return Err(Reason::PeriodIncomplete);
        }
        let length = self.target.months.filter(|_| !reading.earlier).or_else(|| whole_months(&period));
        Ok((a, to_date, period, length))
    }

    /// The change since the days that lie `months` earlier; without a number of months, as many days as the period has.
    fn change(
        &self,
        reading: &Reading<'_>,
        a: &Ratio,
        to_date: &Period,
        period: &Period,
        months: Option<u32>,
    ) -> Computed<(Change, Figure<'f>)> {
        let earlier = shifted(to_date, period, months).ok_or(Reason::NoBaseline)?;
        let earlier = self.context.plan.calendar.label_of(earlier.first(), earlier.last());
        let figure = figure(self.context, self.series(), &earlier);
        if !figure.is_usable() {
            return Err(Reason::NoBaseline);
        }
        let p = figure.value(reading.indicator, Reason::ZeroWhole)?;
        if !figure.complete {
            return Err(Reason::PeriodIncomplete);
        }
        // Shares weighted by population and plain ones are not of the same people.
        if figure.weighted.is_some() != reading.figure.weighted.is_some() {
            return Err(Reason::NoPopulation);
        }
        let points = a - &p;
        let percent = (&points * &Ratio::from(100)).divided_by(&p.abs()).ok_or(Reason::ZeroWhole);
        Ok((Change { period: earlier, value: p, points, percent }, figure))
    }
}

fn split<'f>(compared: Computed<(Change, Figure<'f>)>) -> (Computed<Change>, Option<Figure<'f>>) {
    match compared {
        Ok((change, figure)) => (Ok(change), Some(figure)),
        Err(reason) => (Err(reason), None),
    }
}

/// The same days, so many months or as many days as the period has earlier.
fn shifted(to_date: &Period, period: &Period, months: Option<u32>) -> Option<Period> {
    let (first, end) = (to_date.first(), to_date.end());
    let (first, end) = match months {
        // Whole months stay whole; else the last day itself goes back, so that 28 February stays the 28th.
        Some(months) if whole_months(to_date).is_some() => (months_before(first, months)?, months_before(end, months)?),
        Some(months) => (months_before(first, months)?, months_before(to_date.last(), months)?.succ_opt()?),
        None => {
            let length = chrono::TimeDelta::try_days(period.days())?;
            (first.checked_sub_signed(length)?, end.checked_sub_signed(length)?)
        }
    };
    Period::new(first, end.pred_opt()?)
}
