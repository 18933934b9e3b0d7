//! Short ways to plans, facts and scorecards.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test stops it where its input is not what the test meant")]
#![allow(dead_code, reason = "each module of the test binary uses some of these")]

use attain::assess::Assessment;
use attain::facts::FactDraft;
use attain::number::{Number, Ratio};
use attain::plan::{ByDraft, HeaderDraft, IndicatorDraft, Kind, PLAN_FORMAT, PlanDraft, TargetDraft, UnitDraft};
use attain::time::{Day, parse_day};
use attain::{AsOf, Facts, Plan, Scorecard, assess};
use chrono::NaiveDate;

#[track_caller]
pub(crate) fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap_or_else(|| panic!("{text:?} is not a day"))
}

#[track_caller]
pub(crate) fn on(text: &str) -> Option<Day> {
    Some(Day(day(text)))
}

#[track_caller]
pub(crate) fn number(text: &str) -> Number {
    text.parse().unwrap_or_else(|fault| panic!("{fault}"))
}

/// A number of tenths: `tenths(468)` is 46.8.
#[track_caller]
pub(crate) fn tenths(tenths: i64) -> Number {
    Number::exactly(&Ratio::new(tenths.into(), 10).unwrap()).unwrap()
}

/// The head of a plan of `office` that starts with 2025, with nothing in it yet.
pub(crate) fn empty_plan() -> PlanDraft {
    PlanDraft {
        format: Some(PLAN_FORMAT.to_owned()),
        plan: HeaderDraft {
            id: Some("plan".to_owned()),
            owner: Some("office".to_owned()),
            start: on("2025-01-01"),
            ..HeaderDraft::default()
        },
        ..PlanDraft::default()
    }
}

pub(crate) fn unit(id: &str, parent: Option<&str>) -> UnitDraft {
    UnitDraft { id: Some(id.to_owned()), parent: parent.map(str::to_owned), ..UnitDraft::default() }
}

pub(crate) fn indicator(id: &str, kind: Kind) -> IndicatorDraft {
    IndicatorDraft { id: Some(id.to_owned()), kind: Some(kind), ..IndicatorDraft::default() }
}

/// A target that requires nothing yet.
pub(crate) fn target(id: &str, indicator: &str, by: &str) -> TargetDraft {
    TargetDraft {
        id: Some(id.to_owned()),
        indicator: Some(indicator.to_owned()),
        by: Some(ByDraft(by.to_owned())),
        ..TargetDraft::default()
    }
}

/// A fact that says nothing yet.
pub(crate) fn fact(indicator: &str, period: &str) -> FactDraft {
    FactDraft { indicator: Some(indicator.to_owned()), period: Some(period.to_owned()), ..FactDraft::default() }
}

/// A fact with figures in the columns of its kind, in their order; what a kind has no column for is left out.
pub(crate) fn figures(kind: Kind, figures: [i64; 4], into: FactDraft) -> FactDraft {
    let [a, b, c, d] = figures.map(|figure| Some(Number::from(figure)));
    match kind {
        Kind::Share => FactDraft { part: a, whole: b, ..into },
        Kind::Ratio => FactDraft { numerator: a, denominator: b, ..into },
        Kind::Mean => FactDraft { total: a, weight: b, ..into },
        Kind::Survey => FactDraft { positive: a, valid: b, ..into },
        Kind::OnTime => FactDraft { in_time: a, late: b, overdue: c, not_due: d, ..into },
        _ => FactDraft { value: a, ..into },
    }
}

#[track_caller]
pub(crate) fn valid(draft: PlanDraft) -> Plan {
    draft.validate().unwrap_or_else(|faults| panic!("{faults}"))
}

#[track_caller]
pub(crate) fn facts(plan: &Plan, rows: impl IntoIterator<Item = FactDraft>) -> Facts {
    Facts::new(plan, rows).unwrap_or_else(|faults| panic!("{faults}"))
}

#[track_caller]
pub(crate) fn card(draft: PlanDraft, rows: impl IntoIterator<Item = FactDraft>, as_of: impl Into<AsOf>) -> Scorecard {
    let plan = valid(draft);
    let facts = facts(&plan, rows);
    assess(&plan, &facts, as_of)
}

/// The only assessment of a scorecard.
#[track_caller]
pub(crate) fn only(card: &Scorecard) -> &Assessment {
    match card.assessments() {
        [one] => one,
        many => panic!("{} assessments", many.len()),
    }
}

#[cfg(feature = "json")]
pub(crate) fn json(card: &Scorecard) -> String {
    let mut text = Vec::new();
    card.write_json(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}
