//! A target as the batch engine sees it: what has to hold, ready to be asked of many figures; and the answer to one of them.

use crate::assess::{Bound, CasesNeeded, Computed, Quantity, Reason, Situation, Status, Test, cases_needed};
use crate::columns::settings::power_of_ten;
use crate::facts::Measure;
use crate::number::{Number, Ratio, Rounding};
use crate::plan::{Better, Bounds, Indicator, Kind, Plan, Requirement, Target, WhenNoCases, WindowState};

/// A requirement with its threshold resolved, and the kind of the figures that it judges.
///
/// ```
/// use attain::columns::Rule;
/// use attain::number::Ratio;
/// use attain::plan::{Kind, Requirement};
///
/// let rule = Rule::new(Kind::Share, Requirement::AtLeast(80.into()));
/// let answer = rule.answer(&Ratio::from(1999), Some(&Ratio::from(2500)));
/// assert_eq!(answer.actual.unwrap().to_string(), "79.96");
/// assert_eq!(answer.short_by.unwrap(), Ratio::ONE); // 2000 of 2500 are 80 %
/// ```
#[derive(Clone, Debug)]
pub struct Rule {
    indicator: Indicator,
    requirement: Requirement,
    baseline: Option<Ratio>,
    tolerance: Number,
    compare_rounded: Option<Rounding>,
}

/// What there is to say of one figure: the same that an assessment says once its period is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// `met`, `missed`, `not_applicable` where there are no cases, `awaiting_data` where there is no figure or no threshold.
    pub status: Status,
    /// The value: `N/D` times 100 for percentages, or the amount.
    pub actual: Quantity,
    /// The signed distance to the threshold, as [`Bound::variance`].
    pub variance: Quantity,
    /// How much is lacking, as [`Bound::shortfall`].
    pub shortfall: Quantity,
    /// The attainment, as [`Bound::ratio_to_target`].
    pub ratio_to_target: Quantity,
    /// The gap closed, as [`Bound::progress`].
    pub progress: Quantity,
    /// How many more cases would have to be successes.
    pub short_by: Quantity,
    /// How many more misses the whole would bear.
    pub allowance: Quantity,
}

/// What figures have to be, as far as whole numbers can say it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Possible {
    /// `0 ≤ n ≤ d`
    pub(super) is_part: bool,
    /// `n ≥ 0`
    pub(super) is_not_negative: bool,
    /// Whether this, and d ≥ 0 of a quotient, is all; else the value itself has to be asked.
    pub(super) is_all: bool,
}

impl Rule {
    /// A requirement on figures of a kind, in the kind's own unit and bounds.
    #[must_use]
    pub fn new(kind: Kind, requirement: Requirement) -> Self {
        let indicator = Indicator::plain(kind);
        Self { indicator, requirement, baseline: None, tolerance: Number::ZERO, compare_rounded: None }
    }

    /// The requirement of a target of a plan, with its indicator's bounds, its tolerance and its way of comparing.
    #[must_use]
    pub fn of(plan: &Plan, target: &Target) -> Option<Self> {
        let indicator = plan.indicators().get(target.indicator)?.clone();
        let (tolerance, compare_rounded) = (target.tolerance, target.compare_rounded);
        Some(Self { indicator, requirement: target.requirement, baseline: None, tolerance, compare_rounded })
    }

    /// The same with a baseline, from which relative requirements take their threshold and progress is counted.
    #[must_use]
    pub fn with_baseline(self, baseline: Ratio) -> Self {
        Self { baseline: Some(baseline), ..self }
    }

    /// The same with a tolerance, in the unit of the figures; the size counts.
    #[must_use]
    pub fn with_tolerance(self, tolerance: Number) -> Self {
        let tolerance = if tolerance.is_negative() { Number::from(-tolerance.to_decimal()) } else { tolerance };
        Self { tolerance, ..self }
    }

    /// The same with figures rounded before they are compared.
    #[must_use]
    pub fn compared_rounded(self, rounding: Rounding) -> Self {
        Self { compare_rounded: Some(rounding), ..self }
    }

