//! Estimates: how sure a survey is, and where the series so far leads to.

use std::ops::Bound as End;

use super::figures::Summed;
use super::{Derivation, Formula, Found, Input, StepSource, input, nth};
use crate::assess::bound::Bound;
use crate::assess::outlook::{Axis, Forecast};
use crate::assess::survey::SurveyReading;
use crate::facts::Measure;
use crate::number::Ratio;
use crate::plan::{Better, ForecastMethod, ForecastScale};

/// A field of the plan's or target's settings.
fn setting(name: &'static str, value: impl Into<super::StepValue>, field: &'static str) -> Input {
    input(name, value, StepSource::Setting(field))
}

pub(super) fn survey(steps: &mut Derivation<'_>, found: &Found<'_, '_>) -> Option<()> {
    let survey = found.assessment.survey.as_ref()?.as_ref().ok()?;
    let (positive, valid) = (steps.input("positive", "actual.positive")?, steps.input("valid", "actual.valid")?);
    let mut answers = vec![
        positive.clone(),
        valid.clone(),
        setting("method", survey.settings.method.code(), "survey"),
        setting("level", Ratio::from(survey.settings.level), "survey"),
    ];
    answers.extend(steps.input("population", "actual.population").filter(|_| survey.is_corrected));
    let low = steps.publish("survey.low", Formula::SurveyLow, answers.clone(), survey.interval.0);
    let high = steps.publish("survey.high", Formula::SurveyHigh, answers.clone(), survey.interval.1);
    let bound = found.reading.bound();
    if let Ok(size) = survey.settling_size {
        let mut inputs = answers;
        inputs.extend(requirement(found)?);
        steps.publish("survey.settling_size", Formula::SettlingSize, inputs, size_of(size));
    }
    let ends = since_baseline(steps, found, survey, [positive, valid]);
    if let Ok(certainty) = survey.certainty {
        let (formula, inputs) = match (bound, ends) {
            (Some(Bound::Improve(better, _)), Some(ends)) => {
                let better = if *better == Better::Higher { "higher" } else { "lower" };
                let better = setting("better", better, "direction");
                (Formula::CertaintyOfImprovement, ends.into_iter().chain([better]).collect())
            }
            _ => {
                let mut inputs = vec![low.as_input("low"), high.as_input("high")];
                let named = [
                    ("low", "required_low"),
                    ("low_open", "required_low_open"),
                    ("high", "required_high"),
                    ("high_open", "required_high_open"),
                ];
                for input in requirement(found)? {
                    let name = named.iter().find(|(name, _)| *name == input.name).map(|(_, renamed)| *renamed)?;
                    inputs.push(Input { name: name.into(), ..input });
                }
                (Formula::Certainty, inputs)
            }
        };
        steps.publish("survey.certainty", formula, inputs, certainty.code());
    }
    Some(())
}

fn size_of(size: u64) -> Ratio {
    Ratio::new(size.into(), 1).unwrap_or(Ratio::ZERO)
}

/// The values that meet the requirement by the method of the plan, as inputs `low` and `high`; `low_open` and `high_open` are
/// 1 where the end itself does not.
fn requirement(found: &Found<'_, '_>) -> Option<Vec<Input>> {
    let test = found.reading.test.as_ref()?;
    let (low, high) = test.range();
    let source = || StepSource::Clause(found.case.target.id.clone(), found.case.target.requirement.code());
    let ends = [("low", "low_open", low), ("high", "high_open", high)].into_iter().filter_map(|(name, open, end)| {
        let (at, is_open) = match end {
            End::Included(at) => (at, false),
            End::Excluded(at) => (at, true),
            End::Unbounded => return None,
        };
        Some([input(name, at, source()), input(open, Ratio::from(u32::from(is_open)), source())])
    });
    Some(ends.flatten().collect())
}

