//! The plain case of a facts document in CSV, read by integers alone: all of it or nothing.

use chrono::NaiveDate;

use super::cells::{Cell, Stop, cell, number, stop};
use super::check::{Check, RowFigures};
use super::dictionary::Dictionary;
use super::twins::has_twins;
use super::{FactColumns, FigureColumn};
use crate::facts::State;
use crate::plan::Plan;
use crate::time::{Calendar, Period, parse_day};

/// The least bytes that are worth a chunk of their own.
const LEAST_CHUNK: usize = 64 * 1024;
/// Longer texts are left to the ordinary reader, which has a limit.
const LONGEST_TEXT: usize = 60_000;

/// How many chunks a text is read in: one for each thread, if it is long enough.
pub(super) fn chunks_for(text: &[u8]) -> usize {
    #[cfg(feature = "parallel")]
    let threads = rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    let threads = 1;
    threads.min(text.len() / LEAST_CHUNK).max(1)
}

/// The facts of a text, read in so many chunks; nothing where not all of it is plain and sound. Neither the number of chunks
/// nor of threads changes the result.
pub(super) fn plain(plan: &Plan, text: &[u8], chunks: usize) -> Option<FactColumns> {
    let (header, rows) = header(text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text))?;
    let reader = Reader::new(plan, &header)?;
    let chunks = split(rows, chunks);
    let rows = chunks.iter().map(|chunk| line_feeds(chunk) + 1).sum();
    let one = |(place, chunk): (usize, &&[u8])| {
        let mut reader = reader.clone();
        reader.reserve(if place == 0 { rows } else { line_feeds(chunk) + 1 });
        reader.read(chunk)
    };
    #[cfg(feature = "parallel")]
    let read: Option<Vec<FactColumns>> = {
        use rayon::prelude::*;
        chunks.par_iter().enumerate().map(one).collect()
    };
    #[cfg(not(feature = "parallel"))]
    let read: Option<Vec<FactColumns>> = chunks.iter().enumerate().map(one).collect();
    let columns = FactColumns::joined(read?)?;
    (!has_twins(&columns, plan.units().len())?).then_some(columns)
}

/// A column of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Indicator,
    Unit,
    Period,
    Figure(FigureColumn),
    DoneOn,
    Through,
    State,
    RecordedOn,
    Source,
    Note,
}

impl Column {
    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"indicator" => Self::Indicator,
            b"unit" => Self::Unit,
            b"period" => Self::Period,
            b"done_on" => Self::DoneOn,
            b"through" => Self::Through,
            b"state" => Self::State,
            b"recorded_on" => Self::RecordedOn,
            b"source" => Self::Source,
            b"note" => Self::Note,
            _ => Self::Figure(FigureColumn::ALL.into_iter().find(|column| column.name().as_bytes() == name)?),
        })
    }
}

/// The columns, each known and named once, and the text below them.
fn header(mut rest: &[u8]) -> Option<(Vec<Column>, &[u8])> {
    let mut columns = Vec::new();
    loop {
        let (name, after) = cell(rest)?;
        let column = Column::named(name.bytes).filter(|column| !columns.contains(column))?;
        columns.push(column);
        let (end, after) = stop(after)?;
        rest = after;
        if end == Stop::Row {
            break;
        }
    }
    let has_key = [Column::Indicator, Column::Period].iter().all(|column| columns.contains(column));
    has_key.then_some((columns, rest))
}

/// The text in about as many parts of about one size, each of whole rows: a line feed ends a row where an even number of quotes
/// stands before it. Where quotes stand where they may not, some part is not plain.
fn split(mut text: &[u8], parts: usize) -> Vec<&[u8]> {
    let size = (text.len() / parts.max(1)).max(1);
    let mut chunks = Vec::with_capacity(parts);
    while chunks.len() + 1 < parts && text.len() > size {
        let (before, after) = text.split_at_checked(size).unwrap_or((text, &[]));
        let mut is_inside = before.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        let end = after.iter().position(|byte| {
            is_inside ^= *byte == b'"';
            *byte == b'\n' && !is_inside
        });
        let Some((chunk, rest)) = end.and_then(|end| text.split_at_checked(size + end + 1)) else { break };
        chunks.push(chunk);
        text = rest;
    }
    chunks.push(text);
    chunks
}

/// How many line feeds a text has.
fn line_feeds(text: &[u8]) -> usize {
    let few = |chunk: &[u8]| usize::from(chunk.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>());
    text.chunks(255).map(few).sum()
}

/// Reads rows under a header.
#[derive(Clone)]
struct Reader<'a> {
    header: &'a [Column],
    calendar: Calendar,
    owner: u32,
    indicators: Dictionary<'a, u32>,
    units: Dictionary<'a, u32>,
    labels: Dictionary<'a, u32>,
    days: Dictionary<'a, NaiveDate>,
    states: Dictionary<'a, State>,
    checks: Vec<Check>,
    read: FactColumns,
}

