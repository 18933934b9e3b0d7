//! Columns from Apache Arrow arrays and record batches, and answers as such.
//!
//! Arrow's null is what is missing or undefined, in and out; never 0. Floats are not taken unless asked for, since 0.1 is none: integers and
//! decimals of every width are, exactly. [`Floats::AsWritten`] takes them for the decimals that they are written as.

mod answers;
mod days;
mod evaluate;
#[cfg(feature = "csv")]
mod fact_columns;
mod facts;
mod figures;
mod floats;
mod groups;
mod ids;
mod overlaps;
mod roll_up;
mod scorecard;
mod tables;
mod trajectory;

pub use evaluate::{BatchError, ColumnNames, TargetTable, evaluate_all, evaluate_batch, evaluate_batches};
pub use figures::FigureArray;
pub use floats::Floats;
pub use ids::{CodeArray, Ids};
pub use roll_up::{BatchRollUp, KeyColumn, MeasureNames, rank_batches};
pub use trajectory::{CourseTable, PointNames, trajectory_batches};

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, RecordBatch, StringArray};
use arrow_buffer::ScalarBuffer;
use arrow_schema::ArrowError;

use crate::document::{did_you_mean, one_of, quoted};
use crate::fault::{Fault, FaultKind, Path, Segment};
use crate::number::InvalidNumber;

/// The place of a value in a record batch.
fn cell(column: &str, row: usize) -> Path {
    Path::root().key(column).index(row)
}

/// What stands in a cell that can not be read, and what was expected there.
struct Unread {
    what: String,
    expected: String,
}

impl Unread {
    fn new(what: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { what: what.into(), expected: expected.into() }
    }

    /// Of an error in the words of faults: what there is; expected what.
    fn of(error: &InvalidNumber) -> Self {
        let message = error.to_string();
        let (what, expected) = message.split_once("; expected ").unwrap_or((&message, ""));
        Self::new(what, expected)
    }
}

/// A column of a batch by its name.
fn column<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b ArrayRef, Fault> {
    batch.column_by_name(name).ok_or_else(|| {
        let schema = batch.schema_ref();
        let known: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let what = format!("no column {}{}", quoted(name), did_you_mean(name, &known));
        Fault::new(FaultKind::MissingField, Path::root().key(name), what, one_of(&known))
    })
}

/// What Arrow says of columns that it does not take for a batch.
fn refused(error: &ArrowError) -> Fault {
    Fault::new(FaultKind::Inconsistent, Path::root(), error.to_string(), "columns that make a record batch")
}

/// Texts of a table by their places, as a dictionary.
fn dictionary<'t>(codes: &[u32], texts: impl Iterator<Item = &'t str>) -> Result<ArrayRef, ArrowError> {
    // A place beyond the keys is beyond the table too, which is refused.
    let keys: ScalarBuffer<i32> = codes.iter().map(|code| i32::try_from(*code).unwrap_or(i32::MAX)).collect();
    let texts: StringArray = texts.map(Some).collect();
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(Int32Array::new(keys, None), Arc::new(texts))?))
}

/// The most rows of a column that are named in an error.
const MOST_FAULTS: usize = 1_000;

/// A column, with its faults put to the others.
fn taken<T>(read: Result<(T, Vec<Fault>), Fault>, faults: &mut Vec<Fault>) -> Option<T> {
    match read {
        Ok((column, more)) => {
            faults.extend(more);
            Some(column)
        }
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// A fault of a batch with the row's number in the whole stream.
fn moved(fault: Fault, from: usize) -> Fault {
    let step = |path: Path, step: &Segment| match step {
        Segment::Index(row) => path.index(row.saturating_add(from)),
        Segment::Key(_) => joined(path, step),
    };
    Fault { path: fault.path.segments().iter().fold(Path::root(), step), ..fault }
}

/// The place of a value under another name of its column.
fn renamed(path: &Path, name: &str) -> Path {
    path.segments().iter().skip(1).fold(Path::root().key(name), joined)
}

fn joined(path: Path, step: &Segment) -> Path {
    match step {
        Segment::Key(name) => path.key(name),
        Segment::Index(place) => path.index(*place),
    }
}
