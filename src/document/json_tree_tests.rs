use super::*;

fn faults(text: &str) -> Vec<String> {
    let mut report = Report::new(text);
    let _ = read(&mut report);
    report.into_faults().iter().map(ToString::to_string).collect()
}

fn sound(text: &str) -> Node<'_> {
    let mut report = Report::new(text);
    let node = read(&mut report);
    assert!(report.is_clean());
    node.unwrap()
}

#[test]
fn reads_every_kind_of_value() {
    let text = "{\"a\": [1, -2.50e+3, \"x\\u0111\\\"\"],\r\n \"b\": {\"c\": true, \"d\": null}}";
    let root = sound(text);
    let Some(Value::List(list)) = root.get("a").map(|node| &node.value) else { panic!("no list") };
    assert_eq!(list[1], Node { span: 10..18, value: Value::Number("-2.50e+3") });
    assert_eq!(list[2].value, Value::Text("xđ\"".into()));
    let inner = root.get("b").unwrap();
    assert_eq!(inner.get("c").unwrap().value, Value::Bool(true));
    assert_eq!(inner.field("d").unwrap().1.value, Value::Null);
    assert_eq!(root.span, 0..text.len());
    assert_eq!(text.get(inner.field("c").unwrap().0.span.clone()), Some("\"c\""));
    assert_eq!(sound("12").value, Value::Number("12"));
}

#[test]
fn refuses_what_is_not_strict_json() {
    for (text, fault) in [
        ("", "1:1: the text is empty; expected a value in JSON"),
        (" \n ", "1:1: the text is empty; expected a value in JSON"),
        ("{\n  // no\n}", "2:3: a comment; expected JSON without comments"),
        ("[1,\n 2,]", "2:3: a comma after the last value; expected no comma"),
        ("{\"a\": 1,}", "1:8: a comma after the last value; expected no comma"),
        ("{a: 1}", "1:2: a name without quotes; expected a name in double quotes"),
        ("['a']", "1:2: text in single quotes; expected double quotes"),
        ("[+1]", "1:2: a number with a plus sign; expected no plus sign"),
        ("[0x1F]", "1:2: a hexadecimal number; expected a decimal number"),
        ("[.5]", "1:2: a decimal point without digits on both sides; expected a number in JSON"),
        ("[5.]", "1:2: a decimal point without digits on both sides; expected a number in JSON"),
        ("[-Infinity]", "1:2: no number at all; expected a finite number"),
        ("[NaN]", "1:2: no value of JSON; expected a value; text goes in double quotes"),
        ("[1 2]", "1:3: two values without a comma between; expected ','"),
        ("[01]", "1:3: a number with a leading zero; expected no leading zero"),
        ("{\"a\" 1}", "1:6: a name without a value; expected ':' after the name"),
        ("{} {}", "1:4: something after the end of the value; expected the end of the text"),
        ("{\"a\": [1, 2}", "1:12: '}' without what it would close; expected a value"),
        ("{\"a\":\n [1, 2", "2:2: a list that is not closed; expected ']'"),
        ("{\"ộ\": \"x", "1:7: text that is not closed; expected '\"'"),
        ("{\"a\": \"x\ny\"}", "1:9: a line break inside text; expected '\"' or '\\n'"),
        ("[\"a\tb\"]", "1:4: the control character U+0009 inside text; expected '\\u0009'"),
        ("[1,\u{A0}2]", "1:4: the character U+00A0 outside text; expected JSON"),
        ("[1,\u{B}2]", "1:4: the character U+000B outside text; expected JSON"),
        ("[\"\\x41\"]", "1:3: an escape that JSON does not have; expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"),
        ("[\"\\ud800\"]", "1:3: an escape for no character; expected a character, or both halves of a surrogate pair"),
        ("[1,,2]", "1:4: a ',' out of place; expected a value"),
        ("{,}", "1:2: no name; expected a name in double quotes, or '}'"),
        ("]", "1:1: ']' without what it would close; expected a value"),
    ] {
        assert_eq!(faults(text), [fault], "{text:?}");
    }
}

#[test]
fn tells_every_name_given_twice() {
    let text = "{\"a\": 1, \"b\": [{\"x\": 1, \"x\": 2}],\n \"a\": 3, \"a\": 4}";
    assert_eq!(faults(text), ["1:25: b[0].x: 'x' is given twice", "2:2: a: 'a' is given twice", "2:10: a: 'a' is given twice"]);
    let mut report = Report::new(text);
    let root = read(&mut report).unwrap();
    assert_eq!(root.get("a").unwrap().value, Value::Number("1"), "the first stays");
    let many: Vec<_> = (0..50).map(|n| format!("\"k{}\": 1", n % 40)).collect();
    assert_eq!(faults(&format!("{{{}}}", many.join(","))).len(), 10);
}

#[test]
fn bounds_depth_length_and_count() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(faults(&nested(MAX_NESTING)).is_empty());
    assert_eq!(faults(&nested(65)), ["1:65: lists and tables nested too deep; expected at most 64 levels"]);
    assert_eq!(faults(&"{\"a\":[".repeat(1_000_000)).len(), 1);
    assert!(faults(&format!("[\"{}\"]", "[{".repeat(1000))).is_empty(), "brackets in text are text");
    let long = "x".repeat(MAX_TEXT + 1);
    assert_eq!(
        faults(&format!("{{\"a\": \"{long}\", \"b\": {0}, \"{long}\": 1}}", "1".repeat(MAX_TEXT + 1))),
        [
            "1:7: a: a text of 65537 bytes; expected at most 65536 bytes",
            "1:65553: b: a text of 65537 bytes; expected at most 65536 bytes",
            "1:131092: a text of 65537 bytes; expected at most 65536 bytes"
        ]
    );
    assert_eq!(faults(&format!("[{}1]", "1,".repeat(MAX_VALUES))), ["1:7999999: too many values; expected at most 4000000"]);
}

#[test]
fn ten_megabytes_of_garbage_are_quick_and_harmless() {
    for part in ["{", "\"", "\\", "[1,", "}", "\u{FFFD}", "\"\\u", "-", "{\"a\":"] {
        assert_eq!(faults(&part.repeat(10_000_000 / part.len())).len(), 1, "{part:?}");
    }
}

#[test]
fn agrees_with_serde_json_on_what_is_json() {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"b\"",
        "1",
        "-0",
        "2.5",
        "1e5",
        "true",
        "null",
        " ",
        "\n",
        "\"\\u00e9\"",
        "x",
        "'",
        "\"",
        "01",
        "\\",
    ];
    let mut state = 7_u64;
    let mut agreed = 0;
    for _ in 0..200_000 {
        let mut text = String::new();
        for _ in 0..1 + state % 9 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) as usize % pieces.len()];
        }
        let mut report = Report::new(&text);
        let ours = read(&mut report).is_some();
        assert_eq!(ours, serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{text:?}");
        agreed += usize::from(ours);
    }
    assert!(agreed > 1000);
}
