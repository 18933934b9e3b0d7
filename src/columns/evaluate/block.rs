//! Rows computed a block at a time, and those that do not fit a block one by one.

use super::arithmetic::{count_cases, form, hold_against, round, round_ratio, shortfall, variance};
use super::compiled::{COUNTS, Compiled, NOT_NEGATIVE, ONE_BY_ONE, QUOTIENT, Variances};
use super::plain::Plain;
use super::{Buffers, Job, MOST_FAULTS, Output, Rows};
use crate::assess::Status;
use crate::columns::dispatch::Kernel;
use crate::columns::input::{Codes, Figures, Mantissas};
use crate::columns::lanes::{BLOCK, Lane, TOO_LARGE, Table, bits, size_bits};
use crate::columns::rule::Rule;
use crate::columns::settings::{UNDEFINED, fixed_or_undefined};
use crate::fault::{Fault, FaultKind, Path};

/// A part of a table, to be computed block by block.
pub(super) struct Blocks<'b, 'j> {
    pub(super) job: &'b Job<'j>,
    pub(super) rows: Rows<'b>,
    pub(super) buffers: Buffers<'b>,
    /// The place of the first row in the whole table.
    pub(super) from: usize,
}

/// What is known of the rows of one block; slots beyond the rows are as if missing.
pub(super) struct Block {
    pub(super) start: usize,
    pub(super) rows: usize,
    pub(super) codes: [u32; BLOCK],
    /// The code of every row, where it is one.
    pub(super) code: Option<u32>,
    /// Numerators; 0 where a row is missing or goes alone.
    pub(super) n: Lane,
    /// Denominators, 1 for amounts; 0 where a row is missing or goes alone.
    pub(super) d: Lane,
    pub(super) u: Lane,
    pub(super) v: Lane,
    pub(super) s: Lane,
    pub(super) more: Lane,
    /// What the figure lies above the end that it is held against, in whole numbers: met from 0 on.
    pub(super) above: Lane,
    /// Quotients rounded down, what is left of each, and what it was divided by; that is 0 where there is none.
    pub(super) whole: Lane,
    pub(super) rest: Lane,
    pub(super) by: Lane,
    pub(super) out: Lane,
    pub(super) status: [Status; BLOCK],
    pub(super) missing: Vec<usize>,
    /// The rows that go one by one, by the rule itself.
    pub(super) alone: Vec<usize>,
}

impl Kernel for Blocks<'_, '_> {
    type Output = Vec<Fault>;

    #[inline(always)]
    fn run(mut self) -> Vec<Fault> {
        let mut faults = Vec::new();
        // Made when it is first needed: where all blocks are plain it never is.
        let mut room: Option<Box<Block>> = None;
        let mut plain = Plain::new(self.job.compiled, self.job.rules.len(), &self.buffers.outputs());
        let mut start: usize = 0;
        while start < self.rows.len() && faults.len() < MOST_FAULTS {
            // Not in a closure, which would be compiled without the instructions of this function.
            if let Some(plain) = &mut plain
                && plain.block(&self.rows, &mut self.buffers, start)
            {
                start = start.saturating_add(BLOCK);
                continue;
            }
            let block = room.get_or_insert_with(|| Box::new(Block::new(self.rows.rules)));
            let before = faults.len();
            (block.start, block.rows) = (start, BLOCK.min(self.rows.len().saturating_sub(start)));
            self.load(block, &mut faults);
            self.answer(block);
            self.one_by_one(block, &mut faults);
            // In the order of their rows, whatever was asked of these first.
            if let Some(found) = faults.get_mut(before..) {
                found.sort_by(|one, other| one.path.segments().get(1).cmp(&other.path.segments().get(1)));
            }
            start = start.saturating_add(BLOCK);
        }
        faults.truncate(MOST_FAULTS);
        faults
    }
}

impl Block {
    fn new(rules: Codes<'_>) -> Self {
        let lane = [0; BLOCK];
        let code = if let Codes::One(code) = rules { Some(code) } else { None };
        Self {
            start: 0,
            rows: 0,
            codes: [code.unwrap_or(0); BLOCK],
            code,
            n: lane,
            d: lane,
            u: lane,
            v: lane,
            s: lane,
            more: lane,
            above: lane,
            whole: lane,
            rest: lane,
            by: lane,
            out: lane,
            status: [Status::AwaitingData; BLOCK],
            missing: Vec::new(),
            alone: Vec::new(),
        }
    }

