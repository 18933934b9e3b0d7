//! Plans: read from TOML and JSON with every fault and its place, and written back.

use super::decode::{Options, decode, decode_list};
use super::report::Report;
use super::tree::Node;
use crate::fault::{Faults, Path};
use crate::plan::{Plan, PlanDraft};

#[cfg(feature = "toml")]
impl Plan {
    /// Reads a plan from TOML, format `attain-plan/1`.
    ///
    /// # Errors
    /// Every fault of the document, each with its line and column.
    pub fn from_toml(text: impl AsRef<[u8]>) -> Result<Self, Faults> {
        let text = super::input::text(text.as_ref(), Some(super::input::MAX_TOML))?;
        let mut report = Report::new(text);
        let root = super::toml_tree::read(&mut report);
        plan(root, report)
    }

    /// Writes the plan as TOML; reading it again gives the same plan.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_toml(&self, mut writer: impl std::io::Write) -> std::io::Result<()> {
        let text = toml::to_string_pretty(self.draft()).map_err(std::io::Error::other)?;
        writer.write_all(text.as_bytes())
    }
}

#[cfg(feature = "json")]
impl Plan {
    /// Reads a plan from JSON, format `attain-plan/1`: the same model as in TOML.
    ///
    /// # Errors
    /// Every fault of the document, each with its line and column.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, Faults> {
        let text = super::input::text(text.as_ref(), Some(super::input::MAX_DOCUMENT))?;
        let mut report = Report::new(text);
        let root = super::json_tree::read(&mut report);
        plan(root, report)
    }

    /// Writes the plan as JSON; reading it again gives the same plan.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_json(&self, mut writer: impl std::io::Write) -> std::io::Result<()> {
        serde_json::to_writer_pretty(&mut writer, self.draft()).map_err(std::io::Error::from)?;
        writer.write_all(b"\n")
    }
}

/// The lists of a plan, each of whose entries is read for itself, so that one fault hides no other.
const LISTS: [&str; 4] = ["units", "indicators", "targets", "remarks"];

fn plan(root: Option<Node<'_>>, mut report: Report<'_>) -> Result<Plan, Faults> {
    let plan = root.and_then(|root| checked(&root, &mut report));
    match plan {
        Some(plan) => Faults::or(report.into_faults(), plan),
        None => Err(Faults::or(report.into_faults(), ()).err().unwrap_or_else(|| {
            crate::Fault::new(crate::FaultKind::Syntax, Path::root(), "this is not a plan", "a plan document").into()
        })),
    }
}

fn checked(root: &Node<'_>, report: &mut Report<'_>) -> Option<Plan> {
    let head: PlanDraft = decode(root, &Path::root(), Options::DOCUMENT.apart(&LISTS), report)?;
    let [units, indicators, targets, remarks] = LISTS;
    let draft = PlanDraft {
        units: list(root, units, report),
        indicators: list(root, indicators, report),
        targets: list(root, targets, report),
        remarks: list(root, remarks, report),
        ..head
    };
    let (plan, faults) = draft.check();
    for fault in faults {
        // What could not be read is not missing, and what is missing because of it is no fault of its own.
        let entry_is_blamed = fault.kind == crate::FaultKind::MissingField && report.touches(&fault.path);
        if !report.covers(&fault.path) && !entry_is_blamed {
            report.add_in(fault, root);
        }
    }
    plan
}

/// The entries of a list; one that can not be read at all stays in its place, empty, so that the others keep theirs.
fn list<T: serde::de::DeserializeOwned + Default>(root: &Node<'_>, name: &str, report: &mut Report<'_>) -> Vec<T> {
    let Some(node) = root.get(name) else { return Vec::new() };
    let entries = decode_list(node, &Path::root().key(name), Options::DOCUMENT, report);
    entries.unwrap_or_default().into_iter().map(Option::unwrap_or_default).collect()
}
