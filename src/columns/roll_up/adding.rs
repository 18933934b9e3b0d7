//! Rows added up a block at a time.

use super::batch::{Batch, Check, Combination, Measures, VALUES, mantissa};
use super::packing::{BLOCK, Ids, Packing, Run};
use super::table::{Narrow, Slot, Table, Wide};
use crate::columns::dispatch::Kernel;
use crate::columns::input::{Figures, Mantissas};
use crate::fault::{Fault, FaultKind, Path};

/// The most rows that are named in an error.
pub(super) const MOST_FAULTS: usize = 1_000;

/// What rows are added to.
#[derive(Clone, Debug)]
pub(super) enum Sums {
    /// Two sums of 64 bits, as long as the sizes of all rows together have no more.
    Narrow(Table<Narrow>),
    Wide(Table<Wide>),
}

impl Sums {
    pub(super) fn new(combination: Combination, space: u64, rows: usize) -> Self {
        if combination.is_plain() { Self::Narrow(Table::new(space, rows)) } else { Self::Wide(Table::new(space, rows)) }
    }

    /// The same with 128 bits.
    #[inline(always)]
    fn widen(&mut self) -> Option<&mut Table<Wide>> {
        if let Self::Narrow(table) = self {
            *self = Self::Wide(table.map());
        }
        match self {
            Self::Wide(table) => Some(table),
            Self::Narrow(_) => None,
        }
    }

    /// Finds slots by their place from now on, where most numbers have one.
    pub(super) fn settle(&mut self, space: u64) {
        match self {
            Self::Narrow(table) => table.settle(space),
            Self::Wide(table) => table.settle(space),
        }
    }

    /// Takes over the sums of other rows, where all of them together have this size.
    pub(super) fn absorb(&mut self, other: Self, summed: usize, total: u128) {
        if let (Self::Narrow(mine), Self::Narrow(theirs), true) = (&mut *self, &other, is_narrow(total)) {
            return mine.absorb(theirs, summed);
        }
        let mut other = other;
        if let (Some(mine), Some(theirs)) = (self.widen(), other.widen()) {
            mine.absorb(theirs, summed);
        }
    }
}

/// Whether no sum of rows of this size together needs more than 64 bits.
fn is_narrow(total: u128) -> bool {
    i64::try_from(total).is_ok()
}

/// Rows of a batch, to be added to sums.
pub(super) struct Adding<'b> {
    pub(super) combination: Combination,
    pub(super) packing: &'b Packing,
    pub(super) order: Option<(usize, &'b [u32])>,
    pub(super) batch: &'b Batch<'b>,
    /// From this row to before that.
    pub(super) from: usize,
    pub(super) end: usize,
    pub(super) sums: &'b mut Sums,
    /// The sizes of all values so far, added up: no sum is larger.
    pub(super) total: &'b mut u128,
}

/// The figures of a block with what is missing as 0.
struct Lanes {
    values: [[i64; BLOCK]; 2],
    /// 1 where a row has figures, else 0.
    reported: [u64; BLOCK],
}

impl Lanes {
    /// Takes in a block, with 0 for what is missing and for rows that belong nowhere.
    #[inline(always)]
    fn fill(&mut self, measures: &Measures<'_>, start: usize, ids: &[u64], space: u64, values: [&[i64]; 2]) {
        for ((row, id), reported) in (start..).zip(ids).zip(&mut self.reported) {
            let is_there = |figures: &Figures<'_>| figures.validity.is_none_or(|validity| validity.is_there(row));
            let are_there = match measures {
                Measures::Quotients { numerators, denominators } => is_there(numerators) && is_there(denominators),
                Measures::Amounts(amounts) => is_there(amounts),
                _ => false,
            };
            *reported = u64::from(are_there && *id < space);
        }
        for (lane, values) in self.values.iter_mut().zip(values) {
            for ((slot, value), reported) in lane.iter_mut().zip(values).zip(&self.reported) {
                *slot = if *reported == 1 { *value } else { 0 };
            }
        }
    }
}

