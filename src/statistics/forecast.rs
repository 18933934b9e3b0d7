//! Where a series is heading, by one of seven methods.

use std::ops::RangeBounds;

use super::line::Line;
use super::prediction::{Bounds, Position, Prediction};
use super::quantile::finite;
use super::random_walk::Walk;
use super::robust::{self, PairSlopes};
use super::scale::{Scale, Transform};
use super::series::{MOST_POINTS, Series, between, largest};
use super::smoothing::{Holt, Smoothed};
use super::unsuitable::Unsuitable;

/// How the future is read out of the past.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// The straight line of least squares: [`Line`]. From 3 points on.
    Linear,
    /// The line of Theil and Sen with joint intercept: [`theil_sen`](super::theil_sen). From 3 points on, at most
    /// [`MOST_POINTS`]; the interval is that of least squares (n − 2 degrees of freedom, same leverage) with the residuals of this line.
    TheilSen,
    /// Growth at a constant rate, the line of least squares through the logarithms: [`log_linear`](super::log_linear). From 3
    /// points on, all above 0; a scale of its own, so not together with [`Scale::Logit`].
    Compound,
    /// The last value: [`Walk::last_value`]. From 2 points on.
    LastValue,
    /// The last value and the average drift: [`Walk::drift`]. From 3 points on.
    Drift,
    /// [`Holt`]'s smoothing of level and trend. From 3 points in equal steps on.
    ///
    /// The first two points set the start (level y₁, trend y₂ − y₁); the spread is that of the one-step errors from the third
    /// point on, their mean square over their number.
    HoltLinear {
        /// α, from 0 to 1.
        level: f64,
        /// β*, from 0 to 1.
        trend: f64,
    },
    /// [`Holt`]'s smoothing with a trend that bends to nothing. From 3 points in equal steps on.
    HoltDamped {
        /// α, from 0 to 1.
        level: f64,
        /// β*, from 0 to 1.
        trend: f64,
        /// φ, from 0 to 1.
        damping: f64,
    },
}

impl Method {
    /// The method's name as documents write it.
    ///
    /// ```
    /// assert_eq!(attain::statistics::Method::TheilSen.code(), "theil_sen");
    /// ```
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::TheilSen => "theil_sen",
            Self::Compound => "compound",
            Self::LastValue => "last_value",
            Self::Drift => "drift",
            Self::HoltLinear { .. } => "holt_linear",
            Self::HoltDamped { .. } => "holt_damped",
        }
    }

    /// The least number of points from which the method says how far the next value may lie from its forecast.
    #[must_use]
    pub fn least_points(self) -> usize {
        if self == Self::LastValue { 2 } else { 3 }
    }

    /// The parameters of the smoothing, where the method is one.
    fn smoothing(self) -> Option<Result<Holt, Unsuitable>> {
        match self {
            Self::HoltLinear { level, trend } => Some(Holt::new(level, trend, 1.0)),
            Self::HoltDamped { level, trend, damping } => Some(Holt::new(level, trend, damping)),
            _ => None,
        }
    }
}

/// A method fitted to a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    model: Model,
    transform: Transform,
    first: i64,
    last: i64,
    /// The size of the largest value on the scale of the method.
    size: f64,
}

#[derive(Clone, Debug, PartialEq)]
enum Model {
    Line(Line),
    Walk(Walk),
    /// With the length of its steps.
    Holt(Smoothed, i64),
}

/// Fits a method to a series.
///
/// A series of equal values fits no method: nothing in it says how far the next value may lie from the last.
///
/// # Errors
/// The first that applies: `OutOfRange` for parameters outside 0 to 1, bounds that are none, `Compound` on the logit scale, and
/// more than [`MOST_POINTS`] points (`TheilSen`); `TooFewPoints` below [`Method::least_points`]; `NonPositive` (`Compound`) and `AtBound` (logit scale) for a value that the
/// scale does not hold; `ConstantSeries`; `UnevenSteps` (Holt); `OutOfRange` where no float holds a result.
///
/// ```
/// use attain::statistics::{Method, Scale, Series, fit};
/// let series = Series::new(vec![2021, 2022, 2023, 2024], vec![40.0, 44.0, 48.0, 52.0])?;
/// let fit = fit(Method::Linear, Scale::Plain, &series)?;
/// // 4 points a year: 64 in 2027, and 60 is reached in 2026.
/// assert!((fit.at(2027)?.value() - 64.0).abs() < 1e-12);
/// assert_eq!(fit.first_within(60.0.., 2030), Ok(2026));
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn fit(method: Method, scale: Scale, series: &Series) -> Result<Fit, Unsuitable> {
    Growing::new(method, scale, series)?.fit(series)
}

