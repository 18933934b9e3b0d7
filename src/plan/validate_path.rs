//! The check of how a target is to be reached: its path, and the phases of its period.

use chrono::NaiveDate;

use super::draft::PathDraft;
use super::indicator::{Indicator, Kind};
use super::schedule::Occurrence;
use super::target::{PathShape, phases_of};
use super::validate_target::One;
use crate::fault::FaultKind::{Inconsistent, InvalidValue};
use crate::fault::short;
use crate::number::{Number, Ratio};

impl One<'_, '_> {
    pub(super) fn path_shape(&mut self) -> PathShape {
        const FORMS: &str = "\"linear\", \"step\", \"compound\" or { points = […] }";
        match &self.draft.path {
            None => PathShape::Linear,
            Some(PathDraft::Named(name)) => match name.as_str() {
                "linear" => PathShape::Linear,
                "step" => PathShape::Step,
                "compound" => PathShape::Compound,
                _ => {
                    self.fault(InvalidValue, "path", format!("'{}' is not a path", short(name)), FORMS);
                    PathShape::Linear
                }
            },
            Some(PathDraft::Given(table)) => {
                let mut points: Vec<(NaiveDate, Number)> = Vec::new();
                let path = self.path.key("path").key("points");
                if table.points.is_empty() {
                    self.check.fault(InvalidValue, path.clone(), "a path without points", FORMS);
                }
                for (place, point) in table.points.iter().enumerate() {
                    let path = path.index(place);
                    let on = self.check.required(point.on.as_ref(), &path, "on", "the day of the point");
                    let value = self.check.required(point.value.as_ref(), &path, "value", "the value on that day");
                    let (Some(on), Some(value)) = (on, value) else { continue };
                    if points.last().is_some_and(|(last, _)| *last >= on.0) {
                        self.check.fault(
                            Inconsistent,
                            path.key("on"),
                            format!("{on} does not come after the point before"),
                            "points in the order of their days",
                        );
                    }
                    points.push((on.0, value));
                }
                PathShape::Points(points)
            }
        }
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
