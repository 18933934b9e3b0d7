//! Facts as a record batch, and back.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Date64Type};
use arrow_array::{Array, ArrayRef, Date32Array, Date64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field};
use chrono::{Datelike, NaiveDate};

use super::answers::{batch as batch_of, exact};
use super::figures::FigureArray;
use super::ids::Texts;
use super::{MOST_FAULTS, dictionary, refused};
use crate::columns::{FactColumns, FigureColumn};
use crate::document::{did_you_mean, one_of, quoted};
use crate::facts::{COLUMNS, FactDraft, Intake, State, conflict};
use crate::fault::{Fault, FaultKind, Faults, Path, Segment};
use crate::number::Number;
use crate::plan::{Indicator, OrganisationUnit, Plan};
use crate::time::{Day, Period, parse_day};

impl FactColumns {
    /// The facts as a record batch with the columns of the format `attain-facts/1` that some row fills, in its order.
    ///
    /// | column | type |
    /// | --- | --- |
    /// | `indicator`, `unit`, `period`, `state` | dictionary of `Int32` keys and texts; never null |
    /// | figures | `Decimal128(38, places of the number with the most)` |
    /// | `done_on`, `through`, `recorded_on` | `Date32` |
    /// | `source`, `note` | `Utf8` |
    ///
    /// # Errors
    /// A plan that is not the one that the facts were read for; numbers of 39 digits, which no decimal of Arrow with 128 bits has.
    pub fn to_record_batch(&self, plan: &Plan) -> Result<RecordBatch, Faults> {
        let columns = self.columns(plan).map_err(|error| refused(&error))?;
        Ok(batch_of(columns)?)
    }

    fn columns(&self, plan: &Plan) -> Result<Vec<(Field, ArrayRef)>, ArrowError> {
        let labels: Vec<String> = self.periods().iter().map(Period::label).collect();
        let mut columns = vec![
            ("indicator", dictionary(self.indicator(), plan.indicators().iter().map(Indicator::id))?),
            ("unit", dictionary(self.unit(), plan.units().iter().map(OrganisationUnit::id))?),
            ("period", dictionary(self.period(), labels.iter().map(String::as_str))?),
        ];
        for column in FigureColumn::ALL {
            if let Some(figures) = self.figures(column) {
                columns.push((column.name(), exact(&figures)?));
            }
        }
        let rows = 0..self.rows();
        let day = |day: NaiveDate| Date32Type::from_naive_date(day);
        let days =
            |of: &dyn Fn(usize) -> Option<NaiveDate>| -> Date32Array { rows.clone().map(|row| of(row).map(day)).collect() };
        let state = |row: usize| STATES.iter().zip(0..).find_map(|(state, code)| (*state == self.state(row)).then_some(code));
        let states: Vec<u32> = rows.clone().filter_map(state).collect();
        let states = dictionary(&states, STATES.into_iter().map(State::code))?;
        let texts = |of: &dyn Fn(usize) -> Option<String>| -> StringArray { rows.clone().map(of).collect() };
        columns.extend([
            ("done_on", Arc::new(days(&|row| self.done_on(row))) as ArrayRef),
            ("through", Arc::new(days(&|row| self.through(row)))),
            ("state", states),
            ("recorded_on", Arc::new(days(&|row| self.recorded_on(row)))),
            ("source", Arc::new(texts(&|row| self.source(row).map(str::to_owned)))),
            ("note", Arc::new(texts(&|row| self.note(row).map(str::to_owned)))),
        ]);
        // What no row fills is left out, as in the document.
        columns.retain(|(name, array)| match *name {
            "state" => rows.clone().any(|row| self.state(row) != State::Final),
            name => NEVER_NULL.contains(&name) || array.null_count() < array.len(),
        });
        let field =
            |(name, array): (&str, ArrayRef)| (Field::new(name, array.data_type().clone(), !NEVER_NULL.contains(&name)), array);
        Ok(columns.into_iter().map(field).collect())
    }

