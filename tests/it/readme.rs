//! What the README shows is what the tool prints.

use attain::time::parse_day;
use attain::{Facts, Language, Plan, assess};

#[test]
fn the_lines_of_the_readme_are_lines_of_the_scorecard() {
    let readme = include_str!("../../README.md");
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    let text = assess(&plan, &facts, parse_day("2025-09-30").unwrap()).to_text(Language::English);
    let printed: Vec<&str> = text.lines().collect();
    let shown: Vec<&str> = readme.lines().filter(|line| line.starts_with('│')).collect();
    assert!(shown.len() >= 10);
    for line in shown {
        assert!(printed.contains(&line), "the scorecard has no line {line}");
    }
}
