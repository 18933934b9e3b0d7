//! Is it on the way: where the actual should stand, how fast it moves, and how fast it has to.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::baseline::{BaselineFigure, baseline};
use super::bound::{Bound, Side};
use super::judge::Case;
use super::path::{Anchor, AnchorSource, Leg, Path, at_or_better, days};
use super::phases::{ShareOfPeriod, covered_share};
use super::reading::Reading;
use super::reason::{Computed, Quantity, Reason};
use super::status::Status;
use crate::facts::Fact;
use crate::number::Ratio;
use crate::plan::{Better, PaceBands, PathShape, Target};

/// The path of a target, and how its actual stands against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    /// The path, with the baseline and the anchors it goes through.
    pub path: Path,
    /// Where the actual should stand on its day.
    pub expected: Quantity,
    /// `(E − B)/(T − B)`: how much of the way should be done.
    pub planned_progress: Quantity,
    /// `progress/planned_progress`; of a flow that has to rise, in an unfinished period, `a/E`.
    pub pace: Quantity,
    /// How many days ahead of the path, floored; behind it below 0.
    pub lead_days: Computed<i64>,
    /// `(a − B)/elapsed`, a year.
    pub observed_rate: Quantity,
    /// `(T − a)/remaining`, a year.
    pub required_rate: Quantity,
    /// `required/observed`.
    pub acceleration_needed: Quantity,
    /// Of an unfinished flow: the share of the period that was expected by now.
    pub(super) share: Option<ShareOfPeriod>,
}

/// Days of a year: the mean of the Gregorian calendar.
fn year() -> Ratio {
    Ratio::new(3_652_425, 10_000).unwrap_or(Ratio::ONE)
}

/// How fast a level has moved, how fast it has to, and the one in terms of the other (a = actual, T = threshold, B = baseline).
///
/// ```text
/// observed = (a − B)/elapsed · 365.2425     required = (T − a)/remaining · 365.2425     required/observed
/// ```
/// elapsed: days from the baseline to the actual; remaining: days from the actual to the due day. Rates are in the
/// indicator's unit a year.
///
/// Errors, in this order: `equal_dates` where no day has passed since the baseline, `before_baseline` where the actual is
/// older than it; `no_time_left`; `not_moving`.
///
/// ```
/// use attain::assess::Rates;
/// use attain::number::Ratio;
/// let [b, a, t] = [20, 35, 50].map(Ratio::from);
/// let rates = Rates::new(&b, &a, &t, 1461, 1461);
/// assert_eq!(rates.observed.unwrap().to_string(), "3.749922997947"); // 15 points in 1,461 days, by 365.2425
/// assert_eq!(rates.acceleration_needed.unwrap(), Ratio::ONE);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// `(a − B)/elapsed`, a year.
    pub observed: Quantity,
    /// `(T − a)/remaining`, a year.
    pub required: Quantity,
    /// `required/observed`.
    pub acceleration_needed: Quantity,
}

impl Rates {
    /// The rates of a level.
    #[must_use]
    pub fn new(baseline: &Ratio, actual: &Ratio, threshold: &Ratio, elapsed: i64, remaining: i64) -> Self {
        let rate = |from: &Ratio, to: &Ratio, days: i64, reason: Reason| {
            if days <= 0 {
                return Err(reason);
            }
            ((to - from) * year()).divided_by(&Ratio::from(days)).ok_or(reason)
        };
        let no_elapsed = if elapsed < 0 { Reason::BeforeBaseline } else { Reason::EqualDates };
        let observed = rate(baseline, actual, elapsed, no_elapsed);
        let required = rate(actual, threshold, remaining, Reason::NoTimeLeft);
        let acceleration_needed = match (&observed, &required) {
            (Ok(observed), Ok(required)) => required.divided_by(observed).ok_or(Reason::NotMoving),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        Self { observed, required, acceleration_needed }
    }
}

impl Pace {
    pub(crate) fn undefined(path: Path, reason: Reason) -> Self {
        let none = || Err(reason);
        Self {
            path,
            expected: none(),
            planned_progress: none(),
            pace: none(),
            lead_days: Err(reason),
            observed_rate: none(),
            required_rate: none(),
            acceleration_needed: none(),
            share: None,
        }
    }

