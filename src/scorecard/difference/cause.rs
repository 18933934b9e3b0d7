//! What can make a verdict change.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::facts::{Fact, FactDraft, Measure, State};
use crate::plan::Plan;
use crate::time::Period;

/// A record that counts, or counted, with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRecord {
    /// The indicator's id.
    pub indicator: Arc<str>,
    /// The unit's id.
    pub unit: Arc<str>,
    /// The period that the figures are of.
    pub period: Period,
    /// The figures, where the record has any.
    pub measure: Option<Measure>,
    /// The last day that the figures cover, where it is not the period's.
    pub through: Option<NaiveDate>,
    /// How settled the figures are.
    pub state: State,
    /// The day the record was made, where it says so.
    pub recorded_on: Option<NaiveDate>,
    /// Who says so.
    pub source: Option<Box<str>>,
    /// The record as a row of the facts format, its unit given in any case.
    pub row: Box<FactDraft>,
}

impl FactRecord {
    pub(crate) fn new(plan: &Plan, fact: &Fact) -> Self {
        let unit: Arc<str> = plan.units.get(fact.unit).map_or_else(|| "".into(), |unit| unit.id.clone());
        Self {
            indicator: plan.indicators.get(fact.indicator).map_or_else(|| "".into(), |about| about.id.clone()),
            row: Box::new(FactDraft { unit: Some(unit.to_string()), ..fact.draft(plan) }),
            unit,
            period: fact.period,
            measure: fact.measure.clone(),
            through: fact.through,
            state: fact.state,
            recorded_on: fact.recorded_on,
            source: fact.source.clone(),
        }
    }
}

/// Which entry of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanEntry {
    /// Its head: what holds for all of it.
    Plan,
    /// A unit, by its id.
    Unit(String),
    /// An indicator, by its id.
    Indicator(String),
    /// A target, by its id.
    Target(String),
}

impl PlanEntry {
    /// The word that documents use.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Unit(_) => "unit",
            Self::Indicator(_) => "indicator",
            Self::Target(_) => "target",
        }
    }

    /// The id, where there are several of the kind.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Plan => None,
            Self::Unit(id) | Self::Indicator(id) | Self::Target(id) => Some(id),
        }
    }
}

/// What came about while time passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeEvent {
    /// What.
    pub what: TimeEventKind,
    /// The day from which it holds.
    pub on: NaiveDate,
    /// The target or period it is about.
    pub of: String,
}

/// A kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TimeEventKind {
    /// A target's window opened.
    WindowOpened,
    /// The judged period began.
    PeriodBegan,
    /// A target's window closed.
    WindowClosed,
    /// The report of a period became due.
    ReportDue,
    /// A target came into force.
    CameIntoForce,
    /// A target went out of force.
    WentOutOfForce,
}

impl TimeEventKind {
    /// Every kind of event.
    pub const ALL: [Self; 6] =
        [Self::WindowOpened, Self::PeriodBegan, Self::WindowClosed, Self::ReportDue, Self::CameIntoForce, Self::WentOutOfForce];

    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::WindowOpened => "window_opened",
            Self::PeriodBegan => "period_began",
            Self::WindowClosed => "window_closed",
            Self::ReportDue => "report_due",
            Self::CameIntoForce => "came_into_force",
            Self::WentOutOfForce => "went_out_of_force",
        }
    }
}

/// What differs between two scorecards and made an assessment another.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "causes are few, and boxes would only make them harder to match")]
pub enum CauseKind {
    /// A fact counts that did not.
    FactAdded(FactRecord),
    /// Another record of a fact counts.
    FactRevised {
        /// The record that counted.
        before: FactRecord,
        /// The record that counts.
        after: FactRecord,
    },
    /// A fact counts no longer.
    FactGone(FactRecord),
    /// The plan says something else.
    PlanChanged {
        /// Where.
        entry: PlanEntry,
        /// The field, or the group of fields (`requirement`, `window`, `path`, `scope`); none where the whole entry is new
        /// or gone.
        field: Option<&'static str>,
        /// What it said; nothing where the field was empty or the entry is new.
        before: Option<String>,
        /// What it says; nothing where the field is empty or the entry is gone.
        after: Option<String>,
    },
    /// Another day is spoken of.
    TimePassed {
        /// The day that was spoken of.
        from: NaiveDate,
        /// The day that is spoken of.
        to: NaiveDate,
        /// What came about in between for this assessment, in the order of the days.
        events: Vec<TimeEvent>,
    },
}

impl CauseKind {
    /// The word that documents use.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::FactAdded(_) => "fact_added",
            Self::FactRevised { .. } => "fact_revised",
            Self::FactGone(_) => "fact_gone",
            Self::PlanChanged { .. } => "plan_changed",
            Self::TimePassed { .. } => "time_passed",
        }
    }
}

/// A cause of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// What.
    pub what: CauseKind,
    /// Whether it made the status another, rather than numbers alone.
    pub turned: bool,
}
