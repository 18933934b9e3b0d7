//! Sums by keys: by hand, against plain sums of fractions, and against what an assessment says of the parent.

use std::collections::BTreeMap;

use attain::columns::{
    Batch, Codes, Combination, Figures, Groups, InstructionSet, Key, LEFT_OUT, Measures, RollUp, Rule, Settings, Validity,
    evaluate, latest, periods_within, rank, units_at_depth, units_under,
};
use attain::number::Ratio;
use attain::plan::{Better, IndicatorDraft, Kind, PlanDraft, Requirement, TargetDraft};
use attain::time::{Cadence, Calendar, Period};
use attain::{AsOf, Facts, Faults, Plan, Status, assess};
use proptest::prelude::*;

use crate::support::{day, empty_plan, fact, figures, indicator, number, target, unit, valid};

fn quotients<'a>(numerators: &'a [i64], denominators: &'a [i64]) -> Measures<'a> {
    Measures::Quotients { numerators: Figures::whole(numerators), denominators: Figures::whole(denominators) }
}

fn sum(combination: impl Into<Combination>, keys: Vec<Key>, batch: &Batch<'_>) -> Result<Groups, Faults> {
    let mut sums = RollUp::new(combination, keys)?;
    sums.add(batch, &Settings::default())?;
    sums.finish()
}

fn column(figures: Figures<'_>) -> Vec<Option<Ratio>> {
    (0..figures.len()).map(|row| figures.get(row)).collect()
}

fn whole(values: &[i64]) -> Vec<Option<Ratio>> {
    values.iter().map(|value| Some(Ratio::from(*value))).collect()
}

/// What is wrong, a line a fault.
#[track_caller]
fn faults<T: std::fmt::Debug>(result: Result<T, Faults>) -> String {
    result.unwrap_err().to_string()
}

fn labels(labels: &[&str]) -> Vec<Period> {
    labels.iter().map(|label| Calendar::Gregorian.period(label).unwrap()).collect()
}

// ---------------------------------------------------------------------------------------------------------------- by hand

#[test]
fn shares_are_summed_never_averaged() {
    // 9 of 10 and 900 of 1000 are 909 of 1010, with a missing row beside them; 1 of 4 is alone.
    let units = [0, 1, 0, 2];
    let (n, d) = ([9, 900, 7, 1], [10, 1000, 0, 4]);
    let there = Validity::new(&[0b1011], 0);
    let denominators = Figures::whole(&d).with_validity(Some(there));
    let measures = Measures::Quotients { numerators: Figures::whole(&n), denominators };
    let keys = [Codes::Each(&units)];
    let groups = sum(Kind::Share, vec![Key::new(3).into_groups(vec![0, 0, 1], 2)], &Batch::new(&keys, measures)).unwrap();
    assert_eq!(groups.key(0), [0, 1]);
    assert_eq!(column(groups.numerators()), whole(&[909, 1]));
    assert_eq!(column(groups.denominators().unwrap()), whole(&[1010, 4]));
    assert_eq!((groups.reported(), groups.missing()), ([2, 1].as_slice(), [1, 0].as_slice()));
    let rules = [Rule::new(Kind::Share, Requirement::AtLeast(90.into()))];
    let answers = evaluate(&rules, &groups.rows(Codes::One(0)), &[], &Settings::default()).unwrap();
    assert_eq!(answers.status, [Status::Met, Status::Missed]); // 909/1010 is 90 % exactly
}

#[test]
fn a_group_without_figures_has_none() {
    let keys = [Codes::Each(&[0, 1])];
    let amounts = Figures::whole(&[5, 8]).with_validity(Some(Validity::new(&[0b10], 0)));
    let groups = sum(Kind::Flow, vec![Key::new(9)], &Batch::new(&keys, Measures::Amounts(amounts))).unwrap();
    assert_eq!(groups.key(0), [0, 1]);
    assert_eq!(column(groups.numerators()), [None, Some(Ratio::from(8))]);
    assert!(groups.denominators().is_none() && groups.not_due().is_none());
    let rules = [Rule::new(Kind::Flow, Requirement::AtLeast(0.into()))];
    let answers = evaluate(&rules, &groups.rows(Codes::One(0)), &[], &Settings::default()).unwrap();
    assert_eq!(answers.status, [Status::AwaitingData, Status::Met]);
}

#[test]
fn a_stock_is_the_latest_of_each_unit() {
    // Unit 0: March is missing, so February counts. Unit 1: of two that end with March the quarter counts.
    let periods = labels(&["2025-01", "2025-02", "2025-03", "2025-Q1"]);
    let keys = [Codes::Each(&[0, 0, 0, 1, 1]), Codes::Each(&[1, 0, 2, 2, 3])];
    let amounts = Figures::whole(&[50, 40, 0, 7, 9]).with_validity(Some(Validity::new(&[0b11011], 0)));
    let batch = Batch::new(&keys, Measures::Amounts(amounts));
    let both = vec![Key::new(2).combined(), Key::periods(&periods).combined()];
    let groups = sum(Kind::Stock, both, &batch).unwrap();
    assert_eq!(column(groups.numerators()), whole(&[59]));
    assert_eq!((groups.reported(), groups.missing()), ([4].as_slice(), [1].as_slice()));
    // By month: of the quarter's rows each period is its own group.
    let groups = sum(Kind::Stock, vec![Key::new(2).combined(), Key::periods(&periods)], &batch).unwrap();
    assert_eq!(groups.key(1), [0, 1, 2, 3]);
    assert_eq!(column(groups.numerators()), whole(&[40, 50, 7, 9]));
}

#[test]
fn open_cases_are_those_of_the_last_period() {
    let periods = labels(&["2025-01", "2025-02"]);
    let keys = [Codes::Each(&[0, 0, 1]), Codes::Each(&[1, 0, 0])];
    let [i, l, o, n] = [[10, 20, 5], [1, 2, 0], [3, 30, 1], [4, 40, 2]];
    let [in_time, late, overdue, not_due] = [&i, &l, &o, &n].map(|column| Figures::whole(column));
    let batch = Batch::new(&keys, Measures::Cases { in_time, late, overdue, not_due });
    let keys = || vec![Key::new(2).combined(), Key::periods(&periods).combined()];
    let groups = sum(Kind::OnTime, keys(), &batch).unwrap();
    assert_eq!(column(groups.numerators()), whole(&[35]));
    assert_eq!(column(groups.denominators().unwrap()), whole(&[35 + 3 + 3 + 1]));
    assert_eq!(column(groups.not_due().unwrap()), whole(&[4 + 2]));
    let groups = sum(Combination::from(Kind::OnTime).with_cohorts(), keys(), &batch).unwrap();
    assert_eq!(column(groups.denominators().unwrap()), whole(&[35 + 3 + 34]));
    assert_eq!(column(groups.not_due().unwrap()), whole(&[46]));
}

#[test]
fn an_index_needs_weights_over_units() {
    let periods = labels(&["2024", "2025"]);
    let over_units = || vec![Key::new(2).combined(), Key::periods(&periods).combined()];
    let text = faults(RollUp::new(Kind::Index, over_units()));
    assert_eq!(text, "keys[0]: an index added up over units; expected weights, or each unit on its own");
    let keys = [Codes::Each(&[0, 0, 1]), Codes::Each(&[0, 1, 1])];
    let scores = Figures::scaled(&[100, 705, 500], 1);
    let batch = Batch::new(&keys, Measures::Amounts(scores));
    let groups = sum(Kind::Index, vec![Key::new(2), Key::periods(&periods).combined()], &batch).unwrap();
    assert_eq!(column(groups.numerators()), [Ratio::new(705, 10), Ratio::new(500, 10)]);
    // (70.5·3 + 50·1)/4 = 65.375
    let batch = Batch::new(&keys, Measures::Weighted { scores, weights: Figures::whole(&[9, 3, 1]) });
    let groups = sum(Combination::from(Kind::Index).with_weights(), over_units(), &batch).unwrap();
    assert_eq!(column(groups.numerators()), [Ratio::new(2615, 10)]);
    assert_eq!(column(groups.denominators().unwrap()), whole(&[4]));
}

