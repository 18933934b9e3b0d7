//! What changed between two scorecards, and why.

use attain::facts::{FactDraft, State};
use attain::plan::{
    BaselineDraft, BaselineRevisions, BaselineTable, ByDraft, Change, Every, InForceDraft, IndicatorDraft, Kind, PaceBandsDraft,
    PlanDraft, ScopeDraft, ScopeTable, TargetDraft,
};
use attain::scorecard::{Assessed, CauseKind, Changed, Difference, PlanEntry, TimeEventKind, Turn, difference};
use attain::{AsOf, Facts, Group, Plan, Status};

use crate::support::{day, empty_plan, fact, figures, indicator, number, on, target, unit};
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

fn stock(at: Option<&str>, label: &str, amount: i64) -> FactDraft {
    FactDraft { unit: at.map(str::to_owned), ..figures(Kind::Stock, [amount, 0, 0, 0], fact("i", label)) }
}

/// One indicator of things that are counted, and one target of it by the end of 2025.
fn one_of(about: IndicatorDraft, one: TargetDraft, rows: Vec<FactDraft>, as_of: &str) -> Side {
    let draft = PlanDraft { indicators: vec![about], targets: vec![one], ..empty_plan() };
    Side { draft, rows, as_of: AsOf::from(day(as_of)) }
}

fn at_least(threshold: i64) -> TargetDraft {
    TargetDraft { at_least: Some(threshold.into()), ..target("t", "i", "2025") }
}

#[track_caller]
fn only(found: &Difference) -> &Changed {
    match found.changed.as_slice() {
        [one] => one,
        many => panic!("{many:#?}"),
    }
}

#[test]
fn a_revision_while_time_passes_is_told_apart_from_it() {
    let before = {
        let mut before = year("80");
        before.as_of = AsOf::from(day("2025-11-30"));
        before
    };
    let mut after = year("80");
    // The third quarter is revised from 80 to 60 of 100: 300 of 400 in the end. Without it 320 would have been enough.
    after.rows[2].part = Some(60.into());
    after.rows[2].recorded_on = on("2025-12-15");
    let found = gives_back(&before, &after);
    let one = changed(&found, "t", "2025");
    assert_eq!(statuses(one), [Some(Status::MetSoFar), Some(Status::Missed)]);
    assert_eq!(short(one), ["fact_added 2025-Q4", "fact_revised 2025-Q3", "time_passed "]);
    let revised = one.causes.iter().find_map(|cause| match &cause.what {
        CauseKind::FactRevised { before, after } => Some((before, after)),
        _ => None,
    });
    let (was, is) = revised.unwrap();
    assert_eq!((was.recorded_on, is.recorded_on), (None, Some(day("2025-12-15"))));
    assert_eq!([&was.row.part, &is.row.part], [&Some(80.into()), &Some(60.into())]);
}

#[test]
fn a_fact_that_is_taken_back_takes_its_verdict_with_it() {
    let (before, mut after) = (year("80"), year("80"));
    after.rows.remove(3);
    let found = gives_back(&before, &after);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::Met), Some(Status::AwaitingData)]);
    assert_eq!(short(one), ["fact_gone 2025-Q4"]);
}

#[test]
fn a_version_of_the_plan_replaces_a_target_by_another_requirement() {
    let before = year("80");
    let mut after = year("80");
    let newer = TargetDraft {
        supersedes: Some("t".to_owned()),
        at_most: Some(90.into()),
        indicator: Some("i".to_owned()),
        ..target("t2", "i", "2025")
    };
    after.draft.targets.push(newer);
    let found = gives_back(&before, &after);
    // 80 % keeps both; the status is the same, what is required is not.
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::Met), Some(Status::Met)]);
    assert_eq!(short(one), ["plan_changed t2 all (numbers)"]);
    assert_eq!(found.tally().numbers, 1);
}

#[test]
fn bands_alone_move_a_pace() {
    let about = indicator("i", Kind::Stock);
    let rising = TargetDraft {
        baseline: Some(BaselineDraft::Given(BaselineTable {
            value: Some(0.into()),
            on: on("2024-12-31"),
            ..BaselineTable::default()
        })),
        ..at_least(100)
    };
    // By the end of June 181 of 365 days are over: 49.6 expected, 40 is a pace of 0.81.
    let before = one_of(about, rising, vec![stock(None, "2025-06", 40)], "2025-06-30");
    let mut after = before.clone();
    after.draft.plan.pace_bands = Some(PaceBandsDraft { on_track: Some(number("0.8")), at_risk: Some(number("0.6")) });
    let found = gives_back(&before, &after);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::AtRisk), Some(Status::OnTrack)]);
    assert_eq!(short(one), ["plan_changed plan pace_bands"]);
    assert_eq!(one.turn(), Turn::Better);
}

