//! Where an actual should stand on a day: the path from the baseline through every stage to the target.

use std::sync::Arc;

use chrono::NaiveDate;

use super::reason::{Computed, Reason};
use crate::number::Ratio;
use crate::plan::Better;
use crate::statistics::{grown, grown_days};

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;

/// How a path goes from one anchor to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leg {
    /// Evenly by days: `v₀ + (v₁ − v₀)·d/n`.
    Linear,
    /// Holds v₀ until the day before, and is v₁ on the day.
    Step,
    /// Constant growth: `v₀·(v₁/v₀)^(d/n)`.
    Compound,
}

impl Leg {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Step => "step",
            Self::Compound => "compound",
        }
    }
}

/// What an anchor of a path is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnchorSource {
    /// The baseline.
    Baseline,
    /// A point that the plan gives.
    Point,
    /// The threshold of a target, by its id.
    Target(Arc<str>),
}

/// A day and the value that a path has on it, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The day.
    pub on: NaiveDate,
    /// The value.
    pub value: Ratio,
    /// What it is.
    pub source: AnchorSource,
    /// How the path comes here from the anchor before.
    pub leg: Leg,
}

/// The path from a baseline through stages to a target.
///
/// It passes through its anchors exactly; before the first it has the value of the baseline, after the last that of the
/// last. Even and stepwise legs are exact; constant growth is rounded to 12 significant digits.
///
/// ```
/// use attain::assess::{Leg, Path};
/// use attain::number::Ratio;
/// use attain::plan::Better;
/// use attain::time::parse_day;
///
/// // From 20 % at the end of 2021 to 50 % at the end of 2025: 1,461 days.
/// let day = |text| parse_day(text).unwrap();
/// let path = Path::from_baseline(day("2021-12-31"), Ratio::from(20), Better::Higher)
///     .through(day("2025-12-31"), Ratio::from(50), Leg::Linear)?;
/// assert_eq!(path.at(day("2025-06-30")).to_string(), "46.221765913758"); // 20 + 30·1277/1461
/// # Ok::<(), attain::Reason>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    better: Better,
    /// The value before the first anchor.
    before: Ratio,
    anchors: Vec<Anchor>,
    maintain: bool,
}

impl Path {
    /// A path that starts from a baseline and has no target yet.
    #[must_use]
    pub fn from_baseline(on: NaiveDate, value: Ratio, better: Better) -> Self {
        let anchor = Anchor { on, value: value.clone(), source: AnchorSource::Baseline, leg: Leg::Linear };
        Self { better, before: value, anchors: vec![anchor], maintain: false }
    }

    /// A path that holds one value on every day: where the baseline meets the requirement already there is no way
    /// towards worse.
    pub(crate) fn maintaining(target: Anchor, better: Better) -> Self {
        Self { better, before: target.value.clone(), anchors: vec![target], maintain: true }
    }

    /// The path led on to a value on a later day; a day that is not later is left out.
    ///
    /// # Errors
    /// `non_positive` where constant growth would lead from, to or across 0.
    pub fn through(self, on: NaiveDate, value: Ratio, leg: Leg) -> Computed<Self> {
        self.then(Anchor { on, value, source: AnchorSource::Point, leg })
    }

    pub(super) fn then(mut self, anchor: Anchor) -> Computed<Self> {
        let Some(last) = self.anchors.last().filter(|last| last.on < anchor.on) else { return Ok(self) };
        let one_sign = !last.value.is_zero() && !anchor.value.is_zero() && last.value.is_negative() == anchor.value.is_negative();
        if anchor.leg == Leg::Compound && !one_sign {
            return Err(Reason::NonPositive);
        }
        self.anchors.push(anchor);
        Ok(self)
    }

    /// The path led to its end. Where the target is due before the baseline stands, nothing but the target is left of it.
    pub(crate) fn ending(self, target: Anchor) -> Computed<Self> {
        if self.anchors.first().is_none_or(|baseline| baseline.on < target.on) {
            return self.then(target);
        }
        Ok(Self { anchors: vec![target], ..self })
    }

    /// The anchors in the order of their days.
    #[must_use]
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// Whether the baseline meets the requirement already, so that the target is to be held on every day.
    #[must_use]
    pub fn is_maintained(&self) -> bool {
        self.maintain
    }

