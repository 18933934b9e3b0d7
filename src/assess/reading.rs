//! What is known of a target before anything is ruled: the figure, where it starts from, and how it is tested.

use chrono::NaiveDate;

use super::actual::{Figure, figure, is_due, latest_year};
use super::baseline::{BaselineFigure, baseline, first_stage};
use super::bound::{Bound, Verdict};
use super::context::Series;
use super::feasibility::{Feasibility, Test};
use super::judge::Case;
use super::reason::{Computed, Quantity, Reason};
use super::rows::WhyNot;
use crate::facts::{Fact, Vintage};
use crate::number::Ratio;
use crate::plan::{Baseline, Better, Indicator, Kind, WindowState};
use crate::time::Period;

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
    /// The facts that expect it, where it is not the target that does.
    pub(super) expected: Vec<&'f Fact>,
    /// Whether no value there can be meets the threshold.
    pub(super) unattainable: bool,
    /// Whether something should have been reported by now.
    pub(super) due: bool,
}

impl Reading<'_> {
    pub(super) fn verdict(&self) -> Option<Verdict> {
        self.test.as_ref().zip(self.value.as_ref().ok()).map(|(test, value)| test.verdict(value))
    }

    pub(super) fn bound(&self) -> Option<&Bound> {
        self.test.as_ref().map(|test| &test.bound)
    }

    pub(super) fn baseline(&self) -> Option<&Ratio> {
        self.start.as_ref().ok().map(|start| &start.value)
    }

    /// Whether a figure leaves the outcome open.
    pub(super) fn feasibility(&self, figure: &Figure<'_>) -> Option<Feasibility> {
        self.feasibility_by(self.test.as_ref()?, figure)
    }

    /// The same by another test; a weighted figure has no cases.
    pub(super) fn feasibility_by(&self, test: &Test, figure: &Figure<'_>) -> Option<Feasibility> {
        let measure = figure.measure.as_ref().filter(|_| figure.weighted.is_none())?;
        test.feasibility(self.indicator, measure, self.outlook.as_ref())
    }

    /// What decides that the outcome is no longer open, besides the plain comparison.
    pub(super) fn decided_by(&self) -> Vec<Reason> {
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

    /// Whether the outcome can no longer be another, whatever is still to come.
    pub(super) fn is_decided(&self) -> bool {
        let decided = matches!(self.feasibility(&self.figure), Some(Feasibility::Lost | Feasibility::Secured));
        !self.earlier && (decided || self.is_lost(&self.figure))
    }

    /// Whether a figure rules the target out.
    pub(super) fn is_lost(&self, figure: &Figure<'_>) -> bool {
        self.feasibility(figure) == Some(Feasibility::Lost) || (self.unattainable && figure.is_usable())
    }

    /// Why it says nothing that the requirement holds today, where what is lacking could turn it: an upper bound on a flow of an
    /// unfinished period, which any flow holds at first, also the upper end of a range; any but a lower bound on a stock of which a unit below says nothing,
    /// and that too where a stock can be negative.
    pub(super) fn unsettled(&self) -> Option<WhyNot> {
        let upward = match self.bound() {
            Some(Bound::OneSided(side, _)) => side.is_upward(),
            Some(Bound::Improve(better, _)) => *better == Better::Higher,
            _ => false,
        };
        let adds_only = self.indicator.bounds.low.is_some_and(|low| !low.is_negative());
        let is_partial_stock = self.indicator.kind == Kind::Stock && self.figure.is_silent;
        if self.is_unfinished_flow() && !upward {
            return Some(WhyNot::UnfinishedSum);
        }
        (is_partial_stock && !(upward && adds_only)).then_some(WhyNot::SilentUnit)
    }

    pub(super) fn is_unfinished_flow(&self) -> bool {
        self.indicator.kind == Kind::Flow && !self.figure.complete
    }
}

