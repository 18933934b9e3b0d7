//! How little would have turned a verdict, worked out by hand.

use attain::facts::FactDraft;
use attain::number::Ratio;
use attain::plan::{BaselineDraft, Change, IndicatorDraft, Kind, PlanDraft, TargetDraft};
use attain::scorecard::{Flip, Margin, flips};
use attain::{Facts, Plan, Status};

use crate::support::{day, empty_plan, fact, facts, figures, indicator, number, on, target, valid};

fn margin(about: IndicatorDraft, one: TargetDraft, rows: Vec<FactDraft>, as_of: &str) -> Margin {
    let plan = valid(PlanDraft { indicators: vec![about], targets: vec![one], ..empty_plan() });
    let facts = facts(&plan, rows);
    let [margin] = flips(&plan, &facts, day(as_of)).margins.try_into().unwrap();
    margin
}

/// Column by column the change and what follows, with the period of the fact.
fn short(margin: &Margin) -> Vec<String> {
    let of = |flip: &Flip| {
        let change: Vec<String> = flip.change.iter().map(|one| format!("{} {}", one.column, one.by)).collect();
        let beyond = if flip.is_beyond { " and more" } else { "" };
        format!("{}: {}{beyond}: {}", flip.fact.period.label(), change.join(", "), flip.status.code())
    };
    margin.flips.iter().map(of).collect()
}

fn quarters(kind: Kind, rows: [[i64; 4]; 4]) -> Vec<FactDraft> {
    let labels = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"];
    labels.into_iter().zip(rows).map(|(label, row)| figures(kind, row, fact("i", label))).collect()
}

#[test]
fn a_share_is_turned_by_cases() {
    let rows = quarters(Kind::Share, [[90, 100, 0, 0], [80, 100, 0, 0], [80, 100, 0, 0], [77, 100, 0, 0]]);
    let at_least = TargetDraft { at_least: Some(80.into()), ..target("t", "i", "2025") };
    // 327 of 400 with 320 needed: 8 fewer, or 9 more that fail: 327 of 408 is 80.1…, of 409 is below.
    let one = margin(indicator("i", Kind::Share), at_least, rows, "2025-12-31");
    assert_eq!(one.status, Status::Met);
    let expected = ["2025-Q4: part -8: missed", "2025-Q4: whole 9: missed", "2025-Q4: part -36, whole -36: missed"];
    assert_eq!(short(&one), expected);
}

#[test]
fn one_late_case_is_enough_at_a_hundred_percent() {
    let rows = quarters(Kind::OnTime, [[90, 0, 0, 5], [80, 0, 0, 5], [80, 0, 0, 5], [77, 0, 0, 0]]);
    let at_least = TargetDraft { at_least: Some(99.into()), ..target("t", "i", "2025") };
    // 327 of 327: 99 % bears 3 late of 330, not 4 of 331; of 327 it bears 3, not 4.
    let one = margin(indicator("i", Kind::OnTime), at_least, rows, "2025-12-31");
    let expected = ["2025-Q4: late 4: missed", "2025-Q4: overdue 4: missed", "2025-Q4: in_time -4, late 4: missed"];
    let mut found = short(&one);
    found.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn amounts_turn_at_the_exact_distance() {
    let quarter = |label: &str, text: &str| FactDraft { value: Some(number(text)), ..fact("i", label) };
    let rows = vec![quarter("2025-H1", "20.25"), quarter("2025-H2", "19.5")];
    let required = |one: TargetDraft| margin(indicator("i", Kind::Flow), one, rows.clone(), "2025-12-31");
    // 39.75 of 40: a quarter is missing, and with it the threshold is reached.
    let at_least = required(TargetDraft { at_least: Some(40.into()), ..target("t", "i", "2025") });
    assert_eq!(short(&at_least), ["2025-H2: value 0.25: met"]);
    // Above 40 asks for more than that, however little.
    let above = required(TargetDraft { above: Some(40.into()), ..target("t", "i", "2025") });
    assert_eq!(short(&above), ["2025-H2: value 0.25 and more: met"]);
    let at_most = required(TargetDraft { at_most: Some(40.into()), ..target("t", "i", "2025") });
    assert_eq!(short(&at_most), ["2025-H2: value 0.25 and more: missed"]);
}

#[test]
fn a_range_is_entered_and_left() {
    let stock = |amount: i64| vec![figures(Kind::Stock, [amount, 0, 0, 0], fact("i", "2025"))];
    let between = || TargetDraft { between: Some((40.into(), 42.into())), ..target("t", "i", "2025") };
    let whole = || IndicatorDraft { whole: Some(true), ..indicator("i", Kind::Stock) };
    let of = |amount| short(&margin(whole(), between(), stock(amount), "2025-12-31"));
    // From 7 the doubling steps 32, 64 jump over the range.
    assert_eq!(of(7), ["2025: value 33: met"]);
    assert_eq!(of(99), ["2025: value -57: met"]);
    assert_eq!(of(41), ["2025: value 2: missed", "2025: value -2: missed"]);
}

#[test]
fn a_baseline_turns_a_relative_target() {
    let whole = IndicatorDraft { whole: Some(true), ..indicator("i", Kind::Stock) };
    let reduce = TargetDraft {
        reduce_by: Some(Change::Percent(10.into())),
        baseline: Some(BaselineDraft::Named("2024".to_owned())),
        ..target("t", "i", "2025")
    };
    let rows = [("2024", 52), ("2025", 47)].map(|(label, amount)| figures(Kind::Stock, [amount, 0, 0, 0], fact("i", label)));
    // 47 against 46.8: one post less, or a baseline of 53, of which 90 % is 47.7.
    let one = margin(whole, reduce, rows.into(), "2025-12-31");
    assert_eq!(short(&one), ["2025: value -1: met", "2024: value 1: met"]);
}

#[test]
fn a_deliverable_turns_with_its_day() {
    let done = |on_day: &str| vec![FactDraft { done_on: on(on_day), ..fact("i", "2025") }];
    let deliver = || TargetDraft { deliver: Some(attain::plan::DeliverDraft::Done(true)), ..target("t", "i", "2025-H1") };
    let of = |on_day| short(&margin(indicator("i", Kind::Deliverable), deliver(), done(on_day), "2025-12-31"));
    assert_eq!(of("2025-06-20"), ["2025: done_on 11: missed"]);
    assert_eq!(of("2025-07-05"), ["2025: done_on -5: met"]);
}

#[test]
fn every_flip_of_the_shipped_plan_turns() {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    let margins = flips(&plan, &facts, day("2025-09-30")).margins;
    assert!(margins.len() > 60, "{}", margins.len());
    let with: Vec<&Margin> = margins.iter().filter(|one| !one.flips.is_empty()).collect();
    assert!(with.len() * 10 > margins.len() * 8, "{} of {}", with.len(), margins.len());
    // One of 1,622 dossiers was late: had it been in time, 100 % could still be had.
    let lost = margins.iter().find(|one| &*one.target == "dossiers-on-time-each-year" && one.period == "2025").unwrap();
    assert_eq!(lost.status, Status::Lost);
    let least = &lost.flips[0].change[0];
    assert_eq!((least.column, &least.by, least.is_up), ("late", &Ratio::from(-1), false));
    assert_eq!(lost.flips[0].fact.period.label(), "2025-Q2");
}