impl Kernel for Adding<'_> {
    type Output = Vec<Fault>;

    #[inline(always)]
    fn run(mut self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut ids = Box::new([0; BLOCK]);
        let mut lanes = Box::new(Lanes { values: [[0; BLOCK]; 2], reported: [1; BLOCK] });
        let mut runs = Vec::new();
        let mut start = self.from;
        while start < self.end && faults.len() < MOST_FAULTS {
            let rows = BLOCK.min(self.end.saturating_sub(start));
            let are_runs = self.packing.runs(self.batch, start, rows, &mut runs) && self.add_runs(start, rows, &runs);
            if !are_runs {
                self.packing.pack(self.batch, start, rows, &mut ids, &mut faults);
                if !self.add_narrow(start, rows, &ids, &mut lanes, &mut faults) {
                    self.add_wide(start, rows, &ids, &mut faults);
                }
            }
            start = start.saturating_add(BLOCK);
        }
        faults.truncate(MOST_FAULTS);
        faults
    }
}

impl Adding<'_> {
    /// Adds a block of runs where all figures are there, can be, and fit 64 bits with all sums; says whether they do.
    #[inline(always)]
    fn add_runs(&mut self, start: usize, rows: usize, runs: &[Run]) -> bool {
        let Some(Block { first, second, is_whole: true }) = block(&self.batch.measures, start, rows) else { return false };
        if !are_possible(self.combination.check(), first, second) || !self.has_room(first, second) {
            return false;
        }
        let Sums::Narrow(table) = &mut *self.sums else { return false };
        let (mut first, mut second) = (first, second);
        for run in runs {
            let sum = |rest: &mut &[i64]| {
                let (values, others) = rest.split_at_checked(run.rows).unwrap_or_default();
                *rest = others;
                values.iter().fold(0_i64, |sum, value| sum.wrapping_add(*value))
            };
            let all = Narrow { values: [sum(&mut first), sum(&mut second)], reported: run.rows as u64, missing: 0 };
            if let Some(slot) = table.slot(run.id) {
                slot.absorb(&all, VALUES);
            }
        }
        true
    }

    /// Whether all sums still need no more than 64 bits with these values; counts them in if so.
    #[inline(always)]
    fn has_room(&mut self, first: &[i64], second: &[i64]) -> bool {
        let total = self.total.saturating_add(size(first)).saturating_add(size(second));
        let has_room = matches!(self.sums, Sums::Narrow(_)) && is_narrow(total);
        if has_room {
            *self.total = total;
        }
        has_room
    }

    /// Adds a block where its figures and all sums fit 64 bits, and says whether they do.
    #[inline(always)]
    fn add_narrow(&mut self, start: usize, rows: usize, ids: &Ids, lanes: &mut Lanes, faults: &mut Vec<Fault>) -> bool {
        if matches!(self.sums, Sums::Wide(_)) {
            return false;
        }
        let Some(Block { first, second, is_whole }) = block(&self.batch.measures, start, rows) else { return false };
        let ids = ids.get(..rows).unwrap_or_default();
        let space = self.packing.space;
        let is_plain = is_whole && ids.iter().fold(0, |most, id| (*id).max(most)) < space;
        let (first, second) = if is_plain {
            (first, second)
        } else {
            lanes.fill(&self.batch.measures, start, ids, space, [first, second]);
            let [first, second] = &lanes.values;
            (first.get(..rows).unwrap_or_default(), second.get(..rows).unwrap_or_default())
        };
        let check = self.combination.check();
        if !are_possible(check, first, second) {
            name_impossible(self.batch, check, start, rows, ids, space, faults);
            return true;
        }
        if !self.has_room(first, second) {
            return false;
        }
        let Sums::Narrow(table) = &mut *self.sums else { return false };
        let reported = if is_plain { None } else { lanes.reported.get(..rows) };
        match (table.is_dense(), changes(ids) < rows / 4) {
            (_, true) => add_runs_of_ids(table, ids, first, second, reported),
            (false, false) => add_rows(table, ids, first, second, reported),
            (true, false) => add_rows(table.slots.as_mut_slice(), ids, first, second, reported),
        }
        true
    }

    /// Adds a block row by row, in 128 bits.
    fn add_wide(&mut self, start: usize, rows: usize, ids: &Ids, faults: &mut Vec<Fault>) {
        let check = self.combination.check();
        let Some(table) = self.sums.widen() else { return };
        for (row, id) in (start..start.saturating_add(rows)).zip(ids).filter(|(_, id)| **id < self.packing.space) {
            let order = self.order.and_then(|(key, order)| {
                let code = self.batch.keys.get(key)?.get(row)?;
                order.get(code as usize).copied()
            });
            let one = match values(&self.batch.measures, row) {
                None => Wide { missing: 1, ..Wide::default() },
                Some(values) if !check.holds(&values) => {
                    faults.push(impossible(&self.batch.measures, check, row));
                    continue;
                }
                Some(values) => {
                    // What is too large shows in the total, which is looked at in the end.
                    let weighted = weighted(&self.batch.measures, values);
                    *self.total = match weighted {
                        Some(values) => {
                            values.iter().fold(*self.total, |total, value| total.saturating_add(value.unsigned_abs()))
                        }
                        None => u128::MAX,
                    };
                    let values = weighted.unwrap_or_default();
                    Wide { values, order: order.unwrap_or(0), reported: 1, ..Wide::default() }
                }
            };
            if let Some(slot) = table.slot(*id) {
                slot.absorb(&one, self.combination.summed());
            }
        }
    }
}

