//! Estimates: how sure a survey is, and where the series so far leads to.

use std::ops::{Bound as End, RangeBounds};

use super::figures::Summed;
use super::range::range;
use super::{Derivation, Formula, Found, Input, StepSource, input, nth};
use crate::assess::bound::Bound;
use crate::assess::outlook::{Axis, Forecast, SoFar};
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
    let people = steps.input("population", "actual.population").filter(|_| survey.is_corrected);
    answers.extend(people.clone());
    let low = steps.publish("survey.low", Formula::SurveyLow, answers.clone(), survey.interval.0);
    let high = steps.publish("survey.high", Formula::SurveyHigh, answers.clone(), survey.interval.1);
    let bound = found.reading.bound();
    // Whether an improvement is one is asked of the difference.
    let required = if matches!(bound, Some(Bound::Improve(..))) { None } else { range(steps, found) }.unwrap_or_default();
    if let Ok(size) = survey.settling_size {
        let mut inputs = answers;
        inputs.extend(required.clone());
        steps.publish("survey.settling_size", Formula::SettlingSize, inputs, size_of(size));
    }
    let ends = since_baseline(steps, found, survey, [positive, valid], people);
    if let Ok(certainty) = survey.certainty {
        let (formula, inputs) = match (bound, ends) {
            (Some(Bound::Improve(better, _)), Some(ends)) => {
                let better = if *better == Better::Higher { "higher" } else { "lower" };
                let mut inputs = ends;
                inputs.push(setting("better", better, "direction"));
                if let Some(rounding) = found.case.target.compare_rounded {
                    inputs.push(setting("places", Ratio::from(rounding.scale), "compare_rounded"));
                }
                (Formula::CertaintyOfImprovement, inputs)
            }
            _ => {
                let mut inputs = vec![low.as_input("low"), high.as_input("high")];
                let renamed = |input: Input| Input { name: format!("required_{}", input.name).into(), ..input };
                inputs.extend(required.into_iter().map(renamed));
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

/// The difference to the baseline's survey; the ends of its interval as inputs.
fn since_baseline(
    steps: &mut Derivation<'_>,
    found: &Found<'_, '_>,
    survey: &SurveyReading,
    [positive, valid]: [Input; 2],
    people: Option<Input>,
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
    let earlier_people = difference.earlier_population.as_ref();
    let earlier_people = earlier_people.map(|people| counted("earlier_population", "population", people));
    let of = |field: &str| format!("survey.since_baseline.{field}");
    steps.publish(of("points"), Formula::SurveyPoints, inputs.clone(), &difference.points);
    let mut inputs = inputs;
    inputs.extend(people);
    inputs.extend(earlier_people);
    inputs.push(setting("level", Ratio::from(survey.settings.level), "survey"));
    let low = steps.publish(of("low"), Formula::NewcombeLow, inputs.clone(), difference.interval.0);
    let high = steps.publish(of("high"), Formula::NewcombeHigh, inputs, difference.interval.1);
    Some(vec![low.as_input("low"), high.as_input("high")])
}

pub(super) fn forecast(steps: &mut Derivation<'_>, found: &Found<'_, '_>) -> Option<()> {
    let forecast = found.assessment.forecast.as_ref().ok()?;
    let series = series(steps, found, forecast)?;
    let brought = SoFar::of(found.reading).and_then(|_| steps.input("so_far", "actual.value"));
    if let (Some(amount), Some(brought)) = (&forecast.at_least, &brought) {
        let stated = Input { name: "value".into(), ..brought.clone() };
        steps.publish("forecast.at_least", Formula::Stated, vec![stated], amount);
    }
    let carried = |more: Vec<Input>| series.iter().cloned().chain(more).collect::<Vec<Input>>();
    let deadline = forecast.axis.number(forecast.on)?;
    let at_deadline: Vec<Input> =
        [input("x", Ratio::from(deadline), StepSource::Calendar)].into_iter().chain(brought.clone()).collect();
    steps.publish("forecast.value", Formula::ForecastValue, carried(at_deadline.clone()), forecast.value);
    let mut of_interval = carried(at_deadline.clone());
    of_interval.push(setting("level", Ratio::from(forecast.level), "forecast"));
    steps.publish("forecast.low", Formula::ForecastLow, of_interval.clone(), forecast.interval.0);
    steps.publish("forecast.high", Formula::ForecastHigh, of_interval, forecast.interval.1);
    let ends = range(steps, found)?;
    if let Ok(probability) = forecast.probability {
        let inputs = at_deadline.into_iter().chain(ends.clone()).collect();
        steps.publish("forecast.probability", Formula::ForecastProbability, carried(inputs), probability);
    }
    reached(steps, found, forecast, &series, brought, ends)
}

/// The day on which the requirement is reached: by what is reported already, else by the series carried on.
fn reached(
    steps: &mut Derivation<'_>,
    found: &Found<'_, '_>,
    forecast: &Forecast,
    series: &[Input],
    brought: Option<Input>,
    ends: Vec<Input>,
) -> Option<()> {
    let day = *forecast.reached_on.as_ref().ok()?;
    let met = found.reading.test.as_ref()?.range();
    let last = found.points.get(forecast.points.checked_sub(1)?)?;
    let name = format!("value {}", forecast.points);
    let of_series = series.iter().find(|input| input.name == name && met.contains(&last.value)).cloned();
    let already = of_series.map(|value| (value, &last.figure.used)).or_else(|| {
        let is_enough = |value: &Input| value.value.number().is_some_and(|value| met.contains(&value)) && met.1 == End::Unbounded;
        brought.filter(is_enough).map(|value| (value, &found.reading.figure.used))
    });
    let (formula, inputs) = match already {
        Some((value, used)) => {
            let stands = used.iter().copied().find(|fact| fact.covers_to() == day);
            let on = input("on", day, stands.map_or(StepSource::Calendar, super::path::day_of));
            let value = Input { name: "value".into(), ..value };
            (Formula::ReachedAlready, [on, value].into_iter().chain(ends).collect())
        }
        None => {
            let (from, months) = match forecast.axis {
                Axis::Days { from } => (from, 0),
                Axis::Steps { months, from } => (from, months),
            };
            let of_axis = [
                input("until", Ratio::from(forecast.axis.end_of_sight()), StepSource::Calendar),
                input("from", from, StepSource::Calendar),
                input("months", Ratio::from(months), StepSource::Calendar),
            ];
            (Formula::ForecastReached, series.iter().cloned().chain(ends).chain(of_axis).collect())
        }
    };
    steps.publish("forecast.reached_on", formula, inputs, day);
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