    /// How an actual stands against its path: `b` and `a` are the baseline and the actual with their days, `progress` the gap
    /// closed, `remaining` the days from the actual to the due day.
    pub(crate) fn of_level(
        path: Path,
        bound: &Bound,
        (b, from): (&Ratio, NaiveDate),
        (a, on): (&Ratio, NaiveDate),
        progress: &Quantity,
        remaining: i64,
    ) -> Self {
        let Some((_, t)) = bound.side() else { return Self::undefined(path, Reason::NoSingleDirection) };
        let expected = path.at(on);
        let planned_progress = bound.progress(&expected, Some(b));
        let is_older = on < from;
        let pace = match (&planned_progress, progress) {
            (Ok(_), Ok(_)) if is_older => Err(Reason::BeforeBaseline),
            (Ok(planned), Ok(_)) if planned.is_zero() || planned.is_negative() => Err(Reason::NoPlannedProgress),
            (Ok(planned), Ok(done)) => done.divided_by(planned).ok_or(Reason::NoPlannedProgress),
            (Err(reason), _) | (_, Err(reason)) => Err(*reason),
        };
        let rates = Rates::new(b, a, t, days(from, on), remaining);
        Self {
            lead_days: if is_older { Err(Reason::BeforeBaseline) } else { path.lead(a, on) },
            expected: Ok(expected),
            planned_progress,
            pace,
            observed_rate: rates.observed,
            required_rate: rates.required,
            acceleration_needed: rates.acceleration_needed,
            share: None,
            path,
        }
    }

    /// From where on an actual is on track whatever the ratio says, and whether that value itself is not enough: to stand on a
    /// strict threshold is not to hold it.
    pub(crate) fn enough(&self, side: Side) -> Computed<(&Ratio, bool)> {
        if self.observed_rate == Err(Reason::BeforeBaseline) {
            return Err(Reason::BeforeBaseline);
        }
        let expected = self.expected.as_ref().map_err(|reason| *reason)?;
        let is_end = self.path.anchors().last().is_some_and(|end| end.value == *expected);
        Ok((expected, side.is_strict() && (self.path.is_maintained() || is_end)))
    }

    /// Whether the actual is on the way: row 9 of the table, or why that can not be said.
    ///
    /// At or better than expected is on track, whatever the ratio says; where the baseline has to be held, all that does not
    /// hold it is off track; else the plan's bands on the pace decide. A figure from before the baseline is on no path yet.
    pub(crate) fn standing(&self, actual: &Ratio, side: Side, bands: &PaceBands) -> Computed<Status> {
        let better = if side.is_upward() { Better::Higher } else { Better::Lower };
        let (expected, is_strict) = self.enough(side)?;
        if !(is_strict && actual == expected) && at_or_better(better, actual, expected) {
            return Ok(Status::OnTrack);
        }
        if self.path.is_maintained() {
            return Ok(Status::OffTrack);
        }
        let pace = self.pace.as_ref().map_err(|reason| *reason)?;
        Ok(if *pace >= Ratio::from(bands.on_track) {
            Status::OnTrack
        } else if *pace >= Ratio::from(bands.at_risk) {
            Status::AtRisk
        } else {
            Status::OffTrack
        })
    }
}

impl<'f> Case<'_, 'f> {
    /// The path and the actual against it, or why there is no path; `progress` is the gap closed.
    pub(super) fn pace(&self, reading: &Reading<'f>, progress: &Quantity) -> Computed<Pace> {
        let path = self.path(reading)?;
        let (a, on) = match (&reading.value, reading.figure.on) {
            (Ok(a), Some(on)) => (a, on),
            (Err(reason), _) => return Ok(Pace::undefined(path, *reason)),
            (Ok(_), None) => return Ok(Pace::undefined(path, Reason::NothingDueYet)),
        };
        let no_baseline = || Reason::NoBaseline;
        let start = reading.start.as_ref().map_err(|reason| *reason)?;
        let bound = reading.bound().ok_or_else(no_baseline)?;
        bound.side().ok_or(Reason::NoSingleDirection)?;
        let way = bound.has_way(Some(&start.value)).map(|_| ());
        if reading.is_unfinished_flow() {
            if reading.figure.is_uneven {
                return Ok(unfinished(path, a, Err(Reason::PeriodIncomplete), bound, way));
            }
            let whole = reading.period.map_or_else(|| path.at(on), |period| path.at(period.last()));
            let share = self.share_of_period(reading);
            let expected = whole * &share.share;
            return Ok(Pace { share: Some(share), ..unfinished(path, a, Ok(expected), bound, way) });
        }
        // Levels of units that stand on different days, or not at all, are no level of all of them.
        if reading.indicator.kind.is_state() && reading.figure.is_uneven {
            return Ok(unfinished(path, a, Err(Reason::PeriodIncomplete), bound, way));
        }
        let remaining = self.occurrence.due.map_or(0, |due| days(on, due));
        Ok(Pace::of_level(path, bound, (&start.value, start.on), (a, on), progress, remaining))
    }

