//! Figures in Arrow arrays: lent as they are where they are what the batch engine takes, else converted exactly.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_buffer::{NullBuffer, ScalarBuffer};
use arrow_schema::DataType;
use rust_decimal::Decimal;

use super::floats::{FloatColumn, Floats};
use super::{MOST_FAULTS, Unread, cell};
use crate::columns::{Figures, Validity};
use crate::fault::{Fault, FaultKind, Faults, Path};

/// The figures of an array, row by row; keeps them for as long as [`Figures`] are lent.
///
/// | array | figures |
/// | --- | --- |
/// | `Int64`, `Decimal64` | as they are, without a copy |
/// | `Int8` to `Int32`, `UInt8` to `UInt32`, `Decimal32` | copied into 64 bits |
/// | `UInt64`, `Decimal128`, `Decimal256` | 64 bits where all fit, else 128 |
/// | `Null` | all missing |
/// | `Float32`, `Float64` | refused, or the decimals that they are written as: [`with_floats`](Self::with_floats) |
///
/// A decimal of scale −3 is `mantissa · 10³`. Nulls are missing, whatever stands in their slots; sliced arrays are read as they
/// are.
///
/// ```
/// use attain::columns::arrow::FigureArray;
/// use arrow_array::Decimal128Array;
/// let array = Decimal128Array::from(vec![Some(7996), None]).with_precision_and_scale(10, 2)?;
/// let rates = FigureArray::new(&array, "rate")?;
/// assert_eq!(rates.figures().get(0).unwrap().to_string(), "79.96");
/// assert!(rates.figures().get(1).is_none());
/// let faults = FigureArray::new(&arrow_array::Float64Array::from(vec![79.96]), "rate").unwrap_err();
/// assert!(faults.to_string().starts_with("rate: Float64; expected integers or decimals"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct FigureArray {
    mantissas: Mantissas,
    scale: u32,
    nulls: Option<NullBuffer>,
}

/// The numbers before their scale.
#[derive(Clone, Debug)]
enum Mantissas {
    Narrow(ScalarBuffer<i64>),
    Wide(ScalarBuffer<i128>),
}

impl FigureArray {
    /// The figures of an array; `column` is what errors call it.
    ///
    /// # Errors
    /// Every row (the first thousand of them) whose number does not fit 128 bits, which only a `Decimal256` and a decimal of
    /// negative scale can have; an array of floats, of truth values or of anything else that is no exact number.
    pub fn new(array: &dyn Array, column: &str) -> Result<Self, Faults> {
        Self::with_floats(array, column, Floats::Refused)
    }

    /// The same, with floats as `floats` says: where they are taken, in as many places as the one with the most has.
    ///
    /// # Errors
    /// As [`new`](Self::new); and every row whose float is NaN or infinite, has more than 18 places or more than 28 digits, or does
    /// not fit 128 bits at the places of the column.
    pub fn with_floats(array: &dyn Array, column: &str, floats: Floats) -> Result<Self, Faults> {
        let (figures, faults) = Self::read(array, column, floats)?;
        Faults::or(faults, figures)
    }

    /// The same, with what is wrong with rows beside them; these are missing.
    pub(super) fn read(array: &dyn Array, column: &str, floats: Floats) -> Result<(Self, Vec<Fault>), Fault> {
        if let Some(floats) = floats.of(array) {
            return Ok(Self::written(floats, array.len(), column));
        }
        let refused =
            || Fault::new(FaultKind::InvalidValue, Path::root().key(column), kind(array.data_type()), instead(array.data_type()));
        let mantissas = Mantissas::of(array).ok_or_else(refused)?;
        let nulls = match array.data_type() {
            DataType::Null => Some(NullBuffer::new_null(array.len())),
            _ => array.nulls().cloned(),
        };
        let (mantissas, too_wide) = match mantissas {
            Found::Fits(mantissas) => (mantissas, Vec::new()),
            Found::Perhaps(values) => Mantissas::checked(values, nulls.as_ref()),
        };
        let nulls = if too_wide.is_empty() { nulls } else { Some(without(&too_wide, nulls.as_ref(), array.len())) };
        let fault = |row: &usize| {
            let expected = "a number whose digits, without the point, fit 128 bits";
            Fault::new(FaultKind::Limit, cell(column, *row), "a number of more than 128 bits", expected)
        };
        let faults = too_wide.iter().take(MOST_FAULTS).map(fault).collect();
        let scale = scale(array.data_type());
        Ok((Self { mantissas: mantissas.narrowed(nulls.as_ref()), scale: scale.max(0).unsigned_abs().into(), nulls }, faults))
    }

