//! A course on a day as whole numbers, by which the last figure of a series is held against it.
//!
//! What does not depend on the figure is taken from [`Course`] itself; the rest is a [`Comparison`].

use super::course::Course;
use super::{TrajectoryOutput, Wanted};
use crate::assess::{Pace, Rates, Side, Status};
use crate::columns::comparison::{Comparison, fraction};
use crate::columns::lanes::{WIDE_DIVISOR, quotient, rounded_less};
use crate::columns::settings::{UNDEFINED, fixed_or_undefined, power_of_ten};
use crate::number::Ratio;

/// One end of the values with a status: `u·n − v·d ≥ 0`, or > 0 where it is strict; u and v are turned to the other sign where
/// lower is better.
#[derive(Clone, Copy, Debug)]
struct End {
    u: i64,
    v: i64,
    is_strict: bool,
}

impl End {
    /// No value is at or beyond it.
    const NONE: Self = Self { u: 0, v: 0, is_strict: true };

    fn new(c: &Ratio, is_strict: bool, side: Side, whole: &Ratio) -> Option<Self> {
        let Comparison { u, v, .. } = Comparison::new(c, whole)?;
        let sign = if side.is_upward() { 1 } else { -1 };
        Some(Self { u: u.checked_mul(sign)?, v: v.checked_mul(sign)?, is_strict })
    }

    #[inline(always)]
    fn has(&self, n: i64, d: i64) -> bool {
        lead(self.u, self.v, n, d) >= i128::from(self.is_strict)
    }
}

/// `u·n − v·d`; both products are below 2¹²⁶.
#[inline(always)]
fn lead(u: i64, v: i64, n: i64, d: i64) -> i128 {
    (i128::from(u).wrapping_mul(i128::from(n))).wrapping_sub(i128::from(v).wrapping_mul(i128::from(d)))
}

/// `round((a − c)·factor) = round((u·n − v·d)·s/(by·d))`, halves away from zero; undefined where `by` is 0.
#[derive(Clone, Copy, Debug, Default)]
struct Form {
    u: i64,
    v: i64,
    s: i64,
    by: i64,
}

impl Form {
    fn new(c: &Ratio, factor: &Ratio, whole: &Ratio) -> Option<Self> {
        let Comparison { u, v, k } = Comparison::new(c, whole)?;
        let (s, by) = fraction(&(k * factor))?;
        Some(Self { u, v, s, by })
    }

    /// None where the result does not fit 64 bits, or may not.
    #[inline(always)]
    fn at(&self, n: i64, d: i64) -> Option<i64> {
        if self.by == 0 {
            return Some(UNDEFINED);
        }
        self.in_64_bits(n, d).or_else(|| self.in_128_bits(n, d))
    }

    /// None where some number on the way is too large for an estimate that integers correct.
    #[inline(always)]
    fn in_64_bits(&self, n: i64, d: i64) -> Option<i64> {
        let lead = self.u.checked_mul(n)?.checked_sub(self.v.checked_mul(d)?)?;
        let under = self.by.checked_mul(d).filter(|under| (1..1 << WIDE_DIVISOR).contains(under))?;
        let (whole, rest, is_beyond) = quotient::<true>(lead, self.s, under);
        (!is_beyond).then(|| rounded_less(whole, rest, under, 0))
    }

    #[inline(never)]
    fn in_128_bits(&self, n: i64, d: i64) -> Option<i64> {
        let over = lead(self.u, self.v, n, d).checked_mul(i128::from(self.s))?;
        rounded(over, i128::from(self.by).wrapping_mul(i128::from(d)))
    }
}

/// The quotient rounded to the nearest whole number, halves away from zero; none where it does not fit 64 bits.
#[inline(always)]
fn rounded(over: i128, under: i128) -> Option<i64> {
    let (whole, rest) = (over.checked_div(under)?, over.checked_rem(under)?.unsigned_abs());
    let is_up = rest >= under.unsigned_abs().wrapping_sub(rest);
    let rounded = if is_up { whole.checked_add(over.signum())? } else { whole };
    i64::try_from(rounded).ok().filter(|value| *value != UNDEFINED)
}

/// A course on a day.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    expected: i64,
    planned_progress: i64,
    pace: Form,
    observed_rate: Form,
    required_rate: Form,
    on_track: End,
    at_risk: End,
    /// The status of values at neither end.
    rest: Status,
}

