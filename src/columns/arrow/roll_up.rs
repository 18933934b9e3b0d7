//! Record batches added up by their key columns.

use arrow_array::RecordBatch;

use super::figures::FigureArray;
use super::ids::{CodeArray, Ids};
use super::overlaps::Overlaps;
use super::{Floats, column, tables, taken};
use crate::columns::{
    Batch, Codes, Combination, Figures, Groups, Key, LEFT_OUT, Measures, RollUp, Settings, periods_within, rank,
};
use crate::document::quoted;
use crate::fault::{Fault, FaultKind, Faults, Path, Segment};
use crate::plan::Better;
use crate::time::{Cadence, Calendar, Period};

/// A column that rows are grouped by: its name, the ids that it may have, and the groups that these come to.
#[derive(Clone, Debug)]
pub struct KeyColumn {
    name: String,
    ids: Ids,
    key: Key,
    groups: Ids,
    /// Whether all ids are in one group, which has no name.
    is_combined: bool,
    /// The periods that the ids are labels of; none where they are no labels.
    periods: Vec<Period>,
    /// Whether periods are added up to longer ones.
    is_within: bool,
}

impl KeyColumn {
    /// Every id is a group of its own.
    #[must_use]
    pub fn new(name: &str, ids: Ids) -> Self {
        let codes = u32::try_from(ids.as_slice().len()).unwrap_or(u32::MAX);
        Self {
            name: name.to_owned(),
            key: Key::new(codes),
            groups: ids.clone(),
            ids,
            is_combined: false,
            periods: Vec::new(),
            is_within: false,
        }
    }

    /// Ids are labels of periods, each a group of its own or, with a cadence, part of the longer period in which it lies.
    ///
    /// Figures that are a state at the end of a period need this key, and only one may be of periods.
    ///
    /// # Errors
    /// Every id that is no label of the calendar, or that lies wholly in no period of the cadence.
    pub fn periods(name: &str, ids: Ids, calendar: Calendar, within: Option<Cadence>) -> Result<Self, Faults> {
        let (mut periods, mut faults) = (Vec::new(), Vec::new());
        for label in ids.as_slice() {
            match calendar.period(label) {
                Ok(period) => periods.push(period),
                Err(unknown) => {
                    faults.push(Fault::new(FaultKind::InvalidValue, Path::root().key(name), unknown.what(), unknown.expected()));
                }
            }
        }
        Faults::or(faults, ())?;
        let key = Key::periods(&periods);
        let whole = Self { name: name.to_owned(), key, groups: ids.clone(), ids, is_combined: false, periods, is_within: false };
        let Some(cadence) = within else { return Ok(whole) };
        let (longer, map) = periods_within(&whole.periods, calendar, cadence);
        let nowhere = whole.ids.as_slice().iter().zip(&map).filter(|(_, group)| **group == LEFT_OUT);
        let fault = |(label, _): (&String, &u32)| {
            let what = format!("{} is no part of a {}", quoted(label), cadence.code());
            let expected = format!("periods that lie in a {}", cadence.code());
            Fault::new(FaultKind::InvalidValue, Path::root().key(name), what, expected)
        };
        Faults::or(nowhere.map(fault).collect(), ())?;
        let groups = Ids::new(longer.iter().map(Period::label))?;
        let key = whole.key.clone().into_groups(map, u32::try_from(longer.len()).unwrap_or(u32::MAX));
        Ok(Self { key, groups, is_within: true, ..whole })
    }

    /// The periods, where they are added up.
    pub(super) fn added_up_periods(&self) -> Option<&[Period]> {
        (!self.periods.is_empty() && (self.is_within || self.is_combined)).then_some(&self.periods)
    }

    /// The id with a place.
    pub(super) fn id(&self, code: u32) -> Option<&str> {
        self.ids.get(code)
    }

