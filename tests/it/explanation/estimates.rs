//! The estimates, in floating point by their textbook formulas, with the distributions of `statrs`.

use chrono::{Days, Months, NaiveDate};
use num_traits::ToPrimitive;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::beta_reg;

use super::formulas::Inputs;
use super::value::{Value, whole};

type Result<T> = std::result::Result<T, String>;

pub(super) fn evaluate(formula: &str, of: &Inputs) -> Result<Value> {
    let estimate = |value: f64| Ok(Value::Estimate(value));
    let hundred = 100.0;
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
            let (better, worse) = if of.word("better")? == "higher" { (low > 0.0, high < 0.0) } else { (high < 0.0, low > 0.0) };
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
        "forecast_value" => estimate(Model::new(of)?.at(of.float("x")?)?.value()),
        "forecast_low" => estimate(Model::new(of)?.at(of.float("x")?)?.interval(of.float("level")?)?.0),
        "forecast_high" => estimate(Model::new(of)?.at(of.float("x")?)?.interval(of.float("level")?)?.1),
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
fn normal_beyond(tail: f64) -> f64 {
    bisect(0.0, 40.0, |z| Normal::standard().sf(z) > tail)
}

/// The share of Student's t below a value.
fn student_below(t: f64, degrees: f64) -> f64 {
    let tail = 0.5 * beta_reg(degrees / 2.0, 0.5, degrees / (degrees + t * t));
    if t > 0.0 { 1.0 - tail } else { tail }
}

fn student_beyond(tail: f64, degrees: f64) -> f64 {
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
    let method = of.word("method")?;
    if !of.has("population") {
        return interval(method, k, n, tail);
    }
    let people = of.float("population")?;
    if method == "hypergeometric" {
        return Ok(of_population(k, n, people, tail));
    }
    if n >= people {
        return Ok((k / n, k / n));
    }
    let worth = n * (people - 1.0) / (people - n);
    interval(method, k / n * worth, worth, tail)
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
        "jeffreys" => (beta(k + 0.5, n - k + 0.5, tail), beta(k + 0.5, n - k + 0.5, 1.0 - tail)),
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
    let high = all().filter(|marked| at_most(*marked) > tail).last().unwrap_or(people);
    (low / people, high / people)
}

fn newcombe(of: &Inputs) -> Result<(f64, f64)> {
    let tail = (1.0 - of.float("level")?) / 2.0;
    let (k, n) = (of.float("earlier_positive")?, of.float("earlier_valid")?);
    let (l, m) = (of.float("positive")?, of.float("valid")?);
    let (one, two) = (interval("wilson", k, n, tail)?, interval("wilson", l, m, tail)?);
    let (p, q) = (k / n, l / m);
    let below = (q - two.0).hypot(one.1 - p);
    let above = (two.1 - q).hypot(p - one.0);
    Ok(((q - p - below).max(-1.0), (q - p + above).min(1.0)))
}

fn certainty(of: &Inputs) -> Result<Value> {
    let strict = of.float("strict")? != 0.0;
    let end = |name: &str| -> Result<Option<_>> { if of.has(name) { of.number(name).map(Some) } else { Ok(None) } };
    let (from, to) = (end("required_low")?, end("required_high")?);
    let meets = |x: &num_rational::BigRational| {
        from.as_ref().is_none_or(|from| if strict { x > from } else { x >= from })
            && to.as_ref().is_none_or(|to| if strict { x < to } else { x <= to })
    };
    let (low, high) = (of.number("low")?, of.number("high")?);
    let below = from.as_ref().is_some_and(|from| if strict { high <= *from } else { high < *from });
    let above = to.as_ref().is_some_and(|to| if strict { low >= *to } else { low > *to });
    Ok(Value::Word(
        if meets(&low) && meets(&high) {
            "surely_met"
        } else if below || above {
            "surely_missed"
        } else {
            "undetermined"
        }
        .to_owned(),
    ))
}

/// The least number of answers whose interval holds no end of what is required; looked for upwards from half of a guess
/// would miss it, so every number is tried where there are few, and the last two by the settled one itself where there are many.
fn settling_size(of: &Inputs) -> Result<Value> {
    let share = of.float("positive")? / of.float("valid")?;
    let ends: Result<Vec<f64>> = ["low", "high"].into_iter().filter(|name| of.has(name)).map(|name| of.float(name)).collect();
    let ends = ends?;
    let settles = |n: u64| -> Result<bool> {
        let n = n as f64;
        let tail = (1.0 - of.float("level")?) / 2.0;
        // How many to ask is planned by Wilson's interval where the exact one of a population is wanted.
        let method = if of.word("method")? == "hypergeometric" { "wilson" } else { of.word("method")? };
        let (low, high) = match of.has("population") {
            true if n >= of.float("population")? => (share, share),
            true => {
                let people = of.float("population")?;
                let worth = n * (people - 1.0) / (people - n);
                interval(method, share * worth, worth, tail)?
            }
            false => interval(method, share * n, n, tail)?,
        };
        Ok(ends.iter().all(|end| end / 100.0 < low || end / 100.0 > high))
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

/// The way between values and the scale of a method.
#[derive(Clone, Copy)]
enum Scale {
    Plain,
    Logarithm,
    Logit(f64, f64),
}

impl Scale {
    fn to(self, value: f64) -> f64 {
        match self {
            Self::Plain => value,
            Self::Logarithm => {
                if value > 0.0 {
                    value.ln()
                } else {
                    f64::NEG_INFINITY
                }
            }
            Self::Logit(low, _) if value <= low => f64::NEG_INFINITY,
            Self::Logit(_, high) if value >= high => f64::INFINITY,
            Self::Logit(low, high) => ((value - low) / (high - value)).ln(),
        }
    }

    fn back(self, z: f64) -> f64 {
        match self {
            Self::Plain => z,
            Self::Logarithm => z.exp(),
            Self::Logit(low, high) => low + (high - low) / (1.0 + (-z).exp()),
        }
    }
}

/// A series with what a method makes of it.
struct Model {
    scale: Scale,
    x: Vec<f64>,
    z: Vec<f64>,
    fit: Fit,
}

enum Fit {
    /// Slope, height at the mean of x, residual error.
    Line(f64, f64, f64),
    /// Drift, spread, and the span over which the drift was estimated.
    Walk(f64, f64, Option<f64>),
    /// Level, trend, spread, α, β, φ, and the length of a step.
    Holt([f64; 6], f64),
}

/// The forecast of one day on the scale of the method.
struct Forecast {
    scale: Scale,
    centre: f64,
    error: f64,
    degrees: Option<f64>,
    size: f64,
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { f64::midpoint(values[half - 1], values[half]) }
}

/// Residuals that are nothing but rounding count as 0.
fn root_mean(residuals: &[f64], size: f64, degrees: f64) -> f64 {
    let largest = residuals.iter().fold(0.0_f64, |largest, residual| largest.max(residual.abs()));
    if largest <= 1e-12 * size {
        0.0
    } else {
        (residuals.iter().map(|residual| residual * residual).sum::<f64>() / degrees).sqrt()
    }
}

impl Model {
    fn new(of: &Inputs) -> Result<Self> {
        let floats = |name: &str| -> Result<Vec<f64>> {
            of.numbers(name)?.iter().map(|number| number.to_f64().ok_or_else(|| name.to_owned())).collect()
        };
        let (x, values, method) = (floats("x")?, floats("value")?, of.word("method")?);
        let scale = match (method, of.word("scale")?) {
            ("compound", _) => Scale::Logarithm,
            (_, "logit") => Scale::Logit(of.float("lowest")?, of.float("highest")?),
            _ => Scale::Plain,
        };
        let z: Vec<f64> = values.iter().map(|value| scale.to(*value)).collect();
        let size = z.iter().fold(0.0_f64, |size, z| size.max(z.abs()));
        let count = x.len() as f64;
        let pairs = || x.iter().zip(&z);
        let fit = match method {
            "linear" | "compound" | "theil_sen" => {
                let (mean_x, mean_z) = (mean(&x), mean(&z));
                let (slope, height) = if method == "theil_sen" {
                    let slopes = pairs().enumerate().flat_map(|(place, (x, z))| {
                        pairs().skip(place + 1).map(move |(later_x, later_z)| (later_z - z) / (later_x - x))
                    });
                    let slope = median(slopes.collect());
                    (slope, median(pairs().map(|(x, z)| z - slope * (x - mean_x)).collect()))
                } else {
                    let products = pairs().map(|(x, z)| (x - mean_x) * (z - mean_z)).sum::<f64>();
                    (products / x.iter().map(|x| (x - mean_x).powi(2)).sum::<f64>(), mean_z)
                };
                let residuals: Vec<f64> = pairs().map(|(x, z)| z - height - slope * (x - mean_x)).collect();
                Fit::Line(slope, height, root_mean(&residuals, size, count - 2.0))
            }
            "last_value" | "drift" => {
                let (first, last) = (x[0], x[x.len() - 1]);
                let span = (method == "drift").then_some(last - first);
                let drift = span.map_or(0.0, |span| (z[z.len() - 1] - z[0]) / span);
                let steps = x.windows(2).zip(z.windows(2));
                let rests: Vec<f64> = steps.map(|(x, z)| (z[1] - z[0] - drift * (x[1] - x[0])) / (x[1] - x[0]).sqrt()).collect();
                Fit::Walk(drift, root_mean(&rests, size, count - if span.is_some() { 2.0 } else { 1.0 }), span)
            }
            "holt_linear" | "holt_damped" => {
                let (alpha, share) = (of.float("smoothing_level")?, of.float("smoothing_trend")?);
                let phi = if method == "holt_damped" { of.float("damping")? } else { 1.0 };
                let (mut level, mut trend, mut errors) = (z[0], z[1] - z[0], Vec::new());
                for value in &z[1..] {
                    let foretold = level + phi * trend;
                    let error = value - foretold;
                    level = foretold + alpha * error;
                    trend = phi * trend + alpha * share * error;
                    errors.push(error);
                }
                let spread = root_mean(&errors[1..], size, (errors.len() - 1) as f64);
                Fit::Holt([level, trend, spread, alpha, alpha * share, phi], x[1] - x[0])
            }
            other => return Err(format!("the method '{other}'")),
        };
        Ok(Self { scale, x, z, fit })
    }

    fn at(&self, x: f64) -> Result<Forecast> {
        let ahead = x - self.x[self.x.len() - 1];
        let count = self.x.len() as f64;
        let last = self.z[self.z.len() - 1];
        let (centre, error, degrees) = match self.fit {
            Fit::Line(slope, height, spread) => {
                let mean_x = mean(&self.x);
                let width = self.x.iter().map(|x| (x - mean_x).powi(2)).sum::<f64>();
                let leverage = 1.0 + 1.0 / count + (x - mean_x).powi(2) / width;
                (height + slope * (x - mean_x), spread * leverage.sqrt(), Some(count - 2.0))
            }
            Fit::Walk(drift, spread, span) => {
                (last + drift * ahead, spread * (ahead * span.map_or(1.0, |span| 1.0 + ahead / span)).sqrt(), None)
            }
            Fit::Holt([level, trend, spread, alpha, beta, phi], step) => {
                let steps = (ahead / step).round() as i32;
                let damped = |to: i32| (1..=to).map(|power| phi.powi(power)).sum::<f64>();
                let factor = 1.0 + (1..steps).map(|j| (alpha + beta * damped(j)).powi(2)).sum::<f64>();
                (level + damped(steps) * trend, spread * factor.sqrt(), None)
            }
        };
        let size = self.z.iter().fold(0.0_f64, |size, z| size.max(z.abs()));
        Ok(Forecast { scale: self.scale, centre, error, degrees, size })
    }
}

impl Forecast {
    fn value(&self) -> f64 {
        self.scale.back(self.centre)
    }

    fn interval(&self, level: f64) -> Result<(f64, f64)> {
        let tail = (1.0 - level) / 2.0;
        let half = self.error * self.degrees.map_or_else(|| normal_beyond(tail), |degrees| student_beyond(tail, degrees));
        Ok((self.scale.back(self.centre - half), self.scale.back(self.centre + half)))
    }

    fn ends(&self, of: &Inputs) -> Result<(f64, f64)> {
        let low = if of.has("low") { self.scale.to(of.float("low")?) } else { f64::NEG_INFINITY };
        let high = if of.has("high") { self.scale.to(of.float("high")?) } else { f64::INFINITY };
        Ok((low, high))
    }

    fn probability(&self, of: &Inputs) -> Result<f64> {
        let (low, high) = self.ends(of)?;
        if self.error == 0.0 {
            return Ok(if self.is_within(of, false)? { 1.0 } else { 0.0 });
        }
        let below = |end: f64| {
            let errors = (end - self.centre) / self.error;
            match self.degrees {
                _ if errors == f64::INFINITY => 1.0,
                _ if errors == f64::NEG_INFINITY => 0.0,
                Some(degrees) => student_below(errors, degrees),
                None => Normal::standard().cdf(errors),
            }
        };
        Ok((below(high) - below(low)).clamp(0.0, 1.0))
    }

    /// Whether the middle lies within the ends; one that equals an end up to rounding is at it.
    fn is_within(&self, of: &Inputs, strict: bool) -> Result<bool> {
        let (low, high) = self.ends(of)?;
        let rounding = 1e-12 * if matches!(self.scale, Scale::Plain) { self.size } else { self.size.max(1.0) };
        let near = |end: f64| end.is_finite() && (self.centre - end).abs() <= rounding.max(1e-12 * end.abs());
        let inside = |end: f64, beyond: bool| if near(end) { !strict } else { beyond };
        Ok(inside(low, self.centre > low) && inside(high, self.centre < high))
    }
}

fn reached(of: &Inputs) -> Result<Value> {
    let model = Model::new(of)?;
    let strict = of.float("strict")? != 0.0;
    let step = if let Fit::Holt(_, step) = model.fit { step } else { 1.0 };
    let last = model.x[model.x.len() - 1];
    let mut x = last + step;
    while x <= of.float("until")? {
        if model.at(x)?.is_within(of, strict)? {
            return day_of(of, x).map(Value::Day);
        }
        x += step;
    }
    Err("it is never reached".to_owned())
}

fn day_of(of: &Inputs, x: f64) -> Result<NaiveDate> {
    let (from, months) = (of.day("from")?, of.float("months")?);
    let days = if months == 0.0 {
        from.checked_add_days(Days::new(x as u64))
    } else {
        from.checked_add_months(Months::new((months * x) as u32)).and_then(|day| day.pred_opt())
    };
    days.ok_or_else(|| "a day that no calendar has".to_owned())
}
