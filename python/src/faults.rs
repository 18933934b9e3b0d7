//! Faults as exceptions.

use attain::{Fault, FaultKind, Faults, Path, Segment};
use pyo3::prelude::*;

/// The word for a kind of fault.
fn code(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Syntax => "syntax",
        FaultKind::UnknownField => "unknown_field",
        FaultKind::MissingField => "missing_field",
        FaultKind::InvalidValue => "invalid_value",
        FaultKind::Duplicate => "duplicate",
        FaultKind::UnknownReference => "unknown_reference",
        FaultKind::Inconsistent => "inconsistent",
        FaultKind::Limit => "limit",
        _ => "other",
    }
}

#[derive(IntoPyObject)]
enum Step {
    Key(String),
    Index(usize),
}

/// The exception that holds all faults.
pub(crate) fn raised(py: Python<'_>, faults: &Faults) -> PyErr {
    exception(py, faults).unwrap_or_else(|error| error)
}

fn exception(py: Python<'_>, faults: &Faults) -> PyResult<PyErr> {
    let told: Vec<_> = faults
        .as_slice()
        .iter()
        .map(|fault| {
            let steps = fault.path.segments().iter().map(|step| match step {
                Segment::Key(name) => Step::Key(name.clone()),
                Segment::Index(index) => Step::Index(*index),
            });
            let place = fault.position.map(|position| (position.line, position.column));
            (code(fault.kind), steps.collect::<Vec<_>>(), place, &*fault.what, &*fault.expected, fault.to_string())
        })
        .collect();
    let made = py.import("attain.errors")?.call_method1("of_faults", (told,))?;
    Ok(PyErr::from_value(made))
}

/// The exception for an argument that is none.
pub(crate) fn refused(py: Python<'_>, argument: &str, what: &str, expected: &str) -> PyErr {
    raised(py, &Fault::new(FaultKind::InvalidValue, Path::root().key(argument), what, expected).into())
}
