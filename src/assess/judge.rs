//! One target, one unit, one time: the questions asked in order, and the answers put together.

use chrono::NaiveDate;

use super::actual::{Coverage, Figure, figure, is_due, latest_year};
use super::assessment::{Actual, Assessment, BaselineValue, FactReference, Places, Step, Threshold};
use super::baseline::{BaselineFigure, baseline};
use super::bound::{Bound, Side, Verdict};
use super::context::{Context, Series};
use super::deliverable::{Delivery, delivery};
use super::feasibility::{CasesNeeded, Feasibility, Test, cases};
use super::finding::{Finding, FindingCode};
use super::findings;
use super::reason::{Computed, Quantity, Reason};
use super::remainder::{Remainder, average, sum};
use super::roll_up::contributions;
use super::status::{Ruling, Situation, Status};
use super::steps::steps;
use crate::facts::{Fact, Vintage};
use crate::number::{Number, Ratio};
use crate::plan::{Baseline, Better, Indicator, Kind, Occurrence, Requirement, Target, WindowState};
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
    at: usize,
    pub(super) target: &'c Target,
    pub(super) unit: usize,
    pub(super) occurrence: &'c Occurrence,
    pub(super) window: WindowState,
}

/// What was found out for a target whose requirement is a number.
pub(super) struct Reading<'f> {
    pub(super) indicator: &'f Indicator,
    /// The period that the actual is read from; none for an undated target, and as long as there is nothing to read.
    pub(super) period: Option<Period>,
    /// Whether that is a year before the judged period.
    pub(super) earlier: bool,
    pub(super) figure: Figure<'f>,
    pub(super) value: Quantity,
    pub(super) start: Computed<BaselineFigure<'f>>,
    /// How the actual is tested, where there is a threshold.
    pub(super) test: Option<Test>,
    /// The whole that is expected, while the window is not closed.
    pub(super) outlook: Option<Ratio>,
    /// Whether no value there can be meets the threshold.
    pub(super) unattainable: bool,
    /// Whether something should have been reported by now.
    due: bool,
}

