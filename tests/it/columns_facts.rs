//! Facts read straight into columns are the facts that the ordinary reader reads, with the same faults where there are any.

use std::fs;
use std::path::Path;

use attain::columns::{FactColumns, FigureColumn};
use attain::{Facts, Faults, Plan};
use proptest::prelude::*;

/// Both readers say the same of a text, and columns made of the facts are the columns that were read. Only a column that is too
/// wide may stand between them.
fn same(plan: &Plan, text: &[u8]) -> Result<Facts, Faults> {
    let ordinary = Facts::from_csv(plan, text);
    let shown = String::from_utf8_lossy(text);
    match (FactColumns::from_csv(plan, text), &ordinary) {
        (Ok(columns), Ok(facts)) => {
            assert_eq!(columns.to_facts(plan).as_ref(), Ok(facts), "{shown}");
            assert_eq!(FactColumns::from_facts(plan, facts), Ok(columns), "{shown}");
        }
        (Err(faults), Ok(_)) => {
            assert!(faults.to_string().contains("does not fit 128 bits"), "{faults}\n{shown}");
            assert!(faults.as_slice().iter().all(|fault| fault.position.is_some()));
        }
        (columns, Err(faults)) => assert_eq!(columns.err().as_ref(), Some(faults), "{shown}"),
    }
    ordinary
}

fn bad() -> (Plan, Vec<std::path::PathBuf>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bad");
    let plan = Plan::from_toml(fs::read(folder.join("good-plan.toml")).unwrap()).unwrap();
    let paths = fs::read_dir(folder.join("facts")).unwrap().map(|entry| entry.unwrap().path());
    (plan, paths.filter(|path| path.extension().is_some_and(|extension| extension == "csv")).collect())
}

#[test]
fn every_faulty_document_has_the_same_faults() {
    let (plan, paths) = bad();
    assert!(paths.len() >= 40, "{} documents: some are lost", paths.len());
    for path in paths {
        assert!(same(&plan, &fs::read(&path).unwrap()).is_err(), "{}", path.display());
    }
}

#[test]
fn the_facts_of_decision_333_are_the_same() {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let text = include_str!("../../plans/decision-333.facts.csv");
    let facts = same(&plan, text.as_bytes()).unwrap();
    let columns = FactColumns::from_csv(&plan, text).unwrap();
    assert_eq!(columns.rows(), facts.len());
    assert_eq!(columns.source(0), Some("Số liệu minh hoạ"));
    assert!(columns.periods().is_sorted());
    assert!(columns.figures(FigureColumn::Numerator).is_none(), "no row fills it");
}

#[test]
fn a_column_that_needs_more_than_128_bits_is_a_fault_with_its_place() {
    let plan = small_plan("'gregorian'");
    let text = "indicator,period,value\nflow,2024,0.0000000000000000000000000001\nflow,2025,20000000000\n";
    let faults = FactColumns::from_csv(&plan, text).unwrap_err();
    assert!(
        faults.to_string().starts_with("3:11: facts[1].value: with this number the column does not fit 128 bits"),
        "{faults}"
    );
    // One digit less fits: 2·10^9 · 10^28 < 2^127.
    let text = text.replace("20000000000", "2000000000");
    let columns = FactColumns::from_csv(&plan, &text).unwrap();
    assert_eq!(columns.to_facts(&plan), Facts::from_csv(&plan, &text));
}

#[test]
fn a_record_given_twice_is_one_row_and_keeps_its_place() {
    let plan = small_plan("'gregorian'");
    let text = "indicator,period,value\nflow,2024,1\nflow,2024,1\nflow,2025,2\n";
    assert_eq!(same(&plan, text.as_bytes()).map(|facts| facts.len()), Ok(2));
    let columns = FactColumns::from_csv(&plan, text).unwrap();
    assert_eq!([columns.place(0), columns.place(1)], [0, 2]);
}

#[test]
fn counts_are_what_the_kind_of_each_row_divides() {
    let plan = small_plan("'gregorian'");
    let counts = |text: &str| {
        let facts = FactColumns::from_csv(&plan, text).unwrap();
        let counts = facts.counts(&plan).unwrap();
        let shown = |figures: Option<attain::columns::Figures<'_>>| -> Vec<String> {
            let get = |row| figures.and_then(|figures| figures.get(row)).map_or("-".to_owned(), |number| number.to_string());
            (0..counts.numerator().len()).map(get).collect()
        };
        (shown(Some(counts.numerator())).join(" "), shown(counts.denominator()).join(" "))
    };
    let mixed = "indicator,period,value,part,whole,in_time,late,overdue,not_due,state\n\
        share,2024,,1,2,,,,,\nshare,2025,50,,,,,,,\non_time,2024,,,,1,2,3.5,4,\nflow,2024,7,,,,,,,\n\
        flow,2025,8,,,,,,,expected\nflow,2026,,,,,,,,missing\ndeliverable,2024,1,,,,,,,\n";
    assert_eq!(counts(mixed), ("1 - 1 7 - - -".to_owned(), "2 - 6.5 - - - -".to_owned()));
    let shares = "indicator,period,part,whole\nshare,2024,1,2\nmost,2024,4,5.5\n";
    assert_eq!(counts(shares), ("1 4".to_owned(), "2 5.5".to_owned()));
    let flows = "indicator,period,value\nflow,2024,1\nflow,2025,4\n";
    assert_eq!(counts(flows), ("1 4".to_owned(), "- -".to_owned()));
    // Nothing reported is as many rows, all of them missing.
    let silent = "indicator,period,value,state\nshare,2024,50,\nshare,2025,,missing\n";
    assert_eq!(counts(silent), ("- -".to_owned(), "- -".to_owned()));
}