/// Fits of a method to a series that grows at its end; each is the same as if it were the first.
#[derive(Debug)]
pub(super) struct Growing {
    method: Method,
    holt: Option<Holt>,
    transform: Transform,
    /// The slopes of the points so far, where the method is made of them.
    slopes: PairSlopes,
}

impl Growing {
    /// For series of at most the length of one.
    ///
    /// # Errors
    /// What no series can mend.
    pub(super) fn new(method: Method, scale: Scale, longest: &Series) -> Result<Self, Unsuitable> {
        let holt = method.smoothing().transpose()?;
        let transform = match (method, Transform::of(scale)?) {
            (Method::Compound, Transform::Identity) => Transform::Logarithm,
            (Method::Compound, _) => return Err(Unsuitable::OutOfRange),
            (_, transform) => transform,
        };
        if method == Method::TheilSen && longest.values().len() > MOST_POINTS {
            return Err(Unsuitable::OutOfRange);
        }
        Ok(Self { method, holt, transform, slopes: PairSlopes::default() })
    }

    /// Fits the method to a series that begins with every point of those before.
    ///
    /// # Errors
    /// As [`fit`].
    pub(super) fn fit(&mut self, series: &Series) -> Result<Fit, Unsuitable> {
        let (method, transform) = (self.method, self.transform);
        let (dates, values) = (series.dates(), series.values());
        let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return Err(Unsuitable::TooFewPoints) };
        if values.len() < method.least_points() {
            return Err(Unsuitable::TooFewPoints);
        }
        let z = transform.apply(values)?;
        if values.iter().all(|value| Some(value) == values.first()) {
            return Err(Unsuitable::ConstantSeries);
        }
        // Counted from the first date, so that days keep their digits.
        let x: Vec<_> = dates.iter().map(|date| between(*first, *date)).collect();
        let model = match (method, self.holt) {
            (_, Some(holt)) => Model::Holt(followed(holt, &z)?, equal_step(dates)?),
            (Method::TheilSen, _) => Model::Line(robust::line(&x, &z, self.slope(&x, &z)?)?),
            (Method::LastValue, _) => Model::Walk(Walk::last_value(&x, &z)?),
            (Method::Drift, _) => Model::Walk(Walk::drift(&x, &z)?),
            _ => Model::Line(Line::fit(&x, &z)?),
        };
        Ok(Fit { model, transform, first: *first, last: *last, size: largest(&z) })
    }

    /// The median slope of all points, the new ones added.
    fn slope(&mut self, x: &[f64], z: &[f64]) -> Result<f64, Unsuitable> {
        for (x, z) in x.iter().zip(z).skip(self.slopes.count()) {
            self.slopes.add(*x, *z);
        }
        finite(self.slopes.median().ok_or(Unsuitable::TooFewPoints)?)
    }
}

/// Smooths from the first point on, with the step to the second as trend.
fn followed(holt: Holt, z: &[f64]) -> Result<Smoothed, Unsuitable> {
    let (Some((first, later)), Some(second)) = (z.split_first(), z.get(1)) else { return Err(Unsuitable::TooFewPoints) };
    holt.follow((*first, second - first), later)
}

/// The step between all dates, where there is one.
fn equal_step(dates: &[i64]) -> Result<i64, Unsuitable> {
    let mut steps = dates.iter().zip(dates.iter().skip(1)).map(|(before, after)| after.checked_sub(*before));
    let step = steps.next().flatten().ok_or(Unsuitable::UnevenSteps)?;
    if steps.all(|other| other == Some(step)) { Ok(step) } else { Err(Unsuitable::UnevenSteps) }
}