    /// The figures of floats, and what is wrong with rows.
    fn written(floats: FloatColumn<'_>, rows: usize, column: &str) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut fault = |kind, row, unread: Unread| {
            if faults.len() < MOST_FAULTS {
                faults.push(Fault::new(kind, cell(column, row), unread.what, unread.expected));
            }
        };
        let mut read = |row| match floats.get(row) {
            Ok(number) => {
                let decimal = number?.to_decimal();
                if decimal.scale() > MOST_FLOAT_PLACES {
                    let unread =
                        Unread::new(format!("{} decimal places", decimal.scale()), format!("at most {MOST_FLOAT_PLACES}"));
                    fault(FaultKind::Limit, row, unread);
                    return None;
                }
                Some(decimal)
            }
            Err(unread) => {
                fault(FaultKind::InvalidValue, row, unread);
                None
            }
        };
        let decimals: Vec<_> = (0..rows).map(&mut read).collect();
        let scale = decimals.iter().flatten().map(|decimal| decimal.scale()).max().unwrap_or(0);
        let mut mantissa = |(row, decimal): (usize, &Option<Decimal>)| {
            let decimal = (*decimal)?;
            let found = decimal.mantissa().checked_mul(10_i128.pow(scale.saturating_sub(decimal.scale())));
            if found.is_none() {
                let what = format!("a number of more than 128 bits at the {scale} decimal places of the column");
                fault(FaultKind::Limit, row, Unread::new(what, "numbers of alike size in one column"));
            }
            found
        };
        let mantissas: Vec<_> = decimals.iter().enumerate().map(&mut mantissa).collect();
        let nulls = mantissas.contains(&None).then(|| mantissas.iter().map(Option::is_some).collect::<NullBuffer>());
        let mantissas = Mantissas::Wide(mantissas.into_iter().map(Option::unwrap_or_default).collect());
        (Self { mantissas: mantissas.narrowed(nulls.as_ref()), scale, nulls }, faults)
    }

    /// The figures, as the batch engine takes them.
    #[must_use]
    pub fn figures(&self) -> Figures<'_> {
        let figures = match &self.mantissas {
            Mantissas::Narrow(values) => Figures::scaled(values, self.scale),
            Mantissas::Wide(values) => Figures::wide(values, self.scale),
        };
        figures.with_validity(self.nulls.as_ref().map(|nulls| Validity::new(nulls.validity(), nulls.offset())))
    }
}

/// Numbers as an array has them.
enum Found {
    Fits(Mantissas),
    /// Row by row; nothing where one does not fit 128 bits.
    Perhaps(Vec<Option<i128>>),
}

impl Mantissas {
    /// Nothing where an array is none of exact numbers.
    fn of(array: &dyn Array) -> Option<Found> {
        let scale = scale(array.data_type());
        let mantissas = match array.data_type() {
            DataType::Null => Self::Narrow(vec![0; array.len()].into()),
            DataType::Int8 => Self::widened::<Int8Type>(array)?,
            DataType::Int16 => Self::widened::<Int16Type>(array)?,
            DataType::Int32 => Self::widened::<Int32Type>(array)?,
            DataType::UInt8 => Self::widened::<UInt8Type>(array)?,
            DataType::UInt16 => Self::widened::<UInt16Type>(array)?,
            DataType::UInt32 => Self::widened::<UInt32Type>(array)?,
            DataType::Decimal32(..) => Self::widened::<Decimal32Type>(array)?,
            DataType::Int64 => Self::Narrow(array.as_primitive_opt::<Int64Type>()?.values().clone()),
            DataType::Decimal64(..) => Self::Narrow(array.as_primitive_opt::<Decimal64Type>()?.values().clone()),
            DataType::UInt64 => {
                let values = array.as_primitive_opt::<UInt64Type>()?.values();
                match values.iter().fold(0, |bits, value| bits | value) >> (u64::BITS - 1) {
                    0 => Self::Narrow(values.iter().map(|value| value.cast_signed()).collect()),
                    _ => Self::Wide(values.iter().map(|value| i128::from(*value)).collect()),
                }
            }
            DataType::Decimal128(..) => Self::Wide(array.as_primitive_opt::<Decimal128Type>()?.values().clone()),
            DataType::Decimal256(..) => {
                let values = array.as_primitive_opt::<Decimal256Type>()?.values();
                let values = values.iter().map(|value| value.to_i128());
                return Some(Found::Perhaps(match scale {
                    0.. => values.collect(),
                    _ => values.map(|value| times(value?, scale)).collect(),
                }));
            }
            _ => return None,
        };
        Some(match (scale, mantissas) {
            (0.., mantissas) => Found::Fits(mantissas),
            (_, Self::Narrow(values)) => Found::Perhaps(values.iter().map(|value| times((*value).into(), scale)).collect()),
            (_, Self::Wide(values)) => Found::Perhaps(values.iter().map(|value| times(*value, scale)).collect()),
        })
    }

