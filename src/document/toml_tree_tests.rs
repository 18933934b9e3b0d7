use super::*;
use crate::fault::Segment;

fn faults(text: &str) -> Vec<String> {
    let mut report = Report::new(text);
    let _ = read(&mut report);
    let faults = crate::fault::Faults::or(report.into_faults(), ());
    faults.err().map(|faults| faults.as_slice().iter().map(ToString::to_string).collect()).unwrap_or_default()
}

fn sound(text: &str) -> Node<'_> {
    let mut report = Report::new(text);
    let node = read(&mut report);
    assert_eq!(faults(text), Vec::<String>::new());
    node.unwrap()
}

#[test]
fn numbers_keep_their_exact_text() {
    for number in
        ["1", "+1", "-0", "1_000", "0x1F", "0o17", "0b101", "1.50", "+1.0", "1e3", "1E+03", "6.626e-3_4", "inf", "-inf", "+nan"]
    {
        let text = format!("a = {number} # end");
        assert_eq!(sound(&text).get("a").unwrap().value, Value::Number(number));
    }
}

#[test]
fn reads_every_kind_of_value_in_the_order_of_the_text() {
    let text = "z = 'Đ'\r\nb = true\r\na = 2025-06-30\r\n\r\n[[t]]\r\nx = [1, { y = \"\\u0111\" }]\r\n[[t]]\r\n[d.e]\r\n";
    let root = sound(text);
    let Value::Table(fields) = &root.value else { panic!("no table") };
    let names: Vec<_> = fields.iter().map(|(key, _)| key.name.as_ref()).collect();
    assert_eq!(names, ["z", "b", "a", "t", "d"]);
    assert_eq!(root.get("z").unwrap().value, Value::Text("Đ".into()));
    assert_eq!(root.get("b").unwrap().value, Value::Bool(true));
    assert_eq!(root.get("a").unwrap().value, Value::Day("2025-06-30"));
    let second = [Segment::Key("t".into()), Segment::Index(1), Segment::Key("missing".into())];
    assert_eq!(root.span_at(&second).start, text.rfind("[[t]]").unwrap());
    let deep = Path::root().key("t").index(0).key("x").index(1).key("y");
    assert_eq!(text.get(root.span_at(deep.segments())), Some("\"\\u0111\""));
    assert_eq!(text.get(root.key_span_at(deep.segments())), Some("y"));
    assert!(root.get("d").unwrap().get("e").is_some());
}

#[test]
fn finds_all_faults_of_syntax() {
    let text = "a = \nb = 1 2\nc = 01\nd = 'open\ne = maybe\n[x\n";
    let found = faults(text);
    let lines: Vec<_> = found.iter().map(|fault| fault.split(':').next().unwrap()).collect();
    assert_eq!(lines, ["1", "2", "3", "4", "5", "6"], "{found:#?}");
    assert_eq!(found[2], "3:5: unexpected leading zero");
    assert_eq!(found[3], "4:10: invalid literal string; expected '''");
    assert_eq!(found[4], "5:5: string values must be quoted; expected literal string");
    assert!(read(&mut Report::new(text)).is_none());
}

#[test]
fn tells_every_name_given_twice() {
    let text = "a = 1\na = 2\nt.x = 1\nt.x = 2\n[s]\n[s]\ni = { q = 1, q = 2 }\n";
    assert_eq!(
        faults(text),
        ["2:1: 'a' is given twice", "4:3: 'x' is given twice", "6:2: 's' is given twice", "7:14: 'q' is given twice"]
    );
    let mut report = Report::new(text);
    assert_eq!(read(&mut report).unwrap().get("a").unwrap().value, Value::Number("1"));
}

#[test]
fn times_are_no_days() {
    assert_eq!(
        faults("a = 2025-06-30T10:00:00Z\nb = [07:30:00]\nc = 2025-06-30 10:00:00\n"),
        [
            "1:5: a: a date with a time; expected a date such as 2025-06-30",
            "2:6: b[0]: a time; expected a date such as 2025-06-30",
            "3:5: c: a date with a time; expected a date such as 2025-06-30"
        ]
    );
    assert_eq!(faults("a = 2025-02-30").len(), 1);
}

#[test]
fn bounds_depth_and_length() {
    let too_deep = "lists and tables nested too deep; expected at most 64 levels";
    let list = |depth: usize| format!("a = {}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(faults(&list(63)).is_empty());
    assert_eq!(faults(&list(64)), [format!("1:68: {too_deep}")]);
    let header = format!("[a{}]\nb.c.d = 1", ".a".repeat(62));
    let found = faults(&header);
    assert!(found.len() == 1 && found[0].ends_with(too_deep), "{found:?}");
    assert!(found[0].starts_with("2:"), "{found:?}");
    assert_eq!(faults(&"a = { b = [".repeat(900_000)).len(), 1);
    let long = "x".repeat(MAX_TEXT + 1);
    assert_eq!(
        faults(&format!("a = '{long}'\nb = {}\n{long} = 1", "1".repeat(MAX_TEXT + 1))),
        [
            "1:5: a: a text of 65537 bytes; expected at most 65536 bytes",
            "2:5: b: a text of 65537 bytes; expected at most 65536 bytes",
            "3:1: a text of 65537 bytes; expected at most 65536 bytes"
        ]
    );
}

#[test]
fn ten_megabytes_of_garbage_are_quick_and_harmless() {
    for part in ["=", "\"", "'''", "[", "]", "{", "a.", "a=[", "x=1 y\n", "\u{FFFD}", "-", "[[a]]\n", "\r"] {
        for size in [1_000_000, 10_000_000] {
            let found = faults(&part.repeat(size / part.len()));
            assert!(found.len() <= 1_001 && (part == "[[a]]\n" || !found.is_empty()), "{part:?}: {}", found.len());
        }
    }
}

#[test]
fn random_pieces_do_no_harm() {
    let pieces = [
        "a",
        "b.c",
        "=",
        " = ",
        "1",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        "\n",
        "\r\n",
        "\"",
        "'",
        "'''",
        "\"\"\"",
        "#",
        ".",
        "2025-01-01",
        "\\",
        "ế",
        "[a]\n",
        "a = 1\n",
    ];
    let mut state = 7_u64;
    for _ in 0..100_000 {
        let mut text = String::new();
        for _ in 0..1 + state % 15 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) as usize % pieces.len()];
        }
        let is_toml = toml::de::DeTable::parse(&text).is_ok();
        let mut report = Report::new(&text);
        let tree = read(&mut report);
        assert!(tree.is_some() || !is_toml, "{text:?}");
        assert_eq!(report.is_clean(), is_toml, "{text:?}");
    }
}
