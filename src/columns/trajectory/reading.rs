//! How figures become values, eight at a time, and which of them are beyond question.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "a projection is an estimate that decides nothing")]

use crate::statistics::Eight;

use crate::columns::lanes::as_float;

/// How figures n and d of a rule become a value `(n·over)/(d·under)`, and which of them are beyond question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    over: f64,
    under: f64,
    /// All bits and 0 where there is a d, else none and 1, which then stands in its place: `d & keep | one`.
    keep: i64,
    one: i64,
    /// Powers of two that n and d have to be below in size, so that both products are exact and their quotient the nearest
    /// float.
    room: (i64, i64),
    /// All bits where n is not to be above d, else none.
    is_part: i64,
    /// All bits where n is not to be below 0, else none.
    is_not_negative: i64,
}

impl Reading {
    /// None where the products are not exact whatever the figures are.
    pub(super) fn new((over, under): (i64, i64), is_quotient: bool, is_part: bool, is_not_negative: bool) -> Option<Self> {
        let room = |factor: i64| {
            let bits = u64::BITS.saturating_sub(factor.unsigned_abs().leading_zeros());
            // factor < 2^bits, so that n < 2^(53 − bits) is enough.
            53_u32.checked_sub(bits).map(|left| 1_i64 << left.min(51))
        };
        let mask = |is: bool| if is { -1 } else { 0 };
        Some(Self {
            over: over as f64,
            under: under as f64,
            keep: mask(is_quotient),
            one: i64::from(!is_quotient),
            // A d of 1 takes no room.
            room: (room(over)?, if is_quotient { room(under)? } else { room(under)?.max(2) }),
            is_part: mask(is_part),
            is_not_negative: mask(is_not_negative),
        })
    }

    /// Whether figures are a quotient of two numbers.
    #[inline(always)]
    pub(super) fn is_quotient(&self) -> bool {
        self.one == 0
    }

    /// The value of one figure, where it is beyond question and has one.
    pub(super) fn value(&self, n: i64, d: i64) -> Option<f64> {
        let mut seen = Seen::default();
        let [value, ..] = self.values(&[n; 8], &[d; 8], &mut seen);
        (self.look(&seen) == Look::Plain).then_some(value)
    }

    /// Turns figures into values, which mean nothing where their d is 0, or where a [look](Self::look) finds them questionable.
    #[inline(always)]
    pub(super) fn values(&self, n: &[i64; 8], d: &[i64; 8], seen: &mut Seen) -> Eight {
        let mut d = *d;
        d.iter_mut().for_each(|d| *d = *d & self.keep | self.one);
        let mut values = Eight::default();
        let Seen { odd, gaps, n: all_n, d: all_d } = seen;
        for ((value, n), d) in values.iter_mut().zip(n).zip(&d) {
            *value = as_float(*n) * self.over / (as_float(*d) * self.under);
        }
        for ((odd, n), d) in odd.iter_mut().zip(n).zip(&d) {
            *odd |= (n & self.is_not_negative) | (d.wrapping_sub(*n) & self.is_part);
        }
        gaps.iter_mut().zip(&d).for_each(|(gaps, d)| *gaps |= d.wrapping_sub(1));
        all_n.iter_mut().zip(n).for_each(|(all, n)| *all |= n.wrapping_add(self.room.0));
        all_d.iter_mut().zip(&d).for_each(|(all, d)| *all |= d);
        values
    }

    /// What figures are like that have been turned into values.
    #[inline(always)]
    pub(super) fn look(&self, seen: &Seen) -> Look {
        let any = |parts: &[i64; 8]| parts.iter().fold(0, |any, part| any | part);
        let (n, d) = (any(&seen.n), any(&seen.d));
        let fits = (0..self.room.0.wrapping_mul(2)).contains(&n) && (0..self.room.1).contains(&d);
        match (fits && any(&seen.odd) >= 0, any(&seen.gaps) >= 0) {
            (false, _) => Look::Questionable,
            (true, false) => Look::WithGaps,
            (true, true) => Look::Plain,
        }
    }
}

/// What was seen of figures: all bits of numbers that say something by their signs or their sizes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// Below 0 where a figure is not what there can be.
    odd: [i64; 8],
    /// Below 0 where a d is 0.
    gaps: [i64; 8],
    /// Each n with the power of two added that it has to be below in size: the sum is not below 0 and below twice that.
    n: [i64; 8],
    /// Each d.
    d: [i64; 8],
}

/// What some figures are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Each has a value.
    Plain,
    /// Some have a whole of 0.
    WithGaps,
    /// Some are too large, or not what there can be.
    Questionable,
}