#[test]
fn sums_beyond_64_bits() {
    let (n, d) = ([i64::MAX, i64::MAX, 3, 0], [i64::MAX, i64::MAX, 4, i64::MAX]);
    let keys = [Codes::Each(&[0, 0, 1, 1])];
    let batch = Batch::new(&keys, quotients(&n, &d));
    let groups = sum(Kind::Share, vec![Key::new(2)], &batch).unwrap();
    let twice = Ratio::new(2 * i128::from(i64::MAX), 1);
    assert_eq!(column(groups.numerators()), [twice.clone(), Some(Ratio::from(3))]);
    assert_eq!(column(groups.denominators().unwrap()), [twice, Ratio::new(i128::from(i64::MAX) + 4, 1)]);
    let rules = [Rule::new(Kind::Share, Requirement::AtLeast(100.into()))];
    let answers = evaluate(&rules, &groups.rows(Codes::One(0)), &[], &Settings::default()).unwrap();
    assert_eq!(answers.status, [Status::Met, Status::Missed]);
    // The least number of 64 bits has a size that they do not hold.
    let keys = [Codes::One(0)];
    let groups =
        sum(Kind::Flow, vec![Key::new(1)], &Batch::new(&keys, Measures::Amounts(Figures::whole(&[i64::MIN, -1])))).unwrap();
    assert_eq!(column(groups.numerators()), [Ratio::new(i128::from(i64::MIN) - 1, 1)]);
    // Wide figures are added up too, up to 127 bits.
    let wide = [i128::MAX - 1, 1];
    let groups = sum(Kind::Flow, vec![Key::new(1)], &Batch::new(&keys, Measures::Amounts(Figures::wide(&wide, 0)))).unwrap();
    assert_eq!(column(groups.numerators()), [Ratio::new(i128::MAX, 1)]);
    let wide = [i128::MAX, 1];
    let text = faults(sum(Kind::Flow, vec![Key::new(1)], &Batch::new(&keys, Measures::Amounts(Figures::wide(&wide, 0)))));
    assert_eq!(text, "measures: figures whose sizes add up to more than 127 bits; expected sums of at most 127 bits");
}

#[test]
fn partial_sums_overflow_together() {
    let keys = [Codes::One(0)];
    let part = |value: i64| {
        let mut sums = RollUp::new(Kind::Flow, vec![Key::new(1)]).unwrap();
        sums.add(&Batch::new(&keys, Measures::Amounts(Figures::whole(&[value]))), &Settings::default()).unwrap();
        sums
    };
    let mut sums = part(i64::MAX);
    sums.merge(part(i64::MAX - 1)).unwrap();
    sums.merge(part(-5)).unwrap();
    assert_eq!(column(sums.finish().unwrap().numerators()), [Ratio::new(2 * i128::from(i64::MAX) - 6, 1)]);
}

#[test]
fn rows_that_do_not_count_are_not_looked_at() {
    // Row 1 is of a code without a group, row 2 is not to count; what they hold would be a fault.
    let (n, d) = ([1, 5, 7, 2], [2, 3, 1, 2]);
    let keys = [Codes::Each(&[0, 1, 0, 0])];
    let counts = [true, true, false, true];
    let batch = Batch::new(&keys, quotients(&n, &d)).counting(&counts);
    let groups = sum(Kind::Share, vec![Key::new(2).into_groups(vec![0, LEFT_OUT], 1)], &batch).unwrap();
    assert_eq!(column(groups.numerators()), whole(&[3]));
    assert_eq!(column(groups.denominators().unwrap()), whole(&[4]));
    assert_eq!((groups.len(), groups.reported(), groups.missing()), (1, [2].as_slice(), [0].as_slice()));
}

#[test]
fn codes_of_rows_that_do_not_count_are_not_looked_at() {
    // Row 1 is of units that are not there and does not count; row 3 does.
    let units = [0, 9, 1, 8];
    let keys = [Codes::Each(&units), Codes::Each(&units)];
    let amounts = Measures::Amounts(Figures::whole(&[1, 2, 4, 8]));
    let key = || vec![Key::new(2).into_groups(vec![0, 0], 1), Key::new(2)];
    let most = [true, false, true, false];
    let groups = sum(Kind::Flow, key(), &Batch::new(&keys, amounts).counting(&most)).unwrap();
    assert_eq!((groups.key(1), column(groups.numerators())), ([0, 1].as_slice(), whole(&[1, 4])));
    assert_eq!(latest(&key(), &Batch::new(&keys, amounts).counting(&most), &[5; 4], 5).unwrap(), most);
    let batch = Batch::new(&keys, amounts).counting(&[true, false, true, true]);
    let expected = "keys[0][3]: code 8; expected a code below 2\nkeys[1][3]: code 8; expected a code below 2";
    assert_eq!(faults(sum(Kind::Flow, key(), &batch)), expected);
    assert_eq!(faults(latest(&key(), &batch, &[5; 4], 5)), expected);
}

#[test]
fn units_of_a_stock_need_their_key() {
    let months = labels(&["2025-01"]);
    let posts = |amounts: &[i64], keys: Vec<Key>| {
        let codes = [Codes::One(0), Codes::Each(&[0, 1])];
        let batch = Batch::new(&codes[..keys.len()], Measures::Amounts(Figures::whole(amounts)));
        sum(Kind::Stock, keys, &batch).map(|groups| column(groups.numerators()))
    };
    let both = || vec![Key::periods(&months), Key::new(2).combined()];
    assert_eq!(posts(&[5, 5], both()).unwrap(), whole(&[10]));
    assert_eq!(posts(&[5, 6], both()).unwrap(), whole(&[11]));
    // Without it two units are one: what is the same is taken as said twice, as documented; what differs is refused.
    assert_eq!(posts(&[5, 5], vec![Key::periods(&months)]).unwrap(), whole(&[5]));
    assert!(faults(posts(&[5, 6], vec![Key::periods(&months)])).contains("two figures for the latest period"));
}

#[test]
fn few_groups_among_very_many() {
    // 10^12 groups are there to be had, three have rows: they are found by their numbers, and come in order.
    let keys = [Codes::Each(&[999_999, 0, 7, 999_999]), Codes::Each(&[999_999, 5, 1, 999_999])];
    let batch = Batch::new(&keys, Measures::Amounts(Figures::whole(&[1, 2, 3, 4])));
    let groups = sum(Kind::Flow, vec![Key::new(1_000_000), Key::new(1_000_000)], &batch).unwrap();
    assert_eq!(groups.key(0), [0, 7, 999_999]);
    assert_eq!(groups.key(1), [5, 1, 999_999]);
    assert_eq!(column(groups.numerators()), whole(&[2, 3, 5]));
}

#[test]
fn groups_that_become_many() {
    // 70,000 groups in batches of a hundred rows: first few among many, in the end nearly all.
    let codes: Vec<u32> = (0..69_000).map(|row| row * 37 % 69_000).collect();
    let amounts: Vec<i64> = codes.iter().map(|code| i64::from(code * 2)).collect();
    let mut sums = RollUp::new(Kind::Flow, vec![Key::new(70_000)]).unwrap();
    for (codes, amounts) in codes.chunks(100).zip(amounts.chunks(100)) {
        let keys = [Codes::Each(codes)];
        sums.add(&Batch::new(&keys, Measures::Amounts(Figures::whole(amounts))), &Settings::default()).unwrap();
    }
    let groups = sums.finish().unwrap();
    let keys = [Codes::Each(&codes)];
    let batch = Batch::new(&keys, Measures::Amounts(Figures::whole(&amounts)));
    assert_eq!(groups, sum(Kind::Flow, vec![Key::new(70_000)], &batch).unwrap());
    assert!(groups.key(0).iter().copied().eq(0..69_000));
    assert_eq!(groups.numerators().get(68_999), Some(Ratio::from(2 * 68_999)));
}

