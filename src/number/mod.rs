//! Exact numbers: what a document says ([`Number`]), what is computed from it ([`Ratio`]), and how a
//! result is rounded ([`Rounding`]) and shown ([`Shown`]).
//!
//! Nothing here knows of indicators or targets, and nothing here rounds unless it is told to.

mod decimal;
mod display;
mod range;
mod ratio;
mod rounding;
mod unit;

pub use decimal::{InvalidNumber, Number};
pub use display::{PartlyShown, Shown};
pub(crate) use range::{holds_all, holds_none};
pub use ratio::Ratio;
pub use rounding::{Rounding, RoundingMode};
pub use unit::Unit;
