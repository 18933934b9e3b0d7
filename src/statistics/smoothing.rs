//! Holt's exponential smoothing: a level and a trend that follow the series.

use super::math::{exp_m1, ln};
use super::quantile::finite;
use super::series::{beyond_rounding, in_own_unit, largest};
use super::sum::sum;
use super::unsuitable::Unsuitable;

/// The parameters of Holt's smoothing, each from 0 to 1.
///
/// ```text
/// eₜ = yₜ − (lₜ₋₁ + φ·bₜ₋₁)    lₜ = lₜ₋₁ + φ·bₜ₋₁ + α·eₜ    bₜ = φ·bₜ₋₁ + α·β*·eₜ
/// ```
///
/// α: level; β*: trend, as a share of what the level takes over; φ: damping, 1 for a trend that never bends. Source: Hyndman,
/// Koehler, Ord, Snyder, Forecasting with Exponential Smoothing (2008), models (A,A,N) and (A,Ad,N).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holt {
    level: f64,
    trend: f64,
    damping: f64,
}

/// A smoothed series: the state after its last value, and how well each value was foretold.
#[derive(Clone, Debug, PartialEq)]
pub struct Smoothed {
    holt: Holt,
    level: f64,
    trend: f64,
    fitted: Vec<f64>,
    errors: Vec<f64>,
    /// The size of the largest value, against which rounding is told from errors.
    size: f64,
}

/// Farther ahead the spread of a damped trend is not summed up.
const FARTHEST: u64 = 1_000_000;

impl Holt {
    /// The parameters, each within 0 to 1.
    ///
    /// # Errors
    /// `OutOfRange` for any that is not.
    pub fn new(level: f64, trend: f64, damping: f64) -> Result<Self, Unsuitable> {
        let all = [level, trend, damping].iter().all(|parameter| (0.0..=1.0).contains(parameter));
        if all { Ok(Self { level, trend, damping }) } else { Err(Unsuitable::OutOfRange) }
    }

    /// Follows the values from a starting level and trend, which stand before the first value.
    ///
    /// # Errors
    /// `OutOfRange` for inputs or results that are not finite.
    ///
    /// ```
    /// use attain::statistics::Holt;
    /// // Level 10, trend 2: foretold 12, seen 14, error 2; level 12 + 0.5·2 = 13, trend 2 + 0.5·0.4·2 = 2.4.
    /// let smoothed = Holt::new(0.5, 0.4, 1.0)?.follow((10.0, 2.0), &[14.0])?;
    /// assert_eq!(smoothed.fitted(), [12.0]);
    /// assert!((smoothed.forecast(1)? - 15.4).abs() < 1e-12);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn follow(&self, start: (f64, f64), values: &[f64]) -> Result<Smoothed, Unsuitable> {
        // In their own unit no step overflows.
        let all: Vec<f64> = [start.0, start.1].iter().chain(values).copied().collect();
        let (unit, scaled) = in_own_unit(&all)?;
        let (mut level, mut trend) = (start.0 / unit, start.1 / unit);
        let (mut fitted, mut errors) = (Vec::with_capacity(values.len()), Vec::with_capacity(values.len()));
        for value in scaled.iter().skip(2) {
            let foretold = level + self.damping * trend;
            let error = value - foretold;
            level = foretold + self.level * error;
            trend = self.damping * trend + self.level * self.trend * error;
            fitted.push(finite(foretold * unit)?);
            errors.push(finite(error * unit)?);
        }
        let (level, trend) = (finite(level * unit)?, finite(trend * unit)?);
        Ok(Smoothed { holt: *self, level, trend, fitted, errors, size: largest(&all) })
    }

    /// The variance of a forecast h steps ahead in terms of that of one step.
    ///
    /// ```text
    /// 1 + Σ cⱼ² over j = 1 … h−1 with cⱼ = α + α·β*·(φ + φ² + … + φʲ)
    /// ```
    ///
    /// Source: Hyndman et al. (2008), table 6.1, of which this is the sum before it is worked out; for φ = 1 it is
    /// `1 + (h−1)·(α² + α·β·h + β²·h·(2h−1)/6)` with β = α·β*.
    ///
    /// # Errors
    /// `NoTimeLeft` for h = 0, `OutOfRange` more than 10⁶ steps ahead.
    ///
    /// ```
    /// // α = β = 0.5 (β* = 1), two steps: 1 + (0.5 + 0.5)² = 2.
    /// assert_eq!(attain::statistics::Holt::new(0.5, 1.0, 1.0)?.variance_factor(2), Ok(2.0));
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn variance_factor(&self, h: u64) -> Result<f64, Unsuitable> {
        if h == 0 || h > FARTHEST {
            return Err(if h == 0 { Unsuitable::NoTimeLeft } else { Unsuitable::OutOfRange });
        }
        let beta = self.level * self.trend;
        let (mut sum, mut power, mut weight) = (1.0, 1.0, self.level);
        for _ in 1..h {
            power *= self.damping;
            weight += beta * power;
            sum += weight * weight;
        }
        Ok(sum)
    }
}