    /// Takes a row out of the block.
    fn leave_out(&mut self, row: usize) {
        if let (Some(n), Some(d)) = (self.n.get_mut(row), self.d.get_mut(row)) {
            (*n, *d) = (0, 0);
        }
    }

    /// Lets the rows alone whose quotient is too large.
    #[cold]
    pub(super) fn set_large_alone(&mut self) {
        let is_large = |row: &usize| self.rest.get(*row) == Some(&TOO_LARGE);
        let large: Vec<usize> = (0..self.rows).filter(is_large).collect();
        large.into_iter().for_each(|row| self.set_alone(row));
    }

    /// Lets a row be answered by the rule itself.
    fn set_alone(&mut self, row: usize) {
        self.alone.push(row);
        self.leave_out(row);
    }
}

impl Blocks<'_, '_> {
    fn compiled(&self) -> &Compiled {
        self.job.compiled
    }

    /// Takes in the figures of a block, and says what is wrong with them.
    #[inline(always)]
    fn load(&self, block: &mut Block, faults: &mut Vec<Fault>) {
        let compiled = self.compiled();
        block.missing.clear();
        block.alone.clear();
        if let Codes::Each(codes) = self.rows.rules {
            let codes = codes.get(block.start..).unwrap_or_default();
            block.codes.iter_mut().zip(codes).for_each(|(slot, code)| *slot = *code);
            block.codes.iter_mut().skip(block.rows).for_each(|slot| *slot = 0);
        }
        let known = u32::try_from(self.job.rules.len()).unwrap_or(u32::MAX);
        if block.codes.iter().fold(0, |most, code| (*code).max(most)) >= known {
            self.unknown_rules(block, known, faults);
        }
        load(&self.rows.numerators, block.start, block.rows, &mut block.n, &mut block.missing, &mut block.alone);
        let is_amount = compiled.checks.same.is_some_and(|checks| checks & QUOTIENT == 0);
        match self.rows.denominators.as_ref().filter(|_| !is_amount) {
            Some(figures) if compiled.checks.same.is_some() => {
                load(figures, block.start, block.rows, &mut block.d, &mut block.missing, &mut block.alone);
            }
            // Of rules of several kinds some have no denominator.
            Some(_) => {}
            None => {
                block.d.iter_mut().take(block.rows).for_each(|d| *d = 1);
                block.d.iter_mut().skip(block.rows).for_each(|d| *d = 0);
            }
        }
        match compiled.checks.same {
            Some(checks) => {
                if check(&block.n, &block.d, |_| checks) {
                    self.impossible(block, faults);
                }
                if checks & ONE_BY_ONE != 0 {
                    block.alone.extend(0..block.rows);
                }
            }
            None => self.load_mixed(block, faults),
        }
        if !(block.missing.is_empty() && block.alone.is_empty()) {
            block.missing.sort_unstable();
            block.missing.dedup();
            block.alone.sort_unstable();
            block.alone.dedup();
            let missing = std::mem::take(&mut block.missing);
            block.alone.retain(|row| missing.binary_search(row).is_err());
            let alone = std::mem::take(&mut block.alone);
            missing.iter().chain(&alone).for_each(|row| block.leave_out(*row));
            (block.missing, block.alone) = (missing, alone);
        }
        let [u, v, by] = compiled.most_bits;
        let (n, d) = (bits(&block.n), bits(&block.d));
        if n + u > PRODUCT || d + v > PRODUCT || n.max(d) + by > DIVISOR {
            large_alone(compiled, block);
        }
    }