#[test]
fn no_row_no_group() {
    let sums = RollUp::new(Kind::Share, vec![Key::new(3)]).unwrap();
    assert!(sums.finish().unwrap().is_empty());
    let keys = [Codes::Each(&[])];
    assert!(sum(Kind::Share, vec![Key::new(0)], &Batch::new(&keys, quotients(&[], &[]))).unwrap().is_empty());
}

// --------------------------------------------------------------------------------------------------------------- bad input

#[test]
fn every_bad_row_is_named() {
    let keys = [Codes::Each(&[0, 3, 1, 1])];
    let batch = Batch::new(&keys, quotients(&[5, 1, -1, 1], &[4, 1, 1, 1]));
    let text = faults(sum(Kind::Share, vec![Key::new(3)], &batch));
    let expected = [
        "keys[0][1]: code 3; expected a code below 3",
        "numerators[0]: numerators 5, denominators 4; expected 0 ≤ numerator ≤ denominator",
        "numerators[2]: numerators -1, denominators 1; expected 0 ≤ numerator ≤ denominator",
    ];
    assert_eq!(text, expected.join("\n"));
    let text = faults(sum(Kind::Share, vec![Key::new(4)], &Batch::new(&keys, quotients(&[5, 1, 0, 1], &[4, 1, 1, 1]))));
    assert_eq!(text, expected[1]);
    let text = faults(sum(Kind::Ratio, vec![Key::new(4)], &Batch::new(&keys, quotients(&[5, 1, -1, 1], &[4, 1, -2, 1]))));
    assert_eq!(text, "denominators[2]: numerators -1, denominators -2; expected a denominator of at least 0");
}

#[test]
fn columns_that_do_not_fit() {
    let mut sums = RollUp::new(Kind::Share, vec![Key::new(3)]).unwrap();
    let settings = Settings::default();
    let keys = [Codes::Each(&[0])];
    let text = faults(sums.add(&Batch::new(&keys, quotients(&[1, 1], &[2])), &settings));
    assert_eq!(text, "denominators: 1 rows; expected 2, as there are figures\nkeys[0]: 1 rows; expected 2, as there are figures");
    let text = faults(sums.add(&Batch::new(&[], Measures::Amounts(Figures::whole(&[1]))), &settings));
    assert_eq!(
        text,
        "keys: 0 columns; expected 1, as there are keys\nmeasures: amounts; expected numerators, denominators, the columns of a share"
    );
    let tenths = Measures::Quotients { numerators: Figures::scaled(&[1], 1), denominators: Figures::whole(&[2]) };
    assert!(faults(sums.add(&Batch::new(&keys, tenths), &settings)).contains("0 decimal places; expected 1"));
    sums.add(&Batch::new(&keys, quotients(&[1], &[2])), &settings).unwrap();
    let tenths = Measures::Quotients { numerators: Figures::scaled(&[1], 1), denominators: Figures::scaled(&[2], 1) };
    assert!(faults(sums.add(&Batch::new(&keys, tenths), &settings)).contains("1 decimal places"));
    let other = RollUp::new(Kind::Ratio, vec![Key::new(3)]).unwrap();
    assert!(faults(sums.merge(other)).contains("partial sums by other keys, kinds or decimal places"));
}

#[test]
fn places_that_are_too_many() {
    let periods = labels(&["2025"]);
    let keys = [Codes::One(0), Codes::One(0)];
    let index = |scores: u32, weights: u32| {
        let measures = Measures::Weighted { scores: Figures::scaled(&[7], scores), weights: Figures::scaled(&[2], weights) };
        let key = vec![Key::new(1).combined(), Key::periods(&periods)];
        sum(Combination::from(Kind::Index).with_weights(), key, &Batch::new(&keys, measures))
    };
    assert_eq!(faults(index(20, 20)), "weights: 40 decimal places, with those of the scores; expected at most 28");
    assert_eq!(faults(index(15, 14)), "weights: 29 decimal places, with those of the scores; expected at most 28");
    let product = index(14, 14).unwrap();
    assert_eq!(product.numerators().get(0), Ratio::new(14, 10_i128.pow(28)));
    assert_eq!(
        faults(index(29, 0)),
        "scores: 29 decimal places; expected at most 28\nweights: 29 decimal places, with those of the scores; expected at most 28"
    );
    // Adding them up would overflow what counts places.
    assert!(faults(index(u32::MAX, 1)).contains("weights: 4294967295 decimal places"));
    let shares = |places: u32| {
        let (numerators, denominators) = (Figures::scaled(&[1], places), Figures::scaled(&[2], places));
        sum(Kind::Share, vec![Key::new(1)], &Batch::new(&keys[..1], Measures::Quotients { numerators, denominators }))
    };
    assert_eq!(shares(28).unwrap().denominators().unwrap().get(0), Ratio::new(2, 10_i128.pow(28)));
    let expected = "denominators: 29 decimal places; expected at most 28\nnumerators: 29 decimal places; expected at most 28";
    assert_eq!(faults(shares(29)), expected);
    let ranked = |places: u32| {
        let denominators = Figures::wide(&[i128::MAX, i128::MAX - 1], places);
        let numerators = Figures::wide(&[1, 1], places);
        rank(numerators, Some(denominators), Codes::One(0), &[Some(Better::Higher)], &Settings::default())
    };
    assert_eq!(ranked(28).unwrap(), [2, 1]);
    assert_eq!(faults(ranked(29)), expected);
}

#[test]
fn keys_that_can_not_be() {
    let text = faults(RollUp::new(
        Kind::Flow,
        vec![Key::new(2), Key::new(2).into_groups(vec![0, 1], 1), Key::new(2).into_groups(vec![0], 1)],
    ));
    let expected =
        ["keys[1].map[1]: group 1; expected a group below 1", "keys[2].map: 1 entries; expected 2, as there are codes"];
    assert_eq!(text, expected.join("\n"));
    let many = vec![Key::new(u32::MAX), Key::new(u32::MAX), Key::new(u32::MAX)];
    assert!(faults(RollUp::new(Kind::Flow, many)).contains("fewer than 2^64"));
    assert!(faults(RollUp::new(Kind::Stock, vec![Key::new(2)])).contains("no key of periods, of which a stock has the latest"));
    assert!(faults(RollUp::new(Kind::Deliverable, Vec::new())).contains("deliverable"));
}

#[test]
fn two_levels_of_one_day() {
    let periods = labels(&["2025-01", "2025-02"]);
    let key = || vec![Key::new(1).combined(), Key::periods(&periods).combined()];
    let row = |month: u32, amount: i64| {
        let mut sums = RollUp::new(Kind::Stock, key()).unwrap();
        let (months, amounts) = ([month], [amount]);
        let keys = [Codes::One(0), Codes::Each(&months)];
        sums.add(&Batch::new(&keys, Measures::Amounts(Figures::whole(&amounts))), &Settings::default()).unwrap();
        sums
    };
    let mut sums = row(0, 5);
    sums.merge(row(0, 5)).unwrap();
    assert_eq!(column(sums.finish().unwrap().numerators()), whole(&[5])); // said twice
    sums.merge(row(0, 6)).unwrap();
    let text = faults(sums.finish());
    assert_eq!(
        text,
        "series: two figures for the latest period of the series with the codes [0, 0]; expected one figure of a period"
    );
    sums.merge(row(1, 7)).unwrap();
    assert_eq!(column(sums.finish().unwrap().numerators()), whole(&[7])); // what came before no longer counts
}

// -------------------------------------------------------------------------------------------------- which record counts

#[test]
fn the_latest_record_known_counts() {
    let keys = [Codes::Each(&[0, 0, 0, 1, 0])];
    let key = [Key::new(2)];
    let amounts = Figures::whole(&[10, 12, 13, 7, 12]).with_validity(Some(Validity::new(&[0b11011], 0)));
    let batch = Batch::new(&keys, Measures::Amounts(amounts));
    let recorded = [100, 160, 200, 90, 160];
    let known_on = |day: i32| latest(&key, &batch, &recorded, day).unwrap();
    assert_eq!(known_on(89), [false, false, false, false, false]);
    assert_eq!(known_on(100), [true, false, false, true, false]);
    assert_eq!(known_on(199), [false, true, false, true, false]); // said twice on one day: once
    assert_eq!(known_on(200), [false, false, true, true, false]); // withdrawn: known to be missing
    let counts = known_on(200);
    let groups = sum(Kind::Flow, key.to_vec(), &batch.counting(&counts)).unwrap();
    assert_eq!(column(groups.numerators()), [None, Some(Ratio::from(7))]);
}

