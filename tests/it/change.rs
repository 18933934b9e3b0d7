//! What has changed since earlier periods.

use attain::{Facts, Plan, assess};
use serde_json::{Value, json};

use crate::support::{day, json as text};

/// Previous and a year before, for one target on indicator `i`.
fn changes_in(calendar: &str, kind: &str, target: &str, facts: &str, as_of: &str) -> (Value, Value) {
    let plan = format!(
        "format = 'attain-plan/1'\n[plan]\nid = 'plan'\nowner = 'office'\nstart = 2020-01-01\ncalendar = '{calendar}'\n\
         [[indicators]]\nid = 'i'\nkind = '{kind}'\n[[targets]]\nid = 't'\nindicator = 'i'\nat_least = 1\n{target}\n"
    );
    let plan = Plan::from_toml(&plan).unwrap_or_else(|faults| panic!("{faults}"));
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    let card: Value = serde_json::from_str(&text(&assess(&plan, &facts, day(as_of)))).unwrap();
    let changes = &card["assessments"][0]["changes"];
    assert_eq!(changes.as_object().unwrap().len(), 2, "{changes}");
    (changes["previous"].clone(), changes["year_before"].clone())
}

/// The same for figures of one number, given as "period value".
fn amounts(kind: &str, by: &str, facts: &[&str], as_of: &str) -> (Value, Value) {
    changes_in("gregorian", kind, &format!("by = '{by}'"), &rows(facts), as_of)
}

fn rows(facts: &[&str]) -> String {
    let facts: String = facts.iter().map(|fact| format!("i,{}\n", fact.replace(' ', ","))).collect();
    format!("indicator,period,value\n{facts}")
}

fn change(period: &str, value: &str, points: &str, percent: &str) -> Value {
    json!({ "period": period, "value": value, "points": points, "percent": percent })
}

fn none(reason: &str) -> Value {
    json!({ "undefined": reason })
}

#[test]
fn a_quarter_is_compared_with_the_one_before_and_a_year_before() {
    let facts = ["2024-Q2 80", "2025-Q1 100", "2025-Q2 120"];
    let (previous, year_before) = amounts("flow", "2025-Q2", &facts, "2025-06-30");
    assert_eq!(previous, change("2025-Q1", "100", "20", "20"));
    assert_eq!(year_before, change("2024-Q2", "80", "40", "50"));
    // Across the turn of the year.
    let facts = ["2024-Q1 90", "2024-Q4 150", "2025-Q1 60"];
    let (previous, year_before) = amounts("flow", "2025-Q1", &facts, "2025-03-31");
    assert_eq!(previous, change("2024-Q4", "150", "-90", "-60"));
    assert_eq!(year_before, change("2024-Q1", "90", "-30", "-33.333333333333"));
}

#[test]
fn months_halves_and_years_are_compared_with_their_like() {
    let (previous, year_before) = amounts("flow", "2025-03", &["2024-03 5", "2025-02 8", "2025-03 6"], "2025-03-31");
    assert_eq!((previous, year_before), (change("2025-02", "8", "-2", "-25"), change("2024-03", "5", "1", "20")));
    let (previous, year_before) = amounts("flow", "2025-H1", &["2024-H1 5", "2024-H2 8", "2025-H1 6"], "2025-06-30");
    assert_eq!((previous, year_before), (change("2024-H2", "8", "-2", "-25"), change("2024-H1", "5", "1", "20")));
    let (previous, year_before) = amounts("flow", "2025", &["2024 8", "2025 10"], "2025-12-31");
    assert_eq!(previous, change("2024", "8", "2", "25"));
    assert_eq!(previous, year_before);
}