    /// The path of the target, or why it has none.
    fn path(&self, reading: &Reading<'f>) -> Computed<Path> {
        let due = self.no_path_at_all()?;
        let start = reading.start.as_ref().map_err(|reason| *reason)?;
        let bound = reading.bound().ok_or(Reason::NoBaseline)?;
        if is_single_fact(reading) {
            return Err(Reason::SingleFact);
        }
        let (side, t) = bound.side().ok_or(Reason::NoSingleDirection)?;
        let better = if side.is_upward() { Better::Higher } else { Better::Lower };
        let end = |leg: Leg| self.anchor(self.target, due, t.clone(), leg);
        if bound.is_met_by(&start.value, &Ratio::ZERO) {
            return Ok(Path::maintaining(end(Leg::Linear), better));
        }
        // Without the threshold of each stage no leg is known.
        let with_threshold = |stage| self.threshold_of(stage).map(|(on, value)| (stage, on, value));
        let stages: Vec<_> = self.stages().into_iter().map(with_threshold).collect::<Computed<_>>()?;
        let mut path = Path::from_baseline(start.on, start.value.clone(), better);
        for (stage, on, value) in stages {
            path = through_points(path, stage, on)?.then(self.anchor(stage, on, value, leg(stage)))?;
        }
        through_points(path, self.target, due)?.ending(end(leg(self.target)))
    }

    /// The due day of a target that can have a path.
    fn no_path_at_all(&self) -> Computed<NaiveDate> {
        let due = self.occurrence.due.ok_or(Reason::Undated)?;
        if self.target.recurring {
            return Err(Reason::Recurring);
        }
        if self.target.requirement.is_one_sided() { Ok(due) } else { Err(Reason::NoSingleDirection) }
    }

    /// Why there is no path, as far as the target alone can say.
    pub(super) fn why_no_path(&self) -> Reason {
        self.no_path_at_all().err().unwrap_or(Reason::NoBaseline)
    }

    fn anchor(&self, target: &Target, on: NaiveDate, value: Ratio, leg: Leg) -> Anchor {
        Anchor { on, value, source: AnchorSource::Target(target.id.clone()), leg }
    }

    /// The stages before this target, the earliest first.
    fn stages(&self) -> Vec<&Target> {
        let targets = &self.context.plan.targets;
        // A valid plan has no cycle here.
        let earlier = |target: &&Target| target.after.and_then(|place| targets.get(place));
        let mut stages: Vec<&Target> = std::iter::successors(earlier(&self.target), earlier).collect();
        stages.reverse();
        stages
    }

