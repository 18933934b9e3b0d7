//! Facts.

use std::sync::Arc;

use attain::facts::FactDraft;
use pyo3::prelude::*;

use crate::convert::{Text, document, written};
use crate::faults::raised;
use crate::plan::Plan;

/// Facts: what was reported.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Facts {
    pub(crate) plan: Arc<attain::Plan>,
    pub(crate) facts: Arc<attain::Facts>,
}

impl Facts {
    pub(crate) fn of(plan: &Plan, facts: attain::Facts) -> Self {
        Self { plan: Arc::clone(&plan.0), facts: Arc::new(facts) }
    }
}

#[pymethods]
impl Facts {
    #[staticmethod]
    fn from_csv(py: Python<'_>, plan: &Plan, text: Text) -> PyResult<Self> {
        let facts = py.detach(|| attain::Facts::from_csv(&plan.0, text));
        facts.map(|facts| Self::of(plan, facts)).map_err(|faults| raised(py, &faults))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, plan: &Plan, text: Text) -> PyResult<Self> {
        let facts = py.detach(|| attain::Facts::from_json(&plan.0, text));
        facts.map(|facts| Self::of(plan, facts)).map_err(|faults| raised(py, &faults))
    }

    fn to_csv(&self) -> PyResult<String> {
        written(|out| self.facts.write_csv(&self.plan, out))
    }

    fn to_json(&self) -> PyResult<String> {
        written(|out| self.facts.write_json(&self.plan, out))
    }

    fn plan(&self) -> Plan {
        Plan(Arc::clone(&self.plan))
    }

    fn __len__(&self) -> usize {
        self.facts.len()
    }

    #[pyo3(signature = () -> "list[dict[str, str | None]]")]
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let rows = self.facts.drafts(&self.plan);
        let rows = rows.iter().map(|row| FactDraft::to_texts(row).into_iter().collect::<std::collections::BTreeMap<_, _>>());
        document(py, &rows.collect::<Vec<_>>())
    }
}
