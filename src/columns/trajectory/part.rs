//! Series answered one after the other.
#![allow(clippy::disallowed_types, reason = "a projection is an estimate that decides nothing")]

use std::ops::Range;

use super::job::Job;
use super::moment::Moment;
use super::moments::{Known, Moments};
use super::points::Points;
use super::reading::{Look, Reading, Seen};
use super::{Days, MOST_FAULTS, NO_PROJECTION, TrajectoryBuffers, TrajectoryOutput, are_in_order};
use crate::assess::Status;
use crate::columns::dispatch::Kernel;
use crate::columns::input::{Figures, Mantissas};
use crate::columns::settings::UNDEFINED;
use crate::fault::Fault;
use crate::statistics::Sum;

/// Some series after the other.
pub(super) struct Part<'b, 'j> {
    pub(super) job: &'b Job<'j>,
    pub(super) known: &'b Known<'b>,
    /// How many of its kind are run at once.
    pub(super) threads: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    /// One slot for each series from `from` on.
    pub(super) buffers: TrajectoryBuffers<'b>,
}

/// What was found of one series.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found {
    /// Nothing that can be answered.
    Faulty,
    /// Numbers that do not fit: it goes alone.
    Alone,
    /// Points whose last figure has no value, or no points.
    WithoutFigure,
    /// Points whose last figure is n of d, on a day.
    Figure { n: i64, d: i64, on: i32 },
}

impl Kernel for Part<'_, '_> {
    type Output = Vec<Fault>;

    #[inline(always)]
    fn run(mut self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut points = Points::default();
        let mut moments = Moments::new(self.known, self.threads);
        for series in self.from..self.to {
            let code = self.job.series.courses.get(series).unwrap_or(u32::MAX);
            // No closure around the loops: it would be compiled for what every processor has.
            let plainly = match self.job.readings.get(code as usize) {
                Some(Some(reading)) => self.job.load(series, reading, &mut points),
                _ => None,
            };
            let found = match plainly {
                Some(found) => found,
                None => self.job.load_one_by_one(series, code, &mut points, &mut faults),
            };
            self.answer(series, code, found, &mut points, &mut moments, &mut faults);
            if faults.len() >= MOST_FAULTS {
                break;
            }
        }
        faults.truncate(MOST_FAULTS);
        faults
    }
}

impl Job<'_> {
    /// All points of a series at once; none where some are beyond what whole numbers below 2⁵³ say.
    #[inline(always)]
    fn load(&self, series: usize, reading: &Reading, points: &mut Points) -> Option<Found> {
        let range = self.series.points(series);
        let days = self.days_of(&range);
        if self.shared.is_none() && !are_in_order(days) {
            return None;
        }
        let count = range.len();
        let denominators = self.series.denominators.as_ref().filter(|_| reading.is_quotient());
        let n = Numbers::new(&self.series.numerators, &range)?;
        let d = match denominators {
            Some(figures) => Numbers::new(figures, &range)?,
            None => n, // which is read as 1
        };
        let (mut seen, mut sum) = (Seen::default(), Sum::default());
        let values = points.start_anew(count);
        for ((value, n), d) in values.iter_mut().zip(n.eights).zip(d.eights) {
            *value = reading.values(n, d, &mut seen);
            sum.add(value);
        }
        if let Some(value) = values.get_mut(n.eights.len()) {
            *value = reading.values(&n.last_eight(0), &d.last_eight(1), &mut seen);
            sum.add(value);
        }
        points.sum = sum;
        let look = reading.look(&seen);
        if look == Look::Questionable {
            return None;
        }
        let are_there = |figures: &Figures<'_>| figures.validity.is_none_or(|there| there.are_all_there(range.start, count));
        if look == Look::WithGaps || !are_there(&self.series.numerators) || !denominators.is_none_or(are_there) {
            return Some(self.close_gaps(range, n.all, denominators.map(|_| d.all), points));
        }
        Some(match (n.all.last(), d.all.last(), days.last()) {
            (Some(n), Some(d), Some(on)) => Found::Figure { n: *n, d: if denominators.is_some() { *d } else { 1 }, on: *on },
            _ => Found::WithoutFigure,
        })
    }

    /// Leaves out the points that are missing, and those without a value.
    #[inline(always)]
    fn close_gaps(&self, range: Range<usize>, n: &[i64], d: Option<&[i64]>, points: &mut Points) -> Found {
        let validities =
            [self.series.numerators.validity, self.series.denominators.filter(|_| d.is_some()).and_then(|d| d.validity)];
        let is_there = |point: usize| validities.iter().flatten().all(|validity| validity.is_there(point));
        let days = self.days_of(&range);
        let d_of = |at: usize| d.map_or(1, |d| d.get(at).copied().unwrap_or(0));
        let last = n.iter().zip(days).enumerate().zip(range.clone()).rfind(|(_, point)| is_there(*point));
        points.keep(days, range.enumerate().map(|(at, point)| is_there(point) && d_of(at) != 0));
        match last {
            Some(((at, (n, on)), _)) if d_of(at) != 0 => Found::Figure { n: *n, d: d_of(at), on: *on },
            _ => Found::WithoutFigure,
        }
    }

    /// The days of the points of a series.
    #[inline(always)]
    pub(super) fn days_of(&self, points: &Range<usize>) -> &[i32] {
        match self.series.days {
            Days::Shared(days) => days,
            Days::Each { days, .. } => days.get(points.clone()).unwrap_or_default(),
        }
    }
}

