//! What estimates, certainty and pace say never contradicts what is decided, or rests on unlike figures.

use attain::assess::{Certainty, Leg, Path, Reason, Remainder};
use attain::number::Ratio;
use attain::plan::Better;
use attain::{Assessment, Facts, Language, Plan, Scorecard, Status, assess};

use chrono::TimeDelta;

use crate::support::day;

const HEAD: &str = "
format = 'attain-plan/1'
plan = { id = 'plan', owner = 'office', start = 2021-12-31 }
units = [{ id = 'office' }, { id = 'a', parent = 'office' }, { id = 'b', parent = 'office' }]
";

fn card(indicator: &str, target: &str, facts: &str, as_of: &str) -> Scorecard {
    let plan = format!("{HEAD}[[indicators]]\nid = 'i'\n{indicator}\n[[targets]]\nid = 't'\nindicator = 'i'\n{target}\n");
    let plan = Plan::from_toml(plan).unwrap();
    let facts = Facts::from_csv(&plan, facts).unwrap();
    assess(&plan, &facts, day(as_of))
}

fn only(card: &Scorecard) -> &Assessment {
    &card.assessments()[0]
}

#[test]
fn what_is_decided_is_not_estimated() {
    let years = "indicator,period,part,whole\ni,2021,6,10\ni,2022,7,10\ni,2023,8,10\ni,2024,9,10\n";
    let at = |this_year: &str, requirement: &str| {
        let target = format!("by = '2025'\n{requirement}\noutlook = {{ whole = 30 }}");
        let card = card("kind = 'share'", &target, &format!("{years}{this_year}"), "2025-06-30");
        (only(&card).status, only(&card).forecast.as_ref().map(|_| ()).map_err(|reason| *reason))
    };
    // At best 20 of 30.
    assert_eq!(at("i,2025-Q1,15,25\n", "at_least = 70"), (Status::Lost, Err(Reason::Decided)));
    // At worst 24 of 30.
    assert_eq!(at("i,2025-Q1,24,25\n", "at_least = 70"), (Status::Secured, Err(Reason::Decided)));
    assert_eq!(at("i,2025-Q1,20,25\n", "at_least = 70"), (Status::MetSoFar, Ok(())));
    // No value there can be: 101 % of a whole.
    let impossible = card("kind = 'share'", "by = '2025'\nat_least = 101", &format!("{years}i,2025-Q1,20,25\n"), "2025-06-30");
    assert_eq!((only(&impossible).status, only(&impossible).forecast.clone().err()), (Status::Lost, Some(Reason::Decided)));
}

#[test]
fn a_forecast_of_a_part_says_nothing_of_the_whole() {
    let quarters: String = (1..=3).map(|quarter| format!("i,2025-Q{quarter},{},100\n", 80 - 5 * quarter)).collect();
    let target = |every: &str| format!("by = '2025'\nat_least = 66\nforecast = {{ method = 'linear', every = '{every}' }}");
    let facts = format!("indicator,period,part,whole\ni,2022,60,100\ni,2023,62,100\ni,2024,64,100\n{quarters}");
    let parts = card("kind = 'share'", &target("quarter"), &facts, "2025-09-30");
    let forecast = only(&parts).forecast.as_ref().unwrap();
    // 75, 70, 65: the fourth quarter is 60, the year so far 70 %.
    assert_eq!((forecast.of.as_deref(), forecast.value.to_string().as_str()), (Some("2025-Q4"), "60"));
    assert_eq!((forecast.probability, forecast.reached_on), (Err(Reason::PeriodIncomplete), Err(Reason::PeriodIncomplete)));
    let whole = card("kind = 'share'", &target("year"), &facts, "2025-09-30");
    let forecast = only(&whole).forecast.as_ref().unwrap();
    assert!(forecast.of.is_none() && forecast.probability.is_ok());
}

#[test]
fn the_running_figure_of_one_unit_is_not_that_of_all() {
    let years: String =
        (2021..=2024).map(|year| format!("i,a,{year},9,10\ni,b,{year},{},1000\n", 200 + 10 * (year - 2021))).collect();
    let points = |this_year: &str| {
        let facts = format!("indicator,unit,period,part,whole\n{years}{this_year}");
        let card = card("kind = 'share'", "by = '2025'\nat_least = 50", &facts, "2025-05-31");
        only(&card).forecast.as_ref().unwrap().points
    };
    assert_eq!(points("i,a,2025-Q1,2,2\n"), 4);
    assert_eq!(points("i,a,2025-Q1,2,2\ni,b,2025-Q1,40,250\n"), 5);
    // Nor is the second quarter without the first.
    assert_eq!(points("i,a,2025-04,2,2\ni,b,2025-04,40,250\n"), 4);
}

#[test]
fn the_upper_end_of_a_range_is_not_held_by_an_unfinished_sum() {
    let at = |requirement: &str, period: &str, as_of: &str| {
        let card = card(
            "kind = 'flow'",
            &format!("by = '2025'\n{requirement}"),
            &format!("indicator,period,value\ni,{period},100\n"),
            as_of,
        );
        only(&card).status
    };
    for requirement in ["between = [5, 110]", "exactly = 100", "at_most = 110"] {
        assert_eq!(at(requirement, "2025-Q1", "2025-03-31"), Status::InProgress, "{requirement}");
        assert_eq!(at(requirement, "2025", "2025-12-31"), Status::Met, "{requirement}");
    }
}

