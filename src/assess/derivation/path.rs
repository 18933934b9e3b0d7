//! The path, where the actual should stand on it, and how it stands.

use super::figures::Summed;
use super::threshold::of_target;
use super::{Derivation, Formula, Found, Input, Made, StepSource, column, input, nth};
use crate::assess::baseline::first_stage;
use crate::assess::bound::Bound;
use crate::assess::pace::Pace;
use crate::assess::path::{Anchor, AnchorSource, Leg};
use crate::facts::Fact;
use crate::number::{Number, Ratio};
use crate::plan::{PathShape, Target};
use chrono::NaiveDate;

/// The steps of each anchor's value, in the order of the anchors.
type Anchors = Vec<Option<Made>>;

pub(super) fn path(steps: &mut Derivation<'_>, found: &Found<'_, '_>) {
    let Ok(pace) = &found.assessment.path else { return };
    let anchors: Anchors = (0..pace.path.anchors().len()).map(|place| anchor(steps, found, pace, place)).collect();
    let way = Way { found, pace, anchors: &anchors };
    way.expected(steps);
    way.standing(steps);
}

fn anchor(steps: &mut Derivation<'_>, found: &Found<'_, '_>, pace: &Pace, place: usize) -> Option<Made> {
    let anchor = pace.path.anchors().get(place)?;
    let of = format!("path.anchors.{place}.value");
    let targets = &found.case.context.plan.targets;
    let inputs = match &anchor.source {
        AnchorSource::Baseline => vec![steps.input("value", "baseline.value")?],
        AnchorSource::Target(id) if *id == found.case.target.id => vec![steps.input("value", "threshold.value")?],
        AnchorSource::Target(id) => {
            let stage = targets.iter().find(|target| target.id == *id)?;
            vec![of_stage(steps, found, stage)?.as_input("value")]
        }
        AnchorSource::Point => {
            let given = target_of_point(found, anchor)?;
            vec![input("value", &anchor.value, StepSource::Clause(given.id.clone(), "points"))]
        }
    };
    Some(steps.publish(of, Formula::Stated, inputs, &anchor.value))
}

/// The target or earlier stage that gives a point.
fn target_of_point<'a>(found: &Found<'a, '_>, anchor: &Anchor) -> Option<&'a Target> {
    let targets = &found.case.context.plan.targets;
    let is_it = |(on, value): &(NaiveDate, Number)| *on == anchor.on && Ratio::from(*value) == anchor.value;
    let gives = |target: &&Target| matches!(&target.path, PathShape::Points(points) if points.iter().any(is_it));
    let stages = std::iter::successors(Some(found.case.target), |target| targets.get(target.after?));
    stages.take(targets.len()).find(gives)
}

/// The threshold of an earlier stage, which may start from a baseline of its own.
fn of_stage(steps: &mut Derivation<'_>, found: &Found<'_, '_>, stage: &Target) -> Option<Made> {
    let start = found.case.start_of(stage).ok();
    let bound = Bound::new(&stage.requirement, start.as_ref().map(|start| &start.value))?;
    let relative = start.as_ref().filter(|_| stage.requirement.is_relative());
    let baseline = relative.and_then(|start| {
        let Some(first) = start.used.first() else {
            let given = first_stage(found.case.context.plan, stage);
            return Some(input("baseline", &start.value, StepSource::Clause(given.id.clone(), "baseline")));
        };
        let indicator = found.case.context.indicator(first.indicator)?;
        let summed = Summed {
            indicator,
            used: &start.used,
            measure: start.measure.as_ref(),
            value: Some(&start.value),
            is_weighted: start.measure.is_none(),
        };
        summed.derive(steps, None, None).map(|made| made.as_input("baseline"))
    });
    of_target(steps, None, stage, baseline, &bound)
}

struct Way<'a, 'f> {
    found: &'a Found<'a, 'f>,
    pace: &'a Pace,
    anchors: &'a Anchors,
}

impl Way<'_, '_> {
    /// An anchor's value and day as inputs.
    fn end(&self, name: &'static str, on: &'static str, anchor: &Anchor) -> Option<[Input; 2]> {
        let place = self.pace.path.anchors().iter().position(|other| other == anchor)?;
        Some([self.anchors.get(place)?.as_ref()?.as_input(name), input(on, anchor.on, self.day_of(anchor))])
    }