/// Where the slot of a number is found.
trait Find {
    fn find(&mut self, id: u64) -> Option<&mut Narrow>;
}

impl Find for Table<Narrow> {
    #[inline(always)]
    fn find(&mut self, id: u64) -> Option<&mut Narrow> {
        self.slot(id)
    }
}

impl Find for [Narrow] {
    #[inline(always)]
    fn find(&mut self, id: u64) -> Option<&mut Narrow> {
        self.get_mut(usize::try_from(id).ok()?)
    }
}

/// The figures of a block of 64 bits, and whether all of them are there.
struct Block<'f> {
    first: &'f [i64],
    /// Zeros where there is no second column.
    second: &'f [i64],
    is_whole: bool,
}

#[inline(always)]
fn block<'f>(measures: &Measures<'f>, start: usize, rows: usize) -> Option<Block<'f>> {
    let (first, second) = match measures {
        Measures::Amounts(amounts) => (amounts, None),
        Measures::Quotients { numerators, denominators } => (numerators, Some(denominators)),
        _ => return None,
    };
    let is_whole = |figures: &Figures<'_>| figures.validity.is_none_or(|validity| validity.are_all_there(start, rows));
    let (is_whole, first, second) =
        (is_whole(first) && second.is_none_or(is_whole), part(Some(first), start, rows)?, part(second, start, rows)?);
    Some(Block { first, second, is_whole })
}

/// Some values of a column of 64 bits; zeros where there is no column.
#[inline(always)]
fn part<'f>(figures: Option<&Figures<'f>>, start: usize, rows: usize) -> Option<&'f [i64]> {
    const ZEROS: [i64; BLOCK] = [0; BLOCK];
    match figures.map(|figures| figures.mantissas) {
        None => ZEROS.get(..rows),
        Some(Mantissas::Narrow(values)) => values.get(start..start.saturating_add(rows)),
        Some(Mantissas::Wide(_)) => None,
    }
}

/// Σ|v|
#[inline(always)]
fn size(values: &[i64]) -> u128 {
    let all = values.iter().fold(0, |all, value| all | (value ^ (value >> 63)));
    // So many bits less than 64 that a block of such numbers can be added up.
    if all.cast_unsigned().leading_zeros() > BLOCK.ilog2() {
        return values.iter().fold(0_u64, |size, value| size.wrapping_add(value.unsigned_abs())).into();
    }
    values.iter().map(|value| u128::from(value.unsigned_abs())).sum()
}

/// Whether a check holds of all rows.
#[inline(always)]
fn are_possible(check: Check, first: &[i64], second: &[i64]) -> bool {
    // The sign says it; a difference of numbers that are not below 0 has the right one.
    let signs = match check {
        Check::Part => {
            let rows = first.iter().zip(second);
            rows.fold(0, |signs, (part, whole)| signs | part | whole | whole.wrapping_sub(*part))
        }
        Check::Denominator => second.iter().fold(0, |signs, whole| signs | whole),
        Check::Nothing | Check::Counts => 0,
    };
    signs >= 0
}

