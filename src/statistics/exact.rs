//! From exact numbers to floats and back: what an exact path needs of constant growth.

use std::ops::Bound;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::estimate::Estimate;
use super::growth::{geometric, geometric_day};
use super::quantile::finite;
use super::unsuitable::Unsuitable;
use crate::number::Ratio;

/// The float nearest to an exact number, to within its last digit.
///
/// # Errors
/// `OutOfRange` beyond what a float can hold.
///
/// ```
/// use attain::{number::Ratio, statistics::float};
/// assert_eq!(float(&Ratio::new(1, 8).unwrap()), Ok(0.125));
/// ```
pub fn float(value: &Ratio) -> Result<f64, Unsuitable> {
    let (over, under) = value.parts();
    // Whole numbers of any length are cut to what a float holds, both by as many bits.
    let beyond = over.bits().max(under.bits()).saturating_sub(1000);
    let part = |part: BigInt| (part >> beyond).to_f64().ok_or(Unsuitable::OutOfRange);
    finite(part(over)? / part(under)?)
}

/// A range of exact numbers in floats.
pub(crate) fn float_range((low, high): &(Bound<Ratio>, Bound<Ratio>)) -> Result<(Bound<f64>, Bound<f64>), Unsuitable> {
    let end = |end: &Bound<Ratio>| match end {
        Bound::Included(at) => float(at).map(Bound::Included),
        Bound::Excluded(at) => float(at).map(Bound::Excluded),
        Bound::Unbounded => Ok(Bound::Unbounded),
    };
    Ok((end(low)?, end(high)?))
}

/// A float as it is shown.
pub(crate) fn estimate(value: f64) -> Result<Estimate, Unsuitable> {
    Estimate::new(value).ok_or(Unsuitable::OutOfRange)
}

/// The value of constant growth from one value to another after a share of the time, to 12 significant digits.
///
/// ```text
/// v₀·(v₁/v₀)^s
/// ```
/// None where the ends are 0 or of two signs.
pub(crate) fn grown(from: &Ratio, to: &Ratio, share: &Ratio) -> Option<Ratio> {
    let value = geometric(float(from).ok()?, float(to).ok()?, 1.0, float(share).ok()?).ok()?;
    Estimate::new(value).map(Estimate::to_ratio)
}

/// The days after which constant growth over `days` reaches a value, to 12 significant digits.
///
/// ```text
/// n·ln(v/v₀)/ln(v₁/v₀)
/// ```
pub(crate) fn grown_days(from: &Ratio, to: &Ratio, days: i64, value: &Ratio) -> Option<Ratio> {
    let day = geometric_day(float(from).ok()?, float(to).ok()?, days.to_f64()?, float(value).ok()?).ok()?;
    Estimate::new(day).map(Estimate::to_ratio)
}
