//! From Python's values to those of the library, and back.

use std::cell::Cell;
use std::collections::HashSet;

use attain::Language;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use pythonize::pythonize;
use serde::Serialize;

/// A document as `str` or `bytes`; bytes have to be UTF-8.
pub(crate) struct Text(Vec<u8>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = {
        use pyo3::type_hint_union;
        type_hint_union!(<PyString as pyo3::PyTypeInfo>::TYPE_HINT, <PyBytes as pyo3::PyTypeInfo>::TYPE_HINT)
    };

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            return Ok(Self(text.to_cow()?.as_bytes().to_vec()));
        }
        if let Ok(bytes) = object.cast::<PyBytes>() {
            return Ok(Self(bytes.as_bytes().to_vec()));
        }
        let what = object.get_type().name()?;
        Err(PyTypeError::new_err(format!("a {what}; expected the text itself, as str or bytes; 'read' takes the path of a file")))
    }
}

/// `"vi"` or `"en"`.
pub(crate) struct Tongue(pub(crate) Language);

impl<'py> FromPyObject<'_, 'py> for Tongue {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = <PyString as pyo3::PyTypeInfo>::TYPE_HINT;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = object.cast::<PyString>()?.to_cow()?.into_owned();
        [Language::Vietnamese, Language::English]
            .into_iter()
            .find(|language| language.code() == text)
            .map(Self)
            .ok_or_else(|| crate::faults::refused(object.py(), "language", &format!("'{text}'"), "'vi' or 'en'"))
    }
}

/// What a document says, in Python's own dictionaries, lists and texts.
pub(crate) fn document<'py>(py: Python<'py>, document: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize(py, document)?)
}

/// What a writer writes, as text.
pub(crate) fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> PyResult<String> {
    let mut out = Vec::new();
    write(&mut out)?;
    Ok(String::from_utf8(out)?)
}

/// Of a list that is gone through once, in its order, whether each of its entries stands at one of these places.
pub(crate) fn standing_at(places: Vec<usize>) -> impl Fn() -> bool {
    let places: HashSet<usize> = places.into_iter().collect();
    let next = Cell::new(0_usize);
    move || places.contains(&next.replace(next.get().saturating_add(1)))
}
