//! What was promised: indicators, targets, the units they bind, and the check of a plan as a whole.
//!
//! A document is read into a [`PlanDraft`]; [`PlanDraft::validate`] gives a [`Plan`] or every fault. A plan that
//! exists is valid.

mod citation;
mod draft;
mod entry_positions;
mod estimation;
mod indicator;
mod requirement;
mod said;
mod schedule;
mod target;
mod text;
mod validate;
mod validate_estimation;
mod validate_path;
mod validate_target;
mod waiver;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

pub use citation::{Citation, DocumentReference};
pub use draft::{
    BaselineDraft, BaselineTable, BoundsDraft, ByDraft, DeliverDraft, ForecastDraft, HeaderDraft, InForceDraft, IndicatorDraft,
    OutlookDraft, PLAN_FORMAT, PaceBandsDraft, PathPointDraft, PlanDraft, RemarkDraft, ScopeDraft, ScopeTable, SurveyDraft,
    TargetDraft, UnitDraft, WAIVERS_FORMAT, WaiverDraft, WaiversDraft,
};
pub use estimation::{ForecastMethod, ForecastScale, Forecasting, Smoothing, SurveyInterval, SurveyMethod};
pub use indicator::{Bounds, Direction, Indicator, Kind, WhenNoCases};
pub use requirement::{Better, Change, Requirement};
pub use schedule::{DueDay, DueMonth, Every, Occurrence, Over, WindowState};
pub use target::{Baseline, BaselineRevisions, PathShape, Scope, Severity, Strength, Target};
pub use text::{Language, LocalText};
pub use waiver::{Waiver, Waivers};

pub(crate) use entry_positions::EntryPositions;
pub(crate) use said::fields;
pub(crate) use target::phases_of;
#[cfg(feature = "document")]
pub(crate) use validate_target::REQUIREMENTS;
pub(crate) use waiver::{WaiverScope, waiver_scopes};

use crate::fault::Position;
use crate::number::Number;
use crate::time::Calendar;

/// A body that reports, or that others report to.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganisationUnit {
    pub(crate) id: Arc<str>,
    pub(crate) name: LocalText,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
    /// The units without units below, of which this one consists; the unit itself if it has none below.
    pub(crate) leaves: Vec<usize>,
}

impl OrganisationUnit {
    /// The unit's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its name by language.
    #[must_use]
    pub fn name(&self) -> &LocalText {
        &self.name
    }
}

/// What the text says and nothing can compute.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    pub(crate) row: Option<String>,
    pub(crate) why: String,
    pub(crate) citation: Option<Citation>,
}

impl Remark {
    /// The caller's own key.
    #[must_use]
    pub fn row(&self) -> Option<&str> {
        self.row.as_deref()
    }

    /// Why nothing can be computed.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// Where it stands.
    #[must_use]
    pub fn citation(&self) -> Option<&Citation> {
        self.citation.as_ref()
    }
}

/// From which pace on a target is on track, and from which it is at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceBands {
    /// On track from this pace on.
    pub on_track: Number,
    /// At risk from this pace on, off track below.
    pub at_risk: Number,
}

impl Default for PaceBands {
    /// On track from 0.95 on, at risk from 0.60 on.
    fn default() -> Self {
        let percent = |n: i64| Number::from(rust_decimal::Decimal::new(n, 2));
        Self { on_track: percent(95), at_risk: percent(60) }
    }
}

/// A valid plan: what was promised, by whom, until when.
///
/// ```
/// # #[cfg(feature = "toml")] {
/// let plan = attain::Plan::from_toml(r#"
///     format = "attain-plan/1"
///     [plan]
///     id = "demo"
///     owner = "office"
///     start = 2025-01-01
///     [[indicators]]
///     id = "online"
///     kind = "share"
///     [[targets]]
///     id = "online-2025"
///     indicator = "online"
///     at_least = 80
///     by = "2025"
/// "#)?;
/// assert_eq!(plan.targets().len(), 1);
/// # }
/// # Ok::<(), attain::Faults>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(crate) draft: PlanDraft,
    pub(crate) id: String,
    pub(crate) title: LocalText,
    pub(crate) owner: usize,
    pub(crate) start: NaiveDate,
    pub(crate) calendar: Calendar,
    pub(crate) pace_bands: PaceBands,
    pub(crate) forecasting: Forecasting,
    pub(crate) survey: SurveyInterval,
    pub(crate) units: Vec<OrganisationUnit>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) targets: Vec<Target>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) waivers: Vec<Waiver>,
    /// Where its entries stand in the text that it was read from.
    pub(crate) entries: EntryPositions,
    pub(crate) unit_by_id: BTreeMap<String, usize>,
    pub(crate) indicator_by_id: BTreeMap<String, usize>,
}

impl Plan {
    /// The plan's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its title by language.
    #[must_use]
    pub fn title(&self) -> &LocalText {
        &self.title
    }

    /// The calendar of its period labels.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// The first day of every target's window unless the target says otherwise.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// From which pace on a target is on track, and from which it is at risk.
    #[must_use]
    pub fn pace_bands(&self) -> PaceBands {
        self.pace_bands
    }

    /// The bodies that the plan speaks of.
    #[must_use]
    pub fn units(&self) -> &[OrganisationUnit] {
        &self.units
    }

    /// What is measured.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// What was promised.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The indicator that a target of this plan is about.
    #[must_use]
    pub fn indicator_of(&self, target: &Target) -> Option<&Indicator> {
        self.indicators.get(target.indicator)
    }

    /// The unit that a unit of this plan reports to.
    #[must_use]
    pub fn parent_of(&self, unit: &OrganisationUnit) -> Option<&OrganisationUnit> {
        self.units.get(unit.parent?)
    }

    /// What the text says and nothing can compute.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Which failures the plan itself excuses, by whom, why and how long.
    #[must_use]
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// Where an entry of one of its lists (`units`, `indicators`, `targets`, `remarks`, `waivers`), counted from 0, stands
    /// in the text that the plan was read from; nothing where it was not read from a text.
    #[must_use]
    pub fn position(&self, list: &str, entry: usize) -> Option<Position> {
        self.entries.get(list, entry)
    }

    /// The plan as a document says it; validating it again gives the same plan.
    #[must_use]
    pub fn draft(&self) -> &PlanDraft {
        &self.draft
    }
}
