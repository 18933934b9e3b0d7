//! Closed lists with their words, so that the package's own lists can be held against them.

use attain::check::Outcome;
use attain::plan::{IndicatorDraft, TargetDraft};
use attain::{Language, Reason, Status};
use pyo3::prelude::*;

/// Code, group, Vietnamese, English.
#[pyfunction]
pub(crate) fn statuses() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    let told = |status: &Status| {
        let [vi, en] = [Language::Vietnamese, Language::English].map(|language| status.in_words(language));
        (status.code(), status.group().code(), vi, en)
    };
    Status::ALL.iter().map(told).collect()
}

/// Code, Vietnamese, English.
#[pyfunction]
pub(crate) fn reasons() -> Vec<(&'static str, &'static str, &'static str)> {
    let told = |reason: &Reason| {
        let [vi, en] = [Language::Vietnamese, Language::English].map(|language| reason.in_words(language));
        (reason.code(), vi, en)
    };
    Reason::ALL.iter().map(told).collect()
}

/// Code, Vietnamese, English.
#[pyfunction]
pub(crate) fn outcomes() -> Vec<(&'static str, &'static str, &'static str)> {
    let told = |outcome: &Outcome| {
        let [vi, en] = [Language::Vietnamese, Language::English].map(|language| outcome.in_words(language));
        (outcome.code(), vi, en)
    };
    Outcome::ALL.iter().map(told).collect()
}

/// The plan that ships with the package, in TOML, and its facts, in CSV.
#[pyfunction]
pub(crate) fn decision_333() -> (&'static str, &'static str) {
    (include_str!("../../plans/decision-333.toml"), include_str!("../../plans/decision-333.facts.csv"))
}

/// The fields of an indicator that a target does not have, as plans write them.
#[pyfunction]
pub(crate) fn fields_of_indicators() -> Vec<&'static str> {
    IndicatorDraft::FIELDS.iter().filter(|field| !TargetDraft::FIELDS.contains(field)).copied().collect()
}

/// The columns of the facts format.
#[pyfunction]
pub(crate) fn columns_of_facts() -> Vec<&'static str> {
    attain::facts::COLUMNS.to_vec()
}
