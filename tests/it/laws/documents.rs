//! What is written is read back as the same, and no draft and no text makes anything panic.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is written can be read")]

use attain::facts::{FactDraft, State};
use attain::number::{Number, Rounding, RoundingMode};
use attain::plan::{
    BaselineDraft, BaselineTable, BoundsDraft, ByDraft, Change, DeliverDraft, DueDay, DueMonth, Every, InForceDraft, Kind,
    LocalText, OutlookDraft, PathPointDraft, PlanDraft, RemarkDraft, ScopeDraft, ScopeTable, TargetDraft, UnitDraft,
};
use attain::time::{Cadence, Calendar, Day};
use attain::{Facts, Plan, assess};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::config;
use super::world::{World, world};
use crate::support::{day, number};

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut text = Vec::new();
    write(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// Texts that formats like to stumble over.
fn awkward() -> impl Strategy<Value = String> {
    let known = [
        "",
        " ",
        "a",
        "đ ữ",
        "\"",
        "'",
        "'''",
        "\"\"\"",
        "\\",
        "a,b",
        "a\nb",
        "\r\n",
        "\t",
        "#",
        "=",
        "[x]",
        "2025",
        "true",
        "1.0",
        "\u{feff}",
        "\u{1}",
        "\u{7f}",
        "\u{2028}",
        "=1+1",
        "final",
        "null",
        "2025-01-01",
    ];
    prop_oneof![select(known.map(str::to_owned).to_vec()), "\\PC{0,8}", "[ -~\\n\\r\\t]{0,12}"]
}

/// A world whose free texts are awkward.
fn wordy() -> impl Strategy<Value = World> {
    (world(), proptest::collection::vec((any::<Index>(), awkward()), 0..12), awkward()).prop_map(|(mut world, texts, title)| {
        world.draft.plan.title = LocalText::every(&title);
        for (place, (which, text)) in texts.into_iter().enumerate() {
            let draft = &mut world.draft;
            let target = if draft.targets.is_empty() { None } else { Some(which.get(&draft.targets).id.clone()) };
            let target = target.and_then(|id| draft.targets.iter_mut().find(|target| target.id == id));
            match (place % 6, target) {
                (0, Some(target)) => target.row = Some(text),
                (1, Some(target)) => target.assumed = Some(text),
                (2, Some(target)) => target.citation.get_or_insert_default().clause = Some(text),
                (3, _) => draft.remarks.push(RemarkDraft { why: Some(text), ..RemarkDraft::default() }),
                (4, _) => draft.indicators.iter_mut().for_each(|about| about.name = LocalText::every(&text)),
                (_, _) if !world.rows.is_empty() => {
                    let row = which.index(world.rows.len());
                    world.rows.get_mut(row).unwrap().note = Some(text);
                }
                _ => {}
            }
        }
        world
    })
}

/// Numbers at the end of what can be held, and beyond what makes sense.
fn extreme(which: u8) -> Number {
    let all = [
        "0",
        "-1",
        "1",
        "100",
        "0.0000000000000000000000000001",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "7.9228162514264337593543950335",
        "99.99999999999999999999",
        "50",
        "33.333333333333333333333333",
        "1200",
    ];
    number(all[usize::from(which) % all.len()])
}

fn far_day(which: u8) -> Day {
    let all = ["0001-01-01", "9999-12-31", "2024-02-29", "2025-12-31", "2025-01-01", "2000-01-31", "9999-01-01", "2025-06-30"];
    Day(day(all[usize::from(which) % all.len()]))
}

fn odd_label(which: u8) -> String {
    let all = [
        "0001",
        "9999",
        "9999-Q4",
        "0000",
        "2025-Q5",
        "2025-9M",
        "",
        "undated",
        "previous",
        "2025-02-30",
        "10000",
        "2025-01-01",
        "9999-12-31",
        "0001-01-01",
        "first",
        "2025-13",
        "2025-H2",
        "2025",
    ];
    all[usize::from(which) % all.len()].to_owned()
}

/// One thing of a draft made odd.
type Oddity = (u8, u8, u8);

fn make_odd(draft: &mut PlanDraft, rows: &mut [FactDraft], (what, which, value): Oddity) {
    let other_id = draft.targets.first().and_then(|target| target.id.clone());
    let mut none = TargetDraft::default();
    let target = match draft.targets.len() {
        0 => &mut none,
        many => &mut draft.targets[usize::from(which) % many],
    };
    let about = draft.indicators.get_mut(usize::from(which) % 3);
    let truth = value % 2 == 0;
    let change = || if truth { Change::Percent(extreme(value)) } else { Change::Amount(extreme(value)) };
    match what % 44 {
        0 => draft.format = Some(odd_label(value)),
        1 => draft.plan.id = None,
        2 => draft.plan.owner = Some(odd_label(value)),
        3 => draft.plan.start = Some(far_day(value)),
        4 => draft.plan.calendar = Some(if truth { Calendar::Nd09_2019 } else { Calendar::Gregorian }),
        5 => draft.plan.compare_rounded = Some(Rounding { scale: u32::from(value) * 9, mode: RoundingMode::HalfEven }),
        6 => draft.units.push(UnitDraft { id: Some("u1".to_owned()), ..UnitDraft::default() }),
        7 => draft.units.iter_mut().for_each(|unit| unit.parent = Some(format!("u{}", value % 7))),
        8 => draft.units.clear(),
        9 => target.id = other_id,
        10 => target.indicator = None,
        11 => target.at_least = Some(extreme(value)),
        12 => target.at_most = Some(extreme(value)),
        13 => target.between = Some((extreme(value), extreme(which))),
        14 => (target.at_least, target.at_most, target.reduce_by) = (None, None, Some(change())),
        15 => (target.at_least, target.at_most, target.increase_by) = (None, None, Some(change())),
        16 => target.improve = Some(truth),
        17 => target.deliver = Some(if truth { DeliverDraft::Done(value % 4 == 0) } else { DeliverDraft::Count(extreme(value)) }),
        18 => target.by = Some(ByDraft(odd_label(value))),
        19 => target.by = Some(ByDraft(far_day(value).to_string())),
        20 => (target.by, target.every, target.until) = (None, Some(Every::Month), Some(far_day(value))),
        21 => target.from = Some(far_day(value)),
        22 => target.due = Some(DueDay { day: u32::from(value), month: DueMonth::Next }),
        23 => target.baseline = Some(BaselineDraft::Named(odd_label(value))),
        24 => {
            let table = BaselineTable { value: Some(extreme(value)), on: Some(far_day(which)), ..BaselineTable::default() };
            target.baseline = Some(BaselineDraft::Given(table));
        }
        25 => {
            let table = BaselineTable { indicator: Some(format!("i{}", value % 4)), ..BaselineTable::default() };
            target.baseline = Some(BaselineDraft::Given(table));
        }
        26 => target.after = Some(format!("t{}", value % 4)),
        27 => target.supersedes = Some(format!("t{}", value % 4)),
        28 => target.conflicts_with = vec![format!("t{}", value % 4), odd_label(value)],
        29 => target.scope = Some(ScopeDraft::Given(ScopeTable { at_least: Some(u32::from(value) % 4 * 1000) })),
        30 => target.units = Some(vec![format!("u{}", value % 7); usize::from(which % 3)]),
        31 => target.tolerance = Some(extreme(value)),
        32 => target.outlook = Some(OutlookDraft { whole: Some(extreme(value)) }),
        33 => target.compare_rounded = Some(Rounding { scale: u32::from(value), mode: RoundingMode::HalfUp }),
        34 => {
            let points = vec![PathPointDraft { on: Some(far_day(value)), value: Some(extreme(which)) }; usize::from(value % 3)];
            target.points = Some(points);
        }
        35 => target.path = Some("compound".to_owned()),
        36 => target.in_force = Some(InForceDraft { from: Some(far_day(value)), to: Some(far_day(which)) }),
        37 => {
            if let Some(about) = about {
                about.kind =
                    [Kind::Share, Kind::Flow, Kind::Index, Kind::OnTime, Kind::Mean].get(usize::from(value) % 6).copied();
            }
        }
        38 => {
            if let Some(about) = about {
                about.bounds = Some(BoundsDraft { low: Some(extreme(value)), high: Some(extreme(which)) });
            }
        }
        39 => {
            if let Some(about) = about {
                about.within = Some(format!("i{}", value % 4));
            }
        }
        40 => {
            if let Some(about) = about {
                about.report_due_days = Some(u32::MAX - u32::from(value));
                about.reported = Some(Cadence::Day);
            }
        }
        _ => {
            if rows.is_empty() {
                return;
            }
            let at = usize::from(which) % rows.len();
            let row = &mut rows[at];
            match what % 44 {
                41 => row.period = Some(odd_label(value)),
                42 => {
                    (row.value, row.part, row.whole) =
                        (row.value.map(|_| extreme(value)), row.part.map(|_| extreme(value)), row.whole.map(|_| extreme(which)))
                }
                _ => {
                    (row.recorded_on, row.through, row.state) =
                        (Some(far_day(value)), Some(far_day(which)), truth.then_some(State::Expected))
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_plan_is_read_as_it_is_written(one in wordy()) {
        let plan = one.plan();
        let (in_json, in_toml) = (written(|text| plan.write_json(text)), written(|text| plan.write_toml(text)));
        let from_json = Plan::from_json(&in_json).map_err(|faults| TestCaseError::fail(format!("{faults}\n{in_json}")))?;
        prop_assert_eq!(&from_json, &plan);
        let from_toml = Plan::from_toml(&in_toml).map_err(|faults| TestCaseError::fail(format!("{faults}\n{in_toml}")))?;
        prop_assert_eq!(&from_toml, &plan);
        prop_assert_eq!(from_json.hash(), plan.hash());
        let again = plan.draft().clone().validate();
        prop_assert_eq!(again.as_ref(), Ok(&plan));
    }

    #[test]
    fn facts_are_read_as_they_are_written(one in wordy()) {
        let plan = one.plan();
        let facts = one.facts(&plan);
        let (in_json, in_csv) = (written(|text| facts.write_json(&plan, text)), written(|text| facts.write_csv(&plan, text)));
        let from_json = Facts::from_json(&plan, &in_json).map_err(|faults| TestCaseError::fail(format!("{faults}\n{in_json}")))?;
        prop_assert_eq!(&from_json, &facts);
        let from_csv = Facts::from_csv(&plan, &in_csv).map_err(|faults| TestCaseError::fail(format!("{faults}\n{in_csv}")))?;
        // An empty cell says nothing, so in a table an empty text is none.
        let mut rows = one.rows.clone();
        rows.iter_mut().for_each(|row| row.note = row.note.take().filter(|note| !note.is_empty()));
        prop_assert_eq!(&from_csv, &crate::support::facts(&plan, rows));
    }

    /// A record given twice is one record, and is written once.
    #[test]
    fn a_record_given_twice_is_one_record(one in world()) {
        let plan = one.plan();
        let mut rows = one.rows.clone();
        rows.extend(one.rows.iter().take(3).cloned());
        let facts = crate::support::facts(&plan, rows);
        prop_assert_eq!(facts.len(), facts.iter().count());
        let text = written(|text| facts.write_json(&plan, text));
        let again = Facts::from_json(&plan, text).unwrap();
        prop_assert_eq!(again.drafts(&plan), facts.drafts(&plan));
        prop_assert_eq!(again.len(), one.rows.len());
    }

    /// Two records of one thing, known from the same day, that differ are refused wherever they stand.
    #[test]
    fn a_contradiction_is_found_wherever_it_stands(one in world(), which in any::<Index>(), place in any::<Index>()) {
        if one.rows.is_empty() {
            return Ok(());
        }
        let plan = one.plan();
        let other = FactDraft { source: Some("another".to_owned()), ..which.get(&one.rows).clone() };
        let mut rows = one.rows.clone();
        rows.insert(place.index(rows.len() + 1), other);
        let faults = Facts::new(&plan, rows).map(drop).unwrap_err();
        prop_assert!(faults.as_slice().iter().all(|fault| fault.kind == attain::FaultKind::Duplicate), "{faults}");
    }

    /// Whatever a draft says, it is a plan or a list of faults, and a plan can be assessed on every day and written.
    #[test]
    fn no_draft_panics(
        one in world(),
        oddities in proptest::collection::vec(any::<Oddity>(), 0..5),
        as_of in any::<u8>(),
    ) {
        let World { mut draft, mut rows, .. } = one;
        for oddity in oddities {
            make_odd(&mut draft, &mut rows, oddity);
        }
        let plan = match draft.validate() {
            Ok(plan) => plan,
            Err(faults) => {
                prop_assert!(!faults.as_slice().is_empty() && !faults.to_string().is_empty());
                return Ok(());
            }
        };
        let again = plan.draft().clone().validate();
        prop_assert_eq!(again.as_ref(), Ok(&plan));
        // The rows that are in order, each for itself; those that contradict each other go.
        rows.retain(|row| Facts::new(&plan, [row.clone()]).is_ok());
        let facts = Facts::new(&plan, rows).unwrap_or_default();
        for as_of in [far_day(as_of).0, one.as_of] {
            let card = assess(&plan, &facts, as_of);
            let _ = written(|text| card.write_json(text));
            let _ = written(|text| card.write_csv(text));
        }
    }

    /// A damaged text is read, or refused with what is wrong and where.
    #[test]
    fn no_text_panics(
        one in world(),
        cuts in proptest::collection::vec((any::<Index>(), awkward(), 0..3_usize), 1..4),
    ) {
        let plan = one.plan();
        let facts = one.facts(&plan);
        let damaged = |mut text: String| {
            for (place, with, length) in &cuts {
                let mut letters: Vec<char> = text.chars().collect();
                let from = place.index(letters.len() + 1);
                let to = (from + length).min(letters.len());
                letters.splice(from..to, with.chars());
                text = letters.into_iter().collect();
            }
            text
        };
        let refused = |what: Result<(), attain::Faults>| match what {
            Ok(()) => Ok(()),
            Err(faults) => {
                prop_assert!(faults.as_slice().iter().all(|fault| fault.position.is_some()), "{faults}");
                Ok(())
            }
        };
        refused(Plan::from_json(damaged(written(|text| plan.write_json(text)))).map(drop))?;
        refused(Plan::from_toml(damaged(written(|text| plan.write_toml(text)))).map(drop))?;
        refused(Facts::from_json(&plan, damaged(written(|text| facts.write_json(&plan, text)))).map(drop))?;
        refused(Facts::from_csv(&plan, damaged(written(|text| facts.write_csv(&plan, text)))).map(drop))?;
    }
}
