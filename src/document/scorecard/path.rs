//! The path to a target, and how its actual stands against it.

use serde::Serialize;

use super::{Decimal, Defined, decimal, document};
use crate::assess::{Anchor, AnchorSource, Pace};
use crate::time::Day;

document! {
    /// The path to a target, and how its actual stands against it.
    PathDocument {
        /// Where the actual should stand on its day.
        expected: Decimal,
        /// How much of the way should be done.
        planned_progress: Decimal,
        /// The progress in terms of the planned progress.
        pace: Decimal,
        /// How many days ahead of the path; behind it below 0.
        lead_days: Defined<i64>,
        /// How fast the actual has moved, a year.
        observed_rate: Decimal,
        /// How fast it has to move from now on, a year.
        required_rate: Decimal,
        /// The required rate in terms of the observed one.
        acceleration_needed: Decimal,
        /// Whether the baseline meets the target already, so that it is to be held on every day.
        maintain: bool,
        /// `exact`, or `12_significant_digits` where a stage grows at a constant rate.
        precision: String,
        /// The days and values that the path goes through.
        anchors: Vec<AnchorDocument>,
    }
    /// A day and the value that a path has on it.
    AnchorDocument {
        /// The day.
        on: Day,
        /// The value.
        value: String,
        /// `baseline`, `point`, or the id of the target whose threshold it is.
        from: String,
        /// How the path comes here: `linear`, `step` or `compound`; absent where it starts.
        #[serde(skip_serializing_if = "Option::is_none")]
        shape: Option<String>,
    }
}

impl PathDocument {
    pub(super) fn new(pace: &Pace) -> Self {
        Self {
            expected: decimal(&pace.expected),
            planned_progress: decimal(&pace.planned_progress),
            pace: decimal(&pace.pace),
            lead_days: Defined::of(&pace.lead_days, |days| *days),
            observed_rate: decimal(&pace.observed_rate),
            required_rate: decimal(&pace.required_rate),
            acceleration_needed: decimal(&pace.acceleration_needed),
            maintain: pace.path.is_maintained(),
            precision: if pace.path.is_exact() { "exact" } else { "12_significant_digits" }.to_owned(),
            anchors: pace
                .path
                .anchors()
                .iter()
                .enumerate()
                .map(|(place, anchor)| AnchorDocument::new(anchor, place > 0))
                .collect(),
        }
    }
}

impl AnchorDocument {
    fn new(anchor: &Anchor, comes_from_another: bool) -> Self {
        Self {
            on: Day(anchor.on),
            value: anchor.value.to_string(),
            from: match &anchor.source {
                AnchorSource::Baseline => "baseline".to_owned(),
                AnchorSource::Point => "point".to_owned(),
                AnchorSource::Target(id) => id.to_string(),
            },
            shape: comes_from_another.then(|| anchor.leg.code().to_owned()),
        }
    }
}
