//! Does a series rise or fall at all? The test of Mann and Kendall.

use super::quantile::normal_below;
use super::robust::{of_ties, ties};
use super::unsuitable::Unsuitable;

/// Where a series goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Up.
    Increasing,
    /// Down.
    Decreasing,
    /// Neither that the level of significance would allow to say.
    None,
}

impl Direction {
    /// The word that documents use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Increasing => "increasing",
            Self::Decreasing => "decreasing",
            Self::None => "none",
        }
    }
}

/// The test of Mann and Kendall: how many later values are above, and how many below, an earlier one.
///
/// Source: Mann (Econometrica 13, 1945); Kendall, Rank Correlation Methods (4th ed. 1975).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    points: usize,
    score: i64,
    variance: f64,
    /// Pairs of equal values.
    tied_pairs: u64,
}

/// Counts the rises and falls of a series over all pairs of its values, in time order.
///
/// ```text
/// S = Σ sign(yⱼ − yᵢ) over i < j
/// Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5))/18 over the groups of t equal values
/// ```
///
/// # Errors
/// `TooFewPoints` below 2 points, `ConstantSeries` where all values are equal, `OutOfRange` where one is not finite (a gap is to
/// be left out).
///
/// ```
/// use attain::statistics::{Direction, mann_kendall};
/// let trend = mann_kendall(&[1.0, 2.0, 3.0, 4.0, 5.0])?;
/// // All 10 pairs rise; Var S = 5·4·15/18; z = 9/√16.667 = 2.2045.
/// assert_eq!(trend.score(), 10);
/// assert!((trend.z() - 2.204_540_768).abs() < 1e-9);
/// assert_eq!(trend.direction(0.05), Ok(Direction::Increasing));
/// # Ok::<(), attain::statistics::Unsuitable>(())
/// ```
pub fn mann_kendall(values: &[f64]) -> Result<Trend, Unsuitable> {
    if values.iter().any(|value| !value.is_finite()) {
        return Err(Unsuitable::OutOfRange);
    }
    if values.len() < 2 {
        return Err(Unsuitable::TooFewPoints);
    }
    let groups = ties(values);
    if groups.len() == 1 {
        return Err(Unsuitable::ConstantSeries);
    }
    let score = score(values);
    let variance = (of_ties(values.len()) - groups.iter().map(|size| of_ties(*size)).sum::<f64>()) / 18.0;
    let tied_pairs = groups.iter().map(|size| pairs(*size)).sum();
    Ok(Trend { points: values.len(), score, variance, tied_pairs })
}

impl Trend {
    /// S: the pairs that rise less those that fall.
    #[must_use]
    pub fn score(&self) -> i64 {
        self.score
    }

    /// The variance of S where there is no trend, ties considered.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// S in standard deviations, brought 1 nearer to 0: (S ∓ 1)/√Var S, and 0 for S = 0.
    #[must_use]
    pub fn z(&self) -> f64 {
        (self.score - self.score.signum()) as f64 / self.variance.sqrt()
    }

