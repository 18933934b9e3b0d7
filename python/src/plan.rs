//! Plans.

use std::sync::Arc;

use attain::Language;
use attain::columns::Rule;
use attain::plan::{Better, Citation, LocalText};
use pyo3::prelude::*;
use serde::Serialize;

use crate::convert::{Text, document, written};
use crate::faults::raised;

/// A plan: what was promised.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Plan(pub(crate) Arc<attain::Plan>);

/// A text in both languages.
#[derive(Serialize)]
struct Both<'a> {
    vi: Option<&'a str>,
    en: Option<&'a str>,
}

impl<'a> From<&'a LocalText> for Both<'a> {
    fn from(text: &'a LocalText) -> Self {
        Self { vi: text.get(Language::Vietnamese), en: text.get(Language::English) }
    }
}

#[derive(Serialize)]
struct Unit<'a> {
    id: &'a str,
    name: Both<'a>,
    parent: Option<&'a str>,
}

#[derive(Serialize)]
struct Indicator<'a> {
    id: &'a str,
    name: Both<'a>,
    kind: &'static str,
    unit: &'a str,
}

#[derive(Serialize)]
struct Target<'a> {
    id: &'a str,
    key: Option<&'a str>,
    indicator: &'a str,
    requirement: &'static str,
    better: Option<&'static str>,
    recurring: bool,
    strength: attain::plan::Strength,
    citation: Option<&'a Citation>,
    line: Option<usize>,
}

#[pymethods]
impl Plan {
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: Text) -> PyResult<Self> {
        let plan = py.detach(|| attain::Plan::from_toml(text));
        plan.map(|plan| Self(Arc::new(plan))).map_err(|faults| raised(py, &faults))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, text: Text) -> PyResult<Self> {
        let plan = py.detach(|| attain::Plan::from_json(text));
        plan.map(|plan| Self(Arc::new(plan))).map_err(|faults| raised(py, &faults))
    }

    fn to_toml(&self) -> PyResult<String> {
        written(|out| self.0.write_toml(out))
    }

    fn to_json(&self) -> PyResult<String> {
        written(|out| self.0.write_json(out))
    }

    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    #[getter]
    fn hash(&self) -> String {
        self.0.hash()
    }

    #[pyo3(signature = () -> "dict[str, str | None]")]
    fn title<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        document(py, &Both::from(self.0.title()))
    }

    #[pyo3(signature = () -> "list[dict[str, object]]")]
    fn units<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let units = self.0.units();
        let told = units.iter().map(|unit| Unit {
            id: unit.id(),
            name: unit.name().into(),
            parent: self.0.parent_of(unit).map(attain::plan::OrganisationUnit::id),
        });
        document(py, &told.collect::<Vec<_>>())
    }

    #[pyo3(signature = () -> "list[dict[str, object]]")]
    fn indicators<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let told = self.0.indicators().iter().map(|indicator| Indicator {
            id: indicator.id(),
            name: indicator.name().into(),
            kind: indicator.kind().code(),
            unit: indicator.unit().as_str(),
        });
        document(py, &told.collect::<Vec<_>>())
    }

    #[pyo3(signature = () -> "list[dict[str, object]]")]
    fn targets<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let told = self.0.targets().iter().enumerate().map(|(place, target)| Target {
            id: target.id(),
            key: target.row(),
            indicator: self.0.indicator_of(target).map_or("", attain::plan::Indicator::id),
            requirement: target.requirement().code(),
            better: Rule::of(&self.0, target).and_then(|rule| rule.better()).map(|better| match better {
                Better::Higher => "higher",
                Better::Lower => "lower",
            }),
            recurring: target.is_recurring(),
            strength: target.strength(),
            citation: target.citation(),
            line: self.0.position("targets", place).map(|position| position.line),
        });
        document(py, &told.collect::<Vec<_>>())
    }
}
