//! The rows that are added up: which columns figures of a kind have, and by which rule each comes together.

use crate::columns::input::{Codes, Figures, Mantissas};
use crate::plan::{Indicator, Kind};

/// How the figures of a kind come together, over time and over units.
///
/// ```
/// use attain::columns::Combination;
/// use attain::plan::Kind;
/// assert_ne!(Combination::from(Kind::OnTime), Combination::from(Kind::OnTime).with_cohorts());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Combination {
    pub(super) kind: Kind,
    pub(super) has_cohorts: bool,
    pub(super) is_weighted: bool,
}

impl From<Kind> for Combination {
    fn from(kind: Kind) -> Self {
        Self { kind, has_cohorts: false, is_weighted: false }
    }
}

impl From<&Indicator> for Combination {
    fn from(indicator: &Indicator) -> Self {
        let is_weighted = indicator.kind == Kind::Index && !indicator.weights.is_empty();
        Self { kind: indicator.kind, has_cohorts: indicator.cohort, is_weighted }
    }
}

impl Combination {
    /// The same of cases each of which is in exactly one period, so that open ones are added up over time too (`on_time`).
    #[must_use]
    pub fn with_cohorts(self) -> Self {
        Self { has_cohorts: true, ..self }
    }

    /// The same of scores with weights: `Σ score·weight / Σ weight` over units (`index`).
    #[must_use]
    pub fn with_weights(self) -> Self {
        Self { is_weighted: self.kind == Kind::Index, ..self }
    }

    /// What the columns of its measures are called.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self.kind {
            Kind::Index if self.is_weighted => &["scores", "weights"],
            Kind::Flow | Kind::Stock | Kind::Index => &["amounts"],
            Kind::OnTime => &["in_time", "late", "overdue", "not_due"],
            Kind::Share | Kind::Ratio | Kind::Mean | Kind::Survey => &["numerators", "denominators"],
            Kind::Deliverable => &[],
        }
    }

    /// How many of the values of a row, from the first on, are added up over time; of the others the latest counts.
    pub(super) fn summed(self) -> usize {
        match self.kind {
            Kind::Stock | Kind::Index => 0,
            Kind::OnTime if !self.has_cohorts => 2,
            _ => VALUES,
        }
    }

    /// Whether some value is a state at the end of a period.
    pub(super) fn has_states(self) -> bool {
        self.summed() < VALUES
    }

    /// Whether a row has at most two values, both of them sums.
    pub(super) fn is_plain(self) -> bool {
        matches!(self.kind, Kind::Share | Kind::Ratio | Kind::Mean | Kind::Survey | Kind::Flow)
    }

    /// Whether a group has a denominator.
    pub(super) fn is_quotient(self) -> bool {
        self.is_weighted || !matches!(self.kind, Kind::Flow | Kind::Stock | Kind::Index)
    }

    /// What has to hold of the values of a row.
    pub(super) fn check(self) -> Check {
        match self.kind {
            Kind::Share | Kind::Survey => Check::Part,
            Kind::Ratio | Kind::Mean => Check::Denominator,
            Kind::Index if self.is_weighted => Check::Denominator,
            Kind::OnTime => Check::Counts,
            _ => Check::Nothing,
        }
    }
}

/// The most values of a row.
pub(super) const VALUES: usize = 4;

/// What has to hold of the values of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    Nothing,
    /// The second is at least 0.
    Denominator,
    /// 0 ≤ first ≤ second
    Part,
    /// All are at least 0.
    Counts,
}

impl Check {
    #[inline(always)]
    pub(super) fn holds<T: PartialOrd + Default>(self, values: &[T; VALUES]) -> bool {
        let zero = T::default();
        let [first, second, ..] = values;
        match self {
            Self::Nothing => true,
            Self::Denominator => *second >= zero,
            Self::Part => *first >= zero && first <= second,
            Self::Counts => values.iter().all(|value| *value >= zero),
        }
    }

    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Denominator => "a denominator of at least 0",
            Self::Part => "0 ≤ numerator ≤ denominator",
            Self::Counts => "counts of at least 0",
        }
    }
}

