//! The scorecard as a table in CSV.

use std::io::Write;

use super::scorecard_table::{COLUMNS, Cell, Cells, Column, Row};
use crate::scorecard::Scorecard;

impl Scorecard {
    /// Writes the scorecard as CSV, one row an assessment, with the columns of [`SCORECARD_COLUMNS`](crate::document::SCORECARD_COLUMNS).
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_csv(&self, writer: impl Write) -> std::io::Result<()> {
        let mut csv = csv::Writer::from_writer(writer);
        csv.write_record(COLUMNS.map(|column| column.name)).map_err(std::io::Error::from)?;
        for assessment in self.assessments() {
            let row = Row::new(self, assessment);
            csv.write_record(COLUMNS.map(|column| text(column, &row))).map_err(std::io::Error::from)?;
        }
        csv.flush()
    }
}

/// A cell as text.
fn text(column: Column, row: &Row<'_>) -> String {
    match column.cells {
        Cells::Text(cell) => said(cell(row)),
        Cells::Texts(cell) => said(cell(row).map(|texts| texts.map(|texts| texts.join(" ")))),
        Cells::Flag(cell) => said(cell(row)),
        Cells::Count(cell) => said(cell(row)),
        Cells::Day(cell) => said(cell(row)),
        Cells::Number(cell) => said(cell(row)),
        Cells::Estimate(cell) => said(cell(row)),
    }
}

/// What is said of something computed, or why it could not be.
fn said<T: ToString>(cell: Cell<T>) -> String {
    match cell {
        Ok(value) => value.map(|value| value.to_string()).unwrap_or_default(),
        Err(reason) => format!("undefined:{reason}"),
    }
}