impl Reading<'_> {
    fn verdict(&self) -> Option<Verdict> {
        self.test.as_ref().zip(self.value.as_ref().ok()).map(|(test, value)| test.verdict(value))
    }

    pub(super) fn bound(&self) -> Option<&Bound> {
        self.test.as_ref().map(|test| &test.bound)
    }

    fn baseline(&self) -> Option<&Ratio> {
        self.start.as_ref().ok().map(|start| &start.value)
    }

    /// Whether a figure leaves the outcome open.
    fn feasibility(&self, figure: &Figure<'_>) -> Option<Feasibility> {
        self.feasibility_by(self.test.as_ref()?, figure)
    }

    /// The same by another test; a weighted figure has no cases.
    fn feasibility_by(&self, test: &Test, figure: &Figure<'_>) -> Option<Feasibility> {
        let measure = figure.measure.as_ref().filter(|_| figure.weighted.is_none())?;
        test.feasibility(self.indicator, measure, self.outlook.as_ref())
    }

    /// What decides that the outcome is no longer open, besides the plain comparison.
    fn decided_by(&self) -> Vec<Reason> {
        let Some(test) = self.test.as_ref().filter(|_| !self.unattainable) else { return Vec::new() };
        let decided = self.feasibility(&self.figure);
        let without_tolerance = Test { tolerance: Ratio::ZERO, ..test.clone() };
        let without_rounding = Test { compare_rounded: None, ..test.clone() };
        let differs = |other: &Test| self.feasibility_by(other, &self.figure) != decided;
        [(Reason::WithinTolerance, without_tolerance), (Reason::DecidedByRounding, without_rounding)]
            .into_iter()
            .filter(|(_, other)| differs(other))
            .map(|(reason, _)| reason)
            .collect()
    }

    /// Whether a figure rules the target out.
    fn is_lost(&self, figure: &Figure<'_>) -> bool {
        self.feasibility(figure) == Some(Feasibility::Lost) || (self.unattainable && figure.is_usable())
    }

    /// An upper bound on a flow of an unfinished period, which any flow holds at first.
    fn is_unfinished_upper_bound(&self) -> bool {
        let downward = match self.bound() {
            Some(Bound::OneSided(side, _)) => !side.is_upward(),
            Some(Bound::Improve(better, _)) => *better == Better::Lower,
            _ => false,
        };
        self.is_unfinished_flow() && downward
    }

    fn is_unfinished_flow(&self) -> bool {
        self.indicator.kind == Kind::Flow && !self.figure.complete
    }
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
        let mut assessment = self.blank(delivery.ruling(self.window, due, overdue));
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
        if let (Ok(done), Ok(late)) = (&value, &assessment.shortfall) {
            let from = figures.iter().map(|fact| FactReference::from(*fact)).collect();
            let inputs = vec![("done", done.clone()), ("promised", needed.clone())];
            assessment.steps.push(Step { formula: "days_late", inputs, result: late.clone(), from });
        }
        // One thing is done or not; of several it can be said how many.
        if promised.is_some() {
            assessment.threshold.bound = Ok(Bound::OneSided(Side::AtLeast, needed));
        }
        assessment.actual = Actual {
            value,
            measure: None,
            on: delivery.reached.or_else(|| figures.iter().map(|fact| fact.stands_at()).max()),
            period: self.occurrence.judged,
            coverage: Coverage {
                reported: count,
                expected: count.saturating_add(delivery.missing.len()),
                missing: delivery.missing,
            },
            not_applicable: Vec::new(),
        };
        assessment
    }

    fn series(&self) -> Series {
        Series { indicator: self.target.indicator, unit: self.unit, vintage: Vintage::Latest }
    }

    /// The period that the actual is read from: the judged one, or before it begins the latest year that has a figure, if any.
    fn period(&self) -> (Option<Period>, bool) {
        let Some(judged) = self.occurrence.judged else { return (None, false) };
        if self.context.day() >= judged.first() {
            return (Some(judged), false);
        }
        let from = self.occurrence.first;
        let starts_on = |read: Option<&Period>| {
            let start = baseline(self.context, self.target, self.unit, self.occurrence, read);
            start.ok().map(|start| start.on)
        };
        let latest = |day: Option<NaiveDate>| {
            let late_enough = |stands_at: NaiveDate| day.map_or(stands_at >= from, |day| stands_at > day);
            latest_year(self.context, self.target.indicator, self.unit, late_enough)
        };
        let year = match self.target.baseline {
            // A companion stands at the window's first day, but whether it has a value is known only of a period.
            Some(Baseline::Companion(_)) => {
                let year = latest(Some(from)).filter(|year| starts_on(Some(year)).is_some());
                year.or_else(|| latest(None))
            }
            _ => latest(starts_on(None)),
        };
        (year, year.is_some())
    }

    fn reading(&self, indicator: &'f Indicator) -> Reading<'f> {
        let (context, target) = (self.context, self.target);
        let (period, earlier) = self.period();
        let figure = period.map(|period| figure(context, self.series(), &period)).unwrap_or_default();
        let earlier = earlier && figure.is_usable();
        let start = baseline(context, target, self.unit, self.occurrence, period.as_ref());
        let from = start.as_ref().ok().map(|start| &start.value);
        let tolerance = Ratio::from(target.tolerance);
        let bound = Bound::new(&target.requirement, from);
        let due = self.is_report_due(indicator);
        let undated = self.occurrence.judged.is_none();
        let no_cases = if self.window == WindowState::Closed { Reason::ZeroWhole } else { Reason::NoCasesYet };
        let value = match undated {
            true => Err(Reason::Undated),
            false if figure.is_usable() => figure.value(indicator, no_cases),
            false => Err(if self.is_late(indicator, due) { Reason::ReportOverdue } else { Reason::NothingDueYet }),
        };
        Reading {
            indicator,
            period,
            earlier,
            unattainable: bound
                .as_ref()
                .is_some_and(|bound| bound.is_unattainable(&indicator.bounds, &tolerance, target.compare_rounded)),
            test: bound.map(|bound| Test { bound, tolerance, compare_rounded: target.compare_rounded }),
            outlook: self.outlook(indicator),
            figure,
            value,
            start,
            due,
        }
    }

    fn number(&self, indicator: &'f Indicator, findings: &mut Vec<Finding>) -> Assessment {
        let reading = self.reading(indicator);
        let ruling = self.ruling(&reading);
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
        if self.is_one_sided() {
            assessment.ratio_to_target = both(&Bound::ratio_to_target);
        }
        assessment.progress = self.progress(&reading);
        assessment.cases = self.cases(&reading);
        assessment.remainder = self.remainder(&reading);
        if a.is_ok() {
            let threshold = bound.and_then(Bound::threshold);
            assessment.contributions = contributions(indicator, &reading.figure.parts, threshold);
        }
        assessment.steps = steps(&reading, self.target);
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

    fn ruling(&self, reading: &Reading<'_>) -> Ruling {
        if self.occurrence.judged.is_none() {
            // A target without a date is never missed, whatever the figures say.
            return Delivery::default().ruling(self.window, None, false);
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
            unfinished_upper_bound: reading.is_unfinished_upper_bound(),
            no_pace: self.no_pace(reading),
        };
        situation.ruling()
    }

    /// Whether a first report is due: by its cadence within the judged days, before these begin within the window so far;
    /// at any time where no cadence is declared.
    fn is_report_due(&self, indicator: &Indicator) -> bool {
        let (Some(cadence), Some(judged)) = (indicator.reported, self.occurrence.judged) else { return true };
        let begun = self.context.day() >= judged.first();
        let span = if begun { Some(judged) } else { Period::new(self.occurrence.first, self.context.day()) };
        let first = span.and_then(|span| self.context.plan.calendar.inside(cadence, &span).next());
        first.is_some_and(|first| is_due(self.context, indicator, first.last()))
    }

    /// Whether something should have been reported by now; `due` says so for an open window.
    fn is_late(&self, indicator: &Indicator, due: bool) -> bool {
        match self.window {
            WindowState::Before => false,
            WindowState::Open => due,
            WindowState::Closed => self.occurrence.due.is_some_and(|due| is_due(self.context, indicator, due)),
        }
    }

    /// Why no pace can be known.
    fn no_pace(&self, reading: &Reading<'_>) -> Option<Reason> {
        let way = || reading.bound().map(|bound| bound.has_way(reading.baseline()));
        match (self.target.recurring, self.is_one_sided()) {
            (true, _) => Some(Reason::Recurring),
            (_, false) => Some(Reason::NoSingleDirection),
            _ => match way() {
                Some(Err(reason @ (Reason::NoBaseline | Reason::TargetEqualsBaseline))) => Some(reason),
                // From a baseline that meets the target already there is a path: to hold it.
                _ => None,
            },
        }
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
        if !(countable && self.is_one_sided()) {
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

    /// Whether the requirement has one threshold and one side of it is met.
    fn is_one_sided(&self) -> bool {
        !matches!(
            self.target.requirement,
            Requirement::Exactly(_) | Requirement::Between(..) | Requirement::Improve(_) | Requirement::Deliver(_)
        )
    }

    fn remainder(&self, reading: &Reading<'_>) -> Option<Remainder> {
        let (bound, measure) = (reading.bound()?, reading.figure.measure.as_ref()?);
        if reading.earlier || self.window == WindowState::Closed || reading.figure.weighted.is_some() {
            return None;
        }
        match reading.indicator.kind {
            Kind::Flow => {
                let cadence = reading.indicator.reported.unwrap_or(Cadence::Month);
                let to_come = |period: &Period| reading.figure.on.is_none_or(|on| period.last() > on);
                let periods = self.context.plan.calendar.inside(cadence, &self.occurrence.judged?);
                sum(measure, bound, periods.filter(to_come).map(|period| period.label()).collect())
            }
            Kind::Mean | Kind::Ratio | Kind::Survey => average(reading.indicator, measure, bound, reading.outlook.as_ref()),
            _ => None,
        }
    }

    /// The whole that is expected for the judged period: the target's, else an expected fact's; only while the window is open.
    fn outlook(&self, indicator: &Indicator) -> Option<Ratio> {
        if self.window != WindowState::Open || !indicator.kind.has_whole() {
            return None;
        }
        if let Some(whole) = self.target.outlook {
            return Some(Ratio::from(whole));
        }
        let judged = self.occurrence.judged?;
        let of_unit = |unit: usize| {
            let expected = self.context.records(self.target.indicator, unit).expected.iter();
            let fact = expected.copied().find(|fact| fact.period == judged)?;
            fact.measure.as_ref()?.quotient().map(|(_, whole)| whole)
        };
        of_unit(self.unit).or_else(|| {
            let leaves = &self.context.unit(self.unit)?.leaves;
            let wholes: Option<Vec<Ratio>> = leaves.iter().map(|leaf| of_unit(*leaf)).collect();
            wholes.filter(|wholes| !wholes.is_empty()).map(|wholes| Ratio::sum(&wholes))
        })
    }
}
