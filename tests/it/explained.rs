//! One target explained, word for word as an inspector reads it.
//!
//! `UPDATE_EXPLAINED=1` writes the pages anew; they are to be read before they are committed.

use std::path::PathBuf;

use attain::assess::Steps;
use attain::{Facts, Language, Plan, Scorecard, assess, assess_with};

use crate::support::day;

const DAY: &str = "2025-09-30";

fn shipped() -> (Plan, Facts) {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    (plan, facts)
}

fn card() -> Scorecard {
    let (plan, facts) = shipped();
    assess(&plan, &facts, day(DAY))
}

#[track_caller]
fn is_the_page(name: &str, text: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "cases", "explained", name].iter().collect();
    if std::env::var_os("UPDATE_EXPLAINED").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(page == text, "{} differs; it is now:\n{text}", path.display());
}

/// The pages of a target in both languages.
#[track_caller]
fn are_the_pages(name: &str, card: &Scorecard, target: &str) {
    for (language, code) in [(Language::Vietnamese, "vi"), (Language::English, "en")] {
        let explanation = card.explain(target, language).unwrap();
        is_the_page(&format!("{name}.{code}.txt"), &explanation.to_text());
        if name == "T17" {
            is_the_page(&format!("{name}.{code}.md"), &explanation.to_markdown());
        }
    }
}

/// A share at risk, a staff cut on its way with a forecast, a survey with its interval; one that is secured by what is
/// expected in all.
#[test]
fn typical_targets_read_as_they_were_approved() {
    let card = card();
    for target in ["T17", "T25", "T18", "T14"] {
        are_the_pages(target, &card, target);
    }
}

/// A rate of 100 % that one late case has lost; a thing to be done of which nobody has said anything; one that was denied;
/// an improvement on a year that nobody reported.
#[test]
fn single_periods_read_as_they_were_approved() {
    for (target, period) in [("T10", "2025"), ("quarterly-reports", "2024-Q2"), ("T37", "2024"), ("T38b", "2022")] {
        are_the_pages(&format!("{target}-{period}"), &card().only(|of| of.period_label() == period), target);
    }
}

const OFFICE: &str = r#"
format = "attain-plan/1"
plan = { id = "demo", owner = "office", start = 2023-12-31 }
units = [
    { id = "office", name = { vi = "Sở", en = "Office" } },
    { id = "a", parent = "office", name = { vi = "Phòng A", en = "Division A" } },
    { id = "b", parent = "office", name = { vi = "Phòng B", en = "Division B" } },
    { id = "c", parent = "office", name = { vi = "Phòng C", en = "Division C" } },
]
"#;

#[track_caller]
fn small(plan: &str, facts: &str, as_of: &str) -> Scorecard {
    made(&format!("{OFFICE}{plan}"), facts, as_of)
}

#[track_caller]
fn made(plan: &str, facts: &str, as_of: &str) -> Scorecard {
    let plan = Plan::from_toml(plan).unwrap_or_else(|faults| panic!("{faults}"));
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    assess(&plan, &facts, day(as_of))
}

/// 2,999 days in 300 cases are 9.997 days each, which rounded is not below 10.
#[test]
fn rounding_that_decides_is_shown() {
    let plan = include_str!("../cases/explained/rounding.toml");
    let card = made(plan, include_str!("../cases/explained/rounding.csv"), "2025-01-31");
    are_the_pages("rounding", &card, "days-2024");
}

/// By 15 May all of the first quarter and 45 of the 91 days of the second are reported: 0.1 + 0.2 · 45/91 = 19.89 %.
#[test]
fn phases_are_told_as_the_plan_has_them() {
    let plan = include_str!("../cases/explained/phases.toml");
    let card = made(plan, include_str!("../cases/explained/phases.csv"), "2025-07-31");
    are_the_pages("phases", &card, "trees-2025");
}

#[test]
fn each_of_several_units_is_told() {
    let plan = include_str!("../cases/explained/units.toml");
    let card = made(plan, include_str!("../cases/explained/units.csv"), "2025-07-31");
    are_the_pages("units", &card, "online-2025");
}

