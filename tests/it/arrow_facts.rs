//! Facts from record batches, whatever their columns are kept in, and every fault with its place.
#![allow(clippy::disallowed_types, reason = "what becomes of floats is asked here")]

use std::sync::Arc;

use arrow_array::types::{Int8Type, Int32Type, UInt16Type};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array, Int8Array,
    Int16Array, Int32Array, Int64Array, LargeStringArray, NullArray, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray, UInt64Array,
};
use arrow_schema::DataType;
use attain::columns::FactColumns;
use attain::columns::arrow::Floats;
use attain::{Facts, Faults, Plan};
use proptest::prelude::*;

const PLAN: &str = "format = 'attain-plan/1'\n[plan]\nid = 'p'\nowner = 'o'\nstart = 2024-01-01\n\
    [[units]]\nid = 'o'\n[[units]]\nid = 'north'\nparent = 'o'\n\
    [[indicators]]\nid = 'online'\nkind = 'share'\n[[indicators]]\nid = 'posts'\nkind = 'stock'\n\
    [[indicators]]\nid = 'portal'\nkind = 'deliverable'\n";

fn plan() -> Plan {
    Plan::from_toml(PLAN).unwrap()
}

#[test]
fn the_facts_of_decision_333_come_back() {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = FactColumns::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    let batch = facts.to_record_batch(&plan).unwrap();
    assert_eq!(batch.num_rows(), facts.rows());
    assert!(batch.column_by_name("numerator").is_none(), "no row fills it");
    assert_eq!(FactColumns::from_record_batches(&plan, std::slice::from_ref(&batch), Floats::Refused), Ok(facts.clone()));
    assert_eq!(
        Facts::from_record_batches(&plan, std::slice::from_ref(&batch), Floats::Refused),
        Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv"))
    );
    let halves = [batch.slice(0, 11), batch.slice(11, batch.num_rows() - 11)];
    assert_eq!(FactColumns::from_record_batches(&plan, &halves, Floats::Refused), Ok(facts));
}

#[test]
fn every_column_comes_back() {
    let plan = plan();
    let text = "indicator,unit,period,value,part,whole,done_on,through,state,recorded_on,source,note\n\
        online,north,2024,,19.5,44,,,provisional,2025-01-10,\"A, b\",x\n\
        online,o,2025-Q1,,,,,,missing,,,\n\
        posts,,2024,46.25,,,,2024-06-30,,,,\n\
        portal,,2025-06-30,,,,2025-06-30,,final,2025-07-01,A,\n";
    let facts = FactColumns::from_csv(&plan, text).unwrap();
    let batch = facts.to_record_batch(&plan).unwrap();
    let names: Vec<_> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    let header: Vec<_> = text.lines().next().unwrap().split(',').collect();
    assert_eq!(names, header);
    assert_eq!(batch["value"].data_type(), &DataType::Decimal128(38, 2));
    assert_eq!(batch["through"].as_ref(), &Date32Array::from(vec![None, None, Some(19_904), None]), "2024-06-30");
    assert_eq!(FactColumns::from_record_batches(&plan, &[batch], Floats::Refused), Ok(facts));
}

#[test]
fn days_and_texts_of_every_type_are_read() {
    let plan = plan();
    let of = |recorded_on: ArrayRef, text: fn(Vec<&str>) -> ArrayRef| {
        let columns = [
            ("period", text(vec!["2024", "2025"])),
            ("value", Arc::new(Int32Array::from(vec![50, 49])) as ArrayRef),
            ("indicator", text(vec!["posts", "posts"])),
            ("unit", text(vec!["", "o"])),
            ("recorded_on", recorded_on),
        ];
        let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
        FactColumns::from_record_batches(&plan, &[batch], Floats::Refused).unwrap()
    };
    let text = "indicator,period,value,recorded_on\nposts,2024,50,2025-01-10\nposts,2025,49,\n";
    let expected = FactColumns::from_csv(&plan, text).unwrap();
    let plain: fn(Vec<&str>) -> ArrayRef = |texts| Arc::new(StringArray::from(texts));
    let large: fn(Vec<&str>) -> ArrayRef = |texts| Arc::new(LargeStringArray::from(texts));
    let view: fn(Vec<&str>) -> ArrayRef = |texts| Arc::new(StringViewArray::from(texts));
    let packed: fn(Vec<&str>) -> ArrayRef = |texts| Arc::new(texts.into_iter().collect::<DictionaryArray<Int32Type>>());
    assert_eq!(of(Arc::new(Date32Array::from(vec![Some(20_098), None])), plain), expected);
    assert_eq!(of(Arc::new(Date64Array::from(vec![Some(20_098 * 86_400_000), None])), large), expected);
    assert_eq!(of(Arc::new(StringArray::from(vec![Some("2025-01-10"), None])), view), expected);
    assert_eq!(of(Arc::new(StringArray::from(vec!["2025-01-10", ""])), packed), expected);
}

