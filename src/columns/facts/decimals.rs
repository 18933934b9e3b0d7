//! A column of exact decimals as it is filled: one scale, 64 bits while they do, 128 where a number needs them.

use crate::columns::{Figures, Validity};
use crate::number::Number;

/// Decimals row by row, `mantissa / 10^places` with the places of the number that has most; a missing row holds 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Decimals {
    /// The mantissas while all of them fit 64 bits.
    narrow: Vec<i64>,
    /// All of them once one does not.
    wide: Option<Vec<i128>>,
    places: u32,
    /// Which rows are there, as [`Validity`] reads it; nothing while all are.
    there: Option<Vec<u8>>,
}

impl Decimals {
    /// How many rows there are up to the last one filled.
    fn rows(&self) -> usize {
        self.wide.as_ref().map_or(self.narrow.len(), Vec::len)
    }

    /// Room for so many rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.narrow.reserve(rows);
    }

    /// Gives a row, which comes after all others, its number; nothing where the column would need more than 128 bits.
    #[inline(always)]
    pub(super) fn put(&mut self, row: usize, mantissa: i64, places: u32) -> Option<()> {
        if places == self.places && self.narrow.len() == row && self.wide.is_none() && self.there.is_none() {
            self.narrow.push(mantissa);
            return Some(());
        }
        self.put_wide(row, i128::from(mantissa), places)
    }

    /// The same for a number of any size.
    pub(super) fn put_wide(&mut self, row: usize, mantissa: i128, places: u32) -> Option<()> {
        self.rescale(places)?;
        let mantissa = mantissa.checked_mul(power(self.places - places)?)?;
        self.pad(row);
        if let Some(there) = &mut self.there {
            mark(there, row);
        }
        match (&mut self.wide, i64::try_from(mantissa)) {
            (None, Ok(mantissa)) => self.narrow.push(mantissa),
            _ => self.widened().push(mantissa),
        }
        Some(())
    }

    /// Makes rows missing until there are so many.
    pub(super) fn pad(&mut self, rows: usize) {
        let before = self.rows();
        if before >= rows {
            return;
        }
        self.there.get_or_insert_with(|| all_there(before)).resize(rows.div_ceil(8), 0);
        match &mut self.wide {
            None => self.narrow.resize(rows, 0),
            Some(wide) => wide.resize(rows, 0),
        }
    }

    /// Says that there are so many rows; a column that no row fills is none.
    pub(super) fn close(&mut self, rows: usize) {
        match self.rows() {
            0 => *self = Self::default(),
            _ => self.pad(rows),
        }
    }

    /// Puts the rows of another column after `rows` of this one; nothing where that would need more than 128 bits.
    pub(super) fn append(&mut self, rows: usize, mut other: Self) -> Option<()> {
        if other.rows() == 0 {
            return Some(());
        }
        self.rescale(other.places)?;
        other.rescale(self.places)?;
        self.pad(rows);
        if self.there.is_some() || other.there.is_some() {
            let there = self.there.get_or_insert_with(|| all_there(rows));
            let validity = other.there.as_deref().map(|bytes| Validity::new(bytes, 0));
            for row in (0..other.rows()).filter(|row| validity.is_none_or(|validity| validity.is_there(*row))) {
                mark(there, rows + row);
            }
            there.resize((rows + other.rows()).div_ceil(8), 0);
        }
        match other.wide {
            Some(more) => self.widened().extend(more),
            None => match &mut self.wide {
                Some(wide) => wide.extend(other.narrow.into_iter().map(i128::from)),
                None => self.narrow.append(&mut other.narrow),
            },
        }
        Some(())
    }

    /// The column, where any row of it is there.
    pub(super) fn figures(&self) -> Option<Figures<'_>> {
        (self.rows() > 0).then(|| self.all_figures())
    }

    /// The column up to its last row.
    pub(super) fn all_figures(&self) -> Figures<'_> {
        let figures = match &self.wide {
            None => Figures::scaled(&self.narrow, self.places),
            Some(wide) => Figures::wide(wide, self.places),
        };
        figures.with_validity(self.there.as_deref().map(|bytes| Validity::new(bytes, 0)))
    }

    /// The mantissa of a row, where it is there, and the places of the column.
    pub(super) fn get(&self, row: usize) -> Option<(i128, u32)> {
        if self.there.as_deref().is_some_and(|bytes| !Validity::new(bytes, 0).is_there(row)) {
            return None;
        }
        let mantissa = match &self.wide {
            None => i128::from(*self.narrow.get(row)?),
            Some(wide) => *wide.get(row)?,
        };
        Some((mantissa, self.places))
    }

    /// The number of a row, where it is there.
    pub(super) fn number(&self, row: usize) -> Option<Number> {
        self.figures()?.get(row).as_ref().and_then(Number::exactly)
    }

    /// Gives all numbers as many places, where they have fewer.
    fn rescale(&mut self, places: u32) -> Option<()> {
        if places <= self.places {
            return Some(());
        }
        let factor = power(places - self.places)?;
        self.places = places;
        if self.wide.is_none() {
            let fits = |value: &i64| i128::from(*value).checked_mul(factor).and_then(|value| i64::try_from(value).ok());
            if let Some(scaled) = self.narrow.iter().map(fits).collect() {
                self.narrow = scaled;
                return Some(());
            }
        }
        self.widened().iter_mut().try_for_each(|value| {
            *value = value.checked_mul(factor)?;
            Some(())
        })
    }

    fn widened(&mut self) -> &mut Vec<i128> {
        let narrow = std::mem::take(&mut self.narrow);
        self.wide.get_or_insert_with(|| narrow.into_iter().map(i128::from).collect())
    }
}

/// 10^exponent
fn power(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

/// A bitmap in which so many rows are there.
fn all_there(rows: usize) -> Vec<u8> {
    let mut there = vec![0xFF; rows / 8];
    if !rows.is_multiple_of(8) {
        there.push((1 << (rows % 8)) - 1);
    }
    there
}

/// Notes that a row is there.
fn mark(there: &mut Vec<u8>, row: usize) {
    if there.len() <= row / 8 {
        there.resize(row / 8 + 1, 0);
    }
    if let Some(byte) = there.get_mut(row / 8) {
        *byte |= 1 << (row % 8);
    }
}

#[cfg(test)]
#[path = "decimals_tests.rs"]
mod tests;
