//! Arrow arrays of every type are judged as plain columns are, and what can not be read is named with its place.
#![allow(clippy::disallowed_types, reason = "what becomes of floats is asked here")]

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Decimal32Array, Decimal64Array, Decimal128Array, Decimal256Array, DictionaryArray,
    Float16Array, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, LargeStringArray, NullArray,
    RecordBatch, StringArray, StringViewArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use arrow_buffer::{NullBuffer, ScalarBuffer, i256};
use arrow_schema::{ArrowError, DataType};
use attain::columns::arrow::{
    BatchError, CodeArray, ColumnNames, FigureArray, Floats, Ids, TargetTable, evaluate_all, evaluate_batch, evaluate_batches,
};
use attain::columns::{
    Batch, Codes, Course, Days, Figures, Key, Mantissas, Measures, Output, RollUp, Rows, Rule, Series, Settings,
    TrajectoryOutput, UNDEFINED, Validity, evaluate, trajectory,
};
use attain::number::Ratio;
use attain::plan::{Kind, Requirement};
use attain::{Faults, Status};
use proptest::prelude::*;

use super::columns::Chance;

fn share(threshold: i64) -> Rule {
    Rule::new(Kind::Share, Requirement::AtLeast(threshold.into())).with_baseline(Ratio::from(20))
}

/// Decimals without places.
fn whole(values: Vec<i128>) -> Decimal128Array {
    Decimal128Array::from(values).with_precision_and_scale(38, 0).unwrap()
}

fn targets() -> TargetTable {
    let ids = ["online", "on-time", "on-paper"];
    let rules = [share(80), share(100), Rule::new(Kind::Share, Requirement::AtMost(30.into())).with_baseline(Ratio::from(60))];
    TargetTable::new(ids.into_iter().zip(rules)).unwrap()
}

fn settings() -> Settings {
    Settings { places: 4, ..Settings::default() }
}

const NAMES: ColumnNames<'static> =
    ColumnNames { target: "target", numerator: "handled", denominator: Some("all"), keep: &[], floats: Floats::Refused };

fn batch(target: ArrayRef, handled: ArrayRef, all: ArrayRef) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable([("target", target, true), ("handled", handled, true), ("all", all, true)]).unwrap()
}

fn ask(batch: &RecordBatch) -> Result<RecordBatch, Faults> {
    evaluate_batch(&targets(), batch, &NAMES, &Output::ALL, &settings())
}

/// What is wrong with a batch, a fault a line.
fn wrong(batch: &RecordBatch) -> String {
    ask(batch).unwrap_err().to_string()
}

/// Rows as plain numbers.
#[derive(Clone, Debug)]
struct Table {
    codes: Vec<u32>,
    handled: Vec<Option<i64>>,
    all: Vec<Option<i64>>,
}

impl Table {
    /// Rows of small counts, some of them missing, none of them impossible.
    fn random(seed: u64, rows: usize, most: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut table = Self { codes: Vec::new(), handled: Vec::new(), all: Vec::new() };
        for _ in 0..rows {
            let all = chance.below(most + 1);
            let handled = chance.below(all + 1);
            table.codes.push(chance.below(3) as u32);
            table.handled.push((chance.below(7) > 0).then_some(handled as i64));
            table.all.push((chance.below(9) > 0).then_some(all as i64));
        }
        table
    }

    fn ids(&self) -> Vec<String> {
        self.codes.iter().map(|code| targets().ids().get(*code).unwrap().to_owned()).collect()
    }

    fn target(&self) -> ArrayRef {
        Arc::new(StringArray::from(self.ids()))
    }

    fn batch(&self) -> RecordBatch {
        let (handled, all) = (Int64Array::from(self.handled.clone()), Int64Array::from(self.all.clone()));
        batch(self.target(), Arc::new(handled), Arc::new(all))
    }

    /// What the batch engine says of the same rows without Arrow.
    fn expected(&self) -> RecordBatch {
        let bits = |column: &[Option<i64>]| {
            let mut bytes = vec![0_u8; column.len().div_ceil(8)];
            column.iter().enumerate().for_each(|(row, value)| bytes[row / 8] |= u8::from(value.is_some()) << (row % 8));
            bytes
        };
        let plain = |column: &[Option<i64>]| column.iter().map(|value| value.unwrap_or(0)).collect::<Vec<_>>();
        let (handled, all) = (plain(&self.handled), plain(&self.all));
        let (handled_there, all_there) = (bits(&self.handled), bits(&self.all));
        let rows = Rows::quotients(
            Codes::Each(&self.codes),
            Figures::whole(&handled).with_validity(Some(Validity::new(&handled_there, 0))),
            Figures::whole(&all).with_validity(Some(Validity::new(&all_there, 0))),
        );
        let targets = targets();
        let answers = evaluate(targets.rules(), &rows, &Output::ALL, &settings()).unwrap();
        answers.into_record_batch(targets.rules(), settings().places).unwrap()
    }
}

