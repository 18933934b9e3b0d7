//! What changed between two scorecards, and how little would turn a verdict.

use std::collections::HashSet;
use std::sync::Arc;

use attain::AsOf;
use attain::document::{DifferenceDocument, MarginsDocument};
use attain::scorecard::{Assessed, Margin, difference, flips};
use pyo3::prelude::*;

use crate::convert::{Tongue, document, standing_at, written};
use crate::scorecard::Scorecard;

/// What changed between two scorecards, and why.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Difference(attain::scorecard::Difference);

#[pymethods]
impl Difference {
    #[staticmethod]
    fn of(py: Python<'_>, before: &Scorecard, after: &Scorecard) -> Self {
        let of = |card: &Scorecard| (card.card.clone(), Arc::clone(&card.facts));
        let ((before, old), (after, new)) = (of(before), of(after));
        Self(py.detach(|| difference(Assessed { card: &before, facts: &old }, Assessed { card: &after, facts: &new })))
    }

    fn only(&self, places: Vec<usize>) -> Self {
        let stands = standing_at(places);
        Self(self.0.clone().only(|_| stands()))
    }

    #[pyo3(signature = () -> "dict[str, object]")]
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        document(py, &DifferenceDocument::new(&self.0))
    }

    fn to_json(&self) -> PyResult<String> {
        written(|out| self.0.write_json(out))
    }

    fn to_text(&self, language: Tongue) -> String {
        self.0.to_text(language.0)
    }

    fn to_markdown(&self, language: Tongue) -> String {
        self.0.to_markdown(language.0)
    }
}

/// The least changes that would turn verdicts.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Margins(attain::scorecard::Margins);

#[pymethods]
impl Margins {
    #[staticmethod]
    fn of(py: Python<'_>, card: &Scorecard) -> Self {
        let when = AsOf::from(card.card.as_of()).with_known_on(card.card.known_on());
        // Of a scorecard that was narrowed, the margins of what it still says.
        let said = card.card.assessments().iter().map(|of| (&*of.target, &*of.unit, of.period_label()));
        let said: HashSet<(&str, &str, String)> = said.collect();
        let is_said = |one: &Margin| said.contains(&(&*one.target, &*one.unit, one.period.clone()));
        Self(py.detach(|| flips(card.card.plan(), &card.facts, when).only(is_said)))
    }

    fn only(&self, places: Vec<usize>) -> Self {
        let stands = standing_at(places);
        Self(self.0.clone().only(|_| stands()))
    }

    #[pyo3(signature = () -> "dict[str, object]")]
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        document(py, &MarginsDocument::new(&self.0))
    }

    fn to_json(&self) -> PyResult<String> {
        written(|out| self.0.write_json(out))
    }

    fn to_text(&self, language: Tongue) -> String {
        self.0.to_text(language.0)
    }

    fn to_markdown(&self, language: Tongue) -> String {
        self.0.to_markdown(language.0)
    }
}