    /// Whether every value is exact; constant growth is rounded to 12 significant digits.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.anchors.iter().skip(1).all(|anchor| anchor.leg != Leg::Compound)
    }

    /// The value on a day.
    ///
    /// ```text
    /// linear:    v₀ + (v₁ − v₀)·d/n
    /// step:      v₀
    /// compound:  v₀·(v₁/v₀)^(d/n)
    /// ```
    /// v₀, v₁: the values of the anchors around the day; d: days since the first of them; n: days between them.
    #[must_use]
    pub fn at(&self, day: NaiveDate) -> Ratio {
        match self.around(day) {
            (Some(from), Some(to)) => between(from, to, day),
            (Some(last), None) => last.value.clone(),
            (None, _) => self.before.clone(),
        }
    }

    /// The anchors around a day: the last one on or before it, and the first one after it.
    pub(super) fn around(&self, day: NaiveDate) -> (Option<&Anchor>, Option<&Anchor>) {
        let after = self.anchors.partition_point(|anchor| anchor.on <= day);
        (after.checked_sub(1).and_then(|last| self.anchors.get(last)), self.anchors.get(after))
    }

    /// How many days after `day` the path first has a value at or beyond `a` in the direction of better, floored; an actual
    /// that is ahead of the path has a lead above 0.
    ///
    /// # Errors
    /// `beyond_target` where the path never gets there; `no_unique_day` where it does so on a flat stage or by a step.
    pub fn lead(&self, a: &Ratio, day: NaiveDate) -> Computed<i64> {
        let (on, after) = self.first_at(a)?;
        let whole = Ratio::from(days(day, on)) + after;
        whole.floor().to_i64().ok_or(Reason::NoUniqueDay)
    }

    /// The anchor with which the path is at or beyond `a` for the first time, and the one before it.
    pub(super) fn reaching(&self, a: &Ratio) -> Computed<(Option<&Anchor>, &Anchor)> {
        let reaches = |anchor: &Anchor| at_or_better(self.better, &anchor.value, a);
        // From here on the path stays at `a` until something happens.
        let rests = |anchor: &Anchor, next: Option<&Anchor>| {
            anchor.value == *a && next.is_some_and(|next| next.leg == Leg::Step || next.value == anchor.value)
        };
        let place = self.anchors.iter().position(reaches).ok_or(Reason::BeyondTarget)?;
        let anchor = self.anchors.get(place).ok_or(Reason::BeyondTarget)?;
        if self.maintain || rests(anchor, self.anchors.get(place.saturating_add(1))) {
            return Err(Reason::NoUniqueDay);
        }
        let from = place.checked_sub(1).and_then(|before| self.anchors.get(before));
        // A target that is due before its baseline stands is not led up to.
        let starts = from.is_some() || anchor.source == AnchorSource::Baseline;
        if starts { Ok((from, anchor)) } else { Err(Reason::NoUniqueDay) }
    }

    /// The first anchor before the path is at or beyond `a`, and the days that it takes from there.
    fn first_at(&self, a: &Ratio) -> Computed<(NaiveDate, Ratio)> {
        let (from, anchor) = self.reaching(a)?;
        let Some(from) = from else { return Ok((anchor.on, Ratio::ZERO)) };
        let length = days(from.on, anchor.on);
        let after = match anchor.leg {
            Leg::Step => None,
            // Both ends differ, since only the second reaches `a`.
            Leg::Linear => {
                let share = (a - &from.value).divided_by(&(&anchor.value - &from.value));
                share.map(|share| share * Ratio::from(length))
            }
            Leg::Compound if anchor.value == *a => Some(Ratio::from(length)),
            Leg::Compound => grown_days(&from.value, &anchor.value, length, a).map(whole_within_rounding),
        };
        after.map(|after| (from.on, after)).ok_or(Reason::NoUniqueDay)
    }
}

/// Days that were computed by logarithms: what is whole but for their rounding is whole.
fn whole_within_rounding(days: Ratio) -> Ratio {
    let (Some(half), Some(least)) = (Ratio::new(1, 2), Ratio::new(1, 1_000_000)) else { return days };
    let nearest = (&days + &half).floor();
    if (&days - &nearest).abs() < least { nearest } else { days }
}

/// The value between two anchors.
fn between(from: &Anchor, to: &Anchor, day: NaiveDate) -> Ratio {
    let whole = Ratio::from(days(from.on, to.on));
    let share = Ratio::from(days(from.on, day)).divided_by(&whole).unwrap_or(Ratio::ZERO);
    match to.leg {
        Leg::Step => from.value.clone(),
        Leg::Linear => &from.value + &((&to.value - &from.value) * share),
        // On the anchor's own day nothing is computed, so that it is met exactly.
        Leg::Compound if share.is_zero() => from.value.clone(),
        // What is rounded stays between its anchors all the same.
        Leg::Compound => {
            let (low, high) = if from.value < to.value { (&from.value, &to.value) } else { (&to.value, &from.value) };
            let value = grown(&from.value, &to.value, &share).unwrap_or_else(|| from.value.clone());
            value.max(low.clone()).min(high.clone())
        }
    }
}

/// Whether `a` is as good as `b`, or better.
pub(super) fn at_or_better(better: Better, a: &Ratio, b: &Ratio) -> bool {
    match better {
        Better::Higher => a >= b,
        Better::Lower => a <= b,
    }
}

/// Days from one day to another.
pub(super) fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}
