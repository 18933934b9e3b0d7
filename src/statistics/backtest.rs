//! How well a method would have done: forecasts of what is known by now, from what was known before.

use super::forecast::{Growing, Method, fit};
use super::quantile::finite;
use super::scale::Scale;
use super::series::{MOST_POINTS, Series, between, in_own_unit, largest, mean};
use super::unsuitable::Unsuitable;

/// What errors amount to; an error is the value less its forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Errors {
    /// How many there are.
    pub count: usize,
    /// Their mean size: Σ|e|/n.
    pub mean_absolute: f64,
    /// The root of their mean square: √(Σe²/n).
    pub root_mean_square: f64,
    /// Their mean: Σe/n, above 0 where the forecasts were too low.
    pub bias: f64,
}

impl Errors {
    fn of(errors: &[Error]) -> Result<Self, Unsuitable> {
        let errors: Vec<_> = errors.iter().map(|error| error.size).collect();
        if errors.is_empty() {
            return Err(Unsuitable::TooFewPoints);
        }
        let (unit, errors) = in_own_unit(&errors)?;
        let mean_of = |part: fn(f64) -> f64| mean(&errors.iter().map(|error| part(*error)).collect::<Vec<_>>());
        Ok(Self {
            count: errors.len(),
            mean_absolute: finite(mean_of(f64::abs) * unit)?,
            root_mean_square: finite(mean_of(|error| error * error).sqrt() * unit)?,
            bias: finite(mean(&errors) * unit)?,
        })
    }
}

/// How well a method would have done on a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backtest {
    /// The errors of the forecasts of the next point, from every point that is preceded by enough others.
    pub one_step: Result<Errors, Unsuitable>,
    /// The errors of the forecasts of the point nearest to the horizon, no farther from it than half the mean step.
    pub at_horizon: Result<Errors, Unsuitable>,
    /// From how many points, with enough others before them, the method could forecast nothing (constant so far, say).
    pub skipped: usize,
}

/// Forecasts every point of a series from those before it, and likewise the point a horizon ahead ("rolling origin").
///
/// The origins are the k-th points from k = [`Method::least_points`] on, the last excepted. Dates and horizon are in one unit,
/// errors in that of the values. Both kinds of errors are `OutOfRange` for a series of more than [`MOST_POINTS`] points. Source: Hyndman and
/// Athanasopoulos, Forecasting: Principles and Practice (3rd ed. 2021), §5.10; Tashman (International Journal of Forecasting 16, 2000).
///
/// ```
/// use attain::statistics::{Method, Scale, Series, backtest};
/// let series = Series::new(vec![0, 1, 2, 3], vec![1.0, 2.0, 4.0, 5.0])?;
/// let errors = backtest(Method::LastValue, Scale::Plain, &series, 1).one_step?;
/// // From the second and third point: 4 − 2 and 5 − 4.
/// assert_eq!((errors.count, errors.mean_absolute, errors.bias), (2, 1.5, 1.5));
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
#[must_use]
pub fn backtest(method: Method, scale: Scale, series: &Series, horizon: i64) -> Backtest {
    Trial::run(method, scale, series, horizon).summary(horizon)
}

/// The method that would have done best, and how each did.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The method with the least mean absolute error.
    pub method: Method,
    /// Whether it was chosen by its errors at the horizon, else by those of one step.
    pub by_horizon: bool,
    /// From how many common origins the methods were compared.
    pub origins: usize,
    /// Every method that was asked about, with all its own errors.
    pub candidates: Vec<(Method, Backtest)>,
}

/// Chooses the method with the least mean absolute error, over those origins from which every method could forecast.
///
/// By the errors at the horizon where there are at least three in common, else by those of one step. Methods that do not fit
/// the series as a whole, or forecast none of its points, take no part. Of equal ones (up to 10⁻¹² of the largest value) the
/// first in the list is taken: put the simpler ones first.
///
/// # Errors
/// `OutOfRange` for a series of more than [`MOST_POINTS`] points; `TooFewPoints` where nothing can be compared; where no method
/// fits at all, the reason of the first.
///
/// ```
/// use attain::statistics::{Method, Scale, Series, choose};
/// let series = Series::new((0..8).collect(), (0..8).map(f64::from).collect())?;
/// let choice = choose(&[Method::LastValue, Method::Drift, Method::Linear], Scale::Plain, &series, 2)?;
/// assert_eq!((choice.method, choice.by_horizon), (Method::Drift, true));
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn choose(methods: &[Method], scale: Scale, series: &Series, horizon: i64) -> Result<Choice, Unsuitable> {
    if series.values().len() > MOST_POINTS {
        return Err(Unsuitable::OutOfRange);
    }
    let mut trials = Vec::new();
    let mut candidates = Vec::new();
    let mut refused = None;
    for method in methods {
        let trial = Trial::run(*method, scale, series, horizon);
        candidates.push((*method, trial.summary(horizon)));
        match fit(*method, scale, series) {
            Ok(_) => trials.push((*method, trial)),
            Err(reason) => refused = refused.or(Some(reason)),
        }
    }
    if trials.is_empty() {
        return Err(refused.unwrap_or(Unsuitable::TooFewPoints));
    }
    trials.retain(|(_, trial)| !trial.one_step.is_empty());
    // One alone was not compared with any.
    if trials.len() < methods.len().min(2) {
        return Err(Unsuitable::TooFewPoints);
    }
    let far = compare(&trials, |trial| &trial.at_horizon).filter(|(_, origins)| *origins >= 3);
    let near = || compare(&trials, |trial| &trial.one_step);
    let (method, origins) = far.or_else(near).ok_or(Unsuitable::TooFewPoints)?;
    Ok(Choice { method, by_horizon: far.is_some(), origins, candidates })
}

