//! Differences, margins and contributions as people read them, in both languages: whole pages against `tests/cases/texts`.
//!
//! `UPDATE_TEXTS=1` writes them anew; what is written then has to be read.

use std::path::PathBuf;

use attain::facts::FactDraft;
use attain::plan::{IndicatorDraft, Kind, PlanDraft, TargetDraft};
use attain::scorecard::{Assessed, Difference, Margins, difference, flips};
use attain::{AsOf, Facts, Language, Plan, assess};

use crate::support::{card, day, empty_plan, fact, figures, indicator, number, target, unit};
use crate::undo::{Side, compare};

const PLAN: &str = include_str!("../../plans/decision-333.toml");
const FACTS: &str = include_str!("../../plans/decision-333.facts.csv");
const LANGUAGES: [(Language, &str); 2] = [(Language::Vietnamese, "vi"), (Language::English, "en")];

fn shipped() -> (Plan, Facts) {
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    (plan, facts)
}

#[track_caller]
fn reads(name: &str, text: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "cases", "texts", name].iter().collect();
    if std::env::var_os("UPDATE_TEXTS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{} is not what is written:\n{text}", path.display());
}

/// What changed of some targets of the shipped plan.
fn changes(then: AsOf, now: AsOf, targets: &[&str]) -> Difference {
    let (plan, facts) = shipped();
    let of = |on: AsOf| assess(&plan, &facts, on).only(|one| targets.contains(&&*one.target));
    let (then, now) = (of(then), of(now));
    difference(Assessed { card: &then, facts: &facts }, Assessed { card: &now, facts: &facts })
}

#[test]
fn a_month_of_the_shipped_plan() {
    let on = |text: &str| AsOf::from(day(text));
    let found = changes(on("2025-06-30"), on("2025-07-31"), &["dossiers-on-time-each-year", "online-applications-2025"]);
    for (language, code) in LANGUAGES {
        reads(&format!("difference.{code}.txt"), &found.to_text(language));
        reads(&format!("difference.{code}.md"), &found.to_markdown(language));
    }
}

#[test]
fn a_revision_of_the_shipped_plan() {
    let now = AsOf::from(day("2024-06-30"));
    let found = changes(now.with_known_on(day("2024-06-01")), now, &["steering-documents-each-year"]);
    for (language, code) in LANGUAGES {
        reads(&format!("revision.{code}.txt"), &found.to_text(language));
    }
}

/// A share of 80 % reported in full, as of the end of the year.
fn year(one: TargetDraft) -> Side {
    let draft = PlanDraft { indicators: vec![indicator("i", Kind::Share)], targets: vec![one], ..empty_plan() };
    let rows = vec![figures(Kind::Share, [320, 400, 0, 0], fact("i", "2025"))];
    Side { draft, rows, as_of: AsOf::from(day("2025-12-31")) }
}

#[test]
fn a_clause_that_changed_is_quoted_with_what_it_said() {
    let at_least = |text: &str| TargetDraft { at_least: Some(number(text)), ..target("t", "i", "2025") };
    let found = compare(&year(at_least("80")), &year(at_least("80.5")));
    let text = found.to_text(Language::English);
    assert!(text.contains("The plan changed (target t), requirement: ≥ 80.5; before: ≥ 80"), "{text}");
    assert!(
        text.contains(
            "t · i · 2025: worse\n  Status: Met → Missed\n  Actual: 80 % (320/400)\n  Requirement: ≥ 80 % → ≥ 80.5 %\n"
        )
    );
    let text = found.to_text(Language::Vietnamese);
    assert!(text.contains("Kế hoạch thay đổi (mục tiêu t), yêu cầu: ≥ 80,5; trước đó: ≥ 80"), "{text}");
    let gone = PlanDraft { targets: vec![], ..year(at_least("80")).draft };
    let found = compare(&year(at_least("80")), &Side { draft: gone, ..year(at_least("80")) });
    let text = found.to_text(Language::English);
    assert!(text.contains("Status: Met → not assessed") && text.contains("No longer in the plan: target t"), "{text}");
}

