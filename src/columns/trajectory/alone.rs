//! Series that are looked at point by point: those with faults, and those whose numbers do not fit.
#![allow(clippy::disallowed_types, reason = "a projection is an estimate that decides nothing")]

use super::course::Course;
use super::job::Job;
use super::part::{Found, Part};
use super::points::Points;
use super::{NO_PROJECTION, are_in_order, faults_of_days};
use crate::assess::Status;
use crate::columns::input::{Figures, Mantissas};
use crate::columns::settings::fixed_or_undefined;
use crate::fault::{Fault, FaultKind, Path};
use crate::number::Ratio;
use crate::plan::Kind;

impl Job<'_> {
    /// Adds the points of one series, one by one.
    #[inline(never)]
    pub(super) fn load_one_by_one(&self, place: usize, code: u32, points: &mut Points, faults: &mut Vec<Fault>) -> Found {
        points.start_anew(0);
        let series = self.series;
        let Some(course) = self.courses.get(code as usize) else {
            let expected = format!("the place of one of {} courses, from 0", self.courses.len());
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
        let reading = self.readings.get(code as usize).copied().flatten();
        let is_quotient = course.rule().is_quotient();
        let (mut found, mut is_alone) = (Found::WithoutFigure, false);
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
                Some(value) => points.push(value, *on),
                None => is_alone |= d != 0,
            }
        }
        if faults.len() > before || is_alone {
            points.start_anew(0);
        }
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
        let n = self.series.numerators.get(point)?;
        if !course.rule().is_quotient() {
            return Some((n, None));
        }
        Some((n, Some(self.series.denominators?.get(point)?)))
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
}

impl Part<'_, '_> {
    /// Answers a series by its course itself, and writes that over what stands there.
    #[cold]
    pub(super) fn alone(&mut self, series: usize, place: usize, code: u32, faults: &mut Vec<Fault>) {
        let Some(course) = self.job.courses.get(code as usize) else { return };
        let range = self.job.series.points(series);
        let days = self.job.days_of(&range);
        let there = |(point, on): (usize, &i32)| {
            let (n, d) = self.job.figures(course, point)?;
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
