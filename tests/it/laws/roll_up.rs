//! A parent's figure is that of all below it, however they are grouped and however finely they report.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a tree is valid by construction")]

use std::collections::BTreeMap;

use attain::assess::Assessment;
use attain::facts::FactDraft;
use attain::number::{Number, Ratio};
use attain::plan::{IndicatorDraft, Kind, PlanDraft, TargetDraft, UnitDraft};
use attain::time::Cadence;
use proptest::prelude::*;
use proptest::sample::select;

use super::config;
use super::setting::NUMBERS;
use crate::support::{card, day, empty_plan, fact, figures, indicator, only, target, tenths, unit};

/// How finely a leaf reports its year.
#[derive(Clone, Copy, Debug)]
enum Grain {
    Quarters,
    Halves,
    Mixed,
    Year,
}

/// Leaves with four quarters each.
#[derive(Clone, Debug)]
struct Leaves {
    kind: Kind,
    cohort: bool,
    populations: bool,
    requirement: (bool, Number),
    leaves: Vec<[[i64; 4]; 4]>,
    /// Which leaves report nothing.
    silent: Vec<bool>,
}

impl Leaves {
    fn plan(&self, units: Vec<UnitDraft>) -> PlanDraft {
        let weights = (0..self.leaves.len()).map(|leaf| (name(leaf), Number::from(1 + i64::try_from(leaf).unwrap() % 3)));
        let about = IndicatorDraft {
            cohort: Some(self.cohort && self.kind == Kind::OnTime),
            weights: if self.kind == Kind::Index { weights.collect() } else { BTreeMap::new() },
            ..indicator("i", self.kind)
        };
        let (upward, threshold) = self.requirement;
        let one = TargetDraft {
            at_least: Some(threshold).filter(|_| upward),
            at_most: Some(threshold).filter(|_| !upward),
            ..target("t", "i", "2025")
        };
        PlanDraft { units, indicators: vec![about], targets: vec![one], ..empty_plan() }
    }

    /// The leaf's quarters from `first` on, `count` of them, as one figure.
    fn together(&self, leaf: usize, first: usize, count: usize) -> [i64; 4] {
        let quarters = &self.leaves[leaf][first..first + count];
        let sum = |column: usize| quarters.iter().map(|row| row[column]).sum::<i64>();
        let last = quarters.last().unwrap();
        match self.kind {
            Kind::Stock | Kind::Index => *last,
            Kind::OnTime if !self.cohort => [sum(0), sum(1), last[2], last[3]],
            _ => [sum(0), sum(1), sum(2), sum(3)],
        }
    }

    fn row(&self, leaf: usize, at: Option<&str>, label: &str, figures_of: [i64; 4]) -> FactDraft {
        let mut row = figures(self.kind, figures_of, fact("i", label));
        row.unit = at.map(str::to_owned);
        if self.populations && self.kind == Kind::Survey {
            row.population = Some(Number::from(self.population(leaf)));
        }
        row
    }

    fn rows(&self, grain: Grain) -> Vec<FactDraft> {
        let periods: &[(&str, usize, usize)] = match grain {
            Grain::Quarters => &[("2025-Q1", 0, 1), ("2025-Q2", 1, 1), ("2025-Q3", 2, 1), ("2025-Q4", 3, 1)],
            Grain::Halves => &[("2025-H1", 0, 2), ("2025-H2", 2, 2)],
            Grain::Mixed => &[("2025-9M", 0, 3), ("2025-Q4", 3, 1)],
            Grain::Year => &[("2025", 0, 4)],
        };
        let speaking = (0..self.leaves.len()).filter(|leaf| !self.silent[*leaf]);
        speaking
            .flat_map(|leaf| {
                periods.iter().map(move |(label, first, count)| {
                    self.row(leaf, Some(&name(leaf)), label, self.together(leaf, *first, *count))
                })
            })
            .collect()
    }

