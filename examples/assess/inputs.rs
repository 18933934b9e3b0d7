//! The documents that the tool reads: those that are named, or those that ship with the crate.

use std::ffi::OsString;

use attain::plan::Waivers;
use attain::{Facts, Faults, Plan};

use crate::arguments::Since;

const PLAN: &str = include_str!("../../plans/decision-333.toml");
const FACTS: &str = include_str!("../../plans/decision-333.facts.csv");
/// The plan that ships with the crate, as it is called where it stands.
pub(crate) const PLAN_NAME: &str = "plans/decision-333.toml";
const FACTS_NAME: &str = "plans/decision-333.facts.csv";

pub(crate) type Files = Option<(OsString, OsString)>;

pub(crate) fn plan_and_facts(files: &Files) -> Result<(Plan, Facts), String> {
    let Some((plan, facts)) = files else {
        let plan = Plan::from_toml(PLAN).map_err(|faults| listed(PLAN_NAME, &faults))?;
        let facts = shipped_facts(&plan)?;
        return Ok((plan, facts));
    };
    let plan = plan_of(plan)?;
    let facts = facts_of(&plan, facts)?;
    Ok((plan, facts))
}

/// Plan and facts of before: those of now, but for the files that are given.
pub(crate) fn earlier(since: &Since, files: &Files, plan: &Plan, facts: &Facts) -> Result<(Plan, Facts), String> {
    let old_plan = match &since.plan {
        Some(file) => plan_of(file)?,
        None => plan.clone(),
    };
    let old_facts = match (&since.facts, &since.plan, files) {
        (Some(file), ..) => facts_of(&old_plan, file)?,
        // Facts are read by the plan that they are assessed with.
        (None, Some(_), Some((_, file))) => facts_of(&old_plan, file)?,
        (None, Some(_), None) => shipped_facts(&old_plan)?,
        (None, None, _) => facts.clone(),
    };
    Ok((old_plan, old_facts))
}

pub(crate) fn waivers(plan: &Plan, file: Option<&OsString>) -> Result<Waivers, String> {
    let Some(file) = file else { return Ok(Waivers::default()) };
    let (name, text) = read(file)?;
    let waivers = if is_json(&name) { Waivers::from_json(plan, text) } else { Waivers::from_toml(plan, text) };
    waivers.map_err(|faults| listed(&name, &faults))
}

fn shipped_facts(plan: &Plan) -> Result<Facts, String> {
    Facts::from_csv(plan, FACTS).map_err(|faults| listed(FACTS_NAME, &faults))
}

fn plan_of(file: &OsString) -> Result<Plan, String> {
    let (name, text) = read(file)?;
    let plan = if is_json(&name) { Plan::from_json(text) } else { Plan::from_toml(text) };
    plan.map_err(|faults| listed(&name, &faults))
}

fn facts_of(plan: &Plan, file: &OsString) -> Result<Facts, String> {
    let (name, text) = read(file)?;
    let facts = if is_json(&name) { Facts::from_json(plan, text) } else { Facts::from_csv(plan, text) };
    facts.map_err(|faults| listed(&name, &faults))
}

fn is_json(name: &str) -> bool {
    name.to_lowercase().ends_with(".json")
}

fn read(file: &OsString) -> Result<(String, Vec<u8>), String> {
    let name = file.to_string_lossy().into_owned();
    std::fs::read(file).map_err(|error| format!("{name}: {error}")).map(|bytes| (name, bytes))
}

/// One line a fault, each beginning with the name of the file.
fn listed(file: &str, faults: &Faults) -> String {
    faults.as_slice().iter().map(|fault| format!("{file}:{fault}")).collect::<Vec<_>>().join("\n")
}
