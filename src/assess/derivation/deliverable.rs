//! Things to be done: how many are done, the day on which the promised number was reached, and the days late.

use chrono::NaiveDate;

use super::figures::says;
use super::path::day_of;
use super::{Derivation, Formula, Input, Made, Step, StepSource, column, input, nth};
use crate::assess::assessment::Assessment;
use crate::assess::deliverable::Delivery;
use crate::assess::judge::Case;
use crate::facts::{Fact, Measure};
use crate::number::Ratio;

/// The steps of a deliverable.
pub(in super::super) fn of_deliverable(
    case: &Case<'_, '_>,
    of: &Assessment,
    delivery: &Delivery<'_>,
    promised: Option<&Ratio>,
) -> Vec<Step> {
    let mut steps = Derivation::new(case.context.plan);
    let clause = |field| StepSource::Clause(case.target.id.clone(), field);
    let needed = input("value", promised.cloned().unwrap_or(Ratio::ONE), clause("deliver"));
    if let (Some(promised), Ok(_)) = (promised, &of.threshold.bound) {
        steps.publish("threshold.value", Formula::Stated, vec![needed.clone()], promised);
    }
    if let Ok(count) = &of.actual.value {
        let terms = delivery.used.iter().filter_map(|fact| Some((*fact, says(fact, "value")?)));
        let terms: Vec<Input> =
            terms.enumerate().map(|(place, (fact, count))| nth("term", place, count, column(fact, "value"))).collect();
        steps.publish("actual.value", Formula::Sum, terms, count);
    }
    let needed = Input { name: "needed".into(), ..needed };
    let reached = reached(&mut steps, delivery, &needed);
    if reached.is_none()
        && let Some(on) = of.actual.on
    {
        let figures = delivery.used.iter().filter(|fact| fact.measure.is_some());
        let days = figures.enumerate().map(|(place, fact)| nth("day", place, fact.stands_at(), column(fact, day_column(fact))));
        steps.publish("actual.on", Formula::LatestDay, days.collect(), on);
    }
    if let (Ok(late), Some(due)) = (&of.shortfall, case.occurrence.due) {
        let day = match reached {
            Some(made) => made.as_input("day"),
            None => input("day", case.context.day(), StepSource::AsOf),
        };
        let field = if case.target.recurring { "due" } else { "by" };
        steps.publish("shortfall", Formula::DaysLate, vec![day, input("due", due, clause(field))], late);
    }
    steps.list
}

/// The facts that say that something is done, with the day and how many.
fn done<'f>(facts: &[&'f Fact]) -> Vec<(&'f Fact, NaiveDate, &'f Ratio)> {
    let one = |fact: &&'f Fact| match &fact.measure {
        Some(Measure::Done { on: Some(day), count }) => Some((*fact, *day, count)),
        Some(Measure::Done { on: None, count }) if !count.is_zero() => Some((*fact, fact.covers_to(), count)),
        _ => None,
    };
    facts.iter().filter_map(one).collect()
}

fn day_column(fact: &Fact) -> &'static str {
    match &fact.measure {
        Some(Measure::Done { on: Some(_), .. }) => "done_on",
        _ if fact.through.is_some() => "through",
        _ => "period",
    }
}

/// The day on which the promised number was reached: of the unit itself, else the latest of those of the units below.
fn reached(steps: &mut Derivation<'_>, delivery: &Delivery<'_>, needed: &Input) -> Option<Made> {
    let day = delivery.reached?;
    let of_facts = |facts: &[&Fact]| {
        let mut inputs = vec![needed.clone()];
        let mut done = done(facts);
        done.sort_by_key(|(_, day, _)| *day);
        for (place, (fact, day, count)) in done.into_iter().enumerate() {
            let source = if fact.is_done() { column(fact, day_column(fact)) } else { day_of(fact) };
            inputs.push(nth("day", place, day, source));
            inputs.push(nth("count", place, count, column(fact, "value")));
        }
        inputs
    };
    if delivery.below.is_empty() {
        return Some(steps.publish("actual.on", Formula::DayReached, of_facts(&delivery.used), day));
    }
    let mut days = Vec::new();
    for (unit, reached) in &delivery.below {
        let facts: Vec<&Fact> = delivery.used.iter().copied().filter(|fact| fact.unit == *unit).collect();
        let made = steps.pass(Formula::DayReached, of_facts(&facts), (*reached)?);
        days.push(made.as_input(format!("day {}", days.len() + 1)));
    }
    Some(steps.publish("actual.on", Formula::LatestDay, days, day))
}
