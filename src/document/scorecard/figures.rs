//! What was reached, with the figures behind it.

use serde::Serialize;

use super::{Decimal, decimal, document};
use crate::assess::Assessment;
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Kind, Plan};
use crate::time::Day;

document! {
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

pub(in crate::document) fn actual(plan: &Plan, of: &Assessment) -> ActualDocument {
    let actual = &of.actual;
    let kind = plan.indicators.get(of.places.indicator).map(crate::plan::Indicator::kind);
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

fn figures(kind: Option<Kind>, measure: &Measure) -> FiguresDocument {
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
            figures.lowest = cases.lowest().as_ref().and_then(text);
            figures.highest = cases.highest().as_ref().and_then(text);
            figures.maturity = cases.maturity().as_ref().and_then(text);
        }
        _ => {}
    }
    figures
}