#[test]
fn answers_say_what_is_undefined_by_null() {
    let target = StringArray::from(vec!["online", "on-time", "online", "online"]);
    let handled = Int64Array::from(vec![Some(1999), Some(3123), Some(0), None]);
    let all = Int64Array::from(vec![2500, 3124, 0, 10]);
    let answers = ask(&batch(Arc::new(target), Arc::new(handled), Arc::new(all))).unwrap();

    let names: Vec<_> = answers.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(
        names,
        ["status", "actual", "variance", "shortfall", "ratio_to_target", "progress", "short_by", "allowance"],
        "in the order of Output::ALL"
    );
    let status = answers["status"].as_dictionary::<Int8Type>().downcast_dict::<StringArray>().unwrap();
    let status: Vec<_> = status.into_iter().map(Option::unwrap).collect();
    assert_eq!(status, ["missed", "missed", "not_applicable", "awaiting_data"]);
    let decimals = |name: &str| -> Vec<Option<String>> {
        let column = answers[name].as_primitive::<Decimal128Type>();
        assert_eq!(column.data_type(), &DataType::Decimal128(19, 4));
        (0..column.len()).map(|row| column.is_valid(row).then(|| column.value_as_string(row))).collect()
    };
    let of = |texts: [&str; 2]| -> Vec<Option<String>> {
        texts.into_iter().map(|text| Some(text.to_owned())).chain([None, None]).collect()
    };
    assert_eq!(decimals("actual"), of(["79.9600", "99.9680"]));
    assert_eq!(decimals("variance"), of(["-0.0400", "-0.0320"]));
    assert_eq!(decimals("progress"), of(["0.9993", "0.9996"]), "59.96/60, 79.968/80");
    let counts = |name: &str| -> Vec<Option<i64>> { answers[name].as_primitive::<Int64Type>().iter().collect() };
    assert_eq!(counts("short_by")[..2], [Some(1), Some(1)]);
    assert_eq!(counts("allowance")[..2], [Some(-1), Some(-1)]);
    assert_eq!(counts("short_by")[3], None);
    assert!(!answers.schema().field(0).is_nullable());
}

#[test]
fn fields_say_the_unit_that_all_rules_have() {
    let unit = |rules: &[Rule], output: Output| {
        let rows = Rows::quotients(Codes::One(0), Figures::whole(&[1]), Figures::whole(&[2]));
        let answers = evaluate(rules, &rows, &[output], &settings()).unwrap().into_record_batch(rules, 4).unwrap();
        answers.schema().field(1).metadata().get("unit").map(ToString::to_string)
    };
    let shares = [share(80), share(90)];
    let of = |output| unit(&shares, output);
    assert_eq!(of(Output::Actual).as_deref(), Some("percent"));
    assert_eq!(of(Output::Shortfall).as_deref(), Some("percentage points"));
    assert_eq!(of(Output::ShortBy).as_deref(), Some("cases"));
    assert_eq!(of(Output::RatioToTarget), None);
    let flow = Rule::new(Kind::Flow, Requirement::AtLeast(1.into()));
    assert_eq!(unit(&[flow.clone().with_unit("people")], Output::Variance).as_deref(), Some("people"));
    assert_eq!(unit(&[share(80), flow.with_unit("people")], Output::Actual), None, "two units");
}

#[test]
fn integers_of_every_width_are_judged_alike() {
    let table = Table::random(1, 300, 100);
    let expected = table.expected();
    macro_rules! arrays {
        ($($array:ty: $native:ty),*) => {
            vec![$({
                let of = |column: &[Option<i64>]| -> ArrayRef {
                    Arc::new(column.iter().map(|value| value.map(|value| value as $native)).collect::<$array>())
                };
                batch(table.target(), of(&table.handled), of(&table.all))
            }),*]
        };
    }
    let batches = arrays!(
        Int8Array: i8, Int16Array: i16, Int32Array: i32, Int64Array: i64,
        UInt8Array: u8, UInt16Array: u16, UInt32Array: u32, UInt64Array: u64
    );
    for batch in batches {
        assert_eq!(ask(&batch).unwrap(), expected, "{}", batch["handled"].data_type());
    }
}

#[test]
fn integers_of_64_bits_are_not_copied() {
    let array = Int64Array::from(vec![1, 2, 3]);
    let decimals = Decimal64Array::from(vec![1, 2, 3]).with_precision_and_scale(3, 1).unwrap();
    let (whole, tenths) = (FigureArray::new(&array, "x").unwrap(), FigureArray::new(&decimals, "x").unwrap());
    let start = |figures: &Figures<'_>| match figures.mantissas() {
        Mantissas::Narrow(values) => values.as_ptr(),
        other => panic!("{other:?}"),
    };
    assert_eq!(start(&whole.figures()), array.values().as_ptr());
    assert_eq!(start(&tenths.figures()), decimals.values().as_ptr());
    assert_eq!(tenths.figures().get(2), Ratio::new(3, 10));
}

#[test]
fn decimals_of_every_width_and_scale_are_judged_alike() {
    let table = Table::random(2, 200, 100);
    let expected = table.expected();
    // Hundreds as decimals of scale 2, 0 and −2: the quotients are the same.
    for scale in [2_i8, 0, -2] {
        macro_rules! arrays {
            ($($array:ty, $convert:expr);*) => {
                vec![$({
                    let of = |column: &[Option<i64>]| -> ArrayRef {
                        let hundreds = column.iter().map(|value| value.map(|value| match scale {
                            2 => value * 100,
                            _ => value,
                        }));
                        let array = hundreds.map(|value| value.map($convert)).collect::<$array>();
                        Arc::new(array.with_precision_and_scale(9, scale).unwrap())
                    };
                    batch(table.target(), of(&table.handled), of(&table.all))
                }),*]
            };
        }
        let batches = arrays!(
            Decimal32Array, |value| value as i32;
            Decimal64Array, |value| value;
            Decimal128Array, i128::from;
            Decimal256Array, |value| i256::from_i128(value.into())
        );
        for batch in batches {
            let kind = batch["all"].data_type();
            if scale == -2 {
                let all = FigureArray::new(&batch["all"], "all").unwrap();
                let first = table.all.iter().position(Option::is_some).unwrap();
                assert_eq!(all.figures().get(first), table.all[first].map(|value| Ratio::from(100 * value)), "{kind}");
            }
            let answers = ask(&batch).unwrap();
            for name in ["status", "actual", "variance", "progress"] {
                assert_eq!(answers[name].as_ref(), expected[name].as_ref(), "{kind} {name}");
            }
        }
    }
}

