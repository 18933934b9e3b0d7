//! What a change of the figures may do to a verdict.
#![allow(clippy::unwrap_used, reason = "a change of a setting that can not be made is a mistake of the law")]

use attain::assess::{Assessment, CasesNeeded, Reason};
use attain::number::{Number, Ratio};
use attain::plan::{Change, Direction, Kind};
use proptest::prelude::*;
use proptest::sample::select;

use super::setting::{AMOUNTS, COUNTED, NUMBERS, Required, Setting, any_required, downward, setting, upward};
use super::{config, rank};

/// Whether the second says nothing worse than the first.
fn is_no_worse(before: &Assessment, after: &Assessment) -> Result<(), TestCaseError> {
    prop_assert!(
        rank(after.status) >= rank(before.status),
        "{} became {}: {:?} became {:?}",
        before.status.code(),
        after.status.code(),
        before.actual.value,
        after.actual.value
    );
    if let (Ok(before), Ok(after)) = (&before.shortfall, &after.shortfall) {
        prop_assert!(after <= before, "the shortfall grew from {before} to {after}");
    }
    // Beyond 0 and 100 % more cases mean more to spare, whatever becomes of them.
    let natural = |t: &Ratio| !t.is_negative() && *t <= Ratio::from(100);
    let is_natural = before.threshold.bound.as_ref().ok().and_then(|bound| bound.threshold()).is_some_and(natural);
    if let (true, Ok(before), Ok(after)) = (is_natural, &before.cases, &after.cases) {
        prop_assert!(after.allowance >= before.allowance && after.short_by <= before.short_by, "{before:?} became {after:?}");
        let in_a_row = |cases: &CasesNeeded| cases.successes_needed_in_a_row.clone();
        match (in_a_row(before), in_a_row(after)) {
            (Ok(before), Ok(after)) => prop_assert!(after <= before, "{before} in a row became {after}"),
            (Ok(_), Err(_)) => prop_assert!(false, "{before:?} became {after:?}"),
            _ => {}
        }
    }
    Ok(())
}

fn times(number: Number, factor: &Ratio) -> Number {
    Number::exactly(&(&Ratio::from(number) * factor)).unwrap()
}

fn changed(required: Required, number: impl Fn(Number) -> Number, amount: impl Fn(Number) -> Number) -> Required {
    let change = |change| match change {
        Change::Percent(percent) => Change::Percent(percent),
        Change::Amount(by) => Change::Amount(amount(by)),
    };
    match required {
        Required::AtLeast(t) => Required::AtLeast(number(t)),
        Required::AtMost(t) => Required::AtMost(number(t)),
        Required::Above(t) => Required::Above(number(t)),
        Required::Below(t) => Required::Below(number(t)),
        Required::Exactly(t) => Required::Exactly(number(t)),
        Required::Between(low, high) => Required::Between(number(low), number(high)),
        Required::ReduceBy(by) => Required::ReduceBy(change(by)),
        Required::IncreaseBy(by) => Required::IncreaseBy(change(by)),
        Required::Improve(direction) => Required::Improve(direction),
    }
}

/// The mirror image: what was higher is lower.
fn mirrored(required: Required, mirror: impl Fn(Number) -> Number) -> Required {
    match required {
        Required::AtLeast(t) => Required::AtMost(mirror(t)),
        Required::AtMost(t) => Required::AtLeast(mirror(t)),
        Required::Above(t) => Required::Below(mirror(t)),
        Required::Below(t) => Required::Above(mirror(t)),
        Required::Exactly(t) => Required::Exactly(mirror(t)),
        Required::Between(low, high) => Required::Between(mirror(high), mirror(low)),
        Required::ReduceBy(by) => Required::IncreaseBy(by),
        Required::IncreaseBy(by) => Required::ReduceBy(by),
        Required::Improve(Direction::Increase) => Required::Improve(Direction::Decrease),
        Required::Improve(_) => Required::Improve(Direction::Increase),
    }
}

