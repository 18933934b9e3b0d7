//! TOML as a tree.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::document::input::{MAX_NESTING, MAX_TEXT, too_long};
use crate::document::report::Report;
use crate::document::toml_depth::too_deep;
use crate::document::tree::{Key, Node, Trail, Value};
use crate::document::wording::quoted;
use crate::fault::{Fault, FaultKind, Path};

/// The most bytes of a text in which all faults of syntax are looked for, not only the first:
/// the parser may find one in every byte, and keeps them all.
const MAX_RECOVERY: usize = 1024 * 1024;

/// Reads the text of `report` as a TOML document; nothing where its syntax is broken.
///
/// A field given twice is a fault, but still leaves a tree, with the first of the two.
pub(crate) fn read<'t>(report: &mut Report<'t>) -> Option<Node<'t>> {
    let text = report.text();
    if let Some(at) = too_deep(text) {
        report.add(deep(Path::root()), &(at..at));
        return None;
    }
    let (table, errors) = match DeTable::parse(text) {
        Ok(table) => (table.into_inner(), Vec::new()),
        Err(_) if text.len() <= MAX_RECOVERY => {
            let (table, errors) = DeTable::parse_recoverable(text);
            (table.into_inner(), errors)
        }
        Err(first) => (DeTable::new(), vec![first]),
    };
    let mut is_sound = true;
    let mut told = HashSet::new();
    for error in &errors {
        let fault = fault(error, text);
        let span = error.span().unwrap_or(0..0);
        is_sound &= fault.kind == FaultKind::Duplicate && text.len() <= MAX_RECOVERY;
        // The parser comes by some faults twice.
        if told.insert((span.start, error.message())) {
            report.add(fault, &span);
        }
    }
    is_sound.then(|| {
        let value = fields(table, &Trail::root(), 1, report);
        Node { span: 0..text.len(), value }
    })
}

fn fields<'t>(table: DeTable<'t>, trail: &Trail<'_>, depth: usize, report: &mut Report<'t>) -> Value<'t> {
    let mut entries: Vec<_> = table.into_iter().collect();
    // The parser keeps the fields by name; their faults read better in the order of the text.
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut fields = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let key = Key { span: key.span(), name: key.into_inner() };
        if key.name.len() > MAX_TEXT {
            report.add(too_long(key.name.len(), trail.path(&Path::root())), &key.span);
            continue;
        }
        let node = tree(value, &trail.key(&key.name), depth, report);
        fields.push((key, node));
    }
    Value::Table(fields)
}

fn tree<'t>(value: Spanned<DeValue<'t>>, trail: &Trail<'_>, depth: usize, report: &mut Report<'t>) -> Node<'t> {
    let span = value.span();
    let value = value.into_inner();
    match refusal(&value, &span, trail, depth) {
        Some(fault) => {
            report.add(fault, &span);
            Node { span, value: Value::Null }
        }
        None => {
            let value = sound(value, &span, trail, depth + 1, report);
            Node { span, value }
        }
    }
}

fn refusal(value: &DeValue<'_>, span: &Range<usize>, trail: &Trail<'_>, depth: usize) -> Option<Fault> {
    let path = || trail.path(&Path::root());
    match value {
        DeValue::Array(_) | DeValue::Table(_) => (depth >= MAX_NESTING).then(|| deep(path())),
        DeValue::String(text) => (text.len() > MAX_TEXT).then(|| too_long(text.len(), path())),
        DeValue::Integer(_) | DeValue::Float(_) => (span.len() > MAX_TEXT).then(|| too_long(span.len(), path())),
        DeValue::Datetime(moment) => {
            let what = match (moment.date, moment.time) {
                (Some(_), None) => return None,
                (Some(_), Some(_)) => "a date with a time",
                _ => "a time",
            };
            Some(Fault::new(FaultKind::InvalidValue, path(), what, "a date such as 2025-06-30"))
        }
        DeValue::Boolean(_) => None,
    }
}

fn sound<'t>(value: DeValue<'t>, span: &Range<usize>, trail: &Trail<'_>, depth: usize, report: &mut Report<'t>) -> Value<'t> {
    // The parser drops underscores and the prefixes of radixes, so a number is its own part of the text.
    let source = || report.text().get(span.clone()).unwrap_or_default();
    match value {
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Integer(_) | DeValue::Float(_) => Value::Number(source()),
        DeValue::Datetime(_) => Value::Day(source()),
        DeValue::String(text) => Value::Text(text),
        DeValue::Table(table) => fields(table, trail, depth, report),
        DeValue::Array(array) => {
            let entries = array.into_iter().enumerate();
            Value::List(entries.map(|(index, entry)| tree(entry, &trail.index(index), depth, report)).collect())
        }
    }
}

fn deep(path: Path) -> Fault {
    let expected = format!("at most {MAX_NESTING} levels");
    Fault::new(FaultKind::Limit, path, "lists and tables nested too deep", expected)
}

/// A fault of the parser, which joins what is wrong and what it expected by a comma.
fn fault(error: &Error, text: &str) -> Fault {
    let message = error.message();
    if message == "duplicate key" {
        let name = error.span().and_then(|span| text.get(span)).unwrap_or_default();
        return Fault::new(FaultKind::Duplicate, Path::root(), format!("{} is given twice", quoted(name)), "");
    }
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let expected = expected.replace('`', "'");
    let expected = if expected == "nothing" { String::new() } else { expected };
    Fault::new(FaultKind::Syntax, Path::root(), what.replace('`', "'"), expected)
}

#[cfg(test)]
#[path = "toml_tree_tests.rs"]
mod tests;