    /// How probable a z at least as far from 0 is where there is no trend, by the normal approximation.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        2.0 * normal_below(-self.z().abs())
    }

    /// The score as share of all pairs: S/(n(n−1)/2).
    #[must_use]
    pub fn tau(&self) -> f64 {
        self.score as f64 / pairs(self.points) as f64
    }

    /// Kendall's τ-b against time: the score in terms of the pairs without ties, S/√(P·(P − T)) of P pairs, T of them tied.
    ///
    /// ```
    /// // 1, 1, 2: two of three pairs rise, one is tied: 2/√(3·2).
    /// let trend = attain::statistics::mann_kendall(&[1.0, 1.0, 2.0])?;
    /// assert!((trend.tau_b() - 2.0 / 6.0_f64.sqrt()).abs() < 1e-15 && (trend.tau() - 2.0 / 3.0).abs() < 1e-15);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    #[must_use]
    pub fn tau_b(&self) -> f64 {
        let all = pairs(self.points);
        self.score as f64 / (all as f64).sqrt() / ((all - self.tied_pairs) as f64).sqrt()
    }

    /// The p-value of Kendall's τ: exact where no values are equal and there are at most 33 of them, or at most one pair is
    /// out of order; else by the normal approximation without the correction of [`Trend::z`], as SciPy's `kendalltau` does.
    ///
    /// ```
    /// // Of the 6 orders of three values, 2 are as clear a trend as 1, 2, 4.
    /// let p = attain::statistics::mann_kendall(&[1.0, 2.0, 4.0])?.kendall_p_value();
    /// assert!((p - 2.0 / 6.0).abs() < 1e-15);
    /// # Ok::<(), attain::statistics::Unsuitable>(())
    /// ```
    #[must_use]
    pub fn kendall_p_value(&self) -> f64 {
        let all = pairs(self.points);
        // Without ties, S = all − 2·(pairs out of order).
        let fewer = all.saturating_sub(self.score.unsigned_abs()) / 2;
        if self.tied_pairs == 0 && (self.points <= 33 || fewer <= 1) {
            return if self.score == 0 { 1.0 } else { (2.0 * at_most_out_of_order(self.points, fewer)).min(1.0) };
        }
        2.0 * normal_below(-(self.score as f64 / self.variance.sqrt()).abs())
    }

    /// Where the series goes, at a level of significance, by [`Trend::p_value`].
    ///
    /// # Errors
    /// `OutOfRange` for a level outside 0 to 1.
    pub fn direction(&self, significance: f64) -> Result<Direction, Unsuitable> {
        if !(significance > 0.0 && significance < 1.0) {
            return Err(Unsuitable::OutOfRange);
        }
        Ok(match self.score {
            _ if self.p_value() >= significance => Direction::None,
            1.. => Direction::Increasing,
            _ => Direction::Decreasing,
        })
    }
}

/// S: for each value those before it that are below it, less those above it; in a time of n·log n.
fn score(values: &[f64]) -> i64 {
    let mut different = values.to_vec();
    different.sort_unstable_by(f64::total_cmp);
    different.dedup();
    let mut seen = Counts(vec![0; different.len()]);
    let mut score = 0_i64;
    for (before, value) in (0_i64..).zip(values) {
        let place = different.partition_point(|other| other < value);
        score += seen.below(place) + seen.below(place + 1) - before;
        seen.add(place);
    }
    score
}

/// How many were counted at each of so many places, with sums over the first of them (Fenwick, Software: Practice and
/// Experience 24, 1994): the entry of number n, from 1, holds the sum over as many places up to it as its lowest bit says.
struct Counts(Vec<i64>);

impl Counts {
    fn add(&mut self, place: usize) {
        let mut number = place + 1;
        while let Some(sum) = self.0.get_mut(number - 1) {
            *sum += 1;
            number += number & number.wrapping_neg();
        }
    }

    /// The sum over the places below one.
    fn below(&self, place: usize) -> i64 {
        let (mut number, mut sum) = (place, 0);
        while let Some(part) = number.checked_sub(1).and_then(|entry| self.0.get(entry)) {
            sum += part;
            number -= number & number.wrapping_neg();
        }
        sum
    }
}

/// The number of pairs among n.
fn pairs(n: usize) -> u64 {
    let n = n as u64;
    n * n.saturating_sub(1) / 2
}

/// The probability that a random order of n values has at most so many pairs out of order.
///
/// Each value in turn is put at one of j places among those before it, which adds 0 to j − 1 pairs with equal probability.
fn at_most_out_of_order(n: usize, most: u64) -> f64 {
    let places = usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1);
    let mut chances = vec![1.0];
    for j in 2..=n {
        let before = chances;
        chances = (0..places.min(before.len() + j - 1))
            .map(|out| before.iter().take(out + 1).skip((out + 1).saturating_sub(j)).sum::<f64>() / j as f64)
            .collect();
    }
    chances.iter().sum()
}