#[test]
fn numbers_beyond_64_bits_go_on_in_128() {
    let target = || Arc::new(StringArray::from(vec!["on-time", "on-time"])) as ArrayRef;
    let (most, less) = (u64::MAX, u64::MAX - 1);
    let unsigned = batch(target(), Arc::new(UInt64Array::from(vec![most, less])), Arc::new(UInt64Array::from(vec![most, most])));
    let wide = |values: [u64; 2]| -> ArrayRef { Arc::new(whole(values.map(i128::from).to_vec())) };
    let decimal = batch(target(), wide([most, less]), wide([most, most]));
    for batch in [unsigned, decimal] {
        let answers = ask(&batch).unwrap();
        assert_eq!(answers["short_by"].as_primitive::<Int64Type>().values()[..], [0, 1]);
        assert_eq!(answers["status"].as_dictionary::<Int8Type>().keys().values()[..], [Status::Met as i8, Status::Missed as i8]);
    }
}

#[test]
fn what_stands_in_the_slot_of_a_null_is_never_looked_at() {
    let values: ScalarBuffer<i128> = vec![i128::MAX, 5, i128::MIN].into();
    let array = Decimal128Array::new(values, Some(NullBuffer::from(vec![false, true, false])));
    let array = array.with_precision_and_scale(38, 0).unwrap();
    let figures = FigureArray::new(&array, "x").unwrap();
    assert!(matches!(figures.figures().mantissas(), Mantissas::Narrow(_)), "what is there fits 64 bits");
    assert_eq!([0, 1, 2].map(|row| figures.figures().get(row)), [None, Some(Ratio::from(5)), None]);

    let values: ScalarBuffer<i256> = vec![i256::MAX, i256::from_i128(7)].into();
    let array = Decimal256Array::new(values, Some(NullBuffer::from(vec![false, true])));
    let array = array.with_precision_and_scale(76, 0).unwrap();
    assert_eq!(FigureArray::new(&array, "x").unwrap().figures().get(1), Some(Ratio::from(7)));
}

#[test]
fn an_array_of_nulls_is_missing_throughout() {
    let target = Arc::new(StringArray::from(vec!["online", "online"]));
    let answers = ask(&batch(target, Arc::new(NullArray::new(2)), Arc::new(Int64Array::from(vec![1, 2])))).unwrap();
    assert_eq!(answers["status"].as_dictionary::<Int8Type>().keys().values()[..], [Status::AwaitingData as i8; 2]);
    assert_eq!(answers["actual"].null_count(), 2);
}

#[test]
fn ids_are_matched_whatever_they_are_kept_in() {
    let table = Table::random(3, 150, 1000);
    let expected = table.expected();
    let Table { codes, .. } = &table;
    let ids = table.ids();
    // An entry twice, and one that no row has.
    let entries: ArrayRef = Arc::new(StringArray::from(vec!["on-paper", "online", "on-time", "online", "nobody"]));
    let place = |row: usize| match codes[row] {
        0 => [1, 3][row % 2],
        1 => 2,
        _ => 0,
    };
    macro_rules! dictionaries {
        ($($key:ty: $native:ty),*) => {
            vec![$({
                let keys = (0..codes.len()).map(|row| Some(place(row) as $native)).collect();
                Arc::new(DictionaryArray::<$key>::try_new(keys, entries.clone()).unwrap()) as ArrayRef
            }),*]
        };
    }
    let mut columns = dictionaries!(
        Int8Type: i8, Int16Type: i16, Int32Type: i32, Int64Type: i64,
        UInt8Type: u8, UInt16Type: u16, UInt32Type: u32, UInt64Type: u64
    );
    let views: ArrayRef = Arc::new(StringViewArray::from_iter_values(entries.as_string::<i32>().iter().flatten()));
    let keys: Int32Array = (0..codes.len()).map(|row| Some(place(row))).collect();
    columns.push(Arc::new(DictionaryArray::new(keys, views)));
    columns.push(Arc::new(LargeStringArray::from_iter_values(&ids)));
    columns.push(Arc::new(StringViewArray::from_iter_values(&ids)));
    for target in columns {
        let kind = target.data_type().clone();
        let rows = batch(target, table.batch()["handled"].clone(), table.batch()["all"].clone());
        assert_eq!(ask(&rows).unwrap(), expected, "{kind}");
    }
}

#[test]
fn ids_longer_than_a_view_and_ids_of_other_letters_are_told_apart() {
    let long = "a-target-with-an-id-of-more-than-twelve-bytes";
    let ids = Ids::new([long, long.get(1..).unwrap(), "đúng hạn", "", "dung han"]).unwrap();
    let array = StringViewArray::from(vec!["đúng hạn", long.get(1..).unwrap(), "", long, "dung han"]);
    assert_eq!(CodeArray::new(&array, &ids, "x").unwrap().as_slice(), [2, 1, 3, 0, 4]);
    assert_eq!(
        Ids::new(["a", "b", "a"]).unwrap_err().to_string(),
        "ids[2]: 'a' a second time; expected each id once; the first is at 0"
    );
}

