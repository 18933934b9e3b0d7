//! A pretended provincial system: it keeps the figures that the department reports, and holds them against the plan.

use attain::plan::Waivers;
use attain::time::parse_day;
use attain::{Facts, Faults, Plan, Scorecard, assess};

/// The plan that ships with the library: Decision 333/QĐ-SKHCN.
const PLAN: &str = include_str!("../../../plans/decision-333.toml");
/// What a real system would ask its database for.
const FIGURES: &str = include_str!("../../../plans/decision-333.facts.csv");
/// What the leadership excuses, and until when.
const WAIVERS: &str = include_str!("../waivers.toml");
/// The day that the figures go up to.
const AS_OF: &str = "2025-09-30";

/// The plan against the figures of the system, and what is excused.
///
/// # Errors
/// Every fault of the documents.
pub fn standing() -> Result<(Scorecard, Waivers), Faults> {
    let plan = Plan::from_toml(PLAN)?;
    let facts = Facts::from_csv(&plan, FIGURES)?;
    let waivers = Waivers::from_toml(&plan, WAIVERS)?;
    let as_of = parse_day(AS_OF).unwrap_or_default();
    Ok((assess(&plan, &facts, as_of), waivers))
}
