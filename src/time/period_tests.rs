use std::collections::HashSet;

use super::*;
use crate::time::{Calendar, parse_day};

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

fn range(first: &str, last: &str) -> Period {
    Period::new(day(first), day(last)).unwrap()
}

#[test]
fn a_range_has_at_least_a_day_and_stays_within_the_years() {
    assert_eq!(range("2022-03-01", "2025-02-28").label(), "2022-03-01/2025-02-28");
    assert_eq!(range("2025-07-15", "2025-07-15").days(), 1);
    assert_eq!(range("0001-01-01", "9999-12-31").days(), 3_652_059);
    assert_eq!(range("0001-01-01", "9999-12-31").end(), NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap());
    assert_eq!(Period::new(day("2025-07-15"), day("2025-07-14")), None);
    assert_eq!(Period::new(NaiveDate::MIN, day("2025-07-14")), None);
    assert_eq!(Period::new(day("2025-07-14"), NaiveDate::MAX), None);
    assert_eq!(Period::new(day("0001-01-01").pred_opt().unwrap(), day("0001-01-01")), None);
}

#[test]
fn both_ends_belong_to_a_period() {
    let march = range("2025-03-01", "2025-03-31");
    assert!(march.contains_day(day("2025-03-01")) && march.contains_day(day("2025-03-31")));
    assert!(!march.contains_day(day("2025-02-28")) && !march.contains_day(march.end()));
    assert!(march.contains(&march) && march.contains(&range("2025-03-31", "2025-03-31")));
    assert!(!march.contains(&range("2025-03-31", "2025-04-01")));
    assert!(march.overlaps(&range("2025-03-31", "2025-04-01")) && range("2025-03-31", "2025-04-01").overlaps(&march));
    assert!(!march.overlaps(&range("2025-04-01", "2025-04-30")));
    assert!(!march.has_ended(day("2025-03-30")) && march.has_ended(day("2025-03-31")) && march.has_ended(NaiveDate::MAX));
}

#[test]
fn the_days_alone_make_periods_equal() {
    let year = Calendar::Gregorian.period("2025").unwrap();
    let same = range("2025-01-01", "2025-12-31");
    assert_eq!(year, same);
    assert_eq!((year.cadence(), same.cadence()), (Some(Cadence::Year), None));
    assert_eq!(HashSet::from([year, same]).len(), 1);
    let mut periods = [range("2025-02-01", "2025-02-02"), range("2025-01-01", "2025-12-31"), range("2025-01-01", "2025-01-31")];
    periods.sort();
    assert_eq!(periods.map(|period| period.last().to_string()), ["2025-01-31", "2025-12-31", "2025-02-02"]);
}

#[test]
fn a_period_prints_as_its_label() {
    let quarter = Calendar::Gregorian.period("0987-Q3").unwrap();
    assert_eq!(quarter.to_string(), "0987-Q3");
    assert_eq!(format!("[{quarter:>9}]"), "[  0987-Q3]");
    assert_eq!(format!("{quarter:?}"), "Period(0987-Q3: 0987-07-01 to 0987-09-30)");
}

#[test]
fn cadences_are_ordered_by_length() {
    assert!(Cadence::ALL.is_sorted());
    let months = Cadence::ALL.map(Cadence::months);
    assert_eq!(months, [None, Some(1), Some(3), Some(6), Some(9), Some(12)]);
}

#[cfg(feature = "json")]
#[test]
fn cadences_are_written_by_name() {
    let names = ["day", "month", "quarter", "half", "nine_months", "year"];
    for (cadence, name) in Cadence::ALL.into_iter().zip(names) {
        let text = format!("\"{name}\"");
        assert_eq!(serde_json::to_string(&cadence).unwrap(), text);
        assert_eq!(serde_json::from_str::<Cadence>(&text).unwrap(), cadence);
    }
}
