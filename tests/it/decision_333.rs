//! The plan that ships with the crate: every row of the decision is accounted for, and the hard cases come out as an
//! auditor computes them by hand.
//!
//! `tests/cases/decision-333-targets.csv` lists the 79 rows of Decision 333/QĐ-SKHCN of 29/12/2021 with the verbatim clause
//! and its line in the published text.

use std::collections::BTreeSet;

use attain::assess::FindingCode;
use attain::number::Ratio;
use attain::time::parse_day;
use attain::{AsOf, Assessment, Facts, Plan, Reason, Scorecard, Status, assess};

const PLAN: &str = include_str!("../../plans/decision-333.toml");
const FACTS: &str = include_str!("../../plans/decision-333.facts.csv");
const ROWS: &str = include_str!("../cases/decision-333-targets.csv");

fn plan() -> Plan {
    Plan::from_toml(PLAN).unwrap()
}

fn card(as_of: &str, known_on: &str) -> Scorecard {
    let plan = plan();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let when = AsOf::from(parse_day(as_of).unwrap()).with_known_on(parse_day(known_on).unwrap());
    assess(&plan, &facts, when)
}

fn shipped() -> Scorecard {
    card("2025-09-30", "2025-09-30")
}

#[track_caller]
fn one<'c>(card: &'c Scorecard, row: &str, period: &str) -> &'c Assessment {
    let of_row = |one: &&Assessment| card.target(one).and_then(|target| target.row()) == Some(row);
    let found: Vec<_> = card.assessments().iter().filter(of_row).filter(|one| one.period_label() == period).collect();
    assert_eq!(found.len(), 1, "{row} {period}");
    found[0]
}

#[test]
fn every_row_of_the_decision_is_a_target_or_a_remark_with_its_clause() {
    let plan = plan();
    let mut rows = csv::Reader::from_reader(ROWS.as_bytes());
    let mut count = 0;
    for row in rows.records().map(Result::unwrap) {
        let (id, kind, clause, line) = (&row[0], &row[2], &row[3], row[4].parse::<u32>().unwrap());
        let cited: Vec<_> = plan
            .targets()
            .iter()
            .filter(|target| target.row() == Some(id))
            .map(|target| target.citation())
            .chain(plan.remarks().iter().filter(|remark| remark.row() == Some(id)).map(|remark| remark.citation()))
            .collect();
        assert!(!cited.is_empty(), "{id} is neither a target nor a remark");
        for citation in cited {
            let citation = citation.unwrap_or_else(|| panic!("{id} has no citation"));
            assert_eq!(citation.clause.as_deref(), Some(clause), "{id}");
            assert_eq!(citation.line, Some(line), "{id}");
        }
        let is_remark = plan.remarks().iter().any(|remark| remark.row() == Some(id));
        assert_eq!(is_remark, kind == "qual", "{id}: only what fixes nothing computable is a remark");
        count += 1;
    }
    assert_eq!(count, 79);
}

#[test]
fn every_status_occurs() {
    let occurring: BTreeSet<Status> = shipped().assessments().iter().map(|one| one.status).collect();
    assert_eq!(occurring, Status::ALL.iter().copied().collect());
}

#[test]
fn one_late_case_at_100_percent() {
    let card = shipped();
    let closed = one(&card, "T10", "2023");
    assert_eq!((closed.status, closed.row), (Status::Missed, 3));
    assert_eq!(closed.actual.value, Ok(Ratio::new(312_300, 3124).unwrap()));
    let cases = closed.cases.as_ref().unwrap();
    assert_eq!(cases.short_by, Ratio::ONE);
    assert_eq!(cases.successes_needed_in_a_row, Err(Reason::Never));
    let open = one(&card, "T10", "2025");
    assert_eq!((open.status, open.row), (Status::Lost, 6));
    assert_eq!(open.lost_since, parse_day("2025-06-30"));
}

