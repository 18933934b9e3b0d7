//! What is not reported, or reported too early, never makes a status good.

use attain::assess::{Assessment, FindingCode, Reason, Remainder};
use attain::check::{Outcome, Policy, check};
use attain::number::Ratio;
use attain::plan::Waivers;
use attain::{Facts, Language, Plan, Scorecard, Status, assess};

use crate::support::day;

/// A department with two units below it, `a` and `b`.
const HEAD: &str = "
format = 'attain-plan/1'
plan = { id = 'plan', owner = 'office', start = 2021-12-31 }
units = [{ id = 'office' }, { id = 'a', parent = 'office' }, { id = 'b', parent = 'office' }]
";

fn card(rest: &str, facts: &str, as_of: &str) -> Scorecard {
    let plan = Plan::from_toml(format!("{HEAD}{rest}")).unwrap();
    let facts = Facts::from_csv(&plan, facts).unwrap();
    assess(&plan, &facts, day(as_of))
}

fn of<'c>(card: &'c Scorecard, target: &str) -> &'c Assessment {
    card.assessments().iter().find(|one| &*one.target == target).unwrap()
}

fn ruling(one: &Assessment) -> (Status, u8, &[Reason]) {
    (one.status, one.row, one.reasons.as_slice())
}

/// Posts of both units, and a target of 2025.
fn posts(requirement: &str, facts: &str) -> Scorecard {
    let plan = format!(
        "[[indicators]]\nid = 'posts'\nkind = 'stock'\n[[targets]]\nid = 't'\nindicator = 'posts'\nby = '2025'\n{requirement}"
    );
    card(&plan, &format!("indicator,unit,period,value\n{facts}"), "2025-06-30")
}

#[test]
fn a_silent_unit_leaves_an_upper_bound_on_a_sum_open() {
    let only_a = "posts,a,2025-06,100\n";
    let both = "posts,a,2025-06,100\nposts,b,2025-06,50\n";
    let open = (Status::InProgress, 10, [Reason::NoBaseline].as_slice());
    for requirement in ["at_most = 300", "below = 300", "between = [50, 300]", "exactly = 100"] {
        let card = posts(requirement, only_a);
        assert_eq!(ruling(of(&card, "t")), open_of(requirement, open), "{requirement}");
        assert_eq!(of(&card, "t").actual.coverage.missing, ["b"], "{requirement}");
    }
    for requirement in ["at_most = 300", "below = 300", "between = [50, 300]", "exactly = 150"] {
        assert_eq!(ruling(of(&posts(requirement, both), "t")), (Status::MetSoFar, 8, [].as_slice()), "{requirement}");
    }
    // What b has would come on top.
    assert_eq!(of(&posts("at_least = 100", only_a), "t").status, Status::MetSoFar);
    // That b has none counts as said.
    let none = "posts,a,2025-06,100\nposts,b,2025-06,0\n";
    assert_eq!(of(&posts("at_most = 300", none), "t").status, Status::MetSoFar);
}

/// What has no direction has no path either, and says so.
fn open_of<'r>(requirement: &str, open: (Status, u8, &'r [Reason])) -> (Status, u8, &'r [Reason]) {
    let has_direction = requirement.contains("at_most") || requirement.contains("below");
    if has_direction { open } else { (open.0, open.1, &[Reason::NoSingleDirection]) }
}

#[test]
fn a_sum_that_can_be_negative_is_open_both_ways() {
    let plan = |low: &str| {
        format!(
            "[[indicators]]\nid = 'balance'\nkind = 'stock'\n{low}\n[[targets]]\nid = 't'\nindicator = 'balance'\nby = '2025'\nat_least = 100"
        )
    };
    let facts = "indicator,unit,period,value\nbalance,a,2025-06,100\n";
    assert_eq!(of(&card(&plan("bounds = { low = -1000 }"), facts, "2025-06-30"), "t").status, Status::InProgress);
    assert_eq!(of(&card(&plan(""), facts, "2025-06-30"), "t").status, Status::MetSoFar);
}

