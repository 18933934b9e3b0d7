//! What changed between two scorecards, and why.

use attain::plan::{ByDraft, InForceDraft, Kind, PaceBandsDraft, PlanDraft, TargetDraft};
use attain::scorecard::{CauseKind, Changed, Difference, PlanEntry, TimeEventKind};
use attain::{AsOf, Facts, Plan, Status};

use crate::support::{day, empty_plan, fact, figures, indicator, number, on, target};
use crate::undo::{Side, compare, gives_back};

const PLAN: &str = include_str!("../../plans/decision-333.toml");
const FACTS: &str = include_str!("../../plans/decision-333.facts.csv");

fn shipped(as_of: &str) -> Side {
    let plan = Plan::from_toml(PLAN).unwrap();
    let rows = Facts::from_csv(&plan, FACTS).unwrap().drafts(&plan);
    Side { draft: plan.draft().clone(), rows, as_of: AsOf::from(day(as_of)) }
}

#[track_caller]
fn changed<'d>(found: &'d Difference, target: &str, period: &str) -> &'d Changed {
    found.changed.iter().find(|one| one.target() == target && one.period == period).unwrap()
}

fn statuses(one: &Changed) -> [Option<Status>; 2] {
    [&one.before, &one.after].map(|standing| standing.as_ref().map(|standing| standing.status))
}

