//! The table that most tables are, in one pass: every row a quotient, held against one threshold.
//!
//! Nothing here is another definition: it is what `block` does step by step, with what is between the steps kept in registers. A
//! block that is not plain after all (a gap, a fault, a number that is too large) is left to `block`. Before that, numbers are
//! taken to be small, for which `small` has a shorter way.

use super::block::{DIVISOR, PRODUCT, named};
use super::compiled::{COUNTS, Compiled, Form, NOT_NEGATIVE, Variances};
use super::small::Small;
use super::{Buffers, Output, Rows};
use crate::assess::Status;
use crate::columns::input::{Codes, Mantissas};
use crate::columns::lanes::{BLOCK, Lane, Table, quotient, rounded_less, size, size_bits};
use crate::columns::settings::UNDEFINED;

/// After how many small blocks in succession the next one is taken to be small as well: one that is not costs both ways.
const PATIENCE: u32 = 4;

/// What plain rows need to know of their rules, and room for what is not asked for.
pub(super) struct Plain<'c> {
    u: &'c Table,
    v: &'c Table,
    /// The thresholds in the places of the result, where variances are asked for.
    thresholds: Option<&'c Table>,
    /// What counts are multiplied by for their percentage.
    scale: i64,
    checks: i64,
    no_cases: Status,
    most_bits: [u32; 3],
    rules: u32,
    counts_cases: bool,
    divides: bool,
    /// The way of small numbers, where there is one for these rules.
    small: Option<Small>,
    /// How many blocks in succession were small.
    small_blocks: u32,
    lanes: Box<[Lane; 7]>,
    status: Box<[Status; BLOCK]>,
}

impl<'c> Plain<'c> {
    /// None where the rules or what is asked of them are not plain.
    pub(super) fn new(compiled: &'c Compiled, rules: usize, wanted: &[Output]) -> Option<Self> {
        let wants = |output: Output| wanted.contains(&output);
        let is_other = |output: &Output| matches!(output, Output::Shortfall | Output::RatioToTarget | Output::Progress);
        let counts_cases = wants(Output::ShortBy) || wants(Output::Allowance);
        let is_single = compiled.high_ends.is_none() && compiled.ends.strict.is_none();
        if wanted.iter().any(is_other) || !is_single || (counts_cases && compiled.case_ends.is_some()) {
            return None;
        }
        let divides = wants(Output::Actual) || wants(Output::Variance);
        let scale = if divides { compiled.actual.same.filter(Form::is_plain)?.s } else { 1 };
        let thresholds = match &compiled.variance {
            _ if !wants(Output::Variance) => None,
            Variances::OfActual { low, high: None } => Some(low),
            _ => return None,
        };
        // A status alone is one comparison, which nothing makes shorter.
        let is_short = counts_cases || divides;
        let small = is_short.then(|| Small::new(&compiled.ends, thresholds, divides.then_some(scale), rules)).flatten();
        Some(Self {
            u: &compiled.ends.u,
            v: &compiled.ends.v,
            thresholds,
            scale,
            checks: compiled.checks.same.filter(|checks| Compiled::are_quotients(*checks))?,
            no_cases: named(compiled.no_cases.same?),
            most_bits: compiled.most_bits,
            rules: u32::try_from(rules).ok()?,
            counts_cases,
            divides,
            small,
            small_blocks: PATIENCE,
            lanes: Box::new([[0; BLOCK]; 7]),
            status: Box::new([Status::AwaitingData; BLOCK]),
        })
    }

    /// Answers a block of rows; says whether it could.
    #[inline(always)]
    pub(super) fn block(&mut self, rows: &Rows<'_>, buffers: &mut Buffers<'_>, start: usize) -> bool {
        let Some(n) = chunk(&rows.numerators, start) else { return false };
        let Some(d) = rows.denominators.as_ref().and_then(|figures| chunk(figures, start)) else { return false };
        let codes = match rows.rules {
            Codes::One(code) => Codes::One(code),
            Codes::Each(codes) => {
                let Some(codes) = codes.get(start..).and_then(|codes| codes.first_chunk::<BLOCK>()) else { return false };
                if codes.iter().fold(0, |most, code| (*code).max(most)) >= self.rules {
                    return false;
                }
                Codes::Each(codes)
            }
        };
        let [u, v, t, actual, variance, short_by, allowance] = &mut *self.lanes;
        let [mut actual, mut variance, mut short_by, mut allowance] = [actual, variance, short_by, allowance];
        for (output, column) in Output::ALL.into_iter().zip(&mut buffers.columns) {
            let Some(column) = column.as_mut().and_then(|column| column.get_mut(start..)?.first_chunk_mut()) else { continue };
            match output {
                Output::Actual => actual = column,
                Output::Variance => variance = column,
                Output::ShortBy => short_by = column,
                Output::Allowance => allowance = column,
                Output::Shortfall | Output::RatioToTarget | Output::Progress => {}
            }
        }
        let column = buffers.status.as_mut().and_then(|column| column.get_mut(start..)?.first_chunk_mut::<BLOCK>());
        let status = column.unwrap_or(&mut self.status);
        let held = Held {
            scale: self.scale,
            counts: self.checks & COUNTS != 0,
            is_not_negative: self.checks & NOT_NEGATIVE != 0,
            no_cases: self.no_cases,
        };
        if let Some(small) = self.small.as_ref().filter(|_| self.small_blocks >= PATIENCE) {
            look_up(&small.slopes, codes, u);
            look_up(&small.offsets, codes, v);
            look_up(&small.thresholds, codes, t);
            if small.answer(&held, n, d, u, v, t, status, actual, variance, short_by, allowance) {
                return true;
            }
        }
        look_up(self.u, codes, u);
        look_up(self.v, codes, v);
        if let Some(thresholds) = self.thresholds {
            look_up(thresholds, codes, t);
        }
        let sizes = match (self.counts_cases, self.divides) {
            (true, true) => held.answer::<true, true>(n, d, u, v, t, status, actual, variance, short_by, allowance),
            (true, false) => held.answer::<true, false>(n, d, u, v, t, status, actual, variance, short_by, allowance),
            (false, true) => held.answer::<false, true>(n, d, u, v, t, status, actual, variance, short_by, allowance),
            (false, false) => held.answer::<false, false>(n, d, u, v, t, status, actual, variance, short_by, allowance),
        };
        let [of_u, of_v, by] = self.most_bits;
        let (n, d) = (size_bits(sizes.n), size_bits(sizes.d));
        let is_plain = !sizes.is_bad && n + of_u <= PRODUCT && d + of_v <= PRODUCT && n.max(d) + by <= DIVISOR;
        let is_small = is_plain && self.small.as_ref().is_some_and(|small| n.max(d) <= small.bits);
        self.small_blocks = if is_small && self.small_blocks < PATIENCE { self.small_blocks.saturating_add(1) } else { 0 };
        is_plain
    }
}