#[test]
fn records_of_one_day_agree() {
    let keys = [Codes::Each(&[0, 0, 1, 0])];
    let batch = Batch::new(&keys, quotients(&[1, 1, 1, 2], &[5, 5, 5, 5]));
    // The conflict is refused though a later record takes its place, and though it is not known yet.
    for known_on in [0, 50, 99] {
        let text = faults(latest(&[Key::new(2)], &batch, &[10, 60, 10, 10], known_on));
        assert_eq!(text, "rows[3]: recorded on the same day as row 0, with other figures; expected one record a day");
    }
    let keys = [Codes::One(0)];
    let text = faults(latest(&[Key::new(1)], &Batch::new(&keys, quotients(&[1, 1], &[5, 6])), &[10, 10], 10));
    assert_eq!(text, "rows[1]: recorded on the same day as row 0, with other figures; expected one record a day");
    let keys = [Codes::Each(&[0, 0, 1, 0])];
    let batch = Batch::new(&keys, quotients(&[1, 1, 1, 2], &[5, 5, 5, 5]));
    let text = faults(latest(&[Key::new(1)], &batch, &[10], 5));
    assert_eq!(text, "recorded_on: 1 rows; expected 4, as there are figures");
    assert_eq!(faults(latest(&[Key::new(1)], &batch, &[10; 4], 5)), "keys[0][2]: code 1; expected a code below 1");
}

#[test]
fn a_thousand_faults_are_named() {
    let codes = vec![7_u32; 5_000];
    let keys = [Codes::Each(&codes), Codes::Each(&codes)];
    let zeros = vec![0; 5_000];
    let batch = Batch::new(&keys, Measures::Amounts(Figures::whole(&zeros)));
    let key = || vec![Key::new(2), Key::new(2)];
    let text = faults(latest(&key(), &batch, &vec![5; 5_000], 5));
    assert_eq!(text.lines().count(), 1_000);
    assert!(text.starts_with("keys[0][0]: code 7") && text.contains("keys[1][499]: code 7"), "the first ones");
    assert_eq!(text, faults(sum(Kind::Flow, key(), &batch)));
}

// ------------------------------------------------------------------------------------------------------------------- maps

fn tree() -> Plan {
    let units =
        [("office", None), ("north", Some("office")), ("south", Some("office")), ("a", Some("north")), ("b", Some("north"))];
    let units = units.into_iter().chain([("c", Some("south")), ("alone", Some("office"))]);
    let share = indicator("online", Kind::Share);
    valid(PlanDraft {
        units: units.map(|(id, parent)| unit(id, parent)).collect(),
        indicators: vec![share],
        targets: vec![TargetDraft { at_least: Some(number("50")), ..target("online", "online", "2025") }],
        ..empty_plan()
    })
}

#[test]
fn units_go_to_what_is_above_them() {
    let plan = tree();
    let ids: Vec<&str> = plan.units().iter().map(|unit| unit.id()).collect();
    assert_eq!(ids, ["office", "north", "south", "a", "b", "c", "alone"]);
    let out = LEFT_OUT;
    assert_eq!(units_at_depth(&plan, 0), [out, out, out, 0, 0, 0, 0]);
    assert_eq!(units_at_depth(&plan, 1), [out, out, out, 1, 1, 2, 6]);
    assert_eq!(units_at_depth(&plan, 2), [out, out, out, 3, 4, 5, 6]);
    assert_eq!(units_at_depth(&plan, 9), [out, out, out, 3, 4, 5, 6]);
    assert_eq!(units_under(&plan, &["south", "north"]).unwrap(), [out, out, out, 1, 1, 0, out]);
    assert_eq!(units_under(&plan, &["office", "b"]).unwrap(), [out, out, out, 0, 1, 0, 0]);
    assert_eq!(faults(units_under(&plan, &["a", "nowhere"])), "parents[1]: unit \"nowhere\"; expected a unit of the plan");
}

// ------------------------------------------------------------------------------------------------------------------ ranks

#[test]
fn the_best_come_first_and_ties_share_a_place() {
    let (n, d) = ([1, 2, 3, 1, 0, 1, 5], [2, 4, 4, 3, 0, 2, 1]);
    let (numerators, denominators) = (Figures::whole(&n), Some(Figures::whole(&d)));
    let settings = Settings::default();
    let place = |better| rank(numerators, denominators, Codes::One(0), &[better], &settings).unwrap();
    assert_eq!(place(Some(Better::Higher)), [3, 3, 2, 6, 0, 3, 1]);
    assert_eq!(place(Some(Better::Lower)), [2, 2, 5, 1, 0, 2, 6]);
    assert_eq!(place(None), [0; 7]);
    let partitions = Codes::Each(&[0, 1, 1, 0, 1, 2, 2]);
    let better = [Some(Better::Lower), Some(Better::Higher), None];
    assert_eq!(rank(numerators, denominators, partitions, &better, &settings).unwrap(), [2, 2, 1, 1, 0, 0, 0]);
    let text = faults(rank(numerators, denominators, partitions, &better[..2], &settings));
    assert_eq!(
        text,
        "partitions[5]: partition 2; expected one of 2, from 0\npartitions[6]: partition 2; expected one of 2, from 0"
    );
}

#[cfg(feature = "parallel")]
#[test]
fn one_large_partition_on_several_threads() {
    // 100,000 rows, a hundred each of 0/1000 to 999/1000: before v/1000 come the hundreds of all that are higher.
    let values: Vec<i64> = (0..100_000).map(|row| row * 7_919 % 1_000).collect();
    let thousands = vec![1_000; values.len()];
    let expected: Vec<u32> = values.iter().map(|value| u32::try_from(1 + 100 * (999 - value)).unwrap()).collect();
    let (wide, wide_thousands): (Vec<i128>, Vec<i128>) = values.iter().map(|value| (i128::from(*value), 1_000)).unzip();
    let higher = [Some(Better::Higher)];
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        for parallel in [false, true] {
            let settings = Settings { parallel, ..Settings::default() };
            let places = |numerators, denominators| {
                pool.install(|| rank(numerators, denominators, Codes::One(0), &higher, &settings)).unwrap()
            };
            let narrow = Figures::whole(&values);
            assert!(places(narrow, Some(Figures::whole(&thousands))) == expected, "{threads} {parallel}");
            assert!(places(narrow, None) == expected, "amounts {threads} {parallel}");
            // What has no keys of 64 bits is compared exactly.
            assert!(places(Figures::wide(&wide, 0), Some(Figures::wide(&wide_thousands, 0))) == expected, "{threads} {parallel}");
        }
    }
}

#[test]
fn quotients_that_floats_can_not_tell_apart() {
    // (2^53 − 1)/2^53 < (2^62 − 1)/2^62 < 1, and both amounts beyond 2^53 are the same float.
    let (n, d) = ([(1 << 53) - 1, (1 << 62) - 1, 1], [1 << 53, 1 << 62, 1]);
    let settings = Settings::default();
    let higher = [Some(Better::Higher)];
    let places = rank(Figures::whole(&n), Some(Figures::whole(&d)), Codes::One(0), &higher, &settings).unwrap();
    assert_eq!(places, [3, 2, 1]);
    // 1 + 1/2^53 > 1 + 1/(2^53 + 1), though as floats they are 1 and 1 + 1/2^52.
    let (n, d) = ([(1 << 53) + 1, (1 << 53) + 2], [1 << 53, (1 << 53) + 1]);
    assert_eq!(rank(Figures::whole(&n), Some(Figures::whole(&d)), Codes::One(0), &higher, &settings).unwrap(), [1, 2]);
    let amounts = [(1 << 60) + 1, 1 << 60, -1, (1 << 60) + 1, i64::MIN];
    let places = rank(Figures::whole(&amounts), None, Codes::One(0), &higher, &settings).unwrap();
    assert_eq!(places, [1, 3, 4, 1, 5]);
    let wide = [i128::MAX, i128::MAX - 1, 0];
    let places =
        rank(Figures::wide(&wide, 0), Some(Figures::wide(&[i128::MAX - 1, i128::MAX, 0], 0)), Codes::One(0), &higher, &settings);
    assert_eq!(places.unwrap(), [1, 2, 0]);
    let places = rank(Figures::wide(&wide, 0), None, Codes::One(0), &[Some(Better::Lower)], &settings).unwrap();
    assert_eq!(places, [3, 2, 1]);
}

