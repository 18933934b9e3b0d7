//! Series answered a few at a time, and those whose numbers do not fit one by one.
#![allow(clippy::disallowed_types, reason = "a projection is an estimate that decides nothing")]

use std::ops::Range;

use super::course::Course;
use super::lines::{Each, Look, Points, Reading, SIDE_BY_SIDE, SharedDays};
use super::moment::Moment;
use super::moments::{Known, Moments, room_beside};
use super::{
    Days, MOST_FAULTS, NO_PROJECTION, Series, TrajectoryBuffers, TrajectoryOutput, Wanted, are_in_order, faults_of_days,
};
use crate::assess::Status;
use crate::columns::comparison::fraction;
use crate::columns::dispatch::Kernel;
use crate::columns::input::{Figures, Mantissas};
use crate::columns::settings::{UNDEFINED, fixed_or_undefined};
use crate::fault::{Fault, FaultKind, Path};
use crate::number::Ratio;
use crate::plan::Kind;

/// Courses that are asked of series.
pub(super) struct Job<'j> {
    courses: &'j [Course],
    series: &'j Series<'j>,
    wanted: &'j Wanted,
    /// Of each course what the quotient of two mantissas is multiplied by.
    wholes: Vec<Ratio>,
    /// How the figures of each course are read; none where they have to be looked at one by one.
    readings: Vec<Option<Reading>>,
    /// Where all courses have the same.
    reading: Option<Reading>,
    shared: Option<SharedDays>,
}

impl<'j> Job<'j> {
    pub(super) fn new(courses: &'j [Course], series: &'j Series<'j>, wanted: &'j Wanted) -> Self {
        let wholes: Vec<Ratio> = courses.iter().map(|course| whole(course, series)).collect();
        let readings: Vec<Option<Reading>> =
            courses.iter().zip(&wholes).map(|(course, whole)| reading(course, whole, series)).collect();
        let reading = readings.first().copied().flatten().filter(|first| readings.iter().all(|other| *other == Some(*first)));
        let shared = match series.days {
            Days::Shared(days) => Some(SharedDays::new(days)),
            Days::Each { .. } => None,
        };
        Self { courses, series, wanted, wholes, readings, reading, shared }
    }

    /// What is known of the courses on days before any series is answered. Where all series end on one day that is all that
    /// will be asked for; with `ahead` it is most of it otherwise too, so that threads need not find it out each for itself.
    pub(super) fn known(&self, ahead: bool) -> Known<'_> {
        let mut known = Known::new(self.courses, &self.wholes, self.wanted, room_beside(self.series));
        match self.series.days {
            Days::Shared(days) => {
                for (on, (code, _)) in days.last().into_iter().cycle().zip((0_u32..).zip(self.courses)) {
                    known.find(code, *on);
                }
            }
            Days::Each { days, .. } => {
                for place in (0..self.series.len()).filter(|_| ahead) {
                    if known.is_full() {
                        break;
                    }
                    let on = self.series.points(place).last().and_then(|last| days.get(last));
                    if let (Some(code), Some(on)) = (self.series.courses.get(place), on) {
                        known.find(code, *on);
                    }
                }
            }
        }
        known
    }
}

/// What n/d of a series of this course is multiplied by.
fn whole(course: &Course, series: &Series<'_>) -> Ratio {
    course.rule().whole(series.numerators.scale, series.denominators.map_or(0, |figures| figures.scale))
}

/// None where what there can be is more than whole numbers can be asked.
fn reading(course: &Course, whole: &Ratio, series: &Series<'_>) -> Option<Reading> {
    let is_same_places = series.denominators.is_some_and(|figures| figures.scale == series.numerators.scale);
    let possible = course.rule().possible(is_same_places);
    let is_quotient = course.rule().is_quotient();
    Reading::new(fraction(whole)?, is_quotient, possible.is_part, possible.is_not_negative).filter(|_| possible.is_all)
}

