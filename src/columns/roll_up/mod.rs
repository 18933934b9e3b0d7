//! Sums by units, targets, periods or any other key, by the rule of the kind: never an average of percentages.

mod adding;
mod batch;
mod groups;
mod key;
mod latest;
mod packing;
mod rank;
mod table;

use std::sync::Arc;

use crate::columns::input::MOST_PLACES;
use crate::columns::settings::Settings;
use crate::fault::{Fault, FaultKind, Faults, Path};
use crate::plan::Kind;
use adding::{Adding, MOST_FAULTS, Sums};
use packing::{BLOCK, Packing};
use table::{Slot, Table, Wide};

pub use batch::{Batch, Combination, Measures};
pub use groups::Groups;
pub use key::{Key, LEFT_OUT, periods_within, units_at_depth, units_under};
pub use latest::latest;
pub use rank::{rank, rank_into};

/// A partial sum: rows added up so far, by their groups.
///
/// Batches may be added and partial sums merged in any order, on any number of threads: the groups are the same. Nothing else is
/// kept of the rows.
///
/// | kind | over time | over units |
/// | --- | --- | --- |
/// | share, ratio, mean | sums | sums |
/// | survey | sums of answers | sums of answers, never weighted by population |
/// | flow | sum | sum |
/// | stock | the latest of each unit | sum |
/// | index | the latest of each unit | refused without weights |
/// | on time | sums of in time and late; overdue and not due: the latest of each unit, with cohorts sums | sums |
///
/// Whatever tells one series of figures from another is a key, also what is added up: a stock of several units needs the key of
/// units, [combined](Key::combined), since the latest figure is one of each unit. Without it two units with the same figure for the
/// same period count once, silently. Rows are of disjoint periods and of units that
/// do not consist of each other; [`latest`] chooses among revisions.
///
/// Surveys are plain sums, and equal what an assessment says only where no population is given: where every unit has one, an
/// assessment weights the units' shares by it (`Σ share·population / Σ population`).
///
/// ```
/// use attain::columns::{Batch, Codes, Key, Measures, Figures, RollUp, Settings};
/// use attain::plan::Kind;
///
/// // Two districts: wards 0 and 1 of the first, ward 2 of the second.
/// let mut sums = RollUp::new(Kind::Share, vec![Key::new(3).into_groups(vec![0, 0, 1], 2)])?;
/// let (handled, all) = ([9, 90, 5], [10, 100, 10]);
/// let measures = Measures::Quotients { numerators: Figures::whole(&handled), denominators: Figures::whole(&all) };
/// sums.add(&Batch::new(&[Codes::Each(&[0, 1, 2])], measures), &Settings::default())?;
/// let districts = sums.finish()?;
/// assert_eq!(districts.key(0), [0, 1]);
/// assert_eq!(districts.numerators().get(0), Some(99.into())); // 99 of 110, not the average of 90 % and 90 %
/// assert_eq!(districts.denominators().and_then(|all| all.get(1)), Some(10.into()));
/// # Ok::<(), attain::Faults>(())
/// ```
#[derive(Clone, Debug)]
pub struct RollUp {
    layout: Arc<Layout>,
    /// None as long as there was no row.
    sums: Option<Sums>,
    /// The decimal places of each column, once there was a row.
    scales: Option<[u32; batch::VALUES]>,
    /// The sizes of all values, added up: no sum is larger.
    total: u128,
}

/// What rows are grouped by, and how they come together.
#[derive(Debug, PartialEq, Eq)]
struct Layout {
    combination: Combination,
    packing: Packing,
    /// The key of the periods, of which states have the latest.
    periods: Option<usize>,
}