#[test]
fn rules_say_which_way_is_better() {
    let better = |requirement| Rule::new(Kind::Share, requirement).better();
    assert_eq!(better(Requirement::Above(5.into())), Some(Better::Higher));
    assert_eq!(better(Requirement::AtMost(5.into())), Some(Better::Lower));
    assert_eq!(better(Requirement::Improve(Better::Lower)), Some(Better::Lower));
    assert_eq!(better(Requirement::Between(5.into(), 6.into())), None);
}

// ------------------------------------------------------------------------------------------------------- against plain sums

/// Rows: unit, target, numerator, and what the denominator has more; missing now and then.
#[derive(Clone, Debug)]
struct Rows {
    units: Vec<u32>,
    targets: Vec<u32>,
    n: Vec<i64>,
    d: Vec<i64>,
    there: Vec<u8>,
    counts: Vec<bool>,
}

/// By target and region: numerator and denominator, and the rows with figures and without.
type Plain = BTreeMap<(u32, u32), (Option<(Ratio, Ratio)>, u64, u64)>;

const UNITS: u32 = 6;
const TARGETS: u32 = 4;
/// Two regions; the last unit belongs to none.
const REGIONS: [u32; 6] = [0, 1, 0, 1, 1, LEFT_OUT];

impl Rows {
    fn of(rows: &[(u32, u32, i64, i64, bool, bool)]) -> Self {
        let mut there = vec![0; rows.len().div_ceil(8)];
        for (place, row) in rows.iter().enumerate() {
            there[place / 8] |= u8::from(row.4) << (place % 8);
        }
        Self {
            units: rows.iter().map(|row| row.0).collect(),
            targets: rows.iter().map(|row| row.1).collect(),
            n: rows.iter().map(|row| row.2).collect(),
            d: rows.iter().map(|row| row.2.saturating_add(row.3)).collect(),
            there,
            counts: rows.iter().map(|row| row.5).collect(),
        }
    }

    /// All rows from one to before another, added to a sum.
    fn add(&self, from: usize, end: usize, sums: &mut RollUp, settings: &Settings) {
        let keys = [Codes::Each(&self.targets[from..end]), Codes::Each(&self.units[from..end])];
        let numerators = Figures::whole(&self.n[from..end]).with_validity(Some(Validity::new(&self.there, from)));
        let measures = Measures::Quotients { numerators, denominators: Figures::whole(&self.d[from..end]) };
        sums.add(&Batch::new(&keys, measures).counting(&self.counts[from..end]), settings).unwrap();
    }

    fn keys(&self, is_wide: bool) -> Vec<Key> {
        // Very many codes that no row has make the groups sparse.
        let targets = if is_wide { Key::new(1_000_000_000) } else { Key::new(TARGETS) };
        vec![targets, Key::new(UNITS).into_groups(REGIONS.to_vec(), 2)]
    }

    fn summed(&self, is_wide: bool, settings: &Settings) -> Groups {
        let mut sums = RollUp::new(Kind::Share, self.keys(is_wide)).unwrap();
        self.add(0, self.n.len(), &mut sums, settings);
        sums.finish().unwrap()
    }

    /// The sums one row after the other.
    fn plainly(&self) -> Plain {
        let mut groups = BTreeMap::new();
        for row in (0..self.n.len()).filter(|row| self.counts[*row]) {
            let region = REGIONS[self.units[row] as usize];
            if region == LEFT_OUT {
                continue;
            }
            let (sums, reported, missing) = groups.entry((self.targets[row], region)).or_insert((None, 0, 0));
            if self.there[row / 8] >> (row % 8) & 1 == 0 {
                *missing += 1;
                continue;
            }
            *reported += 1;
            let (n, d) = sums.get_or_insert((Ratio::ZERO, Ratio::ZERO));
            *n = &*n + Ratio::from(self.n[row]);
            *d = &*d + Ratio::from(self.d[row]);
        }
        groups
    }
}

type Row = (u32, u32, i64, i64, bool, bool);

fn rows(most: i64, count: usize) -> impl Strategy<Value = Vec<Row>> {
    let row = (0..UNITS, 0..TARGETS, 0..=most, 0..=most, prop::bool::weighted(0.8), prop::bool::weighted(0.9));
    prop::collection::vec(row, 0..count)
}

fn as_map(groups: &Groups) -> Plain {
    let sums = |row: usize| groups.numerators().get(row).zip(groups.denominators().unwrap().get(row));
    let group =
        |row: usize| ((groups.key(0)[row], groups.key(1)[row]), (sums(row), groups.reported()[row], groups.missing()[row]));
    (0..groups.len()).map(group).collect()
}

