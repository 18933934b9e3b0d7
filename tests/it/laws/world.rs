//! Whole plans with everything in them, and what is reported of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a world is valid by construction")]

use attain::facts::{FactDraft, State};
use attain::number::{Number, Rounding, RoundingMode};
use attain::plan::{
    BaselineDraft, BaselineRevisions, BaselineTable, ByDraft, Change, Citation, DeliverDraft, Direction, Every, IndicatorDraft,
    Kind, OutlookDraft, Over, PlanDraft, ScopeDraft, ScopeTable, TargetDraft, UnitDraft, WhenNoCases,
};
use attain::time::{Cadence, Calendar, Day, FiscalYear, NamedFor};
use attain::{AsOf, Facts, Plan, Scorecard, assess};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{day, empty_plan, fact, facts, figures, indicator, on, target, tenths, unit, valid};

const KINDS: [Kind; 9] =
    [Kind::Share, Kind::Ratio, Kind::Mean, Kind::Flow, Kind::Stock, Kind::Index, Kind::Survey, Kind::OnTime, Kind::Deliverable];

/// Periods of every length, some of which overlap, some before and some after the judged ones.
const PERIODS: [&str; 16] = [
    "2024",
    "2024-Q4",
    "2025",
    "2025-H1",
    "2025-H2",
    "2025-9M",
    "2025-Q1",
    "2025-Q2",
    "2025-Q3",
    "2025-Q4",
    "2025-01",
    "2025-02",
    "2025-06",
    "2025-12",
    "2026",
    "2025-06-30",
];

/// Days on which records are made; no period ends on any of them.
const RECORDED: [&str; 5] = ["2025-01-07", "2025-04-07", "2025-07-07", "2025-10-07", "2026-02-07"];

/// A plan, what is reported of it, and the day that is spoken of.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) draft: PlanDraft,
    pub(crate) rows: Vec<FactDraft>,
    pub(crate) as_of: NaiveDate,
    pub(crate) known_on: Option<NaiveDate>,
}

impl World {
    #[track_caller]
    pub(crate) fn plan(&self) -> Plan {
        valid(self.draft.clone())
    }

    #[track_caller]
    pub(crate) fn facts(&self, plan: &Plan) -> Facts {
        facts(plan, self.rows.clone())
    }

    pub(crate) fn as_of(&self) -> AsOf {
        let as_of = AsOf::from(self.as_of);
        self.known_on.map_or(as_of, |known_on| as_of.with_known_on(known_on))
    }

    #[track_caller]
    pub(crate) fn card(&self) -> Scorecard {
        let plan = self.plan();
        assess(&plan, &self.facts(&plan), self.as_of())
    }
}

fn at<T: Clone>(list: &[T], place: u8) -> T {
    list[usize::from(place) % list.len()].clone()
}

fn name(list: char, place: usize) -> String {
    format!("{list}{place}")
}

/// A tree of which the first unit is the owner.
fn units() -> impl Strategy<Value = Vec<UnitDraft>> {
    proptest::collection::vec(any::<u8>(), 0..6).prop_map(|parents| {
        let below = parents.iter().enumerate().map(|(place, parent)| {
            let parent = usize::from(*parent) % (place + 1);
            unit(&name('u', place + 1), Some(&name('u', parent)))
        });
        std::iter::once(unit("u0", None)).chain(below).collect()
    })
}

fn calendar() -> impl Strategy<Value = Option<Calendar>> {
    let fiscal = FiscalYear::new(4, NamedFor::Start).map(Calendar::Fiscal);
    prop_oneof![6 => Just(None), 1 => Just(Some(Calendar::Nd09_2019)), 1 => Just(fiscal)]
}

/// The choices of an indicator, as numbers: kind, cadence, days until a report is due, and what else may be said.
type Choices = [u8; 8];

fn an_indicator(place: usize, choices: Choices, units: &[UnitDraft]) -> IndicatorDraft {
    let [kind, cadence, due, cases, overlap, whole, direction, cohort] = choices;
    let kind = at(&KINDS, kind);
    let mut about = indicator(&name('i', place), kind);
    about.reported = at(&[None, Some(Cadence::Quarter), Some(Cadence::Month), Some(Cadence::Year)], cadence);
    about.report_due_days = at(&[None, Some(0), Some(15)], due);
    about.when_no_cases = at(&[None, Some(WhenNoCases::Met), Some(WhenNoCases::Missed)], cases);
    about.periods_overlap = at(&[None, None, None, Some(true)], overlap);
    about.direction = Some(at(&[Direction::Increase, Direction::Decrease], direction));
    match kind {
        Kind::Flow | Kind::Stock => about.whole = at(&[None, Some(true)], whole),
        Kind::OnTime => about.cohort = at(&[None, Some(true)], cohort),
        Kind::Index if whole % 2 == 0 => about.roll_up = Some(false),
        Kind::Index => {
            let weight = |(place, unit): (usize, &UnitDraft)| {
                (unit.id.clone().unwrap(), tenths(5 + i64::try_from(place).unwrap() * i64::from(cohort % 3)))
            };
            about.weights = units.iter().enumerate().map(weight).collect();
        }
        _ => {}
    }
    about
}