/// The first method with the least mean absolute error over the common origins, and how many there are.
fn compare<'t>(trials: &'t [(Method, Trial)], errors: impl Fn(&'t Trial) -> &'t [Error]) -> Option<(Method, usize)> {
    let mut common: Vec<usize> = errors(&trials.first()?.1).iter().map(|error| error.origin).collect();
    for (_, trial) in trials {
        common.retain(|origin| errors(trial).binary_search_by_key(origin, |error| error.origin).is_ok());
    }
    let mut best: Option<(Method, f64)> = None;
    for (method, trial) in trials {
        let shared: Vec<_> = errors(trial).iter().filter(|error| common.binary_search(&error.origin).is_ok()).copied().collect();
        let mean = Errors::of(&shared).ok()?.mean_absolute;
        if best.is_none_or(|(_, least)| mean < least && least - mean > 1e-12 * trial.size) {
            best = Some((*method, mean));
        }
    }
    best.map(|(method, _)| (method, common.len()))
}

/// A forecast that turned out wrong by so much.
#[derive(Clone, Copy, Debug)]
struct Error {
    /// The number of points it was made from.
    origin: usize,
    size: f64,
}

/// All forecasts of a method.
struct Trial {
    one_step: Vec<Error>,
    at_horizon: Vec<Error>,
    skipped: usize,
    /// Why the last origin was skipped.
    reason: Option<Unsuitable>,
    /// The size of the largest value.
    size: f64,
}

impl Trial {
    fn run(method: Method, scale: Scale, series: &Series, horizon: i64) -> Self {
        let (points, size) = (series.values().len(), largest(series.values()));
        let mut trial = Self { one_step: Vec::new(), at_horizon: Vec::new(), skipped: 0, reason: None, size };
        if points > MOST_POINTS {
            trial.reason = Some(Unsuitable::OutOfRange);
            return trial;
        }
        let mut growing = Growing::new(method, scale, series);
        for origin in method.least_points()..points {
            let Some(known) = series.first(origin) else { continue };
            let fit = match growing.as_mut().map_err(|reason| *reason).and_then(|growing| growing.fit(&known)) {
                Ok(fit) => fit,
                Err(reason) => {
                    trial.skipped += 1;
                    trial.reason = Some(reason);
                    continue;
                }
            };
            let error_at = |point: Option<(i64, f64)>| {
                let (x, y) = point?;
                let size = finite(y - fit.at(x).ok()?.value()).ok()?;
                Some(Error { origin, size })
            };
            trial.one_step.extend(error_at(point(series, origin)));
            trial.at_horizon.extend(error_at(nearest(series, origin, horizon)));
        }
        trial
    }

    /// What the errors amount to. Where nothing could be forecast, the method's own reason says more than that there are none.
    fn summary(&self, horizon: i64) -> Backtest {
        let errors = |errors: &[Error]| Errors::of(errors).map_err(|reason| self.reason.unwrap_or(reason));
        let at_horizon = if horizon < 1 { Err(Unsuitable::OutOfRange) } else { errors(&self.at_horizon) };
        Backtest { one_step: errors(&self.one_step), at_horizon, skipped: self.skipped }
    }
}

/// A point by its number from 0.
fn point(series: &Series, number: usize) -> Option<(i64, f64)> {
    series.dates().get(number).copied().zip(series.values().get(number).copied())
}

/// The later point nearest to a horizon from the last of the first `origin` points; the earlier of two.
fn nearest(series: &Series, origin: usize, horizon: i64) -> Option<(i64, f64)> {
    let dates = series.dates();
    let (first, last) = (dates.first()?, dates.last()?);
    let now = dates.get(origin.checked_sub(1)?)?;
    let half_step = between(*first, *last) / (2.0 * (dates.len() - 1) as f64);
    let away = |number: &usize| dates.get(*number).map_or(f64::INFINITY, |x| (between(*now, *x) - horizon as f64).abs());
    let number = (origin..dates.len()).min_by(|a, b| away(a).total_cmp(&away(b)))?;
    if horizon >= 1 && away(&number) <= half_step { point(series, number) } else { None }
}

#[cfg(test)]
#[path = "backtest_tests.rs"]
mod tests;
