//! Faulty documents: every fault is told, each with its place and what was expected; nothing panics, hangs or takes memory.
//!
//! `tests/cases/bad/` holds the documents that a person could have written, each beside the exact lines expected of it. What
//! takes megabytes to go wrong is made here.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops where something is not there")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use attain::facts::Facts;
use attain::{Faults, Plan};

/// What a document is read as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    PlanToml,
    PlanJson,
    FactsCsv,
    FactsJson,
}

use Format::{FactsCsv, FactsJson, PlanJson, PlanToml};

impl Format {
    /// The lines of all faults of a document; empty where there is none.
    fn faults(self, document: &[u8]) -> Vec<String> {
        let faults: Result<(), Faults> = match self {
            PlanToml => Plan::from_toml(document).map(drop),
            PlanJson => Plan::from_json(document).map(drop),
            FactsCsv => Facts::from_csv(&good_plan(), document).map(drop),
            FactsJson => Facts::from_json(&good_plan(), document).map(drop),
        };
        faults.err().map(|faults| faults.as_slice().iter().map(ToString::to_string).collect()).unwrap_or_default()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bad")
}

fn good_plan() -> Plan {
    Plan::from_toml(fs::read(folder().join("good-plan.toml")).unwrap()).unwrap()
}

/// The documents of the folder, each with the path of its expected lines.
fn cases() -> Vec<(PathBuf, Format)> {
    let mut cases = Vec::new();
    let mut expected = 0;
    for (name, formats) in
        [("plans", [("toml", PlanToml), ("json", PlanJson)]), ("facts", [("csv", FactsCsv), ("json", FactsJson)])]
    {
        for entry in fs::read_dir(folder().join(name)).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if extension == "expected" {
                expected += 1;
                continue;
            }
            let format = formats.iter().find(|(known, _)| *known == extension);
            cases.push((path.clone(), format.unwrap_or_else(|| panic!("{} is of no known format", path.display())).1));
        }
    }
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(cases.len(), expected, "every document stands beside one file of expected lines");
    cases
}

fn expected_of(document: &Path) -> Vec<String> {
    let path = document.with_extension("expected");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(text.ends_with('\n') && !text.contains('\r'), "{}: lines end in LF", path.display());
    text.lines().map(str::to_owned).collect()
}

/// Both lists of lines, those of one side alone marked with its sign.
fn difference(expected: &[String], actual: &[String]) -> String {
    let missing = expected.iter().filter(|line| !actual.contains(line)).map(|line| format!("  - {line}\n"));
    let extra = actual.iter().filter(|line| !expected.contains(line)).map(|line| format!("  + {line}\n"));
    let lines: String = missing.chain(extra).collect();
    if lines.is_empty() { format!("  the order or number of the lines: {actual:#?}\n") } else { lines }
}