    /// Facts from record batches with the columns of the format `attain-facts/1`, one after the other.
    ///
    /// Figures are read as [`FigureArray`] says; texts as `Utf8`, `LargeUtf8`, `Utf8View` or dictionaries of them; days as
    /// `Date32`, `Date64` or texts such as `2025-06-30`. Columns may be in any order and absent; null and the empty text say
    /// nothing, as an empty cell does.
    ///
    /// # Errors
    /// Every fault, as of a document, rows counted from 0 through all batches: columns that are unknown or of other types, days
    /// and states that are none, numbers of more digits than a document has; and what there is wrong with facts.
    ///
    /// ```
    /// # #[cfg(feature = "toml")] {
    /// use attain::columns::FactColumns;
    /// # let plan = attain::Plan::from_toml("format = 'attain-plan/1'\n[plan]\nid = 'p'\nowner = 'o'\nstart = 2025-01-01\n[[indicators]]\nid = 'online'\nkind = 'share'").unwrap();
    /// let text = "indicator,period,part,whole\nonline,2025-Q1,20,40\nonline,2025-Q2,19.5,44\n";
    /// let facts = FactColumns::from_csv(&plan, text).unwrap();
    /// let batch = facts.to_record_batch(&plan).unwrap();
    /// assert_eq!(batch.schema().field(3).to_string(), r#"Field { "part": nullable Decimal128(38, 1) }"#);
    /// assert_eq!(FactColumns::from_record_batches(&plan, &[batch]), Ok(facts));
    /// # }
    /// ```
    pub fn from_record_batches(plan: &Plan, batches: &[RecordBatch]) -> Result<Self, Faults> {
        let (mut tables, mut faults, mut from) = (Vec::new(), Vec::new(), 0_usize);
        for batch in batches {
            tables.push(Table::new(batch, from, &mut faults));
            from = from.saturating_add(batch.num_rows());
        }
        Faults::or(std::mem::take(&mut faults), ())?;
        let mut intake = Intake::new(plan);
        for table in &tables {
            for row in 0..table.rows {
                let (draft, unread) = table.draft(row);
                let mut more = intake.row(table.from.saturating_add(row), &draft);
                // Of a cell that can not be read nothing else is told.
                more.retain(|fault| !unread.iter().any(|other| other.path == fault.path));
                faults.extend(unread.into_iter().chain(more));
            }
            if faults.len() >= MOST_FAULTS {
                break;
            }
        }
        let facts = intake.finish(|earlier, later| faults.push(conflict(later, &format!("facts[{earlier}]"))));
        Self::from_facts(plan, &Faults::or(faults, facts)?)
    }
}

/// The columns of a batch of facts.
struct Table<'a> {
    /// The number of the first row, through all batches.
    from: usize,
    rows: usize,
    texts: HashMap<&'static str, Texts<'a>>,
    days: HashMap<&'static str, Days<'a>>,
    figures: Vec<(FigureColumn, FigureArray)>,
}

