//! Says, exactly and with reasons, whether a public promise is being kept.

pub mod assess;
#[cfg(any(feature = "document", feature = "text"))]
pub mod document;
pub mod facts;
mod fault;
pub mod number;
pub mod plan;
pub mod scorecard;
pub mod statistics;
pub mod time;

pub use assess::{Assessment, Group, Reason, Status};
pub use facts::{AsOf, Facts};
pub use fault::{Fault, FaultKind, Faults, Path, Position, Segment};
pub use plan::{Language, Plan};
pub use scorecard::{Scorecard, assess, assess_with};

/// The examples of the README run as tests.
#[cfg(all(doctest, feature = "toml", feature = "json", feature = "csv"))]
#[doc = include_str!("../README.md")]
struct Readme;
