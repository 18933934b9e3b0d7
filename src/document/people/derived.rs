//! How a number came about, in sentences: its steps as equations.

use std::collections::BTreeSet;

use super::cells::Subject;
use super::words::Word;
use crate::assess::{FactReference, Formula, Input, Step, StepSource, StepValue};
use crate::number::{Ratio, Unit};
use crate::plan::Plan;

/// How many facts and terms are told one by one.
pub(super) const MOST_TOLD: usize = 12;

/// How many terms of a sum are told within a quotient.
const FEW: usize = 4;

/// The steps of an assessment in words.
pub(super) struct Derived<'c> {
    pub(super) subject: Subject<'c>,
    pub(super) plan: &'c Plan,
}

impl<'c> Derived<'c> {
    pub(super) fn steps(&self) -> &'c [Step] {
        &self.subject.assessment.steps
    }

    pub(super) fn fill(&self, word: Word, values: &[&str]) -> String {
        self.subject.fill(word, values)
    }

    /// The steps that the results published as `of` rest on.
    pub(super) fn leading_to(&self, of: &[&str]) -> BTreeSet<usize> {
        self.behind(|_, step| step.of.as_ref().is_some_and(|name| of.contains(&&**name)))
    }

    /// Some steps with all that they rest on.
    pub(super) fn behind(&self, is_asked: impl Fn(usize, &Step) -> bool) -> BTreeSet<usize> {
        let mut needed = BTreeSet::new();
        let steps = self.steps().iter().enumerate();
        let mut open: Vec<usize> = steps.filter(|(place, step)| is_asked(*place, step)).map(|(place, _)| place).collect();
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

    /// The step that an input came from.
    pub(super) fn made_by(&self, input: &Input) -> Option<&'c Step> {
        let StepSource::Step(number) = input.source else { return None };
        number.checked_sub(1).and_then(|place| self.steps().get(place))
    }

    /// A value without its unit.
    pub(super) fn plain(&self, value: &StepValue) -> String {
        match value {
            StepValue::Day(day) => self.subject.numbers.day(*day),
            StepValue::Word(word) => (*word).to_owned(),
            number => number.number().map(|number| self.subject.numbers.never_zero(&number)).unwrap_or_default(),
        }
    }

    /// The steps to the actual, the threshold, the verdict, the gap and the pace, each as an equation.
    pub(super) fn sentences(&self) -> Vec<String> {
        let asked = [
            "actual.value",
            "actual.on",
            "baseline.value",
            "threshold.value",
            "variance",
            "shortfall",
            "cases.short_by",
            "cases.needed_of_remaining",
            "cases.feasibility",
            "remainder.required_average",
            "path.expected",
            "progress",
            "path.pace",
        ];
        let is_asked = |_, step: &Step| {
            step.formula.is_verdict()
                || step.formula == Formula::LeftByPhase
                || step.of.as_ref().is_some_and(|name| asked.contains(&&**name))
        };
        let needed = self.behind(is_asked);
        let mut sentences = self.of_units();
        // The steps of each unit have been told with it.
        let first = self.steps().iter().position(|step| step.formula == Formula::UnitsHolding).unwrap_or(0);
        let told = needed.into_iter().filter(|place| *place >= first);
        let told = told.filter_map(|place| self.sentence(place, self.steps().get(place)?));
        for sentence in told.chain(self.only_rises()) {
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        sentences
    }

    fn sentence(&self, place: usize, step: &Step) -> Option<String> {
        let n = |name: &str| number(step, name);
        let result = step.result.number();
        match step.formula {
            Formula::Sum => self.sum(step),
            Formula::Share | Formula::Ratio | Formula::Survey | Formula::Mean | Formula::OnTime | Formula::WeightedMean => {
                Some(self.equation(place, step, &self.quotient(step)?))
            }
            Formula::RelativeChange => {
                let percent = self.subject.numbers.exact_with_unit(&n("percent")?, &Unit::from("percent"));
                let part = self.fill(Word::PartOf, &[&percent, &self.short(&n("baseline")?)]);
                Some(format!("{part} = {}", self.difference(&result?)))
            }
            Formula::ReduceBy => Some(self.threshold(&n("baseline")?, "−", &n("change")?, &result?)),
            Formula::IncreaseBy => Some(self.threshold(&n("baseline")?, "+", &n("change")?, &result?)),
            Formula::RoundHalfUp | Formula::RoundHalfEven if n("value") != result => self.rounded(step),
            formula if formula.is_verdict() => self.meets(step),
            Formula::Variance if !result.as_ref()?.is_zero() => {
                let (a, t) = (n("actual")?, n("threshold")?);
                let (a, t) = (self.beside(&a), self.exact(&t));
                Some(self.fill(Word::DifferenceIs, &[&a, &t, &self.signed(&result?)]))
            }
            Formula::ShortBy => self.short_by(step),
            Formula::Remaining | Formula::RemainingOnTime => self.remaining(step),
            Formula::NeededOfRemaining => self.needed_of_all(step),
            Formula::LostWithoutOutlook => self.lost_by_failures(step),
            Formula::Progress => {
                let [a, b, t] = [n("actual")?, n("baseline")?, n("threshold")?];
                let progress = self.subject.numbers.percentage(&result?);
                Some(self.fill(Word::WayDone, &[&self.beside(&a), &self.short(&b), &self.short(&t), &progress]))
            }
            Formula::PlannedProgress => self.planned(step),
            Formula::Pace | Formula::PaceOfAmount => self.pace(step),
            Formula::PathLinear | Formula::PathCompound => self.path(step),
            Formula::ShareByPhases => self.by_phases(step),
            Formula::LeftByPhase => {
                let label = step.of.as_deref()?.strip_prefix("remainder.by_phase.")?;
                let [share, all] = [n("share")?, n("all")?].map(|share| self.subject.numbers.percentage(&share));
                Some(self.fill(
                    Word::PhaseMustBring,
                    &[label, &self.difference(&n("amount")?), &share, &all, &self.difference(&result?)],
                ))
            }
            Formula::ProRata => self.pro_rata(step),
            Formula::DayReached => Some(self.fill(Word::ReachedOnDay, &[&self.plain(&step.result)])),
            Formula::DaysLate => self.days_late(step),
            Formula::UnitsHolding => {
                let (holding, all) = (self.count(&result?), self.count(&Ratio::from(step.inputs.len())));
                Some(self.fill(Word::UnitsHold, &[&holding, &all]))
            }
            _ => None,
        }
    }

    /// What stands before the `=` of a quotient: `39 of 84`.
    pub(super) fn quotient(&self, step: &Step) -> Option<String> {
        let input = |name: &str| step.inputs.iter().find(|input| input.name == name);
        match step.formula {
            Formula::Share | Formula::Ratio | Formula::Survey => {
                let (over, under) = (step.inputs.first()?, step.inputs.get(1)?);
                Some(self.fill(Word::OutOf, &[&self.counted(step, over)?, &self.counted(step, under)?]))
            }
            Formula::Mean => {
                Some(format!("{} / {}", self.counted(step, input("total")?)?, self.counted(step, input("weight")?)?))
            }
            Formula::OnTime => {
                let in_time = number(step, "in_time")?;
                let decided = &(&in_time + &number(step, "late")?) + &number(step, "overdue")?;
                Some(self.fill(Word::OfDecided, &[&self.count(&in_time), &self.count(&decided)]))
            }
            Formula::WeightedMean => {
                let pairs: Option<Vec<(Ratio, Ratio)>> = step
                    .inputs
                    .chunks_exact(2)
                    .map(|pair| Some((pair.first()?.value.number()?, pair.get(1)?.value.number()?)))
                    .collect();
                let pairs = pairs?;
                if pairs.len() > MOST_TOLD {
                    return Some(self.fill(Word::WeightedOver, &[&self.count(&Ratio::from(pairs.len()))]));
                }
                let term = |(value, weight): &(Ratio, Ratio)| format!("{} × {}", self.short(value), self.count(weight));
                let terms = pairs.iter().map(term).collect::<Vec<_>>().join(" + ");
                let all = Ratio::sum(pairs.iter().map(|(_, weight)| weight));
                Some(format!("({terms}) / {}", self.count(&all)))
            }
            _ => None,
        }
    }

    /// A count of a quotient; the terms of a sum that is told nowhere else, where they are few.
    fn counted(&self, step: &Step, input: &Input) -> Option<String> {
        let value = self.count(&input.value.number()?);
        let is_told = step.of.as_deref() == Some("actual.value");
        let Some(sum) = self.made_by(input).filter(|made| !is_told && made.formula == Formula::Sum) else { return Some(value) };
        let terms: Option<Vec<String>> = sum.inputs.iter().map(|term| Some(self.count(&term.value.number()?))).collect();
        let terms = terms.filter(|terms| (2..=FEW).contains(&terms.len()));
        Some(terms.map_or(value, |terms| format!("({})", terms.join(" + "))))
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

    fn equation(&self, place: usize, step: &Step, left: &str) -> String {
        let right = step.result.number().map(|value| self.beside(&value)).unwrap_or_default();
        let equation = format!("{left} = {right}");
        match step.of.as_deref() {
            Some("baseline.value") => self.fill(Word::BaselineIs, &[&equation]),
            Some(_) => self.fill(Word::ActualIs, &[&equation]),
            // On the way to another: it is known by the facts that it is of.
            None => {
                let behind = self.behind(|other, _| other == place);
                let inputs = behind.iter().filter_map(|place| self.steps().get(*place)).flat_map(|step| &step.inputs);
                let fact = inputs.into_iter().find_map(|input| match &input.source {
                    StepSource::Fact(fact, _) => Some(fact),
                    _ => None,
                });
                let name = fact.map(|fact: &FactReference| self.name(fact)).unwrap_or_default();
                self.fill(Word::Reported, &[&name, &equation])
            }
        }
    }

    fn threshold(&self, baseline: &Ratio, sign: &str, change: &Ratio, threshold: &Ratio) -> String {
        let equation = format!("{} {sign} {} = {}", self.short(baseline), self.difference(change), self.exact(threshold));
        self.fill(Word::ThresholdIs, &[&equation])
    }

    fn path(&self, step: &Step) -> Option<String> {
        let [from_on, to_on, on] = ["from_on", "to_on", "on"].map(|name| value(step, name).map(|day| self.plain(day)));
        let (from, to) = (number(step, "from")?, number(step, "to")?);
        let expected = match self.subject.actual_and_expected() {
            Some([_, expected]) if step.of.is_some() => expected,
            _ => self.beside(&step.result.number()?),
        };
        Some(self.fill(Word::PathRuns, &[&self.short(&from), &from_on?, &self.short(&to), &to_on?, &on?, &expected]))
    }

    pub(super) fn count(&self, count: &Ratio) -> String {
        self.subject.numbers.exact(count)
    }

    /// A number that decides, exactly; of so many units their number.
    pub(super) fn exact(&self, value: &Ratio) -> String {
        if self.subject.units_needed().is_some() { self.count(value) } else { self.subject.exact(value) }
    }

    /// A number that only leads to another: exact where it ends, else rounded.
    pub(super) fn short(&self, value: &Ratio) -> String {
        self.subject.value(value, None)
    }

    /// A value beside what decides about it; the actual as it is shown everywhere else.
    pub(super) fn beside(&self, value: &Ratio) -> String {
        if self.subject.units_needed().is_some() {
            return self.count(value);
        }
        if self.subject.assessment.actual.value.as_ref() == Ok(value) {
            return self.subject.shown(value);
        }
        self.subject.value(value, self.subject.assessment.threshold.bound.as_ref().ok())
    }

    pub(super) fn difference(&self, size: &Ratio) -> String {
        self.subject.difference(size)
    }

    fn signed(&self, difference: &Ratio) -> String {
        let sign = if difference.is_negative() { "-" } else { "" };
        format!("{sign}{}", self.difference(&difference.abs()))
    }
}

pub(super) fn value<'s>(step: &'s Step, name: &str) -> Option<&'s StepValue> {
    step.inputs.iter().find(|input| input.name == name).map(|input| &input.value)
}

pub(super) fn number(step: &Step, name: &str) -> Option<Ratio> {
    value(step, name).and_then(StepValue::number)
}