#[test]
fn that_a_unit_has_none_of_it_can_be_said() {
    let plan =
        "[[indicators]]\nid = 'posts'\nkind = 'stock'\n[[targets]]\nid = 't'\nindicator = 'posts'\nby = '2025'\nat_most = 300";
    let facts = "indicator,unit,period,value,state\nposts,a,2025-06,100,final\nposts,b,2025-06,,not_applicable\n";
    assert_eq!(of(&card(plan, facts, "2025-06-30"), "t").status, Status::MetSoFar);
}

#[test]
fn a_unit_to_which_a_level_does_not_apply_does_not_hold_up_the_others() {
    let plan = "[[indicators]]\nid = 'posts'\nkind = 'stock'\n[[targets]]\nid = 't'\nindicator = 'posts'\nby = '2025'\nat_least = 300\nbaseline = { value = 100, on = 2021-12-31 }";
    let facts =
        "indicator,unit,period,value,state,through\nposts,a,2025-06,290,final,\nposts,b,2025,,not_applicable,2025-06-30\n";
    let card = card(plan, facts, "2025-06-30");
    let one = of(&card, "t");
    // 100 + 200·1277/1461
    assert_eq!((one.status, one.row), (Status::OnTrack, 9));
    assert_eq!(one.path.as_ref().unwrap().expected, Ok(Ratio::new(100 * 1461 + 200 * 1277, 1461).unwrap()));
}

#[test]
fn a_baseline_that_lacks_a_unit_is_none() {
    // 100 of a alone would make 110 of both look like a rise by 10 %.
    let now = "posts,a,2025-06,60\nposts,b,2025-06,50\n";
    let rise = "increase_by = '10%'\nbaseline = '2021'";
    let lacking = posts(rise, &format!("posts,a,2021,100\n{now}"));
    let one = of(&lacking, "t");
    assert_eq!(
        (ruling(one), one.baseline.value.clone()),
        ((Status::InProgress, 10, [Reason::NoThreshold].as_slice()), Err(Reason::NoBaseline))
    );
    let whole = posts(rise, &format!("posts,a,2021,60\nposts,b,2021,40\n{now}"));
    assert_eq!(of(&whole, "t").baseline.value, Ok(Ratio::from(100)));
    assert_eq!(ruling(of(&whole, "t")), (Status::MetSoFar, 8, [].as_slice()));
}

#[test]
fn the_same_facts_as_the_baselines_are_no_way() {
    let plan = "[[indicators]]\nid = 'i'\nkind = 'stock'\n[[targets]]\nid = 't'\nindicator = 'i'\nby = '2025'\nat_least = 500\nbaseline = '2025-03'";
    let facts = "indicator,unit,period,value\ni,a,2025-03,100\ni,b,2025-03,50\n";
    let card_of = |facts: &str| card(plan, facts, "2025-06-30");
    let same = card_of(facts);
    assert_eq!(ruling(of(&same, "t")), (Status::InProgress, 10, [Reason::SingleFact].as_slice()));
    assert_eq!((&of(&same, "t").progress, of(&same, "t").path.clone().err()), (&Ok(Ratio::ZERO), Some(Reason::SingleFact)));
    let later = card_of(&format!("{facts}i,a,2025-06,190\ni,b,2025-06,100\n"));
    assert_eq!((of(&later, "t").status, of(&later, "t").row), (Status::OnTrack, 9));
}

