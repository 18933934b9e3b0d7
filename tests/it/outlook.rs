//! Where it will end: forecasts in whole plans, against published reference values.
#![cfg(all(feature = "toml", feature = "json", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a field that is not there fails the test that reads it")]

use attain::time::parse_day;
use attain::{Facts, Plan, assess};
use serde_json::{Value, json};

/// The first assessment of a plan of one indicator and one target.
fn assessment(indicator: &str, target: &str, facts: &str, as_of: &str) -> Value {
    let plan = Plan::from_toml(format!(
        "format = \"attain-plan/1\"\nplan = {{ id = \"p\", owner = \"so\", start = 2016-01-01 }}\n\
         [[indicators]]\nid = \"x\"\n{indicator}\n[[targets]]\nid = \"t\"\nindicator = \"x\"\n{target}\n"
    ))
    .unwrap_or_else(|faults| panic!("{faults}"));
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    let mut text = Vec::new();
    assess(&plan, &facts, parse_day(as_of).unwrap()).write_json(&mut text).unwrap();
    serde_json::from_slice::<Value>(&text).unwrap()["assessments"][0].clone()
}

/// Yearly amounts from 2016 on, and a target on that of 2023.
fn forecast_of(amounts: &[&str], forecast: &str) -> Value {
    let rows: String = (2016..).zip(amounts).map(|(year, amount)| format!("x,{year},{amount}\n")).collect();
    let target = format!("at_least = 4\nby = \"2023\"\nforecast = {{ {forecast} }}");
    let one = assessment("kind = \"flow\"", &target, &format!("indicator,period,value\n{rows}"), "2023-03-31");
    one["forecast"].clone()
}

/// 1, 1, 2, 2, 3, 3: the series that the reference values below are of.
const TIES: [&str; 6] = ["1", "1", "2", "2", "3", "3"];

/// Source: statsmodels 0.15.0, `OLS(y, add_constant(x)).fit().get_prediction(x0).summary_frame(0.05)` for x = 0 to 5, x0 = 7.
/// The probability is that of Student's t with 4 degrees of freedom, `F(t) = ½ + ⅜·t/√(1+t²/4)·(1 − t²/(12·(1+t²/4)))`, at
/// `t = (4.0571… − 4)/0.4463`.
#[test]
fn least_squares_is_that_of_statsmodels() {
    let forecast = forecast_of(&TIES, "method = \"linear\"");
    let expected = json!({
        "method": "linear", "automatic": false, "scale": "plain", "on": "2023-12-31", "value": "4.05714285714",
        "level": "0.95", "low": "2.81801545811", "high": "5.29627025617", "distribution": "student_t",
        "degrees_of_freedom": 4, "probability": "0.547850550889",
        // 0.857142857 + 0.457142857·x is 4 at x = 6.875, so in the eighth year.
        "reached_on": "2023-12-31",
        // S = 12, Var S = (6·5·17 − 3·2·1·9)/18 = 25.333…, z = 11/√25.333… = 2.185478…, erfc(z/√2) by Python 3.11.
        "trend": { "direction": "increasing", "p_value": "0.0288537887933" },
        "points": 6, "first": "2016-12-31", "last": "2021-12-31", "step": "12",
    });
    assert_eq!(forecast, expected);
}

/// Source: statsmodels 0.15.0, `Holt(y, initialization_method="known", initial_level=y[0], initial_trend=y[1]-y[0])`, α = 0.5,
/// β* = 0.3, two steps ahead. The errors from the third year on are 1, 0.35, 0.9725 and 0.137875; the interval is
/// `3.669175 ± 1.95996·√(0.52181…·(1 + 0.65²))`.
#[test]
fn holt_is_that_of_statsmodels() {
    let forecast = forecast_of(&TIES, "method = \"holt_linear\", smoothing_level = 0.5, smoothing_trend = 0.3");
    assert_eq!((&forecast["value"], &forecast["low"]), (&json!("3.669175"), &json!("1.98055041513")));
    assert_eq!((&forecast["high"], &forecast["distribution"]), (&json!("5.35779958487"), &json!("normal")));
}