/// The entry of each row's code.
#[inline(always)]
fn look_up(table: &Table, codes: Codes<'_>, found: &mut Lane) {
    match codes {
        Codes::One(code) => table.look_up_one(code, found),
        Codes::Each(codes) => {
            if let Some(codes) = codes.first_chunk() {
                table.look_up(codes, None, found);
            }
        }
    }
}

/// The whole numbers of a full block without a gap.
#[inline(always)]
fn chunk<'a>(figures: &crate::columns::Figures<'a>, start: usize) -> Option<&'a Lane> {
    let Mantissas::Narrow(values) = figures.mantissas else { return None };
    if figures.validity.is_some_and(|validity| !validity.are_all_there(start, BLOCK)) {
        return None;
    }
    values.get(start..)?.first_chunk()
}

/// What all plain rows have in common.
pub(super) struct Held {
    pub(super) scale: i64,
    /// Whether figures have to be `0 ≤ n ≤ d`.
    pub(super) counts: bool,
    /// Whether figures have to be `n ≥ 0`.
    pub(super) is_not_negative: bool,
    pub(super) no_cases: Status,
}

/// All bits of the sizes of all figures, and whether some row is not plain.
struct Sizes {
    n: i64,
    d: i64,
    is_bad: bool,
}

impl Held {
    #[inline(always)]
    #[allow(clippy::too_many_arguments, reason = "columns in a struct could overlap, for all that a compiler knows")]
    fn answer<const COUNTS_CASES: bool, const DIVIDES: bool>(
        &self,
        n: &Lane,
        d: &Lane,
        u: &Lane,
        v: &Lane,
        t: &Lane,
        status: &mut [Status; BLOCK],
        actual: &mut Lane,
        variance: &mut Lane,
        short_by: &mut Lane,
        allowance: &mut Lane,
    ) -> Sizes {
        let mask = |is: bool| -> i64 { if is { -1 } else { 0 } };
        let (counts, not_negative) = (mask(self.counts), mask(self.counts || self.is_not_negative));
        // Below 0 where one of what went in is.
        let (mut sizes, mut impossible) = (Sizes { n: 0, d: 0, is_bad: false }, 0);
        let held = n.iter().zip(d).zip(u).zip(v).zip(t);
        let slots = status.iter_mut().zip(actual).zip(variance).zip(short_by).zip(allowance);
        for (((((n, d), u), v), t), ((((status, actual), variance), short_by), allowance)) in held.zip(slots) {
            sizes.n |= size(*n);
            sizes.d |= d;
            impossible |= d | (not_negative & n) | (counts & d.wrapping_sub(*n));
            let above = u.wrapping_mul(*n).wrapping_sub(v.wrapping_mul(*d));
            let held = if above >= 0 { Status::Met } else { Status::Missed };
            *status = if *d == 0 { self.no_cases } else { held };
            if COUNTS_CASES {
                let (whole, _, is_beyond) = quotient::<false>(above, 1, u.wrapping_abs());
                sizes.is_bad |= is_beyond;
                *allowance = whole;
                *short_by = whole.wrapping_neg().max(0);
            }
            if DIVIDES {
                let by = d.wrapping_add(i64::from(*d == 0));
                let (whole, rest, is_beyond) = quotient::<false>(*n, self.scale, by);
                sizes.is_bad |= is_beyond;
                *actual = if *d == 0 { UNDEFINED } else { rounded_less(whole, rest, by, 0) };
                *variance = if *d == 0 { UNDEFINED } else { rounded_less(whole, rest, by, *t) };
            }
        }
        sizes.is_bad |= impossible < 0;
        sizes
    }
}
