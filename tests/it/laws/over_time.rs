//! What is said early has to hold later: lost stays lost, secured ends met.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a year is valid by construction")]

use attain::Status;
use attain::assess::Assessment;
use attain::number::Number;
use attain::plan::{Kind, PlanDraft, TargetDraft};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::config;
use super::setting::{COUNTED, Required, Setting, downward, rounding, setting, upward};
use crate::support::{card, day, empty_plan, fact, figures, indicator, only, target};

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

/// Periods within 2025 that overlap, with the number of their first day and of the day after their last.
const OVERLAPPING: [(&str, u32, u32); 12] = [
    ("2025-H1", 0, 181),
    ("2025-H2", 181, 365),
    ("2025-9M", 0, 273),
    ("2025-Q1", 0, 90),
    ("2025-Q2", 90, 181),
    ("2025-Q3", 181, 273),
    ("2025-Q4", 273, 365),
    ("2025-01", 0, 31),
    ("2025-03", 59, 90),
    ("2025-07", 181, 212),
    ("2025-08", 212, 243),
    ("2025-12-31", 364, 365),
];

/// Of all choices of disjoint facts the best, found by trying every one: most days, fewest facts, then at the first
/// difference the longer one.
fn best_choice(reported: &[usize]) -> Vec<usize> {
    let mut best: (u32, usize, Vec<u32>, Vec<usize>) = Default::default();
    for choice in 0..1_u32 << reported.len() {
        let mut chosen: Vec<usize> =
            reported.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, place)| *place).collect();
        chosen.sort_by_key(|place| OVERLAPPING[*place].1);
        if chosen.windows(2).any(|pair| OVERLAPPING[pair[0]].2 > OVERLAPPING[pair[1]].1) {
            continue;
        }
        let lengths: Vec<u32> = chosen.iter().map(|place| OVERLAPPING[*place].2 - OVERLAPPING[*place].1).collect();
        let days = lengths.iter().sum();
        let candidate = (days, usize::MAX - lengths.len(), lengths, chosen);
        best = best.max(candidate);
    }
    best.3
}

proptest! {
    #![proptest_config(config())]

    /// Of facts that overlap those are added that cover most days, each day once.
    #[test]
    fn overlapping_facts_are_never_added(reported in subsequence((0..OVERLAPPING.len()).collect::<Vec<_>>(), 1..=9)) {
        // Powers of two, so that the sum says which facts are in it.
        let value = |place: &usize| 1_i64 << place;
        let rows = reported.iter().map(|place| figures(Kind::Flow, [value(place), 0, 0, 0], fact("i", OVERLAPPING[*place].0)));
        let mut draft = PlanDraft { indicators: vec![indicator("i", Kind::Flow)], ..empty_plan() };
        draft.targets = vec![TargetDraft { at_least: Some(1.into()), ..target("t", "i", "2025") }];
        let card = card(draft, rows, day("2026-01-01"));
        let expected = best_choice(&reported).iter().map(value).sum::<i64>();
        prop_assert_eq!(only(&card).actual.value.clone(), Ok(expected.into()));
    }

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
        let before = Setting { as_of: day("2024-12-31"), ..one };
        prop_assert_eq!(before.assess().status, Status::NotStarted);
    }
}
