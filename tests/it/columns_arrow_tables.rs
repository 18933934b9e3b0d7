//! Record batches rolled up, ranked and followed say what the engine says of their columns; faults name column and row.

use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int8Type, Int32Type, UInt16Type};
use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal128Array, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray,
};
use attain::columns::arrow::{
    BatchRollUp, CodeArray, CourseTable, Floats, Ids, KeyColumn, MeasureNames, PointNames, rank_batches, trajectory_batches,
};
use attain::columns::{Course, Rule, Settings, TrajectoryOutput};
use attain::plan::{Better, Kind, Requirement};
use attain::time::{Cadence, Calendar};
use proptest::prelude::*;

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn texts(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn whole(values: &[i64]) -> ArrayRef {
    Arc::new(Int64Array::from(values.to_vec()))
}

fn ids(array: &ArrayRef) -> Ids {
    Ids::distinct([&**array as &dyn Array], "unit").unwrap()
}

/// The texts of a dictionary column of answers.
fn told(batch: &RecordBatch, column: &str) -> Vec<String> {
    let keys = batch[column].as_any_dictionary();
    let values = keys.values().as_string::<i32>();
    keys.normalized_keys().into_iter().map(|key| values.value(key).to_owned()).collect()
}

fn decimals(batch: &RecordBatch, column: &str) -> Vec<i128> {
    batch[column].as_primitive::<Decimal128Type>().values().to_vec()
}

#[test]
fn ids_are_distinct_and_in_the_order_of_their_bytes_in_arrays_of_every_kind() {
    let values = ["south", "north", "south", "Đông"];
    let mut narrow = StringDictionaryBuilder::<Int8Type>::new();
    let mut wide = StringDictionaryBuilder::<UInt16Type>::new();
    // An entry that no row has is no id.
    narrow.append_value("nobody");
    for value in values {
        narrow.append_value(value);
        wide.append_value(value);
    }
    let narrow = narrow.finish().slice(1, 4);
    let arrays: [ArrayRef; 5] = [
        texts(&values),
        Arc::new(LargeStringArray::from(values.to_vec())),
        Arc::new(StringViewArray::from(values.to_vec())),
        Arc::new(narrow),
        Arc::new(wide.finish()),
    ];
    for array in &arrays {
        assert_eq!(ids(array).as_slice(), ["north", "south", "Đông"], "{}", array.data_type());
    }
    let all = Ids::distinct(arrays.iter().map(|array| &**array as &dyn Array), "unit").unwrap();
    assert_eq!(all.as_slice(), ["north", "south", "Đông"]);
}

#[test]
fn an_id_that_is_missing_is_named_by_its_row_through_all_arrays() {
    let first: ArrayRef = texts(&["a", "b"]);
    let second: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None]));
    let faults = Ids::distinct([&*first as &dyn Array, &*second], "unit").unwrap_err();
    assert_eq!(faults.to_string(), "unit[3]: no id; expected a text");
    let mut dictionary = StringDictionaryBuilder::<Int32Type>::new();
    dictionary.append_value("a");
    dictionary.append_null();
    let dictionary: ArrayRef = Arc::new(dictionary.finish());
    assert_eq!(Ids::distinct([&*dictionary as &dyn Array], "unit").unwrap_err().to_string(), "unit[1]: no id; expected a text");
    let numbers = whole(&[1]);
    let faults = Ids::distinct([&*numbers as &dyn Array], "unit").unwrap_err();
    assert_eq!(faults.to_string(), "unit: Int64; expected ids as texts, plain or as a dictionary: cast others to texts");
}

/// Two wards of a district and one of another, three months each, the last ward without a report in March.
fn posts() -> RecordBatch {
    let units = texts(&["w1", "w1", "w1", "w2", "w2", "w2", "w3", "w3"]);
    let months = texts(&["2025-01", "2025-02", "2025-03", "2025-01", "2025-02", "2025-03", "2025-01", "2025-02"]);
    batch(vec![("unit", units), ("month", months), ("posts", whole(&[10, 9, 8, 20, 20, 21, 5, 4]))])
}

fn district(ward: &str) -> Option<String> {
    Some(if ward == "w3" { "d2" } else { "d1" }.to_owned())
}