#[test]
fn targets_that_are_null_or_unknown_are_named_with_their_rows() {
    let ones = || Arc::new(Int64Array::from(vec![1; 4])) as ArrayRef;
    let expected = "target[1]: no id; expected one of 'online', 'on-time', 'on-paper'\n\
                    target[2]: 'on-tmie' is not known (did you mean 'on-time'?); expected one of 'online', 'on-time', 'on-paper'\n\
                    target[3]: 'xyz' is not known; expected one of 'online', 'on-time', 'on-paper'";
    let plain = StringArray::from(vec![Some("online"), None, Some("on-tmie"), Some("xyz")]);
    assert_eq!(wrong(&batch(Arc::new(plain), ones(), ones())), expected);
    // A key that is null, in whose slot there is that of a known id, and an entry that is.
    let entries: ArrayRef = Arc::new(StringArray::from(vec![Some("online"), None, Some("on-tmie"), Some("xyz")]));
    for second in [None, Some(1)] {
        let keys = Int8Array::from(vec![Some(0), second, Some(2), Some(3)]);
        let target = DictionaryArray::<Int8Type>::new(keys, entries.clone());
        assert_eq!(wrong(&batch(Arc::new(target), ones(), ones())), expected);
    }
    let empty: ArrayRef = Arc::new(StringArray::from(Vec::<&str>::new()));
    let target = DictionaryArray::<Int8Type>::new(Int8Array::from(vec![None; 4]), empty);
    let none = (0..4)
        .map(|row| format!("target[{row}]: no id; expected one of 'online', 'on-time', 'on-paper'"))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(wrong(&batch(Arc::new(target), ones(), ones())), none);
    assert_eq!(wrong(&batch(Arc::new(NullArray::new(4)), ones(), ones())), none);
}

#[test]
fn every_fault_is_named_at_once_with_the_name_of_its_column() {
    let target = StringArray::from(vec!["online", "on-line", "online", "online"]);
    let handled = Int64Array::from(vec![3, 1, 1, -1]);
    let too_wide = i256::from_i128(i128::MAX).wrapping_add(i256::ONE);
    let all = Decimal256Array::from(vec![2, 1, 1, 1].into_iter().map(i256::from_i128).collect::<Vec<_>>());
    let all = {
        let mut values = all.values().to_vec();
        values[2] = too_wide;
        Decimal256Array::new(values.into(), None).with_precision_and_scale(76, 0).unwrap()
    };
    assert_eq!(
        wrong(&batch(Arc::new(target), Arc::new(handled), Arc::new(all))),
        "all[2]: a number of more than 128 bits; expected a number whose digits, without the point, fit 128 bits\n\
         handled[0]: 3 of 2; expected 0 ≤ numerator ≤ denominator\n\
         handled[3]: -1 of 1; expected 0 ≤ numerator ≤ denominator\n\
         target[1]: 'on-line' is not known (did you mean 'online'?); expected one of 'online', 'on-time', 'on-paper'"
    );
}

#[test]
fn zeros_before_the_point_that_do_not_fit_are_named() {
    let of = |mantissa: i128, scale: i8| {
        let array = Decimal128Array::from(vec![0, mantissa]).with_precision_and_scale(38, scale).unwrap();
        FigureArray::new(&array, "x").map(|figures| figures.figures().get(1).unwrap())
    };
    assert_eq!(of(17, -37).unwrap().to_string(), format!("17{}", "0".repeat(37)));
    let fault = "x[1]: a number of more than 128 bits; expected a number whose digits, without the point, fit 128 bits";
    assert_eq!(of(18, -37).unwrap_err().to_string(), fault);
    assert_eq!(of(1, -100).unwrap_err().to_string(), fault);
    assert_eq!(of(0, -100).unwrap(), Ratio::ZERO);
}

#[test]
fn what_is_no_exact_number_is_refused_with_what_to_write_instead() {
    let of = |array: &dyn Array| FigureArray::new(array, "rate").unwrap_err().to_string();
    assert_eq!(
        of(&Float64Array::from(vec![0.1])),
        "rate: Float64; expected integers or decimals, since a float is only near what was meant: cast counts to Int64, and \
         others to Decimal128 with the places that they were reported with, or ask for floats as they are written (as_written)"
    );
    assert_eq!(
        of(&BooleanArray::from(vec![true])),
        "rate: Boolean; expected integers or decimals: cast truth values to Int64, where they are counts of 0 and 1"
    );
    assert!(of(&StringArray::from(vec!["1"])).starts_with("rate: Utf8; expected integers or decimals: cast texts to Decimal128"));
    let packed = DictionaryArray::<Int8Type>::new(Int8Array::from(vec![0]), Arc::new(Int64Array::from(vec![1])));
    assert_eq!(of(&packed), "rate: a dictionary of Int64; expected integers or decimals, unpacked");
    let ids = CodeArray::new(&Int64Array::from(vec![1]), targets().ids(), "target").unwrap_err().to_string();
    assert_eq!(ids, "target: Int64; expected ids as texts, plain or as a dictionary: cast others to texts");
    let precise = Decimal128Array::from(vec![1]).with_precision_and_scale(38, 30).unwrap();
    let rows = batch(Arc::new(StringArray::from(vec!["online"])), Arc::new(precise), Arc::new(Int64Array::from(vec![1])));
    assert_eq!(wrong(&rows), "handled: 30 decimal places; expected at most 28");
}

