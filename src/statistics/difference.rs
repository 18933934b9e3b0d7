//! The difference of two shares.

use super::math::root_of_squares;
use super::proportion::{Interval, IntervalMethod, interval};
use super::unsuitable::Unsuitable;

/// The interval of the difference p₂ − p₁ of two independent shares, from the two Wilson intervals.
///
/// ```text
/// d = p₂ − p₁
/// from d − √((p₂ − l₂)² + (u₁ − p₁)²) to d + √((u₂ − p₂)² + (p₁ − l₁)²)
/// ```
///
/// `l`, `u` are the ends of each share's Wilson interval at the same level. Source: method 10 of Newcombe, "Interval
/// estimation for the difference between independent proportions" (Statistics in Medicine 17, 1998).
///
/// # Errors
/// As [`interval`], for either sample.
///
/// ```
/// // Newcombe's table: 56 of 70 against 48 of 80 differ by 0.2, from 0.0524 to 0.3339.
/// let difference = attain::statistics::newcombe((48.0, 80.0), (56.0, 70.0), 0.95)?;
/// assert!((difference.low - 0.0524).abs() < 5e-5 && (difference.high - 0.3339).abs() < 5e-5);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn newcombe(first: (f64, f64), second: (f64, f64), level: f64) -> Result<Interval, Unsuitable> {
    let one = interval(IntervalMethod::Wilson, first.0, first.1, level)?;
    let two = interval(IntervalMethod::Wilson, second.0, second.1, level)?;
    let (p, q) = (first.0 / first.1, second.0 / second.1);
    let difference = q - p;
    let below = root_of_squares(q - two.low, one.high - p);
    let above = root_of_squares(two.high - q, p - one.low);
    Ok(Interval { low: (difference - below).max(-1.0), high: (difference + above).min(1.0) })
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
