//! Columns of a table in several batches, as if it were one.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, make_array};
use arrow_data::transform::MutableArrayData;
use arrow_schema::ArrowError;

use super::figures::FigureArray;
use super::ids::{CodeArray, Ids};
use super::{Floats, column, moved, refused};
use crate::fault::{Fault, Faults};

/// The figures of a column.
pub(super) fn figures(batches: &[RecordBatch], name: &str, floats: Floats) -> Result<(FigureArray, Vec<Fault>), Fault> {
    FigureArray::read(&*numbers(&columns(batches, name)?).map_err(|error| refused(&error))?, name, floats)
}

/// The ids of a column, and the place of each row's among them.
pub(super) fn keys(batches: &[RecordBatch], name: &str) -> Result<(Ids, CodeArray), Faults> {
    let ids = Ids::distinct(columns(batches, name)?.into_iter().map(|array| &**array as &dyn Array), name)?;
    let (codes, faults) = codes(batches, &ids, name)?;
    Ok((ids, Faults::or(faults, codes)?))
}

/// The places of ids that are known, and the rows that have another.
pub(super) fn codes(batches: &[RecordBatch], ids: &Ids, name: &str) -> Result<(CodeArray, Vec<Fault>), Fault> {
    let (mut all, mut faults) = (CodeArray::default(), Vec::new());
    for array in columns(batches, name)? {
        let (codes, more) = CodeArray::read(array, ids, name)?;
        faults.extend(more.into_iter().map(|fault| moved(fault, all.as_slice().len())));
        all.append(codes);
    }
    Ok((all, faults))
}

/// A column batch by batch.
pub(super) fn columns<'b>(batches: &'b [RecordBatch], name: &str) -> Result<Vec<&'b ArrayRef>, Fault> {
    batches.iter().map(|batch| column(batch, name)).collect()
}

/// Arrays of one type as one; a copy is made only where there are several.
fn numbers(arrays: &[&ArrayRef]) -> Result<ArrayRef, ArrowError> {
    if let [only] = arrays {
        return Ok(Arc::clone(only));
    }
    let parts: Vec<_> = arrays.iter().map(|array| array.to_data()).collect();
    let mut all = MutableArrayData::try_new(parts.iter().collect(), false, parts.iter().map(|part| part.len()).sum())?;
    for (place, part) in parts.iter().enumerate() {
        all.try_extend(place, 0, part.len())?;
    }
    Ok(make_array(all.freeze()))
}
