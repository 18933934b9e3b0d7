//! From rows to facts: every row is checked against its indicator, and all rows against each other.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Facts;
use super::draft::FactDraft;
use super::fact::{Fact, State};
use super::measure::{Cases, Measure};
use crate::fault::{Fault, FaultKind, Faults, Path, short};
use crate::number::{Number, Ratio};
use crate::plan::{Indicator, Kind, Plan};
use crate::time::{Day, Period};

use FaultKind::{Duplicate, Inconsistent, InvalidValue, MissingField, UnknownReference};

/// Takes in rows one by one, so that a reader need not hold a whole document.
pub(crate) struct Intake<'p> {
    plan: &'p Plan,
    facts: Facts,
}

impl Facts {
    /// The facts of a plan from rows, or every fault of them.
    ///
    /// # Errors
    /// Unknown indicators, units and period labels; figures that the kind does not take, or that are missing; a part above
    /// its whole; values outside the indicator's bounds; records of one thing that contradict each other.
    ///
    /// ```
    /// # #[cfg(feature = "toml")] {
    /// use attain::facts::{FactDraft, Facts};
    /// # let plan = attain::Plan::from_toml("format = 'attain-plan/1'\n[plan]\nid = 'p'\nowner = 'o'\nstart = 2025-01-01\n[[indicators]]\nid = 'online'\nkind = 'share'").unwrap();
    /// let row = FactDraft {
    ///     indicator: Some("online".into()),
    ///     period: Some("2025-Q1".into()),
    ///     part: Some(21.into()),
    ///     whole: Some(20.into()),
    ///     ..FactDraft::default()
    /// };
    /// let faults = Facts::new(&plan, [row]).unwrap_err();
    /// assert_eq!(faults.to_string(), "facts[0].part: part is 21 and whole 20; expected 0 ≤ part ≤ whole");
    /// # }
    /// ```
    pub fn new(plan: &Plan, rows: impl IntoIterator<Item = FactDraft>) -> Result<Self, Faults> {
        let mut intake = Intake::new(plan);
        let mut faults = Vec::new();
        for (index, row) in rows.into_iter().enumerate() {
            faults.extend(intake.row(index, &row));
        }
        let facts = intake.finish(|earlier, later| faults.push(conflict(later, &format!("facts[{earlier}]"))));
        Faults::or(faults, facts)
    }
}

impl<'p> Intake<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self { plan, facts: Facts::default() }
    }

    /// Takes in the row at a place of the document, and says what is wrong with it.
    pub(crate) fn row(&mut self, index: usize, draft: &FactDraft) -> Vec<Fault> {
        let mut faults = Vec::new();
        let path = Path::root().key("facts").index(index);
        let fact = Row { plan: self.plan, draft, path, faults: &mut faults }.fact(index);
        if let Some(fact) = fact {
            self.facts.series.entry((fact.indicator, fact.unit)).or_default().push(fact);
        }
        faults
    }

    /// The facts; of every two rows that contradict each other, `conflict` is told the earlier and the later one.
    pub(crate) fn finish(mut self, mut conflict: impl FnMut(usize, usize)) -> Facts {
        for facts in self.facts.series.values_mut() {
            let is_expected = |fact: &Fact| fact.state == State::Expected;
            facts.sort_by_key(Fact::place);
            for pair in facts.windows(2) {
                let [a, b] = pair else { continue };
                let same = a.period == b.period && a.known_from() == b.known_from();
                if same && is_expected(a) == is_expected(b) && !a.says_the_same(b) {
                    conflict(a.row, b.row);
                }
            }
            // A record given twice, word for word, is one record.
            facts.dedup_by(|b, a| a.period == b.period && a.known_from() == b.known_from() && a.says_the_same(b));
        }
        self.facts.count = self.facts.series.values().map(Vec::len).sum();
        self.facts
    }
}

