//! From exact numbers to floats and back: what an exact path needs of constant growth.

use num_traits::ToPrimitive;

use super::estimate::Estimate;
use super::growth::{geometric, geometric_day};
use crate::number::Ratio;

/// The float nearest to an exact number, to within its last digit; none beyond what a float can hold.
#[must_use]
pub fn float(value: &Ratio) -> Option<f64> {
    let (over, under) = value.parts();
    // Whole numbers of any length are cut to what a float holds, both by as many bits.
    let beyond = over.bits().max(under.bits()).saturating_sub(1000);
    let (over, under) = ((over >> beyond).to_f64()?, (under >> beyond).to_f64()?);
    let quotient = over / under;
    quotient.is_finite().then_some(quotient)
}

/// The value of constant growth from one value to another after a share of the time, to 12 significant digits.
///
/// ```text
/// v₀·(v₁/v₀)^s
/// ```
/// None where the ends are 0 or of two signs.
pub(crate) fn grown(from: &Ratio, to: &Ratio, share: &Ratio) -> Option<Ratio> {
    let value = geometric(float(from)?, float(to)?, 1.0, float(share)?).ok()?;
    Estimate::new(value).map(Estimate::to_ratio)
}

/// The days after which constant growth over `days` reaches a value, to 12 significant digits.
///
/// ```text
/// n·ln(v/v₀)/ln(v₁/v₀)
/// ```
pub(crate) fn grown_days(from: &Ratio, to: &Ratio, days: i64, value: &Ratio) -> Option<Ratio> {
    let day = geometric_day(float(from)?, float(to)?, days.to_f64()?, float(value)?).ok()?;
    Estimate::new(day).map(Estimate::to_ratio)
}
