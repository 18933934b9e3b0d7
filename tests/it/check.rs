//! A scorecard as tests: outcomes, severities, waivers, and what a failure reads like.

use attain::check::{Case, Check, CheckFailure, Outcome, Policy, WaivesNothing, assert_kept, check};
use attain::plan::{Severity, Waivers};
use attain::{Facts, Language, Plan, Scorecard, assert_kept, assess};

use crate::support::{card, day, empty_plan, indicator, target};

/// One target for each thing that a check can come to, as of the middle of 2025.
pub(crate) const PLAN: &str = include_str!("../cases/check.plan.toml");

/// 1999 of 2500 are 79.96 %. Of the 100 points 49.6 are expected in the middle of the year: 40 are a pace of 0.81.
pub(crate) const FACTS: &str = include_str!("../cases/check.facts.csv");

pub(crate) fn middle_of_2025() -> Scorecard {
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    assess(&plan, &facts, day("2025-06-30"))
}

pub(crate) fn waivers(card: &Scorecard, entries: &str) -> Waivers {
    let text = format!("format = \"attain-waivers/1\"\n{entries}");
    Waivers::from_toml(card.plan(), text).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A waiver of a target, with more fields.
fn waiver(target: &str, until: &str, more: &str) -> String {
    format!("[[waivers]]\ntarget = '{target}'\nauthority = 'Chủ tịch tỉnh'\nreason = 'lũ lụt'\nuntil = {until}\n{more}\n")
}

fn outcomes(check: &Check<'_>) -> Vec<(String, Outcome)> {
    check.cases().iter().map(|case| (case.assessment().target.to_string(), case.outcome())).collect()
}

#[track_caller]
fn case<'k, 'c>(check: &'k Check<'c>, target: &str) -> &'k Case<'c> {
    check.cases().iter().find(|case| &*case.assessment().target == target).unwrap()
}

#[track_caller]
fn comes_to(policy: &Policy, expected: [Outcome; 8]) {
    let card = middle_of_2025();
    let none = Waivers::default();
    let found: Vec<Outcome> = outcomes(&check(&card, &none, policy)).into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(found, expected);
}

#[test]
fn each_status_comes_to_its_outcome_and_severity_moves_only_warnings_and_bad_ones() {
    use Outcome::{Error, Failed, Passed, Skipped, Warned};
    //                                  kept    short   striven behind  overdue silent awaited  later
    comes_to(&Policy::default(), [Passed, Failed, Failed, Warned, Error, Error, Skipped, Skipped]);
    comes_to(&Policy::strict(), [Passed, Failed, Failed, Failed, Error, Error, Skipped, Skipped]);
    let advisory = Policy { aspiration: Severity::Advisory, ..Policy::default() };
    comes_to(&advisory, [Passed, Failed, Warned, Warned, Error, Error, Skipped, Skipped]);
    let one = Policy::default().with("short", Severity::Advisory).with("silent", Severity::Advisory);
    comes_to(&one, [Passed, Warned, Failed, Warned, Error, Error, Skipped, Skipped]);
}

#[test]
fn the_plan_says_more_of_a_target_than_the_callers_default_and_less_than_the_caller_of_that_target() {
    let plan = Plan::from_toml(PLAN.replace("id = \"behind\"", "id = \"behind\"\nseverity = \"strict\"")).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let card = assess(&plan, &facts, day("2025-06-30"));
    let none = Waivers::default();
    let of = |policy: &Policy| case(&check(&card, &none, policy), "behind").outcome();
    let advisory = Policy { binding: Severity::Advisory, ..Policy::default() };
    assert_eq!((of(&Policy::default()), of(&advisory)), (Outcome::Failed, Outcome::Failed));
    assert_eq!(of(&advisory.with("behind", Severity::Required)), Outcome::Warned);
}

#[test]
fn counts_name_every_outcome() {
    let card = middle_of_2025();
    let none = Waivers::default();
    let counts = check(&card, &none, &Policy::default()).counts();
    assert_eq!(counts.in_words(Language::English), "1 passed, 1 warning, 2 failed, 2 error, 0 waived, 2 skipped");
    assert_eq!(counts.in_words(Language::Vietnamese), "1 đạt, 1 cảnh báo, 2 không đạt, 2 lỗi, 0 được miễn, 2 bỏ qua");
    assert_eq!(counts.total(), 8);
}

#[test]
fn a_waiver_holds_to_the_end_of_its_last_day() {
    let card = middle_of_2025();
    for (until, outcome) in [("2025-06-30", Outcome::Waived), ("2025-06-29", Outcome::Failed)] {
        let waivers = waivers(&card, &waiver("short", until, ""));
        let checked = check(&card, &waivers, &Policy::default());
        let short = case(&checked, "short");
        assert_eq!((short.outcome(), short.waiver().unwrap().until()), (outcome, day(until)));
        assert!(checked.idle_waivers().is_empty());
        assert!(!checked.is_passed(), "others fail");
    }
}

#[test]
fn an_error_can_be_waived_and_a_warning_need_not_be() {
    let card = middle_of_2025();
    let entries = [waiver("silent", "2025-12-31", "unit = 'so'"), waiver("behind", "2025-12-31", "")].concat();
    let waivers = waivers(&card, &entries);
    let checked = check(&card, &waivers, &Policy::default());
    assert_eq!(case(&checked, "silent").outcome(), Outcome::Waived);
    assert_eq!(case(&checked, "behind").outcome(), Outcome::Warned);
    let idle: Vec<_> = checked.idle_waivers().iter().map(|idle| (idle.waiver.target(), idle.why)).collect();
    assert_eq!(idle, [("behind", WaivesNothing::NothingFails)]);
    // Where warnings fail it is waived like any failure.
    let strict = check(&card, &waivers, &Policy::strict());
    assert_eq!(case(&strict, "behind").outcome(), Outcome::Waived);
    assert!(strict.idle_waivers().is_empty());
}

#[test]
fn a_waiver_of_what_does_not_fail_or_is_not_assessed_is_a_finding() {
    let card = middle_of_2025();
    let entries = [
        waiver("kept", "2025-12-31", ""),
        waiver("short", "2025-12-31", "unit = 'chi-cuc'"),
        waiver("short", "2025-12-31", "period = '2023'"),
        waiver("short", "2025-12-31", "period = 'undated'"),
        waiver("later", "2025-12-31", ""),
    ];
    let waivers = waivers(&card, &entries.concat());
    let checked = check(&card, &waivers, &Policy::default());
    assert_eq!(case(&checked, "short").outcome(), Outcome::Failed);
    let said: Vec<String> = checked.idle_waivers().iter().map(|idle| checked.idle_in_words(idle, Language::English)).collect();
    let expected = [
        "A waiver of what does not fail: kept (until 2025-12-31, Chủ tịch tỉnh)",
        "A waiver of what is not assessed: short chi-cuc (until 2025-12-31, Chủ tịch tỉnh)",
        "A waiver of what is not assessed: short 2023 (until 2025-12-31, Chủ tịch tỉnh)",
        "A waiver of what is not assessed: short undated (until 2025-12-31, Chủ tịch tỉnh)",
        "A waiver of what does not fail: later (until 2025-12-31, Chủ tịch tỉnh)",
    ];
    assert_eq!(said, expected);
}

/// Of several that speak of a case one that holds counts, of those the longest, of equals the narrowest.
#[test]
fn of_several_waivers_the_one_that_helps_most_counts() {
    let card = middle_of_2025();
    let entries = [
        waiver("short", "2025-01-31", "period = '2024'\nunit = 'so'"),
        waiver("short", "2025-09-30", "period = '2024'"),
        waiver("short", "2025-12-31", ""),
        waiver("short", "2025-12-31", "period = '2024-01-01/2024-12-31'"),
    ];
    // The first three, then all four: the third lasts longest, the fourth is as long and narrower.
    for count in [3, 4] {
        let waivers = waivers(&card, &entries[..count].concat());
        let checked = check(&card, &waivers, &Policy::default());
        let counting = case(&checked, "short").waiver().unwrap();
        assert!(std::ptr::eq(counting, &waivers.as_slice()[count - 1]));
        // Each of them speaks of a failure; the first is over, and another one counts.
        let idle: Vec<_> = checked.idle_waivers().iter().map(|idle| (idle.waiver.until(), idle.why)).collect();
        assert_eq!(idle, [(day("2025-01-31"), WaivesNothing::AnotherCounts)]);
        let said = "A waiver that is over while another one counts: short so 2024 (until 2025-01-31, Chủ tịch tỉnh)";
        assert_eq!(checked.findings_in_words(Language::English), [said]);
    }
}

#[test]
fn waivers_of_the_plan_count_too() {
    let plan = Plan::from_toml(format!("{PLAN}{}", waiver("short", "2025-12-31", ""))).unwrap();
    assert_eq!(plan.waivers().len(), 1);
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let card = assess(&plan, &facts, day("2025-06-30"));
    assert!(assert_kept(&card, "short").is_ok());
    assert!(assert_kept(&assess(&plan, &facts, day("2026-01-01")), "short").is_err());
}

#[test]
fn what_is_left_out_of_a_check_says_nothing_of_its_waivers() {
    let card = middle_of_2025();
    let waivers = waivers(&card, &waiver("short", "2025-12-31", ""));
    let some = check(&card, &waivers, &Policy::default()).only(|case| &*case.assessment().target == "kept");
    assert_eq!((some.cases().len(), some.idle_waivers().len(), some.is_passed()), (1, 0, true));
}

const REPORT: &str = "\
failed: short::so::2024
T2 · Online applications · Department · 2024
  Status       Missed
  Actual       79.96 % (1,999/2,500)
  Formula      part / whole = 1,999 / 2,500 = 79.96 %
  Requirement  ≥ 80 %
  Gap          0.04 pp short; 1 case short
  Citation     section II.2.a, line 134: “đạt tối thiểu 80%”
  As of        the end of 2025-06-30, as known at the end of 2025-06-30";

const REPORT_IN_VIETNAMESE: &str = "\
không đạt: short::so::2024
T2 · Hồ sơ trực tuyến · Sở · 2024
  Kết luận    Không đạt
  Thực hiện   79,96 % (1.999/2.500)
  Cách tính   số đạt / tổng số = 1.999 / 2.500 = 79,96 %
  Yêu cầu     ≥ 80 %
  Chênh lệch  thiếu 0,04 điểm %; thiếu 1 trường hợp
  Căn cứ      mục II.2.a, dòng 134: “đạt tối thiểu 80%”
  Thời điểm   hết ngày 30/06/2025, theo các báo cáo có đến hết ngày 30/06/2025
  Miễn trừ    việc miễn đã hết hạn ngày 31/03/2025; Chủ tịch tỉnh: lũ lụt";

#[test]
fn a_failure_reads_like_a_report() {
    let card = middle_of_2025();
    let failure: CheckFailure = assert_kept(&card, "short").unwrap_err();
    assert_eq!(failure.report(), REPORT);
    assert_eq!((format!("{failure}"), format!("{failure:?}")), (REPORT.to_owned(), REPORT.to_owned()));
    let waivers = waivers(&card, &waiver("short", "2025-03-31", ""));
    let checked = check(&card, &waivers, &Policy::default());
    let failure = checked.kept("short", Language::Vietnamese).unwrap_err();
    assert_eq!(failure.report(), REPORT_IN_VIETNAMESE);
    let headline = checked.headline(case(&checked, "short"), Language::English);
    let expected = "Missed: 79.96 % (1,999/2,500); ≥ 80 %; 0.04 pp short; 1 case short; \
                    expired, it would have been waived until 2025-03-31; Chủ tịch tỉnh: lũ lụt";
    assert_eq!(headline, expected);
}

/// 40 points of the 181/365 of 100, 49.59, that the path asks for.
#[test]
fn a_warning_says_how_far_behind_and_an_error_says_what_is_missing() {
    let card = middle_of_2025();
    let none = Waivers::default();
    let checked = check(&card, &none, &Policy::default());
    let report = |target| checked.report(case(&checked, target), Language::English);
    assert!(report("behind").starts_with("warning: behind::so::2024-01-01/2025-12-31\n"), "{}", report("behind"));
    assert!(report("behind").contains("  Path         On the path, 49.59 points had to be reached by 2025-06-30;"));
    let silent = report("silent");
    assert!(silent.starts_with("error: silent::so::2025\n"), "{silent}");
    assert!(silent.contains("  Status       No data: a report is due\n  Actual       no data\n"), "{silent}");
    assert!(silent.contains("  Reports      Reported 0 of 2, missing 2025-Q1, 2025-Q2\n"), "{silent}");
}

/// 10 % off 52 posts is 46.8; 7 of 7 + 2 + 1 cases are 70 %.
#[test]
fn formulas_are_written_out() {
    let plan = r#"
        format = "attain-plan/1"
        plan = { id = "p", owner = "so", start = 2025-01-01 }
        [[indicators]]
        id = "posts"
        kind = "stock"
        unit = "people"
        whole = true
        [[indicators]]
        id = "dossiers"
        kind = "on_time"
        [[targets]]
        id = "fewer"
        indicator = "posts"
        reduce_by = "10%"
        baseline = "2021"
        by = "2025"
        [[targets]]
        id = "in-time"
        indicator = "dossiers"
        at_least = 90
        by = "2025"
    "#;
    let plan = Plan::from_toml(plan).unwrap();
    let facts = "indicator,period,value,in_time,late,overdue,not_due\n\
                 posts,2021,52,,,,\nposts,2025,47,,,,\ndossiers,2025,,7,2,1,0\n";
    let card = assess(&plan, &Facts::from_csv(&plan, facts).unwrap(), day("2025-12-31"));
    let report = |target| assert_kept(&card, target).unwrap_err().report().to_owned();
    assert!(
        report("fewer").contains("Formula      from the baseline (2021-12-31): 52 − 5.2 = 46.8 people\n"),
        "{}",
        report("fewer")
    );
    let in_time = report("in-time");
    assert!(in_time.contains("Formula      in time / (in time + late + overdue) = 7 / (7 + 2 + 1) = 70 %\n"), "{in_time}");
    assert!(in_time.contains("Gap          20 pp short; 2 cases short\n"), "{in_time}");
}

#[test]
fn what_a_target_hides_does_not_reach_the_terminal() {
    let plan = PLAN.replace("đạt tối thiểu 80%", "\\u001B[2J\\u202Eđạt");
    let plan = Plan::from_toml(plan).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let failure = assert_kept(&assess(&plan, &facts, day("2025-06-30")), "short").unwrap_err();
    assert!(!failure.report().chars().any(|c| c == '\u{1b}' || c == '\u{202e}'), "{failure}");
}

#[test]
fn every_period_and_unit_that_fails_is_told() {
    let mut one = target("t", "i", "2024");
    (one.at_least, one.by) = (Some(80.into()), None);
    one.every = Some(attain::plan::Every::Quarter);
    (one.from, one.until) = (crate::support::on("2025-01-01"), crate::support::on("2025-12-31"));
    let plan = attain::plan::PlanDraft {
        indicators: vec![indicator("i", attain::plan::Kind::Share)],
        targets: vec![one],
        ..empty_plan()
    };
    let row = |period: &str, part: i64| attain::facts::FactDraft {
        part: Some(part.into()),
        whole: Some(10.into()),
        ..crate::support::fact("i", period)
    };
    let card = card(plan, [row("2025-Q1", 7), row("2025-Q2", 8), row("2025-Q3", 6)], day("2025-09-30"));
    let failure = assert_kept(&card, "t").unwrap_err();
    let heads: Vec<&str> = failure.report().lines().filter(|line| line.starts_with("failed: ")).collect();
    assert_eq!(heads, ["failed: t::office::2025-Q1", "failed: t::office::2025-Q3"]);
}

#[test]
fn a_target_that_is_not_there_is_not_kept() {
    let card = middle_of_2025();
    let why = |target| assert_kept(&card, target).unwrap_err().to_string();
    assert_eq!(why("shrot"), "error: the plan has no target 'shrot'");
    let plan = Plan::from_toml(PLAN.replace("by = \"2026\"", "by = \"2026\"\nin_force = { from = 2026-01-01 }")).unwrap();
    let card = assess(&plan, &Facts::default(), day("2025-06-30"));
    let failure = assert_kept(&card, "later").unwrap_err();
    assert_eq!(failure.report(), "error: there is nothing to check of target 'later' on 2025-06-30");
}

/// What is skipped or only warns does not fail a test.
#[test]
fn kept_targets_say_nothing() -> Result<(), CheckFailure> {
    let card = middle_of_2025();
    assert_kept(&card, "kept")?;
    assert_kept(&card, "behind")?;
    assert_kept(&card, "awaited")?;
    assert_kept!(card, "kept");
    assert_kept(&card, "later")
}

#[test]
#[should_panic(expected = "Gap          0.04 pp short; 1 case short")]
fn the_macro_panics_with_the_report() {
    assert_kept!(middle_of_2025(), "short");
}

#[test]
fn a_plan_remembers_where_its_entries_stand_and_is_the_same_plan_wherever() {
    let plan = Plan::from_toml(PLAN).unwrap();
    let position = plan.position("targets", 1).unwrap();
    let line = PLAN.lines().nth(position.line - 1).unwrap();
    assert_eq!((line, PLAN.lines().nth(position.line), position.column), ("[[targets]]", Some("id = \"short\""), 1));
    assert_eq!(plan.position("targets", 8), None);
    assert_eq!(plan.position("steps", 0), None);
    let mut json = Vec::new();
    plan.write_json(&mut json).unwrap();
    let again = Plan::from_json(&json).unwrap();
    let text = String::from_utf8(json).unwrap();
    let there = again.position("targets", 1).unwrap();
    assert_eq!(text.lines().nth(there.line - 1).unwrap().chars().nth(there.column - 1), Some('{'));
    assert_eq!(text.lines().nth(there.line).unwrap().trim(), "\"id\": \"short\",");
    assert!(there != position && again == plan);
    let built = plan.draft().clone().validate().unwrap();
    assert_eq!((built.position("targets", 1), built == plan), (None, true));
}
