//! Least squares of several series side by side, with the bits of [`Line::fit`](crate::statistics::Line::fit).
//!
//! `Line` first divides x and y by powers of two. That changes no digit of any number here, since none is near the ends of
//! what floats hold: values lie between 10⁻⁶⁷ and 10⁶⁷ in size, days below 2³². So the same sums are formed without it, each in
//! the order of its points. Work that has no order is done on whole vectors, and the sums of several series side by side.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "a projection is an estimate that decides nothing")]

use crate::columns::lanes::as_float;

/// How many series are summed side by side: enough that no addition waits for the one before it.
pub(super) const SIDE_BY_SIDE: usize = 8;

/// A number for each series of a group.
pub(super) type Each<T> = [T; SIDE_BY_SIDE];

/// How figures n and d of a rule become a value `(n·over)/(d·under)`, and which of them are beyond question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    over: f64,
    under: f64,
    /// Whether there is a d.
    is_quotient: bool,
    /// Powers of two that n and d have to be below in size, so that both products are exact and their quotient the nearest
    /// float.
    room: (i64, i64),
    /// All bits where n is not to be above d, else none.
    is_part: i64,
    /// All bits where n is not to be below 0, else none.
    is_not_negative: i64,
}

impl Reading {
    /// None where the products are not exact whatever the figures are.
    pub(super) fn new((over, under): (i64, i64), is_quotient: bool, is_part: bool, is_not_negative: bool) -> Option<Self> {
        let room = |factor: i64| {
            let bits = u64::BITS.saturating_sub(factor.unsigned_abs().leading_zeros());
            // factor < 2^bits, so that n < 2^(53 − bits) is enough.
            53_u32.checked_sub(bits).map(|left| 1_i64 << left.min(51))
        };
        let mask = |is: bool| if is { -1 } else { 0 };
        Some(Self {
            over: over as f64,
            under: under as f64,
            is_quotient,
            room: (room(over)?, room(under)?),
            is_part: mask(is_part),
            is_not_negative: mask(is_not_negative),
        })
    }

    /// Whether figures are a quotient of two numbers.
    #[inline(always)]
    pub(super) fn is_quotient(&self) -> bool {
        self.is_quotient
    }

    /// The value of one figure, where it is beyond question and has one.
    #[inline(always)]
    pub(super) fn value(&self, n: i64, d: i64) -> Option<f64> {
        let mut value = [0.0];
        let look = self.values(&[n], &[d], &mut value);
        let [value] = value;
        (look == Look::Plain).then_some(value)
    }

    /// Turns figures into values; d plays no part for amounts. Values mean nothing where their d is 0, and after
    /// [`Look::Questionable`].
    #[inline(always)]
    pub(super) fn values(&self, n: &[i64], d: &[i64], values: &mut [f64]) -> Look {
        let (mut odd, mut gaps, mut large_n, mut large_d) = (0, 0, 0, 0);
        if self.is_quotient {
            for ((n, d), value) in n.iter().zip(d).zip(values) {
                odd |= d | (n & self.is_not_negative) | (d.wrapping_sub(*n) & self.is_part);
                gaps |= d.wrapping_sub(1);
                large_n |= n.wrapping_add(self.room.0);
                large_d |= d.wrapping_add(self.room.1);
                *value = as_float(*n) * self.over / (as_float(*d) * self.under);
            }
        } else {
            for (n, value) in n.iter().zip(values) {
                odd |= n & self.is_not_negative;
                large_n |= n.wrapping_add(self.room.0);
                *value = as_float(*n) * self.over / self.under;
            }
        }
        match (odd >= 0 && is_below(large_n, self.room.0) && is_below(large_d, self.room.1), gaps >= 0) {
            (false, _) => Look::Questionable,
            (true, false) => Look::WithGaps,
            (true, true) => Look::Plain,
        }
    }
}

/// What some figures are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Each has a value.
    Plain,
    /// Some have a whole of 0.
    WithGaps,
    /// Some are too large, or not what there can be.
    Questionable,
}

/// Whether numbers to which `room` was added were all below it in size.
#[inline(always)]
fn is_below(all: i64, room: i64) -> bool {
    (0..room.wrapping_add(room)).contains(&all)
}

/// The days that several series stand on: the same for all of them.
#[derive(Clone, Debug)]
pub(super) struct SharedDays {
    centred: Vec<f64>,
    mean: f64,
    squares: f64,
}

impl SharedDays {
    pub(super) fn new(days: &[i32]) -> Self {
        let x: Vec<f64> = days.iter().map(|day| f64::from(*day)).collect();
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let centred: Vec<f64> = x.iter().map(|x| x - mean).collect();
        let squares = centred.iter().map(|x| x * x).sum();
        Self { centred, mean, squares }
    }
}

/// The points of a group of series, one series after the other.
#[derive(Debug, Default)]
pub(super) struct Points {
    /// Their days; empty where they are shared.
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    /// Where each series ends.
    pub(super) ends: Each<usize>,
    squares: Vec<f64>,
    zeros: Vec<f64>,
}

