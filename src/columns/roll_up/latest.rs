//! Of several records of one thing, which one counts.

use super::adding::MOST_FAULTS;
use super::batch::{Batch, mantissa};
use super::key::Key;
use super::packing::{BLOCK, Packing};
use super::table::{Slot, Table};
use crate::fault::{Fault, FaultKind, Faults, Path};

/// The records of one thing.
#[derive(Clone, Debug, Default)]
struct Records {
    count: u64,
    /// The day and the row of the latest one that is known.
    latest: Option<(i32, usize)>,
}

impl Slot for Records {
    fn absorb(&mut self, other: &Self, _summed: usize) {
        self.count = self.count.saturating_add(other.count);
        // Of several of one day the first row: they say the same.
        let is_later = |(day, _): (i32, usize)| self.latest.is_none_or(|(latest, _)| day > latest);
        self.latest = other.latest.filter(|latest| is_later(*latest)).or(self.latest);
    }

    fn is_there(&self) -> bool {
        self.count > 0
    }
}

/// Which rows count: of those with the same codes the one with the latest `recorded_on` not after `known_on`.
///
/// `keys` say how many codes each column of the batch has; the codes themselves name what a record is about (indicator, unit,
/// period), and their groups play no part. `recorded_on` has a day for each row, counted from any day: the day from which it is
/// known, where it is not said when it was recorded. A record without figures counts as any other: it says that what was known
/// before is missing. Of rows that say the same on the same day the first counts. Rows that the batch itself does not count are not
/// looked at.
///
/// # Errors
/// Rows of one thing, recorded on the same day, whose figures differ; codes that are not there (of either the first thousand);
/// columns of unequal length.
///
/// ```
/// use attain::columns::{Batch, Codes, Figures, Key, Measures, latest};
///
/// let (units, amounts) = ([0, 0, 1], [10, 12, 7]);
/// let keys = [Codes::Each(&units)];
/// let batch = Batch::new(&keys, Measures::Amounts(Figures::whole(&amounts)));
/// let recorded_on = [100, 160, 90];
/// assert_eq!(latest(&[Key::new(2)], &batch, &recorded_on, 150)?, [true, false, true]);
/// assert_eq!(latest(&[Key::new(2)], &batch, &recorded_on, 160)?, [false, true, true]);
/// # Ok::<(), attain::Faults>(())
/// ```
pub fn latest(keys: &[Key], batch: &Batch<'_>, recorded_on: &[i32], known_on: i32) -> Result<Vec<bool>, Faults> {
    let root = Path::root();
    let plain = keys.iter().map(|key| (Key::new(key.codes), true));
    let packing = Packing::new(plain).ok_or_else(super::too_many)?;
    let rows = batch.len();
    let lengths = batch.keys.iter().enumerate().map(|(place, codes)| (root.key("keys").index(place), codes.rows()));
    let others = [(root.key("recorded_on"), Some(recorded_on.len())), (root.key("counts"), batch.counts.map(<[bool]>::len))];
    let unequal = lengths.chain(others).filter_map(|(path, length)| {
        let length = length.filter(|length| *length != rows)?;
        Some(Fault::new(FaultKind::Inconsistent, path, format!("{length} rows"), format!("{rows}, as there are figures")))
    });
    let mut faults: Vec<Fault> = unequal.collect();
    if batch.keys.len() != keys.len() {
        let (what, expected) = (format!("{} columns", batch.keys.len()), format!("{}, as there are keys", keys.len()));
        faults.push(Fault::new(FaultKind::Inconsistent, root.key("keys"), what, expected));
    }
    Faults::or(faults, ())?;

    let mut faults = Vec::new();
    let mut records: Table<Records> = Table::new(packing.space, rows);
    each_row(&packing, batch, &mut faults, |row, id| {
        let Some(day) = recorded_on.get(row) else { return };
        let one = Records { count: 1, latest: (*day <= known_on).then_some((*day, row)) };
        if let Some(slot) = records.slot(id) {
            slot.absorb(&one, 0);
        }
    });
    Faults::or(faults, ())?;

    let mut counts = vec![false; rows];
    let mut of_several = Vec::new();
    each_row(&packing, batch, &mut Vec::new(), |row, id| {
        let (Some(slot), Some(day)) = (records.slot(id), recorded_on.get(row)) else { return };
        if let (Some((_, latest)), Some(counts)) = (slot.latest, counts.get_mut(row)) {
            *counts = latest == row;
        }
        if slot.count > 1 {
            of_several.push((id, *day, row));
        }
    });
    of_several.sort_unstable();
    let of_one_day = of_several.chunk_by(|(id, day, _), (next, next_day, _)| (id, day) == (next, next_day));
    let conflicts = of_one_day.flat_map(|records| {
        let (first, others) = records.split_first().map_or((0, [].as_slice()), |((_, _, first), others)| (*first, others));
        let differs = move |row: &usize| figures(batch, *row) != figures(batch, first);
        others.iter().map(|(_, _, row)| *row).filter(differs).map(move |row| {
            let what = format!("recorded on the same day as row {first}, with other figures");
            Fault::new(FaultKind::Inconsistent, Path::root().key("rows").index(row), what, "one record a day")
        })
    });
    Faults::or(conflicts.take(MOST_FAULTS).collect(), counts)
}

/// What a row says.
fn figures(batch: &Batch<'_>, row: usize) -> [Option<i128>; super::batch::VALUES] {
    batch.measures.columns().map(|column| column.and_then(|(_, figures)| mantissa(&figures, row)))
}

/// Every row that counts, with its number; no further than the block in which there are too many faults to be named.
fn each_row(packing: &Packing, batch: &Batch<'_>, faults: &mut Vec<Fault>, mut visit: impl FnMut(usize, u64)) {
    let mut ids = Box::new([0; BLOCK]);
    let mut start = 0;
    while start < batch.len() && faults.len() < MOST_FAULTS {
        let rows = BLOCK.min(batch.len().saturating_sub(start));
        packing.pack(batch, start, rows, &mut ids, faults);
        for (row, id) in (start..).zip(ids.iter().take(rows)).filter(|(_, id)| **id < packing.space) {
            visit(row, *id);
        }
        start = start.saturating_add(BLOCK);
    }
    faults.truncate(MOST_FAULTS);
}
