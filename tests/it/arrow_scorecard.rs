//! A scorecard as a record batch says what its CSV says, typed.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use attain::document::SCORECARD_COLUMNS;
use attain::time::parse_day;
use attain::{Facts, Plan, Scorecard, assess};

/// The texts of a column of lists, by row.
fn lists(column: &ArrayRef) -> Vec<Vec<String>> {
    let of = |list: ArrayRef| list.as_string::<i32>().iter().map(|text| text.unwrap().to_owned()).collect();
    column.as_list::<i32>().iter().map(|list| of(list.unwrap())).collect()
}

/// A value as CSV prints it, read from Arrow alone.
fn shown(column: &ArrayRef, row: usize) -> String {
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Date32 => column.as_primitive::<Date32Type>().value_as_date(row).unwrap().to_string(),
        DataType::Decimal128(38, 12) => {
            let text = column.as_primitive::<Decimal128Type>().value_as_string(row);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        DataType::List(_) => lists(column)[row].join(" "),
        other => panic!("{other}"),
    }
}

/// The table as CSV would have it, header and all: what is null is either empty or undefined.
fn cells(batch: &RecordBatch) -> Vec<Vec<String>> {
    let schema = batch.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let (last, names) = names.split_last().unwrap();
    assert_eq!(*last, "undefined");
    let undefined = lists(&batch["undefined"]);
    let mut table = vec![names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()];
    for (row, undefined) in undefined.iter().enumerate() {
        let mut reasons = undefined.iter().peekable();
        let cell = |name: &&str| {
            let column = &batch[*name];
            if !column.is_null(row) {
                return shown(column, row);
            }
            let reason = reasons.next_if(|entry| entry.split(':').next() == Some(*name));
            reason.map(|entry| format!("undefined:{}", entry.split(':').nth(1).unwrap())).unwrap_or_default()
        };
        table.push(names.iter().map(cell).collect());
        assert_eq!(reasons.next(), None, "a reason for a column that has a value");
    }
    table
}

/// The table as CSV has it.
fn csv_cells(card: &Scorecard) -> Vec<Vec<String>> {
    let mut text = Vec::new();
    card.write_csv(&mut text).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Both tables say the same of a scorecard, cell by cell.
pub(crate) fn assert_says_what_csv_says(card: &Scorecard) {
    assert_eq!(cells(&card.to_record_batch().unwrap()), csv_cells(card));
}

fn decision_333(as_of: &str) -> Scorecard {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    assess(&plan, &facts, parse_day(as_of).unwrap())
}

fn card(plan: &str, facts: &str, as_of: &str) -> Scorecard {
    let plan = format!("format = 'attain-plan/1'\nplan = {{ id = 'p', owner = 'o', start = 2016-01-01 }}\n{plan}");
    let plan = Plan::from_toml(plan).unwrap();
    assess(&plan, &Facts::from_csv(&plan, facts).unwrap(), parse_day(as_of).unwrap())
}

#[test]
fn decision_333_says_in_arrow_what_it_says_in_csv() {
    for as_of in ["2021-12-31", "2023-06-30", "2025-09-30", "2026-12-31"] {
        assert_says_what_csv_says(&decision_333(as_of));
    }
}

#[test]
fn the_columns_are_those_of_csv_and_the_reasons_after_them() {
    let batch = decision_333("2025-09-30").to_record_batch().unwrap();
    let schema = batch.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names[..SCORECARD_COLUMNS.len()], SCORECARD_COLUMNS);
    assert_eq!(names[SCORECARD_COLUMNS.len()..], ["undefined"]);
    let kind = |name: &str| schema.field_with_name(name).unwrap().data_type().to_string();
    assert_eq!(kind("status"), "Utf8");
    assert_eq!(kind("variance"), "Decimal128(38, 12)");
    assert_eq!(kind("short_by"), "Decimal128(38, 12)");
    assert_eq!(kind("forecast"), "Float64");
    assert_eq!(kind("lead_days"), "Int64");
    assert_eq!(kind("due"), "Date32");
    assert_eq!(kind("provisional"), "Boolean");
    assert_eq!(["reasons", "missing", "undefined"].map(kind), ["List(Utf8)"; 3]);
    let empty = card("", "indicator,period\n", "2025-01-01").to_record_batch().unwrap();
    assert_eq!((empty.num_rows(), empty.schema()), (0, schema));
}