#[test]
fn weighted_and_plain_shares_are_not_compared() {
    let facts = |population: &str| {
        format!(
            "indicator,unit,period,positive,valid,population\ni,a,2024,80,100,1000\ni,b,2024,5,10,1000\ni,a,2025,80,100,1000\ni,b,2025,5,10,{population}\n"
        )
    };
    let at = |population: &str| {
        card(
            "kind = 'survey'\ndirection = 'increase'",
            "by = '2025'\nimprove = true\nbaseline = '2024'",
            &facts(population),
            "2025-12-31",
        )
    };
    // (80 % · 1000 + 50 % · 1000)/2000 in both years.
    let known = at("1000");
    assert_eq!((only(&known).status, &only(&known).actual.value), (Status::Missed, &Ok(Ratio::from(65))));
    let unknown = at("");
    assert_eq!((only(&unknown).status, &only(&unknown).baseline.value), (Status::AwaitingData, &Err(Reason::NoBaseline)));
    assert_eq!(only(&unknown).changes.previous, Err(Reason::NoPopulation));
    // A value that the plan gives stands for itself.
    let given = "by = '2025'\nat_least = 60\nbaseline = { value = 55, on = 2024-12-31 }";
    let given = card("kind = 'survey'\ndirection = 'increase'", given, &facts("1000"), "2025-12-31");
    assert_eq!((only(&given).status, &only(&given).baseline.value), (Status::Met, &Ok(Ratio::from(55))));
}

#[test]
fn the_answers_of_several_periods_are_no_census() {
    let quarter = |quarter: usize, valid: usize| format!("i,2025-Q{quarter},20,{valid},100\n");
    let facts: String = (1..=4).map(|number| quarter(number, 25)).collect();
    let card = card(
        "kind = 'survey'",
        "by = '2025'\nat_least = 75",
        &format!("indicator,period,positive,valid,population\n{facts}"),
        "2025-12-31",
    );
    let survey = only(&card).survey.as_ref().unwrap().as_ref().unwrap();
    assert_eq!((survey.is_corrected, survey.certainty), (false, Ok(Certainty::Undetermined)));
}

#[test]
fn a_census_is_as_sure_as_its_verdict() {
    let facts = "indicator,period,positive,valid,population\ni,2025,2,3,3\n";
    for (requirement, status, certainty) in [
        ("at_least = 66.66666666667", Status::Missed, Certainty::SurelyMissed),
        ("at_least = 66.66666666666", Status::Met, Certainty::SurelyMet),
    ] {
        let card = card("kind = 'survey'", &format!("by = '2025'\n{requirement}"), facts, "2025-12-31");
        let one = only(&card);
        assert_eq!((one.status, one.survey.as_ref().unwrap().as_ref().unwrap().certainty), (status, Ok(certainty)));
    }
}

#[test]
fn days_of_no_sub_period_could_bring_something_too() {
    let at = |by: &str| {
        let target = format!("by = '{by}'\nover = 'window'\nfrom = 2025-01-01\nat_least = 100");
        let card = card("kind = 'flow'", &target, "indicator,period,value\ni,2025-Q1,40\n", "2025-05-31");
        match only(&card).remainder.clone() {
            Some(Remainder::Sum { periods, each, .. }) => (periods, each),
            other => panic!("{other:?}"),
        }
    };
    let months = |months: &[&str]| months.iter().map(|month| (*month).to_owned()).collect::<Vec<_>>();
    assert_eq!(at("2025-06-30"), (months(&["2025-04", "2025-05", "2025-06"]), Ok(Ratio::from(20))));
    assert_eq!(at("2025-06-15"), (months(&["2025-04", "2025-05"]), Err(Reason::UnevenSteps)));
}

#[test]
fn a_value_on_a_growing_path_is_not_behind_it() {
    let start = day("2023-12-31");
    let path = Path::from_baseline(start, Ratio::from(100), Better::Higher);
    let path = path.through(day("2025-12-30"), Ratio::from(121), Leg::Compound).unwrap();
    for days in 1..730 {
        let on = start + TimeDelta::days(days);
        assert_eq!(path.lead(&path.at(on), on), Ok(0), "{on}");
    }
}

#[test]
fn too_little_is_no_trend_and_no_choice() {
    let facts = |count: usize| {
        let years: String = (0..count).map(|year| format!("i,{},{}\n", 2024 - count + 1 + year, 30 + 10 * year)).collect();
        format!("indicator,period,value\n{years}")
    };
    let forecast = |count: usize, method: &str| {
        let target = format!("by = '2025'\nat_least = 200\nforecast = {{ method = '{method}' }}");
        only(&card("kind = 'index'\nroll_up = false", &target, &facts(count), "2025-06-30")).forecast.clone()
    };
    assert_eq!(forecast(4, "linear").unwrap().trend, Err(Reason::TooFewPoints));
    assert!(forecast(5, "linear").unwrap().trend.is_ok());
    // Of three figures only the last value has an error of its own.
    assert_eq!(forecast(3, "automatic").err(), Some(Reason::TooFewPoints));
    assert!(forecast(5, "automatic").is_ok());
}

#[test]
fn no_average_beyond_what_there_can_be_is_asked_of_the_rest() {
    let says = |positive: u32, requirement: &str| {
        let target = format!("by = '2025'\n{requirement}\noutlook = {{ whole = 100 }}");
        let facts = format!("indicator,period,positive,valid\ni,2025-Q1,{positive},80\n");
        card("kind = 'survey'", &target, &facts, "2025-06-30").to_markdown(Language::English)
    };
    // Of 100 at best 60, at worst 70; with 54 of 80, 11 of the 20 to come make 65.
    assert!(says(40, "at_least = 90").contains("Whatever the rest is, it is not enough"));
    assert!(says(70, "at_least = 50").contains("Whatever the rest is, it is enough"));
    assert!(says(70, "at_most = 50").contains("Whatever the rest is, it is not enough"));
    assert!(says(54, "at_least = 65").contains("The rest has to average 55 %"));
}
