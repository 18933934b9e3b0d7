//! Every number can be derived again from the steps alone, by someone who knows the table of formulas and nothing else.

mod estimates;
mod evaluator;
mod formulas;
mod value;

use attain::assess::Formula;
use attain::{AsOf, Facts, Plan, assess};
use evaluator::{Documents, table};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::laws::world::world;
use crate::support::day;

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Json {
    let mut text = Vec::new();
    write(&mut text).unwrap();
    serde_json::from_slice(&text).unwrap()
}

fn documents(plan: &Plan, facts: &Facts, as_of: impl Into<AsOf>) -> Documents {
    let card = assess(plan, facts, as_of);
    Documents {
        plan: written(|text| plan.write_json(text)),
        facts: written(|text| facts.write_json(plan, text)),
        card: written(|text| card.write_json(text)),
    }
}

fn shipped(as_of: &str) -> Documents {
    let plan = Plan::from_toml(include_str!("../../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../../plans/decision-333.facts.csv")).unwrap();
    documents(&plan, &facts, day(as_of))
}

#[track_caller]
fn derives(documents: &Documents) -> usize {
    let faults = documents.faults();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
    documents.card["assessments"].as_array().unwrap().iter().map(|one| one["steps"].as_array().unwrap().len()).sum()
}

#[test]
fn the_table_of_the_normative_page_is_the_list_of_formulas() {
    let list: Vec<[String; 3]> = Formula::ALL
        .iter()
        .map(|formula| [formula.code().to_owned(), formula.version().to_string(), formula.expression().to_owned()])
        .collect();
    let page: Vec<[String; 3]> = table().into_iter().map(|row| row.map(|cell| cell.replace("\\|", "|"))).collect();
    assert_eq!(page, list);
}

#[test]
fn every_number_of_the_shipped_plan_is_derived() {
    for day in ["2021-12-31", "2023-06-30", "2024-12-31", "2025-06-30", "2025-09-30", "2026-02-01"] {
        assert!(derives(&shipped(day)) > 100, "{day}");
    }
}
