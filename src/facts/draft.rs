//! Facts as a document says them, before anything is checked.

use serde::{Deserialize, Serialize};

use super::fact::State;
use crate::number::Number;
use crate::time::Day;

/// The format that this version reads and writes.
pub const FACTS_FORMAT: &str = "attain-facts/1";

/// A whole facts document as JSON holds it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FactsDraft {
    /// `attain-facts/1`. Required.
    pub format: Option<String>,
    /// The facts, one entry each.
    pub facts: Vec<FactDraft>,
}

macro_rules! row {
    ($($(#[$doc:meta])* $field:ident : $type:ty,)*) => {
        /// One row of the facts format: a key, a measure by the indicator's kind, and where it comes from.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(default, deny_unknown_fields)]
        pub struct FactDraft { $(
            $(#[$doc])*
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $field: Option<$type>,
        )* }

        impl FactDraft {
            /// The row as texts, column by column in the order of the contract.
            #[must_use]
            pub fn to_texts(&self) -> Vec<(&'static str, Option<String>)> {
                vec![$((stringify!($field), self.$field.as_ref().map(ToString::to_string))),*]
            }
        }
    };
}

row! {
    /// What was measured. Required.
    indicator: String,
    /// Where; the plan's owner unless given.
    unit: String,
    /// The period's label, or a day. Required.
    period: String,
    /// A flow, stock or index; a bare percentage; how many documents.
    value: Number,
    /// The part of a share.
    part: Number,
    /// The whole of a share.
    whole: Number,
    /// The numerator of a ratio.
    numerator: Number,
    /// The denominator of a ratio.
    denominator: Number,
    /// The total of a mean.
    total: Number,
    /// The weight of a mean.
    weight: Number,
    /// The positive answers of a survey.
    positive: Number,
    /// The valid answers of a survey.
    valid: Number,
    /// How many people a survey stands for.
    population: Number,
    /// Cases done in time.
    in_time: Number,
    /// Cases done late.
    late: Number,
    /// Cases open and overdue.
    overdue: Number,
    /// Cases open and not due yet.
    not_due: Number,
    /// The day a deliverable was done; empty while it is not.
    done_on: Day,
    /// The last day that a running period's figure covers.
    through: Day,
    /// How settled the figure is; final unless given.
    state: State,
    /// The day the record was made.
    recorded_on: Day,
    /// Who says so.
    source: String,
    /// Anything else.
    note: String,
}