#[test]
fn numbers_that_differ_are_never_written_alike() {
    let bare = |text: &str| FactDraft { value: Some(number(text)), ..fact("i", "2025") };
    let one = TargetDraft { at_least: Some(80.into()), ..target("t", "i", "2025") };
    let side = |text: &str| Side { rows: vec![bare(text)], ..year(one.clone()) };
    let found = compare(&side("79.9994001"), &side("79.9994002"));
    let text = found.to_text(Language::English);
    // Two places would write 80.00 for both, which is neither of them; 79.999 still lies below both and below 80.
    assert!(text.contains("Actual: 79.999 % → 79.9994002 %"), "{text}");
    assert_eq!((found.tally().numbers, found.tally().changed), (1, 1));
    assert!(text.contains("1 changed: 0 better, 0 worse, 0 to another status, 1 in numbers only; 0 unchanged"));
}

fn margins(targets: &[&str]) -> Margins {
    let (plan, facts) = shipped();
    let wanted = |one: &attain::scorecard::Margin| targets.contains(&&*one.target);
    flips(&plan, &facts, day("2025-09-30")).only(wanted)
}

#[test]
fn margins_of_the_shipped_plan() {
    let targets = ["dossiers-on-time-each-year", "dossiers-circulated-electronically-each-year", "posts-2025", "par-index-rank"];
    let margins = margins(&targets);
    for (language, code) in LANGUAGES {
        reads(&format!("margins.{code}.txt"), &margins.to_text(language));
    }
    let whole = margins.to_markdown(Language::English);
    assert_eq!(whole.lines().filter(|line| line.starts_with("| ")).count(), margins.margins.len() + 2);
}

/// The least change that would turn the only verdict of one target.
fn least(about: IndicatorDraft, one: TargetDraft, rows: Vec<FactDraft>, language: Language) -> String {
    let draft = PlanDraft { indicators: vec![about], targets: vec![one], ..empty_plan() };
    let plan = draft.validate().unwrap();
    let facts = Facts::new(&plan, rows).unwrap();
    let text = flips(&plan, &facts, day("2025-12-31")).to_markdown(language);
    let row = text.lines().rfind(|line| line.starts_with('|')).unwrap();
    row.trim_end_matches(" |").rsplit(" | ").next().unwrap().to_owned()
}

#[test]
fn the_least_change_is_said_in_the_words_of_its_kind() {
    let at_least = |amount: i64| TargetDraft { at_least: Some(amount.into()), ..target("t", "i", "2025") };
    let at_most = |amount: i64| TargetDraft { at_most: Some(amount.into()), ..target("t", "i", "2025") };
    let people = || IndicatorDraft { whole: Some(true), unit: Some("people".into()), ..indicator("i", Kind::Stock) };
    let of = |kind, counts| vec![figures(kind, counts, fact("i", "2025"))];
    let both = |about: IndicatorDraft, one: TargetDraft, rows: Vec<FactDraft>, english: &str, vietnamese: &str| {
        assert_eq!(least(about.clone(), one.clone(), rows.clone(), Language::English), english);
        assert_eq!(least(about, one, rows, Language::Vietnamese), vietnamese);
    };
    // 327 of 330 is 99.09 %, of 331 98.8 %.
    both(
        indicator("i", Kind::OnTime),
        at_least(99),
        of(Kind::OnTime, [327, 0, 0, 0]),
        "4 more late cases in 2025 and it is missed",
        "Thêm 4 trường hợp trễ hạn (số liệu 2025) thì kết luận là “Không đạt”",
    );
    // 80 of 100 with 80 needed.
    both(
        indicator("i", Kind::Share),
        at_least(80),
        of(Kind::Share, [80, 100, 0, 0]),
        "1 fewer successful case of the same whole in 2025 and it is missed",
        "Bớt 1 trường hợp đạt trong cùng tổng số (số liệu 2025) thì kết luận là “Không đạt”",
    );
    both(
        people(),
        at_most(46),
        of(Kind::Stock, [48, 0, 0, 0]),
        "2 people less in 2025 and it is met",
        "Giảm 2 người (số liệu 2025) thì kết luận là “Đạt”",
    );
    both(
        indicator("i", Kind::Index),
        at_most(40),
        of(Kind::Index, [40, 0, 0, 0]),
        "Any more, however little in 2025 and it is missed",
        "Tăng thêm dù rất ít (số liệu 2025) thì kết luận là “Không đạt”",
    );
    let done = vec![FactDraft { done_on: crate::support::on("2025-07-05"), ..fact("i", "2025") }];
    let deliver = TargetDraft { deliver: Some(attain::plan::DeliverDraft::Done(true)), ..target("t", "i", "2025-H1") };
    both(
        indicator("i", Kind::Deliverable),
        deliver,
        done,
        "Done 5 days earlier in 2025 and it is met",
        "Hoàn thành sớm hơn 5 ngày (số liệu 2025) thì kết luận là “Đạt”",
    );
}

