//! The normal and Student's t distribution: probabilities and quantiles that keep their digits in the tails.

use std::f64::consts::{PI, SQRT_2};

use statrs::function::erf::{erfc, erfc_inv};

use super::beta::{self, Tail};
use super::unsuitable::Unsuitable;

/// The probability that a standard normal variable is at most z.
pub(super) fn normal_below(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}

/// The z that a standard normal variable exceeds with the given probability.
///
/// # Errors
/// `OutOfRange` for probabilities outside 0 to 1, and where the quantile is no finite number.
pub(super) fn normal_exceeded_with(probability: f64) -> Result<f64, Unsuitable> {
    if !(probability > 0.0 && probability < 1.0) {
        return Err(Unsuitable::OutOfRange);
    }
    if probability > 0.5 {
        return Ok(-normal_exceeded_with(1.0 - probability)?);
    }
    let mut z = SQRT_2 * erfc_inv(2.0 * probability);
    // Two Newton steps on the logarithm take out what the rational approximation lacks.
    for _ in 0..2 {
        let reached = normal_below(-z);
        let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
        if reached > 0.0 && density > 0.0 {
            z += (reached / probability).ln() * reached / density;
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
    let ratio = (t / df.sqrt()).powi(2);
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
