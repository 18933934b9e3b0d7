//! The figures that a fact may have, each a column of the facts format.

use crate::facts::FactDraft;
use crate::number::Number;

/// A column of figures of the facts format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureColumn {
    /// A flow, stock or index; a bare percentage; how many documents.
    Value,
    /// The part of a share.
    Part,
    /// The whole of a share; the expected cases of an on-time rate.
    Whole,
    /// The numerator of a ratio.
    Numerator,
    /// The denominator of a ratio.
    Denominator,
    /// The total of a mean.
    Total,
    /// The weight of a mean.
    Weight,
    /// The positive answers of a survey.
    Positive,
    /// The valid answers of a survey.
    Valid,
    /// How many people a survey stands for.
    Population,
    /// Cases done in time.
    InTime,
    /// Cases done late.
    Late,
    /// Cases open and overdue.
    Overdue,
    /// Cases open and not due yet.
    NotDue,
}

impl FigureColumn {
    /// Every one, in the order of the facts format.
    pub const ALL: [Self; 14] = [
        Self::Value,
        Self::Part,
        Self::Whole,
        Self::Numerator,
        Self::Denominator,
        Self::Total,
        Self::Weight,
        Self::Positive,
        Self::Valid,
        Self::Population,
        Self::InTime,
        Self::Late,
        Self::Overdue,
        Self::NotDue,
    ];

    /// The name that documents use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Part => "part",
            Self::Whole => "whole",
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Total => "total",
            Self::Weight => "weight",
            Self::Positive => "positive",
            Self::Valid => "valid",
            Self::Population => "population",
            Self::InTime => "in_time",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::NotDue => "not_due",
        }
    }

    /// The field of a row that it is.
    pub(super) fn field(self, row: &mut FactDraft) -> &mut Option<Number> {
        match self {
            Self::Value => &mut row.value,
            Self::Part => &mut row.part,
            Self::Whole => &mut row.whole,
            Self::Numerator => &mut row.numerator,
            Self::Denominator => &mut row.denominator,
            Self::Total => &mut row.total,
            Self::Weight => &mut row.weight,
            Self::Positive => &mut row.positive,
            Self::Valid => &mut row.valid,
            Self::Population => &mut row.population,
            Self::InTime => &mut row.in_time,
            Self::Late => &mut row.late,
            Self::Overdue => &mut row.overdue,
            Self::NotDue => &mut row.not_due,
        }
    }
}
