//! Facts as columns from facts as records, and back.

use super::read::put;
use super::{FactColumns, FigureColumn, too_wide};
use crate::facts::{Fact, FactDraft, Facts, Intake, Measure, State};
use crate::fault::{Fault, Faults};
use crate::plan::Plan;
use crate::time::{Day, Period};

impl FactColumns {
    /// The facts of a plan as columns, in the order in which they were read.
    ///
    /// # Errors
    /// A column whose numbers do not fit 128 bits at the places of the one with the most, at the row where that shows.
    pub fn from_facts(plan: &Plan, facts: &Facts) -> Result<Self, Faults> {
        Self::of_records(plan, facts).map_err(Faults::from)
    }

    pub(super) fn of_records(plan: &Plan, facts: &Facts) -> Result<Self, Fault> {
        let mut records: Vec<&Fact> = facts.iter().collect();
        records.sort_by_key(|fact| fact.row);
        let mut columns = Self { periods: records.iter().map(|fact| fact.period).collect(), ..Self::default() };
        columns.periods.sort();
        columns.periods.dedup();
        for fact in &records {
            columns.push(plan, fact).map_err(|column| too_wide(fact.row, column))?;
        }
        let rows = columns.rows();
        columns.figures.iter_mut().for_each(|figures| figures.close(rows));
        if records.iter().zip(0..).any(|(fact, row)| fact.row != row) {
            columns.places = Some(records.iter().map(|fact| code(fact.row)).collect());
        }
        Ok(columns)
    }

    /// Adds a record; the name of the column that can not hold it where there is one.
    fn push(&mut self, plan: &Plan, fact: &Fact) -> Result<(), &'static str> {
        let row = self.rows();
        let period = self.periods.binary_search(&fact.period).unwrap_or_default();
        self.indicator.push(code(fact.indicator));
        self.unit.push(code(fact.unit));
        self.period.push(code(period));
        let mut draft = fact.draft(plan);
        // The whole of cases that are expected is a sum, which may have more digits than a number.
        if let (Some(Measure::Quotient { .. }), State::Expected, None) = (&fact.measure, fact.state, draft.whole)
            && FigureColumn::ALL.into_iter().all(|column| column.field(&mut draft).is_none())
        {
            return Err("whole");
        }
        for (column, decimals) in FigureColumn::ALL.into_iter().zip(&mut self.figures) {
            let Some(number) = *column.field(&mut draft) else { continue };
            let decimal = number.to_decimal();
            decimals.put_wide(row, decimal.mantissa(), decimal.scale()).ok_or(column.name())?;
        }
        put(&mut self.states, row, fact.state);
        put(&mut self.done_on, row, draft.done_on.map(|day| day.0));
        put(&mut self.through, row, fact.through);
        put(&mut self.recorded_on, row, fact.recorded_on);
        let mut texts = [(&mut self.sources, fact.source(), "source"), (&mut self.notes, fact.note(), "note")];
        texts.iter_mut().try_for_each(|(texts, text, column)| match text {
            Some(text) => texts.put(row, text).ok_or(*column),
            None => Ok(()),
        })
    }

    /// The same facts as records.
    ///
    /// # Errors
    /// Faults as of a document, where the plan is not the one that the columns were read for.
    pub fn to_facts(&self, plan: &Plan) -> Result<Facts, Faults> {
        let mut intake = Intake::new(plan);
        let mut faults = Vec::new();
        for row in 0..self.rows() {
            faults.extend(intake.row(self.place(row), &self.draft(plan, row)));
        }
        let facts = intake.finish(|_, _| ());
        Faults::or(faults, facts)
    }

    /// A row as a document says it.
    fn draft(&self, plan: &Plan, row: usize) -> FactDraft {
        let place = |codes: &[u32]| codes.get(row).map(|code| *code as usize);
        let mut draft = FactDraft {
            indicator: place(&self.indicator).and_then(|place| plan.indicators().get(place)).map(|about| about.id().to_owned()),
            unit: place(&self.unit).and_then(|place| plan.units().get(place)).map(|unit| unit.id().to_owned()),
            period: place(&self.period).and_then(|place| self.periods.get(place)).map(Period::label),
            done_on: self.done_on(row).map(Day),
            through: self.through(row).map(Day),
            state: Some(self.state(row)),
            recorded_on: self.recorded_on(row).map(Day),
            source: self.source(row).map(str::to_owned),
            note: self.note(row).map(str::to_owned),
            ..FactDraft::default()
        };
        for (column, decimals) in FigureColumn::ALL.into_iter().zip(&self.figures) {
            *column.field(&mut draft) = decimals.number(row);
        }
        draft
    }
}

fn code(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