impl Smoothed {
    /// What each value was foretold to be from those before it.
    #[must_use]
    pub fn fitted(&self) -> &[f64] {
        &self.fitted
    }

    /// The level after the last value.
    #[must_use]
    pub fn level(&self) -> f64 {
        self.level
    }

    /// The trend after the last value.
    #[must_use]
    pub fn trend(&self) -> f64 {
        self.trend
    }

    /// The sum of the squared one-step errors.
    ///
    /// # Errors
    /// `OutOfRange` where no float holds it.
    pub fn sum_of_squares(&self) -> Result<f64, Unsuitable> {
        finite(sum(self.errors.iter().map(|error| error * error)))
    }

    /// The forecast h steps ahead: `l + (φ + φ² + … + φʰ)·b`.
    ///
    /// # Errors
    /// `OutOfRange` where no float holds it.
    pub fn forecast(&self, h: u64) -> Result<f64, Unsuitable> {
        finite(self.height(h))
    }

    /// The forecast, infinite where no float holds it.
    pub(super) fn height(&self, h: u64) -> f64 {
        let (phi, h) = (self.holt.damping, h as f64);
        let steps = match phi {
            0.0 => 0.0,
            1.0 => h,
            // 1 − φʰ keeps its digits however near to 1 the damping is.
            phi => -phi * exp_m1(h * ln(phi)) / (1.0 - phi),
        };
        if self.trend == 0.0 { self.level } else { steps * self.trend + self.level }
    }

    /// The standard error of the forecast h steps ahead, from the one-step errors after the first `left_out`.
    ///
    /// ```text
    /// √(v(h)·Σe²/m) over the m errors that are not left out, v(h) the variance factor
    /// ```
    ///
    /// The parameters are given, not estimated, so nothing is taken off m. Values that set the starting level and trend have no
    /// error of their own: these are to be left out. Errors of 10⁻¹² of the largest value are rounding.
    ///
    /// # Errors
    /// `TooFewPoints` where no error is left, else as [`Holt::variance_factor`].
    ///
    /// ```
    /// use attain::statistics::Holt;
    /// // Level 10, trend 2, seen 12, 15: errors 0 and 1. Without the first the standard error is 1, one step ahead.
    /// let smoothed = Holt::new(0.5, 0.4, 1.0)?.follow((10.0, 2.0), &[12.0, 15.0])?;
    /// assert_eq!(smoothed.forecast_error(1, 1), Ok(1.0));
    /// assert_eq!(smoothed.sum_of_squares(), Ok(1.0));
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn forecast_error(&self, h: u64, left_out: usize) -> Result<f64, Unsuitable> {
        let errors = self.errors.get(left_out..).filter(|errors| !errors.is_empty()).ok_or(Unsuitable::TooFewPoints)?;
        let factor = self.holt.variance_factor(h)?;
        if beyond_rounding(largest(errors), self.size) == 0.0 {
            return Ok(0.0);
        }
        let (unit, scaled) = in_own_unit(errors)?;
        let mean_square = sum(scaled.iter().map(|error| error * error)) / errors.len() as f64;
        finite((factor * mean_square).sqrt() * unit)
    }
}
