//! What a check tells beside its outcomes: late reports, that nothing is checked, formulas, and that a line is one line.

use attain::check::{Check, Outcome, Policy, check};
use attain::plan::{Severity, Waivers};
use attain::{Facts, Language, Plan, Scorecard, assess};

use crate::check::{middle_of_2025, waivers};
use crate::support::day;

/// Two units below one, that report by quarter; a weighted index; and what is bound to come about with no case.
const PLAN: &str = r#"
format = "attain-plan/1"
plan = { id = "p", owner = "o", start = 2023-12-31 }
units = [{ id = "o" }, { id = "a", parent = "o", name = { vi = "Phòng A", en = "Division A" } }, { id = "b", parent = "o" }]
[[indicators]]
id = "s"
kind = "share"
reported = "quarter"
report_due_days = 10
[[indicators]]
id = "w"
kind = "index"
weights = { a = 1, b = 3 }
[[indicators]]
id = "f"
kind = "flow"
unit = "documents"
reported = "quarter"
[[indicators]]
id = "none"
kind = "share"
when_no_cases = "met"
[[targets]]
id = "together"
indicator = "s"
at_least = 50
by = "2025"
scope = { at_least = 1 }
units = ["a", "b"]
[[targets]]
id = "weighted"
indicator = "w"
at_least = 50.5
by = "2024"
compare_rounded = { scale = 0 }
tolerance = 0.25
[[targets]]
id = "flowing"
indicator = "f"
at_least = 100
by = "2024"
[[targets]]
id = "without"
indicator = "none"
at_least = 80
by = "2024"
[[targets]]
id = "started"
indicator = "f"
at_least = 100
by = "2025"
"#;

/// (60 · 1 + 47.2 · 3) / (1 + 3) = 201.6 / 4 = 50.4.
const FACTS: &str = "\
indicator,unit,period,value,part,whole
s,a,2025-Q1,,60,100
s,b,2025-Q1,,40,100
w,a,2024,60,,
w,b,2024,47.2,,
f,,2024-Q1,10,,
f,,2024-Q2,20,,
f,,2024-Q3,30,,
f,,2024-Q4,25,,
f,,2025-Q1,40,,
none,,2024,,0,0
";

fn on(as_of: &str) -> Scorecard {
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap_or_else(|faults| panic!("{faults}"));
    assess(&plan, &facts, day(as_of))
}

/// The headline and the report of a target's only case, and its outcome.
#[track_caller]
fn told(check: &Check<'_>, target: &str) -> (Outcome, String, String) {
    let case = check.cases().iter().find(|case| &*case.assessment().target == target).unwrap();
    (case.outcome(), check.headline(case, Language::English), check.report(case, Language::English))
}

/// Of two units one has to hold; the reports of both on the second quarter were due on 10 July.
#[test]
fn the_late_reports_of_units_make_what_they_come_to_together_a_warning() {
    let none = Waivers::default();
    let (in_time, late) = (on("2025-07-09"), on("2025-07-10"));
    let of = |card: &Scorecard, policy: &Policy| told(&check(card, &none, policy), "together");
    assert_eq!(of(&in_time, &Policy::strict()).0, Outcome::Passed);
    assert_eq!(of(&late, &Policy::strict()).0, Outcome::Failed);
    let (outcome, headline, report) = of(&late, &Policy::default());
    assert_eq!(outcome, Outcome::Warned);
    assert!(headline.ends_with("; reports due and missing: a 2025-Q2, b 2025-Q2"), "{headline}");
    assert!(report.contains("  Reports      reports due and missing: a 2025-Q2, b 2025-Q2\n"), "{report}");
    // A unit that reports nothing at all is late as a whole.
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, "indicator,unit,period,part,whole\ns,a,2025-Q1,60,100\ns,a,2025-Q2,60,100\n").unwrap();
    let (outcome, headline, _) = of(&assess(&plan, &facts, day("2025-07-10")), &Policy::default());
    assert_eq!(outcome, Outcome::Warned);
    assert!(headline.ends_with("; reports due and missing: b"), "{headline}");
}

