//! Reading, assessing and writing a plan of the size of a province: 79 targets, each for 164 units, 36 months of facts.
//!
//! `assess_grows` takes the same plan with 10, 40 and 160 units, so that its time per fact (the last column) says
//! whether twice the work takes twice the time. Nothing is asserted about time.
#![allow(clippy::unwrap_used, reason = "what is generated is valid")]

use std::fmt::Write as _;

use attain::assess::Steps;
use attain::facts::FactDraft;
use attain::number::Number;
use attain::plan::{
    BaselineDraft, ByDraft, HeaderDraft, IndicatorDraft, Kind, OutlookDraft, Over, PLAN_FORMAT, PlanDraft, ScopeDraft,
    TargetDraft, UnitDraft,
};
use attain::time::{Cadence, Day, parse_day};
use attain::{Facts, Plan, Scorecard, assess, assess_with};
use chrono::NaiveDate;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

const TARGETS: u32 = 79;
const UNITS: u32 = 164;
const MONTHS: u32 = 36;
const KINDS: [Kind; 6] = [Kind::Share, Kind::OnTime, Kind::Flow, Kind::Share, Kind::Stock, Kind::Mean];

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

/// Numbers that look like chance and are the same on every run.
fn figure(target: u32, unit: u32, month: u32, which: u32, below: u32) -> u32 {
    let mixed = [target, unit, month, which].into_iter().fold(0x9E37_79B9_u32, |seed, part| {
        let seed = (seed ^ part).wrapping_mul(0x85EB_CA6B);
        (seed ^ (seed >> 13)).wrapping_mul(0xC2B2_AE35)
    });
    (mixed ^ (mixed >> 16)) % below
}

fn kind(target: u32) -> Kind {
    KINDS.into_iter().cycle().nth(target as usize).unwrap_or(Kind::Share)
}

fn plan(units: u32) -> PlanDraft {
    let unit =
        |place: u32| UnitDraft { id: Some(format!("unit-{place}")), parent: Some("province".to_owned()), ..UnitDraft::default() };
    let province = UnitDraft { id: Some("province".to_owned()), ..UnitDraft::default() };
    PlanDraft {
        format: Some(PLAN_FORMAT.to_owned()),
        plan: HeaderDraft {
            id: Some("province".to_owned()),
            owner: Some("province".to_owned()),
            start: Some(Day(day("2023-01-01"))),
            ..HeaderDraft::default()
        },
        units: std::iter::once(province).chain((0..units).map(unit)).collect(),
        indicators: (0..TARGETS).map(an_indicator).collect(),
        targets: (0..TARGETS).map(a_target).collect(),
        ..PlanDraft::default()
    }
}

fn an_indicator(place: u32) -> IndicatorDraft {
    IndicatorDraft {
        id: Some(format!("indicator-{place}")),
        kind: Some(kind(place)),
        reported: Some(Cadence::Month),
        report_due_days: Some(15),
        ..IndicatorDraft::default()
    }
}

/// Targets of the last year and of the whole time, with and without a baseline and an outlook.
fn a_target(place: u32) -> TargetDraft {
    let whole_time = place.is_multiple_of(3);
    let threshold = Number::from(i64::from(50 + figure(place, 0, 0, 9, 50)));
    TargetDraft {
        id: Some(format!("target-{place}")),
        indicator: Some(format!("indicator-{place}")),
        at_least: Some(threshold).filter(|_| place % 4 != 3),
        at_most: Some(threshold).filter(|_| place % 4 == 3),
        by: Some(ByDraft(if whole_time { "2025-12-31" } else { "2025" }.to_owned())),
        over: whole_time.then_some(Over::Window),
        baseline: place.is_multiple_of(2).then(|| BaselineDraft::Named("2023".to_owned())),
        outlook: (kind(place) == Kind::Share && place.is_multiple_of(5))
            .then(|| OutlookDraft { whole: Some(Number::from(20_000)) }),
        scope: Some(ScopeDraft::Named("each".to_owned())),
        ..TargetDraft::default()
    }
}

/// Every month of every unit and indicator, without the last three months of 2025, which are still to come.
fn rows(units: u32) -> impl Iterator<Item = FactDraft> {
    let months = || 0..MONTHS;
    (0..TARGETS).flat_map(move |target| (0..units).flat_map(move |unit| months().map(move |month| row(target, unit, month))))
}

fn row(target: u32, unit: u32, month: u32) -> FactDraft {
    let number = |which, below| Some(Number::from(i64::from(figure(target, unit, month, which, below))));
    let row = FactDraft {
        indicator: Some(format!("indicator-{target}")),
        unit: Some(format!("unit-{unit}")),
        period: Some(format!("{}-{:02}", 2023 + month / 12, 1 + month % 12)),
        ..FactDraft::default()
    };
    let whole = figure(target, unit, month, 1, 400);
    match kind(target) {
        Kind::Share => FactDraft {
            part: Some(Number::from(i64::from(whole - figure(target, unit, month, 2, 1 + whole / 2)))),
            whole: Some(Number::from(i64::from(whole))),
            ..row
        },
        Kind::OnTime => {
            FactDraft { in_time: number(1, 300), late: number(2, 20), overdue: number(3, 5), not_due: number(4, 40), ..row }
        }
        Kind::Mean => FactDraft { total: number(1, 40_000), weight: number(2, 500), ..row },
        _ => FactDraft { value: number(1, 1000), ..row },
    }
}

