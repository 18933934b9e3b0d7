//! The groups that rows were added up to, as columns that can be judged and ranked.

use super::batch::{Combination, VALUES};
use super::packing::Packing;
use super::table::{Narrow, Slot, Table, Wide};
use crate::columns::evaluate::Rows;
use crate::columns::input::{Codes, Figures, Validity};
use crate::plan::Kind;

/// Sums by group, one entry a group in every column, in the order of the keys.
///
/// A group none of whose rows had figures has none itself: it is missing, never 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    keys: Vec<Vec<u32>>,
    numerators: Column,
    denominators: Column,
    not_due: Column,
    is_quotient: bool,
    has_cases: bool,
    /// Bit `i % 8` of byte `i / 8` is 1 where group `i` has figures.
    validity: Vec<u8>,
    reported: Vec<u64>,
    missing: Vec<u64>,
}

/// A column of sums, of 128 bits once one of them needs more than 64.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Column {
    narrow: Vec<i64>,
    wide: Vec<i128>,
    is_wide: bool,
    scale: u32,
}

impl Column {
    fn clear(&mut self, scale: u32) {
        self.narrow.clear();
        self.wide.clear();
        (self.is_wide, self.scale) = (false, scale);
    }

    fn reserve(&mut self, values: usize) {
        self.narrow.reserve(values);
    }

    #[inline(always)]
    fn push(&mut self, value: i128) {
        match i64::try_from(value) {
            Ok(value) if !self.is_wide => self.narrow.push(value),
            _ => self.push_wide(value),
        }
    }

    #[cold]
    fn push_wide(&mut self, value: i128) {
        if !self.is_wide {
            self.wide.extend(self.narrow.drain(..).map(i128::from));
            self.is_wide = true;
        }
        self.wide.push(value);
    }

    fn figures<'a>(&'a self, validity: &'a [u8]) -> Figures<'a> {
        let figures =
            if self.is_wide { Figures::wide(&self.wide, self.scale) } else { Figures::scaled(&self.narrow, self.scale) };
        figures.with_validity(Some(Validity::new(validity, 0)))
    }
}

/// What a slot holds, whatever its width.
pub(super) trait Held: Slot {
    /// The values.
    fn values(&self) -> [i128; VALUES];
    /// How many rows had figures, and how many had none.
    fn rows(&self) -> (u64, u64);
}

impl Held for Narrow {
    #[inline(always)]
    fn values(&self) -> [i128; VALUES] {
        let [first, second] = self.values.map(i128::from);
        [first, second, 0, 0]
    }

    #[inline(always)]
    fn rows(&self) -> (u64, u64) {
        (self.reported, self.missing)
    }
}

impl Held for Wide {
    fn values(&self) -> [i128; VALUES] {
        self.values
    }

    fn rows(&self) -> (u64, u64) {
        (self.reported, self.missing)
    }
}

impl Groups {
    pub(super) fn clear(&mut self, keys: usize, combination: Combination, scales: [u32; VALUES]) {
        let [first, second, _, last] = scales;
        self.keys.resize_with(keys, Vec::new);
        self.keys.iter_mut().for_each(Vec::clear);
        self.numerators.clear(if combination.is_weighted { first.saturating_add(second) } else { first });
        self.denominators.clear(second);
        self.not_due.clear(last);
        self.is_quotient = combination.is_quotient();
        self.has_cases = combination.kind == Kind::OnTime;
        self.validity.clear();
        self.reported.clear();
        self.missing.clear();
    }

    pub(super) fn extend<S: Held>(&mut self, packing: &Packing, table: &Table<S>) {
        let groups = table.count();
        self.keys.iter_mut().for_each(|key| key.reserve(groups));
        self.numerators.reserve(groups);
        if self.is_quotient {
            self.denominators.reserve(groups);
        }
        self.reported.reserve(groups);
        self.missing.reserve(groups);
        let mut odometer = packing.odometer();
        table.in_order(|id, slot| {
            if id >= packing.space {
                return;
            }
            for (column, group) in self.keys.iter_mut().zip(odometer.groups(id)) {
                column.push(*group);
            }
            let [first, second, third, last] = slot.values();
            self.numerators.push(first);
            if self.has_cases {
                // No sum of sizes has more than 127 bits, so this has not.
                self.denominators.push(first.wrapping_add(second).wrapping_add(third));
                self.not_due.push(last);
            } else if self.is_quotient {
                self.denominators.push(second);
            }
            let (reported, missing) = slot.rows();
            let place = self.reported.len();
            if place.is_multiple_of(8) {
                self.validity.push(0);
            }
            if let Some(byte) = self.validity.last_mut() {
                *byte |= u8::from(reported > 0) << (place % 8);
            }
            self.reported.push(reported);
            self.missing.push(missing);
        });
    }

    /// How many groups there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.reported.len()
    }

    /// Whether there is no group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many keys there are.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.keys.len()
    }

    /// The code of each group in the key at a place; of a combined key 0. Empty where there is no such key.
    #[must_use]
    pub fn key(&self, place: usize) -> &[u32] {
        self.keys.get(place).map_or(&[], Vec::as_slice)
    }

    /// What is counted in each group, or the amount; nothing of a group without figures.
    #[must_use]
    pub fn numerators(&self) -> Figures<'_> {
        self.numerators.figures(&self.validity)
    }

    /// What it is counted of, where figures are quotients; of cases `in_time + late + overdue`, of an index the weights.
    #[must_use]
    pub fn denominators(&self) -> Option<Figures<'_>> {
        self.is_quotient.then(|| self.denominators.figures(&self.validity))
    }

    /// The cases that are not due yet, where figures are cases.
    #[must_use]
    pub fn not_due(&self) -> Option<Figures<'_>> {
        self.has_cases.then(|| self.not_due.figures(&self.validity))
    }

    /// How many rows of each group had figures.
    #[must_use]
    pub fn reported(&self) -> &[u64] {
        &self.reported
    }

    /// How many rows of each group had none.
    #[must_use]
    pub fn missing(&self) -> &[u64] {
        &self.missing
    }

    /// The groups as rows to be judged, each by the rule that its code names; those of an index with weights as means.
    ///
    /// ```
    /// use attain::Status;
    /// use attain::columns::{Batch, Codes, Figures, Key, Measures, RollUp, Rule, Settings, evaluate};
    /// use attain::plan::{Kind, Requirement};
    ///
    /// let mut sums = RollUp::new(Kind::Flow, vec![Key::new(2)])?;
    /// let amounts = Measures::Amounts(Figures::whole(&[20, 30, 40]));
    /// sums.add(&Batch::new(&[Codes::Each(&[0, 0, 1])], amounts), &Settings::default())?;
    /// let groups = sums.finish()?;
    /// let rules = [Rule::new(Kind::Flow, Requirement::AtLeast(50.into()))];
    /// let answers = evaluate(&rules, &groups.rows(Codes::One(0)), &[], &Settings::default())?;
    /// assert_eq!(answers.status, [Status::Met, Status::Missed]);
    /// # Ok::<(), attain::Faults>(())
    /// ```
    #[must_use]
    pub fn rows<'a>(&'a self, rules: Codes<'a>) -> Rows<'a> {
        match self.denominators() {
            Some(denominators) => Rows::quotients(rules, self.numerators(), denominators),
            None => Rows::amounts(rules, self.numerators()),
        }
    }
}