/// Source: R 4.2.2, forecast 8.20, `rwf(c(1, 3, 2, 5), drift = TRUE, h = 6, level = 95)`, h = 4 (2019 to 2023).
#[test]
fn drift_is_that_of_r() {
    let forecast = forecast_of(&["1", "3", "2", "5"], "method = \"drift\"");
    assert_eq!(forecast["value"], "10.3333333333");
    // The reference is printed to 15 digits, of which the last are rounding: -2.13124318812076 and 22.7979098547874.
    assert_eq!((&forecast["low"], &forecast["high"]), (&json!("-2.13124318812"), &json!("22.7979098548")));
}

/// Shares of 50, 60 and 70 % are 0, 0.405 and 0.847 in logits; the line through them is 1.689 in 2023 (x = 4 of 0, 1, 2).
#[test]
fn a_logit_forecast_stays_below_100() {
    let facts = "indicator,period,part,whole\nx,2019,50,100\nx,2020,60,100\nx,2021,70,100\n";
    let target = "at_least = 80\nby = \"2023\"\nforecast = { scale = \"logit\" }";
    let forecast = &assessment("kind = \"share\"", target, facts, "2022-12-31")["forecast"];
    assert_eq!(forecast["value"], "84.4031328122");
    let high: Vec<&str> = forecast["high"].as_str().unwrap().split('.').collect();
    assert!(high[0].len() == 2, "{high:?}");
}

/// A line is carried on as that line; its interval has no width, and what is certain has probability 1 or 0.
#[test]
fn a_straight_line_is_certain() {
    for method in ["linear", "theil_sen", "drift"] {
        let forecast = forecast_of(&["1", "1.5", "2", "2.5"], &format!("method = \"{method}\""));
        let of = |field: &str| forecast[field].as_str().unwrap().to_owned();
        assert_eq!((of("value"), of("low"), of("high")), ("4.5".to_owned(), "4.5".to_owned(), "4.5".to_owned()), "{method}");
        assert_eq!((of("probability"), of("distribution"), of("reached_on")), ("1".into(), "point".into(), "2022-12-31".into()));
    }
}

#[test]
fn what_can_not_be_carried_on_says_why() {
    let undefined = |reason: &str| json!({ "undefined": reason });
    assert_eq!(forecast_of(&["1", "2"], "method = \"linear\""), undefined("too_few_points"));
    assert_eq!(forecast_of(&["2", "2", "2"], "method = \"linear\""), undefined("constant_series"));
    assert_eq!(forecast_of(&["1", "0", "2"], "method = \"compound\""), undefined("non_positive"));
    assert_eq!(forecast_of(&[], "method = \"last_value\""), undefined("too_few_points"));
    let share = |facts: &str, target: &str| {
        let facts = format!("indicator,period,part,whole\n{facts}");
        assessment("kind = \"share\"", target, &facts, "2022-12-31")["forecast"].clone()
    };
    let logit = "at_least = 80\nby = \"2023\"\nforecast = { scale = \"logit\" }";
    assert_eq!(share("x,2019,50,100\nx,2020,60,100\nx,2021,7,7\n", logit), undefined("at_bound"));
    assert_eq!(share("x,2019,0,100\nx,2020,60,100\nx,2021,6,7\n", logit), undefined("at_bound"));
    let closed = "at_least = 80\nby = \"2021\"";
    assert_eq!(share("x,2019,50,100\nx,2020,60,100\nx,2021,7,9\n", closed), undefined("no_time_left"));
    // Also where the last year has not been reported yet: what is over is awaited, not forecast.
    let not_reported = "x,2018,50,100\nx,2019,60,100\nx,2020,7,9\n";
    assert_eq!(share(not_reported, closed), undefined("no_time_left"));
    let before = "at_least = 80\nby = \"2024\"\nfrom = 2023-06-01";
    assert_eq!(share("x,2019,50,100\nx,2020,60,100\nx,2021,7,9\n", before), undefined("nothing_due_yet"));
    assert_eq!(share("x,2019,50,100\n", "at_least = 80\nby = \"undated\""), undefined("undated"));
    // A stock that stands at uneven days has no steps for Holt to follow.
    let holt = "at_least = 8\nby = \"2023\"\nforecast = { method = \"holt_linear\", smoothing_level = 1, smoothing_trend = 1 }";
    let stock = "indicator,period,value\nx,2020-03-31,1\nx,2020-12-31,2\nx,2021-12-31,4\n";
    assert_eq!(assessment("kind = \"stock\"", holt, stock, "2022-12-31")["forecast"], undefined("uneven_steps"));
}

