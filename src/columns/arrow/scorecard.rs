//! The scorecard as a record batch.
#![allow(clippy::disallowed_types, reason = "an estimate is a float of 12 digits, and stays one")]

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Date32Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, DECIMAL128_MAX_PRECISION, Field};

use super::answers::batch as batch_of;
use super::{MOST_FAULTS, refused};
use crate::document::{Cell, Cells, Row, TABLE, quoted};
use crate::fault::{Fault, FaultKind, Faults, Path};
use crate::number::{Ratio, Rounding};
use crate::scorecard::Scorecard;

impl Scorecard {
    /// The scorecard as a record batch, one row an assessment, with the columns of
    /// [`SCORECARD_COLUMNS`](crate::document::SCORECARD_COLUMNS) in their order, and `undefined` after them.
    ///
    /// | columns | type |
    /// | --- | --- |
    /// | exact numbers and numbers of cases: `actual`, `counted`, `of`, `threshold`, `low`, `high`, `attainable`, `baseline`, `variance`, `shortfall`, `shortfall_share`, `ratio_to_target`, `progress`, `path_expected`, `planned_progress`, `pace`, `observed_rate`, `required_rate`, `acceleration_needed`, `change_previous`, `change_year_before`, `short_by`, `allowance`, `successes_needed_in_a_row`, `needed_of_remaining` | `Decimal128(38, 12)`, rounded as documents are |
    /// | estimates: `forecast…`, `survey_low`, `survey_high` | `Float64`, whose shortest decimal has the 12 digits of the estimate |
    /// | `row`, `reported`, `expected`, `lead_days`, `line` | `Int64` |
    /// | `on`, `due`, `baseline_on`, `lost_since` | `Date32` |
    /// | `provisional` | `Boolean` |
    /// | `reasons`, `missing`, `undefined` | `List<Utf8>`, never null |
    /// | all others: ids, codes and words | `Utf8` |
    ///
    /// What does not apply to a row and what is undefined is null, never 0. Of what is undefined, `undefined` says why: an entry
    /// each, column and [reason](crate::Reason::code), such as `variance:no_data`, in the order of the columns. Every scorecard
    /// has the same schema.
    ///
    /// # Errors
    /// Every number of more than 26 digits before the point, which no decimal of this type holds; the first thousand are named.
    ///
    /// ```
    /// # #[cfg(all(feature = "toml", feature = "csv"))] {
    /// # let plan = attain::Plan::from_toml(r#"
    /// #     format = "attain-plan/1"
    /// #     plan = { id = "demo", owner = "office", start = 2025-01-01 }
    /// #     [[indicators]]
    /// #     id = "online"
    /// #     kind = "share"
    /// #     [[targets]]
    /// #     id = "online-2025"
    /// #     indicator = "online"
    /// #     at_least = 80
    /// #     by = "2025"
    /// # "#).unwrap();
    /// use arrow_array::{Array, cast::AsArray, types::Decimal128Type};
    /// use attain::{Facts, assess, time::parse_day};
    ///
    /// // At least 80 % by the end of 2025, measured from nothing.
    /// let facts = Facts::from_csv(&plan, "indicator,period,part,whole\nonline,2025,1999,2500\n").unwrap();
    /// let table = assess(&plan, &facts, parse_day("2025-12-31").unwrap()).to_record_batch().unwrap();
    /// assert_eq!(table["status"].as_string::<i32>().value(0), "missed");
    /// assert_eq!(table["variance"].as_primitive::<Decimal128Type>().value_as_string(0), "-0.040000000000");
    /// assert!(table["progress"].is_null(0));
    /// let undefined = table["undefined"].as_list::<i32>().value(0);
    /// assert!(undefined.as_string::<i32>().iter().any(|entry| entry == Some("progress:no_baseline")));
    /// # }
    /// ```
    pub fn to_record_batch(&self) -> Result<RecordBatch, Faults> {
        let rows: Vec<Row<'_>> = self.assessments().iter().map(|of| Row::new(self, of)).collect();
        let mut table = Table { undefined: vec![Vec::new(); rows.len()], rows, faults: Vec::new() };
        let mut columns: Vec<(Field, ArrayRef)> = Vec::with_capacity(TABLE.len().saturating_add(1));
        for column in TABLE {
            let array = table.column(column.name, column.cells).map_err(|error| refused(&error))?;
            columns.push((Field::new(column.name, array.data_type().clone(), !matches!(column.cells, Cells::Texts(_))), array));
        }
        let Table { undefined, faults, .. } = table;
        let undefined = lists(undefined);
        columns.push((Field::new("undefined", undefined.data_type().clone(), false), undefined));
        Faults::or(faults, ())?;
        Ok(batch_of(columns)?)
    }
}