/// Some series after the other.
pub(super) struct Groups<'b, 'j> {
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
#[derive(Clone, Copy, Debug, Default)]
enum Found {
    /// Nothing that can be answered.
    #[default]
    Faulty,
    /// Numbers that do not fit: it goes alone.
    Alone,
    /// Points whose last figure has no value, or no points.
    WithoutFigure,
    /// Points whose last figure is n of d, on a day.
    Figure { n: i64, d: i64, on: i32 },
}

/// A group of series.
#[derive(Default)]
struct Group {
    codes: Each<u32>,
    found: Each<Found>,
    points: Points,
    /// Whether a line can be laid through the points of each.
    has_line: Each<bool>,
    /// Whether all points of all series stand on the shared days.
    is_shared: bool,
}

impl Group {
    #[inline(always)]
    fn start_anew(&mut self, is_shared: bool) {
        self.points.clear();
        self.is_shared = is_shared;
    }

    /// The points so far are those of the series up to this one.
    #[inline(always)]
    fn end(&mut self, lane: usize, found: Found) {
        self.end_at(lane, self.points.y.len(), found);
    }

    #[inline(always)]
    fn end_at(&mut self, lane: usize, end: usize, found: Found) {
        self.points.ends.iter_mut().skip(lane).for_each(|slot| *slot = end);
        self.found.iter_mut().skip(lane).take(1).for_each(|slot| *slot = found);
    }
}

impl Kernel for Groups<'_, '_> {
    type Output = Vec<Fault>;

    #[inline(always)]
    fn run(mut self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut group = Group::default();
        let mut moments = Moments::new(self.known, self.threads);
        let mut start = self.from;
        while start < self.to && faults.len() < MOST_FAULTS {
            let count = self.to.saturating_sub(start).min(SIDE_BY_SIDE);
            self.load(start, count, &mut group, &mut faults);
            self.answer(start, count, &mut group, &mut moments, &mut faults);
            start = start.saturating_add(count);
        }
        faults.truncate(MOST_FAULTS);
        faults
    }
}

impl Groups<'_, '_> {
    #[cfg(feature = "parallel")]
    pub(super) fn len(&self) -> usize {
        self.to.saturating_sub(self.from)
    }

    /// Two halves, the first of whole groups.
    #[cfg(feature = "parallel")]
    pub(super) fn halves(self) -> (Self, Self) {
        let half = (self.len() / 2).next_multiple_of(SIDE_BY_SIDE).min(self.len());
        let (left, right) = self.buffers.split_at(half);
        let middle = self.from.saturating_add(half);
        (Self { to: middle, buffers: left, ..self }, Self { from: middle, buffers: right, ..self })
    }

    /// Takes in the points of a group, and says what is wrong with them.
    #[inline(always)]
    fn load(&self, start: usize, count: usize, group: &mut Group, faults: &mut Vec<Fault>) {
        let known = u32::try_from(self.job.courses.len()).unwrap_or(u32::MAX);
        let mut are_known = true;
        group.codes = Each::default();
        for (place, code) in (start..).zip(group.codes.iter_mut().take(count)) {
            *code = self.job.series.courses.get(place).unwrap_or(u32::MAX);
            are_known &= *code < known;
        }
        group.found = Each::default();
        group.start_anew(self.job.shared.is_some());
        if let Some(reading) = self.job.reading.as_ref().filter(|_| are_known)
            && self.load_plain(start, count, 0, reading, group)
        {
            self.mark_lines(group);
            return;
        }
        group.start_anew(self.job.shared.is_some());
        for (lane, series) in (start..).take(count).enumerate() {
            let code = group.codes.get(lane).copied().unwrap_or(u32::MAX);
            let reading = self.job.readings.get(code as usize).and_then(Option::as_ref);
            if reading.is_some_and(|reading| self.load_plain(series, 1, lane, reading, group)) {
                continue;
            }
            let found = self.load_one(series, code, known, group, faults);
            group.end(lane, found);
        }
        self.mark_lines(group);
    }