#[test]
fn every_faulty_document_gives_exactly_the_lines_beside_it() {
    let cases = cases();
    assert!(cases.len() >= 280, "{} documents: some are lost", cases.len());
    let mut wrong = String::new();
    let mut with_many = 0;
    for (path, format) in &cases {
        let expected = expected_of(path);
        assert!(!expected.is_empty(), "{}: a faulty document has a fault", path.display());
        with_many += usize::from(expected.len() >= 5);
        let actual = format.faults(&fs::read(path).unwrap());
        if actual != expected {
            wrong += &format!("{} (- expected, + actual)\n{}", path.display(), difference(&expected, &actual));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(with_many >= 20, "only {with_many} documents have five faults or more");
}

#[test]
fn no_document_is_there_twice() {
    let mut seen = BTreeMap::new();
    for (path, format) in cases() {
        if let Some(first) = seen.insert((format, fs::read(&path).unwrap()), path.clone()) {
            panic!("{} is {} again", path.display(), first.display());
        }
    }
}

/// The ground that the faulty facts stand on: the plan is good, and so are sound facts of every kind.
#[test]
fn sound_facts_are_taken_under_the_same_plan() {
    let facts = "\u{FEFF}indicator,unit,period,value,part,whole,numerator,denominator,total,weight,positive,valid,population,in_time,late,overdue,not_due,done_on,through,state,recorded_on\r\n\
        online,,2025,,31,155,,,,,,,,,,,,,,final,2026-01-10\r\n\
        spent,phong-a,2025-Q1,,,,75,100,,,,,,,,,,,,,\r\n\
        days,,2025-01,,,,,,120,40,,,,,,,,,,,\r\n\
        trained,,2025-H1,12,,,,,,,,,,,,,,,2025-05-31,provisional,\r\n\
        posts,,9999-12-31,500,,,,,,,,,,,,,,,,,9999-12-31\r\n\
        par-index,,0001,87.50,,,,,,,,,,,,,,,,,0001-01-01\r\n\
        satisfied,,2025,,,,,,,,8,10,10,,,,,,,,\r\n\
        punctual,,2025-9M,,,,,,,,,,,8,1,0,3,,,,\r\n\
        report,,2025,,,,,,,,,,,,,,,2025-12-01,,,\r\n\
        posts,,2024,,,,,,,,,,,,,,,,,missing,\r\n";
    assert_eq!(FactsCsv.faults(facts.as_bytes()), [""; 0]);
}

/// A document too large to be kept, and what is expected of it.
struct Huge {
    name: &'static str,
    format: Format,
    document: fn() -> Vec<u8>,
    /// How many faults there are.
    count: usize,
    /// The first and the last of them.
    lines: (&'static str, &'static str),
}

const fn huge(
    name: &'static str,
    format: Format,
    document: fn() -> Vec<u8>,
    count: usize,
    first: &'static str,
    last: &'static str,
) -> Huge {
    Huge { name, format, document, count, lines: (first, last) }
}

/// Ten megabytes of bytes that look random, each as `shape` makes it of a number below 256.
fn garbage(shape: fn(u8) -> u8) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..10_000_000).map(|_| shape(next())).collect()
}

fn printable(byte: u8) -> u8 {
    if byte > 250 { b'\n' } else { b' ' + byte % 95 }
}

fn plan_json(rest: &str) -> Vec<u8> {
    let head = r#"{"format":"attain-plan/1","plan":{"id":"p","owner":"u0","start":"2022-01-01"},"#;
    format!("{head}\"indicators\":[{{\"id\":\"online\",\"kind\":\"share\"}}],{rest}}}").into_bytes()
}

fn list(count: usize, entry: impl FnMut(usize) -> String) -> String {
    (0..count).map(entry).collect::<Vec<_>>().join(",")
}

fn rows(header: &str, count: usize, row: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = format!("{header}\n");
    text.extend((0..count).map(|place| row(place) + "\n"));
    text.into_bytes()
}

