//! Facts in JSON: read with every fault and its place, and written back.

use super::decode::{Options, decode, entries};
use super::fact_rows::{finish, take};
use super::report::Report;
use crate::facts::{FACTS_FORMAT, Facts, FactsDraft, Intake};
use crate::fault::{Fault, FaultKind, Faults, Path, short};
use crate::plan::Plan;

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
            let head: Option<FactsDraft> = decode(&root, &Path::root(), Options::DOCUMENT.apart(&["facts"]), &mut report);
            let Some(head) = head else { return finish(intake, &starts, report) };
            let path = Path::root().key("format");
            if head.format.as_deref() != Some(FACTS_FORMAT) && !report.covers(&path) {
                let (kind, what) = match &head.format {
                    Some(format) => (FaultKind::InvalidValue, format!("the format is '{}'", short(format))),
                    None => (FaultKind::MissingField, "'format' is missing".to_owned()),
                };
                report.add_in(Fault::new(kind, path, what, format!("'{FACTS_FORMAT}'")), &root);
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
