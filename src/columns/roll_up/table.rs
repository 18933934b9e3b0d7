//! Sums found by a number: in a row of slots where numbers are dense, else through a hash.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::batch::VALUES;

/// What is kept of the rows of one number.
pub(super) trait Slot: Clone + Default {
    /// Both together; of the values from `summed` on the later ones.
    fn absorb(&mut self, other: &Self, summed: usize);
    /// Whether there was any row.
    fn is_there(&self) -> bool;
}

/// Two sums of 64 bits, and how many rows there were: together in half a cache line, so that a row touches only one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(32))]
pub(super) struct Narrow {
    pub(super) values: [i64; 2],
    /// Rows with figures, and without.
    pub(super) reported: u64,
    pub(super) missing: u64,
}

impl Slot for Narrow {
    #[inline(always)]
    fn absorb(&mut self, other: &Self, _summed: usize) {
        for (sum, value) in self.values.iter_mut().zip(other.values) {
            *sum = sum.wrapping_add(value);
        }
        self.reported = self.reported.wrapping_add(other.reported);
        self.missing = self.missing.wrapping_add(other.missing);
    }

    fn is_there(&self) -> bool {
        self.reported > 0 || self.missing > 0
    }
}

/// Sums and latest states of any kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wide {
    pub(super) values: [i128; VALUES],
    /// The place in time of the latest row with figures.
    pub(super) order: u32,
    /// Whether two rows of that time disagree.
    pub(super) is_contradicted: bool,
    pub(super) reported: u64,
    pub(super) missing: u64,
}

impl Slot for Wide {
    fn absorb(&mut self, other: &Self, summed: usize) {
        let is_later = other.reported > 0 && (self.reported == 0 || other.order > self.order);
        let is_same_time = other.reported > 0 && self.reported > 0 && other.order == self.order;
        let (sums, states) = self.values.split_at_mut(summed.min(VALUES));
        let (other_sums, other_states) = other.values.split_at(summed.min(VALUES));
        for (sum, value) in sums.iter_mut().zip(other_sums) {
            *sum = sum.wrapping_add(*value);
        }
        if is_later {
            states.copy_from_slice(other_states);
            (self.order, self.is_contradicted) = (other.order, other.is_contradicted);
        } else if is_same_time {
            self.is_contradicted |= other.is_contradicted || states != other_states;
        }
        self.reported = self.reported.wrapping_add(other.reported);
        self.missing = self.missing.wrapping_add(other.missing);
    }

    fn is_there(&self) -> bool {
        self.reported > 0 || self.missing > 0
    }
}

impl From<&Narrow> for Wide {
    fn from(narrow: &Narrow) -> Self {
        let [first, second] = narrow.values.map(i128::from);
        let (reported, missing) = (narrow.reported, narrow.missing);
        Self { values: [first, second, 0, 0], reported, missing, ..Self::default() }
    }
}

/// The most numbers that have a slot each, whether there are rows or not.
const MOST_DENSE: u64 = 1 << 26;
/// So many always have.
const ALWAYS_DENSE: u64 = 1 << 16;

/// Slots by number.
#[derive(Clone, Debug)]
pub(super) struct Table<S> {
    /// The places of the slots, and the number of each; none where the number is the place.
    hash: Option<Hash>,
    pub(super) slots: Vec<S>,
}

#[derive(Clone, Debug, Default)]
struct Hash {
    places: HashMap<u64, usize, BuildHasherDefault<Mix>>,
    ids: Vec<u64>,
}

impl Hash {
    /// The place of a number, and whether it is new.
    #[inline(always)]
    fn place(&mut self, id: u64) -> (usize, bool) {
        let next = self.ids.len();
        let place = *self.places.entry(id).or_insert(next);
        if place == next {
            self.ids.push(id);
        }
        (place, place == next)
    }
}

