//! What each unit directly below carries.

use serde::Serialize;

use super::{Defined, document};
use crate::assess::{Contribution, Movement};
use crate::number::Ratio;
use crate::plan::Plan;

document! {
    /// What one unit directly below carries; over all units each adds up exactly.
    ContributionDocument {
        /// The unit's id.
        unit: String,
        /// Its part of the actual.
        actual: String,
        /// Its part of the variance.
        #[serde(skip_serializing_if = "Option::is_none")]
        variance: Option<String>,
        /// Its part of the variance in cases.
        #[serde(skip_serializing_if = "Option::is_none")]
        cases: Option<String>,
        /// Which part of the threshold it is held against: `own_whole`, `own_baseline` or `equal_part`.
        held_against: String,
        /// Its part of the change since the period of equal length just before.
        since_previous: Defined<MovementDocument>,
        /// Its part of the change since the same days a year before.
        since_year_before: Defined<MovementDocument>,
    }
}

/// What a unit carries of its parent's change, in the indicator's unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum MovementDocument {
    /// Of a rate.
    Rate {
        /// What its own rate did.
        rate: String,
        /// What its weight among the others did.
        mix: String,
    },
    /// Of a sum.
    Own {
        /// Its own change.
        own: String,
    },
}

impl ContributionDocument {
    pub(super) fn new(plan: &Plan, part: &Contribution) -> Self {
        Self {
            unit: plan.units().get(part.unit).map(|unit| unit.id().to_owned()).unwrap_or_default(),
            actual: part.to_actual.to_string(),
            variance: part.to_variance.as_ref().map(Ratio::to_string),
            cases: part.cases.as_ref().map(Ratio::to_string),
            held_against: part.held_against.code().to_owned(),
            since_previous: Defined::of(&part.since_previous, movement),
            since_year_before: Defined::of(&part.since_year_before, movement),
        }
    }
}

fn movement(movement: &Movement) -> MovementDocument {
    match movement {
        Movement::Rate { rate, mix } => MovementDocument::Rate { rate: rate.to_string(), mix: mix.to_string() },
        Movement::Own(change) => MovementDocument::Own { own: change.to_string() },
    }
}