/// Both say the same, seen in the mirror.
fn mirror_each_other(one: &Assessment, other: &Assessment) -> Result<(), TestCaseError> {
    prop_assert_eq!((one.status, one.row), (other.status, other.row));
    prop_assert_eq!(&one.reasons, &other.reasons);
    prop_assert_eq!(&one.shortfall, &other.shortfall);
    prop_assert_eq!(one.variance.clone(), other.variance.clone().map(|variance| -variance));
    prop_assert_eq!(&one.progress, &other.progress);
    prop_assert_eq!(one.lost_since, other.lost_since);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    /// Met means met by the numbers: the verdict of a closed and fully reported year is the plain comparison.
    #[test]
    fn a_verdict_is_the_plain_comparison(mut one in setting(NUMBERS, any_required())) {
        (one.rounding, one.tolerance) = (None, Number::ZERO);
        let answer = one.assess();
        prop_assert_eq!(answer.actual.value.clone().ok(), one.actual().filter(|_| answer.actual.value.is_ok()));
        let Some(a) = one.actual().filter(|_| matches!(answer.status.code(), "met" | "missed" | "met_so_far")) else {
            return Ok(());
        };
        let baseline = one.baseline.map(Ratio::from);
        let change = |by: Change| match by {
            Change::Percent(percent) => (&baseline.clone().unwrap().abs() * Ratio::from(percent)).divided_by(&Ratio::from(100)).unwrap(),
            Change::Amount(amount) => Ratio::from(amount),
        };
        let holds = match one.required {
            Required::AtLeast(t) => a >= Ratio::from(t),
            Required::AtMost(t) => a <= Ratio::from(t),
            Required::Above(t) => a > Ratio::from(t),
            Required::Below(t) => a < Ratio::from(t),
            Required::Exactly(t) => a == Ratio::from(t),
            Required::Between(low, high) => Ratio::from(low) <= a && a <= Ratio::from(high),
            Required::ReduceBy(by) => a <= baseline.clone().unwrap() - change(by),
            Required::IncreaseBy(by) => a >= baseline.clone().unwrap() + change(by),
            Required::Improve(Direction::Increase) => a > baseline.unwrap(),
            Required::Improve(_) => a < baseline.unwrap(),
        };
        prop_assert_eq!(answer.status.code() != "missed", holds, "{:?}", answer.status);
    }

    /// Ten times the cases, with the same parts of them in time, in the part or valid: the same verdict.
    #[test]
    fn scaling_all_counts_keeps_the_verdict(
        one in setting([Kind::Share, Kind::Survey, Kind::OnTime, Kind::Ratio, Kind::Mean], any_required()),
        factor in select(vec![2_i64, 3, 10, 1000]),
    ) {
        let mut scaled = one.clone();
        scaled.rows = one.rows.iter().map(|row| row.map(|count| count * factor)).collect();
        scaled.outlook = one.outlook.map(|whole| times(whole, &factor.into()));
        let (before, after) = (one.assess(), scaled.assess());
        prop_assert_eq!((before.status, before.row, &before.reasons), (after.status, after.row, &after.reasons));
        prop_assert_eq!(&before.actual.value, &after.actual.value);
        prop_assert_eq!(&before.variance, &after.variance);
        prop_assert_eq!(&before.progress, &after.progress);
        prop_assert_eq!(&before.ratio_to_target, &after.ratio_to_target);
        prop_assert_eq!(before.lost_since, after.lost_since);
    }

    /// Tonnes for kilograms: the same verdict, and the same ratios.
    #[test]
    fn scaling_the_unit_keeps_the_verdict(
        mut one in setting([Kind::Mean, Kind::Flow, Kind::Stock, Kind::Index], any_required()),
        factor in select(vec![7_i64, 1000, 1_000_000]),
        weights in proptest::bool::ANY,
    ) {
        // What is rounded depends on the unit.
        one.rounding = None;
        let factor = Ratio::from(factor);
        let mut scaled = one.clone();
        let by_factor = |figure: &mut i64| *figure *= factor.to_i64().unwrap();
        scaled.rows.iter_mut().for_each(|row| by_factor(&mut row[0]));
        // The weight of a mean has a unit of its own.
        let weight = Ratio::from(if weights && one.kind == Kind::Mean { 10 } else { 1 });
        for row in &mut scaled.rows {
            row[0] *= weight.to_i64().unwrap();
            row[1] *= weight.to_i64().unwrap();
        }
        scaled.outlook = one.outlook.map(|whole| times(whole, &weight));
        scaled.required = changed(one.required, |t| times(t, &factor), |amount| times(amount, &factor));
        scaled.tolerance = times(one.tolerance, &factor);
        scaled.baseline = one.baseline.map(|baseline| times(baseline, &factor));
        let (before, after) = (one.assess(), scaled.assess());
        prop_assert_eq!((before.status, before.row, &before.reasons), (after.status, after.row, &after.reasons));
        prop_assert_eq!(&before.progress, &after.progress);
        prop_assert_eq!(&before.ratio_to_target, &after.ratio_to_target);
        prop_assert_eq!(&before.shortfall_share, &after.shortfall_share);
        prop_assert_eq!(before.variance.map(|variance| variance * factor), after.variance);
    }

    /// One more success, or one more of the amount, never worsens a lower bound.
    #[test]
    fn raising_the_actual_never_worsens_at_least(one in setting(NUMBERS, upward()), place in 0..4_usize) {
        let mut raised = one.clone();
        let Some(row) = raised.rows.get_mut(place) else { return Ok(()) };
        match one.kind {
            Kind::Share | Kind::Survey if row[0] == row[1] => return Ok(()),
            Kind::OnTime if row[1] > 0 => row[1] -= 1,
            // Overdue cases of the last report count; those before have become cases of a later one.
            Kind::OnTime if row[2] > 0 && place + 1 == one.rows.len() => row[2] -= 1,
            Kind::OnTime => return Ok(()),
            _ => {}
        }
        row[0] += 1;
        is_no_worse(&one.assess(), &raised.assess())?;
    }

    /// And lowering it never worsens an upper bound.
    #[test]
    fn lowering_the_actual_never_worsens_at_most(one in setting(NUMBERS, downward()), place in 0..4_usize) {
        let mut lowered = one.clone();
        let Some(row) = lowered.rows.get_mut(place) else { return Ok(()) };
        match one.kind {
            Kind::OnTime if row[0] == 0 => return Ok(()),
            Kind::OnTime => row[1] += 1,
            Kind::Ratio | Kind::Mean | Kind::Index => {}
            _ if row[0] == 0 => return Ok(()),
            _ => {}
        }
        row[0] -= 1;
        is_no_worse(&one.assess(), &lowered.assess())?;
    }

    /// At most T of what is low is at least −T of what is high.
    #[test]
    fn mirrored_amounts_agree(mut one in setting([Kind::Ratio, Kind::Mean, Kind::Stock, Kind::Index], any_required())) {
        // A percentage of a baseline is of its size, so both mirror images are as far from it.
        one.bounds = Some(((-1000).into(), 1000.into()));
        if !AMOUNTS.contains(&one.kind) {
            one.rows.iter_mut().filter(|row| row[1] > 0).for_each(|row| row[0] = row[0].clamp(-9 * row[1], 9 * row[1]));
        }
        let minus = |number: Number| times(number, &Ratio::from(-1));
        let mut other = one.clone();
        other.rows.iter_mut().for_each(|row| row[0] = -row[0]);
        other.required = mirrored(one.required, minus);
        other.baseline = one.baseline.map(minus);
        mirror_each_other(&one.assess(), &other.assess())?;
    }

    /// At most 20 % of failures is at least 80 % of successes, down to the cases that are missing.
    #[test]
    fn a_share_and_its_complement_agree(mut one in setting([Kind::Share, Kind::Survey], any_required())) {
        // A half is rounded away from 0, which the complement sees from the other side.
        one.rounding = None;
        // 10 % of a baseline is not 10 % of its complement.
        if let Required::ReduceBy(Change::Percent(by)) | Required::IncreaseBy(Change::Percent(by)) = one.required {
            one.required = Required::IncreaseBy(Change::Amount(by));
        }
        let rest = |number: Number| Number::exactly(&(Ratio::from(100) - Ratio::from(number))).unwrap();
        let mut other = one.clone();
        other.rows.iter_mut().for_each(|row| row[0] = row[1] - row[0]);
        other.required = mirrored(one.required, rest);
        other.baseline = one.baseline.map(rest);
        let (one, other) = (one.assess(), other.assess());
        mirror_each_other(&one, &other)?;
        match (&one.cases, &other.cases) {
            (Ok(cases), Ok(of_the_rest)) => {
                prop_assert!(cases.counts != of_the_rest.counts);
                let mut same: CasesNeeded = of_the_rest.clone();
                same.counts = cases.counts;
                prop_assert_eq!(cases, &same);
            }
            (cases, of_the_rest) => prop_assert_eq!(cases.as_ref().err(), of_the_rest.as_ref().err()),
        }
    }

    /// One more case that fails, of a whole that stays as expected, improves nothing.
    #[test]
    fn one_more_failure_never_improves_anything(
        one in setting(COUNTED, prop_oneof![upward(), downward()]),
        place in 0..4_usize,
        how in 0..4_u8,
    ) {
        let is_upward = matches!(one.required, Required::AtLeast(_) | Required::Above(_) | Required::IncreaseBy(_) | Required::Improve(Direction::Increase));
        let before = one.assess();
        // Where nothing has happened yet, the first case is data, not only a failure.
        if before.actual.value.is_err() {
            return Ok(());
        }
        let mut worse = one.clone();
        let is_last = place + 1 == one.rows.len();
        let Some(row) = worse.rows.get_mut(place) else { return Ok(()) };
        match (one.kind, is_upward, how) {
            (Kind::OnTime, true, 0) => row[1] += 1,
            (Kind::OnTime, true, 1) if is_last => row[2] += 1,
            (Kind::OnTime, true, 2) if is_last && row[3] > 0 => {
                row[3] -= 1;
                row[2] += 1;
            }
            (Kind::OnTime, true, _) if row[0] > 0 => {
                row[0] -= 1;
                row[1] += 1;
            }
            (Kind::OnTime, false, _) => row[0] += 1,
            (Kind::OnTime, ..) => return Ok(()),
            (_, true, _) => row[1] += 1,
            (_, false, _) => {
                row[0] += 1;
                row[1] += 1;
            }
        }
        let after = worse.assess();
        // More than was expected: the outlook was wrong, and says nothing any more.
        if after.cases.as_ref().is_ok_and(|cases| cases.remaining == Err(Reason::OutlookExceeded)) {
            return Ok(());
        }
        is_no_worse(&after, &before)?;
    }
}

#[test]
fn the_threshold_itself_decides() {
    let one = |required, rows| Setting {
        kind: Kind::Share,
        required,
        tolerance: Number::ZERO,
        rounding: None,
        outlook: None,
        baseline: None,
        bounds: None,
        reported: None,
        rows,
        as_of: crate::support::day("2025-12-31"),
    };
    let verdict = |required, part| {
        let year = vec![[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [part, 100, 0, 0]];
        one(required, year).assess().status.code()
    };
    assert_eq!(verdict(Required::AtLeast(57.into()), 57), "met");
    assert_eq!(verdict(Required::Above(57.into()), 57), "missed");
    assert_eq!(verdict(Required::AtMost(57.into()), 57), "met");
    assert_eq!(verdict(Required::Below(57.into()), 57), "missed");
}