/// The causes in short: what, and of which thing.
fn short(one: &Changed) -> Vec<String> {
    let mut all: Vec<String> = one
        .causes
        .iter()
        .map(|cause| {
            let what = match &cause.what {
                CauseKind::FactAdded(fact) | CauseKind::FactGone(fact) => fact.period.label(),
                CauseKind::FactRevised { after, .. } => after.period.label(),
                CauseKind::PlanChanged { entry, field, .. } => {
                    format!("{} {}", entry.id().unwrap_or("plan"), field.unwrap_or("all"))
                }
                CauseKind::TimePassed { .. } => String::new(),
                other => panic!("{other:?}"),
            };
            let sign = if cause.turned { "" } else { " (numbers)" };
            format!("{} {what}{sign}", cause.what.code())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn the_shipped_plan_gives_back_what_was() {
    let days = ["2021-06-30", "2022-12-31", "2024-03-31", "2024-12-31", "2025-01-10", "2025-06-30", "2025-09-30", "2027-01-31"];
    let mut turned = 0;
    for pair in days.windows(2) {
        let [before, after] = [shipped(pair[0]), shipped(pair[1])];
        let found = gives_back(&before, &after);
        turned += found.changed.iter().filter(|one| one.is_turned()).count();
        // Back in time it is the same the other way round.
        let back = gives_back(&after, &before);
        assert_eq!(back.changed.len(), found.changed.len());
    }
    assert!(turned > 150, "{turned}");
}

#[test]
fn a_revision_found_later_turned_a_verdict() {
    let mut before = shipped("2024-06-30");
    before.as_of = before.as_of.with_known_on(day("2024-06-01"));
    let found = gives_back(&before, &shipped("2024-06-30"));
    let one = changed(&found, "steering-documents-each-year", "2023");
    assert_eq!(statuses(one), [Some(Status::Met), Some(Status::Missed)]);
    let [cause] = one.causes.as_slice() else { panic!("{:?}", one.causes) };
    let CauseKind::FactRevised { before, after } = &cause.what else { panic!("{cause:?}") };
    assert_eq!((before.recorded_on, after.recorded_on), (Some(day("2024-01-10")), Some(day("2024-06-20"))));
    let part = |record: &attain::scorecard::FactRecord| record.measure.as_ref().unwrap().quotient().unwrap().0.to_i64();
    assert_eq!((part(before), part(after)), (Some(15), Some(14)));
    assert_eq!(after.source.as_deref(), Some("Số liệu minh hoạ"));
    assert!(cause.turned);
}

fn year(at_least: &str) -> Side {
    let one = TargetDraft { at_least: Some(number(at_least)), ..target("t", "i", "2025") };
    let mut about = indicator("i", Kind::Share);
    about.report_due_days = Some(15);
    let other = TargetDraft { at_least: Some(1.into()), ..target("other", "j", "2025") };
    let draft = PlanDraft { indicators: vec![about, indicator("j", Kind::Share)], targets: vec![one, other], ..empty_plan() };
    let quarter = |label: &str, part| figures(Kind::Share, [part, 100, 0, 0], fact("i", label));
    let rows = vec![quarter("2025-Q1", 90), quarter("2025-Q2", 80), quarter("2025-Q3", 80), quarter("2025-Q4", 70)];
    Side { draft, rows, as_of: AsOf::from(day("2025-12-31")) }
}

#[test]
fn a_window_closes_on_what_was_reported_last() {
    let (mut before, after) = (year("80"), year("80"));
    before.as_of = AsOf::from(day("2025-11-30"));
    let found = gives_back(&before, &after);
    // 250 of 300 so far, then 320 of 400: both the fourth quarter and the end of the year make it met.
    let one = changed(&found, "t", "2025");
    assert_eq!(statuses(one), [Some(Status::MetSoFar), Some(Status::Met)]);
    assert_eq!(short(one), ["fact_added 2025-Q4", "time_passed "]);
    let CauseKind::TimePassed { events, .. } = &one.causes[1].what else { panic!("{:?}", one.causes) };
    assert!(events.iter().any(|event| event.what == TimeEventKind::WindowClosed && event.on == day("2025-12-31")));
    // What has nothing to do with it is not among the causes: of the other target only time has passed.
    assert_eq!(short(changed(&found, "other", "2025")), ["time_passed "]);
    assert_eq!(found.changed.len(), 2);
}

#[test]
fn a_report_becomes_overdue_by_time_alone() {
    let (mut before, mut after) = (year("80"), year("80"));
    before.rows.truncate(3);
    after.rows.truncate(3);
    before.as_of = AsOf::from(day("2026-01-14"));
    after.as_of = AsOf::from(day("2026-01-15"));
    let found = gives_back(&before, &after);
    let one = changed(&found, "t", "2025");
    assert_eq!(statuses(one), [Some(Status::AwaitingData), Some(Status::AwaitingData)]);
    assert_eq!(short(one), ["time_passed  (numbers)"]);
    let CauseKind::TimePassed { events, .. } = &one.causes[0].what else { panic!("{:?}", one.causes) };
    assert_eq!(events.iter().map(|event| event.what).collect::<Vec<_>>(), [TimeEventKind::ReportDue]);
}

#[test]
fn the_plan_itself_turned_it() {
    // 320 of 400 is 80 %.
    let (before, mut after) = (year("80"), year("81"));
    after.draft.plan.pace_bands = Some(PaceBandsDraft { on_track: Some(number("0.9")), at_risk: None });
    let found = gives_back(&before, &after);
    let one = changed(&found, "t", "2025");
    assert_eq!(statuses(one), [Some(Status::Met), Some(Status::Missed)]);
    // Bands have no part in a closed year.
    assert_eq!(short(one), ["plan_changed t requirement"]);
    let CauseKind::PlanChanged { entry, before: said, after: says, .. } = &one.causes[0].what else { panic!("{one:?}") };
    assert_eq!(*entry, PlanEntry::Target("t".to_owned()));
    assert_eq!((said.as_deref(), says.as_deref()), (Some("at_least = 80"), Some("at_least = 81")));

    // A tolerance of one point makes 80 % enough again: two changes that undo each other change nothing but the numbers.
    after.draft.targets[0].tolerance = Some(number("1"));
    let found = gives_back(&before, &after);
    assert_eq!(
        short(changed(&found, "t", "2025")),
        ["plan_changed t requirement (numbers)", "plan_changed t tolerance (numbers)"]
    );
}

#[test]
fn another_version_came_into_force() {
    let mut side = year("80");
    let ends = InForceDraft { from: None, to: on("2025-12-30") };
    let begins = InForceDraft { from: on("2025-12-31"), to: None };
    let newer = TargetDraft {
        supersedes: Some("t".to_owned()),
        in_force: Some(begins),
        at_least: Some(number("85")),
        ..target("t2", "i", "2025")
    };
    side.draft.targets[0].in_force = Some(ends);
    side.draft.targets.push(newer);
    let mut before = side.clone();
    before.as_of = AsOf::from(day("2025-12-30"));
    let found = gives_back(&before, &side);
    let one = changed(&found, "t2", "2025");
    // 250 of 300 so far against 80 %; 320 of 400 against 85 %.
    assert_eq!(statuses(one), [Some(Status::MetSoFar), Some(Status::Missed)]);
    assert_eq!((&*one.before.as_ref().unwrap().target, &*one.after.as_ref().unwrap().target), ("t", "t2"));
    let events = one.causes.iter().find_map(|cause| match &cause.what {
        CauseKind::TimePassed { events, .. } => Some(events),
        _ => None,
    });
    assert!(events.unwrap().iter().any(|event| event.what == TimeEventKind::CameIntoForce && event.of == "t2"));
}

#[test]
fn targets_that_come_and_go_are_said() {
    let (before, mut after) = (year("80"), year("80"));
    after.draft.targets[1].by = Some(ByDraft("2026".to_owned()));
    after.draft.targets.push(TargetDraft { at_least: Some(number("50")), ..target("new", "i", "2025") });
    let found = gives_back(&before, &after);
    assert_eq!(statuses(changed(&found, "new", "2025")), [None, Some(Status::Met)]);
    assert_eq!(short(changed(&found, "new", "2025")), ["plan_changed new all"]);
    assert_eq!(statuses(changed(&found, "other", "2025")), [Some(Status::AwaitingData), None]);
    assert_eq!(short(changed(&found, "other", "2026")), ["plan_changed other window"]);
    assert_eq!((found.changed.len(), found.unchanged), (3, 1));
}

#[test]
fn the_same_again_is_no_difference() {
    let found = compare(&shipped("2025-09-30"), &shipped("2025-09-30"));
    assert!(found.changed.is_empty() && found.unchanged > 100);
}
