//! Arrow's tables from Python and back, by the PyCapsule interface: no column is copied.
//!
//! This is the only file of the package with `unsafe`. A capsule holds a structure of the Arrow C interface whose name says which;
//! whoever takes what it holds moves it out and leaves it marked as released, so that it is freed once.
#![allow(unsafe_code, reason = "structures of the Arrow C interface are handed over by pointers")]

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayReader, ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchOptions, make_array};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::faults::refused;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

const READABLE: &str = "a stream of record batches that can be read";

/// Whatever speaks the interface: record batches of one schema, at least one.
pub(crate) struct Frame {
    pub(crate) batches: Vec<RecordBatch>,
}

impl Frame {
    /// Takes over the batches of a frame, a table or a stream; a table without rows is one batch without rows.
    pub(crate) fn of(frame: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = frame.py();
        if frame.hasattr("__arrow_c_stream__")? {
            let capsule = frame.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
            let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
            // SAFETY: a capsule of this name holds such a structure. It is moved out, and what is left is marked as released.
            let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
            if stream.get_next().is_none() {
                return Err(refused(py, "frame", "a stream that gives no batches", READABLE));
            }
            let read = move || {
                let reader = ArrayStreamReader::try_new(stream)?;
                let data_type = reader.field().data_type().clone();
                Ok((data_type, reader.collect::<Result<Vec<_>, _>>()?))
            };
            // What makes the batches may itself be Python, and takes the lock when it needs it.
            let (data_type, arrays) = py.detach(read).map_err(|error| unread(py, &error))?;
            return Self::made(py, &data_type, &arrays);
        }
        if frame.hasattr("__arrow_c_array__")? {
            let capsules: (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = frame.call_method0("__arrow_c_array__")?.extract()?;
            let schema = capsules.0.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
            let array = capsules.1.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
            // SAFETY: capsules of these names hold such structures; the array is moved out, and what is left is marked as released.
            let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
            let array = make_array(data.map_err(|error| unread(py, &error))?);
            return Self::made(py, array.data_type(), std::slice::from_ref(&array));
        }
        let what = format!("{} does not speak the Arrow PyCapsule interface", frame.get_type().name()?);
        Err(refused(py, "frame", &what, "a DataFrame of polars or pandas, a table of pyarrow or DuckDB, or their like"))
    }

    /// A table is an array of structures: its columns stand in them. A structure that is null as a whole is no row, whatever its
    /// columns have in its place.
    fn made(py: Python<'_>, data_type: &DataType, arrays: &[ArrayRef]) -> PyResult<Self> {
        let DataType::Struct(fields) = data_type else {
            return Err(refused(py, "frame", &format!("an array of {data_type}"), "a table: columns with names"));
        };
        let schema = Arc::new(Schema::new(fields.clone()));
        let (mut batches, mut rows) = (Vec::new(), 0_usize);
        for table in arrays.iter().filter_map(|array| array.as_struct_opt()) {
            if let Some(row) = table.nulls().and_then(|nulls| nulls.iter().position(|is_there| !is_there)) {
                let what = format!("row {} is null as a whole", rows.saturating_add(row));
                return Err(refused(py, "frame", &what, "rows, with null in the cells of which nothing is known"));
            }
            let options = RecordBatchOptions::new().with_row_count(Some(table.len()));
            let batch = RecordBatch::try_new_with_options(Arc::clone(&schema), table.columns().to_vec(), &options);
            batches.push(batch.map_err(|error| unread(py, &error))?);
            rows = rows.saturating_add(table.len());
        }
        if batches.is_empty() {
            batches.push(RecordBatch::new_empty(schema));
        }
        Ok(Self { batches })
    }
}

fn unread(py: Python<'_>, error: &ArrowError) -> PyErr {
    refused(py, "frame", &error.to_string(), READABLE)
}

/// Record batches that Python may take, as often as it likes.
#[pyclass(frozen, module = "attain._attain")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// The batches, which all have the schema of the first one.
    pub(crate) fn new(batches: Vec<RecordBatch>) -> Self {
        let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        Self { schema, batches }
    }

    pub(crate) fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
    }
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give what it has; consumers cast.
        let _ = requested_schema;
        self.stream(py)
    }
}
