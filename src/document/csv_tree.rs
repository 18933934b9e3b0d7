//! CSV as one table per row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::document::csv_cells::{Cell, cells};
use crate::document::input::{MAX_TEXT, too_long};
use crate::document::position::breaks;
use crate::document::report::Report;
use crate::document::tree::{Key, Node, Value};
use crate::document::wording::{did_you_mean, nearest, one_of, quoted};
use crate::fault::{Fault, FaultKind, Path, Position};

/// The rows of a CSV text under its header, read one at a time.
pub(crate) struct Rows<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    record: csv::ByteRecord,
    cells: Vec<Cell>,
    /// The columns in the order of the header; nothing for one that cannot be used.
    columns: Vec<Option<Key<'t>>>,
    base: Path,
    next: usize,
    seen: Seen,
}

/// How far lines have been counted.
struct Seen {
    offset: usize,
    line: usize,
}

/// One row: a table of texts by the names of the header, without its empty cells.
pub(crate) struct Row<'t> {
    /// The place among the rows, from 0; rows at fault count too.
    pub(crate) index: usize,
    /// Where the row stands in the model: the entry `index` of the path given to [`Rows::open`].
    pub(crate) path: Path,
    /// The table.
    pub(crate) node: Node<'t>,
}

impl<'t> Rows<'t> {
    /// Reads the header of the text of `report`; rows will stand at the entries of `base`.
    ///
    /// Nothing where there is no header to read rows by.
    pub(crate) fn open(base: Path, report: &mut Report<'t>) -> Option<Self> {
        let text = report.text();
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = Self {
            text,
            reader,
            record: csv::ByteRecord::new(),
            cells: Vec::new(),
            columns: Vec::new(),
            base,
            next: 0,
            seen: Seen { offset: 0, line: 1 },
        };
        match rows.advance(&Path::root(), report) {
            None => {
                let fault = Fault::new(FaultKind::Syntax, Path::root(), "the text is empty", "a header row");
                report.add(fault, &(0..0));
                None
            }
            Some(Err(())) => None,
            Some(Ok(span)) => rows.header(&span, report).then_some(rows),
        }
    }