    /// Where the day of an anchor came from.
    fn day_of(&self, anchor: &Anchor) -> StepSource {
        match &anchor.source {
            AnchorSource::Target(id) => StepSource::Clause(id.clone(), "by"),
            AnchorSource::Point => self.day_of_point(anchor),
            AnchorSource::Baseline => self.day_of_baseline(),
        }
    }

    /// The day of a given point, which may be that of an earlier stage.
    fn day_of_point(&self, anchor: &Anchor) -> StepSource {
        let given = target_of_point(self.found, anchor).unwrap_or(self.found.case.target);
        StepSource::Clause(given.id.clone(), "points")
    }

    fn day_of_baseline(&self) -> StepSource {
        let start = self.found.reading.start.as_ref().ok();
        let latest = start.and_then(|start| start.used.iter().copied().max_by_key(|fact| fact.covers_to()));
        let stands = latest.filter(|fact| start.is_some_and(|start| start.on == fact.covers_to()));
        match stands {
            Some(fact) => day_of(fact),
            None => {
                let given = first_stage(self.found.case.context.plan, self.found.case.target);
                StepSource::Clause(given.id.clone(), "baseline")
            }
        }
    }

    /// The day that the actual stands at.
    fn on(&self) -> Option<Input> {
        let on = self.found.reading.figure.on?;
        let fact = self.found.reading.figure.used.iter().copied().find(|fact| fact.covers_to() == on);
        Some(input("on", on, fact.map_or(StepSource::Calendar, day_of)))
    }

    /// The value of the path on a day.
    fn at(&self, steps: &mut Derivation<'_>, of: Option<&'static str>, on: Input, day: NaiveDate) -> Option<Made> {
        let value = self.pace.path.at(day);
        let held = |made: &Made| (Formula::PathHeld, vec![made.as_input("value")]);
        let of_anchor = |anchor: &Anchor| {
            let place = self.pace.path.anchors().iter().position(|other| other == anchor)?;
            self.anchors.get(place)?.as_ref()
        };
        let (formula, inputs) = match self.pace.path.around(day) {
            (Some(from), Some(to)) if to.leg != Leg::Step && from.on != day => {
                let [from, from_on] = self.end("from", "from_on", from)?;
                let formula = if to.leg == Leg::Compound { Formula::PathCompound } else { Formula::PathLinear };
                let [to, to_on] = self.end("to", "to_on", to)?;
                (formula, vec![from, to, from_on, to_on, on])
            }
            (Some(last), _) => held(of_anchor(last)?),
            (None, _) if self.pace.path.is_maintained() => held(&steps.made("threshold.value")?),
            (None, _) => held(&steps.made("baseline.value")?),
        };
        Some(match of {
            Some(of) => steps.publish(of, formula, inputs, value),
            None => steps.pass(formula, inputs, value),
        })
    }

    fn expected(&self, steps: &mut Derivation<'_>) -> Option<()> {
        let expected = self.pace.expected.as_ref().ok()?;
        let on = self.on()?;
        let Some(share) = &self.pace.share else {
            let day = self.found.reading.figure.on?;
            self.at(steps, Some("path.expected"), on, day)?;
            return Some(());
        };
        let last = self.found.reading.period.map(|period| period.last())?;
        let whole = self.at(steps, None, input("on", last, StepSource::Calendar), last)?;
        let days = |days: i64| Ratio::from(days);
        let share_made = if share.is_by_phases {
            let mut inputs = Vec::new();
            for (place, part) in share.parts.iter().enumerate() {
                inputs.push(nth("phase", place, &part.phase, StepSource::Setting("phases")));
                inputs.push(nth("covered", place, days(part.covered), StepSource::Calendar));
                inputs.push(nth("days", place, days(part.days), StepSource::Calendar));
            }
            steps.pass(Formula::ShareByPhases, inputs, &share.share)
        } else {
            let part = share.parts.first()?;
            let covered = self.covered(steps, part.covered);
            let all = input("days", days(part.days), StepSource::Calendar);
            steps.pass(Formula::ShareByDays, vec![covered, all], &share.share)
        };
        let inputs = vec![whole.as_input("value"), share_made.as_input("share")];
        steps.publish("path.expected", Formula::ProRata, inputs, expected);
        Some(())
    }

