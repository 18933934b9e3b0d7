//! A check as SARIF 2.1.0: against the published schema, and what it says.

use std::path::PathBuf;
use std::process::Command;

use attain::Language;
use attain::check::{Policy, check};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::check::{PLAN, middle_of_2025, waivers};
use crate::support::day;

fn written(uri: &str) -> Value {
    let card = middle_of_2025();
    let waived = "[[waivers]]\ntarget = 'striven'\nauthority = 'A'\nreason = 'B'\nuntil = 2025-12-31\n";
    let idle = "[[waivers]]\ntarget = 'kept'\nauthority = 'A'\nreason = 'B'\nuntil = 2025-12-31\n";
    let waivers = waivers(&card, &format!("{waived}{idle}"));
    let mut text = Vec::new();
    check(&card, &waivers, &Policy::default()).write_sarif(&mut text, uri, Language::English).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// The schema as the crate carries it whose types write the document; Cargo has fetched it.
fn schema() -> Value {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(rustc.stdout).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--all-features", "--filter-platform", host, "--manifest-path"])
        .arg([env!("CARGO_MANIFEST_DIR"), "Cargo.toml"].iter().collect::<PathBuf>())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let packages = metadata["packages"].as_array().unwrap();
    let sarif = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(sarif["manifest_path"].as_str().unwrap());
    let text = std::fs::read(manifest.with_file_name("src").join("schema.json")).unwrap();
    let mut schema: Value = serde_json::from_slice(&text).unwrap();
    // The published pattern of languages has a bracket too many, which not every engine takes; no language is written here.
    for of in ["run", "toolComponent"] {
        schema["definitions"][of]["properties"]["language"].as_object_mut().unwrap().remove("pattern").unwrap();
    }
    schema
}

#[test]
fn the_document_keeps_the_published_schema() {
    let schema = Validator::new(&schema()).unwrap();
    let shipped = {
        let plan = attain::Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
        let facts = attain::Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
        let card = attain::assess(&plan, &facts, day("2025-09-30"));
        let none = attain::plan::Waivers::default();
        let mut text = Vec::new();
        check(&card, &none, &Policy::strict()).write_sarif(&mut text, "plans/decision-333.toml", Language::Vietnamese).unwrap();
        serde_json::from_slice::<Value>(&text).unwrap()
    };
    for document in [written("plans/p.toml"), shipped] {
        let faults: Vec<String> =
            schema.iter_errors(&document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
    let mut broken = written("plans/p.toml");
    broken["runs"][0]["results"][0]["level"] = json!("fatal");
    assert!(!schema.is_valid(&broken), "a schema that takes everything says nothing");
}

#[test]
fn each_target_is_a_rule_and_each_failure_a_result_at_its_line() {
    let document = written("plans/p.toml");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let expected = ["kept", "short", "striven", "behind", "overdue", "silent", "awaited", "later", "waiver waives nothing"];
    assert_eq!(ids, expected);
    assert_eq!(rules[1]["shortDescription"]["text"], "T2 · Online applications");
    assert_eq!(rules[1]["fullDescription"]["text"], "section II.2.a, line 134: “đạt tối thiểu 80%”");
    assert!(rules[2]["help"]["text"].as_str().unwrap().ends_with("An aspiration, not binding"), "{}", rules[2]);

    let results = run["results"].as_array().unwrap();
    let said: Vec<Value> =
        results.iter().map(|result| json!([result["ruleId"], result["level"], result["properties"]["outcome"]])).collect();
    let expected = [
        json!(["short", "error", "failed"]),
        json!(["striven", "error", "waived"]),
        json!(["behind", "warning", "warning"]),
        json!(["overdue", "error", "error"]),
        json!(["silent", "error", "error"]),
        json!(["waiver waives nothing", "note", null]),
    ];
    assert_eq!(said, expected);

    let short = &results[0];
    let line = PLAN.lines().position(|line| line == "id = \"short\"").unwrap();
    let location = json!({
        "artifactLocation": { "uri": "plans/p.toml" },
        "region": { "startLine": line, "startColumn": 1 },
    });
    assert_eq!(short["locations"][0]["physicalLocation"], location);
    assert_eq!(short["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "short::so::2024");
    assert_eq!(short["partialFingerprints"], json!({ "attainCase/v1": "p::short::so::2024" }));
    assert_eq!((&short["ruleIndex"], &short["properties"]["status"]), (&json!(1), &json!("missed")));
    assert!(short["message"]["text"].as_str().unwrap().contains("0.04 pp short; 1 case short"));
    assert_eq!(short["suppressions"], Value::Null);
    let suppression = json!([{ "kind": "external", "status": "accepted", "justification": "A: B (2025-12-31)" }]);
    assert_eq!(results[1]["suppressions"], suppression);

    let counts = json!({ "passed": 1, "warning": 1, "failed": 1, "error": 2, "waived": 1, "skipped": 2 });
    assert_eq!(run["properties"]["counts"], counts);
    assert_eq!((&run["properties"]["asOf"], &run["columnKind"]), (&json!("2025-06-30"), &json!("unicodeCodePoints")));
}

#[test]
fn a_path_becomes_a_reference_that_any_reader_takes() {
    let uri =
        |path| written(path)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(uri("plans/p.toml"), "plans/p.toml");
    assert_eq!(uri("../kế hoạch.toml"), "../k%E1%BA%BF%20ho%E1%BA%A1ch.toml");
    assert_eq!(uri("plans\\a:b?c#d%.toml"), "plans/a%3Ab%3Fc%23d%25.toml");
}
