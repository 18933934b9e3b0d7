//! From Python's values to those of the library, and back.

use std::cell::Cell;
use std::collections::HashSet;

use attain::Language;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pythonize::pythonize;
use serde::Serialize;

/// A document as `str` or `bytes`.
#[derive(FromPyObject)]
pub(crate) enum Text {
    /// Text.
    #[pyo3(transparent, annotation = "str")]
    Str(String),
    /// Bytes that have to be UTF-8.
    #[pyo3(transparent, annotation = "bytes")]
    Bytes(Vec<u8>),
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// `"vi"` or `"en"`.
pub(crate) struct Tongue(pub(crate) Language);

impl<'py> FromPyObject<'_, 'py> for Tongue {
    type Error = PyErr;

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
