//! The difference of two shares.

use super::math::root_of_squares;
use super::proportion::{Interval, IntervalMethod, interval, interval_in_population};
use super::unsuitable::Unsuitable;

/// The answers of one sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// How many said yes.
    pub successes: f64,
    /// How many answered.
    pub n: f64,
    /// How many there are to ask, where that is known.
    pub population: Option<f64>,
}

impl Sample {
    fn wilson(&self, level: f64) -> Result<Interval, Unsuitable> {
        match self.population {
            Some(population) => interval_in_population(IntervalMethod::Wilson, self.successes, self.n, population, level),
            None => interval(IntervalMethod::Wilson, self.successes, self.n, level),
        }
    }
}

/// The interval of the difference p₂ − p₁ of two independent shares, from the two Wilson intervals.
///
/// ```text
/// d = p₂ − p₁
/// from d − √((p₂ − l₂)² + (u₁ − p₁)²) to d + √((u₂ − p₂)² + (p₁ − l₁)²)
/// ```
///
/// `l`, `u` are the ends of each share's Wilson interval at the same level, of a sample of a known population those of
/// [`interval_in_population`]: where everybody was asked, twice, the difference has an interval of width 0. Source: method 10 of
/// Newcombe, "Interval estimation for the difference between independent proportions" (Statistics in Medicine 17, 1998).
///
/// # Errors
/// As [`interval`] and [`interval_in_population`], for either sample.
///
/// ```
/// use attain::statistics::{Sample, newcombe};
/// // Newcombe's table: 56 of 70 against 48 of 80 differ by 0.2, from 0.0524 to 0.3339.
/// let (first, second) = (Sample { successes: 48.0, n: 80.0, population: None }, Sample { successes: 56.0, n: 70.0, population: None });
/// let difference = newcombe(first, second, 0.95)?;
/// assert!((difference.low - 0.0524).abs() < 5e-5 && (difference.high - 0.3339).abs() < 5e-5);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn newcombe(first: Sample, second: Sample, level: f64) -> Result<Interval, Unsuitable> {
    let (one, two) = (first.wilson(level)?, second.wilson(level)?);
    let (p, q) = (first.successes / first.n, second.successes / second.n);
    let difference = q - p;
    let below = root_of_squares(q - two.low, one.high - p);
    let above = root_of_squares(two.high - q, p - one.low);
    Ok(Interval { low: (difference - below).max(-1.0), high: (difference + above).min(1.0) })
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
