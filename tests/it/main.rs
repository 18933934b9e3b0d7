//! Public behaviour, a module per concept.
#![cfg(all(feature = "toml", feature = "json", feature = "csv", feature = "text"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod bad_documents;
mod change;
mod contract;
mod contributions;
mod decision_333;
mod difference;
mod explained;
mod explanation;
mod flips;
mod laws;
mod outlook;
#[cfg(feature = "parallel")]
mod parallel;
mod path;
mod phu_tho;
mod readme;
#[cfg(feature = "schema")]
mod schema;
mod support;
mod survey;
mod trajectory;
mod undo;
#[cfg(feature = "text")]
mod wording;
