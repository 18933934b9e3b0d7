//! How sure a survey is of its verdict, in whole plans, against published reference values.
#![cfg(all(feature = "toml", feature = "json", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a field that is not there fails the test that reads it")]

use attain::number::{Number, Ratio};
use attain::time::parse_day;
use attain::{Facts, Plan, assess};
use serde_json::{Value, json};

fn assessment(target: &str, facts: &str) -> Value {
    let plan = Plan::from_toml(format!(
        "format = \"attain-plan/1\"\nplan = {{ id = \"p\", owner = \"so\", start = 2021-01-01 }}\n\
         [[indicators]]\nid = \"x\"\nkind = \"survey\"\ndirection = \"increase\"\n\
         [[targets]]\nid = \"t\"\nindicator = \"x\"\nby = \"2022\"\n{target}\n"
    ))
    .unwrap_or_else(|faults| panic!("{faults}"));
    let facts = format!("indicator,period,positive,valid,population\n{facts}");
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    let mut text = Vec::new();
    assess(&plan, &facts, parse_day("2022-12-31").unwrap()).write_json(&mut text).unwrap();
    serde_json::from_slice::<Value>(&text).unwrap()["assessments"][0].clone()
}

fn survey(target: &str, facts: &str) -> Value {
    assessment(target, facts)["survey"].clone()
}

/// Source: statsmodels 0.15.0, `proportion_confint(count=5, nobs=10, alpha=0.05, method=…)`; Agresti and Coull's equals
/// Wilson's centre with half a width of 1.95996·√(0.25/13.8414588).
#[test]
fn intervals_are_those_of_statsmodels() {
    let of = |method: &str| {
        let survey = survey(&format!("at_least = 50\nsurvey = {{ method = \"{method}\" }}"), "x,2022,5,10,\n");
        (survey["low"].as_str().unwrap().to_owned(), survey["high"].as_str().unwrap().to_owned())
    };
    assert_eq!(of("wilson"), ("23.6593090513".into(), "76.3406909487".into()));
    assert_eq!(of("clopper_pearson"), ("18.7086028447".into(), "81.2913971553".into()));
    assert_eq!(of("jeffreys"), ("22.3528670253".into(), "77.6471329747".into()));
    assert_eq!(of("agresti_coull"), ("23.6593090513".into(), "76.3406909487".into()));
}

/// Source: scipy 1.17.1, `hypergeom`, two-sided tail inversion: 1 of 10 asked of 1,000 leaves 3 to 443 of them.
/// With the correction for a finite population, 15 of 50 of 100: `proportion_confint` at 50·99/50 = 99 answers.
#[test]
fn a_known_population_narrows_the_interval() {
    let exact = survey("at_least = 50\nsurvey = { method = \"hypergeometric\" }", "x,2022,1,10,1000\n");
    assert_eq!((&exact["low"], &exact["high"]), (&json!("0.3"), &json!("44.3")));
    assert_eq!((&exact["certainty"], &exact["population_corrected"]), (&json!("surely_missed"), &json!(true)));
    // An end that meets the requirement leaves the interval undetermined; one that only comes up to it does not.
    let certainty = |target: &str| {
        let target = format!("{target}\nsurvey = {{ method = \"hypergeometric\" }}");
        survey(&target, "x,2022,1,10,1000\n")["certainty"].clone()
    };
    assert_eq!(certainty("at_least = 44.3"), "undetermined");
    assert_eq!(certainty("above = 44.3"), "surely_missed");
    assert_eq!(certainty("at_most = 0.3"), "undetermined");
    assert_eq!(certainty("below = 0.3"), "surely_missed");
    let corrected = survey("at_least = 50", "x,2022,15,50,100\n");
    assert_eq!((&corrected["low"], &corrected["high"]), (&json!("21.858878244"), &json!("39.6352502387")));
    let unknown = survey("at_least = 50\nsurvey = { method = \"hypergeometric\" }", "x,2022,1,10,\n");
    assert_eq!(unknown, json!({ "undefined": "no_population" }));
    // Everybody was asked: nothing is uncertain.
    let all = survey("at_least = 50", "x,2022,7,10,10\n");
    assert_eq!((&all["low"], &all["high"], &all["certainty"]), (&json!("70"), &json!("70"), &json!("surely_met")));
}

