//! The test itself: does an actual meet a threshold? By comparison alone, never through a quotient.

use std::ops::{Bound as End, RangeBounds};

use crate::number::{Number, Ratio, Rounding, holds_none};
use crate::plan::{Better, Bounds, Requirement};

/// The values that meet a requirement, from one end to the other; an end belongs to them or not.
pub(crate) type Range = (End<Ratio>, End<Ratio>);

/// Which side of a single threshold is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// a ≥ T
    AtLeast,
    /// a ≤ T
    AtMost,
    /// a > T
    Above,
    /// a < T
    Below,
}

impl Side {
    /// Whether higher actuals are better.
    #[must_use]
    pub fn is_upward(self) -> bool {
        matches!(self, Self::AtLeast | Self::Above)
    }

    /// Whether the threshold itself is not enough.
    #[must_use]
    pub fn is_strict(self) -> bool {
        matches!(self, Self::Above | Self::Below)
    }
}

/// A requirement whose threshold is a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Met on one side of the threshold.
    OneSided(Side, Ratio),
    /// Met at the threshold only.
    Exactly(Ratio),
    /// Met from the lower to the higher value.
    Between(Ratio, Ratio),
    /// Met where strictly better than the baseline.
    Improve(Better, Ratio),
}

impl Bound {
    /// The requirement with its threshold, given the baseline `b`; none where it needs a baseline and there is none, and
    /// for deliverables.
    ///
    /// ```text
    /// reduce_by p %: T = B − |B|·p/100      reduce_by m: T = B − m
    /// increase_by p %: T = B + |B|·p/100    increase_by m: T = B + m
    /// improve: T = B
    /// ```
    #[must_use]
    pub fn new(requirement: &Requirement, b: Option<&Ratio>) -> Option<Self> {
        let one = |side, value: &Number| Some(Self::OneSided(side, Ratio::from(*value)));
        match requirement {
            Requirement::AtLeast(value) => one(Side::AtLeast, value),
            Requirement::AtMost(value) => one(Side::AtMost, value),
            Requirement::Above(value) => one(Side::Above, value),
            Requirement::Below(value) => one(Side::Below, value),
            Requirement::Exactly(value) => Some(Self::Exactly(Ratio::from(*value))),
            Requirement::Between(low, high) => Some(Self::Between(Ratio::from(*low), Ratio::from(*high))),
            Requirement::ReduceBy(change) => b.map(|b| Self::OneSided(Side::AtMost, b - change.size(b))),
            Requirement::IncreaseBy(change) => b.map(|b| Self::OneSided(Side::AtLeast, b + change.size(b))),
            Requirement::Improve(better) => b.map(|b| Self::Improve(*better, b.clone())),
            Requirement::Deliver(_) => None,
        }
    }

    /// The threshold as one number; a range has two.
    #[must_use]
    pub fn threshold(&self) -> Option<&Ratio> {
        match self {
            Self::OneSided(_, t) | Self::Exactly(t) | Self::Improve(_, t) => Some(t),
            Self::Between(..) => None,
        }
    }

    /// Every number that decides.
    #[must_use]
    pub fn thresholds(&self) -> Vec<&Ratio> {
        match self {
            Self::OneSided(_, t) | Self::Exactly(t) | Self::Improve(_, t) => vec![t],
            Self::Between(low, high) => vec![low, high],
        }
    }

    /// The values that meet the requirement by the method of the plan: exactly those whose [`verdict`](Self::verdict) is met.
    ///
    /// Where figures are rounded before they are compared it is wider than what meets the rounded threshold, by what is rounded
    /// into it.
    pub(super) fn range(&self, tolerance: &Ratio, compare_rounded: Option<Rounding>) -> Range {
        match compare_rounded {
            Some(rounding) => rounding.values_rounded_into(self.rounded(rounding).plain_range(tolerance)),
            None => self.plain_range(tolerance),
        }
    }

