//! Exact integer arithmetic on short rows of numbers, written so that a compiler makes vector instructions of it.
//!
//! A quotient is estimated in floats and corrected by the exact integer remainder, so that the estimate leaves no trace in the
//! result. The estimate has five roundings of 2⁻⁵³ each, so for |x·s/d| < 2⁴⁹ it is off by at most 0.32, and the whole number q
//! nearest to it by less than 1. So |x·s − q·d| < d, and that difference is exact in wrapping 64-bit arithmetic whatever x·s is,
//! as long as d < 2⁶¹.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "estimates that exact integers correct")]

/// How many rows are computed together: few enough that all their intermediate numbers stay in the nearest cache.
pub(super) const BLOCK: usize = 512;

/// One number for each row of a block.
pub(super) type Lane = [i64; BLOCK];

/// Sizes of quotients below this are estimated to within 1.
const NARROW: f64 = 562_949_953_421_312.0; // 2⁴⁹
/// Sizes of quotients below this have 64 bits, also once their estimate is corrected; a little less than 2⁶³.
const WIDEST: f64 = 9_223_372_036_854_000_000.0;

/// 1.5·2⁵²: added to a float of a size below 2⁵¹ it leaves the nearest whole number in the last bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;

/// The whole number nearest to a float of a size below 2⁵¹.
#[inline(always)]
fn nearest(value: f64) -> i64 {
    ((value + SHIFT).to_bits().cast_signed()).wrapping_sub(SHIFT.to_bits().cast_signed())
}

/// A whole number near a float of a size below 2⁶³.
#[inline(always)]
fn near(value: f64) -> i64 {
    let high = nearest(value * (1.0 / 4_294_967_296.0));
    let low = nearest(value - (high as f64) * 4_294_967_296.0);
    high.wrapping_shl(32).wrapping_add(low)
}

/// What quotients are multiplied by before they are divided.
#[derive(Clone, Copy)]
pub(super) enum Scale<'a> {
    /// All by one number.
    One(i64),
    /// Each by its own.
    Each(&'a Lane),
}

/// What stands for the remainder of a quotient that is too large for 64 bits; a remainder is never below 0.
pub(super) const TOO_LARGE: i64 = -1;

/// The most bits of a divisor by which quotients of any size are right.
const WIDE_DIVISOR: u32 = 49;

/// The quotients `x·s/d` rounded down, with their remainders: `x·s = whole·d + rest`, `0 ≤ rest < d < 2⁶¹`; by 1 where d is not
/// above 0. Says whether some rest is [`TOO_LARGE`].
#[inline(always)]
pub(super) fn divide(x: &Lane, s: Scale<'_>, d: &Lane, whole: &mut Lane, rest: &mut Lane) -> bool {
    if !divide_as::<false>(x, s, d, whole, rest) {
        return false;
    }
    // Quotients of 2⁴⁹ and more: a second estimate makes up for what the first one lacks.
    bits(d) > WIDE_DIVISOR || divide_as::<true>(x, s, d, whole, rest)
}

#[inline(always)]
fn divide_as<const WIDE: bool>(x: &Lane, s: Scale<'_>, d: &Lane, whole: &mut Lane, rest: &mut Lane) -> bool {
    let mut all = 0;
    let rows = whole.iter_mut().zip(rest).zip(x.iter().zip(d));
    match s {
        Scale::One(s) => {
            for ((whole, rest), (x, d)) in rows {
                (*whole, *rest) = quotient::<WIDE>(*x, s, (*d).max(1));
                all |= *rest;
            }
        }
        Scale::Each(s) => {
            for (((whole, rest), (x, d)), s) in rows.zip(s) {
                (*whole, *rest) = quotient::<WIDE>(*x, *s, (*d).max(1));
                all |= *rest;
            }
        }
    }
    all < 0
}

