//! The line of Theil and Sen, which a few wild points do not move.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::line::Line;
use super::proportion::Interval;
use super::quantile::{finite, normal_exceeded_with, tail_of};
use super::series::MOST_POINTS;
use super::unsuitable::Unsuitable;

/// Where the line passes, once its slope is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intercept {
    /// The median of y − slope·x.
    Joint,
    /// The median of y less slope times the median of x.
    Separate,
}

/// The line of Theil and Sen with the interval of its slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TheilSen {
    /// The median of the slopes of all pairs of points.
    pub slope: f64,
    /// Where the line is at x = 0.
    pub intercept: f64,
    /// The interval of the slope.
    pub slope_interval: Interval,
}

/// The line whose slope is the median of the slopes of all pairs of points, with the interval of that slope at a level.
///
/// ```text
/// slope = median of (yⱼ − yᵢ)/(xⱼ − xᵢ) over xⱼ > xᵢ
/// interval: the slopes of ranks (N ± z·σ)/2 of N, σ² that of Kendall's score with ties
/// ```
///
/// Ranks are rounded half to even, as `scipy.stats.theilslopes` does. Source: Sen, "Estimates of the regression coefficient
/// based on Kendall's tau" (Journal of the American Statistical Association 63, 1968).
///
/// # Errors
/// `TooFewPoints` below 2 points, `EqualDates` where all x are equal, `OutOfRange` for unequal numbers of x and y, more than
/// [`MOST_POINTS`] of them, a level outside 0 to 1, and values that are not finite.
///
/// ```
/// use attain::statistics::{Intercept, theil_sen};
/// // One value of 100 among 1 … 7 changes nothing.
/// let x = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
/// let line = theil_sen(&x, &[1.0, 2.0, 3.0, 100.0, 5.0, 6.0, 7.0], Intercept::Separate, 0.95)?;
/// assert_eq!((line.slope, line.slope_interval.low, line.slope_interval.high), (1.0, 1.0, 1.0));
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn theil_sen(x: &[f64], y: &[f64], intercept: Intercept, level: f64) -> Result<TheilSen, Unsuitable> {
    let tail = tail_of(level)?;
    if x.len() != y.len() || x.len() > MOST_POINTS || x.iter().chain(y).any(|value| !value.is_finite()) {
        return Err(Unsuitable::OutOfRange);
    }
    if x.len() < 2 {
        return Err(Unsuitable::TooFewPoints);
    }
    let mut slopes = slopes(x, y);
    slopes.sort_unstable_by(f64::total_cmp);
    let slope = finite(middle_of_sorted(&slopes).ok_or(Unsuitable::EqualDates)?)?;
    let height = match intercept {
        Intercept::Joint => median(x.iter().zip(y).map(|(x, y)| y - slope * x).collect()),
        Intercept::Separate => median(y.to_vec()) - slope * median(x.to_vec()),
    };
    let (low, high) = ranks(x, y, slopes.len(), tail)?;
    let at = |rank: usize| slopes.get(rank).copied().ok_or(Unsuitable::TooFewPoints).and_then(finite);
    Ok(TheilSen { slope, intercept: finite(height)?, slope_interval: Interval { low: at(low)?, high: at(high)? } })
}

/// The line as forecasts use it, by its [`PairSlopes`]: the joint intercept, with the residuals of this line in the place of
/// those of least squares.
pub(super) fn line(x: &[f64], y: &[f64], slope: f64) -> Result<Line, Unsuitable> {
    Line::through(x, y, |x, y, unit| {
        let slope = slope / unit;
        (slope, median(x.iter().zip(y).map(|(x, y)| y - slope * x).collect()))
    })
}

/// The slopes of all pairs of the points so far, with their median, as points are added at its end.
///
/// Each of n points adds as many slopes as there are points before it, each in the time that a heap takes: n²·log n in all.
#[derive(Debug, Default)]
pub(super) struct PairSlopes {
    points: Vec<(f64, f64)>,
    slopes: RunningMedian,
}

