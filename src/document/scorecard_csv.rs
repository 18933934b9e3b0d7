//! The scorecard as a table in CSV: one row an assessment.

use std::io::Write;

use crate::assess::{Assessment, Bound, Computed, Quantity, SurveyReading};
use crate::scorecard::Scorecard;
use crate::statistics::Estimate;

/// The columns, in order. What can not be computed is `undefined:<reason>`; what does not apply to the row is empty.
pub const SCORECARD_COLUMNS: [&str; 56] = [
    "target",
    "key",
    "indicator",
    "unit",
    "period",
    "status",
    "group",
    "row",
    "reasons",
    "provisional",
    "actual",
    "on",
    "counted",
    "of",
    "reported",
    "expected",
    "missing",
    "requirement",
    "threshold",
    "low",
    "high",
    "attainable",
    "due",
    "baseline",
    "baseline_on",
    "variance",
    "shortfall",
    "shortfall_share",
    "ratio_to_target",
    "progress",
    "path_expected",
    "planned_progress",
    "pace",
    "lead_days",
    "observed_rate",
    "required_rate",
    "acceleration_needed",
    "change_previous",
    "change_year_before",
    "forecast",
    "forecast_low",
    "forecast_high",
    "forecast_probability",
    "survey_low",
    "survey_high",
    "survey_certainty",
    "short_by",
    "allowance",
    "successes_needed_in_a_row",
    "needed_of_remaining",
    "feasibility",
    "lost_since",
    "section",
    "line",
    "clause",
    "assumed",
];

impl Scorecard {
    /// Writes the scorecard as CSV, one row an assessment, with the columns of [`SCORECARD_COLUMNS`].
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_csv(&self, writer: impl Write) -> std::io::Result<()> {
        let mut csv = csv::Writer::from_writer(writer);
        csv.write_record(SCORECARD_COLUMNS).map_err(std::io::Error::from)?;
        for assessment in self.assessments() {
            csv.write_record(row(self, assessment)).map_err(std::io::Error::from)?;
        }
        csv.flush()
    }
}

/// What is said of something computed, or why it could not be.
fn within<T>(computed: &Computed<T>, say: impl FnOnce(&T) -> String) -> String {
    match computed {
        Ok(value) => say(value),
        Err(reason) => format!("undefined:{reason}"),
    }
}

fn number(quantity: &Quantity) -> String {
    within(quantity, ToString::to_string)
}

fn text<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn row(card: &Scorecard, of: &Assessment) -> [String; 56] {
    let target = card.target(of);
    let citation = card.citation(of);
    let (threshold, low, high) = match &of.threshold.bound {
        Ok(Bound::Between(low, high)) => (String::new(), low.to_string(), high.to_string()),
        Ok(bound) => (text(bound.threshold()), String::new(), String::new()),
        Err(reason) => (format!("undefined:{reason}"), String::new(), String::new()),
    };
    let counts = of.actual.measure.as_ref().and_then(crate::facts::Measure::quotient);
    let survey =
        |say: &dyn Fn(&SurveyReading) -> String| of.survey.as_ref().map(|survey| within(survey, say)).unwrap_or_default();
    let coverage = &of.actual.coverage;
    [
        of.target.to_string(),
        target.and_then(|target| target.row()).unwrap_or_default().to_owned(),
        of.indicator.to_string(),
        of.unit.to_string(),
        of.period_label(),
        of.status.code().to_owned(),
        of.group().code().to_owned(),
        of.row.to_string(),
        of.reasons.iter().map(|reason| reason.code()).collect::<Vec<_>>().join(" "),
        of.provisional.to_string(),
        number(&of.actual.value),
        text(of.actual.on.as_ref()),
        text(counts.as_ref().map(|(part, _)| part)),
        text(counts.as_ref().map(|(_, whole)| whole)),
        coverage.reported.to_string(),
        coverage.expected.to_string(),
        coverage.missing.join(" "),
        target.map(|target| target.requirement().code()).unwrap_or_default().to_owned(),
        threshold,
        low,
        high,
        text(of.threshold.attainable.as_ref()),
        text(of.threshold.due.as_ref()),
        number(&of.baseline.value),
        text(of.baseline.on.as_ref()),
        number(&of.variance),
        number(&of.shortfall),
        number(&of.shortfall_share),
        number(&of.ratio_to_target),
        number(&of.progress),
        within(&of.path, |path| number(&path.expected)),
        within(&of.path, |path| number(&path.planned_progress)),
        within(&of.path, |path| number(&path.pace)),
        within(&of.path, |path| within(&path.lead_days, i64::to_string)),
        within(&of.path, |path| number(&path.observed_rate)),
        within(&of.path, |path| number(&path.required_rate)),
        within(&of.path, |path| number(&path.acceleration_needed)),
        within(&of.changes.previous, |change| change.points.to_string()),
        within(&of.changes.year_before, |change| change.points.to_string()),
        within(&of.forecast, |forecast| forecast.value.to_string()),
        within(&of.forecast, |forecast| forecast.interval.0.to_string()),
        within(&of.forecast, |forecast| forecast.interval.1.to_string()),
        within(&of.forecast, |forecast| within(&forecast.probability, Estimate::to_string)),
        survey(&|survey| survey.interval.0.to_string()),
        survey(&|survey| survey.interval.1.to_string()),
        survey(&|survey| within(&survey.certainty, |certainty| certainty.code().to_owned())),
        within(&of.cases, |cases| cases.short_by.to_string()),
        within(&of.cases, |cases| cases.allowance.to_string()),
        within(&of.cases, |cases| number(&cases.successes_needed_in_a_row)),
        within(&of.cases, |cases| number(&cases.needed_of_remaining)),
        within(&of.cases, |cases| within(&cases.feasibility, |feasibility| feasibility.code().to_owned())),
        text(of.lost_since.as_ref()),
        citation.and_then(|citation| citation.section.clone()).unwrap_or_default(),
        text(citation.and_then(|citation| citation.line.as_ref())),
        citation.and_then(|citation| citation.clause.clone()).unwrap_or_default(),
        target.and_then(|target| target.assumed()).unwrap_or_default().to_owned(),
    ]
}
