//! Why an assessment changed, in plain sentences: what was reported, by whom and when, what the plan says, what day it is.

use super::cells::NOTHING;
use super::notes::{key, unit_name};
use super::numbers::Numbers;
use super::words::Word;
use crate::facts::{Measure, State};
use crate::number::{Ratio, Unit};
use crate::plan::{Indicator, Kind, Plan, Target};
use crate::scorecard::{Cause, CauseKind, Changed, FactRecord, PlanEntry, TimeEvent, TimeEventKind};

/// A record in words; shared by what changed and by what little is lacking.
#[derive(Clone, Copy)]
pub(super) struct RecordTeller<'p> {
    pub(super) numbers: Numbers,
    pub(super) plan: &'p Plan,
}

impl RecordTeller<'_> {
    fn fill(&self, word: Word, values: &[&str]) -> String {
        word.fill(self.numbers.language, values)
    }

    fn say(&self, word: Word) -> String {
        word.text(self.numbers.language).to_owned()
    }

    pub(super) fn indicator(&self, record: &FactRecord) -> Option<&Indicator> {
        self.plan.indicators().iter().find(|about| *about.id() == *record.indicator)
    }

    /// The period of a record, with what it measures and where, where these are others than those of the assessment.
    pub(super) fn thing(&self, record: &FactRecord, indicator: &str, unit: &str) -> String {
        let mut parts = vec![self.numbers.period(&record.period)];
        if *record.indicator != *indicator {
            let name = self.indicator(record).and_then(|about| about.name().get(self.numbers.language));
            parts.push(name.unwrap_or(&record.indicator).to_owned());
        }
        if *record.unit != *unit {
            parts.push(unit_name(self.numbers, self.plan, &record.unit));
        }
        parts.join(", ")
    }

    /// The figures as they were reported, with how far they go and how settled they are.
    pub(super) fn figures(&self, record: &FactRecord) -> String {
        let mut parts = vec![match &record.measure {
            Some(measure) if record.state == State::Expected => self.expected(measure),
            Some(measure) => self.measure(record, measure),
            None if record.state == State::NotApplicable => self.say(Word::WhyNotApplicable),
            None => self.say(Word::ReportedMissing),
        }];
        parts.extend(record.through.map(|day| self.fill(Word::Until, &[&self.numbers.day(day)])));
        match record.state {
            State::Provisional => parts.push(self.say(Word::Provisional)),
            State::Estimated => parts.push(self.say(Word::Estimated)),
            _ => {}
        }
        parts.join(", ")
    }

    fn expected(&self, measure: &Measure) -> String {
        let whole = measure.quotient().map_or(Ratio::ZERO, |(_, whole)| whole);
        self.fill(Word::ExpectedInAll, &[&self.numbers.exact(&whole)])
    }

    fn measure(&self, record: &FactRecord, measure: &Measure) -> String {
        let about = self.indicator(record);
        let unit = about.map_or_else(|| Unit::from(""), |about| about.unit().clone());
        let exact = |value: &Ratio| self.numbers.exact(value);
        match measure {
            Measure::Bare(value) | Measure::Amount(value) => self.numbers.exact_with_unit(value, &unit),
            Measure::Quotient { part, whole, .. } => {
                let word = match about.map(Indicator::kind) {
                    Some(Kind::Mean) => Word::TotalAndWeight,
                    Some(Kind::Ratio) => Word::OneOverOther,
                    Some(Kind::Survey) => Word::PositiveOfValid,
                    _ => Word::PartOfWhole,
                };
                self.fill(word, &[&exact(part), &exact(whole)])
            }
            Measure::OnTime(cases) => {
                let counts = [&cases.in_time, &cases.late, &cases.overdue, &cases.not_due].map(exact);
                self.fill(Word::CasesByTime, &counts.each_ref().map(String::as_str))
            }
            Measure::Done { on: Some(day), count } if *count == Ratio::ONE => self.fill(Word::Done, &[&self.numbers.day(*day)]),
            Measure::Done { on: Some(day), count } => {
                let done = self.fill(Word::Done, &[&self.numbers.day(*day)]);
                format!("{}, {done}", self.numbers.exact_with_unit(count, &unit))
            }
            Measure::Done { on: None, count } if count.is_zero() => self.say(Word::NotDone),
            Measure::Done { on: None, count } => self.numbers.exact_with_unit(count, &unit),
        }
    }

    /// ` (recorded …, source: …)`, as far as the record says so.
    fn origin(&self, record: &FactRecord) -> String {
        let recorded = record.recorded_on.map(|day| self.fill(Word::RecordedOn, &[&self.numbers.day(day)]));
        let source = record.source.as_ref().map(|source| self.fill(Word::SourceIs, &[source]));
        let parts: Vec<String> = recorded.into_iter().chain(source).collect();
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
    }
}

