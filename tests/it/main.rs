//! Public behaviour, a module per concept.
#![cfg(all(feature = "toml", feature = "json", feature = "csv", feature = "text"))]

mod decision_333;
mod phu_tho;