#[cfg(feature = "parallel")]
#[test]
fn the_number_of_threads_changes_nothing() {
    let plan = small_plan("'gregorian'");
    let row = |place: u32| {
        let (year, month, day) = (2000 + place / 336, place % 336 / 28 + 1, place % 28 + 1);
        format!("share,north,{year}-{month:02}-{day:02},{}.{},{},note {}\n", place % 9, place % 3, 10 + place, place / 5)
    };
    let text: String =
        std::iter::once("indicator,unit,period,part,whole,note\n".to_owned()).chain((0..12_000).map(row)).collect();
    let read = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| FactColumns::from_csv(&plan, &text)).unwrap()
    };
    let one = read(1);
    assert_eq!(one.to_facts(&plan), Facts::from_csv(&plan, &text));
    for threads in 2..6 {
        assert_eq!(read(threads), one, "{threads} threads");
    }
}

fn small_plan(calendar: &str) -> Plan {
    let kinds = ["share", "ratio", "mean", "flow", "stock", "index", "survey", "on_time", "deliverable"];
    let indicators: String = kinds.iter().map(|kind| format!("[[indicators]]\nid = '{kind}'\nkind = '{kind}'\n")).collect();
    let narrow = "[[indicators]]\nid = 'narrow'\nkind = 'ratio'\nbounds = { low = 12.5, high = 400 }\n\
        [[indicators]]\nid = 'most'\nkind = 'share'\nbounds = { low = 50 }\n\
        [[indicators]]\nid = 'heads'\nkind = 'stock'\nwhole = true\nbounds = { high = 500.5 }\n";
    let head = "format = 'attain-plan/1'\n";
    let plan = format!("plan = {{ id = 'p', owner = 'o', start = 2024-01-01, calendar = {calendar} }}\n");
    let units = "units = [{ id = 'o' }, { id = 'north', parent = 'o' }, { id = 'a-name-of-many-letters', parent = 'o' }]\n";
    Plan::from_toml(format!("{head}{plan}{units}{indicators}{narrow}")).unwrap()
}

/// The figures that an indicator takes, mostly; `None` for an empty cell.
type Cells = Vec<(&'static str, String)>;

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..1000_i64).prop_map(|number| number.to_string()),
        2 => (0..1000_i64, 0..1000_u32).prop_map(|(whole, fraction)| format!("{whole}.{fraction:03}")),
        1 => Just("0".to_owned()),
        1 => Just("-3.5".to_owned()),
        1 => Just("900000000000000000".to_owned()),
        1 => Just("0.000000000000000001".to_owned()),
        1 => Just("79228162514264337593543950335".to_owned()),
        1 => Just("0.0000000000000000000000000001".to_owned()),
    ]
}