/// 40 documents of the first quarter, of 100 by the end of the year: in progress, since there is no baseline to go from.
#[test]
fn what_is_in_progress_is_skipped_and_names_its_late_reports() {
    let card = on("2025-09-30");
    let none = Waivers::default();
    let checked = check(&card, &none, &Policy::default());
    let case = checked.cases().iter().find(|case| &*case.assessment().target == "started").unwrap();
    assert_eq!((case.outcome(), case.assessment().status.code()), (Outcome::Skipped, "in_progress"));
    assert_eq!(case.late_reports(), ["2025-Q2", "2025-Q3"]);
    assert!(case.is_to_be_told());
    let headline = checked.headline(case, Language::Vietnamese);
    assert!(headline.ends_with("; báo cáo đã đến hạn mà chưa có: 2025-Q2, 2025-Q3"), "{headline}");
    let report = checked.report(case, Language::English);
    assert!(report.contains("  Reports      Reported 1 of 3, missing 2025-Q2, 2025-Q3\n"), "{report}");
    let early = on("2025-06-29");
    let checked = check(&early, &none, &Policy::default());
    let case = checked.cases().iter().find(|case| &*case.assessment().target == "started").unwrap();
    assert!(case.late_reports().is_empty() && !case.is_to_be_told());
}

#[cfg(all(feature = "junit", feature = "sarif"))]
#[test]
fn documents_name_the_late_reports_of_what_is_skipped() {
    let card = on("2025-09-30");
    let none = Waivers::default();
    let checked = check(&card, &none, &Policy::default()).only(|case| &*case.assessment().target == "started");
    let mut junit = Vec::new();
    checked.write_junit(&mut junit, Language::English).unwrap();
    let junit = String::from_utf8(junit).unwrap();
    assert!(junit.contains("; reports due and missing: 2025-Q2, 2025-Q3\" type=\"in_progress\">skipped: started::"), "{junit}");
    let mut sarif = Vec::new();
    checked.write_sarif(&mut sarif, "plan.toml", Language::English).unwrap();
    let sarif: serde_json::Value = serde_json::from_slice(&sarif).unwrap();
    let [result] = sarif["runs"][0]["results"].as_array().unwrap().as_slice() else { panic!("{sarif}") };
    assert_eq!((&result["level"], &result["properties"]["outcome"]), (&"note".into(), &"skipped".into()));
    let text = result["message"]["text"].as_str().unwrap();
    let (first, second) = text.split_once('\n').unwrap();
    assert!(first.starts_with("In progress: ") && first.ends_with("reports due and missing: 2025-Q2, 2025-Q3"), "{text}");
    assert!(second.starts_with("skipped: started::o::2025\n"), "{text}");
}

#[test]
fn where_nothing_is_checked_nothing_is_passed() {
    let card = on("2025-09-30");
    let none = Waivers::default();
    let empty = check(&card, &none, &Policy::default()).only(|_| false);
    assert!(!empty.is_passed());
    assert_eq!(empty.findings_in_words(Language::English), ["error: there is nothing to check on 2025-09-30"]);
    let said = empty.findings_in_words(Language::Vietnamese);
    assert_eq!(said, ["lỗi: không có trường hợp nào để kiểm tra tại ngày 30/09/2025"]);
    let kept = check(&card, &none, &Policy::default()).only(|case| &*case.assessment().target == "without");
    assert!(kept.is_passed() && kept.findings_in_words(Language::English).is_empty());
}

#[test]
fn a_severity_of_no_target_is_told() {
    let card = on("2025-09-30");
    let none = Waivers::default();
    let policy = Policy::default().with("flowng", Severity::Advisory).with("flowing", Severity::Advisory);
    let checked = check(&card, &none, &policy);
    assert_eq!(told(&checked, "flowing").0, Outcome::Warned);
    assert_eq!(checked.unknown_targets(), ["flowng"]);
    assert_eq!(checked.findings_in_words(Language::English), ["A severity of a target that the plan does not have: flowng"]);
    #[cfg(feature = "sarif")]
    {
        let mut sarif = Vec::new();
        checked.write_sarif(&mut sarif, "plan.toml", Language::English).unwrap();
        let sarif: serde_json::Value = serde_json::from_slice(&sarif).unwrap();
        let last = sarif["runs"][0]["results"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["level"], &last["ruleId"]), (&"note".into(), &"severity of no target".into()));
    }
}

