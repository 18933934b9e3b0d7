//! The cells of one CSV record, strictly after RFC 4180; the `csv` crate would guess where we must refuse.

use std::ops::Range;

/// A cell within its record.
pub(crate) struct Cell {
    /// The bytes of the cell, quotes included, blanks around it left out.
    pub(crate) outer: Range<usize>,
    /// The bytes between the quotes, or the same where there are none.
    pub(crate) inner: Range<usize>,
    /// Whether quotes inside are doubled.
    pub(crate) has_escapes: bool,
}

/// What is wrong with a record, and at which byte of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    pub(crate) at: usize,
    pub(crate) what: &'static str,
    pub(crate) expected: &'static str,
}

/// The most fields of a record: a bound on memory, far above the columns that there are.
const MAX_FIELDS: usize = 1000;

/// Finds the cells of a record, which has no line break at its end, and puts them into `found`.
pub(crate) fn cells(record: &str, found: &mut Vec<Cell>) -> Result<(), Slip> {
    found.clear();
    let bytes = record.as_bytes();
    let mut start = 0;
    loop {
        let end = if bytes.get(start) == Some(&b'"') {
            let (cell, end) = quoted(bytes, start)?;
            found.push(cell);
            end
        } else {
            let (cell, end) = plain(record, start)?;
            found.push(cell);
            end
        };
        if end >= bytes.len() {
            return Ok(());
        }
        if found.len() >= MAX_FIELDS {
            return Err(Slip { at: start, what: "too many fields", expected: "at most 1000" });
        }
        start = end + 1;
    }
}

fn quoted(bytes: &[u8], start: usize) -> Result<(Cell, usize), Slip> {
    let mut at = start + 1;
    let mut has_escapes = false;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(quote) = rest.iter().position(|byte| *byte == b'"').map(|place| at + place) else {
            return Err(Slip { at: start, what: "a quote that is not closed", expected: "'\"' before the end of the text" });
        };
        match bytes.get(quote + 1) {
            Some(b'"') => {
                has_escapes = true;
                at = quote + 2;
            }
            None | Some(b',') => {
                let cell = Cell { outer: start..quote + 1, inner: start + 1..quote, has_escapes };
                return Ok((cell, quote + 1));
            }
            Some(_) => {
                let expected = "',' or the end of the row; a quote inside quotes is doubled";
                return Err(Slip { at: quote + 1, what: "something after a closing quote", expected });
            }
        }
    }
}

fn plain(record: &str, start: usize) -> Result<(Cell, usize), Slip> {
    let rest = record.get(start..).unwrap_or_default();
    let raw = rest.split_once(',').map_or(rest, |(raw, _)| raw);
    let cut = raw.trim_start();
    let inner_start = start + (raw.len() - cut.len());
    if let Some((before, _)) = raw.split_once('"') {
        let what = if cut.starts_with('"') { "a blank before an opening quote" } else { "a quote inside an unquoted field" };
        let expected = "quotes around the whole field, and those inside doubled";
        return Err(Slip { at: start + before.len(), what, expected });
    }
    let inner = inner_start..inner_start + cut.trim_end().len();
    Ok((Cell { outer: inner.clone(), inner, has_escapes: false }, start + raw.len()))
}

#[cfg(test)]
#[path = "csv_cells_tests.rs"]
mod tests;