impl RollUp {
    /// No row yet, to be grouped by keys.
    ///
    /// Whether there is a key of units can not be seen from the keys. A kind with states (stock, index, on time without cohorts)
    /// needs one wherever rows are of more than one unit, [combined](Key::combined) where units are added up; else units are taken
    /// for one, and equal figures of one period count once. Surveys are added up without their populations.
    ///
    /// # Errors
    /// A deliverable, which has nothing to add up; an index that is added up over units without weights; states without a key of
    /// periods; a map that is not as long as there are codes, or names a group that is not there; more groups than 64 bits count.
    pub fn new(combination: impl Into<Combination>, keys: Vec<Key>) -> Result<Self, Faults> {
        let combination = combination.into();
        let mut faults: Vec<Fault> = keys.iter().enumerate().flat_map(|(place, key)| key.faults(place)).collect();
        let periods = keys.iter().position(|key| key.order.is_some());
        let path = |name: &str| Path::root().key(name);
        if combination.kind == Kind::Deliverable {
            let expected = "a kind whose figures add up";
            faults.push(Fault::new(FaultKind::InvalidValue, path("kind"), "deliverable", expected));
        }
        if combination.has_states() && periods.is_none() {
            let what = format!("no key of periods, of which {} has the latest", combination.kind.with_article());
            faults.push(Fault::new(FaultKind::MissingField, path("keys"), what, "a key of periods"));
        }
        if combination.kind == Kind::Index && !combination.is_weighted {
            let over_units = keys.iter().enumerate().filter(|(_, key)| key.order.is_none() && !key.is_kept());
            faults.extend(over_units.map(|(place, _)| {
                let what = "an index added up over units";
                Fault::new(FaultKind::Inconsistent, path("keys").index(place), what, "weights, or each unit on its own")
            }));
        }
        // States are kept for each series of figures, and added up over these in the end.
        let is_group = |key: &Key| !combination.has_states() || key.order.is_some();
        let packing = Packing::new(keys.into_iter().map(|key| (is_group(&key), key)).map(|(is_group, key)| (key, is_group)));
        if packing.is_none() {
            faults.push(Fault::new(FaultKind::Limit, path("keys"), "too many groups", "fewer than 2^64"));
        }
        let packing = Faults::or(faults, packing)?
            .ok_or_else(|| Faults::from(Fault::new(FaultKind::Limit, path("keys"), "too many groups", "fewer than 2^64")))?;
        let layout = Layout { combination, packing, periods: periods.filter(|_| combination.has_states()) };
        Ok(Self { layout: Arc::new(layout), sums: None, scales: None, total: 0 })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// Every row (the first thousand of them) whose code is not in its key, or whose figures can not be (`0 ≤ N ≤ D` of shares and
    /// surveys, `0 ≤ D` of ratios and means, no count below 0); columns of unequal length, of other kinds or places than before;
    /// more than [`MOST_PLACES`](crate::columns::MOST_PLACES) decimal places, of scores and their weights together;
    /// sums of more than 127 bits. What is held after an error means nothing.
    pub fn add(&mut self, batch: &Batch<'_>, settings: &Settings) -> Result<(), Faults> {
        Faults::or(self.misfits(batch), ())?;
        let scales = batch.measures.columns().map(|column| column.map_or(0, |(_, figures)| figures.scale));
        self.scales = Some(scales);
        let parts = if settings.parallel { self.parts(batch.len()) } else { 1 };
        let (added, faults) = self.add_parts(batch, settings, parts);
        Faults::or(faults, ())?;
        for (sums, total) in added {
            self.absorb(sums, total);
        }
        if let Some(sums) = &mut self.sums {
            sums.settle(self.layout.packing.space);
        }
        Faults::or(self.too_large(), ())
    }

    /// Takes over another partial sum.
    ///
    /// # Errors
    /// Other keys, kinds or decimal places; sums of more than 127 bits.
    pub fn merge(&mut self, other: Self) -> Result<(), Faults> {
        let is_other_place = self.scales.zip(other.scales).is_some_and(|(mine, theirs)| mine != theirs);
        if self.layout != other.layout || is_other_place {
            let what = "partial sums by other keys, kinds or decimal places";
            return Err(Fault::new(FaultKind::Inconsistent, Path::root(), what, "the same of both").into());
        }
        self.scales = self.scales.or(other.scales);
        if let Some(sums) = other.sums {
            self.absorb(sums, other.total);
        }
        Faults::or(self.too_large(), ())
    }

    /// The groups with at least one row, in the order of their keys.
    ///
    /// # Errors
    /// Two figures of one series for one period that differ, where the latest one counts.
    pub fn finish(&self) -> Result<Groups, Faults> {
        let mut groups = Groups::default();
        self.finish_into(&mut groups)?;
        Ok(groups)
    }

    /// The same, written over groups that are no longer needed, whose memory is used again.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn finish_into(&self, groups: &mut Groups) -> Result<(), Faults> {
        self.finish_named(groups, &|codes| format!("with the codes {codes:?}"))
    }

