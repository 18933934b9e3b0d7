//! The exact interval of a count within a population, from a sample without replacement.

use super::beta::binomial;
use super::quantile::tail_of;
use super::unsuitable::Unsuitable;

/// The counts M within a population of N that a sample of n with k successes does not rule out.
///
/// ```text
/// from the least M with P(X ≥ k | M) > α/2 to the largest M with P(X ≤ k | M) > α/2
/// ```
///
/// X is hypergeometric (n drawn from N, of which M count), α = 1 − level. Never covers less than its level. Source: Konijn,
/// Statistical Theory of Sample Survey Design and Analysis (1973); Buonaccorsi (The American Statistician 41, 1987).
///
/// # Errors
/// `NoPopulation` where N is 0, `TooFewPoints` where n is 0, `OutOfRange` for k > n, n > N, N above 2⁵³ or a level
/// outside 0 to 1.
///
/// ```
/// // None of 5 people asked, of 6: at most the one who was not asked.
/// assert_eq!(attain::statistics::exact_interval(0, 5, 6, 0.9), Ok((0, 1)));
/// // Everybody was asked.
/// assert_eq!(attain::statistics::exact_interval(3, 10, 10, 0.95), Ok((3, 3)));
/// ```
pub fn exact_interval(successes: u64, n: u64, population: u64, level: f64) -> Result<(u64, u64), Unsuitable> {
    let tail = tail_of(level)?;
    if population == 0 {
        return Err(Unsuitable::NoPopulation);
    }
    if n == 0 && successes == 0 {
        return Err(Unsuitable::TooFewPoints);
    }
    if successes > n || n > population || population > 1 << 53 {
        return Err(Unsuitable::OutOfRange);
    }
    // By symmetry the largest M is what the least count of the others leaves.
    let low = least(successes, n, population, tail);
    let high = population - least(n - successes, n, population, tail);
    Ok((low, high))
}

/// The least M with `P(X ≥ k | M) > tail`, by bisection: the probability rises with M.
fn least(k: u64, n: u64, population: u64, tail: f64) -> u64 {
    let (mut low, mut high) = (k, population - (n - k));
    while low < high {
        let middle = u64::midpoint(low, high);
        // A probability that equals the tail up to rounding is not above it.
        if at_least(k, n, middle, population) > tail * (1.0 + 1e-12) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// `P(X ≥ k)` for n drawn from a population of which `marked` count.
fn at_least(k: u64, n: u64, marked: u64, population: u64) -> f64 {
    let (k, n, marked, all) = (k as f64, n as f64, marked as f64, population as f64);
    let (lowest, highest) = ((n + marked - all).max(0.0), n.min(marked));
    if k <= lowest {
        return 1.0;
    }
    if k > highest {
        return 0.0;
    }
    // The terms fall away from the mean, so the tail beyond it is the one to sum.
    if k > n * (marked / all) {
        sum_upward(k, n, marked, all, highest)
    } else {
        1.0 - sum_downward(k - 1.0, n, marked, all, lowest)
    }
}

/// One hypergeometric probability, as three binomial ones (Loader 2000).
fn probability(x: f64, n: f64, marked: f64, all: f64) -> f64 {
    let (p, q) = (n / all, (all - n) / all);
    binomial(x, marked, p, q) * binomial(n - x, all - marked, p, q) / binomial(n, all, p, q)
}

/// The sum from x up, each term from the one before, until the terms no longer count.
fn sum_upward(mut x: f64, n: f64, marked: f64, all: f64, highest: f64) -> f64 {
    let mut term = probability(x, n, marked, all);
    let mut sum = term;
    while x < highest && term > sum * 1e-18 {
        term *= (marked - x) / (x + 1.0) * ((n - x) / (all - marked - n + x + 1.0));
        x += 1.0;
        sum += term;
    }
    sum
}

/// The sum from x down.
fn sum_downward(mut x: f64, n: f64, marked: f64, all: f64, lowest: f64) -> f64 {
    let mut term = probability(x, n, marked, all);
    let mut sum = term;
    while x > lowest && term > sum * 1e-18 {
        term *= x / (marked - x + 1.0) * ((all - marked - n + x) / (n - x + 1.0));
        x -= 1.0;
        sum += term;
    }
    sum
}

#[cfg(test)]
#[path = "hypergeometric_tests.rs"]
mod tests;
