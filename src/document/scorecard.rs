//! The scorecard as a document, `attain-scorecard/1`: the fields that other systems read.
//!
//! Decimals are text, rounded once to 12 places. What can not be computed is `{"undefined": "<reason>"}`.

use serde::Serialize;

use crate::assess::{Assessment, Bound, CasesNeeded, Computed, FactReference, Finding, Quantity, Remainder, Status, Step};
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Citation, Language, Plan, Remark};
use crate::scorecard::{Scorecard, Summary, Tally};
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

fn decimal(quantity: &Quantity) -> Decimal {
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
        /// How the numbers were derived.
        steps: Vec<StepDocument>,
    }
    /// What was reached.
    ActualDocument {
        /// The value.
        value: Decimal,
        /// The figures behind the value, by kind.
        #[serde(flatten)]
        figures: FiguresDocument,
        /// The last day that it covers.
        on: Option<Day>,
        /// The period that was read, where it is not the judged one.
        #[serde(skip_serializing_if = "Option::is_none")]
        period: Option<String>,
        /// How much is reported.
        coverage: CoverageDocument,
        /// What was reported as not applicable.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        not_applicable: Vec<String>,
    }
    /// How much is reported.
    CoverageDocument {
        /// The sub-periods that are reported.
        reported: usize,
        /// The sub-periods that are expected.
        expected: usize,
        /// The expected ones that are not reported.
        missing: Vec<String>,
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
    /// What is missing, in cases.
    CasesDocument {
        /// How many of today's cases would have to be successes besides.
        short_by: String,
        /// How many more misses today's whole would bear.
        allowance: String,
        /// How many successes in a row would reach the threshold.
        successes_needed_in_a_row: Decimal,
        /// `part` or `complement`.
        counts: String,
        /// The cases to come.
        remaining: Decimal,
        /// How many of them have to succeed.
        needed_of_remaining: Decimal,
        /// Which share of them has to succeed.
        required_share: Decimal,
        /// `secured`, `open` or `lost`.
        feasibility: Decimal,
    }
    /// What one unit directly below adds; the parts add up exactly.
    ContributionDocument {
        /// The unit's id.
        unit: String,
        /// Its part of the actual.
        actual: String,
        /// Its part of the variance.
        #[serde(skip_serializing_if = "Option::is_none")]
        variance: Option<String>,
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
    /// One step of the derivation.
    StepDocument {
        /// The name of the formula.
        formula: String,
        /// Its inputs by name.
        inputs: Named<String>,
        /// The result.
        result: String,
        /// The facts that the inputs came from: indicator, unit where it is not the owner, period, and when recorded.
        from: Vec<String>,
    }
    /// How many of each.
    SummaryDocument {
        /// By status.
        by_status: Named<usize>,
        /// By group.
        by_group: Named<usize>,
        /// By the cited section of the plan, the count of each status.
        by_section: Named<Named<usize>>,
        /// By unit, the count of each status.
        by_unit: Named<Named<usize>>,
        /// How many in all.
        assessed: usize,
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

/// The figures behind a value, as the facts format names them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "the columns of the facts format, documented there")]
pub struct FiguresDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub positive: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_due: Option<String>,
    /// The lowest possible final on-time rate: `i/(i+l+o+n)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest: Option<String>,
    /// The highest possible final on-time rate: `(i+n)/(i+l+o+n)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<String>,
    /// The share of cases whose outcome counts: `(i+l+o)/(i+l+o+n)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maturity: Option<String>,
}

/// Names with values, in an order of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Named<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("NamedOf{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
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
            reasons: of.reasons.iter().map(|reason| reason.code().to_owned()).collect(),
            provisional: of.provisional,
            actual: actual(card, of),
            threshold: threshold(of),
            baseline: BaselineDocument { value: decimal(&of.baseline.value), on: of.baseline.on.map(Day) },
            variance: decimal(&of.variance),
            shortfall: decimal(&of.shortfall),
            shortfall_share: decimal(&of.shortfall_share),
            ratio_to_target: decimal(&of.ratio_to_target),
            progress: decimal(&of.progress),
            cases: Defined::of(&of.cases, cases),
            remainder: of.remainder.as_ref().map(RemainderDocument::new),
            lost_since: of.lost_since.map(Day),
            contributions: of
                .contributions
                .iter()
                .map(|part| ContributionDocument {
                    unit: plan.units().get(part.unit).map(|unit| unit.id().to_owned()).unwrap_or_default(),
                    actual: part.to_actual.to_string(),
                    variance: part.to_variance.as_ref().map(Ratio::to_string),
                })
                .collect(),
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
            steps: of.steps.iter().map(|one| step(plan, one)).collect(),
        }
    }
}

/// What the rest has to bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RemainderDocument {
    /// A sum.
    Sum {
        /// What is left to the threshold.
        amount: String,
        /// The sub-periods to come.
        periods: Vec<String>,
        /// What each of them must bring.
        each: Decimal,
    },
    /// A quotient.
    Average {
        /// What is still to come below the line.
        remaining: Decimal,
        /// The average that it must have.
        required_average: Decimal,
    },
}