    /// The same, where errors call a series by this name, made of its code in each key; in the key of periods of its group.
    pub(in crate::columns) fn finish_named(&self, groups: &mut Groups, name: &dyn Fn(&[u64]) -> String) -> Result<(), Faults> {
        let Layout { combination, packing, .. } = &*self.layout;
        groups.clear(packing.keys().len(), *combination, self.scales.unwrap_or_default());
        match &self.sums {
            None => Ok(()),
            Some(Sums::Narrow(table)) => {
                groups.extend(packing, table);
                Ok(())
            }
            Some(Sums::Wide(table)) if !combination.has_states() => {
                groups.extend(packing, table);
                Ok(())
            }
            Some(Sums::Wide(table)) => {
                let (packing, table) = self.over_series(table, name)?;
                groups.extend(&packing, &table);
                Ok(())
            }
        }
    }

    /// The series of states added up to their groups.
    fn over_series(&self, series: &Table<Wide>, name: &dyn Fn(&[u64]) -> String) -> Result<(Packing, Table<Wide>), Faults> {
        let of_series = &self.layout.packing;
        let packing = Packing::new(of_series.keys().map(|key| (key.clone(), true))).ok_or_else(too_many)?;
        let mut table: Table<Wide> = Table::new(packing.space, series.slots.len());
        let mut faults = Vec::new();
        series.in_order(|id, slot| {
            if slot.is_contradicted && faults.len() < MOST_FAULTS {
                let what = format!("two figures for the latest period of the series {}", name(&of_series.digits(id)));
                faults.push(Fault::new(FaultKind::Inconsistent, Path::root().key("series"), what, "one figure of a period"));
            }
            if let Some(id) = of_series.group(id)
                && let Some(group) = table.slot(id)
            {
                group.absorb(slot, batch::VALUES);
            }
        });
        Faults::or(faults, (packing, table))
    }

    fn absorb(&mut self, sums: Sums, total: u128) {
        self.total = self.total.saturating_add(total);
        match &mut self.sums {
            Some(mine) => mine.absorb(sums, self.layout.combination.summed(), self.total),
            None => self.sums = Some(sums),
        }
    }

    fn too_large(&self) -> Vec<Fault> {
        let is_too_large = i128::try_from(self.total).is_err();
        let what = "figures whose sizes add up to more than 127 bits";
        let fault = || Fault::new(FaultKind::Limit, Path::root().key("measures"), what, "sums of at most 127 bits");
        is_too_large.then(fault).into_iter().collect()
    }

    /// What is wrong with the columns as a whole.
    fn misfits(&self, batch: &Batch<'_>) -> Vec<Fault> {
        let Layout { combination, packing, .. } = &*self.layout;
        let mut faults = Vec::new();
        let mut fault = |path: Path, what: String, expected: String| {
            faults.push(Fault::new(FaultKind::Inconsistent, path, what, expected));
        };
        let root = Path::root();
        let rows = batch.len();
        if !batch.measures.suit(*combination) {
            let what = batch.measures.names().collect::<Vec<_>>().join(", ");
            let expected = format!("{}, the columns of {}", combination.columns().join(", "), combination.kind.with_article());
            fault(root.key("measures"), what, expected);
        }
        if batch.keys.len() != packing.keys().len() {
            let expected = format!("{}, as there are keys", packing.keys().len());
            fault(root.key("keys"), format!("{} columns", batch.keys.len()), expected);
        }
        let keys = batch.keys.iter().enumerate().map(|(place, codes)| (root.key("keys").index(place), codes.rows()));
        let columns = batch.measures.columns();
        let figures = columns.iter().flatten().map(|(name, figures)| (root.key(name), Some(figures.len())));
        let counts = [(root.key("counts"), batch.counts.map(<[bool]>::len))];
        for (path, length) in keys.chain(figures).chain(counts) {
            if let Some(length) = length.filter(|length| *length != rows) {
                fault(path, format!("{length} rows"), format!("{rows}, as there are figures"));
            }
        }
        let first = columns.first().and_then(|column| *column).map_or(0, |(_, figures)| figures.scale);
        let counts_one_thing = matches!(combination.check(), batch::Check::Part | batch::Check::Counts);
        let before = self.scales.unwrap_or_else(|| columns.map(|column| column.map_or(0, |(_, figures)| figures.scale)));
        for ((name, figures), before) in columns.iter().zip(before).filter_map(|(column, before)| column.zip(Some(before))) {
            let expected = if counts_one_thing { first } else { before };
            if figures.scale != expected || figures.scale != before {
                fault(
                    root.key(name),
                    format!("{} decimal places", figures.scale),
                    format!("{expected}, as in the other columns"),
                );
            }
        }
        faults.extend(columns.iter().flatten().filter_map(|(name, figures)| too_many_places(name, figures.scale, "")));
        if let Measures::Weighted { scores, weights } = &batch.measures {
            let places = scores.scale.saturating_add(weights.scale);
            faults.extend(too_many_places("weights", places, ", with those of the scores"));
        }
        faults
    }