#[test]
fn a_stock_is_the_latest_of_each_unit_added_up() {
    let rows = posts();
    let units = KeyColumn::new("unit", ids(&rows["unit"])).into_groups(district).unwrap();
    let quarter = Some(Cadence::Quarter);
    let months = KeyColumn::periods("month", ids(&rows["month"]), Calendar::Gregorian, quarter).unwrap();
    let mut sums = BatchRollUp::new(Kind::Stock, vec![units, months], MeasureNames::Amounts("posts"), Floats::Refused).unwrap();
    sums.add(&rows, &Settings::default()).unwrap();
    let groups = sums.finish().unwrap();
    assert_eq!(told(&groups, "unit"), ["d1", "d2"]);
    assert_eq!(told(&groups, "month"), ["2025-Q1", "2025-Q1"]);
    assert_eq!(decimals(&groups, "numerator"), [8 + 21, 4]);
    // All of them together, by no unit: the column is gone, and nobody is counted for another.
    let units = KeyColumn::new("unit", ids(&rows["unit"])).combined().unwrap();
    let months = KeyColumn::periods("month", ids(&rows["month"]), Calendar::Gregorian, quarter).unwrap();
    let mut sums = BatchRollUp::new(Kind::Stock, vec![units, months], MeasureNames::Amounts("posts"), Floats::Refused).unwrap();
    sums.add(&rows, &Settings::default()).unwrap();
    let all = sums.finish().unwrap();
    assert_eq!(all.schema().fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>()[..2], ["month", "numerator"]);
    assert_eq!(decimals(&all, "numerator"), [8 + 21 + 4]);
}

#[test]
fn two_figures_of_one_period_name_their_series() {
    let units = texts(&["w1", "w2", "w2"]);
    let rows = batch(vec![("unit", units), ("month", texts(&["2025-03"; 3])), ("posts", whole(&[8, 20, 21]))]);
    let told = |is_combined: bool| {
        let units = KeyColumn::new("unit", ids(&rows["unit"])).combined().unwrap();
        let quarter = Some(Cadence::Quarter);
        let months = KeyColumn::periods("month", ids(&rows["month"]), Calendar::Gregorian, quarter).unwrap();
        let months = if is_combined { months.combined().unwrap() } else { months };
        let names = MeasureNames::Amounts("posts");
        let mut sums = BatchRollUp::new(Kind::Stock, vec![units, months], names, Floats::Refused).unwrap();
        sums.add(&rows, &Settings::default()).unwrap();
        sums.finish().unwrap_err().to_string()
    };
    let expected =
        |of: &str| format!("series: two figures for the latest period of the series {of}; expected one figure of a period");
    assert_eq!(told(false), expected("unit 'w2', month '2025-Q1'"));
    assert_eq!(told(true), expected("unit 'w2'"));
}

#[test]
fn a_group_without_a_name_is_a_group() {
    let rows = posts();
    let units = KeyColumn::new("unit", ids(&rows["unit"])).into_groups(|_| Some(String::new())).unwrap();
    let mut sums = BatchRollUp::new(Kind::Flow, vec![units], MeasureNames::Amounts("posts"), Floats::Refused).unwrap();
    sums.add(&rows, &Settings::default()).unwrap();
    assert_eq!(told(&sums.finish().unwrap(), "unit"), [""]);
}

/// Groups that are asked for last are the ones, also where all ids were to be combined before.
#[test]
fn a_combined_key_with_groups_is_a_column_again() {
    let rows = batch(vec![("unit", texts(&["w1", "w2", "w3"])), ("posts", whole(&[1, 2, 4]))]);
    let key = || KeyColumn::new("unit", ids(&rows["unit"])).combined().unwrap();
    let add = |key: KeyColumn| {
        let mut sums = BatchRollUp::new(Kind::Flow, vec![key], MeasureNames::Amounts("posts"), Floats::Refused).unwrap();
        sums.add(&rows, &Settings::default()).unwrap();
        sums.finish().unwrap()
    };
    let combined = add(key());
    assert!(combined.column_by_name("unit").is_none());
    assert_eq!(decimals(&combined, "numerator"), [7]);
    let grouped = add(key().into_groups(district).unwrap());
    assert_eq!(told(&grouped, "unit"), ["d1", "d2"]);
    assert_eq!(decimals(&grouped, "numerator"), [3, 4]);
}

