//! The beta distribution: tails and quantiles for shapes of any size.
//!
//! The density is Loader's ("Fast and accurate computation of binomial probabilities", 2000), which does not cancel for large
//! shapes as differences of log-gammas do; the tails are a continued fraction that runs until it has converged.

use super::math::{exp, ln, ln_1p};
use super::unsuitable::Unsuitable;

/// ln √(2π)
const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// What Stirling's formula lacks: `ln Γ(z+1) − (z+½)·ln z + z − ½·ln 2π` for z > 0.
fn stirling_error(z: f64) -> f64 {
    if z < 16.0 {
        // What it lacks at z beyond what it lacks at z + 1.
        return (z + 0.5) * ln_1p(1.0 / z) - 1.0 + stirling_error(z + 1.0);
    }
    let square = z * z;
    let series = 1.0 / 1680.0 - 1.0 / (1188.0 * square);
    let series = 1.0 / 1260.0 - series / square;
    let series = 1.0 / 360.0 - series / square;
    (1.0 / 12.0 - series / square) / z
}

/// How far a count lies from its mean: `x·ln(x/m) + m − x`, without cancellation where they are near (Loader's bd0).
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * ln(x / m) + m - x;
    }
    let v = (x - m) / (x + m);
    let (mut sum, mut term) = ((x - m) * v, 2.0 * x * v);
    for j in 1..1000 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The binomial probability of k of n at shares x and y = 1 − x, for any real k from 0 to n.
pub(super) fn binomial(k: f64, n: f64, x: f64, y: f64) -> f64 {
    let rest = n - k;
    if k <= 0.0 {
        return if x < y { exp(n * ln_1p(-x)) } else { exp(n * ln(y)) };
    }
    if rest <= 0.0 {
        return if y < x { exp(n * ln_1p(-y)) } else { exp(n * ln(x)) };
    }
    if x <= 0.0 || y <= 0.0 {
        return 0.0;
    }
    let exponent = stirling_error(n) - stirling_error(k) - stirling_error(rest) - deviance(k, n * x) - deviance(rest, n * y);
    exp(exponent - LN_ROOT_TWO_PI) * (n / k / rest).sqrt()
}

/// The common factor of density and tails: `x^a · y^b / B(a, b)` with y = 1 − x.
fn front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    a / (a + b) * b * binomial(a, a + b, x, y)
}

/// Lower and upper tail of the beta distribution at x, where y = 1 − x is given beside it to keep its digits.
///
/// ```text
/// I_x(a, b) and I_y(b, a) = 1 − I_x(a, b)
/// ```
///
/// # Errors
/// `OutOfRange` for shapes that are not above 0, and where the fraction does not converge.
pub(super) fn tails(a: f64, b: f64, x: f64, y: f64) -> Result<(f64, f64), Unsuitable> {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && x >= 0.0 && y >= 0.0) {
        return Err(Unsuitable::OutOfRange);
    }
    if x == 0.0 || y == 0.0 {
        return Ok(if x == 0.0 { (0.0, 1.0) } else { (1.0, 0.0) });
    }
    // The fraction converges fast on this side of the mean only.
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = (front(a, b, x, y) / fraction(a, b, x, y)?).clamp(0.0, 1.0);
        Ok((lower, 1.0 - lower))
    } else {
        let upper = (front(b, a, y, x) / fraction(b, a, y, x)?).clamp(0.0, 1.0);
        Ok((1.0 - upper, upper))
    }
}

/// The continued fraction that divides the front to give the lower tail: the form of Didonato and Morris ("Algorithm 708",
/// ACM Transactions on Mathematical Software 18, 1992), in which both x and y keep their digits; by Lentz's method.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> Result<f64, Unsuitable> {
    let away_from_zero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut result = away_from_zero(a * (a * y - b * x + 1.0) / (a + 1.0));
    let (mut c, mut d) = (result, 0.0);
    for m in 1..2_000_000_u32 {
        let m = f64::from(m);
        let share = m * (b - m) * x / (a + 2.0 * m - 1.0);
        let above = (a + m - 1.0) / (a + 2.0 * m - 1.0) * (a + b + m - 1.0) * x * share;
        let below = m + share + (a + m) / (a + 2.0 * m + 1.0) * (a * y - b * x + 1.0 + m * (1.0 + y));
        d = 1.0 / away_from_zero(below + above * d);
        c = away_from_zero(below + above / c);
        let step = c * d;
        result *= step;
        if (step - 1.0).abs() < 4e-16 {
            return Ok(result);
        }
    }
    Err(Unsuitable::OutOfRange)
}

/// Which end of a distribution a probability is counted from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    Lower,
    Upper,
}

/// The point x below (or above) which a beta variable falls with the given probability, and 1 − x.
///
/// Newton steps on the logarithm of the smaller tail, over ln(x/(1−x)), kept within a bracket.
///
/// # Errors
/// `OutOfRange` for shapes that are not above 0 and probabilities outside 0 to 1.
pub(super) fn quantile(a: f64, b: f64, probability: f64, tail: Tail) -> Result<(f64, f64), Unsuitable> {
    if !(probability > 0.0 && probability < 1.0) {
        return Err(Unsuitable::OutOfRange);
    }
    // The complement of a large probability is exact enough, that of a small one is not.
    if probability > 0.5 {
        let other = if tail == Tail::Lower { Tail::Upper } else { Tail::Lower };
        return quantile(a, b, 1.0 - probability, other);
    }
    let shares = |u: f64| (1.0 / (1.0 + exp(-u)), 1.0 / (1.0 + exp(u)));
    let (mut low, mut high) = (-700.0_f64, 700.0_f64);
    let mut u = ln(a / b).clamp(low, high);
    for _ in 0..300 {
        let (x, y) = shares(u);
        let (lower, upper) = tails(a, b, x, y)?;
        let reached = if tail == Tail::Lower { lower } else { upper };
        // Too far to the right: the lower tail is too large, or the upper one too small.
        if (reached > probability) == (tail == Tail::Lower) {
            high = u;
        } else {
            low = u;
        }
        let away = ln(reached / probability) * reached / front(a, b, x, y);
        let next = if tail == Tail::Lower { u - away } else { u + away };
        // The steps converge quadratically, so one this small leaves nothing but rounding.
        if away.abs() <= 1e-12 * (1.0 + u.abs()) {
            return Ok(shares(next));
        }
        u = if next > low && next < high { next } else { f64::midpoint(low, high) };
    }
    Ok(shares(u))
}

#[cfg(test)]
#[path = "beta_tests.rs"]
mod tests;