#[test]
fn every_fault_is_named_with_its_row_through_all_batches() {
    let plan = plan();
    let batch = |part: Vec<i128>, state: Vec<&str>, recorded_on: Vec<&str>| {
        let rows = part.len();
        let text = |texts: Vec<&str>| Arc::new(StringArray::from(texts)) as ArrayRef;
        RecordBatch::try_from_iter([
            ("indicator", text(vec!["online"; rows])),
            ("period", text(["2024-Q1", "2024-Q2", "2024-Q3"][..rows].to_vec())),
            ("part", Arc::new(Decimal128Array::from(part).with_precision_and_scale(38, 0).unwrap()) as ArrayRef),
            ("whole", Arc::new(Int8Array::from(vec![10; rows])) as ArrayRef),
            ("state", text(state)),
            ("recorded_on", text(recorded_on)),
        ])
        .unwrap()
    };
    let digits = 10_i128.pow(30);
    let batches = [
        batch(vec![1], vec!["final"], vec!["2024-05-01"]),
        batch(vec![11, 2, digits], vec!["final", "finale", ""], vec!["2024-05-02", "2024-13-01", ""]),
    ];
    let faults = Facts::from_record_batches(&plan, &batches, Floats::Refused).unwrap_err().to_string();
    assert_eq!(
        faults,
        "facts[1].part: part is 11 and whole 10; expected 0 ≤ part ≤ whole\n\
         facts[2].recorded_on: '2024-13-01'; expected a day of the years 0001 to 9999, such as 2025-06-30\n\
         facts[2].state: 'finale' is not known (did you mean 'final'?); expected one of 'final', 'provisional', \
         'estimated', 'missing', 'not_applicable', 'expected'\n\
         facts[3].part: a number of too many digits; expected at most 28 digits"
    );
}

#[test]
fn columns_that_are_unknown_or_of_other_types_are_named() {
    let columns: [(&str, ArrayRef); 5] = [
        ("indicator", Arc::new(Int64Array::from(vec![1]))),
        ("period", Arc::new(Date32Array::from(vec![1]))),
        ("valeu", Arc::new(Int64Array::from(vec![1]))),
        ("part", Arc::new(Float64Array::from(vec![1.0]))),
        ("through", Arc::new(BooleanArray::from(vec![true]))),
    ];
    let faults =
        Facts::from_record_batches(&plan(), &[RecordBatch::try_from_iter(columns).unwrap()], Floats::Refused).unwrap_err();
    let lines: Vec<_> = faults.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0], "indicator: Int64; expected texts, plain or as a dictionary");
    assert!(lines[1].starts_with("part: Float64; expected integers or decimals"), "{}", lines[1]);
    assert_eq!(lines[2], "period: Date32; expected labels as texts such as 2025 or 2025-Q1, or years as integers");
    let days = "days as Date32, Date64, timestamps without a time zone, or texts such as 2025-06-30";
    assert_eq!(lines[3], format!("through: Boolean; expected {days}"));
    assert!(lines[4].starts_with("valeu: unknown column 'valeu' (did you mean 'value'?)"), "{}", lines[4]);
}

#[test]
fn another_plan_is_refused() {
    let facts = FactColumns::from_csv(&plan(), "indicator,period,value\nposts,2024,50\n").unwrap();
    let other = PLAN.split("[[indicators]]").take(2).collect::<Vec<_>>().join("[[indicators]]");
    assert!(facts.to_record_batch(&Plan::from_toml(other).unwrap()).is_err());
}

