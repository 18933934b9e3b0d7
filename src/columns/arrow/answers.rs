//! Answers as Arrow columns: what is undefined is null.

use std::sync::Arc;

use arrow_array::types::Int8Type;
use arrow_array::{
    Array, ArrayRef, Decimal128Array, DictionaryArray, Float64Array, Int8Array, Int64Array, RecordBatch, StringArray,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DECIMAL128_MAX_PRECISION, DataType, Field, Schema};

use super::refused;
use crate::assess::Status;
use crate::columns::settings::UNDEFINED;
use crate::columns::{Course, Evaluation, Figures, Mantissas, Output, Rule, Trajectories, TrajectoryOutput, Validity};
use crate::fault::Faults;
use crate::number::Unit;

impl Evaluation {
    /// The answers as a record batch, in `places` as they were computed.
    ///
    /// | column | type | null |
    /// | --- | --- | --- |
    /// | `status` | dictionary of `Int8` keys and the [codes](Status::code) of all statuses | never |
    /// | counts, by their [`Output::code`] | `Int64` | undefined |
    /// | other outputs, by their [`Output::code`] | `Decimal128(19, places)` | undefined |
    ///
    /// Numbers stand in the order of [`Output::ALL`]. Where all rules have one unit, the metadata of a field says it under
    /// `unit`. Every batch with the same rules, outputs and places has the same schema.
    ///
    /// # Errors
    /// Columns of unequal length, or places above 19: such as no evaluation with these places gives.
    ///
    /// ```
    /// use arrow_array::{cast::AsArray, types::Decimal128Type};
    /// use attain::columns::{Codes, Figures, Output, Rows, Rule, Settings, evaluate};
    /// use attain::plan::{Kind, Requirement};
    ///
    /// let rules = [Rule::new(Kind::Share, Requirement::AtLeast(80.into()))];
    /// let rows = Rows::quotients(Codes::One(0), Figures::whole(&[1999]), Figures::whole(&[2500]));
    /// let settings = Settings { places: 2, ..Settings::default() };
    /// let answers = evaluate(&rules, &rows, &[Output::Variance], &settings)?.into_record_batch(&rules, settings.places)?;
    /// let variance = answers["variance"].as_primitive::<Decimal128Type>();
    /// assert_eq!(variance.value_as_string(0), "-0.04");
    /// assert_eq!(answers.schema().field(1).metadata()["unit"], "percentage points");
    /// # Ok::<(), attain::Faults>(())
    /// ```
    pub fn into_record_batch(self, rules: &[Rule], places: u32) -> Result<RecordBatch, Faults> {
        let wanted: Vec<Output> = Output::ALL.into_iter().filter(|output| self.column(*output).is_some()).collect();
        let mut answers = Answers::new(self.status.len(), &wanted);
        answers.push(&self);
        let columns = answers.into_columns(rules, places).map_err(|error| refused(&error))?;
        Ok(batch(columns)?)
    }
}

/// Answers as Arrow will have them, part after part.
pub(super) struct Answers {
    statuses: Vec<i8>,
    numbers: Vec<(Output, Numbers)>,
}

/// The numbers of one output.
enum Numbers {
    Counts(Vec<i64>, Gaps),
    Decimals(Decimals),
}

impl Answers {
    /// Room for the answers to so many rows.
    pub(super) fn new(rows: usize, wanted: &[Output]) -> Self {
        let numbers = |output: Output| match output.is_count() {
            true => (output, Numbers::Counts(Vec::with_capacity(rows), Gaps::default())),
            false => (output, Numbers::Decimals(Decimals::new(rows))),
        };
        let numbers = Output::ALL.into_iter().filter(|output| wanted.contains(output)).map(numbers).collect();
        Self { statuses: Vec::with_capacity(rows), numbers }
    }

    /// The answers to more rows; all that are put here but the last are answers to a multiple of 64 rows.
    pub(super) fn push(&mut self, more: &Evaluation) {
        self.statuses.extend(more.status.iter().map(|status| *status as i8));
        for (output, numbers) in &mut self.numbers {
            let Some(values) = more.column(*output) else { continue };
            match numbers {
                Numbers::Counts(counts, gaps) => {
                    counts.extend_from_slice(values);
                    gaps.push(values);
                }
                Numbers::Decimals(decimals) => decimals.push(values),
            }
        }
    }

