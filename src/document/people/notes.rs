//! What stands beside a row: the citation, how a clause was read, and what an answer rests on.

use super::cells::Subject;
use super::numbers::Numbers;
use super::words::Word;
use crate::assess::{Bound, CasesNeeded, Counts, Coverage, Remainder, Status};
use crate::number::{Number, Ratio};
use crate::plan::{Citation, Indicator, Plan, Requirement, Strength, Target};

/// The citation with its clause, word for word.
pub(super) fn citation(numbers: Numbers, citation: Option<&Citation>) -> String {
    let language = numbers.language;
    let Some(citation) = citation else { return Word::NoCitation.text(language).to_owned() };
    let line = citation.line.map(|line| Word::LineOf.fill(language, &[&line.to_string()]));
    let section = citation.section.as_ref().map(|section| in_section(Word::SectionOf, numbers, section));
    let hash = citation.hash.as_ref().map(|hash| Word::HashOf.fill(language, &[hash]));
    let place: Vec<String> = [citation.document.clone(), section, line, hash].into_iter().flatten().collect();
    let clause = citation.clause.as_ref().map(|clause| format!("“{clause}”"));
    let place = (!place.is_empty()).then(|| place.join(", "));
    let parts: Vec<String> = [place, clause].into_iter().flatten().collect();
    if parts.is_empty() { Word::NoCitation.text(language).to_owned() } else { parts.join(": ") }
}

/// `II.2.a` with the word for a section, unless it brings a word of its own: `Phụ lục II.1`.
pub(super) fn in_section(word: Word, numbers: Numbers, section: &str) -> String {
    let letters = || section.chars().take_while(|c| c.is_alphabetic());
    let is_word = letters().count() > 1 && letters().any(char::is_lowercase);
    if is_word { section.to_owned() } else { word.fill(numbers.language, &[section]) }
}

/// What is to be known of a target whatever its period.
pub(super) fn of_target(numbers: Numbers, plan: &Plan, target: &Target, indicator: &Indicator) -> Vec<String> {
    let language = numbers.language;
    let mut notes = vec![Word::CitationOf.fill(language, &[&citation(numbers, target.citation())])];
    if target.strength() == Strength::Aspiration {
        notes.push(Word::Aspiration.text(language).to_owned());
    }
    notes.extend(target.assumed().map(|assumed| Word::Assumed.fill(language, &[assumed])));
    notes.extend(indicator.excludes().get(language).map(|excludes| Word::Excludes.fill(language, &[excludes])));
    if let Some(other) = &target.depends_on {
        let named = plan.targets().iter().find(|target| target.id() == other).map(|target| key(target).to_owned());
        let indicator = plan.indicators().iter().find(|indicator| indicator.id() == other);
        let name = indicator.and_then(|indicator| indicator.name().get(language)).map(str::to_owned);
        notes.push(Word::DependsOn.fill(language, &[&named.or(name).unwrap_or_else(|| other.clone())]));
    }
    if target.tolerance() != Number::ZERO {
        let size = Ratio::from(target.tolerance());
        notes.push(Word::Tolerance.fill(language, &[&numbers.exact_with_unit(&size, &indicator.unit().of_differences())]));
    }
    if let Some(rounding) = target.compare_rounded {
        notes.push(Word::Rounded.fill(language, &[&rounding.scale.to_string()]));
    }
    notes
}

/// The key by which people know a target: the caller's own, else the id.
pub(super) fn key(target: &Target) -> &str {
    target.row().unwrap_or(target.id())
}

/// The name of a unit by its id.
pub(super) fn unit_name(numbers: Numbers, plan: &Plan, id: &str) -> String {
    let unit = plan.unit_by_id.get(id).and_then(|place| plan.units().get(*place));
    unit.and_then(|unit| unit.name().get(numbers.language)).unwrap_or(id).to_owned()
}

