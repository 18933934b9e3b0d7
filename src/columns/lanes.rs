//! Exact integer arithmetic on short rows of numbers, written so that a compiler makes vector instructions of it.
//!
//! A quotient is estimated in floats and corrected by the exact integer remainder, so that the estimate leaves no trace in the
//! result. The estimate has five roundings of 2⁻⁵³ each, so for |x·s/d| < 2⁴⁹ it is off by at most 0.32, and the whole number q
//! nearest to it by less than 1. So |x·s − q·d| < d, and that difference is exact in wrapping 64-bit arithmetic whatever x·s is,
//! as long as d < 2⁶².
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "estimates that exact integers correct")]

/// How many rows are computed together: few enough that all their intermediate numbers stay in the nearest cache.
pub(super) const BLOCK: usize = 256;

/// One number for each row of a block.
pub(super) type Lane = [i64; BLOCK];

/// Sizes of quotients below this are estimated to within 1.
const NARROW: f64 = 562_949_953_421_312.0; // 2⁴⁹
/// Sizes of quotients below this leave room for a difference in 64 bits, also once their estimate is corrected; a little less
/// than 2⁶².
const WIDEST: f64 = 4_611_686_018_427_000_000.0;

/// 1.5·2⁵²: added to a float of a size below 2⁵¹ it leaves the nearest whole number in the last bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;

/// The whole number nearest to a float of a size below 2⁵¹; of a larger float a number that is not below 2⁵¹ in size either.
#[inline(always)]
pub(super) fn nearest(value: f64) -> i64 {
    ((value + SHIFT).to_bits().cast_signed()).wrapping_sub(SHIFT.to_bits().cast_signed())
}

/// The same as float.
#[inline(always)]
pub(super) fn nearest_float(value: f64) -> f64 {
    (value + SHIFT) - SHIFT
}

/// A whole number of a size below 2⁵¹ as float, in instructions that every processor has for vectors.
#[inline(always)]
pub(super) fn as_float(value: i64) -> f64 {
    f64::from_bits(value.wrapping_add(SHIFT.to_bits().cast_signed()).cast_unsigned()) - SHIFT
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

/// The quotients `x·s/d` rounded down, with their remainders: `x·s = whole·d + rest`, `0 ≤ rest < d < 2⁶²`; by 1 where d is not
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
    let mut is_any_beyond = false;
    let rows = whole.iter_mut().zip(rest).zip(x.iter().zip(d));
    match s {
        Scale::One(s) => {
            for ((whole, rest), (x, d)) in rows {
                let (found, left, is_beyond) = quotient::<WIDE>(*x, s, (*d).max(1));
                is_any_beyond |= is_beyond;
                (*whole, *rest) = (found, if is_beyond { TOO_LARGE } else { left });
            }
        }
        Scale::Each(s) => {
            for (((whole, rest), (x, d)), s) in rows.zip(s) {
                let (found, left, is_beyond) = quotient::<WIDE>(*x, *s, (*d).max(1));
                is_any_beyond |= is_beyond;
                (*whole, *rest) = (found, if is_beyond { TOO_LARGE } else { left });
            }
        }
    }
    is_any_beyond
}

/// The quotient `x·s/d` rounded down and its remainder, for `0 < d < 2⁶²` (`WIDE`: 2⁴⁹), and whether it is too large to be right.
#[inline(always)]
pub(super) fn quotient<const WIDE: bool>(x: i64, s: i64, d: i64) -> (i64, i64, bool) {
    let divisor = d as f64;
    let estimate = (x as f64) * (s as f64) / divisor;
    let is_beyond = estimate.abs() >= if WIDE { WIDEST } else { NARROW };
    let mut whole = if WIDE { near(estimate) } else { nearest(estimate) };
    let mut rest = x.wrapping_mul(s).wrapping_sub(whole.wrapping_mul(d));
    if WIDE {
        // The first estimate is off by at most 2¹³, the second by less than 1.
        let more = nearest((rest as f64) / divisor);
        whole = whole.wrapping_add(more);
        rest = rest.wrapping_sub(more.wrapping_mul(d));
    }
    // All ones where the estimate was one too high.
    let below = rest >> 63;
    (whole.wrapping_add(below), rest.wrapping_add(d & below), is_beyond)
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

/// A number whose bits are those that the size of this one needs: of several, all bits together say what the largest needs.
#[inline(always)]
pub(super) fn size(value: i64) -> i64 {
    value ^ (value >> 63)
}

/// How many bits the size of a number needs: it is below 2 to this power, or −2 to this power itself.
#[inline(always)]
pub(super) fn size_bits(value: i64) -> u32 {
    u64::BITS - size(value).cast_unsigned().leading_zeros()
}

/// How many bits the sizes of all numbers need together.
#[inline(always)]
pub(super) fn bits(lane: &Lane) -> u32 {
    size_bits(lane.iter().fold(0, |all, value| all | size(*value)))
}

/// A table that codes are looked up in: as long as every code of 8 or of 16 bits, so that no look-up can fail.
#[derive(Clone, Debug)]
pub(super) enum Table {
    /// For at most 256 entries.
    Short(Box<[i64; 256]>),
    /// For at most 4,096 entries.
    Medium(Box<[i64]>),
    /// For at most 65,536 entries.
    Long(Box<[i64]>),
}

const MEDIUM: usize = 4_096;

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
        let is_medium = entries.len() <= MEDIUM;
        let mut table = vec![0; if is_medium { MEDIUM } else { MOST_ENTRIES }].into_boxed_slice();
        table.iter_mut().zip(entries).for_each(|(slot, entry)| *slot = entry);
        if is_medium { Self::Medium(table) } else { Self::Long(table) }
    }

    /// The entries of codes; `one` where all of them are the same.
    #[inline(always)]
    pub(super) fn look_up(&self, codes: &[u32; BLOCK], one: Option<u32>, found: &mut Lane) {
        match self {
            _ if one.is_some() => self.look_up_one(one.unwrap_or_default(), found),
            Self::Short(table) => look_up::<256>(table.as_slice(), codes, found),
            Self::Medium(table) => look_up::<MEDIUM>(table, codes, found),
            Self::Long(table) => look_up::<MOST_ENTRIES>(table, codes, found),
        }
    }

    /// The entry of one code, for every row.
    #[inline(always)]
    pub(super) fn look_up_one(&self, code: u32, found: &mut Lane) {
        *found = [self.entry(code); BLOCK];
    }

    /// The entry of one code.
    #[inline(always)]
    pub(super) fn entry(&self, code: u32) -> i64 {
        match self {
            Self::Short(table) => table.get(code as usize).copied().unwrap_or(0),
            Self::Medium(table) | Self::Long(table) => table.get(code as usize).copied().unwrap_or(0),
        }
    }
}

/// The entries of codes in a table of so many, a power of two: that the place is cut to it is what lets a compiler leave out the
/// question whether it is there. No code is beyond it.
#[inline(always)]
fn look_up<const ENTRIES: usize>(table: &[i64], codes: &[u32; BLOCK], found: &mut Lane) {
    let Some(table) = table.first_chunk::<ENTRIES>() else { return };
    for (found, code) in found.iter_mut().zip(codes) {
        *found = table.get((*code as usize) & (ENTRIES - 1)).copied().unwrap_or(0);
    }
}

#[cfg(test)]
#[path = "lanes_tests.rs"]
mod tests;
