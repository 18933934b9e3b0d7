//! What changed in a month, and how little would have turned each verdict, in plans that grow: n units under one office, 36
//! months of facts, judged every month for each unit.
//!
//! The last column, the time per fact, says whether twice the work takes twice the time. Nothing is asserted about time.
#![allow(clippy::unwrap_used, reason = "what is generated is valid")]

use attain::facts::FactDraft;
use attain::number::Number;
use attain::plan::{Every, HeaderDraft, IndicatorDraft, Kind, PLAN_FORMAT, PlanDraft, ScopeDraft, TargetDraft, UnitDraft};
use attain::scorecard::{Assessed, difference, flips};
use attain::time::{Cadence, Day, parse_day};
use attain::{Facts, Plan, assess};
use chrono::NaiveDate;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const MONTHS: u32 = 36;

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

fn target(id: &str, scope: &str) -> TargetDraft {
    TargetDraft {
        id: Some(id.to_owned()),
        indicator: Some("on-time".to_owned()),
        at_least: Some(Number::from(90)),
        every: Some(Every::Month),
        from: Some(Day(day("2023-01-01"))),
        until: Some(Day(day("2025-12-31"))),
        scope: Some(ScopeDraft::Named(scope.to_owned())),
        ..TargetDraft::default()
    }
}

fn world(units: u32) -> (Plan, Facts) {
    let unit =
        |place: u32| UnitDraft { id: Some(format!("unit-{place}")), parent: Some("office".to_owned()), ..UnitDraft::default() };
    let plan = PlanDraft {
        format: Some(PLAN_FORMAT.to_owned()),
        plan: HeaderDraft {
            id: Some("office".to_owned()),
            owner: Some("office".to_owned()),
            start: Some(Day(day("2023-01-01"))),
            ..HeaderDraft::default()
        },
        units: std::iter::once(UnitDraft { id: Some("office".to_owned()), ..UnitDraft::default() })
            .chain((0..units).map(unit))
            .collect(),
        indicators: vec![IndicatorDraft {
            id: Some("on-time".to_owned()),
            kind: Some(Kind::OnTime),
            reported: Some(Cadence::Month),
            ..IndicatorDraft::default()
        }],
        targets: vec![target("each", "each"), target("all", "total")],
        ..PlanDraft::default()
    };
    let row = |unit: u32, month: u32| FactDraft {
        indicator: Some("on-time".to_owned()),
        unit: Some(format!("unit-{unit}")),
        period: Some(format!("{}-{:02}", 2023 + month / 12, 1 + month % 12)),
        in_time: Some(Number::from(i64::from(200 + unit % 50))),
        late: Some(Number::from(i64::from((unit * 7 + month * 5) % 40))),
        overdue: Some(Number::from(i64::from(month % 3))),
        not_due: Some(Number::from(i64::from(unit % 9))),
        ..FactDraft::default()
    };
    let plan = plan.validate().unwrap();
    let rows = (0..units).flat_map(|unit| (0..MONTHS).map(move |month| row(unit, month)));
    let facts = Facts::new(&plan, rows).unwrap();
    (plan, facts)
}

fn items(units: u32) -> ItemsCount {
    ItemsCount::new(units as usize * MONTHS as usize)
}

#[divan::bench(args = [10, 40, 160], sample_count = 1, sample_size = 1)]
fn a_month(bencher: Bencher<'_, '_>, units: u32) {
    let (plan, facts) = world(units);
    let [before, after] = ["2025-06-30", "2025-07-31"].map(|on| assess(&plan, &facts, day(on)));
    bencher
        .counter(items(units))
        .bench_local(|| difference(Assessed { card: &before, facts: &facts }, Assessed { card: &after, facts: &facts }));
}

#[divan::bench(args = [10, 40, 160], sample_count = 1, sample_size = 1)]
fn everything_reported_at_once(bencher: Bencher<'_, '_>, units: u32) {
    let (plan, facts) = world(units);
    let none = Facts::default();
    let (before, after) = (assess(&plan, &none, day("2025-12-31")), assess(&plan, &facts, day("2025-12-31")));
    bencher
        .counter(items(units))
        .bench_local(|| difference(Assessed { card: &before, facts: &none }, Assessed { card: &after, facts: &facts }));
}

#[divan::bench(args = [10, 40, 100], sample_count = 1, sample_size = 1)]
fn margins(bencher: Bencher<'_, '_>, units: u32) {
    let (plan, facts) = world(units);
    bencher.counter(items(units)).bench_local(|| flips(&plan, &facts, day("2025-12-31")));
}