impl Moment {
    /// Nothing can be said.
    const NONE: Self = {
        let none = Form { u: 0, v: 0, s: 0, by: 0 };
        Self {
            expected: UNDEFINED,
            planned_progress: UNDEFINED,
            pace: none,
            observed_rate: none,
            required_rate: none,
            on_track: End::NONE,
            at_risk: End::NONE,
            rest: Status::InProgress,
        }
    };

    /// None where some number does not fit; `whole` is what n/d is multiplied by.
    pub(super) fn new(course: &Course, on: i32, whole: &Ratio, wanted: &Wanted) -> Option<Self> {
        // Whether something is defined does not depend on the figure.
        let (Some(b), Some(bound)) = (course.rule().baseline(), course.rule().bound()) else { return Some(Self::NONE) };
        let (Ok(pace), Some((side, t))) = (course.pace(Ok(b), on), bound.side()) else { return Some(Self::NONE) };
        let mut moment = Self::NONE;
        if wanted.status {
            moment.find_ends(course, &pace, b, side, whole)?;
        }
        let scale = power_of_ten(wanted.places);
        let wants = |output: TrajectoryOutput| wanted.outputs.contains(&output);
        if wants(TrajectoryOutput::Expected) {
            moment.expected = fixed_or_undefined(&pace.expected, wanted.places)?;
        }
        if wants(TrajectoryOutput::PlannedProgress) {
            moment.planned_progress = fixed_or_undefined(&pace.planned_progress, wanted.places)?;
        }
        if let (true, Ok(e), Ok(_)) = (wants(TrajectoryOutput::Pace), &pace.expected, &pace.pace) {
            // (a − B)/(T − B) of (E − B)/(T − B)
            moment.pace = Form::new(b, &scale.divided_by(&(e - b))?, whole)?;
        }
        // A rate is the distance to a number by a factor: the rate of a distance of 1.
        let days = |from: i32, to: i32| i64::from(to).saturating_sub(i64::from(from));
        let rates = Rates::new(&Ratio::ZERO, &Ratio::ONE, &Ratio::ZERO, days(course.baseline_on(), on), days(on, course.due()));
        if let (true, Ok(rate)) = (wants(TrajectoryOutput::ObservedRate), &rates.observed) {
            moment.observed_rate = Form::new(b, &(rate * &scale), whole)?;
        }
        if let (true, Ok(rate)) = (wants(TrajectoryOutput::RequiredRate), &rates.required) {
            moment.required_rate = Form::new(t, &(rate * &scale), whole)?;
        }
        Some(moment)
    }

    /// With a pace `(a − B)/(E − B)`, E on the side of T, a pace of at least p is a value at or beyond `B + p·(E − B)`.
    fn find_ends(&mut self, course: &Course, pace: &Pace, b: &Ratio, side: Side, whole: &Ratio) -> Option<()> {
        let Ok((expected, is_strict)) = pace.enough(side) else { return Some(()) };
        let at_pace = |p| b + &((expected - b) * Ratio::from(p));
        let (mut from, mut is_strict) = (expected.clone(), is_strict);
        if pace.path.is_maintained() {
            self.rest = Status::OffTrack;
        } else if pace.pace.is_ok() {
            let (banded, at_risk) = (at_pace(course.bands().on_track), at_pace(course.bands().at_risk));
            // Of two ends on one side that which is easier to reach.
            let is_easier = if side.is_upward() { banded <= from } else { banded >= from };
            (from, is_strict) = if is_easier { (banded, false) } else { (from, is_strict) };
            self.at_risk = End::new(&at_risk, false, side, whole)?;
            self.rest = Status::OffTrack;
        }
        self.on_track = End::new(&from, is_strict, side, whole)?;
        Some(())
    }

    #[inline(always)]
    pub(super) fn status(&self, n: i64, d: i64) -> Status {
        // Looked up, since nobody can foresee which it is.
        let ends = [self.rest, Status::AtRisk, Status::OnTrack, Status::OnTrack];
        let place = usize::from(self.on_track.has(n, d)) * 2 + usize::from(self.at_risk.has(n, d));
        ends.get(place).copied().unwrap_or(self.rest)
    }

    /// None where the number does not fit 64 bits, or may not.
    #[inline(always)]
    pub(super) fn number(&self, output: TrajectoryOutput, n: i64, d: i64) -> Option<i64> {
        match output {
            TrajectoryOutput::Expected => Some(self.expected),
            TrajectoryOutput::PlannedProgress => Some(self.planned_progress),
            TrajectoryOutput::Pace => self.pace.at(n, d),
            TrajectoryOutput::ObservedRate => self.observed_rate.at(n, d),
            TrajectoryOutput::RequiredRate => self.required_rate.at(n, d),
        }
    }
}
