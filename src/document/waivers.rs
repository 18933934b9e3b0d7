//! Waivers beside a plan: read from TOML and JSON with every fault and its place, and written back by their drafts.

use super::decode::{Options, decode, decode_list};
use super::plan::too_many;
use super::report::Report;
use super::tree::Node;
use crate::fault::{Fault, FaultKind, Faults, Path};
use crate::plan::{Plan, Waivers, WaiversDraft};

/// The name of the list.
const LIST: &str = "waivers";

#[cfg(feature = "toml")]
impl Waivers {
    /// Reads waivers for a plan from TOML, format `attain-waivers/1`.
    ///
    /// # Errors
    /// Every fault of the document, each with its line and column.
    pub fn from_toml(plan: &Plan, text: impl AsRef<[u8]>) -> Result<Self, Faults> {
        let text = super::input::text(text.as_ref(), Some(super::input::MAX_TOML))?;
        let mut report = Report::new(text);
        let root = super::toml_tree::read(&mut report);
        read(plan, root, report)
    }
}

#[cfg(feature = "json")]
impl Waivers {
    /// Reads waivers for a plan from JSON, format `attain-waivers/1`: the same model as in TOML.
    ///
    /// # Errors
    /// Every fault of the document, each with its line and column.
    pub fn from_json(plan: &Plan, text: impl AsRef<[u8]>) -> Result<Self, Faults> {
        let text = super::input::text(text.as_ref(), Some(super::input::MAX_DOCUMENT))?;
        let mut report = Report::new(text);
        let root = super::json_tree::read(&mut report);
        read(plan, root, report)
    }
}

fn read(plan: &Plan, root: Option<Node<'_>>, mut report: Report<'_>) -> Result<Waivers, Faults> {
    let waivers = root.and_then(|root| checked(plan, &root, &mut report));
    match waivers {
        Some(waivers) => Faults::or(report.into_faults(), waivers),
        None => Err(Faults::or(report.into_faults(), ()).err().unwrap_or_else(|| {
            Fault::new(FaultKind::Syntax, Path::root(), "these are no waivers", "a document of waivers").into()
        })),
    }
}

fn checked(plan: &Plan, root: &Node<'_>, report: &mut Report<'_>) -> Option<Waivers> {
    let head: WaiversDraft = decode(root, &Path::root(), Options::DOCUMENT.apart(&[LIST]), report)?;
    let path = Path::root().key(LIST);
    let Some(list) = root.get(LIST) else {
        // Whoever misspelt the list has been told so.
        if !report.touches(&Path::root()) {
            report.add_in(Fault::new(FaultKind::MissingField, path, "'waivers' is missing", "a list of waivers"), root);
        }
        return None;
    };
    if too_many(list, LIST, report) {
        return None;
    }
    let entries = decode_list(list, &path, Options::DOCUMENT, report).unwrap_or_default();
    let draft = WaiversDraft { waivers: entries.into_iter().map(Option::unwrap_or_default).collect(), ..head };
    let (waivers, faults) = Waivers::check(plan, draft);
    // What could not be read is not missing.
    let faults: Vec<Fault> = faults.into_iter().filter(|fault| !report.covers(&fault.path)).collect();
    for fault in faults {
        report.add_in(fault, root);
    }
    Some(waivers)
}
