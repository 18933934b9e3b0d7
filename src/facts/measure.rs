//! What a fact carries, by the kind of its indicator: its value, and how two of them combine.

use chrono::NaiveDate;

use crate::number::Ratio;
use crate::plan::{Indicator, Kind};

/// The cases of an on-time rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cases {
    /// Done in time.
    pub in_time: Ratio,
    /// Done late.
    pub late: Ratio,
    /// Open and overdue at the end of the period.
    pub overdue: Ratio,
    /// Open and not due at the end of the period.
    pub not_due: Ratio,
}

impl Cases {
    /// All cases whose outcome counts so far: in time, late and overdue.
    #[must_use]
    pub fn decided(&self) -> Ratio {
        &(&self.in_time + &self.late) + &self.overdue
    }

    /// All cases.
    #[must_use]
    pub fn all(&self) -> Ratio {
        &self.decided() + &self.not_due
    }

    /// The lowest possible final rate in percent: `i/(i + l + o + n)·100`; none without cases.
    #[must_use]
    pub fn lowest(&self) -> Option<Ratio> {
        self.percent(&self.in_time)
    }

    /// The highest possible final rate in percent: `(i + n)/(i + l + o + n)·100`; none without cases.
    #[must_use]
    pub fn highest(&self) -> Option<Ratio> {
        self.percent(&(&self.in_time + &self.not_due))
    }

    /// The share of cases whose outcome counts: `(i + l + o)/(i + l + o + n)`; none without cases.
    #[must_use]
    pub fn maturity(&self) -> Option<Ratio> {
        self.decided().divided_by(&self.all())
    }

    fn percent(&self, part: &Ratio) -> Option<Ratio> {
        part.divided_by(&self.all()).map(|share| share * Ratio::from(100))
    }
}

/// The figures of a fact, or of several combined.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// A percentage without its counts: it can be judged alone and not combined.
    Bare(Ratio),
    /// Share (part, whole), ratio (numerator, denominator), mean (total, weight) or survey (positive, valid).
    Quotient {
        /// What stands above the line.
        part: Ratio,
        /// What stands below it.
        whole: Ratio,
        /// For a survey: how many people it stands for.
        population: Option<Ratio>,
    },
    /// The cases of an on-time rate.
    OnTime(Cases),
    /// A flow, stock or index.
    Amount(Ratio),
    /// A deliverable.
    Done {
        /// The day it was done.
        on: Option<NaiveDate>,
        /// How many documents.
        count: Ratio,
    },
}

impl Measure {
    /// What is counted and what it is counted of, where the figures are a quotient.
    ///
    /// ```text
    /// share, ratio, mean, survey:  part, whole
    /// on_time:                     i, i + l + o
    /// ```
    #[must_use]
    pub fn quotient(&self) -> Option<(Ratio, Ratio)> {
        match self {
            Self::Quotient { part, whole, .. } => Some((part.clone(), whole.clone())),
            Self::OnTime(cases) => Some((cases.in_time.clone(), cases.decided())),
            _ => None,
        }
    }

    /// Whether this is a quotient whose whole is 0.
    #[must_use]
    pub fn has_no_cases(&self) -> bool {
        self.quotient().is_some_and(|(_, whole)| whole.is_zero())
    }

    /// The value, where it can be computed: the quotient times `factor` (100 for percentages), or the amount.
    #[must_use]
    pub fn value(&self, factor: &Ratio) -> Option<Ratio> {
        match self {
            Self::Bare(value) | Self::Amount(value) => Some(value.clone()),
            Self::Done { .. } => None,
            _ => {
                let (part, whole) = self.quotient()?;
                part.divided_by(&whole).map(|quotient| &quotient * factor)
            }
        }
    }

    /// Whether a record of an indicator may say so: 0 ≤ part ≤ whole, no count below 0, whole things whole, and a value within
    /// the natural bounds.
    pub(crate) fn fits(&self, about: &Indicator) -> bool {
        let is_possible = match self {
            Self::OnTime(cases) => {
                [&cases.in_time, &cases.late, &cases.overdue, &cases.not_due].iter().all(|count| !count.is_negative())
            }
            Self::Quotient { part, whole, population } => {
                let is_part = !part.is_negative() && part <= whole;
                let answers = population.as_ref().is_none_or(|people| whole <= people);
                !whole.is_negative() && answers && (is_part || matches!(about.kind, Kind::Ratio | Kind::Mean))
            }
            Self::Amount(value) => !about.whole || value.is_whole(),
            Self::Bare(_) | Self::Done { .. } => true,
        };
        let (low, high) = about.bounds.exact();
        let within =
            |value: Ratio| low.as_ref().is_none_or(|low| value >= *low) && high.as_ref().is_none_or(|high| value <= *high);
        is_possible && self.value(&about.factor()).is_none_or(within)
    }

    /// Whether two figures of the same thing differ; a bare percentage has no counts to compare.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        let bare = |measure: &Self| matches!(measure, Self::Bare(_));
        !bare(self) && !bare(other) && self != other
    }

    /// Whether there is nothing in it: a quotient without any case, decided or not.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::OnTime(cases) => cases.all().is_zero(),
            _ => self.has_no_cases(),
        }
    }

    /// Both together, where they add up: none where one is a bare percentage or they are of different kinds.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Amount(a), Self::Amount(b)) => Some(Self::Amount(a + b)),
            (
                Self::Quotient { part, whole, population },
                Self::Quotient { part: other_part, whole: other_whole, population: other_population },
            ) => Some(Self::Quotient {
                part: part + other_part,
                whole: whole + other_whole,
                population: population.as_ref().zip(other_population.as_ref()).map(|(a, b)| a + b),
            }),
            (Self::OnTime(a), Self::OnTime(b)) => Some(Self::OnTime(Cases {
                in_time: &a.in_time + &b.in_time,
                late: &a.late + &b.late,
                overdue: &a.overdue + &b.overdue,
                not_due: &a.not_due + &b.not_due,
            })),
            _ => None,
        }
    }

    /// An earlier and a later period of the same unit together.
    ///
    /// Overdue and not due cases are states at the end of a period, so those of the later one count, unless each case is
    /// in exactly one period (`cohort`); so is the population behind a survey.
    #[must_use]
    pub fn then(&self, later: &Self, cohort: bool) -> Option<Self> {
        match (self, later) {
            (Self::OnTime(a), Self::OnTime(b)) if !cohort => Some(Self::OnTime(Cases {
                in_time: &a.in_time + &b.in_time,
                late: &a.late + &b.late,
                overdue: b.overdue.clone(),
                not_due: b.not_due.clone(),
            })),
            // How many people a survey stands for is a state too: four quarters do not make four times the people.
            (Self::Quotient { .. }, Self::Quotient { population, .. }) => self.plus(later).map(|sum| match sum {
                Self::Quotient { part, whole, .. } => Self::Quotient { part, whole, population: population.clone() },
                other => other,
            }),
            _ => self.plus(later),
        }
    }
}
