//! The Python package of `attain`: it converts, maps errors, and computes nothing.
//!
//! What Python people see are the classes of the package's own modules, which hold the ones made here.

mod arrow;
mod check;
mod columns;
mod convert;
mod difference;
mod facts;
mod faults;
mod plan;
mod scorecard;
mod words;

/// Freed memory is kept for the next column, where the system's allocator gives it back and has it cleared anew each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the package is made of; its other modules put a face on it.
#[pyo3::pymodule]
mod _attain {
    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::check::{Check, Waivers};
    #[pymodule_export]
    use super::columns::{Targets, evaluate, rank, roll_up, trajectory};
    #[pymodule_export]
    use super::difference::{Difference, Margins};
    #[pymodule_export]
    use super::facts::Facts;
    #[pymodule_export]
    use super::plan::Plan;
    #[pymodule_export]
    use super::scorecard::Scorecard;
    #[pymodule_export]
    use super::words::{columns_of_facts, decision_333, fields_of_indicators, outcomes, reasons, statuses};
}
