//! The way from a baseline to a target as the batch engine sees it, and the answer to one series of figures on it.
#![allow(clippy::disallowed_types, reason = "a projection is an estimate that decides nothing")]

use chrono::{Datelike, NaiveDate};

use crate::assess::{Anchor, AnchorSource, Bound, Computed, Leg, Pace, Path, Quantity, Reason, Status};
use crate::columns::rule::Rule;
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Better, Kind, PaceBands};
use crate::statistics::{Line, float};

/// A rule with the day of its baseline and the day on which it has to hold: the straight path between them.
///
/// The figures on it are levels, each as of its day. A flow is none: its amount is that of a period, which an assessment holds
/// against the share of the period that is over. Nor is a deliverable, which is there or not.
///
/// Days are counted from 1970-01-01, as `chrono`'s `to_epoch_days` and Arrow's `date32` do, and lie in the years 1 to 9999.
///
/// ```
/// use attain::Status;
/// use attain::columns::{Course, Rule};
/// use attain::number::Ratio;
/// use attain::plan::{Kind, Requirement};
///
/// // From 20 % on day 0 to 50 % on day 100: 35 % is expected on day 50.
/// let rule = Rule::new(Kind::Share, Requirement::AtLeast(50.into())).with_baseline(20.into());
/// let course = Course::new(rule, 0, 100);
/// let point = |on, part| (on, Ratio::from(part), Some(Ratio::from(200)));
/// let answer = course.answer(&[point(40, 50), point(50, 60)]); // 25 %, 30 %
/// assert_eq!(answer.expected, Ok(35.into()));
/// assert_eq!(answer.pace, Ok(Ratio::new(2, 3).unwrap())); // 10 points of the 15 that were planned
/// assert_eq!(answer.status, Ok(Status::AtRisk));
/// assert_eq!(answer.projection, Ok(55.0)); // 5 points in 10 days, 50 days ahead
/// ```
#[derive(Clone, Debug)]
pub struct Course {
    rule: Rule,
    baseline_on: i32,
    due: i32,
    bands: PaceBands,
}

/// What there is to say of one series: the same that an assessment says of a level with an open target on a straight path.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// `on_track`, `at_risk` or `off_track`, or why nothing can be said of that.
    pub status: Computed<Status>,
    /// Where the path is on the day of the last point, as [`Path::at`].
    pub expected: Quantity,
    /// How much of the way should be done by then: `(E − B)/(T − B)`.
    pub planned_progress: Quantity,
    /// `progress/planned_progress`
    pub pace: Quantity,
    /// `(a − B)/elapsed`, a year of 365.2425 days.
    pub observed_rate: Quantity,
    /// `(T − a)/remaining`, a year of 365.2425 days.
    pub required_rate: Quantity,
    /// The line of least squares through all points, on the due day.
    pub projection: Computed<f64>,
}

impl Course {
    /// The straight path from the rule's baseline on one day to its threshold on another.
    #[must_use]
    pub fn new(rule: Rule, baseline_on: i32, due: i32) -> Self {
        Self { rule, baseline_on, due, bands: PaceBands::default() }
    }

    /// The same with other bands than 0.95 and 0.60.
    #[must_use]
    pub fn with_bands(self, bands: PaceBands) -> Self {
        Self { bands, ..self }
    }

    /// What has to hold on the due day.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The day of the baseline.
    #[must_use]
    pub fn baseline_on(&self) -> i32 {
        self.baseline_on
    }

    /// The day on which the rule has to hold.
    #[must_use]
    pub fn due(&self) -> i32 {
        self.due
    }

    /// From which pace on a series is on track, and from which it is at risk.
    #[must_use]
    pub fn bands(&self) -> &PaceBands {
        &self.bands
    }

