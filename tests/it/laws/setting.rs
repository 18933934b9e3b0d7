//! One target of one unit for 2025, and what its quarters report: small enough to be changed in one place.
#![allow(clippy::unwrap_used, reason = "a setting is valid by construction")]

use attain::assess::Assessment;
use attain::number::{Number, Ratio, Rounding, RoundingMode};
use attain::plan::{
    BaselineDraft, BaselineTable, BoundsDraft, Change, Direction, IndicatorDraft, Kind, OutlookDraft, PlanDraft, TargetDraft,
};
use attain::time::{Cadence, Day};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{card, day, empty_plan, fact, figures, indicator, only, target};

pub(super) const COUNTED: [Kind; 3] = [Kind::Share, Kind::Survey, Kind::OnTime];
pub(super) const AMOUNTS: [Kind; 3] = [Kind::Flow, Kind::Stock, Kind::Index];
pub(super) const NUMBERS: [Kind; 8] =
    [Kind::Share, Kind::Survey, Kind::OnTime, Kind::Ratio, Kind::Mean, Kind::Flow, Kind::Stock, Kind::Index];

/// What is required, in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Required {
    AtLeast(Number),
    AtMost(Number),
    Above(Number),
    Below(Number),
    Exactly(Number),
    Between(Number, Number),
    ReduceBy(Change),
    IncreaseBy(Change),
    /// Strictly higher, or lower, than the baseline.
    Improve(Direction),
}

/// A target, and what is reported of it.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) kind: Kind,
    pub(super) required: Required,
    pub(super) tolerance: Number,
    pub(super) rounding: Option<Rounding>,
    /// The whole that is expected.
    pub(super) outlook: Option<Number>,
    /// The value on the last day of 2024.
    pub(super) baseline: Option<Number>,
    pub(super) bounds: Option<(Number, Number)>,
    pub(super) reported: Option<Cadence>,
    /// Quarter by quarter, in the columns of the kind.
    pub(super) rows: Vec<[i64; 4]>,
    pub(super) as_of: NaiveDate,
}

impl Setting {
    pub(super) fn plan(&self) -> PlanDraft {
        let mut about = IndicatorDraft { reported: self.reported, ..indicator("i", self.kind) };
        about.bounds = self.bounds.map(|(low, high)| BoundsDraft { low: Some(low), high: Some(high) });
        let mut one = TargetDraft {
            tolerance: Some(self.tolerance),
            compare_rounded: self.rounding,
            outlook: self.outlook.map(|whole| OutlookDraft { whole: Some(whole) }),
            ..target("t", "i", "2025")
        };
        one.baseline = self.baseline.map(|value| {
            let on = Some(Day(day("2024-12-31")));
            BaselineDraft::Given(BaselineTable { value: Some(value), on, ..BaselineTable::default() })
        });
        match self.required {
            Required::AtLeast(t) => one.at_least = Some(t),
            Required::AtMost(t) => one.at_most = Some(t),
            Required::Above(t) => one.above = Some(t),
            Required::Below(t) => one.below = Some(t),
            Required::Exactly(t) => one.exactly = Some(t),
            Required::Between(low, high) => one.between = Some((low, high)),
            Required::ReduceBy(change) => one.reduce_by = Some(change),
            Required::IncreaseBy(change) => one.increase_by = Some(change),
            Required::Improve(direction) => {
                one.improve = Some(true);
                about.direction = Some(direction);
            }
        }
        PlanDraft { indicators: vec![about], targets: vec![one], ..empty_plan() }
    }

    #[track_caller]
    pub(super) fn assess(&self) -> Assessment {
        let quarters = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"];
        let rows = self.rows.iter().zip(quarters).map(|(row, quarter)| figures(self.kind, *row, fact("i", quarter)));
        only(&card(self.plan(), rows, self.as_of)).clone()
    }

    /// What the reported quarters come to, worked out here once more.
    pub(super) fn actual(&self) -> Option<Ratio> {
        let ends = ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"];
        let ended = ends.into_iter().filter(|end| day(end) <= self.as_of).count();
        let rows = self.rows.get(..ended.min(self.rows.len()))?;
        let sum = |column: usize| rows.iter().filter_map(|row| row.get(column)).sum::<i64>();
        let last = rows.last()?;
        let quotient = |over: i64, under: i64, factor: i64| Ratio::new(i128::from(over * factor), under.into());
        match self.kind {
            Kind::Share | Kind::Survey | Kind::Ratio => quotient(sum(0), sum(1), 100),
            Kind::Mean => quotient(sum(0), sum(1), 1),
            Kind::OnTime => quotient(sum(0), sum(0) + sum(1) + last.get(2)?, 100),
            Kind::Flow => Some(Ratio::from(sum(0))),
            _ => last.first().copied().map(Ratio::from),
        }
    }
}

/// Wholes that are round, small, 0, and awkward.
fn whole() -> impl Strategy<Value = i64> {
    prop_oneof![4 => select(vec![0_i64, 1, 2, 10, 20, 100, 200]), 1 => 0_i64..300]
}

/// A part and its whole: none of it, all of it, all but one, or some.
fn part_and_whole() -> impl Strategy<Value = (i64, i64)> {
    (whole(), 0..6_u8, 0..1000_i64).prop_map(|(whole, which, some)| {
        let part = match which {
            0 => 0,
            1 => whole,
            2 => (whole - 1).max(0),
            _ => whole * some / 1000,
        };
        (part, whole)
    })
}