    /// The same with the group of each id; where that is none, its rows are left out. Groups stand in the order of their bytes.
    ///
    /// # Errors
    /// More than 2³² − 1 groups.
    ///
    /// ```
    /// use attain::columns::arrow::{Ids, KeyColumn};
    /// let district = |ward: &str| match ward { "w1" | "w2" => Some("d1".to_owned()), _ => None };
    /// let units = KeyColumn::new("unit", Ids::new(["w1", "w2", "w3"])?).into_groups(district)?;
    /// assert_eq!(units.groups().as_slice(), ["d1"]);
    /// # Ok::<(), attain::Faults>(())
    /// ```
    pub fn into_groups(self, group: impl Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        let found: Vec<Option<String>> = self.ids.as_slice().iter().map(|id| group(id)).collect();
        let mut names: Vec<&String> = found.iter().flatten().collect();
        names.sort_unstable();
        names.dedup();
        let groups = Ids::new(names.into_iter().map(String::as_str))?;
        let code = |name: &Option<String>| name.as_deref().and_then(|name| groups.find(name)).unwrap_or(LEFT_OUT);
        let map = found.iter().map(code).collect();
        let count = u32::try_from(groups.as_slice().len()).unwrap_or(u32::MAX);
        Ok(Self { key: self.key.into_groups(map, count), groups, is_combined: false, ..self })
    }

    /// The same with all ids in one group: units are added up, periods combined over time. The answers have no such column.
    ///
    /// # Errors
    /// None but in theory.
    pub fn combined(self) -> Result<Self, Faults> {
        Ok(Self { key: self.key.combined(), groups: Ids::new([""])?, is_combined: true, ..self })
    }

    /// What a series is called by this key, whose code it has, or whose group where the key is of periods.
    fn of_series(&self, code: u64) -> Option<String> {
        let code = u32::try_from(code).ok()?;
        let id = if self.periods.is_empty() { self.id(code) } else { self.groups.get(code).filter(|_| !self.is_combined) };
        id.map(|id| format!("{} {}", self.name, quoted(id)))
    }

    /// What the column is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The groups in the order of their places.
    #[must_use]
    pub fn groups(&self) -> &Ids {
        &self.groups
    }
}

/// What the columns of figures are called, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MeasureNames<'a> {
    /// Flows, stocks, and scores without weights.
    Amounts(&'a str),
    /// Shares, ratios, means and surveys: what is counted, and of what.
    Quotients(&'a str, &'a str),
    /// Scores of an index, and their weights.
    Weighted(&'a str, &'a str),
    /// Cases in time, late, overdue and not due.
    Cases(&'a str, &'a str, &'a str, &'a str),
}

impl<'a> MeasureNames<'a> {
    fn names(self) -> Vec<&'a str> {
        match self {
            Self::Amounts(amounts) => vec![amounts],
            Self::Quotients(over, under) | Self::Weighted(over, under) => vec![over, under],
            Self::Cases(in_time, late, overdue, not_due) => vec![in_time, late, overdue, not_due],
        }
    }

    /// What the engine calls the columns.
    fn slots(self) -> &'static [&'static str] {
        match self {
            Self::Amounts(_) => &["amounts"],
            Self::Quotients(..) => &["numerators", "denominators"],
            Self::Weighted(..) => &["scores", "weights"],
            Self::Cases(..) => &["in_time", "late", "overdue", "not_due"],
        }
    }

    /// The figures of these columns, which stand in the order of the names.
    fn measures(self, figures: &[Figures<'a>]) -> Option<Measures<'a>> {
        Some(match (self, figures) {
            (Self::Amounts(_), [amounts]) => Measures::Amounts(*amounts),
            (Self::Quotients(..), [numerators, denominators]) => {
                Measures::Quotients { numerators: *numerators, denominators: *denominators }
            }
            (Self::Weighted(..), [scores, weights]) => Measures::Weighted { scores: *scores, weights: *weights },
            (Self::Cases(..), [in_time, late, overdue, not_due]) => {
                Measures::Cases { in_time: *in_time, late: *late, overdue: *overdue, not_due: *not_due }
            }
            _ => return None,
        })
    }
}

/// Record batches added up: a [`RollUp`] whose keys and figures are columns by name.
///
/// Nothing is kept of a batch but the sums of its groups; partial sums merge.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::cast::AsArray;
/// use arrow_array::types::Decimal128Type;
/// use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray};
/// use attain::columns::Settings;
/// use attain::columns::arrow::{BatchRollUp, Floats, Ids, KeyColumn, MeasureNames};
/// use attain::plan::Kind;
///
/// let units: ArrayRef = Arc::new(StringArray::from(vec!["w1", "w2", "w3"]));
/// let (handled, all) = (Arc::new(Int64Array::from(vec![9, 90, 5])), Arc::new(Int64Array::from(vec![10, 100, 10])));
/// let columns: [(&str, ArrayRef); 3] = [("unit", units.clone()), ("handled", handled), ("all", all)];
/// let batch = RecordBatch::try_from_iter(columns)?;
///
/// let district = |ward: &str| Some(if ward == "w3" { "d2".to_owned() } else { "d1".to_owned() });
/// let key = KeyColumn::new("unit", Ids::distinct([&*units as &dyn Array], "unit")?).into_groups(district)?;
/// let mut sums = BatchRollUp::new(Kind::Share, vec![key], MeasureNames::Quotients("handled", "all"), Floats::Refused)?;
/// sums.add(&batch, &Settings::default())?;
/// let districts = sums.finish()?;
/// // 99 of 110, not the average of 90 % and 90 %
/// assert_eq!(districts["numerator"].as_primitive::<Decimal128Type>().values()[..], [99, 5]);
/// assert_eq!(districts["denominator"].as_primitive::<Decimal128Type>().values()[..], [110, 10]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct BatchRollUp<'a> {
    sums: RollUp,
    keys: Vec<KeyColumn>,
    measures: MeasureNames<'a>,
    floats: Floats,
    /// How many rows there were.
    rows: usize,
    overlaps: Option<Overlaps>,
}