/// A batch of stocks; `more` are its other columns.
fn posts<const N: usize>(rows: usize, more: [(&str, ArrayRef); N]) -> RecordBatch {
    let text = |text: &str| Arc::new(StringArray::from(vec![text; rows])) as ArrayRef;
    let mut columns = vec![("indicator", text("posts"))];
    if !more.iter().any(|(name, _)| *name == "period") {
        let periods = (2024..).take(rows).map(|year| Some(year.to_string()));
        columns.push(("period", Arc::new(periods.collect::<StringArray>())));
    }
    columns.extend(more);
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

fn read(batches: &[RecordBatch], floats: Floats) -> Result<Facts, Faults> {
    Facts::from_record_batches(&plan(), batches, floats)
}

fn from_csv(text: &str) -> Facts {
    Facts::from_csv(&plan(), text).unwrap()
}

#[test]
fn figures_are_read_from_numbers_texts_and_floats_alike() {
    let expected = from_csv("indicator,period,value\nposts,2024,46.25\nposts,2025,50\n");
    let decimals = Decimal128Array::from(vec![4625, 5000]).with_precision_and_scale(10, 2).unwrap();
    let packed: DictionaryArray<UInt16Type> = ["46.25", "50"].into_iter().collect();
    let exact: [ArrayRef; 5] = [
        Arc::new(decimals),
        Arc::new(StringArray::from(vec!["46.250", " 50 "])),
        Arc::new(LargeStringArray::from(vec!["46.25", "50.0"])),
        Arc::new(StringViewArray::from(vec!["046.25", "50"])),
        Arc::new(packed),
    ];
    for values in exact {
        let kind = values.data_type().clone();
        assert_eq!(read(&[posts(2, [("value", values)])], Floats::Refused).as_ref(), Ok(&expected), "{kind}");
    }
    let floats: [ArrayRef; 2] =
        [Arc::new(Float64Array::from(vec![46.25, 50.0])), Arc::new(Float32Array::from(vec![46.25, 50.0]))];
    for values in floats {
        assert_eq!(read(&[posts(2, [("value", values)])], Floats::AsWritten).as_ref(), Ok(&expected));
    }
    // Null says nothing, and so do the empty text and a column of nothing.
    let shares = |part: ArrayRef, value: ArrayRef| {
        let columns: [(&str, ArrayRef); 5] = [
            ("indicator", Arc::new(StringArray::from(vec!["online"]))),
            ("period", Arc::new(Int16Array::from(vec![2024]))),
            ("part", part),
            ("whole", Arc::new(Int8Array::from(vec![4]))),
            ("value", value),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
    };
    let expected = from_csv("indicator,period,part,whole\nonline,2024,0.1,4\n");
    let nothing: [ArrayRef; 4] = [
        Arc::new(NullArray::new(1)),
        Arc::new(StringArray::from(vec![""])),
        Arc::new(StringArray::new_null(1)),
        Arc::new(Float64Array::new_null(1)),
    ];
    for value in nothing {
        let batch = shares(Arc::new(Float32Array::from(vec![0.1])), value);
        assert_eq!(read(&[batch], Floats::AsWritten).as_ref(), Ok(&expected));
    }
}

#[test]
fn figures_that_are_none_are_named_with_row_and_column() {
    let of = |values: ArrayRef, floats: Floats| {
        let good = posts(1, [("value", Arc::new(Int64Array::from(vec![1])) as ArrayRef)]);
        read(&[good, posts(values.len(), [("value", values)])], floats).unwrap_err().to_string()
    };
    let texts = of(Arc::new(StringArray::from(vec!["1e3", "12,5", "None", "12345678901234567890123456789012"])), Floats::Refused);
    let expected = "expected digits with an optional decimal point, such as 1234.5";
    assert_eq!(
        texts,
        format!(
            "facts[1].value: '1e3' is not a plain decimal number; {expected}\n\
             facts[2].value: '12,5' is not a plain decimal number; {expected}\n\
             facts[3].value: 'None' is not a plain decimal number; {expected}\n\
             facts[4].value: '12345678901234567890123456789012' has too many digits; expected at most 28"
        )
    );
    let floats = of(Arc::new(Float64Array::from(vec![f64::NAN, 1.0, f64::INFINITY, 1e40])), Floats::AsWritten);
    assert_eq!(
        floats,
        "facts[1].value: NaN; expected a number, or null where nothing was reported\n\
         facts[3].value: inf; expected a number, or null where nothing was reported\n\
         facts[4].value: 1e40, a number of too many digits; expected at most 28 digits"
    );
    let refused = of(Arc::new(Float64Array::from(vec![1.0])), Floats::Refused);
    assert!(refused.starts_with("value: Float64; expected integers or decimals, since a float is only near"), "{refused}");
    for floats in [Floats::Refused, Floats::AsWritten] {
        let refused = of(Arc::new(BooleanArray::from(vec![true])), floats);
        let expected =
            "value: Boolean; expected integers or decimals: cast truth values to Int64, where they are counts of 0 and 1";
        assert_eq!(refused, expected);
    }
}

#[test]
fn a_moment_is_a_day_where_it_is_midnight_and_else_a_fault() {
    let day = 19_904_i64; // 2024-06-30
    let expected = from_csv("indicator,period,value,through\nposts,2024,1,2024-06-30\nposts,2025,1,\n");
    let columns = |second: i64| -> [ArrayRef; 5] {
        let of = |a_second: i64| vec![Some((day * 86_400 + second) * a_second), None];
        [
            Arc::new(Date64Array::from(of(1_000))),
            Arc::new(TimestampSecondArray::from(of(1))),
            Arc::new(TimestampMillisecondArray::from(of(1_000))),
            Arc::new(TimestampMicrosecondArray::from(of(1_000_000))),
            Arc::new(TimestampNanosecondArray::from(of(1_000_000_000))),
        ]
    };
    let batch = |through: ArrayRef| {
        let rows = through.len();
        posts(rows, [("value", Arc::new(Int8Array::from(vec![1; rows])) as ArrayRef), ("through", through)])
    };
    for through in columns(0) {
        assert_eq!(read(&[batch(through)], Floats::Refused).as_ref(), Ok(&expected));
    }
    for through in columns(3_661) {
        let faults = read(&[batch(through)], Floats::Refused).unwrap_err().to_string();
        assert_eq!(faults, "facts[0].through: 2024-06-30 01:01:01; expected a day, without a time of day");
    }
    let nearly: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![-1, 1]));
    assert_eq!(
        read(&[batch(nearly)], Floats::Refused).unwrap_err().to_string(),
        "facts[0].through: 1969-12-31 23:59:59.999999999; expected a day, without a time of day\n\
         facts[1].through: 1970-01-01 00:00:00.000000001; expected a day, without a time of day"
    );
    let far: ArrayRef = Arc::new(TimestampSecondArray::from(vec![i64::MAX, 253_402_300_800])); // 10000-01-01
    assert_eq!(
        read(&[batch(far)], Floats::Refused).unwrap_err().to_string(),
        "facts[0].through: 9223372036854775807 units of 1/1 s from 1970 on; expected a day of the years 0001 to 9999, such as \
         2025-06-30\n\
         facts[1].through: +10000-01-01 00:00:00; expected a day of the years 0001 to 9999, such as 2025-06-30"
    );
    let zoned: ArrayRef = Arc::new(TimestampSecondArray::from(vec![0]).with_timezone("+07:00"));
    let faults = read(&[batch(zoned)], Floats::Refused).unwrap_err().to_string();
    assert!(faults.contains("; expected days as Date32, Date64, timestamps without a time zone"), "{faults}");
}

