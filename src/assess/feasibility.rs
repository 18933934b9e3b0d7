//! How many cases are missing, and whether the target can still be met, can no longer be missed, or is open.

use std::ops::{Bound as End, RangeBounds};

use super::bound::{Bound, Range, Side, Verdict};
use super::reason::{Computed, Quantity, Reason};
use crate::facts::Measure;
use crate::number::{Ratio, Rounding, holds_none};
use crate::plan::{Indicator, Kind};

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
    /// What was counted against which share.
    pub(super) tally: Tally,
}

#[cfg(feature = "text")]
impl CasesNeeded {
    /// How many of all cases, those to come among them, have to succeed.
    ///
    /// ```text
    /// ⌈t·(D + R)⌉
    /// ```
    pub(crate) fn needed_of_all(&self) -> Quantity {
        let remaining = self.remaining.as_ref().map_err(|reason| *reason)?;
        Ok(self.tally.least(&(&self.tally.d + remaining)))
    }
}

/// Cases counted towards a lower bound; an upper bound is turned into the lower bound of the complement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) n: Ratio,
    d: Ratio,
    pub(super) t: Ratio,
    pub(super) strict: bool,
}

impl Tally {
    /// Whole numbers of cases against one threshold in percent, with which of them are counted; or `not_countable`.
    fn new(measure: &Measure, side: Side, threshold: &Ratio, factor: &Ratio) -> Computed<(Self, Counts)> {
        let no_counts = if matches!(measure, Measure::Bare(_)) { Reason::BareShare } else { Reason::NotCountable };
        let (n, d) = measure.quotient().ok_or(no_counts)?;
        let t = threshold.divided_by(factor).ok_or(Reason::NotCountable)?;
        if !(n.is_whole() && d.is_whole()) {
            return Err(Reason::NotCountable);
        }
        let strict = side.is_strict();
        if side.is_upward() {
            return Ok((Self { n, d, t, strict }, Counts::Part));
        }
        Ok((Self { n: &d - &n, d, t: Ratio::ONE - t, strict }, Counts::Complement))
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

    fn feasibility(&self, remaining: &Quantity, open: bool) -> Computed<Feasibility> {
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
            Err(_) if open && self.t >= Ratio::ONE && !self.holds() => Ok(Feasibility::Lost),
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

/// How many cases are missing from one threshold; nothing is left to be decided once the window is not open any more.
///
/// # Errors
/// `not_countable` for kinds other than share and on-time, for requirements without one threshold, and for figures that
/// are not whole numbers of cases.
pub(crate) fn cases(
    indicator: &Indicator,
    measure: &Measure,
    bound: &Bound,
    outlook: Option<&Ratio>,
    open: bool,
) -> Computed<CasesNeeded> {
    let (tally, counts) = tally(indicator, measure, bound)?;
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
        counts,
        feasibility: tally.feasibility(&remaining, open),
        remaining,
        needed_of_remaining: needed,
        required_share,
        tally,
    })
}

fn tally(indicator: &Indicator, measure: &Measure, bound: &Bound) -> Computed<(Tally, Counts)> {
    if !matches!(indicator.kind, Kind::Share | Kind::OnTime) {
        return Err(Reason::NotCountable);
    }
    let (side, threshold) = bound.side().ok_or(Reason::NotCountable)?;
    Tally::new(measure, side, threshold, &indicator.factor())
}

/// How a target is judged: its bound, and what the plan lets count as meeting it.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    pub(crate) bound: Bound,
    pub(crate) tolerance: Ratio,
    pub(crate) compare_rounded: Option<Rounding>,
}

impl Test {
    /// The verdict on a value.
    pub(crate) fn verdict(&self, value: &Ratio) -> Verdict {
        self.bound.verdict(value, &self.tolerance, self.compare_rounded)
    }

    /// The values that meet the requirement.
    pub(crate) fn range(&self) -> Range {
        self.bound.range(&self.tolerance, self.compare_rounded)
    }

    /// Whether the outcome is still open, for every kind that can tell.
    ///
    /// Shares and on-time rates: the verdict on the best and on the worst value that the cases to come leave,
    /// `(N + R)/(D + R)` and `N/(D + R)`, so that what is lost can not be met in the end. A flow that can not fall: once
    /// it has reached a lower bound that is secured, once it has exceeded an upper one that is lost.
    pub(crate) fn feasibility(&self, indicator: &Indicator, measure: &Measure, outlook: Option<&Ratio>) -> Option<Feasibility> {
        if let (Kind::Flow, Measure::Amount(a)) = (indicator.kind, measure) {
            return indicator.only_rises().then(|| self.rising(a));
        }
        let (tally, _) = tally(indicator, measure, &self.bound.widened(&self.tolerance)).ok()?;
        let Ok(r) = remaining(measure, outlook) else {
            // Without an end in sight every rate below 100 % can be reached; a rounded one may even round up to it.
            let lost = tally.t >= Ratio::ONE && !tally.holds() && self.compare_rounded.is_none();
            return lost.then_some(Feasibility::Lost);
        };
        let (n, d) = measure.quotient()?;
        let whole = &d + &r;
        let reaches = |n: Ratio| Some(self.verdict(&(&n.divided_by(&whole)? * &indicator.factor())).met);
        let (least, most) = (reaches(n.clone())?, reaches(&n + &r)?);
        Some(match (least, most) {
            (true, true) => Feasibility::Secured,
            (false, false) => Feasibility::Lost,
            _ => Feasibility::Open,
        })
    }

    /// What a sum that can not fall has already decided: in the end it is anything from what it is now on.
    fn rising(&self, a: &Ratio) -> Feasibility {
        let range = self.range();
        if holds_none(&range, Some(a), None) {
            Feasibility::Lost
        } else if range.contains(a) && range.1 == End::Unbounded {
            Feasibility::Secured
        } else {
            Feasibility::Open
        }
    }
}