/// How often the number changes from one row to the next.
#[inline(always)]
fn changes(ids: &[u64]) -> usize {
    let changes = ids.iter().zip(ids.iter().skip(1)).fold(0_u64, |count, (one, next)| count.wrapping_add(u64::from(one != next)));
    usize::try_from(changes).unwrap_or(usize::MAX)
}

#[inline(always)]
fn add_rows<F: Find + ?Sized>(slots: &mut F, ids: &[u64], first: &[i64], second: &[i64], reported: Option<&[u64]>) {
    let rows = ids.iter().zip(first.iter().zip(second));
    let one = |(first, second): (&i64, &i64), reported: u64| Narrow {
        values: [*first, *second],
        reported,
        missing: 1_u64.wrapping_sub(reported),
    };
    match reported {
        None => rows.for_each(|(id, values)| {
            if let Some(slot) = slots.find(*id) {
                slot.absorb(&one(values, 1), VALUES);
            }
        }),
        Some(reported) => rows.zip(reported).for_each(|((id, values), reported)| {
            if let Some(slot) = slots.find(*id) {
                slot.absorb(&one(values, *reported), VALUES);
            }
        }),
    }
}

/// The same where many rows of one number follow each other: each run is added up before its slot is touched.
#[inline(always)]
fn add_runs_of_ids(table: &mut Table<Narrow>, ids: &[u64], first: &[i64], second: &[i64], reported: Option<&[u64]>) {
    let mut from = 0;
    for run in ids.chunk_by(|one, next| one == next) {
        let end = from + run.len();
        let sum =
            |values: &[i64]| values.get(from..end).unwrap_or_default().iter().fold(0_i64, |sum, value| sum.wrapping_add(*value));
        let rows = run.len() as u64;
        let with_figures = match reported {
            None => rows,
            Some(reported) => reported.get(from..end).unwrap_or_default().iter().sum(),
        };
        let all = Narrow { values: [sum(first), sum(second)], reported: with_figures, missing: rows.wrapping_sub(with_figures) };
        if let Some(slot) = run.first().and_then(|id| table.slot(*id)) {
            slot.absorb(&all, VALUES);
        }
        from = end;
    }
}

/// The values of a row; nothing where one is missing.
fn values(measures: &Measures<'_>, row: usize) -> Option<[i128; VALUES]> {
    let mut values = [0; VALUES];
    for (value, column) in values.iter_mut().zip(measures.columns()) {
        if let Some((_, figures)) = column {
            *value = mantissa(&figures, row)?;
        }
    }
    Some(values)
}

/// Scores as `score·weight`; nothing where that is too large.
fn weighted(measures: &Measures<'_>, values: [i128; VALUES]) -> Option<[i128; VALUES]> {
    let [score, weight, ..] = values;
    match measures {
        Measures::Weighted { .. } => Some([score.checked_mul(weight)?, weight, 0, 0]),
        _ => Some(values),
    }
}

#[cold]
fn name_impossible(batch: &Batch<'_>, check: Check, start: usize, rows: usize, ids: &[u64], space: u64, faults: &mut Vec<Fault>) {
    for (row, _) in (start..start.saturating_add(rows)).zip(ids).filter(|(_, id)| **id < space) {
        if values(&batch.measures, row).is_some_and(|values| !check.holds(&values)) {
            faults.push(impossible(&batch.measures, check, row));
        }
    }
}

/// What can not be in a row.
fn impossible(measures: &Measures<'_>, check: Check, row: usize) -> Fault {
    let columns = measures.columns();
    let shown: Vec<String> = columns
        .iter()
        .flatten()
        .map(|(name, figures)| {
            format!("{name} {}", figures.get(row).map_or_else(|| "missing".to_owned(), |value| value.to_string()))
        })
        .collect();
    let at = if check == Check::Denominator { columns.get(1) } else { columns.first() };
    let column = at.and_then(|column| *column).map_or("figures", |(name, _)| name);
    let path = Path::root().key(column).index(row);
    Fault::new(FaultKind::Inconsistent, path, shown.join(", "), check.expected().to_owned())
}
