//! What a forecast says of one day.

use std::ops::{Bound, RangeBounds};

use super::quantile::{finite, normal_below, normal_exceeded_with, student_below, student_exceeded_with, tail_of};
use super::scale::Transform;
use super::unsuitable::Unsuitable;

/// How the value of a day is distributed around the forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Distribution {
    /// The value itself is certain: the points show no spread.
    Point,
    /// Normal.
    Normal,
    /// Student's t.
    StudentT {
        /// Degrees of freedom.
        degrees: usize,
    },
    /// The logarithm has Student's t distribution.
    LogStudentT {
        /// Degrees of freedom.
        degrees: usize,
    },
    /// The logit is normal.
    LogitNormal,
    /// The logit has Student's t distribution.
    LogitStudentT {
        /// Degrees of freedom.
        degrees: usize,
    },
}

impl Distribution {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Normal => "normal",
            Self::StudentT { .. } => "student_t",
            Self::LogStudentT { .. } => "log_student_t",
            Self::LogitNormal => "logit_normal",
            Self::LogitStudentT { .. } => "logit_student_t",
        }
    }
}

/// The forecast of one day: a value, and how far the truth may lie from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    transform: Transform,
    /// The middle, on the scale of the method.
    centre: f64,
    /// The standard error, on the scale of the method.
    error: f64,
    /// Degrees of freedom of Student's t; none for the normal distribution.
    degrees: Option<usize>,
    /// The size of the largest value on the scale of the method.
    size: f64,
}

impl Prediction {
    /// The prediction, where its value is finite.
    pub(super) fn new(
        transform: Transform,
        centre: f64,
        error: f64,
        degrees: Option<usize>,
        size: f64,
    ) -> Result<Self, Unsuitable> {
        let prediction = Self { transform, centre: finite(centre)?, error: finite(error)?, degrees, size };
        finite(prediction.value()).map(|_| prediction)
    }