    /// All points of some series at once, where none is beyond what whole numbers below 2⁵³ say; false where some is.
    #[inline(always)]
    fn load_plain(&self, start: usize, count: usize, lane: usize, reading: &Reading, group: &mut Group) -> bool {
        let series = self.job.series;
        let range = series.points(start).start..series.points(start.saturating_add(count).saturating_sub(1)).end;
        let are_there =
            |figures: &Figures<'_>| figures.validity.is_none_or(|validity| validity.are_all_there(range.start, range.len()));
        let Some(n) = narrow(&series.numerators, &range) else { return false };
        let denominators = series.denominators.as_ref().filter(|_| reading.is_quotient());
        let d = match denominators {
            Some(figures) => narrow(figures, &range),
            None => Some([].as_slice()),
        };
        let Some(d) = d else { return false };
        for place in (start..).take(count) {
            if matches!(series.days, Days::Each { .. }) && !are_in_order(self.days_of(&series.points(place))) {
                return false;
            }
        }
        let points = &mut group.points;
        let before = points.y.len();
        points.y.resize(before.saturating_add(range.len()), 0.0);
        let look = reading.values(n, d, points.y.get_mut(before..).unwrap_or_default());
        if look == Look::Questionable {
            points.y.truncate(before);
            return false;
        }
        let has_gaps = look == Look::WithGaps || !are_there(&series.numerators) || !denominators.is_none_or(are_there);
        if has_gaps {
            self.close_gaps(start, count, lane, (n, d), before, group);
            return true;
        }
        // Shared days are not asked for as long as no series has gaps.
        if !(group.is_shared && count > 1) {
            for place in (start..).take(count) {
                points.x.extend(self.days_of(&series.points(place)).iter().map(|day| f64::from(*day)));
            }
        }
        for (lane, place) in (lane..).zip(start..).take(count) {
            let own = series.points(place);
            let last = own.end.wrapping_sub(range.start).wrapping_sub(1);
            let d = if denominators.is_some() { d.get(last) } else { Some(&1) };
            let found = match (n.get(last), d, self.days_of(&own).last()) {
                (Some(n), Some(d), Some(on)) => Found::Figure { n: *n, d: *d, on: *on },
                _ => Found::WithoutFigure,
            };
            let end = before.saturating_add(own.end.saturating_sub(range.start));
            group.end_at(lane, end, found);
        }
        true
    }

    /// Moves the values that are there together, and adds their days; `before` is where the values begin, `n` and `d` are the
    /// figures of all of them.
    #[inline(always)]
    fn close_gaps(&self, start: usize, count: usize, lane: usize, (n, d): (&[i64], &[i64]), before: usize, group: &mut Group) {
        let series = self.job.series;
        let is_quotient = !d.is_empty();
        let validities = [series.numerators.validity, series.denominators.filter(|_| is_quotient).and_then(|d| d.validity)];
        let are_all_there = validities.iter().all(Option::is_none);
        let is_there = |point: usize| validities.iter().flatten().all(|validity| validity.is_there(point));
        group.is_shared = false;
        let first = series.points(start).start;
        group.points.x.resize(group.points.y.len(), 0.0);
        let mut kept = before;
        for (lane, place) in (lane..).zip(start..).take(count) {
            let own = series.points(place);
            let days = self.days_of(&own);
            let from = own.start.saturating_sub(first);
            let n = n.get(from..).unwrap_or_default();
            let whole = d.get(from..).unwrap_or_default();
            let mut found = Found::WithoutFigure;
            for (at, ((point, on), n)) in own.zip(days).zip(n).enumerate() {
                if !(are_all_there || is_there(point)) {
                    continue;
                }
                let d = if is_quotient { whole.get(at).copied().unwrap_or(0) } else { 1 };
                found = Found::Figure { n: *n, d, on: *on };
                let value = group.points.y.get(before.saturating_add(from).saturating_add(at)).copied().unwrap_or(0.0);
                // What is written here is written over where there is no value.
                if let (Some(y), Some(x)) = (group.points.y.get_mut(kept), group.points.x.get_mut(kept)) {
                    (*y, *x) = (value, f64::from(*on));
                }
                kept = kept.saturating_add(usize::from(d != 0));
            }
            if let Found::Figure { d: 0, .. } = found {
                found = Found::WithoutFigure;
            }
            group.end_at(lane, kept, found);
        }
        group.points.y.truncate(kept);
        group.points.x.truncate(kept);
    }

    /// The days of the points of a series.
    #[inline(always)]
    fn days_of(&self, points: &Range<usize>) -> &[i32] {
        match self.job.series.days {
            Days::Shared(days) => days,
            Days::Each { days, .. } => days.get(points.clone()).unwrap_or_default(),
        }
    }

