//! How many answers would settle whether a share is on the right side of a threshold.

use super::proportion::{IntervalMethod, interval, interval_in_population};
use super::unsuitable::Unsuitable;

/// No survey is larger.
const MOST: u64 = 1_000_000_000_000;

/// The least number of valid answers at which, with the same share, no threshold lies in the interval.
///
/// ```text
/// least n with T < low(p·n, n) or T > high(p·n, n) for every threshold T
/// ```
///
/// A threshold that is an end of the interval lies in it. With a population the interval is the corrected one, and n is at
/// most the population. Without any threshold a single answer is enough.
///
/// # Errors
/// `Never` where the share is a threshold, or no 10¹² answers are enough; `NoPopulation` for one of 0; `OutOfRange` for a
/// share or level outside 0 to 1 and a threshold that is not finite.
///
/// ```
/// use attain::statistics::{IntervalMethod, settling_size};
/// // 85 % against "at least 80 %": Wilson's score test is z² = n·0.05²/(0.8·0.2), above 1.96² from n = 246 on.
/// assert_eq!(settling_size(IntervalMethod::Wilson, 0.85, &[0.8], 0.95, None), Ok(246));
/// assert_eq!(settling_size(IntervalMethod::Wilson, 0.85, &[0.8], 0.95, Some(300)), Ok(136));
/// ```
pub fn settling_size(
    method: IntervalMethod,
    share: f64,
    thresholds: &[f64],
    level: f64,
    population: Option<u64>,
) -> Result<u64, Unsuitable> {
    if population == Some(0) {
        return Err(Unsuitable::NoPopulation);
    }
    if !(0.0..=1.0).contains(&share) || thresholds.iter().any(|threshold| !threshold.is_finite()) {
        return Err(Unsuitable::OutOfRange);
    }
    let settles = |n: u64| settles(method, share, thresholds, level, population, n);
    let most = population.unwrap_or(MOST).min(MOST);
    if thresholds.contains(&share) {
        return Err(Unsuitable::Never);
    }
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

/// Whether n answers with that share leave every threshold outside the interval.
fn settles(
    method: IntervalMethod,
    share: f64,
    thresholds: &[f64],
    level: f64,
    population: Option<u64>,
    n: u64,
) -> Result<bool, Unsuitable> {
    let size = n as f64;
    let interval = match population {
        Some(population) => interval_in_population(method, share * size, size, population as f64, level)?,
        None => interval(method, share * size, size, level)?,
    };
    Ok(thresholds.iter().all(|threshold| *threshold < interval.low || *threshold > interval.high))
}

#[cfg(test)]
#[path = "sample_size_tests.rs"]
mod tests;