/// (80 · 1000 + 60 · 3000 + 70 · 500) / 4500 = 65.56.
#[test]
fn weights_are_told() {
    let plan = "[[indicators]]\nid = \"satisfied\"\nkind = \"survey\"\n\
        [[targets]]\nid = \"satisfied-2025\"\nindicator = \"satisfied\"\nat_least = 80\nby = \"2025\"\n";
    let facts = "indicator,unit,period,positive,valid,population\nsatisfied,a,2025,80,100,1000\n\
        satisfied,b,2025,60,100,3000\nsatisfied,c,2025,70,100,500\n";
    let text = small(plan, facts, "2026-01-31").explain("satisfied-2025", Language::English).unwrap().to_text();
    assert!(text.contains("Division B, 2025: 60 of 100 = 60 %"), "{text}");
    assert!(text.contains("Actual: (80 % × 1,000 + 60 % × 3,000 + 70 % × 500) / 4,500 = 65.56 %"), "{text}");
}

#[test]
fn a_sum_that_can_only_grow_says_so() {
    let plan = "[[indicators]]\nid = \"spend\"\nkind = \"flow\"\nunit = \"vnd\"\nbounds = { low = 0 }\n\
        [[targets]]\nid = \"most\"\nindicator = \"spend\"\nat_most = 100\nby = \"2025\"\n\
        [[targets]]\nid = \"least\"\nindicator = \"spend\"\nat_least = 110\nby = \"2025\"\n";
    let card = small(plan, "indicator,period,value\nspend,2025-Q1,120\n", "2025-04-30");
    let text = |target| card.explain(target, Language::English).unwrap().to_text();
    assert!(text("most").contains("The sum can only grow: 120 VND is already beyond ≤ 100 VND"), "{}", text("most"));
    assert!(text("least").contains("The sum can only grow: 120 VND already meets ≥ 110 VND"), "{}", text("least"));
}

/// More facts than are told one by one are counted, those of the baseline too.
#[test]
fn what_is_not_told_is_counted() {
    let units: String = (1..=15).map(|unit| format!("{{ id = \"u{unit}\", parent = \"o\" }}, ")).collect();
    let plan = Plan::from_toml(format!(
        "format = \"attain-plan/1\"\nplan = {{ id = \"m\", owner = \"o\", start = 2021-12-31 }}\n\
         units = [{{ id = \"o\" }}, {units}]\n[[indicators]]\nid = \"s\"\nkind = \"share\"\n\
         [[targets]]\nid = \"t\"\nindicator = \"s\"\nat_least = 80\nby = \"2025\"\nbaseline = \"2021\"\n"
    ))
    .unwrap();
    let mut facts = "indicator,unit,period,part,whole\n".to_owned();
    for unit in 1..=15 {
        facts.push_str(&format!("s,u{unit},2021,{},100\ns,u{unit},2025-H1,{},100\n", 9 + unit, 39 + unit));
    }
    let card = assess(&plan, &Facts::from_csv(&plan, &facts).unwrap(), day("2025-07-31"));
    let text = card.explain("t", Language::English).unwrap().to_text();
    assert_eq!(text.matches("and 3 more reports").count(), 2, "{text}");
    // 10 + 11 + … + 24
    assert!(text.contains("Baseline: 255 of 1,500 = 17 %"), "{text}");
}

#[test]
fn a_remark_is_answered_with_its_reason() {
    let card = card();
    let text = card.explain("T04", Language::Vietnamese).unwrap().to_text();
    let remark = card.remarks().iter().find(|remark| remark.row() == Some("T04")).unwrap();
    let said = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(remark.why()) && said.contains("Căn cứ: mục"), "{text}");
}

#[test]
fn a_target_that_is_not_law_is_answered_with_what_replaces_it() {
    let plan = "[[indicators]]\nid = \"online\"\nkind = \"share\"\n\
        [[targets]]\nid = \"old\"\nindicator = \"online\"\nat_least = 80\nby = \"2025\"\nin_force = { to = 2025-05-31 }\n\
        [[targets]]\nid = \"new\"\nindicator = \"online\"\nat_least = 70\nby = \"2025\"\nin_force = { from = 2025-06-01 }\n\
        supersedes = \"old\"\n";
    let explained = |day: &str, target: &str| {
        small(plan, "indicator,period,part,whole\n", day).explain(target, Language::English).unwrap().to_text()
    };
    let text = explained("2025-07-12", "old");
    assert!(text.contains("No longer in force; in force to the end of 2025-05-31") && text.contains("Replaced by new"), "{text}");
    assert!(explained("2025-05-31", "old").contains("Why this status"));
    assert!(explained("2025-05-31", "new").contains("Not in force yet; in force from 2025-06-01"));
}

