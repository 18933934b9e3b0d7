//! Forecasts by every method, in floating point by their textbook formulas.

use chrono::{Days, Months, NaiveDate};
use num_traits::ToPrimitive;
use statrs::distribution::{ContinuousCDF, Normal};

use super::estimates::{Result, normal_beyond, student_below, student_beyond};
use super::formulas::{Inputs, Range};
use super::value::Value;

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
pub(super) struct Model {
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
pub(super) struct Forecast {
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
    pub(super) fn new(of: &Inputs) -> Result<Self> {
        let floats = |name: &str| -> Result<Vec<f64>> {
            of.numbers(name)?.iter().map(|number| number.to_f64().ok_or_else(|| name.to_owned())).collect()
        };
        let (x, values, method) = (floats("x")?, floats("value")?, of.word("method")?);
        let scale = match (method, of.word("scale")?) {
            ("compound", "plain") => Scale::Logarithm,
            (_, "logit") => Scale::Logit(of.float("lowest")?, of.float("highest")?),
            (_, "plain") => Scale::Plain,
            (_, other) => return Err(format!("the scale '{other}'")),
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

    pub(super) fn at(&self, x: f64) -> Result<Forecast> {
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
    pub(super) fn value(&self) -> f64 {
        self.scale.back(self.centre)
    }

    pub(super) fn interval(&self, level: f64) -> Result<(f64, f64)> {
        let tail = (1.0 - level) / 2.0;
        let half = self.error * self.degrees.map_or_else(|| normal_beyond(tail), |degrees| student_beyond(tail, degrees));
        Ok((self.scale.back(self.centre - half), self.scale.back(self.centre + half)))
    }

    fn ends(&self, range: &Range) -> Result<(f64, f64)> {
        let to = |end: &Option<(num_rational::BigRational, bool)>, none: f64| match end {
            Some((at, _)) => at.to_f64().map(|at| self.scale.to(at)).ok_or("an end"),
            None => Ok(none),
        };
        Ok((to(&range.low, f64::NEG_INFINITY)?, to(&range.high, f64::INFINITY)?))
    }

    /// The probability that the greater of the forecast and what there is so far meets the requirement.
    pub(super) fn probability(&self, of: &Inputs) -> Result<f64> {
        let mut range = Range::new(of, "")?;
        if let Some(so_far) = of.optional("so_far")? {
            if !range.ends_after(&so_far) {
                return Ok(0.0);
            }
            if range.begins_before(&so_far) {
                range.low = None;
            }
        }
        let (low, high) = self.ends(&range)?;
        if self.error == 0.0 {
            return Ok(if self.is_within(&range)? { 1.0 } else { 0.0 });
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
    fn is_within(&self, range: &Range) -> Result<bool> {
        let (low, high) = self.ends(range)?;
        let is_open = |end: &Option<(num_rational::BigRational, bool)>| end.as_ref().is_some_and(|(_, open)| *open);
        let rounding = 1e-12 * if matches!(self.scale, Scale::Plain) { self.size } else { self.size.max(1.0) };
        let near = |end: f64| end.is_finite() && (self.centre - end).abs() <= rounding.max(1e-12 * end.abs());
        let inside = |end: f64, open: bool, beyond: bool| if near(end) { !open } else { beyond };
        Ok(inside(low, is_open(&range.low), self.centre > low) && inside(high, is_open(&range.high), self.centre < high))
    }
}

pub(super) fn reached(of: &Inputs) -> Result<Value> {
    let model = Model::new(of)?;
    let range = Range::new(of, "")?;
    let step = if let Fit::Holt(_, step) = model.fit { step } else { 1.0 };
    let last = model.x[model.x.len() - 1];
    let mut x = last + step;
    while x <= of.float("until")? {
        if model.at(x)?.is_within(&range)? {
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
