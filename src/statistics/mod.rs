//! What can only be computed in floating point.
#![allow(clippy::float_arithmetic, clippy::disallowed_types, reason = "the one folder that estimates")]

pub(crate) mod growth;
