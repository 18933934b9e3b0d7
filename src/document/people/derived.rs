//! How a number came about, in sentences: the facts behind it with who reported them and when, and its steps.

use std::collections::BTreeSet;

use super::cells::Subject;
use super::notes::unit_name;
use super::words::Word;
use crate::assess::{FactReference, Formula, Input, Step, StepSource, StepValue};
use crate::number::{Ratio, Unit};
use crate::plan::Plan;

/// How many facts and terms are told one by one.
const MOST_TOLD: usize = 12;

/// The steps of an assessment in words.
pub(super) struct Derived<'c> {
    pub(super) subject: Subject<'c>,
    pub(super) plan: &'c Plan,
}

/// A fact with what it says in its columns.
struct Told<'s> {
    fact: &'s FactReference,
    columns: Vec<(&'static str, &'s StepValue)>,
}

impl<'c> Derived<'c> {
    fn steps(&self) -> &'c [Step] {
        &self.subject.assessment.steps
    }

    fn fill(&self, word: Word, values: &[&str]) -> String {
        self.subject.fill(word, values)
    }

    /// The steps that the results published as `of` rest on.
    fn leading_to(&self, of: &[&str]) -> BTreeSet<usize> {
        let mut needed = BTreeSet::new();
        let is_asked = |step: &Step| step.of.as_ref().is_some_and(|name| of.contains(&&**name));
        let mut open: Vec<usize> =
            (0..self.steps().len()).filter(|place| self.steps().get(*place).is_some_and(is_asked)).collect();
        while let Some(place) = open.pop() {
            let inputs = self.steps().get(place).map(|step| step.inputs.as_slice()).unwrap_or_default();
            if needed.insert(place) {
                open.extend(inputs.iter().filter_map(|input| match input.source {
                    StepSource::Step(number) => number.checked_sub(1),
                    _ => None,
                }));
            }
        }
        needed
    }

    /// The facts behind the actual, then those of the baseline, each once and in the order in which they were used.
    pub(super) fn facts(&self) -> Vec<String> {
        let actual = self.told(&[
            "actual.value",
            "actual.on",
            "actual.not_due",
            "actual.whole",
            "actual.denominator",
            "actual.weight",
            "actual.valid",
        ]);
        let mut told: Vec<String> = actual.iter().map(|told| self.fact(told, Word::Reported)).collect();
        let is_new = |told: &Told<'_>| !actual.iter().any(|other| other.fact == told.fact);
        let baseline = self.told(&["baseline.value"]);
        let more = baseline.iter().filter(|told| is_new(told)).map(|told| self.fact(told, Word::ReportedAsBaseline));
        let beyond = told.len().saturating_sub(MOST_TOLD);
        if beyond > 0 {
            told.truncate(MOST_TOLD);
            told.push(self.fill(Word::AndMoreReports, &[&self.subject.numbers.exact(&Ratio::from(beyond))]));
        }
        told.extend(more.take(MOST_TOLD));
        told
    }

    fn told(&self, of: &[&str]) -> Vec<Told<'c>> {
        let mut all: Vec<Told<'c>> = Vec::new();
        for place in self.leading_to(of) {
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
        let numbers = self.subject.numbers;
        let mut name = numbers.period(&told.fact.period);
        if told.fact.indicator != self.subject.assessment.places.indicator {
            let about = self.plan.indicators().get(told.fact.indicator);
            name = format!(
                "{}, {name}",
                about.map(|about| about.name().get(numbers.language).unwrap_or(about.id())).unwrap_or_default()
            );
        }
        if told.fact.unit != self.subject.assessment.places.unit {
            let unit = self.plan.units().get(told.fact.unit).map(|unit| unit_name(numbers, self.plan, unit.id()));
            name = format!("{}, {name}", unit.unwrap_or_default());
        }
        let recorded = told.fact.recorded_on.map(|day| self.fill(Word::RecordedOn, &[&numbers.day(day)]));
        let source = told.fact.source.as_deref().map(|source| self.fill(Word::SourceOf, &[source]));
        let whence: Vec<String> = [recorded, source].into_iter().flatten().collect();
        let said = self.fill(word, &[&name, &self.figures(told)]);
        if whence.is_empty() { said } else { format!("{said} ({})", whence.join("; ")) }
    }

    fn figures(&self, told: &Told<'_>) -> String {
        let of = |names: &[&str]| told.columns.iter().find(|(name, _)| names.contains(name)).map(|(_, value)| self.plain(value));
        if let Some(day) = of(&["done_on"]) {
            return self.fill(Word::Done, &[&day]);
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

    /// A value without its unit.
    fn plain(&self, value: &StepValue) -> String {
        match value {
            StepValue::Day(day) => self.subject.numbers.day(*day),
            StepValue::Word(word) => (*word).to_owned(),
            number => number.number().map(|number| self.subject.numbers.never_zero(&number)).unwrap_or_default(),
        }
    }

    /// The steps to the actual, the threshold, the verdict and the gap, each as an equation.
    pub(super) fn sentences(&self) -> Vec<String> {
        let asked = [
            "actual.value",
            "actual.on",
            "baseline.value",
            "threshold.value",
            "variance",
            "shortfall",
            "cases.short_by",
            "path.expected",
            "progress",
        ];
        let needed = self.leading_to(&asked);
        let verdict = |step: &Step| {
            use Formula::{MeetsAbove, MeetsAtLeast, MeetsAtMost, MeetsBelow, MeetsBetween, MeetsExactly};
            matches!(step.formula, MeetsAbove | MeetsAtLeast | MeetsAtMost | MeetsBelow | MeetsBetween | MeetsExactly)
        };
        let steps = self.steps().iter().enumerate();
        let told = steps.filter(|(place, step)| needed.contains(place) || verdict(step) || step.formula == Formula::LeftByPhase);
        let mut sentences: Vec<String> = Vec::new();
        for sentence in told.filter_map(|(_, step)| self.sentence(step)) {
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        sentences
    }

    fn sentence(&self, step: &Step) -> Option<String> {
        let n = |name: &str| number(step, name);
        let result = step.result.number();
        match step.formula {
            Formula::Sum => self.sum(step),
            Formula::Share | Formula::Ratio | Formula::Survey => {
                let (over, under) = (step.inputs.first()?.value.number()?, step.inputs.get(1)?.value.number()?);
                Some(self.equation(step, &self.fill(Word::OutOf, &[&self.count(&over), &self.count(&under)])))
            }
            Formula::Mean => Some(self.equation(step, &format!("{} / {}", self.count(&n("total")?), self.count(&n("weight")?)))),
            Formula::OnTime => {
                let decided = &(&n("in_time")? + &n("late")?) + &n("overdue")?;
                Some(self.equation(step, &self.fill(Word::OfDecided, &[&self.count(&n("in_time")?), &self.count(&decided)])))
            }
            Formula::WeightedMean => {
                let count = Ratio::from(step.inputs.len() / 2);
                Some(self.equation(step, &self.fill(Word::WeightedOver, &[&self.count(&count)])))
            }
            Formula::RelativeChange => {
                let percent = self.subject.numbers.exact_with_unit(&n("percent")?, &Unit::from("percent"));
                let part = self.fill(Word::PartOf, &[&percent, &self.subject.exact(&n("baseline")?)]);
                Some(format!("{part} = {}", self.difference(&result?)))
            }
            Formula::ReduceBy => Some(self.threshold(&n("baseline")?, "−", &n("change")?, &result?)),
            Formula::IncreaseBy => Some(self.threshold(&n("baseline")?, "+", &n("change")?, &result?)),
            Formula::RoundHalfUp | Formula::RoundHalfEven => {
                let shown = self.subject.numbers.exact(&n("value")?);
                Some(self.fill(Word::RoundedTo, &[&shown, &self.subject.exact(&result?)]))
            }
            Formula::MeetsAtLeast | Formula::MeetsAtMost | Formula::MeetsAbove | Formula::MeetsBelow => self.meets(step),
            Formula::MeetsExactly | Formula::MeetsBetween => self.meets(step),
            Formula::Variance if !result.as_ref()?.is_zero() => {
                let (a, t) = (n("actual")?, n("threshold")?);
                let (a, t) = (self.beside(&a), self.exact(&t));
                Some(self.fill(Word::DifferenceIs, &[&a, &t, &self.signed(&result?)]))
            }
            Formula::ShortBy => self.short_by(step),
            Formula::Progress => {
                let [a, b, t] = [n("actual")?, n("baseline")?, n("threshold")?];
                let progress = self.subject.numbers.percentage(&result?);
                Some(self.fill(Word::WayDone, &[&self.beside(&a), &self.exact(&b), &self.exact(&t), &progress]))
            }
            Formula::PathLinear => self.path(step),
            Formula::PathCompound => self.path(step),
            Formula::ShareByPhases => self.by_phases(step),
            Formula::LeftByPhase => {
                let label = step.of.as_deref()?.strip_prefix("remainder.by_phase.")?;
                let [share, all] = [n("share")?, n("all")?].map(|share| self.subject.numbers.percentage(&share));
                Some(self.fill(
                    Word::PhaseMustBring,
                    &[label, &self.difference(&n("amount")?), &share, &all, &self.difference(&result?)],
                ))
            }
            Formula::ProRata => {
                let share = self.subject.numbers.percentage(&n("share")?);
                let whole = self.beside(&n("value")?);
                Some(self.fill(Word::ProRataIs, &[&share, &whole, &self.beside(&result?)]))
            }
            Formula::DayReached => Some(self.fill(Word::ReachedOnDay, &[&self.plain(&step.result)])),
            Formula::DaysLate => {
                let (day, due) = (value(step, "day")?, value(step, "due")?);
                let late = self.subject.numbers.exact_with_unit(&result?, &Unit::from("days"));
                Some(self.fill(Word::LateBy, &[&self.plain(day), &self.plain(due), &late]))
            }
            Formula::UnitsHolding => {
                let (holding, all) = (self.count(&result?), self.count(&Ratio::from(step.inputs.len())));
                Some(self.fill(Word::UnitsHold, &[&holding, &all]))
            }
            _ => None,
        }
    }

    /// `20 + 19 = 39`, where the terms are few.
    fn sum(&self, step: &Step) -> Option<String> {
        let name = match step.of.as_deref()?.strip_prefix("actual.")? {
            "part" => Word::ColumnPart,
            "whole" => Word::ColumnWhole,
            "in_time" => Word::ColumnInTime,
            "late" => Word::ColumnLate,
            "numerator" | "total" | "positive" => Word::ColumnAbove,
            "denominator" | "weight" | "valid" => Word::ColumnBelow,
            "value" => Word::ColumnValue,
            _ => return None,
        };
        let total = step.result.number()?;
        let is_value = step.of.as_deref() == Some("actual.value");
        let total = if is_value { self.beside(&total) } else { self.count(&total) };
        let terms: Option<Vec<Ratio>> = step.inputs.iter().map(|input| input.value.number()).collect();
        let terms = terms.filter(|terms| terms.len() > 1)?;
        let sum = if terms.len() <= MOST_TOLD {
            terms.iter().map(|term| self.count(term)).collect::<Vec<_>>().join(" + ")
        } else {
            self.fill(Word::SumOf, &[&self.count(&Ratio::from(terms.len()))])
        };
        Some(format!("{}: {sum} = {total}", self.subject.say(name)))
    }

    /// `10 % × 90/90 + 20 % × 30/91 = 16.59 %`, of the phases of which something is reported.
    fn by_phases(&self, step: &Step) -> Option<String> {
        let term = |place: usize| {
            let part = |name: &str| number(step, &format!("{name} {place}"));
            Some((part("phase")?, part("covered")?, part("days")?))
        };
        let reported = (1..).map_while(term).filter(|(_, covered, _)| !covered.is_zero());
        let percent = |share: &Ratio| self.subject.numbers.percentage(share);
        let said = |(phase, covered, days): (Ratio, Ratio, Ratio)| {
            format!("{} × {}/{}", percent(&phase), self.count(&covered), self.count(&days))
        };
        let terms: Vec<String> = reported.map(said).collect();
        let is_told = (1..=MOST_TOLD).contains(&terms.len());
        is_told.then(|| Some(self.fill(Word::ByPhases, &[&terms.join(" + "), &percent(&step.result.number()?)])))?
    }

    fn equation(&self, step: &Step, left: &str) -> String {
        let right = step.result.number().map(|value| self.beside(&value)).unwrap_or_default();
        let prefix = match step.of.as_deref() {
            Some("baseline.value") => Word::BaselineIs,
            Some(of) if of.ends_with(".value") && of.starts_with("units") => Word::UnitIs,
            _ => Word::ActualIs,
        };
        self.fill(prefix, &[&format!("{left} = {right}")])
    }

    fn threshold(&self, baseline: &Ratio, sign: &str, change: &Ratio, threshold: &Ratio) -> String {
        let equation = format!("{} {sign} {} = {}", self.exact(baseline), self.difference(change), self.exact(threshold));
        self.fill(Word::ThresholdIs, &[&equation])
    }

    /// The comparison that decides, with the signs of the requirement.
    fn meets(&self, step: &Step) -> Option<String> {
        let bound = self.subject.assessment.threshold.bound.as_ref().ok()?;
        let holds = step.result == StepValue::Word("met");
        let word = if holds { Word::Holds } else { Word::HoldsNot };
        // Where rounding came first, what was compared is not what was reached.
        let is_rounded = step.inputs.iter().any(|input| self.is_rounded(input));
        let actual = number(step, "actual")?;
        let shown = if is_rounded { self.exact(&actual) } else { self.beside(&actual) };
        Some(self.fill(word, &[&shown, &self.subject.symbols(bound)]))
    }

    fn is_rounded(&self, input: &Input) -> bool {
        let StepSource::Step(number) = input.source else { return false };
        let step = number.checked_sub(1).and_then(|place| self.steps().get(place));
        step.is_some_and(|step| matches!(step.formula, Formula::RoundHalfUp | Formula::RoundHalfEven))
    }

    /// `Of 84 cases at least 42 …; there are 39`
    fn short_by(&self, step: &Step) -> Option<String> {
        let (counted, whole) = (number(step, "counted")?, number(step, "whole")?);
        let cases = self.subject.assessment.cases.as_ref().ok()?;
        let needed = &counted - &cases.allowance;
        let is_part = cases.counts == crate::assess::Counts::Part;
        let word = if is_part { Word::CasesNeeded } else { Word::CasesNeededOutside };
        let told = self.fill(word, &[&self.subject.numbers.cases(&whole), &self.count(&needed), &self.count(&counted)]);
        let short = self.subject.numbers.cases(&cases.short_by);
        let word = if is_part { Word::Short } else { Word::Over };
        Some(if cases.short_by.is_zero() { told } else { format!("{told}: {}", self.fill(word, &[&short])) })
    }

    fn path(&self, step: &Step) -> Option<String> {
        let [from_on, to_on, on] = ["from_on", "to_on", "on"].map(|name| value(step, name).map(|day| self.plain(day)));
        let (from, to) = (number(step, "from")?, number(step, "to")?);
        let expected = match self.subject.actual_and_expected() {
            Some([_, expected]) if step.of.is_some() => expected,
            _ => self.beside(&step.result.number()?),
        };
        Some(self.fill(Word::PathRuns, &[&self.exact(&from), &from_on?, &self.exact(&to), &to_on?, &on?, &expected]))
    }

    fn count(&self, count: &Ratio) -> String {
        self.subject.numbers.exact(count)
    }

    fn exact(&self, value: &Ratio) -> String {
        self.subject.exact(value)
    }

    /// A value beside what decides about it; the actual as it is shown everywhere else.
    fn beside(&self, value: &Ratio) -> String {
        if self.subject.assessment.actual.value.as_ref() == Ok(value)
            && let Some([actual, _]) = self.subject.actual_and_expected()
        {
            return actual;
        }
        self.subject.value(value, self.subject.assessment.threshold.bound.as_ref().ok())
    }

    fn difference(&self, size: &Ratio) -> String {
        self.subject.difference(size)
    }

    fn signed(&self, difference: &Ratio) -> String {
        let sign = if difference.is_negative() { "−" } else { "" };
        format!("{sign}{}", self.difference(&difference.abs()))
    }
}

fn value<'s>(step: &'s Step, name: &str) -> Option<&'s StepValue> {
    step.inputs.iter().find(|input| input.name == name).map(|input| &input.value)
}

fn number(step: &Step, name: &str) -> Option<Ratio> {
    value(step, name).and_then(StepValue::number)
}