    /// The baseline of an earlier stage.
    pub(super) fn start_of(&self, stage: &Target) -> Computed<BaselineFigure<'f>> {
        let occurrence = stage.occurrences.first().ok_or(Reason::Undated)?;
        let case = Case { target: stage, occurrence, window: occurrence.state(self.context.day()), ..*self };
        baseline(self.context, stage, self.unit, occurrence, case.period().0.as_ref())
    }

    /// The due day and the threshold of an earlier stage.
    fn threshold_of(&self, stage: &Target) -> Computed<(NaiveDate, Ratio)> {
        let occurrence = stage.occurrences.first().ok_or(Reason::Undated)?;
        let start = self.start_of(stage);
        let bound = Bound::new(&stage.requirement, start.as_ref().ok().map(|start| &start.value));
        if !stage.requirement.is_one_sided() {
            return Err(Reason::NoSingleDirection);
        }
        let bound = bound.ok_or(Reason::NoBaseline)?;
        let (_, t) = bound.side().ok_or(Reason::NoSingleDirection)?;
        Ok((occurrence.due.ok_or(Reason::Undated)?, t.clone()))
    }

    /// The share of the period that should be there by now: by days, or by the plan's phases.
    fn share_of_period(&self, reading: &Reading<'f>) -> ShareOfPeriod {
        let Some(period) = reading.period else { return ShareOfPeriod::by_days(1, 1) };
        let by_days = || ShareOfPeriod::by_days(reading.figure.days, period.days());
        covered_share(self.context, self.series(), &period, &self.target.phases).unwrap_or_else(by_days)
    }
}

/// Whether the same facts are both the actual and the baseline: one, or those of all units or parts of a period.
fn is_single_fact(reading: &Reading<'_>) -> bool {
    let start = reading.start.as_ref().map(|start| start.used.as_slice()).unwrap_or_default();
    let keys = |facts: &[&Fact]| facts.iter().map(|fact| (fact.indicator, fact.unit, fact.period)).collect::<BTreeSet<_>>();
    !start.is_empty() && keys(&reading.figure.used) == keys(start)
}

fn leg(target: &Target) -> Leg {
    match target.path {
        PathShape::Linear | PathShape::Points(_) => Leg::Linear,
        PathShape::Step => Leg::Step,
        PathShape::Compound => Leg::Compound,
    }
}

/// The path led through the points that the plan gives for a target, as far as they lie before it is due.
fn through_points(path: Path, target: &Target, due: NaiveDate) -> Computed<Path> {
    let PathShape::Points(points) = &target.path else { return Ok(path) };
    let before = points.iter().filter(|(on, _)| *on < due);
    before.clone().try_fold(path, |path, (on, value)| path.through(*on, Ratio::from(*value), Leg::Linear))
}

/// A flow of an unfinished period: only a rise has a pace, and the way is not compared before the period is complete.
///
/// `expected` is undefined where units below cover different days: no one share of the period could be expected of them
/// together, and a unit that says nothing must not make the others look ahead.
fn unfinished(path: Path, a: &Ratio, expected: Quantity, bound: &Bound, way: Computed<()>) -> Pace {
    let rises = bound.side().is_some_and(|(side, _)| side.is_upward());
    let pace = match (way, &expected) {
        (Err(reason), _) => Err(reason),
        (Ok(()), Err(reason)) => Err(*reason),
        (Ok(()), Ok(_)) if !rises => Err(Reason::PeriodIncomplete),
        // Against 0 or less nothing can be said in a ratio.
        (Ok(()), Ok(expected)) if expected.is_negative() => Err(Reason::NoPlannedProgress),
        (Ok(()), Ok(expected)) => a.divided_by(expected).ok_or(Reason::NoPlannedProgress),
    };
    let planned_progress = Err(way.err().unwrap_or(Reason::PeriodIncomplete));
    Pace { expected, planned_progress, pace, ..Pace::undefined(path, Reason::PeriodIncomplete) }
}
