//! Plain rows of small numbers, where floats alone give the exact whole numbers.
//!
//! A quotient of whole numbers x/y lies on a whole number, or on the middle between two, or 1/2y and more away from it. So a
//! quarter of 1/y is added or taken away, which leaves 1/4y on both sides, and the whole number nearest to a float that is off by
//! less than that is the right one; nothing is left to correct. With ε = 2⁻⁵³, and n and d below 2ᵃ in size:
//!
//! * The allowance is `⌊(u·n − v·d)/|u|⌋ = ±n + ⌊z⌋`, `z = −v·d/|u|`, and ⌊z⌋ is the whole number nearest to z − ½ + 1/4|u|. The
//!   slope −v/|u| and the offset ½ − 1/4|u| are rounded once and twice, the product with d and both sums once each, so that the
//!   float is off by less than 1.01·ε·(4·|z| + |n| + 3). For u and v below 2ᵇ that is below 1/4|u| where a + b ≤ 48.
//! * The value is `n·s/d` with `s = first·second`. `n·first` is exact below 2⁵². Its quotient by d, estimated as `n·first·(1/d)`,
//!   is off by at most 0.26 below 2⁵⁰, so a whole number `high` leaves a rest of at most 0.76·d, which is exact. `rest·second` is
//!   exact, and below 0.76·2⁵⁰ where `d·second` is below 2⁵⁰; a quarter more or less of it times 1/d is then off by less than
//!   2.01·ε·0.76·2⁵⁰/d, which is below 1/4d. The whole number nearest to it and `high·second` are the value, with halves up or
//!   down.
//!
//! Values of 2⁴⁹ and more are found out afterwards: a float that large is not taken for a smaller number.
#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "floats whose errors are too small to change a whole number"
)]

use super::compiled::Ends;
use super::plain::Held;
use crate::assess::Status;
use crate::columns::lanes::{BLOCK, Lane, Table, as_float, nearest, nearest_float, size_bits};
use crate::columns::settings::UNDEFINED;

/// What plain rows of small numbers need to know of their rules; floats are in tables by their bits.
pub(super) struct Small {
    /// −v/|u|
    pub(super) slopes: Table,
    /// ½ − 1/4|u|, with the sign of u.
    pub(super) offsets: Table,
    /// The thresholds in the places of the result.
    pub(super) thresholds: Table,
    /// How many bits the sizes of figures may have.
    pub(super) bits: u32,
    /// The two factors of what figures are multiplied by; none where they are not divided.
    factors: Option<(f64, f64)>,
}

/// The sign of a float.
const SIGN: u64 = 1 << 63;
/// How many bits values and figures may have.
const VALUE: u32 = 49;
/// How many bits thresholds may have.
const THRESHOLD: u32 = 50;

impl Small {
    /// None where the numbers of the rules are not small; no `scale` where figures are not divided.
    pub(super) fn new(ends: &Ends, thresholds: Option<&Table>, scale: Option<i64>, rules: usize) -> Option<Self> {
        let codes = || 0..u32::try_from(rules).unwrap_or(0);
        let most = |table: &Table| codes().map(|code| size_bits(table.entry(code))).max().unwrap_or(0);
        if codes().any(|code| ends.u.entry(code) == 0) || thresholds.is_some_and(|thresholds| most(thresholds) > THRESHOLD) {
            return None;
        }
        let mut bits = 48_u32.checked_sub(most(&ends.u).max(most(&ends.v)))?;
        let mut factors = None;
        if let Some(scale) = scale {
            let (room, first, second) = factors_of(scale)?;
            bits = bits.min(room);
            factors = Some((first, second));
        }
        let size = |code: u32| ends.u.entry(code).unsigned_abs() as f64;
        let slope = |code: u32| -(ends.v.entry(code) as f64) / size(code);
        let offset = |code: u32| (0.5 - 0.25 / size(code)).copysign(ends.u.entry(code) as f64);
        let threshold = |code: u32| thresholds.map_or(0, |table| table.entry(code)) as f64;
        let table = |of: &dyn Fn(u32) -> f64| Table::new(codes().map(|code| of(code).to_bits().cast_signed()));
        let (slopes, offsets, thresholds) = (table(&slope), table(&offset), table(&threshold));
        (bits > 0).then_some(Self { slopes, offsets, thresholds, bits, factors })
    }

