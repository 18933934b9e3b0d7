//! The estimates, in floating point by their textbook formulas, with the distributions of `statrs`.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::beta_reg;

use super::forecasts::{Model, reached};
use super::formulas::{Inputs, Range};
use super::value::{Value, whole};
use num_traits::ToPrimitive;

pub(super) type Result<T> = std::result::Result<T, String>;

pub(super) fn evaluate(formula: &str, of: &Inputs) -> Result<Value> {
    let estimate = |value: f64| Ok(Value::Estimate(value));
    let hundred = 100.0;
    let at_least_so_far =
        |value: f64| -> Result<f64> { if of.has("so_far") { Ok(value.max(of.float("so_far")?)) } else { Ok(value) } };
    match formula {
        "survey_low" => estimate(survey(of, of.float("positive")?, of.float("valid")?)?.0 * hundred),
        "survey_high" => estimate(survey(of, of.float("positive")?, of.float("valid")?)?.1 * hundred),
        "survey_points" => {
            let share = |k: &str, n: &str| -> Result<_> { Ok(of.number(k)? / of.number(n)?) };
            let points = share("positive", "valid")? - share("earlier_positive", "earlier_valid")?;
            Ok(Value::Number(points * whole(100)))
        }
        "newcombe_low" => estimate(newcombe(of)?.0 * hundred),
        "newcombe_high" => estimate(newcombe(of)?.1 * hundred),
        "certainty" => certainty(of),
        "certainty_of_improvement" => {
            let (low, high) = (of.float("low")?, of.float("high")?);
            let places = of.optional("places")?;
            let unit = places.map_or(0.0, |places| places.to_f64().map_or(f64::NAN, |places| 10_f64.powf(-places)));
            // A unit of the last place is enough where there is one, 0 is not.
            let is_more = |difference: f64| if unit > 0.0 { difference >= unit } else { difference > 0.0 };
            let (better, worse) = match of.word("better")? {
                "higher" => (is_more(low), high <= 0.0),
                "lower" => (is_more(-high), low >= 0.0),
                other => return Err(format!("better '{other}'")),
            };
            Ok(Value::Word(
                if better {
                    "surely_met"
                } else if worse {
                    "surely_missed"
                } else {
                    "undetermined"
                }
                .to_owned(),
            ))
        }
        "settling_size" => settling_size(of),
        "forecast_value" => estimate(at_least_so_far(Model::new(of)?.at(of.float("x")?)?.value())?),
        "forecast_low" => estimate(at_least_so_far(Model::new(of)?.at(of.float("x")?)?.interval(of.float("level")?)?.0)?),
        "forecast_high" => estimate(at_least_so_far(Model::new(of)?.at(of.float("x")?)?.interval(of.float("level")?)?.1)?),
        "forecast_probability" => estimate(Model::new(of)?.at(of.float("x")?)?.probability(of)?),
        "forecast_reached" => reached(of),
        other => Err(format!("the table has no formula '{other}' that is known here")),
    }
}

pub(super) fn path_compound(of: &Inputs) -> Result<Value> {
    let days = |from: &str, to: &str| -> Result<f64> { Ok((of.day(to)? - of.day(from)?).num_days() as f64) };
    let share = days("from_on", "on")? / days("from_on", "to_on")?;
    let (from, to) = (of.float("from")?, of.float("to")?);
    Ok(Value::Estimate(from * (to / from).powf(share)))
}

pub(super) fn lead_compound(of: &Inputs) -> Result<Value> {
    let days = |from: &str, to: &str| -> Result<f64> { Ok((of.day(to)? - of.day(from)?).num_days() as f64) };
    let (actual, from, to) = (of.float("actual")?, of.float("from")?, of.float("to")?);
    let lead = days("on", "from_on")? + (actual / from).ln() / (to / from).ln() * days("from_on", "to_on")?;
    // A whole day up to rounding is that day.
    let nearest = lead.round();
    let lead = if (lead - nearest).abs() < 1e-6 { nearest } else { lead.floor() };
    Ok(Value::Number(whole(lead as i64)))
}

/// z with so much of the normal distribution beyond it.
pub(super) fn normal_beyond(tail: f64) -> f64 {
    bisect(0.0, 40.0, |z| Normal::standard().sf(z) > tail)
}

/// The share of Student's t below a value.
pub(super) fn student_below(t: f64, degrees: f64) -> f64 {
    let tail = 0.5 * beta_reg(degrees / 2.0, 0.5, degrees / (degrees + t * t));
    if t > 0.0 { 1.0 - tail } else { tail }
}

pub(super) fn student_beyond(tail: f64, degrees: f64) -> f64 {
    bisect(0.0, 1e9, |t| student_below(-t, degrees) > tail)
}