    /// The value of the whole, worked out here once more: from counts, sums and weights, never from percentages.
    fn expected(&self) -> Option<Ratio> {
        let speaking = || (0..self.leaves.len()).filter(|leaf| !self.silent[*leaf]);
        let weighted = |weight: &dyn Fn(usize) -> i64, value: &dyn Fn(usize) -> Option<Ratio>| {
            let parts: Vec<(Ratio, Ratio)> =
                speaking().filter_map(|leaf| Some((Ratio::from(weight(leaf)), value(leaf)?))).collect();
            let over = parts.iter().fold(Ratio::ZERO, |sum, (weight, value)| sum + weight * value);
            over.divided_by(&Ratio::sum(parts.iter().map(|(weight, _)| weight)))
        };
        let year = |leaf: usize| self.together(leaf, 0, 4);
        let sum = |column: usize| Ratio::from(speaking().map(|leaf| year(leaf)[column]).sum::<i64>());
        let percent = Ratio::from(100);
        match self.kind {
            Kind::Flow | Kind::Stock => speaking().next().map(|_| sum(0)),
            Kind::Index => weighted(&|leaf| 1 + i64::try_from(leaf).unwrap() % 3, &|leaf| Some(Ratio::from(year(leaf)[0]))),
            Kind::Survey if self.populations => {
                let share = |leaf: usize| Ratio::new(i128::from(year(leaf)[0]), year(leaf)[1].into());
                weighted(&|leaf| self.population(leaf), &share).map(|mean| mean * percent)
            }
            Kind::OnTime => sum(0).divided_by(&(&(&sum(0) + &sum(1)) + &sum(2))).map(|rate| rate * percent),
            Kind::Mean => sum(0).divided_by(&sum(1)),
            _ => sum(0).divided_by(&sum(1)).map(|share| share * percent),
        }
    }

    /// The same people all year, and no fewer than answer.
    fn population(&self, leaf: usize) -> i64 {
        self.leaves[leaf].iter().map(|quarter| quarter[1]).sum::<i64>() + self.leaves[leaf][0][2]
    }

    fn assess(&self, units: Vec<UnitDraft>, grain: Grain) -> Assessment {
        only(&card(self.plan(units), self.rows(grain), day("2026-01-31"))).clone()
    }
}

fn name(leaf: usize) -> String {
    format!("leaf-{leaf}")
}

/// All leaves directly below the office.
fn flat(leaves: usize) -> Vec<UnitDraft> {
    let below = (0..leaves).map(|leaf| unit(&name(leaf), Some("office")));
    std::iter::once(unit("office", None)).chain(below).collect()
}

/// The same leaves below departments, some of which lie below each other.
fn nested(leaves: usize, above: &[usize], of_leaf: &[usize]) -> Vec<UnitDraft> {
    let department = |place: usize| if place == 0 { "office".to_owned() } else { format!("department-{place}") };
    let mut units = vec![unit("office", None)];
    for (place, parent) in above.iter().enumerate() {
        units.push(unit(&department(place + 1), Some(&department(parent % (place + 1)))));
    }
    for (leaf, parent) in of_leaf.iter().enumerate().take(leaves) {
        units.push(unit(&name(leaf), Some(&department(parent % (above.len() + 1)))));
    }
    // A department without anything below it would be a leaf of its own: it goes.
    loop {
        let parents: Vec<Option<String>> = units.iter().map(|unit| unit.parent.clone()).collect();
        let before = units.len();
        units.retain(|unit| !unit.id.as_ref().unwrap().starts_with("department") || parents.contains(&unit.id));
        if units.len() == before {
            return units;
        }
    }
}

fn leaves() -> impl Strategy<Value = Leaves> {
    let count = || prop_oneof![1 => Just(0_i64), 2 => select(vec![1_i64, 10, 20]), 2 => 0..50_i64];
    let quarter = [count(), count(), count(), count()];
    let requirement = (proptest::bool::ANY, select(vec![0_i64, 500, 570, 800, 1000, 123]).prop_map(tenths));
    let leaf = [quarter.clone(), quarter.clone(), quarter.clone(), quarter];
    let silent = prop_oneof![5 => Just(false), 1 => Just(true)];
    let all = proptest::collection::vec((leaf, silent), 1..6);
    (select(NUMBERS.to_vec()), any::<bool>(), any::<bool>(), requirement, all).prop_map(
        |(kind, cohort, populations, requirement, all)| {
            let (mut leaves, silent): (Vec<[[i64; 4]; 4]>, Vec<bool>) = all.into_iter().unzip();
            if matches!(kind, Kind::Share | Kind::Survey) {
                leaves.iter_mut().flatten().for_each(|row| row[0] = row[0].min(row[1]));
            }
            Leaves { kind, cohort, populations, requirement, leaves, silent }
        },
    )
}

fn grain() -> impl Strategy<Value = Grain> {
    select(vec![Grain::Quarters, Grain::Halves, Grain::Mixed, Grain::Year])
}

