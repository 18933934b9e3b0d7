//! The facts behind the numbers: what each says, who reported it and when.

use super::derived::{Derived, MOST_TOLD};
use super::notes::unit_name;
use super::words::Word;
use crate::assess::{Coverage, FactReference, StepSource, StepValue};
use crate::facts::State;
use crate::number::Ratio;
use crate::plan::Requirement;

/// A fact with what it says in its columns.
struct Told<'s> {
    fact: &'s FactReference,
    columns: Vec<(&'static str, &'s StepValue)>,
}

impl<'c> Derived<'c> {
    /// The facts behind the actual, then those of the baseline and of what is expected, each once.
    pub(super) fn facts(&self) -> Vec<String> {
        let mut known: Vec<Told<'c>> = Vec::new();
        let mut told = Vec::new();
        let baseline = vec!["baseline.value".to_owned()];
        let expected = vec!["cases.remaining".to_owned(), "remainder.remaining".to_owned()];
        for (of, word) in
            [(self.of_the_actual(), Word::Reported), (baseline, Word::ReportedAsBaseline), (expected, Word::ReportedAsExpected)]
        {
            let is_new = |told: &Told<'_>| !known.iter().any(|other| other.fact == told.fact);
            let new: Vec<Told<'c>> = self.told(&of).into_iter().filter(is_new).collect();
            told.extend(new.iter().take(MOST_TOLD).map(|told| self.fact(told, word)));
            let beyond = new.len().saturating_sub(MOST_TOLD);
            if beyond > 0 {
                told.push(self.fill(Word::AndMoreReports, &[&self.count(&Ratio::from(beyond))]));
            }
            known.extend(new);
        }
        told
    }

    /// The fields that the figures of the actual are published in.
    fn of_the_actual(&self) -> Vec<String> {
        let columns = [
            "value",
            "on",
            "part",
            "whole",
            "numerator",
            "denominator",
            "total",
            "weight",
            "positive",
            "valid",
            "in_time",
            "late",
            "overdue",
            "not_due",
        ];
        let units = 0..self.subject.assessment.units.len();
        columns
            .map(|name| format!("actual.{name}"))
            .into_iter()
            .chain(units.map(|place| format!("units.{place}.value")))
            .collect()
    }

