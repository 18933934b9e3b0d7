//! Confidence intervals for a share, from the answers of a sample.

use super::beta::{self, Tail};
use super::quantile::{finite, normal_exceeded_with, tail_of};
use super::unsuitable::Unsuitable;

/// How the interval is computed. Sources: Brown, Cai and `DasGupta`, "Interval estimation for a binomial proportion"
/// (Statistical Science 16, 2001); Clopper and Pearson (Biometrika 26, 1934).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntervalMethod {
    /// Wilson's score interval: all shares that a normal test would not reject.
    Wilson,
    /// The exact tails of the binomial distribution: never covers less than its level.
    ClopperPearson,
    /// Wilson's centre with Wald's width.
    AgrestiCoull,
    /// The equal tails of the posterior after Jeffreys' prior, Beta(k + ½, n − k + ½), down to 0 where nobody said yes and up
    /// to 1 where everybody did: the modification of Brown, Cai and `DasGupta` that holds the estimate.
    Jeffreys,
}

impl IntervalMethod {
    /// The method's name as documents write it.
    ///
    /// ```
    /// assert_eq!(attain::statistics::IntervalMethod::ClopperPearson.code(), "clopper_pearson");
    /// ```
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Wilson => "wilson",
            Self::ClopperPearson => "clopper_pearson",
            Self::AgrestiCoull => "agresti_coull",
            Self::Jeffreys => "jeffreys",
        }
    }
}

/// Two shares from 0 to 1 (for differences from −1 to 1), the lower first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The higher end.
    pub high: f64,
}

impl Interval {
    /// Both ends within 0 to 1 and finite; ends that rounding has swapped are swapped back.
    fn of_shares(low: f64, high: f64) -> Result<Self, Unsuitable> {
        let (low, high) = (finite(low)?.clamp(0.0, 1.0), finite(high)?.clamp(0.0, 1.0));
        Ok(Self { low: low.min(high), high: low.max(high) })
    }

    /// The interval widened to hold the share: against the rounding of its ends, and at levels so low that the middle of
    /// the distribution, which is not the share, is all there is.
    fn holding(self, share: f64) -> Self {
        Self { low: self.low.min(share), high: self.high.max(share) }
    }
}

/// The interval at a two-sided level around the share k/n; neither has to be whole.
///
/// ```text
/// wilson          (k + z²/2)/(n + z²) ± z/(n + z²)·√(k·(n−k)/n + z²/4)
/// clopper_pearson from the α/2 quantile of Beta(k, n−k+1) to the 1−α/2 quantile of Beta(k+1, n−k)
/// agresti_coull   p̃ ± z·√(p̃·(1−p̃)/(n + z²)) with p̃ = (k + z²/2)/(n + z²)
/// jeffreys        the α/2 and 1−α/2 quantiles of Beta(k + ½, n−k + ½); from 0 for k = 0, to 1 for k = n
/// ```
///
/// α = 1 − level, z the 1−α/2 quantile of the normal distribution; clipped to 0 to 1. Every interval holds k/n: at levels so low
/// that one would not, it is widened to it.
///
/// # Errors
/// `TooFewPoints` where n is 0; `OutOfRange` for k below 0 or above n and a level outside 0 to 1.
///
/// ```
/// use attain::statistics::{IntervalMethod, interval};
/// // 0 of 10 by Clopper and Pearson: up to 1 − 0.025^(1/10) = 0.3085.
/// let none = interval(IntervalMethod::ClopperPearson, 0.0, 10.0, 0.95)?;
/// assert!(none.low == 0.0 && (none.high - 0.308_497_115).abs() < 1e-8);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn interval(method: IntervalMethod, successes: f64, n: f64, level: f64) -> Result<Interval, Unsuitable> {
    let tail = tail_of(level)?;
    if n == 0.0 && successes == 0.0 {
        return Err(Unsuitable::TooFewPoints);
    }
    if !(n > 0.0 && n.is_finite() && (0.0..=n).contains(&successes)) {
        return Err(Unsuitable::OutOfRange);
    }
    let found = match method {
        IntervalMethod::Wilson => wilson(successes, n, tail),
        IntervalMethod::ClopperPearson => clopper_pearson(successes, n, tail),
        IntervalMethod::AgrestiCoull => agresti_coull(successes, n, tail),
        IntervalMethod::Jeffreys => jeffreys(successes, n, tail),
    };
    Ok(found?.holding(successes / n))
}