#[test]
fn a_unit_that_comes_or_moves_changes_what_is_added_up() {
    let units = |south: &str| vec![unit("office", None), unit("north", Some("office")), unit("south", Some(south))];
    let rows = || vec![stock(Some("north"), "2025", 60), stock(Some("south"), "2025", 50)];
    let mut before = one_of(indicator("i", Kind::Stock), at_least(100), rows(), "2025-12-31");
    before.draft.units = units("office");
    // Below north the south is no longer a unit of the office of its own, and north speaks for it: 60 is what it says itself.
    let mut moved = before.clone();
    moved.draft.units = units("north");
    let found = gives_back(&before, &moved);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::Met), Some(Status::Missed)]);
    assert_eq!(short(one), ["plan_changed south parent"]);

    let mut without = before.clone();
    without.draft.units.truncate(2);
    without.rows.truncate(1);
    let found = gives_back(&without, &before);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::Missed), Some(Status::Met)]);
    assert_eq!(short(one), ["fact_added 2025", "plan_changed south all"]);
}

#[test]
fn a_revised_baseline_is_a_cause_where_it_is_followed_and_none_where_it_is_frozen() {
    let reduce = |revisions| TargetDraft {
        reduce_by: Some(Change::Percent(10.into())),
        baseline: Some(BaselineDraft::Named("2024".to_owned())),
        baseline_revisions: Some(revisions),
        ..target("t", "i", "2025")
    };
    let rows = || vec![stock(None, "2024", 52), stock(None, "2025", 47)];
    let revised = FactDraft { recorded_on: on("2025-12-01"), ..stock(None, "2024", 53) };
    let compared = |revisions| {
        let before = one_of(indicator("i", Kind::Stock), reduce(revisions), rows(), "2025-12-31");
        let mut after = before.clone();
        after.rows.push(revised.clone());
        gives_back(&before, &after)
    };
    // 90 % of 52 is 46.8, of 53 is 47.7.
    let found = compared(BaselineRevisions::Follow);
    assert_eq!(statuses(only(&found)), [Some(Status::Missed), Some(Status::Met)]);
    assert_eq!(short(only(&found)), ["fact_revised 2024"]);
    assert!(compared(BaselineRevisions::Freeze).changed.is_empty());
}

#[test]
fn figures_to_date_and_records_without_figures_are_revisions() {
    let mut before = year("80");
    before.rows.truncate(3);
    before.as_of = AsOf::from(day("2025-12-31"));
    let quarter = |state, through: Option<&str>| FactDraft {
        state: Some(state),
        through: through.and_then(on),
        recorded_on: on("2025-12-30"),
        ..if state == State::NotApplicable {
            fact("i", "2025-Q4")
        } else {
            figures(Kind::Share, [70, 100, 0, 0], fact("i", "2025-Q4"))
        }
    };
    before.rows.push(FactDraft { recorded_on: on("2025-12-01"), ..quarter(State::Provisional, Some("2025-11-30")) });
    let mut after = before.clone();
    after.rows.push(quarter(State::NotApplicable, None));
    // 250 of 300 without a fourth quarter; with two months of it the year was not fully reported.
    let found = gives_back(&before, &after);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::AwaitingData), Some(Status::Met)]);
    assert_eq!(short(one), ["fact_revised 2025-Q4"]);
    let CauseKind::FactRevised { before, after } = &one.causes[0].what else { panic!("{one:?}") };
    assert_eq!((before.through, before.state), (Some(day("2025-11-30")), State::Provisional));
    assert_eq!((after.measure.is_none(), after.state), (true, State::NotApplicable));
}

#[test]
fn what_is_expected_can_lose_a_target() {
    let mut before = year("80");
    before.rows.truncate(3);
    before.rows[2].part = Some(20.into());
    before.as_of = AsOf::from(day("2025-09-30"));
    let expected = |whole| FactDraft { whole: Some(number(whole)), state: Some(State::Expected), ..fact("i", "2025") };
    let known = |row: FactDraft| FactDraft { recorded_on: on("2025-01-10"), ..row };
    before.rows.push(known(expected("1000")));
    // 190 of 300: of 1,000 cases 800 are needed and 610 of 700 can do it; of 400 it takes 130 of 100.
    let mut after = before.clone();
    after.rows[3] = known(expected("400"));
    let found = gives_back(&before, &after);
    let one = only(&found);
    assert_eq!(statuses(one)[1], Some(Status::Lost));
    assert_eq!(short(one), ["fact_revised 2025"]);
    assert_eq!(one.turn(), if statuses(one)[0].unwrap().group() == Group::None { Turn::Other } else { Turn::Worse });
}

