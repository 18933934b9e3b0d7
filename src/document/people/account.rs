//! What an inspector is told of one assessment, sentence by sentence.

use super::cells::Subject;
use super::derived::Derived;
use super::notes::{of_target, unit_name};
use super::numbers::Numbers;
use super::words::Word;
use crate::assess::{Assessment, Status};
use crate::number::Ratio;
use crate::plan::{Language, Plan};
use crate::scorecard::Scorecard;

/// What is told of one assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) title: String,
    /// The document and the days: a line each.
    pub(super) about: Vec<String>,
    pub(super) parts: Vec<Part>,
}

/// Sentences under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) heading: String,
    pub(super) sentences: Vec<String>,
}

impl Account {
    pub(super) fn new(card: &Scorecard, of: &Assessment, language: Language) -> Option<Self> {
        let numbers = Numbers { language };
        let (target, indicator) = (card.target(of)?, card.indicator(of)?);
        let subject = Subject { numbers, assessment: of, target, indicator, beside: None };
        let teller = Teller { subject, plan: card.plan(), derived: Derived { subject, plan: card.plan() } };
        let name = indicator.name().get(language).unwrap_or(indicator.id());
        let unit = unit_name(numbers, card.plan(), &of.unit);
        let key = super::notes::key(target);
        let parts = [
            (Word::ThePromise, teller.promise()),
            (Word::TheReports, teller.reports()),
            (Word::TheReckoning, teller.derived.sentences()),
            (Word::TheGap, teller.gap()),
            (Word::TheVerdict, teller.verdict()),
            (Word::TheEstimates, teller.estimates()),
        ];
        let parts = parts.into_iter().filter(|(_, sentences)| !sentences.is_empty());
        Some(Self {
            title: [key, name, &unit, &subject.period()].join(" · "),
            about: vec![
                Word::AsOf.fill(language, &[&numbers.day(card.as_of())]),
                Word::KnownOn.fill(language, &[&numbers.day(card.known_on())]),
                Word::StatusIs.fill(language, &[&subject.status()]),
            ],
            parts: parts.map(|(word, sentences)| Part { heading: word.text(language).to_owned(), sentences }).collect(),
        })
    }
}

/// Tells the parts of an account.
struct Teller<'c> {
    subject: Subject<'c>,
    plan: &'c Plan,
    derived: Derived<'c>,
}

impl Teller<'_> {
    fn fill(&self, word: Word, values: &[&str]) -> String {
        self.subject.fill(word, values)
    }

    fn promise(&self) -> Vec<String> {
        let of = self.subject;
        let mut told = of_target(of.numbers, self.plan, of.target, of.indicator);
        let due = of.assessment.threshold.due.map(|due| of.numbers.day(due));
        told.push(match &due {
            Some(due) => self.fill(Word::RequiredBy, &[&of.requirement(), due]),
            None => self.fill(Word::RequiredUndated, &[&of.requirement()]),
        });
        if let Some(judged) = &of.assessment.period {
            let [first, last] = [judged.first(), judged.last()].map(|day| of.numbers.day(day));
            told.push(self.fill(Word::JudgedDays, &[&of.numbers.period(judged), &first, &last]));
        }
        told
    }

    fn reports(&self) -> Vec<String> {
        let of = self.subject;
        let mut told = self.derived.facts();
        if told.is_empty() && of.assessment.actual.value.is_err() {
            told.push(of.say(Word::NothingReported).to_owned());
        }
        if of.assessment.provisional {
            told.push(of.say(Word::MayBeRevised).to_owned());
        }
        told.extend(of.coverage(&of.assessment.actual.coverage));
        let excused = &of.assessment.actual.not_applicable;
        if !excused.is_empty() {
            told.push(self.fill(Word::NotApplicableIn, &[&excused.join(", ")]));
        }
        told
    }

    /// What is short in the unit and in cases, and what the rest has to bring.
    fn gap(&self) -> Vec<String> {
        let of = self.subject;
        let mut told = Vec::new();
        let gap = of.gap();
        if gap != super::cells::NOTHING {
            told.push(self.fill(Word::ComparedWith, &[&of.requirement(), &gap.replace('\n', ", ")]));
        }
        told.extend(of.baseline().filter(|_| of.assessment.progress.is_err()));
        told.extend(of.way(self.plan.pace_bands()));
        if let Ok(cases) = &of.assessment.cases {
            told.extend(of.cases_to_come(cases));
        }
        told.extend(of.assessment.remainder.as_ref().and_then(|remainder| of.remainder(remainder)));
        told.extend(of.changes());
        told.extend(of.assessment.lost_since.map(|day| self.fill(Word::LostSince, &[&of.numbers.day(day)])));
        told.extend(of.units(self.plan));
        told
    }

    /// Why this status, and why none of those above it.
    fn verdict(&self) -> Vec<String> {
        let of = self.subject;
        let language = of.language();
        let row = |row: u8| of.numbers.exact(&Ratio::from(u32::from(row)));
        let status = of.assessment.status.in_words(language);
        let mut told = vec![self.fill(Word::ByRow, &[status, &row(of.assessment.row), of.say(because(of.assessment.row))])];
        if let Some(reasons) = of.reasons() {
            told.push(self.fill(Word::ForReasons, &[&reasons]));
        }
        for (above, why) in of.assessment.rows_above.iter() {
            let statuses: Vec<&str> = said_by(above).iter().map(|status| status.in_words(language)).collect();
            told.push(self.fill(Word::NotByRow, &[&statuses.join(of.say(Word::Or)), &row(above), why.in_words(language)]));
        }
        told
    }

    /// What is only estimated: it decides nothing.
    fn estimates(&self) -> Vec<String> {
        let of = self.subject;
        let mut told: Vec<String> = of.carried_on().into_iter().chain(of.survey()).collect();
        if !told.is_empty() {
            told.push(of.say(Word::EstimatesDecideNothing).to_owned());
        }
        told
    }
}

/// What a row of the status table says.
fn said_by(row: u8) -> &'static [Status] {
    match row {
        1 => &[Status::NotApplicable],
        2 => &[Status::NotStarted],
        3 => &[Status::Met, Status::Missed],
        4 => &[Status::AwaitingData],
        5 => &[Status::NoData],
        6 => &[Status::Lost],
        7 => &[Status::Secured],
        8 => &[Status::MetSoFar],
        9 => &[Status::OnTrack, Status::AtRisk, Status::OffTrack],
        _ => &[Status::InProgress],
    }
}

/// When a row applies.
fn because(row: u8) -> Word {
    match row {
        1 => Word::Row1,
        2 => Word::Row2,
        3 => Word::Row3,
        4 => Word::Row4,
        5 => Word::Row5,
        6 => Word::Row6,
        7 => Word::Row7,
        8 => Word::Row8,
        9 => Word::Row9,
        _ => Word::Row10,
    }
}