impl<'a> BatchRollUp<'a> {
    /// No row yet, to be grouped by keys.
    ///
    /// # Errors
    /// As [`RollUp::new`].
    pub fn new(
        combination: impl Into<Combination>,
        keys: Vec<KeyColumn>,
        measures: MeasureNames<'a>,
        floats: Floats,
    ) -> Result<Self, Faults> {
        let sums = RollUp::new(combination, keys.iter().map(|key| key.key.clone()).collect())?;
        let overlaps = Overlaps::among(&keys);
        Ok(Self { sums, keys, measures, floats, rows: 0, overlaps })
    }

    /// Adds the rows of a batch.
    ///
    /// # Errors
    /// As [`RollUp::add`], with columns by their names and rows counted through all batches; columns that are not there, are no
    /// exact numbers or no ids. What is held after an error means nothing.
    pub fn add(&mut self, batch: &RecordBatch, settings: &Settings) -> Result<(), Faults> {
        let mut faults = Vec::new();
        let mut codes = Vec::new();
        for key in &self.keys {
            let read = column(batch, &key.name).and_then(|array| CodeArray::read(array, &key.ids, &key.name));
            codes.extend(taken(read, &mut faults));
        }
        let names = self.measures.names();
        let mut figures = Vec::new();
        for name in &names {
            let read = column(batch, name).and_then(|array| FigureArray::read(array, name, self.floats));
            figures.extend(taken(read, &mut faults));
        }
        let from = self.rows;
        self.rows = self.rows.saturating_add(batch.num_rows());
        Faults::or(faults.into_iter().map(|fault| super::moved(fault, from)).collect(), ())?;
        if let Some(overlaps) = &mut self.overlaps {
            overlaps.add(&codes);
        }
        let codes: Vec<Codes<'_>> = codes.iter().map(CodeArray::codes).collect();
        let figures: Vec<Figures<'_>> = figures.iter().map(FigureArray::figures).collect();
        let Some(measures) = self.measures.measures(&figures) else { return Ok(()) };
        let added = self.sums.add(&Batch::new(&codes, measures), settings);
        added.map_err(|faults| faults.map(|fault| super::moved(self.named(fault, &names), from)))
    }

    /// Takes over another partial sum.
    ///
    /// # Errors
    /// As [`RollUp::merge`].
    pub fn merge(&mut self, other: Self) -> Result<(), Faults> {
        self.rows = self.rows.saturating_add(other.rows);
        if let (Some(overlaps), Some(more)) = (&mut self.overlaps, other.overlaps) {
            overlaps.absorb(more);
        }
        self.sums.merge(other.sums)
    }