    /// What is not reported yet. Of a thing to be done of which nobody has said anything that is all there is to say.
    pub(super) fn coverage(&self) -> Option<String> {
        let coverage = &self.subject.assessment.actual.coverage;
        if self.is_deliverable() && coverage.reported == 0 {
            return None;
        }
        let facts = self.told(&self.of_the_actual());
        let missing = coverage.missing.iter().map(|name| {
            let is_it = |told: &&Told<'_>| {
                let unit = self.plan.units().get(told.fact.unit).map(|unit| unit.id()).unwrap_or_default();
                let label = told.fact.period.label();
                *name == label || *name == format!("{unit} {label}")
            };
            let until = facts.iter().filter(is_it).filter_map(|told| self.until(told.fact)).next_back();
            let name = self.subject.named(self.plan, name);
            until.map_or(name.clone(), |until| format!("{name} ({})", self.fill(Word::OnlyUntil, &[&until])))
        });
        self.subject.coverage(&Coverage { missing: missing.collect(), ..coverage.clone() })
    }

    fn is_deliverable(&self) -> bool {
        matches!(self.subject.target.requirement(), Requirement::Deliver(_))
    }

    /// The last day that a fact covers, where that is not the last of its period.
    fn until(&self, fact: &FactReference) -> Option<String> {
        fact.through.filter(|day| *day != fact.period.last()).map(|day| self.subject.numbers.day(day))
    }

    fn told(&self, of: &[String]) -> Vec<Told<'c>> {
        let of: Vec<&str> = of.iter().map(String::as_str).collect();
        let mut all: Vec<Told<'c>> = Vec::new();
        for place in self.leading_to(&of) {
            for input in self.steps().get(place).map(|step| step.inputs.as_slice()).unwrap_or_default() {
                let StepSource::Fact(fact, column) = &input.source else { continue };
                match all.iter_mut().find(|told| told.fact == fact) {
                    Some(told) if told.columns.iter().all(|(name, _)| name != column) => {
                        told.columns.push((column, &input.value))
                    }
                    Some(_) => {}
                    None => all.push(Told { fact, columns: vec![(column, &input.value)] }),
                }
            }
        }
        all.sort_by_key(|told| told.fact.unit);
        all
    }

    /// `2025-Q1: 20/40 (recorded 2025-04-05; source: …)`
    fn fact(&self, told: &Told<'_>, word: Word) -> String {
        let fact = told.fact;
        let settled = match fact.state {
            State::Estimated => Some(self.subject.say(Word::Estimated).to_owned()),
            State::Provisional => Some(self.subject.say(Word::Provisional).to_owned()),
            _ => None,
        };
        let recorded = fact.recorded_on.map(|day| self.fill(Word::RecordedOn, &[&self.subject.numbers.day(day)]));
        let source = fact.source.as_deref().map(|source| self.fill(Word::SourceOf, &[source]));
        let whence: Vec<String> = [settled, recorded, source].into_iter().flatten().collect();
        let said = self.fill(word, &[&self.name(fact), &self.figures(told)]);
        if whence.is_empty() { said } else { format!("{said} ({})", whence.join("; ")) }
    }

    /// What a fact is of: its period, and its unit and indicator where they are not those of the assessment.
    pub(super) fn name(&self, fact: &FactReference) -> String {
        let (numbers, places) = (self.subject.numbers, &self.subject.assessment.places);
        let mut name = numbers.period(&fact.period);
        if let Some(until) = self.until(fact) {
            name = format!("{name} ({})", self.fill(Word::Until, &[&until]));
        }
        if fact.indicator != places.indicator {
            let about = self.plan.indicators().get(fact.indicator);
            let about = about.map(|about| about.name().get(numbers.language).unwrap_or(about.id()));
            name = format!("{}, {name}", about.unwrap_or_default());
        }
        if fact.unit != places.unit {
            let unit = self.plan.units().get(fact.unit).map(|unit| unit_name(numbers, self.plan, unit.id()));
            name = format!("{}, {name}", unit.unwrap_or_default());
        }
        name
    }

    fn figures(&self, told: &Told<'_>) -> String {
        let of = |names: &[&str]| told.columns.iter().find(|(name, _)| names.contains(name)).map(|(_, value)| self.plain(value));
        if let Some(day) = of(&["done_on"]) {
            return self.fill(Word::Done, &[&day]);
        }
        let is_nothing = |value: &StepValue| value.number().is_none_or(|count| count.is_zero());
        if self.is_deliverable() && told.columns.iter().all(|(name, value)| *name != "value" || is_nothing(value)) {
            return self.subject.say(Word::NotDone).to_owned();
        }
        if let (Some(over), Some(under)) =
            (of(&["part", "numerator", "total", "positive"]), of(&["whole", "denominator", "weight", "valid"]))
        {
            return self.fill(Word::OutOf, &[&over, &under]);
        }
        let words = [
            ("in_time", Word::InTime),
            ("late", Word::DoneLate),
            ("overdue", Word::StillOverdue),
            ("not_due", Word::NotDue),
            ("value", Word::Plainly),
            ("whole", Word::InAll),
            ("denominator", Word::InAll),
            ("weight", Word::InAll),
            ("valid", Word::InAll),
        ];
        let parts = words.into_iter().filter_map(|(name, word)| {
            let (_, value) = told.columns.iter().find(|(column, _)| *column == name)?;
            let shown = match (name, value.number()) {
                ("value", Some(number)) => self.subject.exact(&number),
                _ => self.plain(value),
            };
            Some(self.fill(word, &[&shown]))
        });
        parts.collect::<Vec<_>>().join(", ")
    }
}
