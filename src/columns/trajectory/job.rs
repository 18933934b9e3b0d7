//! What is asked of all series alike: how the figures of each course are read, and what is known before any is answered.

use super::course::Course;
use super::moments::{Known, room_beside};
use super::points::Centred;
use super::reading::Reading;
use super::{Days, Series, Wanted};
use crate::columns::comparison::fraction;
use crate::number::Ratio;

/// Courses that are asked of series.
pub(super) struct Job<'j> {
    pub(super) courses: &'j [Course],
    pub(super) series: &'j Series<'j>,
    pub(super) wanted: &'j Wanted,
    /// Of each course what the quotient of two mantissas is multiplied by.
    wholes: Vec<Ratio>,
    /// How the figures of each course are read; none where they have to be looked at one by one.
    pub(super) readings: Vec<Option<Reading>>,
    /// The days of all series, where they have the same.
    pub(super) shared: Option<Centred>,
}

impl<'j> Job<'j> {
    pub(super) fn new(courses: &'j [Course], series: &'j Series<'j>, wanted: &'j Wanted) -> Self {
        let wholes: Vec<Ratio> = courses.iter().map(|course| whole(course, series)).collect();
        let readings = courses.iter().zip(&wholes).map(|(course, whole)| reading(course, whole, series)).collect();
        let shared = match series.days {
            Days::Shared(days) => Some(Centred::new(days)),
            Days::Each { .. } => None,
        };
        Self { courses, series, wanted, wholes, readings, shared }
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