fn a_target(place: usize, choices: [u8; 12], indicators: &[IndicatorDraft], units: &[UnitDraft]) -> TargetDraft {
    let [of, form, size, when, from, baseline, tolerance, outlook, scope, rounding, revisions, named] = choices;
    let about = &indicators[usize::from(of) % indicators.len()];
    let kind = about.kind.unwrap();
    let mut one = target(&name('t', place), about.id.as_deref().unwrap(), "2025");
    let number = |size: u8| tenths(at(&[500, 0, 570, 800, 999, 1000, 1001, -10, 100, 468], size));
    let change = at(&[Change::Percent(tenths(100)), Change::Amount(tenths(15)), Change::Percent(tenths(1000))], size);
    let mut is_relative = false;
    if kind == Kind::Deliverable {
        one.deliver = Some(at(&[DeliverDraft::Done(true), DeliverDraft::Count(Number::from(2))], form));
    } else {
        match form % 11 {
            0 | 8 => one.at_least = Some(number(size)),
            1 | 9 => one.at_most = Some(number(size)),
            2 => one.above = Some(number(size)),
            3 => one.below = Some(number(size)),
            4 => one.exactly = Some(number(size)),
            5 => one.between = Some((number(size).min(number(named)), number(size).max(number(named)))),
            6 => one.reduce_by = Some(change),
            7 => one.increase_by = Some(change),
            _ => one.improve = Some(true),
        }
        is_relative = matches!(form % 11, 6 | 7 | 10);
    }
    let ends = ["2025", "2025-H1", "2025-Q2", "2025-06", "2026", "undated"];
    match when % 9 {
        6 => {
            one.by = None;
            one.every = Some(at(&[Every::Quarter, Every::Month, Every::Half], form));
            one.until = on("2026-01-31");
        }
        // Only a civil month surely ends with this day; the check refuses it elsewhere.
        7 => {
            one.by = Some(ByDraft("2025-06-30".to_owned()));
            one.over = Some(at(&[Over::Year, Over::Quarter, Over::Window], size));
        }
        other => one.by = Some(ByDraft(at(&ends, other).to_owned())),
    }
    one.from = at(&[None, None, on("2025-01-01"), on("2025-05-15")], from);
    if is_relative || (kind != Kind::Deliverable && baseline % 2 == 0) {
        let given = BaselineTable { value: Some(number(baseline / 2)), on: on("2024-12-31"), ..BaselineTable::default() };
        let label = |label: &str| BaselineDraft::Named(label.to_owned());
        let forms = [BaselineDraft::Given(given), label("2024"), label("previous"), label("first"), label("2024-Q4")];
        one.baseline = Some(at(&forms, named));
        one.baseline_revisions = at(&[None, Some(BaselineRevisions::Follow)], revisions);
    }
    one.tolerance = at(&[None, None, Some(tenths(5)), Some(tenths(100))], tolerance);
    if kind.has_whole() {
        one.outlook = at(&[None, None, Some(10), Some(100), Some(0)], outlook)
            .map(|whole| OutlookDraft { whole: Some(Number::from(whole)) });
    }
    one.compare_rounded = at(&[None, None, None, Some(Rounding { scale: 0, mode: RoundingMode::HalfUp })], rounding);
    let leaves = units.iter().filter(|unit| !units.iter().any(|below| below.parent == unit.id)).count();
    match scope % 6 {
        0 => one.scope = Some(ScopeDraft::Named("each".to_owned())),
        1 => {
            let at_least = 1 + u32::from(size) % u32::try_from(leaves).unwrap();
            one.scope = Some(ScopeDraft::Given(ScopeTable { at_least: Some(at_least) }));
        }
        2 => one.units = Some(units.iter().filter_map(|unit| unit.id.clone()).collect()),
        _ => {}
    }
    one.citation =
        Some(Citation { section: at(&[None, Some("I.1".to_owned()), Some("II".to_owned())], named), ..Citation::default() });
    one
}