#[test]
fn floats_are_taken_as_they_are_written_where_that_is_asked_for() {
    let of = |values: Vec<Option<f64>>| FigureArray::with_floats(&Float64Array::from(values), "x", Floats::AsWritten);
    let read = |figures: &FigureArray, row: usize| figures.figures().get(row).map(|value| value.to_string());
    let figures = of(vec![Some(0.1), None, Some(-79.96), Some(2500.0), Some(-0.0)]).unwrap();
    let expected = [Some("0.1"), None, Some("-79.96"), Some("2500"), Some("0")].map(|text| text.map(str::to_owned));
    assert_eq!([0, 1, 2, 3, 4].map(|row| read(&figures, row)), expected);
    assert!(matches!(figures.figures().mantissas(), Mantissas::Narrow([10, 0, -7996, 250_000, 0])), "two places, in 64 bits");
    // The same decimal is another float in 32 bits; what a computation left behind stays.
    let single = FigureArray::with_floats(&Float32Array::from(vec![0.1, 16_777_216.0]), "x", Floats::AsWritten).unwrap();
    assert_eq!([0, 1].map(|row| read(&single, row)), ["0.1", "16777216"].map(|text| Some(text.to_owned())));
    let sum = of(vec![Some(0.1 + 0.2)]).unwrap();
    assert_eq!(sum.figures().get(0), Ratio::new(30_000_000_000_000_004, 100_000_000_000_000_000));
    assert_eq!(of(vec![Some(1e-18)]).unwrap().figures().get(0), Ratio::new(1, 10_i128.pow(18)));
    assert!(of(Vec::new()).unwrap().figures().is_empty());

    let faults = of(vec![Some(f64::NAN), Some(1.5), Some(f64::NEG_INFINITY), Some(1e300), Some(1e-19), Some(1e-30)]).unwrap_err();
    assert_eq!(
        faults.to_string(),
        "x[0]: NaN; expected a number, or null where nothing was reported\n\
         x[2]: -inf; expected a number, or null where nothing was reported\n\
         x[3]: 1e300, a number of too many digits; expected at most 28 digits\n\
         x[4]: 19 decimal places; expected at most 18\n\
         x[5]: 1e-30, a number of too many digits; expected at most 28 digits"
    );
    let apart = of(vec![Some(1e-18), Some(1e22)]).unwrap_err().to_string();
    let expected = "x[1]: a number of more than 128 bits at the 18 decimal places of the column; expected numbers of alike size in one column";
    assert_eq!(apart, expected);
    // Other arrays are what they were.
    let whole = FigureArray::with_floats(&Int64Array::from(vec![7]), "x", Floats::AsWritten).unwrap();
    assert_eq!(whole.figures().get(0), Some(Ratio::from(7)));
    assert!(FigureArray::with_floats(&BooleanArray::from(vec![true]), "x", Floats::AsWritten).is_err());
    let half = FigureArray::with_floats(&Float16Array::new_null(1), "x", Floats::AsWritten).unwrap_err().to_string();
    assert!(half.starts_with("x: Float16; expected integers or decimals"), "{half}");
}

#[test]
fn batches_of_floats_are_judged_as_their_decimals_are() {
    let target = || Arc::new(StringArray::from(vec!["online", "online"])) as ArrayRef;
    let of = |values: [f64; 2]| -> ArrayRef { Arc::new(Float64Array::from(values.to_vec())) };
    let floats = batch(target(), of([0.8, 0.7999]), of([1.0, 1.0]));
    let tenths = |values: [i64; 2]| -> ArrayRef {
        Arc::new(Decimal64Array::from(values.to_vec()).with_precision_and_scale(18, 4).unwrap())
    };
    let decimals = batch(target(), tenths([8000, 7999]), tenths([10_000, 10_000]));
    let written = NAMES.with_floats(Floats::AsWritten);
    let answers = evaluate_batch(&targets(), &floats, &written, &Output::ALL, &settings()).unwrap();
    assert_eq!(answers, ask(&decimals).unwrap());
    assert_eq!(answers["status"].as_dictionary::<Int8Type>().keys().values()[..], [Status::Met as i8, Status::Missed as i8]);
    let faults = evaluate_batch(&targets(), &floats, &NAMES, &[], &settings()).unwrap_err().to_string();
    assert_eq!(faults.lines().filter(|line| line.contains(": Float64; expected integers or decimals")).count(), 2);
    let nan = batch(target(), of([0.8, f64::NAN]), of([1.0, 1.0]));
    let batches = [Ok::<_, ArrowError>(floats), Ok(nan)];
    let targets = targets();
    let answers: Vec<_> = evaluate_batches(&targets, batches, written, &[], settings()).collect();
    assert!(answers[1].as_ref().unwrap_err().to_string().starts_with("handled[3]: NaN; expected a number"));
}

#[test]
fn columns_that_are_not_there_are_named() {
    let rows = Table::random(4, 3, 10).batch();
    let names = ColumnNames::quotients("targets", "handled", "whole").keeping(&["status", "unit"]);
    let faults = evaluate_batch(&targets(), &rows, &names, &[], &settings()).unwrap_err().to_string();
    assert_eq!(
        faults,
        "status: 'status' is kept, and is a column of the answers; expected another name in the batch\n\
         status: no column 'status'; expected one of 'target', 'handled', 'all'\n\
         targets: no column 'targets' (did you mean 'target'?); expected one of 'target', 'handled', 'all'\n\
         unit: no column 'unit'; expected one of 'target', 'handled', 'all'\n\
         whole: no column 'whole'; expected one of 'target', 'handled', 'all'"
    );
    let names = ColumnNames::amounts("target", "handled");
    let faults = evaluate_batch(&targets(), &rows, &names, &[], &settings()).unwrap_err().to_string();
    assert_eq!(faults, "denominators: no denominators; expected a column, since some rules are about quotients");
}

