//! The published JSON Schemas: they are those of the types, and the documents that ship with the crate keep them.
//!
//! `UPDATE_SCHEMAS=1` writes them anew.
#![allow(clippy::unwrap_used, reason = "a helper of a test stops it where its input is not what the test meant")]

use std::path::PathBuf;

use attain::document::{difference_schema, facts_schema, margins_schema, plan_schema, scorecard_schema, waivers_schema};
use attain::scorecard::{Assessed, difference, flips};
use attain::{Facts, Plan, Scorecard, assess};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::day;

fn schemas() -> [(&'static str, Value); 6] {
    [
        ("attain-plan-1", plan_schema()),
        ("attain-facts-1", facts_schema()),
        ("attain-scorecard-1", scorecard_schema()),
        ("attain-difference-1", difference_schema()),
        ("attain-margins-1", margins_schema()),
        ("attain-waivers-1", waivers_schema()),
    ]
}

fn shipped() -> (Plan, Facts) {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    (plan, facts)
}

fn document(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Value {
    let mut text = Vec::new();
    write(&mut text).unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[track_caller]
fn keeps(schema: &Value, document: &Value) {
    let faults: Vec<String> = Validator::new(schema)
        .unwrap()
        .iter_errors(document)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[track_caller]
fn breaks(schema: &Value, document: &Value) {
    assert!(!Validator::new(schema).unwrap().is_valid(document), "{document}");
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for (name, schema) in schemas() {
        let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "schemas", &format!("{name}.schema.json")].iter().collect();
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(published == text, "{} is out of date: UPDATE_SCHEMAS=1 cargo test --features schema", path.display());
    }
}

#[test]
fn names_are_sorted_throughout() {
    fn check(value: &Value) {
        match value {
            Value::Object(fields) => {
                assert!(fields.keys().is_sorted(), "{:?}", fields.keys().collect::<Vec<_>>());
                fields.values().for_each(check);
            }
            Value::Array(list) => list.iter().for_each(check),
            _ => {}
        }
    }
    schemas().iter().for_each(|(_, schema)| check(schema));
}

#[test]
fn the_shipped_documents_keep_their_schemas() {
    let (plan, facts) = shipped();
    keeps(&plan_schema(), &document(|text| plan.write_json(text)));
    keeps(&facts_schema(), &document(|text| facts.write_json(&plan, text)));
    let card: Scorecard = assess(&plan, &facts, day("2025-09-30"));
    keeps(&scorecard_schema(), &document(|text| card.write_json(text)));
}

#[test]
fn differences_and_margins_keep_their_schemas() {
    let (plan, facts) = shipped();
    // Another version in which a clause, a unit and a target differ, so that every kind of cause is written.
    let mut draft = plan.draft().clone();
    draft.plan.pace_bands = None;
    draft.targets.truncate(60);
    for target in &mut draft.targets {
        target.tolerance = Some(1.into());
    }
    let older = draft.validate().unwrap();
    let older_facts = Facts::new(&older, facts.drafts(&plan)).unwrap();
    let (then, now) = (assess(&older, &older_facts, day("2024-06-30")), assess(&plan, &facts, day("2025-09-30")));
    let found = difference(Assessed { card: &then, facts: &older_facts }, Assessed { card: &now, facts: &facts });
    let written = document(|text| found.write_json(text));
    keeps(&difference_schema(), &written);
    let causes = written["changed"].as_array().unwrap().iter().flat_map(|one| one["causes"].as_array().unwrap());
    let kinds: std::collections::BTreeSet<&str> = causes.map(|cause| cause["what"].as_str().unwrap()).collect();
    assert!(["fact_added", "plan_changed", "time_passed"].iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    keeps(&margins_schema(), &document(|text| flips(&plan, &facts, day("2025-09-30")).write_json(text)));

    let broken = |pointer: &str, field: &str, value: Value| {
        let mut document = written.clone();
        document.pointer_mut(pointer).unwrap()[field] = value;
        breaks(&difference_schema(), &document);
    };
    broken("", "format", json!("attain-difference/2"));
    broken("/changed/0", "turn", json!("worst"));
    broken("/changed/0/after", "status", json!("good"));
    broken("/changed/0/causes/0", "what", json!("chance"));
    broken("/changed/0/causes/0", "why", json!("chance"));
}

#[test]
fn what_a_reader_refuses_breaks_the_schema() {
    let (plan, facts) = shipped();
    let good = document(|text| plan.write_json(text));
    let broken = |pointer: &str, change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut plan = good.clone();
        change(plan.pointer_mut(pointer).unwrap().as_object_mut().unwrap());
        assert!(Plan::from_json(plan.to_string()).is_err(), "the reader takes {plan}");
        breaks(&plan_schema(), &plan);
    };
    let remove = |name: &'static str| move |of: &mut serde_json::Map<String, Value>| drop(of.remove(name));
    let set = |name: &'static str, value: Value| {
        move |of: &mut serde_json::Map<String, Value>| drop(of.insert(name.to_owned(), value.clone()))
    };
    for field in ["format", "plan"] {
        broken("", &remove(field));
    }
    for field in ["id", "owner", "start"] {
        broken("/plan", &remove(field));
    }
    broken("/units/0", &remove("id"));
    broken("/indicators/0", &remove("kind"));
    broken("/indicators/0", &remove("id"));
    broken("/targets/0", &remove("indicator"));
    broken("/targets/0", &set("id", Value::Null));
    broken("/targets/0", &set("at_lest", json!(80)));
    broken("/targets/0", &set("deliver", json!(true)));
    broken("/targets/0", &set("tolerance", json!("1e3")));
    broken("/remarks/0", &remove("why"));
    broken("", &set("format", json!("attain-plan/2")));
    // What is null is absent, for the reader and for the schema.
    let mut with_null = good.clone();
    let target = with_null.pointer_mut("/targets/0").unwrap().as_object_mut().unwrap();
    target.extend([("above".to_owned(), Value::Null), ("every".to_owned(), target.get("every").cloned().unwrap_or_default())]);
    assert!(Plan::from_json(with_null.to_string()).is_ok());
    keeps(&plan_schema(), &with_null);
    let mut rows = document(|text| facts.write_json(&plan, text));
    rows.pointer_mut("/facts/0").unwrap().as_object_mut().unwrap().remove("period");
    assert!(Facts::from_json(&plan, rows.to_string()).is_err());
    breaks(&facts_schema(), &rows);
}
