//! Strict JSON as a tree.

use std::collections::HashSet;

use jsonc_parser::ast::{Object, ObjectPropName, Value as Ast};
use jsonc_parser::common::Ranged as _;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::document::input::{MAX_NESTING, MAX_TEXT, MAX_VALUES, too_long};
use crate::document::report::Report;
use crate::document::tree::{Key, Node, Trail, Value};
use crate::document::wording::quoted;
use crate::fault::{Fault, FaultKind, Path};

/// Reads the text of `report` as one JSON value; nothing where its syntax is broken.
///
/// JSON gives no place to go on after a fault of syntax, so only the first of these is found.
pub(crate) fn read<'t>(report: &mut Report<'t>) -> Option<Node<'t>> {
    let text = report.text();
    if let Err((fault, at)) = scan(text) {
        report.add(fault, &(at..at));
        return None;
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict());
    match parsed.map(|parsed| parsed.value) {
        Ok(Some(value)) => Some(tree(value, &Trail::root(), report)),
        Ok(None) => {
            let fault = Fault::new(FaultKind::Syntax, Path::root(), "the text is empty", "a value in JSON");
            report.add(fault, &(0..0));
            None
        }
        Err(error) => {
            let range = error.range();
            // The parser takes `080` for two numbers.
            let (before, after) = text.split_at_checked(range.start).unwrap_or_default();
            let fault = if before.ends_with('0') && after.starts_with(|next: char| next.is_ascii_digit()) {
                Fault::new(FaultKind::Syntax, Path::root(), "a number with a leading zero", "no leading zero")
            } else {
                syntax(&error)
            };
            report.add(fault, &(range.start..range.end));
            None
        }
    }
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Refuses what the parser takes though it is no JSON, and what would cost it too much.
fn scan(text: &str) -> Result<(), (Fault, usize)> {
    let fault = |kind, what: String, expected: String| Fault::new(kind, Path::root(), what, expected);
    let (mut depth, mut values) = (0_usize, 1_usize);
    let (mut inside, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'\n' | b'\r' if inside => {
                return Err((fault(FaultKind::Syntax, "a line break inside text".into(), "'\"' or '\\n'".into()), at));
            }
            0..b' ' if inside => {
                let what = format!("the control character U+{byte:04X} inside text");
                return Err((fault(FaultKind::Syntax, what, format!("'\\u{byte:04x}'")), at));
            }
            _ if inside => {}
            b'[' | b'{' => {
                depth += 1;
                values += 1;
                if depth > MAX_NESTING {
                    let expected = format!("at most {MAX_NESTING} levels");
                    return Err((fault(FaultKind::Limit, "lists and tables nested too deep".into(), expected), at));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => {}
            _ => {
                let odd = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
                let what = format!("the character U+{:04X} outside text", u32::from(odd));
                return Err((fault(FaultKind::Syntax, what, "JSON".into()), at));
            }
        }
        if values > MAX_VALUES {
            let expected = format!("at most {MAX_VALUES}");
            return Err((fault(FaultKind::Limit, "too many values".into(), expected), at));
        }
    }
    Ok(())
}

fn tree<'t>(value: Ast<'t>, trail: &Trail<'_>, report: &mut Report<'t>) -> Node<'t> {
    let range = value.range();
    let span = range.start..range.end;
    let length = match &value {
        Ast::StringLit(text) => text.value.len(),
        Ast::NumberLit(number) => number.value.len(),
        _ => 0,
    };
    if length > MAX_TEXT {
        report.add(too_long(length, trail.path(&Path::root())), &span);
        return Node { span, value: Value::Null };
    }
    let value = match value {
        Ast::NullKeyword(_) => Value::Null,
        Ast::BooleanLit(literal) => Value::Bool(literal.value),
        Ast::NumberLit(literal) => Value::Number(literal.value),
        Ast::StringLit(literal) => Value::Text(literal.value),
        Ast::Array(array) => {
            let entries = array.elements.into_iter().enumerate();
            Value::List(entries.map(|(index, entry)| tree(entry, &trail.index(index), report)).collect())
        }
        Ast::Object(object) => table(object, trail, report),
    };
    Node { span, value }
}

