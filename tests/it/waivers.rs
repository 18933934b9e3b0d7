//! The documents of waivers, in the plan and beside it: what they take, and every fault with its place.

use attain::Plan;
use attain::plan::Waivers;

use crate::check::PLAN;
use crate::support::day;

fn plan() -> Plan {
    Plan::from_toml(PLAN).unwrap()
}

#[track_caller]
fn refused(read: Result<Waivers, attain::Faults>, expected: &[&str]) {
    let faults = read.unwrap_err();
    let found: Vec<String> = faults.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn toml_and_json_say_the_same() {
    let toml = r#"
format = "attain-waivers/1"
[[waivers]]
target = "short"
unit = "so"
period = "2024"
authority = "UBND tỉnh, công văn 12/UBND"
reason = "lũ lụt"
until = 2025-12-31
"#;
    let json = r#"{ "format": "attain-waivers/1", "waivers": [ { "target": "short", "unit": "so", "period": "2024",
        "authority": "UBND tỉnh, công văn 12/UBND", "reason": "lũ lụt", "until": "2025-12-31" } ] }"#;
    let (plan, of_toml) = (plan(), Waivers::from_toml(&plan(), toml).unwrap());
    assert_eq!(of_toml, Waivers::from_json(&plan, json).unwrap());
    let [waiver] = of_toml.as_slice() else { panic!("{of_toml:?}") };
    assert_eq!((waiver.target(), waiver.unit(), waiver.period().as_deref()), ("short", Some("so"), Some("2024")));
    assert_eq!((waiver.authority(), waiver.reason()), ("UBND tỉnh, công văn 12/UBND", "lũ lụt"));
    assert_eq!(waiver.until(), day("2025-12-31"));
    assert!(waiver.holds_on(day("2025-12-31")) && !waiver.holds_on(day("2026-01-01")));
    assert!(Waivers::from_toml(&plan, "format = 'attain-waivers/1'\nwaivers = []").unwrap().as_slice().is_empty());
}

#[test]
fn every_fault_is_told_with_its_place() {
    let text = r#"format = "attain-waivers/1"
[[waivers]]
target = "shrot"
unit = "sở"
authority = "x"
reason = " "
until = 2025-12-31
[[waivers]]
target = "short"
period = "2024-Q5"
untill = 2025-12-31
[[waivers]]
target = 7
authority = "x"
reason = "x"
until = "soon"
"#;
    let expected = [
        "3:10: waivers[0].target: there is no 'shrot'; expected the id of a target of this plan, perhaps 'short'",
        "4:8: waivers[0].unit: there is no 'sở'; expected the id of a unit of this plan, perhaps 'so'",
        "6:10: waivers[0].reason: 'reason' says nothing; expected why it is excused",
    ];
    let faults = Waivers::from_toml(&plan(), text).unwrap_err();
    let found: Vec<String> = faults.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(found[..3], expected, "{found:#?}");
    let at = |line: &str| found.iter().filter(|fault| fault.starts_with(line)).count();
    assert!(at("10:10: waivers[1].period: ") == 1 && at("11:1: waivers[1].untill: unknown field 'untill'") == 1, "{found:#?}");
    assert!(found.iter().any(|fault| fault.contains("waivers[1].authority: 'authority' is missing")), "{found:#?}");
    assert!(found.iter().any(|fault| fault.contains("waivers[1].reason: 'reason' is missing")), "{found:#?}");
    assert!(at("13:10: waivers[2].target: a number") == 1 && at("16:9: waivers[2].until: ") == 1, "{found:#?}");
}

