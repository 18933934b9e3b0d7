//! The check of how a target is to be reached: its path, and the phases of its period.

use chrono::NaiveDate;

use super::indicator::{Indicator, Kind};
use super::schedule::Occurrence;
use super::target::{PathShape, phases_of};
use super::validate_target::One;
use crate::fault::FaultKind::{Inconsistent, InvalidValue};
use crate::fault::short;
use crate::number::{Number, Ratio};

impl One<'_, '_> {
    /// The shape of the path, or the points that it passes through before the target is due.
    pub(super) fn path_shape(&mut self, occurrences: &[Occurrence]) -> PathShape {
        const FORMS: &str = "\"linear\", \"step\" or \"compound\", or 'points'";
        let shape = match self.draft.path.as_deref() {
            None | Some("linear") => PathShape::Linear,
            Some("step") => PathShape::Step,
            Some("compound") => PathShape::Compound,
            Some(name) => {
                self.fault(InvalidValue, "path", format!("'{}' is not a path", short(name)), FORMS);
                PathShape::Linear
            }
        };
        let Some(drafts) = &self.draft.points else { return shape };
        if self.draft.path.is_some() {
            self.fault(Inconsistent, "points", "'points' beside 'path'", "one of them");
        }
        if drafts.is_empty() {
            self.fault(InvalidValue, "points", "a path without points", "at least one point, or no such field");
        }
        let due = occurrences.first().and_then(|occurrence| occurrence.due);
        let mut points: Vec<(NaiveDate, Number)> = Vec::new();
        for (place, point) in drafts.iter().enumerate() {
            let path = self.path.key("points").index(place);
            let on = self.check.required(point.on.as_ref(), &path, "on", "the day of the point");
            let value = self.check.required(point.value.as_ref(), &path, "value", "the value on that day");
            let (Some(on), Some(value)) = (on, value) else { continue };
            if points.last().is_some_and(|(last, _)| *last >= on.0) {
                let what = format!("{on} does not come after the point before");
                self.check.fault(Inconsistent, path.key("on"), what, "points in the order of their days");
            }
            if let Some(due) = due.filter(|due| self.draft.every.is_none() && *due <= on.0) {
                let what = format!("{on} is not before {due}, when the target is due");
                self.check.fault(Inconsistent, path.key("on"), what, "points before the due day");
            }
            points.push((on.0, value));
        }
        PathShape::Points(points)
    }

    /// The shares of a flow's period, where the plan spreads it unevenly.
    pub(super) fn phases(&mut self, indicator: Option<&Indicator>, occurrences: &[Occurrence]) -> Vec<Number> {
        let phases = &self.draft.phases;
        if phases.is_empty() {
            return Vec::new();
        }
        if let Some(kind) = indicator.map(Indicator::kind).filter(|kind| *kind != Kind::Flow) {
            self.fault(Inconsistent, "phases", format!("phases of {}", kind.with_article()), "a flow, or no such field");
        }
        if self.draft.every.is_some() {
            self.fault(Inconsistent, "phases", "a recurring target has no path", "'by', or no such field");
        }
        for (place, phase) in phases.iter().enumerate().filter(|(_, phase)| phase.is_negative()) {
            let path = self.path.key("phases").index(place);
            self.check.fault(InvalidValue, path, format!("a phase of {phase}"), "0 or more");
        }
        let sum = phases.iter().fold(Ratio::ZERO, |sum, phase| sum + Ratio::from(*phase));
        if sum != Ratio::ONE {
            self.fault(Inconsistent, "phases", format!("the phases add up to {sum}"), "shares that add up to 1");
        }
        let judged = occurrences.first().and_then(|occurrence| occurrence.judged);
        if let Some(judged) = judged.filter(|_| self.draft.every.is_none())
            && phases_of(self.plan.calendar, &judged, phases.len()).is_none()
        {
            let what = format!("{} phases of {judged}", phases.len());
            self.fault(Inconsistent, "phases", what, "one for each half, quarter or month of the judged period");
        }
        phases.clone()
    }
}
