//! What changed between two scorecards, in words.

use super::causes::Teller;
use super::cells::{NOTHING, Subject};
use super::notes::{key, unit_name};
use super::numbers::{Numbers, Places};
use super::report::{Entry, Report};
use super::words::Word;
use crate::assess::Assessment;
use crate::number::Ratio;
use crate::plan::{Language, Plan};
use crate::scorecard::{Changed, Difference, Turn};

/// The report of a difference.
pub(super) fn report(difference: &Difference, language: Language) -> Report {
    let scribe = Scribe { difference, plans: difference.plans(), numbers: Numbers { language }, language };
    Report {
        title: scribe.title(),
        about: scribe.about(),
        grids: Vec::new(),
        entries: difference.changed.iter().map(|of| scribe.entry(of)).collect(),
    }
}

struct Scribe<'d> {
    difference: &'d Difference,
    plans: [&'d Plan; 2],
    numbers: Numbers,
    language: Language,
}

impl<'d> Scribe<'d> {
    fn say(&self, word: Word) -> &'static str {
        word.text(self.language)
    }

    fn fill(&self, word: Word, values: &[&str]) -> String {
        word.fill(self.language, values)
    }

    fn title(&self) -> String {
        let [_, plan] = self.plans;
        self.fill(Word::WhatChanged, &[plan.title().get(self.language).unwrap_or(plan.id())])
    }

    fn about(&self) -> Vec<String> {
        let tally = self.difference.tally();
        let count = |count: usize| self.numbers.exact(&Ratio::from(count));
        let counts = [tally.changed, tally.better, tally.worse, tally.other, tally.numbers, tally.unchanged].map(count);
        let day = |(as_of, known_on): (chrono::NaiveDate, chrono::NaiveDate)| {
            let as_of_text = self.numbers.day(as_of);
            if known_on == as_of {
                return as_of_text;
            }
            self.fill(Word::DayAsKnown, &[&as_of_text, &self.numbers.day(known_on)])
        };
        let days = [day(self.difference.before), day(self.difference.after)];
        let [before, after] = &days;
        vec![
            self.fill(Word::ChangesCounted, &counts.each_ref().map(String::as_str)),
            self.fill(Word::ComparedDays, &[before, after]),
        ]
    }

    fn entry(&self, of: &'d Changed) -> Entry {
        let before = self.subject(self.plans[0], of.assessment_before());
        let after = self.subject(self.plans[1], of.assessment_after());
        Entry { head: self.head(of, after.or(before)), lines: self.lines(before, after), lists: self.causes(of) }
    }

    fn subject(&self, plan: &'d Plan, of: Option<&'d Assessment>) -> Option<Subject<'d>> {
        let assessment = of?;
        let (target, indicator) =
            (plan.targets.get(assessment.places.target)?, plan.indicators.get(assessment.places.indicator)?);
        Some(Subject { numbers: self.numbers, assessment, target, indicator, beside: None })
    }

    /// The target by its key, what is measured, the unit, the period, and whether it is better or worse.
    fn head(&self, of: &Changed, subject: Option<Subject<'_>>) -> String {
        let Some(subject) = subject else { return of.target().to_owned() };
        let [_, plan] = self.plans;
        let name = subject.indicator.name().get(self.language).unwrap_or(subject.indicator.id());
        let mut parts = vec![key(subject.target).to_owned(), name.to_owned()];
        let owner = plan.units().get(plan.owner).map(|unit| unit.id());
        if owner != Some(&*of.unit) {
            parts.push(unit_name(self.numbers, plan, &of.unit));
        }
        parts.push(subject.period());
        let turn = match of.turn() {
            Turn::Better => Some(Word::Better),
            Turn::Worse => Some(Word::Worse),
            Turn::Other | Turn::None => None,
        };
        let head = parts.join(" · ");
        turn.map_or(head.clone(), |turn| format!("{head}: {}", self.say(turn)))
    }

    /// Old and new status and numbers; a number of both sides is written so that the two can be told apart.
    fn lines(&self, before: Option<Subject<'_>>, after: Option<Subject<'_>>) -> Vec<String> {
        let value = |subject: Option<Subject<'_>>| subject.and_then(|subject| subject.assessment.actual.value.clone().ok());
        let [then, now] = [value(before), value(after)];
        let before = before.map(|subject| Subject { beside: now.as_ref().filter(|now| Some(*now) != then.as_ref()), ..subject });
        let after = after.map(|subject| Subject { beside: then.as_ref().filter(|then| Some(*then) != now.as_ref()), ..subject });
        let line = |word: Word, write: &dyn Fn(&Subject<'_>) -> String| {
            let written = [before, after].map(|side| side.map(|subject| write(&subject).replace('\n', "; ")));
            self.old_and_new(word, written)
        };
        let lines = [
            line(Word::Status, &|subject| subject.status()),
            line(Word::Actual, &|subject| subject.actual()),
            line(Word::Requirement, &|subject| subject.requirement()),
            line(Word::Gap, &|subject| subject.gap()),
            self.expected(before, after),
        ];
        lines.into_iter().flatten().collect()
    }

    /// `Status: Met → Missed`; said once where both are the same, and not at all where there is nothing to say.
    fn old_and_new(&self, word: Word, written: [Option<String>; 2]) -> Option<String> {
        let word = self.say(word);
        match written {
            [Some(old), Some(new)] if old == new => (old != NOTHING).then(|| format!("{word}: {old}")),
            sides => {
                let [old, new] = sides.map(|side| side.unwrap_or_else(|| self.say(Word::NotAssessedAtAll).to_owned()));
                Some(format!("{word}: {old} → {new}"))
            }
        }
    }

    /// Where the actual should stand, where that is another day's or another path's value.
    fn expected(&self, before: Option<Subject<'_>>, after: Option<Subject<'_>>) -> Option<String> {
        let expected = |subject: Option<Subject<'_>>| {
            let pace = subject?.assessment.path.as_ref().ok()?;
            pace.expected.as_ref().ok().cloned()
        };
        let (then, now) = (expected(before), expected(after));
        if then == now {
            return None;
        }
        let written = match (&then, &now) {
            (Some(then), Some(now)) => self.numbers.apart(Places::OF_FIGURES, [then, now], &[]).map(Some),
            (then, now) => [then, now].map(|value| value.as_ref().map(|value| self.numbers.beside(value, &[]))),
        };
        let subject = after.or(before)?;
        let [old, new] = [(written.first(), &then), (written.last(), &now)].map(|(written, value)| match (written, value) {
            (Some(Some(written)), Some(value)) => self.numbers.with_unit(written, value, subject.indicator.unit()),
            _ => NOTHING.to_owned(),
        });
        Some(format!("{}: {old} → {new}", self.say(Word::ExpectedOnPath)))
    }

    fn causes(&self, of: &Changed) -> Vec<(String, Vec<String>)> {
        let teller = Teller { numbers: self.numbers, plans: self.plans, of };
        let told = |turned: bool| {
            let causes = of.causes.iter().filter(|cause| cause.turned == turned);
            causes.map(|cause| teller.cause(cause)).collect::<Vec<_>>()
        };
        let lists = [(Word::WhyTurned, told(true)), (Word::WhyNumbers, told(false))];
        lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(word, list)| (self.say(word).to_owned(), list)).collect()
    }
}
