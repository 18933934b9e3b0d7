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

/// A share at risk, a staff cut on its way with a forecast, a survey with its interval.
#[test]
fn typical_targets_read_as_they_were_approved() {
    let card = card();
    for target in ["T17", "T25", "T18"] {
        for (language, code) in [(Language::Vietnamese, "vi"), (Language::English, "en")] {
            let explanation = card.explain(target, language).unwrap();
            is_the_page(&format!("{target}.{code}.txt"), &explanation.to_text());
            if target == "T17" {
                is_the_page(&format!("{target}.{code}.md"), &explanation.to_markdown());
            }
        }
    }
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