    #[inline(always)]
    fn mark_lines(&self, group: &mut Group) {
        let counts = group.points.counts();
        group.has_line = counts.map(|count| count > 1);
        if group.is_shared {
            let Days::Shared(days) = self.job.series.days else { return };
            if days.first() == days.last() {
                group.has_line = Each::default();
            }
            return;
        }
        let mut start = 0;
        for (has_line, end) in group.has_line.iter_mut().zip(group.points.ends) {
            let days = group.points.x.get(std::mem::replace(&mut start, end)..end).unwrap_or_default();
            *has_line &= days.first() != days.last();
        }
    }

    /// Adds the points of one series, one by one.
    #[inline(never)]
    fn load_one(&self, place: usize, code: u32, known: u32, group: &mut Group, faults: &mut Vec<Fault>) -> Found {
        let series = self.job.series;
        let Some(course) = self.job.courses.get(code as usize) else {
            let expected = format!("the place of one of {known} courses, from 0");
            let path = Path::root().key("courses").index(place);
            faults.push(Fault::new(FaultKind::UnknownReference, path, format!("course {code}"), expected));
            return Found::Faulty;
        };
        let before = faults.len();
        let range = series.points(place);
        let days = self.days_of(&range);
        if !are_in_order(days) {
            faults_of_days(days, range.start, faults);
        }
        let reading = self.job.readings.get(code as usize).copied().flatten();
        let is_quotient = course.rule().is_quotient();
        let (mut found, mut is_alone) = (Found::WithoutFigure, false);
        let started = group.points.y.len();
        let len = range.len();
        for (point, on) in range.zip(days) {
            let n = mantissa(&series.numerators, point);
            let d = if is_quotient { series.denominators.and_then(|figures| mantissa(&figures, point)) } else { Some(1) };
            let (Some(n), Some(d)) = (n, d) else { continue };
            let small = i64::try_from(n).ok().zip(i64::try_from(d).ok());
            let value = reading.zip(small).and_then(|(reading, (n, d))| reading.value(n, d));
            if value.is_none() && !(reading.is_some() && (n, d) == (0, 0)) && !self.is_possible(course, point) {
                faults.push(self.impossible(course, point));
                continue;
            }
            found = match small {
                Some((n, d)) if d != 0 => Found::Figure { n, d, on: *on },
                _ => Found::WithoutFigure,
            };
            match value {
                Some(value) => {
                    group.points.y.push(value);
                    group.points.x.push(f64::from(*on));
                }
                None => is_alone |= d != 0,
            }
        }
        if faults.len() > before || is_alone {
            group.points.y.truncate(started);
            group.points.x.truncate(started);
        }
        group.is_shared &= group.points.y.len() == started.saturating_add(len);
        if faults.len() > before {
            Found::Faulty
        } else if is_alone {
            Found::Alone
        } else {
            found
        }
    }

    /// The exact figures of a point.
    fn figures(&self, course: &Course, point: usize) -> Option<(Ratio, Option<Ratio>)> {
        let n = self.job.series.numerators.get(point)?;
        if !course.rule().is_quotient() {
            return Some((n, None));
        }
        Some((n, Some(self.job.series.denominators?.get(point)?)))
    }

    fn is_possible(&self, course: &Course, point: usize) -> bool {
        let figures = self.figures(course, point);
        let measure = figures.and_then(|(n, d)| course.rule().measure(&n, d.as_ref()));
        measure.is_none_or(|measure| measure.fits(course.rule().indicator()))
    }

    #[cold]
    fn impossible(&self, course: &Course, point: usize) -> Fault {
        let (rule, indicator) = (course.rule(), course.rule().indicator());
        let (n, d) = self.figures(course, point).unwrap_or((Ratio::ZERO, None));
        let what = d.as_ref().map_or_else(|| n.to_string(), |d| format!("{n} of {d}"));
        let is_part = matches!(rule.kind(), Kind::Share | Kind::OnTime | Kind::Survey);
        let mut expected = match (is_part, rule.is_quotient()) {
            (true, _) => "0 ≤ numerator ≤ denominator",
            (false, true) => "a denominator of at least 0",
            (false, false) => "an amount",
        }
        .to_owned();
        if indicator.is_whole() {
            expected.push_str(", whole");
        }
        let bounds = indicator.bounds();
        if let Some(low) = bounds.low.filter(|_| !is_part || bounds != Kind::Share.natural_bounds()) {
            expected.push_str(&format!(", from {low}"));
        }
        if let Some(high) = bounds.high.filter(|_| !is_part || bounds != Kind::Share.natural_bounds()) {
            expected.push_str(&format!(", up to {high}"));
        }
        Fault::new(FaultKind::Inconsistent, Path::root().key("numerators").index(point), what, expected)
    }