proptest! {
    #[test]
    fn sums_are_the_plain_ones(small in rows(9, 60), large in rows(i64::MAX / 2, 20), is_wide: bool) {
        for given in [small, large] {
            let given = Rows::of(&given);
            for set in InstructionSet::all() {
                let groups = given.summed(is_wide, &Settings { instruction_set: set, ..Settings::default() });
                prop_assert_eq!(as_map(&groups), given.plainly());
                let keys: Vec<_> = groups.key(0).iter().zip(groups.key(1)).collect();
                prop_assert!(keys.is_sorted(), "groups come in the order of their keys");
            }
        }
    }

    #[test]
    fn the_latest_record_is_the_plainly_latest(
        // What a record is about, its day, what it says, and whether the batch counts it.
        records in prop::collection::vec((0_u32..6, 0_i32..5, prop::bool::weighted(0.05), prop::bool::weighted(0.9)), 0..40),
        known_on in 0_i32..5,
        is_sparse: bool,
    ) {
        let codes: Vec<u32> = records.iter().map(|(code, ..)| if is_sparse { code * 800_000_000 } else { *code }).collect();
        let days: Vec<i32> = records.iter().map(|(_, day, ..)| *day).collect();
        let amounts: Vec<i64> = records.iter().map(|(_, _, is_other, _)| (*is_other).into()).collect();
        let of_batch: Vec<bool> = records.iter().map(|(.., counts)| *counts).collect();
        let keys = [Codes::Each(&codes)];
        let batch = Batch::new(&keys, Measures::Amounts(Figures::whole(&amounts))).counting(&of_batch);
        let space = if is_sparse { u32::MAX } else { 6 };
        // Each row beside all others, as the documentation says it.
        let same_day = |row: usize, other: usize| of_batch[other] && codes[other] == codes[row] && days[other] == days[row];
        let first_of_day = |row: usize| (0..row).find(|other| same_day(row, *other));
        let differs = |row: usize| of_batch[row] && first_of_day(row).is_some_and(|first| amounts[first] != amounts[row]);
        let conflicting: Vec<usize> = (0..codes.len()).filter(|row| differs(*row)).collect();
        let expected = |row: usize| {
            let is_beaten = |other: usize| of_batch[other] && codes[other] == codes[row] && days[other] <= known_on && days[other] > days[row];
            of_batch[row] && days[row] <= known_on && first_of_day(row).is_none() && !(0..codes.len()).any(is_beaten)
        };
        match latest(&[Key::new(space)], &batch, &days, known_on) {
            Ok(counts) => {
                prop_assert_eq!(counts, (0..codes.len()).map(expected).collect::<Vec<_>>());
                prop_assert_eq!(conflicting, [0; 0]);
            }
            Err(faults) => {
                let named: Vec<String> = faults.as_slice().iter().map(|fault| fault.path.to_string()).collect();
                prop_assert_eq!(named, conflicting.iter().map(|row| format!("rows[{row}]")).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn batches_and_merges_in_any_order_say_the_same(
        given in rows(i64::MAX / 16, 60),
        mut cuts in prop::collection::vec(0_usize..60, 0..5),
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        is_wide: bool,
    ) {
        let settings = Settings::default();
        let given = Rows::of(&given);
        let whole = given.summed(is_wide, &settings);
        cuts.extend([0, given.n.len()]);
        cuts.iter_mut().for_each(|cut| *cut = (*cut).min(given.n.len()));
        cuts.sort_unstable();
        // One after the other, the last batch first.
        let mut sums = RollUp::new(Kind::Share, given.keys(is_wide)).unwrap();
        for pair in cuts.windows(2).rev() {
            given.add(pair[0], pair[1], &mut sums, &settings);
        }
        prop_assert_eq!(&sums.finish().unwrap(), &whole);
        // Each by itself, merged in any order; into groups that were used before.
        let mut sums = RollUp::new(Kind::Share, given.keys(is_wide)).unwrap();
        for place in order {
            if let Some(pair) = cuts.windows(2).nth(place) {
                let mut part = RollUp::new(Kind::Share, given.keys(is_wide)).unwrap();
                given.add(pair[0], pair[1], &mut part, &settings);
                sums.merge(part).unwrap();
            }
        }
        let mut groups = whole.clone();
        sums.finish_into(&mut groups).unwrap();
        prop_assert_eq!(&groups, &whole);
    }

    #[test]
    fn places_are_those_of_exact_quotients(
        n in prop::collection::vec(prop_oneof![-3_i64..9, Just(i64::MAX), Just(i64::MIN), Just(1 << 53)], 30),
        d in prop::collection::vec(prop_oneof![0_i64..5, Just(i64::MAX), Just((1 << 53) + 1)], 30),
        partitions in prop::collection::vec(0_u32..3, 30),
        is_small: bool,
    ) {
        let (n, d) = if is_small { (n.iter().map(|n| n % 9).collect(), d.iter().map(|d| d % 5).collect()) } else { (n, d) };
        let better = [Some(Better::Higher), Some(Better::Lower), Some(Better::Higher)];
        let codes = Codes::Each(&partitions);
        let places = rank(Figures::whole(&n), Some(Figures::whole(&d)), codes, &better, &Settings::default()).unwrap();
        let quotient = |row: usize| Ratio::new(n[row].into(), d[row].into()).filter(|_| d[row] > 0);
        for row in 0..n.len() {
            let is_better = |other: &usize| match (quotient(*other), quotient(row)) {
                (Some(other), Some(own)) => if partitions[row] == 1 { other < own } else { other > own },
                _ => false,
            };
            let before = (0..n.len()).filter(|other| partitions[*other] == partitions[row]).filter(is_better).count();
            let expected = if quotient(row).is_some() { before + 1 } else { 0 };
            prop_assert_eq!(places[row] as usize, expected);
        }
    }
}

/// Enough rows that several threads and many blocks share them, in runs of one group and in between.
fn many(is_sorted: bool) -> Rows {
    let row = |place: u32| {
        let place = if is_sorted { place } else { u32::try_from(u64::from(place) * 48_271 % 300_000).unwrap() };
        let mixed = (place ^ 0x9E37).wrapping_mul(0x85EB_CA6B);
        let (n, more) = (i64::from(mixed >> 22), i64::from(mixed & 255));
        (place / 25 % UNITS, place / 75_000, n, more, !mixed.is_multiple_of(7919), !mixed.is_multiple_of(6007))
    };
    Rows::of(&(0..300_000).map(row).collect::<Vec<_>>())
}

#[test]
fn many_rows_sorted_and_shuffled() {
    let sorted = many(true);
    let groups = sorted.summed(false, &Settings::default());
    assert_eq!(as_map(&groups), sorted.plainly());
    assert_eq!(groups.len(), 8);
    assert!(groups.missing().iter().any(|missing| *missing > 0));
    assert_eq!(many(false).summed(false, &Settings::default()), groups);
    for is_wide in [false, true] {
        for set in InstructionSet::all() {
            let settings = Settings { instruction_set: set, ..Settings::default() };
            assert_eq!(many(false).summed(is_wide, &settings), groups, "{set:?}");
        }
    }
}

#[cfg(feature = "parallel")]
#[test]
fn any_number_of_threads_says_the_same() {
    let (sorted, shuffled) = (many(true), many(false));
    let expected = sorted.summed(false, &Settings::default());
    let settings = Settings { parallel: true, ..Settings::default() };
    let better = vec![Some(Better::Higher); TARGETS as usize];
    let ranked = |settings: &Settings| {
        let codes = Codes::Each(&sorted.targets);
        rank(Figures::whole(&sorted.n), Some(Figures::whole(&sorted.d)), codes, &better, settings).unwrap()
    };
    let places = ranked(&Settings::default());
    for threads in [1, 2, 3, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            for is_wide in [false, true] {
                assert_eq!(sorted.summed(is_wide, &settings), expected, "{threads} threads");
                assert_eq!(shuffled.summed(is_wide, &settings), expected, "{threads} threads");
            }
            assert!(ranked(&settings) == places, "{threads} threads rank otherwise");
        });
        // Faults too.
        let mut wrong = sorted.clone();
        (wrong.n[299_999], wrong.n[70_000], wrong.units[200_000]) = (i64::MAX, -1, 77);
        let add = |settings: &Settings| {
            let keys = [Codes::Each(&wrong.targets), Codes::Each(&wrong.units)];
            let batch = Batch::new(&keys, quotients(&wrong.n, &wrong.d));
            faults(RollUp::new(Kind::Share, wrong.keys(false)).unwrap().add(&batch, settings))
        };
        assert_eq!(pool.install(|| add(&settings)), add(&Settings::default()));
    }
}

// ------------------------------------------------------------------------------------------- blocks that are plain or not

/// What a block of 1,024 rows holds beside the plain rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Plain,
    /// A row whose code belongs to no group, with figures that no other row could have.
    LeftOut,
    /// A row without figures.
    Missing,
    /// Rows whose sizes together need more than 64 bits.
    Large,
    /// A code that is not there, whose number would be that of another group.
    UnknownCode,
    /// A part that is more than its whole.
    Impossible,
}

const BLOCKS: [Block; 6] = [Block::Plain, Block::LeftOut, Block::Missing, Block::Large, Block::UnknownCode, Block::Impossible];

/// Rows of blocks: codes of seven units and four targets, figures.
struct Blocks {
    units: Vec<u32>,
    targets: Vec<u32>,
    n: Vec<i64>,
    d: Vec<i64>,
    there: Vec<u8>,
}

/// Two regions, the seventh unit in none.
const OF_UNITS: [u32; 7] = [1, 0, 1, 0, 1, 1, LEFT_OUT];
/// The second of two groups comes first.
const OF_TARGETS: [u32; 4] = [1, 0, 1, 1];

impl Blocks {
    fn new(blocks: &[Block]) -> Self {
        let mut rows = Self { units: Vec::new(), targets: Vec::new(), n: Vec::new(), d: Vec::new(), there: Vec::new() };
        // The last block is not a full one.
        for row in 0..blocks.len() * 1_024 - 500 {
            let block = blocks[row / 1_024];
            let place = row % 1_024;
            // In runs in every other block, one by one in the others.
            let step = if row / 1_024 % 2 == 0 { row / 40 } else { row * 5 };
            let code = |codes: usize| u32::try_from(step % codes).unwrap();
            let n = i64::try_from(row % 13).unwrap();
            let (mut unit, mut target, mut n, mut d) = (code(6), code(4), n, n + 5);
            match (block, place) {
                (Block::LeftOut, 300) => (unit, n, d) = (6, 5, 3),
                (Block::Large, _) => (n, d) = (i64::MAX / 500, i64::MAX / 400),
                (Block::UnknownCode, 400) => unit = 7,
                (Block::UnknownCode, 410) => target = 4,
                (Block::Impossible, 500) => (n, d) = (8, 7),
                (Block::Impossible, 501) => (n, d) = (-1, 7),
                _ => {}
            }
            rows.units.push(unit);
            rows.targets.push(target);
            rows.n.push(n);
            rows.d.push(d);
            if row % 8 == 0 {
                rows.there.push(u8::MAX);
            }
            if (block, place) == (Block::Missing, 77) {
                rows.there[row / 8] &= !(1 << (row % 8));
            }
        }
        rows
    }

    /// Sums of the rows between two: by one key or two; with another key of one code they are never added up in a single pass.
    fn add(
        &self,
        sums: &mut RollUp,
        kind: Kind,
        keys: usize,
        range: std::ops::Range<usize>,
        set: InstructionSet,
    ) -> Result<(), Faults> {
        let codes = [Codes::Each(&self.units[range.clone()]), Codes::Each(&self.targets[range.clone()]), Codes::One(0)];
        let there = Some(Validity::new(&self.there, range.start));
        let (n, d) = (Figures::whole(&self.n[range.clone()]).with_validity(there), Figures::whole(&self.d[range]));
        let measures = match kind {
            Kind::Flow => Measures::Amounts(n),
            _ => Measures::Quotients { numerators: n, denominators: d },
        };
        let codes = if keys == 1 { vec![codes[0]] } else { codes[..keys].to_vec() };
        sums.add(&Batch::new(&codes, measures), &Settings { instruction_set: set, ..Settings::default() })
    }

    fn empty(kind: Kind, keys: usize) -> RollUp {
        let all = [Key::new(7).into_groups(OF_UNITS.to_vec(), 2), Key::new(4).into_groups(OF_TARGETS.to_vec(), 2), Key::new(1)];
        RollUp::new(kind, all[..keys].to_vec()).unwrap()
    }

    /// Region, group of targets: sums, rows with figures and without; one row after the other.
    fn plainly(&self, has_targets: bool) -> BTreeMap<[u32; 2], (i128, i128, u64, u64)> {
        let mut groups = BTreeMap::new();
        for row in 0..self.n.len() {
            let region = OF_UNITS[self.units[row] as usize];
            if region == LEFT_OUT {
                continue;
            }
            let target = if has_targets { OF_TARGETS[self.targets[row] as usize] } else { 0 };
            let (n, d, reported, missing) = groups.entry([region, target]).or_insert((0, 0, 0, 0));
            if self.there[row / 8] >> (row % 8) & 1 == 1 {
                (*n, *d, *reported) = (*n + i128::from(self.n[row]), *d + i128::from(self.d[row]), *reported + 1);
            } else {
                *missing += 1;
            }
        }
        groups
    }
}

fn check_blocks(blocks: &[Block], kind: Kind, keys: usize, set: InstructionSet) {
    let rows = Blocks::new(blocks);
    let about = format!("{blocks:?} {kind:?} {keys} {set:?}");
    let all = rows.n.len();
    let mut sums = Blocks::empty(kind, keys);
    let added = rows.add(&mut sums, kind, keys, 0..all, set);
    let is_impossible = kind != Kind::Flow && blocks.contains(&Block::Impossible);
    if is_impossible || blocks.contains(&Block::UnknownCode) {
        // As many faults as there are, in the same words as of rows that are looked at by each step for itself.
        let named = |block: &Block| match block {
            Block::UnknownCode => keys.min(2),
            Block::Impossible if kind == Kind::Share => 2,
            _ => 0,
        };
        let text = faults(added);
        assert_eq!(text.lines().count(), blocks.iter().map(named).sum::<usize>(), "{about}: {text}");
        if keys == 2 {
            assert_eq!(text, faults(rows.add(&mut Blocks::empty(kind, 3), kind, 3, 0..all, set)), "{about}");
        }
        return;
    }
    added.unwrap();
    let groups = sums.finish().unwrap();
    let said: BTreeMap<_, _> = (0..groups.len())
        .map(|row| {
            let key = [groups.key(0)[row], groups.key(1).get(row).copied().unwrap_or(0)];
            let d = groups.denominators().and_then(|figures| figures.get(row));
            (key, (groups.numerators().get(row).unwrap(), d, groups.reported()[row], groups.missing()[row]))
        })
        .collect();
    let number = |value: i128| Ratio::new(value, 1).unwrap();
    let figures = |(n, d, reported, missing)| (number(n), (kind != Kind::Flow).then(|| number(d)), reported, missing);
    let expected: BTreeMap<_, _> = rows.plainly(keys == 2).into_iter().map(|(key, group)| (key, figures(group))).collect();
    assert_eq!(said, expected, "{about}");
    // In batches that end anywhere, so that blocks are others.
    let mut sums = Blocks::empty(kind, keys);
    for range in [0..700, 700..701, 701..all] {
        rows.add(&mut sums, kind, keys, range, set).unwrap();
    }
    assert_eq!(sums.finish().unwrap(), groups, "{about}");
}

#[test]
fn blocks_of_every_kind_after_each_other() {
    for one in BLOCKS {
        for two in BLOCKS {
            for keys in [1, 2] {
                for kind in [Kind::Share, Kind::Flow] {
                    check_blocks(&[one, two, Block::Plain], kind, keys, InstructionSet::Best);
                }
            }
        }
    }
    for set in InstructionSet::all() {
        for keys in [1, 2] {
            check_blocks(&[Block::Plain, Block::LeftOut, Block::Missing, Block::Plain], Kind::Share, keys, set);
            check_blocks(&[Block::LeftOut, Block::Plain, Block::Large, Block::LeftOut, Block::Plain], Kind::Share, keys, set);
        }
    }
}

#[test]
fn a_block_that_does_not_fit_is_named_row_by_row() {
    let rows = Blocks::new(&[Block::Plain, Block::UnknownCode, Block::Impossible, Block::Plain]);
    let all = 0..rows.n.len();
    let text = faults(rows.add(&mut Blocks::empty(Kind::Share, 2), Kind::Share, 2, all, InstructionSet::Best));
    let expected = [
        "keys[0][1424]: code 7; expected a code below 7",
        "keys[1][1434]: code 4; expected a code below 4",
        "numerators[2548]: numerators 8, denominators 7; expected 0 ≤ numerator ≤ denominator",
        "numerators[2549]: numerators -1, denominators 7; expected 0 ≤ numerator ≤ denominator",
    ];
    assert_eq!(text, expected.join("\n"));
}

#[test]
fn codes_that_are_the_groups_themselves() {
    // Without a map an unknown code of the second key has the number of a group of the next one: [0, 3] would be [1, 0].
    let rows = 2_000;
    let (first, mut second) = (vec![0_u32; rows], vec![2_u32; rows]);
    let ones = vec![1; rows];
    let add = |second: &[u32]| {
        let codes = [Codes::Each(&first), Codes::Each(second)];
        sum(Kind::Share, vec![Key::new(3), Key::new(3)], &Batch::new(&codes, quotients(&ones, &ones)))
    };
    let groups = add(&second).unwrap();
    assert_eq!((groups.key(0), groups.key(1), groups.reported()), ([0].as_slice(), [2].as_slice(), [2_000].as_slice()));
    second[1_999] = 3;
    assert_eq!(faults(add(&second)), "keys[1][1999]: code 3; expected a code below 3");
}

#[test]
fn maps_that_only_exchange_codes() {
    // Every code is also that of a group, but not of its own.
    let codes = [Codes::Each(&[0, 0, 1]), Codes::Each(&[2, 0, 1])];
    let amounts = Measures::Amounts(Figures::whole(&[3, 4, 5]));
    let exchanged = || Key::new(2).into_groups(vec![1, 0], 2);
    let groups = sum(Kind::Flow, vec![exchanged()], &Batch::new(&codes[..1], amounts)).unwrap();
    assert_eq!((groups.key(0), column(groups.numerators())), ([0, 1].as_slice(), whole(&[5, 7])));
    let turned = Key::new(3).into_groups(vec![1, 2, 0], 3);
    let groups = sum(Kind::Flow, vec![exchanged(), turned], &Batch::new(&codes, amounts)).unwrap();
    assert_eq!((groups.key(0), groups.key(1)), ([0, 1, 1].as_slice(), [2, 0, 1].as_slice()));
    assert_eq!(column(groups.numerators()), whole(&[5, 3, 4]));
}

#[test]
fn amounts_count_once_towards_what_is_too_large() {
    // 2·2^60 and i128::MAX − 2^61 are i128::MAX together, which 127 bits hold: whether rows came in plain batches or not.
    let expected = [Ratio::new(i128::MAX, 1)];
    let narrow = [1 << 60, 1 << 60];
    let wide = [i128::MAX - (1 << 61)];
    for codes in [Codes::One(0), Codes::Each(&[0, 0])] {
        let mut sums = RollUp::new(Kind::Flow, vec![Key::new(1)]).unwrap();
        sums.add(&Batch::new(&[codes], Measures::Amounts(Figures::whole(&narrow))), &Settings::default()).unwrap();
        sums.add(&Batch::new(&[Codes::One(0)], Measures::Amounts(Figures::wide(&wide, 0))), &Settings::default()).unwrap();
        assert_eq!(column(sums.finish().unwrap().numerators()), expected);
    }
}

// ------------------------------------------------------------------------------------------------------ against assessments

/// A province of two districts and five wards, one kind, the months of a year.
fn world(kind: Kind, cohort: bool) -> PlanDraft {
    let wards = [("w0", "d0"), ("w1", "d0"), ("w2", "d1"), ("w3", "d1"), ("w4", "d1")];
    let above = [("office", None), ("d0", Some("office")), ("d1", Some("office"))];
    let units = above.into_iter().chain(wards.into_iter().map(|(ward, district)| (ward, Some(district))));
    let usual = |id: &str| TargetDraft { at_least: Some(number("1")), ..target(id, "thing", "2025") };
    PlanDraft {
        units: units.map(|(id, parent)| unit(id, parent)).collect(),
        indicators: vec![IndicatorDraft { cohort: (kind == Kind::OnTime).then_some(cohort), ..indicator("thing", kind) }],
        targets: vec![TargetDraft { units: Some(vec!["office".into(), "d0".into(), "d1".into()]), ..usual("all") }],
        ..empty_plan()
    }
}

const KINDS: [Kind; 7] = [Kind::Share, Kind::Ratio, Kind::Mean, Kind::Survey, Kind::Flow, Kind::Stock, Kind::OnTime];

#[test]
fn surveys_are_plain_answers_whatever_their_population() {
    // 9 of 10 and 10 of 100 answer yes, each for 1,000 people: of answers 19 of 110, of people (0.9 + 0.1)/2.
    let wards = [("w0", [9, 10, 0, 0]), ("w1", [10, 100, 0, 0])];
    let assessed = |population: Option<i64>| {
        let plan = valid(world(Kind::Survey, false));
        let row = |(ward, answers): (&str, [i64; 4])| {
            let mut row = figures(Kind::Survey, answers, fact("thing", "2025"));
            row.unit = Some(ward.to_owned());
            row.population = population.map(attain::number::Number::from);
            row
        };
        let facts = Facts::new(&plan, wards.map(row)).unwrap();
        let card = assess(&plan, &facts, AsOf::from(day("2026-02-01")));
        card.assessments().iter().find(|one| &*one.unit == "d0").unwrap().actual.value.clone().unwrap()
    };
    let keys = [Codes::Each(&[0, 1])];
    let groups = sum(Kind::Survey, vec![Key::new(2).combined()], &Batch::new(&keys, quotients(&[9, 10], &[10, 100]))).unwrap();
    let (n, d) = (groups.numerators().get(0).unwrap(), groups.denominators().unwrap().get(0).unwrap());
    assert_eq!((n.clone(), d.clone()), (Ratio::from(19), Ratio::from(110)));
    assert_eq!(assessed(None), &n.divided_by(&d).unwrap() * &Ratio::from(100));
    assert_eq!(assessed(Some(1_000)), Ratio::from(50));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn an_assessment_of_the_parent_says_the_same(
        // By ward and month: figures, and on which days they were recorded.
        cells in prop::collection::btree_map((0_u32..5, 0_u32..12), prop::collection::btree_map(0_i32..40, [0_i64..9, 0..9, 0..9, 0..9], 1..3), 0..40),
        known_after in 0_i32..40,
        kind in prop::sample::select(&KINDS[..]),
        cohort: bool,
    ) {
        let plan = valid(world(kind, cohort));
        let places: Vec<u32> = (0..5).map(|ward| 3 + ward).collect();
        let months: Vec<Period> = (1..=12).map(|month| Calendar::Gregorian.period(&format!("2025-{month:02}")).unwrap()).collect();
        let (mut columns, mut values, mut recorded, mut rows) = ([Vec::new(), Vec::new()], [const { Vec::new() }; 4], Vec::new(), Vec::new());
        let first_day = day("2026-01-01");
        for ((ward, month), records) in &cells {
            for (late, [a, more, o, n]) in records {
                let given = if matches!(kind, Kind::Share | Kind::Survey) { [*a, a + more, 0, 0] } else { [*a, *more, *o, *n] };
                let recorded_on = first_day + chrono::Days::new(u64::try_from(*late).unwrap());
                let mut row = figures(kind, given, fact("thing", &months[*month as usize].label()));
                row.unit = Some(format!("w{ward}"));
                row.recorded_on = Some(attain::time::Day(recorded_on));
                rows.push(row);
                columns[0].push(places[*ward as usize]);
                columns[1].push(*month);
                values.iter_mut().zip(given).for_each(|(column, value)| column.push(value));
                recorded.push(*late);
            }
        }
        let facts = Facts::new(&plan, rows).unwrap();
        let known_on = first_day + chrono::Days::new(u64::try_from(known_after).unwrap());
        let card = assess(&plan, &facts, AsOf::from(known_on));

        let [a, b, c, d] = values.each_ref().map(|column| Figures::whole(column));
        let measures = match kind {
            Kind::Flow | Kind::Stock => Measures::Amounts(a),
            Kind::OnTime => Measures::Cases { in_time: a, late: b, overdue: c, not_due: d },
            _ => Measures::Quotients { numerators: a, denominators: b },
        };
        let codes = columns.each_ref().map(|column| Codes::Each(column));
        let batch = Batch::new(&codes, measures);
        let count = u32::try_from(plan.units().len()).unwrap();
        let counts = latest(&[Key::new(count), Key::periods(&months)], &batch, &recorded, known_after).unwrap();
        let (years, of_year) = periods_within(&months, plan.calendar(), Cadence::Year);
        prop_assert_eq!(years.len(), 1);
        let indicator = &plan.indicators()[0];
        for depth in [0, 1] {
            let units = Key::new(count).into_groups(units_at_depth(&plan, depth), count);
            let keys = vec![units, Key::periods(&months).into_groups(of_year.clone(), 1)];
            let groups = sum(indicator, keys, &batch.counting(&counts)).unwrap();
            let rules = [Rule::of(&plan, &plan.targets()[0]).unwrap()];
            let names = if depth == 0 { vec![0] } else { vec![1, 2] };
            for unit in names {
                let assessed = card.assessments().iter().find(|one| *one.unit == *plan.units()[unit].id()).unwrap();
                let row = groups.key(0).iter().position(|code| *code as usize == unit);
                let figure = row.and_then(|row| {
                    let denominator = groups.denominators().map(|figures| figures.get(row));
                    Some((groups.numerators().get(row)?, denominator.flatten()))
                });
                let said = figure.and_then(|(n, d)| rules[0].answer(&n, d.as_ref()).actual.ok());
                prop_assert_eq!(said, assessed.actual.value.clone().ok(), "{} {:?}", assessed.unit, kind);
            }
        }
    }
}
