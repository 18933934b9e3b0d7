//! One target, one unit, one time.

use chrono::NaiveDate;

use super::actual::{Coverage, Figure, added, expected_periods, figure, latest_year};
use super::assessment::{Actual, Assessment, BaselineValue, FactReference, Places, Step, Threshold};
use super::baseline::{BaselineFigure, baseline};
use super::bound::Bound;
use super::context::{Context, Series};
use super::deliverable::delivery;
use super::feasibility::{Feasibility, cases, feasibility, remaining};
use super::finding::{Finding, FindingCode};
use super::findings::{figures, place};
use super::reason::{Computed, Quantity, Reason};
use super::remainder::{average, sum};
use super::roll_up::contributions;
use super::status::{Ruling, Situation};
use crate::facts::{Fact, Measure, Vintage};
use crate::number::{Number, Ratio};
use crate::plan::{Baseline, Indicator, Kind, Occurrence, Requirement, Target, WindowState};
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
        (Requirement::Deliver(needed), _) => case.deliverable(needed, findings),
        (_, Some(indicator)) => case.number(indicator, findings),
        // A valid plan has an indicator for each of its targets.
        (_, None) => case.blank(Ruling::new(super::Status::InProgress, 10, [Reason::NoThreshold])),
    }
}

/// One target, one unit, one time, and where the day lies against its window.
struct Case<'c, 'f> {
    context: &'c Context<'f>,
    at: usize,
    target: &'c Target,
    unit: usize,
    occurrence: &'c Occurrence,
    window: WindowState,
}

