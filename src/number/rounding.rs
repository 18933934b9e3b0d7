//! Rounding as a value: how many places, and what happens to a half.

use std::ops::Bound;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::Signed;
use serde::{Deserialize, Serialize};

use super::Ratio;
use super::ratio::whole;

/// What happens to a number that lies exactly between two neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RoundingMode {
    /// Away from zero: 2.5 gives 3, −2.5 gives −3. What officials and schools do.
    #[default]
    HalfUp,
    /// To the even neighbour: 2.5 gives 2, 3.5 gives 4.
    HalfEven,
}

/// A rounding: to `scale` decimal places, halves as `mode` says.
///
/// ```
/// use attain::number::{Ratio, Rounding, RoundingMode};
/// let value = Ratio::new(7996, 100).unwrap(); // 79.96
/// let one_place = Rounding { scale: 1, mode: RoundingMode::HalfUp };
/// assert_eq!(one_place.apply(&value), Ratio::from(80));
/// assert_eq!(one_place.fixed(&value), "80.0");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// How many decimal places, at most 28.
    pub scale: u32,
    /// What happens to a half.
    #[serde(default)]
    pub mode: RoundingMode,
}

impl Rounding {
    /// How the scorecard document rounds a quotient: 12 places, half away from zero.
    pub const DOCUMENT: Self = Self { scale: 12, mode: RoundingMode::HalfUp };

    /// Half away from zero at `scale` places.
    #[must_use]
    pub const fn half_up(scale: u32) -> Self {
        Self { scale, mode: RoundingMode::HalfUp }
    }

    /// The rounded number.
    #[must_use]
    pub fn apply(self, value: &Ratio) -> Ratio {
        let scale = whole(self.power());
        whole(self.scaled(value)).divided_by(&scale).unwrap_or(Ratio::ZERO)
    }

    /// The values whose rounded number lies in a range.
    ///
    /// ```text
    /// from m − u/2 to M + u/2; such an end belongs where it is itself rounded to m or M
    /// ```
    /// u: a unit of the last place; m, M: the least and the highest multiple of u in the range.
    pub(crate) fn values_rounded_into(self, range: (Bound<Ratio>, Bound<Ratio>)) -> (Bound<Ratio>, Bound<Ratio>) {
        let unit = self.unit();
        let half = unit.divided_by(&Ratio::from(2)).unwrap_or(Ratio::ZERO);
        let units = |value: &Ratio| value.divided_by(&unit).unwrap_or(Ratio::ZERO);
        let edge = |rounded: Ratio, end: Ratio| match self.apply(&end) == rounded {
            true => Bound::Included(end),
            false => Bound::Excluded(end),
        };
        let from = |least: Ratio| edge(least.clone(), &least - &half);
        let to = |highest: Ratio| edge(highest.clone(), &highest + &half);
        let low = match range.0 {
            Bound::Included(low) => from(units(&low).ceil() * &unit),
            Bound::Excluded(low) => from((units(&low).floor() + Ratio::ONE) * &unit),
            Bound::Unbounded => Bound::Unbounded,
        };
        let high = match range.1 {
            Bound::Included(high) => to(units(&high).floor() * &unit),
            Bound::Excluded(high) => to((units(&high).ceil() - Ratio::ONE) * &unit),
            Bound::Unbounded => Bound::Unbounded,
        };
        (low, high)
    }

    /// The rounded number with exactly `scale` places: `80.0`.
    #[must_use]
    pub fn fixed(self, value: &Ratio) -> String {
        let scaled = self.scaled(value);
        let digits = scaled.abs().to_string();
        let sign = if scaled.sign() == Sign::Minus { "-" } else { "" };
        let places = self.scale as usize;
        if places == 0 {
            return format!("{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = places.saturating_add(1));
        let (units, fraction) = padded.split_at(padded.len().saturating_sub(places));
        format!("{sign}{units}.{fraction}")
    }

    /// The rounded number without trailing zeros: `80`.
    #[must_use]
    pub fn shortest(self, value: &Ratio) -> String {
        let fixed = self.fixed(value);
        if self.scale == 0 {
            return fixed;
        }
        fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// A unit of the last place: 0.01 at two of them.
    pub(crate) fn unit(self) -> Ratio {
        Ratio::ONE.divided_by(&whole(self.power())).unwrap_or(Ratio::ONE)
    }

    fn power(self) -> BigInt {
        BigInt::from(10).pow(self.scale)
    }

    /// The rounded number times 10^scale.
    fn scaled(self, value: &Ratio) -> BigInt {
        let (n, d) = value.wide();
        let (quotient, remainder): (BigInt, BigInt) = (n.abs() * self.power()).div_rem(&d);
        let doubled: BigInt = remainder * 2;
        let up = match doubled.cmp(&d) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => self.mode == RoundingMode::HalfUp || quotient.is_odd(),
        };
        let size = if up { quotient + 1 } else { quotient };
        if n.is_negative() { -size } else { size }
    }
}
