use super::{Column, header, line_feeds, plain, split};
use crate::facts::Facts;
use crate::plan::Plan;

fn plan() -> Plan {
    let kinds = ["share", "ratio", "mean", "flow", "stock", "index", "survey", "on_time", "deliverable"];
    let indicators: String = kinds.iter().map(|kind| format!("[[indicators]]\nid = '{kind}'\nkind = '{kind}'\n")).collect();
    let head = "format = 'attain-plan/1'\nplan = { id = 'p', owner = 'o', start = 2024-01-01 }\n";
    Plan::from_toml(format!("{head}units = [{{ id = 'o' }}, {{ id = 'a,b', parent = 'o' }}]\n{indicators}")).unwrap()
}

const EVERY_KIND: &str = "\u{FEFF}note,state,indicator,unit,period,value,part,whole,numerator,denominator,total,weight,positive,valid,population,in_time,late,overdue,not_due,done_on,through,recorded_on,source\r\n\
    \"a, \"\"b\"\"\nc\",,share,\"a,b\",2025-Q1,,1.50,2,,,,,,,,,,,,,,,x\r\n\
    ,provisional,share,,2025-Q1,79.96,,,,,,,,,,,,,,,,2025-04-01,x\n\
    \n\
    ,final,ratio, o ,2024,,,,-5,2.25,,,,,,,,,,,,,x\n\
    ,estimated,mean,,2024-07,,,,,,12345678901234567,0.5,,,,,,,,,,,\n\
    ,,flow,,2024-H1,\"7\",,,,,,,,,,,,,,,2024-03-31,,y\n\
    ,missing,stock,,2024-9M,,,,,,,,,,,,,,,,,,\n\
    ,not_applicable,index,,2024-12-31,,,,,,,,,,,,,,,,,,\n\
    ,,survey,,2024,,,,,,,,10,20,1000,,,,,,,,\n\
    ,expected,survey,,2025,,,,,,,,3,20,1000,,,,,,,,\n\
    ,,on_time,,2024,,,,,,,,,,,1,2,3,4,,,,\n\
    ,expected,on_time,,2025,,,60,,,,,,,,,,,,,,,\n\
    ,,deliverable,,2024,1,,,,,,,,,,,,,,2024-05-06,,,\n\
    ,,deliverable,,2025,,,,,,,,,,,,,,,,,,";

#[test]
fn a_text_of_every_kind_is_plain_and_says_what_the_ordinary_reader_reads() {
    let plan = plan();
    let columns = plain(&plan, EVERY_KIND.as_bytes(), 1).expect("plain");
    let facts = Facts::from_csv(&plan, EVERY_KIND).unwrap();
    assert_eq!(columns.rows(), 13);
    assert_eq!(columns.to_facts(&plan).unwrap(), facts);
    assert_eq!(super::FactColumns::from_facts(&plan, &facts).unwrap(), columns);
    assert_eq!(columns.note(0), Some("a, \"b\"\nc"));
    assert_eq!(columns.unit()[..3], [1, 0, 0]);
}

#[test]
fn the_number_of_chunks_changes_nothing() {
    let plan = plan();
    let whole = plain(&plan, EVERY_KIND.as_bytes(), 1).expect("plain");
    for chunks in 2..40 {
        assert_eq!(plain(&plan, EVERY_KIND.as_bytes(), chunks).as_ref(), Some(&whole), "in {chunks} chunks");
    }
}

#[test]
fn a_text_is_split_between_rows_alone() {
    let text = b"a,\"x\ny\",b\nc,d,e\n\"\n\",\"\"\"\n\",f\ng";
    for parts in 1..40 {
        let chunks = split(text, parts);
        assert_eq!(chunks.concat(), text);
        assert!(chunks.len() <= parts);
        for chunk in &chunks {
            assert!([&b"a,"[..], b"c,", b"\"\n", b"g"].iter().any(|start| chunk.starts_with(start)), "{chunk:?}");
        }
    }
    assert_eq!(split(text, 40).len(), 4);
    assert_eq!(split(b"", 3), [b""]);
}

#[test]
fn line_feeds_are_counted_beyond_255() {
    assert_eq!(line_feeds(&[b'\n'; 1000]), 1000);
    assert_eq!(line_feeds(b"a\r\nb\n\"\n"), 3);
}

#[test]
fn a_header_is_plain_where_each_column_is_known_and_named_once() {
    assert_eq!(header(b"period,\"indicator\"\r\nx"), Some((vec![Column::Period, Column::Indicator], &b"x"[..])));
    for other in
        ["period", "indicator\n", "indicator,period,indicator", "indicator,period,x", "indicator,period,", "Indicator,period"]
    {
        assert_eq!(header(other.as_bytes()), None, "{other}");
    }
}

/// What is not plain, row by row under `indicator,unit,period,value,part,whole,state,through,recorded_on,note`.
#[test]
fn what_is_not_plain_or_not_sound_is_left_to_the_ordinary_reader() {
    let plan = plan();
    let head = "indicator,unit,period,value,part,whole,state,through,recorded_on,note\n";
    let read = |rows: &str| plain(&plan, format!("{head}{rows}").as_bytes(), 1);
    assert_eq!(read("share,,2025,,1,2,,,,\n").map(|columns| columns.rows()), Some(1));
    for row in [
        "share,,2025,,3,2,,,,",
        "share,,2025,,-1,2,,,,",
        "share,,2025,,1,,,,,",
        "share,,2025,5,1,2,,,,",
        "share,,2025,100.5,,,,,,",
        "share,,2025,,1,2,missing,,,",
        "share,,2025,,1,2,settled,,,",
        "share,,2025,,1,2,,2026-01-01,,",
        "share,,2025,,1,2,,,2025-02-30,",
        "share,,2025-Q5,,1,2,,,,",
        "share,,,,1,2,,,,",
        "share,x,2025,,1,2,,,,",
        "shares,,2025,,1,2,,,,",
        ",,2025,,1,2,,,,",
        "share,,2025,,1e3,2,,,,",
        "share,,2025,,1,2,,,",
        "share,,2025,,1,2,,,,,",
        "share,,2025,,1,2,,,,a\0b",
        "share,,2025,,1,2,,,,a\"b",
        "share,,2025,,1,2,,,,\"a\"b",
        "share,,2025,,1,2,,,,a\rb",
        "flow,,2025,-1,,,,,,",
        "share,,2025,,1,2,,,,\nshare,,2025,,1,2,,,,",
        "share,,2025,,1,2,,,,\nflow,,2025,1,,,,,,\nshare,,2025,,0,2,provisional,,2025-12-31,",
    ] {
        assert_eq!(read(row), None, "{row}");
    }
}

#[test]
fn records_of_one_key_that_are_known_from_other_days_are_plain() {
    let plan = plan();
    let text = "indicator,period,part,whole,state,recorded_on\n\
        share,2025,1,2,,2026-01-10\nshare,2025,1,2,,2026-01-11\nshare,2025,,2,expected,2026-01-11\nshare,2024,1,2,,2026-01-11\n";
    let columns = plain(&plan, text.as_bytes(), 1).expect("plain");
    assert_eq!(columns.to_facts(&plan).unwrap(), Facts::from_csv(&plan, text).unwrap());
    assert_eq!((columns.rows(), columns.period()), (4, &[1, 1, 1, 0][..]));
}
