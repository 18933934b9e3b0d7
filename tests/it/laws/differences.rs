//! What changed and why, in plans with everything in them: undoing the causes gives back what was.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a world is valid by construction")]

use std::collections::{BTreeMap, BTreeSet};

use attain::assess::Assessment;
use attain::facts::{FactDraft, State};
use attain::number::{Number, Rounding, RoundingMode};
use attain::plan::{BaselineRevisions, InForceDraft, Kind, PaceBandsDraft, PlanDraft, WhenNoCases};
use attain::scorecard::{CauseKind, PlanEntry, Standing};
use attain::{AsOf, Language};
use proptest::prelude::*;
use serde_json::Value;

use super::config;
use super::world::{World, world};
use crate::support::{day, number, on};
use crate::undo::{Side, compare, gives_back};

/// The days that are spoken of, and what else is another.
type Choices = ([u8; 4], Vec<[u8; 3]>);

const DAYS: [&str; 6] = ["2024-12-31", "2025-03-31", "2025-06-30", "2025-12-31", "2026-01-15", "2027-01-01"];

fn side(world: &World) -> Side {
    let mut side = Side { draft: world.draft.clone(), rows: world.rows.clone(), as_of: world.as_of() };
    // The last day of known-on is the day itself unless it is given: said here, so that both sides say it.
    side.as_of = side.as_of.with_known_on(world.as_of().known_on());
    side
}

/// The same world a little later or earlier, with some rows and clauses changed.
fn another(world: &World, (days, changes): &Choices) -> Side {
    let mut other = side(world);
    let pick = |which: u8| day(DAYS[usize::from(which) % DAYS.len()]);
    if days[0] % 3 > 0 {
        other.as_of = AsOf::from(pick(days[1])).with_known_on(pick(days[2]));
    }
    for change in changes {
        let mut tried = other.clone();
        alter(&mut tried, *change);
        let plan = tried.draft.clone().validate();
        if plan.is_ok_and(|plan| attain::Facts::new(&plan, tried.rows.clone()).is_ok()) {
            other = tried;
        }
    }
    other
}

fn alter(side: &mut Side, [what, which, size]: [u8; 3]) {
    let place = |length: usize| usize::from(which).checked_rem(length);
    let amount = Number::from(i64::from(size % 40));
    match what % 19 {
        0 => drop(place(side.rows.len()).map(|place| side.rows.remove(place))),
        1..=4 => {
            let Some(row) = place(side.rows.len()).and_then(|place| side.rows.get_mut(place)) else { return };
            revise(row, amount);
        }
        5 => {
            let Some(row) = place(side.rows.len()).and_then(|place| side.rows.get(place)).cloned() else { return };
            let mut later = FactDraft { recorded_on: on("2025-11-11"), ..row };
            revise(&mut later, amount);
            side.rows.push(later);
        }
        6 => side.draft.plan.pace_bands = Some(PaceBandsDraft { on_track: Some(number("0.8")), at_risk: Some(number("0.7")) }),
        7 => side.draft.plan.compare_rounded = Some(Rounding { scale: u32::from(size % 2), mode: RoundingMode::HalfUp }),
        14 => {
            // Any unit but the first can be moved to one before it.
            let Some(below) = place(side.draft.units.len()).filter(|below| *below > 0) else { return };
            side.draft.units[below].parent = side.draft.units[usize::from(size) % below].id.clone();
        }
        15 => side.draft.targets.reverse(),
        16 => {
            let Some(row) = place(side.rows.len()).and_then(|place| side.rows.get_mut(place)) else { return };
            *row = FactDraft {
                indicator: row.indicator.clone(),
                unit: row.unit.clone(),
                period: row.period.clone(),
                state: Some(State::NotApplicable),
                ..FactDraft::default()
            };
        }
        other => {
            let Some(target) = place(side.draft.targets.len()).and_then(|place| side.draft.targets.get_mut(place)) else {
                return;
            };
            let about = side.draft.indicators.iter_mut().find(|about| about.id == target.indicator).unwrap();
            match other {
                8 => target.tolerance = Some(amount),
                9 => target.at_least = target.at_least.map(|_| amount),
                10 => about.when_no_cases = Some(WhenNoCases::Met).filter(|_| about.kind != Some(Kind::Deliverable)),
                11 => about.report_due_days = Some(u32::from(size)),
                17 => (target.at_most, target.at_least) = (target.at_least, target.at_most),
                18 => target.baseline_revisions = target.baseline.is_some().then_some(BaselineRevisions::Follow),
                12 => target.in_force = Some(InForceDraft { from: on("2025-04-01"), to: None }),
                _ => drop(place(side.draft.targets.len()).map(|place| side.draft.targets.remove(place))),
            }
        }
    }
}

