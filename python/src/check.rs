//! A scorecard as tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use attain::check::Policy;
use attain::plan::Severity;
use pyo3::prelude::*;
use serde::Serialize;

use crate::convert::{Text, Tongue, document, standing_at, written};
use crate::faults::{raised, refused};
use crate::plan::Plan;
use crate::scorecard::Scorecard;

/// Who excuses what until when.
#[pyclass(frozen, module = "attain._attain")]
#[derive(Default)]
pub(crate) struct Waivers(Arc<attain::plan::Waivers>);

#[pymethods]
impl Waivers {
    #[staticmethod]
    fn from_toml(py: Python<'_>, plan: &Plan, text: Text) -> PyResult<Self> {
        let waivers = attain::plan::Waivers::from_toml(&plan.0, text);
        waivers.map(|waivers| Self(Arc::new(waivers))).map_err(|faults| raised(py, &faults))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, plan: &Plan, text: Text) -> PyResult<Self> {
        let waivers = attain::plan::Waivers::from_json(&plan.0, text);
        waivers.map(|waivers| Self(Arc::new(waivers))).map_err(|faults| raised(py, &faults))
    }

    fn __len__(&self) -> usize {
        self.0.as_slice().len()
    }
}

/// A scorecard held against a policy.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Check {
    card: Py<Scorecard>,
    waivers: Arc<attain::plan::Waivers>,
    policy: Policy,
}

#[derive(Serialize)]
struct Told<'a> {
    name: String,
    assessment: usize,
    outcome: &'static str,
    severity: Severity,
    late_reports: &'a [String],
    to_be_told: bool,
    waiver: Option<WaiverTold<'a>>,
    line: Option<usize>,
}

#[derive(Serialize)]
struct WaiverTold<'a> {
    target: &'a str,
    unit: Option<&'a str>,
    period: Option<String>,
    authority: &'a str,
    reason: &'a str,
    until: String,
}

impl Check {
    fn with<T>(&self, then: impl FnOnce(attain::check::Check<'_>) -> T) -> T {
        then(attain::check::check(&self.card.get().card, &self.waivers, &self.policy))
    }

    /// The check with some of its cases.
    fn with_only<T>(&self, places: Vec<usize>, then: impl FnOnce(attain::check::Check<'_>) -> T) -> T {
        let stands = standing_at(places);
        self.with(|check| then(check.only(|_| stands())))
    }
}

#[pymethods]
impl Check {
    #[staticmethod]
    fn of(
        py: Python<'_>,
        card: Py<Scorecard>,
        waivers: Option<&Waivers>,
        strict: bool,
        severities: BTreeMap<String, String>,
    ) -> PyResult<Self> {
        let mut policy = if strict { Policy::strict() } else { Policy::default() };
        for (target, code) in severities {
            let severity = match &*code {
                "advisory" => Severity::Advisory,
                "required" => Severity::Required,
                "strict" => Severity::Strict,
                _ => return Err(refused(py, "severities", &format!("'{code}'"), "'advisory', 'required' or 'strict'")),
            };
            policy = policy.with(&target, severity);
        }
        let check = Self { card, waivers: waivers.map(|waivers| Arc::clone(&waivers.0)).unwrap_or_default(), policy };
        let unknown = check.with(|check| check.unknown_targets().join(", "));
        if !unknown.is_empty() {
            return Err(refused(py, "severities", &format!("no target '{unknown}'"), "the ids of targets of the plan"));
        }
        Ok(check)
    }

    #[pyo3(signature = () -> "list[dict[str, object]]")]
    fn cases<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.with(|check| {
            let told = check.cases().iter().enumerate().map(|(place, case)| Told {
                name: case.name(),
                assessment: place,
                outcome: case.outcome().code(),
                severity: case.severity(),
                late_reports: case.late_reports(),
                to_be_told: case.is_to_be_told(),
                waiver: case.waiver().map(|waiver| WaiverTold {
                    target: waiver.target(),
                    unit: waiver.unit(),
                    period: waiver.period(),
                    authority: waiver.authority(),
                    reason: waiver.reason(),
                    until: waiver.until().to_string(),
                }),
                line: case.position(&check).map(|position| position.line),
            });
            document(py, &told.collect::<Vec<_>>())
        })
    }

    #[pyo3(signature = (places: "list[int]"))]
    fn is_passed_of(&self, places: Vec<usize>) -> bool {
        self.with_only(places, |check| check.is_passed())
    }

    #[pyo3(signature = (places: "list[int]", language))]
    fn counts_in_words(&self, places: Vec<usize>, language: Tongue) -> String {
        self.with_only(places, |check| check.counts().in_words(language.0))
    }

    /// Of each case its headline and its report.
    fn told(&self, language: Tongue) -> Vec<(String, String)> {
        self.with(|check| {
            let told = check.cases().iter().map(|case| (check.headline(case, language.0), check.report(case, language.0)));
            told.collect()
        })
    }

    fn findings(&self, language: Tongue) -> Vec<String> {
        self.with(|check| check.findings_in_words(language.0))
    }

    #[pyo3(signature = (places: "list[int]", language))]
    fn to_junit(&self, places: Vec<usize>, language: Tongue) -> PyResult<String> {
        self.with_only(places, |check| written(|out| check.write_junit(out, language.0)))
    }

    #[pyo3(signature = (places: "list[int]", plan, language))]
    fn to_sarif(&self, places: Vec<usize>, plan: &str, language: Tongue) -> PyResult<String> {
        self.with_only(places, |check| written(|out| check.write_sarif(out, plan, language.0)))
    }
}