#[test]
fn a_figure_from_before_the_baseline_is_on_no_path() {
    let plan = |requirement: &str| {
        format!(
            "[[indicators]]\nid = 'i'\nkind = 'index'\nroll_up = false\n[[targets]]\nid = 't'\nindicator = 'i'\nby = '2025'\n{requirement}\nbaseline = {{ value = 20, on = 2025-06-30 }}"
        )
    };
    let facts = "indicator,period,value\ni,2025-03,30\n";
    for requirement in ["at_least = 50", "at_most = 10", "above = 40"] {
        let card = card(&plan(requirement), facts, "2025-09-30");
        let one = of(&card, "t");
        let before = Err(Reason::BeforeBaseline);
        assert_eq!(ruling(one), (Status::InProgress, 10, [Reason::BeforeBaseline].as_slice()), "{requirement}");
        let pace = one.path.as_ref().unwrap();
        assert_eq!((&pace.pace, &pace.observed_rate, &pace.acceleration_needed), (&before, &before, &before));
        assert_eq!((pace.lead_days, &pace.expected), (Err(Reason::BeforeBaseline), &Ok(Ratio::from(20))));
    }
    // On the baseline's day no rate is known, but the path has begun.
    let card = card(&plan("at_least = 50"), "indicator,period,value\ni,2025-06,30\n", "2025-09-30");
    assert_eq!((of(&card, "t").status, of(&card, "t").row), (Status::OnTrack, 9));
    assert_eq!(of(&card, "t").path.as_ref().unwrap().observed_rate, Err(Reason::EqualDates));
}

#[test]
fn to_stand_on_a_strict_threshold_is_not_to_hold_it() {
    let plan = |requirement: &str| {
        format!(
            "[[indicators]]\nid = 'i'\nkind = 'index'\nroll_up = false\n[[targets]]\nid = 't'\nindicator = 'i'\nby = '2025'\n{requirement}\nbaseline = {{ value = 60, on = 2021-12-31 }}"
        )
    };
    let at = |requirement: &str, a: &str| {
        let card = card(&plan(requirement), &format!("indicator,period,value\ni,2025-03,{a}\n"), "2025-09-30");
        (of(&card, "t").status, of(&card, "t").row)
    };
    assert_eq!(at("above = 50", "50"), (Status::OffTrack, 9));
    assert_eq!(at("above = 50", "50.1"), (Status::MetSoFar, 8));
    assert_eq!(at("below = 70", "70"), (Status::OffTrack, 9));
    assert_eq!(at("at_least = 50", "50"), (Status::MetSoFar, 8));
}

#[test]
fn a_stage_starts_where_the_stage_before_it_starts() {
    let plan = "
[[indicators]]
id = 'i'
kind = 'index'
roll_up = false
[[targets]]
id = 'first'
indicator = 'i'
by = '2023'
at_least = 40
baseline = { value = 20, on = 2021-12-31 }
[[targets]]
id = 'second'
indicator = 'i'
by = '2025'
increase_by = '100%'
after = 'first'
";
    let card = card(plan, "indicator,period,value\ni,2025-03,38\n", "2025-06-30");
    let second = of(&card, "second");
    assert_eq!((&second.baseline.value, second.baseline.on), (&Ok(Ratio::from(20)), Some(day("2021-12-31"))));
    // (38 − 20)/(40 − 20): twice the baseline is 40 again.
    assert_eq!(second.progress, Ok(Ratio::new(9, 10).unwrap()));
    let anchors: Vec<String> =
        second.path.as_ref().unwrap().path.anchors().iter().map(|anchor| format!("{} {}", anchor.on, anchor.value)).collect();
    assert_eq!(anchors, ["2021-12-31 20", "2023-12-31 40", "2025-12-31 40"]);
    // Without any in the chain there is nothing that the rise could be measured from.
    let without = plan.replace("baseline = { value = 20, on = 2021-12-31 }\n", "");
    let faults = Plan::from_toml(format!("{HEAD}{without}")).unwrap_err();
    let faults: Vec<String> = faults.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        ["15:1: targets[1].baseline: 'baseline' is missing; expected what the change is measured from, such as \"2021\""]
    );
}

