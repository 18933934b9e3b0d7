//! Facts: read from CSV and JSON with every fault and its place, and written back.

use super::decode::{Options, decode, entries};
use super::report::Report;
use super::tree::Node;
use crate::facts::{COLUMNS, FACTS_FORMAT, FactDraft, Facts, FactsDraft, Intake};
use crate::fault::{Fault, FaultKind, Faults, Path, Segment};
use crate::plan::Plan;

/// Takes in one row that was read as a table, and reports its faults at their cells.
fn take(intake: &mut Intake<'_>, index: usize, node: &Node<'_>, path: &Path, options: Options<'_>, report: &mut Report<'_>) {
    let Some(row) = decode::<FactDraft>(node, path, options, report) else { return };
    let depth = path.segments().len();
    let faults: Vec<Fault> = intake.row(index, &row).to_vec();
    for fault in faults {
        if !report.covers(&fault.path) {
            let span = node.span_at(fault.path.segments().get(depth..).unwrap_or_default());
            report.add(fault, &span);
        }
    }
}

/// The facts, where there was no fault in a row or between rows; `starts` says where each row begins in the text.
fn finish(intake: Intake<'_>, starts: &[usize], mut report: Report<'_>) -> Result<Facts, Faults> {
    let (facts, between) = intake.finish();
    for fault in between {
        let row = fault.path.segments().iter().find_map(|segment| match segment {
            Segment::Index(index) => starts.get(*index).copied(),
            Segment::Key(_) => None,
        });
        let start = row.unwrap_or(0);
        report.add(fault, &(start..start));
    }
    Faults::or(report.into_faults(), facts)
}

#[cfg(feature = "csv")]
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
            if !rows.columns().any(|column| column.name == required) {
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
    pub fn write_csv(&self, plan: &Plan, writer: impl std::io::Write) -> std::io::Result<()> {
        let rows: Vec<_> = self.drafts(plan).iter().map(FactDraft::to_texts).collect();
        let needed: Vec<&str> = COLUMNS
            .into_iter()
            .filter(|column| {
                matches!(*column, "indicator" | "period")
                    || rows.iter().flatten().any(|(name, text)| name == column && text.is_some())
            })
            .collect();
        let mut csv = csv::Writer::from_writer(writer);
        csv.write_record(&needed).map_err(std::io::Error::from)?;
        for row in &rows {
            let cells = row.iter().filter(|(name, _)| needed.contains(name)).map(|(_, text)| text.as_deref().unwrap_or(""));
            csv.write_record(cells).map_err(std::io::Error::from)?;
        }
        csv.flush()
    }
}

#[cfg(feature = "json")]
impl Facts {
    /// Reads facts from JSON, format `attain-facts/1`: the same columns as in CSV, one object a fact.
    ///
    /// # Errors
    /// Every fault of the document, each with its line and column.
    pub fn from_json(plan: &Plan, text: impl AsRef<[u8]>) -> Result<Self, Faults> {
        let text = super::input::text(text.as_ref(), None)?;
        let mut report = Report::new(text);
        let mut intake = Intake::new(plan);
        let mut starts = Vec::new();
        if let Some(root) = super::json_tree::read(&mut report) {
            let head: FactsDraft =
                decode(&root, &Path::root(), Options::DOCUMENT.apart(&["facts"]), &mut report).unwrap_or_default();
            let path = Path::root().key("format");
            if head.format.as_deref() != Some(FACTS_FORMAT) && !report.covers(&path) {
                let what =
                    head.format.map_or_else(|| "'format' is missing".to_owned(), |format| format!("the format is '{format}'"));
                report.add_in(Fault::new(FaultKind::InvalidValue, path, what, format!("'{FACTS_FORMAT}'")), &root);
            }
            let list = Path::root().key("facts");
            if let Some(node) = root.get("facts") {
                let entries = entries(node, &list, &mut report).unwrap_or_default();
                starts.extend(entries.iter().map(|entry| entry.span.start));
                for (index, entry) in entries.iter().enumerate() {
                    take(&mut intake, index, entry, &list.index(index), Options::DOCUMENT, &mut report);
                }
            } else {
                report.add_in(Fault::new(FaultKind::MissingField, list, "'facts' is missing", "a list of facts"), &root);
            }
        }
        finish(intake, &starts, report)
    }

    /// Writes the facts as JSON, in the order in which they were read.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_json(&self, plan: &Plan, mut writer: impl std::io::Write) -> std::io::Result<()> {
        let document = FactsDraft { format: Some(FACTS_FORMAT.to_owned()), facts: self.drafts(plan) };
        serde_json::to_writer_pretty(&mut writer, &document).map_err(std::io::Error::from)?;
        writer.write_all(b"\n")
    }
}
