//! Path and outlook of many series of 60 months, on one thread and on all cores, and whole assessments with both.
//!
//! The last column says how many series a second; whether the cost of one grows is seen by comparing 2,000 with 200,000 series
//! within one run. Nothing is asserted about time. `--features parallel` adds the runs on all cores.
#![allow(clippy::unwrap_used, reason = "what is generated is valid")]
#![allow(clippy::float_arithmetic, reason = "a bench of what is estimated")]

use attain::assess::{Leg, Path};
use attain::facts::FactDraft;
use attain::number::{Number, Ratio};
use attain::plan::{
    BaselineDraft, Better, ByDraft, HeaderDraft, IndicatorDraft, Kind, PLAN_FORMAT, PlanDraft, ScopeDraft, TargetDraft, UnitDraft,
};
use attain::statistics::{Method, Scale, Series, fit, mann_kendall};
use attain::time::{Day, parse_day};
use attain::{Facts, Plan, assess};
use chrono::{Months, NaiveDate};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

const MONTHS: i64 = 60;

fn main() {
    divan::main();
}

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

/// Numbers that look like chance and are the same on every run (`splitmix`).
fn chance(seed: u64) -> i64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    i64::try_from((z ^ (z >> 31)) % 1000).unwrap()
}

/// A series that rises by about one a month from about 20.
fn figures(series: u64) -> impl Iterator<Item = i64> {
    (0..MONTHS).map(move |month| 2000 + 100 * month + chance(series * 64 + month.unsigned_abs()))
}

fn many(count: u64) -> Vec<Series> {
    let one = |series| Series::new((0..MONTHS).collect(), figures(series).map(|figure| figure as _).collect()).unwrap();
    (0..count).map(one).collect()
}

/// The path's value on a day, and all that an outlook says two years ahead.
fn answer(method: Method, series: &Series, from: NaiveDate) -> usize {
    let value = |hundredths: i64| Ratio::new(hundredths.into(), 100).unwrap();
    let later = |months| from.checked_add_months(Months::new(months)).unwrap();
    let path = Path::from_baseline(from, value(2000), Better::Higher)
        .through(later(48), value(7000), Leg::Linear)
        .and_then(|path| path.through(later(84), value(9000), Leg::Linear))
        .unwrap();
    let expected = path.at(later(59));
    let fit = fit(method, Scale::Plain, series).unwrap();
    let ahead = fit.at(MONTHS + 23).unwrap();
    let interval = ahead.interval(0.95).unwrap();
    let odds = ahead.probability_within(9000.0..).unwrap();
    let reached = fit.first_within(9000.0.., MONTHS + 1200);
    let trend = mann_kendall(series.values()).unwrap();
    let _ = black_box((expected, interval, odds, reached, trend.p_value()));
    1
}

#[divan::bench(args = [2_000, 20_000, 200_000], sample_count = 5, sample_size = 1)]
fn linear_on_one_thread(bencher: Bencher<'_, '_>, count: u64) {
    let (series, from) = (many(count), day("2020-12-31"));
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| series.iter().map(|one| answer(Method::Linear, one, from)).sum::<usize>());
}

#[cfg(feature = "parallel")]
#[divan::bench(args = [2_000, 20_000, 200_000], sample_count = 5, sample_size = 1)]
fn linear_on_all_cores(bencher: Bencher<'_, '_>, count: u64) {
    use rayon::prelude::*;
    let (series, from) = (many(count), day("2020-12-31"));
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| series.par_iter().map(|one| answer(Method::Linear, one, from)).sum::<usize>());
}

#[divan::bench(args = [2_000, 20_000], sample_count = 5, sample_size = 1)]
fn holt_on_one_thread(bencher: Bencher<'_, '_>, count: u64) {
    let (series, from) = (many(count), day("2020-12-31"));
    let method = Method::HoltDamped { level: 0.5, trend: 0.3, damping: 0.9 };
    bencher.counter(ItemsCount::new(count)).bench_local(|| series.iter().map(|one| answer(method, one, from)).sum::<usize>());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn theil_sen_of_2000(bencher: Bencher<'_, '_>) {
    let (series, from) = (many(2_000), day("2020-12-31"));
    bencher
        .counter(ItemsCount::new(2_000_usize))
        .bench_local(|| series.iter().map(|one| answer(Method::TheilSen, one, from)).sum::<usize>());
}

/// A target on a stock for each of so many units, with 60 months of figures.
fn province(units: u32) -> (Plan, Facts) {
    let unit = |place: u32| UnitDraft { id: Some(format!("unit-{place}")), ..UnitDraft::default() };
    let draft = PlanDraft {
        format: Some(PLAN_FORMAT.to_owned()),
        plan: HeaderDraft {
            id: Some("province".to_owned()),
            owner: Some("unit-0".to_owned()),
            start: Some(Day(day("2020-12-31"))),
            ..HeaderDraft::default()
        },
        units: (0..units).map(unit).collect(),
        indicators: vec![IndicatorDraft { id: Some("posts".to_owned()), kind: Some(Kind::Stock), ..IndicatorDraft::default() }],
        targets: vec![TargetDraft {
            id: Some("posts-2027".to_owned()),
            indicator: Some("posts".to_owned()),
            at_least: Some(Number::from(9000)),
            by: Some(ByDraft("2027".to_owned())),
            baseline: Some(BaselineDraft::Named("2021-01".to_owned())),
            scope: Some(ScopeDraft::Named("each".to_owned())),
            ..TargetDraft::default()
        }],
        ..PlanDraft::default()
    };
    let plan = draft.validate().unwrap();
    let row = |place: u32, month: i64, figure: i64| FactDraft {
        indicator: Some("posts".to_owned()),
        unit: Some(format!("unit-{place}")),
        period: Some(format!("{}-{:02}", 2021 + month / 12, month % 12 + 1)),
        value: Some(Number::from(figure)),
        ..FactDraft::default()
    };
    let rows =
        (0..units).flat_map(|place| (0..).zip(figures(place.into())).map(move |(month, figure)| row(place, month, figure)));
    let facts = Facts::new(&plan, rows).unwrap();
    (plan, facts)
}

#[divan::bench(args = [200, 2_000], sample_count = 5, sample_size = 1)]
fn assessments_with_outlooks(bencher: Bencher<'_, '_>, units: u32) {
    let (plan, facts) = province(units);
    let as_of = day("2025-12-31");
    bencher.counter(ItemsCount::new(units)).bench_local(|| black_box(assess(&plan, &facts, as_of)));
}