#[test]
fn a_recurring_target_that_goes_on_is_assessed_more_often() {
    let every = |until: &str| TargetDraft {
        by: None,
        every: Some(Every::Quarter),
        until: on(until),
        at_least: Some(75.into()),
        ..target("t", "i", "2025")
    };
    let mut before = year("80");
    before.draft.targets = vec![every("2025-06-30")];
    let mut after = before.clone();
    after.draft.targets = vec![every("2025-12-31")];
    let found = gives_back(&before, &after);
    let periods: Vec<&str> = found.changed.iter().map(|one| one.period.as_str()).collect();
    assert_eq!((periods, found.unchanged), (vec!["2025-Q3", "2025-Q4"], 2));
    assert!(found.changed.iter().all(|one| short(one) == ["plan_changed t window"] && one.before.is_none()));
}

#[test]
fn so_many_of_several_units_are_turned_by_one_of_them() {
    let units = vec![unit("office", None), unit("a", Some("office")), unit("b", Some("office")), unit("c", Some("office"))];
    let two = TargetDraft { scope: Some(ScopeDraft::Given(ScopeTable { at_least: Some(2) })), ..at_least(10) };
    let rows = ["a", "b", "c"].map(|at| stock(Some(at), "2025", if at == "a" { 12 } else { 8 }));
    let mut before = one_of(indicator("i", Kind::Stock), two, rows.to_vec(), "2025-12-31");
    before.draft.units = units;
    let mut after = before.clone();
    after.rows[2] = stock(Some("c"), "2025", 10);
    // What b reports is another thing too, and leaves it where it was.
    after.rows[1] = stock(Some("b"), "2025", 9);
    let found = gives_back(&before, &after);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::Missed), Some(Status::Met)]);
    let [cause] = one.causes.as_slice() else { panic!("{:?}", one.causes) };
    assert!(matches!(&cause.what, CauseKind::FactRevised { after, .. } if &*after.unit == "c"), "{cause:?}");
}

#[test]
fn the_order_of_a_plan_changes_nothing() {
    let before = year("80");
    let mut after = before.clone();
    after.draft.targets.reverse();
    after.draft.indicators.reverse();
    after.rows.reverse();
    let found = gives_back(&before, &after);
    assert_eq!((found.changed.len(), found.unchanged), (0, 2));
}

#[test]
fn what_a_scorecard_only_leaves_out_has_not_changed() {
    let (before, after) = (year("80"), year("81"));
    let ((then, of_then), (now, of_now)) = (before.made(), after.made());
    let then = then.only(|one| one.status == Status::AwaitingData);
    let found = difference(Assessed { card: &then, facts: &of_then }, Assessed { card: &now, facts: &of_now });
    // The target that turned is not shown of before: nothing is said of it; the other is the same.
    assert_eq!((found.changed.len(), found.unchanged), (0, 1));
}

#[test]
fn an_indicator_of_another_kind_is_a_cause_with_its_figures() {
    let before = year("80");
    let mut after = before.clone();
    after.draft.indicators[0].kind = Some(Kind::OnTime);
    after.rows = vec![figures(Kind::OnTime, [79, 21, 0, 0], fact("i", "2025"))];
    let found = compare(&before, &after);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::Met), Some(Status::Missed)]);
    // Figures of one kind say nothing under another, so nothing of this can be undone without the rest.
    let mut expected = vec!["fact_added 2025".to_owned(), "plan_changed i kind".to_owned()];
    expected.extend((1..5).map(|quarter| format!("fact_gone 2025-Q{quarter}")));
    expected.sort();
    assert_eq!(short(one), expected);
}

#[test]
fn a_plan_that_has_nothing_in_common_is_all_new_and_all_gone() {
    let before = year("80");
    let mut after =
        one_of(indicator("k", Kind::Stock), TargetDraft { indicator: Some("k".into()), ..at_least(10) }, vec![], "2026-02-28");
    after.draft.targets[0].id = Some("another".to_owned());
    after.draft.plan.owner = Some("elsewhere".to_owned());
    let found = compare(&before, &after);
    assert_eq!((found.changed.len(), found.unchanged), (3, 0));
    assert!(found.changed.iter().all(|one| !one.causes.is_empty() && one.before.is_some() != one.after.is_some()));
    let tally = found.tally();
    assert_eq!((tally.other, tally.better + tally.worse + tally.numbers), (3, 0));
}

#[test]
fn of_very_many_differences_those_that_play_no_part_are_still_left_out() {
    let rows = |amount: i64| {
        let months = (0..600_i64).map(|month| (2000 + month / 12, 1 + month % 12));
        months.map(|(year, month)| stock(None, &format!("{year}-{month:02}"), amount)).collect::<Vec<_>>()
    };
    let before = one_of(indicator("i", Kind::Stock), at_least(10), rows(12), "2049-12-31");
    let mut after = before.clone();
    after.rows = rows(8);
    let found = gives_back(&before, &after);
    let one = only(&found);
    assert_eq!(statuses(one), [Some(Status::Met), Some(Status::Missed)]);
    // 600 months say something else, and the last one of the judged year decides.
    assert_eq!(short(one), ["fact_revised 2025-12"]);
}