proptest! {
    #![proptest_config(config())]

    /// A tree that is split differently gives the same answer, but for what each part adds.
    #[test]
    fn nesting_changes_nothing(
        leaves in leaves(),
        above in proptest::collection::vec(0..9_usize, 0..5),
        of_leaf in proptest::collection::vec(0..9_usize, 6),
        grain in grain(),
    ) {
        let count = leaves.leaves.len();
        let (one, other) = (leaves.assess(flat(count), grain), leaves.assess(nested(count, &above, &of_leaf), grain));
        prop_assert_eq!((one.status, one.row, &one.reasons), (other.status, other.row, &other.reasons));
        let in_order = |of: &Assessment| {
            let mut actual = of.actual.clone();
            actual.coverage.missing.sort();
            actual
        };
        prop_assert_eq!(in_order(&one), in_order(&other));
        prop_assert_eq!((&one.variance, &one.shortfall, &one.cases), (&other.variance, &other.shortfall, &other.cases));
        // Nor do the steps change, up to what each part adds.
        let results = |of: &Assessment| {
            let whole = of.steps.iter().filter(|step| !step.of.as_ref().is_some_and(|of| of.starts_with("contributions")));
            let mut results: Vec<_> = whole.filter_map(|step| Some((step.of.clone()?, step.formula, step.result.to_string()))).collect();
            results.sort_by(|a, b| a.0.cmp(&b.0));
            results
        };
        prop_assert_eq!(results(&one), results(&other));
    }

    /// The figure of the whole is made of the data of the leaves.
    #[test]
    fn a_roll_up_is_made_of_the_data_below(
        leaves in leaves(),
        above in proptest::collection::vec(0..9_usize, 0..5),
        of_leaf in proptest::collection::vec(0..9_usize, 6),
        grain in grain(),
    ) {
        let answer = leaves.assess(nested(leaves.leaves.len(), &above, &of_leaf), grain);
        prop_assert_eq!(answer.actual.value.ok(), leaves.expected());
    }

    /// Months, quarters or a whole year: what is reported comes to the same.
    #[test]
    fn the_grain_of_the_reports_changes_nothing(leaves in leaves(), fine in grain(), coarse in grain()) {
        let units = || flat(leaves.leaves.len());
        let (one, other) = (leaves.assess(units(), fine), leaves.assess(units(), coarse));
        prop_assert_eq!((one.status, one.row, &one.reasons), (other.status, other.row, &other.reasons));
        prop_assert_eq!(&one.actual.value, &other.actual.value);
        prop_assert_eq!(&one.actual.measure, &other.actual.measure);
        prop_assert_eq!(&one.cases, &other.cases);
        prop_assert_eq!(&one.contributions, &other.contributions);
    }

    /// A single leaf's figures are the office's own.
    #[test]
    fn one_leaf_is_the_whole(mut leaves in leaves(), grain in grain()) {
        leaves.leaves.truncate(1);
        // A published score is the same with and without a weight.
        let below = leaves.assess(flat(1), grain);
        let mut rows = leaves.rows(grain);
        rows.iter_mut().for_each(|row| row.unit = None);
        let own = only(&card(leaves.plan(flat(1)), rows, day("2026-01-31"))).clone();
        prop_assert_eq!(below.status, own.status);
        prop_assert_eq!(below.actual.value, own.actual.value);
        prop_assert_eq!(below.variance, own.variance);
    }

    /// The parts of all units directly below add up exactly to the actual and to the gap.
    #[test]
    fn contributions_add_up_exactly(
        leaves in leaves(),
        above in proptest::collection::vec(0..9_usize, 0..5),
        of_leaf in proptest::collection::vec(0..9_usize, 6),
        grain in grain(),
    ) {
        let answer = leaves.assess(nested(leaves.leaves.len(), &above, &of_leaf), grain);
        let (Ok(actual), Ok(variance)) = (&answer.actual.value, &answer.variance) else {
            prop_assert!(answer.contributions.is_empty());
            return Ok(());
        };
        prop_assert!(!answer.contributions.is_empty());
        let parts = &answer.contributions;
        prop_assert_eq!(&Ratio::sum(parts.iter().map(|part| &part.to_actual)), actual);
        let of_variance: Option<Vec<&Ratio>> = parts.iter().map(|part| part.to_variance.as_ref()).collect();
        prop_assert_eq!(&Ratio::sum(of_variance.unwrap()), variance);
    }

    /// A figure with a cadence says which reports are missing, one by one.
    #[test]
    fn silence_lowers_the_coverage(leaves in leaves()) {
        let mut draft = leaves.plan(flat(leaves.leaves.len()));
        draft.indicators[0].reported = Some(Cadence::Quarter);
        let answer = only(&card(draft, leaves.rows(Grain::Quarters), day("2026-01-31"))).clone();
        let silent = leaves.silent.iter().filter(|silent| **silent).count();
        let coverage = &answer.actual.coverage;
        prop_assert_eq!(coverage.expected, 4 * leaves.leaves.len());
        prop_assert_eq!(coverage.missing.len(), 4 * silent);
        prop_assert_eq!(coverage.reported, coverage.expected - coverage.missing.len());
        prop_assert!(silent == 0 || !matches!(answer.status.code(), "met" | "not_applicable"), "{:?}", answer.status);
    }
}