    /// The days that the facts of one unit cover; where there are several units all cover as many.
    fn covered(&self, steps: &mut Derivation<'_>, days: i64) -> Input {
        let figure = &self.found.reading.figure;
        let unit = figure.used.first().map(|fact| fact.unit);
        let facts = figure.used.iter().chain(&figure.excused).filter(|fact| Some(fact.unit) == unit);
        let mut inputs = Vec::new();
        for (place, fact) in facts.enumerate() {
            inputs.push(nth("first", place, fact.period.first(), column(fact, "period")));
            inputs.push(nth("through", place, fact.covers_to(), day_of(fact)));
        }
        steps.pass(Formula::DaysCovered, inputs, Ratio::from(days)).as_input("covered")
    }

    fn standing(&self, steps: &mut Derivation<'_>) -> Option<()> {
        let pace = self.pace;
        let expected = steps.input("expected", "path.expected");
        let (baseline, threshold) = (steps.input("baseline", "baseline.value"), steps.input("threshold", "threshold.value"));
        let all = |inputs: [Option<Input>; 3]| inputs.into_iter().collect::<Option<Vec<Input>>>();
        if let (Ok(planned), Some(inputs)) = (&pace.planned_progress, all([expected.clone(), baseline, threshold])) {
            steps.publish("path.planned_progress", Formula::PlannedProgress, inputs, planned);
        }
        let actual = steps.input("actual", "actual.value")?;
        if let Ok(value) = &pace.pace {
            let (formula, inputs) = if self.pace.share.is_some() {
                (Formula::PaceOfAmount, vec![actual.clone(), expected?])
            } else {
                let planned = steps.input("planned_progress", "path.planned_progress")?;
                (Formula::Pace, vec![steps.input("progress", "progress")?, planned])
            };
            steps.publish("path.pace", formula, inputs, value);
        }
        self.lead(steps, &actual);
        self.rates(steps);
        Some(())
    }

    fn lead(&self, steps: &mut Derivation<'_>, actual: &Input) -> Option<()> {
        let lead = Ratio::from(*self.pace.lead_days.as_ref().ok()?);
        let on = self.on()?;
        let a = self.found.reading.value.as_ref().ok()?;
        let (from, to) = self.pace.path.reaching(a).ok()?;
        let linear = to.leg == Leg::Linear;
        let (formula, inputs) = match from {
            Some(from) if linear || to.value != *a => {
                let [from, from_on] = self.end("from", "from_on", from)?;
                let formula = if linear { Formula::LeadLinear } else { Formula::LeadCompound };
                let [to, to_on] = self.end("to", "to_on", to)?;
                (formula, vec![actual.clone(), from, to, from_on, to_on, on])
            }
            _ => (Formula::LeadAtAnchor, vec![input("anchor_on", to.on, self.day_of(to)), on]),
        };
        steps.publish("path.lead_days", formula, inputs, lead);
        Some(())
    }

    fn rates(&self, steps: &mut Derivation<'_>) -> Option<()> {
        let start = self.found.reading.start.as_ref().ok()?;
        let on = self.on()?;
        let named = |name: &'static str, input: &Input| Input { name: name.into(), ..input.clone() };
        if let Ok(rate) = &self.pace.observed_rate {
            let inputs = vec![
                steps.input("from", "baseline.value")?,
                steps.input("to", "actual.value")?,
                input("from_on", start.on, self.day_of_baseline()),
                named("to_on", &on),
            ];
            steps.publish("path.observed_rate", Formula::YearlyRate, inputs, rate);
        }
        if let (Ok(rate), Some(due)) = (&self.pace.required_rate, self.found.case.occurrence.due) {
            let by = StepSource::Clause(self.found.case.target.id.clone(), "by");
            let inputs = vec![
                steps.input("from", "actual.value")?,
                steps.input("to", "threshold.value")?,
                named("from_on", &on),
                input("to_on", due, by),
            ];
            steps.publish("path.required_rate", Formula::YearlyRate, inputs, rate);
        }
        if let Ok(acceleration) = &self.pace.acceleration_needed {
            let inputs =
                vec![steps.input("required_rate", "path.required_rate")?, steps.input("observed_rate", "path.observed_rate")?];
            steps.publish("path.acceleration_needed", Formula::Acceleration, inputs, acceleration);
        }
        Some(())
    }
}

/// The last day that a fact covers, by its own `through`, else by its period.
pub(super) fn day_of(fact: &Fact) -> StepSource {
    column(fact, if fact.through.is_some() { "through" } else { "period" })
}
