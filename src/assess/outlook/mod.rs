//! Where it will end: the series so far carried on to the deadline. It never decides whether a target is met.

mod axis;
mod points;

use std::ops::{Bound as End, RangeBounds};

use chrono::NaiveDate;

pub use axis::Axis;

use super::bound::Range;
use super::feasibility::Test;
use super::judge::Case;
use super::reading::Reading;
use super::reason::{Computed, Reason};
use crate::number::{Number, Ratio, holds_none};
use crate::plan::{ForecastMethod, ForecastScale, Forecasting, Indicator, WindowState};
use crate::statistics::{
    self, Backtest, Direction, Distribution, Errors, Estimate, Fit, Method, Scale, Series, Unsuitable, estimate, float,
    float_range,
};
pub(super) use points::Point;

/// From which probability on a trend is one: a series without any shows one in twenty times.
const SIGNIFICANCE: (i64, u32) = (5, 2);

/// From how many figures on a trend can be told at that significance: of four that rise, chance makes 1 in 12.
const LEAST_FOR_TREND: usize = 5;

/// The series so far carried on to the deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The method.
    pub method: ForecastMethod,
    /// Whether it was chosen by its errors on the series so far.
    pub is_chosen: bool,
    /// The scale.
    pub scale: ForecastScale,
    /// The deadline.
    pub on: NaiveDate,
    /// The part of the judged period that the value is of, where the series has shorter steps: the last of them. Then the
    /// forecast says nothing of the requirement, which is on the whole period.
    pub of: Option<String>,
    /// How many figures the series has.
    pub points: usize,
    /// The days of its first and last figure.
    pub span: (NaiveDate, NaiveDate),
    /// Even steps or days.
    pub axis: Axis,
    /// The value at the deadline, in the indicator's unit: the median of what is expected.
    pub value: Estimate,
    /// The level of the interval.
    pub level: Number,
    /// The interval in which the value lies with that probability, if the method is right.
    pub interval: (Estimate, Estimate),
    /// What the judged period of a flow that can not fall has brought already, where value, interval or probability would
    /// be others without it.
    pub at_least: Option<Ratio>,
    /// The distribution that interval and probability assume.
    pub distribution: Distribution,
    /// The first day after the series at which the forecast meets the requirement; the last day of the series where its
    /// figure meets it already. Of a flow that can not fall the day that what is reported stands at, where that is enough;
    /// `never` where it is too much.
    pub reached_on: Computed<NaiveDate>,
    /// The probability that the requirement holds at the deadline, if the method is right.
    pub probability: Computed<Estimate>,
    /// Whether there is a trend to carry on at all.
    pub trend: Computed<TrendTest>,
    /// The errors that methods would have had on the series so far, where they were asked for.
    pub backtests: Vec<MethodErrors>,
}

/// The test of Mann and Kendall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrendTest {
    /// Where the series goes, at a significance of 0.05.
    pub direction: Direction,
    /// The probability that a series without trend would look like having at least this one.
    pub p_value: Estimate,
}

/// The errors that one method would have had.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MethodErrors {
    /// The method.
    pub method: ForecastMethod,
    /// One step ahead.
    pub one_step: Computed<MeanErrors>,
    /// As far ahead as the deadline is.
    pub to_deadline: Computed<MeanErrors>,
}

/// What errors amount to; an error is the value less its forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeanErrors {
    /// How many there are.
    pub count: usize,
    /// `Σ|e|/n`
    pub mean_absolute: Estimate,
    /// `√(Σe²/n)`
    pub root_mean_square: Estimate,
    /// `Σe/n`
    pub bias: Estimate,
}

impl From<Unsuitable> for Reason {
    fn from(unsuitable: Unsuitable) -> Self {
        match unsuitable {
            Unsuitable::TooFewPoints => Self::TooFewPoints,
            Unsuitable::ConstantSeries => Self::ConstantSeries,
            Unsuitable::EqualDates => Self::EqualDates,
            Unsuitable::NonPositive => Self::NonPositive,
            Unsuitable::AtBound => Self::AtBound,
            Unsuitable::NoPopulation => Self::NoPopulation,
            Unsuitable::UnevenSteps => Self::UnevenSteps,
            Unsuitable::NoTimeLeft => Self::NoTimeLeft,
            Unsuitable::Never => Self::Never,
            Unsuitable::OutOfRange => Self::OutOfRange,
        }
    }
}

