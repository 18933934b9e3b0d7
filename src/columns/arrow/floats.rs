//! Floats as figures: refused, or taken as the decimals that they are written as.
#![allow(
    clippy::disallowed_types,
    reason = "a float that is read stands for its shortest decimal, with which all goes on exactly"
)]

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, Float32Array, Float64Array};

use super::Unread;
use crate::number::Number;

/// What becomes of floats where figures are meant.
///
/// ```
/// use arrow_array::Float64Array;
/// use attain::columns::arrow::{FigureArray, Floats};
/// let array = Float64Array::from(vec![0.1, 79.96]);
/// assert!(FigureArray::with_floats(&array, "rate", Floats::Refused).is_err());
/// let rates = FigureArray::with_floats(&array, "rate", Floats::AsWritten)?;
/// assert_eq!(rates.figures().get(0).unwrap().to_string(), "0.1"); // not 0.1000000000000000055511…
/// # Ok::<(), attain::Faults>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Floats {
    /// A column of them is a fault: a float is only near what was meant.
    #[default]
    Refused,
    /// Each stands for the shortest decimal that reads back as the same float, as printing shows it: 0.1 for 0.1. What a
    /// computation left in its last digits stays there: 0.1 + 0.2 is 0.30000000000000004. NaN and infinity are faults.
    AsWritten,
}

/// A column of floats.
#[derive(Clone, Copy)]
pub(super) enum FloatColumn<'a> {
    Single(&'a Float32Array),
    Double(&'a Float64Array),
}

impl Floats {
    /// The floats of an array, where they are to be taken.
    pub(super) fn of(self, array: &dyn Array) -> Option<FloatColumn<'_>> {
        if self == Self::Refused {
            return None;
        }
        let double = || array.as_primitive_opt::<Float64Type>().map(FloatColumn::Double);
        array.as_primitive_opt::<Float32Type>().map(FloatColumn::Single).or_else(double)
    }
}

impl FloatColumn<'_> {
    /// The decimal of a row, where there is a float.
    pub(super) fn get(self, row: usize) -> Result<Option<Number>, Unread> {
        let is_there = |array: &dyn Array| row < array.len() && array.is_valid(row);
        // Rust prints the shortest digits that read back as the float: plainly by `{}`, with an exponent where that is short by `{:?}`.
        let (plain, shown, is_finite) = match self {
            Self::Single(array) if is_there(array) => {
                let value = array.value(row);
                (value.to_string(), format!("{value:?}"), value.is_finite())
            }
            Self::Double(array) if is_there(array) => {
                let value = array.value(row);
                (value.to_string(), format!("{value:?}"), value.is_finite())
            }
            _ => return Ok(None),
        };
        if !is_finite {
            return Err(Unread::new(shown, "a number, or null where nothing was reported"));
        }
        plain.parse().map(Some).map_err(|_| Unread::new(format!("{shown}, a number of too many digits"), "at most 28 digits"))
    }
}
