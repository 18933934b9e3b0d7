//! How the numbers were derived.

use std::collections::BTreeMap;

use serde::Serialize;

use super::document;
use super::summary::Named;
use crate::assess::{Assessment, FactReference, Formula, Input, Step, StepSource, StepValue};
use crate::plan::Plan;
use crate::time::Day;

document! {
    /// A row of the status table above the one that applies.
    RowDocument {
        /// The row.
        row: u8,
        /// Why it does not apply, from a closed list.
        because: String,
    }
    /// One step of the derivation.
    StepDocument {
        /// Its number, from 1.
        step: usize,
        /// The name of the formula.
        formula: String,
        /// The version of the formula.
        version: u32,
        /// The field of this assessment whose value it gives; absent for a step on the way.
        #[serde(skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// Its inputs by name; numbered where they are one of a list.
        inputs: Named<String>,
        /// The result: a number rounded once to 12 places, a day, or a word.
        result: String,
        /// The exact result as a fraction, where it is no decimal of 12 places.
        #[serde(skip_serializing_if = "Option::is_none")]
        exact: Option<String>,
        /// The facts that its figures came from: indicator, unit where it is not the owner, period, and when recorded.
        from: Vec<String>,
        /// Where each input came from, by its name.
        sources: Named<SourceDocument>,
    }
    /// Where an input came from; one of its fields is there.
    SourceDocument {
        /// A column of a fact.
        #[serde(skip_serializing_if = "Option::is_none")]
        fact: Option<FactDocument>,
        /// A field of a target.
        #[serde(skip_serializing_if = "Option::is_none")]
        clause: Option<ClauseDocument>,
        /// A field that the target says, else the indicator, else the plan, else the format.
        #[serde(skip_serializing_if = "Option::is_none")]
        setting: Option<String>,
        /// The weight that the indicator gives a unit.
        #[serde(skip_serializing_if = "Option::is_none")]
        weight: Option<String>,
        /// An earlier step.
        #[serde(skip_serializing_if = "Option::is_none")]
        step: Option<usize>,
        /// How a unit stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// `calendar`, `as_of`, `units_reporting` for their number, or `not_reported` for the 0 of whoever reports nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        is: Option<String>,
        /// The exact value as a fraction, where it is no decimal of 12 places and does not stand in a step.
        #[serde(skip_serializing_if = "Option::is_none")]
        exact: Option<String>,
    }
    /// A column of a fact.
    FactDocument {
        /// The indicator's id.
        indicator: String,
        /// The unit's id.
        unit: String,
        /// The period.
        period: String,
        /// The day the record was made, where it says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        recorded_on: Option<Day>,
        /// Who says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        source: Option<String>,
        /// The column.
        column: String,
    }
    /// A field of a target.
    ClauseDocument {
        /// The target's id.
        target: String,
        /// The field, as the plan format names it.
        field: String,
        /// The section that it is cited from.
        #[serde(skip_serializing_if = "Option::is_none")]
        section: Option<String>,
        /// The line that it is cited from.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
    }
}

/// The steps of an assessment in their order.
pub(super) fn steps(plan: &Plan, of: &Assessment) -> Vec<StepDocument> {
    (1..).zip(&of.steps).map(|(number, step)| StepDocument::new(plan, &of.steps, number, step)).collect()
}

impl StepDocument {
    fn new(plan: &Plan, all: &[Step], number: usize, step: &Step) -> Self {
        let named = |input: &Input| (input.name.to_string(), input.value.to_string());
        Self {
            step: number,
            formula: step.formula.code().to_owned(),
            version: step.formula.version(),
            of: step.of.as_ref().map(ToString::to_string),
            inputs: Named(step.inputs.iter().map(named).collect()),
            result: step.result.to_string(),
            exact: exact(&step.result),
            from: from(plan, all, step),
            sources: Named(step.inputs.iter().map(|input| (input.name.to_string(), SourceDocument::new(plan, input))).collect()),
        }
    }
}

/// The fraction of a number that its 12 places do not hold.
fn exact(value: &StepValue) -> Option<String> {
    let StepValue::Number(number) = value else { return None };
    let is_shown = crate::number::Rounding::DOCUMENT.apply(number) == *number;
    (!is_shown).then(|| number.to_fraction())
}

/// The facts behind the inputs, also those that a step right before added up.
fn from(plan: &Plan, all: &[Step], step: &Step) -> Vec<String> {
    let mut facts = Vec::new();
    for input in &step.inputs {
        match &input.source {
            StepSource::Fact(fact, _) => facts.push(fact),
            StepSource::Step(number) => {
                let before = number.checked_sub(1).and_then(|place| all.get(place));
                let added_up = before.filter(|step| matches!(step.formula, Formula::Sum | Formula::Stated));
                let inputs = added_up.map(|step| step.inputs.as_slice()).unwrap_or_default();
                facts.extend(inputs.iter().filter_map(|input| match &input.source {
                    StepSource::Fact(fact, _) => Some(fact),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    // Part and whole come from the same facts.
    let mut seen: BTreeMap<(usize, usize, crate::time::Period), ()> = BTreeMap::new();
    facts.retain(|fact| seen.insert((fact.indicator, fact.unit, fact.period), ()).is_none());
    facts.into_iter().map(|fact| fact_name(plan, fact)).collect()
}

impl SourceDocument {
    fn new(plan: &Plan, input: &Input) -> Self {
        let mut source = Self {
            fact: None,
            clause: None,
            setting: None,
            weight: None,
            step: None,
            unit: None,
            is: None,
            exact: exact(&input.value),
        };
        match &input.source {
            StepSource::Fact(fact, column) => source.fact = Some(FactDocument::new(plan, fact, column)),
            StepSource::Clause(target, field) => {
                let citation = plan.targets().iter().find(|one| one.id() == &**target).and_then(|target| target.citation());
                source.clause = Some(ClauseDocument {
                    target: target.to_string(),
                    field: (*field).to_owned(),
                    section: citation.and_then(|citation| citation.section.clone()),
                    line: citation.and_then(|citation| citation.line),
                });
            }
            StepSource::Setting(field) => source.setting = Some((*field).to_owned()),
            StepSource::Weight(unit) => source.weight = Some(unit.to_string()),
            StepSource::Step(number) => {
                source.step = Some(*number);
                source.exact = None;
            }
            StepSource::Unit(unit) => source.unit = Some(unit.to_string()),
            StepSource::Calendar => source.is = Some("calendar".to_owned()),
            StepSource::UnitsReporting => source.is = Some("units_reporting".to_owned()),
            StepSource::AsOf => source.is = Some("as_of".to_owned()),
            StepSource::NotReported => source.is = Some("not_reported".to_owned()),
        }
        source
    }
}

impl FactDocument {
    fn new(plan: &Plan, fact: &FactReference, column: &str) -> Self {
        Self {
            indicator: plan.indicators().get(fact.indicator).map(|about| about.id().to_owned()).unwrap_or_default(),
            unit: plan.units().get(fact.unit).map(|unit| unit.id().to_owned()).unwrap_or_default(),
            period: fact.period.label(),
            recorded_on: fact.recorded_on.map(Day),
            source: fact.source.as_deref().map(str::to_owned),
            column: column.to_owned(),
        }
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