fn a_row(choices: [u8; 12], indicators: &[IndicatorDraft], units: &[UnitDraft]) -> FactDraft {
    let [of, at_unit, period, a, b, c, d, state, recorded, through, done, text] = choices;
    let about = &indicators[usize::from(of) % indicators.len()];
    let kind = about.kind.unwrap();
    let mut row = fact(about.id.as_deref().unwrap(), at(&PERIODS, period));
    row.unit = at(&[None, units[usize::from(at_unit) % units.len()].id.clone()], at_unit / 16);
    row.recorded_on = at(&[None, None, Some(recorded / 3)], recorded).map(|which| Day(day(at(&RECORDED, which))));
    row.source = at(&[None, None, Some("báo cáo, \"quý\"".to_owned())], text);
    row.note = at(&[None, None, None, Some("dòng 1\ndòng 2".to_owned())], text / 4);
    row.through = Some(()).filter(|()| through % 8 == 0 && row.period.as_deref() == Some("2025")).and(on("2025-08-10"));
    row.state = match state % 16 {
        0 => Some(State::Missing),
        1 => Some(State::NotApplicable),
        2 if kind != Kind::Deliverable => Some(State::Expected),
        3 => Some(State::Provisional),
        4 => Some(State::Estimated),
        _ => None,
    };
    if matches!(row.state, Some(State::Missing | State::NotApplicable)) {
        return row;
    }
    let counts = [0_i64, 1, 2, 10, 20, 57, 80, 100, 46];
    let [a, b, c, d] = [a, b, c, d].map(|count| at(&counts, count));
    if kind == Kind::Deliverable {
        row.done_on = at(&[None, on("2025-03-03"), on("2025-12-30"), on("2024-02-02"), on("2026-03-03")], done);
        row.value = at(&[None, None, Some(Number::from(a))], text);
        return row;
    }
    if kind.may_be_bare() && row.state != Some(State::Expected) && done % 12 == 0 {
        row.value = Some(tenths(a.min(100) * 10));
        return row;
    }
    let counted = matches!(kind, Kind::Share | Kind::Survey);
    let mut row = figures(kind, if counted { [a.min(b), b, c, d] } else { [a, b, c, d] }, row);
    if kind == Kind::Survey && done % 2 == 0 && row.state != Some(State::Expected) {
        row.population = Some(Number::from(b + c));
    }
    row
}

/// What says when a row is known, so that no two rows of one thing contradict each other.
fn key(row: &FactDraft) -> (Option<String>, String, Option<String>, Option<Day>, bool) {
    let unit = row.unit.clone().unwrap_or_else(|| "u0".to_owned());
    (row.indicator.clone(), unit, row.period.clone(), row.recorded_on, row.state == Some(State::Expected))
}

pub(crate) fn world() -> impl Strategy<Value = World> {
    let indicators = proptest::collection::vec(any::<Choices>(), 1..5);
    let targets = proptest::collection::vec(any::<[u8; 12]>(), 1..5);
    let rows = proptest::collection::vec(any::<[u8; 12]>(), 0..40);
    let days = vec![
        "2023-06-30",
        "2024-12-31",
        "2025-01-01",
        "2025-02-28",
        "2025-03-31",
        "2025-06-29",
        "2025-06-30",
        "2025-09-14",
        "2025-12-30",
        "2025-12-31",
        "2026-01-31",
        "2027-01-01",
    ];
    let as_of = select(days).prop_map(day);
    let known_on = proptest::option::of(select(RECORDED.to_vec()).prop_map(day));
    (units(), calendar(), indicators, targets, rows, as_of, known_on).prop_map(
        |(units, calendar, indicators, targets, rows, as_of, known_on)| {
            let indicators: Vec<IndicatorDraft> =
                indicators.into_iter().enumerate().map(|(place, choices)| an_indicator(place, choices, &units)).collect();
            let targets: Vec<TargetDraft> =
                targets.into_iter().enumerate().map(|(place, choices)| a_target(place, choices, &indicators, &units)).collect();
            let mut rows: Vec<FactDraft> = rows.into_iter().map(|choices| a_row(choices, &indicators, &units)).collect();
            rows.sort_by_cached_key(key);
            rows.dedup_by_key(|row| key(row));
            let mut draft = PlanDraft { units, indicators, targets, ..empty_plan() };
            draft.plan.owner = Some("u0".to_owned());
            draft.plan.start = on("2024-06-15");
            draft.plan.calendar = calendar;
            keep_valid(&mut draft, &mut rows);
            World { draft, rows, as_of, known_on }
        },
    )
}

/// Leaves out the few targets and rows that the calendar or the kind does not allow; most of them are.
fn keep_valid(draft: &mut PlanDraft, rows: &mut Vec<FactDraft>) {
    let targets = std::mem::take(&mut draft.targets);
    draft.targets = targets
        .into_iter()
        .filter(|target| PlanDraft { targets: vec![target.clone()], ..draft.clone() }.validate().is_ok())
        .collect();
    let plan = valid(draft.clone());
    rows.retain(|row| Facts::new(&plan, [row.clone()]).is_ok());
}