/// What a row says.
#[derive(Default)]
struct Row<'t> {
    indicator: Option<u32>,
    unit: Option<u32>,
    period: Option<u32>,
    figures: RowFigures,
    done_on: Option<NaiveDate>,
    through: Option<NaiveDate>,
    state: Option<State>,
    recorded_on: Option<NaiveDate>,
    source: Option<Cell<'t>>,
    note: Option<Cell<'t>>,
}

impl Row<'_> {
    fn clear(&mut self) {
        self.figures.clear();
        (self.unit, self.period, self.indicator) = (None, None, None);
        (self.done_on, self.through, self.recorded_on, self.state) = (None, None, None, None);
        (self.source, self.note) = (None, None);
    }
}

impl<'a> Reader<'a> {
    fn new(plan: &'a Plan, header: &'a [Column]) -> Option<Self> {
        let states = [State::Final, State::Provisional, State::Estimated, State::Missing, State::NotApplicable, State::Expected];
        Some(Self {
            header,
            calendar: plan.calendar(),
            owner: u32::try_from(plan.owner).ok()?,
            indicators: Dictionary::new(plan.indicators().iter().map(|about| about.id()).zip(0..)),
            units: Dictionary::new(plan.units().iter().map(|unit| unit.id()).zip(0..)),
            labels: Dictionary::new([]),
            days: Dictionary::new([]),
            states: Dictionary::new(states.map(|state| (state.code(), state))),
            checks: plan.indicators().iter().map(Check::new).collect(),
            read: FactColumns::default(),
        })
    }

    /// Room for so many rows.
    fn reserve(&mut self, rows: usize) {
        let read = &mut self.read;
        [&mut read.indicator, &mut read.unit, &mut read.period].into_iter().for_each(|codes| codes.reserve(rows));
        for (column, figures) in FigureColumn::ALL.into_iter().zip(&mut read.figures) {
            if self.header.contains(&Column::Figure(column)) {
                figures.reserve(rows);
            }
        }
    }

    /// The rows of a text; nothing where one is not plain, or not proved to be sound.
    fn read(mut self, mut rest: &'a [u8]) -> Option<FactColumns> {
        let mut row = Row::default();
        loop {
            rest = match rest {
                [] => return Some(self.read),
                // Empty lines are no rows.
                [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => rest,
                _ => {
                    let rest = self.cells(rest, &mut row)?;
                    self.take(&row)?;
                    rest
                }
            };
        }
    }

    /// Reads the cells of a row, as many as the header has.
    #[inline(always)]
    fn cells(&mut self, mut rest: &'a [u8], row: &mut Row<'a>) -> Option<&'a [u8]> {
        row.clear();
        let header = self.header;
        let (last, others) = header.split_last()?;
        for column in others {
            let after = self.cell(*column, rest, row)?;
            let (Stop::Cell, after) = stop(after)? else { return None };
            rest = after;
        }
        let after = self.cell(*last, rest, row)?;
        let (Stop::Row, after) = stop(after)? else { return None };
        Some(after)
    }

    #[inline(always)]
    fn cell(&mut self, column: Column, rest: &'a [u8], row: &mut Row<'a>) -> Option<&'a [u8]> {
        let after;
        match column {
            Column::Indicator => (row.indicator, after) = self.indicators.read(rest, |_| None)?,
            Column::Unit => (row.unit, after) = self.units.read(rest, |_| None)?,
            Column::Period => {
                let (calendar, periods) = (self.calendar, &mut self.read.periods);
                (row.period, after) = self.labels.read(rest, |label| {
                    periods.push(calendar.period(label).ok()?);
                    u32::try_from(periods.len() - 1).ok()
                })?;
            }
            Column::Figure(figure) => return filled(figure, rest, &mut row.figures),
            Column::DoneOn => (row.done_on, after) = self.days.read(rest, parse_day)?,
            Column::Through => (row.through, after) = self.days.read(rest, parse_day)?,
            Column::RecordedOn => (row.recorded_on, after) = self.days.read(rest, parse_day)?,
            Column::State => (row.state, after) = self.states.read(rest, |_| None)?,
            Column::Source => (row.source, after) = some_text(rest)?,
            Column::Note => (row.note, after) = some_text(rest)?,
        }
        Some(after)
    }

    /// Takes in a row, if it is proved to be sound.
    #[inline(always)]
    fn take(&mut self, row: &Row<'a>) -> Option<()> {
        let (indicator, period) = (row.indicator?, row.period?);
        let state = row.state.unwrap_or_default();
        let counted = self.checks.get(indicator as usize)?.counted(&row.figures, state, row.done_on.is_some())?;
        let read = &mut self.read;
        if row.through.is_some_and(|day| !read.periods.get(period as usize).is_some_and(|period| period.contains_day(day))) {
            return None;
        }
        let place = read.indicator.len();
        read.indicator.push(indicator);
        read.unit.push(row.unit.unwrap_or(self.owner));
        read.period.push(period);
        for column in counted.places() {
            let (mantissa, places) = row.figures.at(column)?;
            read.figures.get_mut(column)?.put(place, mantissa, places)?;
        }
        put(&mut read.states, place, state);
        put(&mut read.done_on, place, row.done_on);
        put(&mut read.through, place, row.through);
        put(&mut read.recorded_on, place, row.recorded_on);
        put_text(&mut read.sources, place, row.source)?;
        put_text(&mut read.notes, place, row.note)
    }
}

