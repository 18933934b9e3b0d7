//! One assessment in the cells of a row: period, actual, requirement, gap, status.

use super::numbers::{Numbers, TIED};
use super::words::Word;
use crate::assess::{Assessment, Bound, Counts, Reason, Side, Status};
use crate::facts::Measure;
use crate::number::{Ratio, Unit};
use crate::plan::{Better, Change, Indicator, Language, Requirement, Scope, Target};

/// What stands in a cell that has nothing to say.
pub(super) const NOTHING: &str = "–";

/// One assessment with what the plan says of it.
#[derive(Clone, Copy)]
pub(super) struct Subject<'c> {
    pub(super) numbers: Numbers,
    pub(super) assessment: &'c Assessment,
    pub(super) target: &'c Target,
    pub(super) indicator: &'c Indicator,
    /// Another value that the actual is read beside, from which it has to be told apart.
    pub(super) beside: Option<&'c Ratio>,
}

impl Subject<'_> {
    pub(super) fn language(&self) -> Language {
        self.numbers.language
    }

    pub(super) fn say(&self, word: Word) -> &'static str {
        word.text(self.language())
    }

    pub(super) fn fill(&self, word: Word, values: &[&str]) -> String {
        word.fill(self.language(), values)
    }

    /// The number of units that have to hold, where so many of them are promised.
    pub(super) fn units_needed(&self) -> Option<usize> {
        match self.target.scope() {
            Scope::AtLeast(count) => Some(count),
            Scope::Total | Scope::Each => None,
        }
    }

    /// Of a deliverable the number of documents, where one is promised; nothing for other requirements.
    pub(super) fn documents_needed(&self) -> Option<Option<Ratio>> {
        match self.target.requirement() {
            Requirement::Deliver(count) => Some(count.map(Ratio::from)),
            _ => None,
        }
    }

    /// Every number that a shown value must stay on its side of: the thresholds, with the tolerance and without, the natural
    /// bounds, and what it is read beside.
    pub(super) fn deciding(&self, bound: Option<&Bound>) -> Vec<Ratio> {
        let mut deciding = Vec::new();
        if let Some(bound) = bound {
            deciding.extend(bound.thresholds().into_iter().cloned());
            let widened = bound.widened(&Ratio::from(self.target.tolerance()));
            deciding.extend(widened.thresholds().into_iter().cloned());
        }
        let (low, high) = self.indicator.bounds().exact();
        deciding.extend([low, high, Some(Ratio::ZERO), self.beside.cloned()].into_iter().flatten());
        deciding
    }

    /// A value of the indicator beside what decides about it.
    pub(super) fn value(&self, value: &Ratio, bound: Option<&Bound>) -> String {
        let written = self.numbers.beside(value, &self.deciding(bound));
        self.numbers.with_unit(&written, value, self.indicator.unit())
    }

    /// An exact value of the indicator: a threshold, a baseline.
    pub(super) fn exact(&self, value: &Ratio) -> String {
        self.numbers.exact_with_unit(value, self.indicator.unit())
    }

    /// A difference of two values, in percentage points for percentages; never rounded to 0.
    pub(super) fn difference(&self, size: &Ratio) -> String {
        let unit = if self.units_needed().is_some() { Unit::from("units") } else { self.indicator.unit().of_differences() };
        self.numbers.with_unit(&self.numbers.never_zero(size), size, &unit)
    }

    /// Period, actual, requirement, gap, status.
    pub(super) fn cells(&self) -> [String; 5] {
        [self.period(), self.actual(), self.requirement(), self.gap(), self.status()]
    }

    pub(super) fn period(&self) -> String {
        match &self.assessment.period {
            Some(period) => self.numbers.period(period),
            None => Reason::Undated.in_words(self.language()).to_owned(),
        }
    }

    /// What was reached, with the figures behind it, or why nothing can be said.
    pub(super) fn actual(&self) -> String {
        let actual = &self.assessment.actual;
        let mut parts = vec![match (&actual.value, self.units_needed(), self.documents_needed()) {
            (Err(why), ..) => self.without_value(*why),
            (Ok(holding), Some(_), _) => {
                let all = Ratio::from(actual.coverage.expected);
                self.fill(Word::UnitsOf, &[&self.numbers.exact(holding), &self.numbers.exact(&all)])
            }
            (Ok(done), None, Some(needed)) => self.delivered(done, needed.as_ref()),
            (Ok(value), None, None) => self.measured(value),
        }];
        if actual.value.is_ok() && self.documents_needed().is_none() && self.units_needed().is_none() {
            parts.extend(self.of_when());
        }
        if self.assessment.provisional {
            parts.push(self.say(Word::Provisional).replace(' ', &TIED.to_string()));
        }
        parts.join(", ")
    }

    fn without_value(&self, why: Reason) -> String {
        let why = match self.assessment.status {
            Status::NotStarted | Status::NotApplicable if matches!(why, Reason::NothingDueYet | Reason::ReportOverdue) => NOTHING,
            // That the report is overdue is what the status says; the figure is not there.
            _ if why == Reason::ReportOverdue => self.say(Word::NoFigure),
            _ => why.in_words(self.language()),
        };
        match self.figures() {
            Some(figures) => format!("{figures}: {why}"),
            None => why.to_owned(),
        }
    }

    fn delivered(&self, done: &Ratio, needed: Option<&Ratio>) -> String {
        let is_done = *done >= needed.cloned().unwrap_or(Ratio::ONE);
        let on = self.assessment.actual.on.filter(|_| is_done);
        let on = on.map(|day| self.fill(Word::Done, &[&self.numbers.day(day)]).replace(' ', &TIED.to_string()));
        let Some(needed) = needed else { return on.unwrap_or_else(|| self.say(Word::NotDone).to_owned()) };
        let written = format!("{}/{}", self.numbers.exact(done), self.numbers.exact(needed));
        let count = self.numbers.with_unit(&written, needed, self.indicator.unit());
        [Some(count), on].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The actual with its unit, on its own side of all that it is read beside.
    pub(super) fn shown(&self, value: &Ratio) -> String {
        match self.actual_and_expected() {
            Some([shown, _]) => shown,
            None => self.value(value, self.assessment.threshold.bound.as_ref().ok()),
        }
    }

    fn measured(&self, value: &Ratio) -> String {
        let shown = self.shown(value);
        match self.figures() {
            Some(figures) => format!("{shown} ({figures})"),
            None => shown,
        }
    }

    /// The counts behind a quotient: `39/84`.
    fn figures(&self) -> Option<String> {
        let actual = &self.assessment.actual;
        let measure = actual.measure.as_ref()?;
        let (part, whole) = measure.quotient()?;
        let mut figures = format!("{}/{}", self.numbers.exact(&part), self.numbers.exact(&whole));
        if actual.value.as_ref().ok() != measure.value(&self.indicator.factor()).as_ref() {
            figures.push_str(&format!(", {}", self.say(Word::Weighted)));
        }
        if let Measure::OnTime(cases) = measure
            && !cases.not_due.is_zero()
        {
            figures.push_str(&format!(", {}", self.fill(Word::NotDue, &[&self.numbers.exact(&cases.not_due)])));
        }
        Some(figures)
    }

    /// The period of the figure where it is not the judged one, and the day it goes to where that is not its last.
    fn of_when(&self) -> Vec<String> {
        let actual = &self.assessment.actual;
        let mut parts = Vec::new();
        if let Some(period) = actual.period.filter(|period| Some(*period) != self.assessment.period) {
            parts.push(self.fill(Word::FigureOf, &[&self.numbers.period(&period)]));
        }
        if let (Some(on), Some(period)) = (actual.on, actual.period)
            && on != period.last()
        {
            parts.push(self.fill(Word::Until, &[&self.numbers.day(on)]).replace(' ', &TIED.to_string()));
        }
        parts
    }

    /// The requirement with its exact threshold.
    pub(super) fn requirement(&self) -> String {
        let Some(count) = self.units_needed() else {
            return self.of_one_unit(self.assessment.threshold.bound.as_ref().ok());
        };
        let of_each = Bound::new(&self.target.requirement(), None);
        let count = self.numbers.exact_with_unit(&Ratio::from(count), &Unit::from("units"));
        self.fill(Word::SoManyUnits, &[&count, &self.of_one_unit(of_each.as_ref())])
    }

    fn of_one_unit(&self, bound: Option<&Bound>) -> String {
        let requirement = self.target.requirement();
        if let Requirement::Deliver(count) = requirement {
            return self.deliver(count.map(Ratio::from).as_ref());
        }
        let symbols = bound.map(|bound| self.symbols(bound));
        let words = match requirement {
            Requirement::ReduceBy(change) => self.fill(Word::ReduceBy, &[&self.change(change)]),
            Requirement::IncreaseBy(change) => self.fill(Word::IncreaseBy, &[&self.change(change)]),
            Requirement::Improve(_) => match bound.and_then(Bound::threshold) {
                Some(baseline) => return self.and_attainable(self.fill(Word::Improve, &[&self.exact(baseline)])),
                None => self.say(Word::ImproveUnknown).to_owned(),
            },
            _ => return self.and_attainable(symbols.unwrap_or_default()),
        };
        match symbols {
            Some(symbols) => self.and_attainable(format!("{words}: {symbols}")),
            None => words,
        }
    }

    fn deliver(&self, count: Option<&Ratio>) -> String {
        let due = self.assessment.threshold.due.map(|due| self.numbers.day(due));
        match (count.map(|count| self.exact(count)), due) {
            (Some(count), Some(due)) => self.fill(Word::ManyDoneBy, &[&count, &due]),
            (Some(count), None) => self.fill(Word::ManyDoneUndated, &[&count]),
            (None, Some(due)) => self.fill(Word::DoneBy, &[&due]),
            (None, None) => self.say(Word::DoneUndated).to_owned(),
        }
    }

    pub(super) fn symbols(&self, bound: &Bound) -> String {
        let signed = |sign: &str, value: &Ratio| format!("{sign}{TIED}{}", self.exact(value));
        match bound {
            Bound::OneSided(Side::AtLeast, value) => signed("≥", value),
            Bound::OneSided(Side::AtMost, value) => signed("≤", value),
            Bound::OneSided(Side::Above, value) | Bound::Improve(Better::Higher, value) => signed(">", value),
            Bound::OneSided(Side::Below, value) | Bound::Improve(Better::Lower, value) => signed("<", value),
            Bound::Exactly(value) => signed("=", value),
            Bound::Between(low, high) => self.fill(Word::Between, &[&self.numbers.exact(low), &self.exact(high)]),
        }
    }

    /// What the threshold comes to for whole things: 46.8 is at most 46.
    fn and_attainable(&self, text: String) -> String {
        let (Ok(bound), Some(attainable)) = (&self.assessment.threshold.bound, &self.assessment.threshold.attainable) else {
            return text;
        };
        let word = match bound {
            Bound::OneSided(Side::AtMost | Side::Below, _) | Bound::Improve(Better::Lower, _) => Word::AtMostWhole,
            _ => Word::AtLeastWhole,
        };
        if bound.threshold() == Some(attainable) {
            return text;
        }
        format!("{text} {}", self.fill(word, &[&self.exact(attainable)]).replace(' ', &TIED.to_string()))
    }

    fn change(&self, change: Change) -> String {
        let number = Ratio::from(change.number());
        match change {
            Change::Percent(_) => self.numbers.exact_with_unit(&number, &Unit::from("percent")),
            Change::Amount(_) => self.numbers.exact_with_unit(&number, &self.indicator.unit().of_differences()),
        }
    }

    /// How far off, in words: what is lacking, or by how much the threshold is passed.
    pub(super) fn gap(&self) -> String {
        if self.documents_needed().is_some() && self.units_needed().is_none() {
            return self.days_late();
        }
        let (Ok(bound), Ok(variance), Ok(shortfall)) =
            (&self.assessment.threshold.bound, &self.assessment.variance, &self.assessment.shortfall)
        else {
            return NOTHING.to_owned();
        };
        let size = self.difference(&variance.abs());
        let gap = match (shortfall.is_zero(), variance.is_negative()) {
            (false, true) => self.fill(Word::Short, &[&size]),
            (false, false) => self.fill(Word::Over, &[&size]),
            (true, _) if variance.is_zero() => {
                self.say(if matches!(bound, Bound::Between(..)) { Word::Inside } else { Word::AtThreshold }).to_owned()
            }
            (true, true) => self.fill(Word::Below, &[&size]),
            (true, false) => self.fill(Word::Above, &[&size]),
        };
        match &self.assessment.cases {
            Ok(cases) if !cases.short_by.is_zero() => {
                // Cases are counted on the side on which they are lacking.
                let count = self.numbers.cases(&cases.short_by);
                let word = if cases.counts == Counts::Part { Word::Short } else { Word::Over };
                format!("{gap}\n{}", self.fill(word, &[&count]))
            }
            _ => gap,
        }
    }

    /// Days late, where it is known that the thing was not done in time.
    fn days_late(&self) -> String {
        match &self.assessment.shortfall {
            Ok(days) if self.assessment.status == Status::Missed && !days.is_zero() => {
                self.fill(Word::Late, &[&self.numbers.exact_with_unit(days, &Unit::from("days"))])
            }
            _ => NOTHING.to_owned(),
        }
    }

    /// The status with its reasons.
    pub(super) fn status(&self) -> String {
        let status = self.assessment.status.in_words(self.language());
        match self.reasons() {
            Some(reasons) => format!("{status}: {reasons}"),
            None => status.to_owned(),
        }
    }

    /// The reasons in words.
    pub(super) fn reasons(&self) -> Option<String> {
        let reasons: Vec<&str> = self.assessment.reasons.iter().map(|why| why.in_words(self.language())).collect();
        (!reasons.is_empty()).then(|| reasons.join(", "))
    }

    /// Why there is no verdict: the reasons, else why there is no value, else what the status means.
    pub(super) fn why(&self) -> String {
        let meaning = match self.assessment.status {
            Status::NoData => Word::WhyNoData,
            Status::AwaitingData => Word::WhyAwaiting,
            Status::NotStarted => Word::WhyNotStarted,
            Status::NotApplicable => Word::WhyNotApplicable,
            _ => Word::WhyInProgress,
        };
        let no_value = match self.assessment.actual.value {
            Err(why) if !matches!(why, Reason::NothingDueYet | Reason::ReportOverdue) => Some(why.in_words(self.language())),
            _ => None,
        };
        self.reasons().unwrap_or_else(|| no_value.unwrap_or(self.say(meaning)).to_owned())
    }
}