#[test]
fn columns_that_are_kept_stand_before_the_answers() {
    let rows = Table::random(5, 9, 10).batch();
    let kept = evaluate_batch(&targets(), &rows, &NAMES.keeping(&["all", "target"]), &[Output::Actual], &settings()).unwrap();
    let names: Vec<_> = kept.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, ["all", "target", "status", "actual"]);
    assert_eq!(kept["target"].as_ref(), rows["target"].as_ref());
}

#[test]
fn slices_are_judged_as_what_they_show() {
    let table = Table::random(6, 1300, 5000);
    let whole = table.batch();
    for (from, rows) in [(0, 1300), (1, 64), (7, 130), (8, 8), (63, 66), (64, 513), (129, 0), (1299, 1), (300, 1000)] {
        let cut = |column: &[Option<i64>]| column[from..from + rows].to_vec();
        let part = Table { codes: table.codes[from..from + rows].to_vec(), handled: cut(&table.handled), all: cut(&table.all) };
        assert_eq!(ask(&whole.slice(from, rows)).unwrap(), part.expected(), "{rows} rows from {from}");
    }
    // Of a dictionary the keys are cut, not the entries.
    let entries: ArrayRef = Arc::new(StringArray::from(vec!["on-paper", "on-time", "online"]));
    let keys = table.codes.iter().map(|code| Some(2 - *code as i32)).collect();
    let target: ArrayRef = Arc::new(DictionaryArray::<Int32Type>::new(keys, entries));
    let packed = batch(target, whole["handled"].clone(), whole["all"].clone());
    assert_eq!(ask(&packed.slice(65, 700)).unwrap(), ask(&whole.slice(65, 700)).unwrap());
}

/// The rows of many batches as one.
fn joined(batches: &[RecordBatch]) -> Vec<(i8, [Option<i128>; 7])> {
    let rows = batches.iter().flat_map(|batch| {
        let number = |output: Output, row: usize| {
            let column = &batch[output.code()];
            column.is_valid(row).then(|| match output.is_count() {
                true => column.as_primitive::<Int64Type>().value(row).into(),
                false => column.as_primitive::<Decimal128Type>().value(row),
            })
        };
        let status = batch["status"].as_dictionary::<Int8Type>().keys().values().to_vec();
        status.into_iter().enumerate().map(move |(row, status)| (status, Output::ALL.map(|output| number(output, row))))
    });
    rows.collect()
}

#[test]
fn a_stream_gives_the_same_whatever_the_size_of_its_batches() {
    let table = Table::random(7, 2100, 90_000);
    let (whole, expected) = (table.batch(), table.expected());
    let targets = targets();
    for size in [1, 7, 63, 512, 1000, 2100, 5000] {
        let parts = (0..whole.num_rows())
            .step_by(size)
            .map(|from| Ok::<_, ArrowError>(whole.slice(from, size.min(whole.num_rows() - from))));
        let answers: Result<Vec<_>, _> = evaluate_batches(&targets, parts, NAMES, &Output::ALL, settings()).collect();
        let answers = answers.unwrap();
        assert!(answers.iter().all(|batch| batch.schema() == expected.schema()));
        assert_eq!(joined(&answers), joined(std::slice::from_ref(&expected)), "batches of {size}");
    }
}

#[test]
fn long_batches_are_answered_in_parts_with_the_same_answers() {
    // More rows than are answered at a time, than a thread takes at a time, and no round number of them.
    let table = Table::random(9, 300_007, 5_000);
    let (whole, expected) = (table.batch(), joined(&[table.expected()]));
    let targets = targets();
    for parallel in [false, true] {
        let settings = Settings { parallel, ..settings() };
        let one = evaluate_batch(&targets, &whole, &NAMES, &Output::ALL, &settings).unwrap();
        let cut = [whole.slice(0, 70_001), whole.slice(70_001, 230_006)];
        let all = evaluate_all(&targets, &cut, &NAMES, &Output::ALL, &settings).unwrap();
        assert!(all.iter().all(|batch| batch.schema() == one.schema()));
        // Compared by what they hold, since so many rows are too many to be shown.
        assert!(joined(&[one]) == expected && joined(&all) == expected, "parallel: {parallel}");
    }
}

#[test]
fn rows_in_errors_are_counted_through_all_parts() {
    let mut table = Table::random(10, 300_007, 5_000);
    for row in [16_384, 262_143, 262_144, 300_006] {
        (table.handled[row], table.all[row]) = (Some(2), Some(1));
    }
    let targets = targets();
    for parallel in [false, true] {
        let settings = Settings { parallel, ..settings() };
        let wrong = evaluate_batch(&targets, &table.batch(), &NAMES, &Output::ALL, &settings).unwrap_err().to_string();
        let expected = [16_384, 262_143, 262_144, 300_006]
            .map(|row| format!("handled[{row}]: 2 of 1; expected 0 ≤ numerator ≤ denominator"));
        assert_eq!(wrong, expected.join("\n"));
    }
}

#[test]
fn rows_in_errors_are_counted_through_the_stream() {
    let good = || Table::random(8, 10, 100).batch();
    let bad = batch(
        Arc::new(StringArray::from(vec![Some("online"), None])),
        Arc::new(Int64Array::from(vec![2, 1])),
        Arc::new(Int64Array::from(vec![1, 1])),
    );
    let batches = [Ok(good()), Ok(good()), Ok(bad.clone()), Err("the disk is gone"), Ok(bad)];
    let targets = targets();
    let answers: Vec<_> = evaluate_batches(&targets, batches, NAMES, &[], settings()).collect();
    let text = |place: usize| answers[place].as_ref().unwrap_err();
    assert!(answers[0].is_ok() && answers[1].is_ok());
    let BatchError::Faulty(faults) = text(2) else { panic!("{:?}", text(2)) };
    assert_eq!(
        faults.to_string(),
        "handled[20]: 2 of 1; expected 0 ≤ numerator ≤ denominator\ntarget[21]: no id; expected one of 'online', 'on-time', 'on-paper'"
    );
    assert_eq!(*text(3), BatchError::Unread("the disk is gone"));
    let BatchError::Faulty(faults) = text(4) else { panic!("{:?}", text(4)) };
    assert!(faults.to_string().starts_with("handled[22]: 2 of 1"), "{faults}");
}

