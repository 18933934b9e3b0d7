//! Arrow's tables from Python and back, by the PyCapsule interface: no column is copied.
//!
//! This is the only file of the package with `unsafe`. A capsule holds a structure of the Arrow C interface whose name says which;
//! whoever takes what it holds moves it out and leaves it marked as released, so that it is freed once.
#![allow(unsafe_code, reason = "structures of the Arrow C interface are handed over by pointers")]

use std::ffi::{CStr, c_void};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchOptions, make_array};
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
            // What makes the batches may itself be Python, and takes the lock when it needs it.
            let (data_type, arrays) = py.detach(|| all_of(stream)).map_err(|error| unread(py, &error))?;
            return Self::made(py, &data_type, &arrays);
        }
        if frame.hasattr("__arrow_c_array__")? {
            let capsules: (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = frame.call_method0("__arrow_c_array__")?.extract()?;
            let schema = capsules.0.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
            let array = capsules.1.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
            // SAFETY: capsules of these names hold such structures; they are moved out, and what is left is marked as released.
            let (schema, array) =
                unsafe { (FFI_ArrowSchema::from_raw(schema.as_ptr()), FFI_ArrowArray::from_raw(array.as_ptr())) };
            if schema.release().is_none() || array.is_released() {
                return Err(refused(py, "frame", "an array that was taken before", "one that is there"));
            }
            let array = DataType::try_from(&schema).and_then(|data_type| taken_over(array, &data_type));
            let array = array.map_err(|error| unread(py, &error))?;
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

/// The type of a stream's arrays, and all of them.
fn all_of(mut stream: FFI_ArrowArrayStream) -> Result<(DataType, Vec<ArrayRef>), ArrowError> {
    let there = stream.release().and_then(|_| stream.get_schema().zip(stream.get_next()));
    let (get_schema, get_next) =
        there.ok_or_else(|| ArrowError::CDataInterface("a stream that gives no batches, or has given them".to_owned()))?;
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is there, and so is room for what it gives.
    let code = unsafe { get_schema(&raw mut stream, &raw mut schema) };
    if code != 0 {
        return Err(said_by(&mut stream, code));
    }
    let data_type = DataType::try_from(&schema)?;
    let mut arrays = Vec::new();
    loop {
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: as above.
        let code = unsafe { get_next(&raw mut stream, &raw mut array) };
        if code != 0 {
            return Err(said_by(&mut stream, code));
        }
        if array.is_released() {
            return Ok((data_type, arrays));
        }
        arrays.push(taken_over(array, &data_type)?);
    }
}

/// What a stream says of its last error.
fn said_by(stream: &mut FFI_ArrowArrayStream, code: i32) -> ArrowError {
    let said = stream.get_last_error().map(|get_last_error| {
        // SAFETY: the stream is there; what it says stands until it is asked for something else.
        let text = unsafe { get_last_error(std::ptr::from_mut(stream)) };
        if text.is_null() { String::new() } else { unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned() }
    });
    let said = said.filter(|said| !said.is_empty()).unwrap_or_else(|| format!("error {code}"));
    ArrowError::CDataInterface(said)
}

/// The first fields of an array of the interface, which this package has to change in one case.
#[repr(C)]
struct Fields {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Self,
}

/// An array of the interface as one of ours.
fn taken_over(mut array: FFI_ArrowArray, data_type: &DataType) -> Result<ArrayRef, ArrowError> {
    // SAFETY: the array is there, it is ours, and whoever made it says that it is of this type.
    unsafe {
        leave_out_buffers_of_nulls((&raw mut array).cast(), data_type);
        Ok(make_array(from_ffi_and_data_type(array, data_type.clone())?))
    }
}

/// A column of nulls has no buffers; polars gives it one all the same, which would be refused.
///
/// # Safety
/// The pointer leads to an array of the interface that nobody else looks at.
unsafe fn leave_out_buffers_of_nulls(array: *mut Fields, data_type: &DataType) {
    // SAFETY: the structure has these fields, and as many children as it says.
    unsafe {
        match data_type {
            DataType::Null => (*array).n_buffers = 0,
            DataType::Struct(fields) => {
                let children = usize::try_from((*array).n_children).unwrap_or(0);
                for (place, field) in fields.iter().enumerate().take(children) {
                    let child = *(*array).children.add(place);
                    if !child.is_null() {
                        leave_out_buffers_of_nulls(child, field.data_type());
                    }
                }
            }
            _ => {}
        }
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

    fn __repr__(&self) -> String {
        format!("<attain.columns.Table: {} rows of {}>", self.__len__(), self.column_names().join(", "))
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
