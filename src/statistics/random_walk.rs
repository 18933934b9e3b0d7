//! Forecasts from the last value, with or without the average drift.

use super::proportion::Interval;
use super::quantile::{finite, normal_exceeded_with, tail_of};
use super::series::{beyond_rounding, in_own_unit, largest};
use super::sum::sum;
use super::unsuitable::Unsuitable;

/// A random walk in continuous time: what happens in a stretch of time has a mean and a variance in proportion to it.
///
/// ```text
/// last value: c = 0                      σ² = Σ dᵢ²/τᵢ / (n − 1)
/// drift:      c = (yₙ − y₁)/(xₙ − x₁)    σ² = Σ (dᵢ − c·τᵢ)²/τᵢ / (n − 2)
/// t ahead:    yₙ + c·t, variance σ²·t for the last value, σ²·t·(1 + t/(xₙ − x₁)) for the drift
/// ```
///
/// dᵢ, τᵢ: the n − 1 steps of y and x. For equal steps these are R's `forecast::naive` and `rwf(drift = TRUE)` (which alone
/// takes a drift of exactly 0 for one that was not estimated). Steps of at most
/// 10⁻¹² of the largest value are rounding. Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed.
/// 2021), §5.2 and 5.5.
///
/// ```
/// use attain::statistics::Walk;
/// // Steps 1 and 2: σ² = (1 + 4)/2; two steps ahead 4 ± 1.96·√(2·2.5).
/// let walk = Walk::last_value(&[0.0, 1.0, 2.0], &[1.0, 2.0, 4.0])?;
/// assert_eq!(walk.at(2.0), Ok(4.0));
/// assert!((walk.interval(2.0, 0.95)?.high - 8.382_612_702_882_91).abs() < 1e-12);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walk {
    last: f64,
    drift: f64,
    /// σ; none where there are too few points to know it.
    spread: Option<f64>,
    /// xₙ − x₁ where the drift was estimated over it.
    span: Option<f64>,
}

impl Walk {
    /// The walk that stays where it is.
    ///
    /// # Errors
    /// `TooFewPoints` without a point, `EqualDates` where x does not rise, `OutOfRange` for unequal numbers of x and y and for
    /// values that are not finite.
    pub fn last_value(x: &[f64], y: &[f64]) -> Result<Self, Unsuitable> {
        Self::with_drift(x, y, None)
    }

    /// The walk that goes on as it went from the first to the last value.
    ///
    /// # Errors
    /// As [`Walk::last_value`]; `TooFewPoints` below 2 points.
    ///
    /// ```
    /// use attain::statistics::Walk;
    /// // From 1 to 4 in two steps: 1.5 a step. The steps 1 and 2 differ from it by 0.5: σ² = 2·0.25/1; one step ahead
    /// // 5.5 ± 1.96·√(0.5·1·(1 + 1/2)).
    /// let walk = Walk::drift(&[0.0, 1.0, 2.0], &[1.0, 2.0, 4.0])?;
    /// assert_eq!(walk.at(1.0), Ok(5.5));
    /// assert!((walk.interval(1.0, 0.95)?.high - 7.197_378_601_114_26).abs() < 1e-12);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn drift(x: &[f64], y: &[f64]) -> Result<Self, Unsuitable> {
        match (x.first().zip(x.last()), x.len()) {
            (Some((first, last)), 2..) => Self::with_drift(x, y, Some(last - first)),
            _ => Err(Unsuitable::TooFewPoints),
        }
    }

    fn with_drift(x: &[f64], y: &[f64], span: Option<f64>) -> Result<Self, Unsuitable> {
        let (unit, scaled) = in_own_unit(y)?;
        if x.len() != y.len() || x.iter().chain(&span).any(|value| !value.is_finite()) {
            return Err(Unsuitable::OutOfRange);
        }
        if x.iter().zip(x.iter().skip(1)).any(|(before, after)| before >= after) {
            return Err(Unsuitable::EqualDates);
        }
        let (first, last) = scaled.first().zip(scaled.last()).ok_or(Unsuitable::TooFewPoints)?;
        let drift = span.map_or(0.0, |span| (last - first) / span);
        let square = |value: f64| value * value;
        let times = x.iter().zip(x.iter().skip(1)).map(|(before, after)| after - before);
        let steps = scaled.iter().zip(scaled.iter().skip(1)).map(|(before, after)| after - before);
        let (rests, squares): (Vec<_>, Vec<_>) =
            steps.zip(times).map(|(d, t)| (d - drift * t, square((d - drift * t) / t.sqrt()))).unzip();
        let degrees = x.len().saturating_sub(if span.is_some() { 2 } else { 1 });
        let spread = match (degrees, beyond_rounding(largest(&rests), largest(&scaled)) == 0.0) {
            (0, _) => None,
            (_, true) => Some(0.0),
            _ => Some(finite((sum(squares) / degrees as f64).sqrt() * unit)?),
        };
        Ok(Self { last: finite(last * unit)?, drift: finite(drift * unit)?, spread, span })
    }

    /// The forecast a time ahead of the last point.
    ///
    /// # Errors
    /// `NoTimeLeft` unless the time is above 0, `OutOfRange` where no float holds the result.
    pub fn at(&self, ahead: f64) -> Result<f64, Unsuitable> {
        if ahead > 0.0 { finite(self.height(ahead)) } else { Err(Unsuitable::NoTimeLeft) }
    }

    /// The forecast, infinite where no float holds it.
    pub(super) fn height(&self, ahead: f64) -> f64 {
        self.drift * ahead + self.last
    }

    /// The standard error of the forecast a time ahead of the last point.
    ///
    /// # Errors
    /// As [`Walk::at`]; `TooFewPoints` below 2 points for the last value and below 3 for the drift.
    pub fn error(&self, ahead: f64) -> Result<f64, Unsuitable> {
        // What is wrong with the time is found by the forecast.
        self.at(ahead)?;
        let spread = self.spread.ok_or(Unsuitable::TooFewPoints)?;
        let from_drift = self.span.map_or(1.0, |span| 1.0 + ahead / span);
        finite(spread * (ahead * from_drift).sqrt())
    }

    /// The normal interval at a two-sided level, a time ahead of the last point.
    ///
    /// # Errors
    /// As [`Walk::error`]; `OutOfRange` for a level outside 0 to 1.
    pub fn interval(&self, ahead: f64, level: f64) -> Result<Interval, Unsuitable> {
        let half = normal_exceeded_with(tail_of(level)?)? * self.error(ahead)?;
        let centre = self.at(ahead)?;
        Ok(Interval { low: finite(centre - half)?, high: finite(centre + half)? })
    }
}