/// A target by a date: the three months that end on it.
#[test]
fn counted_days_are_compared_with_as_many_months() {
    let target = "by = 2025-05-31\nover = 'quarter'";
    let facts = rows(&[
        "2024-03 1",
        "2024-04 1",
        "2024-05 2",
        "2024-12 2",
        "2025-01 2",
        "2025-02 1",
        "2025-03 2",
        "2025-04 2",
        "2025-05 2",
    ]);
    let (previous, year_before) = changes_in("gregorian", "flow", target, &facts, "2025-05-31");
    assert_eq!(previous, change("2024-12-01/2025-02-28", "5", "1", "20"));
    assert_eq!(year_before, change("2024-03-01/2024-05-31", "4", "2", "50"));
}

/// Percentages change by points, and by percent of what they were: 60 % after 50 % is 10 points and 20 %.
#[test]
fn percentages_change_by_points() {
    let facts = "indicator,period,part,whole\ni,2024-Q2,3,4\ni,2025-Q1,25,50\ni,2025-Q2,30,50\n";
    let (previous, year_before) = changes_in("gregorian", "share", "by = '2025-Q2'", facts, "2025-06-30");
    assert_eq!(previous, change("2025-Q1", "50", "10", "20"));
    assert_eq!(year_before, change("2024-Q2", "75", "-15", "-20"));
}

#[test]
fn a_running_period_is_compared_with_the_same_days() {
    let facts = ["2024-Q1 40", "2024-Q2 60", "2024-Q3 70", "2024-Q4 90", "2025-Q1 50", "2025-Q2 75"];
    let (previous, year_before) = amounts("flow", "2025", &facts, "2025-06-30");
    assert_eq!(previous, change("2024-H1", "100", "25", "25"));
    assert_eq!(previous, year_before);
    // What is not reported yet plays no part.
    assert_eq!(amounts("flow", "2025", &facts, "2025-08-15").0, previous);
    // Nine months have a name, seven have not.
    let facts = ["2024-H1 40", "2024-Q3 10", "2025-H1 45", "2025-Q3 15"];
    assert_eq!(amounts("flow", "2025", &facts, "2025-09-30").0, change("2024-9M", "50", "10", "20"));
    let facts = ["2024-H1 40", "2024-07 10", "2025-H1 45", "2025-07 15"];
    assert_eq!(amounts("flow", "2025", &facts, "2025-07-31").0, change("2024-01-01/2024-07-31", "50", "10", "20"));
    // Two months of a quarter: those of the quarter before, and of a year before.
    let facts = ["2024-04 3", "2024-05 3", "2025-01 5", "2025-02 7", "2025-03 100", "2025-04 8", "2025-05 10"];
    let (previous, year_before) = amounts("flow", "2025-Q2", &facts, "2025-05-31");
    assert_eq!(previous, change("2025-01-01/2025-02-28", "12", "6", "50"));
    assert_eq!(year_before, change("2024-04-01/2024-05-31", "6", "12", "200"));
}

#[test]
fn a_figure_that_runs_is_compared_up_to_its_last_day() {
    let facts = "indicator,period,value,through\ni,2024-Q1,10,\ni,2024-04,5,\ni,2025,18,2025-04-30\n";
    let (previous, _) = changes_in("gregorian", "flow", "by = '2025'", facts, "2025-06-30");
    assert_eq!(previous, change("2024-01-01/2024-04-30", "15", "3", "20"));
}

#[test]
fn nothing_can_be_measured_in_percent_of_0() {
    let zero = json!({ "period": "2025-Q1", "value": "0", "points": "7", "percent": { "undefined": "zero_whole" } });
    assert_eq!(amounts("flow", "2025-Q2", &["2025-Q1 0", "2025-Q2 7"], "2025-06-30").0, zero);
    // Of what is below 0 the size counts: −10 after −20 is a rise of 50 %.
    let (previous, year_before) = amounts("index", "2025-Q2", &["2024-Q2 -5", "2025-Q1 -20", "2025-Q2 -10"], "2025-06-30");
    assert_eq!(previous, change("2025-Q1", "-20", "10", "50"));
    assert_eq!(year_before, change("2024-Q2", "-5", "-5", "-100"));
    // A share of nothing is no share.
    let facts = "indicator,period,part,whole\ni,2025-Q1,0,0\ni,2025-Q2,30,50\n";
    assert_eq!(changes_in("gregorian", "share", "by = '2025-Q2'", facts, "2025-06-30").0, none("zero_whole"));
}

