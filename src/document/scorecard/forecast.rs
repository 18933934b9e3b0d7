//! Where the series so far leads to.

use serde::Serialize;

use super::{Decimal, Defined, document};
use crate::assess::{Axis, Computed, Forecast, MeanErrors, MethodErrors, TrendTest};
use crate::statistics::{Distribution, Estimate};
use crate::time::Day;

document! {
    /// The series so far carried on to the deadline; it never decides whether a target is met.
    ForecastDocument {
        /// The method.
        method: String,
        /// Whether the method was chosen by its errors on the series so far.
        automatic: bool,
        /// `plain` or `logit`.
        scale: String,
        /// The deadline.
        on: Day,
        /// The part of the judged period that the value is of, where the series has shorter steps than that period.
        #[serde(skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// The value at the deadline.
        value: String,
        /// The level of the interval.
        level: String,
        /// The lower end of the prediction interval.
        low: String,
        /// The higher end of the prediction interval.
        high: String,
        /// What the judged period of a flow that can not fall has brought already, where the numbers here would be others
        /// without it.
        #[serde(skip_serializing_if = "Option::is_none")]
        at_least: Option<String>,
        /// `point`, `normal`, `student_t`, `log_student_t`, `logit_normal` or `logit_student_t`.
        distribution: String,
        /// The degrees of freedom of Student's t.
        #[serde(skip_serializing_if = "Option::is_none")]
        degrees_of_freedom: Option<usize>,
        /// The first day at which the forecast meets the requirement.
        reached_on: Defined<Day>,
        /// The probability that the requirement holds at the deadline.
        probability: Decimal,
        /// Whether there is a trend to carry on.
        trend: Defined<TrendDocument>,
        /// How many figures the series has.
        points: usize,
        /// The day of its first figure.
        first: Day,
        /// The day of its last figure.
        last: Day,
        /// `days`, or the number of months of an even step.
        step: String,
        /// The errors that methods would have had on the series so far, where they were asked for.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        backtest: Vec<BacktestDocument>,
    }
    /// The test of Mann and Kendall.
    TrendDocument {
        /// `increasing`, `decreasing` or `none`.
        direction: String,
        /// The probability that a series without trend would look like having at least this one.
        p_value: String,
    }
    /// The errors that one method would have had.
    BacktestDocument {
        /// The method.
        method: String,
        /// One step ahead.
        one_step: Defined<ErrorsDocument>,
        /// As far ahead as the deadline is.
        to_deadline: Defined<ErrorsDocument>,
    }
    /// What errors amount to; an error is the value less its forecast.
    ErrorsDocument {
        /// How many there are.
        count: usize,
        /// The mean of their sizes.
        mean_absolute: String,
        /// The root of the mean of their squares.
        root_mean_square: String,
        /// Their mean.
        bias: String,
    }
}

impl ForecastDocument {
    pub(super) fn new(forecast: &Forecast) -> Self {
        let degrees_of_freedom = match forecast.distribution {
            Distribution::StudentT { degrees }
            | Distribution::LogStudentT { degrees }
            | Distribution::LogitStudentT { degrees } => Some(degrees),
            Distribution::Point | Distribution::Normal | Distribution::LogitNormal => None,
        };
        Self {
            method: forecast.method.code().to_owned(),
            automatic: forecast.is_chosen,
            scale: forecast.scale.code().to_owned(),
            on: Day(forecast.on),
            of: forecast.of.clone(),
            value: forecast.value.to_string(),
            level: forecast.level.to_string(),
            low: forecast.interval.0.to_string(),
            high: forecast.interval.1.to_string(),
            at_least: forecast.at_least.as_ref().map(ToString::to_string),
            distribution: forecast.distribution.code().to_owned(),
            degrees_of_freedom,
            reached_on: Defined::of(&forecast.reached_on, |day| Day(*day)),
            probability: estimate(&forecast.probability),
            trend: Defined::of(&forecast.trend, TrendDocument::new),
            points: forecast.points,
            first: Day(forecast.span.0),
            last: Day(forecast.span.1),
            step: match forecast.axis {
                Axis::Days { .. } => "days".to_owned(),
                Axis::Steps { months, .. } => months.to_string(),
            },
            backtest: forecast.backtests.iter().map(BacktestDocument::new).collect(),
        }
    }
}

fn estimate(value: &Computed<Estimate>) -> Decimal {
    Defined::of(value, Estimate::to_string)
}

impl TrendDocument {
    fn new(trend: &TrendTest) -> Self {
        Self { direction: trend.direction.code().to_owned(), p_value: trend.p_value.to_string() }
    }
}

impl BacktestDocument {
    fn new(errors: &MethodErrors) -> Self {
        Self {
            method: errors.method.code().to_owned(),
            one_step: Defined::of(&errors.one_step, ErrorsDocument::new),
            to_deadline: Defined::of(&errors.to_deadline, ErrorsDocument::new),
        }
    }
}

impl ErrorsDocument {
    fn new(errors: &MeanErrors) -> Self {
        Self {
            count: errors.count,
            mean_absolute: errors.mean_absolute.to_string(),
            root_mean_square: errors.root_mean_square.to_string(),
            bias: errors.bias.to_string(),
        }
    }
}
