//! What is said early has to hold later: lost stays lost, secured ends met.
#![allow(clippy::unwrap_used, reason = "a year is valid by construction")]

use attain::Status;
use attain::assess::Assessment;
use attain::number::Number;
use attain::plan::Kind;
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;

use super::config;
use super::setting::{COUNTED, Required, Setting, downward, rounding, setting, upward};
use crate::support::day;

/// What happens in a quarter: new cases, how many of them are done in time, and how many are overdue at its end.
type Quarter = (i64, i64, i64);

/// A year of cases as its quarters report it: every case that is overdue at the end of one is done late in the next.
fn on_time_rows(quarters: &[Quarter; 4]) -> Vec<[i64; 4]> {
    let (mut overdue, mut waiting) = (0, 0);
    let mut rows = Vec::new();
    for (arrived, done, failed) in quarters {
        let late = overdue;
        let open = waiting + arrived;
        let in_time = (*done).min(open);
        overdue = (*failed).min(open - in_time);
        waiting = open - in_time - overdue;
        rows.push([in_time, late, overdue, waiting]);
    }
    rows
}

/// A year of `one`'s kind in which each quarter's figures are known at its end, and no case is forgotten.
fn year(mut one: Setting, quarters: [Quarter; 4], extra: Option<i64>) -> Setting {
    one.rows = match one.kind {
        Kind::OnTime => on_time_rows(&quarters),
        Kind::Flow => quarters.iter().map(|(amount, ..)| [*amount, 0, 0, 0]).collect(),
        _ => quarters.iter().map(|(cases, part, _)| [(*part).min(*cases), *cases, 0, 0]).collect(),
    };
    let cases: i64 = quarters.iter().map(|(cases, ..)| cases).sum();
    one.outlook = extra.filter(|_| one.kind != Kind::Flow).map(|extra| Number::from(cases + extra));
    one
}

/// The answers at the end of each quarter, and once more long after the year.
fn answers(one: &Setting) -> Vec<(NaiveDate, Assessment)> {
    let days = ["2025-03-31", "2025-04-20", "2025-06-30", "2025-09-30", "2025-12-30", "2025-12-31", "2027-01-01"];
    days.into_iter().map(|text| (day(text), Setting { as_of: day(text), ..one.clone() }.assess())).collect()
}

fn quarters() -> impl Strategy<Value = [Quarter; 4]> {
    let cases = || prop_oneof![2 => Just(0_i64), 3 => select(vec![1_i64, 2, 10, 20, 200]), 2 => 0..40_i64];
    let quarter =
        (cases(), 0..3_u8, 0..40_i64, prop_oneof![3 => Just(0_i64), 2 => 0..5_i64]).prop_map(|(cases, which, some, overdue)| {
            match which {
                // Everything goes well in most quarters, so that what decides happens late as often as early.
                0 => (cases, cases, 0),
                1 => (cases, (cases - some % 3).max(0), some % 3),
                _ => (cases, some.min(cases), overdue),
            }
        });
    [quarter.clone(), quarter.clone(), quarter.clone(), quarter]
}

/// A year with a requirement either way, more often than not at the edge of what can be had.
fn years() -> impl Strategy<Value = Setting> {
    let kinds = [COUNTED.as_slice(), [Kind::Flow].as_slice()].concat();
    let full = select(vec![Required::AtLeast(100.into()), Required::AtMost(0.into()), Required::AtLeast(99.into())]);
    let required = prop_oneof![2 => upward(), 2 => downward(), 1 => full];
    let extra = proptest::option::of(prop_oneof![Just(0_i64), 0..20_i64]);
    (setting(kinds, required), quarters(), extra, rounding()).prop_map(|(one, quarters, extra, rounding)| {
        let one = year(one, quarters, extra);
        Setting { rounding, ..one }
    })
}

proptest! {
    #![proptest_config(config())]

    /// Once lost, lost until the window closes, and missed from then on.
    #[test]
    fn lost_is_absorbing(one in years()) {
        let mut lost = None;
        for (day, answer) in answers(&one) {
            match lost {
                None if answer.status == Status::Lost => lost = Some((day, answer.lost_since)),
                None => {}
                Some((on, since)) => {
                    let said = answer.status;
                    // A year in which nothing ever happened does not apply, whatever was promised.
                    let nothing_happened = said == Status::NotApplicable && one.actual().is_none();
                    let ends = matches!(said, Status::Lost | Status::Missed) || nothing_happened;
                    prop_assert!(ends, "lost on {on}, {} on {day}", said.code());
                    prop_assert!(since.is_some_and(|since| since <= on), "lost on {on} since {since:?}");
                    prop_assert!(said != Status::Lost || answer.lost_since == since, "{:?}, then {since:?}", answer.lost_since);
                }
            }
        }
    }

    /// Once secured, never bad again, and met when the year is over.
    #[test]
    fn what_is_secured_ends_met(one in years()) {
        let mut secured = None;
        for (day, answer) in answers(&one) {
            match secured {
                None if answer.status == Status::Secured => secured = Some(day),
                None => {}
                Some(since) => {
                    let said = answer.status;
                    prop_assert!(matches!(said, Status::Secured | Status::Met), "secured on {since}, {} on {day}", said.code());
                }
            }
        }
    }

    /// The status follows the window: nothing is said before it, and nothing stays open after it.
    #[test]
    fn a_status_fits_the_window(one in years()) {
        for (day, answer) in answers(&one) {
            let is_final = matches!(answer.status.code(), "met" | "missed" | "awaiting_data" | "not_applicable");
            prop_assert_eq!(is_final, day >= crate::support::day("2025-12-31"), "{} on {}", answer.status.code(), day);
        }
        let before = Setting { as_of: crate::support::day("2024-12-31"), ..one };
        prop_assert_eq!(before.assess().status, Status::NotStarted);
    }
}
