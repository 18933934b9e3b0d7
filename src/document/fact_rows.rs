//! What the readers of facts share: a row taken in with its faults, and the faults between rows.

use super::decode::{Options, decode};
use super::report::Report;
use super::tree::Node;
use crate::facts::{FactDraft, Facts, Intake, conflict};
use crate::fault::{Faults, Path};

/// Takes in one row that was read as a table, and reports its faults at their cells.
pub(super) fn take(
    intake: &mut Intake<'_>,
    index: usize,
    node: &Node<'_>,
    path: &Path,
    options: Options<'_>,
    report: &mut Report<'_>,
) {
    let Some(row) = decode::<FactDraft>(node, path, options, report) else { return };
    let depth = path.segments().len();
    // Against what could not be read alone: of several faults of one cell each is told.
    let mut faults = intake.row(index, &row);
    faults.retain(|fault| !report.covers(&fault.path));
    for fault in faults {
        let span = node.span_at(fault.path.segments().get(depth..).unwrap_or_default());
        report.add(fault, &span);
    }
}

/// The facts, where there was no fault in a row or between rows; `starts` says where each row begins in the text.
pub(super) fn finish(intake: Intake<'_>, starts: &[usize], mut report: Report<'_>) -> Result<Facts, Faults> {
    let start = |row: usize| starts.get(row).copied().unwrap_or(0);
    let facts = intake.finish(|earlier, later| {
        let line = report.position(start(earlier)).line;
        report.add(conflict(later, &format!("line {line}")), &(start(later)..start(later)));
    });
    Faults::or(report.into_faults(), facts)
}
