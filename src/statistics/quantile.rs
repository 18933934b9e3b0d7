//! The normal and Student's t distribution: probabilities and quantiles that keep their digits in the tails.

use std::f64::consts::PI;

use super::beta::{self, Tail};
use super::math::{exp, ln};
use super::unsuitable::Unsuitable;

/// The probability that a standard normal variable is at most z.
///
/// ```text
/// |z| ≤ 2: ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …)    beyond: φ(z)/(z + 1/(z + 2/(z + 3/…)))
/// ```
///
/// Source: Abramowitz and Stegun, 26.2.11 and 26.2.14.
pub(super) fn normal_below(z: f64) -> f64 {
    if z > 2.0 {
        return 1.0 - normal_below(-z);
    }
    if z < -2.0 {
        let fraction = (1..=200_u32).rev().fold(-z, |rest, k| f64::from(k) / rest - z);
        return density(z) / fraction;
    }
    let (mut sum, mut term, mut odd) = (z, z, 1.0);
    while term.abs() > 1e-18 * sum.abs() {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    0.5 + density(z) * sum
}

/// φ(z) = e^(−z²/2)/√(2π)
fn density(z: f64) -> f64 {
    exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// The z that a standard normal variable exceeds with the given probability.
///
/// The rational approximation of Abramowitz and Stegun, 26.2.23, is within 0.00045; Newton steps on the logarithm of the
/// probability do the rest.
///
/// # Errors
/// `OutOfRange` for probabilities outside 0 to 1.
pub(super) fn normal_exceeded_with(probability: f64) -> Result<f64, Unsuitable> {
    if !(probability > 0.0 && probability < 1.0) {
        return Err(Unsuitable::OutOfRange);
    }
    if probability > 0.5 {
        return Ok(-normal_exceeded_with(1.0 - probability)?);
    }
    if probability == 0.5 {
        return Ok(0.0);
    }
    let t = (-2.0 * ln(probability)).sqrt();
    let mut z = t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    for _ in 0..4 {
        let (reached, density) = (normal_below(-z), density(z));
        if reached > 0.0 && density > 0.0 {
            z += ln(reached / probability) * reached / density;
        }
    }
    finite(z)
}

/// The probability that a variable with Student's t distribution is at most t.
///
/// ```text
/// P(|T| > t) = I_x(df/2, 1/2) with x = df/(df + t²)
/// ```
///
/// # Errors
/// `OutOfRange` where there are no degrees of freedom.
pub(super) fn student_below(t: f64, df: f64) -> Result<f64, Unsuitable> {
    if t.is_infinite() {
        return Ok(if t > 0.0 { 1.0 } else { 0.0 });
    }
    // With t²/df as one number neither of the two shares loses its digits, whatever the size of t.
    let ratio = (t / df.sqrt()) * (t / df.sqrt());
    let (x, y) = if ratio.is_infinite() { (0.0, 1.0) } else { (1.0 / (1.0 + ratio), ratio / (1.0 + ratio)) };
    let (two_sided, _) = beta::tails(0.5 * df, 0.5, x, y)?;
    Ok(if t > 0.0 { 1.0 - 0.5 * two_sided } else { 0.5 * two_sided })
}

/// The t that a variable with Student's t distribution exceeds with the given probability.
///
/// # Errors
/// `OutOfRange` for probabilities outside 0 to 1 or without degrees of freedom.
pub(super) fn student_exceeded_with(probability: f64, df: f64) -> Result<f64, Unsuitable> {
    if probability > 0.5 {
        return Ok(-student_exceeded_with(1.0 - probability, df)?);
    }
    if probability == 0.5 {
        return Ok(0.0);
    }
    let (x, y) = beta::quantile(0.5 * df, 0.5, 2.0 * probability, Tail::Lower)?;
    finite((df * y / x).sqrt())
}

/// The share of either tail that a two-sided level leaves.
///
/// # Errors
/// `OutOfRange` for levels outside 0 to 1.
pub(super) fn tail_of(level: f64) -> Result<f64, Unsuitable> {
    let tail = 0.5 * (1.0 - level);
    if level > 0.0 && level < 1.0 { Ok(tail) } else { Err(Unsuitable::OutOfRange) }
}

/// The value, unless it is NaN or infinite.
///
/// # Errors
/// `OutOfRange` for these.
pub(super) fn finite(value: f64) -> Result<f64, Unsuitable> {
    if value.is_finite() { Ok(value) } else { Err(Unsuitable::OutOfRange) }
}

#[cfg(test)]
#[path = "quantile_tests.rs"]
mod tests;
