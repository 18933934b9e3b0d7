//! What a document says, with the place of every value in its text.

use std::borrow::Cow;
use std::ops::Range;

use crate::fault::{Path, Segment};

/// A value and the bytes it takes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node<'t> {
    /// Where the value stands; for a TOML table, where its header stands.
    pub(crate) span: Range<usize>,
    /// The value.
    pub(crate) value: Value<'t>,
}

/// A value of any of the formats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    /// No value; read as if its field were absent.
    Null,
    /// True or false.
    Bool(bool),
    /// A number, exactly as it is written.
    Number(&'t str),
    /// Text.
    Text(Cow<'t, str>),
    /// A day of the calendar, exactly as it is written; only TOML has these.
    Day(&'t str),
    /// Values in their order.
    List(Vec<Node<'t>>),
    /// Fields in the order of the text, each name once.
    Table(Vec<(Key<'t>, Node<'t>)>),
}

/// The name of a field, and the bytes it takes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key<'t> {
    /// Where the name stands.
    pub(crate) span: Range<usize>,
    /// The name.
    pub(crate) name: Cow<'t, str>,
}

impl<'t> Node<'t> {
    /// The value of the field `name` of a table; nothing where it is null.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.field(name).map(|(_, node)| node).filter(|node| node.value != Value::Null)
    }

    /// The field `name` of a table, null or not.
    pub(crate) fn field(&self, name: &str) -> Option<&(Key<'t>, Self)> {
        match &self.value {
            Value::Table(fields) => fields.iter().find(|(key, _)| key.name == name),
            _ => None,
        }
    }

    /// The value at `steps` from here.
    pub(crate) fn at(&self, steps: &[Segment]) -> Option<&Self> {
        steps.iter().try_fold(self, |at, step| match (step, &at.value) {
            (Segment::Key(key), Value::Table(_)) => at.field(key).map(|(_, node)| node),
            (Segment::Index(index), Value::List(entries)) => entries.get(*index),
            _ => None,
        })
    }

    /// What kind of value this is, for a message.
    pub(crate) fn describe(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::Day(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The span of the value at `steps` from here; of the innermost value on the way to it that exists.
    pub(crate) fn span_at(&self, steps: &[Segment]) -> Range<usize> {
        self.walk(steps).0.span.clone()
    }

    /// The span of the name of the field at `steps` from here; of its value where it has no name.
    #[cfg(test)]
    pub(crate) fn key_span_at(&self, steps: &[Segment]) -> Range<usize> {
        match self.walk(steps) {
            (_, Some(key)) => key.span.clone(),
            (node, None) => node.span.clone(),
        }
    }

    /// The innermost value that exists on the way of `steps`, and its key where it is the end of that way.
    fn walk(&self, steps: &[Segment]) -> (&Self, Option<&Key<'t>>) {
        let (mut at, mut name) = (self, None);
        for step in steps {
            let next = match (step, &at.value) {
                (Segment::Key(key), Value::Table(_)) => at.field(key).map(|(key, node)| (node, Some(key))),
                (Segment::Index(index), Value::List(entries)) => entries.get(*index).map(|node| (node, None)),
                _ => None,
            };
            match next {
                Some(next) => (at, name) = next,
                None => return (at, None),
            }
        }
        (at, name)
    }
}

/// The way from the root of a tree to a value in it, kept on the stack so that only a fault costs a [`Path`].
#[derive(Clone, Copy)]
pub(crate) struct Trail<'a> {
    parent: Option<(&'a Trail<'a>, Step<'a>)>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Trail<'a> {
    /// The root itself.
    pub(crate) fn root() -> Self {
        Self { parent: None }
    }

    /// On to the field `name`.
    pub(crate) fn key(&'a self, name: &'a str) -> Self {
        Self { parent: Some((self, Step::Key(name))) }
    }

    /// On to the entry `index`.
    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self { parent: Some((self, Step::Index(index))) }
    }

    /// Whether this is the root.
    pub(crate) fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// The same way as a path, where the root stands at `base`.
    pub(crate) fn path(&self, base: &Path) -> Path {
        match self.parent {
            None => base.clone(),
            Some((parent, Step::Key(name))) => parent.path(base).key(name),
            Some((parent, Step::Index(index))) => parent.path(base).index(index),
        }
    }
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