    /// In how many parts so many rows are added up: none is small, and the tables of all have at most twice as many slots as there
    /// are rows.
    fn parts(&self, rows: usize) -> usize {
        let groups = usize::try_from(self.layout.packing.space).unwrap_or(usize::MAX).min(rows).max(1);
        threads().min(rows / PART).min(2 * rows / groups).max(1)
    }

    /// The partial sums of a batch, in parts of consecutive rows; of a single part added to what there is.
    fn add_parts(&mut self, batch: &Batch<'_>, settings: &Settings, parts: usize) -> (Vec<(Sums, u128)>, Vec<Fault>) {
        let rows = batch.len();
        let Layout { combination, packing, periods } = &*self.layout;
        let order = periods.and_then(|place| packing.keys().nth(place)?.order.as_deref().map(|order| (place, order)));
        let add = |from: usize, end: usize, mut sums: Sums, mut total: u128| {
            let (sums_so_far, total_so_far) = (&mut sums, &mut total);
            let adding =
                Adding { combination: *combination, packing, order, batch, from, end, sums: sums_so_far, total: total_so_far };
            let faults = settings.instruction_set.run(adding);
            (sums, total, faults)
        };
        let empty = || Sums::new(*combination, packing.space, rows);
        if parts <= 1 {
            let sums = self.sums.take().unwrap_or_else(empty);
            let (sums, total, faults) = add(0, rows, sums, std::mem::take(&mut self.total));
            return (vec![(sums, total)], faults);
        }
        let length = rows.div_ceil(parts).next_multiple_of(BLOCK);
        let part = |part: usize| {
            let from = part.saturating_mul(length).min(rows);
            add(from, from.saturating_add(length).min(rows), empty(), 0)
        };
        #[cfg(feature = "parallel")]
        let done: Vec<_> = {
            use rayon::prelude::*;
            (0..parts).into_par_iter().map(part).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let done: Vec<_> = (0..parts).map(part).collect();
        let mut faults = Vec::new();
        let mut added = Vec::new();
        for (sums, total, more) in done {
            added.push((sums, total));
            faults.extend(more);
        }
        faults.truncate(MOST_FAULTS);
        (added, faults)
    }
}

/// A column whose exact numbers could not be asked for.
fn too_many_places(column: &str, places: u32, of_what: &str) -> Option<Fault> {
    let fault = || {
        let what = format!("{places} decimal places{of_what}");
        Fault::new(FaultKind::Limit, Path::root().key(column), what, format!("at most {MOST_PLACES}"))
    };
    (places > MOST_PLACES).then(fault)
}

fn too_many() -> Fault {
    Fault::new(FaultKind::Limit, Path::root().key("keys"), "more groups than 64 bits count", "fewer than 2^64")
}

/// How many rows a thread takes, at least.
const PART: usize = 64 * BLOCK;

/// The threads of the current pool.
#[cfg(feature = "parallel")]
fn threads() -> usize {
    rayon::current_num_threads()
}

/// One without the feature `parallel`.
#[cfg(not(feature = "parallel"))]
fn threads() -> usize {
    1
}
