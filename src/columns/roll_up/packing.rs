//! The codes of a row packed into one number, by which its sums are found.

use super::batch::Batch;
use super::key::Key;
use crate::columns::input::Codes;
use crate::fault::{Fault, FaultKind, Path};

/// How many rows are packed together.
pub(super) const BLOCK: usize = 1_024;

/// The packed codes of a block of rows.
pub(super) type Ids = [u64; BLOCK];

/// Rows that follow each other with the same codes.
pub(super) struct Run {
    pub(super) id: u64,
    /// How many rows there are.
    pub(super) rows: usize,
}

/// So many rows are compared with the next ones at once.
const STRIDE: usize = 16;

/// One digit for each key, the first one the highest: numbers are in the order of the codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packing {
    digits: Vec<Digit>,
    /// Numbers are below this; itself it is the number of rows that belong nowhere.
    pub(super) space: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Digit {
    key: Key,
    /// Whether the digit is the group of a code, not the code itself.
    is_group: bool,
    /// The digit is below this.
    radix: u32,
}

impl Packing {
    /// The packing of keys, each with whether its digit is the group; none where numbers need more than 64 bits.
    pub(super) fn new(keys: impl IntoIterator<Item = (Key, bool)>) -> Option<Self> {
        let digit = |(key, is_group): (Key, bool)| Digit { radix: if is_group { key.groups } else { key.codes }, is_group, key };
        let digits: Vec<Digit> = keys.into_iter().map(digit).collect();
        let space = digits.iter().try_fold(1_u64, |space, digit| space.checked_mul(digit.radix.into()))?;
        (space < u64::MAX).then_some(Self { digits, space })
    }

    pub(super) fn keys(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.digits.iter().map(|digit| &digit.key)
    }

    /// Finds the runs of a block, and says whether they are few and have a number each; if not, what was found means nothing.
    #[inline(always)]
    pub(super) fn runs(&self, batch: &Batch<'_>, start: usize, rows: usize, runs: &mut Vec<Run>) -> bool {
        runs.clear();
        if batch.counts.is_some() || rows == 0 || batch.keys.len() != self.digits.len() {
            return false;
        }
        let end = start.saturating_add(rows);
        let mut first = start;
        for row in (start..end).step_by(STRIDE) {
            let last = row.saturating_add(STRIDE).min(end.saturating_sub(1));
            if !changes_in(batch.keys, row, last) {
                continue;
            }
            for row in row..last {
                if batch.keys.iter().any(|codes| codes.get(row) != codes.get(row.saturating_add(1))) {
                    let next = row.saturating_add(1);
                    runs.push(Run { id: 0, rows: next.saturating_sub(first) });
                    first = next;
                }
            }
            // Where rows are in no order, this shows at once.
            if runs.len() > 4 + last.saturating_sub(start) / 4 {
                return false;
            }
        }
        runs.push(Run { id: 0, rows: end.saturating_sub(first) });
        let mut row = start;
        runs.iter_mut().all(|run| {
            let id = self.pack_one(batch, row);
            row = row.saturating_add(run.rows);
            id.map(|id| run.id = id).is_some()
        })
    }

    /// The number of a row; none where it belongs nowhere, or has a code that is not there.
    fn pack_one(&self, batch: &Batch<'_>, row: usize) -> Option<u64> {
        self.digits.iter().zip(batch.keys).try_fold(0_u64, |id, (digit, codes)| {
            let code = digit.of(codes.get(row)?);
            (code < digit.radix).then(|| id.wrapping_mul(digit.radix.into()).wrapping_add(code.into()))
        })
    }

    /// The numbers of the rows from `start` on, at most a block; slots beyond the rows keep what they hold. Names the codes that
    /// are not there.
    #[inline(always)]
    pub(super) fn pack(&self, batch: &Batch<'_>, start: usize, rows: usize, ids: &mut Ids, faults: &mut Vec<Fault>) {
        ids.iter_mut().take(rows).for_each(|id| *id = 0);
        let mut is_sound = true;
        for (digit, codes) in self.digits.iter().zip(batch.keys) {
            let radix = u64::from(digit.radix);
            let mut most = 0;
            let mut append = |id: &mut u64, code: u32| {
                most = code.max(most);
                *id = id.wrapping_mul(radix).wrapping_add(code.into());
            };
            let slots = ids.iter_mut().take(rows);
            match (codes, digit.is_group && !digit.key.is_kept()) {
                (Codes::One(code), _) => {
                    let code = digit.of(*code);
                    slots.for_each(|id| append(id, code));
                }
                (Codes::Each(codes), false) => {
                    slots.zip(after(codes, start)).for_each(|(id, code)| append(id, *code));
                }
                (Codes::Each(codes), true) => {
                    slots.zip(after(codes, start)).for_each(|(id, code)| append(id, digit.key.group(*code)));
                }
            }
            is_sound &= rows == 0 || most < digit.radix;
        }
        if !is_sound {
            self.pack_one_by_one(batch, start, rows, ids, faults);
        }
        if let Some(counts) = batch.counts {
            for (id, counts) in ids.iter_mut().take(rows).zip(after(counts, start)) {
                *id = if *counts { *id } else { self.space };
            }
        }
    }

