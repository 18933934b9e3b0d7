//! How the numbers were derived.

use serde::Serialize;

use super::document;
use super::summary::Named;
use crate::assess::{FactReference, Step};
use crate::plan::Plan;

document! {
    /// One step of the derivation.
    StepDocument {
        /// The name of the formula.
        formula: String,
        /// Its inputs by name.
        inputs: Named<String>,
        /// The result.
        result: String,
        /// The facts that the inputs came from: indicator, unit where it is not the owner, period, and when recorded.
        from: Vec<String>,
    }
}

pub(super) fn step(plan: &Plan, step: &Step) -> StepDocument {
    StepDocument {
        formula: step.formula.to_owned(),
        inputs: Named(step.inputs.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect()),
        result: step.result.to_string(),
        from: step.from.iter().map(|fact| fact_name(plan, fact)).collect(),
    }
}

/// `indicator period`, with the unit where it is not the owner, and the day of the record where there is one.
fn fact_name(plan: &Plan, fact: &FactReference) -> String {
    let mut name = plan.indicators().get(fact.indicator).map(|about| about.id().to_owned()).unwrap_or_default();
    if let Some(unit) = plan.units().get(fact.unit).filter(|_| fact.unit != plan.owner) {
        name = format!("{name} {}", unit.id());
    }
    name = format!("{name} {}", fact.period);
    match fact.recorded_on {
        Some(day) => format!("{name} ({day})"),
        None => name,
    }
}
