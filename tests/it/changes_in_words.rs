//! Differences, margins and contributions as people read them, in both languages.

use attain::plan::PlanDraft;
use attain::scorecard::{Assessed, Difference, difference, flips};
use attain::{AsOf, Facts, Language, Plan, Scorecard, assess};

use crate::support::day;

const PLAN: &str = include_str!("../../plans/decision-333.toml");
const FACTS: &str = include_str!("../../plans/decision-333.facts.csv");

fn shipped() -> (Plan, Facts) {
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    (plan, facts)
}

/// What changed of some targets of the shipped plan.
fn changes(then: &str, now: &str, targets: &[&str]) -> Difference {
    let (plan, facts) = shipped();
    let of = |on: &str| assess(&plan, &facts, day(on)).only(|one| targets.contains(&&*one.target));
    let (then, now) = (of(then), of(now));
    difference(Assessed { card: &then, facts: &facts }, Assessed { card: &now, facts: &facts })
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    assert_eq!(text.trim_end(), expected.trim(), "\n{text}");
}
