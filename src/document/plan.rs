//! Plans: read from TOML and JSON with every fault and its place, and written back.

use super::decode::{Options, decode, decode_list};
use super::report::Report;
use super::tree::{Node, Value};
use super::wording::did_you_mean;
use crate::fault::{Fault, FaultKind, Faults, Path, Segment};
use crate::plan::{EntryPositions, Plan, PlanDraft, REQUIREMENTS, TargetDraft};

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
const LISTS: [&str; 5] = ["units", "indicators", "targets", "remarks", "waivers"];

fn plan(root: Option<Node<'_>>, mut report: Report<'_>) -> Result<Plan, Faults> {
    let plan = root.and_then(|root| checked(&root, &mut report));
    match plan {
        Some(plan) => Faults::or(report.into_faults(), plan),
        None => Err(Faults::or(report.into_faults(), ())
            .err()
            .unwrap_or_else(|| Fault::new(FaultKind::Syntax, Path::root(), "this is not a plan", "a plan document").into())),
    }
}

/// The most entries of each of these lists; far above any plan, and a bound on memory: an entry takes far more than its text.
const MAX_ENTRIES: usize = 50_000;

/// Whether a list has more entries than there may be, which then is a fault.
pub(super) fn too_many(node: &Node<'_>, name: &str, report: &mut Report<'_>) -> bool {
    let Value::List(entries) = &node.value else { return false };
    if entries.len() <= MAX_ENTRIES {
        return false;
    }
    let what = format!("a list of {} entries", entries.len());
    report.add(Fault::new(FaultKind::Limit, Path::root().key(name), what, format!("at most {MAX_ENTRIES}")), &node.span);
    true
}

fn checked(root: &Node<'_>, report: &mut Report<'_>) -> Option<Plan> {
    let head: PlanDraft = decode(root, &Path::root(), Options::DOCUMENT.apart(&LISTS), report)?;
    let mut is_too_long = false;
    for (name, node) in LISTS.into_iter().filter_map(|name| Some((name, root.get(name)?))) {
        is_too_long |= too_many(node, name, report);
    }
    if is_too_long {
        return None;
    }
    let [units, indicators, targets, remarks, waivers] = LISTS;
    let draft = PlanDraft {
        units: list(root, units, report),
        indicators: list(root, indicators, report),
        targets: list(root, targets, report),
        remarks: list(root, remarks, report),
        waivers: list(root, waivers, report),
        ..head
    };
    let (plan, faults) = draft.check();
    // Against what could not be read alone: of several faults of one value each is told.
    let faults: Vec<Fault> = faults
        .into_iter()
        .map(|fault| Fault { path: report.with_left_out(&fault.path, 2), ..fault })
        .filter(|fault| !report.covers(&fault.path) && !follows(fault, root, report))
        .collect();
    for fault in faults {
        report.add_in(fault, root);
    }
    plan.map(|plan| Plan { entries: positions(root, report), ..plan })
}

/// Where the entries of the lists stand.
fn positions(root: &Node<'_>, report: &mut Report<'_>) -> EntryPositions {
    let mut positions = EntryPositions::default();
    for (name, node) in LISTS.into_iter().filter_map(|name| Some((name, root.get(name)?))) {
        if let Value::List(entries) = &node.value {
            positions.set(name, entries.iter().map(|entry| report.position(entry.span.start)).collect());
        }
    }
    positions
}

/// Whether a fault may only follow from one that is known: what could not be read is not missing, and what is missing
/// because of it is no fault of its own.
fn follows(fault: &Fault, root: &Node<'_>, report: &Report<'_>) -> bool {
    let steps = fault.path.segments();
    let is_entry = matches!(steps, [_, Segment::Index(_)]);
    if is_misspelt(steps, root) {
        return true;
    }
    // Whether one of the fields of the same target, its name perhaps misspelt, could not be read.
    let is_hurt = |names: &[&str]| match steps {
        [list, place, ..] => report.touches_where(&Path::of(&[list.clone(), place.clone()]), |name| {
            names.contains(&name) || (!TargetDraft::FIELDS.contains(&name) && !did_you_mean(name, names).is_empty())
        }),
        _ => false,
    };
    match (fault.kind, steps) {
        (FaultKind::MissingField, _) if is_entry => is_hurt(&REQUIREMENTS),
        (FaultKind::UnknownReference, _) => referred(steps).iter().any(|list| is_lost(list, root)),
        (_, [_, _, Segment::Key(field)]) if field == "by" && is_hurt(&["every"]) => true,
        (_, [_, _, Segment::Key(field)]) if field == "until" && is_hurt(&["every"]) => true,
        (_, [_, _, Segment::Key(field)]) if field == "due" && is_hurt(&["every", "deliver"]) => true,
        _ => !is_entry && report.touches(&fault.path),
    }
}

/// Whether a field that is not there stands beside one with nearly its name that nobody knows.
fn is_misspelt(steps: &[Segment], root: &Node<'_>) -> bool {
    let Some((Segment::Key(name), around)) = steps.split_last() else { return false };
    match root.at(around).map(|node| &node.value) {
        Some(Value::Table(fields)) => {
            let is_near = |key: &str| key != name && !did_you_mean(key, &[name]).is_empty();
            fields.iter().all(|(key, _)| key.name != *name) && fields.iter().any(|(key, _)| is_near(&key.name))
        }
        _ => false,
    }
}

/// The lists that a reference at this place may refer to.
fn referred(steps: &[Segment]) -> &'static [&'static str] {
    let is = |step: Option<&Segment>, name: &str| matches!(step, Some(Segment::Key(key)) if key == name);
    match (steps.first(), steps.get(2)) {
        (first, _) if is(first, "plan") || is(first, "units") => &["units"],
        (first, field) if is(first, "indicators") => {
            if is(field, "weights") {
                &["units"]
            } else {
                &["indicators"]
            }
        }
        (_, field) if is(field, "units") || is(field, "unit") => &["units"],
        (_, field) if is(field, "indicator") || is(field, "baseline") => &["indicators"],
        (_, field) if is(field, "depends_on") => &["indicators", "targets"],
        _ => &["targets"],
    }
}

/// Whether a list could not be read: it is no list of tables, or there is none, but a field with a name that nobody knows.
fn is_lost(name: &str, root: &Node<'_>) -> bool {
    match (root.get(name), &root.value) {
        (Some(node), _) => match &node.value {
            Value::List(entries) => entries.iter().any(|entry| !matches!(entry.value, Value::Table(_))),
            _ => true,
        },
        (None, Value::Table(fields)) => {
            fields.iter().any(|(key, _)| !["format", "plan"].contains(&key.name.as_ref()) && !LISTS.contains(&key.name.as_ref()))
        }
        (None, _) => false,
    }
}

/// The entries of a list; one that can not be read at all stays in its place, empty, so that the others keep theirs.
fn list<T: serde::de::DeserializeOwned + Default>(root: &Node<'_>, name: &str, report: &mut Report<'_>) -> Vec<T> {
    let Some(node) = root.get(name) else { return Vec::new() };
    let entries = decode_list(node, &Path::root().key(name), Options::DOCUMENT, report);
    entries.unwrap_or_default().into_iter().map(Option::unwrap_or_default).collect()
}
