//! Periods of one series that overlap: their figures would be counted twice.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::MOST_FAULTS;
use super::ids::CodeArray;
use super::roll_up::KeyColumn;
use crate::document::quoted;
use crate::fault::{Fault, FaultKind, Path};
use crate::time::Period;

/// Which periods each series has, where periods are added up and some of their labels overlap.
#[derive(Clone, Debug)]
pub(super) struct Overlaps {
    /// The place of the key of periods.
    key: usize,
    periods: Vec<Period>,
    /// The codes of the other keys, and last that of the period.
    seen: BTreeSet<Vec<u32>>,
}

impl Overlaps {
    /// Nothing where no figure could be counted twice.
    pub(super) fn among(keys: &[KeyColumn]) -> Option<Self> {
        let (key, periods) = keys.iter().enumerate().find_map(|(place, key)| Some((place, key.added_up_periods()?)))?;
        let mut in_order = periods.to_vec();
        in_order.sort_unstable_by_key(|period| (period.first(), period.last()));
        let overlap = in_order.is_sorted_by(|one, next| one.last() < next.first());
        (!overlap).then(|| Self { key, periods: periods.to_vec(), seen: BTreeSet::new() })
    }

    pub(super) fn add(&mut self, codes: &[CodeArray]) {
        let Some(periods) = codes.get(self.key).map(CodeArray::as_slice) else { return };
        let others: Vec<&[u32]> =
            codes.iter().enumerate().filter(|(place, _)| *place != self.key).map(|(_, codes)| codes.as_slice()).collect();
        let mut before = Vec::new();
        for (row, period) in periods.iter().enumerate() {
            let mut series: Vec<u32> = others.iter().filter_map(|codes| codes.get(row)).copied().collect();
            series.push(*period);
            // Rows of a series mostly stand together.
            if series != before {
                before.clone_from(&series);
                self.seen.insert(series);
            }
        }
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.seen.extend(other.seen);
    }

    /// Every series with two periods that overlap (the first thousand).
    pub(super) fn faults(&self, keys: &[KeyColumn]) -> Vec<Fault> {
        let Some(name) = keys.get(self.key).map(KeyColumn::name) else { return Vec::new() };
        let others: Vec<&KeyColumn> =
            keys.iter().enumerate().filter(|(place, _)| *place != self.key).map(|(_, key)| key).collect();
        let all: Vec<&Vec<u32>> = self.seen.iter().collect();
        let mut faults = Vec::new();
        for series in all.chunk_by(|one, next| one.split_last().map(|(_, rest)| rest) == next.split_last().map(|(_, rest)| rest))
        {
            let of = |codes: &Vec<u32>| self.periods.get(*codes.last()? as usize);
            let mut periods: Vec<&Period> = series.iter().filter_map(|codes| of(codes)).collect();
            periods.sort_unstable_by_key(|period| (period.first(), Reverse(period.last())));
            let twice = periods.iter().zip(periods.iter().skip(1)).find(|(one, next)| next.first() <= one.last());
            let (Some((one, next)), Some(codes)) = (twice, series.first()) else { continue };
            let ids = others
                .iter()
                .zip(codes.iter())
                .filter_map(|(key, code)| Some(format!("{} {}", key.name(), quoted(key.id(*code)?))));
            let (one, next) = (quoted(&one.label()), quoted(&next.label()));
            let of = ids.collect::<Vec<_>>().join(", ");
            let what = format!("{one} and {next} overlap{}{of}", if of.is_empty() { "" } else { ": " });
            faults.push(Fault::new(
                FaultKind::Inconsistent,
                Path::root().key(name),
                what,
                "periods that are apart, since a figure is added up once",
            ));
            if faults.len() >= MOST_FAULTS {
                break;
            }
        }
        faults
    }
}