/// The errors of "the last value stays" on 1, 1, 2, 2, 3, 3 are, one step ahead from the third year on, 0, 1, 0; from the
/// second year nothing can be said, since all is equal so far.
#[test]
fn a_backtest_counts_the_errors_so_far() {
    let forecast = forecast_of(&TIES, "method = \"last_value\", backtest = true");
    assert_eq!(forecast["backtest"][0]["method"], "last_value");
    let expected =
        json!({ "count": 3, "mean_absolute": "0.333333333333", "root_mean_square": "0.57735026919", "bias": "0.333333333333" });
    assert_eq!(forecast["backtest"][0]["one_step"], expected);
    // Two steps ahead, from the third and fourth year: 3 − 2 each.
    let expected = json!({ "count": 2, "mean_absolute": "1", "root_mean_square": "1", "bias": "1" });
    assert_eq!(forecast["backtest"][0]["to_deadline"], expected);
}

/// On a line every method that knows of lines errs by nothing; the simplest of them is taken, and said to be chosen.
#[test]
fn automatic_takes_the_method_that_errs_least() {
    let forecast = forecast_of(&["1", "1.5", "2", "2.5", "3", "3.5"], "method = \"automatic\"");
    assert_eq!((&forecast["method"], &forecast["automatic"]), (&json!("drift"), &json!(true)));
    let tried: Vec<&str> = forecast["backtest"].as_array().unwrap().iter().map(|one| one["method"].as_str().unwrap()).collect();
    assert_eq!(tried, ["last_value", "drift", "linear", "theil_sen", "compound"]);
}

/// Of a rate the running period counts; of a sum it does not. Days are the axis then, since the steps are not even.
#[test]
fn a_running_period_counts_for_rates_alone() {
    let share = "indicator,period,part,whole\nx,2019,50,100\nx,2020,60,100\nx,2021-Q1,13,20\n";
    let one = assessment("kind = \"share\"", "at_least = 80\nby = \"2021\"", share, "2021-04-30");
    assert_eq!((&one["forecast"]["points"], &one["forecast"]["step"]), (&json!(3), &json!("days")));
    assert_eq!(one["forecast"]["last"], "2021-03-31");
    let flow = "indicator,period,value\nx,2019,50\nx,2020,60\nx,2021-Q1,13\n";
    let one = assessment("kind = \"flow\"", "at_least = 80\nby = \"2021\"", flow, "2021-04-30");
    assert_eq!(one["forecast"], json!({ "undefined": "too_few_points" }));
}

/// A series by quarters speaks of the last quarter, and says so by its step.
#[test]
fn the_plan_says_how_long_the_periods_of_the_series_are() {
    let rows: String = (1..=4).map(|quarter| format!("x,2020-Q{quarter},{},100\n", 50 + 3 * quarter)).collect();
    let facts = format!("indicator,period,part,whole\n{rows}");
    let target = "at_least = 80\nby = \"2021\"\nforecast = { every = \"quarter\" }";
    let forecast = &assessment("kind = \"share\"", target, &facts, "2021-02-28")["forecast"];
    // 53, 56, 59, 62, and so 74 after four quarters more.
    assert_eq!((&forecast["value"], &forecast["points"], &forecast["step"]), (&json!("74"), &json!(4), &json!("3")));
    assert_eq!(forecast["on"], "2021-12-31");
}

/// What depends on a threshold is undefined without one, the rest is there.
#[test]
fn without_a_threshold_there_is_a_value_but_no_probability() {
    let facts = "indicator,period,value\nx,2019,50\nx,2020,60\nx,2021,80\n";
    let one = assessment("kind = \"stock\"", "reduce_by = \"10%\"\nby = \"2023\"\nbaseline = \"2015\"", facts, "2022-06-30");
    assert_eq!(one["forecast"]["probability"], json!({ "undefined": "no_threshold" }));
    assert_eq!(one["forecast"]["reached_on"], json!({ "undefined": "no_threshold" }));
    assert_eq!(one["forecast"]["points"], 3);
    let one = assessment("kind = \"stock\"", "exactly = 90\nby = \"2023\"", facts, "2022-06-30");
    assert_eq!(one["forecast"]["probability"], json!({ "undefined": "no_single_direction" }));
}

