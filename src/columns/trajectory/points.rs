//! The points of a series, and where the line of least squares through them is on the due day, with the bits of
//! [`Line::fit`](crate::statistics::Line::fit).
//!
//! `Line` first divides x and y by powers of two. That changes no digit of any number here, since none is near the ends of
//! what floats hold: values lie between 10⁻⁶⁷ and 10⁶⁷ in size, days below 2³². So the same sums are formed without it, eight
//! points at a time.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "a projection is an estimate that decides nothing")]

use crate::statistics::{Eight, Sum};

/// The days of points, as a line sees them.
#[derive(Clone, Debug, Default)]
pub(super) struct Centred {
    /// How far each lies from their mean; 0 behind the last.
    x: Vec<Eight>,
    mean: f64,
    /// The sum of the squares of these distances.
    squares: f64,
    are_equal: bool,
}

impl Centred {
    pub(super) fn new(days: &[i32]) -> Self {
        let mut centred = Self::default();
        centred.set(days);
        centred
    }

    /// The same for other days, which do not fall.
    #[inline(always)]
    fn set(&mut self, days: &[i32]) {
        let (eights, rest) = days.as_chunks::<8>();
        self.x.resize(days.len().div_ceil(8), Eight::default());
        let mut sum = Sum::default();
        for (x, days) in self.x.iter_mut().zip(eights) {
            *x = as_floats(days);
            sum.add(x);
        }
        if let Some(x) = self.x.get_mut(eights.len()) {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(slot, day)| *slot = *day);
            *x = as_floats(&last);
            sum.add(x);
        }
        self.mean = sum.total() / days.len() as f64;
        let mut squares = Sum::default();
        let mut left = days.len();
        let mean = self.mean;
        for x in &mut self.x {
            x.iter_mut().for_each(|x| *x -= mean);
            if left < 8 {
                x.iter_mut().skip(left).for_each(|x| *x = 0.0);
            }
            let mut square = *x;
            square.iter_mut().for_each(|x| *x *= *x);
            squares.add(&square);
            left = left.saturating_sub(8);
        }
        self.squares = squares.total();
        self.are_equal = days.first() == days.last();
    }
}

/// The points of one series.
#[derive(Debug, Default)]
pub(super) struct Points {
    /// The values; 0 behind the last.
    y: Vec<Eight>,
    /// Their sum.
    pub(super) sum: Sum,
    /// The days of the points, where some were left out.
    days: Vec<i32>,
    has_own_days: bool,
    count: usize,
    /// Room for days that are not shared.
    centred: Centred,
}

impl Points {
    /// So many points of another series: the place of their values, all of which are to be written, 0 behind the last,
    /// and so is their sum.
    #[inline(always)]
    pub(super) fn start_anew(&mut self, count: usize) -> &mut [Eight] {
        self.y.resize(count.div_ceil(8), Eight::default());
        self.days.clear();
        self.has_own_days = false;
        self.sum = Sum::default();
        self.count = count;
        &mut self.y
    }

    /// One more point.
    pub(super) fn push(&mut self, value: f64, on: i32) {
        if self.count.is_multiple_of(8) {
            self.y.push(Eight::default());
        }
        self.y.as_flattened_mut().iter_mut().skip(self.count).take(1).for_each(|slot| *slot = value);
        self.days.push(on);
        self.has_own_days = true;
        let mut eight = Eight::default();
        eight.iter_mut().skip(self.count % 8).take(1).for_each(|slot| *slot = value);
        self.sum.add(&eight);
        self.count = self.count.saturating_add(1);
    }

    /// Leaves out the points that are not there.
    #[inline(always)]
    pub(super) fn keep(&mut self, days: &[i32], is_there: impl IntoIterator<Item = bool>) {
        self.days.resize(days.len(), 0);
        let mut kept = 0;
        let values = self.y.as_flattened_mut();
        for (at, (on, is_there)) in days.iter().zip(is_there).enumerate() {
            let value = values.get(at).copied().unwrap_or(0.0);
            // What is written here is written over where there is no point.
            if let (Some(y), Some(day)) = (values.get_mut(kept), self.days.get_mut(kept)) {
                (*y, *day) = (value, *on);
            }
            kept = kept.saturating_add(usize::from(is_there));
        }
        values.iter_mut().skip(kept).for_each(|value| *value = 0.0);
        self.days.truncate(kept);
        self.has_own_days = true;
        self.count = kept;
        self.sum = sum(&self.y);
    }

    /// Where the line through the points is on a day; none for fewer than two points or equal days. The points stand on `days`,
    /// all series on those that are `shared`, unless some were left out.
    #[inline(always)]
    pub(super) fn projection(&mut self, shared: Option<&Centred>, days: &[i32], on: i32) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let days = match shared {
            Some(shared) if !self.has_own_days => shared,
            _ => {
                self.centred.set(if self.has_own_days { &self.days } else { days });
                &self.centred
            }
        };
        if days.are_equal {
            return None;
        }
        let mean = self.sum.total() / self.count as f64;
        let mut products = Sum::default();
        for (x, y) in days.x.iter().zip(&self.y) {
            let mut product = *x;
            product.iter_mut().zip(y).for_each(|(x, y)| *x *= y - mean);
            products.add(&product);
        }
        Some(products.total() / days.squares * (f64::from(on) - days.mean) + mean)
    }
}

#[inline(always)]
fn as_floats(days: &[i32; 8]) -> Eight {
    let mut floats = Eight::default();
    floats.iter_mut().zip(days).for_each(|(float, day)| *float = f64::from(*day));
    floats
}

#[inline(always)]
fn sum(values: &[Eight]) -> Sum {
    let mut sum = Sum::default();
    values.iter().for_each(|eight| sum.add(eight));
    sum
}
