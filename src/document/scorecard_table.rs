//! The scorecard as a table, whatever it is written in: its columns, and what stands in their cells; one row an assessment.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::assess::{Assessment, Bound, CasesNeeded, Computed, Forecast, Pace, SurveyReading};
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Citation, Target};
use crate::scorecard::Scorecard;
use crate::statistics::Estimate;

/// What stands in a cell: nothing where it does not apply to the row; why there is none where it can not be computed.
pub(crate) type Cell<T> = Computed<Option<T>>;

/// A text, or a code.
pub(crate) type Text = Cow<'static, str>;

/// A column of the table.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) cells: Cells,
}

/// What stands in the cells of a column, by its type.
#[derive(Clone, Copy)]
pub(crate) enum Cells {
    Text(fn(&Row<'_>) -> Cell<Text>),
    Texts(fn(&Row<'_>) -> Cell<Vec<Text>>),
    Flag(fn(&Row<'_>) -> Cell<bool>),
    Count(fn(&Row<'_>) -> Cell<i64>),
    Day(fn(&Row<'_>) -> Cell<NaiveDate>),
    Number(fn(&Row<'_>) -> Cell<Ratio>),
    Estimate(fn(&Row<'_>) -> Cell<Estimate>),
}

/// A row of the table.
pub(crate) struct Row<'a> {
    of: &'a Assessment,
    target: Option<&'a Target>,
    citation: Option<&'a Citation>,
    /// Part and whole, of what has them.
    counts: Option<(Ratio, Ratio)>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(card: &'a Scorecard, of: &'a Assessment) -> Self {
        let counts = of.actual.measure.as_ref().and_then(Measure::quotient);
        Self { of, target: card.target(of), citation: card.citation(of), counts }
    }

    /// An end of a range; why there is none is said by the threshold.
    fn range(&self, end: impl FnOnce((&'a Ratio, &'a Ratio)) -> &'a Ratio) -> Cell<Ratio> {
        match &self.of.threshold.bound {
            Ok(Bound::Between(low, high)) => Ok(Some(end((low, high)).clone())),
            _ => Ok(None),
        }
    }

    fn path<T>(&self, of: impl FnOnce(&Pace) -> Computed<T>) -> Cell<T> {
        within(&self.of.path, of)
    }

    fn forecast<T>(&self, of: impl FnOnce(&Forecast) -> Computed<T>) -> Cell<T> {
        within(&self.of.forecast, of)
    }

    fn survey<T>(&self, of: impl FnOnce(&SurveyReading) -> Computed<T>) -> Cell<T> {
        self.of.survey.as_ref().map_or(Ok(None), |survey| within(survey, of))
    }

    fn cases<T>(&self, of: impl FnOnce(&CasesNeeded) -> Computed<T>) -> Cell<T> {
        within(&self.of.cases, of)
    }
}

/// What is computed within something that is computed itself.
fn within<T, U>(outer: &Computed<T>, inner: impl FnOnce(&T) -> Computed<U>) -> Cell<U> {
    outer.as_ref().map_err(|reason| *reason).and_then(inner).map(Some)
}

fn text(text: impl Into<Text>) -> Cell<Text> {
    Ok(Some(text.into()))
}

fn perhaps(text: Option<&str>) -> Cell<Text> {
    Ok(text.map(|text| text.to_owned().into()))
}

fn count(count: usize) -> Cell<i64> {
    // No list is longer than that.
    Ok(i64::try_from(count).ok())
}

/// The columns in order, each with its type and what stands in a row of it.
macro_rules! columns {
    ($($name:literal: $kind:ident = $cell:expr;)*) => {
        /// The columns of a scorecard as a table, in order.
        ///
        /// In CSV, what can not be computed is `undefined:<reason>`, and what does not apply to the row is empty.
        pub const SCORECARD_COLUMNS: [&str; 56] = [$($name),*];

        /// The columns of [`SCORECARD_COLUMNS`], with what stands in them.
        pub(crate) const COLUMNS: [Column; SCORECARD_COLUMNS.len()] =
            [$(Column { name: $name, cells: Cells::$kind($cell) }),*];
    };
}

columns! {
    "target": Text = |row| text(row.of.target.to_string());
    "key": Text = |row| perhaps(row.target.and_then(Target::row));
    "indicator": Text = |row| text(row.of.indicator.to_string());
    "unit": Text = |row| text(row.of.unit.to_string());
    "period": Text = |row| text(row.of.period_label());
    "status": Text = |row| text(row.of.status.code());
    "group": Text = |row| text(row.of.group().code());
    "row": Count = |row| Ok(Some(row.of.row.into()));
    "reasons": Texts = |row| Ok(Some(row.of.reasons.iter().map(|reason| reason.code().into()).collect()));
    "provisional": Flag = |row| Ok(Some(row.of.provisional));
    "actual": Number = |row| row.of.actual.value.clone().map(Some);
    "on": Day = |row| Ok(row.of.actual.on);
    "counted": Number = |row| Ok(row.counts.as_ref().map(|(part, _)| part.clone()));
    "of": Number = |row| Ok(row.counts.as_ref().map(|(_, whole)| whole.clone()));
    "reported": Count = |row| count(row.of.actual.coverage.reported);
    "expected": Count = |row| count(row.of.actual.coverage.expected);
    "missing": Texts = |row| Ok(Some(row.of.actual.coverage.missing.iter().map(|of| of.to_string().into()).collect()));
    "requirement": Text = |row| Ok(row.target.map(|target| target.requirement().code().into()));
    "threshold": Number = |row| row.of.threshold.bound.clone().map(|bound| bound.threshold().cloned());
    "low": Number = |row| row.range(|(low, _)| low);
    "high": Number = |row| row.range(|(_, high)| high);
    "attainable": Number = |row| Ok(row.of.threshold.attainable.clone());
    "due": Day = |row| Ok(row.of.threshold.due);
    "baseline": Number = |row| row.of.baseline.value.clone().map(Some);
    "baseline_on": Day = |row| Ok(row.of.baseline.on);
    "variance": Number = |row| row.of.variance.clone().map(Some);
    "shortfall": Number = |row| row.of.shortfall.clone().map(Some);
    "shortfall_share": Number = |row| row.of.shortfall_share.clone().map(Some);
    "ratio_to_target": Number = |row| row.of.ratio_to_target.clone().map(Some);
    "progress": Number = |row| row.of.progress.clone().map(Some);
    "path_expected": Number = |row| row.path(|path| path.expected.clone());
    "planned_progress": Number = |row| row.path(|path| path.planned_progress.clone());
    "pace": Number = |row| row.path(|path| path.pace.clone());
    "lead_days": Count = |row| row.path(|path| path.lead_days);
    "observed_rate": Number = |row| row.path(|path| path.observed_rate.clone());
    "required_rate": Number = |row| row.path(|path| path.required_rate.clone());
    "acceleration_needed": Number = |row| row.path(|path| path.acceleration_needed.clone());
    "change_previous": Number = |row| within(&row.of.changes.previous, |change| Ok(change.points.clone()));
    "change_year_before": Number = |row| within(&row.of.changes.year_before, |change| Ok(change.points.clone()));
    "forecast": Estimate = |row| row.forecast(|forecast| Ok(forecast.value));
    "forecast_low": Estimate = |row| row.forecast(|forecast| Ok(forecast.interval.0));
    "forecast_high": Estimate = |row| row.forecast(|forecast| Ok(forecast.interval.1));
    "forecast_probability": Estimate = |row| row.forecast(|forecast| forecast.probability);
    "survey_low": Estimate = |row| row.survey(|survey| Ok(survey.interval.0));
    "survey_high": Estimate = |row| row.survey(|survey| Ok(survey.interval.1));
    "survey_certainty": Text = |row| row.survey(|survey| survey.certainty.map(|certainty| certainty.code().into()));
    "short_by": Number = |row| row.cases(|cases| Ok(cases.short_by.clone()));
    "allowance": Number = |row| row.cases(|cases| Ok(cases.allowance.clone()));
    "successes_needed_in_a_row": Number = |row| row.cases(|cases| cases.successes_needed_in_a_row.clone());
    "needed_of_remaining": Number = |row| row.cases(|cases| cases.needed_of_remaining.clone());
    "feasibility": Text = |row| row.cases(|cases| cases.feasibility.map(|feasibility| feasibility.code().into()));
    "lost_since": Day = |row| Ok(row.of.lost_since);
    "section": Text = |row| perhaps(row.citation.and_then(|citation| citation.section.as_deref()));
    "line": Count = |row| Ok(row.citation.and_then(|citation| citation.line).map(i64::from));
    "clause": Text = |row| perhaps(row.citation.and_then(|citation| citation.clause.as_deref()));
    "assumed": Text = |row| perhaps(row.target.and_then(Target::assumed));
}