/// The figures of rows, in the columns of their kind; all columns of one length. A row with a null in any of them is missing.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Measures<'a> {
    /// Flow: added up. Stock: the latest of each unit, added up over units. Index: the latest, one unit a group.
    Amounts(Figures<'a>),
    /// Share, ratio, mean, survey: both columns added up.
    ///
    /// Surveys are added up as plain answers, `Σ positive / Σ valid`, whatever populations they stand for. Where all units of a
    /// survey have a population, an assessment weights their shares by it: that is another number, which no roll-up gives.
    Quotients {
        /// Part, numerator, total, positive answers.
        numerators: Figures<'a>,
        /// Whole, denominator, weight, valid answers.
        denominators: Figures<'a>,
    },
    /// Index with weights: the latest of each unit, and over units `Σ score·weight / Σ weight`.
    Weighted {
        /// The published scores.
        scores: Figures<'a>,
        /// The weight of each row's unit.
        weights: Figures<'a>,
    },
    /// On time: the first two added up; of the others the latest of each unit, added up over units (all sums with cohorts). The
    /// rate of a group is `in_time / (in_time + late + overdue)`.
    Cases {
        /// Cases done in time.
        in_time: Figures<'a>,
        /// Cases done late.
        late: Figures<'a>,
        /// Cases open and overdue.
        overdue: Figures<'a>,
        /// Cases open and not due yet.
        not_due: Figures<'a>,
    },
}

impl<'a> Measures<'a> {
    /// The columns with their names.
    pub(super) fn columns(&self) -> [Option<(&'static str, Figures<'a>)>; VALUES] {
        match *self {
            Self::Amounts(amounts) => [Some(("amounts", amounts)), None, None, None],
            Self::Quotients { numerators, denominators } => {
                [Some(("numerators", numerators)), Some(("denominators", denominators)), None, None]
            }
            Self::Weighted { scores, weights } => [Some(("scores", scores)), Some(("weights", weights)), None, None],
            Self::Cases { in_time, late, overdue, not_due } => {
                [Some(("in_time", in_time)), Some(("late", late)), Some(("overdue", overdue)), Some(("not_due", not_due))]
            }
        }
    }

    /// What the columns are called.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns().into_iter().flatten().map(|(name, _)| name)
    }

    /// Whether a kind has these columns.
    pub(super) fn suit(&self, combination: Combination) -> bool {
        self.names().eq(combination.columns().iter().copied())
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Amounts(first)
            | Self::Quotients { numerators: first, .. }
            | Self::Weighted { scores: first, .. }
            | Self::Cases { in_time: first, .. } => first.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Rows to be added up: the code of each in every key, and its figures.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// A column for each key of the roll-up, in their order.
    pub keys: &'a [Codes<'a>],
    /// The figures.
    pub measures: Measures<'a>,
    /// Which rows count, as [`latest`](crate::columns::latest) says; all of them where there is none.
    pub counts: Option<&'a [bool]>,
}

impl<'a> Batch<'a> {
    /// Rows that all count.
    #[must_use]
    pub fn new(keys: &'a [Codes<'a>], measures: Measures<'a>) -> Self {
        Self { keys, measures, counts: None }
    }

    /// The same rows, of which only some count.
    #[must_use]
    pub fn counting(self, counts: &'a [bool]) -> Self {
        Self { counts: Some(counts), ..self }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.measures.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The number of a row before its scale; nothing where it is missing.
#[inline(always)]
pub(super) fn mantissa(figures: &Figures<'_>, row: usize) -> Option<i128> {
    if figures.validity.is_some_and(|validity| !validity.is_there(row)) {
        return None;
    }
    match figures.mantissas {
        Mantissas::Narrow(values) => values.get(row).copied().map(i128::from),
        Mantissas::Wide(values) => values.get(row).copied(),
    }
}