#[test]
fn contributions_of_the_shipped_plan() {
    let (plan, facts) = shipped();
    let card = assess(&plan, &facts, day("2025-09-30"));
    let rolled_up = card.assessments().iter().find(|one| &*one.indicator == "work-files-online" && !one.contributions.is_empty());
    let target = rolled_up.unwrap().target.clone();
    for (language, code) in LANGUAGES {
        reads(&format!("contributions.{code}.txt"), &card.contributions_to_text(&target, language));
    }
    let none = card.contributions_to_text("dossiers-on-time-each-year", Language::English);
    assert!(none.contains("No figure of this target is made of the figures of units below."), "{none}");
}

#[test]
fn the_columns_of_contributions_add_up_as_they_are_shown() {
    let units = [("office", None), ("a", Some("office")), ("b", Some("office")), ("c", Some("office"))];
    let draft = PlanDraft {
        units: units.map(|(id, parent)| unit(id, parent)).to_vec(),
        indicators: vec![indicator("i", Kind::Share)],
        targets: vec![TargetDraft { at_least: Some(100.into()), ..target("t", "i", "2025") }],
        ..empty_plan()
    };
    let row = |at: &str, label: &str, counts: [i64; 2]| {
        let [part, whole] = counts;
        FactDraft { unit: Some(at.to_owned()), ..figures(Kind::Share, [part, whole, 0, 0], fact("i", label)) }
    };
    // Each carries 33 1/3 points less a third of 1/7 of them; rounded one by one they would not add up.
    let now = [("a", [7, 7]), ("b", [7, 7]), ("c", [6, 7])].map(|(at, counts)| row(at, "2025", counts));
    let then = [("a", [1, 3]), ("b", [2, 3]), ("c", [1, 7])].map(|(at, counts)| row(at, "2024", counts));
    let card = card(draft, now.into_iter().chain(then), day("2025-12-31"));
    let text = card.contributions_to_markdown("t", Language::English);
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| line.starts_with("| ")).map(|line| line.split(" | ").collect()).collect();
    let numbers = |cells: &[&str]| -> Vec<i64> {
        let hundredths = |cell: &&str| {
            let cell = cell.trim_matches([' ', '|', '+']);
            let (units, fraction) = cell.split_once('.').unwrap_or((cell, "00"));
            format!("{units}{fraction:0<2}").parse::<i64>().unwrap()
        };
        cells.iter().skip(1).map(hundredths).collect()
    };
    // The head and the line below it, three units, the total.
    let [_, _, a, b, c, total] = rows.as_slice() else { panic!("{text}") };
    let (a, b, c, total) = (numbers(a), numbers(b), numbers(c), numbers(total));
    for column in 0..total.len() {
        assert_eq!(a[column] + b[column] + c[column], total[column], "{text}");
    }
    // 20 of 21 is 95.24 %, 4.76 points and one case short; 4 of 13 was 30.77 %.
    assert_eq!(total[..4], [9524, -476, -100, 6447], "{text}");
    for row in [&a, &b, &c, &total] {
        assert_eq!(row[4] + row[5], row[3], "{text}");
    }
}

