//! Facts in CSV: read with every fault and its place, and written back.

use super::decode::Options;
use super::fact_rows::{finish, take};
use super::report::Report;
use crate::facts::{COLUMNS, FactDraft, Facts, Intake};
use crate::fault::{Fault, FaultKind, Faults, Path};
use crate::plan::Plan;

impl Facts {
    /// Reads facts from CSV, format `attain-facts/1`: a header, then one row a fact.
    ///
    /// # Errors
    /// Every fault of the document, each with its line and column.
    pub fn from_csv(plan: &Plan, text: impl AsRef<[u8]>) -> Result<Self, Faults> {
        let text = super::input::text(text.as_ref(), None)?;
        let mut report = Report::new(text);
        let mut intake = Intake::new(plan);
        let mut starts = Vec::new();
        let Some(mut rows) = super::csv_tree::Rows::open(Path::root().key("facts"), &mut report) else {
            return Faults::or(report.into_faults(), Self::default());
        };
        rows.check_columns(&COLUMNS, &mut report);
        for required in ["indicator", "period"] {
            if !rows.columns().any(|column| column.name == required) && !report.covers(&Path::root().key(required)) {
                let what = format!("the column '{required}' is missing");
                report.add(Fault::new(FaultKind::MissingField, Path::root(), what, "indicator, period and the figures"), &(0..0));
                report.mark_column(required);
            }
        }
        while let Some(row) = rows.next_row(&mut report) {
            starts.resize(row.index, row.node.span.start);
            starts.push(row.node.span.start);
            take(&mut intake, row.index, &row.node, &row.path, Options::ROW, &mut report);
        }
        finish(intake, &starts, report)
    }

    /// Writes the facts as CSV, in the order in which they were read, with the columns that some row needs.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_csv(&self, plan: &Plan, mut writer: impl std::io::Write) -> std::io::Result<()> {
        let rows: Vec<_> = self.drafts(plan).iter().map(FactDraft::to_texts).collect();
        let needed: Vec<&str> = COLUMNS
            .into_iter()
            .filter(|column| {
                matches!(*column, "indicator" | "period")
                    || rows.iter().flatten().any(|(name, text)| name == column && text.is_some())
            })
            .collect();
        let header = needed.iter().map(|name| Some(*name)).collect();
        let cells = rows.iter().map(|row| row.iter().filter(|(name, _)| needed.contains(name)).map(|(_, text)| text.as_deref()));
        for line in std::iter::once(header).chain(cells.map(Iterator::collect::<Vec<_>>)) {
            let line: Vec<_> = line.into_iter().map(|text| cell(text.unwrap_or_default())).collect();
            writer.write_all(line.join(",").as_bytes())?;
            writer.write_all(b"\n")?;
        }
        writer.flush()
    }
}

/// A fault of rows that were read from `text` without one, with its line and column there.
pub(crate) fn placed(text: &[u8], mut fault: Fault) -> Fault {
    let Ok(text) = super::input::text(text, None) else { return fault };
    let mut report = Report::new(text);
    let Some(mut rows) = super::csv_tree::Rows::open(Path::root().key("facts"), &mut report) else { return fault };
    while let Some(row) = rows.next_row(&mut report) {
        if let Some(steps) = fault.path.segments().strip_prefix(row.path.segments()) {
            fault.position = Some(report.position(row.node.span_at(steps).start));
            break;
        }
    }
    fault
}

/// A text as one cell: in quotes where a reader would take it apart, or cut the blanks around it.
fn cell(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([',', '"', '\r', '\n']) || text.trim() != text {
        return format!("\"{}\"", text.replace('"', "\"\"")).into();
    }
    text.into()
}