impl<'f> Case<'_, 'f> {
    /// Where the series so far leads to, while the window is open; with the series.
    pub(super) fn forecast(&self, reading: &Reading<'_>) -> (Computed<Forecast>, Vec<Point<'f>>) {
        let mut points = Vec::new();
        (self.carried_on(reading, &mut points), points)
    }

    fn carried_on(&self, reading: &Reading<'_>, points: &mut Vec<Point<'f>>) -> Computed<Forecast> {
        let deadline = self.occurrence.due.ok_or(Reason::Undated)?;
        match self.window {
            WindowState::Before => return Err(Reason::NothingDueYet),
            WindowState::Closed => return Err(Reason::NoTimeLeft),
            WindowState::Open => {}
        }
        // What can no longer turn out otherwise is not estimated; of a sum that can not fall the amount is still of interest.
        if !reading.indicator.only_rises() && reading.is_decided() {
            return Err(Reason::Decided);
        }
        let settings = self.target.forecasting;
        let scale = scale(settings.scale, reading.indicator)?;
        *points = self.points(reading);
        let outlook = Outlook { settings, scale, deadline, points, of: self.last_part(reading.indicator) };
        outlook.forecast(reading)
    }
}

/// A series with the way in which it is to be carried on.
struct Outlook<'p> {
    settings: Forecasting,
    scale: Scale,
    deadline: NaiveDate,
    points: &'p [Point<'p>],
    /// The last part of the judged period, where the series is one of parts.
    of: Option<String>,
}

