//! The points that a forecast starts from.

use super::quantile::finite;
use super::sum::sum;
use super::unsuitable::Unsuitable;

/// Values at rising dates: days, or steps counted from anywhere.
///
/// ```
/// use attain::statistics::{Series, Unsuitable};
/// assert!(Series::new(vec![2021, 2022, 2024], vec![40.0, 44.0, 47.5]).is_ok());
/// assert_eq!(Series::new(vec![2021, 2021], vec![40.0, 44.0]), Err(Unsuitable::EqualDates));
/// assert_eq!(Series::new(vec![2021], vec![f64::NAN]), Err(Unsuitable::OutOfRange));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    x: Vec<i64>,
    y: Vec<f64>,
}

impl Series {
    /// The series of the values y at the dates x.
    ///
    /// # Errors
    /// `OutOfRange` where there are not as many dates as values or a value is not finite; `TooFewPoints` where there are none;
    /// `EqualDates` where the dates do not rise.
    pub fn new(x: Vec<i64>, y: Vec<f64>) -> Result<Self, Unsuitable> {
        if x.len() != y.len() || y.iter().any(|value| !value.is_finite()) {
            return Err(Unsuitable::OutOfRange);
        }
        if x.is_empty() {
            return Err(Unsuitable::TooFewPoints);
        }
        if x.iter().zip(x.iter().skip(1)).any(|(before, after)| before >= after) {
            return Err(Unsuitable::EqualDates);
        }
        Ok(Self { x, y })
    }

    /// The dates.
    #[must_use]
    pub fn dates(&self) -> &[i64] {
        &self.x
    }

    /// The values.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.y
    }

    /// The series up to its first `count` points; none where that is no point.
    pub(super) fn first(&self, count: usize) -> Option<Self> {
        let (x, y) = (self.x.get(..count)?, self.y.get(..count)?);
        if x.is_empty() { None } else { Some(Self { x: x.to_vec(), y: y.to_vec() }) }
    }
}

/// The most points for which a line of Theil and Sen is sought or a method is tested on a series.
///
/// Both take a time that grows with the square of the number of points.
pub const MOST_POINTS: usize = 2000;

/// The time from one date to another, exact up to 2⁵³.
pub(super) fn between(from: i64, to: i64) -> f64 {
    (i128::from(to) - i128::from(from)) as f64
}

/// The largest power of two that is not above any size met in the values (1 where all are 0), and the values in it.
///
/// Dividing by a power of two is exact, so nothing changes but that no square is too large or too small for a float.
pub(super) fn in_own_unit(values: &[f64]) -> Result<(f64, Vec<f64>), Unsuitable> {
    let mut largest = 0.0_f64;
    for value in values {
        largest = largest.max(finite(*value)?.abs());
    }
    let unit = match f64::from_bits(largest.to_bits() & 0x7ff0_0000_0000_0000) {
        0.0 if largest > 0.0 => f64::MIN_POSITIVE,
        0.0 => 1.0,
        unit => unit,
    };
    Ok((unit, values.iter().map(|value| value / unit).collect()))
}

/// The mean, or 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { sum(values.iter().copied()) / values.len() as f64 }
}

/// The size of the largest value.
pub(super) fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest, value| value.abs().max(largest))
}

/// A spread that is nothing but the rounding of the values counts as none.
///
/// ```text
/// 0 where spread ≤ 10⁻¹² · size
/// ```
pub(super) fn beyond_rounding(spread: f64, size: f64) -> f64 {
    if spread <= 1e-12 * size { 0.0 } else { spread }
}
