//! How many cases are missing, and whether the target can still be met, can no longer be missed, or is open.

use super::bound::{Bound, Side};
use super::reason::{Computed, Quantity, Reason};
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Better, Indicator, Kind};

/// Whether the outcome is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feasibility {
    /// It can no longer be missed.
    Secured,
    /// It can be met and missed.
    Open,
    /// It can no longer be met.
    Lost,
}

impl Feasibility {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Secured => "secured",
            Self::Open => "open",
            Self::Lost => "lost",
        }
    }
}

/// Which cases are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counts {
    /// The part: cases that succeed.
    Part,
    /// The rest of the whole: for `at_most` and `below`, cases that stay out of the part.
    Complement,
}

impl Counts {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Complement => "complement",
        }
    }
}

/// What is missing, in cases (N = counted, D = whole, t = threshold/100, R = remaining cases).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasesNeeded {
    /// `max(0, ⌈t·D⌉ − N)`: how many of today's cases would have to be successes besides.
    pub short_by: Ratio,
    /// `N − ⌈t·D⌉`: how many more misses today's whole would bear; below 0 it is overdrawn.
    pub allowance: Ratio,
    /// The least k ≥ 0 with `N + k ≥ t·(D + k)`; `never` where none is enough.
    pub successes_needed_in_a_row: Quantity,
    /// Which cases are counted.
    pub counts: Counts,
    /// R: the cases to come, by the outlook.
    pub remaining: Quantity,
    /// `max(0, ⌈t·(D + R)⌉ − N)`: how many of them have to succeed.
    pub needed_of_remaining: Quantity,
    /// `needed/R`.
    pub required_share: Quantity,
    /// Whether the outcome is still open.
    pub feasibility: Computed<Feasibility>,
}

/// Cases counted towards a lower bound; an upper bound is turned into the lower bound of the complement.
struct Tally {
    n: Ratio,
    d: Ratio,
    t: Ratio,
    strict: bool,
    counts: Counts,
}

impl Tally {
    /// Whole numbers of cases against one threshold in percent, or `not_countable`.
    fn new(measure: &Measure, side: Side, threshold: &Ratio, factor: &Ratio) -> Computed<Self> {
        let (n, d) = measure.quotient().ok_or(Reason::NotCountable)?;
        let t = threshold.divided_by(factor).ok_or(Reason::NotCountable)?;
        if !(n.is_whole() && d.is_whole()) {
            return Err(Reason::NotCountable);
        }
        let strict = side.is_strict();
        if side.is_upward() {
            return Ok(Self { n, d, t, strict, counts: Counts::Part });
        }
        Ok(Self { n: &d - &n, d, t: Ratio::ONE - t, strict, counts: Counts::Complement })
    }

    /// The least whole number of successes among `whole` cases that meets the bound.
    fn least(&self, whole: &Ratio) -> Ratio {
        let exact = &self.t * whole;
        if self.strict { exact.floor() + Ratio::ONE } else { exact.ceil() }
    }

    fn holds(&self) -> bool {
        let needed = &self.t * &self.d;
        if self.strict { self.n > needed } else { self.n >= needed }
    }

    fn in_a_row(&self) -> Quantity {
        if self.holds() {
            return Ok(Ratio::ZERO);
        }
        let gain = Ratio::ONE - &self.t;
        if gain.is_zero() || gain.is_negative() {
            return Err(Reason::Never);
        }
        let exact = (&(&self.t * &self.d) - &self.n).divided_by(&gain).ok_or(Reason::Never)?;
        Ok(if self.strict { exact.floor() + Ratio::ONE } else { exact.ceil() })
    }

    /// How many of the remaining cases have to succeed.
    fn needed(&self, remaining: &Ratio) -> Ratio {
        (self.least(&(&self.d + remaining)) - &self.n).or_zero()
    }

    fn feasibility(&self, remaining: &Quantity) -> Computed<Feasibility> {
        match remaining {
            Ok(remaining) => {
                let needed = self.needed(remaining);
                Ok(if needed.is_zero() {
                    Feasibility::Secured
                } else if needed > *remaining {
                    Feasibility::Lost
                } else {
                    Feasibility::Open
                })
            }
            // Where every case has to succeed, one failure is enough whatever is to come.
            Err(_) if self.t >= Ratio::ONE && !self.holds() => Ok(Feasibility::Lost),
            Err(reason) => Err(*reason),
        }
    }
}