fn table<'t>(object: Object<'t>, trail: &Trail<'_>, report: &mut Report<'t>) -> Value<'t> {
    let mut fields: Vec<(Key<'t>, Node<'t>)> = Vec::with_capacity(object.properties.len());
    // Small tables, which nearly all are, need no set.
    let mut seen = (object.properties.len() > 16).then(HashSet::new);
    for property in object.properties {
        let range = property.name.range();
        let name = match property.name {
            ObjectPropName::String(literal) => literal.value,
            ObjectPropName::Word(word) => word.value.into(),
        };
        let key = Key { span: range.start..range.end, name };
        if key.name.len() > MAX_TEXT {
            report.add(too_long(key.name.len(), trail.path(&Path::root())), &key.span);
            continue;
        }
        let is_new = match &mut seen {
            Some(seen) => seen.insert(key.name.clone()),
            None => fields.iter().all(|(other, _)| other.name != key.name),
        };
        let here = trail.key(&key.name);
        if !is_new {
            let path = here.path(&Path::root());
            report.add(Fault::new(FaultKind::Duplicate, path, format!("{} is given twice", quoted(&key.name)), ""), &key.span);
            continue;
        }
        let node = tree(property.value, &here, report);
        fields.push((key, node));
    }
    Value::Table(fields)
}

/// A fault of syntax in our own words.
fn syntax(error: &ParseError) -> Fault {
    use ParseErrorKind as Kind;
    let (what, expected) = match error.kind() {
        Kind::BareDecimalPointNumbersNotAllowed => ("a decimal point without digits on both sides", "a number in JSON"),
        Kind::CommentsNotAllowed => ("a comment", "JSON without comments"),
        Kind::ExpectedColonAfterObjectKey => ("a name without a value", "':' after the name"),
        Kind::ExpectedObjectValue => ("a name without a value", "a value after ':'"),
        Kind::ExpectedDigit | Kind::ExpectedDigitFollowingNegativeSign => ("an unfinished number", "a digit"),
        Kind::ExpectedPlusMinusOrDigitInNumberLiteral => ("an unfinished number", "a sign or digit after the 'e'"),
        Kind::ExpectedStringObjectProperty => ("a name without quotes", "a name in double quotes"),
        Kind::HexadecimalNumbersNotAllowed => ("a hexadecimal number", "a decimal number"),
        Kind::ExpectedComma => ("two values without a comma between", "','"),
        Kind::MultipleRootJsonValues => ("something after the end of the value", "the end of the text"),
        Kind::NonFiniteNumbersNotAllowed => ("no number at all", "a finite number"),
        Kind::SingleQuotedStringsNotAllowed => ("text in single quotes", "double quotes"),
        Kind::TrailingCommasNotAllowed => ("a comma after the last value", "no comma"),
        Kind::UnaryPlusNumbersNotAllowed => ("a number with a plus sign", "no plus sign"),
        Kind::UnexpectedCloseBrace => ("'}' without what it would close", "a value"),
        Kind::UnexpectedCloseBracket => ("']' without what it would close", "a value"),
        Kind::UnexpectedColon => ("a ':' out of place", "a value"),
        Kind::UnexpectedComma => ("a ',' out of place", "a value"),
        Kind::UnexpectedWord | Kind::UnexpectedToken => ("no value of JSON", "a value; text goes in double quotes"),
        Kind::UnexpectedTokenInObject => ("no name", "a name in double quotes, or '}'"),
        Kind::UnterminatedArray => ("a list that is not closed", "']'"),
        Kind::UnterminatedObject => ("a table that is not closed", "'}'"),
        Kind::NestingDepthExceeded => ("lists and tables nested too deep", ""),
        Kind::String(kind) => match kind {
            jsonc_parser::ParseStringErrorKind::UnterminatedStringLiteral => ("text that is not closed", "'\"'"),
            jsonc_parser::ParseStringErrorKind::ExpectedFourHexDigits => {
                ("an unfinished escape", "four digits from 0 to f after '\\u'")
            }
            jsonc_parser::ParseStringErrorKind::InvalidUnicodeEscapeSequence(_) => {
                ("an escape for no character", "a character, or both halves of a surrogate pair")
            }
            _ => ("an escape that JSON does not have", "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"),
        },
        _ => ("no JSON", ""),
    };
    Fault::new(FaultKind::Syntax, Path::root(), what, expected)
}

#[cfg(test)]
#[path = "json_tree_tests.rs"]
mod tests;