const HUGE: &[Huge] = &[
    huge(
        "garbage, plan in TOML",
        PlanToml,
        || garbage(|byte| byte),
        1,
        "1:3: the byte 0x81 is not UTF-8; expected text in UTF-8",
        "1:3: the byte 0x81 is not UTF-8; expected text in UTF-8",
    ),
    huge(
        "garbage of ASCII, plan in TOML",
        PlanToml,
        || garbage(printable),
        1,
        "382:9: lists and tables nested too deep; expected at most 64 levels",
        "382:9: lists and tables nested too deep; expected at most 64 levels",
    ),
    huge(
        "garbage of ASCII, plan in JSON",
        PlanJson,
        || garbage(printable),
        1,
        "4:31: a line break inside text; expected '\"' or '\\n'",
        "4:31: a line break inside text; expected '\"' or '\\n'",
    ),
    huge(
        "garbage, facts in CSV",
        FactsCsv,
        || garbage(|byte| byte),
        1,
        "1:3: the byte 0x81 is not UTF-8; expected text in UTF-8",
        "1:3: the byte 0x81 is not UTF-8; expected text in UTF-8",
    ),
    huge(
        "garbage of ASCII, facts in CSV",
        FactsCsv,
        || garbage(printable),
        1001,
        "1:1: unknown column '\\~Bu'; expected one of 'indicator', 'unit', 'period', 'value', 'part', 'whole', 'numerator', 'denominator', 'total', 'weight', 'positive', 'valid', 'population', 'in_time', 'late', 'overdue', 'not_due', 'done_on', 'through', 'state', 'recorded_on', 'source', 'note'",
        "195527:27: 161293 more faults, not shown",
    ),
    huge(
        "garbage of letters and commas, facts in CSV",
        FactsCsv,
        || garbage(|byte| b"ab,\n"[usize::from(byte % 4)]),
        1001,
        "1:1: unknown column 'a'; expected one of 'indicator', 'unit', 'period', 'value', 'part', 'whole', 'numerator', 'denominator', 'total', 'weight', 'positive', 'valid', 'population', 'in_time', 'late', 'overdue', 'not_due', 'done_on', 'through', 'state', 'recorded_on', 'source', 'note'",
        "2501017:4: 1796477 more faults, not shown",
    ),
    huge(
        "garbage of ASCII, facts in JSON",
        FactsJson,
        || garbage(printable),
        1,
        "4:31: a line break inside text; expected '\"' or '\\n'",
        "4:31: a line break inside text; expected '\"' or '\\n'",
    ),
    huge(
        "garbage of brackets, plan in TOML",
        PlanToml,
        || garbage(|byte| b"a=[]{},\n"[usize::from(byte % 8)]),
        1,
        "645:6: lists and tables nested too deep; expected at most 64 levels",
        "645:6: lists and tables nested too deep; expected at most 64 levels",
    ),
    huge(
        "garbage of words, plan in TOML",
        PlanToml,
        || garbage(|byte| b"ab=1\n\""[usize::from(byte % 6)]),
        1,
        "1:2: key with no value; expected '='",
        "1:2: key with no value; expected '='",
    ),
    huge(
        "zeros, plan in TOML",
        PlanToml,
        || vec![0; 10_000_000],
        1,
        "1:1: a NUL character; expected text",
        "1:1: a NUL character; expected text",
    ),
    huge(
        "line breaks, plan in TOML",
        PlanToml,
        || vec![b'\n'; 10_000_000],
        4,
        "1:1: format: 'format' is missing; expected 'attain-plan/1'",
        "1:1: plan.start: 'start' is missing; expected the first day of the plan",
    ),
    huge(
        "line breaks, facts in CSV",
        FactsCsv,
        || vec![b'\n'; 10_000_000],
        1,
        "1:1: the text is empty; expected a header row",
        "1:1: the text is empty; expected a header row",
    ),
    huge(
        "a bad byte at the end",
        FactsCsv,
        || [rows("indicator,period,value", 600_000, |_| "posts,2025,5".into()), vec![0xFF]].concat(),
        1,
        "600002:1: the byte 0xFF is not UTF-8; expected text in UTF-8",
        "600002:1: the byte 0xFF is not UTF-8; expected text in UTF-8",
    ),
    huge(
        "too long in TOML",
        PlanToml,
        || vec![b' '; 16 * 1024 * 1024 + 1],
        1,
        "a document of 16777217 bytes; expected at most 16777216 bytes",
        "a document of 16777217 bytes; expected at most 16777216 bytes",
    ),
    huge(
        "too long in JSON",
        PlanJson,
        || vec![b' '; 64 * 1024 * 1024 + 1],
        1,
        "a document of 67108865 bytes; expected at most 67108864 bytes",
        "a document of 67108865 bytes; expected at most 67108864 bytes",
    ),
    huge(
        "brackets in TOML",
        PlanToml,
        || [b"a = ".to_vec(), vec![b'['; 5_000_000]].concat(),
        1,
        "1:68: lists and tables nested too deep; expected at most 64 levels",
        "1:68: lists and tables nested too deep; expected at most 64 levels",
    ),
    huge(
        "tables in TOML",
        PlanToml,
        || "a={".repeat(3_000_000).into_bytes(),
        1,
        "1:192: lists and tables nested too deep; expected at most 64 levels",
        "1:192: lists and tables nested too deep; expected at most 64 levels",
    ),
    huge(
        "dots in TOML",
        PlanToml,
        || format!("{}a = 1", "a.".repeat(5_000_000)).into_bytes(),
        1,
        "1:128: lists and tables nested too deep; expected at most 64 levels",
        "1:128: lists and tables nested too deep; expected at most 64 levels",
    ),
    huge(
        "brackets in JSON",
        PlanJson,
        || vec![b'['; 10_000_000],
        1,
        "1:65: lists and tables nested too deep; expected at most 64 levels",
        "1:65: lists and tables nested too deep; expected at most 64 levels",
    ),
    huge(
        "tables in JSON",
        FactsJson,
        || "{\"a\":".repeat(2_000_000).into_bytes(),
        1,
        "1:321: lists and tables nested too deep; expected at most 64 levels",
        "1:321: lists and tables nested too deep; expected at most 64 levels",
    ),
    huge(
        "a number of a million digits in TOML",
        PlanToml,
        || [b"a = ".to_vec(), vec![b'9'; 1_000_000]].concat(),
        6,
        "1:1: a: unknown field 'a'; expected one of 'format', 'plan', 'units', 'indicators', 'targets', 'remarks', 'waivers'",
        "1:5: a: a text of 1000000 bytes; expected at most 65536 bytes",
    ),
    huge(
        "a number of sixty thousand digits in JSON",
        PlanJson,
        || plan_json(&format!(r#""targets":[{{"id":"t","indicator":"online","by":"2025","at_least":{}}}]"#, "9".repeat(60_000))),
        1,
        "1:190: targets[0].at_least: '9999999999999999999999999999999999999999…' has too many digits; expected at most 28",
        "1:190: targets[0].at_least: '9999999999999999999999999999999999999999…' has too many digits; expected at most 28",
    ),
    huge(
        "an exponent in JSON",
        PlanJson,
        || plan_json(r#""targets":[{"id":"t","indicator":"online","by":"2025","at_least":1e999999999}]"#),
        1,
        "1:190: targets[0].at_least: '1e999999999' is not a plain decimal number; expected digits with an optional decimal point, such as 1234.5",
        "1:190: targets[0].at_least: '1e999999999' is not a plain decimal number; expected digits with an optional decimal point, such as 1234.5",
    ),
    huge(
        "a cell of ten megabytes",
        FactsCsv,
        || format!("indicator,period,value\nposts,2025,{}\n", "9".repeat(10_000_000)).into_bytes(),
        1,
        "2:12: facts[0].value: a text of 10000000 bytes; expected at most 65536 bytes",
        "2:12: facts[0].value: a text of 10000000 bytes; expected at most 65536 bytes",
    ),
    huge(
        "a quote that is not closed",
        FactsCsv,
        || format!("indicator,period,value\n\"{}", "x\n".repeat(5_000_000)).into_bytes(),
        1,
        "2:1: facts[0]: a quote that is not closed; expected '\"' before the end of the text",
        "2:1: facts[0]: a quote that is not closed; expected '\"' before the end of the text",
    ),
    huge(
        "text that is not closed in TOML",
        PlanToml,
        || format!("a = \"\"\"{}", "x\n".repeat(5_000_000)).into_bytes(),
        1,
        "5000001:1: invalid multi-line basic string; expected '\"'",
        "5000001:1: invalid multi-line basic string; expected '\"'",
    ),
    huge(
        "columns",
        FactsCsv,
        || "a,".repeat(5_000_000).into_bytes(),
        1,
        "1:1999: too many fields; expected at most 1000",
        "1:1999: too many fields; expected at most 1000",
    ),
    huge(
        "fields of a row",
        FactsCsv,
        || format!("indicator,period,value\n{}\n", "a,".repeat(5_000_000)).into_bytes(),
        1,
        "2:1999: facts[0]: too many fields; expected at most 1000",
        "2:1999: facts[0]: too many fields; expected at most 1000",
    ),
    huge(
        "rows of unknown indicators",
        FactsCsv,
        || rows("indicator,period", 2_500_000, |_| "a,b".into()),
        1001,
        "2:1: facts[0].indicator: the plan has no 'a'; expected the id of an indicator of the plan",
        "2500002:1: 4999000 more faults, not shown",
    ),
    huge(
        "rows of too few fields",
        FactsCsv,
        || rows("indicator,period", 5_000_000, |_| "x".into()),
        1001,
        "2:1: facts[0]: 1 field; expected 2 fields, as in the header",
        "5000002:1: 4999000 more faults, not shown",
    ),
    huge(
        "rows that contradict each other",
        FactsCsv,
        || rows("indicator,period,value", 700_000, |place| format!("posts,2025,{}", place % 10)),
        1001,
        "3:1: facts[1].recorded_on: line 2 says something else of the same indicator, unit and period, known from the same day; expected one of the two, or a later 'recorded_on' on the one that counts",
        "700002:1: 698999 more faults, not shown",
    ),
    huge(
        "entries that are no facts",
        FactsJson,
        || format!(r#"{{"format":"attain-facts/1","facts":[{}]}}"#, list(3_000_000, |_| "1".into())).into_bytes(),
        1001,
        "1:37: facts[0]: a number; expected a table",
        "1:6000038: 2999000 more faults, not shown",
    ),
    huge(
        "values",
        PlanJson,
        || format!(r#"{{"targets":[{}]}}"#, list(5_000_000, |_| "1".into())).into_bytes(),
        1,
        "1:8000008: too many values; expected at most 4000000",
        "1:8000008: too many values; expected at most 4000000",
    ),
    huge(
        "empty targets in JSON",
        PlanJson,
        || plan_json(&format!("\"targets\":[{}]", list(1_900_000, |_| "{}".into()))),
        1,
        "1:135: targets: a list of 1900000 entries; expected at most 50000",
        "1:135: targets: a list of 1900000 entries; expected at most 50000",
    ),
    huge(
        "empty targets in TOML",
        PlanToml,
        || format!("targets = [{}]", list(3_300_000, |_| "{}".into())).into_bytes(),
        1,
        "1:11: targets: a list of 3300000 entries; expected at most 50000",
        "1:11: targets: a list of 3300000 entries; expected at most 50000",
    ),
    huge(
        "headers of targets in TOML",
        PlanToml,
        || "[[targets]]\n".repeat(850_000).into_bytes(),
        1,
        "1:1: targets: a list of 850000 entries; expected at most 50000",
        "1:1: targets: a list of 850000 entries; expected at most 50000",
    ),
    huge(
        "as many empty targets as there may be",
        PlanJson,
        || plan_json(&format!("\"targets\":[{}]", list(50_000, |_| "{}".into()))),
        1001,
        "1:136: targets[0].id: 'id' is missing; expected an id, such as online-2025",
        "1:150137: 199000 more faults, not shown",
    ),
    huge(
        "a key again and again in TOML",
        PlanToml,
        || "a = 1\n".repeat(1_500_000).into_bytes(),
        1,
        "2:1: 'a' is given twice",
        "2:1: 'a' is given twice",
    ),
    huge(
        "a key again and again in JSON",
        PlanJson,
        || format!("{{{}}}", list(1_500_000, |_| "\"a\":1".into())).into_bytes(),
        1001,
        "1:8: a: 'a' is given twice",
        "1:9000002: 1499004 more faults, not shown",
    ),
    huge(
        "unknown fields",
        PlanJson,
        || plan_json(&list(700_000, |place| format!("\"target{place}\":1"))),
        1001,
        "1:125: target0: unknown field 'target0' (did you mean 'targets'?); expected one of 'format', 'plan', 'units', 'indicators', 'targets', 'remarks', 'waivers'",
        "1:11789015: 699000 more faults, not shown",
    ),
    huge(
        "unknown fields of a target",
        PlanJson,
        || plan_json(&format!("\"targets\":[{{{}}}]", list(700_000, |place| format!("\"at_least{place}\":1")))),
        1001,
        "1:137: targets[0].at_least0: unknown field 'at_least0' (did you mean 'at_least'?); expected one of 'id', 'row', 'indicator', 'at_least', 'at_most', 'above', 'below', 'exactly', 'between', 'reduce_by', 'increase_by', 'improve', 'deliver', 'by', 'over', 'every', 'from', 'until', 'due', 'baseline', 'baseline_revisions', 'after', 'path', 'points', 'phases', 'scope', 'units', 'tolerance', 'outlook', 'forecast', 'survey', 'compare_rounded', 'strength', 'severity', 'assumed', 'conflicts_with', 'depends_on', 'decided_on', 'in_force', 'supersedes', 'citation'",
        "1:13189029: 699003 more faults, not shown",
    ),
    huge(
        "faults in one title",
        PlanJson,
        || {
            format!(
                r#"{{"format":"attain-plan/1","plan":{{"title":{{{}}}}}}}"#,
                list(700_000, |place| format!("\"vi{place}\":1"))
            )
            .into_bytes()
        },
        201,
        "1:1: more than 200 faults; the rest was not read",
        "1:1932: plan.title.vi199: a number; expected text",
    ),
    huge(
        "misspelt ids",
        PlanJson,
        || {
            plan_json(&format!(
                "\"units\":[{}]",
                list(40_000, |place| format!(r#"{{"id":"unit-{place:05}","parent":"nuit-{place:05}"}}"#))
            ))
        },
        1001,
        "1:162: units[0].parent: there is no 'nuit-00000'; expected the id of a unit of this plan, perhaps 'unit-00000'",
        "1:1680135: 39001 more faults, not shown",
    ),
    huge(
        "long ids",
        PlanJson,
        || {
            plan_json(&format!(
                "\"units\":[{}]",
                list(100, |place| format!(r#"{{"id":"{0}{place}","parent":"{0}x{place}"}}"#, "a".repeat(50_000)))
            ))
        },
        201,
        "1:52: plan.owner: there is no 'u0'; expected the id of a unit of this plan",
        "1:9952807: units[99].parent: there is no 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'; expected the id of a unit of this plan",
    ),
    huge(
        "units below units",
        PlanJson,
        || {
            plan_json(&format!(
                "\"units\":[{}]",
                list(50_000, |place| format!(
                    r#"{{"id":"u{place}"{}}}"#,
                    if place == 0 { String::new() } else { format!(",\"parent\":\"u{}\"", (place - 1).min(25_000)) }
                ))
            ))
        },
        1,
        "1:1912: units[64].parent: units nested too deep; expected at most 64 levels",
        "1:1912: units[64].parent: units nested too deep; expected at most 64 levels",
    ),
    huge(
        "units in a circle",
        PlanJson,
        || {
            plan_json(&format!(
                "\"units\":[{}]",
                list(50_000, |place| format!(r#"{{"id":"u{place}","parent":"u{}"}}"#, (place + 1) % 50_000))
            ))
        },
        2,
        "1:154: units[0].parent: 'u0' lies below itself; expected a tree of units",
        "1:1675766: units[49936].parent: units nested too deep; expected at most 64 levels",
    ),
    huge(
        "every unit in every target",
        PlanJson,
        || {
            plan_json(&format!(
                "\"units\":[{}],\"targets\":[{}]",
                list(40_000, |place| format!(r#"{{"id":"u{place}"{}}}"#, if place == 0 { "" } else { ",\"parent\":\"u0\"" })),
                list(40_000, |place| format!(
                    r#"{{"id":"t{place}","indicator":"online","at_least":1,"by":"2025","scope":"each"}}"#
                ))
            ))
        },
        1,
        "1:1190862: targets[25]: with this target the plan asks for too many assessments; expected at most 1000000",
        "1:1190862: targets[25]: with this target the plan asks for too many assessments; expected at most 1000000",
    ),
    huge(
        "every month for a hundred years",
        PlanJson,
        || {
            plan_json(&format!(
                "\"targets\":[{}]",
                list(40_000, |place| format!(
                    r#"{{"id":"t{place}","indicator":"online","at_least":1,"every":"month","until":"2121-12-31"}}"#
                ))
            ))
        },
        1,
        "1:70831: targets[833]: with this target the plan asks for too many assessments; expected at most 1000000",
        "1:70831: targets[833]: with this target the plan asks for too many assessments; expected at most 1000000",
    ),
];

/// Runs in a process of its own, see below: reads the document that the environment names.
#[test]
fn reads_the_huge_document_of_this_name() {
    let Ok(name) = std::env::var(NAME) else { return };
    let huge = HUGE.iter().find(|huge| huge.name == name).unwrap();
    let document = (huge.document)();
    let start = Instant::now();
    let faults = huge.format.faults(&document);
    let millis = start.elapsed().as_millis();
    println!("\n{MARK}size {}\n{MARK}millis {millis}\n{MARK}count {}", document.len(), faults.len());
    println!("{MARK}first {}\n{MARK}last {}", faults.first().unwrap(), faults.last().unwrap());
    // Only Linux tells the most memory that a process ever held.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("{MARK}peak {}", peak.trim().trim_end_matches(" kB"));
    }
}

const NAME: &str = "ATTAIN_HUGE_DOCUMENT";
const MARK: &str = "huge document: ";
/// Slow machines are slow, and a hang is for ever.
const LONGEST: Duration = Duration::from_secs(120);

/// What a process said of one document.
fn told_of(huge: &Huge) -> BTreeMap<String, String> {
    let (_, module) = module_path!().split_once("::").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::reads_the_huge_document_of_this_name"), "--nocapture"])
        .env(NAME, huge.name)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("{}: no answer after {LONGEST:?}", huge.name);
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let output = child.wait_with_output().unwrap();
    assert!(status.success(), "{}: {status}", huge.name);
    let text = String::from_utf8(output.stdout).unwrap();
    let told = text.lines().filter_map(|line| line.strip_prefix(MARK)?.split_once(' '));
    told.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What is wrong with the answer to one document; empty where nothing is.
fn wrong_with(huge: &Huge) -> String {
    let mut wrong = String::new();
    let told = told_of(huge);
    let number = |name: &str| told.get(name).map(|text| text.parse::<u64>().unwrap());
    let (size, count) = (number("size").unwrap(), number("count").unwrap());
    let lines = (told["first"].as_str(), told["last"].as_str());
    if (count, lines) != (huge.count as u64, huge.lines) {
        wrong += &format!("{}: {count} faults\n  first {}\n  last {}\n", huge.name, lines.0, lines.1);
    }
    // The entries of a list that is just not too long take 125 MB; the parser of TOML keeps some sixty bytes for each byte
    // of the worst text.
    let most = 160_000_000 + size * if huge.format == PlanToml { 80 } else { 32 };
    if let Some(peak) = number("peak").filter(|peak| peak * 1024 > most) {
        wrong += &format!("{}: {peak} kB of memory for a document of {size} bytes\n", huge.name);
    }
    println!("{}: {size} bytes, {} ms, {} kB", huge.name, told["millis"], told.get("peak").map_or("?", String::as_str));
    wrong
}

/// In processes of their own, so that an overflowing stack is seen as one, and the memory of each is known.
#[test]
fn huge_documents_are_refused_soon_and_without_much_memory() {
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| HUGE.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.map(wrong_with).collect::<String>()
    };
    let count = std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
    let wrong: String = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}
