//! Statistics: the uncertainty of a survey's share, and where a series of figures is heading.
//!
//! The only part of the library that computes in floating point. Nothing here decides met or missed, no NaN and no
//! infinity leaves it, and whatever cannot be computed is an [`Unsuitable`] with its reason. It uses no mathematics of the
//! operating system, so that every result has the same bits on every machine; what is shown goes through an [`Estimate`],
//! which keeps 12 significant digits.
//!
//! ```
//! use attain::statistics::{IntervalMethod, interval};
//! // 81 of 100 said yes: between 72.2 % and 87.5 % of all would, at level 0.95.
//! let wilson = interval(IntervalMethod::Wilson, 81.0, 100.0, 0.95)?;
//! assert!((wilson.low - 0.7222).abs() < 0.0001 && (wilson.high - 0.8749).abs() < 0.0001);
//! # Ok::<(), attain::statistics::Unsuitable>(())
//! ```
#![allow(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "intervals, forecasts and probabilities are irrational numbers; none of them decides a verdict"
)]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests take their expected values from elsewhere"))]

mod backtest;
mod beta;
mod difference;
mod estimate;
mod exact;
mod forecast;
mod growth;
mod hypergeometric;
mod line;
mod math;
mod prediction;
mod proportion;
mod quantile;
mod random_walk;
mod robust;
mod sample_size;
mod scale;
mod series;
mod smoothing;
mod sum;
mod trend;
mod unsuitable;

pub use backtest::{Backtest, Choice, Errors, backtest, choose};
pub use difference::{Sample, newcombe};
pub use estimate::Estimate;
pub use exact::float;
pub(crate) use exact::{estimate, float_range, grown, grown_days};
pub use forecast::{Fit, Method, fit};
pub use growth::{compound_growth_rate, geometric, geometric_day, log_linear, log_linear_rate, required_growth_rate};
pub use hypergeometric::exact_interval;
pub use line::Line;
pub use prediction::{Distribution, Prediction};
pub use proportion::{Interval, IntervalMethod, effective_sample, interval, interval_in_population};
pub use random_walk::Walk;
pub use robust::{Intercept, TheilSen, theil_sen};
pub use sample_size::settling_size;
pub use scale::Scale;
pub use series::{MOST_POINTS, Series};
pub use smoothing::{Holt, Smoothed};
pub(crate) use sum::{Eight, Sum};
pub use trend::{Direction, Trend, mann_kendall};
pub use unsuitable::Unsuitable;

#[cfg(test)]
mod laws_tests;
#[cfg(test)]
mod same_bits_tests;
#[cfg(test)]
mod vectors_tests;
