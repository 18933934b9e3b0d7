//! Whether a row says what its indicator takes, for rows of whose soundness integers give proof; of any other the ordinary
//! reader says what is wrong, or that nothing is.

use std::cmp::Ordering;

use super::cells::Decimal;
use super::{FigureColumn, FigureColumn as Column};
use crate::facts::State;
use crate::number::Number;
use crate::plan::{Indicator, Kind};

/// The figures of one row, and which of them are filled.
#[derive(Clone, Debug, Default)]
pub(super) struct RowFigures {
    pub(super) filled: Filled,
    figures: [Decimal; FigureColumn::ALL.len()],
}

/// A set of columns, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled(u16);

impl Filled {
    const NONE: Self = Self(0);

    const fn of(columns: &[Column]) -> Self {
        match columns {
            [] => Self::NONE,
            [first, rest @ ..] => Self(1 << *first as u16 | Self::of(rest).0),
        }
    }

    fn has(self, column: Column) -> bool {
        self.0 & Self::of(&[column]).0 != 0
    }

    /// Whether every column of this set is one of `columns`.
    fn is_among(self, columns: Self) -> bool {
        self.0 & !columns.0 == 0
    }

    fn without(self, column: Column) -> Self {
        Self(self.0 & !Self::of(&[column]).0)
    }

    /// The columns by their place.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let place = (rest != 0).then(|| rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            place
        })
    }
}

impl RowFigures {
    pub(super) fn clear(&mut self) {
        self.filled = Filled::NONE;
    }

    #[inline(always)]
    pub(super) fn fill(&mut self, column: Column, figure: Decimal) {
        if let Some(place) = self.figures.get_mut(column as usize) {
            *place = figure;
            self.filled.0 |= 1 << column as u16;
        }
    }

    #[inline(always)]
    pub(super) fn at(&self, place: usize) -> Option<Decimal> {
        self.figures.get(place).copied()
    }

    #[inline(always)]
    fn get(&self, column: Column) -> Option<Decimal> {
        self.at(column as usize)
    }
}

/// What an indicator takes.
#[derive(Clone, Debug)]
pub(super) struct Check {
    kind: Kind,
    is_whole: bool,
    low: Option<(i128, u32)>,
    high: Option<(i128, u32)>,
    /// What a quotient is multiplied with.
    factor: i128,
    /// Whether every part of a whole lies within the bounds, or every quotient does because there are none.
    bounds_hold: bool,
}

const VALUE: Filled = Filled::of(&[Column::Value]);
const SHARE: Filled = Filled::of(&[Column::Part, Column::Whole]);
const SURVEY: Filled = Filled::of(&[Column::Positive, Column::Valid]);
const RATIO: Filled = Filled::of(&[Column::Numerator, Column::Denominator]);
const MEAN: Filled = Filled::of(&[Column::Total, Column::Weight]);
const ON_TIME: Filled = Filled::of(&[Column::InTime, Column::Late, Column::Overdue, Column::NotDue]);

impl Check {
    pub(super) fn new(about: &Indicator) -> Self {
        let bounds = about.bounds;
        let of_counts = about.kind.may_be_bare()
            && bounds.low.is_none_or(|low| low <= Number::ZERO)
            && bounds.high.is_none_or(|high| high >= Number::from(100));
        let exact = |number: Number| (number.to_decimal().mantissa(), number.to_decimal().scale());
        Self {
            kind: about.kind,
            is_whole: about.whole,
            low: bounds.low.map(exact),
            high: bounds.high.map(exact),
            factor: about.factor().to_i64().map_or(1, i128::from),
            bounds_hold: of_counts || (bounds.low.is_none() && bounds.high.is_none()),
        }
    }

    /// The figures of a row that count, where the row is proved to be sound; `is_done` says whether it has a day in `done_on`.
    #[inline(always)]
    pub(super) fn counted(&self, row: &RowFigures, state: State, is_done: bool) -> Option<Filled> {
        if is_done && self.kind != Kind::Deliverable {
            return None;
        }
        match state {
            State::Missing | State::NotApplicable => (row.filled == Filled::NONE && !is_done).then_some(Filled::NONE),
            State::Expected => self.expected(row, is_done),
            State::Final | State::Provisional | State::Estimated => self.reported(row, is_done),
        }
    }

    #[inline(always)]
    fn reported(&self, row: &RowFigures, is_done: bool) -> Option<Filled> {
        let filled = row.filled;
        let is_sound = match self.kind {
            Kind::Share if filled == SHARE => self.is_part(row, Column::Part, Column::Whole)?,
            Kind::Survey if filled.without(Column::Population) == SURVEY => {
                let answers = self.is_part(row, Column::Positive, Column::Valid)?;
                let people = row.get(Column::Population).filter(|_| filled.has(Column::Population));
                answers && people.is_none_or(|people| row.get(Column::Valid).is_some_and(|valid| is_at_most(valid, people)))
            }
            Kind::Ratio if filled == RATIO => self.is_quotient(row, Column::Numerator, Column::Denominator)?,
            Kind::Mean if filled == MEAN => self.is_quotient(row, Column::Total, Column::Weight)?,
            // A part of the cases is within bounds that hold for every part; narrower ones are rare.
            Kind::OnTime if filled == ON_TIME => self.bounds_hold && filled.places().all(|place| is_count(row.at(place))),
            Kind::Share | Kind::Survey | Kind::OnTime | Kind::Flow | Kind::Stock | Kind::Index => {
                filled == VALUE && self.is_value(row.get(Column::Value)?)?
            }
            Kind::Deliverable => return self.done(row, is_done),
            Kind::Ratio | Kind::Mean => false,
        };
        is_sound.then_some(filled)
    }

