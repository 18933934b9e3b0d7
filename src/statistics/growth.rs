//! Growth at a constant rate.

use super::line::Line;
use super::math::{exp, exp_m1, ln, ln_1p};
use super::quantile::finite;
use super::unsuitable::Unsuitable;

/// The growth rate per year from one value to another (CAGR).
///
/// ```text
/// (end/begin)^(1/years) − 1
/// ```
///
/// # Errors
/// `NonPositive` for begin ≤ 0 or end < 0; `EqualDates` for 0 years, `OutOfRange` for less and for inputs or results that
/// are not finite.
///
/// ```
/// let rate = attain::statistics::compound_growth_rate(100.0, 121.0, 2.0)?;
/// assert!((rate - 0.1).abs() < 1e-15);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn compound_growth_rate(begin: f64, end: f64, years: f64) -> Result<f64, Unsuitable> {
    finite(begin).and(finite(end)).and(finite(years))?;
    if begin <= 0.0 || end < 0.0 {
        return Err(Unsuitable::NonPositive);
    }
    if years <= 0.0 {
        return Err(if years == 0.0 { Unsuitable::EqualDates } else { Unsuitable::OutOfRange });
    }
    finite(exp_m1(logarithm_of_quotient(end, begin) / years))
}

/// The growth rate per unit of time that leads from the actual to the target in the time that remains.
///
/// ```text
/// (target/actual)^(1/remaining) − 1
/// ```
///
/// # Errors
/// `NoTimeLeft` where nothing remains, else as [`compound_growth_rate`].
///
/// ```
/// // Four times as much in two years: doubling every year.
/// let rate = attain::statistics::required_growth_rate(25.0, 100.0, 2.0)?;
/// assert!((rate - 1.0).abs() < 1e-15);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn required_growth_rate(actual: f64, target: f64, remaining: f64) -> Result<f64, Unsuitable> {
    if remaining <= 0.0 { Err(Unsuitable::NoTimeLeft) } else { compound_growth_rate(actual, target, remaining) }
}

/// The value after some of the years in which constant growth leads from begin to end.
///
/// ```text
/// begin·(end/begin)^(at/years)
/// ```
///
/// Both ends may be negative. At 0 and at `years` it is exactly begin and end.
///
/// # Errors
/// `NonPositive` where the ends are not of one sign or one is 0; `EqualDates` for 0 years; `OutOfRange` for fewer, and for
/// inputs or results that are not finite.
///
/// ```
/// // From −8 to −2 in two years: −4 half-way.
/// let value = attain::statistics::geometric(-8.0, -2.0, 2.0, 1.0)?;
/// assert!((value + 4.0).abs() < 1e-15);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn geometric(begin: f64, end: f64, years: f64, at: f64) -> Result<f64, Unsuitable> {
    has_way(begin, end, years)?;
    if at == years {
        return Ok(end);
    }
    // From the nearer end, so that little is left to the exponential.
    let power = |from: f64, share: f64| from * exp(share);
    let growth = logarithm_of_quotient(end, begin) / years;
    let value = if (at / years).abs() <= 0.5 { power(begin, growth * at) } else { power(end, growth * (at - years)) };
    finite(at).and(finite(value))
}

/// The time, in the unit of `days`, after which constant growth from begin to end reaches a value.
///
/// ```text
/// days·ln(value/begin)/ln(end/begin)
/// ```
///
/// Negative where the value lies before begin.
///
/// # Errors
/// `NonPositive` where the ends and the value are not of one sign or one is 0; `EqualDates` for 0 days; `Never` where begin
/// equals end but not the value, and `ConstantSeries` where it equals it too; `OutOfRange` for inputs that are not finite.
///
/// ```
/// // From 10 to 1000 in 200 days: 100 half-way.
/// let day = attain::statistics::geometric_day(10.0, 1000.0, 200.0, 100.0)?;
/// assert!((day - 100.0).abs() < 1e-12);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn geometric_day(begin: f64, end: f64, days: f64, value: f64) -> Result<f64, Unsuitable> {
    has_way(begin, end, days)?;
    if finite(value)? == 0.0 || (value > 0.0) != (begin > 0.0) {
        return Err(Unsuitable::NonPositive);
    }
    if begin == end {
        return Err(if value == begin { Unsuitable::ConstantSeries } else { Unsuitable::Never });
    }
    if value == end {
        return Ok(days);
    }
    finite(days * (logarithm_of_quotient(value, begin) / logarithm_of_quotient(end, begin)))
}

/// The line of least squares through the logarithms of y: growth at a constant rate, with multiplicative errors.
///
/// # Errors
/// `NonPositive` where a value is 0 or negative, else as [`Line::fit`].
///
/// ```
/// let line = attain::statistics::log_linear(&[0.0, 1.0, 2.0], &[100.0, 200.0, 400.0])?;
/// assert!((line.slope() - 2.0_f64.ln()).abs() < 1e-15);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn log_linear(x: &[f64], y: &[f64]) -> Result<Line, Unsuitable> {
    if y.iter().any(|value| *value <= 0.0) {
        return Err(Unsuitable::NonPositive);
    }
    Line::fit(x, &y.iter().map(|value| ln(*value)).collect::<Vec<_>>())
}

/// The growth rate per unit of x by regression on logarithms; 100 times its negative is the average annual rate of reduction
/// (AARR) of UNICEF's technical note of 2007.
///
/// ```text
/// e^slope − 1
/// ```
///
/// # Errors
/// As [`log_linear`]; `OutOfRange` where no float holds the result.
///
/// ```
/// let rate = attain::statistics::log_linear_rate(&[0.0, 1.0, 2.0], &[100.0, 90.0, 81.0])?;
/// assert!((rate + 0.1).abs() < 1e-14);
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn log_linear_rate(x: &[f64], y: &[f64]) -> Result<f64, Unsuitable> {
    finite(exp_m1(log_linear(x, y)?.slope()))
}

/// ln(a/b) of two numbers of one sign, with all digits where they are near and where the quotient is beyond a float.
fn logarithm_of_quotient(a: f64, b: f64) -> f64 {
    let relative = (a - b) / b;
    if relative.abs() < 0.5 { ln_1p(relative) } else { ln(a.abs()) - ln(b.abs()) }
}

/// Whether there is a way of constant growth from begin to end.
fn has_way(begin: f64, end: f64, years: f64) -> Result<(), Unsuitable> {
    finite(begin).and(finite(end)).and(finite(years))?;
    if begin == 0.0 || end == 0.0 || (begin > 0.0) != (end > 0.0) {
        return Err(Unsuitable::NonPositive);
    }
    match years.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Greater) => Ok(()),
        Some(std::cmp::Ordering::Equal) => Err(Unsuitable::EqualDates),
        _ => Err(Unsuitable::OutOfRange),
    }
}
