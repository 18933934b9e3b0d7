//! From facts to the figure of a period: what was added up, and the value.

use super::{Derivation, Formula, Found, Input, Made, column, input, nth};
use crate::assess::actual::{Figure, added};
use crate::assess::derivation::StepSource;
use crate::facts::{Fact, Measure};
use crate::number::Ratio;
use crate::plan::{Indicator, Kind};

/// The names of the columns above and below the line.
pub(super) fn columns(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Ratio => ("numerator", "denominator"),
        Kind::Mean => ("total", "weight"),
        Kind::Survey => ("positive", "valid"),
        _ => ("part", "whole"),
    }
}

/// What a fact says in a column.
pub(super) fn says(fact: &Fact, name: &str) -> Option<Ratio> {
    match fact.measure.as_ref()? {
        Measure::Bare(value) | Measure::Amount(value) => Some(value.clone()),
        Measure::Done { count, .. } => Some(count.clone()),
        measure => in_measure(measure, name),
    }
}

/// Whether of several periods of a unit the last one's figure counts.
pub(super) fn is_state(indicator: &Indicator, name: &str) -> bool {
    name == "population" || (matches!(name, "overdue" | "not_due") && !indicator.cohort)
}

/// The terms of some columns over facts, those of one unit one after the other.
pub(super) fn terms(indicator: &Indicator, facts: &[&Fact], names: &[&'static str]) -> Vec<Input> {
    let mut terms = Vec::new();
    for of_unit in facts.chunk_by(|a, b| a.unit == b.unit) {
        for name in names {
            let counted = if is_state(indicator, name) { of_unit.last() } else { None };
            let all = if counted.is_some() { [].as_slice() } else { of_unit };
            for fact in counted.into_iter().chain(all) {
                let Some(value) = says(fact, name) else { continue };
                terms.push(nth("term", terms.len(), value, column(fact, name)));
            }
        }
    }
    terms
}

/// Terms added up to what is known; one alone is what was stated.
pub(super) fn total(steps: &mut Derivation<'_>, of: Option<String>, mut terms: Vec<Input>, result: &Ratio) -> Made {
    let formula = match terms.as_mut_slice() {
        [only] => {
            only.name = "value".into();
            Formula::Stated
        }
        _ => Formula::Sum,
    };
    match of {
        Some(of) => steps.publish(of, formula, terms, result),
        None => steps.pass(formula, terms, result),
    }
}

/// A figure, as far as its steps need it.
pub(super) struct Summed<'s, 'f> {
    pub(super) indicator: &'s Indicator,
    pub(super) used: &'s [&'f Fact],
    pub(super) measure: Option<&'s Measure>,
    pub(super) value: Option<&'s Ratio>,
    pub(super) is_weighted: bool,
}

impl<'s, 'f> Summed<'s, 'f> {
    pub(super) fn new(indicator: &'s Indicator, figure: &'s Figure<'f>, value: Option<&'s Ratio>) -> Self {
        let is_weighted = figure.weighted.is_some();
        Self { indicator, used: &figure.used, measure: figure.measure.as_ref(), value, is_weighted }
    }

    /// The steps to a value that is published as `of`, those of its columns under `columns_of`.
    pub(super) fn derive(&self, steps: &mut Derivation<'_>, of: Option<&str>, columns_of: Option<&str>) -> Option<Made> {
        let names: Vec<&'static str> = match self.measure {
            Some(Measure::Quotient { population, .. }) => {
                let (over, under) = columns(self.indicator.kind);
                [over, under].into_iter().chain(population.as_ref().map(|_| "population")).collect()
            }
            Some(Measure::OnTime(_)) => vec!["in_time", "late", "overdue", "not_due"],
            _ => Vec::new(),
        };
        let mut inputs = Vec::new();
        for name in names {
            let Some(result) = self.measure.and_then(|measure| in_measure(measure, name)) else { continue };
            let of = columns_of.map(|prefix| format!("{prefix}.{name}"));
            let made = total(steps, of, terms(self.indicator, self.used, &[name]), &result);
            inputs.push(made.as_input(name));
        }
        let value = self.value?;
        if self.is_weighted {
            let inputs = weighted(steps, self.indicator, self.used);
            return Some(publish(steps, of, Formula::WeightedMean, inputs, value));
        }
        let factor = || input("factor", self.indicator.factor(), StepSource::Setting("unit"));
        let formula = match self.indicator.kind {
            _ if inputs.is_empty() => {
                return Some(total(steps, of.map(str::to_owned), terms(self.indicator, self.used, &["value"]), value));
            }
            Kind::Ratio => Formula::Ratio,
            Kind::Mean => Formula::Mean,
            Kind::Survey => Formula::Survey,
            Kind::OnTime => Formula::OnTime,
            _ => Formula::Share,
        };
        inputs.retain(|input| !matches!(&*input.name, "population" | "not_due"));
        if matches!(formula, Formula::Ratio | Formula::Mean) {
            inputs.push(factor());
        }
        Some(publish(steps, of, formula, inputs, value))
    }
}