/// The fault of a row that contradicts an `earlier` one.
pub(crate) fn conflict(row: usize, earlier: &str) -> Fault {
    let what = format!("{earlier} says something else of the same indicator, unit and period, known from the same day");
    let path = Path::root().key("facts").index(row).key("recorded_on");
    Fault::new(Duplicate, path, what, "one of the two, or a later 'recorded_on' on the one that counts")
}

impl Fact {
    /// Where a record stands among those of its series. What is expected is a series apart: between two actual records it
    /// would keep them from being compared.
    pub(super) fn place(&self) -> (Period, bool, NaiveDate, usize) {
        (self.period, self.state == State::Expected, self.known_from(), self.row)
    }

    /// Whether two records of one thing have the same figures, state and origin.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        (&self.measure, self.through, self.state, &self.source, &self.note)
            == (&other.measure, other.through, other.state, &other.source, &other.note)
    }
}

/// The check of one row.
struct Row<'a> {
    plan: &'a Plan,
    draft: &'a FactDraft,
    path: Path,
    faults: &'a mut Vec<Fault>,
}

impl Row<'_> {
    fn fault(&mut self, kind: FaultKind, column: &str, what: impl Into<String>, expected: impl Into<String>) {
        self.faults.push(Fault::new(kind, self.path.key(column), what, expected));
    }

    fn id(&mut self, column: &str, id: Option<&String>, known: &BTreeMap<String, usize>, what: &str) -> Option<usize> {
        let Some(id) = id else {
            self.fault(MissingField, column, format!("'{column}' is missing"), format!("the id of {what} of the plan"));
            return None;
        };
        let found = known.get(id).copied();
        if found.is_none() {
            self.fault(
                UnknownReference,
                column,
                format!("the plan has no '{}'", short(id)),
                format!("the id of {what} of the plan"),
            );
        }
        found
    }

    fn fact(&mut self, row: usize) -> Option<Fact> {
        let (plan, draft) = (self.plan, self.draft);
        let before = self.faults.len();
        let indicator = self.id("indicator", draft.indicator.as_ref(), &plan.indicator_by_id, "an indicator");
        let unit = match &draft.unit {
            None => Some(plan.owner),
            Some(_) => self.id("unit", draft.unit.as_ref(), &plan.unit_by_id, "a unit"),
        };
        let period = match draft.period.as_deref().map(|label| plan.calendar.period(label)) {
            None => {
                self.fault(MissingField, "period", "'period' is missing", "a period label or a day");
                None
            }
            Some(Err(unknown)) => {
                self.fault(InvalidValue, "period", unknown.what(), unknown.expected());
                None
            }
            Some(Ok(period)) => Some(period),
        };
        if let (Some(period), Some(through)) = (period, draft.through)
            && !period.contains_day(through.0)
        {
            self.fault(
                Inconsistent,
                "through",
                format!("{through} lies outside {}", period.label()),
                format!("a day from {} to {}", period.first(), period.last()),
            );
        }
        let state = draft.state.unwrap_or_default();
        let about = plan.indicators.get(indicator?)?;
        let measure = match state {
            State::Missing | State::NotApplicable => {
                for (column, _) in self.figures() {
                    self.fault(
                        Inconsistent,
                        column,
                        format!("a figure in a row that says {state}"),
                        "an empty field, or another state",
                    );
                }
                None
            }
            State::Expected => self.expectation(about),
            _ => self.measure(about),
        };
        let fact = Fact {
            indicator: indicator?,
            unit: unit?,
            period: period?,
            measure,
            through: draft.through.map(|day| day.0),
            state,
            recorded_on: draft.recorded_on.map(|day| day.0),
            source: draft.source.as_deref().map(Box::from),
            note: draft.note.as_deref().map(Box::from),
            row,
        };
        (self.faults.len() == before).then_some(fact)
    }

    /// The columns of figures that the row fills.
    fn figures(&self) -> Vec<(&'static str, Option<Number>)> {
        let draft = self.draft;
        let numbers = [
            ("value", draft.value),
            ("part", draft.part),
            ("whole", draft.whole),
            ("numerator", draft.numerator),
            ("denominator", draft.denominator),
            ("total", draft.total),
            ("weight", draft.weight),
            ("positive", draft.positive),
            ("valid", draft.valid),
            ("population", draft.population),
            ("in_time", draft.in_time),
            ("late", draft.late),
            ("overdue", draft.overdue),
            ("not_due", draft.not_due),
        ];
        let mut filled: Vec<_> = numbers.into_iter().filter(|(_, number)| number.is_some()).collect();
        if draft.done_on.is_some() {
            filled.push(("done_on", None));
        }
        filled
    }

    /// Refuses every figure in a column that is not one of `columns`.
    fn only(&mut self, about: &Indicator, columns: &[&str]) {
        for (column, _) in self.figures() {
            if !columns.contains(&column) {
                let what = format!("'{column}' says nothing of {}", about.kind.with_article());
                self.fault(Inconsistent, column, what, format!("figures in {}", columns.join(", ")));
            }
        }
    }

    /// A required figure that is not below 0.
    fn count(&mut self, column: &str, figure: Option<Number>) -> Option<Ratio> {
        let Some(figure) = figure else {
            self.fault(
                MissingField,
                column,
                format!("'{column}' is missing"),
                "a number, or state = missing where there is none",
            );
            return None;
        };
        self.not_negative(column, figure)
    }

    fn not_negative(&mut self, column: &str, figure: Number) -> Option<Ratio> {
        if figure.is_negative() {
            self.fault(InvalidValue, column, format!("{figure} is below 0"), "0 or more");
            return None;
        }
        Some(Ratio::from(figure))
    }

    fn required(&mut self, column: &str, figure: Option<Number>) -> Option<Ratio> {
        if figure.is_none() {
            self.fault(
                MissingField,
                column,
                format!("'{column}' is missing"),
                "a number, or state = missing where there is none",
            );
        }
        figure.map(Ratio::from)
    }

    /// A value within the indicator's bounds, whole where the indicator is.
    fn value(&mut self, about: &Indicator) -> Option<Ratio> {
        let value = self.draft.value;
        let exact = self.required("value", value)?;
        let value = value?;
        self.within_bounds("value", about, &exact);
        if about.whole && !value.is_whole() {
            self.fault(
                InvalidValue,
                "value",
                format!("{value} is not a whole number"),
                format!("a whole number of {}", about.unit),
            );
        }
        Some(exact)
    }

    fn within_bounds(&mut self, column: &str, about: &Indicator, value: &Ratio) {
        let (low, high) = about.bounds.exact();
        if low.is_some_and(|low| *value < low) {
            let low = about.bounds.low.map(|low| low.to_string()).unwrap_or_default();
            self.fault(InvalidValue, column, format!("{value} is below what '{}' can be", about.id), format!("{low} or more"));
        }
        if high.is_some_and(|high| *value > high) {
            let high = about.bounds.high.map(|high| high.to_string()).unwrap_or_default();
            self.fault(InvalidValue, column, format!("{value} is above what '{}' can be", about.id), format!("{high} or less"));
        }
    }

    /// The figures by kind.
    fn measure(&mut self, about: &Indicator) -> Option<Measure> {
        let draft = self.draft;
        if about.kind.may_be_bare() && draft.value.is_some() {
            for (column, _) in self.figures() {
                if column != "value" {
                    let expected = "the percentage alone in 'value', or its counts without it";
                    self.fault(Inconsistent, column, format!("'{column}' beside 'value'"), expected);
                }
            }
            return self.value(about).map(Measure::Bare);
        }
        let measure = match about.kind {
            Kind::Share => {
                self.only(about, &["value", "part", "whole"]);
                self.part_of("part", draft.part, "whole", draft.whole)?
            }
            Kind::Survey => {
                self.only(about, &["value", "positive", "valid", "population"]);
                let answers = self.part_of("positive", draft.positive, "valid", draft.valid);
                let population = draft.population.and_then(|figure| self.not_negative("population", figure));
                let Measure::Quotient { part, whole, .. } = answers? else { return None };
                if population.as_ref().is_some_and(|population| *population < whole) {
                    self.fault(Inconsistent, "population", "more valid answers than people", "population ≥ valid");
                }
                Measure::Quotient { part, whole, population }
            }
            Kind::Ratio => {
                self.only(about, &["numerator", "denominator"]);
                let part = self.required("numerator", draft.numerator);
                let whole = self.count("denominator", draft.denominator);
                Measure::Quotient { part: part?, whole: whole?, population: None }
            }
            Kind::Mean => {
                self.only(about, &["total", "weight"]);
                let part = self.required("total", draft.total);
                let whole = self.count("weight", draft.weight);
                Measure::Quotient { part: part?, whole: whole?, population: None }
            }
            Kind::OnTime => {
                self.only(about, &["value", "in_time", "late", "overdue", "not_due"]);
                let in_time = self.count("in_time", draft.in_time);
                let late = self.count("late", draft.late);
                let overdue = self.count("overdue", draft.overdue);
                let not_due = self.count("not_due", draft.not_due);
                Measure::OnTime(Cases { in_time: in_time?, late: late?, overdue: overdue?, not_due: not_due? })
            }
            Kind::Flow | Kind::Stock | Kind::Index => {
                self.only(about, &["value"]);
                return self.value(about).map(Measure::Amount);
            }
            Kind::Deliverable => {
                self.only(about, &["done_on", "value"]);
                let given = draft.value.and_then(|figure| self.not_negative("value", figure));
                if let Some(value) = draft.value.filter(|value| !value.is_whole()) {
                    let expected = format!("a whole number of {}", about.unit);
                    self.fault(InvalidValue, "value", format!("{value} is not a whole number"), expected);
                }
                // A day without a number is one document; no day and no number is none.
                let count = match (given, draft.done_on) {
                    (Some(count), _) => count,
                    (None, Some(_)) => Ratio::ONE,
                    (None, None) => Ratio::ZERO,
                };
                return Some(Measure::Done { on: draft.done_on.map(|day| day.0), count });
            }
        };
        // A quotient of counts lies within its natural bounds by construction; only narrower ones can be broken.
        if let Some(value) = measure.value(&about.factor()) {
            let column = match about.kind {
                Kind::Share => "part",
                Kind::Survey => "positive",
                Kind::Ratio => "numerator",
                Kind::Mean => "total",
                _ => "in_time",
            };
            self.within_bounds(column, about, &value);
        }
        Some(measure)
    }

    fn part_of(&mut self, part_column: &str, part: Option<Number>, whole_column: &str, whole: Option<Number>) -> Option<Measure> {
        let part = self.count(part_column, part);
        let whole = self.count(whole_column, whole);
        let (part, whole) = (part?, whole?);
        if part > whole {
            let what = format!("{part_column} is {part} and {whole_column} {whole}");
            self.fault(Inconsistent, part_column, what, format!("0 ≤ {part_column} ≤ {whole_column}"));
            return None;
        }
        Some(Measure::Quotient { part, whole, population: None })
    }

    /// What is expected: the whole of the period, of which nothing need be reported yet.
    fn expectation(&mut self, about: &Indicator) -> Option<Measure> {
        let draft = self.draft;
        let (column, whole) = match about.kind {
            Kind::Share => ("whole", draft.whole),
            Kind::Survey => ("valid", draft.valid),
            Kind::Ratio => ("denominator", draft.denominator),
            Kind::Mean => ("weight", draft.weight),
            Kind::OnTime => {
                self.only(about, &["in_time", "late", "overdue", "not_due", "whole"]);
                if let Some(whole) = draft.whole {
                    return self.not_negative("whole", whole).map(expected_whole);
                }
                let given: Vec<Ratio> =
                    [("in_time", draft.in_time), ("late", draft.late), ("overdue", draft.overdue), ("not_due", draft.not_due)]
                        .into_iter()
                        .filter_map(|(column, figure)| self.not_negative(column, figure?))
                        .collect();
                if self.figures().is_empty() {
                    self.fault(
                        MissingField,
                        "in_time",
                        "no expected cases are given",
                        "whole, or in_time, late, overdue, not_due",
                    );
                }
                return Some(expected_whole(Ratio::sum(&given)));
            }
            Kind::Flow | Kind::Stock | Kind::Index => {
                self.only(about, &["value"]);
                return self.value(about).map(Measure::Amount);
            }
            Kind::Deliverable => return self.measure(about),
        };
        let own: &[&str] = match about.kind {
            Kind::Share => &["part", "whole"],
            Kind::Survey => &["positive", "valid", "population"],
            Kind::Ratio => &["numerator", "denominator"],
            _ => &["total", "weight"],
        };
        self.only(about, own);
        self.count(column, whole).map(expected_whole)
    }
}

