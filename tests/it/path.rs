//! Path and pace, in numbers worked out by hand or as exact fractions elsewhere.

use attain::assess::{Leg, Path, Rates, Reason};
use attain::number::Ratio;
use attain::plan::Better;
use attain::{Facts, Plan, assess};
use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;

use crate::support::{day, json, number};

/// `550/7`, `42.1` or `9`.
fn fraction(text: &str) -> Ratio {
    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
    Ratio::from(number(over)).divided_by(&Ratio::from(number(under))).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Two days a unit of time, so that half a unit is a day.
fn days(units: &str) -> i64 {
    (fraction(units) * Ratio::from(2)).to_i64().unwrap()
}

fn start() -> NaiveDate {
    day("2022-01-01")
}

fn after(days: i64) -> NaiveDate {
    start() + TimeDelta::days(days)
}

fn better(from: &Ratio, to: &Ratio) -> Better {
    if to < from { Better::Lower } else { Better::Higher }
}

#[test]
fn run_rates_are_those_of_the_cases() {
    let cases = rows(include_str!("../cases/run-rates.csv"));
    assert_eq!(cases.len(), 18);
    // A rate a unit of time of two days, in terms of one a year of 365.2425 days.
    let year = Ratio::new(2 * 10_000, 3_652_425).unwrap();
    for case in cases {
        let [b, a, t] = [0, 1, 2].map(|column| fraction(&case[column]));
        let (elapsed, total) = (days(&case[3]), days(&case[4]));
        let rates = Rates::new(&b, &a, &t, elapsed, total - elapsed);
        let expected = |column: usize| Some(&case[column]).filter(|text| !text.is_empty()).map(|text| fraction(text));
        let rate = |rate: &Result<Ratio, Reason>| rate.as_ref().ok().map(|rate| rate * &year);
        assert_eq!(rate(&rates.observed), expected(5), "current of {case:?}");
        assert_eq!(rate(&rates.required), expected(6), "required of {case:?}");
        assert_eq!(rates.acceleration_needed.clone().ok(), expected(7), "ratio of {case:?}");
        // Where there is none, it says why.
        let why = match (elapsed, total - elapsed) {
            (0, _) => Some(Reason::EqualDates),
            (_, 0) => Some(Reason::NoTimeLeft),
            _ if a == b => Some(Reason::NotMoving),
            _ => None,
        };
        assert_eq!(rates.acceleration_needed.err(), why, "{case:?}");
        assert_eq!(rates.observed.err(), (elapsed == 0).then_some(Reason::EqualDates));
        assert_eq!(rates.required.err(), (elapsed == total).then_some(Reason::NoTimeLeft));

        let path = Path::from_baseline(start(), b.clone(), better(&b, &t)).through(after(total), t, Leg::Linear).unwrap();
        assert_eq!(path.at(after(elapsed)), fraction(&case[8]), "expected of {case:?}");
    }
}

#[test]
fn linear_paths_are_those_of_the_cases() {
    let cases = rows(include_str!("../cases/linear-paths.csv"));
    assert_eq!(cases.len(), 26);
    for case in cases {
        let [begin, end, value] = [0, 1, 4].map(|column| fraction(&case[column]));
        let (whole, at) = (days(&case[2]), days(&case[3]));
        let path = Path::from_baseline(start(), begin.clone(), better(&begin, &end));
        let path = path.through(after(whole), end.clone(), Leg::Linear).unwrap();
        assert_eq!(path.at(after(at)), value, "{case:?}");
        assert!(path.is_exact() && !path.is_maintained());
        // The way back: on the day itself, unless the path is flat.
        let lead = if begin == end { Err(Reason::NoUniqueDay) } else { Ok(0) };
        assert_eq!(path.lead(&value, after(at)), lead, "{case:?}");
    }
}

#[test]
fn no_rate_is_given_for_days_that_run_backwards() {
    let [b, a, t] = [20, 35, 50].map(Ratio::from);
    let rates = Rates::new(&b, &a, &t, -1, 10);
    assert_eq!((rates.observed, rates.acceleration_needed), (Err(Reason::BeforeBaseline), Err(Reason::BeforeBaseline)));
    let rates = Rates::new(&b, &a, &t, 10, -1);
    assert_eq!((rates.required, rates.acceleration_needed), (Err(Reason::NoTimeLeft), Err(Reason::NoTimeLeft)));
    assert_eq!(Rates::new(&b, &a, &t, 0, 0).acceleration_needed, Err(Reason::EqualDates));
    // Nothing has moved, and nothing has to.
    assert_eq!(Rates::new(&b, &b, &b, 10, 10).acceleration_needed, Err(Reason::NotMoving));
}

// --- Plans and facts as texts.

/// 2021-12-31 to 2023-12-31 are 730 days; 2022-12-31 is half-way.
const HEAD: &str = r#"
format = "attain-plan/1"
[plan]
id = "plan"
owner = "office"
start = 2021-12-31
"#;

/// A target of 2023 that starts on the last day of 2021.
const BY_2023: &str = "id = 't'\nindicator = 'i'\nby = '2023'\n";

fn from(value: &str) -> String {
    format!("baseline = {{ value = {value}, on = 2021-12-31 }}\n")
}

/// An assessment as the document says it.
struct One(Value);

fn all(plan: &str, facts: &str, as_of: &str) -> Vec<One> {
    let plan = Plan::from_toml(plan).unwrap_or_else(|faults| panic!("{faults}\n{plan}"));
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    let card: Value = serde_json::from_str(&json(&assess(&plan, &facts, day(as_of)))).unwrap();
    card["assessments"].as_array().unwrap().iter().cloned().map(One).collect()
}

/// The assessments of targets on figures of one number, given as "period value".
fn amounts(kind: &str, targets: &[&str], facts: &[&str], as_of: &str) -> Vec<One> {
    let targets: String = targets.iter().map(|target| format!("[[targets]]\n{target}\n")).collect();
    let facts: String = facts.iter().map(|fact| format!("i,{}\n", fact.replace(' ', ","))).collect();
    let plan = format!("{HEAD}[[indicators]]\nid = 'i'\nkind = '{kind}'\n{targets}");
    all(&plan, &format!("indicator,period,value\n{facts}"), as_of)
}

/// The last assessment of the same.
fn amount(kind: &str, targets: &[&str], facts: &[&str], as_of: &str) -> One {
    amounts(kind, targets, facts, as_of).pop().unwrap()
}

/// One target of 2023, on a published score: `requirement` from `b` at the end of 2021.
fn score(requirement: &str, b: &str, facts: &[&str], as_of: &str) -> One {
    amount("index", &[&format!("{BY_2023}{}{requirement}", from(b))], facts, as_of)
}

/// A value, a number, or the reason why there is none.
fn said(value: &Value) -> String {
    match value {
        Value::Object(object) => object["undefined"].as_str().unwrap().to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl One {
    /// Status, row and reasons.
    fn standing(&self) -> String {
        let reasons = self.0["reasons"].as_array().unwrap().iter().map(|reason| format!(" {}", reason.as_str().unwrap()));
        format!("{} {}{}", self.0["status"].as_str().unwrap(), self.0["row"], reasons.collect::<String>())
    }

    /// Expected, planned progress, pace, lead, observed rate, required rate, acceleration.
    fn numbers(&self) -> [String; 7] {
        let names =
            ["expected", "planned_progress", "pace", "lead_days", "observed_rate", "required_rate", "acceleration_needed"];
        names.map(|name| said(&self.0["path"][name]))
    }

    fn expected(&self) -> String {
        said(&self.0["path"]["expected"])
    }

    fn pace(&self) -> String {
        said(&self.0["path"]["pace"])
    }

    fn lead(&self) -> String {
        said(&self.0["path"]["lead_days"])
    }

    fn progress(&self) -> String {
        said(&self.0["progress"])
    }

    /// Day, value, source and shape of each.
    fn anchors(&self) -> Vec<String> {
        let anchors = self.0["path"]["anchors"].as_array().unwrap();
        let text = |anchor: &Value, name: &str| anchor.get(name).and_then(Value::as_str).map(|text| format!("{text} "));
        let names = ["on", "value", "from", "shape"];
        let line = |anchor: &Value| names.into_iter().filter_map(|name| text(anchor, name)).collect::<String>();
        anchors.iter().map(|anchor| line(anchor).trim_end().to_owned()).collect()
    }

    /// Whether the target has to be held, and how exact the path is.
    fn kind(&self) -> (bool, &str) {
        (self.0["path"]["maintain"].as_bool().unwrap(), self.0["path"]["precision"].as_str().unwrap())
    }

    fn why_no_path(&self) -> &str {
        let path = self.0["path"].as_object().unwrap();
        assert_eq!(path.len(), 1, "{path:?}");
        path["undefined"].as_str().unwrap()
    }
}

// --- Stages.

const STAGED: &str = r#"
[[indicators]]
id = "i"
kind = "share"
[[targets]]
id = "2025"
indicator = "i"
at_least = 90
by = "2025"
baseline = { value = 50, on = 2021-12-31 }
[[targets]]
id = "2030"
indicator = "i"
at_least = 100
by = "2030"
after = "2025"
baseline = { value = 50, on = 2021-12-31 }
"#;

/// E = 50 + 40·912/1461. 75 % is half-way to 100 % and 25/40 of the way to 90 %: reached by the path 1.125 days later.
#[test]
fn stages_are_one_path_in_its_first_stage() {
    let cards = all(&format!("{HEAD}{STAGED}"), "indicator,period,part,whole\ni,2024-H1,30,40\n", "2024-06-30");
    let [first, last] = <[One; 2]>::try_from(cards).ok().unwrap();
    assert_eq!(first.standing(), "on_track 9 earlier_period");
    let numbers =
        ["74.969199178645", "0.624229979466", "1.001233552632", "1", "10.012129934211", "9.979303278689", "0.996721311475"];
    assert_eq!(first.numbers(), numbers);
    assert_eq!(first.progress(), "0.625");
    assert_eq!(first.anchors(), ["2021-12-31 50 baseline", "2025-12-31 90 2025 linear"]);

    assert_eq!(last.standing(), "on_track 9 earlier_period");
    let numbers = ["74.969199178645", "0.499383983573", "1.001233552632", "1", "10.012129934211", "3.844657894737", "0.384"];
    assert_eq!(last.numbers(), numbers);
    assert_eq!(last.progress(), "0.5");
    let anchors = ["2021-12-31 50 baseline", "2025-12-31 90 2025 linear", "2030-12-31 100 2030 linear"];
    assert_eq!(last.anchors(), anchors);
    assert_eq!(last.kind(), (false, "exact"));
}

/// E = 90 + 10·546/1826 = 92.99…; 93 % is reached by the path 547.8 days after the end of 2025.
#[test]
fn stages_are_one_path_in_its_second_stage() {
    let facts = "indicator,period,part,whole\ni,2025,90,100\ni,2027-H1,93,100\n";
    let cards = all(&format!("{HEAD}{STAGED}"), facts, "2027-06-30");
    let [first, last] = <[One; 2]>::try_from(cards).ok().unwrap();
    assert_eq!(first.standing(), "met 3");
    assert_eq!(first.numbers(), ["90", "1", "1", "0", "9.999794661191", "no_time_left", "no_time_left"]);

    assert_eq!(last.standing(), "on_track 9 earlier_period");
    let numbers =
        ["92.990142387733", "0.859802847755", "1.000229299363", "1", "7.825325112108", "1.997419921875", "0.255250726744"];
    assert_eq!(last.numbers(), numbers);
    let anchors = ["2021-12-31 50 baseline", "2025-12-31 90 2025 linear", "2030-12-31 100 2030 linear"];
    assert_eq!(last.anchors(), anchors);
}

/// A path goes through the stages in the order of their days, whatever the order of the plan, and each stage is measured
/// from its own baseline: 20 % more than 50 is 60, though the last target starts from 40.
#[test]
fn each_stage_is_measured_from_its_own_baseline() {
    let third =
        "id = 'third'\nindicator = 'i'\nby = '2024'\nat_least = 80\nafter = 'second'\nbaseline = { value = 40, on = 2021-12-31 }";
    let second = "id = 'second'\nindicator = 'i'\nby = '2023'\nat_least = 70\nafter = 'first'\npath = 'step'";
    let first = "id = 'first'\nindicator = 'i'\nby = '2022'\nincrease_by = '20%'\nbaseline = { value = 50, on = 2020-12-31 }";
    let cards = amounts("index", &[third, second, first], &["2022-06 49"], "2022-06-30");
    let anchors =
        ["2021-12-31 40 baseline", "2022-12-31 60 first linear", "2023-12-31 70 second step", "2024-12-31 80 third linear"];
    assert_eq!(cards[0].anchors(), anchors);
    // 40 + 20·181/365 = 49.917…, of which 9 are 0.907.
    assert_eq!((cards[0].expected(), cards[0].standing()), ("49.917808219178".into(), "at_risk 9 earlier_period".into()));
    // Without a baseline of its own a target starts from that of the stage that it follows: 50 + 10·546/730.
    assert_eq!(cards[1].anchors(), ["2020-12-31 50 baseline", "2022-12-31 60 first linear", "2023-12-31 70 second step"]);
    assert_eq!((cards[1].expected(), cards[1].standing()), ("57.479452054795".into(), "off_track 9 earlier_period".into()));
    // The first: 50 + 10·546/730 = 57.479…
    assert_eq!(cards[2].expected(), "57.479452054795");

    // On the step of the second year the value of the first is held; the third is reached evenly from there.
    let later = |period: &str, as_of: &str| amounts("index", &[third, second, first], &[period], as_of);
    assert_eq!(later("2023-11 65", "2023-11-30")[0].expected(), "60");
    assert_eq!(later("2023-12 65", "2023-12-31")[0].expected(), "70");
    // 70 + 10·182/366
    assert_eq!(later("2024-06 72", "2024-06-30")[0].expected(), "74.972677595628");
}

#[test]
fn a_stage_without_one_threshold_leaves_no_path() {
    let last =
        "id = 'last'\nindicator = 'i'\nby = '2023'\nat_least = 80\nafter = 'first'\nbaseline = { value = 40, on = 2021-12-31 }";
    let why = |first: &str| {
        let first = format!("id = 'first'\nindicator = 'i'\nby = '2022'\n{first}");
        let one = amount("index", &[&first, last], &["2023-06 50"], "2023-06-30");
        assert_eq!(one.standing(), format!("in_progress 10 {}", one.why_no_path()));
        one.why_no_path().to_owned()
    };
    assert_eq!(why("exactly = 60"), "no_single_direction");
    assert_eq!(why("between = [50, 60]"), "no_single_direction");
    assert_eq!(why("increase_by = 10\nbaseline = '2020'"), "no_baseline");
}

/// Stages that are due when the baseline stands, or before, are behind it.
#[test]
fn a_path_starts_from_the_baseline_even_if_stages_lie_before_it() {
    let first = "id = 'first'\nindicator = 'i'\nby = '2021'\nfrom = 2020-01-01\nat_least = 70";
    let last =
        "id = 'last'\nindicator = 'i'\nby = '2023'\nat_least = 80\nafter = 'first'\nbaseline = { value = 40, on = 2021-12-31 }";
    let one = amount("index", &[first, last], &["2022-12 60"], "2022-12-31");
    assert_eq!(one.anchors(), ["2021-12-31 40 baseline", "2023-12-31 80 last linear"]);
    assert_eq!((one.expected(), one.lead()), ("60".into(), "0".into()));
}

/// 80 by the end of 2022, and still 80 a year later: 79 is 0.95 of what is planned, which the path had 346.75 days in.
#[test]
fn a_stage_may_be_flat() {
    let first = format!("id = 'first'\nindicator = 'i'\nby = '2022'\nat_least = 80\n{}", from("60"));
    let last = format!("{BY_2023}at_least = 80\nafter = 'first'\n{}", from("60"));
    let at = |a: &str| amount("index", &[&first, &last], &[&format!("2023-06 {a}")], "2023-06-30");
    let behind = at("79");
    assert_eq!(behind.standing(), "on_track 9");
    let numbers = ["80", "1", "0.95", "-200", "12.709903846154", "1.985013586957", "0.156178489703"];
    assert_eq!(behind.numbers(), numbers);
    let there = at("80");
    assert_eq!(there.standing(), "met_so_far 8");
    assert_eq!(there.numbers(), ["80", "1", "1", "no_unique_day", "13.378846153846", "0", "0"]);
}

#[test]
fn a_path_may_begin_flat() {
    let first = format!("id = 'first'\nindicator = 'i'\nby = '2022'\nat_least = 60\n{}", from("60"));
    let last = format!("{BY_2023}at_least = 80\nafter = 'first'\n{}", from("60"));
    let at = |a: &str| amount("index", &[&first, &last], &[&format!("2022-06 {a}")], "2022-06-30");
    let worse = at("58");
    assert_eq!(worse.standing(), "in_progress 10 no_planned_progress earlier_period");
    let numbers = ["60", "0", "no_planned_progress", "-181", "-4.035828729282", "14.63631147541", "-3.626593806922"];
    assert_eq!(worse.numbers(), numbers);
    let there = at("60");
    assert_eq!(there.standing(), "on_track 9 earlier_period");
    let numbers = ["60", "0", "no_planned_progress", "no_unique_day", "0", "13.305737704918", "not_moving"];
    assert_eq!(there.numbers(), numbers);
    let ahead = at("70");
    assert_eq!(ahead.standing(), "on_track 9 earlier_period");
    let numbers = ["60", "0", "no_planned_progress", "366", "20.179143646409", "6.652868852459", "0.329690346084"];
    assert_eq!(ahead.numbers(), numbers);
    assert_eq!(ahead.anchors(), ["2021-12-31 60 baseline", "2022-12-31 60 first linear", "2023-12-31 80 t linear"]);
}

// --- Shapes.

#[test]
fn a_step_holds_until_the_day() {
    let at = |a: &str| score("at_least = 50\npath = 'step'", "20", &[&format!("2023-06 {a}")], "2023-06-30");
    let worse = at("19");
    assert_eq!(worse.standing(), "in_progress 10 no_planned_progress");
    let numbers = ["20", "0", "no_planned_progress", "-546", "-0.668942307692", "61.535421195652", "-91.989130434783"];
    assert_eq!(worse.numbers(), numbers);
    let there = at("20");
    assert_eq!(there.standing(), "on_track 9");
    let numbers = ["20", "0", "no_planned_progress", "no_unique_day", "0", "59.550407608696", "not_moving"];
    assert_eq!(there.numbers(), numbers);
    let between = at("30");
    assert_eq!(between.standing(), "on_track 9");
    let numbers = ["20", "0", "no_planned_progress", "no_unique_day", "6.689423076923", "39.70027173913", "5.934782608696"];
    assert_eq!(between.numbers(), numbers);
    assert_eq!(between.anchors(), ["2021-12-31 20 baseline", "2023-12-31 50 t step"]);
    assert_eq!(between.kind(), (false, "exact"));

    // On the day itself all of it is due.
    let closed = score("at_least = 50\npath = 'step'", "20", &["2023 40"], "2023-12-31");
    assert_eq!(closed.standing(), "missed 3");
    let numbers = ["50", "1", "0.666666666667", "no_unique_day", "10.006643835616", "no_time_left", "no_time_left"];
    assert_eq!(closed.numbers(), numbers);
}

/// 100 to 121 in two years of 365 days: 110 after one, 100·1.1^(183/365) after 183 days.
#[test]
fn constant_growth_passes_through_its_anchors() {
    let at = |period: &str, a: &str, as_of: &str| {
        score("at_least = 121\npath = 'compound'", "100", &[&format!("{period} {a}")], as_of)
    };
    let half = at("2022", "110", "2022-12-31");
    assert_eq!(half.standing(), "on_track 9 earlier_period");
    assert_eq!(half.numbers(), ["110", "0.47619047619", "1", "0", "10.006643835616", "11.007308219178", "1.1"]);
    assert_eq!(half.anchors(), ["2021-12-31 100 baseline", "2023-12-31 121 t compound"]);
    assert_eq!(half.kind(), (false, "12_significant_digits"));

    let between = at("2022-07-02", "105", "2022-07-02");
    assert_eq!(between.standing(), "on_track 9 earlier_period");
    let numbers = ["104.894579158", "0.233075198", "1.021538285233", "3", "9.979303278689", "10.683510054845", "1.070566727605"];
    assert_eq!(between.numbers(), numbers);

    let last = at("2023", "120", "2023-12-31");
    assert_eq!(last.standing(), "missed 3");
    let numbers = ["121", "1", "0.952380952381", "-32", "10.006643835616", "no_time_left", "no_time_left"];
    assert_eq!(last.numbers(), numbers);
}

#[test]
fn constant_growth_may_shrink_and_may_be_negative() {
    let down = score("at_most = 100\npath = 'compound'", "400", &["2022 200"], "2022-12-31");
    assert_eq!(down.standing(), "on_track 9 earlier_period");
    let numbers = ["200", "0.666666666667", "1", "0", "-200.132876712329", "-100.066438356164", "0.5"];
    assert_eq!(down.numbers(), numbers);
    // −8 to −2 is −4 half-way; −5 is reached by then for 117.5… days.
    let up = score("at_least = -2\npath = 'compound'", "-8", &["2022 -5"], "2022-12-31");
    assert_eq!(up.standing(), "at_risk 9 earlier_period");
    assert_eq!(up.numbers(), ["-4", "0.666666666667", "0.75", "-118", "3.001993150685", "3.001993150685", "1"]);
}

#[test]
fn constant_growth_does_not_lead_from_or_across_0() {
    for (requirement, b) in [("at_least = 50", "0"), ("at_least = 50", "-1"), ("at_most = 0", "50"), ("at_most = -5", "50")] {
        let one = score(&format!("{requirement}\npath = 'compound'"), b, &["2023-06 30"], "2023-06-30");
        assert_eq!(one.why_no_path(), "non_positive", "{requirement} from {b}");
        assert_eq!(one.standing(), "in_progress 10 non_positive");
    }
    // What is to be held needs no growth.
    let one = score("at_least = 0\npath = 'compound'", "5", &["2023-06 -1"], "2023-06-30");
    assert_eq!((one.standing(), one.kind()), ("off_track 9".into(), (true, "exact")));
}

const POINTS: &str = "at_least = 50\npoints = [{ on = 2022-06-30, value = 40 }, { on = 2023-06-30, value = 44 }]";

/// E = 40 + 4·184/365.
#[test]
fn a_path_may_go_through_given_points() {
    let behind = score(POINTS, "20", &["2022 42"], "2022-12-31");
    assert_eq!(behind.standing(), "on_track 9 earlier_period");
    let numbers =
        ["42.016438356164", "0.733881278539", "0.999253359881", "-2", "22.014616438356", "8.005315068493", "0.363636363636"];
    assert_eq!(behind.numbers(), numbers);
    let anchors =
        ["2021-12-31 20 baseline", "2022-06-30 40 point linear", "2023-06-30 44 point linear", "2023-12-31 50 t linear"];
    assert_eq!(behind.anchors(), anchors);
    let ahead = score(POINTS, "20", &["2022 42.5"], "2022-12-31");
    let numbers =
        ["42.016438356164", "0.733881278539", "1.021963663514", "44", "22.514948630137", "7.504982876712", "0.333333333333"];
    assert_eq!(ahead.numbers(), numbers);
}

/// 10 is planned on the way from 20 to 50: what is planned first is a loss, of which there is no pace.
#[test]
fn a_path_may_lead_away_first() {
    let at = |a: &str| {
        let requirement = "at_least = 50\npoints = [{ on = 2022-06-30, value = 10 }]";
        score(requirement, "20", &[&format!("2022-06 {a}")], "2022-06-30")
    };
    let worse = at("9");
    assert_eq!(worse.standing(), "in_progress 10 no_planned_progress earlier_period");
    let numbers =
        ["10", "-0.333333333333", "no_planned_progress", "-181", "-22.19705801105", "27.276762295082", "-1.228845835403"];
    assert_eq!(worse.numbers(), numbers);
    assert_eq!(at("10").standing(), "on_track 9 earlier_period");
    assert_eq!(at("10").pace(), "no_planned_progress");
}

/// 60 by mid 2022, 50 at the end: what counts is the first day at 49.
#[test]
fn a_path_may_go_beyond_its_target_first() {
    let requirement = "at_least = 50\npoints = [{ on = 2022-06-30, value = 60 }]";
    let one = score(requirement, "20", &["2022 49"], "2022-12-31");
    assert_eq!(one.standing(), "at_risk 9 earlier_period");
    let numbers =
        ["56.648451730419", "1.221615057681", "0.791302186879", "-234", "29.019267123288", "1.000664383562", "0.034482758621"];
    assert_eq!(one.numbers(), numbers);
}

// --- Lead.

/// 34 is reached by the path after 340.67 days, 36 after 389.33: 365 days in, that is 24.33 days either way.
#[test]
fn a_lead_is_floored_to_whole_days() {
    let at = |a: &str| score("at_least = 50", "20", &[&format!("2022 {a}")], "2022-12-31");
    let behind = at("34");
    assert_eq!(behind.standing(), "at_risk 9 earlier_period");
    let numbers = ["35", "0.5", "0.933333333333", "-25", "14.009301369863", "16.010630136986", "1.142857142857"];
    assert_eq!(behind.numbers(), numbers);
    let level = at("35");
    assert_eq!(level.standing(), "on_track 9 earlier_period");
    assert_eq!(level.numbers(), ["35", "0.5", "1", "0", "15.009965753425", "15.009965753425", "1"]);
    let ahead = at("36");
    assert_eq!(ahead.standing(), "on_track 9 earlier_period");
    assert_eq!(ahead.numbers(), ["35", "0.5", "1.066666666667", "24", "16.010630136986", "14.009301369863", "0.875"]);
    // At the target: the day that it is due. Beyond it: no day at all.
    let there = at("50");
    assert_eq!(there.standing(), "met_so_far 8 earlier_period");
    assert_eq!(there.numbers(), ["35", "0.5", "2", "365", "30.019931506849", "0", "0"]);
    let beyond = at("51");
    let numbers = ["35", "0.5", "2.066666666667", "beyond_target", "31.020595890411", "-1.000664383562", "-0.032258064516"];
    assert_eq!(beyond.numbers(), numbers);
    // Where it started, or worse: the day of the baseline.
    let still = at("20");
    assert_eq!(still.standing(), "off_track 9 earlier_period");
    assert_eq!(still.numbers(), ["35", "0.5", "0", "-365", "0", "30.019931506849", "not_moving"]);
    let worse = at("19");
    assert_eq!(worse.numbers(), ["35", "0.5", "-0.066666666667", "-365", "-1.000664383562", "31.020595890411", "-31"]);
}

// --- Bands.

#[test]
fn bands_hold_from_their_edges_on() {
    let at = |a: &str| {
        let one = score("at_least = 100", "0", &[&format!("2022 {a}")], "2022-12-31");
        assert_eq!(one.expected(), "50");
        (one.standing().replace(" earlier_period", ""), one.pace(), one.lead())
    };
    let is = |status: &str, pace: &str, lead: &str| (format!("{status} 9"), pace.to_owned(), lead.to_owned());
    assert_eq!(at("47.5"), is("on_track", "0.95", "-19"));
    assert_eq!(at("47.4999999999"), is("at_risk", "0.949999999998", "-19"));
    assert_eq!(at("47.4"), is("at_risk", "0.948", "-19"));
    assert_eq!(at("30"), is("at_risk", "0.6", "-146"));
    assert_eq!(at("29.9"), is("off_track", "0.598", "-147"));
}

#[test]
fn bands_are_those_of_the_plan() {
    let at = |bands: &str, a: &str| {
        let head = HEAD.replace("start =", &format!("pace_bands = {{ {bands} }}\nstart ="));
        let target = format!("[[indicators]]\nid = 'i'\nkind = 'index'\n[[targets]]\n{BY_2023}at_least = 100\n{}", from("0"));
        all(&format!("{head}{target}"), &format!("indicator,period,value\ni,2022,{a}\n"), "2022-12-31")[0].standing()
    };
    assert_eq!(at("on_track = '0.8', at_risk = '0.5'", "40"), "on_track 9 earlier_period");
    assert_eq!(at("on_track = '0.8', at_risk = '0.5'", "39.9"), "at_risk 9 earlier_period");
    assert_eq!(at("on_track = '0.8', at_risk = '0.5'", "25"), "at_risk 9 earlier_period");
    assert_eq!(at("on_track = '0.8', at_risk = '0.5'", "24.9"), "off_track 9 earlier_period");
    // What is not said is as usual.
    assert_eq!(at("on_track = '0.8'", "29.9"), "off_track 9 earlier_period");
    assert_eq!(at("at_risk = '0.5'", "47.4"), "at_risk 9 earlier_period");
    // A band above 1 takes nothing from an actual that is as expected.
    assert_eq!(at("on_track = '1.2'", "50"), "on_track 9 earlier_period");
    assert_eq!(at("on_track = '1.2'", "49.9"), "at_risk 9 earlier_period");
}

/// 45 is 5 short of what is expected: the tolerance of 10 is for the target, not for the way.
#[test]
fn a_tolerance_is_no_part_of_the_path() {
    let one = score("at_least = 100\ntolerance = 10", "0", &["2022 45"], "2022-12-31");
    assert_eq!((one.standing(), one.expected(), one.pace()), ("at_risk 9 earlier_period".into(), "50".into(), "0.9".into()));
    // 90.5 would do, and the baseline has it, but does not meet the target itself.
    let one = score("at_least = 100\ntolerance = 10", "90.5", &["2022 90"], "2022-12-31");
    assert_eq!((one.standing(), one.kind().0), ("met_so_far 8 earlier_period within_tolerance".into(), false));
    assert_eq!(one.expected(), "95.25");
}

/// Above 79.6, rounded to whole points: 79.9 is 80, which is not above 80, but better than what is expected.
#[test]
fn rounding_that_decides_is_said() {
    let requirement = "above = 79.6\ncompare_rounded = { scale = 0, mode = 'half_up' }";
    let one = score(requirement, "20", &["2023-06 79.9"], "2023-06-30");
    assert_eq!(one.standing(), "on_track 9 decided_by_rounding");
    let numbers = [
        "64.577534246575",
        "0.747945205479",
        "1.34372618433",
        "beyond_target",
        "40.069644230769",
        "-0.595504076087",
        "-0.014861726065",
    ];
    assert_eq!(one.numbers(), numbers);
}

// --- Reductions.

#[test]
fn a_cut_is_a_path_downwards() {
    let at = |a: &str| score("at_most = 20", "50", &[&format!("2022 {a}")], "2022-12-31");
    let level = at("35");
    assert_eq!(level.standing(), "on_track 9 earlier_period");
    assert_eq!(level.numbers(), ["35", "0.5", "1", "0", "-15.009965753425", "-15.009965753425", "1"]);
    let ahead = at("34.9");
    assert_eq!(ahead.standing(), "on_track 9 earlier_period");
    let numbers = ["35", "0.5", "1.006666666667", "2", "-15.110032191781", "-14.909899315068", "0.986754966887"];
    assert_eq!(ahead.numbers(), numbers);
    let behind = at("36");
    assert_eq!(behind.standing(), "at_risk 9 earlier_period");
    let numbers = ["35", "0.5", "0.933333333333", "-25", "-14.009301369863", "-16.010630136986", "1.142857142857"];
    assert_eq!(behind.numbers(), numbers);
    let away = at("53");
    assert_eq!(away.standing(), "off_track 9 earlier_period");
    assert_eq!(away.numbers(), ["35", "0.5", "-0.2", "-365", "3.001993150685", "-33.021924657534", "-11"]);
}

/// 10 % off 52 is 46.8, half of it 49.4.
#[test]
fn a_relative_cut_leads_to_its_exact_threshold() {
    let at = |a: &str| score("reduce_by = '10%'", "52", &[&format!("2022 {a}")], "2022-12-31");
    let level = at("49.4");
    assert_eq!(level.standing(), "on_track 9 earlier_period");
    assert_eq!(level.numbers(), ["49.4", "0.5", "1", "0", "-2.60172739726", "-2.60172739726", "1"]);
    assert_eq!(level.anchors(), ["2021-12-31 52 baseline", "2023-12-31 46.8 t linear"]);
    let behind = at("50");
    assert_eq!(behind.standing(), "at_risk 9 earlier_period");
    let numbers = ["49.4", "0.5", "0.769230769231", "-85", "-2.001328767123", "-3.202126027397", "1.6"];
    assert_eq!(behind.numbers(), numbers);
}

#[test]
fn an_upper_bound_with_tolerance_is_approached_without_it() {
    let at = |a: &str| score("at_most = 20\ntolerance = 1", "20.5", &[&format!("2023-06 {a}")], "2023-06-30");
    let beyond = at("21.5");
    assert_eq!(beyond.standing(), "off_track 9");
    let numbers =
        ["20.12602739726", "0.747945205479", "-2.673992673993", "-546", "0.668942307692", "-2.977520380435", "-4.451086956522"];
    assert_eq!(beyond.numbers(), numbers);
    let within = at("20.4");
    assert_eq!(within.standing(), "met_so_far 8 within_tolerance");
    let numbers =
        ["20.12602739726", "0.747945205479", "0.267399267399", "-400", "-0.066894230769", "-0.794005434783", "11.869565217391"];
    assert_eq!(within.numbers(), numbers);
}

// --- Baselines.

#[test]
fn before_the_baseline_nothing_is_planned() {
    let at = |a: &str| {
        let target = "id = 't'\nindicator = 'i'\nby = '2022'\nat_least = 50\nbaseline = { value = 20, on = 2022-06-30 }";
        amount("index", &[target], &[&format!("2022-03 {a}")], "2022-03-31")
    };
    // Better or worse, a figure that is older than the baseline is on no path; what is required from its day on is known.
    let before = "before_baseline";
    for (a, required) in [("15", "46.485409090909"), ("20", "39.844636363636"), ("25", "33.203863636364")] {
        let one = at(a);
        assert_eq!(one.standing(), "in_progress 10 before_baseline", "{a}");
        assert_eq!(one.numbers(), ["20", "0", before, before, before, required, before], "{a}");
    }
}

#[test]
fn on_its_first_day_a_path_has_gone_nowhere() {
    let at = |a: &str| {
        let target = format!("{BY_2023}at_least = 50\nbaseline = {{ value = 20, on = 2023-03-31 }}");
        amount("index", &[&target], &[&format!("2023-03 {a}")], "2023-03-31")
    };
    let level = at("20");
    assert_eq!(level.standing(), "on_track 9");
    let numbers = ["20", "0", "no_planned_progress", "0", "equal_dates", "39.844636363636", "equal_dates"];
    assert_eq!(level.numbers(), numbers);
    let worse = at("19");
    assert_eq!(worse.standing(), "in_progress 10 no_planned_progress");
    let numbers = ["20", "0", "no_planned_progress", "0", "equal_dates", "41.172790909091", "equal_dates"];
    assert_eq!(worse.numbers(), numbers);
}

/// Due at the end of 2023, measured from mid 2024: of the path only the target is left.
#[test]
fn a_target_that_is_due_before_its_baseline_is_not_led_up_to() {
    let target = format!("{BY_2023}at_least = 50\nbaseline = {{ value = 20, on = 2024-06-30 }}");
    let at = |a: &str| amount("index", &[&target], &[&format!("2023-06 {a}")], "2023-06-30");
    let ahead = at("40");
    assert_eq!(ahead.standing(), "in_progress 10 before_baseline");
    let before = "before_baseline";
    assert_eq!(ahead.numbers(), ["20", "0", before, before, before, "19.850135869565", before]);
    assert_eq!(ahead.anchors(), ["2023-12-31 50 t"]);
    assert_eq!(at("19").standing(), "in_progress 10 before_baseline");
    let closed = amount("index", &[&target], &["2023 40"], "2023-12-31");
    assert_eq!((closed.standing(), closed.expected(), closed.pace()), ("missed 3".into(), "50".into(), before.into()));
}

/// The target is to be held on every day, so that worse than it is off track at once.
#[test]
fn a_baseline_that_meets_the_target_is_to_be_held() {
    let equal = score("at_least = 50", "50", &["2023-06 49"], "2023-06-30");
    assert_eq!((equal.standing(), equal.kind()), ("off_track 9".into(), (true, "exact")));
    let equals = "target_equals_baseline";
    let numbers = ["50", equals, equals, "no_unique_day", "-0.668942307692", "1.985013586957", "-2.967391304348"];
    assert_eq!(equal.numbers(), numbers);
    assert_eq!((equal.progress(), equal.anchors()), (equals.into(), vec!["2023-12-31 50 t".to_owned()]));
    let holds = score("at_least = 50", "50", &["2023-06 50"], "2023-06-30");
    assert_eq!(holds.standing(), "met_so_far 8");
    assert_eq!(holds.numbers(), ["50", equals, equals, "no_unique_day", "0", "0", "not_moving"]);

    let meets = "baseline_meets_target";
    let worse = score("at_least = 50", "60", &["2023-06 49"], "2023-06-30");
    assert_eq!((worse.standing(), worse.kind()), ("off_track 9".into(), (true, "exact")));
    let numbers = ["50", meets, meets, "no_unique_day", "-7.358365384615", "1.985013586957", "-0.26976284585"];
    assert_eq!(worse.numbers(), numbers);
    // Between target and baseline: worse than it was, and still kept.
    let between = score("at_least = 50", "60", &["2023-06 55"], "2023-06-30");
    assert_eq!(between.standing(), "met_so_far 8");
    let numbers = ["50", meets, meets, "beyond_target", "-3.344711538462", "-9.925067934783", "2.967391304348"];
    assert_eq!(between.numbers(), numbers);

    let up = score("at_most = 20", "10", &["2023-06 21"], "2023-06-30");
    assert_eq!((up.standing(), up.kind()), ("off_track 9".into(), (true, "exact")));
    let numbers = ["20", meets, meets, "no_unique_day", "7.358365384615", "-1.985013586957", "-0.26976284585"];
    assert_eq!(up.numbers(), numbers);
}

/// What is to be held is held from the start, whatever stages and shapes say.
#[test]
fn what_is_to_be_held_has_no_stages() {
    let first = format!("id = 'first'\nindicator = 'i'\nby = '2022'\nat_least = 30\n{}", from("60"));
    let last = format!("{BY_2023}at_least = 50\nafter = 'first'\npath = 'step'\n{}", from("60"));
    let one = amount("index", &[&first, &last], &["2022-06 45"], "2022-06-30");
    assert_eq!((one.standing(), one.kind()), ("off_track 9 earlier_period".into(), (true, "exact")));
    assert_eq!((one.expected(), one.anchors()), ("50".into(), vec!["2023-12-31 50 t".to_owned()]));
}

/// Above 50 is not met by 50: the baseline has still a way to go, but no length of it to measure by.
#[test]
fn above_the_baseline_has_no_pace() {
    let at = |a: &str| score("above = 50", "50", &[&format!("2023-06 {a}")], "2023-06-30");
    let worse = at("49");
    assert_eq!((worse.standing(), worse.kind()), ("in_progress 10 target_equals_baseline".into(), (false, "exact")));
    let equals = "target_equals_baseline";
    let numbers = ["50", equals, equals, "-546", "-0.668942307692", "1.985013586957", "-2.967391304348"];
    assert_eq!(worse.numbers(), numbers);
    let level = at("50");
    // To stand on what is to be left behind is not on track.
    assert_eq!(level.standing(), "in_progress 10 target_equals_baseline");
    assert_eq!(level.numbers(), ["50", equals, equals, "no_unique_day", "0", "0", "not_moving"]);
    assert_eq!(at("51").standing(), "met_so_far 8");
}

#[test]
fn a_single_fact_has_gone_nowhere() {
    let target = format!("{BY_2023}at_least = 50\nbaseline = 'first'");
    let one = amount("index", &[&target], &["2023-03 20"], "2023-06-30");
    assert_eq!(
        (one.standing(), one.why_no_path(), one.progress()),
        ("in_progress 10 single_fact".into(), "single_fact", "0".into())
    );
    // With a second there is a way: 20 + 30·91/275.
    let two = amount("index", &[&target], &["2023-03 20", "2023-06 30"], "2023-06-30");
    assert_eq!((two.standing(), two.expected()), ("on_track 9".into(), "29.927272727273".into()));
    assert_eq!(two.anchors(), ["2023-03-31 20 baseline", "2023-12-31 50 t linear"]);
    // A revision of the one fact is still the one fact.
    let plan = format!("{HEAD}[[indicators]]\nid = 'i'\nkind = 'index'\n[[targets]]\n{target}");
    let facts = "indicator,period,value,state,recorded_on\ni,2023-03,20,final,2023-04-01\ni,2023-03,21,final,2023-05-01\n";
    let revised = all(&plan, facts, "2023-06-30").pop().unwrap();
    assert_eq!((revised.why_no_path(), revised.progress()), ("single_fact", "0.033333333333".into()));
    // And so it is where it meets the target already.
    let met = amount("index", &[&target], &["2023-03 60"], "2023-06-30");
    assert_eq!((met.standing(), met.why_no_path()), ("met_so_far 8".into(), "single_fact"));
}

/// The time taken against the regulated time of the same period, which stands at the window's first day.
#[test]
fn a_companion_is_where_the_path_starts() {
    let plan = format!(
        "{HEAD}[[indicators]]\nid = 'taken'\nkind = 'mean'\n[[indicators]]\nid = 'regulated'\nkind = 'mean'\n\
         [[targets]]\nid = 't'\nindicator = 'taken'\nby = '2023'\nreduce_by = '25%'\nbaseline = {{ indicator = 'regulated' }}\n"
    );
    let facts = "indicator,period,total,weight\nregulated,2022,80,4\ntaken,2022,70,4\n";
    let one = all(&plan, facts, "2022-12-31").pop().unwrap();
    assert_eq!(one.anchors(), ["2021-12-31 20 baseline", "2023-12-31 15 t linear"]);
    assert_eq!((one.standing(), one.expected(), one.pace()), ("on_track 9 earlier_period".into(), "17.5".into(), "1".into()));
}

// --- No path.

#[test]
fn what_has_no_one_way_has_no_path() {
    let why = |requirement: &str| {
        let one = score(requirement, "20", &["2023-06 30"], "2023-06-30");
        assert_eq!(one.standing(), format!("in_progress 10 {}", one.why_no_path()), "{requirement}");
        one.why_no_path().to_owned()
    };
    assert_eq!(why("exactly = 50"), "no_single_direction");
    assert_eq!(why("between = [40, 50]"), "no_single_direction");
    let improve = "[[indicators]]\nid = 'i'\nkind = 'index'\ndirection = 'decrease'\n[[targets]]\n";
    let plan = format!("{HEAD}{improve}{BY_2023}improve = true\n{}", from("20"));
    let one = all(&plan, "indicator,period,value\ni,2023-06,30\n", "2023-06-30").pop().unwrap();
    assert_eq!((one.standing(), one.why_no_path()), ("in_progress 10 no_single_direction".into(), "no_single_direction"));
    let bare = amount("index", &[&format!("{BY_2023}at_least = 50")], &["2023-06 30"], "2023-06-30");
    assert_eq!((bare.standing(), bare.why_no_path()), ("in_progress 10 no_baseline".into(), "no_baseline"));
}

#[test]
fn recurring_and_undated_targets_have_no_path() {
    let target = format!(
        "id = 't'\nindicator = 'i'\nat_least = 50\nevery = 'year'\nfrom = 2022-01-01\nuntil = 2023-12-31\n{}",
        from("20")
    );
    let [first, last] =
        <[One; 2]>::try_from(amounts("index", &[&target], &["2022 30", "2023-06 30"], "2023-06-30")).ok().unwrap();
    assert_eq!((first.standing(), first.why_no_path()), ("missed 3".into(), "recurring"));
    assert_eq!((last.standing(), last.why_no_path()), ("in_progress 10 recurring".into(), "recurring"));
    // So it is before the direction is asked for.
    let target = "id = 't'\nindicator = 'i'\nexactly = 50\nevery = 'year'\nfrom = 2023-01-01\nuntil = 2023-12-31";
    assert_eq!(amount("index", &[target], &["2023-06 30"], "2023-06-30").why_no_path(), "recurring");
    let target = format!("id = 't'\nindicator = 'i'\nat_least = 50\nby = 'undated'\n{}", from("20"));
    let undated = amount("index", &[&target], &["2023-06 30"], "2023-06-30");
    assert_eq!((undated.standing(), undated.why_no_path()), ("in_progress 10 undated".into(), "undated"));
}

#[test]
fn a_deliverable_has_no_path() {
    let why = |when: &str| {
        let plan = format!(
            "{HEAD}[[indicators]]\nid = 'i'\nkind = 'deliverable'\n[[targets]]\nid = 't'\nindicator = 'i'\ndeliver = true\n{when}"
        );
        let one = all(&plan, "indicator,period,done_on\ni,2023,\n", "2023-06-30").pop().unwrap();
        assert_eq!(one.0["status"], "in_progress");
        one.why_no_path().to_owned()
    };
    assert_eq!(why("by = '2023'"), "no_single_direction");
    assert_eq!(why("by = 'undated'"), "undated");
    assert_eq!(why("every = 'year'\nfrom = 2023-01-01\nuntil = 2023-12-31"), "recurring");
}

/// Where nothing is reported the path is there all the same.
#[test]
fn a_path_needs_no_actual() {
    let one = score("at_least = 50", "20", &[], "2022-06-30");
    let why = "report_overdue";
    assert_eq!(one.standing(), "no_data 5");
    assert_eq!(one.numbers(), [why; 7]);
    assert_eq!(one.anchors(), ["2021-12-31 20 baseline", "2023-12-31 50 t linear"]);
    let before = score("at_least = 50\nfrom = 2022-01-01", "20", &[], "2021-12-31");
    assert_eq!(before.standing(), "not_started 2");
    assert_eq!(before.numbers(), ["nothing_due_yet"; 7]);
}

// --- Flows.

fn flow(requirement: &str, b: &str, facts: &[&str], as_of: &str) -> One {
    amount("flow", &[&format!("{BY_2023}{}{requirement}", from(b))], facts, as_of)
}

const INCOMPLETE: &str = "period_incomplete";

/// A quarter of 90 days out of 365: 1000·90/365 = 246.58 are expected.
#[test]
fn an_unfinished_rise_is_compared_pro_rata() {
    let behind = flow("at_least = 1000", "600", &["2023-Q1 200"], "2023-03-31");
    assert_eq!(behind.standing(), "at_risk 9");
    let numbers = ["246.575342465753", INCOMPLETE, "0.811111111111", INCOMPLETE, INCOMPLETE, INCOMPLETE, INCOMPLETE];
    assert_eq!(behind.numbers(), numbers);
    assert_eq!(behind.progress(), INCOMPLETE);
    // By what is covered, not by what has passed.
    let late = flow("at_least = 1000", "600", &["2023-Q1 200"], "2023-06-15");
    assert_eq!(late.numbers(), numbers);
    // The baseline plays no part in the pace, but there has to be one.
    assert_eq!(flow("at_least = 1000", "0", &["2023-Q1 200"], "2023-03-31").pace(), "0.811111111111");
    // 247 is more than expected, 246 less.
    assert_eq!(flow("at_least = 1000", "600", &["2023-Q1 247"], "2023-03-31").pace(), "1.001722222222");
    assert_eq!(flow("at_least = 1000", "600", &["2023-Q1 246"], "2023-03-31").pace(), "0.997666666667");
    // A figure of the year that runs until 10 February: 41 days.
    let plan = format!("{HEAD}[[indicators]]\nid = 'i'\nkind = 'flow'\n[[targets]]\n{BY_2023}{}at_least = 1000\n", from("600"));
    let runs = all(&plan, "indicator,period,value,through\ni,2023,60,2023-02-10\n", "2023-03-31").pop().unwrap();
    assert_eq!((runs.standing(), runs.expected()), ("off_track 9".into(), "112.328767123288".into()));
    assert_eq!(runs.pace(), "0.534146341463");
}

/// The path is at 800 at the end of 2022.
#[test]
fn a_flow_of_an_earlier_year_is_compared_with_that_year() {
    let part = flow("at_least = 1000", "600", &["2022-Q1 200"], "2022-03-31");
    assert_eq!(part.standing(), "on_track 9 earlier_period");
    let numbers = ["197.260273972603", INCOMPLETE, "1.013888888889", INCOMPLETE, INCOMPLETE, INCOMPLETE, INCOMPLETE];
    assert_eq!(part.numbers(), numbers);
    let whole = flow("at_least = 1000", "600", &["2022 780"], "2022-12-31");
    assert_eq!(whole.standing(), "at_risk 9 earlier_period");
    let numbers = ["800", "0.5", "0.9", "-37", "180.119589041096", "220.146164383562", "1.222222222222"];
    assert_eq!(whole.numbers(), numbers);
    assert_eq!(whole.progress(), "0.45");
}

#[test]
fn an_unfinished_flow_of_a_closed_window_has_no_pace_of_its_way() {
    let one = flow("at_least = 1000", "600", &["2023-H1 500"], "2024-03-31");
    assert_eq!(one.standing(), "awaiting_data 4 report_overdue");
    // 1000·181/365
    assert_eq!((one.expected(), one.pace(), one.lead()), ("495.890410958904".into(), "1.008287292818".into(), INCOMPLETE.into()));
}

#[test]
fn an_unfinished_upper_bound_never_holds_so_far() {
    let at = |b: &str, a: &str| flow("at_most = 1000", b, &[&format!("2023-Q1 {a}")], "2023-03-31");
    let below = at("1200", "200");
    assert_eq!(below.standing(), "on_track 9");
    assert_eq!(below.expected(), "246.575342465753");
    assert_eq!(below.numbers()[1..], [INCOMPLETE; 6]);
    let above = at("1200", "250");
    assert_eq!(above.standing(), "in_progress 10 period_incomplete");
    // The baseline has kept it already: what is above is off track.
    let holds = at("900", "246");
    assert_eq!((holds.standing(), holds.kind()), ("on_track 9".into(), (true, "exact")));
    let meets = "baseline_meets_target";
    let numbers = ["246.575342465753", meets, meets, INCOMPLETE, INCOMPLETE, INCOMPLETE, INCOMPLETE];
    assert_eq!(holds.numbers(), numbers);
    let off = at("900", "247");
    assert_eq!(off.standing(), "off_track 9");
    assert_eq!(off.numbers(), numbers);
    // Of a year that is complete the bound is the bound.
    assert_eq!(flow("at_most = 1000", "1200", &["2023 990"], "2023-12-31").standing(), "met 3");
    assert_eq!(flow("at_most = 1000", "1200", &["2022 990"], "2022-12-31").standing(), "met_so_far 8 earlier_period");
}

/// A rise that the baseline has reached already has no pace either, and is off track where it falls behind.
#[test]
fn an_unfinished_rise_may_have_to_be_held() {
    let meets = "baseline_meets_target";
    let behind = flow("at_least = 1000", "1100", &["2023-Q1 240"], "2023-03-31");
    assert_eq!((behind.standing(), behind.pace(), behind.kind().0), ("off_track 9".into(), meets.into(), true));
    let ahead = flow("at_least = 1000", "1100", &["2023-Q1 250"], "2023-03-31");
    assert_eq!((ahead.standing(), ahead.pace()), ("on_track 9".into(), meets.into()));
    // Above what it was: no pace, and not to be held.
    let above = flow("above = 1000", "1000", &["2023-Q1 240"], "2023-03-31");
    assert_eq!(
        (above.standing(), above.pace()),
        ("in_progress 10 target_equals_baseline".into(), "target_equals_baseline".into())
    );
}

const PHASED: &str = "at_least = 1000\nphases = [0.1, 0.2, 0.3, 0.4]";

#[test]
fn a_flow_may_be_planned_in_phases() {
    let at = |facts: &[&str], as_of: &str| flow(PHASED, "600", facts, as_of);
    let first = at(&["2023-Q1 50"], "2023-03-31");
    assert_eq!((first.standing(), first.expected(), first.pace()), ("off_track 9".into(), "100".into(), "0.5".into()));
    let half = at(&["2023-Q1 100", "2023-Q2 200"], "2023-06-30");
    assert_eq!((half.standing(), half.expected(), half.pace()), ("on_track 9".into(), "300".into(), "1".into()));
    // 30 of the 91 days of the second quarter: 100 + 200·30/91.
    let april = at(&["2023-Q1 100", "2023-04 60"], "2023-04-30");
    assert_eq!((april.standing(), april.expected()), ("on_track 9".into(), "165.934065934066".into()));
    assert_eq!(april.pace(), "0.964238410596");
    // What is covered is not always what comes first.
    let later = at(&["2023-Q2 200"], "2023-06-30");
    assert_eq!((later.expected(), later.pace()), ("200".into(), "1".into()));
    // Of an earlier year, 800 in all: 80 in its first quarter.
    let earlier = at(&["2022-Q1 80"], "2022-03-31");
    assert_eq!((earlier.standing(), earlier.expected()), ("on_track 9 earlier_period".into(), "80".into()));
    let below = flow("at_most = 1000\nphases = [0.1, 0.2, 0.3, 0.4]", "1200", &["2023-Q1 100"], "2023-03-31");
    assert_eq!((below.standing(), below.expected()), ("on_track 9".into(), "100".into()));
    let above = flow("at_most = 1000\nphases = [0.1, 0.2, 0.3, 0.4]", "1200", &["2023-Q1 101"], "2023-03-31");
    assert_eq!(above.standing(), "in_progress 10 period_incomplete");
    // Halves, by their number.
    let halves = flow("at_least = 1000\nphases = [0.2, 0.8]", "600", &["2023-Q1 90"], "2023-03-31");
    assert_eq!(halves.expected(), "99.447513812155"); // 200·90/181
    // Nothing is planned for the first quarter, so nothing is late, and no ratio says so.
    let nothing = flow("at_least = 1000\nphases = [0, 0.2, 0.3, 0.5]", "600", &["2023-Q1 0"], "2023-03-31");
    assert_eq!((nothing.standing(), nothing.pace()), ("on_track 9".into(), "no_planned_progress".into()));
}

/// Days that a running figure covers, and days that do not apply, are days all the same.
#[test]
fn phases_count_the_days_that_are_covered() {
    let plan = format!("{HEAD}[[indicators]]\nid = 'i'\nkind = 'flow'\n[[targets]]\n{BY_2023}{}{PHASED}\n", from("600"));
    let header = "indicator,period,value,through,state\n";
    let runs = all(&plan, &format!("{header}i,2023,200,2023-05-15,\n"), "2023-05-31").pop().unwrap();
    // 100 + 200·45/91
    assert_eq!((runs.standing(), runs.expected()), ("on_track 9".into(), "198.901098901099".into()));
    let excused = all(&plan, &format!("{header}i,2023-Q1,,,not_applicable\ni,2023-04,60,,\n"), "2023-05-31").pop().unwrap();
    assert_eq!((excused.standing(), excused.expected()), ("off_track 9".into(), "165.934065934066".into()));
}

/// Less than 0 is planned: no ratio.
#[test]
fn an_unfinished_rise_below_0_has_no_pace() {
    let plan = format!(
        "{HEAD}[[indicators]]\nid = 'i'\nkind = 'flow'\nbounds = {{ low = -1000 }}\n[[targets]]\n{BY_2023}{}at_least = -100\n",
        from("-200")
    );
    let at = |a: &str| all(&plan, &format!("indicator,period,value\ni,2023-Q1,{a}\n"), "2023-03-31").pop().unwrap();
    // −50 meets −100 today, −110 does not; −100·90/365 = −24.66.
    assert_eq!((at("-50").standing(), at("-50").expected()), ("met_so_far 8".into(), "-24.657534246575".into()));
    assert_eq!(
        (at("-110").standing(), at("-110").pace()),
        ("in_progress 10 no_planned_progress".into(), "no_planned_progress".into())
    );
}

const UNITS: &str = "[[units]]\nid = 'office'\n[[units]]\nid = 'a'\nparent = 'office'\n[[units]]\nid = 'b'\nparent = 'office'\n[[indicators]]\nid = 'i'\nkind = 'flow'\n";

fn of_units(requirement: &str, facts: &str, as_of: &str) -> One {
    let plan = format!("{HEAD}{UNITS}[[targets]]\n{BY_2023}{}{requirement}\n", from("600"));
    let facts: String = facts.split(' ').map(|fact| format!("i,{}\n", fact.replace(':', ","))).collect();
    all(&plan, &format!("indicator,unit,period,value\n{facts}"), as_of).pop().unwrap()
}

/// A unit that says nothing must not make the others look ahead.
#[test]
fn units_that_cover_different_days_have_no_pace_together() {
    let even = of_units("at_least = 1000", "a:2023-Q1:120 b:2023-Q1:130", "2023-03-31");
    assert_eq!(
        (even.standing(), even.expected(), even.pace()),
        ("on_track 9".into(), "246.575342465753".into(), "1.013888888889".into())
    );
    let silent = of_units("at_least = 1000", "a:2023-Q1:300", "2023-03-31");
    assert_eq!(silent.standing(), "in_progress 10 period_incomplete");
    assert_eq!(silent.numbers(), [INCOMPLETE; 7]);
    let uneven = of_units("at_least = 1000", "a:2023-Q1:300 b:2023-01:10", "2023-03-31");
    assert_eq!(
        (uneven.standing(), uneven.numbers()),
        ("in_progress 10 period_incomplete".into(), [INCOMPLETE; 7].map(str::to_owned))
    );
    // Nor is an upper bound held so far, or off the way.
    let bound = of_units("at_most = 500", "a:2023-Q1:300", "2023-03-31");
    assert_eq!((bound.standing(), bound.expected()), ("in_progress 10 period_incomplete".into(), INCOMPLETE.into()));
    let equals = of_units("at_most = 600", "a:2023-Q1:300", "2023-03-31");
    assert_eq!((equals.standing(), equals.pace()), ("in_progress 10 period_incomplete".into(), "target_equals_baseline".into()));
}

/// As many days, but of different phases: what is covered least counts.
#[test]
fn of_units_below_the_least_phase_counts() {
    let one = of_units(PHASED, "a:2023-01:40 b:2023-07:45", "2023-07-31");
    // January has 31 of the 90 days of a quarter that is to bring 100.
    assert_eq!((one.standing(), one.expected()), ("on_track 9".into(), "34.444444444444".into()));
    let other = of_units(PHASED, "a:2023-07:40 b:2023-01:45", "2023-07-31");
    assert_eq!(other.expected(), one.expected());
    // A figure of the office's own stands for itself.
    let own = of_units(PHASED, "office:2023-Q1:100", "2023-03-31");
    assert_eq!((own.standing(), own.expected()), ("on_track 9".into(), "100".into()));
}
