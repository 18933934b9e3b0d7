//! A flip turns the verdict, and a little less does not.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a world is valid by construction")]

use attain::facts::{FactDraft, State};
use attain::number::{Number, Ratio};
use attain::plan::{BoundsDraft, Kind};
use attain::scorecard::{FactRecord, Flip, Margin, flips};
use attain::time::Day;
use attain::{AsOf, Facts, Group, Plan, Status, assess};
use chrono::TimeDelta;
use proptest::prelude::*;

use super::config;
use super::world::{World, world};

fn is_it(row: &FactDraft, fact: &FactRecord) -> bool {
    row.indicator.as_deref() == Some(&*fact.indicator)
        && row.unit.as_deref().unwrap_or("u0") == &*fact.unit
        && row.period == Some(fact.period.label())
        && row.recorded_on.map(|day| day.0) == fact.recorded_on
        && (row.state == Some(State::Expected)) == (fact.state == State::Expected)
}

fn set(row: &mut FactDraft, column: &str, by: &Ratio) -> Option<()> {
    if column == "done_on" {
        let day = row.done_on?.0.checked_add_signed(TimeDelta::days(by.to_i64()?))?;
        row.done_on = Some(Day(day));
        return Some(());
    }
    let figure = match column {
        "value" => &mut row.value,
        "part" => &mut row.part,
        "whole" => &mut row.whole,
        "numerator" => &mut row.numerator,
        "denominator" => &mut row.denominator,
        "total" => &mut row.total,
        "weight" => &mut row.weight,
        "positive" => &mut row.positive,
        "valid" => &mut row.valid,
        "in_time" => &mut row.in_time,
        "late" => &mut row.late,
        "overdue" => &mut row.overdue,
        _ => return None,
    };
    *figure = Some(Number::exactly(&(&Ratio::from((*figure)?) + by))?);
    Some(())
}

/// The status with the flip's fact changed by `size`; nothing where no document can say that.
fn status_with(plan: &Plan, rows: &[FactDraft], as_of: AsOf, margin: &Margin, flip: &Flip, size: &Ratio) -> Option<Status> {
    let mut rows = rows.to_vec();
    let row = rows.iter_mut().find(|row| is_it(row, &flip.fact)).unwrap();
    for change in &flip.change {
        set(row, change.column, &if change.is_up { size.clone() } else { -size })?;
    }
    let facts = Facts::new(plan, rows).ok()?;
    let card = assess(plan, &facts, as_of);
    let is_of =
        |of: &&attain::Assessment| of.target == margin.target && of.unit == margin.unit && of.period_label() == margin.period;
    card.assessments().iter().find(is_of).map(|of| of.status)
}

/// The margins of a world, some of whose indicators count in whole numbers and have an upper end.
fn margins(one: &World) -> (Plan, Vec<FactDraft>, Vec<Margin>) {
    let mut one = one.clone();
    for about in &mut one.draft.indicators {
        if about.kind == Some(Kind::Stock) && about.whole.is_some() {
            about.bounds = Some(BoundsDraft { low: Some(Number::ZERO), high: Some(Number::from(1_000)) });
        }
    }
    let plan = one.plan();
    let found = flips(&plan, &one.facts(&plan), one.as_of()).margins;
    (plan, one.rows, found)
}

proptest! {
    #![proptest_config(config())]

    /// Applied to the document a flip turns the verdict into what it says; one unit less, or a little less, does not.
    #[test]
    fn a_flip_turns_and_less_does_not(one in world()) {
        let (plan, rows, margins) = margins(&one);
        let tiny = Ratio::new(1, 1_000_000_000).unwrap();
        for margin in &margins {
            prop_assert!(margin.status.group() != Group::None);
            for flip in &margin.flips {
                let size = flip.size();
                let status = |size: &Ratio| status_with(&plan, &rows, one.as_of(), margin, flip, size);
                let enough = if flip.is_beyond { &size + &tiny } else { size.clone() };
                prop_assert!(flip.status.group() != margin.status.group(), "{flip:?}");
                if let Some(after) = status(&enough) {
                    prop_assert_eq!(after, flip.status, "{:?} {:?}", margin, flip);
                }
                let about = plan.indicators().iter().find(|about| *about.id() == *flip.fact.indicator).unwrap();
                let is_amount = matches!(flip.change[0].column, "value" | "numerator" | "denominator" | "total" | "weight");
                let less = &size - if is_amount && !about.is_whole() { &tiny } else { &Ratio::ONE };
                // Not only the next smaller change: of the smallest ones none.
                let smallest = (1..8).map(Ratio::from).filter(|small| *small < size);
                for less in smallest.chain([less]).filter(|less| !less.is_negative()) {
                    let Some(before) = status(&less) else { continue };
                    let turned = before.group() != Group::None && before.group() != margin.status.group();
                    prop_assert!(!turned, "{less} of {flip:?} turns {margin:?} into {before:?}");
                }
            }
        }
    }
}