#[test]
fn ten_percent_off_52_posts_is_at_most_46() {
    let card = shipped();
    let posts = one(&card, "T25", "2025");
    assert_eq!(posts.threshold.bound.as_ref().unwrap().threshold(), Ratio::new(468, 10).as_ref());
    assert_eq!(posts.threshold.attainable, Some(Ratio::from(46)));
    assert_eq!(posts.variance, Ok(Ratio::new(2, 10).unwrap()));
    // (47 − 52) / (46.8 − 52) = 5/5.2
    assert_eq!(posts.progress, Ok(Ratio::new(50, 52).unwrap()));
}

#[test]
fn exactly_on_target_is_met_and_what_rounds_up_to_it_is_not() {
    let card = shipped();
    assert_eq!(one(&card, "A10", "2024").status, Status::Met);
    let near = one(&card, "A10", "2023");
    assert_eq!(near.status, Status::Missed);
    assert_eq!(near.actual.value.as_ref().unwrap().to_string(), "79.96");
    assert!(card.to_text(attain::Language::English).contains("79.96 %"));
}

#[test]
fn a_whole_of_0_and_a_missing_month() {
    let card = shipped();
    let nothing = one(&card, "T03", "2023");
    assert_eq!((nothing.status, nothing.row), (Status::NotApplicable, 1));
    assert_eq!(nothing.actual.value, Err(Reason::ZeroWhole));
    let incomplete = one(&card, "T06", "2024");
    assert_eq!((incomplete.status, incomplete.row), (Status::AwaitingData, 4));
    assert_eq!(incomplete.actual.coverage.missing, ["2024-08"]);
    assert_eq!(incomplete.reasons, [Reason::ReportOverdue]);
}

#[test]
fn a_revision_turns_a_verdict() {
    assert_eq!(one(&card("2025-09-30", "2024-03-31"), "T35", "2023").status, Status::Met);
    assert_eq!(one(&shipped(), "T35", "2023").status, Status::Missed);
}

#[test]
fn contradictions_are_named_on_both_sides() {
    let card = shipped();
    let conflicts: BTreeSet<&str> = card
        .findings()
        .iter()
        .filter(|finding| finding.code == FindingCode::ConflictingTargets)
        .map(|finding| finding.place.as_str())
        .collect();
    let rows: BTreeSet<&str> =
        card.plan().targets().iter().filter(|target| conflicts.contains(target.id())).filter_map(|target| target.row()).collect();
    assert_eq!(rows, BTreeSet::from(["A08", "A09", "A10", "T11", "T12", "T13", "T21", "T32", "T33", "T34"]));
}

#[test]
fn figures_that_are_not_published_say_so() {
    let mut rows = csv::Reader::from_reader(FACTS.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (unit, source) = (column("unit"), column("source"));
    let mut real = 0;
    for row in rows.records().map(Result::unwrap) {
        if row[source].starts_with("Số liệu thật") {
            assert_eq!(&row[unit], "tinh-quang-tri", "only the province's figures are published");
            real += 1;
        } else {
            assert!(row[source].starts_with("Số liệu minh hoạ"), "{row:?}");
        }
    }
    assert_eq!(real, 7, "published figures");
}

#[test]
fn the_plan_and_its_facts_survive_being_written_and_read() {
    let plan = plan();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let (mut toml, mut json, mut csv_text, mut facts_json) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    plan.write_toml(&mut toml).unwrap();
    plan.write_json(&mut json).unwrap();
    facts.write_csv(&plan, &mut csv_text).unwrap();
    facts.write_json(&plan, &mut facts_json).unwrap();
    assert_eq!(Plan::from_toml(&toml).unwrap(), plan);
    assert_eq!(Plan::from_json(&json).unwrap(), plan);
    assert_eq!(Facts::from_csv(&plan, &csv_text).unwrap(), facts);
    assert_eq!(Facts::from_json(&plan, &facts_json).unwrap(), facts);
    assert_eq!(Plan::from_json(&json).unwrap().hash(), plan.hash());
}