    /// The same where rules are of several kinds, some with a denominator and some without.
    #[inline(always)]
    fn load_mixed(&self, block: &mut Block, faults: &mut Vec<Fault>) {
        let table = &self.compiled().checks.table;
        if let Some(figures) = &self.rows.denominators {
            let (mut missing, mut alone) = (Vec::new(), Vec::new());
            load(figures, block.start, block.rows, &mut block.d, &mut missing, &mut alone);
            let codes = block.codes;
            let is_quotient = |row: &usize| codes.get(*row).is_some_and(|code| table.entry(*code) & QUOTIENT != 0);
            block.missing.extend(missing.into_iter().filter(is_quotient));
            block.alone.extend(alone.into_iter().filter(is_quotient));
        }
        table.look_up(&block.codes, block.code, &mut block.more);
        for (d, checks) in block.d.iter_mut().zip(&block.more).take(block.rows) {
            *d = if checks & QUOTIENT == 0 { 1 } else { *d };
        }
        let mut at = block.more.iter();
        if check(&block.n, &block.d, |_| at.next().copied().unwrap_or(0)) {
            self.impossible(block, faults);
        }
        let alone = block.more.iter().enumerate().take(block.rows).filter(|(_, checks)| **checks & ONE_BY_ONE != 0);
        block.alone.extend(alone.map(|(row, _)| row));
    }

    #[cold]
    fn unknown_rules(&self, block: &mut Block, known: u32, faults: &mut Vec<Fault>) {
        for row in 0..block.rows {
            let Some(code) = block.codes.get_mut(row).filter(|code| **code >= known) else { continue };
            let what = format!("rule {code}");
            *code = 0;
            let expected = format!("the place of one of {known} rules, from 0");
            faults.push(self.fault(FaultKind::UnknownReference, "rules", block.start, row, what, expected));
            block.missing.push(row);
        }
    }

    /// Names the rows whose figures can not be.
    #[cold]
    fn impossible(&self, block: &mut Block, faults: &mut Vec<Fault>) {
        for row in 0..block.rows {
            let (Some(n), Some(d), Some(code)) = (block.n.get(row), block.d.get(row), block.codes.get(row)) else { continue };
            let checks = self.compiled().checks.table.entry(*code);
            if block.missing.contains(&row) || block.alone.contains(&row) || !is_impossible(*n, *d, checks) {
                continue;
            }
            faults.extend(self.impossible_row(block.start, row));
            block.missing.push(row);
        }
    }

