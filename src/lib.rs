//! Says, exactly and with reasons, whether a public promise is being kept.

mod fault;
pub mod number;

pub use fault::{Fault, FaultKind, Faults, Path, Position, Segment};