#[test]
fn what_is_not_reported_is_no_baseline() {
    let (previous, year_before) = amounts("flow", "2025-Q2", &["2025-Q2 7"], "2025-06-30");
    assert_eq!((previous, year_before), (none("no_baseline"), none("no_baseline")));
    let (previous, year_before) = amounts("flow", "2025-Q2", &["2024-Q2 7", "2025-Q2 7"], "2025-06-30");
    assert_eq!((previous, year_before), (none("no_baseline"), change("2024-Q2", "7", "0", "0")));
    // Nothing now: the reason why there is no actual.
    let (previous, year_before) = amounts("flow", "2025-Q2", &["2025-Q1 7"], "2025-06-30");
    assert_eq!((previous, year_before), (none("report_overdue"), none("report_overdue")));
}

#[test]
fn unlike_days_are_not_compared() {
    // Of the earlier half only a quarter is there.
    let (previous, year_before) = amounts("flow", "2025", &["2024-Q1 40", "2025-H1 90"], "2025-06-30");
    assert_eq!((previous, year_before), (none("period_incomplete"), none("period_incomplete")));
    // Of the half so far only its second quarter is there.
    let (previous, year_before) = amounts("flow", "2025", &["2024-H1 40", "2025-Q2 90"], "2025-06-30");
    assert_eq!((previous, year_before), (none("period_incomplete"), none("period_incomplete")));
    // A whole year does not say what its first half was.
    assert_eq!(amounts("flow", "2025", &["2024 90", "2025-H1 90"], "2025-06-30").0, none("no_baseline"));
}

#[test]
fn a_stock_is_compared_day_by_day() {
    let facts = ["2024-06 80", "2024-12 90", "2025-03 95", "2025-06 100"];
    let (previous, year_before) = amounts("stock", "2025", &facts, "2025-06-30");
    assert_eq!(previous, change("2024-H1", "80", "20", "25"));
    assert_eq!(previous, year_before);
    let (previous, year_before) = amounts("stock", "2025-Q2", &facts, "2025-06-30");
    assert_eq!((previous, year_before), (change("2025-Q1", "95", "5", "5.263157894737"), change("2024-Q2", "80", "20", "25")));
    // A level of another day is not that of the day.
    let (previous, _) = amounts("stock", "2025", &["2024-05 80", "2025-06 100"], "2025-06-30");
    assert_eq!(previous, none("period_incomplete"));
}

/// Figures of a quarter run from the 15th before it.
#[test]
fn periods_are_those_of_the_calendar() {
    let facts = rows(&["2024-Q1 10", "2024-Q4 20", "2025-Q1 15"]);
    let (previous, year_before) = changes_in("nd09_2019", "flow", "by = '2025-Q1'", &facts, "2025-03-14");
    assert_eq!((previous, year_before), (change("2024-Q4", "20", "-5", "-25"), change("2024-Q1", "10", "5", "50")));
    // Half of a year that runs until 14 June.
    let facts = rows(&["2024-H1 10", "2024-H2 20", "2025-Q1 6", "2025-Q2 6"]);
    let (previous, year_before) = changes_in("nd09_2019", "flow", "by = '2025'", &facts, "2025-06-14");
    assert_eq!(previous, change("2024-H1", "10", "2", "20"));
    assert_eq!(previous, year_before);
}

