//! Facts as columns: what a facts document says, ready for the batch engine.

mod cells;
mod check;
mod counts;
mod decimals;
mod dictionary;
mod read;
mod records;
mod texts;
mod twins;

use chrono::NaiveDate;

pub use self::counts::Counts;
use self::decimals::Decimals;
use self::texts::Texts;
use super::{Codes, FigureColumn, Figures};
use crate::facts::State;
use crate::fault::{Fault, FaultKind, Faults, Path};
use crate::plan::Plan;
use crate::time::Period;

/// Facts as columns, row by row in the order of the document; every row is sound, as in [`Facts`](crate::Facts).
///
/// A column that no row fills is not there and costs nothing. What says nothing is left out, as when facts are written: the
/// part of a row that is `expected`, the number of documents that `done_on` implies. A record given twice, word for word, is
/// one row.
///
/// ```
/// # #[cfg(feature = "toml")] {
/// use attain::columns::{FactColumns, FigureColumn};
/// # let plan = attain::Plan::from_toml("format = 'attain-plan/1'\n[plan]\nid = 'p'\nowner = 'o'\nstart = 2025-01-01\n[[indicators]]\nid = 'online'\nkind = 'share'").unwrap();
/// let text = "indicator,period,part,whole\nonline,2025-Q2,19.5,44\nonline,2025-Q1,20,40\n";
/// let facts = FactColumns::from_csv(&plan, text).unwrap();
/// assert_eq!(facts.rows(), 2);
/// assert_eq!(facts.period(), [1, 0]); // places in `periods`, the earliest first
/// assert_eq!(facts.periods()[0].label(), "2025-Q1");
/// assert_eq!(facts.figures(FigureColumn::Part).unwrap().get(0).unwrap().to_string(), "19.5");
/// assert!(facts.figures(FigureColumn::Value).is_none());
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactColumns {
    indicator: Vec<u32>,
    unit: Vec<u32>,
    period: Vec<u32>,
    periods: Vec<Period>,
    figures: [Decimals; FigureColumn::ALL.len()],
    /// Up to the last row that is not final.
    states: Vec<State>,
    /// Up to the last row that has one; so are the others.
    done_on: Vec<Option<NaiveDate>>,
    through: Vec<Option<NaiveDate>>,
    recorded_on: Vec<Option<NaiveDate>>,
    sources: Texts,
    notes: Texts,
    /// The place of each row in the document, where rows were left out.
    places: Option<Vec<u32>>,
}

impl FactColumns {
    /// Reads facts from CSV, format `attain-facts/1`: what [`Facts::from_csv`](crate::Facts::from_csv) reads, straight into
    /// columns.
    ///
    /// What is plain is read by integers alone, with the feature `parallel` on all threads of the current pool; any text with a
    /// fault or something unusual in it goes to the ordinary reader, so that both say the same of every text. Plain is: columns
    /// in any order, line ends of either kind, quotes, numbers of up to 18 digits, any column of the format; not a record that
    /// is given twice.
    ///
    /// # Errors
    /// Every fault of the document, each with its line and column, in the words of the ordinary reader; and a column whose
    /// numbers do not fit 128 bits at the places of the one with the most.
    pub fn from_csv(plan: &Plan, text: impl AsRef<[u8]>) -> Result<Self, Faults> {
        let text = text.as_ref();
        if let Some(columns) = read::plain(plan, text, read::chunks_for(text)) {
            return Ok(columns);
        }
        let facts = crate::Facts::from_csv(plan, text)?;
        Self::of_records(plan, &facts).map_err(|fault| crate::document::facts_csv_placed(text, fault).into())
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.indicator.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.indicator.is_empty()
    }

    /// What was measured, by its place in the plan's indicators; one a row.
    #[must_use]
    pub fn indicator(&self) -> &[u32] {
        &self.indicator
    }

    /// Where, by its place in the plan's units; one a row, the plan's owner where the document says nothing.
    #[must_use]
    pub fn unit(&self) -> &[u32] {
        &self.unit
    }

    /// The period of each row, by its place in [`periods`](Self::periods).
    #[must_use]
    pub fn period(&self) -> &[u32] {
        &self.period
    }

    /// Every period that a row is of, once, by their first day, then by their last.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// A column of figures, one a row, missing where the row does not fill it; nothing where no row does.
    #[must_use]
    pub fn figures(&self, column: FigureColumn) -> Option<Figures<'_>> {
        self.decimals(column).and_then(Decimals::figures)
    }

    /// How settled the figures of a row are; final unless the document says otherwise.
    #[must_use]
    pub fn state(&self, row: usize) -> State {
        self.states.get(row).copied().unwrap_or_default()
    }

    /// The day a row's deliverable was done.
    #[must_use]
    pub fn done_on(&self, row: usize) -> Option<NaiveDate> {
        self.done_on.get(row).copied().flatten()
    }

    /// The last day that a row's figures cover, where that is not the period's.
    #[must_use]
    pub fn through(&self, row: usize) -> Option<NaiveDate> {
        self.through.get(row).copied().flatten()
    }

    /// The day a row was recorded.
    #[must_use]
    pub fn recorded_on(&self, row: usize) -> Option<NaiveDate> {
        self.recorded_on.get(row).copied().flatten()
    }

    /// Who says so.
    #[must_use]
    pub fn source(&self, row: usize) -> Option<&str> {
        self.sources.get(row)
    }

    /// Anything else that was noted of a row.
    #[must_use]
    pub fn note(&self, row: usize) -> Option<&str> {
        self.notes.get(row)
    }

    /// The place of a row in the document, counted from 0; rows that were given twice count there.
    #[must_use]
    pub fn place(&self, row: usize) -> usize {
        self.places.as_ref().and_then(|places| places.get(row)).map_or(row, |place| *place as usize)
    }

    /// The day from which a row is known: `recorded_on`, else the day its figures stand at.
    #[must_use]
    pub fn known_from(&self, row: usize) -> Option<NaiveDate> {
        let last_day = || self.periods.get(*self.period.get(row)? as usize).map(Period::last);
        self.recorded_on(row).or_else(|| self.done_on(row)).or_else(|| self.through(row)).or_else(last_day)
    }

    /// Which indicator each row is of, as the batch engine takes it.
    #[must_use]
    pub fn indicator_codes(&self) -> Codes<'_> {
        Codes::Each(&self.indicator)
    }

    fn decimals(&self, column: FigureColumn) -> Option<&Decimals> {
        self.figures.get(column as usize)
    }
}

/// The fault of a column that can not hold the number of a row of the document.
fn too_wide(row: usize, column: &str) -> Fault {
    let path = Path::root().key("facts").index(row).key(column);
    let what = "with this number the column does not fit 128 bits at the places of the number with the most";
    Fault::new(FaultKind::Limit, path, what, "fewer digits, before or behind the point")
}
