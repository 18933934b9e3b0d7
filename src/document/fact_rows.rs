//! What the readers of facts share: a row taken in with its faults, and the faults between rows.

use super::decode::{Options, decode};
use super::report::Report;
use super::tree::Node;
use crate::facts::{FactDraft, Facts, Intake};
use crate::fault::{Fault, Faults, Path, Segment};

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
    let faults: Vec<Fault> = intake.row(index, &row).to_vec();
    for fault in faults {
        if !report.covers(&fault.path) {
            let span = node.span_at(fault.path.segments().get(depth..).unwrap_or_default());
            report.add(fault, &span);
        }
    }
}

/// The facts, where there was no fault in a row or between rows; `starts` says where each row begins in the text.
pub(super) fn finish(intake: Intake<'_>, starts: &[usize], mut report: Report<'_>) -> Result<Facts, Faults> {
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