#[test]
fn a_target_is_asked_for_by_its_id_or_its_row() {
    let card = card();
    let by = |name: &str| card.explain(name, Language::English).unwrap();
    assert_eq!(by("T25"), by("budget-paid-posts-2025"));
    // Every period of a recurring target has its account.
    assert_eq!(by("T10").to_text().matches("\nWhy this status\n").count(), 4);
}

#[test]
fn an_unknown_target_is_answered_with_those_that_are_near() {
    let card = card();
    let fault = |name: &str| card.explain(name, Language::English).unwrap_err().to_string();
    assert_eq!(
        fault("satisfaction"),
        "nothing is said of a target 'satisfaction'; expected one of 'satisfaction-2025', 'satisfaction-2030', \
         'annex-satisfaction-2025', 'annex-satisfaction-2030', 'satisfaction-ballot-each-year'"
    );
    assert!(fault("budget-paid-post-2025").contains("(did you mean 'budget-paid-posts-2025'?)"));
    assert!(fault("").contains("'T01'"));
    // Of a scorecard that shows one unit only nothing is said of others.
    let none = card.only(|_| false);
    assert_eq!(
        none.explain("T25", Language::English).unwrap_err().to_string(),
        "nothing is said of a target 'T25'; expected nothing"
    );
}

/// The second quarter is a gap, and what is left of the year is shared out by what is left of its phases.
#[test]
fn phases_are_reckoned_in_sentences() {
    let plan = Plan::from_toml(
        "format = 'attain-plan/1'\nplan = { id = 'p', owner = 'so', start = 2025-01-01 }\nunits = [{ id = 'so' }]\n\
         [[indicators]]\nid = 'x'\nkind = 'flow'\nunit = 'people'\nreported = 'quarter'\n\
         [[targets]]\nid = 't'\nindicator = 'x'\nby = '2025'\nat_least = 100\nbaseline = { value = 0, on = 2024-12-31 }\n\
         phases = [0.1, 0.2, 0.3, 0.4]\n",
    )
    .unwrap();
    let facts = Facts::from_csv(&plan, "indicator,period,value\nx,2025-Q1,15\nx,2025-Q3,25\n").unwrap();
    let card = assess(&plan, &facts, day("2025-10-15"));
    let pages = [Language::English, Language::Vietnamese].map(|language| card.explain("t", language).unwrap().to_text());
    // 10 % and 30 % are there; 60 are left, by 20 : 40.
    for (page, sentences) in pages.iter().zip([
        [
            "Share of the period by the plan's phases: 10 % × 90/90 + 30 % × 92/92 = 40 %",
            "2025-Q2 has to bring: 60 people × 20 % / 60 % = 20 people",
            "2025-Q4 has to bring: 60 people × 40 % / 60 % = 40 people",
        ],
        [
            "Phần của kỳ theo phân kỳ của kế hoạch: 10 % × 90/90 + 30 % × 92/92 = 40 %",
            "2025-Q2 còn phải đạt: 60 người × 20 % / 60 % = 20 người",
            "2025-Q4 còn phải đạt: 60 người × 40 % / 60 % = 40 người",
        ],
    ]) {
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        for sentence in sentences {
            assert!(page.contains(sentence), "{sentence}: {page}");
        }
    }
}

/// Every page of every target, on many days: lines of 110 columns at most, and a number that is shown never says more than
/// the verdict.
#[test]
fn every_target_can_be_explained() {
    let (plan, facts) = shipped();
    for as_of in ["2021-12-31", "2024-06-30", "2025-09-30", "2026-06-30"] {
        let card = assess(&plan, &facts, day(as_of));
        for of in card.assessments() {
            for language in [Language::Vietnamese, Language::English] {
                let explanation = card.explain(&of.target, language).unwrap();
                let text = explanation.to_text();
                assert!(text.lines().all(|line| unicode_width(line) <= 110), "{text}");
                assert!(text.contains(of.status.in_words(language)), "{text}");
                assert!(!text.contains('{') && !text.contains('\u{e000}'), "{text}");
                assert!(explanation.to_markdown().lines().count() > 10);
            }
        }
    }
}

fn unicode_width(line: &str) -> usize {
    // Vietnamese letters are one column wide each, however they are written.
    line.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).count()
}

#[test]
fn without_steps_the_verdict_is_explained_all_the_same() {
    let (plan, facts) = shipped();
    let card = assess_with(&plan, &facts, day(DAY), Steps::Omitted);
    let text = card.explain("T17", Language::English).unwrap().to_text();
    assert!(
        !text.contains("How the number came about")
            && text.contains("Not “Met so far” (row 8): the requirement does not hold today")
    );
}