    /// Of what is expected only the whole counts.
    fn expected(&self, row: &RowFigures, is_done: bool) -> Option<Filled> {
        let (whole, own) = match self.kind {
            Kind::Share => (Column::Whole, SHARE),
            Kind::Survey => (Column::Valid, Filled(SURVEY.0 | Filled::of(&[Column::Population]).0)),
            Kind::Ratio => (Column::Denominator, RATIO),
            Kind::Mean => (Column::Weight, MEAN),
            Kind::OnTime => (Column::Whole, Filled(ON_TIME.0 | Filled::of(&[Column::Whole]).0)),
            Kind::Flow | Kind::Stock | Kind::Index | Kind::Deliverable => return self.reported(row, is_done),
        };
        let is_sound = row.filled.has(whole) && row.filled.is_among(own) && is_count(row.get(whole));
        is_sound.then_some(Filled::of(&[whole]))
    }

    /// A number of documents; left out where the day, or its absence, says the same.
    fn done(&self, row: &RowFigures, is_done: bool) -> Option<Filled> {
        if row.filled == Filled::NONE {
            return Some(Filled::NONE);
        }
        let count = row.get(Column::Value).filter(|count| row.filled == VALUE && is_count(Some(*count)) && count.1 == 0)?;
        Some(if count.0 == i64::from(is_done) { Filled::NONE } else { VALUE })
    }

    /// 0 ≤ part ≤ whole, and within the bounds.
    #[inline(always)]
    fn is_part(&self, row: &RowFigures, part: Column, whole: Column) -> Option<bool> {
        let (part, whole) = (row.get(part)?, row.get(whole)?);
        Some(part.0 >= 0 && is_at_most(part, whole) && self.is_within(part, whole)?)
    }

    #[inline(always)]
    fn is_quotient(&self, row: &RowFigures, over: Column, under: Column) -> Option<bool> {
        let (over, under) = (row.get(over)?, row.get(under)?);
        Some(under.0 >= 0 && self.is_within(over, under)?)
    }

    /// Whether a quotient lies within the bounds; one whose denominator is 0 has no value that could leave them.
    ///
    /// ```text
    /// low ≤ over / under · factor   where   low · under ≤ over · factor
    /// ```
    #[inline(always)]
    fn is_within(&self, over: Decimal, under: Decimal) -> Option<bool> {
        if self.bounds_hold || under.0 == 0 {
            return Some(true);
        }
        let quotient = (i128::from(over.0).checked_mul(self.factor)?, over.1);
        let times = |bound: (i128, u32)| Some((bound.0.checked_mul(i128::from(under.0))?, bound.1 + under.1));
        let is_above = match self.low {
            None => true,
            Some(low) => compared(times(low)?, quotient)?.is_le(),
        };
        let is_below = match self.high {
            None => true,
            Some(high) => compared(quotient, times(high)?)?.is_le(),
        };
        Some(is_above && is_below)
    }

    /// Whether an amount or a bare percentage is one that there can be.
    #[inline(always)]
    fn is_value(&self, value: Decimal) -> Option<bool> {
        let exact = (i128::from(value.0), value.1);
        let is_above = match self.low {
            None => true,
            Some(low) => compared(low, exact)?.is_le(),
        };
        let is_below = match self.high {
            None => true,
            Some(high) => compared(exact, high)?.is_le(),
        };
        Some(is_above && is_below && (!self.is_whole || value.1 == 0))
    }
}

fn is_count(figure: Option<Decimal>) -> bool {
    figure.is_some_and(|figure| figure.0 >= 0)
}

/// Whether one is at most the other; no where that can not be said in 128 bits.
#[inline(always)]
fn is_at_most(one: Decimal, other: Decimal) -> bool {
    if one.1 == other.1 {
        return one.0 <= other.0;
    }
    compared((i128::from(one.0), one.1), (i128::from(other.0), other.1)).is_some_and(Ordering::is_le)
}

/// How two decimals compare; nothing where that takes more than 128 bits.
#[inline(always)]
fn compared(one: (i128, u32), other: (i128, u32)) -> Option<Ordering> {
    let most = one.1.max(other.1);
    let at = |(mantissa, places): (i128, u32)| match most - places {
        0 => Some(mantissa),
        more => mantissa.checked_mul(10_i128.checked_pow(more)?),
    };
    Some(at(one)?.cmp(&at(other)?))
}
