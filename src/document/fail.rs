//! Why a value could not be decoded, in the words of our faults.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Expected, Unexpected};

use crate::document::tree::Node;
use crate::document::wording::{did_you_mean, one_of, quoted};
use crate::fault::{FaultKind, Path};

/// An error of decoding; it gets its place from the innermost value that it passes through.
#[derive(Debug)]
pub(crate) struct Fail {
    pub(crate) kind: FaultKind,
    pub(crate) what: String,
    pub(crate) expected: String,
    /// The field that is missing from the value at `place`.
    pub(crate) field: Option<&'static str>,
    /// Whether the value has the wrong type, so that its own type is what is wrong.
    is_type: bool,
    pub(crate) place: Option<Box<Place>>,
}

/// Where an error happened.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) path: Path,
    pub(crate) span: Range<usize>,
    /// Which value to leave out when trying again.
    pub(crate) id: usize,
    /// The values around it, innermost first.
    pub(crate) around: Vec<usize>,
}

impl Fail {
    fn new(what: impl Into<String>, expected: impl Into<String>) -> Self {
        let (what, expected) = (what.into(), expected.into());
        Self { kind: FaultKind::InvalidValue, what, expected, field: None, is_type: false, place: None }
    }

    /// A value of another type than `expected`.
    pub(crate) fn of_type(node: &Node<'_>, expected: impl Into<String>) -> Self {
        Self::new(node.describe(), expected)
    }

    /// A value of the right type that is not allowed.
    pub(crate) fn of_value(what: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::new(what, expected)
    }

    /// The error at `node`, unless it has its place already.
    pub(crate) fn at(mut self, node: &Node<'_>, place: impl FnOnce() -> Place) -> Self {
        if self.place.is_none() {
            if self.is_type {
                self.what = node.describe().to_owned();
            }
            self.place = Some(Box::new(place()));
        }
        self
    }
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; expected {}", self.what, self.expected)
    }
}

impl std::error::Error for Fail {}

impl de::Error for Fail {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        let (what, expected) = message.split_once("; expected ").unwrap_or((&message, ""));
        Self::new(what, expected)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let mut fail = Self::new(found.to_string(), plain(expected));
        fail.is_type = true;
        fail
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let what = match found {
            Unexpected::Str(text) => quoted(text),
            Unexpected::Unsigned(number) => number.to_string(),
            Unexpected::Signed(number) => number.to_string(),
            Unexpected::Bool(value) => value.to_string(),
            Unexpected::Char(character) => quoted(character.encode_utf8(&mut [0; 4])),
            other => other.to_string(),
        };
        Self::new(what, plain(expected))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(entries(length), plain(expected))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::new(format!("{} is not known{}", quoted(variant), did_you_mean(variant, known)), one_of(known))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let what = format!("unknown field {}{}", quoted(field), did_you_mean(field, known));
        Self { kind: FaultKind::UnknownField, ..Self::new(what, one_of(known)) }
    }

    fn missing_field(field: &'static str) -> Self {
        let what = format!("{} is missing", quoted(field));
        Self { kind: FaultKind::MissingField, field: Some(field), ..Self::new(what, "") }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self { kind: FaultKind::Duplicate, ..Self::new(format!("{} is given twice", quoted(field)), "") }
    }
}

/// The length of a list, for a message.
pub(crate) fn entries(length: usize) -> String {
    format!("a list of {length} {}", if length == 1 { "entry" } else { "entries" })
}

/// What a visitor expects, in the words of our documents where serde's own visitors speak of Rust.
pub(crate) fn plain(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    match text.as_str() {
        "a string" | "a borrowed string" | "string" => "text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a character" => "one character".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "a table".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "a whole number of 0 or more".to_owned(),
        other if other.starts_with("a tuple of size ") || other.starts_with("tuple struct ") => "a list".to_owned(),
        other if other.starts_with("struct ") => "a table".to_owned(),
        _ => text,
    }
}