/// Reads a figure, or none where the cell is empty.
#[inline(always)]
fn filled<'t>(column: FigureColumn, rest: &'t [u8], figures: &mut RowFigures) -> Option<&'t [u8]> {
    if let Some((figure, after)) = number(rest)
        && matches!(after, [b',' | b'\n' | b'\r', ..] | [])
    {
        figures.fill(column, figure);
        return Some(after);
    }
    if let [b',' | b'\n', ..] = rest {
        return Some(rest);
    }
    let (cell, after) = cell(rest)?;
    if !cell.bytes.is_empty() {
        let (figure, []) = number(cell.bytes)? else { return None };
        figures.fill(column, figure);
    }
    Some(after)
}

/// Reads a text, or none where the cell is empty.
fn some_text(rest: &[u8]) -> Option<(Option<Cell<'_>>, &[u8])> {
    let (cell, after) = cell(rest)?;
    Some((Some(cell).filter(|cell| !cell.bytes.is_empty()), after))
}

fn put_text(texts: &mut super::Texts, row: usize, cell: Option<Cell<'_>>) -> Option<()> {
    let Some(cell) = cell else { return Some(()) };
    let text = std::str::from_utf8(cell.bytes).ok()?;
    if text.len() > LONGEST_TEXT || text.contains('\0') {
        return None;
    }
    match cell.has_escapes {
        true => texts.put(row, &text.replace("\"\"", "\"")),
        false => texts.put(row, text),
    }
}

/// Gives a row, which comes after all others, its value; nothing is kept of rows at the end that have the usual one.
#[inline(always)]
pub(super) fn put<T: Default + Copy + PartialEq>(values: &mut Vec<T>, row: usize, value: T) {
    if value != T::default() {
        values.resize(row, T::default());
        values.push(value);
    }
}

impl FactColumns {
    /// The rows of one after those of the other, with all periods in their order.
    fn joined(chunks: Vec<Self>) -> Option<Self> {
        let mut periods: Vec<Period> = chunks.iter().flat_map(|chunk| chunk.periods.iter().copied()).collect();
        periods.sort();
        periods.dedup();
        let mut chunks = chunks.into_iter();
        let mut all = chunks.next()?;
        all.renumber(&periods)?;
        for mut chunk in chunks {
            chunk.renumber(&periods)?;
            all.append(chunk)?;
        }
        let rows = all.rows();
        all.figures.iter_mut().for_each(|figures| figures.close(rows));
        Some(all)
    }

    /// Counts periods by their place in `periods`.
    pub(super) fn renumber(&mut self, periods: &[Period]) -> Option<()> {
        let place = |period: &Period| periods.binary_search(period).ok().and_then(|place| u32::try_from(place).ok());
        if self.periods != periods {
            let places: Vec<u32> = self.periods.iter().map(place).collect::<Option<_>>()?;
            self.period.iter_mut().try_for_each(|period| {
                *period = *places.get(*period as usize)?;
                Some(())
            })?;
            self.periods = periods.to_vec();
        }
        Some(())
    }

    fn append(&mut self, mut other: Self) -> Option<()> {
        let rows = self.rows();
        self.indicator.append(&mut other.indicator);
        self.unit.append(&mut other.unit);
        self.period.append(&mut other.period);
        for (figures, more) in self.figures.iter_mut().zip(other.figures) {
            figures.append(rows, more)?;
        }
        put_all(&mut self.states, rows, &other.states);
        put_all(&mut self.done_on, rows, &other.done_on);
        put_all(&mut self.through, rows, &other.through);
        put_all(&mut self.recorded_on, rows, &other.recorded_on);
        self.sources.append(rows, &other.sources)?;
        self.notes.append(rows, &other.notes)
    }
}

fn put_all<T: Default + Copy>(values: &mut Vec<T>, rows: usize, more: &[T]) {
    if !more.is_empty() {
        values.resize(rows, T::default());
        values.extend_from_slice(more);
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