    /// The names of the columns that can be used, in their order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &Key<'t>> {
        self.columns.iter().flatten()
    }

    /// Adds a fault for every column that is not among `known`; once, where rows would repeat it.
    pub(crate) fn check_columns(&self, known: &[&str], report: &mut Report<'t>) {
        for column in self.columns().filter(|column| !known.contains(&column.name.as_ref())) {
            let what = format!("unknown column {}{}", quoted(&column.name), did_you_mean(&column.name, known));
            report.add(Fault::new(FaultKind::UnknownField, Path::root(), what, one_of(known)), &column.span);
            // The rows need not repeat that the column is missing whose name is misspelt.
            let meant = nearest(&column.name, known).filter(|meant| !self.columns().any(|column| column.name == *meant));
            if let Some(meant) = meant {
                report.mark_column(meant);
            }
        }
    }

    /// The next row without a fault of its own; those with one are added to `report` and passed by.
    pub(crate) fn next_row(&mut self, report: &mut Report<'t>) -> Option<Row<'t>> {
        loop {
            let index = self.next;
            let path = self.base.index(index);
            let outcome = self.advance(&path, report)?;
            self.next += 1;
            let Ok(span) = outcome else { continue };
            if self.cells.len() == self.columns.len() {
                let node = self.row(span, &path, report);
                return Some(Row { index, path, node });
            }
            let count = |count: usize| format!("{count} {}", if count == 1 { "field" } else { "fields" });
            let expected = format!("{}, as in the header", count(self.columns.len()));
            let fault = Fault::new(FaultKind::Inconsistent, path, count(self.cells.len()), expected);
            report.add(fault, &span);
        }
    }

    /// Reads the next record into `record` and `cells`, and says where it stands; `Err` after a fault.
    fn advance(&mut self, path: &Path, report: &mut Report<'t>) -> Option<Result<Range<usize>, ()>> {
        let begin = offset(self.reader.position());
        let outcome = self.reader.read_byte_record(&mut self.record);
        let raw = self.text.get(begin..offset(self.reader.position())).unwrap_or_default();
        // Empty lines before the record, and the second half of the CRLF before it.
        let raw_record = raw.trim_start_matches(['\r', '\n']);
        let start = begin + (raw.len() - raw_record.len());
        let raw_record = raw_record.trim_end_matches(['\r', '\n']);
        let span = start..start + raw_record.len();
        if !matches!(outcome, Ok(true)) && raw_record.is_empty() {
            return None;
        }
        let before = self.text.as_bytes().get(self.seen.offset..start).unwrap_or_default();
        self.seen.line += breaks(before, self.text.as_bytes().get(start).copied());
        self.seen.offset = start;
        match cells(raw_record, &mut self.cells) {
            // Our own look at the record and the reader's must agree before any cell is trusted.
            Ok(()) if outcome.is_ok() && self.cells.len() == self.record.len() => Some(Ok(span)),
            Ok(()) => {
                report.add(Fault::new(FaultKind::Syntax, path.clone(), "a row that cannot be read", "CSV"), &span);
                Some(Err(()))
            }
            Err(slip) => {
                let at = start + slip.at;
                report.add(Fault::new(FaultKind::Syntax, path.clone(), slip.what, slip.expected), &(at..at));
                Some(Err(()))
            }
        }
    }

    /// Takes the record as the header; false where rows under it would mean nothing.
    fn header(&mut self, span: &Range<usize>, report: &mut Report<'t>) -> bool {
        let mut first: HashMap<Cow<'t, str>, Position> = HashMap::new();
        let mut columns = Vec::with_capacity(self.cells.len());
        for (place, cell) in self.cells.iter().enumerate() {
            let outer = span.start + cell.outer.start..span.start + cell.outer.end;
            let name = self.value(place, cell, span.start);
            let position = report.position(outer.start);
            let fault = if name.is_empty() {
                let what = format!("column {} has no name", place + 1);
                Some(Fault::new(FaultKind::Syntax, Path::root(), what, "a name in the header"))
            } else if name.len() > MAX_TEXT {
                Some(too_long(name.len(), Path::root()))
            } else if let Some(Position { line, column }) = first.get(&name) {
                let what = format!("the column {} is given twice, first at {line}:{column}", quoted(&name));
                Some(Fault::new(FaultKind::Duplicate, Path::root(), what, ""))
            } else {
                first.insert(name.clone(), position);
                None
            };
            columns.push(match fault {
                None => Some(Key { span: outer, name }),
                Some(fault) => {
                    report.add_placed(fault.at(position));
                    None
                }
            });
        }
        self.columns = columns;
        // Spreadsheets of many languages write ';' and still call it CSV; every row would be at fault.
        let only = match self.columns.as_slice() {
            [Some(only)] => only,
            _ => return true,
        };
        let Some(mark) = [";", "\t", "|"].into_iter().find(|mark| only.name.contains(mark)) else { return true };
        let what = format!("columns separated by {}", quoted(mark));
        report.add(Fault::new(FaultKind::Syntax, Path::root(), what, "','"), &only.span);
        false
    }

    fn row(&self, span: Range<usize>, path: &Path, report: &mut Report<'t>) -> Node<'t> {
        let mut fields = Vec::with_capacity(self.cells.len());
        for (place, (cell, column)) in self.cells.iter().zip(&self.columns).enumerate() {
            let Some(column) = column else { continue };
            if cell.inner.is_empty() {
                continue;
            }
            let outer = span.start + cell.outer.start..span.start + cell.outer.end;
            if cell.inner.len() > MAX_TEXT {
                report.add(too_long(cell.inner.len(), path.key(&column.name)), &outer);
                continue;
            }
            let value = Value::Text(self.value(place, cell, span.start));
            fields.push((column.clone(), Node { span: outer, value }));
        }
        Node { span, value: Value::Table(fields) }
    }

    /// The content of a cell: its part of the text, or where that has doubled quotes, the reader's.
    fn value(&self, place: usize, cell: &Cell, start: usize) -> Cow<'t, str> {
        if cell.has_escapes {
            let bytes = self.record.get(place).unwrap_or_default();
            return String::from_utf8_lossy(bytes).into_owned().into();
        }
        self.text.get(start + cell.inner.start..start + cell.inner.end).unwrap_or_default().into()
    }
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

#[cfg(test)]
#[path = "csv_tree_tests.rs"]
mod tests;
