//! The scale on which a forecast is made.

use super::math::{exp, ln};
use super::unsuitable::Unsuitable;

/// The scale on which a method sees the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// The values as they are.
    Plain,
    /// ln((y − low)/(high − y)): no forecast and no interval leaves the bounds.
    Logit {
        /// The lower bound, which no value reaches.
        low: f64,
        /// The upper bound, which no value reaches.
        high: f64,
    },
}

/// The way from the values to the scale of the method and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Transform {
    Identity,
    Logarithm,
    Logit { low: f64, high: f64 },
}

impl Transform {
    /// The transform of a scale.
    ///
    /// # Errors
    /// `OutOfRange` where the bounds are not finite, or not a lower and a higher one.
    pub(super) fn of(scale: Scale) -> Result<Self, Unsuitable> {
        match scale {
            Scale::Plain => Ok(Self::Identity),
            Scale::Logit { low, high } if low < high && (high - low).is_finite() => Ok(Self::Logit { low, high }),
            Scale::Logit { .. } => Err(Unsuitable::OutOfRange),
        }
    }

    /// The values on the scale of the method.
    ///
    /// # Errors
    /// `NonPositive` for a value that has no logarithm, `AtBound` for one at or beyond a bound.
    pub(super) fn apply(self, values: &[f64]) -> Result<Vec<f64>, Unsuitable> {
        let reason = if self == Self::Logarithm { Unsuitable::NonPositive } else { Unsuitable::AtBound };
        values.iter().map(|value| Some(self.forward(*value)).filter(|z| z.is_finite()).ok_or(reason)).collect()
    }

    /// A value on the scale of the method; infinite at and beyond the bounds.
    pub(super) fn forward(self, value: f64) -> f64 {
        match self {
            Self::Identity => value,
            Self::Logarithm if value <= 0.0 => f64::NEG_INFINITY,
            Self::Logarithm => ln(value),
            Self::Logit { low, .. } if value <= low => f64::NEG_INFINITY,
            Self::Logit { high, .. } if value >= high => f64::INFINITY,
            Self::Logit { low, high } => ln(value - low) - ln(high - value),
        }
    }

    /// The value back from the scale of the method.
    pub(super) fn back(self, z: f64) -> f64 {
        match self {
            Self::Identity => z,
            Self::Logarithm => exp(z),
            // From the nearer bound, so that neither end loses its digits.
            Self::Logit { low, high } if z < 0.0 => (low + (high - low) * (exp(z) / (1.0 + exp(z)))).clamp(low, high),
            Self::Logit { low, high } => (high - (high - low) * (exp(-z) / (1.0 + exp(-z)))).clamp(low, high),
        }
    }

    /// Below what size a difference on this scale is rounding: 10⁻¹² of the values as they are, and of 1 for logarithms.
    pub(super) fn rounding(self, size: f64) -> f64 {
        1e-12 * if self == Self::Identity { size } else { size.max(1.0) }
    }
}