    /// What is wrong with the figures of a row; none where it has no rule.
    fn impossible_row(&self, start: usize, row: usize) -> Option<Fault> {
        let place = start.saturating_add(row);
        let rule = self.rule(place)?;
        let show = |figures: Option<&Figures<'_>>| {
            figures.and_then(|figures| figures.get(place)).map_or_else(|| "missing".to_owned(), |value| value.to_string())
        };
        let n = show(Some(&self.rows.numerators));
        let d = show(self.rows.denominators.as_ref());
        let kind = FaultKind::Inconsistent;
        let bounds = rule.indicator().bounds();
        let is_below = self.rows.denominators.as_ref().and_then(|figures| figures.get(place)).is_some_and(|d| d.is_negative());
        Some(if rule.kind().may_be_bare() {
            self.fault(kind, "numerators", start, row, format!("{n} of {d}"), "0 ≤ numerator ≤ denominator".to_owned())
        } else if rule.is_quotient() && is_below {
            self.fault(kind, "denominators", start, row, d, "a denominator of at least 0".to_owned())
        } else {
            let whole = if rule.indicator().is_whole() { "a whole number" } else { "a value" };
            let expected = match (bounds.low, bounds.high) {
                (Some(low), Some(high)) => format!("{whole} from {low} to {high}"),
                (Some(low), None) => format!("{whole} of at least {low}"),
                (None, Some(high)) => format!("{whole} of at most {high}"),
                (None, None) => whole.to_owned(),
            };
            let what = if rule.is_quotient() { format!("{n} of {d}") } else { n };
            self.fault(kind, "numerators", start, row, what, expected)
        })
    }

    fn rule(&self, place: usize) -> Option<&Rule> {
        self.rows.rules.get(place).and_then(|code| self.job.rules.get(usize::try_from(code).ok()?))
    }

    fn fault(&self, kind: FaultKind, column: &str, start: usize, row: usize, what: String, expected: String) -> Fault {
        let place = self.from.saturating_add(start).saturating_add(row);
        Fault::new(kind, Path::root().key(column).index(place), what, expected)
    }

    /// Everything that is asked of the rows of a block.
    #[inline(always)]
    fn answer(&mut self, block: &mut Block) {
        let compiled = self.job.compiled;
        let wants = |buffers: &Buffers<'_>, output: Output| buffers.columns.get(output as usize).is_some_and(Option::is_some);
        let counts_cases = wants(&self.buffers, Output::ShortBy) || wants(&self.buffers, Output::Allowance);
        let has_gap = wants(&self.buffers, Output::Variance) || wants(&self.buffers, Output::Shortfall);
        if self.buffers.status.is_some() || (counts_cases && compiled.case_ends.is_none()) {
            hold_against(&compiled.ends, block);
        }
        if self.buffers.status.is_some() {
            self.status(block);
        }
        if counts_cases {
            if let Some(ends) = &compiled.case_ends {
                hold_against(ends, block);
            }
            count_cases(block);
            self.write(Output::Allowance, block);
            block.out.iter_mut().for_each(|out| *out = if *out == UNDEFINED { UNDEFINED } else { out.wrapping_neg().max(0) });
            self.write(Output::ShortBy, block);
        }
        let of_actual = has_gap && matches!(compiled.variance, Variances::OfActual { .. });
        if of_actual || wants(&self.buffers, Output::Actual) {
            form(&compiled.actual, block);
            round(block);
            self.write(Output::Actual, block);
        }
        if has_gap {
            variance(&compiled.variance, block);
            self.write(Output::Variance, block);
            if wants(&self.buffers, Output::Shortfall) {
                shortfall(&compiled.lacks, block);
                self.write(Output::Shortfall, block);
            }
        }
        if let Some(forms) = &compiled.progress {
            form(forms, block);
            round(block);
            self.write(Output::Progress, block);
        }
        if let Some(forms) = &compiled.ratio {
            form(forms, block);
            round_ratio(block, compiled.one);
            self.write(Output::RatioToTarget, block);
        }
    }

    /// The status of each row from what it lies above its end.
    #[inline(always)]
    fn status(&mut self, block: &mut Block) {
        let compiled = self.job.compiled;
        let state = |above: i64, d: i64, no_cases: Status| match (d, above >= 0) {
            (0, _) => no_cases,
            (_, true) => Status::Met,
            (_, false) => Status::Missed,
        };
        if let Some(ends) = &compiled.high_ends {
            // Both ends have to hold: what is above the lower one is no longer asked for.
            let low = block.above;
            hold_against(ends, block);
            block.above.iter_mut().zip(&low).for_each(|(above, low)| *above = (*above).min(*low));
        }
        match compiled.no_cases.same {
            Some(place) => {
                let no_cases = named(place);
                for ((status, above), d) in block.status.iter_mut().zip(&block.above).zip(&block.d) {
                    *status = state(*above, *d, no_cases);
                }
            }
            None => {
                for (((status, above), d), code) in block.status.iter_mut().zip(&block.above).zip(&block.d).zip(&block.codes) {
                    *status = state(*above, *d, Status::AwaitingData);
                    if *d == 0 {
                        *status = named(compiled.no_cases.table.entry(*code));
                    }
                }
            }
        }
        for row in &block.missing {
            if let Some(status) = block.status.get_mut(*row) {
                *status = Status::AwaitingData;
            }
        }
        if let Some(column) = &mut self.buffers.status {
            let slots = column.iter_mut().skip(block.start).take(block.rows);
            slots.zip(&block.status).for_each(|(slot, status)| *slot = *status);
        }
    }

    /// Writes what was computed into a column, where it is wanted.
    #[inline(always)]
    fn write(&mut self, output: Output, block: &Block) {
        let Some(Some(column)) = self.buffers.columns.get_mut(output as usize) else { return };
        let end = block.start.saturating_add(block.rows);
        if let (Some(slots), Some(values)) = (column.get_mut(block.start..end), block.out.get(..block.rows)) {
            slots.copy_from_slice(values);
        }
    }

    /// Answers the rows that do not fit a block by their rules, and writes that over what stands there.
    #[inline(always)]
    fn one_by_one(&mut self, block: &mut Block, faults: &mut Vec<Fault>) {
        if !block.alone.is_empty() {
            for row in &block.alone {
                self.alone(block.start, *row, faults);
            }
        }
    }

    #[cold]
    fn alone(&mut self, start: usize, row: usize, faults: &mut Vec<Fault>) {
        let place = start.saturating_add(row);
        let (Some(rule), Some(n)) = (self.rule(place).cloned(), self.rows.numerators.get(place)) else { return };
        let d = self.rows.denominators.as_ref().filter(|_| rule.is_quotient()).and_then(|figures| figures.get(place));
        let measure = rule.measure(&n, d.as_ref());
        if measure.is_some_and(|measure| !measure.fits(rule.indicator())) {
            faults.extend(self.impossible_row(start, row));
            return;
        }
        let answer = rule.answer(&n, d.as_ref());
        if let Some(slot) = self.buffers.status.as_mut().and_then(|column| column.get_mut(place)) {
            *slot = answer.status;
        }
        for output in self.buffers.outputs() {
            let places = if output.is_count() { 0 } else { self.job.places.result };
            let value = fixed_or_undefined(output.of(&answer), places);
            if let (Some(value), Some(Some(column))) = (value, self.buffers.columns.get_mut(output as usize)) {
                column.iter_mut().skip(place).take(1).for_each(|slot| *slot = value);
            } else if let Ok(value) = output.of(&answer) {
                let what = format!("{value} with {places} decimal places");
                faults.push(self.fault(
                    FaultKind::Limit,
                    output.code(),
                    start,
                    row,
                    what,
                    "a number of 64 bits; fewer places".into(),
                ));
            }
        }
    }
}

