//! Public behaviour, a module per concept.
#![cfg(all(feature = "toml", feature = "json", feature = "csv", feature = "text"))]

mod decision_333;
mod laws;
mod phu_tho;
mod support;
