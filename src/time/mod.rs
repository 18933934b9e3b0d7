//! Days, periods and the calendars that name them.
//!
//! A [`Period`] is a range of whole days with a label; a [`Calendar`] says which days a label such as `2025-Q1` means. There is no clock and no
//! time of day here, and nothing outside the years 0001 to 9999: what would leave them is refused, never cut short.
//!
//! ```
//! use attain::time::{Calendar, parse_day};
//!
//! let civil = Calendar::Gregorian.period("2025")?;
//! let reporting = Calendar::Nd09_2019.period("2025")?;
//! assert_eq!(Some(civil.last()), parse_day("2025-12-31"));
//! assert_eq!(Some(reporting.last()), parse_day("2025-12-14"));
//! # Ok::<(), attain::time::UnknownLabel>(())
//! ```

mod calendar;
mod date;
mod day;
mod form;
mod label;
mod period;

pub use calendar::{Calendar, FiscalYear, NamedFor};
pub use date::Day;
pub use day::{months_after, months_before, parse_day};
pub use label::UnknownLabel;
pub use period::{Cadence, Period};