/// A flow of 2023, of which the first quarter is reported, after 1, 1, 2, 2, 3, 3.
fn flow_with(requirement: &str, first_quarter: &str) -> Value {
    let rows: String = (2016..).zip(TIES).map(|(year, amount)| format!("x,{year},{amount}\n")).collect();
    let facts = format!("indicator,period,value\n{rows}x,2023-Q1,{first_quarter}\n");
    assessment("kind = \"flow\"", &format!("{requirement}\nby = \"2023\""), &facts, "2023-04-30")
}

/// Least squares alone says 4.05714285714, from 2.81801545811 to 5.29627025617, and 0.547850550889 for at least 4 (see above).
#[test]
fn a_flow_ends_at_least_where_it_is() {
    let ends =
        |one: &Value| ["value", "low", "high", "probability"].map(|field| one["forecast"][field].as_str().unwrap().to_owned());
    let (value, low, high, odds) = ("4.05714285714", "2.81801545811", "5.29627025617", "0.547850550889");
    let one = flow_with("at_least = 4", "1");
    assert_eq!(ends(&one), [value, low, high, odds]);
    assert_eq!(one["forecast"].get("at_least"), None, "2.8 and more is not below 1");
    // 3 lies above the lower end alone; the threshold is still to come.
    let one = flow_with("at_least = 4", "3");
    assert_eq!((ends(&one), &one["forecast"]["at_least"]), ([value, "3", high, odds].map(str::to_owned), &json!("3")));
    // 4.5 is enough, and the day that it stands at is the day it was reached.
    let one = flow_with("at_least = 4", "4.5");
    assert_eq!((ends(&one), &one["status"]), (["4.5", "4.5", high, "1"].map(str::to_owned), &json!("secured")));
    assert_eq!((&one["forecast"]["at_least"], &one["forecast"]["reached_on"]), (&json!("4.5"), &json!("2023-03-31")));
    // Beyond the highest that the series leads to there is nothing but what is there.
    assert_eq!(ends(&flow_with("at_least = 4", "6")), ["6", "6", "6", "1"]);
    // An upper bound that is exceeded can not be met any more, though 2021 was below it.
    let one = flow_with("at_most = 4", "4.5");
    assert_eq!((ends(&one), &one["status"]), (["4.5", "4.5", high, "0"].map(str::to_owned), &json!("lost")));
    assert_eq!(one["forecast"]["reached_on"], json!({ "undefined": "never" }));
    // One that is not exceeded is kept as probably as by the series alone: 1 − 0.5478….
    assert_eq!(ends(&flow_with("at_most = 4", "3.5"))[3], "0.452149449111");
    // Of a range only the upper end is still open; what is at it stays with P(X ≤ 4), an atom that "exactly" can speak of.
    assert_eq!(ends(&flow_with("between = [3, 4]", "3.5"))[3], "0.452149449111");
    assert_eq!(ends(&flow_with("exactly = 4", "4"))[3], "0.452149449111");
    assert_eq!(flow_with("exactly = 4", "3")["forecast"]["probability"], json!({ "undefined": "no_single_direction" }));
}

/// An amount that may be taken back says nothing of the end.
#[test]
fn a_flow_that_can_fall_has_no_least() {
    let facts = "indicator,period,value\nx,2019,1\nx,2020,3\nx,2021,2\nx,2022-Q1,9\n";
    let plan = "kind = \"flow\"\nbounds = { low = -100 }";
    let one = assessment(plan, "at_least = 8\nby = \"2022\"", facts, "2022-04-30");
    assert_eq!((&one["forecast"]["value"], one["forecast"].get("at_least")), (&json!("3"), None));
}