    /// Of an array of fewer than 64 bits.
    fn widened<T: ArrowPrimitiveType<Native: Into<i64>>>(array: &dyn Array) -> Option<Self> {
        Some(Self::Narrow(array.as_primitive_opt::<T>()?.values().iter().map(|value| (*value).into()).collect()))
    }

    /// Numbers that may be too wide, and the rows where one is.
    fn checked(values: Vec<Option<i128>>, nulls: Option<&NullBuffer>) -> (Self, Vec<usize>) {
        let is_there = |row: usize| nulls.is_none_or(|nulls| nulls.is_valid(row));
        let too_wide = values.iter().enumerate().filter(|(row, value)| value.is_none() && is_there(*row));
        let too_wide = too_wide.map(|(row, _)| row).collect();
        (Self::Wide(values.into_iter().map(Option::unwrap_or_default).collect()), too_wide)
    }

    /// The same in 64 bits where all that are there fit, which is computed sooner.
    fn narrowed(self, nulls: Option<&NullBuffer>) -> Self {
        let Self::Wide(values) = self else { return self };
        let is_narrow = |value: i128| i128::from(value as i64) == value;
        // The upper half and the sign of the lower one together: a loop without a branch.
        if values.iter().fold(true, |all, value| all & is_narrow(*value)) {
            return Self::Narrow(values.iter().map(|value| *value as i64).collect());
        }
        let Some(nulls) = nulls else { return Self::Wide(values) };
        if nulls.valid_indices().all(|row| values.get(row).is_some_and(|value| is_narrow(*value))) {
            return Self::Narrow(values.iter().map(|value| if is_narrow(*value) { *value as i64 } else { 0 }).collect());
        }
        Self::Wide(values)
    }
}

/// `value · 10^(−scale)`, for a negative scale.
fn times(value: i128, scale: i8) -> Option<i128> {
    if value == 0 {
        return Some(0);
    }
    value.checked_mul(10_i128.checked_pow(scale.unsigned_abs().into())?)
}

/// The decimal places of a type; below 0 they are zeros before the point.
fn scale(data_type: &DataType) -> i8 {
    match data_type {
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale) => *scale,
        _ => 0,
    }
}

/// What is there besides some rows.
#[cold]
fn without(rows: &[usize], nulls: Option<&NullBuffer>, count: usize) -> NullBuffer {
    let is_there = |row: usize| nulls.is_none_or(|nulls| nulls.is_valid(row));
    (0..count).map(|row| is_there(row) && rows.binary_search(&row).is_err()).collect()
}

/// The most places of a float that is taken as it is written.
const MOST_FLOAT_PLACES: u32 = 18;

/// A type as a message names it.
fn kind(data_type: &DataType) -> String {
    match data_type {
        DataType::Dictionary(_, values) => format!("a dictionary of {values}"),
        other => other.to_string(),
    }
}

/// What is to be written instead of a type that has no exact numbers.
fn instead(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            "integers or decimals, since a float is only near what was meant: cast counts to Int64, and others to Decimal128 with \
             the places that they were reported with, or ask for floats as they are written (as_written)"
        }
        DataType::Boolean => "integers or decimals: cast truth values to Int64, where they are counts of 0 and 1",
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            "integers or decimals: cast texts to Decimal128 with the places that they have"
        }
        DataType::Dictionary(..) | DataType::RunEndEncoded(..) => "integers or decimals, unpacked",
        _ => "integers or decimals",
    }
}
