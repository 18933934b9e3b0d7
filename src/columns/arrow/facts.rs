//! Facts from record batches.

use std::collections::HashMap;

use arrow_array::{Array, RecordBatch};

use super::days::{DAYS, Days};
use super::figures::FigureArray;
use super::floats::{FloatColumn, Floats};
use super::ids::Texts;
use super::{MOST_FAULTS, Unread};
use crate::columns::FigureColumn;
use crate::document::{did_you_mean, one_of, quoted};
use crate::facts::{COLUMNS, FactDraft, Facts, Intake, State, conflict};
use crate::fault::{Fault, FaultKind, Faults, Path, Segment};
use crate::number::Number;
use crate::plan::Plan;
use crate::time::Day;

impl Facts {
    /// Reads facts from record batches with the columns of the format `attain-facts/1`, one batch after the other.
    ///
    /// | columns | taken as |
    /// | --- | --- |
    /// | `indicator`, `unit`, `state`, `source`, `note` | texts: `Utf8`, `LargeUtf8`, `Utf8View`, or a dictionary of them |
    /// | `period` | texts such as `2025-Q1`, or integers, which are years |
    /// | figures | integers and decimals of every width; texts such as `12.5`, read as a cell of CSV is; floats as `floats` says |
    /// | `done_on`, `through`, `recorded_on` | `Date32`; `Date64` and `Timestamp` without a time of day or zone; texts such as `2025-06-30` |
    ///
    /// Columns may be in any order, and absent but for `indicator` and `period`. Null and the empty text say nothing, as an empty
    /// cell does; a column of nothing but nulls may be of the type `Null`.
    ///
    /// # Errors
    /// Every fault, as of a document, a cell by its row, counted from 0 through all batches, and its column: columns that are
    /// missing, unknown or of other types; numbers, days and states that are none; numbers of more digits than a document has; and
    /// what there is wrong with facts. After about a thousand faults the rest is not read.
    ///
    /// ```
    /// # #[cfg(feature = "toml")] {
    /// use std::sync::Arc;
    /// use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
    /// use attain::{Facts, columns::arrow::Floats};
    /// # let plan = attain::Plan::from_toml("format = 'attain-plan/1'\n[plan]\nid = 'p'\nowner = 'o'\nstart = 2024-01-01\n[[indicators]]\nid = 'online'\nkind = 'share'").unwrap();
    /// let columns: [(&str, ArrayRef); 4] = [
    ///     ("indicator", Arc::new(StringArray::from(vec!["online", "online"]))),
    ///     ("period", Arc::new(Int64Array::from(vec![2024, 2025]))),
    ///     ("part", Arc::new(Float64Array::from(vec![19.5, 20.1]))),
    ///     ("whole", Arc::new(StringArray::from(vec!["44", "40"]))),
    /// ];
    /// let batch = RecordBatch::try_from_iter(columns).unwrap();
    /// let facts = Facts::from_record_batches(&plan, &[batch.clone()], Floats::AsWritten).unwrap();
    /// let text = "indicator,period,part,whole\nonline,2024,19.5,44\nonline,2025,20.1,40\n";
    /// # #[cfg(feature = "csv")]
    /// assert_eq!(Ok(facts), Facts::from_csv(&plan, text));
    /// let faults = Facts::from_record_batches(&plan, &[batch], Floats::Refused).unwrap_err();
    /// assert!(faults.to_string().starts_with("part: Float64; expected integers or decimals"));
    /// # }
    /// ```
    pub fn from_record_batches(plan: &Plan, batches: &[RecordBatch], floats: Floats) -> Result<Self, Faults> {
        let (mut tables, mut faults, mut from) = (Vec::new(), Vec::new(), 0_usize);
        for batch in batches {
            tables.push(Table::new(batch, from, floats, &mut faults));
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
                if faults.len() >= MOST_FAULTS {
                    return Faults::or(faults, Self::default());
                }
            }
        }
        let facts = intake.finish(|earlier, later| faults.push(conflict(later, &format!("facts[{earlier}]"))));
        Faults::or(faults, facts)
    }
}

/// The columns of a batch of facts.
struct Table<'a> {
    /// The number of the first row, through all batches.
    from: usize,
    rows: usize,
    texts: HashMap<&'static str, Texts<'a>>,
    periods: Option<Periods<'a>>,
    days: HashMap<&'static str, Days<'a>>,
    figures: Vec<(FigureColumn, Numbers<'a>)>,
}

/// A column of periods.
enum Periods<'a> {
    Labels(Texts<'a>),
    Years(FigureArray),
}

