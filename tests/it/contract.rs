//! The worked example of the document contract: 39 of 84 applications online by mid 2025, against 50 %.

use attain::time::parse_day;
use attain::{AsOf, Facts, Plan, assess};
use serde_json::{Value, json};

const PLAN: &str = r#"
format = "attain-plan/1"
[plan]
id = "qd-333-skhcn"
owner = "so-khcn"
start = 2021-12-29
calendar = "gregorian"
document = { number = "333/QĐ-SKHCN", date = 2021-12-29, issuer = "Sở Khoa học và Công nghệ Quảng Trị" }
pace_bands = { on_track = "0.95", at_risk = "0.60" }
[[units]]
id = "so-khcn"
[[indicators]]
id = "online-applications"
kind = "share"
unit = "percent"
direction = "increase"
reported = "quarter"
[[targets]]
id = "online-applications-2025"
row = "T14"
indicator = "online-applications"
at_least = 50
by = "2025"
over = "year"
baseline = "2021"
baseline_revisions = "freeze"
path = "linear"
scope = "total"
tolerance = 0
outlook = { whole = 204 }
strength = "binding"
decided_on = 2021-12-29
citation = { section = "II.2.a", line = 134, clause = "…" }
"#;

const FACTS: &str = "\
indicator,period,part,whole,state,recorded_on
online-applications,2021,31,155,final,2022-01-10
online-applications,2025-Q1,20,40,final,2025-04-05
online-applications,2025-Q2,19,44,provisional,2025-07-05
";

fn scorecard() -> Value {
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let when = AsOf::from(parse_day("2025-06-30").unwrap()).with_known_on(parse_day("2025-07-31").unwrap());
    let mut text = Vec::new();
    assess(&plan, &facts, when).write_json(&mut text).unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[test]
fn the_scorecard_has_the_numbers_of_the_contract() {
    let card = scorecard();
    assert_eq!(card["format"], "attain-scorecard/1");
    assert_eq!((&card["as_of"], &card["known_on"]), (&json!("2025-06-30"), &json!("2025-07-31")));
    assert!(card["plan"]["hash"].as_str().unwrap().starts_with("sha256:"));
    let one = &card["assessments"][0];
    let expected = json!({
        "target": "online-applications-2025", "indicator": "online-applications", "unit": "so-khcn", "period": "2025",
        "status": "on_track", "group": "good", "row": 9, "reasons": [], "provisional": true,
        "actual": { "value": "46.428571428571", "part": "39", "whole": "84", "on": "2025-06-30",
                    "coverage": { "reported": 2, "expected": 2, "missing": [] } },
        "baseline": { "value": "20", "on": "2021-12-31" },
        "variance": "-3.571428571429", "shortfall": "3.571428571429",
        "ratio_to_target": "0.928571428571", "progress": "0.880952380952",
        "cases": { "short_by": "3", "allowance": "-3", "successes_needed_in_a_row": "6", "counts": "part",
                   "remaining": "120", "needed_of_remaining": "63", "required_share": "0.525", "feasibility": "open" },
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&one[name], value, "{name}");
    }
    let path = json!({
        "expected": "46.221765913758", "planned_progress": "0.874058863792", "pace": "1.007886788231", "lead_days": 10,
        "observed_rate": "7.558995693031", "required_rate": "7.08933423913", "acceleration_needed": "0.937867215041",
        "precision": "exact", "maintain": false,
        "anchors": [
            { "on": "2021-12-31", "value": "20", "from": "baseline" },
            { "on": "2025-12-31", "value": "50", "from": "online-applications-2025", "shape": "linear" },
        ],
    });
    assert_eq!(one["path"], path);
    assert_eq!(one["threshold"]["value"], "50");
    assert_eq!(one["threshold"]["attainable"], Value::Null);
    let step = json!({ "step": 3, "formula": "share", "version": 1, "of": "actual.value",
        "inputs": { "part": "39", "whole": "84" }, "result": "46.428571428571", "exact": "325/7",
        "from": ["online-applications 2025-Q1 (2025-04-05)", "online-applications 2025-Q2 (2025-07-05)"],
        "sources": { "part": { "step": 1 }, "whole": { "step": 2 } } });
    assert_eq!(one["steps"][2], step);
    let part = &one["steps"][0];
    assert_eq!((&part["formula"], &part["inputs"]), (&json!("sum"), &json!({ "term 1": "20", "term 2": "19" })));
    let fact = json!({ "fact": { "indicator": "online-applications", "unit": "so-khcn", "period": "2025-Q1",
                                 "recorded_on": "2025-04-05", "column": "part" } });
    assert_eq!(part["sources"]["term 1"], fact);
    let rows: Vec<&str> = one["rows"].as_array().unwrap().iter().map(|row| row["because"].as_str().unwrap()).collect();
    assert_eq!(
        rows,
        [
            "applies",
            "window_begun",
            "window_open",
            "window_open",
            "something_reported",
            "can_still_be_met",
            "can_still_be_missed",
            "does_not_hold"
        ]
    );
    assert_eq!(card["summary"]["by_status"], json!({ "on_track": 1 }));
    assert_eq!(card["summary"]["assessed"], 1);
}

#[test]
fn the_same_inputs_give_the_same_bytes_in_toml_and_json() {
    let plan = Plan::from_toml(PLAN).unwrap();
    let mut json = Vec::new();
    plan.write_json(&mut json).unwrap();
    assert_eq!(Plan::from_json(&json).unwrap().hash(), plan.hash());
}

/// 57 % of 90 is 51.3, so 52 are needed; with k more successes (50 + k) ≥ 0.57·(90 + k), k ≥ 1.3/0.43 = 3.02…, so 4.
#[test]
fn missing_cases_are_counted_in_whole_cases() {
    let plan = Plan::from_toml(PLAN.replace("at_least = 50", "at_least = 57")).unwrap();
    let facts = Facts::from_csv(&plan, "indicator,period,part,whole\nonline-applications,2025-Q1,50,90\n").unwrap();
    let card = assess(&plan, &facts, parse_day("2025-03-31").unwrap());
    let cases = card.assessments()[0].cases.as_ref().unwrap();
    assert_eq!(cases.short_by.to_string(), "2");
    assert_eq!(cases.allowance.to_string(), "-2");
    assert_eq!(cases.successes_needed_in_a_row.as_ref().unwrap().to_string(), "4");
    // Of 204 expected 116.28, so 117 are needed: 67 of the 114 to come.
    assert_eq!(cases.needed_of_remaining.as_ref().unwrap().to_string(), "67");
}