/// 1, 1.5, 2, 2.5 is 4.5 in 2023 for certain.
#[test]
fn what_is_certain_is_at_a_threshold_or_beyond_it() {
    let of = |requirement: &str| {
        let rows: String = (2016..).zip(["1", "1.5", "2", "2.5"]).map(|(year, amount)| format!("x,{year},{amount}\n")).collect();
        let facts = format!("indicator,period,value\n{rows}");
        let target = format!("{requirement}\nby = \"2022\"");
        let forecast = &assessment("kind = \"stock\"", &target, &facts, "2022-03-31")["forecast"];
        (forecast["probability"].as_str().map(str::to_owned), forecast["reached_on"].clone())
    };
    let (yes, no) = (Some("1".to_owned()), Some("0".to_owned()));
    // The deadline is the year 2022: 4.
    assert_eq!(of("at_least = 4"), (yes.clone(), "2022-12-31".into()));
    assert_eq!(of("above = 4"), (no.clone(), "2023-12-31".into()));
    assert_eq!(of("at_most = 4").0, yes);
    assert_eq!(of("below = 4").0, no);
    // 4 is not 4.5, but where no places count 3.5 is 4 and 4.5 is 5.
    let rounded = |requirement: &str| of(&format!("{requirement}\ncompare_rounded = {{ scale = 0 }}"));
    assert_eq!(rounded("at_least = 4"), (yes.clone(), "2021-12-31".into()));
    assert_eq!(rounded("above = 4"), (no.clone(), "2023-12-31".into()));
    assert_eq!(rounded("above = 3"), (yes.clone(), "2021-12-31".into()));
    assert_eq!(rounded("below = 4"), (no, "2019-12-31".into()));
    assert_eq!(rounded("exactly = 3.6"), (yes, "2021-12-31".into()));
}

/// Rounded to whole numbers, 4 is everything from 3.5 to 4.5: `F(0.9923…) − F(−1.2483…)` with 4 degrees of freedom.
#[test]
fn rounded_figures_have_a_probability() {
    let of = |requirement: &str| flow_with(requirement, "1")["forecast"]["probability"].as_str().map(str::to_owned);
    let whole = |requirement: &str| of(&format!("{requirement}\ncompare_rounded = {{ scale = 0 }}"));
    assert_eq!(whole("at_least = 4"), of("at_least = 3.5"));
    assert_eq!(whole("at_most = 4"), of("at_most = 4.5"));
    assert_eq!(whole("above = 3.9"), of("above = 4.5"));
    assert_eq!(whole("exactly = 4"), of("between = [3.5, 4.5]"));
    assert_ne!(whole("at_least = 4"), of("at_least = 4"));
}

/// 10, 11, 13, 16, 20, 25 %: Holt's smoothing that takes over everything errs by 1 each time, all others by more. That 2022 has
/// begun does not take it out of the choice, and it goes on from 25 by 5 a year.
#[test]
fn a_running_period_takes_no_method_out_of_the_choice() {
    let rows: String = (2016..).zip([10, 11, 13, 16, 20, 25]).map(|(year, part)| format!("x,{year},{part},100\n")).collect();
    let facts = format!("indicator,period,part,whole\n{rows}x,2022-Q1,8,25\n");
    let of = |method: &str| {
        let target = format!("at_least = 80\nby = \"2023\"\nforecast = {{ {method} }}");
        assessment("kind = \"share\"", &target, &facts, "2022-04-30")["forecast"].clone()
    };
    let forecast = of("method = \"automatic\", smoothing_level = 1, smoothing_trend = 1");
    assert_eq!((&forecast["method"], &forecast["value"]), (&json!("holt_linear"), &json!("35")));
    assert_eq!((&forecast["points"], &forecast["step"], &forecast["last"]), (&json!(6), &json!("12"), &json!("2021-12-31")));
    let holt = forecast["backtest"].as_array().unwrap().iter().find(|one| one["method"] == "holt_linear").unwrap();
    assert_eq!((&holt["one_step"]["count"], &holt["one_step"]["mean_absolute"]), (&json!(3), &json!("1")));
    // A method that knows of days is fitted to the running figure too, and tried on the same periods.
    let line = of("method = \"linear\", backtest = true");
    assert_eq!((&line["points"], &line["step"]), (&json!(7), &json!("days")));
    assert_eq!(line["backtest"][0]["one_step"], forecast["backtest"][0]["one_step"]);
}
