//! One target, one unit, one time: the questions asked in order, and the answers put together.

use chrono::NaiveDate;

use super::actual::{Coverage, Figure, figure};
use super::assessment::{Actual, Assessment, BaselineValue, Places, Threshold};
use super::bound::{Bound, Side};
use super::change::Changes;
use super::context::Context;
use super::cover::covers;
use super::deliverable::{Delivery, Expected, delivery};
use super::derivation::{self, Found, Steps};
use super::feasibility::{CasesNeeded, cases};
use super::finding::{Finding, FindingCode};
use super::findings;
use super::pace::Pace;
use super::phases::{PhaseLeft, covering, phases_left};
use super::reading::Reading;
use super::reason::{Computed, Quantity, Reason};
use super::remainder::{Remainder, average, sum};
use super::status::{Ruling, Situation, Status};
use crate::facts::Fact;
use crate::number::{Number, Ratio};
use crate::plan::{Indicator, Kind, Occurrence, Requirement, Target, WindowState};
use crate::time::{Cadence, Period};

/// The answer for one target, unit and time.
pub(super) fn judge(
    context: &Context<'_>,
    at: usize,
    target: &Target,
    unit: usize,
    occurrence: &Occurrence,
    findings: &mut Vec<Finding>,
) -> Assessment {
    let case = Case { context, at, target, unit, occurrence, window: occurrence.state(context.day()) };
    match (target.requirement, context.indicator(target.indicator)) {
        (Requirement::Deliver(needed), Some(indicator)) => case.deliverable(indicator, needed, findings),
        (_, Some(indicator)) => case.number(indicator, findings),
        // A valid plan has an indicator for each of its targets.
        (_, None) => case.blank(Ruling::new(Status::InProgress, 10, [Reason::NoThreshold])),
    }
}

/// One target, one unit, one time, and where the day lies against its window.
pub(super) struct Case<'c, 'f> {
    pub(super) context: &'c Context<'f>,
    pub(super) at: usize,
    pub(super) target: &'c Target,
    pub(super) unit: usize,
    pub(super) occurrence: &'c Occurrence,
    pub(super) window: WindowState,
}