/// The status at a place of the list of all of them.
#[inline(always)]
pub(super) fn named(place: i64) -> Status {
    usize::try_from(place).ok().and_then(|place| Status::ALL.get(place).copied()).unwrap_or(Status::AwaitingData)
}

/// The most bits of a product, so that the difference of two of them fits.
pub(super) const PRODUCT: u32 = 62;
/// The most bits of a divisor.
pub(super) const DIVISOR: u32 = 62;

/// Lets the rows alone whose products could be too large.
#[cold]
fn large_alone(compiled: &Compiled, block: &mut Block) {
    for row in 0..block.rows {
        let (Some(n), Some(d), Some(code)) = (block.n.get(row), block.d.get(row), block.codes.get(row)) else { continue };
        if block.missing.binary_search(&row).is_ok() || block.alone.contains(&row) {
            continue;
        }
        let [u, v, by] = &compiled.bits;
        let of = |table: &Table| u32::try_from(table.entry(*code)).unwrap_or(u32::MAX / 2);
        let (n, d) = (size_bits(*n), size_bits(*d));
        if n + of(u) > PRODUCT || d + of(v) > PRODUCT || n.max(d) + of(by) > DIVISOR {
            block.set_alone(row);
        }
    }
}

/// Copies figures into a lane, and lists those that are missing and those that do not fit it.
#[inline(always)]
fn load(figures: &Figures<'_>, start: usize, rows: usize, lane: &mut Lane, missing: &mut Vec<usize>, alone: &mut Vec<usize>) {
    let end = start.saturating_add(rows);
    match figures.mantissas {
        Mantissas::Narrow(values) => {
            let values = values.get(start..end).unwrap_or_default();
            if let Some(slots) = lane.get_mut(..values.len()) {
                slots.copy_from_slice(values);
            }
        }
        Mantissas::Wide(values) => {
            let values = values.get(start..end).unwrap_or_default();
            for (row, (slot, value)) in lane.iter_mut().zip(values).enumerate() {
                *slot = i64::try_from(*value).unwrap_or(0);
                if i128::from(*slot) != *value {
                    alone.push(row);
                }
            }
        }
    }
    lane.iter_mut().skip(rows).for_each(|slot| *slot = 0);
    if let Some(validity) = figures.validity.filter(|validity| !validity.are_all_there(start, rows)) {
        for row in 0..rows {
            if !validity.is_there(start.saturating_add(row)) {
                missing.push(row);
                lane.iter_mut().skip(row).take(1).for_each(|slot| *slot = 0);
            }
        }
    }
}

/// Whether figures can not be.
#[inline(always)]
fn is_impossible(n: i64, d: i64, checks: i64) -> bool {
    let counts = (checks & COUNTS != 0) & ((n < 0) | (n > d));
    let quotient = (checks & QUOTIENT != 0) & (d < 0);
    counts | quotient | ((checks & NOT_NEGATIVE != 0) & (n < 0))
}

/// Whether some figures of a block can not be.
#[inline(always)]
fn check(n: &Lane, d: &Lane, mut checks: impl FnMut(usize) -> i64) -> bool {
    let mut is_bad = false;
    for (row, (n, d)) in n.iter().zip(d).enumerate() {
        is_bad |= is_impossible(*n, *d, checks(row));
    }
    is_bad
}