    /// Answers a block of rows whose slopes, offsets and thresholds are given; says whether it could.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "columns in a struct could overlap, for all that a compiler knows")]
    pub(super) fn answer(
        &self,
        held: &Held,
        n: &Lane,
        d: &Lane,
        slopes: &Lane,
        offsets: &Lane,
        thresholds: &Lane,
        status: &mut [Status; BLOCK],
        actual: &mut Lane,
        variance: &mut Lane,
        short_by: &mut Lane,
        allowance: &mut Lane,
    ) -> bool {
        let (t, all) = (thresholds, (slopes, offsets));
        match (held.counts, self.factors.is_some()) {
            (true, true) => self.pass::<true, true>(held, n, d, all, t, status, actual, variance, short_by, allowance),
            (true, false) => self.pass::<true, false>(held, n, d, all, t, status, actual, variance, short_by, allowance),
            (false, true) => self.pass::<false, true>(held, n, d, all, t, status, actual, variance, short_by, allowance),
            (false, false) => self.pass::<false, false>(held, n, d, all, t, status, actual, variance, short_by, allowance),
        }
    }

    /// `COUNTS`: figures have to be `0 ≤ n ≤ d`.
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "columns in a struct could overlap, for all that a compiler knows")]
    fn pass<const COUNTS: bool, const DIVIDES: bool>(
        &self,
        held: &Held,
        n: &Lane,
        d: &Lane,
        (slopes, offsets): (&Lane, &Lane),
        thresholds: &Lane,
        status: &mut [Status; BLOCK],
        actual: &mut Lane,
        variance: &mut Lane,
        short_by: &mut Lane,
        allowance: &mut Lane,
    ) -> bool {
        let float = |bits: &i64| f64::from_bits(bits.cast_unsigned());
        let (first, second) = self.factors.unwrap_or((0.0, 0.0));
        let not_negative = if held.is_not_negative { -1 } else { 0 };
        let (room, value_room) = (1_i64 << self.bits, 1_i64 << VALUE);
        // Below 0 where one of what went in is; beyond twice its room where one is beyond it in size.
        let (mut impossible, mut all_n, mut all_d, mut values) = (0, 0, 0, 0);
        let rows = n.iter().zip(d).zip(slopes).zip(offsets).zip(thresholds);
        let slots = status.iter_mut().zip(actual).zip(variance).zip(short_by).zip(allowance);
        for (((((n, d), slope), offset), t), ((((status, actual), variance), short_by), allowance)) in rows.zip(slots) {
            all_d |= d;
            if COUNTS {
                impossible |= n | d.wrapping_sub(*n);
            } else {
                impossible |= not_negative & n;
                all_n |= n.wrapping_add(room);
            }
            let (n, d) = (as_float(*n), as_float(*d));
            let offset = float(offset).to_bits();
            let of_n = f64::from_bits(n.to_bits() ^ (offset & SIGN));
            let above = nearest_float(of_n + (d * float(slope) + f64::from_bits(offset | SIGN)));
            *allowance = nearest(above);
            *short_by = nearest(if above < 0.0 { -above } else { 0.0 });
            let has_cases = d != 0.0;
            let state = if above >= 0.0 { Status::Met } else { Status::Missed };
            *status = if has_cases { state } else { held.no_cases };
            if DIVIDES {
                let by = d + if has_cases { 0.0 } else { 1.0 };
                let inverse = 1.0 / by;
                let whole = n * first;
                let high = nearest_float(whole * inverse);
                let rest = (whole - high * by) * second;
                let high = high * second;
                let down = high + nearest_float((rest - 0.25) * inverse);
                let up = high + nearest_float((rest + 0.25) * inverse);
                // A half goes up where the result is not below 0, and stays where it is.
                let half = up - down;
                let away = |down: f64| down + if down < 0.0 { 0.0 } else { half };
                let value = nearest(if COUNTS { up } else { away(down) });
                let gap = nearest(away(down - float(t)));
                values |= value.wrapping_add(value_room);
                *actual = if has_cases { value } else { UNDEFINED };
                *variance = if has_cases { gap } else { UNDEFINED };
            }
        }
        let is_below = |all: i64, room: i64| (0..room.wrapping_add(room)).contains(&all);
        impossible >= 0 && (0..room).contains(&all_d) && is_below(all_n, room) && is_below(values, value_room)
    }
}

/// Two factors of a number, and below how many bits figures have to be for them.
fn factors_of(scale: i64) -> Option<(u32, f64, f64)> {
    let split = |places: u32| {
        let second = 10_i64.checked_pow(places)?;
        let first = scale.checked_div(second).filter(|first| *first > 0 && first.wrapping_mul(second) == scale)?;
        let room = 52_u32.checked_sub(size_bits(first))?.min(50_u32.checked_sub(size_bits(second))?);
        Some((room, first as f64, second as f64))
    };
    (0..=18).filter_map(split).max_by_key(|(room, _, _)| *room)
}

#[cfg(test)]
#[path = "small_tests.rs"]
mod tests;