fn row(kind: Kind) -> BoxedStrategy<[i64; 4]> {
    match kind {
        Kind::Share | Kind::Survey => part_and_whole().prop_map(|(part, whole)| [part, whole, 0, 0]).boxed(),
        Kind::OnTime => {
            let few = || prop_oneof![2 => Just(0_i64), 3 => 0..5_i64];
            (whole(), few(), few(), few()).prop_map(|(i, l, o, n)| [i, l, o, n]).boxed()
        }
        Kind::Ratio | Kind::Mean => (-50..400_i64, whole()).prop_map(|(over, under)| [over, under, 0, 0]).boxed(),
        Kind::Index => (-50..150_i64).prop_map(|value| [value, 0, 0, 0]).boxed(),
        _ => prop_oneof![1 => Just(0_i64), 4 => 0..150_i64].prop_map(|value| [value, 0, 0, 0]).boxed(),
    }
}

/// Thresholds that no value, every value, one value or some values reach; in tenths.
fn threshold() -> impl Strategy<Value = Number> {
    let edges = vec![-10, 0, 5, 500, 570, 799, 800, 995, 999, 1000, 1001];
    prop_oneof![select(edges), 0..1200_i64].prop_map(crate::support::tenths)
}

fn change() -> impl Strategy<Value = Change> {
    let size = || select(vec![1_i64, 5, 100, 333, 1000]).prop_map(crate::support::tenths);
    prop_oneof![size().prop_map(Change::Percent), size().prop_map(Change::Amount)]
}

pub(super) fn upward() -> impl Strategy<Value = Required> {
    prop_oneof![
        4 => threshold().prop_map(Required::AtLeast),
        2 => threshold().prop_map(Required::Above),
        1 => change().prop_map(Required::IncreaseBy),
        1 => Just(Required::Improve(Direction::Increase)),
    ]
}

pub(super) fn downward() -> impl Strategy<Value = Required> {
    prop_oneof![
        4 => threshold().prop_map(Required::AtMost),
        2 => threshold().prop_map(Required::Below),
        1 => change().prop_map(Required::ReduceBy),
        1 => Just(Required::Improve(Direction::Decrease)),
    ]
}

pub(super) fn any_required() -> impl Strategy<Value = Required> {
    let range = (threshold(), threshold()).prop_map(|(a, b)| Required::Between(a.min(b), a.max(b)));
    prop_oneof![3 => upward(), 3 => downward(), 1 => threshold().prop_map(Required::Exactly), 1 => range]
}

/// Days before, in and at the end of the window, when nothing, something and everything is reported.
fn as_of() -> impl Strategy<Value = NaiveDate> {
    select(vec!["2024-12-31", "2025-01-01", "2025-03-31", "2025-10-15", "2025-12-30", "2025-12-31", "2026-05-01"]).prop_map(day)
}

pub(super) fn rounding() -> impl Strategy<Value = Option<Rounding>> {
    let mode = select(vec![RoundingMode::HalfUp, RoundingMode::HalfEven]);
    prop_oneof![3 => Just(None), 1 => (0..2_u32, mode).prop_map(|(scale, mode)| Some(Rounding { scale, mode }))]
}

/// A setting of one of `kinds`; in every third the threshold is what is reached, or a tenth off it.
pub(super) fn setting(
    kinds: impl Into<Vec<Kind>>,
    required: impl Strategy<Value = Required> + 'static,
) -> impl Strategy<Value = Setting> {
    let required = required.boxed();
    select(kinds.into()).prop_flat_map(move |kind| {
        let rows = proptest::collection::vec(row(kind), 0..=4);
        let numbers = (select(vec![0_i64, 0, 5, 10]), proptest::option::of(0..60_i64), threshold());
        let choices = (rounding(), proptest::bool::ANY, proptest::bool::ANY);
        let beside = prop_oneof![4 => Just(None), 2 => (-1..=1_i64).prop_map(Some)];
        (rows, required.clone(), numbers, choices, as_of(), beside).prop_map(
            move |(rows, required, (tolerance, more, baseline), (rounding, has_baseline, has_cadence), as_of, beside)| {
                let relative = matches!(required, Required::ReduceBy(_) | Required::IncreaseBy(_) | Required::Improve(_));
                let reported: i64 = rows.iter().map(|row| if kind == Kind::OnTime { row.iter().sum() } else { row[1] }).sum();
                let has_whole = !AMOUNTS.contains(&kind);
                let mut setting = Setting {
                    kind,
                    required,
                    tolerance: crate::support::tenths(tolerance),
                    rounding,
                    outlook: more.filter(|_| has_whole).map(|more| (reported + more).into()),
                    baseline: (has_baseline || relative).then_some(baseline),
                    bounds: None,
                    reported: has_cadence.then_some(Cadence::Quarter),
                    rows,
                    as_of,
                };
                if let Some(off) = beside {
                    setting.required = setting.at_the_threshold(off);
                }
                setting
            },
        )
    })
}

impl Setting {
    /// The same requirement with what is reached as its threshold, or `off` tenths beside it.
    fn at_the_threshold(&self, off: i64) -> Required {
        let reached = self.actual().and_then(|actual| Number::exactly(&(actual + Ratio::new(off.into(), 10).unwrap())));
        let Some(t) = reached else { return self.required };
        match self.required {
            Required::AtLeast(_) => Required::AtLeast(t),
            Required::AtMost(_) => Required::AtMost(t),
            Required::Above(_) => Required::Above(t),
            Required::Below(_) => Required::Below(t),
            Required::Exactly(_) => Required::Exactly(t),
            Required::Between(low, _) if low <= t => Required::Between(low, t),
            other => other,
        }
    }
}