/// A column of days.
enum Days<'a> {
    Whole(&'a Date32Array),
    Milliseconds(&'a Date64Array),
    Texts(Texts<'a>),
}

impl<'a> Table<'a> {
    fn new(batch: &'a RecordBatch, from: usize, faults: &mut Vec<Fault>) -> Self {
        let (texts, days, figures) = (HashMap::new(), HashMap::new(), Vec::new());
        let mut table = Self { from, rows: batch.num_rows(), texts, days, figures };
        let mut seen: Vec<&str> = Vec::new();
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            if let Err(fault) = table.take(field.name(), array, faults) {
                faults.push(fault);
            }
            if seen.contains(&field.name().as_str()) {
                let what = format!("{} a second time", quoted(field.name()));
                faults.push(Fault::new(FaultKind::Duplicate, Path::root().key(field.name()), what, "each column once"));
            }
            seen.push(field.name());
        }
        table
    }

    fn take(&mut self, name: &str, array: &'a dyn Array, faults: &mut Vec<Fault>) -> Result<(), Fault> {
        let Some(column) = COLUMNS.into_iter().find(|column| *column == name) else {
            let what = format!("unknown column {}{}", quoted(name), did_you_mean(name, &COLUMNS));
            return Err(Fault::new(FaultKind::UnknownField, Path::root().key(name), what, one_of(&COLUMNS)));
        };
        let refused =
            |expected| Fault::new(FaultKind::InvalidValue, Path::root().key(name), array.data_type().to_string(), expected);
        if let Some(figure) = FigureColumn::ALL.into_iter().find(|figure| figure.name() == column) {
            let (figures, more) = FigureArray::read(array, column)?;
            self.figures.push((figure, figures));
            let of_fact = |fault: Fault| match fault.path.segments() {
                [_, Segment::Index(row)] => Fault { path: self.cell(*row, column), ..fault },
                _ => fault,
            };
            faults.extend(more.into_iter().map(of_fact));
        } else if DAYS.contains(&column) {
            let days = Days::new(array).ok_or_else(|| refused("days as Date32, Date64 or texts such as 2025-06-30"))?;
            self.days.insert(column, days);
        } else {
            let texts = Texts::new(array).ok_or_else(|| refused("texts, plain or as a dictionary"))?;
            self.texts.insert(column, texts);
        }
        Ok(())
    }

    fn cell(&self, row: usize, column: &str) -> Path {
        Path::root().key("facts").index(self.from.saturating_add(row)).key(column)
    }

    /// A row as a document says it, and the cells that can not be read.
    fn draft(&self, row: usize) -> (FactDraft, Vec<Fault>) {
        let mut faults = Vec::new();
        let text = |column: &str| self.texts.get(column)?.get(row).filter(|text| !text.is_empty());
        let mut draft = FactDraft {
            indicator: text("indicator").map(str::to_owned),
            unit: text("unit").map(str::to_owned),
            period: text("period").map(str::to_owned),
            source: text("source").map(str::to_owned),
            note: text("note").map(str::to_owned),
            ..FactDraft::default()
        };
        let mut unread = |column: &str, what: String, expected: String| {
            faults.push(Fault::new(FaultKind::InvalidValue, self.cell(row, column), what, expected));
        };
        if let Some(code) = text("state") {
            draft.state = STATES.into_iter().find(|state| state.code() == code);
            if draft.state.is_none() {
                let known = STATES.map(State::code);
                unread("state", format!("{} is not known{}", quoted(code), did_you_mean(code, &known)), one_of(&known));
            }
        }
        let days = [("done_on", &mut draft.done_on), ("through", &mut draft.through), ("recorded_on", &mut draft.recorded_on)];
        for (column, slot) in days {
            match self.days.get(column).map(|days| days.get(row)) {
                Some(Ok(day)) => *slot = day.map(Day),
                Some(Err(what)) => unread(column, what, "a day of the years 0001 to 9999, such as 2025-06-30".to_owned()),
                None => {}
            }
        }
        for (column, figures) in &self.figures {
            let Some(value) = figures.figures().get(row) else { continue };
            let slot = column.field(&mut draft);
            *slot = Number::exactly(&value);
            if slot.is_none() {
                unread(column.name(), "a number of too many digits".to_owned(), "at most 28 digits".to_owned());
            }
        }
        (draft, faults)
    }
}

impl<'a> Days<'a> {
    /// Nothing where an array is none of days.
    fn new(array: &'a dyn Array) -> Option<Self> {
        match array.data_type() {
            DataType::Date32 => array.as_primitive_opt().map(Self::Whole),
            DataType::Date64 => array.as_primitive_opt().map(Self::Milliseconds),
            _ => Texts::new(array).map(Self::Texts),
        }
    }

    /// The day of a row, where there is one; what stands there where that is none.
    fn get(&self, row: usize) -> Result<Option<NaiveDate>, String> {
        let there = |array: &dyn Array| row < array.len() && array.is_valid(row);
        let (day, shown) = match self {
            Self::Whole(array) if there(*array) => {
                (Date32Type::to_naive_date_opt(array.value(row)), format!("day {}", array.value(row)))
            }
            Self::Milliseconds(array) if there(*array) => {
                (Date64Type::to_naive_date_opt(array.value(row)), format!("millisecond {}", array.value(row)))
            }
            Self::Texts(texts) => match texts.get(row).filter(|text| !text.is_empty()) {
                Some(text) => (parse_day(text), quoted(text)),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        day.filter(|day| (1..=9999).contains(&day.year())).map(Some).ok_or(shown)
    }
}

const DAYS: [&str; 3] = ["done_on", "through", "recorded_on"];

const STATES: [State; 6] =
    [State::Final, State::Provisional, State::Estimated, State::Missing, State::NotApplicable, State::Expected];

const NEVER_NULL: [&str; 4] = ["indicator", "unit", "period", "state"];