/// The rows of a table, and what is found on the way through its columns.
struct Table<'a> {
    rows: Vec<Row<'a>>,
    /// By row, what is undefined and why.
    undefined: Vec<Vec<String>>,
    faults: Vec<Fault>,
}

impl Table<'_> {
    fn column(&mut self, name: &str, cells: Cells) -> Result<ArrayRef, ArrowError> {
        Ok(match cells {
            Cells::Text(cell) => Arc::new(self.values(name, cell).collect::<StringArray>()),
            Cells::Texts(cell) => lists(self.values(name, cell).map(Option::unwrap_or_default)),
            Cells::Flag(cell) => Arc::new(self.values(name, cell).collect::<BooleanArray>()),
            Cells::Count(cell) => Arc::new(self.values(name, cell).collect::<Int64Array>()),
            Cells::Day(cell) => {
                Arc::new(self.values(name, cell).map(|day| day.map(Date32Type::from_naive_date)).collect::<Date32Array>())
            }
            Cells::Number(cell) => {
                let numbers: Vec<_> = self.values(name, cell).collect();
                self.decimals(name, &numbers)?
            }
            Cells::Estimate(cell) => {
                Arc::new(self.values(name, cell).map(|estimate| Some(estimate?.value())).collect::<Float64Array>())
            }
        })
    }

    /// What stands in a column, row by row; why there is nothing is noted.
    fn values<'t, T>(&'t mut self, name: &'t str, cell: fn(&Row<'_>) -> Cell<T>) -> impl Iterator<Item = Option<T>> + 't
    where
        T: 't,
    {
        self.rows.iter().zip(&mut self.undefined).map(move |(row, undefined)| match cell(row) {
            Ok(value) => value,
            Err(reason) => {
                undefined.push(format!("{name}:{reason}"));
                None
            }
        })
    }

    fn decimals(&mut self, name: &str, numbers: &[Option<Ratio>]) -> Result<ArrayRef, ArrowError> {
        let mut found = Vec::with_capacity(numbers.len());
        for (row, number) in numbers.iter().enumerate() {
            let mantissa = number.as_ref().map(|number| mantissa(number).ok_or(number));
            if let Some(Err(number)) = mantissa
                && self.faults.len() < MOST_FAULTS
            {
                let path = Path::root().key("assessments").index(row).key(name);
                let expected = "at most 26 digits before the point, as decimals of 128 bits hold them with 12 places";
                self.faults.push(Fault::new(FaultKind::Limit, path, quoted(&number.to_string()), expected));
            }
            found.push(mantissa.and_then(Result::ok));
        }
        Ok(Arc::new(Decimal128Array::from(found).with_precision_and_scale(DECIMAL128_MAX_PRECISION, PLACES)?))
    }
}

/// The places of [`Rounding::DOCUMENT`].
const PLACES: i8 = 12;

/// A number as the document rounds it, without its point; nothing where that has more than 38 digits.
fn mantissa(number: &Ratio) -> Option<i128> {
    let mantissa: i128 = Rounding::DOCUMENT.fixed(number).replace('.', "").parse().ok()?;
    (mantissa.unsigned_abs() < 10_u128.pow(DECIMAL128_MAX_PRECISION.into())).then_some(mantissa)
}

/// Lists of texts, one a row.
fn lists(rows: impl IntoIterator<Item = Vec<impl AsRef<str>>>) -> ArrayRef {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for texts in rows {
        texts.iter().for_each(|text| lists.values().append_value(text));
        lists.append(true);
    }
    Arc::new(lists.finish())
}
