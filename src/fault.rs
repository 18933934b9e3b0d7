//! Faults of input: what is wrong, where, and what was expected instead.

use std::fmt;

/// One step on the way from a document's root to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// The name of a field or column.
    Key(String),
    /// The place in a list, counted from 0.
    Index(usize),
}

/// Where a value stands in a document's model, such as `targets[3].by`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The document itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The field `name` of what this path points at.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        let mut segments = self.0.clone();
        segments.push(Segment::Key(name.to_owned()));
        Self(segments)
    }

    /// The entry `index`, counted from 0, of the list this path points at.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut segments = self.0.clone();
        segments.push(Segment::Index(index));
        Self(segments)
    }

    /// The path of these steps.
    #[cfg(feature = "document")]
    pub(crate) fn of(segments: &[Segment]) -> Self {
        Self(segments.to_vec())
    }

    /// The steps from the root.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(name) if place == 0 => f.write_str(name)?,
                Segment::Key(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A place in a text: line and column, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The class of a fault, stable across versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// The text is not TOML, JSON or CSV at all.
    Syntax,
    /// A field or column that the format does not know.
    UnknownField,
    /// A field that is required and absent.
    MissingField,
    /// A value of the wrong type, or outside what the field allows.
    InvalidValue,
    /// Something given twice that may be given once.
    Duplicate,
    /// A reference to something that does not exist.
    UnknownReference,
    /// Values that contradict each other.
    Inconsistent,
    /// More than a stated limit allows.
    Limit,
}

/// One fault of an input document.
///
/// It prints as `line:column: what, and what was expected`, or with its path where there is no text behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The class of the fault.
    pub kind: FaultKind,
    /// Where it stands in the model.
    pub path: Path,
    /// Where it stands in the text, if there is one.
    pub position: Option<Position>,
    /// What is wrong; lower case, no full stop.
    pub what: String,
    /// What was expected instead; may be empty where `what` says it all.
    pub expected: String,
}

impl Fault {
    /// A fault at a place of the model.
    #[must_use]
    pub fn new(kind: FaultKind, path: Path, what: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { kind, path, position: None, what: what.into(), expected: expected.into() }
    }

    /// The same fault with its place in the text.
    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Position { line, column }) = self.position {
            write!(f, "{line}:{column}: ")?;
        }
        if !self.path.segments().is_empty() {
            on_one_line(f, &self.path.to_string())?;
            f.write_str(": ")?;
        }
        on_one_line(f, &self.what)?;
        if !self.expected.is_empty() {
            f.write_str("; expected ")?;
            on_one_line(f, &self.expected)?;
        }
        Ok(())
    }
}

/// Writes a text without the line breaks and other control characters that a document may have put into it.
fn on_one_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for character in text.chars() {
        if character.is_control() {
            write!(f, "{}", character.escape_default())?;
        } else {
            write!(f, "{character}")?;
        }
    }
    Ok(())
}

/// The most characters of a value that a message repeats.
pub(crate) const SHOWN: usize = 60;

/// As much of a text as a message repeats.
pub(crate) fn short(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}

/// Every fault of an input document, in the order of the document; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// `Ok(value)` where there is no fault, else all of them, ordered by their place.
    ///
    /// # Errors
    /// The faults, if there are any.
    pub fn or<T>(mut faults: Vec<Fault>, value: T) -> Result<T, Self> {
        if faults.is_empty() {
            return Ok(value);
        }
        faults.sort_by(by_place);
        Err(Self(faults))
    }

    /// The same faults as another tells them, ordered by their place.
    #[cfg(feature = "arrow")]
    pub(crate) fn map(self, tell: impl FnMut(Fault) -> Fault) -> Self {
        let mut faults: Vec<Fault> = self.0.into_iter().map(tell).collect();
        faults.sort_by(by_place);
        Self(faults)
    }

    /// The faults, at least one.
    #[must_use]
    pub fn as_slice(&self) -> &[Fault] {
        &self.0
    }

    /// The faults, at least one.
    #[must_use]
    pub fn into_vec(self) -> Vec<Fault> {
        self.0
    }
}

fn by_place(one: &Fault, other: &Fault) -> std::cmp::Ordering {
    (one.position, &one.path).cmp(&(other.position, &other.path))
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
