use super::*;
use crate::fault::Faults;

/// The rows as (index, line, name=value …), and all faults.
fn read(text: &str) -> (Vec<(usize, usize, String)>, Vec<String>) {
    let mut report = Report::new(text);
    let lines = crate::document::position::Lines::new(text);
    let mut found = Vec::new();
    if let Some(mut rows) = Rows::open(Path::root().key("facts"), &mut report) {
        rows.check_columns(&["indicator", "place", "value"], &mut report);
        while let Some(row) = rows.next_row(&mut report) {
            assert_eq!(row.path, Path::root().key("facts").index(row.index));
            let Value::Table(fields) = row.node.value else { panic!("no table") };
            let cell = |(key, node): (Key<'_>, Node<'_>)| match node.value {
                Value::Text(value) => format!("{}={value}", key.name),
                _ => panic!("no text"),
            };
            found.push((
                row.index,
                lines.position(row.node.span.start).line,
                fields.into_iter().map(cell).collect::<Vec<_>>().join(" "),
            ));
        }
    }
    let faults = Faults::or(report.into_faults(), ()).err().map(Faults::into_vec).unwrap_or_default();
    (found, faults.iter().map(ToString::to_string).collect())
}

#[test]
fn reads_rows_with_their_lines() {
    let text = "indicator,place, value\r\n\r\n GDP ,Huế,1.5\r\n\"a,\n\"\"b\"\"\",,\" 2 \"\r\n\n\r\nc,d,\"\"\r\n";
    let (rows, faults) = read(text);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(
        rows,
        [
            (0, 3, "indicator=GDP place=Huế value=1.5".to_owned()),
            (1, 4, "indicator=a,\n\"b\" value= 2 ".to_owned()),
            (2, 8, "indicator=c place=d".to_owned()),
        ]
    );
    for end in ["", "\n", "\r\n", "\r", "\n\n\n"] {
        let (rows, faults) = read(&format!("indicator{0}a{0}b{end}", if end.is_empty() { "\n" } else { end }));
        assert_eq!((rows.len(), faults.len()), (2, 0), "{end:?}");
    }
}

#[test]
fn places_of_cells_are_in_the_file() {
    let text = "indicator,value\n\"Đ\", x";
    let mut report = Report::new(text);
    let mut rows = Rows::open(Path::root(), &mut report).unwrap();
    let row = rows.next_row(&mut report).unwrap();
    assert_eq!(text.get(row.node.span_at(Path::root().key("value").segments())), Some("x"));
    report.add_in(Fault::new(FaultKind::InvalidValue, Path::root().key("value"), "text", ""), &row.node);
    assert_eq!(report.into_faults()[0].position, Some(Position { line: 2, column: 6 }));
}

#[test]
fn finds_the_faults_of_every_row() {
    let text = "indicator,place,value\na,b\n\"a\"b,c,d\na,b,c,d\nx\"y,b,c\nok,b,1\n   \na,\"open\nz,b,c\n";
    let (rows, faults) = read(text);
    assert_eq!(rows, [(4, 6, "indicator=ok place=b value=1".to_owned())]);
    assert_eq!(
        faults,
        [
            "2:1: facts[0]: 2 fields; expected 3 fields, as in the header",
            "3:4: facts[1]: something after a closing quote; expected ',' or the end of the row; a quote inside quotes is doubled",
            "4:1: facts[2]: 4 fields; expected 3 fields, as in the header",
            "5:2: facts[3]: a quote inside an unquoted field; expected quotes around the whole field, and those inside doubled",
            "7:1: facts[5]: 1 field; expected 3 fields, as in the header",
            "8:3: facts[6]: a quote that is not closed; expected '\"' before the end of the text",
        ]
    );
}

#[test]
fn finds_the_faults_of_the_header() {
    let (rows, faults) = read("indicator,valeu,,value,value \na,b,c,1,2\n");
    assert_eq!(rows, [(0, 2, "indicator=a valeu=b value=1".to_owned())]);
    assert_eq!(
        faults,
        [
            "1:11: unknown column 'valeu' (did you mean 'value'?); expected one of 'indicator', 'place', 'value'",
            "1:17: column 3 has no name; expected a name in the header",
            "1:24: the column 'value' is given twice, first at 1:18",
        ]
    );
    assert_eq!(read("").1, ["1:1: the text is empty; expected a header row"]);
    assert_eq!(read("\n\r\n").1, ["1:1: the text is empty; expected a header row"]);
    assert_eq!(read("\"a").1.len(), 1);
    assert_eq!(read("indicator;value\na;1\n").1, ["1:1: columns separated by ';'; expected ','"]);
}

#[test]
fn bounds_a_cell() {
    let long = "x".repeat(MAX_TEXT + 1);
    let (rows, faults) = read(&format!("indicator,value\na,{long}\nb,1\n"));
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].2, "indicator=a");
    assert_eq!(faults, ["2:3: facts[0].value: a text of 65537 bytes; expected at most 65536 bytes"]);
}

#[test]
fn ten_megabytes_are_quick() {
    let (rows, faults) = read(&("indicator,value\n".to_owned() + &"a,1\n".repeat(2_500_000)));
    assert_eq!((rows.len(), faults.len()), (2_500_000, 0));
    assert_eq!(rows.last().unwrap().1, 2_500_001);
    for part in ["\"", ",", "a,b\n", "\r", "\"x\"\"", "\"a\"b\n"] {
        let (_, faults) = read(&("indicator\n".to_owned() + &part.repeat(10_000_000 / part.len())));
        assert!(faults.len() <= 1_001, "{part:?}");
    }
}

#[test]
fn random_pieces_do_no_harm() {
    let pieces = ["a", ",", "\n", "\r\n", "\r", "\"", "\"\"", "\"b\"", " ", "ế"];
    let mut state = 7_u64;
    for _ in 0..50_000 {
        let mut text = String::from("x,y\n");
        for _ in 0..1 + state % 12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) as usize % pieces.len()];
        }
        let (_, faults) = read(&text);
        assert!(!faults.iter().any(|fault| fault.contains("cannot be read")), "{text:?}: {faults:?}");
    }
}