fn publish(steps: &mut Derivation<'_>, of: Option<&str>, formula: Formula, inputs: Vec<Input>, result: &Ratio) -> Made {
    match of {
        Some(of) => steps.publish(of.to_owned(), formula, inputs, result),
        None => steps.pass(formula, inputs, result),
    }
}

/// A column of figures that are added up.
pub(super) fn in_measure(measure: &Measure, name: &str) -> Option<Ratio> {
    Some(match measure {
        Measure::Quotient { part, whole, population } => match name {
            "population" => population.clone()?,
            "whole" | "denominator" | "weight" | "valid" => whole.clone(),
            _ => part.clone(),
        },
        Measure::OnTime(cases) => match name {
            "in_time" => cases.in_time.clone(),
            "late" => cases.late.clone(),
            "overdue" => cases.overdue.clone(),
            _ => cases.not_due.clone(),
        },
        _ => return None,
    })
}

/// The values of units with their weights: an index by the plan's, a survey by its people.
pub(super) fn weighted(steps: &mut Derivation<'_>, indicator: &Indicator, used: &[&Fact]) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut count = 0;
    for of_unit in used.chunk_by(|a, b| a.unit == b.unit) {
        let Some(last) = of_unit.last() else { continue };
        let (value, weight) = match added(indicator, of_unit).flatten() {
            Some(Measure::Amount(value)) => {
                let Some((unit, weight)) = indicator.weights.get_key_value(&last.unit) else { continue };
                let of_unit = StepSource::Weight(steps.unit(*unit));
                (nth("value", count, value, column(last, "value")), nth("weight", count, Ratio::from(*weight), of_unit))
            }
            Some(measure) => {
                let Some(value) = measure.value(&indicator.factor()) else { continue };
                let Some(people) = in_measure(&measure, "population") else { continue };
                let made = Summed { indicator, used: of_unit, measure: Some(&measure), value: Some(&value), is_weighted: false };
                let Some(made) = made.derive(steps, None, None) else { continue };
                let name = format!("value {}", count + 1);
                (made.as_input(name), nth("weight", count, people, column(last, "population")))
            }
            None => continue,
        };
        inputs.extend([value, weight]);
        count += 1;
    }
    inputs
}

/// The steps to the actual.
pub(super) fn actual(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    let reading = found.reading;
    let value = reading.value.as_ref().ok();
    if reading.figure.has_bare && reading.figure.used.len() != 1 {
        return;
    }
    Summed::new(reading.indicator, &reading.figure, value).derive(steps, Some("actual.value"), Some("actual"));
    let Some(Measure::OnTime(cases)) = &reading.figure.measure else { return };
    let all = |steps: &Derivation<'_>| -> Vec<Input> {
        let names = ["in_time", "late", "overdue", "not_due"];
        names.into_iter().filter_map(|name| steps.input(name, &format!("actual.{name}"))).collect()
    };
    for (of, formula, value) in [
        ("actual.lowest", Formula::LowestRate, cases.lowest()),
        ("actual.highest", Formula::HighestRate, cases.highest()),
        ("actual.maturity", Formula::Maturity, cases.maturity()),
    ] {
        if let Some(value) = value {
            let inputs = all(steps);
            steps.publish(of, formula, inputs, value);
        }
    }
}
