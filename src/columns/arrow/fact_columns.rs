//! Facts in columns as a record batch, and back.

use std::sync::Arc;

use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, Date32Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, Field};
use chrono::NaiveDate;

use super::answers::{batch as batch_of, exact};
use super::facts::STATES;
use super::{Floats, dictionary, refused};
use crate::columns::{FactColumns, FigureColumn};
use crate::facts::{Facts, State};
use crate::fault::Faults;
use crate::plan::{Indicator, OrganisationUnit, Plan};
use crate::time::Period;

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

    /// Facts in columns from record batches: what [`Facts::from_record_batches`] reads.
    ///
    /// # Errors
    /// As there; and a column whose numbers do not fit 128 bits at the places of the one with the most.
    ///
    /// ```
    /// # #[cfg(feature = "toml")] {
    /// use attain::columns::{FactColumns, arrow::Floats};
    /// # let plan = attain::Plan::from_toml("format = 'attain-plan/1'\n[plan]\nid = 'p'\nowner = 'o'\nstart = 2025-01-01\n[[indicators]]\nid = 'online'\nkind = 'share'").unwrap();
    /// let text = "indicator,period,part,whole\nonline,2025-Q1,20,40\nonline,2025-Q2,19.5,44\n";
    /// let facts = FactColumns::from_csv(&plan, text).unwrap();
    /// let batch = facts.to_record_batch(&plan).unwrap();
    /// assert_eq!(batch.schema().field(3).to_string(), r#"Field { "part": nullable Decimal128(38, 1) }"#);
    /// assert_eq!(FactColumns::from_record_batches(&plan, &[batch], Floats::Refused), Ok(facts));
    /// # }
    /// ```
    pub fn from_record_batches(plan: &Plan, batches: &[RecordBatch], floats: Floats) -> Result<Self, Faults> {
        Self::from_facts(plan, &Facts::from_record_batches(plan, batches, floats)?)
    }
}

const NEVER_NULL: [&str; 4] = ["indicator", "unit", "period", "state"];