/// Wilson's interval of 85 of 100 is 76.7 to 90.7 %.
#[test]
fn the_whole_interval_says_how_sure_the_verdict_is() {
    let certainty = |target: &str| survey(target, "x,2022,85,100,\n")["certainty"].clone();
    assert_eq!(certainty("at_least = 75"), "surely_met");
    assert_eq!(certainty("at_least = 80"), "undetermined");
    assert_eq!(certainty("at_least = 91"), "surely_missed");
    assert_eq!(certainty("at_most = 91"), "surely_met");
    assert_eq!(certainty("below = 76"), "surely_missed");
    assert_eq!(certainty("between = [70, 95]"), "surely_met");
    assert_eq!(certainty("between = [80, 95]"), "undetermined");
    assert_eq!(certainty("between = [91, 95]"), "surely_missed");
    assert_eq!(certainty("exactly = 85"), "undetermined");
    assert_eq!(certainty("exactly = 50"), "surely_missed");
    // 76.7 is within 77 less a tolerance of 1.
    assert_eq!(certainty("at_least = 77\ntolerance = 1"), "surely_met");
    // The verdict is by the point estimate all the same.
    assert_eq!(assessment("at_least = 80", "x,2022,85,100,\n")["status"], "met");
}

/// Wilson's score test of 85 % against 80 %: n·0.05²/(0.8·0.2) is above 1.96² = 3.8415 from n = 246 on.
#[test]
fn so_many_answers_would_settle_it() {
    assert_eq!(survey("at_least = 80", "x,2022,85,100,\n")["settling_size"], 246);
    let at_the_threshold = survey("at_least = 85", "x,2022,85,100,\n");
    assert_eq!(at_the_threshold["settling_size"], json!({ "undefined": "never" }));
}

/// Source: Newcombe (Statistics in Medicine 17, 1998), method 10: 56 of 70 against 48 of 80 is 0.2000, 0.0524 to 0.3339; 9 of
/// 10 against 3 of 10 is 0.6000, 0.1705 to 0.8090.
#[test]
fn a_rise_may_be_within_noise() {
    let of = |later: &str, earlier: &str| {
        let one = assessment("improve = true\nbaseline = \"2021\"", &format!("x,2021,{earlier},\nx,2022,{later},\n"));
        (one["status"].clone(), one["survey"]["certainty"].clone(), one["survey"]["since_baseline"].clone())
    };
    let (status, certainty, since) = of("56,70", "48,80");
    assert_eq!(
        (status, certainty, &since["points"], &since["within_noise"]),
        ("met".into(), "surely_met".into(), &json!("20"), &json!(false))
    );
    assert!(since["low"].as_str().unwrap().starts_with("5.24") && since["high"].as_str().unwrap().starts_with("33.3"), "{since}");
    let (_, certainty, since) = of("9,10", "3,10");
    assert_eq!(certainty, "surely_met");
    assert!(since["low"].as_str().unwrap().starts_with("17.0") && since["high"].as_str().unwrap().starts_with("80.9"), "{since}");
    // 56 of 70 against 54 of 70: better, and so met, but within noise.
    let (status, certainty, since) = of("56,70", "54,70");
    assert_eq!((status, certainty, &since["within_noise"]), ("met".into(), "undetermined".into(), &json!(true)));
    let (status, certainty, _) = of("3,10", "9,10");
    assert_eq!((status, certainty), ("missed".into(), "surely_missed".into()));
}

#[test]
fn what_has_no_interval_says_why() {
    assert_eq!(survey("at_least = 80", "x,2022,0,0,\n"), json!({ "undefined": "zero_whole" }));
    assert_eq!(survey("at_least = 80", "x,2021,1,2,\n"), json!({ "undefined": "report_overdue" }));
    let bare = {
        let plan = Plan::from_toml(
            "format = \"attain-plan/1\"\nplan = { id = \"p\", owner = \"so\", start = 2021-01-01 }\n\
             [[indicators]]\nid = \"x\"\nkind = \"survey\"\n[[targets]]\nid = \"t\"\nindicator = \"x\"\nby = \"2022\"\nat_least = 80\n",
        )
        .unwrap();
        let facts = Facts::from_csv(&plan, "indicator,period,value\nx,2022,85\n").unwrap();
        let card = assess(&plan, &facts, parse_day("2022-12-31").unwrap());
        card.assessments()[0].survey.clone()
    };
    assert_eq!(bare, Some(Err(attain::Reason::BareShare)));
    let without_baseline = survey("at_least = 80", "x,2022,85,100,\n");
    assert_eq!(without_baseline["since_baseline"], json!({ "undefined": "no_baseline" }));
}