    /// The answers to the rows that follow, of the same outputs; those that stand here are to a multiple of 64 rows.
    pub(super) fn append(&mut self, rest: Self) {
        self.statuses.extend(rest.statuses);
        for ((_, numbers), (_, more)) in self.numbers.iter_mut().zip(rest.numbers) {
            match (numbers, more) {
                (Numbers::Counts(counts, gaps), Numbers::Counts(more, others)) => {
                    counts.extend(more);
                    gaps.append(others);
                }
                (Numbers::Decimals(decimals), Numbers::Decimals(more)) => decimals.append(more),
                // The same outputs stand in the same places.
                _ => {}
            }
        }
    }

    /// The columns with their fields.
    pub(super) fn into_columns(self, rules: &[Rule], places: u32) -> Result<Vec<(Field, ArrayRef)>, ArrowError> {
        let unit = shared_unit(rules.iter());
        let status = statuses(self.statuses)?;
        let mut columns = vec![(Field::new("status", status.data_type().clone(), false), status)];
        for (output, numbers) in self.numbers {
            let array: ArrayRef = match numbers {
                Numbers::Counts(counts, gaps) => Arc::new(Int64Array::try_new(counts.into(), gaps.nulls())?),
                Numbers::Decimals(decimals) => decimals.array(places)?,
            };
            let field = measured(output.code(), array.data_type(), unit.and_then(|unit| unit_of(output, unit)));
            columns.push((field, array));
        }
        Ok(columns)
    }
}

impl Trajectories {
    /// The answers as a record batch, one row a series, in `places` as they were computed.
    ///
    /// `status` is the dictionary that [`Evaluation::into_record_batch`] gives; `projection` is `Float64`, an estimate; the outputs
    /// stand after it in the order of [`TrajectoryOutput::ALL`], each by its code as `Decimal128(19, places)`. What is undefined
    /// is null. Where the rules of all courses have one unit, the metadata of a field says it under `unit`.
    ///
    /// # Errors
    /// Columns of unequal length, or places above 19: such as no answers with these places have.
    ///
    /// ```
    /// use arrow_array::{cast::AsArray, types::Decimal128Type};
    /// use attain::columns::{Codes, Course, Days, Figures, Rule, Series, Settings, TrajectoryOutput, trajectory};
    /// use attain::plan::{Kind, Requirement};
    ///
    /// // From 52 posts on day 0 to at most 46 on day 100, 49 of them on day 50.
    /// let rule = Rule::new(Kind::Stock, Requirement::AtMost(46.into())).with_baseline(52.into());
    /// let courses = [Course::new(rule, 0, 100)];
    /// let series = Series::amounts(Codes::One(0), Days::Shared(&[50]), Figures::whole(&[49]));
    /// let places = Settings { places: 1, ..Settings::default() };
    /// let answers = trajectory(&courses, &series, &[TrajectoryOutput::Expected], &places)?;
    /// let answers = answers.into_record_batch(&courses, places.places)?;
    /// assert_eq!(answers["expected"].as_primitive::<Decimal128Type>().value_as_string(0), "49.0");
    /// # Ok::<(), attain::Faults>(())
    /// ```
    pub fn into_record_batch(self, courses: &[Course], places: u32) -> Result<RecordBatch, Faults> {
        let columns = self.into_columns(courses, places).map_err(|error| refused(&error))?;
        Ok(batch(columns)?)
    }

    /// The answers as columns with their fields.
    pub(super) fn into_columns(mut self, courses: &[Course], places: u32) -> Result<Vec<(Field, ArrayRef)>, ArrowError> {
        let unit = shared_unit(courses.iter().map(Course::rule));
        let status = statuses(self.status.iter().map(|status| *status as i8).collect())?;
        let projection: Float64Array = self.projection.iter().map(|value| value.is_finite().then_some(*value)).collect();
        let mut columns = vec![
            (Field::new("status", status.data_type().clone(), false), status),
            (measured("projection", projection.data_type(), unit.map(Unit::to_string)), Arc::new(projection) as ArrayRef),
        ];
        for output in TrajectoryOutput::ALL {
            let Some(values) = self.take(output) else { continue };
            let mut decimals = Decimals::new(values.len());
            decimals.push(&values);
            let array = decimals.array(places)?;
            let of_output = match output {
                TrajectoryOutput::Expected => unit.map(Unit::to_string),
                TrajectoryOutput::ObservedRate | TrajectoryOutput::RequiredRate => {
                    unit.map(|unit| format!("{} a year", unit.of_differences()))
                }
                TrajectoryOutput::PlannedProgress | TrajectoryOutput::Pace => None,
            };
            columns.push((measured(output.code(), array.data_type(), of_output), array));
        }
        Ok(columns)
    }
}

/// A field of numbers with what they are measured in.
fn measured(name: &str, data_type: &DataType, unit: Option<String>) -> Field {
    let field = Field::new(name, data_type.clone(), true);
    match unit {
        Some(unit) => field.with_metadata([("unit".to_owned(), unit)]),
        None => field,
    }
}

