//! On all cores as on one: the same bytes, however many threads share the work.

use attain::facts::FactDraft;
use attain::number::Number;
use attain::plan::{
    BaselineDraft, Every, ForecastDraft, ForecastMethod, IndicatorDraft, Kind, PlanDraft, ScopeDraft, ScopeTable, TargetDraft,
};
use attain::{Facts, Plan, assess};

use crate::support::{card, day, empty_plan, fact, indicator, json, target, unit};

const THREADS: [usize; 4] = [1, 2, 3, 8];
const OFFICES: i64 = 50;

/// What is answered in pools of so many threads, which have to agree.
#[track_caller]
fn agreed(answer: impl Fn() -> String + Sync) -> String {
    let of = |threads: &usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(*threads).build().unwrap();
        pool.install(&answer)
    };
    let answers: Vec<String> = THREADS.iter().map(of).collect();
    for (threads, other) in THREADS.iter().zip(&answers) {
        // The documents are long, so they are not printed.
        assert!(*other == answers[0], "{threads} threads say something else than one");
    }
    answers[0].clone()
}

#[test]
fn the_shipped_plan() {
    let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).unwrap();
    let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).unwrap();
    let text = agreed(|| json(&assess(&plan, &facts, day("2025-09-30"))));
    assert!(text.contains("conflicting_targets"), "findings are there to be put in order");
}

/// A stock of every office with a forecast, and so many offices together: two kinds of questions.
fn many() -> (PlanDraft, Vec<FactDraft>) {
    let forecast = ForecastDraft {
        method: Some(ForecastMethod::Automatic),
        every: Some(Every::Month),
        backtest: Some(true),
        ..ForecastDraft::default()
    };
    let usual = |id: &str| TargetDraft {
        at_least: Some(Number::from(70)),
        baseline: Some(BaselineDraft::Named("2025-01".to_owned())),
        forecast: Some(forecast.clone()),
        ..target(id, "desks", "2025")
    };
    let each = TargetDraft { scope: Some(ScopeDraft::Named("each".to_owned())), ..usual("each-office") };
    let most = TargetDraft {
        scope: Some(ScopeDraft::Given(ScopeTable { at_least: Some(40) })),
        baseline: None,
        ..usual("most-offices")
    };
    let offices = (0..OFFICES).map(|place| unit(&format!("office-{place}"), Some("office")));
    let plan = PlanDraft {
        units: std::iter::once(unit("office", None)).chain(offices).collect(),
        indicators: vec![IndicatorDraft { report_due_days: Some(15), ..indicator("desks", Kind::Stock) }],
        targets: vec![each, most],
        ..empty_plan()
    };
    // Some offices report nothing, others fall instead of rising.
    let row = |office: i64, month: i64| FactDraft {
        unit: Some(format!("office-{office}")),
        value: Some(Number::from(50 + (office * 7 + month * (office % 5 - 1) * 3 + month * month) % 40)),
        ..fact("desks", &format!("2025-{month:02}"))
    };
    let reporting = (0..OFFICES).filter(|office| office % 11 != 10);
    (plan, reporting.flat_map(|office| (1..=9).map(move |month| row(office, month))).collect())
}

#[test]
fn many_units_with_forecasts() {
    let (plan, rows) = many();
    let text = agreed(|| json(&card(plan.clone(), rows.clone(), day("2025-10-10"))));
    let card = card(plan, rows, day("2025-10-10"));
    assert_eq!(json(&card), text);
    // The owner, every office, and the offices together, in the order of the plan.
    let units: Vec<&str> = card.assessments().iter().map(|one| &*one.unit).collect();
    let expected: Vec<String> = (0..OFFICES).map(|place| format!("office-{place}")).collect();
    assert_eq!(units[1..=expected.len()], expected);
    assert_eq!((units[0], units.len()), ("office", expected.len() + 2));
    assert!(card.assessments().iter().filter(|one| one.forecast.is_ok()).count() > 40);
}