/// Rows of `online`, 4 of 5, in which those at the given places are 6 of 5.
fn all_of_five(rows: usize, impossible: impl Fn(usize) -> bool) -> RecordBatch {
    let handled: Int64Array = (0..rows).map(|row| Some(if impossible(row) { 6 } else { 4 })).collect();
    let target = StringArray::from(vec!["online"; rows]);
    batch(Arc::new(target), Arc::new(handled), Arc::new(Int64Array::from(vec![5; rows])))
}

#[test]
fn batches_judged_at_once_are_cut_and_their_rows_counted_through() {
    const PART: usize = 1 << 18;
    for parallel in [false, true] {
        let settings = Settings { parallel, ..settings() };
        let ask = |batches: &[RecordBatch]| evaluate_all(&targets(), batches, &NAMES, &[], &settings);
        let sizes = |batches: &[RecordBatch]| ask(batches).unwrap().iter().map(RecordBatch::num_rows).collect::<Vec<_>>();
        let (none, some) = (all_of_five(0, |_| false), all_of_five(PART + 2, |_| false));
        assert_eq!(sizes(&[]), [0; 0]);
        // A batch without rows has answers without rows.
        assert_eq!(sizes(&[none.clone(), some, none]), [0, PART, 2, 0]);
        // The last row of the first part, and the last one of the second.
        let odd = all_of_five(PART + 2, |row| row == PART - 1 || row == PART + 1);
        let faults = ask(&[all_of_five(10, |_| false), odd]).unwrap_err().to_string();
        let expected = [PART + 9, PART + 11].map(|row| format!("handled[{row}]: 6 of 5; expected 0 ≤ numerator ≤ denominator"));
        assert_eq!(faults, expected.join("\n"));
        // Of a thousand and one rows, 600 and 401, the last is not named; what a whole column lacks is named once.
        let bad = [all_of_five(600, |_| true), all_of_five(401, |_| true)];
        let faults = ask(&bad).unwrap_err();
        assert_eq!(faults.as_slice().len(), 1_000);
        assert!(faults.as_slice()[999].to_string().starts_with("handled[999]: "));
        let without = bad.map(|batch| batch.project(&[0, 1]).unwrap());
        let expected = "all: no column 'all'; expected one of 'target', 'handled'";
        assert_eq!(ask(&without).unwrap_err().to_string(), expected);
    }
}

#[test]
fn eight_ids_are_listed_and_nine_are_counted() {
    let names = ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8", "i9"];
    let told = |count: usize| {
        let ids = Ids::new(names.into_iter().take(count)).unwrap();
        CodeArray::new(&StringArray::from(vec!["somewhere"]), &ids, "unit").unwrap_err().to_string()
    };
    assert_eq!(told(8), "unit[0]: 'somewhere' is not known; expected one of 'a1', 'b2', 'c3', 'd4', 'e5', 'f6', 'g7', 'h8'");
    assert_eq!(told(9), "unit[0]: 'somewhere' is not known; expected one of 9 ids");
}

#[test]
fn an_answer_that_is_no_number_of_64_bits_is_named_with_its_output_and_row() {
    let table = TargetTable::new([("flow", Rule::new(Kind::Flow, Requirement::AtLeast(1.into())))]).unwrap();
    let columns: [(&str, ArrayRef); 2] = [
        ("target", Arc::new(StringArray::from(vec!["flow", "flow"]))),
        ("amount", Arc::new(Int64Array::from(vec![1, 10_000_000]))),
    ];
    let rows = RecordBatch::try_from_iter(columns).unwrap();
    let names = ColumnNames::amounts("target", "amount");
    let faults = evaluate_batch(&table, &rows, &names, &[Output::Actual], &Settings::default()).unwrap_err();
    assert!(faults.to_string().starts_with("actual[1]: "), "{faults}");
    // The largest that fits has a digit more than decimals of 64 bits.
    let rows = RecordBatch::try_from_iter([
        ("target", Arc::new(StringArray::from(vec!["flow"])) as ArrayRef),
        ("amount", Arc::new(Int64Array::from(vec![9_000_000]))),
    ]);
    let answers = evaluate_batch(&table, &rows.unwrap(), &names, &[Output::Actual], &Settings::default()).unwrap();
    let actual = answers["actual"].as_primitive::<Decimal128Type>();
    assert_eq!(actual.value_as_string(0), "9000000.000000000000");
    assert!(actual.validate_decimal_precision(19).is_ok());
}