impl<'f> Case<'_, 'f> {
    /// An assessment that has no numbers yet.
    fn blank(&self, ruling: Ruling) -> Assessment {
        let reason = Reason::NoData;
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
                value: Err(reason),
                measure: None,
                on: None,
                period: self.occurrence.judged,
                coverage: Coverage::default(),
                not_applicable: Vec::new(),
            },
            threshold: Threshold { bound: Err(Reason::NoThreshold), attainable: None, due: self.occurrence.due },
            baseline: BaselineValue { value: Err(Reason::NoBaseline), on: None },
            variance: Err(reason),
            shortfall: Err(reason),
            shortfall_share: Err(reason),
            ratio_to_target: Err(reason),
            progress: Err(reason),
            cases: Err(Reason::NotCountable),
            remainder: None,
            lost_since: None,
            contributions: Vec::new(),
            units: Vec::new(),
            steps: Vec::new(),
            places: Places { target: self.at, indicator: self.target.indicator, unit: self.unit },
        }
    }

    fn finding(&self, code: FindingCode, left: String, right: String) -> Finding {
        let period = self.occurrence.judged.map_or_else(|| Reason::Undated.code().to_owned(), |judged| judged.label());
        Finding {
            code,
            place: place(&self.target.id, self.context.unit_id(self.unit), &period),
            left: left.into(),
            right: right.into(),
        }
    }

    /// Whether a report on a period that ends on `last` is overdue.
    fn is_overdue(&self, last: NaiveDate, indicator: &Indicator) -> bool {
        let days = chrono::Days::new(indicator.report_due_days.into());
        last.checked_add_days(days).is_some_and(|due| due <= self.context.day())
    }

    fn deliverable(&self, needed: Number, findings: &mut Vec<Finding>) -> Assessment {
        let delivery = delivery(self.context, self.target, self.unit, self.occurrence, &Ratio::from(needed));
        let due = self.occurrence.due;
        let about = self.context.indicator(self.target.indicator);
        let overdue = due.zip(about).is_some_and(|(due, about)| self.is_overdue(due, about));
        let mut assessment = self.blank(delivery.ruling(self.window, due, overdue));
        if let Some(day) = delivery.reached.filter(|day| *day < self.occurrence.first) {
            findings.push(self.finding(FindingCode::DoneBeforeWindow, day.to_string(), self.occurrence.first.to_string()));
        }
        let figures: Vec<&Fact> = delivery.used.iter().copied().filter(|fact| fact.measure.is_some()).collect();
        let count = delivery.used.len();
        assessment.provisional = Figure { used: figures.clone(), ..Figure::default() }.is_provisional();
        assessment.actual = Actual {
            value: if figures.is_empty() { Err(Reason::NoData) } else { Ok(delivery.count.clone()) },
            measure: None,
            on: delivery.reached,
            period: self.occurrence.judged,
            coverage: Coverage { reported: count, expected: count + delivery.missing.len(), missing: delivery.missing.clone() },
            not_applicable: Vec::new(),
        };
        let no_number = if due.is_none() { Reason::Undated } else { Reason::NoThreshold };
        assessment.variance = Err(no_number);
        assessment.shortfall = due.map(|due| delivery.days_late(due, self.context.day())).ok_or(Reason::Undated);
        assessment.shortfall_share = Err(Reason::NotARatio);
        assessment.ratio_to_target = Err(Reason::NotARatio);
        assessment.progress = Err(Reason::NoSingleDirection);
        assessment.steps = vec![Step {
            formula: "deliver",
            inputs: vec![("done", delivery.count), ("promised", Ratio::from(needed))],
            result: assessment.shortfall.clone().unwrap_or(Ratio::ZERO),
            from: figures.into_iter().map(FactReference::from).collect(),
        }];
        if due.is_none() {
            assessment.steps.clear();
        }
        assessment
    }

    fn series(&self) -> Series {
        Series { indicator: self.target.indicator, unit: self.unit, vintage: Vintage::Latest }
    }

    /// The period that the actual is read from: the judged one, or before it begins the latest year that has a figure.
    fn read(&self) -> (Option<Period>, bool) {
        let Some(judged) = self.occurrence.judged else { return (None, false) };
        if self.context.day() >= judged.first() {
            return (Some(judged), false);
        }
        // A companion stands at the window's first day whatever its value, which is not known before the period is.
        let day = match self.target.baseline {
            Some(Baseline::Companion(_)) => Some(self.occurrence.first),
            _ => baseline(self.context, self.target, self.unit, self.occurrence, None).ok().map(|baseline| baseline.on),
        };
        let from = self.occurrence.first;
        let late_enough = |stands_at: NaiveDate| day.map_or(stands_at >= from, |day| stands_at > day);
        match latest_year(self.context, self.target.indicator, self.unit, late_enough) {
            Some(year) => (Some(year), true),
            None => (Some(judged), false),
        }
    }

    fn number(&self, indicator: &Indicator, findings: &mut Vec<Finding>) -> Assessment {
        let (context, target) = (self.context, self.target);
        let (read, earlier) = self.read();
        let figure = read.map(|read| figure(context, self.series(), &read)).unwrap_or_default();
        let start = baseline(context, target, self.unit, self.occurrence, read.as_ref());
        let from = start.as_ref().ok().map(|start| &start.value);
        let bound = Bound::new(&target.requirement, from).ok_or(Reason::NoThreshold);
        let tolerance = Ratio::from(target.tolerance);
        let no_cases = if self.window == WindowState::Closed { Reason::ZeroWhole } else { Reason::NoCasesYet };
        let due = self.is_due(indicator, read.as_ref());
        let value = match read {
            None => Err(Reason::Undated),
            Some(_) if figure.is_usable() => figure.value(indicator, no_cases),
            Some(_) => Err(if due { Reason::NoData } else { Reason::NothingDueYet }),
        };

        let outlook = self.outlook(indicator);
        let wide = bound.as_ref().ok().map(|bound| bound.widened(&tolerance));
        let countable = figure.measure.as_ref().filter(|measure| figure.weighted.is_none() && !measure.has_no_cases());
        let decided = |measure: &Measure| wide.as_ref().and_then(|wide| feasibility(indicator, measure, wide, outlook.as_ref()));
        let unattainable = bound.as_ref().is_ok_and(|bound| bound.is_unattainable(&indicator.bounds, &tolerance));
        let verdict = match (&bound, &value) {
            (Ok(bound), Ok(value)) => Some(bound.verdict(value, &tolerance, target.compare_rounded)),
            _ => None,
        };
        let downward = bound.as_ref().is_ok_and(|bound| match bound {
            Bound::OneSided(side, _) => !side.is_upward(),
            Bound::Improve(better, _) => *better == crate::plan::Better::Lower,
            _ => false,
        });
        let situation = Situation {
            window: self.window,
            earlier,
            not_applicable: figure.not_applicable,
            complete: figure.complete,
            usable: figure.is_usable(),
            due,
            overdue: self.occurrence.due.is_some_and(|due| self.is_overdue(due, indicator)),
            no_cases: figure.has_no_cases().then_some(indicator.when_no_cases),
            no_value: value.as_ref().err().copied(),
            has_threshold: bound.is_ok(),
            verdict,
            unattainable,
            feasibility: countable.and_then(decided),
            unfinished_upper_bound: indicator.kind == Kind::Flow && !figure.complete && downward,
            no_pace: self.no_pace(from.is_some()),
        };
        let ruling = match read {
            // A target without a date is never missed, whatever the figures say.
            None => super::deliverable::Delivery::default().ruling(self.window, None, false),
            Some(_) => situation.ruling(),
        };
        let lost = situation.feasibility == Some(Feasibility::Lost) || (unattainable && figure.is_usable());
        let said_lost = matches!((ruling.status, ruling.row), (super::Status::Lost, _) | (super::Status::Missed, 3)) && lost;

        let mut assessment = self.blank(ruling);
        assessment.provisional = figure.is_provisional();
        if said_lost && !earlier {
            assessment.lost_since = if unattainable {
                figure.used.iter().map(|fact| fact.covers_to()).min()
            } else {
                lost_since(indicator, &figure, |measure| decided(measure) == Some(Feasibility::Lost))
            };
        }
        let a = value.as_ref().map_err(|reason| *reason);
        let t = bound.as_ref().map_err(|reason| *reason);
        let both = |of: &dyn Fn(&Bound, &Ratio) -> Quantity| -> Quantity { of(t?, a?) };
        assessment.variance = both(&|bound, a| Ok(bound.variance(a)));
        assessment.shortfall = both(&|bound, a| Ok(bound.shortfall(a)));
        assessment.shortfall_share = both(&Bound::shortfall_share);
        assessment.ratio_to_target = both(&Bound::ratio_to_target);
        assessment.progress = self.progress(indicator, &figure, t, a, from);
        assessment.cases = self.cases(indicator, &figure, t, a, earlier, outlook.as_ref());
        assessment.remainder = self.remainder(indicator, &figure, t.ok(), earlier, outlook.as_ref());
        if value.is_ok() {
            let threshold = t.ok().and_then(Bound::threshold);
            assessment.contributions = contributions(context, self.unit, indicator, &figure.parts, threshold);
        }
        assessment.steps = steps(indicator, &figure, &value, &start, &bound, target);
        self.report(indicator, &figure, &bound, unattainable, outlook.as_ref(), earlier, findings);

        assessment.threshold.attainable = match &bound {
            Ok(bound) if indicator.whole => bound.attainable(),
            _ => None,
        };
        assessment.threshold.bound = bound;
        assessment.baseline = match start {
            Ok(start) => BaselineValue { value: Ok(start.value), on: Some(start.on) },
            Err(reason) => BaselineValue { value: Err(reason), on: None },
        };
        assessment.actual = Actual {
            value,
            on: figure.on,
            period: read,
            not_applicable: figure.excused.iter().map(|fact| fact.period.label()).collect(),
            coverage: figure.coverage,
            measure: figure.measure,
        };
        assessment
    }

    /// Whether a report on the period is due: the first by its cadence, or any time where no cadence is declared.
    fn is_due(&self, indicator: &Indicator, read: Option<&Period>) -> bool {
        let (Some(cadence), Some(read)) = (indicator.reported, read) else { return true };
        expected_periods(self.context, cadence, read).iter().any(|period| self.is_overdue(period.last(), indicator))
    }

    /// Why no pace can be known.
    fn no_pace(&self, has_baseline: bool) -> Option<Reason> {
        if self.target.recurring {
            return Some(Reason::Recurring);
        }
        let directed = !matches!(
            self.target.requirement,
            Requirement::Exactly(_) | Requirement::Between(..) | Requirement::Improve(_) | Requirement::Deliver(_)
        );
        match (directed, has_baseline) {
            (false, _) => Some(Reason::NoSingleDirection),
            (true, false) => Some(Reason::NoBaseline),
            (true, true) => None,
        }
    }

    fn progress(
        &self,
        indicator: &Indicator,
        figure: &Figure<'_>,
        bound: Computed<&Bound>,
        actual: Computed<&Ratio>,
        from: Option<&Ratio>,
    ) -> Quantity {
        let directed = self.no_pace(true) != Some(Reason::NoSingleDirection);
        let (a, bound) = match (actual, bound) {
            (Err(reason), _) => return Err(reason),
            (_, _) if !directed && !self.target.recurring => return Err(Reason::NoSingleDirection),
            (_, Err(_)) => return Err(Reason::NoBaseline),
            (Ok(a), Ok(bound)) => (a, bound),
        };
        let progress = bound.progress(a, from)?;
        if indicator.kind == Kind::Flow && !figure.complete {
            return Err(Reason::PeriodIncomplete);
        }
        Ok(progress)
    }

    fn cases(
        &self,
        indicator: &Indicator,
        figure: &Figure<'_>,
        bound: Computed<&Bound>,
        actual: Computed<&Ratio>,
        earlier: bool,
        outlook: Option<&Ratio>,
    ) -> Computed<super::CasesNeeded> {
        if self.occurrence.judged.is_none() {
            return Err(Reason::Undated);
        }
        if earlier {
            return Err(Reason::EarlierPeriod);
        }
        actual?;
        let measure = figure.measure.as_ref().ok_or(Reason::NoData)?;
        cases(indicator, measure, bound?, outlook)
    }

    fn remainder(
        &self,
        indicator: &Indicator,
        figure: &Figure<'_>,
        bound: Option<&Bound>,
        earlier: bool,
        outlook: Option<&Ratio>,
    ) -> Option<super::Remainder> {
        let (bound, measure) = (bound?, figure.measure.as_ref()?);
        if earlier || self.window == WindowState::Closed || figure.weighted.is_some() {
            return None;
        }
        match indicator.kind {
            Kind::Flow => {
                let judged = self.occurrence.judged?;
                let cadence = indicator.reported.unwrap_or(Cadence::Month);
                let to_come = |period: &Period| figure.on.is_none_or(|on| period.last() > on);
                let periods = expected_periods(self.context, cadence, &judged);
                sum(measure, bound, periods.into_iter().filter(to_come).map(|period| period.label()).collect())
            }
            Kind::Mean | Kind::Ratio | Kind::Survey => average(indicator, measure, bound, outlook),
            _ => None,
        }
    }

    /// The whole that is expected for the judged period: the target's, else an expected fact's; none once the window is closed.
    fn outlook(&self, indicator: &Indicator) -> Option<Ratio> {
        if self.window == WindowState::Closed || !indicator.kind.has_whole() {
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

    /// What an auditor should see besides the verdict.
    #[allow(clippy::too_many_arguments, reason = "the answers to the questions above, each looked at once")]
    fn report(
        &self,
        indicator: &Indicator,
        figure: &Figure<'_>,
        bound: &Computed<Bound>,
        unattainable: bool,
        outlook: Option<&Ratio>,
        earlier: bool,
        findings: &mut Vec<Finding>,
    ) {
        if let (true, Ok(bound)) = (unattainable, bound) {
            let side = |number: Option<Number>| number.map_or_else(|| "…".to_owned(), |number| number.to_string());
            let natural = format!("{} – {}", side(indicator.bounds.low), side(indicator.bounds.high));
            let thresholds: Vec<String> = bound.thresholds().into_iter().map(ToString::to_string).collect();
            let what = format!("{} {}", self.target.requirement.code(), thresholds.join(" – "));
            findings.push(self.finding(FindingCode::Unattainable, what, natural));
        }
        for (code, pair) in [
            (FindingCode::CoarseFineMismatch, &figure.coarse_fine),
            (FindingCode::ParentChildrenMismatch, &figure.parent_children),
        ] {
            if let Some((left, right)) = pair {
                findings.push(self.finding(code, figures(left), figures(right)));
            }
        }
        if let (Some(measure), Some(whole), false) = (&figure.measure, outlook, earlier)
            && self.window == WindowState::Open
            && remaining(measure, outlook) == Err(Reason::OutlookExceeded)
        {
            let reported = measure.quotient().map(|(_, d)| d.to_string()).unwrap_or_default();
            findings.push(self.finding(FindingCode::OutlookExceeded, reported, whole.to_string()));
        }
    }
}

/// The end of the first period at which a target was lost: the figures are added up again, one end of a period after another.
fn lost_since(indicator: &Indicator, figure: &Figure<'_>, is_lost: impl Fn(&Measure) -> bool) -> Option<NaiveDate> {
    let mut ends: Vec<NaiveDate> = figure.used.iter().map(|fact| fact.covers_to()).collect();
    ends.sort_unstable();
    ends.dedup();
    let known = |end: NaiveDate| -> Option<Measure> {
        let mut by_unit: std::collections::BTreeMap<usize, Vec<&Fact>> = std::collections::BTreeMap::new();
        for fact in figure.used.iter().copied().filter(|fact| fact.covers_to() <= end) {
            by_unit.entry(fact.unit).or_default().push(fact);
        }
        let mut total: Option<Measure> = None;
        for facts in by_unit.values() {
            let Some(measure) = added(indicator, facts).flatten() else { continue };
            total = match total {
                None => Some(measure),
                Some(total) => Some(total.plus(&measure)?),
            };
        }
        total
    };
    ends.into_iter().find(|end| known(*end).is_some_and(|measure| is_lost(&measure)))
}

/// How the numbers were derived: the actual, the threshold, the gap.
fn steps(
    indicator: &Indicator,
    figure: &Figure<'_>,
    value: &Quantity,
    start: &Computed<BaselineFigure<'_>>,
    bound: &Computed<Bound>,
    target: &Target,
) -> Vec<Step> {
    let mut steps = Vec::new();
    if let (Ok(value), Some(measure)) = (value, &figure.measure) {
        let inputs = match measure {
            Measure::Bare(value) | Measure::Amount(value) => vec![("value", value.clone())],
            Measure::Quotient { part, whole, population } => {
                let (over, under) = match indicator.kind {
                    Kind::Ratio => ("numerator", "denominator"),
                    Kind::Mean => ("total", "weight"),
                    Kind::Survey => ("positive", "valid"),
                    _ => ("part", "whole"),
                };
                let mut inputs = vec![(over, part.clone()), (under, whole.clone())];
                inputs.extend(population.clone().map(|population| ("population", population)));
                inputs
            }
            Measure::OnTime(cases) => {
                vec![("in_time", cases.in_time.clone()), ("late", cases.late.clone()), ("overdue", cases.overdue.clone())]
            }
            Measure::Done { count, .. } => vec![("value", count.clone())],
        };
        let from = figure.used.iter().map(|fact| FactReference::from(*fact)).collect();
        steps.push(Step { formula: indicator.kind.code(), inputs, result: value.clone(), from });
    }
    let Ok(bound) = bound else { return steps };
    if let (Ok(start), Requirement::ReduceBy(change) | Requirement::IncreaseBy(change), Some(threshold)) =
        (start, target.requirement, bound.threshold())
    {
        steps.push(Step {
            formula: target.requirement.code(),
            inputs: vec![("baseline", start.value.clone()), ("change", change.size(&start.value))],
            result: threshold.clone(),
            from: start.used.iter().map(|fact| FactReference::from(*fact)).collect(),
        });
    }
    if let (Ok(value), Some(threshold)) = (value, bound.threshold()) {
        let inputs = vec![("actual", value.clone()), ("threshold", threshold.clone())];
        steps.push(Step { formula: "variance", inputs, result: bound.variance(value), from: Vec::new() });
    }
    steps
}