impl PairSlopes {
    /// Adds a point at a later x than all before it.
    pub(super) fn add(&mut self, x: f64, y: f64) {
        for (earlier_x, earlier_y) in &self.points {
            self.slopes.add((y - earlier_y) / (x - earlier_x));
        }
        self.points.push((x, y));
    }

    /// How many points there are.
    pub(super) fn count(&self) -> usize {
        self.points.len()
    }

    /// The median slope; none below 2 points.
    pub(super) fn median(&self) -> Option<f64> {
        self.slopes.median()
    }
}

/// The slopes of all pairs with different x.
fn slopes(x: &[f64], y: &[f64]) -> Vec<f64> {
    let points: Vec<_> = x.iter().copied().zip(y.iter().copied()).collect();
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (number, (x, y)) in points.iter().enumerate() {
        let later = points.iter().skip(number + 1).filter(|point| point.0 != *x);
        slopes.extend(later.map(|(later_x, later_y)| (later_y - y) / (later_x - x)));
    }
    slopes
}

/// The ranks, from 0, of the two slopes that bound the interval.
fn ranks(x: &[f64], y: &[f64], count: usize, tail: f64) -> Result<(usize, usize), Unsuitable> {
    let ties = |values: &[f64]| ties(values).into_iter().map(of_ties).sum::<f64>();
    let variance = (of_ties(x.len()) - ties(x) - ties(y)) / 18.0;
    let away = normal_exceeded_with(tail)? * variance.max(0.0).sqrt();
    let count = count as f64;
    let high = ((count + away) / 2.0).round_ties_even().min(count - 1.0);
    let low = (((count - away) / 2.0).round_ties_even() - 1.0).max(0.0);
    // Both are whole numbers from 0 to the count.
    Ok((low as usize, high.max(0.0) as usize))
}

/// What k tied values, or k values in all, add to the variance of Kendall's score: k·(k−1)·(2k+5), to be divided by 18.
pub(super) fn of_ties(k: usize) -> f64 {
    let k = k as f64;
    k * (k - 1.0) * (2.0 * k + 5.0)
}

/// The sizes of the groups of equal values.
pub(super) fn ties(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(<[f64]>::len).collect()
}

/// The median of numbers as they come, by two heaps: the lower half and the higher one, as long or one longer.
#[derive(Debug, Default)]
struct RunningMedian {
    below: BinaryHeap<i64>,
    above: BinaryHeap<Reverse<i64>>,
}

impl RunningMedian {
    fn add(&mut self, value: f64) {
        let key = in_order(value);
        match self.above.peek() {
            Some(Reverse(middle)) if key < *middle => self.below.push(key),
            _ => self.above.push(Reverse(key)),
        }
        if self.below.len() > self.above.len() {
            self.above.extend(self.below.pop().map(Reverse));
        } else if self.above.len() > self.below.len() + 1 {
            self.below.extend(self.above.pop().map(|Reverse(key)| key));
        }
    }

    fn median(&self) -> Option<f64> {
        let Reverse(middle) = self.above.peek()?;
        let middle = out_of_order(*middle);
        match self.below.peek() {
            Some(below) if self.below.len() == self.above.len() => Some(f64::midpoint(out_of_order(*below), middle)),
            _ => Some(middle),
        }
    }
}

/// A whole number for each float, in the order of `total_cmp`.
fn in_order(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

/// The float of a number.
fn out_of_order(key: i64) -> f64 {
    f64::from_bits(if key < 0 { key ^ i64::MAX } else { key }.cast_unsigned())
}

/// The median, 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    let (count, half) = (values.len(), values.len() / 2);
    if count == 0 {
        return 0.0;
    }
    let (below, middle, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    if count % 2 == 1 { *middle } else { f64::midpoint(below.iter().copied().fold(f64::NEG_INFINITY, f64::max), *middle) }
}

/// The median of sorted values.
fn middle_of_sorted(sorted: &[f64]) -> Option<f64> {
    let half = sorted.len() / 2;
    let high = sorted.get(half)?;
    if sorted.len() % 2 == 1 { Some(*high) } else { Some(f64::midpoint(*sorted.get(half.checked_sub(1)?)?, *high)) }
}
