//! What has changed: against the period before, and against the same period a year before.

use super::actual::figure;
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
/// or what is reported so far, leaves days out, so that unlike would be compared.
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

impl Case<'_, '_> {
    /// What has changed since the period before and since a year before.
    pub(super) fn changes(&self, reading: &Reading<'_>) -> Changes {
        let a = match &reading.value {
            Ok(a) => a,
            Err(reason) => return Changes::none(*reason),
        };
        let (Some(period), Some(on)) = (reading.period, reading.figure.on) else { return Changes::none(Reason::NothingDueYet) };
        let Some(to_date) = Period::new(period.first(), on) else { return Changes::none(Reason::PeriodIncomplete) };
        let gaps = !reading.indicator.kind.is_state() && reading.figure.days != to_date.days();
        if reading.figure.is_uneven || gaps {
            return Changes::none(Reason::PeriodIncomplete);
        }
        let length = self.target.months.filter(|_| !reading.earlier).or_else(|| whole_months(&period));
        Changes {
            previous: self.change(reading, a, &to_date, &period, length),
            year_before: self.change(reading, a, &to_date, &period, Some(12)),
        }
    }

    /// The change since the days that lie `months` earlier; without a number of months, as many days as the period has.
    fn change(
        &self,
        reading: &Reading<'_>,
        a: &Ratio,
        to_date: &Period,
        period: &Period,
        months: Option<u32>,
    ) -> Computed<Change> {
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
        let points = a - &p;
        let percent = (&points * &Ratio::from(100)).divided_by(&p.abs()).ok_or(Reason::ZeroWhole);
        Ok(Change { period: earlier, value: p, points, percent })
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
