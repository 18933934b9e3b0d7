//! What the README shows is what a run prints: the run fails, and these cases fail in it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on fails")]

use std::process::{Command, Output};

const README: &str = include_str!("../README.md");

/// Runs the promises as the README does. All packages with all features, so that nothing is built twice where the tests of
/// the whole workspace run; the packages without such a test are none the wiser.
fn promises(arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--workspace", "--all-features", "--test", "promises", "--", "--test-threads=1"]);
    cargo.args(arguments).env_remove("NEXTEST").current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The text without how long the run took.
fn timeless(text: &str) -> String {
    let line = |line: &str| line.split_once("; finished in ").map_or(line, |(before, _)| before).trim_end().to_owned();
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The text between a line of the README and the end of its block.
fn shown(first: &str) -> String {
    let (_, after) = README.split_once(&format!("{first}\n")).unwrap_or_else(|| panic!("no {first}"));
    let (block, _) = after.split_once("```").unwrap();
    timeless(block)
}

/// The names below the last `failures:`.
fn failing(text: &str) -> Vec<&str> {
    let (_, list) = text.rsplit_once("failures:\n").unwrap();
    list.lines().map(str::trim).take_while(|line| !line.is_empty() && *line != "```").collect()
}

#[test]
fn the_promises_that_are_not_kept_fail_by_their_names() {
    let run = promises(&[]);
    let printed = text(&run.stdout);
    assert_eq!(run.status.code(), Some(101), "{}", text(&run.stderr));
    assert_eq!(failing(&printed), failing(README));
    let counted = timeless(printed.lines().find(|line| line.starts_with("test result: ")).unwrap());
    assert!(README.contains(&counted), "{counted}");
}

#[test]
fn one_case_looks_like_this() {
    let run = promises(&["--exact", "dossiers-circulated-electronically-each-year::so-khcn::2023"]);
    assert_eq!(run.status.code(), Some(101));
    let block = shown(
        "$ cargo test -p compliance --test promises -- --exact dossiers-circulated-electronically-each-year::so-khcn::2023",
    );
    assert_eq!(timeless(&text(&run.stdout)), block);
    // The front page shows the same.
    let front = include_str!("../../../README.md");
    assert!(timeless(front).contains(&block), "the README of the library shows another one");
}

#[test]
fn what_is_kept_passes_and_what_is_not_due_or_waived_is_ignored_with_its_reason() {
    let run = promises(&["dossiers-circulated-electronically-each-year::so-khcn::2024"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stdout));
    let run = promises(&["decentralisation-decision-2022"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stdout));
    assert!(text(&run.stdout).contains("decentralisation-decision-2022::so-khcn::2022 ... ignored ("), "{}", text(&run.stdout));
    assert!(text(&run.stdout).contains("waived until 2025-12-31"), "{}", text(&run.stdout));
}
