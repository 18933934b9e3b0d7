//! The straight line of least squares.

use super::math::root_of_squares;
use super::proportion::Interval;
use super::quantile::{finite, student_below, student_exceeded_with, tail_of};
use super::series::{beyond_rounding, in_own_unit, largest, mean};
use super::sum::sum;
use super::unsuitable::Unsuitable;

/// A straight line through points, with what is known of how far the points lie from it.
///
/// ```text
/// slope b = Σ(x−x̄)(y−ȳ)/Σ(x−x̄)²    y = ȳ + b·(x − x̄)    s² = Σ(y−ŷ)²/(n−2)
/// ```
///
/// Residuals of at most 10⁻¹² of the largest value are the rounding of the values and count as 0. Source: Draper and Smith,
/// Applied Regression Analysis (3rd ed. 1998), chapters 1 and 3.
///
/// ```
/// use attain::statistics::Line;
/// let line = Line::fit(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0])?;
/// assert!((line.slope() - 1.5).abs() < 1e-15);
/// assert!((line.at(4.0)? - 16.0 / 3.0).abs() < 1e-14);
/// // The residuals 1/6, −1/3, 1/6 have squares that sum to 1/6, over 3 − 2 degrees of freedom.
/// assert!((line.residual_error()? - (1.0_f64 / 6.0).sqrt()).abs() < 1e-14);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    points: usize,
    slope: f64,
    mean_x: f64,
    /// Where the line is at the mean of x.
    centre: f64,
    /// √Σ(x−x̄)²
    width: f64,
    /// √Σ(y−ŷ)²
    residual: f64,
    /// √Σ(y−ȳ)²
    total: f64,
}

impl Line {
    /// The line with the least sum of squared vertical distances.
    ///
    /// # Errors
    /// `TooFewPoints` below 2 points, `EqualDates` where all x are equal, `OutOfRange` for unequal numbers of x and y, for
    /// inputs that are not finite and for results that no float holds.
    pub fn fit(x: &[f64], y: &[f64]) -> Result<Self, Unsuitable> {
        Self::through(x, y, |x, y, _| {
            let products = sum(x.iter().zip(y).map(|(x, y)| x * y));
            (products / sum(x.iter().map(|x| x * x)), 0.0)
        })
    }

    /// The line that the rule finds for centred x and y in units of their own: a slope, and how far above the mean of y it
    /// passes the mean of x. The rule is also told the unit of the slope.
    pub(super) fn through(x: &[f64], y: &[f64], rule: impl Fn(&[f64], &[f64], f64) -> (f64, f64)) -> Result<Self, Unsuitable> {
        let ((unit_x, x), (unit_y, y)) = (in_own_unit(x)?, in_own_unit(y)?);
        if x.len() != y.len() {
            return Err(Unsuitable::OutOfRange);
        }
        if x.len() < 2 {
            return Err(Unsuitable::TooFewPoints);
        }
        if x.iter().all(|value| Some(value) == x.first()) {
            return Err(Unsuitable::EqualDates);
        }
        let (mean_x, mean_y) = (mean(&x), mean(&y));
        let centred = |values: &[f64], mean: f64| values.iter().map(|value| value - mean).collect::<Vec<_>>();
        let (from_x, from_y) = (centred(&x, mean_x), centred(&y, mean_y));
        let (slope, above) = rule(&from_x, &from_y, unit_y / unit_x);
        let residuals: Vec<_> = from_x.iter().zip(&from_y).map(|(x, y)| y - above - slope * x).collect();
        let residual = if beyond_rounding(largest(&residuals), largest(&y)) == 0.0 { 0.0 } else { norm(&residuals) };
        Ok(Self {
            points: x.len(),
            slope: finite(slope * unit_y / unit_x)?,
            mean_x: finite(mean_x * unit_x)?,
            centre: finite((mean_y + above) * unit_y)?,
            width: finite(norm(&from_x) * unit_x)?,
            residual: finite(residual * unit_y)?,
            total: finite(norm(&from_y) * unit_y)?,
        })
    }

    /// How much y rises per unit of x.
    #[must_use]
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// Where the line is at x = 0.
    ///
    /// # Errors
    /// `OutOfRange` where no float holds it.
    pub fn intercept(&self) -> Result<f64, Unsuitable> {
        self.at(0.0)
    }

    /// Where the line is at x.
    ///
    /// # Errors
    /// `OutOfRange` where no float holds it.
    pub fn at(&self, x: f64) -> Result<f64, Unsuitable> {
        finite(self.height(x))
    }

    /// Where the line is at x, infinite where no float holds it.
    pub(super) fn height(&self, x: f64) -> f64 {
        self.slope * (x - self.mean_x) + self.centre
    }