fn facts(plan: &Plan, units: u32) -> Facts {
    Facts::new(plan, rows(units)).unwrap()
}

fn world(units: u32) -> (Plan, Facts) {
    let plan = plan(units).validate().unwrap();
    let facts = facts(&plan, units);
    (plan, facts)
}

fn card(units: u32) -> Scorecard {
    let (plan, facts) = world(units);
    assess(&plan, &facts, as_of())
}

fn as_of() -> NaiveDate {
    day("2025-10-20")
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Vec<u8> {
    let mut text = Vec::new();
    write(&mut text).unwrap();
    text
}

/// The facts as a table: one row each, as they come from elsewhere.
fn table(units: u32) -> String {
    let columns = ["value", "part", "whole", "total", "weight", "in_time", "late", "overdue", "not_due"];
    let mut table = format!("indicator,unit,period,{}\n", columns.join(","));
    for row in rows(units) {
        for (name, text) in row.to_texts() {
            let key = matches!(name, "indicator" | "unit" | "period");
            if key || columns.contains(&name) {
                let comma = if name == "indicator" { "" } else { "," };
                let _ = write!(table, "{comma}{}", text.unwrap_or_default());
            }
        }
        table.push('\n');
    }
    table
}

fn items(units: u32) -> ItemsCount {
    ItemsCount::new(TARGETS * units * MONTHS)
}

#[divan::bench(sample_count = 20)]
fn read_plan_toml(bencher: Bencher) {
    let text = text(|text| plan(UNITS).validate().unwrap().write_toml(text));
    bencher.counter(BytesCount::of_slice(&text)).bench(|| Plan::from_toml(&text).unwrap());
}

#[divan::bench(sample_count = 20)]
fn read_plan_json(bencher: Bencher) {
    let text = text(|text| plan(UNITS).validate().unwrap().write_json(text));
    bencher.counter(BytesCount::of_slice(&text)).bench(|| Plan::from_json(&text).unwrap());
}

#[divan::bench(sample_count = 5)]
fn read_facts_csv(bencher: Bencher) {
    let (plan, table) = (plan(UNITS).validate().unwrap(), table(UNITS));
    bencher.counter(items(UNITS)).counter(BytesCount::of_str(&table)).bench(|| Facts::from_csv(&plan, &table).unwrap());
}

#[divan::bench(sample_count = 5)]
fn read_facts_json(bencher: Bencher) {
    let (plan, facts) = world(UNITS);
    let text = text(|text| facts.write_json(&plan, text));
    bencher.counter(items(UNITS)).counter(BytesCount::of_slice(&text)).bench(|| Facts::from_json(&plan, &text).unwrap());
}

#[divan::bench(sample_count = 5)]
fn take_in_facts(bencher: Bencher) {
    let plan = plan(UNITS).validate().unwrap();
    bencher
        .counter(items(UNITS))
        .with_inputs(|| rows(UNITS).collect::<Vec<_>>())
        .bench_values(|rows| Facts::new(&plan, rows).unwrap());
}

#[divan::bench(sample_count = 10)]
fn assess_all(bencher: Bencher) {
    let (plan, facts) = world(UNITS);
    bencher.counter(items(UNITS)).bench(|| assess(&plan, &facts, as_of()));
}

/// The same without steps: what is kept for explanations is the difference of the two, in time and in memory.
#[divan::bench(sample_count = 10)]
fn assess_without_steps(bencher: Bencher) {
    let (plan, facts) = world(UNITS);
    bencher.counter(items(UNITS)).bench(|| assess_with(&plan, &facts, as_of(), Steps::Omitted));
}

#[divan::bench(args = [10, 40, 160], sample_count = 20)]
fn assess_grows(bencher: Bencher, units: u32) {
    let (plan, facts) = world(units);
    bencher.counter(items(units)).bench(|| assess(&plan, &facts, as_of()));
}

/// The same facts, of one target each for the whole province: the leaves' data are rolled up.
#[divan::bench(args = [10, 40, 160], sample_count = 20)]
fn roll_up_grows(bencher: Bencher, units: u32) {
    let (_, facts) = world(units);
    let mut draft = plan(units);
    draft.targets.iter_mut().for_each(|target| target.scope = None);
    let plan = draft.validate().unwrap();
    bencher.counter(items(units)).bench(|| assess(&plan, &facts, as_of()));
}

#[divan::bench(sample_count = 10)]
fn summarise(bencher: Bencher) {
    let card = card(UNITS);
    bencher.counter(ItemsCount::new(card.assessments().len())).bench(|| card.summary());
}

#[divan::bench(sample_count = 5)]
fn write_scorecard_json(bencher: Bencher) {
    let card = card(UNITS);
    let bytes = text(|text| card.write_json(text)).len();
    bencher
        .counter(ItemsCount::new(card.assessments().len()))
        .counter(BytesCount::new(bytes))
        .bench(|| text(|text| card.write_json(text)));
}

#[divan::bench(sample_count = 5)]
fn write_scorecard_csv(bencher: Bencher) {
    let card = card(UNITS);
    bencher.counter(ItemsCount::new(card.assessments().len())).bench(|| text(|text| card.write_csv(text)));
}