impl<'f> Case<'_, 'f> {
    pub(super) fn series(&self) -> Series {
        Series { indicator: self.target.indicator, unit: self.unit, vintage: Vintage::Latest }
    }

    /// The period that the actual is read from: the judged one, or before it begins the latest year that has a figure, if any.
    pub(super) fn period(&self) -> (Option<Period>, bool) {
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
        let year = match first_stage(self.context.plan, self.target).baseline {
            // A companion stands at the window's first day, but whether it has a value is known only of a period.
            Some(Baseline::Companion(_)) => {
                let year = latest(Some(from)).filter(|year| starts_on(Some(year)).is_some());
                year.or_else(|| latest(None))
            }
            _ => latest(starts_on(None)),
        };
        (year, year.is_some())
    }

    pub(super) fn reading(&self, indicator: &'f Indicator) -> Reading<'f> {
        let (context, target) = (self.context, self.target);
        let (period, earlier) = self.period();
        let figure = period.map(|period| figure(context, self.series(), &period)).unwrap_or_default();
        let earlier = earlier && figure.is_usable();
        let start = baseline(context, target, self.unit, self.occurrence, period.as_ref());
        // Shares weighted by population and plain ones are not of the same people.
        let is_like = |start: &BaselineFigure<'_>| {
            // A value that the plan gives stands for itself.
            let is_given = start.used.is_empty();
            let same = start.measure.is_none() == figure.weighted.is_some();
            indicator.kind != Kind::Survey || !figure.is_usable() || is_given || same
        };
        let start = start.and_then(|start| if is_like(&start) { Ok(start) } else { Err(Reason::NoBaseline) });
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
        let (outlook, expected) = self.outlook(indicator);
        Reading {
            indicator,
            period,
            earlier,
            unattainable: bound
                .as_ref()
                .is_some_and(|bound| bound.is_unattainable(&indicator.bounds, &tolerance, target.compare_rounded)),
            test: bound.map(|bound| Test { bound, tolerance, compare_rounded: target.compare_rounded }),
            outlook,
            expected,
            figure,
            value,
            start,
            due,
        }
    }

    /// Whether a first report is due: by its cadence within the judged days, before these begin within the window so far;
    /// at any time where no cadence is declared.
    pub(super) fn is_report_due(&self, indicator: &Indicator) -> bool {
        let (Some(cadence), Some(judged)) = (indicator.reported, self.occurrence.judged) else { return true };
        let begun = self.context.day() >= judged.first();
        let span = if begun { Some(judged) } else { Period::new(self.occurrence.first, self.context.day()) };
        let first = span.and_then(|span| self.context.plan.calendar.inside(cadence, &span).next());
        first.is_some_and(|first| is_due(self.context, indicator, first.last()))
    }

    /// Whether something should have been reported by now; `due` says so for an open window.
    pub(super) fn is_late(&self, indicator: &Indicator, due: bool) -> bool {
        match self.window {
            WindowState::Before => false,
            WindowState::Open => due,
            WindowState::Closed => self.occurrence.due.is_some_and(|due| is_due(self.context, indicator, due)),
        }
    }

    /// The whole that is expected for the judged period: the target's, else expected facts' with these; only while the window
    /// is open.
    fn outlook(&self, indicator: &Indicator) -> (Option<Ratio>, Vec<&'f Fact>) {
        if self.window != WindowState::Open || !indicator.kind.has_whole() {
            return (None, Vec::new());
        }
        if let Some(whole) = self.target.outlook {
            return (Some(Ratio::from(whole)), Vec::new());
        }
        let facts = self.occurrence.judged.and_then(|judged| self.expected_for(&judged)).unwrap_or_default();
        let wholes: Option<Vec<Ratio>> = facts.iter().map(|fact| Some(fact.measure.as_ref()?.quotient()?.1)).collect();
        match wholes.filter(|wholes| !wholes.is_empty()) {
            Some(wholes) => (Some(Ratio::sum(&wholes)), facts),
            None => (None, Vec::new()),
        }
    }

    /// The expected fact of the unit for a period, else those of all units below.
    fn expected_for(&self, judged: &Period) -> Option<Vec<&'f Fact>> {
        let of_unit = |unit: usize| {
            let expected = self.context.records(self.target.indicator, unit).expected.iter();
            let fact = expected.copied().find(|fact| fact.period == *judged)?;
            fact.measure.as_ref()?.quotient().map(|_| fact)
        };
        let own = of_unit(self.unit).map(|fact| vec![fact]);
        own.or_else(|| self.context.unit(self.unit)?.leaves.iter().map(|leaf| of_unit(*leaf)).collect())
    }
}
