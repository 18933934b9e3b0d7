//! Which courses on days are known: those found before any series is answered, which all threads share, and the others that a
//! part of the series finds for itself.

use std::collections::HashMap;

use super::course::Course;
use super::moment::Moment;
use super::{Series, Wanted};
use crate::number::Ratio;

/// How many moments there is room for where the figures are few.
const LEAST_ROOM: usize = 1024;

/// What a moment takes at most, while a table that has grown to hold it is copied into one of twice the size.
const BYTES: usize = 3 * (size_of::<Option<Moment>>() + 2 * size_of::<((u32, i32), usize)>());

/// How many moments may be kept, on all threads together: as many as take a twelfth of what the figures take.
pub(super) fn room_beside(series: &Series<'_>) -> usize {
    let figures = [Some(&series.numerators), series.denominators.as_ref()].into_iter().flatten();
    let bytes = figures.fold(0, |bytes: usize, figures| bytes.saturating_add(figures.len().saturating_mul(size_of::<i64>())));
    (bytes / 12 / BYTES).max(LEAST_ROOM)
}

/// The place of the moment last asked of each course; courses far apart in the table share a slot.
#[derive(Debug)]
struct Latest(Vec<Option<(u32, i32, usize)>>);

impl Latest {
    fn new(courses: usize) -> Self {
        Self(vec![None; courses.min(4096).next_power_of_two()])
    }

    #[inline(always)]
    fn slot(&self, code: u32) -> usize {
        code as usize & self.0.len().wrapping_sub(1)
    }

    #[inline(always)]
    fn place(&self, code: u32, on: i32) -> Option<usize> {
        let latest = self.0.get(self.slot(code)).copied().flatten();
        latest.filter(|(other, day, _)| (*other, *day) == (code, on)).map(|(_, _, place)| place)
    }

    fn set(&mut self, code: u32, on: i32, place: usize) {
        let slot = self.slot(code);
        self.0.iter_mut().skip(slot).take(1).for_each(|slot| *slot = Some((code, on, place)));
    }
}

/// Moments by course and day; none in place of those whose numbers do not fit.
#[derive(Debug, Default)]
struct Found {
    places: HashMap<(u32, i32), usize>,
    moments: Vec<Option<Moment>>,
}

impl Found {
    fn len(&self) -> usize {
        self.moments.len()
    }

    fn add(&mut self, code: u32, on: i32, moment: Option<Moment>) -> usize {
        let place = self.moments.len();
        self.places.insert((code, on), place);
        self.moments.push(moment);
        place
    }
}

/// Courses, and what is known of them on days before any series is answered.
#[derive(Debug)]
pub(super) struct Known<'j> {
    courses: &'j [Course],
    wholes: &'j [Ratio],
    wanted: &'j Wanted,
    found: Found,
    latest: Latest,
    room: usize,
}

impl<'j> Known<'j> {
    /// `wholes`: of each course what n/d is multiplied by; `room`: how many moments may be kept.
    pub(super) fn new(courses: &'j [Course], wholes: &'j [Ratio], wanted: &'j Wanted, room: usize) -> Self {
        Self { courses, wholes, wanted, found: Found::default(), latest: Latest::new(courses.len()), room }
    }

    /// Whether there is no room for one more: a quarter is left to the parts.
    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= self.room.saturating_sub(self.room / 4)
    }

    /// Finds a course on a day out, as long as there is room.
    pub(super) fn find(&mut self, code: u32, on: i32) {
        if self.is_full() || self.latest.place(code, on).is_some() {
            return;
        }
        let place = match self.found.places.get(&(code, on)) {
            Some(place) => *place,
            None => self.found.add(code, on, self.moment(code, on)),
        };
        self.latest.set(code, on, place);
    }

    fn moment(&self, code: u32, on: i32) -> Option<Moment> {
        let (course, whole) = self.courses.get(code as usize).zip(self.wholes.get(code as usize))?;
        Moment::new(course, on, whole, self.wanted)
    }
}

/// The moments that a part of the series asks for.
#[derive(Debug)]
pub(super) struct Moments<'k> {
    known: &'k Known<'k>,
    /// Those that are not known; their places follow those of the known ones.
    own: Found,
    latest: Latest,
    room: usize,
}

impl<'k> Moments<'k> {
    /// `threads`: how many parts keep moments at once.
    pub(super) fn new(known: &'k Known<'k>, threads: usize) -> Self {
        let left = known.room.saturating_sub(known.found.len());
        let room = left.checked_div(threads).unwrap_or(left).max(1);
        Self { known, own: Found::default(), latest: Latest::new(known.courses.len()), room }
    }

    /// A course on a day; none where its numbers do not fit.
    #[inline(always)]
    pub(super) fn of(&mut self, code: u32, on: i32) -> Option<&Moment> {
        let place = match self.latest.place(code, on) {
            Some(place) => place,
            None => self.seek(code, on),
        };
        let known = &self.known.found.moments;
        known.get(place).or_else(|| self.own.moments.get(place.wrapping_sub(known.len())))?.as_ref()
    }

    #[inline(never)]
    fn seek(&mut self, code: u32, on: i32) -> usize {
        let known = &self.known.found;
        let own = |place: &usize| place.saturating_add(known.len());
        let before = known.places.get(&(code, on)).copied().or_else(|| self.own.places.get(&(code, on)).map(own));
        let place = match before {
            Some(place) => place,
            None => {
                if self.own.len() >= self.room {
                    (self.own, self.latest) = (Found::default(), Latest::new(self.known.courses.len()));
                }
                own(&self.own.add(code, on, self.known.moment(code, on)))
            }
        };
        self.latest.set(code, on, place);
        place
    }
}

#[cfg(test)]
#[path = "moments_tests.rs"]
mod tests;
