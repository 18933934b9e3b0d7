use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::document::{json_tree, toml_tree};
use crate::fault::Faults;

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Each {
    #[default]
    Month,
    Year,
}

/// A number, however it is written.
#[derive(Debug, Default, PartialEq)]
struct Figure(String);

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Figure;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number such as 12.5")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Figure, E> {
                if text.contains('e') {
                    return Err(E::custom(format!("{text} has an exponent; expected plain digits")));
                }
                Ok(Figure(text.to_owned()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Target {
    title: Option<String>,
    value: Option<Figure>,
    weight: Option<u8>,
    big: Option<u64>,
    each: Option<Each>,
    open: Option<bool>,
    steps: Vec<u32>,
    pair: Option<(u32, String)>,
    notes: BTreeMap<String, String>,
    inner: Option<Inner>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Inner {
    a: u32,
    b: Option<Box<Inner>>,
}

fn lines(report: Report<'_>) -> Vec<String> {
    let faults = Faults::or(report.into_faults(), ()).err().map(Faults::into_vec).unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

fn toml(text: &str) -> (Option<Target>, Vec<String>) {
    let mut report = Report::new(text);
    let root = toml_tree::read(&mut report).unwrap();
    let target = decode(&root, &Path::root(), Options::DOCUMENT, &mut report);
    (target, lines(report))
}

#[test]
fn reads_a_sound_value() {
    let text = "title = 'x'\nvalue = 1_0.5\nweight = 7\nbig = 18446744073709551615\neach = 'year'\nopen = true\nsteps = [1, 2]\npair = [1, 'p']\nnotes.a = 'b'\n[inner]\na = 1\nb = { a = 2 }\n";
    let (target, faults) = toml(text);
    assert!(faults.is_empty(), "{faults:?}");
    let inner = Inner { a: 1, b: Some(Box::new(Inner { a: 2, b: None })) };
    assert_eq!(
        target,
        Some(Target {
            title: Some("x".into()),
            value: Some(Figure("1_0.5".into())),
            weight: Some(7),
            big: Some(u64::MAX),
            each: Some(Each::Year),
            open: Some(true),
            steps: vec![1, 2],
            pair: Some((1, "p".into())),
            notes: BTreeMap::from([("a".into(), "b".into())]),
            inner: Some(inner),
        })
    );
    assert_eq!(toml("value = 2025-06-30").0.unwrap().value, Some(Figure("2025-06-30".into())));
}

#[test]
fn finds_every_fault_of_a_value() {
    let text = "titel = 'x'\ntitle = 5\nvalue = 1e3\nweight = 300\nbig = 12.0\neach = 'mont'\nopen = 'yes'\nsteps = [1, 'two', 3, -4]\npair = [1]\nnotes = { a = 2025-06-30, b = 'c' }\n[inner]\na = 0x1F\nc = 1\n";
    let (target, faults) = toml(text);
    assert_eq!(
        faults,
        [
            "1:1: titel: unknown field 'titel' (did you mean 'title'?); expected one of 'title', 'value', 'weight', 'big', 'each', 'open', 'steps', 'pair', 'notes', 'inner'",
            "2:9: title: a number; expected text",
            "3:9: value: 1e3 has an exponent; expected plain digits",
            "4:10: weight: 300; expected a whole number from 0 to 255",
            "5:7: big: 12.0; expected a whole number of 0 or more",
            "6:8: each: 'mont' is not known (did you mean 'month'?); expected one of 'month', 'year'",
            "7:8: open: text; expected true or false",
            "8:13: steps[1]: text; expected a whole number from 0 to 4294967295",
            "8:23: steps[3]: -4; expected a whole number from 0 to 4294967295",
            "9:8: pair: a list of 1 entry; expected a list of 2 entries",
            "10:15: notes.a: a date; expected text",
            "12:5: inner.a: 0x1F; expected a whole number from 0 to 4294967295",
            "13:1: inner.c: unknown field 'c'; expected one of 'a', 'b'",
        ]
    );
    let target = target.unwrap();
    assert_eq!(target.steps, [1, 3]);
    assert_eq!(target.notes.len(), 1);
    assert_eq!(target.inner, None, "what misses its value for a fault is no second fault");
}

#[test]
fn tells_what_is_missing_and_knows_what_is_not() {
    let text = "weight = 'x'\n[inner]\nb = { a = 1 }\n";
    let mut report = Report::new(text);
    let root = toml_tree::read(&mut report).unwrap();
    let target: Target = decode(&root, &Path::root(), Options::DOCUMENT, &mut report).unwrap();
    assert_eq!(target, Target::default());
    assert!(report.covers(&Path::root().key("weight")) && report.covers(&Path::root().key("inner")));
    assert!(!report.covers(&Path::root().key("title")));
    assert_eq!(lines(report), ["1:10: weight: text; expected a whole number from 0 to 255", "2:1: inner.a: 'a' is missing"]);
}

#[test]
fn wrong_types_of_every_kind() {
    for (text, fault) in [
        ("title = true", "1:9: title: a boolean; expected text"),
        ("title = [1]", "1:9: title: a list; expected text"),
        ("value = {}", "1:9: value: a table; expected a number such as 12.5"),
        ("value = true", "1:9: value: a boolean; expected a number such as 12.5"),
        ("steps = 1", "1:9: steps: a number; expected a list"),
        ("notes = 'x'", "1:9: notes: text; expected a table"),
        ("inner = []", "1:9: inner: a list; expected a table"),
        ("each = 1", "1:8: each: a number; expected one of 'month', 'year'"),
        ("weight = +1", "1:10: weight: +1; expected a whole number from 0 to 255"),
        ("weight = 1_0", "1:10: weight: 1_0; expected a whole number from 0 to 255"),
        ("weight = nan", "1:10: weight: nan; expected a whole number from 0 to 255"),
    ] {
        assert_eq!(toml(text).1, [fault], "{text}");
    }
    let mut report = Report::new("[1]");
    let root = json_tree::read(&mut report).unwrap();
    assert_eq!(decode::<Target>(&root, &Path::root(), Options::DOCUMENT, &mut report), None);
    assert_eq!(lines(report), ["1:1: a list; expected a table"]);
}

#[test]
fn null_is_absent() {
    let mut report = Report::new("{\"title\": null, \"steps\": null, \"odd\": null}");
    let root = json_tree::read(&mut report).unwrap();
    let target: Option<Target> = decode(&root, &Path::root(), Options::DOCUMENT, &mut report);
    assert_eq!(target, Some(Target::default()));
    assert_eq!(lines(report).len(), 1, "but an unknown field is unknown");
    let mut report = Report::new("{\"steps\": [1, null]}");
    let root = json_tree::read(&mut report).unwrap();
    let _: Option<Target> = decode(&root, &Path::root(), Options::DOCUMENT, &mut report);
    assert_eq!(lines(report), ["1:15: steps[1]: null; expected a whole number from 0 to 4294967295"]);
}

#[test]
fn decodes_lists_entry_by_entry() {
    let text = "{\"extra\": 1, \"title\": \"t\", \"targets\": [{\"title\": 1, \"weight\": \"x\"}, 5,\n {\"title\": \"ok\"}]}";
    let mut report = Report::new(text);
    let root = json_tree::read(&mut report).unwrap();
    let header: Target = decode(&root, &Path::root(), Options::DOCUMENT.apart(&["targets"]), &mut report).unwrap();
    assert_eq!(header.title.as_deref(), Some("t"));
    let path = Path::root().key("targets");
    let list = root.get("targets").unwrap();
    let targets: Vec<Option<Target>> = decode_list(list, &path, Options::DOCUMENT, &mut report).unwrap();
    assert_eq!(targets[0], Some(Target::default()));
    assert_eq!(targets[1], None);
    assert_eq!(targets[2].as_ref().unwrap().title.as_deref(), Some("ok"));
    assert!(decode_list::<Target>(&root, &Path::root(), Options::DOCUMENT, &mut report).is_none());
    let found = lines(report);
    assert_eq!(found.len(), 5, "{found:#?}");
    assert!(found[1].starts_with("1:2: extra: unknown field 'extra'; ") && found[1].ends_with("'targets'"));
    assert_eq!(found[2], "1:50: targets[0].title: a number; expected text");
    assert_eq!(found[4], "1:69: targets[1]: a number; expected a table");
}

#[test]
fn rows_read_whole_numbers_from_text() {
    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Fact {
        year: Option<u16>,
        value: Option<Figure>,
        open: Option<bool>,
    }
    let key = |name: &'static str| Key { span: 0..1, name: name.into() };
    let cell = |text: &'static str| Node { span: 2..3, value: Value::Text(text.into()) };
    let row = |year, open| Node {
        span: 0..9,
        value: Value::Table(vec![
            (key("year"), cell(year)),
            (key("value"), cell("1,5")),
            (key("open"), cell(open)),
            (key("odd"), cell("x")),
        ]),
    };
    let mut report = Report::new("abcdefghi");
    let fact: Fact = decode(&row("2025", "false"), &Path::root(), Options::ROW, &mut report).unwrap();
    assert_eq!(fact, Fact { year: Some(2025), value: Some(Figure("1,5".into())), open: Some(false) });
    assert!(report.is_clean());
    let _: Fact = decode(&row("2025.0", "yes"), &Path::root(), Options::ROW, &mut report).unwrap();
    assert_eq!(
        lines(report),
        ["1:3: open: 'yes'; expected true or false", "1:3: year: '2025.0'; expected a whole number from 0 to 65535"]
    );
}

#[test]
fn keys_of_maps_may_be_refused() {
    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Counts {
        by: BTreeMap<Each2, u32>,
    }
    #[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
    enum Each2 {
        Month,
    }
    let mut report = Report::new("by = { Month = 1, Mont = 2, Moon = 'x' }");
    let root = toml_tree::read(&mut report).unwrap();
    let counts: Counts = decode(&root, &Path::root(), Options::DOCUMENT, &mut report).unwrap();
    assert_eq!(counts.by, BTreeMap::from([(Each2::Month, 1)]));
    let found = lines(report);
    assert_eq!(found[0], "1:19: by.Mont: 'Mont' is not known (did you mean 'Month'?); expected 'Month'");
    assert!(found.len() == 2 && found[1].starts_with("1:29: by.Moon: 'Moon'"));
}

#[test]
fn a_rule_over_a_value_with_a_fault_stays_silent() {
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "BTreeMap<String, u32>")]
    struct Even;
    impl TryFrom<BTreeMap<String, u32>> for Even {
        type Error = String;
        fn try_from(map: BTreeMap<String, u32>) -> Result<Self, String> {
            if map.len().is_multiple_of(2) { Ok(Self) } else { Err("an odd count; expected an even count".into()) }
        }
    }
    for (text, faults) in [
        ("a = 1", vec!["1:1: an odd count; expected an even count"]),
        ("a = 1\nb = 'x'", vec!["2:5: b: text; expected a whole number from 0 to 4294967295"]),
    ] {
        let mut report = Report::new(text);
        let root = toml_tree::read(&mut report).unwrap();
        assert!(decode::<Even>(&root, &Path::root(), Options::DOCUMENT, &mut report).is_none());
        assert_eq!(lines(report), faults);
    }
}

#[test]
fn a_rule_of_a_field_is_blamed_on_that_field() {
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Short;
    impl TryFrom<String> for Short {
        type Error = String;
        fn try_from(text: String) -> Result<Self, String> {
            if text.len() < 3 { Ok(Self) } else { Err(format!("'{text}'; expected a short name")) }
        }
    }
    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Named {
        a: Option<Short>,
        b: Vec<Short>,
        c: Option<Short>,
    }
    let mut report = Report::new("a = 'long'\nb = ['x', 'longer']\nc = 'y'");
    let root = toml_tree::read(&mut report).unwrap();
    let named: Named = decode(&root, &Path::root(), Options::DOCUMENT, &mut report).unwrap();
    assert_eq!((named.a.is_some(), named.b.len(), named.c.is_some()), (false, 1, true));
    assert_eq!(lines(report), ["1:5: a: 'long'; expected a short name", "2:11: b[1]: 'longer'; expected a short name"]);
}

#[test]
fn the_deepest_value_fits_the_stack() {
    let text = format!("{{\"inner\": {}{{\"a\": 1}}{}}}", "{\"a\": 1, \"b\": ".repeat(62), "}".repeat(62));
    let mut report = Report::new(&text);
    let root = json_tree::read(&mut report).unwrap();
    let target: Option<Target> = decode(&root, &Path::root(), Options::DOCUMENT, &mut report);
    assert!(target.is_some_and(|target| target.inner.is_some()) && report.is_clean());
}

#[test]
fn a_flood_of_faults_ends() {
    let text = format!("steps = [{}'x']", "'x', ".repeat(200_000));
    let (target, faults) = toml(&text);
    assert_eq!(target, None);
    assert_eq!(faults.len(), MAX_PASSES + 1);
    assert!(faults.iter().any(|fault| fault == "1:1: more than 200 faults; the rest was not read"));
}
