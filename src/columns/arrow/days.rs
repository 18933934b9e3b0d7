//! Days in Arrow arrays: as days, as moments at which a day begins, or as texts.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrowPrimitiveType, Date32Array};
use arrow_schema::{DataType, TimeUnit};
use chrono::{DateTime, Datelike, NaiveDate};

use super::Unread;
use super::ids::Texts;
use crate::document::quoted;
use crate::time::parse_day;

/// What an array of days may be, for a message.
pub(super) const DAYS: &str = "days as Date32, Date64, timestamps without a time zone, or texts such as 2025-06-30";

/// A column of days.
pub(super) enum Days<'a> {
    Whole(&'a Date32Array),
    Moments {
        array: &'a dyn Array,
        /// From 1970 on, in units of which `a_second` are one.
        values: &'a [i64],
        a_second: i64,
    },
    Texts(Texts<'a>),
}

impl<'a> Days<'a> {
    /// Nothing where an array is none of days.
    pub(super) fn new(array: &'a dyn Array) -> Option<Self> {
        match array.data_type() {
            DataType::Date32 => array.as_primitive_opt().map(Self::Whole),
            DataType::Date64 => Self::moments::<Date64Type>(array, 1_000),
            DataType::Timestamp(TimeUnit::Second, None) => Self::moments::<TimestampSecondType>(array, 1),
            DataType::Timestamp(TimeUnit::Millisecond, None) => Self::moments::<TimestampMillisecondType>(array, 1_000),
            DataType::Timestamp(TimeUnit::Microsecond, None) => Self::moments::<TimestampMicrosecondType>(array, 1_000_000),
            DataType::Timestamp(TimeUnit::Nanosecond, None) => Self::moments::<TimestampNanosecondType>(array, 1_000_000_000),
            _ => Texts::new(array).map(Self::Texts),
        }
    }

    fn moments<T: ArrowPrimitiveType<Native = i64>>(array: &'a dyn Array, a_second: i64) -> Option<Self> {
        let values = array.as_primitive_opt::<T>()?.values();
        Some(Self::Moments { array, values, a_second })
    }

    /// The days from 0001-01-01 to 9999-12-31 in numbers from 1970-01-01 on, where they are such and every row has one.
    pub(super) fn all(&self) -> Option<Vec<i32>> {
        const YEARS: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;
        let Self::Whole(array) = self else { return None };
        let are_days = array.null_count() == 0 && array.values().iter().all(|day| YEARS.contains(day));
        are_days.then(|| array.values().to_vec())
    }

    /// The day of a row, where there is one.
    pub(super) fn get(&self, row: usize) -> Result<Option<NaiveDate>, Unread> {
        let there = |array: &dyn Array| row < array.len() && array.is_valid(row);
        let (day, shown) = match self {
            Self::Whole(array) if there(*array) => {
                let days = array.value(row);
                (Date32Type::to_naive_date_opt(days), format!("day {days}"))
            }
            Self::Moments { array, values, a_second } if there(*array) => {
                let Some(value) = values.get(row) else { return Ok(None) };
                begun_at(*value, *a_second)?
            }
            Self::Texts(texts) => match texts.get(row).filter(|text| !text.is_empty()) {
                Some(text) => (parse_day(text), quoted(text)),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        let day = day.filter(|day| (1..=9999).contains(&day.year()));
        day.map(Some).ok_or_else(|| Unread::new(shown, "a day of the years 0001 to 9999, such as 2025-06-30"))
    }
}

/// The day that begins at a moment, where a calendar reaches it, and the moment as a message shows it.
fn begun_at(value: i64, a_second: i64) -> Result<(Option<NaiveDate>, String), Unread> {
    let (seconds, rest) = (value.div_euclid(a_second), value.rem_euclid(a_second));
    // Below 10⁹ in all units.
    let nanoseconds = u32::try_from(rest * (1_000_000_000 / a_second)).unwrap_or(0);
    let Some(moment) = DateTime::from_timestamp(seconds, nanoseconds) else {
        return Ok((None, format!("{value} units of 1/{a_second} s from 1970 on")));
    };
    let moment = moment.naive_utc();
    if seconds.rem_euclid(86_400) != 0 || rest != 0 {
        return Err(Unread::new(moment.to_string(), "a day, without a time of day"));
    }
    Ok((Some(moment.date()), moment.to_string()))
}