    /// Everything there is to say of one series: of points in the order of their days, each with its numerator and, where the
    /// rule asks for one, its denominator.
    ///
    /// The last point is held against the path. Points whose denominator is 0 have no value and no part in the projection.
    ///
    /// Reasons: of everything `period_incomplete` for a flow, of which days do not say whether a period is over, and
    /// `no_single_direction` for a deliverable; `no_single_direction`, `no_baseline` where there is no path; `nothing_due_yet` without points; `no_cases_yet`
    /// where the last denominator is 0; those of [`Pace`] and [`Rates`](crate::assess::Rates); of the projection
    /// `too_few_points` and `equal_dates`; `out_of_range` for days outside the years 1 to 9999.
    #[must_use]
    pub fn answer(&self, points: &[(i32, Ratio, Option<Ratio>)]) -> Trajectory {
        if let Some(reason) = self.no_level() {
            return Trajectory::undefined(reason, Err(reason));
        }
        let factor = self.rule.indicator().factor();
        let value = |(on, numerator, denominator): &(i32, Ratio, Option<Ratio>)| {
            let measure = self.rule.measure(numerator, denominator.as_ref());
            (*on, measure.as_ref().and_then(|measure: &Measure| measure.value(&factor)))
        };
        let values: Vec<(i32, Option<Ratio>)> = points.iter().map(value).collect();
        let (on, a) = match values.last() {
            None => (self.baseline_on, Err(Reason::NothingDueYet)),
            Some((on, a)) => (*on, a.as_ref().ok_or(Reason::NoCasesYet)),
        };
        let projection = self.projection(&values);
        match self.pace(a, on) {
            Ok(pace) => Trajectory {
                status: a.and_then(|a| self.standing(&pace, a)),
                expected: pace.expected,
                planned_progress: pace.planned_progress,
                pace: pace.pace,
                observed_rate: pace.observed_rate,
                required_rate: pace.required_rate,
                projection,
            },
            Err(reason) => Trajectory::undefined(reason, projection),
        }
    }

    /// Why figures of the rule's kind are no levels.
    pub(super) fn no_level(&self) -> Option<Reason> {
        match self.rule.kind() {
            Kind::Flow => Some(Reason::PeriodIncomplete),
            Kind::Deliverable => Some(Reason::NoSingleDirection),
            _ => None,
        }
    }

    /// How an actual stands against the path on a day, or why there is no path.
    pub(super) fn pace(&self, a: Computed<&Ratio>, on: i32) -> Computed<Pace> {
        let no_threshold = if self.rule.requirement().is_one_sided() { Reason::NoBaseline } else { Reason::NoSingleDirection };
        let bound = self.rule.bound().ok_or(no_threshold)?;
        let (side, t) = bound.side().ok_or(Reason::NoSingleDirection)?;
        let b = self.rule.baseline().ok_or(Reason::NoBaseline)?;
        let (from, due, day) = (day(self.baseline_on)?, day(self.due)?, day(on)?);
        let better = if side.is_upward() { Better::Higher } else { Better::Lower };
        let end = Anchor { on: due, value: t.clone(), source: AnchorSource::Point, leg: Leg::Linear };
        let path = match bound.is_met_by(b, &Ratio::ZERO) {
            true => Path::maintaining(end, better),
            false => Path::from_baseline(from, b.clone(), better).ending(end)?,
        };
        let remaining = i64::from(self.due).saturating_sub(i64::from(on));
        Ok(match a {
            Ok(a) => Pace::of_level(path, &bound, (b, from), (a, day), &bound.progress(a, Some(b)), remaining),
            Err(reason) => Pace::undefined(path, reason),
        })
    }

    fn standing(&self, pace: &Pace, a: &Ratio) -> Computed<Status> {
        let bound = self.rule.bound();
        let (side, _) = bound.as_ref().and_then(Bound::side).ok_or(Reason::NoSingleDirection)?;
        pace.standing(a, side, &self.bands)
    }

    /// The line through all values, on the due day.
    fn projection(&self, values: &[(i32, Option<Ratio>)]) -> Computed<f64> {
        let there = || values.iter().filter_map(|(on, value)| Some((*on, value.as_ref()?)));
        let x: Vec<f64> = there().map(|(on, _)| f64::from(on)).collect();
        let y = there().map(|(_, value)| float(value)).collect::<Result<Vec<f64>, _>>()?;
        Ok(Line::fit(&x, &y)?.at(f64::from(self.due))?)
    }
}

impl Trajectory {
    /// Nothing to say but where the line leads.
    fn undefined(reason: Reason, projection: Computed<f64>) -> Self {
        let none = || Err(reason);
        Self {
            status: Err(reason),
            expected: none(),
            planned_progress: none(),
            pace: none(),
            observed_rate: none(),
            required_rate: none(),
            projection,
        }
    }
}

/// The first and the last day of the years 1 to 9999, counted from 1970-01-01.
pub(super) const DAYS: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;

fn day(number: i32) -> Computed<NaiveDate> {
    NaiveDate::from_epoch_days(number).filter(|day| (1..=9999).contains(&day.year())).ok_or(Reason::OutOfRange)
}