    /// Everything that is asked of a group.
    #[inline(always)]
    fn answer(&mut self, start: usize, count: usize, group: &mut Group, moments: &mut Moments<'_>, faults: &mut Vec<Fault>) {
        let at = start.saturating_sub(self.from);
        if let Some(column) = &mut self.buffers.projection {
            let due = group.codes.map(|code| self.job.courses.get(code as usize).map_or(0.0, |course| f64::from(course.due())));
            let shared = self.job.shared.as_ref().filter(|_| group.is_shared);
            let projections = group.points.projections(shared, &due);
            let slots = column.iter_mut().skip(at).take(count);
            for (slot, (projection, has_line)) in slots.zip(projections.iter().zip(&group.has_line)) {
                *slot = if *has_line { *projection } else { NO_PROJECTION };
            }
        }
        for (lane, (code, found)) in group.codes.iter().zip(&group.found).take(count).enumerate() {
            let place = at.saturating_add(lane);
            let is_done = match found {
                Found::Faulty => true,
                Found::Alone => false,
                Found::WithoutFigure => {
                    self.nothing(place);
                    true
                }
                Found::Figure { n, d, on } => match moments.of(*code, *on) {
                    Some(moment) => write(&mut self.buffers, &self.job.wanted.outputs, place, moment, *n, *d),
                    None => false,
                },
            };
            if !is_done {
                self.alone(start.saturating_add(lane), place, *code, faults);
            }
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

    /// Answers a series by its course itself, and writes that over what stands there.
    #[cold]
    fn alone(&mut self, series: usize, place: usize, code: u32, faults: &mut Vec<Fault>) {
        let Some(course) = self.job.courses.get(code as usize) else { return };
        let range = self.job.series.points(series);
        let days = self.days_of(&range);
        let there = |(point, on): (usize, &i32)| {
            let (n, d) = self.figures(course, point)?;
            Some((*on, n, d))
        };
        let points: Vec<(i32, Ratio, Option<Ratio>)> = range.zip(days).filter_map(there).collect();
        let answer = course.answer(&points);
        if let Some(slot) = self.buffers.status.as_mut().and_then(|column| column.get_mut(place)) {
            *slot = answer.status.unwrap_or(Status::InProgress);
        }
        if let Some(slot) = self.buffers.projection.as_mut().and_then(|column| column.get_mut(place)) {
            *slot = answer.projection.unwrap_or(NO_PROJECTION);
        }
        for output in &self.job.wanted.outputs {
            let places = self.job.wanted.places;
            let Some(value) = fixed_or_undefined(output.of(&answer), places) else {
                let what = output
                    .of(&answer)
                    .as_ref()
                    .map_or_else(ToString::to_string, |value| format!("{value} with {places} decimal places"));
                let path = Path::root().key(output.code()).index(series);
                faults.push(Fault::new(FaultKind::Limit, path, what, "a number of 64 bits; fewer places"));
                continue;
            };
            if let Some(Some(column)) = self.buffers.columns.get_mut(*output as usize) {
                column.iter_mut().skip(place).take(1).for_each(|slot| *slot = value);
            }
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

/// Some numbers of a column, where it has 64 bits.
#[inline(always)]
fn narrow<'a>(figures: &Figures<'a>, range: &Range<usize>) -> Option<&'a [i64]> {
    match figures.mantissas {
        Mantissas::Narrow(values) => values.get(range.clone()),
        Mantissas::Wide(_) => None,
    }
}

/// The number of a point before its scale; none where it is missing.
fn mantissa(figures: &Figures<'_>, point: usize) -> Option<i128> {
    if figures.validity.is_some_and(|validity| !validity.is_there(point)) {
        return None;
    }
    match figures.mantissas {
        Mantissas::Narrow(values) => values.get(point).copied().map(i128::from),
        Mantissas::Wide(values) => values.get(point).copied(),
    }
}