    /// The values that meet the requirement as they are, with the tolerance τ.
    ///
    /// ```text
    /// at_least, above: from T − τ      at_most, below: to T + τ
    /// exactly: T − τ to T + τ          between: L − τ to H + τ          improve: no tolerance
    /// ```
    fn plain_range(&self, tolerance: &Ratio) -> Range {
        use End::{Excluded, Included, Unbounded};
        match self {
            Self::OneSided(Side::AtLeast, t) => (Included(t - tolerance), Unbounded),
            Self::OneSided(Side::AtMost, t) => (Unbounded, Included(t + tolerance)),
            Self::OneSided(Side::Above, t) => (Excluded(t - tolerance), Unbounded),
            Self::OneSided(Side::Below, t) => (Unbounded, Excluded(t + tolerance)),
            Self::Exactly(t) => (Included(t - tolerance), Included(t + tolerance)),
            Self::Between(low, high) => (Included(low - tolerance), Included(high + tolerance)),
            Self::Improve(Better::Higher, b) => (Excluded(b.clone()), Unbounded),
            Self::Improve(Better::Lower, b) => (Unbounded, Excluded(b.clone())),
        }
    }

    /// Whether the actual meets the requirement, the tolerance included.
    #[must_use]
    pub fn is_met_by(&self, actual: &Ratio, tolerance: &Ratio) -> bool {
        self.plain_range(tolerance).contains(actual)
    }

    /// The same requirement with the threshold widened by the tolerance, so that it can be asked about without one.
    #[must_use]
    pub fn widened(&self, tolerance: &Ratio) -> Self {
        match self {
            Self::OneSided(side, t) if side.is_upward() => Self::OneSided(*side, t - tolerance),
            Self::OneSided(side, t) => Self::OneSided(*side, t + tolerance),
            Self::Exactly(t) if tolerance.is_zero() => Self::Exactly(t.clone()),
            Self::Exactly(t) => Self::Between(t - tolerance, t + tolerance),
            Self::Between(low, high) => Self::Between(low - tolerance, high + tolerance),
            Self::Improve(..) => self.clone(),
        }
    }

    /// Whether no value within the natural bounds meets the requirement by the method of the plan, the tolerance included.
    #[must_use]
    pub fn is_unattainable(&self, bounds: &Bounds, tolerance: &Ratio, compare_rounded: Option<Rounding>) -> bool {
        let (lowest, highest) = bounds.exact();
        holds_none(&self.range(tolerance, compare_rounded), lowest.as_ref(), highest.as_ref())
    }

    /// The same requirement with rounded thresholds.
    fn rounded(&self, rounding: Rounding) -> Self {
        match self {
            Self::OneSided(side, t) => Self::OneSided(*side, rounding.apply(t)),
            Self::Exactly(t) => Self::Exactly(rounding.apply(t)),
            Self::Between(low, high) => Self::Between(rounding.apply(low), rounding.apply(high)),
            Self::Improve(better, b) => Self::Improve(*better, rounding.apply(b)),
        }
    }

    /// The verdict by the method of the plan: rounding first where it is asked for, then the tolerance.
    #[must_use]
    pub fn verdict(&self, actual: &Ratio, tolerance: &Ratio, compare_rounded: Option<Rounding>) -> Verdict {
        let exact = self.is_met_by(actual, tolerance);
        let (bound, value) = match compare_rounded {
            Some(rounding) => (self.rounded(rounding), rounding.apply(actual)),
            None => (self.clone(), actual.clone()),
        };
        let met = bound.is_met_by(&value, tolerance);
        Verdict {
            met,
            by_rounding: met != exact,
            by_tolerance: met && !tolerance.is_zero() && !bound.is_met_by(&value, &Ratio::ZERO),
        }
    }

    /// The last whole number that meets the threshold: T rounded down for an upper bound, up for a lower one.
    #[must_use]
    pub fn attainable(&self) -> Option<Ratio> {
        match self {
            Self::OneSided(Side::AtLeast, t) => Some(t.ceil()),
            Self::OneSided(Side::AtMost, t) => Some(t.floor()),
            Self::OneSided(Side::Above, t) | Self::Improve(Better::Higher, t) => Some(t.floor() + Ratio::ONE),
            Self::OneSided(Side::Below, t) | Self::Improve(Better::Lower, t) => Some(t.ceil() - Ratio::ONE),
            Self::Exactly(_) | Self::Between(..) => None,
        }
    }
}

/// Whether a requirement holds, and what decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the requirement holds.
    pub met: bool,
    /// Whether exact numbers would have said otherwise.
    pub by_rounding: bool,
    /// Whether it holds only thanks to the tolerance.
    pub by_tolerance: bool,
}

#[cfg(test)]
#[path = "bound_tests.rs"]
mod tests;
