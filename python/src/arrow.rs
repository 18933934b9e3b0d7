//! Arrow's tables from Python and back, by the PyCapsule interface: no column is copied.
//!
//! This is the only file of the package with `unsafe`. A capsule holds a structure of the Arrow C interface whose name says which;
//! whoever takes what it holds moves it out and leaves it marked as released, so that it is freed once.
#![allow(unsafe_code, reason = "structures of the Arrow C interface are handed over by pointers")]

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::faults::refused;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// Whatever speaks the interface: record batches of one schema.
pub(crate) struct Frame {
    pub(crate) batches: Vec<RecordBatch>,
}

impl Frame {
    /// Takes over the batches of a frame, a table or a stream.
    pub(crate) fn of(frame: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = frame.py();
        if frame.hasattr("__arrow_c_stream__")? {
            let capsule = frame.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
            let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
            // SAFETY: a capsule of this name holds such a structure. It is moved out, and what is left is marked as released.
            let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
            let read = move || -> Result<Vec<RecordBatch>, ArrowError> { RecordBatchStreamReader::try_new(stream)?.collect() };
            // What makes the batches may itself be Python, and takes the lock when it needs it.
            return Ok(Self { batches: py.detach(read).map_err(|error| unread(py, &error))? });
        }
        if frame.hasattr("__arrow_c_array__")? {
            let capsules: (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = frame.call_method0("__arrow_c_array__")?.extract()?;
            let schema = capsules.0.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
            let array = capsules.1.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
            // SAFETY: capsules of these names hold such structures; the array is moved out, and what is left is marked as released.
            let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
            let data = data.map_err(|error| unread(py, &error))?;
            if !matches!(data.data_type(), arrow_schema::DataType::Struct(_)) {
                let expected = "a table: columns with names";
                return Err(refused(py, "frame", &format!("an array of {}", data.data_type()), expected));
            }
            return Ok(Self { batches: vec![StructArray::from(data).into()] });
        }
        let what = format!("{} does not speak the Arrow PyCapsule interface", frame.get_type().name()?);
        Err(refused(py, "frame", &what, "a DataFrame of polars or pandas, a table of pyarrow or DuckDB, or their like"))
    }

    /// All rows as one batch; a copy is made only where there are several.
    pub(crate) fn one(self, py: Python<'_>) -> PyResult<RecordBatch> {
        let Some(first) = self.batches.first() else {
            return Ok(RecordBatch::new_empty(Arc::new(arrow_schema::Schema::empty())));
        };
        if self.batches.len() == 1 {
            return Ok(first.clone());
        }
        let schema = first.schema();
        py.detach(|| arrow_select::concat::concat_batches(&schema, &self.batches)).map_err(|error| unread(py, &error))
    }
}

fn unread(py: Python<'_>, error: &ArrowError) -> PyErr {
    refused(py, "frame", &error.to_string(), "a stream of record batches that can be read")
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
        let schema = batches.first().map_or_else(|| Arc::new(arrow_schema::Schema::empty()), RecordBatch::schema);
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
