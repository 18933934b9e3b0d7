//! Facts.

use std::sync::Arc;

use attain::columns::FactColumns;
use attain::columns::arrow::Floats;
use attain::facts::FactDraft;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::arrow::{Frame, Table};
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

    #[staticmethod]
    #[pyo3(signature = (plan, frame: "object", as_written))]
    fn from_frame(py: Python<'_>, plan: &Plan, frame: &Bound<'_, PyAny>, as_written: bool) -> PyResult<Self> {
        let frame = Frame::of(frame)?;
        let floats = if as_written { Floats::AsWritten } else { Floats::Refused };
        let facts = py.detach(|| attain::Facts::from_record_batches(&plan.0, &frame.batches, floats));
        facts.map(|facts| Self::of(plan, facts)).map_err(|faults| raised(py, &faults))
    }

    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give what it has; consumers cast.
        let _ = requested_schema;
        let told = FactColumns::from_facts(&self.plan, &self.facts).and_then(|facts| facts.to_record_batch(&self.plan));
        Table::new(vec![told.map_err(|faults| raised(py, &faults))?]).stream(py)
    }

    fn to_csv(&self) -> PyResult<String> {
        written(|out| self.facts.write_csv(&self.plan, out))
    }

    fn to_json(&self) -> PyResult<String> {
        written(|out| self.facts.write_json(&self.plan, out))
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