impl Outlook<'_> {
    fn forecast(&self, reading: &Reading<'_>) -> Computed<Forecast> {
        let (candidates, is_chosen) = self.candidates()?;
        let running = self.points.last().is_some_and(|last| last.running);
        let completed = self.points.get(..self.points.len().saturating_sub(usize::from(running))).unwrap_or_default();
        let (name, method, backtests) = self.choose(&candidates, completed)?;
        // A figure of some days of a period is no step of Holt's methods, which know of even ones only.
        let even_only = matches!(method, Method::HoltLinear { .. } | Method::HoltDamped { .. });
        let points = if even_only { completed } else { self.points };
        let (axis, series, ahead) = self.numbered(points)?;
        let fit = statistics::fit(method, self.scale, &series)?;
        let prediction = fit.at(ahead)?;
        let level = self.settings.level;
        let (low, high) = prediction.interval(float(&Ratio::from(level))?)?;
        let (first, last) = (points.first().map(|point| point.on), points.last());
        let last = last.ok_or(Reason::TooFewPoints)?;
        let so_far = SoFar::of(reading);
        let brought = so_far.as_ref().map(|so_far| float(&so_far.amount)).transpose()?;
        // What is there already stays, whatever the series says.
        let raised = |value| estimate(brought.map_or(value, |brought| brought.max(value)));
        let of_the_whole = || self.of.as_ref().map_or(Ok(()), |_| Err(Reason::PeriodIncomplete));
        let probability = of_the_whole().and_then(|()| probability(reading, &prediction, so_far.as_ref()));
        let decides = brought.is_some_and(|brought| low < brought)
            || (self.of.is_none() && probability != self::probability(reading, &prediction, None));
        Ok(Forecast {
            method: name,
            is_chosen,
            scale: self.settings.scale,
            on: self.deadline,
            of: self.of.clone(),
            points: points.len(),
            span: (first.unwrap_or(last.on), last.on),
            axis,
            value: raised(prediction.value())?,
            level,
            interval: (raised(low)?, raised(high)?),
            distribution: prediction.distribution(),
            reached_on: of_the_whole().and_then(|()| reached_on(reading, &fit, axis, last, so_far.as_ref())),
            probability,
            at_least: so_far.filter(|_| decides).map(|so_far| so_far.amount),
            trend: trend(&series),
            backtests,
        })
    }

    /// The methods to choose from, and whether there is a choice.
    fn candidates(&self) -> Computed<(Vec<(ForecastMethod, Method)>, bool)> {
        let method = self.settings.method;
        if method == ForecastMethod::Automatic {
            return Ok((self.all(), true));
        }
        let one = self.method(method).ok_or(Reason::OutOfRange)?;
        Ok((vec![(method, one)], false))
    }

    /// Every method that has its parameters and suits the scale, the simpler ones first.
    fn all(&self) -> Vec<(ForecastMethod, Method)> {
        use ForecastMethod::{Compound, Drift, HoltDamped, HoltLinear, LastValue, Linear, TheilSen};
        let names = [LastValue, Drift, Linear, TheilSen, Compound, HoltLinear, HoltDamped];
        names.into_iter().filter_map(|name| Some((name, self.method(name)?))).collect()
    }

    /// A method with its parameters, where it has them and the scale is one for it.
    fn method(&self, name: ForecastMethod) -> Option<Method> {
        let number = |number: Number| float(&Ratio::from(number)).ok();
        let smoothing = self.settings.smoothing;
        Some(match name {
            ForecastMethod::Linear | ForecastMethod::Automatic => Method::Linear,
            ForecastMethod::TheilSen => Method::TheilSen,
            // Growth at a constant rate has a scale of its own.
            ForecastMethod::Compound => match self.scale {
                Scale::Plain => Method::Compound,
                Scale::Logit { .. } => return None,
            },
            ForecastMethod::LastValue => Method::LastValue,
            ForecastMethod::Drift => Method::Drift,
            ForecastMethod::HoltLinear => {
                Method::HoltLinear { level: number(smoothing?.level)?, trend: number(smoothing?.trend)? }
            }
            ForecastMethod::HoltDamped => Method::HoltDamped {
                level: number(smoothing?.level)?,
                trend: number(smoothing?.trend)?,
                damping: number(smoothing?.damping?)?,
            },
        })
    }

    /// Points as numbered series, with the number of the deadline.
    fn numbered(&self, points: &[Point]) -> Computed<(Axis, Series, i64)> {
        let axis = Axis::of(points, self.deadline).ok_or(Reason::TooFewPoints)?;
        let series = series(points, axis)?;
        Ok((axis, series, axis.number(self.deadline).ok_or(Reason::NoTimeLeft)?))
    }

    /// The method itself, or of several the one that would have erred least on the completed periods; with the errors where
    /// they are wanted. All methods are tried on the same points, so that none drops out because a period still runs.
    fn choose(
        &self,
        candidates: &[(ForecastMethod, Method)],
        completed: &[Point],
    ) -> Computed<(ForecastMethod, Method, Vec<MethodErrors>)> {
        let numbered = self.numbered(completed);
        let errors = |name: ForecastMethod, backtest: &Backtest| MethodErrors {
            method: name,
            one_step: mean_errors(&backtest.one_step),
            to_deadline: mean_errors(&backtest.at_horizon),
        };
        if let [(name, method)] = candidates {
            // All methods side by side, so that the choice can rest on them.
            let wanted = if self.settings.backtest { self.all() } else { Vec::new() };
            let tried = |(name, method): &(ForecastMethod, Method)| match &numbered {
                Ok((_, series, ahead)) => errors(*name, &statistics::backtest(*method, self.scale, series, *ahead)),
                Err(reason) => MethodErrors { method: *name, one_step: Err(*reason), to_deadline: Err(*reason) },
            };
            return Ok((*name, *method, wanted.iter().map(tried).collect()));
        }
        let (_, series, ahead) = numbered?;
        let methods: Vec<Method> = candidates.iter().map(|(_, method)| *method).collect();
        let choice = statistics::choose(&methods, self.scale, &series, ahead)?;
        let (name, method) = candidates.iter().find(|(_, method)| *method == choice.method).ok_or(Reason::TooFewPoints)?;
        let tried = candidates.iter().zip(&choice.candidates).map(|((name, _), (_, backtest))| errors(*name, backtest)).collect();
        Ok((*name, *method, tried))
    }
}