impl Points {
    #[inline(always)]
    pub(super) fn clear(&mut self) {
        self.x.clear();
        self.y.clear();
        self.ends = Each::default();
    }

    /// The number of points of a series.
    #[inline(always)]
    pub(super) fn counts(&self) -> Each<usize> {
        let mut start = 0;
        self.ends.map(|end| end.saturating_sub(std::mem::replace(&mut start, end)))
    }

    /// Where the line through the points of each series is on a day of its own; means nothing for fewer than two points or
    /// equal days. Leaves other numbers in place of the points.
    #[inline(always)]
    pub(super) fn projections(&mut self, shared: Option<&SharedDays>, on: &Each<f64>) -> Each<f64> {
        let counts = self.counts();
        let longest = counts.iter().copied().max().unwrap_or(0);
        if self.zeros.len() < longest {
            self.zeros.resize(longest, 0.0);
        }
        let counts = counts.map(|count| count as f64);
        let (mean_x, squares) = match shared {
            Some(days) => ([days.mean; SIDE_BY_SIDE], [days.squares; SIDE_BY_SIDE]),
            None => self.centre_days(&counts),
        };
        let mean_y = quotients(&sums(&parts(&self.y, &self.ends), &self.zeros), &counts);
        let mut rest = self.y.as_mut_slice();
        let mut rest_x = self.x.as_slice();
        let mut start = 0;
        for (end, mean) in self.ends.iter().zip(&mean_y) {
            let count = end.saturating_sub(std::mem::replace(&mut start, *end));
            let Some((y, after)) = std::mem::take(&mut rest).split_at_mut_checked(count) else { break };
            rest = after;
            let x = match shared {
                Some(days) => days.centred.as_slice(),
                None => {
                    let Some((x, after)) = rest_x.split_at_checked(count) else { break };
                    rest_x = after;
                    x
                }
            };
            y.iter_mut().zip(x).for_each(|(y, x)| *y = x * (*y - mean));
        }
        let products = sums(&parts(&self.y, &self.ends), &self.zeros);
        let mut heights = Each::default();
        let lines = products.iter().zip(&squares).zip(&mean_x).zip(&mean_y).zip(on);
        for (height, ((((product, squares), mean_x), mean_y), on)) in heights.iter_mut().zip(lines) {
            *height = product / squares * (on - mean_x) + mean_y;
        }
        heights
    }

    /// Leaves in `x` how far each day lies from their mean; gives the means, and the sums of the squares of these distances.
    #[inline(always)]
    fn centre_days(&mut self, counts: &Each<f64>) -> (Each<f64>, Each<f64>) {
        let means = quotients(&sums(&parts(&self.x, &self.ends), &self.zeros), counts);
        self.squares.clear();
        let mut rest = self.x.as_mut_slice();
        let mut start = 0;
        for (end, mean) in self.ends.iter().zip(&means) {
            let count = end.saturating_sub(std::mem::replace(&mut start, *end));
            let Some((x, after)) = std::mem::take(&mut rest).split_at_mut_checked(count) else { break };
            rest = after;
            x.iter_mut().for_each(|x| *x -= mean);
            self.squares.extend(x.iter().map(|x| *x * *x));
        }
        (means, sums(&parts(&self.squares, &self.ends), &self.zeros))
    }
}

#[inline(always)]
fn quotients(over: &Each<f64>, under: &Each<f64>) -> Each<f64> {
    let mut quotients = *over;
    quotients.iter_mut().zip(under).for_each(|(quotient, under)| *quotient /= under);
    quotients
}

/// The numbers of each series.
#[inline(always)]
fn parts<'p>(all: &'p [f64], ends: &Each<usize>) -> Each<&'p [f64]> {
    let mut start = 0;
    ends.map(|end| all.get(std::mem::replace(&mut start, end)..end).unwrap_or_default())
}

/// The sum of each series, in the order of its points; `zeros` are at least as many as the longest has points.
#[inline(always)]
fn sums(parts: &Each<&[f64]>, zeros: &[f64]) -> Each<f64> {
    let mut sums = Each::default();
    let mut rest = *parts;
    // As far as the shortest one goes; where some have ended, to add 0 changes nothing.
    while let Some(common) = rest.iter().map(|part| part.len()).filter(|length| *length > 0).min() {
        let next = rest.map(|part| part.get(..common).or_else(|| zeros.get(..common)).unwrap_or_default());
        add(&mut sums, next);
        rest = rest.map(|part| part.get(common..).unwrap_or_default());
    }
    sums
}

#[inline(always)]
fn add(sums: &mut Each<f64>, parts: Each<&[f64]>) {
    let [a, b, c, d, e, f, g, h] = parts;
    let [mut sa, mut sb, mut sc, mut sd, mut se, mut sf, mut sg, mut sh] = *sums;
    for (((((((a, b), c), d), e), f), g), h) in a.iter().zip(b).zip(c).zip(d).zip(e).zip(f).zip(g).zip(h) {
        sa += a;
        sb += b;
        sc += c;
        sd += d;
        se += e;
        sf += f;
        sg += g;
        sh += h;
    }
    *sums = [sa, sb, sc, sd, se, sf, sg, sh];
}
