//! How many answers would settle whether a share is one that meets a requirement.

use std::ops::{Bound, RangeBounds};

use super::proportion::{IntervalMethod, interval, interval_in_population};
use super::unsuitable::Unsuitable;
use crate::number::{holds_all, holds_none};

/// No survey is larger.
const MOST: u64 = 1_000_000_000_000;

/// The least number n of valid answers at which, with the same share p, the interval lies in the range or beside it.
///
/// ```text
/// least n with [low(p·n, n), high(p·n, n)] within the range, or apart from it
/// ```
///
/// Range and share: from 0 to 1. An end of the interval that is an end of the range is in the range if that end belongs to it.
/// With a population the interval is the corrected one, and n is at most the population, which always settles it. Source: the
/// definition, by bisection.
///
/// # Errors
/// `Never` where no 10¹² answers are enough, as for a share that is itself an end of the range; `NoPopulation` for one of 0;
/// `OutOfRange` for a share or level outside 0 to 1 and an end that is not finite.
///
/// ```
/// use attain::statistics::{IntervalMethod, settling_size};
/// // 85 % against "at least 80 %": Wilson's score test is z² = n·0.05²/(0.8·0.2), above 1.96² from n = 246 on.
/// assert_eq!(settling_size(IntervalMethod::Wilson, 0.85, 0.8.., 0.95, None), Ok(246));
/// assert_eq!(settling_size(IntervalMethod::Wilson, 0.85, 0.8.., 0.95, Some(300)), Ok(136));
/// ```
pub fn settling_size(
    method: IntervalMethod,
    share: f64,
    range: impl RangeBounds<f64>,
    level: f64,
    population: Option<u64>,
) -> Result<u64, Unsuitable> {
    if population == Some(0) {
        return Err(Unsuitable::NoPopulation);
    }
    let is_known = |end: Bound<&f64>| !matches!(end, Bound::Included(at) | Bound::Excluded(at) if !at.is_finite());
    if !((0.0..=1.0).contains(&share) && is_known(range.start_bound()) && is_known(range.end_bound())) {
        return Err(Unsuitable::OutOfRange);
    }
    let settles = |n: u64| settles(method, share, &range, level, population, n);
    let most = population.unwrap_or(MOST).min(MOST);
    let (mut low, mut high) = (0, 1);
    while !settles(high)? {
        if high >= most {
            return Err(Unsuitable::Never);
        }
        low = high;
        high = high.saturating_mul(2).min(most);
    }
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if settles(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high)
}

/// Whether n answers with that share say surely whether it lies in the range.
fn settles(
    method: IntervalMethod,
    share: f64,
    range: &impl RangeBounds<f64>,
    level: f64,
    population: Option<u64>,
    n: u64,
) -> Result<bool, Unsuitable> {
    let size = n as f64;
    let interval = match population {
        // Whoever asks everybody knows the share.
        Some(population) if population == n => return Ok(true),
        Some(population) => interval_in_population(method, share * size, size, population as f64, level)?,
        None => interval(method, share * size, size, level)?,
    };
    let (low, high) = (interval.low, interval.high);
    Ok(holds_all(range, &low, &high) || holds_none(range, Some(&low), Some(&high)))
}

#[cfg(test)]
#[path = "sample_size_tests.rs"]
mod tests;
