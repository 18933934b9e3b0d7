//! The test itself: does an actual meet a threshold? By comparison alone, never through a quotient.

use crate::number::{Number, Ratio, Rounding};
use crate::plan::{Better, Bounds, Requirement};

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

    /// The test as lowest and highest value that meet it, with the tolerance τ, and whether these are themselves too little.
    ///
    /// ```text
    /// at_least, above: from T − τ      at_most, below: to T + τ
    /// exactly: T − τ to T + τ          between: L − τ to H + τ          improve: no tolerance
    /// ```
    pub(super) fn range(&self, tolerance: &Ratio) -> (Option<Ratio>, Option<Ratio>, bool) {
        match self {
            Self::OneSided(side, t) if side.is_upward() => (Some(t - tolerance), None, side.is_strict()),
            Self::OneSided(side, t) => (None, Some(t + tolerance), side.is_strict()),
            Self::Exactly(t) => (Some(t - tolerance), Some(t + tolerance), false),
            Self::Between(low, high) => (Some(low - tolerance), Some(high + tolerance), false),
            Self::Improve(Better::Higher, b) => (Some(b.clone()), None, true),
            Self::Improve(Better::Lower, b) => (None, Some(b.clone()), true),
        }
    }

    /// Whether the actual meets the requirement, the tolerance included.
    #[must_use]
    pub fn is_met_by(&self, actual: &Ratio, tolerance: &Ratio) -> bool {
        let (low, high, strict) = self.range(tolerance);
        let above = low.is_none_or(|low| if strict { *actual > low } else { *actual >= low });
        let below = high.is_none_or(|high| if strict { *actual < high } else { *actual <= high });
        above && below
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
        // Rounding keeps the order, so the ends of what there can be are rounded to the ends of what is compared.
        let (bound, lowest, highest) = match compare_rounded {
            Some(rounding) => {
                let rounded = |end: Option<Ratio>| end.map(|end| rounding.apply(&end));
                (self.rounded(rounding), rounded(lowest), rounded(highest))
            }
            None => (self.clone(), lowest, highest),
        };
        let (low, high, strict) = bound.range(tolerance);
        let too_high = low.zip(highest).is_some_and(|(low, highest)| if strict { low >= highest } else { low > highest });
        let too_low = high.zip(lowest).is_some_and(|(high, lowest)| if strict { high <= lowest } else { high < lowest });
        too_high || too_low
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