/// What a plan says in tables and lists is told as a list in words, and what holds where it says nothing is named.
#[test]
fn what_a_plan_says_is_told_in_words_and_not_in_its_format() {
    let before = r#"
        format = "attain-plan/1"
        plan = { id = "p", owner = "o", start = 2023-12-31 }
        units = [{ id = "o" }, { id = "a", parent = "o" }, { id = "b", parent = "o" }]
        [[indicators]]
        id = "s"
        kind = "stock"
        unit = "people"
        reported = "quarter"
        [[indicators]]
        id = "w"
        kind = "index"
        weights = { a = 1, b = 3 }
        [[targets]]
        id = "t"
        indicator = "s"
        at_least = 100
        by = "2025"
        baseline = "2023"
        [[targets]]
        id = "e"
        indicator = "w"
        at_least = 50
        by = "2025"
        scope = { at_least = 2 }
        units = ["a", "b"]
        [[targets]]
        id = "u"
        indicator = "w"
        at_least = 50
        by = "2025"
    "#;
    let after = before
        .replace("2023-12-31 }", "2023-12-31, pace_bands = { on_track = \"0.5\", at_risk = \"0.3\" } }")
        .replace("at_least = 2 }", "at_least = 1 }")
        .replace("{ a = 1, b = 3 }", "{ a = 3, b = 1 }");
    let rows = "indicator,unit,period,value\ns,,2023,50\ns,,2025-Q1,65\nw,a,2025,60\nw,b,2025,48\n";
    let [then, now] = [before, after.as_str()].map(|text| Plan::from_toml(text).unwrap());
    let [old, new] = [&then, &now].map(|plan| Facts::from_csv(plan, rows).unwrap());
    let [was, is] = [(&then, &old), (&now, &new)].map(|(plan, facts)| assess(plan, facts, day("2025-06-01")));
    let found = difference(Assessed { card: &was, facts: &old }, Assessed { card: &is, facts: &new });
    // Lines are broken where they are long.
    let text = |language| found.to_text(language).split_whitespace().collect::<Vec<_>>().join(" ");
    let (english, vietnamese) = (text(Language::English), text(Language::Vietnamese));
    for expected in [
        "pace bands: on track from 0.5, at risk from 0.3; before: on track from 0.95, at risk from 0.6 (by default)",
        "who is bound: at least 1 of the units, the units: a, b; before: at least 2 of the units, the units: a, b",
    ] {
        assert!(english.contains(expected), "{expected}\n{english}");
    }
    for expected in [
        "mốc đánh giá tiến độ: đúng tiến độ từ 0,5, có nguy cơ từ 0,3; trước đó: đúng tiến độ từ 0,95, có nguy cơ từ 0,6 (mặc định)",
        "phạm vi: ít nhất 1 đơn vị, các đơn vị: a, b; trước đó: ít nhất 2 đơn vị, các đơn vị: a, b",
    ] {
        assert!(vietnamese.contains(expected), "{expected}\n{vietnamese}");
    }
}

/// 20 of 30 and 45.6 of 60 needed: 14.4 cases are lacking, which whole cases make 15. A range has no gap to be divided.
#[test]
fn contributions_say_what_is_exact_and_what_is_left_out() {
    let about = IndicatorDraft { unit: None, ..indicator("i", Kind::Share) };
    let row = |unit: &str, part: i64, whole: i64| FactDraft {
        unit: Some(unit.to_owned()),
        ..figures(Kind::Share, [part, whole, 0, 0], fact("i", "2025"))
    };
    let plan = |one: TargetDraft| PlanDraft {
        units: vec![unit("office", None), unit("north", Some("office")), unit("south", Some("office"))],
        indicators: vec![about.clone()],
        targets: vec![one],
        ..empty_plan()
    };
    // 80 % of 93 is 74.4; there are 60.
    let rows = || [row("north", 20, 33), row("south", 40, 60)];
    let at_least = TargetDraft { at_least: Some(80.into()), ..target("t", "i", "2025") };
    let text = card(plan(at_least), rows(), day("2026-01-31")).contributions_to_text("t", Language::English);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("15 cases short · exactly 14.4 cases, counted up to whole cases"), "{text}");
    assert!(text.contains("+ is above and - is below what the unit is held against."), "{text}");
    assert!(text.contains("The change is not divided among the units: no baseline."), "{text}");
    let between = TargetDraft { between: Some((60.into(), 90.into())), ..target("t", "i", "2025") };
    let text = card(plan(between), rows(), day("2026-01-31")).contributions_to_text("t", Language::English);
    assert!(!text.contains("is held against") && !text.contains("equal parts"), "{text}");
}
