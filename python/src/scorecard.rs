//! Scorecards.

use std::sync::Arc;

use attain::AsOf;
use attain::assess::{Assessment, Pace, Steps};
use attain::document::{AssessmentDocument, FindingDocument, ScorecardDocument, SummaryDocument};
use attain::plan::Target;
use chrono::NaiveDate;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::arrow::Table;
use crate::convert::{Tongue, document, standing_at, written};
use crate::facts::Facts;
use crate::faults::{raised, refused};
use crate::plan::Plan;

/// A scorecard, with what it was made of.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Scorecard {
    pub(crate) card: attain::Scorecard,
    pub(crate) facts: Arc<attain::Facts>,
}

impl Scorecard {
    fn get(&self, place: usize, py: Python<'_>) -> PyResult<&Assessment> {
        let expected = || format!("a place below {}", self.card.assessments().len());
        self.card.assessments().get(place).ok_or_else(|| refused(py, "place", &place.to_string(), &expected()))
    }
}

/// Target, key, unit, period, status and group of an assessment.
type Key<'a> = (&'a str, Option<&'a str>, &'a str, String, &'static str, &'static str);

#[pymethods]
impl Scorecard {
    #[staticmethod]
    fn of(
        py: Python<'_>,
        plan: &Plan,
        facts: &Facts,
        as_of: NaiveDate,
        known_on: Option<NaiveDate>,
        steps: bool,
    ) -> PyResult<Self> {
        if !Arc::ptr_eq(&plan.0, &facts.plan) && plan.0.hash() != facts.plan.hash() {
            let what = format!("facts that were read with plan '{}' in another version", facts.plan.id());
            return Err(refused(py, "facts", &what, "facts that were read with this plan"));
        }
        let mut when = AsOf::from(as_of);
        if let Some(known_on) = known_on {
            when = when.with_known_on(known_on);
        }
        let steps = if steps { Steps::Kept } else { Steps::Omitted };
        let card = py.detach(|| attain::assess_with(&plan.0, &facts.facts, when, steps));
        Ok(Self { card, facts: Arc::clone(&facts.facts) })
    }

    #[getter]
    fn as_of(&self) -> NaiveDate {
        self.card.as_of()
    }

    #[getter]
    fn known_on(&self) -> NaiveDate {
        self.card.known_on()
    }

    fn __len__(&self) -> usize {
        self.card.assessments().len()
    }

    /// Of each assessment its target, key, unit, period, status and group.
    fn keys(&self) -> Vec<Key<'_>> {
        let key = |of| self.card.target(of).and_then(Target::row);
        let keys = self
            .card
            .assessments()
            .iter()
            .map(|of| (&*of.target, key(of), &*of.unit, of.period_label(), of.status.code(), of.group().code()));
        keys.collect()
    }

    #[pyo3(signature = (place) -> "dict[str, object]")]
    fn assessment<'py>(&self, py: Python<'py>, place: usize) -> PyResult<Bound<'py, PyAny>> {
        document(py, &AssessmentDocument::new(&self.card, self.get(place, py)?))
    }

    /// The values that the path of an assessment has on some days; nothing where there is no path.
    #[pyo3(signature = (place, days: "list[date]"))]
    fn path_on(&self, py: Python<'_>, place: usize, days: Vec<NaiveDate>) -> PyResult<Vec<String>> {
        let values = |pace: &Pace| days.iter().map(|day| pace.path.at(*day).to_string()).collect();
        Ok(self.get(place, py)?.path.as_ref().map(values).unwrap_or_default())
    }

    /// Period, actual, requirement, gap and status of an assessment in the words of a language.
    fn cells(&self, py: Python<'_>, place: usize, language: Tongue) -> PyResult<Vec<String>> {
        let cells = self.card.cells(self.get(place, py)?, language.0);
        Ok(cells.map_or_else(Vec::new, |cells| vec![cells.period, cells.actual, cells.requirement, cells.gap, cells.status]))
    }

    #[pyo3(signature = (places: "list[int]"))]
    fn only(&self, places: Vec<usize>) -> Self {
        let stands = standing_at(places);
        let card = self.card.clone().only(|_| stands());
        Self { card, facts: Arc::clone(&self.facts) }
    }

    #[pyo3(signature = () -> "dict[str, object]")]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        document(py, &SummaryDocument::new(&self.card.summary()))
    }

    #[pyo3(signature = (language) -> "list[dict[str, object]]")]
    fn findings<'py>(&self, py: Python<'py>, language: Tongue) -> PyResult<Bound<'py, PyAny>> {
        let told = self.card.findings().iter().map(|finding| FindingDocument {
            code: finding.code.code().to_owned(),
            place: finding.place.clone(),
            detail: finding.detail(language.0),
        });
        document(py, &told.collect::<Vec<_>>())
    }

    #[pyo3(signature = () -> "list[dict[str, object]]")]
    fn remarks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        document(py, &ScorecardDocument::new(&self.card.clone().only(|_| false)).remarks)
    }

    fn not_in_force(&self) -> Vec<&str> {
        self.card.not_in_force().map(Target::id).collect()
    }

    #[pyo3(signature = () -> "dict[str, object]")]
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        document(py, &ScorecardDocument::new(&self.card))
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| written(|out| self.card.write_json(out)))
    }

    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give what it has; consumers cast.
        let _ = requested_schema;
        Table::new(vec![self.card.to_record_batch().map_err(|faults| raised(py, &faults))?]).stream(py)
    }

    fn to_csv(&self) -> PyResult<String> {
        written(|out| self.card.write_csv(out))
    }

    fn to_text(&self, language: Tongue) -> String {
        self.card.to_text(language.0)
    }

    fn to_markdown(&self, language: Tongue) -> String {
        self.card.to_markdown(language.0)
    }

    /// As text and as Markdown.
    fn explain(&self, py: Python<'_>, target: &str, language: Tongue) -> PyResult<(String, String)> {
        let told = self.card.explain(target, language.0);
        let told = told.map_err(|unknown| refused(py, "target", &unknown.to_string(), "the id or the key of a target"))?;
        Ok((told.to_text(), told.to_markdown()))
    }

    /// As text and as Markdown.
    fn contributions(&self, py: Python<'_>, target: &str, language: Tongue) -> PyResult<(String, String)> {
        let is_it = |known: &&Target| known.id() == target || known.row() == Some(target);
        let Some(known) = self.card.plan().targets().iter().find(is_it).map(Target::id) else {
            let what = format!("the plan has no target '{target}'");
            return Err(refused(py, "target", &what, "the id or the key of one"));
        };
        let text = self.card.contributions_to_text(known, language.0);
        Ok((text, self.card.contributions_to_markdown(known, language.0)))
    }
}