    /// The same with what a whole of 0 means.
    #[must_use]
    pub fn when_no_cases(mut self, meaning: WhenNoCases) -> Self {
        self.indicator.when_no_cases = meaning;
        self
    }

    /// The same with the lowest and highest figure that there can be.
    #[must_use]
    pub fn with_bounds(mut self, bounds: Bounds) -> Self {
        self.indicator.bounds = bounds;
        self
    }

    /// The same as a percentage or not, for ratios and means.
    #[must_use]
    pub fn with_unit(mut self, unit: &str) -> Self {
        self.indicator.unit = unit.into();
        self
    }

    /// The kind of the figures.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.indicator.kind
    }

    /// What the figures are measured in, and what may be said of them.
    #[must_use]
    pub fn indicator(&self) -> &Indicator {
        &self.indicator
    }

    /// The baseline.
    #[must_use]
    pub fn baseline(&self) -> Option<&Ratio> {
        self.baseline.as_ref()
    }

    /// What has to hold.
    #[must_use]
    pub fn requirement(&self) -> &Requirement {
        &self.requirement
    }

    /// The requirement with its threshold; none where that needs a baseline and there is none, and for deliverables.
    #[must_use]
    pub fn bound(&self) -> Option<Bound> {
        Bound::new(&self.requirement, self.baseline.as_ref())
    }

    /// Which way is better; none where a range or a single value is to be held.
    #[must_use]
    pub fn better(&self) -> Option<Better> {
        match self.requirement {
            Requirement::AtLeast(_) | Requirement::Above(_) | Requirement::IncreaseBy(_) => Some(Better::Higher),
            Requirement::AtMost(_) | Requirement::Below(_) | Requirement::ReduceBy(_) => Some(Better::Lower),
            Requirement::Improve(better) => Some(better),
            Requirement::Exactly(_) | Requirement::Between(..) | Requirement::Deliver(_) => None,
        }
    }

    pub(super) fn test(&self) -> Option<Test> {
        let (tolerance, compare_rounded) = (Ratio::from(self.tolerance), self.compare_rounded);
        self.bound().map(|bound| Test { bound, tolerance, compare_rounded })
    }

    /// Whether figures are a quotient of two columns.
    #[must_use]
    pub fn is_quotient(&self) -> bool {
        matches!(self.kind(), Kind::Share | Kind::Ratio | Kind::Mean | Kind::Survey | Kind::OnTime)
    }

    /// What a numerator and a denominator are a measure of; nothing where the kind asks for a denominator that is not there.
    pub(super) fn measure(&self, numerator: &Ratio, denominator: Option<&Ratio>) -> Option<Measure> {
        if !self.is_quotient() {
            return Some(Measure::Amount(numerator.clone()));
        }
        Some(Measure::Quotient { part: numerator.clone(), whole: denominator?.clone(), population: None })
    }

    /// What a quotient of mantissas is multiplied by for the value: figures are `n/10^p` and `d/10^q`.
    ///
    /// ```text
    /// f·10^q/10^p;   of an amount 1/10^p
    /// ```
    pub(super) fn whole(&self, p: u32, q: u32) -> Ratio {
        let over = if self.is_quotient() { self.indicator.factor() * power_of_ten(q) } else { Ratio::ONE };
        over.divided_by(&power_of_ten(p)).unwrap_or(over)
    }

    /// What whole numbers can say of which figures there can be; columns with other places can not be held against each other as
    /// they stand.
    pub(super) fn possible(&self, is_same_places: bool) -> Possible {
        let (kind, bounds) = (self.kind(), self.indicator.bounds);
        let is_zero_up = bounds == Kind::Flow.natural_bounds();
        // The bounds of counts hold by themselves.
        let is_natural = bounds == Bounds::default() || is_zero_up || (kind.may_be_bare() && bounds == kind.natural_bounds());
        let is_part = kind.may_be_bare() && is_same_places;
        Possible {
            is_part,
            is_not_negative: is_part || is_zero_up,
            is_all: is_natural && !self.indicator.whole && (is_part || !kind.may_be_bare()),
        }
    }

    /// Everything there is to say of one figure; `denominator` plays no part for amounts.
    #[must_use]
    pub fn answer(&self, numerator: &Ratio, denominator: Option<&Ratio>) -> Answer {
        self.answer_to(self.measure(numerator, denominator).as_ref())
    }

    /// What there is to say where no figure is there.
    #[must_use]
    pub fn answer_without_figure(&self) -> Answer {
        self.answer_to(None)
    }

    /// The status of one figure.
    pub(super) fn status_of(&self, numerator: &Ratio, denominator: Option<&Ratio>) -> Status {
        let measure = self.measure(numerator, denominator);
        self.status(measure.as_ref(), self.test().as_ref(), self.value(measure.as_ref()).as_ref().map_err(|reason| *reason))
    }

    fn value(&self, measure: Option<&Measure>) -> Quantity {
        match measure {
            Some(measure) => measure.value(&self.indicator.factor()).ok_or(Reason::ZeroWhole),
            None => Err(Reason::ReportOverdue),
        }
    }

    fn answer_to(&self, measure: Option<&Measure>) -> Answer {
        let value = self.value(measure);
        let a = value.as_ref().map_err(|reason| *reason);
        let test = self.test();
        let bound = test.as_ref().map(|test| &test.bound);
        let both = |of: &dyn Fn(&Bound, &Ratio) -> Quantity| a.and_then(|a| of(bound.ok_or(Reason::NoThreshold)?, a));
        let counted = self.counted(measure, bound);
        let count = |of: &dyn Fn(&CasesNeeded) -> Ratio| counted.as_ref().map(of).map_err(|reason| *reason);
        Answer {
            status: self.status(measure, test.as_ref(), a),
            variance: both(&|bound, a| Ok(bound.variance(a))),
            shortfall: both(&|bound, a| Ok(bound.shortfall(a))),
            ratio_to_target: match self.requirement.is_one_sided() {
                true => both(&Bound::ratio_to_target),
                false => Err(Reason::NotARatio),
            },
            progress: self.progress(bound, a),
            short_by: count(&|cases| cases.short_by.clone()),
            allowance: count(&|cases| cases.allowance.clone()),
            actual: value,
        }
    }

    fn progress(&self, bound: Option<&Bound>, a: Computed<&Ratio>) -> Quantity {
        let no_way = match self.requirement {
            Requirement::Improve(_) => Reason::NoSingleDirection,
            _ => Reason::NoBaseline,
        };
        let bound = bound.ok_or(no_way)?;
        bound.has_way(self.baseline())?;
        bound.progress(a?, self.baseline())
    }

    fn counted(&self, measure: Option<&Measure>, bound: Option<&Bound>) -> Computed<CasesNeeded> {
        if !(matches!(self.kind(), Kind::Share | Kind::OnTime) && self.requirement.is_one_sided()) {
            return Err(Reason::NotCountable);
        }
        let bound = bound.ok_or(Reason::NoThreshold)?;
        cases_needed(&self.indicator, measure.ok_or(Reason::ReportOverdue)?, bound, None, false)
    }

    /// The row of the table of statuses that applies once the period is closed.
    fn status(&self, measure: Option<&Measure>, test: Option<&Test>, a: Computed<&Ratio>) -> Status {
        let situation = Situation {
            window: WindowState::Closed,
            earlier: false,
            not_applicable: false,
            complete: measure.is_some(),
            usable: measure.is_some(),
            due: true,
            overdue: measure.is_none(),
            no_cases: measure.is_some_and(Measure::has_no_cases).then_some(self.indicator.when_no_cases),
            no_value: a.err(),
            has_threshold: test.is_some(),
            verdict: test.zip(a.ok()).map(|(test, a)| test.verdict(a)),
            unattainable: test
                .is_some_and(|test| test.bound.is_unattainable(&self.indicator.bounds, &test.tolerance, test.compare_rounded)),
            feasibility: None,
            decided_by: Vec::new(),
            unsettled: None,
            standing: Err(Reason::NoBaseline),
        };
        situation.ruling().status
    }
}