/// Tells the causes of one change.
pub(super) struct Teller<'d> {
    pub(super) numbers: Numbers,
    /// The earlier and the later plan.
    pub(super) plans: [&'d Plan; 2],
    pub(super) of: &'d Changed,
}

impl Teller<'_> {
    fn fill(&self, word: Word, values: &[&str]) -> String {
        word.fill(self.numbers.language, values)
    }

    fn say(&self, word: Word) -> String {
        word.text(self.numbers.language).to_owned()
    }

    /// A cause in one sentence.
    pub(super) fn cause(&self, cause: &Cause) -> String {
        let [then, now] = self.plans.map(|plan| RecordTeller { numbers: self.numbers, plan });
        let of = self.of;
        match &cause.what {
            CauseKind::FactAdded(record) => {
                let thing = now.thing(record, &of.indicator, &of.unit);
                self.fill(Word::FactReported, &[&thing, &now.figures(record), &now.origin(record)])
            }
            CauseKind::FactRevised { before, after } => {
                let thing = now.thing(after, &of.indicator, &of.unit);
                let (new, old) = (now.figures(after), then.figures(before));
                self.fill(Word::FactRevised, &[&thing, &new, &now.origin(after), &old, &then.origin(before)])
            }
            CauseKind::FactGone(record) => {
                let thing = then.thing(record, &of.indicator, &of.unit);
                self.fill(Word::FactGone, &[&thing, &then.figures(record), &then.origin(record)])
            }
            CauseKind::PlanChanged { entry, field: None, before, .. } => {
                let word = if before.is_none() { Word::EntryNew } else { Word::EntryGone };
                self.fill(word, &[&self.entry(entry)])
            }
            CauseKind::PlanChanged { entry, field: Some(field), before, after } => {
                let [then, now] = self.plans;
                let [old, new] = [(before, then), (after, now)].map(|(said, plan)| self.said(field, said.as_deref(), plan));
                self.fill(Word::FieldChanged, &[&self.entry(entry), &self.field(field), &new, &old])
            }
            CauseKind::TimePassed { from, to, events } => {
                let moved = self.fill(Word::DayMoved, &[&self.numbers.day(*from), &self.numbers.day(*to)]);
                let events: Vec<String> = events.iter().map(|event| self.event(event)).collect();
                if events.is_empty() { moved } else { format!("{moved}: {}", events.join("; ")) }
            }
        }
    }

    /// An entry by the name that people know it by, in the plan of now, else in that of before.
    fn entry(&self, entry: &PlanEntry) -> String {
        let [before, after] = self.plans;
        let plans = [after, before];
        match entry {
            PlanEntry::Plan => self.say(Word::WholePlan),
            PlanEntry::Unit(id) => {
                let plan = if after.unit_by_id.contains_key(id) { after } else { before };
                self.fill(Word::TheUnit, &[&unit_name(self.numbers, plan, id)])
            }
            PlanEntry::Indicator(id) => {
                let mut found = plans.iter().flat_map(|plan| plan.indicators()).filter(|about| about.id() == id);
                let name = found.next().and_then(|about| about.name().get(self.numbers.language));
                self.fill(Word::TheIndicator, &[name.unwrap_or(id)])
            }
            PlanEntry::Target(id) => self.fill(Word::TheTarget, &[&self.target(id)]),
        }
    }

    /// A target by the caller's own key and its id.
    fn target(&self, id: &str) -> String {
        let [before, after] = self.plans;
        let find =
            |plan: &Plan| plan.targets().iter().find(|target| target.id() == id).map(|target: &Target| key(target).to_owned());
        match find(after).or_else(|| find(before)) {
            Some(key) if key != id => format!("{key} [{id}]"),
            _ => id.to_owned(),
        }
    }

    fn field(&self, field: &str) -> String {
        Word::of_field(field).map_or_else(|| field.to_owned(), |word| self.say(word))
    }

    /// What a version says in a field, with the signs and numbers of the language.
    fn said(&self, field: &str, said: Option<&str>, plan: &Plan) -> String {
        let Some(said) = said else { return self.unsaid(field, plan) };
        if field != "requirement" {
            return self.listed(said);
        }
        match said.split_once(" = ") {
            Some(("reduce_by", by)) => self.fill(Word::ReduceBy, &[&self.numbers.localised(by)]),
            Some(("increase_by", by)) => self.fill(Word::IncreaseBy, &[&self.numbers.localised(by)]),
            Some(("improve", _)) => self.say(Word::ImproveUnknown),
            Some(("deliver", "true")) => self.say(Word::DoneUndated),
            Some((sign, value)) => self.numbers.localised(&format!("{sign} {}", self.listed(value))),
            None if said.is_empty() => NOTHING.to_owned(),
            None => self.numbers.localised(said),
        }
    }

    /// What holds where a version says nothing.
    fn unsaid(&self, field: &str, plan: &Plan) -> String {
        let by_default = |said: &str| self.fill(Word::ByDefault, &[said]);
        match field {
            "pace_bands" => {
                let bands = plan.pace_bands();
                by_default(&self.listed(&format!("on_track = {}, at_risk = {}", bands.on_track, bands.at_risk)))
            }
            "tolerance" | "report_due_days" => by_default("0"),
            _ => self.say(Word::SaysNothing),
        }
    }

    /// The tables and lists of the format as a list in words: `{ on_track = 0.5, at_risk = 0.3 }` is `on track from 0.5, at
    /// risk from 0.3`.
    fn listed(&self, said: &str) -> String {
        let is_mark = |c: char| matches!(c, '{' | '}' | '[' | ']');
        let flat = said.replace(is_mark, "");
        let entry = |entry: &str| {
            let mut names: Vec<&str> = entry.split(" = ").map(str::trim).collect();
            let value = self.numbers.localised(names.pop().unwrap_or_default());
            match names.as_slice() {
                [] => value,
                [.., "at_least"] if names.contains(&"scope") => self.fill(Word::AtLeastUnits, &[&value]),
                [.., "on_track"] => self.fill(Word::OnTrackFrom, &[&value]),
                [.., "at_risk"] => self.fill(Word::AtRiskFrom, &[&value]),
                [.., "units"] => self.fill(Word::UnitsAre, &[&value]),
                ["scope"] if value == "each" => self.say(Word::EachUnit),
                ["scope"] if value == "total" => self.say(Word::AllUnitsTogether),
                [.., name] => format!("{name}: {value}"),
            }
        };
        flat.split(", ").map(entry).collect::<Vec<_>>().join(", ")
    }

    fn event(&self, event: &TimeEvent) -> String {
        let word = match event.what {
            TimeEventKind::WindowOpened => Word::WindowOpened,
            TimeEventKind::PeriodBegan => Word::PeriodBegan,
            TimeEventKind::WindowClosed => Word::WindowClosed,
            TimeEventKind::ReportDue => Word::ReportBecameDue,
            TimeEventKind::CameIntoForce => Word::CameIntoForce,
            TimeEventKind::WentOutOfForce => Word::WentOutOfForce,
        };
        let of = match event.what {
            TimeEventKind::CameIntoForce | TimeEventKind::WentOutOfForce => self.target(&event.of),
            _ => event.of.clone(),
        };
        self.fill(word, &[&self.numbers.day(event.on), &of])
    }
}