/// The rows of a partial sum that was taken over come before those that are added after it.
#[test]
fn rows_are_counted_through_what_is_merged() {
    let part = |posts: &[i64]| batch(vec![("unit", texts(&vec!["w1"; posts.len()])), ("posts", whole(posts))]);
    let sums = || {
        let key = KeyColumn::new("unit", Ids::new(["w1"]).unwrap());
        BatchRollUp::new(Kind::Flow, vec![key], MeasureNames::Amounts("posts"), Floats::Refused).unwrap()
    };
    let (mut first, mut second) = (sums(), sums());
    first.add(&part(&[1, 2]), &Settings::default()).unwrap();
    second.add(&part(&[3, 4, 5]), &Settings::default()).unwrap();
    first.merge(second).unwrap();
    let unknown = batch(vec![("unit", texts(&["w1", "w2"])), ("posts", whole(&[1, 1]))]);
    let faults = first.add(&unknown, &Settings::default()).unwrap_err().to_string();
    assert!(faults.starts_with("unit[6]: 'w2' is not known"), "{faults}");
}

/// A sum of 39 digits fits 128 bits, but no decimal.
#[test]
fn a_sum_of_39_digits_is_an_error() {
    let most = 10_i128.pow(38) - 1;
    let add = |last: i128| {
        let posts = Decimal128Array::from(vec![most - 1, last]).with_precision_and_scale(38, 0).unwrap();
        let rows = batch(vec![("unit", texts(&["w1", "w1"])), ("posts", Arc::new(posts))]);
        let key = KeyColumn::new("unit", ids(&rows["unit"]));
        let mut sums = BatchRollUp::new(Kind::Flow, vec![key], MeasureNames::Amounts("posts"), Floats::Refused).unwrap();
        sums.add(&rows, &Settings::default()).unwrap();
        sums.finish()
    };
    assert_eq!(decimals(&add(1).unwrap(), "numerator"), [most]);
    let faults = add(2).unwrap_err().to_string();
    assert!(faults.contains("100000000000000000000000000000000000000"), "{faults}");
}

#[test]
fn what_is_in_no_group_is_left_out() {
    let rows = posts();
    let first = |ward: &str| (ward == "w1").then(|| "first".to_owned());
    let units = KeyColumn::new("unit", ids(&rows["unit"])).into_groups(first).unwrap();
    let mut sums = BatchRollUp::new(Kind::Flow, vec![units], MeasureNames::Amounts("posts"), Floats::Refused).unwrap();
    sums.add(&rows, &Settings::default()).unwrap();
    let groups = sums.finish().unwrap();
    assert_eq!((told(&groups, "unit"), decimals(&groups, "numerator")), (vec!["first".to_owned()], vec![27]));
}

#[test]
fn faults_of_a_roll_up_name_the_column_and_the_row_through_all_batches() {
    let sums = |measures| {
        let units = KeyColumn::new("unit", Ids::new(["a", "b"]).unwrap());
        BatchRollUp::new(Kind::Share, vec![units], measures, Floats::Refused).unwrap()
    };
    let rows = |unit: &str, part: i64| {
        let columns = vec![("unit", texts(&["a", unit])), ("part", whole(&[1, part])), ("whole", whole(&[2, 2]))];
        batch(columns)
    };
    let names = MeasureNames::Quotients("part", "whole");
    let mut of = sums(names);
    of.add(&rows("b", 2), &Settings::default()).unwrap();
    let above = of.add(&rows("b", 3), &Settings::default()).unwrap_err();
    assert_eq!(above.to_string(), "part[3]: part 3, whole 2; expected 0 ≤ numerator ≤ denominator");
    let mut of = sums(names);
    of.add(&rows("b", 2), &Settings::default()).unwrap();
    let unknown = of.add(&rows("c", 2), &Settings::default()).unwrap_err();
    assert_eq!(unknown.to_string(), "unit[3]: 'c' is not known; expected one of 'a', 'b'");
    // Of many ids only their number.
    let many = Ids::new(('a'..='i').map(String::from)).unwrap();
    let unknown = CodeArray::new(&StringArray::from(vec!["xyz"]), &many, "unit").unwrap_err();
    assert_eq!(unknown.to_string(), "unit[0]: 'xyz' is not known; expected one of 9 ids");
    let missing = sums(MeasureNames::Quotients("part", "hole")).add(&rows("a", 1), &Settings::default()).unwrap_err();
    assert_eq!(missing.to_string(), "hole: no column 'hole' (did you mean 'whole'?); expected one of 'unit', 'part', 'whole'");
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![1.0]));
    let rows = batch(vec![("unit", texts(&["a"])), ("part", floats), ("whole", whole(&[2]))]);
    let refused = sums(names).add(&rows, &Settings::default()).unwrap_err();
    assert!(refused.to_string().starts_with("part: Float64; expected integers or decimals"), "{refused}");
    let no_label = KeyColumn::periods("month", Ids::new(["2025-13"]).unwrap(), Calendar::Gregorian, None).unwrap_err();
    let expected = "month: \"2025-13\" is no period of the calendar gregorian; \
                    expected 2025, 2025-H1, 2025-9M, 2025-Q3, 2025-07 or 2025-07-15";
    assert_eq!(no_label.to_string(), expected);
}