#[test]
fn a_row_can_be_checked_by_hand() {
    let batch = decision_333("2025-09-30").to_record_batch().unwrap();
    let text = |name: &str, row: usize| batch[name].as_string::<i32>().value(row).to_owned();
    let is_row = |row: &usize| text("key", *row) == "A10" && text("period", *row) == "2023";
    let row = (0..batch.num_rows()).find(is_row).unwrap();
    let decimal = |name: &str| batch[name].as_primitive::<Decimal128Type>().value(row);
    // 1,999 of 2,500, at least 80 %.
    assert_eq!(text("status", row), "missed");
    assert_eq!(["counted", "of", "threshold"].map(decimal), [1999, 2500, 80].map(|whole| whole * 10_i128.pow(12)));
    assert_eq!(decimal("actual"), 79_960_000_000_000);
    assert_eq!(["variance", "shortfall", "short_by"].map(decimal), [-40_000_000_000, 40_000_000_000, 1_000_000_000_000]);
    assert_eq!(batch["due"].as_primitive::<Date32Type>().value_as_date(row), parse_day("2023-12-31"));
    assert_eq!(batch["line"].as_primitive::<Int64Type>().value(row), 375);
    assert!(!batch["provisional"].as_boolean().value(row));
    assert!(batch["low"].is_null(row), "no range");
    assert!(!lists(&batch["undefined"])[row].iter().any(|entry| entry.starts_with("low:")), "a range does not apply");
    assert!(lists(&batch["undefined"])[row].contains(&"progress:no_baseline".to_owned()));
}

#[test]
fn what_is_undefined_is_null_and_says_why() {
    let plan = "[[indicators]]\nid = 'x'\nkind = 'share'\n[[targets]]\nid = 't'\nindicator = 'x'\nat_least = 80\nby = '2025'\n";
    let zero = card(plan, "indicator,period,part,whole\nx,2025,0,0\n", "2026-12-31");
    assert_says_what_csv_says(&zero);
    let batch = zero.to_record_batch().unwrap();
    assert_eq!(shown(&batch["status"], 0), "not_applicable");
    assert_eq!(shown(&batch["counted"], 0), "0", "zero is not missing");
    assert!(batch["actual"].is_null(0) && batch["variance"].is_null(0));
    let undefined = &lists(&batch["undefined"])[0];
    assert_eq!(undefined[0], "actual:zero_whole");
    assert!(undefined.contains(&"variance:zero_whole".to_owned()), "{undefined:?}");
}

#[test]
fn estimates_are_floats_of_the_digits_that_csv_prints() {
    let plan = "[[indicators]]\nid = 'x'\nkind = 'flow'\n[[targets]]\nid = 't'\nindicator = 'x'\nat_least = 4\nby = '2023'\n\
                forecast = { method = 'linear' }\n";
    let facts = "indicator,period,value\nx,2016,1\nx,2017,1\nx,2018,2\nx,2019,2\nx,2020,3\nx,2021,3\n";
    let forecast = card(plan, facts, "2023-03-31");
    assert_says_what_csv_says(&forecast);
    let batch = forecast.to_record_batch().unwrap();
    // Source: statsmodels 0.15.0, as in the tests of forecasts.
    let of = ["forecast", "forecast_low", "forecast_high", "forecast_probability"];
    let expected = ["4.05714285714", "2.81801545811", "5.29627025617", "0.547850550889"];
    assert_eq!(of.map(|name| shown(&batch[name], 0)), expected);

    let plan = "[[indicators]]\nid = 'x'\nkind = 'survey'\n[[targets]]\nid = 't'\nindicator = 'x'\nat_least = 50\nby = '2022'\n";
    let survey = card(plan, "indicator,period,positive,valid\nx,2022,5,10\n", "2022-12-31");
    assert_says_what_csv_says(&survey);
    let batch = survey.to_record_batch().unwrap();
    let of = ["survey_low", "survey_high", "survey_certainty"].map(|name| shown(&batch[name], 0));
    assert_eq!(of, ["23.6593090513", "76.3406909487", "undetermined"]);
}

#[test]
fn a_range_has_two_ends_and_no_threshold() {
    let plan =
        "[[indicators]]\nid = 'x'\nkind = 'index'\n[[targets]]\nid = 't'\nindicator = 'x'\nbetween = [40, 60.5]\nby = '2025'\n";
    let range = card(plan, "indicator,period,value\nx,2025,61\n", "2026-12-31");
    assert_says_what_csv_says(&range);
    let batch = range.to_record_batch().unwrap();
    assert!(batch["threshold"].is_null(0));
    assert_eq!(["low", "high", "variance"].map(|name| shown(&batch[name], 0)), ["40", "60.5", "0.5"]);
}

#[test]
fn a_number_that_no_decimal_holds_is_a_fault_with_its_place() {
    let plan = "[[indicators]]\nid = 'x'\nkind = 'stock'\n[[targets]]\nid = 't'\nindicator = 'x'\nat_most = 1\nby = '2025'\n\
                [[targets]]\nid = 'u'\nindicator = 'x'\nat_most = 1\nby = '2026'\n";
    let most = "99999999999999999999999999"; // 26 digits
    let facts = |value: &str| format!("indicator,period,value\nx,2026,{value}\n");
    let fits = card(plan, &facts(most), "2026-12-31");
    assert_says_what_csv_says(&fits);
    let faults = card(plan, &facts("100000000000000000000000000"), "2026-12-31").to_record_batch().unwrap_err();
    let told = faults.to_string();
    let first = told.lines().next().unwrap();
    assert_eq!(
        first,
        "assessments[1].actual: '100000000000000000000000000'; expected at most 26 digits before the point, as decimals of 128 \
         bits hold them with 12 places"
    );
}
