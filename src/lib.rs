//! Says, exactly and with reasons, whether a public promise is being kept.

pub mod assess;
pub mod facts;
mod fault;
pub mod number;
pub mod plan;
pub mod time;

pub use facts::{AsOf, Facts};
pub use fault::{Fault, FaultKind, Faults, Path, Position, Segment};
pub use plan::Plan;