impl RemainderDocument {
    fn new(remainder: &Remainder) -> Self {
        match remainder {
            Remainder::Sum { amount, periods, each } => {
                Self::Sum { amount: amount.to_string(), periods: periods.clone(), each: decimal(each) }
            }
            Remainder::Average { remaining, required } => {
                Self::Average { remaining: decimal(remaining), required_average: decimal(required) }
            }
        }
    }
}

fn actual(card: &Scorecard, of: &Assessment) -> ActualDocument {
    let actual = &of.actual;
    let kind = card.indicator(of).map(crate::plan::Indicator::kind);
    let coverage = &actual.coverage;
    ActualDocument {
        value: decimal(&actual.value),
        figures: actual.measure.as_ref().map(|measure| figures(kind, measure)).unwrap_or_default(),
        on: actual.on.map(Day),
        period: actual.period.filter(|read| Some(*read) != of.period).map(|read| read.label()),
        coverage: CoverageDocument {
            reported: coverage.reported,
            expected: coverage.expected,
            missing: coverage.missing.clone(),
        },
        not_applicable: actual.not_applicable.clone(),
    }
}

fn figures(kind: Option<crate::plan::Kind>, measure: &Measure) -> FiguresDocument {
    use crate::plan::Kind;
    let mut figures = FiguresDocument::default();
    let text = |number: &Ratio| Some(number.to_string());
    match measure {
        Measure::Quotient { part, whole, population } => {
            let (over, under) = match kind {
                Some(Kind::Ratio) => (&mut figures.numerator, &mut figures.denominator),
                Some(Kind::Mean) => (&mut figures.total, &mut figures.weight),
                Some(Kind::Survey) => (&mut figures.positive, &mut figures.valid),
                _ => (&mut figures.part, &mut figures.whole),
            };
            (*over, *under) = (text(part), text(whole));
            figures.population = population.as_ref().and_then(text);
        }
        Measure::OnTime(cases) => {
            figures.in_time = text(&cases.in_time);
            figures.late = text(&cases.late);
            figures.overdue = text(&cases.overdue);
            figures.not_due = text(&cases.not_due);
            let all = cases.all();
            let percent = |part: Ratio| part.divided_by(&all).map(|share| (share * Ratio::from(100)).to_string());
            figures.lowest = percent(cases.in_time.clone());
            figures.highest = percent(&cases.in_time + &cases.not_due);
            figures.maturity = cases.decided().divided_by(&all).as_ref().and_then(text);
        }
        _ => {}
    }
    figures
}

fn threshold(of: &Assessment) -> ThresholdDocument {
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

fn cases(cases: &CasesNeeded) -> CasesDocument {
    CasesDocument {
        short_by: cases.short_by.to_string(),
        allowance: cases.allowance.to_string(),
        successes_needed_in_a_row: decimal(&cases.successes_needed_in_a_row),
        counts: cases.counts.code().to_owned(),
        remaining: decimal(&cases.remaining),
        needed_of_remaining: decimal(&cases.needed_of_remaining),
        required_share: decimal(&cases.required_share),
        feasibility: Defined::of(&cases.feasibility, |feasibility| feasibility.code().to_owned()),
    }
}

fn step(plan: &Plan, step: &Step) -> StepDocument {
    StepDocument {
        formula: step.formula.to_owned(),
        inputs: Named(step.inputs.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect()),
        result: step.result.to_string(),
        from: step.from.iter().map(|fact| fact_name(plan, fact)).collect(),
    }
}

/// `indicator period`, with the unit where it is not the owner, and the day of the record where there is one.
fn fact_name(plan: &Plan, fact: &FactReference) -> String {
    let mut name = plan.indicators().get(fact.indicator).map(|about| about.id().to_owned()).unwrap_or_default();
    if let Some(unit) = plan.units().get(fact.unit).filter(|_| fact.unit != plan.owner) {
        name = format!("{name} {}", unit.id());
    }
    name = format!("{name} {}", fact.period);
    match fact.recorded_on {
        Some(day) => format!("{name} ({day})"),
        None => name,
    }
}

fn counts(tally: &Tally) -> Named<usize> {
    Named(tally.by_status().map(|(status, count): (Status, usize)| (status.code().to_owned(), count)).collect())
}

impl SummaryDocument {
    fn new(summary: &Summary) -> Self {
        let each = |list: &[(String, Tally)]| Named(list.iter().map(|(name, tally)| (name.clone(), counts(tally))).collect());
        Self {
            by_status: counts(&summary.all),
            by_group: Named(summary.all.by_group().into_iter().map(|(group, count)| (group.code().to_owned(), count)).collect()),
            by_section: each(&summary.by_section),
            by_unit: each(&summary.by_unit),
            assessed: summary.all.total(),
        }
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
