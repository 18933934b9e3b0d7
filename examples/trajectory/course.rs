//! The target, its quarters, and what the library says of them; `examples/trajectory.rs` prints what is found here and
//! `tests/it/trajectory.rs` tests it.

use std::error::Error;

use attain::facts::{Measure, State};
use attain::number::{Number, Ratio};
use attain::plan::{ByDraft, Every, ForecastDraft, ForecastMethod, ForecastScale};
use attain::time::{Cadence, Calendar, Period};
use attain::{AsOf, Assessment, Facts, Faults, Plan, assess};
use chrono::{Days, NaiveDate};

const PLAN: &str = include_str!("plan.toml");
const QUARTERS: &str = include_str!("quarters.csv");

/// How many days after a quarter its figure is there, as the plan says.
const REPORTED_AFTER: Days = Days::new(15);

/// The day that the outlooks are made on unless another is asked for: half-way, when all is open.
pub(crate) const HALF_WAY: &str = "2023-12-31";

/// The judged period of the target.
pub(crate) const JUDGED: &str = "2025";

/// The methods that are held against each other.
pub(crate) const METHODS: [ForecastMethod; 3] = [ForecastMethod::Linear, ForecastMethod::TheilSen, ForecastMethod::HoltDamped];

/// A quarter with its own share, which the year so far is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quarter {
    pub(crate) period: Period,
    /// Handled online, of all.
    pub(crate) dossiers: (Ratio, Ratio),
}

impl Quarter {
    /// In percent.
    pub(crate) fn share(&self) -> Option<Ratio> {
        let (part, whole) = &self.dossiers;
        (part * Ratio::from(100)).divided_by(whole)
    }
}

/// The quarters from 2021 to 2025, by what was known in the end.
pub(crate) fn quarters() -> Result<Vec<Quarter>, Faults> {
    let facts = Facts::from_csv(&Plan::from_toml(PLAN)?, QUARTERS)?;
    let settled = facts.iter().filter(|fact| fact.state() == State::Final);
    let quarter = |fact: &attain::facts::Fact| {
        Some(Quarter { period: fact.period(), dossiers: fact.measure().and_then(Measure::quotient)? })
    };
    Ok(settled.filter_map(quarter).collect())
}

/// What can be said at the end of a quarter, once its figure is there.
pub(crate) fn at_the_end_of(quarter: &Period) -> Result<Assessment, Box<dyn Error>> {
    assessed(&Plan::from_toml(PLAN)?, quarter.last())
}

/// The target carried on by a method, from the end of a quarter to the end of a period.
///
/// The target itself is judged over 2025. For a quarter the same question is asked of that quarter: that is how the way to
/// the deadline can be drawn.
pub(crate) fn outlook(method: ForecastMethod, from: NaiveDate, to: &str) -> Result<Assessment, Box<dyn Error>> {
    let mut draft = Plan::from_toml(PLAN)?.draft().clone();
    for target in &mut draft.targets {
        target.by = Some(ByDraft(to.to_owned()));
        target.forecast = Some(forecast(method));
    }
    assessed(&draft.validate()?, from)
}

/// Quarters on the logit scale, so that no outlook leaves 0 to 100 %; with the errors that the method would have had.
fn forecast(method: ForecastMethod) -> ForecastDraft {
    let tenths = |tenths: i64| Ratio::new(tenths.into(), 10).and_then(|share| Number::exactly(&share));
    let (smoothed, damped) = match method {
        ForecastMethod::HoltLinear => (true, false),
        ForecastMethod::HoltDamped | ForecastMethod::Automatic => (true, true),
        _ => (false, false),
    };
    ForecastDraft {
        method: Some(method),
        scale: Some(ForecastScale::Logit),
        every: Some(Every::Quarter),
        smoothing_level: tenths(5).filter(|_| smoothed),
        smoothing_trend: tenths(3).filter(|_| smoothed),
        damping: tenths(9).filter(|_| damped),
        backtest: Some(true),
        ..ForecastDraft::default()
    }
}

fn assessed(plan: &Plan, on: NaiveDate) -> Result<Assessment, Box<dyn Error>> {
    let facts = Facts::from_csv(plan, QUARTERS)?;
    let known_on = on.checked_add_days(REPORTED_AFTER).ok_or("no day follows")?;
    let card = assess(plan, &facts, AsOf::from(on).with_known_on(known_on));
    let assessment = card.assessments().first().ok_or("the plan has no target")?;
    Ok(assessment.clone())
}

/// The quarters that follow a day, up to the last day of another.
pub(crate) fn quarters_between(from: NaiveDate, to: NaiveDate) -> Vec<Period> {
    let after = from.succ_opt().and_then(|first| Period::new(first, to));
    after.into_iter().flat_map(|span| Calendar::Gregorian.inside(Cadence::Quarter, &span)).collect()
}
