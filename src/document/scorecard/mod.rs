//! The scorecard as a document, `attain-scorecard/1`: the fields that other systems read.
//!
//! Decimals are text, rounded once to 12 places. What can not be computed is `{"undefined": "<reason>"}`.

mod cases;
mod change;
mod contribution;
mod figures;
mod forecast;
mod path;
mod steps;
mod summary;
mod survey;

use serde::Serialize;

pub use cases::{CasesDocument, RemainderDocument};
pub use change::{ChangeDocument, ChangesDocument};
pub use contribution::{ContributionDocument, MovementDocument};
pub use figures::{ActualDocument, CoverageDocument, FiguresDocument};
pub use forecast::{BacktestDocument, ErrorsDocument, ForecastDocument, TrendDocument};
pub use path::{AnchorDocument, PathDocument};
pub use steps::{ClauseDocument, FactDocument, RowDocument, SourceDocument, StepDocument};
pub use summary::{Named, SummaryDocument};
pub use survey::{SurveyDifferenceDocument, SurveyDocument};

use cases::cases;
pub(super) use figures::actual;
use steps::steps;

use crate::assess::{Assessment, Bound, Computed, Finding, Quantity};
use crate::number::Ratio;
use crate::plan::{Citation, Language, Remark};
use crate::scorecard::Scorecard;
use crate::time::Day;

/// The format that this version writes.
pub const SCORECARD_FORMAT: &str = "attain-scorecard/1";

/// A value, or why there is none: `"46.8"` or `{"undefined": "no_baseline"}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Defined<T> {
    /// Why there is none.
    Undefined {
        /// The reason, from the closed list.
        undefined: String,
    },
    /// The value.
    Value(T),
}

impl<T> Defined<T> {
    fn of<S>(computed: &Computed<S>, write: impl FnOnce(&S) -> T) -> Self {
        match computed {
            Ok(value) => Self::Value(write(value)),
            Err(reason) => Self::Undefined { undefined: reason.code().to_owned() },
        }
    }
}

/// A decimal as text, or why there is none.
pub type Decimal = Defined<String>;

pub(super) fn decimal(quantity: &Quantity) -> Decimal {
    Defined::of(quantity, Ratio::to_string)
}

macro_rules! document {
    ($($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $field:ident : $type:ty,)* })*) => {$(
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$inner])* pub $field: $type,)* }
    )*};
}

pub(super) use document;

document! {
    /// A whole scorecard.
    ScorecardDocument {
        /// `attain-scorecard/1`.
        format: String,
        /// Which plan.
        plan: PlanReference,
        /// The day that is spoken of.
        as_of: Day,
        /// The day up to which records count as known.
        known_on: Day,
        /// In the order of targets and units in the plan, then of periods.
        assessments: Vec<AssessmentDocument>,
        /// How many of each.
        summary: SummaryDocument,
        /// What the plan says and nothing can compute.
        remarks: Vec<RemarkDocument>,
        /// What an auditor should see besides.
        findings: Vec<FindingDocument>,
        /// The ids of the targets that are not law on the day.
        not_in_force: Vec<String>,
    }
    /// Which plan, in which version.
    PlanReference {
        /// The plan's id.
        id: String,
        /// `sha256:` and the SHA-256 of the plan's canonical JSON, in hexadecimal.
        hash: String,
    }
    /// One target, unit and time.
    AssessmentDocument {
        /// The target's id.
        target: String,
        /// The caller's own key of the target.
        #[serde(skip_serializing_if = "Option::is_none")]
        key: Option<String>,
        /// The indicator's id.
        indicator: String,
        /// The unit's id.
        unit: String,
        /// The judged days: a label, `first/last`, or `undated`.
        period: String,
        /// The status.
        status: String,
        /// Whether that is good news.
        group: String,
        /// The row of the status table that fired.
        row: u8,
        /// Why no row above it applies.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        rows: Vec<RowDocument>,
        /// Why, or what decided.
        reasons: Vec<String>,
        /// Whether a fact behind the actual may still be revised.
        provisional: bool,
        /// What was reached.
        actual: ActualDocument,
        /// What is required.
        threshold: ThresholdDocument,
        /// What is measured from.
        baseline: BaselineDocument,
        /// The signed difference to the threshold.
        variance: Decimal,
        /// What is lacking.
        shortfall: Decimal,
        /// The shortfall as a share of the threshold.
        shortfall_share: Decimal,
        /// The actual in terms of the target.
        ratio_to_target: Decimal,
        /// How much of the way from the baseline is done.
        progress: Decimal,
        /// The path to the target, and how the actual stands against it.
        path: Defined<PathDocument>,
        /// What has changed since earlier periods.
        changes: ChangesDocument,
        /// Where the series so far leads to; it never decides whether a target is met.
        forecast: Defined<ForecastDocument>,
        /// How sure a survey is of its verdict.
        #[serde(skip_serializing_if = "Option::is_none")]
        survey: Option<Defined<SurveyDocument>>,
        /// What is missing, in cases.
        cases: Defined<CasesDocument>,
        /// What the rest has to bring.
        #[serde(skip_serializing_if = "Option::is_none")]
        remainder: Option<RemainderDocument>,
        /// The end of the first period at which the target was lost.
        #[serde(skip_serializing_if = "Option::is_none")]
        lost_since: Option<Day>,
        /// What each unit directly below adds, where the figure is rolled up.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        contributions: Vec<ContributionDocument>,
        /// How each unit stands, where so many of them are promised.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        units: Vec<UnitDocument>,
        /// Where the promise stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        citation: Option<Citation>,
        /// How the numbers were derived, each step after those it rests on.
        steps: Vec<StepDocument>,
    }
    /// What is required.
    ThresholdDocument {
        /// The threshold; a range has `low` and `high` in its place.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Decimal>,
        /// The lower end of a range.
        #[serde(skip_serializing_if = "Option::is_none")]
        low: Option<String>,
        /// The higher end of a range.
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<String>,
        /// For whole things: the last whole number that meets the threshold.
        attainable: Option<String>,
        /// The day on which the target is due.
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
    }
    /// What is measured from.
    BaselineDocument {
        /// The value.
        value: Decimal,
        /// Its day.
        on: Option<Day>,
    }
    /// How one of several units stands.
    UnitDocument {
        /// The unit's id.
        unit: String,
        /// Its status.
        status: String,
        /// Its value.
        value: Decimal,
    }
    /// What the plan says and nothing can compute.
    RemarkDocument {
        /// The caller's own key.
        #[serde(skip_serializing_if = "Option::is_none")]
        row: Option<String>,
        /// Why nothing can be computed.
        why: String,
        /// Where it stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        citation: Option<Citation>,
    }
    /// What an auditor should see besides the verdicts.
    FindingDocument {
        /// The kind of finding.
        code: String,
        /// Where.
        #[serde(rename = "where")]
        place: String,
        /// In one sentence.
        detail: String,
    }
}