#[test]
fn places_are_exact_within_their_partitions() {
    let rows = batch(vec![
        ("target", texts(&["a", "b", "a", "a", "b"])),
        ("part", whole(&[9, 1, 90, 1, 0])),
        ("whole", whole(&[10, 3, 100, 2, 0])),
    ]);
    let ask = |within, better| {
        let names = ("part", Some("whole"));
        let rank =
            |parts: &[RecordBatch]| rank_batches(parts, names, within, better, Floats::Refused, &Settings::default()).unwrap();
        let places = rank(std::slice::from_ref(&rows));
        for cut in 0..=rows.num_rows() {
            assert_eq!(rank(&[rows.slice(0, cut), rows.slice(cut, rows.num_rows() - cut)]), places, "cut at {cut}");
        }
        places
    };
    assert_eq!(ask(Some("target"), Better::Higher), [Some(1), Some(1), Some(1), Some(3), None]);
    assert_eq!(ask(Some("target"), Better::Lower), [Some(2), Some(1), Some(2), Some(1), None]);
    assert_eq!(ask(None, Better::Higher), [Some(1), Some(4), Some(1), Some(3), None]);
    let amounts =
        rank_batches(std::slice::from_ref(&rows), ("part", None), None, Better::Lower, Floats::Refused, &Settings::default())
            .unwrap();
    assert_eq!(amounts, [Some(4), Some(2), Some(5), Some(2), Some(1)]);
    let missing = rank_batches(
        std::slice::from_ref(&rows),
        ("part", None),
        Some("unit"),
        Better::Lower,
        Floats::Refused,
        &Settings::default(),
    );
    assert_eq!(missing.unwrap_err().to_string(), "unit: no column 'unit'; expected one of 'target', 'part', 'whole'");
}

/// From 52 posts on day 0 to at most 46 on day 100.
fn courses() -> CourseTable {
    let rule = Rule::new(Kind::Stock, Requirement::AtMost(46.into())).with_baseline(52.into());
    CourseTable::new([("posts", Course::new(rule, 0, 100))]).unwrap()
}

const POINTS: PointNames<'_> = PointNames {
    target: "target",
    series: &["unit"],
    day: "day",
    numerator: "posts",
    denominator: None,
    floats: Floats::Refused,
};

fn points(units: &[&str], days: &[i32], posts: &[i64]) -> RecordBatch {
    let days: ArrayRef = Arc::new(Date32Array::from(days.to_vec()));
    batch(vec![("target", texts(&vec!["posts"; units.len()])), ("unit", texts(units)), ("day", days), ("posts", whole(posts))])
}

fn ask(rows: &RecordBatch) -> Result<RecordBatch, attain::Faults> {
    let places = Settings { places: 2, ..Settings::default() };
    let wanted = [TrajectoryOutput::Expected, TrajectoryOutput::Pace];
    let answers = trajectory_batches(&courses(), std::slice::from_ref(rows), &POINTS, &wanted, &places);
    // In however many batches the rows come, the answers and the faults are the same.
    for cut in 0..=rows.num_rows() {
        let parts = [rows.slice(0, cut), rows.slice(cut, rows.num_rows() - cut)];
        assert_eq!(trajectory_batches(&courses(), &parts, &POINTS, &wanted, &places), answers, "cut at {cut}");
    }
    answers
}