fn expected_whole(whole: Ratio) -> Measure {
    Measure::Quotient { part: Ratio::ZERO, whole, population: None }
}

impl Facts {
    /// The rows as a document says them, in the order in which they were read.
    #[must_use]
    pub fn drafts(&self, plan: &Plan) -> Vec<FactDraft> {
        let mut facts: Vec<&Fact> = self.iter().collect();
        facts.sort_by_key(|fact| fact.row);
        facts.into_iter().map(|fact| fact.draft(plan)).collect()
    }
}

impl Fact {
    /// The record as a row of the facts format.
    pub(crate) fn draft(&self, plan: &Plan) -> FactDraft {
        let about = plan.indicators.get(self.indicator);
        let kind = about.map(Indicator::kind);
        let mut row = FactDraft {
            indicator: about.map(|about| about.id.to_string()),
            unit: plan.units.get(self.unit).filter(|_| self.unit != plan.owner).map(|unit| unit.id.to_string()),
            period: Some(self.period.label()),
            through: self.through.map(Day),
            state: Some(self.state).filter(|state| *state != State::Final),
            recorded_on: self.recorded_on.map(Day),
            source: self.source.as_deref().map(str::to_owned),
            note: self.note.as_deref().map(str::to_owned),
            ..FactDraft::default()
        };
        let number = |ratio: &Ratio| Number::exactly(ratio);
        let is_expected = self.state == State::Expected;
        match &self.measure {
            None => {}
            Some(Measure::Bare(value) | Measure::Amount(value)) => row.value = number(value),
            Some(Measure::Quotient { part, whole, population }) => {
                let (over, under) = match kind {
                    Some(Kind::Ratio) => (&mut row.numerator, &mut row.denominator),
                    Some(Kind::Mean) => (&mut row.total, &mut row.weight),
                    Some(Kind::Survey) => (&mut row.positive, &mut row.valid),
                    _ => (&mut row.part, &mut row.whole),
                };
                // Of what is expected only the whole counts.
                *over = if is_expected { None } else { number(part) };
                *under = number(whole);
                row.population = population.as_ref().and_then(number);
            }
            Some(Measure::OnTime(cases)) => {
                row.in_time = number(&cases.in_time);
                row.late = number(&cases.late);
                row.overdue = number(&cases.overdue);
                row.not_due = number(&cases.not_due);
            }
            Some(Measure::Done { on, count }) => {
                row.done_on = on.map(Day);
                let implied = if on.is_some() { Ratio::ONE } else { Ratio::ZERO };
                row.value = if *count == implied { None } else { number(count) };
            }
        }
        row
    }
}
