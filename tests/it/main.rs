//! Public behaviour, a module per concept.
#![cfg(all(feature = "toml", feature = "json", feature = "csv", feature = "text"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

#[cfg(feature = "arrow")]
mod arrow_facts;
#[cfg(feature = "arrow")]
mod arrow_scorecard;
mod bad_documents;
mod change;
mod changes_in_words;
mod check;
mod check_told;
mod columns;
#[cfg(feature = "arrow")]
mod columns_arrow;
#[cfg(feature = "arrow")]
mod columns_arrow_tables;
mod columns_facts;
mod columns_roll_up;
mod columns_trajectory;
mod contract;
mod contributions;
mod decision_333;
mod difference;
mod explained;
mod explanation;
mod flips;
#[cfg(feature = "junit")]
mod junit;
mod laws;
mod no_contradiction;
mod outlook;
#[cfg(feature = "parallel")]
mod parallel;
mod path;
mod phu_tho;
mod readme;
#[cfg(feature = "sarif")]
mod sarif;
#[cfg(feature = "schema")]
mod schema;
mod support;
mod survey;
mod trajectory;
mod undo;
mod waivers;
mod want_of_data;
#[cfg(feature = "text")]
mod wording;