impl<'f> Case<'_, 'f> {
    /// An assessment that has no numbers yet.
    fn blank(&self, ruling: Ruling) -> Assessment {
        let nothing = || Err(Reason::NothingDueYet);
        Assessment {
            target: self.target.id.clone(),
            indicator: self.context.indicator(self.target.indicator).map_or_else(|| "".into(), |about| about.id.clone()),
            unit: self.context.unit_id(self.unit).into(),
            period: self.occurrence.judged,
            status: ruling.status,
            row: ruling.row,
            rows_above: ruling.above,
            reasons: ruling.reasons,
            provisional: false,
            actual: Actual {
                value: nothing(),
                measure: None,
                on: None,
                period: self.occurrence.judged,
                coverage: Coverage::default(),
                not_applicable: Vec::new(),
            },
            threshold: Threshold { bound: Err(Reason::NoThreshold), attainable: None, due: self.occurrence.due },
            baseline: BaselineValue { value: Err(Reason::NoBaseline), on: None },
            variance: nothing(),
            shortfall: nothing(),
            shortfall_share: Err(Reason::NotARatio),
            ratio_to_target: Err(Reason::NotARatio),
            progress: Err(Reason::NoSingleDirection),
            path: Err(self.why_no_path()),
            changes: Changes::none(Reason::NothingDueYet),
            survey: None,
            forecast: Err(self.occurrence.due.map_or(Reason::Undated, |_| Reason::NoSingleDirection)),
            cases: Err(Reason::NotCountable),
            remainder: None,
            lost_since: None,
            contributions: Vec::new(),
            units: Vec::new(),
            steps: Vec::new(),
            places: Places { target: self.at, indicator: self.target.indicator, unit: self.unit },
        }
    }

    pub(super) fn finding(&self, code: FindingCode, left: String, right: String) -> Finding {
        let period = self.occurrence.judged.map_or_else(|| Reason::Undated.code().to_owned(), |judged| judged.label());
        Finding {
            code,
            place: findings::place(&self.target.id, self.context.unit_id(self.unit), &period),
            left: left.into(),
            right: right.into(),
        }
    }

    fn deliverable(&self, indicator: &Indicator, promised: Option<Number>, findings: &mut Vec<Finding>) -> Assessment {
        let needed = promised.map_or(Ratio::ONE, Ratio::from);
        let delivery = delivery(self.context, self.target, self.unit, self.occurrence, &needed);
        let due = self.occurrence.due;
        let overdue = self.is_late(indicator, false);
        let expected = Expected { delivery: &delivery, window: self.window, due, overdue };
        let mut assessment = self.blank(expected.ruling());
        if let Some(day) = delivery.reached.filter(|day| *day < self.occurrence.first)
            && self.window != WindowState::Before
        {
            findings.push(self.finding(FindingCode::DoneBeforeWindow, day.to_string(), self.occurrence.first.to_string()));
        }
        let figures: Vec<&Fact> = delivery.used.iter().copied().filter(|fact| fact.measure.is_some()).collect();
        let count = delivery.used.len();
        assessment.provisional = delivery.provisional;
        let value = match due {
            None => Err(Reason::Undated),
            Some(_) if !figures.is_empty() => Ok(delivery.count.clone()),
            Some(_) => Err(if overdue { Reason::ReportOverdue } else { Reason::NothingDueYet }),
        };
        assessment.shortfall = due.map(|due| delivery.days_late(due, self.context.day())).ok_or(Reason::Undated);
        assessment.variance = Err(if due.is_none() { Reason::Undated } else { Reason::NoThreshold });
        // One thing is done or not; of several it can be said how many.
        if promised.is_some() {
            assessment.threshold.bound = Ok(Bound::OneSided(Side::AtLeast, needed.clone()));
        }
        assessment.actual = Actual {
            value,
            measure: None,
            on: delivery.reached.or_else(|| figures.iter().map(|fact| fact.stands_at()).max()),
            period: self.occurrence.judged,
            coverage: Coverage {
                reported: count,
                expected: count.saturating_add(delivery.missing.len()),
                missing: delivery.missing.clone(),
            },
            not_applicable: Vec::new(),
        };
        if self.context.steps == Steps::Kept {
            assessment.steps = derivation::of_deliverable(self, &assessment, &delivery, promised.map(|_| &needed));
        }
        assessment
    }

    fn number(&self, indicator: &'f Indicator, findings: &mut Vec<Finding>) -> Assessment {
        let reading = self.reading(indicator);
        let progress = self.progress(&reading);
        let pace = self.pace(&reading, &progress);
        let ruling = self.ruling(&reading, &pace);
        let by_what_is_reported = !reading.figure.complete || reading.value.is_err();
        let says_lost = ruling.status == Status::Lost || (ruling.status == Status::Missed && by_what_is_reported);
        let mut assessment = self.blank(ruling);
        if let Some(period) = reading.period.filter(|_| says_lost && !reading.earlier) {
            assessment.lost_since = self.lost_since(&period, |figure| reading.is_lost(figure));
        }
        let a = reading.value.as_ref().map_err(|reason| *reason);
        let bound = reading.bound();
        let both = |of: &dyn Fn(&Bound, &Ratio) -> Quantity| a.and_then(|a| of(bound.ok_or(Reason::NoThreshold)?, a));
        assessment.variance = both(&|bound, a| Ok(bound.variance(a)));
        assessment.shortfall = both(&|bound, a| Ok(bound.shortfall(a)));
        assessment.shortfall_share = both(&Bound::shortfall_share);
        // What a requirement has no ratio for stays without one, whatever is reported.
        if self.target.requirement.is_one_sided() {
            assessment.ratio_to_target = both(&Bound::ratio_to_target);
        }
        assessment.progress = progress;
        assessment.path = pace;
        let (changes, earlier) = self.changes(&reading);
        assessment.changes = changes;
        let (forecast, points) = self.forecast(&reading);
        assessment.forecast = forecast;
        assessment.survey = self.survey(&reading);
        assessment.cases = self.cases(&reading);
        let covering = self.covering(&reading);
        let phases_left = self.phases_left(&covering);
        assessment.remainder = self.remainder(&reading, &covering, &phases_left);
        let mut baselines_below = None;
        if a.is_ok() {
            (assessment.contributions, baselines_below) = self.contributions(&reading, &assessment.changes, &earlier);
        }
        if self.context.steps == Steps::Kept {
            let found = Found {
                case: self,
                reading: &reading,
                assessment: &assessment,
                earlier: &earlier,
                phases_left: &phases_left,
                baselines_below: baselines_below.as_ref(),
                points: &points,
            };
            assessment.steps = derivation::of_number(&found);
        }
        findings::of_reading(self, &reading, findings);
        self.fill(assessment, reading)
    }

    /// Takes the figures over into the assessment.
    fn fill(&self, assessment: Assessment, reading: Reading<'_>) -> Assessment {
        let Reading { indicator, figure, test, start, .. } = reading;
        let attainable = test.as_ref().filter(|_| indicator.whole).and_then(|test| test.bound.attainable());
        Assessment {
            provisional: figure.is_provisional(),
            threshold: Threshold {
                bound: test.map(|test| test.bound).ok_or(Reason::NoBaseline),
                attainable,
                due: self.occurrence.due,
            },
            baseline: match start {
                Ok(start) => BaselineValue { value: Ok(start.value), on: Some(start.on) },
                Err(reason) => BaselineValue { value: Err(reason), on: None },
            },
            actual: Actual {
                value: reading.value,
                on: figure.on,
                period: reading.period,
                not_applicable: figure.excused.iter().map(|fact| fact.period.label()).collect(),
                coverage: figure.coverage,
                measure: figure.measure,
            },
            ..assessment
        }
    }

    fn ruling(&self, reading: &Reading<'_>, pace: &Computed<Pace>) -> Ruling {
        if self.occurrence.judged.is_none() {
            // A target without a date is never missed, whatever the figures say.
            let delivery = &Delivery::default();
            return Expected { delivery, window: self.window, due: None, overdue: false }.ruling();
        }
        let figure = &reading.figure;
        let situation = Situation {
            window: self.window,
            earlier: reading.earlier,
            not_applicable: figure.not_applicable && reading.period == self.occurrence.judged,
            complete: figure.complete,
            usable: figure.is_usable(),
            due: reading.due,
            overdue: self.is_late(reading.indicator, false),
            no_cases: figure.has_no_cases().then_some(reading.indicator.when_no_cases),
            no_value: reading.value.as_ref().err().copied(),
            has_threshold: reading.test.is_some(),
            verdict: reading.verdict(),
            unattainable: reading.unattainable,
            feasibility: reading.feasibility(figure),
            decided_by: reading.decided_by(),
            unsettled: reading.unsettled(),
            standing: self.standing(reading, pace),
        };
        situation.ruling()
    }

    /// How the actual stands against the path, or why that can not be said.
    fn standing(&self, reading: &Reading<'_>, pace: &Computed<Pace>) -> Computed<Status> {
        let pace = pace.as_ref().map_err(|reason| *reason)?;
        let a = reading.value.as_ref().map_err(|reason| *reason)?;
        let (side, _) = reading.bound().and_then(Bound::side).ok_or(Reason::NoSingleDirection)?;
        pace.standing(a, side, &self.context.plan.pace_bands)
    }

    /// The first day on which a figure stood by which the target was already lost.
    fn lost_since(&self, period: &Period, is_lost: impl Fn(&Figure<'_>) -> bool) -> Option<NaiveDate> {
        let units = self.context.levels(self.unit).concat();
        let indicator = self.target.indicator;
        let days = self.context.days_inside(indicator, &units, period);
        let lost_on = |day: &NaiveDate| is_lost(&figure(&self.context.on(*day, indicator, &units), self.series(), period));
        days.into_iter().find(lost_on)
    }

    fn progress(&self, reading: &Reading<'_>) -> Quantity {
        let no_way = match self.target.requirement {
            Requirement::Improve(_) => Reason::NoSingleDirection,
            _ => Reason::NoBaseline,
        };
        let bound = reading.bound().ok_or(no_way)?;
        bound.has_way(reading.baseline())?;
        let a = reading.value.as_ref().map_err(|reason| *reason)?;
        let progress = bound.progress(a, reading.baseline())?;
        if reading.is_unfinished_flow() { Err(Reason::PeriodIncomplete) } else { Ok(progress) }
    }

    fn cases(&self, reading: &Reading<'_>) -> Computed<CasesNeeded> {
        if self.occurrence.judged.is_none() {
            return Err(Reason::Undated);
        }
        let countable = matches!(reading.indicator.kind, Kind::Share | Kind::OnTime);
        if !(countable && self.target.requirement.is_one_sided()) {
            return Err(Reason::NotCountable);
        }
        if self.occurrence.judged.is_some_and(|judged| self.context.day() < judged.first()) {
            return Err(Reason::EarlierPeriod);
        }
        let bound = reading.bound().ok_or(Reason::NoThreshold)?;
        // A whole of 0 has no rate, but what is to come can be counted all the same.
        let measure = match (&reading.figure.measure, &reading.value) {
            (Some(measure), _) => measure,
            (None, Err(reason)) => return Err(*reason),
            (None, Ok(_)) => return Err(Reason::NotCountable),
        };
        cases(reading.indicator, measure, bound, reading.outlook.as_ref(), self.window == WindowState::Open)
    }

    /// The facts that cover days of a flow which still has to bring something, unit by unit.
    fn covering(&self, reading: &Reading<'f>) -> Vec<Vec<&'f Fact>> {
        let is_left = reading.indicator.kind == Kind::Flow && !reading.earlier && self.window != WindowState::Closed;
        let judged = self.occurrence.judged.filter(|_| is_left);
        judged.map(|judged| covering(self.context, self.series(), &judged)).unwrap_or_default()
    }

    /// The phases of a flow that are not fully reported.
    fn phases_left(&self, covering: &[Vec<&Fact>]) -> Vec<PhaseLeft> {
        let Some(judged) = self.occurrence.judged.filter(|_| !self.target.phases.is_empty()) else { return Vec::new() };
        phases_left(self.context.plan.calendar, &judged, &self.target.phases, covering)
    }

    fn remainder(&self, reading: &Reading<'_>, covering: &[Vec<&Fact>], phases: &[PhaseLeft]) -> Option<Remainder> {
        let (bound, measure) = (reading.bound()?, reading.figure.measure.as_ref()?);
        if reading.earlier || self.window == WindowState::Closed || reading.figure.weighted.is_some() {
            return None;
        }
        match reading.indicator.kind {
            Kind::Flow => {
                let judged = self.occurrence.judged?;
                let cadence = reading.indicator.reported.unwrap_or(Cadence::Month);
                let periods = self.context.plan.calendar.inside(cadence, &judged);
                let is_left = |period: &Period| !covering.iter().all(|facts| covers(facts, period));
                let days = periods.clone().map(|period| period.days()).fold(0, i64::saturating_add);
                let is_tiled = days == judged.days();
                sum(measure, bound, periods.filter(is_left).map(|period| period.label()).collect(), is_tiled, phases)
            }
            // Of a share without an outlook the missing cases say all there is to say.
            Kind::Share if reading.outlook.is_none() => None,
            Kind::Share | Kind::Mean | Kind::Ratio | Kind::Survey => {
                average(reading.indicator, measure, bound, reading.outlook.as_ref())
            }
            _ => None,
        }
    }
}