    /// The share of the variation of y that the line explains: 1 − Σ(y−ŷ)²/Σ(y−ȳ)².
    ///
    /// # Errors
    /// `ConstantSeries` where y does not vary.
    ///
    /// ```
    /// // 1, 2, 4 vary by 14/3 around their mean 7/3 and by 1/6 around their line: 1 − 1/28.
    /// let line = attain::statistics::Line::fit(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0])?;
    /// assert!((line.r_squared()? - 27.0 / 28.0).abs() < 1e-14);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn r_squared(&self) -> Result<f64, Unsuitable> {
        if self.total == 0.0 {
            Err(Unsuitable::ConstantSeries)
        } else {
            finite(1.0 - (self.residual / self.total) * (self.residual / self.total))
        }
    }

    /// The degrees of freedom that the line leaves: n − 2.
    #[must_use]
    pub fn degrees_of_freedom(&self) -> usize {
        self.points.saturating_sub(2)
    }

    /// The residual standard error s = √(Σ(y−ŷ)²/(n−2)).
    ///
    /// # Errors
    /// `TooFewPoints` where two points leave nothing to estimate it from.
    pub fn residual_error(&self) -> Result<f64, Unsuitable> {
        match self.degrees_of_freedom() {
            0 => Err(Unsuitable::TooFewPoints),
            degrees => finite(self.residual / (degrees as f64).sqrt()),
        }
    }

    /// The standard error of the slope: s/√Σ(x−x̄)².
    ///
    /// # Errors
    /// As [`Line::residual_error`].
    pub fn slope_error(&self) -> Result<f64, Unsuitable> {
        finite(self.residual_error()? / self.width)
    }

    /// The standard error of the intercept: that of the line at x = 0.
    ///
    /// # Errors
    /// As [`Line::residual_error`].
    pub fn intercept_error(&self) -> Result<f64, Unsuitable> {
        self.mean_error(0.0)
    }

    /// The standard error of the line itself at x: s·√(1/n + (x−x̄)²/Σ(x−x̄)²).
    ///
    /// # Errors
    /// As [`Line::residual_error`].
    pub fn mean_error(&self, x: f64) -> Result<f64, Unsuitable> {
        self.error_at(x, 0.0)
    }

    /// The standard error of a new point at x: s·√(1 + 1/n + (x−x̄)²/Σ(x−x̄)²).
    ///
    /// # Errors
    /// As [`Line::residual_error`].
    pub fn prediction_error(&self, x: f64) -> Result<f64, Unsuitable> {
        self.error_at(x, 1.0)
    }

    fn error_at(&self, x: f64, own: f64) -> Result<f64, Unsuitable> {
        let s = self.residual_error()?;
        let away = (x - self.mean_x) / self.width;
        if s == 0.0 { Ok(0.0) } else { finite(s * root_of_squares((own + 1.0 / self.points as f64).sqrt(), away)) }
    }

    /// The two-sided p-value of the slope: how probable one as steep is where there is no trend, by Student's t.
    ///
    /// # Errors
    /// As [`Line::residual_error`]; `ConstantSeries` where y does not vary.
    pub fn slope_p_value(&self) -> Result<f64, Unsuitable> {
        let error = self.slope_error()?;
        match (error == 0.0, self.slope == 0.0) {
            (true, true) => Err(Unsuitable::ConstantSeries),
            (true, false) => Ok(0.0),
            _ => Ok(2.0 * student_below(-(self.slope / error).abs(), self.degrees_of_freedom() as f64)?),
        }
    }

    /// The interval of the slope at a two-sided level: b ± t·s/√Σ(x−x̄)².
    ///
    /// # Errors
    /// As [`Line::residual_error`]; `OutOfRange` for a level outside 0 to 1.
    pub fn slope_interval(&self, level: f64) -> Result<Interval, Unsuitable> {
        self.around(self.slope, self.slope_error()?, level)
    }

    /// The interval of the line itself at x at a two-sided level.
    ///
    /// # Errors
    /// As [`Line::slope_interval`].
    pub fn mean_interval(&self, x: f64, level: f64) -> Result<Interval, Unsuitable> {
        self.around(self.at(x)?, self.mean_error(x)?, level)
    }

    /// The interval of a new point at x at a two-sided level, t with n − 2 degrees of freedom.
    ///
    /// ```text
    /// ŷ ± t·s·√(1 + 1/n + (x−x̄)²/Σ(x−x̄)²)
    /// ```
    ///
    /// # Errors
    /// As [`Line::slope_interval`].
    ///
    /// ```
    /// use attain::statistics::Line;
    /// let line = Line::fit(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0])?;
    /// // t = 12.7062 with one degree of freedom, s = 0.40825, √(1 + 1/3 + 2²/2) = 1.82574: 5.3333 ± 9.4706.
    /// let interval = line.prediction_interval(4.0, 0.95)?;
    /// assert!((interval.high - 14.8040).abs() < 1e-4);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn prediction_interval(&self, x: f64, level: f64) -> Result<Interval, Unsuitable> {
        self.around(self.at(x)?, self.prediction_error(x)?, level)
    }

    fn around(&self, centre: f64, error: f64, level: f64) -> Result<Interval, Unsuitable> {
        let half = student_exceeded_with(tail_of(level)?, self.degrees_of_freedom() as f64)? * error;
        Ok(Interval { low: finite(centre - half)?, high: finite(centre + half)? })
    }
}

/// The root of the sum of squares.
fn norm(values: &[f64]) -> f64 {
    sum(values.iter().map(|value| value * value)).sqrt()
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