/// Nobody of ten: the interval reaches down to what was seen, so that what is met is not surely missed.
#[test]
fn an_interval_holds_what_was_seen() {
    for method in ["wilson", "clopper_pearson", "agresti_coull", "jeffreys"] {
        let one = assessment(&format!("at_most = 0\nsurvey = {{ method = \"{method}\" }}"), "x,2022,0,10,\n");
        assert_eq!((&one["status"], &one["survey"]["certainty"]), (&json!("met"), &json!("undetermined")), "{method}");
        let one = assessment(&format!("at_least = 100\nsurvey = {{ method = \"{method}\" }}"), "x,2022,10,10,\n");
        assert_eq!((&one["status"], &one["survey"]["certainty"]), (&json!("met"), &json!("undetermined")), "{method}");
    }
}

/// Wilson's interval of 85 of 100 is 76.7 to 90.7 %: rounded to whole percent all of it is 77 or more, and 91 or less.
#[test]
fn what_is_rounded_first_is_surely_met_from_a_half_on() {
    let of = |requirement: &str| survey(requirement, "x,2022,85,100,\n");
    let whole = |requirement: &str| of(&format!("{requirement}\ncompare_rounded = {{ scale = 0 }}"));
    assert_eq!(of("at_least = 77")["certainty"], "undetermined");
    assert_eq!(whole("at_least = 77")["certainty"], "surely_met");
    assert_eq!(whole("at_least = 91")["certainty"], "undetermined");
    assert_eq!(whole("above = 91")["certainty"], "surely_missed");
    assert_eq!(whole("at_least = 80")["settling_size"], of("at_least = 79.5")["settling_size"]);
    assert_ne!(whole("at_least = 80")["settling_size"], of("at_least = 80")["settling_size"]);
    // 84.6 % is 85 %, and surely so once the interval is above 84.5 %.
    let met = assessment("at_least = 85\ncompare_rounded = { scale = 0 }", "x,2022,423,500,\n");
    assert_eq!((&met["status"], &met["survey"]["certainty"]), (&json!("met"), &json!("undetermined")));
    assert!(met["survey"]["settling_size"].is_u64());
}

/// Everybody was asked: what is at the threshold is known to be, and so is every change.
#[test]
fn a_census_knows() {
    let at = |requirement: &str| survey(requirement, "x,2022,8,10,10\n")["certainty"].clone();
    assert_eq!(
        (at("at_least = 80"), at("above = 80"), at("below = 80")),
        ("surely_met".into(), "surely_missed".into(), "surely_missed".into())
    );
    let asked = survey("at_least = 80", "x,2022,4,5,10\n");
    assert_eq!((&asked["certainty"], &asked["settling_size"]), (&json!("undetermined"), &json!(10)));
    let change = |target: &str, facts: &str| {
        let one = assessment(&format!("improve = true\nbaseline = \"2021\"\n{target}"), facts);
        (one["status"].clone(), one["survey"]["certainty"].clone(), one["survey"]["since_baseline"].clone())
    };
    let (status, certainty, since) = change("", "x,2021,60,100,100\nx,2022,61,100,100\n");
    assert_eq!((status, certainty), ("met".into(), "surely_met".into()));
    assert_eq!(since, json!({ "points": "1", "low": "1", "high": "1", "within_noise": false }));
    let (status, certainty, since) = change("", "x,2021,60,100,100\nx,2022,60,100,100\n");
    assert_eq!(since["within_noise"], json!(false));
    assert_eq!((status, certainty), ("missed".into(), "surely_missed".into()));
    // Only one of them: the interval of the other alone, 51.2 to 69.1 % for 61 of 100 around 60 %.
    let (_, certainty, since) = change("", "x,2021,60,100,100\nx,2022,61,100,\n");
    assert_eq!((certainty, &since["within_noise"]), ("undetermined".into(), &json!(true)));
    let alone = survey("at_least = 80", "x,2022,61,100,\n");
    let end = |of: &Value, name: &str| Ratio::from(of[name].as_str().unwrap().parse::<Number>().unwrap());
    let near = |name| (end(&since, name) + Ratio::from(60) - end(&alone, name)).abs() < Ratio::new(1, 1_000_000_000).unwrap();
    assert!(near("low") && near("high"), "{since}");
    // 50.1 and 50.4 % are both 50 %: no improvement for sure, and none for sure either; from 50 to 51 % is one.
    let rounded = |facts| change("compare_rounded = { scale = 0 }", facts);
    let (status, certainty, _) = rounded("x,2021,501,1000,1000\nx,2022,504,1000,1000\n");
    assert_eq!((status, certainty), ("missed".into(), "undetermined".into()));
    let (status, certainty, _) = rounded("x,2021,501,1000,1000\nx,2022,511,1000,1000\n");
    assert_eq!((status, certainty), ("met".into(), "surely_met".into()));
}