#[test]
fn the_end_of_february_is_the_end_of_february() {
    let (previous, year_before) = amounts("flow", "2024-02", &["2023-02 28", "2024-01 31", "2024-02 58"], "2024-02-29");
    assert_eq!(previous, change("2024-01", "31", "27", "87.096774193548"));
    assert_eq!(year_before, change("2023-02", "28", "30", "107.142857142857"));
    // To date: to the 29th after the 28th, and the other way round.
    let facts = ["2023-01 10", "2023-02 10", "2024-01 12", "2024-02 12", "2025-01 15", "2025-02 15"];
    assert_eq!(amounts("flow", "2024", &facts, "2024-02-29").0, change("2023-01-01/2023-02-28", "20", "4", "20"));
    assert_eq!(amounts("flow", "2025", &facts, "2025-02-28").0, change("2024-01-01/2024-02-29", "24", "6", "25"));
    // A leap year is compared as a year.
    assert_eq!(amounts("flow", "2024", &["2023 10", "2024 12"], "2024-12-31").0, change("2023", "10", "2", "20"));
}

#[test]
fn a_day_is_compared_with_the_same_day_a_year_before() {
    let (_, year_before) = amounts("stock", "2024", &["2023-02-28 80", "2024-02-28 100"], "2024-02-28");
    assert_eq!(year_before, change("2023-01-01/2023-02-28", "80", "20", "25"));
}

/// Before the judged year the year that is read is compared with the one before it.
#[test]
fn an_earlier_year_is_compared_with_the_year_before_it() {
    let (previous, year_before) = amounts("flow", "2026", &["2023 8", "2024 10"], "2025-01-15");
    assert_eq!((previous.clone(), year_before), (change("2023", "8", "2", "25"), previous));
}

/// A target on a quarter reads the year before it begins, and that year is compared with a year.
#[test]
fn the_year_read_for_a_quarter_is_compared_with_a_year() {
    let plan = "format = \"attain-plan/1\"\nplan = { id = \"p\", owner = \"so\", start = 2023-01-01 }\n[[indicators]]\nid = \"x\"\nkind = \"flow\"\n\
                [[targets]]\nid = \"t\"\nindicator = \"x\"\nat_least = 9\nby = 2025-06-30\nover = \"quarter\"\n";
    let plan = attain::Plan::from_toml(plan).unwrap();
    let facts = attain::Facts::from_csv(&plan, "indicator,period,value\nx,2023,8\nx,2024,10\n").unwrap();
    let card = attain::assess(&plan, &facts, attain::time::parse_day("2025-01-15").unwrap());
    let previous = card.assessments()[0].changes.previous.clone().unwrap();
    assert_eq!((previous.period.label(), previous.percent.unwrap().to_string()), ("2023".to_owned(), "25".to_owned()));
}

/// Levels of units on different days, or of one alone, are not compared, nor do they have a pace.
#[test]
fn levels_of_units_on_different_days_are_not_compared() {
    let plan = "format = \"attain-plan/1\"\nplan = { id = \"p\", owner = \"so\", start = 2024-01-01 }\n\
                [[units]]\nid = \"so\"\n[[units]]\nid = \"a\"\nparent = \"so\"\n[[units]]\nid = \"b\"\nparent = \"so\"\n\
                [[indicators]]\nid = \"x\"\nkind = \"stock\"\n\
                [[targets]]\nid = \"t\"\nindicator = \"x\"\nat_most = 15\nby = \"2025\"\nbaseline = { value = 90, on = 2023-12-31 }\n";
    let plan = attain::Plan::from_toml(plan).unwrap();
    for now in ["x,a,2025-06,20\nx,b,2025-03,30\n", "x,a,2025-06,20\n"] {
        let facts = format!("indicator,unit,period,value\nx,a,2024-06,10\nx,b,2024-06,30\n{now}");
        let facts = attain::Facts::from_csv(&plan, facts).unwrap();
        let card = attain::assess(&plan, &facts, attain::time::parse_day("2025-06-30").unwrap());
        let one = &card.assessments()[0];
        assert_eq!(one.changes.year_before, Err(attain::Reason::PeriodIncomplete), "{now}");
        assert_eq!((one.status, one.row), (attain::Status::InProgress, 10), "{now}");
    }
}