impl Part<'_, '_> {
    #[cfg(feature = "parallel")]
    pub(super) fn len(&self) -> usize {
        self.to.saturating_sub(self.from)
    }

    #[cfg(feature = "parallel")]
    pub(super) fn halves(self) -> (Self, Self) {
        let half = self.len() / 2;
        let (left, right) = self.buffers.split_at(half);
        let middle = self.from.saturating_add(half);
        (Self { to: middle, buffers: left, ..self }, Self { from: middle, buffers: right, ..self })
    }

    /// Everything that is asked of a series.
    #[inline(always)]
    fn answer(
        &mut self,
        series: usize,
        code: u32,
        found: Found,
        points: &mut Points,
        moments: &mut Moments<'_>,
        faults: &mut Vec<Fault>,
    ) {
        let place = series.saturating_sub(self.from);
        if let Some(slot) = self.buffers.projection.as_mut().and_then(|column| column.get_mut(place)) {
            let due = self.job.courses.get(code as usize).map_or(0, |course| course.due());
            let days = self.job.days_of(&self.job.series.points(series));
            *slot = points.projection(self.job.shared.as_ref(), days, due).unwrap_or(NO_PROJECTION);
        }
        let is_done = match found {
            Found::Faulty => true,
            Found::Alone => false,
            Found::WithoutFigure => {
                self.nothing(place);
                true
            }
            Found::Figure { n, d, on } => match moments.of(code, on) {
                Some(moment) => write(&mut self.buffers, &self.job.wanted.outputs, place, moment, n, d),
                None => false,
            },
        };
        if !is_done {
            self.alone(series, place, code, faults);
        }
    }

    /// A series of which nothing can be said.
    #[cold]
    fn nothing(&mut self, place: usize) {
        if let Some(slot) = self.buffers.status.as_mut().and_then(|column| column.get_mut(place)) {
            *slot = Status::InProgress;
        }
        for column in self.buffers.columns.iter_mut().flatten() {
            column.iter_mut().skip(place).take(1).for_each(|slot| *slot = UNDEFINED);
        }
    }
}

/// Writes what a moment says of a figure; false where some number does not fit.
#[inline(always)]
fn write(
    buffers: &mut TrajectoryBuffers<'_>,
    outputs: &[TrajectoryOutput],
    place: usize,
    moment: &Moment,
    n: i64,
    d: i64,
) -> bool {
    if let Some(slot) = buffers.status.as_mut().and_then(|column| column.get_mut(place)) {
        *slot = moment.status(n, d);
    }
    let mut is_done = true;
    for output in outputs {
        let Some(Some(column)) = buffers.columns.get_mut(*output as usize) else { continue };
        let value = moment.number(*output, n, d);
        is_done &= value.is_some();
        column.iter_mut().skip(place).take(1).for_each(|slot| *slot = value.unwrap_or(UNDEFINED));
    }
    is_done
}

/// The numbers of a series, where they have 64 bits.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    all: &'a [i64],
    eights: &'a [[i64; 8]],
    /// How many come behind the eights.
    rest: i64,
    /// The column from there on, in which the numbers of other series may follow.
    column: &'a [i64],
}

impl<'a> Numbers<'a> {
    #[inline(always)]
    fn new(figures: &Figures<'a>, range: &Range<usize>) -> Option<Self> {
        let Mantissas::Narrow(values) = figures.mantissas else { return None };
        let all = values.get(range.clone())?;
        let (eights, rest) = all.as_chunks::<8>();
        Some(Self { all, eights, rest: rest.len() as i64, column: values.get(range.end.saturating_sub(rest.len())..)? })
    }

    /// Those behind the eights, and another number in place of what is behind them.
    #[inline(always)]
    fn last_eight(&self, behind: i64) -> [i64; 8] {
        let mut eight = [behind; 8];
        match self.column.first_chunk::<8>() {
            // To read what follows as well and leave it out is quicker than to read a few; with bits, since of a choice
            // compilers make a branch for each.
            Some(next) => {
                for ((slot, next), lane) in eight.iter_mut().zip(next).zip(0_i64..) {
                    let is_there = lane.wrapping_sub(self.rest) >> 63;
                    *slot ^= (*slot ^ next) & is_there;
                }
            }
            None => eight.iter_mut().zip(self.column).zip(0..self.rest).for_each(|((slot, next), _)| *slot = *next),
        }
        eight
    }
}
