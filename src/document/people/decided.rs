//! What decided, in sentences: the comparison, the cases to come, the pace, the day, and how each of several units stands.

use super::derived::{Derived, number, value};
use super::notes::unit_name;
use super::numbers::Places;
use super::words::Word;
use crate::assess::{Bound, Counts, Formula, Input, Side, Status, Step, StepSource, StepValue};
use crate::number::{Ratio, Unit};
use crate::plan::Kind;

impl Derived<'_> {
    fn status(&self) -> Status {
        self.subject.assessment.status
    }

    /// The comparison that decides, with the signs of the requirement.
    pub(super) fn meets(&self, step: &Step) -> Option<String> {
        let bound = self.subject.assessment.threshold.bound.as_ref().ok()?;
        let actual = number(step, "actual")?;
        // Where rounding came first, what was compared is not what was reached.
        let is_rounded = step.inputs.iter().any(|input| self.is_rounded(input));
        let shown = if is_rounded { self.exact(&actual) } else { self.beside(&actual) };
        Some(self.fill(holds(step), &[&shown, &self.with_tolerance(step, self.subject.symbols(bound))]))
    }

    /// A number and what it is rounded to, on its own side of the middle between two rounded ones.
    pub(super) fn rounded(&self, step: &Step) -> Option<String> {
        let (value, rounded) = (number(step, "value")?, step.result.number()?);
        let scale = self.subject.target.compare_rounded?.scale;
        let tenth = Ratio::new(1, 10)?;
        let half = (0..scale).fold(Ratio::new(1, 2)?, |half, _| half * &tenth);
        let mut deciding = self.subject.deciding(self.subject.assessment.threshold.bound.as_ref().ok());
        deciding.extend([&rounded - &half, &rounded + &half]);
        let shown = self.subject.numbers.beside(&value, &deciding);
        Some(self.fill(Word::RoundedTo, &[&shown, &self.exact(&rounded)]))
    }

    fn with_tolerance(&self, step: &Step, required: String) -> String {
        match number(step, "tolerance").filter(|tolerance| !tolerance.is_zero()) {
            Some(tolerance) => format!("{required} ({})", self.fill(Word::WithTolerance, &[&self.difference(&tolerance)])),
            None => required,
        }
    }

    fn is_rounded(&self, input: &Input) -> bool {
        self.made_by(input).is_some_and(|step| matches!(step.formula, Formula::RoundHalfUp | Formula::RoundHalfEven))
    }

    /// `Of 84 cases at least 42 …; there are 39`
    pub(super) fn short_by(&self, step: &Step) -> Option<String> {
        let (counted, whole) = (number(step, "counted")?, number(step, "whole")?);
        let cases = self.subject.assessment.cases.as_ref().ok()?;
        // Of nothing nothing is needed.
        if whole.is_zero() {
            return None;
        }
        let needed = &counted - &cases.allowance;
        let is_part = cases.counts == Counts::Part;
        let word = if is_part { Word::CasesNeeded } else { Word::CasesNeededOutside };
        let told = self.fill(word, &[&self.subject.numbers.cases(&whole), &self.count(&needed), &self.count(&counted)]);
        let short = self.subject.numbers.cases(&cases.short_by);
        let word = if is_part { Word::Short } else { Word::Over };
        Some(if cases.short_by.is_zero() { told } else { format!("{told}: {}", self.fill(word, &[&short])) })
    }

    /// Whether what is still to come has a say.
    fn is_open(&self) -> bool {
        self.subject.assessment.row >= 6
    }

    /// How many are expected in all, by whom, and how many of them are still to come.
    pub(super) fn remaining(&self, step: &Step) -> Option<String> {
        let expected = step.inputs.iter().find(|input| input.name == "expected").filter(|_| self.is_open())?;
        let whence = match expected.source {
            StepSource::Clause(..) => Word::ByThePlan,
            _ => Word::ByExpectedFacts,
        };
        let [all, whole, left] = [expected.value.number()?, number(step, "whole")?, step.result.number()?];
        let [all, whole, rest] = [&all, &whole, &left].map(|count| self.count(count));
        let mut told = self.fill(Word::ExpectedWhole, &[&all, self.subject.say(whence), &whole, &rest]);
        if let Some(not_due) = number(step, "not_due").filter(|not_due| *not_due == left) {
            told = format!("{told} ({})", self.fill(Word::NotDue, &[&self.count(&not_due)]));
        }
        Some(told)
    }

    /// How many of all are needed, and why that is sure or out of reach.
    pub(super) fn needed_of_all(&self, step: &Step) -> Option<String> {
        let cases = self.subject.assessment.cases.as_ref().ok().filter(|_| self.is_open())?;
        let (counted, whole) = (number(step, "counted")?, number(step, "whole")?);
        let (needed, remaining) = (step.result.number()?, number(step, "remaining")?);
        let all = self.subject.numbers.cases(&(&whole + &remaining));
        let is_part = cases.counts == Counts::Part;
        let word = if is_part { Word::WholeNeeds } else { Word::WholeNeedsOutside };
        let least = cases.needed_of_all().ok()?;
        let told = self.fill(word, &[&all, &self.count(&least), &self.count(&counted)]);
        let why = match self.status() {
            Status::Secured if needed.is_zero() => self.subject.say(Word::EnoughAlready).to_owned(),
            Status::Lost if needed > remaining => {
                self.fill(Word::MoreThanIsLeft, &[&self.count(&needed), &self.count(&remaining)])
            }
            _ => return Some(told),
        };
        Some(format!("{told}; {why}"))
    }

    /// Where all have to succeed: how many have not.
    pub(super) fn lost_by_failures(&self, step: &Step) -> Option<String> {
        let share = number(step, "share").filter(|share| *share == Ratio::ONE && self.status() == Status::Lost)?;
        let failed = &share * &number(step, "whole")? - number(step, "counted")?;
        let cases = self.subject.assessment.cases.as_ref().ok()?;
        let word = if cases.counts == Counts::Part { Word::AllHaveTo } else { Word::NoneMay };
        Some(self.fill(word, &[&self.subject.numbers.cases(&failed)]))
    }

    /// That a sum can only grow, where that is what makes the end sure.
    pub(super) fn only_rises(&self) -> Option<String> {
        let of = self.subject.assessment;
        if self.subject.indicator.kind() != Kind::Flow || self.subject.units_needed().is_some() {
            return None;
        }
        let (actual, variance) = (of.actual.value.as_ref().ok()?, of.variance.as_ref().ok()?);
        let word = match of.status {
            Status::Lost if !variance.is_negative() => Word::SumIsBeyond,
            Status::Secured if !variance.is_negative() => Word::SumIsThere,
            _ => return None,
        };
        Some(self.fill(word, &[&self.beside(actual), &self.subject.symbols(of.threshold.bound.as_ref().ok()?)]))
    }

    fn is_by_pace(&self) -> bool {
        matches!(self.status(), Status::OnTrack | Status::AtRisk | Status::OffTrack)
    }

    /// How much of the way should be done by now.
    pub(super) fn planned(&self, step: &Step) -> Option<String> {
        let [expected, baseline, threshold] = [number(step, "expected")?, number(step, "baseline")?, number(step, "threshold")?];
        let expected = match self.subject.actual_and_expected() {
            Some([_, expected]) => expected,
            None => self.beside(&expected),
        };
        let planned = self.subject.numbers.percentage(&step.result.number()?);
        let [baseline, threshold] = [&baseline, &threshold].map(|value| self.short(value));
        self.is_by_pace().then(|| self.fill(Word::WayPlanned, &[&expected, &baseline, &threshold, &planned]))
    }

    /// The pace, and what the plan's bands make of it.
    pub(super) fn pace(&self, step: &Step) -> Option<String> {
        let pace = step.result.number().filter(|_| self.is_by_pace())?;
        let left = if step.formula == Formula::PaceOfAmount {
            let [actual, expected] = self.subject.actual_and_expected()?;
            format!("{actual} / {expected}")
        } else {
            let hundred = Ratio::from(100);
            let shares = [number(step, "progress")? * &hundred, number(step, "planned_progress")? * &hundred];
            let written = self.subject.numbers.apart(Places::OF_FIGURES, shares.each_ref(), &[Ratio::ZERO, hundred]);
            let percent = Unit::from("percent");
            let [over, under] = shares;
            let [written_over, written_under] = written;
            let over = self.subject.numbers.with_unit(&written_over, &over, &percent);
            format!("{over} / {}", self.subject.numbers.with_unit(&written_under, &under, &percent))
        };
        let bands = self.plan.pace_bands();
        let [on_track, at_risk] = [bands.on_track, bands.at_risk].map(Ratio::from);
        let word = match self.status() {
            Status::OnTrack if pace >= on_track => Some(Word::BandOnTrack),
            Status::AtRisk if pace < on_track && pace >= at_risk => Some(Word::BandAtRisk),
            Status::OffTrack if pace < at_risk => Some(Word::BandOffTrack),
            _ => None,
        };
        let shown = self.subject.numbers.beside(&pace, &[on_track.clone(), at_risk.clone(), Ratio::ZERO, Ratio::ONE]);
        let told = self.fill(Word::PaceIs, &[&left, &shown]);
        let status = self.status().in_words(self.subject.language());
        let of_band = word.map(|word| self.fill(word, &[&self.count(&on_track), &self.count(&at_risk), status]));
        Some([Some(told), of_band].into_iter().flatten().collect::<Vec<_>>().join("; "))
    }

    /// Which part of the whole period's amount should be there by now.
    pub(super) fn pro_rata(&self, step: &Step) -> Option<String> {
        let by = step.inputs.iter().find(|input| input.name == "share").and_then(|input| self.made_by(input));
        let is_by_phases = by.is_some_and(|step| step.formula == Formula::ShareByPhases);
        let word = if is_by_phases { Word::ProRataByPhases } else { Word::ProRataIs };
        let share = self.subject.numbers.percentage(&number(step, "share")?);
        let expected = match self.subject.actual_and_expected() {
            Some([_, expected]) => expected,
            None => self.beside(&step.result.number()?),
        };
        Some(self.fill(word, &[&share, &self.exact(&number(step, "value")?), &expected]))
    }

    /// How the day on which a thing was done stands to the day on which it was due.
    pub(super) fn days_late(&self, step: &Step) -> Option<String> {
        let is_done = step.inputs.iter().any(|input| input.name == "day" && matches!(input.source, StepSource::Step(_)));
        let (StepValue::Day(day), StepValue::Day(due)) = (value(step, "day")?, value(step, "due")?) else { return None };
        let early = Ratio::from(due.signed_duration_since(*day).num_days());
        let late = step.result.number()?;
        let days = |size: &Ratio| self.subject.numbers.exact_with_unit(size, &Unit::from("days"));
        let [day, due] = [day, due].map(|day| self.subject.numbers.day(*day));
        match (is_done, late.is_zero()) {
            (true, true) if early.is_zero() => Some(self.fill(Word::DoneOnTheDay, &[&due])),
            (true, true) => Some(self.fill(Word::DoneBefore, &[&due, &days(&early)])),
            (true, false) => Some(self.fill(Word::LateBy, &[&day, &due, &days(&late)])),
            // As long as it is not known to be undone, nothing is late.
            (false, false) if self.status() == Status::Missed => Some(self.fill(Word::UndoneBy, &[&day, &due, &days(&late)])),
            (false, _) => None,
        }
    }

    /// How each of several units came to its value, and whether its own requirement holds.
    pub(super) fn of_units(&self) -> Vec<String> {
        let units = &self.subject.assessment.units;
        let places = self.steps().iter().enumerate();
        let values: Vec<(usize, usize)> = places
            .filter_map(|(place, step)| {
                let unit = step.of.as_deref()?.strip_prefix("units.")?.strip_suffix(".value")?.parse().ok()?;
                Some((unit, place))
            })
            .collect();
        let first = |place: usize| self.behind(|other, _| other == place).first().copied().unwrap_or(place);
        let end = self.steps().iter().position(|step| step.formula == Formula::UnitsHolding).unwrap_or(self.steps().len());
        let mut told = Vec::new();
        for (nth, (unit, place)) in values.iter().enumerate() {
            let until = values.get(nth.saturating_add(1)).map_or(end, |(_, next)| first(*next));
            let own = self.steps().get(*place..until).unwrap_or_default();
            let name = units.get(*unit).map(|unit| unit_name(self.subject.numbers, self.plan, &unit.unit)).unwrap_or_default();
            if let Some(sentence) = self.of_unit(own) {
                told.push(self.fill(Word::Reported, &[&name, &sentence]));
            }
        }
        told
    }

    /// From the step of the value of a unit on: `70 of 300 = 23.33 %, required ≥ 70 %: not met`.
    fn of_unit(&self, own: &[Step]) -> Option<String> {
        let value = own.first()?;
        if let Some(late) = own.iter().find(|step| step.formula == Formula::DaysLate) {
            return self.days_late(late);
        }
        let verdict = own.iter().find(|step| step.formula.is_verdict())?;
        let bound = required(verdict)?;
        let shown = |value: &Ratio| self.subject.value(value, Some(&bound));
        let reached = shown(&value.result.number()?);
        let reached = self.quotient(value).map_or(reached.clone(), |left| format!("{left} = {reached}"));
        let actual = verdict.inputs.iter().find(|input| input.name == "actual")?;
        let rounded =
            self.made_by(actual).filter(|_| self.is_rounded(actual)).filter(|made| number(made, "value") != made.result.number());
        let rounded = rounded.and_then(|made| made.result.number());
        let reached = match rounded {
            Some(rounded) => format!("{reached} ≈ {}", self.subject.exact(&rounded)),
            None => reached,
        };
        let word = if verdict.result == StepValue::Word("met") { Word::UnitHolds } else { Word::UnitHoldsNot };
        Some(self.fill(word, &[&reached, &self.with_tolerance(verdict, self.subject.symbols(&bound))]))
    }
}

fn holds(step: &Step) -> Word {
    if step.result == StepValue::Word("met") { Word::Holds } else { Word::HoldsNot }
}

/// What a comparison asked for.
fn required(verdict: &Step) -> Option<Bound> {
    let side = match verdict.formula {
        Formula::MeetsAtLeast => Side::AtLeast,
        Formula::MeetsAtMost => Side::AtMost,
        Formula::MeetsAbove => Side::Above,
        Formula::MeetsBelow => Side::Below,
        Formula::MeetsExactly => return Some(Bound::Exactly(number(verdict, "threshold")?)),
        _ => return Some(Bound::Between(number(verdict, "low")?, number(verdict, "high")?)),
    };
    Some(Bound::OneSided(side, number(verdict, "threshold")?))
}