fn revise(row: &mut FactDraft, amount: Number) {
    for figure in [&mut row.value, &mut row.part, &mut row.numerator, &mut row.total, &mut row.positive, &mut row.in_time] {
        *figure = figure.map(|_| amount);
    }
}

fn choices() -> impl Strategy<Value = Choices> {
    (any::<[u8; 4]>(), proptest::collection::vec(any::<[u8; 3]>(), 0..6))
}

/// The indicators that an assessment of a target can depend on.
fn measured(draft: &PlanDraft, target: &str) -> Vec<String> {
    let of = draft.targets.iter().filter(|one| one.id.as_deref() == Some(target));
    of.filter_map(|one| one.indicator.clone()).collect()
}

proptest! {
    #![proptest_config(config())]

    /// Every changed assessment has a cause, and undoing the causes on the documents gives back what was, both ways.
    #[test]
    fn undoing_the_causes_gives_back_what_was(one in world(), choices in choices()) {
        let (before, after) = (side(&one), another(&one, &choices));
        gives_back(&before, &after);
        gives_back(&after, &before);
    }

    /// Nothing that has nothing to do with it is a cause, and nothing is left out of the count.
    #[test]
    fn causes_are_of_the_matter(one in world(), choices in choices()) {
        let (before, after) = (side(&one), another(&one, &choices));
        let found = compare(&before, &after);
        for of in &found.changed {
            let known = [measured(&before.draft, of.target()), measured(&after.draft, of.target())].concat();
            for cause in &of.causes {
                match &cause.what {
                    CauseKind::FactAdded(fact) | CauseKind::FactGone(fact) | CauseKind::FactRevised { after: fact, .. } => {
                        prop_assert!(known.iter().any(|id| **id == *fact.indicator), "{cause:?} of {}", of.target());
                    }
                    CauseKind::PlanChanged { entry: PlanEntry::Target(id), .. } => prop_assert_eq!(id, of.target()),
                    CauseKind::TimePassed { from, to, .. } => prop_assert_ne!(from, to),
                    _ => {}
                }
            }
        }
        let assessed = after.made().0.assessments().len();
        let gone = found.changed.iter().filter(|of| of.after.is_none()).count();
        prop_assert_eq!(found.changed.len() - gone + found.unchanged, assessed);
    }

    /// As JSON a difference has its own counts and names each assessment that is another exactly once.
    #[test]
    fn json_names_every_change_once(one in world(), choices in choices()) {
        let (before, after) = (side(&one), another(&one, &choices));
        let found = compare(&before, &after);
        let mut text = Vec::new();
        found.write_json(&mut text).unwrap();
        let document: Value = serde_json::from_slice(&text).unwrap();
        let count = |name: &str| usize::try_from(document["summary"][name].as_u64().unwrap()).unwrap();
        let by_turn = ["better", "worse", "other", "numbers"].map(count);
        prop_assert_eq!(count("changed"), by_turn.iter().sum::<usize>());
        prop_assert_eq!(count("unchanged"), found.unchanged);

        let text_of = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        let changed = document["changed"].as_array().unwrap();
        let named: BTreeSet<[String; 3]> =
            changed.iter().map(|one| ["target", "unit", "period"].map(|name| text_of(one, name))).collect();
        prop_assert_eq!((named.len(), changed.len()), (count("changed"), count("changed")));
        // The same found by laying the two scorecards side by side.
        let standings = |side: &Side| -> BTreeMap<[String; 3], Standing> {
            let card = side.made().0;
            let key = |one: &Assessment| [one.target.to_string(), one.unit.to_string(), one.period_label()];
            card.assessments().iter().map(|one| (key(one), Standing::from(one))).collect()
        };
        let (then, now) = (standings(&before), standings(&after));
        let differing = then.keys().chain(now.keys()).filter(|key| then.get(*key) != now.get(*key)).cloned().collect();
        prop_assert_eq!(named, differing);
        for language in [Language::English, Language::Vietnamese] {
            let heads = found.to_markdown(language).lines().filter(|line| line.starts_with("## ")).count();
            prop_assert_eq!(heads, found.changed.len());
        }
    }
}