    /// The forecast: the median of the distribution.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.transform.back(self.centre)
    }

    /// The distribution around the forecast.
    #[must_use]
    pub fn distribution(&self) -> Distribution {
        match (self.transform, self.degrees) {
            _ if self.error == 0.0 => Distribution::Point,
            (Transform::Identity, Some(degrees)) => Distribution::StudentT { degrees },
            (Transform::Logarithm, degrees) => Distribution::LogStudentT { degrees: degrees.unwrap_or(0) },
            (Transform::Logit { .. }, Some(degrees)) => Distribution::LogitStudentT { degrees },
            (Transform::Identity, None) => Distribution::Normal,
            (Transform::Logit { .. }, None) => Distribution::LogitNormal,
        }
    }

    /// The prediction interval at a two-sided level: the same share of the probability lies beyond either end.
    ///
    /// ```text
    /// f⁻¹(ẑ ± q·s)
    /// ```
    ///
    /// In the unit of the values. ẑ, s: forecast and standard error on the scale f of the method; q: the 1−α/2 quantile of the
    /// normal distribution or of Student's t, α = 1 − level. The ends are values, so that on the logit scale none is outside.
    ///
    /// # Errors
    /// `OutOfRange` for a level outside 0 to 1, and for an end that no float holds.
    pub fn interval(&self, level: f64) -> Result<(f64, f64), Unsuitable> {
        let tail = tail_of(level)?;
        let half = match self.degrees {
            _ if self.error == 0.0 => 0.0,
            Some(degrees) => student_exceeded_with(tail, degrees as f64)? * self.error,
            None => normal_exceeded_with(tail)? * self.error,
        };
        let value = self.value();
        let (low, high) = (self.transform.back(self.centre - half), self.transform.back(self.centre + half));
        Ok((finite(low)?.min(value), finite(high)?.max(value)))
    }

    /// The probability that the value lies within a range, from 0 to 1.
    ///
    /// ```text
    /// F((f(high) − ẑ)/s) − F((f(low) − ẑ)/s)
    /// ```
    ///
    /// F: the normal distribution or Student's t; ẑ, s, f as in [`Prediction::interval`]; a missing end excludes nothing.
    ///
    /// A prediction without spread is certain: 0 or 1, where a forecast that equals an end of the range up to rounding is within
    /// if that end belongs to it. Where there is a spread no single value has a probability, so that nothing depends on that.
    ///
    /// # Errors
    /// `OutOfRange` for an end that is not a number.
    ///
    /// ```
    /// use attain::statistics::{Method, Scale, Series, fit};
    /// let series = Series::new(vec![0, 1, 2], vec![1.0, 2.0, 4.0])?;
    /// let prediction = fit(Method::LastValue, Scale::Plain, &series)?.at(4)?;
    /// // 4 with standard error √(2·2.5) = √5: a quarter of a normal distribution lies above 0.67449 standard errors.
    /// let quarter = prediction.probability_within(4.0 + 0.674_489_750_196 * 5.0_f64.sqrt()..)?;
    /// assert!((quarter - 0.25).abs() < 1e-12);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    pub fn probability_within(&self, range: impl RangeBounds<f64>) -> Result<f64, Unsuitable> {
        let bounds = Bounds::new(self.transform, self.size, &range)?;
        if self.error == 0.0 {
            return Ok(if Position::of(self.centre, &bounds) == Position::Within { 1.0 } else { 0.0 });
        }
        let (low, high) = (bounds.low.at, bounds.high.at);
        let (from, to) = ((low - self.centre) / self.error, (high - self.centre) / self.error);
        // Two probabilities near 1 would cancel; those of the other side do not.
        let within = if from > 0.0 { self.below(-from)? - self.below(-to)? } else { self.below(to)? - self.below(from)? };
        Ok(within.clamp(0.0, 1.0))
    }

    /// The probability of less than so many standard errors.
    fn below(&self, errors: f64) -> Result<f64, Unsuitable> {
        match self.degrees {
            Some(degrees) => student_below(errors, degrees as f64),
            None => Ok(normal_below(errors)),
        }
    }
}

/// A range on the scale of a method.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    low: End,
    high: End,
    /// How near to an end is at it.
    rounding: f64,
}

/// An end of a range.
#[derive(Clone, Copy, Debug)]
struct End {
    at: f64,
    /// Whether at the end is within.
    belongs: bool,
}

impl Bounds {
    /// The range, where its ends are numbers.
    pub(super) fn new(transform: Transform, size: f64, range: &impl RangeBounds<f64>) -> Result<Self, Unsuitable> {
        let end = |end: Bound<&f64>, none: f64| match end {
            Bound::Included(at) | Bound::Excluded(at) if at.is_nan() => Err(Unsuitable::OutOfRange),
            Bound::Included(at) => Ok(End { at: transform.forward(*at), belongs: true }),
            Bound::Excluded(at) => Ok(End { at: transform.forward(*at), belongs: false }),
            Bound::Unbounded => Ok(End { at: none, belongs: false }),
        };
        let (low, high) = (end(range.start_bound(), f64::NEG_INFINITY)?, end(range.end_bound(), f64::INFINITY)?);
        Ok(Self { low, high, rounding: transform.rounding(size) })
    }
}

/// Where a forecast lies, seen from a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Below,
    Within,
    Above,
}

impl Position {
    /// Where z lies; ends at infinity are passed by every finite number or by none.
    pub(super) fn of(z: f64, bounds: &Bounds) -> Self {
        let near = |at: f64| at.is_finite() && (z - at).abs() <= bounds.rounding.max(1e-12 * at.abs());
        let inside = |end: End, beyond: bool| if near(end.at) { end.belongs } else { beyond };
        if !inside(bounds.low, z > bounds.low.at) {
            Self::Below
        } else if !inside(bounds.high, z < bounds.high.at) {
            Self::Above
        } else {
            Self::Within
        }
    }
}