impl Fit {
    /// The forecast of a day after the last point.
    ///
    /// # Errors
    /// `NoTimeLeft` for a day that is not after it, `UnevenSteps` for one that is no whole number of steps ahead (Holt),
    /// `OutOfRange` where no float holds the result, and more than 10⁶ steps ahead (Holt).
    ///
    /// ```
    /// use attain::statistics::{Method, Scale, Series, fit};
    /// let series = Series::new(vec![0, 1, 2], vec![1.0, 2.0, 4.0])?;
    /// let prediction = fit(Method::LastValue, Scale::Plain, &series)?.at(4)?;
    /// // 4 ± 1.96·√(2·2.5), as R's naive() says.
    /// assert_eq!(prediction.value(), 4.0);
    /// assert!((prediction.interval(0.95)?.1 - 8.382_612_702_882_91).abs() < 1e-12);
    /// // Half of the distribution lies above its middle.
    /// assert!((prediction.probability_within(4.0..)? - 0.5).abs() < 1e-15);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn at(&self, x: i64) -> Result<Prediction, Unsuitable> {
        let steps = self.steps_to(x)?;
        let centre = self.centre(steps);
        let ahead = between(self.last, x);
        let (error, degrees) = match &self.model {
            Model::Line(line) => (line.prediction_error(between(self.first, x))?, Some(line.degrees_of_freedom())),
            Model::Walk(walk) => (walk.error(ahead)?, None),
            // The second point is foretold from itself.
            Model::Holt(smoothed, _) => (smoothed.forecast_error(steps, 1)?, None),
        };
        Prediction::new(self.transform, centre, error, degrees, self.size)
    }

    /// How many steps lie between the last point and a day.
    fn steps_to(&self, x: i64) -> Result<u64, Unsuitable> {
        if x <= self.last {
            return Err(Unsuitable::NoTimeLeft);
        }
        let (ahead, step) = (x.abs_diff(self.last), self.step());
        if ahead % step == 0 { Ok(ahead / step) } else { Err(Unsuitable::UnevenSteps) }
    }

    /// The length of a step: 1 where forecasts are for any day.
    fn step(&self) -> u64 {
        match &self.model {
            Model::Holt(_, step) => step.unsigned_abs().max(1),
            _ => 1,
        }
    }

    /// The middle of the forecast on the scale of the method, at most the largest float.
    fn centre(&self, steps: u64) -> f64 {
        let centre = match &self.model {
            Model::Line(line) => line.height(between(self.first, self.last) + steps as f64),
            Model::Walk(walk) => walk.height(steps as f64),
            Model::Holt(smoothed, _) => smoothed.height(steps),
        };
        centre.clamp(-f64::MAX, f64::MAX)
    }

    /// The first day after the last point, and not after `until`, whose forecast lies within a range; a forecast that equals
    /// an end up to rounding is at it. Under Holt only whole steps are days.
    ///
    /// Every forecast only rises or only falls, so the day is found by bisection.
    ///
    /// # Errors
    /// `NoTimeLeft` where `until` is not after the last point, `Never` where no day is within, `OutOfRange` for an end that is
    /// not a number.
    ///
    /// ```
    /// use attain::statistics::{Method, Scale, Series, Unsuitable, fit};
    /// // Halves every day: 100, 50, 25, then 12.5, 6.25, 3.125.
    /// let series = Series::new(vec![0, 1, 2], vec![100.0, 50.0, 25.0])?;
    /// let fit = fit(Method::Compound, Scale::Plain, &series)?;
    /// assert_eq!(fit.first_within(..=6.25, 100), Ok(4));
    /// assert_eq!(fit.first_within(..6.25, 100), Ok(5));
    /// assert_eq!(fit.first_within(..=0.0, 100), Err(Unsuitable::Never));
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn first_within(&self, range: impl RangeBounds<f64>, until: i64) -> Result<i64, Unsuitable> {
        let bounds = Bounds::new(self.transform, self.size, &range)?;
        if until <= self.last {
            return Err(Unsuitable::NoTimeLeft);
        }
        let position = |steps: u64| Position::of(self.centre(steps), &bounds);
        let start = position(1);
        let (mut outside, mut inside) = (0, until.abs_diff(self.last) / self.step());
        if inside == 0 || (start != Position::Within && position(inside) == start) {
            return Err(Unsuitable::Never);
        }
        // The first step that is no longer where the first one is; it may lie beyond the other bound.
        while start != Position::Within && inside - outside > 1 {
            let middle = u64::midpoint(outside, inside);
            if position(middle) == start { outside = middle } else { inside = middle }
        }
        let steps = if start == Position::Within { 1 } else { inside };
        let day = self.last.checked_add_unsigned(steps.saturating_mul(self.step()));
        if position(steps) == Position::Within { day.ok_or(Unsuitable::OutOfRange) } else { Err(Unsuitable::Never) }
    }
}

#[cfg(test)]
#[path = "forecast_tests.rs"]
mod tests;
