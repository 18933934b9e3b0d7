//! The batch that most batches are: rows of one or two keys with all figures there, added up in a single pass.
//!
//! Memory is touched once, while sums of the rows before are still being formed. What a block must hold is asked afterwards, when
//! its columns are near; sums of whole numbers can be taken back, so a block that does not hold it is left to the general way as if
//! nothing had been.

use super::batch::{Batch, Measures};
use super::packing::{Packing, Plainly};
use super::table::Narrow;
use crate::columns::input::{Codes, Figures, Mantissas};

/// The columns of some rows.
pub(super) struct Walk<'w> {
    first: Plainly<'w>,
    second: Plainly<'w>,
    pub(super) numerators: &'w [i64],
    /// Of amounts these once more, since a slot has two sums; the second one is not asked for.
    pub(super) denominators: &'w [i64],
}

impl<'w> Walk<'w> {
    /// None where the rows are not of one or two keys, or not all there.
    #[inline(always)]
    pub(super) fn new(packing: &'w Packing, batch: &Batch<'w>, start: usize, rows: usize) -> Option<Self> {
        let part = |figures: &Figures<'w>| match figures.mantissas {
            _ if figures.validity.is_some_and(|validity| !validity.are_all_there(start, rows)) => None,
            Mantissas::Narrow(values) => values.get(start..start.saturating_add(rows)),
            Mantissas::Wide(_) => None,
        };
        let (numerators, denominators) = match &batch.measures {
            Measures::Quotients { numerators, denominators } => (part(numerators)?, part(denominators)?),
            Measures::Amounts(amounts) => (part(amounts)?, part(amounts)?),
            _ => return None,
        };
        let codes = |place: usize| match batch.keys.get(place)? {
            Codes::Each(codes) => codes.get(start..start.saturating_add(rows)),
            Codes::One(_) => None,
        };
        let (first, second) = match packing.plainly()? {
            (first, Some(second)) => (first.of(codes(0)?), second.of(codes(1)?)),
            // A key of which every row has the code 0 changes no number.
            (first, None) => (Plainly::nothing(), first.of(codes(0)?)),
        };
        (batch.counts.is_none()).then_some(Self { first, second, numerators, denominators })
    }

    /// Adds the rows to their slots, or takes them back; says whether every row has one.
    #[inline(always)]
    pub(super) fn add<const BACK: bool>(&self, slots: &mut [Narrow]) -> bool {
        if self.first.codes.is_empty() {
            self.add_by::<BACK>(slots, std::iter::repeat(&0))
        } else {
            self.add_by::<BACK>(slots, self.first.codes.iter())
        }
    }

    #[inline(always)]
    fn add_by<'c, const BACK: bool>(&self, slots: &mut [Narrow], first: impl Iterator<Item = &'c u32>) -> bool {
        let sign: i64 = if BACK { -1 } else { 1 };
        let (mut is_beyond, mut current, mut run) = (false, u64::MAX, Narrow::default());
        let figures = self.numerators.iter().zip(self.denominators);
        for ((first, second), (n, d)) in first.zip(self.second.codes).zip(figures) {
            let (first, second) = (self.first.group(*first), self.second.group(*second));
            is_beyond |= (first >= self.first.radix) | (second >= self.second.radix);
            let id = u64::from(first).wrapping_mul(self.second.radix.into()).wrapping_add(second.into());
            if id != current {
                flush(slots, current, &run, sign);
                (current, run) = (id, Narrow::default());
            }
            let [over, under] = &mut run.values;
            (*over, *under) = (over.wrapping_add(*n), under.wrapping_add(*d));
            run.reported = run.reported.wrapping_add(1);
        }
        flush(slots, current, &run, sign);
        !is_beyond
    }
}

/// Adds a run to the slot of its number, where it has one.
#[inline(always)]
fn flush(slots: &mut [Narrow], id: u64, run: &Narrow, sign: i64) {
    let Some(slot) = usize::try_from(id).ok().and_then(|id| slots.get_mut(id)) else { return };
    for (sum, value) in slot.values.iter_mut().zip(run.values) {
        *sum = sum.wrapping_add(value.wrapping_mul(sign));
    }
    slot.reported = slot.reported.wrapping_add(run.reported.wrapping_mul(sign.cast_unsigned()));
}