/// Whatever breaks lines in what an authority writes: a line of a check is one line, and no row of a report begins with it.
#[test]
fn a_line_break_in_a_waiver_forges_no_line() {
    let card = middle_of_2025();
    let entry = "[[waivers]]\ntarget = 'short'\nauthority = \"A\\r\\nB\"\n\
                 reason = \"x\\n999 passed\\u2028  Status  Met\\u0085y\"\nuntil = 2025-12-31\n";
    let idle = "[[waivers]]\ntarget = 'kept'\nauthority = \"A\\nB\"\nreason = 'x'\nuntil = 2025-12-31\n";
    let waivers = waivers(&card, &format!("{entry}{idle}"));
    let checked = check(&card, &waivers, &Policy::default());
    let (outcome, headline, report) = told(&checked, "short");
    assert_eq!(outcome, Outcome::Waived);
    assert!(headline.ends_with("waived until 2025-12-31; A B: x 999 passed Status Met y"), "{headline:?}");
    assert!(report.lines().all(|line| !line.starts_with("999") && !line.starts_with("  Status  Met")), "{report}");
    assert!(report.ends_with("\n  Waiver       waived until 2025-12-31; A B: x 999 passed Status Met y"), "{report}");
    let said = "A waiver of what does not fail: kept (until 2025-12-31, A B)";
    assert_eq!(checked.findings_in_words(Language::English), [said]);
}

#[test]
fn averages_sums_and_numbers_of_units_are_worked_out() {
    let card = on("2025-12-31");
    let none = Waivers::default();
    let checked = check(&card, &none, &Policy::strict());
    let report = |target| told(&checked, target).2;
    let weighted = report("weighted");
    let expected = "  Formula      weighted average = (60 × 1 + 47.2 × 3) / (1 + 3) = 50.4 points\n";
    assert!(weighted.contains(expected), "{weighted}");
    let flowing = report("flowing");
    let expected = "  Formula      sum of what was reported = 10 + 20 + 30 + 25 = 85 documents\n";
    assert!(flowing.contains(expected), "{flowing}");
    let together = report("together");
    assert!(together.contains("  Formula      units that hold = "), "{together}");
    assert!(together.contains("  Unit         b: "), "{together}");
    let open = on("2025-04-30");
    let together = told(&check(&open, &none, &Policy::strict()), "together").2;
    assert!(together.contains("  Formula      units that hold = 1 (Division A)\n"), "{together}");
    assert!(together.contains("  Unit         b: In progress, 40 %\n"), "{together}");
    assert!(!together.contains("  Unit         Division A"), "{together}");
}

/// 50.4 becomes 50 before it is compared with 50.5, of which 0.25 may be lacking.
#[test]
fn how_the_comparison_was_made_is_told() {
    let card = on("2025-12-31");
    let none = Waivers::default();
    let checked = check(&card, &none, &Policy::default());
    let (outcome, _, report) = told(&checked, "weighted");
    assert_eq!(outcome, Outcome::Failed);
    let expected = "  Requirement  ≥ 50.5 points\n  Compared     Tolerance 0.25 points\n  \
                    Compared     Rounded before comparing: 50.4 to 50 points\n";
    assert!(report.contains(expected), "{report}");
}

#[test]
fn what_is_met_without_a_case_says_by_what_rule() {
    let card = on("2025-12-31");
    let none = Waivers::default();
    let checked = check(&card, &none, &Policy::default());
    let (outcome, headline, report) = told(&checked, "without");
    assert_eq!(outcome, Outcome::Passed);
    assert!(headline.contains("there were no cases: so by the plan's when_no_cases = met"), "{headline}");
    assert!(report.contains("there were no cases: so by the plan's when_no_cases = met"), "{report}");
}

#[test]
fn a_report_that_is_never_due_is_no_plan() {
    let at = |days: u32| PLAN.replace("report_due_days = 10", &format!("report_due_days = {days}"));
    assert!(Plan::from_toml(at(366)).is_ok());
    let faults = Plan::from_toml(at(367)).unwrap_err();
    let expected = "9:19: indicators[0].report_due_days: 367 days; expected 0 to 366; a report that is never due is never missed";
    assert_eq!(faults.to_string(), expected);
}
