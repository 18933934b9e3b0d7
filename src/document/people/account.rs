//! What an inspector is told of one assessment, sentence by sentence.

use super::cells::Subject;
use super::derived::Derived;
use super::notes::{citation, of_target, unit_name};
use super::numbers::Numbers;
use super::words::Word;
use crate::assess::{Assessment, Status};
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Baseline, Language, Plan, Remark, Target};
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

impl Account {
    /// What the plan says of what nothing can be computed of.
    pub(super) fn of_remark(card: &Scorecard, remark: &Remark, language: Language) -> Self {
        let numbers = Numbers { language };
        let sentences = vec![remark.why().to_owned(), Word::CitationOf.fill(language, &[&citation(numbers, remark.citation())])];
        Self {
            title: [remark.row(), Some(card.plan().id())].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            about: vec![Word::AsOf.fill(language, &[&numbers.day(card.as_of())])],
            parts: vec![Part { heading: Word::Remarks.text(language).to_owned(), sentences }],
        }
    }

    /// Since when a target is not law, or from when on it will be, and what replaces it.
    pub(super) fn not_in_force(card: &Scorecard, target: &Target, language: Language) -> Self {
        let (numbers, plan) = (Numbers { language }, card.plan());
        let (from, to) = target.in_force();
        let mut sentences = Vec::new();
        sentences
            .extend(from.filter(|day| *day > card.as_of()).map(|day| Word::NotYetInForce.fill(language, &[&numbers.day(day)])));
        sentences
            .extend(to.filter(|day| *day < card.as_of()).map(|day| Word::NoLongerInForce.fill(language, &[&numbers.day(day)])));
        let is_replaced = |other: &&Target| {
            other.supersedes.and_then(|place| plan.targets().get(place)).is_some_and(|replaced| replaced.id() == target.id())
        };
        for other in plan.targets().iter().filter(is_replaced) {
            let name = other.row().map_or(other.id().to_owned(), |row| format!("{row} {}", other.id()));
            sentences.push(Word::ReplacedWith.fill(language, &[&name]));
        }
        let indicator = plan.indicators().get(target.indicator);
        let name = indicator.map(|indicator| indicator.name().get(language).unwrap_or(indicator.id()));
        if let Some(indicator) = indicator {
            sentences.extend(of_target(numbers, plan, target, indicator));
        }
        Self {
            title: [Some(super::notes::key(target)), name].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            about: vec![Word::AsOf.fill(language, &[&numbers.day(card.as_of())])],
            parts: vec![Part { heading: Word::NotInForce.text(language).to_owned(), sentences }],
        }
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
            // Of a thing to be done the requirement itself names the day.
            _ if of.documents_needed().is_some() && of.units_needed().is_none() => {
                self.fill(Word::RequiredOnly, &[&of.requirement()])
            }
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
        told.extend(self.derived.coverage());
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
        let because = if self.is_without_cases() { Word::Row1Nothing } else { because(of.assessment.row) };
        let mut told = vec![self.fill(Word::ByRow, &[status, &row(of.assessment.row), of.say(because)])];
        told.extend(of.reasons().map(|reasons| self.fill(Word::ForReasons, &[&reasons])));
        told.extend(self.without_baseline());
        for (above, why) in of.assessment.rows_above.iter() {
            let statuses: Vec<&str> = said_by(above).iter().map(|status| status.in_words(language)).collect();
            told.push(self.fill(Word::NotByRow, &[&statuses.join(of.say(Word::Or)), &row(above), why.in_words(language)]));
        }
        told
    }

    /// Whether the target does not apply since nothing arose, and not since a report says so.
    fn is_without_cases(&self) -> bool {
        let of = self.subject.assessment;
        let whole = of.actual.measure.as_ref().and_then(Measure::quotient).map(|(_, whole)| whole);
        of.row == 1 && whole.is_some_and(|whole| whole.is_zero())
    }

    /// Which baseline it is that a threshold is missing for.
    fn without_baseline(&self) -> Option<String> {
        let of = self.subject;
        let (Err(_), Err(why)) = (&of.assessment.threshold.bound, &of.assessment.baseline.value) else { return None };
        let period = match of.target.baseline.filter(|_| of.target.after.is_none())? {
            Baseline::Period(period) => period,
            Baseline::Previous => {
                let judged = of.assessment.period.filter(|judged| judged.cadence().is_some())?;
                self.plan.calendar().previous(&judged)?
            }
            Baseline::Value(..) | Baseline::First | Baseline::Companion(_) => return None,
        };
        Some(self.fill(Word::NoThresholdWithout, &[&of.numbers.period(&period), why.in_words(of.language())]))
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