impl Subject<'_> {
    /// What is to be known of this assessment besides its row.
    pub(super) fn notes(&self, plan: &Plan) -> Vec<String> {
        let mut notes = Vec::new();
        let coverage = &self.assessment.actual.coverage;
        let missing = coverage.missing.iter().map(|name| self.named(plan, name)).collect();
        notes.extend(self.coverage(&Coverage { missing, ..coverage.clone() }));
        let excused = &self.assessment.actual.not_applicable;
        if !excused.is_empty() {
            notes.push(self.fill(Word::NotApplicableIn, &[&excused.join(", ")]));
        }
        notes.extend(self.baseline());
        notes.extend(self.way(plan.pace_bands()));
        notes.extend(self.changes());
        if let Ok(cases) = &self.assessment.cases {
            notes.extend(self.cases_to_come(cases));
        }
        notes.extend(self.assessment.remainder.as_ref().and_then(|remainder| self.remainder(remainder)));
        // On the last day of the period that is what the status says anyway.
        let lost_since = self.assessment.lost_since.filter(|day| self.assessment.threshold.due.is_none_or(|due| *day < due));
        notes.extend(lost_since.map(|day| self.fill(Word::LostSince, &[&self.numbers.day(day)])));
        notes.extend(self.carried_on());
        notes.extend(self.survey());
        notes.extend(self.units(plan));
        notes
    }

    /// What is not reported yet; nothing where all that is expected is there.
    pub(super) fn coverage(&self, coverage: &Coverage) -> Option<String> {
        let count = |count: usize| self.numbers.exact(&Ratio::from(count));
        let (reported, expected) = (count(coverage.reported), count(coverage.expected));
        if !coverage.missing.is_empty() {
            return Some(self.fill(Word::CoverageMissing, &[&reported, &expected, &coverage.missing.join(", ")]));
        }
        (coverage.reported < coverage.expected).then(|| self.fill(Word::Coverage, &[&reported, &expected]))
    }

    /// What is missing with the name of its unit: a unit, a period, or a period of a unit.
    pub(super) fn named(&self, plan: &Plan, missing: &str) -> String {
        let is_unit = |id: &str| plan.unit_by_id.contains_key(id);
        match missing.split_once(' ') {
            _ if is_unit(missing) => unit_name(self.numbers, plan, missing),
            Some((unit, label)) if is_unit(unit) => format!("{} {label}", unit_name(self.numbers, plan, unit)),
            _ => missing.to_owned(),
        }
    }

    pub(super) fn baseline(&self) -> Option<String> {
        let baseline = &self.assessment.baseline;
        let (Ok(value), Some(on)) = (&baseline.value, baseline.on) else { return None };
        let bound = self.assessment.threshold.bound.as_ref().ok();
        let (value, on) = (self.value(value, bound), self.numbers.day(on));
        Some(match &self.assessment.progress {
            Ok(progress) => self.fill(Word::Progress, &[&value, &on, &self.numbers.percentage(progress)]),
            Err(_) => self.fill(Word::BaselineOn, &[&value, &on]),
        })
    }

    /// What the cases to come have to bring, while the target is open.
    pub(super) fn cases_to_come(&self, cases: &CasesNeeded) -> Vec<String> {
        let mut notes = Vec::new();
        let open = matches!(
            self.assessment.status,
            Status::InProgress | Status::MetSoFar | Status::Lost | Status::OnTrack | Status::AtRisk | Status::OffTrack
        );
        if !open {
            return notes;
        }
        if let (Ok(needed), Ok(remaining)) = (&cases.needed_of_remaining, &cases.remaining)
            && !needed.is_zero()
        {
            let (needed_text, remaining_text) = (self.numbers.exact(needed), self.numbers.cases(remaining));
            match &cases.required_share {
                Ok(share) if needed <= remaining => {
                    let word = if cases.counts == Counts::Part { Word::NeededOfRemaining } else { Word::NeededOutside };
                    let share = self.numbers.percentage(share);
                    notes.push(self.fill(word, &[&needed_text, &remaining_text, &share]));
                }
                _ => notes.push(self.fill(Word::NeededTooMany, &[&self.numbers.cases(needed), &remaining_text])),
            }
        }
        match (&cases.successes_needed_in_a_row, &cases.remaining) {
            (Ok(row), Err(_)) if !row.is_zero() => notes.push(self.fill(Word::InARow, &[&self.numbers.cases(row)])),
            _ => {}
        }
        // Where the cases to come are known, how many of them have to succeed says it already.
        if self.assessment.status == Status::MetSoFar && cases.remaining.is_err() && !cases.allowance.is_negative() {
            notes.push(if cases.allowance.is_zero() {
                self.say(Word::NoAllowance).to_owned()
            } else {
                self.fill(Word::Allowance, &[&self.numbers.cases(&cases.allowance)])
            });
        }
        notes
    }

    pub(super) fn remainder(&self, remainder: &Remainder) -> Option<String> {
        let bound = self.assessment.threshold.bound.as_ref().ok()?;
        match remainder {
            Remainder::Sum { amount, .. } if amount.is_zero() || amount.is_negative() => None,
            Remainder::Sum { amount, periods, each, by_phase } => {
                let is_room = bound.side().is_some_and(|(side, _)| !side.is_upward());
                let write = |value: &Ratio| {
                    let written = self.numbers.never_zero(value);
                    self.numbers.with_unit(&written, value, &self.indicator.unit().of_differences())
                };
                if !by_phase.is_empty() {
                    let parts: Vec<String> = by_phase.iter().map(|(name, part)| format!("{name}: {}", write(part))).collect();
                    let word = if is_room { Word::RoomByPhases } else { Word::RemainderByPhases };
                    return Some(self.fill(word, &[&write(amount), &parts.join("; ")]));
                }
                Some(match each {
                    Ok(each) => {
                        let word = if is_room { Word::RoomEach } else { Word::RemainderEach };
                        self.fill(word, &[&write(amount), &write(each), &periods.join(", ")])
                    }
                    Err(_) => self.fill(if is_room { Word::RoomOnly } else { Word::RemainderOnly }, &[&write(amount)]),
                })
            }
            // The cases say it in whole numbers.
            Remainder::Average { .. } if self.assessment.cases.is_ok() => None,
            Remainder::Average { required, .. } => {
                let required = required.as_ref().ok()?;
                let (low, high) = self.indicator.bounds().exact();
                let is_upward = bound.side()?.0.is_upward();
                // No average lies beyond what there can be.
                Some(if high.is_some_and(|high| *required > high) {
                    self.say(if is_upward { Word::NoRestIsEnough } else { Word::AnyRestIsEnough }).to_owned()
                } else if low.is_some_and(|low| *required < low) {
                    self.say(if is_upward { Word::AnyRestIsEnough } else { Word::NoRestIsEnough }).to_owned()
                } else {
                    self.fill(Word::Average, &[&self.value(required, Some(bound))])
                })
            }
        }
    }

    /// How each unit stands, where so many of them are promised.
    pub(super) fn units(&self, plan: &Plan) -> Vec<String> {
        let bound = Bound::new(&self.target.requirement(), None);
        let of = |unit: &crate::assess::UnitStatus| {
            let name = unit_name(self.numbers, plan, &unit.unit);
            let status = unit.status.in_words(self.language());
            match &unit.value {
                // Where the threshold of a unit is its own, only the exact number is surely on its side of it.
                Ok(value) if !matches!(self.target.requirement(), Requirement::Deliver(_)) => {
                    let value = if bound.is_some() { self.value(value, bound.as_ref()) } else { self.exact(value) };
                    self.fill(Word::UnitStanding, &[&name, status, &value])
                }
                _ => format!("{name}: {status}"),
            }
        };
        self.assessment.units.iter().map(of).collect()
    }
}