/// The cases that are still to come.
///
/// ```text
/// R = W − D;   on_time: at least the cases that are open and not due
/// ```
///
/// # Errors
/// `no_outlook` where the whole W is not known; `outlook_exceeded` where D is beyond it.
pub(crate) fn remaining(measure: &Measure, outlook: Option<&Ratio>) -> Quantity {
    let outlook = outlook.ok_or(Reason::NoOutlook)?;
    let (_, d) = measure.quotient().ok_or(Reason::NoOutlook)?;
    if d > *outlook {
        return Err(Reason::OutlookExceeded);
    }
    let rest = outlook - &d;
    Ok(match measure {
        Measure::OnTime(cases) => rest.max(cases.not_due.clone()),
        _ => rest,
    })
}

/// How many cases are missing from one threshold.
///
/// # Errors
/// `not_countable` for kinds other than share and on-time, for requirements without one threshold, and for figures that
/// are not whole numbers of cases.
pub(crate) fn cases(indicator: &Indicator, measure: &Measure, bound: &Bound, outlook: Option<&Ratio>) -> Computed<CasesNeeded> {
    let tally = tally(indicator, measure, bound)?;
    let least = tally.least(&tally.d);
    let remaining = remaining(measure, outlook);
    let needed = remaining.as_ref().map(|remaining| tally.needed(remaining)).map_err(|reason| *reason);
    let required_share = match (&needed, &remaining) {
        (Ok(needed), Ok(remaining)) => needed.divided_by(remaining).ok_or(Reason::NoRemaining),
        (Err(reason), _) | (_, Err(reason)) => Err(*reason),
    };
    Ok(CasesNeeded {
        short_by: (&least - &tally.n).or_zero(),
        allowance: &tally.n - &least,
        successes_needed_in_a_row: tally.in_a_row(),
        counts: tally.counts,
        feasibility: tally.feasibility(&remaining),
        remaining,
        needed_of_remaining: needed,
        required_share,
    })
}

fn tally(indicator: &Indicator, measure: &Measure, bound: &Bound) -> Computed<Tally> {
    if !matches!(indicator.kind, Kind::Share | Kind::OnTime) {
        return Err(Reason::NotCountable);
    }
    let (side, threshold) = bound.side().ok_or(Reason::NotCountable)?;
    Tally::new(measure, side, threshold, &indicator.factor())
}

/// Whether the outcome is still open, for every kind that can tell.
///
/// Shares and on-time rates by their cases. A flow that can not fall: once it has reached a lower bound that is secured,
/// once it has exceeded an upper one that is lost. `bound` is the requirement with the tolerance already in it.
pub(crate) fn feasibility(
    indicator: &Indicator,
    measure: &Measure,
    bound: &Bound,
    outlook: Option<&Ratio>,
) -> Option<Feasibility> {
    if let (Kind::Flow, Measure::Amount(a)) = (indicator.kind, measure) {
        let rises_only = indicator.bounds.low.is_some_and(|low| !low.is_negative());
        return if rises_only { rising(a, bound) } else { None };
    }
    tally(indicator, measure, bound).ok()?.feasibility(&remaining(measure, outlook)).ok()
}

/// What a sum that can not fall has already decided.
fn rising(a: &Ratio, bound: &Bound) -> Option<Feasibility> {
    let (reached, exceeded) = match bound {
        Bound::OneSided(Side::AtLeast, t) => (a >= t, false),
        Bound::OneSided(Side::Above, t) | Bound::Improve(Better::Higher, t) => (a > t, false),
        Bound::OneSided(Side::AtMost, t) | Bound::Exactly(t) => (false, a > t),
        Bound::OneSided(Side::Below, t) | Bound::Improve(Better::Lower, t) => (false, a >= t),
        Bound::Between(_, high) => (false, a > high),
    };
    match (reached, exceeded) {
        (true, _) => Some(Feasibility::Secured),
        (_, true) => Some(Feasibility::Lost),
        _ => Some(Feasibility::Open),
    }
}