fn wilson(k: f64, n: f64, tail: f64) -> Result<Interval, Unsuitable> {
    let z = normal_exceeded_with(tail)?;
    let (centre, half) = (k + 0.5 * z * z, z * (k * ((n - k) / n) + 0.25 * z * z).sqrt());
    let all = n + z * z;
    // At the ends of the scale the two terms cancel exactly, but not once they are rounded.
    let low = if k == 0.0 { 0.0 } else { (centre - half) / all };
    let high = if k == n { 1.0 } else { (centre + half) / all };
    Interval::of_shares(low, high)
}

fn clopper_pearson(k: f64, n: f64, tail: f64) -> Result<Interval, Unsuitable> {
    let low = if k == 0.0 { 0.0 } else { beta::quantile(k, n - k + 1.0, tail, Tail::Lower)?.0 };
    let high = if k == n { 1.0 } else { beta::quantile(k + 1.0, n - k, tail, Tail::Upper)?.0 };
    Interval::of_shares(low, high)
}

fn agresti_coull(k: f64, n: f64, tail: f64) -> Result<Interval, Unsuitable> {
    let z = normal_exceeded_with(tail)?;
    let all = n + z * z;
    let share = (k + 0.5 * z * z) / all;
    let half = z * (share * (1.0 - share) / all).sqrt();
    Interval::of_shares(share - half, share + half)
}

fn jeffreys(k: f64, n: f64, tail: f64) -> Result<Interval, Unsuitable> {
    let (a, b) = (k + 0.5, n - k + 0.5);
    let low = if k == 0.0 { 0.0 } else { beta::quantile(a, b, tail, Tail::Lower)?.0 };
    let high = if k == n { 1.0 } else { beta::quantile(a, b, tail, Tail::Upper)?.0 };
    Interval::of_shares(low, high)
}

/// The answers that a sample of n from a population of N is worth: the fewer are left unasked, the more.
///
/// ```text
/// n·(N − 1)/(N − n)
/// ```
///
/// Source: the finite population correction of the variance, Cochran, Sampling Techniques (3rd ed. 1977), §2.6.
///
/// # Errors
/// `NoPopulation` where N is not at least 1; `OutOfRange` where n is below 0 or above N, and where everybody was asked, which
/// is worth more than any number.
///
/// ```
/// // 5 of 6 people are worth 25 answers from a large population.
/// assert_eq!(attain::statistics::effective_sample(5.0, 6.0), Ok(25.0));
/// ```
pub fn effective_sample(n: f64, population: f64) -> Result<f64, Unsuitable> {
    has_population(population)?;
    if !(n >= 0.0 && n < population && population.is_finite()) {
        return Err(Unsuitable::OutOfRange);
    }
    finite(n * ((population - 1.0) / (population - n)))
}

/// Whether there is anybody.
fn has_population(population: f64) -> Result<(), Unsuitable> {
    if population >= 1.0 { Ok(()) } else { Err(Unsuitable::NoPopulation) }
}

/// The interval around k/n where the n were drawn from a population of a known size: the interval of
/// [`effective_sample`] answers with the same share, and the share itself where everybody was asked.
///
/// ```text
/// the interval of k·m/n of m with m = n·(N − 1)/(N − n)
/// ```
///
/// N: the population; ends are shares from 0 to 1. Source: as [`effective_sample`].
///
/// # Errors
/// As [`interval`] and [`effective_sample`].
///
/// ```
/// use attain::statistics::{IntervalMethod, interval_in_population};
/// let all = interval_in_population(IntervalMethod::Wilson, 3.0, 10.0, 10.0, 0.95)?;
/// assert_eq!((all.low, all.high), (0.3, 0.3));
/// let some = interval_in_population(IntervalMethod::Wilson, 2.0, 5.0, 6.0, 0.95)?;
/// assert!((some.low - 0.234_033).abs() < 1e-6 && (some.high - 0.592_605).abs() < 1e-6);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn interval_in_population(
    method: IntervalMethod,
    successes: f64,
    n: f64,
    population: f64,
    level: f64,
) -> Result<Interval, Unsuitable> {
    has_population(population)?;
    // What is wrong with the counts is found before the correction.
    let uncorrected = interval(method, successes, n, level)?;
    let share = successes / n;
    if n == population {
        return Ok(Interval { low: share, high: share });
    }
    let effective = effective_sample(n, population)?;
    // A single answer of a population is worth exactly itself.
    if effective == n {
        return Ok(uncorrected);
    }
    Ok(interval(method, (share * effective).min(effective), effective, level)?.holding(share))
}

#[cfg(test)]
#[path = "proportion_tests.rs"]
mod tests;