    /// The same where some row is left out, or has a code that is not there.
    fn pack_one_by_one(&self, batch: &Batch<'_>, start: usize, rows: usize, ids: &mut Ids, faults: &mut Vec<Fault>) {
        for (row, id) in ids.iter_mut().take(rows).enumerate() {
            let row = start.saturating_add(row);
            if !batch.counts.is_none_or(|counts| counts.get(row).copied().unwrap_or(false)) {
                *id = self.space;
                continue;
            }
            for (place, (digit, codes)) in self.digits.iter().zip(batch.keys).enumerate() {
                let code = codes.get(row).unwrap_or(u32::MAX);
                if code >= digit.key.codes {
                    let path = Path::root().key("keys").index(place).index(row);
                    let expected = format!("a code below {}", digit.key.codes);
                    faults.push(Fault::new(FaultKind::UnknownReference, path, format!("code {code}"), expected));
                }
            }
            *id = self.pack_one(batch, row).unwrap_or(self.space);
        }
    }

    /// The groups that a number stands for, the last key first; [`LEFT_OUT`](super::key::LEFT_OUT) where a code has none.
    pub(super) fn groups_from_last(&self, id: u64) -> impl Iterator<Item = u32> {
        let mut rest = id;
        self.digits.iter().rev().map(move |digit| {
            let radix = u64::from(digit.radix).max(1);
            let code = u32::try_from(rest % radix).unwrap_or(u32::MAX);
            rest /= radix;
            if digit.is_group { code } else { digit.key.group(code) }
        })
    }

    /// The groups of the numbers from 0 on.
    pub(super) fn odometer(&self) -> Odometer<'_> {
        Odometer { packing: self, next: None, groups: vec![0; self.digits.len()] }
    }

    /// The number by which the group of this number is found, where digits are the groups; none where a code has no group.
    pub(super) fn group(&self, id: u64) -> Option<u64> {
        let (mut packed, mut unit) = (0_u64, 1_u64);
        for (digit, group) in self.digits.iter().rev().zip(self.groups_from_last(id)) {
            if group >= digit.key.groups {
                return None;
            }
            packed = packed.checked_add(unit.checked_mul(group.into())?)?;
            unit = unit.checked_mul(digit.key.groups.into())?;
        }
        Some(packed)
    }

    /// The digits of a number, the first key first.
    pub(super) fn digits(&self, id: u64) -> Vec<u64> {
        let mut rest = id;
        let mut digits: Vec<u64> = Vec::new();
        for digit in self.digits.iter().rev() {
            let radix = u64::from(digit.radix).max(1);
            digits.push(rest % radix);
            rest /= radix;
        }
        digits.reverse();
        digits
    }
}

/// Says the groups of one number after the other; to go on by one needs no division.
pub(super) struct Odometer<'p> {
    packing: &'p Packing,
    /// The number after that which it stands at.
    next: Option<u64>,
    groups: Vec<u32>,
}

impl Odometer<'_> {
    /// The groups of a number, the first key first, where digits are the groups.
    #[inline(always)]
    pub(super) fn groups(&mut self, id: u64) -> &[u32] {
        if self.next == Some(id) {
            for (group, digit) in self.groups.iter_mut().zip(&self.packing.digits).rev() {
                *group = group.wrapping_add(1);
                if *group < digit.radix {
                    break;
                }
                *group = 0;
            }
        } else {
            for (group, of) in self.groups.iter_mut().rev().zip(self.packing.groups_from_last(id)) {
                *group = of;
            }
        }
        self.next = id.checked_add(1);
        &self.groups
    }
}

/// Whether a code of the rows from one to before another differs from that of the next row.
#[inline(always)]
fn changes_in(keys: &[Codes<'_>], from: usize, end: usize) -> bool {
    keys.iter().any(|codes| {
        let Codes::Each(codes) = codes else { return false };
        let part = |from: usize, end: usize| codes.get(from..end).unwrap_or_default();
        let (these, next) = (part(from, end), part(from.saturating_add(1), end.saturating_add(1)));
        match (these.first_chunk::<STRIDE>(), next.first_chunk::<STRIDE>()) {
            (Some(these), Some(next)) => these.iter().zip(next).fold(0, |all, (one, next)| all | (one ^ next)) != 0,
            _ => these != next,
        }
    })
}

/// The rows from `start` on.
#[inline(always)]
fn after<T>(column: &[T], start: usize) -> &[T] {
    column.get(start..).unwrap_or_default()
}

impl Digit {
    #[inline(always)]
    fn of(&self, code: u32) -> u32 {
        if self.is_group { self.key.group(code) } else { code }
    }
}