#[test]
fn a_series_ends_where_a_key_changes() {
    let told_of = ask(&points(&["n", "n", "s", "s", "e"], &[25, 50, 50, 100, 50], &[51, 49, 52, 46, 50])).unwrap();
    assert_eq!(told(&told_of, "unit"), ["n", "s", "e"]);
    assert_eq!(told(&told_of, "status"), ["on_track", "on_track", "at_risk"]);
    // Where it should stand: 52 − 6·50/100 and 46; the pace (52 − a)/(52 − expected).
    assert_eq!(decimals(&told_of, "expected"), [49_00, 46_00, 49_00]);
    assert_eq!(decimals(&told_of, "pace"), [1_00, 1_00, 67]);
    // Lines: from 51 by −2 in 25 days, from 52 by −6 in 50; through a single point there is none.
    let projection = told_of["projection"].as_primitive::<arrow_array::types::Float64Type>();
    assert_eq!((projection.value(0), projection.value(1), projection.is_null(2)), (45.0, 46.0, true));
}

#[test]
fn days_may_be_texts_and_amounts_decimals() {
    let days = ["1970-01-26", "1970-02-20"];
    let posts = Decimal128Array::from(vec![510, 490]).with_precision_and_scale(10, 1).unwrap();
    let rows = batch(vec![
        ("target", texts(&["posts", "posts"])),
        ("unit", texts(&["n", "n"])),
        ("day", texts(&days)),
        ("posts", Arc::new(posts)),
    ]);
    assert_eq!(&ask(&rows).unwrap()["projection"], &ask(&points(&["n", "n"], &[25, 50], &[51, 49])).unwrap()["projection"]);
    assert_eq!(decimals(&ask(&rows).unwrap(), "expected"), [49_00]);
    assert_eq!(Date32Type::to_naive_date_opt(25).unwrap().to_string(), days[0]);
}

#[test]
fn faults_of_points_name_the_column_and_the_row() {
    let again = ask(&points(&["n", "s", "n"], &[1, 1, 2], &[51, 51, 51])).unwrap_err();
    let expected = "target[2]: a series that has been there before; expected all points of a series one after the other";
    assert_eq!(again.to_string(), expected);
    let back = ask(&points(&["n", "n"], &[2, 1], &[51, 51])).unwrap_err();
    assert!(back.to_string().starts_with("day[1]"), "{back}");
    let below = ask(&points(&["n", "n"], &[1, 2], &[51, -1])).unwrap_err();
    assert!(below.to_string().starts_with("posts[1]: -1"), "{below}");
    let day: ArrayRef = Arc::new(Date32Array::from(vec![Some(1), None]));
    let columns = vec![("target", texts(&["posts"; 2])), ("unit", texts(&["n"; 2])), ("day", day), ("posts", whole(&[51, 51]))];
    let missing = ask(&batch(columns)).unwrap_err();
    assert!(missing.to_string().starts_with("day[1]: no day; expected days as Date32"), "{missing}");
    let days: ArrayRef = Arc::new(Date32Array::from(vec![1, 2, 3]));
    let targets = texts(&["posts", "posts", "post"]);
    let columns = vec![("target", targets), ("unit", texts(&["n"; 3])), ("day", days), ("posts", whole(&[51; 3]))];
    let unknown = ask(&batch(columns)).unwrap_err();
    assert!(unknown.to_string().starts_with("target[2]: 'post' is not known (did you mean 'posts'?)"), "{unknown}");
    let none = ask(&points(&[], &[], &[])).unwrap();
    assert_eq!(none.num_rows(), 0);
    assert_eq!(none.num_columns(), 6);
}

