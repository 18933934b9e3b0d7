//! What the README shows is what the library says.

use attain::time::parse_day;
use attain::{Facts, Language, Plan, Scorecard, Status, assess};

const README: &str = include_str!("../../README.md");

fn card() -> Scorecard {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    assess(&plan, &facts, parse_day("2025-09-30").unwrap())
}

/// The block of the README that begins with a line.
fn block(first: &str) -> &'static str {
    let (_, after) = README.split_once(&format!("\n{first}")).unwrap_or_else(|| panic!("the README has no {first}"));
    let start = README.len() - after.len() - first.len();
    README.get(start..).unwrap().split_once("```").unwrap().0
}

#[test]
fn the_lines_of_the_readme_are_lines_of_the_scorecard() {
    let text = card().to_text(Language::English);
    let printed: Vec<&str> = text.lines().collect();
    let shown: Vec<&str> = README.lines().filter(|line| line.starts_with('│')).collect();
    assert!(shown.len() >= 10);
    for line in shown {
        assert!(printed.contains(&line), "the scorecard has no line {line}");
    }
}

#[test]
fn the_explanation_of_the_readme_is_one() {
    let card = card().only(|one| one.status == Status::Missed);
    let text = card.explain("A10", Language::English).unwrap().to_text();
    let shown = block("What was promised");
    assert!(text.contains(shown), "{text}");
}

#[cfg(feature = "junit")]
#[test]
fn the_junit_of_the_readme_is_written_so() {
    use attain::check::{Policy, check};
    use attain::plan::Waivers;

    let card = card();
    let mut written = Vec::new();
    check(&card, &Waivers::default(), &Policy::default()).write_junit(&mut written, Language::English).unwrap();
    let written = String::from_utf8(written).unwrap();
    let shown = block("        <testcase name=\"dossiers-circulated-electronically-each-year::so-khcn::2023\"");
    assert!(written.contains(shown), "{written}");
}