/// Where a condition that holds at first ends.
fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if holds(middle) { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The interval of a share by the method that the inputs name.
fn survey(of: &Inputs, k: f64, n: f64) -> Result<(f64, f64)> {
    let tail = (1.0 - of.float("level")?) / 2.0;
    match of.word("method")? {
        "hypergeometric" => Ok(of_population(k, n, of.float("population")?, tail)),
        method => corrected(method, k, n, people(of, "population")?, tail),
    }
}

fn people(of: &Inputs, name: &str) -> Result<Option<f64>> {
    if of.has(name) { of.float(name).map(Some) } else { Ok(None) }
}

/// The interval of a share, corrected for the population where it is known.
fn corrected(method: &str, k: f64, n: f64, people: Option<f64>, tail: f64) -> Result<(f64, f64)> {
    match people {
        None => interval(method, k, n, tail),
        Some(people) if n >= people => Ok((k / n, k / n)),
        Some(people) => {
            let worth = n * (people - 1.0) / (people - n);
            interval(method, k / n * worth, worth, tail)
        }
    }
}

fn interval(method: &str, k: f64, n: f64, tail: f64) -> Result<(f64, f64)> {
    let z = normal_beyond(tail);
    let (p, zz) = (k / n, z * z);
    let beta = |a: f64, b: f64, share: f64| bisect(0.0, 1.0, |x| beta_reg(a, b, x) < share);
    let (low, high) = match method {
        "wilson" => {
            let (centre, half) =
                ((p + zz / (2.0 * n)) / (1.0 + zz / n), z / (1.0 + zz / n) * (p * (1.0 - p) / n + zz / (4.0 * n * n)).sqrt());
            (centre - half, centre + half)
        }
        "clopper_pearson" => {
            (if k == 0.0 { 0.0 } else { beta(k, n - k + 1.0, tail) }, if k == n { 1.0 } else { beta(k + 1.0, n - k, 1.0 - tail) })
        }
        "agresti_coull" => {
            let all = n + zz;
            let share = (k + zz / 2.0) / all;
            let half = z * (share * (1.0 - share) / all).sqrt();
            (share - half, share + half)
        }
        "jeffreys" => (
            if k == 0.0 { 0.0 } else { beta(k + 0.5, n - k + 0.5, tail) },
            if k == n { 1.0 } else { beta(k + 0.5, n - k + 0.5, 1.0 - tail) },
        ),
        other => return Err(format!("the method '{other}'")),
    };
    Ok((low.clamp(0.0, 1.0).min(p), high.clamp(0.0, 1.0).max(p)))
}

/// The exact interval of a population: the shares that leave both tails at least as large as they have to be.
fn of_population(k: f64, n: f64, people: f64, tail: f64) -> (f64, f64) {
    let choose = |n: f64, k: f64| -> f64 { (0..k as u64).map(|i| (n - i as f64) / (i as f64 + 1.0)).product() };
    let probability = |marked: f64, x: f64| {
        if x > marked || n - x > people - marked {
            0.0
        } else {
            choose(marked, x) * choose(people - marked, n - x) / choose(people, n)
        }
    };
    let at_least = |marked: f64| -> f64 { (k as u64..=n as u64).map(|x| probability(marked, x as f64)).sum() };
    let at_most = |marked: f64| -> f64 { (0..=k as u64).map(|x| probability(marked, x as f64)).sum() };
    let all = || (0..=people as u64).map(|marked| marked as f64);
    let low = all().find(|marked| at_least(*marked) > tail).unwrap_or(0.0);
    let high = all().rev().find(|marked| at_most(*marked) > tail).unwrap_or(people);
    (low / people, high / people)
}

fn newcombe(of: &Inputs) -> Result<(f64, f64)> {
    let tail = (1.0 - of.float("level")?) / 2.0;
    let (k, n) = (of.float("earlier_positive")?, of.float("earlier_valid")?);
    let (l, m) = (of.float("positive")?, of.float("valid")?);
    let one = corrected("wilson", k, n, people(of, "earlier_population")?, tail)?;
    let two = corrected("wilson", l, m, people(of, "population")?, tail)?;
    let (p, q) = (k / n, l / m);
    let below = (q - two.0).hypot(one.1 - p);
    let above = (two.1 - q).hypot(p - one.0);
    Ok(((q - p - below).max(-1.0), (q - p + above).min(1.0)))
}

fn certainty(of: &Inputs) -> Result<Value> {
    let required = Range::new(of, "required_")?;
    let (low, high) = (of.number("low")?, of.number("high")?);
    Ok(Value::Word(
        if required.holds(&low) && required.holds(&high) {
            "surely_met"
        } else if !required.begins_before(&high) || !required.ends_after(&low) {
            "surely_missed"
        } else {
            "undetermined"
        }
        .to_owned(),
    ))
}

/// The least number of answers whose interval lies all or not at all in what is required: by doubling, then by halving.
fn settling_size(of: &Inputs) -> Result<Value> {
    let share = of.float("positive")? / of.float("valid")?;
    let range = Range::new(of, "")?;
    let end = |end: &Option<(num_rational::BigRational, bool)>, none: f64| {
        end.as_ref().map_or((none, true), |(at, open)| (at.to_f64().unwrap_or(f64::NAN) / 100.0, *open))
    };
    let ((from, from_open), (to, to_open)) = (end(&range.low, f64::NEG_INFINITY), end(&range.high, f64::INFINITY));
    let begins_before = |x: f64| if from_open { x > from } else { x >= from };
    let ends_after = |x: f64| if to_open { x < to } else { x <= to };
    let settles = |n: u64| -> Result<bool> {
        let n = n as f64;
        let tail = (1.0 - of.float("level")?) / 2.0;
        // How many to ask is planned by Wilson's interval where the exact one of a population is wanted.
        let method = if of.word("method")? == "hypergeometric" { "wilson" } else { of.word("method")? };
        let (low, high) = corrected(method, share * n, n, people(of, "population")?, tail)?;
        let whole = [low, high].into_iter().all(|x| begins_before(x) && ends_after(x));
        Ok(whole || !begins_before(high) || !ends_after(low))
    };
    let (mut below, mut size) = (0_u64, 1_u64);
    while !settles(size)? {
        (below, size) = (size, size.checked_mul(2).filter(|size| *size < 1 << 50).ok_or("no size settles it")?);
    }
    while size - below > 1 {
        let middle = u64::midpoint(below, size);
        if settles(middle)? { size = middle } else { below = middle }
    }
    Ok(Value::Number(whole(i64::try_from(size).map_err(|error| error.to_string())?)))
}