impl ScorecardDocument {
    /// The document of a scorecard.
    #[must_use]
    pub fn new(card: &Scorecard) -> Self {
        Self {
            format: SCORECARD_FORMAT.to_owned(),
            plan: PlanReference { id: card.plan().id().to_owned(), hash: card.plan().hash() },
            as_of: Day(card.as_of()),
            known_on: Day(card.known_on()),
            assessments: card.assessments().iter().map(|assessment| AssessmentDocument::new(card, assessment)).collect(),
            summary: SummaryDocument::new(&card.summary()),
            remarks: card.remarks().iter().map(RemarkDocument::new).collect(),
            findings: card.findings().iter().map(FindingDocument::new).collect(),
            not_in_force: card.not_in_force().map(|target| target.id().to_owned()).collect(),
        }
    }
}

impl AssessmentDocument {
    /// The document of one assessment of a scorecard.
    #[must_use]
    pub fn new(card: &Scorecard, of: &Assessment) -> Self {
        let plan = card.plan();
        Self {
            target: of.target.to_string(),
            key: card.target(of).and_then(|target| target.row()).map(str::to_owned),
            indicator: of.indicator.to_string(),
            unit: of.unit.to_string(),
            period: of.period_label(),
            status: of.status.code().to_owned(),
            group: of.group().code().to_owned(),
            row: of.row,
            rows: of.rows_above.iter().map(|(row, because)| RowDocument { row, because: because.code().to_owned() }).collect(),
            reasons: of.reasons.iter().map(|reason| reason.code().to_owned()).collect(),
            provisional: of.provisional,
            actual: actual(plan, of),
            threshold: threshold(of),
            baseline: BaselineDocument { value: decimal(&of.baseline.value), on: of.baseline.on.map(Day) },
            variance: decimal(&of.variance),
            shortfall: decimal(&of.shortfall),
            shortfall_share: decimal(&of.shortfall_share),
            ratio_to_target: decimal(&of.ratio_to_target),
            progress: decimal(&of.progress),
            path: Defined::of(&of.path, PathDocument::new),
            changes: ChangesDocument::new(&of.changes),
            forecast: Defined::of(&of.forecast, ForecastDocument::new),
            survey: of.survey.as_ref().map(|survey| Defined::of(survey, SurveyDocument::new)),
            cases: Defined::of(&of.cases, cases),
            remainder: of.remainder.as_ref().map(RemainderDocument::new),
            lost_since: of.lost_since.map(Day),
            contributions: of.contributions.iter().map(|part| ContributionDocument::new(plan, part)).collect(),
            units: of
                .units
                .iter()
                .map(|unit| UnitDocument {
                    unit: unit.unit.to_string(),
                    status: unit.status.code().to_owned(),
                    value: decimal(&unit.value),
                })
                .collect(),
            citation: card.citation(of).cloned(),
            steps: steps(plan, of),
        }
    }
}

pub(super) fn threshold(of: &Assessment) -> ThresholdDocument {
    let (value, low, high) = match &of.threshold.bound {
        Ok(Bound::Between(low, high)) => (None, Some(low.to_string()), Some(high.to_string())),
        Ok(bound) => (bound.threshold().map(|t| Defined::Value(t.to_string())), None, None),
        Err(reason) => (Some(Defined::Undefined { undefined: reason.code().to_owned() }), None, None),
    };
    ThresholdDocument {
        value,
        low,
        high,
        attainable: of.threshold.attainable.as_ref().map(Ratio::to_string),
        due: of.threshold.due.map(Day),
    }
}

impl RemarkDocument {
    fn new(remark: &Remark) -> Self {
        Self { row: remark.row().map(str::to_owned), why: remark.why().to_owned(), citation: remark.citation().cloned() }
    }
}

impl FindingDocument {
    fn new(finding: &Finding) -> Self {
        Self { code: finding.code.code().to_owned(), place: finding.place.clone(), detail: finding.detail(Language::English) }
    }
}