impl<S: Clone + Default> Table<S> {
    /// Room for the numbers from 0 to `space`, for about so many rows.
    pub(super) fn new(space: u64, rows: usize) -> Self {
        let few = u64::try_from(rows).unwrap_or(u64::MAX).saturating_mul(2).clamp(ALWAYS_DENSE, MOST_DENSE);
        match usize::try_from(space) {
            Ok(numbers) if space <= few => Self { hash: None, slots: vec![S::default(); numbers.saturating_add(1)] },
            _ => Self { hash: Some(Hash::default()), slots: Vec::new() },
        }
    }

    /// Whether the number of a slot is its place.
    pub(super) fn is_dense(&self) -> bool {
        self.hash.is_none()
    }

    /// The slot of a number.
    #[inline(always)]
    pub(super) fn slot(&mut self, id: u64) -> Option<&mut S> {
        let place = match &mut self.hash {
            None => usize::try_from(id).ok()?,
            Some(hash) => {
                let (place, is_new) = hash.place(id);
                if is_new {
                    self.slots.push(S::default());
                }
                place
            }
        };
        self.slots.get_mut(place)
    }
}

impl<S: Slot> Table<S> {
    /// A slot for each number from 0 to `space`, once a quarter of them have one anyway.
    pub(super) fn settle(&mut self, space: u64) {
        let slots = u64::try_from(self.slots.len()).unwrap_or(u64::MAX);
        if self.hash.is_none() || space > slots.saturating_mul(4).min(MOST_DENSE) {
            return;
        }
        let mut dense = Self { hash: None, slots: vec![S::default(); usize::try_from(space).unwrap_or(0).saturating_add(1)] };
        dense.absorb(self, usize::MAX);
        *self = dense;
    }

    /// Takes over all slots of another table.
    pub(super) fn absorb(&mut self, other: &Self, summed: usize) {
        if self.hash.is_none() && other.hash.is_none() && self.slots.len() == other.slots.len() {
            self.slots.iter_mut().zip(&other.slots).for_each(|(slot, theirs)| slot.absorb(theirs, summed));
            return;
        }
        other.each(|id, theirs| {
            if let Some(slot) = self.slot(id) {
                slot.absorb(theirs, summed);
            }
        });
    }

    /// How many slots have rows.
    pub(super) fn count(&self) -> usize {
        self.slots.iter().filter(|slot| slot.is_there()).count()
    }

    /// Every slot with rows, in no order.
    fn each(&self, mut visit: impl FnMut(u64, &S)) {
        let ids = self.hash.as_ref().map(|hash| hash.ids.as_slice());
        for (place, slot) in (0_u64..).zip(&self.slots) {
            if slot.is_there() {
                let id = ids.map_or(Some(place), |ids| ids.get(usize::try_from(place).ok()?).copied());
                id.into_iter().for_each(|id| visit(id, slot));
            }
        }
    }

    /// Every slot with rows, in the order of the numbers.
    pub(super) fn in_order(&self, mut visit: impl FnMut(u64, &S)) {
        let Some(hash) = &self.hash else { return self.each(visit) };
        let mut order: Vec<(u64, &S)> = hash.ids.iter().copied().zip(&self.slots).collect();
        order.sort_unstable_by_key(|(id, _)| *id);
        order.into_iter().filter(|(_, slot)| slot.is_there()).for_each(|(id, slot)| visit(id, slot));
    }

    /// The same with slots of another kind.
    pub(super) fn map<T: for<'s> From<&'s S>>(&self) -> Table<T> {
        Table { hash: self.hash.clone(), slots: self.slots.iter().map(T::from).collect() }
    }
}

/// A hash of one number: the halves of a product of 128 bits, mixed. Codes come from the caller's own tables, not from strangers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64((*byte).into()));
    }

    #[inline(always)]
    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xD1B5_4A32_D192_ED03_u128);
        let [low, high] = [product & u128::from(u64::MAX), product >> 64].map(|half| u64::try_from(half).unwrap_or(0));
        self.0 = low ^ high;
    }
}
