//! How far from the threshold, and how much of the way is done (a = actual, T = threshold, B = baseline).

use super::bound::{Bound, Side};
use super::reason::{Computed, Quantity, Reason};
use crate::number::Ratio;
use crate::plan::Better;

impl Bound {
    /// The signed difference, in the indicator's unit (percentage points for percentages).
    ///
    /// ```text
    /// a − T;   between: 0 inside, a − L below, a − H above;   improve: a − B
    /// ```
    #[must_use]
    pub fn variance(&self, a: &Ratio) -> Ratio {
        match self {
            Self::OneSided(_, t) | Self::Exactly(t) | Self::Improve(_, t) => a - t,
            Self::Between(low, _) if a < low => a - low,
            Self::Between(_, high) if a > high => a - high,
            Self::Between(..) => Ratio::ZERO,
        }
    }

    /// How much is lacking, never below 0.
    ///
    /// ```text
    /// upward: max(0, T − a)    downward: max(0, a − T)    exactly: |a − T|    between: max(0, L − a, a − H)
    /// ```
    #[must_use]
    pub fn shortfall(&self, a: &Ratio) -> Ratio {
        let variance = self.variance(a);
        let lacking_upward = match self {
            Self::OneSided(side, _) => Some(side.is_upward()),
            Self::Improve(better, _) => Some(*better == Better::Higher),
            Self::Exactly(_) | Self::Between(..) => None,
        };
        match lacking_upward {
            Some(true) => (-variance).or_zero(),
            Some(false) => variance.or_zero(),
            None => variance.abs(),
        }
    }

    /// The shortfall as a share of the threshold's size: `shortfall / |T|`.
    ///
    /// # Errors
    /// `zero_target`; `not_a_ratio` for a range and for `improve`, which promise no single value.
    pub fn shortfall_share(&self, a: &Ratio) -> Quantity {
        let (Self::OneSided(_, t) | Self::Exactly(t)) = self else { return Err(Reason::NotARatio) };
        self.shortfall(a).divided_by(&t.abs()).ok_or(Reason::ZeroTarget)
    }

    /// The actual in terms of the target, 1 when they are equal.
    ///
    /// ```text
    /// higher is better: a/T for a ≥ 0, T > 0
    /// lower is better:  T/a for a > 0, T ≥ 0;  1 for a = T = 0
    /// ```
    ///
    /// # Errors
    /// In this order `negative_value`, `zero_target`, `zero_actual`; `not_a_ratio` for requirements without one threshold
    /// and one direction.
    pub fn ratio_to_target(&self, a: &Ratio) -> Quantity {
        let Self::OneSided(side, t) = self else { return Err(Reason::NotARatio) };
        if !side.is_upward() && a.is_zero() && t.is_zero() {
            return Ok(Ratio::ONE);
        }
        if a.is_negative() || t.is_negative() {
            return Err(Reason::NegativeValue);
        }
        if side.is_upward() { a.divided_by(t).ok_or(Reason::ZeroTarget) } else { t.divided_by(a).ok_or(Reason::ZeroActual) }
    }

    /// How much of the way from the baseline to the target is done: below 0 is moving away, above 1 is overshooting.
    ///
    /// ```text
    /// (a − B) / (T − B)
    /// ```
    ///
    /// # Errors
    /// The first that applies: `no_single_direction` (exactly, between, improve), `no_baseline`, `target_equals_baseline`,
    /// `baseline_meets_target` (the tolerance plays no part in that).
    pub fn progress(&self, a: &Ratio, b: Option<&Ratio>) -> Quantity {
        let (b, t) = self.has_way(b)?;
        (a - b).divided_by(&(t - b)).ok_or(Reason::TargetEqualsBaseline)
    }

    /// Baseline and target, where there is a way from the one to the other.
    pub(crate) fn has_way<'r>(&'r self, b: Option<&'r Ratio>) -> Computed<(&'r Ratio, &'r Ratio)> {
        let Self::OneSided(_, t) = self else { return Err(Reason::NoSingleDirection) };
        let b = b.ok_or(Reason::NoBaseline)?;
        if t == b {
            return Err(Reason::TargetEqualsBaseline);
        }
        if self.is_met_by(b, &Ratio::ZERO) {
            return Err(Reason::BaselineMeetsTarget);
        }
        Ok((b, t))
    }

    /// The side of the threshold that is met, where there is one threshold with one side.
    #[must_use]
    pub fn side(&self) -> Option<(Side, &Ratio)> {
        match self {
            Self::OneSided(side, t) => Some((*side, t)),
            _ => None,
        }
    }
}
