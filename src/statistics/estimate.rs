//! A computed number, kept to the digits that mean something.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::number::Ratio;

/// A finite number of 12 significant digits.
///
/// It is rounded to 12 digits when it is made, half to even on the exact value of the float, so that the last digits of a
/// sum do not show: two numbers that print alike are equal. It prints as a plain decimal.
///
/// ```
/// use attain::statistics::Estimate;
/// let third = Estimate::new(1.0 / 3.0).unwrap();
/// assert_eq!(third.to_string(), "0.333333333333");
/// assert_eq!(Estimate::new(0.1 + 0.2), Estimate::new(0.3));
/// assert_eq!(Estimate::new(-0.0).unwrap().to_string(), "0");
/// assert_eq!(Estimate::new(f64::NAN), None);
/// ```
#[derive(Clone, Copy)]
pub struct Estimate(f64);

impl Estimate {
    /// The number rounded to 12 significant digits, or `None` where it is not finite.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        let rounded: f64 = format!("{value:.11e}").parse().ok()?;
        // Adding 0 turns -0 into 0.
        rounded.is_finite().then_some(Self(rounded + 0.0))
    }

    /// The float nearest to the 12 digits.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// The 12 digits as exact number.
    ///
    /// ```
    /// use attain::{number::Ratio, statistics::Estimate};
    /// assert_eq!(Estimate::new(0.1).unwrap().to_ratio(), Ratio::new(1, 10).unwrap());
    /// ```
    #[must_use]
    pub fn to_ratio(self) -> Ratio {
        let (negative, digits, exponent) = self.parts();
        let size = digits.parse().unwrap_or(0_i64);
        let mantissa = Ratio::from(if negative { -size } else { size });
        let power = power_of_ten(exponent.unsigned_abs());
        if exponent >= 0 { &mantissa * &power } else { mantissa.divided_by(&power).unwrap_or(Ratio::ZERO) }
    }

    /// Sign, digits and exponent: the number is `±digits · 10^exponent`.
    fn parts(self) -> (bool, String, i32) {
        let text = format!("{:.11e}", self.0.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = mantissa.replace('.', "");
        (self.0 < 0.0, digits, exponent.parse().unwrap_or(0) - 11)
    }
}

/// 10 to a power, by squaring.
fn power_of_ten(power: u32) -> Ratio {
    let (mut result, mut square, mut left) = (Ratio::ONE, Ratio::from(10), power);
    while left > 0 {
        if left % 2 == 1 {
            result = &result * &square;
        }
        square = &square * &square;
        left /= 2;
    }
    result
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (negative, digits, exponent) = self.parts();
        let (whole, fraction) = match usize::try_from(exponent) {
            Ok(zeros) => (digits + &"0".repeat(zeros), String::new()),
            Err(_) => {
                let places = usize::try_from(exponent.unsigned_abs()).unwrap_or(0);
                let padded = format!("{digits:0>width$}", width = places + 1);
                let (whole, fraction) = padded.split_at_checked(padded.len().saturating_sub(places)).unwrap_or(("0", ""));
                (whole.to_owned(), fraction.trim_end_matches('0').to_owned())
            }
        };
        let whole = whole.trim_start_matches('0');
        let shown =
            format!("{}{}{fraction}", if whole.is_empty() { "0" } else { whole }, if fraction.is_empty() { "" } else { "." });
        f.pad_integral(!negative, "", &shown)
    }
}

impl fmt::Debug for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl PartialEq for Estimate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Estimate {}

impl PartialOrd for Estimate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Estimate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for Estimate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl serde::Serialize for Estimate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
#[path = "estimate_tests.rs"]
mod tests;