#[test]
fn integers_are_years_where_a_period_is_meant() {
    let of = |period: ArrayRef| {
        let value = Arc::new(Int8Array::from(vec![1; period.len()])) as ArrayRef;
        read(&[posts(period.len(), [("value", value), ("period", period)])], Floats::AsWritten)
    };
    let expected = from_csv("indicator,period,value\nposts,2024,1\nposts,2025,1\n");
    let columns: [ArrayRef; 3] = [
        Arc::new(Int64Array::from(vec![2024, 2025])),
        Arc::new(UInt64Array::from(vec![2024, 2025])),
        Arc::new(Int16Array::from(vec![2024, 2025])),
    ];
    for period in columns {
        assert_eq!(of(period).as_ref(), Ok(&expected));
    }
    let faults = of(Arc::new(Int64Array::from(vec![Some(2024), Some(202_501), None, Some(-5)]))).unwrap_err();
    let paths: Vec<_> = faults.as_slice().iter().map(|fault| (fault.path.to_string(), fault.what.clone())).collect();
    assert_eq!(paths.len(), 3);
    assert_eq!(paths[0].0, "facts[1].period");
    assert!(paths[0].1.contains("202501"), "{paths:?}");
    assert_eq!(paths[1], ("facts[2].period".to_owned(), "'period' is missing".to_owned()));
    assert_eq!(paths[2].0, "facts[3].period");
    let others: [ArrayRef; 3] = [
        Arc::new(Float64Array::from(vec![2024.0])),
        Arc::new(Date32Array::from(vec![19_904])),
        Arc::new(Decimal128Array::from(vec![2024]).with_precision_and_scale(4, 0).unwrap()),
    ];
    for period in others {
        let kind = period.data_type().to_string();
        let expected = format!("period: {kind}; expected labels as texts such as 2025 or 2025-Q1, or years as integers");
        assert_eq!(of(period).unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_fault_of_a_column_is_told_once_for_all_batches() {
    let value = || Arc::new(Int8Array::from(vec![1])) as ArrayRef;
    let batch = || RecordBatch::try_from_iter([("value", value()), ("valu", value())]).unwrap();
    let faults = read(&[batch(), batch(), batch()], Floats::Refused).unwrap_err();
    let told: Vec<_> = faults.as_slice().iter().map(|fault| fault.what.as_str()).collect();
    let expected =
        ["the column 'indicator' is missing", "the column 'period' is missing", "unknown column 'valu' (did you mean 'value'?)"];
    assert_eq!(told, expected);
    assert_eq!(read(&[], Floats::Refused), Ok(Facts::default()));
}

#[test]
fn faults_between_batches_are_found_and_no_more_than_a_thousand_told() {
    let of = |values: Vec<i64>| posts(1, [("value", Arc::new(Int64Array::from(values)) as ArrayRef)]);
    let faults = read(&[of(vec![1]), of(vec![2])], Floats::Refused).unwrap_err().to_string();
    assert!(faults.starts_with("facts[1].recorded_on: facts[0] says something else of the same"), "{faults}");
    let many = posts(5_000, [("value", Arc::new(StringArray::from(vec!["x"; 5_000])) as ArrayRef)]);
    let faults = read(&[many.slice(0, 10), many.slice(10, 4_990)], Floats::Refused).unwrap_err();
    assert_eq!(faults.as_slice().len(), 1_000);
    assert!(faults.as_slice()[999].to_string().starts_with("facts[999].value: 'x' is not a plain decimal number"));
}

#[test]
fn texts_keep_the_blanks_that_a_document_has_in_quotes() {
    let plan = plan();
    let text = "indicator,period,value,note\nposts,2024,1,\" x \"\n";
    let batch = FactColumns::from_csv(&plan, text).unwrap().to_record_batch(&plan).unwrap();
    assert_eq!(Facts::from_record_batches(&plan, &[batch], Floats::Refused), Facts::from_csv(&plan, text));
    let packed: ArrayRef = Arc::new(["final"].into_iter().collect::<DictionaryArray<Int8Type>>());
    let batch = posts(1, [("value", Arc::new(Int8Array::from(vec![1])) as ArrayRef), ("state", packed)]);
    assert_eq!(read(&[batch], Floats::Refused), Ok(from_csv("indicator,period,value\nposts,2024,1\n")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A number of at most 15 digits that became a float comes back as it was.
    #[test]
    fn floats_of_15_digits_are_the_decimals_that_were_meant(digits in 0_i64..1_000_000_000_000_000, places in 0_usize..=12) {
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        let text = if places == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") };
        let floats: ArrayRef = Arc::new(Float64Array::from(vec![text.parse::<f64>().unwrap()]));
        let texts: ArrayRef = Arc::new(StringArray::from(vec![text]));
        let of = |values: ArrayRef| read(&[posts(1, [("value", values)])], Floats::AsWritten).unwrap();
        prop_assert_eq!(of(floats), of(texts));
    }
}
