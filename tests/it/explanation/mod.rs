//! Every number can be derived again from the steps alone, by someone who knows the table of formulas and nothing else.

#![allow(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "estimates are made again by other means than those of the library"
)]

mod estimates;
mod evaluator;
mod forecasts;
mod formulas;
mod value;

use attain::assess::Formula;
use attain::{AsOf, Facts, Plan, assess};
use evaluator::{Documents, table};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::laws::world::world;
use crate::support::day;

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Json {
    let mut text = Vec::new();
    write(&mut text).unwrap();
    serde_json::from_slice(&text).unwrap()
}

pub(crate) fn documents(plan: &Plan, facts: &Facts, as_of: impl Into<AsOf>) -> Documents {
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
pub(crate) fn derives(documents: &Documents) -> usize {
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
    let page: Vec<[String; 3]> = table().iter().map(|row| row.map(|cell| cell.replace("\\|", "|"))).collect();
    assert_eq!(page, list);
}

#[test]
fn every_number_of_the_shipped_plan_is_derived() {
    for day in ["2021-12-31", "2023-06-30", "2024-12-31", "2025-06-30", "2025-09-30", "2026-02-01"] {
        assert!(derives(&shipped(day)) > 100, "{day}");
    }
}

/// A plan of one indicator and one target from 2016 on, with facts as a table.
fn small(indicator: &str, target: &str, facts: &str, as_of: &str) -> Documents {
    let plan = Plan::from_toml(format!(
        "format = \"attain-plan/1\"\nplan = {{ id = \"p\", owner = \"so\", start = 2016-01-01 }}\n\
         [[indicators]]\nid = \"x\"\n{indicator}\n[[targets]]\nid = \"t\"\nindicator = \"x\"\n{target}\n"
    ))
    .unwrap_or_else(|faults| panic!("{faults}"));
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    documents(&plan, &facts, day(as_of))
}

/// The field of the only assessment, and that everything is derived.
#[track_caller]
fn has(documents: &Documents, field: &str) {
    derives(documents);
    let of = &documents.card["assessments"][0];
    let found = of.pointer(field).unwrap_or_else(|| panic!("{field} is not there: {of:#}"));
    assert!(found.get("undefined").is_none(), "{field} is {found}");
}

#[test]
fn forecasts_by_every_method_are_made_again() {
    let smoothing = "smoothing_level = 0.5, smoothing_trend = 0.3";
    for method in ["linear", "theil_sen", "compound", "last_value", "drift", "automatic"] {
        for scale in ["plain", "logit"] {
            if (method, scale) == ("compound", "logit") {
                continue;
            }
            let table =
                "indicator,period,part,whole\nx,2016,21,100\nx,2017,25,100\nx,2018,24,100\nx,2019,33,100\nx,2020,35,100\n";
            let target = format!("at_least = 60\nby = \"2025\"\nforecast = {{ method = \"{method}\", scale = \"{scale}\" }}");
            let made = small("kind = \"share\"", &target, table, "2021-06-30");
            has(&made, "/forecast/value");
            has(&made, "/forecast/probability");
        }
    }
    for method in [format!("\"holt_linear\", {smoothing}"), format!("\"holt_damped\", {smoothing}, damping = 0.9")] {
        let table = "indicator,period,value\nx,2016,21\nx,2017,25\nx,2018,24\nx,2019,33\nx,2020,35\n";
        let target = format!("above = 40\nby = \"2023\"\nforecast = {{ method = {method} }}");
        has(&small("kind = \"flow\"", &target, table, "2021-06-30"), "/forecast/reached_on");
    }
    // A stock that stands on uneven days is carried on by days.
    let table = "indicator,period,value\nx,2019-03-15,21\nx,2019-11-02,25.5\nx,2020-02-29,24\nx,2020-12-01,20\n";
    has(&small("kind = \"stock\"", "at_most = 18\nby = \"2021\"", table, "2021-01-31"), "/forecast/reached_on");
}

#[test]
fn surveys_by_every_method_are_made_again() {
    for method in ["wilson", "clopper_pearson", "agresti_coull", "jeffreys"] {
        for people in ["", "400"] {
            let target =
                format!("at_least = 60\nby = \"2022\"\nbaseline = \"2021\"\nsurvey = {{ method = \"{method}\", level = 0.9 }}");
            let table = format!("indicator,period,positive,valid,population\nx,2021,40,80,\nx,2022,56,100,{people}\n");
            let made = small("kind = \"survey\"", &target, &table, "2022-12-31");
            has(&made, "/survey/settling_size");
            has(&made, "/survey/since_baseline/low");
        }
    }
    let table = "indicator,period,positive,valid,population\nx,2021,12,20,60\nx,2022,18,25,60\n";
    let exact = "baseline = \"2021\"\nby = \"2022\"\nsurvey = { method = \"hypergeometric\" }";
    let by = |requirement: &str| {
        small("kind = \"survey\"\ndirection = \"increase\"", &format!("{requirement}\n{exact}"), table, "2022-12-31")
    };
    has(&by("between = [50, 70]"), "/survey/certainty");
    has(&by("improve = true"), "/survey/certainty");
}

/// What meets a requirement under rounding and tolerance: each end is made again, and that it belongs there.
#[test]
fn the_ends_of_what_meets_a_requirement_are_made_again() {
    let table = "indicator,period,value\nx,2016,1\nx,2017,2.5\nx,2018,2\nx,2019,4\nx,2020,4.5\n";
    let of = |requirement: &str, more: &str| {
        let target = format!("{requirement}\nby = \"2023\"\n{more}");
        small("kind = \"index\"\nroll_up = false", &target, table, "2021-06-30")
    };
    let ends = |made: &Documents| -> Vec<(String, String)> {
        let steps = made.card["assessments"][0]["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["formula"] == "forecast_probability").unwrap();
        let names = ["low", "low_open", "high", "high_open"].into_iter();
        let text = |name: &str| step["inputs"][name].as_str().map(|at| (name.to_owned(), at.to_owned()));
        names.filter_map(text).collect()
    };
    let [half_up, half_even] =
        ["half_up", "half_even"].map(|mode| format!("compare_rounded = {{ scale = 0, mode = \"{mode}\" }}"));
    for (requirement, more, expected) in [
        ("at_least = 5", String::new(), vec![("low", "5"), ("low_open", "0")]),
        ("above = 5", String::new(), vec![("low", "5"), ("low_open", "1")]),
        ("at_most = 5", "tolerance = 0.2".to_owned(), vec![("high", "5.2"), ("high_open", "0")]),
        // 4.5 is rounded up to 5, but to the even 4.
        ("at_least = 5", half_up.clone(), vec![("low", "4.5"), ("low_open", "0")]),
        ("at_least = 5", half_even.clone(), vec![("low", "4.5"), ("low_open", "1")]),
        ("above = 5", half_up.clone(), vec![("low", "5.5"), ("low_open", "0")]),
        ("at_most = 5", half_up.clone(), vec![("high", "5.5"), ("high_open", "1")]),
        ("below = 5", half_even.clone(), vec![("high", "4.5"), ("high_open", "0")]),
        // From 5 − 1.3 = 3.7 on: 4 is the least whole number.
        ("at_least = 5", format!("tolerance = 1.3\n{half_up}"), vec![("low", "3.5"), ("low_open", "0")]),
        (
            "between = [4.6, 6.2]",
            format!("tolerance = 0.1\n{half_up}"),
            vec![("low", "4.5"), ("low_open", "0"), ("high", "6.5"), ("high_open", "1")],
        ),
    ] {
        let made = of(requirement, &more);
        has(&made, "/forecast/probability");
        let expected: Vec<(String, String)> = expected.into_iter().map(|(name, at)| (name.to_owned(), at.to_owned())).collect();
        assert_eq!(ends(&made), expected, "{requirement} {more}");
    }
    for requirement in ["at_least = 60", "above = 60", "at_most = 60", "below = 60", "between = [60, 70]"] {
        for more in ["", "tolerance = 1.5", &half_up, &half_even] {
            let table = "indicator,period,positive,valid\nx,2022,55,100\n";
            let target = format!("{requirement}\nby = \"2022\"\n{more}");
            let made = small("kind = \"survey\"", &target, table, "2022-12-31");
            has(&made, "/survey/certainty");
            has(&made, "/survey/settling_size");
        }
    }
    let table = "indicator,period,positive,valid\nx,2021,300,500\nx,2022,304,500\n";
    for direction in ["increase", "decrease"] {
        let target = format!("improve = true\nbaseline = \"2021\"\nby = \"2022\"\n{half_up}");
        let made = small(&format!("kind = \"survey\"\ndirection = \"{direction}\""), &target, table, "2022-12-31");
        has(&made, "/survey/certainty");
    }
}

/// What a flow has brought is not lost again: value, ends, probability and the day it is enough.
#[test]
fn what_a_flow_has_brought_is_an_input_of_its_forecast() {
    let years = "x,2016,10\nx,2017,12\nx,2018,11\nx,2019,14\nx,2020,13\n";
    for (requirement, half, reached) in [
        ("at_least = 20", 25, true),
        ("at_least = 20", 8, true),
        ("at_most = 20", 25, false),
        ("at_most = 16", 14, true),
        ("between = [12, 30]", 25, true),
        ("above = 25", 25, true),
    ] {
        let table = format!("indicator,period,value\n{years}x,2021-H1,{half}\n");
        let made = small("kind = \"flow\"", &format!("{requirement}\nby = \"2021\""), &table, "2021-06-30");
        has(&made, "/forecast/value");
        has(&made, "/forecast/probability");
        let of = &made.card["assessments"][0]["forecast"];
        assert_eq!(of["reached_on"].is_string(), reached, "{requirement} {half}: {of:#}");
        let changed = half > 20 || requirement.starts_with("at_most = 16");
        assert_eq!(of["at_least"].is_string(), changed, "{requirement} {half}: {of:#}");
    }
}

/// Two populations, and surveys in which nobody or everybody said yes.
#[test]
fn surveys_of_known_populations_and_of_one_mind_are_made_again() {
    for (earlier, later) in [("12,20,60", "18,25,50"), ("12,20,", "18,25,50"), ("12,20,20", "18,25,25"), ("0,20,60", "25,25,")] {
        for method in ["wilson", "jeffreys"] {
            let table = format!("indicator,period,positive,valid,population\nx,2021,{earlier}\nx,2022,{later}\n");
            let target = format!("at_least = 60\nbaseline = \"2021\"\nby = \"2022\"\nsurvey = {{ method = \"{method}\" }}");
            let made = small("kind = \"survey\"", &target, &table, "2022-12-31");
            has(&made, "/survey/since_baseline/low");
            has(&made, "/survey/settling_size");
        }
    }
}

/// An owner with units `a` and `b` below it, and an indicator `x`.
fn of_two_units(indicator: &str, targets: &str, facts: &str, as_of: &str) -> Documents {
    let plan = Plan::from_toml(format!(
        "format = \"attain-plan/1\"\nplan = {{ id = \"p\", owner = \"so\", start = 2021-12-31 }}\n\
         units = [{{ id = \"so\" }}, {{ id = \"a\", parent = \"so\" }}, {{ id = \"b\", parent = \"so\" }}]\n\
         [[indicators]]\nid = \"x\"\n{indicator}\n{targets}"
    ))
    .unwrap_or_else(|faults| panic!("{faults}"));
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    documents(&plan, &facts, day(as_of))
}

/// Why row 8 does not fire, where the requirement holds today.
#[track_caller]
fn why_not_met_so_far(made: &Documents) -> &str {
    derives(made);
    let rows = made.card["assessments"][0]["rows"].as_array().unwrap();
    rows.iter().find(|row| row["row"] == 8).and_then(|row| row["because"].as_str()).unwrap()
}

#[test]
fn what_may_still_turn_a_verdict_is_named() {
    let table = "indicator,unit,period,value\nx,a,2025-06,100\n";
    let target = "[[targets]]\nid = \"t\"\nindicator = \"x\"\nby = \"2025\"\nat_most = 300\n";
    assert_eq!(why_not_met_so_far(&of_two_units("kind = \"stock\"", target, table, "2025-06-30")), "silent_unit");
    assert_eq!(why_not_met_so_far(&of_two_units("kind = \"flow\"", target, table, "2025-06-30")), "unfinished_sum");
    let exactly = target.replace("at_most = 300", "exactly = 100");
    assert_eq!(why_not_met_so_far(&of_two_units("kind = \"stock\"", &exactly, table, "2025-06-30")), "silent_unit");
}

/// A stage that starts where the one before it starts, cites what that one says.
#[test]
fn a_baseline_is_cited_from_the_stage_that_has_it() {
    let stages = |baseline: &str| {
        format!(
            "[[targets]]\nid = \"last\"\nindicator = \"x\"\nby = \"2025\"\nincrease_by = \"100%\"\nafter = \"middle\"\n\
             [[targets]]\nid = \"middle\"\nindicator = \"x\"\nby = \"2024\"\nincrease_by = \"50%\"\nafter = \"first\"\n\
             [[targets]]\nid = \"first\"\nindicator = \"x\"\nby = \"2023\"\nat_least = 25\nbaseline = {baseline}\n\
             citation = {{ section = \"II.3\" }}\n"
        )
    };
    let given = stages("{ value = 20, on = 2021-12-31 }");
    let index = "kind = \"index\"\nroll_up = false";
    let made = of_two_units(index, &given, "indicator,period,value\nx,2025-03,38\n", "2025-06-30");
    has(&made, "/path/observed_rate");
    let steps = made.card["assessments"][0]["steps"].as_array().unwrap();
    let of = |of: &str, input: &str| {
        let step = steps.iter().find(|step| step["of"] == of).unwrap();
        step["sources"][input]["clause"].clone()
    };
    let cited = json!({ "target": "first", "field": "baseline", "section": "II.3" });
    assert_eq!((of("baseline.value", "value"), of("path.observed_rate", "from_on")), (cited.clone(), cited));
    // The same from a year that was reported, with parts of the threshold by the units' own baselines.
    let facts = "indicator,unit,period,value\nx,a,2021,12\nx,b,2021,8\nx,a,2025-03,20\nx,b,2025-03,18\n";
    for baseline in ["\"2021\"", "{ value = 20, on = 2021-12-31 }", "\"first\""] {
        let made = of_two_units("kind = \"stock\"", &stages(baseline), facts, "2025-06-30");
        has(&made, "/path/observed_rate");
        has(&made, "/contributions/1/variance");
    }
}

#[test]
fn gaps_and_what_is_from_before_the_baseline_are_made_again() {
    let target = "[[targets]]\nid = \"t\"\nindicator = \"x\"\nby = \"2025\"\nat_least = 100\nphases = [0.1, 0.2, 0.3, 0.4]\n";
    for facts in [
        "x,so,2025-Q1,15\nx,so,2025-Q3,25\n",
        "x,a,2025-Q1,10\nx,a,2025-Q2,10\nx,b,2025-Q1,10\nx,b,2025-Q3,10\n",
        "x,a,2025-Q1,10\n",
    ] {
        let facts = format!("indicator,unit,period,value\n{facts}");
        let made = of_two_units("kind = \"flow\"\nreported = \"quarter\"", target, &facts, "2025-10-15");
        has(&made, "/remainder/by_phase/2025-Q2");
        has(&made, "/remainder/by_phase/2025-Q4");
    }
    let index = "kind = \"index\"\nroll_up = false";
    let before =
        "[[targets]]\nid = \"t\"\nindicator = \"x\"\nby = \"2025\"\nat_least = 50\nbaseline = { value = 20, on = 2025-06-30 }\n";
    let made = of_two_units(index, before, "indicator,period,value\nx,2025-03,30\n", "2025-09-30");
    has(&made, "/path/expected");
    assert_eq!(made.card["assessments"][0]["path"]["pace"]["undefined"], "before_baseline");
    // A unit that says nothing in the baseline's year leaves nothing to measure the rise from.
    let rise = "[[targets]]\nid = \"t\"\nindicator = \"x\"\nby = \"2025\"\nincrease_by = \"10%\"\nbaseline = \"2021\"\n";
    let facts = "indicator,unit,period,value\nx,a,2021,100\nx,a,2025-06,60\nx,b,2025-06,50\n";
    derives(&of_two_units("kind = \"stock\"", rise, facts, "2025-06-30"));
}

#[test]
fn paths_of_every_shape_are_made_again() {
    let table = "indicator,period,value\nx,2020,20\nx,2022-06-30,35\n";
    for path in ["path = \"linear\"", "path = \"step\"", "path = \"compound\"", "points = [{ on = 2021-12-31, value = 33 }]"] {
        let target = format!("at_least = 50\nby = \"2024\"\nbaseline = \"2020\"\n{path}");
        let made = small("kind = \"stock\"", &target, table, "2022-07-31");
        has(&made, "/path/required_rate");
        has(&made, "/path/expected");
    }
    // A flow by days and by phases, and what the rest of it has to bring.
    let table = "indicator,period,value\nx,2020,100\nx,2021-Q1,20\nx,2021-04,5\n";
    for phases in ["", "phases = [0.1, 0.2, 0.3, 0.4]"] {
        let target = format!("at_least = 150\nby = \"2021\"\nbaseline = \"2020\"\n{phases}");
        let made = small("kind = \"flow\"", &target, table, "2021-05-15");
        has(&made, "/path/pace");
        has(&made, "/remainder/each");
    }
}

/// Two units below one, of which each kind of figure is reported for two years.
#[test]
fn what_each_unit_carries_is_made_again() {
    let plan = |indicator: &str, target: &str| {
        Plan::from_toml(format!(
            "format = \"attain-plan/1\"\nplan = {{ id = \"p\", owner = \"so\", start = 2025-01-01 }}\n\
             units = [{{ id = \"so\" }}, {{ id = \"a\", parent = \"so\" }}, {{ id = \"b\", parent = \"so\" }}]\n\
             [[indicators]]\nid = \"x\"\n{indicator}\n[[targets]]\nid = \"t\"\nindicator = \"x\"\nby = \"2025\"\n{target}\n"
        ))
        .unwrap_or_else(|faults| panic!("{faults}"))
    };
    let head = "indicator,unit,period,";
    let counts = "x,a,2024,80,100\nx,b,2024,30,90\nx,a,2025,150,200\nx,b,2025,45,100\n";
    let people =
        "x,a,2024,80,100,900\nx,b,2024,30,90,300\nx,a,2025-H1,70,100,990\nx,a,2025-H2,80,100,1000\nx,b,2025,45,100,320\n";
    let cases = "x,a,2024,80,9,1,4\nx,b,2024,30,2,0,7\nx,a,2025-H1,70,1,2,5\nx,a,2025-H2,90,0,3,2\nx,b,2025,50,6,1,0\n";
    let amounts = "x,a,2024,80\nx,b,2024,30\nx,a,2025,70\nx,b,2025,45\n";
    for (indicator, target, table, field) in [
        ("kind = \"share\"", "at_least = 70", format!("{head}part,whole\n{counts}"), "since_previous/mix"),
        ("kind = \"ratio\"", "at_most = 0.7", format!("{head}numerator,denominator\n{counts}"), "since_previous/rate"),
        ("kind = \"mean\"", "above = 1", format!("{head}total,weight\n{counts}"), "since_year_before/mix"),
        ("kind = \"survey\"", "at_least = 70", format!("{head}positive,valid,population\n{people}"), "since_previous/mix"),
        ("kind = \"on_time\"", "at_least = 90", format!("{head}in_time,late,overdue,not_due\n{cases}"), "since_previous/rate"),
        ("kind = \"flow\"", "reduce_by = \"10%\"\nbaseline = \"2024\"", format!("{head}value\n{amounts}"), "since_previous/own"),
        ("kind = \"stock\"", "at_most = 90", format!("{head}value\n{amounts}"), "variance"),
        (
            "kind = \"index\"\nweights = { a = 2, b = 1.5 }",
            "at_least = 60",
            format!("{head}value\n{amounts}"),
            "since_previous/mix",
        ),
    ] {
        let plan = plan(indicator, target);
        let facts = Facts::from_csv(&plan, &table).unwrap_or_else(|faults| panic!("{faults}"));
        let made = documents(&plan, &facts, day("2025-12-31"));
        has(&made, &format!("/contributions/0/{field}"));
        has(&made, &format!("/contributions/1/{field}"));
    }
}

/// 60 % with weight 1 and 90 % with weight 2 are 80 %: an index that is a percentage is not multiplied once more.
#[test]
fn an_index_in_percent_is_weighted_as_it_stands() {
    let plan = Plan::from_toml(
        "format = \"attain-plan/1\"\nplan = { id = \"p\", owner = \"so\", start = 2025-01-01 }\n\
         units = [{ id = \"so\" }, { id = \"a\", parent = \"so\" }, { id = \"b\", parent = \"so\" }]\n\
         [[indicators]]\nid = \"x\"\nkind = \"index\"\nunit = \"percent\"\nweights = { a = 1, b = 2 }\n\
         [[targets]]\nid = \"t\"\nindicator = \"x\"\nat_least = 85\nby = \"2025\"\n",
    )
    .unwrap_or_else(|faults| panic!("{faults}"));
    let facts = Facts::from_csv(&plan, "indicator,unit,period,value\nx,a,2025,60\nx,b,2025,90\n").unwrap();
    let made = documents(&plan, &facts, day("2025-12-31"));
    derives(&made);
    let of = &made.card["assessments"][0];
    assert_eq!((&of["actual"]["value"], &of["variance"]), (&json!("80"), &json!("-5")));
    assert_eq!((&of["contributions"][0]["actual"], &of["contributions"][1]["actual"]), (&json!("20"), &json!("60")));
}

/// Whatever is changed in a step does not go unnoticed: the evaluator is no rubber stamp.
#[test]
fn a_step_that_was_tampered_with_is_noticed() {
    let Documents { plan, facts, card } = shipped("2025-06-30");
    let mut tried = 0;
    for (place, of) in card["assessments"].as_array().unwrap().iter().enumerate() {
        let steps = of["steps"].as_array().unwrap();
        for step in (place % 7..steps.len()).step_by(7) {
            let inputs = steps[step]["inputs"].as_object().unwrap();
            let input = inputs.keys().nth(place % inputs.len()).unwrap();
            for field in ["/result".to_owned(), format!("/inputs/{input}"), "/version".to_owned()] {
                let mut of = of.clone();
                let value = of.pointer_mut(&format!("/steps/{step}{field}")).unwrap();
                *value = match value.as_str() {
                    Some("met") => Json::from("not_met"),
                    Some(text) if text.len() == 10 && text.contains("-0") => Json::from("1999-01-01"),
                    Some(text) => Json::from(format!("{text}7")),
                    None => Json::from(99),
                };
                let changed = value.to_string();
                let card = json!({ "as_of": card["as_of"], "assessments": [of] });
                let documents = Documents { plan: plan.clone(), facts: facts.clone(), card };
                assert!(!documents.faults().is_empty(), "{}{field} became {changed} and nobody noticed", steps[step]);
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_number_without_a_step_is_noticed() {
    let mut made = shipped("2025-06-30");
    let steps = made.card.pointer_mut("/assessments/0/steps").unwrap().as_array_mut().unwrap();
    steps.pop().unwrap();
    assert!(!made.faults().is_empty());
    let mut made = shipped("2025-06-30");
    *made.card.pointer_mut("/assessments/0/rows/0/because").unwrap() = Json::from("because");
    assert!(!made.faults().is_empty());
}

#[test]
fn without_steps_everything_else_is_the_same() {
    let plan = Plan::from_toml(include_str!("../../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../../plans/decision-333.facts.csv")).unwrap();
    let as_of = day("2025-09-30");
    let kept = assess(&plan, &facts, as_of);
    let omitted = attain::assess_with(&plan, &facts, as_of, attain::assess::Steps::Omitted);
    let without_steps = |card: &attain::Scorecard| {
        let mut card = written(|text| card.write_json(text));
        card["assessments"].as_array_mut().unwrap().iter_mut().for_each(|of| of["steps"] = Json::Null);
        card
    };
    assert!(kept.assessments().iter().any(|of| of.steps.len() > 20));
    assert!(omitted.assessments().iter().all(|of| of.steps.is_empty()));
    assert_eq!(without_steps(&kept), without_steps(&omitted));
}

proptest! {
    #![proptest_config(crate::laws::config())]

    /// Plans and facts of every kind: all that is published is derived, and every input names what is there.
    #[test]
    fn every_number_of_every_plan_is_derived(world in world()) {
        let plan = world.plan();
        let faults = documents(&plan, &world.facts(&plan), world.as_of()).faults();
        prop_assert!(faults.is_empty(), "{}", faults.iter().take(5).cloned().collect::<Vec<_>>().join("\n"));
    }
}