proptest! {
    /// Added up in one batch or in many, in any split, the groups are the same and have the sums of a plain loop.
    #[test]
    fn batches_add_up_to_the_same_groups(
        rows in prop::collection::vec((0_usize..4, 0_i64..50, 0_i64..50), 1..60),
        cut in 0_usize..60,
    ) {
        let names = ["a", "b", "c", "d"];
        let unit: Vec<&str> = rows.iter().map(|(unit, ..)| names[*unit]).collect();
        let part: Vec<i64> = rows.iter().map(|(_, part, _)| *part).collect();
        let all: Vec<i64> = rows.iter().map(|(_, part, more)| part + more).collect();
        let table = batch(vec![("unit", texts(&unit)), ("part", whole(&part)), ("whole", whole(&all))]);
        let sums = || {
            let units = KeyColumn::new("unit", ids(&table["unit"]));
            BatchRollUp::new(Kind::Share, vec![units], MeasureNames::Quotients("part", "whole"), Floats::Refused).unwrap()
        };
        let mut at_once = sums();
        at_once.add(&table, &Settings::default()).unwrap();
        let cut = cut.min(table.num_rows());
        let (mut first, mut second) = (sums(), sums());
        first.add(&table.slice(0, cut), &Settings::default()).unwrap();
        second.add(&table.slice(cut, table.num_rows() - cut), &Settings { parallel: true, ..Settings::default() }).unwrap();
        second.merge(first).unwrap();
        prop_assert_eq!(second.finish().unwrap(), at_once.finish().unwrap());
        let groups = at_once.finish().unwrap();
        let expected: Vec<(String, i128, i128)> = names
            .iter()
            .filter(|name| unit.contains(name))
            .map(|name| {
                let of = |values: &[i64]| unit.iter().zip(values).filter(|(unit, _)| *unit == name).map(|(_, value)| i128::from(*value)).sum();
                ((*name).to_owned(), of(&part), of(&all))
            })
            .collect();
        let found: Vec<_> =
            told(&groups, "unit").into_iter().zip(decimals(&groups, "numerator")).zip(decimals(&groups, "denominator")).map(|((unit, part), whole)| (unit, part, whole)).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn periods_of_one_series_that_overlap_are_not_added_up() {
    let periods = ["2025", "2025-Q1", "2025-Q2"];
    let years = |cadence| KeyColumn::periods("period", Ids::new(periods).unwrap(), Calendar::Gregorian, cadence).unwrap();
    let units = || KeyColumn::new("unit", Ids::new(["a", "b"]).unwrap());
    let sums = |key: KeyColumn, rows: [(&str, &str, i64); 3]| {
        let keys = || vec![units(), key.clone()];
        let none = || BatchRollUp::new(Kind::Flow, keys(), MeasureNames::Amounts("n"), Floats::Refused).unwrap();
        // Row by row, and merged: what overlaps need not stand in one batch.
        let mut sums = none();
        for (unit, period, n) in rows {
            let rows = batch(vec![("unit", texts(&[unit])), ("period", texts(&[period])), ("n", whole(&[n]))]);
            let mut part = none();
            part.add(&rows, &Settings::default()).unwrap();
            sums.merge(part).unwrap();
        }
        sums.finish()
    };
    let apart = [("a", "2025", 100), ("b", "2025-Q1", 30), ("b", "2025-Q2", 10)];
    let twice = [("a", "2025", 100), ("a", "2025-Q1", 30), ("b", "2025-Q2", 10)];
    let of_year = sums(years(Some(Cadence::Year)), apart).unwrap();
    assert_eq!(decimals(&of_year, "numerator"), [100, 40]);
    let expected =
        "period: '2025' and '2025-Q1' overlap: unit 'a'; expected periods that are apart, since a figure is added up once";
    assert_eq!(sums(years(Some(Cadence::Year)), twice).unwrap_err().to_string(), expected);
    assert_eq!(sums(years(None).combined().unwrap(), twice).unwrap_err().to_string(), expected);
    // Where each period stays what it is, nothing is counted twice.
    assert_eq!(sums(years(None), twice).unwrap().num_rows(), 3);
}

#[test]
fn periods_that_lie_in_none_of_a_cadence_are_named() {
    let ids = Ids::new(["2025", "2025-Q1", "2025-H2"]).unwrap();
    let refused = KeyColumn::periods("period", ids, Calendar::Gregorian, Some(Cadence::Quarter)).unwrap_err();
    let expected = "period: '2025' is no part of a quarter; expected periods that lie in a quarter\n\
                    period: '2025-H2' is no part of a quarter; expected periods that lie in a quarter";
    assert_eq!(refused.to_string(), expected);
}

#[test]
fn a_course_is_due_after_the_day_of_its_baseline() {
    let course = |due| Course::new(Rule::new(Kind::Stock, Requirement::AtMost(46.into())), 10, due);
    let refused = CourseTable::new([("a", course(10)), ("b", course(11)), ("c", course(9))]).unwrap_err();
    let expected = "courses.a: due on 1970-01-11, and its baseline stands on 1970-01-11; expected a due day after that of the baseline\n\
                    courses.c: due on 1970-01-10, and its baseline stands on 1970-01-11; expected a due day after that of the baseline";
    assert_eq!(refused.to_string(), expected);
}