#[test]
fn reports_that_are_late_are_named_beside_a_status_that_rests_on_the_others() {
    let plan = "
[[indicators]]
id = 'i'
kind = 'share'
reported = 'quarter'
report_due_days = 25
[[targets]]
id = 't'
indicator = 'i'
by = '2025'
at_least = 50
";
    let late = |facts: &str, as_of: &str| {
        let card = card(plan, &format!("indicator,unit,period,part,whole\n{facts}"), as_of);
        let late = card.findings().iter().find(|finding| finding.code == FindingCode::LateReport);
        (of(&card, "t").status, late.map(|finding| finding.detail(Language::English)))
    };
    let first = "i,a,2025-Q1,9,10\ni,b,2025-Q1,8,10\n";
    assert_eq!(late(first, "2025-07-24"), (Status::MetSoFar, None));
    let named = |text: &str| Some(text.to_owned());
    let both = named("the figure stands at 2025-03-31; due and not reported: a 2025-Q2, b 2025-Q2");
    assert_eq!(late(first, "2025-07-25"), (Status::MetSoFar, both));
    let one = named("the figure stands at 2025-06-30; due and not reported: b 2025-Q2");
    assert_eq!(late(&format!("{first}i,a,2025-Q2,9,10\n"), "2025-07-25"), (Status::MetSoFar, one));
    assert_eq!(late(&format!("{first}i,a,2025-Q2,9,10\ni,b,2025-Q2,9,10\n"), "2025-07-25"), (Status::MetSoFar, None));
    // Nothing at all is a status of its own.
    assert_eq!(late("", "2025-07-25"), (Status::NoData, None));
    // Before the judged year begins, the reports of the time since are due too.
    let years = "i,a,2023,9,10\ni,b,2023,8,10\n";
    let since = named("the figure stands at 2023-12-31; due and not reported: a 2024-Q1, b 2024-Q1");
    assert_eq!(late(years, "2024-06-30"), (Status::MetSoFar, since));
}

#[test]
fn a_good_status_that_lacks_a_report_is_a_warning() {
    let plan = "
[[indicators]]
id = 'i'
kind = 'share'
reported = 'quarter'
[[targets]]
id = 't'
indicator = 'i'
by = '2025'
at_least = 50
";
    let outcome = |facts: &str, policy: &Policy| {
        let card = card(plan, &format!("indicator,unit,period,part,whole\n{facts}"), "2025-06-30");
        check(&card, &Waivers::default(), policy).cases()[0].outcome()
    };
    let first = "i,a,2025-Q1,9,10\ni,b,2025-Q1,8,10\n";
    let both = format!("{first}i,a,2025-Q2,9,10\ni,b,2025-Q2,9,10\n");
    assert_eq!(outcome(&both, &Policy::default()), Outcome::Passed);
    assert_eq!(outcome(first, &Policy::default()), Outcome::Warned);
    assert_eq!(outcome(first, &Policy::strict()), Outcome::Failed);
}

#[test]
fn a_gap_in_a_sum_is_still_to_be_brought() {
    let plan = "
[[indicators]]
id = 'i'
kind = 'flow'
reported = 'quarter'
[[targets]]
id = 't'
indicator = 'i'
by = '2025'
at_least = 100
phases = ['0.1', '0.2', '0.3', '0.4']
";
    let rest = |facts: &str| {
        let card = card(plan, &format!("indicator,unit,period,value\n{facts}"), "2025-10-15");
        of(&card, "t").remainder.clone().unwrap()
    };
    // 40 of 100 from two quarters; the second is a gap: 60 over 0.2 and 0.4 of the year.
    let Remainder::Sum { amount, periods, each, by_phase } = rest("i,office,2025-Q1,15\ni,office,2025-Q3,25\n") else {
        panic!("a sum")
    };
    assert_eq!((amount, periods, each), (Ratio::from(60), vec!["2025-Q2".to_owned(), "2025-Q4".to_owned()], Ok(Ratio::from(30))));
    assert_eq!(by_phase, [("2025-Q2".to_owned(), Ratio::from(20)), ("2025-Q4".to_owned(), Ratio::from(40))]);
    // A quarter counts as reported when every unit has reported it.
    let units = "i,a,2025-Q1,10\ni,a,2025-Q2,10\ni,b,2025-Q1,10\ni,b,2025-Q3,10\n";
    let Remainder::Sum { amount, periods, .. } = rest(units) else { panic!("a sum") };
    assert_eq!((amount, periods), (Ratio::from(60), ["2025-Q2", "2025-Q3", "2025-Q4"].map(str::to_owned).to_vec()));
}