/// The quotient `x·s/d` rounded down and its remainder, for `0 < d < 2⁶¹` (`WIDE`: 2⁴⁹).
#[inline(always)]
fn quotient<const WIDE: bool>(x: i64, s: i64, d: i64) -> (i64, i64) {
    let divisor = d as f64;
    let estimate = (x as f64) * (s as f64) / divisor;
    let is_beyond = estimate.abs() >= if WIDE { WIDEST } else { NARROW };
    let estimate = if is_beyond { 0.0 } else { estimate };
    let mut whole = if WIDE { near(estimate) } else { nearest(estimate) };
    let mut rest = x.wrapping_mul(s).wrapping_sub(whole.wrapping_mul(d));
    if WIDE {
        // The first estimate is off by at most 2¹³, the second by less than 1.
        let more = nearest(if is_beyond { 0.0 } else { (rest as f64) / divisor });
        whole = whole.wrapping_add(more);
        rest = rest.wrapping_sub(more.wrapping_mul(d));
    }
    let is_below = rest < 0;
    whole = whole.wrapping_sub(i64::from(is_below));
    rest = rest.wrapping_add(if is_below { d } else { 0 });
    (whole, if is_beyond { TOO_LARGE } else { rest })
}

/// A quotient less a whole number, rounded to the nearest whole number, halves away from zero: from the quotient rounded down,
/// its remainder and its divisor.
#[inline(always)]
pub(super) fn rounded_less(whole: i64, rest: i64, d: i64, subtrahend: i64) -> i64 {
    let whole = whole.wrapping_sub(subtrahend);
    // A half goes up where the result is not below 0, and stays where it is.
    let doubled = rest.wrapping_add(rest).wrapping_add(i64::from(whole >= 0));
    whole.wrapping_add(i64::from(doubled > d))
}

/// How many bits the sizes of all numbers need together: each is below 2 to this power.
#[inline(always)]
pub(super) fn bits(lane: &Lane) -> u32 {
    let all = lane.iter().fold(0, |all, value| all | (value ^ (value >> 63)));
    u64::BITS - all.cast_unsigned().leading_zeros()
}

/// A table that codes are looked up in: as long as every code of 8 or of 16 bits, so that no look-up can fail.
#[derive(Clone, Debug)]
pub(super) enum Table {
    /// For at most 256 entries.
    Short(Box<[i64; 256]>),
    /// For at most 65,536 entries.
    Long(Box<[i64]>),
}

/// The most entries of a table.
pub(super) const MOST_ENTRIES: usize = 65_536;

impl Table {
    /// The table of these entries, at most [`MOST_ENTRIES`].
    pub(super) fn new(entries: impl ExactSizeIterator<Item = i64>) -> Self {
        if entries.len() <= 256 {
            let mut table = Box::new([0; 256]);
            table.iter_mut().zip(entries).for_each(|(slot, entry)| *slot = entry);
            return Self::Short(table);
        }
        let mut table = vec![0; MOST_ENTRIES].into_boxed_slice();
        table.iter_mut().zip(entries).for_each(|(slot, entry)| *slot = entry);
        Self::Long(table)
    }

    /// The entries of codes; `one` where all of them are the same.
    #[inline(always)]
    pub(super) fn look_up(&self, codes: &[u32; BLOCK], one: Option<u32>, found: &mut Lane) {
        if let Some(code) = one {
            *found = [self.entry(code); BLOCK];
            return;
        }
        match self {
            Self::Short(table) => {
                for (found, code) in found.iter_mut().zip(codes) {
                    *found = table.get((code & 255) as usize).copied().unwrap_or(0);
                }
            }
            Self::Long(table) => {
                let Some(table) = table.first_chunk::<MOST_ENTRIES>() else { return };
                for (found, code) in found.iter_mut().zip(codes) {
                    *found = table.get((code & 65_535) as usize).copied().unwrap_or(0);
                }
            }
        }
    }

    /// The entry of one code.
    #[inline(always)]
    pub(super) fn entry(&self, code: u32) -> i64 {
        match self {
            Self::Short(table) => table.get((code & 255) as usize).copied().unwrap_or(0),
            Self::Long(table) => table.get((code & 65_535) as usize).copied().unwrap_or(0),
        }
    }
}