#[test]
fn what_is_no_document_of_waivers_is_refused() {
    let plan = plan();
    refused(
        Waivers::from_toml(&plan, "format = 'attain-facts/1'\nwaivers = []"),
        &["1:10: format: the format is 'attain-facts/1'; expected 'attain-waivers/1'"],
    );
    refused(Waivers::from_json(&plan, "{\"waivers\": []}"), &["1:1: format: 'format' is missing; expected 'attain-waivers/1'"]);
    refused(
        Waivers::from_toml(&plan, "format = 'attain-waivers/1'"),
        &["1:1: waivers: 'waivers' is missing; expected a list of waivers"],
    );
    refused(
        Waivers::from_json(&plan, "{\"format\": \"attain-waivers/1\", \"waivers\": 3}"),
        &["1:43: waivers: a number; expected a list"],
    );
    for text in ["", "[", "waivers = 1979-05-27T07:32:00Z", "\u{0}"] {
        assert!(Waivers::from_toml(&plan, text).is_err() && Waivers::from_json(&plan, text).is_err(), "{text:?}");
    }
    let entry = "[[waivers]]\ntarget='kept'\nauthority='x'\nreason='x'\nuntil=2025-01-01\n";
    let many = format!("format = 'attain-waivers/1'\n{}", entry.repeat(50_001));
    let faults = Waivers::from_toml(&plan, many).unwrap_err();
    assert!(faults.to_string().contains("a list of 50001 entries; expected at most 50000"), "{faults}");
}

#[test]
fn a_plan_tells_the_faults_of_its_own_waivers() {
    let at = PLAN.lines().count();
    let text = format!("{PLAN}[[waivers]]\ntarget = \"kept\"\nauthority = \"x\"\nuntil = 2025-01-01\nunit = \"nobody\"\n");
    let faults = Plan::from_toml(text).unwrap_err();
    let found: Vec<String> = faults.as_slice().iter().map(ToString::to_string).collect();
    let expected = [
        format!("{}:1: waivers[0].reason: 'reason' is missing; expected why it is excused", at + 1),
        format!("{}:8: waivers[0].unit: there is no 'nobody'; expected the id of a unit of this plan", at + 5),
    ];
    assert_eq!(found, expected);
}

/// The plan's own waivers are part of what it says: they are written back, and its hash knows them.
#[test]
fn waivers_of_a_plan_are_written_back() {
    let entry = "[[waivers]]\ntarget = \"kept\"\nauthority = \"x\"\nreason = \"y\"\nuntil = 2025-01-01\n";
    let plan = Plan::from_toml(format!("{PLAN}{entry}")).unwrap();
    let (mut toml, mut json) = (Vec::new(), Vec::new());
    plan.write_toml(&mut toml).unwrap();
    plan.write_json(&mut json).unwrap();
    assert_eq!((&Plan::from_toml(&toml).unwrap(), &Plan::from_json(&json).unwrap()), (&plan, &plan));
    assert_ne!(plan.hash(), Plan::from_toml(PLAN).unwrap().hash());
}

#[test]
fn a_severity_is_one_of_three() {
    let plan = |severity: &str| PLAN.replace("id = \"short\"", &format!("id = \"short\"\nseverity = \"{severity}\""));
    for severity in ["advisory", "required", "strict"] {
        assert!(Plan::from_toml(plan(severity)).is_ok());
    }
    let faults = Plan::from_toml(plan("silent")).unwrap_err().to_string();
    assert!(faults.contains("severity: 'silent' is not known; expected one of 'advisory', 'required', 'strict'"), "{faults}");
}

/// A target is named by its id, or by the row that only it has; an id counts before a row.
#[test]
fn a_waiver_takes_the_row_of_a_target() {
    let entry = |target: &str| {
        let entry = format!("[[waivers]]\ntarget = '{target}'\nauthority = 'A'\nreason = 'B'\nuntil = 2025-12-31\n");
        format!("format = \"attain-waivers/1\"\n{entry}")
    };
    let of =
        |plan: &Plan, target: &str| Waivers::from_toml(plan, entry(target)).map(|read| read.as_slice()[0].target().to_owned());
    assert_eq!(of(&plan(), "T2").unwrap(), "short");
    assert_eq!(of(&plan(), "short").unwrap(), "short");
    // Of two with one row neither is meant.
    let twice = Plan::from_toml(PLAN.replace("id = \"kept\"", "id = \"kept\"\nrow = \"T2\"")).unwrap();
    assert!(of(&twice, "T2").is_err());
    let named = Plan::from_toml(PLAN.replace("id = \"kept\"", "id = \"T2\"")).unwrap();
    assert_eq!(of(&named, "T2").unwrap(), "T2");
}