#[test]
fn groups_of_a_roll_up_have_their_ids_and_no_figures_where_none_were_reported() {
    let units = Ids::new(["north", "south", "west"]).unwrap();
    let periods = Ids::new(["2024", "2025"]).unwrap();
    let column = |texts: [&str; 5], ids: &Ids| CodeArray::new(&StringArray::from(texts.to_vec()), ids, "x").unwrap();
    let of_units = column(["south", "north", "south", "west", "south"], &units);
    let of_periods = column(["2024", "2025", "2024", "2024", "2025"], &periods);
    let tenths = |values: [Option<i64>; 5]| {
        let array = Decimal64Array::from(values.to_vec()).with_precision_and_scale(18, 1).unwrap();
        FigureArray::new(&array, "x").unwrap()
    };
    let parts = tenths([Some(5), Some(10), Some(20), None, Some(1)]);
    let wholes = tenths([Some(10), Some(20), Some(30), Some(9), Some(1)]);
    let mut sums = RollUp::new(Kind::Share, vec![Key::new(3), Key::new(2)]).unwrap();
    let measures = Measures::Quotients { numerators: parts.figures(), denominators: wholes.figures() };
    sums.add(&Batch::new(&[of_units.codes(), of_periods.codes()], measures), &Settings::default()).unwrap();
    let groups = sums.finish().unwrap();
    let batch = groups.to_record_batch(&[("unit", &units), ("period", &periods)]).unwrap();
    let names: Vec<_> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, ["unit", "period", "numerator", "denominator", "reported", "missing"]);
    let texts = |name: &str| -> Vec<String> {
        let column = batch[name].as_dictionary::<Int32Type>().downcast_dict::<StringArray>().unwrap();
        column.into_iter().map(|text| text.unwrap().to_owned()).collect()
    };
    assert_eq!(texts("unit"), ["north", "south", "south", "west"]);
    assert_eq!(texts("period"), ["2025", "2024", "2025", "2024"]);
    let decimals = |name: &str| {
        let column = batch[name].as_primitive::<Decimal128Type>();
        assert_eq!(column.data_type(), &DataType::Decimal128(38, 1));
        column.iter().collect::<Vec<_>>()
    };
    assert_eq!(decimals("numerator"), [Some(10), Some(25), Some(1), None]);
    assert_eq!(decimals("denominator"), [Some(20), Some(40), Some(1), None]);
    assert_eq!(batch["reported"].as_primitive::<UInt64Type>().values()[..], [1, 2, 1, 0]);
    assert_eq!(batch["missing"].as_primitive::<UInt64Type>().values()[..], [0, 0, 0, 1]);

    let few = groups.to_record_batch(&[("unit", &units)]).unwrap_err().to_string();
    assert_eq!(few, "keys: 1 keys; expected 2, as there are in the roll-up");
    let wrong = groups.to_record_batch(&[("unit", &periods), ("period", &periods)]);
    assert!(wrong.is_err(), "west has no id");
}

#[test]
fn what_is_undefined_of_a_trajectory_is_null() {
    let rule = Rule::new(Kind::Share, Requirement::AtLeast(50.into())).with_baseline(Ratio::from(20));
    let courses = [Course::new(rule, 0, 100)];
    // 25 % and 30 % on the days 40 and 50; a series of which nothing is known.
    let (part, whole) = (Int64Array::from(vec![Some(50), Some(60), None, None]), Int64Array::from(vec![200; 4]));
    let (part, whole) = (FigureArray::new(&part, "part").unwrap(), FigureArray::new(&whole, "whole").unwrap());
    let series = Series::quotients(Codes::One(0), Days::Shared(&[40, 50]), part.figures(), whole.figures());
    let places = Settings { places: 2, ..Settings::default() };
    let answers = trajectory(&courses, &series, &[TrajectoryOutput::Pace, TrajectoryOutput::RequiredRate], &places).unwrap();
    let batch = answers.into_record_batch(&courses, 2).unwrap();
    let names: Vec<_> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(names, ["status", "projection", "pace", "required_rate"]);
    assert_eq!(batch["status"].as_dictionary::<Int8Type>().keys().values()[..], [Status::AtRisk as i8, Status::InProgress as i8]);
    // 5 points in 10 days, 50 days ahead; 10 of 15 points; 20 points in 50 days.
    assert_eq!(batch["projection"].as_ref(), &Float64Array::from(vec![Some(55.0), None]));
    let decimals = |name: &str| batch[name].as_primitive::<Decimal128Type>().iter().collect::<Vec<_>>();
    assert_eq!(decimals("pace"), [Some(67), None]);
    assert_eq!(decimals("required_rate"), [Some(14_610), None], "0.4 · 365.2425 = 146.097");
    let unit = |place: usize| batch.schema().field(place).metadata().get("unit").map(ToString::to_string);
    assert_eq!([1, 2, 3].map(unit), [Some("percent".to_owned()), None, Some("percentage points a year".to_owned())]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_bits_of_nulls_are_those_of_what_is_undefined(holes in proptest::collection::vec(any::<bool>(), 0..400)) {
        let targets = TargetTable::new([("flow", Rule::new(Kind::Flow, Requirement::AtLeast(5.into())))]).unwrap();
        let amounts: Vec<i64> = (0..).take(holes.len()).collect();
        let there: Vec<u8> =
            holes.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, hole| byte << 1 | u8::from(!hole))).collect();
        let figures = Figures::whole(&amounts).with_validity(Some(Validity::new(&there, 0)));
        let wanted = [Output::Actual, Output::Shortfall];
        let answers = evaluate(targets.rules(), &Rows::amounts(Codes::One(0), figures), &wanted, &settings()).unwrap();
        let shortfall = answers.column(Output::Shortfall).unwrap().to_vec();
        let batch = answers.into_record_batch(targets.rules(), 4).unwrap();
        let column = batch["shortfall"].as_primitive::<Decimal128Type>();
        prop_assert_eq!(column.null_count(), holes.iter().filter(|hole| **hole).count());
        for (row, value) in shortfall.into_iter().enumerate() {
            prop_assert_eq!(column.is_null(row), holes[row]);
            prop_assert_eq!(value == UNDEFINED, holes[row]);
            if !holes[row] {
                prop_assert_eq!(column.value(row), i128::from(value));
            }
        }
    }
}