/// A column of figures.
enum Numbers<'a> {
    Exact(FigureArray),
    Floats(FloatColumn<'a>),
    Texts(Texts<'a>),
}

impl<'a> Table<'a> {
    fn new(batch: &'a RecordBatch, from: usize, floats: Floats, faults: &mut Vec<Fault>) -> Self {
        let (texts, days, figures) = (HashMap::new(), HashMap::new(), Vec::new());
        let mut table = Self { from, rows: batch.num_rows(), texts, periods: None, days, figures };
        let mut of_columns = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            match table.take(field.name(), array, floats) {
                Ok(of_cells) => faults.extend(of_cells),
                Err(fault) => of_columns.push(fault),
            }
            if seen.contains(&field.name().as_str()) {
                let what = format!("{} a second time", quoted(field.name()));
                of_columns.push(Fault::new(FaultKind::Duplicate, Path::root().key(field.name()), what, "each column once"));
            }
            seen.push(field.name());
        }
        for required in ["indicator", "period"] {
            if !seen.contains(&required) {
                let what = format!("the column '{required}' is missing");
                let expected = "indicator, period and the figures";
                of_columns.push(Fault::new(FaultKind::MissingField, Path::root().key(required), what, expected));
            }
        }
        // Of a table in many batches once.
        of_columns.retain(|fault| !faults.contains(fault));
        faults.append(&mut of_columns);
        table
    }

    /// Takes in a column; the faults of its cells, or of itself.
    fn take(&mut self, name: &str, array: &'a dyn Array, floats: Floats) -> Result<Vec<Fault>, Fault> {
        let Some(column) = COLUMNS.into_iter().find(|column| *column == name) else {
            let what = format!("unknown column {}{}", quoted(name), did_you_mean(name, &COLUMNS));
            return Err(Fault::new(FaultKind::UnknownField, Path::root().key(name), what, one_of(&COLUMNS)));
        };
        let refused =
            |expected| Fault::new(FaultKind::InvalidValue, Path::root().key(name), array.data_type().to_string(), expected);
        let texts = || Texts::new(array);
        if let Some(figure) = FigureColumn::ALL.into_iter().find(|figure| figure.name() == column) {
            let (numbers, more) = match (floats.of(array), texts()) {
                (Some(floats), _) => (Numbers::Floats(floats), Vec::new()),
                (_, Some(texts)) => (Numbers::Texts(texts), Vec::new()),
                _ => {
                    let (figures, more) = FigureArray::read(array, column, floats)?;
                    (Numbers::Exact(figures), more)
                }
            };
            self.figures.push((figure, numbers));
            let of_fact = |fault: Fault| match fault.path.segments() {
                [_, Segment::Index(row)] => Fault { path: self.cell(*row, column), ..fault },
                _ => fault,
            };
            return Ok(more.into_iter().map(of_fact).collect());
        }
        match column {
            "done_on" | "through" | "recorded_on" => {
                self.days.insert(column, Days::new(array).ok_or_else(|| refused(DAYS))?);
            }
            "period" if array.data_type().is_integer() => {
                self.periods = Some(Periods::Years(FigureArray::read(array, column, floats)?.0));
            }
            "period" => {
                let expected = "labels as texts such as 2025 or 2025-Q1, or years as integers";
                self.periods = Some(Periods::Labels(texts().ok_or_else(|| refused(expected))?));
            }
            _ => {
                self.texts.insert(column, texts().ok_or_else(|| refused("texts, plain or as a dictionary"))?);
            }
        }
        Ok(Vec::new())
    }

    fn cell(&self, row: usize, column: &str) -> Path {
        Path::root().key("facts").index(self.from.saturating_add(row)).key(column)
    }

    /// A row as a document says it, and the cells that can not be read.
    fn draft(&self, row: usize) -> (FactDraft, Vec<Fault>) {
        let mut faults = Vec::new();
        let text = |column: &str| said(self.texts.get(column)?, row);
        let mut draft = FactDraft {
            indicator: text("indicator").map(str::to_owned),
            unit: text("unit").map(str::to_owned),
            period: self.periods.as_ref().and_then(|periods| periods.get(row)),
            source: text("source").map(str::to_owned),
            note: text("note").map(str::to_owned),
            ..FactDraft::default()
        };
        let mut unread = |column: &str, Unread { what, expected }: Unread| {
            faults.push(Fault::new(FaultKind::InvalidValue, self.cell(row, column), what, expected));
        };
        if let Some(code) = text("state") {
            draft.state = STATES.into_iter().find(|state| state.code() == code);
            if draft.state.is_none() {
                let known = STATES.map(State::code);
                unread(
                    "state",
                    Unread::new(format!("{} is not known{}", quoted(code), did_you_mean(code, &known)), one_of(&known)),
                );
            }
        }
        let days = [("done_on", &mut draft.done_on), ("through", &mut draft.through), ("recorded_on", &mut draft.recorded_on)];
        for (column, slot) in days {
            match self.days.get(column).map(|days| days.get(row)) {
                Some(Ok(day)) => *slot = day.map(Day),
                Some(Err(what)) => unread(column, what),
                None => {}
            }
        }
        for (column, numbers) in &self.figures {
            match numbers.get(row) {
                Ok(number) => *column.field(&mut draft) = number,
                Err(what) => unread(column.name(), what),
            }
        }
        (draft, faults)
    }
}

impl Periods<'_> {
    /// The label of a row, where there is one.
    fn get(&self, row: usize) -> Option<String> {
        match self {
            Self::Labels(texts) => said(texts, row).map(str::to_owned),
            Self::Years(years) => years.figures().get(row).map(|year| year.to_string()),
        }
    }
}

impl Numbers<'_> {
    /// The number of a row, where there is one.
    fn get(&self, row: usize) -> Result<Option<Number>, Unread> {
        match self {
            Self::Exact(figures) => {
                let Some(value) = figures.figures().get(row) else { return Ok(None) };
                let too_long = || Unread::new("a number of too many digits", "at most 28 digits");
                Number::exactly(&value).map(Some).ok_or_else(too_long)
            }
            Self::Floats(floats) => floats.get(row),
            // Without the blanks around it, as a cell of CSV.
            Self::Texts(texts) => {
                said(texts, row).map(|text| text.trim().parse()).transpose().map_err(|fault| Unread::of(&fault))
            }
        }
    }
}

/// The text of a cell; nothing where it is empty.
fn said<'a>(texts: &Texts<'a>, row: usize) -> Option<&'a str> {
    texts.get(row).filter(|text| !text.is_empty())
}

pub(super) const STATES: [State; 6] =
    [State::Final, State::Provisional, State::Estimated, State::Missing, State::NotApplicable, State::Expected];