    /// The groups with at least one row, in the order of their keys: a column for each key that is not combined, `numerator`,
    /// `denominator` and `not_due` where the kind has them, how many rows were `reported`, and how many figures `missing`.
    ///
    /// # Errors
    /// As [`RollUp::finish`]; sums of 39 digits; every series with two periods that overlap, where periods are added up.
    pub fn finish(&self) -> Result<RecordBatch, Faults> {
        let twice = self.overlaps.as_ref().map(|overlaps| overlaps.faults(&self.keys)).unwrap_or_default();
        Faults::or(twice, ())?;
        let keys: Vec<(&str, &Ids)> = self.keys.iter().map(|key| (&*key.name, &key.groups)).collect();
        let mut groups = Groups::default();
        self.sums.finish_named(&mut groups, &|codes| {
            let names = self.keys.iter().zip(codes).filter_map(|(key, code)| key.of_series(*code));
            names.collect::<Vec<_>>().join(", ")
        })?;
        let groups = groups.to_record_batch(&keys)?;
        let combined = self.keys.iter().map(|key| key.is_combined).chain(std::iter::repeat(false));
        let kept: Vec<usize> = combined.take(groups.num_columns()).enumerate().filter(|(_, is)| !is).map(|(at, _)| at).collect();
        groups.project(&kept).map_err(|error| super::refused(&error).into())
    }

    /// A fault of the batch engine with the columns' own names.
    fn named(&self, fault: Fault, names: &[&str]) -> Fault {
        let slots = || self.measures.slots().iter().zip(names);
        let name = match fault.path.segments() {
            [Segment::Key(key), ..] => slots().find(|(slot, _)| *slot == key).map(|(_, name)| *name),
            _ => None,
        };
        let Some(name) = name else { return fault };
        // Column after column with its figure, as in "numerators 3, denominators 2".
        let told = |said: &str| match said
            .split_once(' ')
            .and_then(|(slot, figure)| Some((slots().find(|(of, _)| **of == slot)?.1, figure)))
        {
            Some((name, figure)) => format!("{name} {figure}"),
            None => said.to_owned(),
        };
        let what = fault.what.split(", ").map(told).collect::<Vec<_>>().join(", ");
        Fault { path: super::renamed(&fault.path, name), what, ..fault }
    }
}

/// The place of each row of a table among those of its partition, as [`rank`](crate::columns::rank()) says; nothing where it has
/// none. The rows of all batches are counted one after the other.
///
/// `within` is the column of the partitions; without it all rows are one.
///
/// # Errors
/// Columns that are not there, or are no exact numbers or no ids.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch};
/// use attain::columns::{Settings, arrow::{Floats, rank_batches}};
/// use attain::plan::Better;
///
/// let column = |values: Vec<i64>| -> ArrayRef { Arc::new(Int64Array::from(values)) };
/// let batch = |part, whole| RecordBatch::try_from_iter([("part", column(part)), ("whole", column(whole))]);
/// let batches = [batch(vec![9, 1], vec![10, 3])?, batch(vec![90, 0], vec![100, 0])?];
/// let names = ("part", Some("whole"));
/// let places = rank_batches(&batches, names, None, Better::Higher, Floats::Refused, &Settings::default())?;
/// assert_eq!(places, [Some(1), Some(3), Some(1), None]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rank_batches(
    batches: &[RecordBatch],
    (numerator, denominator): (&str, Option<&str>),
    within: Option<&str>,
    better: Better,
    floats: Floats,
    settings: &Settings,
) -> Result<Vec<Option<u32>>, Faults> {
    let mut faults = Vec::new();
    let numerators = taken(tables::figures(batches, numerator, floats), &mut faults);
    let denominators = denominator.map(|name| taken(tables::figures(batches, name, floats), &mut faults));
    let partitions = within.map(|name| tables::keys(batches, name)).transpose()?;
    Faults::or(faults, ())?;
    // None only where there is a fault.
    let Some(numerators) = numerators else { return Ok(Vec::new()) };
    let denominators = denominators.flatten();
    let codes = partitions.as_ref().map_or(Codes::One(0), |(_, codes)| codes.codes());
    let better = vec![Some(better); partitions.as_ref().map_or(1, |(ids, _)| ids.as_slice().len())];
    let denominators = denominators.as_ref().map(FigureArray::figures);
    let places = rank(numerators.figures(), denominators, codes, &better, settings)?;
    Ok(places.into_iter().map(|place| Some(place).filter(|place| *place > 0)).collect())
}