fn series(points: &[Point<'_>], axis: Axis) -> Computed<Series> {
    let numbers: Option<Vec<i64>> = points.iter().map(|point| axis.number(point.on)).collect();
    let values: Result<Vec<_>, Unsuitable> = points.iter().map(|point| float(&point.value)).collect();
    Ok(Series::new(numbers.ok_or(Reason::OutOfRange)?, values?)?)
}

fn scale(scale: ForecastScale, indicator: &Indicator) -> Computed<Scale> {
    match (scale, indicator.bounds.exact()) {
        (ForecastScale::Plain, _) => Ok(Scale::Plain),
        (ForecastScale::Logit, (Some(low), Some(high))) => Ok(Scale::Logit { low: float(&low)?, high: float(&high)? }),
        (ForecastScale::Logit, _) => Err(Reason::OutOfRange),
    }
}

fn mean_errors(errors: &Result<Errors, Unsuitable>) -> Computed<MeanErrors> {
    let errors = errors.as_ref().map_err(|unsuitable| Reason::from(*unsuitable))?;
    Ok(MeanErrors {
        count: errors.count,
        mean_absolute: estimate(errors.mean_absolute)?,
        root_mean_square: estimate(errors.root_mean_square)?,
        bias: estimate(errors.bias)?,
    })
}

/// What the judged period of a flow that can not fall has brought already.
pub(super) struct SoFar {
    amount: Ratio,
    /// The day that it stands at.
    on: NaiveDate,
}

impl SoFar {
    pub(super) fn of(reading: &Reading<'_>) -> Option<Self> {
        let (Ok(amount), Some(on)) = (&reading.value, reading.figure.on) else { return None };
        let counts = reading.indicator.only_rises() && !reading.earlier;
        counts.then(|| Self { amount: amount.clone(), on })
    }
}

/// The values that meet the requirement.
fn range(reading: &Reading<'_>) -> Computed<Range> {
    reading.test.as_ref().map(Test::range).ok_or(Reason::NoThreshold)
}

fn reached_on(reading: &Reading<'_>, fit: &Fit, axis: Axis, last: &Point<'_>, so_far: Option<&SoFar>) -> Computed<NaiveDate> {
    let range = range(reading)?;
    // What has grown beyond the requirement does not come back to it.
    if so_far.is_some_and(|so_far| holds_none(&range, Some(&so_far.amount), None)) {
        return Err(Reason::Never);
    }
    if range.contains(&last.value) {
        return Ok(last.on);
    }
    if let Some(so_far) = so_far.filter(|so_far| range.contains(&so_far.amount) && range.1 == End::Unbounded) {
        return Ok(so_far.on);
    }
    axis.day(fit.first_within(float_range(&range)?, axis.end_of_sight())?).ok_or(Reason::Never)
}

/// The probability that the requirement holds: of max(X, r), X being what the series leads to and r what is there already.
///
/// ```text
/// 0 where r is beyond the upper end; P(X not beyond the upper end) where r meets the requirement; else P(X meets it)
/// ```
fn probability(reading: &Reading<'_>, prediction: &statistics::Prediction, so_far: Option<&SoFar>) -> Computed<Estimate> {
    let range = range(reading)?;
    let range = match so_far {
        Some(so_far) if holds_none(&range, Some(&so_far.amount), None) => return Ok(estimate(0.0)?),
        Some(so_far) if range.contains(&so_far.amount) => (End::Unbounded, range.1),
        _ => range,
    };
    // No single value of a continuum has a probability.
    if matches!(&range, (End::Included(low), End::Included(high)) if low == high) {
        return Err(Reason::NoSingleDirection);
    }
    Ok(estimate(prediction.probability_within(float_range(&range)?)?)?)
}

/// The test for a trend; of fewer than five figures even those that all rise could not be told from chance.
fn trend(series: &Series) -> Computed<TrendTest> {
    if series.values().len() < LEAST_FOR_TREND {
        return Err(Reason::TooFewPoints);
    }
    let trend = statistics::mann_kendall(series.values())?;
    let significance = Ratio::from(Number::from(rust_decimal::Decimal::new(SIGNIFICANCE.0, SIGNIFICANCE.1)));
    Ok(TrendTest { direction: trend.direction(float(&significance)?)?, p_value: estimate(trend.p_value())? })
}
