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
