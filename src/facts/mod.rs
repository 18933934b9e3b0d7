//! What was reported: facts, what they carry, and what was known when.

mod draft;
mod fact;
mod intake;
mod measure;
mod vintage;

use std::collections::BTreeMap;

pub use draft::{FACTS_FORMAT, FactDraft, FactsDraft};
pub use fact::{Fact, State};
#[cfg(any(feature = "csv", feature = "json", feature = "arrow"))]
pub(crate) use intake::{Intake, conflict};
pub use measure::{Cases, Measure};
pub use vintage::AsOf;
pub(crate) use vintage::{Records, Vintage};

/// The columns of the facts format, in the order of the contract.
pub const COLUMNS: [&str; 23] = [
    "indicator",
    "unit",
    "period",
    "value",
    "part",
    "whole",
    "numerator",
    "denominator",
    "total",
    "weight",
    "positive",
    "valid",
    "population",
    "in_time",
    "late",
    "overdue",
    "not_due",
    "done_on",
    "through",
    "state",
    "recorded_on",
    "source",
    "note",
];

/// Everything that was reported for a plan, every record of it: the later ones beside those they replace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// By indicator and unit, each in the order of period, then of the day from which a record is known.
    series: BTreeMap<(usize, usize), Vec<Fact>>,
    count: usize,
}

impl Facts {
    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether nothing was reported at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All records, by indicator, unit and period.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.series.values().flatten()
    }

    /// Every record of one indicator and unit.
    pub(crate) fn of(&self, key: (usize, usize)) -> &[Fact] {
        self.series.get(&key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The facts that these records are, in whatever order they come.
    pub(crate) fn of_records(records: impl IntoIterator<Item = Fact>) -> Self {
        let mut facts = Self::default();
        for fact in records {
            facts.series.entry((fact.indicator, fact.unit)).or_default().push(fact);
            facts.count = facts.count.saturating_add(1);
        }
        facts.series.values_mut().for_each(|records| records.sort_by_key(Fact::place));
        facts
    }

    /// Gives the record that stands in a row of the document other figures.
    pub(crate) fn revise(&mut self, key: (usize, usize), row: usize, measure: &Measure) {
        let Some(records) = self.series.get_mut(&key) else { return };
        for record in records.iter_mut().filter(|record| record.row == row) {
            record.measure = Some(measure.clone());
        }
        // The day from which it is known may be another.
        records.sort_by_key(Fact::place);
    }

    pub(crate) fn series(&self) -> impl Iterator<Item = ((usize, usize), &[Fact])> {
        self.series.iter().map(|(key, facts)| (*key, facts.as_slice()))
    }
}