fn row() -> impl Strategy<Value = Cells> {
    let kinds = prop::sample::select(vec![
        ("share", vec!["part", "whole"]),
        ("share", vec!["value"]),
        ("most", vec!["part", "whole"]),
        ("ratio", vec!["numerator", "denominator"]),
        ("narrow", vec!["numerator", "denominator"]),
        ("mean", vec!["total", "weight"]),
        ("flow", vec!["value"]),
        ("stock", vec!["value"]),
        ("heads", vec!["value"]),
        ("index", vec!["value"]),
        ("survey", vec!["positive", "valid", "population"]),
        ("survey", vec!["positive", "valid"]),
        ("on_time", vec!["in_time", "late", "overdue", "not_due"]),
        ("deliverable", vec!["value"]),
        ("deliverable", vec![]),
    ]);
    let units = prop::sample::select(vec!["", "o", "north", "a-name-of-many-letters"]);
    let periods = prop::sample::select(vec!["2024", "2024-H1", "2024-9M", "2024-Q2", "2024-02", "2024-02-29", "2025", "2023-Q4"]);
    let states =
        prop::sample::select(vec!["", "", "", "", "final", "provisional", "estimated", "missing", "not_applicable", "expected"]);
    let days = || prop::sample::select(vec!["", "", "", "2024-03-31", "2025-01-10", "2024-02-29"]);
    let texts = || prop::sample::select(vec!["", "", "x", "Số liệu, phòng", "a \"b\"", "two\nlines", " blank "]);
    let figures = prop::collection::vec(figure(), 4);
    ((kinds, units, periods, states), (days(), days(), 0..8_u8), (texts(), texts()), figures).prop_map(
        |(((indicator, columns), unit, period, state), (recorded_on, day, which), (source, note), figures)| {
            let mut cells: Cells = vec![("indicator", indicator.into()), ("unit", unit.into()), ("period", period.into())];
            if !matches!(state, "missing" | "not_applicable") {
                let mut figures: Vec<String> = figures.into_iter().take(columns.len()).collect();
                if matches!(indicator, "share" | "most" | "survey") {
                    figures.sort_by_key(|text| (text.split('.').next().unwrap_or_default().len(), text.clone()));
                }
                cells.extend(columns.into_iter().zip(figures));
            }
            cells.push(("state", state.into()));
            cells.push(("recorded_on", recorded_on.into()));
            let about_days = if indicator == "deliverable" && state.is_empty() { "done_on" } else { "through" };
            if which < 2 {
                cells.push((about_days, day.into()));
            }
            cells.push(("source", source.into()));
            cells.push(("note", note.into()));
            cells
        },
    )
}

/// A cell as a text says it: `quote` puts it in quotes, and so does what is in it.
fn written(text: &str, quote: bool) -> String {
    if quote || text.contains([',', '"', '\n']) || text.trim() != text {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

/// A document of these rows, its columns in the order of `order`, quotes and line ends as the bits of `style` say.
fn document(rows: &[Cells], order: &[&str], style: u64) -> String {
    let used = |name: &&str| {
        matches!(*name, "indicator" | "period") || rows.iter().flatten().any(|(known, text)| known == name && !text.is_empty())
    };
    let columns: Vec<&str> = order.iter().copied().filter(used).collect();
    let end = if style & 1 == 1 { "\r\n" } else { "\n" };
    let mut lines = vec![columns.join(",")];
    for (place, row) in rows.iter().enumerate() {
        let cell = |(column, name): (usize, &&str)| {
            let text = row.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text);
            written(text, style >> ((place * 7 + column) % 61 + 2) & 7 == 7)
        };
        lines.push(columns.iter().enumerate().map(cell).collect::<Vec<_>>().join(","));
    }
    lines.join(end) + if style & 2 == 2 { end } else { "" }
}

fn order() -> impl Strategy<Value = Vec<&'static str>> {
    Just(attain::facts::COLUMNS.to_vec()).prop_shuffle()
}

/// Rows of which no two speak of the same thing, so that most documents are sound.
fn apart(rows: Vec<Cells>) -> Vec<Cells> {
    let mut seen = std::collections::BTreeSet::new();
    let key = |row: &Cells| -> Vec<String> {
        // An empty unit is the owner.
        row.iter().take(3).map(|(_, text)| if text.is_empty() { "o".to_owned() } else { text.clone() }).collect()
    };
    rows.into_iter().filter(|row| seen.insert(key(row))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn both_readers_say_the_same_of_any_rows(rows in prop::collection::vec(row(), 0..12), order in order(), style: u64) {
        let _ = same(&small_plan("'gregorian'"), document(&rows, &order, style).as_bytes());
    }

    #[test]
    fn both_readers_say_the_same_of_rows_that_are_sound_one_by_one(
        rows in prop::collection::vec(row(), 0..40), order in order(), style: u64, calendar in prop::sample::select(vec!["'nd09_2019'", "{ fiscal = 4 }"]),
    ) {
        let plan = small_plan(calendar);
        let sound = |row: &Cells| Facts::from_csv(&plan, document(std::slice::from_ref(row), &attain::facts::COLUMNS, 0)).is_ok();
        let rows: Vec<Cells> = apart(rows.into_iter().filter(sound).collect());
        let text = document(&rows, &order, style);
        prop_assert_eq!(same(&plan, text.as_bytes()).map(|facts| facts.len()), Ok(rows.len()));
    }

    #[test]
    fn damage_gives_the_same_faults(
        rows in prop::collection::vec(row(), 1..8), order in order(), style: u64,
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b",\n\r\"-. 0a\0\xC3\xFF5".to_vec()), 0..3_u8), 0..4),
    ) {
        let mut text = document(&apart(rows), &order, style).into_bytes();
        for (place, byte, how) in damage {
            let place = place.index(text.len());
            match how {
                0 => text[place] = byte,
                1 => text.insert(place, byte),
                _ => text.truncate(place.max(1)),
            }
        }
        let _ = same(&small_plan("'gregorian'"), &text);
    }
}