/// The difference to the baseline's survey; the ends of its interval as inputs.
fn since_baseline(
    steps: &mut Derivation<'_>,
    found: &Found<'_, '_>,
    survey: &SurveyReading,
    [positive, valid]: [Input; 2],
) -> Option<Vec<Input>> {
    let difference = survey.difference.as_ref().ok()?;
    let start = found.reading.start.as_ref().ok()?;
    let Some(Measure::Quotient { part, whole, .. }) = &start.measure else { return None };
    let indicator = found.case.context.indicator(start.used.first()?.indicator)?;
    let mut counted = |name: &'static str, column_name: &'static str, result: &Ratio| {
        let terms = super::figures::terms(indicator, &start.used, &[column_name]);
        super::figures::total(steps, None, terms, result).as_input(name)
    };
    let inputs = vec![positive, valid, counted("earlier_positive", "positive", part), counted("earlier_valid", "valid", whole)];
    let of = |field: &str| format!("survey.since_baseline.{field}");
    steps.publish(of("points"), Formula::SurveyPoints, inputs.clone(), &difference.points);
    let mut inputs = inputs;
    inputs.push(setting("level", Ratio::from(survey.settings.level), "survey"));
    let low = steps.publish(of("low"), Formula::NewcombeLow, inputs.clone(), difference.interval.0);
    let high = steps.publish(of("high"), Formula::NewcombeHigh, inputs, difference.interval.1);
    Some(vec![low.as_input("low"), high.as_input("high")])
}

pub(super) fn forecast(steps: &mut Derivation<'_>, found: &Found<'_, '_>) -> Option<()> {
    let forecast = found.assessment.forecast.as_ref().ok()?;
    let series = series(steps, found, forecast)?;
    let carried = |more: Vec<Input>| series.iter().cloned().chain(more).collect::<Vec<Input>>();
    let deadline = forecast.axis.number(forecast.on)?;
    let x = input("x", Ratio::from(deadline), StepSource::Calendar);
    steps.publish("forecast.value", Formula::ForecastValue, carried(vec![x.clone()]), forecast.value);
    let level = setting("level", Ratio::from(forecast.level), "forecast");
    let of_interval = || carried(vec![x.clone(), level.clone()]);
    steps.publish("forecast.low", Formula::ForecastLow, of_interval(), forecast.interval.0);
    steps.publish("forecast.high", Formula::ForecastHigh, of_interval(), forecast.interval.1);
    let ends = requirement(found).unwrap_or_default();
    if let Ok(probability) = forecast.probability {
        let mut inputs = vec![x];
        inputs.extend(ends.iter().filter(|end| end.name != "strict").cloned());
        steps.publish("forecast.probability", Formula::ForecastProbability, carried(inputs), probability);
    }
    if let Ok(day) = forecast.reached_on {
        let last = found.points.get(forecast.points.checked_sub(1)?)?;
        if day == last.on {
            let stands = last.figure.used.last().copied().map_or(StepSource::Calendar, super::path::day_of);
            steps.publish("forecast.reached_on", Formula::ReachedAlready, vec![input("on", day, stands)], day);
        } else {
            let (from, months) = match forecast.axis {
                Axis::Days { from } => (from, 0),
                Axis::Steps { months, from } => (from, months),
            };
            let mut inputs = ends;
            inputs.extend([
                input("until", Ratio::from(forecast.axis.end_of_sight()), StepSource::Calendar),
                input("from", from, StepSource::Calendar),
                input("months", Ratio::from(months), StepSource::Calendar),
            ]);
            steps.publish("forecast.reached_on", Formula::ForecastReached, carried(inputs), day);
        }
    }
    Some(())
}

/// The series with the way in which it is carried on.
fn series(steps: &mut Derivation<'_>, found: &Found<'_, '_>, forecast: &Forecast) -> Option<Vec<Input>> {
    let mut inputs = Vec::new();
    for (place, point) in found.points.iter().take(forecast.points).enumerate() {
        let summed = Summed::new(found.reading.indicator, &point.figure, Some(&point.value));
        let value = summed.derive(steps, None, None)?;
        inputs.push(nth("x", place, Ratio::from(forecast.axis.number(point.on)?), StepSource::Calendar));
        inputs.push(value.as_input(format!("value {}", place + 1)));
    }
    inputs.push(setting("method", forecast.method.code(), "forecast"));
    inputs.push(setting("scale", forecast.scale.code(), "forecast"));
    if forecast.scale == ForecastScale::Logit {
        let (low, high) = found.reading.indicator.bounds.exact();
        inputs.extend([setting("lowest", low?, "bounds"), setting("highest", high?, "bounds")]);
    }
    if let (ForecastMethod::HoltLinear | ForecastMethod::HoltDamped, Some(smoothing)) =
        (forecast.method, found.case.target.forecasting.smoothing)
    {
        inputs.push(setting("smoothing_level", Ratio::from(smoothing.level), "forecast"));
        inputs.push(setting("smoothing_trend", Ratio::from(smoothing.trend), "forecast"));
        if forecast.method == ForecastMethod::HoltDamped {
            inputs.push(setting("damping", Ratio::from(smoothing.damping?), "forecast"));
        }
    }
    Some(inputs)
}
