//! How little would have turned each verdict, in words.

use super::causes::RecordTeller;
use super::cells::Subject;
use super::notes::{key, unit_name};
use super::numbers::Numbers;
use super::page::Grid;
use super::report::Report;
use super::words::Word;
use crate::assess::Status;
use crate::facts::Measure;
use crate::number::{Ratio, Unit};
use crate::plan::{Language, Plan};
use crate::scorecard::{Flip, Margin, Margins};

/// The report of margins: a row for each verdict.
pub(super) fn report(margins: &Margins, language: Language) -> Report {
    let plan = margins.card().plan();
    let scribe = Scribe { margins, plan, numbers: Numbers { language }, language };
    let count = scribe.numbers.exact(&Ratio::from(margins.margins.len()));
    let turnable = margins.margins.iter().filter(|margin| !margin.flips.is_empty()).count();
    let turnable = scribe.numbers.exact(&Ratio::from(turnable));
    let day = scribe.numbers.day(margins.card().as_of());
    Report {
        title: Word::MarginsOf.fill(language, &[plan.title().get(language).unwrap_or(plan.id())]),
        about: vec![
            Word::MarginsCounted.fill(language, &[&count, &turnable]),
            Word::AsOf.fill(language, &[&day]),
            Word::KnownOn.fill(language, &[&scribe.numbers.day(margins.card().known_on())]),
        ],
        grids: scribe.grid().into_iter().collect(),
        entries: Vec::new(),
    }
}

struct Scribe<'m> {
    margins: &'m Margins,
    plan: &'m Plan,
    numbers: Numbers,
    language: Language,
}

impl Scribe<'_> {
    fn fill(&self, word: Word, values: &[&str]) -> String {
        word.fill(self.language, values)
    }

    fn say(&self, word: Word) -> &'static str {
        word.text(self.language)
    }

    fn grid(&self) -> Option<Grid> {
        let rows: Vec<Vec<String>> = self.margins.margins.iter().filter_map(|margin| self.row(margin)).collect();
        let head = [Word::Row, Word::Period, Word::AsItIs, Word::LeastChange];
        (!rows.is_empty()).then(|| Grid {
            heading: self.say(Word::LeastChanges).to_owned(),
            head: head.iter().map(|word| self.say(*word).to_owned()).collect(),
            right: 0..0,
            rows,
        })
    }

    fn row(&self, margin: &Margin) -> Option<Vec<String>> {
        let card = self.margins.card();
        let assessment = self.margins.assessment(margin)?;
        let (target, indicator) = (card.target(assessment)?, card.indicator(assessment)?);
        let subject = Subject { numbers: self.numbers, assessment, target, indicator, beside: None };
        let owner = self.plan.units().get(self.plan.owner).map(|unit| unit.id());
        let unit = (owner != Some(&*margin.unit)).then(|| unit_name(self.numbers, self.plan, &margin.unit));
        let who = [Some(key(target).to_owned()), unit].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let least = margin.flips.first();
        let sentence = least.map_or_else(|| self.say(Word::NothingTurns).to_owned(), |flip| self.sentence(margin, flip));
        let as_it_is = [subject.actual(), subject.requirement(), subject.status()].join("\n");
        Some(vec![who, subject.period(), as_it_is, sentence])
    }

    /// "3 more late cases in 2025-Q2 and it is missed".
    fn sentence(&self, margin: &Margin, flip: &Flip) -> String {
        let records = RecordTeller { numbers: self.numbers, plan: self.plan };
        let thing = records.thing(&flip.fact, &margin.indicator, &margin.unit);
        self.fill(Word::AndItIs, &[&capital(&self.change(flip)), &thing, &self.status(flip.status)])
    }

    /// A status in the middle of a sentence.
    fn status(&self, status: Status) -> String {
        let words = status.in_words(self.language);
        match self.language {
            Language::English => small(words),
            Language::Vietnamese => format!("“{words}”"),
        }
    }

    fn change(&self, flip: &Flip) -> String {
        let up = flip.change.first().is_some_and(|column| column.is_up);
        let columns: Vec<(&str, bool)> = flip.change.iter().map(|column| (column.column, column.is_up)).collect();
        let size = flip.size();
        let cases = |more: Word, fewer: Word, noun: &str| {
            let (count, noun) = (self.numbers.exact(&size), self.numbers.noun(&size, &Unit::from(noun)));
            self.fill(if up { more } else { fewer }, &[&count, &noun])
        };
        match columns.as_slice() {
            [("late", _)] => cases(Word::MoreLate, Word::FewerLate, "cases"),
            [("overdue", _)] => cases(Word::MoreOverdue, Word::FewerOverdue, "cases"),
            [("in_time", _)] => cases(Word::MoreInTime, Word::FewerInTime, "cases"),
            [("in_time", _), ("late", _)] => cases(Word::LateToInTime, Word::InTimeToLate, "cases"),
            [("part", _)] => cases(Word::MorePart, Word::FewerPart, "cases"),
            [("whole", _)] => cases(Word::MoreWhole, Word::FewerWhole, "cases"),
            [("part", _), ("whole", _)] => cases(Word::MoreBoth, Word::FewerBoth, "cases"),
            [("positive", _)] => cases(Word::MorePositive, Word::FewerPositive, "answers"),
            [("valid", _)] => cases(Word::MoreValid, Word::FewerValid, "answers"),
            [("positive", _), ("valid", _)] => cases(Word::MoreAnswers, Word::FewerAnswers, "answers"),
            [("done_on", _)] => {
                let days = self.numbers.exact_with_unit(&size, &Unit::from("days"));
                self.fill(if up { Word::DoneLater } else { Word::DoneEarlier }, &[&days])
            }
            _ => self.amount(flip, up, &size),
        }
    }

    /// More or less of an amount, or of what stands above or below a line.
    fn amount(&self, flip: &Flip, up: bool, size: &Ratio) -> String {
        let column = match flip.change.first().map(|column| column.column) {
            Some("numerator") => Some(Word::TheNumerator),
            Some("denominator") => Some(Word::TheDenominator),
            Some("total") => Some(Word::TheTotal),
            Some("weight") => Some(Word::TheWeight),
            _ => None,
        };
        let records = RecordTeller { numbers: self.numbers, plan: self.plan };
        let unit = match (&flip.fact.measure, records.indicator(&flip.fact)) {
            (Some(Measure::Bare(_) | Measure::Amount(_)), Some(about)) => about.unit().of_differences(),
            _ => Unit::from(""),
        };
        let by = self.numbers.exact_with_unit(size, &unit);
        let word = match (size.is_zero(), flip.is_beyond, up) {
            (true, _, true) => Word::AnyMore,
            (true, _, false) => Word::AnyLess,
            (_, true, true) => Word::BeyondMore,
            (_, true, false) => Word::BeyondLess,
            (_, false, true) => Word::SoMuchMore,
            (_, false, false) => Word::SoMuchLess,
        };
        let change = self.fill(word, &[&by]);
        column.map_or(change.clone(), |column| self.fill(Word::OfColumn, &[self.say(column), &change]))
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
