//! Of several records of one thing, which one counts.

use super::adding::MOST_FAULTS;
use super::batch::{Batch, mantissa};
use super::key::Key;
use super::packing::{BLOCK, Packing};
use super::table::Table;
use crate::fault::{Fault, FaultKind, Faults, Path};

/// Of the records of one thing that were read: the row that counts, or would if it were known, and whether there are others.
///
/// One word, since a table of them is read in no order: 0 where there is no record, else twice the row and 2, and 1 for others.
#[derive(Clone, Copy, Debug, Default)]
struct Records(u64);

impl Records {
    fn new(row: usize, has_others: bool) -> Self {
        let place = u64::try_from(row).unwrap_or(u64::MAX).saturating_add(1);
        Self(place.saturating_mul(2) | u64::from(has_others))
    }

    fn row(self) -> Option<usize> {
        usize::try_from(self.0 / 2).ok()?.checked_sub(1)
    }

    fn has_others(self) -> bool {
        self.0 % 2 == 1
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

    // Nothing of what is not known yet, which is before every day.
    let known_day = |row: usize| recorded_on.get(row).copied().filter(|day| *day <= known_on);
    let day = |row: usize| recorded_on.get(row).copied().unwrap_or(i32::MAX);
    let (mut faults, mut counts, mut of_several) = (Vec::new(), vec![false; rows], Vec::new());
    let mut records: Table<Records> = Table::new(packing.space, rows);
    let mut count = |row: usize, is_latest: bool| counts.get_mut(row).into_iter().for_each(|counts| *counts = is_latest);
    let mut add = |records: &mut Table<Records>, row: usize, id: u64| {
        let Some(slot) = records.slot(id) else { return };
        let Some(before) = slot.row() else {
            *slot = Records::new(row, false);
            return count(row, known_day(row).is_some());
        };
        if !slot.has_others() {
            of_several.push((id, day(before), before));
        }
        of_several.push((id, day(row), row));
        // Of several of one day the first row: they say the same.
        let is_later = known_day(row) > known_day(before);
        if is_later {
            count(before, false);
            count(row, true);
        }
        *slot = Records::new(if is_later { row } else { before }, true);
    };
    let (mut ids, mut start) = (Box::new([0; BLOCK]), 0);
    while start < rows && faults.len() < MOST_FAULTS {
        let ids = &mut ids;
        packing.pack(batch, start, BLOCK.min(rows.saturating_sub(start)), ids, &mut faults);
        let ids = || ids.iter().take(rows.saturating_sub(start)).copied();
        for (row, id) in (start..).zip(ids()).filter(|(_, id)| *id < packing.space) {
            add(&mut records, row, id);
        }
        start = start.saturating_add(BLOCK);
    }
    faults.truncate(MOST_FAULTS);
    Faults::or(faults, ())?;

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