/// A record batch of columns with their fields.
pub(super) fn batch(columns: Vec<(Field, ArrayRef)>) -> Result<RecordBatch, crate::fault::Fault> {
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns.into_iter().unzip();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|error| refused(&error))
}

/// Statuses, by their places in [`Status::ALL`], as a dictionary of all there are, so that every batch has the same.
fn statuses(keys: Vec<i8>) -> Result<ArrayRef, ArrowError> {
    let codes: StringArray = Status::ALL.iter().map(|status| Some(status.code())).collect();
    Ok(Arc::new(DictionaryArray::<Int8Type>::try_new(Int8Array::new(keys.into(), None), Arc::new(codes))?))
}

/// The most digits of a number of 64 bits.
const DIGITS: u8 = 19;

/// Numbers in places of the result; 128 bits, since the decimals of 64 hold a digit less than numbers of 64 bits have.
struct Decimals {
    values: Vec<i128>,
    gaps: Gaps,
}

impl Decimals {
    fn new(rows: usize) -> Self {
        Self { values: Vec::with_capacity(rows), gaps: Gaps::default() }
    }

    fn push(&mut self, values: &[i64]) {
        self.values.extend(values.iter().map(|value| if *value == UNDEFINED { 0 } else { i128::from(*value) }));
        self.gaps.push(values);
    }

    fn append(&mut self, more: Self) {
        self.values.extend(more.values);
        self.gaps.append(more.gaps);
    }

    fn array(self, places: u32) -> Result<ArrayRef, ArrowError> {
        let places = i8::try_from(places).unwrap_or(i8::MAX);
        let array = Decimal128Array::try_new(self.values.into(), self.gaps.nulls())?;
        Ok(Arc::new(array.with_precision_and_scale(DIGITS, places)?))
    }
}

/// Figures as decimals of 38 digits; null where they are missing.
pub(super) fn exact(figures: &Figures<'_>) -> Result<ArrayRef, ArrowError> {
    let mantissas: ScalarBuffer<i128> = match figures.mantissas {
        Mantissas::Narrow(values) => values.iter().map(|value| i128::from(*value)).collect(),
        Mantissas::Wide(values) => values.iter().copied().collect(),
    };
    let is_there = |validity: Validity<'_>| (0..figures.len()).map(|row| validity.is_there(row)).collect();
    let array = Decimal128Array::try_new(mantissas, figures.validity.map(is_there))?;
    let places = i8::try_from(figures.scale).unwrap_or(i8::MAX);
    let array = array.with_precision_and_scale(DECIMAL128_MAX_PRECISION, places)?;
    array.validate_decimal_precision(DECIMAL128_MAX_PRECISION)?;
    Ok(Arc::new(array))
}

/// Which numbers are defined, a bit a row.
#[derive(Default)]
struct Gaps {
    words: Vec<u64>,
    rows: usize,
    is_any: bool,
}

impl Gaps {
    /// More rows, after a multiple of 64 of them.
    fn push(&mut self, values: &[i64]) {
        for chunk in values.chunks(64) {
            // Most chunks have no gap.
            let mut word = u64::MAX;
            if chunk.contains(&UNDEFINED) {
                word = chunk.iter().rev().fold(0, |bits, value| bits << 1 | u64::from(*value != UNDEFINED));
                self.is_any = true;
            }
            self.words.push(word.to_le());
        }
        self.rows = self.rows.saturating_add(values.len());
    }

    fn append(&mut self, more: Self) {
        self.words.extend(more.words);
        self.rows = self.rows.saturating_add(more.rows);
        self.is_any |= more.is_any;
    }

    /// Nothing where all are defined.
    fn nulls(self) -> Option<NullBuffer> {
        self.is_any.then(|| NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(self.words), 0, self.rows)))
    }
}

/// The unit that all rules have, where it is one.
fn shared_unit<'a>(rules: impl Iterator<Item = &'a Rule>) -> Option<&'a Unit> {
    let mut units = rules.map(|rule| rule.indicator().unit());
    let first = units.next().filter(|unit| !unit.as_str().is_empty())?;
    units.all(|unit| unit == first).then_some(first)
}

/// What an output is measured in.
fn unit_of(output: Output, unit: &Unit) -> Option<String> {
    match output {
        Output::Actual => Some(unit.to_string()),
        Output::Variance | Output::Shortfall => Some(unit.of_differences().to_string()),
        Output::ShortBy | Output::Allowance => Some("cases".to_owned()),
        Output::RatioToTarget | Output::Progress => None,
    }
}
